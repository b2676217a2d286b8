-- Facts in columns of other types and in other kinds of relations: the same answers as
-- from the plainest table.
\set SHOW_CONTEXT never
SET client_min_messages = warning;
SET jit = off;
CREATE SCHEMA relations;
SET search_path = relations, public;

CREATE TABLE plain (
	account_id text, area text, value_class kam.value_class, voltage_kv numeric, avg_monthly_bill_thb numeric, spp_zone boolean,
	self_generation_mw numeric, largest_job_thb numeric, yearly_maintenance_thb numeric,
	business_prospect boolean, national_strategy boolean, nationwide_network boolean);
-- whole numbers and halves, so that every type holds them
INSERT INTO plain
	SELECT i, i % 7, (ARRAY['High', 'Medium', 'Low', NULL])[i % 4 + 1]::kam.value_class,
		CASE WHEN i % 31 = 0 THEN 115 WHEN i % 5 > 0 THEN 22 END,
		CASE WHEN i % 6 > 0 THEN (i * 7919 % 101) * 1000 WHEN i % 66 = 0 THEN 20000000 END, i % 3 = 0,
		CASE WHEN i % 37 = 0 THEN 2.5 ELSE 0.5 END, i * 17 % 50, CASE WHEN i % 41 = 0 THEN 2000000 END,
		i % 43 = 0, CASE WHEN i % 47 = 0 THEN true END, false
	FROM generate_series(1, 400) AS i;
CREATE FUNCTION differences(facts regclass) RETURNS bigint LANGUAGE sql STABLE AS $$
	SELECT count(*) FROM (
		(SELECT * FROM kam.classify(facts) EXCEPT ALL SELECT * FROM kam.classify('plain'))
		UNION ALL
		(SELECT * FROM kam.classify('plain') EXCEPT ALL SELECT * FROM kam.classify(facts))) d
$$;
INSERT INTO kam.rule_set (rule_set, avg_monthly_bill_thb, weight_star, bill_rank_size) VALUES ('proposed', 90000, 0.7, 3);
-- what_if, area_cutoff and the view against the same of the plain table
CREATE FUNCTION others_differ(facts regclass) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	what_if bigint;
	cutoffs bigint;
	live bigint;
	stored bigint;
BEGIN
	SELECT count(*) INTO what_if FROM (
		(SELECT * FROM kam.what_if(facts, 'proposed') EXCEPT ALL SELECT * FROM kam.what_if('plain', 'proposed'))
		UNION ALL (SELECT * FROM kam.what_if('plain', 'proposed') EXCEPT ALL SELECT * FROM kam.what_if(facts, 'proposed'))) d;
	SELECT count(*) INTO cutoffs FROM kam.area_cutoff(facts) a FULL JOIN kam.area_cutoff('plain') b USING (area) WHERE a IS DISTINCT FROM b;
	PERFORM kam.create_kasm_view('live', facts), kam.create_kasm_view('stored', facts, stored_cutoffs => true);
	SELECT count(*) INTO live FROM live v FULL JOIN kam.classify('plain') p ON p.account_id = v.account_id::text
		WHERE v.tier IS DISTINCT FROM p.tier OR v.criteria IS DISTINCT FROM p.criteria;
	SELECT count(*) INTO stored FROM stored v FULL JOIN kam.classify('plain') p ON p.account_id = v.account_id::text
		WHERE v.tier IS DISTINCT FROM p.tier OR v.criteria IS DISTINCT FROM p.criteria;
	DROP VIEW live, live_cutoff, stored;
	DROP MATERIALIZED VIEW stored_cutoff;
	RETURN format('%s %s %s %s', what_if, cutoffs, live, stored);
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ': ' || SQLERRM;
END
$$;
SELECT tier, count(*) FROM kam.classify('plain') GROUP BY tier ORDER BY tier;
SELECT differences('plain'), others_differ('plain');

-- ---- types of columns ------------------------------------------------------

CREATE DOMAIN amount AS numeric CHECK (VALUE >= 0);
CREATE DOMAIN thb AS amount;
CREATE DOMAIN flag AS boolean;
CREATE DOMAIN class AS kam.value_class;
CREATE DOMAIN class_word AS varchar(10);
CREATE DOMAIN area_code AS text COLLATE "C";
CREATE DOMAIN whole AS int;
CREATE TYPE class_label AS ENUM ('Low', 'Medium', 'High');
CREATE EXTENSION citext SCHEMA relations;
CREATE DOMAIN area_ci AS citext;

