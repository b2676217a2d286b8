-- A hostile search_path changes nothing: functions, operators, types and relations of other
-- schemas with names that kam uses are never called, and views keep what they were made with.
\pset null '(null)'
\set SHOW_CONTEXT never
SET client_min_messages = warning;

CREATE TABLE customer (account_id int PRIMARY KEY, area text, value_class kam.value_class, value_word text, avg_monthly_bill_thb numeric, bill float8, voltage_kv numeric, spp_zone boolean);
INSERT INTO customer SELECT i, 'A' || i % 3, v, v::text, i, i, CASE WHEN i % 17 = 0 THEN 115 END, true
	FROM generate_series(1, 90) AS i, LATERAL (SELECT (ARRAY['High', 'Medium', 'Low', NULL])[i % 4 + 1]::kam.value_class) AS c (v);
CREATE VIEW words AS SELECT account_id, area, value_word AS value_class, bill AS avg_monthly_bill_thb, voltage_kv::real, spp_zone FROM customer;
INSERT INTO kam.rule_set (rule_set, voltage_kv, avg_monthly_bill_thb) VALUES ('proposed', 230, 80);
CREATE TABLE answer AS
	SELECT 'classify' AS what, c::text AS answer FROM kam.classify('customer') c
	UNION ALL SELECT 'classify words', c::text FROM kam.classify('words') c
	UNION ALL SELECT 'area_cutoff', a::text FROM kam.area_cutoff('customer') a
	UNION ALL SELECT 'what_if', w::text FROM kam.what_if('customer', 'proposed') w
	UNION ALL SELECT 'explain', e::text FROM kam.explain_kasm('High', 69, 5000000, true) e
	UNION ALL SELECT 'miss', n::text FROM kam.nearest_miss('High', 68, 5000000, false) n
	UNION ALL SELECT 'weight', kam.weight('{Star:15}'::kam.portfolio)::text
	UNION ALL SELECT 'label', kam.display_name('Star'::kam.tier);
SELECT kam.create_kasm_view('before_live', 'customer'), kam.create_kasm_view('before_stored', 'customer', stored_cutoffs => true);

CREATE SCHEMA hostile;
-- operators on everything that kam's queries compare
DO $$
DECLARE
	type text;
	op text;
BEGIN
	FOREACH type IN ARRAY '{text,numeric,int,bigint,boolean,kam.tier,kam.criteria,kam.value_class,oid,regclass,varchar,name}'::text[] LOOP
		EXECUTE format('CREATE FUNCTION hostile.raise(a %1$s, b %1$s) RETURNS boolean LANGUAGE plpgsql AS $f$ BEGIN RAISE ''hostile operator on %1$s''; END $f$', type);
		FOREACH op IN ARRAY '{=,<>,<,>,<=,>=}'::text[] LOOP
			EXECUTE format('CREATE OPERATOR hostile.%1$s (LEFTARG = %2$s, RIGHTARG = %2$s, FUNCTION = hostile.raise)', op, type);
		END LOOP;
	END LOOP;
	CREATE FUNCTION hostile.raise_minus(a numeric, b numeric) RETURNS numeric LANGUAGE plpgsql AS $f$ BEGIN RAISE 'hostile minus'; END $f$;
	CREATE OPERATOR hostile.- (LEFTARG = numeric, RIGHTARG = numeric, FUNCTION = hostile.raise_minus);
END
$$;
-- functions, aggregates, types and relations
CREATE FUNCTION hostile.unnest(anyarray) RETURNS SETOF anyelement LANGUAGE plpgsql AS $$ BEGIN RAISE 'hostile unnest'; END $$;
CREATE FUNCTION hostile.count_sfunc(bigint) RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN RAISE 'hostile count'; END $$;
CREATE AGGREGATE hostile.count(*) (SFUNC = hostile.count_sfunc, STYPE = bigint, INITCOND = 0);
CREATE FUNCTION hostile.array_agg_sfunc(anyarray, anyelement) RETURNS anyarray LANGUAGE plpgsql AS $$ BEGIN RAISE 'hostile array_agg'; END $$;
CREATE AGGREGATE hostile.array_agg(anyelement) (SFUNC = hostile.array_agg_sfunc, STYPE = anyarray, INITCOND = '{}');
CREATE FUNCTION hostile.scale(numeric) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RAISE 'hostile scale'; END $$;
CREATE DOMAIN hostile.text AS pg_catalog.text CHECK (VALUE <> VALUE);
CREATE DOMAIN hostile.numeric AS pg_catalog.numeric CHECK (VALUE IS NULL);
CREATE DOMAIN hostile.regclass AS pg_catalog.int4;
CREATE TABLE hostile.customer (account_id int);
CREATE TABLE hostile.rule_set (rule_set pg_catalog.text);
CREATE TABLE hostile.unnest (area int);

SET search_path = hostile, public, pg_catalog;
SELECT current_setting('search_path'), 'customer'::pg_catalog.regclass OPERATOR(pg_catalog.=) 'hostile.customer'::pg_catalog.regclass AS shadowed;
SELECT 1 = 1;
SELECT count(*) FROM public.customer;

