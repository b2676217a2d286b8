/* What was put into PEA's information systems, and when (section 5, step 3). */

CREATE TABLE information_system (
	system text PRIMARY KEY CHECK (system <> ''),
	section text NOT NULL
);
INSERT INTO information_system (system, section) VALUES
	('Customer Integration DB', '5 (step 3)'),
	('CRM plus', '5 (step 3)');

CREATE TABLE system_entry (
	system_entry_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	unit_code text NOT NULL REFERENCES unit,
	plan_year int NOT NULL REFERENCES plan_year,
	system text NOT NULL REFERENCES information_system,
	what text NOT NULL CHECK (what IN ('customers', 'staff', 'plan')),
	entered_at timestamptz NOT NULL,
	entered_by text NOT NULL REFERENCES staff
);
CREATE INDEX ON system_entry (unit_code, plan_year);

-- Says that customers, staff or plan of a unit stand in a system.  The step is met when all
-- three stand somewhere and every system has something.
CREATE OR REPLACE FUNCTION enter_system(unit_code text, plan_year int, system text,
	what text[] DEFAULT '{customers,staff,plan}') RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('system.enter', unit_code);
BEGIN
	PERFORM _check_plan_year(plan_year);
	IF NOT EXISTS (SELECT FROM information_system i WHERE i.system = enter_system.system) THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('information system "%s" is not known', coalesce(system, 'NULL')),
			HINT = format('The systems are: %s.',
				(SELECT string_agg(i.system, ', ' ORDER BY i.system) FROM information_system i));
	ELSIF what IS NULL OR cardinality(what) = 0 OR NOT what <@ ARRAY['customers', 'staff', 'plan'] THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('"%s" is nothing that is put into a system', coalesce(what::text, 'NULL')),
			HINT = 'Say what was: customers, staff, plan, or several of them.';
	ELSIF 'plan' = ANY (what) AND NOT EXISTS (SELECT FROM plan p WHERE p.plan_year = enter_system.plan_year
		AND p.unit_code = enter_system.unit_code AND p.status = 'approved')
	THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('unit "%s" has no approved plan for %s to put into a system', unit_code, plan_year),
			HINT = 'Customers and staff can go in before; the plan after its approval.';
	END IF;
	INSERT INTO system_entry (unit_code, plan_year, system, what, entered_at, entered_by)
	SELECT DISTINCT enter_system.unit_code, enter_system.plan_year, enter_system.system, w, _now(), given.staff_id
	FROM unnest(what) w;
END $$;

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON system_entry
	FOR EACH STATEMENT EXECUTE FUNCTION _append_only();

ALTER TABLE information_system ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON information_system FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON information_system TO PUBLIC;

ALTER TABLE system_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON system_entry FOR SELECT USING (unit_code = ANY ((SELECT _my_units())::text[]));
GRANT SELECT ON system_entry TO PUBLIC;

COMMENT ON TABLE information_system IS
U&'ระบบสารสนเทศที่ต้องบันทึกข้อมูล — Information systems that customers, staff and plan are put into (section 5, step 3); a user may change the rows.';
COMMENT ON COLUMN information_system.system IS
U&'ชื่อระบบ — Name of the system.';
COMMENT ON COLUMN information_system.section IS
U&'ข้อในคู่มือ — Section of the manual.';
COMMENT ON TABLE system_entry IS
U&'การบันทึกข้อมูลลงในระบบสารสนเทศ — What was put into which information system, by whom and when (section 5, step 3); never changed.';
COMMENT ON COLUMN system_entry.system_entry_id IS
U&'รหัส — Number of the entry.';
COMMENT ON COLUMN system_entry.unit_code IS
U&'หน่วยงาน — Unit whose data it is.';
COMMENT ON COLUMN system_entry.plan_year IS
U&'ปีแผน (ค.ศ.) — Plan year, common era.';
COMMENT ON COLUMN system_entry.system IS
U&'ระบบ — Information system.';
COMMENT ON COLUMN system_entry.what IS
U&'ข้อมูลที่บันทึก — What was put in: customers, staff or plan.';
COMMENT ON COLUMN system_entry.entered_at IS
U&'เวลาที่บันทึก — When that was said.';
COMMENT ON COLUMN system_entry.entered_by IS
U&'ผู้บันทึก — Member of staff who said so.';
COMMENT ON FUNCTION enter_system(text, int, text, text[]) IS
U&'แจ้งการบันทึกข้อมูลลงในระบบ — Says that customers, staff or plan of a unit stand in an information system (section 5, step 3). Errors: 42501 for other posts, 22023 for an unknown system or content, 55000 for a plan that is not approved.';
