-- Cases (CRM-KAM-003): answered within 5 working days (5, step 4; R18), reopened, paused, brought to decision makers (R25).
\set schema wf_service_case
\set prefix regress_service_case_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture

SELECT pg_temp.add_accounts('N1-A', 2, 2026), pg_temp.add_accounts('N1-B', 1, 2026), pg_temp.add_accounts('HQ', 1, 2026), pg_temp.put_in_force(2026);
CALL pg_temp.at('2026-04-09 09:00+07');
SELECT * FROM decision_maker ORDER BY route, level;

-- ---- the clock -------------------------------------------------------------------

-- Songkran and a weekend lie between; the client's time zone changes nothing
SET timezone = 'America/New_York';
SET ROLE regress_service_case_office_kamr_n1a;
SELECT open_case('N1A-01', 'problem', 'Voltage dips', 'Three last week', received_at => '2026-04-09 08:00+07', channel => 'visit');
SELECT open_case('N1A-02', kind, initcap(kind), channel => 'email') FROM unnest('{need,requirement,expectation,complaint,outage}'::text[]) kind;
SELECT open_case('N1A-02', 'expectation', 'Heard that rooftop solar gets cheaper', asks_answer => false);
SELECT case_id, account_id, unit_code, plan_year, kind, urgent, subject, state, due_on, on_time, working_days_left, clocks FROM case_status ORDER BY 1;
SET timezone = 'Asia/Bangkok';
-- the first substantive answer meets it; the case stays open until it is closed
CALL pg_temp.at('2026-04-21 23:00+07');
SELECT answer_case(1, 'A recorder is installed on Monday');
SELECT answer_case(2, 'As agreed', '2026-04-10 10:00+07');
CALL pg_temp.at('2026-04-22 09:00+07');
SELECT answer_case(3, 'Late');
SELECT case_id, state, due_on, answered_at, on_time, working_days_left, working_days_late FROM case_status ORDER BY 1;
SELECT close_case(1, 'The recorder shows dips below 5 %, accepted');
SELECT close_case(7, 'Passed on to the solar team');
SELECT * FROM case_status WHERE case_id = 1 \gx
SELECT * FROM response_rate;
RESET ROLE;
SELECT call, pg_temp.try('office_kamr_n1a', 'SELECT ' || call) FROM unnest(ARRAY[
	$$answer_case(2, 'Again')$$, $$answer_case(1, 'Too late')$$, $$close_case(1, 'Again')$$, $$close_case(4, 'Unanswered')$$, $$reopen_case(4, 'Unanswered')$$,
	$$answer_case(4, 'Before it came', '2026-04-09 08:00+07')$$, $$answer_case(4, 'Tomorrow', '2026-04-23 08:00+07')$$, $$answer_case(4, ' ')$$,
	$$close_case(2, NULL)$$, $$open_case('N1A-01', 'praise', 'Thank you')$$, $$open_case('N1A-01', 'problem', '')$$,
	$$open_case('N1A-01', 'problem', 'Tomorrow', received_at => '2026-04-23 08:00+07')$$, $$open_case('N1A-01', 'problem', 'By whom', channel => 'pigeon')$$]) call;

-- it comes up again: a new clock
CALL pg_temp.at('2026-05-06 09:00+07');
SELECT pg_temp.brief('office_kamr_n1a', $$SELECT reopen_case(1, 'Before the answer', '2026-04-20 08:00+07')$$);
SELECT pg_temp.brief('office_kamr_n1a', $$SELECT reopen_case(1, 'The dips are back')$$);
SELECT case_id, state, received_at, due_on, clocks, closed_at, outcome FROM case_status WHERE case_id = 1;
SELECT clock_id, case_id, reason, received_at, due_on, answered_at, answer FROM case_clock WHERE case_id = 1 ORDER BY 1;

-- ---- pauses ----------------------------------------------------------------------

-- the working days after the first day of the pause up to its last are added
SELECT kam.add_working_days('2026-05-06', 5) AS due, kam.working_days_between('2026-05-07', '2026-05-12') AS paused,
	kam.add_working_days(kam.add_working_days('2026-05-06', 5), kam.working_days_between('2026-05-07', '2026-05-12')) AS moved;
