/* Who looks after which account, under the portfolio limit (6.1.2.1). */

CREATE TABLE assignment (
	assignment_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	plan_id bigint NOT NULL REFERENCES plan,
	plan_year int NOT NULL REFERENCES plan_year,
	unit_code text NOT NULL REFERENCES unit,
	account_id text NOT NULL REFERENCES account,
	selection_id bigint NOT NULL,
	tier kam.tier NOT NULL,
	staff_id text NOT NULL REFERENCES staff,
	responsibility text NOT NULL CHECK (responsibility IN ('main', 'streamline', 'area')),
	assigned_by text NOT NULL REFERENCES staff,
	assigned_at timestamptz NOT NULL,
	taken_over_from bigint UNIQUE REFERENCES assignment,
	dropped_by bigint REFERENCES plan,
	ended_on date,
	ended_reason text,
	FOREIGN KEY (selection_id, tier) REFERENCES selection (selection_id, tier) ON UPDATE CASCADE,
	CONSTRAINT assignment_streamline
		CHECK (responsibility = 'area' OR (tier = 'Streamline') = (responsibility = 'streamline'))
);
CREATE UNIQUE INDEX assignment_one_at_a_time ON assignment (plan_year, account_id)
	WHERE dropped_by IS NULL AND ended_on IS NULL AND responsibility <> 'area';
CREATE UNIQUE INDEX assignment_one_area_kamr ON assignment (plan_year, account_id)
	WHERE dropped_by IS NULL AND ended_on IS NULL AND responsibility = 'area';
CREATE INDEX ON assignment (staff_id, plan_year);
CREATE INDEX ON assignment (plan_id);
CREATE INDEX ON assignment (account_id);
CREATE INDEX ON assignment (selection_id);
CREATE INDEX ON assignment (dropped_by) WHERE dropped_by IS NOT NULL;

-- What an amendment is to drop counts until that is approved: the limit holds for what is in
-- force and for what is planned.
SELECT kam.attach_portfolio_guard('assignment', 'staff_id', 'tier', 'plan_year',
	predicate => $$ended_on IS NULL AND responsibility = 'main'$$);

-- Which row of the selection an assignment belongs to, and its tier.
CREATE OR REPLACE FUNCTION _fill_assignment() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	s selection;
BEGIN
	IF NEW.selection_id IS NULL THEN
		s := _selection_of(NEW.plan_year, NEW.account_id);
		NEW.selection_id := s.selection_id;
		NEW.tier := coalesce(NEW.tier, s.tier);
	END IF;
	RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER fill_assignment BEFORE INSERT ON assignment
	FOR EACH ROW EXECUTE FUNCTION _fill_assignment();

-- The only assignment that an approved plan still takes: one that follows another of the same
-- plan and account, which has ended (R22).
CREATE OR REPLACE FUNCTION _check_hand_over() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	before assignment;
BEGIN
	SELECT * INTO before FROM assignment a WHERE a.assignment_id = NEW.taken_over_from;
	IF before.ended_on IS NULL OR NEW.ended_on IS NOT NULL OR NEW.dropped_by IS NOT NULL
		OR (NEW.plan_id, NEW.account_id, NEW.selection_id, NEW.responsibility)
			IS DISTINCT FROM (before.plan_id, before.account_id, before.selection_id, before.responsibility)
	THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('account "%s" is not handed over from assignment %s', NEW.account_id, NEW.taken_over_from),
			HINT = 'hand_over_account ends the assignment in force and begins the next one.',
			TABLE = 'assignment', CONSTRAINT = 'assignment_hand_over';
	END IF;
	RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER check_hand_over BEFORE INSERT ON assignment
	FOR EACH ROW WHEN (NEW.taken_over_from IS NOT NULL) EXECUTE FUNCTION _check_hand_over();

