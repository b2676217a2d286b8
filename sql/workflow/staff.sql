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
CREATE OR REPLACE FUNCTION _check_role() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	IF NEW.role_name IS NULL THEN
		RAISE not_null_violation USING
			MESSAGE = format('staff member "%s" has no database role', NEW.staff_id),
			HINT = 'Give role_name: every member of staff works under a database role of their own.';
	ELSIF NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = NEW.role_name) THEN
		RAISE undefined_object USING
			MESSAGE = format('role "%s" does not exist', NEW.role_name),
			HINT = format('Create it first: CREATE ROLE %I LOGIN.', NEW.role_name);
	END IF;
	RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER check_role BEFORE INSERT OR UPDATE OF role_name ON staff
	FOR EACH ROW EXECUTE FUNCTION _check_role();

ALTER TABLE kamr_position ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON kamr_position FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON kamr_position TO PUBLIC;

ALTER TABLE staff ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON staff FOR SELECT USING (unit_code = ANY ((SELECT _my_units())::text[])
	OR staff_id = (SELECT me()));
GRANT SELECT ON staff TO PUBLIC;

ALTER TABLE training ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON training FOR SELECT USING (staff_id = (SELECT me()) OR EXISTS (SELECT FROM staff s WHERE s.staff_id = training.staff_id));
GRANT SELECT ON training TO PUBLIC;
