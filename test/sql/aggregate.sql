/*
 * All aggregates of kam, by the same questions: do the levels of the unit
 * tree in one pass (GROUPING SETS) agree with a query for each level, partial
 * aggregation over partitions and in parallel workers with a plain one, and
 * windows that move with a recomputation of each frame?
 */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
CREATE SCHEMA aggregate_test;
SET search_path = aggregate_test;
SET jit = off;

/* Accounts of a country of 4 regions, 12 areas and 60 offices, some with nothing known; in one table and in a table of partitions. */
CREATE TABLE account AS
SELECT id, 1 + area / 3 AS region, 1 + area AS area, 1 + area * 5 + id * 7 % 5 AS office, 1 + id % 12 AS month,
	(ARRAY['Strategic', 'Star', 'Status', 'Streamline', NULL])[1 + id * 3 % 11 % 5]::kam.tier AS tier,
	(ARRAY['High', 'Medium', 'Low', NULL])[1 + id * 5 % 13 % 4]::kam.value_class AS value_class,
	(ARRAY['{}', '{voltage}', '{corporate_image}', NULL, '{spp_risk,discretionary}', '{monthly_bill,voltage}'])
		[1 + id * 7 % 17 % 6]::kam.criteria AS criteria,
	CASE id % 9 WHEN 0 THEN NULL ELSE id * id % 19 < 12 END AS met,
	CASE id % 8 WHEN 0 THEN NULL ELSE id * 7 % 51 / 10.0 END AS score, 5::numeric AS scale, CASE id % 7 WHEN 0 THEN NULL ELSE 1000000.25 * (id * 31 % 97) END AS bill,
	CASE id % 10 WHEN 0 THEN NULL ELSE kam.portfolio(id % 4, id % 7, id % 3 * 1000000000, 1) END AS portfolio,
	CASE id % 11 WHEN 0 THEN NULL ELSE kam.rate(id % 13, id % 13 + id % 5) END AS rate,
	CASE id % 12 WHEN 0 THEN NULL WHEN 1 THEN '{}' ELSE kam.satisfaction(2, id % 5 * 2 + 0.5, (id % 5) * (id % 5) + (id % 5 + 0.5) * (id % 5 + 0.5), 5) END AS satisfaction,
	CASE id % 13 WHEN 0 THEN NULL ELSE kam.kasm_matrix(id % 3, 1, 0, id % 11, id, 1000000000000, id % 2, 7) END AS matrix
FROM generate_series(1, 1800) AS id, LATERAL (SELECT id * 5 % 31 % 12) AS a (area);
CREATE TABLE part (LIKE account) PARTITION BY LIST (area);
CREATE TABLE part_1 PARTITION OF part FOR VALUES IN (1, 4, 7, 10);
CREATE TABLE part_2 PARTITION OF part FOR VALUES IN (2, 5, 8, 11);
CREATE TABLE part_3 PARTITION OF part DEFAULT;
INSERT INTO part SELECT * FROM account;
CREATE UNIQUE INDEX ON account (id);
ANALYZE account, part;
SELECT count(*) AS accounts, count(DISTINCT region) AS regions, count(DISTINCT area) AS areas, count(DISTINCT office) AS offices,
	count(DISTINCT tier) AS tiers, count(*) - count(tier) AS without_tier
FROM account;

/* All aggregates there are. */
CREATE TABLE aggregate AS
SELECT row_number() OVER (ORDER BY call COLLATE "C") AS number, call, signature::regprocedure
FROM (
	SELECT f || '(' || value || ')' AS call, f || '(kam.' || type || ')' AS signature
	FROM unnest('{min,max,sum}'::text[]) AS f,
		(VALUES ('tier', 'tier'), ('value_class', 'value_class'), ('criteria', 'criteria'), ('portfolio', 'portfolio'), ('rate', 'rate'),
			('satisfaction', 'satisfaction'), ('matrix', 'kasm_matrix')) AS v (value, type)
	WHERE f <> 'sum' OR type IN ('portfolio', 'rate', 'satisfaction', 'kasm_matrix')
	UNION ALL
	VALUES ('kam.portfolio(tier)', 'kam.portfolio(kam.tier)'), ('kam.rate(met)', 'kam.rate(boolean)'),
		('kam.satisfaction(score, scale)', 'kam.satisfaction(numeric, numeric)'),
		('kam.kasm_matrix(value_class, criteria)', 'kam.kasm_matrix(kam.value_class, kam.criteria)'),
		('kam.criteria_union(criteria)', 'kam.criteria_union(kam.criteria)'),
		('kam.bill_cutoff(bill, criteria)', 'kam.bill_cutoff(numeric, kam.criteria)'),
		('kam.bill_cutoff(bill, criteria, 2026)', 'kam.bill_cutoff(numeric, kam.criteria, int)'),
		('kam.bill_cutoff(bill, criteria, 2026, ''revision-4'')', 'kam.bill_cutoff(numeric, kam.criteria, int, text)')
) AS a;
SELECT p.oid::regprocedure AS not_tested
FROM pg_depend JOIN pg_proc AS p ON classid = 'pg_proc'::regclass AND objid = p.oid
WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e' AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'kam') AND prokind = 'a'
	AND p.oid NOT IN (SELECT signature FROM aggregate);
