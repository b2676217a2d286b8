-- Key account managers (6.1.2.1): appointment, the five points, training (4.7).
\set schema wf_kamr
\set prefix regress_kamr_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture
\pset format unaligned
\pset tuples_only on

SELECT pg_temp.put_in_force(2026);
SET ROLE :owner;
INSERT INTO plan_year VALUES (2027, '2026-10-01 09:00+07', 'process_owner_hq');
INSERT INTO plan (plan_year, unit_code, route)
SELECT 2027, unit_code, kind FROM unit WHERE unit_code IN ('HQ', 'N1', 'C1', 'N1-A', 'N1-B', 'C1-A');
RESET ROLE;

---- Appointment: the level fits the unit

SELECT u, l, pg_temp.brief(who, format('SELECT appoint_kamr(2027, %L, %L, %L)', u, whom, l))
FROM (VALUES ('N1-A', 'office_manager_n1a', 'kamr1_n1a'), ('N1', 'director_customer_service_n1', 'area_kamr_n1'),
	('HQ', 'director_engineering_hq_hq', 'kamr1_hq')) v (u, who, whom),
	unnest(ARRAY['area', 'hq', 'head', NULL, 'senior', 'office']) WITH ORDINALITY l (l, n) ORDER BY u, n;
SELECT pg_temp.brief('director_customer_service_n1', 'SELECT appoint_kamr(2027, $$N1$$, $$area_kamr_n1$$, $$area$$)');
SELECT pg_temp.brief('director_engineering_hq_hq', 'SELECT appoint_kamr(2027, $$HQ$$, $$kamr1_hq$$, $$hq$$)');
SELECT unit_code, staff_id, level, appointed_from, good_relations, appointed_by FROM kamr WHERE plan_year = 2027 ORDER BY kamr_id;
-- Twice; from a day outside the year; somebody who has left; of another unit, or not there at all.
SELECT pg_temp.try('office_manager_n1a', 'SELECT appoint_kamr(2027, $$N1-A$$, $$kamr1_n1a$$, $$office$$)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT appoint_kamr(2027, $$N1-A$$, $$kamr2_n1a$$, $$office$$, $$2026-12-31$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT appoint_kamr(2027, $$N1-A$$, $$kamr2_n1a$$, $$office$$, $$2028-01-01$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT appoint_kamr(2570, $$N1-A$$, $$kamr2_n1a$$, $$office$$)');
SET ROLE :owner;
UPDATE staff SET left_on = '2026-12-31' WHERE staff_id = 'kamr2_n1b';
RESET ROLE;
SELECT pg_temp.try('office_manager_n1b', 'SELECT appoint_kamr(2027, $$N1-B$$, $$kamr2_n1b$$, $$office$$)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT appoint_kamr(2027, $$N1-A$$, $$kamr1_n1b$$, $$office$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT appoint_kamr(2027, $$N1-A$$, $$nobody$$, $$office$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT appoint_kamr(2027, $$N1-A$$, NULL, $$office$$)');
-- Whose decision it is.
SELECT who, pg_temp.brief(who, 'SELECT appoint_kamr(2027, $$N1-A$$, $$kamr2_n1a$$, $$office$$)')
FROM unnest(ARRAY['section_head_n1a', 'office_manager_n1b', 'director_customer_service_n1', 'area_director_n1',
	'director_engineering_hq_hq', 'senior_kamr_n1a', 'reader', 'stranger']) who;
SELECT pg_temp.try('office_manager_n1a', 'SELECT appoint_kamr(2027, $$N1-B$$, $$kamr1_n1b$$, $$office$$)');

---- The five points

