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
	('office_kamr', '4.14', 'office', 'accounts', true, unistr('พนักงานบริหารลูกค้ารายสำคัญ กฟฟ.'),
		'office key account manager'),
	('section_head', '4.15', 'office', 'unit', false, unistr('หผ. วิศวกรรมและการตลาด (หรือ หผ. บริการลูกค้า)'),
		'head of engineering and marketing section'),
	('hq_section_head', '4.5', 'hq', 'unit', false, unistr('ผู้ดูแลลูกค้า Streamline สำนักงานใหญ่'),
		'keeper of Streamline accounts, HQ'),
	('process_owner', '5', 'hq', 'all', false, unistr('คณะทำงานปรับปรุงประสิทธิผลการบริหารลูกค้ารายสำคัญ'),
		'working group that owns the process');

-- Equality of texts in an exclusion constraint, without the extension btree_gist.
CREATE TYPE text_range AS RANGE (subtype = text);

CREATE TABLE post_holder (
	post_holder_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	post text NOT NULL REFERENCES post,
	unit_code text NOT NULL REFERENCES unit,
	staff_id text NOT NULL REFERENCES staff,
	from_date date NOT NULL,
	to_date date,
	acting boolean NOT NULL DEFAULT false,
	reason text,
	delegated_by text REFERENCES staff,
	CONSTRAINT post_holder_days CHECK (to_date >= from_date),
	CONSTRAINT post_holder_one_at_a_time EXCLUDE USING gist (
		text_range(post || ' ' || unit_code, post || ' ' || unit_code, '[]') WITH =,
		daterange(from_date, to_date, '[]') WITH &&) WHERE (NOT acting),
	CONSTRAINT post_holder_acting_ends CHECK (NOT acting OR to_date IS NOT NULL)
);
CREATE INDEX ON post_holder (staff_id);
CREATE INDEX ON post_holder (unit_code, post);

-- Says in words what the constraint post_holder_one_at_a_time refuses at every isolation level,
-- and what a post asks for.
CREATE OR REPLACE FUNCTION _check_post_holder() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	the_post post;
	the_unit unit;
	the_staff staff;
	other post_holder;
BEGIN
	SELECT * INTO the_post FROM post p WHERE p.post = NEW.post;
	SELECT * INTO the_unit FROM unit u WHERE u.unit_code = NEW.unit_code FOR SHARE;
	SELECT * INTO the_staff FROM staff s WHERE s.staff_id = NEW.staff_id FOR SHARE;
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
	ELSIF coalesce(NEW.to_date, 'infinity') >= the_unit.closed_on THEN
		RAISE check_violation USING
			MESSAGE = format('unit "%s" is closed from %s', NEW.unit_code, the_unit.closed_on),
			HINT = 'Let the post end before that day (to_date), or name another unit.',
			TABLE = 'post_holder', CONSTRAINT = 'post_holder_while_unit_is_open';
	ELSIF NEW.from_date < the_staff.hire_date OR coalesce(NEW.to_date, 'infinity') >= the_staff.left_on THEN
		RAISE check_violation USING
			MESSAGE = format('"%s" works here from %s', NEW.staff_id, the_staff.hire_date)
				|| coalesce(' and no longer on ' || the_staff.left_on, ''),
			HINT = 'Let the post begin and end within that time (from_date, to_date).',
			TABLE = 'post_holder', CONSTRAINT = 'post_holder_while_employed';
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

CREATE OR REPLACE TRIGGER check_role BEFORE INSERT OR UPDATE OF role_name ON reader
	FOR EACH ROW EXECUTE FUNCTION _check_role();
CREATE OR REPLACE TRIGGER check_role BEFORE INSERT OR UPDATE OF role_name ON proxy
	FOR EACH ROW EXECUTE FUNCTION _check_role();

-- Which posts somebody holds today.  A KAMR's post follows from the plan in force: last year's
-- stays until this year's is approved (R23).  A delegation ends with the term of whoever delegated.
CREATE OR REPLACE FUNCTION _holdings(staff_id text)
RETURNS TABLE (post text, unit_code text, acting boolean)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 3 SET search_path FROM CURRENT AS $$
DECLARE
	today date := _today();
