/* Organisation: headquarters, regions, areas, offices, as a tree. */

CREATE TABLE unit (
	unit_code text PRIMARY KEY CHECK (unit_code ~ '^[A-Z0-9][A-Z0-9._-]*$'),
	kind text NOT NULL CHECK (kind IN ('hq', 'region', 'area', 'office')),
	office_class smallint CHECK (office_class BETWEEN 1 AND 3),
	parent_unit text REFERENCES unit,
	-- Each kind stands under the kind above it, so that the tree can have no cycle.
	parent_kind text GENERATED ALWAYS AS
		(CASE kind WHEN 'region' THEN 'hq' WHEN 'area' THEN 'region' WHEN 'office' THEN 'area' END) STORED,
	name_th text NOT NULL,
	name_en text NOT NULL,
	closed_on date,
	UNIQUE (unit_code, kind),
	CONSTRAINT unit_tree FOREIGN KEY (parent_unit, parent_kind) REFERENCES unit (unit_code, kind),
	CONSTRAINT unit_office_has_class CHECK ((kind = 'office') = (office_class IS NOT NULL)),
	CONSTRAINT unit_only_hq_is_root CHECK ((kind = 'hq') = (parent_unit IS NULL))
);
CREATE UNIQUE INDEX unit_one_hq ON unit (kind) WHERE kind = 'hq';
CREATE INDEX ON unit (parent_unit);

INSERT INTO unit (unit_code, kind, parent_unit, name_th, name_en) VALUES
	('HQ', 'hq', NULL, unistr('สำนักงานใหญ่'), 'Headquarters'),
	('R1', 'region', 'HQ', unistr('ภาค 1 (ภาคเหนือ)'), 'Region 1 (north)'),
	('R2', 'region', 'HQ', unistr('ภาค 2 (ภาคตะวันออกเฉียงเหนือ)'), 'Region 2 (north-east)'),
	('R3', 'region', 'HQ', unistr('ภาค 3 (ภาคกลาง)'), 'Region 3 (central)'),
	('R4', 'region', 'HQ', unistr('ภาค 4 (ภาคใต้)'), 'Region 4 (south)'),
	('N1', 'area', 'R1', unistr('กฟน.1 เชียงใหม่'), 'Area N1 Chiang Mai'),
	('N2', 'area', 'R1', unistr('กฟน.2 พิษณุโลก'), 'Area N2 Phitsanulok'),
	('N3', 'area', 'R1', unistr('กฟน.3 ลพบุรี'), 'Area N3 Lop Buri'),
	('NE1', 'area', 'R2', unistr('กฟฉ.1 อุดรธานี'), 'Area NE1 Udon Thani'),
	('NE2', 'area', 'R2', unistr('กฟฉ.2 อุบลราชธานี'), 'Area NE2 Ubon Ratchathani'),
	('NE3', 'area', 'R2', unistr('กฟฉ.3 นครราชสีมา'), 'Area NE3 Nakhon Ratchasima'),
	('C1', 'area', 'R3', unistr('กฟก.1 พระนครศรีอยุธยา'), 'Area C1 Ayutthaya'),
	('C2', 'area', 'R3', unistr('กฟก.2 ชลบุรี'), 'Area C2 Chon Buri'),
	('C3', 'area', 'R3', unistr('กฟก.3 นครปฐม'), 'Area C3 Nakhon Pathom'),
	('S1', 'area', 'R4', unistr('กฟต.1 เพชรบุรี'), 'Area S1 Phetchaburi'),
	('S2', 'area', 'R4', unistr('กฟต.2 นครศรีธรรมราช'), 'Area S2 Nakhon Si Thammarat'),
	('S3', 'area', 'R4', unistr('กฟต.3 ยะลา'), 'Area S3 Yala');

