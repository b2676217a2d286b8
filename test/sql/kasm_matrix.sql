/*
 * kam.kasm_matrix: read and written, against kam.kasm(), its arithmetic and
 * aggregates. Comparison is in comparison.sql.
 */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
CREATE SCHEMA kasm_matrix_test;
SET search_path = kasm_matrix_test;

/* Reading, and the same written again: the fields that occur, high_main first. */
SELECT input, input::kam.kasm_matrix AS matrix, input::kam.kasm_matrix::text::kam.kasm_matrix = input::kam.kasm_matrix AS same
FROM (VALUES
	(1, '{high_main:3,low_secondary:7}'), (2, '{}'), (3, ' { LOW_SECONDARY : 007 , High_Main : 3 } '), (4, '{high_main:0}'),
	(5, '{unclassed_secondary:8,unclassed_main:7,low_secondary:6,low_main:5,medium_secondary:4,medium_main:3,high_secondary:2,high_main:1}'),
	(6, '{medium_main:9223372036854775807}')
) AS reading (number, input)
ORDER BY number;
SELECT U&'\FF5Bhigh_main\FF1A\FF13\FF5D'::kam.kasm_matrix AS full_width, U&'\00A0{\3000high_main:3\2009}\00A0'::kam.kasm_matrix AS blanks,
	E'\t{high_main\n:3}\r'::kam.kasm_matrix AS control_characters, U&'{high\200B_main:3}'::kam.kasm_matrix AS zero_width;
SELECT kam.kasm_matrix(1, 2, 3, 4, 5, 6, 7, 8), kam.kasm_matrix(high_main => 1, high_secondary => 0, medium_main => 0, medium_secondary => 0, low_main => 0,
	low_secondary => 0, unclassed_main => 0, unclassed_secondary => 2) AS named, kam.kasm_matrix('{low_main:1}') AS literal,
	pg_column_size(kam.kasm_matrix(1, 2, 3, 4, 5, 6, 7, 8)) AS bytes;

/* What is no matrix. */
\pset format unaligned
SELECT left(input, 60) AS input, code, left(message, 120) AS message, detail, hint
FROM (VALUES
	(1, ''), (2, '{'), (3, '}'), (4, '3'), (5, '{}x'), (6, '{,}'), (7, '{high_main:3,}'), (8, '{high_main:3,high_main:3}'), (9, '{high_main}'), (10, '{high_main:}'),
	(11, '{high_main:-1}'), (12, '{high_main:1.5}'), (13, '{high_main:1e3}'), (14, '{high:3}'), (15, '{main:3}'), (16, '{high main:3}'), (17, '{Strategic:3}'),
	(18, '{high_main:9223372036854775808}'), (19, '{hіgh_main:1}'), (20, '{หลัก:1}'), (21, '{' || repeat('x', 3000) || ':1}'), (22, '{' || repeat('x', 10000) || ':1}'),
	(23, '{high_main:' || repeat('9', 10000) || '}'), (24, '[high_main:3]'), (25, '{"high_main":3}'), (26, '{high_main:๓}'), (27, '{high_main:3}{low_main:4}'), (28, '{:3}')
) AS mistake (number, input), pg_temp.input_error('kam.kasm_matrix', input)
ORDER BY number;
SELECT statement, code, message, hint
FROM (VALUES (1, 'SELECT kam.kasm_matrix(-1, 0, 0, 0, 0, 0, 0, 0)'), (2, 'SELECT kam.kasm_matrix(0, 0, 0, 0, 0, 0, 0, -9223372036854775808)')) AS mistake (number, statement),
	pg_temp.error_of(statement)
ORDER BY number;
\pset format aligned

/* Text columns are inserted as they are. */
CREATE TABLE texts (t text, v varchar, c char(20));
INSERT INTO texts VALUES ('{high_main:1}', '{}', '{LOW_main : 2}');
CREATE TABLE casts (t kam.kasm_matrix, v kam.kasm_matrix, c kam.kasm_matrix);
INSERT INTO casts SELECT t, v, c FROM texts RETURNING *;

/* Every class with every set of criteria, main and special: each is counted in its field, and the tiers are those of kam.kasm(). */
CREATE TABLE customer AS
SELECT row_number() OVER (ORDER BY value_class, criteria) AS id, value_class, criteria
FROM unnest('{High,Medium,Low,NULL}'::kam.value_class[]) AS value_class,
	(SELECT kam.criteria(VARIADIC members)
	 FROM generate_series(0, 2047) AS mask, LATERAL (SELECT COALESCE(array_agg(label), '{}') FROM (SELECT label, row_number() OVER (ORDER BY sort_order) AS n
		FROM kam.label WHERE type = 'criteria') AS l WHERE mask >> n::int - 1 & 1 = 1) AS m (members)
	 UNION ALL SELECT NULL) AS c (criteria);
SELECT value_class, count(*), kam.kasm_matrix(value_class, criteria), kam.portfolio(kam.kasm_matrix(value_class, criteria)),
	kam.portfolio(kam.kasm_matrix(value_class, criteria)) = kam.portfolio(kam.kasm(value_class, criteria)) AS as_kasm
