-- From the opening of the year to its approved plans, by the posts of section 4. Run where there is room for files.

SET jit = off;
SET search_path = crm, public;

CALL bench.play('open_year', '2025-10-01 09:00+07',
    $$SELECT 'director_customer_information_hq' AS staff_id, '2026' AS argument$$, 'SELECT open_year($1::int)::bigint');

-- ---- files, by COPY and CALL import_... ------------------------------------

\copy (SELECT account_id, unit_code, 'บริษัท ' || account_id || ' จำกัด', 'Company ' || account_id FROM bench.customer) TO 'account.copy'
\copy (SELECT account_id, '02' || account_id, to_char(make_date(2025, m, 1), 'YYYY-MM'), bill + 1000 * m FROM bench.customer, generate_series(1, 9) AS m) TO 'bill.copy'
\copy (SELECT account_id, 2026, fact, value, 'billing system', '2025-09-30' FROM bench.customer, LATERAL (VALUES ('value_class', CASE tier WHEN 'Strategic' THEN 'High' WHEN 'Star' THEN 'Medium' WHEN 'Status' THEN 'High' WHEN 'Streamline' THEN 'Low' END), ('voltage_kv', CASE WHEN tier >= 'Star' THEN '115' ELSE '22' END)) AS f (fact, value) WHERE value IS NOT NULL) TO 'fact.copy'

SELECT clock_timestamp() AS started, bench.waited() AS waited \gset
SET ROLE kam_bench_director_customer_information_hq;
\copy import_account (account_id, unit_code, name_th, name_en) FROM 'account.copy'
SELECT count(*) AS lines FROM import_account \gset
CALL import_accounts();
RESET ROLE;
CALL bench.note_phase('import: accounts (lines)', :lines, :'started', :waited);

SELECT clock_timestamp() AS started, bench.waited() AS waited \gset
SET ROLE kam_bench_director_customer_information_hq;
\copy import_bill (account_id, contract_account, month, amount_thb) FROM 'bill.copy'
SELECT count(*) AS lines FROM import_bill \gset
CALL import_bills();
RESET ROLE;
CALL bench.note_phase('import: bills (lines)', :lines, :'started', :waited);

SELECT clock_timestamp() AS started, bench.waited() AS waited \gset
SET ROLE kam_bench_director_customer_information_hq;
\copy import_fact (account_id, plan_year, fact, value, source, fact_on) FROM 'fact.copy'
SELECT count(*) AS lines FROM import_fact \gset
CALL import_facts();
RESET ROLE;
CALL bench.note_phase('import: facts (lines)', :lines, :'started', :waited);

-- What autovacuum does in life, when it comes round.
VACUUM ANALYZE;

CALL bench.play('compute_bills (accounts)', '2025-10-20 09:00+07',
    $$SELECT 'director_customer_information_hq' AS staff_id, '2026' AS argument$$, 'SELECT compute_bills($1::int)');
CALL bench.play('compute_cutoffs (areas)', '2025-10-20 10:00+07',
    $$SELECT 'director_customer_information_hq' AS staff_id, '2026' AS argument$$, 'SELECT count(*) FROM compute_cutoffs($1::int)');
VACUUM ANALYZE;

-- ---- selection, key account managers, assignment ---------------------------

-- Who prepares the plan of a unit.
CREATE TABLE bench.boss AS
    SELECT unit_code, staff_id FROM bench.person
    WHERE post IN ('office_manager', 'director_customer_service', 'director_engineering_hq');
GRANT SELECT ON bench.boss TO PUBLIC;

CALL bench.play('propose_selection', '2025-10-27 09:00+07',
    $$SELECT staff_id, unit_code AS argument FROM bench.boss$$,
    'SELECT count(DISTINCT $1) FROM (SELECT count(*) FROM propose_selection(2026, $1)) AS proposed');
CALL bench.play('select_account', '2025-10-28 09:00+07',
    $$SELECT staff_id, unit_code AS argument FROM bench.boss$$,
    'SELECT count(select_account(2026, account_id)::text) FROM bench.customer WHERE unit_code = $1 AND tier IS NOT NULL');
CALL bench.play('record_training', '2025-10-28 09:00+07',
    $$SELECT 'director_personnel_development_hq' AS staff_id, NULL::text AS argument$$,
    $$SELECT count(record_training(staff_id, 2025, 'KAMR', '2025-06-02', '2025-06-06', true)::text) FROM bench.person
        WHERE level IS NOT NULL AND $1 IS NULL$$);
