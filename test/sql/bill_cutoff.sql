-- kam.bill_cutoff: the top-20 rule of an area (6.1.1.2(1)ข, R1) as an aggregate.
\pset null '(null)'

-- n customers of which q qualify, with the bills 1, 2, … n × 1000
CREATE FUNCTION cutoff_of(n int, q int) RETURNS numeric LANGUAGE sql STABLE AS $$
	SELECT kam.bill_cutoff(i * 1000, CASE WHEN i <= q THEN '{voltage}' ELSE '{}' END::kam.criteria) FROM generate_series(1, n) AS i
$$;
SELECT n, q, cutoff_of(n, q) FROM (VALUES (0, 0), (1, 0), (1, 1), (19, 0), (20, 0), (21, 0), (100, 0), (100, 19), (100, 20), (100, 21), (100, 100)) AS v (n, q);

-- Which bills rank: known and above 0; ties are one rank, and all of the last are in
SELECT kam.bill_cutoff(bill, '{}') FROM unnest('{NULL,0,0.00}'::numeric[]) AS bill;
SELECT kam.bill_cutoff(bill, '{}') FROM unnest('{NULL,0,5,0.00,1e-20}'::numeric[]) AS bill;
SELECT kam.bill_cutoff(bill, '{}') AS "19 above a tie" FROM (SELECT 100 + i FROM generate_series(1, 19) AS i UNION ALL SELECT 7 FROM generate_series(1, 50)) AS v (bill);
SELECT kam.bill_cutoff(bill, '{}') AS "20 above a tie" FROM (SELECT 100 + i FROM generate_series(1, 20) AS i UNION ALL SELECT 7 FROM generate_series(1, 50)) AS v (bill);
SELECT kam.bill_cutoff(bill, '{}') AS "a tie of 19, then one" FROM (SELECT 100 FROM generate_series(1, 19) AS i UNION ALL VALUES (50), (40)) AS v (bill);
SELECT kam.bill_cutoff(bill, '{}') AS "a tie of 25, then one" FROM (SELECT 100 FROM generate_series(1, 25) AS i UNION ALL VALUES (50), (40)) AS v (bill);
-- 5 and 5.00 tie
SELECT kam.bill_cutoff(bill, '{}') = 5 AS "5 = 5.00" FROM (SELECT 9 FROM generate_series(1, 19) UNION ALL VALUES (5), (5.00), (5.000), (4.99)) AS v (bill);

-- What qualifies: main criteria, not special grounds; NULL is none
SELECT kam.bill_cutoff(i, '{corporate_image}') FROM generate_series(1, 30) AS i;
SELECT kam.bill_cutoff(i, NULL) FROM generate_series(1, 30) AS i;
SELECT kam.bill_cutoff(i, '{nationwide_network}') FROM generate_series(1, 30) AS i;
-- a qualifier without a bill counts, too; and qualifiers are ranked with the others
SELECT kam.bill_cutoff(CASE WHEN i > 20 THEN i END, CASE WHEN i <= 20 THEN '{voltage}' ELSE '{}' END::kam.criteria) FROM generate_series(1, 60) AS i;
SELECT kam.bill_cutoff(i, CASE WHEN i > 50 THEN '{voltage}' ELSE '{}' END::kam.criteria) AS "10 qualifiers among the 20" FROM generate_series(1, 60) AS i;

-- The order of the rows does not matter
SELECT count(DISTINCT kam_cutoff) AS answers, min(kam_cutoff) AS cutoff
FROM generate_series(1, 20) AS seed,
	LATERAL (SELECT kam.bill_cutoff(i % 37, '{}' ORDER BY md5(seed || ' ' || i)) AS kam_cutoff FROM generate_series(1, 500) AS i) s;

-- The aggregate's usual company
SELECT kam.bill_cutoff(i, '{}') FILTER (WHERE i <= 10) AS filter, kam.bill_cutoff(DISTINCT i % 5 + 1, '{}') AS "distinct",
	kam.bill_cutoff(i, '{}') AS "all" FROM generate_series(1, 40) AS i;
SELECT i, kam.bill_cutoff(i, '{}') OVER (ORDER BY i ROWS BETWEEN 24 PRECEDING AND CURRENT ROW) FROM generate_series(1, 60) AS i ORDER BY i DESC LIMIT 3;
SELECT area, kam.bill_cutoff(i, '{}') FROM (SELECT 'a' || i % 2, i FROM generate_series(1, 100) AS i) AS v (area, i)
	GROUP BY GROUPING SETS ((area), ()) ORDER BY area NULLS LAST;
SELECT area, half, kam.bill_cutoff(i, '{}') FROM (SELECT 'a' || i % 2, i > 50, i FROM generate_series(1, 100) AS i) AS v (area, half, i)
	GROUP BY CUBE (area, half) ORDER BY area NULLS LAST, half NULLS LAST;

