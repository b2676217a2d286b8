/* Who may do what: section 4 as a table, and the one function that asks it. */

CREATE TABLE authority (
	action text NOT NULL,
	post text NOT NULL REFERENCES post,
	scope text NOT NULL CHECK (scope IN ('account', 'unit', 'below', 'subtree', 'any')),
	section text NOT NULL,
	PRIMARY KEY (action, post)
);
INSERT INTO authority (action, post, scope, section) VALUES
	-- the year and its data
	('year.open', 'director_customer_information', 'any', '4.8'),
	('year.open', 'process_owner', 'any', '5'),
	('data.keep', 'director_customer_information', 'any', '4.8'),
	('account.maintain', 'director_customer_information', 'any', '4.8'),
	('account.maintain', 'hq_kamr', 'account', '4.11.2'),
	('account.maintain', 'office_kamr', 'account', '4.14.2'),
	('account.maintain', 'senior_kamr', 'account', '4.13'),
	('account.maintain', 'section_head', 'unit', '4.15.5'),
	('account.maintain', 'hq_section_head', 'account', '4.5'),
	('account.network', 'director_engineering_hq', 'any', unistr('6.1.1.2(1)ช')),
	('training.record', 'director_personnel_development', 'any', '4.7'),
	('system.enter', 'hq_kamr', 'unit', '5 (step 3)'),
	('system.enter', 'office_kamr', 'unit', '5 (step 3)'),
	('system.enter', 'senior_kamr', 'unit', '5 (step 3)'),
	('system.enter', 'area_kamr', 'unit', '5 (step 3)'),
	('system.enter', 'director_customer_information', 'any', '5 (step 3)'),
	-- the plan
	('selection.edit', 'office_manager', 'unit', '4.10.1'),
	('selection.edit', 'section_head', 'unit', '4.15.1'),
	('selection.edit', 'director_customer_service', 'unit', '4.6.1'),
	('selection.edit', 'director_engineering_hq', 'unit', '4.5.1'),
	('kamr.appoint', 'office_manager', 'unit', '4.10.1'),
	('kamr.appoint', 'director_customer_service', 'unit', '4.6.1'),
	('kamr.appoint', 'director_engineering_hq', 'unit', '4.5.1'),
	('kamr.waive', 'office_manager', 'unit', '6.1.2.1(5)'),
	('kamr.waive', 'director_engineering_hq', 'unit', '6.1.2.1(5)'),
	('assignment.edit', 'office_manager', 'unit', '4.10.2'),
	('assignment.edit', 'director_customer_service', 'unit', '4.6.2'),
	('assignment.edit', 'director_engineering_hq', 'unit', '4.5.2'),
	('assignment.hand_over', 'office_manager', 'unit', '4.10.2, R22'),
	('assignment.hand_over', 'director_engineering_hq', 'unit', '4.5.2, R22'),
	('plan.edit', 'office_manager', 'unit', '4.10.3'),
	('plan.edit', 'section_head', 'unit', '4.15.2'),
	('plan.edit', 'director_customer_service', 'unit', '4.6.3'),
	('plan.edit', 'director_engineering_hq', 'unit', '4.5.3'),
	('plan.review', 'senior_kamr', 'unit', '4.13'),
	('plan.review', 'section_head', 'unit', '4.15.1'),
	-- the year
	('contact.record', 'hq_kamr', 'account', '4.11.8'),
	('contact.record', 'area_kamr', 'account', '4.12'),
	('contact.record', 'senior_kamr', 'account', '4.13'),
	('contact.record', 'office_kamr', 'account', '4.14'),
	('contact.record', 'section_head', 'account', '4.15.5'),
	('contact.record', 'hq_section_head', 'account', '4.5'),
	('activity.complete', 'hq_kamr', 'account', '4.11.3'),
	('activity.complete', 'area_kamr', 'account', '4.12'),
	('activity.complete', 'senior_kamr', 'account', '4.13'),
	('activity.complete', 'office_kamr', 'account', '4.14'),
	('activity.complete', 'section_head', 'account', '4.15.5'),
	('activity.complete', 'hq_section_head', 'account', '4.5'),
	('introduction.record', 'hq_kamr', 'account', '4.11.1'),
	('introduction.record', 'senior_kamr', 'account', '4.13'),
	('introduction.record', 'office_kamr', 'account', '4.14.1'),
	('introduction.record', 'section_head', 'account', '4.15.5'),
	('introduction.record', 'hq_section_head', 'account', '4.5'),
	('case.open', 'hq_kamr', 'account', '4.11.5'),
	('case.open', 'area_kamr', 'subtree', '4.12.4'),
	('case.open', 'senior_kamr', 'unit', '4.13'),
	('case.open', 'office_kamr', 'account', '4.14.5'),
	('case.open', 'section_head', 'unit', '4.15.5a'),
	('case.open', 'hq_section_head', 'account', '4.5'),
	('case.answer', 'hq_kamr', 'account', '4.11.5'),
	('case.answer', 'area_kamr', 'account', '4.12.4'),
	('case.answer', 'senior_kamr', 'account', '4.13'),
	('case.answer', 'office_kamr', 'account', '4.14.5'),
	('case.answer', 'section_head', 'unit', '4.15.5a'),
	('case.answer', 'hq_section_head', 'account', '4.5'),
	('case.answer', 'office_manager', 'unit', '4.10'),
	('case.answer', 'director_engineering_hq', 'unit', '4.5'),
	('case.escalate', 'hq_kamr', 'account', '4.11.5'),
	('case.escalate', 'area_kamr', 'subtree', '4.12.4'),
	('case.escalate', 'senior_kamr', 'unit', '4.13'),
	('case.escalate', 'office_kamr', 'account', '4.14.5'),
	('case.escalate', 'section_head', 'unit', '4.15.5a'),
	('case.escalate', 'hq_section_head', 'account', '4.5'),
	('case.decide', 'office_manager', 'unit', 'R25'),
	('case.decide', 'director_engineering_area', 'subtree', 'R25'),
	('case.decide', 'area_director', 'subtree', 'R25'),
	('case.decide', 'director_engineering_hq', 'unit', 'R25'),
	('case.decide', 'deputy_governor_strategy', 'unit', 'R25'),
	('voice.record', 'hq_kamr', 'account', '4.11.8'),
	('voice.record', 'area_kamr', 'subtree', '4.12'),
	('voice.record', 'senior_kamr', 'unit', '4.13'),
	('voice.record', 'office_kamr', 'account', '4.14'),
	('voice.record', 'section_head', 'unit', '4.15.5'),
	('voice.record', 'director_communication_service', 'any', '4.9'),
	('relationship.judge', 'hq_kamr', 'account', '4.11.2'),
	('relationship.judge', 'senior_kamr', 'account', '4.13'),
	('relationship.judge', 'office_kamr', 'account', '4.14.2'),
	('relationship.judge', 'section_head', 'account', '4.15.5'),
	('relationship.judge', 'hq_section_head', 'account', '4.5'),
	('relationship.judge', 'office_manager', 'unit', '4.10'),
	('relationship.judge', 'director_engineering_hq', 'unit', '4.5'),
	('news.pass_on', 'hq_kamr', 'account', '4.11.6'),
	('news.pass_on', 'area_kamr', 'subtree', '4.12.6'),
	('news.pass_on', 'senior_kamr', 'unit', '4.13'),
	('news.pass_on', 'office_kamr', 'account', '4.14.7'),
	('news.pass_on', 'section_head', 'account', '4.15.5'),
	('news.pass_on', 'hq_section_head', 'account', '4.5'),
	('outage.find', 'area_kamr', 'subtree', '4.12.5'),
	('outage.find', 'senior_kamr', 'unit', '4.13'),
	('outage.find', 'office_kamr', 'account', '4.14.6'),
	('outage.find', 'section_head', 'account', '4.15.5'),
	('outage.find', 'hq_section_head', 'account', '4.5'),
	('resource.request', 'hq_kamr', 'unit', '4.11'),
	('resource.request', 'area_kamr', 'unit', '4.12'),
	('resource.request', 'senior_kamr', 'unit', '4.13'),
	('resource.request', 'office_kamr', 'unit', '4.14'),
	('resource.request', 'section_head', 'unit', '4.15'),
	('resource.request', 'office_manager', 'unit', '4.10'),
	('resource.screen', 'director_engineering_area', 'subtree', '4.4'),
	('resource.screen', 'director_engineering_hq', 'unit', '4.5'),
	('resource.grant', 'area_director', 'subtree', '4.3'),
	('resource.grant', 'deputy_governor_strategy', 'unit', '4.2'),
	('survey.run', 'director_communication_service', 'any', '4.9'),
	('evaluation.kamr', 'office_manager', 'unit', '4.10.5'),
	('evaluation.kamr', 'senior_kamr', 'unit', '4.13.3'),
	('evaluation.kamr', 'director_customer_service', 'unit', '4.6.5'),
	('evaluation.kamr', 'director_engineering_hq', 'unit', '4.5.7'),
	('evaluation.unit', 'area_director', 'subtree', '4.3'),
	('evaluation.unit', 'director_engineering_area', 'subtree', '4.4'),
	('evaluation.unit', 'deputy_governor_strategy', 'unit', '4.2'),
	-- reports
	('report.approved_plan', 'area_director', 'subtree', '4.3'),
	('report.approved_plan', 'deputy_governor_strategy', 'unit', '4.2'),
	('report.approved_plan', 'director_customer_service', 'subtree', '5 (step 2)'),
	('report.approved_plan', 'director_customer_information', 'any', '5 (step 2)'),
	('report.monthly', 'office_manager', 'unit', '4.10'),
	('report.monthly', 'senior_kamr', 'unit', '4.13'),
	('report.monthly', 'section_head', 'unit', '4.15.6'),
	('report.quarterly', 'director_customer_service', 'unit', '4.6.7'),
	('report.quarterly', 'director_engineering_area', 'unit', '4.4.5'),
	('report.quarterly', 'director_engineering_hq', 'unit', '4.5.8'),
	('report.coordinators', 'director_customer_service', 'unit', '5 (step 7)'),
	('report.coordinators', 'director_engineering_hq', 'unit', '5 (step 7)'),
	('report.survey', 'director_communication_service', 'unit', '5 (step 8)'),
	('report.effectiveness', 'director_customer_service', 'unit', '5 (step 9)'),
	('report.effectiveness', 'director_engineering_hq', 'unit', '5 (step 9)'),
	('report.process_review', 'process_owner', 'unit', '5 (step 10)');

