-- The rules on anybody's tables.

\pset format unaligned
\pset tuples_only on

SELECT repeat('═', 80);
\echo 'The rules on anybody''s tables.'

SELECT CASE WHEN row_number() OVER in_section = 1 THEN bench.heading(c.section, 'kam', 'other') ELSE '' END
    || bench.line(kam || ' : ' || replace(other, kam || ', ', ''),
        bench.shown(k.value, k.is_size), bench.shown(o.value, o.is_size),
        CASE WHEN is_slower THEN k.value / o.value ELSE o.value / k.value END,
        goal, is_slower, k.is_doubtful OR o.is_doubtful)
FROM bench.comparison c
    JOIN bench.result k ON (k.section, k.name) = (c.section, c.kam)
    JOIN bench.result o ON (o.section, o.name) = (c.section, c.other)
WINDOW in_section AS (PARTITION BY c.section ORDER BY position)
ORDER BY position;
