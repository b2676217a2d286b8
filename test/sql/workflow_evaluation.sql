-- Evaluations: of KAMRs each year (4.5.7, 4.6.5, 4.10.5, 4.13.3), of units each quarter (4.4) and year (4.2, 4.3).
\set schema wf_evaluation
\set prefix regress_evaluation_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture

SELECT pg_temp.put_in_force(2026), pg_temp.put_in_force(2027);
CALL pg_temp.at('2026-05-06 09:00+07');
-- each by its posts
SELECT who, pg_temp.brief(who, $$SELECT evaluate_kamr(2026, 'N1-A', 'office_kamr_n1a', 80, 'Good')$$) AS office_kamr, pg_temp.brief(who, $$SELECT evaluate_kamr(2026, 'N1-A', 'senior_kamr_n1a', 70, 'Good')$$) AS senior_kamr,
	pg_temp.brief(who, $$SELECT evaluate_kamr(2026, 'N1', 'area_kamr_n1', 60, 'Good')$$) AS area_kamr, pg_temp.brief(who, $$SELECT evaluate_kamr(2026, 'HQ', 'hq_kamr_hq', 50, 'Good')$$) AS hq_kamr
FROM unnest('{office_manager_n1a,senior_kamr_n1a,director_customer_service_n1,director_engineering_hq_hq,office_manager_n1b,director_customer_service_c1,area_director_n1,office_kamr_n1a,stranger}'::text[]) who \gx
SELECT plan_year, unit_code, staff_id, evaluated_by, post, edition, score FROM kamr_evaluation ORDER BY evaluation_id;
-- a new row replaces; none is changed
CALL pg_temp.at('2026-12-20 09:00+07');
SELECT pg_temp.brief('office_manager_n1a', $$SELECT evaluate_kamr(2026, 'N1-A', 'office_kamr_n1a', 82.5, 'Very good', 'Few visits in spring', 'More visits')$$);
SELECT staff_id, evaluated_by, edition, score, finding, problems, suggestions FROM kamr_evaluation_now WHERE unit_code = 'N1-A' ORDER BY 1, 2;
SELECT pg_temp.brief('owner', 'UPDATE kamr_evaluation SET score = 100'), pg_temp.brief('owner', 'DELETE FROM unit_evaluation');
SELECT call, pg_temp.try('office_manager_n1a', format('SELECT evaluate_kamr(%s)', call)) FROM unnest(ARRAY[
	$$2026, 'N1-A', 'office_kamr_n1a', 100.1, 'Too good'$$, $$2026, 'N1-A', 'office_kamr_n1a', -1, 'Too bad'$$, $$2026, 'N1-A', 'office_kamr_n1a', 'NaN', 'Odd'$$, $$2026, 'N1-A', 'office_kamr_n1a', NULL, 'How much?'$$,
	$$2026, 'N1-A', 'office_kamr_n1a', 50, ' '$$, $$2026, 'N1-A', 'kamr1_n1a', 50, 'No KAMR'$$, $$2026, 'N1-A', 'office_kamr_n1b', 50, 'Of another office'$$, $$2569, 'N1-A', 'office_kamr_n1a', 50, 'Buddhist era'$$,
	$$2025, 'N1-A', 'office_kamr_n1a', 50, 'Not opened'$$]) call;
-- nobody evaluates themself, acting or not
SET ROLE regress_evaluation_owner;
INSERT INTO post_holder (post, unit_code, staff_id, from_date, to_date, acting, reason) VALUES ('office_manager', 'N1-A', 'office_kamr_n1a', '2026-12-01', '2026-12-31', true, 'Leave');
RESET ROLE;
SELECT pg_temp.try('office_kamr_n1a', $$SELECT evaluate_kamr(2026, 'N1-A', 'office_kamr_n1a', 100, 'Perfect')$$);
-- next year has not begun
SELECT pg_temp.try('office_manager_n1a', $$SELECT evaluate_kamr(2027, 'N1-A', 'office_kamr_n1a', 50, 'Too early')$$);

-- units
CALL pg_temp.at('2026-07-06 09:00+07');
SELECT who, pg_temp.brief(who, $$SELECT evaluate_unit(2026, 'N1-A', 'Q2', 'Reports late')$$) AS office_quarter, pg_temp.brief(who, $$SELECT evaluate_unit(2026, 'N1', 'Q2', 'In order')$$) AS area_quarter,
	pg_temp.brief(who, $$SELECT evaluate_unit(2026, 'N1-A', 'year', 'Good', 'Few people', 'Two more')$$) AS office_year, pg_temp.brief(who, $$SELECT evaluate_unit(2026, 'HQ', 'year', 'Good')$$) AS hq_year,
	pg_temp.brief(who, $$SELECT evaluate_unit(2026, 'N1-A', 'Q4', 'Not yet')$$) AS too_early
FROM unnest('{director_engineering_area_n1,area_director_n1,deputy_governor_strategy_hq,director_engineering_area_c1,office_manager_n1a,director_engineering_hq_hq}'::text[]) who \gx
SELECT call, pg_temp.try('director_engineering_area_n1', format('SELECT evaluate_unit(%s)', call)) FROM unnest(ARRAY[$$2026, 'N1-A', 'Q5', 'x'$$, $$2026, 'N1-A', NULL, 'x'$$, $$2026, 'N1-A', 'Q1', NULL$$,
	$$2026, 'N1-A', 'Q1', 'x', score => 101$$, $$2026, 'X', 'Q1', 'x'$$]) call;
SELECT pg_temp.brief('director_engineering_area_n1', $$SELECT evaluate_unit(2026, 'N1-A', 'Q2', 'They were in time after all', score => 75)$$);
SELECT unit_code, period, evaluated_by, post, edition, score, finding, problems, suggestions FROM unit_evaluation_now ORDER BY 1, 2;
-- who is evaluated reads it, and their unit
SELECT who, pg_temp.brief(who, 'SELECT count(*) FROM kamr_evaluation') AS of_kamrs, pg_temp.brief(who, 'SELECT count(*) FROM unit_evaluation') AS of_units
FROM unnest('{office_kamr_n1a,office_kamr_n1b,office_manager_n1a,office_manager_n1b,area_kamr_n1,area_director_n1,area_director_c1,director_engineering_hq_hq,deputy_governor_strategy_hq,stranger}'::text[]) who;

\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
