/* Who is asking: the member of staff behind the session's role. */

-- The role of the session, whatever function it is asked in: SET ROLE counts, and
-- neither a SECURITY DEFINER function nor a view in between does.
CREATE OR REPLACE FUNCTION _role() RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN CASE current_setting('role') WHEN 'none' THEN session_user ELSE current_setting('role') END;
END $$;

CREATE OR REPLACE FUNCTION _acting_for() RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN nullif(current_setting('kam.acting_for', true), '');
END $$;

-- Acting for somebody is looked up each time, so that setting the parameter alone gives nothing.
CREATE OR REPLACE FUNCTION me() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	-- as in _role() and _acting_for(), which would cost more than the rest together
	the_role text := CASE current_setting('role') WHEN 'none' THEN session_user ELSE current_setting('role') END;
	acting_for text := nullif(current_setting('kam.acting_for', true), '');
	staff_id text;
	left_on date;
BEGIN
	IF acting_for IS NULL THEN
		SELECT s.staff_id, s.left_on INTO staff_id, left_on FROM staff s WHERE s.role_name = the_role;
	ELSE
		SELECT s.staff_id, s.left_on INTO staff_id, left_on
		FROM proxy p JOIN staff s USING (staff_id) WHERE p.role_name = the_role AND p.staff_id = acting_for;
	END IF;
	RETURN CASE WHEN left_on IS NULL OR left_on > _today() THEN staff_id END;
END $$;

-- The session works for somebody whom the role may act for, or for nobody (NULL).
CREATE OR REPLACE FUNCTION _check_acting(staff_id text) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF staff_id IS NOT NULL AND me() IS NULL THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('role "%s" may not act for "%s"', _role(), staff_id),
			HINT = 'The owner of the workflow grants it by a row in the table proxy, for a member of staff who has not left.';
	END IF;
END $$;

