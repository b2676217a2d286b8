/* Decisions: append-only, each sealed with the hash of the one before it. */

CREATE TABLE decision (
	decision_id bigint PRIMARY KEY,
	decided_at timestamptz NOT NULL,
	subject text NOT NULL,
	subject_id text NOT NULL,
	action text NOT NULL,
	unit_code text NOT NULL REFERENCES unit,
	plan_year int,
	staff_id text NOT NULL REFERENCES staff,
	role_name text NOT NULL,
	post text NOT NULL REFERENCES post,
	acting boolean NOT NULL,
	from_status text,
	to_status text,
	reason text,
	content_hash text,
	is_rehearsal boolean NOT NULL,
	previous_hash text NOT NULL,
	hash text NOT NULL
);
CREATE INDEX ON decision (subject, subject_id, decision_id);
CREATE INDEX ON decision (unit_code, plan_year);

-- The end of the chain: one row, whose lock puts decisions in their order at every
-- isolation level, and which tells when the last ones were cut off.
CREATE TABLE decision_head (
	one_row boolean PRIMARY KEY DEFAULT true CHECK (one_row),
	decision_id bigint NOT NULL,
	hash text NOT NULL
);
INSERT INTO decision_head (decision_id, hash) VALUES (0, repeat('0', 64));

-- What a decision is sealed by, in UTC: the named columns, so that a user may add others.
CREATE OR REPLACE FUNCTION _decision_content(d decision) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN jsonb_build_object('decision_id', d.decision_id, 'decided_at', d.decided_at, 'subject', d.subject,
		'subject_id', d.subject_id, 'action', d.action, 'unit_code', d.unit_code, 'plan_year', d.plan_year,
		'staff_id', d.staff_id, 'role_name', d.role_name, 'post', d.post, 'acting', d.acting,
		'from_status', d.from_status, 'to_status', d.to_status, 'reason', d.reason, 'content_hash', d.content_hash,
		'is_rehearsal', d.is_rehearsal, 'previous_hash', d.previous_hash);
END $$;

-- The same in every session.
CREATE OR REPLACE FUNCTION _decision_hash(the_decision decision) RETURNS text
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT SET timezone = 'UTC' SET datestyle = 'ISO' AS $$
BEGIN
	RETURN _hash(_decision_content(the_decision));
END $$;

