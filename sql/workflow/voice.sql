/* Voice of the customer: what was said, left unsaid, or is anticipated (3.6), and how it is classified. */

CREATE TABLE voice (
	voice_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account_id text NOT NULL REFERENCES account,
	unit_code text NOT NULL REFERENCES unit,
	plan_year int NOT NULL,
	heard_at timestamptz NOT NULL,
	recorded_at timestamptz NOT NULL,
	days_late int,
	channel text NOT NULL REFERENCES channel,
	kind text NOT NULL REFERENCES voice_kind,
	listening text NOT NULL DEFAULT 'stated' CHECK (listening IN ('stated', 'unstated', 'anticipated')),
	topic text NOT NULL CHECK (topic <> ''),
	content text NOT NULL CHECK (content <> ''),
	case_id bigint REFERENCES service_case,
	survey_id bigint,
	recorded_by text NOT NULL REFERENCES staff,
	classified_by text NOT NULL REFERENCES staff,
	classified_at timestamptz NOT NULL
);
CREATE INDEX ON voice (unit_code, heard_at);
CREATE INDEX ON voice (account_id, heard_at);
CREATE INDEX ON voice (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX ON voice (survey_id) WHERE survey_id IS NOT NULL;
SELECT kam.attach_record_deadline('voice', 'heard_at', 'recorded_at', 'flag', 'days_late');

CREATE OR REPLACE FUNCTION _check_listening(listening text) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _check_word(listening, '{stated,unstated,anticipated}', 'the kind of listening');
END $$;

-- A case of the account; NULL is none.
CREATE OR REPLACE FUNCTION _check_case_of(case_id bigint, account_id text) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF case_id IS NOT NULL AND NOT EXISTS (SELECT FROM service_case c
		WHERE c.case_id = _check_case_of.case_id AND c.account_id = _check_case_of.account_id)
	THEN
		RAISE invalid_parameter_value USING
			MESSAGE = CASE WHEN account_id IS NULL THEN format('case %s is given without its account', case_id)
				ELSE format('case %s is none of account "%s"', case_id, account_id) END,
			HINT = 'The view case_status shows those of the account.';
	END IF;
END $$;

CREATE OR REPLACE FUNCTION record_voice(account_id text, heard_at timestamptz, channel text, kind text, topic text,
	content text, listening text DEFAULT 'stated', case_id bigint DEFAULT NULL, survey_id bigint DEFAULT NULL)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_account('voice.record', account_id);
	recorded bigint;
BEGIN
	PERFORM _check_past(heard_at, 'the voice'), _check_channel(channel), _check_voice_kind(kind),
		_check_listening(listening), _check_text(topic, 'the topic'), _check_text(content, 'what the customer wants'),
		_check_case_of(case_id, account_id), _check_survey(survey_id);
	INSERT INTO voice (account_id, unit_code, plan_year, heard_at, recorded_at, channel, kind, listening, topic, content,
		case_id, survey_id, recorded_by, classified_by, classified_at)
	VALUES (account_id, _unit_of(account_id), _year_of(heard_at), heard_at, _now(), channel, kind, listening, topic, content,
		case_id, survey_id, given.staff_id, given.staff_id, _now())
	RETURNING voice.voice_id INTO recorded;
	RETURN recorded;
END $$;

-- What is NULL stays.  The history tells who had it otherwise.
CREATE OR REPLACE FUNCTION classify_voice(voice_id bigint, kind text DEFAULT NULL, listening text DEFAULT NULL,
	topic text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	the_voice voice;
	given authorization_given;
BEGIN
	SELECT * INTO the_voice FROM voice v WHERE v.voice_id = classify_voice.voice_id;
	given := _authorize_item('voice.record', format('voice %s', voice_id), the_voice.unit_code, the_voice.account_id);
	PERFORM _check_voice_kind(coalesce(kind, the_voice.kind)),
		_check_listening(coalesce(listening, the_voice.listening)),
		_check_text(coalesce(topic, the_voice.topic), 'the topic');
	UPDATE voice v SET kind = coalesce(classify_voice.kind, v.kind),
		listening = coalesce(classify_voice.listening, v.listening), topic = coalesce(classify_voice.topic, v.topic),
		classified_by = given.staff_id, classified_at = _now()
	WHERE v.voice_id = classify_voice.voice_id;
END $$;

CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON voice
	FOR EACH ROW EXECUTE FUNCTION _keep_history('voice_id');

-- The voice of the customer by month, as VOC-60-001 sums it up.
CREATE OR REPLACE VIEW voice_summary WITH (security_invoker = true) AS
SELECT v.unit_code, v.plan_year, extract(month FROM kam.bangkok_date(v.heard_at))::int AS month, v.kind, v.listening, v.topic,
	count(*) AS voices, count(DISTINCT v.account_id) AS accounts, kam.rate(v.days_late = 0) AS recorded_on_time
FROM voice v
GROUP BY 1, 2, 3, 4, 5, 6;

ALTER TABLE voice ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON voice FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON voice TO PUBLIC;
GRANT SELECT ON voice_summary TO PUBLIC;

-- ---- comments ------------------------------------------------------------------

COMMENT ON TABLE voice IS
U&'เสียงของลูกค้า — Voice of the customer (3.6 to 3.10).';
COMMENT ON COLUMN voice.voice_id IS
U&'เลขที่ — Number of the voice.';
COMMENT ON COLUMN voice.account_id IS
U&'ลูกค้า — Account.';
COMMENT ON COLUMN voice.unit_code IS
U&'หน่วยงาน — Unit of the account at that time.';
COMMENT ON COLUMN voice.plan_year IS
U&'ปีแผน — Plan year (common era) of the day on which it happened, in Bangkok.';
COMMENT ON COLUMN voice.heard_at IS
U&'เวลาที่รับฟัง — When it was heard.';
COMMENT ON COLUMN voice.recorded_at IS
U&'เวลาที่บันทึก — When it was recorded.';
COMMENT ON COLUMN voice.days_late IS
U&'จำนวนวันที่บันทึกช้า — Days by which it was recorded too late; 0: within the 7 days (R19).';
COMMENT ON COLUMN voice.channel IS
U&'ช่องทาง — How they spoke with each other.';
COMMENT ON COLUMN voice.kind IS
U&'ชนิด — Kind: need, requirement, expectation …';
COMMENT ON COLUMN voice.listening IS
U&'ลักษณะการรับฟัง — stated, unstated, or anticipated (3.6).';
COMMENT ON COLUMN voice.topic IS
U&'หัวข้อ — Topic.';
COMMENT ON COLUMN voice.content IS
U&'สาระ — What the customer wants.';
COMMENT ON COLUMN voice.case_id IS
U&'กรณี — Case that it belongs to; NULL: none.';
COMMENT ON COLUMN voice.survey_id IS
U&'การสำรวจ — Survey in which it was heard; NULL: none.';
COMMENT ON COLUMN voice.recorded_by IS
U&'ผู้บันทึก — Who recorded it.';
COMMENT ON COLUMN voice.classified_by IS
U&'ผู้จำแนก — Who classified it, last.';
COMMENT ON COLUMN voice.classified_at IS
U&'เวลาที่จำแนก — When.';

COMMENT ON VIEW voice_summary IS
U&'สรุปเสียงของลูกค้า (VOC-60-001) — Voice of the customer by unit and month, as VOC-60-001 sums it up.';
COMMENT ON COLUMN voice_summary.unit_code IS
U&'หน่วยงาน — Unit.';
COMMENT ON COLUMN voice_summary.plan_year IS
U&'ปีแผน — Plan year.';
COMMENT ON COLUMN voice_summary.month IS
U&'เดือน — Month, 1 to 12.';
COMMENT ON COLUMN voice_summary.kind IS
U&'ชนิด — Kind.';
COMMENT ON COLUMN voice_summary.listening IS
U&'ลักษณะการรับฟัง — stated, unstated, or anticipated.';
COMMENT ON COLUMN voice_summary.topic IS
U&'หัวข้อ — Topic.';
COMMENT ON COLUMN voice_summary.voices IS
U&'จำนวน — How many.';
COMMENT ON COLUMN voice_summary.accounts IS
U&'จำนวนลูกค้า — Of how many accounts.';
COMMENT ON COLUMN voice_summary.recorded_on_time IS
U&'บันทึกทันกำหนด — How many were recorded within the 7 days.';

COMMENT ON FUNCTION _check_listening(text) IS
U&'ตรวจสอบลักษณะการรับฟัง — Refuses what is not stated, unstated or anticipated.';
COMMENT ON FUNCTION _check_case_of(bigint, text) IS
U&'ตรวจสอบกรณีของลูกค้า — Refuses a case of another account (22023).';
COMMENT ON FUNCTION record_voice(text, timestamptz, text, text, text, text, text, bigint, bigint) IS
U&'บันทึกเสียงของลูกค้า — Records a voice of the customer (3.6 to 3.10; 5, steps 5 and 6), late ones too. 42501 for another''s account, 22008 for the future, 22023 for an unknown kind or channel or another account''s case, P0002 for a survey that does not exist.';
COMMENT ON FUNCTION classify_voice(bigint, text, text, text) IS
U&'จำแนกเสียงของลูกค้าใหม่ — Classifies a voice anew; what is NULL stays; the history keeps who had it otherwise. 42501, 22023.';
