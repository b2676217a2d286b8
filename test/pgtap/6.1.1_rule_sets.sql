-- 6.1.1 and 6.1.2, R4: thresholds, weights and limits belong to a rule set with the plan year from which it holds.
BEGIN;
SELECT plan(17);

SELECT results_eq(
	$$SELECT voltage_kv, avg_monthly_bill_thb, bill_rank_size, bill_rank_trigger, spp_bill_thb, self_generation_mw, largest_job_thb, yearly_maintenance_thb FROM kam.rule_set WHERE builtin$$,
	$$VALUES (69::numeric, 20000000::numeric, 20, 20, 5000000::numeric, 2::numeric, 5000000::numeric, 2000000::numeric)$$,
	'6.1.1.2(1), R4: the thresholds of revision 4');
SELECT results_eq(
	$$SELECT weight_strategic::text, weight_star::text, weight_status::text, weight_streamline::text, portfolio_min::text, portfolio_max::text FROM kam.rule_set WHERE builtin$$,
	$$VALUES ('1.0', '0.8', '0.6', '0.0', '6.0', '12.0')$$,
	'6.1.2.1, R4: the weights and limits of revision 4');
SELECT is(kam.rule_set_in_force(2018), 'revision-4', 'R4: revision 4 holds from plan year 2018');
SELECT is(kam.rule_set_in_force(), 'revision-4', 'R4: and today');
SELECT throws_ok('SELECT kam.rule_set_in_force(2017)', '22023', NULL, 'R4: before the first rule set there is none');
SELECT throws_like('SELECT kam.rule_set_in_force(2561)', '%Buddhist era%', 'R4: 2561 is a year of the Buddhist era');
SELECT throws_ok('UPDATE kam.rule_set SET voltage_kv = 22', '55000', NULL, 'R4: what is built in is read-only');
SELECT throws_ok('DELETE FROM kam.rule_set', '55000', NULL, 'R4: and stays');

-- a later revision is added as rows, not as code
INSERT INTO kam.rule_set (rule_set, plan_year_from, voltage_kv) VALUES ('revision-5', 2027, 115);
SELECT is(kam.rule_set_in_force(2026), 'revision-4', 'R4: the years before keep theirs');
SELECT is(kam.rule_set_in_force(2027), 'revision-5', 'R4: a later revision holds from its year');
SELECT is(kam.main_criteria(voltage_kv => 69, plan_year => 2026), '{voltage}', 'R4: 69 kV in 2026');
SELECT is(kam.main_criteria(voltage_kv => 69, plan_year => 2027), '{}', 'R4: no longer in 2027');
-- approved plans keep the rules they were approved under: they store the name
SELECT is(kam.main_criteria(voltage_kv => 69, plan_year => 2027, rule_set => 'revision-4'), '{voltage}', 'R4: the name wins over the year');

-- R5, R7, R8 where this layer has them
CREATE TEMP TABLE customer AS SELECT i AS account_id, 'A' AS area, 'High'::kam.value_class AS value_class, 115 AS voltage_kv FROM generate_series(1, 3) AS i;
SELECT is((SELECT count(*) FROM kam.classify('customer')), 3::bigint, 'R5: the classifier tells the tier of every customer, selected or not');
SELECT bag_eq($$SELECT tier FROM kam.classify('customer')$$, $$VALUES ('Strategic'::kam.tier), ('Strategic'), ('Strategic')$$, 'R5: the matrix''s tier and no other');
SELECT is(kam.main_criteria(largest_job_thb => 3000000, yearly_maintenance_thb => 1500000), '{}', 'R7: a job and maintenance are not added together');
SELECT ok(kam.check_special_selection(NULL, 'Status', '{existing_key_account}'), 'R8: a key account already is a special ground');

SELECT * FROM finish();
ROLLBACK;
