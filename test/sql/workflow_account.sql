-- Accounts: who adds, changes and closes them; their network, people, facts, and the relationship.
\set schema wf_account
\set prefix regress_account_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture

SELECT pg_temp.add_accounts('N1-A', 2, 2026);
SELECT pg_temp.put_in_force(2026);
SET ROLE regress_account_owner;
INSERT INTO plan_year VALUES (2027, '2026-09-01 09:00+07', 'process_owner_hq');
RESET ROLE;
-- what is there, without the parts that no test is about
CREATE VIEW pg_temp.accounts AS
	SELECT account_id, unit_code, parent_account AS parent, name_th, name_en, business, opened_on, closed_on FROM account;
GRANT SELECT ON pg_temp.accounts TO PUBLIC;
\pset format unaligned
\pset tuples_only on

-- ---- add, change, close ---------------------------------------------------------

-- the section head for their office, 4.8 for all, a KAMR not at all
SET ROLE regress_account_section_head_n1a;
SELECT add_account('X1', 'N1-A', 'บริษัท หนึ่ง', 'One', 'cement', '2015-03-01');
SET ROLE regress_account_director_customer_information_hq;
SELECT add_account('X2', 'N1-B', 'บริษัท สอง');
SELECT add_account('X3', 'C1-A', 'บริษัท สาม');
RESET ROLE;
SELECT who || ': ' || pg_temp.brief(who, $$SELECT add_account('X9', 'N1-A', 'x')$$) FROM unnest(ARRAY['office_kamr_n1a', 'office_manager_n1a',
	'section_head_n1b', 'section_head_c1a', 'director_customer_service_n1', 'area_director_n1', 'director_engineering_hq_hq', 'reader', 'stranger']) who;
SELECT call || E'\n  ' || pg_temp.try('director_customer_information_hq', 'SELECT add_account(' || call || ')') FROM unnest(ARRAY[
	$$'X1', 'N1-A', 'x'$$, $$'X1', 'C1-A', 'x'$$, $$'X9', 'nowhere', 'x'$$, $$'X9', 'R1', 'x'$$, $$NULL, 'N1-A', 'x'$$, $$'X9', NULL, 'x'$$,
	$$' ', 'N1-A', 'x'$$, $$'X9', 'N1-A', ''$$, $$'X9', 'N1-A', 'x', opened_on => '2026-10-02'$$, $$'X9', 'N1-A', 'x', opened_on => '2558-03-01'$$,
	$$'X9', 'N1-A', 'x', opened_on => '0001-01-01'$$]) call;
SELECT pg_temp.brief('section_head_n1a', $$SELECT add_account('X1', 'C1-A', 'x')$$);
-- a closed unit, by whatever way
SET ROLE regress_account_owner;
INSERT INTO unit (unit_code, kind, office_class, parent_unit, name_th, name_en, closed_on) VALUES ('N1-Z', 'office', 3, 'N1', 'เดิม', 'Former', '2026-09-30');
RESET ROLE;
SELECT pg_temp.try('director_customer_information_hq', $$SELECT add_account('X9', 'N1-Z', 'x')$$);
SELECT pg_temp.brief('director_customer_information_hq', $$SELECT change_account('X2', unit_code => 'N1-Z')$$);
SELECT pg_temp.brief('owner', call) FROM unnest(ARRAY[$$INSERT INTO account (account_id, name_th, unit_code) VALUES ('X9', 'x', 'N1-A'), ('X8', 'x', 'N1-Z')$$,
	$$UPDATE account SET unit_code = 'R1' WHERE account_id = 'X2'$$]) call;
SET ROLE regress_account_owner;
INSERT INTO account (account_id, name_th, unit_code, closed_on) VALUES ('X8', 'x', 'N1-Z', '2026-09-01');
RESET ROLE;
SELECT pg_temp.brief('director_customer_information_hq', $$SELECT reopen_account('X8')$$);

