-- Row security: of every table and view everybody sees exactly the rows of the units and accounts that are theirs.
\set schema wf_row_security
\set prefix regress_rows_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :fixture

-- ---- nothing is left out (each of these lists is to be empty) -------------------

CREATE FUNCTION pg_temp.of_workflow(namespace oid) RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT namespace = pg_temp.schema()::regnamespace $$;
SELECT relname AS without_row_security FROM pg_class
WHERE pg_temp.of_workflow(relnamespace) AND relkind IN ('r', 'p') AND NOT relrowsecurity AND has_table_privilege('public', oid, 'SELECT') ORDER BY 1;
-- (tables that only the owner reads need none)
SELECT string_agg(relname, ' ' ORDER BY relname) AS of_the_owner_alone FROM pg_class
WHERE pg_temp.of_workflow(relnamespace) AND relkind IN ('r', 'p', 'v') AND NOT has_table_privilege('public', oid, 'SELECT');
SELECT relname AS with_rights_of_its_owner FROM pg_class
WHERE pg_temp.of_workflow(relnamespace) AND relkind IN ('v', 'm') AND NOT coalesce(reloptions @> '{security_invoker=true}', false) ORDER BY 1;
SELECT tablename AS written_by_policy, policyname FROM pg_policies WHERE schemaname = pg_temp.schema() AND cmd <> 'SELECT' ORDER BY 1;
SELECT relname AS granted_more_than_reading, a.privilege_type FROM pg_class c, aclexplode(c.relacl) a
WHERE pg_temp.of_workflow(relnamespace) AND a.grantee <> c.relowner AND a.privilege_type <> 'SELECT' ORDER BY 1;
SELECT oid::regprocedure AS without_pinned_path FROM pg_proc p
WHERE pg_temp.of_workflow(pronamespace) AND prolang <> (SELECT oid FROM pg_language WHERE lanname = 'internal')
	AND prosqlbody IS NULL AND NOT coalesce(proconfig @> ARRAY['search_path=' || pg_temp.schema() || ', pg_temp'], false)
	-- a procedure that commits cannot have one: it names the schema instead, and has nobody else's rights
	AND NOT (prokind = 'p' AND NOT prosecdef AND prosrc LIKE '%' || pg_temp.schema() || '.%') ORDER BY 1;
-- trigger functions with the owner's rights are not for tables of others
SELECT oid::regprocedure AS to_hang_on_any_table FROM pg_proc
WHERE pg_temp.of_workflow(pronamespace) AND prosecdef AND prorettype = 'trigger'::regtype AND has_function_privilege('public', oid, 'EXECUTE') ORDER BY 1;
-- a function called like the array type of a table would be a cast to it where its argument is a literal
SELECT p.oid::regprocedure AS taken_for_a_cast FROM pg_proc p JOIN pg_type t ON t.typname = p.proname AND t.typnamespace = p.pronamespace
WHERE pg_temp.of_workflow(pronamespace) AND proargtypes[0] = 'text'::regtype AND t.typcategory = 'A' ORDER BY 1;
-- internal functions with the owner's rights that anybody may call: each speaks of the caller alone, or of the manual's own rows
SELECT string_agg(proname, ' ' ORDER BY proname) AS anybody_may_ask FROM pg_proc
WHERE pg_temp.of_workflow(pronamespace) AND prosecdef AND proname LIKE '\_%' AND prorettype <> 'trigger'::regtype AND has_function_privilege('public', oid, 'EXECUTE');

-- ---- a row of every unit in every table -------------------------------------------

SELECT pg_temp.add_accounts(u, 2, 2026) FROM unnest(ARRAY['HQ', 'N1', 'N1-A', 'N1-B', 'C1', 'C1-A']) u \g /dev/null
SELECT pg_temp.put_in_force(2026) \g /dev/null
\set fill :srcdir '/sql/include/workflow_fill.sql'
\i :fill
-- (no row: no table was passed over)
SELECT * FROM pg_temp.fill(ARRAY['HQ', 'R1', 'N1', 'N1-A', 'N1-B', 'R3', 'C1', 'C1-A']);
SET session_replication_role = replica;
UPDATE decision SET subject = 'plan' WHERE unit_code IN ('HQ', 'N1-A', 'C1');
RESET session_replication_role;
INSERT INTO training (staff_id, training_year, curriculum, recorded_by)
	SELECT staff_id, 2026, 'KAMR', 'director_personnel_development_hq' FROM staff WHERE staff_id LIKE 'x%';

