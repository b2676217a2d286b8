/* Reports: what they say is computed when they are published, and stays. */

CREATE TABLE report_kind (
	kind text PRIMARY KEY,
	step smallint NOT NULL CHECK (step BETWEEN 1 AND 10),
	form text,
	title_th text NOT NULL,
	title_en text NOT NULL,
	section text NOT NULL
);
INSERT INTO report_kind VALUES
	('approved_plan', 2, 'CRM-KAM-001, CRM-KAM-002', unistr('แผนบริหารลูกค้ารายสำคัญที่อนุมัติแล้ว'),
		'Approved plan', '5 (step 2)'),
	('monthly', 6, 'CRM-KAM-004', unistr('สรุปผลการดำเนินงานรายเดือน'), 'Summary of results of a month',
		'4.10, 4.13, 4.15.6'),
	('quarterly', 6, 'CRM-KAM-004', unistr('สรุปผลการดำเนินงานรายไตรมาส'), 'Summary of results of a quarter',
		'4.4.5, 4.5.8, 4.6.7'),
	('coordinators', 7, 'CRM-KAM-005', unistr('รายชื่อและผู้ประสานงานของลูกค้ารายสำคัญ'), 'Key accounts and coordinators',
		'5 (step 7)'),
	('survey', 8, NULL, unistr('รายงานผลการสำรวจความพึงพอใจ'), 'Survey report', '5 (step 8)'),
	('effectiveness', 9, NULL, unistr('รายงานประเมินประสิทธิผล'), 'Effectiveness report', '5 (step 9)'),
	('process_review', 10, NULL, unistr('รายงานประเมินทบทวนกระบวนการ'), 'Process evaluation report', '5 (step 10)');

-- To whom reports go.  Where the recipient holds a post of the workflow, it is the holders of
-- the reporting unit and of the units above and below it.
CREATE TABLE report_recipient (
	kind text NOT NULL REFERENCES report_kind,
	unit_kind text NOT NULL CHECK (unit_kind IN ('hq', 'area', 'office')),
	recipient text NOT NULL,
	post text REFERENCES post,
	section text NOT NULL,
	PRIMARY KEY (kind, unit_kind, recipient)
);
INSERT INTO report_recipient VALUES
	('monthly', 'office', unistr('ผจก.'), 'office_manager', '4.13, 4.15.6'),
	('monthly', 'office', unistr('พนักงานบริหารลูกค้ารายสำคัญอาวุโส'), 'senior_kamr', '4.15.6'),
	('quarterly', 'area', unistr('อฝ.วบ.'), 'director_engineering_area', '4.6.7'),
	('quarterly', 'area', unistr('รผก.(ภ1-4)'), 'deputy_governor_region', '4.4.5'),
	('quarterly', 'area', unistr('ฝบว.'), 'director_engineering_hq', '4.5'),
	('quarterly', 'hq', unistr('รผก.(ย)'), 'deputy_governor_strategy', '4.5.8'),
	('survey', 'hq', unistr('กบล.'), 'director_customer_service', '5 (step 8), 4.9'),
	('survey', 'hq', unistr('ฝบว.'), 'director_engineering_hq', '5 (step 8), 4.9'),
	('survey', 'hq', unistr('ฝวธ.'), NULL, '5 (step 8), 4.9'),
	('process_review', 'hq', unistr('คณะทำงาน SEPA'), NULL, '5 (step 10)');
INSERT INTO report_recipient
	SELECT 'coordinators', k, unistr('กบท. ฝวส.'), 'director_communication_service', '5 (step 7)'
	FROM unnest(ARRAY['area', 'hq']) k;
INSERT INTO report_recipient
	SELECT 'effectiveness', k, r.recipient, r.post, '5 (step 9)'
	FROM unnest(ARRAY['area', 'hq']) k, (VALUES
		(unistr('ฝบว.'), 'director_engineering_hq'),
		(unistr('กฟฟ.'), 'office_manager'),
		(unistr('ฝวธ.'), NULL),
		(unistr('สรภ.(ย)'), NULL),
		(unistr('คณะทำงานปรับปรุงประสิทธิผลการบริหารลูกค้ารายสำคัญ'), 'process_owner'),
		(unistr('คณะทำงาน SEPA'), NULL),
		(unistr('การประเมินผลพนักงาน'), NULL)) r (recipient, post);
INSERT INTO report_recipient
	SELECT k.kind, k.unit_kind, r, NULL, '5 (step 6)'
	FROM (VALUES ('monthly', 'office'), ('quarterly', 'area'), ('quarterly', 'hq')) k (kind, unit_kind),
		unnest(ARRAY[unistr('ฝวธ.'), unistr('สรภ.(ย)'), unistr('คณะทำงาน SEPA'), unistr('คณะทำงานระบบ VOC')]) r;

