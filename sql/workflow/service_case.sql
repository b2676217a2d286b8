/* Cases (CRM-KAM-003): answered within 5 working days, the urgent ones brought to a decision maker. */

CREATE TABLE voice_kind (
	kind text PRIMARY KEY CHECK (kind <> ''),
	section text NOT NULL,
	name_th text NOT NULL,
	name_en text NOT NULL
);
INSERT INTO voice_kind VALUES
	('need', '3.8', unistr('ความจำเป็น'), 'need'),
	('requirement', '3.9', unistr('ความต้องการ'), 'requirement'),
	('expectation', '3.10', unistr('ความคาดหวัง'), 'expectation'),
	('problem', '4.11.5', unistr('ปัญหา'), 'problem'),
	('complaint', '4.11.5', unistr('ข้อร้องเรียน'), 'complaint'),
	('outage', '4.14.6', unistr('ไฟฟ้าขัดข้อง'), 'outage');

-- Who decides, by the kind of unit that the account belongs to (R25); a user may change the
-- rows.  A case goes on to the next level when this one has not decided within so many working days.
CREATE TABLE decision_maker (
	route text NOT NULL CHECK (route IN ('hq', 'region', 'area', 'office')),
	level smallint NOT NULL CHECK (level > 0),
	post text NOT NULL REFERENCES post,
	after_working_days smallint NOT NULL CHECK (after_working_days >= 0),
	section text NOT NULL,
	PRIMARY KEY (route, level),
	UNIQUE (route, post)
);
INSERT INTO decision_maker (route, level, post, after_working_days, section) VALUES
	('office', 1, 'office_manager', 1, 'R25, 4.10'),
	('office', 2, 'director_engineering_area', 1, 'R25, 4.4'),
	('office', 3, 'area_director', 1, 'R25, 4.3'),
	('area', 1, 'director_engineering_area', 1, 'R25, 4.4'),
	('area', 2, 'area_director', 1, 'R25, 4.3'),
	('hq', 1, 'director_engineering_hq', 1, 'R25, 4.5'),
	('hq', 2, 'deputy_governor_strategy', 1, 'R25, 4.2');

CREATE TABLE service_case (
	case_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account_id text NOT NULL REFERENCES account,
	unit_code text NOT NULL REFERENCES unit,
	plan_year int NOT NULL,
	kind text NOT NULL REFERENCES voice_kind,
	urgent boolean NOT NULL,
	asks_answer boolean NOT NULL,
	channel text NOT NULL REFERENCES channel,
	subject text NOT NULL CHECK (subject <> ''),
	detail text,
	received_at timestamptz NOT NULL,
	opened_by text NOT NULL REFERENCES staff,
	opened_at timestamptz NOT NULL,
	closed_at timestamptz,
	closed_by text REFERENCES staff,
	outcome text,
	CONSTRAINT service_case_closed_with_outcome CHECK ((closed_at IS NULL) = (outcome IS NULL)
		AND (closed_at IS NULL) = (closed_by IS NULL))
);
CREATE INDEX ON service_case (account_id);
CREATE INDEX ON service_case (unit_code, plan_year);
CREATE INDEX service_case_open ON service_case (unit_code) WHERE closed_at IS NULL;

-- The 5 working days, each time a case comes up.  rule_due_on is the calendar's, due_on has the pauses added.
CREATE TABLE case_clock (
	clock_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	case_id bigint NOT NULL REFERENCES service_case,
	account_id text NOT NULL REFERENCES account,
	unit_code text NOT NULL REFERENCES unit,
	reason text,
	received_at timestamptz NOT NULL,
	rule_due_on date,
	due_on date,
	answered_at timestamptz,
	answered_by text REFERENCES staff,
	answer text,
	answer_recorded_at timestamptz,
	CONSTRAINT case_clock_answered_by CHECK ((answered_at IS NULL) = (answered_by IS NULL)
		AND (answered_at IS NULL) = (answer IS NULL) AND (answered_at IS NULL) = (answer_recorded_at IS NULL)),
	CONSTRAINT case_clock_answered_after_receipt CHECK (answered_at >= received_at)
);
CREATE UNIQUE INDEX case_clock_one_running ON case_clock (case_id) WHERE answered_at IS NULL;
CREATE INDEX ON case_clock (case_id, clock_id);
CREATE INDEX ON case_clock (unit_code, received_at);
CREATE INDEX ON case_clock (account_id);
SELECT kam.attach_response_deadline('case_clock', 'received_at', 'rule_due_on', 'answered_at');

CREATE TABLE case_pause (
	pause_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	clock_id bigint NOT NULL REFERENCES case_clock,
	case_id bigint NOT NULL REFERENCES service_case,
	account_id text NOT NULL REFERENCES account,
	unit_code text NOT NULL REFERENCES unit,
	from_at timestamptz NOT NULL,
	to_at timestamptz,
	reason text NOT NULL CHECK (reason <> ''),
	paused_by text NOT NULL REFERENCES staff,
	resumed_by text REFERENCES staff,
	CONSTRAINT case_pause_ends_after_it_begins CHECK (to_at >= from_at)
);
CREATE UNIQUE INDEX case_pause_one_running ON case_pause (clock_id) WHERE to_at IS NULL;
CREATE INDEX ON case_pause (clock_id);
CREATE INDEX ON case_pause (account_id);
CREATE INDEX ON case_pause (unit_code);

-- The way of a case from one decision maker to the next; once per level, whoever is first to bring it there.
CREATE TABLE case_escalation (
	escalation_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	case_id bigint NOT NULL REFERENCES service_case,
	clock_id bigint REFERENCES case_clock,
	account_id text NOT NULL REFERENCES account,
	unit_code text NOT NULL REFERENCES unit,
	level smallint NOT NULL,
	post text NOT NULL REFERENCES post,
	to_unit text NOT NULL REFERENCES unit,
	cause text NOT NULL CHECK (cause IN ('urgent', 'time', 'hand')),
	reason text,
	escalated_at timestamptz NOT NULL,
	escalated_by text REFERENCES staff,
	decided_at timestamptz,
	decided_by text REFERENCES staff,
	decided_post text REFERENCES post,
	decision_text text,
	CONSTRAINT case_escalation_once_per_level UNIQUE NULLS NOT DISTINCT (case_id, clock_id, level),
	CONSTRAINT case_escalation_decided_by CHECK ((decided_at IS NULL) = (decided_by IS NULL)
		AND (decided_at IS NULL) = (decided_post IS NULL) AND (decided_at IS NULL) = (decision_text IS NULL))
);
CREATE INDEX ON case_escalation (account_id);
CREATE INDEX ON case_escalation (unit_code);
CREATE INDEX ON case_escalation (to_unit, post) WHERE decided_at IS NULL;

-- What kam.recompute_deadlines has moved.
CREATE TABLE deadline_move (
	deadline_move_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	relation text NOT NULL,
	item jsonb NOT NULL,
	old_due date,
	new_due date,
	cause text NOT NULL,
	account_id text,
	unit_code text,
	moved_at timestamptz NOT NULL DEFAULT _now()
);
CREATE INDEX ON deadline_move (account_id);
CREATE INDEX ON deadline_move (unit_code);

-- ---- working days that the calendar may not know -----------------------------

