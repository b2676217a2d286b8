-- 5, the KPIs of the process and what stands beside them (R18, R19, R21, R23; 6.1.2.1, R12): each figure against plain SQL over the base
-- tables, on every level and in every period; the country against its areas; each figure against the rows behind it.
\set schema wf_5_kpi
\set prefix regress_5_kpi_
\ir ../sql/include/workflow_fixture.sql
\set ECHO none
SET search_path = :schema, public;
BEGIN;
SELECT plan(46);
SET LOCAL client_min_messages = error;

-- ---- a year, as dice would have it ----------------------------------------------

SELECT pg_temp.add_accounts('N1-A', 12, 2026), pg_temp.add_accounts('N1-B', 6, 2026), pg_temp.add_accounts('C1-A', 7, 2026), pg_temp.add_accounts('HQ', 8, 2026),
	pg_temp.add_accounts('N1', 3, 2026) \g /dev/null
SELECT pg_temp.put_in_force(2026) \g /dev/null
CALL pg_temp.at('2026-11-20 15:00+07');
CREATE FUNCTION pg_temp.dice(seed text, sides int) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT (hashtext(seed)::bigint & 2147483647)::int % sides $$;
-- Past triggers and foreign keys: what counts, not how it comes.
SET LOCAL session_replication_role = replica;
-- The plan of C1-A is only endorsed; N1-A has an approved amendment and an open one; the area's accounts are with KAMRs of its offices.
UPDATE plan SET status = 'endorsed', approved_at = NULL, rule_set = NULL WHERE unit_code = 'C1-A';
UPDATE plan SET approved_at = '2026-02-10 00:00+07' WHERE unit_code = 'N1-B';
INSERT INTO plan (plan_year, unit_code, route, amendment_no, amendment_reason, status, rule_set, approved_at) VALUES
	(2026, 'N1-A', 'office', 1, 'x', 'approved', 'revision-4', '2026-05-31 23:59:59+07'), (2026, 'N1-A', 'office', 2, 'y', 'submitted', NULL, NULL);
INSERT INTO kamr (plan_id, plan_year, unit_code, staff_id, level, appointed_from, appointed_by, appointed_at)
	SELECT plan_id, 2026, unit_code, 'kamr' || n || '_' || pg_temp.short(unit_code), 'office', '2026-01-01', 'x', _now() FROM plan, generate_series(1, 2) n
	WHERE unit_code IN ('N1-A', 'N1-B') AND amendment_no = 0;
INSERT INTO selection (plan_id, plan_year, unit_code, account_id, value_class, criteria, tier, basis, rule_set, status, proposed_by, proposed_at)
	SELECT plan_id, 2026, unit_code, account_id, 'High', '{voltage}', 'Star', 'matrix', 'revision-4', 'selected', 'x', _now() FROM plan JOIN account USING (unit_code)
	WHERE unit_code = 'N1';
-- Accounts of N1-A and N1-B go from hand to hand, some of them twice, one twice on a day, one to nobody.
UPDATE selection SET tier = (ARRAY['Strategic', 'Star', 'Status', 'Streamline'])[1 + pg_temp.dice(account_id, 4)]::kam.tier;
DELETE FROM assignment WHERE unit_code IN ('N1-A', 'N1-B');
INSERT INTO assignment (plan_id, plan_year, unit_code, account_id, selection_id, tier, staff_id, responsibility, assigned_by, assigned_at, ended_on)
	SELECT s.plan_id, 2026, s.unit_code, s.account_id, s.selection_id, s.tier,
		(ARRAY['kamr1_', 'kamr2_', 'office_kamr_'])[1 + pg_temp.dice(s.account_id || n, 3)] || pg_temp.short(CASE s.unit_code WHEN 'N1' THEN 'N1-A' ELSE s.unit_code END),
		CASE s.tier WHEN 'Streamline' THEN 'streamline' ELSE 'main' END, 'x',
		CASE n WHEN 1 THEN timestamptz '2025-11-01 09:00+07' ELSE (e.ended[n - 1])::timestamp AT TIME ZONE 'Asia/Bangkok' END, e.ended[n]
	FROM selection s, LATERAL (SELECT CASE pg_temp.dice(s.account_id || 'hands', 4)
		WHEN 0 THEN ARRAY[date '2026-03-15', NULL] WHEN 1 THEN ARRAY[date '2026-03-31', '2026-07-01', NULL] WHEN 2 THEN ARRAY[date '2026-04-01', '2026-04-01', NULL]
		ELSE ARRAY[NULL::date] END) e (ended), generate_series(1, cardinality(e.ended)) n
	WHERE s.unit_code IN ('N1-A', 'N1-B', 'N1') AND s.account_id <> 'N1A-12';
