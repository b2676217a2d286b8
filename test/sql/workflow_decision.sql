/* The chain of decisions: append-only, sealed, and what approved plans say. */
\getenv srcdir PG_ABS_SRCDIR
\set schema wf_decision
\set prefix regress_decision_
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture
\t on
\a

SELECT pg_temp.brief('process_owner_hq', 'SELECT open_year(2027)') \g /dev/null
SELECT pg_temp.brief('director_engineering_hq_hq', $$SELECT set_target(2027, 'HQ', 'plan_success', 90)$$);
SELECT pg_temp.brief('director_engineering_hq_hq', $$SELECT set_target(2027, 'HQ', 'satisfaction', 4.5, 5)$$);
SELECT pg_temp.walk_plan(2027, 'HQ') \g /dev/null
SELECT pg_temp.walk_plan(2027, 'N1-A', 'compiled') \g /dev/null
SELECT decision_id, subject, action, unit_code, staff_id, post, acting, from_status, to_status, is_rehearsal FROM decision ORDER BY 1;

-- The same hash in every session.
SELECT decision_id, hash = _decision_hash(d), (hash = previous.previous_hash) FROM decision d
	LEFT JOIN LATERAL (SELECT p.previous_hash FROM decision p WHERE p.decision_id = d.decision_id + 1) previous ON true ORDER BY 1;
SET timezone = 'America/New_York';
SET datestyle = 'German, DMY';
SET extra_float_digits = 0;
SELECT * FROM verify_decisions();
RESET extra_float_digits;
SET datestyle = ISO;
SET timezone = 'Asia/Bangkok';

-- Who may verify: those who see all of it.
SELECT pg_temp.try(who, 'SELECT count(*) FROM verify_decisions()')
FROM unnest(ARRAY['owner', 'director_engineering_hq_hq', 'process_owner_hq', 'office_manager_n1a', 'area_director_n1', 'reader', 'stranger']) who;
SELECT pg_temp.brief(who, 'SELECT count(*) FROM decision')
FROM unnest(ARRAY['director_engineering_hq_hq', 'office_manager_n1a', 'office_manager_n1b', 'reader', 'stranger']) who;

-- Nobody decides but by the functions.
SELECT pg_temp.brief(who, statement) FROM unnest(ARRAY['office_manager_n1a', 'area_director_n1']) who, unnest(ARRAY[
	$$INSERT INTO decision SELECT * FROM decision$$,
	$$UPDATE decision SET reason = 'x'$$,
	$$DELETE FROM decision$$,
	$$UPDATE decision_head SET hash = 'x'$$,
	$$UPDATE plan SET status = 'approved'$$,
	$$SELECT _decide(ROW('area_director_n1', 'area_director', false)::authorization_given, 'plan', '1', 'approve', 'N1-A')$$,
	$$SELECT _take_plan('submit', 2027, 'N1-A')$$,
	$$SELECT _approve(p, ROW('area_director_n1', 'area_director', false)::authorization_given, NULL) FROM plan p$$,
	$$SELECT _note_change(1)$$]) WITH ORDINALITY s (statement, n) ORDER BY who, n;

-- Columns of one's own change nothing.
SET ROLE :owner;
ALTER TABLE decision ADD file_number text;
ALTER TABLE target ADD remark text DEFAULT 'none';
ALTER TABLE plan ADD remark text DEFAULT 'none';
RESET ROLE;
SELECT pg_temp.brief('director_engineering_area_n1', $$SELECT return_plan(2027, 'N1-A', 'see the remark')$$);
SELECT * FROM verify_decisions();

-- What somebody with all rights does behind its back is found.
CREATE PROCEDURE pg_temp.tamper(statement text) LANGUAGE plpgsql AS $$
DECLARE
	problem text;
BEGIN
	BEGIN
		SET LOCAL session_replication_role = replica;
		EXECUTE statement;
		SET LOCAL session_replication_role = origin;
		SELECT string_agg(format('%s: %s', v.decision_id, v.problem), E'\n  ') INTO problem FROM verify_decisions() v;
		RAISE EXCEPTION USING ERRCODE = 'KAM00', MESSAGE = format(E'%s\n  %s', statement, coalesce(problem, 'NOT FOUND'));
	EXCEPTION WHEN SQLSTATE 'KAM00' THEN
		RAISE WARNING '%', SQLERRM;
	END;
END $$;
CALL pg_temp.tamper($$UPDATE decision SET reason = 'another' WHERE decision_id = 2$$);
CALL pg_temp.tamper($$UPDATE decision SET staff_id = 'area_director_n1' WHERE decision_id = 1$$);
CALL pg_temp.tamper($$UPDATE decision SET decided_at = decided_at - interval '1 second' WHERE decision_id = 3$$);
CALL pg_temp.tamper($$UPDATE decision SET is_rehearsal = false WHERE decision_id = 3$$);
CALL pg_temp.tamper($$DELETE FROM decision WHERE decision_id = 3$$);
CALL pg_temp.tamper($$DELETE FROM decision WHERE decision_id IN (1, 3, 4)$$);
CALL pg_temp.tamper($$DELETE FROM decision WHERE decision_id = (SELECT max(decision_id) FROM decision)$$);
CALL pg_temp.tamper($$DELETE FROM decision$$);
CALL pg_temp.tamper($$DELETE FROM decision_head$$);
CALL pg_temp.tamper($$UPDATE decision_head SET decision_id = 4, hash = (SELECT hash FROM decision WHERE decision_id = 4)$$);
-- One who makes the hash fit breaks the chain behind it.
CALL pg_temp.tamper($$UPDATE decision d SET reason = 'another', hash = _decision_hash(jsonb_populate_record(d, '{"reason": "another"}')) WHERE decision_id = 2$$);
CALL pg_temp.tamper($$UPDATE decision d SET decision_id = CASE decision_id WHEN 4 THEN 7 ELSE 8 END WHERE decision_id IN (4, 5)$$);
CALL pg_temp.tamper($$UPDATE target SET value = 50 WHERE kpi = 'plan_success'$$);
CALL pg_temp.tamper($$UPDATE plan SET support_budget_thb = 1000000 WHERE unit_code = 'HQ'$$);
CALL pg_temp.tamper($$UPDATE plan SET status = 'draft', approved_at = NULL WHERE unit_code = 'HQ'$$);
CALL pg_temp.tamper($$UPDATE plan SET status = 'approved', approved_at = '2026-12-01 09:00+07', rule_set = 'revision-4' WHERE unit_code = 'C1'$$);
CALL pg_temp.tamper($$DELETE FROM plan WHERE unit_code = 'HQ'$$);
CALL pg_temp.tamper($$INSERT INTO target (plan_id, unit_code, kpi, value) SELECT plan_id, 'HQ', 'loyalty', 80 FROM plan WHERE unit_code = 'HQ'$$);
SELECT * FROM verify_decisions();

-- Many: each read once, in order.
SET ROLE :owner;
DO $$
BEGIN
	FOR i IN 1..2000 LOOP
		PERFORM _decide(ROW('director_engineering_hq_hq', 'director_engineering_hq', false)::authorization_given, 'note', i::text, 'note', 'HQ');
	END LOOP;
END $$;
RESET ROLE;
SELECT count(*), max(decision_id) FROM decision;
SELECT * FROM verify_decisions();

-- A workflow in which something has been decided in earnest is not rehearsed in.
SET ROLE :owner;
UPDATE workflow SET is_rehearsal = false, rehearsal_clock = NULL;
CALL rehearse('2026-11-20 09:00+07');
RESET ROLE;

\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