-- the same answers, row by row
CREATE FUNCTION public.answers() RETURNS TABLE (what pg_catalog.text, answer pg_catalog.text) LANGUAGE sql SET search_path = hostile, public, pg_catalog AS $$
	SELECT 'classify', c::pg_catalog.text FROM kam.classify('public.customer') c
	UNION ALL SELECT 'classify words', c::pg_catalog.text FROM kam.classify('public.words') c
	UNION ALL SELECT 'area_cutoff', a::pg_catalog.text FROM kam.area_cutoff('public.customer') a
	UNION ALL SELECT 'what_if', w::pg_catalog.text FROM kam.what_if('public.customer', 'proposed') w
	UNION ALL SELECT 'explain', e::pg_catalog.text FROM kam.explain_kasm('High', 69, 5000000, true) e
	UNION ALL SELECT 'miss', n::pg_catalog.text FROM kam.nearest_miss('High', 68, 5000000, false) n
	UNION ALL SELECT 'weight', kam.weight('{Star:15}'::kam.portfolio)::pg_catalog.text
	UNION ALL SELECT 'label', kam.display_name('Star'::kam.tier);
$$;
CREATE FUNCTION public.made() RETURNS pg_catalog.text LANGUAGE sql SET search_path = hostile, public, pg_catalog
	RETURN kam.create_kasm_view('public.hostile_live', 'public.customer')::pg_catalog.text || kam.create_kasm_view('public.hostile_stored', 'public.customer', stored_cutoffs => true)::pg_catalog.text;
CREATE FUNCTION public.refreshed() RETURNS pg_catalog.void LANGUAGE plpgsql SET search_path = hostile, public, pg_catalog AS $$
BEGIN
	REFRESH MATERIALIZED VIEW public.hostile_stored_cutoff;
	INSERT INTO kam.rule_set (rule_set, plan_year_from, weight_star) VALUES ('while hostile', 2100, 0.5);
	UPDATE kam.rule_set SET weight_star = 0.45 WHERE rule_set OPERATOR(pg_catalog.=) 'while hostile';
END
$$;
RESET search_path;
SELECT what, count(*) FILTER (WHERE a.answer IS NOT NULL AND b.answer IS NOT NULL) AS same, count(*) FILTER (WHERE a.answer IS NULL OR b.answer IS NULL) AS different
FROM answer a FULL JOIN answers() b USING (what, answer) GROUP BY what ORDER BY what;
SELECT made();
SELECT refreshed();
SELECT kam.weight('Star'::kam.tier, 2100);
-- views made before, and made then, read under either path
CREATE FUNCTION views_differ() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	name text;
	differences bigint := 0;
	n bigint;
	path text := pg_catalog.current_setting('search_path');
BEGIN
	FOREACH name IN ARRAY '{before_live,before_stored,hostile_live,hostile_stored}'::pg_catalog.text[] LOOP
		PERFORM pg_catalog.set_config('search_path', 'hostile, public, pg_catalog', true);
		EXECUTE pg_catalog.format('CREATE TEMP TABLE seen AS SELECT account_id, criteria, tier, bill_cutoff_thb FROM public.%I', name);
		PERFORM pg_catalog.set_config('search_path', path, true);
		SELECT count(*) INTO n FROM pg_temp.seen s FULL JOIN kam.classify('public.customer') k ON k.account_id = s.account_id::text
			WHERE s.tier IS DISTINCT FROM k.tier OR s.criteria IS DISTINCT FROM k.criteria;
		differences := differences + n;
		DROP TABLE pg_temp.seen;
	END LOOP;
	RETURN differences;
END
$$;
SELECT views_differ();
-- nor do objects of pg_temp stand in for anything
CREATE TEMP TABLE customer (account_id int);
CREATE TEMP TABLE rule_set (x int);
CREATE FUNCTION pg_temp.unnest(anyarray) RETURNS SETOF anyelement LANGUAGE plpgsql AS $$ BEGIN RAISE 'hostile unnest'; END $$;
CREATE DOMAIN pg_temp.numeric AS pg_catalog.int4;
SELECT what, count(*) FILTER (WHERE a.answer IS NOT NULL AND b.answer IS NOT NULL) AS same, count(*) FILTER (WHERE a.answer IS NULL OR b.answer IS NULL) AS different
FROM answer a FULL JOIN answers() b USING (what, answer) GROUP BY what ORDER BY what;
-- and an empty search_path hides nothing
SET search_path = '';
SELECT count(*) FROM kam.classify('public.customer');
SELECT count(*) FROM kam.what_if('public.customer', 'proposed');
SELECT 'Star'::kam.tier = 'Star' AND '{voltage}'::kam.criteria <@ '{voltage,spp_risk}' AS operators;
SELECT count(tier) FROM public.before_live;
SELECT kam.create_kasm_view('nowhere', 'public.customer');
SELECT pg_get_viewdef('public.before_live'::regclass) LIKE '%public.customer f%' AS qualified;
RESET search_path;

-- What a user's own view calls finds what it needs: facts are read under the caller's path
CREATE SCHEMA own;
CREATE TABLE own.supply (account_id int, kv int);
INSERT INTO own.supply VALUES (1, 115), (2, 22), (3, 230);
CREATE FUNCTION own.voltage(account int) RETURNS int LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN (SELECT kv FROM supply WHERE account_id = account); END $$;
CREATE VIEW own.facts AS SELECT account_id, NULL::text AS area, 'High'::text AS value_class, own.voltage(account_id) AS voltage_kv FROM own.supply;
SET search_path = own, public;
SELECT account_id, tier FROM kam.classify('facts') ORDER BY account_id;
SELECT account_id, tier_then FROM kam.what_if('facts', 'proposed') ORDER BY account_id;
SELECT kam.create_kasm_view('facts_view', 'facts');
SELECT account_id, tier FROM facts_view ORDER BY account_id;
SHOW search_path;
RESET search_path;

DELETE FROM kam.rule_set WHERE NOT builtin;
DROP SCHEMA own CASCADE;
DROP TABLE pg_temp.customer, pg_temp.rule_set;
DROP SCHEMA hostile CASCADE;
DROP TABLE customer, answer CASCADE;
DROP FUNCTION views_differ, answers, refreshed;