CALL pg_temp.at('2026-05-07 09:00+07');
SELECT pg_temp.brief('office_kamr_n1a', $$SELECT pause_case(1, 'Waits for the customer''s drawings')$$);
CALL pg_temp.at('2026-05-12 15:00+07');
SELECT case_id, state, due_on, working_days_left, paused_since, paused_because, on_time FROM case_status WHERE case_id = 1;
SELECT call, pg_temp.try('office_kamr_n1a', 'SELECT ' || call) FROM unnest(ARRAY[
	$$pause_case(1, 'Twice')$$, $$resume_case(1, '2026-05-06 09:00+07')$$, $$resume_case(1, '2026-05-13 09:00+07')$$, $$resume_case(1)$$, 'resume_case(1)',
	$$pause_case(2, 'Answered')$$, $$pause_case(1, 'Within the pause before', '2026-05-11 09:00+07')$$, $$pause_case(4, 'Overdue')$$, $$pause_case(7, 'Closed')$$]) call;
-- a second pause right after adds its own days only
SELECT pg_temp.brief('office_kamr_n1a', $$SELECT pause_case(1, 'Waits for a permit')$$);
CALL pg_temp.at('2026-05-14 10:00+07');
SELECT pg_temp.brief('office_kamr_n1a', $$SELECT resume_case(1)$$);
SELECT kam.add_working_days('2026-05-06', 5 + kam.working_days_between('2026-05-07', '2026-05-14')) AS moved;
-- an answer ends a pause
SELECT pg_temp.brief('office_kamr_n1a', $$SELECT pause_case(1, 'Waits once more')$$);
CALL pg_temp.at('2026-05-19 10:00+07');
SELECT pg_temp.brief('office_kamr_n1a', $$SELECT answer_case(1, 'A filter is offered')$$);
SELECT pause_id, from_at, to_at, reason, resumed_by FROM case_pause ORDER BY 1;
SELECT state, due_on, answered_at, on_time, kam.add_working_days('2026-05-06', 5 + kam.working_days_between('2026-05-07', '2026-05-19')) AS expected FROM case_status WHERE case_id = 1;

-- ---- decision makers -------------------------------------------------------------

