-- kam.classify and kam.area_cutoff over somebody's own table (6.1.1). That their answers
-- are right: classify_oracle; other kinds of relations and columns: classify_relations.
\pset null '(null)'
\set SHOW_CONTEXT never

CREATE TABLE customer (
	account_id text, area text, value_class kam.value_class, avg_monthly_bill_thb numeric, voltage_kv numeric, spp_zone boolean);

-- Nobody
SELECT * FROM kam.classify('customer');
SELECT * FROM kam.area_cutoff('customer');

-- A few, by hand: 25 customers of N1, of whom 2 qualify by their own facts
INSERT INTO customer SELECT 'N' || to_char(i, 'fm00'), 'N1', (ARRAY['High', 'Medium', 'Low', NULL])[i % 4 + 1]::kam.value_class,
		i * 100000, CASE WHEN i IN (3, 25) THEN 115 ELSE 22 END, false
	FROM generate_series(1, 25) AS i;
-- two of S1, one in no area
INSERT INTO customer VALUES ('S1', 'S1', 'High', NULL, NULL, NULL), ('S2', 'S1', 'Low', 0, NULL, true), ('HQ', NULL, 'Medium', 9999999, 22, true);
SELECT * FROM kam.classify('customer') ORDER BY account_id COLLATE "C";
SELECT * FROM kam.area_cutoff('customer');

-- The 20 highest bills are counted with the qualifiers among them, and ties of the last are all in
UPDATE customer SET avg_monthly_bill_thb = 600000 WHERE account_id IN ('N01', 'N02', 'N04');
SELECT count(*) FILTER (WHERE criteria @> '{monthly_bill}') AS "in the 20", string_agg(account_id, ' ' ORDER BY account_id) FILTER (WHERE NOT criteria @> '{monthly_bill}') AS "not in"
FROM kam.classify('customer') WHERE area = 'N1';
SELECT * FROM kam.area_cutoff('customer');
-- 18 more that qualify (20 in all): the rule no longer applies, and nobody is ranked
INSERT INTO customer SELECT 'Q' || to_char(i, 'fm00'), 'N1', NULL, NULL, 69, NULL FROM generate_series(1, 17) AS i;
SELECT count(*) FILTER (WHERE criteria @> '{monthly_bill}') FROM kam.classify('customer') WHERE area = 'N1';
INSERT INTO customer VALUES ('Q18', 'N1', NULL, NULL, 69, NULL);
SELECT count(*) FILTER (WHERE criteria @> '{monthly_bill}') FROM kam.classify('customer') WHERE area = 'N1';
SELECT * FROM kam.area_cutoff('customer');
-- who is in the 20 still needs a value class
SELECT count(*) AS customers, count(tier) AS tiers FROM kam.classify('customer') WHERE value_class IS NULL;

-- Areas are told apart exactly: case, blanks, the empty area; NULL is none
CREATE TABLE area_of AS SELECT i AS account_id, a.area, 'High'::kam.value_class AS value_class, i AS avg_monthly_bill_thb
	FROM (VALUES ('N1'), ('n1'), ('N1 '), (' N1'), (''), (' '), (NULL), ('กฟน.1'), ('กฟน.๑')) AS a (area), generate_series(1, 22) AS i;
SELECT '[' || area || ']' AS area, customers, qualifiers, bill_cutoff_thb FROM kam.area_cutoff('area_of');
SELECT '[' || area || ']' AS area, count(*), count(*) FILTER (WHERE criteria <> '{}') AS "in the 20" FROM kam.classify('area_of') GROUP BY 1 ORDER BY 1;

-- More areas than one would think
CREATE TABLE many AS SELECT i AS account_id, 'area ' || i % 20000 AS area, 'Low'::kam.value_class AS value_class, i % 3 AS avg_monthly_bill_thb
	FROM generate_series(1, 60000) AS i;
SELECT criteria, tier, count(*) FROM kam.classify('many') GROUP BY 1, 2 ORDER BY 1;
SELECT count(*), min(bill_cutoff_thb), max(bill_cutoff_thb), sum(customers) FROM kam.area_cutoff('many');
-- a very long name of an area, and of an account
INSERT INTO many VALUES (0, repeat('ก', 100000), 'High', 5);
SELECT length(area), criteria FROM kam.classify('many') WHERE length(area) > 100;
SELECT length(area), bill_cutoff_thb FROM kam.area_cutoff('many') WHERE length(area) > 100;

-- Accounts may be unknown or twice there: each row is classified
CREATE TABLE odd (account_id int, area text, value_class text, voltage_kv numeric);
INSERT INTO odd VALUES (1, 'a', 'High', 115), (1, 'a', 'High', 22), (NULL, 'a', 'Low', 115), (2, 'a', NULL, NULL);
SELECT * FROM kam.classify('odd') ORDER BY account_id, tier;

-- By year and by name
BEGIN;
INSERT INTO kam.rule_set (rule_set, plan_year_from, voltage_kv) VALUES ('revision-5', 2030, 230);
SELECT kam.rule_set_in_force(y), (SELECT count(*) FROM kam.classify('odd', y) WHERE criteria <> '{}') FROM (VALUES (2018), (2029), (2030)) AS v (y);
SELECT count(*) FROM kam.classify('odd', rule_set => 'revision-5') WHERE criteria <> '{}';
SELECT count(*) FROM kam.classify(rule_set => 'revision-4', plan_year => 2030, facts => 'odd') WHERE criteria <> '{}';
ROLLBACK;

