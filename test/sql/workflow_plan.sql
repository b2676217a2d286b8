/* The plan of a unit: edited, taken along its route by the posts of section 4, frozen, amended. */
\getenv srcdir PG_ABS_SRCDIR
\set schema wf_plan
\set prefix regress_plan_
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture

-- The year is open, and every unit has a draft.
SET ROLE :owner;
INSERT INTO plan_year VALUES (2027, _now(), 'process_owner_hq');
INSERT INTO plan (plan_year, unit_code, route)
	SELECT 2027, u.unit_code, u.kind FROM unit u WHERE u.unit_code IN ('HQ', 'N1', 'N1-A', 'N1-B', 'C1', 'C1-A');

-- Accounts of a unit selected in its open plan and assigned, entered by the owner.
CREATE FUNCTION pg_temp.select_and_assign(unit text, account text, tier kam.tier, kamr text, appoint boolean DEFAULT true)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	the_plan plan;
BEGIN
	SELECT * INTO the_plan FROM plan p WHERE p.plan_year = 2027 AND p.unit_code = unit AND p.status <> 'withdrawn'
	ORDER BY p.amendment_no DESC LIMIT 1;
	INSERT INTO account (account_id, name_th, unit_code) VALUES (account, account, unit) ON CONFLICT DO NOTHING;
	INSERT INTO selection (plan_id, plan_year, unit_code, account_id, value_class, tier, basis, rule_set, status, proposed_by, proposed_at)
	VALUES (the_plan.plan_id, 2027, unit, account, 'High', tier, 'matrix', 'revision-4', 'selected', kamr, _now());
	IF appoint AND tier <> 'Streamline' THEN
		INSERT INTO kamr (plan_id, plan_year, unit_code, staff_id, level, appointed_from, good_relations, appointed_by, appointed_at)
		VALUES (the_plan.plan_id, 2027, unit, kamr, the_plan.route, '2027-01-01', true, kamr, _now()) ON CONFLICT DO NOTHING;
	END IF;
	INSERT INTO assignment (plan_id, plan_year, unit_code, account_id, tier, staff_id, responsibility, assigned_by, assigned_at)
	VALUES (the_plan.plan_id, 2027, unit, account, tier, kamr, CASE tier WHEN 'Streamline' THEN 'streamline' ELSE 'main' END, kamr, _now());
END $$;
SELECT pg_temp.select_and_assign('N1-A', 'A-' || n, 'Strategic', 'kamr1_n1a') FROM generate_series(1, 5) n \g /dev/null
SELECT pg_temp.select_and_assign('N1-A', 'A-9', 'Streamline', 'kamr1_n1a') \g /dev/null
INSERT INTO account (account_id, name_th, unit_code) VALUES ('A-6', 'A-6', 'N1-A'), ('A-7', 'A-7', 'N1-A'), ('B-1', 'B-1', 'N1-B');
INSERT INTO selection (plan_id, plan_year, unit_code, account_id, value_class, tier, basis, rule_set, status, proposed_by, proposed_at)
	SELECT plan_id, 2027, 'N1-A', v.account_id, 'High', 'Star', 'matrix', v.rule_set, v.status, 'office_manager_n1a', _now()
	FROM plan, (VALUES ('A-6', 'revision-4', 'eligible'), ('A-7', 'revision-3', 'selected')) v (account_id, rule_set, status)
	WHERE plan_year = 2027 AND unit_code = 'N1-A';
RESET ROLE;

\t on
\a

-- ---- editing ---------------------------------------------------------------

SELECT pg_temp.try('section_head_n1a', $$SELECT set_budget(2027, 'N1-A', 250000.50)$$);
SELECT pg_temp.try('section_head_n1a', $$SELECT set_budget(2027, 'N1-A', -1)$$);
SELECT pg_temp.try('section_head_n1a', $$SELECT set_budget(2027, 'N1-A', 'NaN')$$);
SELECT pg_temp.try('section_head_n1a', $$SELECT set_budget(2027, 'N1-B', 1)$$);
SELECT pg_temp.try('section_head_n1a', $$SELECT set_budget(2027, 'X9', 1)$$);
SELECT pg_temp.try('section_head_n1a', $$SELECT set_budget(2570, 'N1-A', 1)$$);
SELECT pg_temp.try('section_head_n1a', $$SELECT set_budget(2031, 'N1-A', 1)$$);
SELECT pg_temp.try('section_head_n1a', $$SELECT set_budget(NULL, 'N1-A', 1)$$);
SELECT pg_temp.try('stranger', $$SELECT set_budget(2027, 'N1-A', 1)$$);

