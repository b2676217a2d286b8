-- What was measured with so many customers.

\pset format unaligned
\pset tuples_only on

SELECT repeat('═', 80);
SELECT format('kam %s on PostgreSQL %s, %s cores, %s GB of memory, %s of it shared_buffers',
    kam.version(), split_part(current_setting('server_version'), ' ', 1), :cores,
    round(:memory_mb / 1024.0), current_setting('shared_buffers'));
SELECT format('%s customers; work_mem %s, no JIT, one process unless it says workers;',
    to_char(:customers, 'FM999,999,999'), current_setting('work_mem'));
SELECT format('medians of %s warm runs%s in turns, in ms or MB.', max(runs),
    CASE WHEN min(runs) < max(runs) THEN format(' (%s where one takes over 2 s)', min(runs)) END)
FROM bench.result WHERE rows = :customers AND NOT is_size;
\echo 'Ratio: the other ÷ kam; but against a bare scan, kam ÷ the other.'

SELECT CASE WHEN row_number() OVER in_section = 1 THEN bench.heading(c.section, 'kam', 'other') ELSE '' END
    || bench.line(kam || ' : ' || replace(other, kam || ', ', ''),
        bench.shown(k.value, k.is_size), bench.shown(o.value, o.is_size),
        CASE WHEN is_slower THEN k.value / o.value ELSE o.value / k.value END,
        goal, is_slower, k.is_doubtful OR o.is_doubtful)
FROM bench.comparison c
    JOIN bench.result k ON (k.section, k.name, k.rows) = (c.section, c.kam, :customers)
    JOIN bench.result o ON (o.section, o.name, o.rows) = (c.section, c.other, :customers)
WINDOW in_section AS (PARTITION BY c.section ORDER BY position)
ORDER BY position;

\echo
SELECT format('Other processes kept this one from a core for %s %% of the time. That is taken off;', waited)
    || E'\nwith workers, only runs without such waits count, and ? marks where they are few.'
FROM (SELECT round(100 * sum(waited) / sum(value)) AS waited
    FROM bench.measurement JOIN bench.query USING (section, name)
    WHERE rows = :customers AND NOT is_size) AS w
WHERE waited >= 1;
