-- 6.1.2.1: who looks after key accounts: the five points, and assignment (R11-R15, R22).
BEGIN;
\set schema wf_carer
\set prefix regress_carer_
\ir ../sql/include/workflow_fixture.sql
\set ECHO none
RESET search_path;
SET search_path = wf_carer, public;
SELECT plan(36);

SELECT pg_temp.act('process_owner_hq') \g /dev/null
SELECT open_year(2027) \g /dev/null
RESET ROLE;
CREATE FUNCTION pg_temp.refusal(staff_id text, statement text) RETURNS text LANGUAGE sql AS $$
	SELECT left(pg_temp.brief(staff_id, statement), 5)
$$;
CREATE FUNCTION pg_temp.allowed(staff_id text, statement text) RETURNS boolean LANGUAGE sql AS $$
	SELECT pg_temp.brief(staff_id, statement) !~ '^[0-9A-Z]{5}: '
$$;
-- As the person who sees the plan: met of a point.
CREATE FUNCTION pg_temp.met(person text, of_point int, unit text DEFAULT 'N1-A') RETURNS boolean LANGUAGE sql AS $$
	SELECT q.met FROM wf_carer.kamr_qualification(2027, unit, person) q WHERE q.point = of_point
$$;

-- 1) to 5)
SELECT ok(pg_temp.allowed('office_manager_n1a', 'SELECT appoint_kamr(2027, $$N1-A$$, $$kamr1_n1a$$, $$office$$)'), '6.1.2, 4.10: the office manager selects office KAMRs');
SELECT ok(pg_temp.allowed('office_manager_n1a', 'SELECT appoint_kamr(2027, $$N1-A$$, $$newcomer_n1a$$, $$office$$)'), '6.1.2, 4.10: who do not qualify yet too');
SELECT is(pg_temp.refusal('director_customer_service_n1', 'SELECT appoint_kamr(2027, $$N1-A$$, $$kamr2_n1a$$, $$office$$)'), '42501', '6.1.2, 4.6: the customer service division does not');
SELECT ok(pg_temp.allowed('director_customer_service_n1', 'SELECT appoint_kamr(2027, $$N1$$, $$area_kamr_n1$$, $$area$$)'), '4.6.1: it selects area KAMRs');
SELECT ok(pg_temp.allowed('director_engineering_hq_hq', 'SELECT appoint_kamr(2027, $$HQ$$, $$kamr1_hq$$, $$hq$$)'), '4.5.2: the director, engineering service, selects HQ KAMRs');
SELECT results_eq($$SELECT pg_temp.met('newcomer_n1a', p) FROM generate_series(1, 4) p$$, $$VALUES (false), (NULL), (false), (NULL)$$, '6.1.2.1: each point by itself; what is not known is not met');
SELECT results_eq($$SELECT pg_temp.met('kamr1_n1a', p) FROM generate_series(1, 4) p$$, $$VALUES (true), (NULL), (true), (true)$$, '6.1.2.1: position, service and test are known');
SELECT ok(bool_and(pg_temp.met('kamr1_hq', p, 'HQ')), '6.1.2.1: at headquarters as in offices') FROM unnest(ARRAY[1, 3, 4]) p;
SELECT is_empty($$SELECT * FROM kamr_qualification(2027, 'N1')$$, '6.1.2.1, R15: area KAMRs are not checked');
SELECT is(count(*), 8::bigint, '6.1.2.1(1): the manual''s eight positions') FROM kamr_position;
SELECT ok(pg_temp.allowed('office_manager_n1a', 'SELECT judge_relations(2027, $$N1-A$$, $$kamr1_n1a$$, true)'), '6.1.2.1(2): skill in relations is judged');
SELECT is(pg_temp.met('kamr1_n1a', 2), true, '6.1.2.1(2): and then met');
UPDATE staff SET hire_date = '2025-01-01' WHERE staff_id = 'newcomer_n1a';
SELECT is(pg_temp.met('newcomer_n1a', 3), true, '6.1.2.1(3), R15: two years on the first day of the appointment');
UPDATE staff SET hire_date = '2025-01-02' WHERE staff_id = 'newcomer_n1a';
SELECT is(pg_temp.met('newcomer_n1a', 3), false, '6.1.2.1(3), R15: not a day later');
SELECT ok(pg_temp.allowed('director_personnel_development_hq', 'SELECT record_training($$newcomer_n1a$$, 2026, $$KAMR$$, $$2026-05-04$$, $$2026-05-08$$, false)'), '4.7: personnel development records tests');
SELECT is(pg_temp.met('newcomer_n1a', 4), false, '6.1.2.1(4): failed');
SELECT is(pg_temp.refusal('director_customer_service_n1', 'SELECT waive_qualification(2027, $$N1-A$$, $$newcomer_n1a$$, $${1}$$, $$x$$)'), '42501', '6.1.2.1(5): the head of the unit waives, nobody else');
SELECT is(pg_temp.refusal('office_manager_n1a', 'SELECT waive_qualification(2027, $$N1-A$$, $$newcomer_n1a$$, $${1}$$, NULL)'), '23514', '6.1.2.1(5), R15: and says why');
SELECT ok(pg_temp.allowed('office_manager_n1a', 'SELECT waive_qualification(2027, $$N1-A$$, $$newcomer_n1a$$, $${1,2,3,4}$$, $$speaks Japanese$$)'), '6.1.2.1(5): one or more points');
SELECT is(count(*) FILTER (WHERE point <= 4 AND waived), 4::bigint, '6.1.2.1(5): which are then waived') FROM kamr_qualification(2027, 'N1-A', 'newcomer_n1a');
SELECT is((SELECT staff_id || ' ' || reason FROM decision WHERE action = 'waive'), 'office_manager_n1a speaks Japanese', '6.1.2.1(5), R15: who and why is on record');