-- The calendar's answer, or NULL where it does not know the days (R20): what is open must stay visible all the same.
CREATE OR REPLACE FUNCTION _working_days(from_day date, to_day date) RETURNS int
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	calendar text := _setting_value('calendar');
BEGIN
	RETURN (
		SELECT kam.working_days_between(from_day, to_day, calendar) FROM kam.calendar_horizon(calendar) h
		WHERE least(from_day, to_day) >= h.known_from AND greatest(from_day, to_day) <= h.known_to);
END $$;

-- A due date with the working days added for which its clock stood still.
CREATE OR REPLACE FUNCTION _due_with_pauses(rule_due_on date, clock_id bigint) RETURNS date
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	calendar text := _setting_value('calendar');
	paused int;
BEGIN
	SELECT sum(kam.working_days_between(kam.bangkok_date(p.from_at), kam.bangkok_date(p.to_at), calendar)) INTO paused
	FROM case_pause p
	WHERE p.clock_id = _due_with_pauses.clock_id AND p.to_at IS NOT NULL;
	RETURN CASE WHEN paused > 0 THEN kam.add_working_days(rule_due_on, paused, calendar) ELSE rule_due_on END;
EXCEPTION WHEN datetime_field_overflow THEN
	RETURN NULL;
END $$;

-- Named to fire after kam's own trigger, which fires after all others.  What is answered stays.
CREATE OR REPLACE FUNCTION _add_pauses() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	IF TG_OP = 'INSERT' AND NEW.due_on IS NULL OR TG_OP = 'UPDATE' AND NEW.answered_at IS NULL THEN
		NEW.due_on := _due_with_pauses(NEW.rule_due_on, NEW.clock_id);
	END IF;
	RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER zzzz_add_pauses BEFORE INSERT OR UPDATE ON case_clock
	FOR EACH ROW EXECUTE FUNCTION _add_pauses();

-- ---- opening and answering ---------------------------------------------------

CREATE OR REPLACE FUNCTION _authorize_case(action text, case_id bigint) RETURNS authorization_given
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	the_case service_case;
BEGIN
	SELECT * INTO the_case FROM service_case c WHERE c.case_id = _authorize_case.case_id;
	RETURN _authorize_item(action, format('case %s', case_id), the_case.unit_code, the_case.account_id);
END $$;

-- Two who change a case do so one after the other.
CREATE OR REPLACE FUNCTION _lock_case(case_id bigint) RETURNS service_case
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	the_case service_case;
BEGIN
	SELECT * INTO the_case FROM service_case c WHERE c.case_id = _lock_case.case_id FOR NO KEY UPDATE;
	RETURN the_case;
END $$;

CREATE OR REPLACE FUNCTION _check_case_is_open(the_case service_case) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF the_case.closed_at IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('case %s was closed on %s', the_case.case_id, kam.bangkok_date(the_case.closed_at)),
			HINT = 'Where it has come up again, reopen_case begins a new clock.';
	END IF;
END $$;

-- The latest clock of a case; all NULL where it never had one.
CREATE OR REPLACE FUNCTION _last_clock(case_id bigint) RETURNS case_clock
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	clock case_clock;
BEGIN
	SELECT * INTO clock FROM case_clock k WHERE k.case_id = _last_clock.case_id ORDER BY k.clock_id DESC LIMIT 1;
	RETURN clock;
END $$;

CREATE OR REPLACE FUNCTION _running_clock(the_case service_case) RETURNS case_clock
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	clock case_clock := _last_clock(the_case.case_id);
BEGIN
	IF clock.clock_id IS NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('case %s asks for no answer', the_case.case_id),
			HINT = 'Close it with its outcome (close_case), or begin a clock (reopen_case).';
	ELSIF clock.answered_at IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('case %s was answered on %s', the_case.case_id, kam.bangkok_date(clock.answered_at)),
			HINT = 'Record what is said after the first answer as a contact; reopen_case begins a new clock.';
	END IF;
	RETURN clock;
END $$;

CREATE OR REPLACE FUNCTION _begin_clock(the_case service_case, received_at timestamptz, reason text DEFAULT NULL)
RETURNS bigint
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	clock_id bigint;
BEGIN
	INSERT INTO case_clock (case_id, account_id, unit_code, received_at, reason)
	VALUES (the_case.case_id, the_case.account_id, the_case.unit_code, received_at, reason)
	RETURNING case_clock.clock_id INTO clock_id;
	RETURN clock_id;
END $$;

CREATE OR REPLACE FUNCTION open_case(account_id text, kind text, subject text, detail text DEFAULT NULL,
	urgent boolean DEFAULT false, asks_answer boolean DEFAULT true, received_at timestamptz DEFAULT NULL,
	channel text DEFAULT 'telephone') RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_account('case.open', account_id);
	at timestamptz := coalesce(received_at, _now());
	the_case service_case;
	clock_id bigint;
BEGIN
	PERFORM _check_voice_kind(kind), _check_text(subject, 'the subject'), _check_past(at, 'the receipt'),
		_check_channel(channel);
	INSERT INTO service_case (account_id, unit_code, plan_year, kind, urgent, asks_answer, channel, subject, detail,
		received_at, opened_by, opened_at)
	VALUES (account_id, _unit_of(account_id), _year_of(at), kind, coalesce(urgent, false), coalesce(asks_answer, true),
		channel, subject, detail, at, given.staff_id, _now())
	RETURNING * INTO the_case;
	IF the_case.asks_answer THEN
		clock_id := _begin_clock(the_case, at);
	END IF;
	IF the_case.urgent THEN
		PERFORM _escalate_urgent(the_case, clock_id, given);
	END IF;
	RETURN the_case.case_id;
END $$;

CREATE OR REPLACE FUNCTION _check_voice_kind(kind text) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _check_word(kind, ARRAY(SELECT k.kind FROM voice_kind k ORDER BY k.kind), 'the kind');
END $$;

