/*
 * Rules on users' tables in hostile hands: what anybody may call, what the owner of a table may hang on it, and what
 * somebody may who has been given INSERT and TRIGGER on it. Nobody ends a session of others, gets past the limit, or
 * runs code as somebody else.
 */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
\set guard :srcdir '/sql/include/guard.sql'
\i :guard
\set VERBOSITY terse
SET DateStyle = ISO;
SET TimeZone = 'Asia/Bangkok';
CREATE ROLE regress_kam_alice;	/* owns tables that others ask about */
CREATE ROLE regress_kam_mallory;	/* wishes to be somebody else */
CREATE ROLE regress_kam_clerk;	/* has no right on anything */
CREATE SCHEMA hostile_test;
GRANT ALL ON SCHEMA hostile_test TO regress_kam_alice, regress_kam_mallory, regress_kam_clerk;
SET search_path = hostile_test;
INSERT INTO kam.calendar (calendar) VALUES ('hostile');
INSERT INTO kam.calendar_year (calendar, year) VALUES ('hostile', 2026);
INSERT INTO kam.calendar_day (calendar, day, kind, name_en) VALUES ('hostile', '2026-01-01', 'holiday', 'New Year');

/* How a statement ends: in words of kam's, and by its SQLSTATE alone where the words are PostgreSQL's. */
CREATE FUNCTION pg_temp.ends(statement text) RETURNS text LANGUAGE sql AS $$
	SELECT substring(pg_temp.try(statement) FROM '^(?:.*kam\..*|.*changed while.*|[^:]*)');
$$;

/* ---- The internal functions: anybody may call them, with anything. ---- */

SET ROLE regress_kam_clerk;
/* each argument NULL in turn, and all of them */
SELECT n AS "NULL", kam._recomputed_due(CASE WHEN n <> 1 THEN date '2026-01-05' END, CASE WHEN n <> 2 THEN date '2026-01-12' END, CASE WHEN n <> 3 THEN 5 END,
	CASE WHEN n <> 4 THEN 'hostile' END, CASE WHEN n <> 5 THEN '{}'::date[] END, CASE WHEN n <> 6 THEN '{}'::date[] END, CASE WHEN n <> 7 THEN 'hostile' END)
FROM generate_series(0, 7) AS n;
SELECT n AS "NULL", kam._recompute_cause(CASE WHEN n <> 1 THEN date '2026-01-05' END, CASE WHEN n <> 2 THEN date '2026-01-12' END, CASE WHEN n <> 3 THEN date '2026-01-13' END,
	CASE WHEN n <> 4 THEN 'hostile' END, CASE WHEN n <> 5 THEN '{}'::date[] END, CASE WHEN n <> 6 THEN '{}'::date[] END)
FROM generate_series(0, 6) AS n;
SELECT kam._recomputed_due(NULL, NULL, NULL, NULL, NULL, NULL, NULL), kam._recompute_cause(NULL, NULL, NULL, NULL, NULL, NULL), kam._end_of_day(NULL, NULL);
SELECT kam._recomputed_due('2026-01-01', '2026-01-02', 5, NULL, '{}', '{}', NULL);
SELECT kam._recompute_cause('2026-01-01', '2026-01-02', '2026-01-02', NULL, '{}', '{}');
/* days that no calendar knows, or that are no days; an array that is none of days in a row */
SELECT kam._recompute_cause('1910-01-01', '2300-01-01', '2026-01-02', 'hostile', '{1920-01-01,2200-01-01}', '{1899-12-31,2100-01-01}');
SELECT kam._recompute_cause('-infinity', 'infinity', '2026-01-05', 'hostile', '{-infinity,4713-01-01 BC,2025-12-31,2027-01-01,5874897-12-31,infinity}', '{infinity}');
SELECT kam._recompute_cause('1910-01-01', '2300-01-01', '2026-01-02', 'PEA', '{1920-01-01,2200-01-01}', '{}');
SELECT statement, pg_temp.try(statement)
FROM (VALUES
	($$SELECT kam._recompute_cause('2026-01-01', '2026-01-02', '2026-01-05', 'hostile', '{NULL}', '{}')$$),
	($$SELECT kam._recompute_cause('2026-01-01', '2026-01-02', '2026-01-05', 'hostile', '{{2026-01-01,2026-01-02},{2026-01-01,2026-01-02}}', '{}')$$),
	($$SELECT kam._recompute_cause('2026-01-01', '2026-01-02', '2026-01-05', 'nowhere', '{}', '{}')$$),
	($$SELECT kam._recomputed_due('2026-01-01', '2026-01-02', 5, 'nowhere', '{}', '{}', NULL)$$),
	($$SELECT kam._recomputed_due('2026-01-01', '2026-01-02', 5, 'hostile', '{}', '{}', 'nowhere')$$),
	($$SELECT kam._recomputed_due('2026-01-01', '2026-01-02', 5, 'hostile', '{NULL}', '{NULL}', NULL)$$)) AS s (statement);
SELECT received, working_days, due, kam._recomputed_due(received, due, working_days, 'hostile', days, days, NULL)
FROM (VALUES (date '-infinity'), ('4713-01-01 BC'), ('1899-12-31'), ('2026-01-05'), ('2026-12-31'), ('2027-01-01'), ('9999-12-31'), ('5874897-12-31'), ('infinity')) AS r (received),
	(VALUES (-2147483648), (-1), (0), (5), (2147483647)) AS w (working_days), (VALUES (NULL::date), ('-infinity'), ('infinity')) AS d (due),
	(VALUES ('{-infinity,1900-01-01,2200-12-31,infinity}'::date[])) AS t (days)
