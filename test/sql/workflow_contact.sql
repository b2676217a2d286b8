-- Contacts are recorded within 7 days, late ones are taken and marked (5, step 5; R19); activities of the plan are done
-- (5, step 4).
\set schema wf_contact
\set prefix regress_contact_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture

SELECT pg_temp.add_accounts('N1-A', 3), pg_temp.add_accounts('N1-B', 1), pg_temp.add_accounts('HQ', 1);
SET ROLE regress_contact_owner;
INSERT INTO plan_year VALUES (2027, '2026-09-01 09:00+07', 'process_owner_hq');
INSERT INTO plan (plan_year, unit_code, route) VALUES (2027, 'N1-A', 'office'), (2027, 'N1-B', 'office');
INSERT INTO activity (plan_id, plan_year, unit_code, account_id, activity, due_on)
	SELECT p.plan_id, 2027, p.unit_code, a.account_id, 'Visit', '2027-03-31'
	FROM plan p JOIN account a USING (unit_code) ORDER BY a.account_id;
RESET ROLE;
SELECT pg_temp.put_in_force(2027);
CALL pg_temp.at('2027-03-12 10:00+07');

-- ---- contacts ----------------------------------------------------------------

-- the day itself is not counted, the 7th counts to its end in Bangkok; the 8th and 9th day are taken, and marked
SET timezone = 'America/New_York';
SET ROLE regress_contact_office_kamr_n1a;
SELECT record_contact('N1A-01', '2027-03-12 09:00+07', 'visit', 'Yearly visit', 'Wants a second feeder', 1);
SELECT record_contact('N1A-01', '2027-03-05 00:00+07', 'telephone', 'On the 7th day');
SELECT record_contact('N1A-01', '2027-03-04 23:59:59+07', 'telephone', 'On the 8th day');
SELECT record_contact('N1A-02', '2027-03-03 09:00+07', 'line', 'On the 9th day');
SELECT record_contact('N1A-02', '2026-12-31 23:59+07', 'email', 'Of last year');
SELECT record_contact('N1A-02', '2026-12-31 17:00+00', 'email', 'Of this year, in Bangkok');
SELECT contact_id, account_id, unit_code, plan_year, activity_id, staff_id, days_late, channel, subject FROM contact ORDER BY 1;
SELECT * FROM contact_rate ORDER BY 1, 2, 3;
SET timezone = 'Asia/Bangkok';
RESET ROLE;

-- whose account it is
SELECT who, pg_temp.brief(who, $$SELECT record_contact('N1A-01', '2027-03-12 09:00+07', 'visit', 'Visit')$$)
FROM unnest('{office_kamr_n1b,senior_kamr_n1a,section_head_n1a,office_manager_n1a,area_kamr_n1,area_director_n1,stranger,reader}'::text[]) who;
-- one that exists elsewhere and one that does not: alike
SELECT pg_temp.brief('office_kamr_n1a', $$SELECT record_contact('N1B-01', '2027-03-12 09:00+07', 'visit', 'Visit')$$);
SELECT pg_temp.brief('office_kamr_n1a', $$SELECT record_contact('N1B-99', '2027-03-12 09:00+07', 'visit', 'Visit')$$);
SELECT pg_temp.brief('office_kamr_n1a', $$SELECT record_contact(NULL, '2027-03-12 09:00+07', 'visit', 'Visit')$$);
-- an area KAMR beside the office's, once assigned to the account
SET ROLE regress_contact_owner;
ALTER TABLE assignment DISABLE TRIGGER USER;
INSERT INTO assignment (plan_id, plan_year, unit_code, account_id, selection_id, tier, staff_id, responsibility, assigned_by, assigned_at)
	SELECT plan_id, plan_year, unit_code, account_id, selection_id, tier, 'area_kamr_n1', 'area', 'director_customer_service_n1', assigned_at
	FROM assignment WHERE account_id = 'N1A-01';
ALTER TABLE assignment ENABLE TRIGGER USER;
RESET ROLE;
SELECT pg_temp.try('area_kamr_n1', $$SELECT record_contact('N1A-01', '2027-03-12 09:00+07', 'visit', 'Visit')$$);

-- who reads it
SELECT who, pg_temp.try(who, 'SELECT count(*) FROM contact')
FROM unnest('{office_kamr_n1a,office_kamr_n1b,senior_kamr_n1a,office_manager_n1a,office_manager_n1b,area_director_n1,area_director_c1,area_kamr_n1,deputy_governor_strategy_hq,director_engineering_hq_hq,reader,stranger}'::text[]) who;

