/* What a plan still lacks before it can be approved: each thing by name, with the manual's section. */

CREATE TYPE plan_problem AS (problem text, account_id text, staff_id text, text_th text, text_en text, section text);

-- The rules a plan is approved under; an amendment keeps those of the plan it amends (R4).
CREATE OR REPLACE FUNCTION _plan_rule_set(the_plan plan) RETURNS text
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN coalesce(the_plan.rule_set,
		(SELECT p.rule_set FROM plan p
		WHERE p.plan_year = the_plan.plan_year AND p.unit_code = the_plan.unit_code AND p.amendment_no = 0),
		kam.rule_set_in_force(the_plan.plan_year));
END $$;

-- Accounts: all decided upon, under the rules that hold, still the unit's (6.1.1).
CREATE OR REPLACE FUNCTION _missing_selection(the_plan plan) RETURNS SETOF plan_problem
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	in_force text := _plan_rule_set(the_plan);
BEGIN
	RETURN QUERY
	SELECT 'undecided', s.account_id, NULL::text,
		format(unistr('ลูกค้า %s เข้าเกณฑ์ แต่ยังไม่ได้คัดเลือกหรือระบุเหตุผลที่ไม่คัดเลือก'), s.account_id),
		format('account "%s" is eligible, and neither selected nor left out', s.account_id), '6.1.1, R5'
	FROM _standing_selection(the_plan) s WHERE s.status = 'eligible';
	RETURN QUERY
	SELECT 'rule_set', s.account_id, NULL::text,
		format(unistr('ลูกค้า %s ถูกเสนอภายใต้หลักเกณฑ์ %s แต่หลักเกณฑ์ที่ใช้คือ %s'), s.account_id,
			s.rule_set, in_force),
		format('account "%s" was proposed under the rule set "%s", but "%s" holds', s.account_id, s.rule_set, in_force),
		'R4'
	FROM _standing_selection(the_plan) s WHERE s.rule_set <> in_force;
	RETURN QUERY
	SELECT 'closed_account', s.account_id, NULL::text,
		format(unistr('ลูกค้า %s เลิกใช้ไฟฟ้าแล้ว'), s.account_id), format('account "%s" is closed', s.account_id),
		'R22'
	FROM _standing_selection(the_plan) s JOIN account a USING (account_id)
	WHERE s.status = 'selected' AND a.closed_on <= _today();
	RETURN QUERY
	SELECT 'moved_account', s.account_id, NULL::text,
		format(unistr('ลูกค้า %s ไม่ได้อยู่ในหน่วยงาน %s แล้ว'), s.account_id, the_plan.unit_code),
		format('account "%s" no longer belongs to unit "%s"', s.account_id, the_plan.unit_code), '6.1.1, R10'
	FROM _standing_selection(the_plan) s JOIN account a USING (account_id)
	WHERE s.status = 'selected' AND a.unit_code <> the_plan.unit_code;
END $$;

-- Whoever keeps the Streamline accounts of a unit, on some day from now to the end of the plan year (R14).
-- An area's are kept by the section heads of its offices.
CREATE OR REPLACE FUNCTION _section_heads(the_plan plan) RETURNS SETOF text
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	SELECT h.staff_id FROM post_holder h JOIN unit u USING (unit_code)
	WHERE h.post = CASE the_plan.route WHEN 'hq' THEN 'hq_section_head' ELSE 'section_head' END
		AND the_plan.unit_code IN (u.unit_code, CASE the_plan.route WHEN 'area' THEN u.parent_unit END)
		AND h.from_date <= make_date(the_plan.plan_year, 12, 31) AND (h.to_date IS NULL OR h.to_date >= _today());
END $$;

-- Who is appointed to look after accounts of the plan: an area's are given to offices of the area.
CREATE OR REPLACE FUNCTION _appointed(the_plan plan) RETURNS SETOF text
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	SELECT k.staff_id FROM _standing_kamr(the_plan) k
	UNION
	SELECT k.staff_id FROM kamr k JOIN unit u USING (unit_code)
	WHERE the_plan.route = 'area' AND u.parent_unit = the_plan.unit_code AND k.plan_year = the_plan.plan_year
		AND k.ended_on IS NULL;
END $$;

