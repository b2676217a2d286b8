/* Introductions (4.11.1, 4.14.1): a new key account manager makes themself known to the account. */

CREATE TABLE introduction (
	introduction_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account_id text NOT NULL REFERENCES account,
	unit_code text NOT NULL REFERENCES unit,
	plan_year int NOT NULL REFERENCES plan_year,
	staff_id text NOT NULL REFERENCES staff,
	assignment_id bigint NOT NULL UNIQUE REFERENCES assignment,
	due_on date NOT NULL,
	introduced_at timestamptz,
	channels text,
	recorded_at timestamptz,
	CONSTRAINT introduction_made CHECK ((introduced_at IS NULL) = (channels IS NULL)
		AND (introduced_at IS NULL) = (recorded_at IS NULL))
);
CREATE INDEX ON introduction (account_id);
CREATE INDEX ON introduction (unit_code, plan_year);
CREATE INDEX ON introduction (staff_id) WHERE introduced_at IS NULL;

-- Which of these assignments are to somebody who does not look after the account already, in
-- this year or in the year in force before.  (What the same approval ended, they had until today.)
CREATE OR REPLACE FUNCTION _is_known_to_account(the_assignment assignment) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN EXISTS (
		SELECT FROM assignment b JOIN plan p USING (plan_id)
		WHERE b.account_id = the_assignment.account_id AND b.staff_id = the_assignment.staff_id
			AND b.assignment_id <> the_assignment.assignment_id AND b.responsibility <> 'area' AND p.status = 'approved'
			AND (b.ended_on IS NULL OR b.ended_on >= _today())
			AND b.plan_year IN (the_assignment.plan_year, (
				SELECT max(q.plan_year) FROM plan q
				WHERE q.unit_code = b.unit_code AND q.amendment_no = 0 AND q.status = 'approved'
					AND q.plan_year < the_assignment.plan_year)));
END $$;

-- Due so many days after the assignment comes into force: with the approval or the handing
-- over, but not before the plan year begins.  Once per assignment, however often it is called.
CREATE OR REPLACE FUNCTION _lay_out_introduction(assignment_id bigint) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	INSERT INTO introduction (account_id, unit_code, plan_year, staff_id, assignment_id, due_on)
	SELECT a.account_id, a.unit_code, a.plan_year, a.staff_id, a.assignment_id,
		greatest(_today(), make_date(a.plan_year, 1, 1)) + _setting_value('introduction_days')::int
	FROM assignment a
	WHERE a.assignment_id = _lay_out_introduction.assignment_id AND a.responsibility <> 'area' AND a.ended_on IS NULL
		AND NOT _is_known_to_account(a)
	ON CONFLICT DO NOTHING;
END $$;

CREATE OR REPLACE FUNCTION _lay_out_introductions(plan_id bigint) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _lay_out_introduction(a.assignment_id) FROM assignment a
	WHERE a.plan_id = _lay_out_introductions.plan_id
	ORDER BY a.assignment_id;
END $$;