INSERT INTO assignment (plan_id, plan_year, unit_code, account_id, selection_id, tier, staff_id, responsibility, assigned_by, assigned_at)
	SELECT plan_id, 2026, unit_code, account_id, selection_id, tier, 'area_kamr_n1', 'area', 'x', '2025-11-01 09:00+07' FROM selection WHERE account_id IN ('N1A-01', 'N1A-02');
UPDATE selection SET ended_on = '2026-06-01' WHERE account_id IN ('N1A-03', 'N1B-02');
UPDATE selection SET plan_id = (SELECT plan_id FROM plan WHERE amendment_no = 1) WHERE account_id = 'N1A-11';
UPDATE selection SET status = 'left_out' WHERE account_id = 'HQ-02';
-- Activities on month's ends and in between; done before, on the last moment, on the first moment after, in the next year, never.
INSERT INTO activity (plan_id, plan_year, unit_code, account_id, activity, due_on, done_at, done_by, ended_on)
	SELECT CASE WHEN s.unit_code = 'N1-A' AND n > 8 THEN (SELECT p.plan_id FROM plan p WHERE p.amendment_no = n - 8) ELSE s.plan_id END,
		2026, s.unit_code, s.account_id, 'Visit', d.due_on,
		x.at, CASE WHEN x.at IS NOT NULL THEN 'x' END, CASE WHEN pg_temp.dice(s.account_id || n || 'ended', 12) = 0 THEN date '2026-06-01' END
	FROM selection s, generate_series(1, 10) n,
		LATERAL (SELECT CASE n % 3 WHEN 0 THEN (date '2026-01-01' + make_interval(months => 1 + n))::date - 1 ELSE date '2026-01-01' + pg_temp.dice(s.account_id || n, 365) END) d (due_on),
		LATERAL (SELECT CASE pg_temp.dice(s.account_id || n || 'done', 6) WHEN 0 THEN NULL
			WHEN 1 THEN (d.due_on + 1)::timestamp AT TIME ZONE 'Asia/Bangkok'
			WHEN 2 THEN (d.due_on + 1)::timestamp AT TIME ZONE 'Asia/Bangkok' - interval '1 microsecond'
			WHEN 3 THEN (d.due_on + 30)::timestamp AT TIME ZONE 'Asia/Bangkok'
			ELSE (d.due_on - 3)::timestamp AT TIME ZONE 'Asia/Bangkok' + interval '9 hours' END) x (at);
INSERT INTO contact (account_id, unit_code, plan_year, staff_id, happened_at, recorded_at, days_late, channel, subject)
	SELECT a.account_id, a.unit_code, extract(year FROM (h.at AT TIME ZONE 'Asia/Bangkok')), (ARRAY['kamr1_', 'kamr2_', 'area_kamr_', 'office_kamr_'])[1 + pg_temp.dice(a.account_id || n, 4)] || 'x',
		h.at, h.at, pg_temp.dice(a.account_id || n || 'late', 3), 'visit', 'x'
	FROM account a, generate_series(1, 25) n, LATERAL (SELECT CASE n % 5
		WHEN 0 THEN (date '2025-12-31' + make_interval(months => n / 5))::timestamp AT TIME ZONE 'Asia/Bangkok' - interval '1 microsecond'
		WHEN 1 THEN (date '2026-01-01' + make_interval(months => n / 5))::timestamp AT TIME ZONE 'Asia/Bangkok'
		ELSE timestamptz '2025-12-20 00:00+07' + make_interval(mins => pg_temp.dice(a.account_id || n, 370 * 1440)) END) h (at);
