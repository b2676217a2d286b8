-- Forms: rows of what the reader reads, documents for who reads all of it, and the approved plan, which is published when it is approved.
\set schema wf_form
\set prefix regress_form_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture
-- A document in brief: its sections, with the names of their figures or columns and how many rows they have.
CREATE FUNCTION pg_temp.outline(document jsonb) RETURNS TABLE (kind text, title_en text, holds text) LANGUAGE sql AS $$
	SELECT s ->> 'kind', s ->> 'title_en', CASE s ->> 'kind'
		WHEN 'figures' THEN (SELECT string_agg(i ->> 'name', ' ') FROM jsonb_array_elements(s -> 'items') i)
		WHEN 'table' THEN jsonb_array_length(s -> 'rows') || ': ' || (SELECT string_agg(c ->> 'name', ' ') FROM jsonb_array_elements(s -> 'columns') c)
		WHEN 'text' THEN s ->> 'text' ELSE left(s ->> 'svg', 4) END
	FROM jsonb_array_elements(document -> 'sections') s
$$;
CREATE FUNCTION pg_temp.signed(document jsonb) RETURNS TABLE (post text, name_th text, signed_at text, acting text) LANGUAGE sql AS $$
	SELECT s ->> 'post', s ->> 'name_th', s ->> 'signed_at', s ->> 'acting' FROM jsonb_array_elements(document -> 'signatures') s
$$;

-- ---- a plan ------------------------------------------------------------------

SELECT pg_temp.add_accounts('N1-A', 3), pg_temp.add_accounts('N1-A', 2, 2027, '{"value_class": "Medium"}', first => 4),
	pg_temp.add_accounts('N1-A', 1, 2027, '{"value_class": "Low", "voltage_kv": 22, "avg_monthly_bill_thb": null}', first => 6),
	pg_temp.add_accounts('N1-A', 1, 2027, '{"value_class": null, "voltage_kv": 22}', first => 7), pg_temp.add_accounts('N1-B', 2);
SET ROLE regress_form_owner;
-- names that a page has to escape, and that sort in Thai order: ก เก แก ข
UPDATE account SET name_th = CASE account_id WHEN 'N1A-01' THEN 'แก้ว <script>alert("1")</script> & ''co''' WHEN 'N1A-02' THEN 'เกลือ' || E'\nสอง บรรทัด\t"x"'
	WHEN 'N1A-03' THEN 'กลม' ELSE 'ข้าว ' || account_id END WHERE unit_code = 'N1-A';
INSERT INTO contact_person (account_id, unit_code, name, duty, phone, is_coordinator, until) VALUES
	('N1A-01', 'N1-A', 'คุณเอก', '=cmd()', '053-1', false, NULL), ('N1A-01', 'N1-A', 'คุณไก่', NULL, '053-2', true, NULL),
	('N1A-01', 'N1-A', 'คุณเก่า', NULL, '053-3', false, '2026-01-31');
RESET ROLE;
SELECT pg_temp.try('process_owner_hq', 'SELECT open_year(2027)');
SELECT pg_temp.try('director_customer_information_hq', 'SELECT compute_cutoffs(2027)');
SET ROLE regress_form_section_head_n1a;
SELECT count(*) FROM propose_selection(2027, 'N1-A');
SELECT select_account(2027, a) FROM unnest('{N1A-01,N1A-02,N1A-03,N1A-04,N1A-06}'::text[]) a;
SELECT leave_out_account(2027, 'N1A-05', 'moves <b>away</b>');
SELECT select_special(2027, 'N1A-07', 'Status', '{discretionary}', 'head office of a group');
SELECT set_target(2027, 'N1-A', 'plan_success', 90), set_target(2027, 'N1-A', 'satisfaction', 4.2, 5), set_budget(2027, 'N1-A', 150000);
SELECT count(add_activity(2027, account_id, 'visit', '2027-02-15')) FROM selection WHERE status = 'selected';
SELECT count(add_benefit(2027, 'N1A-01', 'thermoscan', 25000.50)), count(add_benefit(2027, 'N1A-02', 'newsletter'));
SET ROLE regress_form_office_manager_n1a;
SELECT appoint_kamr(2027, 'N1-A', 'newcomer_n1a', 'office', '2027-01-01'), judge_relations(2027, 'N1-A', 'newcomer_n1a', true),
	waive_qualification(2027, 'N1-A', 'newcomer_n1a', ARRAY[1, 3, 4], 'knows the estate');
