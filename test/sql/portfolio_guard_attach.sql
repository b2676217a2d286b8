/* Attaching the portfolio guard: what it refuses, what follows of a table that changes, what hand-made triggers do. */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
\set guard :srcdir '/sql/include/guard.sql'
\i :guard
CREATE SCHEMA guard_test;
SET search_path = guard_test;
SET client_min_messages = warning;
CREATE ROLE regress_kam_owner;
CREATE ROLE regress_kam_other;
GRANT ALL ON SCHEMA guard_test TO regress_kam_owner, regress_kam_other;

CREATE TABLE assignment (id int, kamr text, tier kam.tier, plan_year int, area text);
CREATE INDEX assignment_kamr ON assignment (kamr, plan_year);

/* Relations that cannot be guarded. */
CREATE VIEW v AS SELECT 'k' AS kamr, 'Star'::kam.tier AS tier, 2026 AS plan_year;
CREATE MATERIALIZED VIEW mv AS SELECT * FROM v;
CREATE SEQUENCE seq;
CREATE TYPE composite AS (kamr text, tier kam.tier, plan_year int);
CREATE TABLE partitioned (kamr text, tier kam.tier, plan_year int) PARTITION BY LIST (plan_year);
CREATE TABLE partition PARTITION OF partitioned DEFAULT;
CREATE TEMPORARY TABLE temporary (kamr text PRIMARY KEY, tier kam.tier, plan_year int);
CREATE FOREIGN DATA WRAPPER nowhere;
CREATE SERVER nowhere FOREIGN DATA WRAPPER nowhere;
CREATE FOREIGN TABLE foreign_table (kamr text, tier kam.tier, plan_year int) SERVER nowhere;
SELECT rel, e.*
FROM unnest('{v,mv,seq,composite,partition,foreign_table,assignment_kamr,pg_class,kam.rule_set,information_schema.tables}'::regclass[]) WITH ORDINALITY AS r (rel, n),
	pg_temp.error_of(format('SELECT kam.attach_portfolio_guard(%L, ''kamr'', ''tier'', ''plan_year'')', rel)) AS e
ORDER BY n;
SELECT * FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard(0, 'kamr', 'tier', 'plan_year')$$);
SELECT * FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('missing', 'kamr', 'tier', 'plan_year')$$);
SELECT * FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard(NULL, 'kamr', 'tier', 'plan_year')$$);
SELECT code, message FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('pg_catalog.pg_enum', 'enumlabel', 'enumlabel', plan_year => 2026)$$);
SELECT statement, pg_temp.try(statement)
FROM (VALUES ($$SELECT kam.detach_portfolio_guard('v')$$), ($$SELECT kam.detach_portfolio_guard(0)$$), ($$SELECT kam.detach_portfolio_guard(NULL)$$), ($$SELECT kam.detach_portfolio_guard('pg_class')$$),
	($$SELECT kam.lock_portfolio_guard('seq')$$), ($$SELECT kam.lock_portfolio_guard(0)$$), ($$SELECT kam.lock_portfolio_guard(NULL)$$),
	($$SELECT * FROM kam.portfolio_violations('v')$$), ($$SELECT * FROM kam.portfolio_violations('assignment_kamr')$$), ($$SELECT * FROM kam.portfolio_violations(0)$$), ($$SELECT * FROM kam.portfolio_violations(NULL)$$)) AS s (statement);

/* A temporary table is a table; so are an unlogged one and one in a transaction that has just made it. */
SELECT kam.attach_portfolio_guard('temporary', 'kamr', 'tier', 'plan_year');
SELECT relation FROM kam.attached_rule;
BEGIN;
CREATE UNLOGGED TABLE new (kamr text, tier kam.tier);
CREATE INDEX ON new (kamr);
SELECT kam.attach_portfolio_guard('new', 'kamr', 'tier', plan_year => 2026);
INSERT INTO new SELECT 'k', 'Strategic' FROM generate_series(1, 12);
SELECT pg_temp.try($$INSERT INTO new VALUES ('k', 'Status')$$);
ALTER TABLE new RENAME kamr TO person;
SELECT pg_temp.try($$INSERT INTO new VALUES ('k', 'Status')$$);
SELECT kam.detach_portfolio_guard('new');
SELECT pg_temp.try($$INSERT INTO new VALUES ('k', 'Status')$$);
ROLLBACK;
DROP TABLE temporary;

