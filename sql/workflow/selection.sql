/* Selection of key accounts (6.1.1): proposed from the matrix, decided by people. */

-- Cut-offs of the top-20 rule, per area; an office sees only its own rows and could not compute them.
CREATE TABLE bill_cutoff (
	plan_year int NOT NULL REFERENCES plan_year,
	area text NOT NULL REFERENCES unit,
	cutoff_thb numeric,
	rule_set text NOT NULL,
	computed_at timestamptz NOT NULL,
	PRIMARY KEY (plan_year, area)
);

CREATE TABLE selection (
	selection_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	plan_id bigint NOT NULL REFERENCES plan,
	plan_year int NOT NULL REFERENCES plan_year,
	unit_code text NOT NULL REFERENCES unit,
	account_id text NOT NULL REFERENCES account,
	value_class kam.value_class,
	criteria kam.criteria NOT NULL DEFAULT '{}',
	tier kam.tier NOT NULL,
	basis text NOT NULL CHECK (basis IN ('matrix', 'special')),
	rule_set text NOT NULL,
	status text NOT NULL DEFAULT 'eligible' CHECK (status IN ('eligible', 'selected', 'left_out')),
	reason text,
	proposed_by text NOT NULL REFERENCES staff,
	proposed_at timestamptz NOT NULL,
	dropped_by bigint REFERENCES plan,
	ended_on date,
	UNIQUE (selection_id, tier),
	CONSTRAINT selection_left_out_has_reason CHECK (status <> 'left_out' OR reason <> ''),
	CONSTRAINT selection_special_tier CHECK (basis <> 'special' OR tier IN ('Status', 'Streamline')),
	CONSTRAINT selection_class CHECK ((basis = 'matrix') = (value_class IS NOT NULL))
);
-- One row an account and year, beside those that an amendment drops: an account dropped
-- from one unit's plan can come into another's in the same year.
CREATE UNIQUE INDEX selection_one_at_a_time ON selection (plan_year, account_id)
	WHERE dropped_by IS NULL AND ended_on IS NULL;
CREATE INDEX ON selection (plan_id);
CREATE INDEX ON selection (unit_code, plan_year);
CREATE INDEX ON selection (account_id);
CREATE INDEX ON selection (dropped_by) WHERE dropped_by IS NOT NULL;

CREATE TYPE matrix_row AS (account_id text, value_class kam.value_class, criteria kam.criteria, tier kam.tier);

INSERT INTO authority (action, post, scope, section) VALUES
	('cutoff.compute', 'director_customer_information', 'any', '4.8'),
	('cutoff.compute', 'director_engineering_hq', 'any', '4.5.5');

-- The main criteria of every customer of the year, of one area or one unit.  Without a cut-off,
-- those that it meets on its own facts.  An average below zero (credits) is a known bill, and low.
CREATE OR REPLACE FUNCTION _criteria_met(plan_year int, rule_set text, only_area text DEFAULT NULL,
	only_unit text DEFAULT NULL, cutoff_thb numeric DEFAULT NULL)
RETURNS TABLE (account_id text, area text, value_class kam.value_class, bill_thb numeric, criteria kam.criteria)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT f.account_id, f.area, f.value_class, b.bill_thb,
		kam.main_criteria(voltage_kv => f.voltage_kv, avg_monthly_bill_thb => b.bill_thb, spp_zone => f.spp_zone,
			self_generation_mw => f.self_generation_mw, largest_job_thb => f.largest_job_thb,
			yearly_maintenance_thb => f.yearly_maintenance_thb, business_prospect => f.business_prospect,
			national_strategy => f.national_strategy, nationwide_network => f.nationwide_network,
			bill_cutoff_thb => _criteria_met.cutoff_thb, plan_year => _criteria_met.plan_year,
			rule_set => _criteria_met.rule_set)
	FROM account_fact_total f
	CROSS JOIN LATERAL (
		SELECT CASE WHEN f.avg_monthly_bill_thb < 0 THEN 0 ELSE f.avg_monthly_bill_thb END) AS b (bill_thb)
	WHERE f.plan_year = _criteria_met.plan_year
		AND (_criteria_met.only_area IS NULL OR f.area = _criteria_met.only_area)
		AND (_criteria_met.only_unit IS NULL OR f.unit_code = _criteria_met.only_unit);
END;

-- The cut-off of every area, or of one, on the facts of now; NULL where enough customers qualify (R1).
CREATE OR REPLACE FUNCTION _bill_cutoffs(plan_year int, rule_set text, only_area text DEFAULT NULL)
RETURNS TABLE (area text, cutoff_thb numeric)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT u.unit_code, c.cutoff_thb
	FROM unit u
	LEFT JOIN (
		SELECT m.area,
			kam.bill_cutoff(m.bill_thb, m.criteria, _bill_cutoffs.plan_year, _bill_cutoffs.rule_set) AS cutoff_thb
		FROM _criteria_met(_bill_cutoffs.plan_year, _bill_cutoffs.rule_set, only_area => _bill_cutoffs.only_area) m
		WHERE m.area IS NOT NULL
		GROUP BY m.area) c ON c.area = u.unit_code
	WHERE u.kind = 'area' AND (_bill_cutoffs.only_area IS NULL OR u.unit_code = _bill_cutoffs.only_area);
