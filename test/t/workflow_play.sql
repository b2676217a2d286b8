-- A plan year up to 20 May 2027, played through the functions by the people of the fixture:
--
--   psql -v schema=crm -v prefix=play_ -f test/t/workflow_play.sql
--
-- makes the workflow "crm" with its roles in a database that has kam. Then the plans of 2027 are approved,
-- but that of C1-A, which is on its way; an amendment to that of N1-A is open; cases are answered, paused, before
-- a decision maker, closed; some lines of an import are refused. Nothing depends on the day it is played.
\set ON_ERROR_STOP 1
\ir ../sql/include/workflow_fixture.sql
\set ECHO none
\pset tuples_only on
-- With -v more_columns=on in a workflow to whose tables a user has added columns.
\if :{?more_columns}
SET ROLE :owner;
SELECT format('ALTER TABLE %s ADD COLUMN my_remark text DEFAULT ''mine''', oid::regclass)
FROM pg_class WHERE relnamespace = :'schema'::regnamespace AND relkind = 'r' ORDER BY relname \gexec
RESET ROLE;
CALL kam.upgrade_workflow(:'schema');
\endif
SET client_min_messages = warning;
\o /dev/null

CREATE FUNCTION pg_temp.person(post text, unit text) RETURNS text LANGUAGE sql IMMUTABLE RETURN post || '_' || lower(replace(unit, '-', ''));

-- At some time a member of staff calls functions; any one of them failing is an error.
CREATE PROCEDURE pg_temp.play(clock timestamptz, who text, VARIADIC calls text[]) LANGUAGE plpgsql AS $$
DECLARE
	call text;
BEGIN
	CALL pg_temp.at(clock);
	PERFORM pg_temp.act(who);
	FOREACH call IN ARRAY calls LOOP
		EXECUTE 'SELECT * FROM ' || call;
	END LOOP;
	PERFORM pg_temp.act(NULL);
END $$;

-- ---- customers and their figures come in files -------------------------------

CREATE TEMP TABLE customer AS
	SELECT replace(unit, '-', '') || '-' || to_char(n, 'FM00') AS id, unit, class, kv, bill
	FROM (VALUES ('N1-A', 1, 12, 'High', 115, 9000000), ('N1-A', 13, 16, 'High', 22, 4000000), ('N1-A', 17, 18, 'Low', 22, 900000),
		('N1-A', 19, 20, NULL, 22, 2500000), ('N1-B', 1, 5, 'High', 115, 5000000), ('C1-A', 1, 7, 'Medium', 115, 3500000),
		('HQ', 1, 5, 'High', 22, 12000000)) AS kind (unit, first, last, class, kv, bill), generate_series(first, last) AS n;
GRANT SELECT ON customer TO PUBLIC;
SET ROLE :owner;
\set loader :prefix director_customer_information_hq
GRANT SELECT, INSERT, UPDATE, DELETE ON import_account, import_fact, import_bill TO :loader;
RESET ROLE;
CALL pg_temp.play('2026-10-19 09:00+07', 'director_customer_information_hq', 'open_year(2027)');
SET ROLE :loader;
INSERT INTO import_account (account_id, unit_code, name_th, name_en)
	SELECT id, unit, 'บริษัท ' || id || ' จำกัด', 'Company ' || id FROM customer;
INSERT INTO import_account (account_id, unit_code, name_th) VALUES ('X01', 'N9', 'บริษัท เขตผิด จำกัด'), ('', 'N1-A', 'ไม่มีรหัส');
CALL import_accounts();
INSERT INTO import_bill (account_id, contract_account, month, amount_thb)
	SELECT id, '02' || id, to_char(make_date(2026, m, 1), 'YYYY-MM-DD'), (bill + 1000 * m)::text
	FROM customer, generate_series(1, 9) AS m;
