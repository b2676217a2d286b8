-- Reports (5, steps 6 to 10): computed when they are published, kept as they were, read by those to whom they go.
\set schema wf_report
\set prefix regress_report_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture

SELECT pg_temp.add_accounts('N1-A', 3), pg_temp.add_accounts('N1-B', 1), pg_temp.add_accounts('HQ', 1);
SELECT pg_temp.try('process_owner_hq', 'SELECT open_year(2027)');
-- every office plans a visit to each account at the end of January, February and March
SET ROLE regress_report_owner;
INSERT INTO activity (plan_id, plan_year, unit_code, account_id, activity, due_on)
	SELECT p.plan_id, 2027, p.unit_code, a.account_id, 'Visit', d
	FROM plan p JOIN account a USING (unit_code), unnest('{2027-01-29,2027-02-26,2027-03-31}'::date[]) d
	ORDER BY a.account_id, d;
INSERT INTO contact_person (account_id, unit_code, name, duty, phone, is_coordinator, until) VALUES
	('N1A-01', 'N1-A', 'คุณสมชาย', 'ผู้จัดการโรงงาน', '053-000001', false, NULL),
	('N1A-01', 'N1-A', 'คุณสมหญิง', 'วิศวกร', '053-000002', true, NULL),
	('N1A-01', 'N1-A', 'คุณเดิม', 'วิศวกร', '053-000003', true, '2026-12-31');
INSERT INTO target (plan_id, unit_code, kpi, value, scale)
	SELECT p.plan_id, p.unit_code, k.kpi, k.value, k.scale
	FROM plan p, (VALUES ('plan_success', 95, 100), ('satisfaction', 4, 5)) k (kpi, value, scale) WHERE p.unit_code = 'N1';
RESET ROLE;
SELECT pg_temp.put_in_force(2027);

-- January: two of three visits, one of them late, recorded on the 5th and on the 9th day
CALL pg_temp.at('2027-02-03 09:00+07');
SET ROLE regress_report_office_kamr_n1a;
SELECT complete_activity(activity_id, '2027-01-29 09:00+07', 'done') FROM activity WHERE account_id = 'N1A-01' AND due_on = '2027-01-29';
SELECT record_contact('N1A-01', '2027-01-29 09:00+07', 'visit', 'Visit', activity_id => activity_id) FROM activity WHERE account_id = 'N1A-01' AND due_on = '2027-01-29';
SELECT record_contact('N1A-02', '2027-01-25 09:00+07', 'telephone', 'On the 9th day');
SELECT open_case('N1A-01', 'complaint', 'Bill', 'Is too high', received_at => '2027-01-20 09:00+07');
SELECT open_case('N1A-02', 'problem', 'Voltage dips', NULL, received_at => '2027-01-20 10:00+07');
SELECT open_case('N1A-03', 'need', 'Second feeder', NULL, received_at => '2027-01-28 10:00+07');
SELECT answer_case(1, 'It has been read again', '2027-01-27 16:00+07');
SELECT answer_case(2, 'A capacitor bank has been repaired', '2027-01-28 09:00+07');
RESET ROLE;
CALL pg_temp.at('2027-02-10 09:00+07');
SET ROLE regress_report_office_kamr_n1a;
SELECT complete_activity(activity_id, '2027-02-01 00:00+07', 'done') FROM activity WHERE account_id = 'N1A-02' AND due_on = '2027-01-29';
RESET ROLE;

-- ---- who, and when -----------------------------------------------------------

SELECT kind, unit, who, pg_temp.brief(who, format('SELECT publish_report(%L, %L, 2027, %L)', kind, unit, period))
FROM (VALUES ('monthly', 'N1-A', 'M01', 'office_kamr_n1a'), ('monthly', 'N1-A', 'M01', 'office_manager_n1b'), ('monthly', 'N1-A', 'M01', 'area_director_n1'),
	('monthly', 'N1', 'M01', 'director_customer_service_n1'), ('quarterly', 'N1', 'Q1', 'area_kamr_n1'), ('quarterly', 'N1', 'Q1', 'director_customer_service_c1'),
	('quarterly', 'R1', 'Q1', 'deputy_governor_region_r1'), ('quarterly', 'HQ', 'Q1', 'deputy_governor_strategy_hq'), ('quarterly', 'N1-A', 'Q1', 'office_manager_n1a'),
	('coordinators', 'N1-A', NULL, 'office_manager_n1a'), ('survey', 'HQ', NULL, 'director_engineering_hq_hq'), ('effectiveness', 'HQ', 'annual', 'process_owner_hq'),
	('process_review', 'HQ', NULL, 'director_engineering_hq_hq'), ('monthly', 'N1-A', 'M01', 'reader'), ('monthly', 'N1-A', 'M01', 'stranger'),
	('monthly', 'X9', 'M01', 'office_manager_n1a'), ('monthly', NULL, 'M01', 'office_manager_n1a')) v (kind, unit, period, who);