-- Assignment: every account with somebody who may have it (6.1.2, R14).
CREATE OR REPLACE FUNCTION _missing_assignment(the_plan plan) RETURNS SETOF plan_problem
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	SELECT 'unassigned', s.account_id, NULL::text,
		format(unistr('ลูกค้า %s ยังไม่มีผู้ดูแล'), s.account_id),
		format('account "%s" (%s) is assigned to nobody', s.account_id, s.tier), '6.1.2'
	FROM _standing_selection(the_plan) s
	WHERE s.status = 'selected' AND s.account_id NOT IN (
		SELECT a.account_id FROM _standing_assignment(the_plan) a WHERE a.responsibility <> 'area');
	RETURN QUERY
	SELECT 'not_section_head', a.account_id, a.staff_id,
		format(unistr('ลูกค้า Streamline %s ต้องอยู่ในความดูแลของหัวหน้าแผนก ไม่ใช่ %s'), a.account_id, a.staff_id),
		format('Streamline account "%s" is with "%s", who is not the section head', a.account_id, a.staff_id),
		'4.15.5, R14'
	FROM _standing_assignment(the_plan) a
	WHERE a.responsibility = 'streamline' AND a.staff_id NOT IN (SELECT _section_heads(the_plan));
	RETURN QUERY
	SELECT 'not_appointed', a.account_id, a.staff_id,
		format(unistr('ลูกค้า %s มอบหมายให้ %s ซึ่งไม่ได้รับแต่งตั้งเป็น KAMR ในแผนนี้'), a.account_id, a.staff_id),
		format('account "%s" is assigned to "%s", who is not appointed in this plan', a.account_id, a.staff_id), '6.1.2'
	FROM _standing_assignment(the_plan) a
	WHERE a.responsibility = 'main' AND a.staff_id NOT IN (SELECT _appointed(the_plan));
	RETURN QUERY
	SELECT 'not_appointed', a.account_id, a.staff_id,
		format(unistr('ลูกค้า %s มี %s ร่วมดูแล ซึ่งไม่ได้รับแต่งตั้งเป็น KAMR ของเขต'), a.account_id, a.staff_id),
		format('account "%s" is shared with "%s", whom the area does not appoint', a.account_id, a.staff_id), '4.12'
	FROM _standing_assignment(the_plan) a
	WHERE a.responsibility = 'area' AND NOT EXISTS (
		SELECT FROM kamr k WHERE k.staff_id = a.staff_id AND k.plan_year = a.plan_year AND k.level = 'area'
			AND k.unit_code = _area(a.unit_code) AND k.ended_on IS NULL
			AND k.dropped_by IS DISTINCT FROM the_plan.plan_id);
END $$;

-- Appointed people: still there, and qualified or waived point by point (6.1.2.1).
CREATE OR REPLACE FUNCTION _missing_qualification(the_plan plan) RETURNS SETOF plan_problem
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	SELECT 'staff_left', NULL::text, k.staff_id,
		format(unistr('%s พ้นจากการเป็นพนักงานแล้ว'), k.staff_id),
		format('"%s" is appointed and has left', k.staff_id), '6.1.2'
	FROM _standing_kamr(the_plan) k JOIN staff s USING (staff_id) WHERE s.left_on <= _today();
	RETURN QUERY
	SELECT 'unqualified', NULL::text, q.staff_id, format('%s: %s', q.staff_id, q.finding_th),
		format('"%s" is not qualified: %s', q.staff_id, q.finding_en), q.section
	FROM kamr_qualification(the_plan.plan_year, the_plan.unit_code) q
	WHERE q.met IS NOT TRUE AND NOT q.waived AND q.kamr_id IN (SELECT k.kamr_id FROM _standing_kamr(the_plan) k);
END $$;

-- The weight of each portfolio that the plan touches, over all units (R12), as a figure to those who see all of its
-- accounts.  What is planned elsewhere counts too, or two units that share a manager could never be approved one
-- after the other.
CREATE OR REPLACE FUNCTION _portfolio_weights(the_plan plan, rule_set text)
RETURNS TABLE (staff_id text, weight numeric, figure text)
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	units text[] := _readable_units();
BEGIN
	RETURN QUERY
	SELECT p.staff_id, p.weight, CASE WHEN p.is_visible THEN p.weight || ', ' END
	FROM (
		SELECT a.staff_id, kam.weight(kam.portfolio(a.tier), NULL, _portfolio_weights.rule_set) AS weight,
			bool_and(a.unit_code = ANY (units)) AS is_visible
		FROM assignment a
		WHERE a.plan_year = the_plan.plan_year AND a.ended_on IS NULL AND a.dropped_by IS NULL
			AND a.responsibility = 'main' AND a.staff_id IN (
				SELECT o.staff_id FROM _standing_assignment(the_plan) o WHERE o.responsibility = 'main')
		GROUP BY a.staff_id) p;
END $$;

