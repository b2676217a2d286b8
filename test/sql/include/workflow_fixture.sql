\set ECHO none
\set QUIET on
/*
 * A workflow to test with: offices, people for every post, and a clock that stands still.
 *
 *	\set schema wf_plan
 *	\set prefix regress_plan_
 *	\getenv srcdir PG_ABS_SRCDIR
 *	\set fixture :srcdir '/sql/include/workflow_fixture.sql'
 *	\i :fixture
 *
 * (in a file of pgTAP: \ir ../sql/include/workflow_fixture.sql), and at the end workflow_cleanup.sql
 * in its place. It leaves search_path at the schema, and the role at the session's own.
 *
 * Units: N1 with the offices N1-A (class 1) and N1-B (class 2), C1 with C1-A (class 3).
 * Time: 1 October 2026, 09:00 in Bangkok; moved by: CALL pg_temp.at('2026-11-20 09:00+07').
 *
 * A member of staff is called by post and unit, office_manager_n1a, and works under the role
 * <prefix>office_manager_n1a: SET ROLE regress_plan_office_manager_n1a, or pg_temp.act('office_manager_n1a').
 * In R1, R3, HQ, N1, C1, N1-A, N1-B, C1-A every post of section 4 has its member of staff. Those whose
 * post comes by appointment (hq_kamr_hq, area_kamr_n1, senior_kamr_n1a, office_kamr_n1a …) hold it from
 * the approval of a plan that appoints them, or from SELECT pg_temp.put_in_force(2026). Besides:
 *
 *	kamr1_n1a, kamr2_n1a      two in every office and in HQ who qualify as KAMRs
 *	newcomer_n1a              one in every office and in HQ who does not: hired in June 2026, no test
 *	<prefix>owner             the role that owns the workflow
 *	<prefix>reader            a reporting role that reads N1 and its offices
 *	<prefix>application       an application that may act for office_manager_n1a and section_head_n1a
 *	<prefix>stranger          a role that the workflow does not know
 */
\set SHOW_CONTEXT never
\pset null '(null)'
SET client_min_messages = warning;
SET datestyle = ISO;
SET timezone = 'Asia/Bangkok';

\set owner :prefix owner
\set reader :prefix reader
\set application :prefix application
\set stranger :prefix stranger
CREATE ROLE :owner;
CREATE ROLE :reader;
CREATE ROLE :application;
CREATE ROLE :stranger;
CALL kam.create_workflow(:'schema', :'owner');

SELECT set_config('kam_test.schema', :'schema', false) AS schema, set_config('kam_test.prefix', :'prefix', false) AS prefix \gset
SET search_path = :schema;

/* The schema and the prefix, for the functions below. */
CREATE FUNCTION pg_temp.schema() RETURNS text LANGUAGE sql STABLE AS $$ SELECT current_setting('kam_test.schema') $$;
CREATE FUNCTION pg_temp.role_of(staff_id text) RETURNS text LANGUAGE sql STABLE AS $$ SELECT current_setting('kam_test.prefix') || staff_id $$;

