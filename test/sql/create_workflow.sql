/*
 * kam.create_workflow: a schema with the workflow in it, of the owner's; and what an upgrade
 * counts on in the script that the extension carries.
 */
\set SHOW_CONTEXT errors
CREATE ROLE regress_kam_maker;
CREATE ROLE regress_kam_owner;
CREATE ROLE regress_kam_other;
CREATE DATABASE regression_kam_workflow ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' LOCALE_PROVIDER libc TEMPLATE template0;
\set home :DBNAME
\c regression_kam_workflow
CREATE EXTENSION kam;

/* ---- the script that the extension carries ---- */

CREATE TEMPORARY TABLE script AS SELECT * FROM kam._sql_statements(kam._workflow_script());
SELECT count(*) > 0 AS has_statements, bool_or(is_code) AS has_code FROM script;
SELECT kam._workflow_version() = extversion AS version_of_the_extension FROM pg_extension WHERE extname = 'kam';

/* What is done again can be done again. */
SELECT line, left(statement, 60) AS cannot_be_replaced FROM script
WHERE command_tag IN ('CREATE FUNCTION', 'CREATE PROCEDURE', 'CREATE VIEW', 'CREATE RULE', 'CREATE AGGREGATE')
	AND statement !~* '^CREATE\s+OR\s+REPLACE\s';
SELECT line, left(statement, 60) AS drops FROM script WHERE command_tag ~ '^DROP';
/* It says nowhere which schema it is run in, and changes nothing outside it. */
SELECT line, left(statement, 60) AS reaches_out FROM script
WHERE command_tag ~ '^(SET|RESET|CREATE (SCHEMA|ROLE|EXTENSION|EVENT TRIGGER|DATABASE)|GRANT ROLE|REVOKE ROLE|ALTER (ROLE|DATABASE|SYSTEM|DEFAULT PRIVILEGES))';
/* It is plain ASCII; letters beyond stand as escapes where they are read as such. */
SELECT kam._workflow_script() ~ '[^\x01-\x7F]' AS has_other_letters;

/* ---- who may ---- */

SET SESSION AUTHORIZATION regress_kam_maker;
CALL kam.create_workflow('crm');
RESET SESSION AUTHORIZATION;
GRANT CREATE ON DATABASE regression_kam_workflow TO regress_kam_maker;
GRANT regress_kam_owner TO regress_kam_maker;
SET SESSION AUTHORIZATION regress_kam_maker;
CALL kam.create_workflow('crm', 'regress_kam_other');
CALL kam.create_workflow('crm', 'regress_kam_nobody');
CALL kam.create_workflow('crm', owner => 'regress_kam_owner');
CALL kam.create_workflow('Key Accounts');
SELECT current_user, session_user, current_setting('search_path');
RESET SESSION AUTHORIZATION;

/* All of it belongs to the owner. */
SELECT nspname, nspowner::regrole FROM pg_namespace WHERE nspname IN ('crm', 'Key Accounts') ORDER BY 1;
CREATE TEMPORARY VIEW owner_of AS
SELECT relnamespace AS namespace, 'relation' AS kind, relname::text AS name, relowner AS owner FROM pg_class
-- the constructors of a range type come with it, and belong to who made the server
UNION ALL SELECT pronamespace, 'function', proname, proowner FROM pg_proc AS p
	WHERE NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'i')
UNION ALL SELECT typnamespace, 'type', typname, typowner FROM pg_type
UNION ALL SELECT stxnamespace, 'statistics', stxname, stxowner FROM pg_statistic_ext
UNION ALL SELECT oprnamespace, 'operator', oprname, oprowner FROM pg_operator
UNION ALL SELECT collnamespace, 'collation', collname, collowner FROM pg_collation;
SELECT kind, name, owner::regrole AS not_the_owner FROM owner_of
WHERE namespace = 'crm'::regnamespace AND owner <> 'regress_kam_owner'::regrole;
SELECT version = kam._workflow_version() AS has_version FROM crm.workflow;
SELECT version = kam._workflow_version() AS has_version FROM "Key Accounts".workflow;

