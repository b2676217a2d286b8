/* The portfolio limit at the end of a statement and of a transaction: deferred checks, savepoints, exceptions (6.1.2.1, R13). */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
\set guard :srcdir '/sql/include/guard.sql'
\i :guard
CREATE SCHEMA guard_test;
SET search_path = guard_test;

CREATE TABLE now (id int PRIMARY KEY, kamr text, tier kam.tier);
CREATE INDEX ON now (kamr);
CREATE TABLE later (LIKE now INCLUDING ALL);
SELECT kam.attach_portfolio_guard('now', 'kamr', 'tier', plan_year => 2026);
SELECT kam.attach_portfolio_guard('later', 'kamr', 'tier', plan_year => 2026, deferred => true);
SELECT relation, arguments, deferred FROM kam.attached_rule ORDER BY relation::text COLLATE "C";

/* "a" and "b" are full. */
INSERT INTO now SELECT n, CASE WHEN n <= 12 THEN 'a' ELSE 'b' END, CASE WHEN n <= 12 THEN 'Strategic' ELSE 'Star' END FROM generate_series(1, 27) AS n;
INSERT INTO later SELECT * FROM now;

/* Two KAMRs swap accounts in one transaction: only a deferred check lets the first step pass. */
BEGIN;
UPDATE now SET kamr = 'b' WHERE id BETWEEN 1 AND 4;
ROLLBACK;
BEGIN;
SET CONSTRAINTS kam_portfolio_guard DEFERRED;
UPDATE now SET kamr = 'b' WHERE id BETWEEN 1 AND 4;
SELECT kamr, kam.weight(kam.portfolio(tier)) FROM now GROUP BY kamr ORDER BY kamr;
UPDATE now SET kamr = 'a' WHERE id BETWEEN 13 AND 17;
SELECT kamr, kam.weight(kam.portfolio(tier)) FROM now GROUP BY kamr ORDER BY kamr;
COMMIT;
BEGIN;
UPDATE later SET kamr = 'b' WHERE id BETWEEN 1 AND 4;
UPDATE later SET kamr = 'a' WHERE id BETWEEN 13 AND 17;
COMMIT;
SELECT kamr, kam.weight(kam.portfolio(tier)) FROM later GROUP BY kamr ORDER BY kamr;
/* and not where one of them would gain */
BEGIN;
SET CONSTRAINTS kam_portfolio_guard DEFERRED;
UPDATE now SET kamr = 'a' WHERE id = 1;
UPDATE now SET kamr = 'b' WHERE id = 13;
COMMIT;
BEGIN;
UPDATE later SET kamr = 'b' WHERE id = 5;
COMMIT;
BEGIN;
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE later SET kamr = 'b' WHERE id = 5;
ROLLBACK;
/* brought forward by the user */
BEGIN;
UPDATE later SET kamr = 'b' WHERE id = 5;
SET CONSTRAINTS kam_portfolio_guard IMMEDIATE;
ROLLBACK;
BEGIN;
UPDATE later SET kamr = 'b' WHERE id = 5;
UPDATE later SET kamr = 'a' WHERE id = 5;
SET CONSTRAINTS guard_test.kam_portfolio_guard IMMEDIATE;
UPDATE later SET kamr = 'b' WHERE id = 5;
ROLLBACK;
/* what comes and goes within the transaction breaks nothing */
BEGIN;
INSERT INTO later SELECT 100 + n, 'a', 'Strategic' FROM generate_series(1, 50) AS n;
DELETE FROM later WHERE id > 100;
INSERT INTO later SELECT 100 + n, 'd', 'Strategic' FROM generate_series(1, 13) AS n;
UPDATE later SET tier = 'Streamline' WHERE id = 101;
COMMIT;
SELECT kamr, kam.portfolio(tier) FROM later WHERE kamr = 'd' GROUP BY kamr;
DELETE FROM later WHERE kamr = 'd';

