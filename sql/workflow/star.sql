/*
 * A star for BI tools: dimensions (dim_*) and facts (fact_*) of plain types only, in which a tool that
 * knows nothing of kam shows, groups, sorts and adds up rightly.
 *
 * What holds throughout: a fact's key is never NULL and has one row in its dimension, for every reader; '-'
 * is nobody, or no key account.  What changes over time is fixed in the fact by its plan year.  Measures are
 * 0 or 1 or amounts, and add up; a truth value stands beside them as a boolean.
 */

-- ---- what several of them need ---------------------------------------------

-- Highest first, as in the manual; what is no key account comes last.
CREATE OR REPLACE FUNCTION _tier_order(tier text) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE tier WHEN 'Strategic' THEN 1 WHEN 'Star' THEN 2 WHEN 'Status' THEN 3 WHEN 'Streamline' THEN 4 ELSE 5 END;

CREATE OR REPLACE FUNCTION _value_class_order(value_class text) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE value_class WHEN 'High' THEN 1 WHEN 'Medium' THEN 2 WHEN 'Low' THEN 3 ELSE 4 END;

-- Whether row security hides nothing from the caller, so that no fact can name what they do not see.
CREATE OR REPLACE FUNCTION _reads_all() RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN NOT row_security_active('account'::regclass)
		OR NOT EXISTS (SELECT FROM unit u WHERE u.unit_code <> ALL ((SELECT _readable_units())::text[]));
END $$;

-- The plan years, each with the last day that counts today.  A function, because the table is too small ever to be
-- analysed: the planner would take it for a thousand years, and compile queries for them.
CREATE OR REPLACE FUNCTION _star_years() RETURNS TABLE (plan_year int, through date)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 3 SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY SELECT y.plan_year, _kpi_through(y.plan_year, NULL) FROM plan_year y;
END $$;

-- The approved plans of all years, by the rule that the KPIs follow.
CREATE OR REPLACE VIEW _approved_plan WITH (security_invoker = true) AS
SELECT y.plan_year, p.plan_id, p.rule_set, y.through
FROM _star_years() y CROSS JOIN LATERAL _approved_plans(y.plan_year) p;

-- The tier of an account in a plan year; the last, where it was dropped and came again.
CREATE OR REPLACE VIEW _tier_of_year WITH (security_invoker = true) AS
SELECT DISTINCT ON (y.plan_year, a.account_id) y.plan_year, a.account_id, a.unit_code, a.tier
FROM _star_years() y CROSS JOIN LATERAL _kpi_account(y.plan_year) a
ORDER BY y.plan_year, a.account_id, a.until_day DESC, a.from_day DESC;

-- Who keeps an account from a day on and before another.
CREATE OR REPLACE VIEW _keeper WITH (security_invoker = true) AS
SELECT y.plan_year, k.unit_code, k.account_id, k.staff_id, k.from_day, k.until_day
FROM _star_years() y CROSS JOIN LATERAL _kpi_carer(y.plan_year) k;

