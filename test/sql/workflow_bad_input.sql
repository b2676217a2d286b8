-- What people get wrong, one by one: refused with a SQLSTATE, a message that names the thing, and a hint.
\set ECHO none
\getenv srcdir PG_ABS_SRCDIR
\set schema wf_bad_input
\set prefix regress_bad_input_
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture
\set ECHO none
\pset format unaligned
\pset tuples_only on
SELECT pg_temp.add_accounts('N1-A', 3), pg_temp.add_accounts('N1-B', 1) \g /dev/null

CREATE TEMP TABLE mistake (n serial, who text, statement text);
INSERT INTO mistake (who, statement) VALUES
	-- people and posts, entered by the owner
	('owner', $$INSERT INTO staff VALUES ('nobody', 'ก', 'A', 'วศก.', '2020-01-01', 'N1-A')$$),
	('owner', $$INSERT INTO staff (staff_id, name_th, position, hire_date, unit_code, role_name) VALUES ('nobody', 'ก', 'วศก.', '2020-01-01', 'N1-A', NULL)$$),
	('owner', $$INSERT INTO staff (staff_id, name_th, position, hire_date, unit_code, role_name) VALUES ('nobody', 'ก', 'วศก.', '2020-01-01', 'N1-A', 'no_such_role')$$),
	('stranger', $$SELECT open_year(2027)$$),
	('reader', $$SELECT open_year(2027)$$),
	('owner', $$SELECT open_year(2027)$$),
	('owner', $$INSERT INTO post_holder (post, unit_code, staff_id, from_date) VALUES ('office_manager', 'N1-A', 'kamr1_n1a', '2026-01-01')$$),
	('owner', $$INSERT INTO post_holder (post, unit_code, staff_id, from_date) VALUES ('office_manager', 'N1', 'kamr1_n1a', '2026-01-01')$$),
	('owner', $$INSERT INTO post_holder (post, unit_code, staff_id, from_date) VALUES ('office_kamr', 'N1-A', 'kamr1_n1a', '2026-01-01')$$),
	-- a cycle in the unit tree
	('owner', $$UPDATE unit SET parent_unit = 'N1-A' WHERE unit_code = 'N1'$$),
	('owner', $$UPDATE unit SET parent_unit = 'N1-A' WHERE unit_code = 'N1-A'$$),
	('owner', $$INSERT INTO unit (unit_code, kind, parent_unit, name_th, name_en) VALUES ('HQ2', 'hq', NULL, 'ก', 'A')$$),
	-- years
	('office_manager_n1a', $$SELECT submit_plan(2027, 'N1-A')$$),
	('office_manager_n1a', $$SELECT submit_plan(2570, 'N1-A')$$),
	('office_manager_n1a', $$SELECT submit_plan(NULL, 'N1-A')$$),
	('director_customer_information_hq', $$SELECT open_year(2570)$$),
	('director_customer_information_hq', $$SELECT open_year(0)$$),
	('director_customer_information_hq', $$SELECT open_year(NULL)$$),
	('director_customer_information_hq', $$SELECT record_fact('N1A-01', 2570, 'voltage_kv', '115', 'SAP', '2026-09-30')$$),
	-- accounts and facts
	('director_customer_information_hq', $$SELECT add_account('N1A-01', 'N1-B', 'ก')$$),
	('director_customer_information_hq', $$SELECT add_account('N1A-01', 'N1-A', 'ก')$$),
	('director_customer_information_hq', $$SELECT add_account('NEW', 'N9', 'ก')$$),
	('director_engineering_hq_hq', $$SELECT join_network('N1A-01', 'N1A-01')$$),
	('owner', $$UPDATE account SET parent_account = CASE account_id WHEN 'N1A-01' THEN 'N1A-02' ELSE 'N1A-01' END WHERE account_id IN ('N1A-01', 'N1A-02')$$);
SELECT CASE WHEN part = 1 THEN E'\n' || who || ': ' || statement ELSE '  ' || pg_temp.try(who, statement) END
FROM mistake, generate_series(1, 2) AS part ORDER BY n, part;

\echo
\echo An activity outside the plan year, and in a year that nobody opened
SELECT pg_temp.brief('director_customer_information_hq', 'SELECT open_year(2027)') > '0';
SELECT pg_temp.try('director_customer_information_hq', 'SELECT count(*) FROM compute_cutoffs(2027)') \g /dev/null
SELECT pg_temp.brief('office_manager_n1a', 'SELECT count(*) FROM propose_selection(2027, ''N1-A'')');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT select_account(2027, ''N1A-01'')');
SELECT pg_temp.try('section_head_n1a', $$SELECT add_activity(2027, 'N1A-01', 'visit', '2028-01-01')$$);
SELECT pg_temp.try('section_head_n1a', $$SELECT add_activity(2027, 'N1A-01', 'visit', '2570-05-01')$$);
SELECT pg_temp.try('section_head_n1a', $$SELECT add_activity(2028, 'N1A-01', 'visit', '2028-05-01')$$);

\echo
\echo Facts: of tomorrow, of the Buddhist era, unreadable, unknown
SELECT pg_temp.try('director_customer_information_hq', $$SELECT record_fact('N1A-01', 2027, 'voltage_kv', '115', 'SAP', '2026-10-02')$$);
SELECT pg_temp.try('director_customer_information_hq', $$SELECT record_fact('N1A-01', 2027, 'voltage_kv', '115', 'SAP', '2569-09-30')$$);
SELECT pg_temp.try('director_customer_information_hq', $$SELECT record_fact('N1A-01', 2027, 'voltage_kv', 'high', 'SAP', '2026-09-30')$$);
SELECT pg_temp.try('director_customer_information_hq', $$SELECT record_fact('N1A-01', 2027, 'voltage', '115', 'SAP', '2026-09-30')$$);
SELECT pg_temp.try('director_customer_information_hq', $$SELECT record_fact('N1A-01', 2027, 'value_class', 'Huge', 'HVC', '2026-09-30')$$);

\set ECHO none
\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
