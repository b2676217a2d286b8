-- Section 5, steps 1 to 10: what the forms say, against plain SQL over the tables, of the half year that test/t/workflow_play.sql plays.
\set schema wf_forms
\set prefix regress_forms_
-- (Not in one transaction: it imports, which commits.)
\ir ../t/workflow_play.sql
\o
\unset ON_ERROR_STOP
RESET ROLE;
SET client_min_messages = warning;
SET search_path = wf_forms, public;

-- More of what forms tell: contact persons, answers to surveys, an evaluation, a plan of the year before.
SET ROLE regress_forms_owner;
INSERT INTO contact_person (account_id, unit_code, name, is_coordinator, until)
	SELECT a.account_id, a.unit_code, n, n = 'ค', CASE n WHEN 'ง' THEN date '2027-01-31' END
	FROM account a, unnest('{ก,ค,ง}'::text[]) n WHERE a.account_id ~ '^N1[AB]-0[1-3]$';
RESET ROLE;
SELECT pg_temp.act('director_communication_service_hq') \g /dev/null
SELECT open_survey(2027, 'consultant', 'Key accounts', 5, 10) \g /dev/null
SELECT record_response(2, a.account_id, m.measure, 2 + length(a.account_id || m.measure) % 4 + right(a.account_id, 1)::numeric % 2 / 2, '2027-05-19')
FROM account a, (VALUES ('satisfaction'), ('loyalty')) m (measure) WHERE a.account_id ~ '^(N1A-0[1-7]|N1B-0[1-4]|C1A-01|HQ-0[1-3])$' \g /dev/null
RESET ROLE;
SELECT pg_temp.act('area_director_n1') \g /dev/null
SELECT evaluate_unit(2027, 'N1', 'year', 'too few visits', 'one manager is away', 'appoint another', 78) \g /dev/null
RESET ROLE;

SELECT plan(44);
CREATE FUNCTION pg_temp.a_section(document jsonb, title text) RETURNS jsonb LANGUAGE sql AS $$
	SELECT s FROM jsonb_array_elements(document -> 'sections') s WHERE s ->> 'title_en' = title
$$;
CREATE FUNCTION pg_temp.figure(document jsonb, name text) RETURNS jsonb LANGUAGE sql AS $$
	SELECT i -> 'value' FROM jsonb_array_elements(document -> 'sections') s, jsonb_array_elements(s -> 'items') i WHERE i ->> 'name' = figure.name LIMIT 1
$$;
-- Tables as the history has them at the end of a day, which is another way to what is in force: whatever the plan in whose name it stands.
CREATE TEMP VIEW selected AS SELECT s.* FROM as_of(NULL::selection, '2027-05-20') s WHERE s.ended_on IS NULL AND s.plan_year = 2027;
CREATE TEMP VIEW assigned AS SELECT a.* FROM as_of(NULL::assignment, '2027-05-20') a WHERE a.ended_on IS NULL AND a.plan_year = 2027;
CREATE TEMP VIEW approved_selected AS SELECT s.* FROM selected s WHERE s.plan_id IN (SELECT p.plan_id FROM plan p WHERE p.approved_at IS NOT NULL) AND s.status = 'selected';

-- ---- CRM-KAM-001 -------------------------------------------------------------

SELECT set_eq($$SELECT account_id, status, tier::text, kamr_id FROM crm_kam_001('N1', 2027)$$,
	$$SELECT s.account_id, s.status, s.tier::text, (SELECT a.staff_id FROM assigned a WHERE a.account_id = s.account_id AND a.responsibility <> 'area' AND a.dropped_by IS NULL)
		FROM selected s WHERE s.unit_code IN ('N1', 'N1-A', 'N1-B') AND s.dropped_by IS NULL$$, '6.1.1, CRM-KAM-001: the accounts under review, with who looks after them');
