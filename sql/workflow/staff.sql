/* People: members of staff, their database roles, training and tests. */

CREATE TABLE kamr_position (
	position text PRIMARY KEY,
	section text NOT NULL DEFAULT '6.1.2.1(1)'
);
INSERT INTO kamr_position (position) VALUES
	(unistr('วศก.')), (unistr('นทน.')), (unistr('นกต.')), (unistr('ศจก.')),
	(unistr('นบช.')), (unistr('นวน.')), (unistr('พชง.')), (unistr('พบช.'));

CREATE TABLE staff (
	staff_id text PRIMARY KEY CHECK (staff_id <> ''),
	name_th text NOT NULL,
	name_en text,
	position text NOT NULL,
	hire_date date NOT NULL,
	unit_code text NOT NULL REFERENCES unit,
	role_name text NOT NULL UNIQUE,
	left_on date,
	CONSTRAINT staff_left_after_hire CHECK (left_on >= hire_date)
);
CREATE INDEX ON staff (unit_code);

CREATE TABLE training (
	staff_id text NOT NULL REFERENCES staff,
	training_year int NOT NULL CHECK (training_year BETWEEN 1960 AND 2399),
	curriculum text NOT NULL,
	trained_on date,
	tested_on date,
	passed boolean,
	recorded_by text NOT NULL REFERENCES staff,
	PRIMARY KEY (staff_id, training_year, curriculum),
	CONSTRAINT training_result_has_day CHECK (passed IS NULL OR tested_on IS NOT NULL)
);

-- A role is named, not referenced: a dump must load where the role is yet to be made.
-- Used by every table that names one.
CREATE OR REPLACE FUNCTION _check_role() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	IF NEW.role_name IS NULL THEN
		RAISE not_null_violation USING
			MESSAGE = format('a row of "%s" names no database role', TG_TABLE_NAME),
			DETAIL = to_jsonb(NEW)::text,
			HINT = 'Give role_name: every member of staff works under a database role of their own.',
			TABLE = TG_TABLE_NAME, COLUMN = 'role_name';
	ELSIF NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = NEW.role_name) THEN
		RAISE undefined_object USING
			MESSAGE = format('role "%s" does not exist', NEW.role_name),
			HINT = format('Create it first: CREATE ROLE %I LOGIN.', NEW.role_name);
	ELSIF EXISTS (SELECT FROM pg_roles r WHERE r.rolname = NEW.role_name
		AND (r.rolsuper OR r.rolbypassrls OR pg_has_role(r.rolname, current_user, 'MEMBER')))
	THEN
		RAISE WARNING USING
			MESSAGE = format('row security does not bind role "%s"', NEW.role_name),
			HINT = 'Give an ordinary role, which is no superuser, has no BYPASSRLS and is no member of the owner.';
	END IF;
	RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER check_role BEFORE INSERT OR UPDATE OF role_name ON staff
	FOR EACH ROW EXECUTE FUNCTION _check_role();

-- Somebody leaves when their posts are in other hands.
CREATE OR REPLACE FUNCTION _check_leaving() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	remains text;
	accounts bigint;
BEGIN
	SELECT format('the post %s of unit "%s"', h.post, h.unit_code) INTO remains FROM post_holder h
	WHERE h.staff_id = NEW.staff_id AND (h.to_date IS NULL OR h.to_date >= NEW.left_on)
	ORDER BY 1 LIMIT 1;
	IF remains IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('"%s" cannot leave on %s: they hold %s', NEW.staff_id, NEW.left_on, remains),
			HINT = 'End the post before that day (to_date in the table post_holder).',
			TABLE = 'staff', CONSTRAINT = 'staff_left_without_post';
	END IF;
	-- Told, not refused: people die.
	SELECT count(DISTINCT a.account_id) INTO accounts FROM assignment a JOIN plan p USING (plan_id)
	WHERE a.staff_id = NEW.staff_id AND a.ended_on IS NULL AND p.status = 'approved'
		AND a.plan_year >= extract(year FROM NEW.left_on);
	IF accounts > 0 THEN
		RAISE WARNING USING
			MESSAGE = format('"%s" looks after %s accounts that nobody will look after from %s on', NEW.staff_id, accounts,
				NEW.left_on),
			HINT = 'The head of the unit gives them to somebody else: hand_over_account.';
	END IF;
	RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER check_leaving BEFORE UPDATE OF left_on ON staff
	FOR EACH ROW WHEN (NEW.left_on IS NOT NULL AND OLD.left_on IS DISTINCT FROM NEW.left_on)
	EXECUTE FUNCTION _check_leaving();