-- every measure as each type; smallint holds no millions
CREATE FUNCTION with_types(name text, types text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE TABLE %I (%s)', name, types);
	EXECUTE format('INSERT INTO %I SELECT * FROM (SELECT %s FROM plain) p', name,
		(SELECT string_agg(format('%I::text::%s', attname, format_type(atttypid, atttypmod)), ', ' ORDER BY attnum)
		 FROM pg_attribute WHERE attrelid = name::regclass AND attnum > 0));
END
$$;
SELECT with_types('as_' || replace(type, ' ', '_'),
	format('account_id text, area text, value_class kam.value_class, voltage_kv %1$s, avg_monthly_bill_thb %1$s, spp_zone boolean, self_generation_mw numeric,'
		' largest_job_thb %1$s, yearly_maintenance_thb %1$s, business_prospect boolean, national_strategy boolean, nationwide_network boolean', type))
FROM unnest('{int,bigint,real,double precision,thb,whole}'::text[]) AS type;
SELECT with_types('as_floats', 'account_id text, area text, value_class kam.value_class, voltage_kv smallint, avg_monthly_bill_thb real, spp_zone flag, self_generation_mw double precision,'
	' largest_job_thb smallint, yearly_maintenance_thb numeric(12, 2), business_prospect flag, national_strategy flag, nationwide_network flag');
SELECT table_name, differences(table_name::regclass), others_differ(table_name::regclass)
FROM unnest('{as_int,as_bigint,as_real,as_double_precision,as_thb,as_whole,as_floats}'::text[]) AS table_name;

-- account, area and class
CREATE FUNCTION with_keys(name text, account text, area text, class text) RETURNS void LANGUAGE sql AS $$
	SELECT with_types(name, format('account_id %s, area %s, value_class %s, voltage_kv numeric, avg_monthly_bill_thb numeric, spp_zone boolean, self_generation_mw numeric,'
		' largest_job_thb numeric, yearly_maintenance_thb numeric, business_prospect boolean, national_strategy boolean, nationwide_network boolean', account, area, class))
$$;
SELECT with_keys('k' || row_number() OVER (), account, area, class), account, area, class FROM (VALUES
	('bigint', 'int', 'text'), ('int', 'smallint', 'varchar'), ('smallint', 'citext', 'class_word'), ('numeric', 'varchar(10)', 'class_label'),
	('varchar(20)', 'area_code', 'class'), ('name', '"char"', 'kam.value_class'), ('text', 'area_ci', 'char(6)'),
	('citext', 'name', 'text'), ('real', 'numeric', 'text'), ('text', 'text COLLATE "C"', 'text')) AS v (account, area, class);
SELECT table_name, differences(table_name::regclass), others_differ(table_name::regclass) FROM (SELECT 'k' || i FROM generate_series(1, 10) AS i) AS t (table_name);
-- an account that is a uuid keeps its text
CREATE TABLE by_uuid AS SELECT ('00000000-0000-0000-0000-' || lpad(account_id, 12, '0'))::uuid AS account_id, area, value_class, avg_monthly_bill_thb FROM plain;
SELECT account_id, area FROM kam.classify('by_uuid') ORDER BY account_id LIMIT 2;
-- a char(n) area loses its padding, as everywhere in SQL
CREATE TABLE padded AS SELECT account_id, area::char(10) AS area, value_class, avg_monthly_bill_thb FROM plain;
SELECT '[' || area || ']' AS area, count(*) FROM kam.classify('padded') GROUP BY area ORDER BY area LIMIT 1;

-- Where the column's collation ignores case, all functions agree on which areas are one
CREATE COLLATION ignore_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TABLE ci AS SELECT i AS account_id, (CASE WHEN i % 2 = 0 THEN 'N1' ELSE 'n1' END) COLLATE ignore_case AS area, 'High'::kam.value_class AS value_class, i AS avg_monthly_bill_thb
	FROM generate_series(1, 50) AS i;
SELECT kam.create_kasm_view('ci_view', 'ci'), kam.create_kasm_view('ci_stored', 'ci', stored_cutoffs => true);
SELECT count(*) AS "classify and live view differ" FROM ci_view v JOIN kam.classify('ci') k ON v.account_id::text = k.account_id WHERE v.criteria <> k.criteria;
SELECT count(*) AS "classify and stored view differ" FROM ci_stored v JOIN kam.classify('ci') k ON v.account_id::text = k.account_id WHERE v.criteria <> k.criteria;
SELECT (SELECT count(*) FROM kam.area_cutoff('ci')) * 20 = (SELECT count(*) FROM kam.classify('ci') WHERE criteria <> '{}') AS "20 in every area";
SELECT w = e AS "what_if agrees" FROM (SELECT count(*) AS w FROM kam.what_if('ci', 'proposed')) w,
	(SELECT count(*) AS e FROM kam.classify('ci') a JOIN kam.classify('ci', rule_set => 'proposed') b USING (account_id) WHERE a.tier <> b.tier) e;

-- What is of the wrong type
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
CREATE FUNCTION pg_temp.wrong_type(declaration text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	error text;
BEGIN
	EXECUTE format('CREATE TABLE wrong (account_id int, area text, %s)', declaration);
	error := pg_temp.error_of('SELECT * FROM kam.classify(''wrong'')');
	DROP TABLE wrong;
	RETURN error;
END
$$;
SELECT declaration, pg_temp.wrong_type(declaration) FROM (VALUES
	('value_class int'), ('value_class boolean'), ('value_class text[]'), ('value_class kam.tier'), ('value_class bytea'),
	('value_class text, voltage_kv text'), ('value_class text, avg_monthly_bill_thb money'), ('value_class text, self_generation_mw interval'),
	('value_class text, largest_job_thb numeric[]'), ('value_class text, yearly_maintenance_thb boolean'), ('value_class text, voltage_kv "char"'),
	('value_class text, spp_zone int'), ('value_class text, business_prospect text'), ('value_class text, national_strategy "char"'), ('value_class text, nationwide_network numeric'),
	('value_class text, spp_zone boolean, bill_cutoff_thb text, plan_year text, rule_set int, criteria int, tier int')) AS v (declaration);

-- ---- kinds of relations ------------------------------------------------------

CREATE TABLE partitioned (LIKE plain) PARTITION BY LIST (area);
CREATE TABLE partition_1 PARTITION OF partitioned FOR VALUES IN ('0', '1', '2');
-- a partition with its columns in another order, and one dropped
CREATE TABLE partition_2 (nationwide_network boolean, gone text, avg_monthly_bill_thb numeric, area text, account_id text, value_class kam.value_class,
	voltage_kv numeric, spp_zone boolean, national_strategy boolean, business_prospect boolean, yearly_maintenance_thb numeric, largest_job_thb numeric, self_generation_mw numeric);
ALTER TABLE partition_2 DROP COLUMN gone;
ALTER TABLE partitioned ATTACH PARTITION partition_2 DEFAULT;
INSERT INTO partitioned SELECT * FROM plain;
CREATE TABLE dropped (junk int, LIKE plain, more_junk text);
INSERT INTO dropped SELECT 1, p.*, 'x' FROM plain p;
ALTER TABLE dropped DROP COLUMN junk, DROP COLUMN more_junk;
CREATE VIEW viewed AS SELECT * FROM plain;
CREATE VIEW computed AS SELECT account_id, area, value_class, voltage_kv, avg_monthly_bill_thb * 1 AS avg_monthly_bill_thb, spp_zone, self_generation_mw,
	largest_job_thb, yearly_maintenance_thb, business_prospect, national_strategy, nationwide_network FROM plain UNION ALL SELECT * FROM plain WHERE false;
CREATE MATERIALIZED VIEW materialized AS SELECT * FROM plain;
CREATE TEMP TABLE temporary AS SELECT * FROM plain;
CREATE UNLOGGED TABLE unlogged AS SELECT * FROM plain;
CREATE TABLE parent (LIKE plain);
CREATE TABLE child (note text) INHERITS (parent);
INSERT INTO parent SELECT * FROM plain WHERE account_id < '2';
INSERT INTO child SELECT * FROM plain WHERE account_id >= '2';
CREATE TABLE generated (LIKE plain, base numeric);
ALTER TABLE generated DROP COLUMN avg_monthly_bill_thb, ADD avg_monthly_bill_thb numeric GENERATED ALWAYS AS (base * 1) STORED;
INSERT INTO generated (account_id, area, value_class, voltage_kv, spp_zone, self_generation_mw, largest_job_thb, yearly_maintenance_thb, business_prospect, national_strategy, nationwide_network, base)
	SELECT account_id, area, value_class, voltage_kv, spp_zone, self_generation_mw, largest_job_thb, yearly_maintenance_thb, business_prospect, national_strategy, nationwide_network, avg_monthly_bill_thb FROM plain;
CREATE SCHEMA "S p";
CREATE TABLE "S p"."My ""Table""" AS SELECT * FROM plain;
CREATE TABLE "select" AS SELECT * FROM plain;
CREATE TABLE "ตาราง ลูกค้า" AS SELECT * FROM plain;
CREATE TABLE f AS SELECT * FROM plain;
CREATE TABLE unnest AS SELECT * FROM plain;
CREATE TABLE c AS SELECT * FROM plain;
SELECT name, differences(name::regclass), others_differ(name::regclass)
FROM (VALUES ('partitioned'), ('dropped'), ('viewed'), ('computed'), ('materialized'), ('unlogged'), ('parent'), ('generated'),
	('"S p"."My ""Table"""'), ('"select"'), ('"ตาราง ลูกค้า"'), ('f'), ('unnest'), ('c')) AS v (name);
SELECT differences('temporary');
-- a temporary table's view is temporary, too
SELECT kam.create_kasm_view('pg_temp.temporary_view', 'temporary') IS NOT NULL AS made;
SELECT count(*) FROM temporary_view v JOIN kam.classify('plain') USING (account_id, value_class);
SELECT kam.create_kasm_view('pg_temp.temporary_stored', 'temporary', stored_cutoffs => true) IS NOT NULL AS made;
-- columns and relations named like what kam's queries say
CREATE TABLE names (f int, c text, a int, area text, account_id int, value_class text, unnest numeric, cutoff_now int, cutoff_then int, criteria_now int, w int, k int, customers int, qualifiers int, avg_monthly_bill_thb numeric);
INSERT INTO names (account_id, area, value_class, avg_monthly_bill_thb) VALUES (1, 'a', 'High', 100000), (2, 'a', 'Medium', 50), (3, NULL, 'Low', 5);
SELECT * FROM kam.classify('names') ORDER BY account_id;
SELECT account_id, tier_now, tier_then FROM kam.what_if('names', 'proposed') ORDER BY account_id;
SELECT kam.create_kasm_view('names_view', 'names');
SELECT account_id, bill_cutoff_thb, criteria, tier FROM names_view ORDER BY account_id;
-- a partition by itself, and a plain view over nothing
SELECT count(*) FROM kam.classify('partition_2');
CREATE VIEW constant AS SELECT 1 AS account_id, 'a'::text AS area, 'High'::text AS value_class, 69 AS voltage_kv;
SELECT * FROM kam.classify('constant');
-- untyped literals of a view are text
CREATE VIEW literal AS SELECT 'A' AS account_id, 'a' AS area, 'h' AS value_class, true AS spp_zone, 5e6 AS avg_monthly_bill_thb;
SELECT * FROM kam.classify('literal');
-- the columns may be renamed, moved and dropped under it
SELECT count(*) FILTER (WHERE criteria @> '{voltage}') FROM kam.classify('f');
ALTER TABLE f RENAME voltage_kv TO kv;
SELECT count(*) FILTER (WHERE criteria @> '{voltage}') FROM kam.classify('f');
ALTER TABLE f ADD voltage_kv int DEFAULT 115;
SELECT count(*) FILTER (WHERE criteria @> '{voltage}') FROM kam.classify('f');
ALTER TABLE f DROP value_class;
SELECT count(*) FROM kam.classify('f');

-- floats are compared by what they are, not by six digits of it: just below, on and just above
CREATE TABLE floats (account_id text, area text, value_class text, voltage_kv real, avg_monthly_bill_thb double precision);
INSERT INTO floats VALUES
	('below', NULL, 'High', 68.99999, 19999999.999999996),
	('on', NULL, 'High', 69, 20000000),
	('above', NULL, 'High', 69.00001, 20000000.000000004);
SELECT account_id, criteria FROM kam.classify('floats');
SELECT kam.create_kasm_view('floats_kasm', 'floats');
SELECT account_id, criteria FROM floats_kasm;

DELETE FROM kam.rule_set WHERE NOT builtin;
RESET search_path;
DROP SCHEMA relations, "S p" CASCADE;