-- Each portfolio within the limits (R13).  Where all counted accounts of the unit together weigh less than the
-- minimum, nobody could comply: that is a problem of its own, which the approver may accept with a reason.
CREATE OR REPLACE FUNCTION _missing_weight(the_plan plan) RETURNS SETOF plan_problem
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	in_force text := _plan_rule_set(the_plan);
	limits kam.rule_set := (SELECT r FROM kam.rule_set r WHERE r.rule_set = in_force ORDER BY r.builtin LIMIT 1);
	unit_portfolio kam.portfolio := (
		SELECT kam.portfolio(s.tier) FROM _standing_selection(the_plan) s WHERE s.status = 'selected');
	unit_weight numeric := kam.weight(unit_portfolio, NULL, in_force);
	too_few boolean := unit_weight < limits.portfolio_min;
BEGIN
	RETURN QUERY
	SELECT 'above_maximum', NULL::text, w.staff_id,
		format(unistr('พอร์ตของ %s มีค่าถ่วงน้ำหนัก %sสูงกว่า %s'), w.staff_id, w.figure, limits.portfolio_max),
		format('the portfolio of "%s" weighs %smore than %s', w.staff_id, w.figure, limits.portfolio_max), '6.1.2.1, R13'
	FROM _portfolio_weights(the_plan, in_force) w WHERE w.weight > limits.portfolio_max;
	RETURN QUERY
	SELECT CASE WHEN too_few THEN 'below_minimum_unit' ELSE 'below_minimum' END, NULL::text, w.staff_id,
		format(unistr('พอร์ตของ %s มีค่าถ่วงน้ำหนัก %sต่ำกว่า %s'), w.staff_id, w.figure, limits.portfolio_min),
		format('the portfolio of "%s" weighs %sless than %s', w.staff_id, w.figure, limits.portfolio_min)
			|| CASE WHEN too_few THEN format(' (all counted accounts of the unit together weigh %s)', unit_weight) ELSE '' END,
		'6.1.2.1, R13'
	FROM _portfolio_weights(the_plan, in_force) w WHERE w.weight < limits.portfolio_min AND w.weight > 0;
END $$;

-- Targets for both KPIs, and something to do for every account (1.4).
CREATE OR REPLACE FUNCTION _missing_content(the_plan plan) RETURNS SETOF plan_problem
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	SELECT 'no_target', NULL::text, NULL::text,
		format(unistr('ยังไม่ได้กำหนดเป้าหมายของ %s'), k.kpi_th),
		format('there is no target for %s (%s)', k.kpi_en, k.kpi), '5, step 1.4'
	FROM (VALUES ('plan_success', unistr('ร้อยละความสำเร็จตามแผน'), 'success against the plan'),
		('satisfaction', unistr('ความพึงพอใจโดยรวม'), 'overall satisfaction')) k (kpi, kpi_th, kpi_en)
	WHERE k.kpi NOT IN (SELECT t.kpi FROM _standing_target(the_plan) t);
	RETURN QUERY
	SELECT 'no_activity', s.account_id, NULL::text,
		format(unistr('ลูกค้า %s ยังไม่มีกิจกรรมในแผน'), s.account_id),
		format('account "%s" has no activity', s.account_id), '5, step 1.4'
	FROM _standing_selection(the_plan) s
	WHERE s.status = 'selected' AND s.account_id NOT IN (SELECT a.account_id FROM _standing_activity(the_plan) a);
END $$;

-- An area's plan is made of the compiled plans of its offices.
CREATE OR REPLACE FUNCTION _missing_offices(the_plan plan) RETURNS SETOF plan_problem
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	SELECT 'office_plan', NULL::text, NULL::text,
		format(unistr('แผนของ %s ยังไม่ได้รวบรวม (%s)'), o.unit_code, o.status),
		format('the plan of office "%s" is %s and not compiled yet', o.unit_code, o.status), '4.6.3'
	FROM plan o JOIN unit u USING (unit_code)
	WHERE the_plan.route = 'area' AND the_plan.amendment_no = 0
		AND u.parent_unit = the_plan.unit_code AND u.kind = 'office' AND (u.closed_on IS NULL OR u.closed_on > _today())
		AND o.plan_year = the_plan.plan_year AND o.amendment_no = 0 AND o.status IN ('draft', 'submitted', 'returned');
END $$;

CREATE OR REPLACE FUNCTION _plan_missing(the_plan plan) RETURNS SETOF plan_problem
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	SELECT m.* FROM (
		SELECT 1, x.* FROM _missing_selection(the_plan) x
		UNION ALL SELECT 2, x.* FROM _missing_qualification(the_plan) x
		UNION ALL SELECT 3, x.* FROM _missing_assignment(the_plan) x
		UNION ALL SELECT 4, x.* FROM _missing_weight(the_plan) x
		UNION ALL SELECT 5, x.* FROM _missing_content(the_plan) x
		UNION ALL SELECT 6, x.* FROM _missing_offices(the_plan) x
	) o (n, problem, account_id, staff_id, text_th, text_en, section)
		CROSS JOIN LATERAL (SELECT o.problem, o.account_id, o.staff_id, o.text_th, o.text_en, o.section) m
	ORDER BY o.n, o.problem, o.account_id, o.staff_id, o.text_en;
