/* The portfolio guard and row security: hidden rows count, and are not given away (6.1.2.1, R12). */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
\set guard :srcdir '/sql/include/guard.sql'
\i :guard
CREATE SCHEMA guard_test;
SET client_min_messages = warning;
CREATE ROLE regress_kam_keeper;
CREATE ROLE regress_kam_north;
CREATE ROLE regress_kam_all BYPASSRLS;
CREATE ROLE regress_kam_blind;
GRANT ALL ON SCHEMA guard_test TO regress_kam_keeper;
GRANT USAGE ON SCHEMA guard_test TO PUBLIC;
SET search_path = guard_test;

SET ROLE regress_kam_keeper;
CREATE TABLE assignment (id int PRIMARY KEY, area text, kamr text, tier kam.tier, plan_year int);
CREATE INDEX ON assignment (kamr, plan_year);
INSERT INTO assignment SELECT n, 'S', 'k', 'Strategic', 2026 FROM generate_series(1, 11) AS n;
INSERT INTO assignment SELECT 100 + n, 'S', 'over', 'Strategic', 2026 FROM generate_series(1, 14) AS n;
ALTER TABLE assignment ENABLE ROW LEVEL SECURITY;
ALTER TABLE assignment FORCE ROW LEVEL SECURITY;
CREATE POLICY by_area ON assignment USING (area = CASE current_user WHEN 'regress_kam_north' THEN 'N' WHEN 'regress_kam_keeper' THEN 'K' END);
GRANT SELECT, INSERT, UPDATE, DELETE ON assignment TO regress_kam_north, regress_kam_all;
GRANT INSERT ON assignment TO regress_kam_blind;
RESET ROLE;
GRANT EXECUTE ON FUNCTION pg_temp.try(text), pg_temp.error_of(text) TO PUBLIC;

/* FORCE hides the rows from their owner; what is looked at when the guard is attached is all. */
SET ROLE regress_kam_keeper;
SELECT count(*) FROM assignment;
SELECT code, message, detail FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year')$$);
SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year', check_existing => false);
SELECT * FROM pg_temp.error_of($$SELECT * FROM kam.portfolio_violations('assignment')$$);

/* Hidden rows count, for everyone. Only who sees them all is told what there is. */
SET ROLE regress_kam_north;
SELECT count(*) FROM assignment;
INSERT INTO assignment VALUES (201, 'N', 'k', 'Strategic', 2026);
SELECT * FROM assignment;
SELECT * FROM pg_temp.error_of($$INSERT INTO assignment VALUES (202, 'N', 'k', 'Status', 2026)$$);
SELECT pg_temp.try($$UPDATE assignment SET tier = 'Star' WHERE id = 201$$), pg_temp.try($$INSERT INTO assignment VALUES (202, 'N', 'over', 'Status', 2026)$$),
	pg_temp.try($$INSERT INTO assignment VALUES (202, 'N', 'over', 'Streamline', 2026)$$);
SELECT code, message FROM pg_temp.error_of($$SELECT * FROM kam.portfolio_violations('assignment')$$);
SET row_security = off;
SELECT code FROM pg_temp.error_of($$SELECT * FROM assignment$$);
SELECT code FROM pg_temp.error_of($$SELECT * FROM kam.portfolio_violations('assignment')$$);
/* the check asks for no row to be shown */
SELECT pg_temp.try($$INSERT INTO assignment SELECT 202 + n, 'N', 'l', 'Star', 2026 FROM generate_series(1, 15) AS n$$);
RESET row_security;

SET ROLE regress_kam_all;
SELECT * FROM pg_temp.error_of($$INSERT INTO assignment VALUES (202, 'N', 'k', 'Status', 2026)$$);
SELECT kamr, weight FROM kam.portfolio_violations('assignment');

SET ROLE regress_kam_blind;
SELECT * FROM pg_temp.error_of($$INSERT INTO assignment (id, kamr, tier, plan_year) VALUES (202, 'k', 'Status', 2026)$$);

SET ROLE regress_kam_keeper;
SELECT * FROM pg_temp.error_of($$INSERT INTO assignment VALUES (202, 'K', 'k', 'Status', 2026)$$);
RESET ROLE;
SELECT * FROM pg_temp.error_of($$INSERT INTO assignment VALUES (202, 'N', 'k', 'Status', 2026)$$);