-- The approved plan is circulated: by the divisions that pass it on, to whom it concerns.
INSERT INTO report_recipient
	SELECT 'approved_plan', k, r.recipient, r.post, '5 (step 2)'
	FROM (VALUES
		(unistr('ฝบว.'), 'director_engineering_hq', ARRAY['office', 'area', 'hq']),
		(unistr('ฝพท.'), 'director_customer_information', ARRAY['office', 'area', 'hq']),
		(unistr('กบล.'), 'director_customer_service', ARRAY['office', 'area']),
		(unistr('กฟฟ. ที่เกี่ยวข้อง'), 'office_manager', ARRAY['office', 'area']),
		(unistr('ฝวธ.'), NULL, ARRAY['office', 'area', 'hq']),
		(unistr('สรภ.(ย)'), NULL, ARRAY['office', 'area', 'hq']),
		(unistr('คณะทำงาน SEPA'), NULL, ARRAY['office', 'area', 'hq'])) r (recipient, post, kinds), unnest(r.kinds) k;

CREATE TABLE report (
	report_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	kind text NOT NULL REFERENCES report_kind,
	unit_code text NOT NULL REFERENCES unit,
	plan_year int NOT NULL REFERENCES plan_year,
	period text,
	edition int NOT NULL CHECK (edition >= 1),
	content jsonb NOT NULL,
	published_at timestamptz NOT NULL,
	published_by text NOT NULL REFERENCES staff,
	CONSTRAINT report_edition UNIQUE NULLS NOT DISTINCT (unit_code, plan_year, kind, period, edition)
);

-- The first moment of a day in Bangkok.
CREATE OR REPLACE FUNCTION _midnight(day date) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN day::timestamp AT TIME ZONE 'Asia/Bangkok';

-- The days that a period covers, of the year if it has none of its own.
CREATE OR REPLACE FUNCTION _period_days(plan_year int, period text) RETURNS daterange
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	months int := CASE WHEN period ~ '^M(0[1-9]|1[0-2])$' THEN 1 WHEN period ~ '^Q[1-4]$' THEN 3 ELSE 12 END;
	first_month int := CASE WHEN months < 12 THEN (substr(period, 2)::int - 1) * months + 1 ELSE 1 END;
	first_day date := make_date(plan_year, first_month, 1);
BEGIN
	RETURN daterange(first_day, (first_day + make_interval(months => months))::date);
END $$;

CREATE OR REPLACE FUNCTION _rate(rate kam.rate) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN jsonb_build_object('rate', rate::text, 'percent', kam.percent(rate));
END $$;

-- For the functions that gather: the plan is made for the units asked for, and not compiled. (The
-- planner knows nothing of unit_code, see statistics.sql, and takes them for dearer than they are.)

-- What counts stands in the part kpi: _kpi_activity and its like.