SELECT pg_temp.brief('office_manager_n1a', 'SELECT appoint_kamr(2027, $$N1-A$$, $$newcomer_n1a$$, $$office$$, $$2027-02-01$$)');
SET ROLE regress_kamr_office_manager_n1a;
SELECT staff_id, point, met, waived, finding_en, section FROM kamr_qualification(2027, 'N1-A');
SELECT finding_th FROM kamr_qualification(2027, 'N1-A', 'newcomer_n1a');
-- Area KAMRs are selected by 4.6, and not checked unless rows add rules (R15).
SELECT count(*) FROM kamr_qualification(2027, 'N1');
-- Another unit's are not to be seen.
SELECT count(*) FROM kamr_qualification(2027, 'HQ');
RESET ROLE;
SELECT pg_temp.try('area_director_n1', 'SELECT count(*) FROM kamr_qualification(2027, $$N1-A$$)');
SELECT pg_temp.try('director_engineering_hq_hq', 'SELECT count(*) FROM kamr_qualification(2027, $$HQ$$)');
SELECT pg_temp.try('office_manager_n1b', 'SELECT count(*) FROM kamr_qualification(2027, $$N1-A$$)');
SET ROLE :owner;
INSERT INTO kamr_rule VALUES ('area', 3, 'Order 12/2026');
RESET ROLE;
SELECT pg_temp.try('director_customer_service_n1', 'SELECT (point, met, section)::text FROM kamr_qualification(2027, $$N1$$)');

-- Point 1: the positions are rows.
SET ROLE :owner;
INSERT INTO kamr_position (position) VALUES ('พนง.');
SELECT met FROM kamr_qualification(2027, 'N1-A', 'newcomer_n1a') WHERE point = 1;
RESET ROLE;

-- Point 2: a judgement, which may be taken back.
SELECT j, pg_temp.brief('office_manager_n1a', format('SELECT judge_relations(2027, $$N1-A$$, $$newcomer_n1a$$, %L)', j)),
	pg_temp.try('office_manager_n1a', 'SELECT (met, finding_en)::text FROM kamr_qualification(2027, $$N1-A$$, $$newcomer_n1a$$) WHERE point = 2')
FROM (VALUES (1, true), (2, NULL), (3, false)) v (n, j) ORDER BY n;
SELECT pg_temp.try('office_manager_n1a', 'SELECT judge_relations(2027, $$N1-A$$, $$kamr2_n1a$$, true)');
SELECT pg_temp.brief('section_head_n1a', 'SELECT judge_relations(2027, $$N1-A$$, $$kamr1_n1a$$, true)');

-- Point 3: two years on the first day of the appointment, to the day; two years from 29 February are over on the 28th.
SET ROLE :owner;
DO $$
DECLARE
	day date;
	q record;
BEGIN
	FOREACH day IN ARRAY ARRAY['2025-01-31', '2025-02-01', '2025-02-02', '2025-02-28']::date[] LOOP
		UPDATE staff SET hire_date = day WHERE staff_id = 'newcomer_n1a';
		SELECT * INTO q FROM kamr_qualification(2027, 'N1-A', 'newcomer_n1a') WHERE point = 3;
		RAISE WARNING '%: %', q.finding_en, q.met;
	END LOOP;
END $$;
DO $$
DECLARE
	from_day date;
	q record;
BEGIN
	UPDATE staff SET hire_date = '2024-02-29' WHERE staff_id = 'senior_kamr_n1a';
	ALTER TABLE kamr DISABLE TRIGGER keep_plan;
	FOREACH from_day IN ARRAY ARRAY['2026-02-27', '2026-02-28', '2026-03-01']::date[] LOOP
		UPDATE kamr SET appointed_from = from_day WHERE staff_id = 'senior_kamr_n1a' AND plan_year = 2026;
		SELECT * INTO q FROM kamr_qualification(2026, 'N1-A', 'senior_kamr_n1a') WHERE point = 3;
		RAISE WARNING '%: %', q.finding_en, q.met;
	END LOOP;
	ALTER TABLE kamr ENABLE TRIGGER keep_plan;
END $$;
RESET ROLE;

---- Point 4 and training (4.7)