-- By other rules
BEGIN;
INSERT INTO kam.rule_set (rule_set, plan_year_from, bill_rank_size, bill_rank_trigger)
	VALUES ('three', 2030, 3, 5), ('nobody', NULL, 0, 20), ('never', NULL, 20, 0), ('10,000', NULL, 10000, 20000);
SELECT kam.bill_cutoff(i, '{}') AS today, kam.bill_cutoff(i, '{}', 2018) AS "2018", kam.bill_cutoff(i, '{}', 2030) AS "2030",
	kam.bill_cutoff(i, '{}', NULL, 'three') AS three, kam.bill_cutoff(i, '{}', 2018, 'three') AS "name wins",
	kam.bill_cutoff(i, '{}', NULL, 'nobody') AS nobody, kam.bill_cutoff(i, '{}', NULL, 'never') AS never,
	kam.bill_cutoff(i, '{}', NULL, '10,000') AS "10,000"
FROM generate_series(1, 12345) AS i;
SELECT q, kam.bill_cutoff(i, CASE WHEN i <= q THEN '{voltage}' ELSE '{}' END::kam.criteria, NULL, 'three')
FROM generate_series(1, 50) AS i, generate_series(4, 5) AS q GROUP BY q ORDER BY q;
-- one group has one rule set
SELECT kam.bill_cutoff(i, '{}', NULL, CASE WHEN i % 2 = 0 THEN 'three' ELSE 'revision-4' END) FROM generate_series(1, 10) AS i;
ROLLBACK;
BEGIN;
INSERT INTO kam.rule_set (rule_set, plan_year_from, bill_rank_size) VALUES ('three', 2030, 3);
SELECT kam.bill_cutoff(i, '{}', CASE WHEN i < 5 THEN 2030 ELSE 2018 END) FROM generate_series(1, 10) AS i;
ROLLBACK;
BEGIN;
INSERT INTO kam.rule_set (rule_set, plan_year_from, bill_rank_size) VALUES ('three', 2030, 3);
-- two years of one rule set are one rule set
SELECT kam.bill_cutoff(i, '{}', 2030 + i) FROM generate_series(1, 10) AS i;
-- groups may differ
SELECT year, kam.bill_cutoff(i, '{}', year) FROM generate_series(1, 30) AS i, unnest('{2018,2030}'::int[]) AS year GROUP BY year ORDER BY year;
ROLLBACK;

-- Absurd bills are an error, also those that would not matter
SELECT kam.bill_cutoff(bill, '{}') FROM unnest('{1,-1}'::numeric[]) AS bill;
SELECT kam.bill_cutoff(bill, '{voltage}') FROM unnest('{1,NaN}'::numeric[]) AS bill;
SELECT kam.bill_cutoff(bill, '{}') FROM unnest('{Infinity}'::numeric[]) AS bill;
SELECT kam.bill_cutoff(bill, '{}') FROM unnest('{-Infinity}'::numeric[]) AS bill;
SELECT kam.bill_cutoff(CASE WHEN i = 30 THEN -0.01 ELSE i END, '{voltage}') FROM generate_series(1, 30) AS i;

-- Parallel and serial: the same answers, per area and for all
CREATE TABLE bill AS
	SELECT i % 23 AS area, CASE WHEN i % 11 = 0 THEN NULL WHEN i % 13 = 0 THEN 0 ELSE (i * 7919 % 10007 / 8) / 4.0 END AS avg_monthly_bill_thb,
		CASE WHEN i % 23 < 3 AND i % 501 = 0 THEN '{voltage}' WHEN i % 23 = 3 AND i % 101 = 0 THEN '{spp_risk,self_generation}' ELSE '{}' END::kam.criteria AS criteria
	FROM generate_series(1, 60000) AS i;
