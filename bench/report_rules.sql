-- The rules on anybody's tables.

\pset format unaligned
\pset tuples_only on

SELECT repeat('═', 80);
SELECT format('kam %s on PostgreSQL %s, %s cores: the rules on anybody''s tables.',
    kam.version(), split_part(current_setting('server_version'), ' ', 1), :cores);
SELECT format('Medians of %s to %s warm runs in turns, in ms; no JIT, synchronous_commit off.', min(runs), max(runs))
FROM bench.result;
\echo 'Ratio: the other ÷ kam; but against a floor, a foreign key, or no rule, kam ÷ the other.'

SELECT CASE WHEN row_number() OVER in_section = 1 THEN bench.heading(c.section, 'kam', 'other') ELSE '' END
    || bench.line(kam || ' : ' || replace(replace(other, kam || ', ', ''), coalesce(substring(kam FROM '^.*: '), ' : '), ''),
        bench.shown(k.value, k.is_size), bench.shown(o.value, o.is_size),
        CASE WHEN is_slower THEN k.value / o.value ELSE o.value / k.value END,
        goal, is_slower, k.is_doubtful OR o.is_doubtful)
FROM bench.comparison c
    JOIN bench.result k ON (k.section, k.name) = (c.section, c.kam)
    JOIN bench.result o ON (o.section, o.name) = (c.section, c.other)
WINDOW in_section AS (PARTITION BY c.section ORDER BY position)
ORDER BY position;

\echo
SELECT note FROM bench.note ORDER BY position;
SELECT format('Other processes kept these from a core for %s %% of the time. That is taken off;', waited)
    || E'\nwith clients, only runs with less than 2 % of it count, and ? marks where they are few.'
FROM (SELECT round(100 * sum(waited) / sum(value)) AS waited
    FROM bench.measurement JOIN bench.query USING (section, name)) AS w
WHERE waited >= 1;
