/*
 * kam._sql_statements: a script as its statements, with the place, the tag and what an upgrade does with each.
 */
\set SHOW_CONTEXT always
\pset null -

/* A semicolon ends a statement only where it does for the server. */
SELECT * FROM kam._sql_statements($script$
/* a comment; /* one in it; */ still; */
SELECT ';', $$;$$, $x$ $$;$$ $x$, ";" FROM t; -- the end; of it
CREATE FUNCTION f() RETURNS int
BEGIN ATOMIC
	SELECT 1;
	SELECT 2;
END;;
;

SELECT CASE WHEN true THEN E'\';' END
-- nothing after it
$script$);

/* Nothing at all. */
SELECT count(*) FROM kam._sql_statements('');
SELECT count(*) FROM kam._sql_statements(E' ;\n; -- nothing\n/* nothing */ ');
SELECT count(*) FROM kam._sql_statements(NULL);

/* What is code, and what is dropped before it is made again. */
SELECT command_tag, is_code, replaces, statement FROM kam._sql_statements($script$
CREATE TABLE t (a int);
CREATE INDEX ON t (a);
CREATE SEQUENCE s;
CREATE TYPE e AS ENUM ('a');
CREATE DOMAIN d AS int;
CREATE STATISTICS x ON a, b FROM t;
INSERT INTO t VALUES (1);
UPDATE t SET a = 1;
DELETE FROM t;
SELECT f();
CALL p();
ALTER TABLE t ADD COLUMN b int;
ALTER TABLE t ENABLE ROW LEVEL SECURITY, ADD COLUMN c int;
ALTER TABLE t SET (fillfactor = 80);
DROP TABLE t;
CREATE OR REPLACE FUNCTION f() RETURNS int RETURN 1;
CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC END;
CREATE OR REPLACE AGGREGATE a (int) (SFUNC = int4pl, STYPE = int);
ALTER FUNCTION f() STABLE;
CREATE OR REPLACE VIEW v AS SELECT 1;
ALTER VIEW v SET (security_invoker = true);
CREATE OR REPLACE RULE r AS ON INSERT TO v DO INSTEAD NOTHING;
CREATE OR REPLACE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f();
CREATE TRIGGER "G" AFTER INSERT ON "T" EXECUTE FUNCTION f();
CREATE CONSTRAINT TRIGGER c AFTER INSERT ON s.t FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE t ENABLE ALWAYS TRIGGER g;
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
ALTER TABLE t FORCE ROW LEVEL SECURITY, DISABLE TRIGGER g;
CREATE POLICY "own rows" ON t USING (true);
ALTER POLICY "own rows" ON t USING (false);
COMMENT ON TABLE t IS 'it';
GRANT SELECT ON t TO PUBLIC;
REVOKE SELECT ON t FROM PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;
DO $$BEGIN END$$;
$script$);

/* An error names the line: of the script, or of the file that a line of it names; also behind Thai. */
SELECT * FROM kam._sql_statements(E'SELECT 1;\nSELECT ''ไทย'';\n/* ไทย */ SELEC 2;');
SELECT * FROM kam._sql_statements(E'-- sql/workflow/unit.sql\nSELECT 1;\n-- sql/workflow/staff.sql\n\n\nSELECT ''no end');
SELECT * FROM kam._sql_statements(E'-- sql/workflow/unit.sql\nSELECT (1;\n-- sql/workflow/staff.sql\n');
SELECT * FROM kam._sql_statements('SELECT 1; SELECT $$no end');
SELECT * FROM kam._sql_statements('/* no end');

/* Strings are read as the script was written, whatever the session has set. */
SET standard_conforming_strings = off;
SET escape_string_warning = on;
SELECT command_tag, statement FROM kam._sql_statements($$COMMENT ON TABLE t IS U&'\0E01'; SELECT '\', 1; SELECT 2$$);
SHOW standard_conforming_strings;
RESET standard_conforming_strings;
RESET escape_string_warning;

/* A long one. */
SELECT count(*), max(line), count(DISTINCT command_tag)
FROM kam._sql_statements((SELECT string_agg(format(E'CREATE TABLE t%s (\n\ta int\n);\n', n), '') FROM generate_series(1, 5000) AS n));