WHERE kam._recomputed_due(received, due, working_days, 'hostile', days, days, NULL) IS NOT NULL
ORDER BY 1, 2, 3;
/* so many decimals of a second that the day never ends; days that no timestamp has */
SET statement_timeout = '2s';
SELECT "precision", kam._end_of_day('2026-01-01', "precision")
FROM unnest('{-2147483648,-1,0,3,6,7,2147483647}'::int[]) AS "precision";
RESET statement_timeout;
SELECT day, pg_temp.try(format('SELECT kam._end_of_day(%L, 6)', day))
FROM unnest('{-infinity,4714-11-24 BC,4713-01-01 BC,294276-12-30,294276-12-31,294277-01-01,infinity}'::date[]) AS day;
/* the triggers' functions without a trigger */
SELECT function, pg_temp.try(format('SELECT kam.%s()', function)) FROM unnest('{_portfolio_guard,_response_deadline,_record_deadline}'::text[]) AS function;
SELECT statement, pg_temp.try(statement)
FROM (VALUES ('SELECT * FROM kam.portfolio_violations(NULL, NULL)'), ($$SELECT * FROM kam.portfolio_violations('pg_class', NULL)$$), ($$CALL kam.recompute_deadlines(NULL)$$),
	($$CALL kam.recompute_deadlines('pg_class', NULL)$$), ($$CALL kam.recompute_deadlines(0, '{}', '{}', 0, NULL)$$)) AS s (statement);
RESET ROLE;

/* ---- Two calls in one statement; as one query and as one function's. ---- */

SET ROLE regress_kam_alice;
CREATE TABLE voice_1 (received date, due date, answered date);
CREATE TABLE voice_2 (received date, due date, answered date);
SELECT kam.attach_response_deadline('voice_1', 'received', 'due', 'answered', calendar => 'hostile'),
	kam.attach_response_deadline('voice_2', 'received', 'due', 'answered', calendar => 'hostile');
SELECT kam.detach_response_deadline('voice_1'), kam.detach_response_deadline('voice_2');
SELECT kam.attach_response_deadline(rel, 'received', 'due', calendar => 'hostile') FROM unnest('{voice_1,voice_2}'::regclass[]) AS rel;
SELECT kam.attach_record_deadline(rel, 'received', 'answered', 'reject') FROM unnest('{voice_1,voice_2}'::regclass[]) AS rel;
SELECT pg_temp.try($$SELECT kam.attach_response_deadline(rel, 'received', 'due', calendar => 'nowhere') FROM unnest('{voice_1,voice_2}'::regclass[]) AS rel$$);
SELECT relation, rule FROM kam.attached_rule ORDER BY relation::text, rule;
INSERT INTO voice_1 VALUES ('2026-01-05') RETURNING due;
CREATE TABLE ledger (relation text, item jsonb, old_due date, new_due date, cause text);
CALL kam.recompute_deadlines('ledger', '{2026-01-07}', '{2026-01-08}', calendar => 'hostile');
DROP TABLE voice_1, voice_2, ledger;
RESET ROLE;

/* ---- A command that is nested in another, with the check put off: the rows of both are added up. ---- */