-- what is NULL stays, '' empties
SET ROLE regress_account_section_head_n1a;
SELECT change_account('X1', business => 'cement and lime');
SELECT change_account('X1', name_en => '', opened_on => '2015-04-01', name_th => ' ');
SELECT * FROM pg_temp.accounts ORDER BY account_id;
RESET ROLE;
-- a KAMR changes the accounts that are theirs
SELECT pg_temp.brief(who, format('SELECT change_account(%L, business => %L)', account_id, 'steel')) FROM unnest(ARRAY['office_kamr_n1a', 'kamr1_n1a',
	'section_head_n1b', 'office_manager_n1a', 'reader']) who, unnest(ARRAY['N1A-01', 'X1', 'nobody']) account_id;
-- an account that one may not see, and one that does not exist, are refused alike
SELECT count(DISTINCT replace(pg_temp.try('section_head_n1b', format('SELECT %s(%L%s)', f, id, rest)), id, '?')) AS kinds_of_refusal
FROM unnest(ARRAY['X1', 'X0']) id, (VALUES ('change_account', ''), ('close_account', ''), ('reopen_account', ''), ('join_network', $$, 'X3'$$), ('leave_network', ''),
	('hand_to_headquarters', $$, 2027, 'r'$$), ('add_contact_person', $$, 'n'$$), ('record_fact', $$, 2027, 'spp_zone', 'true', 's'$$), ('judge_relationship', ', 3')) c (f, rest)
GROUP BY f;

-- the unit is changed by who keeps the data
SELECT pg_temp.try('section_head_n1a', $$SELECT change_account('X1', unit_code => 'N1-B')$$);
SELECT pg_temp.brief('section_head_n1a', $$SELECT change_account('X1', unit_code => 'N1-A')$$);
SELECT unit || ': ' || pg_temp.brief('director_customer_information_hq', format('SELECT change_account(%L, unit_code => %L)', 'X1', unit))
FROM unnest(ARRAY['R1', 'nowhere', 'N1', 'HQ', 'C1-A']) unit;
SELECT account_id, unit_code FROM account WHERE account_id = 'X1';

-- closing keeps the rows
SET ROLE regress_account_section_head_n1a;
SELECT add_account('X4', 'N1-A', 'บริษัท สี่', opened_on => '2020-01-01');
SELECT add_contact_person('X4', 'คุณ สี่');
SELECT close_account('X4', '2026-09-30');
RESET ROLE;
SELECT call || E'\n  ' || pg_temp.try('section_head_n1a', 'SELECT ' || call) FROM unnest(ARRAY[
	$$close_account('X4')$$, $$change_account('X4', business => 'x')$$, $$add_contact_person('X4', 'x')$$, $$record_fact('X4', 2027, 'spp_zone', 'true', 's')$$,
	$$judge_relationship('X4', 2)$$, $$reopen_account('X4')$$, $$close_account('N1A-02', '2026-10-02')$$, $$close_account('N1A-02', '2569-10-01')$$]) call;
SELECT pg_temp.brief('director_customer_information_hq', $$SELECT reopen_account('N1A-02')$$);
SET ROLE regress_account_director_customer_information_hq;
SELECT reopen_account('X4');
SELECT close_account('X4');
SELECT account_id, opened_on, closed_on, (SELECT count(*) FROM contact_person c WHERE c.account_id = a.account_id) FROM account a WHERE account_id = 'X4';
SELECT reopen_account('X4');
RESET ROLE;
-- before it was opened
SELECT pg_temp.brief('director_customer_information_hq', $$SELECT close_account('X4', '2019-12-31')$$);

-- ---- contact persons ---------------------------------------------------------------