-- The manual's own example, by the functions: KAMR 1, 2 and 5, and one account more.
SELECT pg_temp.add_accounts('N1-A', 17) \g /dev/null
SELECT pg_temp.add_accounts('N1-A', 22, 2027, '{"value_class": "Low"}', first => 21) \g /dev/null
SELECT pg_temp.add_accounts('N1-A', 6, 2027, '{"voltage_kv": 22, "avg_monthly_bill_thb": null}', first => 51) \g /dev/null
SELECT pg_temp.add_accounts('N1-A', 2, 2027, '{"value_class": "Low", "voltage_kv": 22, "avg_monthly_bill_thb": null}', first => 61) \g /dev/null
SELECT pg_temp.act('director_engineering_hq_hq') \g /dev/null
SELECT count(*) FROM compute_cutoffs(2027) \g /dev/null
SELECT pg_temp.act('office_manager_n1a') \g /dev/null
SELECT count(*) FROM propose_selection(2027, 'N1-A') \g /dev/null
SELECT select_account(2027, account_id) FROM selection WHERE status = 'eligible' \g /dev/null
SELECT appoint_kamr(2027, 'N1-A', 'kamr2_n1a', 'senior') \g /dev/null
RESET ROLE;
CREATE FUNCTION pg_temp.give(from_no int, to_no int, person text) RETURNS text LANGUAGE sql AS $$
	SELECT left(pg_temp.brief('office_manager_n1a', format('SELECT count(assign_account(2027, %L || to_char(n, %L), %L)) FROM generate_series(%s, %s) n', 'N1A', 'FM-00', person, from_no, to_no)), 5)
$$;
SELECT is(pg_temp.give(1, 12, 'kamr1_n1a'), '12', '6.1.2.1: KAMR 1 of the manual has 12 Strategic accounts');
SELECT is(pg_temp.give(55, 55, 'kamr1_n1a'), '23514', '6.1.2.1: and not one more');
SELECT is(pg_temp.give(21, 35, 'kamr2_n1a'), '15', '6.1.2.1, R11: KAMR 2 has 15 Star accounts, 15 × 0.8 being 12.0');
SELECT is(pg_temp.give(13, 16, 'newcomer_n1a') || pg_temp.give(36, 41, 'newcomer_n1a') || pg_temp.give(51, 55, 'newcomer_n1a'), '465', '6.1.2.1: KAMR 5 has 4, 6 and 5');
SELECT is(pg_temp.give(56, 56, 'newcomer_n1a'), '23514', '6.1.2.1: 11.8 and a Status account would be 12.4');
SELECT results_eq($$SELECT staff_id, weight::text, state FROM kamr_portfolio WHERE plan_year = 2027 AND units = '{N1-A}' ORDER BY 1$$,
	$$VALUES ('kamr1_n1a', '12.0', 'within'), ('kamr2_n1a', '12.0', 'within'), ('newcomer_n1a', '11.8', 'within')$$, '6.1.2.1: as in the manual''s table');
SELECT is(pg_temp.give(61, 61, 'kamr1_n1a'), '23514', '4.15.5, R14: a Streamline account is no KAMR''s');
SELECT is(pg_temp.give(61, 62, 'section_head_n1a'), '2', '4.15.5, R14: it is the section head''s');
SELECT is(pg_temp.give(56, 56, 'section_head_n1a'), '23514', '4.15.5: who has no other');
SELECT is(pg_temp.refusal('section_head_n1a', 'SELECT assign_account(2027, $$N1A-17$$, $$kamr1_n1a$$)'), '42501', '4.10.2: the manager assigns');
SELECT ok(pg_temp.allowed('office_manager_n1a', 'SELECT count(assign_area_kamr(2027, account_id, $$area_kamr_n1$$)) FROM selection WHERE unit_code = $$N1-A$$'), '4.12.1, R12: an area KAMR shares them all, without a limit');
-- R22
UPDATE plan SET status = 'approved', rule_set = 'revision-4', approved_at = '2026-12-20' WHERE plan_year = 2027 AND unit_code = 'N1-A';
CALL pg_temp.at('2027-02-01 09:00+07');
SELECT is(pg_temp.refusal('office_manager_n1a', 'SELECT assign_account(2027, $$N1A-01$$, $$kamr2_n1a$$)'), '55000', '6.1.2.1, R22: an approved plan is not edited');
SELECT is(pg_temp.refusal('office_manager_n1a', 'SELECT hand_over_account(2027, $$N1A-13$$, $$kamr1_n1a$$, $$on leave$$)'), '23514', '6.1.2.1, R22: an account is handed over within the limit');
SELECT is(pg_temp.refusal('director_customer_service_n1', 'SELECT hand_over_account(2027, $$N1A-01$$, $$kamr2_n1a$$, $$on leave$$)'), '42501', 'R22: by 4.10 or 4.5');
UPDATE assignment SET ended_on = '2027-02-01', ended_reason = 'account closed' WHERE account_id IN ('N1A-21', 'N1A-22') AND responsibility = 'main';
SELECT ok(pg_temp.allowed('office_manager_n1a', 'SELECT hand_over_account(2027, $$N1A-01$$, $$kamr2_n1a$$, $$on leave$$)'), 'R22: at once');

SELECT * FROM finish();
ROLLBACK;
