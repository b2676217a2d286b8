/* The plan of a unit: edited, taken along its route by the posts of section 4, frozen, amended. */
\getenv srcdir PG_ABS_SRCDIR
\set schema wf_plan
\set prefix regress_plan_
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture

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

-- The year is open, and every unit has a draft.
SET ROLE :owner;
INSERT INTO plan_year VALUES (2027, _now(), 'process_owner_hq');
INSERT INTO plan (plan_year, unit_code, route)
	SELECT 2027, u.unit_code, u.kind FROM unit u WHERE u.unit_code IN ('HQ', 'N1', 'N1-A', 'N1-B', 'C1', 'C1-A');
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
SELECT pg_temp.brief('director_customer_service_n1', $$SELECT compile_plan(2027, 'N1-A')$$);
SELECT pg_temp.brief('director_engineering_area_n1', $$SELECT endorse_plan(2027, 'N1-A')$$);

-- ---- nobody approves their own ---------------------------------------------

-- The manager acts for the area director, as the one who submitted.
SET ROLE :owner;
INSERT INTO post_holder (post, unit_code, staff_id, from_date, to_date, acting) VALUES
	('area_director', 'N1', 'office_manager_n1a', '2026-09-01', '2027-12-31', true),
	('area_director', 'N1', 'section_head_n1a', '2026-09-01', '2027-12-31', true);
INSERT INTO proxy VALUES (:'application', 'area_director_n1'), ('regress_plan_office_manager_n1a', 'area_director_n1');
RESET ROLE;
SELECT pg_temp.try('office_manager_n1a', $$SELECT approve_plan(2027, 'N1-A', 'as I say')$$);
-- Nor through the area director, whom the manager's role may act for.
SELECT pg_temp.act('office_manager_n1a') \g /dev/null
SELECT act_for('area_director_n1') \g /dev/null
SELECT me(), approve_plan(2027, 'N1-A', 'as I say');
SELECT act_for(NULL) \g /dev/null
-- Nor by the manager after the application has submitted for them.
SELECT pg_temp.brief('area_director_n1', $$SELECT return_plan(2027, 'N1-A', 'once more')$$);
SELECT pg_temp.act('application') \g /dev/null
SELECT act_for('office_manager_n1a') \g /dev/null
SELECT submit_plan(2027, 'N1-A');
SELECT act_for(NULL) \g /dev/null
RESET ROLE;
SELECT pg_temp.brief('director_customer_service_n1', $$SELECT compile_plan(2027, 'N1-A')$$);
SELECT pg_temp.brief('director_engineering_area_n1', $$SELECT endorse_plan(2027, 'N1-A')$$);
SELECT pg_temp.brief('office_manager_n1a', $$SELECT approve_plan(2027, 'N1-A', 'as I say')$$);
-- Nor whoever changed it last, though another submitted it.
SELECT pg_temp.brief('area_director_n1', $$SELECT return_plan(2027, 'N1-A', 'and again')$$);
SELECT pg_temp.brief('section_head_n1a', $$SELECT change_activity(2, due_on => '2027-03-16')$$);
SELECT pg_temp.walk_plan(2027, 'N1-A', 'endorsed') \g /dev/null
SELECT pg_temp.brief('section_head_n1a', $$SELECT approve_plan(2027, 'N1-A', 'as I say')$$);

-- ---- approval --------------------------------------------------------------

