-- 6.1.1: which accounts a unit takes as key accounts: eligible by the matrix, selected by people (R3, R5, R8-R10, R22).
BEGIN;
\set schema wf_select
\set prefix regress_select_
\ir ../sql/include/workflow_fixture.sql
\set ECHO none
RESET search_path;
SET search_path = wf_select, public;
SELECT plan(32);

SELECT pg_temp.add_accounts('N1-A', 4, 2026) \g /dev/null
SELECT pg_temp.put_in_force(2026) \g /dev/null
SELECT pg_temp.act('process_owner_hq') \g /dev/null
SELECT open_year(2027) \g /dev/null
RESET ROLE;
CREATE FUNCTION pg_temp.refusal(staff_id text, statement text) RETURNS text LANGUAGE sql AS $$
	SELECT left(pg_temp.brief(staff_id, statement), 5)
$$;
CREATE FUNCTION pg_temp.allowed(staff_id text, statement text) RETURNS boolean LANGUAGE sql AS $$
	SELECT pg_temp.brief(staff_id, statement) !~ '^[0-9A-Z]{5}: '
$$;
CREATE FUNCTION pg_temp.tier(account text) RETURNS text LANGUAGE sql AS $$
	SELECT s.tier || ' ' || s.status FROM wf_select.selection s WHERE s.plan_year = 2027 AND s.account_id = account
$$;

