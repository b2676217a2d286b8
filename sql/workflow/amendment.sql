/* Amendments: changes of an approved plan, which go the same route as the plan (R22). */

CREATE OR REPLACE FUNCTION open_amendment(plan_year int, unit_code text, reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('plan.edit', unit_code);
	the_plan plan;
	plan_id bigint;
BEGIN
	PERFORM _check_plan_year(plan_year);
	the_plan := _lock_plan(plan_year, unit_code);
	IF the_plan.status <> 'approved' THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('%s is %s', _plan_name(the_plan), the_plan.status),
			HINT = CASE WHEN the_plan.status IN ('draft', 'returned') THEN 'Put the change into it.'
				ELSE 'Wait until it is approved, or have it returned and put the change into it.' END;
	END IF;
	-- Of two at once the second waits at the plan, and one that cannot see the first's fails here to serialise.
	PERFORM FROM decision_head h FOR UPDATE;
	INSERT INTO plan AS p (plan_year, unit_code, route, amendment_no, amendment_reason, changed_by, changed_role,
		changed_at)
	SELECT the_plan.plan_year, the_plan.unit_code, the_plan.route, max(o.amendment_no) + 1, _text('reason', reason),
		given.staff_id, _role(), _now()
	FROM plan o WHERE o.plan_year = the_plan.plan_year AND o.unit_code = the_plan.unit_code
	RETURNING p.plan_id INTO plan_id;
	PERFORM _decide(given, 'plan', plan_id::text, 'open_amendment', the_plan.unit_code, the_plan.plan_year, NULL,
		'draft',
		btrim(reason));
	RETURN plan_id;
END $$;

-- What it would have added goes, what it would have dropped stays; that it was tried is kept.
CREATE OR REPLACE FUNCTION withdraw_amendment(plan_year int, unit_code text, reason text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('plan.edit', unit_code);
	the_plan plan := _open_plan(plan_year, unit_code);
BEGIN
	IF the_plan.amendment_no = 0 THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('%s is no amendment', _plan_name(the_plan)),
			HINT = 'A plan is changed while it is a draft or returned, and never withdrawn.';
	END IF;
	PERFORM _empty_amendment(the_plan.plan_id);
	UPDATE plan p SET status = 'withdrawn' WHERE p.plan_id = the_plan.plan_id;
	PERFORM _decide(given, 'plan', the_plan.plan_id::text, 'withdraw_amendment', the_plan.unit_code, the_plan.plan_year,
		the_plan.status, 'withdrawn', nullif(btrim(reason), ''));
END $$;

CREATE OR REPLACE FUNCTION _empty_amendment(plan_id bigint) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	DELETE FROM assignment a WHERE a.plan_id = _empty_amendment.plan_id;
	DELETE FROM activity a WHERE a.plan_id = _empty_amendment.plan_id;
	DELETE FROM benefit b WHERE b.plan_id = _empty_amendment.plan_id;
	DELETE FROM target t WHERE t.plan_id = _empty_amendment.plan_id;
	DELETE FROM waiver w WHERE w.plan_id = _empty_amendment.plan_id;
	DELETE FROM kamr k WHERE k.plan_id = _empty_amendment.plan_id;
	DELETE FROM selection s WHERE s.plan_id = _empty_amendment.plan_id;
	UPDATE activity a SET dropped_by = NULL WHERE a.dropped_by = _empty_amendment.plan_id;
	UPDATE benefit b SET dropped_by = NULL WHERE b.dropped_by = _empty_amendment.plan_id;
	UPDATE kamr k SET dropped_by = NULL WHERE k.dropped_by = _empty_amendment.plan_id;
	UPDATE selection s SET dropped_by = NULL WHERE s.dropped_by = _empty_amendment.plan_id;
	UPDATE assignment a SET dropped_by = NULL WHERE a.dropped_by = _empty_amendment.plan_id AND a.ended_on IS NULL;
END $$;

COMMENT ON FUNCTION open_amendment(int, text, text) IS
U&'เปิดการแก้ไขแผน — Begins a change of an approved plan, with a reason, and returns its number; it goes the same route (R22). Errors: 22004, 42501, 55000.';
COMMENT ON FUNCTION withdraw_amendment(int, text, text) IS
U&'ถอนการแก้ไขแผน — Takes back an open amendment: nothing of it stays but that it was tried. Errors: 42501, 55000.';
COMMENT ON FUNCTION _empty_amendment(bigint) IS U&'ล้างการแก้ไขแผน — Takes out all that an amendment adds or drops.';