SELECT assign_account(2027, account_id, CASE tier WHEN 'Streamline' THEN 'section_head_n1a' ELSE 'newcomer_n1a' END) FROM selection WHERE status = 'selected' ORDER BY account_id;
RESET ROLE;

-- ---- rows --------------------------------------------------------------------

SET ROLE regress_form_office_manager_n1a;
SELECT account_id, name_th, value_class, criteria, criteria_th, tier, basis, status, reason, plan_status, kamr_id, kamr_position FROM crm_kam_001('N1-A', 2027);
SELECT staff_id, position, level, qualified, qualification_en, waived_points, waiver_reason, waived_by, portfolio, weight, total_weight, minimum, maximum, load, in_force
FROM crm_kam_001_kamr('N1-A', 2027);
SELECT what, account_id, tier, kamr_id, item, amount_thb, target, scale, due_on FROM crm_kam_002('N1-A', 2027);
SELECT * FROM crm_kam_005('N1-A', 2027);	-- nothing is in force yet
RESET ROLE;
-- of what the reader reads
SELECT who, pg_temp.try(who, $$SELECT count(*) FROM crm_kam_001('N1', 2027)$$) AS accounts, pg_temp.try(who, $$SELECT count(*) FROM crm_kam_002('N1', 2027)$$) AS plans,
	pg_temp.try(who, $$SELECT count(*) FROM crm_kam_001_kamr('N1-A', 2027)$$) AS kamrs
FROM unnest('{office_manager_n1a,office_manager_n1b,area_director_n1,area_director_c1,reader,stranger}'::text[]) who;

-- no rows say that nothing was done: so not of a year that is none, or of a unit that is none
SELECT call, pg_temp.try('office_manager_n1a', 'SELECT count(*) FROM ' || call) FROM unnest(ARRAY[
	$$crm_kam_001('N1-A', 2570)$$, $$crm_kam_001_kamr('N1-A', 2570)$$, $$crm_kam_002('N1-A', 2570)$$, $$crm_kam_004('N1-A', 2570)$$, $$crm_kam_005('N1-A', 2570)$$,
	$$survey_report('N1-A', 2570)$$, $$effectiveness_report('N1-A', 2570)$$, $$process_review('N1-A', 2570)$$,
	$$crm_kam_001('N1-A', 2026)$$, $$crm_kam_001('N1-A', -2147483648)$$, $$crm_kam_004('N1-A', 2147483647)$$, $$effectiveness_report('N1-A', 1)$$,
	$$crm_kam_001('X9', 2027)$$, $$crm_kam_004(NULL, 2027)$$, $$process_review('N1-A', NULL)$$]) call;
SELECT form_document('CRM-KAM-004', 'N1-A', 2027, '') -> 'period' AS empty_period FROM (SELECT pg_temp.act('office_manager_n1a')) a;
RESET ROLE;

-- ---- documents: who, and of what ---------------------------------------------

SELECT form, unit, who, pg_temp.brief(who, format('SELECT form_document(%L, %L, 2027) ->> %L', form, unit, 'title_en'))
FROM (VALUES ('CRM-KAM-001', 'N1-A', 'section_head_n1a'), ('CRM-KAM-001', 'N1-A', 'newcomer_n1a'), ('CRM-KAM-001', 'N1-A', 'office_manager_n1b'), ('CRM-KAM-001', 'N1', 'office_manager_n1a'),
	('CRM-KAM-001', 'N1', 'director_customer_service_n1'), ('CRM-KAM-001', 'N1-A', 'reader'), ('CRM-KAM-001', 'N1-A', 'stranger'), ('CRM-KAM-001', 'N1-A', 'owner'),
	('CRM-KAM-001', 'HQ', 'deputy_governor_strategy_hq'), ('CRM-KAM-004', 'HQ', 'deputy_governor_strategy_hq'), ('CRM-KAM-004', 'HQ', 'director_engineering_hq_hq'),
	('CRM-KAM-001', 'R1', 'deputy_governor_region_r1'), ('CRM-KAM-001', 'R1', 'area_director_n1'), ('CRM-KAM-001', 'X9', 'area_director_n1'), ('CRM-KAM-001', 'X9', 'owner')) v (form, unit, who);