SELECT pg_temp.try('area_director_n1', $$SELECT approve_plan(2027, 'N1-A')$$);
SELECT pg_temp.try('area_director_n1', $$SELECT approve_plan(2027, 'N1-A', '  ')$$);
CALL pg_temp.at('2026-12-20 14:30+07');
SELECT pg_temp.try('area_director_n1', $$SELECT approve_plan(2027, 'N1-A', 'The office has five key accounts.')$$);
SELECT pg_temp.try('area_director_n1', $$SELECT approve_plan(2027, 'N1-A')$$);
SELECT pg_temp.try('area_director_n1', $$SELECT return_plan(2027, 'N1-A', 'no')$$);
SELECT status, rule_set, approved_at, below_minimum_reason, prepared_by, prepared_role, changed_by FROM plan
WHERE plan_year = 2027 AND unit_code = 'N1-A';
SELECT decision_id, action, staff_id, role_name, post, acting, from_status, to_status, reason, content_hash IS NOT NULL AS sealed, is_rehearsal
FROM decision WHERE subject = 'plan' ORDER BY 1;
SELECT jsonb_pretty(plan_content(plan_id)) FROM plan WHERE plan_year = 2027 AND unit_code = 'N1-A';
SELECT account_id, staff_id, due_on FROM introduction ORDER BY 1;

-- ---- frozen ----------------------------------------------------------------

SELECT pg_temp.brief('office_manager_n1a', $$SELECT set_budget(2027, 'N1-A', 1)$$);
SELECT pg_temp.brief('office_manager_n1a', $$SELECT drop_activity(1)$$);
SELECT pg_temp.brief('office_manager_n1a', $$SELECT leave_out_account(2027, 'A-1', 'no more')$$);
SELECT pg_temp.brief('office_manager_n1a', $$SELECT assign_account(2027, 'A-1', 'kamr2_n1a')$$);
SELECT statement, pg_temp.brief('owner', statement) FROM unnest(ARRAY[
	$$UPDATE plan SET support_budget_thb = 1 WHERE status = 'approved'$$,
	$$UPDATE plan SET status = 'draft' WHERE status = 'approved'$$,
	$$DELETE FROM plan WHERE status = 'approved'$$,
	$$UPDATE selection SET tier = 'Star' WHERE account_id = 'A-1'$$,
	$$UPDATE selection SET status = 'selected', reason = NULL WHERE account_id = 'A-6'$$,
	$$UPDATE selection SET ended_on = '2027-01-01' WHERE account_id = 'A-1'$$,
	$$UPDATE selection SET dropped_by = plan_id WHERE account_id = 'A-1'$$,
	$$UPDATE selection SET dropped_by = (SELECT plan_id FROM plan WHERE unit_code = 'N1-B') WHERE account_id = 'A-1'$$,
	$$DELETE FROM selection WHERE account_id = 'A-1'$$,
	$$INSERT INTO selection SELECT * FROM selection$$,
	$$UPDATE kamr SET level = 'senior'$$,
	$$DELETE FROM kamr$$,
	$$UPDATE assignment SET staff_id = 'kamr2_n1a'$$,
	$$DELETE FROM assignment$$,
	$$UPDATE benefit SET value_thb = 1$$,
	$$UPDATE target SET value = 1$$,
	$$DELETE FROM target$$,
	$$UPDATE activity SET due_on = '2027-12-31'$$,
	$$UPDATE activity SET plan_id = (SELECT plan_id FROM plan WHERE unit_code = 'N1-B')$$,
	$$UPDATE activity SET ended_on = '2027-01-01'$$,
	$$INSERT INTO activity (plan_id, plan_year, unit_code, account_id, activity, due_on) SELECT plan_id, plan_year, unit_code, account_id, activity, due_on FROM activity$$,
	$$DELETE FROM activity$$,
	$$TRUNCATE activity CASCADE$$,
	$$TRUNCATE plan CASCADE$$,
	$$UPDATE decision SET reason = 'another'$$,
	$$DELETE FROM decision$$]) WITH ORDINALITY s (statement, n) ORDER BY n;
-- The year itself goes on.
SELECT pg_temp.brief('owner', $$UPDATE activity SET done_at = '2027-03-15 10:00+07', done_by = 'kamr1_n1a', result = 'done' WHERE activity_id = 2$$);

-- ---- amendments (R22) ------------------------------------------------------

