-- Deadlines (5): laid out when a year is opened, met by what happens, shown to those who hold a post in the unit.
\set schema wf_deadline
\set prefix regress_deadline_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture

-- ---- opening a year ----------------------------------------------------------

SELECT year, pg_temp.try('process_owner_hq', format('SELECT open_year(%L)', year)) FROM unnest('{2570,2400,1959,-1,NULL}'::int[]) year;
SELECT who, pg_temp.brief(who, 'SELECT open_year(2027)')
FROM unnest('{area_director_n1,director_engineering_hq_hq,office_manager_n1a,owner,reader,application,stranger}'::text[]) who;
SELECT pg_temp.try('director_customer_information_hq', 'SELECT open_year(2027)');
SELECT plan_year, opened_at, opened_by FROM plan_year;
SELECT step, kind, count(*), min(period), max(period), min(due_on), max(due_on), min(section) FROM deadline_status
GROUP BY 1, 2 ORDER BY 1, 2;

-- again: what new units lack; closed ones owe nothing
SET ROLE regress_deadline_owner;
INSERT INTO unit (unit_code, kind, office_class, parent_unit, name_th, name_en) VALUES ('S1-A', 'office', 2, 'S1', 'กฟอ.ชะอำ', 'Office S1-A');
INSERT INTO unit (unit_code, kind, office_class, parent_unit, name_th, name_en, closed_on)
	VALUES ('S1-B', 'office', 2, 'S1', 'ปิดแล้ว', 'Closed', '2026-09-30');
RESET ROLE;
SELECT pg_temp.brief('section_head_n1a', $$SELECT publish_report('monthly', 'S1-A', 2027, 'M01')$$);
SELECT pg_temp.try('process_owner_hq', 'SELECT open_year(2027)');
SELECT unit_code, count(*) FROM deadline WHERE unit_code LIKE 'S1-%' GROUP BY 1;
SELECT p.unit_code, p.route, p.status FROM plan p WHERE p.unit_code LIKE 'S1%' ORDER BY 1;
-- a unit that closes during the year owes nothing that is due from then on
SET ROLE regress_deadline_owner;
UPDATE unit SET closed_on = '2027-02-28' WHERE unit_code = 'S1-A';
RESET ROLE;
SELECT step, period, due_on FROM deadline_status WHERE unit_code = 'S1-A' ORDER BY 3, 1;
SELECT pg_temp.try('process_owner_hq', 'SELECT open_year(2027)');

-- what kam.process_step dates otherwise is moved, and added: a circular asks for the list by the end of July
BEGIN;
INSERT INTO kam.process_step (step, due_month, due_day, note) VALUES (7, 7, NULL, 'Circular 1/2570');
SELECT pg_temp.try('process_owner_hq', 'SELECT open_year(2027)');
SELECT due_on, count(*) FROM deadline WHERE step = 7 GROUP BY 1;
SELECT operation, count(*) FROM history WHERE table_name = 'deadline' AND operation = 'UPDATE' GROUP BY 1;
ROLLBACK;

-- ---- states ------------------------------------------------------------------

SET ROLE regress_deadline_office_manager_n1a;
SET timezone = 'America/New_York';
CALL pg_temp.at('2026-11-22 23:59:59+07');
SELECT state, working_days_left FROM deadline_status WHERE unit_code = 'N1-A' AND step = 1;
CALL pg_temp.at('2026-11-23 00:00:00+07');
SELECT state, working_days_left FROM deadline_status WHERE unit_code = 'N1-A' AND step = 1;
CALL pg_temp.at('2026-11-30 23:59:59+07');
SELECT state, working_days_left FROM deadline_status WHERE unit_code = 'N1-A' AND step = 1;
CALL pg_temp.at('2026-12-01 00:00:00+07');
SELECT state, working_days_left FROM deadline_status WHERE unit_code = 'N1-A' AND step = 1;
SET timezone = 'Asia/Bangkok';
-- how soon is soon is a setting
RESET ROLE;
BEGIN;
UPDATE setting SET value = '40' WHERE setting = 'soon_days';
SELECT state, count(*) FROM deadline_status WHERE unit_code = 'N1-A' GROUP BY 1 ORDER BY 1;
ROLLBACK;

-- R20: beyond what the calendar knows the working days are not known; the view still answers
SET ROLE regress_deadline_office_manager_n1a;
SELECT step, period, due_on, state, working_days_left FROM deadline_status WHERE due_on > '2027-12-01' ORDER BY due_on, step;
RESET ROLE;
SELECT pg_temp.try('process_owner_hq', 'SELECT open_year(2090)');
SELECT state, count(*), count(working_days_left) FROM deadline_status WHERE plan_year = 2090 GROUP BY 1;
CALL pg_temp.at('2091-12-01 09:00+07');
SELECT plan_year, state, count(*), sum(working_days_left) FROM deadline_status GROUP BY 1, 2 ORDER BY 1, 2;
CALL pg_temp.at('2026-12-01 09:00+07');

-- ---- what meets them ---------------------------------------------------------

SELECT pg_temp.add_accounts('N1-A', 2), pg_temp.add_accounts('N1-B', 1);
SET ROLE regress_deadline_owner;
INSERT INTO activity (plan_id, plan_year, unit_code, account_id, activity, due_on)
	SELECT p.plan_id, 2027, p.unit_code, a.account_id, 'Visit', d
	FROM plan p JOIN account a USING (unit_code), unnest('{2027-03-31,2027-09-30}'::date[]) d
	WHERE p.plan_year = 2027 AND unit_code = 'N1-A' ORDER BY d, 4;