SELECT pg_temp.try('office_manager_n1a', 'SELECT form_document(' || arguments || ')') FROM unnest(ARRAY[
	$$'CRM-KAM-006', 'N1-A', 2027$$, $$NULL, 'N1-A', 2027$$, $$'CRM-KAM-001', 'N1-A', 2570$$, $$'CRM-KAM-001', 'N1-A', 2026$$, $$'CRM-KAM-001', 'N1-A'$$, $$'CRM-KAM-001'$$,
	$$'CRM-KAM-001', 'N1-A', 2027, 'M01'$$, $$'CRM-KAM-004', 'N1-A', 2027, 'M13'$$, $$'effectiveness', 'N1-A', 2027, 'Q1'$$, $$'CRM-KAM-003'$$, $$'CRM-KAM-003', case_id => 7$$,
	$$'CRM-KAM-003', 'N1-A', 2027, case_id => 7$$, $$'CRM-KAM-001', 'N1', 2027$$, $$'CRM-KAM-004', 'HQ', 2027$$]) arguments;
SELECT pg_temp.try('owner', $$SELECT form_document('CRM-KAM-003', case_id => 7)$$);

-- ---- a plan on its way: who has signed ---------------------------------------

SET ROLE regress_form_office_manager_n1a;
SELECT d ->> 'title_th' AS title, d - 'sections' - 'signatures' AS about FROM form_document('CRM-KAM-001', 'N1-A', 2027) d;
SELECT o.* FROM form_document('CRM-KAM-001', 'N1-A', 2027) d, pg_temp.outline(d) o;
SELECT o.* FROM form_document('CRM-KAM-002', 'N1-A', 2027) d, pg_temp.outline(d) o;
SELECT DISTINCT s.post, s.name_th, s.signed_at FROM form_document('CRM-KAM-001', 'N1-A', 2027) d, pg_temp.signed(d) s ORDER BY 1;
-- hostile texts stand in it as they are
SELECT r ->> 'name_th' AS name, r ->> 'reason' AS reason FROM form_document('CRM-KAM-001', 'N1-A', 2027) d, jsonb_array_elements(d #> '{sections,1,rows}' || (d #> '{sections,2,rows}')) r;
RESET ROLE;
CALL pg_temp.at('2026-11-10 09:00+07');
SELECT pg_temp.try('section_head_n1a', $$SELECT review_plan(2027, 'N1-A')$$);
SELECT pg_temp.walk_plan(2027, 'N1-A', 'compiled');
SELECT s.* FROM (SELECT pg_temp.act('office_manager_n1a')) a, form_document('CRM-KAM-002', 'N1-A', 2027) d, pg_temp.signed(d) s;
RESET ROLE;
-- returned: nobody has signed any more
CALL pg_temp.at('2026-11-11 09:00+07');
SELECT pg_temp.try('director_engineering_area_n1', $$SELECT return_plan(2027, 'N1-A', 'one more visit')$$);
SELECT count(s.name_th) AS signed FROM (SELECT pg_temp.act('office_manager_n1a')) a, form_document('CRM-KAM-001', 'N1-A', 2027) d, pg_temp.signed(d) s;
RESET ROLE;

-- ---- approved: published -----------------------------------------------------

SELECT pg_temp.brief('area_director_n1', $$SELECT publish_report('approved_plan', 'N1-A', 2027)$$);
CALL pg_temp.at('2026-11-20 09:00+07');
SELECT pg_temp.walk_plan(2027, 'N1-A', below_minimum_reason => 'six accounts in all');
SELECT report_id, kind, unit_code, period, edition, published_at, published_by, content - 'documents' AS content FROM report;
SELECT d ->> 'form' AS form, s.* FROM report, jsonb_array_elements(content -> 'documents') d, pg_temp.signed(d) s ORDER BY 1;
SELECT d ->> 'form' AS form, o.* FROM report, jsonb_array_elements(content -> 'documents') d, pg_temp.outline(d) o;
SELECT decision_id, subject, action, post, to_status FROM decision ORDER BY decision_id DESC LIMIT 2;
SELECT * FROM verify_reports();
SELECT * FROM verify_decisions();
-- step 2 is met by the approval
SELECT step, count(*), min(met_at) FROM deadline_event WHERE unit_code = 'N1-A' AND step = 2 GROUP BY step;
SELECT step, period, state, met_at FROM deadline_status WHERE unit_code = 'N1-A' AND step <= 2;
-- who reads it: who reads all of the unit, and to whom it is sent
SELECT who, pg_temp.try(who, 'SELECT count(*) FROM report') AS reads, pg_temp.try(who, 'SELECT count(*) FROM report_for_me') AS receives
FROM unnest('{newcomer_n1a,office_manager_n1a,section_head_n1a,office_manager_n1b,director_customer_service_n1,area_director_n1,area_director_c1,deputy_governor_region_r1,
	director_engineering_hq_hq,director_customer_information_hq,deputy_governor_strategy_hq,process_owner_hq,reader,stranger}'::text[]) who;
-- once more by hand: by whom, and only where the plan is approved
SELECT who, unit, pg_temp.try(who, format('SELECT publish_report(%L, %L, 2027)', 'approved_plan', unit))
FROM (VALUES ('office_manager_n1a', 'N1-A'), ('area_director_c1', 'N1-A'), ('director_customer_service_n1', 'N1-B'), ('director_customer_service_n1', 'N1-A'), ('director_customer_service_n1', 'X9')) v (who, unit);
SELECT pg_temp.brief('area_director_n1', $$SELECT publish_report('approved_plan', 'N1-A', 2027, 'M01')$$);

-- an amendment: the next edition, with what stands then
CALL pg_temp.at('2027-01-20 09:00+07');
SET ROLE regress_form_office_manager_n1a;
SELECT open_amendment(2027, 'N1-A', 'N1A-03 has closed') > 0 AS opened;
SELECT drop_account(2027, 'N1A-03', 'closed down');
SELECT set_target(2027, 'N1-A', 'plan_success', 95);
SELECT account_id, status, plan_status FROM crm_kam_001('N1-A', 2027);
SELECT count(s.name_th) AS signed FROM form_document('CRM-KAM-001', 'N1-A', 2027) d, pg_temp.signed(d) s;
RESET ROLE;
SELECT pg_temp.walk_plan(2027, 'N1-A', below_minimum_reason => 'five accounts in all');
SELECT edition, content ->> 'amendment_no' AS amendment, jsonb_array_length(content #> '{documents,0,sections,1,rows}') AS accounts,
	(SELECT string_agg(r ->> 'target', ' ' ORDER BY r ->> 'item') FROM jsonb_path_query(content, '$.documents[1].sections[*].rows[*] ? (@.what == "target")') r) AS targets
FROM report ORDER BY 1;
SELECT * FROM verify_reports();

-- ---- the year ----------------------------------------------------------------

CALL pg_temp.at('2027-02-03 09:00+07');
SET ROLE regress_form_newcomer_n1a;
SELECT record_introduction('N1A-01', '2027-01-25 10:00+07', '=telephone 081, LINE');
SELECT open_case('N1A-01', 'problem', '<b>dips</b>', E'twice\n"a day"', urgent => true, received_at => '2027-01-26 10:00+07');
SELECT answer_case(1, 'tree trimmed', '2027-01-28 09:00+07');
SELECT open_case('N1A-02', 'need', 'Second feeder', asks_answer => false, received_at => '2027-01-27 10:00+07');
SELECT record_voice('N1A-02', '2027-01-27 10:00+07', 'visit', 'need', 'second feeder', 'for the new line', case_id => 2);
SELECT record_outage_finding('N1A-01', '2027-01-26 09:00+07', 'control_centre', 'a branch in the line', case_id => 1);
RESET ROLE;
SELECT pg_temp.try('office_manager_n1a', $$SELECT decide_case(1, 'insulate the line')$$);
SELECT ordinal, event, happened_at, staff_id, post, cause, what, due_on, on_time FROM (SELECT pg_temp.act('newcomer_n1a')) a, crm_kam_003(1);
RESET ROLE;
SELECT ordinal, event, happened_at, staff_id, post, cause, what, due_on, on_time FROM (SELECT pg_temp.act('newcomer_n1a')) a, crm_kam_003(2);
-- whoever reads the case has its form
SELECT o.* FROM form_document('CRM-KAM-003', case_id => 1) d, pg_temp.outline(d) o;
SELECT s.* FROM form_document('CRM-KAM-003', case_id => 1) d, pg_temp.signed(d) s;
RESET ROLE;
SELECT who, pg_temp.try(who, $$SELECT form_document('CRM-KAM-003', case_id => 1) -> 'unit' ->> 'unit_code'$$) AS document, pg_temp.try(who, 'SELECT count(*) FROM crm_kam_003(1)') AS events
FROM unnest('{office_manager_n1a,area_kamr_n1,office_manager_n1b,stranger}'::text[]) who;
SELECT account_id, name_th, contact_person, is_coordinator, duty, kamr_id, kamr_channels FROM (SELECT pg_temp.act('area_director_n1')) a, crm_kam_005('N1', 2027);
RESET ROLE;

-- a month, published; what is recorded later does not change it
SELECT pg_temp.try('office_manager_n1a', $$SELECT publish_report('monthly', 'N1-A', 2027, 'M01')$$);
SELECT d ->> 'form' AS form, d ->> 'days_from' AS days_from, d ->> 'days_to' AS days_to, o.* FROM report r, jsonb_array_elements(content -> 'documents') d, pg_temp.outline(d) o WHERE r.kind = 'monthly';
SELECT s.* FROM report r, pg_temp.signed(content #> '{documents,0}') s WHERE r.kind = 'monthly';
CREATE TEMP TABLE frozen AS SELECT content FROM report WHERE kind = 'monthly';
CALL pg_temp.at('2027-02-10 09:00+07');
SET ROLE regress_form_newcomer_n1a;
SELECT record_contact('N1A-01', '2027-01-30 10:00+07', 'visit', 'remembered late');
RESET ROLE;
SELECT r.content = f.content AS frozen, d #>> '{sections,0,items,3,value}' AS contacts_now, r.content #>> '{documents,0,sections,0,items,3,value}' AS contacts_then
FROM report r, frozen f, (SELECT pg_temp.act('office_manager_n1a')) a, form_document('CRM-KAM-004', 'N1-A', 2027, 'M01') d WHERE r.kind = 'monthly';
RESET ROLE;
-- nor does a new name of whoever published, signed or looks after it
BEGIN;
CREATE TEMP TABLE paper AS SELECT report_id, report_page(report_id) AS page, report_csv(report_id) AS csv FROM report;
UPDATE staff SET name_th = 'คนใหม่';
UPDATE unit SET name_th = 'หน่วยใหม่';
UPDATE account SET name_th = 'ลูกค้าใหม่';
UPDATE form SET title_th = 'แบบใหม่';
SELECT count(*) AS reports, count(*) FILTER (WHERE page = report_page(report_id) AND csv = report_csv(report_id)) AS unchanged FROM paper;
ROLLBACK;
-- a case that came after the hour of the clock, which was set back
BEGIN;
CALL pg_temp.at('2027-01-02 09:00+07');
SELECT d ->> 'days_from' AS days_from, d ->> 'days_to' AS days_to FROM form_document('CRM-KAM-003', case_id => 2) d;
ROLLBACK;
-- what goes to readers who may not read accounts and people of all units names none
CALL pg_temp.at('2027-04-10 09:00+07');
SELECT pg_temp.brief(who, format('SELECT publish_report(%L, %L, 2027, %L)', kind, unit, period)) FROM (VALUES ('director_customer_service_n1', 'quarterly', 'N1', 'Q1'),
	('director_customer_service_n1', 'effectiveness', 'N1', 'preliminary'), ('director_customer_service_n1', 'coordinators', 'N1', NULL), ('process_owner_hq', 'process_review', 'HQ', NULL),
	('director_communication_service_hq', 'survey', 'HQ', NULL)) v (who, kind, unit, period);
SELECT kind, jsonb_array_length(content -> 'documents') AS documents, content::text ~ 'N1A-0|newcomer' AS names_somebody FROM report ORDER BY report_id;
-- for who reads them all, the live form names them
SELECT o.* FROM (SELECT pg_temp.act('area_director_n1')) a, form_document('CRM-KAM-004', 'N1', 2027, 'Q1') d, pg_temp.outline(d) o;
SELECT unit_code, scope, accounts, strategic, plan_success, contacts, cases_received, answered_in_time, voices FROM crm_kam_004('N1', 2027, 'Q1');
RESET ROLE;
SELECT * FROM verify_reports();

-- ---- settings of the session change nothing ----------------------------------

CREATE TEMP TABLE said AS SELECT f.form, form_document(f.form, 'N1', 2027) - 'made_at' AS document FROM (SELECT pg_temp.act('area_director_n1')) a, form f WHERE f.covers <> 'case';
RESET ROLE;
GRANT SELECT ON said TO PUBLIC;
SET ROLE regress_form_area_director_n1;
SET timezone = 'America/New_York';
SET datestyle = 'German, DMY';
SET intervalstyle = 'iso_8601';
SET extra_float_digits = 0;
SET search_path = pg_catalog;
SELECT count(*) AS forms, count(*) FILTER (WHERE wf_form.form_document(form, 'N1', 2027) - 'made_at' IS DISTINCT FROM document) AS changed FROM said;
RESET ROLE;
SET search_path = wf_form;
RESET timezone; RESET datestyle; RESET intervalstyle; RESET extra_float_digits;

-- ---- rows that a user changes ------------------------------------------------

BEGIN;
SET LOCAL ROLE regress_form_owner;
UPDATE form_signature SET role_th = 'ผู้ตรวจ' WHERE form = 'CRM-KAM-005' AND unit_kind = 'area';
INSERT INTO form_signature VALUES ('CRM-KAM-005', 'area', 2, 'area_director', NULL, 'ผู้รับทราบ', 'Noted by', 'ours');
-- a form of our own, which needs its function
INSERT INTO form VALUES ('OUR-2', 'own', '^$', 'แบบที่สอง', 'Second', 'ours');
SELECT pg_temp.try('area_director_n1', $$SELECT form_document('OUR-2', 'N1', 2027)$$);
DELETE FROM form WHERE form = 'OUR-2';
INSERT INTO form VALUES ('OUR-1', 'own', '^$', 'แบบของเรา', 'Ours', 'ours');
INSERT INTO report_document VALUES ('coordinators', 'OUR-1', 2);
CREATE FUNCTION _our_1_sections(request form_request, content jsonb) RETURNS jsonb LANGUAGE sql STABLE
RETURN wf_form._sections(wf_form._text_section('ข้อความ', 'Text', 'units ' || array_to_string((request).units, ' ')));
RESET ROLE;
SELECT s ->> 'role_th' AS role_th, s ->> 'post_th' AS post_th FROM (SELECT pg_temp.act('area_director_n1')) a, form_document('CRM-KAM-005', 'N1', 2027) d, jsonb_array_elements(d -> 'signatures') s;
SELECT o.* FROM form_document('OUR-1', 'N1', 2027) d, pg_temp.outline(d) o;
RESET ROLE;
SELECT pg_temp.try('director_customer_service_n1', $$SELECT publish_report('coordinators', 'N1', 2027)$$) > '' AS published;
SELECT edition, jsonb_path_query_array(content, '$.documents[*].form') AS forms FROM report WHERE kind = 'coordinators' ORDER BY 1;
ROLLBACK;

\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