SELECT count(*) AS aggregates, count(DISTINCT signature) AS different FROM aggregate;

/* What a query answers, as one text; and whether the plan of that has a property. */
CREATE FUNCTION asked(query text) RETURNS text LANGUAGE sql
	RETURN format('SELECT string_agg(q::text, E''\n'' ORDER BY q::text COLLATE "C") FROM (%s) AS q', query);
CREATE FUNCTION answer(query text, OUT answer text) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE aggregate_test.asked(query) INTO STRICT answer;
END $$;
CREATE FUNCTION plan_shows(query text, path text) RETURNS boolean LANGUAGE sql AS $$
	SELECT jsonb_path_exists(pg_temp.plan_of(aggregate_test.asked(query)), path::jsonpath);
$$;

/* Every level in one pass, against a query for each. */
SELECT count(*) AS aggregates, count(*) FILTER (WHERE one_pass = apart) AS same, min(array_length(string_to_array(one_pass, E'\n'), 1)) AS rows,
	count(*) FILTER (WHERE NOT plan_shows) AS more_than_one_scan, string_agg(call, ' ' ORDER BY number) FILTER (WHERE one_pass IS DISTINCT FROM apart) AS wrong
FROM aggregate,
	LATERAL (SELECT format('SELECT GROUPING(region, area, office) AS level, region, area, office, %s AS result FROM account
		GROUP BY GROUPING SETS ((region, area, office), (region, area), (region), ())', call)) AS q (query),
	answer(query) AS one_pass,
	answer(format('SELECT 0 AS level, region, area, office, %1$s AS result FROM account GROUP BY region, area, office
		UNION ALL SELECT 1, region, area, NULL, %1$s FROM account GROUP BY region, area
		UNION ALL SELECT 3, region, NULL, NULL, %1$s FROM account GROUP BY region
		UNION ALL SELECT 7, NULL, NULL, NULL, %1$s FROM account', call)) AS apart,
	LATERAL (SELECT NOT plan_shows(query, 'strict $.**."Node Type" ? (@ == "Append")') AND plan_shows(query, 'strict $.**."Grouping Sets"')) AS p (plan_shows);
/* By hash and by sort; and levels by month beside those by unit, as CUBE and ROLLUP give them. */
SET enable_hashagg = off;
SELECT count(*) AS aggregates, count(*) FILTER (WHERE one_pass = apart) AS same
FROM aggregate,
	answer(format('SELECT region, area, month, %s AS result FROM account GROUP BY ROLLUP (region, area), CUBE (month)', call)) AS one_pass,
	answer(format('SELECT region, area, month, %1$s AS result FROM account GROUP BY region, area, month
		UNION ALL SELECT region, NULL, month, %1$s FROM account GROUP BY region, month
		UNION ALL SELECT NULL, NULL, month, %1$s FROM account GROUP BY month
		UNION ALL SELECT region, area, NULL, %1$s FROM account GROUP BY region, area
		UNION ALL SELECT region, NULL, NULL, %1$s FROM account GROUP BY region
		UNION ALL SELECT NULL, NULL, NULL, %1$s FROM account', call)) AS apart;
RESET enable_hashagg;

/* The sum of the levels below is the level, whatever was known in them; and the lowest of the lowest is the lowest. */
SELECT call, upper, count(*) AS units, count(*) FILTER (WHERE from_below::text IS NOT DISTINCT FROM own::text) AS same
FROM (
	SELECT 'kam.portfolio(tier)' AS call, 'area' AS upper, area, sum(below)::text AS from_below, (SELECT kam.portfolio(b.tier) FROM account AS b WHERE b.area = a.area)::text AS own
	FROM (SELECT area, office, kam.portfolio(tier) AS below FROM account GROUP BY area, office) AS a GROUP BY area
	UNION ALL
	SELECT 'kam.rate(met)', 'area', area, sum(below)::text, (SELECT kam.rate(b.met) FROM account AS b WHERE b.area = a.area)::text
	FROM (SELECT area, office, kam.rate(met) AS below FROM account GROUP BY area, office) AS a GROUP BY area
	UNION ALL
	SELECT 'kam.satisfaction(score, scale)', 'area', area, sum(below)::text, (SELECT kam.satisfaction(b.score, b.scale) FROM account AS b WHERE b.area = a.area)::text
	FROM (SELECT area, office, kam.satisfaction(score, scale) AS below FROM account GROUP BY area, office) AS a GROUP BY area
	UNION ALL
	SELECT 'kam.kasm_matrix(value_class, criteria)', 'area', area, sum(below)::text, (SELECT kam.kasm_matrix(b.value_class, b.criteria) FROM account AS b WHERE b.area = a.area)::text
	FROM (SELECT area, office, kam.kasm_matrix(value_class, criteria) AS below FROM account GROUP BY area, office) AS a GROUP BY area
	UNION ALL
	SELECT 'min(rate)', 'country', 0, min(below)::text, (SELECT min(rate) FROM account)::text
	FROM (SELECT area, min(rate) AS below FROM account GROUP BY area) AS a
) AS levels
GROUP BY call, upper ORDER BY call COLLATE "C";

/* The weight of a tier mix is the sum of the weights of its accounts, at every level. */
SELECT count(*) AS units, count(*) FILTER (WHERE kam.weight(mix, 2026) = weights) AS right, max(kam.weight(mix, 2026)) AS country
FROM (SELECT kam.portfolio(tier) AS mix, sum(kam.weight(tier, 2026)) AS weights FROM account GROUP BY GROUPING SETS ((office), (area), (region), ())) AS units;
/* The tiers of the matrix are those of kam.kasm(), at every level. */
SELECT count(*) AS units, count(*) FILTER (WHERE kam.portfolio(matrix) = mix) AS right
FROM (SELECT kam.kasm_matrix(value_class, criteria) AS matrix, kam.portfolio(kam.kasm(value_class, criteria)) AS mix FROM account
	  GROUP BY GROUPING SETS ((office), (area), (region), ())) AS units;

/* Partitions apart: each area is whole in one of them, each region in three, which are then combined. */
SET enable_partitionwise_aggregate = on;
SET cpu_tuple_cost = 1; -- so that the rows of all partitions together look dear
SET max_parallel_workers_per_gather = 0;
SELECT count(*) AS aggregates, count(*) FILTER (WHERE answer(of_areas) = answer(replace(of_areas, 'part', 'account'))) AS areas_same,
	count(*) FILTER (WHERE answer(of_regions) = answer(replace(of_regions, 'part', 'account'))) AS regions_same,
	count(*) FILTER (WHERE answer(of_country) = answer(replace(of_country, 'part', 'account'))) AS country_same,
	count(*) FILTER (WHERE plan_shows(of_areas, 'strict $.** ? (@."Node Type" == "Append")."Plans"[*]."Node Type" ? (@ == "Aggregate")')) AS areas_apart,
	count(*) FILTER (WHERE plan_shows(of_regions, 'strict $.** ? (@."Node Type" == "Append")."Plans"[*]."Partial Mode" ? (@ == "Partial")')) AS regions_combined,
	count(*) FILTER (WHERE plan_shows(of_country, 'strict $.** ? (@."Node Type" == "Append")."Plans"[*]."Partial Mode" ? (@ == "Partial")')) AS country_combined
FROM (SELECT call, 'SELECT area, ' || call || ' FROM part GROUP BY area' AS of_areas, 'SELECT region, ' || call || ' FROM part GROUP BY region' AS of_regions,
		'SELECT ' || call || ' FROM part' AS of_country FROM aggregate) AS query;
RESET enable_partitionwise_aggregate;
RESET cpu_tuple_cost;

/* In parallel workers: the country, and regions by hash and by sort. */
CREATE TABLE serial AS
SELECT number, level, query, answer(query)
FROM aggregate, LATERAL (VALUES ('country', format('SELECT %s FROM account', call)), ('region', format('SELECT region, %s FROM account GROUP BY region', call))) AS q (level, query);
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET parallel_leader_participation = off;
SELECT level, count(*) AS queries, count(*) FILTER (WHERE answer(query) = answer) AS same,
	count(*) FILTER (WHERE plan_shows(query, 'strict $.** ? (@."Partial Mode" == "Finalize").**."Node Type" ? (@ starts with "Gather")')
		AND plan_shows(query, 'strict $.** ? (@."Node Type" starts with "Gather").**."Partial Mode" ? (@ == "Partial")')) AS in_parallel
FROM serial GROUP BY level ORDER BY level;
SET enable_hashagg = off;
SELECT level, count(*) AS queries, count(*) FILTER (WHERE answer(query) = answer) AS same,
	count(*) FILTER (WHERE plan_shows(query, 'strict $.** ? (@."Node Type" starts with "Gather").**."Partial Mode" ? (@ == "Partial")')) AS in_parallel
FROM serial WHERE level = 'region' GROUP BY level;
RESET enable_hashagg;
/* Partitions in parallel workers. */
SET enable_partitionwise_aggregate = on;
SELECT level, count(*) AS queries, count(*) FILTER (WHERE answer(replace(query, 'account', 'part')) = answer) AS same,
	count(*) FILTER (WHERE plan_shows(replace(query, 'account', 'part'), 'strict $.**."Node Type" ? (@ starts with "Gather")')) AS in_parallel
FROM serial WHERE level = 'region' GROUP BY level;
RESET enable_partitionwise_aggregate;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
RESET parallel_leader_participation;
/* The server's own way to force it; the setting was renamed in PostgreSQL 16. */
SELECT set_config(name, 'on', false) AS forced FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query');
SELECT level, count(*) AS queries, count(*) FILTER (WHERE answer(query) = answer) AS same FROM serial WHERE level = 'country' GROUP BY level;
SELECT set_config(name, 'off', false) AS forced FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query');

/*
 * Windows: each row against a recomputation of its own frame. Where there is
 * an exact inverse, the frame moves (see install.sql for which have one).
 */
CREATE TABLE month AS SELECT * FROM account WHERE id <= 130;
ALTER TABLE month ADD PRIMARY KEY (id);
ANALYZE month;
SELECT frame, count(*) AS aggregates, count(*) FILTER (WHERE moving = again) AS same, min(array_length(string_to_array(moving, E'\n'), 1)) AS rows,
	string_agg(call, ' ' ORDER BY number) FILTER (WHERE moving IS DISTINCT FROM again) AS wrong
FROM aggregate,
	(VALUES (1, 'ROWS BETWEEN 2 PRECEDING AND CURRENT ROW', 'b.id BETWEEN a.id - 2 AND a.id'),
		(2, 'ROWS BETWEEN 11 PRECEDING AND 3 FOLLOWING', 'b.id BETWEEN a.id - 11 AND a.id + 3'),
		(3, 'ROWS BETWEEN 3 FOLLOWING AND 5 FOLLOWING', 'b.id BETWEEN a.id + 3 AND a.id + 5'),
		(4, 'ROWS BETWEEN CURRENT ROW AND CURRENT ROW', 'b.id = a.id'),
		(5, 'ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING', 'b.id >= a.id'),
		(6, 'ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING EXCLUDE CURRENT ROW', 'b.id BETWEEN a.id - 2 AND a.id + 2 AND b.id <> a.id'),
		(7, 'RANGE BETWEEN 20 PRECEDING AND 10 PRECEDING', 'b.id BETWEEN a.id - 20 AND a.id - 10'),
		(8, 'GROUPS 4 PRECEDING', 'b.id BETWEEN a.id - 4 AND a.id')) AS f (n, frame, condition),
	answer(format('SELECT id, %s OVER (ORDER BY id %s) AS result FROM month', call, frame)) AS moving,
	answer(format('SELECT id, (SELECT %s FROM month AS b WHERE %s) AS result FROM month AS a',
		regexp_replace(call, '\m(tier|value_class|criteria|met|score|scale|bill|portfolio|rate|satisfaction|matrix)\M(?!\()', 'b.\1', 'g'), condition)) AS again
GROUP BY n, frame ORDER BY n;
/* A window for each area. */
SELECT count(*) AS aggregates, count(*) FILTER (WHERE moving = again) AS same
FROM aggregate,
	answer(format('SELECT id, %s OVER (PARTITION BY area ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS result FROM month', call)) AS moving,
	answer(format('SELECT id, (SELECT %s FROM (SELECT * FROM month AS m WHERE m.area = a.area AND m.id <= a.id ORDER BY m.id DESC LIMIT 3) AS b) AS result FROM month AS a',
		regexp_replace(call, '\m(tier|value_class|criteria|met|score|scale|bill|portfolio|rate|satisfaction|matrix)\M(?!\()', 'b.\1', 'g'))) AS again;

/* Without rows: what counts is empty, all else is NULL. */
SELECT call, answer(format('SELECT %s FROM account WHERE false', call)) AS of_nothing,
	answer(format('SELECT %s FROM (SELECT NULL::kam.tier AS tier, NULL::kam.value_class AS value_class, NULL::kam.criteria AS criteria, NULL::boolean AS met, NULL::numeric AS score,
		NULL::numeric AS scale, NULL::numeric AS bill, NULL::kam.portfolio AS portfolio, NULL::kam.rate AS rate, NULL::kam.satisfaction AS satisfaction,
		NULL::kam.kasm_matrix AS matrix) AS unknown', call)) AS of_unknown
FROM aggregate WHERE call !~ '^m(in|ax)' ORDER BY number;
