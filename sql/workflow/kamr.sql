/* Key account managers (6.1.2): appointed in a plan, qualified or waived. */

CREATE TABLE kamr (
	kamr_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	plan_id bigint NOT NULL REFERENCES plan,
	plan_year int NOT NULL REFERENCES plan_year,
	unit_code text NOT NULL REFERENCES unit,
	staff_id text NOT NULL REFERENCES staff,
	level text NOT NULL CHECK (level IN ('office', 'senior', 'area', 'hq')),
	appointed_from date NOT NULL,
	good_relations boolean,
	appointed_by text NOT NULL REFERENCES staff,
	appointed_at timestamptz NOT NULL,
	dropped_by bigint REFERENCES plan,
	ended_on date
);
CREATE UNIQUE INDEX kamr_one_at_a_time ON kamr (plan_year, unit_code, staff_id)
	WHERE dropped_by IS NULL AND ended_on IS NULL;
CREATE INDEX ON kamr (plan_id);
CREATE INDEX ON kamr (staff_id);
CREATE INDEX ON kamr (dropped_by) WHERE dropped_by IS NOT NULL;

-- Which points of 6.1.2.1 a level is judged by; rows a user may add to (R15).
CREATE TABLE kamr_rule (
	level text NOT NULL CHECK (level IN ('office', 'senior', 'area', 'hq')),
	point int NOT NULL CHECK (point BETWEEN 1 AND 4),
	section text NOT NULL,
	PRIMARY KEY (level, point)
);
INSERT INTO kamr_rule (level, point, section)
SELECT l, p, format('6.1.2.1(%s)', p) FROM unnest(ARRAY['office', 'senior', 'hq']) l, generate_series(1, 4) p;

-- What the head of the unit passed over, and why (6.1.2.1(5)).
CREATE TABLE waiver (
	waiver_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	kamr_id bigint NOT NULL REFERENCES kamr ON DELETE CASCADE,
	plan_id bigint NOT NULL REFERENCES plan,
	unit_code text NOT NULL REFERENCES unit,
	points int[] NOT NULL CHECK (points <@ ARRAY[1, 2, 3, 4] AND cardinality(points) > 0),
	reason text NOT NULL CHECK (reason <> ''),
	waived_by text NOT NULL REFERENCES staff,
	waived_at timestamptz NOT NULL
);
CREATE INDEX ON waiver (kamr_id);

-- A member of staff whom the caller sees.  One of elsewhere and one who does not exist are refused alike.
CREATE OR REPLACE FUNCTION _check_own_staff(action text, staff_id text) RETURNS staff
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	s staff;
BEGIN
	SELECT * INTO s FROM staff x WHERE x.staff_id = _check_own_staff.staff_id AND x.unit_code = ANY (_my_units());
	IF NOT FOUND THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('member of staff "%s" is not among those of "%s"', _check_own_staff.staff_id, _staff()),
			HINT = format('This (%s) is for: %s, for the staff that they see.', action, _posts_that_may(action));
	END IF;
	RETURN s;
END $$;

-- The appointment, as the open plan would have it.
CREATE OR REPLACE FUNCTION _kamr_of(plan_year int, unit_code text, staff_id text) RETURNS kamr
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	k kamr;
BEGIN
	SELECT * INTO k FROM kamr x
	WHERE x.plan_year = _kamr_of.plan_year AND x.unit_code = _kamr_of.unit_code AND x.staff_id = _kamr_of.staff_id
		AND x.dropped_by IS NULL AND x.ended_on IS NULL;
	RETURN k;
END $$;

-- The same where the open plan itself made it, so that it can be changed there.
CREATE OR REPLACE FUNCTION _kamr_to_change(the_plan plan, staff_id text) RETURNS kamr
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	k kamr := _kamr_of(the_plan.plan_year, the_plan.unit_code, _kamr_to_change.staff_id);
BEGIN
	IF k.kamr_id IS NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('"%s" is no key account manager of unit "%s" for %s', staff_id, the_plan.unit_code,
				the_plan.plan_year),
			HINT = 'Appoint them first: appoint_kamr.';
	ELSIF k.plan_id <> the_plan.plan_id THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('the appointment of "%s" in unit "%s" for %s is approved', staff_id, the_plan.unit_code,
				the_plan.plan_year),
			HINT = 'What was approved stays; an amendment can drop it (drop_kamr) and appoint again.';
	END IF;
	RETURN k;
