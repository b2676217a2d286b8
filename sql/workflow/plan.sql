/* The plan of a unit for a year: its state and its route; amendments are plans that amend one. */

CREATE TABLE plan_year (
	plan_year int PRIMARY KEY CHECK (plan_year BETWEEN 1960 AND 2399),
	opened_at timestamptz NOT NULL,
	opened_by text NOT NULL REFERENCES staff
);

CREATE TABLE plan (
	plan_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	plan_year int NOT NULL REFERENCES plan_year,
	unit_code text NOT NULL REFERENCES unit,
	route text NOT NULL CHECK (route IN ('office', 'area', 'hq')),
	amendment_no int NOT NULL DEFAULT 0 CHECK (amendment_no >= 0),
	amendment_reason text,
	status text NOT NULL DEFAULT 'draft'
		CHECK (status IN ('draft', 'submitted', 'compiled', 'endorsed', 'approved', 'returned', 'withdrawn')),
	rule_set text,
	support_budget_thb numeric CHECK (support_budget_thb >= 0),
	prepared_by text REFERENCES staff,
	prepared_role text,
	changed_by text REFERENCES staff,
	changed_role text,
	changed_at timestamptz,
	approved_at timestamptz,
	below_minimum_reason text,
	UNIQUE (plan_year, unit_code, amendment_no),
	CONSTRAINT plan_amendment_has_reason CHECK (amendment_no = 0 OR amendment_reason <> ''),
	CONSTRAINT plan_approved_when CHECK ((status = 'approved') = (approved_at IS NOT NULL)),
	CONSTRAINT plan_approved_under_rules CHECK (status <> 'approved' OR rule_set IS NOT NULL)
);
CREATE UNIQUE INDEX plan_one_open ON plan (plan_year, unit_code) WHERE status NOT IN ('approved', 'withdrawn');
CREATE INDEX ON plan (unit_code);

-- Who takes a plan from which status to which (SPEC section 4); a user may change the rows.
CREATE TABLE plan_route (
	route text NOT NULL CHECK (route IN ('office', 'area', 'hq')),
	action text NOT NULL CHECK (action IN ('submit', 'compile', 'endorse', 'approve', 'return')),
	from_status text NOT NULL,
	to_status text NOT NULL,
	post text NOT NULL REFERENCES post,
	section text NOT NULL,
	PRIMARY KEY (route, action, from_status)
);
INSERT INTO plan_route (route, action, from_status, to_status, post, section) VALUES
	('office', 'submit', 'draft', 'submitted', 'office_manager', '4.10'),
	('office', 'submit', 'returned', 'submitted', 'office_manager', '4.10'),
	('office', 'compile', 'submitted', 'compiled', 'director_customer_service', '4.6'),
	('office', 'endorse', 'compiled', 'endorsed', 'director_engineering_area', '4.4'),
	('office', 'approve', 'endorsed', 'approved', 'area_director', '4.3'),
	('office', 'return', 'submitted', 'returned', 'director_customer_service', '4.6, R24'),
	('office', 'return', 'compiled', 'returned', 'director_engineering_area', '4.4, R24'),
	('office', 'return', 'endorsed', 'returned', 'area_director', '4.3, R24'),
	('area', 'submit', 'draft', 'submitted', 'director_customer_service', '4.6'),
	('area', 'submit', 'returned', 'submitted', 'director_customer_service', '4.6'),
	('area', 'endorse', 'submitted', 'endorsed', 'director_engineering_area', '4.4'),
	('area', 'approve', 'endorsed', 'approved', 'area_director', '4.3'),
	('area', 'return', 'submitted', 'returned', 'director_engineering_area', '4.4, R24'),
	('area', 'return', 'endorsed', 'returned', 'area_director', '4.3, R24'),
	('hq', 'submit', 'draft', 'submitted', 'director_engineering_hq', '4.5'),
	('hq', 'submit', 'returned', 'submitted', 'director_engineering_hq', '4.5'),
	('hq', 'approve', 'submitted', 'approved', 'deputy_governor_strategy', '4.2'),
	('hq', 'return', 'submitted', 'returned', 'deputy_governor_strategy', '4.2, R24');