INSERT INTO case_clock (case_id, account_id, unit_code, received_at, due_on, answered_at, answered_by, answer, answer_recorded_at)
	SELECT row_number() OVER (), a.account_id, a.unit_code, '2025-12-01', d.due_on, x.at, CASE WHEN x.at IS NOT NULL THEN 'x' END, CASE WHEN x.at IS NOT NULL THEN 'x' END, x.at
	FROM account a, generate_series(1, 7) n,
		LATERAL (SELECT CASE WHEN n < 7 THEN date '2025-12-25' + pg_temp.dice(a.account_id || n || 'due', 375) END) d (due_on),
		LATERAL (SELECT CASE pg_temp.dice(a.account_id || n || 'answer', 4) WHEN 0 THEN NULL WHEN 1 THEN (d.due_on + 1)::timestamp AT TIME ZONE 'Asia/Bangkok'
			ELSE (d.due_on + 1)::timestamp AT TIME ZONE 'Asia/Bangkok' - make_interval(secs => 1) END) x (at);
INSERT INTO survey (survey_id, plan_year, kind, title, opened_by, opened_at) OVERRIDING SYSTEM VALUE VALUES (1, 2026, 'call_centre', 'a', 'x', '2026-03-31 17:00:00+00'),
	(2, 2026, 'consultant', 'b', 'x', '2026-07-01 09:00+07'), (3, 2025, 'consultant', 'c', 'x', '2026-01-01 09:00+07');
INSERT INTO survey_measure VALUES (1, 'satisfaction', 5), (2, 'satisfaction', 10), (2, 'loyalty', 10), (3, 'satisfaction', 5);
INSERT INTO survey_response (survey_id, measure, plan_year, account_id, unit_code, respondent, score, responded_on, recorded_by, recorded_at)
	SELECT m.survey_id, m.measure, o.plan_year, a.account_id, a.unit_code, n::text, round(m.scale * pg_temp.dice(a.account_id || m || n, 1001) / 1000, 1), CASE
		WHEN pg_temp.dice(a.account_id || n || 'on', 20) = 0 THEN date '2025-12-30' WHEN pg_temp.dice(a.account_id || n || 'on', 20) = 1 THEN '2027-02-01'
		ELSE date '2026-04-01' + pg_temp.dice(a.account_id || m || n, 240) END, 'x', _now()
	FROM survey_measure m JOIN survey o USING (survey_id), account a, generate_series(1, 2) n WHERE pg_temp.dice(a.account_id || m || n || 'answers', 3) > 0;
INSERT INTO target (plan_id, unit_code, kpi, value, scale)
	SELECT p.plan_id, p.unit_code, k.kpi, k.value, k.scale
	FROM plan p JOIN (VALUES ('N1-A', 0, 'plan_success', 90, 100), ('N1-A', 1, 'plan_success', 50, 100), ('N1-A', 2, 'plan_success', 1, 100), ('N1', 0, 'satisfaction', 60, 100),
		('C1-A', 0, 'plan_success', 1, 100), ('HQ', 0, 'loyalty', 3, 5)) k (unit, amendment, kpi, value, scale) ON (k.unit, k.amendment) = (p.unit_code, p.amendment_no);
SET LOCAL session_replication_role = origin;

-- ---- the same by plain SQL -----------------------------------------------------------

-- Each thing that counts by itself: its day, and, for what is counted at the end of a period, each of those ends.
CREATE TEMP TABLE ends AS
	SELECT p.period, p.from_day, least(p.to_day, '2026-11-20') AS to_day
	FROM (SELECT 'M' || to_char(m, 'FM00'), make_date(2026, m, 1), (make_date(2026, m, 1) + interval '1 month - 1 day')::date FROM generate_series(1, 12) m
		UNION ALL SELECT 'Q' || q, make_date(2026, 3 * q - 2, 1), (make_date(2026, 3 * q - 2, 1) + interval '3 months - 1 day')::date FROM generate_series(1, 4) q
		UNION ALL SELECT '', '2026-01-01', '2026-12-31') p (period, from_day, to_day)
	WHERE p.from_day <= '2026-11-20';