-- NULL ends it.  To the end of the transaction only, where local: for pooled connections.
CREATE OR REPLACE FUNCTION act_for(staff_id text, local boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM set_config('kam.acting_for', coalesce(act_for.staff_id, ''), coalesce(act_for.local, false));
	PERFORM _check_acting(act_for.staff_id);
END $$;

-- The member of staff, or an error.
CREATE OR REPLACE FUNCTION _staff() RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	staff_id text := me();
BEGIN
	IF staff_id IS NULL THEN
		PERFORM _check_acting(_acting_for());
		RAISE insufficient_privilege USING
			MESSAGE = format('role "%s" belongs to no member of staff', _role()),
			HINT = 'The owner of the workflow enters it in the table staff (role_name); an application calls act_for first.';
	END IF;
	RETURN staff_id;
END $$;

-- The units that the role reads as a reporting role, which it is only in its own name.
CREATE OR REPLACE FUNCTION _reader_units() RETURNS SETOF text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY SELECT s FROM reader r CROSS JOIN _subtree(r.unit_code) s
		WHERE r.role_name = _role() AND _acting_for() IS NULL;
END $$;

-- Everything of these units may be read.
CREATE OR REPLACE FUNCTION _readable_units() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	mine text[];
BEGIN
	SELECT array_agg(DISTINCT s) INTO mine
	FROM _holdings(me()) h JOIN post p USING (post)
		CROSS JOIN LATERAL (
			SELECT h.unit_code WHERE p.reads = 'unit'
			UNION ALL SELECT _subtree(h.unit_code) WHERE p.reads = 'subtree'
			UNION ALL SELECT u.unit_code FROM unit u WHERE p.reads = 'all') r (s);
	RETURN coalesce(mine, '{}') || ARRAY(SELECT _reader_units());
END $$;

-- What concerns a unit as a whole (its plan, reports, deadlines) is read by all who hold a post there.
CREATE OR REPLACE FUNCTION _my_units() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN ARRAY(SELECT unnest(_readable_units()) UNION SELECT h.unit_code FROM _holdings(me()) h);
END $$;

-- The accounts that are mine by assignment, in the plan in force.
CREATE OR REPLACE FUNCTION _my_accounts() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN ARRAY(
		WITH mine AS MATERIALIZED (
			SELECT DISTINCT a.account_id, a.unit_code, a.plan_year
			FROM assignment a JOIN plan p USING (plan_id)
			WHERE a.staff_id = me() AND a.ended_on IS NULL AND p.status = 'approved'
		), in_force AS MATERIALIZED (
			SELECT u.unit_code, _year_in_force(u.unit_code) AS plan_year
			FROM (SELECT DISTINCT m.unit_code FROM mine m) u
		)
		SELECT DISTINCT m.account_id FROM mine m JOIN in_force USING (unit_code, plan_year));
END $$;

-- The same of one account, without looking through the others.
CREATE OR REPLACE FUNCTION _is_my_account(account_id text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN EXISTS (
		SELECT FROM assignment a JOIN plan p USING (plan_id)
		WHERE a.account_id = _is_my_account.account_id AND a.staff_id = me() AND a.ended_on IS NULL
			AND p.status = 'approved' AND a.plan_year = _year_in_force(a.unit_code));
END $$;

-- Anybody whom the workflow knows.
CREATE OR REPLACE FUNCTION _is_member() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN me() IS NOT NULL OR EXISTS (SELECT FROM reader r WHERE r.role_name = _role() AND _acting_for() IS NULL);
END $$;

-- Anybody whom the workflow knows, or whom row security does not hold: others read nothing, and are told so.
CREATE OR REPLACE FUNCTION _check_reader() RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF row_security_active('staff') AND NOT _is_member() THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('role "%s" belongs to no member of staff and to no reader', _role()),
			HINT = 'The owner of the workflow enters it in the table staff (role_name) or reader.';
	END IF;
END $$;

CREATE OR REPLACE FUNCTION _may_read(unit_code text, account_id text DEFAULT NULL) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	-- The cheaper question first: most who ask ask for an account of theirs.
	RETURN _may_read.account_id IS NOT NULL AND _is_my_account(_may_read.account_id)
		OR coalesce(_may_read.unit_code = ANY (_readable_units()), false);
END $$;

COMMENT ON FUNCTION _role() IS
U&'บทบาทฐานข้อมูลของเซสชัน — The role of the session: that of SET ROLE, else the session user; the same inside functions and views of anybody.';
COMMENT ON FUNCTION _acting_for() IS
U&'พนักงานที่แอปพลิเคชันขอทำแทน — Whom the session asks to act for (act_for); says nothing about whether it may.';
COMMENT ON FUNCTION me() IS
U&'พนักงานผู้ใช้งานอยู่ — The member of staff whose role this is, or for whom the role may act; NULL for others and for who has left.';
COMMENT ON FUNCTION _check_acting(text) IS
U&'ตรวจสอบการทำงานแทน — Refuses to act for whom the role may not act for (42501).';
COMMENT ON FUNCTION act_for(text, boolean) IS
U&'ทำงานแทนพนักงาน (สำหรับแอปพลิเคชัน) — From now on the session works for this member of staff; NULL ends it; local: to the end of the transaction. Needs a row in proxy. Error 42501.';
COMMENT ON FUNCTION _staff() IS
U&'พนักงานผู้ใช้งาน หรือข้อผิดพลาด — The member of staff, or error 42501.';
COMMENT ON FUNCTION _reader_units() IS
U&'หน่วยงานที่บทบาทรายงานอ่านได้ — The units that the role reads as a reporting role.';
COMMENT ON FUNCTION _readable_units() IS
U&'หน่วยงานที่อ่านได้ทั้งหมด — The units of which the caller reads everything (section 4); what row security asks, once per query.';
COMMENT ON FUNCTION _my_units() IS
U&'หน่วยงานของตน — The units whose plan, people, reports and deadlines the caller reads: those that they read everything of, and where they hold a post.';
COMMENT ON FUNCTION _my_accounts() IS
U&'ลูกค้ารายสำคัญที่ตนดูแล — The accounts assigned to the caller in the plan in force.';
COMMENT ON FUNCTION _is_my_account(text) IS
U&'ลูกค้านี้ตนดูแลหรือไม่ — Whether this account is assigned to the caller in the plan in force.';
COMMENT ON FUNCTION _is_member() IS
U&'ผู้ที่ระบบรู้จัก — Whether the caller is a member of staff or a reporting role.';
COMMENT ON FUNCTION _check_reader() IS
U&'ตรวจสอบผู้อ่าน — Refuses whom the workflow does not know (42501).';
COMMENT ON FUNCTION _may_read(text, text) IS
U&'อ่านได้หรือไม่ — Whether the caller reads rows of this unit or account.';
