/* The route of a plan: submitted, compiled, endorsed, approved, or returned, each by the post that plan_route names. */

-- The posts for an action on a plan, in words, for a HINT; of all routes where none is named.
CREATE OR REPLACE FUNCTION _posts_on_route(action text, route text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (
		SELECT string_agg(format('%s (%s)', p.title_en, p.section), ', ' ORDER BY length(p.section), p.section, p.post)
		FROM post p
		WHERE p.post IN (
			SELECT r.post FROM plan_route r
			WHERE r.action = _posts_on_route.action AND r.route = coalesce(_posts_on_route.route, r.route)));
END $$;

-- By which post the caller stands on the route of this unit's plan: a post of the unit, or of one above it.
CREATE OR REPLACE FUNCTION _post_on_route(action text, unit_code text, from_status text DEFAULT NULL)
RETURNS authorization_given
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	staff_id text := _staff();
	given authorization_given;
BEGIN
	SELECT staff_id, h.post, h.acting INTO given
	FROM _holdings(staff_id) h
		JOIN unit u ON u.unit_code = _post_on_route.unit_code
		JOIN plan_route r ON r.route = u.kind AND r.post = h.post
	WHERE r.action = _post_on_route.action AND r.from_status = coalesce(_post_on_route.from_status, r.from_status)
		AND u.unit_code IN (SELECT _subtree(h.unit_code))
	ORDER BY h.acting LIMIT 1;
	RETURN given;
END $$;

-- Refuses whoever has no say in this, before anything about the plan is told.  A unit of
-- others and one that does not exist are refused alike.
CREATE OR REPLACE FUNCTION _authorize_route(action text, unit_code text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	staff_id text := _staff();
	kind text := (SELECT u.kind FROM unit u WHERE u.unit_code = _authorize_route.unit_code);
BEGIN
	IF (_post_on_route(action, unit_code)).staff_id IS NOT NULL THEN
		RETURN;
	ELSIF coalesce(unit_code = ANY (_my_units()), false) AND kind IN (SELECT r.route FROM plan_route r) THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('"%s" may not %s the plan of unit "%s"', staff_id, action, unit_code),
			HINT = format('It is for: %s.', _posts_on_route(action, kind));
	END IF;
	RAISE insufficient_privilege USING
		MESSAGE = format('unit "%s" is not among those whose plan "%s" may %s', unit_code, staff_id, action),
		HINT = format('To %s a plan is for: %s.', action, _posts_on_route(action));
END $$;

-- Whose turn it is, in words.
CREATE OR REPLACE FUNCTION _whose_turn(the_plan plan) RETURNS text
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN coalesce((
		SELECT format('It is the turn of: %s (%s), to %s it%s.', p.title_en, p.section, r.action,
			CASE WHEN EXISTS (SELECT FROM plan_route b WHERE b.route = r.route AND b.from_status = r.from_status
				AND b.action = 'return') THEN ' or return it' ELSE '' END)
		FROM plan_route r JOIN post p USING (post)
		WHERE r.route = the_plan.route AND r.from_status = the_plan.status AND r.action <> 'return'
		ORDER BY r.action LIMIT 1),
		'Changes go the same route as an amendment: open_amendment.');
END $$;

-- Where the action leads from where the plan is; an error says whose turn it is.
CREATE OR REPLACE FUNCTION _route_step(the_plan plan, action text) RETURNS plan_route
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	step plan_route;
BEGIN
	SELECT * INTO step FROM plan_route r
	WHERE r.route = the_plan.route AND r.action = _route_step.action AND r.from_status = the_plan.status;
	IF NOT FOUND THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('%s is %s, so one cannot %s it', _plan_name(the_plan), the_plan.status, action),
			HINT = _whose_turn(the_plan);
	END IF;
	RETURN step;
END $$;

-- Takes the plan one step on its route.
CREATE OR REPLACE FUNCTION _take_plan(action text, plan_year int, unit_code text, reason text DEFAULT NULL,
	below_minimum_reason text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	the_plan plan;
	step plan_route;
	given authorization_given;
	content_hash text;
BEGIN
	PERFORM _authorize_route(action, unit_code);
	PERFORM _check_plan_year(plan_year);
	the_plan := _lock_plan(plan_year, unit_code);
	step := _route_step(the_plan, action);
	given := _post_on_route(action, unit_code, the_plan.status);
	IF given.staff_id IS NULL THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('%s is %s, and "%s" may not %s it', _plan_name(the_plan), the_plan.status,
				_staff(), action),
			HINT = _whose_turn(the_plan);
	END IF;
	IF action = 'submit' THEN
		PERFORM _submit(the_plan, given);
	ELSIF action = 'approve' THEN
		content_hash := _approve(the_plan, given, below_minimum_reason);
	ELSE
		UPDATE plan p SET status = step.to_status WHERE p.plan_id = the_plan.plan_id;
	END IF;
	PERFORM _decide(given, 'plan', the_plan.plan_id::text, action, the_plan.unit_code, the_plan.plan_year,
		the_plan.status, step.to_status, coalesce(reason, below_minimum_reason), content_hash);
	IF action IN ('submit', 'compile', 'endorse') THEN
		PERFORM _show_missing(the_plan);
	ELSIF action = 'approve' THEN
		PERFORM _publish_plan(given, the_plan.plan_id);
	END IF;
	RETURN step.to_status;
END $$;

-- With an account that an amendment drops goes what was planned for it and not done yet.
CREATE OR REPLACE FUNCTION _submit(the_plan plan, given authorization_given) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	dropped text[] := ARRAY(
		SELECT s.account_id FROM selection s WHERE s.dropped_by = the_plan.plan_id
		EXCEPT
		SELECT s.account_id FROM _standing_selection(the_plan) s);
BEGIN
	UPDATE benefit b SET dropped_by = the_plan.plan_id
	WHERE b.plan_id = ANY (_standing_plans(the_plan)) AND b.account_id = ANY (dropped) AND b.dropped_by IS NULL;
	UPDATE activity a SET dropped_by = the_plan.plan_id
	WHERE a.plan_id = ANY (_standing_plans(the_plan)) AND a.account_id = ANY (dropped) AND a.dropped_by IS NULL
		AND a.done_at IS NULL AND a.due_on >= _today();
	UPDATE plan p SET status = 'submitted', prepared_by = given.staff_id, prepared_role = _role()
	WHERE p.plan_id = the_plan.plan_id;
END $$;

-- Nobody approves what they prepared or changed last: not the person, by whatever post or proxy, and
-- not the person whose own role it was done through.
CREATE OR REPLACE FUNCTION _refuse_own(the_plan plan) RETURNS void
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	whoever text[] := ARRAY[me(), (SELECT s.staff_id FROM staff s WHERE s.role_name = _role())];
	hands text := (SELECT s.role_name FROM staff s WHERE s.role_name = _role());
	did text := CASE
		WHEN the_plan.prepared_by = ANY (whoever) OR the_plan.prepared_role = hands THEN 'submitted'
		WHEN the_plan.changed_by = ANY (whoever) OR the_plan.changed_role = hands THEN 'changed' END;
BEGIN
	IF did IS NOT NULL THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('"%s" %s %s last and may not approve it', coalesce(whoever[2], whoever[1]), did,
				_plan_name(the_plan)),
			HINT = 'Somebody else approves it: another holder of the post, or one acting for it (post_holder).';
	END IF;
END $$;

-- Bounded: what does not fit into the message is counted.
CREATE OR REPLACE FUNCTION _missing_lines(missing text[], at_most int DEFAULT 20) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN array_to_string(missing[:at_most], E'\n')
	|| CASE WHEN cardinality(missing) > at_most THEN format(E'\n... and %s more', cardinality(missing) - at_most)
		ELSE '' END;

-- On the way nothing is refused for what is missing: it is shown (R13).
CREATE OR REPLACE FUNCTION _show_missing(the_plan plan) RETURNS void
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	missing text[] := ARRAY(SELECT format('%s (%s)', m.text_en, m.section) FROM _plan_missing(the_plan) m);
BEGIN
	IF cardinality(missing) > 0 THEN
		RAISE NOTICE USING
			MESSAGE = format('%s could not be approved as it is', _plan_name(the_plan)),
			DETAIL = _missing_lines(missing),
			HINT = format('SELECT * FROM plan_missing(%s, %L) lists it.', the_plan.plan_year, the_plan.unit_code);
	END IF;
END $$;

-- Refuses while anything is missing.  Portfolios below the minimum are accepted, with a reason, only where the
-- unit has not enough accounts for anybody (R13).
CREATE OR REPLACE FUNCTION _refuse_missing(the_plan plan, below_minimum_reason text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	missing text[];
	acceptable int;
BEGIN
	SELECT array_agg(format('%s (%s)', m.text_en, m.section))
			FILTER (WHERE m.problem <> 'below_minimum_unit' OR below_minimum_reason IS NULL),
		count(*) FILTER (WHERE m.problem = 'below_minimum_unit')
	INTO missing, acceptable
	FROM _plan_missing(the_plan) m;
	IF cardinality(missing) > 0 THEN
		RAISE check_violation USING
			MESSAGE = format('%s cannot be approved: %s', _plan_name(the_plan),
				CASE cardinality(missing) WHEN 1 THEN 'one thing is missing or wrong'
					ELSE format('%s things are missing or wrong', cardinality(missing)) END),
			DETAIL = _missing_lines(missing),
			HINT = format('SELECT * FROM plan_missing(%s, %L) lists it; return_plan sends it back with a reason.',
					the_plan.plan_year, the_plan.unit_code)
				|| CASE WHEN acceptable = cardinality(missing)
					THEN ' The approver may accept it: below_minimum_reason => ''...''.' ELSE '' END,
			TABLE = 'plan', CONSTRAINT = 'plan_is_complete';
	ELSIF below_minimum_reason IS NOT NULL AND acceptable = 0 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('%s has no portfolio below the minimum to accept', _plan_name(the_plan)),
			HINT = 'Leave below_minimum_reason out.';
	END IF;
END $$;

-- From now on the plan is in force, and frozen under the rules of today.  Returns the hash of what it says.
CREATE OR REPLACE FUNCTION _approve(the_plan plan, given authorization_given, below_minimum_reason text) RETURNS text
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	accepted text := nullif(btrim(below_minimum_reason), '');
BEGIN
	PERFORM _refuse_own(the_plan);
	PERFORM _refuse_missing(the_plan, accepted);
	UPDATE plan p SET status = 'approved', approved_at = _now(), rule_set = _plan_rule_set(the_plan),
		below_minimum_reason = accepted
	WHERE p.plan_id = the_plan.plan_id;
	PERFORM _end_dropped(the_plan);
	PERFORM _lay_out_introductions(the_plan.plan_id);
	RETURN _hash(plan_content(the_plan.plan_id));
END $$;

-- What an amendment drops ends with its approval, and the share of an area's KAMR in the accounts of its offices.
CREATE OR REPLACE FUNCTION _end_dropped(the_plan plan) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	UPDATE assignment a SET ended_on = _today(), ended_reason = format('amendment %s', the_plan.amendment_no)
	WHERE a.dropped_by = the_plan.plan_id AND a.ended_on IS NULL;
	UPDATE assignment a SET ended_on = _today(),
		ended_reason = format('amendment %s of %s', the_plan.amendment_no, the_plan.unit_code)
	FROM kamr k, plan p
	WHERE k.dropped_by = the_plan.plan_id AND k.level = 'area' AND a.staff_id = k.staff_id AND a.responsibility = 'area'
		AND a.plan_year = the_plan.plan_year AND _area(a.unit_code) = the_plan.unit_code AND a.ended_on IS NULL
		AND p.plan_id = a.plan_id AND p.status = 'approved';
	UPDATE selection s SET ended_on = _today() WHERE s.dropped_by = the_plan.plan_id;
	UPDATE kamr k SET ended_on = _today() WHERE k.dropped_by = the_plan.plan_id;
	UPDATE benefit b SET ended_on = _today() WHERE b.dropped_by = the_plan.plan_id;
	UPDATE activity a SET ended_on = _today() WHERE a.dropped_by = the_plan.plan_id;
END $$;

CREATE OR REPLACE FUNCTION submit_plan(plan_year int, unit_code text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _take_plan('submit', plan_year, unit_code);
END $$;

CREATE OR REPLACE FUNCTION compile_plan(plan_year int, unit_code text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _take_plan('compile', plan_year, unit_code);
END $$;

CREATE OR REPLACE FUNCTION endorse_plan(plan_year int, unit_code text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _take_plan('endorse', plan_year, unit_code);
END $$;

CREATE OR REPLACE FUNCTION approve_plan(plan_year int, unit_code text, below_minimum_reason text DEFAULT NULL)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _take_plan('approve', plan_year, unit_code, below_minimum_reason => below_minimum_reason);
END $$;

CREATE OR REPLACE FUNCTION return_plan(plan_year int, unit_code text, reason text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _take_plan('return', plan_year, unit_code, _text('reason', reason));
END $$;

-- Seen on its way to the manager (4.13, 4.15): recorded, and nothing else.
CREATE OR REPLACE FUNCTION review_plan(plan_year int, unit_code text, remark text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('plan.review', unit_code);
	the_plan plan := _open_plan(plan_year, unit_code);
BEGIN
	PERFORM _decide(given, 'plan', the_plan.plan_id::text, 'review', the_plan.unit_code, the_plan.plan_year,
		the_plan.status, the_plan.status, nullif(btrim(remark), ''));
END $$;

-- Every approved plan was approved by a decision, and still says what it said then.
CREATE OR REPLACE FUNCTION _verify_plans() RETURNS TABLE (decision_id bigint, problem text)
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	found record;
BEGIN
	FOR found IN
		SELECT d.decision_id, d.subject_id, d.content_hash, p.plan_id, p.status = 'approved' AS is_approved,
			coalesce(p.unit_code, d.unit_code) AS unit_code, coalesce(p.plan_year, d.plan_year) AS plan_year
		FROM (SELECT * FROM decision x WHERE x.subject = 'plan' AND x.action = 'approve') d
			FULL JOIN plan p ON p.plan_id::text = d.subject_id
		WHERE d.decision_id IS NOT NULL OR p.status = 'approved'
		ORDER BY d.decision_id, p.plan_id
	LOOP
		decision_id := found.decision_id;
		problem := CASE
			WHEN found.plan_id IS NULL THEN 'was approved, and is gone'
			WHEN found.decision_id IS NULL THEN 'is approved without a decision'
			WHEN NOT found.is_approved THEN 'was approved, and is no longer'
			WHEN found.content_hash IS DISTINCT FROM _hash(plan_content(found.plan_id))
				THEN 'was changed after it was approved'
		END;
		IF problem IS NOT NULL THEN
			problem := format('plan %s of unit "%s" for %s ', coalesce(found.plan_id::text, found.subject_id),
				found.unit_code, found.plan_year) || problem;
			RETURN NEXT;
		END IF;
	END LOOP;
END $$;

-- Where every plan is: the latest of each unit and year, with amendments as they are under way.
-- (subject_id is made beforehand, as a cast is not leakproof and row security would let no index have it; + 0: the
-- few decisions on a plan by that index, rather than all of them from the end.)
CREATE OR REPLACE VIEW plan_status WITH (security_invoker = true) AS
SELECT p.plan_year, p.unit_code, p.plan_id, p.amendment_no, p.status, turn.action AS next_action,
	turn.post AS turn_post, turn.section AS turn_section, last.decided_at AS last_decided_at,
	last.action AS last_action, last.staff_id AS last_staff_id, last.post AS last_post, last.reason AS last_reason, s.portfolio,
	kam.weight(s.portfolio, p.plan_year,
		(SELECT max(r.rule_set) FROM kam.rule_set r WHERE r.rule_set = p.rule_set)) AS weight,
	s.strategic, s.star, s.status_tier, s.streamline, s.undecided, s.left_out
FROM (
	SELECT DISTINCT ON (o.plan_year, o.unit_code) o.plan_year, o.unit_code, o.plan_id, o.plan_id::text AS subject_id,
		o.amendment_no, o.status, o.route, o.rule_set
	FROM plan o
	WHERE o.status <> 'withdrawn'
	ORDER BY o.plan_year, o.unit_code, o.amendment_no DESC) p
	LEFT JOIN LATERAL (
		SELECT r.action, r.post, r.section FROM plan_route r
		WHERE r.route = p.route AND r.from_status = p.status AND r.action <> 'return'
		ORDER BY r.action LIMIT 1) turn ON true
	LEFT JOIN LATERAL (
		SELECT d.* FROM decision d WHERE d.subject = 'plan' AND d.subject_id = p.subject_id
		ORDER BY d.decision_id + 0 DESC LIMIT 1) last ON true
	CROSS JOIN LATERAL (
		SELECT kam.portfolio(x.tier) FILTER (WHERE x.status = 'selected') AS portfolio,
			count(*) FILTER (WHERE x.status = 'selected' AND x.tier = 'Strategic') AS strategic,
			count(*) FILTER (WHERE x.status = 'selected' AND x.tier = 'Star') AS star,
			count(*) FILTER (WHERE x.status = 'selected' AND x.tier = 'Status') AS status_tier,
			count(*) FILTER (WHERE x.status = 'selected' AND x.tier = 'Streamline') AS streamline,
			count(*) FILTER (WHERE x.status = 'eligible') AS undecided,
			count(*) FILTER (WHERE x.status = 'left_out') AS left_out
		FROM selection x
		WHERE x.unit_code = p.unit_code AND x.plan_year = p.plan_year AND x.ended_on IS NULL
			AND x.dropped_by IS DISTINCT FROM p.plan_id) s;
GRANT SELECT ON plan_status TO PUBLIC;

COMMENT ON VIEW plan_status IS
U&'สถานะล่าสุดของแผนทุกหน่วยงาน — Where each plan is: the latest of each unit and year. Who sees a part of the accounts sees counts of that part.';
COMMENT ON COLUMN plan_status.plan_year IS U&'ปีแผน (ค.ศ.) — Plan year, of the common era.';
COMMENT ON COLUMN plan_status.unit_code IS U&'หน่วยงาน — The unit.';
COMMENT ON COLUMN plan_status.plan_id IS U&'เลขที่แผน — Number of the plan, or of its latest amendment.';
COMMENT ON COLUMN plan_status.amendment_no IS
U&'ลำดับการแก้ไข — 0 for the plan itself, else the number of the latest amendment.';
COMMENT ON COLUMN plan_status.status IS U&'สถานะ — Its state.';
COMMENT ON COLUMN plan_status.next_action IS U&'ขั้นตอนถัดไป — What comes next on its route.';
COMMENT ON COLUMN plan_status.turn_post IS U&'ตำแหน่งที่ต้องดำเนินการ — Whose turn it is: the post.';
COMMENT ON COLUMN plan_status.turn_section IS U&'ข้อในคู่มือ — The manual''s section of that.';
COMMENT ON COLUMN plan_status.last_decided_at IS U&'เวลาการตัดสินใจล่าสุด — When it was last decided upon.';
COMMENT ON COLUMN plan_status.last_action IS U&'การตัดสินใจล่าสุด — What was decided.';
COMMENT ON COLUMN plan_status.last_staff_id IS U&'ผู้ตัดสินใจล่าสุด — By whom.';
COMMENT ON COLUMN plan_status.last_post IS U&'ตำแหน่งของผู้ตัดสินใจล่าสุด — By which post.';
COMMENT ON COLUMN plan_status.last_reason IS U&'เหตุผลล่าสุด — For which reason.';
COMMENT ON COLUMN plan_status.portfolio IS U&'ลูกค้าที่คัดเลือกตามกลุ่ม — The selected accounts by tier.';
COMMENT ON COLUMN plan_status.weight IS U&'ค่าถ่วงน้ำหนักรวม — Their weight together (6.1.2.1).';
COMMENT ON COLUMN plan_status.strategic IS U&'จำนวนลูกค้า Strategic — Number of Strategic accounts.';
COMMENT ON COLUMN plan_status.star IS U&'จำนวนลูกค้า Star — Number of Star accounts.';
COMMENT ON COLUMN plan_status.status_tier IS U&'จำนวนลูกค้า Status — Number of Status accounts.';
COMMENT ON COLUMN plan_status.streamline IS U&'จำนวนลูกค้า Streamline — Number of Streamline accounts.';
COMMENT ON COLUMN plan_status.undecided IS U&'จำนวนที่ยังไม่ตัดสินใจ — Number of eligible accounts not decided upon.';
COMMENT ON COLUMN plan_status.left_out IS U&'จำนวนที่ไม่คัดเลือก — Number of accounts left out with a reason.';
COMMENT ON FUNCTION _posts_on_route(text, text) IS U&'ตำแหน่งที่ทำได้ — The posts for an action on plans, in words.';
COMMENT ON FUNCTION _post_on_route(text, text, text) IS
U&'ตำแหน่งของผู้เรียกบนเส้นทาง — By which post the caller stands on the route of a unit''s plan.';
COMMENT ON FUNCTION _authorize_route(text, text) IS
U&'ตรวจสิทธิ์บนเส้นทาง — 42501 for whoever has no say in a unit''s plan.';
COMMENT ON FUNCTION _whose_turn(plan) IS U&'ถึงคิวใคร — Whose turn it is, in words.';
COMMENT ON FUNCTION _route_step(plan, text) IS U&'ขั้นตอนบนเส้นทาง — Where an action leads; 55000 says whose turn it is.';
COMMENT ON FUNCTION _take_plan(text, int, text, text, text) IS U&'พาแผนไปหนึ่งขั้น — Takes a plan one step on its route.';
COMMENT ON FUNCTION _submit(plan, authorization_given) IS U&'เสนอแผน — Submits a plan.';
COMMENT ON FUNCTION _refuse_own(plan) IS
U&'ห้ามอนุมัติแผนของตนเอง — 42501 for whoever prepared or changed the plan last.';
COMMENT ON FUNCTION _missing_lines(text[], int) IS
U&'รายการสิ่งที่ขาด — What is missing, a line each, and how many more.';
COMMENT ON FUNCTION _show_missing(plan) IS U&'แสดงสิ่งที่ขาด — Shows what is missing as a NOTICE.';
COMMENT ON FUNCTION _refuse_missing(plan, text) IS U&'ห้ามอนุมัติเมื่อยังขาด — 23514 while anything is missing (R13).';
COMMENT ON FUNCTION _approve(plan, authorization_given, text) IS
U&'อนุมัติแผน — Puts a plan in force and returns the hash of what it says.';
COMMENT ON FUNCTION _end_dropped(plan) IS U&'สิ้นสุดสิ่งที่ถูกตัดออก — Ends what an amendment drops.';
COMMENT ON FUNCTION submit_plan(int, text) IS
U&'เสนอแผน — Submits the unit''s plan or open amendment by the post of plan_route, and shows what is still missing. Returns the new state. Errors: 42501, 55000.';
COMMENT ON FUNCTION compile_plan(int, text) IS
U&'รวบรวมแผน — Compiles an office''s plan (4.6). Returns the new state. Errors: 42501, 55000.';
COMMENT ON FUNCTION endorse_plan(int, text) IS
U&'เห็นชอบแผน — Endorses a plan (4.4). Returns the new state. Errors: 42501, 55000.';
COMMENT ON FUNCTION approve_plan(int, text, text) IS
U&'อนุมัติแผน — Approves a plan (4.3, 4.2), which is then in force and frozen. below_minimum_reason accepts portfolios below the minimum where the whole unit weighs less (R13). Errors: 22023, 23514 with all that is missing, 42501 for others and for who prepared or changed it last, 55000.';
COMMENT ON FUNCTION return_plan(int, text, text) IS
U&'ส่งแผนคืนพร้อมเหตุผล — Sends a plan back to who submits it, with a reason (R24). Errors: 22004, 42501, 55000.';
COMMENT ON FUNCTION review_plan(int, text, text) IS
U&'ตรวจทานแผน — Records that the senior KAMR or section head has looked through an open plan (4.13, 4.15). Errors: 42501, 55000.';
COMMENT ON FUNCTION _verify_plans() IS U&'ตรวจสอบแผนที่อนุมัติแล้ว — What was changed in plans after they were approved.';