/* A rolled-back savepoint takes back what a check had counted on. */
BEGIN;
SET CONSTRAINTS ALL DEFERRED;
INSERT INTO now SELECT 100 + n, 's', 'Strategic' FROM generate_series(1, 13) AS n;
SAVEPOINT s;
DELETE FROM now WHERE id IN (101, 102);
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK TO s;
COMMIT;
SELECT count(*) FROM now WHERE kamr = 's';
BEGIN;
INSERT INTO later SELECT 100 + n, 's', 'Strategic' FROM generate_series(1, 13) AS n;
SAVEPOINT s;
DELETE FROM later WHERE id IN (101, 102);
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK TO s;
COMMIT;
SELECT count(*) FROM later WHERE kamr = 's';
/* … by changing a tier, by giving away, by a savepoint in a savepoint that is released */
BEGIN;
INSERT INTO later SELECT 100 + n, 's', 'Strategic' FROM generate_series(1, 13) AS n;
SAVEPOINT s;
UPDATE later SET tier = 'Streamline' WHERE id = 101;
SAVEPOINT t;
SET CONSTRAINTS ALL IMMEDIATE;
RELEASE t;
ROLLBACK TO s;
COMMIT;
BEGIN;
INSERT INTO later SELECT 100 + n, 's', 'Strategic' FROM generate_series(1, 13) AS n;
SAVEPOINT s;
UPDATE later SET kamr = NULL WHERE id = 101;
SET CONSTRAINTS ALL IMMEDIATE;
RELEASE s;
SET CONSTRAINTS ALL DEFERRED;
SAVEPOINT u;
UPDATE later SET kamr = 's' WHERE id = 101;
ROLLBACK TO u;
COMMIT;
SELECT count(*) FROM later WHERE kamr = 's';
DELETE FROM later WHERE kamr = 's' OR kamr IS NULL;

/* After the error of a savepoint, what remains counts, and no more. */
BEGIN;
INSERT INTO now SELECT 200 + n, 't', 'Strategic' FROM generate_series(1, 12) AS n;
SAVEPOINT s;
INSERT INTO now VALUES (213, 't', 'Status');
ROLLBACK TO s;
INSERT INTO now VALUES (213, 't', 'Status');
ROLLBACK TO s;
DELETE FROM now WHERE id = 201;
INSERT INTO now VALUES (213, 't', 'Star');
SAVEPOINT s;
DELETE FROM now WHERE id = 213;
INSERT INTO now VALUES (214, 't', 'Strategic');
ROLLBACK TO s;
INSERT INTO now VALUES (215, 't', 'Streamline');
COMMIT;
SELECT kam.portfolio(tier), kam.weight(kam.portfolio(tier)) FROM now WHERE kamr = 't';
DELETE FROM now WHERE kamr = 't';

/* Exceptions in PL/pgSQL: as much as fits is given. */
DO $$
BEGIN
	FOR n IN 300..330 LOOP
		BEGIN
			INSERT INTO now VALUES (n, 'p', CASE n % 3 WHEN 0 THEN 'Strategic' WHEN 1 THEN 'Star' ELSE 'Status' END::kam.tier);
		EXCEPTION WHEN check_violation THEN
			NULL;
		END;
	END LOOP;
END $$;
SELECT kam.portfolio(tier), kam.weight(kam.portfolio(tier)) FROM now WHERE kamr = 'p';
/* a deferred check strikes at the end, however often it was caught before */
DO $$
BEGIN
	FOR n IN 300..330 LOOP
		BEGIN
			INSERT INTO later VALUES (n, 'p', 'Strategic');
			SET CONSTRAINTS ALL IMMEDIATE;
		EXCEPTION WHEN check_violation THEN
			NULL;
		END;
		SET CONSTRAINTS ALL DEFERRED;
	END LOOP;
END $$;
SELECT kam.portfolio(tier) FROM later WHERE kamr = 'p';
DO $$
BEGIN
	INSERT INTO later VALUES (331, 'p', 'Strategic');
EXCEPTION WHEN check_violation THEN
	RAISE INFO 'never here';
END $$;
/* a procedure that commits */
CREATE PROCEDURE give(first int, number int) LANGUAGE plpgsql AS $$
BEGIN
	FOR n IN first .. first + number - 1 LOOP
		INSERT INTO later VALUES (n, 'q', 'Strategic');
		IF n % 5 = 0 THEN
			COMMIT;
		END IF;
	END LOOP;
END $$;
CALL give(400, 14);
SELECT count(*) FROM later WHERE kamr = 'q';
DELETE FROM later WHERE kamr = 'q';