/* Columns */
SELECT arguments, e.*
FROM unnest(ARRAY[$$'kamr', 'tier', 'missing'$$, $$'kamr', 'missing', 'plan_year'$$, $$'missing', 'tier', 'plan_year'$$, $$'KAMR', 'tier', 'plan_year'$$, $$'"kamr"', 'tier'$$, $$'', 'tier'$$,
	$$'ctid', 'tier', 'plan_year'$$, $$'kamr', 'tableoid', 'plan_year'$$, $$'kamr', 'tier', 'xmin'$$, $$NULL, 'tier', 'plan_year'$$, $$'kamr', NULL, 'plan_year'$$,
	$$'kamr', 'plan_year', 'tier'$$, $$'kamr', 'tier', 'area'$$, $$'kamr', 'area', 'kamr'$$, $$'kamr', 'tier', 'plan_year', plan_year => 2026$$,
	$$'kamr', 'tier', plan_year => 2017$$, $$'kamr', 'tier', plan_year => 2569$$, $$'kamr', 'tier', plan_year => 0$$, $$'kamr', 'tier', plan_year => 2401$$]) WITH ORDINALITY AS a (arguments, n),
	pg_temp.error_of(format('SELECT kam.attach_portfolio_guard(''assignment'', %s)', arguments)) AS e