SELECT pg_temp.brief('office_manager_n1b', $$SELECT open_amendment(2027, 'N1-A', 'x')$$);
SELECT pg_temp.try('office_manager_n1b', $$SELECT open_amendment(2027, 'N1-B', 'x')$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT open_amendment(2027, 'N1-A', NULL)$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT withdraw_amendment(2027, 'N1-A')$$);
SELECT pg_temp.try('office_manager_n1b', $$SELECT withdraw_amendment(2027, 'N1-B')$$);
CALL pg_temp.at('2027-03-01 09:00+07');
SELECT pg_temp.brief('office_manager_n1a', $$SELECT open_amendment(2027, 'N1-A', 'A-5 has closed, A-8 is new')$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT open_amendment(2027, 'N1-A', 'another')$$);

-- Tried, and withdrawn: all is as before.
SELECT pg_temp.brief('office_manager_n1a', $$SELECT drop_account(2027, 'A-5', 'closed')$$);
SELECT pg_temp.brief('office_manager_n1a', $$SELECT drop_activity(1)$$);
SELECT pg_temp.brief('office_manager_n1a', $$SELECT drop_benefit(1)$$);
SELECT pg_temp.brief('office_manager_n1a', $$SELECT set_target(2027, 'N1-A', 'plan_success', 85)$$);
SELECT pg_temp.brief('office_manager_n1a', $$SELECT drop_activity(1)$$);
SELECT pg_temp.brief('office_manager_n1a', $$SELECT submit_plan(2027, 'N1-A')$$);
SELECT pg_temp.brief('office_manager_n1a', $$SELECT withdraw_amendment(2027, 'N1-A')$$);
SELECT pg_temp.brief('director_customer_service_n1', $$SELECT return_plan(2027, 'N1-A', 'not yet')$$);
SELECT pg_temp.brief('office_manager_n1a', $$SELECT withdraw_amendment(2027, 'N1-A', 'A-5 stays')$$);
SELECT 'selection' AS what, selection_id AS id FROM selection WHERE dropped_by IS NOT NULL
UNION ALL SELECT 'assignment', assignment_id FROM assignment WHERE dropped_by IS NOT NULL
UNION ALL SELECT 'activity', activity_id FROM activity WHERE dropped_by IS NOT NULL
UNION ALL SELECT 'benefit', benefit_id FROM benefit WHERE dropped_by IS NOT NULL
UNION ALL SELECT 'target', target_id FROM target JOIN plan USING (plan_id) WHERE status = 'withdrawn';
SELECT pg_temp.brief('owner', $$UPDATE plan SET status = 'draft' WHERE status = 'withdrawn'$$);

-- In earnest.
SELECT pg_temp.brief('office_manager_n1a', $$SELECT open_amendment(2027, 'N1-A', 'A-5 has closed, A-8 is new')$$);
SELECT pg_temp.brief('office_manager_n1a', $$SELECT drop_account(2027, 'A-5', 'closed')$$);
SELECT pg_temp.act('owner') \g /dev/null
SELECT pg_temp.select_and_assign('N1-A', 'A-8', 'Strategic', 'kamr1_n1a', appoint => false) \g /dev/null
SELECT pg_temp.brief('office_manager_n1a', $$SELECT change_activity(2, due_on => '2027-06-30')$$);
SELECT pg_temp.brief('office_manager_n1a', $$SELECT change_activity(1, due_on => '2027-06-30')$$);
SELECT pg_temp.brief('office_manager_n1a', $$SELECT add_benefit(2027, 'A-5', 'of a dropped account')$$);
SELECT pg_temp.brief('office_manager_n1a', $$SELECT set_target(2027, 'N1-A', 'plan_success', 85)$$);
SELECT pg_temp.brief('office_manager_n1a', $$SELECT set_budget(2027, 'N1-A', 270000)$$);
SELECT pg_temp.act('office_manager_n1a') \g /dev/null
SELECT problem, account_id, text_en FROM plan_missing(2027, 'N1-A');
RESET ROLE;
SELECT pg_temp.brief('office_manager_n1a', $$SELECT add_activity(2027, 'A-8', 'first visit', '2027-04-30')$$);
SELECT pg_temp.walk_plan(2027, 'N1-A', 'endorsed') \g /dev/null
SELECT pg_temp.brief('office_manager_n1a', $$SELECT approve_plan(2027, 'N1-A', 'still five')$$);
SELECT pg_temp.brief('area_director_n1', $$SELECT approve_plan(2027, 'N1-A', 'still five')$$);
SELECT amendment_no, status, rule_set, approved_at, amendment_reason FROM plan WHERE unit_code = 'N1-A' ORDER BY 1;
SELECT a.amendment_no, s.account_id, s.tier, s.status, s.ended_on, d.amendment_no AS dropped_by
FROM selection s JOIN plan a USING (plan_id) LEFT JOIN plan d ON d.plan_id = s.dropped_by ORDER BY s.selection_id;
SELECT account_id, staff_id, ended_on, ended_reason FROM assignment ORDER BY 1;
SELECT activity_id, account_id, due_on, ended_on FROM activity ORDER BY 1;
SELECT plan_year, unit_code, amendment_no, status, next_action, portfolio, weight FROM plan_status ORDER BY 1, 2;
SELECT account_id, staff_id, due_on FROM introduction ORDER BY 1;
SELECT * FROM verify_decisions();