CALL import_bills();
INSERT INTO import_fact (account_id, plan_year, fact, value, source, fact_on)
	SELECT id, '2027', fact, value, 'HVC 2569', '2026-09-30'
	FROM customer, LATERAL (VALUES ('value_class', class), ('voltage_kv', kv::text)) AS f (fact, value)
	WHERE value IS NOT NULL;
INSERT INTO import_fact (account_id, plan_year, fact, value, source) VALUES ('N1A-01', '2027', 'voltage_kv', 'a lot', 'SAP');
CALL import_facts();
RESET ROLE;
CALL pg_temp.play('2026-10-26 09:00+07', 'director_customer_information_hq', 'compute_bills(2027)', 'compute_cutoffs(2027)');

-- ---- the plans ---------------------------------------------------------------

-- Who plans for a unit.
CREATE TEMP TABLE planner AS
	SELECT unit, pg_temp.person(CASE unit WHEN 'HQ' THEN 'director_engineering_hq' WHEN 'N1' THEN 'director_customer_service'
		WHEN 'C1' THEN 'director_customer_service' ELSE 'office_manager' END, CASE unit WHEN 'HQ' THEN NULL ELSE unit END) AS who
	FROM unnest(ARRAY['HQ', 'N1', 'C1', 'N1-A', 'N1-B', 'C1-A']) AS unit;
UPDATE planner SET who = 'director_engineering_hq_hq' WHERE unit = 'HQ';

DO $$
DECLARE
	one record;
BEGIN
	FOR one IN SELECT * FROM planner ORDER BY unit LOOP
		CALL pg_temp.play('2026-11-02 09:00+07', one.who, format('set_budget(2027, %L, 120000)', one.unit),
			format($c$set_target(2027, %L, 'plan_success', 95)$c$, one.unit), format($c$set_target(2027, %L, 'satisfaction', 4.2, 5)$c$, one.unit));
		IF EXISTS (SELECT FROM customer c WHERE c.unit = one.unit) THEN
			CALL pg_temp.play('2026-11-03 09:00+07', one.who, format('propose_selection(2027, %L)', one.unit));
		END IF;
	END LOOP;
	FOR one IN SELECT * FROM customer JOIN planner USING (unit) WHERE class IS NOT NULL ORDER BY id LOOP
		CALL pg_temp.play('2026-11-04 09:00+07', one.who, CASE one.id
			WHEN 'N1A-18' THEN $c$leave_out_account(2027, 'N1A-18', 'ย้ายออกในเดือนมีนาคม')$c$ ELSE format('select_account(2027, %L)', one.id) END);
	END LOOP;
	CALL pg_temp.play('2026-11-04 10:00+07', 'section_head_n1a',
		$c$select_special(2027, 'N1A-19', 'Status', '{corporate_image}', 'provincial hospital')$c$);

	FOR one IN SELECT p.*, s.staff_id, level FROM planner p JOIN staff s ON s.unit_code = p.unit,
		LATERAL (SELECT CASE p.unit WHEN 'HQ' THEN 'hq' WHEN 'N1' THEN 'area' WHEN 'C1' THEN 'area' ELSE 'office' END) AS l (level)
		WHERE s.staff_id LIKE 'kamr_\_%' OR level = 'area' AND s.staff_id LIKE 'area_kamr%' ORDER BY s.staff_id
	LOOP
		CALL pg_temp.play('2026-11-05 09:00+07', one.who, format('appoint_kamr(2027, %L, %L, %L)', one.unit, one.staff_id, one.level),
			format('judge_relations(2027, %L, %L, true)', one.unit, one.staff_id));
	END LOOP;
	FOR one IN SELECT p.who, s.account_id, s.unit_code, s.tier, row_number() OVER (PARTITION BY s.unit_code ORDER BY s.account_id) AS n
		FROM selection s JOIN planner p ON p.unit = s.unit_code WHERE s.status = 'selected' ORDER BY s.account_id
	LOOP
		CALL pg_temp.play('2026-11-06 09:00+07', one.who,
			format('assign_account(2027, %L, %L)', one.account_id, CASE WHEN one.tier = 'Streamline' THEN 'section_head' ELSE 'kamr' || 1 + one.n % 2 END
				|| '_' || pg_temp.short(one.unit_code)),
			format($c$add_activity(2027, %L, 'เยี่ยมเยียน: คุณภาพไฟฟ้า', '2027-03-31')$c$, one.account_id),
			format($c$add_activity(2027, %L, 'visit: results of the year', '2027-10-31')$c$, one.account_id));
	END LOOP;
	CALL pg_temp.play('2026-11-06 10:00+07', 'office_manager_n1a', $c$assign_area_kamr(2027, 'N1A-01', 'area_kamr_n1')$c$,
		$c$add_benefit(2027, 'N1A-01', 'power quality measured', 80000)$c$);

	-- C1-A's plan comes back once, and is on its way again.
	CALL pg_temp.at('2026-11-20 09:00+07');
	PERFORM pg_temp.walk_plan(2027, 'C1-A', 'compiled');
	CALL pg_temp.play('2026-11-23 09:00+07', 'director_engineering_area_c1', $c$return_plan(2027, 'C1-A', 'budget too high')$c$);
	CALL pg_temp.play('2026-11-24 09:00+07', 'office_manager_c1a', $c$set_budget(2027, 'C1-A', 60000)$c$);
	PERFORM pg_temp.walk_plan(2027, 'C1-A', 'endorsed');
	CALL pg_temp.at('2026-11-30 09:00+07');
	PERFORM pg_temp.walk_plan(2027, unit, below_minimum_reason => CASE unit WHEN 'N1-B' THEN 'few key accounts' END)
	FROM unnest(ARRAY['N1-A', 'N1-B', 'N1', 'C1']) AS unit;
	PERFORM pg_temp.walk_plan(2027, 'HQ', below_minimum_reason => 'five accounts in all');
