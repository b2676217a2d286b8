/* Deadlines of the yearly process (section 5): laid out when a year is opened, met by what happens. */

-- Of which units a step is asked, and for which periods of kam.process_step, which says when.
CREATE TABLE deadline_rule (
	step smallint NOT NULL CHECK (step BETWEEN 1 AND 10),
	unit_kind text NOT NULL CHECK (unit_kind IN ('hq', 'region', 'area', 'office')),
	periods text NOT NULL DEFAULT '^.*$',
	section text NOT NULL,
	PRIMARY KEY (step, unit_kind)
);
INSERT INTO deadline_rule (step, unit_kind, section)
	SELECT s, k, format('5 (step %s)', s)
	FROM generate_series(1, 5) s, unnest(ARRAY['office', 'area', 'hq']) k;
INSERT INTO deadline_rule (step, unit_kind, periods, section) VALUES
	(6, 'office', '^M', '5 (step 6), R17'),
	(6, 'area', '^Q', '5 (step 6), R17'),
	(6, 'region', '^Q', '5 (step 6), R17'),
	(6, 'hq', '^Q', '5 (step 6), R17');
INSERT INTO deadline_rule (step, unit_kind, section) VALUES
	(7, 'area', '5 (step 7)'),
	(7, 'hq', '5 (step 7)'),
	(8, 'hq', '5 (step 8)'),
	(9, 'area', '5 (step 9)'),
	(9, 'hq', '5 (step 9)'),
	(10, 'hq', '5 (step 10)');

CREATE TABLE deadline (
	deadline_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	plan_year int NOT NULL REFERENCES plan_year,
	step smallint NOT NULL CHECK (step BETWEEN 1 AND 10),
	unit_code text NOT NULL REFERENCES unit,
	period text,
	due_on date NOT NULL,
	CONSTRAINT deadline_once UNIQUE NULLS NOT DISTINCT (plan_year, step, unit_code, period)
);
CREATE INDEX ON deadline (unit_code, plan_year);

CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON deadline_rule
	FOR EACH ROW EXECUTE FUNCTION _keep_history('step', 'unit_kind');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON deadline
	FOR EACH ROW EXECUTE FUNCTION _keep_history('deadline_id');

