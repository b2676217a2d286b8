-- Who is asking: SET ROLE, functions and views in between, acting for somebody, hostile settings.
\set schema wf_identity
\set prefix regress_identity_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :fixture
SELECT pg_temp.add_accounts('N1-A', 2, 2026), pg_temp.add_accounts('N1-B', 1, 2026), pg_temp.put_in_force(2026) \g /dev/null

-- ---- the session's role, whatever is in between -------------------------------

SET ROLE regress_identity_office_manager_n1a;
SELECT me(), _role(), current_user;
-- a function and a view of somebody else change nothing
RESET ROLE;
CREATE SCHEMA regress_identity_between;
GRANT ALL ON SCHEMA regress_identity_between TO PUBLIC;
SET ROLE regress_identity_area_director_n1;
CREATE FUNCTION regress_identity_between.who() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT wf_identity.me()';
CREATE FUNCTION regress_identity_between.how_many() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM wf_identity.account';
CREATE VIEW regress_identity_between.seen AS SELECT account_id FROM wf_identity.account;
GRANT SELECT ON regress_identity_between.seen TO PUBLIC;
SELECT regress_identity_between.who(), regress_identity_between.how_many(), (SELECT count(*) FROM regress_identity_between.seen) AS seen;
SET ROLE regress_identity_office_manager_n1b;
SELECT regress_identity_between.who(), regress_identity_between.how_many(), (SELECT count(*) FROM regress_identity_between.seen) AS seen;
-- nor can a member of staff become somebody else
RESET ROLE;
SET SESSION AUTHORIZATION regress_identity_office_manager_n1b;
SELECT me(), session_user;
SET ROLE regress_identity_area_director_n1;
RESET SESSION AUTHORIZATION;
DROP SCHEMA regress_identity_between CASCADE;

-- ---- nobody, and who has left --------------------------------------------------

SELECT pg_temp.try('stranger', 'SELECT wf_identity.me() IS NULL AND NOT wf_identity._is_member()') AS is_nobody,
	pg_temp.try('stranger', 'SELECT wf_identity._staff()') AS refused;
SELECT pg_temp.try('owner', $$UPDATE staff SET left_on = '2026-10-02' WHERE staff_id = 'section_head_n1b'$$);
SELECT pg_temp.try('owner', $$UPDATE post_holder SET to_date = '2026-10-01' WHERE staff_id = 'section_head_n1b'$$),
	pg_temp.try('owner', $$UPDATE staff SET left_on = '2026-10-02' WHERE staff_id = 'section_head_n1b'$$);
SELECT pg_temp.try('section_head_n1b', 'SELECT me()') AS last_day, pg_temp.try('section_head_n1b', 'SELECT count(*) FROM account') AS accounts;
CALL pg_temp.at('2026-10-02 00:00+07');
SELECT pg_temp.try('section_head_n1b', 'SELECT _staff()') AS gone, pg_temp.try('section_head_n1b', 'SELECT count(*) FROM account') AS accounts;
-- a post for the past and one for the future are not held today
SELECT pg_temp.try('owner', $$INSERT INTO post_holder (post, unit_code, staff_id, from_date) VALUES ('section_head', 'N1-B', 'kamr1_n1b', '2026-11-01')$$);
SELECT pg_temp.try('kamr1_n1b', 'SELECT count(*) FROM my_posts()') AS posts, pg_temp.try('kamr1_n1b', 'SELECT count(*) FROM account') AS accounts;
CALL pg_temp.at('2026-11-01 00:00+07');
SELECT pg_temp.try('kamr1_n1b', 'SELECT string_agg(post, $$,$$) FROM my_posts()') AS posts, pg_temp.try('kamr1_n1b', 'SELECT count(*) FROM account') AS accounts;

-- a role that is renamed is nobody's until the table says so; one that is dropped leaves the row
ALTER ROLE regress_identity_kamr2_n1b RENAME TO "regress_identity_O'Hara; --""x";
SET ROLE "regress_identity_O'Hara; --""x";
SELECT me(), _staff();
RESET ROLE;
SET ROLE :owner;
UPDATE staff SET role_name = $$regress_identity_O'Hara; --"x$$ WHERE staff_id = 'kamr2_n1b';
SET ROLE "regress_identity_O'Hara; --""x";
SELECT me(), _staff(), count(*) FROM staff;
RESET ROLE;
DROP ROLE "regress_identity_O'Hara; --""x";
SELECT role_name FROM staff WHERE staff_id = 'kamr2_n1b';

-- ---- acting for somebody --------------------------------------------------------

