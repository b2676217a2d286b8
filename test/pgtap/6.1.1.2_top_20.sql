-- 6.1.1.2(1)ข, R1: in an area where fewer than 20 customers meet the main group, the 20 highest bills count.
BEGIN;
SELECT plan(18);

CREATE TEMP TABLE customer (account_id int, area text, value_class kam.value_class, voltage_kv numeric, avg_monthly_bill_thb numeric);
CREATE FUNCTION pg_temp.in_the_20() RETURNS SETOF int LANGUAGE sql AS $$
	SELECT account_id::int FROM kam.classify('customer') WHERE criteria @> '{monthly_bill}' ORDER BY 1
$$;
CREATE FUNCTION pg_temp.cutoff() RETURNS numeric LANGUAGE sql AS $$ SELECT bill_cutoff_thb FROM kam.area_cutoff('customer') WHERE area = 'กฟน.1' $$;

-- 30 customers with the bills 1 to 30, none of whom qualifies
INSERT INTO customer SELECT i, 'กฟน.1', 'High', 22, i FROM generate_series(1, 30) AS i;
SELECT results_eq('SELECT * FROM pg_temp.in_the_20()', 'SELECT generate_series(11, 30)', '6.1.1.2(1)ข: the 20 highest bills of the area');
SELECT is(pg_temp.cutoff(), 11::numeric, '6.1.1.2(1)ข: the cut-off is the 20th bill');
SELECT is((SELECT tier FROM kam.classify('customer') WHERE account_id = '30'), 'Strategic', '6.1.1.2(1)ข: High in the 20 is Strategic');
SELECT is((SELECT tier FROM kam.classify('customer') WHERE account_id = '10'), 'Status', '6.1.1.2(1)ข: High outside is Status');

-- R1: ties, bills of 0, unknown bills
UPDATE customer SET avg_monthly_bill_thb = 11 WHERE account_id IN (1, 2);
SELECT results_eq('SELECT * FROM pg_temp.in_the_20()', 'SELECT unnest(ARRAY[1, 2] || ARRAY(SELECT generate_series(11, 30)))', '6.1.1.2(1)ข, R1: all who tie on the last place are in');
UPDATE customer SET avg_monthly_bill_thb = CASE WHEN account_id > 25 THEN account_id WHEN account_id > 12 THEN 0 END;
SELECT results_eq('SELECT * FROM pg_temp.in_the_20()', 'SELECT generate_series(26, 30)', '6.1.1.2(1)ข, R1: only known bills above 0 rank');
UPDATE customer SET avg_monthly_bill_thb = 0;
SELECT is(pg_temp.cutoff(), NULL, '6.1.1.2(1)ข, R1: where all bills are 0 nobody ranks');
UPDATE customer SET avg_monthly_bill_thb = account_id;

-- R1: who counts against "fewer than 20"
UPDATE customer SET voltage_kv = 115 WHERE account_id <= 19;
SELECT is(pg_temp.cutoff(), 11::numeric, '6.1.1.2(1)ข, R1: 19 who qualify are fewer than 20');
SELECT results_eq('SELECT * FROM pg_temp.in_the_20()', 'SELECT generate_series(11, 30)', '6.1.1.2(1)ข, R1: the 20 are of all customers, qualifiers included: no topping up');
UPDATE customer SET voltage_kv = 115 WHERE account_id = 20;
SELECT is(pg_temp.cutoff(), NULL, '6.1.1.2(1)ข, R1: 20 who qualify are not');
SELECT is_empty('SELECT * FROM pg_temp.in_the_20()', '6.1.1.2(1)ข, R1: then nobody meets ข by rank');
UPDATE customer SET value_class = NULL WHERE account_id <= 20;
SELECT is(pg_temp.cutoff(), NULL, '6.1.1.2(1)ข, R1: who qualifies counts whatever the value class');
UPDATE customer SET voltage_kv = 22;
SELECT is((SELECT count(*) FROM kam.classify('customer') WHERE criteria @> '{monthly_bill}' AND tier IS NULL), 10::bigint, '6.1.1.2(1)ข, R1: being in the 20 gives the criterion, not a value class');

-- R1: the area; HQ's own are in none
UPDATE customer SET area = NULL WHERE account_id > 25;
SELECT results_eq('SELECT * FROM pg_temp.in_the_20()', 'SELECT generate_series(6, 25)', '6.1.1.2(1)ข, R1: rows without an area are neither counted nor ranked');
UPDATE customer SET area = 'กฟน.2' WHERE account_id % 2 = 0;
SELECT is((SELECT count(*) FROM pg_temp.in_the_20()), 28::bigint, '6.1.1.2(1)ข, R1: each area has its own 20');

-- R1: size and trigger are parameters
INSERT INTO kam.rule_set (rule_set, bill_rank_size, bill_rank_trigger) VALUES ('five', 5, 3);
UPDATE customer SET area = 'กฟน.1', voltage_kv = CASE WHEN account_id <= 2 THEN 115 ELSE 22 END;
SELECT is((SELECT bill_cutoff_thb FROM kam.area_cutoff('customer', rule_set => 'five')), 26::numeric, '6.1.1.2(1)ข, R1: another size');
UPDATE customer SET voltage_kv = 115 WHERE account_id = 3;
SELECT is((SELECT bill_cutoff_thb FROM kam.area_cutoff('customer', rule_set => 'five')), NULL, '6.1.1.2(1)ข, R1: another trigger');

-- the explanation, told the cut-off, says the same
UPDATE customer SET voltage_kv = 22;
SELECT is_empty($$
	SELECT c.account_id FROM customer c JOIN kam.classify('customer') k ON k.account_id = c.account_id::text JOIN kam.area_cutoff('customer') a ON a.area = c.area,
		kam.explain_kasm(c.value_class, c.voltage_kv, c.avg_monthly_bill_thb, bill_cutoff_thb => a.bill_cutoff_thb) e
	WHERE e.criterion = 'monthly_bill' AND (e.status = 'met') <> (k.criteria @> '{monthly_bill}')$$,
	'6.1.1.2(1)ข: the explanation agrees with the classification');

SELECT * FROM finish();
ROLLBACK;
