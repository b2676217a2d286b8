-- Attacks on the workflow that once went through, each by somebody who works in it.
\set schema wf_attack
\set prefix regress_attack_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :fixture
SELECT pg_temp.add_accounts('N1-A', 2, 2026), pg_temp.put_in_force(2026);

-- ---- a session's time zone -----------------------------------------------------

-- JSON tells a time with its offset: 100 hours are more than as_of could read again, for anybody
SET timezone = '<far>-100';
SELECT pg_temp.try('section_head_n1a', $$SELECT open_case('N1A-01', 'problem', 'A meter that stands still')$$) AS case_id;
SET timezone = 'Asia/Bangkok';
SELECT pg_temp.try('office_manager_n1a', $$SELECT opened_at FROM as_of(NULL::service_case, '2026-10-01')$$) AS opened_at;
-- and what stayed is not told as changed
SELECT pg_temp.try('section_head_n1a', $$SELECT answer_case(1, 'Replaced')$$), pg_temp.try('section_head_n1a', $$SELECT close_case(1, 'Replaced')$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT string_agg(column_name, ' ' ORDER BY column_name) FROM history_change WHERE table_name = 'service_case'$$) AS changed;

-- ---- decisions on accounts of others ----------------------------------------------

SELECT pg_temp.try('section_head_n1a', $$SELECT open_case('N1A-02', 'complaint', 'Disputed bill', urgent => true)$$) AS case_id;
SELECT pg_temp.try('office_manager_n1a', $$SELECT decide_case(2, 'PEA pays back, in confidence')$$);
SELECT pg_temp.try('office_manager_n1a', $$SELECT delegate_post('office_manager', 'N1-A', 'section_head_n1a', '2026-10-05', '2026-10-06', 'Leave')$$) > '' AS delegated;
-- the KAMR works in the unit but does not look after the account any more
SELECT pg_temp.act('owner');
UPDATE assignment SET ended_on = '2026-10-01', ended_reason = 'test' WHERE account_id = 'N1A-02';
SELECT pg_temp.act(NULL);
SELECT who, pg_temp.try(who, $$SELECT string_agg(subject || ' ' || action, ', ' ORDER BY decision_id) FROM decision$$) AS reads
FROM unnest('{office_kamr_n1a,office_manager_n1a,section_head_n1a,area_director_n1,office_manager_n1b,reader,stranger}'::text[]) who;
-- who may be blind to the unit's accounts later still sees what they decided
SELECT pg_temp.act('owner');
UPDATE post_holder SET to_date = '2026-09-30' WHERE staff_id = 'office_manager_n1a';
SELECT pg_temp.act(NULL);
SELECT pg_temp.try('office_manager_n1a', $$SELECT string_agg(subject || ' ' || action, ', ' ORDER BY decision_id) FROM decision$$) AS reads_of_their_own;

-- ---- a delegation that outlives the term of whoever delegated -----------------------

SELECT pg_temp.try('area_director_n1', $$SELECT delegate_post('area_director', 'N1', 'office_manager_n1b', '2026-10-01', '2099-12-31', 'For ever')$$) > '' AS delegated;
SELECT pg_temp.try('office_manager_n1b', $$SELECT string_agg(post, ' ') FROM my_posts()$$) AS posts;
SELECT pg_temp.act('owner');
UPDATE post_holder SET to_date = '2026-10-31' WHERE staff_id = 'area_director_n1';
SELECT pg_temp.act(NULL);
CALL pg_temp.at('2026-10-31 23:00+07');
SELECT pg_temp.try('office_manager_n1b', $$SELECT string_agg(post, ' ') FROM my_posts()$$) AS posts;
CALL pg_temp.at('2026-11-01 00:00+07');
SELECT pg_temp.try('office_manager_n1b', $$SELECT string_agg(post, ' ') FROM my_posts()$$) AS posts;
SELECT pg_temp.try('office_manager_n1b', $$SELECT count(*) FROM account WHERE unit_code = 'N1-A'$$) AS accounts_of_the_sister;

-- ---- literals as another session reads them -------------------------------------------

SET standard_conforming_strings = off;
SELECT pg_temp.try('section_head_n1a', 'SELECT open_case(''N1A-01'', ''problem'', ''no capital letter in here'')') AS case_id;
SET standard_conforming_strings = on;

-- ---- a transaction that was opened in time ----------------------------------------------

SELECT pg_temp.act('owner');
CALL rehearse(NULL);
SELECT pg_temp.act(NULL);
BEGIN;
SELECT pg_sleep(0.01);
SELECT _now() > now() + interval '10 milliseconds' AS later_than_its_begin;
SELECT pg_temp.act('section_head_n1a');
SELECT change_account('N1A-01', business => 'Changed in a transaction from before');
SELECT pg_temp.act(NULL);
SELECT changed_at > now() + interval '10 milliseconds' AS kept_later FROM history WHERE table_name = 'account' ORDER BY history_id DESC LIMIT 1;
ROLLBACK;

\i :cleanup