BEGIN
	RETURN QUERY
	SELECT h.post, h.unit_code, h.acting
	FROM post_holder h
	WHERE h.staff_id = _holdings.staff_id AND h.from_date <= today AND (h.to_date IS NULL OR h.to_date >= today)
		AND (h.delegated_by IS NULL OR EXISTS (
			SELECT FROM post_holder d
			WHERE d.post = h.post AND d.unit_code = h.unit_code AND d.staff_id = h.delegated_by AND NOT d.acting
				AND d.from_date <= today AND (d.to_date IS NULL OR d.to_date >= today)))
	UNION
	SELECT k.level || '_kamr', k.unit_code, false
	FROM kamr k JOIN plan p USING (plan_id)
	WHERE k.staff_id = _holdings.staff_id AND p.status = 'approved' AND k.ended_on IS NULL
		AND k.plan_year = _year_in_force(k.unit_code)
	ORDER BY 3, 1, 2;
END $$;

-- The caller's own posts today.
CREATE OR REPLACE FUNCTION my_posts() RETURNS TABLE (post text, unit_code text, acting boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE ROWS 3 SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY SELECT h.post, h.unit_code, h.acting FROM _holdings(me()) h;
END $$;

-- Who holds a post leaves it to somebody else from one day to another, and answers for having done so.
CREATE OR REPLACE FUNCTION delegate_post(post text, unit_code text, to_staff text, from_date date, to_date date,
	reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	staff_id text := _staff();
	made_id bigint;
BEGIN
	IF NOT EXISTS (SELECT FROM _holdings(staff_id) h
		WHERE h.post = delegate_post.post AND h.unit_code = delegate_post.unit_code AND NOT h.acting)
	THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('"%s" does not hold the post %s of unit "%s"', staff_id, delegate_post.post,
				delegate_post.unit_code),
			HINT = 'Who holds a post delegates it; an acting holder cannot pass it on. my_posts() tells your own.';
	ELSIF delegate_post.post IN (SELECT p.post FROM post p WHERE p.by_appointment) THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('the post %s is not delegated', delegate_post.post),
			HINT = 'Accounts of a key account manager are handed to another one: hand_over_account.';
	ELSIF NOT EXISTS (SELECT FROM staff s WHERE s.staff_id = to_staff AND s.unit_code = ANY (_my_units())) THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('"%s" is not among the members of staff of your units', to_staff),
			HINT = 'Delegate to a member of staff of a unit that you read; '
				'the owner of the workflow may enter others (post_holder, acting).';
	ELSIF to_staff = staff_id THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('"%s" holds the post already', staff_id),
			HINT = 'Name another member of staff.';
	ELSIF delegate_post.from_date IS NULL OR delegate_post.to_date IS NULL OR delegate_post.from_date < _today() THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('a delegation from %s to %s cannot be entered', coalesce(delegate_post.from_date::text, 'no day'),
				coalesce(delegate_post.to_date::text, 'no day')),
			HINT = format('Give the first and the last day, from today (%s) on.', _today());
	ELSIF delegate_post.to_date < delegate_post.from_date THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('a delegation cannot end on %s before it begins on %s', delegate_post.to_date,
				delegate_post.from_date),
			HINT = 'Give the first day and then the last.';
	ELSIF coalesce(delegate_post.reason, '') = '' THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'the reason of the delegation is missing',
			HINT = 'Say why: leave, travel, a vacancy.';
	END IF;
	INSERT INTO post_holder AS h (post, unit_code, staff_id, from_date, to_date, acting, reason, delegated_by)
	VALUES (delegate_post.post, delegate_post.unit_code, to_staff, delegate_post.from_date, delegate_post.to_date, true,
		delegate_post.reason, staff_id)
	RETURNING h.post_holder_id INTO made_id;
	PERFORM _decide(ROW(staff_id, delegate_post.post, false), 'post_holder', made_id::text, 'delegate',
		delegate_post.unit_code, reason => delegate_post.reason);
	RETURN made_id;
END $$;

-- Takes it back from today on: the days that were stay.
CREATE OR REPLACE FUNCTION end_delegation(post_holder_id bigint, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	staff_id text := _staff();
	the_row post_holder;
BEGIN
	SELECT * INTO the_row FROM post_holder h WHERE h.post_holder_id = end_delegation.post_holder_id FOR NO KEY UPDATE;
	IF NOT coalesce(the_row.acting, false) OR NOT EXISTS (SELECT FROM _holdings(staff_id) h
		WHERE h.post = the_row.post AND h.unit_code = the_row.unit_code AND NOT h.acting)
	THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('delegation %s is not among those of "%s"', end_delegation.post_holder_id, staff_id),
			HINT = 'Who holds the post ends its delegation; otherwise the owner of the workflow does.';
	ELSIF the_row.to_date < _today() THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('delegation %s ended on %s', end_delegation.post_holder_id, the_row.to_date),
			HINT = 'Nothing is left to be done.';
	ELSIF coalesce(end_delegation.reason, '') = '' THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'the reason for ending the delegation is missing',
			HINT = 'Say why it ends early.';
	END IF;
	PERFORM _decide(ROW(staff_id, the_row.post, false), 'post_holder', the_row.post_holder_id::text, 'end_delegation',
		the_row.unit_code, reason => end_delegation.reason);
	IF the_row.from_date >= _today() THEN
		DELETE FROM post_holder h WHERE h.post_holder_id = the_row.post_holder_id;
	ELSE
		UPDATE post_holder h SET to_date = _today() - 1 WHERE h.post_holder_id = the_row.post_holder_id;
	END IF;
END $$;

-- Every post that a unit has, and who is in it today; without a member of staff where it is vacant.
CREATE OR REPLACE VIEW post_today WITH (security_invoker = true) AS
	SELECT u.unit_code, p.section, p.post, p.title_th, p.title_en, h.staff_id, s.name_th, h.acting, h.from_date, h.to_date
	FROM unit u JOIN post p ON p.unit_kind = u.kind AND NOT p.by_appointment
		LEFT JOIN post_holder h ON h.post = p.post AND h.unit_code = u.unit_code
			AND h.from_date <= (SELECT _today()) AND (h.to_date IS NULL OR h.to_date >= (SELECT _today()))
			AND (h.delegated_by IS NULL OR EXISTS (
				SELECT FROM post_holder d
				WHERE d.post = h.post AND d.unit_code = h.unit_code AND d.staff_id = h.delegated_by AND NOT d.acting
					AND d.from_date <= (SELECT _today()) AND (d.to_date IS NULL OR d.to_date >= (SELECT _today()))))
		LEFT JOIN staff s ON s.staff_id = h.staff_id
	WHERE (u.closed_on IS NULL OR u.closed_on > (SELECT _today())) AND u.unit_code = ANY ((SELECT _my_units())::text[]);
GRANT SELECT ON post_today TO PUBLIC;

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

COMMENT ON TABLE post IS
U&'ตำแหน่งหน้าที่ตามข้อ 4 ของคู่มือ — The posts of section 4, and what each reads.';
COMMENT ON COLUMN post.post IS
U&'ตำแหน่งหน้าที่ — Name of the post.';
COMMENT ON COLUMN post.section IS
U&'ข้อในคู่มือ — Section of the manual.';
COMMENT ON COLUMN post.unit_kind IS
U&'ชนิดของหน่วยงานที่มีตำแหน่งนี้ — Kind of units that have the post.';
COMMENT ON COLUMN post.reads IS
U&'ขอบเขตการอ่านข้อมูล — What its holder reads: accounts (those assigned to them), unit, subtree (the unit and those below it), all.';
COMMENT ON COLUMN post.by_appointment IS
U&'แต่งตั้งโดยแผน — Whether the post comes with the appointment in an approved plan, as that of every KAMR does.';
COMMENT ON COLUMN post.title_th IS
U&'ชื่อภาษาไทย — Title in Thai.';
COMMENT ON COLUMN post.title_en IS
U&'ชื่อภาษาอังกฤษ — Title in English.';
COMMENT ON TYPE text_range IS
U&'ช่วงของข้อความ — Range of texts: lets post_holder_one_at_a_time compare texts without the extension btree_gist.';
COMMENT ON TABLE post_holder IS
U&'ผู้ดำรงตำแหน่งในแต่ละช่วงเวลา — Who holds which post from when to when, and who acts for them.';
COMMENT ON COLUMN post_holder.post_holder_id IS
U&'เลขที่ — Number of the row.';
COMMENT ON COLUMN post_holder.post IS
U&'ตำแหน่งหน้าที่ — Post.';
COMMENT ON COLUMN post_holder.unit_code IS
U&'หน่วยงาน — Unit whose post it is.';
COMMENT ON COLUMN post_holder.staff_id IS
U&'ผู้ดำรงตำแหน่ง — Who holds it.';
COMMENT ON COLUMN post_holder.from_date IS
U&'ตั้งแต่วันที่ — First day.';
COMMENT ON COLUMN post_holder.to_date IS
U&'ถึงวันที่ — Last day; NULL: until further notice.';
COMMENT ON COLUMN post_holder.acting IS
U&'รักษาการแทน — Whether they act for the holder, beside whom they stand.';
COMMENT ON COLUMN post_holder.reason IS
U&'เหตุผล — Why.';
COMMENT ON COLUMN post_holder.delegated_by IS
U&'ผู้มอบหมาย — The holder who delegated it; NULL: entered by the owner.';
COMMENT ON CONSTRAINT post_holder_one_at_a_time ON post_holder IS
'A post of a unit has one holder at a time; acting holders stand beside them.';
COMMENT ON TABLE reader IS
U&'บทบาทสำหรับออกรายงาน — Reporting roles: each reads everything of a unit and those below it, and writes nothing.';
COMMENT ON COLUMN reader.role_name IS
U&'บทบาทฐานข้อมูล — Database role, by name.';
COMMENT ON COLUMN reader.unit_code IS
U&'หน่วยงาน — Unit that it reads, with all below.';
COMMENT ON TABLE proxy IS
U&'แอปพลิเคชันที่ทำงานแทนพนักงานได้ — Roles of applications, and the members of staff whom each may act for (act_for).';
COMMENT ON COLUMN proxy.role_name IS
U&'บทบาทของแอปพลิเคชัน — Role under which the application connects, by name.';
COMMENT ON COLUMN proxy.staff_id IS
U&'พนักงาน — Whom it may act for.';
COMMENT ON VIEW post_today IS
U&'ผู้ดำรงตำแหน่งวันนี้ — Every post of the units that the caller reads and who is in it today; without a member of staff where it is vacant.';
COMMENT ON COLUMN post_today.unit_code IS
U&'หน่วยงาน — Unit.';
COMMENT ON COLUMN post_today.section IS
U&'ข้อในคู่มือ — Section of the manual.';
COMMENT ON COLUMN post_today.post IS
U&'ตำแหน่งหน้าที่ — Post.';
COMMENT ON COLUMN post_today.title_th IS
U&'ชื่อตำแหน่งภาษาไทย — Title in Thai.';
COMMENT ON COLUMN post_today.title_en IS
U&'ชื่อตำแหน่งภาษาอังกฤษ — Title in English.';
COMMENT ON COLUMN post_today.staff_id IS
U&'ผู้ดำรงตำแหน่ง — Who is in it; NULL: vacant.';
COMMENT ON COLUMN post_today.name_th IS
U&'ชื่อ — Their name.';
COMMENT ON COLUMN post_today.acting IS
U&'รักษาการแทน — Whether they act for the holder.';
COMMENT ON COLUMN post_today.from_date IS
U&'ตั้งแต่วันที่ — First day.';
COMMENT ON COLUMN post_today.to_date IS
U&'ถึงวันที่ — Last day.';
COMMENT ON FUNCTION _check_post_holder() IS
U&'ตรวจสอบผู้ดำรงตำแหน่ง — Trigger function of post_holder: the post is one of the unit, the unit is open, the member of staff employed, the post free. Errors 23514, 23P01.';
COMMENT ON FUNCTION _holdings(text) IS
U&'ตำแหน่งที่พนักงานดำรงอยู่วันนี้ — The posts that a member of staff holds today, own ones first; those of KAMRs by the plan in force (R23).';
COMMENT ON FUNCTION my_posts() IS
U&'ตำแหน่งของตนวันนี้ — The posts that the caller holds today, and those in which they act for somebody.';
COMMENT ON FUNCTION delegate_post(text, text, text, date, date, text) IS
U&'มอบหมายให้รักษาการแทน — The holder of a post lets another member of staff act in it from one day to another. Gives the number of the row in post_holder. Errors: 42501 for who does not hold it, 55000 for a post that comes by appointment, 22023 for the days, 22004 without a reason.';
COMMENT ON FUNCTION end_delegation(bigint, text) IS
U&'ยกเลิกการมอบหมาย — The holder of a post ends a delegation from today on. Errors: 42501 for who does not hold the post, 55000 where it has ended, 22004 without a reason.';