SET ROLE regress_identity_application;
SELECT me(), _is_member();
SELECT act_for('office_manager_n1a');
SELECT me(), _role(), count(*) FROM account;
SELECT act_for('area_director_n1');
SELECT me();	-- the refused call changed nothing
SELECT act_for(NULL);
SELECT me(), count(*) FROM account;
-- setting the parameter by hand gives no more than the table does
SET kam.acting_for = 'area_director_n1';
SELECT me(), _staff();
SET kam.acting_for = $$' OR true --$$;
SELECT me(), count(*) FROM account;
-- to the end of the transaction
RESET kam.acting_for;
BEGIN;
SELECT act_for('section_head_n1a', local => true);
SELECT me();
COMMIT;
SELECT me();
-- who acts for somebody reads as them alone, also where their role is a reporting role
RESET ROLE;
SELECT pg_temp.try('owner', $$INSERT INTO reader VALUES ('regress_identity_application', 'HQ')$$);
SET ROLE regress_identity_application;
SELECT count(*) FROM account;
SELECT act_for('office_manager_n1a') \g /dev/null
SELECT count(*) FROM account;
SELECT act_for(NULL) \g /dev/null
-- a member of staff may not act for another
SET ROLE regress_identity_office_manager_n1b;
SELECT act_for('office_manager_n1a');
-- a grant that is taken back ends at once; so does one for somebody who left
SET ROLE regress_identity_application;
SELECT act_for('section_head_n1a') \g /dev/null
RESET ROLE;
SET ROLE :owner;
DELETE FROM proxy WHERE staff_id = 'section_head_n1a';
SET ROLE regress_identity_application;
SELECT me(), _staff();
RESET kam.acting_for;

-- ---- a hostile session: names of the workflow in front of the path ------------------

RESET ROLE;
GRANT CREATE, TEMP ON DATABASE :DBNAME TO regress_identity_office_manager_n1b;
SET ROLE regress_identity_office_manager_n1b;
CREATE TEMP TABLE staff AS SELECT 'area_director_n1'::text AS staff_id, current_user::text AS role_name, NULL::date AS left_on;
CREATE TEMP TABLE unit AS SELECT 'C1-A'::text AS unit_code, NULL::text AS parent_unit;
CREATE TEMP TABLE proxy AS SELECT current_user::text AS role_name, 'area_director_n1'::text AS staff_id;
CREATE TEMP TABLE post AS SELECT 'office_manager'::text AS post, 'all'::text AS reads;
CREATE FUNCTION pg_temp.texteq(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE OPERATOR pg_temp.= (leftarg = text, rightarg = text, function = pg_temp.texteq);
SET search_path = pg_temp, wf_identity, pg_catalog;
SELECT wf_identity.me(), wf_identity._readable_units(), (SELECT count(*) FROM wf_identity.account) AS accounts;
SET search_path = '';
SELECT wf_identity.me(), wf_identity._readable_units();
SET search_path = wf_identity;
DROP OPERATOR pg_temp.= (text, text);
DROP TABLE pg_temp.staff, pg_temp.unit, pg_temp.proxy, pg_temp.post;
-- a function in a condition sees no row that row security hides
CREATE FUNCTION pg_temp.leak(account_id text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS $$
BEGIN
	RAISE NOTICE 'saw %', account_id;
	RETURN true;
END $$;
SET client_min_messages = notice;
SELECT count(*) FROM account WHERE pg_temp.leak(account_id);
SET client_min_messages = warning;
-- a trigger function that writes with the owner's rights is not to be had for a table of one's own
CREATE TEMP TABLE account (account_id text, unit_code text);
CREATE TRIGGER forged AFTER INSERT ON pg_temp.account FOR EACH ROW EXECUTE FUNCTION wf_identity._keep_history('account_id');
DROP TABLE pg_temp.account;
-- nobody writes a table, but through the functions
DELETE FROM account;
INSERT INTO proxy VALUES (current_user, 'area_director_n1');
UPDATE staff SET role_name = current_user WHERE staff_id = 'area_director_n1';
INSERT INTO history (table_name, row_key, operation, changed_at, role_name, row_now) VALUES ('account', 'x', 'INSERT', '2026-01-01', 'x', '{}');
UPDATE workflow SET rehearsal_clock = NULL;
CALL rehearse('2030-01-01');
SELECT * FROM account FOR UPDATE;
DROP FUNCTION pg_temp.leak(text), pg_temp.texteq(text, text);
RESET ROLE;
REVOKE CREATE, TEMP ON DATABASE :DBNAME FROM regress_identity_office_manager_n1b;

-- ---- the plan: who is asking is found out once per query, and workers may help --------------

CREATE FUNCTION pg_temp.plan_nodes(statement text, pattern text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	line text;
	found bigint := 0;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || statement LOOP
		found := found + (line ~ pattern)::int;
	END LOOP;
	RETURN found;
END $$;
SET ROLE regress_identity_office_manager_n1a;
SELECT relation, pg_temp.plan_nodes('SELECT * FROM ' || relation, '^ *InitPlan \d') AS once, pg_temp.plan_nodes('SELECT * FROM ' || relation, 'SubPlan|Function Scan') AS per_row
FROM unnest(ARRAY['account', 'account_fact', 'plan', 'unit', 'staff', 'assignment', 'history']) relation;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET enable_bitmapscan = off;
SET enable_indexscan = off;
SELECT pg_temp.plan_nodes('SELECT count(*) FROM account_fact', 'Parallel Seq Scan') AS by_workers;
SELECT count(*) FROM account_fact;
RESET ROLE;
\i :cleanup