/* With SELECT on some columns only: the sum is of columns that one may not read. */
GRANT SELECT (id, area) ON assignment TO regress_kam_blind;
ALTER TABLE assignment DISABLE ROW LEVEL SECURITY;
SET ROLE regress_kam_blind;
SELECT detail FROM pg_temp.error_of($$INSERT INTO assignment (id, kamr, tier, plan_year) VALUES (202, 'k', 'Status', 2026)$$);
SELECT code FROM pg_temp.error_of($$SELECT * FROM kam.portfolio_violations('assignment')$$);
SET ROLE regress_kam_north;
SELECT detail FROM pg_temp.error_of($$INSERT INTO assignment (id, kamr, tier, plan_year) VALUES (202, 'k', 'Status', 2026)$$);
SELECT kamr, weight FROM kam.portfolio_violations('assignment');
RESET ROLE;

/* A policy that would run the writer's code, or fail, runs for nobody but readers. */
CREATE FUNCTION tell() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'policy run as %', current_user; END $$;
CREATE POLICY fails ON assignment FOR SELECT USING (tell());
DROP POLICY by_area ON assignment;
CREATE POLICY writes ON assignment FOR INSERT WITH CHECK (true);
ALTER TABLE assignment ENABLE ROW LEVEL SECURITY;
SET ROLE regress_kam_north;
SELECT pg_temp.try($$INSERT INTO assignment VALUES (202, 'N', 'k', 'Status', 2026)$$), pg_temp.try($$INSERT INTO assignment VALUES (202, 'N', 'z', 'Status', 2026)$$);
RESET ROLE;

/* In functions that change the role; at commit under another role. */
CREATE TABLE later (id int PRIMARY KEY, area text, kamr text, tier kam.tier);
CREATE INDEX ON later (kamr);
ALTER TABLE later OWNER TO regress_kam_keeper;
ALTER TABLE later ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_area ON later USING (area = 'N') WITH CHECK (true);
GRANT ALL ON later TO regress_kam_north;
SET ROLE regress_kam_keeper;
SELECT kam.attach_portfolio_guard('later', 'kamr', 'tier', plan_year => 2026, deferred => true);
INSERT INTO later SELECT n, 'S', 'k', 'Strategic' FROM generate_series(1, 12) AS n;
BEGIN;
SET LOCAL ROLE regress_kam_north;
INSERT INTO later VALUES (13, 'S', 'k', 'Status');
SET LOCAL ROLE regress_kam_blind;
COMMIT;
-- (until 17 as who commits; from 18 on, expected/…_1.out, PostgreSQL fires a deferred trigger as who wrote the row)
BEGIN;
SET LOCAL ROLE regress_kam_north;
INSERT INTO later VALUES (13, 'S', 'k', 'Status');
SET LOCAL ROLE regress_kam_keeper;
COMMIT;
RESET ROLE;
CREATE FUNCTION as_keeper() RETURNS void LANGUAGE sql SECURITY DEFINER BEGIN ATOMIC INSERT INTO guard_test.later VALUES (13, 'S', 'k', 'Status'); END;
ALTER FUNCTION as_keeper OWNER TO regress_kam_keeper;
SET ROLE regress_kam_blind;
BEGIN;
SELECT as_keeper();
COMMIT;
RESET ROLE;
SELECT count(*) FROM later;

/*
 * Whose portfolio it is stands in a row that one may not see: it is named where the statement says it, or to who may read
 * the column; not where a foreign key's action changes the row, as from 18 on its owner.
 */
