-- kam.create_kasm_view: criteria and tier beside the columns of somebody's own table, in
-- plain SQL. That they are right: classify_oracle, classify_relations; row security:
-- classify_row_security.
\pset null '(null)'
\set SHOW_CONTEXT never

CREATE TABLE customer (
	account_id bigint PRIMARY KEY, name varchar(40), area text, value_class kam.value_class, avg_monthly_bill_thb numeric(14, 2), voltage_kv int, note jsonb);
INSERT INTO customer SELECT i, 'customer ' || i, 'A' || i % 4, (ARRAY['High', 'Medium', 'Low', NULL])[i % 7 % 4 + 1]::kam.value_class, i * 10.5,
		CASE WHEN i % 4 = 0 AND i < 100 THEN 115 ELSE 22 END, '{"a": 1}'
	FROM generate_series(1, 4000) AS i;
ANALYZE customer;

SELECT kam.create_kasm_view('live', 'customer'), kam.create_kasm_view('stored', 'customer', stored_cutoffs => true);
-- all columns with their types, and three more
SELECT attrelid::regclass AS view, string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum) AS columns
FROM pg_attribute WHERE attrelid IN ('live'::regclass, 'stored'::regclass, 'live_cutoff'::regclass, 'stored_cutoff'::regclass) AND attnum > 0 GROUP BY attrelid ORDER BY attrelid::regclass::text;
SELECT relname, relkind, reloptions, obj_description(oid, 'pg_class') FROM pg_class WHERE relname IN ('live', 'stored', 'live_cutoff', 'stored_cutoff') ORDER BY relname;
SELECT * FROM live_cutoff ORDER BY area;
SELECT * FROM stored_cutoff ORDER BY area;
SELECT account_id, name, area, value_class, bill_cutoff_thb, criteria, tier FROM live WHERE account_id IN (1, 2, 4, 3921, 4000) ORDER BY account_id;
CREATE FUNCTION differ(view text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	n bigint;
BEGIN
	EXECUTE format('SELECT count(*) FROM %s v FULL JOIN kam.classify(''customer'') k ON v.account_id::text = k.account_id
		WHERE v.tier IS DISTINCT FROM k.tier OR v.criteria IS DISTINCT FROM k.criteria', view) INTO n;
	RETURN n;
END
$$;
SELECT differ('live'), differ('stored');

-- Plain SQL that a person can read and take over
SELECT pg_get_viewdef('live'::regclass) ~ '^ SELECT f.account_id,\s+f.name' AS plain,
	pg_get_viewdef('live'::regclass) ~ 'kam.main_criteria\(voltage_kv => \(f.voltage_kv\)::numeric' AS criteria,
	pg_get_viewdef('live'::regclass) ~ 'kam.kasm\(f.value_class' AS tier;
SELECT kam.kasm_view_definition('customer') AS definition \gset
CREATE VIEW by_hand AS :definition;
SELECT differ('by_hand'), (SELECT count(*) FROM (TABLE by_hand EXCEPT ALL TABLE live) d);
DROP VIEW by_hand;
-- dumped and restored by hand, it is the same view
SELECT pg_get_viewdef('live'::regclass) AS definition \gset
CREATE VIEW restored AS :definition
SELECT pg_get_viewdef('restored'::regclass) = pg_get_viewdef('live'::regclass) AS same;
DROP VIEW restored;

-- A predicate on the key uses the key's index; on other columns it is pushed down as well
CREATE FUNCTION plan_has(query text, path jsonpath) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	plan jsonb;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT json) ' || query INTO plan;
	RETURN plan @? path;
END
$$;
SELECT view, plan_has(format('SELECT tier FROM %s WHERE account_id = 77', view), '$.** ? (@."Index Name" == "customer_pkey" && @."Index Cond" like_regex "account_id = 77")') AS "by key",
	plan_has(format('SELECT tier FROM %s WHERE account_id BETWEEN 5 AND 9', view), '$.** ? (@."Index Name" == "customer_pkey")') AS "by range",
	plan_has(format('SELECT count(tier) FROM %s WHERE name = ''x''', view), '$.** ? (@."Relation Name" == "customer" && @."Alias" == "f" && @."Filter" like_regex "name")') AS "pushed down"
FROM unnest('{live,stored}'::text[]) AS view;
-- what is not asked for is not computed: without cut-offs no ranking is read (stored)
SELECT plan_has('SELECT account_id, area FROM stored', '$.** ? (@."Relation Name" == "stored_cutoff")') AS "cut-offs read";

-- With workers, and the same
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SELECT view, plan_has(format('SELECT tier, count(*) FROM %s GROUP BY tier', view), '$.** ? (@."Node Type" == "Gather" || @."Node Type" == "Gather Merge").** ? (@."Relation Name" == "customer" && @."Parallel Aware" == true)') AS "in parallel"
FROM unnest('{live,stored}'::text[]) AS view;
SELECT differ('live'), differ('stored');
SET parallel_leader_participation = off;
SELECT tier, count(*) FROM live GROUP BY tier ORDER BY tier;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
RESET parallel_leader_participation;
-- every query in a worker, whatever it costs (the setting's name changed in 16)
SELECT set_config(name, 'on', false) AS forced FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query');
SELECT differ('live'), differ('stored');
SELECT account_id, criteria, tier FROM live WHERE account_id IN (4, 3921) ORDER BY account_id;
SELECT set_config(name, 'off', false) AS forced FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query');
SET max_parallel_workers_per_gather = 0;
SELECT tier, count(*) FROM live GROUP BY tier ORDER BY tier;
RESET max_parallel_workers_per_gather;

-- The facts change: live at once, stored when refreshed
UPDATE customer SET avg_monthly_bill_thb = 1000000 WHERE account_id IN (1, 5, 9);
SELECT count(*) FROM live WHERE account_id IN (1, 5, 9) AND criteria @> '{monthly_bill}';
SELECT l.bill_cutoff_thb AS live, s.bill_cutoff_thb AS stored FROM live_cutoff l JOIN stored_cutoff s USING (area) WHERE area = 'A1';
SELECT differ('live'), differ('stored');
REFRESH MATERIALIZED VIEW CONCURRENTLY stored_cutoff;
SELECT l.bill_cutoff_thb AS live, s.bill_cutoff_thb AS stored FROM live_cutoff l JOIN stored_cutoff s USING (area) WHERE area = 'A1';
SELECT differ('live'), differ('stored');
-- a new area, an area that goes, all gone
INSERT INTO customer (account_id, area, value_class, avg_monthly_bill_thb) VALUES (5000, 'new', 'High', 1), (5001, NULL, 'High', 1);
DELETE FROM customer WHERE area = 'A2';
SELECT tier, criteria, bill_cutoff_thb FROM live WHERE account_id >= 5000 ORDER BY account_id;
SELECT tier, criteria, bill_cutoff_thb FROM stored WHERE account_id >= 5000 ORDER BY account_id;
SELECT differ('live');
REFRESH MATERIALIZED VIEW stored_cutoff;
SELECT differ('stored');
BEGIN;
DELETE FROM customer;
SELECT count(*) FROM live;
SELECT count(*) FROM live_cutoff;
ROLLBACK;

-- The rules change: a view without a year follows today's, one with a year or name its own
SELECT kam.create_kasm_view('of_2018', 'customer', plan_year => 2018), kam.create_kasm_view('named', 'customer', rule_set => 'revision-4');
BEGIN;
INSERT INTO kam.rule_set (rule_set, plan_year_from, voltage_kv) VALUES ('this year''s', extract(year FROM now() AT TIME ZONE 'Asia/Bangkok')::int, 22);
SELECT (SELECT count(*) FROM live WHERE criteria @> '{voltage}') AS today, (SELECT count(*) FROM of_2018 WHERE criteria @> '{voltage}') AS "2018",
	(SELECT count(*) FROM named WHERE criteria @> '{voltage}') AS named;
ROLLBACK;

-- Names: with a schema, quoted, up to their length, taken, none
CREATE SCHEMA "S p";
SELECT kam.create_kasm_view('"S p"."My ""View"""', 'customer');
SELECT count(tier) FROM "S p"."My ""View""";
SELECT count(*) FROM "S p"."My ""View""_cutoff";
SELECT kam.create_kasm_view('UpperCase', 'customer');
SELECT kam.create_kasm_view(repeat('v', 56), 'customer');
SELECT kam.create_kasm_view(repeat('v', 57), 'customer');
SELECT kam.create_kasm_view(repeat('ก', 19), 'customer');
SELECT kam.create_kasm_view(repeat('v', 100), 'customer');
SELECT kam.create_kasm_view('live', 'customer');
SELECT kam.create_kasm_view('customer', 'customer');
CREATE VIEW other_cutoff AS SELECT 1;
SELECT kam.create_kasm_view('other', 'customer');
SELECT to_regclass('other');
SELECT kam.create_kasm_view('no_such_schema.v', 'customer');
SELECT kam.create_kasm_view('a.b.c.d', 'customer');
SELECT kam.create_kasm_view('', 'customer');
SELECT kam.create_kasm_view('a b', 'customer');
SELECT kam.create_kasm_view('v; DROP TABLE customer', 'customer');
SELECT kam.create_kasm_view(NULL, 'customer');
SELECT kam.create_kasm_view('v', NULL);
SELECT kam.create_kasm_view('v', 'customer', stored_cutoffs => NULL);
SELECT kam.create_kasm_view('v', 'customer', plan_year => 2561);
SELECT kam.create_kasm_view('v', 'customer', rule_set => 'no such');
SELECT kam.kasm_view_definition(NULL) IS NULL AS nothing;

-- Columns that the view adds must be free
CREATE TABLE taken (account_id int, area text, value_class text, tier text);
SELECT kam.create_kasm_view('v', 'taken');
SELECT kam.kasm_view_definition('taken');
ALTER TABLE taken RENAME tier TO criteria;
SELECT kam.create_kasm_view('v', 'taken');
ALTER TABLE taken RENAME criteria TO bill_cutoff_thb;
SELECT kam.create_kasm_view('v', 'taken');
ALTER TABLE taken DROP bill_cutoff_thb;
SELECT kam.create_kasm_view('v', 'taken');
SELECT to_regclass('v'), to_regclass('v_cutoff');

-- In a transaction that is rolled back; dropped with what it reads, or not at all
BEGIN;
SELECT kam.create_kasm_view('gone', 'customer', stored_cutoffs => true);
ROLLBACK;
SELECT to_regclass('gone'), to_regclass('gone_cutoff');
BEGIN READ ONLY;
SELECT kam.create_kasm_view('gone', 'customer');
ROLLBACK;
\set VERBOSITY terse
DROP TABLE taken;
DROP VIEW live_cutoff;
\set VERBOSITY default
-- renamed: the views follow
ALTER TABLE customer RENAME TO client;
ALTER TABLE client RENAME voltage_kv TO kv;
ALTER VIEW live RENAME TO lively;
ALTER VIEW live_cutoff RENAME TO lively_limits;
SELECT count(tier) FROM lively WHERE criteria <> '{}';
ALTER TABLE client SET SCHEMA "S p";
SELECT count(tier) FROM lively WHERE criteria <> '{}';
-- a view of a view of a view
SELECT kam.create_kasm_view('again', 'v');
CREATE VIEW stripped AS SELECT account_id, area, value_class, avg_monthly_bill_thb FROM lively;
SELECT kam.create_kasm_view('again', 'stripped');
SELECT count(tier), count(*) FILTER (WHERE criteria @> '{monthly_bill}') AS "in the 20" FROM again;

SET client_min_messages = warning;
DROP VIEW other_cutoff;
DROP TABLE taken CASCADE;
DROP SCHEMA "S p" CASCADE;
DROP FUNCTION differ, plan_has;