FROM customer GROUP BY value_class ORDER BY value_class;
SELECT kam.kasm_matrix(value_class, criteria), kam.portfolio(kam.kasm_matrix(value_class, criteria)),
	kam.portfolio(kam.kasm_matrix(value_class, criteria)) = kam.portfolio(kam.kasm(value_class, criteria)) AS as_kasm
FROM customer;
SELECT count(*) AS customers, count(*) FILTER (WHERE matrix = CASE WHEN criteria IS NULL THEN '{}'
	ELSE format('{%s_%s:1}', COALESCE(lower(value_class::text), 'unclassed'),
		CASE WHEN criteria && '{voltage,monthly_bill,spp_risk,self_generation,related_business,national_strategy,nationwide_network}' THEN 'main' ELSE 'secondary' END)::kam.kasm_matrix END) AS right
FROM customer, LATERAL (SELECT kam.kasm_matrix_accum('{}', value_class, criteria)) AS m (matrix);

/* The fields as plain columns, and one by one; the class NULL is none. */
SELECT (kam.fields(kam.kasm_matrix(value_class, criteria))).* FROM customer;
SELECT value_class, main, kam.count('{high_main:1,high_secondary:2,medium_main:3,medium_secondary:4,low_main:5,low_secondary:6,unclassed_main:7,unclassed_secondary:8}', value_class, main)
FROM unnest('{High,Medium,Low,NULL}'::kam.value_class[]) WITH ORDINALITY AS c (value_class, n), unnest('{true,false,NULL}'::boolean[]) WITH ORDINALITY AS m (main, k) ORDER BY n, k;
SELECT kam.count(NULL, 'High', true) IS NULL AS no_matrix, kam.fields(NULL) IS NULL AS no_row, kam.portfolio(NULL::kam.kasm_matrix) IS NULL AS no_portfolio;

/* + and - : field by field, over the range of bigint and not past it. */
CREATE TABLE sample AS
SELECT n, kam.kasm_matrix(n, n % 2, n % 3, n * n, n % 5 * 1000000000000, 9223372036854775807 / (n + 2), n % 7, 1) AS matrix FROM generate_series(0, 60) AS n;
SELECT count(*) AS pairs, count(*) FILTER (WHERE a.matrix + b.matrix = b.matrix + a.matrix) AS commutative, count(*) FILTER (WHERE a.matrix + b.matrix - b.matrix = a.matrix) AS inverse,
	count(*) FILTER (WHERE (a.matrix + b.matrix)::text = kam.kasm_matrix(a.n + b.n, a.n % 2 + b.n % 2, a.n % 3 + b.n % 3, a.n * a.n + b.n * b.n, (a.n % 5 + b.n % 5) * 1000000000000,
		9223372036854775807 / (a.n + 2) + 9223372036854775807 / (b.n + 2), a.n % 7 + b.n % 7, 2)::text) AS sums
FROM sample AS a, sample AS b WHERE a.n > 1 AND b.n > 1;
SELECT '{high_main:1}'::kam.kasm_matrix + NULL AS plus, NULL - '{high_main:1}'::kam.kasm_matrix AS minus;
\pset format unaligned
SELECT statement, code, message, hint
FROM (VALUES
	(1, 'SELECT $${low_main:9223372036854775807}$$::kam.kasm_matrix + $${low_main:1}$$'),
	(2, 'SELECT $${low_main:1,unclassed_main:1}$$::kam.kasm_matrix - $${unclassed_main:2}$$'),
	(3, 'SELECT sum(m) FROM unnest(ARRAY[$${high_main:9223372036854775807}$$, $${high_main:1}$$]::kam.kasm_matrix[]) AS m'),
	(4, 'SELECT kam.kasm_matrix_accum($${high_main:9223372036854775807}$$, $$High$$, $${voltage}$$)'),
	(5, 'SELECT kam.kasm_matrix_discard($${high_main:1}$$, $$High$$, $${}$$)'),
	(6, 'SELECT kam.kasm_matrix_discard($${}$$, NULL, $${voltage}$$)'),
	(7, 'SELECT kam.portfolio($${medium_main:9223372036854775807,low_main:1}$$::kam.kasm_matrix)')
) AS mistake (number, statement), pg_temp.error_of(statement)
ORDER BY number;
\pset format aligned
/* A function called outside an aggregate leaves its argument as it was. */
SELECT m, kam.kasm_matrix_accum(m, 'Low', '{corporate_image}') AS more, kam.kasm_matrix_discard(m, 'High', '{voltage}') AS less, kam.kasm_matrix_accum(m, 'Low', NULL) AS same,
	kam.kasm_matrix_accum(NULL, 'Low', '{}') IS NULL AS no_state, m AS still
FROM (VALUES ('{high_main:1}'::kam.kasm_matrix)) AS v (m);

