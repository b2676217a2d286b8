-- Introductions of a new key account manager (4.11.1, 4.14.1): due 30 days after the assignment comes into force.
\set schema wf_introduction
\set prefix regress_introduction_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture

SELECT pg_temp.add_accounts('N1-A', 2, 2026), pg_temp.put_in_force(2026);
CALL pg_temp.at('2026-02-02 09:00+07');
-- last year's KAMR goes on with N1A-01 and N1A-02; N1A-03 and HQ-01 are new
SELECT pg_temp.add_accounts('N1-A', 3, 2027), pg_temp.add_accounts('HQ', 1, 2027), pg_temp.put_in_force(2027);
CALL pg_temp.at('2026-12-20 09:00+07');
SELECT pg_temp.try('owner', 'SELECT count(_lay_out_introductions(plan_id)) FROM plan');
SELECT pg_temp.try('owner', 'SELECT count(_lay_out_introductions(plan_id)) FROM plan WHERE plan_year = 2027');
-- before the plan year the days begin with it; 2026 was the first year for which there is a plan
SELECT introduction_id, account_id, unit_code, plan_year, staff_id, due_on FROM introduction ORDER BY plan_year, account_id;
SET ROLE regress_introduction_owner;
DELETE FROM introduction WHERE plan_year = 2026;
RESET ROLE;
-- the assignment of 2027 comes into force with the year
CALL pg_temp.at('2026-12-21 09:00+07');
SELECT pg_temp.try('office_kamr_n1a', $$SELECT record_introduction('N1A-03', '2026-12-21 08:00+07', 'telephone 081')$$);
CALL pg_temp.at('2027-01-31 10:00+07');
SELECT account_id, state, due_on FROM open_introduction ORDER BY 1;
SELECT pg_temp.try('office_kamr_n1a', $$SELECT record_introduction('N1A-03', '2027-01-31 09:00+07', 'telephone 081, LINE @kamr')$$);
CALL pg_temp.at('2027-02-01 10:00+07');
SELECT account_id, state, due_on FROM introduction_status ORDER BY 1;
SELECT pg_temp.try('hq_kamr_hq', $$SELECT record_introduction('HQ-01', '2027-02-01 09:00+07', 'telephone 082')$$);
SELECT account_id, staff_id, due_on, introduced_at, channels, state FROM introduction_status ORDER BY 1;
SELECT who, pg_temp.brief(who, format('SELECT record_introduction(%s)', call)) FROM (VALUES
	('office_kamr_n1a', $$'N1A-03', '2027-02-01 09:00+07', 'Again'$$), ('office_kamr_n1a', $$'N1A-01', '2027-02-01 09:00+07', 'Known already'$$),
	('office_kamr_n1a', $$'HQ-01', '2027-02-01 09:00+07', 'Not mine'$$), ('office_manager_n1a', $$'N1A-03', '2027-02-01 09:00+07', 'No KAMR'$$),
	('hq_kamr_hq', $$'HQ-01', '2027-02-02 09:00+07', 'Tomorrow'$$), ('hq_kamr_hq', $$'HQ-01', '2027-02-01 09:00+07', ' '$$)) v (who, call);
-- an account is handed over: the next introduction; and back: known
SET ROLE regress_introduction_owner;
ALTER TABLE assignment DISABLE TRIGGER USER;
UPDATE assignment SET ended_on = '2027-02-01', ended_reason = 'Handed over' WHERE account_id = 'N1A-01' AND plan_year = 2027;
INSERT INTO assignment (plan_id, plan_year, unit_code, account_id, tier, staff_id, responsibility, assigned_by, assigned_at, taken_over_from)
	SELECT plan_id, plan_year, unit_code, account_id, tier, 'kamr1_n1a', 'main', 'office_manager_n1a', '2027-02-01 10:00+07', assignment_id
	FROM assignment WHERE account_id = 'N1A-01' AND plan_year = 2027;
SELECT _lay_out_introduction(assignment_id) FROM assignment WHERE staff_id = 'kamr1_n1a';
SELECT account_id, staff_id, due_on, state FROM open_introduction;
-- who looks after it no longer needs none
UPDATE assignment SET ended_on = '2027-03-01', ended_reason = 'Handed back' WHERE staff_id = 'kamr1_n1a';
ALTER TABLE assignment ENABLE TRIGGER USER;
SELECT account_id, staff_id, state FROM introduction_status WHERE staff_id = 'kamr1_n1a';
SELECT count(*) FROM open_introduction;
RESET ROLE;
SELECT who, pg_temp.brief(who, 'SELECT count(*) FROM introduction_status') FROM unnest('{office_kamr_n1a,office_manager_n1a,office_manager_n1b,hq_kamr_hq,area_director_n1,stranger}'::text[]) who;
-- the days are a setting
SELECT pg_temp.try('owner', $$UPDATE setting SET value = '10' WHERE setting = 'introduction_days'$$);
SELECT pg_temp.try('owner', $$DELETE FROM introduction WHERE account_id = 'HQ-01'$$);
SELECT pg_temp.try('owner', 'SELECT count(_lay_out_introductions(plan_id)) FROM plan WHERE plan_year = 2027');
SELECT account_id, due_on FROM open_introduction;

\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