CREATE TABLE o (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kamr text, tier kam.tier, y int);
CREATE INDEX ON o (kamr, y);
INSERT INTO o (kamr, tier, y) VALUES ('K', 'Strategic', 2026);
CREATE FUNCTION nest(i int, at int, statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	IF i = at THEN
		EXECUTE statement;
	END IF;
	RETURN 'K';
END $$;
/*
 * The outer command writes so many rows; at one of them a nested one lowers, raises or leaves the sum. With the check at
 * the end of each command, with SET CONSTRAINTS, and with a deferred guard.
 */
CREATE FUNCTION try_nested(deferred boolean, settings text, rows int, at int, nested text) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.try(format('SELECT kam.attach_portfolio_guard(''o'', ''kamr'', ''tier'', ''y'', deferred => %L); %s;'
		' INSERT INTO o (kamr, tier, y) SELECT nest(i, %s, %L), ''Strategic'', 2026 FROM generate_series(1, %s) AS i;'
		' SET CONSTRAINTS ALL IMMEDIATE', deferred, settings, at, nested, rows));
$$;
SELECT nested, r.rows, deferred, settings, string_agg(at::text, ', ' ORDER BY at) AS at, result
FROM (VALUES
		('UPDATE o SET tier = ''Status'' WHERE id = 1'),
		('UPDATE o SET tier = ''Strategic'' WHERE id = 1'),
		('UPDATE o SET y = 2027 WHERE id = 1'),
		('DELETE FROM o WHERE id = 1'),
		('INSERT INTO o (kamr, tier, y) VALUES (''K'', ''Streamline'', 2026)'),
		('INSERT INTO o (kamr, tier, y) VALUES (''K'', ''Status'', 2026)'),
		('SET CONSTRAINTS ALL IMMEDIATE')) AS n (nested),
	(VALUES (11), (13)) AS r (rows), (VALUES (1), (5), (11), (13)) AS a (at),
	(VALUES (false, 'SET CONSTRAINTS ALL IMMEDIATE'), (false, 'SET CONSTRAINTS ALL DEFERRED'), (true, 'SET CONSTRAINTS ALL DEFERRED')) AS s (deferred, settings),
	try_nested(deferred, settings, r.rows, at, nested) AS result
WHERE at <= r.rows
GROUP BY nested, r.rows, deferred, settings, result
ORDER BY nested, r.rows, deferred, settings, result;
/* as it was found: with COMMIT in the place of SET CONSTRAINTS */
SELECT kam.attach_portfolio_guard('o', 'kamr', 'tier', 'y');
BEGIN;
SET CONSTRAINTS ALL DEFERRED;
INSERT INTO o (kamr, tier, y) SELECT nest(i, 5, 'UPDATE o SET tier = ''Status'' WHERE id = 1'), 'Strategic', 2026 FROM generate_series(1, 20) AS i;
COMMIT;
SELECT count(*) FROM o;
SELECT * FROM kam.portfolio_violations('o');
DROP TABLE o;

/* ---- A table that is a trap for who recomputes deadlines, or lists portfolios. ---- */

CREATE TABLE ledger (relation text, item jsonb, old_due date, new_due date, cause text, written_by name DEFAULT current_user);
GRANT SELECT ON ledger TO regress_kam_alice, regress_kam_mallory, regress_kam_clerk;
SET ROLE regress_kam_mallory;
CREATE TABLE trap (id int PRIMARY KEY, received date, due date, answered date);
SELECT kam.attach_response_deadline('trap', 'received', 'due', 'answered', calendar => 'hostile');
INSERT INTO trap VALUES (1, '2026-01-05', '2026-01-12'), (2, '2026-01-05', '2026-01-12');
UPDATE trap SET answered = '2026-01-06' WHERE id = 2;
CREATE FUNCTION spring() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	attempt text;
BEGIN
	RAISE NOTICE '% % runs as %', TG_WHEN, TG_OP, current_user;
	FOREACH attempt IN ARRAY ARRAY['ALTER ROLE regress_kam_mallory SUPERUSER', 'RESET ROLE', 'SET SESSION AUTHORIZATION DEFAULT', 'SET ROLE regress_kam_alice',
		'CREATE TEMPORARY TABLE left_behind ()', 'PREPARE left_behind AS SELECT 1', 'LISTEN left_behind'] LOOP
		BEGIN
			EXECUTE attempt;
			RAISE NOTICE '% succeeds', attempt;
		EXCEPTION WHEN OTHERS THEN
			RAISE NOTICE '%: %', attempt, SQLSTATE;
		END;
	END LOOP;
	RETURN new;
END $$;
CREATE TRIGGER a BEFORE UPDATE ON trap FOR EACH ROW EXECUTE FUNCTION spring();
CREATE CONSTRAINT TRIGGER z AFTER UPDATE ON trap FOR EACH ROW EXECUTE FUNCTION spring();
RESET ROLE;
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('hostile', '2026-01-07', 'holiday');
CALL kam.recompute_deadlines('ledger', '{2026-01-07}');
SELECT relation, item, old_due, new_due, cause, written_by = session_user AS "written by the caller" FROM ledger;
SELECT rolname FROM pg_roles WHERE rolname ~ '^regress_kam_' AND rolsuper;
/* named, too */
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('hostile', '2026-01-08', 'holiday');
CALL kam.recompute_deadlines('ledger', '{2026-01-08}', rel => 'trap');
SELECT item, old_due, new_due FROM ledger ORDER BY old_due;
/* its owner may do as before; somebody else who may write to it is not the owner for the time */
SET ROLE regress_kam_mallory;
DROP TRIGGER a ON trap;
DROP TRIGGER z ON trap;
CREATE FUNCTION say_who() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE '% on % runs as %', TG_OP, TG_TABLE_NAME, current_user; RETURN new; END $$;
CREATE TRIGGER a BEFORE UPDATE ON trap FOR EACH ROW EXECUTE FUNCTION say_who();
CREATE TABLE own_ledger (LIKE ledger);
DELETE FROM trap;
INSERT INTO trap VALUES (3, '2026-01-05', '2026-01-12');
BEGIN;
CALL kam.recompute_deadlines('own_ledger', '{2026-01-07,2026-01-08}');
TABLE own_ledger;
ROLLBACK;
GRANT SELECT, UPDATE ON trap TO regress_kam_alice;
RESET ROLE;
SET ROLE regress_kam_alice;
CREATE TABLE alice_ledger (LIKE ledger);
CREATE TRIGGER a BEFORE INSERT ON alice_ledger FOR EACH ROW EXECUTE FUNCTION say_who();
BEGIN;
CALL kam.recompute_deadlines('alice_ledger', '{2026-01-07,2026-01-08}', rel => 'trap');
TABLE alice_ledger;
ROLLBACK;
/* who may not write to it is refused, though the owner might; likewise where rows are hidden */
RESET ROLE;
SET ROLE regress_kam_clerk;
CREATE TABLE clerk_ledger (LIKE ledger);
SELECT pg_temp.try($$CALL kam.recompute_deadlines('clerk_ledger', '{2026-01-07,2026-01-08}', rel => 'trap')$$);
CALL kam.recompute_deadlines('clerk_ledger', '{2026-01-07,2026-01-08}');
SELECT pg_temp.try($$CALL kam.recompute_deadlines('ledger', '{2026-01-07,2026-01-08}', rel => 'trap')$$);
RESET ROLE;
ALTER TABLE trap ENABLE ROW LEVEL SECURITY;
SET ROLE regress_kam_alice;
SELECT pg_temp.try($$CALL kam.recompute_deadlines('alice_ledger', '{2026-01-07,2026-01-08}', rel => 'trap')$$);
RESET ROLE;
ALTER TABLE trap FORCE ROW LEVEL SECURITY;
SELECT id, due FROM trap;
CALL kam.recompute_deadlines('ledger', '{2026-01-07,2026-01-08}', rel => 'trap');
SELECT id, due FROM trap;
/* after an error in the middle the caller is himself again */
SET ROLE regress_kam_mallory;
ALTER TABLE trap NO FORCE ROW LEVEL SECURITY;
CREATE OR REPLACE FUNCTION say_who() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not today'; END $$;
RESET ROLE;
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('hostile', '2026-01-09', 'holiday');
BEGIN;
SAVEPOINT before;
CALL kam.recompute_deadlines('ledger', '{2026-01-09}', rel => 'trap');
ROLLBACK TO before;
SELECT current_user = session_user AS "still himself", current_setting('row_security');
/* and it stops nobody else's deadlines */
CREATE TABLE voice (id int PRIMARY KEY, received date, due date, answered date);
SELECT kam.attach_response_deadline('voice', 'received', 'due', 'answered', calendar => 'hostile');
INSERT INTO voice VALUES (1, '2026-01-05', '2026-01-14');
CALL kam.recompute_deadlines('ledger', '{2026-01-09}');
SELECT due FROM voice;
SELECT current_user = session_user AS "still himself", current_setting('row_security');
CREATE TEMPORARY TABLE left_behind ();
ROLLBACK;
DROP TABLE trap, own_ledger, alice_ledger, clerk_ledger;
DROP FUNCTION say_who(), spring();
DELETE FROM kam.calendar_day WHERE calendar = 'hostile' AND day > '2026-01-01';

/* A predicate that looks who asks: declared immutable, which it is not. */
SET ROLE regress_kam_mallory;
CREATE TABLE p (kamr text, tier kam.tier, y int, n int);
CREATE INDEX ON p (kamr, y);
CREATE FUNCTION grab_all() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	ALTER ROLE regress_kam_mallory SUPERUSER;
	RETURN true;
EXCEPTION WHEN OTHERS THEN
	RAISE NOTICE '%: %', current_user, SQLSTATE;
	RETURN true;
END $$;
CREATE FUNCTION nosy(n int) RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT hostile_test.grab_all()); END $$;
INSERT INTO p VALUES ('K', 'Star', 2026, 1);
RESET ROLE;
/* nor at attach, by a superuser, over rows that are there */
SELECT kam.attach_portfolio_guard('p', 'kamr', 'tier', 'y', 'nosy(n)');
SELECT v.* FROM kam.attached_rule AS r, kam.portfolio_violations(r.relation, true) AS v;
/* at a write: WHEN is PostgreSQL's, and runs as who writes; the check as the owner */
SET ROLE regress_kam_mallory;
GRANT INSERT ON p TO regress_kam_alice;
SET ROLE regress_kam_alice;
INSERT INTO p VALUES ('K', 'Star', 2026, 2);
SELECT * FROM pg_temp.error_of($$SELECT * FROM kam.portfolio_violations('p')$$);
SELECT * FROM pg_temp.error_of($$SELECT kam.lock_portfolio_guard('p')$$);
SET ROLE regress_kam_clerk;
SELECT * FROM pg_temp.error_of($$SELECT * FROM kam.portfolio_violations('p')$$);
SELECT * FROM pg_temp.error_of($$SELECT kam.lock_portfolio_guard('p')$$);
RESET ROLE;
SELECT rolname FROM pg_roles WHERE rolname ~ '^regress_kam_' AND rolsuper;
DROP TABLE p;
DROP FUNCTION nosy(int), grab_all();