/* The aggregates: over none, over NULLs, with FILTER and DISTINCT. */
SELECT kam.kasm_matrix(value_class, criteria), sum(matrix) FROM customer, sample WHERE false;
SELECT kam.kasm_matrix(NULL, NULL), sum(m) FROM (VALUES (NULL::kam.kasm_matrix), (NULL)) AS v (m);
SELECT kam.kasm_matrix(value_class, criteria) FILTER (WHERE id % 2 = 0) AS even, kam.kasm_matrix(DISTINCT value_class, criteria & '{voltage}') AS distinct_ FROM customer;
SELECT kam.kasm_matrix('High', '{voltage}') AS literals;

/* Moving windows, each row against a count of its own; and sum(), NULL where the frame has none. */
SELECT aggfnoid::regprocedure, aggminvtransfn FROM pg_aggregate
WHERE aggfnoid IN ('kam.kasm_matrix(kam.value_class, kam.criteria)'::regprocedure, 'sum(kam.kasm_matrix)'::regprocedure) ORDER BY 1;
CREATE TABLE account AS
SELECT id, (ARRAY['High', 'Medium', 'Low', NULL])[id * 3 % 11 % 4 + 1]::kam.value_class AS value_class, (ARRAY['{}', '{voltage}', '{corporate_image}', NULL, '{spp_risk,discretionary}'])[id * 7 % 13 % 5 + 1]::kam.criteria AS criteria
FROM generate_series(1, 500) AS id;
SELECT frame, count(*) AS rows, count(*) FILTER (WHERE moving IS NOT DISTINCT FROM again) AS right, count(DISTINCT moving) AS different, count(*) FILTER (WHERE moving IS NULL) AS nulls
FROM (
	SELECT 'preceding' AS frame, kam.kasm_matrix(value_class, criteria) OVER (ORDER BY id ROWS 10 PRECEDING) AS moving,
		(SELECT kam.kasm_matrix(b.value_class, b.criteria) FROM account AS b WHERE b.id BETWEEN a.id - 10 AND a.id) AS again
	FROM account AS a
	UNION ALL
	SELECT 'around', kam.kasm_matrix(value_class, criteria) FILTER (WHERE id % 3 > 0) OVER (ORDER BY id ROWS BETWEEN 3 PRECEDING AND 5 FOLLOWING EXCLUDE CURRENT ROW),
		(SELECT kam.kasm_matrix(b.value_class, b.criteria) FROM account AS b WHERE b.id BETWEEN a.id - 3 AND a.id + 5 AND b.id <> a.id AND b.id % 3 > 0)
	FROM account AS a
	UNION ALL
	SELECT 'sum', sum(matrix) FILTER (WHERE n % 9 > 2) OVER (ORDER BY n ROWS 1 PRECEDING),
		(SELECT sum(b.matrix) FROM sample AS b WHERE b.n BETWEEN a.n - 1 AND a.n AND b.n % 9 > 2)
	FROM sample AS a
) AS windows
GROUP BY frame ORDER BY frame;

/* Parallel workers come to the serial answer. */
CREATE TABLE many AS SELECT a.* FROM account AS a, generate_series(1, 30);
ANALYZE many;
CREATE TABLE serial_answer AS SELECT id % 7 AS office, kam.kasm_matrix(value_class, criteria) AS matrix FROM many GROUP BY office;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SET parallel_leader_participation = off;
SELECT pg_temp.plan_has('SELECT kam.kasm_matrix(value_class, criteria) FROM many', 'Gather') AS in_parallel;
SELECT kam.kasm_matrix(value_class, criteria), (SELECT sum(matrix) FROM serial_answer) AS right FROM many;
SELECT count(*) AS same FROM (SELECT id % 7 AS office, kam.kasm_matrix(value_class, criteria) AS matrix FROM many GROUP BY office) AS p JOIN serial_answer USING (office, matrix);

/* The wire format: eight int8, high_main first. */
SELECT kam.kasm_matrix_send('{high_main:1,unclassed_secondary:2}') AS wire;
\copy (SELECT n, matrix FROM sample) TO PROGRAM 'cat >"$PG_ABS_BUILDDIR/results/kasm_matrix.data"' (FORMAT binary)
CREATE TABLE received (LIKE sample);
\copy received FROM PROGRAM 'cat "$PG_ABS_BUILDDIR/results/kasm_matrix.data"' (FORMAT binary)
SELECT count(*) AS received, (SELECT count(*) FROM sample) AS sent FROM received JOIN sample USING (n, matrix);

/* Wrong bytes: a negative count, and more or fewer than 64 bytes. */
\x on
\pset format unaligned
SELECT wrong, value, code, message, hint
FROM (VALUES
	(1, 'none', (SELECT string_agg(int8send(n), '') FROM generate_series(1, 8) AS n)),
	(2, 'first negative', int8send(-1) || (SELECT string_agg(int8send(n), '') FROM generate_series(2, 8) AS n)),
	(3, 'last negative', (SELECT string_agg(int8send(n), '') FROM generate_series(1, 7) AS n) || int8send(-9223372036854775808)),
	(4, 'too long', (SELECT string_agg(int8send(n), '') FROM generate_series(1, 8) AS n) || '\x00'),
	(5, 'too short', (SELECT string_agg(int8send(n), '') FROM generate_series(1, 7) AS n))
) AS bytes (number, wrong, wire), pg_temp.receive('kam.kasm_matrix', wire)
ORDER BY number;
