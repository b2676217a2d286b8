/* The portfolio guard under load: one check a KAMR and period and statement, bounded locks, no scan of the whole table (6.1.2.1). */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
\set guard :srcdir '/sql/include/guard.sql'
\i :guard
CREATE SCHEMA guard_test;
SET search_path = guard_test;
SET client_min_messages = warning;

CREATE TABLE assignment (id serial, kamr int, tier kam.tier, plan_year int) WITH (autovacuum_enabled = false);
CREATE INDEX assignment_kamr ON assignment (kamr, plan_year);
SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year');
CREATE TABLE later (LIKE assignment INCLUDING ALL) WITH (autovacuum_enabled = false);
SELECT kam.attach_portfolio_guard('later', 'kamr', 'tier', 'plan_year', deferred => true);

/* What a statement costs in looks at the index, and in locks: of keys (3) and of guards (4). */
CREATE FUNCTION checks(statement text, table_name text DEFAULT 'assignment', OUT checks bigint, OUT whole_scans bigint, OUT keys bigint, OUT whole text) LANGUAGE plpgsql AS $$
DECLARE
	scans bigint; seq bigint;
BEGIN
	SELECT idx_scan, seq_scan INTO scans, seq FROM pg_stat_xact_user_tables WHERE relid = table_name::regclass;
	EXECUTE statement;
	SET CONSTRAINTS ALL IMMEDIATE;
	SET CONSTRAINTS ALL DEFERRED;
	SELECT idx_scan - COALESCE(scans, 0), seq_scan - COALESCE(seq, 0) INTO checks, whole_scans FROM pg_stat_xact_user_tables WHERE relid = table_name::regclass;
	SELECT count(*) FILTER (WHERE objsubid = 3), string_agg(DISTINCT mode, ' ' ORDER BY mode) FILTER (WHERE objsubid = 4) INTO keys, whole FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid();
END $$;

/* Whether the table was empty when the session began does not matter: the plan of the check was made then. */
BEGIN;
SELECT * FROM checks('INSERT INTO assignment (kamr, tier, plan_year) VALUES (0, ''Star'', 2026)');
SELECT * FROM checks('INSERT INTO assignment (kamr, tier, plan_year) SELECT n % 8334, ''Strategic'', 2026 FROM generate_series(1, 100000) AS n');
SELECT * FROM checks('INSERT INTO assignment (kamr, tier, plan_year) SELECT 9999, ''Strategic'', 2027 FROM generate_series(1, 12) AS n');
COMMIT;
ANALYZE assignment;
BEGIN;
SELECT * FROM checks('INSERT INTO assignment (kamr, tier, plan_year) SELECT 9998, ''Strategic'', 2027 FROM generate_series(1, 12) AS n');
ROLLBACK;
/* one check for what a statement does to a KAMR and period, none where no sum can rise; a second look only above the limit */
CREATE TEMPORARY TABLE statement (n serial, statement text);
INSERT INTO statement (statement) VALUES
	('INSERT INTO %s (kamr, tier, plan_year) SELECT 20000 + n %% 3, ''Star'', 2026 FROM generate_series(1, 45) AS n'),
	('INSERT INTO %s (kamr, tier, plan_year) SELECT 20000, ''Streamline'', 2026 FROM generate_series(1, 45) AS n'),
	('INSERT INTO %s (kamr, tier, plan_year) SELECT NULL, ''Star'', 2026 FROM generate_series(1, 45) AS n'),
	('INSERT INTO %s (kamr, tier, plan_year) SELECT 20010, ''Status'', 2020 + n FROM generate_series(1, 5) AS n'),
	('UPDATE %s SET tier = tier WHERE ctid IN (SELECT ctid FROM %1$s LIMIT 100)'),
	('UPDATE %s SET id = -id WHERE ctid IN (SELECT ctid FROM %1$s LIMIT 100)'),
	('WITH new AS (INSERT INTO %s (kamr, tier, plan_year) SELECT 20020, ''Star'', 2026 FROM generate_series(1, 7)) INSERT INTO %1$s (kamr, tier, plan_year) SELECT 20020, ''Star'', 2026 FROM generate_series(1, 7)');