/* Mending: an immediate check judges the command, a deferred one the transaction. */
ALTER TABLE now DISABLE TRIGGER kam_portfolio_guard;
ALTER TABLE later DISABLE TRIGGER kam_portfolio_guard;
INSERT INTO now SELECT 500 + n, 'over', 'Strategic' FROM generate_series(1, 15) AS n;
INSERT INTO later SELECT * FROM now WHERE id > 500;
ALTER TABLE now ENABLE TRIGGER kam_portfolio_guard;
ALTER TABLE later ENABLE TRIGGER kam_portfolio_guard;
BEGIN;
DELETE FROM now WHERE id = 501;
INSERT INTO now VALUES (600, 'over', 'Status');
ROLLBACK;
BEGIN;
DELETE FROM later WHERE id = 501;
INSERT INTO later VALUES (600, 'over', 'Status');
INSERT INTO later VALUES (601, 'over', 'Streamline');
COMMIT;
SELECT kam.weight(kam.portfolio(tier)) FROM later WHERE kamr = 'over';
BEGIN;
DELETE FROM later WHERE id = 600;
INSERT INTO later VALUES (602, 'over', 'Star');
COMMIT;
BEGIN;
INSERT INTO later VALUES (602, 'over', 'Star');
DELETE FROM later WHERE id = 600;
COMMIT;
BEGIN;
INSERT INTO later VALUES (602, 'over', 'Star');
DELETE FROM later WHERE id = 502;
COMMIT;
SELECT kam.portfolio(tier), kam.weight(kam.portfolio(tier)) FROM later WHERE kamr = 'over';
/* mended in a savepoint that is rolled back */
BEGIN;
SAVEPOINT s;
DELETE FROM later WHERE id BETWEEN 503 AND 506;
INSERT INTO later VALUES (603, 'over', 'Star');
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK TO s;
SET CONSTRAINTS ALL DEFERRED;
INSERT INTO later VALUES (603, 'over', 'Star');
COMMIT;

/* an immediate guard that is set deferred judges the transaction, a deferred one set immediate the command */
ALTER TABLE now DISABLE TRIGGER kam_portfolio_guard;
INSERT INTO now SELECT 800 + n, 'over2', 'Strategic' FROM generate_series(1, 15) AS n;
ALTER TABLE now ENABLE TRIGGER kam_portfolio_guard;
BEGIN;
SET CONSTRAINTS ALL DEFERRED;
UPDATE now SET kamr = 'over2' WHERE id = 501;
UPDATE now SET kamr = 'over' WHERE id = 801;
COMMIT;
SELECT kamr, count(*) FROM now WHERE kamr LIKE 'over%' GROUP BY kamr ORDER BY kamr;
BEGIN;
SET CONSTRAINTS ALL DEFERRED;
UPDATE now SET kamr = 'over2' WHERE id = 502;
UPDATE now SET kamr = 'nobody' WHERE id = 802;
INSERT INTO now VALUES (850, 'over2', 'Status');
COMMIT;
BEGIN;
SET CONSTRAINTS ALL IMMEDIATE;
DELETE FROM later WHERE id = 503;
INSERT INTO later VALUES (604, 'over', 'Status');
ROLLBACK;

/* the last statement of a message that ends its transaction is one of the transaction too */
UPDATE later SET kamr = 'nobody' WHERE id = 504\; INSERT INTO later VALUES (605, 'over', 'Strategic');
SELECT kam.portfolio(tier), kam.weight(kam.portfolio(tier)) FROM later WHERE kamr = 'over';

/* Every isolation level, as a single session sees it; two-phase commit and races are tested elsewhere. */
BEGIN ISOLATION LEVEL REPEATABLE READ;
INSERT INTO now VALUES (700, 'a', 'Status');
ROLLBACK;
BEGIN ISOLATION LEVEL SERIALIZABLE;
INSERT INTO now VALUES (700, 'a', 'Status');
ROLLBACK;
BEGIN ISOLATION LEVEL SERIALIZABLE;
INSERT INTO later VALUES (700, 'a', 'Status');
COMMIT;
BEGIN ISOLATION LEVEL SERIALIZABLE;
INSERT INTO later VALUES (700, 'a', 'Status');
DELETE FROM later WHERE id = 5;
COMMIT;
SELECT * FROM kam.portfolio_violations('later');

SET client_min_messages = warning;
DROP SCHEMA guard_test CASCADE;
