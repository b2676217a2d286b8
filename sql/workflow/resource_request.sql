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
LANGUAGE plpgsql IMMUTABLE SET search_path FROM CURRENT AS $$
BEGIN
	IF amount_thb <= 0 OR amount_thb >= 'infinity' THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('an amount of %s baht cannot be asked for', amount_thb), HINT = 'Give an amount above 0.';
	END IF;
END $$;

-- An account that the caller may read, of the unit or one below it; NULL is none.
CREATE OR REPLACE FUNCTION _check_account_of_unit(account_id text, unit_code text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
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
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	request resource_request;
	given authorization_given;
BEGIN
	SELECT * INTO request FROM resource_request r WHERE r.request_id = _authorize_request.request_id;
	given := _authorize_row(action, format('resource request %s', request_id), request.unit_code, request.account_id);
	IF given.staff_id = request.requested_by THEN
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
