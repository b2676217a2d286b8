/* The portfolio guard follows the rule set of each period: limits, weights and drafts (6.1.2.1, R4). */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
\set guard :srcdir '/sql/include/guard.sql'
\i :guard
CREATE SCHEMA guard_test;
SET search_path = guard_test;
SET client_min_messages = warning;

CREATE TABLE assignment (id int PRIMARY KEY, kamr text, tier text, plan_year smallint);
CREATE INDEX ON assignment (kamr, plan_year);
CREATE TABLE now (kamr text, tier kam.tier);
CREATE INDEX ON now (kamr);
SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year');
SELECT kam.attach_portfolio_guard('now', 'kamr', 'tier', plan_year => 2030);

/* How many accounts of one tier fit in a year. */
CREATE FUNCTION fit(tier text, year int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
	n int := 0;
BEGIN
	LOOP
		EXIT WHEN pg_temp.try(format('INSERT INTO assignment SELECT n, ''k'', %L, %s FROM generate_series(1, %s) AS n', tier, year, n + 1)) <> 'accepted' OR n = 50;
		n := n + 1;
	END LOOP;
	RETURN n;
END $$;
CREATE VIEW fitting AS
SELECT year, fit('Strategic', year) AS strategic, fit('Star', year) AS star, fit('Status', year) AS status, fit('Streamline', year) AS streamline
FROM unnest('{2017,2018,2029,2030,2031}'::int[]) AS year;
SELECT * FROM fitting;

/* Another limit, other weights, from another year on; a draft has no say. */
BEGIN;
INSERT INTO kam.rule_set (rule_set, plan_year_from, portfolio_max, portfolio_min, weight_star, weight_streamline) VALUES ('stricter', 2030, 10, 5.5, 0.75, 0.25);
INSERT INTO kam.rule_set (rule_set, portfolio_max) VALUES ('draft', 1000);
SELECT * FROM fitting;
SELECT pg_temp.try($$INSERT INTO now SELECT 'k', 'Star' FROM generate_series(1, 13)$$), pg_temp.try($$INSERT INTO now SELECT 'k', 'Star' FROM generate_series(1, 14)$$);
UPDATE kam.rule_set SET plan_year_from = 2031 WHERE rule_set = 'stricter';
SELECT * FROM fitting;
UPDATE kam.rule_set SET plan_year_from = NULL WHERE rule_set = 'stricter';
SELECT * FROM fitting;
ROLLBACK;
SELECT * FROM fitting;
/* before the manual */
BEGIN;
INSERT INTO kam.rule_set (rule_set, plan_year_from, portfolio_max, portfolio_min) VALUES ('revision-3', 2000, 3, 0);
SELECT * FROM fitting;
ROLLBACK;
/* the user's own in place of the built-in one; the ends of what a row may hold */
BEGIN;
INSERT INTO kam.rule_set (rule_set, plan_year_from, portfolio_max, portfolio_min, weight_strategic) VALUES ('mine', 2018, 0, 0, 0);
SELECT * FROM fitting;
UPDATE kam.rule_set SET portfolio_max = 0.000001, weight_strategic = 0.000001 WHERE rule_set = 'mine';
SELECT * FROM fitting;
UPDATE kam.rule_set SET portfolio_max = 1e30, weight_strategic = 1000 WHERE rule_set = 'mine';
SELECT * FROM fitting;
UPDATE kam.rule_set SET portfolio_max = 2.9999999, weight_strategic = 1 WHERE rule_set = 'mine';
SELECT * FROM fitting;
ROLLBACK;

/* Exact where floating point is not (R11). */
BEGIN;
INSERT INTO kam.rule_set (rule_set, plan_year_from, portfolio_max, portfolio_min, weight_strategic, weight_star, weight_status, weight_streamline) VALUES ('tenths', 2030, 0.3, 0, 0.1, 0.2, 0.3, 0.0001);
SELECT * FROM fitting WHERE year = 2030;
SELECT pg_temp.try($$INSERT INTO now VALUES ('k', 'Strategic'), ('k', 'Star')$$) AS "0.1 + 0.2", pg_temp.try($$INSERT INTO now VALUES ('k', 'Strategic'), ('k', 'Star'), ('k', 'Streamline')$$) AS "and a little",
	pg_temp.try($$INSERT INTO now SELECT 'k', 'Streamline' FROM generate_series(1, 3000)$$) AS "3,000 a little", pg_temp.try($$INSERT INTO now SELECT 'k', 'Streamline' FROM generate_series(1, 3001)$$) AS "one more";
ROLLBACK;

/* A rule set that changes makes no error by itself: it is listed, and what was right may stay, and be mended. */
INSERT INTO assignment SELECT n, 'k', 'Star', 2030 FROM generate_series(1, 15) AS n;
INSERT INTO assignment SELECT 100 + n, 'l', 'Star', 2029 FROM generate_series(1, 15) AS n;
INSERT INTO assignment SELECT 200 + n, 'm', 'Status', 2030 FROM generate_series(1, 10) AS n;
INSERT INTO now SELECT 'k', 'Strategic' FROM generate_series(1, 12);
SELECT * FROM kam.portfolio_violations('assignment', true);
BEGIN;
INSERT INTO kam.rule_set (rule_set, plan_year_from, portfolio_max, portfolio_min) VALUES ('stricter', 2030, 11.0, 6.5);
SELECT * FROM kam.portfolio_violations('assignment');
SELECT * FROM kam.portfolio_violations('assignment', true);
SELECT * FROM kam.portfolio_violations('now', true);
SELECT statement, pg_temp.try(statement)
FROM (VALUES
	($$UPDATE assignment SET tier = 'Status' WHERE id = 1$$),
	($$UPDATE assignment SET tier = 'Strategic' WHERE id = 1$$),
	($$UPDATE assignment SET tier = 'Strategic' WHERE id = 101$$),
	($$UPDATE assignment SET plan_year = 2029 WHERE kamr = 'k'$$),
	($$UPDATE assignment SET plan_year = 2030 WHERE kamr = 'l'$$),
	($$UPDATE assignment SET kamr = 'm' WHERE id = 1$$),
	($$UPDATE assignment SET kamr = 'm' WHERE id IN (1, 2, 3, 4, 5, 6, 7)$$),
	($$SELECT kam.detach_portfolio_guard('assignment'); SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year')$$)
) AS s (statement);
/* below the limit is shown, and refused by nobody (R13); without counted accounts there is no portfolio */
DELETE FROM assignment WHERE kamr = 'm' AND id > 201;
INSERT INTO assignment VALUES (300, 'n', 'Streamline', 2030);
SELECT kamr, weight, violation FROM kam.portfolio_violations('assignment', true);
ROLLBACK;

/* Years from before any rule set: no change brings one in, none that is there is in the way. */
ALTER TABLE assignment DISABLE TRIGGER USER;
INSERT INTO assignment SELECT 400 + n, 'old', 'Strategic', 2015 FROM generate_series(1, 20) AS n;
ALTER TABLE assignment ENABLE TRIGGER USER;
SELECT * FROM kam.portfolio_violations('assignment', true);
SELECT statement, pg_temp.try(statement)
FROM (VALUES
	($$INSERT INTO assignment VALUES (0, 'old', 'Streamline', 2015)$$),
	($$UPDATE assignment SET tier = 'Star' WHERE id = 401$$),
	($$UPDATE assignment SET plan_year = 2030 WHERE id = 401$$),
	($$UPDATE assignment SET id = 0 WHERE id = 401$$),
	($$DELETE FROM assignment WHERE id = 401$$)
) AS s (statement);
SELECT kam.detach_portfolio_guard('assignment');
SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year');

/* Plan years that rules hold for may themselves be taken away under a guard. */
BEGIN;
INSERT INTO kam.rule_set (rule_set, plan_year_from) VALUES ('early', 2010);
CREATE TABLE past (kamr text, tier kam.tier);
CREATE INDEX ON past (kamr);
SELECT kam.attach_portfolio_guard('past', 'kamr', 'tier', plan_year => 2012);
INSERT INTO past SELECT 'k', 'Strategic' FROM generate_series(1, 13);
ROLLBACK;
BEGIN;
INSERT INTO kam.rule_set (rule_set, plan_year_from) VALUES ('early', 2010);
CREATE TABLE past (kamr text, tier kam.tier);
CREATE INDEX ON past (kamr);
SELECT kam.attach_portfolio_guard('past', 'kamr', 'tier', plan_year => 2012);
INSERT INTO past SELECT 'k', 'Strategic' FROM generate_series(1, 12);
DELETE FROM kam.rule_set WHERE rule_set = 'early';
SELECT pg_temp.try($$INSERT INTO past VALUES ('k', 'Status')$$), pg_temp.try($$DELETE FROM past$$);
SELECT count(*) FROM kam.portfolio_violations('past');
ROLLBACK;

DROP SCHEMA guard_test CASCADE;