END;

-- The cut-offs of the whole country: whoever proposes sees only a part of it.
CREATE OR REPLACE FUNCTION compute_cutoffs(plan_year int)
RETURNS TABLE (area text, cutoff_before numeric, cutoff_thb numeric)
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _authorize('cutoff.compute', _headquarters());
	PERFORM _check_plan_year(compute_cutoffs.plan_year);
	RETURN QUERY
	WITH now AS (
		SELECT b.area, b.cutoff_thb, kam.rule_set_in_force(compute_cutoffs.plan_year) AS rule_set
		FROM _bill_cutoffs(compute_cutoffs.plan_year, kam.rule_set_in_force(compute_cutoffs.plan_year)) b
	), stored AS (
		INSERT INTO bill_cutoff AS c (plan_year, area, cutoff_thb, rule_set, computed_at)
		SELECT compute_cutoffs.plan_year, n.area, n.cutoff_thb, n.rule_set, _now() FROM now n
		ON CONFLICT ON CONSTRAINT bill_cutoff_pkey DO UPDATE
			SET cutoff_thb = excluded.cutoff_thb, rule_set = excluded.rule_set, computed_at = excluded.computed_at
	)
	SELECT n.area, c.cutoff_thb, n.cutoff_thb
	FROM now n LEFT JOIN bill_cutoff c ON c.area = n.area AND c.plan_year = compute_cutoffs.plan_year
	ORDER BY n.area;
END $$;

-- The stored cut-off of an area, NULL for a unit that belongs to none; an error where the facts have outgrown it.
-- An amendment under the rules that its plan was approved with has no stored one.
CREATE OR REPLACE FUNCTION _cutoff_in_force(plan_year int, area text, rule_set text) RETURNS numeric
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	stored bill_cutoff;
BEGIN
	IF area IS NULL THEN
		RETURN NULL;
	ELSIF rule_set <> kam.rule_set_in_force(plan_year) THEN
		RETURN (SELECT b.cutoff_thb FROM _bill_cutoffs(_cutoff_in_force.plan_year, _cutoff_in_force.rule_set,
			_cutoff_in_force.area) b);
	END IF;
	SELECT * INTO stored FROM bill_cutoff c
	WHERE c.plan_year = _cutoff_in_force.plan_year AND c.area = _cutoff_in_force.area;
	IF NOT FOUND THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('the cut-off of the 20 highest bills of area "%s" for %s has not been computed', area,
				plan_year),
			HINT = format('compute_cutoffs(%s) computes it when the facts of the year are loaded. It is for: %s.',
				plan_year, _posts_that_may('cutoff.compute'));
	ELSIF stored.rule_set <> _cutoff_in_force.rule_set OR stored.cutoff_thb IS DISTINCT FROM (
		SELECT b.cutoff_thb FROM _bill_cutoffs(_cutoff_in_force.plan_year, _cutoff_in_force.rule_set,
			_cutoff_in_force.area) b)
	THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('the cut-off of the 20 highest bills of area "%s" for %s was computed before the facts or '
				'rules changed', area, plan_year),
			HINT = format('compute_cutoffs(%s) computes it again. It is for: %s.', plan_year,
				_posts_that_may('cutoff.compute'));
	END IF;
	RETURN stored.cutoff_thb;
END $$;