SET ROLE regress_account_office_kamr_n1a;
SELECT add_contact_person('N1A-01', 'คุณ สมชาย', duty => 'plant manager', phone => '053-000000') AS somchai \gset
SELECT add_contact_person('N1A-01', 'คุณ สมหญิง', is_coordinator => true, email => 'somying@example.com') AS somying \gset
SELECT change_contact_person(:somchai, phone => '', is_coordinator => true);
SELECT end_contact_person(:somying);
SELECT name, duty, phone, email, is_coordinator, until, unit_code FROM contact_person ORDER BY contact_person_id;
RESET ROLE;
SELECT pg_temp.try('office_kamr_n1a', format('SELECT end_contact_person(%s)', :somying));
SELECT pg_temp.try('office_kamr_n1a', format('SELECT end_contact_person(%s, %L)', :somchai, '2026-10-02'));
SELECT pg_temp.try('office_kamr_n1a', $$SELECT add_contact_person('N1A-01', ' ')$$);
-- a person of another's account and one who is not there are refused alike
SELECT count(DISTINCT replace(pg_temp.try('section_head_c1a', format('SELECT change_contact_person(%s)', id)), format('person %s is', id), '?')) AS kinds_of_refusal
FROM unnest(ARRAY[:somchai, 4711]) id;
SELECT pg_temp.try('section_head_c1a', 'SELECT change_contact_person(4711)');
-- who reads all of an office but maintains nothing
SELECT pg_temp.brief('office_manager_n1a', format('SELECT change_contact_person(%s)', :somchai));

-- ---- facts ---------------------------------------------------------------------------

SET ROLE regress_account_section_head_n1a;
SELECT record_fact('X4', 2027, fact, value, 'a look at it', '2026-09-15') FROM (VALUES ('voltage_kv', '๑๑๕'), ('self_generation_mw', ' 1,234.50 '), ('spp_zone', 'Yes'),
	('national_strategy', 'f'), ('largest_job_thb', '5000000'), ('yearly_maintenance_thb', '0'), ('business_prospect', ''), ('avg_monthly_bill_thb', '20,000,000')) f (fact, value);
SELECT * FROM account_fact WHERE account_id = 'X4';
SELECT fact, source, fact_on, recorded_at, recorded_by FROM fact_source WHERE account_id = 'X4' ORDER BY fact;
-- known no longer
SELECT record_fact('X4', 2027, 'spp_zone', NULL, 'the estate', '2026-10-01');
SELECT spp_zone, source, fact_on FROM account_fact JOIN fact_source USING (account_id, plan_year) WHERE account_id = 'X4' AND fact = 'spp_zone';
RESET ROLE;
SELECT call || E'\n  ' || pg_temp.try('section_head_n1a', 'SELECT record_fact(''X4'', ' || call || ')') FROM unnest(ARRAY[
	$$2027, 'voltage', '115', 's'$$, $$2027, NULL, '115', 's'$$, $$2027, 'voltage_kv', '115 kV', 's'$$, $$2027, 'voltage_kv', '1,15', 's'$$, $$2027, 'voltage_kv', 'NaN', 's'$$,
	$$2027, 'voltage_kv', '1e3', 's'$$, $$2027, 'voltage_kv', '-1', 's'$$, $$2027, 'voltage_kv', '9999999999999999', 's'$$, $$2027, 'spp_zone', 'perhaps', 's'$$,
	$$2027, 'voltage_kv', '115', ''$$, $$2027, 'voltage_kv', '115', NULL$$, $$2027, 'voltage_kv', '115', 's', '2026-10-02'$$, $$2027, 'voltage_kv', '115', 's', '2569-09-15'$$,
	$$2570, 'voltage_kv', '115', 's'$$, $$2030, 'voltage_kv', '115', 's'$$, $$NULL, 'voltage_kv', '115', 's'$$, $$2027, 'value_class', 'High', 's'$$, $$2027, 'nationwide_network', 'true', 's'$$,
	$$2027, 'account_id', 'X', 's'$$, $$2027, 'billed_months', '12', 's'$$]) call;