SELECT set_eq($$SELECT account_id, criteria_th FROM crm_kam_001('N1-A', 2027)$$,
	$$SELECT s.account_id, coalesce((SELECT string_agg(l.name_th, ', ' ORDER BY l.sort_order) FROM kam.label l
		WHERE l.type = 'criteria' AND l.label = ANY (string_to_array(btrim(s.criteria::text, '{}'), ','))), '')
		FROM selected s WHERE s.unit_code = 'N1-A' AND s.dropped_by IS NULL$$, '6.1.1.2, CRM-KAM-001: the criteria met, by their Thai names');
SELECT set_eq($$SELECT staff_id, unit_code, weight, total_weight FROM crm_kam_001_kamr('N1', 2027) WHERE level <> 'area'$$,
	$$SELECT k.staff_id, k.unit_code, sum(v.w) FILTER (WHERE a.unit_code = k.unit_code) AS own, sum(v.w) AS total
		FROM kamr k JOIN assigned a ON a.staff_id = k.staff_id AND a.responsibility = 'main' AND a.dropped_by IS NULL
			JOIN (VALUES ('Strategic', 1.0), ('Star', 0.8), ('Status', 0.6)) v (tier, w) ON v.tier = a.tier::text
		WHERE k.plan_year = 2027 AND k.unit_code LIKE 'N1%' AND k.level <> 'area' GROUP BY k.staff_id, k.unit_code$$, '6.1.2.1, CRM-KAM-001: portfolios weighed 1.0, 0.8, 0.6');
SELECT is((SELECT array_agg(staff_id ORDER BY staff_id) FROM crm_kam_001_kamr('N1', 2027) WHERE level <> 'area' AND NOT qualified), NULL, '6.1.2.1, CRM-KAM-001: all are qualified');
SELECT is((SELECT basis || ' ' || tier || ' ' || criteria || ': ' || reason FROM crm_kam_001('N1-A', 2027) WHERE account_id = 'N1A-19'),
	'special Status {corporate_image}: provincial hospital', '6.1.1.2(2), CRM-KAM-001: a special case with its ground');
