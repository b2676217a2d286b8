/* Evaluations: of key account managers each year (4.5.7, 4.6.5, 4.10.5, 4.13.3), of units each quarter and year (4.2 to 4.4). */

-- A new row replaces the one before it by the same evaluator (edition); none is ever changed.
CREATE TABLE kamr_evaluation (
	evaluation_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	plan_year int NOT NULL REFERENCES plan_year,
	unit_code text NOT NULL REFERENCES unit,
	staff_id text NOT NULL REFERENCES staff,
	evaluated_by text NOT NULL REFERENCES staff,
	post text NOT NULL REFERENCES post,
	edition int NOT NULL CHECK (edition > 0),
	score numeric NOT NULL CHECK (score BETWEEN 0 AND 100),
	finding text NOT NULL CHECK (finding <> ''),
	problems text,
	suggestions text,
	evaluated_at timestamptz NOT NULL,
	CONSTRAINT kamr_evaluation_edition UNIQUE (plan_year, unit_code, staff_id, evaluated_by, edition),
	CONSTRAINT kamr_evaluation_not_of_oneself CHECK (evaluated_by <> staff_id)
);
CREATE INDEX ON kamr_evaluation (unit_code, plan_year);
CREATE INDEX ON kamr_evaluation (staff_id);

CREATE TABLE unit_evaluation (
	evaluation_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	plan_year int NOT NULL REFERENCES plan_year,
	unit_code text NOT NULL REFERENCES unit,
	period text NOT NULL CHECK (period IN ('year', 'Q1', 'Q2', 'Q3', 'Q4')),
	evaluated_by text NOT NULL REFERENCES staff,
	post text NOT NULL REFERENCES post,
	edition int NOT NULL CHECK (edition > 0),
	score numeric CHECK (score BETWEEN 0 AND 100),
	finding text NOT NULL CHECK (finding <> ''),
	problems text,
	suggestions text,
	evaluated_at timestamptz NOT NULL,
	CONSTRAINT unit_evaluation_edition UNIQUE (plan_year, unit_code, period, evaluated_by, edition)
);
CREATE INDEX ON unit_evaluation (unit_code, plan_year);

CREATE OR REPLACE FUNCTION _check_evaluation(score numeric, from_day date) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF NOT score BETWEEN 0 AND 100 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('score %s lies outside the scale', score), HINT = 'It lies between 0 and 100.';
	ELSIF from_day > _today() THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('what begins on %s cannot be evaluated yet', from_day),
			HINT = 'Evaluate it when it has begun.';
	END IF;
END $$;