-- the class by who keeps the data, the network by 4.5
SELECT pg_temp.try('director_customer_information_hq', $$SELECT record_fact('X4', 2027, 'value_class', 'Gold', 's')$$);
SELECT pg_temp.try('director_engineering_hq_hq', $$SELECT record_fact('X4', 2027, 'nationwide_network', 'true', 's')$$);
SELECT pg_temp.brief('director_engineering_hq_hq', $$SELECT record_fact('X4', 2027, 'nationwide_network', 'false', 's')$$);
SELECT pg_temp.brief('director_engineering_hq_hq', $$SELECT record_fact('X4', 2027, 'voltage_kv', '115', 's')$$);
SET ROLE regress_account_director_customer_information_hq;
SELECT record_fact('X4', 2027, 'value_class', 'medium', 'ranking of the year');
RESET ROLE;
-- facts of a year whose plan is approved may still come in; the plan stays as it is (R22)
SET ROLE regress_account_office_kamr_n1a;
SELECT record_fact('N1A-01', 2026, 'voltage_kv', '22', 'a new meter');
SELECT f.voltage_kv, s.tier, s.criteria FROM account_fact f JOIN selection s USING (account_id, plan_year) WHERE account_id = 'N1A-01';
RESET ROLE;

-- ---- the relationship ----------------------------------------------------------------

SET ROLE regress_account_office_kamr_n1a;
SELECT judge_relationship('N1A-01', 3) IS NOT NULL;
CALL pg_temp.at('2026-12-01 09:00+07');
SELECT judge_relationship('N1A-01', 5, 'extended the contract') IS NOT NULL;
SELECT judge_relationship('N1A-01', 2, 'seen later', '2026-01-15') IS NOT NULL;
SELECT account_id, unit_code, level, name_th, name_en, since, reason, judged_by FROM relationship_now;
SELECT level, since, reason FROM relationship ORDER BY since;
RESET ROLE;
SELECT call || E'\n  ' || pg_temp.try('office_kamr_n1a', 'SELECT judge_relationship(' || call || ')') FROM unnest(ARRAY[
	$$'N1A-01', 7$$, $$'N1A-01', NULL$$, $$'N1A-01', 3, since => '2026-12-02'$$, $$'X4', 3$$]) call;
SELECT pg_temp.brief('section_head_n1a', $$SELECT judge_relationship('N1A-01', 3)$$);
CALL pg_temp.at('2026-10-01 09:00+07');

-- ---- networks ------------------------------------------------------------------------

-- H at headquarters with two sites, one of which has a site: N1-A, N1-B, C1-A
SET ROLE regress_account_director_customer_information_hq;
SELECT add_account(id, unit, name, 'x') FROM (VALUES ('H', 'N1-A', 'ห้าง'), ('S1', 'N1-A', 'สาขา 1'), ('S2', 'N1-B', 'สาขา 2'), ('S3', 'C1-A', 'สาขา 3'), ('T', 'N1-A', 'อื่น')) a (id, unit, name);
SELECT record_fact(id, 2027, fact, value, 's', '2026-09-01') FROM (VALUES
	('H', 'voltage_kv', '22'), ('S1', 'voltage_kv', '115'), ('S2', 'voltage_kv', '33'),
	('S1', 'avg_monthly_bill_thb', '1000000.25'), ('S2', 'avg_monthly_bill_thb', '2500000.50'), ('S3', 'avg_monthly_bill_thb', '3000000'),
	('S2', 'value_class', 'Medium'), ('S3', 'value_class', 'High'), ('S1', 'self_generation_mw', '0.9'), ('S3', 'self_generation_mw', '1.1'),
	('S2', 'largest_job_thb', '4000000'), ('S3', 'largest_job_thb', '3000000'), ('S1', 'yearly_maintenance_thb', '1500000'), ('S3', 'yearly_maintenance_thb', '600000'),
	('H', 'spp_zone', 'false'), ('S1', 'spp_zone', 'false'), ('S2', 'spp_zone', 'false'), ('S3', 'spp_zone', 'false'),
	('H', 'business_prospect', 'false'), ('S3', 'business_prospect', 'true'), ('H', 'national_strategy', 'false'), ('S1', 'national_strategy', 'false'),
	('T', 'voltage_kv', '22')) f (id, fact, value);