CREATE TEMP TABLE good_plan AS SELECT plan_id, unit_code, approved_at FROM plan WHERE plan_year = 2026 AND status = 'approved';
CREATE FUNCTION pg_temp.carer(account text, unit text, on_day date) RETURNS text LANGUAGE sql AS $$
	SELECT a.staff_id FROM assignment a
	WHERE a.account_id = account AND a.unit_code = unit AND a.plan_id IN (SELECT plan_id FROM good_plan) AND a.responsibility IN ('main', 'streamline')
		AND (a.ended_on > on_day OR a.ended_on IS NULL)
	ORDER BY a.ended_on ASC NULLS LAST, a.assignment_id LIMIT 1
$$;
CREATE TEMP TABLE oracle (measure text, unit_code text, staff_id text, period text, scale numeric, met boolean, score numeric, weight numeric, portfolio kam.portfolio);
INSERT INTO oracle (measure, unit_code, staff_id, period, met)
	SELECT m, v.unit_code, pg_temp.carer(v.account_id, v.unit_code, v.due_on), e.period, CASE m
		WHEN 'plan_success' THEN coalesce(v.done_at < '2026-11-21 00:00+07', false)
		ELSE coalesce(v.done_at < '2026-11-21 00:00+07' AND (v.done_at AT TIME ZONE 'Asia/Bangkok')::date <= v.due_on, false) END
	FROM activity v JOIN ends e ON v.due_on BETWEEN e.from_day AND e.to_day, unnest('{plan_success,done_on_time}'::text[]) m
	WHERE v.ended_on IS NULL AND v.plan_id IN (SELECT plan_id FROM good_plan);
INSERT INTO oracle (measure, unit_code, staff_id, period, met)
	SELECT 'recorded_in_time', c.unit_code, c.staff_id, e.period, c.days_late = 0
	FROM contact c JOIN ends e ON (c.happened_at AT TIME ZONE 'Asia/Bangkok')::date BETWEEN e.from_day AND e.to_day;
INSERT INTO oracle (measure, unit_code, staff_id, period, met)
	SELECT 'answered_in_time', k.unit_code, pg_temp.carer(k.account_id, k.unit_code, k.due_on), e.period,
		k.answered_at IS NOT NULL AND (k.answered_at AT TIME ZONE 'Asia/Bangkok')::date <= k.due_on
	FROM case_clock k JOIN ends e ON k.due_on BETWEEN e.from_day AND e.to_day;
INSERT INTO oracle (measure, unit_code, staff_id, period, scale, met, score)
	SELECT r.measure || t.suffix, r.unit_code, pg_temp.carer(r.account_id, r.unit_code, d.day), e.period, CASE t.suffix WHEN '' THEN m.scale END,
		CASE t.suffix WHEN '_top_two_box' THEN CASE m.scale WHEN 5 THEN r.score >= 4 ELSE r.score >= 9 END END, CASE t.suffix WHEN '' THEN r.score END
	FROM survey_response r JOIN survey_measure m USING (survey_id, measure),
		LATERAL (SELECT CASE WHEN r.responded_on < '2026-01-01' THEN date '2026-01-01' WHEN r.responded_on > '2026-12-31' THEN '2026-12-31' ELSE r.responded_on END) d (day),
		ends e, (VALUES (''), ('_top_two_box')) t (suffix)
	WHERE r.plan_year = 2026 AND d.day BETWEEN e.from_day AND e.to_day;