SELECT n, checks, keys, whole FROM statement, checks(format(statement, 'assignment')) ORDER BY n;
SELECT n, checks, keys, whole FROM statement, checks(format(statement, 'later'), 'later') ORDER BY n;
/* rows of many commands, checked at the end: once for each KAMR */
BEGIN;
SELECT checks, keys FROM checks('DO $do$ BEGIN FOR n IN 1..400 LOOP INSERT INTO guard_test.later (kamr, tier, plan_year) VALUES (30000 + n % 40, ''Strategic'', 2026); END LOOP; END $do$', 'later');
ROLLBACK;

/* At most 1,000 keys are locked one by one: then the guard as a whole. */
BEGIN;
SELECT keys, whole FROM checks('INSERT INTO assignment (kamr, tier, plan_year) SELECT n, ''Strategic'', 2100 FROM generate_series(1, 999) AS n');
SELECT keys, whole FROM checks('INSERT INTO assignment (kamr, tier, plan_year) SELECT n, ''Strategic'', 2100 FROM generate_series(1, 999) AS n');
SELECT keys, whole FROM checks('INSERT INTO assignment (kamr, tier, plan_year) SELECT n, ''Strategic'', 2100 FROM generate_series(1000, 1000) AS n');
SELECT keys, whole FROM checks('INSERT INTO assignment (kamr, tier, plan_year) SELECT n, ''Strategic'', 2100 FROM generate_series(1000, 1000) AS n');
SELECT keys, whole FROM checks('INSERT INTO assignment (kamr, tier, plan_year) SELECT n, ''Strategic'', 2100 FROM generate_series(1001, 1001) AS n');
SELECT keys, whole FROM checks('INSERT INTO assignment (kamr, tier, plan_year) SELECT n, ''Strategic'', 2100 FROM generate_series(1002, 1050) AS n');
ROLLBACK;
SELECT count(*) FROM pg_locks WHERE locktype = 'advisory';
/* however often one KAMR changes */
BEGIN;
SELECT keys, whole FROM checks('DO $do$ BEGIN FOR n IN 1..1100 LOOP INSERT INTO guard_test.assignment (kamr, tier, plan_year) VALUES (1, ''Star'', 2200); DELETE FROM guard_test.assignment WHERE plan_year = 2200; END LOOP; END $do$');
ROLLBACK;
/* what a savepoint locked is free when it is rolled back; how many it were is remembered */
BEGIN;
SAVEPOINT s;
SELECT keys, whole FROM checks('INSERT INTO assignment (kamr, tier, plan_year) SELECT n, ''Strategic'', 2100 FROM generate_series(1, 1200) AS n');
ROLLBACK TO s;
SELECT count(*) FROM pg_locks WHERE locktype = 'advisory';
INSERT INTO assignment (kamr, tier, plan_year) VALUES (1, 'Star', 2100);
SELECT objsubid, mode FROM pg_locks WHERE locktype = 'advisory' ORDER BY objsubid, mode COLLATE "C";
COMMIT;
/* two guards share the bound: the second is locked as a whole */
BEGIN;
SELECT keys FROM checks('INSERT INTO assignment (kamr, tier, plan_year) SELECT n, ''Strategic'', 2101 FROM generate_series(1, 600) AS n');
SELECT keys FROM checks('INSERT INTO later (kamr, tier, plan_year) SELECT n, ''Strategic'', 2101 FROM generate_series(1, 600) AS n', 'later');
SELECT mode, count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 4 GROUP BY mode;
ROLLBACK;

/* 50,000 pairs of KAMR and period in one transaction, at default settings: by one statement, deferred, by COPY, by many statements. */
SHOW max_locks_per_transaction;
BEGIN;
INSERT INTO assignment (kamr, tier, plan_year) SELECT n % 5000, 'Star', 2200 + n / 5000 FROM generate_series(0, 49999) AS n;
SELECT count(*) FILTER (WHERE objsubid = 3) AS keys, count(*) FILTER (WHERE objsubid = 4 AND mode = 'ExclusiveLock') AS whole FROM pg_locks WHERE locktype = 'advisory';
SELECT pg_temp.try('INSERT INTO assignment (kamr, tier, plan_year) SELECT 4999, ''Strategic'', 2209 FROM generate_series(1, 12)');
ROLLBACK;
BEGIN;
INSERT INTO later (kamr, tier, plan_year) SELECT n % 5000, 'Star', 2200 + n / 5000 FROM generate_series(0, 49999) AS n;
INSERT INTO later (kamr, tier, plan_year) SELECT n % 5000, 'Star', 2207 FROM generate_series(0, 4999) AS n;
COMMIT;
SELECT count(*) FROM later WHERE plan_year >= 2200;
BEGIN;
INSERT INTO later (kamr, tier, plan_year) SELECT n % 5000, 'Star', 2207 FROM generate_series(0, 4999) AS n;
INSERT INTO later (kamr, tier, plan_year) SELECT 4321, 'Star', 2207 FROM generate_series(1, 13);
COMMIT;
SELECT count(*) FROM later WHERE plan_year >= 2200;
COPY assignment (kamr, tier, plan_year) FROM PROGRAM 'seq 1 50000 | sed "s/$/\tStar\t2300/"';
SELECT count(*) FROM assignment WHERE plan_year = 2300;
DO $$
BEGIN
	FOR n IN 1..2000 LOOP
		INSERT INTO guard_test.assignment (kamr, tier, plan_year) VALUES (n, 'Strategic', 2300), (n, 'Strategic', 2301);
	END LOOP;