RESET ROLE;
SELECT call || E'\n  ' || pg_temp.try('director_engineering_hq_hq', 'SELECT ' || call) FROM unnest(ARRAY[
	$$join_network('S1', 'H')$$, $$join_network('S1', NULL)$$, $$join_network('S1', 'nobody')$$, $$leave_network('S1')$$, $$hand_to_headquarters('H', 2027, ' ')$$,
	$$hand_to_headquarters('H', 2028, 'branches everywhere')$$]) call;
SELECT who || ': ' || pg_temp.brief(who, call) FROM unnest(ARRAY['director_customer_information_hq', 'section_head_n1a', 'area_director_n1', 'deputy_governor_strategy_hq']) who,
	unnest(ARRAY[$$SELECT hand_to_headquarters('H', 2027, 'r')$$, $$SELECT join_network('S1', 'H')$$, $$SELECT leave_network('S1')$$]) call;
SET ROLE regress_account_section_head_n1a;
SELECT add_contact_person('H', 'คุณ ห้าง') IS NOT NULL;
SET ROLE regress_account_director_engineering_hq_hq;
SELECT hand_to_headquarters('H', 2027, 'branches in all regions');
-- what describes it went along
SELECT 'account', unit_code FROM account WHERE account_id = 'H' UNION ALL SELECT 'contact_person', unit_code FROM contact_person WHERE account_id = 'H'
UNION ALL SELECT 'account_fact', unit_code FROM account_fact WHERE account_id = 'H' UNION ALL SELECT DISTINCT 'fact_source', unit_code FROM fact_source WHERE account_id = 'H';
SELECT join_network('S1', 'H'), join_network('S2', 'H', 'seen in the register');
SELECT hand_to_headquarters('S2', 2027, 'a group of its own within the group');
SELECT join_network('S3', 'S2');
SELECT subject_id, action, unit_code, plan_year, post, from_status, to_status, reason FROM decision ORDER BY decision_id;
SELECT * FROM verify_decisions();
SELECT * FROM network_site ORDER BY account_id;
\pset format aligned
\pset tuples_only off
-- sums, greatest values, and flags that are unknown unless known of all or true of one
SELECT account_id, unit_code, area, value_class, voltage_kv, avg_monthly_bill_thb, billed_months, spp_zone, sites FROM account_fact_total WHERE plan_year = 2027 ORDER BY account_id;
SELECT account_id, self_generation_mw, largest_job_thb, yearly_maintenance_thb, business_prospect, national_strategy, nationwide_network
FROM account_fact_total WHERE plan_year = 2027 AND account_id IN ('H', 'T') ORDER BY account_id;
-- whoever may read the head sees the whole of it; an office its own accounts without sites
SET ROLE regress_account_owner;
CREATE TABLE whole AS SELECT * FROM account_fact_total;
GRANT SELECT ON whole TO PUBLIC;
SET ROLE regress_account_section_head_n1a;
SELECT account_id, unit_code, sites FROM account_fact_total WHERE plan_year = 2027 ORDER BY 1;
SELECT * FROM _my_network_fact();
SELECT account_id, sites FROM _network_fact();
RESET ROLE;
SELECT who, pg_temp.try(who, $$SELECT count(*) || ' rows, ' || count(*) FILTER (WHERE NOT EXISTS (SELECT FROM whole w WHERE w IS NOT DISTINCT FROM t)) || ' differ' FROM account_fact_total t$$)
FROM unnest(ARRAY['director_engineering_hq_hq', 'director_personnel_development_hq', 'area_director_n1', 'area_director_c1', 'office_manager_n1b', 'office_kamr_n1a', 'reader', 'stranger']) who;
-- a HQ KAMR who has the head alone
BEGIN;
SELECT pg_temp.put_in_force(2027);
SET LOCAL ROLE regress_account_owner;
CALL rehearse('2027-01-05 09:00+07');
SET LOCAL ROLE regress_account_hq_kamr_hq;
SELECT count(*) AS accounts, count(*) FILTER (WHERE account_id = 'S1') AS sites FROM account;
SELECT account_id, avg_monthly_bill_thb, sites FROM account_fact_total WHERE plan_year = 2027 AND account_id = 'H';
ROLLBACK;
-- closed sites, and a site that leaves
SET ROLE regress_account_director_customer_information_hq;
SELECT close_account('S3');
SELECT account_id, value_class, avg_monthly_bill_thb, business_prospect, sites FROM account_fact_total WHERE account_id IN ('H', 'S3');
SELECT reopen_account('S3');
SET ROLE regress_account_director_engineering_hq_hq;
SELECT leave_network('S1', 'sold');
SELECT account_id, unit_code, voltage_kv, sites FROM account_fact_total WHERE account_id IN ('H', 'S1', 'S2', 'S3') ORDER BY 1;
RESET ROLE;
\pset format unaligned
\pset tuples_only on

