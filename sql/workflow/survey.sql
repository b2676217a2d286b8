/* Surveys of key accounts (step 8): the call centre's satisfaction, the consultant's satisfaction and loyalty. */

CREATE TABLE survey (
	survey_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	plan_year int NOT NULL REFERENCES plan_year,
	kind text NOT NULL CHECK (kind IN ('call_centre', 'consultant')),
	title text NOT NULL CHECK (title <> ''),
	opened_by text NOT NULL REFERENCES staff,
	opened_at timestamptz NOT NULL,
	closed_by text REFERENCES staff,
	closed_at timestamptz,
	UNIQUE (plan_year, kind, title),
	CONSTRAINT survey_closed_by CHECK ((closed_at IS NULL) = (closed_by IS NULL))
);

-- The call centre asks for satisfaction only; the consultant for loyalty too.
CREATE TABLE survey_measure (
	survey_id bigint NOT NULL REFERENCES survey,
	measure text NOT NULL CHECK (measure IN ('satisfaction', 'loyalty')),
	scale numeric NOT NULL CHECK (scale > 0 AND scale < 'infinity'),
	PRIMARY KEY (survey_id, measure)
);

CREATE TABLE survey_response (
	response_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	survey_id bigint NOT NULL,
	measure text NOT NULL,
	plan_year int NOT NULL,
	account_id text NOT NULL REFERENCES account,
	unit_code text NOT NULL REFERENCES unit,
	respondent text NOT NULL DEFAULT '',
	score numeric NOT NULL CHECK (score >= 0),
	responded_on date NOT NULL,
	remark text,
	recorded_by text NOT NULL REFERENCES staff,
	recorded_at timestamptz NOT NULL,
	FOREIGN KEY (survey_id, measure) REFERENCES survey_measure,
	CONSTRAINT survey_response_once UNIQUE (survey_id, account_id, measure, respondent)
);
CREATE INDEX ON survey_response (account_id);
CREATE INDEX ON survey_response (unit_code, plan_year);

-- Stands here because surveys do: voice comes first, as cases do without surveys.
ALTER TABLE voice ADD CONSTRAINT voice_survey_id_fkey FOREIGN KEY (survey_id) REFERENCES survey;

-- A survey that there is; NULL is none.
CREATE OR REPLACE FUNCTION _check_survey(survey_id bigint) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF survey_id IS NOT NULL AND NOT EXISTS (SELECT FROM survey s WHERE s.survey_id = _check_survey.survey_id) THEN
		RAISE no_data_found USING
			MESSAGE = format('survey %s does not exist', survey_id), HINT = 'The table survey shows them.';
	END IF;
END $$;

-- Surveys are run for the whole of PEA, by HQ.
CREATE OR REPLACE FUNCTION _authorize_survey() RETURNS authorization_given
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _authorize('survey.run', _headquarters());
END $$;