CREATE FUNCTION pg_temp.tested() RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.try('office_manager_n1a', 'SELECT (met, finding_en)::text FROM kamr_qualification(2027, $f$N1-A$f$, $f$newcomer_n1a$f$) WHERE point = 4')
$$;
CREATE FUNCTION pg_temp.train(what text, staff_id text DEFAULT 'director_personnel_development_hq') RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.try(staff_id, format('SELECT record_training(%s)', what))
$$;
SELECT pg_temp.tested();
SELECT pg_temp.train($$'newcomer_n1a', 2026, 'KAMR', '2026-06-10'$$);
SELECT pg_temp.tested();
SELECT pg_temp.train($$'newcomer_n1a', 2026, 'KAMR', '2026-06-10', '2026-06-12', false$$);
SELECT pg_temp.tested();
SELECT pg_temp.train($$'newcomer_n1a', 2025, 'KAMR', '2025-06-10', '2025-06-12', true$$);
SELECT pg_temp.tested();
-- A test counts for as long as the setting says, the last day included.
SET ROLE :owner;
UPDATE setting SET value = '1' WHERE setting = 'test_valid_years';
RESET ROLE;
SELECT pg_temp.tested();
SELECT pg_temp.train($$'newcomer_n1a', 2025, 'KAMR', NULL, '2026-02-01', true$$), pg_temp.tested();
SELECT pg_temp.train($$'newcomer_n1a', 2025, 'KAMR', NULL, '2026-01-31', true$$), pg_temp.tested();
SET ROLE :owner;
UPDATE setting SET value = 'two' WHERE setting = 'test_valid_years';
RESET ROLE;
SELECT pg_temp.tested();
SET ROLE :owner;
UPDATE setting SET value = '' WHERE setting = 'test_valid_years';
RESET ROLE;
-- A test after the first day does not count for it.
CALL pg_temp.at('2027-03-01 09:00+07');
SELECT pg_temp.train($$'newcomer_n1a', 2025, 'KAMR', NULL, NULL, NULL$$), pg_temp.train($$'newcomer_n1a', 2027, 'KAMR', NULL, '2027-02-02', true$$), pg_temp.tested();
CALL pg_temp.at('2026-10-01 09:00+07');
-- What is refused.
SELECT pg_temp.train($$'newcomer_n1a', 2026, 'KAMR', NULL, '2026-10-02', true$$);
SELECT pg_temp.train($$'newcomer_n1a', 2026, 'KAMR', '2026-10-02'$$);
SELECT pg_temp.train($$'newcomer_n1a', 2026, 'KAMR', '2026-06-10', '2026-06-09', true$$);
SELECT pg_temp.train($$'newcomer_n1a', 2026, 'KAMR', '2026-06-10', NULL, true$$);
SELECT pg_temp.train($$'newcomer_n1a', 2569, 'KAMR'$$);
SELECT pg_temp.train($$'newcomer_n1a', 2026, ' '$$);
SELECT pg_temp.train($$'nobody', 2026, 'KAMR'$$);
SELECT pg_temp.train($$NULL, 2026, 'KAMR'$$);
SELECT pg_temp.train($$'newcomer_n1a', 2026, 'KAMR'$$, 'office_manager_n1a');
SELECT pg_temp.train($$'nobody', 2026, 'KAMR'$$, 'office_manager_n1a');
-- What was recorded before is in the history.
SELECT changed_by, operation, row_now ->> 'tested_on', row_now ->> 'passed' FROM history
WHERE table_name = 'training' AND row_key = 'newcomer_n1a|2026|KAMR' ORDER BY history_id;

---- Point 5: waived by the head of the unit