SELECT pg_temp.try('office_manager_n1a', $$SELECT add_benefit(2027, 'A-1', 'yearly thermoscan of the substation', 30000)$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT add_benefit(2027, 'A-2', 'priority at the repair centre')$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT add_benefit(2027, 'A-6', 'not selected')$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT add_benefit(2027, 'B-1', 'of another office')$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT add_benefit(2027, 'none', 'of nobody')$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT add_benefit(2027, 'A-1', ' ')$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT add_benefit(2027, 'A-1', 'x', -5)$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT drop_benefit(2)$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT drop_benefit(2)$$);
SELECT pg_temp.try('office_manager_n1b', $$SELECT drop_benefit(1)$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT drop_benefit(NULL)$$);

SELECT pg_temp.try('office_manager_n1a', $$SELECT set_target(2027, 'N1-A', 'satisfaction', 4.2, 5)$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT set_target(2027, 'N1-A', 'satisfaction', 4.3, 5)$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT set_target(2027, 'N1-A', 'loyalty', 80)$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT set_target(2027, 'N1-A', 'satisfaction', 5.1, 5)$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT set_target(2027, 'N1-A', 'plan_success', 4, 5)$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT set_target(2027, 'N1-A', 'happiness', 4)$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT set_target(2027, 'N1-A', 'satisfaction', NULL)$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT drop_target(2027, 'N1-A', 'loyalty')$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT drop_target(2027, 'N1-A', 'loyalty')$$);
SELECT unit_code, kpi, value, scale FROM target;

SELECT pg_temp.try('section_head_n1a', format($$SELECT add_activity(2027, 'A-%s', 'visit', '2027-03-15')$$, n)) FROM generate_series(1, 4) n;
SELECT pg_temp.try('section_head_n1a', $$SELECT add_activity(2027, 'A-1', 'visit', '2028-01-01')$$);
SELECT pg_temp.try('section_head_n1a', $$SELECT add_activity(2027, 'A-1', 'visit', '2570-03-15')$$);
SELECT pg_temp.try('section_head_n1a', $$SELECT add_activity(2027, 'A-1', 'visit', 'infinity')$$);
SELECT pg_temp.try('section_head_n1a', $$SELECT add_activity(2027, 'A-1', 'visit', NULL)$$);
SELECT pg_temp.try('section_head_n1a', $$SELECT add_activity(2027, 'A-1', NULL, '2027-03-15')$$);
SELECT pg_temp.try('section_head_n1a', $$SELECT change_activity(1, due_on => '2027-04-30')$$);
SELECT pg_temp.try('section_head_n1a', $$SELECT change_activity(1, activity => 'visit with the repair centre')$$);
SELECT pg_temp.try('section_head_n1a', $$SELECT change_activity(1, due_on => '2026-12-31')$$);
SELECT pg_temp.try('section_head_n1b', $$SELECT change_activity(1, due_on => '2027-04-30')$$);
SELECT pg_temp.try('section_head_n1b', $$SELECT change_activity(999, due_on => '2027-04-30')$$);
SELECT pg_temp.try('section_head_n1a', $$SELECT drop_activity(4)$$);
SELECT activity_id, account_id, activity, due_on FROM activity ORDER BY 1;

-- ---- what is missing -------------------------------------------------------

SELECT pg_temp.act('area_director_n1') \g /dev/null
SELECT problem, account_id, staff_id, text_en, section FROM plan_missing(2027, 'N1-A');
SELECT text_th FROM plan_missing(2027, 'N1-A');
RESET ROLE;
SELECT pg_temp.try('office_manager_n1b', $$SELECT plan_missing(2027, 'N1-A')$$);
SELECT pg_temp.try('office_manager_n1b', $$SELECT plan_missing(2027, 'X9')$$);
SELECT pg_temp.try('stranger', $$SELECT plan_missing(2027, 'N1-A')$$);
SELECT pg_temp.brief('reader', $$SELECT count(*) FROM plan_missing(2027, 'N1-A')$$);

-- ---- the route of an office ------------------------------------------------