/* ---- Who is trusted in a predicate: the table's owner and superusers. ---- */

CREATE FUNCTION is_any(n int) RETURNS boolean IMMUTABLE LANGUAGE sql RETURN n IS NOT NULL;
SET ROLE regress_kam_alice;
CREATE TABLE su (kamr text, tier kam.tier, y int, n int);
CREATE INDEX ON su (kamr, y);
CREATE FUNCTION is_owners(n int) RETURNS boolean IMMUTABLE LANGUAGE sql RETURN n IS NOT NULL;
SET ROLE regress_kam_mallory;
CREATE FUNCTION grab(n int) RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'it runs as %', current_user; RETURN true; END $$;
CREATE FUNCTION grab_volatile(n int) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'it runs as %', current_user; RETURN true; END $$;
CREATE FUNCTION same(a int, b int) RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'it runs as %', current_user; RETURN a = b; END $$;
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = same);
CREATE DOMAIN checked AS int CHECK (grab(VALUE));
CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION to_pair(n int) RETURNS pair IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'it runs as %', current_user; RETURN (n, n); END $$;
CREATE FUNCTION row_less(a int, b int) RETURNS boolean IMMUTABLE LANGUAGE sql RETURN grab(a) AND a < b;
RESET ROLE;
CREATE CAST (int AS pair) WITH FUNCTION to_pair(int);
SET ROLE regress_kam_alice;
SELECT p.predicate, e.*
FROM unnest(ARRAY['is_any(n)', 'is_owners(n)', 'n > 0', 'abs(n) > 0', 'grab(n)', 'NOT grab(n)', 'is_owners(n) AND (n = 1 OR grab(n))', 'CASE WHEN grab(n) THEN true END', 'COALESCE(NULLIF(grab(n), true), false)',
	'n === 1', 'n OPERATOR(hostile_test.===) 1', 'n === ANY (''{1,2}'')', 'n::checked > 0', '(n::checked)::int > 0', '''1''::checked = n', '(ARRAY[n]::checked[])[1] > 0', 'n::pair IS NOT NULL', '(n::pair).a > 0', 'row_less(n, 1)']) WITH ORDINALITY AS p (predicate, no),
	pg_temp.try(format('SELECT kam.attach_portfolio_guard(''su'', ''kamr'', ''tier'', ''y'', %L)', predicate)) AS e
ORDER BY no;
\x on
SELECT * FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('su', 'kamr', 'tier', 'y', 'grab(n)')$$);
SELECT detail FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('su', 'kamr', 'tier', 'y', 'n::checked > 0')$$);
\x off
/* a superuser attaches to alice's table: the owner counts, not who attaches */
RESET ROLE;
SELECT p.predicate, pg_temp.try(format('SELECT kam.attach_portfolio_guard(''su'', ''kamr'', ''tier'', ''y'', %L)', predicate))
FROM unnest(ARRAY['is_any(n)', 'is_owners(n)', 'grab(n)']) WITH ORDINALITY AS p (predicate, no) ORDER BY no;
/* triggers by hand, of somebody with INSERT and TRIGGER on the table */
GRANT INSERT, TRIGGER ON su TO regress_kam_mallory;
SET ROLE regress_kam_mallory;
CREATE FUNCTION try_trigger(condition text, relation text DEFAULT 'su') RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.try(format('CREATE TRIGGER t AFTER INSERT ON %s FOR EACH ROW WHEN (new.kamr IS NOT NULL AND new.tier IS NOT NULL AND new.y IS NOT NULL AND %s)'
		' EXECUTE FUNCTION kam._portfolio_guard(); INSERT INTO %1$s VALUES (''x'', ''Star'', 2026, 1)', relation, condition));
$$;
SELECT c.condition, try_trigger(condition)
FROM unnest(ARRAY['grab(new.n)', 'grab_volatile(new.n)', 'new.n > 0 AND grab(new.n)', 'new.n === 1', 'new.n::checked > 0', '(new.n::pair).a > 0', 'random() >= 0', 'is_any(new.n)', 'is_owners(new.n)', 'new.n > 0']) WITH ORDINALITY AS c (condition, no)
ORDER BY no;
/* such a trigger spoils nobody's list, and can be listed itself */
CREATE TRIGGER t AFTER INSERT ON su FOR EACH ROW WHEN (new.kamr IS NOT NULL AND new.tier IS NOT NULL AND new.y IS NOT NULL AND grab(new.n)) EXECUTE FUNCTION kam._portfolio_guard();
RESET ROLE;
SELECT relation, definition FROM kam.attached_rule;
SELECT * FROM pg_temp.error_of($$SELECT * FROM kam.portfolio_violations('su')$$);
DROP TRIGGER t ON su;
/* a function, or a table, that gets another owner after attach */
SELECT kam.attach_portfolio_guard('su', 'kamr', 'tier', 'y', 'is_owners(n)');
INSERT INTO su VALUES ('k', 'Star', 2026, 1);
BEGIN;
ALTER FUNCTION is_owners(int) OWNER TO regress_kam_mallory;
SELECT pg_temp.try($$SELECT * FROM kam.portfolio_violations('su')$$);
ROLLBACK;
BEGIN;
ALTER FUNCTION is_owners(int) STABLE;
SELECT detail FROM pg_temp.error_of($$SELECT * FROM kam.portfolio_violations('su')$$);
ROLLBACK;
BEGIN;
ALTER TABLE su OWNER TO regress_kam_mallory;
SELECT pg_temp.try($$INSERT INTO su VALUES ('k', 'Star', 2026, 1)$$);
ALTER TABLE su OWNER TO regress_kam_alice;
INSERT INTO su VALUES ('k', 'Star', 2026, 1);
ROLLBACK;
INSERT INTO su VALUES ('k', 'Star', 2026, 1);
SELECT kam.detach_portfolio_guard('su');

/* ---- WHEN over the row as a whole, over system columns, over the old row. ---- */

CREATE TABLE wr (kamr text, tier kam.tier, y int, n int);
CREATE INDEX ON wr (kamr, y);
INSERT INTO wr VALUES ('k', 'Star', 2026, 1);
CREATE FUNCTION try_condition(condition text, events text) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.try(format('CREATE TRIGGER t AFTER %s ON wr FOR EACH ROW WHEN (%s) EXECUTE FUNCTION kam._portfolio_guard(); UPDATE wr SET n = 2; INSERT INTO wr VALUES (''x'', ''Star'', 2026, 1)',
		events, condition));
$$;
SELECT c.condition, try_condition(replace('KTY AND ' || condition, 'KTY', 'new.kamr IS NOT NULL AND new.tier IS NOT NULL AND new.y IS NOT NULL'), events)
FROM (VALUES (1, 'new IS NOT NULL', 'INSERT OR UPDATE'), (2, 'new.* IS NOT NULL', 'UPDATE'), (3, 'new.tableoid <> 1', 'INSERT OR UPDATE'), (4, 'new.tableoid <> 1 AND new.ctid IS NOT NULL', 'INSERT OR UPDATE'),
	(5, 'new.xmin IS NOT NULL', 'UPDATE'), (6, 'new.cmax IS NOT NULL', 'INSERT'), (7, 'old.n IS NOT NULL', 'UPDATE'), (8, 'old IS NOT NULL', 'UPDATE'), (9, 'new.n IS NOT NULL', 'INSERT OR UPDATE'),
	(10, 'length(new::text) > 0', 'INSERT OR UPDATE'), (11, 'old IS DISTINCT FROM new', 'UPDATE')) AS c (no, condition, events)
ORDER BY no;
SELECT c.condition, try_condition(condition, 'INSERT OR UPDATE')
FROM (VALUES (1, 'new IS NOT NULL AND new.tier IS NOT NULL AND new.y IS NOT NULL'), (2, 'new.ctid IS NOT NULL AND new.tier IS NOT NULL AND new.y IS NOT NULL'),
	(3, 'new.kamr IS NOT NULL AND new.tableoid IS NOT NULL AND new.y IS NOT NULL'), (4, 'new.kamr IS NOT NULL AND new.tier IS NOT NULL AND new.tableoid IS NOT NULL')) AS c (no, condition)
ORDER BY no;
/* the deadlines' triggers likewise */
CREATE TABLE wd (received date, due date, answered date);
SELECT c.condition, f.function, pg_temp.ends(format('CREATE TRIGGER t BEFORE INSERT OR UPDATE ON wd FOR EACH ROW WHEN (num_nonnulls(%s) > 0) EXECUTE FUNCTION kam.%s;'
	' INSERT INTO wd VALUES (''2026-01-05''); UPDATE wd SET received = ''2026-01-06''', condition, function))
