/* Posts of section 4, who holds them, who acts for a holder; who may read, and on whose behalf. */

CREATE TABLE post (
	post text PRIMARY KEY,
	section text NOT NULL,
	unit_kind text NOT NULL CHECK (unit_kind IN ('hq', 'region', 'area', 'office')),
	reads text NOT NULL CHECK (reads IN ('accounts', 'unit', 'subtree', 'all')),
	by_appointment boolean NOT NULL DEFAULT false,
	title_th text NOT NULL,
	title_en text NOT NULL
);
INSERT INTO post VALUES
	('deputy_governor_region', '4.1', 'region', 'subtree', false, unistr('รผก.(ภ1-4)'), 'deputy governor, region'),
	('deputy_governor_strategy', '4.2', 'hq', 'unit', false, unistr('รผก.(ย)'), 'deputy governor, strategy'),
	('area_director', '4.3', 'area', 'subtree', false, unistr('อข.'), 'area director'),
	('director_engineering_area', '4.4', 'area', 'subtree', false, unistr('อฝ.วบ.'),
		'director, engineering and service, area'),
	('director_engineering_hq', '4.5', 'hq', 'all', false, unistr('อฝ.บว.'), 'director, engineering service, HQ'),
	('director_customer_service', '4.6', 'area', 'subtree', false, unistr('อก.บล.'),
		'director, customer service division, area'),
	('director_personnel_development', '4.7', 'hq', 'unit', false, unistr('อก.พค.'), 'director, personnel development'),
	('director_customer_information', '4.8', 'hq', 'all', false, unistr('อก.พล.'), 'director, customer information systems'),
	('director_communication_service', '4.9', 'hq', 'unit', false, unistr('อก.บท.'),
		'director, information and communication service'),
	('office_manager', '4.10', 'office', 'subtree', false, unistr('ผจก.'), 'office manager'),
	('hq_kamr', '4.11', 'hq', 'accounts', true, unistr('พนักงานบริหารลูกค้ารายสำคัญ สำนักงานใหญ่'), 'HQ key account manager'),
	('area_kamr', '4.12', 'area', 'subtree', true, unistr('พนักงานบริหารลูกค้ารายสำคัญ เขต'), 'area key account manager'),
	('senior_kamr', '4.13', 'office', 'unit', true, unistr('พนักงานบริหารลูกค้ารายสำคัญอาวุโส'), 'senior key account manager'),
	('office_kamr', '4.14', 'office', 'accounts', true, unistr('พนักงานบริหารลูกค้ารายสำคัญ กฟฟ.'), 'office key account manager'),
	('section_head', '4.15', 'office', 'unit', false, unistr('หผ. วิศวกรรมและการตลาด (หรือ หผ. บริการลูกค้า)'),
		'head of engineering and marketing section'),
	('hq_section_head', '4.5', 'hq', 'unit', false, unistr('ผู้ดูแลลูกค้า Streamline สำนักงานใหญ่'),
		'keeper of Streamline accounts, HQ'),
	('process_owner', '5', 'hq', 'all', false, unistr('คณะทำงานปรับปรุงประสิทธิผลการบริหารลูกค้ารายสำคัญ'),
		'working group that owns the process');

CREATE TABLE post_holder (
	post_holder_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	post text NOT NULL REFERENCES post,
	unit_code text NOT NULL REFERENCES unit,
	staff_id text NOT NULL REFERENCES staff,
	from_date date NOT NULL,
	to_date date,
	acting boolean NOT NULL DEFAULT false,
	reason text,
	CONSTRAINT post_holder_days CHECK (to_date >= from_date),
	CONSTRAINT post_holder_acting_ends CHECK (NOT acting OR to_date IS NOT NULL)
);
CREATE INDEX ON post_holder (staff_id);
CREATE INDEX ON post_holder (unit_code, post);

-- One holder at a time, beside whom others may act; locked by the unit's row.
CREATE OR REPLACE FUNCTION _check_post_holder() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	the_post post;
	the_unit unit;
	other post_holder;