/* Pinned paths are those of the schema. */
SELECT p.oid::regprocedure AS elsewhere, proconfig FROM pg_proc AS p
WHERE pronamespace = 'crm'::regnamespace AND (proconfig::text ~ 'search_path' AND 'search_path=crm, pg_temp' <> ALL (proconfig)
	OR prosecdef AND proconfig IS NULL);
SELECT p.oid::regprocedure AS elsewhere, proconfig FROM pg_proc AS p
WHERE pronamespace = '"Key Accounts"'::regnamespace AND proconfig::text ~ 'search_path'
	AND 'search_path="Key Accounts", pg_temp' <> ALL (proconfig);

/* Thai came out as Thai: no escape is left in a comment or a row. */
SELECT pg_describe_object(classoid, objoid, objsubid) AS has_escapes, description FROM pg_description WHERE description ~ '\\[0-9A-F]{4}';

/* ---- names ---- */

CREATE FUNCTION pg_temp.outcome(call text, OUT state text, OUT message text, OUT hint text) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE call;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state := RETURNED_SQLSTATE, message := MESSAGE_TEXT, hint := PG_EXCEPTION_HINT;
END
$$;
\pset format unaligned
\pset tuples_only on
SELECT o.* FROM unnest(ARRAY[
	'NULL', $$''$$, $$'pg_crm'$$, $$'pg_temp'$$, $$'kam'$$, $$'public'$$, $$'information_schema'$$, $$'crm'$$]) AS name,
	pg_temp.outcome(format('CALL kam.create_workflow(%s)', name)) AS o;
SELECT * FROM pg_temp.outcome($$CALL kam.create_workflow('crm2', '')$$);
\pset tuples_only off
\pset format aligned

/* ---- a superuser is told ---- */

BEGIN;
CALL kam.create_workflow('of_superuser');
SET LOCAL client_min_messages = warning;
CALL kam.create_workflow('of_superuser_2');
ROLLBACK;

/* ---- roles, settings, transactions ---- */

/* As whoever the session is at the moment, and it stays so. */
BEGIN;
SET LOCAL ROLE regress_kam_maker;
CREATE FUNCTION pg_temp.make(schema name) RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
	CALL kam.create_workflow(make.schema);
	RETURN current_user;
END
$$;
RESET ROLE;
SELECT pg_temp.make('by_definer'), current_user = session_user AS as_before;
SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 'by_definer';
ROLLBACK;

/* No setting of the session changes what is made; nothing is said; nothing of the settings is left changed. */
SET search_path = nowhere;
SET standard_conforming_strings = off;
SET datestyle = 'SQL, DMY';
SET client_min_messages = debug1;
CALL kam.create_workflow('settings', 'regress_kam_owner');
RESET client_min_messages;
SELECT pg_catalog.current_setting(name) FROM (VALUES ('search_path'), ('standard_conforming_strings'), ('datestyle')) AS s (name);
RESET ALL;
CREATE FUNCTION pg_temp.made(schema name) RETURNS TABLE (object text) LANGUAGE sql AS $$
	SELECT regexp_replace(i.type || ' ' || i.identity, '\m' || made.schema || '\.', 'SCHEMA.', 'g') || COALESCE(' ' || obj_description(objid, classid::regclass::name), '')
	FROM pg_depend, pg_identify_object(classid, objid, objsubid) AS i
	WHERE refclassid = 'pg_namespace'::regclass AND refobjid = made.schema::regnamespace
$$;
SELECT count(*) > 100 AS many FROM pg_temp.made('crm');
SELECT object AS differs FROM (
	(SELECT * FROM pg_temp.made('crm') EXCEPT SELECT * FROM pg_temp.made('settings'))
	UNION ALL (SELECT * FROM pg_temp.made('settings') EXCEPT SELECT * FROM pg_temp.made('crm'))) AS difference;

/* In a transaction, all of it or nothing. */
BEGIN;
CALL kam.create_workflow('crm2', 'regress_kam_owner');
SAVEPOINT s;
CALL kam.create_workflow('crm3', 'regress_kam_owner');
CALL kam.create_workflow('crm2', 'regress_kam_owner');
ROLLBACK TO s;
COMMIT;
SELECT nspname FROM pg_namespace WHERE nspname ~ '^crm' ORDER BY 1;

/* ---- a script that fails ---- */