-- cycles, at any depth, by whatever way
SELECT call || E'\n  ' || pg_temp.try('director_engineering_hq_hq', 'SELECT ' || call) FROM unnest(ARRAY[
	$$join_network('H', 'H')$$, $$join_network('H', 'S2')$$, $$join_network('S3', 'S2')$$]) call;
SELECT call || E'\n  ' || pg_temp.try('owner', call) FROM unnest(ARRAY[
	$$UPDATE account SET parent_account = account_id WHERE account_id = 'T'$$,
	$$UPDATE account SET unit_code = 'HQ', parent_account = 'S3' WHERE account_id IN ('H', 'S3')$$,
	$$INSERT INTO account (account_id, name_th, unit_code, parent_account) VALUES ('A', 'a', 'HQ', 'C'), ('B', 'b', 'HQ', 'A'), ('C', 'c', 'HQ', 'B')$$,
	$$INSERT INTO account (account_id, name_th, unit_code, parent_account) VALUES ('A', 'a', 'HQ', 'B'), ('B', 'b', 'HQ', 'B')$$,
	$$UPDATE account SET parent_account = 'T' WHERE account_id = 'S1'$$,
	$$UPDATE account SET unit_code = 'N1-A' WHERE account_id = 'H'$$,
	$$UPDATE account SET closed_on = '2026-10-01' WHERE account_id = 'S2'$$]) call;
SELECT pg_temp.brief('director_customer_information_hq', call) FROM unnest(ARRAY[
	$$SELECT change_account('H', unit_code => 'N1-A')$$, $$SELECT close_account('H')$$]) call;
SELECT account_id, unit_code, parent_account FROM account WHERE account_id IN ('H', 'S1', 'S2', 'S3', 'T') ORDER BY 1;

-- ---- a move keeps what happened --------------------------------------------------------

SET ROLE regress_account_director_customer_information_hq;
SELECT change_account('N1A-01', unit_code => 'C1-A');
SELECT 'account', unit_code, NULL FROM account WHERE account_id = 'N1A-01' UNION ALL SELECT 'fact ' || plan_year, unit_code, NULL FROM account_fact WHERE account_id = 'N1A-01'
UNION ALL SELECT 'relationship', unit_code, since::text FROM relationship WHERE account_id = 'N1A-01' UNION ALL SELECT 'selection', unit_code, NULL FROM selection WHERE account_id = 'N1A-01' ORDER BY 1, 3;
-- "as of"
SELECT account_id, unit_code FROM as_of(NULL::account, '2026-10-01') WHERE account_id = 'N1A-01';
RESET ROLE;

-- ---- what nobody does by hand --------------------------------------------------------

SELECT DISTINCT pg_temp.brief(who, format(statement, t)) FROM unnest(ARRAY['director_customer_information_hq', 'section_head_n1a', 'stranger']) who,
	unnest(ARRAY['account', 'contact_person', 'account_fact', 'fact_source', 'relationship', 'relationship_level', 'fact', 'bill']) t,
	unnest(ARRAY['DELETE FROM %I', 'TRUNCATE %I']) statement ORDER BY 1;
SELECT pg_temp.brief('section_head_n1a', call) FROM unnest(ARRAY[$$SELECT _put_fact('X4', 2027, 'voltage_kv', '500', 's', '2026-10-01')$$, $$SELECT _move_account('X4', 'N1-B')$$]) call;

\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