-- An assignment in force ends by a hand-over or by the approval of an amendment, and nothing else of it changes.
CREATE OR REPLACE FUNCTION _check_ending() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	IF OLD.ended_on IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('the assignment of account "%s" to "%s" has ended', OLD.account_id, OLD.staff_id),
			HINT = 'What has ended stays as it is.', TABLE = TG_TABLE_NAME, CONSTRAINT = 'assignment_ended';
	ELSIF to_jsonb(NEW) - ARRAY['ended_on', 'ended_reason'] <> to_jsonb(OLD) - ARRAY['ended_on', 'ended_reason']
		OR NOT EXISTS (SELECT FROM plan p WHERE p.plan_id = OLD.plan_id AND p.status = 'approved')
	THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('the assignment of account "%s" to "%s" does not end like this', OLD.account_id,
				OLD.staff_id),
			HINT = 'In an approved plan it gets ended_on and ended_reason and nothing else; in an open plan '
				'unassign_account takes it back.', TABLE = TG_TABLE_NAME, CONSTRAINT = 'assignment_ended';
	END IF;
	RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER check_ending BEFORE UPDATE ON assignment
	FOR EACH ROW WHEN (OLD.ended_on IS NOT NULL OR NEW.ended_on IS NOT NULL) EXECUTE FUNCTION _check_ending();

-- All else is frozen with the plan.
CREATE OR REPLACE TRIGGER keep_plan BEFORE UPDATE ON assignment
	FOR EACH ROW WHEN (OLD.ended_on IS NULL AND NEW.ended_on IS NULL) EXECUTE FUNCTION _keep_plan('dropped_by');
CREATE OR REPLACE TRIGGER keep_plan_insert BEFORE INSERT ON assignment
	FOR EACH ROW WHEN (NEW.taken_over_from IS NULL) EXECUTE FUNCTION _keep_plan();
CREATE OR REPLACE TRIGGER keep_plan_delete BEFORE DELETE ON assignment
	FOR EACH ROW EXECUTE FUNCTION _keep_plan();
CREATE OR REPLACE TRIGGER keep_approved BEFORE TRUNCATE ON assignment
	FOR EACH STATEMENT EXECUTE FUNCTION _keep_approved();
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON assignment
	FOR EACH ROW EXECUTE FUNCTION _keep_history('assignment_id');

-- Takes an account from whoever looks after it: what the open plan began is deleted, what is in
-- force is dropped when the amendment is approved.
CREATE OR REPLACE FUNCTION _take_assignment(the_plan plan, account_id text, responsibilities text[]) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	DELETE FROM assignment a
	WHERE a.plan_id = the_plan.plan_id AND a.account_id = _take_assignment.account_id
		AND a.responsibility = ANY (responsibilities);
	UPDATE assignment a SET dropped_by = the_plan.plan_id
	WHERE a.plan_year = the_plan.plan_year AND a.unit_code = the_plan.unit_code
		AND a.account_id = _take_assignment.account_id AND a.responsibility = ANY (responsibilities)
		AND a.dropped_by IS NULL AND a.ended_on IS NULL;
END $$;

-- And all that a KAMR of the unit looks after.  Accounts in other units' plans are theirs to give anew.
CREATE OR REPLACE FUNCTION _take_assignments_of(the_plan plan, k kamr) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _take_assignment(the_plan, a.account_id, ARRAY[a.responsibility])
	FROM assignment a
	WHERE a.staff_id = k.staff_id AND a.plan_year = the_plan.plan_year AND a.unit_code = the_plan.unit_code
		AND a.dropped_by IS NULL AND a.ended_on IS NULL
		AND a.responsibility = CASE k.level WHEN 'area' THEN 'area' ELSE 'main' END;
END $$;

-- The units whose people look after the accounts of a unit: its own; those of its offices, where it is an area.
CREATE OR REPLACE FUNCTION _caring_units(unit_code text) RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN ARRAY(
		SELECT u.unit_code FROM unit u
		WHERE CASE (SELECT k.kind FROM unit k WHERE k.unit_code = _caring_units.unit_code)
			WHEN 'area' THEN u.parent_unit = _caring_units.unit_code
			ELSE u.unit_code = _caring_units.unit_code END);
END $$;