-- ---- an area, and headquarters ---------------------------------------------

CALL pg_temp.at('2026-11-20 09:00+07');
SELECT pg_temp.brief('director_customer_service_n1', $$SELECT set_target(2027, 'N1', 'plan_success', 90)$$);
SELECT pg_temp.brief('director_customer_service_n1', $$SELECT set_target(2027, 'N1', 'satisfaction', 90)$$);
SELECT pg_temp.brief('office_manager_n1b', $$SELECT submit_plan(2027, 'N1')$$);
SELECT pg_temp.brief('director_customer_service_n1', $$SELECT compile_plan(2027, 'N1')$$);
SELECT pg_temp.walk_plan(2027, 'N1', 'endorsed') \g /dev/null
SELECT pg_temp.try('area_director_n1', $$SELECT approve_plan(2027, 'N1')$$);
SELECT pg_temp.walk_plan(2027, 'N1-B', 'compiled') \g /dev/null
SELECT pg_temp.brief('area_director_n1', $$SELECT approve_plan(2027, 'N1', 'nothing to accept')$$);
SELECT pg_temp.brief('area_director_n1', $$SELECT approve_plan(2027, 'N1')$$);

SELECT pg_temp.brief('director_engineering_hq_hq', $$SELECT set_target(2027, 'HQ', 'plan_success', 90)$$);
SELECT pg_temp.brief('director_engineering_hq_hq', $$SELECT submit_plan(2027, 'HQ')$$);
SELECT pg_temp.brief('deputy_governor_strategy_hq', $$SELECT approve_plan(2027, 'HQ')$$);
SELECT pg_temp.brief('deputy_governor_strategy_hq', $$SELECT return_plan(2027, 'HQ', 'one target is missing')$$);
SELECT pg_temp.brief('director_engineering_hq_hq', $$SELECT set_target(2027, 'HQ', 'satisfaction', 4.5, 5)$$);
SELECT pg_temp.walk_plan(2027, 'HQ') \g /dev/null
SELECT pg_temp.brief('director_engineering_hq_hq', $$SELECT submit_plan(2027, 'N1-B')$$);
SELECT plan_year, unit_code, amendment_no, status, next_action, turn_post FROM plan_status ORDER BY 1, 2;
-- Each sees the plans of their own.
SELECT pg_temp.brief(who, 'SELECT string_agg(unit_code, '' '' ORDER BY unit_code) FROM plan_status')
FROM unnest(ARRAY['office_manager_n1b', 'area_director_n1', 'director_engineering_hq_hq', 'deputy_governor_strategy_hq', 'reader', 'stranger']) who;

\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
