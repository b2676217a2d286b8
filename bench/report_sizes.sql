-- Several numbers of customers in one run: does a row cost the same?

\pset format unaligned
\pset tuples_only on

SELECT repeat('═', 80);
\echo 'Time per row in ns, with the most customers and the fewest.'
SELECT min(rows) AS fewest, max(rows) AS most FROM bench.measurement \gset

WITH per_row AS (
    SELECT section, name, rows, 1e6 * value / rows AS ns, is_doubtful FROM bench.result
)
SELECT CASE WHEN row_number() OVER in_section = 1
        THEN bench.heading(section, trim_scale(:most / 1e6) || ' M', trim_scale(:fewest / 1e6) || ' M') ELSE '' END
    || bench.line(name, to_char(most.ns, 'FM999,990'), to_char(fewest.ns, 'FM999,990'),
        most.ns / fewest.ns, 1.1, true, most.is_doubtful OR fewest.is_doubtful)
FROM bench.query q
    JOIN per_row most USING (section, name)
    JOIN per_row fewest USING (section, name)
WHERE most.rows = :most AND fewest.rows = :fewest
    AND (section, name) IN (SELECT section, kam FROM bench.comparison)
    -- sorting and indexing are not linear
    AND section NOT IN (SELECT section FROM bench.query WHERE is_size)
WINDOW in_section AS (PARTITION BY section ORDER BY q.position)
ORDER BY q.position;