INSERT INTO oracle (measure, unit_code, staff_id, period, met)
	SELECT o.measure || '_response', s.unit_code, pg_temp.carer(s.account_id, s.unit_code, e.to_day), e.period, EXISTS (
		SELECT FROM survey_response r WHERE r.account_id = s.account_id AND r.measure = o.measure AND r.plan_year = 2026 AND r.responded_on <= e.to_day)
	FROM selection s JOIN good_plan p USING (plan_id), ends e, (VALUES ('satisfaction', date '2026-04-01'), ('loyalty', '2026-07-01')) o (measure, opened_on)
	WHERE s.status = 'selected' AND e.to_day >= o.opened_on AND (p.approved_at AT TIME ZONE 'Asia/Bangkok')::date <= e.to_day AND (s.ended_on IS NULL OR s.ended_on > e.to_day);
INSERT INTO oracle (measure, unit_code, staff_id, period, met, weight, portfolio)
	SELECT 'portfolio_load', (SELECT min(k.unit_code) FROM kamr k JOIN good_plan USING (plan_id) WHERE k.staff_id = a.staff_id), a.staff_id, e.period,
		sum(w.weight) BETWEEN 6.0 AND 12.0, sum(w.weight), kam.portfolio(a.tier)
	FROM ends e JOIN assignment a ON (a.ended_on > e.to_day OR a.ended_on IS NULL) AND (a.assigned_at AT TIME ZONE 'Asia/Bangkok')::date <= e.to_day JOIN good_plan p USING (plan_id),
		LATERAL (SELECT CASE a.tier::text WHEN 'Strategic' THEN 1.0 WHEN 'Star' THEN 0.8 WHEN 'Status' THEN 0.6 END) w (weight)
	WHERE a.responsibility = 'main' AND (p.approved_at AT TIME ZONE 'Asia/Bangkok')::date <= e.to_day
	GROUP BY a.staff_id, e.period, e.to_day;
-- Every place that a unit is part of, by the tree.
CREATE TEMP TABLE part AS
	SELECT CASE kind WHEN 'area' THEN 'area_own' ELSE kind END AS level, unit_code AS place, unit_code FROM unit WHERE kind <> 'region'
	UNION ALL SELECT 'country', NULL, unit_code FROM unit
	UNION ALL SELECT 'area', 'N1', u FROM unnest('{N1,N1-A,N1-B}'::text[]) u UNION ALL SELECT 'area', 'C1', u FROM unnest('{C1,C1-A}'::text[]) u
	UNION ALL SELECT 'region', 'R1', u FROM unnest('{N1,N1-A,N1-B}'::text[]) u UNION ALL SELECT 'region', 'R3', u FROM unnest('{C1,C1-A}'::text[]) u
	UNION ALL SELECT 'kamr', unit_code, unit_code FROM unit;
CREATE TEMP TABLE expected AS
	SELECT o.measure, p.level, p.place AS unit_code, CASE p.level WHEN 'kamr' THEN o.staff_id END AS staff_id, nullif(o.period, '') AS period, o.scale,
		count(o.met) FILTER (WHERE o.met) AS done, count(o.met) AS due, count(o.score) AS responses, sum(o.score) AS total, sum(o.score * o.score) AS squares,
		sum(o.weight) AS weight, sum(o.portfolio)::text AS portfolio
	FROM oracle o JOIN part p USING (unit_code)
	GROUP BY 1, 2, 3, 4, 5, 6;

-- ---- they agree --------------------------------------------------------------------------

CREATE TEMP TABLE figure AS SELECT * FROM kpi_figures(2026);
SELECT cmp_ok(count(*), '>', 60::bigint, '5: there are figures of ' || measure) FROM expected GROUP BY measure ORDER BY measure;
CREATE TEMP TABLE difference AS
	SELECT coalesce(e.measure, f.measure) AS measure, e::text AS expected, f::text AS figure
	FROM expected e FULL JOIN (SELECT * FROM figure) f ON f.measure = e.measure AND f.level = e.level AND f.unit_code IS NOT DISTINCT FROM e.unit_code
		AND f.staff_id IS NOT DISTINCT FROM e.staff_id AND f.period IS NOT DISTINCT FROM e.period AND f.scale IS NOT DISTINCT FROM e.scale
	WHERE (kam.done(f.rate), kam.due(f.rate)) IS DISTINCT FROM (CASE WHEN e.due > 0 THEN e.done END, nullif(e.due, 0))
		OR (kam.responses(f.satisfaction), kam.total(f.satisfaction), kam.squares(f.satisfaction)) IS DISTINCT FROM (nullif(e.responses, 0), e.total, e.squares)
		OR f.weight IS DISTINCT FROM e.weight OR f.portfolio::text IS DISTINCT FROM e.portfolio;