-- The posts that an action is for, in words, for a HINT.
CREATE OR REPLACE FUNCTION _posts_that_may(action text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (
		SELECT string_agg(format('%s (%s)', p.title_en, a.section), ', ' ORDER BY length(p.section), p.section, p.post)
		FROM authority a JOIN post p USING (post)
		WHERE a.action = _posts_that_may.action);
END $$;

-- Does a holding of this post and unit reach the unit and account?
CREATE OR REPLACE FUNCTION _reaches(scope text, post_unit text, unit_code text, account_id text) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN coalesce(CASE scope
		WHEN 'any' THEN true
		WHEN 'unit' THEN post_unit = _reaches.unit_code
		WHEN 'subtree' THEN _reaches.unit_code IN (SELECT _subtree(post_unit))
		WHEN 'below' THEN _reaches.unit_code <> post_unit AND _reaches.unit_code IN (SELECT _subtree(post_unit))
		WHEN 'account' THEN _is_my_account(_reaches.account_id)
	END, false);
END $$;

CREATE TYPE authorization_given AS (staff_id text, post text, acting boolean);

-- By which post the caller may do this, to this unit or account: their own before one in which they
-- act for somebody; NULL where by none.
CREATE OR REPLACE FUNCTION _authorization(staff_id text, action text, unit_code text, account_id text)
RETURNS authorization_given
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given;
BEGIN
	SELECT _authorization.staff_id, h.post, h.acting INTO given
	FROM _holdings(staff_id) h JOIN authority a USING (post)
	WHERE a.action = _authorization.action
		AND _reaches(a.scope, h.unit_code, _authorization.unit_code, _authorization.account_id)
	ORDER BY h.acting, h.post LIMIT 1;
	RETURN given;
END $$;

-- Every function that writes begins here; 42501 with the posts that may, where the caller's do not.
CREATE OR REPLACE FUNCTION _authorize(action text, unit_code text, account_id text DEFAULT NULL)
RETURNS authorization_given
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	staff_id text := _staff();
	given authorization_given := _authorization(staff_id, action, unit_code, account_id);
BEGIN
	IF given.staff_id IS NULL THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('"%s" may not do this (%s)', staff_id, action)
				|| coalesce(format(' for unit "%s"', unit_code), ''),
			HINT = format('It is for: %s.', coalesce(_posts_that_may(action), 'nobody, see the table authority'));
	ELSIF unit_code IS NOT NULL THEN
		PERFORM _check_unit(unit_code);
	END IF;
	RETURN given;
END $$;

-- The same for an account by its name.  One that exists elsewhere and one that does not are refused alike.
CREATE OR REPLACE FUNCTION _authorize_account(action text, account_id text) RETURNS authorization_given
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	staff_id text := _staff();
	unit_code text := (SELECT a.unit_code FROM account a WHERE a.account_id = _authorize_account.account_id);
	given authorization_given;
BEGIN
	IF unit_code IS NOT NULL THEN
		given := _authorization(staff_id, action, unit_code, account_id);
	END IF;
	IF given.staff_id IS NOT NULL THEN
		RETURN given;
	END IF;
	RETURN _authorize_item(action, format('account "%s"', account_id), unit_code, account_id);
END $$;

-- As _authorize_account, for something that is called by a number.  unit_code is NULL where
-- there is no such thing: what is hidden and what does not exist are refused alike.
CREATE OR REPLACE FUNCTION _authorize_item(action text, what text, unit_code text, account_id text DEFAULT NULL)
RETURNS authorization_given
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	staff_id text := _staff();
BEGIN
	IF _authorize_item.unit_code IS NULL
		OR NOT (_may_read(_authorize_item.unit_code, _authorize_item.account_id) OR _may_anywhere(_authorize_item.action))
	THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('%s is not among those of "%s"', what, staff_id),
			HINT = format('This (%s) is for: %s.', action, _posts_that_may(action));
	END IF;
	RETURN _authorize(action, unit_code, account_id);
END $$;

ALTER TABLE authority ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON authority FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON authority TO PUBLIC;

COMMENT ON TABLE authority IS
U&'ตารางอำนาจหน้าที่ตามข้อ 4 — Who may do what: section 4 of the manual as rows; every function that writes obeys it, and a user may change it.';
COMMENT ON COLUMN authority.action IS
U&'การกระทำ — What is done.';
COMMENT ON COLUMN authority.post IS
U&'ตำแหน่งหน้าที่ — Post that may do it.';
COMMENT ON COLUMN authority.scope IS
U&'ขอบเขต — To what: account (those assigned to the holder), unit (the posts own), below (units below it), subtree (both), any.';
COMMENT ON COLUMN authority.section IS
U&'ข้อในคู่มือ — Section of the manual.';
COMMENT ON TYPE authorization_given IS
U&'ผลการตรวจสอบอำนาจ — By whom and in which post something is done.';
COMMENT ON COLUMN authorization_given.staff_id IS
U&'พนักงาน — Member of staff who does it; NULL: no post of theirs may.';
COMMENT ON COLUMN authorization_given.post IS
U&'ตำแหน่งหน้าที่ — Post by which they may.';
COMMENT ON COLUMN authorization_given.acting IS
U&'รักษาการหรือไม่ — Whether they act for the holder of the post.';
COMMENT ON FUNCTION _posts_that_may(text) IS
U&'ตำแหน่งที่มีอำนาจ — The posts that an action is for, in words.';
COMMENT ON FUNCTION _reaches(text, text, text, text) IS
U&'อยู่ในขอบเขตหรือไม่ — Whether a scope, held at a unit, reaches a unit or an account.';
COMMENT ON FUNCTION _authorization(text, text, text, text) IS
U&'อำนาจที่มี — By which post a member of staff may do this to a unit or account; NULL where by none.';
COMMENT ON FUNCTION _authorize(text, text, text) IS
U&'ตรวจสอบอำนาจ — By which post the caller may do this to a unit or account. Errors: 42501 with the posts that may, 02000 for a unit that does not exist.';
COMMENT ON FUNCTION _authorize_account(text, text) IS
U&'ตรวจสอบอำนาจต่อลูกค้า — The same for an account; one that the caller may not see and one that does not exist are refused alike. Error 42501.';
COMMENT ON FUNCTION _authorize_item(text, text, text, text) IS
U&'ตรวจสอบสิทธิ์ต่อรายการ — By which post the caller may do this with something that is called by a number; 42501 alike for what is hidden and what does not exist.';
