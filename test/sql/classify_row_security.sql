-- The top-20 rule compares all customers of an area: where row security or privileges hide
-- rows from the caller, kam refuses (42501) rather than rank what is left.
\pset null '(null)'
\set SHOW_CONTEXT never
SET client_min_messages = warning;
CREATE ROLE regress_kam_owner;
CREATE ROLE regress_kam_office;
CREATE ROLE regress_kam_auditor BYPASSRLS;
CREATE SCHEMA secured;
GRANT USAGE ON SCHEMA secured TO PUBLIC;
GRANT CREATE ON SCHEMA secured TO regress_kam_owner, regress_kam_office;
SET search_path = secured, public;

-- The number of rows, or the error; nothing is left behind
CREATE FUNCTION outcome(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	hint text;
	n bigint;
BEGIN
	EXECUTE query INTO n;
	RAISE EXCEPTION SQLSTATE 'ACCPT';
EXCEPTION
	WHEN SQLSTATE 'ACCPT' THEN
		RETURN n || ' rows';
	WHEN OTHERS THEN
		GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
		RETURN SQLSTATE || ': ' || SQLERRM || COALESCE(E'\n  ' || NULLIF(hint, ''), '');
END
$$;
CREATE FUNCTION all_outcomes(facts text, OUT call text, OUT outcome text) RETURNS SETOF record LANGUAGE sql AS $$
	SELECT call, outcome(format('SELECT count(*) FROM ' || call, facts)) FROM (VALUES
		('kam.classify(%L)'), ('kam.area_cutoff(%L)'), ('kam.what_if(%L, ''revision-4'')'), ('kam.create_kasm_view(''mine'', %L)')) AS c (call)
$$;

SET ROLE regress_kam_owner;
CREATE TABLE customer (account_id int, area text, office name, value_class kam.value_class, avg_monthly_bill_thb numeric);
INSERT INTO customer SELECT i, 'N1', CASE WHEN i % 2 = 0 THEN 'regress_kam_office' ELSE 'another' END, 'High', i FROM generate_series(1, 50) AS i;
ALTER TABLE customer ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON customer TO PUBLIC USING (office = current_user);
GRANT SELECT ON customer TO regress_kam_office, regress_kam_auditor;
CREATE VIEW as_owner AS SELECT * FROM customer;
CREATE VIEW as_invoker WITH (security_invoker = true) AS SELECT * FROM customer;
CREATE VIEW barrier WITH (security_barrier = true, security_invoker = true) AS SELECT * FROM customer WHERE area IS NOT NULL;
GRANT SELECT ON as_owner, as_invoker, barrier TO regress_kam_office, regress_kam_auditor;
-- the owner is above its own policies
SELECT outcome('SELECT count(*) FROM kam.classify(''customer'')');
SELECT * FROM kam.area_cutoff('customer');

-- The office sees its rows, and no ranking of them; through the owner's view it sees all, as the owner chose
SET ROLE regress_kam_office;
SELECT count(*) FROM customer;
SELECT * FROM all_outcomes('customer');
SELECT outcome('SELECT count(*) FROM kam.classify(''as_invoker'')');
SELECT outcome('SELECT count(*) FROM kam.area_cutoff(''as_invoker'')');
SELECT outcome('SELECT count(*) FROM kam.what_if(''as_invoker'', ''revision-4'')');
SELECT outcome('SELECT count(*) FROM kam.classify(''barrier'')');
SELECT outcome('SELECT count(*) FROM kam.classify(''as_owner'')');
SELECT * FROM kam.area_cutoff('as_owner');
SELECT kam.check_row_security('customer');
SELECT kam.check_row_security('as_owner');
-- the same with row_security off, and it stays as the caller had it
SET row_security = off;
SELECT outcome('SELECT count(*) FROM kam.classify(''customer'')');
SHOW row_security;
RESET row_security;
SELECT outcome('SELECT count(*) FROM kam.classify(''customer'')') AS again;
SHOW row_security;
SELECT count(*) FROM customer;
-- a policy that lets everything through is still a policy
RESET ROLE;
CREATE POLICY all_rows ON secured.customer TO regress_kam_office USING (true);
SET ROLE regress_kam_office;
SELECT count(*) FROM customer;
SELECT split_part(outcome('SELECT count(*) FROM kam.classify(''customer'')'), ':', 1);
RESET ROLE;
DROP POLICY all_rows ON secured.customer;

-- BYPASSRLS sees all
SET ROLE regress_kam_auditor;
SELECT outcome('SELECT count(*) FROM kam.classify(''customer'')'), outcome('SELECT count(*) FROM kam.classify(''as_invoker'')'),
	outcome('SELECT count(*) FROM kam.area_cutoff(''customer'')'), kam.check_row_security('customer');
RESET ROLE;
-- FORCE puts the owner under its policies, too
ALTER TABLE customer FORCE ROW LEVEL SECURITY;
SET ROLE regress_kam_owner;
SELECT split_part(outcome('SELECT count(*) FROM kam.classify(''customer'')'), ':', 1);
RESET ROLE;
ALTER TABLE customer NO FORCE ROW LEVEL SECURITY;

-- Views: with live cut-offs they refuse whoever does not see all rows; with stored ones each sees their rows, rightly classified
SET ROLE regress_kam_owner;
SELECT kam.create_kasm_view('live', 'customer'), kam.create_kasm_view('stored', 'customer', stored_cutoffs => true);
GRANT SELECT ON live, live_cutoff, stored, stored_cutoff TO regress_kam_office, regress_kam_auditor;
SELECT tier, count(*) FROM live GROUP BY tier ORDER BY tier;
SET ROLE regress_kam_office;
SELECT outcome('SELECT count(tier) FROM live');
SELECT outcome('SELECT count(*) FROM live_cutoff');
SELECT tier, count(*) FROM stored GROUP BY tier ORDER BY tier;
SET ROLE regress_kam_auditor;
SELECT tier, count(*) FROM live GROUP BY tier ORDER BY tier;
SELECT tier, count(*) FROM stored GROUP BY tier ORDER BY tier;
-- also where the policy is behind a view: of those who see all rows, and of those who do not
SET ROLE regress_kam_owner;
SELECT kam.create_kasm_view('through_view', 'as_invoker');
GRANT SELECT ON through_view, through_view_cutoff TO regress_kam_office, regress_kam_auditor;
SELECT tier, count(*) FROM through_view GROUP BY tier ORDER BY tier;
SET ROLE regress_kam_auditor;
SELECT tier, count(*) FROM through_view GROUP BY tier ORDER BY tier;
SET ROLE regress_kam_office;
SELECT split_part(outcome('SELECT count(tier) FROM through_view'), ':', 1) AS "42501";
SELECT split_part(outcome('SELECT count(*) FROM through_view_cutoff'), ':', 1) AS "42501";
SELECT split_part(outcome('SELECT count(*) FROM kam.create_kasm_view(''mine'', ''as_invoker'')'), ':', 1) AS "42501";
-- stored cut-offs of a role that does not see all rows any more are not refreshed
RESET ROLE;
ALTER TABLE customer DISABLE ROW LEVEL SECURITY;
SET ROLE regress_kam_office;
SELECT kam.create_kasm_view('office_stored', 'customer', stored_cutoffs => true);
SELECT bill_cutoff_thb FROM office_stored_cutoff;
RESET ROLE;
ALTER TABLE customer ENABLE ROW LEVEL SECURITY;
SET ROLE regress_kam_office;
DO $$
BEGIN
	REFRESH MATERIALIZED VIEW office_stored_cutoff;
	RAISE NOTICE 'refreshed';
EXCEPTION WHEN insufficient_privilege THEN
	RAISE WARNING '%', SQLSTATE;
END
$$;
SELECT bill_cutoff_thb FROM office_stored_cutoff;
-- a plan made for one role is not used for another
RESET ROLE;
PREPARE tiers AS SELECT count(*) FROM kam.classify('customer');
PREPARE live AS SELECT count(tier) FROM live;
EXECUTE tiers;
EXECUTE live;
SET ROLE regress_kam_office;
EXECUTE tiers;
EXECUTE live;
SET ROLE regress_kam_auditor;
EXECUTE tiers;
EXECUTE live;
RESET ROLE;
-- a SECURITY DEFINER function of the owner is the owner's way to let others ask
CREATE FUNCTION tiers() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = secured, pg_temp
	BEGIN ATOMIC SELECT count(tier) FROM kam.classify('secured.customer'); END;
ALTER FUNCTION tiers() OWNER TO regress_kam_owner;
SET ROLE regress_kam_office;
SELECT tiers();

-- Privileges: on the relation, on its columns, on what a view reads
RESET ROLE;
REVOKE ALL ON customer FROM regress_kam_office;
SET ROLE regress_kam_office;
SELECT * FROM all_outcomes('as_invoker');
SELECT outcome('SELECT count(*) FROM kam.classify(''secured.customer'')');
SELECT outcome('SELECT count(*) FROM kam.classify(''as_owner'')');
RESET ROLE;
ALTER TABLE customer DISABLE ROW LEVEL SECURITY;
SET ROLE regress_kam_office;
SELECT * FROM all_outcomes('customer');
-- columns are enough for what kam reads: not for a view, which shows them all
RESET ROLE;
GRANT SELECT (account_id, area, value_class, avg_monthly_bill_thb) ON customer TO regress_kam_office;
SET ROLE regress_kam_office;
SELECT call, split_part(outcome, ':', 1) AS outcome FROM all_outcomes('customer');
RESET ROLE;
GRANT SELECT ON customer TO regress_kam_office;
SET ROLE regress_kam_office;
SELECT call, split_part(outcome, ':', 1) AS outcome FROM all_outcomes('customer');
-- which columns a relation has is no secret, as in the catalogs
RESET ROLE;
REVOKE ALL ON customer FROM regress_kam_office;
SET ROLE regress_kam_office;
SELECT count(*) FILTER (WHERE found) FROM kam.fact_columns('customer');
SELECT outcome('SELECT length(kam.kasm_view_definition(''customer'')) - length(kam.kasm_view_definition(''customer''))');
RESET ROLE;

-- A view in a schema where one may not create, a view that exists
SET ROLE regress_kam_auditor;
SELECT outcome('SELECT 1 FROM kam.create_kasm_view(''secured.not_mine'', ''customer'')');
SELECT outcome('SELECT 1 FROM kam.create_kasm_view(''pg_catalog.not_mine'', ''customer'')');
RESET ROLE;

-- It refuses also where what is left to see gives no cut-off
CREATE TABLE unbilled (account_id int, area text, value_class text, avg_monthly_bill_thb numeric);
INSERT INTO unbilled VALUES (1, 'a', 'High', 5), (2, 'a', 'High', 0);
SELECT kam.create_kasm_view('unbilled_kasm', 'unbilled');
ALTER TABLE unbilled ENABLE ROW LEVEL SECURITY;
CREATE POLICY those ON unbilled USING (avg_monthly_bill_thb = 0);
GRANT SELECT ON unbilled, unbilled_kasm, unbilled_kasm_cutoff TO regress_kam_office;
SET ROLE regress_kam_office;
SELECT outcome('SELECT count(*) FROM unbilled');
SELECT outcome('SELECT count(*) FROM unbilled_kasm');
SELECT outcome('SELECT count(*) FROM unbilled_kasm_cutoff WHERE bill_cutoff_thb IS NOT NULL');
SELECT outcome('SELECT sum(customers) FROM unbilled_kasm_cutoff');
RESET ROLE;

DEALLOCATE ALL;
DROP SCHEMA secured CASCADE;
RESET search_path;
DROP ROLE regress_kam_owner, regress_kam_office, regress_kam_auditor;
