/* Pictures of a unit and all below it, of what the reader may read. */

-- A unit and all below it; NULL is headquarters, which is the country.
CREATE OR REPLACE FUNCTION _pictured_units(unit_code text, plan_year int) RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	the_unit text := coalesce(unit_code, _headquarters());
	units text[] := ARRAY(SELECT _subtree(the_unit));
BEGIN
	PERFORM _check_reader(), _check_unit(the_unit);
	IF row_security_active('selection') AND NOT units && _my_units()
		AND NOT EXISTS (SELECT FROM account a WHERE a.unit_code = ANY (units))
	THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('unit "%s" is not among those of "%s"', the_unit, coalesce(me(), _role())),
			HINT = 'A unit is pictured for those who hold a post or have accounts in it, and for those above it.';
	END IF;
	PERFORM _check_plan_year(plan_year);
	RETURN units;
END $$;

CREATE OR REPLACE FUNCTION _reads_all_of(units text[]) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN NOT row_security_active('selection') OR units <@ _readable_units();
END $$;

CREATE OR REPLACE FUNCTION _pictured_name(what text, unit_code text, plan_year int, and_below boolean DEFAULT true)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT
SET standard_conforming_strings = on AS $$
BEGIN
	RETURN (
		SELECT format(unistr('%s %s ปีแผน %s'), what,
			CASE WHEN u.kind = 'hq' AND and_below THEN unistr('ทั้งประเทศ') ELSE u.name_th END,
			_pictured_name.plan_year + 543)
		FROM unit u WHERE u.unit_code = coalesce(_pictured_name.unit_code, _headquarters()));
END $$;

-- What a picture of plans is called: it says how many of them are not approved, and where the reader
-- does not read all.
CREATE OR REPLACE FUNCTION _pictured_plans(what text, unit_code text, plan_year int, units text[]) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT
SET standard_conforming_strings = on AS $$
BEGIN
	RETURN (
		SELECT concat_ws(unistr(' — '), _pictured_name(what, _pictured_plans.unit_code, _pictured_plans.plan_year),
			CASE WHEN count(*) FILTER (WHERE p.status <> 'approved') > 0 THEN
				format(unistr('ร่าง %s/%s แผน'), count(*) FILTER (WHERE p.status <> 'approved'), count(*)) END,
			CASE WHEN NOT _reads_all_of(units) THEN unistr('เฉพาะที่อ่านได้') END)
		FROM plan p
		WHERE p.plan_year = _pictured_plans.plan_year AND p.unit_code = ANY (units) AND p.amendment_no = 0);
END $$;

-- The plans that hold: those in force with their amendments and, of units without one, what is planned.
CREATE OR REPLACE FUNCTION _pictured_mix(plan_year int, units text[]) RETURNS kam.portfolio
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
BEGIN
	RETURN (
		SELECT kam.portfolio(s.tier)
		FROM selection s JOIN plan p USING (plan_id)
		WHERE s.plan_year = _pictured_mix.plan_year AND s.unit_code = ANY (units)
			AND s.status = 'selected' AND s.ended_on IS NULL AND (p.status = 'approved' OR p.amendment_no = 0));
END $$;

-- What each KAMR of these units carries, over all units (R12), and the rule set of the approval (R4).
CREATE OR REPLACE FUNCTION _pictured_load(plan_year int, units text[],
	OUT names text[], OUT mixes kam.portfolio[], OUT rule_set text)
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
BEGIN
	SELECT array_agg(c.name ORDER BY c.name COLLATE "th-x-icu", c.staff_id),
		array_agg(c.mix ORDER BY c.name COLLATE "th-x-icu", c.staff_id), max(c.rule_set)
	INTO names, mixes, rule_set
	FROM (
		SELECT x.staff_id, coalesce(t.name_th, x.staff_id) AS name, kam.portfolio(x.tier) AS mix,
			max(x.rule_set) AS rule_set
		FROM (
			SELECT a.staff_id, a.unit_code, a.tier, p.rule_set
			FROM assignment a JOIN plan p USING (plan_id)
			WHERE a.plan_year = _pictured_load.plan_year AND a.responsibility = 'main' AND a.ended_on IS NULL
				AND (p.status = 'approved' OR p.amendment_no = 0)
			UNION ALL
			-- Appointed, whether or not with accounts; of units whose assignments the reader sees.
			SELECT k.staff_id, k.unit_code, NULL, NULL
			FROM kamr k JOIN plan p USING (plan_id)
			WHERE k.plan_year = _pictured_load.plan_year AND k.level <> 'area' AND k.ended_on IS NULL
				AND (p.status = 'approved' OR p.amendment_no = 0) AND _reads_all_of(ARRAY[k.unit_code])) x
		LEFT JOIN staff t ON t.staff_id = x.staff_id
		GROUP BY x.staff_id, t.name_th
		HAVING bool_or(x.unit_code = ANY (units))) c;
	rule_set := coalesce(rule_set, kam.rule_set_in_force(plan_year));