CALL bench.play('appoint_kamr', '2025-10-29 09:00+07',
    $$SELECT staff_id, unit_code AS argument FROM bench.boss$$,
    $$SELECT count(appoint_kamr(2026, $1, staff_id, level)::text || judge_relations(2026, $1, staff_id, true)::text)
        FROM bench.person WHERE unit_code = $1 AND level IS NOT NULL$$);
CALL bench.play('assign_account', '2025-10-30 09:00+07',
    $$SELECT staff_id, unit_code AS argument FROM bench.boss$$,
    'SELECT count(assign_account(2026, account_id, keeper)::text) FROM bench.customer WHERE unit_code = $1 AND tier IS NOT NULL');
CALL bench.play('assign_area_kamr', '2025-10-30 14:00+07',
    $$SELECT staff_id, unit_code AS argument FROM bench.boss JOIN bench.office USING (unit_code)$$,
    $$SELECT count(assign_area_kamr(2026, account_id, 'area_kamr_' || lower(area))::text)
        FROM bench.customer JOIN bench.office USING (unit_code) WHERE unit_code = $1 AND tier = 'Strategic'$$);

-- ---- what is planned -------------------------------------------------------

-- Twelve activities an account, each due five days after its visit.
CALL bench.play('add_activity', '2025-11-03 09:00+07',
    $$SELECT staff_id, unit_code AS argument FROM bench.boss$$,
    $$SELECT count(add_activity(2026, account_id, 'visit ' || n, date '2026-01-01' + floor((8 * n - 1) * 3.64)::int + 5))
        FROM bench.customer, generate_series(1, 12) AS n WHERE unit_code = $1 AND tier IS NOT NULL$$);
CALL bench.play('add_benefit', '2025-11-03 14:00+07',
    $$SELECT staff_id, unit_code AS argument FROM bench.boss$$,
    $$SELECT count(add_benefit(2026, account_id, 'preventive maintenance', 20000)) FROM bench.customer
        WHERE unit_code = $1 AND tier >= 'Star'$$);
CALL bench.play('set_target, set_budget', '2025-11-04 09:00+07',
    $$SELECT staff_id, unit_code AS argument FROM bench.boss$$,
    $$SELECT count(set_target(2026, $1, 'plan_success', 95)::text) + count(set_target(2026, $1, 'satisfaction', 4.2, 5)::text)
        + count(set_budget(2026, $1, 120000)::text)$$);
VACUUM ANALYZE;

-- ---- the route -------------------------------------------------------------

CALL bench.play('submit_plan', '2025-11-20 09:00+07',
    $$SELECT staff_id, unit_code AS argument FROM bench.boss JOIN bench.office USING (unit_code)$$,
    'SELECT count(submit_plan(2026, $1))');
CALL bench.play('compile_plan', '2025-11-24 09:00+07',
    $$SELECT 'director_customer_service_' || lower(area) AS staff_id, unit_code AS argument FROM bench.office$$,
    'SELECT count(compile_plan(2026, $1))');
CALL bench.play('submit_plan', '2025-11-25 09:00+07',
    $$SELECT staff_id, unit_code AS argument FROM bench.boss WHERE unit_code NOT IN (SELECT unit_code FROM bench.office)$$,
    'SELECT count(submit_plan(2026, $1))');
CALL bench.play('endorse_plan', '2025-11-27 09:00+07',
    $$SELECT DISTINCT 'director_engineering_area_' || lower(area) AS staff_id, unit AS argument
        FROM bench.office, LATERAL (VALUES (unit_code), (area)) AS u (unit)$$,
    'SELECT count(endorse_plan(2026, $1))');
CALL bench.play('approve_plan, of an office', '2025-12-09 09:00+07',
    $$SELECT 'area_director_' || lower(area) AS staff_id, unit_code AS argument FROM bench.office$$,
    'SELECT count(approve_plan(2026, $1))');
CALL bench.play('approve_plan, of an area or HQ', '2025-12-19 09:00+07',
    $$SELECT DISTINCT 'area_director_' || lower(area) AS staff_id, area AS argument FROM bench.office
        UNION ALL SELECT 'deputy_governor_strategy_hq', 'HQ'$$,
    'SELECT count(approve_plan(2026, $1))');
VACUUM ANALYZE;