-- The plan year in which a unit works today: the latest with an approved plan (R23); 0 where there is none.
CREATE OR REPLACE FUNCTION _year_in_force(unit_code text) RETURNS int
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	this_year int := extract(year FROM _today());
BEGIN
	RETURN coalesce((
		SELECT max(p.plan_year) FROM plan p
		WHERE p.unit_code = _year_in_force.unit_code AND p.amendment_no = 0 AND p.status = 'approved'
			AND p.plan_year <= this_year), 0);
END $$;

-- The unit's plan as it stands: the latest amendment, or the plan itself; NULL where there is none.
-- Whoever changes or decides anything about it waits here for the one before, at the row of
-- the plan itself: of the amendments another session may just have made one.
CREATE OR REPLACE FUNCTION _lock_plan(plan_year int, unit_code text) RETURNS plan
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	the_plan plan;
BEGIN
	PERFORM FROM plan p
	WHERE p.plan_year = _lock_plan.plan_year AND p.unit_code = _lock_plan.unit_code AND p.amendment_no = 0
	FOR NO KEY UPDATE;
	SELECT * INTO the_plan FROM plan p
	WHERE p.plan_year = _lock_plan.plan_year AND p.unit_code = _lock_plan.unit_code AND p.status <> 'withdrawn'
	ORDER BY p.amendment_no DESC LIMIT 1 FOR NO KEY UPDATE;
	IF NOT FOUND THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('unit "%s" has no plan for %s', unit_code, plan_year),
			HINT = format('open_year(%s) begins the plan of every unit.', plan_year);
	END IF;
	RETURN the_plan;
END $$;

-- How messages name a plan.
CREATE OR REPLACE FUNCTION _plan_name(the_plan plan) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN CASE the_plan.amendment_no WHEN 0 THEN '' ELSE format('amendment %s to ', the_plan.amendment_no) END
		|| format('the plan of unit "%s" for %s', the_plan.unit_code, the_plan.plan_year);
END $$;

-- The plan of a unit that is open for changes; an error says why there is none.
CREATE OR REPLACE FUNCTION _open_plan(plan_year int, unit_code text) RETURNS plan
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	the_plan plan;
BEGIN
	PERFORM _check_plan_year(plan_year);
	the_plan := _lock_plan(plan_year, unit_code);
	IF the_plan.status = 'approved' THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('%s is approved', _plan_name(the_plan)),
			HINT = 'Changes go the same route as an amendment: open_amendment.';
	ELSIF the_plan.status NOT IN ('draft', 'returned') THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('%s is %s', _plan_name(the_plan), the_plan.status),
			HINT = 'It can be changed again when it has been returned.';
	END IF;
	RETURN the_plan;
END $$;

-- Who changed the plan last, and through which role.  The row is written once in each transaction that
-- changes anything, whoever does: an approval that began before it then fails to serialise.
CREATE OR REPLACE FUNCTION _note_change(plan_id bigint) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	UPDATE plan p SET changed_by = coalesce(me(), p.changed_by), changed_role = _role(), changed_at = _now()
	WHERE p.plan_id = _note_change.plan_id
		AND (p.xmin <> pg_current_xact_id()::xid
			OR (p.changed_by, p.changed_role) IS DISTINCT FROM (coalesce(me(), p.changed_by), _role()));
END $$;

-- Keeps the rows of a plan as they are while it is not open.  Arguments: the columns that
-- the year itself changes.  Takes the plan's row lock, so that a change and an approval
-- happen one after the other.
CREATE OR REPLACE FUNCTION _keep_plan() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
	is_now jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
	the_plan plan;
BEGIN
	IF TG_OP = 'UPDATE' THEN
		IF (was -> 'dropped_by', was -> 'ended_on') IS DISTINCT FROM (is_now -> 'dropped_by', is_now -> 'ended_on') THEN
			PERFORM _check_dropping(TG_TABLE_NAME, was, is_now);
		END IF;
		IF is_now - coalesce(TG_ARGV, '{}') = was - coalesce(TG_ARGV, '{}') THEN
			RETURN NEW;
		END IF;
	END IF;
	SELECT * INTO the_plan FROM plan p
	WHERE p.plan_id = (coalesce(was, is_now) ->> 'plan_id')::bigint FOR NO KEY UPDATE;
	IF the_plan.status NOT IN ('draft', 'returned') OR was ->> 'plan_id' <> is_now ->> 'plan_id' THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('%s is %s', _plan_name(the_plan), the_plan.status),
			HINT = 'An approved plan is changed by an amendment (open_amendment), one on its way after it has been returned.',
			TABLE = TG_TABLE_NAME, CONSTRAINT = 'plan_is_open';
	END IF;
	PERFORM _note_change(the_plan.plan_id);
	RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

