-- A whole year of the workflow.

\pset format unaligned
\pset tuples_only on

CREATE FUNCTION bench.n(bigint) RETURNS text LANGUAGE sql IMMUTABLE RETURN to_char($1, 'FM999,999,990');

SELECT repeat('═', 80);
SELECT format('kam %s on PostgreSQL %s, %s cores: one year of the workflow.',
    kam.version(), split_part(current_setting('server_version'), ' ', 1), :cores);
SELECT format(E'%s areas, %s offices, %s members of staff, %s customers with %s bills;\n',
        count(DISTINCT area), bench.n(count(*)), bench.n((SELECT count(*) FROM crm.staff)),
        bench.n((SELECT count(*) FROM bench.customer)), bench.n((SELECT count(*) FROM crm.bill)))
    || format(E'%s key accounts, %s activities, %s contacts, %s cases, %s reports.',
        bench.n((SELECT count(*) FROM crm.selection WHERE status = 'selected')),
        bench.n((SELECT count(*) FROM crm.activity)),
        bench.n((SELECT calls FROM bench.phase WHERE phase = 'record_contact')),
        bench.n((SELECT calls FROM bench.phase WHERE phase = 'open_case')),
        bench.n((SELECT count(*) FROM crm.report)))
FROM bench.office;

SELECT E'\n' || rpad('The year, by the roles of those who act', 43) || lpad('calls', 9) || lpad('seconds', 9)
    || lpad('ms a call', 11);
SELECT rpad('  ' || phase, 43) || lpad(bench.n(calls), 9) || lpad(to_char((ms - waited) / 1000, 'FM9,990.0'), 9)
    || lpad(to_char((ms - waited) / nullif(calls, 0), 'FM9,990.00'), 11)
FROM bench.phase ORDER BY position;
SELECT rpad('  all together', 52) || lpad(to_char(sum(ms - waited) / 1000, 'FM9,990.0'), 9) FROM bench.phase;

-- What is asked; with row security, beside what the owner waits for the same rows.
SELECT CASE WHEN row_number() OVER (PARTITION BY q.section ORDER BY q.position) = 1
        THEN E'\n' || rpad(q.section, 55) || lpad('ms', 8)
            || CASE WHEN q.section LIKE 'Row security%' THEN '  × owner' WHEN q.section IN ('Status views', 'KPIs of the year') THEN '    goal'
                ELSE '' END || E'\n'
        ELSE '' END
    || rtrim(rpad('  ' || q.name, 55) || lpad(bench.shown(r.value, false), 8)
        || CASE WHEN o.value IS NOT NULL THEN lpad(to_char(r.value / o.value, 'FM990.0'), 9)
            WHEN goal_ms IS NOT NULL THEN lpad('≤ ' || goal_ms, 8)
                || CASE WHEN r.value <= goal_ms THEN '  met' ELSE '  missed' END
            ELSE '' END)
FROM bench.question AS a JOIN bench.query AS q USING (section, name) JOIN bench.result AS r USING (section, name)
    LEFT JOIN bench.comparison AS c ON (c.section, c.kam) = (q.section, q.name)
    LEFT JOIN bench.result AS o ON (o.section, o.name) = (c.section, c.other)
ORDER BY q.position;

-- Calls by clients: as many a second.
SELECT CASE WHEN row_number() OVER (ORDER BY c.position) = 1
        THEN E'\n' || rpad(c.section, 43) || lpad('kam', 8) || lpad('plain', 8) || E'  plain ÷ kam\n' ELSE '' END
    || rpad('  ' || c.kam, 43) || lpad(bench.n((1000 * ofkam.calls / k.value)::bigint), 8)
    || lpad(bench.n((1000 * ofkam.calls / o.value)::bigint), 8) || lpad(to_char(k.value / o.value, 'FM9,990.0'), 8)
    || CASE WHEN k.is_doubtful OR o.is_doubtful THEN '  ?' ELSE '' END
FROM bench.comparison AS c
    JOIN bench.call AS ofkam ON (ofkam.section, ofkam.name) = (c.section, c.kam)
    JOIN bench.result AS k ON (k.section, k.name) = (c.section, c.kam)
    JOIN bench.result AS o ON (o.section, o.name) = (c.section, c.other)
ORDER BY c.position;

\echo
SELECT format('Other processes kept these from a core for %s %% of the time. That is taken off;', waited)
    || E'\nwith clients, only runs with less than 2 % of it count, and ? marks where they are few.'
FROM (SELECT round(100 * sum(waited) / sum(value)) AS waited
    FROM (SELECT waited, value FROM bench.measurement WHERE rows = 0
        UNION ALL SELECT waited, ms FROM bench.phase) AS m) AS w
WHERE waited >= 1;