CALL pg_temp.at('2026-06-08 09:00+07');
SELECT pg_temp.brief('office_kamr_n1a', $$SELECT open_case('N1A-02', 'outage', 'Feeder 7 is out', urgent => true)$$);
SELECT pg_temp.brief('hq_kamr_hq', $$SELECT open_case('HQ-01', 'problem', 'Contract demand', urgent => true)$$);
SELECT case_id, state, due_on, escalation_level, escalated_to_post, escalated_to_unit, escalated_by_cause, escalated_at FROM case_status WHERE urgent ORDER BY 1;
-- not before its time
SELECT pg_temp.try('owner', 'SELECT _escalate_cases()');
-- what the customers of April and May are still waiting for is overdue: to the first decision maker
SELECT case_id, escalated_to_post, escalated_to_unit, escalated_by_cause FROM case_status WHERE state = 'overdue' ORDER BY 1;
-- 1 working day without a decision: on the second it goes on
CALL pg_temp.at('2026-06-09 23:59+07');
SELECT pg_temp.try('owner', 'SELECT _escalate_cases()');
CALL pg_temp.at('2026-06-10 00:00+07');
SELECT pg_temp.try('owner', 'SELECT _escalate_cases()');
SELECT pg_temp.try('owner', 'SELECT _escalate_cases()');
SELECT case_id, level, post, to_unit, cause, escalated_at, escalated_by FROM case_escalation WHERE case_id IN (8, 9) ORDER BY 1, 2;
-- who may decide: whom it was brought to, or further along the route
SELECT who, pg_temp.try(who, $$SELECT decide_case(8, 'Send the mobile transformer')$$)
FROM unnest('{office_kamr_n1a,senior_kamr_n1a,office_manager_n1a,office_manager_n1b,director_customer_service_n1,director_engineering_area_c1,director_engineering_hq_hq,deputy_governor_strategy_hq}'::text[]) who;
SELECT pg_temp.try('office_kamr_n1a', $$SELECT close_case(8, 'Undecided')$$);
SELECT pg_temp.try('office_kamr_n1a', $$SELECT answer_case(8, 'The crew is on its way')$$);
SELECT pg_temp.try('office_kamr_n1a', $$SELECT close_case(8, 'Undecided')$$);
SELECT pg_temp.try('area_director_n1', $$SELECT decide_case(8, 'Send the mobile transformer')$$);
SELECT pg_temp.try('director_engineering_area_n1', $$SELECT decide_case(8, 'Twice')$$);
SELECT pg_temp.try('office_kamr_n1a', $$SELECT close_case(8, 'Supplied again since noon')$$);
SELECT decided_by, decided_post, decided_at, decision_text FROM case_escalation WHERE case_id = 8 ORDER BY level;
SELECT subject, subject_id, action, unit_code, plan_year, staff_id, post, from_status, to_status, reason FROM decision;
SELECT pg_temp.try('owner', 'SELECT count(*) FROM _verify_chain()');
-- by hand: to the next; after the last there is nobody
SELECT pg_temp.try('deputy_governor_strategy_hq', $$SELECT decide_case(9, ' ')$$);
SELECT pg_temp.try('hq_kamr_hq', $$SELECT escalate_case(9, 'The customer threatens to leave')$$);
SELECT pg_temp.try('deputy_governor_strategy_hq', $$SELECT decide_case(9, 'Offer the new tariff')$$);
SELECT pg_temp.try('senior_kamr_n1a', $$SELECT decide_case(3, 'Never brought')$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT decide_case(3, 'Never brought')$$);
SELECT pg_temp.try('area_kamr_n1', $$SELECT escalate_case(3, 'They call every day')$$);
SELECT pg_temp.try('section_head_n1a', $$SELECT escalate_case(3, 'And again')$$);
SELECT pg_temp.try('senior_kamr_n1a', $$SELECT escalate_case(3, 'And again')$$);
SELECT pg_temp.try('senior_kamr_n1a', $$SELECT escalate_case(3, 'And again')$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT decide_case(3, 'Not any more mine')$$);
SELECT level, post, cause, reason FROM case_escalation WHERE case_id = 3 ORDER BY 1;
-- reopened: the way begins anew
CALL pg_temp.at('2026-06-15 09:00+07');
SELECT pg_temp.try('office_kamr_n1a', $$SELECT reopen_case(8, 'Out again')$$);
SELECT case_id, clocks, state, escalation_level, escalated_to_post, decided_at FROM case_status WHERE case_id = 8;
-- the route is rows
SELECT pg_temp.try('owner', $$DELETE FROM decision_maker WHERE route = 'office' AND level = 1$$);
SELECT pg_temp.try('office_kamr_n1a', $$SELECT open_case('N1A-01', 'problem', 'Straight to the area', urgent => true)$$);
SELECT escalation_level, escalated_to_post, escalated_to_unit FROM case_status ORDER BY case_id DESC LIMIT 1;
SELECT pg_temp.try('owner', $$DELETE FROM decision_maker WHERE route = 'hq'$$);
SELECT pg_temp.try('hq_kamr_hq', $$SELECT open_case('HQ-01', 'problem', 'Nobody decides', urgent => true)$$);

-- ---- whose cases -----------------------------------------------------------------

SELECT who, pg_temp.brief(who, $$SELECT open_case('N1A-01', 'problem', 'Who may?')$$) AS open, pg_temp.brief(who, $$SELECT answer_case(4, 'Who may?')$$) AS answer,
	pg_temp.brief(who, $$SELECT escalate_case(4, 'Who may?')$$) AS escalate, pg_temp.brief(who, 'SELECT count(*) FROM case_status') AS reads
FROM unnest('{office_kamr_n1b,area_kamr_n1,area_kamr_c1,section_head_n1b,office_manager_n1a,area_director_n1,director_engineering_hq_hq,reader,stranger}'::text[]) who;
-- what is hidden and what does not exist: alike
SELECT id, pg_temp.brief('office_kamr_n1b', format($$SELECT answer_case(%s, 'Hidden')$$, id)) FROM unnest('{4,9,99}'::int[]) id;
-- the internal functions do nothing for people
SELECT who, pg_temp.brief(who, 'SELECT _escalate_cases()'), pg_temp.brief(who, 'UPDATE case_clock SET due_on = NULL'), pg_temp.brief(who, 'CALL move_deadlines()')
FROM unnest('{office_kamr_n1a,office_manager_n1a}'::text[]) who;

