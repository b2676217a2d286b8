-- 4.7: the director, personnel development, runs the yearly training and test of KAMRs; 6.1.2.1(4) asks for it.
BEGIN;
\set schema wf_training
\set prefix regress_training_
\ir ../sql/include/workflow_fixture.sql
\set ECHO none
RESET search_path;
SET search_path = wf_training, public;
SELECT plan(16);

SELECT pg_temp.act('process_owner_hq') \g /dev/null
SELECT open_year(2027) \g /dev/null
SELECT pg_temp.act('office_manager_n1a') \g /dev/null
SELECT appoint_kamr(2027, 'N1-A', 'newcomer_n1a', 'office', '2027-03-01') \g /dev/null
RESET ROLE;
-- The newcomer's point 4 after a record of 4.7's: curriculum, trained, tested, passed.
CREATE FUNCTION pg_temp.after(record text DEFAULT NULL) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	IF record IS NOT NULL THEN
		PERFORM pg_temp.act('director_personnel_development_hq');
		EXECUTE format('SELECT wf_training.record_training(%L, 2026, %s)', 'newcomer_n1a', record);
		PERFORM pg_temp.act(NULL);
	END IF;
	RETURN (SELECT q.met FROM wf_training.kamr_qualification(2027, 'N1-A', 'newcomer_n1a') q WHERE q.point = 4);
END $$;
SELECT is(pg_temp.after(), NULL, '6.1.2.1(4): no record, unknown');
SELECT is(pg_temp.after($$'KAMR', '2026-06-01'$$), NULL, '4.7: trained and not tested, unknown');
SELECT is(pg_temp.after($$'KAMR', '2026-06-01', '2026-06-05', false$$), false, '4.7: failed');
SELECT is(pg_temp.after($$'KAMR', '2026-06-01', '2026-09-05', true$$), true, '4.7: passed the second time');
SELECT is(pg_temp.after($$'Digital service', '2026-06-01', '2026-06-05', false$$), true, '4.7: a test of another curriculum that was failed takes nothing away');
SELECT is((SELECT recorded_by FROM training WHERE staff_id = 'newcomer_n1a' AND curriculum = 'KAMR'), 'director_personnel_development_hq', '4.7: with whoever recorded it');
SELECT is((SELECT array_agg(row_now ->> 'passed' ORDER BY history_id) FROM history WHERE table_name = 'training' AND row_key = 'newcomer_n1a|2026|KAMR'),
	ARRAY[NULL, 'false', 'true'], '4.7: earlier records stay in the history');
-- A passed test does not expire, unless a setting says so (R15).
UPDATE training SET tested_on = '2010-03-01', training_year = 2010, trained_on = NULL WHERE staff_id = 'newcomer_n1a' AND curriculum = 'KAMR';
SELECT is(pg_temp.after(), true, '6.1.2.1(4), R15: a passed test does not expire');
UPDATE setting SET value = '17' WHERE setting = 'test_valid_years';
SELECT is(pg_temp.after(), true, '6.1.2.1(4), R15: by a setting after so many years, counted to the day');
UPDATE setting SET value = '16' WHERE setting = 'test_valid_years';
SELECT is(pg_temp.after(), false, '6.1.2.1(4), R15: by a setting it does');
UPDATE setting SET value = '' WHERE setting = 'test_valid_years';
-- By whom
SELECT is_empty($$SELECT who FROM unnest(ARRAY['director_personnel_development_hq']) who
	WHERE pg_temp.brief(who, 'SELECT record_training($f$kamr1_n1a$f$, 2026, $f$KAMR$f$)') ~ '^42501'$$, '4.7: the director, personnel development, records');
SELECT is_empty($$SELECT s.staff_id FROM staff s
	WHERE s.staff_id <> 'director_personnel_development_hq'
		AND pg_temp.brief(s.staff_id, 'SELECT record_training($f$kamr1_n1a$f$, 2026, $f$KAMR$f$)') !~ '^42501'$$, '4.7: nobody else does');
SELECT is(left(pg_temp.brief('director_personnel_development_hq', 'SELECT record_training($$nobody$$, 2026, $$KAMR$$)'), 5), 'P0002', '4.7: of those who are there');
SELECT is(left(pg_temp.brief('director_personnel_development_hq', 'SELECT record_training($$kamr1_n1a$$, 2026, $$KAMR$$, NULL, $$2026-10-02$$, true)'), 5), '22008', '4.7: after the test, not before');
SELECT is(left(pg_temp.brief('director_personnel_development_hq', 'SELECT record_training($$kamr1_n1a$$, 2026, $$KAMR$$, NULL, NULL, true)'), 5), '23514', '4.7: with the day of the test');
SELECT is(left(pg_temp.brief('director_personnel_development_hq', 'SELECT record_training($$kamr1_n1a$$, 2569, $$KAMR$$)'), 5), '22023', '4.7: in years of the common era');

SELECT * FROM finish();
ROLLBACK;