-- bad input
SELECT call, pg_temp.try('office_kamr_n1a', format('SELECT record_contact(%s)', call)) FROM unnest(ARRAY[
	$$'N1A-01', '2027-03-12 10:02+07', 'visit', 'From the future'$$,
	$$'N1A-01', '2570-03-12 09:00+07', 'visit', 'Of the Buddhist era'$$,
	$$'N1A-01', 'infinity', 'visit', 'Never'$$,
	$$'N1A-01', '-infinity', 'visit', 'Always'$$,
	$$'N1A-01', NULL, 'visit', 'When?'$$,
	$$'N1A-01', '2027-03-12 09:00+07', 'pigeon', 'How?'$$,
	$$'N1A-01', '2027-03-12 09:00+07', NULL, 'How?'$$,
	$$'N1A-01', '2027-03-12 09:00+07', 'visit', NULL$$,
	$$'N1A-01', '2027-03-12 09:00+07', 'visit', ' '$$,
	$$'N1A-01', '2027-03-12 09:00+07', 'visit', 'Another account''s activity', activity_id => 4$$,
	$$'N1A-01', '2027-03-12 09:00+07', 'visit', 'No activity', activity_id => 99$$]) call;
-- nobody writes but through the functions, and nobody changes what is recorded
SELECT pg_temp.try('office_kamr_n1a', 'UPDATE contact SET happened_at = recorded_at');
SELECT pg_temp.try('office_manager_n1a', 'INSERT INTO contact DEFAULT VALUES');
SELECT pg_temp.try('owner', 'UPDATE contact SET days_late = 0');
SELECT pg_temp.try('owner', 'DELETE FROM contact');

-- the days are a setting
SELECT pg_temp.try('owner', $$UPDATE setting SET value = '10' WHERE setting = 'record_days'$$);
SELECT pg_temp.try('office_kamr_n1a', $$SELECT record_contact('N1A-02', '2027-03-02 09:00+07', 'line', 'On the 10th day')$$);
SELECT days_late FROM contact ORDER BY contact_id DESC LIMIT 1;
SELECT pg_temp.try('owner', $$UPDATE setting SET value = 'ten' WHERE setting = 'record_days'$$);

-- ---- activities ----------------------------------------------------------------

SELECT pg_temp.try('office_kamr_n1a', $$SELECT complete_activity(1, '2027-03-12 09:00+07', 'Offer for a second feeder made')$$);
SELECT pg_temp.try('office_kamr_n1a', 'SELECT complete_activity(1)');
SELECT activity_id, account_id, due_on, done_at, done_by, result FROM activity ORDER BY 1;
SELECT call, pg_temp.brief('office_kamr_n1a', format('SELECT complete_activity(%s)', call)) FROM unnest(ARRAY[
	$$2, '2027-03-12 10:02+07'$$, $$2, '2026-12-31 23:59+07'$$, '4', '99', 'NULL']) call;
SELECT who, pg_temp.brief(who, 'SELECT complete_activity(2)')
FROM unnest('{senior_kamr_n1a,office_manager_n1a,section_head_n1a,area_kamr_n1,office_kamr_n1b,stranger}'::text[]) who;
-- what was said to be done by mistake
SELECT pg_temp.try('office_kamr_n1a', $$SELECT reopen_activity(1, '')$$);
SELECT pg_temp.try('office_kamr_n1a', $$SELECT reopen_activity(1, 'It was another account that was visited')$$);
SELECT pg_temp.try('office_kamr_n1a', $$SELECT reopen_activity(1, 'Again')$$);
SELECT activity_id, done_at, result FROM activity WHERE activity_id = 1;
SELECT subject, subject_id, action, staff_id, post, reason FROM decision;
SELECT operation, changed_by, row_now ->> 'result' AS result FROM history
WHERE table_name = 'activity' AND row_key = '1' AND operation = 'UPDATE' ORDER BY history_id;
-- late is late, but taken
CALL pg_temp.at('2028-01-03 09:00+07');
SELECT pg_temp.try('office_kamr_n1a', $$SELECT complete_activity(1, '2028-01-03 08:00+07')$$);
-- one that an amendment took out, one whose plan is on its way
SET ROLE regress_contact_owner;
ALTER TABLE activity DISABLE TRIGGER USER;
UPDATE activity SET ended_on = '2027-06-30' WHERE activity_id = 2;
ALTER TABLE activity ENABLE TRIGGER USER;
ALTER TABLE plan DISABLE TRIGGER USER;
INSERT INTO plan (plan_year, unit_code, route, amendment_no, amendment_reason) VALUES (2027, 'N1-A', 'office', 1, 'More visits');
ALTER TABLE plan ENABLE TRIGGER USER;
INSERT INTO activity (plan_id, plan_year, unit_code, account_id, activity, due_on)
	SELECT p.plan_id, 2027, 'N1-A', 'N1A-03', 'Another visit', '2027-12-31' FROM plan p WHERE p.amendment_no = 1;
RESET ROLE;
SELECT pg_temp.try('office_kamr_n1a', 'SELECT complete_activity(2)');
SELECT pg_temp.try('office_kamr_n1a', 'SELECT complete_activity(5)');
SELECT pg_temp.try('office_kamr_n1a', $$SELECT record_contact('N1A-03', '2028-01-03 08:00+07', 'visit', 'Visit', activity_id => 5)$$);

\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
