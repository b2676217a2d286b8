-- 6.1.2.1: the weighted portfolio of a key account manager, to the digit (R11).
BEGIN;
SELECT plan(21);

-- the manual's own example
CREATE TEMP TABLE assignment (kamr int, tier kam.tier);
INSERT INTO assignment
	SELECT kamr, tier FROM (VALUES (1, 'Strategic', 12), (2, 'Star', 15), (3, 'Status', 20), (4, 'Strategic', 2), (4, 'Star', 8), (4, 'Status', 6),
		(5, 'Strategic', 4), (5, 'Star', 6), (5, 'Status', 5)) AS v (kamr, tier, n), generate_series(1, n);
SELECT results_eq('SELECT kamr, kam.weight(kam.portfolio(tier))::text FROM assignment GROUP BY kamr ORDER BY kamr',
	$$VALUES (1, '12.0'), (2, '12.0'), (3, '12.0'), (4, '12.0'), (5, '11.8')$$, '6.1.2.1: the manual''s five KAMRs: 12.0 12.0 12.0 12.0 11.8');
SELECT results_eq('SELECT kamr, sum(kam.weight(tier))::text FROM assignment GROUP BY kamr ORDER BY kamr',
	$$VALUES (1, '12.0'), (2, '12.0'), (3, '12.0'), (4, '12.0'), (5, '11.8')$$, '6.1.2.1: the same by adding up account by account');
SELECT results_eq('SELECT kamr, kam.portfolio(tier)::text FROM assignment GROUP BY kamr ORDER BY kamr',
	$$VALUES (1, '{Strategic:12}'), (2, '{Star:15}'), (3, '{Status:20}'), (4, '{Strategic:2,Star:8,Status:6}'), (5, '{Strategic:4,Star:6,Status:5}')$$, '6.1.2.1: their mixes');
SELECT is(kam.weight(sum(p))::text, '59.8', '6.1.2.1: all five together') FROM (SELECT kam.portfolio(tier) AS p FROM assignment GROUP BY kamr) s;

-- R11: exact
SELECT is(kam.weight('{Star:15}'::kam.portfolio)::text, '12.0', '6.1.2.1, R11: 15 × 0.8 is 12.0');
SELECT is(kam.weight('{Star:15}'::kam.portfolio) > portfolio_max, false, '6.1.2.1, R11: 15 × 0.8 is not over the limit') FROM kam.rule_set WHERE builtin;
SELECT is(kam.weight('{Star:16}'::kam.portfolio) > portfolio_max, true, '6.1.2.1: 16 × 0.8 is') FROM kam.rule_set WHERE builtin;
SELECT is(kam.weight('{Strategic:12,Status:1}'::kam.portfolio)::text, '12.6', '6.1.2.1: 12 and one Status');
SELECT is(kam.weight('{Status:10}'::kam.portfolio) < portfolio_min, false, '6.1.2.1: 10 × 0.6 is not under the limit') FROM kam.rule_set WHERE builtin;
SELECT is(kam.weight('{Status:9}'::kam.portfolio) < portfolio_min, true, '6.1.2.1: 9 × 0.6 is') FROM kam.rule_set WHERE builtin;
SELECT is_empty($$SELECT n FROM generate_series(0, 100000) AS n WHERE kam.weight(format('{Star:%s}', n)::kam.portfolio) <> n * 0.8 OR kam.weight(format('{Status:%s}', n)::kam.portfolio) <> n * 0.6$$,
	'6.1.2.1, R11: exact for every count up to 100,000');
SELECT is(scale(kam.weight('{Star:5}'::kam.portfolio)), 1, '6.1.2.1, R11: in tenths');
SELECT is(kam.weight('{Star:12345678901234}'::kam.portfolio)::text, '9876543120987.2', '6.1.2.1, R11: however many');

-- the weights; R14
SELECT is(kam.weight('Strategic'::kam.tier)::text, '1.0', '6.1.2.1: Strategic weighs 1.0');
SELECT is(kam.weight('Star'::kam.tier)::text, '0.8', '6.1.2.1: Star weighs 0.8');
SELECT is(kam.weight('Status'::kam.tier)::text, '0.6', '6.1.2.1: Status weighs 0.6');
SELECT is(kam.weight('Streamline'::kam.tier)::text, '0.0', '6.1.2.1, R14: Streamline is not counted');
SELECT is(kam.weight('{Strategic:12,Streamline:500}'::kam.portfolio)::text, '12.0', '6.1.2.1, R14: not for anyone');
SELECT is(kam.weight('{}'::kam.portfolio)::text, '0.0', '6.1.2.1: nothing weighs nothing');
SELECT is(kam.weight(NULL::kam.tier), NULL, '6.1.2.1: no tier, no weight');
INSERT INTO kam.rule_set (rule_set, weight_star) VALUES ('heavier', 0.85);
SELECT is(kam.weight('{Star:15}'::kam.portfolio, rule_set => 'heavier')::text, '12.75', '6.1.2.1, R4: by other weights');

SELECT * FROM finish();
ROLLBACK;