-- A row of an approved plan is dropped by an open amendment to it, comes back as long as that is not
-- approved, and ends when it is.
CREATE OR REPLACE FUNCTION _check_dropping(table_name text, was jsonb, is_now jsonb) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	the_plan plan := (SELECT p FROM plan p WHERE p.plan_id = (was ->> 'plan_id')::bigint);
	amendment plan;
BEGIN
	SELECT * INTO amendment FROM plan p
	WHERE p.plan_id = coalesce(is_now ->> 'dropped_by', was ->> 'dropped_by')::bigint FOR NO KEY UPDATE;
	IF was ->> 'ended_on' IS NOT NULL
		OR was ->> 'dropped_by' <> is_now ->> 'dropped_by'
		OR amendment.amendment_no IS NOT DISTINCT FROM 0
		OR (amendment.plan_year, amendment.unit_code) IS DISTINCT FROM (the_plan.plan_year, the_plan.unit_code)
		OR the_plan.status <> 'approved'
		OR (is_now ->> 'ended_on' IS NOT NULL) IS DISTINCT FROM (amendment.status = 'approved')
	THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('%s is dropped from and ended in %s only by an amendment',
				table_name || ' ' || coalesce(was ->> (table_name || '_id'), was ->> 'account_id'),
					_plan_name(the_plan)),
			HINT = 'Open one with open_amendment and drop it there; it ends when the amendment is approved.',
			TABLE = table_name, CONSTRAINT = 'plan_is_open';
	END IF;
	IF amendment.status IN ('draft', 'returned') THEN
		PERFORM _note_change(amendment.plan_id);
	END IF;
END $$;

-- What was approved or withdrawn stays as it is.
CREATE OR REPLACE FUNCTION _keep_plan_row() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	IF OLD.status IN ('approved', 'withdrawn') AND OLD IS DISTINCT FROM NEW THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('%s is %s', _plan_name(OLD), OLD.status),
			HINT = 'It stays as it is; a change is an amendment: open_amendment.',
			TABLE = TG_TABLE_NAME, CONSTRAINT = 'plan_is_open';
	END IF;
	RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE OR REPLACE TRIGGER keep_plan_row BEFORE UPDATE OR DELETE ON plan
	FOR EACH ROW EXECUTE FUNCTION _keep_plan_row();

-- TRUNCATE would pass by the rows' triggers.
CREATE OR REPLACE FUNCTION _keep_approved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	IF EXISTS (SELECT FROM plan p WHERE p.status = 'approved') THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('"%s" holds rows of approved plans', TG_TABLE_NAME),
			HINT = 'They stay as they are; a change is an amendment: open_amendment.',
			TABLE = TG_TABLE_NAME, CONSTRAINT = 'plan_is_open';
	END IF;
	RETURN NULL;
END $$;

-- What the plan says beside accounts and people: benefits, targets, activities.
CREATE TABLE benefit (
	benefit_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	plan_id bigint NOT NULL REFERENCES plan,
	unit_code text NOT NULL REFERENCES unit,
	account_id text NOT NULL REFERENCES account,
	benefit text NOT NULL CHECK (benefit <> ''),
	value_thb numeric CHECK (value_thb >= 0),
	dropped_by bigint REFERENCES plan,
	ended_on date
);
CREATE INDEX ON benefit (plan_id);
CREATE INDEX ON benefit (account_id);
CREATE INDEX ON benefit (dropped_by) WHERE dropped_by IS NOT NULL;

CREATE TABLE target (
	target_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	plan_id bigint NOT NULL REFERENCES plan,
	unit_code text NOT NULL REFERENCES unit,
	kpi text NOT NULL CHECK (kpi IN ('plan_success', 'satisfaction', 'loyalty')),
	value numeric NOT NULL CHECK (value >= 0),
	scale numeric NOT NULL DEFAULT 100 CHECK (scale > 0),
	UNIQUE (plan_id, kpi),
	CONSTRAINT target_within_scale CHECK (value <= scale)
);