END $$;
SELECT count(*) FROM kam.portfolio_violations('assignment');

/* The bound on locks holds for the transaction: also where the table's description is made anew, and over several guards. */
CREATE FUNCTION many_locks() RETURNS TABLE (keys bigint, whole bigint) LANGUAGE sql BEGIN ATOMIC
	SELECT count(*) FILTER (WHERE objsubid = 3), count(*) FILTER (WHERE objsubid = 4 AND mode = 'ExclusiveLock') FROM pg_locks WHERE locktype = 'advisory';
END;
BEGIN;
INSERT INTO assignment (kamr, tier, plan_year) SELECT n, 'Star', 2200 FROM generate_series(1, 600) AS n;
ANALYZE assignment;
INSERT INTO assignment (kamr, tier, plan_year) SELECT n, 'Star', 2200 FROM generate_series(601, 1200) AS n;
SELECT * FROM many_locks();
ANALYZE assignment;
INSERT INTO assignment (kamr, tier, plan_year) SELECT n, 'Star', 2200 FROM generate_series(1201, 1800) AS n;
SELECT * FROM many_locks();
ROLLBACK;
BEGIN;
INSERT INTO assignment (kamr, tier, plan_year) SELECT n, 'Star', 2200 FROM generate_series(1, 600) AS n;
INSERT INTO later (kamr, tier, plan_year) SELECT n, 'Star', 2200 FROM generate_series(1, 600) AS n;
SET CONSTRAINTS ALL IMMEDIATE;
SELECT * FROM many_locks();
/* given free with the savepoint, and taken again after it */
SAVEPOINT s;
INSERT INTO assignment (kamr, tier, plan_year) VALUES (9999, 'Star', 2200);
SELECT * FROM many_locks();
ROLLBACK TO s;
SELECT * FROM many_locks();
INSERT INTO assignment (kamr, tier, plan_year) VALUES (9999, 'Star', 2200);
SELECT * FROM many_locks();
ROLLBACK;

/* The guard locked as a whole, before a load. */
BEGIN;
SELECT kam.lock_portfolio_guard('assignment');
SELECT objsubid, mode FROM pg_locks WHERE locktype = 'advisory';
INSERT INTO assignment (kamr, tier, plan_year) VALUES (1, 'Star', 2100);
ROLLBACK;

/* A KAMR type that cannot be hashed: the guard is locked as a whole. */
CREATE TABLE by_money (kamr money, tier kam.tier);
CREATE INDEX ON by_money (kamr);
SELECT kam.attach_portfolio_guard('by_money', 'kamr', 'tier', plan_year => 2026);
BEGIN;
INSERT INTO by_money SELECT '1', 'Strategic' FROM generate_series(1, 12);
SELECT objsubid, mode FROM pg_locks WHERE locktype = 'advisory' ORDER BY objsubid, mode COLLATE "C";
COMMIT;
SELECT pg_temp.try($$INSERT INTO by_money VALUES ('1.00', 'Status')$$), pg_temp.try($$INSERT INTO by_money VALUES ('1.01', 'Status')$$),
	pg_temp.try($$INSERT INTO by_money SELECT (n / 12)::money, 'Strategic' FROM generate_series(120, 1000) AS n$$);

/* A table that is too large to wait for: attaching can be cancelled, and leaves nothing. */
SELECT kam.detach_portfolio_guard('assignment');
SET statement_timeout = '10ms';
SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year');
RESET statement_timeout;
SELECT count(*) FROM kam.attached_rule WHERE relation = 'assignment'::regclass;

DROP SCHEMA guard_test CASCADE;
