/* Reports of results as rows with types: CRM-KAM-004, survey, effectiveness, review of the process. */

-- The days of a period as far as they have passed; of the year where there is none.
CREATE OR REPLACE FUNCTION _days_so_far(plan_year int, period text) RETURNS daterange
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	days daterange := _period_days(plan_year, period);
BEGIN
	RETURN daterange(lower(days), greatest(lower(days), least(upper(days), _today() + 1)));
END $$;

-- ---- CRM-KAM-004 -------------------------------------------------------------

-- A unit's results, from the figures that reports hold (_result_figures).  scope: all, with all below it; own, without;
-- part, one of the units below it with all below that.
CREATE TYPE crm_kam_004_row AS (
	unit_code text, unit_name_th text, unit_name_en text, scope text, plan_year int, days_from date, days_to date,
	plans_approved kam.rate, accounts bigint, strategic bigint, star bigint, status bigint, streamline bigint,
	kamrs bigint, portfolio kam.portfolio, weight numeric, below_minimum bigint, plan_success kam.rate,
	plan_success_in_period kam.rate, done_on_time kam.rate, contacts bigint, contacts_recorded_in_time kam.rate,
	cases_received bigint, cases_urgent bigint, cases_closed bigint, cases_open bigint, answered_in_time kam.rate,
	voices bigint
);
CREATE OR REPLACE FUNCTION _result_row(the_unit unit, scope text, plan_year int, days daterange, figures jsonb)
RETURNS crm_kam_004_row
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	r crm_kam_004_row := jsonb_populate_record(NULL::crm_kam_004_row, figures - 'accounts' - 'portfolio'
		- 'plans_approved' - 'plan_success' - 'plan_success_in_period' - 'done_on_time' - 'contacts_recorded_in_time'
		- 'answered_in_time');