SELECT pg_temp.brief('director_customer_information_hq', 'SELECT begin_import(kind => ''account'')');

-- ---- who sees what, by section 4: written down here, not asked of the workflow -----------

CREATE TEMP TABLE person (who text PRIMARY KEY, everything_of text[], belongs_to text[], accounts text[], is_member boolean DEFAULT true);
INSERT INTO person VALUES
	('stranger', '{}', '{}', '{}', false),
	('application', '{}', '{}', '{}', false),
	('newcomer_n1a', '{}', '{}', '{}', true),
	('reader', '{N1,N1-A,N1-B}', '{N1,N1-A,N1-B}', '{}', true),
	('deputy_governor_region_r1', '{R1,N1,N1-A,N1-B,N2,N3}', '{R1,N1,N1-A,N1-B,N2,N3}', '{}', true),
	('deputy_governor_region_r3', '{R3,C1,C1-A,C2,C3}', '{R3,C1,C1-A,C2,C3}', '{}', true),
	('deputy_governor_strategy_hq', '{HQ}', '{HQ}', '{}', true),
	('area_director_n1', '{N1,N1-A,N1-B}', '{N1,N1-A,N1-B}', '{}', true),
	('area_director_c1', '{C1,C1-A}', '{C1,C1-A}', '{}', true),
	('director_engineering_area_n1', '{N1,N1-A,N1-B}', '{N1,N1-A,N1-B}', '{}', true),
	('director_engineering_hq_hq', '{HQ,R1,N1,N1-A,N1-B,R3,C1,C1-A}', '{HQ,R1,N1,N1-A,N1-B,R3,C1,C1-A}', '{}', true),
	('director_customer_service_n1', '{N1,N1-A,N1-B}', '{N1,N1-A,N1-B}', '{}', true),
	('director_personnel_development_hq', '{HQ}', '{HQ}', '{}', true),
	('director_customer_information_hq', '{HQ,R1,N1,N1-A,N1-B,R3,C1,C1-A}', '{HQ,R1,N1,N1-A,N1-B,R3,C1,C1-A}', '{}', true),
	('director_communication_service_hq', '{HQ}', '{HQ}', '{}', true),
	('office_manager_n1a', '{N1-A}', '{N1-A}', '{}', true),
	('office_manager_n1b', '{N1-B}', '{N1-B}', '{}', true),
	('office_manager_c1a', '{C1-A}', '{C1-A}', '{}', true),
	('hq_kamr_hq', '{}', '{HQ}', '{HQ-01,HQ-02}', true),
	('area_kamr_n1', '{N1,N1-A,N1-B}', '{N1,N1-A,N1-B}', '{}', true),
	('senior_kamr_n1a', '{N1-A}', '{N1-A}', '{}', true),
	('office_kamr_n1a', '{}', '{N1-A}', '{N1A-01,N1A-02}', true),
	('office_kamr_n1b', '{}', '{N1-B}', '{N1B-01,N1B-02}', true),
	('section_head_n1a', '{N1-A}', '{N1-A}', '{}', true),
	('hq_section_head_hq', '{HQ}', '{HQ}', '{}', true),
	('process_owner_hq', '{HQ,R1,N1,N1-A,N1-B,R3,C1,C1-A}', '{HQ,R1,N1,N1-A,N1-B,R3,C1,C1-A}', '{}', true);

-- Who reads headquarters and what is below it reads every unit.
UPDATE person SET everything_of = ARRAY(SELECT u.unit_code FROM unit u), belongs_to = ARRAY(SELECT u.unit_code FROM unit u)
WHERE everything_of @> '{HQ,R1}';

