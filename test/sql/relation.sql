-- Functions that take a relation, and what is none, or none of theirs: no such OID, an index, a sequence, a composite
-- type, a TOAST table, a catalog. What holds of one that goes meanwhile: test/isolation/specs/*_gone.spec.
CREATE SCHEMA given;
SET search_path = given, public;
CREATE TABLE plain (account_id int, area text, value_class kam.value_class, kamr text, rank kam.tier, year int,
	received date, due date, relation text, item jsonb, old_due date, new_due date, cause text, CHECK (year > 0));
CREATE INDEX plain_kamr ON plain (kamr);
CREATE SEQUENCE plain_no;
CREATE TYPE plain_type AS (account_id int, area text, value_class kam.value_class, kamr text, rank kam.tier, year int,
	received date, due date, relation text, item jsonb, old_due date, new_due date, cause text);
CREATE TABLE given (kind text, relation oid);
INSERT INTO given VALUES ('0', 0), ('999999999', 999999999), ('index', 'plain_kamr'::regclass),
	('sequence', 'plain_no'::regclass), ('type', 'plain_type'::regclass), ('catalog', 'pg_class'::regclass),
	('toast', (SELECT reltoastrelid FROM pg_class WHERE oid = 'plain'::regclass));

CREATE FUNCTION outcome(statement text, kind text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	hint text;
BEGIN
	EXECUTE format(statement, given.relation || '::oid::regclass') FROM given WHERE given.kind = outcome.kind;
	RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
	RETURN SQLSTATE || CASE WHEN hint = '' THEN ', no hint' ELSE '' END;
END$$;

SELECT statement, given.kind, outcome(statement, given.kind)
FROM (VALUES
	('SELECT kam.attach_portfolio_guard(%s, ''kamr'', ''rank'', ''year'')'),
	('SELECT kam.detach_portfolio_guard(%s)'),
	('SELECT kam.lock_portfolio_guard(%s)'),
	('SELECT kam.portfolio_violations(%s)'),
	('SELECT kam.attach_response_deadline(%s, ''received'', ''due'')'),
	('SELECT kam.detach_response_deadline(%s)'),
	('SELECT kam.attach_record_deadline(%s, ''received'', ''due'', ''reject'')'),
	('SELECT kam.detach_record_deadline(%s)'),
	('CALL kam.recompute_deadlines(%s)'),
	('CALL kam.recompute_deadlines(''plain'', rel => %s)'),
	('SELECT kam.fact_columns(%s)'),
	('SELECT kam.check_row_security(%s)'),
	('SELECT kam.classify(%s)'),
	('SELECT kam.area_cutoff(%s)'),
	('SELECT kam.what_if(%s, ''revision-4'')'),
	('SELECT kam.create_kasm_view(''kasm'', %s)'),
	('SELECT kam.kasm_view_definition(%s)')) AS f (statement), given
ORDER BY statement, kind;

-- the triggers of the view are asked for by OID
SELECT kind, kam._attached_arguments(relation), kam._attached_definition(relation) FROM given ORDER BY kind;

SET client_min_messages = warning;
DROP SCHEMA given CASCADE;