-- The first substantive answer stops the clock (R18); the case stays open until close_case.
CREATE OR REPLACE FUNCTION answer_case(case_id bigint, answer text, answered_at timestamptz DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_case('case.answer', case_id);
	the_case service_case := _lock_case(case_id);
	clock case_clock;
	at timestamptz := coalesce(answered_at, _now());
BEGIN
	PERFORM _check_case_is_open(the_case), _check_text(answer, 'the answer'), _check_past(at, 'the answer');
	clock := _running_clock(the_case);
	IF at < clock.received_at THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('case %s cannot have been answered at %s, before it was received at %s', case_id, at,
				clock.received_at),
			HINT = 'Give the time of the answer.';
	END IF;
	-- An answer ends the pause; one given before the pause undoes it.
	DELETE FROM case_pause p WHERE p.clock_id = clock.clock_id AND p.from_at > at;
	UPDATE case_pause p SET to_at = at, resumed_by = given.staff_id
	WHERE p.clock_id = clock.clock_id AND (p.to_at IS NULL OR p.to_at > at);
	UPDATE case_clock k SET due_on = due_on WHERE k.clock_id = clock.clock_id;
	UPDATE case_clock k SET answered_at = at, answered_by = given.staff_id, answer = answer_case.answer,
		answer_recorded_at = _now()
	WHERE k.clock_id = clock.clock_id;
END $$;

-- It has come up again: a new clock, and where it is urgent, the way through the decision makers anew.
CREATE OR REPLACE FUNCTION reopen_case(case_id bigint, reason text, received_at timestamptz DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_case('case.open', case_id);
	the_case service_case := _lock_case(case_id);
	clock case_clock;
	at timestamptz := coalesce(received_at, _now());
	clock_id bigint;
BEGIN
	PERFORM _check_text(reason, 'the reason'), _check_past(at, 'the receipt');
	clock := _last_clock(case_id);
	IF clock.clock_id IS NOT NULL AND clock.answered_at IS NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('the clock of case %s is still running', case_id),
			HINT = 'Answer it: answer_case.';
	ELSIF at < coalesce(clock.answered_at, the_case.received_at) THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('case %s cannot have come up again at %s, before %s', case_id, at,
				coalesce(clock.answered_at, the_case.received_at)),
			HINT = 'Give the time at which the customer brought it up again.';
	END IF;
	UPDATE service_case c SET closed_at = NULL, closed_by = NULL, outcome = NULL WHERE c.case_id = reopen_case.case_id;
	clock_id := _begin_clock(the_case, at, reason);
	IF the_case.urgent THEN
		PERFORM _escalate_urgent(the_case, clock_id, given);
	END IF;
END $$;

CREATE OR REPLACE FUNCTION close_case(case_id bigint, outcome text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_case('case.answer', case_id);
	the_case service_case := _lock_case(case_id);
	clock case_clock;
	brought case_escalation;
BEGIN
	PERFORM _check_case_is_open(the_case), _check_text(outcome, 'the outcome');
	clock := _last_clock(case_id);
	brought := _last_escalation(case_id, clock.clock_id);
	IF clock.clock_id IS NOT NULL AND clock.answered_at IS NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('case %s asks for an answer that it has not got', case_id),
			HINT = 'Answer it first: answer_case.';
	ELSIF brought.escalation_id IS NOT NULL AND brought.decided_at IS NULL
		AND EXISTS (SELECT FROM case_escalation e WHERE e.case_id = close_case.case_id
			AND e.clock_id IS NOT DISTINCT FROM clock.clock_id AND e.cause <> 'time')
	THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('case %s lies before %s of unit "%s", who has not decided', case_id, brought.post,
				brought.to_unit),
			HINT = 'It is closed after the decision: decide_case.';
	END IF;
	UPDATE service_case c SET closed_at = _now(), closed_by = given.staff_id, outcome = close_case.outcome
	WHERE c.case_id = close_case.case_id;
END $$;

-- ---- pauses ------------------------------------------------------------------

-- The clock stands still while PEA cannot act, as when it waits for the customer.
CREATE OR REPLACE FUNCTION pause_case(case_id bigint, reason text, from_at timestamptz DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_case('case.answer', case_id);
	the_case service_case := _lock_case(case_id);
	clock case_clock;
	at timestamptz := coalesce(from_at, _now());
	before case_pause;
BEGIN
	PERFORM _check_case_is_open(the_case), _check_text(reason, 'the reason'), _check_past(at, 'the pause');
	clock := _running_clock(the_case);
	SELECT * INTO before FROM case_pause p WHERE p.clock_id = clock.clock_id ORDER BY p.to_at DESC NULLS FIRST LIMIT 1;
	IF before.pause_id IS NOT NULL AND before.to_at IS NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('case %s is paused since %s', case_id, before.from_at),
			HINT = 'resume_case ends the pause.';
	ELSIF at < greatest(clock.received_at, before.to_at) THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('a pause of case %s cannot begin at %s, before %s', case_id, at,
				greatest(clock.received_at, before.to_at)),
			HINT = 'It begins after the receipt, and after the pause before it.';
	ELSIF kam.bangkok_date(at) > clock.due_on THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('case %s was due on %s', case_id, clock.due_on),
			HINT = 'What is overdue is not paused, it is answered.';
	END IF;
	INSERT INTO case_pause (clock_id, case_id, account_id, unit_code, from_at, reason, paused_by)
	VALUES (clock.clock_id, case_id, the_case.account_id, the_case.unit_code, at, reason, given.staff_id);
END $$;

-- Moves the due date by the working days of the pause, and gives it.
CREATE OR REPLACE FUNCTION resume_case(case_id bigint, to_at timestamptz DEFAULT NULL) RETURNS date
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_case('case.answer', case_id);
	the_case service_case := _lock_case(case_id);
	clock case_clock;
	at timestamptz := coalesce(to_at, _now());
	pause case_pause;
BEGIN
	PERFORM _check_case_is_open(the_case), _check_past(at, 'the end of the pause');
	clock := _running_clock(the_case);
	SELECT * INTO pause FROM case_pause p WHERE p.clock_id = clock.clock_id AND p.to_at IS NULL;
	IF NOT FOUND THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('case %s is not paused', case_id), HINT = 'pause_case begins a pause.';
	ELSIF at < pause.from_at THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('the pause of case %s cannot end at %s, before it began at %s', case_id, at, pause.from_at),
			HINT = 'Give the time at which the case went on.';
	END IF;
	UPDATE case_pause p SET to_at = at, resumed_by = given.staff_id WHERE p.pause_id = pause.pause_id;
	UPDATE case_clock k SET due_on = due_on WHERE k.clock_id = clock.clock_id RETURNING * INTO clock;
	RETURN clock.due_on;
END $$;

-- ---- decision makers ---------------------------------------------------------

-- The unit, this one or one above it, that has the post.
CREATE OR REPLACE FUNCTION _unit_with_post(unit_code text, post text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (
		WITH RECURSIVE above AS (
			SELECT u.unit_code, u.kind, u.parent_unit FROM unit u WHERE u.unit_code = _unit_with_post.unit_code
			UNION ALL
			SELECT u.unit_code, u.kind, u.parent_unit FROM unit u JOIN above b ON u.unit_code = b.parent_unit
		)
		SELECT b.unit_code FROM above b JOIN post p ON p.unit_kind = b.kind WHERE p.post = _unit_with_post.post);
END $$;

-- The decision makers for the accounts of a unit.
CREATE OR REPLACE FUNCTION _decision_makers(unit_code text) RETURNS SETOF decision_maker
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 3 SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	SELECT m.* FROM decision_maker m JOIN unit u ON u.kind = m.route
	WHERE u.unit_code = _decision_makers.unit_code ORDER BY m.level;
END $$;

CREATE OR REPLACE FUNCTION _last_escalation(case_id bigint, clock_id bigint) RETURNS case_escalation
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	brought case_escalation;
BEGIN
	SELECT * INTO brought FROM case_escalation e
	WHERE e.case_id = _last_escalation.case_id AND e.clock_id IS NOT DISTINCT FROM _last_escalation.clock_id
	ORDER BY e.level DESC LIMIT 1;
	RETURN brought;
END $$;

-- Brings a case to the next decision maker; all NULL where there is none.  The callers hold the case's lock; who
-- reads an older snapshot all the same gets 40001 here.
CREATE OR REPLACE FUNCTION _escalate(the_case service_case, clock_id bigint, cause text, escalated_by text DEFAULT NULL,
	reason text DEFAULT NULL) RETURNS case_escalation
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	brought case_escalation := _last_escalation(the_case.case_id, clock_id);
	maker decision_maker;
BEGIN
	SELECT * INTO maker FROM _decision_makers(the_case.unit_code) m WHERE m.level > coalesce(brought.level, 0)
	ORDER BY m.level LIMIT 1;
	IF NOT FOUND THEN
		RETURN NULL;
	END IF;
	INSERT INTO case_escalation (case_id, clock_id, account_id, unit_code, level, post, to_unit, cause, reason, escalated_at,
		escalated_by)
	VALUES (the_case.case_id, clock_id, the_case.account_id, the_case.unit_code, maker.level, maker.post,
		coalesce(_unit_with_post(the_case.unit_code, maker.post), the_case.unit_code), cause, reason, _now(), escalated_by)
	ON CONFLICT ON CONSTRAINT case_escalation_once_per_level DO NOTHING
	RETURNING * INTO brought;
	RETURN CASE WHEN FOUND THEN brought END;
END $$;

-- At once, to the first.  Where the table names nobody, the intake goes on with a warning.
CREATE OR REPLACE FUNCTION _escalate_urgent(the_case service_case, clock_id bigint, given authorization_given)
RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	brought case_escalation := _escalate(the_case, clock_id, 'urgent', given.staff_id);
BEGIN
	IF brought.escalation_id IS NULL THEN
		RAISE WARNING USING
			MESSAGE = format('case %s is urgent, but nobody decides on cases of unit "%s"', the_case.case_id,
				the_case.unit_code),
			HINT = 'The owner of the workflow names the posts in the table decision_maker; then escalate_case.';
	END IF;
END $$;

-- By hand: to the first decision maker, or from one to the next.  Gives the post that it lies before now.
CREATE OR REPLACE FUNCTION escalate_case(case_id bigint, reason text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_case('case.escalate', case_id);
	the_case service_case := _lock_case(case_id);
	clock case_clock;
	brought case_escalation;
BEGIN
	PERFORM _check_case_is_open(the_case), _check_text(reason, 'the reason');
	clock := _last_clock(case_id);
	brought := _escalate(the_case, clock.clock_id, 'hand', given.staff_id, reason);
	IF brought.escalation_id IS NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('there is no further decision maker for case %s', case_id),
			HINT = 'The table decision_maker says who decides, and the owner of the workflow may change it.';
	END IF;
	RETURN brought.post;
END $$;

-- By the post that the case was brought to, or one further along the route.
CREATE OR REPLACE FUNCTION decide_case(case_id bigint, decision_text text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_case('case.decide', case_id);
	the_case service_case := _lock_case(case_id);
	clock case_clock;
	brought case_escalation;
BEGIN
	PERFORM _check_case_is_open(the_case), _check_text(decision_text, 'the decision');
	clock := _last_clock(case_id);
	brought := _last_escalation(case_id, clock.clock_id);
	IF brought.escalation_id IS NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('case %s has not been brought to a decision maker', case_id),
			HINT = 'escalate_case brings it to the first one.';
	ELSIF brought.decided_at IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('case %s was decided by "%s" on %s', case_id, brought.decided_by,
				kam.bangkok_date(brought.decided_at)),
			HINT = 'escalate_case brings it to the next decision maker.';
	END IF;
	given := _authorize_as(
		ARRAY(SELECT m.post FROM _decision_makers(the_case.unit_code) m WHERE m.level >= brought.level ORDER BY m.level),
		'case.decide', the_case.unit_code, the_case.account_id);
	UPDATE case_escalation e SET decided_at = _now(), decided_by = given.staff_id, decided_post = given.post,
		decision_text = decide_case.decision_text
	WHERE e.escalation_id = brought.escalation_id;
	PERFORM _decide(given, 'service_case', case_id::text, 'decide', the_case.unit_code, the_case.plan_year,
		format('level %s', brought.level), 'decided', decision_text);
END $$;

-- The cases that go on by time today: what is overdue and lies before nobody, and what a level has
-- not decided in its days.  Not what is answered or paused; the days of a level begin anew after a pause.
CREATE OR REPLACE FUNCTION _cases_to_escalate(case_id bigint DEFAULT NULL)
RETURNS TABLE (due_case bigint, due_clock bigint)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 10 SET search_path FROM CURRENT AS $$
DECLARE
	today date := _today();
	-- A range, so that one plan serves both questions by the index.
	from_case bigint := coalesce(case_id, 0);
	to_case bigint := coalesce(case_id, 9223372036854775807);
BEGIN
	RETURN QUERY
	SELECT c.case_id, k.clock_id
	FROM service_case c
		JOIN unit u USING (unit_code)
		LEFT JOIN LATERAL (SELECT * FROM case_clock l WHERE l.case_id = c.case_id ORDER BY l.clock_id DESC LIMIT 1) k ON true
		LEFT JOIN LATERAL (SELECT * FROM case_escalation l WHERE l.case_id = c.case_id
			AND l.clock_id IS NOT DISTINCT FROM k.clock_id ORDER BY l.level DESC LIMIT 1) e ON true
		LEFT JOIN LATERAL (SELECT max(p.to_at) AS ended_at, bool_or(p.to_at IS NULL) AS is_running
			FROM case_pause p WHERE p.clock_id = k.clock_id) pause ON true
		LEFT JOIN decision_maker m ON m.route = u.kind AND m.level = e.level
	WHERE c.closed_at IS NULL AND k.answered_at IS NULL AND pause.is_running IS NOT TRUE
		AND c.case_id BETWEEN from_case AND to_case
		AND EXISTS (SELECT FROM decision_maker n WHERE n.route = u.kind AND n.level > coalesce(e.level, 0))
		AND CASE WHEN e.escalation_id IS NULL THEN k.due_on < today
			ELSE e.decided_at IS NULL
				AND _working_days(kam.bangkok_date(greatest(e.escalated_at, pause.ended_at)), today)
					> coalesce(m.after_working_days, 0) END
	ORDER BY c.case_id;
END $$;

-- For sweep().  Two at once do each case once: what the other has locked is left to it, and
-- what it has just done is seen by asking again under the lock.  Gives how many went on.
CREATE OR REPLACE FUNCTION _escalate_cases() RETURNS int
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	candidate record;
	the_case service_case;
	done int := 0;
BEGIN
	FOR candidate IN SELECT * FROM _cases_to_escalate() LOOP
		SELECT * INTO the_case FROM service_case c WHERE c.case_id = candidate.due_case FOR NO KEY UPDATE SKIP LOCKED;
		CONTINUE WHEN NOT FOUND;
		SELECT * INTO candidate FROM _cases_to_escalate(the_case.case_id);
		CONTINUE WHEN NOT FOUND;
		IF (_escalate(the_case, candidate.due_clock, 'time')).escalation_id IS NOT NULL THEN
			done := done + 1;
		END IF;
	END LOOP;
	RETURN done;
END $$;

-- ---- when the calendar changes -------------------------------------------------

CREATE OR REPLACE FUNCTION _fill_deadline_move() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	SELECT k.account_id, k.unit_code INTO NEW.account_id, NEW.unit_code
	FROM case_clock k WHERE k.clock_id = (NEW.item ->> 'clock_id')::bigint;
	RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER fill BEFORE INSERT ON deadline_move
	FOR EACH ROW EXECUTE FUNCTION _fill_deadline_move();

-- kam.recompute_deadlines for the clocks of this workflow, those with pauses included.
CREATE OR REPLACE PROCEDURE move_deadlines(added date[] DEFAULT '{}', withdrawn date[] DEFAULT '{}',
	calendar text DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	IF NOT pg_has_role(_role(), current_user, 'USAGE') THEN
		PERFORM _authorize('data.keep', (SELECT u.unit_code FROM unit u WHERE u.kind = 'hq'));
	END IF;
	CALL kam.recompute_deadlines('deadline_move', added, withdrawn, 'case_clock', calendar);
	WITH moved AS (
		SELECT k.clock_id, k.due_on, _due_with_pauses(k.rule_due_on, k.clock_id) AS new_due
		FROM case_clock k
		WHERE k.answered_at IS NULL AND EXISTS (SELECT FROM case_pause p WHERE p.clock_id = k.clock_id)
	), written AS (
		UPDATE case_clock k SET due_on = moved.new_due FROM moved
		WHERE k.clock_id = moved.clock_id AND k.due_on IS DISTINCT FROM moved.new_due
		RETURNING k.clock_id, moved.due_on AS old_due, k.due_on AS new_due
	)
	INSERT INTO deadline_move (relation, item, old_due, new_due, cause)
	SELECT format('%I.case_clock', n.nspname), jsonb_build_object('clock_id', w.clock_id), w.old_due, w.new_due,
		'the working days of its pauses are counted anew'
	FROM written w CROSS JOIN pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace
	WHERE r.oid = 'case_clock'::regclass;
END $$;

-- The settings are arguments of the trigger that stamps due dates.
CREATE OR REPLACE FUNCTION _apply_response_deadline() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM kam.detach_response_deadline('case_clock');
	PERFORM kam.attach_response_deadline('case_clock', 'received_at', 'rule_due_on', 'answered_at',
		_setting_value('response_working_days')::int, _setting_value('calendar'));
	RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER apply_response_deadline AFTER UPDATE ON setting
	FOR EACH ROW WHEN (NEW.setting IN ('response_working_days', 'calendar') AND NEW.value IS DISTINCT FROM OLD.value)
	EXECUTE FUNCTION _apply_response_deadline();

CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON decision_maker
	FOR EACH ROW EXECUTE FUNCTION _keep_history('route', 'level');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON service_case
	FOR EACH ROW EXECUTE FUNCTION _keep_history('case_id');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON case_clock
	FOR EACH ROW EXECUTE FUNCTION _keep_history('clock_id');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON case_pause
	FOR EACH ROW EXECUTE FUNCTION _keep_history('pause_id');

-- ---- views -------------------------------------------------------------------

-- Every clock: was it met?  Unanswered and overdue is false, still open (or paused) unknown.
CREATE OR REPLACE VIEW case_response WITH (security_invoker = true) AS
SELECT k.clock_id, k.case_id, k.account_id, k.unit_code,
	extract(year FROM kam.bangkok_date(k.received_at))::int AS plan_year,
	extract(month FROM kam.bangkok_date(k.received_at))::int AS month, k.received_at, k.due_on, k.answered_at,
	CASE WHEN k.answered_at IS NOT NULL THEN kam.on_time(k.due_on, k.answered_at)
		WHEN k.due_on < (SELECT _today()) AND NOT EXISTS (
			SELECT FROM case_pause p WHERE p.clock_id = k.clock_id AND p.to_at IS NULL) THEN false END AS on_time
FROM case_clock k;

-- How many were answered in time, of those that are answered or overdue.
CREATE OR REPLACE VIEW response_rate WITH (security_invoker = true) AS
SELECT r.unit_code, r.plan_year, r.month, kam.rate(r.on_time) AS answered_on_time,
	count(*) FILTER (WHERE r.answered_at IS NULL) AS unanswered
FROM case_response r
GROUP BY 1, 2, 3;

-- Where every case stands: its latest clock, and the decision maker that it lies before.
CREATE OR REPLACE VIEW case_status WITH (security_invoker = true) AS
SELECT c.case_id, c.account_id, c.unit_code, c.plan_year, c.kind, c.urgent, c.channel, c.subject,
	CASE WHEN c.closed_at IS NOT NULL THEN 'closed'
		WHEN k.clock_id IS NULL THEN 'no answer asked'
		WHEN k.answered_at IS NOT NULL THEN 'answered'
		WHEN pause.from_at IS NOT NULL THEN 'paused'
		WHEN k.due_on IS NULL THEN 'due day unknown'
		WHEN k.due_on < today.today THEN 'overdue'
		ELSE 'due' END AS state,
	k.received_at, k.due_on, k.answered_at, r.on_time,
	CASE WHEN c.closed_at IS NOT NULL OR k.answered_at IS NOT NULL THEN NULL
		WHEN k.due_on < coalesce(kam.bangkok_date(pause.from_at), today.today) THEN 0
		ELSE _working_days(coalesce(kam.bangkok_date(pause.from_at), today.today), k.due_on) END AS working_days_left,
	CASE WHEN NOT r.on_time THEN
		_working_days(k.due_on, coalesce(kam.bangkok_date(k.answered_at), today.today)) END AS working_days_late,
	pause.from_at AS paused_since, pause.reason AS paused_because,
	e.level AS escalation_level, e.post AS escalated_to_post, e.to_unit AS escalated_to_unit, e.cause AS escalated_by_cause,
	e.escalated_at, e.decided_at, e.decision_text, c.closed_at, c.outcome,
	coalesce(all_clocks.clocks, 0) AS clocks
FROM service_case c
	CROSS JOIN (SELECT _today() AS today) today
	LEFT JOIN LATERAL (SELECT * FROM case_clock l WHERE l.case_id = c.case_id ORDER BY l.clock_id DESC LIMIT 1) k ON true
	LEFT JOIN case_response r ON r.clock_id = k.clock_id
	LEFT JOIN case_pause pause ON pause.clock_id = k.clock_id AND pause.to_at IS NULL
	LEFT JOIN LATERAL (SELECT * FROM case_escalation l WHERE l.case_id = c.case_id
		AND l.clock_id IS NOT DISTINCT FROM k.clock_id ORDER BY l.level DESC LIMIT 1) e ON true
	-- Counted once for all: for each case the planner, which has no statistics of case_id, would go through all that
	-- row security shows.
	LEFT JOIN (SELECT n.case_id, count(*) AS clocks FROM case_clock n GROUP BY n.case_id) all_clocks
		ON all_clocks.case_id = c.case_id;

-- ---- row security --------------------------------------------------------------

ALTER TABLE voice_kind ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON voice_kind FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON voice_kind TO PUBLIC;

ALTER TABLE decision_maker ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON decision_maker FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON decision_maker TO PUBLIC;

ALTER TABLE service_case ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON service_case FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON service_case TO PUBLIC;

ALTER TABLE case_clock ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON case_clock FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON case_clock TO PUBLIC;

ALTER TABLE case_pause ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON case_pause FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON case_pause TO PUBLIC;

ALTER TABLE case_escalation ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON case_escalation FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON case_escalation TO PUBLIC;

ALTER TABLE deadline_move ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON deadline_move FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON deadline_move TO PUBLIC;

GRANT SELECT ON case_response TO PUBLIC;
GRANT SELECT ON response_rate TO PUBLIC;
GRANT SELECT ON case_status TO PUBLIC;

-- ---- comments ------------------------------------------------------------------

COMMENT ON TABLE voice_kind IS
U&'ชนิดของเสียงของลูกค้าและกรณี — Kinds of voices and cases; the owner may add rows.';
COMMENT ON COLUMN voice_kind.kind IS
U&'ชนิด — Name of the kind.';
COMMENT ON COLUMN voice_kind.section IS
U&'ข้อในคู่มือ — Section of the manual.';
COMMENT ON COLUMN voice_kind.name_th IS
U&'ชื่อภาษาไทย — Name in Thai.';
COMMENT ON COLUMN voice_kind.name_en IS
U&'ชื่อภาษาอังกฤษ — Name in English.';

COMMENT ON TABLE decision_maker IS
U&'ผู้ตัดสินใจในกรณีเร่งด่วน (R25) — Who decides on urgent cases, one after the other (R25); the owner may change the rows.';
COMMENT ON COLUMN decision_maker.route IS
U&'ชนิดของหน่วยงาน — Kind of the unit that the account belongs to.';
COMMENT ON COLUMN decision_maker.level IS
U&'ลำดับ — 1 is first.';
COMMENT ON COLUMN decision_maker.post IS
U&'ตำแหน่งผู้ตัดสินใจ — Post that decides, of the unit or of the one above it that has the post.';
COMMENT ON COLUMN decision_maker.after_working_days IS
U&'จำนวนวันทำการ — Working days after which a case goes on to the next level undecided.';
COMMENT ON COLUMN decision_maker.section IS
U&'ข้อในคู่มือ — Section of the manual.';

COMMENT ON TABLE service_case IS
U&'กรณีของลูกค้า (CRM-KAM-003) — Cases: what a customer brings up, until it is closed (CRM-KAM-003).';
COMMENT ON COLUMN service_case.case_id IS
U&'เลขที่กรณี — Number of the case.';
COMMENT ON COLUMN service_case.account_id IS
U&'ลูกค้า — Account.';
COMMENT ON COLUMN service_case.unit_code IS
U&'หน่วยงาน — Unit of the account at that time.';
COMMENT ON COLUMN service_case.plan_year IS
U&'ปีแผน — Plan year (common era) of the day on which it happened, in Bangkok.';
COMMENT ON COLUMN service_case.kind IS
U&'ชนิด — Kind.';
COMMENT ON COLUMN service_case.urgent IS
U&'เร่งด่วน — Whether it went to a decision maker at once.';
COMMENT ON COLUMN service_case.asks_answer IS
U&'ต้องการคำตอบ — Whether it asks for an answer, so that a clock runs.';
COMMENT ON COLUMN service_case.channel IS
U&'ช่องทาง — How they spoke with each other.';
COMMENT ON COLUMN service_case.subject IS
U&'เรื่อง — Subject.';
COMMENT ON COLUMN service_case.detail IS
U&'รายละเอียด — Details.';
COMMENT ON COLUMN service_case.received_at IS
U&'เวลาที่ได้รับ — When it was received, through any channel.';
COMMENT ON COLUMN service_case.opened_by IS
U&'ผู้เปิดกรณี — Who opened it.';
COMMENT ON COLUMN service_case.opened_at IS
U&'เวลาที่เปิด — When it was entered.';
COMMENT ON COLUMN service_case.closed_at IS
U&'เวลาที่ปิด — When it was closed; NULL: open.';
COMMENT ON COLUMN service_case.closed_by IS
U&'ผู้ปิดกรณี — Who closed it.';
COMMENT ON COLUMN service_case.outcome IS
U&'ผล — How it ended.';

COMMENT ON TABLE case_clock IS
U&'รอบการตอบภายใน 5 วันทำการ (R18) — The 5 working days for the answer, begun anew each time the case comes up (R18).';
COMMENT ON COLUMN case_clock.clock_id IS
U&'เลขที่รอบการตอบ — Number of the clock.';
COMMENT ON COLUMN case_clock.case_id IS
U&'เลขที่กรณี — Number of the case.';
COMMENT ON COLUMN case_clock.account_id IS
U&'ลูกค้า — Account.';
COMMENT ON COLUMN case_clock.unit_code IS
U&'หน่วยงาน — Unit of the account at that time.';
COMMENT ON COLUMN case_clock.reason IS
U&'เหตุผลที่เปิดใหม่ — Why the case was reopened; NULL: its first clock.';
COMMENT ON COLUMN case_clock.received_at IS
U&'เวลาที่ได้รับ — When it was received, through any channel.';
COMMENT ON COLUMN case_clock.rule_due_on IS
U&'วันครบกำหนดตามปฏิทิน — Due day by the calendar, without pauses; NULL: beyond what the calendar knows.';
COMMENT ON COLUMN case_clock.due_on IS
U&'วันครบกำหนด — Due day, with the working days of the pauses added.';
COMMENT ON COLUMN case_clock.answered_at IS
U&'เวลาที่ตอบ — When the first substantive answer was given; NULL: not yet.';
COMMENT ON COLUMN case_clock.answered_by IS
U&'ผู้ตอบ — Who answered.';
COMMENT ON COLUMN case_clock.answer IS
U&'คำตอบ — The answer.';
COMMENT ON COLUMN case_clock.answer_recorded_at IS
U&'เวลาที่บันทึกคำตอบ — When the answer was recorded.';

COMMENT ON TABLE case_pause IS
U&'การหยุดนับเวลา — Pauses of a clock, whose working days are added to the due day.';
COMMENT ON COLUMN case_pause.pause_id IS
U&'เลขที่ — Number of the pause.';
COMMENT ON COLUMN case_pause.clock_id IS
U&'เลขที่รอบการตอบ — Number of the clock.';
COMMENT ON COLUMN case_pause.case_id IS
U&'เลขที่กรณี — Number of the case.';
COMMENT ON COLUMN case_pause.account_id IS
U&'ลูกค้า — Account.';
COMMENT ON COLUMN case_pause.unit_code IS
U&'หน่วยงาน — Unit of the account at that time.';
COMMENT ON COLUMN case_pause.from_at IS
U&'ตั้งแต่ — From when.';
COMMENT ON COLUMN case_pause.to_at IS
U&'ถึง — Until when; NULL: paused now.';
COMMENT ON COLUMN case_pause.reason IS
U&'เหตุผล — Why.';
COMMENT ON COLUMN case_pause.paused_by IS
U&'ผู้หยุดนับ — Who paused it.';
COMMENT ON COLUMN case_pause.resumed_by IS
U&'ผู้นับต่อ — Who ended the pause.';

COMMENT ON TABLE case_escalation IS
U&'การเสนอผู้ตัดสินใจ — The way of a case from one decision maker to the next, and what they decided.';
COMMENT ON COLUMN case_escalation.escalation_id IS
U&'เลขที่ — Number of the row.';
COMMENT ON COLUMN case_escalation.case_id IS
U&'เลขที่กรณี — Number of the case.';
COMMENT ON COLUMN case_escalation.clock_id IS
U&'เลขที่รอบการตอบ — Clock that ran; NULL: the case asked for no answer.';
COMMENT ON COLUMN case_escalation.account_id IS
U&'ลูกค้า — Account.';
COMMENT ON COLUMN case_escalation.unit_code IS
U&'หน่วยงาน — Unit of the account at that time.';
COMMENT ON COLUMN case_escalation.level IS
U&'ลำดับของผู้ตัดสินใจ — Level of the decision maker.';
COMMENT ON COLUMN case_escalation.post IS
U&'ตำแหน่งผู้ตัดสินใจ — Post that it was brought to.';
COMMENT ON COLUMN case_escalation.to_unit IS
U&'หน่วยงานของผู้ตัดสินใจ — Unit of that post.';
COMMENT ON COLUMN case_escalation.cause IS
U&'สาเหตุ — urgent: at once; time: the level before did not decide, or the answer is overdue; hand: by somebody.';
COMMENT ON COLUMN case_escalation.reason IS
U&'เหตุผล — Why.';
COMMENT ON COLUMN case_escalation.escalated_at IS
U&'เวลาที่เสนอ — When.';
COMMENT ON COLUMN case_escalation.escalated_by IS
U&'ผู้เสนอ — By whom; NULL: by time.';
COMMENT ON COLUMN case_escalation.decided_at IS
U&'เวลาที่ตัดสินใจ — When it was decided; NULL: not yet.';
COMMENT ON COLUMN case_escalation.decided_by IS
U&'ผู้ตัดสินใจ — Who decided.';
COMMENT ON COLUMN case_escalation.decided_post IS
U&'ตำแหน่งของผู้ตัดสินใจ — By which post.';
COMMENT ON COLUMN case_escalation.decision_text IS
U&'คำตัดสินใจ — The decision.';

COMMENT ON TABLE deadline_move IS
U&'การเลื่อนวันครบกำหนดเมื่อปฏิทินเปลี่ยน — Ledger of due days that moved because the calendar changed (kam.recompute_deadlines).';
COMMENT ON COLUMN deadline_move.deadline_move_id IS
U&'เลขที่ — Number of the row.';
COMMENT ON COLUMN deadline_move.relation IS
U&'ตาราง — Table.';
COMMENT ON COLUMN deadline_move.item IS
U&'แถว — Key of the row.';
COMMENT ON COLUMN deadline_move.old_due IS
U&'วันครบกำหนดเดิม — Due day before; for a row of kam.recompute_deadlines without pauses.';
COMMENT ON COLUMN deadline_move.new_due IS
U&'วันครบกำหนดใหม่ — Due day now.';
COMMENT ON COLUMN deadline_move.cause IS
U&'สาเหตุ — Why.';
COMMENT ON COLUMN deadline_move.account_id IS
U&'ลูกค้า — Account.';
COMMENT ON COLUMN deadline_move.unit_code IS
U&'หน่วยงาน — Unit of the account at that time.';
COMMENT ON COLUMN deadline_move.moved_at IS
U&'เวลา — When.';

COMMENT ON VIEW case_response IS
U&'ผลการตอบแต่ละรอบ — Every clock, and whether it was met.';
COMMENT ON COLUMN case_response.clock_id IS
U&'เลขที่รอบการตอบ — Number of the clock.';
COMMENT ON COLUMN case_response.case_id IS
U&'เลขที่กรณี — Number of the case.';
COMMENT ON COLUMN case_response.account_id IS
U&'ลูกค้า — Account.';
COMMENT ON COLUMN case_response.unit_code IS
U&'หน่วยงาน — Unit of the account at that time.';
COMMENT ON COLUMN case_response.plan_year IS
U&'ปีแผน — Year of the receipt.';
COMMENT ON COLUMN case_response.month IS
U&'เดือน — Month of the receipt, 1 to 12.';
COMMENT ON COLUMN case_response.received_at IS
U&'เวลาที่ได้รับ — When it was received, through any channel.';
COMMENT ON COLUMN case_response.due_on IS
U&'วันครบกำหนด — Due day, with pauses.';
COMMENT ON COLUMN case_response.answered_at IS
U&'เวลาที่ตอบ — When the first substantive answer was given; NULL: not yet.';
COMMENT ON COLUMN case_response.on_time IS
U&'ทันกำหนด — Answered in time; false also where overdue; NULL: still running, or the due day is unknown.';

COMMENT ON VIEW response_rate IS
U&'อัตราการตอบภายใน 5 วันทำการ — How many were answered within 5 working days, by unit and month of receipt.';
COMMENT ON COLUMN response_rate.unit_code IS
U&'หน่วยงาน — Unit.';
COMMENT ON COLUMN response_rate.plan_year IS
U&'ปีแผน — Year of the receipt.';
COMMENT ON COLUMN response_rate.month IS
U&'เดือน — Month of the receipt, 1 to 12.';
COMMENT ON COLUMN response_rate.answered_on_time IS
U&'ตอบทันกำหนด — Answered in time, of those answered or overdue.';
COMMENT ON COLUMN response_rate.unanswered IS
U&'ยังไม่ตอบ — How many wait for an answer.';

COMMENT ON VIEW case_status IS
U&'สถานะของกรณี — Where every case stands: its latest clock, and the decision maker that it lies before.';
COMMENT ON COLUMN case_status.case_id IS
U&'เลขที่กรณี — Number of the case.';
COMMENT ON COLUMN case_status.account_id IS
U&'ลูกค้า — Account.';
COMMENT ON COLUMN case_status.unit_code IS
U&'หน่วยงาน — Unit of the account at that time.';
COMMENT ON COLUMN case_status.plan_year IS
U&'ปีแผน — Plan year (common era) of the day on which it happened, in Bangkok.';
COMMENT ON COLUMN case_status.kind IS
U&'ชนิด — Kind.';
COMMENT ON COLUMN case_status.urgent IS
U&'เร่งด่วน — Whether it went to a decision maker at once.';
COMMENT ON COLUMN case_status.channel IS
U&'ช่องทาง — How they spoke with each other.';
COMMENT ON COLUMN case_status.subject IS
U&'เรื่อง — Subject.';
COMMENT ON COLUMN case_status.state IS
U&'สถานะ — due, overdue, paused, answered, closed, no answer asked, due day unknown.';
COMMENT ON COLUMN case_status.received_at IS
U&'เวลาที่ได้รับ — When it was received, the last time.';
COMMENT ON COLUMN case_status.due_on IS
U&'วันครบกำหนด — Due day, with pauses.';
COMMENT ON COLUMN case_status.answered_at IS
U&'เวลาที่ตอบ — When the first substantive answer was given; NULL: not yet.';
COMMENT ON COLUMN case_status.on_time IS
U&'ทันกำหนด — Answered in time; false also where overdue.';
COMMENT ON COLUMN case_status.working_days_left IS
U&'วันทำการที่เหลือ — Working days until the due day; of a pause, at its beginning.';
COMMENT ON COLUMN case_status.working_days_late IS
U&'วันทำการที่เกิน — Working days after the due day.';
COMMENT ON COLUMN case_status.paused_since IS
U&'หยุดนับตั้งแต่ — Since when the clock stands still.';
COMMENT ON COLUMN case_status.paused_because IS
U&'เหตุที่หยุดนับ — Why.';
COMMENT ON COLUMN case_status.escalation_level IS
U&'ลำดับของผู้ตัดสินใจ — Level that it lies before.';
COMMENT ON COLUMN case_status.escalated_to_post IS
U&'ตำแหน่งผู้ตัดสินใจ — Post that it lies before.';
COMMENT ON COLUMN case_status.escalated_to_unit IS
U&'หน่วยงานของผู้ตัดสินใจ — Unit of that post.';
COMMENT ON COLUMN case_status.escalated_by_cause IS
U&'สาเหตุ — urgent, time or hand.';
COMMENT ON COLUMN case_status.escalated_at IS
U&'เวลาที่เสนอ — Since when.';
COMMENT ON COLUMN case_status.decided_at IS
U&'เวลาที่ตัดสินใจ — When that post decided.';
COMMENT ON COLUMN case_status.decision_text IS
U&'คำตัดสินใจ — The decision.';
COMMENT ON COLUMN case_status.closed_at IS
U&'เวลาที่ปิด — When it was closed.';
COMMENT ON COLUMN case_status.outcome IS
U&'ผล — How it ended.';
COMMENT ON COLUMN case_status.clocks IS
U&'จำนวนรอบ — How often it came up.';

COMMENT ON FUNCTION _working_days(date, date) IS
U&'จำนวนวันทำการ — Working days after the first day up to the second; NULL where the calendar does not know them.';
COMMENT ON FUNCTION _due_with_pauses(date, bigint) IS
U&'วันครบกำหนดรวมช่วงหยุดนับ — A due day with the working days of the clock''s pauses added; NULL where the calendar does not know it.';
COMMENT ON FUNCTION _add_pauses() IS
U&'คำนวณวันครบกำหนด — Trigger: keeps due_on of a clock that is not answered.';
COMMENT ON FUNCTION _authorize_case(text, bigint) IS
U&'ตรวจสอบสิทธิ์ต่อกรณี — By which post the caller may do this with the case.';
COMMENT ON FUNCTION _lock_case(bigint) IS
U&'ล็อกกรณี — The case, locked.';
COMMENT ON FUNCTION _check_case_is_open(service_case) IS
U&'ตรวจสอบว่ากรณียังเปิด — Refuses a case that is closed (55000).';
COMMENT ON FUNCTION _last_clock(bigint) IS
U&'รอบการตอบล่าสุด — The latest clock of a case.';
COMMENT ON FUNCTION _running_clock(service_case) IS
U&'รอบการตอบที่ยังเดินอยู่ — The clock of a case that waits for its answer; 55000 where none does.';
COMMENT ON FUNCTION _begin_clock(service_case, timestamptz, text) IS
U&'เริ่มรอบการตอบ — Begins a clock.';
COMMENT ON FUNCTION _check_voice_kind(text) IS
U&'ตรวจสอบชนิด — Refuses a kind that the table voice_kind does not have.';
COMMENT ON FUNCTION open_case(text, text, text, text, boolean, boolean, timestamptz, text) IS
U&'เปิดกรณี — Opens a case (CRM-KAM-003): its answer is due within 5 working days of the receipt (R18); an urgent one goes to the first decision maker at once (R25). 42501 for another''s account, 22023 for an unknown kind or channel, 22008 for a receipt in the future; a WARNING where the calendar does not know the due day.';
COMMENT ON FUNCTION answer_case(bigint, text, timestamptz) IS
U&'ตอบกรณี — Records the first substantive answer, which stops the clock and ends a pause (R18); the case stays open. 42501, 55000 where it is closed or answered, 22008 for a time before the receipt or in the future.';
COMMENT ON FUNCTION reopen_case(bigint, text, timestamptz) IS
U&'เปิดกรณีใหม่ — The matter has come up again: a new clock, and for an urgent case the first decision maker again. 42501, 55000 while a clock is running, 22008 for a time before the last answer.';
COMMENT ON FUNCTION close_case(bigint, text) IS
U&'ปิดกรณี — Closes a case with its outcome. 42501, 55000 where it is closed, unanswered, or lies before a decision maker who has not decided.';
COMMENT ON FUNCTION pause_case(bigint, text, timestamptz) IS
U&'หยุดนับเวลา — Stops the clock while PEA cannot act. 42501, 55000 where it is paused, answered or overdue, 22008 for a time within the pause before.';
COMMENT ON FUNCTION resume_case(bigint, timestamptz) IS
U&'นับเวลาต่อ — Ends the pause and gives the due day, moved by the working days of the pause. 42501, 55000 where it is not paused, 22008 for a time before the pause.';
COMMENT ON FUNCTION _unit_with_post(text, text) IS
U&'หน่วยงานที่มีตำแหน่งนี้ — The unit, or the one above it, that has the post.';
COMMENT ON FUNCTION _decision_makers(text) IS
U&'ผู้ตัดสินใจของหน่วยงาน — The decision makers for the accounts of a unit.';
COMMENT ON FUNCTION _last_escalation(bigint, bigint) IS
U&'ผู้ตัดสินใจล่าสุด — The decision maker that a case was brought to last.';
COMMENT ON FUNCTION _escalate(service_case, bigint, text, text, text) IS
U&'เสนอผู้ตัดสินใจลำดับถัดไป — Brings a case to the next decision maker; NULL where there is none.';
COMMENT ON FUNCTION _escalate_urgent(service_case, bigint, authorization_given) IS
U&'เสนอกรณีเร่งด่วน — Brings an urgent case to the first decision maker; a WARNING where there is none.';
COMMENT ON FUNCTION escalate_case(bigint, text) IS
U&'เสนอกรณีต่อผู้ตัดสินใจ — Brings a case to the next decision maker (4.11.5, 4.12.4, 4.14.5, R25) and gives the post. 42501, 55000 where it is closed or nobody comes after.';
COMMENT ON FUNCTION decide_case(bigint, text) IS
U&'ตัดสินใจในกรณี — Decides on a case, by the post that it was brought to or one further along the route (R25); recorded as a decision. 42501 for another post, 55000 where it was not brought to anybody or is decided.';
COMMENT ON FUNCTION _cases_to_escalate(bigint) IS
U&'กรณีที่ต้องเสนอต่อตามเวลา — The cases that go on to the next decision maker by time today.';
COMMENT ON FUNCTION _escalate_cases() IS
U&'เสนอกรณีต่อตามเวลา — Brings the cases on whose time has come; gives how many. Called twice, or by two at once, it does each once.';
COMMENT ON FUNCTION _fill_deadline_move() IS
U&'เติมข้อมูลลูกค้าและหน่วยงาน — Trigger: the account and unit of a ledger row.';
COMMENT ON FUNCTION _apply_response_deadline() IS
U&'ใช้ค่าตั้งกำหนดตอบ — Trigger: gives the settings response_working_days and calendar to the rule that stamps due days.';
COMMENT ON PROCEDURE move_deadlines(date[], date[], text) IS
U&'เลื่อนวันครบกำหนดเมื่อปฏิทินเปลี่ยน — After days were added to a calendar or withdrawn from it: moves the due days of clocks that are not answered (kam.recompute_deadlines), with their pauses, and writes each move into deadline_move. By the owner of the workflow or 4.8; 42501.';