END $$;

CREATE OR REPLACE FUNCTION kasm_picture(unit_code text, plan_year int) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 SET search_path FROM CURRENT AS $$
DECLARE
	units text[] := _pictured_units(unit_code, plan_year);
BEGIN
	RETURN kam.kasm_picture(_pictured_mix(plan_year, units), _pictured_plans('KASM', unit_code, plan_year, units));
END $$;

CREATE OR REPLACE FUNCTION kasm_text(unit_code text, plan_year int) RETURNS SETOF text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 16 SET search_path FROM CURRENT AS $$
DECLARE
	units text[] := _pictured_units(unit_code, plan_year);
BEGIN
	RETURN QUERY
	SELECT * FROM kam.kasm_text(_pictured_mix(plan_year, units), _pictured_plans('KASM', unit_code, plan_year, units));
END $$;

CREATE OR REPLACE FUNCTION load_picture(unit_code text, plan_year int) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 SET search_path FROM CURRENT
SET standard_conforming_strings = on AS $$
DECLARE
	units text[] := _pictured_units(unit_code, plan_year);
	load record := _pictured_load(plan_year, units);
BEGIN
	RETURN kam.load_picture(load.names, load.mixes,
		_pictured_plans(unistr('ภาระงาน KAMR'), unit_code, plan_year, units), rule_set => load.rule_set);
END $$;

CREATE OR REPLACE FUNCTION load_text(unit_code text, plan_year int) RETURNS SETOF text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 20 SET search_path FROM CURRENT
SET standard_conforming_strings = on AS $$
DECLARE
	units text[] := _pictured_units(unit_code, plan_year);
	load record := _pictured_load(plan_year, units);
BEGIN
	RETURN QUERY
	SELECT * FROM kam.load_text(load.names, load.mixes, rule_set => load.rule_set,
		title => _pictured_plans(unistr('ภาระงาน KAMR'), unit_code, plan_year, units));
END $$;

-- The unit's own deadlines, a row for each step.
CREATE OR REPLACE FUNCTION deadline_picture(unit_code text, plan_year int) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 SET search_path FROM CURRENT
SET standard_conforming_strings = on AS $$
BEGIN
	PERFORM _pictured_units(unit_code, plan_year);
	IF row_security_active('deadline') AND coalesce(unit_code, _headquarters()) <> ALL (_my_units()) THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('unit "%s" is not among those of "%s"', coalesce(unit_code, _headquarters()),
				coalesce(me(), _role())),
			HINT = 'Deadlines of a unit are for those who hold a post there, and for those above it.';
	END IF;
	RETURN (
		SELECT kam.calendar_picture(
			array_agg(d.due_on ORDER BY d.due_on, d.step, d.period),
			array_agg(d.state ORDER BY d.due_on, d.step, d.period),
			array_agg(concat_ws(' ', d.step, (
				SELECT s.name_th FROM kam.process_step s
				WHERE s.step = d.step AND s.name_th IS NOT NULL
				ORDER BY s.builtin, s.period LIMIT 1)) ORDER BY d.due_on, d.step, d.period),
			deadline_picture.plan_year,
			_pictured_name(unistr('กำหนดเวลา'), deadline_picture.unit_code, deadline_picture.plan_year,
				and_below => false))
		FROM _deadline_status(deadline_picture.plan_year) d
		WHERE d.unit_code = coalesce(deadline_picture.unit_code, _headquarters()));
END $$;

-- A KPI of the unit and all below it, month by month, on the scale that most were asked on.
CREATE OR REPLACE FUNCTION kpi_picture(measure text, unit_code text, plan_year int) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 SET search_path FROM CURRENT
SET standard_conforming_strings = on AS $$
DECLARE
	units text[] := _pictured_units(unit_code, plan_year);
	u unit;
	m kpi_measure;
	months text[];
	figures numeric[];
	target numeric;
	scale numeric;