FROM (VALUES (1, 'new'), (2, 'new.ctid'), (3, 'new.received, new'), (4, 'new.received, new.tableoid'), (5, 'new.xmin, new.due'), (6, 'new.received, new.due, new.ctid'), (7, 'new.received, new.due')) AS c (no, condition),
	(VALUES ($$_response_deadline('working_days=5', 'calendar=hostile', 'beyond_horizon=null')$$), ($$_record_deadline('days=7', 'action=reject')$$)) AS f (function)
ORDER BY no, function;
DROP TABLE wr, wd;

/* ---- A predicate that changes the table while it is added up: refused, and the session goes on. ---- */

SET ROLE regress_kam_mallory;
CREATE TABLE h1 (kamr text, tier kam.tier, y int, n int);
CREATE TABLE h2 (kamr text, tier kam.tier, y int);
CREATE INDEX ON h1 (kamr, y);
CREATE INDEX ON h2 (kamr, y);
SELECT kam.attach_portfolio_guard('h2', 'kamr', 'tier', 'y');
/* does once, where it is armed, what it was armed with */
CREATE FUNCTION act() RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
	armed text := current_setting('hostile.armed', true);
BEGIN
	IF armed <> '' THEN
		PERFORM set_config('hostile.armed', '', false);
		EXECUTE armed;
	END IF;
	RETURN true;