-- The scales: the highest score of each measure; NULL leaves the measure out.
CREATE OR REPLACE FUNCTION open_survey(plan_year int, kind text, title text, satisfaction_scale numeric DEFAULT 5,
	loyalty_scale numeric DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_survey();
	opened bigint;
BEGIN
	PERFORM _check_plan_year(plan_year), _check_word(kind, '{call_centre,consultant}', 'the kind of survey'),
		_check_text(title, 'the title'), _check_scale(satisfaction_scale), _check_scale(loyalty_scale);
	IF coalesce(satisfaction_scale, loyalty_scale) IS NULL THEN
		RAISE invalid_parameter_value USING
			MESSAGE = 'the survey measures nothing',
			HINT = 'Give satisfaction_scale, loyalty_scale or both: the highest score that can be given.';
	ELSIF kind = 'call_centre' AND loyalty_scale IS NOT NULL THEN
		RAISE invalid_parameter_value USING
			MESSAGE = 'the call centre''s survey measures satisfaction only (manual, section 5)',
			HINT = 'Loyalty is measured by the consultant''s survey: kind "consultant".';
	ELSIF EXISTS (SELECT FROM survey s WHERE s.plan_year = open_survey.plan_year AND s.kind = open_survey.kind
		AND s.title = open_survey.title)
	THEN
		RAISE unique_violation USING
			MESSAGE = format('there is a survey "%s" of kind %s for %s', title, kind, plan_year),
			HINT = 'Give this one another title.', TABLE = 'survey';
	END IF;
	INSERT INTO survey (plan_year, kind, title, opened_by, opened_at)
	VALUES (plan_year, kind, title, given.staff_id, _now())
	RETURNING survey.survey_id INTO opened;
	INSERT INTO survey_measure (survey_id, measure, scale)
	SELECT opened, m.measure, m.scale
	FROM (VALUES ('satisfaction', satisfaction_scale), ('loyalty', loyalty_scale)) AS m (measure, scale)
	WHERE m.scale IS NOT NULL;
	RETURN opened;
END $$;

CREATE OR REPLACE FUNCTION _check_scale(scale numeric) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF scale <= 0 OR scale > 1000000 OR scale = 'NaN' THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('%s is no scale', scale),
			HINT = 'The scale is the highest score that can be given, as 5 or 100; at most 1000000.';
	END IF;
	PERFORM _check_decimals(scale, 'scale');
END $$;

-- As many as kam.satisfaction adds up exactly.
CREATE OR REPLACE FUNCTION _check_decimals(value numeric, what text) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF min_scale(value) > 4 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('%s %s has more than 4 decimals', what, value),
			HINT = format('Round it to 4 decimals: %s.', round(value, 4));
	END IF;
END $$;

CREATE OR REPLACE FUNCTION _open_survey(survey_id bigint) RETURNS survey
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	the_survey survey;
BEGIN
	PERFORM _check_survey(survey_id);
	SELECT * INTO the_survey FROM survey s WHERE s.survey_id = _open_survey.survey_id FOR SHARE;
	IF the_survey.survey_id IS NULL THEN
		RAISE null_value_not_allowed USING MESSAGE = 'the survey is missing', HINT = 'The table survey shows them.';
	ELSIF the_survey.closed_at IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('survey %s was closed on %s', survey_id, kam.bangkok_date(the_survey.closed_at)),
			HINT = 'Open another one: open_survey.';
	END IF;
	RETURN the_survey;
END $$;

CREATE OR REPLACE FUNCTION _check_score(survey_id bigint, measure text, score numeric) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	scale numeric;
BEGIN
	PERFORM _check_word(measure, ARRAY(SELECT m.measure FROM survey_measure m WHERE m.survey_id = _check_score.survey_id
		ORDER BY 1), format('the measure of survey %s', survey_id));
	SELECT m.scale INTO scale FROM survey_measure m
	WHERE m.survey_id = _check_score.survey_id AND m.measure = _check_score.measure;
	IF score IS NULL THEN
		RAISE null_value_not_allowed USING MESSAGE = 'the score is missing', HINT = format('It lies between 0 and %s.', scale);
	ELSIF NOT score BETWEEN 0 AND scale THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('score %s lies outside the scale of survey %s', score, survey_id),
			HINT = format('It lies between 0 and %s.', scale);
	END IF;
	PERFORM _check_decimals(score, 'score');
END $$;

-- respondent: who answered for the account, where several do.
CREATE OR REPLACE FUNCTION record_response(survey_id bigint, account_id text, measure text, score numeric,
	responded_on date, respondent text DEFAULT '', remark text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_account('survey.run', account_id);
	the_survey survey := _open_survey(survey_id);
	recorded bigint;
BEGIN
	PERFORM _check_score(survey_id, measure, score), _check_responded_on(responded_on);
	INSERT INTO survey_response (survey_id, measure, plan_year, account_id, unit_code, respondent, score, responded_on,
		remark, recorded_by, recorded_at)
	VALUES (survey_id, measure, the_survey.plan_year, account_id, _unit_of(account_id), coalesce(respondent, ''), score,
		responded_on, remark, given.staff_id, _now())
	ON CONFLICT DO NOTHING
	RETURNING survey_response.response_id INTO recorded;
	IF recorded IS NULL THEN
		RAISE unique_violation USING
			MESSAGE = format('account "%s" has answered survey %s on %s', account_id, survey_id, measure)
				|| coalesce(' (respondent "' || nullif(respondent, '') || '")', ''),
			HINT = 'Name another respondent, or correct that answer: change_response.',
			TABLE = 'survey_response', CONSTRAINT = 'survey_response_once';
	END IF;
	RETURN recorded;
END $$;

CREATE OR REPLACE FUNCTION _check_responded_on(responded_on date) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF responded_on IS NULL THEN
		RAISE null_value_not_allowed USING MESSAGE = 'the day of the response is missing', HINT = 'Give the day.';
	ELSIF responded_on > _today() OR responded_on < '1960-01-01' THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('the response cannot be of %s', responded_on),
			HINT = 'Give the day on which it was given, with a year of the common era.';
	END IF;
END $$;

-- What was entered wrong, as long as the survey is open; the history keeps it.
CREATE OR REPLACE FUNCTION change_response(response_id bigint, score numeric, remark text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_survey();
	the_response survey_response;
BEGIN
	SELECT * INTO the_response FROM survey_response r WHERE r.response_id = change_response.response_id;
	IF NOT FOUND THEN
		RAISE no_data_found USING
			MESSAGE = format('response %s does not exist', response_id), HINT = 'The table survey_response shows them.';
	END IF;
	PERFORM _open_survey(the_response.survey_id), _check_score(the_response.survey_id, the_response.measure, score);
	UPDATE survey_response r SET score = change_response.score, remark = coalesce(change_response.remark, r.remark),
		recorded_by = given.staff_id, recorded_at = _now()
	WHERE r.response_id = change_response.response_id;
END $$;

CREATE OR REPLACE FUNCTION close_survey(survey_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_survey();
BEGIN
	PERFORM FROM survey s WHERE s.survey_id = close_survey.survey_id FOR NO KEY UPDATE;
	PERFORM _open_survey(survey_id);
	UPDATE survey s SET closed_at = _now(), closed_by = given.staff_id WHERE s.survey_id = close_survey.survey_id;
END $$;

CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON survey_response
	FOR EACH ROW EXECUTE FUNCTION _keep_history('response_id');

-- KPI (2) of the process keeps score and scale (R21).
CREATE OR REPLACE VIEW survey_result WITH (security_invoker = true) AS
SELECT r.survey_id, r.plan_year, s.kind, s.title, r.unit_code, r.measure, m.scale, count(*) AS responses,
	count(DISTINCT r.account_id) AS accounts, round(avg(r.score), 2) AS mean_score,
	round(100 * avg(r.score) / m.scale, 1) AS percent_of_scale
FROM survey_response r JOIN survey s USING (survey_id) JOIN survey_measure m USING (survey_id, measure)
GROUP BY r.survey_id, r.plan_year, s.kind, s.title, r.unit_code, r.measure, m.scale;

ALTER TABLE survey ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON survey FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON survey TO PUBLIC;

ALTER TABLE survey_measure ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON survey_measure FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON survey_measure TO PUBLIC;

-- Who runs the survey sends its results on, and so reads them all (4.9).
ALTER TABLE survey_response ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON survey_response FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[])
	OR (SELECT _may_anywhere('survey.run')));
GRANT SELECT ON survey_response TO PUBLIC;
GRANT SELECT ON survey_result TO PUBLIC;

-- ---- comments ------------------------------------------------------------------

COMMENT ON TABLE survey IS
U&'การสำรวจ (ขั้นตอนที่ 8) — Surveys of key accounts (step 8).';
COMMENT ON COLUMN survey.survey_id IS
U&'เลขที่การสำรวจ — Number of the survey.';
COMMENT ON COLUMN survey.plan_year IS
U&'ปีแผน — Plan year.';
COMMENT ON COLUMN survey.kind IS
U&'ผู้สำรวจ — call_centre (satisfaction) or consultant (satisfaction and loyalty).';
COMMENT ON COLUMN survey.title IS
U&'ชื่อการสำรวจ — Title.';
COMMENT ON COLUMN survey.opened_by IS
U&'ผู้เปิด — Who opened it.';
COMMENT ON COLUMN survey.opened_at IS
U&'เวลาที่เปิด — When.';
COMMENT ON COLUMN survey.closed_by IS
U&'ผู้ปิด — Who closed it.';
COMMENT ON COLUMN survey.closed_at IS
U&'เวลาที่ปิด — When; NULL: open.';

COMMENT ON TABLE survey_measure IS
U&'สิ่งที่วัดและคะแนนเต็ม — What a survey measures, and on which scale.';
COMMENT ON COLUMN survey_measure.survey_id IS
U&'เลขที่การสำรวจ — Number of the survey.';
COMMENT ON COLUMN survey_measure.measure IS
U&'สิ่งที่วัด — What is measured: satisfaction or loyalty.';
COMMENT ON COLUMN survey_measure.scale IS
U&'คะแนนเต็ม — Highest score that can be given.';

COMMENT ON TABLE survey_response IS
U&'คำตอบแบบสำรวจ — Answers, one for each account, measure and respondent.';
COMMENT ON COLUMN survey_response.response_id IS
U&'เลขที่ — Number of the answer.';
COMMENT ON COLUMN survey_response.survey_id IS
U&'เลขที่การสำรวจ — Number of the survey.';
COMMENT ON COLUMN survey_response.measure IS
U&'สิ่งที่วัด — What is measured: satisfaction or loyalty.';
COMMENT ON COLUMN survey_response.plan_year IS
U&'ปีแผน — Plan year of the survey.';
COMMENT ON COLUMN survey_response.account_id IS
U&'ลูกค้า — Account.';
COMMENT ON COLUMN survey_response.unit_code IS
U&'หน่วยงาน — Unit of the account at that time.';
COMMENT ON COLUMN survey_response.respondent IS
U&'ผู้ตอบ — Who answered for the account; empty: not said.';
COMMENT ON COLUMN survey_response.score IS
U&'คะแนน — Score.';
COMMENT ON COLUMN survey_response.responded_on IS
U&'วันที่ตอบ — Day.';
COMMENT ON COLUMN survey_response.remark IS
U&'หมายเหตุ — What was said beside.';
COMMENT ON COLUMN survey_response.recorded_by IS
U&'ผู้บันทึก — Who recorded it.';
COMMENT ON COLUMN survey_response.recorded_at IS
U&'เวลาที่บันทึก — When it was recorded.';

COMMENT ON VIEW survey_result IS
U&'ผลการสำรวจ — Results by survey, unit and measure; score and scale are kept (R21).';
COMMENT ON COLUMN survey_result.survey_id IS
U&'เลขที่การสำรวจ — Number of the survey.';
COMMENT ON COLUMN survey_result.plan_year IS
U&'ปีแผน — Plan year.';
COMMENT ON COLUMN survey_result.kind IS
U&'ผู้สำรวจ — call_centre or consultant.';
COMMENT ON COLUMN survey_result.title IS
U&'ชื่อการสำรวจ — Title.';
COMMENT ON COLUMN survey_result.unit_code IS
U&'หน่วยงาน — Unit.';
COMMENT ON COLUMN survey_result.measure IS
U&'สิ่งที่วัด — What is measured: satisfaction or loyalty.';
COMMENT ON COLUMN survey_result.scale IS
U&'คะแนนเต็ม — Highest score that can be given.';
COMMENT ON COLUMN survey_result.responses IS
U&'จำนวนคำตอบ — Answers.';
COMMENT ON COLUMN survey_result.accounts IS
U&'จำนวนลูกค้า — Accounts.';
COMMENT ON COLUMN survey_result.mean_score IS
U&'คะแนนเฉลี่ย — Mean score.';
COMMENT ON COLUMN survey_result.percent_of_scale IS
U&'ร้อยละ — Mean score in percent of the scale.';

COMMENT ON FUNCTION _check_survey(bigint) IS
U&'ตรวจสอบการสำรวจ — Refuses a survey that does not exist (P0002).';
COMMENT ON FUNCTION _authorize_survey() IS
U&'ตรวจสอบสิทธิ์การสำรวจ — By which post the caller runs surveys.';
COMMENT ON FUNCTION open_survey(int, text, text, numeric, numeric) IS
U&'เปิดการสำรวจ — Opens a survey (4.9; 5, step 8): of the call centre (satisfaction) or the consultant (satisfaction and loyalty); the scale is the highest score, NULL leaves the measure out. 42501, 22023, 55000 for a year not opened, 23505 for a title given twice.';
COMMENT ON FUNCTION _check_scale(numeric) IS
U&'ตรวจสอบคะแนนเต็ม — Refuses what is no scale (22023).';
COMMENT ON FUNCTION _open_survey(bigint) IS
U&'การสำรวจที่เปิดอยู่ — The survey, which must be open (55000).';
COMMENT ON FUNCTION _check_decimals(numeric, text) IS
U&'ตรวจสอบทศนิยม — Refuses a number of more than 4 decimals (22023), which kam.satisfaction does not add up.';
COMMENT ON FUNCTION _check_score(bigint, text, numeric) IS
U&'ตรวจสอบคะแนน — Refuses a score outside the scale or of more than 4 decimals (22023) or missing (22004).';
COMMENT ON FUNCTION record_response(bigint, text, text, numeric, date, text, text) IS
U&'บันทึกคำตอบ — Records an answer: one for each account, measure and respondent (4.9). 42501, 22023 outside the scale, 22008 for a day in the future, 23505 for a second one, 55000 where the survey is closed.';
COMMENT ON FUNCTION _check_responded_on(date) IS
U&'ตรวจสอบวันที่ตอบ — Refuses a day that is missing (22004) or in the future (22008).';
COMMENT ON FUNCTION change_response(bigint, numeric, text) IS
U&'แก้ไขคำตอบ — Corrects an answer while the survey is open; the history keeps the former one. 42501, P0002, 22023, 55000.';
COMMENT ON FUNCTION close_survey(bigint) IS
U&'ปิดการสำรวจ — Closes a survey. 42501, P0002, 55000 where it is closed.';