-- ---- a holiday is announced, and the calendar ends -------------------------------

CALL pg_temp.at('2026-11-02 09:00+07');
SELECT pg_temp.brief('office_kamr_n1a', $$SELECT open_case('N1A-01', 'need', 'Open')$$), pg_temp.brief('office_kamr_n1a', $$SELECT open_case('N1A-01', 'need', 'Paused for two days')$$),
	pg_temp.brief('office_kamr_n1a', $$SELECT open_case('N1A-01', 'need', 'Answered')$$);
SELECT max(case_id) AS last FROM service_case \gset
SELECT pg_temp.brief('office_kamr_n1a', format($$SELECT pause_case(%s, 'Waits')$$, :last - 1)), pg_temp.brief('office_kamr_n1a', format($$SELECT answer_case(%s, 'Done')$$, :last));
CALL pg_temp.at('2026-11-04 09:00+07');
SELECT pg_temp.brief('office_kamr_n1a', format($$SELECT resume_case(%s)$$, :last - 1));
SELECT case_id, due_on FROM case_status WHERE case_id > :last - 3 ORDER BY 1;
BEGIN;
-- one day that both clocks count, then one that only the paused one does
INSERT INTO kam.calendar_day (calendar, day, kind, name_en) VALUES ('PEA', '2026-11-06', 'special', 'Special day of the Cabinet');
SELECT pg_temp.brief('director_customer_information_hq', $$CALL move_deadlines('{2026-11-06}')$$);
SELECT case_id, due_on FROM case_status WHERE case_id > :last - 3 ORDER BY 1;
INSERT INTO kam.calendar_day (calendar, day, kind, name_en) VALUES ('PEA', '2026-11-12', 'special', 'Another one');
SELECT pg_temp.brief('owner', $$CALL move_deadlines('{2026-11-12}')$$);
SELECT case_id, due_on, kam.add_working_days('2026-11-02', 5) AS unpaused, kam.add_working_days('2026-11-02', 7) AS paused FROM case_status WHERE case_id > :last - 3 ORDER BY 1;
SELECT relation, item, old_due, new_due, cause, account_id, unit_code, moved_at FROM deadline_move ORDER BY deadline_move_id;
SELECT who, pg_temp.brief(who, 'SELECT count(*) FROM deadline_move') FROM unnest('{office_kamr_n1a,office_manager_n1a,office_manager_n1b}'::text[]) who;
ROLLBACK;
-- past what the calendar knows the intake goes on, without a due date; what is open stays visible
CALL pg_temp.at('2027-12-28 09:00+07');
SET client_min_messages = warning;
SELECT pg_temp.brief('office_kamr_n1a', $$SELECT open_case('N1A-01', 'need', 'Beyond the horizon', urgent => true)$$);
CALL pg_temp.at('2029-01-02 09:00+07');
SELECT subject, state, due_on, on_time, working_days_left, working_days_late FROM case_status WHERE case_id >= :last - 2 ORDER BY case_id;
SELECT pg_temp.brief('office_kamr_n1a', format($$SELECT pause_case(%s, 'Beyond')$$, :last + 1)), pg_temp.brief('office_kamr_n1a', format($$SELECT resume_case(%s)$$, :last + 1));
SELECT pg_temp.brief('owner', 'SELECT _escalate_cases() >= 0');
BEGIN;
INSERT INTO kam.calendar_year (calendar, year, source) VALUES ('PEA', 2028, 'test');
SELECT pg_temp.brief('owner', 'CALL move_deadlines()');
SELECT subject, due_on FROM case_status ORDER BY case_id DESC LIMIT 1;
ROLLBACK;
-- the days, and the calendar, are settings
CALL pg_temp.at('2026-11-02 09:00+07');
SELECT pg_temp.brief('owner', $$UPDATE setting SET value = '3' WHERE setting = 'response_working_days'$$);
SELECT pg_temp.brief('office_kamr_n1a', $$SELECT open_case('N1A-01', 'need', 'Within 3 days')$$);
SELECT subject, due_on FROM case_status ORDER BY case_id DESC LIMIT 1;
SELECT pg_temp.try('owner', $$UPDATE setting SET value = 'PAE' WHERE setting = 'calendar'$$);

\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
