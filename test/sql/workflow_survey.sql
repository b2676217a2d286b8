-- Surveys: the call centre's satisfaction, the consultant's satisfaction and loyalty (5, step 8; 4.9).
\set schema wf_survey
\set prefix regress_survey_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture

SELECT pg_temp.add_accounts('N1-A', 2, 2026), pg_temp.add_accounts('N1-B', 1, 2026), pg_temp.put_in_force(2026);
CALL pg_temp.at('2026-08-03 09:00+07');
SELECT who, pg_temp.try(who, format('SELECT open_survey(%s)', call)) FROM (VALUES
	('director_communication_service_hq', $$2026, 'call_centre', 'Key accounts 2026'$$),
	('director_communication_service_hq', $$2026, 'consultant', 'Key accounts 2026', satisfaction_scale => 100, loyalty_scale => 10$$),
	('director_communication_service_hq', $$2026, 'call_centre', 'Key accounts 2026'$$),
	('director_communication_service_hq', $$2026, 'call_centre', 'Loyal?', loyalty_scale => 10$$),
	('director_communication_service_hq', $$2026, 'consultant', 'Nothing', satisfaction_scale => NULL$$),
	('director_communication_service_hq', $$2026, 'consultant', 'Below nothing', satisfaction_scale => 0$$),
	('director_communication_service_hq', $$2026, 'consultant', 'Endless', satisfaction_scale => 'infinity'$$),
	('director_communication_service_hq', $$2026, 'consultant', 'Far', satisfaction_scale => 1000001$$),
	('director_communication_service_hq', $$2026, 'consultant', 'Fine', satisfaction_scale => 4.66667$$),
	('director_communication_service_hq', $$2026, 'oracle', 'By whom'$$),
	('director_communication_service_hq', $$2026, 'call_centre', ' '$$),
	('director_communication_service_hq', $$2569, 'call_centre', 'Buddhist era'$$),
	('director_communication_service_hq', $$2031, 'call_centre', 'Not opened'$$),
	('director_engineering_hq_hq', $$2026, 'call_centre', 'Not theirs'$$)) v (who, call);
SELECT s.survey_id, kind, title, measure, scale FROM survey s JOIN survey_measure m USING (survey_id) ORDER BY 1, 4 DESC;
SELECT call, pg_temp.try('director_communication_service_hq', format('SELECT record_response(%s)', call)) FROM unnest(ARRAY[
	$$1, 'N1A-01', 'satisfaction', 4, '2026-08-03'$$, $$1, 'N1A-02', 'satisfaction', 3.5, '2026-08-03'$$, $$1, 'N1B-01', 'satisfaction', 5, '2026-08-01'$$,
	$$2, 'N1A-01', 'satisfaction', 80, '2026-08-03', 'Plant manager'$$, $$2, 'N1A-01', 'satisfaction', 60, '2026-08-03', 'Buyer', 'Too dear'$$, $$2, 'N1A-01', 'loyalty', 9, '2026-08-03', 'Buyer'$$,
	$$1, 'N1A-01', 'satisfaction', 5, '2026-08-03'$$, $$2, 'N1A-01', 'loyalty', 9, '2026-08-03', 'Buyer'$$, $$1, 'N1A-01', 'loyalty', 5, '2026-08-03'$$,
	$$1, 'N1A-01', 'satisfaction', 5.01, '2026-08-03', 'x'$$, $$1, 'N1A-01', 'satisfaction', -1, '2026-08-03', 'x'$$, $$1, 'N1A-01', 'satisfaction', 4.33333, '2026-08-03', 'x'$$, $$1, 'N1A-01', 'satisfaction', 'NaN', '2026-08-03', 'x'$$,
	$$1, 'N1A-01', 'satisfaction', NULL, '2026-08-03', 'x'$$, $$1, 'N1A-01', 'satisfaction', 1, '2026-08-04', 'x'$$, $$1, 'N1A-01', 'satisfaction', 1, NULL, 'x'$$,
	$$1, 'N1A-99', 'satisfaction', 1, '2026-08-03'$$, $$9, 'N1A-01', 'satisfaction', 1, '2026-08-03'$$, $$NULL, 'N1A-01', 'satisfaction', 1, '2026-08-03'$$]) call;
SELECT pg_temp.brief('office_manager_n1a', $$SELECT record_response(1, 'N1A-01', 'satisfaction', 5, '2026-08-03', 'Myself')$$);
SELECT * FROM survey_result ORDER BY survey_id, unit_code, measure;
-- what was entered wrong; the history keeps it
SELECT pg_temp.brief('director_communication_service_hq', 'SELECT change_response(2, 4)'), pg_temp.brief('director_communication_service_hq', 'SELECT change_response(2, 6)'),
	pg_temp.brief('director_communication_service_hq', 'SELECT change_response(99, 4)'), pg_temp.brief('office_kamr_n1a', 'SELECT change_response(2, 5)');
SELECT operation, row_now ->> 'score' AS score FROM history WHERE table_name = 'survey_response' AND row_key = '2' ORDER BY history_id;
-- closed is closed
SELECT pg_temp.brief('area_director_n1', 'SELECT close_survey(1)'), pg_temp.brief('director_communication_service_hq', 'SELECT close_survey(1)'),
	pg_temp.brief('director_communication_service_hq', 'SELECT close_survey(1)'), pg_temp.brief('director_communication_service_hq', 'SELECT close_survey(99)'),
	pg_temp.brief('director_communication_service_hq', $$SELECT record_response(1, 'N1A-01', 'satisfaction', 5, '2026-08-03', 'Late')$$),
	pg_temp.brief('director_communication_service_hq', 'SELECT change_response(2, 5)') \gx
-- the unit reads its own, who runs the survey reads all
SELECT who, pg_temp.brief(who, 'SELECT count(*) FROM survey_response') FROM unnest('{director_communication_service_hq,office_kamr_n1a,office_manager_n1b,area_director_n1,area_director_c1,
	director_engineering_hq_hq,deputy_governor_strategy_hq,stranger}'::text[]) who;

\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