-- Opens a year: a draft plan and every deadline of every unit, as long as it is there.  Again, it adds what new units
-- lack and moves what kam.process_step now dates otherwise.
CREATE OR REPLACE FUNCTION open_year(plan_year int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
#variable_conflict use_column
DECLARE
	given authorization_given := _authorize('year.open', _headquarters());
	laid_out int;
BEGIN
	IF open_year.plan_year IS NULL OR open_year.plan_year NOT BETWEEN 1960 AND 2399 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = CASE WHEN open_year.plan_year BETWEEN 2400 AND 2942
				THEN format('plan year %s is a year of the Buddhist era', open_year.plan_year)
				ELSE format('plan year %s cannot be opened', coalesce(open_year.plan_year::text, 'NULL')) END,
			HINT = CASE WHEN open_year.plan_year BETWEEN 2400 AND 2942
				THEN format('Plan years are years of the common era: %s.', open_year.plan_year - 543)
				ELSE 'Give a year of the common era, such as 2027.' END;
	END IF;
	INSERT INTO plan_year (plan_year, opened_at, opened_by)
	VALUES (open_year.plan_year, _now(), given.staff_id)
	ON CONFLICT DO NOTHING;
	INSERT INTO plan (plan_year, unit_code, route)
	SELECT open_year.plan_year, u.unit_code, u.kind
	FROM unit u
	WHERE u.kind <> 'region' AND (u.closed_on IS NULL OR u.closed_on > make_date(open_year.plan_year, 1, 1))
		AND NOT EXISTS (SELECT FROM plan p WHERE p.plan_year = open_year.plan_year AND p.unit_code = u.unit_code)
	ORDER BY u.unit_code
	ON CONFLICT (plan_year, unit_code, amendment_no) DO NOTHING;
	INSERT INTO deadline AS d (plan_year, step, unit_code, period, due_on)
	SELECT open_year.plan_year, s.step, u.unit_code, s.period, s.due_on
	FROM _process_deadlines(open_year.plan_year) s
	JOIN deadline_rule r ON r.step = s.step AND coalesce(s.period, '') ~ r.periods
	JOIN unit u ON u.kind = r.unit_kind AND (u.closed_on IS NULL OR u.closed_on > s.due_on)
	ORDER BY s.step, s.due_on, s.period, u.unit_code
	ON CONFLICT ON CONSTRAINT deadline_once DO UPDATE SET due_on = excluded.due_on WHERE d.due_on <> excluded.due_on;
	GET DIAGNOSTICS laid_out = ROW_COUNT;
	RETURN laid_out;
END $$;

-- When each step of a year is due, by the one table that says so.
CREATE OR REPLACE FUNCTION _process_deadlines(plan_year int)
RETURNS TABLE (step smallint, period text, due_on date)
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	SELECT DISTINCT s.step::smallint, nullif(s.period, ''),
		kam.process_deadline(s.step, _process_deadlines.plan_year, nullif(s.period, ''))
	FROM kam.process_step s;
END $$;

-- What meets the deadlines of a year and these units, and when it happened.  Invoker's rights.  Planned
-- for the units asked for and not compiled: the planner has no statistics of unit_code and thinks it dear.
CREATE OR REPLACE FUNCTION _deadline_events(plan_year int, units text[])
RETURNS TABLE (step smallint, unit_code text, period text, met_at timestamptz)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 ROWS 3000
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
#variable_conflict use_column
DECLARE
	year_over boolean := _today() > make_date(_deadline_events.plan_year, 12, 31);
BEGIN
	-- 1: submitted for the first time; at the latest when it was approved, where that came from elsewhere.
	RETURN QUERY
	SELECT 1::smallint, s.unit_code, NULL::text, min(s.submitted_at)
	FROM (
		SELECT d.unit_code, d.decided_at FROM decision d
		WHERE d.unit_code = ANY (units) AND d.plan_year = _deadline_events.plan_year
			AND d.subject = 'plan' AND d.action = 'submit'
		UNION ALL
		SELECT p.unit_code, p.approved_at FROM plan p
		WHERE p.unit_code = ANY (units) AND p.plan_year = _deadline_events.plan_year
			AND p.amendment_no = 0 AND p.status = 'approved') s (unit_code, submitted_at)
	GROUP BY s.unit_code;

	-- 2: approved.
	RETURN QUERY
	SELECT 2::smallint, p.unit_code, NULL::text, p.approved_at
	FROM plan p
	WHERE p.unit_code = ANY (units) AND p.plan_year = _deadline_events.plan_year
		AND p.amendment_no = 0 AND p.status = 'approved';

	-- 3: customers, staff and plan each in some system, and something in each system.
	RETURN QUERY
	SELECT 3::smallint, e.unit_code, NULL::text, max(e.first_at)
	FROM (
		SELECT s.unit_code, part, min(s.entered_at) AS first_at
		FROM system_entry s CROSS JOIN LATERAL unnest(ARRAY['system ' || s.system, 'what ' || s.what]) part
		WHERE s.unit_code = ANY (units) AND s.plan_year = _deadline_events.plan_year
		GROUP BY s.unit_code, part) e
	GROUP BY e.unit_code
	HAVING count(*) = 3 + (SELECT count(*) FROM information_system);

	-- 4: every activity done.  5: every activity that was done recorded, when no more can follow.
	-- An approved plan without activities leaves nothing to do.
	RETURN QUERY
	WITH progress AS (
		SELECT a.unit_code, bool_and(a.done_at IS NOT NULL) AS all_done, max(a.done_at) AS last_done,
			bool_and(a.done_at IS NULL OR a.recorded_at IS NOT NULL) AS all_recorded,
			max(a.recorded_at) AS last_recorded
		FROM (
			SELECT b.unit_code, b.done_at, CASE WHEN b.done_at IS NOT NULL THEN (
				SELECT min(c.recorded_at) FROM contact c WHERE c.activity_id = b.activity_id) END AS recorded_at
			FROM activity b
			WHERE b.unit_code = ANY (units) AND b.plan_year = _deadline_events.plan_year AND b.ended_on IS NULL
				AND b.plan_id IN (SELECT o.plan_id FROM plan o
					WHERE o.plan_year = _deadline_events.plan_year AND o.status = 'approved')) a
		GROUP BY a.unit_code
	)
	SELECT met.step, p.unit_code, NULL::text, met.met_at
	FROM plan p
	LEFT JOIN progress g USING (unit_code)
	CROSS JOIN LATERAL (VALUES
		(4::smallint, g.unit_code IS NULL OR g.all_done, coalesce(g.last_done, p.approved_at)),
		(5::smallint, g.unit_code IS NULL OR g.all_recorded AND (g.all_done OR year_over),
			coalesce(g.last_recorded, p.approved_at))) met (step, is_met, met_at)
	WHERE p.unit_code = ANY (units) AND p.plan_year = _deadline_events.plan_year
		AND p.amendment_no = 0 AND p.status = 'approved' AND met.is_met;

	-- 6 to 10: the first edition of the report.
	RETURN QUERY
	SELECT k.step, r.unit_code, r.period, min(r.published_at)
	FROM report r JOIN report_kind k USING (kind)
	WHERE r.unit_code = ANY (units) AND r.plan_year = _deadline_events.plan_year AND k.step >= 6
	GROUP BY k.step, r.unit_code, r.period;

	-- 6, a region's: the last of its areas.
	RETURN QUERY
	SELECT 6::smallint, e.parent_unit, e.period, max(e.first_at)
	FROM (
		SELECT u.parent_unit, u.unit_code, d.period,
			(SELECT min(r.published_at) FROM report r WHERE r.kind = 'quarterly' AND r.unit_code = d.unit_code
				AND r.plan_year = d.plan_year AND r.period = d.period) AS first_at
		FROM unit u JOIN deadline d USING (unit_code)
		WHERE u.parent_unit = ANY (units) AND u.kind = 'area' AND d.step = 6
			AND d.plan_year = _deadline_events.plan_year
			AND (u.closed_on IS NULL OR u.closed_on > d.due_on)) e
	GROUP BY e.parent_unit, e.period
	HAVING count(*) = count(e.first_at);
END $$;

-- The same for the units of whoever asks.  As the owner: a KAMR sees where the unit stands, though
-- not the activities of others from which that follows.
CREATE OR REPLACE FUNCTION _my_deadline_events(plan_year int)
RETURNS TABLE (step smallint, unit_code text, period text, met_at timestamptz)
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER COST 10000 ROWS 3000 SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	SELECT * FROM _deadline_events(_my_deadline_events.plan_year,
		CASE WHEN pg_has_role(_role(), current_user, 'USAGE') THEN ARRAY(SELECT u.unit_code FROM unit u)
			ELSE _my_units() END);
END $$;

CREATE OR REPLACE VIEW deadline_event WITH (security_invoker = true) AS
SELECT y.plan_year, e.step, e.unit_code, e.period, e.met_at
FROM plan_year y CROSS JOIN LATERAL _my_deadline_events(y.plan_year) e;

CREATE OR REPLACE FUNCTION _deadline_state(due_on date, met_at timestamptz, today date, soon_days int) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
	WHEN kam.on_time(due_on, met_at) THEN 'met'
	WHEN met_at IS NOT NULL THEN 'met late'
	WHEN due_on < today THEN 'overdue'
	WHEN due_on - soon_days <= today THEN 'due soon'
	ELSE 'due' END;

-- Where the units stand in a year.  In a function, so that what happened is gathered once and not
-- again for each deadline.  A unit that was closed by then owes nothing.
CREATE OR REPLACE FUNCTION _deadline_status(plan_year int)
RETURNS TABLE (step smallint, unit_code text, kind text, parent text, period text, due_on date, met_at timestamptz,
	state text, working_days_left int, section text, deadline_id bigint)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 4000 SET search_path FROM CURRENT SET jit = off AS $$
DECLARE
	at timestamptz := _now();
	today date := _today();
	soon_days int := _setting_value('soon_days')::int;
	calendar text := _setting_value('calendar');
	-- Past that the calendar would have to guess (R20).
	known_to date := (SELECT max(h.known_to) FROM kam.calendar_horizon(calendar) h
		WHERE today BETWEEN h.known_from AND h.known_to);
BEGIN
	RETURN QUERY
	WITH event AS MATERIALIZED (SELECT * FROM _my_deadline_events(_deadline_status.plan_year))
	SELECT d.step, d.unit_code, u.kind, u.parent_unit, d.period, d.due_on, e.met_at,
		_deadline_state(d.due_on, e.met_at, today, soon_days),
		CASE WHEN e.met_at IS NOT NULL THEN NULL WHEN d.due_on < today THEN 0 WHEN d.due_on <= known_to
			THEN kam.working_days_left(d.due_on, at, calendar) END,
		r.section, d.deadline_id
	FROM deadline d
	JOIN unit u ON u.unit_code = d.unit_code
	LEFT JOIN deadline_rule r ON r.step = d.step AND r.unit_kind = u.kind
	LEFT JOIN event e ON e.step = d.step AND e.unit_code = d.unit_code AND e.period IS NOT DISTINCT FROM d.period
	WHERE d.plan_year = _deadline_status.plan_year
		AND (u.closed_on IS NULL OR u.closed_on > d.due_on OR e.met_at IS NOT NULL);
END $$;

CREATE OR REPLACE VIEW deadline_status WITH (security_invoker = true) AS
SELECT y.plan_year, s.step, s.unit_code, s.kind, s.parent, s.period, s.due_on, s.met_at, s.state, s.working_days_left,
	s.section, s.deadline_id
FROM plan_year y CROSS JOIN LATERAL _deadline_status(y.plan_year) s;

ALTER TABLE deadline_rule ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON deadline_rule FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON deadline_rule TO PUBLIC;

ALTER TABLE deadline ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON deadline FOR SELECT USING (unit_code = ANY ((SELECT _my_units())::text[]));
GRANT SELECT ON deadline TO PUBLIC;

GRANT SELECT ON deadline_event, deadline_status TO PUBLIC;

COMMENT ON TABLE deadline_rule IS
U&'หน่วยงานที่ต้องดำเนินการในแต่ละขั้นตอน — Of which kinds of unit each step of the process is asked (section 5); when it is due stands in kam.process_step.';
COMMENT ON COLUMN deadline_rule.step IS
U&'ขั้นตอน — Step of the process, 1 to 10.';
COMMENT ON COLUMN deadline_rule.unit_kind IS
U&'ชนิดหน่วยงาน — Kind of unit: hq, region, area or office.';
COMMENT ON COLUMN deadline_rule.periods IS
U&'งวด — Regular expression for the periods of kam.process_step that this kind of unit owes.';
COMMENT ON COLUMN deadline_rule.section IS
U&'ข้อในคู่มือ — Section of the manual, and the reading.';
COMMENT ON TABLE deadline IS
U&'กำหนดเวลาของแต่ละหน่วยงาน — Deadlines of every unit in a plan year, laid out by open_year; the view deadline_status says how they are kept.';
COMMENT ON COLUMN deadline.deadline_id IS
U&'รหัส — Number of the deadline.';
COMMENT ON COLUMN deadline.plan_year IS
U&'ปีแผน (ค.ศ.) — Plan year, common era.';
COMMENT ON COLUMN deadline.step IS
U&'ขั้นตอน — Step of the process, 1 to 10.';
COMMENT ON COLUMN deadline.unit_code IS
U&'หน่วยงาน — Unit that owes it.';
COMMENT ON COLUMN deadline.period IS
U&'งวด — Period: M01 to M12, Q1 to Q4, preliminary, annual; NULL where the step is due once.';
COMMENT ON COLUMN deadline.due_on IS
U&'วันครบกำหนด — Last day, which counts to its end in Bangkok.';
COMMENT ON FUNCTION open_year(int) IS
U&'เปิดปีแผน — Opens a plan year: a draft plan for every office, area and headquarters, and every deadline; called again it adds what new units lack and moves what kam.process_step now dates otherwise. Gives the number of deadlines laid out or moved. Errors: 42501 for other posts, 22023 for a year of the Buddhist era or out of range, 22008 where a due day rolls beyond the calendar.';
COMMENT ON FUNCTION _process_deadlines(int) IS
U&'วันครบกำหนดของทุกขั้นตอน — When each step of a plan year is due, by kam.process_step.';
COMMENT ON FUNCTION _deadline_events(int, text[]) IS
U&'เหตุการณ์ที่ทำให้บรรลุกำหนดเวลา — What meets the deadlines of a year and units, and when it happened.';
COMMENT ON FUNCTION _my_deadline_events(int) IS
U&'เหตุการณ์ของหน่วยงานที่ดูได้ — The same for the units whose affairs the caller may see, all of them for the owner.';
COMMENT ON FUNCTION _deadline_state(date, timestamptz, date, int) IS
U&'สถานะของกำหนดเวลา — State of a deadline: met, met late, overdue, due soon, due.';
COMMENT ON FUNCTION _deadline_status(int) IS
U&'สถานะกำหนดเวลาของปีแผน — Where the units stand in a plan year: the rows of deadline_status.';
COMMENT ON VIEW deadline_event IS
U&'เหตุการณ์ที่ทำให้บรรลุกำหนดเวลา — What met a deadline and when: derived from decisions, system entries, activities, contacts and reports, never entered.';
COMMENT ON COLUMN deadline_event.plan_year IS
U&'ปีแผน (ค.ศ.) — Plan year, common era.';
COMMENT ON COLUMN deadline_event.step IS
U&'ขั้นตอน — Step of the process, 1 to 10.';
COMMENT ON COLUMN deadline_event.unit_code IS
U&'หน่วยงาน — Unit.';
COMMENT ON COLUMN deadline_event.period IS
U&'งวด — Period, NULL where the step is due once.';
COMMENT ON COLUMN deadline_event.met_at IS
U&'เวลาที่บรรลุ — When it was met.';
COMMENT ON VIEW deadline_status IS
U&'สถานะของทุกกำหนดเวลา — Where every unit stands on every deadline: met, met late, due, due soon or overdue.';
COMMENT ON COLUMN deadline_status.plan_year IS
U&'ปีแผน (ค.ศ.) — Plan year, common era.';
COMMENT ON COLUMN deadline_status.step IS
U&'ขั้นตอน — Step of the process, 1 to 10.';
COMMENT ON COLUMN deadline_status.unit_code IS
U&'หน่วยงาน — Unit that owes it.';
COMMENT ON COLUMN deadline_status.kind IS
U&'ชนิดหน่วยงาน — Kind of the unit.';
COMMENT ON COLUMN deadline_status.parent IS
U&'หน่วยงานที่สังกัด — Unit above it.';
COMMENT ON COLUMN deadline_status.period IS
U&'งวด — Period, NULL where the step is due once.';
COMMENT ON COLUMN deadline_status.due_on IS
U&'วันครบกำหนด — Last day, which counts to its end in Bangkok.';
COMMENT ON COLUMN deadline_status.met_at IS
U&'เวลาที่บรรลุ — When it was met, NULL while it is not.';
COMMENT ON COLUMN deadline_status.state IS
U&'สถานะ — met, met late, due, due soon (within the setting soon_days), overdue.';
COMMENT ON COLUMN deadline_status.working_days_left IS
U&'วันทำการที่เหลือ — Working days left up to the due day, 0 once it has come; NULL when met, and beyond what the calendar knows (R20).';
COMMENT ON COLUMN deadline_status.section IS
U&'ข้อในคู่มือ — Section of the manual, and the reading.';
COMMENT ON COLUMN deadline_status.deadline_id IS
U&'รหัส — Number of the deadline.';
