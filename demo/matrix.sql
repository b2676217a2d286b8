\echo '1 ── The Key Account Selection Matrix (KASM) ─────────────────── manual 6.1.1 ──'
\echo '     Value class × main criteria = tier. เมทริกซ์การคัดเลือกลูกค้ารายสำคัญ'
\echo '   SELECT kam.kasm(value_class, criteria)'

WITH matrix AS (
	SELECT CASE WHEN value_class < 'High' THEN 'Medium' ELSE value_class END AS value_class,
		count(*) FILTER (WHERE criteria <> '{}') AS main,
		count(*) FILTER (WHERE criteria = '{}') AS secondary
	FROM classified
	GROUP BY 1
)
SELECT CASE value_class
		WHEN 'High' THEN 'High              6.1.1.1(1)'
		WHEN 'Medium' THEN 'Medium or Low     6.1.1.1(2)'
		ELSE 'none: special selection only'
	END AS "value class กลุ่มมูลค่า",
	rpad(coalesce(kam.kasm(value_class, '{voltage}')::text, '–'), 10)
		|| to_char(main, '9,999,999') AS "main กลุ่มหลัก",
	rpad(coalesce(kam.kasm(value_class, '{}')::text, '–'), 10)
		|| to_char(secondary, '99,999,999') AS "secondary กลุ่มรอง"
FROM matrix
ORDER BY value_class DESC NULLS LAST;
