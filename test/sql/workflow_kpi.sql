-- The KPIs (5, R21): figures on every level, the rows behind them, who reads which.
\set schema wf_kpi
\set prefix regress_kpi_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture

SELECT pg_temp.add_accounts('N1-A', 7), pg_temp.add_accounts('N1-B', 1), pg_temp.add_accounts('N1', 1), pg_temp.add_accounts('C1-A', 1), pg_temp.add_accounts('HQ', 1);
SELECT pg_temp.try('process_owner_hq', 'SELECT open_year(2027)');
-- every account is visited in January, February, March; the area has an account of its own, with a KAMR of an office
SET ROLE regress_kpi_owner;
INSERT INTO activity (plan_id, plan_year, unit_code, account_id, activity, due_on)
	SELECT p.plan_id, 2027, p.unit_code, a.account_id, 'Visit', d
	FROM plan p JOIN account a USING (unit_code), unnest('{2027-01-29,2027-02-26,2027-03-31}'::date[]) d
	WHERE a.account_id NOT IN ('N1A-05', 'N1A-06', 'N1A-07') ORDER BY a.account_id, d;
INSERT INTO selection (plan_id, plan_year, unit_code, account_id, value_class, criteria, tier, basis, rule_set, status, proposed_by, proposed_at)
	SELECT plan_id, 2027, 'N1', 'N1-01', 'High', '{voltage}', 'Strategic', 'matrix', 'revision-4', 'selected', 'director_customer_service_n1', _now()
	FROM plan WHERE unit_code = 'N1';
INSERT INTO assignment (plan_id, plan_year, unit_code, account_id, tier, staff_id, responsibility, assigned_by, assigned_at)
	SELECT plan_id, 2027, 'N1', 'N1-01', 'Strategic', 'office_kamr_n1a', 'main', 'director_customer_service_n1', _now() FROM plan WHERE unit_code = 'N1';
INSERT INTO target (plan_id, unit_code, kpi, value, scale)
	SELECT p.plan_id, p.unit_code, k.kpi, k.value, k.scale
	FROM plan p JOIN (VALUES ('N1', 'plan_success', 50, 100), ('N1', 'satisfaction', 80, 100), ('N1-A', 'plan_success', 66.7, 100), ('HQ', 'loyalty', 7, 10))
		k (unit, kpi, value, scale) ON k.unit = p.unit_code;
RESET ROLE;
CALL pg_temp.at('2026-12-20 09:00+07');
SELECT pg_temp.put_in_force(2027);
-- before the year there is what KAMRs carry, and nothing else
CALL pg_temp.at('2026-12-28 09:00+07');
SET ROLE regress_kpi_process_owner_hq;
SELECT measure, level, unit_code, staff_id, period, rate, portfolio, weight FROM kpi_figures(2027) ORDER BY level, unit_code, staff_id;
RESET ROLE;

-- ---- what happens --------------------------------------------------------------

-- A visit on time, one at the first moment of February, one two days late in the last moment of January.
CREATE PROCEDURE pg_temp.done(who text, account text, month int, at timestamptz) LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_temp.act(who);
	PERFORM complete_activity(activity_id, at, 'done') FROM activity WHERE account_id = account AND extract(month FROM due_on) = done.month;
	PERFORM pg_temp.act(NULL);
END $$;
-- An amendment that is not approved: nothing of it counts (R23).
CALL pg_temp.at('2027-01-04 09:00+07');
SELECT pg_temp.brief('office_manager_n1a', $$SELECT open_amendment(2027, 'N1-A', 'more visits') IS NOT NULL$$),
	pg_temp.brief('office_manager_n1a', $$SELECT add_activity(2027, 'N1A-05', 'Visit', '2027-02-10') IS NOT NULL$$);
CALL pg_temp.at('2027-02-03 09:00+07');
CALL pg_temp.done('office_kamr_n1a', 'N1A-01', 1, '2027-01-29 23:59:59+07');
CALL pg_temp.done('office_kamr_n1a', 'N1A-02', 1, '2027-02-01 00:00+07');
CALL pg_temp.done('office_kamr_n1a', 'N1-01', 1, '2027-01-20 10:00+07');
CALL pg_temp.done('office_kamr_n1b', 'N1B-01', 1, '2027-01-31 23:59:59+07');
CALL pg_temp.done('hq_kamr_hq', 'HQ-01', 1, '2027-01-05 10:00+07');
-- Contacts on both sides of midnight of a month's end; one is recorded on the 9th day.
SET ROLE regress_kpi_office_kamr_n1a;
SELECT count(record_contact(a, at, 'visit', 'x')) FROM (VALUES ('N1A-01', timestamptz '2027-01-25 10:00+07'), ('N1A-01', '2027-01-31 23:59:59+07'),
	('N1A-01', '2027-02-01 00:00+07'), ('N1-01', '2027-02-02 10:00+07')) v (a, at);
