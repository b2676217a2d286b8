-- Who may do what (section 4): every post, every action, on its own unit, one below, a sister, another area;
-- against a matrix written down here from the manual, not read from the workflow.
\set schema wf_permissions
\set prefix regress_perm_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :fixture

-- In N1-A: one account of the office KAMR (whom the area KAMR stands beside), one of the senior KAMR, one with
-- the section head, one of somebody else; one in N1-B and in C1-A; in HQ one of the HQ KAMR, one with 4.5's keeper.
SELECT pg_temp.add_accounts('N1-A', 4, 2026), pg_temp.add_accounts('N1-B', 1, 2026), pg_temp.add_accounts('C1-A', 1, 2026),
	pg_temp.add_accounts('HQ', 2, 2026), pg_temp.put_in_force(2026) \g /dev/null
BEGIN;
SET LOCAL session_replication_role = replica;
UPDATE assignment SET staff_id = 'senior_kamr_n1a' WHERE account_id = 'N1A-02';
UPDATE assignment SET staff_id = 'section_head_n1a', tier = 'Streamline', responsibility = 'streamline' WHERE account_id = 'N1A-03';
UPDATE assignment SET staff_id = 'kamr1_n1a' WHERE account_id = 'N1A-04';
UPDATE assignment SET staff_id = 'hq_section_head_hq', tier = 'Streamline', responsibility = 'streamline' WHERE account_id = 'HQ-02';
INSERT INTO assignment (plan_id, plan_year, unit_code, account_id, tier, staff_id, responsibility, assigned_by, assigned_at, selection_id)
	SELECT plan_id, plan_year, unit_code, account_id, tier, 'area_kamr_n1', 'area', assigned_by, assigned_at, selection_id FROM assignment WHERE account_id = 'N1A-01';
COMMIT;

-- ---- section 4 ------------------------------------------------------------------