-- channels: how the account reaches its key account manager from now on.
CREATE OR REPLACE FUNCTION record_introduction(account_id text, introduced_at timestamptz, channels text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_account('introduction.record', account_id);
	due introduction;
	assigned_at timestamptz;
BEGIN
	PERFORM _check_past(introduced_at, 'the introduction'), _check_text(channels, 'the way to be reached');
	SELECT i.* INTO due
	FROM introduction i JOIN assignment a USING (assignment_id)
	WHERE i.account_id = record_introduction.account_id AND i.staff_id = given.staff_id AND i.introduced_at IS NULL
		AND a.ended_on IS NULL
	ORDER BY i.plan_year DESC LIMIT 1 FOR NO KEY UPDATE OF i;
	IF NOT FOUND THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('no introduction of "%s" to account "%s" is due', given.staff_id, account_id),
			HINT = 'Record the visit as a contact: record_contact.';
	END IF;
	SELECT a.assigned_at INTO assigned_at FROM assignment a WHERE a.assignment_id = due.assignment_id;
	IF introduced_at < assigned_at THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('"%s" cannot have introduced themself to account "%s" at %s, before being assigned at %s',
				given.staff_id, account_id, introduced_at, assigned_at),
			HINT = 'Give the time of the introduction.';
	END IF;
	UPDATE introduction i SET introduced_at = record_introduction.introduced_at, channels = record_introduction.channels,
		recorded_at = _now()
	WHERE i.introduction_id = due.introduction_id;
END $$;

-- What became of each.  It is not needed any more where somebody else looks after the account.
CREATE OR REPLACE VIEW introduction_status WITH (security_invoker = true) AS
SELECT i.introduction_id, i.account_id, i.unit_code, i.plan_year, i.staff_id, i.due_on, i.introduced_at, i.channels,
	CASE WHEN i.introduced_at IS NOT NULL THEN CASE WHEN kam.on_time(i.due_on, i.introduced_at) THEN 'met' ELSE 'met late' END
		WHEN a.ended_on IS NOT NULL OR a.plan_year < _year_in_force(a.unit_code) AND NOT EXISTS (
			SELECT FROM assignment b
			WHERE b.account_id = a.account_id AND b.staff_id = a.staff_id AND b.responsibility <> 'area'
				AND b.ended_on IS NULL AND b.plan_year = _year_in_force(b.unit_code)) THEN 'not needed any more'
		WHEN i.due_on < (SELECT _today()) THEN 'overdue'
		ELSE 'due' END AS state
FROM introduction i JOIN assignment a USING (assignment_id);

CREATE OR REPLACE VIEW open_introduction WITH (security_invoker = true) AS
SELECT s.introduction_id, s.account_id, s.unit_code, s.plan_year, s.staff_id, s.due_on, s.state
FROM introduction_status s
WHERE s.state IN ('due', 'overdue');

ALTER TABLE introduction ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON introduction FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON introduction TO PUBLIC;
GRANT SELECT ON introduction_status TO PUBLIC;
GRANT SELECT ON open_introduction TO PUBLIC;

-- ---- comments ------------------------------------------------------------------

COMMENT ON TABLE introduction IS
U&'การแนะนำตัวต่อลูกค้า (4.11.1, 4.14.1) — Introductions due of new key account managers (4.11.1, 4.14.1).';
COMMENT ON COLUMN introduction.introduction_id IS
U&'เลขที่ — Number of the introduction.';
COMMENT ON COLUMN introduction.account_id IS
U&'ลูกค้า — Account.';
COMMENT ON COLUMN introduction.unit_code IS
U&'หน่วยงาน — Unit of the account at that time.';
COMMENT ON COLUMN introduction.plan_year IS
U&'ปีแผน — Plan year of the assignment.';
COMMENT ON COLUMN introduction.staff_id IS
U&'พนักงานบริหารลูกค้ารายสำคัญ — Who introduces themself.';
COMMENT ON COLUMN introduction.assignment_id IS
U&'การมอบหมาย — Assignment that it follows from.';
COMMENT ON COLUMN introduction.due_on IS
U&'วันครบกำหนด — Due day.';
COMMENT ON COLUMN introduction.introduced_at IS
U&'เวลาที่แนะนำตัว — When; NULL: not yet.';
COMMENT ON COLUMN introduction.channels IS
U&'ช่องทางติดต่อ — How the account reaches them from now on.';
COMMENT ON COLUMN introduction.recorded_at IS
U&'เวลาที่บันทึก — When it was recorded.';

COMMENT ON VIEW introduction_status IS
U&'สถานะการแนะนำตัว — What became of each introduction.';
COMMENT ON COLUMN introduction_status.introduction_id IS
U&'เลขที่ — Number of the introduction.';
COMMENT ON COLUMN introduction_status.account_id IS
U&'ลูกค้า — Account.';
COMMENT ON COLUMN introduction_status.unit_code IS
U&'หน่วยงาน — Unit of the account at that time.';
COMMENT ON COLUMN introduction_status.plan_year IS
U&'ปีแผน — Plan year of the assignment.';
COMMENT ON COLUMN introduction_status.staff_id IS
U&'พนักงานบริหารลูกค้ารายสำคัญ — Who introduces themself.';
COMMENT ON COLUMN introduction_status.due_on IS
U&'วันครบกำหนด — Due day.';
COMMENT ON COLUMN introduction_status.introduced_at IS
U&'เวลาที่แนะนำตัว — When; NULL: not yet.';
COMMENT ON COLUMN introduction_status.channels IS
U&'ช่องทางติดต่อ — How the account reaches them.';
COMMENT ON COLUMN introduction_status.state IS
U&'สถานะ — due, overdue, met, met late, not needed any more (somebody else looks after the account).';

COMMENT ON VIEW open_introduction IS
U&'การแนะนำตัวที่ยังค้าง — Introductions that are due or overdue.';
COMMENT ON COLUMN open_introduction.introduction_id IS
U&'เลขที่ — Number of the introduction.';
COMMENT ON COLUMN open_introduction.account_id IS
U&'ลูกค้า — Account.';
COMMENT ON COLUMN open_introduction.unit_code IS
U&'หน่วยงาน — Unit of the account at that time.';
COMMENT ON COLUMN open_introduction.plan_year IS
U&'ปีแผน — Plan year of the assignment.';
COMMENT ON COLUMN open_introduction.staff_id IS
U&'พนักงานบริหารลูกค้ารายสำคัญ — Who introduces themself.';
COMMENT ON COLUMN open_introduction.due_on IS
U&'วันครบกำหนด — Due day.';
COMMENT ON COLUMN open_introduction.state IS
U&'สถานะ — due or overdue.';

COMMENT ON FUNCTION _is_known_to_account(assignment) IS
U&'รู้จักลูกค้าอยู่แล้วหรือไม่ — Whether the same person looks after the account already.';
COMMENT ON FUNCTION _lay_out_introduction(bigint) IS
U&'กำหนดการแนะนำตัว — Makes the introduction due that follows from an assignment, once.';
COMMENT ON FUNCTION _lay_out_introductions(bigint) IS
U&'กำหนดการแนะนำตัวของแผน — Makes the introductions due that follow from the assignments of a plan.';
COMMENT ON FUNCTION record_introduction(text, timestamptz, text) IS
U&'บันทึกการแนะนำตัว — Records that the caller introduced themself to the account, and how they are reached (4.11.1, 4.14.1). 42501 for another''s account, 55000 where none is due, 22008 for a time before the assignment or in the future.';