CREATE TABLE activity (
	activity_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	plan_id bigint NOT NULL REFERENCES plan,
	plan_year int NOT NULL REFERENCES plan_year,
	unit_code text NOT NULL REFERENCES unit,
	account_id text NOT NULL REFERENCES account,
	activity text NOT NULL CHECK (activity <> ''),
	due_on date NOT NULL,
	dropped_by bigint REFERENCES plan,
	ended_on date,
	done_at timestamptz,
	done_by text REFERENCES staff,
	result text,
	CONSTRAINT activity_within_year CHECK (extract(year FROM due_on) = plan_year),
	CONSTRAINT activity_done_by CHECK ((done_at IS NULL) = (done_by IS NULL))
);
CREATE INDEX ON activity (plan_id);
CREATE INDEX ON activity (account_id);
CREATE INDEX ON activity (unit_code, plan_year, due_on);
CREATE INDEX ON activity (dropped_by) WHERE dropped_by IS NOT NULL;
CREATE OR REPLACE TRIGGER keep_plan BEFORE INSERT OR UPDATE OR DELETE ON benefit
	FOR EACH ROW EXECUTE FUNCTION _keep_plan('dropped_by', 'ended_on');
CREATE OR REPLACE TRIGGER keep_plan BEFORE INSERT OR UPDATE OR DELETE ON target
	FOR EACH ROW EXECUTE FUNCTION _keep_plan();
CREATE OR REPLACE TRIGGER keep_plan BEFORE INSERT OR UPDATE OR DELETE ON activity
	FOR EACH ROW EXECUTE FUNCTION _keep_plan('dropped_by', 'ended_on', 'done_at', 'done_by', 'result');
CREATE OR REPLACE TRIGGER keep_approved BEFORE TRUNCATE ON plan
	FOR EACH STATEMENT EXECUTE FUNCTION _keep_approved();
CREATE OR REPLACE TRIGGER keep_approved BEFORE TRUNCATE ON benefit
	FOR EACH STATEMENT EXECUTE FUNCTION _keep_approved();
CREATE OR REPLACE TRIGGER keep_approved BEFORE TRUNCATE ON target
	FOR EACH STATEMENT EXECUTE FUNCTION _keep_approved();
CREATE OR REPLACE TRIGGER keep_approved BEFORE TRUNCATE ON activity
	FOR EACH STATEMENT EXECUTE FUNCTION _keep_approved();
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON plan_route
	FOR EACH ROW EXECUTE FUNCTION _keep_history('route', 'action', 'from_status');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON plan
	FOR EACH ROW EXECUTE FUNCTION _keep_history('plan_id');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON benefit
	FOR EACH ROW EXECUTE FUNCTION _keep_history('benefit_id');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON target
	FOR EACH ROW EXECUTE FUNCTION _keep_history('target_id');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON activity
	FOR EACH ROW EXECUTE FUNCTION _keep_history('activity_id');

ALTER TABLE plan_year ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON plan_year FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON plan_year TO PUBLIC;

ALTER TABLE plan ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON plan FOR SELECT USING (unit_code = ANY ((SELECT _my_units())::text[]));
GRANT SELECT ON plan TO PUBLIC;

ALTER TABLE plan_route ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON plan_route FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON plan_route TO PUBLIC;

ALTER TABLE benefit ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON benefit FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON benefit TO PUBLIC;

ALTER TABLE target ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON target FOR SELECT USING (unit_code = ANY ((SELECT _my_units())::text[]));
GRANT SELECT ON target TO PUBLIC;

ALTER TABLE activity ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON activity FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON activity TO PUBLIC;