BEGIN
	SELECT * INTO the_post FROM post p WHERE p.post = NEW.post;
	SELECT * INTO the_unit FROM unit u WHERE u.unit_code = NEW.unit_code FOR NO KEY UPDATE;
	IF the_post.by_appointment THEN
		RAISE check_violation USING
			MESSAGE = format('nobody is put into the post %s by hand', NEW.post),
			HINT = 'Key account managers are appointed in the plan of their unit: appoint_kamr.',
			TABLE = 'post_holder', CONSTRAINT = 'post_holder_by_appointment';
	ELSIF the_post.unit_kind <> the_unit.kind THEN
		RAISE check_violation USING
			MESSAGE = format('unit "%s" is of kind %s and has no post %s', NEW.unit_code, the_unit.kind, NEW.post),
			HINT = format('The post belongs to units of kind %s.', the_post.unit_kind),
			TABLE = 'post_holder', CONSTRAINT = 'post_holder_kind_of_unit';
	END IF;
	IF NOT NEW.acting THEN
		SELECT * INTO other FROM post_holder h
		WHERE h.post = NEW.post AND h.unit_code = NEW.unit_code AND NOT h.acting AND h.post_holder_id <> NEW.post_holder_id
			AND daterange(h.from_date, h.to_date, '[]') && daterange(NEW.from_date, NEW.to_date, '[]')
		LIMIT 1;
		IF FOUND THEN
			RAISE exclusion_violation USING
				MESSAGE = format('the post %s of unit "%s" is held by "%s" from %s', NEW.post, NEW.unit_code, other.staff_id,
					other.from_date) || coalesce(' to ' || other.to_date, ''),
				HINT = 'End that first (to_date), or enter an acting holder (acting).',
				TABLE = 'post_holder', CONSTRAINT = 'post_holder_one_at_a_time';
		END IF;
	END IF;
	RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER check_post_holder BEFORE INSERT OR UPDATE ON post_holder
	FOR EACH ROW EXECUTE FUNCTION _check_post_holder();

-- Reporting roles: read everything of a unit and those below it, write nothing.
CREATE TABLE reader (
	role_name text NOT NULL,
	unit_code text NOT NULL REFERENCES unit,
	PRIMARY KEY (role_name, unit_code)
);

-- Application roles, and the members of staff they may act for.
CREATE TABLE proxy (
	role_name text NOT NULL,
	staff_id text NOT NULL REFERENCES staff,
	PRIMARY KEY (role_name, staff_id)
);
CREATE INDEX ON proxy (staff_id);

-- Who holds which post today.  A KAMR's post follows from the plan in force: last year's
-- stays until this year's is approved (R23).
CREATE OR REPLACE FUNCTION _holdings(staff_id text)
RETURNS TABLE (post text, unit_code text, acting boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 3 SET search_path FROM CURRENT AS $$
DECLARE
	today date := _today();
BEGIN
	RETURN QUERY
	SELECT h.post, h.unit_code, h.acting
	FROM post_holder h
	WHERE h.staff_id = _holdings.staff_id AND h.from_date <= today AND (h.to_date IS NULL OR h.to_date >= today)
	UNION ALL
	SELECT k.level || '_kamr', k.unit_code, false
	FROM kamr k JOIN plan p USING (plan_id)
	WHERE k.staff_id = _holdings.staff_id AND p.status = 'approved' AND k.ended_on IS NULL
		AND k.plan_year = _year_in_force(k.unit_code)
	ORDER BY 3, 1, 2;
END $$;

ALTER TABLE post ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON post FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON post TO PUBLIC;

ALTER TABLE post_holder ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON post_holder FOR SELECT USING (unit_code = ANY ((SELECT _my_units())::text[])
	OR staff_id = (SELECT me()));
GRANT SELECT ON post_holder TO PUBLIC;

ALTER TABLE reader ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON reader FOR SELECT USING (role_name = (SELECT _role()));
GRANT SELECT ON reader TO PUBLIC;

ALTER TABLE proxy ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON proxy FOR SELECT USING (role_name = (SELECT _role()) OR staff_id = (SELECT me()));
GRANT SELECT ON proxy TO PUBLIC;