BEGIN
	r.unit_code := the_unit.unit_code;
	r.unit_name_th := the_unit.name_th;
	r.unit_name_en := the_unit.name_en;
	r.scope := scope;
	r.plan_year := plan_year;
	r.days_from := lower(days);
	r.days_to := upper(days) - 1;
	r.strategic := coalesce((figures #>> '{accounts,Strategic}')::bigint, 0);
	r.star := coalesce((figures #>> '{accounts,Star}')::bigint, 0);
	r.status := coalesce((figures #>> '{accounts,Status}')::bigint, 0);
	r.streamline := coalesce((figures #>> '{accounts,Streamline}')::bigint, 0);
	r.accounts := r.strategic + r.star + r.status + r.streamline;
	r.kamrs := (figures #>> '{portfolio,kamrs}')::bigint;
	r.portfolio := (figures #>> '{portfolio,total}')::kam.portfolio;
	r.weight := (figures #>> '{portfolio,weight}')::numeric;
	r.below_minimum := (figures #>> '{portfolio,below_minimum}')::bigint;
	r.plans_approved := (figures #>> '{plans_approved,rate}')::kam.rate;
	r.plan_success := (figures #>> '{plan_success,rate}')::kam.rate;
	r.plan_success_in_period := (figures #>> '{plan_success_in_period,rate}')::kam.rate;
	r.done_on_time := (figures #>> '{done_on_time,rate}')::kam.rate;
	r.contacts_recorded_in_time := (figures #>> '{contacts_recorded_in_time,rate}')::kam.rate;
	r.answered_in_time := (figures #>> '{answered_in_time,rate}')::kam.rate;
	r.voices := coalesce((SELECT sum(v.value::bigint) FROM jsonb_each_text(figures -> 'voice') v), 0);
	RETURN r;
END $$;

-- The rows that the content of a report of results holds: all, and where there are units below, own and parts.
CREATE OR REPLACE FUNCTION _result_rows(unit_code text, plan_year int, days daterange, content jsonb)
RETURNS SETOF crm_kam_004_row
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 20 SET search_path FROM CURRENT AS $$
DECLARE
	the_unit unit := (SELECT u FROM unit u WHERE u.unit_code = _result_rows.unit_code);
BEGIN
	RETURN NEXT _result_row(the_unit, 'all', plan_year, days, content -> 'results');
	IF content -> 'units' <> '{}' THEN
		RETURN NEXT _result_row(the_unit, 'own', plan_year, days, content -> 'own');
		RETURN QUERY
		SELECT r.*
		FROM jsonb_each(content -> 'units') c JOIN unit u ON u.unit_code = c.key
			CROSS JOIN LATERAL _result_row(u, 'part', _result_rows.plan_year, days, c.value) r
		ORDER BY u.name_th COLLATE "th-x-icu", u.unit_code COLLATE "C";
	END IF;
END $$;

-- Of a period that is not over, what it has come to so far.
CREATE OR REPLACE FUNCTION crm_kam_004(unit_code text, plan_year int, period text DEFAULT NULL)
RETURNS SETOF crm_kam_004_row
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 20 SET search_path FROM CURRENT AS $$
DECLARE
	days daterange;
BEGIN
	PERFORM _check_form_unit(unit_code, plan_year), _check_form_period('CRM-KAM-004', period);
	days := _days_so_far(plan_year, period);
	RETURN QUERY
	SELECT r.* FROM unit u CROSS JOIN LATERAL _result_rows(u.unit_code, crm_kam_004.plan_year, days,
		_report_content_quarterly(u.unit_code, crm_kam_004.plan_year, days)) r
	WHERE u.unit_code = crm_kam_004.unit_code;
END $$;

-- ---- survey report (step 8) --------------------------------------------------

-- Scores of each survey on its own scale: of all, of the unit alone, of each unit below it, of each tier; and how many
-- of the key accounts in force have answered.
CREATE TYPE survey_report_row AS (
	unit_code text, unit_name_th text, unit_name_en text, scope text, tier kam.tier, plan_year int, survey_id bigint,
	kind text, title text, measure text, satisfaction kam.satisfaction, responses bigint, mean numeric, deviation numeric,
	scale numeric, top_two kam.rate, answered kam.rate
);
CREATE OR REPLACE FUNCTION _survey_report(unit_code text, units text[], plan_year int) RETURNS SETOF survey_report_row
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 50
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
DECLARE
	the_unit unit := (SELECT u FROM unit u WHERE u.unit_code = _survey_report.unit_code);
BEGIN
	RETURN QUERY
	WITH RECURSIVE part AS (
		-- Every unit with the one right below the_unit, or the first area, that it belongs to.
		SELECT the_unit.unit_code AS unit_code, the_unit.unit_code AS part
		UNION ALL
		SELECT u.unit_code, CASE WHEN o.part = the_unit.unit_code OR r.kind = 'region' THEN u.unit_code ELSE o.part END
		FROM unit u JOIN part o ON u.parent_unit = o.unit_code JOIN unit r ON r.unit_code = o.part
	), chosen AS MATERIALIZED (
		SELECT s.account_id, s.tier, o.part
		FROM selection s JOIN plan p USING (plan_id) JOIN part o ON o.unit_code = s.unit_code
		WHERE s.plan_year = _survey_report.plan_year AND s.unit_code = ANY (units)
			AND s.status = 'selected' AND s.ended_on IS NULL AND p.status = 'approved'
	), asked AS MATERIALIZED (
		SELECT v.survey_id, m.measure, c.part, c.tier, count(*) AS accounts
		FROM survey v JOIN survey_measure m USING (survey_id) CROSS JOIN chosen c
		WHERE v.plan_year = _survey_report.plan_year
		GROUP BY GROUPING SETS ((v.survey_id, m.measure), (v.survey_id, m.measure, c.part),
			(v.survey_id, m.measure, c.tier))
	), response AS MATERIALIZED (
		SELECT r.survey_id, r.measure, r.account_id, round(r.score, 4) AS score, m.scale, o.part, c.tier,
			c.account_id IS NOT NULL AS is_chosen
		FROM survey_response r
			JOIN survey_measure m USING (survey_id, measure)
			JOIN part o ON o.unit_code = r.unit_code
			LEFT JOIN chosen c ON c.account_id = r.account_id
		WHERE r.plan_year = _survey_report.plan_year AND r.unit_code = ANY (units)
	), scored AS (
		SELECT r.survey_id, r.measure, r.part, r.tier, grouping(r.part, r.tier) AS grouped,
			kam.satisfaction(r.score, r.scale) AS satisfaction, kam.rate(kam.top_two_box(r.score, r.scale)) AS top_two,
			count(DISTINCT r.account_id) FILTER (WHERE r.is_chosen) AS accounts
		FROM response r
		GROUP BY GROUPING SETS ((r.survey_id, r.measure), (r.survey_id, r.measure, r.part),
			(r.survey_id, r.measure, r.tier))
	)
	SELECT u.unit_code, u.name_th, u.name_en, k.scope, s.tier, _survey_report.plan_year, v.survey_id, v.kind, v.title,
		s.measure, s.satisfaction, kam.responses(s.satisfaction), kam.mean(s.satisfaction), kam.deviation(s.satisfaction),
		kam.scale(s.satisfaction), s.top_two, kam.rate(least(s.accounts, coalesce(a.accounts, 0)), coalesce(a.accounts, 0))
	FROM scored s
		JOIN survey v USING (survey_id)
		JOIN unit u ON u.unit_code = coalesce(s.part, the_unit.unit_code)
		CROSS JOIN LATERAL (SELECT CASE s.grouped WHEN 3 THEN 'all' WHEN 2 THEN 'tier'
			ELSE CASE s.part WHEN the_unit.unit_code THEN 'own' ELSE 'part' END END) k (scope)
		LEFT JOIN asked a ON a.survey_id = s.survey_id AND a.measure = s.measure AND a.part IS NOT DISTINCT FROM s.part
			AND a.tier IS NOT DISTINCT FROM s.tier
	WHERE k.scope <> 'tier' OR s.tier IS NOT NULL
	ORDER BY v.survey_id, s.measure COLLATE "C" DESC, array_position(ARRAY['all', 'own', 'part', 'tier'], k.scope),
		u.name_th COLLATE "th-x-icu", u.unit_code COLLATE "C", s.tier DESC;
END $$;

CREATE OR REPLACE FUNCTION survey_report(unit_code text, plan_year int) RETURNS SETOF survey_report_row
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 50 SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _check_form_unit(unit_code, plan_year);
	RETURN QUERY SELECT r.* FROM _survey_report(unit_code, _form_units('subtree', unit_code), plan_year) r;
END $$;

-- ---- effectiveness report (step 9) -------------------------------------------

-- What was achieved beside what was aimed at and the year before, as the content of the report has it.
CREATE TYPE effectiveness_report_row AS (
	unit_code text, plan_year int, measure text, title_th text, title_en text, survey text, unit text, rate kam.rate,
	actual numeric, scale numeric, target numeric, target_scale numeric, is_met boolean, year_before numeric
);
CREATE OR REPLACE FUNCTION _effectiveness_rows(unit_code text, plan_year int, content jsonb, before jsonb)
RETURNS SETOF effectiveness_report_row
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 10 SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	WITH target AS (
		SELECT t ->> 'kpi' AS kpi, (t ->> 'value')::numeric AS value, (t ->> 'scale')::numeric AS scale
		FROM jsonb_array_elements(content -> 'targets') t
	), rated AS (
		SELECT m.n, m.measure, (content #>> ARRAY['results', m.key, 'rate'])::kam.rate AS rate,
			(before #>> ARRAY[m.key, 'percent'])::numeric AS year_before
		FROM (VALUES (1, 'plan_success', 'plan_success'), (2, 'done_on_time', 'done_on_time'),
			(3, 'answered_in_time', 'answered_in_time'), (4, 'recorded_in_time', 'contacts_recorded_in_time'))
			m (n, measure, key)
	), measured AS (
		SELECT r.n, 0::bigint AS survey_id, r.measure, NULL AS survey, 'percent' AS unit, r.rate,
			kam.percent(r.rate) AS actual, 100::numeric AS scale, r.year_before
		FROM rated r
		UNION ALL
		SELECT 5, (s ->> 'survey_id')::bigint, s ->> 'measure', s ->> 'title', 'score', NULL, (s ->> 'mean')::numeric,
			(s ->> 'scale')::numeric, (
				SELECT (b ->> 'mean')::numeric FROM jsonb_array_elements(before -> 'surveys') b
				WHERE b ->> 'measure' = s ->> 'measure' AND b ->> 'kind' = s ->> 'kind' AND b ->> 'title' = s ->> 'title'
					AND b -> 'scale' = s -> 'scale')
		FROM jsonb_array_elements(content #> '{results,surveys}') s
	)
	SELECT _effectiveness_rows.unit_code, _effectiveness_rows.plan_year, m.measure, k.title_th, k.title_en, m.survey,
		m.unit, m.rate, m.actual, m.scale, t.value, t.scale, m.actual * t.scale >= t.value * m.scale, m.year_before
	FROM measured m
		JOIN kpi_measure k ON k.measure = m.measure
		LEFT JOIN target t ON t.kpi = k.target_kpi
	ORDER BY m.n, m.measure COLLATE "C" DESC, m.survey_id;
END $$;

-- The figures of the whole year before.
CREATE OR REPLACE FUNCTION _figures_before(unit_code text, plan_year int) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _result_figures(plan_year - 1, ARRAY(SELECT _subtree(unit_code)), _period_days(plan_year - 1, NULL));
END $$;

CREATE OR REPLACE FUNCTION effectiveness_report(unit_code text, plan_year int, period text DEFAULT NULL)
RETURNS SETOF effectiveness_report_row
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 10 SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _check_form_unit(unit_code, plan_year), _check_form_period('effectiveness', period);
	RETURN QUERY
	SELECT r.* FROM unit u CROSS JOIN LATERAL _effectiveness_rows(u.unit_code, effectiveness_report.plan_year,
		_report_content_effectiveness(u.unit_code, effectiveness_report.plan_year,
			_days_so_far(effectiveness_report.plan_year, NULL)),
		_figures_before(u.unit_code, effectiveness_report.plan_year)) r
	WHERE u.unit_code = effectiveness_report.unit_code;
END $$;

-- ---- review of the process (step 10) -----------------------------------------

-- How the steps kept their dates: on_time is of the deadlines that have passed or were met.
CREATE TYPE process_review_row AS (
	unit_code text, plan_year int, step int, name_th text, name_en text, deadlines bigint, met bigint, met_late bigint,
	overdue bigint, due bigint, on_time kam.rate
);
CREATE OR REPLACE FUNCTION _process_review_rows(unit_code text, plan_year int, content jsonb)
RETURNS SETOF process_review_row
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 10 SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	SELECT _process_review_rows.unit_code, _process_review_rows.plan_year, n.step, n.name_th, n.name_en,
		c.met + c.met_late + c.overdue + c.due, c.met, c.met_late, c.overdue, c.due,
		kam.rate(c.met, c.met + c.met_late + c.overdue)
	FROM (
		SELECT DISTINCT ON (p.step) p.step, p.name_th, p.name_en FROM kam.process_step p
		ORDER BY p.step, p.builtin, p.period) n
		JOIN LATERAL (SELECT content #> ARRAY['steps', n.step::text]) s (states) ON s.states IS NOT NULL
		CROSS JOIN LATERAL (
			SELECT coalesce((s.states ->> 'met')::bigint, 0), coalesce((s.states ->> 'met late')::bigint, 0),
				coalesce((s.states ->> 'overdue')::bigint, 0),
				coalesce((s.states ->> 'due')::bigint, 0) + coalesce((s.states ->> 'due soon')::bigint, 0))
			c (met, met_late, overdue, due)
	ORDER BY n.step;
END $$;

CREATE OR REPLACE FUNCTION process_review(unit_code text, plan_year int) RETURNS SETOF process_review_row
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 10 SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _check_form_unit(unit_code, plan_year);
	RETURN QUERY
	SELECT r.* FROM unit u CROSS JOIN LATERAL _process_review_rows(u.unit_code, process_review.plan_year,
		_report_content_process_review(u.unit_code, process_review.plan_year,
			_days_so_far(process_review.plan_year, NULL))) r
	WHERE u.unit_code = process_review.unit_code;
END $$;

COMMENT ON TYPE crm_kam_004_row IS
U&'แถวของ CRM-KAM-004 — A row of CRM-KAM-004: the results of a unit.';
COMMENT ON COLUMN crm_kam_004_row.unit_code IS
U&'หน่วยงาน — Unit.';
COMMENT ON COLUMN crm_kam_004_row.unit_name_th IS
U&'ชื่อหน่วยงานภาษาไทย — Name of the unit in Thai.';
COMMENT ON COLUMN crm_kam_004_row.unit_name_en IS
U&'ชื่อหน่วยงานภาษาอังกฤษ — Name of the unit in English.';
COMMENT ON COLUMN crm_kam_004_row.scope IS
U&'ขอบเขต — all: with all below it; own: the unit alone; part: one of the units below it, with all below that.';
COMMENT ON COLUMN crm_kam_004_row.plan_year IS
U&'ปีแผน (ค.ศ.) — Plan year, common era.';
COMMENT ON COLUMN crm_kam_004_row.days_from IS
U&'วันแรกที่นับ — First day that counts.';
COMMENT ON COLUMN crm_kam_004_row.days_to IS
U&'วันสุดท้ายที่นับ — Last day that counts.';
COMMENT ON COLUMN crm_kam_004_row.plans_approved IS
U&'แผนที่อนุมัติแล้ว — How many of the plans are approved.';
COMMENT ON COLUMN crm_kam_004_row.accounts IS
U&'จำนวนลูกค้ารายสำคัญ — Key accounts by the approved plans.';
COMMENT ON COLUMN crm_kam_004_row.strategic IS
U&'จำนวนลูกค้า Strategic — Number of Strategic accounts.';
COMMENT ON COLUMN crm_kam_004_row.star IS
U&'จำนวนลูกค้า Star — Number of Star accounts.';
COMMENT ON COLUMN crm_kam_004_row.status IS
U&'จำนวนลูกค้า Status — Number of Status accounts.';
COMMENT ON COLUMN crm_kam_004_row.streamline IS
U&'จำนวนลูกค้า Streamline — Number of Streamline accounts.';
COMMENT ON COLUMN crm_kam_004_row.kamrs IS
U&'จำนวนพนักงานบริหารลูกค้ารายสำคัญ — Key account managers who carry them; each counts once (R12).';
COMMENT ON COLUMN crm_kam_004_row.portfolio IS
U&'จำนวนลูกค้าแต่ละระดับที่ดูแล — Accounts per tier that these carry together.';
COMMENT ON COLUMN crm_kam_004_row.weight IS
U&'ผลรวมถ่วงน้ำหนัก — What that weighs (6.1.2.1).';
COMMENT ON COLUMN crm_kam_004_row.below_minimum IS
U&'จำนวนพนักงานที่ต่ำกว่าเกณฑ์ขั้นต่ำ — How many of them carry less than the minimum (R13).';
COMMENT ON COLUMN crm_kam_004_row.plan_success IS
U&'ความสำเร็จตามแผนสะสม — KPI (1): activities done, of those due since the year began (R21).';
COMMENT ON COLUMN crm_kam_004_row.plan_success_in_period IS
U&'ความสำเร็จในงวด — Activities done, of those due in the period.';
COMMENT ON COLUMN crm_kam_004_row.done_on_time IS
U&'ดำเนินการตามกำหนดเวลา — Activities done on time, of those due since the year began.';
COMMENT ON COLUMN crm_kam_004_row.contacts IS
U&'การติดต่อลูกค้า — Contacts in the period.';
COMMENT ON COLUMN crm_kam_004_row.contacts_recorded_in_time IS
U&'บันทึกภายใน 7 วัน — How many of these were recorded within the 7 days (R19).';
COMMENT ON COLUMN crm_kam_004_row.cases_received IS
U&'รับเรื่องในงวด — Cases received in the period.';
COMMENT ON COLUMN crm_kam_004_row.cases_urgent IS
U&'เรื่องเร่งด่วน — Urgent ones among these.';
COMMENT ON COLUMN crm_kam_004_row.cases_closed IS
U&'ปิดเรื่องในงวด — Cases closed in the period.';
COMMENT ON COLUMN crm_kam_004_row.cases_open IS
U&'ค้างเมื่อสิ้นงวด — Cases open at its end.';
COMMENT ON COLUMN crm_kam_004_row.answered_in_time IS
U&'ตอบชี้แจงภายใน 5 วันทำการ — Answered within 5 working days, of the answers due in the period (R18).';
COMMENT ON COLUMN crm_kam_004_row.voices IS
U&'เสียงของลูกค้า — Voices heard in the period.';
COMMENT ON TYPE survey_report_row IS
U&'แถวของรายงานการสำรวจ — A row of the survey report: a measure of a survey, of a unit or tier.';
COMMENT ON COLUMN survey_report_row.unit_code IS
U&'หน่วยงาน — Unit.';
COMMENT ON COLUMN survey_report_row.unit_name_th IS
U&'ชื่อหน่วยงานภาษาไทย — Name of the unit in Thai.';
COMMENT ON COLUMN survey_report_row.unit_name_en IS
U&'ชื่อหน่วยงานภาษาอังกฤษ — Name of the unit in English.';
COMMENT ON COLUMN survey_report_row.scope IS
U&'ขอบเขต — all: with all below it; own: the unit alone; part: a unit below it, with all below that; tier: one tier.';
COMMENT ON COLUMN survey_report_row.tier IS
U&'ระดับลูกค้ารายสำคัญ — Tier, where the scope is one.';
COMMENT ON COLUMN survey_report_row.plan_year IS
U&'ปีแผน (ค.ศ.) — Plan year, common era.';
COMMENT ON COLUMN survey_report_row.survey_id IS
U&'เลขที่การสำรวจ — Number of the survey.';
COMMENT ON COLUMN survey_report_row.kind IS
U&'ผู้สำรวจ — call_centre (satisfaction) or consultant (satisfaction and loyalty).';
COMMENT ON COLUMN survey_report_row.title IS
U&'ชื่อการสำรวจ — Title.';
COMMENT ON COLUMN survey_report_row.measure IS
U&'สิ่งที่วัด — What is measured: satisfaction or loyalty.';
COMMENT ON COLUMN survey_report_row.satisfaction IS
U&'ผลรวมคะแนน — Scores as exact sums, which add up.';
COMMENT ON COLUMN survey_report_row.responses IS
U&'จำนวนคำตอบ — Answers.';
COMMENT ON COLUMN survey_report_row.mean IS
U&'คะแนนเฉลี่ย — Mean score.';
COMMENT ON COLUMN survey_report_row.deviation IS
U&'ส่วนเบี่ยงเบนมาตรฐาน — Standard deviation of the scores.';
COMMENT ON COLUMN survey_report_row.scale IS
U&'คะแนนเต็ม — Highest score that can be given.';
COMMENT ON COLUMN survey_report_row.top_two IS
U&'คะแนนสองระดับบนสุด — How many scores are one of the two highest of the scale.';
COMMENT ON COLUMN survey_report_row.answered IS
U&'ลูกค้ารายสำคัญที่ตอบ — How many of the key accounts in force have answered.';
COMMENT ON TYPE effectiveness_report_row IS
U&'แถวของรายงานประสิทธิผล — A row of the effectiveness report: a measure beside its target.';
COMMENT ON COLUMN effectiveness_report_row.unit_code IS
U&'หน่วยงาน — Unit that reports.';
COMMENT ON COLUMN effectiveness_report_row.plan_year IS
U&'ปีแผน (ค.ศ.) — Plan year, common era.';
COMMENT ON COLUMN effectiveness_report_row.measure IS
U&'ตัวชี้วัด — Measure, as in kpi_measure.';
COMMENT ON COLUMN effectiveness_report_row.title_th IS
U&'ชื่อภาษาไทย — Title of the measure in Thai.';
COMMENT ON COLUMN effectiveness_report_row.title_en IS
U&'ชื่อภาษาอังกฤษ — Title of the measure in English.';
COMMENT ON COLUMN effectiveness_report_row.survey IS
U&'ชื่อการสำรวจ — Title of the survey; NULL for a rate.';
COMMENT ON COLUMN effectiveness_report_row.unit IS
U&'หน่วยของค่า — What the figures are: percent or score.';
COMMENT ON COLUMN effectiveness_report_row.rate IS
U&'จำนวนที่ทำได้ — How many of how many; NULL for a score.';
COMMENT ON COLUMN effectiveness_report_row.actual IS
U&'ผลงาน — What was achieved: percent, or the mean score.';
COMMENT ON COLUMN effectiveness_report_row.scale IS
U&'คะแนนเต็ม — Scale of that: 100 for percentages, 5 for a score of 1 to 5.';
COMMENT ON COLUMN effectiveness_report_row.target IS
U&'เป้าหมาย — Target that was approved last; NULL: none.';
COMMENT ON COLUMN effectiveness_report_row.target_scale IS
U&'คะแนนเต็มของเป้าหมาย — Scale of the target.';
COMMENT ON COLUMN effectiveness_report_row.is_met IS
U&'บรรลุเป้าหมายหรือไม่ — Whether the target is met, whatever the two scales; NULL: there is none.';
COMMENT ON COLUMN effectiveness_report_row.year_before IS
U&'ปีก่อน — What was achieved in the year before; NULL: nothing to compare with.';
COMMENT ON TYPE process_review_row IS
U&'แถวของรายงานประเมินกระบวนการ — A row of the process evaluation report: how a step kept its dates.';
COMMENT ON COLUMN process_review_row.unit_code IS
U&'หน่วยงาน — Unit that reports.';
COMMENT ON COLUMN process_review_row.plan_year IS
U&'ปีแผน (ค.ศ.) — Plan year, common era.';
COMMENT ON COLUMN process_review_row.step IS
U&'ขั้นตอน — Step of the process, 1 to 10 (5).';
COMMENT ON COLUMN process_review_row.name_th IS
U&'ชื่อภาษาไทย — What is to be done, in Thai.';
COMMENT ON COLUMN process_review_row.name_en IS
U&'ชื่อภาษาอังกฤษ — What is to be done, in English.';
COMMENT ON COLUMN process_review_row.deadlines IS
U&'จำนวนกำหนดเวลา — Deadlines of the unit and all below it.';
COMMENT ON COLUMN process_review_row.met IS
U&'ทันกำหนด — Met in time.';
COMMENT ON COLUMN process_review_row.met_late IS
U&'เสร็จหลังกำหนด — Met late.';
COMMENT ON COLUMN process_review_row.overdue IS
U&'เกินกำหนด — Overdue.';
COMMENT ON COLUMN process_review_row.due IS
U&'ยังไม่ครบกำหนด — Not met, their day not over.';
COMMENT ON COLUMN process_review_row.on_time IS
U&'อัตราทันกำหนด — How many were met in time, of those met or overdue.';
COMMENT ON FUNCTION _days_so_far(int, text) IS
U&'วันในงวดที่ผ่านมาแล้ว — Days of a period as far as they have passed.';
COMMENT ON FUNCTION _result_row(unit, text, int, daterange, jsonb) IS
U&'ผลการดำเนินงานของหน่วยงาน — The figures of a report as a row.';
COMMENT ON FUNCTION _result_rows(text, int, daterange, jsonb) IS
U&'ผลการดำเนินงานในรายงาน — The rows that the content of a report of results holds.';
COMMENT ON FUNCTION _survey_report(text, text[], int) IS
U&'รายงานการสำรวจของหลายหน่วยงาน — The rows of survey_report.';
COMMENT ON FUNCTION _effectiveness_rows(text, int, jsonb, jsonb) IS
U&'ประสิทธิผลในรายงาน — The rows that the content of an effectiveness report holds.';
COMMENT ON FUNCTION _figures_before(text, int) IS
U&'ผลของปีก่อน — The figures of the whole year before.';
COMMENT ON FUNCTION _process_review_rows(text, int, jsonb) IS
U&'การประเมินกระบวนการในรายงาน — The rows that the content of a process evaluation report holds.';
COMMENT ON FUNCTION crm_kam_004(text, int, text) IS
U&'CRM-KAM-004 สรุปผลการดำเนินงาน — Results of a period, or of the year so far: of the unit with all below it, and of each unit right below (5, step 6). The figures of reports. Of what the caller reads. Error 22023 for an unknown period.';
COMMENT ON FUNCTION survey_report(text, int) IS
U&'รายงานผลการสำรวจ — Scores of each survey on its own scale, of all, each unit, each tier, and how many key accounts answered (5, step 8). Of what the caller reads.';
COMMENT ON FUNCTION effectiveness_report(text, int, text) IS
U&'รายงานประสิทธิผล — What was achieved beside targets and the year before (5, step 9). Of what the caller reads. Error 22023 for an unknown period.';
COMMENT ON FUNCTION process_review(text, int) IS
U&'รายงานผลการประเมินกระบวนการ — How each step of the process kept its dates (5, step 10). Of what the caller reads.';