-- KPI (1): done of due, by the end of the days, since the year began and within the days (R21).
CREATE OR REPLACE FUNCTION _activity_figures(plan_year int, units text[], days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
BEGIN
	RETURN (
		SELECT jsonb_build_object(
			'plan_success', _rate(kam.rate(a.done)),
			'plan_success_in_period', _rate(kam.rate(a.done) FILTER (WHERE a.due_on <@ days)),
			'done_on_time', _rate(kam.rate(a.done_on_time)))
		FROM _kpi_activity(_activity_figures.plan_year, upper(days) - 1) a
		WHERE a.unit_code = ANY (units));
END $$;

CREATE OR REPLACE FUNCTION _contact_figures(plan_year int, units text[], days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
BEGIN
	RETURN (
		SELECT jsonb_build_object('contacts', count(*), 'contacts_recorded_in_time', _rate(kam.rate(c.recorded_in_time)))
		FROM _kpi_contact(_contact_figures.plan_year, lower(days), upper(days) - 1) c
		WHERE c.unit_code = ANY (units));
END $$;

-- Cases, and the answers that fell due within the days.
CREATE OR REPLACE FUNCTION _case_figures(units text[], days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
DECLARE
	from_at timestamptz := _midnight(lower(days));
	to_at timestamptz := _midnight(upper(days));
BEGIN
	RETURN (
		SELECT jsonb_build_object(
			'cases_received', count(*) FILTER (WHERE s.received_at >= from_at AND s.received_at < to_at),
			'cases_urgent', count(*) FILTER (WHERE s.received_at >= from_at AND s.received_at < to_at AND s.urgent),
			'cases_closed', count(*) FILTER (WHERE s.closed_at >= from_at AND s.closed_at < to_at),
			'cases_open', count(*) FILTER (WHERE s.received_at < to_at AND (s.closed_at IS NULL OR s.closed_at >= to_at)))
		FROM service_case s WHERE s.unit_code = ANY (units))
	|| (
		SELECT jsonb_build_object('answered_in_time', _rate(kam.rate(k.answered_in_time)))
		FROM _kpi_clock(lower(days), upper(days) - 1) k WHERE k.unit_code = ANY (units));
END $$;

-- VOC-60-001: the voice of the customer by kind.
CREATE OR REPLACE FUNCTION _voice_figures(units text[], days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
BEGIN
	RETURN jsonb_build_object('voice', coalesce((
		SELECT jsonb_object_agg(v.kind, v.items)
		FROM (
			SELECT w.kind, count(*) AS items FROM voice w
			WHERE w.unit_code = ANY (units)
				AND w.heard_at >= _midnight(lower(days)) AND w.heard_at < _midnight(upper(days))
			GROUP BY w.kind) v), '{}'));
END $$;

-- What each KAMR carries of these units' accounts by the approved plans, weighed by the rules of their approval.
CREATE OR REPLACE FUNCTION _carried_portfolios(plan_year int, units text[])
RETURNS TABLE (unit_code text, staff_id text, portfolio kam.portfolio, weight numeric, minimum numeric)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 100
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
BEGIN
	RETURN QUERY
	SELECT k.unit_code, k.staff_id, k.portfolio, k.weight, k.minimum
	FROM _kpi_load(_carried_portfolios.plan_year, ARRAY[date 'infinity'], units) k;
END $$;

-- Key accounts by tier, and the portfolios together, by the approved plans.
CREATE OR REPLACE FUNCTION _plan_figures(plan_year int, units text[]) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
BEGIN
	RETURN jsonb_build_object(
		'plans_approved', (
			SELECT _rate(kam.rate(p.status = 'approved')) FROM plan p
			WHERE p.plan_year = _plan_figures.plan_year AND p.unit_code = ANY (units) AND p.amendment_no = 0),
		'accounts', coalesce((
			SELECT jsonb_object_agg(t.tier, t.accounts)
			FROM (
				SELECT s.tier, count(*) AS accounts FROM _kpi_account(_plan_figures.plan_year) s
				WHERE s.unit_code = ANY (units) AND s.until_day = 'infinity'
				GROUP BY s.tier) t), '{}'),
		'portfolio', (
			SELECT jsonb_build_object('kamrs', count(*), 'total', coalesce(sum(k.portfolio), '{}')::text,
				'weight', coalesce(sum(k.weight), 0), 'below_minimum', count(*) FILTER (WHERE k.weight < k.minimum))
			FROM _carried_portfolios(_plan_figures.plan_year, units) k));
END $$;

-- KPI (2): the surveys' scores on their own scales, of these units' accounts (R21).
CREATE OR REPLACE FUNCTION _survey_figures(plan_year int, units text[]) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
BEGIN
	RETURN jsonb_build_object('surveys', coalesce((
		SELECT jsonb_agg(jsonb_build_object('survey_id', f.survey_id, 'kind', f.kind, 'title', f.title,
			'measure', f.measure, 'responses', f.responses, 'mean', f.mean, 'scale', f.scale)
			ORDER BY f.survey_id, f.measure)
		FROM (
			SELECT s.survey_id, s.kind, s.title, r.measure, r.scale, count(*) AS responses,
				kam.mean(kam.satisfaction(r.score, r.scale)) AS mean
			FROM _kpi_response(_survey_figures.plan_year) r JOIN survey s USING (survey_id)
			WHERE r.unit_code = ANY (units)
			GROUP BY s.survey_id, r.measure, r.scale, s.kind, s.title) f), '[]'));
END $$;

-- What a summary of results says (CRM-KAM-004) of these units together.
CREATE OR REPLACE FUNCTION _result_figures(plan_year int, units text[], days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _plan_figures(plan_year, units) || _activity_figures(plan_year, units, days)
		|| _contact_figures(plan_year, units, days) || _case_figures(units, days) || _voice_figures(units, days)
		|| _survey_figures(plan_year, units);
END $$;

CREATE OR REPLACE FUNCTION _report_content_monthly(unit_code text, plan_year int, days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN jsonb_build_object('results', _result_figures(plan_year, ARRAY[unit_code], days), 'portfolios', coalesce((
		SELECT jsonb_agg(jsonb_build_object('staff_id', k.staff_id, 'portfolio', k.portfolio::text, 'weight', k.weight,
			'minimum', k.minimum) ORDER BY k.staff_id)
		FROM _carried_portfolios(_report_content_monthly.plan_year, ARRAY[_report_content_monthly.unit_code]) k), '[]'));
END $$;

-- Each unit below with all below it: the offices of an area, the areas of a region, for headquarters all areas.
CREATE OR REPLACE FUNCTION _part_figures(unit_code text, plan_year int, days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN coalesce((
		SELECT jsonb_object_agg(b.unit_code, _result_figures(_part_figures.plan_year, ARRAY(SELECT _subtree(b.unit_code)),
			days))
		FROM unit b JOIN _subtree(_part_figures.unit_code) s ON s = b.unit_code
		WHERE b.kind = CASE (SELECT u.kind FROM unit u WHERE u.unit_code = _part_figures.unit_code)
			WHEN 'hq' THEN 'area' WHEN 'region' THEN 'area' WHEN 'area' THEN 'office' END), '{}');
END $$;

-- The unit with all below it, and the unit alone.
CREATE OR REPLACE FUNCTION _whole_figures(unit_code text, plan_year int, days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN jsonb_build_object(
		'results', _result_figures(plan_year, ARRAY(SELECT _subtree(unit_code)), days),
		'own', _result_figures(plan_year, ARRAY[unit_code], days));
END $$;

-- Figures only: whoever reads them may not read the accounts and people of all these units.
CREATE OR REPLACE FUNCTION _report_content_quarterly(unit_code text, plan_year int, days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _whole_figures(unit_code, plan_year, days)
		|| jsonb_build_object('units', _part_figures(unit_code, plan_year, days));
END $$;

-- CRM-KAM-005: key accounts with their contact persons and their KAMRs.  An area's includes its offices'.
CREATE OR REPLACE FUNCTION _report_content_coordinators(unit_code text, plan_year int, days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	kind text := (SELECT u.kind FROM unit u WHERE u.unit_code = _report_content_coordinators.unit_code);
	units text[] := CASE WHEN kind = 'hq' THEN ARRAY[unit_code] ELSE ARRAY(SELECT _subtree(unit_code)) END;
BEGIN
	RETURN jsonb_build_object('accounts', coalesce((
		SELECT jsonb_agg(jsonb_build_object(
			'account_id', a.account_id, 'name_th', a.name_th, 'name_en', a.name_en,
			'unit_code', s.unit_code, 'tier', s.tier,
			'contact_persons', coalesce((
				SELECT jsonb_agg(jsonb_build_object('name', c.name, 'duty', c.duty, 'phone', c.phone, 'email', c.email,
					'is_coordinator', c.is_coordinator) ORDER BY c.is_coordinator DESC, c.name)
				FROM contact_person c
				WHERE c.account_id = a.account_id AND (c.until IS NULL OR c.until >= _today())), '[]'),
			'kamrs', coalesce((
				SELECT jsonb_agg(jsonb_build_object('staff_id', m.staff_id, 'name_th', t.name_th,
					'responsibility', m.responsibility) ORDER BY m.responsibility DESC, m.staff_id)
				FROM assignment m JOIN staff t USING (staff_id) JOIN plan o ON o.plan_id = m.plan_id
				WHERE m.account_id = a.account_id AND m.plan_year = s.plan_year AND m.ended_on IS NULL
					AND o.status = 'approved'), '[]'))
			ORDER BY s.unit_code, a.account_id)
		FROM selection s JOIN plan p USING (plan_id) JOIN account a USING (account_id)
		WHERE s.plan_year = _report_content_coordinators.plan_year AND s.unit_code = ANY (units)
			AND s.status = 'selected' AND s.ended_on IS NULL AND p.status = 'approved'), '[]'));
END $$;

-- The whole country's scores, and each area's.
CREATE OR REPLACE FUNCTION _report_content_survey(unit_code text, plan_year int, days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _survey_figures(plan_year, ARRAY(SELECT _subtree(unit_code))) || jsonb_build_object(
		'own', _survey_figures(plan_year, ARRAY[unit_code]) -> 'surveys',
		'units', (SELECT jsonb_object_agg(b.unit_code,
				_survey_figures(_report_content_survey.plan_year, ARRAY(SELECT _subtree(b.unit_code))) -> 'surveys')
			FROM unit b WHERE b.kind = 'area'));
END $$;

-- The year's results so far beside the targets that were approved, and what the evaluations of the
-- unit found for the year, the last of each evaluator.  It goes to offices too, which may not read about
-- each other: so not unit by unit.
CREATE OR REPLACE FUNCTION _report_content_effectiveness(unit_code text, plan_year int, days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _whole_figures(unit_code, plan_year, days) || jsonb_build_object('targets', coalesce((
		SELECT jsonb_agg(jsonb_build_object('kpi', t.kpi, 'value', t.value, 'scale', t.scale) ORDER BY t.kpi)
		FROM (
			-- An amendment sets a target anew.
			SELECT DISTINCT ON (o.kpi) o.kpi, o.value, o.scale
			FROM target o JOIN plan p USING (plan_id)
			WHERE p.plan_year = _report_content_effectiveness.plan_year AND p.status = 'approved'
				AND o.unit_code = _report_content_effectiveness.unit_code
			ORDER BY o.kpi, p.amendment_no DESC) t), '[]'),
		'evaluations', coalesce((
		SELECT jsonb_agg(jsonb_build_object('post', v.post, 'score', v.score,
			'finding', v.finding, 'problems', v.problems, 'suggestions', v.suggestions) ORDER BY v.post)
		FROM (
			SELECT DISTINCT ON (e.evaluated_by) e.*
			FROM unit_evaluation e
			WHERE e.plan_year = _report_content_effectiveness.plan_year AND e.period = 'year'
				AND e.unit_code = _report_content_effectiveness.unit_code
			ORDER BY e.evaluated_by, e.edition DESC) v), '[]'));
END $$;

-- Both KPIs of the process, and how its steps kept their dates.
CREATE OR REPLACE FUNCTION _report_content_process_review(unit_code text, plan_year int, days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	units text[] := ARRAY(SELECT _subtree(unit_code));
BEGIN
	RETURN jsonb_build_object('results', _result_figures(plan_year, units, days),
		'steps', coalesce((
			SELECT jsonb_object_agg(s.step, s.states)
			FROM (
				SELECT t.step, jsonb_object_agg(t.state, t.deadlines) AS states
				FROM (
					SELECT d.step, _deadline_state(d.due_on, e.met_at, _today(), 0) AS state, count(*) AS deadlines
					FROM deadline d
					LEFT JOIN _deadline_events(_report_content_process_review.plan_year, units) e
						ON e.step = d.step AND e.unit_code = d.unit_code AND e.period IS NOT DISTINCT FROM d.period
					WHERE d.plan_year = _report_content_process_review.plan_year AND d.unit_code = ANY (units)
					GROUP BY 1, 2) t
				GROUP BY t.step) s), '{}'));
END $$;

CREATE OR REPLACE FUNCTION _report_content(kind text, unit_code text, plan_year int, days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	content jsonb;
BEGIN
	EXECUTE format('SELECT %I($1, $2, $3)', '_report_content_' || kind) INTO content USING unit_code, plan_year, days;
	RETURN content || jsonb_build_object('days_from', lower(days), 'days_to', upper(days) - 1);
END $$;

CREATE OR REPLACE FUNCTION _authorize_report(kind text, unit_code text) RETURNS authorization_given
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM report_kind k WHERE k.kind = _authorize_report.kind) THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('there is no report of kind "%s"', coalesce(kind, 'NULL')),
			HINT = format('The kinds are: %s.',
				(SELECT string_agg(k.kind, ', ' ORDER BY k.step, k.kind) FROM report_kind k));
	END IF;
	RETURN _authorize('report.' || kind, unit_code);
END $$;

-- The deadline that the report meets.  Its lock puts two editions one after the other.
CREATE OR REPLACE FUNCTION _lock_report_deadline(kind text, unit_code text, plan_year int, period text) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	the_step smallint := (SELECT k.step FROM report_kind k WHERE k.kind = _lock_report_deadline.kind);
	periods text;
BEGIN
	PERFORM FROM deadline d
	WHERE d.plan_year = _lock_report_deadline.plan_year AND d.step = the_step
		AND d.unit_code = _lock_report_deadline.unit_code AND d.period IS NOT DISTINCT FROM _lock_report_deadline.period
	FOR NO KEY UPDATE;
	IF FOUND THEN
		RETURN;
	END IF;
	SELECT string_agg(coalesce(d.period, 'none (NULL)'), ', ' ORDER BY d.due_on, d.period) INTO periods
	FROM deadline d
	WHERE d.plan_year = _lock_report_deadline.plan_year AND d.step = the_step
		AND d.unit_code = _lock_report_deadline.unit_code;
	IF periods IS NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('unit "%s" has no deadlines for %s', unit_code, plan_year),
			HINT = format('It is younger than the year: call open_year(%s) again.', plan_year);
	END IF;
	RAISE invalid_parameter_value USING
		MESSAGE = format('the %s report of unit "%s" has no period "%s"', kind, unit_code, coalesce(period, 'NULL')),
		HINT = format('Its periods are: %s.', periods);
END $$;

-- The days that a report is about: the period, once it is over; else what has passed of the year.
CREATE OR REPLACE FUNCTION _reported_days(kind text, unit_code text, plan_year int, period text) RETURNS daterange
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	days daterange := _period_days(plan_year, period);
	tomorrow date := _today() + 1;
BEGIN
	IF upper(days) < tomorrow THEN
		RETURN days;
	ELSIF period ~ '^[MQ]' OR period = 'annual' THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('the period %s of %s is not over', period, plan_year),
			HINT = format('The %s report of unit "%s" can be published from %s on.', kind, unit_code, upper(days));
	END IF;
	RETURN daterange(lower(days), greatest(lower(days), tomorrow));
END $$;

-- Freezes what a report says: figures, and the forms it is made of.  The callers hold the lock that puts two editions
-- one after the other.
CREATE OR REPLACE FUNCTION _publish(given authorization_given, kind text, unit_code text, plan_year int, period text,
	days daterange, content jsonb, units text[] DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	what jsonb := content || jsonb_build_object('documents',
		_report_documents(kind, unit_code, units, plan_year, period, days, content, given));
	new_id bigint;
BEGIN
	INSERT INTO report (kind, unit_code, plan_year, period, edition, content, published_at, published_by)
	SELECT _publish.kind, _publish.unit_code, _publish.plan_year, _publish.period, count(*) + 1, what, _now(),
		given.staff_id
	FROM report r
	WHERE r.kind = _publish.kind AND r.unit_code = _publish.unit_code AND r.plan_year = _publish.plan_year
		AND r.period IS NOT DISTINCT FROM _publish.period
	RETURNING report.report_id INTO new_id;
	PERFORM _decide(given, 'report', new_id::text, 'publish', unit_code, plan_year, to_status => 'published',
		content_hash => _hash(what));
	RETURN new_id;
END $$;

-- The plan or amendment that has just been approved, as it stands with it.  The plan is locked.  Of an area, the area's
-- own part: its offices' plans are approved each by itself.
CREATE OR REPLACE FUNCTION _publish_plan(given authorization_given, plan_id bigint) RETURNS bigint
LANGUAGE plpgsql SET search_path FROM CURRENT SET timezone = 'Asia/Bangkok' AS $$
DECLARE
	p plan := (SELECT o FROM plan o WHERE o.plan_id = _publish_plan.plan_id);
	days daterange := _period_days(p.plan_year, NULL);
BEGIN
	RETURN _publish(given, 'approved_plan', p.unit_code, p.plan_year, NULL, days, jsonb_build_object(
		'plan_id', p.plan_id, 'amendment_no', p.amendment_no, 'amendment_reason', p.amendment_reason,
		'rule_set', p.rule_set, 'approved_at', p.approved_at, 'below_minimum_reason', p.below_minimum_reason,
		'days_from', lower(days), 'days_to', upper(days) - 1), ARRAY[p.unit_code]);
END $$;

-- Circulates an approved plan once more, or one that was approved before plans were circulated from here.
CREATE OR REPLACE FUNCTION _publish_plan_again(given authorization_given, plan_year int, unit_code text) RETURNS bigint
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	the_plan plan := _lock_plan(plan_year, unit_code);
BEGIN
	IF the_plan.status <> 'approved' THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('%s is %s', _plan_name(the_plan), the_plan.status),
			HINT = 'It is published when it is approved.';
	END IF;
	RETURN _publish_plan(given, the_plan.plan_id);
END $$;

-- Publishes a report of what is known now.  Published again, it is the next edition; all are kept.
CREATE OR REPLACE FUNCTION publish_report(kind text, unit_code text, plan_year int, period text DEFAULT NULL)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_report(kind, unit_code);
	days daterange;
BEGIN
	PERFORM _check_plan_year(plan_year);
	IF kind = 'approved_plan' AND period IS NULL THEN
		RETURN _publish_plan_again(given, plan_year, unit_code);
	END IF;
	PERFORM _lock_report_deadline(kind, unit_code, plan_year, period);
	days := _reported_days(kind, unit_code, plan_year, period);
	RETURN _publish(given, kind, unit_code, plan_year, period, days, _report_content(kind, unit_code, plan_year, days));
END $$;

-- Reports that are not what was published; no rows where all are.
CREATE OR REPLACE FUNCTION verify_reports() RETURNS TABLE (report_id bigint, problem text)
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _whole_table_or_error('report');
	RETURN QUERY
	SELECT coalesce(r.report_id, d.subject_id::bigint),
		CASE WHEN r.report_id IS NULL THEN 'is missing' WHEN d.decision_id IS NULL THEN 'was never published'
			ELSE 'was changed after it was published' END
	FROM report r
	FULL JOIN (SELECT x.decision_id, x.subject_id, x.content_hash FROM decision x WHERE x.subject = 'report') d
		ON d.subject_id = r.report_id::text
	WHERE d.content_hash IS DISTINCT FROM _hash(r.content)
	ORDER BY 1;
END $$;

CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON report_recipient
	FOR EACH ROW EXECUTE FUNCTION _keep_history('kind', 'unit_kind', 'recipient');
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON report
	FOR EACH STATEMENT EXECUTE FUNCTION _append_only();

-- Reports that are sent to me: kind:unit, for each post that I hold.
CREATE OR REPLACE FUNCTION _reports_for_me() RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	RETURN ARRAY(
		SELECT DISTINCT r.kind || ':' || u.unit_code
		FROM _holdings(me()) h
		JOIN report_recipient r USING (post)
		JOIN unit u ON u.kind = r.unit_kind
			AND (u.unit_code IN (SELECT _subtree(h.unit_code)) OR h.unit_code IN (SELECT _subtree(u.unit_code))));
END $$;

CREATE OR REPLACE VIEW report_for_me WITH (security_invoker = true) AS
SELECT r.report_id, r.kind, k.form, k.title_th, k.title_en, r.unit_code, r.plan_year, r.period, r.edition,
	r.edition = max(r.edition) OVER (PARTITION BY r.unit_code, r.plan_year, r.kind, r.period) AS is_latest,
	r.content, r.published_at, r.published_by
FROM report r JOIN report_kind k USING (kind)
WHERE r.kind || ':' || r.unit_code = ANY ((SELECT _reports_for_me())::text[]);

ALTER TABLE report_kind ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON report_kind FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON report_kind TO PUBLIC;

ALTER TABLE report_recipient ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON report_recipient FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON report_recipient TO PUBLIC;

-- An approved plan and a list of coordinators name accounts, so that who reads only their own does not read it.
ALTER TABLE report ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON report FOR SELECT USING (
	unit_code = ANY (CASE WHEN kind IN ('coordinators', 'approved_plan') THEN (SELECT _readable_units())::text[]
		ELSE (SELECT _my_units())::text[] END)
	OR kind || ':' || unit_code = ANY ((SELECT _reports_for_me())::text[]));
GRANT SELECT ON report TO PUBLIC;

GRANT SELECT ON report_for_me TO PUBLIC;

COMMENT ON TABLE report_kind IS
U&'ชนิดของรายงาน — Kinds of report, and the step of the process that each meets.';
COMMENT ON COLUMN report_kind.kind IS
U&'ชนิด — Kind, as publish_report takes it.';
COMMENT ON COLUMN report_kind.step IS
U&'ขั้นตอน — Step of the process.';
COMMENT ON COLUMN report_kind.form IS
U&'แบบฟอร์ม — Form of the manual.';
COMMENT ON COLUMN report_kind.title_th IS
U&'ชื่อภาษาไทย — Title in Thai.';
COMMENT ON COLUMN report_kind.title_en IS
U&'ชื่อภาษาอังกฤษ — Title in English.';
COMMENT ON COLUMN report_kind.section IS
U&'ข้อในคู่มือ — Section of the manual.';
COMMENT ON TABLE report_recipient IS
U&'ผู้รับรายงาน — To whom each kind of report goes (section 5); a user may change the rows.';
COMMENT ON COLUMN report_recipient.kind IS
U&'ชนิดรายงาน — Kind of report.';
COMMENT ON COLUMN report_recipient.unit_kind IS
U&'ชนิดหน่วยงานที่รายงาน — Kind of the unit that reports.';
COMMENT ON COLUMN report_recipient.recipient IS
U&'ผู้รับ — Recipient, as the manual names it.';
COMMENT ON COLUMN report_recipient.post IS
U&'ตำแหน่งหน้าที่ของผู้รับ — Post whose holders, in the reporting unit and those above and below it, read the report; NULL for recipients outside the workflow.';
COMMENT ON COLUMN report_recipient.section IS
U&'ข้อในคู่มือ — Section of the manual.';
COMMENT ON TABLE report IS
U&'รายงานที่เผยแพร่แล้ว — Published reports as they were published, every edition; never changed.';
COMMENT ON COLUMN report.report_id IS
U&'รหัส — Number of the report.';
COMMENT ON COLUMN report.kind IS
U&'ชนิด — Kind of report.';
COMMENT ON COLUMN report.unit_code IS
U&'หน่วยงาน — Unit that reports.';
COMMENT ON COLUMN report.plan_year IS
U&'ปีแผน (ค.ศ.) — Plan year, common era.';
COMMENT ON COLUMN report.period IS
U&'งวด — Period: M01 to M12, Q1 to Q4, preliminary, annual; NULL where there is one a year.';
COMMENT ON COLUMN report.edition IS
U&'ฉบับที่ — 1 for the first, which meets the deadline; a correction is the next.';
COMMENT ON COLUMN report.content IS
U&'เนื้อหา — What it says, computed when it was published.';
COMMENT ON COLUMN report.published_at IS
U&'เวลาที่เผยแพร่ — When it was published.';
COMMENT ON COLUMN report.published_by IS
U&'ผู้เผยแพร่ — Member of staff who published it.';
COMMENT ON FUNCTION _midnight(date) IS
U&'เวลาเริ่มวัน — First moment of a day in Bangkok.';
COMMENT ON FUNCTION _period_days(int, text) IS
U&'วันในงวด — Days of a period of a plan year.';
COMMENT ON FUNCTION _rate(kam.rate) IS
U&'อัตราและร้อยละ — A rate with its percentage, for a report.';
COMMENT ON FUNCTION _activity_figures(int, text[], daterange) IS
U&'ความสำเร็จตามแผน — KPI (1): activities done of those due (R21), and done on time.';
COMMENT ON FUNCTION _contact_figures(int, text[], daterange) IS
U&'การติดต่อลูกค้า — Contacts, and how many were recorded in time (R19).';
COMMENT ON FUNCTION _case_figures(text[], daterange) IS
U&'เรื่องของลูกค้า — Cases received, closed and open, and answers in time (R18).';
COMMENT ON FUNCTION _voice_figures(text[], daterange) IS
U&'เสียงของลูกค้า — Voice of the customer by kind (VOC-60-001).';
COMMENT ON FUNCTION _carried_portfolios(int, text[]) IS
U&'ภาระงานของผู้บริหารลูกค้า — What each key account manager carries, and the least that the rules ask.';
COMMENT ON FUNCTION _plan_figures(int, text[]) IS
U&'แผนและลูกค้ารายสำคัญ — Plans approved, key accounts by tier, portfolios together.';
COMMENT ON FUNCTION _survey_figures(int, text[]) IS
U&'ผลการสำรวจ — KPI (2): mean scores of the surveys on their own scales (R21).';
COMMENT ON FUNCTION _result_figures(int, text[], daterange) IS
U&'สรุปผลการดำเนินงาน — All figures of a summary of results (CRM-KAM-004).';
COMMENT ON FUNCTION _report_content_monthly(text, int, daterange) IS
U&'เนื้อหารายงานรายเดือน — Content of an offices monthly report.';
COMMENT ON FUNCTION _part_figures(text, int, daterange) IS
U&'ผลของหน่วยงานในสังกัด — Figures of each unit below, with all below it.';
COMMENT ON FUNCTION _whole_figures(text, int, daterange) IS
U&'ผลของหน่วยงาน — Figures of a unit with all below it, and of the unit alone.';
COMMENT ON FUNCTION _report_content_quarterly(text, int, daterange) IS
U&'เนื้อหารายงานรายไตรมาส — Content of the quarterly report of an area or headquarters.';
COMMENT ON FUNCTION _report_content_coordinators(text, int, daterange) IS
U&'เนื้อหารายชื่อผู้ประสานงาน — Content of the list of key accounts and coordinators (CRM-KAM-005).';
COMMENT ON FUNCTION _report_content_survey(text, int, daterange) IS
U&'เนื้อหารายงานการสำรวจ — Content of the survey report.';
COMMENT ON FUNCTION _report_content_effectiveness(text, int, daterange) IS
U&'เนื้อหารายงานประสิทธิผล — Content of the effectiveness report.';
COMMENT ON FUNCTION _report_content_process_review(text, int, daterange) IS
U&'เนื้อหารายงานทบทวนกระบวนการ — Content of the review of the process.';
COMMENT ON FUNCTION _report_content(text, text, int, daterange) IS
U&'เนื้อหารายงาน — Content of a report of a kind.';
COMMENT ON FUNCTION _authorize_report(text, text) IS
U&'ตรวจสอบอำนาจเผยแพร่ — By which post the caller may publish a kind of report for a unit. Errors: 22023 for an unknown kind, 42501.';
COMMENT ON FUNCTION _lock_report_deadline(text, text, int, text) IS
U&'ล็อกกำหนดเวลาของรายงาน — Locks the deadline that a report meets. Errors: 22023 for a period that the unit does not report on, 55000 for a unit younger than the year.';
COMMENT ON FUNCTION _reported_days(text, text, int, text) IS
U&'วันที่รายงานครอบคลุม — Days that a report is about. Error 55000 for a period that is not over.';
COMMENT ON FUNCTION _publish(authorization_given, text, text, int, text, daterange, jsonb, text[]) IS
U&'ตรึงเนื้อหารายงาน — Freezes a report: its figures and the documents of its forms, as a decision of the chain.';
COMMENT ON FUNCTION _publish_plan(authorization_given, bigint) IS
U&'เผยแพร่แผนที่อนุมัติ — Publishes the plan or amendment that has been approved (step 2): CRM-KAM-001 and 002 as they stand with it.';
COMMENT ON FUNCTION _publish_plan_again(authorization_given, int, text) IS
U&'แจ้งเวียนแผนอีกครั้ง — Publishes an approved plan once more. Error 55000 where the plan is not approved.';
COMMENT ON FUNCTION publish_report(text, text, int, text) IS
U&'เผยแพร่รายงาน — Publishes a report of what is known now, gives its number; published again it is the next edition. Errors: 42501 for other posts, 22023 for an unknown kind or period, 55000 for a period that is not over or a year not opened.';
COMMENT ON FUNCTION verify_reports() IS
U&'ตรวจสอบรายงาน — Reports that are not what was published; no rows where all are (chain of decisions). Error 42501 for who sees only a part.';
COMMENT ON FUNCTION _reports_for_me() IS
U&'รายงานที่ส่งถึงฉัน — Kinds and units whose reports go to the callers posts.';
COMMENT ON VIEW report_for_me IS
U&'รายงานที่ส่งถึงฉัน — Reports that are sent to a post of the reader (section 5, recipients).';
COMMENT ON COLUMN report_for_me.report_id IS
U&'รหัส — Number of the report.';
COMMENT ON COLUMN report_for_me.kind IS
U&'ชนิด — Kind of report.';
COMMENT ON COLUMN report_for_me.form IS
U&'แบบฟอร์ม — Form of the manual.';
COMMENT ON COLUMN report_for_me.title_th IS
U&'ชื่อภาษาไทย — Title in Thai.';
COMMENT ON COLUMN report_for_me.title_en IS
U&'ชื่อภาษาอังกฤษ — Title in English.';
COMMENT ON COLUMN report_for_me.unit_code IS
U&'หน่วยงาน — Unit that reports.';
COMMENT ON COLUMN report_for_me.plan_year IS
U&'ปีแผน (ค.ศ.) — Plan year, common era.';
COMMENT ON COLUMN report_for_me.period IS
U&'งวด — Period.';
COMMENT ON COLUMN report_for_me.edition IS
U&'ฉบับที่ — Edition.';
COMMENT ON COLUMN report_for_me.is_latest IS
U&'ฉบับล่าสุดหรือไม่ — Whether no later edition was published.';
COMMENT ON COLUMN report_for_me.content IS
U&'เนื้อหา — What it says.';
COMMENT ON COLUMN report_for_me.published_at IS
U&'เวลาที่เผยแพร่ — When it was published.';
COMMENT ON COLUMN report_for_me.published_by IS
U&'ผู้เผยแพร่ — Member of staff who published it.';
