/* What a plan says: its rows in force, its benefits, targets and activities, and all of it as one document. */

-- The plans whose rows together are the unit's plan once this one is approved.
CREATE OR REPLACE FUNCTION _standing_plans(the_plan plan) RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN ARRAY(
		SELECT p.plan_id FROM plan p
		WHERE p.plan_year = the_plan.plan_year AND p.unit_code = the_plan.unit_code
			AND (p.status = 'approved' OR p.plan_id = the_plan.plan_id));
END $$;

CREATE OR REPLACE FUNCTION _standing_selection(the_plan plan) RETURNS SETOF selection
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY SELECT * FROM selection s
	WHERE s.plan_id = ANY (_standing_plans(the_plan)) AND s.ended_on IS NULL
		AND s.dropped_by IS DISTINCT FROM the_plan.plan_id;
END $$;

CREATE OR REPLACE FUNCTION _standing_kamr(the_plan plan) RETURNS SETOF kamr
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY SELECT * FROM kamr k
	WHERE k.plan_id = ANY (_standing_plans(the_plan)) AND k.ended_on IS NULL
		AND k.dropped_by IS DISTINCT FROM the_plan.plan_id;
END $$;

CREATE OR REPLACE FUNCTION _standing_assignment(the_plan plan) RETURNS SETOF assignment
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY SELECT a.* FROM assignment a JOIN _standing_selection(the_plan) s USING (selection_id)
	WHERE s.status = 'selected' AND a.ended_on IS NULL AND a.dropped_by IS DISTINCT FROM the_plan.plan_id;
END $$;

CREATE OR REPLACE FUNCTION _standing_activity(the_plan plan) RETURNS SETOF activity
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY SELECT * FROM activity a
	WHERE a.plan_id = ANY (_standing_plans(the_plan)) AND a.ended_on IS NULL
		AND a.dropped_by IS DISTINCT FROM the_plan.plan_id;
END $$;

-- Of each KPI the target that was set last: an amendment sets it anew.
CREATE OR REPLACE FUNCTION _standing_target(the_plan plan) RETURNS SETOF target
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY SELECT DISTINCT ON (t.kpi) t.* FROM target t JOIN plan p USING (plan_id)
	WHERE t.plan_id = ANY (_standing_plans(the_plan))
	ORDER BY t.kpi, p.amendment_no DESC;
END $$;

-- The open plan of the account's unit, in which the account is a selected one.
CREATE OR REPLACE FUNCTION _open_plan_of_account(plan_year int, account_id text) RETURNS plan
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	the_plan plan := _open_plan(plan_year,
		(SELECT a.unit_code FROM account a WHERE a.account_id = _open_plan_of_account.account_id));
BEGIN
	IF NOT EXISTS (SELECT FROM _standing_selection(the_plan) s
		WHERE s.account_id = _open_plan_of_account.account_id AND s.status = 'selected')
	THEN
		RAISE check_violation USING
			MESSAGE = format('account "%s" is not selected in %s', account_id, _plan_name(the_plan)),
			HINT = 'Select it first: select_account.',
			TABLE = 'selection', CONSTRAINT = 'account_is_selected';
	END IF;
	RETURN the_plan;
END $$;

CREATE OR REPLACE FUNCTION _amount(argument text, amount numeric) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE SET search_path FROM CURRENT AS $$
BEGIN
	IF amount < 0 OR amount IN ('NaN', 'Infinity') THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('%s is %s', argument, amount),
			HINT = 'Give an amount in baht that is not below zero, or NULL for none.';
	END IF;
	RETURN amount;
END $$;

