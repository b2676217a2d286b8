-- After it. pgbench is "calls a second, its processor time in user mode, in the kernel's".

SELECT pg_sleep(0.05) AS unused_ \gset
WITH before AS (
    SELECT nullif(part[1], '')::numeric AS of_server, nullif(part[2], '')::numeric AS of_all
    FROM string_to_array(:'before', '|') AS part
),
taken AS (
    SELECT now.of_server - before.of_server AS of_server, now.of_all - before.of_all AS of_all,
        1000 * (part[2]::numeric + part[3]::numeric) AS of_pgbench, 1000 * :calls / part[1]::numeric AS passed
    FROM before, bench.processor_time() AS now, string_to_array(:'pgbench', ' ') AS part
)
INSERT INTO bench.measurement
    SELECT 0, :'section', :'name', :round, passed, (of_all - of_server - of_pgbench) / :cores FROM taken;