CREATE OR REPLACE FUNCTION _hash(content jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN encode(sha256(convert_to(content::text, 'UTF8')), 'hex');

-- Records a decision.  Invoker's rights: it writes only for functions of the owner.
CREATE OR REPLACE FUNCTION _decide(given authorization_given, subject text, subject_id text, action text,
	unit_code text, plan_year int DEFAULT NULL, from_status text DEFAULT NULL, to_status text DEFAULT NULL, reason text DEFAULT NULL,
	content_hash text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	head decision_head;
	the_decision decision;
BEGIN
	SELECT * INTO head FROM decision_head h FOR UPDATE;
	the_decision.decision_id := head.decision_id + 1;
	the_decision.decided_at := _now();
	the_decision.subject := subject;
	the_decision.subject_id := subject_id;
	the_decision.action := action;
	the_decision.unit_code := unit_code;
	the_decision.plan_year := plan_year;
	the_decision.staff_id := given.staff_id;
	the_decision.role_name := _role();
	the_decision.post := given.post;
	the_decision.acting := given.acting;
	the_decision.from_status := from_status;
	the_decision.to_status := to_status;
	the_decision.reason := reason;
	the_decision.content_hash := content_hash;
	the_decision.is_rehearsal := (SELECT w.is_rehearsal FROM workflow w);
	the_decision.previous_hash := head.hash;
	the_decision.hash := _decision_hash(the_decision);
	INSERT INTO decision (decision_id, decided_at, subject, subject_id, action, unit_code, plan_year, staff_id,
		role_name, post, acting, from_status, to_status, reason, content_hash, is_rehearsal, previous_hash, hash)
	VALUES (the_decision.decision_id, the_decision.decided_at, the_decision.subject, the_decision.subject_id,
		the_decision.action, the_decision.unit_code, the_decision.plan_year, the_decision.staff_id,
			the_decision.role_name,
		the_decision.post, the_decision.acting, the_decision.from_status, the_decision.to_status, the_decision.reason,
		the_decision.content_hash, the_decision.is_rehearsal, the_decision.previous_hash, the_decision.hash);
	UPDATE decision_head h SET decision_id = the_decision.decision_id, hash = the_decision.hash;
	RETURN the_decision.decision_id;
END $$;

-- What is wrong with the chain, or with what was decided; no rows where all is whole.
CREATE OR REPLACE FUNCTION verify_decisions() RETURNS TABLE (decision_id bigint, problem text)
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _whole_table_or_error('decision');
	RETURN QUERY SELECT * FROM _verify_chain();
	RETURN QUERY SELECT * FROM _verify_plans();
END $$;

-- Row by row, with the settings of _decision_hash set once.
CREATE OR REPLACE FUNCTION _verify_chain() RETURNS TABLE (decision_id bigint, problem text)
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT SET timezone = 'UTC' SET datestyle = 'ISO' AS $$
DECLARE
	d decision;
	head decision_head;
	expected_id bigint := 1;
	expected_hash text := repeat('0', 64);
BEGIN
	FOR d IN SELECT * FROM decision x ORDER BY x.decision_id LOOP
		decision_id := d.decision_id;
		IF d.decision_id > expected_id THEN
			problem := CASE d.decision_id
				WHEN expected_id + 1 THEN format('decision %s before it is missing', expected_id)
				ELSE format('decisions %s to %s before it are missing', expected_id, d.decision_id - 1) END;
			RETURN NEXT;
		ELSIF d.previous_hash <> expected_hash THEN
			problem := 'does not follow from the decision before it';
			RETURN NEXT;
		END IF;
		IF d.hash <> _hash(_decision_content(d)) THEN
			problem := 'was changed after it was taken';
			RETURN NEXT;
		END IF;
		expected_id := d.decision_id + 1;
		expected_hash := d.hash;
	END LOOP;
	SELECT * INTO head FROM decision_head h;
	IF head.decision_id IS DISTINCT FROM expected_id - 1 OR head.hash IS DISTINCT FROM expected_hash THEN
		decision_id := head.decision_id;
		problem := 'the last decisions are missing or were replaced';
		RETURN NEXT;
	END IF;
END $$;

-- A chain that row security shows in part would seem broken.
CREATE OR REPLACE FUNCTION _whole_table_or_error(table_name text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	IF row_security_active(format('%I', table_name)::regclass)
		AND NOT EXISTS (SELECT FROM _holdings(me()) h JOIN post p USING (post) WHERE p.reads = 'all')
	THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('you see only a part of "%s"', table_name),
			HINT = 'This is for the owner of the workflow, or a post that reads everything.';
	END IF;
END $$;

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON decision
	FOR EACH STATEMENT EXECUTE FUNCTION _append_only();

CREATE OR REPLACE TRIGGER head_stays BEFORE DELETE OR TRUNCATE ON decision_head
	FOR EACH STATEMENT EXECUTE FUNCTION _append_only();

ALTER TABLE decision ENABLE ROW LEVEL SECURITY;
-- What concerns the unit as a whole is read by all who hold a post there. The rest tells of accounts and requests, so
-- that who reads only their own accounts reads of it what they decided themselves.
CREATE POLICY reading ON decision FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR unit_code = ANY ((SELECT _my_units())::text[]) AND subject IN ('plan', 'report', 'kamr', 'post_holder')
	OR staff_id = (SELECT me()));
GRANT SELECT ON decision TO PUBLIC;

ALTER TABLE decision_head ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON decision_head FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON decision_head TO PUBLIC;

COMMENT ON TABLE decision IS
U&'การตัดสินใจทุกครั้ง เพิ่มได้อย่างเดียว แต่ละแถวผนึกด้วยแฮชของแถวก่อนหน้า — Every decision: append-only, each row sealed with the hash of the one before it.';
COMMENT ON COLUMN decision.decision_id IS U&'ลำดับที่ ไม่มีช่องว่าง — Number in the chain, from 1, without gaps.';
COMMENT ON COLUMN decision.decided_at IS U&'เวลาที่ตัดสินใจ — When it was decided.';
COMMENT ON COLUMN decision.subject IS
U&'สิ่งที่ตัดสินใจ — What it is about: plan, selection, waiver, service_case and so on.';
COMMENT ON COLUMN decision.subject_id IS U&'เลขที่ของสิ่งที่ตัดสินใจ — Which one: its key as text.';
COMMENT ON COLUMN decision.action IS
U&'สิ่งที่ทำ — What was done: submit, compile, endorse, approve, return and so on.';
COMMENT ON COLUMN decision.unit_code IS U&'หน่วยงานที่เกี่ยวข้อง — The unit that it concerns.';
COMMENT ON COLUMN decision.plan_year IS U&'ปีแผน (ค.ศ.) — Plan year that it concerns, of the common era.';
COMMENT ON COLUMN decision.staff_id IS U&'ผู้ตัดสินใจ — Who decided.';
COMMENT ON COLUMN decision.role_name IS
U&'บทบาทฐานข้อมูลที่ใช้ — The database role it was done through: an application''s where that acted for somebody.';
COMMENT ON COLUMN decision.post IS U&'ตำแหน่งที่ใช้อำนาจ — The post by which they decided.';
COMMENT ON COLUMN decision.acting IS U&'รักษาการหรือไม่ — Whether they were acting for the holder of the post.';
COMMENT ON COLUMN decision.from_status IS U&'สถานะก่อน — The state before.';
COMMENT ON COLUMN decision.to_status IS U&'สถานะหลัง — The state after.';
COMMENT ON COLUMN decision.reason IS U&'เหตุผล — The reason given.';
COMMENT ON COLUMN decision.content_hash IS
U&'แฮชของเนื้อหาที่อนุมัติ — SHA-256 of what was approved (plan_content), in hexadecimal.';
COMMENT ON COLUMN decision.is_rehearsal IS U&'เป็นการซ้อมหรือไม่ — Taken in a rehearsal, by a clock that was set.';
COMMENT ON COLUMN decision.previous_hash IS
U&'แฮชของการตัดสินใจก่อนหน้า — The hash of the decision before it; zeros for the first.';
COMMENT ON COLUMN decision.hash IS U&'แฮชของแถวนี้ — SHA-256 of this row, previous_hash included.';
COMMENT ON TABLE decision_head IS
U&'ปลายโซ่การตัดสินใจ — The end of the chain: shows when the last decisions were cut off, and its lock puts decisions in order.';
COMMENT ON COLUMN decision_head.one_row IS U&'มีแถวเดียว — There is one row.';
COMMENT ON COLUMN decision_head.decision_id IS U&'เลขที่การตัดสินใจล่าสุด — Number of the last decision.';
COMMENT ON COLUMN decision_head.hash IS U&'แฮชของการตัดสินใจล่าสุด — Hash of the last decision.';
COMMENT ON FUNCTION _decision_content(decision) IS
U&'เนื้อหาที่ผนึกของการตัดสินใจ — What a decision is sealed by, as a document; in the time zone of the session.';
COMMENT ON FUNCTION _decision_hash(decision) IS
U&'แฮชของการตัดสินใจ — The hash that seals a decision: of its own columns, whatever was added to the table.';
COMMENT ON FUNCTION _hash(jsonb) IS U&'แฮชของเอกสาร — SHA-256 of a document, in hexadecimal.';
COMMENT ON FUNCTION _decide(authorization_given, text, text, text, text, int, text, text, text, text) IS
U&'บันทึกการตัดสินใจ — Adds a decision to the chain and returns its number; for functions of the owner.';
COMMENT ON FUNCTION verify_decisions() IS
U&'ตรวจสอบโซ่การตัดสินใจและแผนที่อนุมัติแล้ว — What is wrong with the chain of decisions, or with plans that were approved; no rows where all is whole. For the owner and posts that read everything; 42501 for others.';
COMMENT ON FUNCTION _verify_chain() IS U&'ตรวจสอบโซ่ — What is wrong with the chain itself.';
COMMENT ON FUNCTION _whole_table_or_error(text) IS
U&'ต้องเห็นทั้งตาราง — 42501 for whoever sees a part of the table only.';
