/* Contacts with accounts, recorded within 7 days, and the activities of the plan that are done (steps 4 and 5). */

-- How people speak with each other; a user may add rows.
CREATE TABLE channel (
	channel text PRIMARY KEY CHECK (channel <> ''),
	name_th text NOT NULL,
	name_en text NOT NULL
);
INSERT INTO channel VALUES
	('visit', unistr('เข้าพบ'), 'visit'),
	('meeting', unistr('ประชุม'), 'meeting'),
	('event', unistr('กิจกรรม'), 'event'),
	('telephone', unistr('โทรศัพท์'), 'telephone'),
	('email', unistr('อีเมล'), 'e-mail'),
	('line', unistr('ไลน์'), 'LINE'),
	('letter', unistr('หนังสือ'), 'letter'),
	('call_centre', unistr('1129 PEA Call Center'), '1129 PEA Call Center'),
	('survey', unistr('การสำรวจ'), 'survey'),
	('other', unistr('อื่น ๆ'), 'other');

CREATE TABLE contact (
	contact_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account_id text NOT NULL REFERENCES account,
	unit_code text NOT NULL REFERENCES unit,
	plan_year int NOT NULL,
	activity_id bigint REFERENCES activity,
	staff_id text NOT NULL REFERENCES staff,
	happened_at timestamptz NOT NULL,
	recorded_at timestamptz NOT NULL,
	days_late int,
	channel text NOT NULL REFERENCES channel,
	subject text NOT NULL CHECK (subject <> ''),
	summary text
);
CREATE INDEX ON contact (account_id, happened_at);
CREATE INDEX ON contact (unit_code, happened_at);
CREATE INDEX ON contact (activity_id) WHERE activity_id IS NOT NULL;
SELECT kam.attach_record_deadline('contact', 'happened_at', 'recorded_at', 'flag', 'days_late');

-- ---- what the functions of the year have in common -------------------------

-- As _authorize, but by one of these posts, the first before the others.
CREATE OR REPLACE FUNCTION _authorize_as(posts text[], action text, unit_code text, account_id text DEFAULT NULL)
RETURNS authorization_given
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	staff_id text := _staff();
	given authorization_given;
BEGIN
	SELECT staff_id, h.post, h.acting INTO given
	FROM _holdings(staff_id) h JOIN authority a USING (post)
	WHERE a.action = _authorize_as.action AND h.post = ANY (posts)
		AND _reaches(a.scope, h.unit_code, _authorize_as.unit_code, _authorize_as.account_id)
	ORDER BY array_position(posts, h.post), h.acting LIMIT 1;
	IF NOT FOUND THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('"%s" may not do this (%s) for unit "%s"', staff_id, action, unit_code),
			HINT = format('It is for: %s.', (SELECT string_agg(format('%s (%s)', p.title_en, a.section), ', ' ORDER BY p.section)
				FROM authority a JOIN post p USING (post)
				WHERE a.action = _authorize_as.action AND p.post = ANY (posts)));
	END IF;
	RETURN given;
END $$;

-- Nothing has happened in the future.  A minute is forgiven, for clocks that differ.
CREATE OR REPLACE FUNCTION _check_past(at timestamptz, what text) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF at IS NULL THEN
		RAISE null_value_not_allowed USING
			MESSAGE = format('the time of %s is missing', what),
			HINT = 'Give the time with its zone, as in 2027-03-31 14:30+07.';
	ELSIF at > _now() + interval '1 minute' THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('the time of %s, %s, lies in the future', what, at),
			HINT = CASE WHEN at < '2800-01-01 00:00+07' AND _year_of(at) > 2500
				THEN format('That is a year of the Buddhist era; years are those of the common era: %s.', _year_of(at) - 543)
				ELSE 'Give the time at which it happened.' END;
	ELSIF at < '1960-01-01 00:00+07' THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('the time of %s, %s, lies before the founding of PEA', what, at),
			HINT = 'Give the time at which it happened.';
	END IF;
END $$;

CREATE OR REPLACE FUNCTION _check_text(the_text text, what text) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF the_text IS NULL THEN
		RAISE null_value_not_allowed USING MESSAGE = format('%s is missing', what), HINT = 'Say it in a few words.';
	ELSIF the_text !~ '[^[:space:]]' THEN
		RAISE invalid_parameter_value USING MESSAGE = format('%s is empty', what), HINT = 'Say it in a few words.';
	END IF;
