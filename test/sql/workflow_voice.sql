-- Voice of the customer: stated, left unstated, anticipated (3.6), classified, summed up by month (VOC-60-001).
\set schema wf_voice
\set prefix regress_voice_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture

SELECT pg_temp.add_accounts('N1-A', 2, 2026), pg_temp.add_accounts('N1-B', 1, 2026), pg_temp.put_in_force(2026);
CALL pg_temp.at('2026-05-06 09:00+07');
SELECT pg_temp.brief('office_kamr_n1a', $$SELECT open_case('N1A-01', 'problem', 'Voltage dips')$$);
SELECT who, pg_temp.brief(who, format('SELECT record_voice(%s)', call)) FROM (VALUES
	('office_kamr_n1a', $$'N1A-01', '2026-05-06 08:00+07', 'visit', 'problem', 'power quality', 'Dips stop the line', case_id => 1$$),
	('office_kamr_n1a', $$'N1A-01', '2026-05-06 08:00+07', 'visit', 'expectation', 'solar', 'Looked at the neighbour''s roof', 'anticipated'$$),
	('office_kamr_n1a', $$'N1A-02', '2026-04-27 08:00+07', 'line', 'need', 'billing', 'Bill by e-mail'$$),
	('area_kamr_n1', $$'N1B-01', '2026-05-05 08:00+07', 'meeting', 'requirement', 'billing', 'One bill for all sites', 'unstated'$$),
	('director_communication_service_hq', $$'N1B-01', '2026-05-05 08:00+07', 'call_centre', 'complaint', 'billing', 'Wrong name'$$),
	('office_kamr_n1b', $$'N1A-01', '2026-05-06 08:00+07', 'visit', 'need', 'x', 'Not mine'$$),
	('office_manager_n1a', $$'N1A-01', '2026-05-06 08:00+07', 'visit', 'need', 'x', 'Not a manager''s'$$),
	('office_kamr_n1a', $$'N1A-02', '2026-05-06 08:00+07', 'visit', 'need', 'x', 'Another''s case', case_id => 1$$),
	('office_kamr_n1a', $$'N1A-02', '2026-05-06 08:00+07', 'visit', 'need', 'x', 'No survey', survey_id => 1$$),
	('office_kamr_n1a', $$'N1A-02', '2026-05-06 08:00+07', 'visit', 'need', 'x', 'Heard?', 'dreamt'$$),
	('office_kamr_n1a', $$'N1A-02', '2026-05-06 08:00+07', 'visit', 'praise', 'x', 'Thanks'$$),
	('office_kamr_n1a', $$'N1A-02', '2026-05-07 08:00+07', 'visit', 'need', 'x', 'Tomorrow'$$),
	('office_kamr_n1a', $$'N1A-02', '2026-05-06 08:00+07', 'visit', 'need', ' ', 'No topic'$$),
	('office_kamr_n1a', $$'N1A-02', '2026-05-06 08:00+07', 'visit', 'need', 'x', NULL$$)) v (who, call);
SELECT voice_id, account_id, unit_code, plan_year, days_late, kind, listening, topic, case_id, recorded_by FROM voice ORDER BY 1;
SELECT * FROM voice_summary ORDER BY 1, 2, 3, 4, 5;

-- classified anew, with the history of who
CALL pg_temp.at('2026-05-07 09:00+07');
SELECT pg_temp.try('senior_kamr_n1a', $$SELECT classify_voice(1, 'complaint', topic => 'voltage dips')$$);
SELECT pg_temp.try('section_head_n1a', $$SELECT classify_voice(1, listening => 'unstated')$$);
SELECT kind, listening, topic, content, recorded_by, classified_by, classified_at FROM voice WHERE voice_id = 1;
SELECT operation, changed_by, row_now ->> 'kind' AS kind, row_now ->> 'listening' AS listening, row_now ->> 'topic' AS topic
FROM history WHERE table_name = 'voice' AND row_key = '1' ORDER BY history_id;
SELECT kind, listening FROM as_of(NULL::voice, '2026-05-06') WHERE voice_id = 1;
SELECT who, id, pg_temp.brief(who, format($$SELECT classify_voice(%s, 'need')$$, id)) FROM (VALUES ('office_kamr_n1b', 1), ('office_kamr_n1b', 99),
	('office_manager_n1a', 1), ('reader', 1)) v (who, id);
SELECT pg_temp.try('senior_kamr_n1a', $$SELECT classify_voice(1, 'praise')$$);
SELECT pg_temp.try('senior_kamr_n1a', $$SELECT classify_voice(1, topic => '')$$);
SELECT who, pg_temp.brief(who, 'SELECT count(*) FROM voice') FROM unnest('{office_kamr_n1a,senior_kamr_n1a,office_manager_n1b,area_director_n1,area_director_c1,reader,stranger}'::text[]) who;
-- a user's own kind
SELECT pg_temp.try('owner', $$INSERT INTO voice_kind VALUES ('praise', 'our own', 'คำชม', 'praise')$$);
SELECT pg_temp.try('senior_kamr_n1a', $$SELECT classify_voice(1, 'praise')$$);

\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