CREATE TEMP TABLE may (action text, post text, reach text, PRIMARY KEY (action, post));
INSERT INTO may
SELECT split_part(line, ': ', 1), split_part(given, '@', 1), split_part(given, '@', 2)
FROM unnest(string_to_array($matrix$
year.open: director_customer_information@everywhere process_owner@everywhere
cutoff.compute: director_customer_information@everywhere director_engineering_hq@everywhere
data.keep: director_customer_information@everywhere
account.maintain: director_customer_information@everywhere hq_kamr@own_accounts office_kamr@own_accounts senior_kamr@own_accounts section_head@own_unit hq_section_head@own_accounts
account.network: director_engineering_hq@everywhere
training.record: director_personnel_development@everywhere
system.enter: director_customer_information@everywhere hq_kamr@own_unit area_kamr@own_unit senior_kamr@own_unit office_kamr@own_unit
selection.edit: office_manager@own_unit section_head@own_unit director_customer_service@own_unit director_engineering_hq@own_unit
kamr.appoint: office_manager@own_unit director_customer_service@own_unit director_engineering_hq@own_unit
kamr.waive: office_manager@own_unit director_engineering_hq@own_unit
assignment.edit: office_manager@own_unit director_customer_service@own_unit director_engineering_hq@own_unit
assignment.hand_over: office_manager@own_unit director_engineering_hq@own_unit
plan.edit: office_manager@own_unit section_head@own_unit director_customer_service@own_unit director_engineering_hq@own_unit
plan.review: senior_kamr@own_unit section_head@own_unit
contact.record: hq_kamr@own_accounts area_kamr@own_accounts senior_kamr@own_accounts office_kamr@own_accounts section_head@own_accounts hq_section_head@own_accounts
activity.complete: hq_kamr@own_accounts area_kamr@own_accounts senior_kamr@own_accounts office_kamr@own_accounts section_head@own_accounts hq_section_head@own_accounts
introduction.record: hq_kamr@own_accounts senior_kamr@own_accounts office_kamr@own_accounts section_head@own_accounts hq_section_head@own_accounts
case.open: hq_kamr@own_accounts area_kamr@and_below senior_kamr@own_unit office_kamr@own_accounts section_head@own_unit hq_section_head@own_accounts
case.answer: hq_kamr@own_accounts area_kamr@own_accounts senior_kamr@own_accounts office_kamr@own_accounts section_head@own_unit hq_section_head@own_accounts office_manager@own_unit director_engineering_hq@own_unit
case.escalate: hq_kamr@own_accounts area_kamr@and_below senior_kamr@own_unit office_kamr@own_accounts section_head@own_unit hq_section_head@own_accounts
case.decide: office_manager@own_unit director_engineering_area@and_below area_director@and_below director_engineering_hq@own_unit deputy_governor_strategy@own_unit
voice.record: hq_kamr@own_accounts area_kamr@and_below senior_kamr@own_unit office_kamr@own_accounts section_head@own_unit director_communication_service@everywhere
relationship.judge: hq_kamr@own_accounts senior_kamr@own_accounts office_kamr@own_accounts office_manager@own_unit director_engineering_hq@own_unit section_head@own_accounts hq_section_head@own_accounts
news.pass_on: hq_kamr@own_accounts area_kamr@and_below senior_kamr@own_unit office_kamr@own_accounts section_head@own_accounts hq_section_head@own_accounts
outage.find: area_kamr@and_below senior_kamr@own_unit office_kamr@own_accounts section_head@own_accounts hq_section_head@own_accounts
resource.request: hq_kamr@own_unit area_kamr@own_unit senior_kamr@own_unit office_kamr@own_unit section_head@own_unit office_manager@own_unit
resource.screen: director_engineering_area@and_below director_engineering_hq@own_unit
resource.grant: area_director@and_below deputy_governor_strategy@own_unit
survey.run: director_communication_service@everywhere
evaluation.kamr: office_manager@own_unit senior_kamr@own_unit director_customer_service@own_unit director_engineering_hq@own_unit
evaluation.unit: area_director@and_below director_engineering_area@and_below deputy_governor_strategy@own_unit
report.approved_plan: area_director@and_below deputy_governor_strategy@own_unit director_customer_service@and_below director_customer_information@everywhere
report.monthly: office_manager@own_unit senior_kamr@own_unit section_head@own_unit
report.quarterly: director_customer_service@own_unit director_engineering_area@own_unit director_engineering_hq@own_unit
report.coordinators: director_customer_service@own_unit director_engineering_hq@own_unit
report.survey: director_communication_service@own_unit
report.effectiveness: director_customer_service@own_unit director_engineering_hq@own_unit
report.process_review: process_owner@own_unit
call.quarter: director_engineering_area@and_below
call.year: area_director@and_below deputy_governor_strategy@own_unit
call.submit: office_manager@own_unit director_customer_service@own_unit director_engineering_hq@own_unit
call.compile: director_customer_service@below
call.endorse: director_engineering_area@and_below
call.approve: area_director@and_below deputy_governor_strategy@own_unit
call.return: director_customer_service@below director_engineering_area@and_below area_director@and_below deputy_governor_strategy@own_unit
$matrix$, E'\n')) line, unnest(string_to_array(split_part(line, ': ', 2), ' ')) given
WHERE line <> '';

-- Everybody, and what is theirs.
CREATE TEMP TABLE person (who text PRIMARY KEY, post text, own_unit text, below text[], own_accounts text[]);
INSERT INTO person VALUES
	('stranger', NULL, NULL, '{}', '{}'),
	('reader', NULL, NULL, '{}', '{}'),
	('newcomer_n1a', NULL, NULL, '{}', '{}'),
	('deputy_governor_region_r1', 'deputy_governor_region', 'R1', '{N1,N1-A,N1-B}', '{}'),
	('deputy_governor_strategy_hq', 'deputy_governor_strategy', 'HQ', '{R1,N1,N1-A,N1-B,C1,C1-A}', '{}'),
	('area_director_n1', 'area_director', 'N1', '{N1-A,N1-B}', '{}'),
	('director_engineering_area_n1', 'director_engineering_area', 'N1', '{N1-A,N1-B}', '{}'),
	('director_engineering_hq_hq', 'director_engineering_hq', 'HQ', '{R1,N1,N1-A,N1-B,C1,C1-A}', '{}'),
	('director_customer_service_n1', 'director_customer_service', 'N1', '{N1-A,N1-B}', '{}'),
	('director_personnel_development_hq', 'director_personnel_development', 'HQ', '{R1,N1,N1-A,N1-B,C1,C1-A}', '{}'),
	('director_customer_information_hq', 'director_customer_information', 'HQ', '{R1,N1,N1-A,N1-B,C1,C1-A}', '{}'),
	('director_communication_service_hq', 'director_communication_service', 'HQ', '{R1,N1,N1-A,N1-B,C1,C1-A}', '{}'),
	('office_manager_n1a', 'office_manager', 'N1-A', '{}', '{}'),
	('hq_kamr_hq', 'hq_kamr', 'HQ', '{R1,N1,N1-A,N1-B,C1,C1-A}', '{HQ-01}'),
	('area_kamr_n1', 'area_kamr', 'N1', '{N1-A,N1-B}', '{N1A-01}'),
	('senior_kamr_n1a', 'senior_kamr', 'N1-A', '{}', '{N1A-02}'),
	('office_kamr_n1a', 'office_kamr', 'N1-A', '{}', '{N1A-01}'),
	('section_head_n1a', 'section_head', 'N1-A', '{}', '{N1A-03}'),
	('hq_section_head_hq', 'hq_section_head', 'HQ', '{R1,N1,N1-A,N1-B,C1,C1-A}', '{HQ-02}'),
	('process_owner_hq', 'process_owner', 'HQ', '{R1,N1,N1-A,N1-B,C1,C1-A}', '{}');