-- A unit and all below it.  Of units that do not exist: nothing.  Invoker's rights, here and below:
-- a stranger asks in vain.
CREATE OR REPLACE FUNCTION _subtree(unit_code text) RETURNS SETOF text
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 20 SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	WITH RECURSIVE subtree AS (
		SELECT u.unit_code FROM unit u WHERE u.unit_code = _subtree.unit_code
		UNION
		SELECT u.unit_code FROM unit u JOIN subtree s ON u.parent_unit = s.unit_code
	)
	SELECT s.unit_code FROM subtree s;
END $$;

CREATE OR REPLACE FUNCTION _headquarters() RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (SELECT u.unit_code FROM unit u WHERE u.kind = 'hq');
END $$;

-- A unit that there is.
CREATE OR REPLACE FUNCTION _check_unit(unit_code text) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM unit u WHERE u.unit_code = _check_unit.unit_code) THEN
		RAISE no_data_found USING
			MESSAGE = format('unit "%s" does not exist', unit_code), HINT = 'The table unit names them all.';
	END IF;
END $$;

-- The area that a unit belongs to: itself, or its parent for an office; NULL for others.
CREATE OR REPLACE FUNCTION _area(unit_code text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (SELECT CASE u.kind WHEN 'area' THEN u.unit_code WHEN 'office' THEN u.parent_unit END
		FROM unit u WHERE u.unit_code = _area.unit_code);
END $$;

-- Says in words what the constraint unit_tree refuses at every isolation level.
CREATE OR REPLACE FUNCTION _check_unit_parent() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	above text := CASE NEW.kind WHEN 'region' THEN 'hq' WHEN 'area' THEN 'region' WHEN 'office' THEN 'area' END;
	parent unit;
BEGIN
	SELECT * INTO parent FROM unit u WHERE u.unit_code = NEW.parent_unit FOR SHARE;
	IF NEW.parent_unit = NEW.unit_code THEN
		RAISE check_violation USING
			MESSAGE = format('unit "%s" would be its own parent', NEW.unit_code),
			HINT = 'Name the unit above it.', TABLE = 'unit', CONSTRAINT = 'unit_tree';
	ELSIF NEW.parent_unit IS NOT NULL AND parent IS NULL THEN
		RAISE foreign_key_violation USING
			MESSAGE = format('unit "%s", which unit "%s" would stand under, does not exist', NEW.parent_unit, NEW.unit_code),
			HINT = 'Enter the unit above it first.', TABLE = 'unit', CONSTRAINT = 'unit_tree';
	ELSIF parent.kind IS DISTINCT FROM above THEN
		RAISE check_violation USING
			MESSAGE = format('unit "%s" is of kind %s and cannot stand under %s', NEW.unit_code, NEW.kind,
				coalesce('a unit of kind ' || parent.kind, 'nothing')),
			HINT = 'Offices stand under areas, areas under regions, regions under headquarters.',
			TABLE = 'unit', CONSTRAINT = 'unit_tree';
	ELSIF NEW.closed_on IS NULL AND parent.closed_on IS NOT NULL THEN
		RAISE check_violation USING
			MESSAGE = format('unit "%s" is closed from %s and can have no unit below it', parent.unit_code, parent.closed_on),
			HINT = format('Give unit "%s" another parent.', NEW.unit_code),
			TABLE = 'unit', CONSTRAINT = 'unit_tree';
	ELSIF TG_OP = 'UPDATE' AND NEW.kind <> OLD.kind AND EXISTS (SELECT FROM unit u WHERE u.parent_unit = OLD.unit_code) THEN
		RAISE check_violation USING
			MESSAGE = format('unit "%s" has units below it and must stay of kind %s', OLD.unit_code, OLD.kind),
			HINT = 'Move those below it first.', TABLE = 'unit', CONSTRAINT = 'unit_tree';
	END IF;
	RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER check_parent BEFORE INSERT OR UPDATE ON unit
	FOR EACH ROW EXECUTE FUNCTION _check_unit_parent();

-- A unit is closed when nothing is left in it.
CREATE OR REPLACE FUNCTION _check_unit_closing() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	remains text;
BEGIN
	SELECT r.what INTO remains FROM (
		SELECT format('unit "%s" below it', u.unit_code) FROM unit u
		WHERE u.parent_unit = NEW.unit_code AND u.closed_on IS NULL
		UNION ALL
		SELECT format('account "%s"', a.account_id) FROM account a
		WHERE a.unit_code = NEW.unit_code AND a.closed_on IS NULL
		UNION ALL
		SELECT format('"%s" in its post %s', h.staff_id, h.post) FROM post_holder h
		WHERE h.unit_code = NEW.unit_code AND (h.to_date IS NULL OR h.to_date >= NEW.closed_on)) r (what)
	ORDER BY r.what LIMIT 1;
	IF remains IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('unit "%s" cannot be closed: there is still %s', NEW.unit_code, remains),
			HINT = 'Move or close its units and accounts and end its posts (to_date) first.',
			TABLE = 'unit', CONSTRAINT = 'unit_closed_empty';
	END IF;
	RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER check_closing BEFORE UPDATE OF closed_on ON unit
	FOR EACH ROW WHEN (NEW.closed_on IS NOT NULL AND OLD.closed_on IS DISTINCT FROM NEW.closed_on)
	EXECUTE FUNCTION _check_unit_closing();

ALTER TABLE unit ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON unit FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON unit TO PUBLIC;

COMMENT ON TABLE unit IS
U&'หน่วยงานของ กฟภ. ตั้งแต่สำนักงานใหญ่ถึงการไฟฟ้า เป็นโครงสร้างต้นไม้ — Units of PEA as a tree: headquarters, regions, areas, offices. Entered by the owner.';
COMMENT ON COLUMN unit.unit_code IS
U&'รหัสหน่วยงาน — Code of the unit: capital letters, digits, and . _ - between them.';
COMMENT ON COLUMN unit.kind IS
U&'ชนิดของหน่วยงาน — Kind of unit: hq, region, area or office.';
COMMENT ON COLUMN unit.office_class IS
U&'ชั้นของการไฟฟ้า 1-3 — Class of an office, 1 to 3.';
COMMENT ON COLUMN unit.parent_unit IS
U&'หน่วยงานต้นสังกัด — The unit above it.';
COMMENT ON COLUMN unit.parent_kind IS
U&'ชนิดที่หน่วยงานต้นสังกัดต้องเป็น — The kind that the unit above has to be of; follows from kind, and makes cycles impossible.';
COMMENT ON COLUMN unit.name_th IS
U&'ชื่อภาษาไทย — Name in Thai.';
COMMENT ON COLUMN unit.name_en IS
U&'ชื่อภาษาอังกฤษ — Name in English.';
COMMENT ON COLUMN unit.closed_on IS
U&'วันที่ปิดหน่วยงาน — First day on which the unit is no more.';
COMMENT ON FUNCTION _subtree(text) IS
U&'หน่วยงานและหน่วยงานในสังกัดทั้งหมด — A unit and all units below it.';
COMMENT ON FUNCTION _headquarters() IS
U&'สำนักงานใหญ่ — The unit that is headquarters.';
COMMENT ON FUNCTION _check_unit(text) IS
U&'ตรวจสอบหน่วยงาน — Refuses a unit that does not exist (P0002).';
COMMENT ON FUNCTION _area(text) IS
U&'เขตของหน่วยงาน — The area that a unit belongs to: itself, or that of an office; NULL for regions and headquarters.';
COMMENT ON FUNCTION _check_unit_parent() IS
U&'ตรวจสอบต้นสังกัด — Trigger function of unit: each kind stands under the kind above it. Errors 23514, 23503.';
COMMENT ON FUNCTION _check_unit_closing() IS
U&'ตรวจสอบก่อนปิดหน่วยงาน — Trigger function of unit: it is closed when no unit, account or holder of a post is left in it. Error 55000.';
COMMENT ON CONSTRAINT unit_tree ON unit IS
'Offices stand under areas, areas under regions, regions under headquarters; so the tree has no cycle.';
