-- What was measured of Thai text search.

\pset format unaligned
\pset tuples_only on

SELECT repeat('═', 80);
SELECT format('kam %s on PostgreSQL %s with ICU %s, %s cores: Thai text search.', kam.version(),
    split_part(current_setting('server_version'), ' ', 1),
    (SELECT version FROM kam.text_search_version WHERE component = 'ICU'), :cores);
SELECT format('Medians of %s to %s warm runs in turns, in ms; one process.', min(runs), max(runs))
FROM bench.result JOIN bench.query USING (section, name);
\echo 'Ratio: the other ÷ kam, which is the speed of kam by that of the other.'

SELECT CASE WHEN row_number() OVER in_section = 1 THEN bench.heading(c.section, 'kam', 'other') ELSE '' END
    || bench.line(kam || ' : ' || replace(other, kam || ', ', ''),
        bench.shown(k.value, k.is_size), bench.shown(o.value, o.is_size), o.value / k.value,
        goal, is_slower, k.is_doubtful OR o.is_doubtful)
FROM bench.comparison c
    JOIN bench.result k ON (k.section, k.name) = (c.section, c.kam)
    JOIN bench.result o ON (o.section, o.name) = (c.section, c.other)
WINDOW in_section AS (PARTITION BY c.section ORDER BY position)
ORDER BY position;

\echo
\echo 'ICU reads a text as UTF-8 where it is, or as UTF-16, which it has to be made first. The default'
\echo 'parser and what is built on it look for no words in Thai: they find a third of the tokens.'
SELECT format('Other processes kept this one from a core for %s %% of the time. That is taken off.', waited)
FROM (SELECT round(100 * sum(waited) / sum(value)) AS waited
    FROM bench.measurement JOIN bench.query USING (section, name)) AS w
WHERE waited >= 1;