-- every post of section 4 is among them
SELECT post FROM post EXCEPT SELECT post FROM person;

CREATE TEMP TABLE target (unit text, account text);
INSERT INTO target VALUES ('N1-A', 'N1A-01'), ('N1-A', 'N1A-02'), ('N1-A', 'N1A-03'), ('N1-A', 'N1A-04'), ('N1-B', 'N1B-01'),
	('C1-A', 'C1A-01'), ('HQ', 'HQ-01'), ('HQ', 'HQ-02'), ('N1', NULL), ('C1', NULL), ('R1', NULL);

CREATE FUNCTION pg_temp.allowed(action text, post text, own_unit text, below text[], own_accounts text[], unit text, account text)
RETURNS boolean LANGUAGE sql AS $$
	SELECT coalesce(bool_or(CASE m.reach
		WHEN 'everywhere' THEN true
		WHEN 'own_unit' THEN unit = own_unit
		WHEN 'below' THEN unit = ANY (below)
		WHEN 'and_below' THEN unit = own_unit OR unit = ANY (below)
		WHEN 'own_accounts' THEN account = ANY (own_accounts) END), false)
	FROM may m WHERE m.action = allowed.action AND m.post = allowed.post
$$;

-- 'yes', or the refusal; nothing stays.
CREATE FUNCTION pg_temp.outcome(who text, statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	state text; message text; hint text;
BEGIN
	PERFORM set_config('role', pg_temp.role_of(who), true);
	BEGIN
		EXECUTE statement;
		RAISE SQLSTATE 'ACCPT';
	EXCEPTION WHEN OTHERS THEN
		GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT;
	END;
	PERFORM set_config('role', 'none', true);
	RETURN CASE WHEN state = '42501' THEN 'refused: ' || message || coalesce(' / ' || nullif(hint, ''), ' / NO HINT')
		WHEN state LIKE '42%' AND state NOT IN ('42809', '42704') OR state LIKE 'XX%' THEN 'BROKEN: ' || state || ' ' || message
		ELSE 'yes ' || state || ' ' || message END;
END $$;

-- ---- the function that all others ask: differences to the matrix (none) -----------------

SELECT action AS not_in_the_matrix FROM authority WHERE action NOT IN (SELECT action FROM may);
-- as the functions that people call ask it: with the owner's rights
SET ROLE :owner;
CREATE FUNCTION ask(action text, unit_code text, account_id text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _authorize(action, unit_code, account_id);
END $$;
RESET ROLE;
CREATE TEMP TABLE asked AS
	SELECT a.action, p.who, t.unit, t.account, pg_temp.allowed(a.action, p.post, p.own_unit, p.below, p.own_accounts, t.unit, t.account) AS should,
		pg_temp.outcome(p.who, format('SELECT %I.ask(%L, %L, %L)', pg_temp.schema(), a.action, t.unit, t.account)) AS outcome
	FROM (SELECT DISTINCT action FROM may WHERE action NOT LIKE 'call.%') a CROSS JOIN person p CROSS JOIN target t;
SELECT action, who, unit, account, should, outcome FROM asked
WHERE should <> (outcome LIKE 'yes%') OR outcome LIKE '%NO HINT' OR outcome LIKE 'BROKEN%' ORDER BY 1, 2, 3, 4;
-- that many were asked, of every kind
SELECT count(*) > 8000 AS many, count(*) FILTER (WHERE should) > 300 AS many_allowed FROM asked;
-- a refusal names the posts that may
SELECT outcome FROM asked WHERE action = 'kamr.waive' AND who = 'office_kamr_n1a' AND unit = 'N1-A' LIMIT 1;
SELECT outcome FROM asked WHERE action = 'kamr.waive' AND who = 'stranger' AND unit = 'N1-A' LIMIT 1;

-- ---- the functions that people call ----------------------------------------------------------

-- plans of 2027 on their way, and one of everything that is done something with
SELECT set_config('role', 'none', false) \g /dev/null
BEGIN;
SET LOCAL session_replication_role = replica;
INSERT INTO plan_year VALUES (2027, '2026-09-01 09:00+07', 'process_owner_hq');
INSERT INTO plan (plan_year, unit_code, route) SELECT 2027, unit_code, kind FROM unit WHERE unit_code IN ('N1', 'N1-A', 'N1-B', 'C1', 'C1-A', 'HQ');
COMMIT;
\set fill :srcdir '/sql/include/workflow_fill.sql'
\i :fill
SELECT f.* FROM account a CROSS JOIN LATERAL pg_temp.fill(ARRAY[a.unit_code],
	ARRAY['service_case', 'case_clock', 'activity', 'benefit', 'resource_request', 'contact_person', 'voice'], a.account_id) f;
SET session_replication_role = replica;
UPDATE benefit b SET plan_id = p.plan_id FROM plan p WHERE p.plan_year = 2027 AND p.unit_code = b.unit_code;
RESET session_replication_role;

-- @U the unit, @A the account (as literals), @O the number of a row about the account in the table named; the action asked for.
CREATE TEMP TABLE call (action text, statement text, about text);
INSERT INTO call VALUES
	('year.open', 'open_year(2027)', NULL),
	('data.keep', 'compute_bills(2027)', NULL),
	('cutoff.compute', 'compute_cutoffs(2027)', NULL),
	('account.maintain', 'add_account(''NEW'', @U, ''x'')', NULL),
	('account.maintain', 'change_account(@A, name_en => ''x'')', NULL),
	('account.maintain', 'add_contact_person(@A, ''x'')', NULL),
	('account.maintain', 'change_contact_person(@O, name => ''y'')', 'contact_person'),
	('account.maintain', 'end_contact_person(@O)', 'contact_person'),
	('account.maintain', 'close_account(@A)', NULL),
	('data.keep', 'reopen_account(@A)', NULL),
	('account.maintain', 'record_fact(@A, 2027, ''voltage_kv'', ''115'', ''x'')', NULL),
	('data.keep', 'record_fact(@A, 2027, ''value_class'', ''High'', ''x'')', NULL),
	('account.network', 'hand_to_headquarters(@A, 2027, ''x'')', NULL),
	('account.network', 'join_network(@A, @A)', NULL),
	('account.network', 'leave_network(@A)', NULL),
	('account.network', 'record_fact(@A, 2027, ''nationwide_network'', ''true'', ''x'')', NULL),
	('relationship.judge', 'judge_relationship(@A, 3, ''x'')', NULL),
	('selection.edit', 'propose_selection(2027, @U)', NULL),
	('selection.edit', 'select_account(2027, @A)', NULL),
	('selection.edit', 'leave_out_account(2027, @A, ''x'')', NULL),
	('selection.edit', 'select_special(2027, @A, ''Status'', ''{outage_damage}'', ''x'')', NULL),
	('selection.edit', 'drop_account(2027, @A, ''x'')', NULL),
	('kamr.appoint', 'appoint_kamr(2027, @U, CASE @U WHEN ''N1'' THEN ''area_kamr_n1'' ELSE ''kamr1_'' || lower(replace(@U, ''-'', '''')) END, ''office'')', NULL),
	('kamr.appoint', 'drop_kamr(2027, @U, ''nobody'')', NULL),
	('kamr.appoint', 'judge_relations(2027, @U, ''nobody'', true)', NULL),
	('kamr.waive', 'waive_qualification(2027, @U, ''nobody'', ''{1}'', ''x'')', NULL),
	('assignment.edit', 'assign_account(2027, @A, ''nobody'')', NULL),
	('assignment.edit', 'unassign_account(2027, @A)', NULL),
	('assignment.edit', 'assign_area_kamr(2027, @A, ''nobody'')', NULL),
	('assignment.edit', 'unassign_area_kamr(2027, @A)', NULL),
	('assignment.edit', 'swap_accounts(2027, @A, @A)', NULL),
	('assignment.hand_over', 'hand_over_account(2026, @A, ''nobody'', ''x'')', NULL),
	('plan.edit', 'set_budget(2027, @U, 1)', NULL),
	('plan.edit', 'set_target(2027, @U, ''satisfaction'', 80)', NULL),
	('plan.edit', 'drop_target(2027, @U, ''satisfaction'')', NULL),
	('plan.edit', 'add_benefit(2027, @A, ''x'')', NULL),
	('plan.edit', 'drop_benefit(@O)', 'benefit'),
	('plan.edit', 'add_activity(2027, @A, ''x'', ''2027-05-05'')', NULL),
	('plan.edit', 'drop_activity(@O)', 'activity'),
	('plan.edit', 'change_activity(@O, ''x'')', 'activity'),
	('plan.edit', 'open_amendment(2026, @U, ''x'')', NULL),
	('plan.edit', 'withdraw_amendment(2027, @U)', NULL),
	('call.submit', 'submit_plan(2027, @U)', NULL),
	('call.compile', 'compile_plan(2027, @U)', NULL),
	('call.endorse', 'endorse_plan(2027, @U)', NULL),
	('call.approve', 'approve_plan(2027, @U)', NULL),
	('call.return', 'return_plan(2027, @U, ''x'')', NULL),
	('plan.review', 'review_plan(2027, @U)', NULL),
	('system.enter', 'enter_system(@U, 2026, ''CRM plus'')', NULL),
	('contact.record', 'record_contact(@A, ''2026-09-30 09:00+07'', ''visit'', ''x'')', NULL),
	('activity.complete', 'complete_activity(@O)', 'activity'),
	('activity.complete', 'reopen_activity(@O, ''x'')', 'activity'),
	('introduction.record', 'record_introduction(@A, ''2026-09-30 09:00+07'', ''telephone'')', NULL),
	('case.open', 'open_case(@A, ''problem'', ''x'')', NULL),
	('case.answer', 'answer_case(@O, ''x'')', 'service_case'),
	('case.answer', 'close_case(@O, ''x'')', 'service_case'),
	('case.answer', 'pause_case(@O, ''x'')', 'service_case'),
	('case.answer', 'resume_case(@O)', 'service_case'),
	('case.open', 'reopen_case(@O, ''x'')', 'service_case'),
	('case.escalate', 'escalate_case(@O, ''x'')', 'service_case'),
	('voice.record', 'record_voice(@A, ''2026-09-30 09:00+07'', ''telephone'', ''need'', ''x'', ''x'')', NULL),
	('voice.record', 'classify_voice(@O, topic => ''y'')', 'voice'),
	('news.pass_on', 'pass_on_news(@A, ''x'')', NULL),
	('outage.find', 'record_outage_finding(@A, ''2026-09-30 09:00+07'', ''x'', ''x'')', NULL),
	('resource.request', 'request_resource(@U, ''budget'', ''solve_problem'', ''x'')', NULL),
	('resource.screen', 'screen_resource(@O, ''x'')', 'resource_request'),
	('resource.grant', 'grant_resource(@O, ''x'')', 'resource_request'),
	('resource.grant', 'refuse_resource(@O, ''x'')', 'resource_request'),
	('evaluation.kamr', 'evaluate_kamr(2026, @U, CASE @U WHEN ''HQ'' THEN ''hq'' WHEN ''N1'' THEN ''area'' ELSE ''office'' END || ''_kamr_'' || lower(replace(@U, ''-'', '''')), 3, ''x'')', NULL),
	('call.quarter', 'evaluate_unit(2026, @U, ''Q2'', ''x'')', NULL),
	('call.year', 'evaluate_unit(2026, @U, ''year'', ''x'')', NULL),
	('case.decide', 'decide_case(@O, ''x'')', 'service_case'),
	('survey.run', 'open_survey(2026, ''satisfaction'', ''x'')', NULL),
	('training.record', 'record_training(''newcomer_'' || lower(replace(@U, ''-'', '''')), 2026, ''KAMR'', ''2026-03-03'')', NULL),
	('report.approved_plan', 'publish_report(''approved_plan'', @U, 2026)', NULL),
	('report.monthly', 'publish_report(''monthly'', @U, 2026, ''M08'')', NULL),
	('report.quarterly', 'publish_report(''quarterly'', @U, 2026, ''Q2'')', NULL),
	('report.coordinators', 'publish_report(''coordinators'', @U, 2026)', NULL),
	('report.effectiveness', 'publish_report(''effectiveness'', @U, 2026, ''preliminary'')', NULL),
	('report.process_review', 'publish_report(''process_review'', @U, 2026)', NULL),
	('report.survey', 'publish_report(''survey'', @U, 2026)', NULL);

CREATE FUNCTION pg_temp.number_of(about text, account text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	found text;
BEGIN
	IF about IS NULL OR account IS NULL THEN
		RETURN '0';
	END IF;
	EXECUTE format('SELECT %I FROM %I.%I WHERE account_id = %L LIMIT 1', CASE about WHEN 'service_case' THEN 'case_id' WHEN 'resource_request' THEN 'request_id'
		ELSE about || '_id' END, pg_temp.schema(), about, account) INTO found;
	RETURN coalesce(found, '0');
END $$;
CREATE TEMP TABLE called AS
	SELECT c.action, c.statement, p.who, t.unit, t.account, pg_temp.allowed(c.action, p.post, p.own_unit, p.below, p.own_accounts, t.unit,
			CASE WHEN c.statement ~ '@[AO]' THEN t.account END) AS should,
		pg_temp.outcome(p.who, format('SELECT %I.', pg_temp.schema())
			|| replace(replace(replace(c.statement, '@U', quote_literal(t.unit)), '@A', quote_nullable(t.account)), '@O', pg_temp.number_of(c.about, t.account))) AS outcome
	FROM call c CROSS JOIN person p CROSS JOIN target t
	WHERE (t.account IS NOT NULL OR c.statement !~ '@[AO]')
		AND (c.statement ~ '@[AO]' OR t.account IS NULL OR t.account LIKE '%-01')	-- once per unit
		AND (c.statement ~ '@' OR t.unit = 'R1');
SELECT action, statement, who, unit, account, should, outcome FROM called
WHERE should <> (outcome LIKE 'yes%') OR outcome LIKE '%NO HINT' OR outcome LIKE 'BROKEN%' ORDER BY 1, 2, 3, 4, 5;
SELECT count(*) > 5000 AS many, count(*) FILTER (WHERE should) > 250 AS many_allowed FROM called;

-- ---- a refusal does not tell whether there is such a row -------------------------------------------

CREATE TEMP TABLE refusal AS
	SELECT c.statement, t.account, pg_temp.number_of(c.about, t.account) AS number,
		pg_temp.outcome('office_manager_n1b', format('SELECT %I.', pg_temp.schema())
			|| replace(replace(replace(c.statement, '@U', '''N1-B'''), '@A', quote_literal(t.account)), '@O', pg_temp.number_of(c.about, t.account))) AS outcome
	FROM call c CROSS JOIN (VALUES ('C1A-01'), ('C9Z-99')) t (account) WHERE c.statement ~ '@[AO]';
SELECT h.statement, h.outcome AS of_a_hidden_row, n.outcome AS of_none
FROM refusal h JOIN refusal n USING (statement)
WHERE h.account = 'C1A-01' AND n.account = 'C9Z-99'
	AND regexp_replace(replace(h.outcome, h.account, n.account), ' ' || h.number || '\M', ' ' || n.number) IS DISTINCT FROM n.outcome;
SELECT count(*) > 30 AS many, count(*) FILTER (WHERE outcome NOT LIKE 'refused%') AS not_refused FROM refusal;

\i :cleanup
