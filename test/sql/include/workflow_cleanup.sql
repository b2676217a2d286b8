\set ECHO none
\set QUIET on
/* The end of what workflow_fixture.sql began: the schema and every role with the prefix are gone. */
RESET ROLE;
RESET search_path;
SET client_min_messages = warning;
DROP SCHEMA :schema CASCADE;
SELECT format('DROP ROLE %I', rolname) FROM pg_roles WHERE starts_with(rolname, :'prefix') ORDER BY rolname \gexec
\set ECHO all