END $$;

CREATE OR REPLACE FUNCTION _check_kamr_level(unit_code text, level text) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	kind text := (SELECT u.kind FROM unit u WHERE u.unit_code = _check_kamr_level.unit_code);
BEGIN
	IF level IS NULL OR NOT (CASE kind WHEN 'office' THEN level IN ('office', 'senior') ELSE level = kind END) THEN
		RAISE check_violation USING
			MESSAGE = format('unit "%s" is of kind %s and has no key account manager of level %s', unit_code, kind,
				coalesce(level, 'NULL')),
			HINT = 'Offices have the levels office and senior, areas the level area, headquarters the level hq.',
			TABLE = 'kamr', CONSTRAINT = 'kamr_level_of_unit';
	END IF;
END $$;

-- From 1 January, unless said otherwise; in an amendment from today on, once the year has begun.
CREATE OR REPLACE FUNCTION appoint_kamr(plan_year int, unit_code text, staff_id text, level text,
	appointed_from date DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('kamr.appoint', appoint_kamr.unit_code);
	the_plan plan := _open_plan(appoint_kamr.plan_year, appoint_kamr.unit_code);
	the_staff staff := _check_own_staff('kamr.appoint', appoint_kamr.staff_id);
	from_day date := coalesce(appoint_kamr.appointed_from,
		greatest(make_date(the_plan.plan_year, 1, 1), CASE WHEN the_plan.amendment_no > 0 THEN _today() END));
BEGIN
	PERFORM _check_kamr_level(the_plan.unit_code, appoint_kamr.level);
	IF extract(year FROM from_day) <> the_plan.plan_year THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('%s is not in plan year %s', from_day, the_plan.plan_year),
			HINT = 'Key account managers are appointed for one plan year, from a day in it.';
	ELSIF the_staff.left_on <= greatest(from_day, _today()) THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('member of staff "%s" left on %s', the_staff.staff_id, the_staff.left_on),
			HINT = 'Appoint somebody who is there on the first day.';
	ELSIF (_kamr_of(the_plan.plan_year, the_plan.unit_code, the_staff.staff_id)).kamr_id IS NOT NULL THEN
		RAISE unique_violation USING
			MESSAGE = format('"%s" is a key account manager of unit "%s" for %s already', the_staff.staff_id,
				the_plan.unit_code, the_plan.plan_year),
			HINT = 'To appoint them in another way, take the appointment back first: drop_kamr.',
			TABLE = 'kamr', CONSTRAINT = 'kamr_one_at_a_time';
	END IF;
	INSERT INTO kamr (plan_id, plan_year, unit_code, staff_id, level, appointed_from, appointed_by, appointed_at)
	VALUES (the_plan.plan_id, the_plan.plan_year, the_plan.unit_code, the_staff.staff_id, appoint_kamr.level, from_day,
		given.staff_id, _now());
END $$;

-- Accounts in other units' plans are not the unit's to take: an area's account with an office's KAMR, an area KAMR
-- beside the office's.  What is approved there an amendment of the area ends; the rest they have to take back first.
CREATE OR REPLACE FUNCTION _check_kamr_free(the_plan plan, k kamr) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	-- Whoever assigns to them holds the row until then.
	PERFORM FROM kamr x WHERE x.kamr_id = k.kamr_id FOR UPDATE;
	IF EXISTS (
		SELECT FROM assignment a JOIN plan p USING (plan_id)
		WHERE a.staff_id = k.staff_id AND a.plan_year = k.plan_year AND a.unit_code <> k.unit_code
			AND a.dropped_by IS NULL AND a.ended_on IS NULL
			AND CASE k.level
				WHEN 'area' THEN a.responsibility = 'area' AND _area(a.unit_code) = k.unit_code
					AND NOT (the_plan.amendment_no > 0 AND p.status = 'approved')
				ELSE a.responsibility = 'main' AND a.unit_code = _area(k.unit_code)
					AND NOT EXISTS (
						SELECT FROM kamr o
						WHERE o.staff_id = k.staff_id AND o.plan_year = k.plan_year AND o.kamr_id <> k.kamr_id
							AND o.unit_code = ANY (_caring_units(a.unit_code))
							AND o.dropped_by IS NULL AND o.ended_on IS NULL)
				END)
	THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('"%s" looks after accounts in plans of other units for %s', k.staff_id, k.plan_year),
			HINT = CASE k.level WHEN 'area' THEN 'The offices take them back first: unassign_area_kamr.'
				ELSE 'The area gives its accounts to somebody else first: assign_account.' END;
	END IF;
END $$;

-- Takes an appointment back, and the accounts from that person: they need another one before approval.
-- In an amendment, an approved appointment ends when that is approved.
CREATE OR REPLACE FUNCTION drop_kamr(plan_year int, unit_code text, staff_id text, reason text DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('kamr.appoint', drop_kamr.unit_code);
	the_plan plan := _open_plan(drop_kamr.plan_year, drop_kamr.unit_code);
	k kamr := _kamr_of(drop_kamr.plan_year, drop_kamr.unit_code, drop_kamr.staff_id);
BEGIN
	IF k.plan_id <> the_plan.plan_id THEN
		PERFORM _check_reason_given(drop_kamr.reason, format('dropping key account manager "%s"', k.staff_id));
		PERFORM _check_kamr_free(the_plan, k);
		PERFORM _take_assignments_of(the_plan, k);
		UPDATE kamr x SET dropped_by = the_plan.plan_id WHERE x.kamr_id = k.kamr_id;
		PERFORM _decide(given, 'kamr', k.kamr_id::text, 'drop', the_plan.unit_code, the_plan.plan_year,
			from_status => k.level, reason => drop_kamr.reason);
	ELSE
		k := _kamr_to_change(the_plan, drop_kamr.staff_id);
		PERFORM _check_kamr_free(the_plan, k);
		PERFORM _take_assignments_of(the_plan, k);
		DELETE FROM kamr x WHERE x.kamr_id = k.kamr_id;
	END IF;
END $$;

-- Point 2 is a judgement: skilled in good relations with customers, communicates inside and outside the unit.
CREATE OR REPLACE FUNCTION judge_relations(plan_year int, unit_code text, staff_id text, good_relations boolean)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('kamr.appoint', judge_relations.unit_code);
	the_plan plan := _open_plan(judge_relations.plan_year, judge_relations.unit_code);
	k kamr := _kamr_to_change(the_plan, judge_relations.staff_id);
BEGIN
	UPDATE kamr x SET good_relations = judge_relations.good_relations WHERE x.kamr_id = k.kamr_id;
END $$;

-- Point 5: the head of the unit selects whom they judge fit all the same.
CREATE OR REPLACE FUNCTION waive_qualification(plan_year int, unit_code text, staff_id text, points int[], reason text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('kamr.waive', waive_qualification.unit_code);
	the_plan plan := _open_plan(waive_qualification.plan_year, waive_qualification.unit_code);
	k kamr := _kamr_to_change(the_plan, waive_qualification.staff_id);
	waived int[] := ARRAY(SELECT DISTINCT p FROM unnest(waive_qualification.points) p ORDER BY p);
BEGIN
	IF cardinality(waived) = 0 OR NOT waived <@ ARRAY[1, 2, 3, 4] OR array_position(waived, NULL) IS NOT NULL THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('the points to be waived are not %s', coalesce(waive_qualification.points::text, 'NULL')),
			HINT = 'Name one or more of the points 1 to 4 of 6.1.2.1, as in ARRAY[3, 4].';
	END IF;
	PERFORM _check_reason_given(waive_qualification.reason, format('waiving qualifications of "%s"', k.staff_id));
	INSERT INTO waiver (kamr_id, plan_id, unit_code, points, reason, waived_by, waived_at)
	VALUES (k.kamr_id, k.plan_id, k.unit_code, waived, waive_qualification.reason, given.staff_id, _now());
	PERFORM _decide(given, 'kamr', k.kamr_id::text, 'waive', k.unit_code, k.plan_year, to_status => waived::text,
		reason => waive_qualification.reason);
END $$;

-- For how many years a passed test counts; NULL: it does not expire.
CREATE OR REPLACE FUNCTION _test_valid_years() RETURNS int
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	value text := _setting_value('test_valid_years');
BEGIN
	IF value !~ '^[0-9]{1,3}$' THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('setting "test_valid_years" is not a number of years: "%s"', value),
			HINT = 'The owner of the workflow sets it to a whole number, or to nothing if tests do not expire.';
	END IF;
	RETURN value::int;
END $$;

CREATE OR REPLACE FUNCTION _thai_day(day date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_char(day, 'DD/MM/') || (extract(year FROM day) + 543)::text;

-- Every KAMR as the open plan would have them, point by point, on the first day of the appointment.
-- Point 5 is what was waived.
-- (Every branch of a UNION names its columns, so that a dump restored and dumped again stays the same.)
CREATE OR REPLACE VIEW kamr_point WITH (security_invoker = true) AS
SELECT k.plan_year, k.unit_code, k.kamr_id, k.plan_id, k.staff_id, k.level, r.point, j.met,
	EXISTS (SELECT FROM waiver w WHERE w.kamr_id = k.kamr_id AND r.point = ANY (w.points)) AS waived,
	j.finding_th, j.finding_en, r.section
FROM kamr k
JOIN kamr_rule r ON r.level = k.level
LEFT JOIN staff s ON s.staff_id = k.staff_id
CROSS JOIN LATERAL (
	SELECT count(t.passed) AS tests, max(t.tested_on) FILTER (WHERE t.passed) AS passed_on,
		max(t.tested_on) FILTER (WHERE t.passed AND t.tested_on <= k.appointed_from
			AND t.tested_on + make_interval(years => coalesce((SELECT _test_valid_years()), 1000)) >= k.appointed_from)
			AS valid_on
	FROM training t
	WHERE t.staff_id = k.staff_id) t
CROSS JOIN LATERAL (
	SELECT EXISTS (SELECT FROM kamr_position p WHERE p.position = s.position) AS met,
		format(unistr('ตำแหน่ง %s'), s.position) AS finding_th, format('position %s', s.position) AS finding_en
	WHERE r.point = 1 AND s.staff_id IS NOT NULL
	UNION ALL
	SELECT k.good_relations AS met,
		CASE WHEN k.good_relations THEN unistr('มีทักษะความสัมพันธ์และการสื่อสารที่ดี')
			WHEN NOT k.good_relations THEN unistr('ทักษะความสัมพันธ์และการสื่อสารไม่เพียงพอ')
			ELSE unistr('ยังไม่ได้ประเมินทักษะความสัมพันธ์') END AS finding_th,
		CASE WHEN k.good_relations THEN 'judged skilled in good relations and communication'
			WHEN NOT k.good_relations THEN 'judged not skilled enough in relations and communication'
			ELSE 'relations and communication not judged yet' END AS finding_en
	WHERE r.point = 2
	UNION ALL
	SELECT s.hire_date + interval '2 years' <= k.appointed_from AS met,
		format(unistr('บรรจุ %s ครบ 2 ปี %s แต่งตั้งตั้งแต่ %s'), _thai_day(s.hire_date),
			_thai_day((s.hire_date + interval '2 years')::date), _thai_day(k.appointed_from)) AS finding_th,
		format('hired on %s, two years on %s, appointed from %s', to_char(s.hire_date, 'YYYY-MM-DD'),
			to_char(s.hire_date + interval '2 years', 'YYYY-MM-DD'), to_char(k.appointed_from, 'YYYY-MM-DD'))
			AS finding_en
	WHERE r.point = 3 AND s.staff_id IS NOT NULL
	UNION ALL
	SELECT CASE WHEN t.valid_on IS NOT NULL THEN true WHEN t.tests > 0 THEN false END AS met,
		CASE WHEN t.valid_on IS NOT NULL THEN format(unistr('ผ่านการทดสอบ %s'), _thai_day(t.valid_on))
			WHEN t.passed_on IS NOT NULL
				THEN format(unistr('ผ่านการทดสอบ %s ซึ่งใช้ไม่ได้ในวันแต่งตั้ง'), _thai_day(t.passed_on))
			WHEN t.tests > 0 THEN unistr('ไม่ผ่านการทดสอบ') ELSE unistr('ไม่มีผลการทดสอบ') END AS finding_th,
		CASE WHEN t.valid_on IS NOT NULL THEN format('passed the test on %s', to_char(t.valid_on, 'YYYY-MM-DD'))
			WHEN t.passed_on IS NOT NULL
				THEN format('passed the test on %s, which does not count on the day of appointment',
					to_char(t.passed_on, 'YYYY-MM-DD'))
			WHEN t.tests > 0 THEN 'did not pass the test' ELSE 'no test result recorded' END AS finding_en
	WHERE r.point = 4 AND s.staff_id IS NOT NULL
	UNION ALL
	SELECT NULL AS met, unistr('ไม่เห็นข้อมูลของพนักงาน') AS finding_th,
		'the person''s data are not to be seen here' AS finding_en
	WHERE s.staff_id IS NULL AND r.point <> 2) j
WHERE k.dropped_by IS NULL AND k.ended_on IS NULL
UNION ALL
SELECT k.plan_year, k.unit_code, k.kamr_id, k.plan_id, k.staff_id, k.level, 5 AS point, true AS met, true AS waived,
	format(unistr('ยกเว้นข้อ %s โดย %s %s: %s'), array_to_string(w.points, ', '), w.waived_by,
		_thai_day(kam.bangkok_date(w.waived_at)), w.reason) AS finding_th,
	format('points %s waived by %s on %s: %s', array_to_string(w.points, ', '), w.waived_by,
		to_char(kam.bangkok_date(w.waived_at), 'YYYY-MM-DD'), w.reason) AS finding_en,
	'6.1.2.1(5)' AS section
FROM kamr k JOIN waiver w ON w.kamr_id = k.kamr_id
WHERE k.dropped_by IS NULL AND k.ended_on IS NULL;
GRANT SELECT ON kamr_point TO PUBLIC;

-- The same of one unit, or of one person in it; with the caller's rights.
CREATE OR REPLACE FUNCTION kamr_qualification(plan_year int, unit_code text, staff_id text DEFAULT NULL)
RETURNS SETOF kamr_point
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT k.* FROM kamr_point k
	WHERE k.plan_year = kamr_qualification.plan_year AND k.unit_code = kamr_qualification.unit_code
		AND (kamr_qualification.staff_id IS NULL OR k.staff_id = kamr_qualification.staff_id)
	ORDER BY k.staff_id, k.point;
END;

CREATE OR REPLACE TRIGGER keep_plan BEFORE INSERT OR UPDATE OR DELETE ON kamr
	FOR EACH ROW EXECUTE FUNCTION _keep_plan('dropped_by', 'ended_on');
CREATE OR REPLACE TRIGGER keep_plan BEFORE INSERT OR UPDATE OR DELETE ON waiver
	FOR EACH ROW EXECUTE FUNCTION _keep_plan();
CREATE OR REPLACE TRIGGER keep_approved BEFORE TRUNCATE ON kamr
	FOR EACH STATEMENT EXECUTE FUNCTION _keep_approved();
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON kamr_rule
	FOR EACH ROW EXECUTE FUNCTION _keep_history('level', 'point');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON kamr
	FOR EACH ROW EXECUTE FUNCTION _keep_history('kamr_id');
CREATE OR REPLACE TRIGGER keep_approved BEFORE TRUNCATE ON waiver
	FOR EACH STATEMENT EXECUTE FUNCTION _keep_approved();
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON waiver
	FOR EACH ROW EXECUTE FUNCTION _keep_history('waiver_id');

ALTER TABLE kamr ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON kamr FOR SELECT USING (unit_code = ANY ((SELECT _my_units())::text[]));
GRANT SELECT ON kamr TO PUBLIC;

ALTER TABLE kamr_rule ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON kamr_rule FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON kamr_rule TO PUBLIC;

-- As the appointment itself: otherwise kamr_point would call waived points open ones.
ALTER TABLE waiver ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON waiver FOR SELECT USING (unit_code = ANY ((SELECT _my_units())::text[]));
GRANT SELECT ON waiver TO PUBLIC;

COMMENT ON TABLE kamr IS U&'การแต่งตั้งพนักงานบริหารลูกค้ารายสำคัญ — Appointments of key account managers, a plan year each (6.1.2).';
COMMENT ON COLUMN kamr.kamr_id IS U&'เลขที่การแต่งตั้ง — Number of the appointment.';
COMMENT ON COLUMN kamr.plan_id IS U&'แผนหรือการแก้ไขแผนที่แต่งตั้ง — Plan or amendment that appoints.';
COMMENT ON COLUMN kamr.plan_year IS U&'ปีแผน — Plan year, of the common era.';
COMMENT ON COLUMN kamr.unit_code IS U&'หน่วยงาน — Unit.';
COMMENT ON COLUMN kamr.staff_id IS U&'พนักงาน — Member of staff.';
COMMENT ON COLUMN kamr.level IS U&'ระดับ: สำนักงาน อาวุโส เขต สำนักงานใหญ่ — Level: office, senior, area or hq (4.11-4.14).';
COMMENT ON COLUMN kamr.appointed_from IS U&'วันแรกของการแต่งตั้ง — First day of the appointment.';
COMMENT ON COLUMN kamr.good_relations IS U&'ผลประเมินทักษะความสัมพันธ์ ข้อ 2 — Point 2, judged: skilled in good relations; NULL: not judged yet.';
COMMENT ON COLUMN kamr.appointed_by IS U&'ผู้แต่งตั้ง — Member of staff who appointed.';
COMMENT ON COLUMN kamr.appointed_at IS U&'เวลาที่แต่งตั้ง — When.';
COMMENT ON COLUMN kamr.dropped_by IS U&'การแก้ไขแผนที่ตัดออก — Amendment that drops the appointment.';
COMMENT ON COLUMN kamr.ended_on IS U&'วันที่สิ้นสุด — Day on which that amendment was approved; NULL while in force.';

COMMENT ON TABLE kamr_rule IS U&'คุณสมบัติที่ใช้กับแต่ละระดับ — Which qualification points a level is judged by (6.1.2.1, R15); rows may be added.';
COMMENT ON COLUMN kamr_rule.level IS U&'ระดับ — Level.';
COMMENT ON COLUMN kamr_rule.point IS U&'ข้อ — Point of 6.1.2.1: 1 position, 2 good relations, 3 two years of service, 4 training and test.';
COMMENT ON COLUMN kamr_rule.section IS U&'ข้อในคู่มือ — Section of the manual, or of the rule that adds it.';

COMMENT ON TABLE waiver IS U&'การยกเว้นคุณสมบัติ — Points that the head of the unit passed over, and why (6.1.2.1(5)).';
COMMENT ON COLUMN waiver.waiver_id IS U&'เลขที่ — Number of the waiver.';
COMMENT ON COLUMN waiver.kamr_id IS U&'การแต่งตั้ง — Appointment.';
COMMENT ON COLUMN waiver.plan_id IS U&'แผน — Plan or amendment.';
COMMENT ON COLUMN waiver.unit_code IS U&'หน่วยงาน — Unit.';
COMMENT ON COLUMN waiver.points IS U&'ข้อที่ยกเว้น — Points waived.';
COMMENT ON COLUMN waiver.reason IS U&'เหตุผล — Reason.';
COMMENT ON COLUMN waiver.waived_by IS U&'ผู้ยกเว้น — Member of staff who waived.';
COMMENT ON COLUMN waiver.waived_at IS U&'เวลาที่ยกเว้น — When.';

COMMENT ON VIEW kamr_point IS U&'คุณสมบัติของผู้ได้รับแต่งตั้งเป็นรายข้อ — The qualification of every appointed key account manager, point by point, on the first day of the appointment (6.1.2.1, R15).';
COMMENT ON COLUMN kamr_point.plan_year IS U&'ปีแผน — Plan year.';
COMMENT ON COLUMN kamr_point.unit_code IS U&'หน่วยงาน — Unit.';
COMMENT ON COLUMN kamr_point.kamr_id IS U&'การแต่งตั้ง — Appointment.';
COMMENT ON COLUMN kamr_point.plan_id IS U&'แผน — Plan or amendment that appoints.';
COMMENT ON COLUMN kamr_point.staff_id IS U&'พนักงาน — Member of staff.';
COMMENT ON COLUMN kamr_point.level IS U&'ระดับ — Level.';
COMMENT ON COLUMN kamr_point.point IS U&'ข้อ — Point 1 to 4; 5 for what was waived.';
COMMENT ON COLUMN kamr_point.met IS U&'ผ่านหรือไม่ — Met, not met, or NULL: unknown.';
COMMENT ON COLUMN kamr_point.waived IS U&'ยกเว้นแล้ว — Waived by the head of the unit.';
COMMENT ON COLUMN kamr_point.finding_th IS U&'ผลการตรวจ — What was found, in Thai.';
COMMENT ON COLUMN kamr_point.finding_en IS U&'ผลการตรวจ (อังกฤษ) — What was found, in English.';
COMMENT ON COLUMN kamr_point.section IS U&'ข้อในคู่มือ — Section of the manual.';

COMMENT ON FUNCTION _check_own_staff(text, text) IS U&'A member of staff whom the caller sees; 42501 otherwise. พนักงานที่ผู้เรียกเห็นได้';
COMMENT ON FUNCTION _kamr_of(int, text, text) IS U&'The appointment of a person in a unit and year, as the open plan would have it. การแต่งตั้งของพนักงาน';
COMMENT ON FUNCTION _kamr_to_change(plan, text) IS U&'The same where the open plan made it; 55000 otherwise. การแต่งตั้งที่ยังแก้ไขได้';
COMMENT ON FUNCTION _check_kamr_level(text, text) IS U&'23514 where a level does not fit the kind of unit. ตรวจระดับกับชนิดของหน่วยงาน';
COMMENT ON FUNCTION appoint_kamr(int, text, text, text, date) IS U&'Appoints a key account manager in the unit''s open plan (6.1.2, 4.5, 4.6, 4.10). 42501 not this unit''s, or staff the caller does not see; 23514 a level that the unit has not; 22008 a day outside the plan year; 23505 appointed already; 55000 no open plan, or the person has left. แต่งตั้งพนักงานบริหารลูกค้ารายสำคัญ';
COMMENT ON FUNCTION _check_kamr_free(plan, kamr) IS U&'55000 where a person looks after accounts in plans of other units. ตรวจว่าไม่มีลูกค้าของหน่วยงานอื่นอยู่ในความดูแล';
COMMENT ON FUNCTION drop_kamr(int, text, text, text) IS U&'Takes an appointment back with the accounts assigned to it; an approved one by an amendment, with a reason (R22). 55000 no open plan, not appointed, or still in plans of other units; 23514 without a reason. ยกเลิกการแต่งตั้ง';
COMMENT ON FUNCTION judge_relations(int, text, text, boolean) IS U&'Records the judgement of point 2 (6.1.2.1(2)). 55000 where the appointment is not in an open plan. ประเมินทักษะความสัมพันธ์';
COMMENT ON FUNCTION waive_qualification(int, text, text, int[], text) IS U&'Waives points 1 to 4 for an appointed person, with a reason; recorded as a decision (6.1.2.1(5)). 42501 unless by the head of the unit; 22023 other points; 23514 without a reason. ยกเว้นคุณสมบัติ';
COMMENT ON FUNCTION _test_valid_years() IS U&'For how many years a passed test counts, NULL for ever; 22023 where the setting is no number. อายุของผลการทดสอบ';
COMMENT ON FUNCTION _thai_day(date) IS U&'A day as dd/mm/yyyy of the Buddhist era. วันที่แบบพุทธศักราช';
COMMENT ON FUNCTION kamr_qualification(int, text, text) IS U&'The qualification points of a unit''s key account managers, or of one, with the caller''s rights (6.1.2.1, R15). คุณสมบัติของพนักงานบริหารลูกค้ารายสำคัญ';