-- What a row has to be of to be seen: $1 everything_of, $2 belongs_to, $3 accounts, $4 who, $5 role, $6 is_member.
CREATE TEMP TABLE seen_by_rule (table_name text PRIMARY KEY, condition text);
INSERT INTO seen_by_rule
	-- what concerns a unit as a whole
	SELECT t, 't.unit_code = ANY ($2)'
	FROM unnest(ARRAY['plan', 'kamr', 'waiver', 'target', 'deadline', 'system_entry', 'unit_evaluation']) t
	UNION ALL VALUES
	('staff', 't.unit_code = ANY ($2) OR t.staff_id = $4 OR $4 = ''director_personnel_development_hq'''),
	('training', '(SELECT s.unit_code = ANY ($2) FROM staff s WHERE s.staff_id = t.staff_id) OR t.staff_id = $4 OR $4 = ''director_personnel_development_hq'''),
	('post_holder', 't.unit_code = ANY ($2) OR t.staff_id = $4'),
	-- those on accounts, cases, requests tell of other people's accounts
	('decision', 't.unit_code = ANY ($1) OR t.unit_code = ANY ($2) AND t.subject IN (''plan'', ''kamr'', ''report'', ''post_holder'') OR t.staff_id = $4'),
	('reader', 't.role_name = $5'),
	('proxy', 't.role_name = $5 OR t.staff_id = $4'),
	('bill_cutoff', 't.area IN (SELECT CASE WHEN u LIKE ''%-%'' THEN split_part(u, ''-'', 1) ELSE u END FROM unnest($2) u WHERE u !~ ''^(HQ|R)'')'),
	('survey_response', 't.unit_code = ANY ($1) OR t.account_id = ANY ($3) OR $4 = ''director_communication_service_hq'''),
	('resource_request', 't.unit_code = ANY ($1) OR t.account_id = ANY ($3) OR t.requested_by = $4'),
	('import_run', 't.staff_id = $4 OR $4 = ''director_customer_information_hq'''),
	('kamr_evaluation', 't.unit_code = ANY ($1) OR t.staff_id = $4'),
	-- the office, its area and region, headquarters: reports go up and down (section 5), never sideways
	('report', NULL);
INSERT INTO seen_by_rule
	SELECT c.relname, concat_ws(' OR ',
		CASE WHEN bool_or(a.attname = 'unit_code') AND c.relname <> 'unit' THEN 't.unit_code = ANY ($1)' END,
		CASE WHEN bool_or(a.attname = 'account_id') THEN 't.account_id = ANY ($3)' END,
		CASE WHEN c.relname = 'unit' OR NOT bool_or(a.attname IN ('unit_code', 'account_id')) THEN '$6' END)
	FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
	WHERE pg_temp.of_workflow(c.relnamespace) AND c.relkind IN ('r', 'p') AND has_table_privilege('public', c.oid, 'SELECT')
		AND c.relname NOT IN (SELECT table_name FROM seen_by_rule)
	GROUP BY c.relname;
-- tables that everybody whom the workflow knows reads: no row of a unit is in them
SELECT string_agg(table_name, ' ' ORDER BY table_name) FROM seen_by_rule WHERE condition = '$6';

-- Every table as everybody, against the rule: of these, what differs.
CREATE FUNCTION pg_temp.compare() RETURNS TABLE (who text, table_name text, sees bigint, should_see bigint, sees_foreign bigint) LANGUAGE plpgsql AS $$
DECLARE
	the_person person;
	rule seen_by_rule;
	foreign_rows text;
BEGIN
	CREATE TEMP TABLE seen (the_row jsonb);
	GRANT INSERT ON seen TO PUBLIC;
	FOR the_person IN SELECT * FROM person p LOOP
		FOR rule IN SELECT * FROM seen_by_rule r WHERE r.condition IS NOT NULL LOOP
			who := the_person.who;
			table_name := rule.table_name;
			PERFORM set_config('role', pg_temp.role_of(who), true);
			EXECUTE format('INSERT INTO seen SELECT to_jsonb(t) FROM %I.%I t', pg_temp.schema(), table_name);
			PERFORM set_config('role', 'none', true);
			SELECT count(*) INTO sees FROM seen;
			EXECUTE format('SELECT count(*) FROM %I.%I t WHERE %s', pg_temp.schema(), table_name,
				'($1 IS NOT NULL AND $2 IS NOT NULL AND $3 IS NOT NULL AND $4 <> '''' AND $5 <> '''' AND $6 IS NOT NULL) AND (' || rule.condition || ')')
				INTO should_see
				USING the_person.everything_of, the_person.belongs_to, the_person.accounts, who, pg_temp.role_of(who), the_person.is_member;
			EXECUTE format('SELECT count(*) FROM seen s WHERE NOT EXISTS (SELECT FROM %I.%I t WHERE to_jsonb(t) = s.the_row AND (%s) AND %s)', pg_temp.schema(),
				table_name, rule.condition, '($1 IS NOT NULL AND $2 IS NOT NULL AND $3 IS NOT NULL AND $4 <> '''' AND $5 <> '''' AND $6 IS NOT NULL)')
				INTO sees_foreign
				USING the_person.everything_of, the_person.belongs_to, the_person.accounts, who, pg_temp.role_of(who), the_person.is_member;
			IF sees <> should_see OR sees_foreign <> 0 THEN
				RETURN NEXT;
			END IF;
			TRUNCATE seen;
		END LOOP;
	END LOOP;
	DROP TABLE seen;