ORDER BY n;
ALTER TABLE assignment ADD gone int;
ALTER TABLE assignment DROP gone;
SELECT pg_temp.try($$SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', '........pg.dropped.6........')$$);
/* the same column twice is odd, but means something: a tier is its own KAMR */
SELECT pg_temp.try($$SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'kamr')$$);
/* NULL for what has a default is the default */
SELECT pg_temp.try($$SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', NULL, NULL, 2026, NULL, NULL)$$);
SELECT count(*) AS "left by attempts" FROM kam.attached_rule;

/* Indexes that serve, and those that do not. */
CREATE TABLE t (kamr text COLLATE "C", tier kam.tier, plan_year int, ended date, payload text);
CREATE FUNCTION with_index(index text, predicate text, OUT error text, OUT detail text, OUT hint text)
LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE index;
	PERFORM kam.attach_portfolio_guard('t', 'kamr', 'tier', 'plan_year', predicate);
	RAISE EXCEPTION SQLSTATE 'ACCPT';
EXCEPTION
	WHEN SQLSTATE 'ACCPT' THEN
		error := 'accepted';
	WHEN OTHERS THEN
		GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
		error := SQLSTATE || ': ' || SQLERRM;
END $$;
SELECT index, predicate, e.*
FROM (VALUES
	('', NULL),
	('CREATE INDEX ON t (kamr)', NULL),
	('CREATE INDEX ON t (kamr, plan_year)', NULL),
	('CREATE INDEX ON t (plan_year, kamr)', NULL),
	('CREATE INDEX ON t (kamr DESC NULLS FIRST, payload)', NULL),
	('CREATE UNIQUE INDEX ON t (kamr, payload)', NULL),
	('ALTER TABLE t ADD UNIQUE (kamr, plan_year)', NULL),
	('CREATE INDEX ON t USING hash (kamr)', NULL),
	('CREATE INDEX ON t (kamr) INCLUDE (tier)', NULL),
	('CREATE INDEX ON t (tier) INCLUDE (kamr)', NULL),
	('CREATE INDEX ON t (tier, kamr)', NULL),
	('CREATE INDEX ON t (plan_year)', NULL),
	('CREATE INDEX ON t (plan_year, tier, kamr)', NULL),
	('CREATE INDEX ON t (lower(kamr))', NULL),
	('CREATE INDEX ON t ((kamr || ''''))', NULL),
	('CREATE INDEX ON t (kamr COLLATE "en-x-icu")', NULL),
	('CREATE INDEX ON t (kamr text_pattern_ops)', NULL),
	('CREATE INDEX ON t USING brin (kamr)', NULL),
	('CREATE INDEX ON t (kamr) WHERE kamr IS NOT NULL', NULL),
	('CREATE INDEX ON t (kamr) WHERE kamr IS NOT NULL AND tier IS NOT NULL AND plan_year IS NOT NULL', NULL),
	('CREATE INDEX ON t (kamr) WHERE ended IS NULL', NULL),
	('CREATE INDEX ON t (kamr) WHERE ended IS NULL', 'ended IS NULL'),
	('CREATE INDEX ON t (kamr) WHERE ended IS NULL', 'ended IS NULL AND payload <> ''x'''),
	('CREATE INDEX ON t (kamr) WHERE ended IS NULL AND payload <> ''x''', 'ended IS NULL'),
	('CREATE INDEX ON t (kamr) WHERE ended IS NULL', 'ended IS NOT NULL'),
	('CREATE INDEX ON t (kamr) WHERE ended > ''2026-01-01''', 'ended > ''2026-06-01'''),
	('CREATE INDEX ON t (kamr) WHERE ended > ''2026-06-01''', 'ended > ''2026-01-01'''),
	('CREATE INDEX ON t (kamr) WHERE plan_year = 2026', NULL),
	('CREATE INDEX ON t (kamr, kamr COLLATE "en-x-icu")', NULL),
	('CREATE INDEX ON t (kamr COLLATE "en-x-icu"); CREATE INDEX ON t USING gin ((ARRAY[kamr])); CREATE INDEX ON t (tier, kamr);'
	 'CREATE INDEX ON t (kamr) WHERE ended IS NULL', NULL),
	('CREATE INDEX ON t (tier, kamr); CREATE INDEX ON t (kamr)', NULL)
) AS v (index, predicate), with_index(index, predicate) AS e;
/* one that failed to be built */
CREATE UNIQUE INDEX t_invalid ON t (kamr);
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 't_invalid'::regclass;
SELECT * FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('t', 'kamr', 'tier', 'plan_year')$$);
DROP TABLE t;
/* behind the year, but not behind a day; an equality that is not the type's */
CREATE TABLE t (kamr int, tier kam.tier, day date);
CREATE INDEX t_day ON t (day, kamr);
CREATE OPERATOR CLASS other_ops FOR TYPE int USING hash AS OPERATOR 1 <>;
CREATE INDEX t_other ON t USING hash (kamr other_ops);
SELECT * FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('t', 'kamr', 'tier', 'day')$$);
DROP TABLE t;
DROP OPERATOR FAMILY other_ops USING hash CASCADE;
\x on
SELECT * FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('pg_catalog.pg_enum', 'enumtypid', 'enumlabel', plan_year => 2026)$$);
ALTER TABLE assignment RENAME area TO "Area";
SELECT * FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('assignment', 'Area', 'tier', 'plan_year')$$);
SELECT * FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('assignment', 'Area', 'tier')$$);
\x off

/* Only the owner attaches and detaches; TRIGGER is not enough. Who may write may lock. */
ALTER TABLE assignment OWNER TO regress_kam_owner;
GRANT SELECT, TRIGGER ON assignment TO regress_kam_other;
SET ROLE regress_kam_other;
SELECT * FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year')$$);
SET ROLE regress_kam_owner;
SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year');
SELECT kam.lock_portfolio_guard('assignment');
SET ROLE regress_kam_other;
SELECT statement, e.*
FROM (VALUES
	($$SELECT kam.detach_portfolio_guard('assignment')$$),
	($$SELECT kam.lock_portfolio_guard('assignment')$$),
	($$SELECT * FROM kam.portfolio_violations('assignment')$$)
) AS s (statement), pg_temp.error_of(statement) AS e;
SELECT relation, arguments FROM kam.attached_rule;
RESET ROLE;
REVOKE SELECT ON assignment FROM regress_kam_other;
GRANT INSERT ON assignment TO regress_kam_other;
SET ROLE regress_kam_other;
SELECT statement, pg_temp.try(statement)
FROM (VALUES ($$SELECT kam.lock_portfolio_guard('assignment')$$), ($$SELECT * FROM kam.portfolio_violations('assignment')$$)) AS s (statement);
/* who may not read is not told the sum */
INSERT INTO assignment SELECT n, 'k', 'Strategic', 2026 FROM generate_series(1, 12) AS n;
SELECT * FROM pg_temp.error_of($$INSERT INTO assignment VALUES (13, 'k', 'Status', 2026)$$);
RESET ROLE;