END $$;
CREATE FUNCTION lie(n int) RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT hostile_test.act()); END $$;
SELECT kam.attach_portfolio_guard('h1', 'kamr', 'tier', 'y', 'lie(n)');
INSERT INTO h1 VALUES ('K', 'Star', 2026, 1);
/* WHEN calls it as well, before the guard runs: so it is armed by a trigger that comes before the guard's */
CREATE FUNCTION arm() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF current_setting('hostile.plan', true) <> '' AND pg_trigger_depth() = 1 THEN
		PERFORM set_config('hostile.armed', current_setting('hostile.plan'), false), set_config('hostile.plan', '', false);
	END IF;
	RETURN NULL;
END $$;
CREATE TRIGGER a_arm AFTER INSERT ON h1 FOR EACH ROW EXECUTE FUNCTION arm();
CREATE FUNCTION enter_again(plan text, OUT result text, OUT afterwards text) LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('hostile.plan', plan, false);
	result := pg_temp.ends('INSERT INTO h1 VALUES (''K'', ''Star'', 2026, 1)');
	PERFORM set_config('hostile.plan', '', false);
	afterwards := pg_temp.ends('INSERT INTO h1 VALUES (''K'', ''Star'', 2026, 1)');
END $$;
/* as it was found */
SET hostile.plan = 'INSERT INTO hostile_test.h1 VALUES (''K'', ''Star'', 2026, 1)';
SELECT * FROM pg_temp.error_of($$INSERT INTO h1 VALUES ('K', 'Star', 2026, 1)$$);
/* not caught, and in the next statement */
SET hostile.plan = 'INSERT INTO hostile_test.h1 VALUES (''K'', ''Star'', 2026, 1)';
INSERT INTO h1 VALUES ('K', 'Star', 2026, 1);
INSERT INTO h1 VALUES ('K', 'Star', 2026, 1);
SELECT count(*) FROM h1;
/* another guarded table, the same row, another plan year; an entry of the rule's that has become invalid; what else a check could be made to do */
SELECT plan, e.*
FROM unnest(ARRAY[
	'INSERT INTO hostile_test.h2 VALUES (''K'', ''Star'', 2026)',
	'UPDATE hostile_test.h1 SET n = n + 1, tier = ''Strategic''',
	'INSERT INTO hostile_test.h1 VALUES (''other'', ''Star'', 2027, 1)',
	'GRANT SELECT ON hostile_test.h1 TO regress_kam_alice; INSERT INTO hostile_test.h2 VALUES (''K'', ''Star'', 2026)',
	'COMMENT ON TABLE hostile_test.h1 IS ''changed''; GRANT SELECT ON hostile_test.h1 TO regress_kam_clerk',
	'BEGIN; COMMIT',
	'DROP TRIGGER kam_portfolio_guard ON hostile_test.h1',
	'SELECT kam.detach_portfolio_guard(''hostile_test.h1'')',
	'TRUNCATE hostile_test.h1',
	'DROP TABLE hostile_test.h1',
	'SELECT kam.lock_portfolio_guard(''hostile_test.h1'')',
	'SELECT count(*) FROM kam.portfolio_violations(''hostile_test.h1'')',
	'DELETE FROM hostile_test.h1',
	'SELECT 1 / 0']) WITH ORDINALITY AS p (plan, no), enter_again(plan) AS e