BEGIN;
CREATE FUNCTION pg_temp.carry(script text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE OR REPLACE FUNCTION kam._workflow_script() RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
		SET search_path = pg_catalog, pg_temp AS %L', format('BEGIN RETURN %L; END', script));
END
$$;
SELECT pg_temp.carry(E'-- sql/workflow/one.sql\nCREATE TABLE workflow (version text);\n-- sql/workflow/two.sql\n\nCREATE TABLE two (\n\ta int,\n\tb nothing\n);\n');
SAVEPOINT s;
CALL kam.create_workflow('failed', 'regress_kam_owner');
\echo :LAST_ERROR_SQLSTATE
ROLLBACK TO s;
SELECT current_user = session_user AS as_before, current_setting('search_path') AS search_path, to_regnamespace('failed');
SELECT pg_temp.carry(E'-- sql/workflow/one.sql\nCREATE TABLE workflow (version text);\n-- sql/workflow/two.sql\n\nCREATE TABLE two (,);\n');
SAVEPOINT s;
CALL kam.create_workflow('failed', 'regress_kam_owner');
\echo :LAST_ERROR_SQLSTATE
ROLLBACK TO s;
/* By a rule of ours, in a function that it calls. */
SELECT pg_temp.carry(E'-- sql/workflow/one.sql\nCREATE TABLE workflow (version text);\nDO $$ BEGIN\n\tRAISE check_violation USING MESSAGE = ''no'', HINT = ''Do not.'';\nEND $$;');
SAVEPOINT s;
CALL kam.create_workflow('failed', 'regress_kam_owner');
\echo :LAST_ERROR_SQLSTATE
ROLLBACK TO s;
/* The script cannot become somebody else. */
SELECT pg_temp.carry(E'CREATE TABLE workflow (version text);\nRESET ROLE;');
SAVEPOINT s;
CALL kam.create_workflow('failed', 'regress_kam_owner');
ROLLBACK TO s;
SELECT pg_temp.carry(E'CREATE TABLE workflow (version text);\nSET SESSION AUTHORIZATION DEFAULT;');
SAVEPOINT s;
CALL kam.create_workflow('failed', 'regress_kam_owner');
ROLLBACK TO s;
ROLLBACK;

/* ---- the extension stays while there is a workflow; a workflow that is dropped leaves nothing ---- */

\set VERBOSITY sqlstate
DROP EXTENSION kam;
\set VERBOSITY default
SET client_min_messages = warning;
DROP SCHEMA settings CASCADE;
DROP SCHEMA "Key Accounts" CASCADE;
DROP SCHEMA crm2 CASCADE;
CREATE FUNCTION pg_temp.catalogs() RETURNS TABLE (catalog text, rows bigint) LANGUAGE plpgsql AS $$
BEGIN
	FOREACH catalog IN ARRAY '{pg_class,pg_attribute,pg_attrdef,pg_proc,pg_type,pg_constraint,pg_index,pg_sequence,pg_trigger,pg_policy,pg_rewrite,
		pg_description,pg_depend,pg_shdepend,pg_namespace,pg_default_acl,pg_init_privs,pg_statistic_ext}'::text[]
	LOOP
		EXECUTE format('SELECT count(*) FROM %I', catalog) INTO rows;
		RETURN NEXT;
	END LOOP;
END
$$;
CREATE TEMPORARY TABLE before (catalog text, rows bigint);
INSERT INTO before SELECT * FROM pg_temp.catalogs();
CALL kam.create_workflow('crm2', 'regress_kam_owner');
SELECT count(*) FILTER (WHERE before.rows < after.rows) > 10 AS more FROM before JOIN pg_temp.catalogs() AS after USING (catalog);
DROP SCHEMA crm2 CASCADE;
SELECT catalog, before.rows AS before, after.rows AS after
FROM before JOIN pg_temp.catalogs() AS after USING (catalog) WHERE before.rows <> after.rows;
/* And the other one is as it was. */
SELECT version = kam._workflow_version() AS has_version FROM crm.workflow;
DROP SCHEMA crm CASCADE;
DROP EXTENSION kam;

\c :home
DROP DATABASE regression_kam_workflow;
DROP ROLE regress_kam_maker;
DROP ROLE regress_kam_owner;
DROP ROLE regress_kam_other;
