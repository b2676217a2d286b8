-- Introductions of a new key account manager (4.11.1, 4.14.1): due 30 days after the assignment comes into force.
\set schema wf_introduction
\set prefix regress_introduction_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture

SELECT pg_temp.add_accounts('N1-A', 2, 2026), pg_temp.put_in_force(2026);
-- the first year for which there is a plan: everybody is new
CALL pg_temp.at('2025-12-20 09:00+07');
SELECT pg_temp.try('owner', 'SELECT count(_lay_out_introductions(plan_id)) FROM plan');
CALL pg_temp.at('2026-01-05 09:00+07');
SELECT pg_temp.brief('office_kamr_n1a', $$SELECT record_introduction('N1A-01', '2026-01-05 09:00+07', 'telephone 081')$$);
SELECT account_id, plan_year, staff_id, due_on, state FROM introduction_status ORDER BY 1;
-- last year's KAMR goes on with N1A-01 and N1A-02; N1A-03 and HQ-01 are new
SELECT pg_temp.add_accounts('N1-A', 3, 2027), pg_temp.add_accounts('HQ', 1, 2027), pg_temp.put_in_force(2027);
CALL pg_temp.at('2026-12-20 09:00+07');
SELECT pg_temp.try('owner', 'SELECT count(_lay_out_introductions(plan_id)) FROM plan WHERE plan_year = 2027');
SELECT pg_temp.try('owner', 'SELECT count(_lay_out_introductions(plan_id)) FROM plan WHERE plan_year = 2027');
-- before the plan year the days begin with it; what was not done last year is due still
SELECT introduction_id, account_id, unit_code, plan_year, staff_id, due_on FROM introduction ORDER BY plan_year, account_id;
-- the assignment of 2027 comes into force with the year
CALL pg_temp.at('2026-12-21 09:00+07');
SELECT pg_temp.brief('office_kamr_n1a', $$SELECT record_introduction('N1A-03', '2026-12-21 08:00+07', 'telephone 081')$$);
CALL pg_temp.at('2027-01-31 10:00+07');
SELECT account_id, state, due_on FROM open_introduction ORDER BY 1;
SELECT pg_temp.try('office_kamr_n1a', $$SELECT record_introduction('N1A-03', '2027-01-31 09:00+07', 'telephone 081, LINE @kamr')$$);
CALL pg_temp.at('2027-02-01 10:00+07');
SELECT account_id, plan_year, state, due_on FROM introduction_status ORDER BY 1, 2;
SELECT pg_temp.try('hq_kamr_hq', $$SELECT record_introduction('HQ-01', '2027-02-01 09:00+07', 'telephone 082')$$);
SELECT account_id, staff_id, due_on, introduced_at, channels, state FROM introduction_status ORDER BY 1, 3;
SELECT who, pg_temp.brief(who, format('SELECT record_introduction(%s)', call)) FROM (VALUES
	('office_kamr_n1a', $$'N1A-03', '2027-02-01 09:00+07', 'Again'$$), ('office_kamr_n1a', $$'N1A-01', '2027-02-01 09:00+07', 'Known already'$$),
	('office_kamr_n1a', $$'HQ-01', '2027-02-01 09:00+07', 'Not mine'$$), ('office_manager_n1a', $$'N1A-03', '2027-02-01 09:00+07', 'No KAMR'$$),
	('hq_kamr_hq', $$'HQ-01', '2027-02-02 09:00+07', 'Tomorrow'$$), ('hq_kamr_hq', $$'HQ-01', '2027-02-01 09:00+07', ' '$$)) v (who, call);
-- an account is handed over: the next introduction; who no longer looks after the account needs none any more
SELECT pg_temp.try('office_manager_n1a', $$SELECT hand_over_account(2027, 'N1A-02', 'senior_kamr_n1a', 'Asked for by the customer')$$) AS assignment \gset
SELECT account_id, plan_year, staff_id, due_on, state FROM introduction_status WHERE account_id = 'N1A-02' ORDER BY introduction_id;
-- back to who had it before: known, on the same day and a month later
SELECT pg_temp.try('office_manager_n1a', $$SELECT hand_over_account(2027, 'N1A-02', 'office_kamr_n1a', 'A mistake')$$) AS assignment \gset
SELECT account_id, plan_year, staff_id, due_on, state FROM introduction_status WHERE account_id = 'N1A-02' ORDER BY introduction_id;
SELECT pg_temp.try('office_manager_n1a', $$SELECT hand_over_account(2027, 'N1A-01', 'senior_kamr_n1a', 'Leave')$$) AS assignment \gset
CALL pg_temp.at('2027-03-01 10:00+07');
SELECT pg_temp.try('office_manager_n1a', $$SELECT hand_over_account(2027, 'N1A-01', 'office_kamr_n1a', 'Back from leave')$$) AS assignment \gset
SELECT account_id, plan_year, staff_id, due_on, state FROM introduction_status WHERE account_id = 'N1A-01' ORDER BY introduction_id;
SELECT pg_temp.brief('office_kamr_n1a', $$SELECT record_introduction('N1A-01', '2027-02-28 10:00+07', 'telephone 081')$$);
SELECT who, pg_temp.brief(who, 'SELECT count(*) FROM introduction_status') FROM unnest('{office_kamr_n1a,office_manager_n1a,office_manager_n1b,hq_kamr_hq,area_director_n1,stranger}'::text[]) who;
-- the days are a setting
SELECT pg_temp.try('owner', $$UPDATE setting SET value = '10' WHERE setting = 'introduction_days'$$);
SELECT pg_temp.try('owner', $$DELETE FROM introduction WHERE account_id = 'HQ-01'$$);
SELECT pg_temp.try('owner', 'SELECT count(_lay_out_introductions(plan_id)) FROM plan WHERE plan_year = 2027');
SELECT account_id, due_on FROM open_introduction WHERE account_id = 'HQ-01';

\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
