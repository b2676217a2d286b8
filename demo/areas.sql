\echo '2 ── Tiers by area, and the 20 highest bills ──────────── manual 6.1.1.2(1)ข ──'
\echo '     Where fewer than 20 customers of an area meet a main criterion, its 20'
\echo '     highest bills meet ข too, with all that share the 20th place.'
\echo '     การไฟฟ้าเขตที่มีลูกค้าเข้าเงื่อนไขกลุ่มหลักต่ำกว่า 20 ราย'
\echo '   SELECT * FROM kam.area_cutoff(''customer'')'

SELECT coalesce(area, 'HQ') AS "กฟข.",
	c."Strategic", c."Star", c."Status", c."Streaml.",
	a.qualifiers AS qualify,
	(SELECT nullif(count(*), 0) FROM customer t WHERE t.area = a.area AND t.avg_monthly_bill_thb >= a.bill_cutoff_thb) AS "top 20",
	to_char(a.bill_cutoff_thb, 'FM99,999,999') AS "from THB"
FROM (SELECT area,
			count(*) FILTER (WHERE tier = 'Strategic') AS "Strategic",
			count(*) FILTER (WHERE tier = 'Star') AS "Star",
			count(*) FILTER (WHERE tier = 'Status') AS "Status",
			count(*) FILTER (WHERE tier = 'Streamline') AS "Streaml."
		FROM classified
		GROUP BY area) AS c
	LEFT JOIN kam.area_cutoff('customer') AS a USING (area)
ORDER BY left(area, 3) = 'กฟต', left(area, 3) = 'กฟก', left(area, 3) = 'กฟฉ', area;