-- What is no relation of facts
SELECT * FROM kam.classify(NULL);
SELECT * FROM kam.area_cutoff(NULL);
SELECT * FROM kam.what_if(NULL, 'revision-4');
SELECT * FROM kam.classify('nowhere');
SELECT * FROM kam.classify(4294967295::oid::regclass);
SELECT * FROM kam.classify(0::oid::regclass);
CREATE TABLE gone (account_id int, area text, value_class text);
SELECT 'gone'::regclass::oid AS gone \gset
DROP TABLE gone;
CREATE FUNCTION pg_temp.error_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	hint text;
BEGIN
	EXECUTE statement;
	RETURN 'accepted';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
	RETURN SQLSTATE || ': ' || SQLERRM || COALESCE(E'\n  ' || NULLIF(hint, ''), '');
END
$$;
SELECT replace(pg_temp.error_of(format('SELECT * FROM kam.classify(%s::oid::regclass)', :gone)), :'gone', 'n');
CREATE SEQUENCE sequence;
CREATE INDEX index ON odd (account_id);
CREATE TYPE composite AS (account_id int, area text, value_class text);
CREATE TABLE no_account (area text, value_class text);
CREATE TABLE no_area (account_id text, value_class text);
CREATE TABLE no_class (account_id text, area text);
CREATE TABLE no_columns ();
CREATE TABLE upper_case ("ACCOUNT_ID" int, "Area" text, "VALUE_CLASS" text);
SELECT relation, pg_temp.error_of(format('SELECT * FROM kam.classify(%L)', relation))
FROM unnest('{sequence,index,composite,no_account,no_area,no_class,no_columns,upper_case,pg_class}'::text[]) AS relation;
-- the same relations are refused by all
SELECT relation, string_agg(DISTINCT split_part(pg_temp.error_of(format(call, relation)), ':', 1), ' ')
FROM unnest('{sequence,index,composite,no_account,no_area,no_class,no_columns,upper_case,pg_class}'::text[]) AS relation,
	(VALUES ('SELECT * FROM kam.area_cutoff(%L)'), ('SELECT * FROM kam.what_if(%L, ''revision-4'')'), ('SELECT * FROM kam.fact_columns(%L)'),
		('SELECT kam.create_kasm_view(''v'', %L)'), ('SELECT kam.kasm_view_definition(%L)')) AS c (call)
GROUP BY relation ORDER BY relation;

-- Which facts a relation has
SELECT * FROM kam.fact_columns('customer');
SELECT * FROM kam.fact_columns(NULL);

-- In all the places a set-returning function can stand
SELECT (kam.classify('odd')).tier FROM generate_series(1, 2) AS i ORDER BY 1;
SELECT c.account_id FROM odd o, kam.classify('odd') c WHERE o.account_id = 2 ORDER BY 1 LIMIT 2;
SELECT r, count(*) FROM unnest('{odd,customer}'::regclass[]) AS r, LATERAL kam.classify(r) GROUP BY r ORDER BY r::text;
BEGIN;
DECLARE c SCROLL CURSOR FOR SELECT tier FROM kam.classify('odd') ORDER BY tier;
FETCH LAST FROM c;
FETCH FIRST FROM c;
UPDATE odd SET value_class = 'Low';
FETCH ALL FROM c;
ROLLBACK;
-- it sees the changes of the statement before, not its own
WITH changed AS (UPDATE odd SET value_class = 'Medium' RETURNING 1)
SELECT (SELECT count(*) FROM changed) AS changed, string_agg(tier::text, ' ' ORDER BY tier) FROM kam.classify('odd');
SELECT string_agg(tier::text, ' ' ORDER BY tier) FROM kam.classify('odd');
-- in a function, by name of a parameter; in a CHECK-free generated report
CREATE FUNCTION tiers_of(relation regclass, OUT tier kam.tier, OUT accounts bigint) RETURNS SETOF record LANGUAGE sql STABLE
	BEGIN ATOMIC SELECT k.tier, count(*) FROM kam.classify(relation) k GROUP BY k.tier ORDER BY k.tier; END;
SELECT * FROM tiers_of('customer');
-- in a read-only transaction
BEGIN READ ONLY;
SELECT count(*) FROM kam.classify('customer');
SELECT count(*) FROM kam.area_cutoff('customer');
SELECT count(*) FROM kam.what_if('customer', 'revision-4');
ROLLBACK;

-- The planner knows how many rows to expect
CREATE FUNCTION rows_expected(query text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT json) ' || query INTO plan;
	RETURN plan #>> '{0,Plan,Plan Rows}';
END
$$;
ANALYZE many;
SELECT rows_expected('SELECT * FROM kam.classify(''many'')') BETWEEN 59000 AND 61000 AS about_right;
SELECT rows_expected('SELECT * FROM kam.classify(NULL)') > 0 AS some;

DROP FUNCTION tiers_of, rows_expected;
DROP TABLE customer, area_of, many, odd, no_account, no_area, no_class, no_columns, upper_case;
DROP SEQUENCE sequence;
DROP TYPE composite;