-- May this person look after an account of this tier and unit: an appointed KAMR, or for Streamline
-- the section head (R14)?  An error says who may.  in_force: appointed in an approved plan.
CREATE OR REPLACE FUNCTION _check_carer(plan_year int, unit_code text, tier kam.tier, staff_id text, in_force boolean)
RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	units text[] := _caring_units(unit_code);
BEGIN
	IF tier = 'Streamline' THEN
		IF NOT EXISTS (
			SELECT FROM post_holder h
			WHERE h.staff_id = _check_carer.staff_id AND h.unit_code = ANY (units)
				AND h.post IN ('section_head', 'hq_section_head')
				AND h.from_date <= _today() AND (h.to_date IS NULL OR h.to_date >= _today()))
		THEN
			RAISE check_violation USING
				MESSAGE = format('"%s" is not the section head who looks after the Streamline accounts of unit "%s"',
					_check_carer.staff_id, _check_carer.unit_code),
				HINT = 'Streamline accounts are with the section head, at headquarters with their keeper '
					'(4.15.5, R14).',
				TABLE = 'assignment', CONSTRAINT = 'assignment_section_head';
		END IF;
		RETURN;
	END IF;
	-- Held, so that the appointment is not taken back meanwhile.
	PERFORM FROM kamr k JOIN plan p USING (plan_id)
	WHERE k.plan_year = _check_carer.plan_year AND k.staff_id = _check_carer.staff_id AND k.unit_code = ANY (units)
		AND k.level <> 'area' AND k.dropped_by IS NULL AND k.ended_on IS NULL
		AND (p.status = 'approved' OR NOT _check_carer.in_force)
	FOR SHARE OF k;
	IF NOT FOUND THEN
		RAISE check_violation USING
			MESSAGE = format('"%s" is no key account manager of unit "%s" for %s', _check_carer.staff_id,
				_check_carer.unit_code, _check_carer.plan_year)
				|| CASE WHEN in_force THEN ' in an approved plan' ELSE '' END,
			HINT = 'Appoint them first (appoint_kamr); accounts of an area are with a key account manager of one of its '
				'offices.',
			TABLE = 'assignment', CONSTRAINT = 'assignment_kamr';
	END IF;
END $$;

-- The account in the open plan, selected.
CREATE OR REPLACE FUNCTION _selected_to_assign(the_plan plan, account_id text) RETURNS selection
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	s selection := _selection_to_change(the_plan, _selected_to_assign.account_id);
BEGIN
	IF s.status <> 'selected' THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('account "%s" is %s, not selected, for %s', s.account_id, replace(s.status, '_', ' '),
				s.plan_year),
			HINT = 'Select it first: select_account.';
	END IF;
	RETURN s;
END $$;

-- Does the caller see all that these people look after?  The portfolio guard, which speaks as the owner,
-- tells its sum to anybody.
CREATE OR REPLACE FUNCTION _sees_portfolios(plan_year int, staff_ids text[]) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	units text[] := _readable_units();
BEGIN
	RETURN NOT EXISTS (
		SELECT FROM assignment a
		WHERE a.plan_year = _sees_portfolios.plan_year AND a.staff_id = ANY (staff_ids) AND a.ended_on IS NULL
			AND a.responsibility = 'main' AND a.unit_code <> ALL (units));
END $$;