RESET ROLE;
SELECT pg_temp.put_in_force(2027);
CALL pg_temp.at('2027-03-20 09:00+07');
-- a plan that was approved elsewhere was handed in by then; one without activities leaves nothing to do in steps 4 and 5
SELECT unit_code, step, state, met_at FROM deadline_status WHERE unit_code LIKE 'N1-%' AND plan_year = 2027 AND step IN (1, 2, 4, 5) ORDER BY 1, 2;

SET ROLE regress_deadline_office_kamr_n1a;
SELECT enter_system('N1-A', 2027, 'CRM plus'), enter_system('N1-A', 2027, 'Customer Integration DB', '{customers,staff}');
SELECT enter_system('N1-A', 2027, 'CRM plus', '{plan,plan}');
SELECT system, what, entered_at, entered_by FROM system_entry ORDER BY system_entry_id;
SELECT complete_activity(activity_id, '2027-03-10 09:00+07', 'done') FROM activity WHERE account_id = 'N1A-01';
SELECT record_contact('N1A-01', '2027-03-10 09:00+07', 'visit', 'Visit', activity_id => 1);
SELECT step, state, met_at FROM deadline_status WHERE unit_code = 'N1-A' AND plan_year = 2027 AND step <= 5 ORDER BY 1;
SELECT complete_activity(activity_id, '2027-03-20 08:00+07', 'done') FROM activity WHERE account_id = 'N1A-02';
SELECT step, state, met_at FROM deadline_status WHERE unit_code = 'N1-A' AND plan_year = 2027 AND step IN (4, 5) ORDER BY 1;
SELECT record_contact(account_id, done_at, 'visit', 'Visit', activity_id => activity_id) FROM activity WHERE activity_id > 1;
SELECT step, state, met_at FROM deadline_status WHERE unit_code = 'N1-A' AND plan_year = 2027 AND step IN (4, 5) ORDER BY 1;
RESET ROLE;
-- what is left undone: step 4 stays overdue, step 5 is met when the year is over and all that was done is recorded
SELECT pg_temp.try('office_kamr_n1a', $$SELECT reopen_activity(3, 'It was another account')$$);
SELECT step, state, met_at FROM deadline_status WHERE unit_code = 'N1-A' AND plan_year = 2027 AND step IN (4, 5) ORDER BY 1;
CALL pg_temp.at('2028-01-01 00:00+07');
SELECT step, state, met_at FROM deadline_status WHERE unit_code = 'N1-A' AND plan_year = 2027 AND step IN (4, 5) ORDER BY 1;
CALL pg_temp.at('2027-03-20 09:00+07');

-- bad input
SELECT pg_temp.try('office_kamr_n1a', call) FROM unnest(ARRAY[
	$$SELECT enter_system('N1-A', 2027, 'SAP')$$, $$SELECT enter_system('N1-A', 2027, NULL)$$,
	$$SELECT enter_system('N1-A', 2027, 'CRM plus', '{}')$$, $$SELECT enter_system('N1-A', 2027, 'CRM plus', '{bills}')$$,
	$$SELECT enter_system('N1-A', 2027, 'CRM plus', '{plan,NULL}')$$, $$SELECT enter_system('N1-A', 2570, 'CRM plus')$$,
	$$SELECT enter_system('N1-A', 2028, 'CRM plus')$$, $$SELECT enter_system('N1-B', 2027, 'CRM plus')$$,
	$$SELECT enter_system('X9', 2027, 'CRM plus')$$, $$SELECT enter_system(NULL, 2027, 'CRM plus')$$,
	$$DELETE FROM system_entry$$, $$INSERT INTO deadline (plan_year, step, unit_code, due_on) VALUES (2027, 8, 'N1-A', '2027-01-01')$$]) call;

-- ---- who sees what -----------------------------------------------------------

-- the unit's deadlines are seen by all who hold a post there; a KAMR sees the same states as the manager, though not
-- the activities of others that they follow from
SELECT who, pg_temp.try(who, $$SELECT format('%s deadlines of %s units, %s met, activities: %s', count(*), count(DISTINCT unit_code),
	count(met_at), (SELECT count(*) FROM activity)) FROM deadline_status WHERE plan_year = 2027$$)
FROM unnest('{office_kamr_n1a,section_head_n1a,office_manager_n1a,office_manager_n1b,area_kamr_n1,area_director_n1,deputy_governor_region_r1,
	hq_kamr_hq,deputy_governor_strategy_hq,director_engineering_hq_hq,process_owner_hq,reader,owner,application,stranger}'::text[]) who;
SELECT pg_temp.act('application');
SELECT act_for('office_manager_n1a');
SELECT unit_code, state, count(*) FROM deadline_status WHERE plan_year = 2027 GROUP BY 1, 2 ORDER BY 1, 2;
SELECT act_for(NULL);
RESET ROLE;
-- the functions behind the views give a stranger nothing
SELECT pg_temp.try('stranger', format('SELECT count(*) FROM %s', f)) FROM unnest(ARRAY['_my_deadline_events(2027)', '_deadline_status(2027)',
	$$_deadline_events(2027, '{N1-A}')$$, 'deadline', 'deadline_rule', 'system_entry', 'deadline_event']) f;

\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
