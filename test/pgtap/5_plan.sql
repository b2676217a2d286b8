-- Section 5, steps 1 and 2: the plan of a unit with all that it needs (1.1 accounts, 1.2 key account managers, 1.3 benefits,
-- 1.4 targets and activities), approved when nothing is missing (R13), frozen then (R4), and amended by the same route (R22).
BEGIN;
\set schema wf_plan5
\set prefix regress_plan5_
\ir ../sql/include/workflow_fixture.sql
\set ECHO none
SET client_min_messages = warning;
SET search_path = wf_plan5, public;
SELECT plan(57);

-- What somebody's call raises or gives, as one line.
CREATE FUNCTION pg_temp.gives(staff text, statement text, expected text, name text) RETURNS text LANGUAGE sql AS $$
	SELECT is(pg_temp.brief(staff, statement), expected, name)
$$;
CREATE FUNCTION pg_temp.missing(unit text, expected text[], name text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_temp.act('area_director_n1');
	RETURN is(ARRAY(SELECT concat_ws(' ', m.problem, m.account_id, m.staff_id) FROM plan_missing(2027, unit) m), expected, name);
END $$;

-- 1.1: 8 accounts Strategic, 5 Star, 1 Streamline
SELECT pg_temp.act('process_owner_hq') \g /dev/null
SELECT open_year(2027) \g /dev/null
RESET ROLE;
SELECT pg_temp.add_accounts('N1-A', 8) \g /dev/null
SELECT pg_temp.add_accounts('N1-A', 5, 2027, '{"value_class": "Medium"}', first => 9) \g /dev/null
SELECT pg_temp.add_accounts('N1-A', 1, 2027, '{"value_class": "Low", "voltage_kv": 22, "avg_monthly_bill_thb": null}', first => 14) \g /dev/null
SELECT pg_temp.act('director_customer_information_hq') \g /dev/null
SELECT compute_cutoffs(2027) \g /dev/null
SELECT pg_temp.act('section_head_n1a') \g /dev/null
SELECT is((SELECT string_agg(tier || ': ' || n, ', ') FROM (
	SELECT tier_now AS tier, count(*) AS n FROM propose_selection(2027, 'N1-A') GROUP BY 1 ORDER BY 1 DESC) t),
	'Strategic: 8, Star: 5, Streamline: 1', '5, 1.1: the matrix proposes the accounts');
RESET ROLE;
SELECT is((SELECT count(*) FROM (SELECT pg_temp.act('area_director_n1')) a, plan_missing(2027, 'N1-A') m WHERE problem = 'undecided'), 14::bigint,
	'5, 1.1, R5: an eligible account is not selected by itself');
SELECT pg_temp.act('section_head_n1a') \g /dev/null
SELECT select_account(2027, account_id) FROM selection WHERE account_id <> 'N1A-13' \g /dev/null
SELECT leave_out_account(2027, 'N1A-13', 'is moving to another area') \g /dev/null
RESET ROLE;
SELECT is((SELECT count(*) FROM (SELECT pg_temp.act('area_director_n1')) a, plan_missing(2027, 'N1-A') m WHERE problem = 'undecided'), 0::bigint,
	'5, 1.1, R5: each is selected, or left out with a reason');

-- 1.2: somebody for every account
SELECT is((SELECT count(*) FROM plan_missing(2027, 'N1-A') WHERE problem = 'unassigned'), 13::bigint, '6.1.2: every selected account needs a key account manager');
RESET ROLE;
SELECT pg_temp.act('office_manager_n1a') \g /dev/null
SELECT appoint_kamr(2027, 'N1-A', s, 'office', '2027-01-01'), judge_relations(2027, 'N1-A', s, true) FROM unnest(ARRAY['kamr1_n1a', 'newcomer_n1a']) s \g /dev/null
SELECT assign_account(2027, 'N1A-0' || n, 'kamr1_n1a') FROM generate_series(1, 6) n \g /dev/null
SELECT assign_account(2027, 'N1A-' || to_char(n, 'FM00'), 'newcomer_n1a') FROM generate_series(7, 12) n \g /dev/null
RESET ROLE;
SELECT pg_temp.gives('office_manager_n1a', $$SELECT assign_account(2027, 'N1A-14', 'section_head_n1a')$$, '', '4.15.5, R14: Streamline is with the section head');
SELECT pg_temp.missing('N1-A', ARRAY['unqualified newcomer_n1a', 'unqualified newcomer_n1a', 'unqualified newcomer_n1a', 'below_minimum newcomer_n1a',
	'no_activity N1A-01', 'no_activity N1A-02', 'no_activity N1A-03', 'no_activity N1A-04', 'no_activity N1A-05', 'no_activity N1A-06', 'no_activity N1A-07',
	'no_activity N1A-08', 'no_activity N1A-09', 'no_activity N1A-10', 'no_activity N1A-11', 'no_activity N1A-12', 'no_activity N1A-14', 'no_target', 'no_target'],
	'5, step 2: all that is missing is named');
RESET ROLE;

-- 6.1.2.1(5)
SELECT pg_temp.gives('office_manager_n1a', $$SELECT waive_qualification(2027, 'N1-A', 'newcomer_n1a', ARRAY[1, 3], 'knows the estate')$$, '', '6.1.2.1(5): the manager waives two points');
SELECT is((SELECT string_agg(section, ' ') FROM (SELECT pg_temp.act('area_director_n1')) a, plan_missing(2027, 'N1-A') m WHERE problem = 'unqualified'),
	'6.1.2.1(4)', '6.1.2.1(5): the third point is still not met');
RESET ROLE;
SELECT pg_temp.gives('office_manager_n1a', $$SELECT waive_qualification(2027, 'N1-A', 'newcomer_n1a', ARRAY[4], 'is in training')$$, '', '6.1.2.1(5): waived too');

-- 1.3 and 1.4
SELECT pg_temp.gives('office_manager_n1a', $$SELECT set_target(2027, 'N1-A', 'plan_success', 90)$$, '', '5, 1.4: target for success against the plan');
SELECT pg_temp.missing('N1-A', ARRAY['below_minimum newcomer_n1a', 'no_activity N1A-01', 'no_activity N1A-02', 'no_activity N1A-03', 'no_activity N1A-04',
	'no_activity N1A-05', 'no_activity N1A-06', 'no_activity N1A-07', 'no_activity N1A-08', 'no_activity N1A-09', 'no_activity N1A-10', 'no_activity N1A-11',
	'no_activity N1A-12', 'no_activity N1A-14', 'no_target'], '5, 1.4: the target for satisfaction is missing still');
RESET ROLE;
SELECT pg_temp.act('section_head_n1a') \g /dev/null
SELECT set_target(2027, 'N1-A', 'satisfaction', 4.5, 5) \g /dev/null
SELECT add_activity(2027, account_id, 'visit', '2027-02-15') FROM selection WHERE status = 'selected' \g /dev/null
RESET ROLE;
SELECT pg_temp.gives('section_head_n1a', $$SELECT add_benefit(2027, 'N1A-01', 'yearly thermoscan', 25000) > 0$$, 'true', '5, 1.3: benefits');
SELECT pg_temp.gives('section_head_n1a', $$SELECT set_budget(2027, 'N1-A', 150000)$$, '', '4.3: budget for supporting the KAMRs');
SELECT pg_temp.missing('N1-A', ARRAY['below_minimum newcomer_n1a'], '6.1.2.1, R13: 2 × 1.0 + 4 × 0.8 are below 6.0');
RESET ROLE;

-- R13: only the approval refuses, and it names everything
SELECT lives_ok($$SELECT pg_temp.walk_plan(2027, 'N1-A', 'endorsed')$$, '5, R13: below the minimum is shown on the way, and refused by none');
SELECT pg_temp.gives('area_director_n1', $$SELECT approve_plan(2027, 'N1-A')$$, '23514: the plan of unit "N1-A" for 2027 cannot be approved: one thing is missing or wrong',
	'6.1.2.1, R13: approval refuses');
SELECT pg_temp.gives('area_director_n1', $$SELECT approve_plan(2027, 'N1-A', 'the office is small')$$,
	'23514: the plan of unit "N1-A" for 2027 cannot be approved: one thing is missing or wrong', '6.1.2.1, R13: also with a reason, where the unit has enough accounts');
SELECT ok(position('"newcomer_n1a" weighs 5.2, less than 6.0' IN pg_temp.try('area_director_n1', $$SELECT approve_plan(2027, 'N1-A')$$)) > 0, '6.1.2.1, R13: it says who, and by how much');
SELECT pg_temp.gives('office_manager_n1a', $$SELECT swap_accounts(2027, 'N1A-01', 'N1A-09')$$, '55000: the plan of unit "N1-A" for 2027 is endorsed', '5, step 2: on its way nothing changes');
SELECT pg_temp.gives('area_director_n1', $$SELECT return_plan(2027, 'N1-A', 'The second portfolio is too small.')$$, 'returned', 'R24: returned with a reason');
SELECT is((SELECT last_reason FROM (SELECT pg_temp.act('office_manager_n1a')) a, plan_status WHERE unit_code = 'N1-A'), 'The second portfolio is too small.', 'R24: which the office sees');
RESET ROLE;
-- 5.8 and 6.0: 1 Strategic and 4 Star of it exchanged
SELECT pg_temp.act('office_manager_n1a') \g /dev/null
SELECT assign_account(2027, 'N1A-06', 'newcomer_n1a'), select_account(2027, 'N1A-13', 'stays after all'), assign_account(2027, 'N1A-13', 'kamr1_n1a') \g /dev/null
SELECT add_activity(2027, 'N1A-13', 'visit', '2027-03-31') \g /dev/null
RESET ROLE;
SELECT pg_temp.missing('N1-A', ARRAY['below_minimum kamr1_n1a'], '6.1.2.1, R13: 5 × 1.0 + 0.8 are 5.8');
SELECT is((SELECT text_en FROM plan_missing(2027, 'N1-A')), 'the portfolio of "kamr1_n1a" weighs 5.8, less than 6.0', '6.1.2.1, R11: to the tenth');
RESET ROLE;
-- R12: a second office gives the same person a Status account
SELECT pg_temp.add_accounts('N1-B', 1, 2027, '{"voltage_kv": 22, "avg_monthly_bill_thb": null}') \g /dev/null
SELECT pg_temp.act('director_customer_information_hq') \g /dev/null
SELECT compute_cutoffs(2027) \g /dev/null
SELECT pg_temp.act('section_head_n1b') \g /dev/null
SELECT propose_selection(2027, 'N1-B') \g /dev/null
SELECT is((SELECT tier::text FROM selection), 'Status', '6.1.1: High without a main criterion is Status');
SELECT select_account(2027, 'N1B-01') \g /dev/null
RESET ROLE;
SELECT pg_temp.gives('office_manager_n1a', $$SELECT assign_account(2027, 'N1A-06', 'kamr1_n1a')$$, '', '6.1.2: back, to 6.8');
SELECT pg_temp.gives('office_manager_n1a', $$SELECT unassign_account(2027, 'N1A-13')$$, '', '6.1.2: without the Star, 6.0');
SELECT pg_temp.gives('office_manager_n1a', $$SELECT assign_account(2027, 'N1A-13', 'newcomer_n1a')$$, '', '6.1.2: which makes 6.0 of 5.2');
SELECT pg_temp.missing('N1-A', '{}', '6.1.2.1, R13: 6.0 is enough, for both');
RESET ROLE;

-- Nobody approves their own: also not as an acting holder
SELECT pg_temp.act('owner') \g /dev/null
INSERT INTO post_holder (post, unit_code, staff_id, from_date, to_date, acting, reason) VALUES
	('area_director', 'N1', 'office_manager_n1a', '2026-10-01', '2026-12-31', true, 'on leave'),
	('area_director', 'N1', 'director_engineering_area_n1', '2026-10-01', '2026-12-31', true, 'on leave');
RESET ROLE;
SELECT lives_ok($$SELECT pg_temp.walk_plan(2027, 'N1-A', 'endorsed')$$, '5, step 1: submitted, compiled and endorsed again');
SELECT pg_temp.gives('office_manager_n1a', $$SELECT approve_plan(2027, 'N1-A')$$,
	'42501: "office_manager_n1a" submitted the plan of unit "N1-A" for 2027 last and may not approve it', '4.3: nobody approves what they prepared, acting or not');
SELECT pg_temp.gives('director_engineering_area_n1', $$SELECT approve_plan(2027, 'N1-A')$$, 'approved', '4.3: another acting holder does');
SELECT results_eq($$SELECT post, acting, content_hash = _hash(plan_content(subject_id::bigint)) FROM decision WHERE action = 'approve'$$,
	$$VALUES ('area_director', true, true)$$, '4.3: marked as acting, and sealed');

-- R4: frozen, under its rules
SELECT is((SELECT rule_set FROM plan WHERE status = 'approved'), 'revision-4', 'R4: approved under the rule set in force');
SELECT pg_temp.gives(who, statement, '55000: the plan of unit "N1-A" for 2027 is approved', 'R4: frozen: ' || statement)
FROM (VALUES ('office_manager_n1a', $$SELECT assign_account(2027, 'N1A-01', 'newcomer_n1a')$$), ('section_head_n1a', $$SELECT add_activity(2027, 'N1A-01', 'more', '2027-05-05')$$),
	('section_head_n1a', $$SELECT * FROM propose_selection(2027, 'N1-A')$$), ('section_head_n1a', $$SELECT leave_out_account(2027, 'N1A-01', 'why')$$),
	('office_manager_n1a', $$SELECT drop_kamr(2027, 'N1-A', 'newcomer_n1a', 'why')$$), ('office_manager_n1a', $$SELECT waive_qualification(2027, 'N1-A', 'newcomer_n1a', ARRAY[2], 'why')$$),
	('owner', $$UPDATE selection SET tier = 'Star' WHERE account_id = 'N1A-01'$$), ('owner', $$DELETE FROM waiver$$)) v (who, statement);
INSERT INTO kam.rule_set (rule_set, plan_year_from, weight_strategic, portfolio_min) VALUES ('revision-5', 2027, 0.5, 5);
SELECT is((SELECT weight FROM plan_status WHERE unit_code = 'N1-A'), 12.0, 'R4: later rules do not change what is approved');
SELECT ok((SELECT bool_and(problem = 'rule_set') FROM (SELECT pg_temp.act('area_director_n1')) a, plan_missing(2027, 'N1-B') WHERE account_id IS NOT NULL AND problem NOT IN ('unassigned', 'no_activity')),
	'R4: a plan not approved yet has to be proposed anew under them');
RESET ROLE;

-- R22: an amendment, judged as a whole, under the plan's own rules
CALL pg_temp.at('2027-02-01 09:00+07');
SELECT pg_temp.gives('office_manager_n1a', $$SELECT open_amendment(2027, 'N1-A', 'N1A-12 has closed') > 0$$, 'true', 'R22: an amendment is opened');
SELECT pg_temp.gives('section_head_n1a', $$SELECT drop_account(2027, 'N1A-12', 'closed down')$$, '', 'R22: an account is dropped');
SELECT pg_temp.missing('N1-A', ARRAY['below_minimum newcomer_n1a'], 'R22, R13: what would become of the plan is judged, under the rules it has');
SELECT pg_temp.gives('office_manager_n1a', $$SELECT assign_account(2027, 'N1A-06', 'newcomer_n1a')$$, '', 'R22: an account in force is given to another');
SELECT pg_temp.missing('N1-A', ARRAY['below_minimum kamr1_n1a'], 'R22, R13: now the other portfolio is too small');
RESET ROLE;
SELECT pg_temp.gives('office_manager_n1a', $$SELECT withdraw_amendment(2027, 'N1-A', 'not like this')$$, '', 'R22: the amendment is withdrawn');
SELECT is_empty($$SELECT * FROM verify_decisions()$$, 'R22: and the plan is what it was');
SELECT pg_temp.gives('office_manager_n1a', $$SELECT open_amendment(2027, 'N1-A', 'One more activity') > 0$$, 'true', 'R22: another one');
SELECT pg_temp.gives('section_head_n1a', $$SELECT add_activity(2027, 'N1A-01', 'visit the new factory', '2027-09-30') > 0$$, 'true', 'R22: with an activity');
SELECT lives_ok($$SELECT pg_temp.walk_plan(2027, 'N1-A')$$, 'R22: goes the same route');
SELECT results_eq($$SELECT amendment_no, status, rule_set FROM plan WHERE unit_code = 'N1-A' ORDER BY 1$$,
	$$VALUES (0, 'approved', 'revision-4'), (1, 'withdrawn', NULL), (2, 'approved', 'revision-4')$$, 'R22, R4: approved under the plan''s own rules');
SELECT is_empty($$SELECT * FROM verify_decisions()$$, 'R22: the plan''s seal holds, and so does the amendment''s');
SELECT pg_temp.gives('office_manager_n1a', $$SELECT hand_over_account(2027, 'N1A-13', 'kamr1_n1a', 'nearer')$$, '', 'R22: an account is handed over at once');
SELECT is_empty($$SELECT * FROM verify_decisions()$$, 'R22: which is no change of the plan');

SELECT * FROM finish();
ROLLBACK;