-- Each post evaluates the key account managers of its level (SPEC section 4).
CREATE OR REPLACE FUNCTION _evaluators(level text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN CASE level
		WHEN 'office' THEN '{office_manager,senior_kamr}'
		WHEN 'senior' THEN '{office_manager}'
		WHEN 'area' THEN '{director_customer_service}'
		WHEN 'hq' THEN '{director_engineering_hq}' END;
END $$;

CREATE OR REPLACE FUNCTION evaluate_kamr(plan_year int, unit_code text, staff_id text, score numeric, finding text,
	problems text DEFAULT NULL, suggestions text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('evaluation.kamr', unit_code);
	the_kamr kamr;
	recorded bigint;
BEGIN
	PERFORM _check_plan_year(plan_year), _check_text(finding, 'the finding');
	IF score IS NULL THEN
		RAISE null_value_not_allowed USING MESSAGE = 'the score is missing', HINT = 'It lies between 0 and 100.';
	END IF;
	PERFORM _check_evaluation(score, make_date(plan_year, 1, 1));
	SELECT k.* INTO the_kamr FROM kamr k JOIN plan p USING (plan_id)
	WHERE k.plan_year = evaluate_kamr.plan_year AND k.unit_code = evaluate_kamr.unit_code
		AND k.staff_id = evaluate_kamr.staff_id AND p.status = 'approved'
	ORDER BY k.kamr_id DESC LIMIT 1 FOR NO KEY UPDATE OF k;
	IF NOT FOUND THEN
		RAISE no_data_found USING
			MESSAGE = format('"%s" is no key account manager of unit "%s" in %s', staff_id, unit_code, plan_year),
			HINT = 'The approved plan of the unit names them: table kamr.';
	ELSIF given.staff_id = the_kamr.staff_id THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('"%s" may not evaluate themself', given.staff_id),
			HINT = format('It is for: %s.', _posts_that_may('evaluation.kamr'));
	END IF;
	given := _authorize_as(_evaluators(the_kamr.level), 'evaluation.kamr', unit_code);
	INSERT INTO kamr_evaluation (plan_year, unit_code, staff_id, evaluated_by, post, edition, score, finding, problems,
		suggestions, evaluated_at)
	VALUES (plan_year, unit_code, staff_id, given.staff_id, given.post,
		(SELECT coalesce(max(e.edition), 0) + 1 FROM kamr_evaluation e
			WHERE e.plan_year = evaluate_kamr.plan_year AND e.unit_code = evaluate_kamr.unit_code
				AND e.staff_id = evaluate_kamr.staff_id AND e.evaluated_by = given.staff_id),
		score, finding, problems, suggestions, _now())
	RETURNING kamr_evaluation.evaluation_id INTO recorded;
	RETURN recorded;
END $$;

-- period: 'year' (4.2, 4.3) or a quarter (4.4).
CREATE OR REPLACE FUNCTION evaluate_unit(plan_year int, unit_code text, period text, finding text,
	problems text DEFAULT NULL, suggestions text DEFAULT NULL, score numeric DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('evaluation.unit', unit_code);
	recorded bigint;
BEGIN
	PERFORM _check_plan_year(plan_year), _check_text(finding, 'the finding'),
		_check_word(period, '{year,Q1,Q2,Q3,Q4}', 'the period');
	PERFORM _check_evaluation(score, make_date(plan_year, CASE period WHEN 'year' THEN 1
		ELSE 3 * right(period, 1)::int - 2 END, 1));
	given := _authorize_as(CASE period WHEN 'year' THEN '{area_director,deputy_governor_strategy}'
		ELSE '{director_engineering_area}' END::text[], 'evaluation.unit', unit_code);
	PERFORM FROM unit u WHERE u.unit_code = evaluate_unit.unit_code FOR NO KEY UPDATE;
	INSERT INTO unit_evaluation (plan_year, unit_code, period, evaluated_by, post, edition, score, finding, problems,
		suggestions, evaluated_at)
	VALUES (plan_year, unit_code, period, given.staff_id, given.post,
		(SELECT coalesce(max(e.edition), 0) + 1 FROM unit_evaluation e
			WHERE e.plan_year = evaluate_unit.plan_year AND e.unit_code = evaluate_unit.unit_code
				AND e.period = evaluate_unit.period AND e.evaluated_by = given.staff_id),
		score, finding, problems, suggestions, _now())
	RETURNING unit_evaluation.evaluation_id INTO recorded;
	RETURN recorded;
END $$;

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON kamr_evaluation
	FOR EACH STATEMENT EXECUTE FUNCTION _append_only();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON unit_evaluation
	FOR EACH STATEMENT EXECUTE FUNCTION _append_only();

-- The editions that count.
CREATE OR REPLACE VIEW kamr_evaluation_now WITH (security_invoker = true) AS
SELECT DISTINCT ON (e.plan_year, e.unit_code, e.staff_id, e.evaluated_by)
	e.plan_year, e.unit_code, e.staff_id, e.evaluated_by, e.post, e.edition, e.score, e.finding, e.problems, e.suggestions,
	e.evaluated_at
FROM kamr_evaluation e
ORDER BY e.plan_year, e.unit_code, e.staff_id, e.evaluated_by, e.edition DESC;

CREATE OR REPLACE VIEW unit_evaluation_now WITH (security_invoker = true) AS
SELECT DISTINCT ON (e.plan_year, e.unit_code, e.period, e.evaluated_by)
	e.plan_year, e.unit_code, e.period, e.evaluated_by, e.post, e.edition, e.score, e.finding, e.problems, e.suggestions,
	e.evaluated_at
FROM unit_evaluation e
ORDER BY e.plan_year, e.unit_code, e.period, e.evaluated_by, e.edition DESC;

-- Who is evaluated reads it, too.
ALTER TABLE kamr_evaluation ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON kamr_evaluation FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR staff_id = (SELECT me()));
GRANT SELECT ON kamr_evaluation TO PUBLIC;
GRANT SELECT ON kamr_evaluation_now TO PUBLIC;

ALTER TABLE unit_evaluation ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON unit_evaluation FOR SELECT USING (unit_code = ANY ((SELECT _my_units())::text[]));
GRANT SELECT ON unit_evaluation TO PUBLIC;
GRANT SELECT ON unit_evaluation_now TO PUBLIC;

-- ---- comments ------------------------------------------------------------------

COMMENT ON TABLE kamr_evaluation IS
U&'การประเมินพนักงานบริหารลูกค้ารายสำคัญ — Yearly evaluations of key account managers; all editions.';
COMMENT ON COLUMN kamr_evaluation.evaluation_id IS
U&'เลขที่การประเมิน — Number of the evaluation.';
COMMENT ON COLUMN kamr_evaluation.plan_year IS
U&'ปีแผน — Plan year.';
COMMENT ON COLUMN kamr_evaluation.unit_code IS
U&'หน่วยงาน — Unit of the key account manager.';
COMMENT ON COLUMN kamr_evaluation.staff_id IS
U&'ผู้รับการประเมิน — Who is evaluated.';
COMMENT ON COLUMN kamr_evaluation.evaluated_by IS
U&'ผู้ประเมิน — Who evaluated.';
COMMENT ON COLUMN kamr_evaluation.post IS
U&'ตำแหน่งของผู้ประเมิน — Post by which they evaluated.';
COMMENT ON COLUMN kamr_evaluation.edition IS
U&'ฉบับที่ — Counts up where the same evaluator says it anew; the last one counts.';
COMMENT ON COLUMN kamr_evaluation.score IS
U&'คะแนน — Score, 0 to 100.';
COMMENT ON COLUMN kamr_evaluation.finding IS
U&'ผลการประเมิน — What was found.';
COMMENT ON COLUMN kamr_evaluation.problems IS
U&'ปัญหา — Problems.';
COMMENT ON COLUMN kamr_evaluation.suggestions IS
U&'ข้อเสนอแนะ — Suggestions.';
COMMENT ON COLUMN kamr_evaluation.evaluated_at IS
U&'เวลาที่ประเมิน — When.';

COMMENT ON VIEW kamr_evaluation_now IS
U&'การประเมินพนักงานฉบับล่าสุด — Evaluations of key account managers, the editions that count.';
COMMENT ON COLUMN kamr_evaluation_now.plan_year IS
U&'ปีแผน — Plan year.';
COMMENT ON COLUMN kamr_evaluation_now.unit_code IS
U&'หน่วยงาน — Unit of the key account manager.';
COMMENT ON COLUMN kamr_evaluation_now.staff_id IS
U&'ผู้รับการประเมิน — Who is evaluated.';
COMMENT ON COLUMN kamr_evaluation_now.evaluated_by IS
U&'ผู้ประเมิน — Who evaluated.';
COMMENT ON COLUMN kamr_evaluation_now.post IS
U&'ตำแหน่งของผู้ประเมิน — Post by which they evaluated.';
COMMENT ON COLUMN kamr_evaluation_now.edition IS
U&'ฉบับที่ — Counts up where the same evaluator says it anew; the last one counts.';
COMMENT ON COLUMN kamr_evaluation_now.score IS
U&'คะแนน — Score, 0 to 100.';
COMMENT ON COLUMN kamr_evaluation_now.finding IS
U&'ผลการประเมิน — What was found.';
COMMENT ON COLUMN kamr_evaluation_now.problems IS
U&'ปัญหา — Problems.';
COMMENT ON COLUMN kamr_evaluation_now.suggestions IS
U&'ข้อเสนอแนะ — Suggestions.';
COMMENT ON COLUMN kamr_evaluation_now.evaluated_at IS
U&'เวลาที่ประเมิน — When.';

COMMENT ON TABLE unit_evaluation IS
U&'การประเมินหน่วยงาน — Evaluations of units, by quarter and year; all editions.';
COMMENT ON COLUMN unit_evaluation.evaluation_id IS
U&'เลขที่การประเมิน — Number of the evaluation.';
COMMENT ON COLUMN unit_evaluation.plan_year IS
U&'ปีแผน — Plan year.';
COMMENT ON COLUMN unit_evaluation.unit_code IS
U&'หน่วยงานที่รับการประเมิน — Unit that is evaluated.';
COMMENT ON COLUMN unit_evaluation.period IS
U&'ช่วงเวลา — year, or Q1 to Q4.';
COMMENT ON COLUMN unit_evaluation.evaluated_by IS
U&'ผู้ประเมิน — Who evaluated.';
COMMENT ON COLUMN unit_evaluation.post IS
U&'ตำแหน่งของผู้ประเมิน — Post by which they evaluated.';
COMMENT ON COLUMN unit_evaluation.edition IS
U&'ฉบับที่ — Counts up where the same evaluator says it anew; the last one counts.';
COMMENT ON COLUMN unit_evaluation.score IS
U&'คะแนน — Score, 0 to 100; NULL: in words only.';
COMMENT ON COLUMN unit_evaluation.finding IS
U&'ผลการประเมิน — What was found.';
COMMENT ON COLUMN unit_evaluation.problems IS
U&'ปัญหา — Problems.';
COMMENT ON COLUMN unit_evaluation.suggestions IS
U&'ข้อเสนอแนะ — Suggestions.';
COMMENT ON COLUMN unit_evaluation.evaluated_at IS
U&'เวลาที่ประเมิน — When.';

COMMENT ON VIEW unit_evaluation_now IS
U&'การประเมินหน่วยงานฉบับล่าสุด — Evaluations of units, the editions that count.';
COMMENT ON COLUMN unit_evaluation_now.plan_year IS
U&'ปีแผน — Plan year.';
COMMENT ON COLUMN unit_evaluation_now.unit_code IS
U&'หน่วยงานที่รับการประเมิน — Unit that is evaluated.';
COMMENT ON COLUMN unit_evaluation_now.period IS
U&'ช่วงเวลา — year, or Q1 to Q4.';
COMMENT ON COLUMN unit_evaluation_now.evaluated_by IS
U&'ผู้ประเมิน — Who evaluated.';
COMMENT ON COLUMN unit_evaluation_now.post IS
U&'ตำแหน่งของผู้ประเมิน — Post by which they evaluated.';
COMMENT ON COLUMN unit_evaluation_now.edition IS
U&'ฉบับที่ — Counts up where the same evaluator says it anew; the last one counts.';
COMMENT ON COLUMN unit_evaluation_now.score IS
U&'คะแนน — Score, 0 to 100; NULL: in words only.';
COMMENT ON COLUMN unit_evaluation_now.finding IS
U&'ผลการประเมิน — What was found.';
COMMENT ON COLUMN unit_evaluation_now.problems IS
U&'ปัญหา — Problems.';
COMMENT ON COLUMN unit_evaluation_now.suggestions IS
U&'ข้อเสนอแนะ — Suggestions.';
COMMENT ON COLUMN unit_evaluation_now.evaluated_at IS
U&'เวลาที่ประเมิน — When.';

COMMENT ON FUNCTION _check_evaluation(numeric, date) IS
U&'ตรวจสอบการประเมิน — Refuses a score outside 0 to 100 (22023), and what has not begun (55000).';
COMMENT ON FUNCTION _evaluators(text) IS
U&'ตำแหน่งที่ประเมิน — The posts that evaluate key account managers of a level.';
COMMENT ON FUNCTION evaluate_kamr(int, text, text, numeric, text, text, text) IS
U&'ประเมินพนักงานบริหารลูกค้ารายสำคัญ — Evaluates a key account manager for a year (4.5.7, 4.6.5, 4.10.5, 4.13.3); said anew, it is a new edition. 42501 also for oneself, P0002 for who is none, 22023, 55000.';
COMMENT ON FUNCTION evaluate_unit(int, text, text, text, text, text, numeric) IS
U&'ประเมินหน่วยงาน — Evaluates a unit: a quarter by 4.4, the year by 4.3 or 4.2. 42501, 22023, 55000 for what has not begun.';
