-- kam.what_if: who would move under rules that are not in force. That it is two classify()
-- side by side: classify_oracle.
\pset null '(null)'
\set SHOW_CONTEXT never

CREATE TABLE customer (account_id int, area text, value_class text, voltage_kv numeric, avg_monthly_bill_thb numeric);
INSERT INTO customer VALUES (1, NULL, 'High', 69, 100), (2, NULL, 'Medium', 69, 100), (3, NULL, NULL, 69, 100), (4, NULL, 'Low', 22, 18000000), (5, NULL, 'High', 230, 1);
INSERT INTO kam.rule_set (rule_set, plan_year_from, voltage_kv, avg_monthly_bill_thb, weight_star, title)
	VALUES ('draft', NULL, 115, 18000000, 0.8, 'as it might be'), ('heavier', NULL, 69, 20000000, 0.85, NULL), ('revision-5', 2030, 115, 20000000, 0.8, NULL);

SELECT * FROM kam.what_if('customer', 'draft') ORDER BY account_id;
SELECT tier_now, tier_then, count(*), sum(weight_change) FROM kam.what_if('customer', 'draft') GROUP BY 1, 2 ORDER BY 1, 2;
-- only the weight changes
SELECT * FROM kam.what_if('customer', 'heavier') ORDER BY account_id;
-- the other way, against a year, against a name
SELECT account_id, tier_now, tier_then FROM kam.what_if('customer', 'revision-4', rule_set => 'draft') ORDER BY account_id;
SELECT account_id, tier_now, tier_then FROM kam.what_if('customer', 'draft', 2030) ORDER BY account_id;
SELECT account_id, tier_now, tier_then FROM kam.what_if('customer', 'draft', 2029) ORDER BY account_id;
-- nothing changes where nothing differs
SELECT count(*) FROM kam.what_if('customer', 'revision-4');
SELECT count(*) FROM kam.what_if('customer', 'revision-5', 2030);

-- The top-20 rule holds under each rule set by itself: qualifiers become too few
CREATE TABLE area AS SELECT i AS account_id, 'N1' AS area, 'High'::kam.value_class AS value_class, CASE WHEN i <= 20 THEN 69 ELSE 22 END AS voltage_kv, 1000 + i AS avg_monthly_bill_thb
	FROM generate_series(1, 50) AS i;
SELECT tier_now, tier_then, count(*), min(account_id::int), max(account_id::int), sum(weight_change) FROM kam.what_if('area', 'draft') GROUP BY 1, 2 ORDER BY 1;
SELECT * FROM kam.area_cutoff('area');
SELECT * FROM kam.area_cutoff('area', rule_set => 'draft');
-- size and trigger
INSERT INTO kam.rule_set (rule_set, bill_rank_trigger, bill_rank_size) VALUES ('top 3', 21, 3);
SELECT account_id, tier_now, tier_then, criteria_now, criteria_then FROM kam.what_if('area', 'top 3') ORDER BY account_id;

-- What is refused
SELECT * FROM kam.what_if('customer', NULL);
\set VERBOSITY terse
SELECT * FROM kam.what_if('customer', 'no such');
SELECT * FROM kam.what_if('customer', 'draft', rule_set => 'no such');
\set VERBOSITY default
SELECT * FROM kam.what_if('customer', 'draft', 2561);
SELECT * FROM kam.what_if('customer', 'draft', 2017);
SELECT * FROM kam.what_if('pg_class', 'draft');
-- a name that must be quoted stays one
INSERT INTO kam.rule_set (rule_set, voltage_kv) VALUES (E'it''s a \\ "draft"; DROP TABLE customer; --', 115);
SELECT count(*) FROM kam.what_if('customer', E'it''s a \\ "draft"; DROP TABLE customer; --');
SELECT count(*) FROM kam.what_if('customer', 'revision-4', rule_set => E'it''s a \\ "draft"; DROP TABLE customer; --');
SELECT count(*) FROM kam.classify('customer', rule_set => E'it''s a \\ "draft"; DROP TABLE customer; --') WHERE criteria <> '{}';
SET standard_conforming_strings = off;
SELECT count(*) FROM kam.what_if('customer', E'it''s a \\ "draft"; DROP TABLE customer; --');
SELECT kam.create_kasm_view('quoted', 'customer', rule_set => E'it''s a \\ "draft"; DROP TABLE customer; --');
RESET standard_conforming_strings;
SELECT count(*) FILTER (WHERE criteria <> '{}') FROM quoted;

DROP VIEW quoted, quoted_cutoff;
DROP TABLE customer, area;
DELETE FROM kam.rule_set WHERE NOT builtin;
