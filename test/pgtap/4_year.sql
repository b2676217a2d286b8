-- 4, who does what in the year: every post against every call for an account of N1-A and of HQ, and what is not their decision. The expected
-- posts are written down here from the manual, not read from the table authority.
\set schema wf_4_year
\set prefix regress_4_year_
\ir ../sql/include/workflow_fixture.sql
\set ECHO none
SET search_path = :schema, public;
BEGIN;

SELECT pg_temp.add_accounts('N1-A', 1, 2026), pg_temp.add_accounts('HQ', 1, 2026), pg_temp.put_in_force(2026);
CALL pg_temp.at('2026-05-06 09:00+07');
SELECT pg_temp.brief('office_kamr_n1a', $$SELECT open_case('N1A-01', 'problem', 'Dips', urgent => true)$$), pg_temp.brief('hq_kamr_hq', $$SELECT open_case('HQ-01', 'problem', 'Dips', urgent => true)$$),
	pg_temp.brief('office_kamr_n1a', $$SELECT request_resource('N1-A', 'people', 'answer', 'An engineer')$$), pg_temp.brief('hq_kamr_hq', $$SELECT request_resource('HQ', 'people', 'answer', 'An engineer')$$);
SELECT pg_temp.brief('director_engineering_area_n1', $$SELECT screen_resource(1, 'Yes')$$);

-- who may, by staff_id without its unit; the account is N1-A's. Key account managers act for their own accounts.
CREATE TEMP TABLE expected (section text, call text, may text[]);
INSERT INTO expected VALUES
	('4.14', $$record_contact('N1A-01', '2026-05-06 08:00+07', 'visit', 'Visit')$$, '{office_kamr_n1a}'),
	('4.14.5', $$open_case('N1A-01', 'need', 'A need')$$, '{office_kamr_n1a,senior_kamr_n1a,section_head_n1a,area_kamr_n1}'),
	('4.14.5', $$answer_case(1, 'Tomorrow')$$, '{office_kamr_n1a,section_head_n1a,office_manager_n1a}'),
	('4.14.5', $$pause_case(1, 'Waits')$$, '{office_kamr_n1a,section_head_n1a,office_manager_n1a}'),
	('4.14.5', $$escalate_case(1, 'Up')$$, '{office_kamr_n1a,senior_kamr_n1a,section_head_n1a,area_kamr_n1}'),
	('R25', $$decide_case(1, 'Do it')$$, '{office_manager_n1a,director_engineering_area_n1,area_director_n1}'),
	('R25', $$decide_case(2, 'Do it')$$, '{director_engineering_hq_hq,deputy_governor_strategy_hq}'),
	('4.14', $$record_voice('N1A-01', '2026-05-06 08:00+07', 'visit', 'need', 'supply', 'More')$$,
		'{office_kamr_n1a,senior_kamr_n1a,section_head_n1a,area_kamr_n1,director_communication_service_hq}'),
	('4.14.7', $$pass_on_news('N1A-01', 'News')$$, '{office_kamr_n1a,senior_kamr_n1a,area_kamr_n1}'),
	('4.14.6', $$record_outage_finding('N1A-01', '2026-05-06 08:00+07', 'control_centre', 'A tree')$$, '{office_kamr_n1a,senior_kamr_n1a,area_kamr_n1}'),
	('4.14', $$request_resource('N1-A', 'people', 'answer', 'Help')$$, '{office_kamr_n1a,senior_kamr_n1a,section_head_n1a,office_manager_n1a}'),
	('4.4', $$screen_resource(1, 'Twice')$$, '{director_engineering_area_n1}'),
	('4.5', $$screen_resource(2, 'Yes')$$, '{director_engineering_hq_hq}'),
	('4.3', $$grant_resource(1)$$, '{area_director_n1}'),
	('4.3', $$refuse_resource(1, 'No')$$, '{area_director_n1}'),
	('4.2', $$refuse_resource(2, 'No')$$, '{deputy_governor_strategy_hq}'),
	('4.9', $$open_survey(2026, 'call_centre', 'Survey')$$, '{director_communication_service_hq}'),
	('4.10.5', $$evaluate_kamr(2026, 'N1-A', 'senior_kamr_n1a', 80, 'Good')$$, '{office_manager_n1a}'),
	('4.13.3', $$evaluate_kamr(2026, 'N1-A', 'office_kamr_n1a', 80, 'Good')$$, '{office_manager_n1a,senior_kamr_n1a}'),
	('4.6.5', $$evaluate_kamr(2026, 'N1', 'area_kamr_n1', 80, 'Good')$$, '{director_customer_service_n1}'),
	('4.5.7', $$evaluate_kamr(2026, 'HQ', 'hq_kamr_hq', 80, 'Good')$$, '{director_engineering_hq_hq}'),
	('4.4', $$evaluate_unit(2026, 'N1-A', 'Q1', 'Good')$$, '{director_engineering_area_n1}'),
	('4.3', $$evaluate_unit(2026, 'N1-A', 'year', 'Good')$$, '{area_director_n1}'),
	('4.2', $$evaluate_unit(2026, 'HQ', 'year', 'Good')$$, '{deputy_governor_strategy_hq}'),
	('4.8', $$classify_voice(1, 'need')$$, '{}');

-- Each call by each, undone: allowed is anything but 42501.
CREATE FUNCTION pg_temp.may(who text, call text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	answer text;
BEGIN
	BEGIN
		answer := pg_temp.brief(who, 'SELECT ' || call);
		RAISE EXCEPTION 'undo' USING ERRCODE = 'UE001';
	EXCEPTION WHEN SQLSTATE 'UE001' THEN
		RETURN answer NOT LIKE '42501:%';
	END;
END $$;

SELECT plan((SELECT count(*)::int FROM expected) * 2 + 4);
SELECT is(ARRAY(SELECT p.staff_id FROM staff p WHERE p.left_on IS NULL AND pg_temp.may(p.staff_id, e.call) ORDER BY p.staff_id COLLATE "C"),
	ARRAY(SELECT unnest(e.may) COLLATE "C" ORDER BY 1), format('%s: %s is for exactly these of all posts of all units', e.section, e.call))
FROM expected e;
SELECT is(pg_temp.brief(who, 'SELECT ' || e.call) LIKE '42501:%', true, format('%s: %s is not for the %s', e.section, e.call, who))
FROM expected e, (VALUES ('stranger')) w (who);

-- an area KAMR records contacts with accounts that they share, not with others
SELECT is(pg_temp.may('area_kamr_n1', $$record_contact('N1A-01', '2026-05-06 08:00+07', 'visit', 'Visit')$$), false, '4.12: an area KAMR records contacts of the accounts that they share responsibility for');
-- nobody decides on their own
SELECT is(pg_temp.may('office_kamr_n1a', $$withdraw_resource(1)$$), true, '4.14: who requested may withdraw');
SELECT is(pg_temp.may('office_manager_n1a', $$withdraw_resource(1)$$), false, '4.14: and nobody else');
-- by an application for somebody, as that person
SELECT is(pg_temp.brief('application', $$SELECT act_for('office_manager_n1a'), decide_case(1, 'By hand of the application')$$) NOT LIKE '42501%', true, '4.10: an application acts for the manager');

SELECT * FROM finish();
ROLLBACK;
\ir ../sql/include/workflow_cleanup.sql