COMMENT ON TABLE plan_year IS U&'ปีแผนที่เปิดแล้ว — Plan years that have been opened.';
COMMENT ON COLUMN plan_year.plan_year IS U&'ปีแผน (ค.ศ.) — Plan year: a calendar year of the common era.';
COMMENT ON COLUMN plan_year.opened_at IS U&'เวลาที่เปิด — When it was opened.';
COMMENT ON COLUMN plan_year.opened_by IS U&'ผู้เปิด — Who opened it.';
COMMENT ON TABLE plan IS
U&'แผนของหน่วยงานต่อปี และการแก้ไขแผนที่อนุมัติแล้ว — The plan of a unit for a year (1.3, 1.4), and each amendment to it: approved ones are frozen.';
COMMENT ON COLUMN plan.plan_id IS U&'เลขที่แผน — Number of the plan or amendment.';
COMMENT ON COLUMN plan.plan_year IS U&'ปีแผน (ค.ศ.) — Plan year, of the common era.';
COMMENT ON COLUMN plan.unit_code IS U&'หน่วยงาน — The unit whose plan it is: an office, an area or headquarters.';
COMMENT ON COLUMN plan.route IS U&'เส้นทางอนุมัติ — Which route it goes: office, area or hq (see plan_route).';
COMMENT ON COLUMN plan.amendment_no IS
U&'ลำดับการแก้ไข (0 คือแผนเดิม) — 0 for the plan itself, from 1 for its amendments (R22).';
COMMENT ON COLUMN plan.amendment_reason IS U&'เหตุผลของการแก้ไข — Why it is amended.';
COMMENT ON COLUMN plan.status IS
U&'สถานะ — draft, submitted, compiled, endorsed, approved; returned with a reason; withdrawn (amendments).';
COMMENT ON COLUMN plan.rule_set IS U&'หลักเกณฑ์ที่ใช้อนุมัติ — The rule set that it was approved under and keeps (R4).';
COMMENT ON COLUMN plan.support_budget_thb IS
U&'งบสนับสนุน KAMR (บาท) — Budget for supporting the key account managers, in baht (4.2, 4.3).';
COMMENT ON COLUMN plan.prepared_by IS U&'ผู้เสนอแผน — Who submitted it last; does not approve it.';
COMMENT ON COLUMN plan.prepared_role IS U&'บทบาทฐานข้อมูลที่ใช้เสนอ — The database role it was submitted through.';
COMMENT ON COLUMN plan.changed_by IS U&'ผู้แก้ไขล่าสุด — Who changed anything in it last; does not approve it.';
COMMENT ON COLUMN plan.changed_role IS U&'บทบาทฐานข้อมูลที่ใช้แก้ไขล่าสุด — The database role of the last change.';
COMMENT ON COLUMN plan.changed_at IS U&'เวลาที่แก้ไขล่าสุด — When anything in it was changed last.';
COMMENT ON COLUMN plan.approved_at IS U&'เวลาที่อนุมัติ — When it was approved.';
COMMENT ON COLUMN plan.below_minimum_reason IS
U&'เหตุผลที่ยอมรับพอร์ตต่ำกว่าเกณฑ์ — Why portfolios below the minimum were accepted, where the unit has too few accounts (R13).';
COMMENT ON TABLE plan_route IS
U&'เส้นทางอนุมัติแผน: ใครทำอะไรได้จากสถานะใด — The route of plans: which post takes a plan from which state to which; the owner may change it.';
COMMENT ON COLUMN plan_route.route IS U&'เส้นทาง — Route: office, area or hq.';
COMMENT ON COLUMN plan_route.action IS U&'การกระทำ — Action: submit, compile, endorse, approve or return.';
COMMENT ON COLUMN plan_route.from_status IS U&'จากสถานะ — From this state.';
COMMENT ON COLUMN plan_route.to_status IS U&'ไปสถานะ — To this state.';
COMMENT ON COLUMN plan_route.post IS
U&'ตำแหน่งผู้มีอำนาจ — The post that does it, in the plan''s unit or one above it.';
COMMENT ON COLUMN plan_route.section IS U&'ข้อในคู่มือ — Section of the manual.';
COMMENT ON TABLE benefit IS U&'สิทธิประโยชน์ที่จะให้ลูกค้า — Benefits planned for a key account (1.3).';
COMMENT ON COLUMN benefit.benefit_id IS U&'เลขที่สิทธิประโยชน์ — Number of the benefit.';
COMMENT ON COLUMN benefit.plan_id IS U&'แผน — The plan or amendment that it belongs to.';
COMMENT ON COLUMN benefit.unit_code IS U&'หน่วยงาน — The unit of the plan.';
COMMENT ON COLUMN benefit.account_id IS U&'ลูกค้า — The account.';
COMMENT ON COLUMN benefit.benefit IS U&'รายละเอียด — What the account gets.';
COMMENT ON COLUMN benefit.value_thb IS U&'มูลค่า (บาท) — Its worth in baht, where known.';
COMMENT ON COLUMN benefit.dropped_by IS U&'การแก้ไขแผนที่ตัดออก — The amendment that drops it.';
COMMENT ON COLUMN benefit.ended_on IS U&'วันที่สิ้นสุด — The day on which that amendment was approved.';
COMMENT ON TABLE target IS U&'เป้าหมายตัวชี้วัดของแผน — Targets of the plan for the KPIs (1.4).';
COMMENT ON COLUMN target.target_id IS U&'เลขที่เป้าหมาย — Number of the target.';
COMMENT ON COLUMN target.plan_id IS U&'แผน — The plan or amendment that sets it; of several the latest holds.';
COMMENT ON COLUMN target.unit_code IS U&'หน่วยงาน — The unit of the plan.';
COMMENT ON COLUMN target.kpi IS
U&'ตัวชี้วัด — KPI: plan_success (per cent of the plan''s activities), satisfaction, loyalty.';
COMMENT ON COLUMN target.value IS U&'ค่าเป้าหมาย — The value to reach.';
COMMENT ON COLUMN target.scale IS U&'คะแนนเต็ม — The scale''s end: 100 for percentages, 5 for a score of 1 to 5.';
COMMENT ON TABLE activity IS
U&'กิจกรรมในแผน — Activities planned for a key account, and that they were done (1.4, KPI 1).';
COMMENT ON COLUMN activity.activity_id IS U&'เลขที่กิจกรรม — Number of the activity.';
COMMENT ON COLUMN activity.plan_id IS U&'แผน — The plan or amendment that it belongs to.';
COMMENT ON COLUMN activity.plan_year IS U&'ปีแผน (ค.ศ.) — Plan year, of the common era.';
COMMENT ON COLUMN activity.unit_code IS U&'หน่วยงาน — The unit of the plan.';
COMMENT ON COLUMN activity.account_id IS U&'ลูกค้า — The account.';
COMMENT ON COLUMN activity.activity IS U&'รายละเอียด — What is to be done.';
COMMENT ON COLUMN activity.due_on IS U&'กำหนดวัน — The day by which it is to be done, in the plan year.';
COMMENT ON COLUMN activity.dropped_by IS U&'การแก้ไขแผนที่ตัดออก — The amendment that drops it.';
COMMENT ON COLUMN activity.ended_on IS U&'วันที่สิ้นสุด — The day on which that amendment was approved.';
COMMENT ON COLUMN activity.done_at IS U&'เวลาที่ทำเสร็จ — When it was done.';
COMMENT ON COLUMN activity.done_by IS U&'ผู้ทำ — Who did it.';
COMMENT ON COLUMN activity.result IS U&'ผลการดำเนินงาน — What came of it.';
COMMENT ON FUNCTION _year_in_force(text) IS
U&'ปีแผนที่ใช้อยู่ — The plan year in which a unit works today: the latest approved one; 0 where there is none (R23).';
COMMENT ON FUNCTION _lock_plan(int, text) IS
U&'ล็อกแผนล่าสุด — The unit''s plan as it stands, locked until the end of the transaction; 55000 where there is none.';
COMMENT ON FUNCTION _plan_name(plan) IS U&'ชื่อแผนในข้อความ — How messages name a plan.';
COMMENT ON FUNCTION _open_plan(int, text) IS
U&'แผนที่แก้ไขได้ — The plan or amendment that is open for changes, locked; 55000 says why there is none.';
COMMENT ON FUNCTION _note_change(bigint) IS
U&'บันทึกผู้แก้ไขล่าสุด — Notes who changed a plan last, through which role and when.';
COMMENT ON FUNCTION _keep_plan() IS
U&'แถวของแผนที่ไม่เปิดแก้ไขไม่ได้ — Trigger: the rows of a plan change only while it is open (55000).';
COMMENT ON FUNCTION _check_dropping(text, jsonb, jsonb) IS
U&'การตัดแถวออกจากแผน — 55000 unless a row is dropped by an open amendment to its plan, or ended by the approval of that.';
COMMENT ON FUNCTION _keep_plan_row() IS
U&'แผนที่อนุมัติแล้วแก้ไขไม่ได้ — Trigger: plans that were approved or withdrawn stay as they are (55000).';
COMMENT ON FUNCTION _keep_approved() IS U&'ห้ามล้างตาราง — Trigger: no TRUNCATE while there are approved plans (55000).';
