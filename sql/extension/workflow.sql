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
