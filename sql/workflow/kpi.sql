/* The two KPIs of the process and what stands beside them, on every level (5, R21). */

-- What is measured.  target_kpi: the target of a plan that it is held against.
CREATE TABLE kpi_measure (
	measure text PRIMARY KEY,
	ordinal smallint NOT NULL UNIQUE,
	title_th text NOT NULL,
	title_en text NOT NULL,
	section text NOT NULL,
	unit text NOT NULL CHECK (unit IN ('percent', 'score', 'weight')),
	better text NOT NULL CHECK (better IN ('higher', 'within')),
	target_kpi text
);
INSERT INTO kpi_measure VALUES
	('plan_success', 1, unistr('ความสำเร็จตามแผน'), 'Success against the plan', '5, R21', 'percent', 'higher',
		'plan_success'),
	('done_on_time', 2, unistr('ดำเนินการตามกำหนด'), 'Activities done on time', '5, R21', 'percent', 'higher', NULL),
	('satisfaction', 3, unistr('ความพึงพอใจโดยรวม'), 'Overall satisfaction', '5, R21', 'score', 'higher', 'satisfaction'),
	('satisfaction_top_two_box', 4, unistr('ความพึงพอใจสองระดับบนสุด'), 'Satisfaction, two highest scores', '5 (step 8)',
		'percent', 'higher', NULL),
	('satisfaction_response', 5, unistr('อัตราการตอบแบบสำรวจความพึงพอใจ'), 'Satisfaction, accounts that answered',
		'5 (step 8)', 'percent', 'higher', NULL),
	('loyalty', 6, unistr('ความภักดี'), 'Loyalty', '5, R21', 'score', 'higher', 'loyalty'),
	('loyalty_top_two_box', 7, unistr('ความภักดีสองระดับบนสุด'), 'Loyalty, two highest scores', '5 (step 8)',
		'percent', 'higher', NULL),
	('loyalty_response', 8, unistr('อัตราการตอบแบบสำรวจความภักดี'), 'Loyalty, accounts that answered', '5 (step 8)',
		'percent', 'higher', NULL),
	('answered_in_time', 9, unistr('ตอบชี้แจงภายใน 5 วันทำการ'), 'Answered within 5 working days', '5 (step 4), R18',
		'percent', 'higher', NULL),
	('recorded_in_time', 10, unistr('บันทึกภายใน 7 วัน'), 'Recorded within 7 days', '5 (step 5), R19', 'percent', 'higher',
		NULL),
	('portfolio_load', 11, unistr('ภาระงานของผู้บริหารลูกค้ารายสำคัญ'), 'Portfolio load', '6.1.2.1, R12, R13', 'weight',
		'within', NULL);

-- ---- what counts: one function for each, which reports ask too ----------------
-- In SQL without settings of their own, so that the planner sees through them.

