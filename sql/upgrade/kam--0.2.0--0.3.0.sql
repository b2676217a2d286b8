\echo Use "ALTER EXTENSION kam UPDATE" to load this file. \quit
/*
 * Skip support came with PostgreSQL 18: a database that was brought there by
 * pg_upgrade lacks it.
 */
DO $$
DECLARE
	t record;
BEGIN
	IF pg_catalog.current_setting('server_version_num')::int < 180000 THEN
		RETURN;
	END IF;
	FOR t IN
		SELECT * FROM (VALUES
			('tier', 'AS ''MODULE_PATHNAME'', ''tier_skipsupport'' LANGUAGE c'),
			('value_class', 'AS ''MODULE_PATHNAME'', ''value_class_skipsupport'' LANGUAGE c'),
			('criteria', 'AS ''btint4skipsupport'' LANGUAGE internal')
		) AS type_of (name, body)
		WHERE pg_catalog.to_regprocedure('kam.' || type_of.name || '_skipsupport(internal)') IS NULL
	LOOP
		EXECUTE pg_catalog.format('CREATE FUNCTION kam.%I(internal) RETURNS void %s IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE',
			t.name || '_skipsupport', t.body);
		EXECUTE pg_catalog.format('COMMENT ON FUNCTION kam.%I(internal) IS %L',
			t.name || '_skipsupport', 'Skip support of B-tree indexes.');
		EXECUTE pg_catalog.format('ALTER OPERATOR FAMILY kam.%1$s_ops USING btree ADD
				FUNCTION 6 (kam.%1$s, kam.%1$s) kam.%1$s_skipsupport(internal)', t.name);
	END LOOP;
END
$$;
/* The workflow: made in a schema of its own, and brought up to date. */

CREATE FUNCTION kam._sql_statements(script text)
RETURNS TABLE (ordinal int, line int, command_tag text, statement text, is_code boolean, replaces text)
AS 'MODULE_PATHNAME', 'sql_statements'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION kam._sql_statements(text) IS
'The statements of a script, with the line that each begins in and its command tag. is_code: kam.upgrade_workflow does it again over what is there; replaces: what it does before that, where there is no CREATE OR REPLACE. Error 42601 names the line.';

CREATE PROCEDURE kam.create_workflow(schema name, owner name DEFAULT NULL)
AS 'MODULE_PATHNAME', 'create_workflow'
LANGUAGE C;
COMMENT ON PROCEDURE kam.create_workflow(name, name) IS
'Makes a schema with the whole workflow in it, as ordinary objects of the owner (NULL: of who calls). Who calls needs CREATE on the database and has to be a member of the owner. A NOTICE says where the owner is a superuser. Errors: 22004, 42602 or 42939 for a name that cannot be one, 42P06 where the schema exists, 42704 where the owner does not, 42501 for somebody who may not.';

CREATE PROCEDURE kam.upgrade_workflow(schema name)
AS 'MODULE_PATHNAME', 'upgrade_workflow'
LANGUAGE C;
COMMENT ON PROCEDURE kam.upgrade_workflow(name) IS
'Brings the workflow in a schema up to the version of the extension, in one transaction: first what became of its tables, release by release, then all functions, views, triggers, policies, comments and grants anew. Also repairs what was dropped of those, and what ALTER SCHEMA ... RENAME broke. What was added stays. Its owner calls it, or a member of it. Errors: 3F000 without such a schema, 55000 without a workflow in it or for one newer than the extension, 42501 for somebody else.';
/* The workflow as this version carries it: written by tools/workflow-script. */

CREATE FUNCTION kam._workflow_version() RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '0.3.0'::text;
COMMENT ON FUNCTION kam._workflow_version() IS
'The version of a workflow that kam._workflow_script() makes.';

CREATE FUNCTION kam._workflow_script() RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $carried$
BEGIN
	RETURN $script$-- sql/workflow/identity.sql
/* Who is asking: the member of staff behind the session's role. */

-- The role of the session, whatever function it is asked in: SET ROLE counts, and
-- neither a SECURITY DEFINER function nor a view in between does.
CREATE OR REPLACE FUNCTION _role() RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN CASE current_setting('role') WHEN 'none' THEN session_user ELSE current_setting('role') END;
END $$;

CREATE OR REPLACE FUNCTION _acting_for() RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN nullif(current_setting('kam.acting_for', true), '');
END $$;

-- Acting for somebody is looked up each time, so that setting the parameter alone gives nothing.
CREATE OR REPLACE FUNCTION me() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	-- as in _role() and _acting_for(), which would cost more than the rest together
	the_role text := CASE current_setting('role') WHEN 'none' THEN session_user ELSE current_setting('role') END;
	acting_for text := nullif(current_setting('kam.acting_for', true), '');
	staff_id text;
	left_on date;
BEGIN
	IF acting_for IS NULL THEN
		SELECT s.staff_id, s.left_on INTO staff_id, left_on FROM staff s WHERE s.role_name = the_role;
	ELSE
		SELECT s.staff_id, s.left_on INTO staff_id, left_on
		FROM proxy p JOIN staff s USING (staff_id) WHERE p.role_name = the_role AND p.staff_id = acting_for;
	END IF;
	RETURN CASE WHEN left_on IS NULL OR left_on > _today() THEN staff_id END;
END $$;

-- NULL ends it.  To the end of the transaction only, where local: for pooled connections.
CREATE OR REPLACE FUNCTION act_for(staff_id text, local boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM set_config('kam.acting_for', coalesce(act_for.staff_id, ''), coalesce(act_for.local, false));
	IF act_for.staff_id IS NOT NULL AND me() IS NULL THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('role "%s" may not act for "%s"', _role(), act_for.staff_id),
			HINT = 'The owner of the workflow grants it by a row in the table proxy, for a member of staff who has not left.';
	END IF;
END $$;

-- The member of staff, or an error.
CREATE OR REPLACE FUNCTION _staff() RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	staff_id text := me();
BEGIN
	IF staff_id IS NULL AND _acting_for() IS NOT NULL THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('role "%s" may not act for "%s"', _role(), _acting_for()),
			HINT = 'The owner of the workflow grants it by a row in the table proxy, for a member of staff who has not left.';
	ELSIF staff_id IS NULL THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('role "%s" belongs to no member of staff', _role()),
			HINT = 'The owner of the workflow enters it in the table staff (role_name); an application calls act_for first.';
	END IF;
	RETURN staff_id;
END $$;

-- The units that the role reads as a reporting role, which it is only in its own name.
CREATE OR REPLACE FUNCTION _reader_units() RETURNS SETOF text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY SELECT s FROM reader r CROSS JOIN _subtree(r.unit_code) s
		WHERE r.role_name = _role() AND _acting_for() IS NULL;
END $$;

-- Everything of these units may be read.
CREATE OR REPLACE FUNCTION _readable_units() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	mine text[];
BEGIN
	SELECT array_agg(DISTINCT s) INTO mine
	FROM _holdings(me()) h JOIN post p USING (post)
		CROSS JOIN LATERAL (
			SELECT h.unit_code WHERE p.reads = 'unit'
			UNION ALL SELECT _subtree(h.unit_code) WHERE p.reads = 'subtree'
			UNION ALL SELECT u.unit_code FROM unit u WHERE p.reads = 'all') r (s);
	RETURN coalesce(mine, '{}') || ARRAY(SELECT _reader_units());
END $$;

-- What concerns a unit as a whole (its plan, reports, deadlines) is read by all who hold a post there.
CREATE OR REPLACE FUNCTION _my_units() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN ARRAY(SELECT unnest(_readable_units()) UNION SELECT h.unit_code FROM _holdings(me()) h);
END $$;

-- The accounts that are mine by assignment, in the plan in force.
CREATE OR REPLACE FUNCTION _my_accounts() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN ARRAY(
		WITH mine AS MATERIALIZED (
			SELECT DISTINCT a.account_id, a.unit_code, a.plan_year
			FROM assignment a JOIN plan p USING (plan_id)
			WHERE a.staff_id = me() AND a.ended_on IS NULL AND p.status = 'approved'
		), in_force AS MATERIALIZED (
			SELECT u.unit_code, _year_in_force(u.unit_code) AS plan_year
			FROM (SELECT DISTINCT m.unit_code FROM mine m) u
		)
		SELECT DISTINCT m.account_id FROM mine m JOIN in_force USING (unit_code, plan_year));
END $$;

-- The same of one account, without looking through the others.
CREATE OR REPLACE FUNCTION _is_my_account(account_id text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN EXISTS (
		SELECT FROM assignment a JOIN plan p USING (plan_id)
		WHERE a.account_id = _is_my_account.account_id AND a.staff_id = me() AND a.ended_on IS NULL
			AND p.status = 'approved' AND a.plan_year = _year_in_force(a.unit_code));
END $$;

-- Anybody whom the workflow knows.
CREATE OR REPLACE FUNCTION _is_member() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN me() IS NOT NULL OR EXISTS (SELECT FROM reader r WHERE r.role_name = _role() AND _acting_for() IS NULL);
END $$;

CREATE OR REPLACE FUNCTION _may_read(unit_code text, account_id text DEFAULT NULL) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	-- The cheaper question first: most who ask ask for an account of theirs.
	RETURN _may_read.account_id IS NOT NULL AND _is_my_account(_may_read.account_id)
		OR coalesce(_may_read.unit_code = ANY (_readable_units()), false);
END $$;

COMMENT ON FUNCTION _role() IS
U&'\0E1A\0E17\0E1A\0E32\0E17\0E10\0E32\0E19\0E02\0E49\0E2D\0E21\0E39\0E25\0E02\0E2D\0E07\0E40\0E0B\0E2A\0E0A\0E31\0E19 \2014 The role of the session: that of SET ROLE, else the session user; the same inside functions and views of anybody.';
COMMENT ON FUNCTION _acting_for() IS
U&'\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E17\0E35\0E48\0E41\0E2D\0E1B\0E1E\0E25\0E34\0E40\0E04\0E0A\0E31\0E19\0E02\0E2D\0E17\0E33\0E41\0E17\0E19 \2014 Whom the session asks to act for (act_for); says nothing about whether it may.';
COMMENT ON FUNCTION me() IS
U&'\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E1C\0E39\0E49\0E43\0E0A\0E49\0E07\0E32\0E19\0E2D\0E22\0E39\0E48 \2014 The member of staff whose role this is, or for whom the role may act; NULL for others and for who has left.';
COMMENT ON FUNCTION act_for(text, boolean) IS
U&'\0E17\0E33\0E07\0E32\0E19\0E41\0E17\0E19\0E1E\0E19\0E31\0E01\0E07\0E32\0E19 (\0E2A\0E33\0E2B\0E23\0E31\0E1A\0E41\0E2D\0E1B\0E1E\0E25\0E34\0E40\0E04\0E0A\0E31\0E19) \2014 From now on the session works for this member of staff; NULL ends it; local: to the end of the transaction. Needs a row in proxy. Error 42501.';
COMMENT ON FUNCTION _staff() IS
U&'\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E1C\0E39\0E49\0E43\0E0A\0E49\0E07\0E32\0E19 \0E2B\0E23\0E37\0E2D\0E02\0E49\0E2D\0E1C\0E34\0E14\0E1E\0E25\0E32\0E14 \2014 The member of staff, or error 42501.';
COMMENT ON FUNCTION _reader_units() IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E17\0E35\0E48\0E1A\0E17\0E1A\0E32\0E17\0E23\0E32\0E22\0E07\0E32\0E19\0E2D\0E48\0E32\0E19\0E44\0E14\0E49 \2014 The units that the role reads as a reporting role.';
COMMENT ON FUNCTION _readable_units() IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E17\0E35\0E48\0E2D\0E48\0E32\0E19\0E44\0E14\0E49\0E17\0E31\0E49\0E07\0E2B\0E21\0E14 \2014 The units of which the caller reads everything (section 4); what row security asks, once per query.';
COMMENT ON FUNCTION _my_units() IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E02\0E2D\0E07\0E15\0E19 \2014 The units whose plan, people, reports and deadlines the caller reads: those that they read everything of, and where they hold a post.';
COMMENT ON FUNCTION _my_accounts() IS
U&'\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D\0E17\0E35\0E48\0E15\0E19\0E14\0E39\0E41\0E25 \2014 The accounts assigned to the caller in the plan in force.';
COMMENT ON FUNCTION _is_my_account(text) IS
U&'\0E25\0E39\0E01\0E04\0E49\0E32\0E19\0E35\0E49\0E15\0E19\0E14\0E39\0E41\0E25\0E2B\0E23\0E37\0E2D\0E44\0E21\0E48 \2014 Whether this account is assigned to the caller in the plan in force.';
COMMENT ON FUNCTION _is_member() IS
U&'\0E1C\0E39\0E49\0E17\0E35\0E48\0E23\0E30\0E1A\0E1A\0E23\0E39\0E49\0E08\0E31\0E01 \2014 Whether the caller is a member of staff or a reporting role.';
COMMENT ON FUNCTION _may_read(text, text) IS
U&'\0E2D\0E48\0E32\0E19\0E44\0E14\0E49\0E2B\0E23\0E37\0E2D\0E44\0E21\0E48 \2014 Whether the caller reads rows of this unit or account.';

-- sql/workflow/workflow.sql
/* The workflow itself: its version, its clock, its settings. */

-- Everybody may name what is in here; row security says who sees anything of it.  Where somebody
-- has granted the schema otherwise, that stays.
DO $$
BEGIN
	IF (SELECT n.nspacl IS NULL FROM pg_namespace n WHERE n.nspname = current_schema()) THEN
		EXECUTE format('GRANT USAGE ON SCHEMA %I TO PUBLIC', current_schema());
	END IF;
END $$;

CREATE TABLE workflow (
	one_row boolean PRIMARY KEY DEFAULT true CHECK (one_row),
	version text,
	rehearsal_clock timestamptz,
	is_rehearsal boolean NOT NULL DEFAULT false,
	CONSTRAINT workflow_rehearsal_is_marked CHECK (is_rehearsal OR rehearsal_clock IS NULL)
);
INSERT INTO workflow DEFAULT VALUES;

CREATE TABLE setting (
	setting text PRIMARY KEY,
	value text NOT NULL,
	section text NOT NULL,
	meaning text NOT NULL
);
INSERT INTO setting VALUES
	('introduction_days', '30', '4.11.1, 4.14.1',
		'Calendar days within which a newly assigned KAMR introduces themselves to the account.'),
	('soon_days', '7', '5', 'A deadline is announced as due soon from so many calendar days before it.'),
	('response_working_days', '5', '5 (step 4), R18', 'Working days within which a customer is answered.'),
	('record_days', '7', '5 (step 5), R19', 'Calendar days within which a contact is recorded.'),
	('test_valid_years', '', '6.1.2.1(4), R15', 'Years for which a passed test counts; empty: it does not expire.'),
	('calendar', 'PEA', '5', 'The calendar of working days.');

-- What cannot be read as what it is would fail much later, in somebody else's hands.
CREATE OR REPLACE FUNCTION _check_setting() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	IF NEW.setting ~ '_(days|years)$' AND NEW.value !~ '^[0-9]{0,5}$' THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('"%s" is no number for the setting %s', NEW.value, NEW.setting),
			HINT = 'Give a whole number; an empty text where there is no limit.', TABLE = 'setting', COLUMN = 'value';
	ELSIF NEW.setting = 'calendar' AND NOT EXISTS (SELECT FROM kam.calendar c WHERE c.calendar = NEW.value) THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('calendar "%s" does not exist', NEW.value),
			HINT = 'The table kam.calendar names them all.', TABLE = 'setting', COLUMN = 'value';
	END IF;
	RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER check_setting BEFORE INSERT OR UPDATE ON setting
	FOR EACH ROW EXECUTE FUNCTION _check_setting();

CREATE OR REPLACE FUNCTION _setting_value(setting text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (SELECT nullif(s.value, '') FROM setting s WHERE s.setting = _setting_value.setting);
END $$;

-- The time of the workflow: the server's, but in a rehearsal the one that was set.  Not that of the transaction's
-- begin: one opened on the day something is due and used days later would still be in time.
CREATE OR REPLACE FUNCTION _now() RETURNS timestamptz
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN coalesce((SELECT w.rehearsal_clock FROM workflow w), clock_timestamp());
END $$;

CREATE OR REPLACE FUNCTION _today() RETURNS date
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN kam.bangkok_date(_now());
END $$;

-- What must not go on in two sessions at once takes its turn here, to the end of the transaction: networks,
-- averages of bills, imports.  Not an advisory lock, which anybody could take and keep.
CREATE OR REPLACE FUNCTION _take_turn() RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM FROM workflow w FOR NO KEY UPDATE;
END $$;

-- Invoker's rights: only the owner may update the table.  A workflow in which somebody
-- has decided anything in earnest can no longer be rehearsed in.
CREATE OR REPLACE PROCEDURE rehearse(clock timestamptz)
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	IF NOT (SELECT w.is_rehearsal FROM workflow w) AND EXISTS (SELECT FROM decision) THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = 'decisions have been taken in this workflow, so its clock cannot be set',
			HINT = 'Create another workflow to rehearse in.';
	END IF;
	UPDATE workflow SET is_rehearsal = true, rehearsal_clock = rehearse.clock;
END $$;

-- A plan year in the common era, and opened.
CREATE OR REPLACE FUNCTION _check_plan_year(plan_year int) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF plan_year IS NULL THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'the plan year is missing',
			HINT = 'Give plan_year, a year of the common era.';
	ELSIF plan_year BETWEEN 2400 AND 2800 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('plan year %s is a year of the Buddhist era', plan_year),
			HINT = format('Plan years are years of the common era: %s.', plan_year - 543);
	ELSIF NOT EXISTS (SELECT FROM plan_year y WHERE y.plan_year = _check_plan_year.plan_year) THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('plan year %s has not been opened', plan_year),
			HINT = format('Open it first: open_year(%s).', plan_year);
	END IF;
END $$;

ALTER TABLE workflow ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON workflow FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON workflow TO PUBLIC;

ALTER TABLE setting ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON setting FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON setting TO PUBLIC;

COMMENT ON TABLE workflow IS
U&'\0E02\0E49\0E2D\0E21\0E39\0E25\0E02\0E2D\0E07\0E23\0E30\0E1A\0E1A\0E07\0E32\0E19\0E19\0E35\0E49 \2014 The workflow itself: one row.';
COMMENT ON COLUMN workflow.one_row IS
U&'\0E21\0E35\0E40\0E1E\0E35\0E22\0E07\0E41\0E16\0E27\0E40\0E14\0E35\0E22\0E27 \2014 Always true: there is one row.';
COMMENT ON COLUMN workflow.version IS
U&'\0E23\0E38\0E48\0E19 \2014 Version of kam that made it or brought it up to date last.';
COMMENT ON COLUMN workflow.rehearsal_clock IS
U&'\0E40\0E27\0E25\0E32\0E08\0E33\0E25\0E2D\0E07 \2014 The time in a rehearsal; NULL: the server''s.';
COMMENT ON COLUMN workflow.is_rehearsal IS
U&'\0E40\0E1B\0E47\0E19\0E01\0E32\0E23\0E0B\0E49\0E2D\0E21 \2014 Whether it was ever rehearsed in: then it is no record of what happened.';
COMMENT ON TABLE setting IS
U&'\0E04\0E48\0E32\0E01\0E33\0E2B\0E19\0E14 \2014 Settings, which a user may change.';
COMMENT ON COLUMN setting.setting IS
U&'\0E0A\0E37\0E48\0E2D\0E04\0E48\0E32\0E01\0E33\0E2B\0E19\0E14 \2014 Name.';
COMMENT ON COLUMN setting.value IS
U&'\0E04\0E48\0E32 \2014 Value; empty: none.';
COMMENT ON COLUMN setting.section IS
U&'\0E02\0E49\0E2D\0E43\0E19\0E04\0E39\0E48\0E21\0E37\0E2D \2014 Section of the manual, or the reading, that it comes from.';
COMMENT ON COLUMN setting.meaning IS
U&'\0E04\0E27\0E32\0E21\0E2B\0E21\0E32\0E22 \2014 What it sets.';
COMMENT ON FUNCTION _check_setting() IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E04\0E48\0E32\0E01\0E33\0E2B\0E19\0E14 \2014 Trigger function of setting: numbers are numbers, the calendar exists. Error 22023.';
COMMENT ON FUNCTION _setting_value(text) IS
U&'\0E04\0E48\0E32\0E02\0E2D\0E07\0E04\0E48\0E32\0E01\0E33\0E2B\0E19\0E14 \2014 The value of a setting; NULL where it is empty.';
COMMENT ON FUNCTION _now() IS
U&'\0E40\0E27\0E25\0E32\0E02\0E2D\0E07\0E23\0E30\0E1A\0E1A\0E07\0E32\0E19 \2014 The time of the workflow: the server''s, in a rehearsal that of its clock.';
COMMENT ON FUNCTION _today() IS
U&'\0E27\0E31\0E19\0E19\0E35\0E49 (\0E40\0E27\0E25\0E32\0E44\0E17\0E22) \2014 Today in Bangkok, by _now().';
COMMENT ON FUNCTION _take_turn() IS
U&'\0E23\0E2D\0E15\0E32\0E21\0E25\0E33\0E14\0E31\0E1A \2014 Waits until no other session does what only one may do at a time.';
COMMENT ON PROCEDURE rehearse(timestamptz) IS
U&'\0E15\0E31\0E49\0E07\0E40\0E27\0E25\0E32\0E08\0E33\0E25\0E2D\0E07\0E40\0E1E\0E37\0E48\0E2D\0E0B\0E49\0E2D\0E21 \2014 Sets the clock of a workflow for a rehearsal; NULL lets it go with the server''s again. For the owner. Error 55000 once decisions were taken in earnest.';
COMMENT ON FUNCTION _check_plan_year(integer) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E1B\0E35\0E02\0E2D\0E07\0E41\0E1C\0E19 \2014 The plan year is of the common era (22023) and has been opened (55000).';

-- sql/workflow/unit.sql
/* Organisation: headquarters, regions, areas, offices, as a tree. */

CREATE TABLE unit (
	unit_code text PRIMARY KEY CHECK (unit_code ~ '^[A-Z0-9][A-Z0-9._-]*$'),
	kind text NOT NULL CHECK (kind IN ('hq', 'region', 'area', 'office')),
	office_class smallint CHECK (office_class BETWEEN 1 AND 3),
	parent_unit text REFERENCES unit,
	-- Each kind stands under the kind above it, so that the tree can have no cycle.
	parent_kind text GENERATED ALWAYS AS
		(CASE kind WHEN 'region' THEN 'hq' WHEN 'area' THEN 'region' WHEN 'office' THEN 'area' END) STORED,
	name_th text NOT NULL,
	name_en text NOT NULL,
	closed_on date,
	UNIQUE (unit_code, kind),
	CONSTRAINT unit_tree FOREIGN KEY (parent_unit, parent_kind) REFERENCES unit (unit_code, kind),
	CONSTRAINT unit_office_has_class CHECK ((kind = 'office') = (office_class IS NOT NULL)),
	CONSTRAINT unit_only_hq_is_root CHECK ((kind = 'hq') = (parent_unit IS NULL))
);
CREATE UNIQUE INDEX unit_one_hq ON unit (kind) WHERE kind = 'hq';
CREATE INDEX ON unit (parent_unit);

INSERT INTO unit (unit_code, kind, parent_unit, name_th, name_en) VALUES
	('HQ', 'hq', NULL, unistr('\0E2A\0E33\0E19\0E31\0E01\0E07\0E32\0E19\0E43\0E2B\0E0D\0E48'), 'Headquarters'),
	('R1', 'region', 'HQ', unistr('\0E20\0E32\0E04 1 (\0E20\0E32\0E04\0E40\0E2B\0E19\0E37\0E2D)'), 'Region 1 (north)'),
	('R2', 'region', 'HQ', unistr('\0E20\0E32\0E04 2 (\0E20\0E32\0E04\0E15\0E30\0E27\0E31\0E19\0E2D\0E2D\0E01\0E40\0E09\0E35\0E22\0E07\0E40\0E2B\0E19\0E37\0E2D)'), 'Region 2 (north-east)'),
	('R3', 'region', 'HQ', unistr('\0E20\0E32\0E04 3 (\0E20\0E32\0E04\0E01\0E25\0E32\0E07)'), 'Region 3 (central)'),
	('R4', 'region', 'HQ', unistr('\0E20\0E32\0E04 4 (\0E20\0E32\0E04\0E43\0E15\0E49)'), 'Region 4 (south)'),
	('N1', 'area', 'R1', unistr('\0E01\0E1F\0E19.1 \0E40\0E0A\0E35\0E22\0E07\0E43\0E2B\0E21\0E48'), 'Area N1 Chiang Mai'),
	('N2', 'area', 'R1', unistr('\0E01\0E1F\0E19.2 \0E1E\0E34\0E29\0E13\0E38\0E42\0E25\0E01'), 'Area N2 Phitsanulok'),
	('N3', 'area', 'R1', unistr('\0E01\0E1F\0E19.3 \0E25\0E1E\0E1A\0E38\0E23\0E35'), 'Area N3 Lop Buri'),
	('NE1', 'area', 'R2', unistr('\0E01\0E1F\0E09.1 \0E2D\0E38\0E14\0E23\0E18\0E32\0E19\0E35'), 'Area NE1 Udon Thani'),
	('NE2', 'area', 'R2', unistr('\0E01\0E1F\0E09.2 \0E2D\0E38\0E1A\0E25\0E23\0E32\0E0A\0E18\0E32\0E19\0E35'), 'Area NE2 Ubon Ratchathani'),
	('NE3', 'area', 'R2', unistr('\0E01\0E1F\0E09.3 \0E19\0E04\0E23\0E23\0E32\0E0A\0E2A\0E35\0E21\0E32'), 'Area NE3 Nakhon Ratchasima'),
	('C1', 'area', 'R3', unistr('\0E01\0E1F\0E01.1 \0E1E\0E23\0E30\0E19\0E04\0E23\0E28\0E23\0E35\0E2D\0E22\0E38\0E18\0E22\0E32'), 'Area C1 Ayutthaya'),
	('C2', 'area', 'R3', unistr('\0E01\0E1F\0E01.2 \0E0A\0E25\0E1A\0E38\0E23\0E35'), 'Area C2 Chon Buri'),
	('C3', 'area', 'R3', unistr('\0E01\0E1F\0E01.3 \0E19\0E04\0E23\0E1B\0E10\0E21'), 'Area C3 Nakhon Pathom'),
	('S1', 'area', 'R4', unistr('\0E01\0E1F\0E15.1 \0E40\0E1E\0E0A\0E23\0E1A\0E38\0E23\0E35'), 'Area S1 Phetchaburi'),
	('S2', 'area', 'R4', unistr('\0E01\0E1F\0E15.2 \0E19\0E04\0E23\0E28\0E23\0E35\0E18\0E23\0E23\0E21\0E23\0E32\0E0A'), 'Area S2 Nakhon Si Thammarat'),
	('S3', 'area', 'R4', unistr('\0E01\0E1F\0E15.3 \0E22\0E30\0E25\0E32'), 'Area S3 Yala');

-- A unit and all below it.  Of units that do not exist: nothing.  Invoker's rights, here and below:
-- a stranger asks in vain.
CREATE OR REPLACE FUNCTION _subtree(unit_code text) RETURNS SETOF text
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 20 SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	WITH RECURSIVE subtree AS (
		SELECT u.unit_code FROM unit u WHERE u.unit_code = _subtree.unit_code
		UNION
		SELECT u.unit_code FROM unit u JOIN subtree s ON u.parent_unit = s.unit_code
	)
	SELECT s.unit_code FROM subtree s;
END $$;

CREATE OR REPLACE FUNCTION _headquarters() RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (SELECT u.unit_code FROM unit u WHERE u.kind = 'hq');
END $$;

-- The area that a unit belongs to: itself, or its parent for an office; NULL for others.
CREATE OR REPLACE FUNCTION _area(unit_code text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (SELECT CASE u.kind WHEN 'area' THEN u.unit_code WHEN 'office' THEN u.parent_unit END
		FROM unit u WHERE u.unit_code = _area.unit_code);
END $$;

-- Says in words what the constraint unit_tree refuses at every isolation level.
CREATE OR REPLACE FUNCTION _check_unit_parent() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	above text := CASE NEW.kind WHEN 'region' THEN 'hq' WHEN 'area' THEN 'region' WHEN 'office' THEN 'area' END;
	parent unit;
BEGIN
	SELECT * INTO parent FROM unit u WHERE u.unit_code = NEW.parent_unit FOR SHARE;
	IF NEW.parent_unit = NEW.unit_code THEN
		RAISE check_violation USING
			MESSAGE = format('unit "%s" would be its own parent', NEW.unit_code),
			HINT = 'Name the unit above it.', TABLE = 'unit', CONSTRAINT = 'unit_tree';
	ELSIF NEW.parent_unit IS NOT NULL AND parent IS NULL THEN
		RAISE foreign_key_violation USING
			MESSAGE = format('unit "%s", which unit "%s" would stand under, does not exist', NEW.parent_unit, NEW.unit_code),
			HINT = 'Enter the unit above it first.', TABLE = 'unit', CONSTRAINT = 'unit_tree';
	ELSIF parent.kind IS DISTINCT FROM above THEN
		RAISE check_violation USING
			MESSAGE = format('unit "%s" is of kind %s and cannot stand under %s', NEW.unit_code, NEW.kind,
				coalesce('a unit of kind ' || parent.kind, 'nothing')),
			HINT = 'Offices stand under areas, areas under regions, regions under headquarters.',
			TABLE = 'unit', CONSTRAINT = 'unit_tree';
	ELSIF NEW.closed_on IS NULL AND parent.closed_on IS NOT NULL THEN
		RAISE check_violation USING
			MESSAGE = format('unit "%s" is closed from %s and can have no unit below it', parent.unit_code, parent.closed_on),
			HINT = format('Give unit "%s" another parent.', NEW.unit_code),
			TABLE = 'unit', CONSTRAINT = 'unit_tree';
	ELSIF TG_OP = 'UPDATE' AND NEW.kind <> OLD.kind AND EXISTS (SELECT FROM unit u WHERE u.parent_unit = OLD.unit_code) THEN
		RAISE check_violation USING
			MESSAGE = format('unit "%s" has units below it and must stay of kind %s', OLD.unit_code, OLD.kind),
			HINT = 'Move those below it first.', TABLE = 'unit', CONSTRAINT = 'unit_tree';
	END IF;
	RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER check_parent BEFORE INSERT OR UPDATE ON unit
	FOR EACH ROW EXECUTE FUNCTION _check_unit_parent();

-- A unit is closed when nothing is left in it.
CREATE OR REPLACE FUNCTION _check_unit_closing() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	remains text;
BEGIN
	SELECT r.what INTO remains FROM (
		SELECT format('unit "%s" below it', u.unit_code) FROM unit u
		WHERE u.parent_unit = NEW.unit_code AND u.closed_on IS NULL
		UNION ALL
		SELECT format('account "%s"', a.account_id) FROM account a
		WHERE a.unit_code = NEW.unit_code AND a.closed_on IS NULL
		UNION ALL
		SELECT format('"%s" in its post %s', h.staff_id, h.post) FROM post_holder h
		WHERE h.unit_code = NEW.unit_code AND (h.to_date IS NULL OR h.to_date >= NEW.closed_on)) r (what)
	ORDER BY r.what LIMIT 1;
	IF remains IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('unit "%s" cannot be closed: there is still %s', NEW.unit_code, remains),
			HINT = 'Move or close its units and accounts and end its posts (to_date) first.',
			TABLE = 'unit', CONSTRAINT = 'unit_closed_empty';
	END IF;
	RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER check_closing BEFORE UPDATE OF closed_on ON unit
	FOR EACH ROW WHEN (NEW.closed_on IS NOT NULL AND OLD.closed_on IS DISTINCT FROM NEW.closed_on)
	EXECUTE FUNCTION _check_unit_closing();

ALTER TABLE unit ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON unit FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON unit TO PUBLIC;

COMMENT ON TABLE unit IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E02\0E2D\0E07 \0E01\0E1F\0E20. \0E15\0E31\0E49\0E07\0E41\0E15\0E48\0E2A\0E33\0E19\0E31\0E01\0E07\0E32\0E19\0E43\0E2B\0E0D\0E48\0E16\0E36\0E07\0E01\0E32\0E23\0E44\0E1F\0E1F\0E49\0E32 \0E40\0E1B\0E47\0E19\0E42\0E04\0E23\0E07\0E2A\0E23\0E49\0E32\0E07\0E15\0E49\0E19\0E44\0E21\0E49 \2014 Units of PEA as a tree: headquarters, regions, areas, offices. Entered by the owner.';
COMMENT ON COLUMN unit.unit_code IS
U&'\0E23\0E2B\0E31\0E2A\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Code of the unit: capital letters, digits, and . _ - between them.';
COMMENT ON COLUMN unit.kind IS
U&'\0E0A\0E19\0E34\0E14\0E02\0E2D\0E07\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Kind of unit: hq, region, area or office.';
COMMENT ON COLUMN unit.office_class IS
U&'\0E0A\0E31\0E49\0E19\0E02\0E2D\0E07\0E01\0E32\0E23\0E44\0E1F\0E1F\0E49\0E32 1-3 \2014 Class of an office, 1 to 3.';
COMMENT ON COLUMN unit.parent_unit IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E15\0E49\0E19\0E2A\0E31\0E07\0E01\0E31\0E14 \2014 The unit above it.';
COMMENT ON COLUMN unit.parent_kind IS
U&'\0E0A\0E19\0E34\0E14\0E17\0E35\0E48\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E15\0E49\0E19\0E2A\0E31\0E07\0E01\0E31\0E14\0E15\0E49\0E2D\0E07\0E40\0E1B\0E47\0E19 \2014 The kind that the unit above has to be of; follows from kind, and makes cycles impossible.';
COMMENT ON COLUMN unit.name_th IS
U&'\0E0A\0E37\0E48\0E2D\0E20\0E32\0E29\0E32\0E44\0E17\0E22 \2014 Name in Thai.';
COMMENT ON COLUMN unit.name_en IS
U&'\0E0A\0E37\0E48\0E2D\0E20\0E32\0E29\0E32\0E2D\0E31\0E07\0E01\0E24\0E29 \2014 Name in English.';
COMMENT ON COLUMN unit.closed_on IS
U&'\0E27\0E31\0E19\0E17\0E35\0E48\0E1B\0E34\0E14\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 First day on which the unit is no more.';
COMMENT ON FUNCTION _subtree(text) IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E41\0E25\0E30\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E43\0E19\0E2A\0E31\0E07\0E01\0E31\0E14\0E17\0E31\0E49\0E07\0E2B\0E21\0E14 \2014 A unit and all units below it.';
COMMENT ON FUNCTION _headquarters() IS
U&'\0E2A\0E33\0E19\0E31\0E01\0E07\0E32\0E19\0E43\0E2B\0E0D\0E48 \2014 The unit that is headquarters.';
COMMENT ON FUNCTION _area(text) IS
U&'\0E40\0E02\0E15\0E02\0E2D\0E07\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 The area that a unit belongs to: itself, or that of an office; NULL for regions and headquarters.';
COMMENT ON FUNCTION _check_unit_parent() IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E15\0E49\0E19\0E2A\0E31\0E07\0E01\0E31\0E14 \2014 Trigger function of unit: each kind stands under the kind above it. Errors 23514, 23503.';
COMMENT ON FUNCTION _check_unit_closing() IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E01\0E48\0E2D\0E19\0E1B\0E34\0E14\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Trigger function of unit: it is closed when no unit, account or holder of a post is left in it. Error 55000.';
COMMENT ON CONSTRAINT unit_tree ON unit IS
'Offices stand under areas, areas under regions, regions under headquarters; so the tree has no cycle.';

-- sql/workflow/staff.sql
/* People: members of staff, their database roles, training and tests. */

CREATE TABLE kamr_position (
	position text PRIMARY KEY,
	section text NOT NULL DEFAULT '6.1.2.1(1)'
);
INSERT INTO kamr_position (position) VALUES
	(unistr('\0E27\0E28\0E01.')), (unistr('\0E19\0E17\0E19.')), (unistr('\0E19\0E01\0E15.')), (unistr('\0E28\0E08\0E01.')),
	(unistr('\0E19\0E1A\0E0A.')), (unistr('\0E19\0E27\0E19.')), (unistr('\0E1E\0E0A\0E07.')), (unistr('\0E1E\0E1A\0E0A.'));

CREATE TABLE staff (
	staff_id text PRIMARY KEY CHECK (staff_id <> ''),
	name_th text NOT NULL,
	name_en text,
	position text NOT NULL,
	hire_date date NOT NULL,
	unit_code text NOT NULL REFERENCES unit,
	role_name text NOT NULL UNIQUE,
	left_on date,
	CONSTRAINT staff_left_after_hire CHECK (left_on >= hire_date)
);
CREATE INDEX ON staff (unit_code);

CREATE TABLE training (
	staff_id text NOT NULL REFERENCES staff,
	training_year int NOT NULL CHECK (training_year BETWEEN 1960 AND 2399),
	curriculum text NOT NULL,
	trained_on date,
	tested_on date,
	passed boolean,
	recorded_by text NOT NULL REFERENCES staff,
	PRIMARY KEY (staff_id, training_year, curriculum),
	CONSTRAINT training_result_has_day CHECK (passed IS NULL OR tested_on IS NOT NULL)
);

-- A role is named, not referenced: a dump must load where the role is yet to be made.
-- Used by every table that names one.
CREATE OR REPLACE FUNCTION _check_role() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	IF NEW.role_name IS NULL THEN
		RAISE not_null_violation USING
			MESSAGE = format('a row of "%s" names no database role', TG_TABLE_NAME),
			DETAIL = to_jsonb(NEW)::text,
			HINT = 'Give role_name: every member of staff works under a database role of their own.',
			TABLE = TG_TABLE_NAME, COLUMN = 'role_name';
	ELSIF NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = NEW.role_name) THEN
		RAISE undefined_object USING
			MESSAGE = format('role "%s" does not exist', NEW.role_name),
			HINT = format('Create it first: CREATE ROLE %I LOGIN.', NEW.role_name);
	ELSIF EXISTS (SELECT FROM pg_roles r WHERE r.rolname = NEW.role_name
		AND (r.rolsuper OR r.rolbypassrls OR pg_has_role(r.rolname, current_user, 'MEMBER')))
	THEN
		RAISE WARNING USING
			MESSAGE = format('row security does not bind role "%s"', NEW.role_name),
			HINT = 'Give an ordinary role, which is no superuser, has no BYPASSRLS and is no member of the owner.';
	END IF;
	RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER check_role BEFORE INSERT OR UPDATE OF role_name ON staff
	FOR EACH ROW EXECUTE FUNCTION _check_role();

-- Somebody leaves when their posts are in other hands.
CREATE OR REPLACE FUNCTION _check_leaving() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	remains text;
	accounts bigint;
BEGIN
	SELECT format('the post %s of unit "%s"', h.post, h.unit_code) INTO remains FROM post_holder h
	WHERE h.staff_id = NEW.staff_id AND (h.to_date IS NULL OR h.to_date >= NEW.left_on)
	ORDER BY 1 LIMIT 1;
	IF remains IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('"%s" cannot leave on %s: they hold %s', NEW.staff_id, NEW.left_on, remains),
			HINT = 'End the post before that day (to_date in the table post_holder).',
			TABLE = 'staff', CONSTRAINT = 'staff_left_without_post';
	END IF;
	-- Told, not refused: people die.
	SELECT count(DISTINCT a.account_id) INTO accounts FROM assignment a JOIN plan p USING (plan_id)
	WHERE a.staff_id = NEW.staff_id AND a.ended_on IS NULL AND p.status = 'approved'
		AND a.plan_year >= extract(year FROM NEW.left_on);
	IF accounts > 0 THEN
		RAISE WARNING USING
			MESSAGE = format('"%s" looks after %s accounts that nobody will look after from %s on', NEW.staff_id, accounts,
				NEW.left_on),
			HINT = 'The head of the unit gives them to somebody else: hand_over_account.';
	END IF;
	RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER check_leaving BEFORE UPDATE OF left_on ON staff
	FOR EACH ROW WHEN (NEW.left_on IS NOT NULL AND OLD.left_on IS DISTINCT FROM NEW.left_on)
	EXECUTE FUNCTION _check_leaving();

ALTER TABLE kamr_position ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON kamr_position FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON kamr_position TO PUBLIC;

-- May the caller do this anywhere, so that they need to know all members of staff?
CREATE OR REPLACE FUNCTION _may_anywhere(action text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN EXISTS (SELECT FROM _holdings(me()) h JOIN authority a USING (post)
		WHERE a.action = _may_anywhere.action AND a.scope = 'any');
END $$;

-- Who records everybody's training has to find everybody (4.7).
ALTER TABLE staff ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON staff FOR SELECT USING (unit_code = ANY ((SELECT _my_units())::text[])
	OR staff_id = (SELECT me()) OR (SELECT _may_anywhere('training.record')));
GRANT SELECT ON staff TO PUBLIC;

-- As the member of staff: the subquery is under the policy of staff.
ALTER TABLE training ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON training FOR SELECT USING (staff_id IN (SELECT s.staff_id FROM staff s));
GRANT SELECT ON training TO PUBLIC;

COMMENT ON TABLE kamr_position IS
U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E17\0E35\0E48\0E40\0E1B\0E47\0E19\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E1A\0E23\0E34\0E2B\0E32\0E23\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D\0E44\0E14\0E49 \2014 Positions from which KAMRs are chosen (6.1.2.1(1)); a user may change the rows.';
COMMENT ON COLUMN kamr_position.position IS
U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07 (\0E15\0E31\0E27\0E22\0E48\0E2D) \2014 Position, as PEA abbreviates it.';
COMMENT ON COLUMN kamr_position.section IS
U&'\0E02\0E49\0E2D\0E43\0E19\0E04\0E39\0E48\0E21\0E37\0E2D \2014 Section of the manual.';
COMMENT ON TABLE staff IS
U&'\0E1E\0E19\0E31\0E01\0E07\0E32\0E19 \2014 Members of staff, one row per person, each with a database role of their own. Entered by the owner.';
COMMENT ON COLUMN staff.staff_id IS
U&'\0E23\0E2B\0E31\0E2A\0E1E\0E19\0E31\0E01\0E07\0E32\0E19 \2014 Number or code of the member of staff.';
COMMENT ON COLUMN staff.name_th IS
U&'\0E0A\0E37\0E48\0E2D\0E20\0E32\0E29\0E32\0E44\0E17\0E22 \2014 Name in Thai.';
COMMENT ON COLUMN staff.name_en IS
U&'\0E0A\0E37\0E48\0E2D\0E20\0E32\0E29\0E32\0E2D\0E31\0E07\0E01\0E24\0E29 \2014 Name in English.';
COMMENT ON COLUMN staff.position IS
U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07 \2014 Position, as in kamr_position or another.';
COMMENT ON COLUMN staff.hire_date IS
U&'\0E27\0E31\0E19\0E17\0E35\0E48\0E40\0E23\0E34\0E48\0E21\0E17\0E33\0E07\0E32\0E19 \2014 First day at PEA; two years are counted from it (6.1.2.1(3)).';
COMMENT ON COLUMN staff.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E17\0E35\0E48\0E2A\0E31\0E07\0E01\0E31\0E14 \2014 Unit that they belong to.';
COMMENT ON COLUMN staff.role_name IS
U&'\0E1A\0E17\0E1A\0E32\0E17\0E10\0E32\0E19\0E02\0E49\0E2D\0E21\0E39\0E25 \2014 Their database role, by name.';
COMMENT ON COLUMN staff.left_on IS
U&'\0E27\0E31\0E19\0E17\0E35\0E48\0E1E\0E49\0E19\0E2A\0E20\0E32\0E1E \2014 First day on which they no longer work here; from then on the role is nobody.';
COMMENT ON TABLE training IS
U&'\0E1C\0E25\0E01\0E32\0E23\0E2D\0E1A\0E23\0E21\0E41\0E25\0E30\0E17\0E14\0E2A\0E2D\0E1A \2014 Training and test of a year (4.7, 6.1.2.1(4)).';
COMMENT ON COLUMN training.staff_id IS
U&'\0E1E\0E19\0E31\0E01\0E07\0E32\0E19 \2014 Member of staff.';
COMMENT ON COLUMN training.training_year IS
U&'\0E1B\0E35\0E17\0E35\0E48\0E2D\0E1A\0E23\0E21 (\0E04.\0E28.) \2014 Year of the training, common era.';
COMMENT ON COLUMN training.curriculum IS
U&'\0E2B\0E25\0E31\0E01\0E2A\0E39\0E15\0E23 \2014 Curriculum, as set by 4.7.';
COMMENT ON COLUMN training.trained_on IS
U&'\0E27\0E31\0E19\0E17\0E35\0E48\0E2D\0E1A\0E23\0E21 \2014 Day of the training.';
COMMENT ON COLUMN training.tested_on IS
U&'\0E27\0E31\0E19\0E17\0E35\0E48\0E17\0E14\0E2A\0E2D\0E1A \2014 Day of the test.';
COMMENT ON COLUMN training.passed IS
U&'\0E1C\0E48\0E32\0E19\0E01\0E32\0E23\0E17\0E14\0E2A\0E2D\0E1A\0E2B\0E23\0E37\0E2D\0E44\0E21\0E48 \2014 Whether the test was passed; NULL while there is no result.';
COMMENT ON COLUMN training.recorded_by IS
U&'\0E1C\0E39\0E49\0E1A\0E31\0E19\0E17\0E36\0E01 \2014 Who recorded it.';
COMMENT ON FUNCTION _check_role() IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E1A\0E17\0E1A\0E32\0E17\0E10\0E32\0E19\0E02\0E49\0E2D\0E21\0E39\0E25 \2014 Trigger function of every table that names a role: it exists (42704); a warning where row security does not bind it.';
COMMENT ON FUNCTION _check_leaving() IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E01\0E48\0E2D\0E19\0E1E\0E49\0E19\0E2A\0E20\0E32\0E1E \2014 Trigger function of staff: who leaves holds no post any more. Error 55000.';
COMMENT ON FUNCTION _may_anywhere(text) IS
U&'\0E17\0E33\0E44\0E14\0E49\0E17\0E38\0E01\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E2B\0E23\0E37\0E2D\0E44\0E21\0E48 \2014 Whether a post of the caller may do this anywhere.';

-- sql/workflow/post.sql
/* Posts of section 4, who holds them, who acts for a holder; who may read, and on whose behalf. */

CREATE TABLE post (
	post text PRIMARY KEY,
	section text NOT NULL,
	unit_kind text NOT NULL CHECK (unit_kind IN ('hq', 'region', 'area', 'office')),
	reads text NOT NULL CHECK (reads IN ('accounts', 'unit', 'subtree', 'all')),
	by_appointment boolean NOT NULL DEFAULT false,
	title_th text NOT NULL,
	title_en text NOT NULL
);
INSERT INTO post VALUES
	('deputy_governor_region', '4.1', 'region', 'subtree', false, unistr('\0E23\0E1C\0E01.(\0E201-4)'), 'deputy governor, region'),
	('deputy_governor_strategy', '4.2', 'hq', 'unit', false, unistr('\0E23\0E1C\0E01.(\0E22)'), 'deputy governor, strategy'),
	('area_director', '4.3', 'area', 'subtree', false, unistr('\0E2D\0E02.'), 'area director'),
	('director_engineering_area', '4.4', 'area', 'subtree', false, unistr('\0E2D\0E1D.\0E27\0E1A.'),
		'director, engineering and service, area'),
	('director_engineering_hq', '4.5', 'hq', 'all', false, unistr('\0E2D\0E1D.\0E1A\0E27.'), 'director, engineering service, HQ'),
	('director_customer_service', '4.6', 'area', 'subtree', false, unistr('\0E2D\0E01.\0E1A\0E25.'),
		'director, customer service division, area'),
	('director_personnel_development', '4.7', 'hq', 'unit', false, unistr('\0E2D\0E01.\0E1E\0E04.'), 'director, personnel development'),
	('director_customer_information', '4.8', 'hq', 'all', false, unistr('\0E2D\0E01.\0E1E\0E25.'), 'director, customer information systems'),
	('director_communication_service', '4.9', 'hq', 'unit', false, unistr('\0E2D\0E01.\0E1A\0E17.'),
		'director, information and communication service'),
	('office_manager', '4.10', 'office', 'subtree', false, unistr('\0E1C\0E08\0E01.'), 'office manager'),
	('hq_kamr', '4.11', 'hq', 'accounts', true, unistr('\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E1A\0E23\0E34\0E2B\0E32\0E23\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D \0E2A\0E33\0E19\0E31\0E01\0E07\0E32\0E19\0E43\0E2B\0E0D\0E48'), 'HQ key account manager'),
	('area_kamr', '4.12', 'area', 'subtree', true, unistr('\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E1A\0E23\0E34\0E2B\0E32\0E23\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D \0E40\0E02\0E15'), 'area key account manager'),
	('senior_kamr', '4.13', 'office', 'unit', true, unistr('\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E1A\0E23\0E34\0E2B\0E32\0E23\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D\0E2D\0E32\0E27\0E38\0E42\0E2A'), 'senior key account manager'),
	('office_kamr', '4.14', 'office', 'accounts', true, unistr('\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E1A\0E23\0E34\0E2B\0E32\0E23\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D \0E01\0E1F\0E1F.'),
		'office key account manager'),
	('section_head', '4.15', 'office', 'unit', false, unistr('\0E2B\0E1C. \0E27\0E34\0E28\0E27\0E01\0E23\0E23\0E21\0E41\0E25\0E30\0E01\0E32\0E23\0E15\0E25\0E32\0E14 (\0E2B\0E23\0E37\0E2D \0E2B\0E1C. \0E1A\0E23\0E34\0E01\0E32\0E23\0E25\0E39\0E01\0E04\0E49\0E32)'),
		'head of engineering and marketing section'),
	('hq_section_head', '4.5', 'hq', 'unit', false, unistr('\0E1C\0E39\0E49\0E14\0E39\0E41\0E25\0E25\0E39\0E01\0E04\0E49\0E32 Streamline \0E2A\0E33\0E19\0E31\0E01\0E07\0E32\0E19\0E43\0E2B\0E0D\0E48'),
		'keeper of Streamline accounts, HQ'),
	('process_owner', '5', 'hq', 'all', false, unistr('\0E04\0E13\0E30\0E17\0E33\0E07\0E32\0E19\0E1B\0E23\0E31\0E1A\0E1B\0E23\0E38\0E07\0E1B\0E23\0E30\0E2A\0E34\0E17\0E18\0E34\0E1C\0E25\0E01\0E32\0E23\0E1A\0E23\0E34\0E2B\0E32\0E23\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D'),
		'working group that owns the process');

-- Equality of texts in an exclusion constraint, without the extension btree_gist.
CREATE TYPE text_range AS RANGE (subtype = text);

CREATE TABLE post_holder (
	post_holder_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	post text NOT NULL REFERENCES post,
	unit_code text NOT NULL REFERENCES unit,
	staff_id text NOT NULL REFERENCES staff,
	from_date date NOT NULL,
	to_date date,
	acting boolean NOT NULL DEFAULT false,
	reason text,
	delegated_by text REFERENCES staff,
	CONSTRAINT post_holder_days CHECK (to_date >= from_date),
	CONSTRAINT post_holder_one_at_a_time EXCLUDE USING gist (
		text_range(post || ' ' || unit_code, post || ' ' || unit_code, '[]') WITH =,
		daterange(from_date, to_date, '[]') WITH &&) WHERE (NOT acting),
	CONSTRAINT post_holder_acting_ends CHECK (NOT acting OR to_date IS NOT NULL)
);
CREATE INDEX ON post_holder (staff_id);
CREATE INDEX ON post_holder (unit_code, post);

-- Says in words what the constraint post_holder_one_at_a_time refuses at every isolation level,
-- and what a post asks for.
CREATE OR REPLACE FUNCTION _check_post_holder() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	the_post post;
	the_unit unit;
	the_staff staff;
	other post_holder;
BEGIN
	SELECT * INTO the_post FROM post p WHERE p.post = NEW.post;
	SELECT * INTO the_unit FROM unit u WHERE u.unit_code = NEW.unit_code FOR SHARE;
	SELECT * INTO the_staff FROM staff s WHERE s.staff_id = NEW.staff_id FOR SHARE;
	IF the_post.by_appointment THEN
		RAISE check_violation USING
			MESSAGE = format('nobody is put into the post %s by hand', NEW.post),
			HINT = 'Key account managers are appointed in the plan of their unit: appoint_kamr.',
			TABLE = 'post_holder', CONSTRAINT = 'post_holder_by_appointment';
	ELSIF the_post.unit_kind <> the_unit.kind THEN
		RAISE check_violation USING
			MESSAGE = format('unit "%s" is of kind %s and has no post %s', NEW.unit_code, the_unit.kind, NEW.post),
			HINT = format('The post belongs to units of kind %s.', the_post.unit_kind),
			TABLE = 'post_holder', CONSTRAINT = 'post_holder_kind_of_unit';
	ELSIF coalesce(NEW.to_date, 'infinity') >= the_unit.closed_on THEN
		RAISE check_violation USING
			MESSAGE = format('unit "%s" is closed from %s', NEW.unit_code, the_unit.closed_on),
			HINT = 'Let the post end before that day (to_date), or name another unit.',
			TABLE = 'post_holder', CONSTRAINT = 'post_holder_while_unit_is_open';
	ELSIF NEW.from_date < the_staff.hire_date OR coalesce(NEW.to_date, 'infinity') >= the_staff.left_on THEN
		RAISE check_violation USING
			MESSAGE = format('"%s" works here from %s', NEW.staff_id, the_staff.hire_date)
				|| coalesce(' and no longer on ' || the_staff.left_on, ''),
			HINT = 'Let the post begin and end within that time (from_date, to_date).',
			TABLE = 'post_holder', CONSTRAINT = 'post_holder_while_employed';
	END IF;
	IF NOT NEW.acting THEN
		SELECT * INTO other FROM post_holder h
		WHERE h.post = NEW.post AND h.unit_code = NEW.unit_code AND NOT h.acting AND h.post_holder_id <> NEW.post_holder_id
			AND daterange(h.from_date, h.to_date, '[]') && daterange(NEW.from_date, NEW.to_date, '[]')
		LIMIT 1;
		IF FOUND THEN
			RAISE exclusion_violation USING
				MESSAGE = format('the post %s of unit "%s" is held by "%s" from %s', NEW.post, NEW.unit_code, other.staff_id,
					other.from_date) || coalesce(' to ' || other.to_date, ''),
				HINT = 'End that first (to_date), or enter an acting holder (acting).',
				TABLE = 'post_holder', CONSTRAINT = 'post_holder_one_at_a_time';
		END IF;
	END IF;
	RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER check_post_holder BEFORE INSERT OR UPDATE ON post_holder
	FOR EACH ROW EXECUTE FUNCTION _check_post_holder();

-- Reporting roles: read everything of a unit and those below it, write nothing.
CREATE TABLE reader (
	role_name text NOT NULL,
	unit_code text NOT NULL REFERENCES unit,
	PRIMARY KEY (role_name, unit_code)
);

-- Application roles, and the members of staff they may act for.
CREATE TABLE proxy (
	role_name text NOT NULL,
	staff_id text NOT NULL REFERENCES staff,
	PRIMARY KEY (role_name, staff_id)
);
CREATE INDEX ON proxy (staff_id);

CREATE OR REPLACE TRIGGER check_role BEFORE INSERT OR UPDATE OF role_name ON reader
	FOR EACH ROW EXECUTE FUNCTION _check_role();
CREATE OR REPLACE TRIGGER check_role BEFORE INSERT OR UPDATE OF role_name ON proxy
	FOR EACH ROW EXECUTE FUNCTION _check_role();

-- Which posts somebody holds today.  A KAMR's post follows from the plan in force: last year's
-- stays until this year's is approved (R23).  A delegation ends with the term of whoever delegated.
CREATE OR REPLACE FUNCTION _holdings(staff_id text)
RETURNS TABLE (post text, unit_code text, acting boolean)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 3 SET search_path FROM CURRENT AS $$
DECLARE
	today date := _today();
BEGIN
	RETURN QUERY
	SELECT h.post, h.unit_code, h.acting
	FROM post_holder h
	WHERE h.staff_id = _holdings.staff_id AND h.from_date <= today AND (h.to_date IS NULL OR h.to_date >= today)
		AND (h.delegated_by IS NULL OR EXISTS (
			SELECT FROM post_holder d
			WHERE d.post = h.post AND d.unit_code = h.unit_code AND d.staff_id = h.delegated_by AND NOT d.acting
				AND d.from_date <= today AND (d.to_date IS NULL OR d.to_date >= today)))
	UNION
	SELECT k.level || '_kamr', k.unit_code, false
	FROM kamr k JOIN plan p USING (plan_id)
	WHERE k.staff_id = _holdings.staff_id AND p.status = 'approved' AND k.ended_on IS NULL
		AND k.plan_year = _year_in_force(k.unit_code)
	ORDER BY 3, 1, 2;
END $$;

-- The caller's own posts today.
CREATE OR REPLACE FUNCTION my_posts() RETURNS TABLE (post text, unit_code text, acting boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE ROWS 3 SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY SELECT h.post, h.unit_code, h.acting FROM _holdings(me()) h;
END $$;

-- Who holds a post leaves it to somebody else from one day to another, and answers for having done so.
CREATE OR REPLACE FUNCTION delegate_post(post text, unit_code text, to_staff text, from_date date, to_date date,
	reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	staff_id text := _staff();
	made_id bigint;
BEGIN
	IF NOT EXISTS (SELECT FROM _holdings(staff_id) h
		WHERE h.post = delegate_post.post AND h.unit_code = delegate_post.unit_code AND NOT h.acting)
	THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('"%s" does not hold the post %s of unit "%s"', staff_id, delegate_post.post,
				delegate_post.unit_code),
			HINT = 'Who holds a post delegates it; an acting holder cannot pass it on. my_posts() tells your own.';
	ELSIF delegate_post.post IN (SELECT p.post FROM post p WHERE p.by_appointment) THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('the post %s is not delegated', delegate_post.post),
			HINT = 'Accounts of a key account manager are handed to another one: hand_over_account.';
	ELSIF NOT EXISTS (SELECT FROM staff s WHERE s.staff_id = to_staff AND s.unit_code = ANY (_my_units())) THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('"%s" is not among the members of staff of your units', to_staff),
			HINT = 'Delegate to a member of staff of a unit that you read; '
				'the owner of the workflow may enter others (post_holder, acting).';
	ELSIF to_staff = staff_id THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('"%s" holds the post already', staff_id),
			HINT = 'Name another member of staff.';
	ELSIF delegate_post.from_date IS NULL OR delegate_post.to_date IS NULL OR delegate_post.from_date < _today() THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('a delegation from %s to %s cannot be entered', coalesce(delegate_post.from_date::text, 'no day'),
				coalesce(delegate_post.to_date::text, 'no day')),
			HINT = format('Give the first and the last day, from today (%s) on.', _today());
	ELSIF delegate_post.to_date < delegate_post.from_date THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('a delegation cannot end on %s before it begins on %s', delegate_post.to_date,
				delegate_post.from_date),
			HINT = 'Give the first day and then the last.';
	ELSIF coalesce(delegate_post.reason, '') = '' THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'the reason of the delegation is missing',
			HINT = 'Say why: leave, travel, a vacancy.';
	END IF;
	INSERT INTO post_holder AS h (post, unit_code, staff_id, from_date, to_date, acting, reason, delegated_by)
	VALUES (delegate_post.post, delegate_post.unit_code, to_staff, delegate_post.from_date, delegate_post.to_date, true,
		delegate_post.reason, staff_id)
	RETURNING h.post_holder_id INTO made_id;
	PERFORM _decide(ROW(staff_id, delegate_post.post, false), 'post_holder', made_id::text, 'delegate',
		delegate_post.unit_code, reason => delegate_post.reason);
	RETURN made_id;
END $$;

-- Takes it back from today on: the days that were stay.
CREATE OR REPLACE FUNCTION end_delegation(post_holder_id bigint, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	staff_id text := _staff();
	the_row post_holder;
BEGIN
	SELECT * INTO the_row FROM post_holder h WHERE h.post_holder_id = end_delegation.post_holder_id FOR NO KEY UPDATE;
	IF NOT coalesce(the_row.acting, false) OR NOT EXISTS (SELECT FROM _holdings(staff_id) h
		WHERE h.post = the_row.post AND h.unit_code = the_row.unit_code AND NOT h.acting)
	THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('delegation %s is not among those of "%s"', end_delegation.post_holder_id, staff_id),
			HINT = 'Who holds the post ends its delegation; otherwise the owner of the workflow does.';
	ELSIF the_row.to_date < _today() THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('delegation %s ended on %s', end_delegation.post_holder_id, the_row.to_date),
			HINT = 'Nothing is left to be done.';
	ELSIF coalesce(end_delegation.reason, '') = '' THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'the reason for ending the delegation is missing',
			HINT = 'Say why it ends early.';
	END IF;
	PERFORM _decide(ROW(staff_id, the_row.post, false), 'post_holder', the_row.post_holder_id::text, 'end_delegation',
		the_row.unit_code, reason => end_delegation.reason);
	IF the_row.from_date >= _today() THEN
		DELETE FROM post_holder h WHERE h.post_holder_id = the_row.post_holder_id;
	ELSE
		UPDATE post_holder h SET to_date = _today() - 1 WHERE h.post_holder_id = the_row.post_holder_id;
	END IF;
END $$;

-- Every post that a unit has, and who is in it today; without a member of staff where it is vacant.
CREATE OR REPLACE VIEW post_today WITH (security_invoker = true) AS
	SELECT u.unit_code, p.section, p.post, p.title_th, p.title_en, h.staff_id, s.name_th, h.acting, h.from_date, h.to_date
	FROM unit u JOIN post p ON p.unit_kind = u.kind AND NOT p.by_appointment
		LEFT JOIN post_holder h ON h.post = p.post AND h.unit_code = u.unit_code
			AND h.from_date <= (SELECT _today()) AND (h.to_date IS NULL OR h.to_date >= (SELECT _today()))
			AND (h.delegated_by IS NULL OR EXISTS (
				SELECT FROM post_holder d
				WHERE d.post = h.post AND d.unit_code = h.unit_code AND d.staff_id = h.delegated_by AND NOT d.acting
					AND d.from_date <= (SELECT _today()) AND (d.to_date IS NULL OR d.to_date >= (SELECT _today()))))
		LEFT JOIN staff s ON s.staff_id = h.staff_id
	WHERE (u.closed_on IS NULL OR u.closed_on > (SELECT _today())) AND u.unit_code = ANY ((SELECT _my_units())::text[]);
GRANT SELECT ON post_today TO PUBLIC;

ALTER TABLE post ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON post FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON post TO PUBLIC;

ALTER TABLE post_holder ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON post_holder FOR SELECT USING (unit_code = ANY ((SELECT _my_units())::text[])
	OR staff_id = (SELECT me()));
GRANT SELECT ON post_holder TO PUBLIC;

ALTER TABLE reader ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON reader FOR SELECT USING (role_name = (SELECT _role()));
GRANT SELECT ON reader TO PUBLIC;

ALTER TABLE proxy ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON proxy FOR SELECT USING (role_name = (SELECT _role()) OR staff_id = (SELECT me()));
GRANT SELECT ON proxy TO PUBLIC;

COMMENT ON TABLE post IS
U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E2B\0E19\0E49\0E32\0E17\0E35\0E48\0E15\0E32\0E21\0E02\0E49\0E2D 4 \0E02\0E2D\0E07\0E04\0E39\0E48\0E21\0E37\0E2D \2014 The posts of section 4, and what each reads.';
COMMENT ON COLUMN post.post IS
U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E2B\0E19\0E49\0E32\0E17\0E35\0E48 \2014 Name of the post.';
COMMENT ON COLUMN post.section IS
U&'\0E02\0E49\0E2D\0E43\0E19\0E04\0E39\0E48\0E21\0E37\0E2D \2014 Section of the manual.';
COMMENT ON COLUMN post.unit_kind IS
U&'\0E0A\0E19\0E34\0E14\0E02\0E2D\0E07\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E17\0E35\0E48\0E21\0E35\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E19\0E35\0E49 \2014 Kind of units that have the post.';
COMMENT ON COLUMN post.reads IS
U&'\0E02\0E2D\0E1A\0E40\0E02\0E15\0E01\0E32\0E23\0E2D\0E48\0E32\0E19\0E02\0E49\0E2D\0E21\0E39\0E25 \2014 What its holder reads: accounts (those assigned to them), unit, subtree (the unit and those below it), all.';
COMMENT ON COLUMN post.by_appointment IS
U&'\0E41\0E15\0E48\0E07\0E15\0E31\0E49\0E07\0E42\0E14\0E22\0E41\0E1C\0E19 \2014 Whether the post comes with the appointment in an approved plan, as that of every KAMR does.';
COMMENT ON COLUMN post.title_th IS
U&'\0E0A\0E37\0E48\0E2D\0E20\0E32\0E29\0E32\0E44\0E17\0E22 \2014 Title in Thai.';
COMMENT ON COLUMN post.title_en IS
U&'\0E0A\0E37\0E48\0E2D\0E20\0E32\0E29\0E32\0E2D\0E31\0E07\0E01\0E24\0E29 \2014 Title in English.';
COMMENT ON TYPE text_range IS
U&'\0E0A\0E48\0E27\0E07\0E02\0E2D\0E07\0E02\0E49\0E2D\0E04\0E27\0E32\0E21 \2014 Range of texts: lets post_holder_one_at_a_time compare texts without the extension btree_gist.';
COMMENT ON TABLE post_holder IS
U&'\0E1C\0E39\0E49\0E14\0E33\0E23\0E07\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E43\0E19\0E41\0E15\0E48\0E25\0E30\0E0A\0E48\0E27\0E07\0E40\0E27\0E25\0E32 \2014 Who holds which post from when to when, and who acts for them.';
COMMENT ON COLUMN post_holder.post_holder_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48 \2014 Number of the row.';
COMMENT ON COLUMN post_holder.post IS
U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E2B\0E19\0E49\0E32\0E17\0E35\0E48 \2014 Post.';
COMMENT ON COLUMN post_holder.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit whose post it is.';
COMMENT ON COLUMN post_holder.staff_id IS
U&'\0E1C\0E39\0E49\0E14\0E33\0E23\0E07\0E15\0E33\0E41\0E2B\0E19\0E48\0E07 \2014 Who holds it.';
COMMENT ON COLUMN post_holder.from_date IS
U&'\0E15\0E31\0E49\0E07\0E41\0E15\0E48\0E27\0E31\0E19\0E17\0E35\0E48 \2014 First day.';
COMMENT ON COLUMN post_holder.to_date IS
U&'\0E16\0E36\0E07\0E27\0E31\0E19\0E17\0E35\0E48 \2014 Last day; NULL: until further notice.';
COMMENT ON COLUMN post_holder.acting IS
U&'\0E23\0E31\0E01\0E29\0E32\0E01\0E32\0E23\0E41\0E17\0E19 \2014 Whether they act for the holder, beside whom they stand.';
COMMENT ON COLUMN post_holder.reason IS
U&'\0E40\0E2B\0E15\0E38\0E1C\0E25 \2014 Why.';
COMMENT ON COLUMN post_holder.delegated_by IS
U&'\0E1C\0E39\0E49\0E21\0E2D\0E1A\0E2B\0E21\0E32\0E22 \2014 The holder who delegated it; NULL: entered by the owner.';
COMMENT ON CONSTRAINT post_holder_one_at_a_time ON post_holder IS
'A post of a unit has one holder at a time; acting holders stand beside them.';
COMMENT ON TABLE reader IS
U&'\0E1A\0E17\0E1A\0E32\0E17\0E2A\0E33\0E2B\0E23\0E31\0E1A\0E2D\0E2D\0E01\0E23\0E32\0E22\0E07\0E32\0E19 \2014 Reporting roles: each reads everything of a unit and those below it, and writes nothing.';
COMMENT ON COLUMN reader.role_name IS
U&'\0E1A\0E17\0E1A\0E32\0E17\0E10\0E32\0E19\0E02\0E49\0E2D\0E21\0E39\0E25 \2014 Database role, by name.';
COMMENT ON COLUMN reader.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit that it reads, with all below.';
COMMENT ON TABLE proxy IS
U&'\0E41\0E2D\0E1B\0E1E\0E25\0E34\0E40\0E04\0E0A\0E31\0E19\0E17\0E35\0E48\0E17\0E33\0E07\0E32\0E19\0E41\0E17\0E19\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E44\0E14\0E49 \2014 Roles of applications, and the members of staff whom each may act for (act_for).';
COMMENT ON COLUMN proxy.role_name IS
U&'\0E1A\0E17\0E1A\0E32\0E17\0E02\0E2D\0E07\0E41\0E2D\0E1B\0E1E\0E25\0E34\0E40\0E04\0E0A\0E31\0E19 \2014 Role under which the application connects, by name.';
COMMENT ON COLUMN proxy.staff_id IS
U&'\0E1E\0E19\0E31\0E01\0E07\0E32\0E19 \2014 Whom it may act for.';
COMMENT ON VIEW post_today IS
U&'\0E1C\0E39\0E49\0E14\0E33\0E23\0E07\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E27\0E31\0E19\0E19\0E35\0E49 \2014 Every post of the units that the caller reads and who is in it today; without a member of staff where it is vacant.';
COMMENT ON COLUMN post_today.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit.';
COMMENT ON COLUMN post_today.section IS
U&'\0E02\0E49\0E2D\0E43\0E19\0E04\0E39\0E48\0E21\0E37\0E2D \2014 Section of the manual.';
COMMENT ON COLUMN post_today.post IS
U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E2B\0E19\0E49\0E32\0E17\0E35\0E48 \2014 Post.';
COMMENT ON COLUMN post_today.title_th IS
U&'\0E0A\0E37\0E48\0E2D\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E20\0E32\0E29\0E32\0E44\0E17\0E22 \2014 Title in Thai.';
COMMENT ON COLUMN post_today.title_en IS
U&'\0E0A\0E37\0E48\0E2D\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E20\0E32\0E29\0E32\0E2D\0E31\0E07\0E01\0E24\0E29 \2014 Title in English.';
COMMENT ON COLUMN post_today.staff_id IS
U&'\0E1C\0E39\0E49\0E14\0E33\0E23\0E07\0E15\0E33\0E41\0E2B\0E19\0E48\0E07 \2014 Who is in it; NULL: vacant.';
COMMENT ON COLUMN post_today.name_th IS
U&'\0E0A\0E37\0E48\0E2D \2014 Their name.';
COMMENT ON COLUMN post_today.acting IS
U&'\0E23\0E31\0E01\0E29\0E32\0E01\0E32\0E23\0E41\0E17\0E19 \2014 Whether they act for the holder.';
COMMENT ON COLUMN post_today.from_date IS
U&'\0E15\0E31\0E49\0E07\0E41\0E15\0E48\0E27\0E31\0E19\0E17\0E35\0E48 \2014 First day.';
COMMENT ON COLUMN post_today.to_date IS
U&'\0E16\0E36\0E07\0E27\0E31\0E19\0E17\0E35\0E48 \2014 Last day.';
COMMENT ON FUNCTION _check_post_holder() IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E1C\0E39\0E49\0E14\0E33\0E23\0E07\0E15\0E33\0E41\0E2B\0E19\0E48\0E07 \2014 Trigger function of post_holder: the post is one of the unit, the unit is open, the member of staff employed, the post free. Errors 23514, 23P01.';
COMMENT ON FUNCTION _holdings(text) IS
U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E17\0E35\0E48\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E14\0E33\0E23\0E07\0E2D\0E22\0E39\0E48\0E27\0E31\0E19\0E19\0E35\0E49 \2014 The posts that a member of staff holds today, own ones first; those of KAMRs by the plan in force (R23).';
COMMENT ON FUNCTION my_posts() IS
U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E02\0E2D\0E07\0E15\0E19\0E27\0E31\0E19\0E19\0E35\0E49 \2014 The posts that the caller holds today, and those in which they act for somebody.';
COMMENT ON FUNCTION delegate_post(text, text, text, date, date, text) IS
U&'\0E21\0E2D\0E1A\0E2B\0E21\0E32\0E22\0E43\0E2B\0E49\0E23\0E31\0E01\0E29\0E32\0E01\0E32\0E23\0E41\0E17\0E19 \2014 The holder of a post lets another member of staff act in it from one day to another. Gives the number of the row in post_holder. Errors: 42501 for who does not hold it, 55000 for a post that comes by appointment, 22023 for the days, 22004 without a reason.';
COMMENT ON FUNCTION end_delegation(bigint, text) IS
U&'\0E22\0E01\0E40\0E25\0E34\0E01\0E01\0E32\0E23\0E21\0E2D\0E1A\0E2B\0E21\0E32\0E22 \2014 The holder of a post ends a delegation from today on. Errors: 42501 for who does not hold the post, 55000 where it has ended, 22004 without a reason.';

-- sql/workflow/authority.sql
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
	('account.network', 'director_engineering_hq', 'any', unistr('6.1.1.2(1)\0E0A')),
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
	ELSIF unit_code IS NOT NULL AND NOT EXISTS (SELECT FROM unit u WHERE u.unit_code = _authorize.unit_code) THEN
		RAISE no_data_found USING
			MESSAGE = format('unit "%s" does not exist', unit_code),
			HINT = 'The table unit names them all.';
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
	ELSIF unit_code IS NULL OR NOT _may_read(unit_code, account_id) THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('account "%s" is not among those of "%s"', account_id, staff_id),
			HINT = format('This (%s) is for: %s.', action, _posts_that_may(action));
	END IF;
	RETURN _authorize(action, unit_code, account_id);
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
U&'\0E15\0E32\0E23\0E32\0E07\0E2D\0E33\0E19\0E32\0E08\0E2B\0E19\0E49\0E32\0E17\0E35\0E48\0E15\0E32\0E21\0E02\0E49\0E2D 4 \2014 Who may do what: section 4 of the manual as rows; every function that writes obeys it, and a user may change it.';
COMMENT ON COLUMN authority.action IS
U&'\0E01\0E32\0E23\0E01\0E23\0E30\0E17\0E33 \2014 What is done.';
COMMENT ON COLUMN authority.post IS
U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E2B\0E19\0E49\0E32\0E17\0E35\0E48 \2014 Post that may do it.';
COMMENT ON COLUMN authority.scope IS
U&'\0E02\0E2D\0E1A\0E40\0E02\0E15 \2014 To what: account (those assigned to the holder), unit (the posts own), below (units below it), subtree (both), any.';
COMMENT ON COLUMN authority.section IS
U&'\0E02\0E49\0E2D\0E43\0E19\0E04\0E39\0E48\0E21\0E37\0E2D \2014 Section of the manual.';
COMMENT ON TYPE authorization_given IS
U&'\0E1C\0E25\0E01\0E32\0E23\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E2D\0E33\0E19\0E32\0E08 \2014 By whom and in which post something is done.';
COMMENT ON FUNCTION _posts_that_may(text) IS
U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E17\0E35\0E48\0E21\0E35\0E2D\0E33\0E19\0E32\0E08 \2014 The posts that an action is for, in words.';
COMMENT ON FUNCTION _reaches(text, text, text, text) IS
U&'\0E2D\0E22\0E39\0E48\0E43\0E19\0E02\0E2D\0E1A\0E40\0E02\0E15\0E2B\0E23\0E37\0E2D\0E44\0E21\0E48 \2014 Whether a scope, held at a unit, reaches a unit or an account.';
COMMENT ON FUNCTION _authorization(text, text, text, text) IS
U&'\0E2D\0E33\0E19\0E32\0E08\0E17\0E35\0E48\0E21\0E35 \2014 By which post a member of staff may do this to a unit or account; NULL where by none.';
COMMENT ON FUNCTION _authorize(text, text, text) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E2D\0E33\0E19\0E32\0E08 \2014 By which post the caller may do this to a unit or account. Errors: 42501 with the posts that may, 02000 for a unit that does not exist.';
COMMENT ON FUNCTION _authorize_account(text, text) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E2D\0E33\0E19\0E32\0E08\0E15\0E48\0E2D\0E25\0E39\0E01\0E04\0E49\0E32 \2014 The same for an account; one that the caller may not see and one that does not exist are refused alike. Error 42501.';
COMMENT ON FUNCTION _authorize_item(text, text, text, text) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E2A\0E34\0E17\0E18\0E34\0E4C\0E15\0E48\0E2D\0E23\0E32\0E22\0E01\0E32\0E23 \2014 By which post the caller may do this with something that is called by a number; 42501 alike for what is hidden and what does not exist.';

-- sql/workflow/history.sql
/* History: every change of a table that keeps it, and the table as of any day. */

CREATE TABLE history (
	history_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	table_name text NOT NULL,
	row_key text NOT NULL,
	operation text NOT NULL CHECK (operation IN ('INSERT', 'UPDATE', 'DELETE', 'LEAVE', 'ARRIVE')),
	changed_at timestamptz NOT NULL,
	changed_by text,
	role_name text NOT NULL,
	unit_code text,
	account_id text,
	row_now jsonb,
	CONSTRAINT history_row_unless_gone CHECK ((operation IN ('DELETE', 'LEAVE')) = (row_now IS NULL))
);
CREATE INDEX ON history (table_name, row_key, history_id);
CREATE INDEX ON history (unit_code);
CREATE INDEX ON history (account_id);

-- The key of a row as one text; several columns as k1|k2, with \ before a | or \ of a value's own.
CREATE OR REPLACE FUNCTION _row_key(the_row jsonb, key_columns text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE cardinality(key_columns) WHEN 1 THEN the_row ->> key_columns[1] ELSE (
	SELECT string_agg(regexp_replace(the_row ->> k, '[|\\]', '\\\&', 'g'), '|' ORDER BY n)
	FROM unnest(key_columns) WITH ORDINALITY AS key (k, n)) END;

-- Arguments: the columns of the table's key.  A row that goes to another unit leaves one
-- (LEAVE) and arrives in the other (ARRIVE), so that each sees its own time with it and no more.
--
-- For each row; or for each statement, which is much cheaper where many rows change at once, on tables
-- whose own triggers do not change them again: three triggers then, with REFERENCING OLD TABLE AS old_rows
-- and NEW TABLE AS new_rows.
--
-- In UTC, whatever the session's time zone: JSON tells a time with its offset, so that the same time would else seem
-- changed to who writes next, and an offset that no input function takes would break as_of for everybody.
CREATE OR REPLACE FUNCTION _keep_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET timezone = 'UTC' AS $$
DECLARE
	-- what _role(), _now() and me() say, without what it costs to call them for every row
	the_role text := CASE current_setting('role') WHEN 'none' THEN session_user ELSE current_setting('role') END;
	the_time timestamptz;
	who text;
	key_columns text[] := TG_ARGV[:];	-- a slice, which counts from 1
	was jsonb;
	is_now jsonb;
	key_now text;
	operation text := TG_OP;
BEGIN
	IF TG_LEVEL = 'ROW' THEN
		was := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
		is_now := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
		IF was = is_now THEN
			RETURN NULL;
		END IF;
	END IF;
	SELECT coalesce(w.rehearsal_clock, clock_timestamp()), s.staff_id INTO the_time, who
	FROM workflow w LEFT JOIN staff s ON s.role_name = the_role;
	IF current_setting('kam.acting_for', true) <> '' THEN
		who := me();
	END IF;

	IF TG_LEVEL = 'STATEMENT' AND TG_OP = 'INSERT' THEN
		INSERT INTO history (table_name, row_key, operation, changed_at, changed_by, role_name, unit_code,
			account_id, row_now)
		WITH n AS MATERIALIZED (SELECT to_jsonb(x) AS r FROM new_rows x)
		SELECT TG_TABLE_NAME, _row_key(n.r, key_columns), TG_OP, the_time, who, the_role,
			n.r ->> 'unit_code', n.r ->> 'account_id', n.r
		FROM n;
	ELSIF TG_LEVEL = 'STATEMENT' AND TG_OP = 'DELETE' THEN
		INSERT INTO history (table_name, row_key, operation, changed_at, changed_by, role_name, unit_code,
			account_id)
		WITH o AS MATERIALIZED (SELECT to_jsonb(x) AS r FROM old_rows x)
		SELECT TG_TABLE_NAME, _row_key(o.r, key_columns), TG_OP, the_time, who, the_role,
			o.r ->> 'unit_code', o.r ->> 'account_id'
		FROM o;
	ELSIF TG_LEVEL = 'STATEMENT' THEN
		INSERT INTO history (table_name, row_key, operation, changed_at, changed_by, role_name, unit_code,
			account_id, row_now)
		WITH o AS MATERIALIZED (SELECT to_jsonb(x) AS r FROM old_rows x),
			n AS MATERIALIZED (SELECT to_jsonb(x) AS r FROM new_rows x)
		SELECT TG_TABLE_NAME, _row_key(s.r, key_columns), s.operation, the_time, who, the_role,
			s.r ->> 'unit_code', s.r ->> 'account_id', CASE WHEN s.operation NOT IN ('DELETE', 'LEAVE') THEN s.r END
		FROM o FULL JOIN n ON _row_key(o.r, key_columns) = _row_key(n.r, key_columns)
			CROSS JOIN LATERAL (
				SELECT CASE WHEN n.r IS NULL THEN 'DELETE' ELSE 'LEAVE' END, o.r, 1
				WHERE n.r IS NULL OR o.r -> 'unit_code' <> n.r -> 'unit_code'
				UNION ALL
				SELECT CASE WHEN o.r IS NULL THEN 'INSERT' WHEN o.r -> 'unit_code' <> n.r -> 'unit_code' THEN 'ARRIVE'
						ELSE 'UPDATE' END, n.r, 2
				WHERE n.r IS NOT NULL) s (operation, r, ordinal)
		WHERE o.r IS DISTINCT FROM n.r
		ORDER BY s.ordinal;
	ELSE
		key_now := _row_key(coalesce(is_now, was), key_columns);
		IF TG_OP = 'UPDATE' AND (was -> 'unit_code' <> is_now -> 'unit_code' OR _row_key(was, key_columns) <> key_now) THEN
			operation := CASE WHEN was -> 'unit_code' <> is_now -> 'unit_code' THEN 'ARRIVE' ELSE 'INSERT' END;
			INSERT INTO history (table_name, row_key, operation, changed_at, changed_by, role_name, unit_code,
			account_id)
			VALUES (TG_TABLE_NAME, _row_key(was, key_columns), CASE operation WHEN 'ARRIVE' THEN 'LEAVE' ELSE 'DELETE' END,
				the_time, who, the_role, was ->> 'unit_code', was ->> 'account_id');
		END IF;
		INSERT INTO history (table_name, row_key, operation, changed_at, changed_by, role_name, unit_code,
			account_id, row_now)
		VALUES (TG_TABLE_NAME, key_now, operation, the_time, who, the_role,
			coalesce(is_now, was) ->> 'unit_code', coalesce(is_now, was) ->> 'account_id', is_now);
	END IF;
	RETURN NULL;
END $$;

-- Enters the rows that tables held before they kept a history.
CREATE OR REPLACE FUNCTION _begin_history() RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT SET timezone = 'UTC' AS $$
DECLARE
	kept record;
BEGIN
	FOR kept IN
		SELECT DISTINCT c.oid, c.relname, string_to_array(encode(t.tgargs, 'escape'), '\000') AS arguments
		FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
		WHERE t.tgfoid = '_keep_history'::regproc
			AND c.relnamespace = (SELECT h.relnamespace FROM pg_class h WHERE h.oid = 'history'::regclass)
		ORDER BY c.relname
	LOOP
		EXECUTE format('
			INSERT INTO history (table_name, row_key, operation, changed_at, role_name, unit_code, account_id, row_now)
			SELECT $1, k.row_key, ''INSERT'', _now(), _role(), r.row_now ->> ''unit_code'', r.row_now ->> ''account_id'', r.row_now
			FROM %s t, to_jsonb(t) AS r (row_now), _row_key(r.row_now, $2) AS k (row_key)
			WHERE NOT EXISTS (SELECT FROM history h WHERE h.table_name = $1 AND h.row_key = k.row_key)
			ORDER BY k.row_key', kept.oid::regclass)
		-- the last argument ends like the others, so that an empty one seems to follow
		USING kept.relname, trim_array(kept.arguments, 1);
	END LOOP;
END $$;

-- A table as it was at the end of a day (Bangkok): as_of(NULL::account, '2027-03-31').
-- Columns that the table did not have then are NULL; row security holds.
CREATE OR REPLACE FUNCTION as_of(of_table anyelement, day date) RETURNS SETOF anyelement
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	asked_table text := (
		SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
		WHERE c.reltype = pg_typeof(of_table) AND t.tgfoid = '_keep_history'::regproc
			AND c.relnamespace = (SELECT h.relnamespace FROM pg_class h WHERE h.oid = 'history'::regclass)
		LIMIT 1);
BEGIN
	IF asked_table IS NULL THEN
		RAISE wrong_object_type USING
			MESSAGE = format('%s keeps no history', pg_typeof(of_table)),
			HINT = 'Name a table that does, as in as_of(NULL::account, current_date).';
	ELSIF day IS NULL THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'the day is missing',
			HINT = 'Give the day at whose end the table is asked for.';
	END IF;
	RETURN QUERY
	SELECT r.*
	FROM (
		SELECT DISTINCT ON (l.row_key) l.row_now
		FROM history l
		WHERE l.table_name = asked_table AND l.changed_at < (day + 1)::timestamp AT TIME ZONE 'Asia/Bangkok'
		ORDER BY l.row_key, l.history_id DESC) h
		CROSS JOIN LATERAL jsonb_populate_record(of_table, h.row_now) r
	WHERE h.row_now IS NOT NULL;
END $$;

-- Who changed what from what to what: a row per column.  A row's first insertion is not told column by column.
CREATE OR REPLACE VIEW history_change WITH (security_invoker = true) AS
	SELECT h.history_id, h.table_name, h.row_key, h.changed_at, h.changed_by, h.role_name, h.unit_code, h.account_id,
		h.operation, c.column_name, h.row_was -> c.column_name AS old_value, h.row_now -> c.column_name AS new_value
	FROM (
			SELECT l.*, lag(l.row_now) OVER (PARTITION BY l.table_name, l.row_key ORDER BY l.history_id) AS row_was
			FROM history l WHERE l.operation <> 'LEAVE') h
		LEFT JOIN LATERAL (
			SELECT k AS column_name FROM jsonb_object_keys(h.row_now) k
			WHERE h.row_was -> k IS DISTINCT FROM h.row_now -> k) c ON h.row_was IS NOT NULL AND h.row_now IS NOT NULL
	UNION ALL
	SELECT l.history_id, l.table_name, l.row_key, l.changed_at, l.changed_by, l.role_name, l.unit_code, l.account_id,
		l.operation, NULL, NULL, NULL
	FROM history l WHERE l.operation = 'LEAVE';
GRANT SELECT ON history_change TO PUBLIC;

CREATE OR REPLACE FUNCTION _append_only() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	RAISE object_not_in_prerequisite_state USING
		MESSAGE = format('rows of "%s" are never changed or deleted', TG_TABLE_NAME),
		HINT = 'What was wrong is set right by a new row.';
END $$;
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON history
	FOR EACH STATEMENT EXECUTE FUNCTION _append_only();

-- The organisation keeps its history too, and who may do what.
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON unit
	FOR EACH ROW EXECUTE FUNCTION _keep_history('unit_code');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON staff
	FOR EACH ROW EXECUTE FUNCTION _keep_history('staff_id');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON post_holder
	FOR EACH ROW EXECUTE FUNCTION _keep_history('post_holder_id');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON training
	FOR EACH ROW EXECUTE FUNCTION _keep_history('staff_id', 'training_year', 'curriculum');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON reader
	FOR EACH ROW EXECUTE FUNCTION _keep_history('role_name', 'unit_code');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON proxy
	FOR EACH ROW EXECUTE FUNCTION _keep_history('role_name', 'staff_id');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON authority
	FOR EACH ROW EXECUTE FUNCTION _keep_history('action', 'post');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON setting
	FOR EACH ROW EXECUTE FUNCTION _keep_history('setting');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON post
	FOR EACH ROW EXECUTE FUNCTION _keep_history('post');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON kamr_position
	FOR EACH ROW EXECUTE FUNCTION _keep_history('position');

ALTER TABLE history ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON history FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON history TO PUBLIC;

COMMENT ON TABLE history IS
U&'\0E1B\0E23\0E30\0E27\0E31\0E15\0E34\0E01\0E32\0E23\0E40\0E1B\0E25\0E35\0E48\0E22\0E19\0E41\0E1B\0E25\0E07 \2014 Every change of the tables that keep a history: who, when, and the row from then on. Rows are only added.';
COMMENT ON COLUMN history.history_id IS
U&'\0E25\0E33\0E14\0E31\0E1A\0E17\0E35\0E48 \2014 Number; of two changes of one row the later has the higher.';
COMMENT ON COLUMN history.table_name IS
U&'\0E15\0E32\0E23\0E32\0E07 \2014 Table.';
COMMENT ON COLUMN history.row_key IS
U&'\0E04\0E35\0E22\0E4C\0E02\0E2D\0E07\0E41\0E16\0E27 \2014 Key of the row; several columns joined by |.';
COMMENT ON COLUMN history.operation IS
U&'\0E0A\0E19\0E34\0E14\0E02\0E2D\0E07\0E01\0E32\0E23\0E40\0E1B\0E25\0E35\0E48\0E22\0E19\0E41\0E1B\0E25\0E07 \2014 INSERT, UPDATE, DELETE; LEAVE and ARRIVE where the row goes from one unit to another.';
COMMENT ON COLUMN history.changed_at IS
U&'\0E40\0E27\0E25\0E32 \2014 When: the time of the workflow.';
COMMENT ON COLUMN history.changed_by IS
U&'\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E1C\0E39\0E49\0E40\0E1B\0E25\0E35\0E48\0E22\0E19 \2014 The member of staff; NULL: the owner.';
COMMENT ON COLUMN history.role_name IS
U&'\0E1A\0E17\0E1A\0E32\0E17\0E10\0E32\0E19\0E02\0E49\0E2D\0E21\0E39\0E25 \2014 The database role.';
COMMENT ON COLUMN history.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit of the row then.';
COMMENT ON COLUMN history.account_id IS
U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account of the row.';
COMMENT ON COLUMN history.row_now IS
U&'\0E02\0E49\0E2D\0E21\0E39\0E25\0E02\0E2D\0E07\0E41\0E16\0E27\0E2B\0E25\0E31\0E07\0E40\0E1B\0E25\0E35\0E48\0E22\0E19 \2014 The row from then on; NULL where it is gone.';
COMMENT ON VIEW history_change IS
U&'\0E01\0E32\0E23\0E40\0E1B\0E25\0E35\0E48\0E22\0E19\0E41\0E1B\0E25\0E07\0E17\0E35\0E25\0E30\0E04\0E2D\0E25\0E31\0E21\0E19\0E4C \2014 Who changed what, when, from what to what: a row per changed column, and one for each row that came or went.';
COMMENT ON COLUMN history_change.history_id IS
U&'\0E25\0E33\0E14\0E31\0E1A\0E17\0E35\0E48 \2014 Number of the change in history.';
COMMENT ON COLUMN history_change.table_name IS
U&'\0E15\0E32\0E23\0E32\0E07 \2014 Table.';
COMMENT ON COLUMN history_change.row_key IS
U&'\0E04\0E35\0E22\0E4C\0E02\0E2D\0E07\0E41\0E16\0E27 \2014 Key of the row.';
COMMENT ON COLUMN history_change.changed_at IS
U&'\0E40\0E27\0E25\0E32 \2014 When.';
COMMENT ON COLUMN history_change.changed_by IS
U&'\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E1C\0E39\0E49\0E40\0E1B\0E25\0E35\0E48\0E22\0E19 \2014 The member of staff; NULL: the owner.';
COMMENT ON COLUMN history_change.role_name IS
U&'\0E1A\0E17\0E1A\0E32\0E17\0E10\0E32\0E19\0E02\0E49\0E2D\0E21\0E39\0E25 \2014 The database role.';
COMMENT ON COLUMN history_change.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit of the row then.';
COMMENT ON COLUMN history_change.account_id IS
U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account of the row.';
COMMENT ON COLUMN history_change.operation IS
U&'\0E0A\0E19\0E34\0E14\0E02\0E2D\0E07\0E01\0E32\0E23\0E40\0E1B\0E25\0E35\0E48\0E22\0E19\0E41\0E1B\0E25\0E07 \2014 As in history.';
COMMENT ON COLUMN history_change.column_name IS
U&'\0E04\0E2D\0E25\0E31\0E21\0E19\0E4C \2014 Column; NULL where the whole row came or went.';
COMMENT ON COLUMN history_change.old_value IS
U&'\0E04\0E48\0E32\0E40\0E14\0E34\0E21 \2014 Value before.';
COMMENT ON COLUMN history_change.new_value IS
U&'\0E04\0E48\0E32\0E43\0E2B\0E21\0E48 \2014 Value after.';
COMMENT ON FUNCTION _row_key(jsonb, text[]) IS
U&'\0E04\0E35\0E22\0E4C\0E02\0E2D\0E07\0E41\0E16\0E27 \2014 The key of a row as one text.';
COMMENT ON FUNCTION _keep_history() IS
U&'\0E1A\0E31\0E19\0E17\0E36\0E01\0E1B\0E23\0E30\0E27\0E31\0E15\0E34 \2014 Trigger function of every table that keeps a history; its arguments are the columns of the key.';
COMMENT ON FUNCTION _begin_history() IS
U&'\0E1A\0E31\0E19\0E17\0E36\0E01\0E02\0E49\0E2D\0E21\0E39\0E25\0E15\0E31\0E49\0E07\0E15\0E49\0E19\0E25\0E07\0E43\0E19\0E1B\0E23\0E30\0E27\0E31\0E15\0E34 \2014 Enters into the history the rows that tables held before they kept one.';
COMMENT ON FUNCTION as_of(anyelement, date) IS
U&'\0E02\0E49\0E2D\0E21\0E39\0E25 \0E13 \0E2A\0E34\0E49\0E19\0E27\0E31\0E19 \2014 A table as it was at the end of a day in Bangkok: as_of(NULL::account, ''2027-03-31''). Columns that it did not have then are NULL. Errors: 42809 for a table without history, 22004 without a day.';
COMMENT ON FUNCTION _append_only() IS
U&'\0E2B\0E49\0E32\0E21\0E41\0E01\0E49\0E44\0E02\0E2B\0E23\0E37\0E2D\0E25\0E1A \2014 Trigger function: rows are never changed or deleted. Error 55000.';

-- sql/workflow/decision.sql
/* Decisions: append-only, each sealed with the hash of the one before it. */

CREATE TABLE decision (
	decision_id bigint PRIMARY KEY,
	decided_at timestamptz NOT NULL,
	subject text NOT NULL,
	subject_id text NOT NULL,
	action text NOT NULL,
	unit_code text NOT NULL REFERENCES unit,
	plan_year int,
	staff_id text NOT NULL REFERENCES staff,
	role_name text NOT NULL,
	post text NOT NULL REFERENCES post,
	acting boolean NOT NULL,
	from_status text,
	to_status text,
	reason text,
	content_hash text,
	is_rehearsal boolean NOT NULL,
	previous_hash text NOT NULL,
	hash text NOT NULL
);
CREATE INDEX ON decision (subject, subject_id, decision_id);
CREATE INDEX ON decision (unit_code, plan_year);

-- The end of the chain: one row, whose lock puts decisions in their order at every
-- isolation level, and which tells when the last ones were cut off.
CREATE TABLE decision_head (
	one_row boolean PRIMARY KEY DEFAULT true CHECK (one_row),
	decision_id bigint NOT NULL,
	hash text NOT NULL
);
INSERT INTO decision_head (decision_id, hash) VALUES (0, repeat('0', 64));

-- What a decision is sealed by, in UTC: the named columns, so that a user may add others.
CREATE OR REPLACE FUNCTION _decision_content(d decision) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN jsonb_build_object('decision_id', d.decision_id, 'decided_at', d.decided_at, 'subject', d.subject,
		'subject_id', d.subject_id, 'action', d.action, 'unit_code', d.unit_code, 'plan_year', d.plan_year,
		'staff_id', d.staff_id, 'role_name', d.role_name, 'post', d.post, 'acting', d.acting,
		'from_status', d.from_status, 'to_status', d.to_status, 'reason', d.reason, 'content_hash', d.content_hash,
		'is_rehearsal', d.is_rehearsal, 'previous_hash', d.previous_hash);
END $$;

-- The same in every session.
CREATE OR REPLACE FUNCTION _decision_hash(the_decision decision) RETURNS text
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT SET timezone = 'UTC' SET datestyle = 'ISO' AS $$
BEGIN
	RETURN _hash(_decision_content(the_decision));
END $$;

CREATE OR REPLACE FUNCTION _hash(content jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN encode(sha256(convert_to(content::text, 'UTF8')), 'hex');

-- Records a decision.  Invoker's rights: it writes only for functions of the owner.
CREATE OR REPLACE FUNCTION _decide(given authorization_given, subject text, subject_id text, action text,
	unit_code text, plan_year int DEFAULT NULL, from_status text DEFAULT NULL, to_status text DEFAULT NULL, reason text DEFAULT NULL,
	content_hash text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	head decision_head;
	the_decision decision;
BEGIN
	SELECT * INTO head FROM decision_head h FOR UPDATE;
	the_decision.decision_id := head.decision_id + 1;
	the_decision.decided_at := _now();
	the_decision.subject := subject;
	the_decision.subject_id := subject_id;
	the_decision.action := action;
	the_decision.unit_code := unit_code;
	the_decision.plan_year := plan_year;
	the_decision.staff_id := given.staff_id;
	the_decision.role_name := _role();
	the_decision.post := given.post;
	the_decision.acting := given.acting;
	the_decision.from_status := from_status;
	the_decision.to_status := to_status;
	the_decision.reason := reason;
	the_decision.content_hash := content_hash;
	the_decision.is_rehearsal := (SELECT w.is_rehearsal FROM workflow w);
	the_decision.previous_hash := head.hash;
	the_decision.hash := _decision_hash(the_decision);
	INSERT INTO decision (decision_id, decided_at, subject, subject_id, action, unit_code, plan_year, staff_id,
		role_name, post, acting, from_status, to_status, reason, content_hash, is_rehearsal, previous_hash, hash)
	VALUES (the_decision.decision_id, the_decision.decided_at, the_decision.subject, the_decision.subject_id,
		the_decision.action, the_decision.unit_code, the_decision.plan_year, the_decision.staff_id,
			the_decision.role_name,
		the_decision.post, the_decision.acting, the_decision.from_status, the_decision.to_status, the_decision.reason,
		the_decision.content_hash, the_decision.is_rehearsal, the_decision.previous_hash, the_decision.hash);
	UPDATE decision_head h SET decision_id = the_decision.decision_id, hash = the_decision.hash;
	RETURN the_decision.decision_id;
END $$;

-- What is wrong with the chain, or with what was decided; no rows where all is whole.
CREATE OR REPLACE FUNCTION verify_decisions() RETURNS TABLE (decision_id bigint, problem text)
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _whole_table_or_error('decision');
	RETURN QUERY SELECT * FROM _verify_chain();
	RETURN QUERY SELECT * FROM _verify_plans();
END $$;

-- Row by row, with the settings of _decision_hash set once.
CREATE OR REPLACE FUNCTION _verify_chain() RETURNS TABLE (decision_id bigint, problem text)
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT SET timezone = 'UTC' SET datestyle = 'ISO' AS $$
DECLARE
	d decision;
	head decision_head;
	expected_id bigint := 1;
	expected_hash text := repeat('0', 64);
BEGIN
	FOR d IN SELECT * FROM decision x ORDER BY x.decision_id LOOP
		decision_id := d.decision_id;
		IF d.decision_id > expected_id THEN
			problem := CASE d.decision_id
				WHEN expected_id + 1 THEN format('decision %s before it is missing', expected_id)
				ELSE format('decisions %s to %s before it are missing', expected_id, d.decision_id - 1) END;
			RETURN NEXT;
		ELSIF d.previous_hash <> expected_hash THEN
			problem := 'does not follow from the decision before it';
			RETURN NEXT;
		END IF;
		IF d.hash <> _hash(_decision_content(d)) THEN
			problem := 'was changed after it was taken';
			RETURN NEXT;
		END IF;
		expected_id := d.decision_id + 1;
		expected_hash := d.hash;
	END LOOP;
	SELECT * INTO head FROM decision_head h;
	IF head.decision_id IS DISTINCT FROM expected_id - 1 OR head.hash IS DISTINCT FROM expected_hash THEN
		decision_id := head.decision_id;
		problem := 'the last decisions are missing or were replaced';
		RETURN NEXT;
	END IF;
END $$;

-- A chain that row security shows in part would seem broken.
CREATE OR REPLACE FUNCTION _whole_table_or_error(table_name text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	IF row_security_active(format('%I', table_name)::regclass)
		AND NOT EXISTS (SELECT FROM _holdings(me()) h JOIN post p USING (post) WHERE p.reads = 'all')
	THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('you see only a part of "%s"', table_name),
			HINT = 'This is for the owner of the workflow, or a post that reads everything.';
	END IF;
END $$;

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON decision
	FOR EACH STATEMENT EXECUTE FUNCTION _append_only();

CREATE OR REPLACE TRIGGER head_stays BEFORE DELETE OR TRUNCATE ON decision_head
	FOR EACH STATEMENT EXECUTE FUNCTION _append_only();

ALTER TABLE decision ENABLE ROW LEVEL SECURITY;
-- What concerns the unit as a whole is read by all who hold a post there. The rest tells of accounts and requests, so
-- that who reads only their own accounts reads of it what they decided themselves.
CREATE POLICY reading ON decision FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR unit_code = ANY ((SELECT _my_units())::text[]) AND subject IN ('plan', 'report', 'kamr', 'post_holder')
	OR staff_id = (SELECT me()));
GRANT SELECT ON decision TO PUBLIC;

ALTER TABLE decision_head ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON decision_head FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON decision_head TO PUBLIC;

COMMENT ON TABLE decision IS
U&'\0E01\0E32\0E23\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08\0E17\0E38\0E01\0E04\0E23\0E31\0E49\0E07 \0E40\0E1E\0E34\0E48\0E21\0E44\0E14\0E49\0E2D\0E22\0E48\0E32\0E07\0E40\0E14\0E35\0E22\0E27 \0E41\0E15\0E48\0E25\0E30\0E41\0E16\0E27\0E1C\0E19\0E36\0E01\0E14\0E49\0E27\0E22\0E41\0E2E\0E0A\0E02\0E2D\0E07\0E41\0E16\0E27\0E01\0E48\0E2D\0E19\0E2B\0E19\0E49\0E32 \2014 Every decision: append-only, each row sealed with the hash of the one before it.';
COMMENT ON COLUMN decision.decision_id IS U&'\0E25\0E33\0E14\0E31\0E1A\0E17\0E35\0E48 \0E44\0E21\0E48\0E21\0E35\0E0A\0E48\0E2D\0E07\0E27\0E48\0E32\0E07 \2014 Number in the chain, from 1, without gaps.';
COMMENT ON COLUMN decision.decided_at IS U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 When it was decided.';
COMMENT ON COLUMN decision.subject IS
U&'\0E2A\0E34\0E48\0E07\0E17\0E35\0E48\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 What it is about: plan, selection, waiver, service_case and so on.';
COMMENT ON COLUMN decision.subject_id IS U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E02\0E2D\0E07\0E2A\0E34\0E48\0E07\0E17\0E35\0E48\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 Which one: its key as text.';
COMMENT ON COLUMN decision.action IS
U&'\0E2A\0E34\0E48\0E07\0E17\0E35\0E48\0E17\0E33 \2014 What was done: submit, compile, endorse, approve, return and so on.';
COMMENT ON COLUMN decision.unit_code IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E17\0E35\0E48\0E40\0E01\0E35\0E48\0E22\0E27\0E02\0E49\0E2D\0E07 \2014 The unit that it concerns.';
COMMENT ON COLUMN decision.plan_year IS U&'\0E1B\0E35\0E41\0E1C\0E19 (\0E04.\0E28.) \2014 Plan year that it concerns, of the common era.';
COMMENT ON COLUMN decision.staff_id IS U&'\0E1C\0E39\0E49\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 Who decided.';
COMMENT ON COLUMN decision.role_name IS
U&'\0E1A\0E17\0E1A\0E32\0E17\0E10\0E32\0E19\0E02\0E49\0E2D\0E21\0E39\0E25\0E17\0E35\0E48\0E43\0E0A\0E49 \2014 The database role it was done through: an application''s where that acted for somebody.';
COMMENT ON COLUMN decision.post IS U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E17\0E35\0E48\0E43\0E0A\0E49\0E2D\0E33\0E19\0E32\0E08 \2014 The post by which they decided.';
COMMENT ON COLUMN decision.acting IS U&'\0E23\0E31\0E01\0E29\0E32\0E01\0E32\0E23\0E2B\0E23\0E37\0E2D\0E44\0E21\0E48 \2014 Whether they were acting for the holder of the post.';
COMMENT ON COLUMN decision.from_status IS U&'\0E2A\0E16\0E32\0E19\0E30\0E01\0E48\0E2D\0E19 \2014 The state before.';
COMMENT ON COLUMN decision.to_status IS U&'\0E2A\0E16\0E32\0E19\0E30\0E2B\0E25\0E31\0E07 \2014 The state after.';
COMMENT ON COLUMN decision.reason IS U&'\0E40\0E2B\0E15\0E38\0E1C\0E25 \2014 The reason given.';
COMMENT ON COLUMN decision.content_hash IS
U&'\0E41\0E2E\0E0A\0E02\0E2D\0E07\0E40\0E19\0E37\0E49\0E2D\0E2B\0E32\0E17\0E35\0E48\0E2D\0E19\0E38\0E21\0E31\0E15\0E34 \2014 SHA-256 of what was approved (plan_content), in hexadecimal.';
COMMENT ON COLUMN decision.is_rehearsal IS U&'\0E40\0E1B\0E47\0E19\0E01\0E32\0E23\0E0B\0E49\0E2D\0E21\0E2B\0E23\0E37\0E2D\0E44\0E21\0E48 \2014 Taken in a rehearsal, by a clock that was set.';
COMMENT ON COLUMN decision.previous_hash IS
U&'\0E41\0E2E\0E0A\0E02\0E2D\0E07\0E01\0E32\0E23\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08\0E01\0E48\0E2D\0E19\0E2B\0E19\0E49\0E32 \2014 The hash of the decision before it; zeros for the first.';
COMMENT ON COLUMN decision.hash IS U&'\0E41\0E2E\0E0A\0E02\0E2D\0E07\0E41\0E16\0E27\0E19\0E35\0E49 \2014 SHA-256 of this row, previous_hash included.';
COMMENT ON TABLE decision_head IS
U&'\0E1B\0E25\0E32\0E22\0E42\0E0B\0E48\0E01\0E32\0E23\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 The end of the chain: shows when the last decisions were cut off, and its lock puts decisions in order.';
COMMENT ON COLUMN decision_head.one_row IS U&'\0E21\0E35\0E41\0E16\0E27\0E40\0E14\0E35\0E22\0E27 \2014 There is one row.';
COMMENT ON COLUMN decision_head.decision_id IS U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E01\0E32\0E23\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08\0E25\0E48\0E32\0E2A\0E38\0E14 \2014 Number of the last decision.';
COMMENT ON COLUMN decision_head.hash IS U&'\0E41\0E2E\0E0A\0E02\0E2D\0E07\0E01\0E32\0E23\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08\0E25\0E48\0E32\0E2A\0E38\0E14 \2014 Hash of the last decision.';
COMMENT ON FUNCTION _decision_content(decision) IS
U&'\0E40\0E19\0E37\0E49\0E2D\0E2B\0E32\0E17\0E35\0E48\0E1C\0E19\0E36\0E01\0E02\0E2D\0E07\0E01\0E32\0E23\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 What a decision is sealed by, as a document; in the time zone of the session.';
COMMENT ON FUNCTION _decision_hash(decision) IS
U&'\0E41\0E2E\0E0A\0E02\0E2D\0E07\0E01\0E32\0E23\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 The hash that seals a decision: of its own columns, whatever was added to the table.';
COMMENT ON FUNCTION _hash(jsonb) IS U&'\0E41\0E2E\0E0A\0E02\0E2D\0E07\0E40\0E2D\0E01\0E2A\0E32\0E23 \2014 SHA-256 of a document, in hexadecimal.';
COMMENT ON FUNCTION _decide(authorization_given, text, text, text, text, int, text, text, text, text) IS
U&'\0E1A\0E31\0E19\0E17\0E36\0E01\0E01\0E32\0E23\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 Adds a decision to the chain and returns its number; for functions of the owner.';
COMMENT ON FUNCTION verify_decisions() IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E42\0E0B\0E48\0E01\0E32\0E23\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08\0E41\0E25\0E30\0E41\0E1C\0E19\0E17\0E35\0E48\0E2D\0E19\0E38\0E21\0E31\0E15\0E34\0E41\0E25\0E49\0E27 \2014 What is wrong with the chain of decisions, or with plans that were approved; no rows where all is whole. For the owner and posts that read everything; 42501 for others.';
COMMENT ON FUNCTION _verify_chain() IS U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E42\0E0B\0E48 \2014 What is wrong with the chain itself.';
COMMENT ON FUNCTION _whole_table_or_error(text) IS
U&'\0E15\0E49\0E2D\0E07\0E40\0E2B\0E47\0E19\0E17\0E31\0E49\0E07\0E15\0E32\0E23\0E32\0E07 \2014 42501 for whoever sees a part of the table only.';

-- sql/workflow/account.sql
/* Accounts: customers that are or may become key accounts, their network, people, facts. */

CREATE TABLE account (
	account_id text PRIMARY KEY CHECK (account_id <> ''),
	name_th text NOT NULL,
	name_en text,
	unit_code text NOT NULL REFERENCES unit,
	parent_account text REFERENCES account,
	business text,
	opened_on date,
	closed_on date,
	CONSTRAINT account_closed_after_opening CHECK (closed_on >= opened_on)
);
CREATE INDEX ON account (unit_code);
CREATE INDEX ON account (parent_account) WHERE parent_account IS NOT NULL;

-- The customer's people; a coordinator is whom PEA calls first (CRM-KAM-005).
CREATE TABLE contact_person (
	contact_person_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account_id text NOT NULL REFERENCES account,
	unit_code text NOT NULL REFERENCES unit,
	name text NOT NULL CHECK (name <> ''),
	duty text,
	phone text,
	email text,
	is_coordinator boolean NOT NULL DEFAULT false,
	until date
);
CREATE INDEX ON contact_person (account_id);

-- The facts of a plan year, by the names that classify reads.
CREATE TABLE account_fact (
	account_id text NOT NULL REFERENCES account,
	plan_year int NOT NULL CHECK (plan_year BETWEEN 1960 AND 2399),
	unit_code text NOT NULL REFERENCES unit,
	value_class kam.value_class,
	voltage_kv numeric CHECK (voltage_kv >= 0),
	avg_monthly_bill_thb numeric,
	billed_months smallint CHECK (billed_months BETWEEN 0 AND 12),
	spp_zone boolean,
	self_generation_mw numeric CHECK (self_generation_mw >= 0),
	largest_job_thb numeric CHECK (largest_job_thb >= 0),
	yearly_maintenance_thb numeric CHECK (yearly_maintenance_thb >= 0),
	business_prospect boolean,
	national_strategy boolean,
	nationwide_network boolean,
	PRIMARY KEY (account_id, plan_year)
);
CREATE INDEX ON account_fact (unit_code, plan_year);

-- Where each fact comes from and of which day it is.
CREATE TABLE fact_source (
	account_id text NOT NULL,
	plan_year int NOT NULL,
	unit_code text NOT NULL REFERENCES unit,
	fact text NOT NULL,
	source text NOT NULL CHECK (source <> ''),
	fact_on date NOT NULL,
	recorded_at timestamptz NOT NULL,
	recorded_by text REFERENCES staff,
	PRIMARY KEY (account_id, plan_year, fact),
	FOREIGN KEY (account_id, plan_year) REFERENCES account_fact ON DELETE CASCADE
);

-- The relationship with the account, on the foreword's six levels, over time.
CREATE TABLE relationship (
	relationship_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account_id text NOT NULL REFERENCES account,
	unit_code text NOT NULL REFERENCES unit,
	level smallint NOT NULL CHECK (level BETWEEN 1 AND 6),
	since date NOT NULL,
	reason text,
	judged_by text NOT NULL REFERENCES staff,
	judged_at timestamptz NOT NULL
);
CREATE INDEX ON relationship (account_id, since);

-- The six levels of the relationship (foreword).
CREATE TABLE relationship_level (
	level smallint PRIMARY KEY CHECK (level BETWEEN 1 AND 6),
	name_th text NOT NULL,
	name_en text NOT NULL
);
INSERT INTO relationship_level VALUES
	(1, unistr('\0E22\0E31\0E07\0E44\0E21\0E48\0E23\0E39\0E49\0E08\0E31\0E01'), 'does not know PEA'),
	(2, unistr('\0E23\0E39\0E49\0E08\0E31\0E01'), 'knows PEA'),
	(3, unistr('\0E0B\0E37\0E49\0E2D\0E2B\0E23\0E37\0E2D\0E43\0E0A\0E49\0E1A\0E23\0E34\0E01\0E32\0E23'), 'buys or uses'),
	(4, unistr('\0E1E\0E36\0E07\0E1E\0E2D\0E43\0E08'), 'is satisfied'),
	(5, unistr('\0E20\0E31\0E01\0E14\0E35'), 'is loyal'),
	(6, unistr('\0E2A\0E19\0E31\0E1A\0E2A\0E19\0E38\0E19'), 'supports PEA');

-- The facts that people record: how each is read, and by which action it is recorded.
CREATE TABLE fact (
	fact text PRIMARY KEY,
	kind text NOT NULL CHECK (kind IN ('class', 'number', 'flag')),
	action text NOT NULL,
	section text NOT NULL
);
INSERT INTO fact VALUES
	('value_class', 'class', 'data.keep', '6.1.1.1'),
	('voltage_kv', 'number', 'account.maintain', unistr('6.1.1.2(1)\0E01')),
	('avg_monthly_bill_thb', 'number', 'account.maintain', unistr('6.1.1.2(1)\0E02')),
	('spp_zone', 'flag', 'account.maintain', unistr('6.1.1.2(1)\0E04')),
	('self_generation_mw', 'number', 'account.maintain', unistr('6.1.1.2(1)\0E07')),
	('largest_job_thb', 'number', 'account.maintain', unistr('6.1.1.2(1)\0E08')),
	('yearly_maintenance_thb', 'number', 'account.maintain', unistr('6.1.1.2(1)\0E08')),
	('business_prospect', 'flag', 'account.maintain', unistr('6.1.1.2(1)\0E08')),
	('national_strategy', 'flag', 'account.maintain', unistr('6.1.1.2(1)\0E09')),
	('nationwide_network', 'flag', 'account.network', unistr('6.1.1.2(1)\0E0A'));

-- ---- what people write, read -----------------------------------------------

-- Without blanks around it; NULL where nothing is left.
CREATE OR REPLACE FUNCTION _trimmed(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN nullif(btrim(value, unistr('\0020\0009\000a\000d\00a0\feff')), '');

-- The same for what is no name: with Arabic digits for Thai ones.
CREATE OR REPLACE FUNCTION _plain(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN nullif(btrim(translate(value, unistr('\0E50\0E51\0E52\0E53\0E54\0E55\0E56\0E57\0E58\0E59'), '0123456789'),
	unistr('\0020\0009\000a\000d\00a0\feff')), '');

-- Each of these gives NULL for what it cannot read: 1234.5 and 1,234.5 are numbers, 2026-10-31 is a day.
CREATE OR REPLACE FUNCTION _read_number(plain text) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN plain ~ '^-?([0-9]{1,15}|[0-9]{1,3}(,[0-9]{3}){1,4})([.][0-9]{1,6})?$'
	THEN replace(plain, ',', '')::numeric END;

CREATE OR REPLACE FUNCTION _read_day(plain text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN plain ~ '^(1[89]|2[0-7])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' THEN
	CASE WHEN substr(plain, 9)::int <= extract(day FROM
			make_date(substr(plain, 1, 4)::int, substr(plain, 6, 2)::int, 1) + interval '1 month - 1 day')
	THEN make_date(substr(plain, 1, 4)::int, substr(plain, 6, 2)::int, substr(plain, 9)::int) END END;

CREATE OR REPLACE FUNCTION _read_flag(plain text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN lower(plain) IN ('true', 't', 'yes', 'y', '1', 'on') THEN true
	WHEN lower(plain) IN ('false', 'f', 'no', 'n', '0', 'off') THEN false END;

CREATE OR REPLACE FUNCTION _read_value_class(plain text) RETURNS kam.value_class
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN lower(plain) IN ('high', 'medium', 'low', 'h', 'm', 'l') THEN plain::kam.value_class END;

-- A day on which something was so: in the common era, and not in the future.
CREATE OR REPLACE FUNCTION _check_past_day(what text, day date) RETURNS void
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	IF extract(year FROM day) BETWEEN 2400 AND 2800 THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('%s %s is a day of the Buddhist era', what, day),
			HINT = format('Days are written in the common era, as in %s.', (day - interval '543 years')::date);
	ELSIF day > _today() THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('%s %s is in the future', what, day),
			HINT = format('It is no later than today, %s.', _today());
	ELSIF day < '1800-01-01' THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('%s %s is before the first power station', what, day),
			HINT = 'Days are written as 2026-10-31.';
	END IF;
END $$;

-- ---- accounts --------------------------------------------------------------

-- A unit that accounts may belong to.
CREATE OR REPLACE FUNCTION _check_account_unit(unit_code text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	the_unit unit;
BEGIN
	SELECT * INTO the_unit FROM unit u WHERE u.unit_code = _check_account_unit.unit_code;
	IF NOT FOUND THEN
		RAISE no_data_found USING
			MESSAGE = format('there is no unit "%s"', unit_code),
			HINT = 'The table unit lists them.';
	ELSIF the_unit.kind = 'region' THEN
		RAISE check_violation USING
			MESSAGE = format('unit "%s" is a region and has no accounts', unit_code),
			HINT = 'Accounts belong to an office, an area or headquarters.',
			TABLE = 'account', CONSTRAINT = 'account_unit';
	ELSIF the_unit.closed_on <= _today() THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('unit "%s" is closed since %s', unit_code, the_unit.closed_on),
			HINT = 'Name the unit that has taken over its customers.';
	END IF;
END $$;

-- The same for whatever writes the table.  The units are locked, so that none is closed meanwhile.
CREATE OR REPLACE FUNCTION _check_account_units() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	units text[];
BEGIN
	IF TG_OP = 'INSERT' THEN
		units := ARRAY(SELECT DISTINCT n.unit_code FROM new_rows n WHERE n.closed_on IS NULL ORDER BY 1);
	ELSE
		units := ARRAY(SELECT DISTINCT n.unit_code FROM new_rows n WHERE n.closed_on IS NULL AND NOT EXISTS (
			SELECT FROM old_rows o
			WHERE o.account_id = n.account_id AND o.unit_code = n.unit_code AND o.closed_on IS NULL) ORDER BY 1);
	END IF;
	PERFORM FROM unit u WHERE u.unit_code = ANY (units) ORDER BY u.unit_code FOR SHARE;
	PERFORM _check_account_unit(u) FROM unnest(units) u;
	RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER check_units_of_new AFTER INSERT ON account
	REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION _check_account_units();
CREATE OR REPLACE TRIGGER check_units AFTER UPDATE ON account
	REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION _check_account_units();

-- The unit that an account belongs to today.
CREATE OR REPLACE FUNCTION _unit_of(account_id text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (SELECT a.unit_code FROM account a WHERE a.account_id = _unit_of.account_id);
END $$;

-- The account's row, locked for a change; closed accounts stay as they are.
CREATE OR REPLACE FUNCTION _open_account(account_id text) RETURNS account
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	the_account account;
BEGIN
	SELECT * INTO the_account FROM account a WHERE a.account_id = _open_account.account_id FOR NO KEY UPDATE;
	IF the_account.closed_on IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('account "%s" is closed since %s', account_id, the_account.closed_on),
			HINT = 'It can be opened again: reopen_account.';
	END IF;
	RETURN the_account;
END $$;

CREATE OR REPLACE FUNCTION add_account(account_id text, unit_code text, name_th text, name_en text DEFAULT NULL,
	business text DEFAULT NULL, opened_on date DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _authorize('account.maintain', unit_code);
	IF coalesce(btrim(account_id), '') = '' OR unit_code IS NULL OR coalesce(btrim(name_th), '') = '' THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'an account has a number, a unit and a name',
			HINT = 'Give account_id, unit_code and name_th.';
	END IF;
	PERFORM _check_account_unit(unit_code);
	PERFORM _check_past_day('the opening', opened_on);
	INSERT INTO account (account_id, unit_code, name_th, name_en, business, opened_on)
	VALUES (_trimmed(add_account.account_id), add_account.unit_code, add_account.name_th,
		nullif(add_account.name_en, ''), nullif(add_account.business, ''), add_account.opened_on)
	ON CONFLICT DO NOTHING;
	IF NOT FOUND THEN
		RAISE unique_violation USING
			MESSAGE = format('account "%s" exists already', account_id),
			HINT = 'Account numbers are national, and an account has one unit; change_account changes it.',
			TABLE = 'account', CONSTRAINT = 'account_pkey';
	END IF;
END $$;

-- Moves an account, and what describes it now: people, the facts of this year on, the
-- relationship as last judged.  What happened stays with the unit where it happened.
CREATE OR REPLACE FUNCTION _move_account(account_id text, to_unit text) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	this_year int := extract(year FROM _today());
BEGIN
	PERFORM _check_account_unit(to_unit);
	UPDATE account a SET unit_code = to_unit WHERE a.account_id = _move_account.account_id;
	UPDATE contact_person c SET unit_code = to_unit WHERE c.account_id = _move_account.account_id;
	UPDATE account_fact f SET unit_code = to_unit
	WHERE f.account_id = _move_account.account_id AND f.plan_year >= this_year;
	UPDATE fact_source s SET unit_code = to_unit
	WHERE s.account_id = _move_account.account_id AND s.plan_year >= this_year;
	UPDATE relationship r SET unit_code = to_unit
	WHERE r.relationship_id = (
		SELECT n.relationship_id FROM relationship_now n WHERE n.account_id = _move_account.account_id);
END $$;

-- What is NULL stays; '' empties what may be empty.  The unit changes only by who keeps the data.
CREATE OR REPLACE FUNCTION change_account(account_id text, name_th text DEFAULT NULL, name_en text DEFAULT NULL,
	business text DEFAULT NULL, unit_code text DEFAULT NULL, opened_on date DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	the_account account;
BEGIN
	PERFORM _authorize_account('account.maintain', account_id);
	the_account := _open_account(account_id);
	PERFORM _check_past_day('the opening', opened_on);
	IF change_account.unit_code <> the_account.unit_code THEN
		PERFORM _authorize_account('data.keep', account_id);
		PERFORM _move_account(account_id, unit_code);
	END IF;
	UPDATE account a
	SET name_th = coalesce(nullif(btrim(change_account.name_th), ''), a.name_th),
		name_en = nullif(coalesce(change_account.name_en, a.name_en), ''),
		business = nullif(coalesce(change_account.business, a.business), ''),
		opened_on = coalesce(change_account.opened_on, a.opened_on)
	WHERE a.account_id = change_account.account_id;
END $$;

CREATE OR REPLACE FUNCTION close_account(account_id text, closed_on date DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	last_day date := coalesce(closed_on, _today());
	the_account account;
BEGIN
	PERFORM _authorize_account('account.maintain', account_id);
	the_account := _open_account(account_id);
	PERFORM _check_past_day('the closing', last_day);
	IF last_day < the_account.opened_on THEN
		RAISE check_violation USING
			MESSAGE = format('account "%s" was opened on %s, after %s', account_id, the_account.opened_on, last_day),
			HINT = 'Give the day on which it was closed, or correct the opening: change_account.',
			TABLE = 'account', CONSTRAINT = 'account_closed_after_opening';
	END IF;
	UPDATE account a SET closed_on = last_day WHERE a.account_id = close_account.account_id;
END $$;

CREATE OR REPLACE FUNCTION reopen_account(account_id text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _authorize_account('data.keep', account_id);
	UPDATE account a SET closed_on = NULL WHERE a.account_id = reopen_account.account_id AND a.closed_on IS NOT NULL;
	IF NOT FOUND THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('account "%s" is not closed', account_id),
			HINT = 'Only a closed account can be opened again.';
	END IF;
END $$;

-- ---- the network of an account with many sites -----------------------------

-- Changes of networks happen one after the other, so that two sessions cannot close a
-- cycle between them.  Taken before any row is locked.
CREATE OR REPLACE FUNCTION _lock_networks() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _take_turn();
	RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER lock_networks BEFORE UPDATE OF parent_account ON account
	FOR EACH STATEMENT EXECUTE FUNCTION _lock_networks();

-- The accounts above one, nearest first; ends where a cycle begins.  Above READ COMMITTED
-- their rows are locked, so that a change that the snapshot does not show is an error (40001).
CREATE OR REPLACE FUNCTION _network_above(account_id text) RETURNS text[]
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	above text[] := '{}';
	next_above text := account_id;
BEGIN
	LOOP
		IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
			PERFORM FROM account a WHERE a.account_id = next_above FOR SHARE;
		END IF;
		next_above := (SELECT a.parent_account FROM account a WHERE a.account_id = next_above);
		EXIT WHEN next_above IS NULL OR next_above = ANY (above);
		above := above || next_above;
	END LOOP;
	RETURN above;
END $$;

-- No account stands above itself; a network's head is open and belongs to headquarters (R10).
CREATE OR REPLACE FUNCTION _check_network() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	above text[];
	head account;
BEGIN
	IF NEW.parent_account IS NOT NULL THEN
		IF TG_OP = 'UPDATE' THEN
			PERFORM _take_turn();
		END IF;
		above := _network_above(NEW.account_id);
		IF NEW.account_id = ANY (above) THEN
			RAISE check_violation USING
				MESSAGE = format('account "%s" would stand above itself', NEW.account_id),
				DETAIL = format('Above it: %s.', array_to_string(above, ', ')),
				HINT = 'Name a parent account that is not among its own sites.',
				TABLE = 'account', CONSTRAINT = 'account_network_tree';
		END IF;
		-- Who closes or moves the head meanwhile waits, or is told (40001): a lock alone would
		-- not tell a transaction whose snapshot is older than this site.
		UPDATE account a SET name_th = a.name_th WHERE a.account_id = NEW.parent_account;
	END IF;
	SELECT a.* INTO head FROM account a JOIN unit u USING (unit_code)
	WHERE a.account_id IN (NEW.account_id, NEW.parent_account) AND (u.kind <> 'hq' OR a.closed_on IS NOT NULL)
		AND EXISTS (SELECT FROM account s WHERE s.parent_account = a.account_id AND s.closed_on IS NULL)
	LIMIT 1;
	IF head.closed_on IS NOT NULL THEN
		RAISE check_violation USING
			MESSAGE = format('account "%s" is the head of a network and closed', head.account_id),
			HINT = 'First let its sites leave the network, or join another: leave_network, join_network.',
			TABLE = 'account', CONSTRAINT = 'account_network_head_open';
	ELSIF head.account_id IS NOT NULL THEN
		RAISE check_violation USING
			MESSAGE = format('account "%s" is the head of a network and does not belong to headquarters',
				head.account_id),
			HINT = 'A nationwide customer is handed over first: hand_to_headquarters.',
			TABLE = 'account', CONSTRAINT = 'account_network_at_hq';
	END IF;
	RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER check_network_of_new AFTER INSERT ON account
	FOR EACH ROW WHEN (NEW.parent_account IS NOT NULL) EXECUTE FUNCTION _check_network();
CREATE OR REPLACE TRIGGER check_network AFTER UPDATE ON account
	FOR EACH ROW WHEN ((NEW.parent_account, NEW.unit_code, NEW.closed_on)
		IS DISTINCT FROM (OLD.parent_account, OLD.unit_code, OLD.closed_on)) EXECUTE FUNCTION _check_network();

CREATE OR REPLACE FUNCTION join_network(account_id text, parent_account text, reason text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_account('account.network', account_id);
	the_account account;
BEGIN
	IF parent_account IS NULL THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'the parent account is missing',
			HINT = 'Name the head of the network; an account leaves its network by leave_network.';
	END IF;
	PERFORM _authorize_account('account.network', parent_account);
	PERFORM _take_turn();
	the_account := _open_account(account_id);
	IF the_account.parent_account = join_network.parent_account THEN
		RETURN;
	END IF;
	UPDATE account a SET parent_account = join_network.parent_account WHERE a.account_id = join_network.account_id;
	PERFORM _decide(given, 'account', account_id, 'join_network', the_account.unit_code,
		from_status => the_account.parent_account, to_status => parent_account, reason => reason);
END $$;

CREATE OR REPLACE FUNCTION leave_network(account_id text, reason text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_account('account.network', account_id);
	the_account account;
BEGIN
	PERFORM _take_turn();
	SELECT * INTO the_account FROM account a WHERE a.account_id = leave_network.account_id FOR NO KEY UPDATE;
	IF the_account.parent_account IS NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('account "%s" is a site of no network', account_id),
			HINT = 'The column parent_account of the table account tells who is.';
	END IF;
	UPDATE account a SET parent_account = NULL WHERE a.account_id = leave_network.account_id;
	PERFORM _decide(given, 'account', account_id, 'leave_network', the_account.unit_code,
		from_status => the_account.parent_account, reason => reason);
END $$;

-- A nationwide customer: criterion 6.1.1.2(1) (7th) is set, and the account belongs to headquarters (R10).
CREATE OR REPLACE FUNCTION hand_to_headquarters(account_id text, plan_year int, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_account('account.network', account_id);
	headquarters text := _headquarters();
	the_account account;
BEGIN
	PERFORM _check_plan_year(plan_year);
	IF coalesce(btrim(reason), '') = '' THEN
		RAISE null_value_not_allowed USING
			MESSAGE = format('no reason is given why account "%s" is a nationwide customer', account_id),
			HINT = 'Say where its branches are.';
	END IF;
	the_account := _open_account(account_id);
	IF the_account.unit_code <> headquarters THEN
		PERFORM _move_account(account_id, headquarters);
	END IF;
	PERFORM _put_fact(account_id, plan_year, 'nationwide_network', 'true', reason, _today());
	PERFORM _decide(given, 'account', account_id, 'hand_to_headquarters', headquarters, plan_year,
		the_account.unit_code, headquarters, reason);
END $$;

-- ---- people of the account -------------------------------------------------

CREATE OR REPLACE FUNCTION add_contact_person(account_id text, name text, duty text DEFAULT NULL,
	phone text DEFAULT NULL, email text DEFAULT NULL, is_coordinator boolean DEFAULT false) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	the_account account;
	new_id bigint;
BEGIN
	PERFORM _authorize_account('account.maintain', account_id);
	the_account := _open_account(account_id);
	IF coalesce(btrim(name), '') = '' THEN
		RAISE null_value_not_allowed USING
			MESSAGE = format('a contact person of account "%s" has no name', account_id),
			HINT = 'Give name.';
	END IF;
	INSERT INTO contact_person (account_id, unit_code, name, duty, phone, email, is_coordinator)
	VALUES (the_account.account_id, the_account.unit_code, add_contact_person.name, nullif(add_contact_person.duty, ''),
		nullif(add_contact_person.phone, ''), nullif(add_contact_person.email, ''),
		coalesce(add_contact_person.is_coordinator, false))
	RETURNING contact_person_id INTO new_id;
	RETURN new_id;
END $$;

-- The account of a contact person, for who may maintain it; a person of somebody else's
-- account and one who does not exist are refused alike.
CREATE OR REPLACE FUNCTION _authorize_contact_person(contact_person_id bigint) RETURNS authorization_given
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	the_account account;
BEGIN
	SELECT a.* INTO the_account FROM contact_person c JOIN account a USING (account_id)
	WHERE c.contact_person_id = _authorize_contact_person.contact_person_id;
	IF the_account.account_id IS NULL OR NOT (_may_read(the_account.unit_code, the_account.account_id)
		OR EXISTS (SELECT FROM _holdings(_staff()) h JOIN authority y USING (post)
			WHERE y.action = 'account.maintain' AND y.scope = 'any'))
	THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('contact person %s is not among those of "%s"', contact_person_id, _staff()),
			HINT = format('This (%s) is for: %s.', 'account.maintain', _posts_that_may('account.maintain'));
	END IF;
	RETURN _authorize_account('account.maintain', the_account.account_id);
END $$;

-- What is NULL stays; '' empties what may be empty.
CREATE OR REPLACE FUNCTION change_contact_person(contact_person_id bigint, name text DEFAULT NULL,
	duty text DEFAULT NULL, phone text DEFAULT NULL, email text DEFAULT NULL, is_coordinator boolean DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _authorize_contact_person(contact_person_id);
	UPDATE contact_person c
	SET name = coalesce(nullif(btrim(change_contact_person.name), ''), c.name),
		duty = nullif(coalesce(change_contact_person.duty, c.duty), ''),
		phone = nullif(coalesce(change_contact_person.phone, c.phone), ''),
		email = nullif(coalesce(change_contact_person.email, c.email), ''),
		is_coordinator = coalesce(change_contact_person.is_coordinator, c.is_coordinator)
	WHERE c.contact_person_id = change_contact_person.contact_person_id;
END $$;

CREATE OR REPLACE FUNCTION end_contact_person(contact_person_id bigint, until date DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _authorize_contact_person(contact_person_id);
	PERFORM _check_past_day('the last day of a contact person', until);
	UPDATE contact_person c SET until = coalesce(end_contact_person.until, _today())
	WHERE c.contact_person_id = end_contact_person.contact_person_id AND c.until IS NULL;
	IF NOT FOUND THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('contact person %s has ended already', contact_person_id),
			HINT = 'Somebody who is back is added anew: add_contact_person.';
	END IF;
END $$;

-- ---- facts -----------------------------------------------------------------

-- Writes one fact and its source.  Text that is no value of the fact's kind is refused.
CREATE OR REPLACE FUNCTION _put_fact(account_id text, plan_year int, fact text, value text, source text, fact_on date)
RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	the_fact fact;
	plain text := _plain(value);
	is_read boolean;
BEGIN
	SELECT * INTO the_fact FROM fact k WHERE k.fact = _put_fact.fact;
	is_read := CASE the_fact.kind WHEN 'number' THEN _read_number(plain) IS NOT NULL
		WHEN 'flag' THEN _read_flag(plain) IS NOT NULL ELSE _read_value_class(plain) IS NOT NULL END;
	IF plain IS NOT NULL AND NOT is_read THEN
		RAISE invalid_text_representation USING
			MESSAGE = format('"%s" cannot be read as the fact "%s"', value, fact),
			HINT = CASE the_fact.kind WHEN 'number' THEN 'It is a number, as 115 or 20,000,000.50.'
				WHEN 'flag' THEN 'It is true or false; NULL while it is not known.'
				ELSE 'It is High, Medium or Low; NULL while there is none.' END;
	ELSIF the_fact.kind = 'number' AND _read_number(plain) < 0 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('the fact "%s" cannot be below zero: %s', fact, value),
			HINT = 'Give 0 where there is none, NULL where it is not known.';
	END IF;
	INSERT INTO account_fact (account_id, plan_year, unit_code)
	SELECT a.account_id, _put_fact.plan_year, a.unit_code FROM account a WHERE a.account_id = _put_fact.account_id
	ON CONFLICT DO NOTHING;
	EXECUTE format('UPDATE account_fact f SET %I = %s($1)%s WHERE f.account_id = $2 AND f.plan_year = $3', fact,
		CASE the_fact.kind WHEN 'number' THEN '_read_number' WHEN 'flag' THEN '_read_flag' ELSE '_read_value_class' END,
		CASE fact WHEN 'avg_monthly_bill_thb' THEN ', billed_months = NULL' END)
	USING plain, account_id, plan_year;
	INSERT INTO fact_source (account_id, plan_year, unit_code, fact, source, fact_on, recorded_at, recorded_by)
	SELECT f.account_id, f.plan_year, f.unit_code, _put_fact.fact, _put_fact.source, _put_fact.fact_on, _now(), me()
	FROM account_fact f WHERE f.account_id = _put_fact.account_id AND f.plan_year = _put_fact.plan_year
	ON CONFLICT ON CONSTRAINT fact_source_pkey DO UPDATE SET source = EXCLUDED.source, fact_on = EXCLUDED.fact_on,
		recorded_at = EXCLUDED.recorded_at, recorded_by = EXCLUDED.recorded_by;
END $$;

-- A value of NULL, or nothing but blanks, says that it is not known.
CREATE OR REPLACE FUNCTION record_fact(account_id text, plan_year int, fact text, value text, source text,
	fact_on date DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	the_fact fact;
	the_account account;
BEGIN
	SELECT * INTO the_fact FROM fact k WHERE k.fact = record_fact.fact;
	PERFORM _authorize_account(coalesce(the_fact.action, 'account.maintain'), account_id);
	IF the_fact.fact IS NULL THEN
		RAISE undefined_column USING
			MESSAGE = format('there is no fact "%s"', fact),
			HINT = format('The facts are: %s.',
				(SELECT string_agg(k.fact, ', ' ORDER BY k.section, k.fact) FROM fact k));
	ELSIF coalesce(btrim(source), '') = '' THEN
		RAISE null_value_not_allowed USING
			MESSAGE = format('the fact "%s" has no source', fact),
			HINT = 'Say where it comes from.';
	END IF;
	PERFORM _check_plan_year(plan_year);
	PERFORM _check_past_day(format('the day of the fact "%s",', fact), fact_on);
	the_account := _open_account(account_id);
	IF fact = 'nationwide_network' AND _read_flag(_plain(value))
		AND NOT EXISTS (SELECT FROM unit u WHERE u.unit_code = the_account.unit_code AND u.kind = 'hq')
	THEN
		RAISE check_violation USING
			MESSAGE = format('account "%s" does not belong to headquarters, which looks after nationwide customers',
				account_id),
			HINT = 'hand_to_headquarters does both: it sets the fact and moves the account.',
			TABLE = 'account_fact', CONSTRAINT = 'account_fact_network_at_hq';
	END IF;
	PERFORM _put_fact(account_id, plan_year, fact, value, source, coalesce(fact_on, _today()));
END $$;

-- Facts of networks, as far as the rows of account and account_fact are visible: all of
-- them to the owner, for whom the functions of the workflow work.
CREATE OR REPLACE FUNCTION _network_fact()
RETURNS TABLE (account_id text, plan_year int, value_class kam.value_class, voltage_kv numeric,
	avg_monthly_bill_thb numeric, billed_months smallint, spp_zone boolean, self_generation_mw numeric,
	largest_job_thb numeric, yearly_maintenance_thb numeric, business_prospect boolean, national_strategy boolean,
	nationwide_network boolean, sites int)
LANGUAGE sql STABLE ROWS 100
BEGIN ATOMIC
	WITH RECURSIVE member AS (
		SELECT head.account_id AS head_id, head.account_id, head.closed_on
		FROM (SELECT DISTINCT s.parent_account FROM account s WHERE s.parent_account IS NOT NULL) parent
			JOIN account head ON head.account_id = parent.parent_account
		WHERE head.parent_account IS NULL AND head.closed_on IS NULL
		UNION
		SELECT m.head_id, s.account_id, s.closed_on FROM member m JOIN account s ON s.parent_account = m.account_id
	), open_member AS (
		SELECT m.head_id, m.account_id, count(*) OVER (PARTITION BY m.head_id)::int AS members
		FROM member m WHERE m.closed_on IS NULL
	)
	SELECT m.head_id, f.plan_year,
		coalesce(max(f.value_class) FILTER (WHERE m.account_id = m.head_id), max(f.value_class)),
		max(f.voltage_kv), sum(f.avg_monthly_bill_thb), min(f.billed_months),
		CASE WHEN bool_or(f.spp_zone) THEN true WHEN count(f.spp_zone) = m.members THEN false END,
		sum(f.self_generation_mw), max(f.largest_job_thb), sum(f.yearly_maintenance_thb),
		CASE WHEN bool_or(f.business_prospect) THEN true WHEN count(f.business_prospect) = m.members THEN false END,
		CASE WHEN bool_or(f.national_strategy) THEN true WHEN count(f.national_strategy) = m.members THEN false END,
		CASE WHEN bool_or(f.nationwide_network) THEN true WHEN count(f.nationwide_network) = m.members THEN false END,
		m.members - 1
	-- OFFSET 0: by the key, one account after the other; the planner knows too little to see that they are few
	FROM open_member m CROSS JOIN LATERAL (SELECT * FROM account_fact x WHERE x.account_id = m.account_id OFFSET 0) f
	GROUP BY m.head_id, f.plan_year, m.members;
END;

-- The same of the networks whose head the caller may read, sites of other units included.
CREATE OR REPLACE FUNCTION _my_network_fact()
RETURNS TABLE (account_id text, plan_year int, value_class kam.value_class, voltage_kv numeric,
	avg_monthly_bill_thb numeric, billed_months smallint, spp_zone boolean, self_generation_mw numeric,
	largest_job_thb numeric, yearly_maintenance_thb numeric, business_prospect boolean, national_strategy boolean,
	nationwide_network boolean, sites int)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path FROM CURRENT AS $$
DECLARE
	units text[] := _readable_units();
	accounts text[] := _my_accounts();
BEGIN
	RETURN QUERY
	SELECT n.* FROM _network_fact() n JOIN account a ON a.account_id = n.account_id
	WHERE a.unit_code = ANY (units) OR a.account_id = ANY (accounts);
END $$;

-- What selection classifies: open accounts, networks added up in their head, sites left out.
-- A mean below zero (credits) is 0 here.
CREATE OR REPLACE VIEW account_fact_total WITH (security_invoker = true) AS
	WITH network AS MATERIALIZED (
		SELECT n.* FROM _network_fact() n WHERE NOT row_security_active('account'::regclass)
		UNION ALL
		SELECT n.* FROM _my_network_fact() n WHERE row_security_active('account'::regclass)
	)
	-- accounts before facts, so that one unit's take no reading of all
	SELECT f.plan_year, a.account_id, a.unit_code,
		CASE u.kind WHEN 'area' THEN u.unit_code WHEN 'office' THEN u.parent_unit END AS area, f.value_class, f.voltage_kv,
		CASE WHEN f.avg_monthly_bill_thb < 0 THEN 0 ELSE f.avg_monthly_bill_thb END AS avg_monthly_bill_thb,
		f.billed_months, f.spp_zone, f.self_generation_mw, f.largest_job_thb, f.yearly_maintenance_thb,
		f.business_prospect, f.national_strategy, f.nationwide_network, 0 AS sites
	FROM account a JOIN unit u ON u.unit_code = a.unit_code JOIN account_fact f ON f.account_id = a.account_id
	WHERE a.closed_on IS NULL AND a.parent_account IS NULL
		AND NOT EXISTS (SELECT FROM network n WHERE n.account_id = a.account_id)
	UNION ALL
	SELECT n.plan_year, a.account_id, a.unit_code,
		CASE u.kind WHEN 'area' THEN u.unit_code WHEN 'office' THEN u.parent_unit END, n.value_class, n.voltage_kv,
		CASE WHEN n.avg_monthly_bill_thb < 0 THEN 0 ELSE n.avg_monthly_bill_thb END,
		n.billed_months, n.spp_zone, n.self_generation_mw, n.largest_job_thb, n.yearly_maintenance_thb,
		n.business_prospect, n.national_strategy, n.nationwide_network, n.sites
	FROM network n JOIN account a ON a.account_id = n.account_id JOIN unit u ON u.unit_code = a.unit_code;

-- The sites, which are classified with the head of their network and not on their own.
CREATE OR REPLACE VIEW network_site WITH (security_invoker = true) AS
	SELECT a.account_id, a.unit_code, a.parent_account, a.closed_on FROM account a WHERE a.parent_account IS NOT NULL;

-- ---- the relationship ------------------------------------------------------

CREATE OR REPLACE VIEW relationship_now WITH (security_invoker = true) AS
	SELECT DISTINCT ON (r.account_id) r.account_id, r.unit_code, r.level, l.name_th, l.name_en, r.since, r.reason,
		r.judged_by, r.judged_at, r.relationship_id
	FROM relationship r JOIN relationship_level l USING (level)
	ORDER BY r.account_id, r.since DESC, r.relationship_id DESC;

CREATE OR REPLACE FUNCTION judge_relationship(account_id text, level int, reason text DEFAULT NULL,
	since date DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_account('relationship.judge', account_id);
	the_account account;
	new_id bigint;
BEGIN
	IF level IS NULL OR level NOT BETWEEN 1 AND 6 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('there is no level %s of the relationship', coalesce(level::text, 'NULL')),
			HINT = format('The levels are: %s.',
				(SELECT string_agg(format('%s (%s)', l.level, l.name_en), ', ' ORDER BY l.level) FROM relationship_level l));
	END IF;
	PERFORM _check_past_day('the day of the judgement,', since);
	the_account := _open_account(account_id);
	INSERT INTO relationship (account_id, unit_code, level, since, reason, judged_by, judged_at)
	VALUES (the_account.account_id, the_account.unit_code, judge_relationship.level,
		coalesce(judge_relationship.since, _today()), nullif(judge_relationship.reason, ''), given.staff_id, _now())
	RETURNING relationship_id INTO new_id;
	RETURN new_id;
END $$;

CREATE OR REPLACE TRIGGER history_insert AFTER INSERT ON account
	REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION _keep_history('account_id');
CREATE OR REPLACE TRIGGER history_update AFTER UPDATE ON account
	REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION _keep_history('account_id');
CREATE OR REPLACE TRIGGER history_delete AFTER DELETE ON account
	REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION _keep_history('account_id');
CREATE OR REPLACE TRIGGER history_insert AFTER INSERT ON account_fact
	REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION _keep_history('account_id', 'plan_year');
CREATE OR REPLACE TRIGGER history_update AFTER UPDATE ON account_fact
	REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION _keep_history('account_id', 'plan_year');
CREATE OR REPLACE TRIGGER history_delete AFTER DELETE ON account_fact
	REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION _keep_history('account_id', 'plan_year');
CREATE OR REPLACE TRIGGER history_insert AFTER INSERT ON fact_source
	REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION _keep_history('account_id', 'plan_year', 'fact');
CREATE OR REPLACE TRIGGER history_update AFTER UPDATE ON fact_source
	REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION _keep_history('account_id', 'plan_year', 'fact');
CREATE OR REPLACE TRIGGER history_delete AFTER DELETE ON fact_source
	REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION _keep_history('account_id', 'plan_year', 'fact');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON contact_person
	FOR EACH ROW EXECUTE FUNCTION _keep_history('contact_person_id');

ALTER TABLE account ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON account FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON account TO PUBLIC;

ALTER TABLE contact_person ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON contact_person FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON contact_person TO PUBLIC;

ALTER TABLE account_fact ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON account_fact FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON account_fact TO PUBLIC;

ALTER TABLE fact_source ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON fact_source FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON fact_source TO PUBLIC;

ALTER TABLE relationship ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON relationship FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON relationship TO PUBLIC;

ALTER TABLE relationship_level ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON relationship_level FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON relationship_level TO PUBLIC;

ALTER TABLE fact ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON fact FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON fact TO PUBLIC;

GRANT SELECT ON account_fact_total, network_site, relationship_now TO PUBLIC;

COMMENT ON TABLE account IS U&'\0E25\0E39\0E01\0E04\0E49\0E32\0E17\0E35\0E48\0E40\0E1B\0E47\0E19\0E2B\0E23\0E37\0E2D\0E2D\0E32\0E08\0E40\0E1B\0E47\0E19\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D \2014 Accounts: customers that are or may become key accounts.';
COMMENT ON COLUMN account.account_id IS U&'\0E2B\0E21\0E32\0E22\0E40\0E25\0E02\0E25\0E39\0E01\0E04\0E49\0E32 \0E43\0E0A\0E49\0E23\0E48\0E27\0E21\0E01\0E31\0E19\0E17\0E31\0E49\0E07\0E1B\0E23\0E30\0E40\0E17\0E28 \2014 Number of the account, unique in the whole country.';
COMMENT ON COLUMN account.name_th IS U&'\0E0A\0E37\0E48\0E2D\0E20\0E32\0E29\0E32\0E44\0E17\0E22 \2014 Name in Thai.';
COMMENT ON COLUMN account.name_en IS U&'\0E0A\0E37\0E48\0E2D\0E20\0E32\0E29\0E32\0E2D\0E31\0E07\0E01\0E24\0E29 \2014 Name in English.';
COMMENT ON COLUMN account.unit_code IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E17\0E35\0E48\0E14\0E39\0E41\0E25 \2014 Unit that the account belongs to.';
COMMENT ON COLUMN account.parent_account IS U&'\0E25\0E39\0E01\0E04\0E49\0E32\0E41\0E21\0E48\0E02\0E2D\0E07\0E40\0E04\0E23\0E37\0E2D\0E02\0E48\0E32\0E22 \2014 Account above it in a network; its facts add up there (R10).';
COMMENT ON COLUMN account.business IS U&'\0E1B\0E23\0E30\0E40\0E20\0E17\0E18\0E38\0E23\0E01\0E34\0E08 \2014 Kind of business.';
COMMENT ON COLUMN account.opened_on IS U&'\0E27\0E31\0E19\0E17\0E35\0E48\0E40\0E23\0E34\0E48\0E21\0E40\0E1B\0E47\0E19\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Day from which it is a customer.';
COMMENT ON COLUMN account.closed_on IS U&'\0E27\0E31\0E19\0E17\0E35\0E48\0E40\0E25\0E34\0E01\0E40\0E1B\0E47\0E19\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Day on which it was closed; its rows stay.';

COMMENT ON TABLE contact_person IS U&'\0E1A\0E38\0E04\0E04\0E25\0E15\0E34\0E14\0E15\0E48\0E2D\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32 (CRM-KAM-005) \2014 Contact persons of the accounts (CRM-KAM-005).';
COMMENT ON COLUMN contact_person.contact_person_id IS U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E1A\0E38\0E04\0E04\0E25\0E15\0E34\0E14\0E15\0E48\0E2D \2014 Number of the contact person.';
COMMENT ON COLUMN contact_person.account_id IS U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account.';
COMMENT ON COLUMN contact_person.unit_code IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Unit of the account.';
COMMENT ON COLUMN contact_person.name IS U&'\0E0A\0E37\0E48\0E2D \2014 Name.';
COMMENT ON COLUMN contact_person.duty IS U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E2B\0E23\0E37\0E2D\0E2B\0E19\0E49\0E32\0E17\0E35\0E48 \2014 Position or duty there.';
COMMENT ON COLUMN contact_person.phone IS U&'\0E42\0E17\0E23\0E28\0E31\0E1E\0E17\0E4C \2014 Telephone.';
COMMENT ON COLUMN contact_person.email IS U&'\0E2D\0E35\0E40\0E21\0E25 \2014 Electronic mail.';
COMMENT ON COLUMN contact_person.is_coordinator IS U&'\0E40\0E1B\0E47\0E19\0E1C\0E39\0E49\0E1B\0E23\0E30\0E2A\0E32\0E19\0E07\0E32\0E19 \2014 Is a coordinator: whom PEA calls first (CRM-KAM-005).';
COMMENT ON COLUMN contact_person.until IS U&'\0E27\0E31\0E19\0E2A\0E38\0E14\0E17\0E49\0E32\0E22\0E17\0E35\0E48\0E15\0E34\0E14\0E15\0E48\0E2D\0E44\0E14\0E49 \2014 Last day as contact person; empty while it lasts.';

COMMENT ON TABLE fact IS U&'\0E02\0E49\0E2D\0E21\0E39\0E25\0E1B\0E23\0E30\0E01\0E2D\0E1A\0E01\0E32\0E23\0E04\0E31\0E14\0E40\0E25\0E37\0E2D\0E01 \2014 Facts that are recorded for selection (6.1.1).';
COMMENT ON COLUMN fact.fact IS U&'\0E0A\0E37\0E48\0E2D\0E02\0E49\0E2D\0E21\0E39\0E25 \2014 Name, as classify reads it.';
COMMENT ON COLUMN fact.kind IS U&'\0E0A\0E19\0E34\0E14\0E02\0E2D\0E07\0E04\0E48\0E32 \2014 Kind of value: class, number or flag.';
COMMENT ON COLUMN fact.action IS U&'\0E2A\0E34\0E17\0E18\0E34\0E17\0E35\0E48\0E43\0E0A\0E49\0E1A\0E31\0E19\0E17\0E36\0E01 \2014 Action of the table authority by which it is recorded.';
COMMENT ON COLUMN fact.section IS U&'\0E2B\0E31\0E27\0E02\0E49\0E2D\0E43\0E19\0E04\0E39\0E48\0E21\0E37\0E2D \2014 Section of the manual.';

COMMENT ON TABLE account_fact IS U&'\0E02\0E49\0E2D\0E21\0E39\0E25\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32\0E1B\0E23\0E30\0E08\0E33\0E1B\0E35\0E41\0E1C\0E19 \2014 Facts of the accounts in a plan year, as selection reads them.';
COMMENT ON COLUMN account_fact.account_id IS U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account.';
COMMENT ON COLUMN account_fact.plan_year IS U&'\0E1B\0E35\0E41\0E1C\0E19 (\0E04.\0E28.) \2014 Plan year, common era.';
COMMENT ON COLUMN account_fact.unit_code IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Unit of the account in that year.';
COMMENT ON COLUMN account_fact.value_class IS U&'\0E23\0E30\0E14\0E31\0E1A\0E21\0E39\0E25\0E04\0E48\0E32\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Value class: High, Medium or Low (6.1.1.1).';
COMMENT ON COLUMN account_fact.voltage_kv IS U&'\0E41\0E23\0E07\0E14\0E31\0E19\0E44\0E1F\0E1F\0E49\0E32 (\0E40\0E04\0E27\0E35) \2014 Supply voltage in kV.';
COMMENT ON COLUMN account_fact.avg_monthly_bill_thb IS U&'\0E04\0E48\0E32\0E44\0E1F\0E1F\0E49\0E32\0E40\0E09\0E25\0E35\0E48\0E22\0E15\0E48\0E2D\0E40\0E14\0E37\0E2D\0E19 (\0E1A\0E32\0E17) \2014 Average bill in THB a month (R6).';
COMMENT ON COLUMN account_fact.billed_months IS U&'\0E08\0E33\0E19\0E27\0E19\0E40\0E14\0E37\0E2D\0E19\0E17\0E35\0E48\0E19\0E33\0E21\0E32\0E40\0E09\0E25\0E35\0E48\0E22 \2014 Months that the average was computed of; fewer than 12 are few. Empty when it was recorded by hand.';
COMMENT ON COLUMN account_fact.spp_zone IS U&'\0E2D\0E22\0E39\0E48\0E43\0E19\0E1E\0E37\0E49\0E19\0E17\0E35\0E48\0E41\0E02\0E48\0E07\0E02\0E31\0E19\0E01\0E31\0E1A SPP \2014 Stands where an SPP sells or will sell.';
COMMENT ON COLUMN account_fact.self_generation_mw IS U&'\0E01\0E33\0E25\0E31\0E07\0E1C\0E25\0E34\0E15\0E44\0E1F\0E1F\0E49\0E32\0E43\0E0A\0E49\0E40\0E2D\0E07 (\0E40\0E21\0E01\0E30\0E27\0E31\0E15\0E15\0E4C) \2014 Own generation, existing and planned, in MW.';
COMMENT ON COLUMN account_fact.largest_job_thb IS U&'\0E21\0E39\0E25\0E04\0E48\0E32\0E07\0E32\0E19\0E17\0E35\0E48\0E21\0E32\0E01\0E17\0E35\0E48\0E2A\0E38\0E14 (\0E1A\0E32\0E17) \2014 Value of the largest job in THB.';
COMMENT ON COLUMN account_fact.yearly_maintenance_thb IS U&'\0E04\0E48\0E32\0E1A\0E33\0E23\0E38\0E07\0E23\0E31\0E01\0E29\0E32\0E15\0E48\0E2D\0E1B\0E35 (\0E1A\0E32\0E17) \2014 Maintenance in THB a year.';
COMMENT ON COLUMN account_fact.business_prospect IS U&'\0E21\0E35\0E28\0E31\0E01\0E22\0E20\0E32\0E1E\0E17\0E33\0E18\0E38\0E23\0E01\0E34\0E08\0E01\0E31\0E1A \0E01\0E1F\0E20. \2014 Judged a prospect for related business.';
COMMENT ON COLUMN account_fact.national_strategy IS U&'\0E2A\0E2D\0E14\0E04\0E25\0E49\0E2D\0E07\0E22\0E38\0E17\0E18\0E28\0E32\0E2A\0E15\0E23\0E4C\0E0A\0E32\0E15\0E34 \2014 In line with a national strategy or plan.';
COMMENT ON COLUMN account_fact.nationwide_network IS U&'\0E21\0E35\0E40\0E04\0E23\0E37\0E2D\0E02\0E48\0E32\0E22\0E17\0E31\0E48\0E27\0E1B\0E23\0E30\0E40\0E17\0E28 \2014 Has branches nationwide; set by headquarters only (R10).';

COMMENT ON TABLE fact_source IS U&'\0E17\0E35\0E48\0E21\0E32\0E02\0E2D\0E07\0E02\0E49\0E2D\0E21\0E39\0E25 \2014 Where each fact comes from, and of which day it is.';
COMMENT ON COLUMN fact_source.account_id IS U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account.';
COMMENT ON COLUMN fact_source.plan_year IS U&'\0E1B\0E35\0E41\0E1C\0E19 (\0E04.\0E28.) \2014 Plan year, common era.';
COMMENT ON COLUMN fact_source.unit_code IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Unit of the account.';
COMMENT ON COLUMN fact_source.fact IS U&'\0E0A\0E37\0E48\0E2D\0E02\0E49\0E2D\0E21\0E39\0E25 \2014 Name of the fact.';
COMMENT ON COLUMN fact_source.source IS U&'\0E17\0E35\0E48\0E21\0E32 \2014 Source; "bills" where compute_bills wrote it.';
COMMENT ON COLUMN fact_source.fact_on IS U&'\0E27\0E31\0E19\0E17\0E35\0E48\0E02\0E2D\0E07\0E02\0E49\0E2D\0E21\0E39\0E25 \2014 Day on which it was so.';
COMMENT ON COLUMN fact_source.recorded_at IS U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E1A\0E31\0E19\0E17\0E36\0E01 \2014 When it was recorded.';
COMMENT ON COLUMN fact_source.recorded_by IS U&'\0E1C\0E39\0E49\0E1A\0E31\0E19\0E17\0E36\0E01 \2014 Who recorded it.';

COMMENT ON TABLE relationship_level IS U&'\0E23\0E30\0E14\0E31\0E1A\0E04\0E27\0E32\0E21\0E2A\0E31\0E21\0E1E\0E31\0E19\0E18\0E4C 6 \0E23\0E30\0E14\0E31\0E1A (\0E04\0E33\0E19\0E33) \2014 The six levels of the relationship with a customer (foreword).';
COMMENT ON COLUMN relationship_level.level IS U&'\0E23\0E30\0E14\0E31\0E1A \2014 Level, 1 to 6.';
COMMENT ON COLUMN relationship_level.name_th IS U&'\0E0A\0E37\0E48\0E2D\0E20\0E32\0E29\0E32\0E44\0E17\0E22 \2014 Name in Thai.';
COMMENT ON COLUMN relationship_level.name_en IS U&'\0E0A\0E37\0E48\0E2D\0E20\0E32\0E29\0E32\0E2D\0E31\0E07\0E01\0E24\0E29 \2014 Name in English.';

COMMENT ON TABLE relationship IS U&'\0E23\0E30\0E14\0E31\0E1A\0E04\0E27\0E32\0E21\0E2A\0E31\0E21\0E1E\0E31\0E19\0E18\0E4C\0E01\0E31\0E1A\0E25\0E39\0E01\0E04\0E49\0E32\0E15\0E32\0E21\0E40\0E27\0E25\0E32 \2014 Relationship with each account as judged over time (4.11.2, 4.14.2).';
COMMENT ON COLUMN relationship.relationship_id IS U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E01\0E32\0E23\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 Number of the judgement.';
COMMENT ON COLUMN relationship.account_id IS U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account.';
COMMENT ON COLUMN relationship.unit_code IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Unit of the account.';
COMMENT ON COLUMN relationship.level IS U&'\0E23\0E30\0E14\0E31\0E1A \2014 Level, 1 to 6.';
COMMENT ON COLUMN relationship.since IS U&'\0E15\0E31\0E49\0E07\0E41\0E15\0E48\0E27\0E31\0E19\0E17\0E35\0E48 \2014 Day from which it holds.';
COMMENT ON COLUMN relationship.reason IS U&'\0E40\0E2B\0E15\0E38\0E1C\0E25 \2014 Reason.';
COMMENT ON COLUMN relationship.judged_by IS U&'\0E1C\0E39\0E49\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 Who judged.';
COMMENT ON COLUMN relationship.judged_at IS U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 When it was judged.';

COMMENT ON VIEW account_fact_total IS U&'\0E02\0E49\0E2D\0E21\0E39\0E25\0E17\0E35\0E48\0E43\0E0A\0E49\0E04\0E31\0E14\0E40\0E25\0E37\0E2D\0E01 \0E23\0E27\0E21\0E40\0E04\0E23\0E37\0E2D\0E02\0E48\0E32\0E22\0E44\0E27\0E49\0E17\0E35\0E48\0E25\0E39\0E01\0E04\0E49\0E32\0E41\0E21\0E48 \2014 Facts that selection classifies: open accounts, with networks added up in their head and without their sites.';
COMMENT ON COLUMN account_fact_total.plan_year IS U&'\0E1B\0E35\0E41\0E1C\0E19 (\0E04.\0E28.) \2014 Plan year, common era.';
COMMENT ON COLUMN account_fact_total.account_id IS U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account; the head of a network for the whole of it.';
COMMENT ON COLUMN account_fact_total.unit_code IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Unit of the account now.';
COMMENT ON COLUMN account_fact_total.area IS U&'\0E01\0E32\0E23\0E44\0E1F\0E1F\0E49\0E32\0E40\0E02\0E15 \0E27\0E48\0E32\0E07\0E2A\0E33\0E2B\0E23\0E31\0E1A\0E2A\0E33\0E19\0E31\0E01\0E07\0E32\0E19\0E43\0E2B\0E0D\0E48 \2014 Area whose ranking it is in; empty for headquarters (R1).';
COMMENT ON COLUMN account_fact_total.value_class IS U&'\0E23\0E30\0E14\0E31\0E1A\0E21\0E39\0E25\0E04\0E48\0E32\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Value class: the head''s own, else the highest of the network.';
COMMENT ON COLUMN account_fact_total.voltage_kv IS U&'\0E41\0E23\0E07\0E14\0E31\0E19\0E2A\0E39\0E07\0E2A\0E38\0E14 (\0E40\0E04\0E27\0E35) \2014 Highest supply voltage in kV.';
COMMENT ON COLUMN account_fact_total.avg_monthly_bill_thb IS U&'\0E04\0E48\0E32\0E44\0E1F\0E1F\0E49\0E32\0E40\0E09\0E25\0E35\0E48\0E22\0E23\0E27\0E21\0E15\0E48\0E2D\0E40\0E14\0E37\0E2D\0E19 (\0E1A\0E32\0E17) \2014 Average bills together in THB a month; 0 where credits make it less.';
COMMENT ON COLUMN account_fact_total.billed_months IS U&'\0E08\0E33\0E19\0E27\0E19\0E40\0E14\0E37\0E2D\0E19\0E17\0E35\0E48\0E19\0E49\0E2D\0E22\0E17\0E35\0E48\0E2A\0E38\0E14 \2014 Least number of months that an average was computed of.';
COMMENT ON COLUMN account_fact_total.spp_zone IS U&'\0E2D\0E22\0E39\0E48\0E43\0E19\0E1E\0E37\0E49\0E19\0E17\0E35\0E48\0E41\0E02\0E48\0E07\0E02\0E31\0E19\0E01\0E31\0E1A SPP \2014 Any of them stands where an SPP sells or will sell; empty while not known of all.';
COMMENT ON COLUMN account_fact_total.self_generation_mw IS U&'\0E01\0E33\0E25\0E31\0E07\0E1C\0E25\0E34\0E15\0E44\0E1F\0E1F\0E49\0E32\0E43\0E0A\0E49\0E40\0E2D\0E07\0E23\0E27\0E21 (\0E40\0E21\0E01\0E30\0E27\0E31\0E15\0E15\0E4C) \2014 Own generation together, in MW.';
COMMENT ON COLUMN account_fact_total.largest_job_thb IS U&'\0E21\0E39\0E25\0E04\0E48\0E32\0E07\0E32\0E19\0E17\0E35\0E48\0E21\0E32\0E01\0E17\0E35\0E48\0E2A\0E38\0E14 (\0E1A\0E32\0E17) \2014 Value of the largest job in THB.';
COMMENT ON COLUMN account_fact_total.yearly_maintenance_thb IS U&'\0E04\0E48\0E32\0E1A\0E33\0E23\0E38\0E07\0E23\0E31\0E01\0E29\0E32\0E23\0E27\0E21\0E15\0E48\0E2D\0E1B\0E35 (\0E1A\0E32\0E17) \2014 Maintenance together in THB a year.';
COMMENT ON COLUMN account_fact_total.business_prospect IS U&'\0E21\0E35\0E28\0E31\0E01\0E22\0E20\0E32\0E1E\0E17\0E33\0E18\0E38\0E23\0E01\0E34\0E08\0E01\0E31\0E1A \0E01\0E1F\0E20. \2014 Any of them is judged a prospect for related business; empty while not known of all.';
COMMENT ON COLUMN account_fact_total.national_strategy IS U&'\0E2A\0E2D\0E14\0E04\0E25\0E49\0E2D\0E07\0E22\0E38\0E17\0E18\0E28\0E32\0E2A\0E15\0E23\0E4C\0E0A\0E32\0E15\0E34 \2014 Any of them is in line with a national strategy; empty while not known of all.';
COMMENT ON COLUMN account_fact_total.nationwide_network IS U&'\0E21\0E35\0E40\0E04\0E23\0E37\0E2D\0E02\0E48\0E32\0E22\0E17\0E31\0E48\0E27\0E1B\0E23\0E30\0E40\0E17\0E28 \2014 Has branches nationwide.';
COMMENT ON COLUMN account_fact_total.sites IS U&'\0E08\0E33\0E19\0E27\0E19\0E2A\0E32\0E02\0E32\0E43\0E19\0E40\0E04\0E23\0E37\0E2D\0E02\0E48\0E32\0E22 \2014 Number of open sites added up; 0 for an account without a network.';

COMMENT ON VIEW network_site IS U&'\0E2A\0E32\0E02\0E32\0E02\0E2D\0E07\0E40\0E04\0E23\0E37\0E2D\0E02\0E48\0E32\0E22 \0E0B\0E36\0E48\0E07\0E44\0E21\0E48\0E08\0E31\0E14\0E01\0E25\0E38\0E48\0E21\0E41\0E22\0E01 \2014 Sites of networks, which are classified with the head and not on their own.';
COMMENT ON COLUMN network_site.account_id IS U&'\0E25\0E39\0E01\0E04\0E49\0E32\0E2A\0E32\0E02\0E32 \2014 Account that is a site.';
COMMENT ON COLUMN network_site.unit_code IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E17\0E35\0E48\0E14\0E39\0E41\0E25\0E2A\0E32\0E02\0E32 \2014 Unit that the site belongs to.';
COMMENT ON COLUMN network_site.parent_account IS U&'\0E25\0E39\0E01\0E04\0E49\0E32\0E41\0E21\0E48 \2014 Account above it.';
COMMENT ON COLUMN network_site.closed_on IS U&'\0E27\0E31\0E19\0E17\0E35\0E48\0E40\0E25\0E34\0E01 \2014 Day on which it was closed.';

COMMENT ON VIEW relationship_now IS U&'\0E23\0E30\0E14\0E31\0E1A\0E04\0E27\0E32\0E21\0E2A\0E31\0E21\0E1E\0E31\0E19\0E18\0E4C\0E25\0E48\0E32\0E2A\0E38\0E14 \2014 Relationship with each account as last judged.';
COMMENT ON COLUMN relationship_now.account_id IS U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account.';
COMMENT ON COLUMN relationship_now.unit_code IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Unit of the account.';
COMMENT ON COLUMN relationship_now.level IS U&'\0E23\0E30\0E14\0E31\0E1A \2014 Level, 1 to 6.';
COMMENT ON COLUMN relationship_now.name_th IS U&'\0E0A\0E37\0E48\0E2D\0E23\0E30\0E14\0E31\0E1A\0E20\0E32\0E29\0E32\0E44\0E17\0E22 \2014 Name of the level in Thai.';
COMMENT ON COLUMN relationship_now.name_en IS U&'\0E0A\0E37\0E48\0E2D\0E23\0E30\0E14\0E31\0E1A\0E20\0E32\0E29\0E32\0E2D\0E31\0E07\0E01\0E24\0E29 \2014 Name of the level in English.';
COMMENT ON COLUMN relationship_now.since IS U&'\0E15\0E31\0E49\0E07\0E41\0E15\0E48\0E27\0E31\0E19\0E17\0E35\0E48 \2014 Day from which it holds.';
COMMENT ON COLUMN relationship_now.reason IS U&'\0E40\0E2B\0E15\0E38\0E1C\0E25 \2014 Reason.';
COMMENT ON COLUMN relationship_now.judged_by IS U&'\0E1C\0E39\0E49\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 Who judged.';
COMMENT ON COLUMN relationship_now.judged_at IS U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 When it was judged.';
COMMENT ON COLUMN relationship_now.relationship_id IS U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E01\0E32\0E23\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 Number of the judgement.';

COMMENT ON FUNCTION add_account(text, text, text, text, text, date) IS U&'\0E40\0E1E\0E34\0E48\0E21\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Adds an account to a unit (4.15.5, 4.8). Error 42501 for who may not, 23505 for a number that exists, P0002, 23514 or 55000 for the unit, 22008 for an opening in the future or in a year of the Buddhist era.';
COMMENT ON FUNCTION change_account(text, text, text, text, text, date) IS U&'\0E41\0E01\0E49\0E44\0E02\0E02\0E49\0E2D\0E21\0E39\0E25\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Changes an account: what is NULL stays, an empty text empties. The unit is changed by 4.8 only; contact persons, the facts of this year on and the relationship go along. Error 42501, 55000 for a closed account.';
COMMENT ON FUNCTION close_account(text, date) IS U&'\0E1B\0E34\0E14\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Closes an account, by default today; its rows stay. Error 42501, 55000 where it is closed, 23514 for the head of a network with open sites, 22008 for the future.';
COMMENT ON FUNCTION reopen_account(text) IS U&'\0E40\0E1B\0E34\0E14\0E25\0E39\0E01\0E04\0E49\0E32\0E2D\0E35\0E01\0E04\0E23\0E31\0E49\0E07 \2014 Opens a closed account again (4.8). Error 42501, 55000 where it is not closed.';
COMMENT ON FUNCTION join_network(text, text, text) IS U&'\0E40\0E02\0E49\0E32\0E40\0E04\0E23\0E37\0E2D\0E02\0E48\0E32\0E22 \2014 Makes an account a site of the network of another, which belongs to headquarters (4.5, R10). Error 42501, 23514 for a cycle or a head elsewhere.';
COMMENT ON FUNCTION leave_network(text, text) IS U&'\0E2D\0E2D\0E01\0E08\0E32\0E01\0E40\0E04\0E23\0E37\0E2D\0E02\0E48\0E32\0E22 \2014 Takes an account out of its network (4.5). Error 42501, 55000 where it is in none.';
COMMENT ON FUNCTION hand_to_headquarters(text, int, text) IS U&'\0E42\0E2D\0E19\0E25\0E39\0E01\0E04\0E49\0E32\0E40\0E04\0E23\0E37\0E2D\0E02\0E48\0E32\0E22\0E17\0E31\0E48\0E27\0E1B\0E23\0E30\0E40\0E17\0E28\0E43\0E2B\0E49\0E2A\0E33\0E19\0E31\0E01\0E07\0E32\0E19\0E43\0E2B\0E0D\0E48 \2014 Hands a nationwide customer to headquarters: sets the fact nationwide_network of the plan year and moves the account (4.5, R10). Error 42501, 55000 for a closed account or a year not opened.';
COMMENT ON FUNCTION add_contact_person(text, text, text, text, text, boolean) IS U&'\0E40\0E1E\0E34\0E48\0E21\0E1A\0E38\0E04\0E04\0E25\0E15\0E34\0E14\0E15\0E48\0E2D \2014 Adds a contact person, or coordinator, of an account, and gives its number (4.11.2, 4.14.2). Error 42501, 55000 for a closed account.';
COMMENT ON FUNCTION change_contact_person(bigint, text, text, text, text, boolean) IS U&'\0E41\0E01\0E49\0E44\0E02\0E1A\0E38\0E04\0E04\0E25\0E15\0E34\0E14\0E15\0E48\0E2D \2014 Changes a contact person: what is NULL stays, an empty text empties (4.11.2, 4.14.2). Error 42501.';
COMMENT ON FUNCTION end_contact_person(bigint, date) IS U&'\0E2A\0E34\0E49\0E19\0E2A\0E38\0E14\0E1A\0E38\0E04\0E04\0E25\0E15\0E34\0E14\0E15\0E48\0E2D \2014 Ends a contact person, by default today (4.11.2, 4.14.2). Error 42501, 55000 where it has ended, 22008 for the future.';
COMMENT ON FUNCTION record_fact(text, int, text, text, text, date) IS U&'\0E1A\0E31\0E19\0E17\0E36\0E01\0E02\0E49\0E2D\0E21\0E39\0E25\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Records one fact of an account for a plan year, with its source and its day, by default today; NULL says that it is not known (R2). Error 42501, 42703 for no such fact, 22P02 for a value that cannot be read, 22023 below zero, 22008 for the future, 55000 for a closed account or a year not opened.';
COMMENT ON FUNCTION judge_relationship(text, int, text, date) IS U&'\0E1B\0E23\0E30\0E40\0E21\0E34\0E19\0E23\0E30\0E14\0E31\0E1A\0E04\0E27\0E32\0E21\0E2A\0E31\0E21\0E1E\0E31\0E19\0E18\0E4C \2014 Judges the relationship with an account on the six levels of the foreword (4.11.2, 4.14.2). Error 42501, 22023 for no such level, 22008 for the future, 55000 for a closed account.';
COMMENT ON FUNCTION _trimmed(text) IS U&'\0E15\0E31\0E14\0E0A\0E48\0E2D\0E07\0E27\0E48\0E32\0E07\0E2B\0E31\0E27\0E17\0E49\0E32\0E22 \2014 Text without blanks around it; NULL where nothing is left.';
COMMENT ON FUNCTION _plain(text) IS U&'\0E41\0E1B\0E25\0E07\0E40\0E25\0E02\0E44\0E17\0E22\0E40\0E1B\0E47\0E19\0E40\0E25\0E02\0E2D\0E32\0E23\0E1A\0E34\0E01 \2014 Text without blanks around it and with Arabic digits for Thai ones; NULL where nothing is left.';
COMMENT ON FUNCTION _read_number(text) IS U&'\0E2D\0E48\0E32\0E19\0E15\0E31\0E27\0E40\0E25\0E02 \2014 The number that a text is, with or without thousands separators; NULL where it is none.';
COMMENT ON FUNCTION _read_day(text) IS U&'\0E2D\0E48\0E32\0E19\0E27\0E31\0E19\0E17\0E35\0E48 \2014 The day that a text is (2026-10-31); NULL where it is none.';
COMMENT ON FUNCTION _read_flag(text) IS U&'\0E2D\0E48\0E32\0E19\0E04\0E48\0E32\0E08\0E23\0E34\0E07\0E40\0E17\0E47\0E08 \2014 True or false as a text says; NULL where it says neither.';
COMMENT ON FUNCTION _read_value_class(text) IS U&'\0E2D\0E48\0E32\0E19\0E23\0E30\0E14\0E31\0E1A\0E21\0E39\0E25\0E04\0E48\0E32 \2014 The value class that a text is; NULL where it is none.';
COMMENT ON FUNCTION _check_past_day(text, date) IS U&'\0E15\0E23\0E27\0E08\0E27\0E31\0E19\0E17\0E35\0E48 \2014 Error 22008 for a day in the future or of the Buddhist era.';
COMMENT ON FUNCTION _check_account_unit(text) IS U&'\0E15\0E23\0E27\0E08\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Error P0002, 23514 or 55000 for a unit that can have no accounts.';
COMMENT ON FUNCTION _check_account_units() IS U&'\0E15\0E23\0E27\0E08\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32\0E17\0E38\0E01\0E41\0E16\0E27 \2014 Trigger of account: error 23514 or 55000 for units that can have no accounts.';
COMMENT ON FUNCTION _unit_of(text) IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Unit that the account belongs to today.';
COMMENT ON FUNCTION _open_account(text) IS U&'\0E25\0E47\0E2D\0E01\0E25\0E39\0E01\0E04\0E49\0E32\0E17\0E35\0E48\0E08\0E30\0E41\0E01\0E49\0E44\0E02 \2014 An account, locked for a change; error 55000 where it is closed.';
COMMENT ON FUNCTION _move_account(text, text) IS U&'\0E22\0E49\0E32\0E22\0E25\0E39\0E01\0E04\0E49\0E32\0E44\0E1B\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E2D\0E37\0E48\0E19 \2014 Moves an account and what describes it now to another unit.';
COMMENT ON FUNCTION _lock_networks() IS U&'\0E25\0E47\0E2D\0E01\0E40\0E04\0E23\0E37\0E2D\0E02\0E48\0E32\0E22 \2014 Trigger of account: changes of networks happen one after the other.';
COMMENT ON FUNCTION _network_above(text) IS U&'\0E25\0E39\0E01\0E04\0E49\0E32\0E41\0E21\0E48\0E15\0E32\0E21\0E25\0E33\0E14\0E31\0E1A \2014 The accounts above one in its network, nearest first.';
COMMENT ON FUNCTION _check_network() IS U&'\0E15\0E23\0E27\0E08\0E40\0E04\0E23\0E37\0E2D\0E02\0E48\0E32\0E22 \2014 Trigger of account: error 23514 for a cycle of parents, or a head of a network that is closed or not at headquarters (R10).';
COMMENT ON FUNCTION _authorize_contact_person(bigint) IS U&'\0E15\0E23\0E27\0E08\0E2A\0E34\0E17\0E18\0E34\0E41\0E01\0E49\0E44\0E02\0E1A\0E38\0E04\0E04\0E25\0E15\0E34\0E14\0E15\0E48\0E2D \2014 By which post the caller may maintain a contact person; error 42501 otherwise.';
COMMENT ON FUNCTION _put_fact(text, int, text, text, text, date) IS U&'\0E40\0E02\0E35\0E22\0E19\0E02\0E49\0E2D\0E21\0E39\0E25\0E41\0E25\0E30\0E17\0E35\0E48\0E21\0E32 \2014 Writes one fact and its source; error 22P02 or 22023 for the value.';
COMMENT ON FUNCTION _network_fact() IS U&'\0E23\0E27\0E21\0E02\0E49\0E2D\0E21\0E39\0E25\0E40\0E04\0E23\0E37\0E2D\0E02\0E48\0E32\0E22 \2014 Facts of networks added up, of the rows that the caller sees.';
COMMENT ON FUNCTION _my_network_fact() IS U&'\0E23\0E27\0E21\0E02\0E49\0E2D\0E21\0E39\0E25\0E40\0E04\0E23\0E37\0E2D\0E02\0E48\0E32\0E22\0E17\0E35\0E48\0E21\0E35\0E2A\0E34\0E17\0E18\0E34\0E2D\0E48\0E32\0E19 \2014 Facts of the networks whose head the caller may read, added up over all their sites.';

-- sql/workflow/bill.sql
/* Monthly bills, and the average that the year's facts take from them (R6). */

CREATE TABLE bill (
	account_id text NOT NULL REFERENCES account,
	contract_account text NOT NULL,
	month date NOT NULL CHECK (extract(day FROM month) = 1),
	amount_thb numeric NOT NULL,
	unit_code text NOT NULL REFERENCES unit,
	PRIMARY KEY (account_id, month, contract_account)
);

INSERT INTO setting VALUES
	('last_bill_month', '10', '6.1.1.2(1), R6',
		'The last month of the year before the plan year whose bills count for the average.');

-- The last month whose bills count for a plan year.
CREATE OR REPLACE FUNCTION _last_bill_month(plan_year int) RETURNS date
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	month text := _setting_value('last_bill_month');
BEGIN
	IF coalesce(month !~ '^([1-9]|1[0-2])$', true) THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('the setting last_bill_month is "%s"', month),
			HINT = 'It is the number of a month, 1 to 12.';
	END IF;
	RETURN make_date(plan_year - 1, month::int, 1);
END $$;

-- The mean of the 12 latest billed months up to the cut-off, contract accounts of one
-- account added first; of fewer months where there are no more (R6).  One row an account
-- that has any.
CREATE OR REPLACE FUNCTION _bill_average(plan_year int)
RETURNS TABLE (account_id text, unit_code text, avg_monthly_bill_thb numeric, billed_months smallint, last_month date)
LANGUAGE plpgsql STABLE ROWS 100000 SET search_path FROM CURRENT AS $$
DECLARE
	up_to date := _last_bill_month(plan_year);
BEGIN
	RETURN QUERY
	SELECT a.account_id, a.unit_code, avg(m.amount_thb), count(*)::smallint, max(m.month)
	FROM account a CROSS JOIN LATERAL (
		SELECT b.month, sum(b.amount_thb) AS amount_thb
		FROM bill b
		WHERE b.account_id = a.account_id AND b.month <= up_to
		GROUP BY b.month
		ORDER BY b.month DESC LIMIT 12) m
	WHERE a.closed_on IS NULL
	GROUP BY a.account_id, a.unit_code;
END $$;

-- Writes the averages of a plan year into its facts, and tells how many accounts have one.
-- An average recorded by hand stays where an account has no bills.
CREATE OR REPLACE FUNCTION compute_bills(plan_year int) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('data.keep', _headquarters());
	today date := _today();
	averages bigint;
BEGIN
	PERFORM _check_plan_year(plan_year);
	PERFORM _take_turn();
	WITH average AS MATERIALIZED (
		SELECT * FROM _bill_average(compute_bills.plan_year)
	), put AS (
		INSERT INTO account_fact AS f (account_id, plan_year, unit_code, avg_monthly_bill_thb, billed_months)
		SELECT v.account_id, compute_bills.plan_year, v.unit_code, v.avg_monthly_bill_thb, v.billed_months
		FROM average v
		ON CONFLICT ON CONSTRAINT account_fact_pkey DO UPDATE
			SET avg_monthly_bill_thb = EXCLUDED.avg_monthly_bill_thb, billed_months = EXCLUDED.billed_months
			WHERE (f.avg_monthly_bill_thb, f.billed_months)
				IS DISTINCT FROM (EXCLUDED.avg_monthly_bill_thb, EXCLUDED.billed_months)
	), put_source AS (
		INSERT INTO fact_source AS s (account_id, plan_year, unit_code, fact, source, fact_on, recorded_at, recorded_by)
		SELECT v.account_id, compute_bills.plan_year, v.unit_code, 'avg_monthly_bill_thb', 'bills',
			least(v.last_month + interval '1 month - 1 day', today)::date, _now(), given.staff_id
		FROM average v
		ON CONFLICT ON CONSTRAINT fact_source_pkey DO UPDATE
			SET source = EXCLUDED.source, fact_on = EXCLUDED.fact_on, recorded_at = EXCLUDED.recorded_at,
				recorded_by = EXCLUDED.recorded_by
			WHERE (s.source, s.fact_on) IS DISTINCT FROM (EXCLUDED.source, EXCLUDED.fact_on)
	), gone AS (
		-- computed before, but its bills are no longer there
		UPDATE account_fact f SET avg_monthly_bill_thb = NULL, billed_months = NULL
		WHERE f.plan_year = compute_bills.plan_year AND f.billed_months IS NOT NULL
			AND NOT EXISTS (SELECT FROM average v WHERE v.account_id = f.account_id)
			AND EXISTS (SELECT FROM account a WHERE a.account_id = f.account_id AND a.closed_on IS NULL)
		RETURNING f.account_id
	), gone_source AS (
		DELETE FROM fact_source s USING gone g
		WHERE s.account_id = g.account_id AND s.plan_year = compute_bills.plan_year AND s.fact = 'avg_monthly_bill_thb'
	)
	SELECT count(*) INTO averages FROM average;
	RETURN averages;
END $$;

ALTER TABLE bill ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON bill FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON bill TO PUBLIC;

COMMENT ON TABLE bill IS U&'\0E04\0E48\0E32\0E44\0E1F\0E1F\0E49\0E32\0E23\0E32\0E22\0E40\0E14\0E37\0E2D\0E19 \2014 Monthly bills of the accounts, by contract account.';
COMMENT ON COLUMN bill.account_id IS U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account.';
COMMENT ON COLUMN bill.contract_account IS U&'\0E1A\0E31\0E0D\0E0A\0E35\0E41\0E2A\0E14\0E07\0E2A\0E31\0E0D\0E0D\0E32 \2014 Contract account; the account''s number where it has only one.';
COMMENT ON COLUMN bill.month IS U&'\0E40\0E14\0E37\0E2D\0E19 (\0E27\0E31\0E19\0E41\0E23\0E01\0E02\0E2D\0E07\0E40\0E14\0E37\0E2D\0E19) \2014 Month, by its first day.';
COMMENT ON COLUMN bill.amount_thb IS U&'\0E04\0E48\0E32\0E44\0E1F\0E1F\0E49\0E32 (\0E1A\0E32\0E17) \0E15\0E34\0E14\0E25\0E1A\0E04\0E37\0E2D\0E40\0E04\0E23\0E14\0E34\0E15 \2014 Amount in THB; below zero for a credit.';
COMMENT ON COLUMN bill.unit_code IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Unit of the account when the bill came in.';
COMMENT ON FUNCTION compute_bills(int) IS U&'\0E04\0E33\0E19\0E27\0E13\0E04\0E48\0E32\0E44\0E1F\0E1F\0E49\0E32\0E40\0E09\0E25\0E35\0E48\0E22\0E15\0E48\0E2D\0E40\0E14\0E37\0E2D\0E19 \2014 Computes the average monthly bill of all open accounts for a plan year: the mean of the 12 latest billed months up to the cut-off, contract accounts added first (R6). Gives the number of accounts that have one. Error 42501 (4.8), 55000 for a year not opened.';
COMMENT ON FUNCTION _last_bill_month(int) IS U&'\0E40\0E14\0E37\0E2D\0E19\0E2A\0E38\0E14\0E17\0E49\0E32\0E22\0E17\0E35\0E48\0E19\0E33\0E21\0E32\0E04\0E33\0E19\0E27\0E13 \2014 The last month whose bills count for a plan year (setting last_bill_month); error 22023 for a setting that is no month.';
COMMENT ON FUNCTION _bill_average(int) IS U&'\0E04\0E48\0E32\0E44\0E1F\0E1F\0E49\0E32\0E40\0E09\0E25\0E35\0E48\0E22\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32\0E41\0E15\0E48\0E25\0E30\0E23\0E32\0E22 \2014 Average monthly bill of each account that has bills (R6).';

-- sql/workflow/import.sql
/* Import: accounts, facts, bills, staff, from staging tables that COPY fills. */

-- All columns are text, so that COPY takes whatever a file holds; what cannot go in stays,
-- with the reason in words and the column it is about.  No row security here, because COPY
-- FROM refuses it: the owner grants these tables to who loads data.
CREATE TABLE import_account (
	line bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account_id text,
	unit_code text,
	name_th text,
	name_en text,
	parent_account text,
	business text,
	opened_on text,
	closed_on text,
	loaded_by text NOT NULL DEFAULT current_user,
	problem text,
	problem_column text
);
CREATE INDEX ON import_account (btrim(account_id));

CREATE TABLE import_fact (
	line bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account_id text,
	plan_year text,
	fact text,
	value text,
	source text,
	fact_on text,
	loaded_by text NOT NULL DEFAULT current_user,
	problem text,
	problem_column text
);
CREATE INDEX ON import_fact (btrim(account_id));

CREATE TABLE import_bill (
	line bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account_id text,
	contract_account text,
	month text,
	amount_thb text,
	loaded_by text NOT NULL DEFAULT current_user,
	problem text,
	problem_column text
);
CREATE INDEX ON import_bill (btrim(account_id));

CREATE TABLE import_staff (
	line bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	staff_id text,
	name_th text,
	name_en text,
	position text,
	hire_date text,
	unit_code text,
	role_name text,
	left_on text,
	loaded_by text NOT NULL DEFAULT current_user,
	problem text,
	problem_column text
);
CREATE INDEX ON import_staff (btrim(staff_id));
CREATE INDEX ON import_staff (btrim(role_name));

-- Each run of an import, and how far it has come.
CREATE TABLE import_run (
	run bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	kind text NOT NULL CHECK (kind IN ('account', 'fact', 'bill', 'staff')),
	staff_id text NOT NULL REFERENCES staff,
	started_at timestamptz NOT NULL,
	last_batch_at timestamptz,
	finished_at timestamptz,
	lines bigint NOT NULL,
	done bigint NOT NULL DEFAULT 0,
	changed bigint NOT NULL DEFAULT 0,
	refused bigint NOT NULL DEFAULT 0,
	last_line bigint NOT NULL DEFAULT 0,
	done_before bigint NOT NULL DEFAULT 0,
	only_parents boolean NOT NULL DEFAULT false
);

-- ---- what is wrong with a cell ---------------------------------------------

-- Each gives NULL or the reason, for a cell that _plain has read.
CREATE OR REPLACE FUNCTION _wrong_day(plain text, today date) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN plain IS NULL OR _read_day(plain) <= today THEN NULL
	WHEN plain ~ '^2[4-7][0-9]{2}(-|$)' THEN
		format('%s is of the Buddhist era; in the common era the year is %s', plain, substr(plain, 1, 4)::int - 543)
	WHEN _read_day(plain) IS NULL THEN format('"%s" is no day; days are written as 2026-10-31', plain)
	WHEN _read_day(plain) > today THEN format('%s is in the future', plain) END;

CREATE OR REPLACE FUNCTION _wrong_value(plain text, kind text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN plain IS NULL THEN NULL
	WHEN kind = 'number' AND _read_number(plain) IS NULL THEN
		format('"%s" is no number; numbers are written as 1234.5 or 1,234.5', plain)
	WHEN kind = 'number' AND _read_number(plain) < 0 THEN format('%s is below zero', plain)
	WHEN kind = 'flag' AND _read_flag(plain) IS NULL THEN format('"%s" is neither true nor false', plain)
	WHEN kind = 'class' AND _read_value_class(plain) IS NULL THEN format('"%s" is none of High, Medium, Low', plain) END;

-- ---- one batch of each kind: judged, put in, and taken from the staging table, in one statement ----

CREATE TYPE batch_result AS (done bigint, changed bigint, refused bigint);

CREATE OR REPLACE FUNCTION _import_account_batch(from_line bigint, to_line bigint, only_parents boolean)
RETURNS batch_result
LANGUAGE plpgsql SET search_path FROM CURRENT SET jit = off AS $$
DECLARE
	today date := _today();
	result batch_result;
BEGIN
	PERFORM _take_turn();
	PERFORM FROM account a
	WHERE a.account_id IN (SELECT _trimmed(s.account_id) FROM import_account s WHERE s.line BETWEEN from_line AND to_line)
	ORDER BY a.account_id FOR NO KEY UPDATE;
	WITH RECURSIVE picked AS MATERIALIZED (
		SELECT s.line, btrim(s.account_id) AS indexed, _trimmed(s.account_id) AS account_id, _trimmed(s.unit_code) AS unit_code,
			_trimmed(s.name_th) AS name_th, _trimmed(s.name_en) AS name_en, _trimmed(s.parent_account) AS parent_account,
			_trimmed(s.business) AS business, _plain(s.opened_on) AS opened_on, _plain(s.closed_on) AS closed_on,
			s.problem, s.problem_column
		FROM import_account s
		WHERE s.line BETWEEN from_line AND to_line AND (NOT only_parents OR s.problem_column = 'parent_account')
		FOR UPDATE
	), edge AS MATERIALIZED (
		SELECT p.account_id, p.parent_account FROM picked p WHERE p.account_id IS NOT NULL AND p.parent_account IS NOT NULL
	), above (account_id, ancestor) AS (
		SELECT e.account_id, e.parent_account FROM edge e
		UNION
		SELECT b.account_id, coalesce(e.parent_account, a.parent_account)
		FROM above b LEFT JOIN edge e ON e.account_id = b.ancestor LEFT JOIN account a ON a.account_id = b.ancestor
		WHERE coalesce(e.parent_account, a.parent_account) IS NOT NULL
	), judged AS MATERIALIZED (
		SELECT p.*, a.account_id AS known, a AS was,
			CASE WHEN num_nonnulls(p.account_id, p.unit_code, p.name_th, p.name_en, p.parent_account, p.business, p.opened_on,
					p.closed_on) = 0 THEN ARRAY['account_id', 'the line is blank']
				WHEN p.account_id IS NULL THEN ARRAY['account_id', 'the number of the account is missing']
				WHEN coalesce(p.unit_code, a.unit_code) IS NULL THEN ARRAY['unit_code', 'the unit is missing']
				WHEN p.unit_code IS NOT NULL AND u.unit_code IS NULL THEN
					ARRAY['unit_code', format('there is no unit "%s"', p.unit_code)]
				WHEN a.unit_code <> p.unit_code THEN
					ARRAY['unit_code', format('the account belongs to unit "%s"; change_account moves it', a.unit_code)]
				WHEN a.account_id IS NULL AND u.kind = 'region' THEN
					ARRAY['unit_code', format('unit "%s" is a region and has no accounts', p.unit_code)]
				WHEN a.account_id IS NULL AND u.closed_on <= today THEN
					ARRAY['unit_code', format('unit "%s" is closed since %s', p.unit_code, u.closed_on)]
				WHEN coalesce(p.name_th, a.name_th) IS NULL THEN ARRAY['name_th', 'the name is missing']
				WHEN _wrong_day(p.opened_on, today) IS NOT NULL THEN ARRAY['opened_on', _wrong_day(p.opened_on, today)]
				WHEN _wrong_day(p.closed_on, today) IS NOT NULL THEN ARRAY['closed_on', _wrong_day(p.closed_on, today)]
				WHEN coalesce(_read_day(p.closed_on), a.closed_on) < coalesce(_read_day(p.opened_on), a.opened_on) THEN
					ARRAY['closed_on', 'the account would be closed before it was opened']
				WHEN a.closed_on IS NOT NULL AND (coalesce(p.name_th, a.name_th), coalesce(p.name_en, a.name_en),
						coalesce(p.parent_account, a.parent_account), coalesce(p.business, a.business),
						coalesce(_read_day(p.opened_on), a.opened_on), coalesce(_read_day(p.closed_on), a.closed_on))
					IS DISTINCT FROM (a.name_th, a.name_en, a.parent_account, a.business, a.opened_on, a.closed_on) THEN
					ARRAY['account_id', format('the account is closed since %s; reopen_account opens it', a.closed_on)]
				WHEN EXISTS (SELECT FROM above b WHERE b.account_id = p.account_id AND b.ancestor = p.account_id) THEN
					ARRAY['parent_account', 'the account would stand above itself']
				WHEN p.parent_account IS NOT NULL AND pa.account_id IS NULL THEN
					ARRAY['parent_account', format('there is no account "%s"', p.parent_account)]
				WHEN pa.unit_code NOT IN (SELECT h.unit_code FROM unit h WHERE h.kind = 'hq') THEN ARRAY['parent_account',
					format('account "%s" does not belong to headquarters; hand_to_headquarters moves it', pa.account_id)]
				WHEN p.closed_on IS NULL AND (pa.closed_on IS NOT NULL
						OR EXISTS (SELECT FROM picked q WHERE q.account_id = p.parent_account AND q.closed_on IS NOT NULL)) THEN
					ARRAY['parent_account', format('account "%s" is closed', pa.account_id)]
				WHEN p.closed_on IS NOT NULL AND a.closed_on IS NULL
					AND EXISTS (SELECT FROM account s WHERE s.parent_account = p.account_id AND s.closed_on IS NULL) THEN
					ARRAY['closed_on', 'the account is the head of a network that has open sites']
				ELSE (SELECT ARRAY['account_id', format('line %s says something else about the same account', min(o.line))]
					FROM import_account o
					WHERE btrim(o.account_id) = p.indexed AND o.line <> p.line
						AND (_trimmed(o.unit_code), _trimmed(o.name_th), _trimmed(o.name_en), _trimmed(o.parent_account),
							_trimmed(o.business), _plain(o.opened_on), _plain(o.closed_on)) IS DISTINCT FROM
							(p.unit_code, p.name_th, p.name_en, p.parent_account, p.business, p.opened_on, p.closed_on)
					HAVING count(*) > 0) END AS verdict
		FROM picked p LEFT JOIN account a ON a.account_id = p.account_id LEFT JOIN unit u ON u.unit_code = p.unit_code
			LEFT JOIN account pa ON pa.account_id = p.parent_account
	), put AS (
		INSERT INTO account AS a (account_id, unit_code, name_th, name_en, parent_account, business, opened_on, closed_on)
		SELECT DISTINCT ON (j.account_id) j.account_id, coalesce((j.was).unit_code, j.unit_code),
			coalesce(j.name_th, (j.was).name_th), coalesce(j.name_en, (j.was).name_en),
			coalesce(j.parent_account, (j.was).parent_account), coalesce(j.business, (j.was).business),
			coalesce(_read_day(j.opened_on), (j.was).opened_on), coalesce(_read_day(j.closed_on), (j.was).closed_on)
		FROM judged j WHERE j.verdict IS NULL
		ORDER BY j.account_id
		ON CONFLICT ON CONSTRAINT account_pkey DO UPDATE SET name_th = EXCLUDED.name_th, name_en = EXCLUDED.name_en,
			parent_account = EXCLUDED.parent_account, business = EXCLUDED.business, opened_on = EXCLUDED.opened_on,
			closed_on = EXCLUDED.closed_on
		WHERE (a.name_th, a.name_en, a.parent_account, a.business, a.opened_on, a.closed_on) IS DISTINCT FROM
			(EXCLUDED.name_th, EXCLUDED.name_en, EXCLUDED.parent_account, EXCLUDED.business, EXCLUDED.opened_on,
				EXCLUDED.closed_on)
		RETURNING a.account_id
	), gone AS (
		DELETE FROM import_account s USING judged j
		WHERE s.line BETWEEN from_line AND to_line AND s.line = j.line AND j.verdict IS NULL
	), kept AS (
		UPDATE import_account s SET problem_column = j.verdict[1], problem = j.verdict[2]
		FROM judged j
		WHERE s.line BETWEEN from_line AND to_line AND s.line = j.line AND j.verdict IS NOT NULL
			AND (j.problem_column, j.problem) IS DISTINCT FROM (j.verdict[1], j.verdict[2])
	)
	SELECT count(*) FILTER (WHERE j.verdict IS NULL), (SELECT count(*) FROM put),
		count(*) FILTER (WHERE j.verdict IS NOT NULL)
	INTO result FROM judged j;
	RETURN result;
END $$;

CREATE OR REPLACE FUNCTION _import_fact_batch(from_line bigint, to_line bigint) RETURNS batch_result
LANGUAGE plpgsql SET search_path FROM CURRENT SET jit = off AS $$
DECLARE
	today date := _today();
	headquarters text := _headquarters();
	the_time timestamptz := _now();
	who text := me();
	result batch_result;
BEGIN
	PERFORM FROM account_fact f
	WHERE f.account_id IN (SELECT _trimmed(s.account_id) FROM import_fact s WHERE s.line BETWEEN from_line AND to_line)
	ORDER BY f.account_id, f.plan_year FOR NO KEY UPDATE;
	WITH picked AS MATERIALIZED (
		SELECT s.line, btrim(s.account_id) AS indexed, _trimmed(s.account_id) AS account_id, _plain(s.plan_year) AS plan_year,
			lower(_trimmed(s.fact)) AS fact, _plain(s.value) AS value, _trimmed(s.source) AS source,
			_plain(s.fact_on) AS fact_on, s.problem, s.problem_column
		FROM import_fact s
		WHERE s.line BETWEEN from_line AND to_line
		FOR UPDATE
	), answered AS MATERIALIZED (
		SELECT p.*, k.kind,
			CASE k.kind WHEN 'number' THEN _read_number(p.value)::text WHEN 'flag' THEN _read_flag(p.value)::text
				ELSE _read_value_class(p.value)::text END AS value_read, _read_day(p.fact_on) AS day
		FROM picked p LEFT JOIN fact k ON k.fact = p.fact
	), judged AS MATERIALIZED (
		SELECT p.*, a.unit_code,
			CASE WHEN num_nonnulls(p.account_id, p.plan_year, p.fact, p.value, p.source, p.fact_on) = 0 THEN
					ARRAY['account_id', 'the line is blank']
				WHEN p.account_id IS NULL THEN ARRAY['account_id', 'the number of the account is missing']
				WHEN a.account_id IS NULL THEN ARRAY['account_id', format('there is no account "%s"', p.account_id)]
				WHEN a.closed_on IS NOT NULL THEN ARRAY['account_id', format('the account is closed since %s', a.closed_on)]
				WHEN p.plan_year IS NULL THEN ARRAY['plan_year', 'the plan year is missing']
				WHEN p.plan_year ~ '^2[4-7][0-9]{2}$' THEN ARRAY['plan_year',
					format('%s is a year of the Buddhist era; in the common era it is %s', p.plan_year,
						substr(p.plan_year, 1, 4)::int - 543)]
				WHEN y.plan_year IS NULL THEN ARRAY['plan_year', format('plan year "%s" has not been opened', p.plan_year)]
				WHEN p.fact IS NULL THEN ARRAY['fact', 'the name of the fact is missing']
				WHEN p.kind IS NULL THEN ARRAY['fact', format('there is no fact "%s"', p.fact)]
				WHEN p.value IS NOT NULL AND (p.value_read IS NULL OR p.value_read LIKE '-%') THEN
					ARRAY['value', _wrong_value(p.value, p.kind)]
				WHEN p.source IS NULL THEN ARRAY['source', 'the source is missing']
				WHEN p.fact_on IS NULL THEN ARRAY['fact_on', 'the day of the fact is missing']
				WHEN p.day IS NULL OR p.day > today THEN ARRAY['fact_on', _wrong_day(p.fact_on, today)]
				WHEN p.fact = 'nationwide_network' AND p.value_read = 'true' AND a.unit_code <> headquarters THEN
					ARRAY['value', 'the account does not belong to headquarters; hand_to_headquarters sets this fact']
				ELSE (SELECT ARRAY['value', format('line %s says something else about the same fact', min(o.line))]
					FROM import_fact o
					WHERE btrim(o.account_id) = p.indexed AND o.line <> p.line
						AND (_plain(o.plan_year), lower(_trimmed(o.fact))) = (p.plan_year, p.fact)
						AND (_plain(o.value), _trimmed(o.source), _plain(o.fact_on))
							IS DISTINCT FROM (p.value, p.source, p.fact_on)
					HAVING count(*) > 0) END AS verdict
		FROM answered p LEFT JOIN account a ON a.account_id = p.account_id
			LEFT JOIN plan_year y ON y.plan_year::text = p.plan_year
	), good AS (
		SELECT j.account_id, j.plan_year::int AS plan_year, min(j.unit_code) AS unit_code,
			jsonb_object_agg(j.fact, j.value_read)
				|| CASE WHEN bool_or(j.fact = 'avg_monthly_bill_thb') THEN jsonb '{"billed_months": null}' ELSE jsonb '{}' END
				AS facts
		FROM judged j WHERE j.verdict IS NULL
		GROUP BY j.account_id, j.plan_year
	), put AS (
		INSERT INTO account_fact AS f
		SELECT n.*
		FROM good g LEFT JOIN account_fact was ON was.account_id = g.account_id AND was.plan_year = g.plan_year
			CROSS JOIN LATERAL jsonb_populate_record(was, g.facts || jsonb_build_object('account_id', g.account_id,
				'plan_year', g.plan_year, 'unit_code', coalesce(was.unit_code, g.unit_code))) n
		ORDER BY n.account_id, n.plan_year
		ON CONFLICT ON CONSTRAINT account_fact_pkey DO UPDATE SET value_class = EXCLUDED.value_class,
			voltage_kv = EXCLUDED.voltage_kv, avg_monthly_bill_thb = EXCLUDED.avg_monthly_bill_thb,
			billed_months = EXCLUDED.billed_months, spp_zone = EXCLUDED.spp_zone,
			self_generation_mw = EXCLUDED.self_generation_mw, largest_job_thb = EXCLUDED.largest_job_thb,
			yearly_maintenance_thb = EXCLUDED.yearly_maintenance_thb, business_prospect = EXCLUDED.business_prospect,
			national_strategy = EXCLUDED.national_strategy, nationwide_network = EXCLUDED.nationwide_network
		WHERE f IS DISTINCT FROM EXCLUDED
		RETURNING 1
	), put_source AS (
		INSERT INTO fact_source AS s (account_id, plan_year, unit_code, fact, source, fact_on, recorded_at, recorded_by)
		SELECT DISTINCT ON (j.account_id, j.plan_year, j.fact) j.account_id, j.plan_year::int, j.unit_code, j.fact, j.source,
			j.day, the_time, who
		FROM judged j WHERE j.verdict IS NULL
		ORDER BY j.account_id, j.plan_year, j.fact
		ON CONFLICT ON CONSTRAINT fact_source_pkey DO UPDATE SET source = EXCLUDED.source, fact_on = EXCLUDED.fact_on,
			recorded_at = EXCLUDED.recorded_at, recorded_by = EXCLUDED.recorded_by
		WHERE (s.source, s.fact_on) IS DISTINCT FROM (EXCLUDED.source, EXCLUDED.fact_on)
	), gone AS (
		DELETE FROM import_fact s USING judged j
		WHERE s.line BETWEEN from_line AND to_line AND s.line = j.line AND j.verdict IS NULL
	), kept AS (
		UPDATE import_fact s SET problem_column = j.verdict[1], problem = j.verdict[2]
		FROM judged j
		WHERE s.line BETWEEN from_line AND to_line AND s.line = j.line AND j.verdict IS NOT NULL
			AND (j.problem_column, j.problem) IS DISTINCT FROM (j.verdict[1], j.verdict[2])
	)
	SELECT count(*) FILTER (WHERE j.verdict IS NULL), (SELECT count(*) FROM put),
		count(*) FILTER (WHERE j.verdict IS NOT NULL)
	INTO result FROM judged j;
	RETURN result;
END $$;

-- A month is written as 2026-10 or by its first day.  A line without contract account is the account's only one.
CREATE OR REPLACE FUNCTION _import_bill_batch(from_line bigint, to_line bigint) RETURNS batch_result
LANGUAGE plpgsql SET search_path FROM CURRENT SET jit = off AS $$
DECLARE
	today date := _today();
	result batch_result;
BEGIN
	WITH picked AS MATERIALIZED (
		SELECT s.line, btrim(s.account_id) AS indexed, _trimmed(s.account_id) AS account_id,
			_trimmed(s.contract_account) AS contract_account, _plain(s.month) AS month, _plain(s.amount_thb) AS amount,
			s.problem, s.problem_column
		FROM import_bill s
		WHERE s.line BETWEEN from_line AND to_line
		FOR UPDATE
	), answered AS MATERIALIZED (
		SELECT p.*, _read_number(p.amount) AS amount_thb,
			_read_day(CASE WHEN length(p.month) = 7 THEN p.month || '-01' ELSE p.month END) AS day
		FROM picked p
	), judged AS MATERIALIZED (
		SELECT r.*, a.unit_code,
			CASE WHEN num_nonnulls(r.account_id, r.contract_account, r.month, r.amount) = 0 THEN
					ARRAY['account_id', 'the line is blank']
				WHEN r.account_id IS NULL THEN ARRAY['account_id', 'the number of the account is missing']
				WHEN a.account_id IS NULL THEN ARRAY['account_id', format('there is no account "%s"', r.account_id)]
				WHEN r.month IS NULL THEN ARRAY['month', 'the month is missing']
				WHEN r.day IS NULL OR extract(day FROM r.day) <> 1 THEN
					ARRAY['month', format('"%s" is no month; months are written as 2026-10', r.month)]
				WHEN r.day > today THEN
					ARRAY['month', _wrong_day(r.month || CASE length(r.month) WHEN 7 THEN '-01' ELSE '' END, today)]
				WHEN r.amount IS NULL THEN ARRAY['amount_thb', 'the amount is missing']
				WHEN r.amount_thb IS NULL THEN
					ARRAY['amount_thb', format('"%s" is no number; numbers are written as 1234.5 or 1,234.5', r.amount)]
				ELSE (SELECT ARRAY['amount_thb', format('line %s says something else about the same bill', min(o.line))]
					FROM import_bill o
					WHERE btrim(o.account_id) = r.indexed AND o.line <> r.line
						AND left(_plain(o.month), 7) = left(r.month, 7)
						AND coalesce(_trimmed(o.contract_account), r.account_id) = coalesce(r.contract_account, r.account_id)
						AND _read_number(_plain(o.amount_thb)) IS DISTINCT FROM r.amount_thb
					HAVING count(*) > 0) END AS verdict
		FROM answered r LEFT JOIN account a ON a.account_id = r.account_id
	), put AS (
		INSERT INTO bill AS b (account_id, contract_account, month, amount_thb, unit_code)
		SELECT DISTINCT ON (1, 3, 2) j.account_id, coalesce(j.contract_account, j.account_id), j.day,
			j.amount_thb, j.unit_code
		FROM judged j WHERE j.verdict IS NULL
		ORDER BY 1, 3, 2
		ON CONFLICT ON CONSTRAINT bill_pkey DO UPDATE SET amount_thb = EXCLUDED.amount_thb
		WHERE b.amount_thb <> EXCLUDED.amount_thb
		RETURNING 1
	), gone AS (
		DELETE FROM import_bill s USING judged j
		WHERE s.line BETWEEN from_line AND to_line AND s.line = j.line AND j.verdict IS NULL
	), kept AS (
		UPDATE import_bill s SET problem_column = j.verdict[1], problem = j.verdict[2]
		FROM judged j
		WHERE s.line BETWEEN from_line AND to_line AND s.line = j.line AND j.verdict IS NOT NULL
			AND (j.problem_column, j.problem) IS DISTINCT FROM (j.verdict[1], j.verdict[2])
	)
	SELECT count(*) FILTER (WHERE j.verdict IS NULL), (SELECT count(*) FROM put),
		count(*) FILTER (WHERE j.verdict IS NOT NULL)
	INTO result FROM judged j;
	RETURN result;
END $$;

CREATE OR REPLACE FUNCTION _import_staff_batch(from_line bigint, to_line bigint) RETURNS batch_result
LANGUAGE plpgsql SET search_path FROM CURRENT SET jit = off AS $$
DECLARE
	today date := _today();
	result batch_result;
BEGIN
	PERFORM FROM staff f
	WHERE f.staff_id IN (SELECT _trimmed(s.staff_id) FROM import_staff s WHERE s.line BETWEEN from_line AND to_line)
	ORDER BY f.staff_id FOR NO KEY UPDATE;
	WITH picked AS MATERIALIZED (
		SELECT s.line, btrim(s.staff_id) AS indexed, _trimmed(s.staff_id) AS staff_id, _trimmed(s.name_th) AS name_th,
			_trimmed(s.name_en) AS name_en, _trimmed(s.position) AS position, _plain(s.hire_date) AS hire_date,
			_trimmed(s.unit_code) AS unit_code, _trimmed(s.role_name) AS role_name, _plain(s.left_on) AS left_on,
			s.problem, s.problem_column
		FROM import_staff s
		WHERE s.line BETWEEN from_line AND to_line
		FOR UPDATE
	), judged AS MATERIALIZED (
		SELECT p.*, f AS was,
			CASE WHEN num_nonnulls(p.staff_id, p.name_th, p.name_en, p.position, p.hire_date, p.unit_code, p.role_name, p.left_on)
					= 0 THEN ARRAY['staff_id', 'the line is blank']
				WHEN p.staff_id IS NULL THEN ARRAY['staff_id', 'the number of the member of staff is missing']
				WHEN coalesce(p.name_th, f.name_th) IS NULL THEN ARRAY['name_th', 'the name is missing']
				WHEN coalesce(p.position, f.position) IS NULL THEN ARRAY['position', 'the position is missing']
				WHEN coalesce(p.hire_date, f.hire_date::text) IS NULL THEN ARRAY['hire_date', 'the hire date is missing']
				WHEN _wrong_day(p.hire_date, today) IS NOT NULL THEN ARRAY['hire_date', _wrong_day(p.hire_date, today)]
				WHEN coalesce(p.unit_code, f.unit_code) IS NULL THEN ARRAY['unit_code', 'the unit is missing']
				WHEN p.unit_code IS NOT NULL AND u.unit_code IS NULL THEN
					ARRAY['unit_code', format('there is no unit "%s"', p.unit_code)]
				WHEN p.unit_code IS DISTINCT FROM f.unit_code AND u.closed_on <= today THEN
					ARRAY['unit_code', format('unit "%s" is closed since %s', p.unit_code, u.closed_on)]
				WHEN coalesce(p.role_name, f.role_name) IS NULL THEN ARRAY['role_name', 'the database role is missing']
				WHEN p.role_name IS NOT NULL AND r.rolname IS NULL THEN
					ARRAY['role_name', format('role "%s" does not exist', p.role_name)]
				-- or whoever imports would make themselves anybody
				WHEN p.role_name <> f.role_name THEN ARRAY['role_name',
					format('they work under role "%s"; the owner of the workflow changes it in the table staff', f.role_name)]
				WHEN EXISTS (SELECT FROM staff o WHERE o.role_name = p.role_name AND o.staff_id <> p.staff_id)
					OR EXISTS (SELECT FROM import_staff o
						WHERE btrim(o.role_name) = p.role_name AND _trimmed(o.staff_id) <> p.staff_id) THEN
					ARRAY['role_name', format('role "%s" is that of another member of staff', p.role_name)]
				-- a day of leaving may lie ahead
				WHEN _wrong_day(p.left_on, NULL) IS NOT NULL THEN ARRAY['left_on', _wrong_day(p.left_on, NULL)]
				WHEN coalesce(_read_day(p.left_on), f.left_on) < coalesce(_read_day(p.hire_date), f.hire_date) THEN
					ARRAY['left_on', 'the day of leaving is before the hire date']
				WHEN EXISTS (SELECT FROM post_holder h WHERE h.staff_id = p.staff_id
						AND (h.to_date IS NULL OR h.to_date >= _read_day(p.left_on))) THEN
					ARRAY['left_on', 'they hold a post on that day; it is ended first (table post_holder)']
				ELSE (SELECT ARRAY['staff_id', format('line %s says something else about the same member of staff', min(o.line))]
					FROM import_staff o
					WHERE btrim(o.staff_id) = p.indexed AND o.line <> p.line
						AND (_trimmed(o.name_th), _trimmed(o.name_en), _trimmed(o.position), _plain(o.hire_date),
							_trimmed(o.unit_code), _trimmed(o.role_name), _plain(o.left_on)) IS DISTINCT FROM
							(p.name_th, p.name_en, p.position, p.hire_date, p.unit_code, p.role_name, p.left_on)
					HAVING count(*) > 0) END AS verdict
		FROM picked p LEFT JOIN staff f ON f.staff_id = p.staff_id LEFT JOIN unit u ON u.unit_code = p.unit_code
			LEFT JOIN pg_roles r ON r.rolname = p.role_name
	), put AS (
		INSERT INTO staff AS f (staff_id, name_th, name_en, position, hire_date, unit_code, role_name, left_on)
		SELECT DISTINCT ON (j.staff_id) j.staff_id, coalesce(j.name_th, (j.was).name_th), coalesce(j.name_en, (j.was).name_en),
			coalesce(j.position, (j.was).position), coalesce(_read_day(j.hire_date), (j.was).hire_date),
			coalesce(j.unit_code, (j.was).unit_code), coalesce(j.role_name, (j.was).role_name),
			coalesce(_read_day(j.left_on), (j.was).left_on)
		FROM judged j WHERE j.verdict IS NULL
		ORDER BY j.staff_id
		ON CONFLICT ON CONSTRAINT staff_pkey DO UPDATE SET name_th = EXCLUDED.name_th, name_en = EXCLUDED.name_en,
			position = EXCLUDED.position, hire_date = EXCLUDED.hire_date, unit_code = EXCLUDED.unit_code,
			role_name = EXCLUDED.role_name, left_on = EXCLUDED.left_on
		WHERE (f.name_th, f.name_en, f.position, f.hire_date, f.unit_code, f.role_name, f.left_on) IS DISTINCT FROM
			(EXCLUDED.name_th, EXCLUDED.name_en, EXCLUDED.position, EXCLUDED.hire_date, EXCLUDED.unit_code,
				EXCLUDED.role_name, EXCLUDED.left_on)
		RETURNING 1
	), gone AS (
		DELETE FROM import_staff s USING judged j
		WHERE s.line BETWEEN from_line AND to_line AND s.line = j.line AND j.verdict IS NULL
	), kept AS (
		UPDATE import_staff s SET problem_column = j.verdict[1], problem = j.verdict[2]
		FROM judged j
		WHERE s.line BETWEEN from_line AND to_line AND s.line = j.line AND j.verdict IS NOT NULL
			AND (j.problem_column, j.problem) IS DISTINCT FROM (j.verdict[1], j.verdict[2])
	)
	SELECT count(*) FILTER (WHERE j.verdict IS NULL), (SELECT count(*) FROM put),
		count(*) FILTER (WHERE j.verdict IS NOT NULL)
	INTO result FROM judged j;
	RETURN result;
END $$;

-- ---- a run -----------------------------------------------------------------

CREATE OR REPLACE FUNCTION begin_import(kind text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('data.keep', _headquarters());
	lines bigint;
	new_run bigint;
BEGIN
	IF kind IS NULL OR kind NOT IN ('account', 'fact', 'bill', 'staff') THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('there is no import of "%s"', kind),
			HINT = 'What can be imported: account, fact, bill, staff.';
	END IF;
	EXECUTE format('SELECT count(*) FROM %I', 'import_' || kind) INTO lines;
	INSERT INTO import_run (kind, staff_id, started_at, lines)
	VALUES (begin_import.kind, given.staff_id, _now(), lines) RETURNING run INTO new_run;
	RETURN new_run;
END $$;

-- Where the next batch of a run ends; NULL where there is none.
CREATE OR REPLACE FUNCTION _batch_end(kind text, after_line bigint, batch_size int, only_parents boolean) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	to_line bigint;
BEGIN
	EXECUTE format('SELECT max(b.line) FROM (SELECT s.line FROM %I s WHERE s.line > $1%s ORDER BY s.line LIMIT $2) b',
		'import_' || kind, CASE WHEN only_parents THEN $s$ AND s.problem_column = 'parent_account'$s$ END)
	INTO to_line USING after_line, batch_size;
	RETURN to_line;
END $$;

-- Accounts whose parent stands further down in the file go in by another pass, as long as a pass brings any in.
CREATE OR REPLACE FUNCTION import_batch(run bigint, batch_size int DEFAULT 10000,
	OUT done bigint, OUT refused bigint, OUT remaining bigint, OUT finished boolean) RETURNS record
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('data.keep', _headquarters());
	the_run import_run;
	to_line bigint;
	result batch_result;
BEGIN
	IF batch_size IS NULL OR batch_size NOT BETWEEN 1 AND 1000000 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('a batch cannot have %s lines', coalesce(batch_size::text, 'NULL')),
			HINT = 'Give 1 to 1000000; 10000 is good.';
	END IF;
	SELECT * INTO the_run FROM import_run r WHERE r.run = import_batch.run FOR UPDATE;
	IF NOT FOUND OR the_run.finished_at IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('there is no import %s under way', run),
			HINT = 'begin_import begins one; import_accounts, import_facts, import_bills, import_staff do it all.';
	END IF;
	-- one batch at a time, whoever runs it
	PERFORM _take_turn();
	to_line := _batch_end(the_run.kind, the_run.last_line, batch_size, the_run.only_parents);
	IF to_line IS NULL AND the_run.kind = 'account' AND the_run.done > the_run.done_before THEN
		the_run.last_line := 0;
		the_run.only_parents := true;
		the_run.done_before := the_run.done;
		to_line := _batch_end(the_run.kind, 0, batch_size, true);
	END IF;
	IF to_line IS NULL THEN
		the_run.finished_at := _now();
	ELSE
		result := CASE the_run.kind
			WHEN 'account' THEN _import_account_batch(the_run.last_line + 1, to_line, the_run.only_parents)
			WHEN 'fact' THEN _import_fact_batch(the_run.last_line + 1, to_line)
			WHEN 'bill' THEN _import_bill_batch(the_run.last_line + 1, to_line)
			WHEN 'staff' THEN _import_staff_batch(the_run.last_line + 1, to_line) END;
		the_run.last_line := to_line;
		the_run.done := the_run.done + result.done;
		the_run.changed := the_run.changed + result.changed;
		the_run.refused := the_run.refused + CASE WHEN the_run.only_parents THEN -result.done ELSE result.refused END;
	END IF;
	UPDATE import_run r SET last_line = the_run.last_line, done = the_run.done, changed = the_run.changed,
		refused = the_run.refused, only_parents = the_run.only_parents, done_before = the_run.done_before,
		finished_at = the_run.finished_at, last_batch_at = _now()
	WHERE r.run = import_batch.run;
	done := the_run.done;
	refused := the_run.refused;
	finished := the_run.finished_at IS NOT NULL;
	remaining := CASE WHEN finished THEN 0 ELSE greatest(the_run.lines - the_run.done - the_run.refused, 0) END;
END $$;

CREATE OR REPLACE VIEW import_progress WITH (security_invoker = true) AS
	SELECT r.run, r.kind, r.staff_id, r.started_at, r.last_batch_at, r.finished_at, r.lines, r.done, r.changed, r.refused,
		CASE WHEN r.finished_at IS NULL THEN greatest(r.lines - r.done - r.refused, 0) ELSE 0 END AS remaining
	FROM import_run r;

-- Procedures that commit cannot have a pinned search_path, so the schema's name is written into them.
DO $do$
DECLARE
	imports text[] := ARRAY['import_accounts', 'account', 'import_facts', 'fact', 'import_bills', 'bill',
		'import_staff', 'staff'];
BEGIN
	FOR i IN 1 .. cardinality(imports) BY 2 LOOP
		EXECUTE format($procedure$
			CREATE OR REPLACE PROCEDURE %1$I.%2$I(batch_size int DEFAULT 10000)
			LANGUAGE plpgsql AS $body$
			DECLARE
				run bigint := %1$I.begin_import(%3$L);
				batch record;
			BEGIN
				COMMIT;
				LOOP
					SELECT * INTO batch FROM %1$I.import_batch(run, batch_size);
					COMMIT;
					EXIT WHEN batch.finished;
					RAISE NOTICE '%2$s: %% lines are in, %% refused, %% remain', batch.done, batch.refused, batch.remaining;
				END LOOP;
				IF batch.refused > 0 THEN
					RAISE NOTICE '%2$s: %% lines stay in import_%3$s, each with its problem', batch.refused;
				END IF;
			END $body$ $procedure$, current_schema(), imports[i], imports[i + 1]);
	END LOOP;
END $do$;

ALTER TABLE import_run ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON import_run FOR SELECT USING (staff_id = (SELECT me()) OR (SELECT _may_anywhere('data.keep')));
GRANT SELECT ON import_run, import_progress TO PUBLIC;

COMMENT ON TABLE import_account IS U&'\0E15\0E32\0E23\0E32\0E07\0E1E\0E31\0E01\0E19\0E33\0E40\0E02\0E49\0E32\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Accounts to import: lines as COPY loaded them, until they go in.';
COMMENT ON COLUMN import_account.line IS U&'\0E40\0E25\0E02\0E1A\0E23\0E23\0E17\0E31\0E14 \2014 Number of the line.';
COMMENT ON COLUMN import_account.account_id IS U&'\0E2B\0E21\0E32\0E22\0E40\0E25\0E02\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Number of the account.';
COMMENT ON COLUMN import_account.unit_code IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit; may be blank where the account exists.';
COMMENT ON COLUMN import_account.name_th IS U&'\0E0A\0E37\0E48\0E2D\0E20\0E32\0E29\0E32\0E44\0E17\0E22 \2014 Name in Thai.';
COMMENT ON COLUMN import_account.name_en IS U&'\0E0A\0E37\0E48\0E2D\0E20\0E32\0E29\0E32\0E2D\0E31\0E07\0E01\0E24\0E29 \2014 Name in English.';
COMMENT ON COLUMN import_account.parent_account IS U&'\0E25\0E39\0E01\0E04\0E49\0E32\0E41\0E21\0E48\0E02\0E2D\0E07\0E40\0E04\0E23\0E37\0E2D\0E02\0E48\0E32\0E22 \2014 Account above it in a network.';
COMMENT ON COLUMN import_account.business IS U&'\0E1B\0E23\0E30\0E40\0E20\0E17\0E18\0E38\0E23\0E01\0E34\0E08 \2014 Kind of business.';
COMMENT ON COLUMN import_account.opened_on IS U&'\0E27\0E31\0E19\0E17\0E35\0E48\0E40\0E23\0E34\0E48\0E21\0E40\0E1B\0E47\0E19\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Day from which it is a customer.';
COMMENT ON COLUMN import_account.closed_on IS U&'\0E27\0E31\0E19\0E17\0E35\0E48\0E40\0E25\0E34\0E01\0E40\0E1B\0E47\0E19\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Day on which it was closed.';
COMMENT ON COLUMN import_account.loaded_by IS U&'\0E1C\0E39\0E49\0E42\0E2B\0E25\0E14 \2014 Database role that loaded the line.';
COMMENT ON COLUMN import_account.problem IS U&'\0E1B\0E31\0E0D\0E2B\0E32 \2014 Why the line could not go in; empty before it was tried.';
COMMENT ON COLUMN import_account.problem_column IS U&'\0E04\0E2D\0E25\0E31\0E21\0E19\0E4C\0E17\0E35\0E48\0E21\0E35\0E1B\0E31\0E0D\0E2B\0E32 \2014 Column that the problem is about.';

COMMENT ON TABLE import_fact IS U&'\0E15\0E32\0E23\0E32\0E07\0E1E\0E31\0E01\0E19\0E33\0E40\0E02\0E49\0E32\0E02\0E49\0E2D\0E21\0E39\0E25\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Facts to import: lines as COPY loaded them, until they go in.';
COMMENT ON COLUMN import_fact.line IS U&'\0E40\0E25\0E02\0E1A\0E23\0E23\0E17\0E31\0E14 \2014 Number of the line.';
COMMENT ON COLUMN import_fact.account_id IS U&'\0E2B\0E21\0E32\0E22\0E40\0E25\0E02\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Number of the account.';
COMMENT ON COLUMN import_fact.plan_year IS U&'\0E1B\0E35\0E41\0E1C\0E19 (\0E04.\0E28.) \2014 Plan year, common era.';
COMMENT ON COLUMN import_fact.fact IS U&'\0E0A\0E37\0E48\0E2D\0E02\0E49\0E2D\0E21\0E39\0E25 \2014 Name of the fact, as in the table fact.';
COMMENT ON COLUMN import_fact.value IS U&'\0E04\0E48\0E32 \2014 Value; blank where it is not known.';
COMMENT ON COLUMN import_fact.source IS U&'\0E17\0E35\0E48\0E21\0E32 \2014 Source.';
COMMENT ON COLUMN import_fact.fact_on IS U&'\0E27\0E31\0E19\0E17\0E35\0E48\0E02\0E2D\0E07\0E02\0E49\0E2D\0E21\0E39\0E25 \2014 Day on which it was so.';
COMMENT ON COLUMN import_fact.loaded_by IS U&'\0E1C\0E39\0E49\0E42\0E2B\0E25\0E14 \2014 Database role that loaded the line.';
COMMENT ON COLUMN import_fact.problem IS U&'\0E1B\0E31\0E0D\0E2B\0E32 \2014 Why the line could not go in; empty before it was tried.';
COMMENT ON COLUMN import_fact.problem_column IS U&'\0E04\0E2D\0E25\0E31\0E21\0E19\0E4C\0E17\0E35\0E48\0E21\0E35\0E1B\0E31\0E0D\0E2B\0E32 \2014 Column that the problem is about.';

COMMENT ON TABLE import_bill IS U&'\0E15\0E32\0E23\0E32\0E07\0E1E\0E31\0E01\0E19\0E33\0E40\0E02\0E49\0E32\0E04\0E48\0E32\0E44\0E1F\0E1F\0E49\0E32 \2014 Bills to import: lines as COPY loaded them, until they go in.';
COMMENT ON COLUMN import_bill.line IS U&'\0E40\0E25\0E02\0E1A\0E23\0E23\0E17\0E31\0E14 \2014 Number of the line.';
COMMENT ON COLUMN import_bill.account_id IS U&'\0E2B\0E21\0E32\0E22\0E40\0E25\0E02\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Number of the account.';
COMMENT ON COLUMN import_bill.contract_account IS U&'\0E1A\0E31\0E0D\0E0A\0E35\0E41\0E2A\0E14\0E07\0E2A\0E31\0E0D\0E0D\0E32 \2014 Contract account; blank where the account has only one.';
COMMENT ON COLUMN import_bill.month IS U&'\0E40\0E14\0E37\0E2D\0E19 \2014 Month, as 2026-10.';
COMMENT ON COLUMN import_bill.amount_thb IS U&'\0E04\0E48\0E32\0E44\0E1F\0E1F\0E49\0E32 (\0E1A\0E32\0E17) \2014 Amount in THB.';
COMMENT ON COLUMN import_bill.loaded_by IS U&'\0E1C\0E39\0E49\0E42\0E2B\0E25\0E14 \2014 Database role that loaded the line.';
COMMENT ON COLUMN import_bill.problem IS U&'\0E1B\0E31\0E0D\0E2B\0E32 \2014 Why the line could not go in; empty before it was tried.';
COMMENT ON COLUMN import_bill.problem_column IS U&'\0E04\0E2D\0E25\0E31\0E21\0E19\0E4C\0E17\0E35\0E48\0E21\0E35\0E1B\0E31\0E0D\0E2B\0E32 \2014 Column that the problem is about.';

COMMENT ON TABLE import_staff IS U&'\0E15\0E32\0E23\0E32\0E07\0E1E\0E31\0E01\0E19\0E33\0E40\0E02\0E49\0E32\0E1E\0E19\0E31\0E01\0E07\0E32\0E19 \2014 Staff to import: lines as COPY loaded them, until they go in.';
COMMENT ON COLUMN import_staff.line IS U&'\0E40\0E25\0E02\0E1A\0E23\0E23\0E17\0E31\0E14 \2014 Number of the line.';
COMMENT ON COLUMN import_staff.staff_id IS U&'\0E23\0E2B\0E31\0E2A\0E1E\0E19\0E31\0E01\0E07\0E32\0E19 \2014 Number of the member of staff.';
COMMENT ON COLUMN import_staff.name_th IS U&'\0E0A\0E37\0E48\0E2D\0E20\0E32\0E29\0E32\0E44\0E17\0E22 \2014 Name in Thai.';
COMMENT ON COLUMN import_staff.name_en IS U&'\0E0A\0E37\0E48\0E2D\0E20\0E32\0E29\0E32\0E2D\0E31\0E07\0E01\0E24\0E29 \2014 Name in English.';
COMMENT ON COLUMN import_staff.position IS U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07 \2014 Position.';
COMMENT ON COLUMN import_staff.hire_date IS U&'\0E27\0E31\0E19\0E17\0E35\0E48\0E40\0E23\0E34\0E48\0E21\0E07\0E32\0E19 \2014 Hire date.';
COMMENT ON COLUMN import_staff.unit_code IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit.';
COMMENT ON COLUMN import_staff.role_name IS U&'\0E0A\0E37\0E48\0E2D role \0E43\0E19\0E10\0E32\0E19\0E02\0E49\0E2D\0E21\0E39\0E25 \2014 Database role, which exists.';
COMMENT ON COLUMN import_staff.left_on IS U&'\0E27\0E31\0E19\0E17\0E35\0E48\0E1E\0E49\0E19\0E2A\0E20\0E32\0E1E \2014 Day from which they are no longer there.';
COMMENT ON COLUMN import_staff.loaded_by IS U&'\0E1C\0E39\0E49\0E42\0E2B\0E25\0E14 \2014 Database role that loaded the line.';
COMMENT ON COLUMN import_staff.problem IS U&'\0E1B\0E31\0E0D\0E2B\0E32 \2014 Why the line could not go in; empty before it was tried.';
COMMENT ON COLUMN import_staff.problem_column IS U&'\0E04\0E2D\0E25\0E31\0E21\0E19\0E4C\0E17\0E35\0E48\0E21\0E35\0E1B\0E31\0E0D\0E2B\0E32 \2014 Column that the problem is about.';

COMMENT ON TABLE import_run IS U&'\0E01\0E32\0E23\0E19\0E33\0E40\0E02\0E49\0E32\0E41\0E15\0E48\0E25\0E30\0E04\0E23\0E31\0E49\0E07 \2014 Runs of the imports.';
COMMENT ON COLUMN import_run.run IS U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E01\0E32\0E23\0E19\0E33\0E40\0E02\0E49\0E32 \2014 Number of the run.';
COMMENT ON COLUMN import_run.kind IS U&'\0E0A\0E19\0E34\0E14 \2014 What is imported: account, fact, bill or staff.';
COMMENT ON COLUMN import_run.staff_id IS U&'\0E1C\0E39\0E49\0E19\0E33\0E40\0E02\0E49\0E32 \2014 Who imports.';
COMMENT ON COLUMN import_run.started_at IS U&'\0E40\0E27\0E25\0E32\0E40\0E23\0E34\0E48\0E21 \2014 When it began.';
COMMENT ON COLUMN import_run.last_batch_at IS U&'\0E40\0E27\0E25\0E32\0E02\0E2D\0E07\0E0A\0E38\0E14\0E25\0E48\0E32\0E2A\0E38\0E14 \2014 When its last batch went in.';
COMMENT ON COLUMN import_run.finished_at IS U&'\0E40\0E27\0E25\0E32\0E40\0E2A\0E23\0E47\0E08 \2014 When it was finished; empty while it runs, or where it was interrupted.';
COMMENT ON COLUMN import_run.lines IS U&'\0E08\0E33\0E19\0E27\0E19\0E1A\0E23\0E23\0E17\0E31\0E14\0E17\0E31\0E49\0E07\0E2B\0E21\0E14 \2014 Lines that there were at its beginning.';
COMMENT ON COLUMN import_run.done IS U&'\0E19\0E33\0E40\0E02\0E49\0E32\0E41\0E25\0E49\0E27 \2014 Lines that went in.';
COMMENT ON COLUMN import_run.changed IS U&'\0E41\0E16\0E27\0E17\0E35\0E48\0E40\0E1B\0E25\0E35\0E48\0E22\0E19 \2014 Rows that were new or changed by them.';
COMMENT ON COLUMN import_run.refused IS U&'\0E44\0E21\0E48\0E1C\0E48\0E32\0E19 \2014 Lines that stay with their problem.';
COMMENT ON COLUMN import_run.last_line IS U&'\0E1A\0E23\0E23\0E17\0E31\0E14\0E2A\0E38\0E14\0E17\0E49\0E32\0E22\0E17\0E35\0E48\0E17\0E33\0E41\0E25\0E49\0E27 \2014 Last line of the last batch.';
COMMENT ON COLUMN import_run.done_before IS U&'\0E19\0E33\0E40\0E02\0E49\0E32\0E41\0E25\0E49\0E27\0E01\0E48\0E2D\0E19\0E23\0E2D\0E1A\0E19\0E35\0E49 \2014 Lines that had gone in before this pass.';
COMMENT ON COLUMN import_run.only_parents IS U&'\0E23\0E2D\0E1A\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32\0E17\0E35\0E48\0E23\0E2D\0E25\0E39\0E01\0E04\0E49\0E32\0E41\0E21\0E48 \2014 In a further pass, for accounts whose parent came later.';

COMMENT ON VIEW import_progress IS U&'\0E04\0E27\0E32\0E21\0E04\0E37\0E1A\0E2B\0E19\0E49\0E32\0E02\0E2D\0E07\0E01\0E32\0E23\0E19\0E33\0E40\0E02\0E49\0E32 \2014 How far the imports have come.';
COMMENT ON COLUMN import_progress.run IS U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E01\0E32\0E23\0E19\0E33\0E40\0E02\0E49\0E32 \2014 Number of the run.';
COMMENT ON COLUMN import_progress.kind IS U&'\0E0A\0E19\0E34\0E14 \2014 What is imported: account, fact, bill or staff.';
COMMENT ON COLUMN import_progress.staff_id IS U&'\0E1C\0E39\0E49\0E19\0E33\0E40\0E02\0E49\0E32 \2014 Who imports.';
COMMENT ON COLUMN import_progress.started_at IS U&'\0E40\0E27\0E25\0E32\0E40\0E23\0E34\0E48\0E21 \2014 When it began.';
COMMENT ON COLUMN import_progress.last_batch_at IS U&'\0E40\0E27\0E25\0E32\0E02\0E2D\0E07\0E0A\0E38\0E14\0E25\0E48\0E32\0E2A\0E38\0E14 \2014 When its last batch went in.';
COMMENT ON COLUMN import_progress.finished_at IS U&'\0E40\0E27\0E25\0E32\0E40\0E2A\0E23\0E47\0E08 \2014 When it was finished; empty while it runs, or where it was interrupted.';
COMMENT ON COLUMN import_progress.lines IS U&'\0E08\0E33\0E19\0E27\0E19\0E1A\0E23\0E23\0E17\0E31\0E14\0E17\0E31\0E49\0E07\0E2B\0E21\0E14 \2014 Lines that there were at its beginning.';
COMMENT ON COLUMN import_progress.done IS U&'\0E19\0E33\0E40\0E02\0E49\0E32\0E41\0E25\0E49\0E27 \2014 Lines that went in.';
COMMENT ON COLUMN import_progress.changed IS U&'\0E41\0E16\0E27\0E17\0E35\0E48\0E40\0E1B\0E25\0E35\0E48\0E22\0E19 \2014 Rows that were new or changed by them.';
COMMENT ON COLUMN import_progress.refused IS U&'\0E44\0E21\0E48\0E1C\0E48\0E32\0E19 \2014 Lines that stay with their problem.';
COMMENT ON COLUMN import_progress.remaining IS U&'\0E04\0E07\0E40\0E2B\0E25\0E37\0E2D \2014 Lines that were not tried yet.';

COMMENT ON TYPE batch_result IS U&'\0E1C\0E25\0E02\0E2D\0E07\0E01\0E32\0E23\0E19\0E33\0E40\0E02\0E49\0E32\0E2B\0E19\0E36\0E48\0E07\0E0A\0E38\0E14 \2014 What a batch came to: lines in, rows changed, lines refused.';
COMMENT ON FUNCTION begin_import(text) IS U&'\0E40\0E23\0E34\0E48\0E21\0E19\0E33\0E40\0E02\0E49\0E32 \2014 Begins the import of what stands in a staging table, and gives the number of the run (4.8). Error 42501, 22023 for another kind.';
COMMENT ON FUNCTION import_batch(bigint, int) IS U&'\0E19\0E33\0E40\0E02\0E49\0E32\0E2B\0E19\0E36\0E48\0E07\0E0A\0E38\0E14 \2014 Imports the next lines of a run, all or none (4.8): what is valid goes in and leaves the staging table, the rest stays with its problem. Error 42501, 55000 for a run that is not under way, 22023 for the size.';
COMMENT ON FUNCTION _batch_end(text, bigint, int, boolean) IS U&'\0E1A\0E23\0E23\0E17\0E31\0E14\0E2A\0E38\0E14\0E17\0E49\0E32\0E22\0E02\0E2D\0E07\0E0A\0E38\0E14\0E16\0E31\0E14\0E44\0E1B \2014 The last line of the next batch.';
COMMENT ON FUNCTION _wrong_day(text, date) IS U&'\0E1A\0E2D\0E01\0E2A\0E34\0E48\0E07\0E1C\0E34\0E14\0E02\0E2D\0E07\0E27\0E31\0E19\0E17\0E35\0E48 \2014 What is wrong with a day, in words; NULL where nothing is.';
COMMENT ON FUNCTION _wrong_value(text, text) IS U&'\0E1A\0E2D\0E01\0E2A\0E34\0E48\0E07\0E1C\0E34\0E14\0E02\0E2D\0E07\0E04\0E48\0E32 \2014 What is wrong with the value of a fact, in words; NULL where nothing is.';
COMMENT ON FUNCTION _import_account_batch(bigint, bigint, boolean) IS U&'\0E19\0E33\0E40\0E02\0E49\0E32\0E25\0E39\0E01\0E04\0E49\0E32\0E2B\0E19\0E36\0E48\0E07\0E0A\0E38\0E14 \2014 Imports one batch of accounts.';
COMMENT ON FUNCTION _import_fact_batch(bigint, bigint) IS U&'\0E19\0E33\0E40\0E02\0E49\0E32\0E02\0E49\0E2D\0E21\0E39\0E25\0E2B\0E19\0E36\0E48\0E07\0E0A\0E38\0E14 \2014 Imports one batch of facts.';
COMMENT ON FUNCTION _import_bill_batch(bigint, bigint) IS U&'\0E19\0E33\0E40\0E02\0E49\0E32\0E04\0E48\0E32\0E44\0E1F\0E1F\0E49\0E32\0E2B\0E19\0E36\0E48\0E07\0E0A\0E38\0E14 \2014 Imports one batch of bills.';
COMMENT ON FUNCTION _import_staff_batch(bigint, bigint) IS U&'\0E19\0E33\0E40\0E02\0E49\0E32\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E2B\0E19\0E36\0E48\0E07\0E0A\0E38\0E14 \2014 Imports one batch of staff.';
COMMENT ON PROCEDURE import_accounts(int) IS U&'\0E19\0E33\0E40\0E02\0E49\0E32\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Imports the lines of import_account batch by batch, each committed (4.8). Lines that cannot go in stay with their problem; a second run tries them again. Error 42501, 2D000 inside a transaction.';
COMMENT ON PROCEDURE import_facts(int) IS U&'\0E19\0E33\0E40\0E02\0E49\0E32\0E02\0E49\0E2D\0E21\0E39\0E25\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Imports the lines of import_fact batch by batch, each committed (4.8). Lines that cannot go in stay with their problem; a second run tries them again. Error 42501, 2D000 inside a transaction.';
COMMENT ON PROCEDURE import_bills(int) IS U&'\0E19\0E33\0E40\0E02\0E49\0E32\0E04\0E48\0E32\0E44\0E1F\0E1F\0E49\0E32 \2014 Imports the lines of import_bill batch by batch, each committed (4.8). Lines that cannot go in stay with their problem; a second run tries them again. Error 42501, 2D000 inside a transaction.';
COMMENT ON PROCEDURE import_staff(int) IS U&'\0E19\0E33\0E40\0E02\0E49\0E32\0E1E\0E19\0E31\0E01\0E07\0E32\0E19 \2014 Imports the lines of import_staff batch by batch, each committed (4.8). Lines that cannot go in stay with their problem; a second run tries them again. Error 42501, 2D000 inside a transaction.';

-- sql/workflow/plan.sql
/* The plan of a unit for a year: its state and its route; amendments are plans that amend one. */

CREATE TABLE plan_year (
	plan_year int PRIMARY KEY CHECK (plan_year BETWEEN 1960 AND 2399),
	opened_at timestamptz NOT NULL,
	opened_by text NOT NULL REFERENCES staff
);

CREATE TABLE plan (
	plan_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	plan_year int NOT NULL REFERENCES plan_year,
	unit_code text NOT NULL REFERENCES unit,
	route text NOT NULL CHECK (route IN ('office', 'area', 'hq')),
	amendment_no int NOT NULL DEFAULT 0 CHECK (amendment_no >= 0),
	amendment_reason text,
	status text NOT NULL DEFAULT 'draft'
		CHECK (status IN ('draft', 'submitted', 'compiled', 'endorsed', 'approved', 'returned', 'withdrawn')),
	rule_set text,
	support_budget_thb numeric CHECK (support_budget_thb >= 0),
	prepared_by text REFERENCES staff,
	prepared_role text,
	changed_by text REFERENCES staff,
	changed_role text,
	changed_at timestamptz,
	approved_at timestamptz,
	below_minimum_reason text,
	UNIQUE (plan_year, unit_code, amendment_no),
	CONSTRAINT plan_amendment_has_reason CHECK (amendment_no = 0 OR amendment_reason <> ''),
	CONSTRAINT plan_approved_when CHECK ((status = 'approved') = (approved_at IS NOT NULL)),
	CONSTRAINT plan_approved_under_rules CHECK (status <> 'approved' OR rule_set IS NOT NULL)
);
CREATE UNIQUE INDEX plan_one_open ON plan (plan_year, unit_code) WHERE status NOT IN ('approved', 'withdrawn');
CREATE INDEX ON plan (unit_code);

-- Who takes a plan from which status to which (SPEC section 4); a user may change the rows.
CREATE TABLE plan_route (
	route text NOT NULL CHECK (route IN ('office', 'area', 'hq')),
	action text NOT NULL CHECK (action IN ('submit', 'compile', 'endorse', 'approve', 'return')),
	from_status text NOT NULL,
	to_status text NOT NULL,
	post text NOT NULL REFERENCES post,
	section text NOT NULL,
	PRIMARY KEY (route, action, from_status)
);
INSERT INTO plan_route (route, action, from_status, to_status, post, section) VALUES
	('office', 'submit', 'draft', 'submitted', 'office_manager', '4.10'),
	('office', 'submit', 'returned', 'submitted', 'office_manager', '4.10'),
	('office', 'compile', 'submitted', 'compiled', 'director_customer_service', '4.6'),
	('office', 'endorse', 'compiled', 'endorsed', 'director_engineering_area', '4.4'),
	('office', 'approve', 'endorsed', 'approved', 'area_director', '4.3'),
	('office', 'return', 'submitted', 'returned', 'director_customer_service', '4.6, R24'),
	('office', 'return', 'compiled', 'returned', 'director_engineering_area', '4.4, R24'),
	('office', 'return', 'endorsed', 'returned', 'area_director', '4.3, R24'),
	('area', 'submit', 'draft', 'submitted', 'director_customer_service', '4.6'),
	('area', 'submit', 'returned', 'submitted', 'director_customer_service', '4.6'),
	('area', 'endorse', 'submitted', 'endorsed', 'director_engineering_area', '4.4'),
	('area', 'approve', 'endorsed', 'approved', 'area_director', '4.3'),
	('area', 'return', 'submitted', 'returned', 'director_engineering_area', '4.4, R24'),
	('area', 'return', 'endorsed', 'returned', 'area_director', '4.3, R24'),
	('hq', 'submit', 'draft', 'submitted', 'director_engineering_hq', '4.5'),
	('hq', 'submit', 'returned', 'submitted', 'director_engineering_hq', '4.5'),
	('hq', 'approve', 'submitted', 'approved', 'deputy_governor_strategy', '4.2'),
	('hq', 'return', 'submitted', 'returned', 'deputy_governor_strategy', '4.2, R24');

-- The plan year in which a unit works today: the latest with an approved plan (R23); 0 where there is none.
CREATE OR REPLACE FUNCTION _year_in_force(unit_code text) RETURNS int
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	this_year int := extract(year FROM _today());
BEGIN
	RETURN coalesce((
		SELECT max(p.plan_year) FROM plan p
		WHERE p.unit_code = _year_in_force.unit_code AND p.amendment_no = 0 AND p.status = 'approved'
			AND p.plan_year <= this_year), 0);
END $$;

-- The unit's plan as it stands: the latest amendment, or the plan itself; NULL where there is none.
-- Whoever changes or decides anything about it waits here for the one before, at the row of
-- the plan itself: of the amendments another session may just have made one.
CREATE OR REPLACE FUNCTION _lock_plan(plan_year int, unit_code text) RETURNS plan
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	the_plan plan;
BEGIN
	PERFORM FROM plan p
	WHERE p.plan_year = _lock_plan.plan_year AND p.unit_code = _lock_plan.unit_code AND p.amendment_no = 0
	FOR NO KEY UPDATE;
	SELECT * INTO the_plan FROM plan p
	WHERE p.plan_year = _lock_plan.plan_year AND p.unit_code = _lock_plan.unit_code AND p.status <> 'withdrawn'
	ORDER BY p.amendment_no DESC LIMIT 1 FOR NO KEY UPDATE;
	IF NOT FOUND THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('unit "%s" has no plan for %s', unit_code, plan_year),
			HINT = format('open_year(%s) begins the plan of every unit.', plan_year);
	END IF;
	RETURN the_plan;
END $$;

-- How messages name a plan.
CREATE OR REPLACE FUNCTION _plan_name(the_plan plan) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN CASE the_plan.amendment_no WHEN 0 THEN '' ELSE format('amendment %s to ', the_plan.amendment_no) END
		|| format('the plan of unit "%s" for %s', the_plan.unit_code, the_plan.plan_year);
END $$;

-- The plan of a unit that is open for changes; an error says why there is none.
CREATE OR REPLACE FUNCTION _open_plan(plan_year int, unit_code text) RETURNS plan
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	the_plan plan;
BEGIN
	PERFORM _check_plan_year(plan_year);
	the_plan := _lock_plan(plan_year, unit_code);
	IF the_plan.status = 'approved' THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('%s is approved', _plan_name(the_plan)),
			HINT = 'Changes go the same route as an amendment: open_amendment.';
	ELSIF the_plan.status NOT IN ('draft', 'returned') THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('%s is %s', _plan_name(the_plan), the_plan.status),
			HINT = 'It can be changed again when it has been returned.';
	END IF;
	RETURN the_plan;
END $$;

-- Who changed the plan last, and through which role.  The row is written once in each transaction that
-- changes anything, whoever does: an approval that began before it then fails to serialise.
CREATE OR REPLACE FUNCTION _note_change(plan_id bigint) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	UPDATE plan p SET changed_by = coalesce(me(), p.changed_by), changed_role = _role(), changed_at = _now()
	WHERE p.plan_id = _note_change.plan_id
		AND (p.xmin <> pg_current_xact_id()::xid
			OR (p.changed_by, p.changed_role) IS DISTINCT FROM (coalesce(me(), p.changed_by), _role()));
END $$;

-- Keeps the rows of a plan as they are while it is not open.  Arguments: the columns that
-- the year itself changes.  Takes the plan's row lock, so that a change and an approval
-- happen one after the other.
CREATE OR REPLACE FUNCTION _keep_plan() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
	is_now jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
	the_plan plan;
BEGIN
	IF TG_OP = 'UPDATE' THEN
		IF (was -> 'dropped_by', was -> 'ended_on') IS DISTINCT FROM (is_now -> 'dropped_by', is_now -> 'ended_on') THEN
			PERFORM _check_dropping(TG_TABLE_NAME, was, is_now);
		END IF;
		IF is_now - coalesce(TG_ARGV, '{}') = was - coalesce(TG_ARGV, '{}') THEN
			RETURN NEW;
		END IF;
	END IF;
	SELECT * INTO the_plan FROM plan p
	WHERE p.plan_id = (coalesce(was, is_now) ->> 'plan_id')::bigint FOR NO KEY UPDATE;
	IF the_plan.status NOT IN ('draft', 'returned') OR was ->> 'plan_id' <> is_now ->> 'plan_id' THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('%s is %s', _plan_name(the_plan), the_plan.status),
			HINT = 'An approved plan is changed by an amendment (open_amendment), one on its way after it has been returned.',
			TABLE = TG_TABLE_NAME, CONSTRAINT = 'plan_is_open';
	END IF;
	PERFORM _note_change(the_plan.plan_id);
	RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

-- A row of an approved plan is dropped by an open amendment to it, comes back as long as that is not
-- approved, and ends when it is.
CREATE OR REPLACE FUNCTION _check_dropping(table_name text, was jsonb, is_now jsonb) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	the_plan plan := (SELECT p FROM plan p WHERE p.plan_id = (was ->> 'plan_id')::bigint);
	amendment plan;
BEGIN
	SELECT * INTO amendment FROM plan p
	WHERE p.plan_id = coalesce(is_now ->> 'dropped_by', was ->> 'dropped_by')::bigint FOR NO KEY UPDATE;
	IF was ->> 'ended_on' IS NOT NULL
		OR was ->> 'dropped_by' <> is_now ->> 'dropped_by'
		OR amendment.amendment_no IS NOT DISTINCT FROM 0
		OR (amendment.plan_year, amendment.unit_code) IS DISTINCT FROM (the_plan.plan_year, the_plan.unit_code)
		OR the_plan.status <> 'approved'
		OR (is_now ->> 'ended_on' IS NOT NULL) IS DISTINCT FROM (amendment.status = 'approved')
	THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('%s is dropped from and ended in %s only by an amendment',
				table_name || ' ' || coalesce(was ->> (table_name || '_id'), was ->> 'account_id'),
					_plan_name(the_plan)),
			HINT = 'Open one with open_amendment and drop it there; it ends when the amendment is approved.',
			TABLE = table_name, CONSTRAINT = 'plan_is_open';
	END IF;
	IF amendment.status IN ('draft', 'returned') THEN
		PERFORM _note_change(amendment.plan_id);
	END IF;
END $$;

-- What was approved or withdrawn stays as it is.
CREATE OR REPLACE FUNCTION _keep_plan_row() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	IF OLD.status IN ('approved', 'withdrawn') AND OLD IS DISTINCT FROM NEW THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('%s is %s', _plan_name(OLD), OLD.status),
			HINT = 'It stays as it is; a change is an amendment: open_amendment.',
			TABLE = TG_TABLE_NAME, CONSTRAINT = 'plan_is_open';
	END IF;
	RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE OR REPLACE TRIGGER keep_plan_row BEFORE UPDATE OR DELETE ON plan
	FOR EACH ROW EXECUTE FUNCTION _keep_plan_row();

-- TRUNCATE would pass by the rows' triggers.
CREATE OR REPLACE FUNCTION _keep_approved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	IF EXISTS (SELECT FROM plan p WHERE p.status = 'approved') THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('"%s" holds rows of approved plans', TG_TABLE_NAME),
			HINT = 'They stay as they are; a change is an amendment: open_amendment.',
			TABLE = TG_TABLE_NAME, CONSTRAINT = 'plan_is_open';
	END IF;
	RETURN NULL;
END $$;

-- What the plan says beside accounts and people: benefits, targets, activities.
CREATE TABLE benefit (
	benefit_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	plan_id bigint NOT NULL REFERENCES plan,
	unit_code text NOT NULL REFERENCES unit,
	account_id text NOT NULL REFERENCES account,
	benefit text NOT NULL CHECK (benefit <> ''),
	value_thb numeric CHECK (value_thb >= 0),
	dropped_by bigint REFERENCES plan,
	ended_on date
);
CREATE INDEX ON benefit (plan_id);
CREATE INDEX ON benefit (account_id);
CREATE INDEX ON benefit (dropped_by) WHERE dropped_by IS NOT NULL;

CREATE TABLE target (
	target_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	plan_id bigint NOT NULL REFERENCES plan,
	unit_code text NOT NULL REFERENCES unit,
	kpi text NOT NULL CHECK (kpi IN ('plan_success', 'satisfaction', 'loyalty')),
	value numeric NOT NULL CHECK (value >= 0),
	scale numeric NOT NULL DEFAULT 100 CHECK (scale > 0),
	UNIQUE (plan_id, kpi),
	CONSTRAINT target_within_scale CHECK (value <= scale)
);

CREATE TABLE activity (
	activity_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	plan_id bigint NOT NULL REFERENCES plan,
	plan_year int NOT NULL REFERENCES plan_year,
	unit_code text NOT NULL REFERENCES unit,
	account_id text NOT NULL REFERENCES account,
	activity text NOT NULL CHECK (activity <> ''),
	due_on date NOT NULL,
	dropped_by bigint REFERENCES plan,
	ended_on date,
	done_at timestamptz,
	done_by text REFERENCES staff,
	result text,
	CONSTRAINT activity_within_year CHECK (extract(year FROM due_on) = plan_year),
	CONSTRAINT activity_done_by CHECK ((done_at IS NULL) = (done_by IS NULL))
);
CREATE INDEX ON activity (plan_id);
CREATE INDEX ON activity (account_id);
CREATE INDEX ON activity (unit_code, plan_year, due_on);
CREATE INDEX ON activity (dropped_by) WHERE dropped_by IS NOT NULL;
CREATE OR REPLACE TRIGGER keep_plan BEFORE INSERT OR UPDATE OR DELETE ON benefit
	FOR EACH ROW EXECUTE FUNCTION _keep_plan('dropped_by', 'ended_on');
CREATE OR REPLACE TRIGGER keep_plan BEFORE INSERT OR UPDATE OR DELETE ON target
	FOR EACH ROW EXECUTE FUNCTION _keep_plan();
CREATE OR REPLACE TRIGGER keep_plan BEFORE INSERT OR UPDATE OR DELETE ON activity
	FOR EACH ROW EXECUTE FUNCTION _keep_plan('dropped_by', 'ended_on', 'done_at', 'done_by', 'result');
CREATE OR REPLACE TRIGGER keep_approved BEFORE TRUNCATE ON plan
	FOR EACH STATEMENT EXECUTE FUNCTION _keep_approved();
CREATE OR REPLACE TRIGGER keep_approved BEFORE TRUNCATE ON benefit
	FOR EACH STATEMENT EXECUTE FUNCTION _keep_approved();
CREATE OR REPLACE TRIGGER keep_approved BEFORE TRUNCATE ON target
	FOR EACH STATEMENT EXECUTE FUNCTION _keep_approved();
CREATE OR REPLACE TRIGGER keep_approved BEFORE TRUNCATE ON activity
	FOR EACH STATEMENT EXECUTE FUNCTION _keep_approved();
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON plan_route
	FOR EACH ROW EXECUTE FUNCTION _keep_history('route', 'action', 'from_status');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON plan
	FOR EACH ROW EXECUTE FUNCTION _keep_history('plan_id');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON benefit
	FOR EACH ROW EXECUTE FUNCTION _keep_history('benefit_id');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON target
	FOR EACH ROW EXECUTE FUNCTION _keep_history('target_id');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON activity
	FOR EACH ROW EXECUTE FUNCTION _keep_history('activity_id');

ALTER TABLE plan_year ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON plan_year FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON plan_year TO PUBLIC;

ALTER TABLE plan ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON plan FOR SELECT USING (unit_code = ANY ((SELECT _my_units())::text[]));
GRANT SELECT ON plan TO PUBLIC;

ALTER TABLE plan_route ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON plan_route FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON plan_route TO PUBLIC;

ALTER TABLE benefit ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON benefit FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON benefit TO PUBLIC;

ALTER TABLE target ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON target FOR SELECT USING (unit_code = ANY ((SELECT _my_units())::text[]));
GRANT SELECT ON target TO PUBLIC;

ALTER TABLE activity ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON activity FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON activity TO PUBLIC;

COMMENT ON TABLE plan_year IS U&'\0E1B\0E35\0E41\0E1C\0E19\0E17\0E35\0E48\0E40\0E1B\0E34\0E14\0E41\0E25\0E49\0E27 \2014 Plan years that have been opened.';
COMMENT ON COLUMN plan_year.plan_year IS U&'\0E1B\0E35\0E41\0E1C\0E19 (\0E04.\0E28.) \2014 Plan year: a calendar year of the common era.';
COMMENT ON COLUMN plan_year.opened_at IS U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E40\0E1B\0E34\0E14 \2014 When it was opened.';
COMMENT ON COLUMN plan_year.opened_by IS U&'\0E1C\0E39\0E49\0E40\0E1B\0E34\0E14 \2014 Who opened it.';
COMMENT ON TABLE plan IS
U&'\0E41\0E1C\0E19\0E02\0E2D\0E07\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E15\0E48\0E2D\0E1B\0E35 \0E41\0E25\0E30\0E01\0E32\0E23\0E41\0E01\0E49\0E44\0E02\0E41\0E1C\0E19\0E17\0E35\0E48\0E2D\0E19\0E38\0E21\0E31\0E15\0E34\0E41\0E25\0E49\0E27 \2014 The plan of a unit for a year (1.3, 1.4), and each amendment to it: approved ones are frozen.';
COMMENT ON COLUMN plan.plan_id IS U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E41\0E1C\0E19 \2014 Number of the plan or amendment.';
COMMENT ON COLUMN plan.plan_year IS U&'\0E1B\0E35\0E41\0E1C\0E19 (\0E04.\0E28.) \2014 Plan year, of the common era.';
COMMENT ON COLUMN plan.unit_code IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 The unit whose plan it is: an office, an area or headquarters.';
COMMENT ON COLUMN plan.route IS U&'\0E40\0E2A\0E49\0E19\0E17\0E32\0E07\0E2D\0E19\0E38\0E21\0E31\0E15\0E34 \2014 Which route it goes: office, area or hq (see plan_route).';
COMMENT ON COLUMN plan.amendment_no IS
U&'\0E25\0E33\0E14\0E31\0E1A\0E01\0E32\0E23\0E41\0E01\0E49\0E44\0E02 (0 \0E04\0E37\0E2D\0E41\0E1C\0E19\0E40\0E14\0E34\0E21) \2014 0 for the plan itself, from 1 for its amendments (R22).';
COMMENT ON COLUMN plan.amendment_reason IS U&'\0E40\0E2B\0E15\0E38\0E1C\0E25\0E02\0E2D\0E07\0E01\0E32\0E23\0E41\0E01\0E49\0E44\0E02 \2014 Why it is amended.';
COMMENT ON COLUMN plan.status IS
U&'\0E2A\0E16\0E32\0E19\0E30 \2014 draft, submitted, compiled, endorsed, approved; returned with a reason; withdrawn (amendments).';
COMMENT ON COLUMN plan.rule_set IS U&'\0E2B\0E25\0E31\0E01\0E40\0E01\0E13\0E11\0E4C\0E17\0E35\0E48\0E43\0E0A\0E49\0E2D\0E19\0E38\0E21\0E31\0E15\0E34 \2014 The rule set that it was approved under and keeps (R4).';
COMMENT ON COLUMN plan.support_budget_thb IS
U&'\0E07\0E1A\0E2A\0E19\0E31\0E1A\0E2A\0E19\0E38\0E19 KAMR (\0E1A\0E32\0E17) \2014 Budget for supporting the key account managers, in baht (4.2, 4.3).';
COMMENT ON COLUMN plan.prepared_by IS U&'\0E1C\0E39\0E49\0E40\0E2A\0E19\0E2D\0E41\0E1C\0E19 \2014 Who submitted it last; does not approve it.';
COMMENT ON COLUMN plan.prepared_role IS U&'\0E1A\0E17\0E1A\0E32\0E17\0E10\0E32\0E19\0E02\0E49\0E2D\0E21\0E39\0E25\0E17\0E35\0E48\0E43\0E0A\0E49\0E40\0E2A\0E19\0E2D \2014 The database role it was submitted through.';
COMMENT ON COLUMN plan.changed_by IS U&'\0E1C\0E39\0E49\0E41\0E01\0E49\0E44\0E02\0E25\0E48\0E32\0E2A\0E38\0E14 \2014 Who changed anything in it last; does not approve it.';
COMMENT ON COLUMN plan.changed_role IS U&'\0E1A\0E17\0E1A\0E32\0E17\0E10\0E32\0E19\0E02\0E49\0E2D\0E21\0E39\0E25\0E17\0E35\0E48\0E43\0E0A\0E49\0E41\0E01\0E49\0E44\0E02\0E25\0E48\0E32\0E2A\0E38\0E14 \2014 The database role of the last change.';
COMMENT ON COLUMN plan.changed_at IS U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E41\0E01\0E49\0E44\0E02\0E25\0E48\0E32\0E2A\0E38\0E14 \2014 When anything in it was changed last.';
COMMENT ON COLUMN plan.approved_at IS U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E2D\0E19\0E38\0E21\0E31\0E15\0E34 \2014 When it was approved.';
COMMENT ON COLUMN plan.below_minimum_reason IS
U&'\0E40\0E2B\0E15\0E38\0E1C\0E25\0E17\0E35\0E48\0E22\0E2D\0E21\0E23\0E31\0E1A\0E1E\0E2D\0E23\0E4C\0E15\0E15\0E48\0E33\0E01\0E27\0E48\0E32\0E40\0E01\0E13\0E11\0E4C \2014 Why portfolios below the minimum were accepted, where the unit has too few accounts (R13).';
COMMENT ON TABLE plan_route IS
U&'\0E40\0E2A\0E49\0E19\0E17\0E32\0E07\0E2D\0E19\0E38\0E21\0E31\0E15\0E34\0E41\0E1C\0E19: \0E43\0E04\0E23\0E17\0E33\0E2D\0E30\0E44\0E23\0E44\0E14\0E49\0E08\0E32\0E01\0E2A\0E16\0E32\0E19\0E30\0E43\0E14 \2014 The route of plans: which post takes a plan from which state to which; the owner may change it.';
COMMENT ON COLUMN plan_route.route IS U&'\0E40\0E2A\0E49\0E19\0E17\0E32\0E07 \2014 Route: office, area or hq.';
COMMENT ON COLUMN plan_route.action IS U&'\0E01\0E32\0E23\0E01\0E23\0E30\0E17\0E33 \2014 Action: submit, compile, endorse, approve or return.';
COMMENT ON COLUMN plan_route.from_status IS U&'\0E08\0E32\0E01\0E2A\0E16\0E32\0E19\0E30 \2014 From this state.';
COMMENT ON COLUMN plan_route.to_status IS U&'\0E44\0E1B\0E2A\0E16\0E32\0E19\0E30 \2014 To this state.';
COMMENT ON COLUMN plan_route.post IS
U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E1C\0E39\0E49\0E21\0E35\0E2D\0E33\0E19\0E32\0E08 \2014 The post that does it, in the plan''s unit or one above it.';
COMMENT ON COLUMN plan_route.section IS U&'\0E02\0E49\0E2D\0E43\0E19\0E04\0E39\0E48\0E21\0E37\0E2D \2014 Section of the manual.';
COMMENT ON TABLE benefit IS U&'\0E2A\0E34\0E17\0E18\0E34\0E1B\0E23\0E30\0E42\0E22\0E0A\0E19\0E4C\0E17\0E35\0E48\0E08\0E30\0E43\0E2B\0E49\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Benefits planned for a key account (1.3).';
COMMENT ON COLUMN benefit.benefit_id IS U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E2A\0E34\0E17\0E18\0E34\0E1B\0E23\0E30\0E42\0E22\0E0A\0E19\0E4C \2014 Number of the benefit.';
COMMENT ON COLUMN benefit.plan_id IS U&'\0E41\0E1C\0E19 \2014 The plan or amendment that it belongs to.';
COMMENT ON COLUMN benefit.unit_code IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 The unit of the plan.';
COMMENT ON COLUMN benefit.account_id IS U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 The account.';
COMMENT ON COLUMN benefit.benefit IS U&'\0E23\0E32\0E22\0E25\0E30\0E40\0E2D\0E35\0E22\0E14 \2014 What the account gets.';
COMMENT ON COLUMN benefit.value_thb IS U&'\0E21\0E39\0E25\0E04\0E48\0E32 (\0E1A\0E32\0E17) \2014 Its worth in baht, where known.';
COMMENT ON COLUMN benefit.dropped_by IS U&'\0E01\0E32\0E23\0E41\0E01\0E49\0E44\0E02\0E41\0E1C\0E19\0E17\0E35\0E48\0E15\0E31\0E14\0E2D\0E2D\0E01 \2014 The amendment that drops it.';
COMMENT ON COLUMN benefit.ended_on IS U&'\0E27\0E31\0E19\0E17\0E35\0E48\0E2A\0E34\0E49\0E19\0E2A\0E38\0E14 \2014 The day on which that amendment was approved.';
COMMENT ON TABLE target IS U&'\0E40\0E1B\0E49\0E32\0E2B\0E21\0E32\0E22\0E15\0E31\0E27\0E0A\0E35\0E49\0E27\0E31\0E14\0E02\0E2D\0E07\0E41\0E1C\0E19 \2014 Targets of the plan for the KPIs (1.4).';
COMMENT ON COLUMN target.target_id IS U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E40\0E1B\0E49\0E32\0E2B\0E21\0E32\0E22 \2014 Number of the target.';
COMMENT ON COLUMN target.plan_id IS U&'\0E41\0E1C\0E19 \2014 The plan or amendment that sets it; of several the latest holds.';
COMMENT ON COLUMN target.unit_code IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 The unit of the plan.';
COMMENT ON COLUMN target.kpi IS
U&'\0E15\0E31\0E27\0E0A\0E35\0E49\0E27\0E31\0E14 \2014 KPI: plan_success (per cent of the plan''s activities), satisfaction, loyalty.';
COMMENT ON COLUMN target.value IS U&'\0E04\0E48\0E32\0E40\0E1B\0E49\0E32\0E2B\0E21\0E32\0E22 \2014 The value to reach.';
COMMENT ON COLUMN target.scale IS U&'\0E04\0E30\0E41\0E19\0E19\0E40\0E15\0E47\0E21 \2014 The scale''s end: 100 for percentages, 5 for a score of 1 to 5.';
COMMENT ON TABLE activity IS
U&'\0E01\0E34\0E08\0E01\0E23\0E23\0E21\0E43\0E19\0E41\0E1C\0E19 \2014 Activities planned for a key account, and that they were done (1.4, KPI 1).';
COMMENT ON COLUMN activity.activity_id IS U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E01\0E34\0E08\0E01\0E23\0E23\0E21 \2014 Number of the activity.';
COMMENT ON COLUMN activity.plan_id IS U&'\0E41\0E1C\0E19 \2014 The plan or amendment that it belongs to.';
COMMENT ON COLUMN activity.plan_year IS U&'\0E1B\0E35\0E41\0E1C\0E19 (\0E04.\0E28.) \2014 Plan year, of the common era.';
COMMENT ON COLUMN activity.unit_code IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 The unit of the plan.';
COMMENT ON COLUMN activity.account_id IS U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 The account.';
COMMENT ON COLUMN activity.activity IS U&'\0E23\0E32\0E22\0E25\0E30\0E40\0E2D\0E35\0E22\0E14 \2014 What is to be done.';
COMMENT ON COLUMN activity.due_on IS U&'\0E01\0E33\0E2B\0E19\0E14\0E27\0E31\0E19 \2014 The day by which it is to be done, in the plan year.';
COMMENT ON COLUMN activity.dropped_by IS U&'\0E01\0E32\0E23\0E41\0E01\0E49\0E44\0E02\0E41\0E1C\0E19\0E17\0E35\0E48\0E15\0E31\0E14\0E2D\0E2D\0E01 \2014 The amendment that drops it.';
COMMENT ON COLUMN activity.ended_on IS U&'\0E27\0E31\0E19\0E17\0E35\0E48\0E2A\0E34\0E49\0E19\0E2A\0E38\0E14 \2014 The day on which that amendment was approved.';
COMMENT ON COLUMN activity.done_at IS U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E17\0E33\0E40\0E2A\0E23\0E47\0E08 \2014 When it was done.';
COMMENT ON COLUMN activity.done_by IS U&'\0E1C\0E39\0E49\0E17\0E33 \2014 Who did it.';
COMMENT ON COLUMN activity.result IS U&'\0E1C\0E25\0E01\0E32\0E23\0E14\0E33\0E40\0E19\0E34\0E19\0E07\0E32\0E19 \2014 What came of it.';
COMMENT ON FUNCTION _year_in_force(text) IS
U&'\0E1B\0E35\0E41\0E1C\0E19\0E17\0E35\0E48\0E43\0E0A\0E49\0E2D\0E22\0E39\0E48 \2014 The plan year in which a unit works today: the latest approved one; 0 where there is none (R23).';
COMMENT ON FUNCTION _lock_plan(int, text) IS
U&'\0E25\0E47\0E2D\0E01\0E41\0E1C\0E19\0E25\0E48\0E32\0E2A\0E38\0E14 \2014 The unit''s plan as it stands, locked until the end of the transaction; 55000 where there is none.';
COMMENT ON FUNCTION _plan_name(plan) IS U&'\0E0A\0E37\0E48\0E2D\0E41\0E1C\0E19\0E43\0E19\0E02\0E49\0E2D\0E04\0E27\0E32\0E21 \2014 How messages name a plan.';
COMMENT ON FUNCTION _open_plan(int, text) IS
U&'\0E41\0E1C\0E19\0E17\0E35\0E48\0E41\0E01\0E49\0E44\0E02\0E44\0E14\0E49 \2014 The plan or amendment that is open for changes, locked; 55000 says why there is none.';
COMMENT ON FUNCTION _note_change(bigint) IS
U&'\0E1A\0E31\0E19\0E17\0E36\0E01\0E1C\0E39\0E49\0E41\0E01\0E49\0E44\0E02\0E25\0E48\0E32\0E2A\0E38\0E14 \2014 Notes who changed a plan last, through which role and when.';
COMMENT ON FUNCTION _keep_plan() IS
U&'\0E41\0E16\0E27\0E02\0E2D\0E07\0E41\0E1C\0E19\0E17\0E35\0E48\0E44\0E21\0E48\0E40\0E1B\0E34\0E14\0E41\0E01\0E49\0E44\0E02\0E44\0E21\0E48\0E44\0E14\0E49 \2014 Trigger: the rows of a plan change only while it is open (55000).';
COMMENT ON FUNCTION _check_dropping(text, jsonb, jsonb) IS
U&'\0E01\0E32\0E23\0E15\0E31\0E14\0E41\0E16\0E27\0E2D\0E2D\0E01\0E08\0E32\0E01\0E41\0E1C\0E19 \2014 55000 unless a row is dropped by an open amendment to its plan, or ended by the approval of that.';
COMMENT ON FUNCTION _keep_plan_row() IS
U&'\0E41\0E1C\0E19\0E17\0E35\0E48\0E2D\0E19\0E38\0E21\0E31\0E15\0E34\0E41\0E25\0E49\0E27\0E41\0E01\0E49\0E44\0E02\0E44\0E21\0E48\0E44\0E14\0E49 \2014 Trigger: plans that were approved or withdrawn stay as they are (55000).';
COMMENT ON FUNCTION _keep_approved() IS U&'\0E2B\0E49\0E32\0E21\0E25\0E49\0E32\0E07\0E15\0E32\0E23\0E32\0E07 \2014 Trigger: no TRUNCATE while there are approved plans (55000).';

-- sql/workflow/selection.sql
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

-- New class, criteria and tier of the rows of an open plan; their status is people's.  A special
-- case that has a class by now follows the matrix (R3).
CREATE OR REPLACE FUNCTION _refresh_selection(the_plan plan, matrix matrix_row[], rule_set text) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
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
	IF _sees_portfolios(the_plan.plan_year,
		ARRAY(SELECT a.staff_id FROM assignment a WHERE a.plan_id = the_plan.plan_id))
	THEN
		RAISE;
	END IF;
	PERFORM _refuse_portfolio(SQLERRM);
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
			HINT = unistr('Its facts count for the account it belongs to, which headquarters selects (6.1.1.2(1)\0E0A).');
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
			HINT = unistr('A key account already (6.1.1.2(2)\0E04) is one of last year''s approved plan; name another '
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

COMMENT ON TABLE bill_cutoff IS U&'\0E40\0E01\0E13\0E11\0E4C\0E04\0E48\0E32\0E44\0E1F\0E1F\0E49\0E32\0E02\0E2D\0E07 20 \0E23\0E32\0E22\0E41\0E23\0E01\0E43\0E19\0E41\0E15\0E48\0E25\0E30\0E40\0E02\0E15 \2014 The cut-off of the 20 highest bills of each area (6.1.1.2(1), R1), as computed for a plan year.';
COMMENT ON COLUMN bill_cutoff.plan_year IS U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year, of the common era.';
COMMENT ON COLUMN bill_cutoff.area IS U&'\0E01\0E32\0E23\0E44\0E1F\0E1F\0E49\0E32\0E40\0E02\0E15 \2014 Area.';
COMMENT ON COLUMN bill_cutoff.cutoff_thb IS U&'\0E04\0E48\0E32\0E44\0E1F\0E1F\0E49\0E32\0E40\0E09\0E25\0E35\0E48\0E22\0E02\0E31\0E49\0E19\0E15\0E48\0E33\0E17\0E35\0E48\0E19\0E31\0E1A\0E40\0E1B\0E47\0E19 20 \0E23\0E32\0E22\0E41\0E23\0E01 (\0E1A\0E32\0E17/\0E40\0E14\0E37\0E2D\0E19) \2014 Average bill in THB/month from which the criterion monthly_bill is met; NULL where enough customers meet the main group.';
COMMENT ON COLUMN bill_cutoff.rule_set IS U&'\0E0A\0E38\0E14\0E40\0E01\0E13\0E11\0E4C\0E17\0E35\0E48\0E43\0E0A\0E49\0E04\0E33\0E19\0E27\0E13 \2014 Rule set it was computed under.';
COMMENT ON COLUMN bill_cutoff.computed_at IS U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E04\0E33\0E19\0E27\0E13 \2014 When it was computed.';

COMMENT ON TABLE selection IS U&'\0E01\0E32\0E23\0E04\0E31\0E14\0E40\0E25\0E37\0E2D\0E01\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D\0E02\0E2D\0E07\0E1B\0E35\0E41\0E1C\0E19 \2014 Accounts that may become key accounts of a plan year, and what was decided on each (6.1.1).';
COMMENT ON COLUMN selection.selection_id IS U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E23\0E32\0E22\0E01\0E32\0E23 \2014 Number of the row.';
COMMENT ON COLUMN selection.plan_id IS U&'\0E41\0E1C\0E19\0E2B\0E23\0E37\0E2D\0E01\0E32\0E23\0E41\0E01\0E49\0E44\0E02\0E41\0E1C\0E19\0E17\0E35\0E48\0E19\0E33\0E40\0E02\0E49\0E32\0E21\0E32 \2014 Plan or amendment that brought it in.';
COMMENT ON COLUMN selection.plan_year IS U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year, of the common era.';
COMMENT ON COLUMN selection.unit_code IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E17\0E35\0E48\0E04\0E31\0E14\0E40\0E25\0E37\0E2D\0E01 \2014 Unit that selects.';
COMMENT ON COLUMN selection.account_id IS U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account.';
COMMENT ON COLUMN selection.value_class IS U&'\0E23\0E30\0E14\0E31\0E1A\0E21\0E39\0E25\0E04\0E48\0E32\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Value class; NULL for a special case.';
COMMENT ON COLUMN selection.criteria IS U&'\0E40\0E01\0E13\0E11\0E4C\0E01\0E25\0E38\0E48\0E21\0E2B\0E25\0E31\0E01\0E17\0E35\0E48\0E40\0E02\0E49\0E32 \0E2B\0E23\0E37\0E2D\0E40\0E2B\0E15\0E38\0E01\0E23\0E13\0E35\0E1E\0E34\0E40\0E28\0E29 \2014 Main criteria that it meets, or the grounds of the special case.';
COMMENT ON COLUMN selection.tier IS U&'\0E23\0E30\0E14\0E31\0E1A\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D \2014 Tier.';
COMMENT ON COLUMN selection.basis IS U&'\0E17\0E35\0E48\0E21\0E32: \0E15\0E32\0E21\0E15\0E32\0E23\0E32\0E07 \0E2B\0E23\0E37\0E2D\0E01\0E23\0E13\0E35\0E1E\0E34\0E40\0E28\0E29 \2014 Where the tier comes from: matrix or special.';
COMMENT ON COLUMN selection.rule_set IS U&'\0E0A\0E38\0E14\0E40\0E01\0E13\0E11\0E4C\0E17\0E35\0E48\0E43\0E0A\0E49 \2014 Rule set it was proposed under.';
COMMENT ON COLUMN selection.status IS U&'\0E2A\0E16\0E32\0E19\0E30: \0E40\0E02\0E49\0E32\0E40\0E01\0E13\0E11\0E4C \0E04\0E31\0E14\0E40\0E25\0E37\0E2D\0E01 \0E2B\0E23\0E37\0E2D\0E44\0E21\0E48\0E04\0E31\0E14\0E40\0E25\0E37\0E2D\0E01 \2014 eligible (not decided yet), selected or left_out (R5).';
COMMENT ON COLUMN selection.reason IS U&'\0E40\0E2B\0E15\0E38\0E1C\0E25 \2014 Reason: needed to leave out, and for the ground discretionary.';
COMMENT ON COLUMN selection.proposed_by IS U&'\0E1C\0E39\0E49\0E40\0E2A\0E19\0E2D \2014 Member of staff who proposed it.';
COMMENT ON COLUMN selection.proposed_at IS U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E40\0E2A\0E19\0E2D \2014 When it was proposed.';
COMMENT ON COLUMN selection.dropped_by IS U&'\0E01\0E32\0E23\0E41\0E01\0E49\0E44\0E02\0E41\0E1C\0E19\0E17\0E35\0E48\0E15\0E31\0E14\0E2D\0E2D\0E01 \2014 Amendment that drops it.';
COMMENT ON COLUMN selection.ended_on IS U&'\0E27\0E31\0E19\0E17\0E35\0E48\0E2A\0E34\0E49\0E19\0E2A\0E38\0E14 \2014 Day on which that amendment was approved; NULL while in force.';

COMMENT ON TYPE matrix_row IS U&'\0E1C\0E25\0E01\0E32\0E23\0E08\0E31\0E14\0E23\0E30\0E14\0E31\0E1A\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32\0E2B\0E19\0E36\0E48\0E07\0E23\0E32\0E22 \2014 What the matrix says of one customer.';

COMMENT ON VIEW selection_change IS U&'\0E04\0E27\0E32\0E21\0E40\0E1B\0E25\0E35\0E48\0E22\0E19\0E41\0E1B\0E25\0E07\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D\0E40\0E17\0E35\0E22\0E1A\0E01\0E31\0E1A\0E41\0E1C\0E19\0E1B\0E35\0E01\0E48\0E2D\0E19 \2014 What a plan year changes against the approved plans of the year before (6.1.1).';
COMMENT ON COLUMN selection_change.plan_year IS U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year.';
COMMENT ON COLUMN selection_change.unit_code IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E43\0E19\0E1B\0E35\0E19\0E35\0E49 \0E2B\0E23\0E37\0E2D\0E1B\0E35\0E01\0E48\0E2D\0E19\0E16\0E49\0E32\0E44\0E21\0E48\0E21\0E35\0E41\0E25\0E49\0E27 \2014 Unit of this year, or of the year before where the account is gone.';
COMMENT ON COLUMN selection_change.account_id IS U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account.';
COMMENT ON COLUMN selection_change.change IS U&'\0E04\0E27\0E32\0E21\0E40\0E1B\0E25\0E35\0E48\0E22\0E19\0E41\0E1B\0E25\0E07: \0E43\0E2B\0E21\0E48 \0E2B\0E32\0E22\0E44\0E1B \0E40\0E1B\0E25\0E35\0E48\0E22\0E19\0E23\0E30\0E14\0E31\0E1A \0E04\0E07\0E40\0E14\0E34\0E21 \2014 new, gone, moved (to another tier) or same.';
COMMENT ON COLUMN selection_change.unit_before IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E43\0E19\0E1B\0E35\0E01\0E48\0E2D\0E19 \2014 Unit of the year before.';
COMMENT ON COLUMN selection_change.tier_before IS U&'\0E23\0E30\0E14\0E31\0E1A\0E43\0E19\0E1B\0E35\0E01\0E48\0E2D\0E19 \2014 Tier of the year before.';
COMMENT ON COLUMN selection_change.tier_now IS U&'\0E23\0E30\0E14\0E31\0E1A\0E43\0E19\0E1B\0E35\0E19\0E35\0E49 \2014 Tier of this year.';
COMMENT ON COLUMN selection_change.status IS U&'\0E2A\0E16\0E32\0E19\0E30\0E43\0E19\0E1B\0E35\0E19\0E35\0E49 \2014 Status of this year.';
COMMENT ON COLUMN selection_change.basis IS U&'\0E17\0E35\0E48\0E21\0E32\0E43\0E19\0E1B\0E35\0E19\0E35\0E49 \2014 Where this year''s tier comes from: matrix or special.';
COMMENT ON COLUMN selection_change.reason IS U&'\0E40\0E2B\0E15\0E38\0E1C\0E25\0E43\0E19\0E1B\0E35\0E19\0E35\0E49 \2014 Reason given this year.';

COMMENT ON FUNCTION _criteria_met(int, text, text, text, numeric) IS U&'\0E40\0E01\0E13\0E11\0E4C\0E01\0E25\0E38\0E48\0E21\0E2B\0E25\0E31\0E01\0E17\0E35\0E48\0E25\0E39\0E01\0E04\0E49\0E32\0E41\0E15\0E48\0E25\0E30\0E23\0E32\0E22\0E40\0E02\0E49\0E32 \2014 The main criteria that each customer of a year meets (6.1.1.2(1)).';
COMMENT ON FUNCTION _bill_cutoffs(int, text, text) IS U&'\0E40\0E01\0E13\0E11\0E4C 20 \0E23\0E32\0E22\0E41\0E23\0E01\0E08\0E32\0E01\0E02\0E49\0E2D\0E21\0E39\0E25\0E1B\0E31\0E08\0E08\0E38\0E1A\0E31\0E19 \2014 The cut-offs of the areas on the facts of now (R1).';
COMMENT ON FUNCTION compute_cutoffs(int) IS U&'\0E04\0E33\0E19\0E27\0E13\0E40\0E01\0E13\0E11\0E4C\0E04\0E48\0E32\0E44\0E1F\0E1F\0E49\0E32 20 \0E23\0E32\0E22\0E41\0E23\0E01\0E02\0E2D\0E07\0E17\0E38\0E01\0E40\0E02\0E15 \2014 Computes and stores the cut-off of the 20 highest bills of every area for a plan year (6.1.1.2(1), R1), and tells each before and now. 42501 unless by 4.8 or 4.5; 55000 where the year is not opened.';
COMMENT ON FUNCTION _cutoff_in_force(int, text, text) IS U&'\0E40\0E01\0E13\0E11\0E4C 20 \0E23\0E32\0E22\0E41\0E23\0E01\0E17\0E35\0E48\0E43\0E0A\0E49\0E2D\0E22\0E39\0E48 \2014 The stored cut-off of an area; 55000 where there is none or the facts have outgrown it.';
COMMENT ON FUNCTION _matrix(int, text, text) IS U&'\0E23\0E30\0E14\0E31\0E1A\0E15\0E32\0E21\0E15\0E32\0E23\0E32\0E07\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32\0E17\0E38\0E01\0E23\0E32\0E22\0E43\0E19\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 The tier that each customer of a unit would have (6.1.1); 55000 without any value class (R9).';
COMMENT ON FUNCTION _take_out(plan, text) IS U&'\0E19\0E33\0E02\0E49\0E2D\0E21\0E39\0E25\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32\0E2D\0E2D\0E01\0E08\0E32\0E01\0E41\0E1C\0E19\0E17\0E35\0E48\0E40\0E1B\0E34\0E14\0E2D\0E22\0E39\0E48 \2014 Takes out of an open plan what belongs to an account.';
COMMENT ON FUNCTION _put_back(plan, text) IS U&'\0E04\0E37\0E19\0E02\0E49\0E2D\0E21\0E39\0E25\0E17\0E35\0E48\0E01\0E32\0E23\0E41\0E01\0E49\0E44\0E02\0E41\0E1C\0E19\0E08\0E30\0E15\0E31\0E14\0E2D\0E2D\0E01 \2014 Puts back what an amendment was to drop of an account.';
COMMENT ON FUNCTION propose_selection(int, text) IS U&'\0E40\0E2A\0E19\0E2D\0E23\0E32\0E22\0E0A\0E37\0E48\0E2D\0E25\0E39\0E01\0E04\0E49\0E32\0E17\0E35\0E48\0E40\0E02\0E49\0E32\0E40\0E01\0E13\0E11\0E4C \2014 Puts the accounts that the matrix makes eligible into the unit''s open plan, refreshes those that are there, and tells what changed: new, moved, gone, elsewhere (6.1.1, R5). 42501 not this unit''s; 55000 no open plan, no value classes (R9), cut-offs missing or outdated.';
COMMENT ON FUNCTION _refresh_selection(plan, matrix_row[], text) IS U&'\0E1B\0E23\0E31\0E1A\0E23\0E30\0E14\0E31\0E1A\0E02\0E2D\0E07\0E23\0E32\0E22\0E01\0E32\0E23\0E43\0E19\0E41\0E1C\0E19\0E15\0E32\0E21\0E02\0E49\0E2D\0E21\0E39\0E25\0E43\0E2B\0E21\0E48 \2014 Gives the rows of an open plan their new class, criteria and tier.';
COMMENT ON FUNCTION _selection_of(int, text) IS U&'\0E23\0E32\0E22\0E01\0E32\0E23\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32\0E43\0E19\0E1B\0E35\0E41\0E1C\0E19 \2014 The account''s row in a year, as the open plan would have it.';
COMMENT ON FUNCTION _check_reason_given(text, text) IS U&'\0E15\0E23\0E27\0E08\0E27\0E48\0E32\0E21\0E35\0E40\0E2B\0E15\0E38\0E1C\0E25 \2014 23514 where a reason is missing or blank.';
COMMENT ON FUNCTION _selection_to_change(plan, text) IS U&'\0E23\0E32\0E22\0E01\0E32\0E23\0E17\0E35\0E48\0E08\0E30\0E41\0E01\0E49\0E44\0E02 \2014 The row of the unit''s selection that is to be decided on; 55000 where there is none.';
COMMENT ON FUNCTION _selecting_unit(int, text) IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E17\0E35\0E48\0E21\0E35\0E25\0E39\0E01\0E04\0E49\0E32\0E2D\0E22\0E39\0E48\0E43\0E19\0E41\0E1C\0E19 \2014 The unit whose plan of the year holds the account.';
COMMENT ON FUNCTION _authorize_selected(text, text, text) IS U&'\0E15\0E23\0E27\0E08\0E2A\0E34\0E17\0E18\0E34\0E4C\0E15\0E32\0E21\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E40\0E08\0E49\0E32\0E02\0E2D\0E07\0E41\0E1C\0E19 \2014 As _authorize_account, for the unit whose plan holds the account.';
COMMENT ON FUNCTION select_account(int, text, text) IS U&'\0E04\0E31\0E14\0E40\0E25\0E37\0E2D\0E01\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D \2014 Selects an eligible account as a key account of its unit''s open plan (6.1.1, R5); takes back a leaving-out or a drop. 42501 not among the caller''s; 55000 not in the selection, closed, or a site of a network.';
COMMENT ON FUNCTION leave_out_account(int, text, text) IS U&'\0E44\0E21\0E48\0E04\0E31\0E14\0E40\0E25\0E37\0E2D\0E01 \0E1E\0E23\0E49\0E2D\0E21\0E40\0E2B\0E15\0E38\0E1C\0E25 \2014 Leaves an eligible account out, with a reason (R5); what the open plan had for it goes. 23514 without a reason; 55000 where it is approved already.';
COMMENT ON FUNCTION drop_account(int, text, text) IS U&'\0E15\0E31\0E14\0E25\0E39\0E01\0E04\0E49\0E32\0E2D\0E2D\0E01\0E42\0E14\0E22\0E01\0E32\0E23\0E41\0E01\0E49\0E44\0E02\0E41\0E1C\0E19 \2014 Takes an account out of an approved plan by the open amendment (R22). 23514 without a reason; 55000 without an amendment.';
COMMENT ON FUNCTION _check_in_business(text) IS U&'\0E15\0E23\0E27\0E08\0E27\0E48\0E32\0E25\0E39\0E01\0E04\0E49\0E32\0E22\0E31\0E07\0E43\0E0A\0E49\0E44\0E1F\0E1F\0E49\0E32\0E2D\0E22\0E39\0E48 \2014 55000 where an account is closed or a site of a network.';
COMMENT ON FUNCTION _was_key_account(int, text) IS U&'\0E40\0E1B\0E47\0E19\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D\0E43\0E19\0E1B\0E35\0E01\0E48\0E2D\0E19\0E2B\0E23\0E37\0E2D\0E44\0E21\0E48 \2014 Was the account in an approved plan of the year before (R8)?';
COMMENT ON FUNCTION select_special(int, text, kam.tier, kam.criteria, text) IS U&'\0E04\0E31\0E14\0E40\0E25\0E37\0E2D\0E01\0E01\0E23\0E13\0E35\0E1E\0E34\0E40\0E28\0E29 \2014 Selects a customer without a value class on a special ground (6.1.1.2(2), R3, R8); recorded as a decision. 23514 where the rule of special cases is broken; 23505 where it is in a plan already.';

-- sql/workflow/kamr.sql
/* Key account managers (6.1.2): appointed in a plan, qualified or waived. */

CREATE TABLE kamr (
	kamr_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	plan_id bigint NOT NULL REFERENCES plan,
	plan_year int NOT NULL REFERENCES plan_year,
	unit_code text NOT NULL REFERENCES unit,
	staff_id text NOT NULL REFERENCES staff,
	level text NOT NULL CHECK (level IN ('office', 'senior', 'area', 'hq')),
	appointed_from date NOT NULL,
	good_relations boolean,
	appointed_by text NOT NULL REFERENCES staff,
	appointed_at timestamptz NOT NULL,
	dropped_by bigint REFERENCES plan,
	ended_on date
);
CREATE UNIQUE INDEX kamr_one_at_a_time ON kamr (plan_year, unit_code, staff_id)
	WHERE dropped_by IS NULL AND ended_on IS NULL;
CREATE INDEX ON kamr (plan_id);
CREATE INDEX ON kamr (staff_id);
CREATE INDEX ON kamr (dropped_by) WHERE dropped_by IS NOT NULL;

-- Which points of 6.1.2.1 a level is judged by; rows a user may add to (R15).
CREATE TABLE kamr_rule (
	level text NOT NULL CHECK (level IN ('office', 'senior', 'area', 'hq')),
	point int NOT NULL CHECK (point BETWEEN 1 AND 4),
	section text NOT NULL,
	PRIMARY KEY (level, point)
);
INSERT INTO kamr_rule (level, point, section)
SELECT l, p, format('6.1.2.1(%s)', p) FROM unnest(ARRAY['office', 'senior', 'hq']) l, generate_series(1, 4) p;

-- What the head of the unit passed over, and why (6.1.2.1(5)).
CREATE TABLE waiver (
	waiver_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	kamr_id bigint NOT NULL REFERENCES kamr ON DELETE CASCADE,
	plan_id bigint NOT NULL REFERENCES plan,
	unit_code text NOT NULL REFERENCES unit,
	points int[] NOT NULL CHECK (points <@ ARRAY[1, 2, 3, 4] AND cardinality(points) > 0),
	reason text NOT NULL CHECK (reason <> ''),
	waived_by text NOT NULL REFERENCES staff,
	waived_at timestamptz NOT NULL
);
CREATE INDEX ON waiver (kamr_id);

-- A member of staff whom the caller sees.  One of elsewhere and one who does not exist are refused alike.
CREATE OR REPLACE FUNCTION _check_own_staff(action text, staff_id text) RETURNS staff
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	s staff;
BEGIN
	SELECT * INTO s FROM staff x WHERE x.staff_id = _check_own_staff.staff_id AND x.unit_code = ANY (_my_units());
	IF NOT FOUND THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('member of staff "%s" is not among those of "%s"', _check_own_staff.staff_id, _staff()),
			HINT = format('This (%s) is for: %s, for the staff that they see.', action, _posts_that_may(action));
	END IF;
	RETURN s;
END $$;

-- The appointment, as the open plan would have it.
CREATE OR REPLACE FUNCTION _kamr_of(plan_year int, unit_code text, staff_id text) RETURNS kamr
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	k kamr;
BEGIN
	SELECT * INTO k FROM kamr x
	WHERE x.plan_year = _kamr_of.plan_year AND x.unit_code = _kamr_of.unit_code AND x.staff_id = _kamr_of.staff_id
		AND x.dropped_by IS NULL AND x.ended_on IS NULL;
	RETURN k;
END $$;

-- The same where the open plan itself made it, so that it can be changed there.
CREATE OR REPLACE FUNCTION _kamr_to_change(the_plan plan, staff_id text) RETURNS kamr
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	k kamr := _kamr_of(the_plan.plan_year, the_plan.unit_code, _kamr_to_change.staff_id);
BEGIN
	IF k.kamr_id IS NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('"%s" is no key account manager of unit "%s" for %s', staff_id, the_plan.unit_code,
				the_plan.plan_year),
			HINT = 'Appoint them first: appoint_kamr.';
	ELSIF k.plan_id <> the_plan.plan_id THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('the appointment of "%s" in unit "%s" for %s is approved', staff_id, the_plan.unit_code,
				the_plan.plan_year),
			HINT = 'What was approved stays; an amendment can drop it (drop_kamr) and appoint again.';
	END IF;
	RETURN k;
END $$;

CREATE OR REPLACE FUNCTION _check_kamr_level(unit_code text, level text) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	kind text := (SELECT u.kind FROM unit u WHERE u.unit_code = _check_kamr_level.unit_code);
BEGIN
	IF level IS NULL OR NOT (CASE kind WHEN 'office' THEN level IN ('office', 'senior') ELSE level = kind END) THEN
		RAISE check_violation USING
			MESSAGE = format('unit "%s" is of kind %s and has no key account manager of level %s', unit_code, kind,
				coalesce(level, 'NULL')),
			HINT = 'Offices have the levels office and senior, areas the level area, headquarters the level hq.',
			TABLE = 'kamr', CONSTRAINT = 'kamr_level_of_unit';
	END IF;
END $$;

-- From 1 January, unless said otherwise; in an amendment from today on, once the year has begun.
CREATE OR REPLACE FUNCTION appoint_kamr(plan_year int, unit_code text, staff_id text, level text,
	appointed_from date DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('kamr.appoint', appoint_kamr.unit_code);
	the_plan plan := _open_plan(appoint_kamr.plan_year, appoint_kamr.unit_code);
	the_staff staff := _check_own_staff('kamr.appoint', appoint_kamr.staff_id);
	from_day date := coalesce(appoint_kamr.appointed_from,
		greatest(make_date(the_plan.plan_year, 1, 1), CASE WHEN the_plan.amendment_no > 0 THEN _today() END));
BEGIN
	PERFORM _check_kamr_level(the_plan.unit_code, appoint_kamr.level);
	IF extract(year FROM from_day) <> the_plan.plan_year THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('%s is not in plan year %s', from_day, the_plan.plan_year),
			HINT = 'Key account managers are appointed for one plan year, from a day in it.';
	ELSIF the_staff.left_on <= greatest(from_day, _today()) THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('member of staff "%s" left on %s', the_staff.staff_id, the_staff.left_on),
			HINT = 'Appoint somebody who is there on the first day.';
	ELSIF (_kamr_of(the_plan.plan_year, the_plan.unit_code, the_staff.staff_id)).kamr_id IS NOT NULL THEN
		RAISE unique_violation USING
			MESSAGE = format('"%s" is a key account manager of unit "%s" for %s already', the_staff.staff_id,
				the_plan.unit_code, the_plan.plan_year),
			HINT = 'To appoint them in another way, take the appointment back first: drop_kamr.',
			TABLE = 'kamr', CONSTRAINT = 'kamr_one_at_a_time';
	END IF;
	INSERT INTO kamr (plan_id, plan_year, unit_code, staff_id, level, appointed_from, appointed_by, appointed_at)
	VALUES (the_plan.plan_id, the_plan.plan_year, the_plan.unit_code, the_staff.staff_id, appoint_kamr.level, from_day,
		given.staff_id, _now());
END $$;

-- Accounts in other units' plans are not the unit's to take: an area's account with an office's KAMR, an area KAMR
-- beside the office's.  What is approved there an amendment of the area ends; the rest they have to take back first.
CREATE OR REPLACE FUNCTION _check_kamr_free(the_plan plan, k kamr) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	-- Whoever assigns to them holds the row until then.
	PERFORM FROM kamr x WHERE x.kamr_id = k.kamr_id FOR UPDATE;
	IF EXISTS (
		SELECT FROM assignment a JOIN plan p USING (plan_id)
		WHERE a.staff_id = k.staff_id AND a.plan_year = k.plan_year AND a.unit_code <> k.unit_code
			AND a.dropped_by IS NULL AND a.ended_on IS NULL
			AND CASE k.level
				WHEN 'area' THEN a.responsibility = 'area' AND _area(a.unit_code) = k.unit_code
					AND NOT (the_plan.amendment_no > 0 AND p.status = 'approved')
				ELSE a.responsibility = 'main' AND a.unit_code = _area(k.unit_code)
					AND NOT EXISTS (
						SELECT FROM kamr o
						WHERE o.staff_id = k.staff_id AND o.plan_year = k.plan_year AND o.kamr_id <> k.kamr_id
							AND o.unit_code = ANY (_caring_units(a.unit_code))
							AND o.dropped_by IS NULL AND o.ended_on IS NULL)
				END)
	THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('"%s" looks after accounts in plans of other units for %s', k.staff_id, k.plan_year),
			HINT = CASE k.level WHEN 'area' THEN 'The offices take them back first: unassign_area_kamr.'
				ELSE 'The area gives its accounts to somebody else first: assign_account.' END;
	END IF;
END $$;

-- Takes an appointment back, and the accounts from that person: they need another one before approval.
-- In an amendment, an approved appointment ends when that is approved.
CREATE OR REPLACE FUNCTION drop_kamr(plan_year int, unit_code text, staff_id text, reason text DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('kamr.appoint', drop_kamr.unit_code);
	the_plan plan := _open_plan(drop_kamr.plan_year, drop_kamr.unit_code);
	k kamr := _kamr_of(drop_kamr.plan_year, drop_kamr.unit_code, drop_kamr.staff_id);
BEGIN
	IF k.plan_id <> the_plan.plan_id THEN
		PERFORM _check_reason_given(drop_kamr.reason, format('dropping key account manager "%s"', k.staff_id));
		PERFORM _check_kamr_free(the_plan, k);
		PERFORM _take_assignments_of(the_plan, k);
		UPDATE kamr x SET dropped_by = the_plan.plan_id WHERE x.kamr_id = k.kamr_id;
		PERFORM _decide(given, 'kamr', k.kamr_id::text, 'drop', the_plan.unit_code, the_plan.plan_year,
			from_status => k.level, reason => drop_kamr.reason);
	ELSE
		k := _kamr_to_change(the_plan, drop_kamr.staff_id);
		PERFORM _check_kamr_free(the_plan, k);
		PERFORM _take_assignments_of(the_plan, k);
		DELETE FROM kamr x WHERE x.kamr_id = k.kamr_id;
	END IF;
END $$;

-- Point 2 is a judgement: skilled in good relations with customers, communicates inside and outside the unit.
CREATE OR REPLACE FUNCTION judge_relations(plan_year int, unit_code text, staff_id text, good_relations boolean)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('kamr.appoint', judge_relations.unit_code);
	the_plan plan := _open_plan(judge_relations.plan_year, judge_relations.unit_code);
	k kamr := _kamr_to_change(the_plan, judge_relations.staff_id);
BEGIN
	UPDATE kamr x SET good_relations = judge_relations.good_relations WHERE x.kamr_id = k.kamr_id;
END $$;

-- Point 5: the head of the unit selects whom they judge fit all the same.
CREATE OR REPLACE FUNCTION waive_qualification(plan_year int, unit_code text, staff_id text, points int[], reason text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('kamr.waive', waive_qualification.unit_code);
	the_plan plan := _open_plan(waive_qualification.plan_year, waive_qualification.unit_code);
	k kamr := _kamr_to_change(the_plan, waive_qualification.staff_id);
	waived int[] := ARRAY(SELECT DISTINCT p FROM unnest(waive_qualification.points) p ORDER BY p);
BEGIN
	IF cardinality(waived) = 0 OR NOT waived <@ ARRAY[1, 2, 3, 4] OR array_position(waived, NULL) IS NOT NULL THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('the points to be waived are not %s', coalesce(waive_qualification.points::text, 'NULL')),
			HINT = 'Name one or more of the points 1 to 4 of 6.1.2.1, as in ARRAY[3, 4].';
	END IF;
	PERFORM _check_reason_given(waive_qualification.reason, format('waiving qualifications of "%s"', k.staff_id));
	INSERT INTO waiver (kamr_id, plan_id, unit_code, points, reason, waived_by, waived_at)
	VALUES (k.kamr_id, k.plan_id, k.unit_code, waived, waive_qualification.reason, given.staff_id, _now());
	PERFORM _decide(given, 'kamr', k.kamr_id::text, 'waive', k.unit_code, k.plan_year, to_status => waived::text,
		reason => waive_qualification.reason);
END $$;

-- For how many years a passed test counts; NULL: it does not expire.
CREATE OR REPLACE FUNCTION _test_valid_years() RETURNS int
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	value text := _setting_value('test_valid_years');
BEGIN
	IF value !~ '^[0-9]{1,3}$' THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('setting "test_valid_years" is not a number of years: "%s"', value),
			HINT = 'The owner of the workflow sets it to a whole number, or to nothing if tests do not expire.';
	END IF;
	RETURN value::int;
END $$;

CREATE OR REPLACE FUNCTION _thai_day(day date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_char(day, 'DD/MM/') || (extract(year FROM day) + 543)::text;

-- Every KAMR as the open plan would have them, point by point, on the first day of the appointment.
-- Point 5 is what was waived.
-- (Every branch of a UNION names its columns, so that a dump restored and dumped again stays the same.)
CREATE OR REPLACE VIEW kamr_point WITH (security_invoker = true) AS
SELECT k.plan_year, k.unit_code, k.kamr_id, k.plan_id, k.staff_id, k.level, r.point, j.met,
	EXISTS (SELECT FROM waiver w WHERE w.kamr_id = k.kamr_id AND r.point = ANY (w.points)) AS waived,
	j.finding_th, j.finding_en, r.section
FROM kamr k
JOIN kamr_rule r ON r.level = k.level
LEFT JOIN staff s ON s.staff_id = k.staff_id
CROSS JOIN LATERAL (
	SELECT count(t.passed) AS tests, max(t.tested_on) FILTER (WHERE t.passed) AS passed_on,
		max(t.tested_on) FILTER (WHERE t.passed AND t.tested_on <= k.appointed_from
			AND t.tested_on + make_interval(years => coalesce((SELECT _test_valid_years()), 1000)) >= k.appointed_from)
			AS valid_on
	FROM training t
	WHERE t.staff_id = k.staff_id) t
CROSS JOIN LATERAL (
	SELECT EXISTS (SELECT FROM kamr_position p WHERE p.position = s.position) AS met,
		format(unistr('\0E15\0E33\0E41\0E2B\0E19\0E48\0E07 %s'), s.position) AS finding_th, format('position %s', s.position) AS finding_en
	WHERE r.point = 1 AND s.staff_id IS NOT NULL
	UNION ALL
	SELECT k.good_relations AS met,
		CASE WHEN k.good_relations THEN unistr('\0E21\0E35\0E17\0E31\0E01\0E29\0E30\0E04\0E27\0E32\0E21\0E2A\0E31\0E21\0E1E\0E31\0E19\0E18\0E4C\0E41\0E25\0E30\0E01\0E32\0E23\0E2A\0E37\0E48\0E2D\0E2A\0E32\0E23\0E17\0E35\0E48\0E14\0E35')
			WHEN NOT k.good_relations THEN unistr('\0E17\0E31\0E01\0E29\0E30\0E04\0E27\0E32\0E21\0E2A\0E31\0E21\0E1E\0E31\0E19\0E18\0E4C\0E41\0E25\0E30\0E01\0E32\0E23\0E2A\0E37\0E48\0E2D\0E2A\0E32\0E23\0E44\0E21\0E48\0E40\0E1E\0E35\0E22\0E07\0E1E\0E2D')
			ELSE unistr('\0E22\0E31\0E07\0E44\0E21\0E48\0E44\0E14\0E49\0E1B\0E23\0E30\0E40\0E21\0E34\0E19\0E17\0E31\0E01\0E29\0E30\0E04\0E27\0E32\0E21\0E2A\0E31\0E21\0E1E\0E31\0E19\0E18\0E4C') END AS finding_th,
		CASE WHEN k.good_relations THEN 'judged skilled in good relations and communication'
			WHEN NOT k.good_relations THEN 'judged not skilled enough in relations and communication'
			ELSE 'relations and communication not judged yet' END AS finding_en
	WHERE r.point = 2
	UNION ALL
	SELECT s.hire_date + interval '2 years' <= k.appointed_from AS met,
		format(unistr('\0E1A\0E23\0E23\0E08\0E38 %s \0E04\0E23\0E1A 2 \0E1B\0E35 %s \0E41\0E15\0E48\0E07\0E15\0E31\0E49\0E07\0E15\0E31\0E49\0E07\0E41\0E15\0E48 %s'), _thai_day(s.hire_date),
			_thai_day((s.hire_date + interval '2 years')::date), _thai_day(k.appointed_from)) AS finding_th,
		format('hired on %s, two years on %s, appointed from %s', to_char(s.hire_date, 'YYYY-MM-DD'),
			to_char(s.hire_date + interval '2 years', 'YYYY-MM-DD'), to_char(k.appointed_from, 'YYYY-MM-DD'))
			AS finding_en
	WHERE r.point = 3 AND s.staff_id IS NOT NULL
	UNION ALL
	SELECT CASE WHEN t.valid_on IS NOT NULL THEN true WHEN t.tests > 0 THEN false END AS met,
		CASE WHEN t.valid_on IS NOT NULL THEN format(unistr('\0E1C\0E48\0E32\0E19\0E01\0E32\0E23\0E17\0E14\0E2A\0E2D\0E1A %s'), _thai_day(t.valid_on))
			WHEN t.passed_on IS NOT NULL
				THEN format(unistr('\0E1C\0E48\0E32\0E19\0E01\0E32\0E23\0E17\0E14\0E2A\0E2D\0E1A %s \0E0B\0E36\0E48\0E07\0E43\0E0A\0E49\0E44\0E21\0E48\0E44\0E14\0E49\0E43\0E19\0E27\0E31\0E19\0E41\0E15\0E48\0E07\0E15\0E31\0E49\0E07'), _thai_day(t.passed_on))
			WHEN t.tests > 0 THEN unistr('\0E44\0E21\0E48\0E1C\0E48\0E32\0E19\0E01\0E32\0E23\0E17\0E14\0E2A\0E2D\0E1A') ELSE unistr('\0E44\0E21\0E48\0E21\0E35\0E1C\0E25\0E01\0E32\0E23\0E17\0E14\0E2A\0E2D\0E1A') END AS finding_th,
		CASE WHEN t.valid_on IS NOT NULL THEN format('passed the test on %s', to_char(t.valid_on, 'YYYY-MM-DD'))
			WHEN t.passed_on IS NOT NULL
				THEN format('passed the test on %s, which does not count on the day of appointment',
					to_char(t.passed_on, 'YYYY-MM-DD'))
			WHEN t.tests > 0 THEN 'did not pass the test' ELSE 'no test result recorded' END AS finding_en
	WHERE r.point = 4 AND s.staff_id IS NOT NULL
	UNION ALL
	SELECT NULL AS met, unistr('\0E44\0E21\0E48\0E40\0E2B\0E47\0E19\0E02\0E49\0E2D\0E21\0E39\0E25\0E02\0E2D\0E07\0E1E\0E19\0E31\0E01\0E07\0E32\0E19') AS finding_th,
		'the person''s data are not to be seen here' AS finding_en
	WHERE s.staff_id IS NULL AND r.point <> 2) j
WHERE k.dropped_by IS NULL AND k.ended_on IS NULL
UNION ALL
SELECT k.plan_year, k.unit_code, k.kamr_id, k.plan_id, k.staff_id, k.level, 5 AS point, true AS met, true AS waived,
	format(unistr('\0E22\0E01\0E40\0E27\0E49\0E19\0E02\0E49\0E2D %s \0E42\0E14\0E22 %s %s: %s'), array_to_string(w.points, ', '), w.waived_by,
		_thai_day(kam.bangkok_date(w.waived_at)), w.reason) AS finding_th,
	format('points %s waived by %s on %s: %s', array_to_string(w.points, ', '), w.waived_by,
		to_char(kam.bangkok_date(w.waived_at), 'YYYY-MM-DD'), w.reason) AS finding_en,
	'6.1.2.1(5)' AS section
FROM kamr k JOIN waiver w ON w.kamr_id = k.kamr_id
WHERE k.dropped_by IS NULL AND k.ended_on IS NULL;
GRANT SELECT ON kamr_point TO PUBLIC;

-- The same of one unit, or of one person in it; with the caller's rights.
CREATE OR REPLACE FUNCTION kamr_qualification(plan_year int, unit_code text, staff_id text DEFAULT NULL)
RETURNS SETOF kamr_point
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT k.* FROM kamr_point k
	WHERE k.plan_year = kamr_qualification.plan_year AND k.unit_code = kamr_qualification.unit_code
		AND (kamr_qualification.staff_id IS NULL OR k.staff_id = kamr_qualification.staff_id)
	ORDER BY k.staff_id, k.point;
END;

CREATE OR REPLACE TRIGGER keep_plan BEFORE INSERT OR UPDATE OR DELETE ON kamr
	FOR EACH ROW EXECUTE FUNCTION _keep_plan('dropped_by', 'ended_on');
CREATE OR REPLACE TRIGGER keep_plan BEFORE INSERT OR UPDATE OR DELETE ON waiver
	FOR EACH ROW EXECUTE FUNCTION _keep_plan();
CREATE OR REPLACE TRIGGER keep_approved BEFORE TRUNCATE ON kamr
	FOR EACH STATEMENT EXECUTE FUNCTION _keep_approved();
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON kamr_rule
	FOR EACH ROW EXECUTE FUNCTION _keep_history('level', 'point');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON kamr
	FOR EACH ROW EXECUTE FUNCTION _keep_history('kamr_id');
CREATE OR REPLACE TRIGGER keep_approved BEFORE TRUNCATE ON waiver
	FOR EACH STATEMENT EXECUTE FUNCTION _keep_approved();
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON waiver
	FOR EACH ROW EXECUTE FUNCTION _keep_history('waiver_id');

ALTER TABLE kamr ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON kamr FOR SELECT USING (unit_code = ANY ((SELECT _my_units())::text[]));
GRANT SELECT ON kamr TO PUBLIC;

ALTER TABLE kamr_rule ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON kamr_rule FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON kamr_rule TO PUBLIC;

-- As the appointment itself: otherwise kamr_point would call waived points open ones.
ALTER TABLE waiver ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON waiver FOR SELECT USING (unit_code = ANY ((SELECT _my_units())::text[]));
GRANT SELECT ON waiver TO PUBLIC;

COMMENT ON TABLE kamr IS U&'\0E01\0E32\0E23\0E41\0E15\0E48\0E07\0E15\0E31\0E49\0E07\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E1A\0E23\0E34\0E2B\0E32\0E23\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D \2014 Appointments of key account managers, a plan year each (6.1.2).';
COMMENT ON COLUMN kamr.kamr_id IS U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E01\0E32\0E23\0E41\0E15\0E48\0E07\0E15\0E31\0E49\0E07 \2014 Number of the appointment.';
COMMENT ON COLUMN kamr.plan_id IS U&'\0E41\0E1C\0E19\0E2B\0E23\0E37\0E2D\0E01\0E32\0E23\0E41\0E01\0E49\0E44\0E02\0E41\0E1C\0E19\0E17\0E35\0E48\0E41\0E15\0E48\0E07\0E15\0E31\0E49\0E07 \2014 Plan or amendment that appoints.';
COMMENT ON COLUMN kamr.plan_year IS U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year, of the common era.';
COMMENT ON COLUMN kamr.unit_code IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit.';
COMMENT ON COLUMN kamr.staff_id IS U&'\0E1E\0E19\0E31\0E01\0E07\0E32\0E19 \2014 Member of staff.';
COMMENT ON COLUMN kamr.level IS U&'\0E23\0E30\0E14\0E31\0E1A: \0E2A\0E33\0E19\0E31\0E01\0E07\0E32\0E19 \0E2D\0E32\0E27\0E38\0E42\0E2A \0E40\0E02\0E15 \0E2A\0E33\0E19\0E31\0E01\0E07\0E32\0E19\0E43\0E2B\0E0D\0E48 \2014 Level: office, senior, area or hq (4.11-4.14).';
COMMENT ON COLUMN kamr.appointed_from IS U&'\0E27\0E31\0E19\0E41\0E23\0E01\0E02\0E2D\0E07\0E01\0E32\0E23\0E41\0E15\0E48\0E07\0E15\0E31\0E49\0E07 \2014 First day of the appointment.';
COMMENT ON COLUMN kamr.good_relations IS U&'\0E1C\0E25\0E1B\0E23\0E30\0E40\0E21\0E34\0E19\0E17\0E31\0E01\0E29\0E30\0E04\0E27\0E32\0E21\0E2A\0E31\0E21\0E1E\0E31\0E19\0E18\0E4C \0E02\0E49\0E2D 2 \2014 Point 2, judged: skilled in good relations; NULL: not judged yet.';
COMMENT ON COLUMN kamr.appointed_by IS U&'\0E1C\0E39\0E49\0E41\0E15\0E48\0E07\0E15\0E31\0E49\0E07 \2014 Member of staff who appointed.';
COMMENT ON COLUMN kamr.appointed_at IS U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E41\0E15\0E48\0E07\0E15\0E31\0E49\0E07 \2014 When.';
COMMENT ON COLUMN kamr.dropped_by IS U&'\0E01\0E32\0E23\0E41\0E01\0E49\0E44\0E02\0E41\0E1C\0E19\0E17\0E35\0E48\0E15\0E31\0E14\0E2D\0E2D\0E01 \2014 Amendment that drops the appointment.';
COMMENT ON COLUMN kamr.ended_on IS U&'\0E27\0E31\0E19\0E17\0E35\0E48\0E2A\0E34\0E49\0E19\0E2A\0E38\0E14 \2014 Day on which that amendment was approved; NULL while in force.';

COMMENT ON TABLE kamr_rule IS U&'\0E04\0E38\0E13\0E2A\0E21\0E1A\0E31\0E15\0E34\0E17\0E35\0E48\0E43\0E0A\0E49\0E01\0E31\0E1A\0E41\0E15\0E48\0E25\0E30\0E23\0E30\0E14\0E31\0E1A \2014 Which qualification points a level is judged by (6.1.2.1, R15); rows may be added.';
COMMENT ON COLUMN kamr_rule.level IS U&'\0E23\0E30\0E14\0E31\0E1A \2014 Level.';
COMMENT ON COLUMN kamr_rule.point IS U&'\0E02\0E49\0E2D \2014 Point of 6.1.2.1: 1 position, 2 good relations, 3 two years of service, 4 training and test.';
COMMENT ON COLUMN kamr_rule.section IS U&'\0E02\0E49\0E2D\0E43\0E19\0E04\0E39\0E48\0E21\0E37\0E2D \2014 Section of the manual, or of the rule that adds it.';

COMMENT ON TABLE waiver IS U&'\0E01\0E32\0E23\0E22\0E01\0E40\0E27\0E49\0E19\0E04\0E38\0E13\0E2A\0E21\0E1A\0E31\0E15\0E34 \2014 Points that the head of the unit passed over, and why (6.1.2.1(5)).';
COMMENT ON COLUMN waiver.waiver_id IS U&'\0E40\0E25\0E02\0E17\0E35\0E48 \2014 Number of the waiver.';
COMMENT ON COLUMN waiver.kamr_id IS U&'\0E01\0E32\0E23\0E41\0E15\0E48\0E07\0E15\0E31\0E49\0E07 \2014 Appointment.';
COMMENT ON COLUMN waiver.plan_id IS U&'\0E41\0E1C\0E19 \2014 Plan or amendment.';
COMMENT ON COLUMN waiver.unit_code IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit.';
COMMENT ON COLUMN waiver.points IS U&'\0E02\0E49\0E2D\0E17\0E35\0E48\0E22\0E01\0E40\0E27\0E49\0E19 \2014 Points waived.';
COMMENT ON COLUMN waiver.reason IS U&'\0E40\0E2B\0E15\0E38\0E1C\0E25 \2014 Reason.';
COMMENT ON COLUMN waiver.waived_by IS U&'\0E1C\0E39\0E49\0E22\0E01\0E40\0E27\0E49\0E19 \2014 Member of staff who waived.';
COMMENT ON COLUMN waiver.waived_at IS U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E22\0E01\0E40\0E27\0E49\0E19 \2014 When.';

COMMENT ON VIEW kamr_point IS U&'\0E04\0E38\0E13\0E2A\0E21\0E1A\0E31\0E15\0E34\0E02\0E2D\0E07\0E1C\0E39\0E49\0E44\0E14\0E49\0E23\0E31\0E1A\0E41\0E15\0E48\0E07\0E15\0E31\0E49\0E07\0E40\0E1B\0E47\0E19\0E23\0E32\0E22\0E02\0E49\0E2D \2014 The qualification of every appointed key account manager, point by point, on the first day of the appointment (6.1.2.1, R15).';
COMMENT ON COLUMN kamr_point.plan_year IS U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year.';
COMMENT ON COLUMN kamr_point.unit_code IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit.';
COMMENT ON COLUMN kamr_point.kamr_id IS U&'\0E01\0E32\0E23\0E41\0E15\0E48\0E07\0E15\0E31\0E49\0E07 \2014 Appointment.';
COMMENT ON COLUMN kamr_point.plan_id IS U&'\0E41\0E1C\0E19 \2014 Plan or amendment that appoints.';
COMMENT ON COLUMN kamr_point.staff_id IS U&'\0E1E\0E19\0E31\0E01\0E07\0E32\0E19 \2014 Member of staff.';
COMMENT ON COLUMN kamr_point.level IS U&'\0E23\0E30\0E14\0E31\0E1A \2014 Level.';
COMMENT ON COLUMN kamr_point.point IS U&'\0E02\0E49\0E2D \2014 Point 1 to 4; 5 for what was waived.';
COMMENT ON COLUMN kamr_point.met IS U&'\0E1C\0E48\0E32\0E19\0E2B\0E23\0E37\0E2D\0E44\0E21\0E48 \2014 Met, not met, or NULL: unknown.';
COMMENT ON COLUMN kamr_point.waived IS U&'\0E22\0E01\0E40\0E27\0E49\0E19\0E41\0E25\0E49\0E27 \2014 Waived by the head of the unit.';
COMMENT ON COLUMN kamr_point.finding_th IS U&'\0E1C\0E25\0E01\0E32\0E23\0E15\0E23\0E27\0E08 \2014 What was found, in Thai.';
COMMENT ON COLUMN kamr_point.finding_en IS U&'\0E1C\0E25\0E01\0E32\0E23\0E15\0E23\0E27\0E08 (\0E2D\0E31\0E07\0E01\0E24\0E29) \2014 What was found, in English.';
COMMENT ON COLUMN kamr_point.section IS U&'\0E02\0E49\0E2D\0E43\0E19\0E04\0E39\0E48\0E21\0E37\0E2D \2014 Section of the manual.';

COMMENT ON FUNCTION _check_own_staff(text, text) IS U&'\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E17\0E35\0E48\0E1C\0E39\0E49\0E40\0E23\0E35\0E22\0E01\0E40\0E2B\0E47\0E19\0E44\0E14\0E49 \2014 A member of staff whom the caller sees; 42501 otherwise.';
COMMENT ON FUNCTION _kamr_of(int, text, text) IS U&'\0E01\0E32\0E23\0E41\0E15\0E48\0E07\0E15\0E31\0E49\0E07\0E02\0E2D\0E07\0E1E\0E19\0E31\0E01\0E07\0E32\0E19 \2014 The appointment of a person in a unit and year, as the open plan would have it.';
COMMENT ON FUNCTION _kamr_to_change(plan, text) IS U&'\0E01\0E32\0E23\0E41\0E15\0E48\0E07\0E15\0E31\0E49\0E07\0E17\0E35\0E48\0E22\0E31\0E07\0E41\0E01\0E49\0E44\0E02\0E44\0E14\0E49 \2014 The same where the open plan made it; 55000 otherwise.';
COMMENT ON FUNCTION _check_kamr_level(text, text) IS U&'\0E15\0E23\0E27\0E08\0E23\0E30\0E14\0E31\0E1A\0E01\0E31\0E1A\0E0A\0E19\0E34\0E14\0E02\0E2D\0E07\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 23514 where a level does not fit the kind of unit.';
COMMENT ON FUNCTION appoint_kamr(int, text, text, text, date) IS U&'\0E41\0E15\0E48\0E07\0E15\0E31\0E49\0E07\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E1A\0E23\0E34\0E2B\0E32\0E23\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D \2014 Appoints a key account manager in the unit''s open plan (6.1.2, 4.5, 4.6, 4.10). 42501 not this unit''s, or staff the caller does not see; 23514 a level that the unit has not; 22008 a day outside the plan year; 23505 appointed already; 55000 no open plan, or the person has left.';
COMMENT ON FUNCTION _check_kamr_free(plan, kamr) IS U&'\0E15\0E23\0E27\0E08\0E27\0E48\0E32\0E44\0E21\0E48\0E21\0E35\0E25\0E39\0E01\0E04\0E49\0E32\0E02\0E2D\0E07\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E2D\0E37\0E48\0E19\0E2D\0E22\0E39\0E48\0E43\0E19\0E04\0E27\0E32\0E21\0E14\0E39\0E41\0E25 \2014 55000 where a person looks after accounts in plans of other units.';
COMMENT ON FUNCTION drop_kamr(int, text, text, text) IS U&'\0E22\0E01\0E40\0E25\0E34\0E01\0E01\0E32\0E23\0E41\0E15\0E48\0E07\0E15\0E31\0E49\0E07 \2014 Takes an appointment back with the accounts assigned to it; an approved one by an amendment, with a reason (R22). 55000 no open plan, not appointed, or still in plans of other units; 23514 without a reason.';
COMMENT ON FUNCTION judge_relations(int, text, text, boolean) IS U&'\0E1B\0E23\0E30\0E40\0E21\0E34\0E19\0E17\0E31\0E01\0E29\0E30\0E04\0E27\0E32\0E21\0E2A\0E31\0E21\0E1E\0E31\0E19\0E18\0E4C \2014 Records the judgement of point 2 (6.1.2.1(2)). 55000 where the appointment is not in an open plan.';
COMMENT ON FUNCTION waive_qualification(int, text, text, int[], text) IS U&'\0E22\0E01\0E40\0E27\0E49\0E19\0E04\0E38\0E13\0E2A\0E21\0E1A\0E31\0E15\0E34 \2014 Waives points 1 to 4 for an appointed person, with a reason; recorded as a decision (6.1.2.1(5)). 42501 unless by the head of the unit; 22023 other points; 23514 without a reason.';
COMMENT ON FUNCTION _test_valid_years() IS U&'\0E2D\0E32\0E22\0E38\0E02\0E2D\0E07\0E1C\0E25\0E01\0E32\0E23\0E17\0E14\0E2A\0E2D\0E1A \2014 For how many years a passed test counts, NULL for ever; 22023 where the setting is no number.';
COMMENT ON FUNCTION _thai_day(date) IS U&'\0E27\0E31\0E19\0E17\0E35\0E48\0E41\0E1A\0E1A\0E1E\0E38\0E17\0E18\0E28\0E31\0E01\0E23\0E32\0E0A \2014 A day as dd/mm/yyyy of the Buddhist era.';
COMMENT ON FUNCTION kamr_qualification(int, text, text) IS U&'\0E04\0E38\0E13\0E2A\0E21\0E1A\0E31\0E15\0E34\0E02\0E2D\0E07\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E1A\0E23\0E34\0E2B\0E32\0E23\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D \2014 The qualification points of a unit''s key account managers, or of one, with the caller''s rights (6.1.2.1, R15).';

-- sql/workflow/training.sql
/* Training and tests of key account managers (4.7, 6.1.2.1(4)). */

-- What was recorded before is overwritten, and kept in the history.  Asked for headquarters, whose post it is:
-- the refusal tells nothing of who exists.
CREATE OR REPLACE FUNCTION record_training(staff_id text, training_year int, curriculum text,
	trained_on date DEFAULT NULL, tested_on date DEFAULT NULL, passed boolean DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('training.record',
		_headquarters());
BEGIN
	PERFORM _check_training(record_training.staff_id, record_training.training_year, record_training.curriculum,
		record_training.trained_on, record_training.tested_on, record_training.passed);
	INSERT INTO training AS t (staff_id, training_year, curriculum, trained_on, tested_on, passed, recorded_by)
	VALUES (record_training.staff_id, record_training.training_year, record_training.curriculum,
		record_training.trained_on, record_training.tested_on, record_training.passed, given.staff_id)
	ON CONFLICT ON CONSTRAINT training_pkey DO UPDATE
		SET trained_on = excluded.trained_on, tested_on = excluded.tested_on, passed = excluded.passed,
			recorded_by = excluded.recorded_by;
END $$;

CREATE OR REPLACE FUNCTION _check_training(staff_id text, training_year int, curriculum text, trained_on date,
	tested_on date, passed boolean) RETURNS void
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM staff s WHERE s.staff_id = _check_training.staff_id) THEN
		RAISE no_data_found USING
			MESSAGE = format('there is no member of staff "%s"', _check_training.staff_id),
			HINT = 'The owner of the workflow enters staff in the table staff.';
	ELSIF training_year BETWEEN 2400 AND 2800 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('training year %s is a year of the Buddhist era', training_year),
			HINT = format('Years are years of the common era: %s.', training_year - 543);
	ELSIF curriculum IS NULL OR curriculum !~ '[^[:space:]]' THEN
		RAISE invalid_parameter_value USING
			MESSAGE = 'the curriculum has no name',
			HINT = 'Name the curriculum that was taught and tested.';
	ELSIF greatest(trained_on, tested_on) > _today() THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('%s is in the future', greatest(trained_on, tested_on)),
			HINT = 'Record trainings and tests when they have been held; years are of the common era.';
	ELSIF tested_on < trained_on THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('the test on %s was before the training on %s', tested_on, trained_on),
			HINT = 'A curriculum is tested after it has been taught.';
	ELSIF passed IS NOT NULL AND tested_on IS NULL THEN
		RAISE check_violation USING
			MESSAGE = 'a test result needs the day of the test',
			HINT = 'Give tested_on.', TABLE = 'training', CONSTRAINT = 'training_result_has_day';
	END IF;
END $$;

CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON training
	FOR EACH ROW EXECUTE FUNCTION _keep_history('staff_id', 'training_year', 'curriculum');

COMMENT ON FUNCTION record_training(text, int, text, date, date, boolean) IS U&'\0E1A\0E31\0E19\0E17\0E36\0E01\0E01\0E32\0E23\0E2D\0E1A\0E23\0E21\0E41\0E25\0E30\0E1C\0E25\0E01\0E32\0E23\0E17\0E14\0E2A\0E2D\0E1A \2014 Records somebody''s training and test of a year and curriculum (4.7, 6.1.2.1(4)); what was recorded before is kept in the history. 42501 unless by 4.7; P0002 no such member of staff; 22008 days in the future or out of order; 22023 a Buddhist-era year; 23514 a result without its day.';
COMMENT ON FUNCTION _check_training(text, int, text, date, date, boolean) IS U&'\0E15\0E23\0E27\0E08\0E02\0E49\0E2D\0E21\0E39\0E25\0E01\0E32\0E23\0E2D\0E1A\0E23\0E21 \2014 The checks of record_training.';

-- sql/workflow/assignment.sql
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

CREATE OR REPLACE FUNCTION _refuse_portfolio(message text) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RAISE check_violation USING
		MESSAGE = message,
		HINT = 'Give the account to another key account manager, or take one away first (6.1.2.1).',
		TABLE = 'assignment', CONSTRAINT = 'kam_portfolio_guard';
END $$;

CREATE OR REPLACE FUNCTION _insert_assignment(s selection, plan_id bigint, staff_id text, responsibility text,
	assigned_by text, taken_over_from bigint DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	new_id bigint;
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
	IF _sees_portfolios(s.plan_year, ARRAY[_insert_assignment.staff_id]) THEN
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
BEGIN
	UPDATE assignment a
	SET staff_id = CASE a.assignment_id WHEN one.assignment_id THEN other.staff_id ELSE one.staff_id END,
		assigned_by = _exchange.assigned_by, assigned_at = _now()
	WHERE a.assignment_id IN (one.assignment_id, other.assignment_id);
EXCEPTION WHEN check_violation THEN
	IF _sees_portfolios(one.plan_year, ARRAY[one.staff_id, other.staff_id]) THEN
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

COMMENT ON TABLE assignment IS U&'\0E01\0E32\0E23\0E21\0E2D\0E1A\0E2B\0E21\0E32\0E22\0E25\0E39\0E01\0E04\0E49\0E32\0E43\0E2B\0E49\0E1C\0E39\0E49\0E14\0E39\0E41\0E25 \2014 Who looks after which account in a plan year (6.1.2.1).';
COMMENT ON COLUMN assignment.assignment_id IS U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E01\0E32\0E23\0E21\0E2D\0E1A\0E2B\0E21\0E32\0E22 \2014 Number of the assignment.';
COMMENT ON COLUMN assignment.plan_id IS U&'\0E41\0E1C\0E19\0E2B\0E23\0E37\0E2D\0E01\0E32\0E23\0E41\0E01\0E49\0E44\0E02\0E41\0E1C\0E19 \2014 Plan or amendment it belongs to.';
COMMENT ON COLUMN assignment.plan_year IS U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year, of the common era.';
COMMENT ON COLUMN assignment.unit_code IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Unit of the account.';
COMMENT ON COLUMN assignment.account_id IS U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account.';
COMMENT ON COLUMN assignment.selection_id IS U&'\0E23\0E32\0E22\0E01\0E32\0E23\0E04\0E31\0E14\0E40\0E25\0E37\0E2D\0E01 \2014 Row of the selection it belongs to.';
COMMENT ON COLUMN assignment.tier IS U&'\0E23\0E30\0E14\0E31\0E1A\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Tier, kept the same as the selection''s by a foreign key.';
COMMENT ON COLUMN assignment.staff_id IS U&'\0E1C\0E39\0E49\0E14\0E39\0E41\0E25 \2014 Member of staff who looks after it.';
COMMENT ON COLUMN assignment.responsibility IS U&'\0E25\0E31\0E01\0E29\0E13\0E30: \0E2B\0E25\0E31\0E01 Streamline \0E2B\0E23\0E37\0E2D\0E23\0E48\0E27\0E21\0E23\0E30\0E14\0E31\0E1A\0E40\0E02\0E15 \2014 main: key account manager; streamline: section head (R14); area: area key account manager beside them (4.12).';
COMMENT ON COLUMN assignment.assigned_by IS U&'\0E1C\0E39\0E49\0E21\0E2D\0E1A\0E2B\0E21\0E32\0E22 \2014 Member of staff who assigned.';
COMMENT ON COLUMN assignment.assigned_at IS U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E21\0E2D\0E1A\0E2B\0E21\0E32\0E22 \2014 When.';
COMMENT ON COLUMN assignment.taken_over_from IS U&'\0E23\0E31\0E1A\0E0A\0E48\0E27\0E07\0E15\0E48\0E2D\0E08\0E32\0E01 \2014 Assignment it was taken over from (R22).';
COMMENT ON COLUMN assignment.dropped_by IS U&'\0E01\0E32\0E23\0E41\0E01\0E49\0E44\0E02\0E41\0E1C\0E19\0E17\0E35\0E48\0E15\0E31\0E14\0E2D\0E2D\0E01 \2014 Amendment that ends it.';
COMMENT ON COLUMN assignment.ended_on IS U&'\0E27\0E31\0E19\0E17\0E35\0E48\0E2A\0E34\0E49\0E19\0E2A\0E38\0E14 \2014 Day on which it ended; NULL while in force.';
COMMENT ON COLUMN assignment.ended_reason IS U&'\0E40\0E2B\0E15\0E38\0E17\0E35\0E48\0E2A\0E34\0E49\0E19\0E2A\0E38\0E14 \2014 Why it ended.';

COMMENT ON VIEW kamr_portfolio IS U&'\0E1E\0E2D\0E23\0E4C\0E15\0E02\0E2D\0E07\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E1A\0E23\0E34\0E2B\0E32\0E23\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D \2014 What each key account manager carries, over all units that the reader sees (6.1.2.1, R11-R13).';
COMMENT ON COLUMN kamr_portfolio.plan_year IS U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year.';
COMMENT ON COLUMN kamr_portfolio.staff_id IS U&'\0E1E\0E19\0E31\0E01\0E07\0E32\0E19 \2014 Member of staff.';
COMMENT ON COLUMN kamr_portfolio.units IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Units that appointed them or whose accounts they have.';
COMMENT ON COLUMN kamr_portfolio.portfolio IS U&'\0E08\0E33\0E19\0E27\0E19\0E25\0E39\0E01\0E04\0E49\0E32\0E41\0E15\0E48\0E25\0E30\0E23\0E30\0E14\0E31\0E1A\0E15\0E32\0E21\0E41\0E1C\0E19\0E25\0E48\0E32\0E2A\0E38\0E14 \2014 Accounts per tier as the open plans would have it; without an open plan, those in force.';
COMMENT ON COLUMN kamr_portfolio.weight IS U&'\0E04\0E48\0E32\0E16\0E48\0E27\0E07\0E19\0E49\0E33\0E2B\0E19\0E31\0E01 \2014 What that weighs.';
COMMENT ON COLUMN kamr_portfolio.in_force IS U&'\0E08\0E33\0E19\0E27\0E19\0E25\0E39\0E01\0E04\0E49\0E32\0E41\0E15\0E48\0E25\0E30\0E23\0E30\0E14\0E31\0E1A\0E17\0E35\0E48\0E21\0E35\0E1C\0E25\0E2D\0E22\0E39\0E48 \2014 Accounts per tier in force.';
COMMENT ON COLUMN kamr_portfolio.minimum IS U&'\0E02\0E31\0E49\0E19\0E15\0E48\0E33 \2014 Least weight.';
COMMENT ON COLUMN kamr_portfolio.maximum IS U&'\0E02\0E31\0E49\0E19\0E2A\0E39\0E07 \2014 Greatest weight.';
COMMENT ON COLUMN kamr_portfolio.state IS U&'\0E1C\0E25: \0E44\0E21\0E48\0E21\0E35 \0E15\0E48\0E33\0E01\0E27\0E48\0E32 \0E2D\0E22\0E39\0E48\0E43\0E19\0E40\0E01\0E13\0E11\0E4C \0E2A\0E39\0E07\0E01\0E27\0E48\0E32 \2014 none (no counted account), below, within or above.';

COMMENT ON FUNCTION _fill_assignment() IS U&'\0E40\0E15\0E34\0E21\0E23\0E32\0E22\0E01\0E32\0E23\0E04\0E31\0E14\0E40\0E25\0E37\0E2D\0E01\0E41\0E25\0E30\0E23\0E30\0E14\0E31\0E1A \2014 Trigger: fills in the row of the selection and the tier.';
COMMENT ON FUNCTION _check_hand_over() IS U&'\0E15\0E23\0E27\0E08\0E01\0E32\0E23\0E23\0E31\0E1A\0E0A\0E48\0E27\0E07\0E15\0E48\0E2D \2014 Trigger: an approved plan takes an assignment only as the successor of one that ended (R22).';
COMMENT ON FUNCTION _check_ending() IS U&'\0E15\0E23\0E27\0E08\0E01\0E32\0E23\0E2A\0E34\0E49\0E19\0E2A\0E38\0E14 \2014 Trigger: an assignment in force only ends, and then stays as it is.';
COMMENT ON FUNCTION _take_assignment(plan, text, text[]) IS U&'\0E19\0E33\0E25\0E39\0E01\0E04\0E49\0E32\0E2D\0E2D\0E01\0E08\0E32\0E01\0E1C\0E39\0E49\0E14\0E39\0E41\0E25 \2014 Takes an account from whoever looks after it in an open plan.';
COMMENT ON FUNCTION _take_assignments_of(plan, kamr) IS U&'\0E19\0E33\0E25\0E39\0E01\0E04\0E49\0E32\0E17\0E31\0E49\0E07\0E2B\0E21\0E14\0E2D\0E2D\0E01\0E08\0E32\0E01\0E1E\0E19\0E31\0E01\0E07\0E32\0E19 \2014 Takes all accounts of the unit from a key account manager.';
COMMENT ON FUNCTION _caring_units(text) IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E17\0E35\0E48\0E14\0E39\0E41\0E25\0E25\0E39\0E01\0E04\0E49\0E32 \2014 The units whose people look after the accounts of a unit.';
COMMENT ON FUNCTION _check_carer(int, text, kam.tier, text, boolean) IS U&'\0E15\0E23\0E27\0E08\0E27\0E48\0E32\0E1C\0E39\0E49\0E14\0E39\0E41\0E25\0E21\0E35\0E2A\0E34\0E17\0E18\0E34\0E4C\0E14\0E39\0E41\0E25 \2014 23514 where a person may not look after an account of the tier and unit.';
COMMENT ON FUNCTION _selected_to_assign(plan, text) IS U&'\0E25\0E39\0E01\0E04\0E49\0E32\0E17\0E35\0E48\0E04\0E31\0E14\0E40\0E25\0E37\0E2D\0E01\0E41\0E25\0E49\0E27 \2014 The selected account in the open plan; 55000 otherwise.';
COMMENT ON FUNCTION _sees_portfolios(int, text[]) IS U&'\0E1C\0E39\0E49\0E40\0E23\0E35\0E22\0E01\0E40\0E2B\0E47\0E19\0E1E\0E2D\0E23\0E4C\0E15\0E17\0E31\0E49\0E07\0E2B\0E21\0E14\0E2B\0E23\0E37\0E2D\0E44\0E21\0E48 \2014 Does the caller see all that these people look after?';
COMMENT ON FUNCTION _refuse_portfolio(text) IS U&'\0E1B\0E0F\0E34\0E40\0E2A\0E18\0E42\0E14\0E22\0E44\0E21\0E48\0E1A\0E2D\0E01\0E1C\0E25\0E23\0E27\0E21 \2014 The portfolio guard''s 23514 without the sum.';
COMMENT ON FUNCTION _insert_assignment(selection, bigint, text, text, text, bigint) IS U&'\0E40\0E1E\0E34\0E48\0E21\0E01\0E32\0E23\0E21\0E2D\0E1A\0E2B\0E21\0E32\0E22 \2014 Puts an account with a person; 23514 above the limit.';
COMMENT ON FUNCTION _assign(authorization_given, plan, selection, text, text) IS U&'\0E21\0E2D\0E1A\0E2B\0E21\0E32\0E22\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Puts an account with a person in the open plan.';
COMMENT ON FUNCTION assign_account(int, text, text) IS U&'\0E21\0E2D\0E1A\0E2B\0E21\0E32\0E22\0E25\0E39\0E01\0E04\0E49\0E32\0E43\0E2B\0E49\0E1C\0E39\0E49\0E14\0E39\0E41\0E25 \2014 Assigns a selected account in the open plan: to a key account manager of the unit (of an office of the area, for an area''s account), Streamline to the section head (6.1.2.1, R12, R14). 42501 not this unit''s; 23514 not such a person, or above 12.0; 55000 not selected, no open plan.';
COMMENT ON FUNCTION assign_area_kamr(int, text, text) IS U&'\0E21\0E2D\0E1A\0E2B\0E21\0E32\0E22\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E23\0E30\0E14\0E31\0E1A\0E40\0E02\0E15\0E23\0E48\0E27\0E21\0E14\0E39\0E41\0E25 \2014 Puts an area key account manager beside whoever looks after the account, without a limit (4.12, R12). 23514 not appointed by the area.';
COMMENT ON FUNCTION unassign_account(int, text) IS U&'\0E22\0E01\0E40\0E25\0E34\0E01\0E01\0E32\0E23\0E21\0E2D\0E1A\0E2B\0E21\0E32\0E22 \2014 Takes an account from its key account manager or section head in the open plan.';
COMMENT ON FUNCTION unassign_area_kamr(int, text) IS U&'\0E22\0E01\0E40\0E25\0E34\0E01\0E01\0E32\0E23\0E21\0E2D\0E1A\0E2B\0E21\0E32\0E22\0E23\0E30\0E14\0E31\0E1A\0E40\0E02\0E15 \2014 Takes an account from its area key account manager in the open plan.';
COMMENT ON FUNCTION _main_assignment(int, text) IS U&'\0E1C\0E39\0E49\0E14\0E39\0E41\0E25\0E2B\0E25\0E31\0E01\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Who looks after an account, as the open plan would have it; 55000 where nobody does.';
COMMENT ON FUNCTION _exchange(assignment, assignment, text) IS U&'\0E2A\0E25\0E31\0E1A\0E1C\0E39\0E49\0E14\0E39\0E41\0E25\0E02\0E2D\0E07\0E2A\0E2D\0E07\0E23\0E32\0E22\0E01\0E32\0E23 \2014 Exchanges the people of two assignments.';
COMMENT ON FUNCTION swap_accounts(int, text, text) IS U&'\0E2A\0E25\0E31\0E1A\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E30\0E2B\0E27\0E48\0E32\0E07\0E1E\0E19\0E31\0E01\0E07\0E32\0E19 \2014 Exchanges two accounts between their key account managers in the open plan; only the outcome is held against the limit. 55000 where one is not assigned there; 23514 Streamline.';
COMMENT ON FUNCTION _assignment_in_force(int, text) IS U&'\0E01\0E32\0E23\0E21\0E2D\0E1A\0E2B\0E21\0E32\0E22\0E17\0E35\0E48\0E21\0E35\0E1C\0E25\0E2D\0E22\0E39\0E48 \2014 The assignment in force, locked with its plan; 55000 where there is none.';
COMMENT ON FUNCTION hand_over_account(int, text, text, text) IS U&'\0E2A\0E48\0E07\0E21\0E2D\0E1A\0E25\0E39\0E01\0E04\0E49\0E32\0E43\0E2B\0E49\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E2D\0E37\0E48\0E19 \2014 Hands an account in force over to another approved key account manager of the unit, at once (R22, 4.10, 4.5); recorded as a decision, with an introduction due. 42501 not 4.10 or 4.5; 23514 not such a person, above 12.0, or without a reason; 55000 not in force; 22023 the same person.';

-- sql/workflow/plan_content.sql
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
U&'\0E41\0E1C\0E19\0E17\0E35\0E48\0E21\0E35\0E1C\0E25\0E23\0E27\0E21\0E01\0E31\0E19 \2014 The approved plans of the unit and year, and this one.';
COMMENT ON FUNCTION _standing_selection(plan) IS
U&'\0E01\0E32\0E23\0E04\0E31\0E14\0E40\0E25\0E37\0E2D\0E01\0E40\0E21\0E37\0E48\0E2D\0E41\0E1C\0E19\0E21\0E35\0E1C\0E25 \2014 The selection as it would be were this plan approved.';
COMMENT ON FUNCTION _standing_kamr(plan) IS U&'KAMR \0E40\0E21\0E37\0E48\0E2D\0E41\0E1C\0E19\0E21\0E35\0E1C\0E25 \2014 The KAMRs as they would be were this plan approved.';
COMMENT ON FUNCTION _standing_assignment(plan) IS
U&'\0E01\0E32\0E23\0E21\0E2D\0E1A\0E2B\0E21\0E32\0E22\0E40\0E21\0E37\0E48\0E2D\0E41\0E1C\0E19\0E21\0E35\0E1C\0E25 \2014 The assignments of selected accounts as they would be were this plan approved.';
COMMENT ON FUNCTION _standing_activity(plan) IS
U&'\0E01\0E34\0E08\0E01\0E23\0E23\0E21\0E40\0E21\0E37\0E48\0E2D\0E41\0E1C\0E19\0E21\0E35\0E1C\0E25 \2014 The activities as they would be were this plan approved.';
COMMENT ON FUNCTION _standing_target(plan) IS
U&'\0E40\0E1B\0E49\0E32\0E2B\0E21\0E32\0E22\0E40\0E21\0E37\0E48\0E2D\0E41\0E1C\0E19\0E21\0E35\0E1C\0E25 \2014 The targets as they would be were this plan approved.';
COMMENT ON FUNCTION _open_plan_of_account(int, text) IS
U&'\0E41\0E1C\0E19\0E17\0E35\0E48\0E41\0E01\0E49\0E44\0E02\0E44\0E14\0E49\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32 \2014 The open plan of an account''s unit; 23514 where the account is not selected in it.';
COMMENT ON FUNCTION _amount(text, numeric) IS U&'\0E08\0E33\0E19\0E27\0E19\0E40\0E07\0E34\0E19 \2014 An amount in baht, or 22023.';
COMMENT ON FUNCTION _text(text, text) IS U&'\0E02\0E49\0E2D\0E04\0E27\0E32\0E21\0E17\0E35\0E48\0E15\0E49\0E2D\0E07\0E21\0E35 \2014 A text that says something, or 22004.';
COMMENT ON FUNCTION set_budget(int, text, numeric) IS
U&'\0E01\0E33\0E2B\0E19\0E14\0E07\0E1A\0E2A\0E19\0E31\0E1A\0E2A\0E19\0E38\0E19 KAMR \2014 Sets the budget for supporting the unit''s KAMRs in its open plan (4.2, 4.3). Errors: 22023, 42501, 55000.';
COMMENT ON FUNCTION set_target(int, text, text, numeric, numeric) IS
U&'\0E01\0E33\0E2B\0E19\0E14\0E40\0E1B\0E49\0E32\0E2B\0E21\0E32\0E22\0E15\0E31\0E27\0E0A\0E35\0E49\0E27\0E31\0E14 \2014 Sets the target for a KPI in the unit''s open plan: plan_success in per cent, satisfaction, loyalty (1.4). Errors: 22023, 42501, 55000.';
COMMENT ON FUNCTION _check_target(text, numeric, numeric) IS
U&'\0E15\0E23\0E27\0E08\0E40\0E1B\0E49\0E32\0E2B\0E21\0E32\0E22 \2014 22023 for a KPI or value that there is not.';
COMMENT ON FUNCTION drop_target(int, text, text) IS
U&'\0E25\0E1A\0E40\0E1B\0E49\0E32\0E2B\0E21\0E32\0E22 \2014 Takes a target out of the open plan. Errors: 42501, 55000, P0002.';
COMMENT ON FUNCTION add_benefit(int, text, text, numeric) IS
U&'\0E40\0E1E\0E34\0E48\0E21\0E2A\0E34\0E17\0E18\0E34\0E1B\0E23\0E30\0E42\0E22\0E0A\0E19\0E4C \2014 Plans a benefit for a selected account and returns its number (1.3). Errors: 22004, 22023, 23514, 42501, 55000.';
COMMENT ON FUNCTION drop_benefit(bigint) IS
U&'\0E25\0E1A\0E2A\0E34\0E17\0E18\0E34\0E1B\0E23\0E30\0E42\0E22\0E0A\0E19\0E4C \2014 Takes a benefit out of the open plan, or has the open amendment drop it. Errors: 42501, 55000.';
COMMENT ON FUNCTION _open_plan_of_row(text, bigint, bigint, bigint, date) IS
U&'\0E41\0E1C\0E19\0E17\0E35\0E48\0E41\0E01\0E49\0E44\0E02\0E44\0E14\0E49\0E02\0E2D\0E07\0E41\0E16\0E27 \2014 The open plan in which a row may be changed or dropped: its own, or an amendment to that.';
COMMENT ON FUNCTION add_activity(int, text, text, date) IS
U&'\0E40\0E1E\0E34\0E48\0E21\0E01\0E34\0E08\0E01\0E23\0E23\0E21 \2014 Plans an activity for a selected account and returns its number (1.4). Errors: 22004, 22008 for a day outside the plan year, 23514, 42501, 55000.';
COMMENT ON FUNCTION _day_in_plan_year(int, date) IS U&'\0E27\0E31\0E19\0E43\0E19\0E1B\0E35\0E41\0E1C\0E19 \2014 A day of the plan year, or 22008.';
COMMENT ON FUNCTION change_activity(bigint, text, date) IS
U&'\0E41\0E01\0E49\0E44\0E02\0E01\0E34\0E08\0E01\0E23\0E23\0E21 \2014 Changes an activity in the open plan; in an amendment an approved one is replaced by a new one. Returns the number. Errors: 22008, 42501, 55000.';
COMMENT ON FUNCTION drop_activity(bigint) IS
U&'\0E25\0E1A\0E01\0E34\0E08\0E01\0E23\0E23\0E21 \2014 Takes an activity out of the open plan, or has the open amendment drop it. Errors: 42501, 55000.';
COMMENT ON FUNCTION _open_plan_of_activity(bigint, activity) IS
U&'\0E41\0E1C\0E19\0E17\0E35\0E48\0E41\0E01\0E49\0E44\0E02\0E44\0E14\0E49\0E02\0E2D\0E07\0E01\0E34\0E08\0E01\0E23\0E23\0E21 \2014 The open plan in which an activity may be changed or dropped; 55000 once it is done.';
COMMENT ON FUNCTION plan_content(bigint) IS
U&'\0E40\0E19\0E37\0E49\0E2D\0E2B\0E32\0E17\0E31\0E49\0E07\0E2B\0E21\0E14\0E02\0E2D\0E07\0E41\0E1C\0E19 \2014 All that a plan or amendment says, as one document, with the caller''s rights; its hash stands in the decision that approved it.';
COMMENT ON FUNCTION _selection_content(bigint) IS U&'\0E40\0E19\0E37\0E49\0E2D\0E2B\0E32\0E01\0E32\0E23\0E04\0E31\0E14\0E40\0E25\0E37\0E2D\0E01 \2014 The selection of a plan, as a document.';
COMMENT ON FUNCTION _kamr_content(bigint) IS U&'\0E40\0E19\0E37\0E49\0E2D\0E2B\0E32\0E01\0E32\0E23\0E41\0E15\0E48\0E07\0E15\0E31\0E49\0E07 KAMR \2014 The appointments of a plan, as a document.';
COMMENT ON FUNCTION _waiver_content(bigint) IS U&'\0E40\0E19\0E37\0E49\0E2D\0E2B\0E32\0E01\0E32\0E23\0E22\0E01\0E40\0E27\0E49\0E19\0E04\0E38\0E13\0E2A\0E21\0E1A\0E31\0E15\0E34 \2014 The waivers of a plan, as a document.';
COMMENT ON FUNCTION _assignment_content(bigint) IS
U&'\0E40\0E19\0E37\0E49\0E2D\0E2B\0E32\0E01\0E32\0E23\0E21\0E2D\0E1A\0E2B\0E21\0E32\0E22 \2014 The assignments of a plan, as a document, without later hand-overs.';
COMMENT ON FUNCTION _benefit_content(bigint) IS U&'\0E40\0E19\0E37\0E49\0E2D\0E2B\0E32\0E2A\0E34\0E17\0E18\0E34\0E1B\0E23\0E30\0E42\0E22\0E0A\0E19\0E4C \2014 The benefits of a plan, as a document.';
COMMENT ON FUNCTION _target_content(bigint) IS U&'\0E40\0E19\0E37\0E49\0E2D\0E2B\0E32\0E40\0E1B\0E49\0E32\0E2B\0E21\0E32\0E22 \2014 The targets of a plan, as a document.';
COMMENT ON FUNCTION _activity_content(bigint) IS U&'\0E40\0E19\0E37\0E49\0E2D\0E2B\0E32\0E01\0E34\0E08\0E01\0E23\0E23\0E21 \2014 The activities of a plan, as a document.';
COMMENT ON FUNCTION _dropped_content(bigint) IS U&'\0E40\0E19\0E37\0E49\0E2D\0E2B\0E32\0E17\0E35\0E48\0E16\0E39\0E01\0E15\0E31\0E14\0E2D\0E2D\0E01 \2014 What an amendment drops, as a document.';

-- sql/workflow/plan_missing.sql
/* What a plan still lacks before it can be approved: each thing by name, with the manual's section. */

CREATE TYPE plan_problem AS (problem text, account_id text, staff_id text, text_th text, text_en text, section text);

-- The rules a plan is approved under; an amendment keeps those of the plan it amends (R4).
CREATE OR REPLACE FUNCTION _plan_rule_set(the_plan plan) RETURNS text
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN coalesce(the_plan.rule_set,
		(SELECT p.rule_set FROM plan p
		WHERE p.plan_year = the_plan.plan_year AND p.unit_code = the_plan.unit_code AND p.amendment_no = 0),
		kam.rule_set_in_force(the_plan.plan_year));
END $$;

-- Accounts: all decided upon, under the rules that hold, still the unit's (6.1.1).
CREATE OR REPLACE FUNCTION _missing_selection(the_plan plan) RETURNS SETOF plan_problem
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	in_force text := _plan_rule_set(the_plan);
BEGIN
	RETURN QUERY
	SELECT 'undecided', s.account_id, NULL::text,
		format(unistr('\0E25\0E39\0E01\0E04\0E49\0E32 %s \0E40\0E02\0E49\0E32\0E40\0E01\0E13\0E11\0E4C \0E41\0E15\0E48\0E22\0E31\0E07\0E44\0E21\0E48\0E44\0E14\0E49\0E04\0E31\0E14\0E40\0E25\0E37\0E2D\0E01\0E2B\0E23\0E37\0E2D\0E23\0E30\0E1A\0E38\0E40\0E2B\0E15\0E38\0E1C\0E25\0E17\0E35\0E48\0E44\0E21\0E48\0E04\0E31\0E14\0E40\0E25\0E37\0E2D\0E01'), s.account_id),
		format('account "%s" is eligible, and neither selected nor left out', s.account_id), '6.1.1, R5'
	FROM _standing_selection(the_plan) s WHERE s.status = 'eligible';
	RETURN QUERY
	SELECT 'rule_set', s.account_id, NULL::text,
		format(unistr('\0E25\0E39\0E01\0E04\0E49\0E32 %s \0E16\0E39\0E01\0E40\0E2A\0E19\0E2D\0E20\0E32\0E22\0E43\0E15\0E49\0E2B\0E25\0E31\0E01\0E40\0E01\0E13\0E11\0E4C %s \0E41\0E15\0E48\0E2B\0E25\0E31\0E01\0E40\0E01\0E13\0E11\0E4C\0E17\0E35\0E48\0E43\0E0A\0E49\0E04\0E37\0E2D %s'), s.account_id,
			s.rule_set, in_force),
		format('account "%s" was proposed under the rule set "%s", but "%s" holds', s.account_id, s.rule_set, in_force),
		'R4'
	FROM _standing_selection(the_plan) s WHERE s.rule_set <> in_force;
	RETURN QUERY
	SELECT 'closed_account', s.account_id, NULL::text,
		format(unistr('\0E25\0E39\0E01\0E04\0E49\0E32 %s \0E40\0E25\0E34\0E01\0E43\0E0A\0E49\0E44\0E1F\0E1F\0E49\0E32\0E41\0E25\0E49\0E27'), s.account_id), format('account "%s" is closed', s.account_id),
		'R22'
	FROM _standing_selection(the_plan) s JOIN account a USING (account_id)
	WHERE s.status = 'selected' AND a.closed_on <= _today();
	RETURN QUERY
	SELECT 'moved_account', s.account_id, NULL::text,
		format(unistr('\0E25\0E39\0E01\0E04\0E49\0E32 %s \0E44\0E21\0E48\0E44\0E14\0E49\0E2D\0E22\0E39\0E48\0E43\0E19\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 %s \0E41\0E25\0E49\0E27'), s.account_id, the_plan.unit_code),
		format('account "%s" no longer belongs to unit "%s"', s.account_id, the_plan.unit_code), '6.1.1, R10'
	FROM _standing_selection(the_plan) s JOIN account a USING (account_id)
	WHERE s.status = 'selected' AND a.unit_code <> the_plan.unit_code;
END $$;

-- Whoever keeps the Streamline accounts of a unit, on some day from now to the end of the plan year (R14).
-- An area's are kept by the section heads of its offices.
CREATE OR REPLACE FUNCTION _section_heads(the_plan plan) RETURNS SETOF text
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	SELECT h.staff_id FROM post_holder h JOIN unit u USING (unit_code)
	WHERE h.post = CASE the_plan.route WHEN 'hq' THEN 'hq_section_head' ELSE 'section_head' END
		AND the_plan.unit_code IN (u.unit_code, CASE the_plan.route WHEN 'area' THEN u.parent_unit END)
		AND h.from_date <= make_date(the_plan.plan_year, 12, 31) AND (h.to_date IS NULL OR h.to_date >= _today());
END $$;

-- Who is appointed to look after accounts of the plan: an area's are given to offices of the area.
CREATE OR REPLACE FUNCTION _appointed(the_plan plan) RETURNS SETOF text
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	SELECT k.staff_id FROM _standing_kamr(the_plan) k
	UNION
	SELECT k.staff_id FROM kamr k JOIN unit u USING (unit_code)
	WHERE the_plan.route = 'area' AND u.parent_unit = the_plan.unit_code AND k.plan_year = the_plan.plan_year
		AND k.ended_on IS NULL;
END $$;

-- Assignment: every account with somebody who may have it (6.1.2, R14).
CREATE OR REPLACE FUNCTION _missing_assignment(the_plan plan) RETURNS SETOF plan_problem
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	SELECT 'unassigned', s.account_id, NULL::text,
		format(unistr('\0E25\0E39\0E01\0E04\0E49\0E32 %s \0E22\0E31\0E07\0E44\0E21\0E48\0E21\0E35\0E1C\0E39\0E49\0E14\0E39\0E41\0E25'), s.account_id),
		format('account "%s" (%s) is assigned to nobody', s.account_id, s.tier), '6.1.2'
	FROM _standing_selection(the_plan) s
	WHERE s.status = 'selected' AND s.account_id NOT IN (
		SELECT a.account_id FROM _standing_assignment(the_plan) a WHERE a.responsibility <> 'area');
	RETURN QUERY
	SELECT 'not_section_head', a.account_id, a.staff_id,
		format(unistr('\0E25\0E39\0E01\0E04\0E49\0E32 Streamline %s \0E15\0E49\0E2D\0E07\0E2D\0E22\0E39\0E48\0E43\0E19\0E04\0E27\0E32\0E21\0E14\0E39\0E41\0E25\0E02\0E2D\0E07\0E2B\0E31\0E27\0E2B\0E19\0E49\0E32\0E41\0E1C\0E19\0E01 \0E44\0E21\0E48\0E43\0E0A\0E48 %s'), a.account_id, a.staff_id),
		format('Streamline account "%s" is with "%s", who is not the section head', a.account_id, a.staff_id),
		'4.15.5, R14'
	FROM _standing_assignment(the_plan) a
	WHERE a.responsibility = 'streamline' AND a.staff_id NOT IN (SELECT _section_heads(the_plan));
	RETURN QUERY
	SELECT 'not_appointed', a.account_id, a.staff_id,
		format(unistr('\0E25\0E39\0E01\0E04\0E49\0E32 %s \0E21\0E2D\0E1A\0E2B\0E21\0E32\0E22\0E43\0E2B\0E49 %s \0E0B\0E36\0E48\0E07\0E44\0E21\0E48\0E44\0E14\0E49\0E23\0E31\0E1A\0E41\0E15\0E48\0E07\0E15\0E31\0E49\0E07\0E40\0E1B\0E47\0E19 KAMR \0E43\0E19\0E41\0E1C\0E19\0E19\0E35\0E49'), a.account_id, a.staff_id),
		format('account "%s" is assigned to "%s", who is not appointed in this plan', a.account_id, a.staff_id), '6.1.2'
	FROM _standing_assignment(the_plan) a
	WHERE a.responsibility = 'main' AND a.staff_id NOT IN (SELECT _appointed(the_plan));
	RETURN QUERY
	SELECT 'not_appointed', a.account_id, a.staff_id,
		format(unistr('\0E25\0E39\0E01\0E04\0E49\0E32 %s \0E21\0E35 %s \0E23\0E48\0E27\0E21\0E14\0E39\0E41\0E25 \0E0B\0E36\0E48\0E07\0E44\0E21\0E48\0E44\0E14\0E49\0E23\0E31\0E1A\0E41\0E15\0E48\0E07\0E15\0E31\0E49\0E07\0E40\0E1B\0E47\0E19 KAMR \0E02\0E2D\0E07\0E40\0E02\0E15'), a.account_id, a.staff_id),
		format('account "%s" is shared with "%s", whom the area does not appoint', a.account_id, a.staff_id), '4.12'
	FROM _standing_assignment(the_plan) a
	WHERE a.responsibility = 'area' AND NOT EXISTS (
		SELECT FROM kamr k WHERE k.staff_id = a.staff_id AND k.plan_year = a.plan_year AND k.level = 'area'
			AND k.unit_code = _area(a.unit_code) AND k.ended_on IS NULL
			AND k.dropped_by IS DISTINCT FROM the_plan.plan_id);
END $$;

-- Appointed people: still there, and qualified or waived point by point (6.1.2.1).
CREATE OR REPLACE FUNCTION _missing_qualification(the_plan plan) RETURNS SETOF plan_problem
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	SELECT 'staff_left', NULL::text, k.staff_id,
		format(unistr('%s \0E1E\0E49\0E19\0E08\0E32\0E01\0E01\0E32\0E23\0E40\0E1B\0E47\0E19\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E41\0E25\0E49\0E27'), k.staff_id),
		format('"%s" is appointed and has left', k.staff_id), '6.1.2'
	FROM _standing_kamr(the_plan) k JOIN staff s USING (staff_id) WHERE s.left_on <= _today();
	RETURN QUERY
	SELECT 'unqualified', NULL::text, q.staff_id, format('%s: %s', q.staff_id, q.finding_th),
		format('"%s" is not qualified: %s', q.staff_id, q.finding_en), q.section
	FROM kamr_qualification(the_plan.plan_year, the_plan.unit_code) q
	WHERE q.met IS NOT TRUE AND NOT q.waived AND q.kamr_id IN (SELECT k.kamr_id FROM _standing_kamr(the_plan) k);
END $$;

-- The weight of each portfolio that the plan touches, over all units (R12), as a figure to those who see all of its
-- accounts.  What is planned elsewhere counts too, or two units that share a manager could never be approved one
-- after the other.
CREATE OR REPLACE FUNCTION _portfolio_weights(the_plan plan, rule_set text)
RETURNS TABLE (staff_id text, weight numeric, figure text)
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	units text[] := _readable_units();
BEGIN
	RETURN QUERY
	SELECT p.staff_id, p.weight, CASE WHEN p.is_visible THEN p.weight || ', ' END
	FROM (
		SELECT a.staff_id, kam.weight(kam.portfolio(a.tier), NULL, _portfolio_weights.rule_set) AS weight,
			bool_and(a.unit_code = ANY (units)) AS is_visible
		FROM assignment a
		WHERE a.plan_year = the_plan.plan_year AND a.ended_on IS NULL AND a.dropped_by IS NULL
			AND a.responsibility = 'main' AND a.staff_id IN (
				SELECT o.staff_id FROM _standing_assignment(the_plan) o WHERE o.responsibility = 'main')
		GROUP BY a.staff_id) p;
END $$;

-- Each portfolio within the limits (R13).  Where all counted accounts of the unit together weigh less than the
-- minimum, nobody could comply: that is a problem of its own, which the approver may accept with a reason.
CREATE OR REPLACE FUNCTION _missing_weight(the_plan plan) RETURNS SETOF plan_problem
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	in_force text := _plan_rule_set(the_plan);
	limits kam.rule_set := (SELECT r FROM kam.rule_set r WHERE r.rule_set = in_force ORDER BY r.builtin LIMIT 1);
	unit_portfolio kam.portfolio := (
		SELECT kam.portfolio(s.tier) FROM _standing_selection(the_plan) s WHERE s.status = 'selected');
	unit_weight numeric := kam.weight(unit_portfolio, NULL, in_force);
	too_few boolean := unit_weight < limits.portfolio_min;
BEGIN
	RETURN QUERY
	SELECT 'above_maximum', NULL::text, w.staff_id,
		format(unistr('\0E1E\0E2D\0E23\0E4C\0E15\0E02\0E2D\0E07 %s \0E21\0E35\0E04\0E48\0E32\0E16\0E48\0E27\0E07\0E19\0E49\0E33\0E2B\0E19\0E31\0E01 %s\0E2A\0E39\0E07\0E01\0E27\0E48\0E32 %s'), w.staff_id, w.figure, limits.portfolio_max),
		format('the portfolio of "%s" weighs %smore than %s', w.staff_id, w.figure, limits.portfolio_max), '6.1.2.1, R13'
	FROM _portfolio_weights(the_plan, in_force) w WHERE w.weight > limits.portfolio_max;
	RETURN QUERY
	SELECT CASE WHEN too_few THEN 'below_minimum_unit' ELSE 'below_minimum' END, NULL::text, w.staff_id,
		format(unistr('\0E1E\0E2D\0E23\0E4C\0E15\0E02\0E2D\0E07 %s \0E21\0E35\0E04\0E48\0E32\0E16\0E48\0E27\0E07\0E19\0E49\0E33\0E2B\0E19\0E31\0E01 %s\0E15\0E48\0E33\0E01\0E27\0E48\0E32 %s'), w.staff_id, w.figure, limits.portfolio_min),
		format('the portfolio of "%s" weighs %sless than %s', w.staff_id, w.figure, limits.portfolio_min)
			|| CASE WHEN too_few THEN format(' (all counted accounts of the unit together weigh %s)', unit_weight) ELSE '' END,
		'6.1.2.1, R13'
	FROM _portfolio_weights(the_plan, in_force) w WHERE w.weight < limits.portfolio_min AND w.weight > 0;
END $$;

-- Targets for both KPIs, and something to do for every account (1.4).
CREATE OR REPLACE FUNCTION _missing_content(the_plan plan) RETURNS SETOF plan_problem
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	SELECT 'no_target', NULL::text, NULL::text,
		format(unistr('\0E22\0E31\0E07\0E44\0E21\0E48\0E44\0E14\0E49\0E01\0E33\0E2B\0E19\0E14\0E40\0E1B\0E49\0E32\0E2B\0E21\0E32\0E22\0E02\0E2D\0E07 %s'), k.kpi_th),
		format('there is no target for %s (%s)', k.kpi_en, k.kpi), '5, step 1.4'
	FROM (VALUES ('plan_success', unistr('\0E23\0E49\0E2D\0E22\0E25\0E30\0E04\0E27\0E32\0E21\0E2A\0E33\0E40\0E23\0E47\0E08\0E15\0E32\0E21\0E41\0E1C\0E19'), 'success against the plan'),
		('satisfaction', unistr('\0E04\0E27\0E32\0E21\0E1E\0E36\0E07\0E1E\0E2D\0E43\0E08\0E42\0E14\0E22\0E23\0E27\0E21'), 'overall satisfaction')) k (kpi, kpi_th, kpi_en)
	WHERE k.kpi NOT IN (SELECT t.kpi FROM _standing_target(the_plan) t);
	RETURN QUERY
	SELECT 'no_activity', s.account_id, NULL::text,
		format(unistr('\0E25\0E39\0E01\0E04\0E49\0E32 %s \0E22\0E31\0E07\0E44\0E21\0E48\0E21\0E35\0E01\0E34\0E08\0E01\0E23\0E23\0E21\0E43\0E19\0E41\0E1C\0E19'), s.account_id),
		format('account "%s" has no activity', s.account_id), '5, step 1.4'
	FROM _standing_selection(the_plan) s
	WHERE s.status = 'selected' AND s.account_id NOT IN (SELECT a.account_id FROM _standing_activity(the_plan) a);
END $$;

-- An area's plan is made of the compiled plans of its offices.
CREATE OR REPLACE FUNCTION _missing_offices(the_plan plan) RETURNS SETOF plan_problem
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	SELECT 'office_plan', NULL::text, NULL::text,
		format(unistr('\0E41\0E1C\0E19\0E02\0E2D\0E07 %s \0E22\0E31\0E07\0E44\0E21\0E48\0E44\0E14\0E49\0E23\0E27\0E1A\0E23\0E27\0E21 (%s)'), o.unit_code, o.status),
		format('the plan of office "%s" is %s and not compiled yet', o.unit_code, o.status), '4.6.3'
	FROM plan o JOIN unit u USING (unit_code)
	WHERE the_plan.route = 'area' AND the_plan.amendment_no = 0
		AND u.parent_unit = the_plan.unit_code AND u.kind = 'office' AND (u.closed_on IS NULL OR u.closed_on > _today())
		AND o.plan_year = the_plan.plan_year AND o.amendment_no = 0 AND o.status IN ('draft', 'submitted', 'returned');
END $$;

CREATE OR REPLACE FUNCTION _plan_missing(the_plan plan) RETURNS SETOF plan_problem
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	SELECT m.* FROM (
		SELECT 1, x.* FROM _missing_selection(the_plan) x
		UNION ALL SELECT 2, x.* FROM _missing_qualification(the_plan) x
		UNION ALL SELECT 3, x.* FROM _missing_assignment(the_plan) x
		UNION ALL SELECT 4, x.* FROM _missing_weight(the_plan) x
		UNION ALL SELECT 5, x.* FROM _missing_content(the_plan) x
		UNION ALL SELECT 6, x.* FROM _missing_offices(the_plan) x
	) o (n, problem, account_id, staff_id, text_th, text_en, section)
		CROSS JOIN LATERAL (SELECT o.problem, o.account_id, o.staff_id, o.text_th, o.text_en, o.section) m
	ORDER BY o.n, o.problem, o.account_id, o.staff_id, o.text_en;
END $$;

-- Definer's rights: a portfolio is weighed over all units (R12), of which an office sees its own.
CREATE OR REPLACE FUNCTION plan_missing(plan_year int, unit_code text)
RETURNS TABLE (problem text, account_id text, staff_id text, text_th text, text_en text, section text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	the_plan plan;
BEGIN
	IF NOT coalesce(unit_code = ANY (_readable_units()), false) THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('unit "%s" is not among those of "%s"', unit_code, coalesce(me(), _role())),
			HINT = 'A plan is looked through by those who read all accounts of its unit.';
	END IF;
	PERFORM _check_plan_year(plan_year);
	SELECT * INTO the_plan FROM plan p
	WHERE p.plan_year = plan_missing.plan_year AND p.unit_code = plan_missing.unit_code AND p.status <> 'withdrawn'
	ORDER BY p.amendment_no DESC LIMIT 1;
	IF FOUND THEN
		RETURN QUERY SELECT m.* FROM _plan_missing(the_plan) m;
	END IF;
END $$;

COMMENT ON FUNCTION _plan_rule_set(plan) IS
U&'\0E2B\0E25\0E31\0E01\0E40\0E01\0E13\0E11\0E4C\0E02\0E2D\0E07\0E41\0E1C\0E19 \2014 The rules a plan is judged by; an amendment keeps those of its plan (R4).';
COMMENT ON FUNCTION _missing_selection(plan) IS U&'\0E2A\0E34\0E48\0E07\0E17\0E35\0E48\0E02\0E32\0E14\0E43\0E19\0E01\0E32\0E23\0E04\0E31\0E14\0E40\0E25\0E37\0E2D\0E01 \2014 What is missing in the selection.';
COMMENT ON FUNCTION _section_heads(plan) IS
U&'\0E1C\0E39\0E49\0E14\0E39\0E41\0E25\0E25\0E39\0E01\0E04\0E49\0E32 Streamline \2014 Who keeps the Streamline accounts of a plan (R14).';
COMMENT ON FUNCTION _appointed(plan) IS U&'\0E1C\0E39\0E49\0E44\0E14\0E49\0E23\0E31\0E1A\0E41\0E15\0E48\0E07\0E15\0E31\0E49\0E07\0E43\0E19\0E41\0E1C\0E19 \2014 Who is appointed to look after accounts of a plan.';
COMMENT ON FUNCTION _missing_assignment(plan) IS
U&'\0E2A\0E34\0E48\0E07\0E17\0E35\0E48\0E02\0E32\0E14\0E43\0E19\0E01\0E32\0E23\0E21\0E2D\0E1A\0E2B\0E21\0E32\0E22 \2014 What is missing in the assignment of accounts.';
COMMENT ON FUNCTION _missing_qualification(plan) IS
U&'\0E04\0E38\0E13\0E2A\0E21\0E1A\0E31\0E15\0E34\0E17\0E35\0E48\0E02\0E32\0E14 \2014 Which points of qualification are neither met nor waived.';
COMMENT ON FUNCTION _portfolio_weights(plan, text) IS
U&'\0E04\0E48\0E32\0E16\0E48\0E27\0E07\0E19\0E49\0E33\0E2B\0E19\0E31\0E01\0E02\0E2D\0E07\0E1E\0E2D\0E23\0E4C\0E15\0E17\0E35\0E48\0E40\0E01\0E35\0E48\0E22\0E27\0E02\0E49\0E2D\0E07 \2014 The weights of the portfolios that a plan touches, over all units (R12).';
COMMENT ON FUNCTION _missing_weight(plan) IS U&'\0E1E\0E2D\0E23\0E4C\0E15\0E17\0E35\0E48\0E2D\0E22\0E39\0E48\0E19\0E2D\0E01\0E40\0E01\0E13\0E11\0E4C \2014 Which portfolios are outside the limits (R13).';
COMMENT ON FUNCTION _missing_content(plan) IS U&'\0E40\0E1B\0E49\0E32\0E2B\0E21\0E32\0E22\0E41\0E25\0E30\0E01\0E34\0E08\0E01\0E23\0E23\0E21\0E17\0E35\0E48\0E02\0E32\0E14 \2014 Which targets and activities are missing.';
COMMENT ON FUNCTION _missing_offices(plan) IS
U&'\0E2A\0E33\0E19\0E31\0E01\0E07\0E32\0E19\0E17\0E35\0E48\0E22\0E31\0E07\0E44\0E21\0E48\0E44\0E14\0E49\0E23\0E27\0E1A\0E23\0E27\0E21\0E41\0E1C\0E19 \2014 Which offices of an area have not had their plans compiled.';
COMMENT ON FUNCTION _plan_missing(plan) IS U&'\0E2A\0E34\0E48\0E07\0E17\0E35\0E48\0E02\0E32\0E14\0E17\0E31\0E49\0E07\0E2B\0E21\0E14 \2014 All that a plan lacks before it can be approved.';
COMMENT ON FUNCTION plan_missing(int, text) IS
U&'\0E2A\0E34\0E48\0E07\0E17\0E35\0E48\0E41\0E1C\0E19\0E22\0E31\0E07\0E02\0E32\0E14\0E01\0E48\0E2D\0E19\0E2D\0E19\0E38\0E21\0E31\0E15\0E34 \2014 What the unit''s plan, or its open amendment together with the plan, lacks before it can be approved; no rows where nothing (1.3, 1.4, R13). Errors: 22023, 42501, 55000.';
COMMENT ON TYPE plan_problem IS U&'\0E2A\0E34\0E48\0E07\0E17\0E35\0E48\0E41\0E1C\0E19\0E22\0E31\0E07\0E02\0E32\0E14 \2014 One thing that a plan lacks.';

-- sql/workflow/plan_approval.sql
/* The route of a plan: submitted, compiled, endorsed, approved, or returned, each by the post that plan_route names. */

-- The posts for an action on a plan, in words, for a HINT; of all routes where none is named.
CREATE OR REPLACE FUNCTION _posts_on_route(action text, route text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (
		SELECT string_agg(format('%s (%s)', p.title_en, p.section), ', ' ORDER BY length(p.section), p.section, p.post)
		FROM post p
		WHERE p.post IN (
			SELECT r.post FROM plan_route r
			WHERE r.action = _posts_on_route.action AND r.route = coalesce(_posts_on_route.route, r.route)));
END $$;

-- By which post the caller stands on the route of this unit's plan: a post of the unit, or of one above it.
CREATE OR REPLACE FUNCTION _post_on_route(action text, unit_code text, from_status text DEFAULT NULL)
RETURNS authorization_given
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	staff_id text := _staff();
	given authorization_given;
BEGIN
	SELECT staff_id, h.post, h.acting INTO given
	FROM _holdings(staff_id) h
		JOIN unit u ON u.unit_code = _post_on_route.unit_code
		JOIN plan_route r ON r.route = u.kind AND r.post = h.post
	WHERE r.action = _post_on_route.action AND r.from_status = coalesce(_post_on_route.from_status, r.from_status)
		AND u.unit_code IN (SELECT _subtree(h.unit_code))
	ORDER BY h.acting LIMIT 1;
	RETURN given;
END $$;

-- Refuses whoever has no say in this, before anything about the plan is told.  A unit of
-- others and one that does not exist are refused alike.
CREATE OR REPLACE FUNCTION _authorize_route(action text, unit_code text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	staff_id text := _staff();
	kind text := (SELECT u.kind FROM unit u WHERE u.unit_code = _authorize_route.unit_code);
BEGIN
	IF (_post_on_route(action, unit_code)).staff_id IS NOT NULL THEN
		RETURN;
	ELSIF coalesce(unit_code = ANY (_my_units()), false) AND kind IN (SELECT r.route FROM plan_route r) THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('"%s" may not %s the plan of unit "%s"', staff_id, action, unit_code),
			HINT = format('It is for: %s.', _posts_on_route(action, kind));
	END IF;
	RAISE insufficient_privilege USING
		MESSAGE = format('unit "%s" is not among those whose plan "%s" may %s', unit_code, staff_id, action),
		HINT = format('To %s a plan is for: %s.', action, _posts_on_route(action));
END $$;

-- Whose turn it is, in words.
CREATE OR REPLACE FUNCTION _whose_turn(the_plan plan) RETURNS text
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN coalesce((
		SELECT format('It is the turn of: %s (%s), to %s it%s.', p.title_en, p.section, r.action,
			CASE WHEN EXISTS (SELECT FROM plan_route b WHERE b.route = r.route AND b.from_status = r.from_status
				AND b.action = 'return') THEN ' or return it' ELSE '' END)
		FROM plan_route r JOIN post p USING (post)
		WHERE r.route = the_plan.route AND r.from_status = the_plan.status AND r.action <> 'return'
		ORDER BY r.action LIMIT 1),
		'Changes go the same route as an amendment: open_amendment.');
END $$;

-- Where the action leads from where the plan is; an error says whose turn it is.
CREATE OR REPLACE FUNCTION _route_step(the_plan plan, action text) RETURNS plan_route
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	step plan_route;
BEGIN
	SELECT * INTO step FROM plan_route r
	WHERE r.route = the_plan.route AND r.action = _route_step.action AND r.from_status = the_plan.status;
	IF NOT FOUND THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('%s is %s, so one cannot %s it', _plan_name(the_plan), the_plan.status, action),
			HINT = _whose_turn(the_plan);
	END IF;
	RETURN step;
END $$;

-- Takes the plan one step on its route.
CREATE OR REPLACE FUNCTION _take_plan(action text, plan_year int, unit_code text, reason text DEFAULT NULL,
	below_minimum_reason text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	the_plan plan;
	step plan_route;
	given authorization_given;
	content_hash text;
BEGIN
	PERFORM _authorize_route(action, unit_code);
	PERFORM _check_plan_year(plan_year);
	the_plan := _lock_plan(plan_year, unit_code);
	step := _route_step(the_plan, action);
	given := _post_on_route(action, unit_code, the_plan.status);
	IF given.staff_id IS NULL THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('%s is %s, and "%s" may not %s it', _plan_name(the_plan), the_plan.status,
				_staff(), action),
			HINT = _whose_turn(the_plan);
	END IF;
	IF action = 'submit' THEN
		PERFORM _submit(the_plan, given);
	ELSIF action = 'approve' THEN
		content_hash := _approve(the_plan, given, below_minimum_reason);
	ELSE
		UPDATE plan p SET status = step.to_status WHERE p.plan_id = the_plan.plan_id;
	END IF;
	PERFORM _decide(given, 'plan', the_plan.plan_id::text, action, the_plan.unit_code, the_plan.plan_year,
		the_plan.status, step.to_status, coalesce(reason, below_minimum_reason), content_hash);
	IF action IN ('submit', 'compile', 'endorse') THEN
		PERFORM _show_missing(the_plan);
	END IF;
	RETURN step.to_status;
END $$;

-- With an account that an amendment drops goes what was planned for it and not done yet.
CREATE OR REPLACE FUNCTION _submit(the_plan plan, given authorization_given) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	dropped text[] := ARRAY(
		SELECT s.account_id FROM selection s WHERE s.dropped_by = the_plan.plan_id
		EXCEPT
		SELECT s.account_id FROM _standing_selection(the_plan) s);
BEGIN
	UPDATE benefit b SET dropped_by = the_plan.plan_id
	WHERE b.plan_id = ANY (_standing_plans(the_plan)) AND b.account_id = ANY (dropped) AND b.dropped_by IS NULL;
	UPDATE activity a SET dropped_by = the_plan.plan_id
	WHERE a.plan_id = ANY (_standing_plans(the_plan)) AND a.account_id = ANY (dropped) AND a.dropped_by IS NULL
		AND a.done_at IS NULL AND a.due_on >= _today();
	UPDATE plan p SET status = 'submitted', prepared_by = given.staff_id, prepared_role = _role()
	WHERE p.plan_id = the_plan.plan_id;
END $$;

-- Nobody approves what they prepared or changed last: not the person, by whatever post or proxy, and
-- not the person whose own role it was done through.
CREATE OR REPLACE FUNCTION _refuse_own(the_plan plan) RETURNS void
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	whoever text[] := ARRAY[me(), (SELECT s.staff_id FROM staff s WHERE s.role_name = _role())];
	hands text := (SELECT s.role_name FROM staff s WHERE s.role_name = _role());
	did text := CASE
		WHEN the_plan.prepared_by = ANY (whoever) OR the_plan.prepared_role = hands THEN 'submitted'
		WHEN the_plan.changed_by = ANY (whoever) OR the_plan.changed_role = hands THEN 'changed' END;
BEGIN
	IF did IS NOT NULL THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('"%s" %s %s last and may not approve it', coalesce(whoever[2], whoever[1]), did,
				_plan_name(the_plan)),
			HINT = 'Somebody else approves it: another holder of the post, or one acting for it (post_holder).';
	END IF;
END $$;

-- Bounded: what does not fit into the message is counted.
CREATE OR REPLACE FUNCTION _missing_lines(missing text[], at_most int DEFAULT 20) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN array_to_string(missing[:at_most], E'\n')
	|| CASE WHEN cardinality(missing) > at_most THEN format(E'\n... and %s more', cardinality(missing) - at_most)
		ELSE '' END;

-- On the way nothing is refused for what is missing: it is shown (R13).
CREATE OR REPLACE FUNCTION _show_missing(the_plan plan) RETURNS void
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	missing text[] := ARRAY(SELECT format('%s (%s)', m.text_en, m.section) FROM _plan_missing(the_plan) m);
BEGIN
	IF cardinality(missing) > 0 THEN
		RAISE NOTICE USING
			MESSAGE = format('%s could not be approved as it is', _plan_name(the_plan)),
			DETAIL = _missing_lines(missing),
			HINT = format('SELECT * FROM plan_missing(%s, %L) lists it.', the_plan.plan_year, the_plan.unit_code);
	END IF;
END $$;

-- Refuses while anything is missing.  Portfolios below the minimum are accepted, with a reason, only where the
-- unit has not enough accounts for anybody (R13).
CREATE OR REPLACE FUNCTION _refuse_missing(the_plan plan, below_minimum_reason text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	missing text[];
	acceptable int;
BEGIN
	SELECT array_agg(format('%s (%s)', m.text_en, m.section))
			FILTER (WHERE m.problem <> 'below_minimum_unit' OR below_minimum_reason IS NULL),
		count(*) FILTER (WHERE m.problem = 'below_minimum_unit')
	INTO missing, acceptable
	FROM _plan_missing(the_plan) m;
	IF cardinality(missing) > 0 THEN
		RAISE check_violation USING
			MESSAGE = format('%s cannot be approved: %s', _plan_name(the_plan),
				CASE cardinality(missing) WHEN 1 THEN 'one thing is missing or wrong'
					ELSE format('%s things are missing or wrong', cardinality(missing)) END),
			DETAIL = _missing_lines(missing),
			HINT = format('SELECT * FROM plan_missing(%s, %L) lists it; return_plan sends it back with a reason.',
					the_plan.plan_year, the_plan.unit_code)
				|| CASE WHEN acceptable = cardinality(missing)
					THEN ' The approver may accept it: below_minimum_reason => ''...''.' ELSE '' END,
			TABLE = 'plan', CONSTRAINT = 'plan_is_complete';
	ELSIF below_minimum_reason IS NOT NULL AND acceptable = 0 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('%s has no portfolio below the minimum to accept', _plan_name(the_plan)),
			HINT = 'Leave below_minimum_reason out.';
	END IF;
END $$;

-- From now on the plan is in force, and frozen under the rules of today.  Returns the hash of what it says.
CREATE OR REPLACE FUNCTION _approve(the_plan plan, given authorization_given, below_minimum_reason text) RETURNS text
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	accepted text := nullif(btrim(below_minimum_reason), '');
BEGIN
	PERFORM _refuse_own(the_plan);
	PERFORM _refuse_missing(the_plan, accepted);
	UPDATE plan p SET status = 'approved', approved_at = _now(), rule_set = _plan_rule_set(the_plan),
		below_minimum_reason = accepted
	WHERE p.plan_id = the_plan.plan_id;
	PERFORM _end_dropped(the_plan);
	PERFORM _lay_out_introductions(the_plan.plan_id);
	RETURN _hash(plan_content(the_plan.plan_id));
END $$;

-- What an amendment drops ends with its approval, and the share of an area's KAMR in the accounts of its offices.
CREATE OR REPLACE FUNCTION _end_dropped(the_plan plan) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	UPDATE assignment a SET ended_on = _today(), ended_reason = format('amendment %s', the_plan.amendment_no)
	WHERE a.dropped_by = the_plan.plan_id AND a.ended_on IS NULL;
	UPDATE assignment a SET ended_on = _today(),
		ended_reason = format('amendment %s of %s', the_plan.amendment_no, the_plan.unit_code)
	FROM kamr k, plan p
	WHERE k.dropped_by = the_plan.plan_id AND k.level = 'area' AND a.staff_id = k.staff_id AND a.responsibility = 'area'
		AND a.plan_year = the_plan.plan_year AND _area(a.unit_code) = the_plan.unit_code AND a.ended_on IS NULL
		AND p.plan_id = a.plan_id AND p.status = 'approved';
	UPDATE selection s SET ended_on = _today() WHERE s.dropped_by = the_plan.plan_id;
	UPDATE kamr k SET ended_on = _today() WHERE k.dropped_by = the_plan.plan_id;
	UPDATE benefit b SET ended_on = _today() WHERE b.dropped_by = the_plan.plan_id;
	UPDATE activity a SET ended_on = _today() WHERE a.dropped_by = the_plan.plan_id;
END $$;

CREATE OR REPLACE FUNCTION submit_plan(plan_year int, unit_code text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _take_plan('submit', plan_year, unit_code);
END $$;

CREATE OR REPLACE FUNCTION compile_plan(plan_year int, unit_code text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _take_plan('compile', plan_year, unit_code);
END $$;

CREATE OR REPLACE FUNCTION endorse_plan(plan_year int, unit_code text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _take_plan('endorse', plan_year, unit_code);
END $$;

CREATE OR REPLACE FUNCTION approve_plan(plan_year int, unit_code text, below_minimum_reason text DEFAULT NULL)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _take_plan('approve', plan_year, unit_code, below_minimum_reason => below_minimum_reason);
END $$;

CREATE OR REPLACE FUNCTION return_plan(plan_year int, unit_code text, reason text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _take_plan('return', plan_year, unit_code, _text('reason', reason));
END $$;

-- Seen on its way to the manager (4.13, 4.15): recorded, and nothing else.
CREATE OR REPLACE FUNCTION review_plan(plan_year int, unit_code text, remark text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('plan.review', unit_code);
	the_plan plan := _open_plan(plan_year, unit_code);
BEGIN
	PERFORM _decide(given, 'plan', the_plan.plan_id::text, 'review', the_plan.unit_code, the_plan.plan_year,
		the_plan.status, the_plan.status, nullif(btrim(remark), ''));
END $$;

-- Every approved plan was approved by a decision, and still says what it said then.
CREATE OR REPLACE FUNCTION _verify_plans() RETURNS TABLE (decision_id bigint, problem text)
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	found record;
BEGIN
	FOR found IN
		SELECT d.decision_id, d.subject_id, d.content_hash, p.plan_id, p.status = 'approved' AS is_approved,
			coalesce(p.unit_code, d.unit_code) AS unit_code, coalesce(p.plan_year, d.plan_year) AS plan_year
		FROM (SELECT * FROM decision x WHERE x.subject = 'plan' AND x.action = 'approve') d
			FULL JOIN plan p ON p.plan_id::text = d.subject_id
		WHERE d.decision_id IS NOT NULL OR p.status = 'approved'
		ORDER BY d.decision_id, p.plan_id
	LOOP
		decision_id := found.decision_id;
		problem := CASE
			WHEN found.plan_id IS NULL THEN 'was approved, and is gone'
			WHEN found.decision_id IS NULL THEN 'is approved without a decision'
			WHEN NOT found.is_approved THEN 'was approved, and is no longer'
			WHEN found.content_hash IS DISTINCT FROM _hash(plan_content(found.plan_id))
				THEN 'was changed after it was approved'
		END;
		IF problem IS NOT NULL THEN
			problem := format('plan %s of unit "%s" for %s ', coalesce(found.plan_id::text, found.subject_id),
				found.unit_code, found.plan_year) || problem;
			RETURN NEXT;
		END IF;
	END LOOP;
END $$;

-- Where every plan is: the latest of each unit and year, with amendments as they are under way.
-- (subject_id is made beforehand, as a cast is not leakproof and row security would let no index have it; + 0: the
-- few decisions on a plan by that index, rather than all of them from the end.)
CREATE OR REPLACE VIEW plan_status WITH (security_invoker = true) AS
SELECT p.plan_year, p.unit_code, p.plan_id, p.amendment_no, p.status, turn.action AS next_action,
	turn.post AS turn_post, turn.section AS turn_section, last.decided_at AS last_decided_at,
	last.action AS last_action, last.staff_id AS last_staff_id, last.post AS last_post, last.reason AS last_reason, s.portfolio,
	kam.weight(s.portfolio, p.plan_year,
		(SELECT max(r.rule_set) FROM kam.rule_set r WHERE r.rule_set = p.rule_set)) AS weight,
	s.strategic, s.star, s.status_tier, s.streamline, s.undecided, s.left_out
FROM (
	SELECT DISTINCT ON (o.plan_year, o.unit_code) o.plan_year, o.unit_code, o.plan_id, o.plan_id::text AS subject_id,
		o.amendment_no, o.status, o.route, o.rule_set
	FROM plan o
	WHERE o.status <> 'withdrawn'
	ORDER BY o.plan_year, o.unit_code, o.amendment_no DESC) p
	LEFT JOIN LATERAL (
		SELECT r.action, r.post, r.section FROM plan_route r
		WHERE r.route = p.route AND r.from_status = p.status AND r.action <> 'return'
		ORDER BY r.action LIMIT 1) turn ON true
	LEFT JOIN LATERAL (
		SELECT d.* FROM decision d WHERE d.subject = 'plan' AND d.subject_id = p.subject_id
		ORDER BY d.decision_id + 0 DESC LIMIT 1) last ON true
	CROSS JOIN LATERAL (
		SELECT kam.portfolio(x.tier) FILTER (WHERE x.status = 'selected') AS portfolio,
			count(*) FILTER (WHERE x.status = 'selected' AND x.tier = 'Strategic') AS strategic,
			count(*) FILTER (WHERE x.status = 'selected' AND x.tier = 'Star') AS star,
			count(*) FILTER (WHERE x.status = 'selected' AND x.tier = 'Status') AS status_tier,
			count(*) FILTER (WHERE x.status = 'selected' AND x.tier = 'Streamline') AS streamline,
			count(*) FILTER (WHERE x.status = 'eligible') AS undecided,
			count(*) FILTER (WHERE x.status = 'left_out') AS left_out
		FROM selection x
		WHERE x.unit_code = p.unit_code AND x.plan_year = p.plan_year AND x.ended_on IS NULL
			AND x.dropped_by IS DISTINCT FROM p.plan_id) s;
GRANT SELECT ON plan_status TO PUBLIC;

COMMENT ON VIEW plan_status IS
U&'\0E2A\0E16\0E32\0E19\0E30\0E25\0E48\0E32\0E2A\0E38\0E14\0E02\0E2D\0E07\0E41\0E1C\0E19\0E17\0E38\0E01\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Where each plan is: the latest of each unit and year. Who sees a part of the accounts sees counts of that part.';
COMMENT ON COLUMN plan_status.plan_year IS U&'\0E1B\0E35\0E41\0E1C\0E19 (\0E04.\0E28.) \2014 Plan year, of the common era.';
COMMENT ON COLUMN plan_status.unit_code IS U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 The unit.';
COMMENT ON COLUMN plan_status.plan_id IS U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E41\0E1C\0E19 \2014 Number of the plan, or of its latest amendment.';
COMMENT ON COLUMN plan_status.amendment_no IS
U&'\0E25\0E33\0E14\0E31\0E1A\0E01\0E32\0E23\0E41\0E01\0E49\0E44\0E02 \2014 0 for the plan itself, else the number of the latest amendment.';
COMMENT ON COLUMN plan_status.status IS U&'\0E2A\0E16\0E32\0E19\0E30 \2014 Its state.';
COMMENT ON COLUMN plan_status.next_action IS U&'\0E02\0E31\0E49\0E19\0E15\0E2D\0E19\0E16\0E31\0E14\0E44\0E1B \2014 What comes next on its route.';
COMMENT ON COLUMN plan_status.turn_post IS U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E17\0E35\0E48\0E15\0E49\0E2D\0E07\0E14\0E33\0E40\0E19\0E34\0E19\0E01\0E32\0E23 \2014 Whose turn it is: the post.';
COMMENT ON COLUMN plan_status.turn_section IS U&'\0E02\0E49\0E2D\0E43\0E19\0E04\0E39\0E48\0E21\0E37\0E2D \2014 The manual''s section of that.';
COMMENT ON COLUMN plan_status.last_decided_at IS U&'\0E40\0E27\0E25\0E32\0E01\0E32\0E23\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08\0E25\0E48\0E32\0E2A\0E38\0E14 \2014 When it was last decided upon.';
COMMENT ON COLUMN plan_status.last_action IS U&'\0E01\0E32\0E23\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08\0E25\0E48\0E32\0E2A\0E38\0E14 \2014 What was decided.';
COMMENT ON COLUMN plan_status.last_staff_id IS U&'\0E1C\0E39\0E49\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08\0E25\0E48\0E32\0E2A\0E38\0E14 \2014 By whom.';
COMMENT ON COLUMN plan_status.last_post IS U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E02\0E2D\0E07\0E1C\0E39\0E49\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08\0E25\0E48\0E32\0E2A\0E38\0E14 \2014 By which post.';
COMMENT ON COLUMN plan_status.last_reason IS U&'\0E40\0E2B\0E15\0E38\0E1C\0E25\0E25\0E48\0E32\0E2A\0E38\0E14 \2014 For which reason.';
COMMENT ON COLUMN plan_status.portfolio IS U&'\0E25\0E39\0E01\0E04\0E49\0E32\0E17\0E35\0E48\0E04\0E31\0E14\0E40\0E25\0E37\0E2D\0E01\0E15\0E32\0E21\0E01\0E25\0E38\0E48\0E21 \2014 The selected accounts by tier.';
COMMENT ON COLUMN plan_status.weight IS U&'\0E04\0E48\0E32\0E16\0E48\0E27\0E07\0E19\0E49\0E33\0E2B\0E19\0E31\0E01\0E23\0E27\0E21 \2014 Their weight together (6.1.2.1).';
COMMENT ON COLUMN plan_status.strategic IS U&'\0E08\0E33\0E19\0E27\0E19\0E25\0E39\0E01\0E04\0E49\0E32 Strategic \2014 Number of Strategic accounts.';
COMMENT ON COLUMN plan_status.star IS U&'\0E08\0E33\0E19\0E27\0E19\0E25\0E39\0E01\0E04\0E49\0E32 Star \2014 Number of Star accounts.';
COMMENT ON COLUMN plan_status.status_tier IS U&'\0E08\0E33\0E19\0E27\0E19\0E25\0E39\0E01\0E04\0E49\0E32 Status \2014 Number of Status accounts.';
COMMENT ON COLUMN plan_status.streamline IS U&'\0E08\0E33\0E19\0E27\0E19\0E25\0E39\0E01\0E04\0E49\0E32 Streamline \2014 Number of Streamline accounts.';
COMMENT ON COLUMN plan_status.undecided IS U&'\0E08\0E33\0E19\0E27\0E19\0E17\0E35\0E48\0E22\0E31\0E07\0E44\0E21\0E48\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 Number of eligible accounts not decided upon.';
COMMENT ON COLUMN plan_status.left_out IS U&'\0E08\0E33\0E19\0E27\0E19\0E17\0E35\0E48\0E44\0E21\0E48\0E04\0E31\0E14\0E40\0E25\0E37\0E2D\0E01 \2014 Number of accounts left out with a reason.';
COMMENT ON FUNCTION _posts_on_route(text, text) IS U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E17\0E35\0E48\0E17\0E33\0E44\0E14\0E49 \2014 The posts for an action on plans, in words.';
COMMENT ON FUNCTION _post_on_route(text, text, text) IS
U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E02\0E2D\0E07\0E1C\0E39\0E49\0E40\0E23\0E35\0E22\0E01\0E1A\0E19\0E40\0E2A\0E49\0E19\0E17\0E32\0E07 \2014 By which post the caller stands on the route of a unit''s plan.';
COMMENT ON FUNCTION _authorize_route(text, text) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E34\0E17\0E18\0E34\0E4C\0E1A\0E19\0E40\0E2A\0E49\0E19\0E17\0E32\0E07 \2014 42501 for whoever has no say in a unit''s plan.';
COMMENT ON FUNCTION _whose_turn(plan) IS U&'\0E16\0E36\0E07\0E04\0E34\0E27\0E43\0E04\0E23 \2014 Whose turn it is, in words.';
COMMENT ON FUNCTION _route_step(plan, text) IS U&'\0E02\0E31\0E49\0E19\0E15\0E2D\0E19\0E1A\0E19\0E40\0E2A\0E49\0E19\0E17\0E32\0E07 \2014 Where an action leads; 55000 says whose turn it is.';
COMMENT ON FUNCTION _take_plan(text, int, text, text, text) IS U&'\0E1E\0E32\0E41\0E1C\0E19\0E44\0E1B\0E2B\0E19\0E36\0E48\0E07\0E02\0E31\0E49\0E19 \2014 Takes a plan one step on its route.';
COMMENT ON FUNCTION _submit(plan, authorization_given) IS U&'\0E40\0E2A\0E19\0E2D\0E41\0E1C\0E19 \2014 Submits a plan.';
COMMENT ON FUNCTION _refuse_own(plan) IS
U&'\0E2B\0E49\0E32\0E21\0E2D\0E19\0E38\0E21\0E31\0E15\0E34\0E41\0E1C\0E19\0E02\0E2D\0E07\0E15\0E19\0E40\0E2D\0E07 \2014 42501 for whoever prepared or changed the plan last.';
COMMENT ON FUNCTION _missing_lines(text[], int) IS
U&'\0E23\0E32\0E22\0E01\0E32\0E23\0E2A\0E34\0E48\0E07\0E17\0E35\0E48\0E02\0E32\0E14 \2014 What is missing, a line each, and how many more.';
COMMENT ON FUNCTION _show_missing(plan) IS U&'\0E41\0E2A\0E14\0E07\0E2A\0E34\0E48\0E07\0E17\0E35\0E48\0E02\0E32\0E14 \2014 Shows what is missing as a NOTICE.';
COMMENT ON FUNCTION _refuse_missing(plan, text) IS U&'\0E2B\0E49\0E32\0E21\0E2D\0E19\0E38\0E21\0E31\0E15\0E34\0E40\0E21\0E37\0E48\0E2D\0E22\0E31\0E07\0E02\0E32\0E14 \2014 23514 while anything is missing (R13).';
COMMENT ON FUNCTION _approve(plan, authorization_given, text) IS
U&'\0E2D\0E19\0E38\0E21\0E31\0E15\0E34\0E41\0E1C\0E19 \2014 Puts a plan in force and returns the hash of what it says.';
COMMENT ON FUNCTION _end_dropped(plan) IS U&'\0E2A\0E34\0E49\0E19\0E2A\0E38\0E14\0E2A\0E34\0E48\0E07\0E17\0E35\0E48\0E16\0E39\0E01\0E15\0E31\0E14\0E2D\0E2D\0E01 \2014 Ends what an amendment drops.';
COMMENT ON FUNCTION submit_plan(int, text) IS
U&'\0E40\0E2A\0E19\0E2D\0E41\0E1C\0E19 \2014 Submits the unit''s plan or open amendment by the post of plan_route, and shows what is still missing. Returns the new state. Errors: 42501, 55000.';
COMMENT ON FUNCTION compile_plan(int, text) IS
U&'\0E23\0E27\0E1A\0E23\0E27\0E21\0E41\0E1C\0E19 \2014 Compiles an office''s plan (4.6). Returns the new state. Errors: 42501, 55000.';
COMMENT ON FUNCTION endorse_plan(int, text) IS
U&'\0E40\0E2B\0E47\0E19\0E0A\0E2D\0E1A\0E41\0E1C\0E19 \2014 Endorses a plan (4.4). Returns the new state. Errors: 42501, 55000.';
COMMENT ON FUNCTION approve_plan(int, text, text) IS
U&'\0E2D\0E19\0E38\0E21\0E31\0E15\0E34\0E41\0E1C\0E19 \2014 Approves a plan (4.3, 4.2), which is then in force and frozen. below_minimum_reason accepts portfolios below the minimum where the whole unit weighs less (R13). Errors: 22023, 23514 with all that is missing, 42501 for others and for who prepared or changed it last, 55000.';
COMMENT ON FUNCTION return_plan(int, text, text) IS
U&'\0E2A\0E48\0E07\0E41\0E1C\0E19\0E04\0E37\0E19\0E1E\0E23\0E49\0E2D\0E21\0E40\0E2B\0E15\0E38\0E1C\0E25 \2014 Sends a plan back to who submits it, with a reason (R24). Errors: 22004, 42501, 55000.';
COMMENT ON FUNCTION review_plan(int, text, text) IS
U&'\0E15\0E23\0E27\0E08\0E17\0E32\0E19\0E41\0E1C\0E19 \2014 Records that the senior KAMR or section head has looked through an open plan (4.13, 4.15). Errors: 42501, 55000.';
COMMENT ON FUNCTION _verify_plans() IS U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E41\0E1C\0E19\0E17\0E35\0E48\0E2D\0E19\0E38\0E21\0E31\0E15\0E34\0E41\0E25\0E49\0E27 \2014 What was changed in plans after they were approved.';

-- sql/workflow/amendment.sql
/* Amendments: changes of an approved plan, which go the same route as the plan (R22). */

CREATE OR REPLACE FUNCTION open_amendment(plan_year int, unit_code text, reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('plan.edit', unit_code);
	the_plan plan;
	plan_id bigint;
BEGIN
	PERFORM _check_plan_year(plan_year);
	the_plan := _lock_plan(plan_year, unit_code);
	IF the_plan.status <> 'approved' THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('%s is %s', _plan_name(the_plan), the_plan.status),
			HINT = CASE WHEN the_plan.status IN ('draft', 'returned') THEN 'Put the change into it.'
				ELSE 'Wait until it is approved, or have it returned and put the change into it.' END;
	END IF;
	-- Of two at once the second waits at the plan, and one that cannot see the first's fails here to serialise.
	PERFORM FROM decision_head h FOR UPDATE;
	INSERT INTO plan AS p (plan_year, unit_code, route, amendment_no, amendment_reason, changed_by, changed_role,
		changed_at)
	SELECT the_plan.plan_year, the_plan.unit_code, the_plan.route, max(o.amendment_no) + 1, _text('reason', reason),
		given.staff_id, _role(), _now()
	FROM plan o WHERE o.plan_year = the_plan.plan_year AND o.unit_code = the_plan.unit_code
	RETURNING p.plan_id INTO plan_id;
	PERFORM _decide(given, 'plan', plan_id::text, 'open_amendment', the_plan.unit_code, the_plan.plan_year, NULL,
		'draft',
		btrim(reason));
	RETURN plan_id;
END $$;

-- What it would have added goes, what it would have dropped stays; that it was tried is kept.
CREATE OR REPLACE FUNCTION withdraw_amendment(plan_year int, unit_code text, reason text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('plan.edit', unit_code);
	the_plan plan := _open_plan(plan_year, unit_code);
BEGIN
	IF the_plan.amendment_no = 0 THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('%s is no amendment', _plan_name(the_plan)),
			HINT = 'A plan is changed while it is a draft or returned, and never withdrawn.';
	END IF;
	PERFORM _empty_amendment(the_plan.plan_id);
	UPDATE plan p SET status = 'withdrawn' WHERE p.plan_id = the_plan.plan_id;
	PERFORM _decide(given, 'plan', the_plan.plan_id::text, 'withdraw_amendment', the_plan.unit_code, the_plan.plan_year,
		the_plan.status, 'withdrawn', nullif(btrim(reason), ''));
END $$;

CREATE OR REPLACE FUNCTION _empty_amendment(plan_id bigint) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	DELETE FROM assignment a WHERE a.plan_id = _empty_amendment.plan_id;
	DELETE FROM activity a WHERE a.plan_id = _empty_amendment.plan_id;
	DELETE FROM benefit b WHERE b.plan_id = _empty_amendment.plan_id;
	DELETE FROM target t WHERE t.plan_id = _empty_amendment.plan_id;
	DELETE FROM waiver w WHERE w.plan_id = _empty_amendment.plan_id;
	DELETE FROM kamr k WHERE k.plan_id = _empty_amendment.plan_id;
	DELETE FROM selection s WHERE s.plan_id = _empty_amendment.plan_id;
	UPDATE activity a SET dropped_by = NULL WHERE a.dropped_by = _empty_amendment.plan_id;
	UPDATE benefit b SET dropped_by = NULL WHERE b.dropped_by = _empty_amendment.plan_id;
	UPDATE kamr k SET dropped_by = NULL WHERE k.dropped_by = _empty_amendment.plan_id;
	UPDATE selection s SET dropped_by = NULL WHERE s.dropped_by = _empty_amendment.plan_id;
	UPDATE assignment a SET dropped_by = NULL WHERE a.dropped_by = _empty_amendment.plan_id AND a.ended_on IS NULL;
END $$;

COMMENT ON FUNCTION open_amendment(int, text, text) IS
U&'\0E40\0E1B\0E34\0E14\0E01\0E32\0E23\0E41\0E01\0E49\0E44\0E02\0E41\0E1C\0E19 \2014 Begins a change of an approved plan, with a reason, and returns its number; it goes the same route (R22). Errors: 22004, 42501, 55000.';
COMMENT ON FUNCTION withdraw_amendment(int, text, text) IS
U&'\0E16\0E2D\0E19\0E01\0E32\0E23\0E41\0E01\0E49\0E44\0E02\0E41\0E1C\0E19 \2014 Takes back an open amendment: nothing of it stays but that it was tried. Errors: 42501, 55000.';
COMMENT ON FUNCTION _empty_amendment(bigint) IS U&'\0E25\0E49\0E32\0E07\0E01\0E32\0E23\0E41\0E01\0E49\0E44\0E02\0E41\0E1C\0E19 \2014 Takes out all that an amendment adds or drops.';

-- sql/workflow/contact.sql
/* Contacts with accounts, recorded within 7 days, and the activities of the plan that are done (steps 4 and 5). */

-- How people speak with each other; a user may add rows.
CREATE TABLE channel (
	channel text PRIMARY KEY CHECK (channel <> ''),
	name_th text NOT NULL,
	name_en text NOT NULL
);
INSERT INTO channel VALUES
	('visit', unistr('\0E40\0E02\0E49\0E32\0E1E\0E1A'), 'visit'),
	('meeting', unistr('\0E1B\0E23\0E30\0E0A\0E38\0E21'), 'meeting'),
	('event', unistr('\0E01\0E34\0E08\0E01\0E23\0E23\0E21'), 'event'),
	('telephone', unistr('\0E42\0E17\0E23\0E28\0E31\0E1E\0E17\0E4C'), 'telephone'),
	('email', unistr('\0E2D\0E35\0E40\0E21\0E25'), 'e-mail'),
	('line', unistr('\0E44\0E25\0E19\0E4C'), 'LINE'),
	('letter', unistr('\0E2B\0E19\0E31\0E07\0E2A\0E37\0E2D'), 'letter'),
	('call_centre', unistr('1129 PEA Call Center'), '1129 PEA Call Center'),
	('survey', unistr('\0E01\0E32\0E23\0E2A\0E33\0E23\0E27\0E08'), 'survey'),
	('other', unistr('\0E2D\0E37\0E48\0E19 \0E46'), 'other');

CREATE TABLE contact (
	contact_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account_id text NOT NULL REFERENCES account,
	unit_code text NOT NULL REFERENCES unit,
	plan_year int NOT NULL,
	activity_id bigint REFERENCES activity,
	staff_id text NOT NULL REFERENCES staff,
	happened_at timestamptz NOT NULL,
	recorded_at timestamptz NOT NULL,
	days_late int,
	channel text NOT NULL REFERENCES channel,
	subject text NOT NULL CHECK (subject <> ''),
	summary text
);
CREATE INDEX ON contact (account_id, happened_at);
CREATE INDEX ON contact (unit_code, happened_at);
CREATE INDEX ON contact (activity_id) WHERE activity_id IS NOT NULL;
SELECT kam.attach_record_deadline('contact', 'happened_at', 'recorded_at', 'flag', 'days_late');

-- ---- what the functions of the year have in common -------------------------

-- As _authorize, but by one of these posts, the first before the others.
CREATE OR REPLACE FUNCTION _authorize_as(posts text[], action text, unit_code text, account_id text DEFAULT NULL)
RETURNS authorization_given
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	staff_id text := _staff();
	given authorization_given;
BEGIN
	SELECT staff_id, h.post, h.acting INTO given
	FROM _holdings(staff_id) h JOIN authority a USING (post)
	WHERE a.action = _authorize_as.action AND h.post = ANY (posts)
		AND _reaches(a.scope, h.unit_code, _authorize_as.unit_code, _authorize_as.account_id)
	ORDER BY array_position(posts, h.post), h.acting LIMIT 1;
	IF NOT FOUND THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('"%s" may not do this (%s) for unit "%s"', staff_id, action, unit_code),
			HINT = format('It is for: %s.', (SELECT string_agg(format('%s (%s)', p.title_en, a.section), ', ' ORDER BY p.section)
				FROM authority a JOIN post p USING (post)
				WHERE a.action = _authorize_as.action AND p.post = ANY (posts)));
	END IF;
	RETURN given;
END $$;

-- Nothing has happened in the future.  A minute is forgiven, for clocks that differ.
CREATE OR REPLACE FUNCTION _check_past(at timestamptz, what text) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF at IS NULL THEN
		RAISE null_value_not_allowed USING
			MESSAGE = format('the time of %s is missing', what),
			HINT = 'Give the time with its zone, as in 2027-03-31 14:30+07.';
	ELSIF at > _now() + interval '1 minute' THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('the time of %s, %s, lies in the future', what, at),
			HINT = CASE WHEN at < '2800-01-01 00:00+07' AND _year_of(at) > 2500
				THEN format('That is a year of the Buddhist era; years are those of the common era: %s.', _year_of(at) - 543)
				ELSE 'Give the time at which it happened.' END;
	ELSIF at < '1960-01-01 00:00+07' THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('the time of %s, %s, lies before the founding of PEA', what, at),
			HINT = 'Give the time at which it happened.';
	END IF;
END $$;

CREATE OR REPLACE FUNCTION _check_text(the_text text, what text) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF the_text IS NULL THEN
		RAISE null_value_not_allowed USING MESSAGE = format('%s is missing', what), HINT = 'Say it in a few words.';
	ELSIF the_text !~ '[^[:space:]]' THEN
		RAISE invalid_parameter_value USING MESSAGE = format('%s is empty', what), HINT = 'Say it in a few words.';
	END IF;
END $$;

-- One of a list of words.
CREATE OR REPLACE FUNCTION _check_word(word text, words text[], what text) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF word IS NULL THEN
		RAISE null_value_not_allowed USING
			MESSAGE = format('%s is missing', what), HINT = format('It is one of: %s.', array_to_string(words, ', '));
	ELSIF word <> ALL (words) THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('%s cannot be "%s"', what, word),
			HINT = format('It is one of: %s.', array_to_string(words, ', '));
	END IF;
END $$;

CREATE OR REPLACE FUNCTION _check_channel(channel text) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _check_word(channel, ARRAY(SELECT c.channel FROM channel c ORDER BY 1), 'the channel');
END $$;

-- The plan year, a calendar year, in which something happened.
CREATE OR REPLACE FUNCTION _year_of(at timestamptz) RETURNS int
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN extract(year FROM kam.bangkok_date(at));
END $$;

-- ---- contacts --------------------------------------------------------------

-- What happened late is taken all the same: the trigger marks it (R19).
CREATE OR REPLACE FUNCTION record_contact(account_id text, happened_at timestamptz, channel text, subject text,
	summary text DEFAULT NULL, activity_id bigint DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_account('contact.record', account_id);
	recorded bigint;
BEGIN
	PERFORM _check_past(happened_at, 'the contact'), _check_channel(channel), _check_text(subject, 'the subject'),
		_check_activity_of(activity_id, account_id);
	INSERT INTO contact (account_id, unit_code, plan_year, activity_id, staff_id, happened_at, recorded_at, channel, subject,
		summary)
	VALUES (account_id, _unit_of(account_id), _year_of(happened_at), activity_id, given.staff_id, happened_at, _now(),
		channel, subject, summary)
	RETURNING contact.contact_id INTO recorded;
	RETURN recorded;
END $$;

-- An activity of the account, in an approved plan; NULL is none.
CREATE OR REPLACE FUNCTION _check_activity_of(activity_id bigint, account_id text) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	plan_status text;
BEGIN
	IF activity_id IS NULL THEN
		RETURN;
	END IF;
	SELECT p.status INTO plan_status
	FROM activity v JOIN plan p USING (plan_id)
	WHERE v.activity_id = _check_activity_of.activity_id AND v.account_id = _check_activity_of.account_id;
	IF NOT FOUND THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('activity %s is none of account "%s"', activity_id, account_id),
			HINT = 'The table activity shows those of the account.';
	ELSIF plan_status <> 'approved' THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('activity %s stands in a plan that is %s', activity_id, plan_status),
			HINT = 'Activities are carried out when the plan is approved; record the contact without the activity.';
	END IF;
END $$;

-- ---- activities ------------------------------------------------------------

CREATE OR REPLACE FUNCTION _authorize_activity(activity_id bigint) RETURNS authorization_given
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	account_id text := (SELECT v.account_id FROM activity v WHERE v.activity_id = _authorize_activity.activity_id);
BEGIN
	RETURN _authorize_item('activity.complete', format('activity %s', activity_id), _unit_of(account_id), account_id);
END $$;

-- Two who complete it do so one after the other.
CREATE OR REPLACE FUNCTION _lock_activity(activity_id bigint) RETURNS activity
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	the_activity activity;
BEGIN
	SELECT * INTO the_activity FROM activity v WHERE v.activity_id = _lock_activity.activity_id FOR NO KEY UPDATE;
	IF NOT FOUND THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('activity %s has just been taken out of its plan', activity_id), HINT = 'Look at the plan again.';
	END IF;
	RETURN the_activity;
END $$;

CREATE OR REPLACE FUNCTION complete_activity(activity_id bigint, done_at timestamptz DEFAULT NULL, result text DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_activity(activity_id);
	the_activity activity := _lock_activity(activity_id);
	at timestamptz := coalesce(done_at, _now());
	plan_status text;
BEGIN
	SELECT p.status INTO plan_status FROM plan p WHERE p.plan_id = the_activity.plan_id;
	PERFORM _check_past(at, 'the activity');
	IF plan_status <> 'approved' THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('activity %s stands in a plan that is %s', activity_id, plan_status),
			HINT = 'Activities are carried out when the plan is approved.';
	ELSIF the_activity.ended_on IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('activity %s was taken out of the plan on %s', activity_id, the_activity.ended_on),
			HINT = 'Record what was done as a contact: record_contact.';
	ELSIF the_activity.done_at IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('activity %s was done on %s', activity_id, kam.bangkok_date(the_activity.done_at)),
			HINT = 'Where that is wrong, reopen_activity takes it back.';
	ELSIF _year_of(at) < the_activity.plan_year THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('activity %s belongs to %s and cannot have been done on %s', activity_id, the_activity.plan_year,
				kam.bangkok_date(at)),
			HINT = format('The plan is carried out from 1 January %s; record what was done before as a contact.',
				the_activity.plan_year);
	END IF;
	UPDATE activity v SET done_at = at, done_by = given.staff_id, result = complete_activity.result
	WHERE v.activity_id = complete_activity.activity_id;
END $$;

-- Takes back what was said to be done; the history and the chain of decisions keep it.
CREATE OR REPLACE FUNCTION reopen_activity(activity_id bigint, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_activity(activity_id);
	the_activity activity := _lock_activity(activity_id);
BEGIN
	PERFORM _check_text(reason, 'the reason');
	IF the_activity.done_at IS NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('activity %s has not been done', activity_id),
			HINT = 'There is nothing to take back.';
	END IF;
	UPDATE activity v SET done_at = NULL, done_by = NULL, result = NULL
	WHERE v.activity_id = reopen_activity.activity_id;
	PERFORM _decide(given, 'activity', activity_id::text, 'reopen', the_activity.unit_code, the_activity.plan_year, 'done',
		'open', reason);
END $$;

-- ---- triggers, views, row security ------------------------------------------

-- The setting is an argument of the trigger that marks late records.
CREATE OR REPLACE FUNCTION _apply_record_days() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM kam.detach_record_deadline('contact');
	PERFORM kam.attach_record_deadline('contact', 'happened_at', 'recorded_at', 'flag', 'days_late', NEW.value::int);
	PERFORM kam.detach_record_deadline('voice');
	PERFORM kam.attach_record_deadline('voice', 'heard_at', 'recorded_at', 'flag', 'days_late', NEW.value::int);
	RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER apply_record_days AFTER UPDATE ON setting
	FOR EACH ROW WHEN (NEW.setting = 'record_days' AND NEW.value IS DISTINCT FROM OLD.value)
	EXECUTE FUNCTION _apply_record_days();

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON contact
	FOR EACH STATEMENT EXECUTE FUNCTION _append_only();

-- Step 5: how many contacts were recorded within the 7 days, by month.
CREATE OR REPLACE VIEW contact_rate WITH (security_invoker = true) AS
SELECT c.unit_code, c.plan_year, extract(month FROM kam.bangkok_date(c.happened_at))::int AS month,
	count(*) AS contacts, kam.rate(c.days_late = 0) AS recorded_on_time
FROM contact c
GROUP BY 1, 2, 3;

ALTER TABLE channel ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON channel FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON channel TO PUBLIC;

ALTER TABLE contact ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON contact FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON contact TO PUBLIC;
GRANT SELECT ON contact_rate TO PUBLIC;

-- ---- comments ------------------------------------------------------------------

COMMENT ON TABLE channel IS
U&'\0E0A\0E48\0E2D\0E07\0E17\0E32\0E07\0E01\0E32\0E23\0E15\0E34\0E14\0E15\0E48\0E2D \2014 How people speak with each other; the owner may add rows.';
COMMENT ON COLUMN channel.channel IS
U&'\0E0A\0E48\0E2D\0E07\0E17\0E32\0E07 \2014 Name of the channel.';
COMMENT ON COLUMN channel.name_th IS
U&'\0E0A\0E37\0E48\0E2D\0E20\0E32\0E29\0E32\0E44\0E17\0E22 \2014 Name in Thai.';
COMMENT ON COLUMN channel.name_en IS
U&'\0E0A\0E37\0E48\0E2D\0E20\0E32\0E29\0E32\0E2D\0E31\0E07\0E01\0E24\0E29 \2014 Name in English.';

COMMENT ON TABLE contact IS
U&'\0E01\0E32\0E23\0E15\0E34\0E14\0E15\0E48\0E2D\0E01\0E31\0E1A\0E25\0E39\0E01\0E04\0E49\0E32 (\0E02\0E31\0E49\0E19\0E15\0E2D\0E19\0E17\0E35\0E48 5) \2014 Contacts with accounts (step 5); what was recorded late is taken, and marked.';
COMMENT ON COLUMN contact.contact_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E01\0E32\0E23\0E15\0E34\0E14\0E15\0E48\0E2D \2014 Number of the contact.';
COMMENT ON COLUMN contact.account_id IS
U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account.';
COMMENT ON COLUMN contact.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit of the account at that time.';
COMMENT ON COLUMN contact.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year (common era) of the day on which it happened, in Bangkok.';
COMMENT ON COLUMN contact.activity_id IS
U&'\0E01\0E34\0E08\0E01\0E23\0E23\0E21\0E15\0E32\0E21\0E41\0E1C\0E19 \2014 Activity of the plan that it carried out; NULL: none.';
COMMENT ON COLUMN contact.staff_id IS
U&'\0E1C\0E39\0E49\0E15\0E34\0E14\0E15\0E48\0E2D\0E41\0E25\0E30\0E1A\0E31\0E19\0E17\0E36\0E01 \2014 Who had the contact, and recorded it.';
COMMENT ON COLUMN contact.happened_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E15\0E34\0E14\0E15\0E48\0E2D \2014 When it happened.';
COMMENT ON COLUMN contact.recorded_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E1A\0E31\0E19\0E17\0E36\0E01 \2014 When it was recorded.';
COMMENT ON COLUMN contact.days_late IS
U&'\0E08\0E33\0E19\0E27\0E19\0E27\0E31\0E19\0E17\0E35\0E48\0E1A\0E31\0E19\0E17\0E36\0E01\0E0A\0E49\0E32 \2014 Days by which it was recorded too late; 0: within the 7 days (R19).';
COMMENT ON COLUMN contact.channel IS
U&'\0E0A\0E48\0E2D\0E07\0E17\0E32\0E07 \2014 How they spoke with each other.';
COMMENT ON COLUMN contact.subject IS
U&'\0E40\0E23\0E37\0E48\0E2D\0E07 \2014 Subject.';
COMMENT ON COLUMN contact.summary IS
U&'\0E2A\0E23\0E38\0E1B \2014 What was said.';

COMMENT ON VIEW contact_rate IS
U&'\0E2D\0E31\0E15\0E23\0E32\0E01\0E32\0E23\0E1A\0E31\0E19\0E17\0E36\0E01\0E20\0E32\0E22\0E43\0E19 7 \0E27\0E31\0E19 \2014 Contacts by unit and month, and how many were recorded within the 7 days.';
COMMENT ON COLUMN contact_rate.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit.';
COMMENT ON COLUMN contact_rate.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year.';
COMMENT ON COLUMN contact_rate.month IS
U&'\0E40\0E14\0E37\0E2D\0E19 \2014 Month, 1 to 12.';
COMMENT ON COLUMN contact_rate.contacts IS
U&'\0E08\0E33\0E19\0E27\0E19\0E01\0E32\0E23\0E15\0E34\0E14\0E15\0E48\0E2D \2014 Contacts.';
COMMENT ON COLUMN contact_rate.recorded_on_time IS
U&'\0E1A\0E31\0E19\0E17\0E36\0E01\0E17\0E31\0E19\0E01\0E33\0E2B\0E19\0E14 \2014 How many were recorded in time, of all.';

COMMENT ON FUNCTION _authorize_as(text[], text, text, text) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E2A\0E34\0E17\0E18\0E34\0E4C\0E15\0E32\0E21\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E17\0E35\0E48\0E01\0E33\0E2B\0E19\0E14 \2014 By which of these posts the caller may do this; 42501 with the posts that may.';
COMMENT ON FUNCTION _check_past(timestamptz, text) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E40\0E27\0E25\0E32 \2014 Refuses a time that is missing (22004), in the future or before 1960 (22008).';
COMMENT ON FUNCTION _check_text(text, text) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E02\0E49\0E2D\0E04\0E27\0E32\0E21 \2014 Refuses a text that is missing (22004) or empty (22023).';
COMMENT ON FUNCTION _check_word(text, text[], text) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E04\0E33 \2014 Refuses a word that is missing (22004) or not one of the list (22023).';
COMMENT ON FUNCTION _check_channel(text) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E0A\0E48\0E2D\0E07\0E17\0E32\0E07 \2014 Refuses a channel that the table channel does not have.';
COMMENT ON FUNCTION _year_of(timestamptz) IS
U&'\0E1B\0E35\0E41\0E1C\0E19\0E02\0E2D\0E07\0E40\0E27\0E25\0E32 \2014 Plan year in which something happened, by Bangkok time.';
COMMENT ON FUNCTION _check_activity_of(bigint, text) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E01\0E34\0E08\0E01\0E23\0E23\0E21 \2014 Refuses an activity of another account (22023) or of a plan that is not approved (55000).';
COMMENT ON FUNCTION record_contact(text, timestamptz, text, text, text, bigint) IS
U&'\0E1A\0E31\0E19\0E17\0E36\0E01\0E01\0E32\0E23\0E15\0E34\0E14\0E15\0E48\0E2D\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Records a contact with an account (5, step 5), late ones too: days_late marks them (R19); activity_id names the activity of the plan that it carried out. 42501 for another''s account, 22008 for a time in the future, 22023 for an unknown channel or another account''s activity, 55000 for one of a plan not approved.';
COMMENT ON FUNCTION _authorize_activity(bigint) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E2A\0E34\0E17\0E18\0E34\0E4C\0E15\0E48\0E2D\0E01\0E34\0E08\0E01\0E23\0E23\0E21 \2014 By which post the caller may complete the activity.';
COMMENT ON FUNCTION _lock_activity(bigint) IS
U&'\0E25\0E47\0E2D\0E01\0E01\0E34\0E08\0E01\0E23\0E23\0E21 \2014 The activity, locked.';
COMMENT ON FUNCTION complete_activity(bigint, timestamptz, text) IS
U&'\0E1A\0E31\0E19\0E17\0E36\0E01\0E27\0E48\0E32\0E01\0E34\0E08\0E01\0E23\0E23\0E21\0E40\0E2A\0E23\0E47\0E08\0E41\0E25\0E49\0E27 \2014 Marks an activity of an approved plan as done (5, step 4). 42501 for another''s account, 55000 where the plan is not approved, or the activity done already or taken out, 22008 for a day before the plan year or in the future.';
COMMENT ON FUNCTION reopen_activity(bigint, text) IS
U&'\0E22\0E01\0E40\0E25\0E34\0E01\0E01\0E32\0E23\0E1A\0E31\0E19\0E17\0E36\0E01\0E27\0E48\0E32\0E40\0E2A\0E23\0E47\0E08 \2014 Takes back that an activity was done; recorded as a decision. 42501 for another''s account, 55000 where it was not done.';
COMMENT ON FUNCTION _apply_record_days() IS
U&'\0E43\0E0A\0E49\0E04\0E48\0E32\0E15\0E31\0E49\0E07\0E08\0E33\0E19\0E27\0E19\0E27\0E31\0E19\0E1A\0E31\0E19\0E17\0E36\0E01 \2014 Trigger: gives the setting record_days to the rules that mark late records.';

-- sql/workflow/service_case.sql
/* Cases (CRM-KAM-003): answered within 5 working days, the urgent ones brought to a decision maker. */

CREATE TABLE voice_kind (
	kind text PRIMARY KEY CHECK (kind <> ''),
	section text NOT NULL,
	name_th text NOT NULL,
	name_en text NOT NULL
);
INSERT INTO voice_kind VALUES
	('need', '3.8', unistr('\0E04\0E27\0E32\0E21\0E08\0E33\0E40\0E1B\0E47\0E19'), 'need'),
	('requirement', '3.9', unistr('\0E04\0E27\0E32\0E21\0E15\0E49\0E2D\0E07\0E01\0E32\0E23'), 'requirement'),
	('expectation', '3.10', unistr('\0E04\0E27\0E32\0E21\0E04\0E32\0E14\0E2B\0E27\0E31\0E07'), 'expectation'),
	('problem', '4.11.5', unistr('\0E1B\0E31\0E0D\0E2B\0E32'), 'problem'),
	('complaint', '4.11.5', unistr('\0E02\0E49\0E2D\0E23\0E49\0E2D\0E07\0E40\0E23\0E35\0E22\0E19'), 'complaint'),
	('outage', '4.14.6', unistr('\0E44\0E1F\0E1F\0E49\0E32\0E02\0E31\0E14\0E02\0E49\0E2D\0E07'), 'outage');

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
		PERFORM _authorize('data.keep', _headquarters());
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
U&'\0E0A\0E19\0E34\0E14\0E02\0E2D\0E07\0E40\0E2A\0E35\0E22\0E07\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32\0E41\0E25\0E30\0E01\0E23\0E13\0E35 \2014 Kinds of voices and cases; the owner may add rows.';
COMMENT ON COLUMN voice_kind.kind IS
U&'\0E0A\0E19\0E34\0E14 \2014 Name of the kind.';
COMMENT ON COLUMN voice_kind.section IS
U&'\0E02\0E49\0E2D\0E43\0E19\0E04\0E39\0E48\0E21\0E37\0E2D \2014 Section of the manual.';
COMMENT ON COLUMN voice_kind.name_th IS
U&'\0E0A\0E37\0E48\0E2D\0E20\0E32\0E29\0E32\0E44\0E17\0E22 \2014 Name in Thai.';
COMMENT ON COLUMN voice_kind.name_en IS
U&'\0E0A\0E37\0E48\0E2D\0E20\0E32\0E29\0E32\0E2D\0E31\0E07\0E01\0E24\0E29 \2014 Name in English.';

COMMENT ON TABLE decision_maker IS
U&'\0E1C\0E39\0E49\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08\0E43\0E19\0E01\0E23\0E13\0E35\0E40\0E23\0E48\0E07\0E14\0E48\0E27\0E19 (R25) \2014 Who decides on urgent cases, one after the other (R25); the owner may change the rows.';
COMMENT ON COLUMN decision_maker.route IS
U&'\0E0A\0E19\0E34\0E14\0E02\0E2D\0E07\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Kind of the unit that the account belongs to.';
COMMENT ON COLUMN decision_maker.level IS
U&'\0E25\0E33\0E14\0E31\0E1A \2014 1 is first.';
COMMENT ON COLUMN decision_maker.post IS
U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E1C\0E39\0E49\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 Post that decides, of the unit or of the one above it that has the post.';
COMMENT ON COLUMN decision_maker.after_working_days IS
U&'\0E08\0E33\0E19\0E27\0E19\0E27\0E31\0E19\0E17\0E33\0E01\0E32\0E23 \2014 Working days after which a case goes on to the next level undecided.';
COMMENT ON COLUMN decision_maker.section IS
U&'\0E02\0E49\0E2D\0E43\0E19\0E04\0E39\0E48\0E21\0E37\0E2D \2014 Section of the manual.';

COMMENT ON TABLE service_case IS
U&'\0E01\0E23\0E13\0E35\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32 (CRM-KAM-003) \2014 Cases: what a customer brings up, until it is closed (CRM-KAM-003).';
COMMENT ON COLUMN service_case.case_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E01\0E23\0E13\0E35 \2014 Number of the case.';
COMMENT ON COLUMN service_case.account_id IS
U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account.';
COMMENT ON COLUMN service_case.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit of the account at that time.';
COMMENT ON COLUMN service_case.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year (common era) of the day on which it happened, in Bangkok.';
COMMENT ON COLUMN service_case.kind IS
U&'\0E0A\0E19\0E34\0E14 \2014 Kind.';
COMMENT ON COLUMN service_case.urgent IS
U&'\0E40\0E23\0E48\0E07\0E14\0E48\0E27\0E19 \2014 Whether it went to a decision maker at once.';
COMMENT ON COLUMN service_case.asks_answer IS
U&'\0E15\0E49\0E2D\0E07\0E01\0E32\0E23\0E04\0E33\0E15\0E2D\0E1A \2014 Whether it asks for an answer, so that a clock runs.';
COMMENT ON COLUMN service_case.channel IS
U&'\0E0A\0E48\0E2D\0E07\0E17\0E32\0E07 \2014 How they spoke with each other.';
COMMENT ON COLUMN service_case.subject IS
U&'\0E40\0E23\0E37\0E48\0E2D\0E07 \2014 Subject.';
COMMENT ON COLUMN service_case.detail IS
U&'\0E23\0E32\0E22\0E25\0E30\0E40\0E2D\0E35\0E22\0E14 \2014 Details.';
COMMENT ON COLUMN service_case.received_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E44\0E14\0E49\0E23\0E31\0E1A \2014 When it was received, through any channel.';
COMMENT ON COLUMN service_case.opened_by IS
U&'\0E1C\0E39\0E49\0E40\0E1B\0E34\0E14\0E01\0E23\0E13\0E35 \2014 Who opened it.';
COMMENT ON COLUMN service_case.opened_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E40\0E1B\0E34\0E14 \2014 When it was entered.';
COMMENT ON COLUMN service_case.closed_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E1B\0E34\0E14 \2014 When it was closed; NULL: open.';
COMMENT ON COLUMN service_case.closed_by IS
U&'\0E1C\0E39\0E49\0E1B\0E34\0E14\0E01\0E23\0E13\0E35 \2014 Who closed it.';
COMMENT ON COLUMN service_case.outcome IS
U&'\0E1C\0E25 \2014 How it ended.';

COMMENT ON TABLE case_clock IS
U&'\0E23\0E2D\0E1A\0E01\0E32\0E23\0E15\0E2D\0E1A\0E20\0E32\0E22\0E43\0E19 5 \0E27\0E31\0E19\0E17\0E33\0E01\0E32\0E23 (R18) \2014 The 5 working days for the answer, begun anew each time the case comes up (R18).';
COMMENT ON COLUMN case_clock.clock_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E23\0E2D\0E1A\0E01\0E32\0E23\0E15\0E2D\0E1A \2014 Number of the clock.';
COMMENT ON COLUMN case_clock.case_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E01\0E23\0E13\0E35 \2014 Number of the case.';
COMMENT ON COLUMN case_clock.account_id IS
U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account.';
COMMENT ON COLUMN case_clock.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit of the account at that time.';
COMMENT ON COLUMN case_clock.reason IS
U&'\0E40\0E2B\0E15\0E38\0E1C\0E25\0E17\0E35\0E48\0E40\0E1B\0E34\0E14\0E43\0E2B\0E21\0E48 \2014 Why the case was reopened; NULL: its first clock.';
COMMENT ON COLUMN case_clock.received_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E44\0E14\0E49\0E23\0E31\0E1A \2014 When it was received, through any channel.';
COMMENT ON COLUMN case_clock.rule_due_on IS
U&'\0E27\0E31\0E19\0E04\0E23\0E1A\0E01\0E33\0E2B\0E19\0E14\0E15\0E32\0E21\0E1B\0E0F\0E34\0E17\0E34\0E19 \2014 Due day by the calendar, without pauses; NULL: beyond what the calendar knows.';
COMMENT ON COLUMN case_clock.due_on IS
U&'\0E27\0E31\0E19\0E04\0E23\0E1A\0E01\0E33\0E2B\0E19\0E14 \2014 Due day, with the working days of the pauses added.';
COMMENT ON COLUMN case_clock.answered_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E15\0E2D\0E1A \2014 When the first substantive answer was given; NULL: not yet.';
COMMENT ON COLUMN case_clock.answered_by IS
U&'\0E1C\0E39\0E49\0E15\0E2D\0E1A \2014 Who answered.';
COMMENT ON COLUMN case_clock.answer IS
U&'\0E04\0E33\0E15\0E2D\0E1A \2014 The answer.';
COMMENT ON COLUMN case_clock.answer_recorded_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E1A\0E31\0E19\0E17\0E36\0E01\0E04\0E33\0E15\0E2D\0E1A \2014 When the answer was recorded.';

COMMENT ON TABLE case_pause IS
U&'\0E01\0E32\0E23\0E2B\0E22\0E38\0E14\0E19\0E31\0E1A\0E40\0E27\0E25\0E32 \2014 Pauses of a clock, whose working days are added to the due day.';
COMMENT ON COLUMN case_pause.pause_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48 \2014 Number of the pause.';
COMMENT ON COLUMN case_pause.clock_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E23\0E2D\0E1A\0E01\0E32\0E23\0E15\0E2D\0E1A \2014 Number of the clock.';
COMMENT ON COLUMN case_pause.case_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E01\0E23\0E13\0E35 \2014 Number of the case.';
COMMENT ON COLUMN case_pause.account_id IS
U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account.';
COMMENT ON COLUMN case_pause.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit of the account at that time.';
COMMENT ON COLUMN case_pause.from_at IS
U&'\0E15\0E31\0E49\0E07\0E41\0E15\0E48 \2014 From when.';
COMMENT ON COLUMN case_pause.to_at IS
U&'\0E16\0E36\0E07 \2014 Until when; NULL: paused now.';
COMMENT ON COLUMN case_pause.reason IS
U&'\0E40\0E2B\0E15\0E38\0E1C\0E25 \2014 Why.';
COMMENT ON COLUMN case_pause.paused_by IS
U&'\0E1C\0E39\0E49\0E2B\0E22\0E38\0E14\0E19\0E31\0E1A \2014 Who paused it.';
COMMENT ON COLUMN case_pause.resumed_by IS
U&'\0E1C\0E39\0E49\0E19\0E31\0E1A\0E15\0E48\0E2D \2014 Who ended the pause.';

COMMENT ON TABLE case_escalation IS
U&'\0E01\0E32\0E23\0E40\0E2A\0E19\0E2D\0E1C\0E39\0E49\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 The way of a case from one decision maker to the next, and what they decided.';
COMMENT ON COLUMN case_escalation.escalation_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48 \2014 Number of the row.';
COMMENT ON COLUMN case_escalation.case_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E01\0E23\0E13\0E35 \2014 Number of the case.';
COMMENT ON COLUMN case_escalation.clock_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E23\0E2D\0E1A\0E01\0E32\0E23\0E15\0E2D\0E1A \2014 Clock that ran; NULL: the case asked for no answer.';
COMMENT ON COLUMN case_escalation.account_id IS
U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account.';
COMMENT ON COLUMN case_escalation.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit of the account at that time.';
COMMENT ON COLUMN case_escalation.level IS
U&'\0E25\0E33\0E14\0E31\0E1A\0E02\0E2D\0E07\0E1C\0E39\0E49\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 Level of the decision maker.';
COMMENT ON COLUMN case_escalation.post IS
U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E1C\0E39\0E49\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 Post that it was brought to.';
COMMENT ON COLUMN case_escalation.to_unit IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E02\0E2D\0E07\0E1C\0E39\0E49\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 Unit of that post.';
COMMENT ON COLUMN case_escalation.cause IS
U&'\0E2A\0E32\0E40\0E2B\0E15\0E38 \2014 urgent: at once; time: the level before did not decide, or the answer is overdue; hand: by somebody.';
COMMENT ON COLUMN case_escalation.reason IS
U&'\0E40\0E2B\0E15\0E38\0E1C\0E25 \2014 Why.';
COMMENT ON COLUMN case_escalation.escalated_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E40\0E2A\0E19\0E2D \2014 When.';
COMMENT ON COLUMN case_escalation.escalated_by IS
U&'\0E1C\0E39\0E49\0E40\0E2A\0E19\0E2D \2014 By whom; NULL: by time.';
COMMENT ON COLUMN case_escalation.decided_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 When it was decided; NULL: not yet.';
COMMENT ON COLUMN case_escalation.decided_by IS
U&'\0E1C\0E39\0E49\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 Who decided.';
COMMENT ON COLUMN case_escalation.decided_post IS
U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E02\0E2D\0E07\0E1C\0E39\0E49\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 By which post.';
COMMENT ON COLUMN case_escalation.decision_text IS
U&'\0E04\0E33\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 The decision.';

COMMENT ON TABLE deadline_move IS
U&'\0E01\0E32\0E23\0E40\0E25\0E37\0E48\0E2D\0E19\0E27\0E31\0E19\0E04\0E23\0E1A\0E01\0E33\0E2B\0E19\0E14\0E40\0E21\0E37\0E48\0E2D\0E1B\0E0F\0E34\0E17\0E34\0E19\0E40\0E1B\0E25\0E35\0E48\0E22\0E19 \2014 Ledger of due days that moved because the calendar changed (kam.recompute_deadlines).';
COMMENT ON COLUMN deadline_move.deadline_move_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48 \2014 Number of the row.';
COMMENT ON COLUMN deadline_move.relation IS
U&'\0E15\0E32\0E23\0E32\0E07 \2014 Table.';
COMMENT ON COLUMN deadline_move.item IS
U&'\0E41\0E16\0E27 \2014 Key of the row.';
COMMENT ON COLUMN deadline_move.old_due IS
U&'\0E27\0E31\0E19\0E04\0E23\0E1A\0E01\0E33\0E2B\0E19\0E14\0E40\0E14\0E34\0E21 \2014 Due day before; for a row of kam.recompute_deadlines without pauses.';
COMMENT ON COLUMN deadline_move.new_due IS
U&'\0E27\0E31\0E19\0E04\0E23\0E1A\0E01\0E33\0E2B\0E19\0E14\0E43\0E2B\0E21\0E48 \2014 Due day now.';
COMMENT ON COLUMN deadline_move.cause IS
U&'\0E2A\0E32\0E40\0E2B\0E15\0E38 \2014 Why.';
COMMENT ON COLUMN deadline_move.account_id IS
U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account.';
COMMENT ON COLUMN deadline_move.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit of the account at that time.';
COMMENT ON COLUMN deadline_move.moved_at IS
U&'\0E40\0E27\0E25\0E32 \2014 When.';

COMMENT ON VIEW case_response IS
U&'\0E1C\0E25\0E01\0E32\0E23\0E15\0E2D\0E1A\0E41\0E15\0E48\0E25\0E30\0E23\0E2D\0E1A \2014 Every clock, and whether it was met.';
COMMENT ON COLUMN case_response.clock_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E23\0E2D\0E1A\0E01\0E32\0E23\0E15\0E2D\0E1A \2014 Number of the clock.';
COMMENT ON COLUMN case_response.case_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E01\0E23\0E13\0E35 \2014 Number of the case.';
COMMENT ON COLUMN case_response.account_id IS
U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account.';
COMMENT ON COLUMN case_response.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit of the account at that time.';
COMMENT ON COLUMN case_response.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Year of the receipt.';
COMMENT ON COLUMN case_response.month IS
U&'\0E40\0E14\0E37\0E2D\0E19 \2014 Month of the receipt, 1 to 12.';
COMMENT ON COLUMN case_response.received_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E44\0E14\0E49\0E23\0E31\0E1A \2014 When it was received, through any channel.';
COMMENT ON COLUMN case_response.due_on IS
U&'\0E27\0E31\0E19\0E04\0E23\0E1A\0E01\0E33\0E2B\0E19\0E14 \2014 Due day, with pauses.';
COMMENT ON COLUMN case_response.answered_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E15\0E2D\0E1A \2014 When the first substantive answer was given; NULL: not yet.';
COMMENT ON COLUMN case_response.on_time IS
U&'\0E17\0E31\0E19\0E01\0E33\0E2B\0E19\0E14 \2014 Answered in time; false also where overdue; NULL: still running, or the due day is unknown.';

COMMENT ON VIEW response_rate IS
U&'\0E2D\0E31\0E15\0E23\0E32\0E01\0E32\0E23\0E15\0E2D\0E1A\0E20\0E32\0E22\0E43\0E19 5 \0E27\0E31\0E19\0E17\0E33\0E01\0E32\0E23 \2014 How many were answered within 5 working days, by unit and month of receipt.';
COMMENT ON COLUMN response_rate.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit.';
COMMENT ON COLUMN response_rate.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Year of the receipt.';
COMMENT ON COLUMN response_rate.month IS
U&'\0E40\0E14\0E37\0E2D\0E19 \2014 Month of the receipt, 1 to 12.';
COMMENT ON COLUMN response_rate.answered_on_time IS
U&'\0E15\0E2D\0E1A\0E17\0E31\0E19\0E01\0E33\0E2B\0E19\0E14 \2014 Answered in time, of those answered or overdue.';
COMMENT ON COLUMN response_rate.unanswered IS
U&'\0E22\0E31\0E07\0E44\0E21\0E48\0E15\0E2D\0E1A \2014 How many wait for an answer.';

COMMENT ON VIEW case_status IS
U&'\0E2A\0E16\0E32\0E19\0E30\0E02\0E2D\0E07\0E01\0E23\0E13\0E35 \2014 Where every case stands: its latest clock, and the decision maker that it lies before.';
COMMENT ON COLUMN case_status.case_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E01\0E23\0E13\0E35 \2014 Number of the case.';
COMMENT ON COLUMN case_status.account_id IS
U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account.';
COMMENT ON COLUMN case_status.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit of the account at that time.';
COMMENT ON COLUMN case_status.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year (common era) of the day on which it happened, in Bangkok.';
COMMENT ON COLUMN case_status.kind IS
U&'\0E0A\0E19\0E34\0E14 \2014 Kind.';
COMMENT ON COLUMN case_status.urgent IS
U&'\0E40\0E23\0E48\0E07\0E14\0E48\0E27\0E19 \2014 Whether it went to a decision maker at once.';
COMMENT ON COLUMN case_status.channel IS
U&'\0E0A\0E48\0E2D\0E07\0E17\0E32\0E07 \2014 How they spoke with each other.';
COMMENT ON COLUMN case_status.subject IS
U&'\0E40\0E23\0E37\0E48\0E2D\0E07 \2014 Subject.';
COMMENT ON COLUMN case_status.state IS
U&'\0E2A\0E16\0E32\0E19\0E30 \2014 due, overdue, paused, answered, closed, no answer asked, due day unknown.';
COMMENT ON COLUMN case_status.received_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E44\0E14\0E49\0E23\0E31\0E1A \2014 When it was received, the last time.';
COMMENT ON COLUMN case_status.due_on IS
U&'\0E27\0E31\0E19\0E04\0E23\0E1A\0E01\0E33\0E2B\0E19\0E14 \2014 Due day, with pauses.';
COMMENT ON COLUMN case_status.answered_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E15\0E2D\0E1A \2014 When the first substantive answer was given; NULL: not yet.';
COMMENT ON COLUMN case_status.on_time IS
U&'\0E17\0E31\0E19\0E01\0E33\0E2B\0E19\0E14 \2014 Answered in time; false also where overdue.';
COMMENT ON COLUMN case_status.working_days_left IS
U&'\0E27\0E31\0E19\0E17\0E33\0E01\0E32\0E23\0E17\0E35\0E48\0E40\0E2B\0E25\0E37\0E2D \2014 Working days until the due day; of a pause, at its beginning.';
COMMENT ON COLUMN case_status.working_days_late IS
U&'\0E27\0E31\0E19\0E17\0E33\0E01\0E32\0E23\0E17\0E35\0E48\0E40\0E01\0E34\0E19 \2014 Working days after the due day.';
COMMENT ON COLUMN case_status.paused_since IS
U&'\0E2B\0E22\0E38\0E14\0E19\0E31\0E1A\0E15\0E31\0E49\0E07\0E41\0E15\0E48 \2014 Since when the clock stands still.';
COMMENT ON COLUMN case_status.paused_because IS
U&'\0E40\0E2B\0E15\0E38\0E17\0E35\0E48\0E2B\0E22\0E38\0E14\0E19\0E31\0E1A \2014 Why.';
COMMENT ON COLUMN case_status.escalation_level IS
U&'\0E25\0E33\0E14\0E31\0E1A\0E02\0E2D\0E07\0E1C\0E39\0E49\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 Level that it lies before.';
COMMENT ON COLUMN case_status.escalated_to_post IS
U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E1C\0E39\0E49\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 Post that it lies before.';
COMMENT ON COLUMN case_status.escalated_to_unit IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E02\0E2D\0E07\0E1C\0E39\0E49\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 Unit of that post.';
COMMENT ON COLUMN case_status.escalated_by_cause IS
U&'\0E2A\0E32\0E40\0E2B\0E15\0E38 \2014 urgent, time or hand.';
COMMENT ON COLUMN case_status.escalated_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E40\0E2A\0E19\0E2D \2014 Since when.';
COMMENT ON COLUMN case_status.decided_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 When that post decided.';
COMMENT ON COLUMN case_status.decision_text IS
U&'\0E04\0E33\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 The decision.';
COMMENT ON COLUMN case_status.closed_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E1B\0E34\0E14 \2014 When it was closed.';
COMMENT ON COLUMN case_status.outcome IS
U&'\0E1C\0E25 \2014 How it ended.';
COMMENT ON COLUMN case_status.clocks IS
U&'\0E08\0E33\0E19\0E27\0E19\0E23\0E2D\0E1A \2014 How often it came up.';

COMMENT ON FUNCTION _working_days(date, date) IS
U&'\0E08\0E33\0E19\0E27\0E19\0E27\0E31\0E19\0E17\0E33\0E01\0E32\0E23 \2014 Working days after the first day up to the second; NULL where the calendar does not know them.';
COMMENT ON FUNCTION _due_with_pauses(date, bigint) IS
U&'\0E27\0E31\0E19\0E04\0E23\0E1A\0E01\0E33\0E2B\0E19\0E14\0E23\0E27\0E21\0E0A\0E48\0E27\0E07\0E2B\0E22\0E38\0E14\0E19\0E31\0E1A \2014 A due day with the working days of the clock''s pauses added; NULL where the calendar does not know it.';
COMMENT ON FUNCTION _add_pauses() IS
U&'\0E04\0E33\0E19\0E27\0E13\0E27\0E31\0E19\0E04\0E23\0E1A\0E01\0E33\0E2B\0E19\0E14 \2014 Trigger: keeps due_on of a clock that is not answered.';
COMMENT ON FUNCTION _authorize_case(text, bigint) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E2A\0E34\0E17\0E18\0E34\0E4C\0E15\0E48\0E2D\0E01\0E23\0E13\0E35 \2014 By which post the caller may do this with the case.';
COMMENT ON FUNCTION _lock_case(bigint) IS
U&'\0E25\0E47\0E2D\0E01\0E01\0E23\0E13\0E35 \2014 The case, locked.';
COMMENT ON FUNCTION _check_case_is_open(service_case) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E27\0E48\0E32\0E01\0E23\0E13\0E35\0E22\0E31\0E07\0E40\0E1B\0E34\0E14 \2014 Refuses a case that is closed (55000).';
COMMENT ON FUNCTION _last_clock(bigint) IS
U&'\0E23\0E2D\0E1A\0E01\0E32\0E23\0E15\0E2D\0E1A\0E25\0E48\0E32\0E2A\0E38\0E14 \2014 The latest clock of a case.';
COMMENT ON FUNCTION _running_clock(service_case) IS
U&'\0E23\0E2D\0E1A\0E01\0E32\0E23\0E15\0E2D\0E1A\0E17\0E35\0E48\0E22\0E31\0E07\0E40\0E14\0E34\0E19\0E2D\0E22\0E39\0E48 \2014 The clock of a case that waits for its answer; 55000 where none does.';
COMMENT ON FUNCTION _begin_clock(service_case, timestamptz, text) IS
U&'\0E40\0E23\0E34\0E48\0E21\0E23\0E2D\0E1A\0E01\0E32\0E23\0E15\0E2D\0E1A \2014 Begins a clock.';
COMMENT ON FUNCTION _check_voice_kind(text) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E0A\0E19\0E34\0E14 \2014 Refuses a kind that the table voice_kind does not have.';
COMMENT ON FUNCTION open_case(text, text, text, text, boolean, boolean, timestamptz, text) IS
U&'\0E40\0E1B\0E34\0E14\0E01\0E23\0E13\0E35 \2014 Opens a case (CRM-KAM-003): its answer is due within 5 working days of the receipt (R18); an urgent one goes to the first decision maker at once (R25). 42501 for another''s account, 22023 for an unknown kind or channel, 22008 for a receipt in the future; a WARNING where the calendar does not know the due day.';
COMMENT ON FUNCTION answer_case(bigint, text, timestamptz) IS
U&'\0E15\0E2D\0E1A\0E01\0E23\0E13\0E35 \2014 Records the first substantive answer, which stops the clock and ends a pause (R18); the case stays open. 42501, 55000 where it is closed or answered, 22008 for a time before the receipt or in the future.';
COMMENT ON FUNCTION reopen_case(bigint, text, timestamptz) IS
U&'\0E40\0E1B\0E34\0E14\0E01\0E23\0E13\0E35\0E43\0E2B\0E21\0E48 \2014 The matter has come up again: a new clock, and for an urgent case the first decision maker again. 42501, 55000 while a clock is running, 22008 for a time before the last answer.';
COMMENT ON FUNCTION close_case(bigint, text) IS
U&'\0E1B\0E34\0E14\0E01\0E23\0E13\0E35 \2014 Closes a case with its outcome. 42501, 55000 where it is closed, unanswered, or lies before a decision maker who has not decided.';
COMMENT ON FUNCTION pause_case(bigint, text, timestamptz) IS
U&'\0E2B\0E22\0E38\0E14\0E19\0E31\0E1A\0E40\0E27\0E25\0E32 \2014 Stops the clock while PEA cannot act. 42501, 55000 where it is paused, answered or overdue, 22008 for a time within the pause before.';
COMMENT ON FUNCTION resume_case(bigint, timestamptz) IS
U&'\0E19\0E31\0E1A\0E40\0E27\0E25\0E32\0E15\0E48\0E2D \2014 Ends the pause and gives the due day, moved by the working days of the pause. 42501, 55000 where it is not paused, 22008 for a time before the pause.';
COMMENT ON FUNCTION _unit_with_post(text, text) IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E17\0E35\0E48\0E21\0E35\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E19\0E35\0E49 \2014 The unit, or the one above it, that has the post.';
COMMENT ON FUNCTION _decision_makers(text) IS
U&'\0E1C\0E39\0E49\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08\0E02\0E2D\0E07\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 The decision makers for the accounts of a unit.';
COMMENT ON FUNCTION _last_escalation(bigint, bigint) IS
U&'\0E1C\0E39\0E49\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08\0E25\0E48\0E32\0E2A\0E38\0E14 \2014 The decision maker that a case was brought to last.';
COMMENT ON FUNCTION _escalate(service_case, bigint, text, text, text) IS
U&'\0E40\0E2A\0E19\0E2D\0E1C\0E39\0E49\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08\0E25\0E33\0E14\0E31\0E1A\0E16\0E31\0E14\0E44\0E1B \2014 Brings a case to the next decision maker; NULL where there is none.';
COMMENT ON FUNCTION _escalate_urgent(service_case, bigint, authorization_given) IS
U&'\0E40\0E2A\0E19\0E2D\0E01\0E23\0E13\0E35\0E40\0E23\0E48\0E07\0E14\0E48\0E27\0E19 \2014 Brings an urgent case to the first decision maker; a WARNING where there is none.';
COMMENT ON FUNCTION escalate_case(bigint, text) IS
U&'\0E40\0E2A\0E19\0E2D\0E01\0E23\0E13\0E35\0E15\0E48\0E2D\0E1C\0E39\0E49\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 Brings a case to the next decision maker (4.11.5, 4.12.4, 4.14.5, R25) and gives the post. 42501, 55000 where it is closed or nobody comes after.';
COMMENT ON FUNCTION decide_case(bigint, text) IS
U&'\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08\0E43\0E19\0E01\0E23\0E13\0E35 \2014 Decides on a case, by the post that it was brought to or one further along the route (R25); recorded as a decision. 42501 for another post, 55000 where it was not brought to anybody or is decided.';
COMMENT ON FUNCTION _cases_to_escalate(bigint) IS
U&'\0E01\0E23\0E13\0E35\0E17\0E35\0E48\0E15\0E49\0E2D\0E07\0E40\0E2A\0E19\0E2D\0E15\0E48\0E2D\0E15\0E32\0E21\0E40\0E27\0E25\0E32 \2014 The cases that go on to the next decision maker by time today.';
COMMENT ON FUNCTION _escalate_cases() IS
U&'\0E40\0E2A\0E19\0E2D\0E01\0E23\0E13\0E35\0E15\0E48\0E2D\0E15\0E32\0E21\0E40\0E27\0E25\0E32 \2014 Brings the cases on whose time has come; gives how many. Called twice, or by two at once, it does each once.';
COMMENT ON FUNCTION _fill_deadline_move() IS
U&'\0E40\0E15\0E34\0E21\0E02\0E49\0E2D\0E21\0E39\0E25\0E25\0E39\0E01\0E04\0E49\0E32\0E41\0E25\0E30\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Trigger: the account and unit of a ledger row.';
COMMENT ON FUNCTION _apply_response_deadline() IS
U&'\0E43\0E0A\0E49\0E04\0E48\0E32\0E15\0E31\0E49\0E07\0E01\0E33\0E2B\0E19\0E14\0E15\0E2D\0E1A \2014 Trigger: gives the settings response_working_days and calendar to the rule that stamps due days.';
COMMENT ON PROCEDURE move_deadlines(date[], date[], text) IS
U&'\0E40\0E25\0E37\0E48\0E2D\0E19\0E27\0E31\0E19\0E04\0E23\0E1A\0E01\0E33\0E2B\0E19\0E14\0E40\0E21\0E37\0E48\0E2D\0E1B\0E0F\0E34\0E17\0E34\0E19\0E40\0E1B\0E25\0E35\0E48\0E22\0E19 \2014 After days were added to a calendar or withdrawn from it: moves the due days of clocks that are not answered (kam.recompute_deadlines), with their pauses, and writes each move into deadline_move. By the owner of the workflow or 4.8; 42501.';

-- sql/workflow/voice.sql
/* Voice of the customer: what was said, left unsaid, or is anticipated (3.6), and how it is classified. */

CREATE TABLE voice (
	voice_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account_id text NOT NULL REFERENCES account,
	unit_code text NOT NULL REFERENCES unit,
	plan_year int NOT NULL,
	heard_at timestamptz NOT NULL,
	recorded_at timestamptz NOT NULL,
	days_late int,
	channel text NOT NULL REFERENCES channel,
	kind text NOT NULL REFERENCES voice_kind,
	listening text NOT NULL DEFAULT 'stated' CHECK (listening IN ('stated', 'unstated', 'anticipated')),
	topic text NOT NULL CHECK (topic <> ''),
	content text NOT NULL CHECK (content <> ''),
	case_id bigint REFERENCES service_case,
	survey_id bigint,
	recorded_by text NOT NULL REFERENCES staff,
	classified_by text NOT NULL REFERENCES staff,
	classified_at timestamptz NOT NULL
);
CREATE INDEX ON voice (unit_code, heard_at);
CREATE INDEX ON voice (account_id, heard_at);
CREATE INDEX ON voice (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX ON voice (survey_id) WHERE survey_id IS NOT NULL;
SELECT kam.attach_record_deadline('voice', 'heard_at', 'recorded_at', 'flag', 'days_late');

CREATE OR REPLACE FUNCTION _check_listening(listening text) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _check_word(listening, '{stated,unstated,anticipated}', 'the kind of listening');
END $$;

-- A case of the account; NULL is none.
CREATE OR REPLACE FUNCTION _check_case_of(case_id bigint, account_id text) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF case_id IS NOT NULL AND NOT EXISTS (SELECT FROM service_case c
		WHERE c.case_id = _check_case_of.case_id AND c.account_id = _check_case_of.account_id)
	THEN
		RAISE invalid_parameter_value USING
			MESSAGE = CASE WHEN account_id IS NULL THEN format('case %s is given without its account', case_id)
				ELSE format('case %s is none of account "%s"', case_id, account_id) END,
			HINT = 'The view case_status shows those of the account.';
	END IF;
END $$;

CREATE OR REPLACE FUNCTION record_voice(account_id text, heard_at timestamptz, channel text, kind text, topic text,
	content text, listening text DEFAULT 'stated', case_id bigint DEFAULT NULL, survey_id bigint DEFAULT NULL)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_account('voice.record', account_id);
	recorded bigint;
BEGIN
	PERFORM _check_past(heard_at, 'the voice'), _check_channel(channel), _check_voice_kind(kind),
		_check_listening(listening), _check_text(topic, 'the topic'), _check_text(content, 'what the customer wants'),
		_check_case_of(case_id, account_id), _check_survey(survey_id);
	INSERT INTO voice (account_id, unit_code, plan_year, heard_at, recorded_at, channel, kind, listening, topic, content,
		case_id, survey_id, recorded_by, classified_by, classified_at)
	VALUES (account_id, _unit_of(account_id), _year_of(heard_at), heard_at, _now(), channel, kind, listening, topic, content,
		case_id, survey_id, given.staff_id, given.staff_id, _now())
	RETURNING voice.voice_id INTO recorded;
	RETURN recorded;
END $$;

-- What is NULL stays.  The history tells who had it otherwise.
CREATE OR REPLACE FUNCTION classify_voice(voice_id bigint, kind text DEFAULT NULL, listening text DEFAULT NULL,
	topic text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	the_voice voice;
	given authorization_given;
BEGIN
	SELECT * INTO the_voice FROM voice v WHERE v.voice_id = classify_voice.voice_id;
	given := _authorize_item('voice.record', format('voice %s', voice_id), the_voice.unit_code, the_voice.account_id);
	PERFORM _check_voice_kind(coalesce(kind, the_voice.kind)),
		_check_listening(coalesce(listening, the_voice.listening)),
		_check_text(coalesce(topic, the_voice.topic), 'the topic');
	UPDATE voice v SET kind = coalesce(classify_voice.kind, v.kind),
		listening = coalesce(classify_voice.listening, v.listening), topic = coalesce(classify_voice.topic, v.topic),
		classified_by = given.staff_id, classified_at = _now()
	WHERE v.voice_id = classify_voice.voice_id;
END $$;

CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON voice
	FOR EACH ROW EXECUTE FUNCTION _keep_history('voice_id');

-- The voice of the customer by month, as VOC-60-001 sums it up.
CREATE OR REPLACE VIEW voice_summary WITH (security_invoker = true) AS
SELECT v.unit_code, v.plan_year, extract(month FROM kam.bangkok_date(v.heard_at))::int AS month, v.kind, v.listening, v.topic,
	count(*) AS voices, count(DISTINCT v.account_id) AS accounts, kam.rate(v.days_late = 0) AS recorded_on_time
FROM voice v
GROUP BY 1, 2, 3, 4, 5, 6;

ALTER TABLE voice ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON voice FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON voice TO PUBLIC;
GRANT SELECT ON voice_summary TO PUBLIC;

-- ---- comments ------------------------------------------------------------------

COMMENT ON TABLE voice IS
U&'\0E40\0E2A\0E35\0E22\0E07\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Voice of the customer (3.6 to 3.10).';
COMMENT ON COLUMN voice.voice_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48 \2014 Number of the voice.';
COMMENT ON COLUMN voice.account_id IS
U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account.';
COMMENT ON COLUMN voice.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit of the account at that time.';
COMMENT ON COLUMN voice.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year (common era) of the day on which it happened, in Bangkok.';
COMMENT ON COLUMN voice.heard_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E23\0E31\0E1A\0E1F\0E31\0E07 \2014 When it was heard.';
COMMENT ON COLUMN voice.recorded_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E1A\0E31\0E19\0E17\0E36\0E01 \2014 When it was recorded.';
COMMENT ON COLUMN voice.days_late IS
U&'\0E08\0E33\0E19\0E27\0E19\0E27\0E31\0E19\0E17\0E35\0E48\0E1A\0E31\0E19\0E17\0E36\0E01\0E0A\0E49\0E32 \2014 Days by which it was recorded too late; 0: within the 7 days (R19).';
COMMENT ON COLUMN voice.channel IS
U&'\0E0A\0E48\0E2D\0E07\0E17\0E32\0E07 \2014 How they spoke with each other.';
COMMENT ON COLUMN voice.kind IS
U&'\0E0A\0E19\0E34\0E14 \2014 Kind: need, requirement, expectation \2026';
COMMENT ON COLUMN voice.listening IS
U&'\0E25\0E31\0E01\0E29\0E13\0E30\0E01\0E32\0E23\0E23\0E31\0E1A\0E1F\0E31\0E07 \2014 stated, unstated, or anticipated (3.6).';
COMMENT ON COLUMN voice.topic IS
U&'\0E2B\0E31\0E27\0E02\0E49\0E2D \2014 Topic.';
COMMENT ON COLUMN voice.content IS
U&'\0E2A\0E32\0E23\0E30 \2014 What the customer wants.';
COMMENT ON COLUMN voice.case_id IS
U&'\0E01\0E23\0E13\0E35 \2014 Case that it belongs to; NULL: none.';
COMMENT ON COLUMN voice.survey_id IS
U&'\0E01\0E32\0E23\0E2A\0E33\0E23\0E27\0E08 \2014 Survey in which it was heard; NULL: none.';
COMMENT ON COLUMN voice.recorded_by IS
U&'\0E1C\0E39\0E49\0E1A\0E31\0E19\0E17\0E36\0E01 \2014 Who recorded it.';
COMMENT ON COLUMN voice.classified_by IS
U&'\0E1C\0E39\0E49\0E08\0E33\0E41\0E19\0E01 \2014 Who classified it, last.';
COMMENT ON COLUMN voice.classified_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E08\0E33\0E41\0E19\0E01 \2014 When.';

COMMENT ON VIEW voice_summary IS
U&'\0E2A\0E23\0E38\0E1B\0E40\0E2A\0E35\0E22\0E07\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32 (VOC-60-001) \2014 Voice of the customer by unit and month, as VOC-60-001 sums it up.';
COMMENT ON COLUMN voice_summary.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit.';
COMMENT ON COLUMN voice_summary.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year.';
COMMENT ON COLUMN voice_summary.month IS
U&'\0E40\0E14\0E37\0E2D\0E19 \2014 Month, 1 to 12.';
COMMENT ON COLUMN voice_summary.kind IS
U&'\0E0A\0E19\0E34\0E14 \2014 Kind.';
COMMENT ON COLUMN voice_summary.listening IS
U&'\0E25\0E31\0E01\0E29\0E13\0E30\0E01\0E32\0E23\0E23\0E31\0E1A\0E1F\0E31\0E07 \2014 stated, unstated, or anticipated.';
COMMENT ON COLUMN voice_summary.topic IS
U&'\0E2B\0E31\0E27\0E02\0E49\0E2D \2014 Topic.';
COMMENT ON COLUMN voice_summary.voices IS
U&'\0E08\0E33\0E19\0E27\0E19 \2014 How many.';
COMMENT ON COLUMN voice_summary.accounts IS
U&'\0E08\0E33\0E19\0E27\0E19\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Of how many accounts.';
COMMENT ON COLUMN voice_summary.recorded_on_time IS
U&'\0E1A\0E31\0E19\0E17\0E36\0E01\0E17\0E31\0E19\0E01\0E33\0E2B\0E19\0E14 \2014 How many were recorded within the 7 days.';

COMMENT ON FUNCTION _check_listening(text) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E25\0E31\0E01\0E29\0E13\0E30\0E01\0E32\0E23\0E23\0E31\0E1A\0E1F\0E31\0E07 \2014 Refuses what is not stated, unstated or anticipated.';
COMMENT ON FUNCTION _check_case_of(bigint, text) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E01\0E23\0E13\0E35\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Refuses a case of another account (22023).';
COMMENT ON FUNCTION record_voice(text, timestamptz, text, text, text, text, text, bigint, bigint) IS
U&'\0E1A\0E31\0E19\0E17\0E36\0E01\0E40\0E2A\0E35\0E22\0E07\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Records a voice of the customer (3.6 to 3.10; 5, steps 5 and 6), late ones too. 42501 for another''s account, 22008 for the future, 22023 for an unknown kind or channel or another account''s case, P0002 for a survey that does not exist.';
COMMENT ON FUNCTION classify_voice(bigint, text, text, text) IS
U&'\0E08\0E33\0E41\0E19\0E01\0E40\0E2A\0E35\0E22\0E07\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32\0E43\0E2B\0E21\0E48 \2014 Classifies a voice anew; what is NULL stays; the history keeps who had it otherwise. 42501, 22023.';

-- sql/workflow/survey.sql
/* Surveys of key accounts (step 8): the call centre's satisfaction, the consultant's satisfaction and loyalty. */

CREATE TABLE survey (
	survey_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	plan_year int NOT NULL REFERENCES plan_year,
	kind text NOT NULL CHECK (kind IN ('call_centre', 'consultant')),
	title text NOT NULL CHECK (title <> ''),
	opened_by text NOT NULL REFERENCES staff,
	opened_at timestamptz NOT NULL,
	closed_by text REFERENCES staff,
	closed_at timestamptz,
	UNIQUE (plan_year, kind, title),
	CONSTRAINT survey_closed_by CHECK ((closed_at IS NULL) = (closed_by IS NULL))
);

-- The call centre asks for satisfaction only; the consultant for loyalty too.
CREATE TABLE survey_measure (
	survey_id bigint NOT NULL REFERENCES survey,
	measure text NOT NULL CHECK (measure IN ('satisfaction', 'loyalty')),
	scale numeric NOT NULL CHECK (scale > 0 AND scale < 'infinity'),
	PRIMARY KEY (survey_id, measure)
);

CREATE TABLE survey_response (
	response_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	survey_id bigint NOT NULL,
	measure text NOT NULL,
	plan_year int NOT NULL,
	account_id text NOT NULL REFERENCES account,
	unit_code text NOT NULL REFERENCES unit,
	respondent text NOT NULL DEFAULT '',
	score numeric NOT NULL CHECK (score >= 0),
	responded_on date NOT NULL,
	remark text,
	recorded_by text NOT NULL REFERENCES staff,
	recorded_at timestamptz NOT NULL,
	FOREIGN KEY (survey_id, measure) REFERENCES survey_measure,
	CONSTRAINT survey_response_once UNIQUE (survey_id, account_id, measure, respondent)
);
CREATE INDEX ON survey_response (account_id);
CREATE INDEX ON survey_response (unit_code, plan_year);

-- Stands here because surveys do: voice comes first, as cases do without surveys.
ALTER TABLE voice ADD CONSTRAINT voice_survey_id_fkey FOREIGN KEY (survey_id) REFERENCES survey;

-- A survey that there is; NULL is none.
CREATE OR REPLACE FUNCTION _check_survey(survey_id bigint) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF survey_id IS NOT NULL AND NOT EXISTS (SELECT FROM survey s WHERE s.survey_id = _check_survey.survey_id) THEN
		RAISE no_data_found USING
			MESSAGE = format('survey %s does not exist', survey_id), HINT = 'The table survey shows them.';
	END IF;
END $$;

-- Surveys are run for the whole of PEA, by HQ.
CREATE OR REPLACE FUNCTION _authorize_survey() RETURNS authorization_given
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _authorize('survey.run', _headquarters());
END $$;

-- The scales: the highest score of each measure; NULL leaves the measure out.
CREATE OR REPLACE FUNCTION open_survey(plan_year int, kind text, title text, satisfaction_scale numeric DEFAULT 5,
	loyalty_scale numeric DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_survey();
	opened bigint;
BEGIN
	PERFORM _check_plan_year(plan_year), _check_word(kind, '{call_centre,consultant}', 'the kind of survey'),
		_check_text(title, 'the title'), _check_scale(satisfaction_scale), _check_scale(loyalty_scale);
	IF coalesce(satisfaction_scale, loyalty_scale) IS NULL THEN
		RAISE invalid_parameter_value USING
			MESSAGE = 'the survey measures nothing',
			HINT = 'Give satisfaction_scale, loyalty_scale or both: the highest score that can be given.';
	ELSIF kind = 'call_centre' AND loyalty_scale IS NOT NULL THEN
		RAISE invalid_parameter_value USING
			MESSAGE = 'the call centre''s survey measures satisfaction only (manual, section 5)',
			HINT = 'Loyalty is measured by the consultant''s survey: kind "consultant".';
	ELSIF EXISTS (SELECT FROM survey s WHERE s.plan_year = open_survey.plan_year AND s.kind = open_survey.kind
		AND s.title = open_survey.title)
	THEN
		RAISE unique_violation USING
			MESSAGE = format('there is a survey "%s" of kind %s for %s', title, kind, plan_year),
			HINT = 'Give this one another title.', TABLE = 'survey';
	END IF;
	INSERT INTO survey (plan_year, kind, title, opened_by, opened_at)
	VALUES (plan_year, kind, title, given.staff_id, _now())
	RETURNING survey.survey_id INTO opened;
	INSERT INTO survey_measure (survey_id, measure, scale)
	SELECT opened, m.measure, m.scale
	FROM (VALUES ('satisfaction', satisfaction_scale), ('loyalty', loyalty_scale)) AS m (measure, scale)
	WHERE m.scale IS NOT NULL;
	RETURN opened;
END $$;

CREATE OR REPLACE FUNCTION _check_scale(scale numeric) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF scale <= 0 OR scale >= 'infinity' THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('%s is no scale', scale),
			HINT = 'The scale is the highest score that can be given, as 5 or 100.';
	END IF;
END $$;

CREATE OR REPLACE FUNCTION _open_survey(survey_id bigint) RETURNS survey
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	the_survey survey;
BEGIN
	PERFORM _check_survey(survey_id);
	SELECT * INTO the_survey FROM survey s WHERE s.survey_id = _open_survey.survey_id FOR SHARE;
	IF the_survey.survey_id IS NULL THEN
		RAISE null_value_not_allowed USING MESSAGE = 'the survey is missing', HINT = 'The table survey shows them.';
	ELSIF the_survey.closed_at IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('survey %s was closed on %s', survey_id, kam.bangkok_date(the_survey.closed_at)),
			HINT = 'Open another one: open_survey.';
	END IF;
	RETURN the_survey;
END $$;

CREATE OR REPLACE FUNCTION _check_score(survey_id bigint, measure text, score numeric) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	scale numeric;
BEGIN
	PERFORM _check_word(measure, ARRAY(SELECT m.measure FROM survey_measure m WHERE m.survey_id = _check_score.survey_id
		ORDER BY 1), format('the measure of survey %s', survey_id));
	SELECT m.scale INTO scale FROM survey_measure m
	WHERE m.survey_id = _check_score.survey_id AND m.measure = _check_score.measure;
	IF score IS NULL THEN
		RAISE null_value_not_allowed USING MESSAGE = 'the score is missing', HINT = format('It lies between 0 and %s.', scale);
	ELSIF NOT score BETWEEN 0 AND scale THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('score %s lies outside the scale of survey %s', score, survey_id),
			HINT = format('It lies between 0 and %s.', scale);
	END IF;
END $$;

-- respondent: who answered for the account, where several do.
CREATE OR REPLACE FUNCTION record_response(survey_id bigint, account_id text, measure text, score numeric,
	responded_on date, respondent text DEFAULT '', remark text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_account('survey.run', account_id);
	the_survey survey := _open_survey(survey_id);
	recorded bigint;
BEGIN
	PERFORM _check_score(survey_id, measure, score), _check_responded_on(responded_on);
	INSERT INTO survey_response (survey_id, measure, plan_year, account_id, unit_code, respondent, score, responded_on,
		remark, recorded_by, recorded_at)
	VALUES (survey_id, measure, the_survey.plan_year, account_id, _unit_of(account_id), coalesce(respondent, ''), score,
		responded_on, remark, given.staff_id, _now())
	ON CONFLICT DO NOTHING
	RETURNING survey_response.response_id INTO recorded;
	IF recorded IS NULL THEN
		RAISE unique_violation USING
			MESSAGE = format('account "%s" has answered survey %s on %s', account_id, survey_id, measure)
				|| coalesce(' (respondent "' || nullif(respondent, '') || '")', ''),
			HINT = 'Name another respondent, or correct that answer: change_response.',
			TABLE = 'survey_response', CONSTRAINT = 'survey_response_once';
	END IF;
	RETURN recorded;
END $$;

CREATE OR REPLACE FUNCTION _check_responded_on(responded_on date) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF responded_on IS NULL THEN
		RAISE null_value_not_allowed USING MESSAGE = 'the day of the response is missing', HINT = 'Give the day.';
	ELSIF responded_on > _today() OR responded_on < '1960-01-01' THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('the response cannot be of %s', responded_on),
			HINT = 'Give the day on which it was given, with a year of the common era.';
	END IF;
END $$;

-- What was entered wrong, as long as the survey is open; the history keeps it.
CREATE OR REPLACE FUNCTION change_response(response_id bigint, score numeric, remark text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_survey();
	the_response survey_response;
BEGIN
	SELECT * INTO the_response FROM survey_response r WHERE r.response_id = change_response.response_id;
	IF NOT FOUND THEN
		RAISE no_data_found USING
			MESSAGE = format('response %s does not exist', response_id), HINT = 'The table survey_response shows them.';
	END IF;
	PERFORM _open_survey(the_response.survey_id), _check_score(the_response.survey_id, the_response.measure, score);
	UPDATE survey_response r SET score = change_response.score, remark = coalesce(change_response.remark, r.remark),
		recorded_by = given.staff_id, recorded_at = _now()
	WHERE r.response_id = change_response.response_id;
END $$;

CREATE OR REPLACE FUNCTION close_survey(survey_id bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_survey();
BEGIN
	PERFORM FROM survey s WHERE s.survey_id = close_survey.survey_id FOR NO KEY UPDATE;
	PERFORM _open_survey(survey_id);
	UPDATE survey s SET closed_at = _now(), closed_by = given.staff_id WHERE s.survey_id = close_survey.survey_id;
END $$;

CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON survey_response
	FOR EACH ROW EXECUTE FUNCTION _keep_history('response_id');

-- KPI (2) of the process keeps score and scale (R21).
CREATE OR REPLACE VIEW survey_result WITH (security_invoker = true) AS
SELECT r.survey_id, r.plan_year, s.kind, s.title, r.unit_code, r.measure, m.scale, count(*) AS responses,
	count(DISTINCT r.account_id) AS accounts, round(avg(r.score), 2) AS mean_score,
	round(100 * avg(r.score) / m.scale, 1) AS percent_of_scale
FROM survey_response r JOIN survey s USING (survey_id) JOIN survey_measure m USING (survey_id, measure)
GROUP BY r.survey_id, r.plan_year, s.kind, s.title, r.unit_code, r.measure, m.scale;

ALTER TABLE survey ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON survey FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON survey TO PUBLIC;

ALTER TABLE survey_measure ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON survey_measure FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON survey_measure TO PUBLIC;

-- Who runs the survey sends its results on, and so reads them all (4.9).
ALTER TABLE survey_response ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON survey_response FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[])
	OR (SELECT _may_anywhere('survey.run')));
GRANT SELECT ON survey_response TO PUBLIC;
GRANT SELECT ON survey_result TO PUBLIC;

-- ---- comments ------------------------------------------------------------------

COMMENT ON TABLE survey IS
U&'\0E01\0E32\0E23\0E2A\0E33\0E23\0E27\0E08 (\0E02\0E31\0E49\0E19\0E15\0E2D\0E19\0E17\0E35\0E48 8) \2014 Surveys of key accounts (step 8).';
COMMENT ON COLUMN survey.survey_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E01\0E32\0E23\0E2A\0E33\0E23\0E27\0E08 \2014 Number of the survey.';
COMMENT ON COLUMN survey.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year.';
COMMENT ON COLUMN survey.kind IS
U&'\0E1C\0E39\0E49\0E2A\0E33\0E23\0E27\0E08 \2014 call_centre (satisfaction) or consultant (satisfaction and loyalty).';
COMMENT ON COLUMN survey.title IS
U&'\0E0A\0E37\0E48\0E2D\0E01\0E32\0E23\0E2A\0E33\0E23\0E27\0E08 \2014 Title.';
COMMENT ON COLUMN survey.opened_by IS
U&'\0E1C\0E39\0E49\0E40\0E1B\0E34\0E14 \2014 Who opened it.';
COMMENT ON COLUMN survey.opened_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E40\0E1B\0E34\0E14 \2014 When.';
COMMENT ON COLUMN survey.closed_by IS
U&'\0E1C\0E39\0E49\0E1B\0E34\0E14 \2014 Who closed it.';
COMMENT ON COLUMN survey.closed_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E1B\0E34\0E14 \2014 When; NULL: open.';

COMMENT ON TABLE survey_measure IS
U&'\0E2A\0E34\0E48\0E07\0E17\0E35\0E48\0E27\0E31\0E14\0E41\0E25\0E30\0E04\0E30\0E41\0E19\0E19\0E40\0E15\0E47\0E21 \2014 What a survey measures, and on which scale.';
COMMENT ON COLUMN survey_measure.survey_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E01\0E32\0E23\0E2A\0E33\0E23\0E27\0E08 \2014 Number of the survey.';
COMMENT ON COLUMN survey_measure.measure IS
U&'\0E2A\0E34\0E48\0E07\0E17\0E35\0E48\0E27\0E31\0E14 \2014 What is measured: satisfaction or loyalty.';
COMMENT ON COLUMN survey_measure.scale IS
U&'\0E04\0E30\0E41\0E19\0E19\0E40\0E15\0E47\0E21 \2014 Highest score that can be given.';

COMMENT ON TABLE survey_response IS
U&'\0E04\0E33\0E15\0E2D\0E1A\0E41\0E1A\0E1A\0E2A\0E33\0E23\0E27\0E08 \2014 Answers, one for each account, measure and respondent.';
COMMENT ON COLUMN survey_response.response_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48 \2014 Number of the answer.';
COMMENT ON COLUMN survey_response.survey_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E01\0E32\0E23\0E2A\0E33\0E23\0E27\0E08 \2014 Number of the survey.';
COMMENT ON COLUMN survey_response.measure IS
U&'\0E2A\0E34\0E48\0E07\0E17\0E35\0E48\0E27\0E31\0E14 \2014 What is measured: satisfaction or loyalty.';
COMMENT ON COLUMN survey_response.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year of the survey.';
COMMENT ON COLUMN survey_response.account_id IS
U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account.';
COMMENT ON COLUMN survey_response.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit of the account at that time.';
COMMENT ON COLUMN survey_response.respondent IS
U&'\0E1C\0E39\0E49\0E15\0E2D\0E1A \2014 Who answered for the account; empty: not said.';
COMMENT ON COLUMN survey_response.score IS
U&'\0E04\0E30\0E41\0E19\0E19 \2014 Score.';
COMMENT ON COLUMN survey_response.responded_on IS
U&'\0E27\0E31\0E19\0E17\0E35\0E48\0E15\0E2D\0E1A \2014 Day.';
COMMENT ON COLUMN survey_response.remark IS
U&'\0E2B\0E21\0E32\0E22\0E40\0E2B\0E15\0E38 \2014 What was said beside.';
COMMENT ON COLUMN survey_response.recorded_by IS
U&'\0E1C\0E39\0E49\0E1A\0E31\0E19\0E17\0E36\0E01 \2014 Who recorded it.';
COMMENT ON COLUMN survey_response.recorded_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E1A\0E31\0E19\0E17\0E36\0E01 \2014 When it was recorded.';

COMMENT ON VIEW survey_result IS
U&'\0E1C\0E25\0E01\0E32\0E23\0E2A\0E33\0E23\0E27\0E08 \2014 Results by survey, unit and measure; score and scale are kept (R21).';
COMMENT ON COLUMN survey_result.survey_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E01\0E32\0E23\0E2A\0E33\0E23\0E27\0E08 \2014 Number of the survey.';
COMMENT ON COLUMN survey_result.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year.';
COMMENT ON COLUMN survey_result.kind IS
U&'\0E1C\0E39\0E49\0E2A\0E33\0E23\0E27\0E08 \2014 call_centre or consultant.';
COMMENT ON COLUMN survey_result.title IS
U&'\0E0A\0E37\0E48\0E2D\0E01\0E32\0E23\0E2A\0E33\0E23\0E27\0E08 \2014 Title.';
COMMENT ON COLUMN survey_result.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit.';
COMMENT ON COLUMN survey_result.measure IS
U&'\0E2A\0E34\0E48\0E07\0E17\0E35\0E48\0E27\0E31\0E14 \2014 What is measured: satisfaction or loyalty.';
COMMENT ON COLUMN survey_result.scale IS
U&'\0E04\0E30\0E41\0E19\0E19\0E40\0E15\0E47\0E21 \2014 Highest score that can be given.';
COMMENT ON COLUMN survey_result.responses IS
U&'\0E08\0E33\0E19\0E27\0E19\0E04\0E33\0E15\0E2D\0E1A \2014 Answers.';
COMMENT ON COLUMN survey_result.accounts IS
U&'\0E08\0E33\0E19\0E27\0E19\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Accounts.';
COMMENT ON COLUMN survey_result.mean_score IS
U&'\0E04\0E30\0E41\0E19\0E19\0E40\0E09\0E25\0E35\0E48\0E22 \2014 Mean score.';
COMMENT ON COLUMN survey_result.percent_of_scale IS
U&'\0E23\0E49\0E2D\0E22\0E25\0E30 \2014 Mean score in percent of the scale.';

COMMENT ON FUNCTION _check_survey(bigint) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E01\0E32\0E23\0E2A\0E33\0E23\0E27\0E08 \2014 Refuses a survey that does not exist (P0002).';
COMMENT ON FUNCTION _authorize_survey() IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E2A\0E34\0E17\0E18\0E34\0E4C\0E01\0E32\0E23\0E2A\0E33\0E23\0E27\0E08 \2014 By which post the caller runs surveys.';
COMMENT ON FUNCTION open_survey(int, text, text, numeric, numeric) IS
U&'\0E40\0E1B\0E34\0E14\0E01\0E32\0E23\0E2A\0E33\0E23\0E27\0E08 \2014 Opens a survey (4.9; 5, step 8): of the call centre (satisfaction) or the consultant (satisfaction and loyalty); the scale is the highest score, NULL leaves the measure out. 42501, 22023, 55000 for a year not opened, 23505 for a title given twice.';
COMMENT ON FUNCTION _check_scale(numeric) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E04\0E30\0E41\0E19\0E19\0E40\0E15\0E47\0E21 \2014 Refuses what is no scale (22023).';
COMMENT ON FUNCTION _open_survey(bigint) IS
U&'\0E01\0E32\0E23\0E2A\0E33\0E23\0E27\0E08\0E17\0E35\0E48\0E40\0E1B\0E34\0E14\0E2D\0E22\0E39\0E48 \2014 The survey, which must be open (55000).';
COMMENT ON FUNCTION _check_score(bigint, text, numeric) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E04\0E30\0E41\0E19\0E19 \2014 Refuses a score outside the scale (22023) or missing (22004).';
COMMENT ON FUNCTION record_response(bigint, text, text, numeric, date, text, text) IS
U&'\0E1A\0E31\0E19\0E17\0E36\0E01\0E04\0E33\0E15\0E2D\0E1A \2014 Records an answer: one for each account, measure and respondent (4.9). 42501, 22023 outside the scale, 22008 for a day in the future, 23505 for a second one, 55000 where the survey is closed.';
COMMENT ON FUNCTION _check_responded_on(date) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E27\0E31\0E19\0E17\0E35\0E48\0E15\0E2D\0E1A \2014 Refuses a day that is missing (22004) or in the future (22008).';
COMMENT ON FUNCTION change_response(bigint, numeric, text) IS
U&'\0E41\0E01\0E49\0E44\0E02\0E04\0E33\0E15\0E2D\0E1A \2014 Corrects an answer while the survey is open; the history keeps the former one. 42501, P0002, 22023, 55000.';
COMMENT ON FUNCTION close_survey(bigint) IS
U&'\0E1B\0E34\0E14\0E01\0E32\0E23\0E2A\0E33\0E23\0E27\0E08 \2014 Closes a survey. 42501, P0002, 55000 where it is closed.';

-- sql/workflow/introduction.sql
/* Introductions (4.11.1, 4.14.1): a new key account manager makes themself known to the account. */

CREATE TABLE introduction (
	introduction_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account_id text NOT NULL REFERENCES account,
	unit_code text NOT NULL REFERENCES unit,
	plan_year int NOT NULL REFERENCES plan_year,
	staff_id text NOT NULL REFERENCES staff,
	assignment_id bigint NOT NULL UNIQUE REFERENCES assignment,
	due_on date NOT NULL,
	introduced_at timestamptz,
	channels text,
	recorded_at timestamptz,
	CONSTRAINT introduction_made CHECK ((introduced_at IS NULL) = (channels IS NULL)
		AND (introduced_at IS NULL) = (recorded_at IS NULL))
);
CREATE INDEX ON introduction (account_id);
CREATE INDEX ON introduction (unit_code, plan_year);
CREATE INDEX ON introduction (staff_id) WHERE introduced_at IS NULL;

-- Which of these assignments are to somebody who does not look after the account already, in
-- this year or in the year in force before.  (What the same approval ended, they had until today.)
CREATE OR REPLACE FUNCTION _is_known_to_account(the_assignment assignment) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN EXISTS (
		SELECT FROM assignment b JOIN plan p USING (plan_id)
		WHERE b.account_id = the_assignment.account_id AND b.staff_id = the_assignment.staff_id
			AND b.assignment_id <> the_assignment.assignment_id AND b.responsibility <> 'area' AND p.status = 'approved'
			AND (b.ended_on IS NULL OR b.ended_on >= _today())
			AND b.plan_year IN (the_assignment.plan_year, (
				SELECT max(q.plan_year) FROM plan q
				WHERE q.unit_code = b.unit_code AND q.amendment_no = 0 AND q.status = 'approved'
					AND q.plan_year < the_assignment.plan_year)));
END $$;

-- Due so many days after the assignment comes into force: with the approval or the handing
-- over, but not before the plan year begins.  Once per assignment, however often it is called.
CREATE OR REPLACE FUNCTION _lay_out_introduction(assignment_id bigint) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	INSERT INTO introduction (account_id, unit_code, plan_year, staff_id, assignment_id, due_on)
	SELECT a.account_id, a.unit_code, a.plan_year, a.staff_id, a.assignment_id,
		greatest(_today(), make_date(a.plan_year, 1, 1)) + _setting_value('introduction_days')::int
	FROM assignment a
	WHERE a.assignment_id = _lay_out_introduction.assignment_id AND a.responsibility <> 'area' AND a.ended_on IS NULL
		AND NOT _is_known_to_account(a)
	ON CONFLICT DO NOTHING;
END $$;

CREATE OR REPLACE FUNCTION _lay_out_introductions(plan_id bigint) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _lay_out_introduction(a.assignment_id) FROM assignment a
	WHERE a.plan_id = _lay_out_introductions.plan_id
	ORDER BY a.assignment_id;
END $$;

-- channels: how the account reaches its key account manager from now on.
CREATE OR REPLACE FUNCTION record_introduction(account_id text, introduced_at timestamptz, channels text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_account('introduction.record', account_id);
	due introduction;
	assigned_at timestamptz;
BEGIN
	PERFORM _check_past(introduced_at, 'the introduction'), _check_text(channels, 'the way to be reached');
	SELECT i.* INTO due
	FROM introduction i JOIN assignment a USING (assignment_id)
	WHERE i.account_id = record_introduction.account_id AND i.staff_id = given.staff_id AND i.introduced_at IS NULL
		AND a.ended_on IS NULL
	ORDER BY i.plan_year DESC LIMIT 1 FOR NO KEY UPDATE OF i;
	IF NOT FOUND THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('no introduction of "%s" to account "%s" is due', given.staff_id, account_id),
			HINT = 'Record the visit as a contact: record_contact.';
	END IF;
	SELECT a.assigned_at INTO assigned_at FROM assignment a WHERE a.assignment_id = due.assignment_id;
	IF introduced_at < assigned_at THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('"%s" cannot have introduced themself to account "%s" at %s, before being assigned at %s',
				given.staff_id, account_id, introduced_at, assigned_at),
			HINT = 'Give the time of the introduction.';
	END IF;
	UPDATE introduction i SET introduced_at = record_introduction.introduced_at, channels = record_introduction.channels,
		recorded_at = _now()
	WHERE i.introduction_id = due.introduction_id;
END $$;

-- What became of each.  It is not needed any more where somebody else looks after the account.
CREATE OR REPLACE VIEW introduction_status WITH (security_invoker = true) AS
SELECT i.introduction_id, i.account_id, i.unit_code, i.plan_year, i.staff_id, i.due_on, i.introduced_at, i.channels,
	CASE WHEN i.introduced_at IS NOT NULL THEN CASE WHEN kam.on_time(i.due_on, i.introduced_at) THEN 'met' ELSE 'met late' END
		WHEN a.ended_on IS NOT NULL OR a.plan_year < _year_in_force(a.unit_code) AND NOT EXISTS (
			SELECT FROM assignment b
			WHERE b.account_id = a.account_id AND b.staff_id = a.staff_id AND b.responsibility <> 'area'
				AND b.ended_on IS NULL AND b.plan_year = _year_in_force(b.unit_code)) THEN 'not needed any more'
		WHEN i.due_on < (SELECT _today()) THEN 'overdue'
		ELSE 'due' END AS state
FROM introduction i JOIN assignment a USING (assignment_id);

CREATE OR REPLACE VIEW open_introduction WITH (security_invoker = true) AS
SELECT s.introduction_id, s.account_id, s.unit_code, s.plan_year, s.staff_id, s.due_on, s.state
FROM introduction_status s
WHERE s.state IN ('due', 'overdue');

ALTER TABLE introduction ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON introduction FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON introduction TO PUBLIC;
GRANT SELECT ON introduction_status TO PUBLIC;
GRANT SELECT ON open_introduction TO PUBLIC;

-- ---- comments ------------------------------------------------------------------

COMMENT ON TABLE introduction IS
U&'\0E01\0E32\0E23\0E41\0E19\0E30\0E19\0E33\0E15\0E31\0E27\0E15\0E48\0E2D\0E25\0E39\0E01\0E04\0E49\0E32 (4.11.1, 4.14.1) \2014 Introductions due of new key account managers (4.11.1, 4.14.1).';
COMMENT ON COLUMN introduction.introduction_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48 \2014 Number of the introduction.';
COMMENT ON COLUMN introduction.account_id IS
U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account.';
COMMENT ON COLUMN introduction.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit of the account at that time.';
COMMENT ON COLUMN introduction.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year of the assignment.';
COMMENT ON COLUMN introduction.staff_id IS
U&'\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E1A\0E23\0E34\0E2B\0E32\0E23\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D \2014 Who introduces themself.';
COMMENT ON COLUMN introduction.assignment_id IS
U&'\0E01\0E32\0E23\0E21\0E2D\0E1A\0E2B\0E21\0E32\0E22 \2014 Assignment that it follows from.';
COMMENT ON COLUMN introduction.due_on IS
U&'\0E27\0E31\0E19\0E04\0E23\0E1A\0E01\0E33\0E2B\0E19\0E14 \2014 Due day.';
COMMENT ON COLUMN introduction.introduced_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E41\0E19\0E30\0E19\0E33\0E15\0E31\0E27 \2014 When; NULL: not yet.';
COMMENT ON COLUMN introduction.channels IS
U&'\0E0A\0E48\0E2D\0E07\0E17\0E32\0E07\0E15\0E34\0E14\0E15\0E48\0E2D \2014 How the account reaches them from now on.';
COMMENT ON COLUMN introduction.recorded_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E1A\0E31\0E19\0E17\0E36\0E01 \2014 When it was recorded.';

COMMENT ON VIEW introduction_status IS
U&'\0E2A\0E16\0E32\0E19\0E30\0E01\0E32\0E23\0E41\0E19\0E30\0E19\0E33\0E15\0E31\0E27 \2014 What became of each introduction.';
COMMENT ON COLUMN introduction_status.introduction_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48 \2014 Number of the introduction.';
COMMENT ON COLUMN introduction_status.account_id IS
U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account.';
COMMENT ON COLUMN introduction_status.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit of the account at that time.';
COMMENT ON COLUMN introduction_status.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year of the assignment.';
COMMENT ON COLUMN introduction_status.staff_id IS
U&'\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E1A\0E23\0E34\0E2B\0E32\0E23\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D \2014 Who introduces themself.';
COMMENT ON COLUMN introduction_status.due_on IS
U&'\0E27\0E31\0E19\0E04\0E23\0E1A\0E01\0E33\0E2B\0E19\0E14 \2014 Due day.';
COMMENT ON COLUMN introduction_status.introduced_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E41\0E19\0E30\0E19\0E33\0E15\0E31\0E27 \2014 When; NULL: not yet.';
COMMENT ON COLUMN introduction_status.channels IS
U&'\0E0A\0E48\0E2D\0E07\0E17\0E32\0E07\0E15\0E34\0E14\0E15\0E48\0E2D \2014 How the account reaches them.';
COMMENT ON COLUMN introduction_status.state IS
U&'\0E2A\0E16\0E32\0E19\0E30 \2014 due, overdue, met, met late, not needed any more (somebody else looks after the account).';

COMMENT ON VIEW open_introduction IS
U&'\0E01\0E32\0E23\0E41\0E19\0E30\0E19\0E33\0E15\0E31\0E27\0E17\0E35\0E48\0E22\0E31\0E07\0E04\0E49\0E32\0E07 \2014 Introductions that are due or overdue.';
COMMENT ON COLUMN open_introduction.introduction_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48 \2014 Number of the introduction.';
COMMENT ON COLUMN open_introduction.account_id IS
U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account.';
COMMENT ON COLUMN open_introduction.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit of the account at that time.';
COMMENT ON COLUMN open_introduction.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year of the assignment.';
COMMENT ON COLUMN open_introduction.staff_id IS
U&'\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E1A\0E23\0E34\0E2B\0E32\0E23\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D \2014 Who introduces themself.';
COMMENT ON COLUMN open_introduction.due_on IS
U&'\0E27\0E31\0E19\0E04\0E23\0E1A\0E01\0E33\0E2B\0E19\0E14 \2014 Due day.';
COMMENT ON COLUMN open_introduction.state IS
U&'\0E2A\0E16\0E32\0E19\0E30 \2014 due or overdue.';

COMMENT ON FUNCTION _is_known_to_account(assignment) IS
U&'\0E23\0E39\0E49\0E08\0E31\0E01\0E25\0E39\0E01\0E04\0E49\0E32\0E2D\0E22\0E39\0E48\0E41\0E25\0E49\0E27\0E2B\0E23\0E37\0E2D\0E44\0E21\0E48 \2014 Whether the same person looks after the account already.';
COMMENT ON FUNCTION _lay_out_introduction(bigint) IS
U&'\0E01\0E33\0E2B\0E19\0E14\0E01\0E32\0E23\0E41\0E19\0E30\0E19\0E33\0E15\0E31\0E27 \2014 Makes the introduction due that follows from an assignment, once.';
COMMENT ON FUNCTION _lay_out_introductions(bigint) IS
U&'\0E01\0E33\0E2B\0E19\0E14\0E01\0E32\0E23\0E41\0E19\0E30\0E19\0E33\0E15\0E31\0E27\0E02\0E2D\0E07\0E41\0E1C\0E19 \2014 Makes the introductions due that follow from the assignments of a plan.';
COMMENT ON FUNCTION record_introduction(text, timestamptz, text) IS
U&'\0E1A\0E31\0E19\0E17\0E36\0E01\0E01\0E32\0E23\0E41\0E19\0E30\0E19\0E33\0E15\0E31\0E27 \2014 Records that the caller introduced themself to the account, and how they are reached (4.11.1, 4.14.1). 42501 for another''s account, 55000 where none is due, 22008 for a time before the assignment or in the future.';

-- sql/workflow/resource_request.sql
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
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF amount_thb <= 0 OR amount_thb >= 'infinity' THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('an amount of %s baht cannot be asked for', amount_thb), HINT = 'Give an amount above 0.';
	END IF;
END $$;

-- An account that the caller may read, of the unit or one below it; NULL is none.
CREATE OR REPLACE FUNCTION _check_account_of_unit(account_id text, unit_code text) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
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
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	request resource_request;
	given authorization_given;
BEGIN
	SELECT * INTO request FROM resource_request r WHERE r.request_id = _authorize_request.request_id;
	given := _authorize_item(action, format('resource request %s', request_id), request.unit_code, request.account_id);
	-- nor by the hands that made it for somebody else
	IF given.staff_id = request.requested_by OR EXISTS (
		SELECT FROM decision d JOIN staff s USING (role_name)
		WHERE d.subject = 'resource_request' AND d.subject_id = _authorize_request.request_id::text
			AND d.action = 'request' AND d.role_name = _role())
	THEN
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

-- ---- comments ------------------------------------------------------------------

COMMENT ON TABLE resource_request IS
U&'\0E04\0E33\0E02\0E2D\0E17\0E23\0E31\0E1E\0E22\0E32\0E01\0E23 \2014 Requests for resources, and what became of them.';
COMMENT ON COLUMN resource_request.request_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E04\0E33\0E02\0E2D \2014 Number of the request.';
COMMENT ON COLUMN resource_request.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E17\0E35\0E48\0E02\0E2D \2014 Unit that asks.';
COMMENT ON COLUMN resource_request.account_id IS
U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account that it is for; NULL: no single one.';
COMMENT ON COLUMN resource_request.case_id IS
U&'\0E01\0E23\0E13\0E35 \2014 Case that it is for; NULL: none.';
COMMENT ON COLUMN resource_request.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year.';
COMMENT ON COLUMN resource_request.kind IS
U&'\0E0A\0E19\0E34\0E14 \2014 people, material, equipment or budget.';
COMMENT ON COLUMN resource_request.purpose IS
U&'\0E27\0E31\0E15\0E16\0E38\0E1B\0E23\0E30\0E2A\0E07\0E04\0E4C \2014 solve_problem, answer (a requirement or expectation) or build_relationship.';
COMMENT ON COLUMN resource_request.detail IS
U&'\0E23\0E32\0E22\0E25\0E30\0E40\0E2D\0E35\0E22\0E14 \2014 What is asked for.';
COMMENT ON COLUMN resource_request.amount_thb IS
U&'\0E08\0E33\0E19\0E27\0E19\0E40\0E07\0E34\0E19 (\0E1A\0E32\0E17) \2014 Amount asked for, in baht.';
COMMENT ON COLUMN resource_request.status IS
U&'\0E2A\0E16\0E32\0E19\0E30 \2014 requested, screened, granted, refused or withdrawn.';
COMMENT ON COLUMN resource_request.requested_by IS
U&'\0E1C\0E39\0E49\0E02\0E2D \2014 Who asked.';
COMMENT ON COLUMN resource_request.requested_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E02\0E2D \2014 When.';
COMMENT ON COLUMN resource_request.screened_by IS
U&'\0E1C\0E39\0E49\0E01\0E25\0E31\0E48\0E19\0E01\0E23\0E2D\0E07 \2014 Who screened it (4.4, 4.5).';
COMMENT ON COLUMN resource_request.screened_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E01\0E25\0E31\0E48\0E19\0E01\0E23\0E2D\0E07 \2014 When.';
COMMENT ON COLUMN resource_request.screening IS
U&'\0E04\0E27\0E32\0E21\0E40\0E2B\0E47\0E19 \2014 Comment of the screening.';
COMMENT ON COLUMN resource_request.decided_by IS
U&'\0E1C\0E39\0E49\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 Who granted, refused or withdrew it.';
COMMENT ON COLUMN resource_request.decided_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 When.';
COMMENT ON COLUMN resource_request.reason IS
U&'\0E40\0E2B\0E15\0E38\0E1C\0E25 \2014 Why.';
COMMENT ON COLUMN resource_request.granted_thb IS
U&'\0E08\0E33\0E19\0E27\0E19\0E40\0E07\0E34\0E19\0E17\0E35\0E48\0E43\0E2B\0E49 (\0E1A\0E32\0E17) \2014 Amount granted, in baht.';

COMMENT ON FUNCTION request_resource(text, text, text, text, numeric, text, bigint) IS
U&'\0E02\0E2D\0E17\0E23\0E31\0E1E\0E22\0E32\0E01\0E23 \2014 Requests people, material, equipment or budget (section 4); recorded as a decision. 42501 for another unit or account, 22023, 22004 for a budget without an amount.';
COMMENT ON FUNCTION _check_amount(numeric) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E08\0E33\0E19\0E27\0E19\0E40\0E07\0E34\0E19 \2014 Refuses an amount that is not above 0 (22023).';
COMMENT ON FUNCTION _check_account_of_unit(text, text) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E25\0E39\0E01\0E04\0E49\0E32\0E02\0E2D\0E07\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Refuses an account that the caller may not read (42501) or of another unit (22023).';
COMMENT ON FUNCTION _lock_request(bigint, text[]) IS
U&'\0E25\0E47\0E2D\0E01\0E04\0E33\0E02\0E2D \2014 The request, locked; 55000 unless it is in one of these states.';
COMMENT ON FUNCTION _authorize_request(text, bigint) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E2A\0E34\0E17\0E18\0E34\0E4C\0E15\0E48\0E2D\0E04\0E33\0E02\0E2D \2014 By which post the caller may decide on the request; 42501 for who made it.';
COMMENT ON FUNCTION _decide_request(authorization_given, resource_request, text, text, text) IS
U&'\0E1A\0E31\0E19\0E17\0E36\0E01\0E01\0E32\0E23\0E15\0E31\0E14\0E2A\0E34\0E19\0E43\0E08 \2014 Sets the state of a request and records the decision.';
COMMENT ON FUNCTION screen_resource(bigint, text) IS
U&'\0E01\0E25\0E31\0E48\0E19\0E01\0E23\0E2D\0E07\0E04\0E33\0E02\0E2D \2014 Sends a request on with a comment (4.4, 4.5). 42501, 55000.';
COMMENT ON FUNCTION grant_resource(bigint, text, numeric) IS
U&'\0E2D\0E19\0E38\0E21\0E31\0E15\0E34\0E04\0E33\0E02\0E2D \2014 Grants a request that was screened (4.3, 4.2), perhaps another amount. 42501 also for who made it, 55000.';
COMMENT ON FUNCTION refuse_resource(bigint, text) IS
U&'\0E44\0E21\0E48\0E2D\0E19\0E38\0E21\0E31\0E15\0E34\0E04\0E33\0E02\0E2D \2014 Refuses a request with a reason (4.3, 4.2). 42501, 55000.';
COMMENT ON FUNCTION withdraw_resource(bigint, text) IS
U&'\0E16\0E2D\0E19\0E04\0E33\0E02\0E2D \2014 Withdraws a request of one''s own that is not decided. 42501, 55000.';

-- sql/workflow/note.sql
/* News passed on to accounts, and what was found about outages (4.11.6, 4.12.5, 4.12.6, 4.14.6, 4.14.7). */

CREATE TABLE news (
	news_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account_id text NOT NULL REFERENCES account,
	unit_code text NOT NULL REFERENCES unit,
	plan_year int NOT NULL,
	passed_on_at timestamptz NOT NULL,
	recorded_at timestamptz NOT NULL,
	staff_id text NOT NULL REFERENCES staff,
	channel text NOT NULL REFERENCES channel,
	subject text NOT NULL CHECK (subject <> ''),
	content text
);
CREATE INDEX ON news (account_id, passed_on_at);
CREATE INDEX ON news (unit_code, passed_on_at);

CREATE TABLE outage_finding (
	finding_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account_id text NOT NULL REFERENCES account,
	unit_code text NOT NULL REFERENCES unit,
	plan_year int NOT NULL,
	case_id bigint REFERENCES service_case,
	outage_at timestamptz NOT NULL,
	restored_at timestamptz,
	asked text NOT NULL CHECK (asked IN ('repair_centre', 'eo_staff', 'operations_section', 'control_centre')),
	finding text NOT NULL CHECK (finding <> ''),
	staff_id text NOT NULL REFERENCES staff,
	recorded_at timestamptz NOT NULL,
	CONSTRAINT outage_finding_restored_after_outage CHECK (restored_at >= outage_at)
);
CREATE INDEX ON outage_finding (account_id, outage_at);
CREATE INDEX ON outage_finding (unit_code, outage_at);
CREATE INDEX ON outage_finding (case_id) WHERE case_id IS NOT NULL;

CREATE OR REPLACE FUNCTION pass_on_news(account_id text, subject text, content text DEFAULT NULL,
	channel text DEFAULT 'email', passed_on_at timestamptz DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_account('news.pass_on', account_id);
	at timestamptz := coalesce(passed_on_at, _now());
	recorded bigint;
BEGIN
	PERFORM _check_text(subject, 'the subject'), _check_channel(channel), _check_past(at, 'the news');
	INSERT INTO news (account_id, unit_code, plan_year, passed_on_at, recorded_at, staff_id, channel, subject, content)
	VALUES (account_id, _unit_of(account_id), _year_of(at), at, _now(), given.staff_id, channel, subject, content)
	RETURNING news.news_id INTO recorded;
	RETURN recorded;
END $$;

-- asked: where it was found out.
CREATE OR REPLACE FUNCTION record_outage_finding(account_id text, outage_at timestamptz, asked text, finding text,
	restored_at timestamptz DEFAULT NULL, case_id bigint DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_account('outage.find', account_id);
	recorded bigint;
BEGIN
	PERFORM _check_past(outage_at, 'the outage'), _check_past(coalesce(restored_at, outage_at), 'the restoration'),
		_check_word(asked, '{repair_centre,eo_staff,operations_section,control_centre}', 'the place that was asked'),
		_check_text(finding, 'the finding'), _check_case_of(case_id, account_id);
	IF restored_at < outage_at THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('power cannot have been restored at %s, before the outage at %s', restored_at, outage_at),
			HINT = 'Give the time of the restoration.';
	END IF;
	INSERT INTO outage_finding (account_id, unit_code, plan_year, case_id, outage_at, restored_at, asked, finding, staff_id,
		recorded_at)
	VALUES (account_id, _unit_of(account_id), _year_of(outage_at), case_id, outage_at, restored_at, asked, finding,
		given.staff_id, _now())
	RETURNING outage_finding.finding_id INTO recorded;
	RETURN recorded;
END $$;

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON news
	FOR EACH STATEMENT EXECUTE FUNCTION _append_only();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON outage_finding
	FOR EACH STATEMENT EXECUTE FUNCTION _append_only();

ALTER TABLE news ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON news FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON news TO PUBLIC;

ALTER TABLE outage_finding ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON outage_finding FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON outage_finding TO PUBLIC;

-- ---- comments ------------------------------------------------------------------

COMMENT ON TABLE news IS
U&'\0E02\0E48\0E32\0E27\0E2A\0E32\0E23\0E17\0E35\0E48\0E41\0E08\0E49\0E07\0E25\0E39\0E01\0E04\0E49\0E32 \2014 News passed on to accounts (4.11.6, 4.12.6, 4.14.7).';
COMMENT ON COLUMN news.news_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48 \2014 Number of the row.';
COMMENT ON COLUMN news.account_id IS
U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account.';
COMMENT ON COLUMN news.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit of the account at that time.';
COMMENT ON COLUMN news.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year (common era) of the day on which it happened, in Bangkok.';
COMMENT ON COLUMN news.passed_on_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E41\0E08\0E49\0E07 \2014 When it was passed on.';
COMMENT ON COLUMN news.recorded_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E1A\0E31\0E19\0E17\0E36\0E01 \2014 When it was recorded.';
COMMENT ON COLUMN news.staff_id IS
U&'\0E1C\0E39\0E49\0E41\0E08\0E49\0E07 \2014 Who passed it on.';
COMMENT ON COLUMN news.channel IS
U&'\0E0A\0E48\0E2D\0E07\0E17\0E32\0E07 \2014 How they spoke with each other.';
COMMENT ON COLUMN news.subject IS
U&'\0E40\0E23\0E37\0E48\0E2D\0E07 \2014 Subject.';
COMMENT ON COLUMN news.content IS
U&'\0E40\0E19\0E37\0E49\0E2D\0E2B\0E32 \2014 Content.';

COMMENT ON TABLE outage_finding IS
U&'\0E1C\0E25\0E01\0E32\0E23\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E44\0E1F\0E1F\0E49\0E32\0E02\0E31\0E14\0E02\0E49\0E2D\0E07 \2014 What was found about an outage (4.12.5, 4.14.6).';
COMMENT ON COLUMN outage_finding.finding_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48 \2014 Number of the row.';
COMMENT ON COLUMN outage_finding.account_id IS
U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account.';
COMMENT ON COLUMN outage_finding.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit of the account at that time.';
COMMENT ON COLUMN outage_finding.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year (common era) of the day on which it happened, in Bangkok.';
COMMENT ON COLUMN outage_finding.case_id IS
U&'\0E01\0E23\0E13\0E35 \2014 Case that it belongs to; NULL: none.';
COMMENT ON COLUMN outage_finding.outage_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E44\0E1F\0E1F\0E49\0E32\0E14\0E31\0E1A \2014 When the outage began.';
COMMENT ON COLUMN outage_finding.restored_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E08\0E48\0E32\0E22\0E44\0E1F\0E04\0E37\0E19 \2014 When power was restored; NULL: not known.';
COMMENT ON COLUMN outage_finding.asked IS
U&'\0E41\0E2B\0E25\0E48\0E07\0E02\0E49\0E2D\0E21\0E39\0E25 \2014 Who was asked: repair_centre, eo_staff, operations_section or control_centre.';
COMMENT ON COLUMN outage_finding.finding IS
U&'\0E1C\0E25\0E01\0E32\0E23\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A \2014 What was found.';
COMMENT ON COLUMN outage_finding.staff_id IS
U&'\0E1C\0E39\0E49\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A \2014 Who found it out.';
COMMENT ON COLUMN outage_finding.recorded_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E1A\0E31\0E19\0E17\0E36\0E01 \2014 When it was recorded.';

COMMENT ON FUNCTION pass_on_news(text, text, text, text, timestamptz) IS
U&'\0E1A\0E31\0E19\0E17\0E36\0E01\0E01\0E32\0E23\0E41\0E08\0E49\0E07\0E02\0E48\0E32\0E27\0E2A\0E32\0E23 \2014 Records news passed on to an account (4.11.6, 4.12.6, 4.14.7). 42501, 22008, 22023.';
COMMENT ON FUNCTION record_outage_finding(text, timestamptz, text, text, timestamptz, bigint) IS
U&'\0E1A\0E31\0E19\0E17\0E36\0E01\0E1C\0E25\0E01\0E32\0E23\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E44\0E1F\0E1F\0E49\0E32\0E02\0E31\0E14\0E02\0E49\0E2D\0E07 \2014 Records what was found about an outage, and where (4.12.5, 4.14.6). 42501, 22008, 22023.';

-- sql/workflow/evaluation.sql
/* Evaluations: of key account managers each year (4.5.7, 4.6.5, 4.10.5, 4.13.3), of units each quarter and year (4.2 to 4.4). */

-- A new row replaces the one before it by the same evaluator (edition); none is ever changed.
CREATE TABLE kamr_evaluation (
	evaluation_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	plan_year int NOT NULL REFERENCES plan_year,
	unit_code text NOT NULL REFERENCES unit,
	staff_id text NOT NULL REFERENCES staff,
	evaluated_by text NOT NULL REFERENCES staff,
	post text NOT NULL REFERENCES post,
	edition int NOT NULL CHECK (edition > 0),
	score numeric NOT NULL CHECK (score BETWEEN 0 AND 100),
	finding text NOT NULL CHECK (finding <> ''),
	problems text,
	suggestions text,
	evaluated_at timestamptz NOT NULL,
	CONSTRAINT kamr_evaluation_edition UNIQUE (plan_year, unit_code, staff_id, evaluated_by, edition),
	CONSTRAINT kamr_evaluation_not_of_oneself CHECK (evaluated_by <> staff_id)
);
CREATE INDEX ON kamr_evaluation (unit_code, plan_year);
CREATE INDEX ON kamr_evaluation (staff_id);

CREATE TABLE unit_evaluation (
	evaluation_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	plan_year int NOT NULL REFERENCES plan_year,
	unit_code text NOT NULL REFERENCES unit,
	period text NOT NULL CHECK (period IN ('year', 'Q1', 'Q2', 'Q3', 'Q4')),
	evaluated_by text NOT NULL REFERENCES staff,
	post text NOT NULL REFERENCES post,
	edition int NOT NULL CHECK (edition > 0),
	score numeric CHECK (score BETWEEN 0 AND 100),
	finding text NOT NULL CHECK (finding <> ''),
	problems text,
	suggestions text,
	evaluated_at timestamptz NOT NULL,
	CONSTRAINT unit_evaluation_edition UNIQUE (plan_year, unit_code, period, evaluated_by, edition)
);
CREATE INDEX ON unit_evaluation (unit_code, plan_year);

CREATE OR REPLACE FUNCTION _check_evaluation(score numeric, from_day date) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF NOT score BETWEEN 0 AND 100 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('score %s lies outside the scale', score), HINT = 'It lies between 0 and 100.';
	ELSIF from_day > _today() THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('what begins on %s cannot be evaluated yet', from_day),
			HINT = 'Evaluate it when it has begun.';
	END IF;
END $$;

-- Each post evaluates the key account managers of its level (SPEC section 4).
CREATE OR REPLACE FUNCTION _evaluators(level text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN CASE level
		WHEN 'office' THEN '{office_manager,senior_kamr}'
		WHEN 'senior' THEN '{office_manager}'
		WHEN 'area' THEN '{director_customer_service}'
		WHEN 'hq' THEN '{director_engineering_hq}' END;
END $$;

CREATE OR REPLACE FUNCTION evaluate_kamr(plan_year int, unit_code text, staff_id text, score numeric, finding text,
	problems text DEFAULT NULL, suggestions text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('evaluation.kamr', unit_code);
	the_kamr kamr;
	recorded bigint;
BEGIN
	PERFORM _check_plan_year(plan_year), _check_text(finding, 'the finding');
	IF score IS NULL THEN
		RAISE null_value_not_allowed USING MESSAGE = 'the score is missing', HINT = 'It lies between 0 and 100.';
	END IF;
	PERFORM _check_evaluation(score, make_date(plan_year, 1, 1));
	SELECT k.* INTO the_kamr FROM kamr k JOIN plan p USING (plan_id)
	WHERE k.plan_year = evaluate_kamr.plan_year AND k.unit_code = evaluate_kamr.unit_code
		AND k.staff_id = evaluate_kamr.staff_id AND p.status = 'approved'
	ORDER BY k.kamr_id DESC LIMIT 1 FOR NO KEY UPDATE OF k;
	IF NOT FOUND THEN
		RAISE no_data_found USING
			MESSAGE = format('"%s" is no key account manager of unit "%s" in %s', staff_id, unit_code, plan_year),
			HINT = 'The approved plan of the unit names them: table kamr.';
	ELSIF given.staff_id = the_kamr.staff_id THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('"%s" may not evaluate themself', given.staff_id),
			HINT = format('It is for: %s.', _posts_that_may('evaluation.kamr'));
	END IF;
	given := _authorize_as(_evaluators(the_kamr.level), 'evaluation.kamr', unit_code);
	INSERT INTO kamr_evaluation (plan_year, unit_code, staff_id, evaluated_by, post, edition, score, finding, problems,
		suggestions, evaluated_at)
	VALUES (plan_year, unit_code, staff_id, given.staff_id, given.post,
		(SELECT coalesce(max(e.edition), 0) + 1 FROM kamr_evaluation e
			WHERE e.plan_year = evaluate_kamr.plan_year AND e.unit_code = evaluate_kamr.unit_code
				AND e.staff_id = evaluate_kamr.staff_id AND e.evaluated_by = given.staff_id),
		score, finding, problems, suggestions, _now())
	RETURNING kamr_evaluation.evaluation_id INTO recorded;
	RETURN recorded;
END $$;

-- period: 'year' (4.2, 4.3) or a quarter (4.4).
CREATE OR REPLACE FUNCTION evaluate_unit(plan_year int, unit_code text, period text, finding text,
	problems text DEFAULT NULL, suggestions text DEFAULT NULL, score numeric DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('evaluation.unit', unit_code);
	recorded bigint;
BEGIN
	PERFORM _check_plan_year(plan_year), _check_text(finding, 'the finding'),
		_check_word(period, '{year,Q1,Q2,Q3,Q4}', 'the period');
	PERFORM _check_evaluation(score, make_date(plan_year, CASE period WHEN 'year' THEN 1
		ELSE 3 * right(period, 1)::int - 2 END, 1));
	given := _authorize_as(CASE period WHEN 'year' THEN '{area_director,deputy_governor_strategy}'
		ELSE '{director_engineering_area}' END::text[], 'evaluation.unit', unit_code);
	PERFORM FROM unit u WHERE u.unit_code = evaluate_unit.unit_code FOR NO KEY UPDATE;
	INSERT INTO unit_evaluation (plan_year, unit_code, period, evaluated_by, post, edition, score, finding, problems,
		suggestions, evaluated_at)
	VALUES (plan_year, unit_code, period, given.staff_id, given.post,
		(SELECT coalesce(max(e.edition), 0) + 1 FROM unit_evaluation e
			WHERE e.plan_year = evaluate_unit.plan_year AND e.unit_code = evaluate_unit.unit_code
				AND e.period = evaluate_unit.period AND e.evaluated_by = given.staff_id),
		score, finding, problems, suggestions, _now())
	RETURNING unit_evaluation.evaluation_id INTO recorded;
	RETURN recorded;
END $$;

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON kamr_evaluation
	FOR EACH STATEMENT EXECUTE FUNCTION _append_only();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON unit_evaluation
	FOR EACH STATEMENT EXECUTE FUNCTION _append_only();

-- The editions that count.
CREATE OR REPLACE VIEW kamr_evaluation_now WITH (security_invoker = true) AS
SELECT DISTINCT ON (e.plan_year, e.unit_code, e.staff_id, e.evaluated_by)
	e.plan_year, e.unit_code, e.staff_id, e.evaluated_by, e.post, e.edition, e.score, e.finding, e.problems, e.suggestions,
	e.evaluated_at
FROM kamr_evaluation e
ORDER BY e.plan_year, e.unit_code, e.staff_id, e.evaluated_by, e.edition DESC;

CREATE OR REPLACE VIEW unit_evaluation_now WITH (security_invoker = true) AS
SELECT DISTINCT ON (e.plan_year, e.unit_code, e.period, e.evaluated_by)
	e.plan_year, e.unit_code, e.period, e.evaluated_by, e.post, e.edition, e.score, e.finding, e.problems, e.suggestions,
	e.evaluated_at
FROM unit_evaluation e
ORDER BY e.plan_year, e.unit_code, e.period, e.evaluated_by, e.edition DESC;

-- Who is evaluated reads it, too.
ALTER TABLE kamr_evaluation ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON kamr_evaluation FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR staff_id = (SELECT me()));
GRANT SELECT ON kamr_evaluation TO PUBLIC;
GRANT SELECT ON kamr_evaluation_now TO PUBLIC;

ALTER TABLE unit_evaluation ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON unit_evaluation FOR SELECT USING (unit_code = ANY ((SELECT _my_units())::text[]));
GRANT SELECT ON unit_evaluation TO PUBLIC;
GRANT SELECT ON unit_evaluation_now TO PUBLIC;

-- ---- comments ------------------------------------------------------------------

COMMENT ON TABLE kamr_evaluation IS
U&'\0E01\0E32\0E23\0E1B\0E23\0E30\0E40\0E21\0E34\0E19\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E1A\0E23\0E34\0E2B\0E32\0E23\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D \2014 Yearly evaluations of key account managers; all editions.';
COMMENT ON COLUMN kamr_evaluation.evaluation_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E01\0E32\0E23\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 Number of the evaluation.';
COMMENT ON COLUMN kamr_evaluation.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year.';
COMMENT ON COLUMN kamr_evaluation.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit of the key account manager.';
COMMENT ON COLUMN kamr_evaluation.staff_id IS
U&'\0E1C\0E39\0E49\0E23\0E31\0E1A\0E01\0E32\0E23\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 Who is evaluated.';
COMMENT ON COLUMN kamr_evaluation.evaluated_by IS
U&'\0E1C\0E39\0E49\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 Who evaluated.';
COMMENT ON COLUMN kamr_evaluation.post IS
U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E02\0E2D\0E07\0E1C\0E39\0E49\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 Post by which they evaluated.';
COMMENT ON COLUMN kamr_evaluation.edition IS
U&'\0E09\0E1A\0E31\0E1A\0E17\0E35\0E48 \2014 Counts up where the same evaluator says it anew; the last one counts.';
COMMENT ON COLUMN kamr_evaluation.score IS
U&'\0E04\0E30\0E41\0E19\0E19 \2014 Score, 0 to 100.';
COMMENT ON COLUMN kamr_evaluation.finding IS
U&'\0E1C\0E25\0E01\0E32\0E23\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 What was found.';
COMMENT ON COLUMN kamr_evaluation.problems IS
U&'\0E1B\0E31\0E0D\0E2B\0E32 \2014 Problems.';
COMMENT ON COLUMN kamr_evaluation.suggestions IS
U&'\0E02\0E49\0E2D\0E40\0E2A\0E19\0E2D\0E41\0E19\0E30 \2014 Suggestions.';
COMMENT ON COLUMN kamr_evaluation.evaluated_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 When.';

COMMENT ON VIEW kamr_evaluation_now IS
U&'\0E01\0E32\0E23\0E1B\0E23\0E30\0E40\0E21\0E34\0E19\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E09\0E1A\0E31\0E1A\0E25\0E48\0E32\0E2A\0E38\0E14 \2014 Evaluations of key account managers, the editions that count.';
COMMENT ON COLUMN kamr_evaluation_now.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year.';
COMMENT ON COLUMN kamr_evaluation_now.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit of the key account manager.';
COMMENT ON COLUMN kamr_evaluation_now.staff_id IS
U&'\0E1C\0E39\0E49\0E23\0E31\0E1A\0E01\0E32\0E23\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 Who is evaluated.';
COMMENT ON COLUMN kamr_evaluation_now.evaluated_by IS
U&'\0E1C\0E39\0E49\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 Who evaluated.';
COMMENT ON COLUMN kamr_evaluation_now.post IS
U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E02\0E2D\0E07\0E1C\0E39\0E49\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 Post by which they evaluated.';
COMMENT ON COLUMN kamr_evaluation_now.edition IS
U&'\0E09\0E1A\0E31\0E1A\0E17\0E35\0E48 \2014 Counts up where the same evaluator says it anew; the last one counts.';
COMMENT ON COLUMN kamr_evaluation_now.score IS
U&'\0E04\0E30\0E41\0E19\0E19 \2014 Score, 0 to 100.';
COMMENT ON COLUMN kamr_evaluation_now.finding IS
U&'\0E1C\0E25\0E01\0E32\0E23\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 What was found.';
COMMENT ON COLUMN kamr_evaluation_now.problems IS
U&'\0E1B\0E31\0E0D\0E2B\0E32 \2014 Problems.';
COMMENT ON COLUMN kamr_evaluation_now.suggestions IS
U&'\0E02\0E49\0E2D\0E40\0E2A\0E19\0E2D\0E41\0E19\0E30 \2014 Suggestions.';
COMMENT ON COLUMN kamr_evaluation_now.evaluated_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 When.';

COMMENT ON TABLE unit_evaluation IS
U&'\0E01\0E32\0E23\0E1B\0E23\0E30\0E40\0E21\0E34\0E19\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Evaluations of units, by quarter and year; all editions.';
COMMENT ON COLUMN unit_evaluation.evaluation_id IS
U&'\0E40\0E25\0E02\0E17\0E35\0E48\0E01\0E32\0E23\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 Number of the evaluation.';
COMMENT ON COLUMN unit_evaluation.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year.';
COMMENT ON COLUMN unit_evaluation.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E17\0E35\0E48\0E23\0E31\0E1A\0E01\0E32\0E23\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 Unit that is evaluated.';
COMMENT ON COLUMN unit_evaluation.period IS
U&'\0E0A\0E48\0E27\0E07\0E40\0E27\0E25\0E32 \2014 year, or Q1 to Q4.';
COMMENT ON COLUMN unit_evaluation.evaluated_by IS
U&'\0E1C\0E39\0E49\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 Who evaluated.';
COMMENT ON COLUMN unit_evaluation.post IS
U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E02\0E2D\0E07\0E1C\0E39\0E49\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 Post by which they evaluated.';
COMMENT ON COLUMN unit_evaluation.edition IS
U&'\0E09\0E1A\0E31\0E1A\0E17\0E35\0E48 \2014 Counts up where the same evaluator says it anew; the last one counts.';
COMMENT ON COLUMN unit_evaluation.score IS
U&'\0E04\0E30\0E41\0E19\0E19 \2014 Score, 0 to 100; NULL: in words only.';
COMMENT ON COLUMN unit_evaluation.finding IS
U&'\0E1C\0E25\0E01\0E32\0E23\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 What was found.';
COMMENT ON COLUMN unit_evaluation.problems IS
U&'\0E1B\0E31\0E0D\0E2B\0E32 \2014 Problems.';
COMMENT ON COLUMN unit_evaluation.suggestions IS
U&'\0E02\0E49\0E2D\0E40\0E2A\0E19\0E2D\0E41\0E19\0E30 \2014 Suggestions.';
COMMENT ON COLUMN unit_evaluation.evaluated_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 When.';

COMMENT ON VIEW unit_evaluation_now IS
U&'\0E01\0E32\0E23\0E1B\0E23\0E30\0E40\0E21\0E34\0E19\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E09\0E1A\0E31\0E1A\0E25\0E48\0E32\0E2A\0E38\0E14 \2014 Evaluations of units, the editions that count.';
COMMENT ON COLUMN unit_evaluation_now.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 \2014 Plan year.';
COMMENT ON COLUMN unit_evaluation_now.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E17\0E35\0E48\0E23\0E31\0E1A\0E01\0E32\0E23\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 Unit that is evaluated.';
COMMENT ON COLUMN unit_evaluation_now.period IS
U&'\0E0A\0E48\0E27\0E07\0E40\0E27\0E25\0E32 \2014 year, or Q1 to Q4.';
COMMENT ON COLUMN unit_evaluation_now.evaluated_by IS
U&'\0E1C\0E39\0E49\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 Who evaluated.';
COMMENT ON COLUMN unit_evaluation_now.post IS
U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E02\0E2D\0E07\0E1C\0E39\0E49\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 Post by which they evaluated.';
COMMENT ON COLUMN unit_evaluation_now.edition IS
U&'\0E09\0E1A\0E31\0E1A\0E17\0E35\0E48 \2014 Counts up where the same evaluator says it anew; the last one counts.';
COMMENT ON COLUMN unit_evaluation_now.score IS
U&'\0E04\0E30\0E41\0E19\0E19 \2014 Score, 0 to 100; NULL: in words only.';
COMMENT ON COLUMN unit_evaluation_now.finding IS
U&'\0E1C\0E25\0E01\0E32\0E23\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 What was found.';
COMMENT ON COLUMN unit_evaluation_now.problems IS
U&'\0E1B\0E31\0E0D\0E2B\0E32 \2014 Problems.';
COMMENT ON COLUMN unit_evaluation_now.suggestions IS
U&'\0E02\0E49\0E2D\0E40\0E2A\0E19\0E2D\0E41\0E19\0E30 \2014 Suggestions.';
COMMENT ON COLUMN unit_evaluation_now.evaluated_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 When.';

COMMENT ON FUNCTION _check_evaluation(numeric, date) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E01\0E32\0E23\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 Refuses a score outside 0 to 100 (22023), and what has not begun (55000).';
COMMENT ON FUNCTION _evaluators(text) IS
U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E17\0E35\0E48\0E1B\0E23\0E30\0E40\0E21\0E34\0E19 \2014 The posts that evaluate key account managers of a level.';
COMMENT ON FUNCTION evaluate_kamr(int, text, text, numeric, text, text, text) IS
U&'\0E1B\0E23\0E30\0E40\0E21\0E34\0E19\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E1A\0E23\0E34\0E2B\0E32\0E23\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D \2014 Evaluates a key account manager for a year (4.5.7, 4.6.5, 4.10.5, 4.13.3); said anew, it is a new edition. 42501 also for oneself, P0002 for who is none, 22023, 55000.';
COMMENT ON FUNCTION evaluate_unit(int, text, text, text, text, text, numeric) IS
U&'\0E1B\0E23\0E30\0E40\0E21\0E34\0E19\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Evaluates a unit: a quarter by 4.4, the year by 4.3 or 4.2. 42501, 22023, 55000 for what has not begun.';

-- sql/workflow/report.sql
/* Reports: what they say is computed when they are published, and stays. */

CREATE TABLE report_kind (
	kind text PRIMARY KEY,
	step smallint NOT NULL CHECK (step BETWEEN 1 AND 10),
	form text,
	title_th text NOT NULL,
	title_en text NOT NULL,
	section text NOT NULL
);
INSERT INTO report_kind VALUES
	('monthly', 6, 'CRM-KAM-004', unistr('\0E2A\0E23\0E38\0E1B\0E1C\0E25\0E01\0E32\0E23\0E14\0E33\0E40\0E19\0E34\0E19\0E07\0E32\0E19\0E23\0E32\0E22\0E40\0E14\0E37\0E2D\0E19'), 'Summary of results of a month',
		'4.10, 4.13, 4.15.6'),
	('quarterly', 6, 'CRM-KAM-004', unistr('\0E2A\0E23\0E38\0E1B\0E1C\0E25\0E01\0E32\0E23\0E14\0E33\0E40\0E19\0E34\0E19\0E07\0E32\0E19\0E23\0E32\0E22\0E44\0E15\0E23\0E21\0E32\0E2A'), 'Summary of results of a quarter',
		'4.4.5, 4.5.8, 4.6.7'),
	('coordinators', 7, 'CRM-KAM-005', unistr('\0E23\0E32\0E22\0E0A\0E37\0E48\0E2D\0E41\0E25\0E30\0E1C\0E39\0E49\0E1B\0E23\0E30\0E2A\0E32\0E19\0E07\0E32\0E19\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D'), 'Key accounts and coordinators',
		'5 (step 7)'),
	('survey', 8, NULL, unistr('\0E23\0E32\0E22\0E07\0E32\0E19\0E1C\0E25\0E01\0E32\0E23\0E2A\0E33\0E23\0E27\0E08\0E04\0E27\0E32\0E21\0E1E\0E36\0E07\0E1E\0E2D\0E43\0E08'), 'Survey report', '5 (step 8)'),
	('effectiveness', 9, NULL, unistr('\0E23\0E32\0E22\0E07\0E32\0E19\0E1B\0E23\0E30\0E40\0E21\0E34\0E19\0E1B\0E23\0E30\0E2A\0E34\0E17\0E18\0E34\0E1C\0E25'), 'Effectiveness report', '5 (step 9)'),
	('process_review', 10, NULL, unistr('\0E23\0E32\0E22\0E07\0E32\0E19\0E1B\0E23\0E30\0E40\0E21\0E34\0E19\0E17\0E1A\0E17\0E27\0E19\0E01\0E23\0E30\0E1A\0E27\0E19\0E01\0E32\0E23'), 'Process evaluation report', '5 (step 10)');

-- To whom reports go.  Where the recipient holds a post of the workflow, it is the holders of
-- the reporting unit and of the units above and below it.
CREATE TABLE report_recipient (
	kind text NOT NULL REFERENCES report_kind,
	unit_kind text NOT NULL CHECK (unit_kind IN ('hq', 'area', 'office')),
	recipient text NOT NULL,
	post text REFERENCES post,
	section text NOT NULL,
	PRIMARY KEY (kind, unit_kind, recipient)
);
INSERT INTO report_recipient VALUES
	('monthly', 'office', unistr('\0E1C\0E08\0E01.'), 'office_manager', '4.13, 4.15.6'),
	('monthly', 'office', unistr('\0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E1A\0E23\0E34\0E2B\0E32\0E23\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D\0E2D\0E32\0E27\0E38\0E42\0E2A'), 'senior_kamr', '4.15.6'),
	('quarterly', 'area', unistr('\0E2D\0E1D.\0E27\0E1A.'), 'director_engineering_area', '4.6.7'),
	('quarterly', 'area', unistr('\0E23\0E1C\0E01.(\0E201-4)'), 'deputy_governor_region', '4.4.5'),
	('quarterly', 'area', unistr('\0E1D\0E1A\0E27.'), 'director_engineering_hq', '4.5'),
	('quarterly', 'hq', unistr('\0E23\0E1C\0E01.(\0E22)'), 'deputy_governor_strategy', '4.5.8'),
	('survey', 'hq', unistr('\0E01\0E1A\0E25.'), 'director_customer_service', '5 (step 8), 4.9'),
	('survey', 'hq', unistr('\0E1D\0E1A\0E27.'), 'director_engineering_hq', '5 (step 8), 4.9'),
	('survey', 'hq', unistr('\0E1D\0E27\0E18.'), NULL, '5 (step 8), 4.9'),
	('process_review', 'hq', unistr('\0E04\0E13\0E30\0E17\0E33\0E07\0E32\0E19 SEPA'), NULL, '5 (step 10)');
INSERT INTO report_recipient
	SELECT 'coordinators', k, unistr('\0E01\0E1A\0E17. \0E1D\0E27\0E2A.'), 'director_communication_service', '5 (step 7)'
	FROM unnest(ARRAY['area', 'hq']) k;
INSERT INTO report_recipient
	SELECT 'effectiveness', k, r.recipient, r.post, '5 (step 9)'
	FROM unnest(ARRAY['area', 'hq']) k, (VALUES
		(unistr('\0E1D\0E1A\0E27.'), 'director_engineering_hq'),
		(unistr('\0E01\0E1F\0E1F.'), 'office_manager'),
		(unistr('\0E1D\0E27\0E18.'), NULL),
		(unistr('\0E2A\0E23\0E20.(\0E22)'), NULL),
		(unistr('\0E04\0E13\0E30\0E17\0E33\0E07\0E32\0E19\0E1B\0E23\0E31\0E1A\0E1B\0E23\0E38\0E07\0E1B\0E23\0E30\0E2A\0E34\0E17\0E18\0E34\0E1C\0E25\0E01\0E32\0E23\0E1A\0E23\0E34\0E2B\0E32\0E23\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D'), 'process_owner'),
		(unistr('\0E04\0E13\0E30\0E17\0E33\0E07\0E32\0E19 SEPA'), NULL),
		(unistr('\0E01\0E32\0E23\0E1B\0E23\0E30\0E40\0E21\0E34\0E19\0E1C\0E25\0E1E\0E19\0E31\0E01\0E07\0E32\0E19'), NULL)) r (recipient, post);
INSERT INTO report_recipient
	SELECT k.kind, k.unit_kind, r, NULL, '5 (step 6)'
	FROM (VALUES ('monthly', 'office'), ('quarterly', 'area'), ('quarterly', 'hq')) k (kind, unit_kind),
		unnest(ARRAY[unistr('\0E1D\0E27\0E18.'), unistr('\0E2A\0E23\0E20.(\0E22)'), unistr('\0E04\0E13\0E30\0E17\0E33\0E07\0E32\0E19 SEPA'), unistr('\0E04\0E13\0E30\0E17\0E33\0E07\0E32\0E19\0E23\0E30\0E1A\0E1A VOC')]) r;

CREATE TABLE report (
	report_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	kind text NOT NULL REFERENCES report_kind,
	unit_code text NOT NULL REFERENCES unit,
	plan_year int NOT NULL REFERENCES plan_year,
	period text,
	edition int NOT NULL CHECK (edition >= 1),
	content jsonb NOT NULL,
	published_at timestamptz NOT NULL,
	published_by text NOT NULL REFERENCES staff,
	CONSTRAINT report_edition UNIQUE NULLS NOT DISTINCT (unit_code, plan_year, kind, period, edition)
);

-- The first moment of a day in Bangkok.
CREATE OR REPLACE FUNCTION _midnight(day date) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN day::timestamp AT TIME ZONE 'Asia/Bangkok';

-- The days that a period covers, of the year if it has none of its own.
CREATE OR REPLACE FUNCTION _period_days(plan_year int, period text) RETURNS daterange
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	months int := CASE WHEN period ~ '^M(0[1-9]|1[0-2])$' THEN 1 WHEN period ~ '^Q[1-4]$' THEN 3 ELSE 12 END;
	first_month int := CASE WHEN months < 12 THEN (substr(period, 2)::int - 1) * months + 1 ELSE 1 END;
	first_day date := make_date(plan_year, first_month, 1);
BEGIN
	RETURN daterange(first_day, (first_day + make_interval(months => months))::date);
END $$;

CREATE OR REPLACE FUNCTION _rate(rate kam.rate) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN jsonb_build_object('rate', rate::text, 'percent', kam.percent(rate));
END $$;

-- For the functions that gather: the plan is made for the units asked for, and not compiled. (The
-- planner knows nothing of unit_code, see statistics.sql, and takes them for dearer than they are.)

-- KPI (1): done of due, by the end of the days, since the year began and within the days (R21).
CREATE OR REPLACE FUNCTION _activity_figures(plan_year int, units text[], days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
BEGIN
	RETURN (
		SELECT jsonb_build_object(
			'plan_success', _rate(kam.rate(a.done)),
			'plan_success_in_period', _rate(kam.rate(a.done) FILTER (WHERE a.due_on <@ days)),
			'done_on_time', _rate(kam.rate(a.done AND kam.on_time(a.due_on, a.done_at))))
		FROM (
			SELECT b.due_on, b.done_at, coalesce(b.done_at < _midnight(upper(days)), false) AS done
			FROM activity b JOIN plan p USING (plan_id)
			WHERE b.plan_year = _activity_figures.plan_year AND b.unit_code = ANY (units)
				AND p.status = 'approved' AND b.ended_on IS NULL AND b.due_on < upper(days)) a);
END $$;

CREATE OR REPLACE FUNCTION _contact_figures(plan_year int, units text[], days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
BEGIN
	RETURN (
		SELECT jsonb_build_object('contacts', count(*),
			'contacts_recorded_in_time', _rate(kam.rate(coalesce(c.days_late, 0) = 0)))
		FROM contact c
		WHERE c.unit_code = ANY (units) AND c.plan_year = _contact_figures.plan_year
			AND c.happened_at >= _midnight(lower(days)) AND c.happened_at < _midnight(upper(days)));
END $$;

-- Answers that fell due within the days; one that has not come is not in time.
CREATE OR REPLACE FUNCTION _case_figures(units text[], days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
DECLARE
	from_at timestamptz := _midnight(lower(days));
	to_at timestamptz := _midnight(upper(days));
BEGIN
	RETURN (
		SELECT jsonb_build_object(
			'cases_received', count(*) FILTER (WHERE s.received_at >= from_at AND s.received_at < to_at),
			'cases_urgent', count(*) FILTER (WHERE s.received_at >= from_at AND s.received_at < to_at AND s.urgent),
			'cases_closed', count(*) FILTER (WHERE s.closed_at >= from_at AND s.closed_at < to_at),
			'cases_open', count(*) FILTER (WHERE s.received_at < to_at AND (s.closed_at IS NULL OR s.closed_at >= to_at)))
		FROM service_case s WHERE s.unit_code = ANY (units))
	|| (
		SELECT jsonb_build_object('answered_in_time',
			_rate(kam.rate(coalesce(kam.on_time(k.due_on, k.answered_at), false))))
		FROM case_clock k WHERE k.unit_code = ANY (units) AND k.due_on <@ days);
END $$;

-- VOC-60-001: the voice of the customer by kind.
CREATE OR REPLACE FUNCTION _voice_figures(units text[], days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
BEGIN
	RETURN jsonb_build_object('voice', coalesce((
		SELECT jsonb_object_agg(v.kind, v.items)
		FROM (
			SELECT w.kind, count(*) AS items FROM voice w
			WHERE w.unit_code = ANY (units)
				AND w.heard_at >= _midnight(lower(days)) AND w.heard_at < _midnight(upper(days))
			GROUP BY w.kind) v), '{}'));
END $$;

-- What each KAMR of these units carries by the approved plans, weighed by the rules of their approval.
CREATE OR REPLACE FUNCTION _carried_portfolios(plan_year int, units text[])
RETURNS TABLE (unit_code text, staff_id text, portfolio kam.portfolio, weight numeric, minimum numeric)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 100
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
BEGIN
	RETURN QUERY
	SELECT k.unit_code, k.staff_id, k.portfolio, kam.weight(k.portfolio, rule_set => k.rule_set), (
		SELECT r.portfolio_min FROM kam.rule_set r WHERE r.rule_set = k.rule_set ORDER BY r.builtin LIMIT 1)
	FROM (
		SELECT a.unit_code, a.staff_id, max(p.rule_set) AS rule_set, kam.portfolio(a.tier) AS portfolio
		FROM assignment a JOIN plan p USING (plan_id)
		WHERE a.plan_year = _carried_portfolios.plan_year AND a.unit_code = ANY (units)
			AND a.responsibility = 'main' AND a.ended_on IS NULL AND p.status = 'approved'
		GROUP BY a.unit_code, a.staff_id) k;
END $$;

-- Key accounts by tier, and the portfolios together, by the approved plans.
CREATE OR REPLACE FUNCTION _plan_figures(plan_year int, units text[]) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
BEGIN
	RETURN jsonb_build_object(
		'plans_approved', (
			SELECT _rate(kam.rate(p.status = 'approved')) FROM plan p
			WHERE p.plan_year = _plan_figures.plan_year AND p.unit_code = ANY (units) AND p.amendment_no = 0),
		'accounts', coalesce((
			SELECT jsonb_object_agg(t.tier, t.accounts)
			FROM (
				SELECT s.tier, count(*) AS accounts
				FROM selection s JOIN plan p USING (plan_id)
				WHERE s.plan_year = _plan_figures.plan_year AND s.unit_code = ANY (units)
					AND s.status = 'selected' AND s.ended_on IS NULL AND p.status = 'approved'
				GROUP BY s.tier) t), '{}'),
		'portfolio', (
			SELECT jsonb_build_object('kamrs', count(*), 'total', coalesce(sum(k.portfolio), '{}')::text,
				'weight', coalesce(sum(k.weight), 0), 'below_minimum', count(*) FILTER (WHERE k.weight < k.minimum))
			FROM _carried_portfolios(_plan_figures.plan_year, units) k));
END $$;

-- KPI (2): the surveys' scores on their own scales, of these units' accounts (R21).
CREATE OR REPLACE FUNCTION _survey_figures(plan_year int, units text[]) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
BEGIN
	RETURN jsonb_build_object('surveys', coalesce((
		SELECT jsonb_agg(jsonb_build_object('survey_id', f.survey_id, 'kind', f.kind, 'title', f.title,
			'measure', f.measure, 'responses', f.responses, 'mean', f.mean, 'scale', f.scale)
			ORDER BY f.survey_id, f.measure)
		FROM (
			SELECT s.survey_id, s.kind, s.title, m.measure, m.scale, count(*) AS responses,
				round(avg(r.score), 2) AS mean
			FROM survey s JOIN survey_measure m USING (survey_id) JOIN survey_response r USING (survey_id, measure)
			WHERE s.plan_year = _survey_figures.plan_year AND r.unit_code = ANY (units)
			GROUP BY s.survey_id, m.measure, m.scale, s.kind, s.title) f), '[]'));
END $$;

-- What a summary of results says (CRM-KAM-004) of these units together.
CREATE OR REPLACE FUNCTION _result_figures(plan_year int, units text[], days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _plan_figures(plan_year, units) || _activity_figures(plan_year, units, days)
		|| _contact_figures(plan_year, units, days) || _case_figures(units, days) || _voice_figures(units, days)
		|| _survey_figures(plan_year, units);
END $$;

CREATE OR REPLACE FUNCTION _report_content_monthly(unit_code text, plan_year int, days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN jsonb_build_object('results', _result_figures(plan_year, ARRAY[unit_code], days), 'portfolios', coalesce((
		SELECT jsonb_agg(jsonb_build_object('staff_id', k.staff_id, 'portfolio', k.portfolio::text, 'weight', k.weight,
			'minimum', k.minimum) ORDER BY k.staff_id)
		FROM _carried_portfolios(_report_content_monthly.plan_year, ARRAY[_report_content_monthly.unit_code]) k), '[]'));
END $$;

-- The unit with all below it, the unit alone, and each office of an area, each area for headquarters.
-- Figures only: whoever reads them may not read the accounts and people of all these units.
CREATE OR REPLACE FUNCTION _report_content_quarterly(unit_code text, plan_year int, days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN jsonb_build_object(
		'results', _result_figures(plan_year, ARRAY(SELECT _subtree(unit_code)), days),
		'own', _result_figures(plan_year, ARRAY[unit_code], days),
		'units', coalesce((
			SELECT jsonb_object_agg(b.unit_code, _result_figures(_report_content_quarterly.plan_year,
				ARRAY(SELECT _subtree(b.unit_code)), days))
			FROM unit b JOIN _subtree(_report_content_quarterly.unit_code) s ON s = b.unit_code
			WHERE b.kind = CASE (SELECT u.kind FROM unit u WHERE u.unit_code = _report_content_quarterly.unit_code)
				WHEN 'hq' THEN 'area' WHEN 'area' THEN 'office' END), '{}'));
END $$;

-- CRM-KAM-005: key accounts with their contact persons and their KAMRs.  An area's includes its offices'.
CREATE OR REPLACE FUNCTION _report_content_coordinators(unit_code text, plan_year int, days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	kind text := (SELECT u.kind FROM unit u WHERE u.unit_code = _report_content_coordinators.unit_code);
	units text[] := CASE WHEN kind = 'hq' THEN ARRAY[unit_code] ELSE ARRAY(SELECT _subtree(unit_code)) END;
BEGIN
	RETURN jsonb_build_object('accounts', coalesce((
		SELECT jsonb_agg(jsonb_build_object(
			'account_id', a.account_id, 'name_th', a.name_th, 'name_en', a.name_en,
			'unit_code', s.unit_code, 'tier', s.tier,
			'contact_persons', coalesce((
				SELECT jsonb_agg(jsonb_build_object('name', c.name, 'duty', c.duty, 'phone', c.phone, 'email', c.email,
					'is_coordinator', c.is_coordinator) ORDER BY c.is_coordinator DESC, c.name)
				FROM contact_person c
				WHERE c.account_id = a.account_id AND (c.until IS NULL OR c.until >= _today())), '[]'),
			'kamrs', coalesce((
				SELECT jsonb_agg(jsonb_build_object('staff_id', m.staff_id, 'name_th', t.name_th,
					'responsibility', m.responsibility) ORDER BY m.responsibility DESC, m.staff_id)
				FROM assignment m JOIN staff t USING (staff_id) JOIN plan o ON o.plan_id = m.plan_id
				WHERE m.account_id = a.account_id AND m.plan_year = s.plan_year AND m.ended_on IS NULL
					AND o.status = 'approved'), '[]'))
			ORDER BY s.unit_code, a.account_id)
		FROM selection s JOIN plan p USING (plan_id) JOIN account a USING (account_id)
		WHERE s.plan_year = _report_content_coordinators.plan_year AND s.unit_code = ANY (units)
			AND s.status = 'selected' AND s.ended_on IS NULL AND p.status = 'approved'), '[]'));
END $$;

-- The whole country's scores, and each area's.
CREATE OR REPLACE FUNCTION _report_content_survey(unit_code text, plan_year int, days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _survey_figures(plan_year, ARRAY(SELECT _subtree(unit_code))) || jsonb_build_object(
		'own', _survey_figures(plan_year, ARRAY[unit_code]) -> 'surveys',
		'units', (SELECT jsonb_object_agg(b.unit_code,
				_survey_figures(_report_content_survey.plan_year, ARRAY(SELECT _subtree(b.unit_code))) -> 'surveys')
			FROM unit b WHERE b.kind = 'area'));
END $$;

-- The year's results so far beside the targets that were approved, and what the evaluations of the
-- unit found for the year, the last of each evaluator.  It goes to offices too, which may not read about
-- each other: so not unit by unit.
CREATE OR REPLACE FUNCTION _report_content_effectiveness(unit_code text, plan_year int, days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _report_content_quarterly(unit_code, plan_year, days) - 'units' || jsonb_build_object('targets', coalesce((
		SELECT jsonb_agg(jsonb_build_object('kpi', t.kpi, 'value', t.value, 'scale', t.scale) ORDER BY t.kpi)
		FROM target t JOIN plan p USING (plan_id)
		WHERE p.plan_year = _report_content_effectiveness.plan_year AND p.status = 'approved'
			AND t.unit_code = _report_content_effectiveness.unit_code), '[]'),
		'evaluations', coalesce((
		SELECT jsonb_agg(jsonb_build_object('post', v.post, 'score', v.score,
			'finding', v.finding, 'problems', v.problems, 'suggestions', v.suggestions) ORDER BY v.post)
		FROM (
			SELECT DISTINCT ON (e.evaluated_by) e.*
			FROM unit_evaluation e
			WHERE e.plan_year = _report_content_effectiveness.plan_year AND e.period = 'year'
				AND e.unit_code = _report_content_effectiveness.unit_code
			ORDER BY e.evaluated_by, e.edition DESC) v), '[]'));
END $$;

-- Both KPIs of the process, and how its steps kept their dates.
CREATE OR REPLACE FUNCTION _report_content_process_review(unit_code text, plan_year int, days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	units text[] := ARRAY(SELECT _subtree(unit_code));
BEGIN
	RETURN jsonb_build_object('results', _result_figures(plan_year, units, days),
		'steps', coalesce((
			SELECT jsonb_object_agg(s.step, s.states)
			FROM (
				SELECT t.step, jsonb_object_agg(t.state, t.deadlines) AS states
				FROM (
					SELECT d.step, _deadline_state(d.due_on, e.met_at, _today(), 0) AS state, count(*) AS deadlines
					FROM deadline d
					LEFT JOIN _deadline_events(_report_content_process_review.plan_year, units) e
						ON e.step = d.step AND e.unit_code = d.unit_code AND e.period IS NOT DISTINCT FROM d.period
					WHERE d.plan_year = _report_content_process_review.plan_year AND d.unit_code = ANY (units)
					GROUP BY 1, 2) t
				GROUP BY t.step) s), '{}'));
END $$;

CREATE OR REPLACE FUNCTION _report_content(kind text, unit_code text, plan_year int, days daterange) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	content jsonb;
BEGIN
	EXECUTE format('SELECT %I($1, $2, $3)', '_report_content_' || kind) INTO content USING unit_code, plan_year, days;
	RETURN content || jsonb_build_object('days_from', lower(days), 'days_to', upper(days) - 1);
END $$;

CREATE OR REPLACE FUNCTION _authorize_report(kind text, unit_code text) RETURNS authorization_given
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM report_kind k WHERE k.kind = _authorize_report.kind) THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('there is no report of kind "%s"', coalesce(kind, 'NULL')),
			HINT = format('The kinds are: %s.',
				(SELECT string_agg(k.kind, ', ' ORDER BY k.step, k.kind) FROM report_kind k));
	END IF;
	RETURN _authorize('report.' || kind, unit_code);
END $$;

-- The deadline that the report meets.  Its lock puts two editions one after the other.
CREATE OR REPLACE FUNCTION _lock_report_deadline(kind text, unit_code text, plan_year int, period text) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	the_step smallint := (SELECT k.step FROM report_kind k WHERE k.kind = _lock_report_deadline.kind);
	periods text;
BEGIN
	PERFORM FROM deadline d
	WHERE d.plan_year = _lock_report_deadline.plan_year AND d.step = the_step
		AND d.unit_code = _lock_report_deadline.unit_code AND d.period IS NOT DISTINCT FROM _lock_report_deadline.period
	FOR NO KEY UPDATE;
	IF FOUND THEN
		RETURN;
	END IF;
	SELECT string_agg(coalesce(d.period, 'none (NULL)'), ', ' ORDER BY d.due_on, d.period) INTO periods
	FROM deadline d
	WHERE d.plan_year = _lock_report_deadline.plan_year AND d.step = the_step
		AND d.unit_code = _lock_report_deadline.unit_code;
	IF periods IS NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('unit "%s" has no deadlines for %s', unit_code, plan_year),
			HINT = format('It is younger than the year: call open_year(%s) again.', plan_year);
	END IF;
	RAISE invalid_parameter_value USING
		MESSAGE = format('the %s report of unit "%s" has no period "%s"', kind, unit_code, coalesce(period, 'NULL')),
		HINT = format('Its periods are: %s.', periods);
END $$;

-- The days that a report is about: the period, once it is over; else what has passed of the year.
CREATE OR REPLACE FUNCTION _reported_days(kind text, unit_code text, plan_year int, period text) RETURNS daterange
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	days daterange := _period_days(plan_year, period);
	tomorrow date := _today() + 1;
BEGIN
	IF upper(days) < tomorrow THEN
		RETURN days;
	ELSIF period ~ '^[MQ]' OR period = 'annual' THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('the period %s of %s is not over', period, plan_year),
			HINT = format('The %s report of unit "%s" can be published from %s on.', kind, unit_code, upper(days));
	END IF;
	RETURN daterange(lower(days), greatest(lower(days), tomorrow));
END $$;

-- Publishes a report of what is known now.  Published again, it is the next edition; all are kept.
CREATE OR REPLACE FUNCTION publish_report(kind text, unit_code text, plan_year int, period text DEFAULT NULL)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_report(kind, unit_code);
	days daterange;
	what jsonb;
	new_id bigint;
BEGIN
	PERFORM _check_plan_year(plan_year);
	PERFORM _lock_report_deadline(kind, unit_code, plan_year, period);
	days := _reported_days(kind, unit_code, plan_year, period);
	what := _report_content(kind, unit_code, plan_year, days);
	INSERT INTO report (kind, unit_code, plan_year, period, edition, content, published_at, published_by)
	SELECT publish_report.kind, publish_report.unit_code, publish_report.plan_year, publish_report.period, count(*) + 1,
		what, _now(), given.staff_id
	FROM report r
	WHERE r.kind = publish_report.kind AND r.unit_code = publish_report.unit_code
		AND r.plan_year = publish_report.plan_year AND r.period IS NOT DISTINCT FROM publish_report.period
	RETURNING report.report_id INTO new_id;
	PERFORM _decide(given, 'report', new_id::text, 'publish', unit_code, plan_year, to_status => 'published',
		content_hash => _hash(what));
	RETURN new_id;
END $$;

-- Reports that are not what was published; no rows where all are.
CREATE OR REPLACE FUNCTION verify_reports() RETURNS TABLE (report_id bigint, problem text)
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _whole_table_or_error('report');
	RETURN QUERY
	SELECT coalesce(r.report_id, d.subject_id::bigint),
		CASE WHEN r.report_id IS NULL THEN 'is missing' WHEN d.decision_id IS NULL THEN 'was never published'
			ELSE 'was changed after it was published' END
	FROM report r
	FULL JOIN (SELECT x.decision_id, x.subject_id, x.content_hash FROM decision x WHERE x.subject = 'report') d
		ON d.subject_id = r.report_id::text
	WHERE d.content_hash IS DISTINCT FROM _hash(r.content)
	ORDER BY 1;
END $$;

CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON report_recipient
	FOR EACH ROW EXECUTE FUNCTION _keep_history('kind', 'unit_kind', 'recipient');
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON report
	FOR EACH STATEMENT EXECUTE FUNCTION _append_only();

-- Reports that are sent to me: kind:unit, for each post that I hold.
CREATE OR REPLACE FUNCTION _reports_for_me() RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	RETURN ARRAY(
		SELECT DISTINCT r.kind || ':' || u.unit_code
		FROM _holdings(me()) h
		JOIN report_recipient r USING (post)
		JOIN unit u ON u.kind = r.unit_kind
			AND (u.unit_code IN (SELECT _subtree(h.unit_code)) OR h.unit_code IN (SELECT _subtree(u.unit_code))));
END $$;

CREATE OR REPLACE VIEW report_for_me WITH (security_invoker = true) AS
SELECT r.report_id, r.kind, k.form, k.title_th, k.title_en, r.unit_code, r.plan_year, r.period, r.edition,
	r.edition = max(r.edition) OVER (PARTITION BY r.unit_code, r.plan_year, r.kind, r.period) AS is_latest,
	r.content, r.published_at, r.published_by
FROM report r JOIN report_kind k USING (kind)
WHERE r.kind || ':' || r.unit_code = ANY ((SELECT _reports_for_me())::text[]);

ALTER TABLE report_kind ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON report_kind FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON report_kind TO PUBLIC;

ALTER TABLE report_recipient ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON report_recipient FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON report_recipient TO PUBLIC;

-- A list of coordinators names accounts, so that who reads only their own does not read it.
ALTER TABLE report ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON report FOR SELECT USING (
	unit_code = ANY (CASE kind WHEN 'coordinators' THEN (SELECT _readable_units())::text[]
		ELSE (SELECT _my_units())::text[] END)
	OR kind || ':' || unit_code = ANY ((SELECT _reports_for_me())::text[]));
GRANT SELECT ON report TO PUBLIC;

GRANT SELECT ON report_for_me TO PUBLIC;

COMMENT ON TABLE report_kind IS
U&'\0E0A\0E19\0E34\0E14\0E02\0E2D\0E07\0E23\0E32\0E22\0E07\0E32\0E19 \2014 Kinds of report, and the step of the process that each meets.';
COMMENT ON COLUMN report_kind.kind IS
U&'\0E0A\0E19\0E34\0E14 \2014 Kind, as publish_report takes it.';
COMMENT ON COLUMN report_kind.step IS
U&'\0E02\0E31\0E49\0E19\0E15\0E2D\0E19 \2014 Step of the process.';
COMMENT ON COLUMN report_kind.form IS
U&'\0E41\0E1A\0E1A\0E1F\0E2D\0E23\0E4C\0E21 \2014 Form of the manual.';
COMMENT ON COLUMN report_kind.title_th IS
U&'\0E0A\0E37\0E48\0E2D\0E20\0E32\0E29\0E32\0E44\0E17\0E22 \2014 Title in Thai.';
COMMENT ON COLUMN report_kind.title_en IS
U&'\0E0A\0E37\0E48\0E2D\0E20\0E32\0E29\0E32\0E2D\0E31\0E07\0E01\0E24\0E29 \2014 Title in English.';
COMMENT ON COLUMN report_kind.section IS
U&'\0E02\0E49\0E2D\0E43\0E19\0E04\0E39\0E48\0E21\0E37\0E2D \2014 Section of the manual.';
COMMENT ON TABLE report_recipient IS
U&'\0E1C\0E39\0E49\0E23\0E31\0E1A\0E23\0E32\0E22\0E07\0E32\0E19 \2014 To whom each kind of report goes (section 5); a user may change the rows.';
COMMENT ON COLUMN report_recipient.kind IS
U&'\0E0A\0E19\0E34\0E14\0E23\0E32\0E22\0E07\0E32\0E19 \2014 Kind of report.';
COMMENT ON COLUMN report_recipient.unit_kind IS
U&'\0E0A\0E19\0E34\0E14\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E17\0E35\0E48\0E23\0E32\0E22\0E07\0E32\0E19 \2014 Kind of the unit that reports.';
COMMENT ON COLUMN report_recipient.recipient IS
U&'\0E1C\0E39\0E49\0E23\0E31\0E1A \2014 Recipient, as the manual names it.';
COMMENT ON COLUMN report_recipient.post IS
U&'\0E15\0E33\0E41\0E2B\0E19\0E48\0E07\0E2B\0E19\0E49\0E32\0E17\0E35\0E48\0E02\0E2D\0E07\0E1C\0E39\0E49\0E23\0E31\0E1A \2014 Post whose holders, in the reporting unit and those above and below it, read the report; NULL for recipients outside the workflow.';
COMMENT ON COLUMN report_recipient.section IS
U&'\0E02\0E49\0E2D\0E43\0E19\0E04\0E39\0E48\0E21\0E37\0E2D \2014 Section of the manual.';
COMMENT ON TABLE report IS
U&'\0E23\0E32\0E22\0E07\0E32\0E19\0E17\0E35\0E48\0E40\0E1C\0E22\0E41\0E1E\0E23\0E48\0E41\0E25\0E49\0E27 \2014 Published reports as they were published, every edition; never changed.';
COMMENT ON COLUMN report.report_id IS
U&'\0E23\0E2B\0E31\0E2A \2014 Number of the report.';
COMMENT ON COLUMN report.kind IS
U&'\0E0A\0E19\0E34\0E14 \2014 Kind of report.';
COMMENT ON COLUMN report.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit that reports.';
COMMENT ON COLUMN report.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 (\0E04.\0E28.) \2014 Plan year, common era.';
COMMENT ON COLUMN report.period IS
U&'\0E07\0E27\0E14 \2014 Period: M01 to M12, Q1 to Q4, preliminary, annual; NULL where there is one a year.';
COMMENT ON COLUMN report.edition IS
U&'\0E09\0E1A\0E31\0E1A\0E17\0E35\0E48 \2014 1 for the first, which meets the deadline; a correction is the next.';
COMMENT ON COLUMN report.content IS
U&'\0E40\0E19\0E37\0E49\0E2D\0E2B\0E32 \2014 What it says, computed when it was published.';
COMMENT ON COLUMN report.published_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E40\0E1C\0E22\0E41\0E1E\0E23\0E48 \2014 When it was published.';
COMMENT ON COLUMN report.published_by IS
U&'\0E1C\0E39\0E49\0E40\0E1C\0E22\0E41\0E1E\0E23\0E48 \2014 Member of staff who published it.';
COMMENT ON FUNCTION _midnight(date) IS
U&'\0E40\0E27\0E25\0E32\0E40\0E23\0E34\0E48\0E21\0E27\0E31\0E19 \2014 First moment of a day in Bangkok.';
COMMENT ON FUNCTION _period_days(int, text) IS
U&'\0E27\0E31\0E19\0E43\0E19\0E07\0E27\0E14 \2014 Days of a period of a plan year.';
COMMENT ON FUNCTION _rate(kam.rate) IS
U&'\0E2D\0E31\0E15\0E23\0E32\0E41\0E25\0E30\0E23\0E49\0E2D\0E22\0E25\0E30 \2014 A rate with its percentage, for a report.';
COMMENT ON FUNCTION _activity_figures(int, text[], daterange) IS
U&'\0E04\0E27\0E32\0E21\0E2A\0E33\0E40\0E23\0E47\0E08\0E15\0E32\0E21\0E41\0E1C\0E19 \2014 KPI (1): activities done of those due (R21), and done on time.';
COMMENT ON FUNCTION _contact_figures(int, text[], daterange) IS
U&'\0E01\0E32\0E23\0E15\0E34\0E14\0E15\0E48\0E2D\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Contacts, and how many were recorded in time (R19).';
COMMENT ON FUNCTION _case_figures(text[], daterange) IS
U&'\0E40\0E23\0E37\0E48\0E2D\0E07\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Cases received, closed and open, and answers in time (R18).';
COMMENT ON FUNCTION _voice_figures(text[], daterange) IS
U&'\0E40\0E2A\0E35\0E22\0E07\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Voice of the customer by kind (VOC-60-001).';
COMMENT ON FUNCTION _carried_portfolios(int, text[]) IS
U&'\0E20\0E32\0E23\0E30\0E07\0E32\0E19\0E02\0E2D\0E07\0E1C\0E39\0E49\0E1A\0E23\0E34\0E2B\0E32\0E23\0E25\0E39\0E01\0E04\0E49\0E32 \2014 What each key account manager carries, and the least that the rules ask.';
COMMENT ON FUNCTION _plan_figures(int, text[]) IS
U&'\0E41\0E1C\0E19\0E41\0E25\0E30\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D \2014 Plans approved, key accounts by tier, portfolios together.';
COMMENT ON FUNCTION _survey_figures(int, text[]) IS
U&'\0E1C\0E25\0E01\0E32\0E23\0E2A\0E33\0E23\0E27\0E08 \2014 KPI (2): mean scores of the surveys on their own scales (R21).';
COMMENT ON FUNCTION _result_figures(int, text[], daterange) IS
U&'\0E2A\0E23\0E38\0E1B\0E1C\0E25\0E01\0E32\0E23\0E14\0E33\0E40\0E19\0E34\0E19\0E07\0E32\0E19 \2014 All figures of a summary of results (CRM-KAM-004).';
COMMENT ON FUNCTION _report_content_monthly(text, int, daterange) IS
U&'\0E40\0E19\0E37\0E49\0E2D\0E2B\0E32\0E23\0E32\0E22\0E07\0E32\0E19\0E23\0E32\0E22\0E40\0E14\0E37\0E2D\0E19 \2014 Content of an offices monthly report.';
COMMENT ON FUNCTION _report_content_quarterly(text, int, daterange) IS
U&'\0E40\0E19\0E37\0E49\0E2D\0E2B\0E32\0E23\0E32\0E22\0E07\0E32\0E19\0E23\0E32\0E22\0E44\0E15\0E23\0E21\0E32\0E2A \2014 Content of the quarterly report of an area or headquarters.';
COMMENT ON FUNCTION _report_content_coordinators(text, int, daterange) IS
U&'\0E40\0E19\0E37\0E49\0E2D\0E2B\0E32\0E23\0E32\0E22\0E0A\0E37\0E48\0E2D\0E1C\0E39\0E49\0E1B\0E23\0E30\0E2A\0E32\0E19\0E07\0E32\0E19 \2014 Content of the list of key accounts and coordinators (CRM-KAM-005).';
COMMENT ON FUNCTION _report_content_survey(text, int, daterange) IS
U&'\0E40\0E19\0E37\0E49\0E2D\0E2B\0E32\0E23\0E32\0E22\0E07\0E32\0E19\0E01\0E32\0E23\0E2A\0E33\0E23\0E27\0E08 \2014 Content of the survey report.';
COMMENT ON FUNCTION _report_content_effectiveness(text, int, daterange) IS
U&'\0E40\0E19\0E37\0E49\0E2D\0E2B\0E32\0E23\0E32\0E22\0E07\0E32\0E19\0E1B\0E23\0E30\0E2A\0E34\0E17\0E18\0E34\0E1C\0E25 \2014 Content of the effectiveness report.';
COMMENT ON FUNCTION _report_content_process_review(text, int, daterange) IS
U&'\0E40\0E19\0E37\0E49\0E2D\0E2B\0E32\0E23\0E32\0E22\0E07\0E32\0E19\0E17\0E1A\0E17\0E27\0E19\0E01\0E23\0E30\0E1A\0E27\0E19\0E01\0E32\0E23 \2014 Content of the review of the process.';
COMMENT ON FUNCTION _report_content(text, text, int, daterange) IS
U&'\0E40\0E19\0E37\0E49\0E2D\0E2B\0E32\0E23\0E32\0E22\0E07\0E32\0E19 \2014 Content of a report of a kind.';
COMMENT ON FUNCTION _authorize_report(text, text) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E2D\0E33\0E19\0E32\0E08\0E40\0E1C\0E22\0E41\0E1E\0E23\0E48 \2014 By which post the caller may publish a kind of report for a unit. Errors: 22023 for an unknown kind, 42501.';
COMMENT ON FUNCTION _lock_report_deadline(text, text, int, text) IS
U&'\0E25\0E47\0E2D\0E01\0E01\0E33\0E2B\0E19\0E14\0E40\0E27\0E25\0E32\0E02\0E2D\0E07\0E23\0E32\0E22\0E07\0E32\0E19 \2014 Locks the deadline that a report meets. Errors: 22023 for a period that the unit does not report on, 55000 for a unit younger than the year.';
COMMENT ON FUNCTION _reported_days(text, text, int, text) IS
U&'\0E27\0E31\0E19\0E17\0E35\0E48\0E23\0E32\0E22\0E07\0E32\0E19\0E04\0E23\0E2D\0E1A\0E04\0E25\0E38\0E21 \2014 Days that a report is about. Error 55000 for a period that is not over.';
COMMENT ON FUNCTION publish_report(text, text, int, text) IS
U&'\0E40\0E1C\0E22\0E41\0E1E\0E23\0E48\0E23\0E32\0E22\0E07\0E32\0E19 \2014 Publishes a report of what is known now, gives its number; published again it is the next edition. Errors: 42501 for other posts, 22023 for an unknown kind or period, 55000 for a period that is not over or a year not opened.';
COMMENT ON FUNCTION verify_reports() IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E23\0E32\0E22\0E07\0E32\0E19 \2014 Reports that are not what was published; no rows where all are (chain of decisions). Error 42501 for who sees only a part.';
COMMENT ON FUNCTION _reports_for_me() IS
U&'\0E23\0E32\0E22\0E07\0E32\0E19\0E17\0E35\0E48\0E2A\0E48\0E07\0E16\0E36\0E07\0E09\0E31\0E19 \2014 Kinds and units whose reports go to the callers posts.';
COMMENT ON VIEW report_for_me IS
U&'\0E23\0E32\0E22\0E07\0E32\0E19\0E17\0E35\0E48\0E2A\0E48\0E07\0E16\0E36\0E07\0E09\0E31\0E19 \2014 Reports that are sent to a post of the reader (section 5, recipients).';
COMMENT ON COLUMN report_for_me.report_id IS
U&'\0E23\0E2B\0E31\0E2A \2014 Number of the report.';
COMMENT ON COLUMN report_for_me.kind IS
U&'\0E0A\0E19\0E34\0E14 \2014 Kind of report.';
COMMENT ON COLUMN report_for_me.form IS
U&'\0E41\0E1A\0E1A\0E1F\0E2D\0E23\0E4C\0E21 \2014 Form of the manual.';
COMMENT ON COLUMN report_for_me.title_th IS
U&'\0E0A\0E37\0E48\0E2D\0E20\0E32\0E29\0E32\0E44\0E17\0E22 \2014 Title in Thai.';
COMMENT ON COLUMN report_for_me.title_en IS
U&'\0E0A\0E37\0E48\0E2D\0E20\0E32\0E29\0E32\0E2D\0E31\0E07\0E01\0E24\0E29 \2014 Title in English.';
COMMENT ON COLUMN report_for_me.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit that reports.';
COMMENT ON COLUMN report_for_me.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 (\0E04.\0E28.) \2014 Plan year, common era.';
COMMENT ON COLUMN report_for_me.period IS
U&'\0E07\0E27\0E14 \2014 Period.';
COMMENT ON COLUMN report_for_me.edition IS
U&'\0E09\0E1A\0E31\0E1A\0E17\0E35\0E48 \2014 Edition.';
COMMENT ON COLUMN report_for_me.is_latest IS
U&'\0E09\0E1A\0E31\0E1A\0E25\0E48\0E32\0E2A\0E38\0E14\0E2B\0E23\0E37\0E2D\0E44\0E21\0E48 \2014 Whether no later edition was published.';
COMMENT ON COLUMN report_for_me.content IS
U&'\0E40\0E19\0E37\0E49\0E2D\0E2B\0E32 \2014 What it says.';
COMMENT ON COLUMN report_for_me.published_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E40\0E1C\0E22\0E41\0E1E\0E23\0E48 \2014 When it was published.';
COMMENT ON COLUMN report_for_me.published_by IS
U&'\0E1C\0E39\0E49\0E40\0E1C\0E22\0E41\0E1E\0E23\0E48 \2014 Member of staff who published it.';

-- sql/workflow/system_entry.sql
/* What was put into PEA's information systems, and when (section 5, step 3). */

CREATE TABLE information_system (
	system text PRIMARY KEY CHECK (system <> ''),
	section text NOT NULL
);
INSERT INTO information_system (system, section) VALUES
	('Customer Integration DB', '5 (step 3)'),
	('CRM plus', '5 (step 3)');

CREATE TABLE system_entry (
	system_entry_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	unit_code text NOT NULL REFERENCES unit,
	plan_year int NOT NULL REFERENCES plan_year,
	system text NOT NULL REFERENCES information_system,
	what text NOT NULL CHECK (what IN ('customers', 'staff', 'plan')),
	entered_at timestamptz NOT NULL,
	entered_by text NOT NULL REFERENCES staff
);
CREATE INDEX ON system_entry (unit_code, plan_year);

-- Says that customers, staff or plan of a unit stand in a system.  The step is met when all
-- three stand somewhere and every system has something.
CREATE OR REPLACE FUNCTION enter_system(unit_code text, plan_year int, system text,
	what text[] DEFAULT '{customers,staff,plan}') RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('system.enter', unit_code);
BEGIN
	PERFORM _check_plan_year(plan_year);
	IF NOT EXISTS (SELECT FROM information_system i WHERE i.system = enter_system.system) THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('information system "%s" is not known', coalesce(system, 'NULL')),
			HINT = format('The systems are: %s.',
				(SELECT string_agg(i.system, ', ' ORDER BY i.system) FROM information_system i));
	ELSIF what IS NULL OR cardinality(what) = 0 OR NOT what <@ ARRAY['customers', 'staff', 'plan'] THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('"%s" is nothing that is put into a system', coalesce(what::text, 'NULL')),
			HINT = 'Say what was: customers, staff, plan, or several of them.';
	ELSIF 'plan' = ANY (what) AND NOT EXISTS (SELECT FROM plan p WHERE p.plan_year = enter_system.plan_year
		AND p.unit_code = enter_system.unit_code AND p.status = 'approved')
	THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('unit "%s" has no approved plan for %s to put into a system', unit_code, plan_year),
			HINT = 'Customers and staff can go in before; the plan after its approval.';
	END IF;
	INSERT INTO system_entry (unit_code, plan_year, system, what, entered_at, entered_by)
	SELECT DISTINCT enter_system.unit_code, enter_system.plan_year, enter_system.system, w, _now(), given.staff_id
	FROM unnest(what) w;
END $$;

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON system_entry
	FOR EACH STATEMENT EXECUTE FUNCTION _append_only();

ALTER TABLE information_system ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON information_system FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON information_system TO PUBLIC;

ALTER TABLE system_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON system_entry FOR SELECT USING (unit_code = ANY ((SELECT _my_units())::text[]));
GRANT SELECT ON system_entry TO PUBLIC;

COMMENT ON TABLE information_system IS
U&'\0E23\0E30\0E1A\0E1A\0E2A\0E32\0E23\0E2A\0E19\0E40\0E17\0E28\0E17\0E35\0E48\0E15\0E49\0E2D\0E07\0E1A\0E31\0E19\0E17\0E36\0E01\0E02\0E49\0E2D\0E21\0E39\0E25 \2014 Information systems that customers, staff and plan are put into (section 5, step 3); a user may change the rows.';
COMMENT ON COLUMN information_system.system IS
U&'\0E0A\0E37\0E48\0E2D\0E23\0E30\0E1A\0E1A \2014 Name of the system.';
COMMENT ON COLUMN information_system.section IS
U&'\0E02\0E49\0E2D\0E43\0E19\0E04\0E39\0E48\0E21\0E37\0E2D \2014 Section of the manual.';
COMMENT ON TABLE system_entry IS
U&'\0E01\0E32\0E23\0E1A\0E31\0E19\0E17\0E36\0E01\0E02\0E49\0E2D\0E21\0E39\0E25\0E25\0E07\0E43\0E19\0E23\0E30\0E1A\0E1A\0E2A\0E32\0E23\0E2A\0E19\0E40\0E17\0E28 \2014 What was put into which information system, by whom and when (section 5, step 3); never changed.';
COMMENT ON COLUMN system_entry.system_entry_id IS
U&'\0E23\0E2B\0E31\0E2A \2014 Number of the entry.';
COMMENT ON COLUMN system_entry.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit whose data it is.';
COMMENT ON COLUMN system_entry.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 (\0E04.\0E28.) \2014 Plan year, common era.';
COMMENT ON COLUMN system_entry.system IS
U&'\0E23\0E30\0E1A\0E1A \2014 Information system.';
COMMENT ON COLUMN system_entry.what IS
U&'\0E02\0E49\0E2D\0E21\0E39\0E25\0E17\0E35\0E48\0E1A\0E31\0E19\0E17\0E36\0E01 \2014 What was put in: customers, staff or plan.';
COMMENT ON COLUMN system_entry.entered_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E1A\0E31\0E19\0E17\0E36\0E01 \2014 When that was said.';
COMMENT ON COLUMN system_entry.entered_by IS
U&'\0E1C\0E39\0E49\0E1A\0E31\0E19\0E17\0E36\0E01 \2014 Member of staff who said so.';
COMMENT ON FUNCTION enter_system(text, int, text, text[]) IS
U&'\0E41\0E08\0E49\0E07\0E01\0E32\0E23\0E1A\0E31\0E19\0E17\0E36\0E01\0E02\0E49\0E2D\0E21\0E39\0E25\0E25\0E07\0E43\0E19\0E23\0E30\0E1A\0E1A \2014 Says that customers, staff or plan of a unit stand in an information system (section 5, step 3). Errors: 42501 for other posts, 22023 for an unknown system or content, 55000 for a plan that is not approved.';

-- sql/workflow/deadline.sql
/* Deadlines of the yearly process (section 5): laid out when a year is opened, met by what happens. */

-- Of which units a step is asked, and for which periods of kam.process_step, which says when.
CREATE TABLE deadline_rule (
	step smallint NOT NULL CHECK (step BETWEEN 1 AND 10),
	unit_kind text NOT NULL CHECK (unit_kind IN ('hq', 'region', 'area', 'office')),
	periods text NOT NULL DEFAULT '^.*$',
	section text NOT NULL,
	PRIMARY KEY (step, unit_kind)
);
INSERT INTO deadline_rule (step, unit_kind, section)
	SELECT s, k, format('5 (step %s)', s)
	FROM generate_series(1, 5) s, unnest(ARRAY['office', 'area', 'hq']) k;
INSERT INTO deadline_rule (step, unit_kind, periods, section) VALUES
	(6, 'office', '^M', '5 (step 6), R17'),
	(6, 'area', '^Q', '5 (step 6), R17'),
	(6, 'region', '^Q', '5 (step 6), R17'),
	(6, 'hq', '^Q', '5 (step 6), R17');
INSERT INTO deadline_rule (step, unit_kind, section) VALUES
	(7, 'area', '5 (step 7)'),
	(7, 'hq', '5 (step 7)'),
	(8, 'hq', '5 (step 8)'),
	(9, 'area', '5 (step 9)'),
	(9, 'hq', '5 (step 9)'),
	(10, 'hq', '5 (step 10)');

CREATE TABLE deadline (
	deadline_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	plan_year int NOT NULL REFERENCES plan_year,
	step smallint NOT NULL CHECK (step BETWEEN 1 AND 10),
	unit_code text NOT NULL REFERENCES unit,
	period text,
	due_on date NOT NULL,
	CONSTRAINT deadline_once UNIQUE NULLS NOT DISTINCT (plan_year, step, unit_code, period)
);
CREATE INDEX ON deadline (unit_code, plan_year);

CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON deadline_rule
	FOR EACH ROW EXECUTE FUNCTION _keep_history('step', 'unit_kind');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON deadline
	FOR EACH ROW EXECUTE FUNCTION _keep_history('deadline_id');

-- Opens a year: a draft plan and every deadline of every unit, as long as it is there.  Again, it adds what new units
-- lack and moves what kam.process_step now dates otherwise.
CREATE OR REPLACE FUNCTION open_year(plan_year int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
#variable_conflict use_column
DECLARE
	given authorization_given := _authorize('year.open', _headquarters());
	laid_out int;
BEGIN
	IF open_year.plan_year IS NULL OR open_year.plan_year NOT BETWEEN 1960 AND 2399 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = CASE WHEN open_year.plan_year BETWEEN 2400 AND 2942
				THEN format('plan year %s is a year of the Buddhist era', open_year.plan_year)
				ELSE format('plan year %s cannot be opened', coalesce(open_year.plan_year::text, 'NULL')) END,
			HINT = CASE WHEN open_year.plan_year BETWEEN 2400 AND 2942
				THEN format('Plan years are years of the common era: %s.', open_year.plan_year - 543)
				ELSE 'Give a year of the common era, such as 2027.' END;
	END IF;
	INSERT INTO plan_year (plan_year, opened_at, opened_by)
	VALUES (open_year.plan_year, _now(), given.staff_id)
	ON CONFLICT DO NOTHING;
	INSERT INTO plan (plan_year, unit_code, route)
	SELECT open_year.plan_year, u.unit_code, u.kind
	FROM unit u
	WHERE u.kind <> 'region' AND (u.closed_on IS NULL OR u.closed_on > make_date(open_year.plan_year, 1, 1))
		AND NOT EXISTS (SELECT FROM plan p WHERE p.plan_year = open_year.plan_year AND p.unit_code = u.unit_code)
	ORDER BY u.unit_code
	ON CONFLICT (plan_year, unit_code, amendment_no) DO NOTHING;
	INSERT INTO deadline AS d (plan_year, step, unit_code, period, due_on)
	SELECT open_year.plan_year, s.step, u.unit_code, s.period, s.due_on
	FROM _process_deadlines(open_year.plan_year) s
	JOIN deadline_rule r ON r.step = s.step AND coalesce(s.period, '') ~ r.periods
	JOIN unit u ON u.kind = r.unit_kind AND (u.closed_on IS NULL OR u.closed_on > s.due_on)
	ORDER BY s.step, s.due_on, s.period, u.unit_code
	ON CONFLICT ON CONSTRAINT deadline_once DO UPDATE SET due_on = excluded.due_on WHERE d.due_on <> excluded.due_on;
	GET DIAGNOSTICS laid_out = ROW_COUNT;
	RETURN laid_out;
END $$;

-- When each step of a year is due, by the one table that says so.
CREATE OR REPLACE FUNCTION _process_deadlines(plan_year int)
RETURNS TABLE (step smallint, period text, due_on date)
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	SELECT DISTINCT s.step::smallint, nullif(s.period, ''),
		kam.process_deadline(s.step, _process_deadlines.plan_year, nullif(s.period, ''))
	FROM kam.process_step s;
END $$;

-- What meets the deadlines of a year and these units, and when it happened.  Invoker's rights.  Planned
-- for the units asked for and not compiled: the planner has no statistics of unit_code and thinks it dear.
CREATE OR REPLACE FUNCTION _deadline_events(plan_year int, units text[])
RETURNS TABLE (step smallint, unit_code text, period text, met_at timestamptz)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 ROWS 3000
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
#variable_conflict use_column
DECLARE
	year_over boolean := _today() > make_date(_deadline_events.plan_year, 12, 31);
BEGIN
	-- 1: submitted for the first time; at the latest when it was approved, where that came from elsewhere.
	RETURN QUERY
	SELECT 1::smallint, s.unit_code, NULL::text, min(s.submitted_at)
	FROM (
		SELECT d.unit_code, d.decided_at FROM decision d
		WHERE d.unit_code = ANY (units) AND d.plan_year = _deadline_events.plan_year
			AND d.subject = 'plan' AND d.action = 'submit'
		UNION ALL
		SELECT p.unit_code, p.approved_at FROM plan p
		WHERE p.unit_code = ANY (units) AND p.plan_year = _deadline_events.plan_year
			AND p.amendment_no = 0 AND p.status = 'approved') s (unit_code, submitted_at)
	GROUP BY s.unit_code;

	-- 2: approved.
	RETURN QUERY
	SELECT 2::smallint, p.unit_code, NULL::text, p.approved_at
	FROM plan p
	WHERE p.unit_code = ANY (units) AND p.plan_year = _deadline_events.plan_year
		AND p.amendment_no = 0 AND p.status = 'approved';

	-- 3: customers, staff and plan each in some system, and something in each system.
	RETURN QUERY
	SELECT 3::smallint, e.unit_code, NULL::text, max(e.first_at)
	FROM (
		SELECT s.unit_code, part, min(s.entered_at) AS first_at
		FROM system_entry s CROSS JOIN LATERAL unnest(ARRAY['system ' || s.system, 'what ' || s.what]) part
		WHERE s.unit_code = ANY (units) AND s.plan_year = _deadline_events.plan_year
		GROUP BY s.unit_code, part) e
	GROUP BY e.unit_code
	HAVING count(*) = 3 + (SELECT count(*) FROM information_system);

	-- 4: every activity done.  5: every activity that was done recorded, when no more can follow.
	-- An approved plan without activities leaves nothing to do.
	RETURN QUERY
	WITH progress AS (
		SELECT a.unit_code, bool_and(a.done_at IS NOT NULL) AS all_done, max(a.done_at) AS last_done,
			bool_and(a.done_at IS NULL OR a.recorded_at IS NOT NULL) AS all_recorded,
			max(a.recorded_at) AS last_recorded
		FROM (
			SELECT b.unit_code, b.done_at, CASE WHEN b.done_at IS NOT NULL THEN (
				SELECT min(c.recorded_at) FROM contact c WHERE c.activity_id = b.activity_id) END AS recorded_at
			FROM activity b
			WHERE b.unit_code = ANY (units) AND b.plan_year = _deadline_events.plan_year AND b.ended_on IS NULL
				AND b.plan_id IN (SELECT o.plan_id FROM plan o
					WHERE o.plan_year = _deadline_events.plan_year AND o.status = 'approved')) a
		GROUP BY a.unit_code
	)
	SELECT met.step, p.unit_code, NULL::text, met.met_at
	FROM plan p
	LEFT JOIN progress g USING (unit_code)
	CROSS JOIN LATERAL (VALUES
		(4::smallint, g.unit_code IS NULL OR g.all_done, coalesce(g.last_done, p.approved_at)),
		(5::smallint, g.unit_code IS NULL OR g.all_recorded AND (g.all_done OR year_over),
			coalesce(g.last_recorded, p.approved_at))) met (step, is_met, met_at)
	WHERE p.unit_code = ANY (units) AND p.plan_year = _deadline_events.plan_year
		AND p.amendment_no = 0 AND p.status = 'approved' AND met.is_met;

	-- 6 to 10: the first edition of the report.
	RETURN QUERY
	SELECT k.step, r.unit_code, r.period, min(r.published_at)
	FROM report r JOIN report_kind k USING (kind)
	WHERE r.unit_code = ANY (units) AND r.plan_year = _deadline_events.plan_year
	GROUP BY k.step, r.unit_code, r.period;

	-- 6, a region's: the last of its areas.
	RETURN QUERY
	SELECT 6::smallint, e.parent_unit, e.period, max(e.first_at)
	FROM (
		SELECT u.parent_unit, u.unit_code, d.period,
			(SELECT min(r.published_at) FROM report r WHERE r.kind = 'quarterly' AND r.unit_code = d.unit_code
				AND r.plan_year = d.plan_year AND r.period = d.period) AS first_at
		FROM unit u JOIN deadline d USING (unit_code)
		WHERE u.parent_unit = ANY (units) AND u.kind = 'area' AND d.step = 6
			AND d.plan_year = _deadline_events.plan_year
			AND (u.closed_on IS NULL OR u.closed_on > d.due_on)) e
	GROUP BY e.parent_unit, e.period
	HAVING count(*) = count(e.first_at);
END $$;

-- The same for the units of whoever asks.  As the owner: a KAMR sees where the unit stands, though
-- not the activities of others from which that follows.
CREATE OR REPLACE FUNCTION _my_deadline_events(plan_year int)
RETURNS TABLE (step smallint, unit_code text, period text, met_at timestamptz)
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER COST 10000 ROWS 3000 SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	SELECT * FROM _deadline_events(_my_deadline_events.plan_year,
		CASE WHEN pg_has_role(_role(), current_user, 'USAGE') THEN ARRAY(SELECT u.unit_code FROM unit u)
			ELSE _my_units() END);
END $$;

CREATE OR REPLACE VIEW deadline_event WITH (security_invoker = true) AS
SELECT y.plan_year, e.step, e.unit_code, e.period, e.met_at
FROM plan_year y CROSS JOIN LATERAL _my_deadline_events(y.plan_year) e;

CREATE OR REPLACE FUNCTION _deadline_state(due_on date, met_at timestamptz, today date, soon_days int) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
	WHEN kam.on_time(due_on, met_at) THEN 'met'
	WHEN met_at IS NOT NULL THEN 'met late'
	WHEN due_on < today THEN 'overdue'
	WHEN due_on - soon_days <= today THEN 'due soon'
	ELSE 'due' END;

-- Where the units stand in a year.  In a function, so that what happened is gathered once and not
-- again for each deadline.  A unit that was closed by then owes nothing.
CREATE OR REPLACE FUNCTION _deadline_status(plan_year int)
RETURNS TABLE (step smallint, unit_code text, kind text, parent text, period text, due_on date, met_at timestamptz,
	state text, working_days_left int, section text, deadline_id bigint)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 4000 SET search_path FROM CURRENT SET jit = off AS $$
DECLARE
	at timestamptz := _now();
	today date := _today();
	soon_days int := _setting_value('soon_days')::int;
	calendar text := _setting_value('calendar');
	-- Past that the calendar would have to guess (R20).
	known_to date := (SELECT max(h.known_to) FROM kam.calendar_horizon(calendar) h
		WHERE today BETWEEN h.known_from AND h.known_to);
BEGIN
	RETURN QUERY
	WITH event AS MATERIALIZED (SELECT * FROM _my_deadline_events(_deadline_status.plan_year))
	SELECT d.step, d.unit_code, u.kind, u.parent_unit, d.period, d.due_on, e.met_at,
		_deadline_state(d.due_on, e.met_at, today, soon_days),
		CASE WHEN e.met_at IS NOT NULL THEN NULL WHEN d.due_on < today THEN 0 WHEN d.due_on <= known_to
			THEN kam.working_days_left(d.due_on, at, calendar) END,
		r.section, d.deadline_id
	FROM deadline d
	JOIN unit u ON u.unit_code = d.unit_code
	LEFT JOIN deadline_rule r ON r.step = d.step AND r.unit_kind = u.kind
	LEFT JOIN event e ON e.step = d.step AND e.unit_code = d.unit_code AND e.period IS NOT DISTINCT FROM d.period
	WHERE d.plan_year = _deadline_status.plan_year
		AND (u.closed_on IS NULL OR u.closed_on > d.due_on OR e.met_at IS NOT NULL);
END $$;

CREATE OR REPLACE VIEW deadline_status WITH (security_invoker = true) AS
SELECT y.plan_year, s.step, s.unit_code, s.kind, s.parent, s.period, s.due_on, s.met_at, s.state, s.working_days_left,
	s.section, s.deadline_id
FROM plan_year y CROSS JOIN LATERAL _deadline_status(y.plan_year) s;

ALTER TABLE deadline_rule ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON deadline_rule FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON deadline_rule TO PUBLIC;

ALTER TABLE deadline ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON deadline FOR SELECT USING (unit_code = ANY ((SELECT _my_units())::text[]));
GRANT SELECT ON deadline TO PUBLIC;

GRANT SELECT ON deadline_event, deadline_status TO PUBLIC;

COMMENT ON TABLE deadline_rule IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E17\0E35\0E48\0E15\0E49\0E2D\0E07\0E14\0E33\0E40\0E19\0E34\0E19\0E01\0E32\0E23\0E43\0E19\0E41\0E15\0E48\0E25\0E30\0E02\0E31\0E49\0E19\0E15\0E2D\0E19 \2014 Of which kinds of unit each step of the process is asked (section 5); when it is due stands in kam.process_step.';
COMMENT ON COLUMN deadline_rule.step IS
U&'\0E02\0E31\0E49\0E19\0E15\0E2D\0E19 \2014 Step of the process, 1 to 10.';
COMMENT ON COLUMN deadline_rule.unit_kind IS
U&'\0E0A\0E19\0E34\0E14\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Kind of unit: hq, region, area or office.';
COMMENT ON COLUMN deadline_rule.periods IS
U&'\0E07\0E27\0E14 \2014 Regular expression for the periods of kam.process_step that this kind of unit owes.';
COMMENT ON COLUMN deadline_rule.section IS
U&'\0E02\0E49\0E2D\0E43\0E19\0E04\0E39\0E48\0E21\0E37\0E2D \2014 Section of the manual, and the reading.';
COMMENT ON TABLE deadline IS
U&'\0E01\0E33\0E2B\0E19\0E14\0E40\0E27\0E25\0E32\0E02\0E2D\0E07\0E41\0E15\0E48\0E25\0E30\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Deadlines of every unit in a plan year, laid out by open_year; the view deadline_status says how they are kept.';
COMMENT ON COLUMN deadline.deadline_id IS
U&'\0E23\0E2B\0E31\0E2A \2014 Number of the deadline.';
COMMENT ON COLUMN deadline.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 (\0E04.\0E28.) \2014 Plan year, common era.';
COMMENT ON COLUMN deadline.step IS
U&'\0E02\0E31\0E49\0E19\0E15\0E2D\0E19 \2014 Step of the process, 1 to 10.';
COMMENT ON COLUMN deadline.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit that owes it.';
COMMENT ON COLUMN deadline.period IS
U&'\0E07\0E27\0E14 \2014 Period: M01 to M12, Q1 to Q4, preliminary, annual; NULL where the step is due once.';
COMMENT ON COLUMN deadline.due_on IS
U&'\0E27\0E31\0E19\0E04\0E23\0E1A\0E01\0E33\0E2B\0E19\0E14 \2014 Last day, which counts to its end in Bangkok.';
COMMENT ON FUNCTION open_year(int) IS
U&'\0E40\0E1B\0E34\0E14\0E1B\0E35\0E41\0E1C\0E19 \2014 Opens a plan year: a draft plan for every office, area and headquarters, and every deadline; called again it adds what new units lack and moves what kam.process_step now dates otherwise. Gives the number of deadlines laid out or moved. Errors: 42501 for other posts, 22023 for a year of the Buddhist era or out of range, 22008 where a due day rolls beyond the calendar.';
COMMENT ON FUNCTION _process_deadlines(int) IS
U&'\0E27\0E31\0E19\0E04\0E23\0E1A\0E01\0E33\0E2B\0E19\0E14\0E02\0E2D\0E07\0E17\0E38\0E01\0E02\0E31\0E49\0E19\0E15\0E2D\0E19 \2014 When each step of a plan year is due, by kam.process_step.';
COMMENT ON FUNCTION _deadline_events(int, text[]) IS
U&'\0E40\0E2B\0E15\0E38\0E01\0E32\0E23\0E13\0E4C\0E17\0E35\0E48\0E17\0E33\0E43\0E2B\0E49\0E1A\0E23\0E23\0E25\0E38\0E01\0E33\0E2B\0E19\0E14\0E40\0E27\0E25\0E32 \2014 What meets the deadlines of a year and units, and when it happened.';
COMMENT ON FUNCTION _my_deadline_events(int) IS
U&'\0E40\0E2B\0E15\0E38\0E01\0E32\0E23\0E13\0E4C\0E02\0E2D\0E07\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E17\0E35\0E48\0E14\0E39\0E44\0E14\0E49 \2014 The same for the units whose affairs the caller may see, all of them for the owner.';
COMMENT ON FUNCTION _deadline_state(date, timestamptz, date, int) IS
U&'\0E2A\0E16\0E32\0E19\0E30\0E02\0E2D\0E07\0E01\0E33\0E2B\0E19\0E14\0E40\0E27\0E25\0E32 \2014 State of a deadline: met, met late, overdue, due soon, due.';
COMMENT ON FUNCTION _deadline_status(int) IS
U&'\0E2A\0E16\0E32\0E19\0E30\0E01\0E33\0E2B\0E19\0E14\0E40\0E27\0E25\0E32\0E02\0E2D\0E07\0E1B\0E35\0E41\0E1C\0E19 \2014 Where the units stand in a plan year: the rows of deadline_status.';
COMMENT ON VIEW deadline_event IS
U&'\0E40\0E2B\0E15\0E38\0E01\0E32\0E23\0E13\0E4C\0E17\0E35\0E48\0E17\0E33\0E43\0E2B\0E49\0E1A\0E23\0E23\0E25\0E38\0E01\0E33\0E2B\0E19\0E14\0E40\0E27\0E25\0E32 \2014 What met a deadline and when: derived from decisions, system entries, activities, contacts and reports, never entered.';
COMMENT ON COLUMN deadline_event.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 (\0E04.\0E28.) \2014 Plan year, common era.';
COMMENT ON COLUMN deadline_event.step IS
U&'\0E02\0E31\0E49\0E19\0E15\0E2D\0E19 \2014 Step of the process, 1 to 10.';
COMMENT ON COLUMN deadline_event.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit.';
COMMENT ON COLUMN deadline_event.period IS
U&'\0E07\0E27\0E14 \2014 Period, NULL where the step is due once.';
COMMENT ON COLUMN deadline_event.met_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E1A\0E23\0E23\0E25\0E38 \2014 When it was met.';
COMMENT ON VIEW deadline_status IS
U&'\0E2A\0E16\0E32\0E19\0E30\0E02\0E2D\0E07\0E17\0E38\0E01\0E01\0E33\0E2B\0E19\0E14\0E40\0E27\0E25\0E32 \2014 Where every unit stands on every deadline: met, met late, due, due soon or overdue.';
COMMENT ON COLUMN deadline_status.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 (\0E04.\0E28.) \2014 Plan year, common era.';
COMMENT ON COLUMN deadline_status.step IS
U&'\0E02\0E31\0E49\0E19\0E15\0E2D\0E19 \2014 Step of the process, 1 to 10.';
COMMENT ON COLUMN deadline_status.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit that owes it.';
COMMENT ON COLUMN deadline_status.kind IS
U&'\0E0A\0E19\0E34\0E14\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Kind of the unit.';
COMMENT ON COLUMN deadline_status.parent IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19\0E17\0E35\0E48\0E2A\0E31\0E07\0E01\0E31\0E14 \2014 Unit above it.';
COMMENT ON COLUMN deadline_status.period IS
U&'\0E07\0E27\0E14 \2014 Period, NULL where the step is due once.';
COMMENT ON COLUMN deadline_status.due_on IS
U&'\0E27\0E31\0E19\0E04\0E23\0E1A\0E01\0E33\0E2B\0E19\0E14 \2014 Last day, which counts to its end in Bangkok.';
COMMENT ON COLUMN deadline_status.met_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E1A\0E23\0E23\0E25\0E38 \2014 When it was met, NULL while it is not.';
COMMENT ON COLUMN deadline_status.state IS
U&'\0E2A\0E16\0E32\0E19\0E30 \2014 met, met late, due, due soon (within the setting soon_days), overdue.';
COMMENT ON COLUMN deadline_status.working_days_left IS
U&'\0E27\0E31\0E19\0E17\0E33\0E01\0E32\0E23\0E17\0E35\0E48\0E40\0E2B\0E25\0E37\0E2D \2014 Working days left up to the due day, 0 once it has come; NULL when met, and beyond what the calendar knows (R20).';
COMMENT ON COLUMN deadline_status.section IS
U&'\0E02\0E49\0E2D\0E43\0E19\0E04\0E39\0E48\0E21\0E37\0E2D \2014 Section of the manual, and the reading.';
COMMENT ON COLUMN deadline_status.deadline_id IS
U&'\0E23\0E2B\0E31\0E2A \2014 Number of the deadline.';

-- sql/workflow/sweep.sql
/* The sweep: what is due soon or overdue is announced once, what waits too long is escalated. */

CREATE TABLE notice (
	notice_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	kind text NOT NULL CHECK (kind IN ('deadline', 'case', 'introduction')),
	subject_id bigint NOT NULL,
	state text NOT NULL CHECK (state IN ('due soon', 'overdue')),
	due_on date NOT NULL,
	unit_code text NOT NULL REFERENCES unit,
	account_id text REFERENCES account,
	plan_year int,
	step smallint,
	period text,
	noticed_at timestamptz NOT NULL,
	CONSTRAINT notice_once UNIQUE (kind, subject_id, state, due_on)
);
CREATE INDEX ON notice (unit_code, noticed_at);

-- Everything that is due soon or overdue now: deadlines, answers to customers (only when
-- overdue, as all of them are due soon), introductions.
CREATE OR REPLACE FUNCTION _to_announce()
RETURNS TABLE (kind text, subject_id bigint, state text, due_on date, unit_code text, account_id text, plan_year int,
	step smallint, period text)
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT SET jit = off AS $$
DECLARE
	today date := _today();
	soon_days int := _setting_value('soon_days')::int;
BEGIN
	RETURN QUERY
	SELECT 'deadline', d.deadline_id, s.state, d.due_on, d.unit_code, NULL::text, d.plan_year, d.step, d.period
	FROM plan_year y
	CROSS JOIN LATERAL (
		-- gathered once for the year, not for each of its deadlines
		WITH event AS MATERIALIZED (
			SELECT * FROM _deadline_events(y.plan_year, ARRAY(SELECT u.unit_code FROM unit u))
		)
		SELECT x.deadline_id, x.plan_year, x.step, x.unit_code, x.period, x.due_on, e.met_at
		FROM deadline x
		LEFT JOIN event e ON e.step = x.step AND e.unit_code = x.unit_code AND e.period IS NOT DISTINCT FROM x.period
		WHERE x.plan_year = y.plan_year) d
	JOIN unit u USING (unit_code)
	CROSS JOIN LATERAL _deadline_state(d.due_on, d.met_at, today, soon_days) s (state)
	-- the last deadline of a year lies in the next: what is older has been announced, and is not gathered for ever
	WHERE y.plan_year >= extract(year FROM today) - 1
		AND d.met_at IS NULL AND s.state IN ('due soon', 'overdue') AND (u.closed_on IS NULL OR u.closed_on > d.due_on);

	RETURN QUERY
	SELECT 'case', k.clock_id, 'overdue', k.due_on, k.unit_code, k.account_id, NULL::int, 4::smallint, NULL::text
	FROM case_clock k
	WHERE k.answered_at IS NULL AND k.due_on < today
		AND NOT EXISTS (SELECT FROM case_pause p WHERE p.clock_id = k.clock_id AND p.to_at IS NULL);

	RETURN QUERY
	SELECT 'introduction', i.introduction_id, s.state, i.due_on, i.unit_code, i.account_id, i.plan_year, 4::smallint,
		NULL::text
	FROM introduction i
	JOIN assignment a USING (assignment_id)
	CROSS JOIN LATERAL _deadline_state(i.due_on, i.introduced_at, today, soon_days) s (state)
	WHERE i.introduced_at IS NULL AND a.ended_on IS NULL AND s.state IN ('due soon', 'overdue');
END $$;

-- The schema of this workflow, also after it was renamed.
CREATE OR REPLACE FUNCTION _schema() RETURNS text
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.oid = 'notice'::regclass);
END $$;

-- The owner's own business, or that of who may open a year.
CREATE OR REPLACE FUNCTION _authorize_sweep() RETURNS void
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	IF NOT pg_has_role(_role(), current_user, 'USAGE') THEN
		PERFORM _authorize('year.open', _headquarters());
	END IF;
END $$;

-- One sweep at a time: a second one waits, and finds nothing left to announce.
CREATE OR REPLACE FUNCTION sweep(OUT due_soon int, OUT overdue int, OUT escalated int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _authorize_sweep();
	LOCK TABLE notice IN SHARE ROW EXCLUSIVE MODE;
	escalated := _escalate_cases();
	-- Whoever may connect may listen: so they are told no more than which notice there is.
	WITH announced AS (
		INSERT INTO notice AS n (kind, subject_id, state, due_on, unit_code, account_id, plan_year, step, period,
			noticed_at)
		SELECT a.kind, a.subject_id, a.state, a.due_on, a.unit_code, a.account_id, a.plan_year, a.step, a.period,
			_now()
		FROM _to_announce() a
		WHERE NOT EXISTS (SELECT FROM notice o
			WHERE (o.kind, o.subject_id, o.state, o.due_on) = (a.kind, a.subject_id, a.state, a.due_on))
		ORDER BY a.kind, a.due_on, a.step, a.unit_code, a.period, a.subject_id
		ON CONFLICT ON CONSTRAINT notice_once DO NOTHING
		RETURNING n.state, pg_notify('kam_deadline',
			jsonb_build_object('schema', _schema(), 'notice_id', n.notice_id)::text) AS told
	)
	SELECT count(*) FILTER (WHERE a.state = 'due soon'), count(*) FILTER (WHERE a.state = 'overdue')
	INTO due_soon, overdue
	FROM announced a;
END $$;

-- The default: every morning at half past seven in Bangkok, said in the time zone of pg_cron, or in its
-- default, GMT, where the owner may not know it (pg_read_all_settings).
CREATE OR REPLACE FUNCTION _morning() RETURNS text
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN to_char(timestamptz '2027-01-01 07:30+07' AT TIME ZONE coalesce(
		(SELECT s.setting FROM pg_settings s WHERE s.name = 'cron.timezone'), 'GMT'), 'FMMI FMHH24 * * *');
END $$;

CREATE OR REPLACE FUNCTION _sweep_job() RETURNS text
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN format('kam sweep of %I.%I', current_database(), _schema());
END $$;

-- Has pg_cron call sweep, as the owner; gives the job's number.
CREATE OR REPLACE FUNCTION schedule_sweep(schedule text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	command text := format('SELECT %I.sweep()', _schema());
	at_times text := coalesce(schedule, _morning());
	job bigint;
BEGIN
	PERFORM _authorize_sweep();
	PERFORM _check_cron(at_times, command);
	EXECUTE 'SELECT cron.schedule($1, $2, $3)' INTO job USING _sweep_job(), at_times, command;
	RETURN job;
END $$;

-- False: it was not scheduled.
CREATE OR REPLACE FUNCTION unschedule_sweep() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	scheduled boolean;
BEGIN
	PERFORM _authorize_sweep();
	PERFORM _check_cron(_morning(), format('SELECT %I.sweep()', _schema()));
	EXECUTE 'SELECT count(cron.unschedule(j.jobid)) > 0 FROM cron.job j WHERE j.jobname = $1'
		INTO scheduled USING _sweep_job();
	RETURN scheduled;
END $$;

-- Says what to do where pg_cron cannot be called from here.  Whether it works in another database, only
-- a superuser may know.
CREATE OR REPLACE FUNCTION _check_cron(schedule text, command text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM pg_extension e WHERE e.extname = 'pg_cron') THEN
		RAISE feature_not_supported USING
			MESSAGE = 'pg_cron is not installed in this database',
			HINT = format('Install it (package postgresql-%s-cron, shared_preload_libraries = ''pg_cron'', '
				'CREATE EXTENSION pg_cron); or in the database of this server that has it: '
				'SELECT cron.schedule_in_database(%L, %L, %L, %L, %L); '
				'or have cron or a systemd timer call: psql -d %s -c "%s"',
				current_setting('server_version_num')::int / 10000, _sweep_job(), schedule, command, current_database(),
				current_user, current_database(), command);
	ELSIF NOT has_schema_privilege(current_user, 'cron', 'USAGE') THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('the owner of the workflow, "%s", may not use pg_cron', current_user),
			HINT = format('Grant it: GRANT USAGE ON SCHEMA cron TO %I.', current_user);
	END IF;
END $$;

ALTER TABLE notice ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON notice FOR SELECT USING (account_id IS NULL AND unit_code = ANY ((SELECT _my_units())::text[])
	OR unit_code = ANY ((SELECT _readable_units())::text[]) OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON notice TO PUBLIC;

COMMENT ON TABLE notice IS
U&'\0E01\0E32\0E23\0E41\0E08\0E49\0E07\0E40\0E15\0E37\0E2D\0E19 \2014 What the sweep announced: once for each deadline, case or introduction, its state and due day.';
COMMENT ON COLUMN notice.notice_id IS
U&'\0E23\0E2B\0E31\0E2A \2014 Number of the notice.';
COMMENT ON COLUMN notice.kind IS
U&'\0E0A\0E19\0E34\0E14 \2014 What it is about: deadline, case or introduction.';
COMMENT ON COLUMN notice.subject_id IS
U&'\0E23\0E2B\0E31\0E2A\0E02\0E2D\0E07\0E40\0E23\0E37\0E48\0E2D\0E07 \2014 Number of the deadline, of the cases clock, or of the introduction.';
COMMENT ON COLUMN notice.state IS
U&'\0E2A\0E16\0E32\0E19\0E30 \2014 due soon or overdue.';
COMMENT ON COLUMN notice.due_on IS
U&'\0E27\0E31\0E19\0E04\0E23\0E1A\0E01\0E33\0E2B\0E19\0E14 \2014 Last day, which counts to its end in Bangkok.';
COMMENT ON COLUMN notice.unit_code IS
U&'\0E2B\0E19\0E48\0E27\0E22\0E07\0E32\0E19 \2014 Unit that it concerns.';
COMMENT ON COLUMN notice.account_id IS
U&'\0E25\0E39\0E01\0E04\0E49\0E32 \2014 Account, of a case or an introduction.';
COMMENT ON COLUMN notice.plan_year IS
U&'\0E1B\0E35\0E41\0E1C\0E19 (\0E04.\0E28.) \2014 Plan year, common era.';
COMMENT ON COLUMN notice.step IS
U&'\0E02\0E31\0E49\0E19\0E15\0E2D\0E19 \2014 Step of the process.';
COMMENT ON COLUMN notice.period IS
U&'\0E07\0E27\0E14 \2014 Period of the deadline.';
COMMENT ON COLUMN notice.noticed_at IS
U&'\0E40\0E27\0E25\0E32\0E17\0E35\0E48\0E41\0E08\0E49\0E07\0E40\0E15\0E37\0E2D\0E19 \2014 When it was announced.';
COMMENT ON FUNCTION _to_announce() IS
U&'\0E2A\0E34\0E48\0E07\0E17\0E35\0E48\0E15\0E49\0E2D\0E07\0E41\0E08\0E49\0E07\0E40\0E15\0E37\0E2D\0E19 \2014 Everything that is due soon or overdue now.';
COMMENT ON FUNCTION _schema() IS
U&'\0E2A\0E04\0E35\0E21\0E32\0E02\0E2D\0E07\0E23\0E30\0E1A\0E1A\0E07\0E32\0E19 \2014 Schema of this workflow.';
COMMENT ON FUNCTION _authorize_sweep() IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A\0E2D\0E33\0E19\0E32\0E08 \2014 Lets the owner and who may open a year go on. Error 42501.';
COMMENT ON FUNCTION sweep() IS
U&'\0E01\0E27\0E32\0E14\0E15\0E23\0E27\0E08\0E01\0E33\0E2B\0E19\0E14\0E40\0E27\0E25\0E32 \2014 Announces what is due soon or overdue, once, as notices and on the channel kam_deadline, and escalates cases that wait too long; gives the numbers. Error 42501 for other posts.';
COMMENT ON FUNCTION _morning() IS
U&'\0E40\0E27\0E25\0E32\0E40\0E23\0E34\0E48\0E21\0E15\0E49\0E19 \2014 Half past seven in Bangkok, in the time zone of pg_cron.';
COMMENT ON FUNCTION _sweep_job() IS
U&'\0E0A\0E37\0E48\0E2D\0E07\0E32\0E19\0E43\0E19 pg_cron \2014 Name of the job in pg_cron.';
COMMENT ON FUNCTION schedule_sweep(text) IS
U&'\0E15\0E31\0E49\0E07\0E40\0E27\0E25\0E32\0E01\0E27\0E32\0E14\0E15\0E23\0E27\0E08 \2014 Has pg_cron call sweep, every morning or by the schedule given, as the owner; gives the number of the job. Errors: 42501 for other posts or an owner without pg_cron, 0A000 with what to do where pg_cron is not in this database.';
COMMENT ON FUNCTION unschedule_sweep() IS
U&'\0E22\0E01\0E40\0E25\0E34\0E01\0E01\0E32\0E23\0E15\0E31\0E49\0E07\0E40\0E27\0E25\0E32 \2014 Takes the job away from pg_cron; false where there was none. Errors as schedule_sweep.';
COMMENT ON FUNCTION _check_cron(text, text) IS
U&'\0E15\0E23\0E27\0E08\0E2A\0E2D\0E1A pg_cron \2014 Says what to do where pg_cron cannot be called. Errors 0A000, 42501.';

-- sql/workflow/beginning.sql
/* The beginning of the history: what a workflow is made with. */

-- Once, when all tables that keep a history are there: without these rows as_of would lack them, and the
-- first change of one would not tell what it was before.
SELECT _begin_history();

-- sql/workflow/privilege.sql
/* Privileges on functions that work with the owner's rights. */

-- A trigger function with the owner's rights is for the owner's tables: anybody else would hang it on a table of
-- theirs and have it write in their favour.  Firing needs no privilege, only CREATE TRIGGER does.
DO $$
DECLARE
	trigger_function regprocedure;
BEGIN
	FOR trigger_function IN
		SELECT p.oid FROM pg_proc p
		WHERE p.pronamespace = quote_ident(current_schema())::regnamespace
			AND p.proowner = quote_ident(current_user)::regrole AND p.prosecdef AND p.prorettype = 'trigger'::regtype
	LOOP
		EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', trigger_function);
	END LOOP;
END $$;

-- sql/workflow/statistics.sql
/* The planner's statistics tell nothing of rows that row security hides. */

-- EXPLAIN estimates by the statistics of the whole table, under row security too.  Without any for the
-- columns that name a unit, an account, a person or hold free text, the estimate for a foreign unit
-- is that for a unit that does not exist.  What somebody has set by hand stays.
DO $$
DECLARE
	the_column record;
BEGIN
	FOR the_column IN
		SELECT c.oid::regclass AS table_name, a.attname AS column_name
		FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
		WHERE c.relnamespace = quote_ident(current_schema())::regnamespace
			AND c.relowner = quote_ident(current_user)::regrole AND c.relkind IN ('r', 'p') AND c.relrowsecurity
			AND a.attnum > 0 AND NOT a.attisdropped AND coalesce(a.attstattarget, -1) = -1
			AND (a.atttypid IN ('text'::regtype, 'bigint'::regtype)
					AND EXISTS (SELECT FROM pg_constraint f
						WHERE f.conrelid = c.oid AND f.contype = 'f' AND a.attnum = ANY (f.conkey))
				OR a.atttypid = 'text'::regtype AND NOT EXISTS (
					SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.conkey = ARRAY[a.attnum]
						AND pg_get_constraintdef(k.oid) LIKE '%= ANY (ARRAY[%'))
	LOOP
		EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET STATISTICS 0', the_column.table_name, the_column.column_name);
	END LOOP;
END $$;
$script$;
END
$carried$;
COMMENT ON FUNCTION kam._workflow_script() IS
'The script of a workflow, for kam.create_workflow and kam.upgrade_workflow: run in its schema, as its owner, with standard_conforming_strings = on.';

CREATE FUNCTION kam._workflow_migration() RETURNS TABLE (from_version text, to_version text, script text)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE ROWS 10
SET search_path = pg_catalog, pg_temp
AS $carried$
BEGIN
END
$carried$;
COMMENT ON FUNCTION kam._workflow_migration() IS
'The steps from the workflow of one version to that of another: what has to be done to its tables and their rows before the code is made anew.';
