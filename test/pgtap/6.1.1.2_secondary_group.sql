-- 6.1.1.2(2): the secondary group; special selection of a customer that is no high value customer (R3).
BEGIN;
SELECT plan(31);

-- a high value customer that meets no main criterion
SELECT is(kam.kasm('High', '{}'), 'Status', '6.1.1.2(2): High that meets no main criterion is Status');
SELECT is(kam.kasm('Low', '{}'), 'Streamline', '6.1.1.2(2): Low that meets no main criterion is Streamline');

-- ก to ง are grounds to propose a customer without a value class
SELECT ok(kam.check_special_selection(NULL, tier, kam.criteria(ground), CASE ground WHEN 'discretionary' THEN 'a reason' END),
	format('6.1.1.2(2)%s: %s is a ground for %s', letter, ground, tier))
FROM (VALUES ('ก', 'corporate_image'), ('ข', 'outage_damage'), ('ค', 'existing_key_account'), ('ง', 'discretionary')) AS g (letter, ground),
	unnest('{Status,Streamline}'::kam.tier[]) AS tier;
SELECT throws_ok(format('SELECT kam.check_special_selection(NULL, %L, %L, ''a reason'')', tier, kam.criteria(ground)), '23514', NULL,
	format('6.1.1.2(2)%s, R3: never %s', letter, tier))
FROM (VALUES ('ก', 'corporate_image'), ('ข', 'outage_damage'), ('ค', 'existing_key_account'), ('ง', 'discretionary')) AS g (letter, ground),
	unnest('{Strategic,Star}'::kam.tier[]) AS tier;

-- ง wants a reason
SELECT throws_ok($$SELECT kam.check_special_selection(NULL, 'Status', '{discretionary}')$$, '23514', NULL, '6.1.1.2(2)ง: a reason must be stated');
SELECT throws_ok($$SELECT kam.check_special_selection(NULL, 'Status', '{discretionary}', '  ')$$, '23514', NULL, '6.1.1.2(2)ง: blanks are no reason');
SELECT throws_ok($$SELECT kam.check_special_selection(NULL, 'Status', '{corporate_image,discretionary}')$$, '23514', NULL, '6.1.1.2(2)ง: nor is another ground beside it');
SELECT ok(kam.check_special_selection(NULL, 'Status', '{corporate_image,outage_damage}'), '6.1.1.2(2)ก ข: several grounds');
SELECT throws_ok($$SELECT kam.check_special_selection(NULL, 'Status', '{}', 'a reason')$$, '23514', NULL, '6.1.1.2(2): no ground, no selection');
SELECT throws_ok($$SELECT kam.check_special_selection(NULL, 'Status', '{voltage}', 'a reason')$$, '23514', NULL, '6.1.1.2(2): a main criterion is no special ground');

-- R3: a customer that has a class cannot be special-selected
SELECT throws_ok(format('SELECT kam.check_special_selection(%L, %L, ''{corporate_image}'')', class, 'Status'), '23514', NULL, format('6.1.1.2(2), R3: a customer of class %s has the matrix''s tier', class))
FROM unnest('{High,Medium,Low}'::text[]) AS class;

-- special grounds do not count in the matrix, and classify sets none
SELECT is(kam.kasm('High', '{corporate_image,outage_damage,existing_key_account,discretionary}'), 'Status', '6.1.1.2(2), R3: special grounds are no main criteria');
SELECT is(kam.kasm(NULL, '{corporate_image}'), NULL, '6.1.1.2(2), R3: a ground alone gives no tier');
CREATE TEMP TABLE customer AS SELECT 1 AS account_id, 'A' AS area, NULL::kam.value_class AS value_class, 115 AS voltage_kv;
SELECT is((SELECT tier FROM kam.classify('customer')), NULL, '6.1.1.2(2), R3: classify leaves it to the proposer');
SELECT ok((SELECT NOT criteria && '{corporate_image,outage_damage,existing_key_account,discretionary}' FROM kam.classify('customer')), '6.1.1.2(2), R3: classify sets no special ground');

SELECT * FROM finish();
ROLLBACK;