-- The plans by which the units work today: those of each unit's latest approved year, as _year_in_force.  Who looks after
-- an account of another unit does not read its plan, but what that says of the account.  Asked once, as row security
-- is: the planner has no statistics of plans, and would go through all of them for each account.
CREATE OR REPLACE FUNCTION _plans_in_force() RETURNS bigint[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT SET jit = off AS $$
DECLARE
	this_year int := extract(year FROM _today());
BEGIN
	RETURN ARRAY(
		SELECT y.plan_id
		FROM (
			SELECT a.plan_id, a.plan_year, max(a.plan_year) OVER (PARTITION BY u.unit_code) AS last_year
			FROM _approved_plan a LEFT JOIN plan p ON p.plan_id = a.plan_id
				CROSS JOIN LATERAL (SELECT coalesce(p.unit_code, (
					SELECT s.unit_code FROM selection s WHERE s.plan_id = a.plan_id LIMIT 1)) AS unit_code) u
			WHERE a.plan_year <= this_year) y
		WHERE y.plan_year = y.last_year);
END $$;

-- The days of dim_date: from November before the first plan year to January after the last, and the whole months
-- of whatever happened before or after.  As the owner, so that the calendar is one for all; and quietly, as
-- provisional days say so in their row.
CREATE OR REPLACE FUNCTION _star_days()
RETURNS TABLE (day date, is_working_day boolean, is_provisional boolean, holiday_th text, holiday_en text)
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE COST 10000 ROWS 800
SET search_path FROM CURRENT SET client_min_messages = warning SET jit = off AS $$
DECLARE
	calendar text := _setting_value('calendar');
	first_day date;
	last_day date;
BEGIN
	IF NOT (_is_member() OR pg_has_role(_role(), current_user, 'USAGE')) THEN
		RETURN;
	END IF;
	SELECT date_trunc('month', min(d.day)::timestamp),
		date_trunc('month', max(d.day)::timestamp) + interval '1 month - 1 day'
	INTO first_day, last_day
	FROM (
		SELECT _today() AS day
		UNION ALL SELECT make_date(y.plan_year - 1, 11, 1) FROM plan_year y
		UNION ALL SELECT make_date(y.plan_year + 1, 1, 31) FROM plan_year y
		UNION ALL SELECT d.due_on FROM deadline d
		UNION ALL SELECT k.due_on FROM case_clock k
		UNION ALL SELECT kam.bangkok_date(c.received_at) FROM service_case c
		UNION ALL SELECT kam.bangkok_date(s.proposed_at) FROM selection s
		-- of the long tables only the first and the last of each unit, by their indexes
		UNION ALL SELECT kam.bangkok_date(t.at)
		FROM unit u CROSS JOIN LATERAL (
			(SELECT c.happened_at FROM contact c WHERE c.unit_code = u.unit_code ORDER BY c.happened_at LIMIT 1)
			UNION ALL (SELECT c.happened_at FROM contact c WHERE c.unit_code = u.unit_code
				ORDER BY c.happened_at DESC LIMIT 1)
			UNION ALL (SELECT v.heard_at FROM voice v WHERE v.unit_code = u.unit_code ORDER BY v.heard_at LIMIT 1)
			UNION ALL (SELECT v.heard_at FROM voice v WHERE v.unit_code = u.unit_code ORDER BY v.heard_at DESC LIMIT 1)
			UNION ALL (SELECT k.received_at FROM case_clock k WHERE k.unit_code = u.unit_code
				ORDER BY k.received_at LIMIT 1)
		) t (at)) d;

	RETURN QUERY
	WITH RECURSIVE layer (name, depth) AS (
		SELECT calendar, 1
		UNION ALL
		SELECT (SELECT c.parent FROM kam.calendar c WHERE c.calendar = l.name ORDER BY c.builtin LIMIT 1), l.depth + 1
		FROM layer l WHERE l.name IS NOT NULL AND l.depth < 100
	), named AS (
		-- the nearest calendar that says something about the day, and in it the user's row
		SELECT DISTINCT ON (h.day) h.day, h.kind, h.name_th, h.name_en
		FROM kam.calendar_day h JOIN layer l ON l.name = h.calendar
		WHERE h.day BETWEEN first_day AND last_day
		ORDER BY h.day, l.depth, h.builtin
	)
	SELECT g::date, CASE WHEN k.known_from IS NOT NULL THEN kam.is_working_day(g::date, calendar) END,
		CASE WHEN k.known_from IS NOT NULL THEN coalesce(g::date >= k.provisional_from, false) END,
		CASE WHEN n.kind <> 'working' THEN n.name_th END, CASE WHEN n.kind <> 'working' THEN n.name_en END
	FROM generate_series(first_day::timestamp, last_day::timestamp, interval '1 day') g
		LEFT JOIN kam.calendar_horizon(calendar) k ON g::date BETWEEN k.known_from AND k.known_to
		LEFT JOIN named n ON n.day = g::date AND k.known_from IS NOT NULL
	ORDER BY 1;
END $$;

-- ---- dimensions ------------------------------------------------------------

-- (Those that come from no table of the workflow are joined with its one row, which nobody sees whom it does not
-- know.  As a condition of the whole query that would keep the planner from leaving out joins that are not needed.)

CREATE OR REPLACE VIEW dim_date WITH (security_invoker = true) AS
SELECT d.day, to_char(d.day, 'YYYYMMDD')::int AS date_key, y.year, y.year + 543 AS year_be, y.quarter,
	'Q' || y.quarter AS quarter_en, unistr('ไตรมาส ') || y.quarter AS quarter_th,
	to_char(d.day, 'YYYY-MM') AS month_key, date_trunc('month', d.day::timestamp)::date AS month_first_day, y.month,
	split_part(kam.thai_month(d.day, 'long'), ' ', 1) AS month_th, trim(to_char(d.day, 'Month')) AS month_en,
	extract(day FROM d.day)::int AS day_of_month, kam.thai_date(d.day, 'medium') AS day_th, y.weekday,
	substring(kam.thai_date(d.day, 'full') FROM unistr('^วัน(.*?)ที่ ')) AS weekday_th,
	trim(to_char(d.day, 'Day')) AS weekday_en,
	d.is_working_day, d.is_working_day::int AS working_days, d.is_provisional, d.holiday_th, d.holiday_en
FROM _star_days() d CROSS JOIN LATERAL (
	SELECT extract(year FROM d.day)::int AS year, extract(quarter FROM d.day)::int AS quarter,
		extract(month FROM d.day)::int AS month, extract(isodow FROM d.day)::int AS weekday) y;

-- Every unit with the levels above it.  A level that is above its own, or missing, is stood for by the nearest, so
-- that each level adds up to the country.
CREATE OR REPLACE VIEW dim_unit WITH (security_invoker = true) AS
SELECT t.unit_code, t.name_th COLLATE "th-x-icu" AS name_th, t.name_en, t.unit_order, t.kind,
	CASE t.kind WHEN 'hq' THEN unistr('สำนักงานใหญ่') WHEN 'region' THEN unistr('ภาค')
		WHEN 'area' THEN unistr('การไฟฟ้าเขต')
		ELSE unistr('การไฟฟ้า') END AS kind_th,
	CASE t.kind WHEN 'hq' THEN 1 WHEN 'region' THEN 2 WHEN 'area' THEN 3 ELSE 4 END AS kind_order, t.office_class,
	t.area_code, t.area_th COLLATE "th-x-icu" AS area_th, t.area_en,
	min(t.unit_order) OVER (PARTITION BY t.area_code)::int AS area_order,
	t.region_code, t.region_th COLLATE "th-x-icu" AS region_th, t.region_en,
	min(t.unit_order) OVER (PARTITION BY t.region_code)::int AS region_order,
	t.hq_code, t.hq_th COLLATE "th-x-icu" AS hq_th, t.hq_en, t.closed_on,
	t.closed_on IS NULL OR t.closed_on > (SELECT _today()) AS is_open
FROM (
	SELECT u.unit_code, u.kind, u.office_class::int AS office_class, u.name_th, u.name_en, u.closed_on,
		a.unit_code AS area_code, a.name_th AS area_th, a.name_en AS area_en,
		r.unit_code AS region_code, r.name_th AS region_th, r.name_en AS region_en,
		h.unit_code AS hq_code, h.name_th AS hq_th, h.name_en AS hq_en,
		row_number() OVER (ORDER BY r.kind <> 'hq', r.unit_code, a.kind <> 'region', a.unit_code, u.kind = 'office',
			u.name_th COLLATE "th-x-icu", u.unit_code)::int AS unit_order
	FROM unit u
		JOIN unit a ON a.unit_code = CASE u.kind WHEN 'office' THEN u.parent_unit ELSE u.unit_code END
		JOIN unit r ON r.unit_code = CASE a.kind WHEN 'area' THEN a.parent_unit ELSE a.unit_code END
		JOIN unit h ON h.unit_code = CASE r.kind WHEN 'region' THEN r.parent_unit ELSE r.unit_code END) t;

CREATE OR REPLACE VIEW dim_tier WITH (security_invoker = true) AS
SELECT l.label AS tier, _tier_order(l.label) AS tier_order, _tier_order(l.label) || ' ' || l.label AS tier_sorted,
	l.name_th, l.name_en, l.definition_th, l.definition_en,
	kam.weight(l.label::kam.tier, (SELECT extract(year FROM _today())::int)) AS weight, true AS is_key_account
FROM workflow w CROSS JOIN kam.label l WHERE l.type = 'tier'
UNION ALL
SELECT '-', _tier_order('-'), '5 -', unistr('ไม่เป็นลูกค้ารายสำคัญ'), 'no key account',
	unistr('ไม่อยู่ในแผนที่อนุมัติของปีนั้น'), 'In no approved plan of the year.', 0, false
FROM workflow w;

CREATE OR REPLACE VIEW dim_value_class WITH (security_invoker = true) AS
SELECT l.label AS value_class, _value_class_order(l.label) AS value_class_order, l.name_th, l.name_en
FROM workflow w CROSS JOIN kam.label l WHERE l.type = 'value_class'
UNION ALL
SELECT '-', _value_class_order('-'), unistr('ไม่มีกลุ่มมูลค่า'), 'no value class' FROM workflow w;

-- Accounts that a fact of the reader's names, but which now belong to a unit that they do not read, stand here with
-- their number only.
CREATE OR REPLACE VIEW dim_account WITH (security_invoker = true) AS
SELECT a.account_id, a.name_th COLLATE "th-x-icu" AS name_th, coalesce(a.name_en, a.name_th) AS name_en, a.business,
	a.unit_code,
	a.parent_account, coalesce(t.tier, '-') AS tier, _tier_order(coalesce(t.tier, '-')) AS tier_order,
	coalesce(t.staff_id, '-') AS staff_id, coalesce(f.value_class, '-') AS value_class,
	_value_class_order(coalesce(f.value_class, '-')) AS value_class_order, r.level::int AS relationship_level,
	r.name_th AS relationship_th, r.name_en AS relationship_en, a.opened_on, a.closed_on,
	a.closed_on IS NULL OR a.closed_on > (SELECT _today()) AS is_open, true AS is_visible
FROM account a
	LEFT JOIN (
		SELECT DISTINCT ON (s.account_id) s.account_id, s.tier::text AS tier, m.staff_id
		FROM selection s
			LEFT JOIN assignment m ON m.selection_id = s.selection_id AND m.ended_on IS NULL
				AND m.responsibility <> 'area'
		WHERE s.plan_id = ANY ((SELECT _plans_in_force())::bigint[]) AND s.status = 'selected' AND s.ended_on IS NULL
		ORDER BY s.account_id, s.plan_year DESC, s.selection_id DESC,
			m.assignment_id DESC) t ON t.account_id = a.account_id
	LEFT JOIN (
		SELECT DISTINCT ON (n.account_id) n.account_id, n.value_class::text AS value_class
		FROM account_fact n ORDER BY n.account_id, n.plan_year DESC) f ON f.account_id = a.account_id
	LEFT JOIN relationship_now r ON r.account_id = a.account_id
UNION ALL
SELECT e.account_id, e.account_id COLLATE "th-x-icu", e.account_id, NULL, NULL, NULL, '-', _tier_order('-'), '-', '-',
	_value_class_order('-'),
	NULL, NULL, NULL, NULL, NULL, NULL, false
FROM (
	SELECT s.account_id FROM selection s
	UNION SELECT v.account_id FROM activity v
	UNION SELECT c.account_id FROM contact c
	UNION SELECT c.account_id FROM service_case c
	UNION SELECT v.account_id FROM voice v
	UNION SELECT r.account_id FROM survey_response r) e
WHERE NOT (SELECT _reads_all()) AND NOT EXISTS (SELECT FROM account a WHERE a.account_id = e.account_id);

-- Whoever a fact of the reader's names; those of units that they do not read stand here with their number only.
CREATE OR REPLACE VIEW dim_staff WITH (security_invoker = true) AS
SELECT s.staff_id, s.name_th COLLATE "th-x-icu" AS name_th, coalesce(s.name_en, s.name_th) AS name_en, s.position,
	s.unit_code,
	coalesce(k.level, '-') AS kamr_level,
	CASE k.level WHEN 'hq' THEN 1 WHEN 'area' THEN 2 WHEN 'senior' THEN 3 WHEN 'office' THEN 4 ELSE 5 END
		AS kamr_level_order,
	s.hire_date AS hired_on, s.left_on, s.left_on IS NOT NULL AND s.left_on <= (SELECT _today()) AS has_left,
	true AS is_visible
FROM staff s
	LEFT JOIN (
		SELECT DISTINCT ON (k.staff_id) k.staff_id, k.level
		FROM kamr k
		WHERE k.plan_id = ANY ((SELECT _plans_in_force())::bigint[]) AND k.ended_on IS NULL
		ORDER BY k.staff_id, k.plan_year DESC, k.kamr_id DESC) k ON k.staff_id = s.staff_id
UNION ALL
SELECT e.staff_id, e.staff_id COLLATE "th-x-icu", e.staff_id, NULL, NULL, '-', 5, NULL, NULL, NULL, false
FROM (
	SELECT a.staff_id FROM assignment a
	UNION SELECT k.staff_id FROM kamr k
	UNION SELECT v.done_by FROM activity v WHERE v.done_by IS NOT NULL
	UNION SELECT c.staff_id FROM contact c
	UNION SELECT k.answered_by FROM case_clock k WHERE k.answered_by IS NOT NULL
	UNION SELECT v.recorded_by FROM voice v) e
WHERE NOT (SELECT _reads_all()) AND NOT EXISTS (SELECT FROM staff s WHERE s.staff_id = e.staff_id)
UNION ALL
SELECT '-', unistr('ไม่มี') COLLATE "th-x-icu", 'nobody', NULL, NULL, '-', 5, NULL, NULL, false, true
FROM workflow w;

CREATE OR REPLACE VIEW dim_channel WITH (security_invoker = true) AS
SELECT c.channel, c.name_th COLLATE "th-x-icu" AS name_th, c.name_en FROM channel c;

CREATE OR REPLACE VIEW dim_voice_kind WITH (security_invoker = true) AS
SELECT k.kind AS voice_kind, k.name_th COLLATE "th-x-icu" AS name_th, k.name_en, k.section,
	coalesce(array_position(ARRAY['need', 'requirement', 'expectation', 'problem', 'complaint', 'outage'], k.kind), 7)
		AS voice_kind_order
FROM voice_kind k;

CREATE OR REPLACE VIEW dim_step WITH (security_invoker = true) AS
SELECT DISTINCT ON (s.step) s.step, s.name_th, s.name_en, s.section
FROM workflow w CROSS JOIN kam.process_step s
ORDER BY s.step, s.builtin, s.period;

CREATE OR REPLACE VIEW dim_measure WITH (security_invoker = true) AS
SELECT m.measure, m.ordinal::int AS measure_order, m.title_th AS name_th, m.title_en AS name_en, m.section,
	m.unit AS unit_of_value,
	m.better
FROM kpi_measure m;

-- What can be said of anything that is due.
CREATE OR REPLACE VIEW dim_state WITH (security_invoker = true) AS
SELECT s.state, s.state_order, s.name_th, s.name_en, s.is_over
FROM workflow w CROSS JOIN (VALUES
	('met', 1, unistr('ทันกำหนด'), 'in time', true),
	('met late', 2, unistr('ล่าช้า'), 'late', true),
	('overdue', 3, unistr('เกินกำหนด'), 'overdue', false),
	('due soon', 4, unistr('ใกล้ครบกำหนด'), 'due soon', false),
	('due', 5, unistr('ยังไม่ครบกำหนด'), 'not due yet', false),
	('paused', 6, unistr('หยุดนับเวลา'), 'clock stopped', false),
	('due day unknown', 7, unistr('ยังไม่ทราบวันครบกำหนด'), 'due day not known yet', false),
	('no answer asked', 8, unistr('ไม่ต้องตอบ'), 'no answer asked', true),
	('dropped', 9, unistr('ตัดออกจากแผน'), 'dropped from the plan', true)
	) s (state, state_order, name_th, name_en, is_over);

-- ---- facts -----------------------------------------------------------------

-- Activities of approved plans (step 4, KPI 1).  What an amendment dropped is here and counts nothing.
CREATE OR REPLACE VIEW fact_activity WITH (security_invoker = true) AS
SELECT v.activity_id, v.plan_year, v.due_on, v.unit_code, v.account_id, coalesce(k.staff_id, '-') AS staff_id,
	coalesce(v.done_by, '-') AS done_by, coalesce(t.tier::text, '-') AS tier,
	_tier_order(coalesce(t.tier::text, '-')) AS tier_order, v.activity, v.result,
	CASE WHEN NOT i.is_in_force THEN 'dropped'
		WHEN v.done_at IS NOT NULL THEN CASE WHEN kam.on_time(v.due_on, v.done_at) THEN 'met' ELSE 'met late' END
		WHEN v.due_on < (SELECT _today()) THEN 'overdue' ELSE 'due' END AS state,
	v.done_at, kam.bangkok_date(v.done_at) AS done_on, i.is_in_force, i.is_in_force::int AS activities,
	i.is_due::int AS due,
	(i.is_due AND i.was_done)::int AS done,
	(i.is_due AND i.was_done AND kam.on_time(v.due_on, v.done_at))::int AS done_in_time,
	(i.is_in_force AND v.done_at IS NOT NULL)::int AS completed, CASE WHEN i.is_due THEN i.was_done END AS is_done
FROM activity v JOIN _approved_plan p USING (plan_year, plan_id)
	CROSS JOIN LATERAL (
		SELECT v.ended_on IS NULL AS is_in_force, v.ended_on IS NULL AND v.due_on <= p.through AS is_due,
			coalesce(v.done_at < _midnight(p.through + 1), false) AS was_done) i
	LEFT JOIN _tier_of_year t ON t.plan_year = v.plan_year AND t.account_id = v.account_id
	LEFT JOIN _keeper k ON k.plan_year = v.plan_year AND k.unit_code = v.unit_code AND k.account_id = v.account_id
		AND k.from_day <= v.due_on AND v.due_on < k.until_day;

-- Contacts, and whether they were recorded within the 7 days (step 5).
CREATE OR REPLACE VIEW fact_contact WITH (security_invoker = true) AS
SELECT c.contact_id, c.plan_year, kam.bangkok_date(c.happened_at) AS happened_on, c.unit_code, c.account_id, c.staff_id,
	c.channel, coalesce(t.tier::text, '-') AS tier, _tier_order(coalesce(t.tier::text, '-')) AS tier_order, c.subject,
	c.happened_at,
	c.recorded_at, kam.bangkok_date(c.recorded_at) AS recorded_on, 1 AS contacts,
	(c.activity_id IS NOT NULL)::int AS planned_contacts, _in_time(c.days_late)::int AS recorded_in_time,
	coalesce(c.days_late, 0) AS days_late, _in_time(c.days_late) AS is_recorded_in_time
FROM contact c
	LEFT JOIN _tier_of_year t ON t.plan_year = c.plan_year AND t.account_id = c.account_id;

-- Cases, a row each time the 5 working days began; one without them where no answer was asked (step 4).
CREATE OR REPLACE VIEW fact_case WITH (security_invoker = true) AS
SELECT k.case_id, k.clock_no, k.plan_year, kam.bangkok_date(k.received_at) AS received_on, k.unit_code, k.account_id,
	coalesce(o.staff_id, '-') AS staff_id, coalesce(k.answered_by, '-') AS answered_by, k.kind AS voice_kind, k.channel,
	coalesce(t.tier::text, '-') AS tier, _tier_order(coalesce(t.tier::text, '-')) AS tier_order, k.subject,
	CASE WHEN k.clock_id IS NULL THEN 'no answer asked'
		WHEN k.answered_at IS NOT NULL
			THEN CASE WHEN coalesce(kam.on_time(k.due_on, k.answered_at), true) THEN 'met' ELSE 'met late' END
		WHEN k.is_paused THEN 'paused'
		WHEN k.due_on IS NULL THEN 'due day unknown'
		WHEN k.due_on < (SELECT _today()) THEN 'overdue' ELSE 'due' END AS state,
	k.urgent AS is_urgent, k.received_at, k.due_on, extract(year FROM k.due_on)::int AS due_year, k.answered_at,
	kam.bangkok_date(k.answered_at) AS answered_on,
	k.closed_at, kam.bangkok_date(k.closed_at) AS closed_on, (k.clock_no <= 1)::int AS cases,
	(k.clock_no <= 1 AND k.urgent)::int AS urgent_cases, (k.clock_no <= 1 AND k.closed_at IS NULL)::int AS open_cases,
	(k.clock_id IS NOT NULL)::int AS clocks,
	coalesce(k.due_on <= (SELECT _today()), false)::int AS due,
	coalesce(k.due_on <= (SELECT _today()) AND kam.on_time(k.due_on, k.answered_at), false)::int AS answered_in_time,
	(k.answered_at IS NOT NULL)::int AS answered, kam.bangkok_date(k.answered_at) - kam.bangkok_date(k.received_at)
		AS days_to_answer, coalesce(e.escalations, 0) AS escalations,
		coalesce(e.escalation_level, 0) AS escalation_level,
	CASE WHEN k.due_on <= (SELECT _today()) THEN coalesce(kam.on_time(k.due_on, k.answered_at), false) END
		AS is_answered_in_time
FROM (
		SELECT c.case_id, l.clock_id, CASE WHEN l.clock_id IS NULL THEN 0
				ELSE row_number() OVER (PARTITION BY c.case_id ORDER BY l.clock_id)::int END AS clock_no,
			extract(year FROM kam.bangkok_date(coalesce(l.received_at, c.received_at)))::int AS plan_year,
			coalesce(l.received_at, c.received_at) AS received_at, coalesce(l.unit_code, c.unit_code) AS unit_code,
			c.account_id,
			c.kind, c.channel, c.subject, c.urgent, c.closed_at, l.due_on,
			coalesce(l.due_on, kam.bangkok_date(coalesce(l.received_at, c.received_at))) AS keeper_day, l.answered_at,
			l.answered_by,
			coalesce(l.clock_id IN (SELECT z.clock_id FROM case_pause z WHERE z.to_at IS NULL), false) AS is_paused
		FROM service_case c LEFT JOIN case_clock l ON l.case_id = c.case_id) k
	LEFT JOIN (
		SELECT x.case_id, coalesce(x.clock_id, 0) AS clock_id, count(*)::int AS escalations,
			max(x.level)::int AS escalation_level
		FROM case_escalation x GROUP BY 1, 2) e ON e.case_id = k.case_id AND e.clock_id = coalesce(k.clock_id, 0)
	LEFT JOIN _tier_of_year t ON t.plan_year = k.plan_year AND t.account_id = k.account_id
	LEFT JOIN _keeper o ON o.plan_year = extract(year FROM k.keeper_day)::int AND o.unit_code = k.unit_code
		AND o.account_id = k.account_id AND o.from_day <= k.keeper_day AND k.keeper_day < o.until_day;

-- What customers said (VOC-60-001), and whether it was recorded within the 7 days.
CREATE OR REPLACE VIEW fact_voice WITH (security_invoker = true) AS
SELECT v.voice_id, v.plan_year, kam.bangkok_date(v.heard_at) AS heard_on, v.unit_code, v.account_id,
	v.recorded_by AS staff_id,
	v.kind AS voice_kind, v.channel, coalesce(t.tier::text, '-') AS tier,
	_tier_order(coalesce(t.tier::text, '-')) AS tier_order,
	v.listening, v.topic, v.content, v.heard_at, v.recorded_at, kam.bangkok_date(v.recorded_at) AS recorded_on,
	1 AS voices, (v.case_id IS NOT NULL)::int AS voices_of_cases, _in_time(v.days_late)::int AS recorded_in_time,
	coalesce(v.days_late, 0) AS days_late, _in_time(v.days_late) AS is_recorded_in_time
FROM voice v
	LEFT JOIN _tier_of_year t ON t.plan_year = v.plan_year AND t.account_id = v.account_id;

-- Answers to surveys (step 8, KPI 2).
CREATE OR REPLACE VIEW fact_survey_response WITH (security_invoker = true) AS
SELECT r.response_id, y.plan_year, r.counted_on, r.unit_code, r.account_id, coalesce(k.staff_id, '-') AS staff_id,
	r.survey_id, s.kind AS survey_kind, s.title AS survey, r.measure, coalesce(t.tier::text, '-') AS tier,
	_tier_order(coalesce(t.tier::text, '-')) AS tier_order, r.responded_on, r.scale, r.score,
	round(100 * r.score / r.scale, 4) AS percent_of_scale, 1 AS responses,
	kam.top_two_box(r.score, r.scale)::int AS top_two_box, kam.top_two_box(r.score, r.scale) AS is_top_two_box
FROM _star_years() y CROSS JOIN LATERAL _kpi_response(y.plan_year) r JOIN survey s ON s.survey_id = r.survey_id
	LEFT JOIN _tier_of_year t ON t.plan_year = y.plan_year AND t.account_id = r.account_id
	LEFT JOIN _keeper k ON k.plan_year = y.plan_year AND k.unit_code = r.unit_code AND k.account_id = r.account_id
		AND k.from_day <= r.counted_on AND r.counted_on < k.until_day;

-- What was decided on each account that could become a key account (step 1, CRM-KAM-001).
CREATE OR REPLACE VIEW fact_selection WITH (security_invoker = true) AS
SELECT s.selection_id, s.plan_year, kam.bangkok_date(s.proposed_at) AS proposed_on, s.unit_code, s.account_id,
	coalesce(k.staff_id, '-') AS staff_id, s.tier::text AS tier, _tier_order(s.tier::text) AS tier_order,
	coalesce(s.value_class::text, '-') AS value_class, _value_class_order(s.value_class::text) AS value_class_order,
	s.basis, s.status, s.reason, a.plan_id IS NOT NULL AS is_approved, s.ended_on, s.criteria::text AS criteria,
	(s.criteria @> '{voltage}')::int AS voltage, (s.criteria @> '{monthly_bill}')::int AS monthly_bill,
	(s.criteria @> '{spp_risk}')::int AS spp_risk, (s.criteria @> '{self_generation}')::int AS self_generation,
	(s.criteria @> '{related_business}')::int AS related_business,
	(s.criteria @> '{national_strategy}')::int AS national_strategy,
	(s.criteria @> '{nationwide_network}')::int AS nationwide_network,
	(s.criteria @> '{corporate_image}')::int AS corporate_image,
	(s.criteria @> '{outage_damage}')::int AS outage_damage,
	(s.criteria @> '{existing_key_account}')::int AS existing_key_account,
	(s.criteria @> '{discretionary}')::int AS discretionary, i.is_in_force, i.is_in_force::int AS key_accounts,
	CASE WHEN i.is_in_force THEN kam.weight(s.tier, s.plan_year,
		(SELECT max(r.rule_set) FROM kam.rule_set r WHERE r.rule_set = a.rule_set)) ELSE 0 END AS weight,
	(s.status = 'eligible' AND s.ended_on IS NULL)::int AS undecided,
	(s.status = 'left_out' AND s.ended_on IS NULL)::int AS left_out
FROM selection s
	LEFT JOIN _approved_plan a ON a.plan_year = s.plan_year AND a.plan_id = s.plan_id
	CROSS JOIN LATERAL (SELECT s.status = 'selected' AND a.plan_id IS NOT NULL AND s.ended_on IS NULL AS is_in_force) i
	LEFT JOIN (
		SELECT DISTINCT ON (m.selection_id) m.selection_id, m.staff_id
		FROM assignment m WHERE m.responsibility <> 'area'
		ORDER BY m.selection_id, m.ended_on DESC NULLS FIRST,
			m.assignment_id DESC) k ON k.selection_id = s.selection_id;

-- What each key account manager carries by the approved plans, at the end of the year or today (6.1.2.1), and those who
-- are appointed and carry nothing; at the unit that appointed them.
CREATE OR REPLACE VIEW fact_portfolio WITH (security_invoker = true) AS
SELECT c.plan_year, c.day, c.unit_code, c.staff_id, kam.count(c.portfolio, 'Strategic')::int AS strategic,
	kam.count(c.portfolio, 'Star')::int AS star, kam.count(c.portfolio, 'Status')::int AS status_tier,
	kam.count(c.portfolio, 'Streamline')::int AS streamline, c.accounts, c.weight, c.minimum AS min_weight,
	c.maximum AS max_weight, CASE WHEN c.accounts = 0 THEN 'none' WHEN c.weight < c.minimum THEN 'below'
		WHEN c.weight > c.maximum THEN 'above' ELSE 'within' END AS band,
	CASE WHEN c.accounts = 0 THEN 1 WHEN c.weight < c.minimum THEN 2 WHEN c.weight > c.maximum THEN 4 ELSE 3 END
		AS band_order,
	1 AS kamrs, (c.accounts > 0)::int AS loaded_kamrs,
	(c.accounts > 0 AND c.weight BETWEEN c.minimum AND c.maximum)::int AS kamrs_within_band,
	CASE WHEN c.accounts > 0 THEN c.weight BETWEEN c.minimum AND c.maximum END AS is_within_band
FROM (
	SELECT plan_year, staff_id, coalesce(l.day, h.through) AS day, coalesce(l.unit_code, h.unit_code) AS unit_code,
		coalesce(l.portfolio, '{}') AS portfolio, coalesce(l.weight, 0) AS weight,
		coalesce(l.minimum, h.minimum) AS minimum,
		coalesce(l.maximum, h.maximum) AS maximum,
		coalesce(kam.count(l.portfolio, 'Strategic') + kam.count(l.portfolio, 'Star')
			+ kam.count(l.portfolio, 'Status') + kam.count(l.portfolio, 'Streamline'), 0)::int AS accounts
	FROM (
		SELECT y.plan_year, c.*
		FROM _star_years() y CROSS JOIN LATERAL _kpi_load(y.plan_year, ARRAY[y.through]) c) l
	FULL JOIN (
		SELECT k.plan_year, k.staff_id, a.through, min(k.unit_code) AS unit_code, max(r.portfolio_min) AS minimum,
			max(r.portfolio_max) AS maximum
		FROM kamr k JOIN _approved_plan a USING (plan_year, plan_id)
			JOIN kam.rule_set r ON r.rule_set = a.rule_set AND (NOT r.builtin
				OR NOT EXISTS (SELECT FROM kam.rule_set o WHERE o.rule_set = r.rule_set AND NOT o.builtin))
		WHERE k.level <> 'area' AND k.ended_on IS NULL
			-- whose assignments the reader sees
			AND (k.unit_code = ANY ((SELECT _readable_units())::text[])
				OR NOT row_security_active('assignment'::regclass))
		GROUP BY k.plan_year, k.staff_id, a.through) h USING (plan_year, staff_id)) c;

-- The deadlines of the process, and how they are kept (section 5).
CREATE OR REPLACE VIEW fact_deadline WITH (security_invoker = true) AS
SELECT d.deadline_id, y.plan_year, d.due_on, d.unit_code, d.step::int AS step, coalesce(d.period, '-') AS period,
	d.state,
	d.met_at, kam.bangkok_date(d.met_at) AS met_on, 1 AS deadlines, (d.met_at IS NOT NULL)::int AS met,
	(d.state = 'met')::int AS met_in_time, (d.state = 'overdue')::int AS overdue,
	(d.met_at IS NOT NULL OR d.due_on < (SELECT _today()))::int AS decided,
	CASE WHEN d.met_at IS NOT NULL OR d.due_on < (SELECT _today()) THEN d.state = 'met' END AS is_met_in_time
FROM _star_years() y CROSS JOIN LATERAL _deadline_status(y.plan_year) d;

-- The KPIs as they are reported, on every level and for every month, quarter and year: finished figures, of which one
-- level and one kind of period is looked at.
CREATE OR REPLACE VIEW fact_kpi WITH (security_invoker = true) AS
SELECT f.measure, f.plan_year, CASE WHEN f.month = 0 THEN make_date(f.plan_year - 1, 12, 31)
		ELSE (make_date(f.plan_year, coalesce(f.month, 3 * f.quarter, 12), 1) + interval '1 month - 1 day')::date
		END AS period_end_on,
	CASE WHEN f.month IS NOT NULL THEN 'month' WHEN f.quarter IS NOT NULL THEN 'quarter' ELSE 'year' END AS period_kind,
	coalesce(f.period, 'year') AS period, f.level,
	array_position(ARRAY['country', 'region', 'area', 'area_own', 'office', 'hq', 'kamr'], f.level) AS level_order,
	coalesce(f.unit_code, (SELECT _headquarters())) AS unit_code, coalesce(f.staff_id, '-') AS staff_id,
	kam.done(f.rate) AS done, kam.due(f.rate) AS due, kam.responses(f.satisfaction) AS responses,
	kam.total(f.satisfaction) AS score_sum, f.scale, kam.count(f.portfolio, 'Strategic') AS strategic,
	kam.count(f.portfolio, 'Star') AS star, kam.count(f.portfolio, 'Status') AS status_tier, f.weight, f.value,
	f.percent,
	trim_scale(f.target) AS target, f.attained AS is_attained, f.attained::int AS attained
FROM _star_years() y CROSS JOIN LATERAL kpi_figures(y.plan_year) f;

GRANT SELECT ON dim_date, dim_unit, dim_tier, dim_value_class, dim_account, dim_staff, dim_channel,
	dim_voice_kind, dim_step, dim_measure, dim_state, fact_activity, fact_contact, fact_case, fact_voice,
	fact_survey_response, fact_selection, fact_portfolio, fact_deadline, fact_kpi, _approved_plan, _tier_of_year,
	_keeper TO PUBLIC;

COMMENT ON VIEW dim_date IS
U&'ปฏิทิน วันละแถว — Calendar: a row for each day, from November before the first plan year to January after the last, and whatever else a fact names.';
COMMENT ON COLUMN dim_date.day IS
U&'วันที่ (คีย์) — The day: key of this dimension, and what the …_on columns of facts join.';
COMMENT ON COLUMN dim_date.date_key IS U&'วันที่เป็นตัวเลข ปปปปดดวว (ค.ศ.) — The day as a number, 20270131.';
COMMENT ON COLUMN dim_date.year IS U&'ปี ค.ศ. — Year of the common era; the plan year of what happens on that day.';
COMMENT ON COLUMN dim_date.year_be IS U&'ปี พ.ศ. — Year of the Buddhist era.';
COMMENT ON COLUMN dim_date.quarter IS U&'ไตรมาส 1-4 — Quarter, 1 to 4.';
COMMENT ON COLUMN dim_date.quarter_en IS U&'ชื่อไตรมาสภาษาอังกฤษ — Quarter in English: Q1.';
COMMENT ON COLUMN dim_date.quarter_th IS U&'ชื่อไตรมาสภาษาไทย — Quarter in Thai.';
COMMENT ON COLUMN dim_date.month_key IS
U&'ปีและเดือน ค.ศ. เรียงตามเวลาได้ — Year and month as text that sorts by time: 2027-01.';
COMMENT ON COLUMN dim_date.month_first_day IS U&'วันแรกของเดือน — First day of the month, for time axes.';
COMMENT ON COLUMN dim_date.month IS U&'เดือน 1-12 — Month, 1 to 12; sorts month_th and month_en.';
COMMENT ON COLUMN dim_date.month_th IS U&'ชื่อเดือนภาษาไทย — Month in Thai.';
COMMENT ON COLUMN dim_date.month_en IS U&'ชื่อเดือนภาษาอังกฤษ — Month in English.';
COMMENT ON COLUMN dim_date.day_th IS U&'วันที่แบบไทย พ.ศ. — The day in Thai, of the Buddhist era.';
COMMENT ON COLUMN dim_date.day_of_month IS U&'วันที่ในเดือน — Day of the month, 1 to 31.';
COMMENT ON COLUMN dim_date.weekday IS
U&'วันในสัปดาห์ 1 คือวันจันทร์ — Day of the week, 1 is Monday; sorts weekday_th and weekday_en.';
COMMENT ON COLUMN dim_date.weekday_th IS U&'ชื่อวันภาษาไทย — Day of the week in Thai.';
COMMENT ON COLUMN dim_date.weekday_en IS U&'ชื่อวันภาษาอังกฤษ — Day of the week in English.';
COMMENT ON COLUMN dim_date.is_working_day IS
U&'เป็นวันทำการหรือไม่ — Whether it is a working day of the workflow''s calendar; NULL where the calendar does not know yet.';
COMMENT ON COLUMN dim_date.working_days IS
U&'วันทำการ (0 หรือ 1) — 1 on a working day, to be added up; NULL where the calendar does not know yet.';
COMMENT ON COLUMN dim_date.is_provisional IS
U&'ยังไม่ประกาศครบหรือไม่ — Whether the holidays of its year are not all announced yet; NULL where the calendar does not know.';
COMMENT ON COLUMN dim_date.holiday_th IS U&'ชื่อวันหยุดภาษาไทย — Name of the holiday in Thai; NULL on others.';
COMMENT ON COLUMN dim_date.holiday_en IS U&'ชื่อวันหยุดภาษาอังกฤษ — Name of the holiday in English; NULL on others.';
COMMENT ON VIEW dim_unit IS
U&'หน่วยงานพร้อมหน่วยงานเหนือขึ้นไปทุกระดับ — Units, each with the area, region and headquarters above it, so that every level adds up to the country.';
COMMENT ON COLUMN dim_unit.unit_code IS U&'รหัสหน่วยงาน (คีย์) — Code of the unit: key of this dimension.';
COMMENT ON COLUMN dim_unit.name_th IS
U&'ชื่อภาษาไทย เรียงตามพจนานุกรม — Name in Thai; sorts by the Royal Institute''s order.';
COMMENT ON COLUMN dim_unit.name_en IS U&'ชื่อภาษาอังกฤษ — Name in English.';
COMMENT ON COLUMN dim_unit.unit_order IS
U&'ลำดับตามโครงสร้าง — Order in the tree: headquarters first, each unit before those below it.';
COMMENT ON COLUMN dim_unit.kind IS U&'ชนิดของหน่วยงาน — Kind of unit: hq, region, area, office.';
COMMENT ON COLUMN dim_unit.kind_th IS U&'ชื่อชนิดภาษาไทย — Kind of unit in Thai.';
COMMENT ON COLUMN dim_unit.kind_order IS U&'ลำดับของชนิด — Order of the kinds, headquarters first.';
COMMENT ON COLUMN dim_unit.office_class IS U&'ชั้นของการไฟฟ้า 1-3 — Class of an office, 1 to 3; NULL for other units.';
COMMENT ON COLUMN dim_unit.area_code IS U&'รหัสการไฟฟ้าเขต — Area of the unit; a region or headquarters is its own.';
COMMENT ON COLUMN dim_unit.area_th IS U&'ชื่อเขตภาษาไทย — Name of that area in Thai.';
COMMENT ON COLUMN dim_unit.area_en IS U&'ชื่อเขตภาษาอังกฤษ — Name of that area in English.';
COMMENT ON COLUMN dim_unit.area_order IS U&'ลำดับของเขต — Order of the areas.';
COMMENT ON COLUMN dim_unit.region_code IS U&'รหัสภาค — Region of the unit; headquarters is its own.';
COMMENT ON COLUMN dim_unit.region_th IS U&'ชื่อภาคภาษาไทย — Name of that region in Thai.';
COMMENT ON COLUMN dim_unit.region_en IS U&'ชื่อภาคภาษาอังกฤษ — Name of that region in English.';
COMMENT ON COLUMN dim_unit.region_order IS U&'ลำดับของภาค — Order of the regions, after headquarters.';
COMMENT ON COLUMN dim_unit.hq_code IS U&'รหัสสำนักงานใหญ่ — Headquarters: the whole country.';
COMMENT ON COLUMN dim_unit.hq_th IS U&'ชื่อสำนักงานใหญ่ภาษาไทย — Name of headquarters in Thai.';
COMMENT ON COLUMN dim_unit.hq_en IS U&'ชื่อสำนักงานใหญ่ภาษาอังกฤษ — Name of headquarters in English.';
COMMENT ON COLUMN dim_unit.closed_on IS U&'วันที่ปิดหน่วยงาน — First day on which the unit is no more.';
COMMENT ON COLUMN dim_unit.is_open IS U&'ยังเปิดอยู่หรือไม่ — Whether the unit is there today.';
COMMENT ON VIEW dim_tier IS U&'ระดับลูกค้ารายสำคัญ — Tiers, and - for what is no key account.';
COMMENT ON COLUMN dim_tier.tier IS U&'ระดับ (คีย์) — Tier as text: key of this dimension; - is no key account.';
COMMENT ON COLUMN dim_tier.tier_order IS U&'ลำดับของระดับ — Order, Strategic first; sorts by this.';
COMMENT ON COLUMN dim_tier.tier_sorted IS
U&'ระดับที่เรียงตามตัวอักษรได้ถูกต้อง — Tier behind its order, for tools that sort by the text only: 1 Strategic.';
COMMENT ON COLUMN dim_tier.name_th IS U&'ชื่อภาษาไทย — Name in Thai.';
COMMENT ON COLUMN dim_tier.name_en IS U&'ชื่อภาษาอังกฤษ — Name in English.';
COMMENT ON COLUMN dim_tier.definition_th IS U&'นิยามภาษาไทย — Definition in the words of the manual.';
COMMENT ON COLUMN dim_tier.definition_en IS U&'นิยามภาษาอังกฤษ — Definition in English.';
COMMENT ON COLUMN dim_tier.weight IS
U&'ค่าถ่วงน้ำหนักของปีนี้ — Weight of one account by this year''s rule set (6.1.2.1); what counted in a plan year stands in the facts.';
COMMENT ON COLUMN dim_tier.is_key_account IS U&'เป็นลูกค้ารายสำคัญหรือไม่ — False for - only.';
COMMENT ON VIEW dim_value_class IS U&'กลุ่มมูลค่าลูกค้า — Value classes, and - for none.';
COMMENT ON COLUMN dim_value_class.value_class IS
U&'กลุ่มมูลค่า (คีย์) — Value class as text: key of this dimension; - is none.';
COMMENT ON COLUMN dim_value_class.value_class_order IS U&'ลำดับของกลุ่ม — Order, High first.';
COMMENT ON COLUMN dim_value_class.name_th IS U&'ชื่อภาษาไทย — Name in Thai.';
COMMENT ON COLUMN dim_value_class.name_en IS U&'ชื่อภาษาอังกฤษ — Name in English.';
COMMENT ON VIEW dim_account IS
U&'ลูกค้าตามที่เป็นอยู่วันนี้ — Accounts as they are today; what held in a plan year stands in the facts.';
COMMENT ON COLUMN dim_account.account_id IS U&'รหัสลูกค้า (คีย์) — Number of the account: key of this dimension.';
COMMENT ON COLUMN dim_account.name_th IS
U&'ชื่อภาษาไทย เรียงตามพจนานุกรม — Name in Thai, sorted by the Royal Institute''s order; the number where the account now belongs to a unit that the reader does not read.';
COMMENT ON COLUMN dim_account.name_en IS U&'ชื่อภาษาอังกฤษ — Name in English, in Thai where there is none.';
COMMENT ON COLUMN dim_account.business IS U&'ประเภทธุรกิจ — Its business.';
COMMENT ON COLUMN dim_account.unit_code IS
U&'หน่วยงานที่ดูแลวันนี้ — Unit that it belongs to today; facts have the unit in which they happened. NULL: see is_visible.';
COMMENT ON COLUMN dim_account.parent_account IS U&'ลูกค้าแม่ของเครือข่าย — Head of the network that it is a site of.';
COMMENT ON COLUMN dim_account.tier IS
U&'ระดับตามแผนที่ใช้อยู่ — Tier of the plan in force; - where it is no key account today.';
COMMENT ON COLUMN dim_account.tier_order IS U&'ลำดับของระดับ — Order of the tier, Strategic first.';
COMMENT ON COLUMN dim_account.staff_id IS U&'ผู้ดูแลวันนี้ — Who keeps it today; - is nobody.';
COMMENT ON COLUMN dim_account.value_class IS U&'กลุ่มมูลค่าล่าสุด — Value class as last recorded; - is none.';
COMMENT ON COLUMN dim_account.value_class_order IS U&'ลำดับของกลุ่มมูลค่า — Order of the value class, High first.';
COMMENT ON COLUMN dim_account.relationship_level IS
U&'ระดับความสัมพันธ์ล่าสุด 1-6 — Relationship as last judged, 1 to 6.';
COMMENT ON COLUMN dim_account.relationship_th IS U&'ชื่อระดับความสัมพันธ์ภาษาไทย — That level in Thai.';
COMMENT ON COLUMN dim_account.relationship_en IS U&'ชื่อระดับความสัมพันธ์ภาษาอังกฤษ — That level in English.';
COMMENT ON COLUMN dim_account.opened_on IS U&'วันที่เริ่มเป็นลูกค้า — Day on which it was opened.';
COMMENT ON COLUMN dim_account.closed_on IS U&'วันที่เลิกเป็นลูกค้า — Day on which it was closed.';
COMMENT ON COLUMN dim_account.is_open IS U&'ยังเปิดอยู่หรือไม่ — Whether it is open today; NULL: see is_visible.';
COMMENT ON COLUMN dim_account.is_visible IS
U&'ผู้อ่านเห็นข้อมูลลูกค้าหรือไม่ — False for an account that a fact names, but which now belongs to a unit that the reader does not read.';
COMMENT ON VIEW dim_staff IS U&'พนักงาน — Members of staff, also those who have left, and - for nobody.';
COMMENT ON COLUMN dim_staff.staff_id IS
U&'รหัสพนักงาน (คีย์) — Number of the member of staff: key of this dimension; - is nobody.';
COMMENT ON COLUMN dim_staff.name_th IS
U&'ชื่อภาษาไทย เรียงตามพจนานุกรม — Name in Thai, sorted by the Royal Institute''s order; the number where the reader does not see the person.';
COMMENT ON COLUMN dim_staff.name_en IS U&'ชื่อภาษาอังกฤษ — Name in English, in Thai where there is none.';
COMMENT ON COLUMN dim_staff.position IS U&'ตำแหน่ง — Position.';
COMMENT ON COLUMN dim_staff.unit_code IS
U&'หน่วยงานที่สังกัด — Unit that they belong to today; facts have the unit in which they happened.';
COMMENT ON COLUMN dim_staff.kamr_level IS
U&'ระดับพนักงานบริหารลูกค้ารายสำคัญ — As which key account manager they are appointed today: hq, area, senior, office; - is not.';
COMMENT ON COLUMN dim_staff.kamr_level_order IS U&'ลำดับของระดับพนักงาน — Order of these levels.';
COMMENT ON COLUMN dim_staff.hired_on IS U&'วันที่บรรจุ — Day on which they were hired.';
COMMENT ON COLUMN dim_staff.left_on IS U&'วันที่พ้นสภาพ — First day on which they are no more with PEA.';
COMMENT ON COLUMN dim_staff.has_left IS U&'พ้นสภาพแล้วหรือไม่ — Whether they have left.';
COMMENT ON COLUMN dim_staff.is_visible IS
U&'ผู้อ่านเห็นข้อมูลพนักงานหรือไม่ — False for somebody whom a fact names, but who belongs to a unit that the reader does not read.';
COMMENT ON VIEW dim_channel IS U&'ช่องทางการติดต่อ — Channels of contacts, cases and voices.';
COMMENT ON COLUMN dim_channel.channel IS U&'ช่องทาง (คีย์) — Channel: key of this dimension.';
COMMENT ON COLUMN dim_channel.name_th IS U&'ชื่อภาษาไทย — Name in Thai.';
COMMENT ON COLUMN dim_channel.name_en IS U&'ชื่อภาษาอังกฤษ — Name in English.';
COMMENT ON VIEW dim_voice_kind IS U&'ชนิดของเสียงของลูกค้าและกรณี — Kinds of voices and cases.';
COMMENT ON COLUMN dim_voice_kind.voice_kind IS U&'ชนิด (คีย์) — Kind: key of this dimension.';
COMMENT ON COLUMN dim_voice_kind.name_th IS U&'ชื่อภาษาไทย — Name in Thai.';
COMMENT ON COLUMN dim_voice_kind.name_en IS U&'ชื่อภาษาอังกฤษ — Name in English.';
COMMENT ON COLUMN dim_voice_kind.section IS U&'ข้อในคู่มือ — Section of the manual.';
COMMENT ON COLUMN dim_voice_kind.voice_kind_order IS
U&'ลำดับของชนิด — Order: need, requirement, expectation, problem, complaint, outage, then those that were added.';
COMMENT ON VIEW dim_step IS U&'ขั้นตอนของกระบวนการ — The ten steps of the yearly process (section 5).';
COMMENT ON COLUMN dim_step.step IS U&'ขั้นตอน (คีย์) — Number of the step: key of this dimension.';
COMMENT ON COLUMN dim_step.name_th IS U&'ชื่อภาษาไทย — What is to be done, in Thai.';
COMMENT ON COLUMN dim_step.name_en IS U&'ชื่อภาษาอังกฤษ — What is to be done, in English.';
COMMENT ON COLUMN dim_step.section IS U&'ข้อในคู่มือ — Section of the manual.';
COMMENT ON VIEW dim_measure IS U&'ตัวชี้วัด — What the KPIs and surveys measure.';
COMMENT ON COLUMN dim_measure.measure IS U&'ตัวชี้วัด (คีย์) — Measure: key of this dimension.';
COMMENT ON COLUMN dim_measure.measure_order IS U&'ลำดับของตัวชี้วัด — Order.';
COMMENT ON COLUMN dim_measure.name_th IS U&'ชื่อภาษาไทย — Name in Thai.';
COMMENT ON COLUMN dim_measure.name_en IS U&'ชื่อภาษาอังกฤษ — Name in English.';
COMMENT ON COLUMN dim_measure.section IS U&'ข้อในคู่มือ — Section of the manual.';
COMMENT ON COLUMN dim_measure.unit_of_value IS U&'หน่วยของค่า — What fact_kpi.value is in: percent, score, weight.';
COMMENT ON COLUMN dim_measure.better IS U&'ทิศทางที่ดี — higher is better, or within the limits.';
COMMENT ON VIEW dim_state IS U&'สถานะของสิ่งที่มีกำหนดเวลา — States of what is due: activities, cases, deadlines.';
COMMENT ON COLUMN dim_state.state IS U&'สถานะ (คีย์) — State: key of this dimension.';
COMMENT ON COLUMN dim_state.state_order IS U&'ลำดับของสถานะ — Order.';
COMMENT ON COLUMN dim_state.name_th IS U&'ชื่อภาษาไทย — Name in Thai.';
COMMENT ON COLUMN dim_state.name_en IS U&'ชื่อภาษาอังกฤษ — Name in English.';
COMMENT ON COLUMN dim_state.is_over IS U&'จบแล้วหรือไม่ — Whether nothing more is waited for.';
COMMENT ON VIEW fact_activity IS
U&'กิจกรรมตามแผนที่อนุมัติแล้ว — Activities of approved plans, a row each (step 4, KPI 1).';
COMMENT ON COLUMN fact_activity.activity_id IS U&'เลขที่กิจกรรม — Number of the activity.';
COMMENT ON COLUMN fact_activity.plan_year IS U&'ปีแผน (ค.ศ.) — Plan year.';
COMMENT ON COLUMN fact_activity.due_on IS U&'วันครบกำหนด — Day on which it is due: joins dim_date.';
COMMENT ON COLUMN fact_activity.unit_code IS U&'หน่วยงาน — Unit whose plan it is of: joins dim_unit.';
COMMENT ON COLUMN fact_activity.account_id IS U&'รหัสลูกค้า — Account: joins dim_account.';
COMMENT ON COLUMN fact_activity.staff_id IS
U&'ผู้ดูแลลูกค้าในวันครบกำหนด — Who keeps the account on the day that it is due; - is nobody: joins dim_staff.';
COMMENT ON COLUMN fact_activity.done_by IS U&'ผู้ทำ — Who did it; - is nobody: joins dim_staff.';
COMMENT ON COLUMN fact_activity.tier IS U&'ระดับในปีแผน — Tier of the account in the plan year: joins dim_tier.';
COMMENT ON COLUMN fact_activity.tier_order IS U&'ลำดับของระดับ — Order of the tier, Strategic first.';
COMMENT ON COLUMN fact_activity.activity IS U&'กิจกรรม — What is to be done.';
COMMENT ON COLUMN fact_activity.result IS U&'ผลการดำเนินงาน — What came of it.';
COMMENT ON COLUMN fact_activity.state IS U&'สถานะ — State: joins dim_state.';
COMMENT ON COLUMN fact_activity.done_at IS U&'เวลาที่ทำเสร็จ — Moment at which it was done.';
COMMENT ON COLUMN fact_activity.done_on IS U&'วันที่ทำเสร็จ — Day in Bangkok on which it was done; NULL: not yet.';
COMMENT ON COLUMN fact_activity.is_in_force IS
U&'ยังอยู่ในแผนหรือไม่ — False for what an amendment dropped; all its measures are 0.';
COMMENT ON COLUMN fact_activity.activities IS U&'จำนวนกิจกรรม — 1 for an activity in force.';
COMMENT ON COLUMN fact_activity.due IS U&'ครบกำหนดแล้ว — 1 if it was due by today: the denominator of plan success.';
COMMENT ON COLUMN fact_activity.done IS
U&'ทำแล้วในส่วนที่ครบกำหนด — 1 if it was due by today and is done: the numerator of plan success.';
COMMENT ON COLUMN fact_activity.done_in_time IS U&'ทำทันกำหนด — 1 if it was due by today and was done by its day.';
COMMENT ON COLUMN fact_activity.completed IS U&'ทำแล้วทั้งหมด — 1 if it is done, also before its time.';
COMMENT ON COLUMN fact_activity.is_done IS
U&'ทำแล้วหรือไม่ — Whether it is done, NULL if it is not due yet: kam.rate(is_done) is plan success.';
COMMENT ON VIEW fact_contact IS U&'การติดต่อลูกค้า — Contacts with accounts, a row each (step 5).';
COMMENT ON COLUMN fact_contact.contact_id IS U&'เลขที่การติดต่อ — Number of the contact.';
COMMENT ON COLUMN fact_contact.plan_year IS U&'ปีแผน (ค.ศ.) — Plan year.';
COMMENT ON COLUMN fact_contact.happened_on IS U&'วันที่ติดต่อ — Day in Bangkok on which it happened: joins dim_date.';
COMMENT ON COLUMN fact_contact.unit_code IS U&'หน่วยงานในขณะนั้น — Unit in which it happened: joins dim_unit.';
COMMENT ON COLUMN fact_contact.account_id IS U&'รหัสลูกค้า — Account: joins dim_account.';
COMMENT ON COLUMN fact_contact.staff_id IS U&'ผู้ติดต่อ — Who had it: joins dim_staff.';
COMMENT ON COLUMN fact_contact.channel IS U&'ช่องทาง — Channel: joins dim_channel.';
COMMENT ON COLUMN fact_contact.tier IS U&'ระดับในปีแผน — Tier of the account in the plan year: joins dim_tier.';
COMMENT ON COLUMN fact_contact.tier_order IS U&'ลำดับของระดับ — Order of the tier, Strategic first.';
COMMENT ON COLUMN fact_contact.subject IS U&'เรื่อง — Subject.';
COMMENT ON COLUMN fact_contact.happened_at IS U&'เวลาที่ติดต่อ — Moment at which it happened.';
COMMENT ON COLUMN fact_contact.recorded_at IS U&'เวลาที่บันทึก — Moment at which it was recorded.';
COMMENT ON COLUMN fact_contact.recorded_on IS U&'วันที่บันทึก — Day in Bangkok on which it was recorded.';
COMMENT ON COLUMN fact_contact.contacts IS U&'จำนวนการติดต่อ — 1 for each contact.';
COMMENT ON COLUMN fact_contact.planned_contacts IS U&'การติดต่อตามกิจกรรมในแผน — 1 if it was an activity of the plan.';
COMMENT ON COLUMN fact_contact.recorded_in_time IS U&'บันทึกทันภายใน 7 วัน — 1 if it was recorded within the 7 days.';
COMMENT ON COLUMN fact_contact.days_late IS
U&'จำนวนวันที่บันทึกล่าช้า — Days by which it was recorded late; 0 in time.';
COMMENT ON COLUMN fact_contact.is_recorded_in_time IS
U&'บันทึกทันกำหนดหรือไม่ — Whether it was recorded within the 7 days: kam.rate of this is the KPI.';
COMMENT ON VIEW fact_case IS
U&'กรณีของลูกค้าและการตอบแต่ละรอบ — Cases, a row each time the 5 working days began, and one for a case that asked no answer (step 4).';
COMMENT ON COLUMN fact_case.case_id IS U&'เลขที่กรณี — Number of the case.';
COMMENT ON COLUMN fact_case.clock_no IS U&'รอบที่ — Which time of the case: 1, 2, …; 0 where no answer was asked.';
COMMENT ON COLUMN fact_case.plan_year IS U&'ปีแผนที่เริ่มนับ (ค.ศ.) — Plan year in which this time began.';
COMMENT ON COLUMN fact_case.received_on IS
U&'วันที่รับเรื่อง — Day in Bangkok on which it was received, or came up again: joins dim_date.';
COMMENT ON COLUMN fact_case.unit_code IS U&'หน่วยงานในขณะนั้น — Unit in which it was received: joins dim_unit.';
COMMENT ON COLUMN fact_case.account_id IS U&'รหัสลูกค้า — Account: joins dim_account.';
COMMENT ON COLUMN fact_case.staff_id IS
U&'ผู้ดูแลลูกค้าในวันครบกำหนด — Who keeps the account on the day that the answer is due; - is nobody: joins dim_staff.';
COMMENT ON COLUMN fact_case.answered_by IS U&'ผู้ตอบ — Who answered; - is nobody: joins dim_staff.';
COMMENT ON COLUMN fact_case.voice_kind IS U&'ชนิดของเรื่อง — Kind: joins dim_voice_kind.';
COMMENT ON COLUMN fact_case.channel IS U&'ช่องทาง — Channel: joins dim_channel.';
COMMENT ON COLUMN fact_case.tier IS U&'ระดับในปีแผน — Tier of the account in the plan year: joins dim_tier.';
COMMENT ON COLUMN fact_case.tier_order IS U&'ลำดับของระดับ — Order of the tier, Strategic first.';
COMMENT ON COLUMN fact_case.subject IS U&'เรื่อง — Subject.';
COMMENT ON COLUMN fact_case.state IS U&'สถานะ — State of this clock: joins dim_state.';
COMMENT ON COLUMN fact_case.is_urgent IS U&'เร่งด่วนหรือไม่ — Whether the case is urgent.';
COMMENT ON COLUMN fact_case.received_at IS U&'เวลาที่รับเรื่อง — Moment at which it was received.';
COMMENT ON COLUMN fact_case.due_on IS
U&'วันครบกำหนดตอบ — Last of the 5 working days; NULL where none is asked, or the calendar does not know it yet.';
COMMENT ON COLUMN fact_case.due_year IS
U&'ปีที่ครบกำหนด (ค.ศ.) — Year of that day: the year in which the KPI counts it.';
COMMENT ON COLUMN fact_case.answered_at IS U&'เวลาที่ตอบ — Moment at which it was answered.';
COMMENT ON COLUMN fact_case.answered_on IS U&'วันที่ตอบ — Day in Bangkok on which it was answered; NULL: not yet.';
COMMENT ON COLUMN fact_case.closed_at IS U&'เวลาที่ปิดกรณี — Moment at which the case was closed.';
COMMENT ON COLUMN fact_case.closed_on IS U&'วันที่ปิดกรณี — Day in Bangkok on which the case was closed; NULL: open.';
COMMENT ON COLUMN fact_case.cases IS U&'จำนวนกรณี — 1 in the first row of each case.';
COMMENT ON COLUMN fact_case.urgent_cases IS U&'จำนวนกรณีเร่งด่วน — 1 in the first row of each urgent case.';
COMMENT ON COLUMN fact_case.open_cases IS
U&'จำนวนกรณีที่ยังไม่ปิด — 1 in the first row of each case that is not closed.';
COMMENT ON COLUMN fact_case.clocks IS U&'จำนวนรอบที่ต้องตอบ — 1 for each time that an answer was asked.';
COMMENT ON COLUMN fact_case.due IS
U&'ครบกำหนดตอบแล้ว — 1 if the answer was due by today: the denominator of answers in time.';
COMMENT ON COLUMN fact_case.answered_in_time IS
U&'ตอบทันภายใน 5 วันทำการ — 1 if it was due by today and answered within the 5 working days.';
COMMENT ON COLUMN fact_case.answered IS U&'ตอบแล้ว — 1 if it is answered, in time or not.';
COMMENT ON COLUMN fact_case.days_to_answer IS
U&'จำนวนวันปฏิทินจนตอบ — Calendar days from receipt to answer; NULL without one.';
COMMENT ON COLUMN fact_case.escalations IS
U&'จำนวนครั้งที่เสนอผู้มีอำนาจตัดสินใจ — To how many decision makers it was brought.';
COMMENT ON COLUMN fact_case.escalation_level IS U&'ระดับผู้มีอำนาจตัดสินใจสูงสุด — The highest of them; 0: none.';
COMMENT ON COLUMN fact_case.is_answered_in_time IS
U&'ตอบทันกำหนดหรือไม่ — Whether it was answered in time, NULL if it is not due yet: kam.rate of this is the KPI.';
COMMENT ON VIEW fact_voice IS U&'เสียงของลูกค้า — Voice of the customer, a row each (VOC-60-001).';
COMMENT ON COLUMN fact_voice.voice_id IS U&'เลขที่เสียงของลูกค้า — Number of the voice.';
COMMENT ON COLUMN fact_voice.plan_year IS U&'ปีแผน (ค.ศ.) — Plan year.';
COMMENT ON COLUMN fact_voice.heard_on IS U&'วันที่รับฟัง — Day in Bangkok on which it was heard: joins dim_date.';
COMMENT ON COLUMN fact_voice.unit_code IS U&'หน่วยงานในขณะนั้น — Unit in which it was heard: joins dim_unit.';
COMMENT ON COLUMN fact_voice.account_id IS U&'รหัสลูกค้า — Account: joins dim_account.';
COMMENT ON COLUMN fact_voice.staff_id IS U&'ผู้บันทึก — Who recorded it: joins dim_staff.';
COMMENT ON COLUMN fact_voice.voice_kind IS
U&'ชนิดของเสียง — Kind, need, requirement, expectation and others: joins dim_voice_kind.';
COMMENT ON COLUMN fact_voice.channel IS U&'ช่องทาง — Channel: joins dim_channel.';
COMMENT ON COLUMN fact_voice.tier IS U&'ระดับในปีแผน — Tier of the account in the plan year: joins dim_tier.';
COMMENT ON COLUMN fact_voice.tier_order IS U&'ลำดับของระดับ — Order of the tier, Strategic first.';
COMMENT ON COLUMN fact_voice.listening IS U&'วิธีรับฟัง — stated, unstated or anticipated (3.6).';
COMMENT ON COLUMN fact_voice.topic IS U&'หัวข้อ — Topic.';
COMMENT ON COLUMN fact_voice.content IS U&'เนื้อหา — What the customer said.';
COMMENT ON COLUMN fact_voice.heard_at IS U&'เวลาที่รับฟัง — Moment at which it was heard.';
COMMENT ON COLUMN fact_voice.recorded_at IS U&'เวลาที่บันทึก — Moment at which it was recorded.';
COMMENT ON COLUMN fact_voice.recorded_on IS U&'วันที่บันทึก — Day in Bangkok on which it was recorded.';
COMMENT ON COLUMN fact_voice.voices IS U&'จำนวนเสียงของลูกค้า — 1 for each voice.';
COMMENT ON COLUMN fact_voice.voices_of_cases IS U&'เสียงที่เป็นกรณี — 1 if it belongs to a case.';
COMMENT ON COLUMN fact_voice.recorded_in_time IS U&'บันทึกทันภายใน 7 วัน — 1 if it was recorded within the 7 days.';
COMMENT ON COLUMN fact_voice.days_late IS U&'จำนวนวันที่บันทึกล่าช้า — Days by which it was recorded late; 0 in time.';
COMMENT ON COLUMN fact_voice.is_recorded_in_time IS
U&'บันทึกทันกำหนดหรือไม่ — Whether it was recorded within the 7 days.';
COMMENT ON VIEW fact_survey_response IS
U&'คำตอบแบบสำรวจ — Answers to surveys, a row for each account, measure and respondent (step 8, KPI 2).';
COMMENT ON COLUMN fact_survey_response.response_id IS U&'เลขที่คำตอบ — Number of the answer.';
COMMENT ON COLUMN fact_survey_response.plan_year IS U&'ปีแผน (ค.ศ.) — Plan year.';
COMMENT ON COLUMN fact_survey_response.counted_on IS
U&'วันที่นับ — Day that counts, within the plan year: joins dim_date.';
COMMENT ON COLUMN fact_survey_response.unit_code IS
U&'หน่วยงานในขณะนั้น — Unit of the account at that time: joins dim_unit.';
COMMENT ON COLUMN fact_survey_response.account_id IS U&'รหัสลูกค้า — Account: joins dim_account.';
COMMENT ON COLUMN fact_survey_response.staff_id IS
U&'ผู้ดูแลลูกค้าในวันที่นับ — Who keeps the account on that day; - is nobody: joins dim_staff.';
COMMENT ON COLUMN fact_survey_response.survey_id IS U&'เลขที่การสำรวจ — Number of the survey.';
COMMENT ON COLUMN fact_survey_response.survey_kind IS U&'ผู้สำรวจ — Who asked: call_centre or consultant.';
COMMENT ON COLUMN fact_survey_response.survey IS U&'ชื่อการสำรวจ — Title of the survey.';
COMMENT ON COLUMN fact_survey_response.measure IS
U&'สิ่งที่วัด — What was measured: satisfaction or loyalty: joins dim_measure.';
COMMENT ON COLUMN fact_survey_response.tier IS U&'ระดับในปีแผน — Tier of the account in the plan year: joins dim_tier.';
COMMENT ON COLUMN fact_survey_response.tier_order IS U&'ลำดับของระดับ — Order of the tier, Strategic first.';
COMMENT ON COLUMN fact_survey_response.responded_on IS U&'วันที่ตอบ — Day of the answer.';
COMMENT ON COLUMN fact_survey_response.scale IS U&'คะแนนเต็ม — Highest score that can be given.';
COMMENT ON COLUMN fact_survey_response.score IS U&'คะแนน — Score on that scale: average it within one scale only.';
COMMENT ON COLUMN fact_survey_response.percent_of_scale IS
U&'ร้อยละของคะแนนเต็ม — The score in percent of the scale, which can be averaged over surveys.';
COMMENT ON COLUMN fact_survey_response.responses IS U&'จำนวนคำตอบ — 1 for each answer.';
COMMENT ON COLUMN fact_survey_response.top_two_box IS
U&'คะแนนสองระดับบนสุด — 1 if the score is one of the two highest of its scale.';
COMMENT ON COLUMN fact_survey_response.is_top_two_box IS
U&'เป็นคะแนนสองระดับบนสุดหรือไม่ — Whether it is: kam.rate of this is the KPI.';
COMMENT ON VIEW fact_selection IS
U&'การคัดเลือกลูกค้ารายสำคัญ — What was decided on each account that may become a key account, by plan year (step 1, CRM-KAM-001).';
COMMENT ON COLUMN fact_selection.selection_id IS U&'เลขที่การคัดเลือก — Number of the selection.';
COMMENT ON COLUMN fact_selection.plan_year IS U&'ปีแผน (ค.ศ.) — Plan year.';
COMMENT ON COLUMN fact_selection.proposed_on IS
U&'วันที่เสนอ — Day in Bangkok on which it was proposed: joins dim_date.';
COMMENT ON COLUMN fact_selection.unit_code IS U&'หน่วยงานเจ้าของแผน — Unit whose plan it is of: joins dim_unit.';
COMMENT ON COLUMN fact_selection.account_id IS U&'รหัสลูกค้า — Account: joins dim_account.';
COMMENT ON COLUMN fact_selection.staff_id IS
U&'ผู้ดูแลลูกค้าตามการคัดเลือกนี้ — Who keeps the account by this selection, the last; - is nobody: joins dim_staff.';
COMMENT ON COLUMN fact_selection.tier IS U&'ระดับ — Tier by this selection: joins dim_tier.';
COMMENT ON COLUMN fact_selection.tier_order IS U&'ลำดับของระดับ — Order of the tier, Strategic first.';
COMMENT ON COLUMN fact_selection.value_class IS
U&'กลุ่มมูลค่าในปีแผน — Value class by this selection; - is none: joins dim_value_class.';
COMMENT ON COLUMN fact_selection.value_class_order IS U&'ลำดับของกลุ่มมูลค่า — Order of the value class, High first.';
COMMENT ON COLUMN fact_selection.basis IS U&'ที่มาของระดับ — By the matrix or by special selection: matrix, special.';
COMMENT ON COLUMN fact_selection.status IS U&'ผลการคัดเลือก — eligible (undecided), selected or left_out.';
COMMENT ON COLUMN fact_selection.reason IS U&'เหตุผล — Why it was left out or chosen.';
COMMENT ON COLUMN fact_selection.is_approved IS
U&'แผนอนุมัติแล้วหรือไม่ — Whether its plan, or the amendment that brought it, is approved.';
COMMENT ON COLUMN fact_selection.ended_on IS
U&'วันที่ตัดออกจากแผน — Day on which an amendment took it out; NULL: in it.';
COMMENT ON COLUMN fact_selection.criteria IS U&'เกณฑ์ที่เข้า — Criteria that are met, as text.';
COMMENT ON COLUMN fact_selection.voltage IS U&'เข้าเกณฑ์ ก ระดับแรงดัน — 1 if criterion ก is met: supply voltage.';
COMMENT ON COLUMN fact_selection.monthly_bill IS
U&'เข้าเกณฑ์ ข ค่าไฟฟ้า — 1 if criterion ข is met: average monthly bill.';
COMMENT ON COLUMN fact_selection.spp_risk IS
U&'เข้าเกณฑ์ ค เสี่ยงต่อ SPP — 1 if criterion ค is met: risk from a competing SPP.';
COMMENT ON COLUMN fact_selection.self_generation IS
U&'เข้าเกณฑ์ ง ผลิตไฟฟ้าใช้เอง — 1 if criterion ง is met: risk from self-generation.';
COMMENT ON COLUMN fact_selection.related_business IS
U&'เข้าเกณฑ์ จ ธุรกิจที่เกี่ยวข้อง — 1 if criterion จ is met: related business.';
COMMENT ON COLUMN fact_selection.national_strategy IS
U&'เข้าเกณฑ์ ฉ ยุทธศาสตร์ชาติ — 1 if criterion ฉ is met: national economic development.';
COMMENT ON COLUMN fact_selection.nationwide_network IS
U&'เข้าเกณฑ์ ช เครือข่ายทั่วประเทศ — 1 if criterion ช is met: nationwide network.';
COMMENT ON COLUMN fact_selection.corporate_image IS
U&'เหตุพิเศษ ก ภาพลักษณ์องค์กร — 1 if special ground ก is given: corporate image.';
COMMENT ON COLUMN fact_selection.outage_damage IS
U&'เหตุพิเศษ ข ความเสียหายจากไฟฟ้าขัดข้อง — 1 if special ground ข is given: damage from outages.';
COMMENT ON COLUMN fact_selection.existing_key_account IS
U&'เหตุพิเศษ ค ลูกค้ารายสำคัญเดิม — 1 if special ground ค is given: a key account already.';
COMMENT ON COLUMN fact_selection.discretionary IS
U&'เหตุพิเศษ ง ตามความเหมาะสม — 1 if special ground ง is given: as judged fit.';
COMMENT ON COLUMN fact_selection.is_in_force IS
U&'อยู่ในแผนที่อนุมัติหรือไม่ — Whether it is a key account by an approved plan.';
COMMENT ON COLUMN fact_selection.key_accounts IS U&'จำนวนลูกค้ารายสำคัญ — 1 if it is in force.';
COMMENT ON COLUMN fact_selection.weight IS
U&'ค่าถ่วงน้ำหนัก — Weight by the rules of its plan, 0 if it is not in force.';
COMMENT ON COLUMN fact_selection.undecided IS U&'จำนวนที่ยังไม่ตัดสิน — 1 if nobody has decided on it.';
COMMENT ON COLUMN fact_selection.left_out IS U&'จำนวนที่ไม่คัดเลือก — 1 if it was left out.';
COMMENT ON VIEW fact_portfolio IS
U&'พอร์ตของพนักงานบริหารลูกค้ารายสำคัญ — What each key account manager carries by the approved plans, a row for each person and plan year (6.1.2.1).';
COMMENT ON COLUMN fact_portfolio.plan_year IS U&'ปีแผน (ค.ศ.) — Plan year.';
COMMENT ON COLUMN fact_portfolio.day IS
U&'ณ วันที่ — Day at whose end it is so: today, or the last of the year: joins dim_date.';
COMMENT ON COLUMN fact_portfolio.unit_code IS U&'หน่วยงานที่แต่งตั้ง — Unit that appointed them: joins dim_unit.';
COMMENT ON COLUMN fact_portfolio.staff_id IS U&'พนักงานบริหารลูกค้ารายสำคัญ — Key account manager: joins dim_staff.';
COMMENT ON COLUMN fact_portfolio.strategic IS U&'จำนวนลูกค้า Strategic — Strategic accounts.';
COMMENT ON COLUMN fact_portfolio.star IS U&'จำนวนลูกค้า Star — Star accounts.';
COMMENT ON COLUMN fact_portfolio.status_tier IS U&'จำนวนลูกค้า Status — Status accounts.';
COMMENT ON COLUMN fact_portfolio.streamline IS U&'จำนวนลูกค้า Streamline — Streamline accounts.';
COMMENT ON COLUMN fact_portfolio.accounts IS U&'จำนวนลูกค้าทั้งหมด — Accounts of all tiers.';
COMMENT ON COLUMN fact_portfolio.weight IS
U&'ค่าถ่วงน้ำหนักรวม — Weight of these accounts, over all units that the reader sees.';
COMMENT ON COLUMN fact_portfolio.min_weight IS U&'ค่าต่ำสุดที่กำหนด — Least weight of a portfolio; does not add up.';
COMMENT ON COLUMN fact_portfolio.max_weight IS U&'ค่าสูงสุดที่กำหนด — Greatest weight of a portfolio; does not add up.';
COMMENT ON COLUMN fact_portfolio.band IS
U&'อยู่ในเกณฑ์ภาระงานหรือไม่ เป็นข้อความ — Where the weight lies: below, within, above; none without accounts that count.';
COMMENT ON COLUMN fact_portfolio.band_order IS U&'ลำดับของ band — Order of band: none, below, within, above.';
COMMENT ON COLUMN fact_portfolio.kamrs IS U&'จำนวนพนักงาน — 1 for each person.';
COMMENT ON COLUMN fact_portfolio.loaded_kamrs IS U&'จำนวนพนักงานที่มีลูกค้า — 1 for each who has accounts that count.';
COMMENT ON COLUMN fact_portfolio.kamrs_within_band IS
U&'จำนวนพนักงานที่อยู่ในเกณฑ์ — 1 for each who lies within the limits.';
COMMENT ON COLUMN fact_portfolio.is_within_band IS
U&'อยู่ในเกณฑ์ภาระงานหรือไม่ — Whether the weight lies within the limits; NULL without accounts that count.';
COMMENT ON VIEW fact_deadline IS
U&'กำหนดเวลาของกระบวนการ — Deadlines of the process for each unit, and how they are kept (section 5).';
COMMENT ON COLUMN fact_deadline.deadline_id IS U&'เลขที่กำหนดเวลา — Number of the deadline.';
COMMENT ON COLUMN fact_deadline.plan_year IS U&'ปีแผน (ค.ศ.) — Plan year.';
COMMENT ON COLUMN fact_deadline.due_on IS U&'วันครบกำหนด — Last day: joins dim_date.';
COMMENT ON COLUMN fact_deadline.unit_code IS U&'หน่วยงาน — Unit that owes it: joins dim_unit.';
COMMENT ON COLUMN fact_deadline.step IS U&'ขั้นตอน — Step of the process: joins dim_step.';
COMMENT ON COLUMN fact_deadline.period IS
U&'งวด — Period: M01 to M12, Q1 to Q4, preliminary, annual; - where the step is due once.';
COMMENT ON COLUMN fact_deadline.state IS U&'สถานะ — State: joins dim_state.';
COMMENT ON COLUMN fact_deadline.met_at IS U&'เวลาที่บรรลุ — Moment at which it was met.';
COMMENT ON COLUMN fact_deadline.met_on IS U&'วันที่บรรลุ — Day in Bangkok on which it was met; NULL: not yet.';
COMMENT ON COLUMN fact_deadline.deadlines IS U&'จำนวนกำหนดเวลา — 1 for each deadline.';
COMMENT ON COLUMN fact_deadline.met IS U&'บรรลุแล้ว — 1 if it was met, in time or late.';
COMMENT ON COLUMN fact_deadline.met_in_time IS U&'บรรลุทันกำหนด — 1 if it was met in time.';
COMMENT ON COLUMN fact_deadline.overdue IS U&'เกินกำหนด — 1 if it is overdue.';
COMMENT ON COLUMN fact_deadline.decided IS
U&'ครบกำหนดหรือบรรลุแล้ว — 1 if it was met or its day is over: the denominator of met_in_time.';
COMMENT ON COLUMN fact_deadline.is_met_in_time IS
U&'บรรลุทันกำหนดหรือไม่ — Whether it was met in time, NULL while that is open.';
COMMENT ON VIEW fact_kpi IS
U&'ตัวชี้วัดตามที่รายงาน — The KPIs as they are reported: finished figures of every level and period. Choose one level and one period_kind; for sums of your own use the other facts.';
COMMENT ON COLUMN fact_kpi.measure IS U&'ตัวชี้วัด — Measure: joins dim_measure.';
COMMENT ON COLUMN fact_kpi.plan_year IS U&'ปีแผน (ค.ศ.) — Plan year.';
COMMENT ON COLUMN fact_kpi.period_end_on IS U&'วันสุดท้ายของงวด — Last day of the period: joins dim_date.';
COMMENT ON COLUMN fact_kpi.period_kind IS U&'ชนิดของงวด — month, quarter or year; those of a year up to today.';
COMMENT ON COLUMN fact_kpi.period IS U&'งวด — M01 to M12 (M00: before the year began), Q1 to Q4, year.';
COMMENT ON COLUMN fact_kpi.level IS
U&'ระดับหน่วยงาน — country, region, area (with its offices), area_own (what the area looks after itself), office, hq (what headquarters look after), kamr.';
COMMENT ON COLUMN fact_kpi.level_order IS U&'ลำดับของระดับหน่วยงาน — Order of the levels.';
COMMENT ON COLUMN fact_kpi.unit_code IS U&'หน่วยงาน — Unit of the level, headquarters for the country: joins dim_unit.';
COMMENT ON COLUMN fact_kpi.staff_id IS
U&'พนักงานบริหารลูกค้ารายสำคัญ — Key account manager at level kamr; - is nobody: joins dim_staff.';
COMMENT ON COLUMN fact_kpi.done IS U&'ทำได้ — Numerator of a rate.';
COMMENT ON COLUMN fact_kpi.due IS U&'ที่ต้องทำ — Denominator of a rate.';
COMMENT ON COLUMN fact_kpi.responses IS U&'จำนวนคำตอบ — Answers behind a score.';
COMMENT ON COLUMN fact_kpi.score_sum IS U&'ผลรวมคะแนน — Sum of their scores.';
COMMENT ON COLUMN fact_kpi.scale IS U&'คะแนนเต็ม — Highest score that can be given; NULL for rates.';
COMMENT ON COLUMN fact_kpi.strategic IS U&'จำนวนลูกค้า Strategic — Strategic accounts of a portfolio load.';
COMMENT ON COLUMN fact_kpi.star IS U&'จำนวนลูกค้า Star — Star accounts of a portfolio load.';
COMMENT ON COLUMN fact_kpi.status_tier IS U&'จำนวนลูกค้า Status — Status accounts of a portfolio load.';
COMMENT ON COLUMN fact_kpi.weight IS U&'ค่าถ่วงน้ำหนักรวม — Weight of a portfolio load.';
COMMENT ON COLUMN fact_kpi.value IS U&'ค่า — The figure, in the unit that dim_measure names.';
COMMENT ON COLUMN fact_kpi.percent IS U&'ร้อยละ — The figure in percent: of what is due, or of the scale.';
COMMENT ON COLUMN fact_kpi.target IS U&'เป้าหมาย — Target of the approved plan, in the unit of the value; NULL: none.';
COMMENT ON COLUMN fact_kpi.is_attained IS U&'บรรลุเป้าหมายหรือไม่ — Whether the target is attained; NULL: none.';
COMMENT ON COLUMN fact_kpi.attained IS U&'บรรลุเป้าหมาย — 1 if the target is attained; NULL: none.';
COMMENT ON VIEW _approved_plan IS U&'แผนที่อนุมัติแล้ว — Approved plans, for the facts.';
COMMENT ON COLUMN _approved_plan.plan_year IS U&'ปีแผน (ค.ศ.) — Plan year.';
COMMENT ON COLUMN _approved_plan.plan_id IS U&'เลขที่แผน — Number of the plan or amendment.';
COMMENT ON COLUMN _approved_plan.rule_set IS U&'ชุดเกณฑ์ — Rule set under which it was approved.';
COMMENT ON COLUMN _approved_plan.through IS U&'วันสุดท้ายที่นับ — Last day of the plan year that counts today.';
COMMENT ON VIEW _tier_of_year IS
U&'ระดับของลูกค้าในปีแผน — Tier of each key account in a plan year by the approved plans, for the facts.';
COMMENT ON COLUMN _tier_of_year.plan_year IS U&'ปีแผน (ค.ศ.) — Plan year.';
COMMENT ON COLUMN _tier_of_year.account_id IS U&'รหัสลูกค้า — Account.';
COMMENT ON COLUMN _tier_of_year.unit_code IS U&'หน่วยงาน — Unit whose plan selected it.';
COMMENT ON COLUMN _tier_of_year.tier IS U&'ระดับ — Tier, the last where it changed.';
COMMENT ON VIEW _keeper IS U&'ผู้ดูแลลูกค้าในช่วงเวลา — Who keeps each account from when to when, for the facts.';
COMMENT ON COLUMN _keeper.plan_year IS U&'ปีแผน (ค.ศ.) — Plan year.';
COMMENT ON COLUMN _keeper.unit_code IS U&'หน่วยงาน — Unit.';
COMMENT ON COLUMN _keeper.account_id IS U&'รหัสลูกค้า — Account.';
COMMENT ON COLUMN _keeper.staff_id IS U&'ผู้ดูแล — Who keeps it.';
COMMENT ON COLUMN _keeper.from_day IS U&'ตั้งแต่วันที่ — From this day on.';
COMMENT ON COLUMN _keeper.until_day IS U&'จนถึงก่อนวันที่ — Before this day.';
COMMENT ON FUNCTION _star_years() IS
U&'ปีแผนและวันสุดท้ายที่นับ — The plan years, each with the last day that counts today.';
COMMENT ON FUNCTION _plans_in_force() IS
U&'แผนที่ใช้อยู่วันนี้ — The plans by which the units work today: those of each unit''s latest approved year (R23).';
COMMENT ON FUNCTION _tier_order(text) IS
U&'ลำดับของระดับ — Order of a tier for display, Strategic first, what is none last.';
COMMENT ON FUNCTION _value_class_order(text) IS
U&'ลำดับของกลุ่มมูลค่า — Order of a value class for display, High first, what is none last.';
COMMENT ON FUNCTION _reads_all() IS U&'อ่านได้ทุกหน่วยงานหรือไม่ — Whether row security hides no unit from the caller.';
COMMENT ON FUNCTION _star_days() IS
U&'วันทั้งหมดของ dim_date — The days of dim_date, with what the workflow''s calendar knows of each. The same for every reader, whose rows they are not.';