SELECT is((SELECT count(*) FROM difference d WHERE d.measure = m.measure), 0::bigint, format('%s: %s is what plain SQL counts, in every cell', m.section, m.measure))
FROM kpi_measure m ORDER BY ordinal;
SELECT is(count(*), 0::bigint, '5, R21: a percentage is that of the rate, a mean that of the scores') FROM figure
WHERE percent IS DISTINCT FROM CASE WHEN satisfaction IS NULL THEN round(100.0 * kam.done(rate) / kam.due(rate), 1) ELSE round(100 * kam.total(satisfaction) / kam.responses(satisfaction) / scale, 1) END
	OR value IS DISTINCT FROM CASE WHEN measure = 'portfolio_load' THEN weight WHEN satisfaction IS NULL THEN percent ELSE round(kam.total(satisfaction) / kam.responses(satisfaction), 2) END;

-- ---- sums --------------------------------------------------------------------------------------

SELECT is((SELECT count(*) FROM (SELECT measure, period, scale, rate, satisfaction, portfolio, weight FROM figure WHERE level = 'country') c
	FULL JOIN (SELECT measure, period, scale, sum(rate) AS rate, sum(satisfaction) AS satisfaction, sum(portfolio) AS portfolio, sum(weight) AS weight
		FROM figure WHERE level = ANY (w.levels) GROUP BY 1, 2, 3) p
		ON p.measure = c.measure AND p.period IS NOT DISTINCT FROM c.period AND p.scale IS NOT DISTINCT FROM c.scale
	WHERE (c.rate, c.satisfaction, c.portfolio, c.weight) IS DISTINCT FROM (p.rate, p.satisfaction, p.portfolio, p.weight)), 0::bigint,
	'5, R21: the country is the sum, not the mean, of ' || w.what)
FROM (VALUES ('its areas and headquarters', '{area,hq}'::text[]), ('its regions and headquarters', '{region,hq}'), ('its units', '{office,area_own,hq}'), ('its KAMRs', '{kamr}')) w (what, levels);
SELECT is((SELECT sum(rate) FROM figure f WHERE f.measure = y.measure AND f.level = 'country' AND f.month IS NOT NULL), y.rate, '5: ' || y.measure || ' of the year is the sum of its months')
FROM figure y WHERE y.level = 'country' AND y.period IS NULL AND y.measure IN ('plan_success', 'done_on_time', 'answered_in_time', 'recorded_in_time') ORDER BY y.measure;
SELECT is(count(*), 0::bigint, '6.1.2.1: what is carried in a quarter is what is carried at its end')
FROM figure q JOIN figure m ON (m.measure, m.level) = (q.measure, q.level) AND m.unit_code IS NOT DISTINCT FROM q.unit_code AND m.staff_id IS NOT DISTINCT FROM q.staff_id
WHERE q.measure = 'portfolio_load' AND q.month IS NULL AND m.month = least(3 * coalesce(q.quarter, 4), 11) AND m.portfolio <> q.portfolio;

-- ---- against target ---------------------------------------------------------------------------

SELECT results_eq($$SELECT unit_code, level, target, attained = (100.0 * kam.done(rate) / kam.due(rate) >= target) FROM figure WHERE measure = 'plan_success' AND target IS NOT NULL AND period IS NULL$$,
	$$VALUES ('N1-A', 'office', 50::numeric, true)$$, '5, R21: the target that was approved last; of a plan that is not approved none');
