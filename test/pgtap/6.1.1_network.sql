-- 6.1.1.2(1)ช: a customer with branches nationwide is headquarters', and one account to selection (R10).
BEGIN;
\set schema wf_network
\set prefix regress_network_
\ir ../sql/include/workflow_fixture.sql
\set ECHO none
RESET search_path;
SET search_path = wf_network, public;
SELECT plan(19);

CREATE FUNCTION pg_temp.refusal(staff_id text, statement text) RETURNS text LANGUAGE sql AS $$
	SELECT left(pg_temp.brief(staff_id, statement), 5)
$$;
SELECT pg_temp.act('process_owner_hq') \g /dev/null
SELECT open_year(2027) \g /dev/null
RESET ROLE;
-- A chain of shops: the head in N1-A, sites in three offices, none of which meets a criterion on its own.
SELECT pg_temp.add_accounts('N1-A', 2, 2027, '{"value_class": "Low", "voltage_kv": 22, "avg_monthly_bill_thb": 4000000}') \g /dev/null
SELECT pg_temp.add_accounts('N1-B', 1, 2027, '{"value_class": "High", "voltage_kv": 33, "avg_monthly_bill_thb": 9000000}') \g /dev/null
SELECT pg_temp.add_accounts('C1-A', 1, 2027, '{"value_class": null, "voltage_kv": 22, "avg_monthly_bill_thb": 7000000}') \g /dev/null
SET ROLE regress_network_owner;
UPDATE account_fact SET self_generation_mw = 0.7, spp_zone = CASE WHEN unit_code = 'N1-B' THEN false ELSE unit_code = 'N1-A' END WHERE plan_year = 2027;
RESET ROLE;
CREATE FUNCTION pg_temp.criteria(account text) RETURNS kam.criteria LANGUAGE sql AS $$
	SELECT kam.main_criteria(voltage_kv => t.voltage_kv, avg_monthly_bill_thb => t.avg_monthly_bill_thb, spp_zone => t.spp_zone, self_generation_mw => t.self_generation_mw,
		nationwide_network => t.nationwide_network, plan_year => 2027)
	FROM wf_network.account_fact_total t WHERE t.account_id = account AND t.plan_year = 2027
$$;
SELECT is((SELECT count(*) FROM account a WHERE pg_temp.criteria(a.account_id) <> '{}'), 0::bigint, '6.1.1.2(1): none of the sites meets a criterion on its own');

SELECT is(pg_temp.refusal(who, call), '42501', format('R10: only 4.5 decides on a network, not %s', who))
FROM unnest(ARRAY['office_manager_n1a', 'section_head_n1a', 'area_director_n1', 'director_customer_information_hq']) who,
	unnest(ARRAY[$$SELECT hand_to_headquarters('N1A-01', 2027, 'shops')$$, $$SELECT record_fact('N1A-01', 2027, 'nationwide_network', 'true', 'shops')$$]) call;
SELECT is(pg_temp.refusal('director_engineering_hq_hq', $$SELECT join_network('N1A-02', 'N1A-01')$$), '23514', 'R10: a network whose head is not headquarters'' is refused');

SELECT pg_temp.act('director_engineering_hq_hq') \g /dev/null
SELECT hand_to_headquarters('N1A-01', 2027, 'shops in all regions') \g /dev/null
SELECT is((SELECT unit_code FROM account WHERE account_id = 'N1A-01'), 'HQ', 'R10: the account belongs to headquarters');
SELECT is(pg_temp.criteria('N1A-01'), '{nationwide_network}', '6.1.1.2(1)ช: and meets the criterion');
SELECT join_network(id, 'N1A-01') FROM unnest(ARRAY['N1A-02', 'N1B-01', 'C1A-01']) id \g /dev/null
SELECT is(pg_temp.criteria('N1A-01'), '{monthly_bill,spp_risk,self_generation,nationwide_network}',
	'6.1.1.2(1)ข, ค, ง: bills (24 million) and own generation (2.8 MW) of the sites add up; 33 kV is not 69');
SELECT is((SELECT t.value_class::text FROM account_fact_total t WHERE t.account_id = 'N1A-01'), 'Low', '6.1.1.1: the class is the head''s own');
SELECT is((SELECT count(*) FROM account_fact_total WHERE plan_year = 2027), 1::bigint, 'and no site is classified beside its head');
SELECT ok((SELECT area IS NULL FROM account_fact_total WHERE account_id = 'N1A-01'), 'R1: headquarters'' account is neither counted nor ranked in an area');

SELECT is(pg_temp.refusal('director_engineering_hq_hq', $$SELECT join_network('N1A-01', 'N1A-01')$$), '23514', 'an account is no site of its own');
RESET ROLE;
SELECT is(pg_temp.refusal('section_head_n1a', $$SELECT record_fact('N1A-01', 2027, 'voltage_kv', '115', 'x')$$), '42501', 'R10: the office maintains the head no more');
SELECT isnt(pg_temp.refusal('section_head_n1a', $$SELECT record_fact('N1A-02', 2027, 'voltage_kv', '115', 'x')$$), '42501', '4.15.5: but the site that is its own');

SELECT finish();
ROLLBACK;