SELECT pg_temp.try('office_manager_n1a', format('SELECT publish_report(%L, %L, %L, %L)', kind, 'N1-A', year, period))
FROM (VALUES ('weekly', 2027, 'M01'), (NULL, 2027, 'M01'), ('monthly', 2570, 'M01'), ('monthly', 2026, 'M01'), ('monthly', NULL, 'M01'), ('monthly', 2027, 'M13'),
	('monthly', 2027, 'Q1'), ('monthly', 2027, NULL), ('monthly', 2027, 'm01'), ('monthly', 2027, 'M02')) v (kind, year, period);
-- a unit that is younger than the year
BEGIN;
SET LOCAL ROLE regress_report_owner;
INSERT INTO unit (unit_code, kind, office_class, parent_unit, name_th, name_en) VALUES ('N1-C', 'office', 2, 'N1', 'กฟอ.สันทราย', 'Office N1-C');
UPDATE post_holder SET to_date = '2027-01-31' WHERE staff_id = 'office_manager_n1b';
INSERT INTO post_holder (post, unit_code, staff_id, from_date) VALUES ('office_manager', 'N1-C', 'office_manager_n1b', '2027-02-01');
RESET ROLE;
SELECT pg_temp.try('office_manager_n1b', $$SELECT publish_report('monthly', 'N1-C', 2027, 'M01')$$);
ROLLBACK;

-- ---- a month -----------------------------------------------------------------

SET ROLE regress_report_section_head_n1a;
SELECT publish_report('monthly', 'N1-A', 2027, 'M01');
RESET ROLE;
-- the visit of 1 February, which is done, was not done in January; the answer of the 28th was a day late, the third case is still open
SELECT report_id, edition, published_at, published_by, jsonb_pretty(content - 'documents') FROM report;
-- again: the next edition, the first one stays
CALL pg_temp.at('2027-02-11 09:00+07');
SET ROLE regress_report_office_kamr_n1a;
SELECT complete_activity(activity_id, '2027-01-29 17:00+07', 'done, and forgotten') FROM activity WHERE account_id = 'N1A-03' AND due_on = '2027-01-29';
RESET ROLE;
SET ROLE regress_report_office_manager_n1a;
SELECT publish_report('monthly', 'N1-A', 2027, 'M01');
SELECT period, edition, is_latest, form, content #>> '{results,plan_success,rate}' AS plan_success FROM report_for_me ORDER BY edition;
RESET ROLE;
SELECT step, period, met_at FROM deadline_event WHERE unit_code = 'N1-A' AND step = 6;
SELECT subject, subject_id, action, unit_code, plan_year, staff_id, post, to_status FROM decision WHERE subject = 'report' ORDER BY decision_id;

-- ---- quarters, lists, surveys, effectiveness, review -------------------------

CALL pg_temp.at('2027-04-10 09:00+07');
SELECT pg_temp.try('director_engineering_area_n1', $$SELECT publish_report('quarterly', 'N1', 2027, 'Q1')$$),
	pg_temp.try('director_engineering_hq_hq', $$SELECT publish_report('quarterly', 'HQ', 2027, 'Q1')$$),
	pg_temp.try('director_customer_service_n1', $$SELECT publish_report('coordinators', 'N1', 2027)$$),
	pg_temp.try('director_engineering_hq_hq', $$SELECT publish_report('coordinators', 'HQ', 2027)$$);
SELECT unit_code, u, content #>> ARRAY['units', u, 'plan_success', 'rate'] AS plan_success, content #>> ARRAY['units', u, 'accounts'] AS accounts,
	content #>> ARRAY['units', u, 'answered_in_time', 'rate'] AS answered_in_time
FROM report, jsonb_object_keys(content -> 'units') u WHERE kind = 'quarterly' AND u ~ '^(N1|C1)' ORDER BY 1, 2;
SELECT unit_code, content #>> '{results,plan_success,rate}' AS plan_success, content #>> '{results,portfolio}' AS portfolio, content #>> '{own,accounts}' AS own
FROM report WHERE kind = 'quarterly' ORDER BY 1;
SELECT unit_code, a ->> 'account_id' AS account, a ->> 'tier' AS tier, a -> 'contact_persons' AS contact_persons, a -> 'kamrs' AS kamrs
FROM report, jsonb_array_elements(content -> 'accounts') a WHERE kind = 'coordinators' ORDER BY 1, 2;