END $$;

-- ---- the year ----------------------------------------------------------------

DO $$
DECLARE
	one record;
BEGIN
	CALL pg_temp.play('2027-01-15 09:00+07', 'kamr1_n1a', $c$enter_system('N1-A', 2027, 'CRM plus')$c$);
	CALL pg_temp.play('2027-01-15 10:00+07', 'kamr1_n1b', $c$enter_system('N1-B', 2027, 'CRM plus')$c$, $c$enter_system('N1-B', 2027, 'Customer Integration DB')$c$);
	FOR one IN SELECT a.account_id, a.staff_id, v.activity_id
		FROM assignment a JOIN plan p USING (plan_id) JOIN activity v ON v.account_id = a.account_id AND v.due_on = '2027-03-31'
		WHERE a.responsibility <> 'area' AND p.status = 'approved' AND a.account_id <> 'N1A-02' ORDER BY a.account_id
	LOOP
		CALL pg_temp.play('2027-01-20 10:00+07', one.staff_id,
			format($c$record_introduction(%L, '2027-01-20 09:30+07', 'telephone, LINE')$c$, one.account_id));
		CALL pg_temp.play('2027-03-10 16:00+07', one.staff_id,
			format($c$complete_activity(%s, '2027-03-10 10:00+07', 'measured')$c$, one.activity_id),
			format($c$record_contact(%L, '2027-03-%s 10:00+07', 'visit', 'as planned', activity_id => %s)$c$, one.account_id,
				CASE one.account_id WHEN 'N1A-03' THEN '01' ELSE '10' END, one.activity_id));
	END LOOP;
	CALL pg_temp.play('2027-02-10 09:00+07', 'office_manager_n1a', $c$publish_report('monthly', 'N1-A', 2027, 'M01')$c$);
	CALL pg_temp.play('2027-03-20 09:00+07', 'office_manager_n1b', $c$publish_report('monthly', 'N1-B', 2027, 'M01')$c$);
	CALL pg_temp.play('2027-04-20 09:00+07', 'director_engineering_area_n1', $c$publish_report('quarterly', 'N1', 2027, 'Q1')$c$);

	-- Cases: 1 urgent, decided, answered, come up again and closed; 2 paused; 3 escalated by time; 4 with two pauses; 5 without an answer.
	CALL pg_temp.play('2027-04-01 14:00+07', 'kamr2_n1a', $c$open_case('N1A-01', 'problem', 'ไฟตก voltage dips', urgent => true)$c$);
	CALL pg_temp.play('2027-04-01 15:00+07', 'office_manager_n1a', $c$decide_case(1, 'mobile unit on site')$c$);
	CALL pg_temp.play('2027-04-07 11:00+07', 'kamr2_n1a', $c$answer_case(1, 'a tree in the line, trimmed')$c$);
	CALL pg_temp.play('2027-04-19 09:00+07', 'kamr2_n1a', $c$reopen_case(1, 'dips again')$c$);
	CALL pg_temp.play('2027-04-20 09:00+07', 'office_manager_n1a', $c$decide_case(1, 'replace the insulators')$c$);
	CALL pg_temp.play('2027-04-22 09:00+07', 'kamr2_n1a', $c$answer_case(1, 'insulators replaced')$c$, $c$close_case(1, 'no dips since')$c$);
	CALL pg_temp.play('2027-05-10 09:00+07', 'kamr2_n1b', $c$open_case('N1B-01', 'complaint', 'the invoice came twice')$c$);
	CALL pg_temp.play('2027-05-11 09:00+07', 'kamr2_n1b', $c$pause_case(2, 'waits for the customer''s figures')$c$);
	CALL pg_temp.play('2027-05-12 09:00+07', 'kamr1_n1a', $c$open_case('N1A-02', 'problem', 'harmonics', urgent => true)$c$,
		$c$open_case('N1A-04', 'complaint', 'nobody called back')$c$, $c$pause_case(4, 'a')$c$, $c$open_case('N1A-06', 'need', 'a second feeder', asks_answer => false)$c$);
	CALL pg_temp.play('2027-05-13 09:00+07', 'kamr1_n1a', $c$resume_case(4)$c$);
	CALL pg_temp.play('2027-05-14 09:00+07', 'kamr1_n1a', $c$pause_case(4, 'b')$c$);
	CALL pg_temp.play('2027-05-17 09:00+07', 'owner', 'sweep()');

	CALL pg_temp.play('2027-05-18 09:00+07', 'kamr1_n1a', $c$record_voice('N1A-04', '2027-05-18 08:00+07', 'visit', 'expectation', 'solar rooftop', 'ต้องการ 2 MW')$c$);
	CALL pg_temp.play('2027-05-18 10:00+07', 'director_communication_service_hq', $c$open_survey(2027, 'call_centre', 'Satisfaction 2570')$c$,
		$c$record_response(1, 'N1A-01', 'satisfaction', 4, '2027-05-18')$c$);
	CALL pg_temp.play('2027-05-18 11:00+07', 'office_manager_n1a', $c$request_resource('N1-A', 'equipment', 'solve_problem', 'recorder', 85000, 'N1A-01')$c$);
	CALL pg_temp.play('2027-05-19 09:00+07', 'director_engineering_area_n1', $c$screen_resource(1, 'needed')$c$);
	CALL pg_temp.play('2027-05-19 10:00+07', 'office_manager_n1a', $c$hand_over_account(2027, 'N1A-19', 'kamr2_n1a', 'asked for by the customer')$c$,
		$c$open_amendment(2027, 'N1-A', 'N1A-18 stays after all, N1A-16 leaves')$c$,
		$c$select_account(2027, 'N1A-18', 'stays after all')$c$, $c$drop_account(2027, 'N1A-16', 'moves away')$c$,
		$c$assign_account(2027, 'N1A-18', 'section_head_n1a')$c$, $c$add_activity(2027, 'N1A-18', 'first visit', '2027-08-31')$c$);
	CALL pg_temp.at('2027-05-20 09:00+07');
END $$;
DROP TABLE customer, planner;
