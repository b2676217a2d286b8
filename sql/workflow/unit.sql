/* Organisation: headquarters, regions, areas, offices, as a tree. */

CREATE TABLE unit (
	unit_code text PRIMARY KEY CHECK (unit_code ~ '^[A-Z0-9][A-Z0-9._-]*$'),
	kind text NOT NULL CHECK (kind IN ('hq', 'region', 'area', 'office')),
	office_class smallint CHECK (office_class BETWEEN 1 AND 3),
	parent_unit text REFERENCES unit,
	name_th text NOT NULL,
	name_en text NOT NULL,
	closed_on date,
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

-- A unit and all below it.  Of units that do not exist: nothing.
CREATE OR REPLACE FUNCTION _subtree(unit_code text) RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20 SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	WITH RECURSIVE subtree AS (
		SELECT u.unit_code FROM unit u WHERE u.unit_code = _subtree.unit_code
		UNION
		SELECT u.unit_code FROM unit u JOIN subtree s ON u.parent_unit = s.unit_code
	)
	SELECT s.unit_code FROM subtree s;
END $$;

-- The area that a unit belongs to: itself, or its parent for an office; NULL for others.
CREATE OR REPLACE FUNCTION _area(unit_code text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (SELECT CASE u.kind WHEN 'area' THEN u.unit_code WHEN 'office' THEN u.parent_unit END
		FROM unit u WHERE u.unit_code = _area.unit_code);
END $$;

-- Each kind stands under the kind above it, so that the tree can have no cycle.
CREATE OR REPLACE FUNCTION _check_unit_parent() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	above text := CASE NEW.kind WHEN 'region' THEN 'hq' WHEN 'area' THEN 'region' WHEN 'office' THEN 'area' END;
	parent_kind text;
BEGIN
	IF NEW.parent_unit = NEW.unit_code THEN
		RAISE check_violation USING
			MESSAGE = format('unit "%s" would be its own parent', NEW.unit_code),
			HINT = 'Name the unit above it.', TABLE = 'unit', CONSTRAINT = 'unit_tree';
	END IF;
	SELECT u.kind INTO parent_kind FROM unit u WHERE u.unit_code = NEW.parent_unit FOR SHARE;
	IF parent_kind IS DISTINCT FROM above AND NOT (NEW.parent_unit IS NOT NULL AND parent_kind IS NULL) THEN
		RAISE check_violation USING
			MESSAGE = format('unit "%s" is of kind %s and cannot stand under a unit of kind %s', NEW.unit_code, NEW.kind,
				coalesce(parent_kind, 'none')),
			HINT = 'Offices stand under areas, areas under regions, regions under headquarters.',
			TABLE = 'unit', CONSTRAINT = 'unit_tree';
	END IF;
	IF TG_OP = 'UPDATE' AND NEW.kind <> OLD.kind AND EXISTS (SELECT FROM unit u WHERE u.parent_unit = NEW.unit_code) THEN
		RAISE check_violation USING
			MESSAGE = format('unit "%s" has units below it and must stay of kind %s', NEW.unit_code, OLD.kind),
			HINT = 'Move those below it first.', TABLE = 'unit', CONSTRAINT = 'unit_tree';
	END IF;
	RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER check_parent BEFORE INSERT OR UPDATE ON unit
	FOR EACH ROW EXECUTE FUNCTION _check_unit_parent();

ALTER TABLE unit ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON unit FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON unit TO PUBLIC;