ALTER TABLE kamr_position ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON kamr_position FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON kamr_position TO PUBLIC;

-- May the caller do this anywhere, so that they need to know all members of staff?
CREATE OR REPLACE FUNCTION _may_anywhere(action text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN EXISTS (SELECT FROM _holdings(me()) h JOIN authority a USING (post)
		WHERE a.action = _may_anywhere.action AND a.scope = 'any');
END $$;

-- Who records everybody's training has to find everybody (4.7).
ALTER TABLE staff ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON staff FOR SELECT USING (unit_code = ANY ((SELECT _my_units())::text[])
	OR staff_id = (SELECT me()) OR (SELECT _may_anywhere('training.record')));
GRANT SELECT ON staff TO PUBLIC;

-- As the member of staff: the subquery is under the policy of staff.
ALTER TABLE training ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON training FOR SELECT USING (staff_id IN (SELECT s.staff_id FROM staff s));
GRANT SELECT ON training TO PUBLIC;

COMMENT ON TABLE kamr_position IS
U&'ตำแหน่งที่เป็นพนักงานบริหารลูกค้ารายสำคัญได้ — Positions from which KAMRs are chosen (6.1.2.1(1)); a user may change the rows.';
COMMENT ON COLUMN kamr_position.position IS
U&'ตำแหน่ง (ตัวย่อ) — Position, as PEA abbreviates it.';
COMMENT ON COLUMN kamr_position.section IS
U&'ข้อในคู่มือ — Section of the manual.';
COMMENT ON TABLE staff IS
U&'พนักงาน — Members of staff, one row per person, each with a database role of their own. Entered by the owner.';
COMMENT ON COLUMN staff.staff_id IS
U&'รหัสพนักงาน — Number or code of the member of staff.';
COMMENT ON COLUMN staff.name_th IS
U&'ชื่อภาษาไทย — Name in Thai.';
COMMENT ON COLUMN staff.name_en IS
U&'ชื่อภาษาอังกฤษ — Name in English.';
COMMENT ON COLUMN staff.position IS
U&'ตำแหน่ง — Position, as in kamr_position or another.';
COMMENT ON COLUMN staff.hire_date IS
U&'วันที่เริ่มทำงาน — First day at PEA; two years are counted from it (6.1.2.1(3)).';
COMMENT ON COLUMN staff.unit_code IS
U&'หน่วยงานที่สังกัด — Unit that they belong to.';
COMMENT ON COLUMN staff.role_name IS
U&'บทบาทฐานข้อมูล — Their database role, by name.';
COMMENT ON COLUMN staff.left_on IS
U&'วันที่พ้นสภาพ — First day on which they no longer work here; from then on the role is nobody.';
COMMENT ON TABLE training IS
U&'ผลการอบรมและทดสอบ — Training and test of a year (4.7, 6.1.2.1(4)).';
COMMENT ON COLUMN training.staff_id IS
U&'พนักงาน — Member of staff.';
COMMENT ON COLUMN training.training_year IS
U&'ปีที่อบรม (ค.ศ.) — Year of the training, common era.';
COMMENT ON COLUMN training.curriculum IS
U&'หลักสูตร — Curriculum, as set by 4.7.';
COMMENT ON COLUMN training.trained_on IS
U&'วันที่อบรม — Day of the training.';
COMMENT ON COLUMN training.tested_on IS
U&'วันที่ทดสอบ — Day of the test.';
COMMENT ON COLUMN training.passed IS
U&'ผ่านการทดสอบหรือไม่ — Whether the test was passed; NULL while there is no result.';
COMMENT ON COLUMN training.recorded_by IS
U&'ผู้บันทึก — Who recorded it.';
COMMENT ON FUNCTION _check_role() IS
U&'ตรวจสอบบทบาทฐานข้อมูล — Trigger function of every table that names a role: it exists (42704); a warning where row security does not bind it.';
COMMENT ON FUNCTION _check_leaving() IS
U&'ตรวจสอบก่อนพ้นสภาพ — Trigger function of staff: who leaves holds no post any more. Error 55000.';
COMMENT ON FUNCTION _may_anywhere(text) IS
U&'ทำได้ทุกหน่วยงานหรือไม่ — Whether a post of the caller may do this anywhere.';
