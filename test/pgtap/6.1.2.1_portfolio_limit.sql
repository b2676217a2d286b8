-- 6.1.2.1: one key account manager carries a weighted portfolio of at most 12, on any table that the guard is attached to (R11 to R14).
BEGIN;
SELECT plan(34);

CREATE TEMP TABLE assignment (account int PRIMARY KEY, office text, kamr text, tier kam.tier, plan_year int, ended_on date);
CREATE INDEX ON assignment (kamr, plan_year);
SELECT lives_ok($$SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year', 'ended_on IS NULL')$$, '6.1.2.1: the limit is put on a table');

-- the manual's own example
SELECT lives_ok(format('INSERT INTO assignment SELECT %s * 100 + row_number() OVER (), ''A'', ''KAMR %1$s'', tier, 2026 FROM (VALUES %s) AS v (tier, n), generate_series(1, n)', kamr, mix),
	format('6.1.2.1: KAMR %s of the manual''s example fits', kamr))
FROM (VALUES (1, $$('Strategic'::kam.tier, 12)$$), (2, $$('Star'::kam.tier, 15)$$), (3, $$('Status'::kam.tier, 20)$$),
	(4, $$('Strategic'::kam.tier, 2), ('Star', 8), ('Status', 6)$$), (5, $$('Strategic'::kam.tier, 4), ('Star', 6), ('Status', 5)$$)) AS v (kamr, mix)
ORDER BY kamr;
SELECT throws_ok(format('INSERT INTO assignment VALUES (1, ''A'', ''KAMR %s'', ''Status'', 2026)', kamr), '23514',
	format('portfolio of key account manager "KAMR %s" in plan year 2026 would be above the limit of 12.0', kamr),
	format('6.1.2.1: KAMR %s can take no account more', kamr))
FROM generate_series(1, 5) AS kamr;
SELECT is_empty('SELECT * FROM kam.portfolio_violations(''assignment'', below => true)', '6.1.2.1: the five are within 6 and 12');

-- R11: exact
SELECT lives_ok($$INSERT INTO assignment SELECT 1000 + n, 'A', 'exact', 'Star', 2026 FROM generate_series(1, 15) AS n$$, '6.1.2.1, R11: 15 × 0.8 is 12.0 and not more');
SELECT throws_ok($$UPDATE assignment SET tier = 'Strategic' WHERE account = 1001$$, '23514', NULL, '6.1.2.1, R11: 14 × 0.8 and 1.0 are 12.2');
SELECT lives_ok($$UPDATE assignment SET tier = CASE account WHEN 1001 THEN 'Strategic' WHEN 1002 THEN 'Status' ELSE tier END WHERE kamr = 'exact'$$, '6.1.2.1, R11: 13 × 0.8, 1.0 and 0.6 are 12.0');
SELECT lives_ok($$INSERT INTO assignment SELECT 1100 + n, 'A', 'one by one', CASE WHEN n <= 10 THEN 'Status'::kam.tier WHEN n <= 15 THEN 'Star' ELSE 'Strategic' END, 2026 FROM generate_series(1, 17) AS n$$, '6.1.2.1, R11: 10 × 0.6, 5 × 0.8 and 2 × 1.0 are 12.0');

-- R12: per person and plan year, over all units; what is in force counts
SELECT throws_ok($$INSERT INTO assignment VALUES (2001, 'B', 'KAMR 1', 'Status', 2026)$$, '23514', NULL, '6.1.2.1, R12: another office''s account counts for the same person');
SELECT lives_ok($$INSERT INTO assignment VALUES (2001, 'A', 'KAMR 1', 'Status', 2027)$$, '6.1.2.1, R12: another plan year is another portfolio');
SELECT throws_ok($$UPDATE assignment SET plan_year = 2026 WHERE account = 2001$$, '23514', NULL, '6.1.2.1, R12: until the account comes into that year');
SELECT lives_ok($$INSERT INTO assignment VALUES (2002, 'A', 'KAMR 1', 'Strategic', 2026, '2026-03-31')$$, '6.1.2.1, R12: an assignment that has ended does not count');
SELECT throws_ok($$UPDATE assignment SET ended_on = NULL WHERE account = 2002$$, '23514', NULL, '6.1.2.1, R12: until it is taken up again');
SELECT lives_ok($$UPDATE assignment SET ended_on = '2026-06-30' WHERE account = 101; UPDATE assignment SET ended_on = NULL WHERE account = 2002$$, '6.1.2.1, R12: for which another one has to end');
SELECT lives_ok($$INSERT INTO assignment SELECT 3000 + n, 'A', NULL, 'Strategic', 2026 FROM generate_series(1, 50) AS n$$, '6.1.2.1, R12: an account without a KAMR is in nobody''s portfolio');
SELECT throws_ok($$UPDATE assignment SET kamr = 'new' WHERE account BETWEEN 3001 AND 3013$$, '23514', NULL, '6.1.2.1, R12: 13 × 1.0 given to one at once are too many');
SELECT lives_ok($$UPDATE assignment SET kamr = 'new' WHERE account BETWEEN 3001 AND 3012$$, '6.1.2.1, R12: 12 × 1.0 are not');

-- R13: above is refused, below is shown; what is above can be mended
SELECT lives_ok($$INSERT INTO assignment VALUES (4001, 'A', 'beginner', 'Star', 2026)$$, '6.1.2.1, R13: a portfolio below 6 is no error');
SELECT results_eq($$SELECT kamr, weight, violation FROM kam.portfolio_violations('assignment', below => true) WHERE kamr = 'beginner'$$, $$VALUES ('beginner', 0.8, 'below')$$, '6.1.2.1, R13: it is shown');
SELECT is_empty('SELECT * FROM kam.portfolio_violations(''assignment'')', '6.1.2.1, R13: nobody is above');
SELECT lives_ok($$INSERT INTO assignment VALUES (4002, 'A', 'Streamline only', 'Streamline', 2026)$$, '6.1.2.1, R13: a KAMR with no counted account');
SELECT is_empty($$SELECT * FROM kam.portfolio_violations('assignment', below => true) WHERE kamr = 'Streamline only'$$, '6.1.2.1, R13: has no portfolio to check');
ALTER TABLE assignment DISABLE TRIGGER USER;
INSERT INTO assignment SELECT 5000 + n, 'A', 'above', 'Star', 2026 FROM generate_series(1, 17) AS n;
ALTER TABLE assignment ENABLE TRIGGER USER;
SELECT throws_ok($$INSERT INTO assignment VALUES (5018, 'A', 'above', 'Status', 2026)$$, '23514', NULL, '6.1.2.1, R13: who is above the limit gets nothing more');
SELECT lives_ok($$UPDATE assignment SET tier = 'Status' WHERE account = 5001$$, '6.1.2.1, R13: and may be relieved step by step');

-- R14
SELECT lives_ok($$INSERT INTO assignment SELECT 6000 + n, 'A', 'KAMR 2', 'Streamline', 2026 FROM generate_series(1, 500) AS n$$, '6.1.2.1, R14: Streamline accounts weigh nothing');
SELECT throws_ok($$UPDATE assignment SET tier = 'Status' WHERE account = 6001$$, '23514', NULL, '6.1.2.1, R14: until one becomes Status');

SELECT * FROM finish();
ROLLBACK;