RESET ROLE;
SET ROLE regress_kpi_office_kamr_n1b;
SELECT record_contact('N1B-01', '2027-01-31 12:00+07', 'visit', 'x');
RESET ROLE;
-- Answers due on 27 and 29 January and 4 February: in time, late, not at all.
CALL pg_temp.at('2027-01-28 17:00+07');
SET ROLE regress_kpi_office_kamr_n1a;
SELECT open_case('N1A-01', 'complaint', 'Bill', received_at => '2027-01-20 09:00+07'), open_case('N1A-02', 'problem', 'Dips', received_at => '2027-01-22 10:00+07'),
	open_case('N1A-03', 'need', 'Feeder', received_at => '2027-01-28 10:00+07'), open_case('N1A-03', 'need', 'No answer asked', asks_answer => false);
SELECT answer_case(1, 'Read again', '2027-01-27 23:59:59+07');
RESET ROLE;
CALL pg_temp.at('2027-02-01 09:00+07');
SET ROLE regress_kpi_office_kamr_n1a;
SELECT answer_case(2, 'Repaired', '2027-01-30 00:00+07');
RESET ROLE;
SELECT case_id, due_on, answered_at FROM case_clock ORDER BY 1;
-- On 1 March an account changes hands.
CALL pg_temp.at('2027-03-01 09:00+07');
SELECT pg_temp.try('office_manager_n1a', $$SELECT hand_over_account(2027, 'N1A-03', 'senior_kamr_n1a', 'asked for')$$);
CALL pg_temp.done('office_kamr_n1a', 'N1A-01', 2, '2027-02-20 10:00+07');
CALL pg_temp.at('2027-03-10 09:00+07');
CALL pg_temp.done('senior_kamr_n1a', 'N1A-03', 3, '2027-03-10 09:00+07');
SET ROLE regress_kpi_senior_kamr_n1a;
SELECT record_contact('N1A-03', '2027-03-10 09:00+07', 'visit', 'x');
RESET ROLE;
-- Two surveys: of five points and of ten; the one account answers twice, by two of its people.
SET ROLE regress_kpi_director_communication_service_hq;
SELECT open_survey(2027, 'call_centre', 'Call centre'), open_survey(2027, 'consultant', 'Consultant', 10, 10);
SELECT count(record_response(s, a, m, score, '2027-03-05', who)) FROM (VALUES (1, 'N1A-01', 'satisfaction', 4, ''), (1, 'N1A-01', 'satisfaction', 5, 'other'),
	(1, 'N1A-02', 'satisfaction', 3, ''), (1, 'N1-01', 'satisfaction', 4, ''), (1, 'HQ-01', 'satisfaction', 2, ''), (2, 'N1A-03', 'satisfaction', 9, ''),
	(2, 'N1A-03', 'loyalty', 8, ''), (2, 'HQ-01', 'loyalty', 7, '')) v (s, a, m, score, who);
RESET ROLE;
CALL pg_temp.at('2027-04-10 09:00+07');

-- ---- the year so far, on every level -------------------------------------------

SET ROLE regress_kpi_process_owner_hq;
SELECT ordinal, measure, unit, better, target_kpi, section FROM kpi_measure ORDER BY 1;
CREATE TEMP TABLE figure AS SELECT f.* FROM kpi_figures(2027) f;
SELECT measure, level, unit_code AS unit, staff_id, rate, percent, value, target, attained FROM figure
WHERE period IS NULL AND measure IN ('plan_success', 'done_on_time') ORDER BY measure, array_position('{country,region,area,area_own,office,hq,kamr}', level), unit_code, staff_id;
SELECT measure, level, unit_code AS unit, staff_id, rate, percent FROM figure
WHERE period IS NULL AND measure IN ('answered_in_time', 'recorded_in_time') ORDER BY measure, array_position('{country,region,area,area_own,office,hq,kamr}', level), unit_code, staff_id;
SELECT measure, level, unit_code AS unit, scale, rate, satisfaction, value, percent, target, attained FROM figure
WHERE period IS NULL AND measure ~ '^(sat|loy)' AND level <> 'kamr' ORDER BY measure, scale, array_position('{country,region,area,area_own,office,hq,kamr}', level), unit_code;
SELECT level, unit_code AS unit, staff_id, rate, portfolio, weight, value, percent FROM figure
WHERE period IS NULL AND measure = 'portfolio_load' ORDER BY array_position('{country,region,area,area_own,office,hq,kamr}', level), unit_code, staff_id;
-- The months of an office: what was due on 29 January, what happened in Bangkok's January
SELECT measure, string_agg(format('%s %s', period, coalesce(rate::text, weight::text)), ', ' ORDER BY month, quarter) AS rates
FROM figure WHERE unit_code = 'N1-A' AND level = 'office' AND rate IS NOT NULL GROUP BY 1 ORDER BY 1;
SELECT level, region_code, area_code, unit_code, plan_year, quarter, month, period, rate FROM figure
WHERE measure = 'plan_success' AND (staff_id, unit_code) = ('office_kamr_n1a', 'N1') ORDER BY quarter, month;
-- As it stood at the end of January: the visit of 1 February had not been done
SELECT period, rate FROM kpi_figures(2027, '2027-01-31', 'N1-A', 'plan_success') WHERE level = 'office' ORDER BY month, quarter;