SELECT results_eq($$SELECT unit_code, level, scale, target, attained = (kam.total(satisfaction) >= target * kam.responses(satisfaction)) FROM figure
		WHERE measure IN ('satisfaction', 'loyalty') AND target IS NOT NULL AND period IS NULL ORDER BY measure, scale$$,
	$$VALUES ('HQ', 'hq', 10::numeric, 6::numeric, true), ('N1', 'area', 5, 3, true), ('N1', 'area', 10, 6, true)$$, '5, R21: a target on another scale is put on that of the answers');
SELECT is(count(*), 0::bigint, '5: the country, regions, KAMRs and the other measures have no target of their own') FROM figure
WHERE target IS NOT NULL AND (level NOT IN ('area', 'office', 'hq') OR measure NOT IN ('plan_success', 'satisfaction', 'loyalty')) OR target IS NULL AND attained IS NOT NULL;

-- ---- drill-down ---------------------------------------------------------------------------------

CREATE TEMP TABLE behind AS
	SELECT m.measure, nullif(e.period, '') AS period, r.* FROM kpi_measure m, ends e, kpi_rows(m.measure, 2026, period => nullif(e.period, '')) r;
SELECT is(count(*), 0::bigint, '5: each figure is the sum of the rows behind it, in every cell of every period')
FROM figure f, LATERAL (
	SELECT nullif(kam.rate(b.met), '0/0'), nullif(kam.satisfaction(b.score, b.scale) FILTER (WHERE b.scale = f.scale), '{}'), sum(b.portfolio), sum(b.weight)
	FROM behind b JOIN part p ON p.unit_code = b.unit_code AND p.level = f.level AND p.place IS NOT DISTINCT FROM f.unit_code
	WHERE b.measure = f.measure AND b.period IS NOT DISTINCT FROM f.period AND (f.level <> 'kamr' OR b.staff_id IS NOT DISTINCT FROM f.staff_id)) r
WHERE (f.rate, f.satisfaction, f.portfolio, f.weight) IS DISTINCT FROM r;
SELECT is(count(*) FILTER (WHERE (f.rate, f.satisfaction, f.portfolio, f.weight) IS DISTINCT FROM r), 0::bigint, '5: asked for by unit, KAMR and level, too: ' || f.level)
FROM figure f, LATERAL (
	SELECT nullif(kam.rate(b.met), '0/0'), nullif(kam.satisfaction(b.score, b.scale) FILTER (WHERE b.scale = f.scale), '{}'), sum(b.portfolio), sum(b.weight)
	FROM kpi_rows(f.measure, 2026, f.unit_code, f.staff_id, level => f.level) b) r
WHERE f.period IS NULL AND (f.measure = 'plan_success' OR f.level <> 'kamr' AND f.measure IN ('satisfaction', 'loyalty_response', 'portfolio_load'))
GROUP BY f.level ORDER BY f.level;

-- ---- as at a day -----------------------------------------------------------------------------------

SELECT is((SELECT rate FROM kpi_figures(2026, '2026-06-15', measure => 'plan_success') WHERE level = 'country' AND period IS NULL), (
	SELECT kam.rate(v.done_at IS NOT NULL AND v.done_at < '2026-06-16 00:00+07') FROM activity v
	WHERE v.ended_on IS NULL AND v.due_on <= '2026-06-15' AND v.plan_id IN (SELECT plan_id FROM good_plan)), '5, R21: what was due up to a day, and done by its end');
SELECT is((SELECT kam.rate(met) FROM kpi_rows('plan_success', 2026, 'N1', period => 'Q2', through => '2026-06-15')),
	(SELECT rate FROM kpi_figures(2026, '2026-06-15', 'N1', 'plan_success') WHERE level = 'area' AND period = 'Q2'), '5: the rows behind it are as at that day');
SELECT is((SELECT count(*) FROM kpi_figures(2026, '2025-12-31') WHERE measure <> 'portfolio_load' OR period IS NOT NULL), 0::bigint, '5: before the year there is what KAMRs carry, and nothing else');

SELECT * FROM finish();
ROLLBACK;
RESET search_path;
\ir ../sql/include/workflow_cleanup.sql