CREATE OR REPLACE FUNCTION _text(argument text, value text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path FROM CURRENT AS $$
BEGIN
	IF coalesce(btrim(value), '') = '' THEN
		RAISE null_value_not_allowed USING
			MESSAGE = format('%s is missing', argument),
			HINT = format('Say it in words: %s => ''...''.', argument);
	END IF;
	RETURN btrim(value);
END $$;

-- The budget with which the key account managers are supported (4.2, 4.3 approve it).
CREATE OR REPLACE FUNCTION set_budget(plan_year int, unit_code text, support_budget_thb numeric) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('plan.edit', unit_code);
	the_plan plan := _open_plan(plan_year, unit_code);
BEGIN
	UPDATE plan p SET support_budget_thb = _amount('support_budget_thb', set_budget.support_budget_thb)
	WHERE p.plan_id = the_plan.plan_id;
	PERFORM _note_change(the_plan.plan_id);
END $$;

CREATE OR REPLACE FUNCTION set_target(plan_year int, unit_code text, kpi text, value numeric, scale numeric DEFAULT 100)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('plan.edit', unit_code);
	the_plan plan := _open_plan(plan_year, unit_code);
BEGIN
	PERFORM _check_target(kpi, value, scale);
	INSERT INTO target AS t (plan_id, unit_code, kpi, value, scale)
	VALUES (the_plan.plan_id, the_plan.unit_code, set_target.kpi, set_target.value, set_target.scale)
	ON CONFLICT ON CONSTRAINT target_plan_id_kpi_key DO UPDATE SET value = excluded.value, scale = excluded.scale;
END $$;

CREATE OR REPLACE FUNCTION _check_target(kpi text, value numeric, scale numeric) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path FROM CURRENT AS $$
BEGIN
	IF kpi IS NULL OR kpi NOT IN ('plan_success', 'satisfaction', 'loyalty') THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('there is no KPI "%s"', kpi),
			HINT = 'Targets are for plan_success, satisfaction and loyalty.';
	ELSIF NOT coalesce(value BETWEEN 0 AND scale AND scale > 0 AND scale < 'Infinity', false) THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('target %s lies outside the scale from 0 to %s', coalesce(value::text, 'NULL'),
				coalesce(scale::text, 'NULL')),
			HINT = 'Give a value on the scale, as in value => 85 (of 100) or value => 4.2, scale => 5.';
	ELSIF kpi = 'plan_success' AND scale <> 100 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = 'success against the plan is a percentage',
			HINT = 'Leave scale out: it is 100.';
	END IF;
END $$;

CREATE OR REPLACE FUNCTION drop_target(plan_year int, unit_code text, kpi text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('plan.edit', unit_code);
	the_plan plan := _open_plan(plan_year, unit_code);
BEGIN
	DELETE FROM target t WHERE t.plan_id = the_plan.plan_id AND t.kpi = drop_target.kpi;
	IF NOT FOUND THEN
		RAISE no_data_found USING
			MESSAGE = format('%s sets no target "%s"', _plan_name(the_plan), kpi),
			HINT = 'See the table target for those that there are.';
	END IF;
END $$;

CREATE OR REPLACE FUNCTION add_benefit(plan_year int, account_id text, benefit text, value_thb numeric DEFAULT NULL)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_account('plan.edit', account_id);
	the_plan plan := _open_plan_of_account(plan_year, account_id);
	benefit_id bigint;
BEGIN
	INSERT INTO benefit AS b (plan_id, unit_code, account_id, benefit, value_thb)
	VALUES (the_plan.plan_id, the_plan.unit_code, add_benefit.account_id, _text('benefit', add_benefit.benefit),
		_amount('value_thb', add_benefit.value_thb))
	RETURNING b.benefit_id INTO benefit_id;
	RETURN benefit_id;
END $$;

CREATE OR REPLACE FUNCTION drop_benefit(benefit_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	the_benefit benefit := (SELECT b FROM benefit b WHERE b.benefit_id = drop_benefit.benefit_id);
	the_plan plan;
BEGIN
	PERFORM _authorize_item('plan.edit', format('benefit %s', coalesce(drop_benefit.benefit_id::text, 'NULL')),
		the_benefit.unit_code);
	the_plan := _open_plan_of_row('benefit', the_benefit.benefit_id, the_benefit.plan_id, the_benefit.dropped_by,
		the_benefit.ended_on);
	IF the_benefit.plan_id = the_plan.plan_id THEN
		DELETE FROM benefit b WHERE b.benefit_id = the_benefit.benefit_id;
	ELSE
		UPDATE benefit b SET dropped_by = the_plan.plan_id WHERE b.benefit_id = the_benefit.benefit_id;
	END IF;
END $$;

-- The open plan in which a row may be dropped: its own, or an amendment to that.
CREATE OR REPLACE FUNCTION _open_plan_of_row(kind text, row_id bigint, plan_id bigint, dropped_by bigint, ended_on date)
RETURNS plan
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	its_plan plan := (SELECT p FROM plan p WHERE p.plan_id = _open_plan_of_row.plan_id);
	the_plan plan := _open_plan(its_plan.plan_year, its_plan.unit_code);
BEGIN
	IF dropped_by IS NOT NULL OR ended_on IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('%s %s has been dropped', kind, row_id),
			HINT = 'Add it anew where it is still wanted.';
	END IF;
	RETURN the_plan;
END $$;

CREATE OR REPLACE FUNCTION add_activity(plan_year int, account_id text, activity text, due_on date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_account('plan.edit', account_id);
	the_plan plan := _open_plan_of_account(plan_year, account_id);
	activity_id bigint;
BEGIN
	INSERT INTO activity AS a (plan_id, plan_year, unit_code, account_id, activity, due_on)
	VALUES (the_plan.plan_id, the_plan.plan_year, the_plan.unit_code, add_activity.account_id,
		_text('activity', add_activity.activity), _day_in_plan_year(the_plan.plan_year, due_on))
	RETURNING a.activity_id INTO activity_id;
	RETURN activity_id;
END $$;

CREATE OR REPLACE FUNCTION _day_in_plan_year(plan_year int, due_on date) RETURNS date
LANGUAGE plpgsql IMMUTABLE SET search_path FROM CURRENT AS $$
DECLARE
	year numeric := extract(year FROM due_on);
BEGIN
	IF due_on IS NULL THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'due_on is missing',
			HINT = format('Name the day in %s by which it is to be done.', plan_year);
	ELSIF year IS DISTINCT FROM plan_year THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('%s lies outside the plan year %s', to_jsonb(due_on) #>> '{}', plan_year),
			HINT = CASE WHEN year = plan_year + 543
				THEN format('Years are of the common era: %s is %s.', year, plan_year)
				ELSE format('Choose a day from %s-01-01 to %1$s-12-31, or put it into the plan of its own year.',
					plan_year) END;
	END IF;
	RETURN due_on;
END $$;

-- In an amendment an approved activity is replaced by a new one: its number is returned.
CREATE OR REPLACE FUNCTION change_activity(activity_id bigint, activity text DEFAULT NULL, due_on date DEFAULT NULL)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	was activity := (SELECT a FROM activity a WHERE a.activity_id = change_activity.activity_id);
	new_activity text := coalesce(nullif(btrim(change_activity.activity), ''), was.activity);
	new_due_on date := coalesce(change_activity.due_on, was.due_on);
	the_plan plan;
BEGIN
	the_plan := _open_plan_of_activity(change_activity.activity_id, was);
	new_due_on := _day_in_plan_year(the_plan.plan_year, new_due_on);
	IF was.plan_id = the_plan.plan_id THEN
		UPDATE activity a SET activity = new_activity, due_on = new_due_on WHERE a.activity_id = was.activity_id;
		RETURN was.activity_id;
	END IF;
	UPDATE activity a SET dropped_by = the_plan.plan_id WHERE a.activity_id = was.activity_id;
	RETURN add_activity(the_plan.plan_year, was.account_id, new_activity, new_due_on);
END $$;

CREATE OR REPLACE FUNCTION drop_activity(activity_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	was activity := (SELECT a FROM activity a WHERE a.activity_id = drop_activity.activity_id);
	the_plan plan := _open_plan_of_activity(drop_activity.activity_id, was);
BEGIN
	IF was.plan_id = the_plan.plan_id THEN
		DELETE FROM activity a WHERE a.activity_id = was.activity_id;
	ELSE
		UPDATE activity a SET dropped_by = the_plan.plan_id WHERE a.activity_id = was.activity_id;
	END IF;
END $$;

-- May the caller change or drop it, and in which open plan?
CREATE OR REPLACE FUNCTION _open_plan_of_activity(activity_id bigint, was activity) RETURNS plan
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_item('plan.edit', format('activity %s', coalesce(activity_id::text, 'NULL')),
		was.unit_code);
	the_plan plan := _open_plan_of_row('activity', was.activity_id, was.plan_id, was.dropped_by, was.ended_on);
BEGIN
	IF (SELECT a.done_at IS NOT NULL FROM activity a WHERE a.activity_id = was.activity_id) THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('activity %s has been done', was.activity_id),
			HINT = 'What has been done stays; add another one.';
	END IF;
	RETURN the_plan;
END $$;

-- All that a plan or amendment says, and nothing that the year changes afterwards: the same document for ever once
-- it is approved, whatever columns a user has added.
CREATE OR REPLACE FUNCTION plan_content(plan_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT SET timezone = 'UTC' SET datestyle = 'ISO' AS $$
BEGIN
	RETURN (
		SELECT jsonb_build_object('plan_id', p.plan_id, 'plan_year', p.plan_year, 'unit_code', p.unit_code,
			'route', p.route, 'amendment_no', p.amendment_no, 'amendment_reason', p.amendment_reason, 'rule_set', p.rule_set,
			'support_budget_thb', p.support_budget_thb, 'prepared_by', p.prepared_by, 'changed_by', p.changed_by,
			'changed_at', p.changed_at, 'approved_at', p.approved_at, 'below_minimum_reason', p.below_minimum_reason,
			'selection', _selection_content(p.plan_id), 'kamr', _kamr_content(p.plan_id),
			'waiver', _waiver_content(p.plan_id), 'assignment', _assignment_content(p.plan_id), 'benefit', _benefit_content(p.plan_id),
			'target', _target_content(p.plan_id), 'activity', _activity_content(p.plan_id),
			'dropped', _dropped_content(p.plan_id))
		FROM plan p WHERE p.plan_id = plan_content.plan_id);
END $$;

CREATE OR REPLACE FUNCTION _selection_content(plan_id bigint) RETURNS jsonb
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT coalesce(jsonb_agg(jsonb_build_object('selection_id', s.selection_id, 'account_id', s.account_id,
		'value_class', s.value_class::text, 'criteria', s.criteria::text, 'tier', s.tier::text, 'basis', s.basis,
		'rule_set', s.rule_set, 'status', s.status, 'reason', s.reason, 'proposed_by', s.proposed_by,
		'proposed_at', s.proposed_at) ORDER BY s.selection_id), '[]')
	FROM selection s WHERE s.plan_id = _selection_content.plan_id;
END;

CREATE OR REPLACE FUNCTION _kamr_content(plan_id bigint) RETURNS jsonb
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT coalesce(jsonb_agg(jsonb_build_object('kamr_id', k.kamr_id, 'staff_id', k.staff_id, 'level', k.level,
		'appointed_from', k.appointed_from, 'good_relations', k.good_relations, 'appointed_by', k.appointed_by,
		'appointed_at', k.appointed_at) ORDER BY k.kamr_id), '[]')
	FROM kamr k WHERE k.plan_id = _kamr_content.plan_id;
END;

CREATE OR REPLACE FUNCTION _waiver_content(plan_id bigint) RETURNS jsonb
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT coalesce(jsonb_agg(jsonb_build_object('waiver_id', w.waiver_id, 'kamr_id', w.kamr_id, 'points', w.points,
		'reason', w.reason, 'waived_by', w.waived_by, 'waived_at', w.waived_at) ORDER BY w.waiver_id), '[]')
	FROM waiver w WHERE w.plan_id = _waiver_content.plan_id;
END;

-- Accounts handed over later are not the plan's but the year's.
CREATE OR REPLACE FUNCTION _assignment_content(plan_id bigint) RETURNS jsonb
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT coalesce(jsonb_agg(jsonb_build_object('assignment_id', a.assignment_id, 'account_id', a.account_id,
		'selection_id', a.selection_id, 'tier', a.tier::text, 'staff_id', a.staff_id,
		'responsibility', a.responsibility, 'assigned_by', a.assigned_by,
		'assigned_at', a.assigned_at) ORDER BY a.assignment_id), '[]')
	FROM assignment a WHERE a.plan_id = _assignment_content.plan_id AND a.taken_over_from IS NULL;
END;

CREATE OR REPLACE FUNCTION _benefit_content(plan_id bigint) RETURNS jsonb
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT coalesce(jsonb_agg(jsonb_build_object('benefit_id', b.benefit_id, 'account_id', b.account_id,
		'benefit', b.benefit,
		'value_thb', b.value_thb) ORDER BY b.benefit_id), '[]')
	FROM benefit b WHERE b.plan_id = _benefit_content.plan_id;
END;

CREATE OR REPLACE FUNCTION _target_content(plan_id bigint) RETURNS jsonb
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT coalesce(jsonb_agg(jsonb_build_object('target_id', t.target_id, 'kpi', t.kpi, 'value', t.value,
		'scale', t.scale) ORDER BY t.target_id), '[]')
	FROM target t WHERE t.plan_id = _target_content.plan_id;
END;

CREATE OR REPLACE FUNCTION _activity_content(plan_id bigint) RETURNS jsonb
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT coalesce(jsonb_agg(jsonb_build_object('activity_id', a.activity_id, 'account_id', a.account_id,
		'activity', a.activity, 'due_on', a.due_on) ORDER BY a.activity_id), '[]')
	FROM activity a WHERE a.plan_id = _activity_content.plan_id;
END;

CREATE OR REPLACE FUNCTION _dropped_content(plan_id bigint) RETURNS jsonb
LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT jsonb_build_object(
		'selection', (SELECT coalesce(jsonb_agg(s.selection_id ORDER BY s.selection_id), '[]') FROM selection s
			WHERE s.dropped_by = _dropped_content.plan_id),
		'kamr', (SELECT coalesce(jsonb_agg(k.kamr_id ORDER BY k.kamr_id), '[]') FROM kamr k
			WHERE k.dropped_by = _dropped_content.plan_id),
		'assignment', (SELECT coalesce(jsonb_agg(a.assignment_id ORDER BY a.assignment_id), '[]') FROM assignment a
			WHERE a.dropped_by = _dropped_content.plan_id),
		'benefit', (SELECT coalesce(jsonb_agg(b.benefit_id ORDER BY b.benefit_id), '[]') FROM benefit b
			WHERE b.dropped_by = _dropped_content.plan_id),
		'activity', (SELECT coalesce(jsonb_agg(a.activity_id ORDER BY a.activity_id), '[]') FROM activity a
			WHERE a.dropped_by = _dropped_content.plan_id));
END;

COMMENT ON FUNCTION _standing_plans(plan) IS
U&'แผนที่มีผลรวมกัน — The approved plans of the unit and year, and this one.';
COMMENT ON FUNCTION _standing_selection(plan) IS
U&'การคัดเลือกเมื่อแผนมีผล — The selection as it would be were this plan approved.';
COMMENT ON FUNCTION _standing_kamr(plan) IS U&'KAMR เมื่อแผนมีผล — The KAMRs as they would be were this plan approved.';
COMMENT ON FUNCTION _standing_assignment(plan) IS
U&'การมอบหมายเมื่อแผนมีผล — The assignments of selected accounts as they would be were this plan approved.';
COMMENT ON FUNCTION _standing_activity(plan) IS
U&'กิจกรรมเมื่อแผนมีผล — The activities as they would be were this plan approved.';
COMMENT ON FUNCTION _standing_target(plan) IS
U&'เป้าหมายเมื่อแผนมีผล — The targets as they would be were this plan approved.';
COMMENT ON FUNCTION _open_plan_of_account(int, text) IS
U&'แผนที่แก้ไขได้ของลูกค้า — The open plan of an account''s unit; 23514 where the account is not selected in it.';
COMMENT ON FUNCTION _amount(text, numeric) IS U&'จำนวนเงิน — An amount in baht, or 22023.';
COMMENT ON FUNCTION _text(text, text) IS U&'ข้อความที่ต้องมี — A text that says something, or 22004.';
COMMENT ON FUNCTION set_budget(int, text, numeric) IS
U&'กำหนดงบสนับสนุน KAMR — Sets the budget for supporting the unit''s KAMRs in its open plan (4.2, 4.3). Errors: 22023, 42501, 55000.';
COMMENT ON FUNCTION set_target(int, text, text, numeric, numeric) IS
U&'กำหนดเป้าหมายตัวชี้วัด — Sets the target for a KPI in the unit''s open plan: plan_success in per cent, satisfaction, loyalty (1.4). Errors: 22023, 42501, 55000.';
COMMENT ON FUNCTION _check_target(text, numeric, numeric) IS
U&'ตรวจเป้าหมาย — 22023 for a KPI or value that there is not.';
COMMENT ON FUNCTION drop_target(int, text, text) IS
U&'ลบเป้าหมาย — Takes a target out of the open plan. Errors: 42501, 55000, P0002.';
COMMENT ON FUNCTION add_benefit(int, text, text, numeric) IS
U&'เพิ่มสิทธิประโยชน์ — Plans a benefit for a selected account and returns its number (1.3). Errors: 22004, 22023, 23514, 42501, 55000.';
COMMENT ON FUNCTION drop_benefit(bigint) IS
U&'ลบสิทธิประโยชน์ — Takes a benefit out of the open plan, or has the open amendment drop it. Errors: 42501, 55000.';
COMMENT ON FUNCTION _open_plan_of_row(text, bigint, bigint, bigint, date) IS
U&'แผนที่แก้ไขได้ของแถว — The open plan in which a row may be changed or dropped: its own, or an amendment to that.';
COMMENT ON FUNCTION add_activity(int, text, text, date) IS
U&'เพิ่มกิจกรรม — Plans an activity for a selected account and returns its number (1.4). Errors: 22004, 22008 for a day outside the plan year, 23514, 42501, 55000.';
COMMENT ON FUNCTION _day_in_plan_year(int, date) IS U&'วันในปีแผน — A day of the plan year, or 22008.';
COMMENT ON FUNCTION change_activity(bigint, text, date) IS
U&'แก้ไขกิจกรรม — Changes an activity in the open plan; in an amendment an approved one is replaced by a new one. Returns the number. Errors: 22008, 42501, 55000.';
COMMENT ON FUNCTION drop_activity(bigint) IS
U&'ลบกิจกรรม — Takes an activity out of the open plan, or has the open amendment drop it. Errors: 42501, 55000.';
COMMENT ON FUNCTION _open_plan_of_activity(bigint, activity) IS
U&'แผนที่แก้ไขได้ของกิจกรรม — The open plan in which an activity may be changed or dropped; 55000 once it is done.';
COMMENT ON FUNCTION plan_content(bigint) IS
U&'เนื้อหาทั้งหมดของแผน — All that a plan or amendment says, as one document, with the caller''s rights; its hash stands in the decision that approved it.';
COMMENT ON FUNCTION _selection_content(bigint) IS U&'เนื้อหาการคัดเลือก — The selection of a plan, as a document.';
COMMENT ON FUNCTION _kamr_content(bigint) IS U&'เนื้อหาการแต่งตั้ง KAMR — The appointments of a plan, as a document.';
COMMENT ON FUNCTION _waiver_content(bigint) IS U&'เนื้อหาการยกเว้นคุณสมบัติ — The waivers of a plan, as a document.';
COMMENT ON FUNCTION _assignment_content(bigint) IS
U&'เนื้อหาการมอบหมาย — The assignments of a plan, as a document, without later hand-overs.';
COMMENT ON FUNCTION _benefit_content(bigint) IS U&'เนื้อหาสิทธิประโยชน์ — The benefits of a plan, as a document.';
COMMENT ON FUNCTION _target_content(bigint) IS U&'เนื้อหาเป้าหมาย — The targets of a plan, as a document.';
COMMENT ON FUNCTION _activity_content(bigint) IS U&'เนื้อหากิจกรรม — The activities of a plan, as a document.';
COMMENT ON FUNCTION _dropped_content(bigint) IS U&'เนื้อหาที่ถูกตัดออก — What an amendment drops, as a document.';