SET ROLE regress_report_director_communication_service_hq;
SELECT open_survey(2027, 'consultant', 'Key accounts 2027', 5, 10);
SELECT record_response(1, a, 'satisfaction', s, '2027-04-01') FROM (VALUES ('N1A-01', 4), ('N1A-02', 5), ('HQ-01', 2)) v (a, s);
SELECT record_response(1, 'N1A-01', 'loyalty', 8, '2027-04-01');
SELECT publish_report('survey', 'HQ', 2027);
RESET ROLE;
SELECT jsonb_path_query_array(content, '$.surveys[*].mean') AS country, content -> 'own' AS own, content #> '{units,N1}' AS n1, content #> '{units,C1}' AS c1
FROM report WHERE kind = 'survey';
SELECT pg_temp.try('area_director_n1', $$SELECT evaluate_unit(2027, 'N1', 'year', 'Visits were late', 'Too few KAMRs', 'Appoint one more', 80)$$);
SELECT pg_temp.try('director_customer_service_n1', $$SELECT publish_report('effectiveness', 'N1', 2027, 'preliminary')$$),
	pg_temp.try('process_owner_hq', $$SELECT publish_report('process_review', 'HQ', 2027)$$);
SELECT content -> 'targets' AS targets, content -> 'evaluations' AS evaluations, content #>> '{results,surveys,0,mean}' AS loyalty, content ->> 'days_from' AS days_from,
	content ->> 'days_to' AS days_to FROM report WHERE kind = 'effectiveness';
SELECT content -> 'steps' AS steps FROM report WHERE kind = 'process_review';
SELECT pg_temp.try('director_customer_service_n1', $$SELECT publish_report('effectiveness', 'N1', 2027, 'annual')$$),
	pg_temp.try('director_customer_service_n1', $$SELECT publish_report('effectiveness', 'N1', 2027)$$);

-- ---- who reads what ----------------------------------------------------------

SELECT who, pg_temp.try(who, $$SELECT coalesce(string_agg(format('%s %s %s', kind, unit_code, period), ', ' ORDER BY report_id), 'none') FROM report$$) AS reads,
	pg_temp.try(who, $$SELECT coalesce(string_agg(format('%s %s %s', kind, unit_code, period), ', ' ORDER BY report_id), 'none') FROM report_for_me$$) AS receives
FROM unnest('{office_kamr_n1a,office_manager_n1a,office_manager_n1b,office_manager_c1a,area_kamr_n1,area_director_c1,director_engineering_area_n1,
	director_customer_service_c1,deputy_governor_region_r1,deputy_governor_region_r3,hq_kamr_hq,deputy_governor_strategy_hq,director_communication_service_hq,
	reader,application,stranger}'::text[]) who;
-- an area's figures name nobody of its offices
SELECT count(*) FROM report WHERE kind IN ('quarterly', 'effectiveness', 'process_review', 'survey') AND content::text ~ 'kamr_n1|N1A-0';
SELECT kind, unit_kind, string_agg(recipient || coalesce(' = ' || post, ''), ', ' ORDER BY post, recipient COLLATE "C") FROM report_recipient GROUP BY 1, 2 ORDER BY 1, 2;

-- ---- they stay as they are ---------------------------------------------------

SELECT pg_temp.brief(who, call) FROM unnest('{office_manager_n1a,owner}'::text[]) who,
	unnest(ARRAY[$$UPDATE report SET content = '{}'$$, $$DELETE FROM report$$, $$TRUNCATE report$$]) call;
SELECT * FROM verify_reports();
-- tampered with by somebody who switches the trigger off
BEGIN;
SET LOCAL ROLE regress_report_owner;
ALTER TABLE report DISABLE TRIGGER append_only;
UPDATE report SET content = jsonb_set(content, '{results,plan_success,rate}', '"3/3"') WHERE report_id = 1;
DELETE FROM report WHERE report_id = 2;
INSERT INTO report (kind, unit_code, plan_year, period, edition, content, published_at, published_by)
	VALUES ('monthly', 'N1-A', 2027, 'M01', 9, '{}', _now(), 'office_manager_n1a');
SELECT problem, count(*), min(report_id) FROM verify_reports() GROUP BY 1 ORDER BY 3;
ROLLBACK;
SELECT pg_temp.try('office_manager_n1a', 'SELECT count(*) FROM verify_reports()'), pg_temp.try('process_owner_hq', 'SELECT count(*) FROM verify_reports()');

\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
