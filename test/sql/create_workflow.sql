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
CALL kam.create_workflow('"Key Accounts"');
SELECT current_user, session_user, current_setting('search_path');
RESET SESSION AUTHORIZATION;

/* All of it belongs to the owner. */
SELECT nspname, nspowner::regrole FROM pg_namespace WHERE nspname IN ('crm', '"Key Accounts"') ORDER BY 1;
CREATE TEMPORARY VIEW owner_of AS
SELECT relnamespace AS namespace, 'relation' AS kind, relname::text AS name, relowner AS owner FROM pg_class
UNION ALL SELECT pronamespace, 'function', proname, proowner FROM pg_proc
UNION ALL SELECT typnamespace, 'type', typname, typowner FROM pg_type
UNION ALL SELECT stxnamespace, 'statistics', stxname, stxowner FROM pg_statistic_ext
UNION ALL SELECT oprnamespace, 'operator', oprname, oprowner FROM pg_operator
UNION ALL SELECT collnamespace, 'collation', collname, collowner FROM pg_collation;
SELECT kind, name, owner::regrole AS not_the_owner FROM owner_of
WHERE namespace = 'crm'::regnamespace AND owner <> 'regress_kam_owner'::regrole;
SELECT version = kam._workflow_version() AS has_version FROM crm.workflow;
SELECT version = kam._workflow_version() AS has_version FROM """Key Accounts""".workflow;

/* Pinned paths are those of the schema. */
SELECT p.oid::regprocedure AS elsewhere, proconfig FROM pg_proc AS p
WHERE pronamespace = 'crm'::regnamespace AND (proconfig::text ~ 'search_path' AND 'search_path=crm, pg_temp' <> ALL (proconfig)
	OR prosecdef AND proconfig IS NULL);
SELECT p.oid::regprocedure AS elsewhere, proconfig FROM pg_proc AS p
WHERE pronamespace = '"""Key Accounts"""'::regnamespace AND proconfig::text ~ 'search_path'
	AND 'search_path="""Key Accounts""", pg_temp' <> ALL (proconfig);

/* Thai came out as Thai: no escape is left in a comment or a row. */
SELECT pg_describe_object(classoid, objoid, objsubid) AS has_escapes, description FROM pg_description
WHERE description ~ '\\[0-9A-F]{4}' AND (pg_identify_object(classoid, objoid, objsubid)).schema = 'crm';

/* ---- names ---- */

CREATE FUNCTION pg_temp.try(call text) RETURNS TABLE (sqlstate text, message text, hint text) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE call;
EXCEPTION WHEN OTHERS THEN
	sqlstate := sqlstate;
	GET STACKED DIAGNOSTICS sqlstate := RETURNED_SQLSTATE, message := MESSAGE_TEXT, hint := PG_EXCEPTION_HINT;
	RETURN NEXT;
END
$$;
\pset format unaligned
\pset tuples_only on
SELECT t.* FROM unnest(ARRAY[
	'NULL', $$''$$, $$'pg_crm'$$, $$'pg_temp'$$, $$'kam'$$, $$'public'$$, $$'information_schema'$$, $$'crm'$$]) AS name,
	pg_temp.try(format('CALL kam.create_workflow(%s)', name)) AS t;
\pset tuples_only off
\pset format aligned

/* A superuser is told. */
CALL kam.create_workflow('of_superuser');
SET client_min_messages = warning;
CALL kam.create_workflow('of_superuser_2');
RESET client_min_messages;