SELECT pg_temp.try('office_manager_n1a', $$SELECT approve_plan(2027, 'N1-A')$$);
SELECT pg_temp.try('area_director_n1', $$SELECT approve_plan(2027, 'N1-A')$$);
SELECT pg_temp.try('office_manager_n1b', $$SELECT submit_plan(2027, 'N1-A')$$);
SELECT pg_temp.try('office_manager_n1b', $$SELECT submit_plan(2027, 'X9')$$);
SELECT pg_temp.try('office_manager_n1b', $$SELECT submit_plan(2027, NULL)$$);
SELECT pg_temp.try('section_head_n1a', $$SELECT submit_plan(2027, 'N1-A')$$);
SELECT pg_temp.try('stranger', $$SELECT submit_plan(2027, 'N1-A')$$);
SELECT pg_temp.try('reader', $$SELECT submit_plan(2027, 'N1-A')$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT submit_plan(2570, 'N1-A')$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT submit_plan(2028, 'N1-A')$$);
SELECT pg_temp.try('section_head_n1a', $$SELECT review_plan(2027, 'N1-A', 'A-6 is still open')$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT review_plan(2027, 'N1-A')$$);

SET client_min_messages = notice;
SELECT pg_temp.try('office_manager_n1a', $$SELECT submit_plan(2027, 'N1-A')$$);
SET client_min_messages = warning;
SELECT pg_temp.try('office_manager_n1a', $$SELECT submit_plan(2027, 'N1-A')$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT set_budget(2027, 'N1-A', 1)$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT add_activity(2027, 'A-4', 'visit', '2027-05-01')$$);
SELECT pg_temp.try('owner', $$DELETE FROM activity$$);
SELECT pg_temp.try('owner', $$UPDATE selection SET status = 'selected' WHERE account_id = 'A-6'$$);
SELECT pg_temp.try('section_head_n1a', $$SELECT review_plan(2027, 'N1-A')$$);
SELECT pg_temp.try('director_customer_service_c1', $$SELECT compile_plan(2027, 'N1-A')$$);
SELECT pg_temp.try('director_customer_service_n1', $$SELECT compile_plan(2027, 'N1-A')$$);
SELECT pg_temp.try('director_customer_service_n1', $$SELECT return_plan(2027, 'N1-A', 'too late')$$);
SELECT pg_temp.try('area_director_n1', $$SELECT return_plan(2027, 'N1-A', 'not my turn')$$);
SELECT pg_temp.try('director_engineering_area_n1', $$SELECT endorse_plan(2027, 'N1-A')$$);
SELECT pg_temp.try('area_director_n1', $$SELECT approve_plan(2027, 'N1-A')$$);
SELECT pg_temp.try('area_director_n1', $$SELECT return_plan(2027, 'N1-A', ' ')$$);
SELECT pg_temp.try('area_director_n1', $$SELECT return_plan(2027, 'N1-A', 'Much is missing.')$$);
SELECT plan_year, unit_code, status, next_action, turn_post, turn_section, last_action, last_staff_id, last_reason, portfolio, weight,
	strategic, star, status_tier, streamline, undecided, left_out FROM plan_status WHERE unit_code = 'N1-A';

-- What was missing is put right: kamr1_n1a still weighs 5 with a fifth of it in another unit.
SET ROLE :owner;
UPDATE selection SET status = 'left_out', reason = 'moves abroad' WHERE account_id = 'A-6';
DELETE FROM selection WHERE account_id = 'A-7';
DELETE FROM assignment WHERE account_id = 'A-9';
INSERT INTO assignment (plan_id, plan_year, unit_code, account_id, tier, staff_id, responsibility, assigned_by, assigned_at)
	SELECT plan_id, 2027, 'N1-A', 'A-9', 'Streamline', 'section_head_n1a', 'streamline', 'office_manager_n1a', _now()
	FROM plan WHERE plan_year = 2027 AND unit_code = 'N1-A';
RESET ROLE;
SELECT pg_temp.try('office_manager_n1a', $$SELECT set_target(2027, 'N1-A', 'plan_success', 90)$$);
SELECT pg_temp.try('office_manager_n1a', format($$SELECT add_activity(2027, 'A-%s', 'visit', '2027-05-01')$$, n)) FROM unnest(ARRAY[4, 5, 9]) n;
SELECT pg_temp.act('office_manager_n1a') \g /dev/null
SELECT problem, text_en FROM plan_missing(2027, 'N1-A');
RESET ROLE;
SET client_min_messages = notice;
SELECT pg_temp.try('office_manager_n1a', $$SELECT submit_plan(2027, 'N1-A')$$);
SET client_min_messages = warning;
SELECT pg_temp.walk_plan(2027, 'N1-A', 'endorsed') \g /dev/null