-- Definer's rights: KAMRs read the accounts of another unit that are theirs, and not that unit's plan.
CREATE OR REPLACE FUNCTION _approved_plans_of_mine(plan_year int)
RETURNS TABLE (plan_id bigint, rule_set text, approved_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE ROWS 2 SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	SELECT p.plan_id, p.rule_set, kam.bangkok_date(p.approved_at)
	FROM plan p
	WHERE p.plan_year = _approved_plans_of_mine.plan_year AND p.status = 'approved' AND p.unit_code IN (
		SELECT a.unit_code FROM assignment a JOIN plan o USING (plan_id)
		WHERE a.plan_year = _approved_plans_of_mine.plan_year AND a.staff_id = me() AND a.ended_on IS NULL
			AND o.status = 'approved');
END $$;

CREATE OR REPLACE FUNCTION _approved_plans(plan_year int)
RETURNS TABLE (plan_id bigint, rule_set text, approved_on date)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 200 SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	SELECT p.plan_id, p.rule_set, kam.bangkok_date(p.approved_at) FROM plan p
	WHERE p.plan_year = _approved_plans.plan_year AND p.status = 'approved'
	UNION
	SELECT m.plan_id, m.rule_set, m.approved_on FROM _approved_plans_of_mine(_approved_plans.plan_year) m
	WHERE row_security_active('plan');
END $$;

-- KPI (1): what of the approved plans was due by the end of a day, and whether it was done by then (R21, R23).
CREATE OR REPLACE FUNCTION _kpi_activity(plan_year int, through date)
RETURNS TABLE (activity_id bigint, account_id text, unit_code text, due_on date, done_at timestamptz, done boolean,
	done_on_time boolean)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT b.activity_id, b.account_id, b.unit_code, b.due_on, b.done_at,
		coalesce(b.done_at < _midnight(through + 1), false),
		coalesce(b.done_at < _midnight(through + 1) AND kam.on_time(b.due_on, b.done_at), false)
	FROM activity b JOIN _approved_plans(_kpi_activity.plan_year) p USING (plan_id)
	WHERE b.plan_year = _kpi_activity.plan_year AND b.ended_on IS NULL AND b.due_on <= through;
END;

-- The contacts of some days.
CREATE OR REPLACE FUNCTION _kpi_contact(plan_year int, from_day date, through date)
RETURNS TABLE (contact_id bigint, account_id text, unit_code text, staff_id text, happened_at timestamptz,
	recorded_at timestamptz, recorded_in_time boolean)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT c.contact_id, c.account_id, c.unit_code, c.staff_id, c.happened_at, c.recorded_at, _in_time(c.days_late)
	FROM contact c
	WHERE c.plan_year = _kpi_contact.plan_year AND c.happened_at >= _midnight(from_day)
		AND c.happened_at < _midnight(through + 1);
END;

-- The answers that fell due on some days; one that has not come is not in time (R18).
CREATE OR REPLACE FUNCTION _kpi_clock(from_day date, through date)
RETURNS TABLE (clock_id bigint, case_id bigint, account_id text, unit_code text, due_on date, answered_at timestamptz,
	answered_in_time boolean)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT k.clock_id, k.case_id, k.account_id, k.unit_code, k.due_on, k.answered_at,
		coalesce(kam.on_time(k.due_on, k.answered_at), false)
	FROM case_clock k WHERE k.due_on BETWEEN from_day AND through;
END;

-- KPI (2): what was answered to the surveys of a year.  What came before or after it counts on its first or last day.
CREATE OR REPLACE FUNCTION _kpi_response(plan_year int)
RETURNS TABLE (response_id bigint, survey_id bigint, measure text, account_id text, unit_code text, score numeric,
	scale numeric, responded_on date, counted_on date)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT r.response_id, r.survey_id, r.measure, r.account_id, r.unit_code, trim_scale(round(r.score, 4)), m.scale,
		r.responded_on, greatest(least(r.responded_on, make_date(_kpi_response.plan_year, 12, 31)),
			make_date(_kpi_response.plan_year, 1, 1))
	FROM survey_response r JOIN survey_measure m USING (survey_id, measure)
	WHERE r.plan_year = _kpi_response.plan_year;
END;

-- Key accounts by the approved plans, from a day on and before another.
CREATE OR REPLACE FUNCTION _kpi_account(plan_year int)
RETURNS TABLE (account_id text, unit_code text, tier kam.tier, from_day date, until_day date)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT s.account_id, s.unit_code, s.tier, p.approved_on, coalesce(s.ended_on, 'infinity')
	FROM selection s JOIN _approved_plans(_kpi_account.plan_year) p USING (plan_id)
	WHERE s.plan_year = _kpi_account.plan_year AND s.status = 'selected';
END;

-- Who looks after an account of a unit from a day on and before another: who is the first to do so also for the days
-- before, after the last nobody.  The area KAMR beside them does not count.
CREATE OR REPLACE FUNCTION _kpi_carer(plan_year int)
RETURNS TABLE (account_id text, unit_code text, staff_id text, from_day date, until_day date)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT c.account_id, c.unit_code, d.staff_id, d.from_day, d.until_day
	FROM (
		SELECT a.account_id, a.unit_code, a.staff_id, coalesce(lag(a.ended_on) OVER w, '-infinity') AS from_day,
			coalesce(a.ended_on, 'infinity') AS until_day,
			a.ended_on IS NOT NULL AND lead(a.assignment_id) OVER w IS NULL AS is_last
		FROM assignment a JOIN _approved_plans(_kpi_carer.plan_year) p USING (plan_id)
		WHERE a.plan_year = _kpi_carer.plan_year AND a.responsibility <> 'area'
		WINDOW w AS (PARTITION BY a.unit_code, a.account_id ORDER BY coalesce(a.ended_on, 'infinity'), a.assignment_id)) c
	CROSS JOIN LATERAL (
		SELECT c.staff_id, c.from_day, c.until_day
		UNION ALL SELECT NULL AS staff_id, c.until_day, 'infinity' AS until_day WHERE c.is_last) d (staff_id, from_day, until_day);
END;

-- What a plan says, and an answer, are the KAMR's who had the account on the day that it was due; what was answered
-- to a survey, whose it was on the day that counts.
CREATE OR REPLACE FUNCTION _kpi_kamr_activity(plan_year int, through date)
RETURNS TABLE (activity_id bigint, account_id text, unit_code text, staff_id text, due_on date, done_at timestamptz,
	done boolean, done_on_time boolean)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT a.activity_id, a.account_id, a.unit_code, k.staff_id, a.due_on, a.done_at, a.done, a.done_on_time
	FROM _kpi_activity(_kpi_kamr_activity.plan_year, through) a
	LEFT JOIN _kpi_carer(_kpi_kamr_activity.plan_year) k ON k.account_id = a.account_id AND k.unit_code = a.unit_code
		AND k.from_day <= a.due_on AND a.due_on < k.until_day;
END;

CREATE OR REPLACE FUNCTION _kpi_kamr_clock(plan_year int, from_day date, through date)
RETURNS TABLE (clock_id bigint, account_id text, unit_code text, staff_id text, due_on date, answered_at timestamptz,
	answered_in_time boolean)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT c.clock_id, c.account_id, c.unit_code, k.staff_id, c.due_on, c.answered_at, c.answered_in_time
	FROM _kpi_clock(_kpi_kamr_clock.from_day, through) c
	LEFT JOIN _kpi_carer(_kpi_kamr_clock.plan_year) k ON k.account_id = c.account_id AND k.unit_code = c.unit_code
		AND k.from_day <= c.due_on AND c.due_on < k.until_day;
END;

CREATE OR REPLACE FUNCTION _kpi_kamr_response(plan_year int)
RETURNS TABLE (response_id bigint, measure text, account_id text, unit_code text, staff_id text, score numeric,
	scale numeric, top_two_box boolean, responded_on date, counted_on date)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT r.response_id, r.measure, r.account_id, r.unit_code, k.staff_id, r.score, r.scale,
		kam.top_two_box(r.score, r.scale), r.responded_on, r.counted_on
	FROM _kpi_response(_kpi_kamr_response.plan_year) r
	LEFT JOIN _kpi_carer(_kpi_kamr_response.plan_year) k ON k.account_id = r.account_id AND k.unit_code = r.unit_code
		AND k.from_day <= r.counted_on AND r.counted_on < k.until_day;
END;

-- What each KAMR carries at the end of some days ('infinity': now) of these units' accounts (NULL: of all), weighed
-- together by the rules of the plans, and stood for by the unit that appointed them (R12).
CREATE OR REPLACE FUNCTION _kpi_load(plan_year int, days date[], units text[] DEFAULT NULL)
RETURNS TABLE (day date, unit_code text, staff_id text, portfolio kam.portfolio, weight numeric, minimum numeric,
	maximum numeric)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT c.day, coalesce(h.unit_code, c.unit_code), c.staff_id, c.portfolio,
		kam.weight(c.portfolio, rule_set => c.rule_set), r.portfolio_min, r.portfolio_max
	FROM (
		SELECT d.day, a.staff_id, min(a.unit_code) AS unit_code, max(p.rule_set) AS rule_set,
			kam.portfolio(a.tier) AS portfolio
		FROM unnest(days) AS d (day)
		JOIN assignment a ON a.ended_on IS NULL OR a.ended_on > d.day
		JOIN _approved_plans(_kpi_load.plan_year) p USING (plan_id)
		WHERE a.plan_year = _kpi_load.plan_year AND a.responsibility = 'main'
			AND (units IS NULL OR a.unit_code = ANY (units))
			AND greatest(kam.bangkok_date(a.assigned_at), p.approved_on) <= d.day
		GROUP BY d.day, a.staff_id) c
	LEFT JOIN (
		SELECT k.staff_id, min(k.unit_code) AS unit_code
		FROM kamr k JOIN _approved_plans(_kpi_load.plan_year) p USING (plan_id)
		WHERE k.plan_year = _kpi_load.plan_year AND k.level <> 'area'
		GROUP BY k.staff_id) h USING (staff_id)
	LEFT JOIN LATERAL (
		SELECT s.portfolio_min, s.portfolio_max FROM kam.rule_set s
		WHERE s.rule_set = c.rule_set ORDER BY s.builtin LIMIT 1) r ON true;
END;

-- Of each KPI the target that was approved last.
CREATE OR REPLACE FUNCTION _kpi_target(plan_year int)
RETURNS TABLE (unit_code text, kpi text, value numeric, scale numeric)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT DISTINCT ON (t.unit_code, t.kpi) t.unit_code, t.kpi, t.value, t.scale
	FROM target t JOIN plan p USING (plan_id)
	WHERE p.plan_year = _kpi_target.plan_year AND p.status = 'approved'
	ORDER BY t.unit_code, t.kpi, p.amendment_no DESC;
END;

-- ---- where and when -------------------------------------------------------------

-- The unit tree, level by level, numbered, because numbers are sorted faster than codes.  is_open: the reader reads
-- all of the unit; whole_is_open: and of those below it.
CREATE OR REPLACE FUNCTION _kpi_unit()
RETURNS TABLE (unit_no int, area_no int, region_no int, unit_code text, kind text, area_code text, region_code text,
	is_open boolean, whole_is_open boolean)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 200 SET search_path FROM CURRENT AS $$
DECLARE
	everything boolean := NOT row_security_active('assignment');
	units text[] := _readable_units();
BEGIN
	RETURN QUERY
	WITH place AS MATERIALIZED (
		SELECT row_number() OVER (ORDER BY u.unit_code)::int AS unit_no, u.unit_code, u.kind,
			CASE u.kind WHEN 'area' THEN u.unit_code WHEN 'office' THEN u.parent_unit END AS area_code,
			CASE u.kind WHEN 'region' THEN u.unit_code WHEN 'area' THEN u.parent_unit WHEN 'office' THEN a.parent_unit END
				AS region_code,
			everything OR u.unit_code = ANY (units) AS is_open
		FROM unit u LEFT JOIN unit a ON a.unit_code = u.parent_unit
	)
	SELECT p.unit_no, a.unit_no, r.unit_no, p.unit_code, p.kind, p.area_code, p.region_code, p.is_open, CASE p.kind
		WHEN 'hq' THEN bool_and(p.is_open) OVER ()
		WHEN 'region' THEN bool_and(p.is_open) OVER (PARTITION BY p.region_code)
		WHEN 'area' THEN bool_and(p.is_open) OVER (PARTITION BY p.area_code)
		ELSE p.is_open END
	FROM place p
	LEFT JOIN place a ON a.unit_code = p.area_code
	LEFT JOIN place r ON r.unit_code = p.region_code;
END $$;

CREATE OR REPLACE FUNCTION _check_measure(measure text) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _check_word(measure, ARRAY(SELECT m.measure FROM kpi_measure m ORDER BY m.ordinal), 'the measure');
END $$;

-- A month or quarter; NULL is the year.  Called by itself: what is immutable is asked before anything else in a query.
CREATE OR REPLACE FUNCTION _check_period(period text) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF period !~ '^(M(0[1-9]|1[0-2])|Q[1-4])$' THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('there is no period "%s"', period), HINT = 'It is M01 to M12, Q1 to Q4, or NULL for the year.';
	END IF;
END $$;

-- A unit and those below it; NULL, for no unit in particular, is all.
CREATE OR REPLACE FUNCTION _kpi_units(unit_code text) RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF unit_code IS NULL THEN
		RETURN NULL;
	END IF;
	PERFORM _check_unit(unit_code);
	RETURN ARRAY(SELECT _subtree(unit_code));
END $$;

-- The last day that counts: today, or the last of the year; a day asked for may lie before that.
CREATE OR REPLACE FUNCTION _kpi_through(plan_year int, through date) RETURNS date
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	last_day date := least(_today(), make_date(plan_year, 12, 31));
BEGIN
	IF through > last_day THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('nothing is known of %s up to %s', plan_year, through),
			HINT = format('Leave through out, or give a day up to %s.', last_day);
	END IF;
	RETURN coalesce(through, last_day);
END $$;

-- The first days of the months: where width_bucket tells the month.
CREATE OR REPLACE FUNCTION _first_days(plan_year int) RETURNS date[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN ARRAY(SELECT make_date(plan_year, n, 1) FROM generate_series(1, 12) n ORDER BY n);
END $$;

-- The months that have begun, each with its last day that counts.  Before the year begins there is that day
-- only, as month 0.
CREATE OR REPLACE FUNCTION _kpi_month(plan_year int, through date) RETURNS TABLE (month int, last_day date)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE ROWS 12 SET search_path FROM CURRENT AS $$
DECLARE
	months date[] := _first_days(plan_year);
	this_month int := width_bucket(through, months);
BEGIN
	RETURN QUERY
	SELECT n, CASE WHEN n < this_month THEN months[n + 1] - 1 ELSE through END
	FROM generate_series(least(this_month, 1), this_month) n;
END $$;

-- ---- cells: each table read once, added up by unit, KAMR and month ----------------

-- is_moment: how it stood at the end of the month, which does not add up over months.
CREATE TYPE kpi_cell AS (measure text, unit_code text, staff_id text, month int, is_moment boolean, scale numeric,
	rate kam.rate, satisfaction kam.satisfaction, portfolio kam.portfolio, weight numeric);

-- Planned for the units asked for and not compiled, here and below: the planner has no statistics of unit_code.  Without
-- them it also takes hash joins by account for dear.
CREATE OR REPLACE FUNCTION _kpi_activity_cells(plan_year int, through date, units text[]) RETURNS SETOF kpi_cell
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 ROWS 10000
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off SET enable_mergejoin = off AS $$
DECLARE
	months date[] := _first_days(plan_year);
BEGIN
	RETURN QUERY
	SELECT m.measure, c.unit_code, c.staff_id, c.month, false, NULL::numeric, m.rate, NULL::kam.satisfaction,
		NULL::kam.portfolio, NULL::numeric
	FROM (
		SELECT a.unit_code, a.staff_id, width_bucket(a.due_on, months) AS month, kam.rate(a.done) AS done,
			kam.rate(a.done_on_time) AS done_on_time
		FROM _kpi_kamr_activity(_kpi_activity_cells.plan_year, through) a
		WHERE units IS NULL OR a.unit_code = ANY (units)
		GROUP BY 1, 2, 3) c
	CROSS JOIN LATERAL (VALUES ('plan_success', c.done), ('done_on_time', c.done_on_time)) m (measure, rate);
END $$;

-- A contact is the record of whoever had it, assigned or not.  The planner thinks that nearly each is a group of its own,
-- which workers could not hand over cheaply.
CREATE OR REPLACE FUNCTION _kpi_contact_cells(plan_year int, through date, units text[]) RETURNS SETOF kpi_cell
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 ROWS 10000
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off
SET parallel_setup_cost = 0 SET parallel_tuple_cost = 0 AS $$
DECLARE
	months timestamptz[] := ARRAY(SELECT _midnight(d) FROM unnest(_first_days(plan_year)) d);
BEGIN
	RETURN QUERY
	SELECT 'recorded_in_time', c.unit_code, c.staff_id, width_bucket(c.happened_at, months), false, NULL::numeric,
		kam.rate(c.recorded_in_time), NULL::kam.satisfaction, NULL::kam.portfolio, NULL::numeric
	FROM _kpi_contact(_kpi_contact_cells.plan_year, make_date(_kpi_contact_cells.plan_year, 1, 1), through) c
	WHERE units IS NULL OR c.unit_code = ANY (units)
	GROUP BY 2, 3, 4;
END $$;

CREATE OR REPLACE FUNCTION _kpi_clock_cells(plan_year int, through date, units text[]) RETURNS SETOF kpi_cell
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 ROWS 5000
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off SET enable_mergejoin = off AS $$
DECLARE
	months date[] := _first_days(plan_year);
BEGIN
	RETURN QUERY
	SELECT 'answered_in_time', c.unit_code, c.staff_id, width_bucket(c.due_on, months), false, NULL::numeric,
		kam.rate(c.answered_in_time), NULL::kam.satisfaction, NULL::kam.portfolio, NULL::numeric
	FROM _kpi_kamr_clock(_kpi_clock_cells.plan_year, months[1], through) c
	WHERE units IS NULL OR c.unit_code = ANY (units)
	GROUP BY 2, 3, 4;
END $$;

-- Scores on different scales are not added.
CREATE OR REPLACE FUNCTION _kpi_score_cells(plan_year int, through date, units text[]) RETURNS SETOF kpi_cell
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 ROWS 10000
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off SET enable_mergejoin = off AS $$
DECLARE
	months date[] := _first_days(plan_year);
BEGIN
	RETURN QUERY
	SELECT m.measure, c.unit_code, c.staff_id, c.month, false, m.scale, m.rate, m.satisfaction, NULL::kam.portfolio,
		NULL::numeric
	FROM (
		SELECT r.unit_code, r.staff_id, width_bucket(r.counted_on, months) AS month, r.measure, r.scale,
			kam.rate(r.top_two_box) AS top, kam.satisfaction(r.score, r.scale) AS scores
		FROM _kpi_kamr_response(_kpi_score_cells.plan_year) r
		WHERE r.counted_on <= through AND (units IS NULL OR r.unit_code = ANY (units))
		GROUP BY 1, 2, 3, 4, 5) c
	CROSS JOIN LATERAL (VALUES
		(c.measure, c.scale, NULL::kam.rate, c.scores),
		(c.measure || '_top_two_box', NULL, c.top, NULL)) m (measure, scale, rate, satisfaction);
END $$;

-- Nothing tells whom a survey has asked.  By the list that precedes it (step 7) it is all key accounts, from the day on
-- which the year's first survey of the measure is opened; here with who looks after them, from a day on and before another.
CREATE OR REPLACE FUNCTION _kpi_asked(plan_year int)
RETURNS TABLE (measure text, account_id text, unit_code text, staff_id text, from_day date, until_day date,
	responded_on date, counted_on date)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT s.measure, a.account_id, a.unit_code, k.staff_id,
		greatest(a.from_day, k.from_day, least(s.opened_on, make_date(_kpi_asked.plan_year, 12, 31))),
		least(a.until_day, k.until_day), r.responded_on, r.counted_on
	FROM (
		SELECT m.measure, min(kam.bangkok_date(o.opened_at)) AS opened_on
		FROM survey o JOIN survey_measure m USING (survey_id)
		WHERE o.plan_year = _kpi_asked.plan_year
		GROUP BY m.measure) s
	CROSS JOIN _kpi_account(_kpi_asked.plan_year) a
	LEFT JOIN _kpi_carer(_kpi_asked.plan_year) k ON k.account_id = a.account_id AND k.unit_code = a.unit_code
	LEFT JOIN (
		SELECT q.account_id, q.measure, min(q.responded_on) AS responded_on, min(q.counted_on) AS counted_on
		FROM _kpi_response(_kpi_asked.plan_year) q
		GROUP BY q.account_id, q.measure) r ON r.account_id = a.account_id AND r.measure = s.measure;
END;

CREATE OR REPLACE FUNCTION _kpi_asked_cells(plan_year int, through date, units text[]) RETURNS SETOF kpi_cell
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 ROWS 10000
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off SET enable_mergejoin = off AS $$
BEGIN
	RETURN QUERY
	SELECT a.measure || '_response', a.unit_code, a.staff_id, d.month, true, NULL::numeric,
		kam.rate(coalesce(a.counted_on <= d.last_day, false)), NULL::kam.satisfaction, NULL::kam.portfolio, NULL::numeric
	-- OFFSET 0: the accounts are put together once, and not for each month
	FROM (SELECT * FROM _kpi_asked(_kpi_asked_cells.plan_year) x WHERE units IS NULL OR x.unit_code = ANY (units) OFFSET 0) a
	JOIN _kpi_month(_kpi_asked_cells.plan_year, through) d ON a.from_day <= d.last_day AND d.last_day < a.until_day
	GROUP BY a.measure, 2, 3, 4;
END $$;

CREATE OR REPLACE FUNCTION _kpi_load_cells(plan_year int, through date, units text[]) RETURNS SETOF kpi_cell
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 ROWS 5000
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
DECLARE
	days date[] := ARRAY(SELECT d.last_day FROM _kpi_month(plan_year, through) d);
BEGIN
	RETURN QUERY
	SELECT 'portfolio_load', c.unit_code, c.staff_id, d.month, true, NULL::numeric,
		kam.rate((c.weight BETWEEN c.minimum AND c.maximum)::int, 1), NULL::kam.satisfaction, c.portfolio, c.weight
	FROM _kpi_month(_kpi_load_cells.plan_year, through) d
	JOIN _kpi_load(_kpi_load_cells.plan_year, days) c ON c.day = d.last_day
	WHERE units IS NULL OR c.unit_code = ANY (units);
END $$;

-- All cells that are wanted; the tables of other measures are not read.
CREATE OR REPLACE FUNCTION _kpi_cells(plan_year int, through date, units text[], of_measure text) RETURNS SETOF kpi_cell
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT a.* FROM _kpi_activity_cells(plan_year, through, units) a
	WHERE of_measure IS NULL OR of_measure IN ('plan_success', 'done_on_time')
	UNION ALL
	SELECT s.* FROM _kpi_score_cells(plan_year, through, units) s
	WHERE of_measure IS NULL OR of_measure ~ '^(satisfaction|loyalty)(_top_two_box)?$'
	UNION ALL
	SELECT q.* FROM _kpi_asked_cells(plan_year, through, units) q
	WHERE of_measure IS NULL OR of_measure ~ '_response$'
	UNION ALL
	SELECT k.* FROM _kpi_clock_cells(plan_year, through, units) k
	WHERE of_measure IS NULL OR of_measure = 'answered_in_time'
	UNION ALL
	SELECT c.* FROM _kpi_contact_cells(plan_year, through, units) c
	WHERE of_measure IS NULL OR of_measure = 'recorded_in_time'
	UNION ALL
	SELECT l.* FROM _kpi_load_cells(plan_year, through, units) l
	WHERE of_measure IS NULL OR of_measure = 'portfolio_load';
END;

-- ---- figures ----------------------------------------------------------------------

CREATE TYPE kpi_figure AS (measure text, level text, region_code text, area_code text, unit_code text, staff_id text,
	plan_year int, quarter int, month int, period text, rate kam.rate, satisfaction kam.satisfaction,
	portfolio kam.portfolio, weight numeric, scale numeric, value numeric, percent numeric, target numeric,
	attained boolean);

-- The KPIs of a year up to a day: on every level, for every month, quarter and the year.  A level is there for who
-- reads all of it; KAMRs, who read their accounts, have the row that is theirs.
CREATE OR REPLACE FUNCTION kpi_figures(plan_year int, through date DEFAULT NULL, unit_code text DEFAULT NULL,
	measure text DEFAULT NULL) RETURNS SETOF kpi_figure
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 50000
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off SET work_mem = '64MB' AS $$
DECLARE
	last_day date;
	last_month int;
	units text[];
	my_staff_id text := me();
	all_units int;
BEGIN
	PERFORM _check_reader(), _check_plan_year(plan_year);
	IF measure IS NOT NULL THEN
		PERFORM _check_measure(measure);
	END IF;
	last_day := _kpi_through(plan_year, through);
	last_month := width_bucket(last_day, _first_days(plan_year));
	units := _kpi_units(unit_code);
	all_units := (SELECT u.unit_no FROM _kpi_unit() u WHERE u.kind = 'hq');
	RETURN QUERY
	WITH cell AS (
		SELECT * FROM _kpi_cells(kpi_figures.plan_year, last_day, units, kpi_figures.measure)
	), place AS MATERIALIZED (
		SELECT * FROM _kpi_unit()
	), period AS MATERIALIZED ( -- the months, the quarters, the year
		SELECT n AS month, (n + 2) / 3 AS quarter, 'M' || to_char(n, 'FM00') AS period, n AS period_no
		FROM generate_series(1, 12) n
		UNION ALL SELECT NULL, n, 'Q' || n, 12 + n FROM generate_series(1, 4) n
		UNION ALL SELECT NULL, NULL, NULL, 17
	), period_of AS MATERIALIZED ( -- where a month counts, and whether as the end of it
		SELECT n AS month, n AS period_no, true AS is_end FROM generate_series(1, last_month) n
		UNION ALL SELECT n, 12 + (n + 2) / 3, n % 3 = 0 OR n = last_month FROM generate_series(1, last_month) n
		UNION ALL SELECT n, 17, n = last_month FROM generate_series(0, last_month) n
	-- The fewer and smaller the keys, the faster the sort: so measure and period are one number.
	), figure AS (
		SELECT c.measure_no * 32 + p.period_no AS line_no, grouping(c.region_no, c.area_no, c.unit_no, c.staff_id) AS grouped,
			CASE WHEN grouping(c.region_no) = 1 THEN all_units ELSE coalesce(c.unit_no, c.area_no, c.region_no) END AS unit_no,
			c.staff_id, c.scale, sum(c.rate) AS rate, sum(c.satisfaction) AS satisfaction,
			sum(c.portfolio) AS portfolio, sum(c.weight) AS weight
		FROM (
			SELECT m.ordinal AS measure_no, u.region_no, u.area_no, u.unit_no, x.*
			FROM cell x JOIN kpi_measure m ON m.measure = x.measure JOIN place u ON u.unit_code = x.unit_code
			WHERE kpi_figures.measure IS NULL OR x.measure = kpi_figures.measure) c
		JOIN period_of p ON p.month = c.month AND (p.is_end OR NOT c.is_moment)
		GROUP BY c.measure_no * 32 + p.period_no, c.scale, ROLLUP (c.region_no, c.area_no, c.unit_no, c.staff_id)
	)
	SELECT m.measure, l.level, u.region_code, u.area_code, CASE WHEN f.grouped < 15 THEN u.unit_code END, f.staff_id,
		kpi_figures.plan_year, p.quarter, p.month, p.period, f.rate, f.satisfaction, f.portfolio, f.weight, f.scale,
		CASE m.unit WHEN 'percent' THEN kam.percent(f.rate) WHEN 'score' THEN kam.mean(f.satisfaction) ELSE f.weight END,
		coalesce(kam.percent(f.rate), kam.percent_of_scale(f.satisfaction)), t.target, CASE m.unit
			WHEN 'percent' THEN 100 * kam.done(f.rate) >= t.target * kam.due(f.rate)
			WHEN 'score' THEN kam.total(f.satisfaction) >= t.target * kam.responses(f.satisfaction) END
	-- A place above headquarters, which have no region and no area, has no number and so is left out.
	FROM figure f
	JOIN kpi_measure m ON m.ordinal = f.line_no / 32
	JOIN place u ON u.unit_no = f.unit_no
	JOIN period p ON p.period_no = f.line_no % 32
	CROSS JOIN LATERAL (SELECT CASE f.grouped WHEN 15 THEN 'country' WHEN 7 THEN 'region' WHEN 3 THEN 'area'
		WHEN 0 THEN 'kamr' ELSE CASE u.kind WHEN 'area' THEN 'area_own' ELSE u.kind END END) l (level)
	LEFT JOIN _kpi_target(kpi_figures.plan_year) g ON g.unit_code = u.unit_code AND g.kpi = m.target_kpi
		AND l.level IN ('area', 'office', 'hq')
	CROSS JOIN LATERAL (SELECT trim_scale(g.value * coalesce(f.scale, 100) / g.scale)) t (target)
	WHERE CASE WHEN f.grouped >= 3 THEN u.whole_is_open ELSE u.is_open OR f.grouped = 0 AND f.staff_id = my_staff_id END
		AND (units IS NULL OR u.unit_code = ANY (units));
END $$;

-- ---- drill-down ---------------------------------------------------------------------

CREATE TYPE kpi_row AS (subject text, subject_id text, account_id text, unit_code text, staff_id text, due_on date,
	done_at timestamptz, met boolean, score numeric, scale numeric, portfolio kam.portfolio, weight numeric);

-- What a measure counts from one day to another.  What is counted at a moment is so at the end of the last one.
CREATE OR REPLACE FUNCTION _kpi_rows(measure text, plan_year int, from_day date, to_day date, through date)
RETURNS SETOF kpi_row
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
-- (constants have names, so that a dump of a restored function is that of the first)
	SELECT 'activity' AS subject, a.activity_id::text AS subject_id, a.account_id, a.unit_code, a.staff_id, a.due_on,
		a.done_at, CASE _kpi_rows.measure WHEN 'plan_success' THEN a.done ELSE a.done_on_time END AS met,
		NULL::numeric AS score, NULL::numeric AS scale, NULL::kam.portfolio AS portfolio, NULL::numeric AS weight
	FROM _kpi_kamr_activity(_kpi_rows.plan_year, through) a
	WHERE _kpi_rows.measure IN ('plan_success', 'done_on_time') AND a.due_on BETWEEN from_day AND to_day
	UNION ALL
	SELECT 'survey_response' AS subject, r.response_id::text, r.account_id, r.unit_code, r.staff_id, NULL AS due_on,
		_midnight(r.responded_on), CASE WHEN _kpi_rows.measure <> r.measure THEN r.top_two_box END, r.score, r.scale,
		NULL AS portfolio, NULL AS weight
	FROM _kpi_kamr_response(_kpi_rows.plan_year) r
	WHERE _kpi_rows.measure IN (r.measure, r.measure || '_top_two_box') AND r.counted_on BETWEEN from_day AND to_day
	UNION ALL
	SELECT 'account' AS subject, q.account_id, q.account_id, q.unit_code, q.staff_id, NULL AS due_on,
		_midnight(q.responded_on), coalesce(q.counted_on <= to_day, false), NULL AS score, NULL AS scale,
		NULL AS portfolio, NULL AS weight
	FROM _kpi_asked(_kpi_rows.plan_year) q
	WHERE _kpi_rows.measure = q.measure || '_response' AND q.from_day <= to_day AND to_day < q.until_day
	UNION ALL
	SELECT 'case_clock' AS subject, k.clock_id::text, k.account_id, k.unit_code, k.staff_id, k.due_on, k.answered_at,
		k.answered_in_time, NULL AS score, NULL AS scale, NULL AS portfolio, NULL AS weight
	FROM _kpi_kamr_clock(_kpi_rows.plan_year, from_day, to_day) k
	WHERE _kpi_rows.measure = 'answered_in_time'
	UNION ALL
	SELECT 'contact' AS subject, c.contact_id::text, c.account_id, c.unit_code, c.staff_id, NULL AS due_on,
		c.recorded_at, c.recorded_in_time, NULL AS score, NULL AS scale, NULL AS portfolio, NULL AS weight
	FROM _kpi_contact(_kpi_rows.plan_year, from_day, to_day) c
	WHERE _kpi_rows.measure = 'recorded_in_time'
	UNION ALL
	SELECT 'staff' AS subject, l.staff_id, NULL AS account_id, l.unit_code, l.staff_id, NULL AS due_on, NULL AS done_at,
		l.weight BETWEEN l.minimum AND l.maximum, NULL AS score, NULL AS scale, l.portfolio, l.weight
	FROM _kpi_load(_kpi_rows.plan_year, ARRAY[to_day]) l
	WHERE _kpi_rows.measure = 'portfolio_load';
END;

-- The level that is meant where none is named; it must be one of the unit's, and the reader's.
CREATE OR REPLACE FUNCTION _kpi_level(level text, unit_code text, staff_id text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	place record;
	the_level text;
	the_unit text := coalesce('unit "' || unit_code || '"', 'the country');
	is_of_unit boolean;
	is_open boolean;
BEGIN
	SELECT * INTO place FROM _kpi_unit() u WHERE u.unit_code = coalesce(_kpi_level.unit_code, _headquarters());
	the_level := coalesce(level, CASE WHEN staff_id IS NOT NULL THEN 'kamr' WHEN unit_code IS NULL THEN 'country'
		ELSE place.kind END);
	PERFORM _check_word(the_level, '{country,region,area,area_own,office,hq,kamr}', 'the level');
	is_of_unit := CASE the_level WHEN 'kamr' THEN true WHEN 'country' THEN unit_code IS NULL
		ELSE unit_code IS NOT NULL AND place.kind = replace(the_level, '_own', '') END;
	is_open := CASE WHEN the_level IN ('country', 'region', 'area') THEN place.whole_is_open
		WHEN the_level = 'kamr' AND (unit_code IS NULL OR staff_id = me()) THEN true ELSE place.is_open END;
	IF NOT is_of_unit THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('%s has no figure of level %s', the_unit, the_level),
			HINT = 'Give level and unit_code as the row of kpi_figures has them.';
	ELSIF NOT is_open THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('%s is not among those of "%s"', the_unit, coalesce(me(), _role())),
			HINT = 'What is counted in a unit is for those who read all of it; for key account managers their own: '
				'staff_id => me().';
	END IF;
	RETURN the_level;
END $$;

-- The rows behind a figure, which is kam.rate(met) of them, or kam.satisfaction(score, scale): of the unit, of a KAMR
-- in it, of a period (M01 to M12, Q1 to Q4; NULL: the year).  Level and through as the figure has them.
CREATE OR REPLACE FUNCTION kpi_rows(measure text, plan_year int, unit_code text DEFAULT NULL,
	staff_id text DEFAULT NULL, period text DEFAULT NULL, level text DEFAULT NULL, through date DEFAULT NULL)
RETURNS SETOF kpi_row
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 1000
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
DECLARE
	the_level text;
	units text[];
	days daterange;
	last_day date;
BEGIN
	PERFORM _check_reader(), _check_plan_year(plan_year), _check_measure(measure);
	PERFORM _check_period(period);
	units := _kpi_units(unit_code);
	the_level := _kpi_level(level, unit_code, staff_id);
	last_day := _kpi_through(plan_year, through);
	days := _period_days(plan_year, period);
	IF the_level IN ('hq', 'area_own', 'kamr') AND unit_code IS NOT NULL THEN
		units := ARRAY[unit_code];
	END IF;
	IF period IS NULL OR lower(days) <= last_day THEN
		RETURN QUERY
		SELECT r.*
		FROM _kpi_rows(kpi_rows.measure, kpi_rows.plan_year, lower(days), least(upper(days) - 1, last_day), last_day) r
		WHERE (units IS NULL OR r.unit_code = ANY (units))
			AND (the_level <> 'kamr' OR r.staff_id IS NOT DISTINCT FROM kpi_rows.staff_id);
	END IF;
END $$;

ALTER TABLE kpi_measure ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON kpi_measure FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON kpi_measure TO PUBLIC;

-- ---- comments -----------------------------------------------------------------------

COMMENT ON TABLE kpi_measure IS
U&'ตัวชี้วัด — What is measured of the process: its two KPIs and what stands beside them (5, R21).';
COMMENT ON COLUMN kpi_measure.measure IS
U&'ตัวชี้วัด — Name of the measure.';
COMMENT ON COLUMN kpi_measure.ordinal IS
U&'ลำดับ — Its place in a list.';
COMMENT ON COLUMN kpi_measure.title_th IS
U&'ชื่อภาษาไทย — Title in Thai.';
COMMENT ON COLUMN kpi_measure.title_en IS
U&'ชื่อภาษาอังกฤษ — Title in English.';
COMMENT ON COLUMN kpi_measure.section IS
U&'ข้อในคู่มือ — Section of the manual.';
COMMENT ON COLUMN kpi_measure.unit IS
U&'หน่วยของค่า — What its value is: percent, score or weight.';
COMMENT ON COLUMN kpi_measure.better IS
U&'ทิศทางที่ดี — Which value is better: a higher one, or one within a band.';
COMMENT ON COLUMN kpi_measure.target_kpi IS
U&'เป้าหมายที่ใช้เทียบ — KPI of the plans whose target it is held against; NULL: none.';
COMMENT ON TYPE kpi_cell IS
U&'ผลรวมย่อยของตัวชี้วัด — What a measure adds up to for a unit, a KAMR and a month, before it goes up the levels.';
COMMENT ON COLUMN kpi_cell.measure IS
U&'ตัวชี้วัด — Measure, as in kpi_measure.';
COMMENT ON COLUMN kpi_cell.unit_code IS
U&'หน่วยงาน — Unit that it counts for.';
COMMENT ON COLUMN kpi_cell.staff_id IS
U&'พนักงานบริหารลูกค้ารายสำคัญ — KAMR it counts for; NULL: nobody.';
COMMENT ON COLUMN kpi_cell.month IS
U&'เดือน — Month, 1 to 12; 0: before the year began.';
COMMENT ON COLUMN kpi_cell.is_moment IS
U&'เป็นยอด ณ สิ้นเดือนหรือไม่ — Whether it is as it stood at the end of the month; does not add up over months.';
COMMENT ON COLUMN kpi_cell.scale IS
U&'คะแนนเต็ม — Highest score that can be given; NULL for what is no score.';
COMMENT ON COLUMN kpi_cell.rate IS
U&'อัตรา — How many of how many; NULL for scores.';
COMMENT ON COLUMN kpi_cell.satisfaction IS
U&'ผลรวมคะแนน — Scores as exact sums; NULL for what is no score.';
COMMENT ON COLUMN kpi_cell.portfolio IS
U&'จำนวนลูกค้าแต่ละระดับ — Accounts per tier of a portfolio load.';
COMMENT ON COLUMN kpi_cell.weight IS
U&'ค่าถ่วงน้ำหนัก — What these weigh (6.1.2.1).';
COMMENT ON TYPE kpi_figure IS
U&'ค่าตัวชี้วัด — A figure of kpi_figures: a measure on a level (country, region, area, area_own: the area without its offices, office, hq, kamr) in a month, quarter or the year.';
COMMENT ON COLUMN kpi_figure.measure IS
U&'ตัวชี้วัด — Measure, as in kpi_measure.';
COMMENT ON COLUMN kpi_figure.level IS
U&'ระดับหน่วยงาน — country, region, area (with its offices), area_own (without), office, hq (its own accounts), kamr.';
COMMENT ON COLUMN kpi_figure.region_code IS
U&'รหัสภาค — Region of the unit; NULL for the country and headquarters.';
COMMENT ON COLUMN kpi_figure.area_code IS
U&'รหัสการไฟฟ้าเขต — Area of the unit; NULL above the areas.';
COMMENT ON COLUMN kpi_figure.unit_code IS
U&'หน่วยงาน — Unit of the level, of a KAMR that of the accounts; NULL for the country.';
COMMENT ON COLUMN kpi_figure.staff_id IS
U&'พนักงานบริหารลูกค้ารายสำคัญ — KAMR of the level kamr; NULL there: nobody''s.';
COMMENT ON COLUMN kpi_figure.plan_year IS
U&'ปีแผน (ค.ศ.) — Plan year, common era.';
COMMENT ON COLUMN kpi_figure.quarter IS
U&'ไตรมาส — Quarter, 1 to 4; NULL for the year.';
COMMENT ON COLUMN kpi_figure.month IS
U&'เดือน — Month, 1 to 12; NULL for quarters and the year.';
COMMENT ON COLUMN kpi_figure.period IS
U&'งวด — M01 to M12, Q1 to Q4; NULL for the year.';
COMMENT ON COLUMN kpi_figure.rate IS
U&'อัตรา — How many of how many, which adds up; NULL for scores.';
COMMENT ON COLUMN kpi_figure.satisfaction IS
U&'ผลรวมคะแนน — Scores as exact sums, which add up; NULL for what is no score.';
COMMENT ON COLUMN kpi_figure.portfolio IS
U&'จำนวนลูกค้าแต่ละระดับ — Accounts per tier of a portfolio load.';
COMMENT ON COLUMN kpi_figure.weight IS
U&'ค่าถ่วงน้ำหนักรวม — What these weigh (6.1.2.1).';
COMMENT ON COLUMN kpi_figure.scale IS
U&'คะแนนเต็ม — Highest score that can be given; NULL for what is no score.';
COMMENT ON COLUMN kpi_figure.value IS
U&'ค่า — The figure, in the unit that kpi_measure names.';
COMMENT ON COLUMN kpi_figure.percent IS
U&'ร้อยละ — The figure in percent: of what is due, or of the scale.';
COMMENT ON COLUMN kpi_figure.target IS
U&'เป้าหมาย — Target of the approved plan (R21), in the unit of the value; NULL: none.';
COMMENT ON COLUMN kpi_figure.attained IS
U&'บรรลุเป้าหมายหรือไม่ — Whether the exact figure reaches the target; NULL: there is none.';
COMMENT ON TYPE kpi_row IS
U&'รายการที่อยู่เบื้องหลังตัวชี้วัด — A row behind a figure: an activity, contact, case_clock, survey_response, account or member of staff, and whether it met what is measured.';
COMMENT ON COLUMN kpi_row.subject IS
U&'ชนิดของรายการ — What the row is: activity, contact, case_clock, survey_response, account or staff.';
COMMENT ON COLUMN kpi_row.subject_id IS
U&'เลขที่ของรายการ — Which one: its key as text.';
COMMENT ON COLUMN kpi_row.account_id IS
U&'ลูกค้า — Account; NULL for a member of staff.';
COMMENT ON COLUMN kpi_row.unit_code IS
U&'หน่วยงาน — Unit that it counts for.';
COMMENT ON COLUMN kpi_row.staff_id IS
U&'พนักงานบริหารลูกค้ารายสำคัญ — KAMR it counts for; NULL: nobody.';
COMMENT ON COLUMN kpi_row.due_on IS
U&'วันครบกำหนด — Due day of an activity or answer.';
COMMENT ON COLUMN kpi_row.done_at IS
U&'เวลาที่ดำเนินการ — When it was done, answered or recorded; NULL: not yet.';
COMMENT ON COLUMN kpi_row.met IS
U&'บรรลุหรือไม่ — Whether it met what is measured; NULL for a score.';
COMMENT ON COLUMN kpi_row.score IS
U&'คะแนน — Score.';
COMMENT ON COLUMN kpi_row.scale IS
U&'คะแนนเต็ม — Highest score that can be given.';
COMMENT ON COLUMN kpi_row.portfolio IS
U&'จำนวนลูกค้าแต่ละระดับ — Accounts per tier that the KAMR carries.';
COMMENT ON COLUMN kpi_row.weight IS
U&'ค่าถ่วงน้ำหนัก — What these weigh (6.1.2.1).';
COMMENT ON FUNCTION _in_time(int) IS
U&'บันทึกทันเวลาหรือไม่ — Whether something was recorded in time, by the days that it was late.';
COMMENT ON FUNCTION _approved_plans_of_mine(int) IS
U&'แผนที่อนุมัติแล้วของหน่วยงานที่ฉันดูแลลูกค้า — The approved plans of the units whose accounts the caller looks after, by number.';
COMMENT ON FUNCTION _approved_plans(int) IS
U&'แผนที่อนุมัติแล้ว — The approved plans of a year and their amendments, by number, that the caller reads or looks after accounts of.';
COMMENT ON FUNCTION _kpi_activity(int, date) IS
U&'กิจกรรมที่ถึงกำหนด — KPI (1): activities of the approved plans due up to a day, and whether they were done by then, and on time (R21, R23).';
COMMENT ON FUNCTION _kpi_contact(int, date, date) IS
U&'การติดต่อลูกค้า — Contacts from one day to another, and whether they were recorded in time (R19).';
COMMENT ON FUNCTION _kpi_clock(date, date) IS
U&'คำตอบที่ถึงกำหนด — Answers due from one day to another, and whether they came in time (R18).';
COMMENT ON FUNCTION _kpi_response(int) IS
U&'คำตอบแบบสำรวจของปี — KPI (2): answers to the surveys of a year on their scales, and the day of the year on which they count (R21).';
COMMENT ON FUNCTION _kpi_account(int) IS
U&'ลูกค้ารายสำคัญตามแผน — Key accounts by the approved plans, from when and until when.';
COMMENT ON FUNCTION _kpi_carer(int) IS
U&'ผู้ดูแลลูกค้าในแต่ละช่วงเวลา — Who looks after each account of the approved plans, from when and until when.';
COMMENT ON FUNCTION _kpi_kamr_activity(int, date) IS
U&'กิจกรรมกับผู้ดูแล — The activities with the KAMR who had the account on the due day.';
COMMENT ON FUNCTION _kpi_kamr_clock(int, date, date) IS
U&'คำตอบกับผู้ดูแล — The answers with the KAMR who had the account on the due day.';
COMMENT ON FUNCTION _kpi_kamr_response(int) IS
U&'คำตอบแบบสำรวจกับผู้ดูแล — The answers to surveys with the KAMR who had the account on that day.';
COMMENT ON FUNCTION _kpi_load(int, date[], text[]) IS
U&'ภาระงานของผู้บริหารลูกค้ารายสำคัญ — What each key account manager carries at the end of some days, and the band of the rules (6.1.2.1).';
COMMENT ON FUNCTION _kpi_target(int) IS
U&'เป้าหมายที่อนุมัติล่าสุด — Of each unit and KPI the target that was approved last.';
COMMENT ON FUNCTION _kpi_unit() IS
U&'หน่วยงานตามระดับ — The units with the area and region they belong to, and whether the caller reads all of them.';
COMMENT ON FUNCTION _check_measure(text) IS
U&'ตรวจสอบตัวชี้วัด — Refuses a measure that does not exist (22023).';
COMMENT ON FUNCTION _check_period(text) IS
U&'ตรวจสอบงวด — Refuses what is neither a month (M01), a quarter (Q1) nor the year (NULL). Error 22023.';
COMMENT ON FUNCTION _kpi_units(text) IS
U&'หน่วยงานและหน่วยงานในสังกัด — A unit and those below it; NULL for all. Error P0002 for one that does not exist.';
COMMENT ON FUNCTION _kpi_through(int, date) IS
U&'วันสุดท้ายที่นับ — The last day that counts. Error 22023 for one that has not come.';
COMMENT ON FUNCTION _first_days(int) IS
U&'วันแรกของแต่ละเดือน — First days of the months of a year.';
COMMENT ON FUNCTION _kpi_month(int, date) IS
U&'เดือนที่เริ่มแล้ว — The months that have begun by a day, each with its last day that counts.';
COMMENT ON FUNCTION _kpi_activity_cells(int, date, text[]) IS
U&'ผลรวมของกิจกรรม — Activities by unit, KAMR and month.';
COMMENT ON FUNCTION _kpi_contact_cells(int, date, text[]) IS
U&'ผลรวมของการติดต่อ — Contacts by unit, member of staff and month.';
COMMENT ON FUNCTION _kpi_clock_cells(int, date, text[]) IS
U&'ผลรวมของคำตอบ — Answers due by unit, KAMR and month.';
COMMENT ON FUNCTION _kpi_score_cells(int, date, text[]) IS
U&'ผลรวมของคะแนน — Scores of surveys by unit, KAMR and month.';
COMMENT ON FUNCTION _kpi_asked(int) IS
U&'ลูกค้าที่ถูกสอบถาม — Key accounts that surveys ask, with who looks after them, from when and until when, and when they first answered.';
COMMENT ON FUNCTION _kpi_asked_cells(int, date, text[]) IS
U&'ผลรวมของการตอบแบบสำรวจ — Accounts asked and answered by unit, KAMR and month.';
COMMENT ON FUNCTION _kpi_load_cells(int, date, text[]) IS
U&'ผลรวมของภาระงาน — Portfolios at the end of each month.';
COMMENT ON FUNCTION _kpi_cells(int, date, text[], text) IS
U&'ผลรวมย่อยทั้งหมด — All cells, or those of a measure.';
COMMENT ON FUNCTION kpi_figures(int, date, text, text) IS
U&'ค่าตัวชี้วัดทุกระดับ — The KPIs of a plan year up to a day (NULL: today, or the end of the year): on every level that the caller reads all of, for each month, quarter and the year; of a unit and those below it, of one measure. Rates, scores and portfolios are sums, so that the country is the sum of its areas and headquarters. Errors: 22023 for an unknown measure, a day that has not come or a year of the Buddhist era, 55000 for a year not opened, P0002 for an unknown unit, 42501.';
COMMENT ON FUNCTION _kpi_rows(text, int, date, date, date) IS
U&'รายการของตัวชี้วัด — What a measure counts from one day to another.';
COMMENT ON FUNCTION _kpi_level(text, text, text) IS
U&'ระดับของตัวชี้วัด — The level meant by a unit and a member of staff. Errors: 22023 for one that the unit has not, 42501 for one that the caller does not read.';
COMMENT ON FUNCTION kpi_rows(text, int, text, text, text, text, date) IS
U&'รายการเบื้องหลังตัวชี้วัด — The rows behind a figure of kpi_figures, which is kam.rate(met) of them, or kam.satisfaction(score, scale). Errors as kpi_figures; 22023 for an unknown period or level, 42501 for a unit that the caller does not read.';