END $$;

-- Definer's rights: a portfolio is weighed over all units (R12), of which an office sees its own.
CREATE OR REPLACE FUNCTION plan_missing(plan_year int, unit_code text)
RETURNS TABLE (problem text, account_id text, staff_id text, text_th text, text_en text, section text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	the_plan plan;
BEGIN
	IF NOT coalesce(unit_code = ANY (_readable_units()), false) THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('unit "%s" is not among those of "%s"', unit_code, coalesce(me(), _role())),
			HINT = 'A plan is looked through by those who read all accounts of its unit.';
	END IF;
	PERFORM _check_plan_year(plan_year);
	SELECT * INTO the_plan FROM plan p
	WHERE p.plan_year = plan_missing.plan_year AND p.unit_code = plan_missing.unit_code AND p.status <> 'withdrawn'
	ORDER BY p.amendment_no DESC LIMIT 1;
	IF FOUND THEN
		RETURN QUERY SELECT m.* FROM _plan_missing(the_plan) m;
	END IF;
END $$;

COMMENT ON FUNCTION _plan_rule_set(plan) IS
U&'หลักเกณฑ์ของแผน — The rules a plan is judged by; an amendment keeps those of its plan (R4).';
COMMENT ON FUNCTION _missing_selection(plan) IS U&'สิ่งที่ขาดในการคัดเลือก — What is missing in the selection.';
COMMENT ON FUNCTION _section_heads(plan) IS
U&'ผู้ดูแลลูกค้า Streamline — Who keeps the Streamline accounts of a plan (R14).';
COMMENT ON FUNCTION _appointed(plan) IS U&'ผู้ได้รับแต่งตั้งในแผน — Who is appointed to look after accounts of a plan.';
COMMENT ON FUNCTION _missing_assignment(plan) IS
U&'สิ่งที่ขาดในการมอบหมาย — What is missing in the assignment of accounts.';
COMMENT ON FUNCTION _missing_qualification(plan) IS
U&'คุณสมบัติที่ขาด — Which points of qualification are neither met nor waived.';
COMMENT ON FUNCTION _portfolio_weights(plan, text) IS
U&'ค่าถ่วงน้ำหนักของพอร์ตที่เกี่ยวข้อง — The weights of the portfolios that a plan touches, over all units (R12).';
COMMENT ON FUNCTION _missing_weight(plan) IS U&'พอร์ตที่อยู่นอกเกณฑ์ — Which portfolios are outside the limits (R13).';
COMMENT ON FUNCTION _missing_content(plan) IS U&'เป้าหมายและกิจกรรมที่ขาด — Which targets and activities are missing.';
COMMENT ON FUNCTION _missing_offices(plan) IS
U&'สำนักงานที่ยังไม่ได้รวบรวมแผน — Which offices of an area have not had their plans compiled.';
COMMENT ON FUNCTION _plan_missing(plan) IS U&'สิ่งที่ขาดทั้งหมด — All that a plan lacks before it can be approved.';
COMMENT ON FUNCTION plan_missing(int, text) IS
U&'สิ่งที่แผนยังขาดก่อนอนุมัติ — What the unit''s plan, or its open amendment together with the plan, lacks before it can be approved; no rows where nothing (1.3, 1.4, R13). Errors: 22023, 42501, 55000.';
COMMENT ON TYPE plan_problem IS U&'สิ่งที่แผนยังขาด — One thing that a plan lacks.';
COMMENT ON COLUMN plan_problem.problem IS U&'ชนิดของสิ่งที่ขาด — What is missing, in a word, as undecided.';
COMMENT ON COLUMN plan_problem.account_id IS U&'ลูกค้า — Account that it is about; NULL: none.';
COMMENT ON COLUMN plan_problem.staff_id IS U&'พนักงาน — Member of staff whom it is about; NULL: nobody.';
COMMENT ON COLUMN plan_problem.text_th IS U&'คำอธิบายภาษาไทย — What is missing, in Thai.';
COMMENT ON COLUMN plan_problem.text_en IS U&'คำอธิบายภาษาอังกฤษ — What is missing, in English.';
COMMENT ON COLUMN plan_problem.section IS U&'ข้อในคู่มือ — Section of the manual, and the reading.';