END $$;
SELECT * FROM pg_temp.compare();
-- and no table was compared while empty, but those that only people fill
SELECT r.table_name AS empty FROM seen_by_rule r
WHERE (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %I.%I', pg_temp.schema(), r.table_name), false, true, '')))[1]::text = '0' ORDER BY 1;

-- reports: an office never sees another's, an area never that of another area
SELECT p.who, array_agg(DISTINCT s.unit) AS sees_reports_of
FROM person p CROSS JOIN LATERAL unnest(string_to_array(pg_temp.try(p.who, 'SELECT string_agg(unit_code, $$,$$) FROM ' || pg_temp.schema() || '.report'), ',')) s (unit)
WHERE s.unit <> 'ok' AND p.who ~ '(n1|n1a|n1b|c1|c1a|r1|r3|stranger|application|reader)$' GROUP BY p.who ORDER BY p.who;

-- ---- views: nothing that the tables would not show -------------------------------------

CREATE FUNCTION pg_temp.compare_views() RETURNS TABLE (who text, view_name text, foreign_row text) LANGUAGE plpgsql AS $$
DECLARE
	the_person person;
	line text;
	unit text;
	of_account boolean;
BEGIN
	FOR view_name, unit, of_account IN
		SELECT c.relname, max(a.attname) FILTER (WHERE a.attname = 'unit_code'), bool_or(a.attname = 'account_id')
		FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
		WHERE pg_temp.of_workflow(c.relnamespace) AND c.relkind = 'v' GROUP BY c.relname ORDER BY c.relname
	LOOP
		FOR the_person IN SELECT * FROM person p WHERE NOT 'C1' = ANY (p.everything_of) OR NOT 'N1' = ANY (p.everything_of) LOOP
			who := the_person.who;
			PERFORM set_config('role', pg_temp.role_of(who), true);
			FOR line IN EXECUTE format('SELECT v::text FROM %I.%I v WHERE %s', pg_temp.schema(), view_name, concat_ws(' AND ', 'true',
				CASE WHEN unit IS NOT NULL THEN format('NOT coalesce(v.unit_code = ANY (%L), false)', the_person.belongs_to) END,
				CASE WHEN of_account THEN format('NOT coalesce(v.account_id = ANY (%L), false)', the_person.accounts) END))
			LOOP
				foreign_row := line;
				-- what dimensions have for everybody, and of those whom a fact names and one does not read: the number
				CONTINUE WHEN view_name = 'dim_unit' OR view_name = 'dim_staff' AND (line LIKE '(-,%' OR who ~ '^director_personnel')
					OR line ~ '^\(([^,]+),\1,\1,,.*,f\)$' AND view_name IN ('dim_account', 'dim_staff');
				EXIT WHEN (unit IS NULL AND NOT of_account AND the_person.is_member)
					OR view_name = 'report_for_me'	-- what is sent to somebody
					OR line LIKE '%' || who || '%';	-- what somebody did themself
				RETURN NEXT;
				EXIT;
			END LOOP;
			PERFORM set_config('role', 'none', true);
		END LOOP;
	END LOOP;
END $$;
SELECT * FROM pg_temp.compare_views();

-- ---- functions: asked about a foreign unit, they say no more than about one in which there is nothing ----------

SELECT pg_temp.try('owner', $$INSERT INTO unit (unit_code, kind, office_class, parent_unit, name_th, name_en) VALUES ('N1-Z', 'office', 1, 'N1', 'x', 'x')$$);

CREATE FUNCTION pg_temp.ask_all(who text, unit text, account text) RETURNS TABLE (asked text, answer text) LANGUAGE plpgsql AS $fn$
BEGIN
	FOR asked IN
		SELECT format('SELECT %s FROM %s(%s) x', CASE WHEN p.proretset THEN 'count(*) || coalesce(max(x::text), '''')' ELSE 'x::text' END, p.oid::regproc, args.given)
		FROM pg_proc p CROSS JOIN LATERAL (
			SELECT string_agg(CASE
					WHEN p.proargnames[n] IN ('unit_code', 'area', 'post_unit') THEN quote_literal(unit) || '::text'
					WHEN p.proargnames[n] = 'account_id' THEN quote_literal(account) || '::text'
					WHEN p.proargnames[n] = 'staff_id' THEN quote_literal('office_manager_' || pg_temp.short(unit)) || '::text'
					WHEN p.proargnames[n] = 'plan_year' THEN '2026'
					WHEN t = 'integer'::regtype THEN '1'
					WHEN t = 'bigint'::regtype THEN '1::bigint'
					WHEN t = 'text'::regtype THEN '''x''::text' END, ', ' ORDER BY n) AS given,
				bool_or(p.proargnames[n] IN ('unit_code', 'account_id', 'staff_id', 'area')) AS of_unit,
				bool_and(t IN ('integer'::regtype, 'bigint'::regtype, 'text'::regtype)) AS can
			FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY a (t, n)) args
		WHERE pg_temp.of_workflow(p.pronamespace) AND p.prokind = 'f' AND p.provolatile <> 'v' AND args.of_unit AND args.can
			AND p.proname NOT IN ('_subtree', '_area', '_caring_units')	-- the tree of units is everybody's
		ORDER BY p.proname, p.oid::regprocedure::text
	LOOP
		answer := pg_temp.try(who, asked);
		RETURN NEXT;
	END LOOP;
END $fn$;
SELECT count(*) > 20 AS many_were_asked FROM pg_temp.ask_all('office_manager_n1b', 'N1-A', 'N1A-01');
SELECT f.asked, f.answer AS of_foreign_unit, n.answer AS of_empty_unit
FROM pg_temp.ask_all('office_manager_n1b', 'N1-A', 'N1A-01') f JOIN pg_temp.ask_all('office_manager_n1b', 'N1-Z', 'N1Z-01') n
	ON replace(replace(replace(f.asked, 'N1-A', 'N1-Z'), 'n1a', 'n1z'), 'N1A-01', 'N1Z-01') = n.asked
WHERE replace(replace(replace(f.answer, 'N1-A', 'N1-Z'), 'n1a', 'n1z'), 'N1A-01', 'N1Z-01') IS DISTINCT FROM n.answer;
SELECT f.asked, f.answer AS of_a_unit, n.answer AS of_empty_unit
FROM pg_temp.ask_all('stranger', 'N1-A', 'N1A-01') f JOIN pg_temp.ask_all('stranger', 'N1-Z', 'N1Z-01') n
	ON replace(replace(replace(f.asked, 'N1-A', 'N1-Z'), 'n1a', 'n1z'), 'N1A-01', 'N1Z-01') = n.asked
WHERE replace(replace(replace(f.answer, 'N1-A', 'N1-Z'), 'n1a', 'n1z'), 'N1A-01', 'N1Z-01') IS DISTINCT FROM n.answer;

-- ---- the planner: its estimate for a foreign unit is that for none ---------------------

SELECT pg_temp.add_accounts('N1-A', 90, 2026, first => 10), pg_temp.add_accounts('C1-A', 400, 2026, first => 10) \g /dev/null
SET ROLE :owner;
SELECT format('ANALYZE %I.%I', :'schema', relname) FROM pg_class WHERE relname IN ('account', 'account_fact', 'staff') AND pg_temp.of_workflow(relnamespace) \gexec
RESET ROLE;
CREATE FUNCTION pg_temp.estimate(who text, condition text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN pg_temp.try(who, format('WITH x AS MATERIALIZED (SELECT pg_temp.rows_of(%L) AS n) SELECT n FROM x', 'SELECT * FROM ' || condition));
END $$;
CREATE FUNCTION pg_temp.rows_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT JSON) ' || statement INTO plan;
	RETURN plan -> 0 -> 'Plan' ->> 'Plan Rows';
END $$;
SELECT column_name, count(DISTINCT pg_temp.estimate('office_manager_n1b', format('%I.account WHERE %I %s %L', pg_temp.schema(), column_name, operator, value))) = 1 AS tells_nothing
FROM (VALUES ('unit_code', '=', 'N1-A'), ('unit_code', '=', 'C1-A'), ('unit_code', '=', 'N1-Z'), ('account_id', '=', 'N1A-01'), ('account_id', '=', 'N1Z-01'),
	('name_th', '<', 'บริษัท C'), ('name_th', '<', 'บริษัท N1A-5'), ('name_th', '<', 'ป')) c (column_name, operator, value)
GROUP BY column_name ORDER BY column_name;
SELECT count(*) AS statistics_seen FROM pg_stats WHERE schemaname = :'schema' AND attname IN ('unit_code', 'account_id', 'staff_id', 'name_th');
\i :cleanup
