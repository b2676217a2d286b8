-- 5, the yearly process, steps 4 to 6 and 8, as people carry it out in a workflow: answers within 5 working days (R18), contacts recorded
-- within 7 days (R19), the voice of the customer, surveys, and what counts for the KPIs (R21).
\set schema wf_5_year
\set prefix regress_5_year_
\ir ../sql/include/workflow_fixture.sql
\set ECHO none
SET search_path = :schema, public;
BEGIN;
SELECT plan(50);

-- What this person's call gives: its first value or the SQLSTATE.
CREATE FUNCTION pg_temp.code(who text, call text) RETURNS text LANGUAGE sql AS $$ SELECT left(pg_temp.brief(who, 'SELECT ' || call), 5) $$;

SELECT pg_temp.add_accounts('N1-A', 2, 2026);
SET ROLE regress_5_year_owner;
INSERT INTO plan_year VALUES (2026, '2025-09-01 09:00+07', 'process_owner_hq');
INSERT INTO plan (plan_year, unit_code, route) VALUES (2026, 'N1-A', 'office');
INSERT INTO activity (plan_id, plan_year, unit_code, account_id, activity, due_on)
	SELECT plan_id, 2026, unit_code, account_id, 'Visit', '2026-03-31' FROM plan JOIN account USING (unit_code) ORDER BY account_id;
RESET ROLE;
SELECT pg_temp.put_in_force(2026);

-- ---- step 4: activities, and the answer within 5 working days ------------------

CALL pg_temp.at('2026-01-12 09:00+07');
SELECT is(pg_temp.code('office_kamr_n1a', $$complete_activity(1, '2026-01-11 15:00+07', 'Done')$$), '', '5, step 4: the KAMR carries out the plan');
SELECT is(pg_temp.code('office_kamr_n1a', 'complete_activity(1)'), '55000', '5, step 4: once');
SELECT is(pg_temp.code('office_kamr_n1a', $$complete_activity(2, '2025-12-31 23:59+07')$$), '22008', '5, step 4: the plan is carried out from January to December of its year, not before');
SELECT is((SELECT done_by FROM activity WHERE activity_id = 1), 'office_kamr_n1a', '5, step 4, R21: what is done counts for KPI (1)');

SELECT is(pg_temp.code('office_kamr_n1a', format('open_case(%L, %L, %L)', 'N1A-01', kind, kind)) ~ '^\d+$', true, '5, step 4: a case of the kind ' || kind)
FROM unnest(ARRAY['need', 'requirement', 'expectation', 'problem', 'complaint', 'outage']) kind;
SELECT is(count(*), 6::bigint, '5, step 4, R18: each is due 5 working days after its receipt, which does not count') FROM case_clock WHERE due_on = '2026-01-19';
SELECT is(pg_temp.code('office_kamr_n1a', $$open_case('N1A-01', 'problem', 'At 23:59', received_at => '2026-01-09 23:59:59+07')$$), '7', '5, step 4: a receipt may lie back');
SELECT is((SELECT due_on FROM case_status WHERE case_id = 7), '2026-01-16', '5, step 4, R18: the day of receipt ends at midnight in Bangkok; Friday to Friday');
SELECT is(pg_temp.code('office_kamr_n1a', $$open_case('N1A-01', 'problem', 'On Saturday', received_at => '2026-01-10 00:00+07', urgent => true, channel => 'call_centre')$$), '8', '5, step 4, R18: through any channel, urgent or not');
SELECT is((SELECT due_on FROM case_status WHERE case_id = 8), '2026-01-16', '5, step 4, R18: received on a Saturday, the days begin on Monday');
CALL pg_temp.at('2026-01-19 23:59:59+07');
SELECT is(pg_temp.code('office_kamr_n1a', $$answer_case(1, 'An explanation')$$), '', '5, step 4, R18: an explanation is an answer');
SELECT is((SELECT on_time FROM case_status WHERE case_id = 1), true, '5, step 4, R18: the last day counts to its end');
SELECT is((SELECT state FROM case_status WHERE case_id = 1), 'answered', '5, step 4, R18: met even if the matter stays open');
SELECT is((SELECT on_time FROM case_status WHERE case_id = 7), false, '5, step 4, R18: unanswered past the due day is late');
CALL pg_temp.at('2026-01-20 00:00+07');
SELECT is(pg_temp.code('office_kamr_n1a', $$answer_case(2, 'Too late')$$), '', '5, step 4: a late answer is taken');
SELECT is((SELECT on_time FROM case_status WHERE case_id = 2), false, '5, step 4, R18: and late');
SELECT is(pg_temp.code('office_kamr_n1a', $$close_case(3, 'Without an answer')$$), '55000', '5, step 4: nobody closes what asks for an answer');
SELECT is(pg_temp.code('office_kamr_n1a', $$close_case(1, 'Solved')$$), '', '5, step 4: closed with its outcome');
SELECT is(pg_temp.code('office_kamr_n1a', $$reopen_case(1, 'Again')$$), '', '5, step 4: reopened');
SELECT is((SELECT due_on FROM case_status WHERE case_id = 1), '2026-01-27', '5, step 4, R18: a reopened case is a new clock');
SELECT is(pg_temp.code('office_kamr_n1a', $$pause_case(1, 'Waits')$$), '', '5, step 4: paused');
CALL pg_temp.at('2026-01-22 09:00+07');
SELECT is(pg_temp.code('office_kamr_n1a', $$pause_case(1, 'Waits twice')$$), '55000', '5, step 4: no two pauses at once');
SELECT is(pg_temp.brief('office_kamr_n1a', $$SELECT resume_case(1)$$), '2026-01-29', '5, step 4: a pause moves the due day by its working days');
SELECT is(pg_temp.brief('office_manager_n1a', $$SELECT string_agg(answered_on_time::text, ' ') FROM response_rate$$), '1/8', '5, step 4: how many were answered in time, of those answered or overdue');
SELECT is(pg_temp.code('office_kamr_n1a', $$open_case('N1A-01', 'problem', 'Tomorrow', received_at => '2026-01-23 09:00+07')$$), '22008', '5, step 4: nothing is received in the future');
CALL pg_temp.at('2027-12-30 09:00+07');
SET LOCAL client_min_messages = error;
SELECT is(pg_temp.code('office_kamr_n1a', $$open_case('N1A-01', 'problem', 'At the end of the calendar')$$), '9', '5, step 4, R20: past what the calendar knows the intake goes on');
SELECT is((SELECT state FROM case_status WHERE case_id = 9), 'due day unknown', '5, step 4, R20: and the due day is not guessed');
SET LOCAL client_min_messages = warning;