ORDER BY no;
SET hostile.plan = '';
SET hostile.armed = '';
/* a table in parts, which the guard asks by a query */
ALTER TABLE h1 RENAME TO h1_whole;
CREATE TABLE h1 (LIKE h1_whole) PARTITION BY LIST (y);
CREATE TABLE h1_part PARTITION OF h1 DEFAULT;
CREATE INDEX ON h1 (kamr, y);
SELECT kam.attach_portfolio_guard('h1', 'kamr', 'tier', 'y', 'lie(n)');
CREATE TRIGGER a_arm AFTER INSERT ON h1 FOR EACH ROW EXECUTE FUNCTION arm();
INSERT INTO h1 VALUES ('K', 'Star', 2026, 1);
SET hostile.plan = 'INSERT INTO hostile_test.h1 VALUES (''K'', ''Star'', 2026, 1)';
INSERT INTO h1 VALUES ('K', 'Star', 2026, 1);
INSERT INTO h1 VALUES ('K', 'Star', 2026, 1);
SELECT plan, e.*
FROM unnest(ARRAY[
	'INSERT INTO hostile_test.h2 VALUES (''K'', ''Star'', 2026)',
	'UPDATE hostile_test.h1 SET n = n + 1, tier = ''Strategic''',
	'INSERT INTO hostile_test.h1 VALUES (''other'', ''Star'', 2027, 1)',
	'GRANT SELECT ON hostile_test.h1 TO regress_kam_alice; INSERT INTO hostile_test.h2 VALUES (''K'', ''Star'', 2026)',
	'COMMENT ON TABLE hostile_test.h1 IS ''changed''; GRANT SELECT ON hostile_test.h1 TO regress_kam_clerk',
	'BEGIN; COMMIT',
	'DROP TRIGGER kam_portfolio_guard ON hostile_test.h1',
	'SELECT kam.detach_portfolio_guard(''hostile_test.h1'')',
	'TRUNCATE hostile_test.h1',
	'DROP TABLE hostile_test.h1',
	'SELECT kam.lock_portfolio_guard(''hostile_test.h1'')',
	'SELECT count(*) FROM kam.portfolio_violations(''hostile_test.h1'')',
	'DELETE FROM hostile_test.h1',
	'SELECT 1 / 0']) WITH ORDINALITY AS p (plan, no), enter_again(plan) AS e
ORDER BY no;
SET hostile.plan = '';
SET hostile.armed = '';
DROP TABLE h1;
ALTER TABLE h1_whole RENAME TO h1;
/* the error is caught where it arises: the check itself goes on, and is still held afterwards */
CREATE OR REPLACE FUNCTION act() RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
	armed text := current_setting('hostile.armed', true);
BEGIN
	IF armed <> '' THEN
		PERFORM set_config('hostile.armed', '', false);
		FOR i IN 1..3 LOOP
			BEGIN
				EXECUTE armed;
				RAISE NOTICE 'accepted';
			EXCEPTION WHEN OTHERS THEN
				RAISE NOTICE '% %', SQLSTATE, SQLERRM;
			END;
		END LOOP;
	END IF;
	RETURN true;
END $$;
DELETE FROM h1;
SET hostile.plan = 'INSERT INTO hostile_test.h1 VALUES (''K'', ''Strategic'', 2026, 1)';
INSERT INTO h1 SELECT 'K', 'Strategic', 2026, 1 FROM generate_series(1, 12);
SELECT count(*) FROM h1;
SET hostile.plan = 'INSERT INTO hostile_test.h1 VALUES (''K'', ''Strategic'', 2026, 1)';
INSERT INTO h1 VALUES ('K', 'Status', 2026, 1);
SELECT pg_temp.try($$INSERT INTO h1 VALUES ('K', 'Status', 2026, 1)$$), pg_temp.try($$INSERT INTO h1 VALUES ('other', 'Status', 2026, 1)$$);
/* in a savepoint that is undone, that is kept; at COMMIT */
BEGIN;
SAVEPOINT s;
SET hostile.plan = 'INSERT INTO hostile_test.h1 VALUES (''K'', ''Strategic'', 2026, 1)';
INSERT INTO h1 VALUES ('other', 'Star', 2026, 1);
ROLLBACK TO s;
INSERT INTO h1 VALUES ('other', 'Star', 2026, 1);
SAVEPOINT s;
SET hostile.plan = 'INSERT INTO hostile_test.h1 VALUES (''K'', ''Strategic'', 2026, 1)';
INSERT INTO h1 VALUES ('other', 'Star', 2026, 1);
RELEASE s;
INSERT INTO h1 VALUES ('other', 'Star', 2026, 1);
SET CONSTRAINTS ALL DEFERRED;
SET hostile.plan = 'INSERT INTO hostile_test.h1 VALUES (''K'', ''Strategic'', 2026, 1)';
INSERT INTO h1 VALUES ('other', 'Star', 2026, 1);
COMMIT;
SELECT kamr, count(*) FROM h1 GROUP BY kamr ORDER BY kamr;
RESET ROLE;
DROP TABLE h1, h2;

/* ---- Periods beyond the years: a row of them spoils neither attach nor the list. ---- */

CREATE TABLE bi (kamr text, tier kam.tier, y bigint);
CREATE INDEX ON bi (kamr, y);
INSERT INTO bi VALUES ('a', 'Star', 99999999999), ('b', 'Star', -99999999999), ('c', 'Star', 9223372036854775807), ('c', 'Star', 2147483648), ('d', 'Star', '-9223372036854775808'), ('e', 'Star', 2147483647), (NULL, 'Star', 99999999999);
INSERT INTO bi SELECT 'above', 'Strategic', 2026 FROM generate_series(1, 13);
SELECT * FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('bi', 'kamr', 'tier', 'y')$$);
DELETE FROM bi WHERE kamr = 'above' AND ctid = (SELECT min(ctid) FROM bi WHERE kamr = 'above');
SELECT kam.attach_portfolio_guard('bi', 'kamr', 'tier', 'y');
SELECT kamr, plan_year, portfolio, violation FROM kam.portfolio_violations('bi', true);
SELECT year, pg_temp.try(format('INSERT INTO bi VALUES (''above'', ''Status'', %s)', year)), pg_temp.try(format('INSERT INTO bi VALUES (NULL, ''Status'', %s)', year)) AS "of nobody"
FROM unnest('{2026,2027,2147483647,2147483648,4294969322,9223372036854775807,-9223372036854775808}'::bigint[]) AS year;
DROP TABLE bi;