/* an owner without SELECT: a check reads a plain table by its B-tree, others by a query of the owner's, as attaching does */
SET ROLE regress_kam_owner;
CREATE TABLE plain (kamr text PRIMARY KEY, tier kam.tier);
ALTER TABLE plain DROP CONSTRAINT plain_pkey;
CREATE INDEX ON plain (kamr);
CREATE TABLE hashed (LIKE plain);
CREATE INDEX ON hashed USING hash (kamr);
SELECT kam.attach_portfolio_guard('plain', 'kamr', 'tier', plan_year => 2026),
	kam.attach_portfolio_guard('hashed', 'kamr', 'tier', plan_year => 2026);
REVOKE SELECT ON plain, hashed FROM regress_kam_owner;
INSERT INTO plain SELECT 'k', 'Strategic' FROM generate_series(1, 12);
SELECT rel, pg_temp.try(format('INSERT INTO %s VALUES (''k'', ''Status'')', rel)) AS insert,
	pg_temp.try(format('SELECT kam.detach_portfolio_guard(%L);
		SELECT kam.attach_portfolio_guard(%1$L, ''kamr'', ''tier'', plan_year => 2026)', rel)) AS attach,
	pg_temp.try(format('SELECT * FROM kam.portfolio_violations(%L)', rel)) AS list
FROM unnest('{plain,hashed}'::text[]) AS rel;
DROP TABLE plain, hashed;
RESET ROLE;

/* Twice, and under another name. */
SELECT * FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year')$$);
ALTER TRIGGER kam_portfolio_guard ON assignment RENAME TO "อื่น";
SELECT code, message FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year')$$);
SELECT relation, trigger_name FROM kam.attached_rule;
SELECT pg_temp.try($$INSERT INTO assignment VALUES (13, 'k', 'Status', 2026)$$);
SELECT kam.detach_portfolio_guard('assignment');
SELECT count(*) FROM kam.attached_rule;
SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year');

/* Everything of it renamed, in a session that has used the guard. */
ALTER TABLE assignment RENAME kamr TO "Person";
ALTER TABLE assignment RENAME tier TO kamr;
ALTER TABLE assignment RENAME plan_year TO tier;
SELECT pg_temp.try($$INSERT INTO assignment ("Person", kamr, tier) VALUES ('k', 'Status', 2026)$$), pg_temp.try($$INSERT INTO assignment ("Person", kamr, tier) VALUES ('k', 'Status', 2027)$$);
ALTER TABLE assignment RENAME TO "ตาราง";
SELECT pg_temp.try($$INSERT INTO "ตาราง" ("Person", kamr, tier) VALUES ('k', 'Status', 2026)$$);
CREATE SCHEMA "Elsewhere";
GRANT USAGE ON SCHEMA "Elsewhere" TO regress_kam_owner;
ALTER TABLE "ตาราง" SET SCHEMA "Elsewhere";
SELECT pg_temp.try($$INSERT INTO "Elsewhere"."ตาราง" ("Person", kamr, tier) VALUES ('k', 'Status', 2026)$$);
ALTER SCHEMA "Elsewhere" RENAME TO guard_other;
SELECT pg_temp.try($$INSERT INTO guard_other."ตาราง" ("Person", kamr, tier) VALUES ('k', 'Status', 2026)$$);
SELECT relation, arguments FROM kam.attached_rule;
ALTER TABLE guard_other."ตาราง" SET SCHEMA guard_test;
ALTER TABLE "ตาราง" RENAME TO assignment;
ALTER TABLE assignment RENAME tier TO plan_year;
ALTER TABLE assignment RENAME kamr TO tier;
ALTER TABLE assignment RENAME "Person" TO kamr;
/* another owner */
ALTER TABLE assignment OWNER TO CURRENT_USER;
SELECT pg_temp.try($$INSERT INTO assignment VALUES (13, 'k', 'Status', 2026)$$);

/* Columns that come and go beside the guard's; those of the guard stay as they are. */
ALTER TABLE assignment ADD first int DEFAULT 7, DROP "Area";
SELECT pg_temp.try($$INSERT INTO assignment VALUES (13, 'k', 'Status', 2026)$$), pg_temp.try($$UPDATE assignment SET first = 8$$);
ALTER TABLE assignment ALTER id TYPE bigint;
SELECT pg_temp.try($$INSERT INTO assignment VALUES (13, 'k', 'Status', 2026)$$);
SELECT statement, pg_temp.state(statement)
FROM (VALUES ('ALTER TABLE assignment DROP kamr'), ('ALTER TABLE assignment DROP tier'), ('ALTER TABLE assignment DROP plan_year'),
	('ALTER TABLE assignment ALTER kamr TYPE varchar'), ('ALTER TABLE assignment ALTER tier TYPE text'), ('ALTER TABLE assignment ALTER plan_year TYPE bigint'),
	('DROP FUNCTION kam._portfolio_guard'), ('DROP INDEX assignment_kamr')) AS s (statement);
/* without its index it is slow, and right */
BEGIN;
DROP INDEX assignment_kamr;
SELECT pg_temp.try($$INSERT INTO assignment VALUES (13, 'k', 'Status', 2026)$$);
ROLLBACK;
/* a column that goes with CASCADE takes the guard along */
BEGIN;
ALTER TABLE assignment DROP plan_year CASCADE;
SELECT count(*) FROM kam.attached_rule;
INSERT INTO assignment VALUES (13, 'k', 'Status');
ROLLBACK;
/* detached for the change */
BEGIN;
SELECT kam.detach_portfolio_guard('assignment');
ALTER TABLE assignment ALTER tier TYPE text, ALTER plan_year TYPE bigint;
SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year');
SELECT pg_temp.try($$INSERT INTO assignment VALUES (13, 'k', 'Status', 2026)$$);
ROLLBACK;
SELECT pg_temp.try($$INSERT INTO assignment VALUES (13, 'k', 'Status', 2026)$$);
/* the table rewritten, vacuumed, analysed, its index built anew */
CLUSTER assignment USING assignment_kamr;
VACUUM FULL assignment;
ANALYZE assignment;
REINDEX TABLE assignment;
SELECT pg_temp.try($$INSERT INTO assignment VALUES (13, 'k', 'Status', 2026)$$);
/* off, and on in other ways */
ALTER TABLE assignment DISABLE TRIGGER kam_portfolio_guard;
SELECT enabled, pg_temp.try($$INSERT INTO assignment VALUES (13, 'k', 'Status', 2026)$$) FROM kam.attached_rule;
ALTER TABLE assignment ENABLE REPLICA TRIGGER kam_portfolio_guard;
SELECT enabled, pg_temp.try($$INSERT INTO assignment VALUES (13, 'k', 'Status', 2026)$$) FROM kam.attached_rule;
ALTER TABLE assignment ENABLE ALWAYS TRIGGER kam_portfolio_guard;
SELECT enabled, pg_temp.try($$INSERT INTO assignment VALUES (13, 'k', 'Status', 2026)$$) FROM kam.attached_rule;
ALTER TABLE assignment ENABLE TRIGGER kam_portfolio_guard;
SELECT enabled, pg_temp.try($$INSERT INTO assignment VALUES (13, 'k', 'Status', 2026)$$) FROM kam.attached_rule;
/* as the apply worker of a subscription writes */
SET session_replication_role = replica;
INSERT INTO assignment VALUES (13, 'k', 'Status', 2026);
RESET session_replication_role;
SELECT kamr, weight FROM kam.portfolio_violations('assignment');
DELETE FROM assignment WHERE id = 13;
/* gone */
BEGIN;
DROP TABLE assignment;
SELECT count(*) FROM kam.attached_rule;
CREATE TABLE assignment (kamr text, tier kam.tier, plan_year int);
INSERT INTO assignment SELECT 'k', 'Strategic', 2026 FROM generate_series(1, 13);
ROLLBACK;
SELECT pg_temp.state('DROP EXTENSION kam') AS "DROP EXTENSION";

/* A hostile search path: its operators, casts, functions and tables are not used. */
CREATE SCHEMA hostile;
CREATE FUNCTION hostile.equal(text, text) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT false';
CREATE FUNCTION hostile.equal(int, int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT false';
CREATE FUNCTION hostile.equal(kam.tier, kam.tier) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT false';
CREATE OPERATOR hostile.= (LEFTARG = text, RIGHTARG = text, FUNCTION = hostile.equal);
CREATE OPERATOR hostile.= (LEFTARG = int, RIGHTARG = int, FUNCTION = hostile.equal);
CREATE OPERATOR hostile.= (LEFTARG = kam.tier, RIGHTARG = kam.tier, FUNCTION = hostile.equal);
CREATE OPERATOR hostile.> (LEFTARG = int, RIGHTARG = int, FUNCTION = hostile.equal);
CREATE FUNCTION hostile.portfolio(kam.tier) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION hostile.num_nonnulls(VARIADIC "any") RETURNS int IMMUTABLE LANGUAGE internal AS 'pg_num_nonnulls';
CREATE DOMAIN hostile.text AS pg_catalog.int4;
CREATE TABLE hostile.assignment (kamr int);
SET search_path = hostile, pg_catalog, guard_test;
SELECT pg_temp.try($$INSERT INTO guard_test.assignment VALUES (13, 'k', 'Status', 2026)$$);
SELECT kam.detach_portfolio_guard('guard_test.assignment');
SELECT kam.attach_portfolio_guard('guard_test.assignment', 'kamr', 'tier', 'plan_year');
SELECT pg_temp.try($$INSERT INTO guard_test.assignment VALUES (13, 'k', 'Status', 2026)$$);
SELECT count(*) FROM kam.portfolio_violations('guard_test.assignment');
SELECT kam.lock_portfolio_guard('guard_test.assignment');
SELECT definition FROM kam.attached_rule;
SET search_path = '';
SELECT pg_temp.try($$INSERT INTO guard_test.assignment VALUES (13, 'k', 'Status', 2026)$$);
SET search_path = guard_test;
SELECT pg_temp.try($$INSERT INTO guard_test.assignment VALUES (13, 'k', 'Status', 2026)$$);
DROP SCHEMA hostile CASCADE;

/* Settings of the session that change how constants are written. */
CREATE TABLE settings (kamr text, tier kam.tier, ratio float8, day date, hours interval, tags text[], at timestamptz, note text);
CREATE INDEX ON settings (kamr);
SET DateStyle = 'SQL, DMY';
SET extra_float_digits = -15;
SET IntervalStyle = sql_standard;
SET TimeZone = 'Asia/Kolkata';
SELECT kam.attach_portfolio_guard('settings', 'kamr', 'tier', plan_year => 2026, predicate =>
	$$ratio > '0.16' AND day > '03/02/2026' AND hours < '-1 day -2 hours' AND tags <> '{a,NULL}' AND at < '2026-01-01 12:00+05:30' AND note <> E'a\\'$$);
RESET extra_float_digits;
RESET DateStyle;
RESET IntervalStyle;
RESET TimeZone;
SELECT arguments ->> 'predicate' FROM kam.attached_rule WHERE relation = 'settings'::regclass;
INSERT INTO settings SELECT 'k', 'Star', 0.17, '2026-02-04', '-1 day -3 hours', '{b}', '2026-01-01 11:59+05:30', 'x' FROM generate_series(1, 15);
SELECT settings, pg_temp.try(format($$SET LOCAL %s; INSERT INTO settings VALUES ('k', 'Status', 0.17, '2026-02-04', '-1 day -3:00', '{b}', '2026-01-01 06:29+00', 'x')$$, settings))
FROM unnest(ARRAY['extra_float_digits = -15', 'DateStyle = ''SQL, DMY''', 'DateStyle = ''German''', 'DateStyle = ''Postgres, MDY''', 'IntervalStyle = sql_standard', 'IntervalStyle = iso_8601', 'array_nulls = off',
	'TimeZone = ''Asia/Kolkata''; SET LOCAL DateStyle = ''SQL, MDY''', 'standard_conforming_strings = off', 'transform_null_equals = on', 'enable_indexscan = off; SET LOCAL enable_bitmapscan = off',
	'row_security = off', 'quote_all_identifiers = on', 'plan_cache_mode = force_custom_plan', 'jit = on; SET LOCAL jit_above_cost = 0']) AS settings;
DROP TABLE settings;

/* The trigger function is nothing else. */
SELECT * FROM pg_temp.error_of('SELECT kam._portfolio_guard()');
CREATE TABLE t (kamr text, tier kam.tier, plan_year int);
CREATE FUNCTION with_trigger(definition text, OUT at_insert text, OUT shown text) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE TRIGGER mine %s', definition);
	at_insert := pg_temp.try('INSERT INTO t VALUES (''k'', ''Star'', 2026)');
	SELECT COALESCE(arguments::text, '(none)') INTO shown FROM kam.attached_rule WHERE relation = 't'::regclass;
	DROP TRIGGER mine ON t;
EXCEPTION WHEN OTHERS THEN
	at_insert := SQLSTATE || ' at CREATE TRIGGER';
END $$;
SELECT definition, e.*
FROM unnest(ARRAY[
	'BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION kam._portfolio_guard()',
	'AFTER INSERT ON t EXECUTE FUNCTION kam._portfolio_guard()',
	'AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION kam._portfolio_guard()',
	'AFTER INSERT ON t FOR EACH ROW WHEN (true) EXECUTE FUNCTION kam._portfolio_guard()',
	'AFTER INSERT ON t FOR EACH ROW WHEN (new IS NOT NULL) EXECUTE FUNCTION kam._portfolio_guard()',
	'AFTER INSERT ON t FOR EACH ROW WHEN (new.kamr IS NOT NULL) EXECUTE FUNCTION kam._portfolio_guard()',
	'AFTER INSERT ON t FOR EACH ROW WHEN (new.kamr IS NOT NULL AND new.tier IS NOT NULL) EXECUTE FUNCTION kam._portfolio_guard()',
	'AFTER INSERT ON t FOR EACH ROW WHEN (new.kamr IS NOT NULL AND new.tier IS NOT NULL) EXECUTE FUNCTION kam._portfolio_guard(''plan_year=2026'')',
	'AFTER INSERT ON t FOR EACH ROW WHEN (new.kamr IS NOT NULL AND new.tier IS NOT NULL) EXECUTE FUNCTION kam._portfolio_guard(''plan_year=x'')',
	'AFTER INSERT ON t FOR EACH ROW WHEN (new.kamr IS NOT NULL AND new.tier IS NOT NULL) EXECUTE FUNCTION kam._portfolio_guard(''plan_year='')',
	'AFTER INSERT ON t FOR EACH ROW WHEN (new.kamr IS NOT NULL AND new.tier IS NOT NULL) EXECUTE FUNCTION kam._portfolio_guard(''plan_year=99999999999'')',
	'AFTER INSERT ON t FOR EACH ROW WHEN (new.kamr IS NOT NULL AND new.tier IS NOT NULL) EXECUTE FUNCTION kam._portfolio_guard(''plan_year=2017'')',
	'AFTER INSERT ON t FOR EACH ROW WHEN (new.kamr IS NOT NULL OR new.tier IS NOT NULL OR new.plan_year IS NOT NULL) EXECUTE FUNCTION kam._portfolio_guard()',
	'AFTER INSERT ON t FOR EACH ROW WHEN (new.kamr IS NOT NULL AND new.tier IS NOT NULL AND new.plan_year IS NOT NULL) EXECUTE FUNCTION kam._portfolio_guard()',
	'AFTER INSERT ON t FOR EACH ROW WHEN (new.kamr IS NOT NULL AND new.tier IS NOT NULL AND new.plan_year IS NOT NULL) EXECUTE FUNCTION kam._portfolio_guard(''x'')',
	'AFTER INSERT ON t FOR EACH ROW WHEN (new.kamr IS NOT NULL AND new.plan_year IS NOT NULL AND new.tier IS NOT NULL) EXECUTE FUNCTION kam._portfolio_guard()',
	'AFTER INSERT ON t FOR EACH ROW WHEN (new.plan_year IS NOT NULL AND new.plan_year IS NOT NULL AND new.plan_year IS NOT NULL) EXECUTE FUNCTION kam._portfolio_guard()',
	'AFTER INSERT ON t FOR EACH ROW WHEN (new.tier IS NOT NULL AND new.tier IS NOT NULL AND new.tier IS NOT NULL) EXECUTE FUNCTION kam._portfolio_guard()',
	'AFTER INSERT ON t FOR EACH ROW WHEN (new.kamr IS NOT NULL AND new.kamr IS NOT NULL AND new.kamr IS NOT NULL) EXECUTE FUNCTION kam._portfolio_guard()',
	'AFTER INSERT ON t FOR EACH ROW WHEN (new.kamr IS NULL AND new.tier IS NOT NULL AND new.plan_year IS NOT NULL) EXECUTE FUNCTION kam._portfolio_guard()',
	'AFTER INSERT ON t FOR EACH ROW WHEN (new IS NOT NULL AND new.tier IS NOT NULL AND new.plan_year IS NOT NULL) EXECUTE FUNCTION kam._portfolio_guard()',
	'AFTER INSERT ON t FOR EACH ROW WHEN (new.tableoid IS NOT NULL AND new.tier IS NOT NULL AND new.plan_year IS NOT NULL) EXECUTE FUNCTION kam._portfolio_guard()',
	'AFTER INSERT ON t FOR EACH ROW WHEN (new.kamr || ''x'' IS NOT NULL AND new.tier IS NOT NULL AND new.plan_year IS NOT NULL) EXECUTE FUNCTION kam._portfolio_guard()',
	'AFTER INSERT ON t FOR EACH ROW WHEN (num_nonnulls(new.kamr, new.tier, new.plan_year) > 0) EXECUTE FUNCTION kam._portfolio_guard()',
	'AFTER INSERT ON t FOR EACH ROW WHEN (num_nonnulls(new.kamr, new.tier) > 0) EXECUTE FUNCTION kam._portfolio_guard(''plan_year=2026'')',
	'AFTER INSERT ON t FOR EACH ROW WHEN (length(new.kamr) > 0) EXECUTE FUNCTION kam._portfolio_guard()',
	'AFTER INSERT ON t FOR EACH ROW WHEN (new.kamr IS NOT NULL AND new.tier IS NOT NULL AND new.plan_year IS NOT NULL AND new.tier <> ''Streamline'') EXECUTE FUNCTION kam._portfolio_guard()'
]) WITH ORDINALITY AS d (definition, n), with_trigger(definition) AS e
ORDER BY n;
/* one that is like attach makes it works as if it were; a predicate over the old row does not */
CREATE TRIGGER mine AFTER INSERT ON t FOR EACH ROW WHEN (new.kamr IS NOT NULL AND new.tier IS NOT NULL AND new.plan_year IS NOT NULL) EXECUTE FUNCTION kam._portfolio_guard();
INSERT INTO t SELECT 'k', 'Strategic', 2026 FROM generate_series(1, 12);
SELECT pg_temp.try($$INSERT INTO t VALUES ('k', 'Status', 2026)$$);
DROP TRIGGER mine ON t;
CREATE TRIGGER mine AFTER UPDATE ON t FOR EACH ROW WHEN (new.kamr IS NOT NULL AND new.tier IS NOT NULL AND new.plan_year IS NOT NULL AND old.kamr <> new.kamr) EXECUTE FUNCTION kam._portfolio_guard();
SELECT pg_temp.try($$UPDATE t SET kamr = 'l'$$);
SELECT relation, arguments FROM kam.attached_rule WHERE relation = 't'::regclass;
SELECT kam.detach_portfolio_guard('t');
CREATE TRIGGER mine AFTER DELETE OR TRUNCATE ON t EXECUTE FUNCTION kam._portfolio_guard();
SELECT statement, pg_temp.try(statement) FROM unnest('{DELETE FROM t,TRUNCATE t}'::text[]) AS statement;
DROP TRIGGER mine ON t;
CREATE TRIGGER mine INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION kam._portfolio_guard();
SELECT pg_temp.try('INSERT INTO v DEFAULT VALUES');
SELECT pg_temp.try('SELECT kam._attached_arguments(0)'), pg_temp.try('SELECT kam._attached_arguments(NULL)');

DROP FOREIGN DATA WRAPPER nowhere CASCADE;
DROP SCHEMA guard_test, guard_other CASCADE;
DROP ROLE regress_kam_owner, regress_kam_other;