-- ---- the rows behind ------------------------------------------------------------

SELECT subject, account_id, unit_code, staff_id, due_on, done_at, met FROM kpi_rows('plan_success', 2027, 'N1', period => 'M01') ORDER BY unit_code, account_id;
SELECT subject, account_id, unit_code, staff_id, due_on, done_at, met FROM kpi_rows('plan_success', 2027, 'N1-A', 'senior_kamr_n1a') ORDER BY account_id, due_on;
SELECT subject, account_id, staff_id, due_on, done_at, met FROM kpi_rows('answered_in_time', 2027, 'N1-A') ORDER BY due_on;
SELECT subject, account_id, staff_id, done_at, met FROM kpi_rows('recorded_in_time', 2027, 'N1', period => 'M01') ORDER BY done_at;
SELECT subject, account_id, score, scale, done_at, met FROM kpi_rows('satisfaction_top_two_box', 2027, 'HQ') ORDER BY account_id;
SELECT subject, subject_id, staff_id, met FROM kpi_rows('loyalty_response', 2027, 'N1', period => 'Q1') ORDER BY 2;
SELECT subject, subject_id, unit_code, portfolio, weight, met FROM kpi_rows('portfolio_load', 2027) ORDER BY 2;
-- each figure is the sum of its rows
SELECT count(*) AS cells, count(*) FILTER (WHERE r.rate IS DISTINCT FROM f.rate OR r.satisfaction IS DISTINCT FROM f.satisfaction OR r.portfolio IS DISTINCT FROM f.portfolio
	OR r.weight IS DISTINCT FROM f.weight) AS different
FROM (SELECT * FROM figure WHERE measure = 'plan_success' AND period IS NULL OR level = 'area' AND period = 'Q1') f, LATERAL (
	SELECT nullif(kam.rate(x.met), '0/0') AS rate, nullif(kam.satisfaction(x.score, x.scale) FILTER (WHERE x.scale = f.scale), '{}') AS satisfaction,
		sum(x.portfolio) AS portfolio, sum(x.weight) AS weight
	FROM kpi_rows(f.measure, 2027, f.unit_code, f.staff_id, f.period, f.level) x) r;
RESET ROLE;

-- ---- sums, not means --------------------------------------------------------------

-- the country is its areas and headquarters, in every measure and period
SELECT count(*) AS cells, count(*) FILTER (WHERE c.rate IS DISTINCT FROM p.rate OR c.satisfaction IS DISTINCT FROM p.satisfaction OR c.portfolio IS DISTINCT FROM p.portfolio
	OR c.weight IS DISTINCT FROM p.weight) AS different
FROM (SELECT * FROM figure WHERE level = 'country') c
FULL JOIN (SELECT measure, period, scale, sum(rate) AS rate, sum(satisfaction) AS satisfaction, sum(portfolio) AS portfolio, sum(weight) AS weight
	FROM figure WHERE level IN ('area', 'hq') GROUP BY 1, 2, 3) p
	ON p.measure = c.measure AND p.period IS NOT DISTINCT FROM c.period AND p.scale IS NOT DISTINCT FROM c.scale;
-- and each unit its KAMRs
SELECT count(*) AS cells, count(*) FILTER (WHERE c.rate IS DISTINCT FROM p.rate OR c.satisfaction IS DISTINCT FROM p.satisfaction) AS different
FROM (SELECT * FROM figure WHERE level IN ('office', 'hq', 'area_own')) c
FULL JOIN (SELECT measure, unit_code, period, scale, sum(rate) AS rate, sum(satisfaction) AS satisfaction FROM figure WHERE level = 'kamr' GROUP BY 1, 2, 3, 4) p
	ON p.measure = c.measure AND p.unit_code = c.unit_code AND p.period IS NOT DISTINCT FROM c.period AND p.scale IS NOT DISTINCT FROM c.scale;
-- a report says the same
SELECT pg_temp.try('director_customer_service_n1', $$SELECT _result_figures(2027, ARRAY['N1', 'N1-A', 'N1-B'], '[2027-01-01,2027-04-11)') ->> 'plan_success'$$);

-- ---- who reads what -------------------------------------------------------------