SELECT is((SELECT status || ': ' || reason FROM report r, jsonb_to_recordset(r.content #> '{documents,0,sections,2,rows}') x (account_id text, status text, reason text)
	WHERE r.kind = 'approved_plan' AND r.unit_code = 'N1-A' AND x.account_id = 'N1A-18'), 'left_out: ย้ายออกในเดือนมีนาคม', 'R5, CRM-KAM-001: left out with a reason, as the plan was approved');
SELECT is((SELECT ARRAY[pg_temp.figure(d, 'strategic'), pg_temp.figure(d, 'status'), pg_temp.figure(d, 'streamline'), pg_temp.figure(d, 'selected')]::text[]
	FROM form_document('CRM-KAM-001', 'N1', 2027) d),
	(SELECT ARRAY[count(*) FILTER (WHERE tier = 'Strategic'), count(*) FILTER (WHERE tier = 'Status'), count(*) FILTER (WHERE tier = 'Streamline'), count(*)]::text[]
	FROM selected WHERE unit_code LIKE 'N1%' AND dropped_by IS NULL AND status = 'selected'), '6.1.1, CRM-KAM-001: how many of each tier');

-- ---- CRM-KAM-002 -------------------------------------------------------------

SELECT is((SELECT ARRAY[pg_temp.figure(d, 'budget_thb')::numeric, pg_temp.figure(d, 'benefit_thb')::numeric, pg_temp.figure(d, 'activities')::numeric] FROM form_document('CRM-KAM-002', 'N1', 2027) d),
	ARRAY[(SELECT sum(support_budget_thb) FROM plan WHERE unit_code LIKE 'N1%'), (SELECT sum(value_thb) FROM benefit WHERE unit_code LIKE 'N1%'),
		(SELECT count(*) FROM as_of(NULL::activity, '2027-05-20') WHERE unit_code LIKE 'N1%' AND ended_on IS NULL AND dropped_by IS NULL)], '5 (step 1), CRM-KAM-002: budgets, benefits, activities');
SELECT set_eq($$SELECT account_id, item, due_on, done_at FROM crm_kam_002('N1-B', 2027) WHERE what = 'activity'$$,
	$$SELECT account_id, activity, due_on, done_at FROM activity WHERE unit_code = 'N1-B'$$, '5 (step 1), CRM-KAM-002: each activity with its day');
SELECT set_eq($$SELECT unit_code, item, target, scale FROM crm_kam_002('R1', 2027) WHERE what = 'target'$$,
	$$SELECT unit_code, kpi, value, scale FROM target WHERE unit_code LIKE 'N1%'$$, '5 (step 1), CRM-KAM-002: targets of the units of a region');
SELECT is((SELECT count(*) FROM crm_kam_002('HQ', 2027) WHERE unit_code <> 'HQ'), 0::bigint, '4.5.3, CRM-KAM-002: of headquarters it is headquarters'' own');

-- ---- CRM-KAM-003 -------------------------------------------------------------

SELECT set_eq($$SELECT c.case_id, count(*) FROM service_case c, crm_kam_003(c.case_id) e GROUP BY 1$$,
	$$SELECT c.case_id, (SELECT count(*) + count(answered_at) FROM case_clock k WHERE k.case_id = c.case_id) + (SELECT count(*) + count(to_at) FROM case_pause p WHERE p.case_id = c.case_id)
		+ (SELECT count(*) + count(decided_at) FROM case_escalation e WHERE e.case_id = c.case_id) + (c.closed_at IS NOT NULL)::int + (NOT c.asks_answer)::int
		+ (SELECT count(*) FROM voice v WHERE v.case_id = c.case_id) + (SELECT count(*) FROM outage_finding f WHERE f.case_id = c.case_id)
		FROM service_case c$$, '4.11.5, CRM-KAM-003: all that happened with each case');
SELECT is((SELECT string_agg(event, ' ' ORDER BY ordinal) FROM crm_kam_003(1)),
	'received escalated decided answered received_again escalated decided answered closed', '4.14.5, CRM-KAM-003: in the order of time');
SELECT is((SELECT count(*) FROM service_case c, crm_kam_003(c.case_id) e JOIN crm_kam_003(c.case_id) n ON n.ordinal = e.ordinal + 1 WHERE n.happened_at < e.happened_at), 0::bigint,
	'4.14.5, CRM-KAM-003: no earlier event after a later one');
SELECT set_eq($$SELECT case_id, due_on, on_time FROM service_case c, LATERAL (SELECT e.due_on, e.on_time FROM crm_kam_003(c.case_id) e WHERE e.event = 'answered') e$$,
	$$SELECT case_id, due_on, (answered_at AT TIME ZONE 'Asia/Bangkok')::date <= due_on FROM case_clock WHERE answered_at IS NOT NULL$$, 'R18, CRM-KAM-003: whether each answer was in time');

-- ---- CRM-KAM-004, VOC-60-001 -------------------------------------------------

CREATE FUNCTION pg_temp.counted(units text, from_day date, to_day date) RETURNS TABLE (done bigint, due bigint, due_in_period bigint, contacts bigint, received bigint, open_at_end bigint,
	in_time bigint, answers_due bigint, voices bigint) LANGUAGE sql AS $$
	SELECT (SELECT count(*) FROM activity a, plan p WHERE a.plan_id = p.plan_id AND p.approved_at IS NOT NULL AND a.unit_code ~ units AND a.due_on <= to_day AND a.ended_on IS NULL
			AND (a.done_at AT TIME ZONE 'Asia/Bangkok')::date <= to_day),
		(SELECT count(*) FROM activity a, plan p WHERE a.plan_id = p.plan_id AND p.approved_at IS NOT NULL AND a.unit_code ~ units AND a.due_on <= to_day AND a.ended_on IS NULL),
		(SELECT count(*) FROM activity a, plan p WHERE a.plan_id = p.plan_id AND p.approved_at IS NOT NULL AND a.unit_code ~ units AND a.due_on BETWEEN from_day AND to_day AND a.ended_on IS NULL),
		(SELECT count(*) FROM contact c WHERE c.unit_code ~ units AND (c.happened_at AT TIME ZONE 'Asia/Bangkok')::date BETWEEN from_day AND to_day),
		(SELECT count(*) FROM service_case c WHERE c.unit_code ~ units AND (c.received_at AT TIME ZONE 'Asia/Bangkok')::date BETWEEN from_day AND to_day),
		(SELECT count(*) FROM service_case c WHERE c.unit_code ~ units AND (c.received_at AT TIME ZONE 'Asia/Bangkok')::date <= to_day
			AND coalesce((c.closed_at AT TIME ZONE 'Asia/Bangkok')::date > to_day, true)),
		(SELECT count(*) FROM case_clock k WHERE k.unit_code ~ units AND k.due_on BETWEEN from_day AND to_day AND (k.answered_at AT TIME ZONE 'Asia/Bangkok')::date <= k.due_on),
		(SELECT count(*) FROM case_clock k WHERE k.unit_code ~ units AND k.due_on BETWEEN from_day AND to_day),
		(SELECT count(*) FROM voice v WHERE v.unit_code ~ units AND (v.heard_at AT TIME ZONE 'Asia/Bangkok')::date BETWEEN from_day AND to_day)
$$;
CREATE TEMP VIEW result AS SELECT unit_code, scope, kam.done(plan_success)::bigint AS done, kam.due(plan_success)::bigint AS due, kam.due(plan_success_in_period)::bigint AS due_in_period, contacts,
	cases_received AS received, cases_open AS open_at_end, kam.done(answered_in_time)::bigint AS in_time, kam.due(answered_in_time)::bigint AS answers_due, voices, period
	FROM (SELECT NULL AS period, r.* FROM crm_kam_004('HQ', 2027) r UNION ALL SELECT 'Q1', r.* FROM crm_kam_004('N1', 2027, 'Q1') r UNION ALL SELECT 'M05', r.* FROM crm_kam_004('N1-A', 2027, 'M05') r) x;
SELECT results_eq($$SELECT done, due, due_in_period, contacts, received, open_at_end, in_time, answers_due, voices FROM result WHERE unit_code = 'HQ' AND scope = 'all'$$,
	$$SELECT * FROM pg_temp.counted('', '2027-01-01', '2027-05-20')$$, '5 (step 6), CRM-KAM-004: the country''s year so far');
SELECT results_eq($$SELECT done, due, due_in_period, contacts, received, open_at_end, in_time, answers_due, voices FROM result WHERE unit_code = 'N1' AND scope = 'all' AND period = 'Q1'$$,
	$$SELECT * FROM pg_temp.counted('^N1', '2027-01-01', '2027-03-31')$$, '5 (step 6), CRM-KAM-004: a quarter of an area with its offices');
SELECT results_eq($$SELECT done, due, due_in_period, contacts, received, open_at_end, in_time, answers_due, voices FROM result WHERE unit_code = 'N1-B' AND scope = 'part'$$,
	$$SELECT * FROM pg_temp.counted('^N1-B', '2027-01-01', '2027-03-31')$$, '5 (step 6), CRM-KAM-004: one of its offices');
SELECT results_eq($$SELECT done, due, due_in_period, contacts, received, open_at_end, in_time, answers_due, voices FROM result WHERE unit_code = 'N1-A' AND scope = 'all'$$,
	$$SELECT * FROM pg_temp.counted('^N1-A', '2027-05-01', '2027-05-20')$$, '4.15.6, CRM-KAM-004: a month of an office so far');
SELECT results_eq($$SELECT sum(done), sum(due), sum(contacts), sum(received), sum(answers_due) FROM result WHERE period IS NULL AND scope <> 'all'$$,
	$$SELECT done::numeric, due::numeric, contacts::numeric, received::numeric, answers_due::numeric FROM result WHERE period IS NULL AND scope = 'all'$$,
	'R21, CRM-KAM-004: the country is the sum of its areas and headquarters');
SELECT results_eq($$SELECT accounts, strategic, star, status, streamline FROM crm_kam_004('HQ', 2027) WHERE scope = 'all'$$,
	$$SELECT count(*), count(*) FILTER (WHERE tier = 'Strategic'), count(*) FILTER (WHERE tier = 'Star'), count(*) FILTER (WHERE tier = 'Status'), count(*) FILTER (WHERE tier = 'Streamline')
		FROM approved_selected$$, '5 (step 6), CRM-KAM-004: key accounts in force by tier');
SELECT is((SELECT sum(weight) FROM crm_kam_004('N1', 2027) WHERE scope <> 'all'),
	(SELECT sum(v.w) FROM assigned a JOIN plan p USING (plan_id) JOIN (VALUES ('Strategic', 1.0), ('Star', 0.8), ('Status', 0.6)) v (tier, w) ON v.tier = a.tier::text
	WHERE a.unit_code LIKE 'N1%' AND a.responsibility = 'main' AND p.approved_at IS NOT NULL), '6.1.2.1, CRM-KAM-004: what their managers carry in force');
SELECT is((SELECT jsonb_object_agg(r ->> 'kind', r -> 'voices') FROM form_document('VOC-60-001', 'N1', 2027) d,
		jsonb_array_elements(pg_temp.a_section(d, 'Need, requirement, expectation and other kinds') -> 'rows') r),
	(SELECT jsonb_object_agg(k.kind, (SELECT count(*) FROM voice v WHERE v.kind = k.kind AND v.unit_code LIKE 'N1%')) FROM voice_kind k), '5 (step 6), VOC-60-001: what was said, by kind');
SELECT is((SELECT jsonb_agg(jsonb_build_array(r -> 'kind', r -> 'title', r -> 'voices', r -> 'accounts')) FROM form_document('VOC-60-001', 'N1', 2027) d, jsonb_array_elements(pg_temp.a_section(d, 'Topics') -> 'rows') r),
	(SELECT jsonb_agg(jsonb_build_array(kind, topic, n, a)) FROM (SELECT kind, topic, count(*) AS n, count(DISTINCT account_id) AS a FROM voice WHERE unit_code LIKE 'N1%' GROUP BY 1, 2) t),
	'5 (step 6), VOC-60-001: the topics');

-- ---- CRM-KAM-005 -------------------------------------------------------------

SELECT set_eq($$SELECT account_id, tier::text, contact_person, is_coordinator, kamr_id FROM crm_kam_005('N1', 2027)$$,
	$$SELECT s.account_id, s.tier::text, c.name, c.is_coordinator, a.staff_id FROM approved_selected s
		LEFT JOIN contact_person c ON c.account_id = s.account_id AND coalesce(c.until, '2027-05-20') >= '2027-05-20'
		LEFT JOIN (SELECT x.* FROM assigned x JOIN plan p USING (plan_id) WHERE p.approved_at IS NOT NULL AND x.responsibility <> 'area') a ON a.account_id = s.account_id
		WHERE s.unit_code LIKE 'N1%'$$, '5 (step 7), CRM-KAM-005: accounts in force, contact persons, key account managers');
SELECT is((SELECT area_kamr_id FROM crm_kam_005('N1-A', 2027) WHERE account_id = 'N1A-01' LIMIT 1), 'area_kamr_n1', '4.12, CRM-KAM-005: the area key account manager beside them');
SELECT is((SELECT array_agg(contact_person ORDER BY n) FROM (SELECT row_number() OVER () AS n, r.* FROM crm_kam_005('N1-A', 2027) r) r WHERE account_id = 'N1A-01'), ARRAY['ค', 'ก'],
	'5 (step 7), CRM-KAM-005: the coordinator first');

-- ---- survey, effectiveness, review -------------------------------------------

SELECT set_eq($$SELECT survey_id, measure, responses, mean, deviation, scale FROM survey_report('HQ', 2027) WHERE scope = 'all'$$,
	$$SELECT r.survey_id, r.measure, count(*), round(avg(r.score), 2) AS mean, round(stddev_samp(r.score), 2) AS deviation, max(m.scale) FROM survey_response r JOIN survey_measure m USING (survey_id, measure)
		GROUP BY 1, 2$$, '5 (step 8), survey report: means and deviations of the country');
SELECT set_eq($$SELECT unit_code, measure, responses, mean, top_two::text FROM survey_report('HQ', 2027) WHERE survey_id = 2 AND scope IN ('own', 'part')$$,
	$$SELECT u.area, r.measure, count(*), round(avg(r.score), 2), count(*) FILTER (WHERE r.score >= m.scale - 1) || '/' || count(*)
		FROM survey_response r JOIN survey_measure m USING (survey_id, measure) JOIN LATERAL (SELECT split_part(r.unit_code, '-', 1)) u (area) ON true
		WHERE r.survey_id = 2 GROUP BY 1, 2$$, '5 (step 8), survey report: of each area and of headquarters');
SELECT set_eq($$SELECT tier::text, responses, answered::text FROM survey_report('N1', 2027) WHERE survey_id = 2 AND measure = 'loyalty' AND scope = 'tier'$$,
	$$SELECT s.tier::text, count(r.score), count(DISTINCT r.account_id) || '/' || count(DISTINCT s.account_id) FROM approved_selected s
		LEFT JOIN survey_response r ON r.account_id = s.account_id AND r.survey_id = 2 AND r.measure = 'loyalty'
		WHERE s.unit_code LIKE 'N1%' GROUP BY s.tier HAVING count(r.score) > 0$$, '5 (step 8), survey report: of each tier, and how many answered');
SELECT is((SELECT answered::text FROM survey_report('HQ', 2027) WHERE survey_id = 2 AND measure = 'satisfaction' AND scope = 'all'),
	(SELECT count(DISTINCT r.account_id) || '/' || (SELECT count(*) FROM approved_selected) FROM survey_response r JOIN approved_selected s USING (account_id)
	WHERE r.survey_id = 2 AND r.measure = 'satisfaction'), '5 (step 8), survey report: how many of the key accounts answered');
SELECT results_eq($$SELECT rate::text, target, is_met FROM effectiveness_report('N1', 2027, 'preliminary') WHERE measure = 'plan_success'$$,
	$$SELECT c.done || '/' || c.due, 95::numeric, c.done * 100 >= 95 * c.due FROM pg_temp.counted('^N1', '2027-01-01', '2027-05-20') c$$, '5 (step 9), effectiveness: success against the plan, and the target');
SELECT set_eq($$SELECT survey, measure, actual, is_met FROM effectiveness_report('N1', 2027) WHERE unit = 'score'$$,
	$$SELECT s.title, r.measure, round(avg(r.score), 2), CASE r.measure WHEN 'satisfaction' THEN round(avg(r.score), 2) / max(m.scale) >= 4.2 / 5 END
		FROM survey_response r JOIN survey_measure m USING (survey_id, measure) JOIN survey s USING (survey_id) WHERE r.unit_code LIKE 'N1%' GROUP BY 1, 2$$,
	'5 (step 9), effectiveness: satisfaction and loyalty, and the target on its own scale');
SELECT is((SELECT r ->> 'problems' FROM form_document('effectiveness', 'N1', 2027) d, jsonb_array_elements(pg_temp.a_section(d, 'Evaluations, problems, suggestions') -> 'rows') r),
	'one manager is away', '4.3.5, effectiveness: problems and suggestions');
SELECT set_eq($$SELECT step, deadlines, met, met_late, overdue, due FROM process_review('HQ', 2027)$$,
	$$SELECT step::int, count(*), count(*) FILTER (WHERE state = 'met') AS met, count(*) FILTER (WHERE state = 'met late') AS late, count(*) FILTER (WHERE state = 'overdue') AS over,
		count(*) FILTER (WHERE state LIKE 'due%') AS due FROM deadline_status WHERE plan_year = 2027 GROUP BY 1$$, '5 (step 10), review: how the steps kept their dates');
SELECT is((SELECT count(DISTINCT step) FROM process_review('HQ', 2027)), 10::bigint, '5 (step 10), review: every step of the process');

-- ---- published: as it was ----------------------------------------------------

SELECT is((SELECT jsonb_object_agg(r.unit_code, jsonb_path_query_array(r.content, '$.documents[*].form')) FROM report r WHERE r.kind = 'approved_plan'),
	(SELECT jsonb_object_agg(p.unit_code, '["CRM-KAM-001", "CRM-KAM-002"]'::jsonb) FROM plan p WHERE p.approved_at IS NOT NULL), '5 (step 2): every approved plan is published with both forms');
SELECT results_eq($$SELECT unit_code, count(*) FROM deadline_event WHERE step = 2 GROUP BY 1 ORDER BY 1$$,
	$$SELECT unit_code, 1::bigint FROM plan WHERE approved_at IS NOT NULL ORDER BY 1$$, '5 (step 2): which the approval meets, once');
CREATE TEMP TABLE frozen AS SELECT report_id, content FROM report;
SELECT pg_temp.act('kamr1_n1a') \g /dev/null
SELECT record_contact('N1A-04', '2027-03-05 10:00+07', 'visit', 'remembered late') \g /dev/null
RESET ROLE;
SELECT isnt((SELECT contacts FROM crm_kam_004('N1', 2027, 'Q1') WHERE scope = 'all'), (SELECT (content #>> '{results,contacts}')::bigint FROM report WHERE kind = 'quarterly'),
	'5 (step 6): what is recorded later changes the quarter');
SELECT is((SELECT pg_temp.figure(content #> '{documents,0}', 'contacts') FROM report WHERE kind = 'quarterly'), (SELECT content #> '{results,contacts}' FROM frozen JOIN report USING (report_id, content)
	WHERE kind = 'quarterly'), '5 (step 6): and not the report of it');
SELECT is_empty($$SELECT * FROM verify_reports() UNION ALL SELECT decision_id, problem FROM verify_decisions()$$, '5: all reports and plans are what was decided');

-- Shown again: the same bytes for everybody who reads it, whatever was renamed since.
CREATE FUNCTION pg_temp.pages() RETURNS TABLE (who text, report_id bigint, page text) LANGUAGE plpgsql AS $$
BEGIN
	FOR who IN SELECT staff_id FROM staff WHERE role_name IS NOT NULL UNION VALUES ('reader'), ('owner') LOOP
		FOR report_id, page IN SELECT r.report_id, pg_temp.try(who, format('SELECT md5(report_page(%s))', r.report_id)) FROM report r LOOP
			IF page !~ '^42501' THEN
				RETURN NEXT;
			END IF;
		END LOOP;
	END LOOP;
END $$;
CREATE TEMP TABLE shown AS SELECT * FROM pg_temp.pages();
SELECT is((SELECT count(*) FROM (SELECT FROM shown GROUP BY report_id HAVING count(DISTINCT page) = 1 AND count(*) > 3) r), (SELECT count(*) FROM report),
	'5: a published report is the same page for everybody who reads it');
SELECT is((SELECT count(*) FROM shown WHERE page !~ '^[0-9a-f]{32}$'), 0::bigint, '5: and a page for each of them');
SET ROLE regress_forms_owner;
UPDATE staff SET name_th = 'ใหม่ ' || name_th, name_en = 'New';
UPDATE unit SET name_th = 'ใหม่ ' || name_th;
UPDATE account SET name_th = 'ใหม่ ' || name_th;
RESET ROLE;
SET timezone = 'America/New_York';
SELECT set_eq('SELECT * FROM pg_temp.pages()', 'SELECT * FROM shown', '5: staff, units and accounts that were renamed since change no page of it');
SET timezone = 'Asia/Bangkok';

SELECT * FROM finish();
DROP VIEW selected, assigned, approved_selected, result CASCADE;
\ir ../sql/include/workflow_cleanup.sql