END $$;

-- One of a list of words.
CREATE OR REPLACE FUNCTION _check_word(word text, words text[], what text) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF word IS NULL THEN
		RAISE null_value_not_allowed USING
			MESSAGE = format('%s is missing', what), HINT = format('It is one of: %s.', array_to_string(words, ', '));
	ELSIF word <> ALL (words) THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('%s cannot be "%s"', what, word),
			HINT = format('It is one of: %s.', array_to_string(words, ', '));
	END IF;
END $$;

CREATE OR REPLACE FUNCTION _check_channel(channel text) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _check_word(channel, ARRAY(SELECT c.channel FROM channel c ORDER BY 1), 'the channel');
END $$;

-- The plan year, a calendar year, in which something happened.
CREATE OR REPLACE FUNCTION _year_of(at timestamptz) RETURNS int
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN extract(year FROM kam.bangkok_date(at));
END $$;

-- ---- contacts --------------------------------------------------------------

-- What happened late is taken all the same: the trigger marks it (R19).
CREATE OR REPLACE FUNCTION record_contact(account_id text, happened_at timestamptz, channel text, subject text,
	summary text DEFAULT NULL, activity_id bigint DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_account('contact.record', account_id);
	recorded bigint;
BEGIN
	PERFORM _check_past(happened_at, 'the contact'), _check_channel(channel), _check_text(subject, 'the subject'),
		_check_activity_of(activity_id, account_id);
	INSERT INTO contact (account_id, unit_code, plan_year, activity_id, staff_id, happened_at, recorded_at, channel, subject,
		summary)
	VALUES (account_id, _unit_of(account_id), _year_of(happened_at), activity_id, given.staff_id, happened_at, _now(),
		channel, subject, summary)
	RETURNING contact.contact_id INTO recorded;
	RETURN recorded;
END $$;

-- An activity of the account, in an approved plan; NULL is none.
CREATE OR REPLACE FUNCTION _check_activity_of(activity_id bigint, account_id text) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	plan_status text;
BEGIN
	IF activity_id IS NULL THEN
		RETURN;
	END IF;
	SELECT p.status INTO plan_status
	FROM activity v JOIN plan p USING (plan_id)
	WHERE v.activity_id = _check_activity_of.activity_id AND v.account_id = _check_activity_of.account_id;
	IF NOT FOUND THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('activity %s is none of account "%s"', activity_id, account_id),
			HINT = 'The table activity shows those of the account.';
	ELSIF plan_status <> 'approved' THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('activity %s stands in a plan that is %s', activity_id, plan_status),
			HINT = 'Activities are carried out when the plan is approved; record the contact without the activity.';
	END IF;
END $$;

-- ---- activities ------------------------------------------------------------

CREATE OR REPLACE FUNCTION _authorize_activity(activity_id bigint) RETURNS authorization_given
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	account_id text := (SELECT v.account_id FROM activity v WHERE v.activity_id = _authorize_activity.activity_id);
BEGIN
	RETURN _authorize_item('activity.complete', format('activity %s', activity_id), _unit_of(account_id), account_id);
END $$;

-- Two who complete it do so one after the other.
CREATE OR REPLACE FUNCTION _lock_activity(activity_id bigint) RETURNS activity
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	the_activity activity;
BEGIN
	SELECT * INTO the_activity FROM activity v WHERE v.activity_id = _lock_activity.activity_id FOR NO KEY UPDATE;
	IF NOT FOUND THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('activity %s has just been taken out of its plan', activity_id), HINT = 'Look at the plan again.';
	END IF;
	RETURN the_activity;
END $$;

CREATE OR REPLACE FUNCTION complete_activity(activity_id bigint, done_at timestamptz DEFAULT NULL, result text DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_activity(activity_id);
	the_activity activity := _lock_activity(activity_id);
	at timestamptz := coalesce(done_at, _now());
	plan_status text;
BEGIN
	SELECT p.status INTO plan_status FROM plan p WHERE p.plan_id = the_activity.plan_id;
	PERFORM _check_past(at, 'the activity');
	IF plan_status <> 'approved' THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('activity %s stands in a plan that is %s', activity_id, plan_status),
			HINT = 'Activities are carried out when the plan is approved.';
	ELSIF the_activity.ended_on IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('activity %s was taken out of the plan on %s', activity_id, the_activity.ended_on),
			HINT = 'Record what was done as a contact: record_contact.';
	ELSIF the_activity.done_at IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('activity %s was done on %s', activity_id, kam.bangkok_date(the_activity.done_at)),
			HINT = 'Where that is wrong, reopen_activity takes it back.';
	ELSIF _year_of(at) < the_activity.plan_year THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('activity %s belongs to %s and cannot have been done on %s', activity_id, the_activity.plan_year,
				kam.bangkok_date(at)),
			HINT = format('The plan is carried out from 1 January %s; record what was done before as a contact.',
				the_activity.plan_year);
	END IF;
	UPDATE activity v SET done_at = at, done_by = given.staff_id, result = complete_activity.result
	WHERE v.activity_id = complete_activity.activity_id;
END $$;

-- Takes back what was said to be done; the history and the chain of decisions keep it.
CREATE OR REPLACE FUNCTION reopen_activity(activity_id bigint, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_activity(activity_id);
	the_activity activity := _lock_activity(activity_id);
BEGIN
	PERFORM _check_text(reason, 'the reason');
	IF the_activity.done_at IS NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('activity %s has not been done', activity_id),
			HINT = 'There is nothing to take back.';
	END IF;
	UPDATE activity v SET done_at = NULL, done_by = NULL, result = NULL
	WHERE v.activity_id = reopen_activity.activity_id;
	PERFORM _decide(given, 'activity', activity_id::text, 'reopen', the_activity.unit_code, the_activity.plan_year, 'done',
		'open', reason);
END $$;

-- ---- triggers, views, row security ------------------------------------------

-- Recorded within the days that the trigger was told (R19).
CREATE OR REPLACE FUNCTION _in_time(days_late int) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(days_late, 0) = 0;

-- The setting is an argument of the trigger that marks late records.
CREATE OR REPLACE FUNCTION _apply_record_days() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM kam.detach_record_deadline('contact');
	PERFORM kam.attach_record_deadline('contact', 'happened_at', 'recorded_at', 'flag', 'days_late', NEW.value::int);
	PERFORM kam.detach_record_deadline('voice');
	PERFORM kam.attach_record_deadline('voice', 'heard_at', 'recorded_at', 'flag', 'days_late', NEW.value::int);
	RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER apply_record_days AFTER UPDATE ON setting
	FOR EACH ROW WHEN (NEW.setting = 'record_days' AND NEW.value IS DISTINCT FROM OLD.value)
	EXECUTE FUNCTION _apply_record_days();

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON contact
	FOR EACH STATEMENT EXECUTE FUNCTION _append_only();

-- Step 5: how many contacts were recorded within the 7 days, by month.
CREATE OR REPLACE VIEW contact_rate WITH (security_invoker = true) AS
SELECT c.unit_code, c.plan_year, extract(month FROM kam.bangkok_date(c.happened_at))::int AS month,
	count(*) AS contacts, kam.rate(_in_time(c.days_late)) AS recorded_on_time
FROM contact c
GROUP BY 1, 2, 3;

ALTER TABLE channel ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON channel FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON channel TO PUBLIC;

ALTER TABLE contact ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON contact FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON contact TO PUBLIC;
GRANT SELECT ON contact_rate TO PUBLIC;

-- ---- comments ------------------------------------------------------------------

COMMENT ON TABLE channel IS
U&'ช่องทางการติดต่อ — How people speak with each other; the owner may add rows.';
COMMENT ON COLUMN channel.channel IS
U&'ช่องทาง — Name of the channel.';
COMMENT ON COLUMN channel.name_th IS
U&'ชื่อภาษาไทย — Name in Thai.';
COMMENT ON COLUMN channel.name_en IS
U&'ชื่อภาษาอังกฤษ — Name in English.';

COMMENT ON TABLE contact IS
U&'การติดต่อกับลูกค้า (ขั้นตอนที่ 5) — Contacts with accounts (step 5); what was recorded late is taken, and marked.';
COMMENT ON COLUMN contact.contact_id IS
U&'เลขที่การติดต่อ — Number of the contact.';
COMMENT ON COLUMN contact.account_id IS
U&'ลูกค้า — Account.';
COMMENT ON COLUMN contact.unit_code IS
U&'หน่วยงาน — Unit of the account at that time.';
COMMENT ON COLUMN contact.plan_year IS
U&'ปีแผน — Plan year (common era) of the day on which it happened, in Bangkok.';
COMMENT ON COLUMN contact.activity_id IS
U&'กิจกรรมตามแผน — Activity of the plan that it carried out; NULL: none.';
COMMENT ON COLUMN contact.staff_id IS
U&'ผู้ติดต่อและบันทึก — Who had the contact, and recorded it.';
COMMENT ON COLUMN contact.happened_at IS
U&'เวลาที่ติดต่อ — When it happened.';
COMMENT ON COLUMN contact.recorded_at IS
U&'เวลาที่บันทึก — When it was recorded.';
COMMENT ON COLUMN contact.days_late IS
U&'จำนวนวันที่บันทึกช้า — Days by which it was recorded too late; 0: within the 7 days (R19).';
COMMENT ON COLUMN contact.channel IS
U&'ช่องทาง — How they spoke with each other.';
COMMENT ON COLUMN contact.subject IS
U&'เรื่อง — Subject.';
COMMENT ON COLUMN contact.summary IS
U&'สรุป — What was said.';

COMMENT ON VIEW contact_rate IS
U&'อัตราการบันทึกภายใน 7 วัน — Contacts by unit and month, and how many were recorded within the 7 days.';
COMMENT ON COLUMN contact_rate.unit_code IS
U&'หน่วยงาน — Unit.';
COMMENT ON COLUMN contact_rate.plan_year IS
U&'ปีแผน — Plan year.';
COMMENT ON COLUMN contact_rate.month IS
U&'เดือน — Month, 1 to 12.';
COMMENT ON COLUMN contact_rate.contacts IS
U&'จำนวนการติดต่อ — Contacts.';
COMMENT ON COLUMN contact_rate.recorded_on_time IS
U&'บันทึกทันกำหนด — How many were recorded in time, of all.';

COMMENT ON FUNCTION _authorize_as(text[], text, text, text) IS
U&'ตรวจสอบสิทธิ์ตามตำแหน่งที่กำหนด — By which of these posts the caller may do this; 42501 with the posts that may.';
COMMENT ON FUNCTION _check_past(timestamptz, text) IS
U&'ตรวจสอบเวลา — Refuses a time that is missing (22004), in the future or before 1960 (22008).';
COMMENT ON FUNCTION _check_text(text, text) IS
U&'ตรวจสอบข้อความ — Refuses a text that is missing (22004) or empty (22023).';
COMMENT ON FUNCTION _check_word(text, text[], text) IS
U&'ตรวจสอบคำ — Refuses a word that is missing (22004) or not one of the list (22023).';
COMMENT ON FUNCTION _check_channel(text) IS
U&'ตรวจสอบช่องทาง — Refuses a channel that the table channel does not have.';
COMMENT ON FUNCTION _year_of(timestamptz) IS
U&'ปีแผนของเวลา — Plan year in which something happened, by Bangkok time.';
COMMENT ON FUNCTION _check_activity_of(bigint, text) IS
U&'ตรวจสอบกิจกรรม — Refuses an activity of another account (22023) or of a plan that is not approved (55000).';
COMMENT ON FUNCTION record_contact(text, timestamptz, text, text, text, bigint) IS
U&'บันทึกการติดต่อลูกค้า — Records a contact with an account (5, step 5), late ones too: days_late marks them (R19); activity_id names the activity of the plan that it carried out. 42501 for another''s account, 22008 for a time in the future, 22023 for an unknown channel or another account''s activity, 55000 for one of a plan not approved.';
COMMENT ON FUNCTION _authorize_activity(bigint) IS
U&'ตรวจสอบสิทธิ์ต่อกิจกรรม — By which post the caller may complete the activity.';
COMMENT ON FUNCTION _lock_activity(bigint) IS
U&'ล็อกกิจกรรม — The activity, locked.';
COMMENT ON FUNCTION complete_activity(bigint, timestamptz, text) IS
U&'บันทึกว่ากิจกรรมเสร็จแล้ว — Marks an activity of an approved plan as done (5, step 4). 42501 for another''s account, 55000 where the plan is not approved, or the activity done already or taken out, 22008 for a day before the plan year or in the future.';
COMMENT ON FUNCTION reopen_activity(bigint, text) IS
U&'ยกเลิกการบันทึกว่าเสร็จ — Takes back that an activity was done; recorded as a decision. 42501 for another''s account, 55000 where it was not done.';
COMMENT ON FUNCTION _apply_record_days() IS
U&'ใช้ค่าตั้งจำนวนวันบันทึก — Trigger: gives the setting record_days to the rules that mark late records.';