-- ---- step 5: recorded within 7 days after the activity ---------------------------

CALL pg_temp.at('2026-04-14 12:00+07');
SELECT is(pg_temp.code('office_kamr_n1a', $$record_contact('N1A-01', '2026-04-07 00:00+07', 'visit', 'On the 7th day')$$), '1', '5, step 5: every contact is recorded');
SELECT is((SELECT days_late FROM contact WHERE contact_id = 1), 0, '5, step 5, R19: within 7 calendar days, the day itself not counted; holidays (Songkran) do not move them');
SELECT is(pg_temp.code('office_kamr_n1a', $$record_contact('N1A-01', '2026-04-06 23:59+07', 'visit', 'On the 8th day')$$), '2', '5, step 5: late is taken');
SELECT is((SELECT days_late FROM contact WHERE contact_id = 2), 1, '5, step 5, R19: and marked');
SELECT is(pg_temp.code('office_kamr_n1a', $$record_contact('N1A-01', '2026-04-14 12:02+07', 'visit', 'Not yet')$$), '22008', '5, step 5: what has not happened is not');
SELECT is(pg_temp.code('office_kamr_n1a', $$record_contact('N1A-01', '2026-04-14 09:00+07', 'visit', 'By the plan', activity_id => 1)$$), '3', '5, step 5: a contact names the activity that it carried out');
SELECT is(pg_temp.code('office_kamr_n1a', $$record_contact('N1A-02', '2026-04-14 09:00+07', 'visit', 'Another''s', activity_id => 1)$$), '22023', '5, step 5: of its own account');
SELECT is(pg_temp.code('owner', $$1 FROM contact WHERE contact_id = 1 FOR UPDATE$$), '1', '5, step 5: the owner sees it');
SELECT is(left(pg_temp.brief('owner', 'UPDATE contact SET happened_at = recorded_at'), 5), '55000', '5, step 5: but nobody changes what is recorded');
SELECT is(pg_temp.brief('office_manager_n1a', 'SELECT recorded_on_time FROM contact_rate'), '2/3', '5, step 5: how many were recorded in time');

-- ---- step 6: the voice of the customer ----------------------------------------------

SELECT is(pg_temp.code('office_kamr_n1a', format($$record_voice('N1A-01', '2026-04-14 09:00+07', 'visit', 'need', 'supply', 'A second feeder', listening => %L)$$, listening)) ~ '^\d$', true,
	'5, step 6, 3.6: the voice of the customer, ' || listening)
FROM unnest(ARRAY['stated', 'unstated', 'anticipated']) listening;
SELECT is(pg_temp.brief('office_manager_n1a', 'SELECT sum(voices) FROM voice_summary WHERE month = 4'), '3', '5, step 6: VOC-60-001 sums it up by month');

-- ---- step 8: the survey --------------------------------------------------------------

SELECT is(pg_temp.code('director_communication_service_hq', $$open_survey(2026, 'call_centre', 'Of 1129')$$), '1', '5, step 8: the call centre asks for satisfaction');
SELECT is(pg_temp.code('director_communication_service_hq', $$open_survey(2026, 'call_centre', 'Loyal?', loyalty_scale => 5)$$), '22023', '5, step 8: for satisfaction only');
SELECT is(pg_temp.code('director_communication_service_hq', $$record_response(1, 'N1A-01', 'satisfaction', 4, '2026-04-14')$$), '1', '5, step 8: a key account answers');
SELECT is(pg_temp.brief('office_manager_n1a', 'SELECT mean_score || $$ of $$ || scale FROM survey_result'), '4.00 of 5', '5, step 8, R21: KPI (2) keeps score and scale');

SELECT * FROM finish();
ROLLBACK;
\ir ../sql/include/workflow_cleanup.sql
