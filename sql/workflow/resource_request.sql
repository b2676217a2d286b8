/* Resources for key accounts: requested, screened by 4.4 or 4.5, granted by 4.3 or 4.2. */

CREATE TABLE resource_request (
	request_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	unit_code text NOT NULL REFERENCES unit,
	account_id text REFERENCES account,
	case_id bigint REFERENCES service_case,
	plan_year int NOT NULL,
	kind text NOT NULL CHECK (kind IN ('people', 'material', 'equipment', 'budget')),
	purpose text NOT NULL CHECK (purpose IN ('solve_problem', 'answer', 'build_relationship')),
	detail text NOT NULL CHECK (detail <> ''),
	amount_thb numeric CHECK (amount_thb > 0),
	status text NOT NULL DEFAULT 'requested'
		CHECK (status IN ('requested', 'screened', 'granted', 'refused', 'withdrawn')),
	requested_by text NOT NULL REFERENCES staff,
	requested_at timestamptz NOT NULL,
	screened_by text REFERENCES staff,
	screened_at timestamptz,
	screening text,
	decided_by text REFERENCES staff,
	decided_at timestamptz,
	reason text,
	granted_thb numeric CHECK (granted_thb > 0),
	CONSTRAINT resource_request_budget_has_amount CHECK (kind <> 'budget' OR amount_thb IS NOT NULL),
	CONSTRAINT resource_request_case_has_account CHECK (case_id IS NULL OR account_id IS NOT NULL),
	CONSTRAINT resource_request_screened CHECK (status NOT IN ('screened', 'granted') OR screened_by IS NOT NULL),
	CONSTRAINT resource_request_decided CHECK ((status IN ('granted', 'refused', 'withdrawn')) = (decided_by IS NOT NULL)
		AND (decided_by IS NULL) = (decided_at IS NULL)),
	CONSTRAINT resource_request_not_granted_by_requester CHECK (status <> 'granted' OR decided_by <> requested_by)
);
CREATE INDEX ON resource_request (unit_code, plan_year);
CREATE INDEX ON resource_request (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX ON resource_request (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX ON resource_request (requested_by);

CREATE OR REPLACE FUNCTION request_resource(unit_code text, kind text, purpose text, detail text,
	amount_thb numeric DEFAULT NULL, account_id text DEFAULT NULL, case_id bigint DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('resource.request', unit_code);
	requested bigint;
BEGIN
	PERFORM _check_word(kind, '{people,material,equipment,budget}', 'the kind of resource'),
		_check_word(purpose, '{solve_problem,answer,build_relationship}', 'the purpose'),
		_check_text(detail, 'what is requested'), _check_amount(amount_thb),
		_check_account_of_unit(account_id, unit_code), _check_case_of(case_id, account_id);
	IF kind = 'budget' AND amount_thb IS NULL THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'the amount of the budget is missing', HINT = 'Give amount_thb, in baht.';
	END IF;
	INSERT INTO resource_request (unit_code, account_id, case_id, plan_year, kind, purpose, detail, amount_thb, requested_by,
		requested_at)
	VALUES (unit_code, account_id, case_id, _year_of(_now()), kind, purpose, detail, amount_thb, given.staff_id, _now())
	RETURNING resource_request.request_id INTO requested;
	PERFORM _decide(given, 'resource_request', requested::text, 'request', unit_code, _year_of(_now()), NULL, 'requested',
		detail);
	RETURN requested;
END $$;

CREATE OR REPLACE FUNCTION _check_amount(amount_thb numeric) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF amount_thb <= 0 OR amount_thb >= 'infinity' THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('an amount of %s baht cannot be asked for', amount_thb), HINT = 'Give an amount above 0.';
	END IF;
END $$;

-- An account that the caller may read, of the unit or one below it; NULL is none.
CREATE OR REPLACE FUNCTION _check_account_of_unit(account_id text, unit_code text) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	its_unit text := _unit_of(account_id);
BEGIN
	IF account_id IS NULL THEN
		RETURN;
	ELSIF its_unit IS NULL OR NOT _may_read(its_unit, account_id) THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('account "%s" is not among those of "%s"', account_id, _staff()),
			HINT = 'Name one of your accounts, or none.';
	ELSIF its_unit NOT IN (SELECT _subtree(unit_code)) THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('account "%s" belongs to unit "%s", not to "%s"', account_id, its_unit, unit_code),
			HINT = 'The unit of the account asks for its resources.';
	END IF;
END $$;

-- Locked, so that two who decide do so one after the other.
CREATE OR REPLACE FUNCTION _lock_request(request_id bigint, VARIADIC statuses text[]) RETURNS resource_request
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	request resource_request;
BEGIN
	SELECT * INTO request FROM resource_request r WHERE r.request_id = _lock_request.request_id FOR NO KEY UPDATE;
	IF request.status <> ALL (statuses) THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('resource request %s is %s', request_id, request.status),
			HINT = CASE request.status WHEN 'requested' THEN 'It is screened first: screen_resource.'
				WHEN 'screened' THEN 'It has been screened: grant_resource or refuse_resource decides.'
				ELSE 'What has been decided stays; make a new request: request_resource.' END;
	END IF;
	RETURN request;
END $$;

CREATE OR REPLACE FUNCTION _authorize_request(action text, request_id bigint) RETURNS authorization_given
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	request resource_request;
	given authorization_given;
BEGIN
	SELECT * INTO request FROM resource_request r WHERE r.request_id = _authorize_request.request_id;
	given := _authorize_item(action, format('resource request %s', request_id), request.unit_code, request.account_id);
	-- nor by the hands that made it for somebody else
	IF given.staff_id = request.requested_by OR EXISTS (
		SELECT FROM decision d JOIN staff s USING (role_name)
		WHERE d.subject = 'resource_request' AND d.subject_id = _authorize_request.request_id::text
			AND d.action = 'request' AND d.role_name = _role())
	THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('"%s" made resource request %s and may not decide on it', given.staff_id, request_id),
			HINT = format('Somebody else does, who is: %s.', _posts_that_may(action));
	END IF;
	RETURN given;
END $$;

-- What all decisions on a request do: set its status, and record it in the chain.
CREATE OR REPLACE FUNCTION _decide_request(given authorization_given, request resource_request, action text,
	to_status text, reason text) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	UPDATE resource_request r SET status = to_status, decided_by = given.staff_id, decided_at = _now(),
		reason = _decide_request.reason
	WHERE r.request_id = request.request_id AND to_status <> 'screened';
	PERFORM _decide(given, 'resource_request', request.request_id::text, action, request.unit_code, request.plan_year,
		request.status, to_status, reason);
END $$;

-- Sends the request on, with a comment (4.4, 4.5).
CREATE OR REPLACE FUNCTION screen_resource(request_id bigint, screening text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_request('resource.screen', request_id);
	request resource_request := _lock_request(request_id, 'requested');
BEGIN
	PERFORM _check_text(screening, 'the comment');
	UPDATE resource_request r SET status = 'screened', screened_by = given.staff_id, screened_at = _now(),
		screening = screen_resource.screening
	WHERE r.request_id = screen_resource.request_id;
	PERFORM _decide_request(given, request, 'screen', 'screened', screening);
END $$;

-- granted_thb: where another amount than was asked for is granted.
CREATE OR REPLACE FUNCTION grant_resource(request_id bigint, reason text DEFAULT NULL, granted_thb numeric DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_request('resource.grant', request_id);
	request resource_request := _lock_request(request_id, 'screened');
BEGIN
	PERFORM _check_amount(granted_thb), _decide_request(given, request, 'grant', 'granted', reason);
	UPDATE resource_request r SET granted_thb = coalesce(grant_resource.granted_thb, r.amount_thb)
	WHERE r.request_id = grant_resource.request_id;
END $$;

CREATE OR REPLACE FUNCTION refuse_resource(request_id bigint, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_request('resource.grant', request_id);
	request resource_request := _lock_request(request_id, 'requested', 'screened');
BEGIN
	PERFORM _check_text(reason, 'the reason'), _decide_request(given, request, 'refuse', 'refused', reason);
END $$;

-- By who made it.
CREATE OR REPLACE FUNCTION withdraw_resource(request_id bigint, reason text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	staff_id text := _staff();
	request resource_request;
	given authorization_given;
BEGIN
	SELECT * INTO request FROM resource_request r
	WHERE r.request_id = withdraw_resource.request_id AND r.requested_by = staff_id;
	IF NOT FOUND THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('resource request %s is not among those of "%s"', request_id, staff_id),
			HINT = 'A request is withdrawn by who made it.';
	END IF;
	given := _authorize('resource.request', request.unit_code);
	request := _lock_request(request_id, 'requested', 'screened');
	PERFORM _decide_request(given, request, 'withdraw', 'withdrawn', reason);
END $$;

CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON resource_request
	FOR EACH ROW EXECUTE FUNCTION _keep_history('request_id');

-- A KAMR reads their own requests for the unit, too.
ALTER TABLE resource_request ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON resource_request FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[])
	OR requested_by = (SELECT me()));
GRANT SELECT ON resource_request TO PUBLIC;

-- ---- comments ------------------------------------------------------------------

COMMENT ON TABLE resource_request IS
U&'คำขอทรัพยากร — Requests for resources, and what became of them.';
COMMENT ON COLUMN resource_request.request_id IS
U&'เลขที่คำขอ — Number of the request.';
COMMENT ON COLUMN resource_request.unit_code IS
U&'หน่วยงานที่ขอ — Unit that asks.';
COMMENT ON COLUMN resource_request.account_id IS
U&'ลูกค้า — Account that it is for; NULL: no single one.';
COMMENT ON COLUMN resource_request.case_id IS
U&'กรณี — Case that it is for; NULL: none.';
COMMENT ON COLUMN resource_request.plan_year IS
U&'ปีแผน — Plan year.';
COMMENT ON COLUMN resource_request.kind IS
U&'ชนิด — people, material, equipment or budget.';
COMMENT ON COLUMN resource_request.purpose IS
U&'วัตถุประสงค์ — solve_problem, answer (a requirement or expectation) or build_relationship.';
COMMENT ON COLUMN resource_request.detail IS
U&'รายละเอียด — What is asked for.';
COMMENT ON COLUMN resource_request.amount_thb IS
U&'จำนวนเงิน (บาท) — Amount asked for, in baht.';
COMMENT ON COLUMN resource_request.status IS
U&'สถานะ — requested, screened, granted, refused or withdrawn.';
COMMENT ON COLUMN resource_request.requested_by IS
U&'ผู้ขอ — Who asked.';
COMMENT ON COLUMN resource_request.requested_at IS
U&'เวลาที่ขอ — When.';
COMMENT ON COLUMN resource_request.screened_by IS
U&'ผู้กลั่นกรอง — Who screened it (4.4, 4.5).';
COMMENT ON COLUMN resource_request.screened_at IS
U&'เวลาที่กลั่นกรอง — When.';
COMMENT ON COLUMN resource_request.screening IS
U&'ความเห็น — Comment of the screening.';
COMMENT ON COLUMN resource_request.decided_by IS
U&'ผู้ตัดสินใจ — Who granted, refused or withdrew it.';
COMMENT ON COLUMN resource_request.decided_at IS
U&'เวลาที่ตัดสินใจ — When.';
COMMENT ON COLUMN resource_request.reason IS
U&'เหตุผล — Why.';
COMMENT ON COLUMN resource_request.granted_thb IS
U&'จำนวนเงินที่ให้ (บาท) — Amount granted, in baht.';

COMMENT ON FUNCTION request_resource(text, text, text, text, numeric, text, bigint) IS
U&'ขอทรัพยากร — Requests people, material, equipment or budget (section 4); recorded as a decision. 42501 for another unit or account, 22023, 22004 for a budget without an amount.';
COMMENT ON FUNCTION _check_amount(numeric) IS
U&'ตรวจสอบจำนวนเงิน — Refuses an amount that is not above 0 (22023).';
COMMENT ON FUNCTION _check_account_of_unit(text, text) IS
U&'ตรวจสอบลูกค้าของหน่วยงาน — Refuses an account that the caller may not read (42501) or of another unit (22023).';
COMMENT ON FUNCTION _lock_request(bigint, text[]) IS
U&'ล็อกคำขอ — The request, locked; 55000 unless it is in one of these states.';
COMMENT ON FUNCTION _authorize_request(text, bigint) IS
U&'ตรวจสอบสิทธิ์ต่อคำขอ — By which post the caller may decide on the request; 42501 for who made it.';
COMMENT ON FUNCTION _decide_request(authorization_given, resource_request, text, text, text) IS
U&'บันทึกการตัดสินใจ — Sets the state of a request and records the decision.';
COMMENT ON FUNCTION screen_resource(bigint, text) IS
U&'กลั่นกรองคำขอ — Sends a request on with a comment (4.4, 4.5). 42501, 55000.';
COMMENT ON FUNCTION grant_resource(bigint, text, numeric) IS
U&'อนุมัติคำขอ — Grants a request that was screened (4.3, 4.2), perhaps another amount. 42501 also for who made it, 55000.';
COMMENT ON FUNCTION refuse_resource(bigint, text) IS
U&'ไม่อนุมัติคำขอ — Refuses a request with a reason (4.3, 4.2). 42501, 55000.';
COMMENT ON FUNCTION withdraw_resource(bigint, text) IS
U&'ถอนคำขอ — Withdraws a request of one''s own that is not decided. 42501, 55000.';
