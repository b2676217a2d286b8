-- News passed on (4.11.6, 4.12.6, 4.14.7), and what was found about an outage (4.12.5, 4.14.6).
\set schema wf_note
\set prefix regress_note_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture

SELECT pg_temp.add_accounts('N1-A', 1, 2026), pg_temp.add_accounts('N1-B', 1, 2026), pg_temp.add_accounts('HQ', 1, 2026), pg_temp.put_in_force(2026);
CALL pg_temp.at('2026-05-06 09:00+07');
SELECT pg_temp.brief('office_kamr_n1a', $$SELECT open_case('N1A-01', 'outage', 'Feeder 7', urgent => true)$$);
SELECT who, call, pg_temp.brief(who, format('SELECT pass_on_news(%s)', call)) FROM (VALUES
	('office_kamr_n1a', $$'N1A-01', 'Work on the line on Sunday', 'From 8 to 12', 'line'$$), ('area_kamr_n1', $$'N1B-01', 'New tariff'$$), ('senior_kamr_n1a', $$'N1A-01', 'New tariff', passed_on_at => '2026-05-05 10:00+07'$$),
	('hq_kamr_hq', $$'HQ-01', 'New tariff'$$), ('office_kamr_n1a', $$'N1B-01', 'New tariff'$$), ('office_manager_n1a', $$'N1A-01', 'New tariff'$$),
	('office_kamr_n1a', $$'N1A-01', ' '$$), ('office_kamr_n1a', $$'N1A-01', 'New tariff', channel => 'pigeon'$$), ('office_kamr_n1a', $$'N1A-01', 'New tariff', passed_on_at => '2026-05-07 10:00+07'$$)) v (who, call);
SELECT news_id, account_id, unit_code, plan_year, passed_on_at, staff_id, channel, subject, content FROM news ORDER BY 1;
SELECT who, call, pg_temp.brief(who, format('SELECT record_outage_finding(%s)', call)) FROM (VALUES
	('office_kamr_n1a', $$'N1A-01', '2026-05-06 07:00+07', 'repair_centre', 'A tree on the line', '2026-05-06 08:30+07', 1$$), ('area_kamr_n1', $$'N1A-01', '2026-05-06 07:00+07', 'control_centre', 'Breaker 7 tripped', case_id => 1$$),
	('hq_kamr_hq', $$'HQ-01', '2026-05-06 07:00+07', 'control_centre', 'Not an HQ KAMR''s'$$), ('office_kamr_n1b', $$'N1B-01', '2026-05-06 07:00+07', 'eo_staff', 'Another''s case', case_id => 1$$),
	('office_kamr_n1a', $$'N1A-01', '2026-05-06 07:00+07', 'crystal_ball', 'Where?'$$), ('office_kamr_n1a', $$'N1A-01', '2026-05-06 07:00+07', 'eo_staff', 'Before', '2026-05-06 06:00+07'$$),
	('office_kamr_n1a', $$'N1A-01', '2026-05-06 07:00+07', 'eo_staff', 'Tomorrow', '2026-05-07 06:00+07'$$), ('office_kamr_n1a', $$'N1A-01', NULL, 'eo_staff', 'When?'$$), ('office_kamr_n1a', $$'N1A-01', '2026-05-06 07:00+07', 'eo_staff', ''$$)) v (who, call);
SELECT finding_id, account_id, unit_code, plan_year, case_id, outage_at, restored_at, asked, finding, staff_id FROM outage_finding ORDER BY 1;
SELECT pg_temp.brief('owner', $$UPDATE news SET subject = 'Another'$$), pg_temp.brief('owner', 'DELETE FROM outage_finding');
SELECT who, pg_temp.brief(who, 'SELECT count(*) FROM news') AS news, pg_temp.brief(who, 'SELECT count(*) FROM outage_finding') AS findings
FROM unnest('{office_kamr_n1a,office_kamr_n1b,office_manager_n1b,area_director_n1,area_director_c1,hq_kamr_hq,reader,stranger}'::text[]) who;

\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