-- Which tier the unit's customers would have (R5), by the very rules of kam.classify.
CREATE OR REPLACE FUNCTION _matrix(plan_year int, unit_code text, rule_set text) RETURNS matrix_row[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	cutoff_thb numeric;
BEGIN
	-- Without any ranking everybody would silently drop out (R9).
	IF NOT EXISTS (SELECT FROM account_fact f WHERE f.plan_year = _matrix.plan_year AND f.value_class IS NOT NULL) THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('no customer has a value class for %s', plan_year),
			HINT = 'Load the ranking of customers by value for the year first (6.1.1.1).';
	END IF;
	cutoff_thb := _cutoff_in_force(plan_year, _area(unit_code), rule_set);
	RETURN ARRAY(
		SELECT ROW(m.account_id, m.value_class, m.criteria, kam.kasm(m.value_class, m.criteria))::matrix_row
		FROM _criteria_met(_matrix.plan_year, _matrix.rule_set, only_unit => _matrix.unit_code,
			cutoff_thb => cutoff_thb) m
		WHERE m.value_class IS NOT NULL);
END $$;

-- Takes out of an open plan what belongs to an account: people, benefits, activities.  Those of the approved plan go
-- with the selection's row when the amendment is submitted.
CREATE OR REPLACE FUNCTION _take_out(the_plan plan, account_id text) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _take_assignment(the_plan, account_id, ARRAY['main', 'streamline', 'area']);
	DELETE FROM benefit b WHERE b.plan_id = the_plan.plan_id AND b.account_id = _take_out.account_id;
	DELETE FROM activity c WHERE c.plan_id = the_plan.plan_id AND c.account_id = _take_out.account_id;
END $$;

-- And puts back what the amendment was to drop.
CREATE OR REPLACE FUNCTION _put_back(the_plan plan, account_id text) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	UPDATE selection s SET dropped_by = NULL
	WHERE s.dropped_by = the_plan.plan_id AND s.account_id = _put_back.account_id;
	UPDATE assignment a SET dropped_by = NULL
	WHERE a.dropped_by = the_plan.plan_id AND a.account_id = _put_back.account_id AND a.ended_on IS NULL;
	UPDATE benefit b SET dropped_by = NULL
	WHERE b.dropped_by = the_plan.plan_id AND b.account_id = _put_back.account_id;
	UPDATE activity c SET dropped_by = NULL
	WHERE c.dropped_by = the_plan.plan_id AND c.account_id = _put_back.account_id;
END $$;

-- Puts what the matrix says into the open plan, and tells what that changes.  Rows in force stay
-- as they were approved (R22): an amendment takes in only what is new.
CREATE OR REPLACE FUNCTION propose_selection(plan_year int, unit_code text)
RETURNS TABLE (account_id text, change text, tier_before kam.tier, tier_now kam.tier, status text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('selection.edit', propose_selection.unit_code);
	the_plan plan := _open_plan(propose_selection.plan_year, propose_selection.unit_code);
	rules text := _plan_rule_set(the_plan);
	matrix matrix_row[] := _matrix(propose_selection.plan_year, propose_selection.unit_code, rules);
	s selection;
BEGIN
	-- No longer eligible, closed, or another unit's by now.
	FOR s IN
		SELECT x.* FROM selection x JOIN account a ON a.account_id = x.account_id
		WHERE x.plan_id = the_plan.plan_id
			AND (a.unit_code <> the_plan.unit_code OR a.closed_on <= _today()
				OR x.basis = 'matrix' AND x.account_id NOT IN (SELECT m.account_id FROM unnest(matrix) m))
		ORDER BY x.account_id
	LOOP
		PERFORM _take_out(the_plan, s.account_id);
		DELETE FROM selection x WHERE x.selection_id = s.selection_id;
		PERFORM _put_back(the_plan, s.account_id);
		account_id := s.account_id;
		change := 'gone';
		tier_before := s.tier;
		tier_now := NULL;
		status := s.status;
		RETURN NEXT;
	END LOOP;

	RETURN QUERY
	SELECT x.account_id, 'moved', x.tier, m.tier, x.status
	FROM selection x JOIN unnest(matrix) m ON m.account_id = x.account_id
	WHERE x.plan_id = the_plan.plan_id AND x.tier <> m.tier
	ORDER BY x.account_id;
	PERFORM _refresh_selection(the_plan, matrix, rules);

	RETURN QUERY
	WITH added AS (
		INSERT INTO selection AS n (plan_id, plan_year, unit_code, account_id, value_class, criteria, tier, basis,
			rule_set, proposed_by, proposed_at)
		SELECT the_plan.plan_id, the_plan.plan_year, the_plan.unit_code, m.account_id, m.value_class, m.criteria,
			m.tier, 'matrix', rules, given.staff_id, _now()
		FROM unnest(matrix) m
		WHERE NOT EXISTS (
			SELECT FROM selection x
			WHERE x.plan_year = the_plan.plan_year AND x.account_id = m.account_id AND x.ended_on IS NULL
				AND (x.unit_code <> the_plan.unit_code OR x.dropped_by IS NULL OR x.dropped_by = the_plan.plan_id))
		ORDER BY m.account_id
		RETURNING n.account_id, n.tier, n.status
	)
	SELECT r.account_id, 'new', NULL::kam.tier, r.tier, r.status FROM added r
	ORDER BY 1;

	-- In the plan of a unit that had the account before: that one has to let it go first.
	RETURN QUERY
	SELECT m.account_id, 'elsewhere', NULL::kam.tier, m.tier, NULL::text
	FROM unnest(matrix) m JOIN selection x ON x.account_id = m.account_id
	WHERE x.plan_year = the_plan.plan_year AND x.unit_code <> the_plan.unit_code AND x.ended_on IS NULL
	ORDER BY 1;
END $$;

-- Tiers that lift somebody above the limit.  They come to the assignments by a foreign key, behind whose action the
-- guard tells the caller nothing; to who sees all of the portfolios, this does.
CREATE OR REPLACE FUNCTION _refuse_tiers(the_plan plan, matrix matrix_row[], message text) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	carers CONSTANT text[] :=
		ARRAY(SELECT DISTINCT a.staff_id FROM assignment a WHERE a.plan_id = the_plan.plan_id);
	lifted text;
	detail text;
BEGIN
	IF _sees_portfolios(the_plan.plan_year, carers) THEN
		SELECT c.staff_id, format('It would weigh %s: %s.', kam.weight(c.portfolio, the_plan.plan_year), c.portfolio)
		INTO lifted, detail
		FROM (
			SELECT a.staff_id, kam.portfolio(a.tier) AS before, kam.portfolio(
				CASE a.plan_id WHEN the_plan.plan_id THEN coalesce(m.tier, a.tier) ELSE a.tier END) AS portfolio
			FROM assignment a LEFT JOIN unnest(matrix) m ON m.account_id = a.account_id
			WHERE a.plan_year = the_plan.plan_year AND a.staff_id = ANY (carers) AND a.ended_on IS NULL
				AND a.responsibility = 'main'
			GROUP BY a.staff_id
		) c
		WHERE kam.weight(c.portfolio, the_plan.plan_year) > kam.weight(c.before, the_plan.plan_year)
		ORDER BY kam.weight(c.portfolio, the_plan.plan_year) DESC, c.staff_id LIMIT 1;
	END IF;
	IF lifted IS NOT NULL THEN
		message := replace(message, 'a key account manager', format('key account manager "%s"', lifted));
	END IF;
	PERFORM _refuse_portfolio(message, detail);
END $$;

-- New class, criteria and tier of the rows of an open plan; their status is people's.  A special
-- case that has a class by now follows the matrix (R3).
CREATE OR REPLACE FUNCTION _refresh_selection(the_plan plan, matrix matrix_row[], rule_set text) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	broken text;
	told text;
BEGIN
	-- From or to Streamline, the account is with the wrong one: section head or KAMR.
	PERFORM _take_assignment(the_plan, x.account_id, ARRAY['main', 'streamline'])
	FROM selection x JOIN unnest(matrix) m ON m.account_id = x.account_id
	WHERE x.plan_id = the_plan.plan_id AND (x.tier = 'Streamline') <> (m.tier = 'Streamline');
	-- One account may go up while another of the same KAMR goes down: only the outcome counts.
	SET CONSTRAINTS kam_portfolio_guard DEFERRED;
	UPDATE selection x
	SET value_class = m.value_class, criteria = m.criteria, tier = m.tier, basis = 'matrix',
		rule_set = _refresh_selection.rule_set
	FROM unnest(matrix) m
	WHERE m.account_id = x.account_id AND x.plan_id = the_plan.plan_id
		AND (x.value_class, x.criteria, x.tier, x.rule_set) IS DISTINCT FROM
			(m.value_class, m.criteria, m.tier, _refresh_selection.rule_set);
	SET CONSTRAINTS kam_portfolio_guard IMMEDIATE;
EXCEPTION WHEN check_violation THEN
	GET STACKED DIAGNOSTICS broken = CONSTRAINT_NAME, told = PG_EXCEPTION_DETAIL;
	IF broken <> 'kam_portfolio_guard' OR told <> '' THEN
		RAISE;
	END IF;
	PERFORM _refuse_tiers(the_plan, matrix, SQLERRM);
END $$;

-- The account's row in the year, as the open plan would have it.
CREATE OR REPLACE FUNCTION _selection_of(plan_year int, account_id text) RETURNS selection
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	s selection;
BEGIN
	SELECT * INTO s FROM selection x
	WHERE x.plan_year = _selection_of.plan_year AND x.account_id = _selection_of.account_id
		AND x.dropped_by IS NULL AND x.ended_on IS NULL;
	RETURN s;
END $$;

-- For what goes into the decision or the row in words.
CREATE OR REPLACE FUNCTION _check_reason_given(reason text, what text) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF reason IS NULL OR reason !~ '[^[:space:]]' THEN
		RAISE check_violation USING
			MESSAGE = format('%s needs a reason', what),
			HINT = 'State in words why; those who approve the plan read it.';
	END IF;
END $$;

-- The row that a decision of the unit is about; an error where the account is not, or not any longer, to be decided on.
CREATE OR REPLACE FUNCTION _selection_to_change(the_plan plan, account_id text) RETURNS selection
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	s selection := _selection_of(the_plan.plan_year, _selection_to_change.account_id);
BEGIN
	IF s.selection_id IS NULL OR s.unit_code <> the_plan.unit_code THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('account "%s" is not in the selection of unit "%s" for %s', account_id, the_plan.unit_code,
				the_plan.plan_year),
			HINT = 'propose_selection takes in the accounts that the matrix makes eligible, select_special a special '
				'case.';
	END IF;
	RETURN s;
END $$;

-- The unit whose plan of the year holds the account: after a move, the one that had it when it was selected.
CREATE OR REPLACE FUNCTION _selecting_unit(plan_year int, account_id text) RETURNS text
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	RETURN coalesce((_selection_of(_selecting_unit.plan_year, _selecting_unit.account_id)).unit_code,
		_unit_of(_selecting_unit.account_id));
END $$;

-- As _authorize_account, for that unit.
CREATE OR REPLACE FUNCTION _authorize_selected(action text, unit_code text, account_id text) RETURNS authorization_given
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _authorize_item(action, format('account "%s"', account_id), unit_code);
END $$;

CREATE OR REPLACE FUNCTION select_account(plan_year int, account_id text, reason text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_account('selection.edit', select_account.account_id);
	the_plan plan := _open_plan(select_account.plan_year, _unit_of(select_account.account_id));
	s selection;
BEGIN
	IF _selection_of(select_account.plan_year, select_account.account_id) IS NULL THEN
		PERFORM _put_back(the_plan, select_account.account_id);
	END IF;
	s := _selection_to_change(the_plan, select_account.account_id);
	PERFORM _check_in_business(select_account.account_id);
	IF s.plan_id = the_plan.plan_id THEN
		UPDATE selection x SET status = 'selected', reason = coalesce(select_account.reason,
			CASE WHEN s.status <> 'left_out' THEN s.reason END)
		WHERE x.selection_id = s.selection_id;
	ELSIF s.status <> 'selected' THEN
		-- Approved as left out: its tier is that of the approved plan, for all of the year (R22).
		UPDATE selection x SET dropped_by = the_plan.plan_id WHERE x.selection_id = s.selection_id;
		INSERT INTO selection (plan_id, plan_year, unit_code, account_id, value_class, criteria, tier, basis, rule_set,
			status, reason, proposed_by, proposed_at)
		VALUES (the_plan.plan_id, s.plan_year, s.unit_code, s.account_id, s.value_class, s.criteria, s.tier, s.basis,
			s.rule_set, 'selected', select_account.reason, given.staff_id, _now());
	END IF;
END $$;

-- Eligible, but not to be a key account this year (R5).
CREATE OR REPLACE FUNCTION leave_out_account(plan_year int, account_id text, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	unit_code text := _selecting_unit(leave_out_account.plan_year, leave_out_account.account_id);
	given authorization_given := _authorize_selected('selection.edit', unit_code, leave_out_account.account_id);
	the_plan plan := _open_plan(leave_out_account.plan_year, unit_code);
	s selection := _selection_to_change(the_plan, leave_out_account.account_id);
BEGIN
	PERFORM _check_reason_given(leave_out_account.reason, format('leaving out account "%s"', s.account_id));
	IF s.plan_id <> the_plan.plan_id THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('account "%s" is in the approved plan of unit "%s" for %s', s.account_id, s.unit_code,
				s.plan_year),
			HINT = 'An amendment drops it: drop_account.';
	END IF;
	PERFORM _take_out(the_plan, s.account_id);
	UPDATE selection x SET status = 'left_out', reason = leave_out_account.reason WHERE x.selection_id = s.selection_id;
END $$;

-- Out of an approved plan, by an amendment.
CREATE OR REPLACE FUNCTION drop_account(plan_year int, account_id text, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	unit_code text := _selecting_unit(drop_account.plan_year, drop_account.account_id);
	given authorization_given := _authorize_selected('selection.edit', unit_code, drop_account.account_id);
	the_plan plan := _open_plan(drop_account.plan_year, unit_code);
	s selection;
BEGIN
	PERFORM _check_reason_given(drop_account.reason, format('dropping account "%s"', drop_account.account_id));
	IF the_plan.amendment_no = 0 THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('the plan of unit "%s" for %s is not approved yet, so nothing is dropped from it',
				the_plan.unit_code, the_plan.plan_year),
			HINT = 'Leave the account out instead, with a reason: leave_out_account.';
	END IF;
	s := _selection_to_change(the_plan, drop_account.account_id);
	PERFORM _take_out(the_plan, s.account_id);
	IF s.plan_id = the_plan.plan_id THEN
		DELETE FROM selection x WHERE x.selection_id = s.selection_id;
		PERFORM _put_back(the_plan, s.account_id);
	ELSE
		UPDATE selection x SET dropped_by = the_plan.plan_id WHERE x.selection_id = s.selection_id;
	END IF;
	PERFORM _decide(given, 'selection', s.selection_id::text, 'drop', the_plan.unit_code, the_plan.plan_year,
		from_status => s.tier::text, reason => drop_account.reason);
END $$;

CREATE OR REPLACE FUNCTION _check_in_business(account_id text) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	a account;
BEGIN
	SELECT * INTO a FROM account x WHERE x.account_id = _check_in_business.account_id;
	IF a.closed_on <= _today() THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('account "%s" was closed on %s', a.account_id, a.closed_on),
			HINT = 'Select an account that is open.';
	ELSIF a.parent_account IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('account "%s" is a site of a network and is not selected on its own', a.account_id),
			HINT = unistr('Its facts count for the account it belongs to, which headquarters selects (6.1.1.2(1)ช).');
	END IF;
END $$;

-- Was it a key account in the approved plan of the year before (R8)?
CREATE OR REPLACE FUNCTION _was_key_account(plan_year int, account_id text) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN EXISTS (
		SELECT FROM selection x JOIN plan p ON p.plan_id = x.plan_id
		WHERE x.plan_year = _was_key_account.plan_year - 1 AND x.account_id = _was_key_account.account_id
			AND x.status = 'selected' AND x.ended_on IS NULL AND p.status = 'approved');
END $$;

-- A customer without a value class, on a special ground (6.1.1.2(2), R3, R8).
CREATE OR REPLACE FUNCTION select_special(plan_year int, account_id text, tier kam.tier, ground kam.criteria,
	reason text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_account('selection.edit', select_special.account_id);
	the_plan plan := _open_plan(select_special.plan_year, _unit_of(select_special.account_id));
	s selection := _selection_of(select_special.plan_year, select_special.account_id);
	class kam.value_class := (SELECT f.value_class FROM account_fact_total f
		WHERE f.plan_year = select_special.plan_year AND f.account_id = select_special.account_id);
	special_id bigint;
BEGIN
	PERFORM kam.check_special_selection(class, select_special.tier, select_special.ground, select_special.reason);
	PERFORM _check_in_business(select_special.account_id);
	IF ground @> '{existing_key_account}'::kam.criteria
		AND NOT _was_key_account(select_special.plan_year, select_special.account_id)
	THEN
		RAISE check_violation USING
			MESSAGE = format('account "%s" is in no approved plan of %s', select_special.account_id,
				the_plan.plan_year - 1),
			HINT = unistr('A key account already (6.1.1.2(2)ค) is one of last year''s approved plan; name another '
				'ground.'),
			TABLE = 'selection', CONSTRAINT = 'selection_existing_key_account';
	ELSIF s.status = 'selected' AND s.plan_id <> the_plan.plan_id OR EXISTS (
		SELECT FROM selection x
		WHERE x.plan_year = the_plan.plan_year AND x.account_id = select_special.account_id
			AND x.unit_code <> the_plan.unit_code AND x.ended_on IS NULL)
	THEN
		RAISE unique_violation USING
			MESSAGE = format('account "%s" is in a plan for %s already', select_special.account_id, the_plan.plan_year),
			HINT = 'It can be selected again when that plan has dropped it: drop_account.',
			TABLE = 'selection', CONSTRAINT = 'selection_one_at_a_time';
	END IF;
	IF s.plan_id = the_plan.plan_id THEN
		IF (s.tier = 'Streamline') <> (select_special.tier = 'Streamline') THEN
			PERFORM _take_assignment(the_plan, s.account_id, ARRAY['main', 'streamline']);
		END IF;
		UPDATE selection x
		SET value_class = NULL, criteria = select_special.ground, tier = select_special.tier, basis = 'special',
			status = 'selected', reason = select_special.reason, proposed_by = given.staff_id, proposed_at = _now(),
			rule_set = _plan_rule_set(the_plan)
		WHERE x.selection_id = s.selection_id;
		special_id := s.selection_id;
	ELSE
		UPDATE selection x SET dropped_by = the_plan.plan_id WHERE x.selection_id = s.selection_id;
		INSERT INTO selection (plan_id, plan_year, unit_code, account_id, criteria, tier, basis, rule_set, status,
			reason, proposed_by, proposed_at)
		VALUES (the_plan.plan_id, the_plan.plan_year, the_plan.unit_code, select_special.account_id,
			select_special.ground, select_special.tier, 'special', _plan_rule_set(the_plan), 'selected',
			select_special.reason, given.staff_id, _now())
		RETURNING selection_id INTO special_id;
	END IF;
	PERFORM _decide(given, 'selection', special_id::text, 'select_special', the_plan.unit_code, the_plan.plan_year,
		to_status => select_special.tier::text,
		reason => concat_ws(': ', select_special.ground::text, select_special.reason));
END $$;

CREATE OR REPLACE TRIGGER keep_plan BEFORE INSERT OR UPDATE OR DELETE ON selection
	FOR EACH ROW EXECUTE FUNCTION _keep_plan('dropped_by', 'ended_on');
CREATE OR REPLACE TRIGGER keep_approved BEFORE TRUNCATE ON selection
	FOR EACH STATEMENT EXECUTE FUNCTION _keep_approved();
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON selection
	FOR EACH ROW EXECUTE FUNCTION _keep_history('selection_id');

-- What a year changes against the approved plans of the year before.
CREATE OR REPLACE VIEW selection_change WITH (security_invoker = true) AS
SELECT coalesce(n.plan_year, b.plan_year + 1) AS plan_year, coalesce(n.unit_code, b.unit_code) AS unit_code,
	coalesce(n.account_id, b.account_id) AS account_id,
	CASE
		WHEN b.account_id IS NULL THEN 'new'
		WHEN n.account_id IS NULL OR n.status = 'left_out' THEN 'gone'
		WHEN n.tier <> b.tier THEN 'moved'
		ELSE 'same'
	END AS change,
	b.unit_code AS unit_before, b.tier AS tier_before, n.tier AS tier_now, n.status, n.basis, n.reason
FROM (
	SELECT s.plan_year, s.unit_code, s.account_id, s.tier, s.status, s.basis, s.reason
	FROM selection s
	WHERE s.dropped_by IS NULL AND s.ended_on IS NULL) n
FULL JOIN (
	SELECT s.plan_year, s.unit_code, s.account_id, s.tier
	FROM selection s JOIN plan p USING (plan_id)
	WHERE s.status = 'selected' AND s.ended_on IS NULL AND p.status = 'approved') b
	ON b.account_id = n.account_id AND b.plan_year = n.plan_year - 1
WHERE (b.account_id IS NOT NULL OR n.status <> 'left_out')
	AND coalesce(n.plan_year, b.plan_year + 1) IN (SELECT y.plan_year FROM plan_year y);
GRANT SELECT ON selection_change TO PUBLIC;

ALTER TABLE bill_cutoff ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON bill_cutoff FOR SELECT USING (area IN (
	SELECT _area(u) FROM unnest((SELECT _my_units())::text[]) u));
GRANT SELECT ON bill_cutoff TO PUBLIC;

ALTER TABLE selection ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON selection FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON selection TO PUBLIC;

COMMENT ON TABLE bill_cutoff IS U&'เกณฑ์ค่าไฟฟ้าของ 20 รายแรกในแต่ละเขต — The cut-off of the 20 highest bills of each area (6.1.1.2(1), R1), as computed for a plan year.';
COMMENT ON COLUMN bill_cutoff.plan_year IS U&'ปีแผน — Plan year, of the common era.';
COMMENT ON COLUMN bill_cutoff.area IS U&'การไฟฟ้าเขต — Area.';
COMMENT ON COLUMN bill_cutoff.cutoff_thb IS U&'ค่าไฟฟ้าเฉลี่ยขั้นต่ำที่นับเป็น 20 รายแรก (บาท/เดือน) — Average bill in THB/month from which the criterion monthly_bill is met; NULL where enough customers meet the main group.';
COMMENT ON COLUMN bill_cutoff.rule_set IS U&'ชุดเกณฑ์ที่ใช้คำนวณ — Rule set it was computed under.';
COMMENT ON COLUMN bill_cutoff.computed_at IS U&'เวลาที่คำนวณ — When it was computed.';

COMMENT ON TABLE selection IS U&'การคัดเลือกลูกค้ารายสำคัญของปีแผน — Accounts that may become key accounts of a plan year, and what was decided on each (6.1.1).';
COMMENT ON COLUMN selection.selection_id IS U&'เลขที่รายการ — Number of the row.';
COMMENT ON COLUMN selection.plan_id IS U&'แผนหรือการแก้ไขแผนที่นำเข้ามา — Plan or amendment that brought it in.';
COMMENT ON COLUMN selection.plan_year IS U&'ปีแผน — Plan year, of the common era.';
COMMENT ON COLUMN selection.unit_code IS U&'หน่วยงานที่คัดเลือก — Unit that selects.';
COMMENT ON COLUMN selection.account_id IS U&'ลูกค้า — Account.';
COMMENT ON COLUMN selection.value_class IS U&'ระดับมูลค่าลูกค้า — Value class; NULL for a special case.';
COMMENT ON COLUMN selection.criteria IS U&'เกณฑ์กลุ่มหลักที่เข้า หรือเหตุกรณีพิเศษ — Main criteria that it meets, or the grounds of the special case.';
COMMENT ON COLUMN selection.tier IS U&'ระดับลูกค้ารายสำคัญ — Tier.';
COMMENT ON COLUMN selection.basis IS U&'ที่มา: ตามตาราง หรือกรณีพิเศษ — Where the tier comes from: matrix or special.';
COMMENT ON COLUMN selection.rule_set IS U&'ชุดเกณฑ์ที่ใช้ — Rule set it was proposed under.';
COMMENT ON COLUMN selection.status IS U&'สถานะ: เข้าเกณฑ์ คัดเลือก หรือไม่คัดเลือก — eligible (not decided yet), selected or left_out (R5).';
COMMENT ON COLUMN selection.reason IS U&'เหตุผล — Reason: needed to leave out, and for the ground discretionary.';
COMMENT ON COLUMN selection.proposed_by IS U&'ผู้เสนอ — Member of staff who proposed it.';
COMMENT ON COLUMN selection.proposed_at IS U&'เวลาที่เสนอ — When it was proposed.';
COMMENT ON COLUMN selection.dropped_by IS U&'การแก้ไขแผนที่ตัดออก — Amendment that drops it.';
COMMENT ON COLUMN selection.ended_on IS U&'วันที่สิ้นสุด — Day on which that amendment was approved; NULL while in force.';

COMMENT ON TYPE matrix_row IS U&'ผลการจัดระดับของลูกค้าหนึ่งราย — What the matrix says of one customer.';
COMMENT ON COLUMN matrix_row.account_id IS U&'ลูกค้า — Account.';
COMMENT ON COLUMN matrix_row.value_class IS U&'ระดับมูลค่าลูกค้า — Value class (6.1.1.1).';
COMMENT ON COLUMN matrix_row.criteria IS U&'เกณฑ์กลุ่มหลักที่เข้า — Main criteria that it meets (6.1.1.2(1)).';
COMMENT ON COLUMN matrix_row.tier IS U&'ระดับลูกค้ารายสำคัญ — Tier by the matrix.';

COMMENT ON VIEW selection_change IS U&'ความเปลี่ยนแปลงของลูกค้ารายสำคัญเทียบกับแผนปีก่อน — What a plan year changes against the approved plans of the year before (6.1.1).';
COMMENT ON COLUMN selection_change.plan_year IS U&'ปีแผน — Plan year.';
COMMENT ON COLUMN selection_change.unit_code IS U&'หน่วยงานในปีนี้ หรือปีก่อนถ้าไม่มีแล้ว — Unit of this year, or of the year before where the account is gone.';
COMMENT ON COLUMN selection_change.account_id IS U&'ลูกค้า — Account.';
COMMENT ON COLUMN selection_change.change IS U&'ความเปลี่ยนแปลง: ใหม่ หายไป เปลี่ยนระดับ คงเดิม — new, gone, moved (to another tier) or same.';
COMMENT ON COLUMN selection_change.unit_before IS U&'หน่วยงานในปีก่อน — Unit of the year before.';
COMMENT ON COLUMN selection_change.tier_before IS U&'ระดับในปีก่อน — Tier of the year before.';
COMMENT ON COLUMN selection_change.tier_now IS U&'ระดับในปีนี้ — Tier of this year.';
COMMENT ON COLUMN selection_change.status IS U&'สถานะในปีนี้ — Status of this year.';
COMMENT ON COLUMN selection_change.basis IS U&'ที่มาในปีนี้ — Where this year''s tier comes from: matrix or special.';
COMMENT ON COLUMN selection_change.reason IS U&'เหตุผลในปีนี้ — Reason given this year.';

COMMENT ON FUNCTION _criteria_met(int, text, text, text, numeric) IS U&'เกณฑ์กลุ่มหลักที่ลูกค้าแต่ละรายเข้า — The main criteria that each customer of a year meets (6.1.1.2(1)).';
COMMENT ON FUNCTION _bill_cutoffs(int, text, text) IS U&'เกณฑ์ 20 รายแรกจากข้อมูลปัจจุบัน — The cut-offs of the areas on the facts of now (R1).';
COMMENT ON FUNCTION compute_cutoffs(int) IS U&'คำนวณเกณฑ์ค่าไฟฟ้า 20 รายแรกของทุกเขต — Computes and stores the cut-off of the 20 highest bills of every area for a plan year (6.1.1.2(1), R1), and tells each before and now. 42501 unless by 4.8 or 4.5; 55000 where the year is not opened.';
COMMENT ON FUNCTION _cutoff_in_force(int, text, text) IS U&'เกณฑ์ 20 รายแรกที่ใช้อยู่ — The stored cut-off of an area; 55000 where there is none or the facts have outgrown it.';
COMMENT ON FUNCTION _matrix(int, text, text) IS U&'ระดับตามตารางของลูกค้าทุกรายในหน่วยงาน — The tier that each customer of a unit would have (6.1.1); 55000 without any value class (R9).';
COMMENT ON FUNCTION _take_out(plan, text) IS U&'นำข้อมูลของลูกค้าออกจากแผนที่เปิดอยู่ — Takes out of an open plan what belongs to an account.';
COMMENT ON FUNCTION _put_back(plan, text) IS U&'คืนข้อมูลที่การแก้ไขแผนจะตัดออก — Puts back what an amendment was to drop of an account.';
COMMENT ON FUNCTION propose_selection(int, text) IS U&'เสนอรายชื่อลูกค้าที่เข้าเกณฑ์ — Puts the accounts that the matrix makes eligible into the unit''s open plan, refreshes those that are there, and tells what changed: new, moved, gone, elsewhere (6.1.1, R5). 42501 not this unit''s; 55000 no open plan, no value classes (R9), cut-offs missing or outdated.';
COMMENT ON FUNCTION _refuse_tiers(plan, matrix_row[], text) IS U&'ปฏิเสธระดับที่ทำให้พอร์ตเกินเกณฑ์ — 23514 for new tiers that lift somebody above the limit, with the sum for who sees it.';
COMMENT ON FUNCTION _refresh_selection(plan, matrix_row[], text) IS U&'ปรับระดับของรายการในแผนตามข้อมูลใหม่ — Gives the rows of an open plan their new class, criteria and tier.';
COMMENT ON FUNCTION _selection_of(int, text) IS U&'รายการของลูกค้าในปีแผน — The account''s row in a year, as the open plan would have it.';
COMMENT ON FUNCTION _check_reason_given(text, text) IS U&'ตรวจว่ามีเหตุผล — 23514 where a reason is missing or blank.';
COMMENT ON FUNCTION _selection_to_change(plan, text) IS U&'รายการที่จะแก้ไข — The row of the unit''s selection that is to be decided on; 55000 where there is none.';
COMMENT ON FUNCTION _selecting_unit(int, text) IS U&'หน่วยงานที่มีลูกค้าอยู่ในแผน — The unit whose plan of the year holds the account.';
COMMENT ON FUNCTION _authorize_selected(text, text, text) IS U&'ตรวจสิทธิ์ตามหน่วยงานเจ้าของแผน — As _authorize_account, for the unit whose plan holds the account.';
COMMENT ON FUNCTION select_account(int, text, text) IS U&'คัดเลือกลูกค้ารายสำคัญ — Selects an eligible account as a key account of its unit''s open plan (6.1.1, R5); takes back a leaving-out or a drop. 42501 not among the caller''s; 55000 not in the selection, closed, or a site of a network.';
COMMENT ON FUNCTION leave_out_account(int, text, text) IS U&'ไม่คัดเลือก พร้อมเหตุผล — Leaves an eligible account out, with a reason (R5); what the open plan had for it goes. 23514 without a reason; 55000 where it is approved already.';
COMMENT ON FUNCTION drop_account(int, text, text) IS U&'ตัดลูกค้าออกโดยการแก้ไขแผน — Takes an account out of an approved plan by the open amendment (R22). 23514 without a reason; 55000 without an amendment.';
COMMENT ON FUNCTION _check_in_business(text) IS U&'ตรวจว่าลูกค้ายังใช้ไฟฟ้าอยู่ — 55000 where an account is closed or a site of a network.';
COMMENT ON FUNCTION _was_key_account(int, text) IS U&'เป็นลูกค้ารายสำคัญในปีก่อนหรือไม่ — Was the account in an approved plan of the year before (R8)?';
COMMENT ON FUNCTION select_special(int, text, kam.tier, kam.criteria, text) IS U&'คัดเลือกกรณีพิเศษ — Selects a customer without a value class on a special ground (6.1.1.2(2), R3, R8); recorded as a decision. 23514 where the rule of special cases is broken; 23505 where it is in a plan already.';