CREATE TABLE account (id int PRIMARY KEY, tier kam.tier, UNIQUE (id, tier));
CREATE TABLE care (account int, kamr text, tier kam.tier, FOREIGN KEY (account, tier) REFERENCES account (id, tier) ON UPDATE CASCADE);
CREATE INDEX ON care (kamr);
ALTER TABLE account OWNER TO regress_kam_keeper;
ALTER TABLE care OWNER TO regress_kam_keeper;
SELECT kam.attach_portfolio_guard('care', 'kamr', 'tier', plan_year => 2026);
INSERT INTO account SELECT n, 'Star' FROM generate_series(1, 15) AS n;
INSERT INTO care SELECT id, 'hidden', tier FROM account;
GRANT SELECT, UPDATE ON account TO regress_kam_blind;
CREATE TABLE blind (kamr text, tier kam.tier);
CREATE INDEX ON blind (kamr);
SELECT kam.attach_portfolio_guard('blind', 'kamr', 'tier', plan_year => 2026);
INSERT INTO blind SELECT kamr, tier FROM care;
GRANT UPDATE ON blind TO regress_kam_blind;
SET ROLE regress_kam_blind;
SELECT code, message, detail FROM pg_temp.error_of($$UPDATE blind SET tier = 'Strategic'$$);
SELECT code, message, detail FROM pg_temp.error_of($$UPDATE blind SET tier = 'Strategic', kamr = 'given'$$);
SELECT code, message, detail FROM pg_temp.error_of($$UPDATE account SET tier = 'Strategic' WHERE id = 1$$);
RESET ROLE;
GRANT SELECT (kamr) ON care TO regress_kam_blind;
SET ROLE regress_kam_blind;
SELECT code, message, detail FROM pg_temp.error_of($$UPDATE account SET tier = 'Strategic' WHERE id = 1$$);
RESET ROLE;
GRANT SELECT ON care TO regress_kam_blind;
SET ROLE regress_kam_blind;
SELECT code, message, detail FROM pg_temp.error_of($$UPDATE account SET tier = 'Strategic' WHERE id = 1$$);
RESET ROLE;
ALTER TABLE care ENABLE ROW LEVEL SECURITY;
SET ROLE regress_kam_blind;
SELECT code, message, detail FROM pg_temp.error_of($$UPDATE account SET tier = 'Strategic' WHERE id = 1$$);
RESET ROLE;
SELECT code, message, detail FROM pg_temp.error_of($$UPDATE account SET tier = 'Strategic' WHERE id = 1$$);

/* Nor where an UPDATE moves a row to another partition. */
CREATE TABLE parted (id int, kamr text, tier kam.tier, plan_year int) PARTITION BY LIST (plan_year);
CREATE TABLE parted_2026 PARTITION OF parted FOR VALUES IN (2026);
CREATE TABLE parted_2027 PARTITION OF parted FOR VALUES IN (2027);
CREATE INDEX ON parted (kamr);
SELECT kam.attach_portfolio_guard('parted', 'kamr', 'tier', 'plan_year');
INSERT INTO parted SELECT n, 'hidden', 'Strategic', 2026 + n % 2 FROM generate_series(1, 24) AS n;
GRANT SELECT (id), UPDATE (plan_year, tier), INSERT ON parted TO regress_kam_blind;
SET ROLE regress_kam_blind;
SELECT code, message, detail FROM pg_temp.error_of($$UPDATE parted SET plan_year = 2027 WHERE id = 2$$);
SELECT code, message, detail FROM pg_temp.error_of($$INSERT INTO parted VALUES (25, 'hidden', 'Status', 2026)$$);
RESET ROLE;

/* The check runs as the table's owner, whoever writes; functions of the predicate too. */
CREATE FUNCTION who(text) RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN PERFORM set_config('guard_test.who', current_user, true); RETURN true; END $$;
CREATE TABLE seen (kamr text, tier kam.tier);
CREATE INDEX ON seen (kamr);
ALTER TABLE seen OWNER TO regress_kam_keeper;
GRANT INSERT ON seen TO regress_kam_blind;
SET ROLE regress_kam_keeper;
SELECT kam.attach_portfolio_guard('seen', 'kamr', 'tier', predicate => 'who(kamr)', plan_year => 2026);
SET ROLE regress_kam_blind;
BEGIN;
INSERT INTO seen VALUES ('k', 'Star');
SELECT current_user, current_setting('guard_test.who') AS looked;
COMMIT;
RESET ROLE;

DROP SCHEMA guard_test CASCADE;
DROP ROLE regress_kam_keeper, regress_kam_north, regress_kam_all, regress_kam_blind;
