-- The sweep (5): what is due soon or overdue is announced once, as a notice and on the channel kam_deadline.
\set schema wf_sweep
\set prefix regress_sweep_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture

SELECT pg_temp.add_accounts('N1-A', 2), pg_temp.add_accounts('N1-B', 1);
SELECT pg_temp.try('process_owner_hq', 'SELECT open_year(2027)');

-- ---- who ---------------------------------------------------------------------

SELECT who, pg_temp.try(who, 'SELECT sweep()')
FROM unnest('{owner,process_owner_hq,director_customer_information_hq,director_engineering_hq_hq,area_director_n1,office_kamr_n1a,reader,stranger}'::text[]) who;
SELECT pg_temp.brief('stranger', call) FROM unnest('{SELECT schedule_sweep(),SELECT unschedule_sweep()}'::text[]) call;

-- ---- what --------------------------------------------------------------------

CREATE VIEW pg_temp.announced AS
	SELECT kind, step, period, state, due_on, count(*) AS notices, min(unit_code) AS from_unit, max(unit_code) AS to_unit
	FROM wf_sweep.notice GROUP BY 1, 2, 3, 4, 5;
CALL pg_temp.at('2026-11-22 23:59+07');
SELECT pg_temp.try('owner', 'SELECT sweep()');
CALL pg_temp.at('2026-11-23 07:30+07');
SELECT pg_temp.try('owner', 'SELECT sweep()');
SELECT * FROM pg_temp.announced ORDER BY due_on, step, state;
-- each once, however often it is called
SELECT pg_temp.try('owner', 'SELECT sweep()'), pg_temp.try('process_owner_hq', 'SELECT sweep()');
CALL pg_temp.at('2026-12-01 07:30+07');
SELECT pg_temp.try('owner', 'SELECT sweep()');
SELECT * FROM pg_temp.announced ORDER BY due_on, step, state;
-- what is met is not announced
SELECT pg_temp.put_in_force(2027);
CALL pg_temp.at('2027-01-01 07:30+07');
SELECT pg_temp.try('owner', 'SELECT sweep()');
SELECT unit_code FROM notice WHERE step = 2 AND unit_code IN (SELECT unit_code FROM plan WHERE status = 'approved');

-- answers to customers when they are overdue, unless the clock stands still; introductions
CALL pg_temp.at('2027-01-12 09:00+07');
SET ROLE regress_sweep_office_kamr_n1a;
SELECT open_case('N1A-01', 'problem', 'Voltage dips'), open_case('N1A-02', 'need', 'Second feeder');
SELECT pause_case(2, 'The customer is away');
RESET ROLE;
SET ROLE regress_sweep_owner;
INSERT INTO introduction (account_id, unit_code, plan_year, staff_id, assignment_id, due_on)
	SELECT account_id, unit_code, plan_year, staff_id, assignment_id, '2027-01-25' FROM assignment WHERE account_id LIKE 'N1A%';
RESET ROLE;
CALL pg_temp.at('2027-01-19 23:59+07');
SELECT pg_temp.try('owner', 'SELECT sweep()');
CALL pg_temp.at('2027-01-20 00:00+07');
SELECT pg_temp.try('office_kamr_n1a', $$SELECT record_introduction('N1A-02', '2027-01-19 10:00+07', 'telephone 053-000001')$$);
CALL pg_temp.at('2027-01-26 00:00+07');
SELECT pg_temp.try('owner', 'SELECT sweep()');
SELECT kind, subject_id, state, due_on, unit_code, account_id, noticed_at FROM notice WHERE kind <> 'deadline' ORDER BY notice_id;
-- a date that is moved is announced anew
SET ROLE regress_sweep_owner;
UPDATE introduction SET due_on = '2027-01-30' WHERE account_id = 'N1A-01';
RESET ROLE;
SELECT pg_temp.try('owner', 'SELECT sweep()');

-- years long over are not gone through every morning
SELECT pg_temp.brief('process_owner_hq', 'SELECT open_year(2020) > 0');
SELECT pg_temp.try('owner', 'SELECT sweep()');

-- ---- who sees it -------------------------------------------------------------

SELECT who, pg_temp.try(who, $$SELECT format('%s notices of %s units, on %s accounts', count(*), count(DISTINCT unit_code), count(DISTINCT account_id)) FROM notice$$)
FROM unnest('{office_kamr_n1a,office_manager_n1a,office_kamr_n1b,office_manager_c1a,area_director_n1,hq_kamr_hq,process_owner_hq,reader,application,stranger}'::text[]) who;
SELECT pg_temp.brief('owner', $$INSERT INTO notice (kind, subject_id, state, due_on, unit_code, noticed_at)
	SELECT kind, subject_id, state, due_on, unit_code, noticed_at FROM notice LIMIT 1$$);

-- ---- pg_cron -----------------------------------------------------------------

SELECT replace(regexp_replace(pg_temp.try('owner', call), 'postgresql-\d+-cron', 'its name'), current_database(), 'this_database')
FROM unnest('{SELECT schedule_sweep(),SELECT unschedule_sweep()}'::text[]) call;

\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