CREATE OR REPLACE FUNCTION _refuse_portfolio(message text, detail text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	hint CONSTANT text := 'Give the account to another key account manager, or take one away first (6.1.2.1).';
BEGIN
	IF detail IS NULL THEN
		RAISE check_violation USING
			MESSAGE = message, HINT = hint, TABLE = 'assignment', CONSTRAINT = 'kam_portfolio_guard';
	END IF;
	RAISE check_violation USING
		MESSAGE = message, DETAIL = detail, HINT = hint, TABLE = 'assignment', CONSTRAINT = 'kam_portfolio_guard';
END $$;

CREATE OR REPLACE FUNCTION _insert_assignment(s selection, plan_id bigint, staff_id text, responsibility text,
	assigned_by text, taken_over_from bigint DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	new_id bigint;
	broken text;
BEGIN
	INSERT INTO assignment (plan_id, plan_year, unit_code, account_id, selection_id, tier, staff_id, responsibility,
		assigned_by, assigned_at, taken_over_from)
	VALUES (_insert_assignment.plan_id, s.plan_year, s.unit_code, s.account_id, s.selection_id, s.tier,
		_insert_assignment.staff_id, _insert_assignment.responsibility, _insert_assignment.assigned_by, _now(),
		_insert_assignment.taken_over_from)
	RETURNING assignment_id INTO new_id;
	RETURN new_id;
EXCEPTION
WHEN unique_violation THEN
	-- Given away since it was looked at.
	RAISE object_not_in_prerequisite_state USING
		MESSAGE = format('account "%s" has been given to somebody at the same time', s.account_id),
		HINT = 'See in the table assignment who has it now, and decide again.',
		TABLE = 'assignment', CONSTRAINT = 'assignment_one_at_a_time';
WHEN check_violation THEN
	GET STACKED DIAGNOSTICS broken = CONSTRAINT_NAME;
	IF broken <> 'kam_portfolio_guard' OR _sees_portfolios(s.plan_year, ARRAY[_insert_assignment.staff_id]) THEN
		RAISE;
	END IF;
	PERFORM _refuse_portfolio(SQLERRM);
END $$;

-- Puts an account with a person in the open plan; whoever had it there no longer has.
CREATE OR REPLACE FUNCTION _assign(given authorization_given, the_plan plan, s selection, staff_id text,
	responsibility text) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	same_in_force assignment;
BEGIN
	PERFORM _take_assignment(the_plan, s.account_id,
		CASE WHEN _assign.responsibility = 'area' THEN ARRAY['area'] ELSE ARRAY['main', 'streamline'] END);
	SELECT * INTO same_in_force FROM assignment a
	WHERE a.plan_year = s.plan_year AND a.account_id = s.account_id AND a.staff_id = _assign.staff_id
		AND a.responsibility = _assign.responsibility AND a.dropped_by = the_plan.plan_id AND a.ended_on IS NULL;
	IF FOUND THEN
		UPDATE assignment a SET dropped_by = NULL WHERE a.assignment_id = same_in_force.assignment_id;
	ELSE
		PERFORM _insert_assignment(s, the_plan.plan_id, _assign.staff_id, _assign.responsibility, given.staff_id);
	END IF;
END $$;

CREATE OR REPLACE FUNCTION assign_account(plan_year int, account_id text, staff_id text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	unit_code text := _selecting_unit(assign_account.plan_year, assign_account.account_id);
	given authorization_given := _authorize_selected('assignment.edit', unit_code, assign_account.account_id);
	the_plan plan := _open_plan(assign_account.plan_year, unit_code);
	s selection := _selected_to_assign(the_plan, assign_account.account_id);
BEGIN
	PERFORM _check_carer(s.plan_year, s.unit_code, s.tier, assign_account.staff_id, in_force => false);
	PERFORM _assign(given, the_plan, s, assign_account.staff_id,
		CASE WHEN s.tier = 'Streamline' THEN 'streamline' ELSE 'main' END);
END $$;

-- An area KAMR beside whoever looks after the account, without a limit (4.12, R12).
CREATE OR REPLACE FUNCTION assign_area_kamr(plan_year int, account_id text, staff_id text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	unit_code text := _selecting_unit(assign_area_kamr.plan_year, assign_area_kamr.account_id);
	given authorization_given := _authorize_selected('assignment.edit', unit_code, assign_area_kamr.account_id);
	the_plan plan := _open_plan(assign_area_kamr.plan_year, unit_code);
	s selection := _selected_to_assign(the_plan, assign_area_kamr.account_id);
	k kamr := _kamr_of(s.plan_year, _area(s.unit_code), assign_area_kamr.staff_id);
BEGIN
	PERFORM FROM kamr x WHERE x.kamr_id = k.kamr_id FOR SHARE;
	IF NOT FOUND OR k.level <> 'area' THEN
		RAISE check_violation USING
			MESSAGE = format('"%s" is no area key account manager for unit "%s" for %s', assign_area_kamr.staff_id,
				s.unit_code, s.plan_year),
			HINT = 'The area appoints its key account managers in its own plan (4.6.1); headquarters has none.',
			TABLE = 'assignment', CONSTRAINT = 'assignment_area_kamr';
	END IF;
	PERFORM _assign(given, the_plan, s, k.staff_id, 'area');
END $$;

CREATE OR REPLACE FUNCTION unassign_account(plan_year int, account_id text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	unit_code text := _selecting_unit(unassign_account.plan_year, unassign_account.account_id);
	given authorization_given := _authorize_selected('assignment.edit', unit_code, unassign_account.account_id);
BEGIN
	PERFORM _take_assignment(_open_plan(unassign_account.plan_year, unit_code), unassign_account.account_id,
		ARRAY['main', 'streamline']);
END $$;

CREATE OR REPLACE FUNCTION unassign_area_kamr(plan_year int, account_id text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	unit_code text := _selecting_unit(unassign_area_kamr.plan_year, unassign_area_kamr.account_id);
	given authorization_given := _authorize_selected('assignment.edit', unit_code, unassign_area_kamr.account_id);
BEGIN
	PERFORM _take_assignment(_open_plan(unassign_area_kamr.plan_year, unit_code), unassign_area_kamr.account_id,
		ARRAY['area']);
END $$;

-- Who looks after the account in the open plan; an error where nobody does who could be exchanged.
CREATE OR REPLACE FUNCTION _main_assignment(plan_year int, account_id text) RETURNS assignment
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	a assignment;
BEGIN
	SELECT * INTO a FROM assignment x
	WHERE x.plan_year = _main_assignment.plan_year AND x.account_id = _main_assignment.account_id
		AND x.responsibility <> 'area' AND x.dropped_by IS NULL AND x.ended_on IS NULL;
	IF NOT FOUND THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('nobody is assigned to account "%s" for %s', account_id, plan_year),
			HINT = 'assign_account puts it with a key account manager in an open plan.';
	END IF;
	RETURN a;
END $$;

-- One statement, so that only the outcome is held against the limit.
CREATE OR REPLACE FUNCTION _exchange(one assignment, other assignment, assigned_by text) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	broken text;
BEGIN
	UPDATE assignment a
	SET staff_id = CASE a.assignment_id WHEN one.assignment_id THEN other.staff_id ELSE one.staff_id END,
		assigned_by = _exchange.assigned_by, assigned_at = _now()
	WHERE a.assignment_id IN (one.assignment_id, other.assignment_id);
EXCEPTION WHEN check_violation THEN
	GET STACKED DIAGNOSTICS broken = CONSTRAINT_NAME;
	IF broken <> 'kam_portfolio_guard' OR _sees_portfolios(one.plan_year, ARRAY[one.staff_id, other.staff_id]) THEN
		RAISE;
	END IF;
	PERFORM _refuse_portfolio(SQLERRM);
END $$;

-- Exchanges two accounts between the KAMRs who have them in the open plan.
CREATE OR REPLACE FUNCTION swap_accounts(plan_year int, account_id text, with_account text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	unit_code text := _selecting_unit(swap_accounts.plan_year, swap_accounts.account_id);
	given authorization_given := _authorize_selected('assignment.edit', unit_code, swap_accounts.account_id);
	given_too authorization_given := _authorize_selected('assignment.edit',
		_selecting_unit(swap_accounts.plan_year, swap_accounts.with_account), swap_accounts.with_account);
	the_plan plan := _open_plan(swap_accounts.plan_year, unit_code);
	one assignment := _main_assignment(swap_accounts.plan_year, swap_accounts.account_id);
	other assignment := _main_assignment(swap_accounts.plan_year, swap_accounts.with_account);
BEGIN
	IF one.responsibility <> 'main' OR other.responsibility <> 'main' THEN
		RAISE check_violation USING
			MESSAGE = 'a Streamline account is not exchanged between key account managers',
			HINT = 'Streamline accounts are with the section head (4.15.5, R14).',
			TABLE = 'assignment', CONSTRAINT = 'assignment_streamline';
	ELSIF one.plan_id <> the_plan.plan_id OR other.plan_id <> the_plan.plan_id THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('accounts "%s" and "%s" are not both assigned in the open plan of unit "%s"',
				one.account_id, other.account_id, unit_code),
			HINT = 'What is approved is handed over at once: hand_over_account, twice in one transaction with the '
				'constraint kam_portfolio_guard deferred.';
	END IF;
	PERFORM _exchange(one, other, given.staff_id);
END $$;

-- The assignment in force, locked, and with it the plan that it belongs to.
CREATE OR REPLACE FUNCTION _assignment_in_force(plan_year int, account_id text) RETURNS assignment
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	a assignment;
	unit_plan plan;
BEGIN
	SELECT p.* INTO unit_plan FROM assignment x JOIN plan p USING (plan_id)
	WHERE x.plan_year = _assignment_in_force.plan_year AND x.account_id = _assignment_in_force.account_id
		AND x.responsibility <> 'area' AND x.ended_on IS NULL AND p.status = 'approved'
	FOR NO KEY UPDATE OF p;
	SELECT x.* INTO a FROM assignment x
	WHERE x.plan_id = unit_plan.plan_id AND x.account_id = _assignment_in_force.account_id
		AND x.responsibility <> 'area' AND x.ended_on IS NULL
	FOR NO KEY UPDATE;
	IF a.assignment_id IS NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('account "%s" is assigned to nobody in an approved plan for %s', account_id, plan_year),
			HINT = 'In a plan that is open, assign_account changes who looks after it.';
	ELSIF a.dropped_by IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('an amendment that is under way takes account "%s" from "%s"', account_id, a.staff_id),
			HINT = 'Wait until it is approved, or withdraw it: withdraw_amendment.';
	END IF;
	RETURN a;
END $$;

-- At once, in an approved plan, to another approved KAMR of the unit (R22, 4.10, 4.5).
CREATE OR REPLACE FUNCTION hand_over_account(plan_year int, account_id text, to_staff text, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	unit_code text := _selecting_unit(hand_over_account.plan_year, hand_over_account.account_id);
	given authorization_given := _authorize_selected('assignment.hand_over', unit_code, hand_over_account.account_id);
	before assignment := _assignment_in_force(hand_over_account.plan_year, hand_over_account.account_id);
	next_id bigint;
BEGIN
	PERFORM _check_reason_given(hand_over_account.reason, format('handing over account "%s"', before.account_id));
	PERFORM _check_carer(before.plan_year, before.unit_code, before.tier, hand_over_account.to_staff, in_force => true);
	IF before.staff_id = hand_over_account.to_staff THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('account "%s" is with "%s" already', before.account_id, before.staff_id),
			HINT = 'Name another key account manager of the unit.';
	END IF;
	UPDATE assignment a SET ended_on = _today(), ended_reason = hand_over_account.reason
	WHERE a.assignment_id = before.assignment_id;
	next_id := _insert_assignment((SELECT s FROM selection s WHERE s.selection_id = before.selection_id),
		before.plan_id, hand_over_account.to_staff, before.responsibility, given.staff_id, taken_over_from => before.assignment_id);
	PERFORM _decide(given, 'assignment', next_id::text, 'hand_over', before.unit_code, before.plan_year,
		from_status => before.staff_id, to_status => hand_over_account.to_staff, reason => hand_over_account.reason);
	PERFORM _lay_out_introduction(next_id);
END $$;

-- What each person carries, over all units that the reader sees (R12): as the open plans would have it, and
-- in force.  People without a counted account have no portfolio to check (R13).
CREATE OR REPLACE VIEW kamr_portfolio WITH (security_invoker = true) AS
SELECT c.plan_year, c.staff_id, c.units, c.portfolio, c.weight, c.in_force, r.portfolio_min AS minimum,
	r.portfolio_max AS maximum,
	CASE
		WHEN c.counted = 0 THEN 'none'
		WHEN c.weight < r.portfolio_min THEN 'below'
		WHEN c.weight > r.portfolio_max THEN 'above'
		ELSE 'within'
	END AS state
FROM (
	SELECT x.plan_year, x.staff_id, array_agg(DISTINCT x.unit_code ORDER BY x.unit_code) AS units,
		coalesce(kam.portfolio(x.tier) FILTER (WHERE x.planned), '{}') AS portfolio,
		kam.weight(coalesce(kam.portfolio(x.tier) FILTER (WHERE x.planned), '{}'), x.plan_year) AS weight,
		coalesce(kam.portfolio(x.tier) FILTER (WHERE x.in_force), '{}') AS in_force,
		count(x.tier) FILTER (WHERE x.planned) AS counted
	FROM (
		SELECT a.plan_year, a.staff_id, a.unit_code, a.tier, a.dropped_by IS NULL AS planned,
			p.status = 'approved' AS in_force
		FROM assignment a JOIN plan p USING (plan_id)
		WHERE a.ended_on IS NULL AND a.responsibility = 'main'
		UNION ALL
		-- Appointed, whether or not with accounts; of units whose assignments the reader sees.
		SELECT k.plan_year, k.staff_id, k.unit_code, NULL::kam.tier AS tier, false AS planned, false AS in_force
		FROM kamr k
		WHERE k.level <> 'area' AND k.dropped_by IS NULL AND k.ended_on IS NULL
			AND (k.unit_code = ANY ((SELECT _readable_units())::text[])
				OR NOT row_security_active('assignment'::regclass))) x
	GROUP BY x.plan_year, x.staff_id) c
JOIN kam.rule_set r ON r.rule_set = kam.rule_set_in_force(c.plan_year)
WHERE NOT r.builtin OR NOT EXISTS (SELECT FROM kam.rule_set o WHERE o.rule_set = r.rule_set AND NOT o.builtin);
GRANT SELECT ON kamr_portfolio TO PUBLIC;

ALTER TABLE assignment ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON assignment FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON assignment TO PUBLIC;

COMMENT ON TABLE assignment IS U&'การมอบหมายลูกค้าให้ผู้ดูแล — Who looks after which account in a plan year (6.1.2.1).';
COMMENT ON COLUMN assignment.assignment_id IS U&'เลขที่การมอบหมาย — Number of the assignment.';
COMMENT ON COLUMN assignment.plan_id IS U&'แผนหรือการแก้ไขแผน — Plan or amendment it belongs to.';
COMMENT ON COLUMN assignment.plan_year IS U&'ปีแผน — Plan year, of the common era.';
COMMENT ON COLUMN assignment.unit_code IS U&'หน่วยงานของลูกค้า — Unit of the account.';
COMMENT ON COLUMN assignment.account_id IS U&'ลูกค้า — Account.';
COMMENT ON COLUMN assignment.selection_id IS U&'รายการคัดเลือก — Row of the selection it belongs to.';
COMMENT ON COLUMN assignment.tier IS U&'ระดับลูกค้า — Tier, kept the same as the selection''s by a foreign key.';
COMMENT ON COLUMN assignment.staff_id IS U&'ผู้ดูแล — Member of staff who looks after it.';
COMMENT ON COLUMN assignment.responsibility IS U&'ลักษณะ: หลัก Streamline หรือร่วมระดับเขต — main: key account manager; streamline: section head (R14); area: area key account manager beside them (4.12).';
COMMENT ON COLUMN assignment.assigned_by IS U&'ผู้มอบหมาย — Member of staff who assigned.';
COMMENT ON COLUMN assignment.assigned_at IS U&'เวลาที่มอบหมาย — When.';
COMMENT ON COLUMN assignment.taken_over_from IS U&'รับช่วงต่อจาก — Assignment it was taken over from (R22).';
COMMENT ON COLUMN assignment.dropped_by IS U&'การแก้ไขแผนที่ตัดออก — Amendment that ends it.';
COMMENT ON COLUMN assignment.ended_on IS U&'วันที่สิ้นสุด — Day on which it ended; NULL while in force.';
COMMENT ON COLUMN assignment.ended_reason IS U&'เหตุที่สิ้นสุด — Why it ended.';

COMMENT ON VIEW kamr_portfolio IS U&'พอร์ตของพนักงานบริหารลูกค้ารายสำคัญ — What each key account manager carries, over all units that the reader sees (6.1.2.1, R11-R13).';
COMMENT ON COLUMN kamr_portfolio.plan_year IS U&'ปีแผน — Plan year.';
COMMENT ON COLUMN kamr_portfolio.staff_id IS U&'พนักงาน — Member of staff.';
COMMENT ON COLUMN kamr_portfolio.units IS U&'หน่วยงาน — Units that appointed them or whose accounts they have.';
COMMENT ON COLUMN kamr_portfolio.portfolio IS U&'จำนวนลูกค้าแต่ละระดับตามแผนล่าสุด — Accounts per tier as the open plans would have it; without an open plan, those in force.';
COMMENT ON COLUMN kamr_portfolio.weight IS U&'ค่าถ่วงน้ำหนัก — What that weighs.';
COMMENT ON COLUMN kamr_portfolio.in_force IS U&'จำนวนลูกค้าแต่ละระดับที่มีผลอยู่ — Accounts per tier in force.';
COMMENT ON COLUMN kamr_portfolio.minimum IS U&'ขั้นต่ำ — Least weight.';
COMMENT ON COLUMN kamr_portfolio.maximum IS U&'ขั้นสูง — Greatest weight.';
COMMENT ON COLUMN kamr_portfolio.state IS U&'ผล: ไม่มี ต่ำกว่า อยู่ในเกณฑ์ สูงกว่า — none (no counted account), below, within or above.';

COMMENT ON FUNCTION _fill_assignment() IS U&'เติมรายการคัดเลือกและระดับ — Trigger: fills in the row of the selection and the tier.';
COMMENT ON FUNCTION _check_hand_over() IS U&'ตรวจการรับช่วงต่อ — Trigger: an approved plan takes an assignment only as the successor of one that ended (R22).';
COMMENT ON FUNCTION _check_ending() IS U&'ตรวจการสิ้นสุด — Trigger: an assignment in force only ends, and then stays as it is.';
COMMENT ON FUNCTION _take_assignment(plan, text, text[]) IS U&'นำลูกค้าออกจากผู้ดูแล — Takes an account from whoever looks after it in an open plan.';
COMMENT ON FUNCTION _take_assignments_of(plan, kamr) IS U&'นำลูกค้าทั้งหมดออกจากพนักงาน — Takes all accounts of the unit from a key account manager.';
COMMENT ON FUNCTION _caring_units(text) IS U&'หน่วยงานที่ดูแลลูกค้า — The units whose people look after the accounts of a unit.';
COMMENT ON FUNCTION _check_carer(int, text, kam.tier, text, boolean) IS U&'ตรวจว่าผู้ดูแลมีสิทธิ์ดูแล — 23514 where a person may not look after an account of the tier and unit.';
COMMENT ON FUNCTION _selected_to_assign(plan, text) IS U&'ลูกค้าที่คัดเลือกแล้ว — The selected account in the open plan; 55000 otherwise.';
COMMENT ON FUNCTION _sees_portfolios(int, text[]) IS U&'ผู้เรียกเห็นพอร์ตทั้งหมดหรือไม่ — Does the caller see all that these people look after?';
COMMENT ON FUNCTION _refuse_portfolio(text, text) IS U&'ปฏิเสธพอร์ตที่เกินเกณฑ์ — The portfolio guard''s 23514, with as much detail as the caller may see.';
COMMENT ON FUNCTION _insert_assignment(selection, bigint, text, text, text, bigint) IS U&'เพิ่มการมอบหมาย — Puts an account with a person; 23514 above the limit.';
COMMENT ON FUNCTION _assign(authorization_given, plan, selection, text, text) IS U&'มอบหมายลูกค้า — Puts an account with a person in the open plan.';
COMMENT ON FUNCTION assign_account(int, text, text) IS U&'มอบหมายลูกค้าให้ผู้ดูแล — Assigns a selected account in the open plan: to a key account manager of the unit (of an office of the area, for an area''s account), Streamline to the section head (6.1.2.1, R12, R14). 42501 not this unit''s; 23514 not such a person, or above 12.0; 55000 not selected, no open plan.';
COMMENT ON FUNCTION assign_area_kamr(int, text, text) IS U&'มอบหมายพนักงานระดับเขตร่วมดูแล — Puts an area key account manager beside whoever looks after the account, without a limit (4.12, R12). 23514 not appointed by the area.';
COMMENT ON FUNCTION unassign_account(int, text) IS U&'ยกเลิกการมอบหมาย — Takes an account from its key account manager or section head in the open plan.';
COMMENT ON FUNCTION unassign_area_kamr(int, text) IS U&'ยกเลิกการมอบหมายระดับเขต — Takes an account from its area key account manager in the open plan.';
COMMENT ON FUNCTION _main_assignment(int, text) IS U&'ผู้ดูแลหลักของลูกค้า — Who looks after an account, as the open plan would have it; 55000 where nobody does.';
COMMENT ON FUNCTION _exchange(assignment, assignment, text) IS U&'สลับผู้ดูแลของสองรายการ — Exchanges the people of two assignments.';
COMMENT ON FUNCTION swap_accounts(int, text, text) IS U&'สลับลูกค้าระหว่างพนักงาน — Exchanges two accounts between their key account managers in the open plan; only the outcome is held against the limit. 55000 where one is not assigned there; 23514 Streamline.';
COMMENT ON FUNCTION _assignment_in_force(int, text) IS U&'การมอบหมายที่มีผลอยู่ — The assignment in force, locked with its plan; 55000 where there is none.';
COMMENT ON FUNCTION hand_over_account(int, text, text, text) IS U&'ส่งมอบลูกค้าให้พนักงานอื่น — Hands an account in force over to another approved key account manager of the unit, at once (R22, 4.10, 4.5); recorded as a decision, with an introduction due. 42501 not 4.10 or 4.5; 23514 not such a person, above 12.0, or without a reason; 55000 not in force; 22023 the same person.';