SELECT who, pg_temp.try(who, $$SELECT string_agg(level || coalesce(' ' || unit_code, '') || coalesce(' ' || staff_id, ''), ', ' ORDER BY level, unit_code, staff_id)
	FROM kpi_figures(2027, measure => 'plan_success') WHERE period IS NULL$$)
FROM unnest('{office_kamr_n1a,senior_kamr_n1a,office_manager_n1a,office_manager_c1a,area_kamr_n1,area_director_n1,deputy_governor_region_r1,hq_kamr_hq,deputy_governor_strategy_hq,
	director_engineering_hq_hq,reader,application,stranger,newcomer_n1a}'::text[]) who;
-- the same figure to all who read it
SELECT unit_code, count(DISTINCT who) AS readers, count(DISTINCT answer) AS answers FROM (
	SELECT who, u AS unit_code, pg_temp.try(who, format($$SELECT string_agg(f::text, E'\n' ORDER BY f::text) FROM kpi_figures(2027, unit_code => %L) f WHERE measure <> 'portfolio_load'$$, u)) AS answer
	FROM unnest('{office_manager_n1a,area_director_n1,director_engineering_hq_hq,reader,owner}'::text[]) who, unnest('{N1-A}'::text[]) u) a GROUP BY 1;
-- a KAMR's own are of the accounts that are theirs now
SELECT who, pg_temp.try(who, $$SELECT string_agg(unit_code || ' ' || rate, ', ' ORDER BY unit_code) FROM kpi_figures(2027, measure => 'plan_success') WHERE period IS NULL AND level = 'kamr' AND staff_id = me()$$) AS own,
	pg_temp.try(who, $$SELECT kam.rate(met) FROM kpi_rows('plan_success', 2027, staff_id => me())$$) AS own_rows
FROM unnest('{office_kamr_n1a,senior_kamr_n1a}'::text[]) who;
SELECT who, call, pg_temp.try(who, 'SELECT count(*) FROM ' || call)
FROM (VALUES ('office_kamr_n1a', $$kpi_rows('plan_success', 2027)$$), ('office_kamr_n1a', $$kpi_rows('plan_success', 2027, 'N1-A')$$), ('office_kamr_n1a', $$kpi_rows('plan_success', 2027, 'N1-A', 'senior_kamr_n1a')$$),
	('office_manager_n1a', $$kpi_rows('plan_success', 2027, 'N1-B')$$), ('office_manager_n1a', $$kpi_rows('plan_success', 2027, 'N1')$$), ('area_director_n1', $$kpi_rows('plan_success', 2027, 'R1')$$),
	('reader', $$kpi_rows('plan_success', 2027, 'N1')$$), ('stranger', $$kpi_rows('plan_success', 2027, 'N1')$$), ('stranger', $$kpi_figures(2027)$$)) v (who, call);

-- ---- errors ------------------------------------------------------------------------

SELECT call, pg_temp.try('process_owner_hq', 'SELECT count(*) FROM ' || call)
FROM unnest(ARRAY[$$kpi_figures(2570)$$, $$kpi_figures(2031)$$, $$kpi_figures(NULL)$$, $$kpi_figures(2027, '2027-04-11')$$, $$kpi_figures(2027, unit_code => 'X9')$$,
	$$kpi_figures(2027, measure => 'profit')$$, $$kpi_rows(NULL, 2027)$$, $$kpi_rows('profit', 2027)$$, $$kpi_rows('plan_success', 2027, period => 'M13')$$, $$kpi_rows('plan_success', 2027, period => 'annual')$$,
	$$kpi_rows('plan_success', 2027, 'X9')$$, $$kpi_rows('plan_success', 2027, 'N1', level => 'office')$$, $$kpi_rows('plan_success', 2027, level => 'area')$$,
	$$kpi_rows('plan_success', 2027, 'N1', level => 'galaxy')$$, $$kpi_rows('plan_success', 2027, 'N1', level => 'country')$$, $$kpi_rows('plan_success', 2027, period => 'M12')$$]) call;

-- ---- a session's settings change nothing -------------------------------------------

SET ROLE regress_kpi_process_owner_hq;
SELECT md5(string_agg(f::text, E'\n' ORDER BY f::text)) AS before FROM kpi_figures(2027) f \gset
SET TimeZone = 'America/Los_Angeles';
SET DateStyle = 'SQL, DMY';
SET IntervalStyle = 'sql_standard';
SET lc_numeric = 'C';
SET search_path = '';
SET enable_hashjoin = off;
SET enable_hashagg = off;
SELECT md5(string_agg(f::text, E'\n' ORDER BY f::text)) = :'before' AS the_same FROM wf_kpi.kpi_figures(2027) f;
SELECT kam.rate(met) FROM wf_kpi.kpi_rows('recorded_in_time', 2027, 'N1', period => 'M01');
SET search_path = wf_kpi;
RESET ROLE;

DROP TABLE figure;
\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