-- R9
SELECT is(pg_temp.refusal('office_manager_n1a', 'SELECT propose_selection(2027, $$N1-A$$)'), '55000', '6.1.1, R9: nothing is proposed without a ranking by value');
-- The matrix, a customer in each field: by 115 kV or not, High or not.
SELECT pg_temp.add_accounts('N1-A', 1) \g /dev/null
SELECT pg_temp.add_accounts('N1-A', 1, 2027, '{"voltage_kv": 22, "avg_monthly_bill_thb": null}', first => 2) \g /dev/null
SELECT pg_temp.add_accounts('N1-A', 1, 2027, '{"value_class": "Medium"}', first => 3) \g /dev/null
SELECT pg_temp.add_accounts('N1-A', 1, 2027, '{"value_class": "Low", "voltage_kv": 22, "avg_monthly_bill_thb": null}', first => 4) \g /dev/null
SELECT pg_temp.add_accounts('N1-A', 3, 2027, '{"value_class": null}', first => 5) \g /dev/null
SELECT pg_temp.add_accounts('HQ', 1, 2027, '{"voltage_kv": 22, "avg_monthly_bill_thb": 5000000}') \g /dev/null
SELECT is(pg_temp.refusal('office_manager_n1a', 'SELECT propose_selection(2027, $$N1-A$$)'), '55000', '6.1.1.2(1)ข: nor before the 20 highest bills of the area are known');
SELECT is(pg_temp.refusal('area_director_n1', 'SELECT compute_cutoffs(2027)'), '42501', '6.1.1.2(1)ข, R1: which takes the whole country, so not an area''s post');
SELECT ok(pg_temp.allowed('director_customer_information_hq', 'SELECT count(*) FROM compute_cutoffs(2027)'), '4.8: it is for those who keep the data');
SELECT results_eq($$SELECT area, cutoff_thb FROM bill_cutoff WHERE cutoff_thb IS NOT NULL$$, $$VALUES ('N1', 3000000::numeric)$$, '6.1.1.2(1)ข: in an area with fewer than 20 the bills count');
SELECT ok(pg_temp.allowed('section_head_n1a', 'SELECT count(*) FROM propose_selection(2027, $$N1-A$$)'), '4.15.1: the section head compiles the list');
SELECT is(pg_temp.tier('N1A-01'), 'Strategic eligible', '6.1.1: High, main group: Strategic');
SELECT is(pg_temp.tier('N1A-02'), 'Status eligible', '6.1.1: High, secondary group: Status');
SELECT is(pg_temp.tier('N1A-03'), 'Star eligible', '6.1.1: Medium, main group: Star');
SELECT is(pg_temp.tier('N1A-04'), 'Streamline eligible', '6.1.1: Low, secondary group: Streamline');
SELECT is(pg_temp.tier('N1A-05'), NULL, '6.1.1, R3: without a class no tier');
SELECT ok(pg_temp.allowed('director_engineering_hq_hq', 'SELECT count(*) FROM propose_selection(2027, $$HQ$$)'), '4.5.1: headquarters selects its own');
SELECT is(pg_temp.tier('HQ-01'), 'Status eligible', '6.1.1.2(1)ข, R1: headquarters belongs to no area, its bills to no 20');
-- R5
SELECT ok(pg_temp.allowed('office_manager_n1a', 'SELECT select_account(2027, $$N1A-01$$)'), '4.10.1: the manager selects');
SELECT is(pg_temp.tier('N1A-01'), 'Strategic selected', '6.1.1, R5: in the tier of the matrix');
SELECT is(pg_temp.refusal('office_manager_n1a', 'SELECT leave_out_account(2027, $$N1A-02$$, NULL)'), '23514', '6.1.1, R5: one that is left out needs a reason');
SELECT ok(pg_temp.allowed('office_manager_n1a', 'SELECT leave_out_account(2027, $$N1A-02$$, $$leaves the country$$)'), '6.1.1, R5: with one it is left out');
SELECT is(pg_temp.refusal('office_manager_n1b', 'SELECT select_account(2027, $$N1A-03$$)'), '42501', '6.1.1: each in its own area of responsibility');
SELECT is(pg_temp.refusal('office_manager_n1b', 'SELECT propose_selection(2027, $$N1-A$$)'), '42501', '6.1.1: and nowhere else');
-- The special grounds
SELECT is(pg_temp.refusal('office_manager_n1a', 'SELECT select_special(2027, $$N1A-05$$, $$Star$$, $${corporate_image}$$)'), '23514', '6.1.1.2(2): Status or Streamline only');
SELECT is(pg_temp.refusal('office_manager_n1a', 'SELECT select_special(2027, $$N1A-03$$, $$Status$$, $${corporate_image}$$)'), '23514', '6.1.1.2(2), R3: not a customer with a class');
SELECT is(pg_temp.refusal('office_manager_n1a', 'SELECT select_special(2027, $$N1A-05$$, $$Status$$, $${discretionary}$$)'), '23514', '6.1.1.2(2)ง: a reason must be stated');
SELECT is(pg_temp.refusal('office_manager_n1a', 'SELECT select_special(2027, $$N1A-05$$, $$Status$$, $${existing_key_account}$$)'), '23514', '6.1.1.2(2)ค, R8: it was not in last year''s plan');
SELECT ok(pg_temp.allowed('office_manager_n1a', 'SELECT select_special(2027, $$N1A-05$$, $$Status$$, $${corporate_image}$$)'), '6.1.1.2(2)ก: a hospital may be');
SELECT is(pg_temp.tier('N1A-05'), 'Status selected', '6.1.1.2(2): and is in the tier that was named');
UPDATE account_fact SET value_class = NULL WHERE plan_year = 2027 AND account_id = 'N1A-04';
SELECT ok(pg_temp.allowed('office_manager_n1a', 'SELECT select_special(2027, $$N1A-04$$, $$Streamline$$, $${existing_key_account}$$)'), '6.1.1.2(2)ค, R8: one of last year''s plan may be');
SELECT is((SELECT count(*) FROM decision WHERE action = 'select_special'), 2::bigint, '6.1.1.2(2): such cases are decisions on record');
-- The difference from last year; R10
SELECT pg_temp.act('office_manager_n1a') \g /dev/null
SELECT results_eq($$SELECT account_id, change FROM selection_change WHERE plan_year = 2027 ORDER BY 1$$,
	$$VALUES ('N1A-01', 'same'), ('N1A-02', 'gone'), ('N1A-03', 'moved'), ('N1A-04', 'moved'), ('N1A-05', 'new')$$, '6.1.1: what is new, gone, moved since last year');
RESET ROLE;
SELECT ok(pg_temp.allowed('director_engineering_hq_hq', 'SELECT hand_to_headquarters($$N1A-03$$, 2027, $$branches in all regions$$)'), '6.1.1.2(1)ช, R10: headquarters takes a nationwide account');
SELECT is(pg_temp.refusal('office_manager_n1a', 'SELECT select_account(2027, $$N1A-03$$)'), '42501', '6.1.1.2(1)ช, R10: then it is no longer the office''s');
SELECT pg_temp.act('office_manager_n1a') \g /dev/null
SELECT count(*) FROM propose_selection(2027, 'N1-A') \g /dev/null
SELECT pg_temp.act('director_engineering_hq_hq') \g /dev/null
SELECT count(*) FROM compute_cutoffs(2027) \g /dev/null
SELECT count(*) FROM propose_selection(2027, 'HQ') \g /dev/null
RESET ROLE;
SELECT is(pg_temp.tier('N1A-03'), 'Star eligible', '6.1.1.2(1)ช: and headquarters may select it');
SELECT ok('{nationwide_network}' <@ (SELECT criteria FROM selection WHERE plan_year = 2027 AND account_id = 'N1A-03'), '6.1.1.2(1)ช: by the criterion nationwide_network');

SELECT * FROM finish();
ROLLBACK;
