-- Section 4: each step of each route by exactly the post that the manual names, from exactly the state before it,
-- in the post's own unit or one below it (R24 for what is returned). What is allowed is written down here, and not
-- read from the workflow.
BEGIN;
\set schema wf_route
\set prefix regress_route_
\ir ../sql/include/workflow_fixture.sql
\set ECHO none
SET client_min_messages = warning;
RESET search_path;
SET search_path = wf_route, public;
SELECT plan(31);

SELECT pg_temp.act('process_owner_hq') \g /dev/null
SELECT open_year(2027) \g /dev/null
SELECT pg_temp.act('owner') \g /dev/null
-- KAMRs hold their posts by last year's plan; each plan in question could be approved.
SELECT pg_temp.put_in_force(2026) \g /dev/null
INSERT INTO target (plan_id, unit_code, kpi, value)
	SELECT plan_id, unit_code, kpi, 90 FROM plan, unnest(ARRAY['plan_success', 'satisfaction']) kpi WHERE plan_year = 2027;
UPDATE plan SET status = 'compiled' WHERE plan_year = 2027 AND unit_code IN ('N1-A', 'N1-B');
UPDATE plan SET changed_by = NULL, changed_role = NULL WHERE plan_year = 2027;
RESET ROLE;

-- The manual: 4.10, 4.6, 4.4, 4.3 for an office; 4.6, 4.4, 4.3 for an area; 4.5, 4.2 for headquarters.
CREATE TEMP TABLE may AS
SELECT * FROM (VALUES
	('N1-A', 'submit', 'draft', 'office_manager_n1a'), ('N1-A', 'submit', 'returned', 'office_manager_n1a'),
	('N1-A', 'compile', 'submitted', 'director_customer_service_n1'),
	('N1-A', 'endorse', 'compiled', 'director_engineering_area_n1'),
	('N1-A', 'approve', 'endorsed', 'area_director_n1'),
	('N1-A', 'return', 'submitted', 'director_customer_service_n1'), ('N1-A', 'return', 'compiled', 'director_engineering_area_n1'),
	('N1-A', 'return', 'endorsed', 'area_director_n1'),
	('N1', 'submit', 'draft', 'director_customer_service_n1'), ('N1', 'submit', 'returned', 'director_customer_service_n1'),
	('N1', 'endorse', 'submitted', 'director_engineering_area_n1'), ('N1', 'approve', 'endorsed', 'area_director_n1'),
	('N1', 'return', 'submitted', 'director_engineering_area_n1'), ('N1', 'return', 'endorsed', 'area_director_n1'),
	('HQ', 'submit', 'draft', 'director_engineering_hq_hq'), ('HQ', 'submit', 'returned', 'director_engineering_hq_hq'),
	('HQ', 'approve', 'submitted', 'deputy_governor_strategy_hq'), ('HQ', 'return', 'submitted', 'deputy_governor_strategy_hq')
) v (unit, action, status, staff);

-- What becomes of a call, of which nothing stays.
CREATE FUNCTION pg_temp.outcome(staff text, unit text, action text, status text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
BEGIN
	BEGIN
		PERFORM set_config('role', pg_temp.role_of('owner'), true);
		UPDATE plan p SET status = outcome.status, approved_at = CASE outcome.status WHEN 'approved' THEN _now() END,
			rule_set = CASE outcome.status WHEN 'approved' THEN 'revision-4' END
		WHERE p.plan_year = 2027 AND p.unit_code = unit AND p.status <> outcome.status;
		PERFORM set_config('role', pg_temp.role_of(staff), true);
		EXECUTE format('SELECT %I(2027, %L%s)', action || '_plan', unit, CASE action WHEN 'return' THEN ', ''why''' ELSE '' END)
		INTO answer;
		RAISE EXCEPTION USING ERRCODE = 'KAM00', MESSAGE = answer;
	EXCEPTION WHEN OTHERS THEN
		RETURN CASE SQLSTATE WHEN 'KAM00' THEN SQLERRM ELSE SQLSTATE END;
	END;
END $$;

CREATE TEMP TABLE tried AS
SELECT s.staff_id AS staff, u.unit, a.action, t.status, pg_temp.outcome(s.staff_id, u.unit, a.action, t.status)
FROM staff s, unnest(ARRAY['N1-A', 'N1', 'HQ']) u (unit), unnest(ARRAY['submit', 'compile', 'endorse', 'approve', 'return']) a (action),
	unnest(ARRAY['draft', 'submitted', 'compiled', 'endorsed', 'approved', 'returned']) t (status)
WHERE s.unit_code <> 'R3' AND s.staff_id !~ '^(newcomer|kamr2)_';
SELECT cmp_ok((SELECT count(*) FROM tried), '>', 2500::bigint, '4: every post tries every action in every state');

-- Allowed exactly where the manual says.
SELECT set_eq(
	format($$SELECT status || ' by ' || staff || ': ' || outcome FROM tried WHERE unit = %L AND action = %L AND outcome !~ '^[0-9A-Z]{5}$'$$, unit, action),
	format($$SELECT status || ' by ' || staff || ': ' || CASE action WHEN 'submit' THEN 'submitted' WHEN 'compile' THEN 'compiled'
		WHEN 'endorse' THEN 'endorsed' WHEN 'approve' THEN 'approved' ELSE 'returned' END FROM may WHERE unit = %L AND action = %L$$, unit, action),
	format('4: to %s the plan of %s is for whom the manual names, at their turn', action, unit))
FROM unnest(ARRAY['N1-A', 'N1', 'HQ']) unit, unnest(ARRAY['submit', 'compile', 'endorse', 'approve', 'return']) action;

-- Refused: who never has this step in this plan, as somebody without the right; who has it at another state, by that state;
-- and a return by a station whose turn it is not, as somebody without the right.
SELECT is_empty(format($$
	SELECT t.staff, t.status, t.outcome FROM tried t
	WHERE t.unit = %L AND t.action = %L AND t.outcome ~ '^[0-9A-Z]{5}$' AND t.outcome <>
		CASE WHEN EXISTS (SELECT FROM may m WHERE (m.unit, m.action, m.staff) = (t.unit, t.action, t.staff))
			AND NOT EXISTS (SELECT FROM may m WHERE (m.unit, m.action, m.status) = (t.unit, t.action, t.status))
		THEN '55000' ELSE '42501' END$$, unit, action),
	format('4: to %s the plan of %s: others are refused 42501, and 55000 those whose turn it is not', action, unit))
FROM unnest(ARRAY['N1-A', 'N1', 'HQ']) unit, unnest(ARRAY['submit', 'compile', 'endorse', 'approve', 'return']) action;

SELECT * FROM finish();
ROLLBACK;