/* 'N1-A' as it stands in names of staff and accounts: n1a. */
CREATE FUNCTION pg_temp.short(unit_code text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT lower(replace(unit_code, '-', '')) $$;

/* Go on as this member of staff, as 'owner', 'reader', 'application', 'stranger'; NULL: as oneself. */
CREATE FUNCTION pg_temp.act(staff_id text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('role', coalesce(pg_temp.role_of(staff_id), 'none'), false);
END $$;

/* What a statement gives when this member of staff runs it: its first value, or the error. An error leaves nothing behind. */
CREATE FUNCTION pg_temp.try(staff_id text, statement text, whole boolean DEFAULT true) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	before text := current_setting('role');
	answer text; state text; message text; detail text; hint text;
BEGIN
	BEGIN
		PERFORM set_config('role', pg_temp.role_of(staff_id), true);
		IF statement ~* '^\s*(SELECT|WITH|VALUES|TABLE)\M' OR statement ~* '\mRETURNING\M' THEN
			EXECUTE statement INTO answer;
		ELSE
			EXECUTE statement;
		END IF;
	EXCEPTION WHEN OTHERS THEN
		GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT,
			detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
		answer := state || ': ' || message;
		IF whole THEN
			answer := answer || coalesce(E'\n  ' || nullif(detail, ''), '') || coalesce(E'\n  ' || nullif(hint, ''), '');
		END IF;
	END;
	PERFORM set_config('role', before, false);
	RETURN coalesce(answer, 'ok');
END $$;

/* Its first line only. */
CREATE FUNCTION pg_temp.brief(staff_id text, statement text) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.try(staff_id, statement, false)
$$;

/* Set the clock; the role stays as it is. */
CREATE PROCEDURE pg_temp.at(clock timestamptz) LANGUAGE plpgsql AS $$
DECLARE
	before text := current_setting('role');
BEGIN
	PERFORM set_config('role', pg_temp.role_of('owner'), false);
	EXECUTE format('CALL %I.rehearse(%L)', pg_temp.schema(), clock);
	PERFORM set_config('role', before, false);
END $$;

-- ---- units and people: entered by the owner ----------------------------------

SET ROLE :owner;
INSERT INTO unit (unit_code, kind, office_class, parent_unit, name_th, name_en) VALUES
	('N1-A', 'office', 1, 'N1', 'กฟจ.เชียงใหม่', 'Office N1-A Chiang Mai'),
	('N1-B', 'office', 2, 'N1', 'กฟอ.แม่ริม', 'Office N1-B Mae Rim'),
	('C1-A', 'office', 3, 'C1', 'กฟอ.บางปะอิน', 'Office C1-A Bang Pa-in');
CREATE TEMP TABLE person AS
	SELECT p.post || '_' || pg_temp.short(u.unit_code) AS staff_id, p.post, u.unit_code, p.by_appointment
	FROM post p JOIN unit u ON u.kind = p.unit_kind
	WHERE u.unit_code IN ('HQ', 'R1', 'R3', 'N1', 'C1', 'N1-A', 'N1-B', 'C1-A')
	UNION ALL
	SELECT who || '_' || pg_temp.short(u.unit_code), NULL, u.unit_code, NULL
	FROM unit u, unnest(ARRAY['kamr1', 'kamr2', 'newcomer']) who WHERE u.kind IN ('office', 'hq');
RESET ROLE;
SELECT format('CREATE ROLE %I', pg_temp.role_of(staff_id)) FROM person \gexec
SET ROLE :owner;
INSERT INTO staff (staff_id, name_th, name_en, position, hire_date, unit_code, role_name)
	SELECT staff_id, 'คุณ ' || staff_id, 'Khun ' || staff_id, CASE WHEN staff_id LIKE 'newcomer%' THEN 'พนง.' ELSE 'วศก.' END,
		CASE WHEN staff_id LIKE 'newcomer%' THEN date '2026-06-01' ELSE date '2015-01-01' END, unit_code, pg_temp.role_of(staff_id)
	FROM person;
INSERT INTO post_holder (post, unit_code, staff_id, from_date)
	SELECT post, unit_code, staff_id, '2020-01-01' FROM person WHERE NOT by_appointment;
INSERT INTO training (staff_id, training_year, curriculum, trained_on, tested_on, passed, recorded_by)
	SELECT staff_id, 2025, 'KAMR', '2025-03-03', '2025-03-07', true, 'director_personnel_development_hq'
	FROM person WHERE staff_id ~ 'kamr';
INSERT INTO reader (role_name, unit_code) VALUES (:'reader', 'N1');
INSERT INTO proxy (role_name, staff_id) VALUES (:'application', 'office_manager_n1a'), (:'application', 'section_head_n1a');
CALL rehearse('2026-10-01 09:00+07');
DROP TABLE person;
RESET ROLE;

-- ---- helpers, each of which works as the owner -------------------------------

/*
 * Accounts of a unit with facts for the plan year: N1A-01, N1A-02 … of class High at 115 kV, so Strategic,
 * unless facts say otherwise: pg_temp.add_accounts('N1-A', 3, 2027, '{"value_class": "Low"}', first => 9).
 */
CREATE FUNCTION pg_temp.add_accounts(unit text, how_many int, plan_year int DEFAULT 2027, facts jsonb DEFAULT '{}', first int DEFAULT 1)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	before text := current_setting('role');
BEGIN
	PERFORM set_config('role', pg_temp.role_of('owner'), false);
	EXECUTE format($sql$
		INSERT INTO %1$I.account (account_id, name_th, name_en, unit_code)
			SELECT id, 'บริษัท ' || id, 'Company ' || id, $1
			FROM unnest($2) id ON CONFLICT DO NOTHING$sql$, pg_temp.schema())
	USING unit, ARRAY(SELECT upper(pg_temp.short(unit)) || '-' || repeat('0', 2 - length(n::text)) || n FROM generate_series(first, first + how_many - 1) n);
	EXECUTE format($sql$
		INSERT INTO %1$I.account_fact (account_id, plan_year, unit_code, value_class, voltage_kv, avg_monthly_bill_thb, billed_months)
			SELECT id, $3, $1, f.value_class, f.voltage_kv, f.avg_monthly_bill_thb, f.billed_months
			FROM unnest($2) id, jsonb_populate_record(NULL::%1$I.account_fact, '{"value_class": "High", "voltage_kv": 115,
				"avg_monthly_bill_thb": 3000000, "billed_months": 12}' || $4) f$sql$, pg_temp.schema())
	USING unit, ARRAY(SELECT upper(pg_temp.short(unit)) || '-' || repeat('0', 2 - length(n::text)) || n FROM generate_series(first, first + how_many - 1) n),
		plan_year, facts;
	PERFORM set_config('role', before, false);
END $$;

/*
 * An approved plan of every unit for a year, as if it had been entered from before: it appoints the
 * KAMRs named after their posts (office_kamr_n1a, senior_kamr_n1a, area_kamr_n1, hq_kamr_hq) and selects and assigns
 * what accounts the units have: the office's to its office KAMR, those of HQ to the HQ KAMR.
 */
CREATE FUNCTION pg_temp.put_in_force(plan_year int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	before text := current_setting('role');
	path text := current_setting('search_path');
BEGIN
	PERFORM set_config('role', pg_temp.role_of('owner'), false);
	PERFORM set_config('search_path', quote_ident(pg_temp.schema()), false);
	EXECUTE $sql$INSERT INTO plan_year SELECT $1, make_timestamptz($1 - 1, 9, 1, 9, 0, 0), 'process_owner_hq' ON CONFLICT DO NOTHING$sql$ USING plan_year;
	EXECUTE $sql$INSERT INTO plan (plan_year, unit_code, route)
		SELECT $1, u.unit_code, u.kind FROM unit u WHERE u.kind <> 'region' AND u.unit_code IN (SELECT s.unit_code FROM staff s)
			AND NOT EXISTS (SELECT FROM plan p WHERE p.plan_year = $1 AND p.unit_code = u.unit_code)
		ORDER BY u.unit_code$sql$ USING plan_year;
	EXECUTE $sql$INSERT INTO kamr (plan_id, plan_year, unit_code, staff_id, level, appointed_from, good_relations, appointed_by, appointed_at)
		SELECT p.plan_id, p.plan_year, p.unit_code, s.staff_id, substring(s.staff_id FROM '^(.*)_kamr_'), make_date($1, 1, 1), true,
			h.staff_id, make_timestamptz($1 - 1, 11, 2, 9, 0, 0)
		FROM plan p JOIN staff s USING (unit_code) JOIN post_holder h USING (unit_code)
		WHERE p.plan_year = $1 AND s.staff_id ~ '^(hq|area|senior|office)_kamr_'
			AND h.post IN ('office_manager', 'director_customer_service', 'director_engineering_hq')
		ORDER BY p.unit_code, s.staff_id$sql$ USING plan_year;
	EXECUTE $sql$INSERT INTO selection (plan_id, plan_year, unit_code, account_id, value_class, criteria, tier, basis, rule_set, status, proposed_by, proposed_at)
		SELECT p.plan_id, p.plan_year, p.unit_code, f.account_id, 'High', '{voltage}', 'Strategic', 'matrix', kam.rule_set_in_force($1), 'selected',
			k.appointed_by, k.appointed_at
		FROM plan p JOIN account_fact f USING (unit_code, plan_year) JOIN kamr k USING (plan_id)
		WHERE p.plan_year = $1 AND k.level IN ('hq', 'office')
		ORDER BY f.account_id$sql$ USING plan_year;
	EXECUTE $sql$INSERT INTO assignment (plan_id, plan_year, unit_code, account_id, tier, staff_id, responsibility, assigned_by, assigned_at)
		SELECT s.plan_id, s.plan_year, s.unit_code, s.account_id, s.tier, k.staff_id, 'main', s.proposed_by, s.proposed_at
		FROM selection s JOIN kamr k USING (plan_id)
		WHERE s.plan_year = $1 AND k.level IN ('hq', 'office')
		ORDER BY s.account_id$sql$ USING plan_year;
	EXECUTE $sql$UPDATE plan p SET status = 'approved', rule_set = kam.rule_set_in_force($1), approved_at = make_timestamptz($1 - 1, 12, 20, 9, 0, 0)
		WHERE p.plan_year = $1 AND p.status = 'draft'$sql$ USING plan_year;
	PERFORM set_config('search_path', path, false);
	PERFORM set_config('role', before, false);
END $$;

/*
 * A plan along its route, each step by the one whose post it is, as far as a status: submitted, compiled,
 * endorsed, approved. What is asked of a plan before it may be submitted or approved is the test's to enter.
 */
CREATE FUNCTION pg_temp.walk_plan(plan_year int, unit text, as_far_as text DEFAULT 'approved', below_minimum_reason text DEFAULT NULL)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	before text := current_setting('role');
	area text := CASE WHEN unit LIKE '%-%' THEN split_part(unit, '-', 1) ELSE unit END;
	kind text := CASE WHEN unit = 'HQ' THEN 'hq' WHEN unit LIKE '%-%' THEN 'office' ELSE 'area' END;
	step record;
BEGIN
	FOR step IN
		SELECT * FROM (VALUES
			(1, 'office', 'submit_plan', 'submitted', 'office_manager', unit), (1, 'area', 'submit_plan', 'submitted', 'director_customer_service', unit),
			(1, 'hq', 'submit_plan', 'submitted', 'director_engineering_hq', unit), (2, 'office', 'compile_plan', 'compiled', 'director_customer_service', area),
			(3, 'office', 'endorse_plan', 'endorsed', 'director_engineering_area', area), (3, 'area', 'endorse_plan', 'endorsed', 'director_engineering_area', area),
			(4, 'office', 'approve_plan', 'approved', 'area_director', area), (4, 'area', 'approve_plan', 'approved', 'area_director', area),
			(4, 'hq', 'approve_plan', 'approved', 'deputy_governor_strategy', unit)) s (n, of_kind, call, status, post, of_unit)
		WHERE s.of_kind = kind AND s.n <= array_position(ARRAY['submitted', 'compiled', 'endorsed', 'approved'], as_far_as)
		ORDER BY s.n
	LOOP
		PERFORM set_config('role', pg_temp.role_of(step.post || '_' || pg_temp.short(step.of_unit)), false);
		EXECUTE format('SELECT %I.%I(%s, %L', pg_temp.schema(), step.call, plan_year, unit)
			|| CASE WHEN step.call = 'approve_plan' AND below_minimum_reason IS NOT NULL
				THEN format(', below_minimum_reason => %L)', below_minimum_reason) ELSE ')' END;
	END LOOP;
	PERFORM set_config('role', before, false);
END $$;
\set ECHO all
