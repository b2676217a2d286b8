-- 5, the yearly process in a workflow: which unit owes what when (R16, R17), what meets each step, who publishes and who
-- receives, and what is shown where nothing was approved (R23).
BEGIN;
\set schema wf_process
\set prefix regress_process_
\ir ../sql/include/workflow_fixture.sql
\set ECHO none
SET LOCAL search_path = wf_process, public;
SELECT plan(108);
SET LOCAL client_min_messages = error;
SET LOCAL timezone = 'America/New_York';

CREATE FUNCTION pg_temp.state(unit text, of_step int, of_period text DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
	SELECT state FROM deadline_status
	WHERE plan_year = 2027 AND unit_code = unit AND step = of_step AND period IS NOT DISTINCT FROM of_period
$$;
CREATE FUNCTION pg_temp.due(of_kind text, of_step int) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(DISTINCT coalesce(period || ' ', '') || due_on, ', ') FROM deadline_status
	WHERE plan_year = 2027 AND kind = of_kind AND step = of_step
$$;
-- Somebody does something; the test says so where it fails.
CREATE FUNCTION pg_temp.by(who text, what text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	answer text := pg_temp.try(who, what);
BEGIN
	IF answer ~ '^[0-9A-Z]{5}: ' THEN
		RETURN NEXT fail(who || ': ' || what);
		RETURN NEXT diag(answer);
	END IF;
END $$;

-- ---- the year is opened ------------------------------------------------------

SELECT is(pg_temp.brief('office_manager_n1a', $$SELECT publish_report('monthly', 'N1-A', 2027, 'M01')$$),
	'55000: plan year 2027 has not been opened', '5: nothing is reported on a year that is not open');
SELECT is(left(pg_temp.brief(who, 'SELECT open_year(2027)'), 5), '42501', '5: ' || who || ' opens no year')
FROM unnest('{area_director_n1,director_engineering_hq_hq,office_manager_n1a,stranger,reader}'::text[]) who;
SELECT is(pg_temp.brief('process_owner_hq', 'SELECT open_year(2570)'),
	'22023: plan year 2570 is a year of the Buddhist era', '5: a year of the Buddhist era is refused');
SELECT is(pg_temp.try('process_owner_hq', 'SELECT open_year(2027)'), '225', '5: the process owner opens the year: every deadline of every unit');
SELECT is(pg_temp.try('director_customer_information_hq', 'SELECT open_year(2027)'), '0', '5: opened again, nothing is missing');
SELECT results_eq($$SELECT route, count(*) FROM plan WHERE plan_year = 2027 AND status = 'draft' GROUP BY 1 ORDER BY 1$$,
	$$VALUES ('area', 12::bigint), ('hq', 1), ('office', 3)$$, '5, step 1: offices, areas and headquarters have a draft, regions none');

SELECT is(pg_temp.due(k, 1), '2026-11-30', '5, step 1, R16: the draft plan of each ' || k || ' is due on 30 November of the year before') FROM unnest('{office,area,hq}'::text[]) k;
SELECT is(pg_temp.due(k, 2), '2026-12-31', '5, step 2, R16: and approved by 31 December, ' || k) FROM unnest('{office,area,hq}'::text[]) k;
SELECT is(pg_temp.due(k, 3), '2027-01-31', '5, step 3, R16: in the systems by 31 January, ' || k) FROM unnest('{office,area,hq}'::text[]) k;
SELECT is(pg_temp.due(k, 4), '2027-12-31', '5, step 4: activities up to 31 December, ' || k) FROM unnest('{office,area,hq}'::text[]) k;
SELECT is(pg_temp.due(k, 5), '2028-01-07', '5, step 5, R19: the last one recorded within 7 days, ' || k) FROM unnest('{office,area,hq}'::text[]) k;
SELECT is(pg_temp.due('office', 6), 'M01 2027-02-28, M02 2027-03-31, M03 2027-04-30, M04 2027-05-31, M05 2027-06-30, M06 2027-07-31, '
	'M07 2027-08-31, M08 2027-09-30, M09 2027-10-31, M10 2027-11-30, M11 2027-12-31, M12 2028-01-31', '5, step 6, R17: offices report monthly, on the last day of the next month');
SELECT is(pg_temp.due(k, 6), 'Q1 2027-04-30, Q2 2027-07-31, Q3 2027-10-31, Q4 2028-01-31', '5, step 6, R17: quarterly, by the last day of the next month: ' || k)
FROM unnest('{area,region,hq}'::text[]) k;
SELECT is(pg_temp.due(k, 7), '2027-07-15', '5, step 7: the list of coordinators by 15 July, ' || k) FROM unnest('{area,hq}'::text[]) k;
SELECT is(pg_temp.due('hq', 8), '2027-09-15', '5, step 8: the survey by 15 September');
SELECT is(pg_temp.due(k, 9), 'annual 2028-01-31, preliminary 2027-10-15', '5, step 9, R16: the effectiveness report by 15 October and 31 January, ' || k) FROM unnest('{area,hq}'::text[]) k;
SELECT is(pg_temp.due('hq', 10), '2027-12-31', '5, step 10, R16: the review by 31 December');
SELECT is_empty($$SELECT kind, step FROM deadline_status WHERE (kind, step) NOT IN (SELECT unit_kind, step FROM deadline_rule)
	OR kind = 'region' AND step <> 6 OR kind = 'office' AND step > 6 OR kind = 'area' AND step IN (8, 10)$$, '5: nobody owes anything else');

-- ---- steps 1 and 2: the plan -------------------------------------------------

SELECT pg_temp.add_accounts('N1-A', 8) \g /dev/null
CALL pg_temp.at('2026-11-22 23:59:59+07');
SELECT is(pg_temp.state('N1-A', 1), 'due', '5, step 1: eight days before it is due');
CALL pg_temp.at('2026-11-23 00:00+07');
SELECT is(pg_temp.state('N1-A', 1), 'due soon', '5, step 1: a week before it is due soon');
SELECT is(working_days_left, 5, '5, step 1: with five working days left') FROM deadline_status WHERE unit_code = 'N1-A' AND step = 1;
SELECT pg_temp.by('director_customer_information_hq', 'SELECT compute_cutoffs(2027)');
SELECT pg_temp.by('office_manager_n1a', $$SELECT propose_selection(2027, 'N1-A')$$);
SELECT pg_temp.by('office_manager_n1a', format('SELECT select_account(2027, %L)', 'N1A-0' || n)) FROM generate_series(1, 8) n;
SELECT pg_temp.by('office_manager_n1a', $$SELECT appoint_kamr(2027, 'N1-A', 'kamr1_n1a', 'office')$$);
SELECT pg_temp.by('office_manager_n1a', $$SELECT judge_relations(2027, 'N1-A', 'kamr1_n1a', true)$$);
SELECT pg_temp.by('office_manager_n1a', format('SELECT assign_account(2027, %L, %L)', 'N1A-0' || n, 'kamr1_n1a')) FROM generate_series(1, 8) n;
SELECT pg_temp.by('office_manager_n1a', $$SELECT set_target(2027, 'N1-A', 'plan_success', 95)$$);
SELECT pg_temp.by('office_manager_n1a', $$SELECT set_target(2027, 'N1-A', 'satisfaction', 4, 5)$$);
SELECT pg_temp.by('office_manager_n1a', $$SELECT set_budget(2027, 'N1-A', 100000)$$);
SELECT pg_temp.by('office_manager_n1a', format('SELECT add_benefit(2027, %L, %L)', 'N1A-0' || n, 'thermoscan')) FROM generate_series(1, 8) n;
SELECT pg_temp.by('office_manager_n1a', format('SELECT add_activity(2027, %L, %L, %L)', 'N1A-0' || n, 'visit', day))
FROM generate_series(1, 8) n, unnest('{2027-02-15,2027-11-15}'::date[]) day;

CALL pg_temp.at('2026-11-30 23:59:59+07');
SELECT is(pg_temp.state('N1-B', 1), 'due soon', '5, step 1, R16: on 30 November there is still time, to its end in Bangkok');
SELECT pg_temp.by('office_manager_n1a', $$SELECT submit_plan(2027, 'N1-A')$$);
SELECT is(pg_temp.state('N1-A', 1), 'met', '5, step 1: met when the office manager submits');
CALL pg_temp.at('2026-12-01 00:00+07');
SELECT is(pg_temp.state('N1-B', 1), 'overdue', '5, step 1, R16: and overdue on 1 December');
SELECT pg_temp.by('director_customer_service_n1', $$SELECT return_plan(2027, 'N1-A', 'Say who is to be visited')$$);
SELECT is(pg_temp.state('N1-A', 1), 'met', '5, step 1, R24: a plan that is returned was submitted all the same');
CALL pg_temp.at('2026-12-31 23:00+07');
SELECT is(pg_temp.state('N1-A', 2), 'due soon', '5, step 2: not approved on 31 December');
CALL pg_temp.at('2027-01-01 00:00+07');
SELECT is(pg_temp.state('N1-A', 2), 'overdue', '5, step 2, R23: no approved plan on 1 January is shown');
CALL pg_temp.at('2027-01-05 09:00+07');
SELECT lives_ok($$SELECT pg_temp.walk_plan(2027, 'N1-A')$$, '5, step 2: submitted again, compiled, endorsed, approved');
SELECT is(pg_temp.state('N1-A', 2), 'met late', '5, step 2: met late when the area director approves');
SELECT is(pg_temp.state('N1-A', 4), 'due', '5, step 4: what is planned is not done with it');

-- ---- step 3: the information systems -----------------------------------------

SELECT is(left(pg_temp.brief(who, $$SELECT enter_system('N1-A', 2027, 'CRM plus')$$), 5), '42501', '5, step 3: ' || who || ' enters nothing for the office')
FROM unnest('{kamr1_n1b,office_manager_n1a,area_director_n1,hq_kamr_hq,reader,stranger}'::text[]) who;
SELECT is(pg_temp.brief('director_customer_information_hq', $$SELECT enter_system('N1-B', 2027, 'CRM plus')$$),
	'55000: unit "N1-B" has no approved plan for 2027 to put into a system', '5, step 3: a plan goes in when it is approved');
SELECT pg_temp.by('kamr1_n1a', $$SELECT enter_system('N1-A', 2027, 'CRM plus', '{plan}')$$);
SELECT is(pg_temp.state('N1-A', 3), 'due', '5, step 3: the plan alone in one system does not meet it');
SELECT pg_temp.by('kamr1_n1a', $$SELECT enter_system('N1-A', 2027, 'Customer Integration DB', '{customers}')$$);
SELECT is(pg_temp.state('N1-A', 3), 'due', '5, step 3: nor with the customers in the other');
CALL pg_temp.at('2027-01-31 23:59+07');
SELECT pg_temp.by('director_customer_information_hq', $$SELECT enter_system('N1-A', 2027, 'CRM plus', '{staff}')$$);
SELECT is(pg_temp.state('N1-A', 3), 'met', '5, step 3: customers, staff and plan in the two systems do, by 31 January');

-- ---- steps 4 and 5: activities and their records -----------------------------

CALL pg_temp.at('2027-02-19 10:00+07');
SELECT pg_temp.by('kamr1_n1a', format('SELECT complete_activity(%s, %L, %L)', activity_id, CASE WHEN account_id < 'N1A-03' THEN timestamptz '2027-02-10 10:00+07'
	ELSE '2027-02-18 10:00+07' END, 'done')) FROM activity WHERE due_on < '2027-03-01';
SELECT pg_temp.by('kamr1_n1a', format('SELECT record_contact(%L, %L, %L, %L, activity_id => %s)', account_id, done_at, 'visit', 'Visit', activity_id))
FROM activity WHERE done_at IS NOT NULL AND account_id <> 'N1A-08';
SELECT is(pg_temp.state('N1-A', 4), 'due', '5, step 4: half of the activities are done');
CALL pg_temp.at('2027-11-10 10:00+07');
SELECT pg_temp.by('kamr1_n1a', format('SELECT complete_activity(%s, NULL, %L)', activity_id, 'done')) FROM activity WHERE due_on > '2027-03-01';
SELECT is(pg_temp.state('N1-A', 4), 'met', '5, step 4: met with the last activity');
SELECT is(pg_temp.state('N1-A', 5), 'due', '5, step 5: not all of them are recorded');
SELECT pg_temp.by('kamr1_n1a', format('SELECT record_contact(%L, %L, %L, %L, activity_id => %s)', account_id, done_at, 'visit', 'Visit', activity_id))
FROM activity a WHERE NOT EXISTS (SELECT FROM contact c WHERE c.activity_id = a.activity_id);
SELECT is(pg_temp.state('N1-A', 5), 'met', '5, step 5: met with the last record');
SELECT is((SELECT count(*) FROM contact WHERE days_late > 0), 3::bigint, '5, step 5, R19: those after 7 days are taken, and marked');

-- ---- step 6: results, month by month and quarter by quarter ------------------

CALL pg_temp.at('2027-01-31 23:59+07');
SELECT is(pg_temp.brief('office_manager_n1a', $$SELECT publish_report('monthly', 'N1-A', 2027, 'M01')$$),
	'55000: the period M01 of 2027 is not over', '5, step 6: no report of a month that is not over');
SELECT is(left(pg_temp.brief(who, $$SELECT publish_report('monthly', 'N1-A', 2027, 'M01')$$), 5), '42501', '5, step 6: ' || who || ' does not publish the office''s month')
FROM unnest('{office_manager_n1b,kamr1_n1a,area_director_n1,director_engineering_area_n1,director_engineering_hq_hq,reader,stranger}'::text[]) who;
CALL pg_temp.at('2027-02-28 23:59+07');
SELECT pg_temp.by('section_head_n1a', $$SELECT publish_report('monthly', 'N1-A', 2027, 'M01')$$);
SELECT is(pg_temp.state('N1-A', 6, 'M01'), 'met', '5, step 6, 4.15.6, R17: published on the last day of the next month');
CALL pg_temp.at('2027-04-01 00:00+07');
SELECT pg_temp.by('office_manager_n1a', $$SELECT publish_report('monthly', 'N1-A', 2027, 'M02')$$);
SELECT is(pg_temp.state('N1-A', 6, 'M02'), 'met late', '5, step 6, 4.10, R17: published a day later');
SELECT is(content #>> '{results,plan_success,rate}', '0/0', '5, R21: nothing was due in January') FROM report WHERE period = 'M01';
SELECT is(content #>> '{results,plan_success,rate}', '8/8', '5, KPI 1, R21: activities done of those due so far') FROM report WHERE period = 'M02';
SELECT is(content #>> '{results,done_on_time,rate}', '2/8', '5, R21: and beside it those on time') FROM report WHERE period = 'M02';
SELECT is(content #>> '{results,contacts_recorded_in_time,rate}', '5/8', '5, step 5, R19: contacts recorded within 7 days') FROM report WHERE period = 'M02';
SELECT is(content #>> '{portfolios,0,weight}', '8.0', '5, step 6: what the KAMR carries') FROM report WHERE period = 'M02';
SELECT pg_temp.by('office_manager_n1b', $$SELECT publish_report('monthly', 'N1-B', 2027, 'M02')$$);
SELECT is(content #>> '{results,plan_success,rate}', '0/0', '5, R23: without an approved plan nothing counts') FROM report WHERE unit_code = 'N1-B';
CALL pg_temp.at('2027-04-02 09:00+07');
SELECT pg_temp.by('office_manager_n1a', $$SELECT publish_report('monthly', 'N1-A', 2027, 'M01')$$);
SELECT is(pg_temp.state('N1-A', 6, 'M01'), 'met', '5, step 6: a corrected edition does not make the first one late');
SELECT is((SELECT array_agg(edition ORDER BY edition) FROM report WHERE period = 'M01'), '{1,2}', '5, step 6: both editions are kept');

SELECT pg_temp.by('director_customer_service_n1', $$SELECT publish_report('quarterly', 'N1', 2027, 'Q1')$$);
SELECT is(pg_temp.state('N1', 6, 'Q1'), 'met', '5, step 6, 4.6.7: the area reports on its quarter');
SELECT is(content #>> '{units,N1-A,plan_success,rate}', '8/8', '5, step 6: office by office') FROM report WHERE kind = 'quarterly' AND unit_code = 'N1';
SELECT is(pg_temp.state('R1', 6, 'Q1'), 'due', '5, step 6: a region''s quarter waits for all of its areas');
SET ROLE :owner;
INSERT INTO report (kind, unit_code, plan_year, period, edition, content, published_at, published_by)
SELECT 'quarterly', u, 2027, 'Q1', 1, '{}', '2027-04-20 09:00+07', 'director_customer_service_n1' FROM unnest('{N2,N3}'::text[]) u;
RESET ROLE;
SELECT is(pg_temp.state('R1', 6, 'Q1'), 'met', '5, step 6: and is met with the last of them');
SELECT is(pg_temp.state('R2', 6, 'Q1'), 'due', '5, step 6: another region''s is not');
SELECT pg_temp.by('director_engineering_hq_hq', $$SELECT publish_report('quarterly', 'HQ', 2027, 'Q1')$$);
SELECT is(content #>> '{results,plan_success,rate}', '8/8', '5, step 6, 4.5.8: headquarters reports on the country') FROM report WHERE kind = 'quarterly' AND unit_code = 'HQ';

-- ---- steps 7 to 10 -----------------------------------------------------------

CALL pg_temp.at('2027-07-15 09:00+07');
SELECT pg_temp.by('director_customer_service_n1', $$SELECT publish_report('coordinators', 'N1', 2027)$$);
SELECT is(pg_temp.state('N1', 7), 'met', '5, step 7: the list of coordinators is published');
SELECT is(jsonb_array_length(content -> 'accounts'), 8, '5, step 7, CRM-KAM-005: with the accounts of the area''s offices') FROM report WHERE kind = 'coordinators';
SELECT is(content #>> '{accounts,0,kamrs,0,staff_id}', 'kamr1_n1a', '5, step 7, CRM-KAM-005: and their KAMRs') FROM report WHERE kind = 'coordinators';
CALL pg_temp.at('2027-09-01 09:00+07');
SELECT is(left(pg_temp.brief('director_engineering_hq_hq', $$SELECT publish_report('survey', 'HQ', 2027)$$), 5), '42501', '5, step 8: the survey is not reported by ฝบว.');
SELECT pg_temp.by('director_communication_service_hq', $$SELECT open_survey(2027, 'consultant', 'Key accounts 2027', 5, 10)$$);
SELECT pg_temp.by('director_communication_service_hq', format('SELECT record_response(%s, %L, %L, %s, %L)', s.survey_id, 'N1A-01', m.measure, m.score, '2027-08-20'))
FROM survey s, (VALUES ('satisfaction', 4), ('loyalty', 7)) m (measure, score);
SELECT pg_temp.by('director_communication_service_hq', $$SELECT publish_report('survey', 'HQ', 2027)$$);
SELECT is(pg_temp.state('HQ', 8), 'met', '5, step 8, 4.9: the survey report is published');
SELECT results_eq($$SELECT s ->> 'measure', (s ->> 'mean')::numeric, (s ->> 'scale')::numeric FROM report, jsonb_array_elements(content -> 'surveys') s WHERE report.kind = 'survey'$$,
	$$VALUES ('loyalty', 7.00, 10::numeric), ('satisfaction', 4.00, 5)$$, '5, KPI 2, R21: satisfaction and loyalty, each on its scale');
SELECT pg_temp.by('director_customer_service_n1', $$SELECT publish_report('effectiveness', 'N1', 2027, 'preliminary')$$);
SELECT is(pg_temp.state('N1', 9, 'preliminary'), 'met', '5, step 9: the preliminary report');
SELECT is(content #>> '{results,plan_success,rate}', '8/8', '5, step 9: with the results of the area and its offices') FROM report WHERE kind = 'effectiveness';
SELECT is(pg_temp.brief('director_customer_service_n1', $$SELECT publish_report('effectiveness', 'N1', 2027, 'annual')$$),
	'55000: the period annual of 2027 is not over', '5, step 9: the annual report when the year is over');
CALL pg_temp.at('2027-12-20 09:00+07');
SELECT pg_temp.by('process_owner_hq', $$SELECT publish_report('process_review', 'HQ', 2027)$$);
SELECT is(pg_temp.state('HQ', 10), 'met', '5, step 10: the process is reviewed by the group that owns it');
SELECT is(content #> '{steps,1}', '{"met": 1, "overdue": 15}', '5, step 10: it says how the steps kept their dates') FROM report WHERE kind = 'process_review';
CALL pg_temp.at('2028-01-31 23:00+07');
SELECT pg_temp.by('director_customer_service_n1', $$SELECT publish_report('effectiveness', 'N1', 2027, 'annual')$$);
SELECT is(pg_temp.state('N1', 9, 'annual'), 'met', '5, step 9, R16: the annual report by 31 January');

-- ---- recipients --------------------------------------------------------------

CREATE FUNCTION pg_temp.received(who text) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.try(who, $q$SELECT coalesce(string_agg(DISTINCT kind || ' ' || unit_code, ', '), 'none') FROM report_for_me$q$)
$$;
SELECT is(pg_temp.received('deputy_governor_region_r1'), 'quarterly N1, quarterly N2, quarterly N3', '5, step 6, 4.4.5: the region''s deputy governor receives the quarters of its areas');
SELECT is(pg_temp.received('deputy_governor_region_r3'), 'none', '5, step 6: and no other''s');
SELECT is(pg_temp.received('deputy_governor_strategy_hq'), 'quarterly HQ', '5, step 6, 4.5.8: the deputy governor, strategy, that of headquarters');
SELECT is(pg_temp.received('director_engineering_area_n1'), 'quarterly N1', '5, step 6, 4.6.7: 4.4 the area''s');
SELECT is(pg_temp.received('office_manager_n1a'), 'approved_plan N1-A, effectiveness N1, monthly N1-A', '5, steps 2, 6, 9: the office its plan, its month and the area''s effectiveness');
SELECT is(pg_temp.received('office_manager_c1a'), 'none', '5, step 9: an office elsewhere does not');
SELECT is(pg_temp.received('director_communication_service_hq'), 'coordinators N1', '5, step 7: กบท. the list of coordinators');
SELECT is(pg_temp.received('director_customer_service_c1'), 'survey HQ', '5, step 8: กบล. the survey');
SELECT is(pg_temp.received('process_owner_hq'), 'effectiveness N1', '5, step 9: the owner group the effectiveness reports');

SELECT * FROM finish();
ROLLBACK;
