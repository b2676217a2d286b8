-- Resources: requested, screened by 4.4 or 4.5, granted by 4.3 or 4.2; every decision is in the chain.
\set schema wf_resource_request
\set prefix regress_resource_request_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture

SELECT pg_temp.add_accounts('N1-A', 1, 2026), pg_temp.add_accounts('N1-B', 1, 2026), pg_temp.put_in_force(2026);
CALL pg_temp.at('2026-05-06 09:00+07');
SELECT pg_temp.brief('office_kamr_n1a', $$SELECT open_case('N1A-01', 'problem', 'Voltage dips')$$);
SELECT who, pg_temp.brief(who, format('SELECT request_resource(%s)', call)) FROM (VALUES
	('office_kamr_n1a', $$'N1-A', 'equipment', 'solve_problem', 'A power quality recorder', NULL, 'N1A-01', 1$$),
	('section_head_n1a', $$'N1-A', 'budget', 'build_relationship', 'A seminar for key accounts', 120000$$),
	('area_kamr_n1', $$'N1', 'people', 'answer', 'An engineer for a week', account_id => 'N1B-01'$$),
	('hq_kamr_hq', $$'HQ', 'material', 'build_relationship', 'Calendars'$$),
	('office_kamr_n1a', $$'N1-B', 'people', 'answer', 'Of another unit'$$),
	('area_director_n1', $$'N1-A', 'people', 'answer', 'Who grants does not ask'$$),
	('office_kamr_n1a', $$'N1-A', 'people', 'answer', 'Another''s account', account_id => 'N1B-01'$$),
	('office_kamr_n1a', $$'N1-A', 'people', 'answer', 'No account', account_id => 'N1A-99'$$),
	('office_kamr_n1a', $$'N1-A', 'people', 'answer', 'A case without its account', case_id => 1$$),
	('section_head_n1b', $$'N1-B', 'people', 'answer', 'Another''s case', account_id => 'N1B-01', case_id => 1$$),
	('section_head_n1a', $$'N1-A', 'budget', 'answer', 'How much?'$$), ('section_head_n1a', $$'N1-A', 'budget', 'answer', 'Nothing', 0$$),
	('section_head_n1a', $$'N1-A', 'budget', 'answer', 'Everything', 'infinity'$$), ('section_head_n1a', $$'N1-A', 'magic', 'answer', 'What?'$$),
	('section_head_n1a', $$'N1-A', 'people', 'fun', 'What for?'$$), ('section_head_n1a', $$'N1-A', 'people', 'answer', ' '$$)) v (who, call);
SELECT request_id, unit_code, account_id, case_id, kind, purpose, amount_thb, status, requested_by FROM resource_request ORDER BY 1;
-- in this order, and by these posts
SELECT n, who, call, pg_temp.try(who, 'SELECT ' || call) FROM (VALUES
	(1, 'area_director_n1', $$grant_resource(1)$$), (2, 'director_engineering_area_c1', $$screen_resource(1, 'Of another area')$$), (3, 'director_engineering_area_c1', $$screen_resource(99, 'None')$$),
	(4, 'director_customer_service_n1', $$screen_resource(1, 'Not 4.6')$$), (5, 'director_engineering_area_n1', $$screen_resource(1, '')$$),
	(6, 'director_engineering_area_n1', $$screen_resource(1, 'The workshop has one')$$), (7, 'director_engineering_area_n1', $$screen_resource(1, 'Twice')$$),
	(8, 'director_engineering_area_n1', $$grant_resource(1)$$), (9, 'area_director_n1', $$grant_resource(1, 'For three weeks')$$), (10, 'area_director_n1', $$refuse_resource(1, 'After all')$$),
	(11, 'director_engineering_area_n1', $$screen_resource(2, 'Too dear')$$), (12, 'area_director_n1', $$grant_resource(2, 'Half', granted_thb => 60000)$$),
	(13, 'area_director_n1', $$refuse_resource(3, ' ')$$), (14, 'area_director_n1', $$refuse_resource(3, 'No engineer is free')$$), (15, 'area_kamr_n1', $$withdraw_resource(3, 'Late')$$),
	(16, 'director_engineering_hq_hq', $$screen_resource(4, 'Every year')$$), (17, 'section_head_n1a', $$withdraw_resource(4)$$), (18, 'hq_kamr_hq', $$withdraw_resource(99)$$),
	(19, 'hq_kamr_hq', $$withdraw_resource(4, 'No more calendars')$$), (20, 'deputy_governor_strategy_hq', $$grant_resource(4)$$)) v (n, who, call) ORDER BY n;
SELECT request_id, status, screened_by, screening, decided_by, reason, granted_thb FROM resource_request ORDER BY 1;
SELECT subject_id, action, unit_code, staff_id, post, from_status, to_status, reason FROM decision WHERE subject = 'resource_request' ORDER BY decision_id;
SELECT pg_temp.try('owner', 'SELECT count(*) FROM _verify_chain()');
-- nobody decides on what they requested, whatever post they hold besides
SET ROLE regress_resource_request_owner;
INSERT INTO post_holder (post, unit_code, staff_id, from_date, to_date, acting, reason) VALUES
	('director_engineering_area', 'N1', 'section_head_n1a', '2026-05-01', '2026-05-31', true, 'Leave'), ('area_director', 'N1', 'section_head_n1a', '2026-05-01', '2026-05-31', true, 'Leave');
RESET ROLE;
SELECT pg_temp.brief('section_head_n1a', $$SELECT request_resource('N1-A', 'budget', 'answer', 'For myself', 1000)$$);
SELECT max(request_id) AS last FROM resource_request \gset
SELECT pg_temp.try('section_head_n1a', format($$SELECT screen_resource(%s, 'Good')$$, :last));
SELECT pg_temp.brief('director_engineering_area_n1', format($$SELECT screen_resource(%s, 'Well')$$, :last));
SELECT pg_temp.try('section_head_n1a', format($$SELECT grant_resource(%s)$$, :last));
SELECT pg_temp.try('section_head_n1a', format($$SELECT refuse_resource(%s, 'Modesty')$$, :last));
SELECT pg_temp.brief('area_director_n1', format($$SELECT grant_resource(%s)$$, :last));
SELECT pg_temp.brief('owner', $$UPDATE resource_request SET decided_by = requested_by WHERE status = 'granted'$$);
SELECT who, pg_temp.brief(who, 'SELECT count(*) FROM resource_request') FROM unnest('{office_kamr_n1a,section_head_n1a,office_manager_n1b,hq_kamr_hq,area_director_n1,area_director_c1,
	director_engineering_hq_hq,reader,stranger}'::text[]) who;

\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