SELECT pg_temp.try('office_manager_n1a', 'SELECT waive_qualification(2027, $$N1-A$$, $$newcomer_n1a$$, $$' || points || '$$, $$the only one$$)')
FROM unnest(ARRAY['{}', '{5}', '{0,1}', '{1,NULL}']) points;
SELECT pg_temp.try('office_manager_n1a', 'SELECT waive_qualification(2027, $$N1-A$$, $$newcomer_n1a$$, NULL, $$x$$)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT waive_qualification(2027, $$N1-A$$, $$newcomer_n1a$$, $${3}$$, $$ $$)');
SELECT pg_temp.try('director_customer_service_n1', 'SELECT waive_qualification(2027, $$N1-A$$, $$newcomer_n1a$$, $${3}$$, $$x$$)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT waive_qualification(2027, $$N1-A$$, $$kamr2_n1a$$, $${3}$$, $$x$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT waive_qualification(2027, $$N1-A$$, $$newcomer_n1a$$, $${4,2,4}$$, $$the only one who speaks Japanese$$)');
SET ROLE regress_kamr_area_director_n1;
SELECT staff_id, point, met, waived, finding_en FROM kamr_qualification(2027, 'N1-A', 'newcomer_n1a');
SELECT finding_th FROM kamr_qualification(2027, 'N1-A', 'newcomer_n1a') WHERE point = 5;
SELECT action, post, staff_id, to_status, reason FROM decision WHERE subject = 'kamr' ORDER BY decision_id;
RESET ROLE;
-- Whoever sees the appointment sees what was waived, and nobody takes it for open.
SELECT pg_temp.try('office_kamr_n1a', 'SELECT string_agg(point || $$ $$ || waived, $$, $$) FROM kamr_qualification(2027, $$N1-A$$, $$newcomer_n1a$$)');

---- Taking an appointment back

SELECT pg_temp.brief('office_manager_n1a', 'SELECT drop_kamr(2027, $$N1-A$$, $$newcomer_n1a$$)');
SELECT count(*) FROM waiver;
SELECT pg_temp.try('office_manager_n1a', 'SELECT drop_kamr(2027, $$N1-A$$, $$newcomer_n1a$$)');
SELECT pg_temp.brief('office_manager_n1b', 'SELECT drop_kamr(2027, $$N1-A$$, $$kamr1_n1a$$)');

---- In force, and in an amendment

SET ROLE :owner;
UPDATE plan SET status = 'approved', rule_set = 'revision-4', approved_at = '2026-12-20' WHERE plan_year = 2027 AND unit_code = 'N1-A';
RESET ROLE;
CALL pg_temp.at('2027-03-01 09:00+07');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT appoint_kamr(2027, $$N1-A$$, $$kamr2_n1a$$, $$senior$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT open_amendment(2027, $$N1-A$$, $$somebody moves$$) > 0');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT appoint_kamr(2027, $$N1-A$$, $$kamr2_n1a$$, $$senior$$)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT judge_relations(2027, $$N1-A$$, $$kamr1_n1a$$, true)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT waive_qualification(2027, $$N1-A$$, $$kamr1_n1a$$, $${2}$$, $$x$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT appoint_kamr(2027, $$N1-A$$, $$kamr1_n1a$$, $$office$$)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT drop_kamr(2027, $$N1-A$$, $$kamr1_n1a$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT drop_kamr(2027, $$N1-A$$, $$kamr1_n1a$$, $$goes to N1-B$$)');
SELECT staff_id, level, appointed_from, dropped_by IS NOT NULL AS dropped FROM kamr WHERE plan_year = 2027 AND unit_code = 'N1-A' ORDER BY kamr_id;
SELECT pg_temp.try('office_manager_n1a', 'SELECT string_agg(DISTINCT staff_id, $$ $$) FROM kamr_qualification(2027, $$N1-A$$)');
-- Dropped, and appointed again in another way.
SELECT pg_temp.brief('office_manager_n1a', 'SELECT appoint_kamr(2027, $$N1-A$$, $$kamr1_n1a$$, $$senior$$)');
SELECT staff_id, level, appointed_from, dropped_by IS NOT NULL AS dropped FROM kamr WHERE plan_year = 2027 AND unit_code = 'N1-A' ORDER BY kamr_id;

\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