ALTER TABLE bill SET (parallel_workers = 3);
ANALYZE bill;
CREATE FUNCTION plan_nodes(query text, pattern text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	plan jsonb;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT json, COSTS off) ' || query INTO plan;
	RETURN (SELECT string_agg(DISTINCT node #>> '{}', ', ') FROM jsonb_path_query(plan, 'strict $.**.*') AS node
		WHERE jsonb_typeof(node) = 'string' AND node #>> '{}' ~ pattern);
END
$$;
SET max_parallel_workers_per_gather = 0;
CREATE TABLE serial AS SELECT area, kam.bill_cutoff(avg_monthly_bill_thb, criteria) AS cutoff FROM bill GROUP BY ROLLUP (area);
SET max_parallel_workers_per_gather = 3;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT plan_nodes('SELECT area, kam.bill_cutoff(avg_monthly_bill_thb, criteria) FROM bill GROUP BY area', '^(Partial|Finalize|Gather|Gather Merge)$') ~ 'Partial' AS parallel;
SELECT plan_nodes('SELECT kam.bill_cutoff(avg_monthly_bill_thb, criteria) FROM bill', '^(Partial|Finalize|Gather|Gather Merge)$') ~ 'Partial' AS parallel;
CREATE TABLE parallel AS SELECT area, kam.bill_cutoff(avg_monthly_bill_thb, criteria) AS cutoff FROM bill GROUP BY area
	UNION ALL SELECT NULL, kam.bill_cutoff(avg_monthly_bill_thb, criteria) FROM bill;
SET enable_hashagg = off;
CREATE TABLE sorted AS SELECT area, kam.bill_cutoff(avg_monthly_bill_thb, criteria) AS cutoff FROM bill GROUP BY area;
RESET enable_hashagg;
SET parallel_leader_participation = off;
SELECT count(*) AS areas, count(s.cutoff) AS "with a cut-off",
	count(*) FILTER (WHERE s.cutoff IS DISTINCT FROM p.cutoff) AS "parallel differs",
	count(*) FILTER (WHERE s.area IS NOT NULL AND s.cutoff IS DISTINCT FROM o.cutoff) AS "sorted differs",
	count(*) FILTER (WHERE s.cutoff IS DISTINCT FROM l.cutoff) AS "leader idle differs",
	count(*) FILTER (WHERE s.cutoff IS DISTINCT FROM w.cutoff) AS "windows differ"
FROM serial s
	JOIN parallel p ON s.area IS NOT DISTINCT FROM p.area
	LEFT JOIN sorted o ON s.area = o.area
	JOIN (SELECT area, kam.bill_cutoff(avg_monthly_bill_thb, criteria) AS cutoff FROM bill GROUP BY area
		UNION ALL SELECT NULL, kam.bill_cutoff(avg_monthly_bill_thb, criteria) FROM bill) l ON s.area IS NOT DISTINCT FROM l.area
	JOIN (SELECT area, CASE WHEN count(*) FILTER (WHERE criteria <> '{}') < 20 THEN min(avg_monthly_bill_thb) FILTER (WHERE r <= 20 AND avg_monthly_bill_thb > 0) END AS cutoff
		FROM (SELECT area, avg_monthly_bill_thb, criteria, rank() OVER (PARTITION BY area ORDER BY avg_monthly_bill_thb DESC NULLS LAST) AS r FROM bill
			UNION ALL SELECT NULL, avg_monthly_bill_thb, criteria, rank() OVER (ORDER BY avg_monthly_bill_thb DESC NULLS LAST) FROM bill) b
		GROUP BY area) w ON s.area IS NOT DISTINCT FROM w.area;
-- mixed rule sets are found when the workers' states meet, too
INSERT INTO kam.rule_set (rule_set, bill_rank_size) VALUES ('three', 3);
DO $$
BEGIN
	PERFORM kam.bill_cutoff(avg_monthly_bill_thb, criteria, NULL, CASE WHEN area = 7 THEN 'three' ELSE 'revision-4' END) FROM bill;
EXCEPTION WHEN invalid_parameter_value THEN
	RAISE NOTICE '%: %', SQLSTATE, SQLERRM;
END
$$;
DO $$
BEGIN
	PERFORM kam.bill_cutoff(avg_monthly_bill_thb, criteria, NULL, CASE WHEN ctid > '(150,0)' THEN 'three' ELSE 'revision-4' END) FROM bill;
EXCEPTION WHEN invalid_parameter_value THEN
	RAISE NOTICE '%: %', SQLSTATE, SQLERRM;
END
$$;
DELETE FROM kam.rule_set WHERE NOT builtin;
-- partitionwise, and over a partitioned table
CREATE TABLE bill_part (LIKE bill) PARTITION BY HASH (area);
CREATE TABLE bill_part_0 PARTITION OF bill_part FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE bill_part_1 PARTITION OF bill_part FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO bill_part SELECT * FROM bill;
SET enable_partitionwise_aggregate = on;
SELECT count(*) FILTER (WHERE s.cutoff IS DISTINCT FROM p.cutoff) AS "partitionwise differs"
FROM serial s JOIN (SELECT area, kam.bill_cutoff(avg_monthly_bill_thb, criteria) AS cutoff FROM bill_part GROUP BY area) p USING (area);
SELECT kam.bill_cutoff(avg_monthly_bill_thb, criteria) IS NOT DISTINCT FROM (SELECT cutoff FROM serial WHERE area IS NULL) AS same,
	kam.bill_cutoff(avg_monthly_bill_thb, criteria) FILTER (WHERE area > 3) AS "of some areas" FROM bill_part;

DROP TABLE bill, bill_part, serial, parallel, sorted;
DROP FUNCTION cutoff_of, plan_nodes;