/* ---- Operators of one's own before PostgreSQL's on the search path. ---- */

CREATE SCHEMA operators;
CREATE FUNCTION operators.yes(date, date) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true';
CREATE FUNCTION operators.yes(bigint, bigint) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true';
CREATE FUNCTION operators.yes(oid, oid) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true';
CREATE FUNCTION operators.yes(tid, tid) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true';
CREATE FUNCTION operators.yes(text, text) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true';
CREATE FUNCTION operators.yes(int, int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true';
CREATE FUNCTION operators.yes(kam.tier, kam.tier) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true';
DO $$
DECLARE
	definition text;
BEGIN
	FOR definition IN
		SELECT format('CREATE OPERATOR operators.%s (LEFTARG = %s, RIGHTARG = %2$s, FUNCTION = operators.yes)', operator, type)
		FROM unnest('{=,<>,<,<=,>,>=}'::text[]) AS operator, unnest('{date,bigint,oid,tid,text,int,kam.tier}'::text[]) AS type LOOP
		EXECUTE definition;
	END LOOP;
END $$;
CREATE FUNCTION operators.unnest(anyarray) RETURNS SETOF anyelement IMMUTABLE LANGUAGE sql AS 'SELECT $1[1] WHERE false';
CREATE FUNCTION operators.to_jsonb(anyelement) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION operators.date_part(text, date) RETURNS float8 IMMUTABLE LANGUAGE sql AS 'SELECT 1.0::float8';
CREATE FUNCTION operators.isfinite(date) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT false';
CREATE DOMAIN operators.int4 AS pg_catalog.text;
CREATE DOMAIN operators.int8 AS pg_catalog.text;
CREATE DOMAIN operators.date AS pg_catalog.text;
CREATE TABLE voice (id int PRIMARY KEY, received date, due date, answered date);
CREATE TABLE nameless (received timestamptz, due timestamptz, answered date);
CREATE TABLE by_year (kamr text, tier kam.tier, y bigint);
CREATE TABLE by_day (kamr text, tier text, y date);
CREATE INDEX ON by_year (kamr, y);
CREATE INDEX ON by_day (kamr, y);
SET search_path = operators, pg_catalog, hostile_test;
SELECT kam.attach_response_deadline('voice', 'received', 'due', 'answered', calendar => 'hostile'), kam.attach_response_deadline('nameless', 'received', 'due', 'answered', calendar => 'hostile'),
	kam.attach_portfolio_guard('by_year', 'kamr', 'tier', 'y'), kam.attach_portfolio_guard('by_day', 'kamr', 'tier', 'y');
INSERT INTO voice (id, received) VALUES (1, '2026-02-02'), (2, '2026-02-06'), (3, '2026-02-20'), (4, '2026-02-02');
INSERT INTO voice (id, received, due) VALUES (5, '2026-02-02', '2026-02-16');
UPDATE voice SET answered = '2026-02-03' WHERE id OPERATOR(pg_catalog.=) 4;
INSERT INTO nameless VALUES ('2026-02-02 12:00+07');
TRUNCATE hostile_test.ledger;
INSERT INTO kam.calendar_day (calendar, day, kind, name_en) VALUES ('hostile', '2026-02-05', 'holiday', 'Announced late');
CALL kam.recompute_deadlines('ledger', '{2026-02-05}');
CALL kam.recompute_deadlines('ledger', '{2026-02-05}');
INSERT INTO by_year SELECT 'k', 'Star', 2026 FROM generate_series(1, 15);
INSERT INTO by_day SELECT 'k', 'Star', '2026-06-30'::pg_catalog.date FROM generate_series(1, 15);
SELECT pg_temp.try($$INSERT INTO by_year VALUES ('k', 'Status', 2026)$$), pg_temp.try($$INSERT INTO by_year VALUES ('l', 'Status', 2026)$$), pg_temp.try($$INSERT INTO by_day VALUES ('k', 'Status', '2026-12-31')$$), pg_temp.try($$INSERT INTO by_day VALUES ('l', 'Status', '2026-12-31')$$);
SELECT * FROM kam.portfolio_violations('by_year', true);
ALTER TABLE by_year DISABLE TRIGGER ALL;
ALTER TABLE by_day DISABLE TRIGGER ALL;
INSERT INTO by_year VALUES ('k', 'Status', 2026), ('m', 'Status', 2027);
INSERT INTO by_day VALUES ('k', 'Status', '2026-12-31'), ('m', 'Status', '2027-12-31');
SELECT * FROM kam.portfolio_violations('by_year', true);
SELECT * FROM kam.portfolio_violations('by_day', true);
SET search_path = hostile_test;
SELECT relation, item, old_due, new_due, cause FROM ledger ORDER BY relation, item;
SELECT id, due FROM voice ORDER BY id;
DROP TABLE voice, nameless, by_year, by_day, ledger;

/* ---- */

SET client_min_messages = error;
SET search_path = public;
DROP SCHEMA hostile_test, operators CASCADE;
DELETE FROM kam.calendar_day WHERE NOT builtin;
DELETE FROM kam.calendar_year WHERE NOT builtin;
DELETE FROM kam.calendar WHERE NOT builtin;
DROP ROLE regress_kam_alice, regress_kam_mallory, regress_kam_clerk;
SELECT count(*) AS "rules left" FROM kam.attached_rule;
