/* The workflow itself: its version, its clock, its settings. */

-- Everybody may name what is in here; row security says who sees anything of it.  Where somebody
-- has granted the schema otherwise, that stays.
DO $$
BEGIN
	IF (SELECT n.nspacl IS NULL FROM pg_namespace n WHERE n.nspname = current_schema()) THEN
		EXECUTE format('GRANT USAGE ON SCHEMA %I TO PUBLIC', current_schema());
	END IF;
END $$;

CREATE TABLE workflow (
	one_row boolean PRIMARY KEY DEFAULT true CHECK (one_row),
	version text,
	rehearsal_clock timestamptz,
	is_rehearsal boolean NOT NULL DEFAULT false,
	CONSTRAINT workflow_rehearsal_is_marked CHECK (is_rehearsal OR rehearsal_clock IS NULL)
);
INSERT INTO workflow DEFAULT VALUES;

CREATE TABLE setting (
	setting text PRIMARY KEY,
	value text NOT NULL,
	section text NOT NULL,
	meaning text NOT NULL
);
INSERT INTO setting VALUES
	('introduction_days', '30', '4.11.1, 4.14.1',
		'Calendar days within which a newly assigned KAMR introduces themselves to the account.'),
	('soon_days', '7', '5', 'A deadline is announced as due soon from so many calendar days before it.'),
	('response_working_days', '5', '5 (step 4), R18', 'Working days within which a customer is answered.'),
	('record_days', '7', '5 (step 5), R19', 'Calendar days within which a contact is recorded.'),
	('test_valid_years', '', '6.1.2.1(4), R15', 'Years for which a passed test counts; empty: it does not expire.'),
	('calendar', 'PEA', '5', 'The calendar of working days.');

-- What cannot be read as what it is would fail much later, in somebody else's hands.
CREATE OR REPLACE FUNCTION _check_setting() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	IF NEW.setting ~ '_(days|years)$' AND NEW.value !~ '^[0-9]{0,5}$' THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('"%s" is no number for the setting %s', NEW.value, NEW.setting),
			HINT = 'Give a whole number; an empty text where there is no limit.', TABLE = 'setting', COLUMN = 'value';
	ELSIF NEW.setting = 'calendar' AND NOT EXISTS (SELECT FROM kam.calendar c WHERE c.calendar = NEW.value) THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('calendar "%s" does not exist', NEW.value),
			HINT = 'The table kam.calendar names them all.', TABLE = 'setting', COLUMN = 'value';
	END IF;
	RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER check_setting BEFORE INSERT OR UPDATE ON setting
	FOR EACH ROW EXECUTE FUNCTION _check_setting();

CREATE OR REPLACE FUNCTION _setting_value(setting text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (SELECT nullif(s.value, '') FROM setting s WHERE s.setting = _setting_value.setting);
END $$;

-- The time of the workflow: the server's, but in a rehearsal the one that was set.  Not that of the transaction's
-- begin: one opened on the day something is due and used days later would still be in time.
CREATE OR REPLACE FUNCTION _now() RETURNS timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN coalesce((SELECT w.rehearsal_clock FROM workflow w), clock_timestamp());
END $$;

CREATE OR REPLACE FUNCTION _today() RETURNS date
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN kam.bangkok_date(_now());
END $$;

-- What must not go on in two sessions at once takes its turn here, to the end of the transaction: networks,
-- averages of bills, imports.  Not an advisory lock, which anybody could take and keep.
CREATE OR REPLACE FUNCTION _take_turn() RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM FROM workflow w FOR NO KEY UPDATE;
END $$;

-- Invoker's rights: only the owner may update the table.  A workflow in which somebody
-- has decided anything in earnest can no longer be rehearsed in.
CREATE OR REPLACE PROCEDURE rehearse(clock timestamptz)
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	IF NOT (SELECT w.is_rehearsal FROM workflow w) AND EXISTS (SELECT FROM decision) THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = 'decisions have been taken in this workflow, so its clock cannot be set',
			HINT = 'Create another workflow to rehearse in.';
	END IF;
	UPDATE workflow SET is_rehearsal = true, rehearsal_clock = rehearse.clock;
END $$;

-- A plan year in the common era, and opened.
CREATE OR REPLACE FUNCTION _check_plan_year(plan_year int) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF plan_year IS NULL THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'the plan year is missing',
			HINT = 'Give plan_year, a year of the common era.';
	ELSIF plan_year BETWEEN 2400 AND 2800 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('plan year %s is a year of the Buddhist era', plan_year),
			HINT = format('Plan years are years of the common era: %s.', plan_year - 543);
	ELSIF NOT EXISTS (SELECT FROM plan_year y WHERE y.plan_year = _check_plan_year.plan_year) THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('plan year %s has not been opened', plan_year),
			HINT = format('Open it first: open_year(%s).', plan_year);
	END IF;
END $$;

ALTER TABLE workflow ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON workflow FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON workflow TO PUBLIC;

ALTER TABLE setting ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON setting FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON setting TO PUBLIC;

COMMENT ON TABLE workflow IS
U&'ข้อมูลของระบบงานนี้ — The workflow itself: one row.';
COMMENT ON COLUMN workflow.one_row IS
U&'มีเพียงแถวเดียว — Always true: there is one row.';
COMMENT ON COLUMN workflow.version IS
U&'รุ่น — Version of kam that made it or brought it up to date last.';
COMMENT ON COLUMN workflow.rehearsal_clock IS
U&'เวลาจำลอง — The time in a rehearsal; NULL: the server''s.';
COMMENT ON COLUMN workflow.is_rehearsal IS
U&'เป็นการซ้อม — Whether it was ever rehearsed in: then it is no record of what happened.';
COMMENT ON TABLE setting IS
U&'ค่ากำหนด — Settings, which a user may change.';
COMMENT ON COLUMN setting.setting IS
U&'ชื่อค่ากำหนด — Name.';
COMMENT ON COLUMN setting.value IS
U&'ค่า — Value; empty: none.';
COMMENT ON COLUMN setting.section IS
U&'ข้อในคู่มือ — Section of the manual, or the reading, that it comes from.';
COMMENT ON COLUMN setting.meaning IS
U&'ความหมาย — What it sets.';
COMMENT ON FUNCTION _check_setting() IS
U&'ตรวจสอบค่ากำหนด — Trigger function of setting: numbers are numbers, the calendar exists. Error 22023.';
COMMENT ON FUNCTION _setting_value(text) IS
U&'ค่าของค่ากำหนด — The value of a setting; NULL where it is empty.';
COMMENT ON FUNCTION _now() IS
U&'เวลาของระบบงาน — The time of the workflow: the server''s, in a rehearsal that of its clock.';
COMMENT ON FUNCTION _today() IS
U&'วันนี้ (เวลาไทย) — Today in Bangkok, by _now().';
COMMENT ON FUNCTION _take_turn() IS
U&'รอตามลำดับ — Waits until no other session does what only one may do at a time.';
COMMENT ON PROCEDURE rehearse(timestamptz) IS
U&'ตั้งเวลาจำลองเพื่อซ้อม — Sets the clock of a workflow for a rehearsal; NULL lets it go with the server''s again. For the owner. Error 55000 once decisions were taken in earnest.';
COMMENT ON FUNCTION _check_plan_year(integer) IS
U&'ตรวจสอบปีของแผน — The plan year is of the common era (22023) and has been opened (55000).';