BEGIN
	SELECT * INTO u FROM unit x WHERE x.unit_code = coalesce(kpi_picture.unit_code, _headquarters());
	IF NOT _reads_all_of(units) THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('unit "%s" is not among those of "%s" with all below it', u.unit_code,
				coalesce(me(), _role())),
			HINT = 'What is counted in a unit is for those who read all of it; see kpi_figures for your own.';
	END IF;
	PERFORM _check_measure(measure);
	SELECT * INTO m FROM kpi_measure x WHERE x.measure = kpi_picture.measure;
	WITH figure AS MATERIALIZED (
		SELECT f.* FROM kpi_figures(kpi_picture.plan_year, unit_code => nullif(u.unit_code, _headquarters()),
			measure => kpi_picture.measure) f
		WHERE f.measure = kpi_picture.measure AND f.staff_id IS NULL
			AND f.level = CASE u.kind WHEN 'hq' THEN 'country' ELSE u.kind END
	), year AS (
		SELECT f.scale, f.target FROM figure f WHERE f.period IS NULL
		ORDER BY kam.responses(f.satisfaction) DESC, f.scale DESC LIMIT 1
	)
	SELECT array_agg(split_part(kam.thai_date(make_date(kpi_picture.plan_year, n, 1), 'medium'), ' ', 2) ORDER BY n),
		array_agg((
			SELECT f.value FROM figure f
			WHERE f.month = n AND f.scale IS NOT DISTINCT FROM (SELECT y.scale FROM year y)) ORDER BY n),
		(SELECT y.target FROM year y), (SELECT y.scale FROM year y)
	INTO months, figures, target, scale
	FROM generate_series(1, 12) n;
	RETURN kam.trend_picture(months, figures, target, _pictured_name(m.title_th, unit_code, plan_year),
		CASE m.unit WHEN 'percent' THEN 100 WHEN 'score' THEN coalesce(scale, 5) END,
		CASE m.unit WHEN 'percent' THEN '%'
			WHEN 'score' THEN format(unistr('จาก %s คะแนน'), trim_scale(coalesce(scale, 5))) END);
END $$;

COMMENT ON FUNCTION _pictured_units(text, int) IS
U&'หน่วยงานในภาพ — A unit and all below it; NULL for the country. Errors: P0002 for an unknown unit, 42501 for strangers and for a unit of which the caller reads nothing, 55000 for a year not opened.';
COMMENT ON FUNCTION _reads_all_of(text[]) IS
U&'ผู้เรียกอ่านได้ทั้งหมดหรือไม่ — Does the caller read all of these units?';
COMMENT ON FUNCTION _pictured_name(text, text, int, boolean) IS
U&'ชื่อภาพ — What a picture is called: its subject, the unit (headquarters with all below it is the country), and the year of the Buddhist era.';
COMMENT ON FUNCTION _pictured_plans(text, text, int, text[]) IS
U&'ชื่อภาพของแผน — The same of plans, with how many are drafts, and whether the reader reads all.';
COMMENT ON FUNCTION _pictured_mix(int, text[]) IS
U&'จำนวนลูกค้าแต่ละระดับ — Key accounts by tier: of the plans in force and, of units without one, as planned.';
COMMENT ON FUNCTION _pictured_load(int, text[]) IS
U&'ภาระงานของพนักงานแต่ละคน — What each key account manager of these units carries, over all units that the reader sees (R12); names in Thai order.';
COMMENT ON FUNCTION kasm_picture(text, int) IS
U&'ภาพตารางคัดเลือกลูกค้ารายสำคัญ — The selection matrix (6.1.1) of a unit and all below it, as SVG, of what the caller reads. NULL for the country. Errors: P0002 for an unknown unit, 55000 for a year not opened, 42501 for strangers and for a unit of which the caller reads nothing.';
COMMENT ON FUNCTION kasm_text(text, int) IS
U&'ตารางคัดเลือกเป็นข้อความ — The same as text of at most 80 columns, a row per line.';
COMMENT ON FUNCTION load_picture(text, int) IS
U&'ภาพภาระงานของพนักงานบริหารลูกค้ารายสำคัญ — What the key account managers of a unit and all below it carry (6.1.2.1), between the limits of the rule set of their approval, as SVG. Errors as kasm_picture.';
COMMENT ON FUNCTION load_text(text, int) IS
U&'ภาระงานเป็นข้อความ — The same as text of at most 80 columns, a row per line.';
COMMENT ON FUNCTION deadline_picture(text, int) IS
U&'ปฏิทินกำหนดเวลาของหน่วยงาน — The unit''s own deadlines of a plan year and how they stand (section 5), as SVG. Errors as kasm_picture; 42501 for a unit that is none of the caller''s.';
COMMENT ON FUNCTION kpi_picture(text, text, int) IS
U&'ภาพแนวโน้มตัวชี้วัด — A KPI of a unit and all below it month by month, with its target, as SVG. Errors as kasm_picture; 42501 for who does not read all of the unit, 22023 for an unknown measure.';
