-- 6.1.1.1, 3.4: the class of a high value customer, and the row of the matrix it gives.
BEGIN;
SELECT plan(15);

SELECT results_eq(
	$$SELECT class FROM unnest(ARRAY['High', 'Low', 'Medium']::kam.value_class[]) AS class ORDER BY class DESC$$,
	$$VALUES ('High'::kam.value_class), ('Medium'), ('Low')$$,
	'3.4: high value customers are ranked High, Medium, Low');
SELECT is('h'::kam.value_class, 'High', '3.4: H is read as High');
SELECT throws_ok($$SELECT 'Very high'::kam.value_class$$, '22P02', NULL, '3.4: there is no other class');

SELECT is(kam.kasm('High', '{voltage}'), 'Strategic', '6.1.1.1(1): High with a main criterion is Strategic');
SELECT is(kam.kasm('High', '{}'), 'Status', '6.1.1.1(1): High without is Status');
SELECT is(kam.kasm('Medium', '{voltage}'), 'Star', '6.1.1.1(2): Medium with a main criterion is Star');
SELECT is(kam.kasm('Medium', '{}'), 'Streamline', '6.1.1.1(2): Medium without is Streamline');
SELECT is(kam.kasm('Low', '{voltage}'), 'Star', '6.1.1.1(2): Low with a main criterion is Star');
SELECT is(kam.kasm('Low', '{}'), 'Streamline', '6.1.1.1(2): Low without is Streamline');
SELECT is(kam.kasm('High', '{voltage,monthly_bill,spp_risk,self_generation,related_business,national_strategy,nationwide_network}'), 'Strategic',
	'6.1.1.1(1): all main criteria together are no more than Strategic');
SELECT is_empty(
	$$SELECT 1 FROM unnest('{Medium,Low}'::kam.value_class[]) AS class, unnest('{"{}","{voltage}"}'::kam.criteria[]) AS criteria
		WHERE kam.kasm(class, criteria) IN ('Strategic', 'Status')$$,
	'6.1.1.1(2): Medium and Low are never Strategic or Status');

SELECT is(kam.kasm(NULL, '{voltage}'), NULL, '6.1.1.1, R3: without a value class there is no tier from the matrix');
SELECT is(kam.kasm(NULL, '{}'), NULL, '6.1.1.1, R3: nor without a main criterion');
SELECT isnt(kam.definition('High'::kam.value_class, 'th'), NULL, '6.1.1.1: the class has its definition in Thai');
SELECT isnt(kam.definition('High'::kam.value_class, 'en'), NULL, '6.1.1.1: and in English');

SELECT * FROM finish();
ROLLBACK;
