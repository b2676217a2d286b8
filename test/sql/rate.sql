/*
 * kam.rate: read and written, its arithmetic, percentages and aggregates.
 * Comparison is in comparison.sql too, here only what is peculiar to its order.
 */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
CREATE SCHEMA rate_test;
SET search_path = rate_test;

/* Reading, and the same written again; the fraction is not reduced. */
SELECT input, input::kam.rate AS rate, kam.done(input::kam.rate), kam.due(input::kam.rate),
	input::kam.rate::text::kam.rate = input::kam.rate AS same
FROM (VALUES
	(1, '45/50'), (2, '0/0'), (3, '0/1'), (4, '1/1'), (5, ' 45 / 50 '), (6, '007/0010'),
	(7, '9223372036854775807/9223372036854775807'), (8, '0/9223372036854775807')
) AS reading (number, input)
ORDER BY number;
SELECT U&'\FF14\FF15\FF0F\FF15\FF10'::kam.rate AS full_width, U&'\00A045\3000/\200950\00A0'::kam.rate AS blanks,
	E'\t45\n/\r50'::kam.rate AS control_characters, U&'4\200B5/50'::kam.rate AS zero_width;
SELECT kam.rate(45, 50), kam.rate(done => 0, due => 0), kam.rate(NULL, 50) IS NULL AS unknown,
	kam.rate('45/50') AS literal, pg_column_size(kam.rate(45, 50)) AS bytes;

/* What is no rate. */
\pset format unaligned
SELECT input, code, message, detail, hint
FROM (VALUES
	(1, ''), (2, '45'), (3, '45/'), (4, '/50'), (5, '/'), (6, '45//50'), (7, '45/50/60'), (8, '-1/50'), (9, '+45/50'),
	(10, '45/-50'), (11, '45.0/50'), (12, '90%'), (13, '0.9'), (14, '4 5/50'), (15, '45/50x'), (16, '45:50'), (17, '{45/50}'),
	(18, '๔๕/๕๐'), (19, '9223372036854775808/9223372036854775808'), (20, '1/99999999999999999999999'),
	(21, '51/50'), (22, '1/0'), (23, 'NaN'), (24, '½'), (25, U&'45\204450')
) AS mistake (number, input), pg_temp.input_error('kam.rate', input)
ORDER BY number;
SELECT statement, code, message, hint
FROM (VALUES (1, 'SELECT kam.rate(51, 50)'), (2, 'SELECT kam.rate(-1, 50)'), (3, 'SELECT kam.rate(0, -1)'),
	(4, 'SELECT kam.rate(-9223372036854775808, -9223372036854775808)')) AS mistake (number, statement),
	pg_temp.error_of(statement)
ORDER BY number;
\pset format aligned

/* Text columns are inserted as they are. */
CREATE TABLE texts (t text, v varchar);
INSERT INTO texts VALUES ('45/50', '1 / 2');
CREATE TABLE casts (t kam.rate, v kam.rate);
INSERT INTO casts SELECT t, v FROM texts;
INSERT INTO casts SELECT '90%'::text, NULL FROM texts;
PREPARE insertion(text, varchar) AS INSERT INTO casts VALUES ($1, $2) RETURNING *;
EXECUTE insertion('0/0', '1/3');
SELECT t::kam.rate, CAST(v AS kam.rate) FROM texts;

/* Order: by the exact fraction, then by what is due; nothing due comes first. 45/50 and 90/100 differ. */
SELECT rate FROM unnest('{90/100,45/50,0/0,1/3,0/7,0/1,333333333/1000000000,333333334/1000000000,2/6,1/1,7/7,
	9223372036854775806/9223372036854775807,9223372036854775807/9223372036854775807,
	9223372036854775805/9223372036854775806,0/9223372036854775807,1/9223372036854775807}'::kam.rate[]) AS rate
ORDER BY rate;
SELECT '45/50'::kam.rate = '90/100' AS equal, '45/50'::kam.rate < '90/100' AS less, '0/0'::kam.rate < '0/1' AS nothing_first,
	'9223372036854775805/9223372036854775806'::kam.rate < '9223372036854775806/9223372036854775807' AS exact;

/* Percentages: NULL when nothing is due; a digit by default; rounded half up. */
SELECT rate, kam.percent(rate), kam.percent(rate, 0) AS "0", kam.percent(rate, 2) AS "2", kam.percent(rate, digits => 15) AS "15"
FROM unnest('{45/50,90/100,0/0,0/7,7/7,1/3,2/3,1/8,1/16,1/2000,1999/2000,999/1000,9994/10000,9995/10000,1/200,3/200,
	9223372036854775806/9223372036854775807,1/9223372036854775807,9223372036854775807/9223372036854775807}'::kam.rate[])
	WITH ORDINALITY AS r (rate, number)
ORDER BY number;
SELECT kam.percent(NULL) AS no_rate, kam.percent('1/2', NULL) AS no_digits;

/*
 * Against numeric, which rounds half away from zero: all rates up to 60 of
 * 60 and some large ones, at 0 to 15 digits. The scale is what was asked for.
 */
CREATE TABLE sample AS
SELECT done, due, kam.rate(done, due) AS rate
FROM (SELECT done::bigint, due::bigint FROM generate_series(0, 60) AS due, generate_series(0, due) AS done
	  UNION ALL
	  SELECT (9223372036854775807 - n * n) / k, 9223372036854775807 - n
	  FROM generate_series(0, 30) AS n, unnest('{1,2,3,7,1000,200000}'::bigint[]) AS k WHERE n * n / k >= n OR k > 1
	  UNION ALL
	  SELECT 2 * n + 1, (2 * 10 ^ k)::bigint FROM generate_series(0, 30) AS n, generate_series(2, 17) AS k) AS s (done, due)
WHERE done <= due;
SELECT count(*) AS cases, count(*) FILTER (WHERE kam.percent(rate, digits) = exact) AS right,
	count(*) FILTER (WHERE scale(kam.percent(rate, digits)) = digits) AS scale_right
FROM sample, generate_series(0, 15) AS digits,
	LATERAL (SELECT div(200 * done::numeric * 10::numeric ^ digits + due, 2 * due::numeric) / 10::numeric ^ digits) AS e (exact)
WHERE due > 0;
SELECT count(*) AS cases, count(*) FILTER (WHERE kam.percent(rate, digits) = round(100.00000000000000000000 * done / due, digits)) AS right
FROM sample, generate_series(0, 15) AS digits
WHERE due BETWEEN 1 AND 60;
\x on
SELECT * FROM pg_temp.error_of($$SELECT kam.percent('1/2', -1)$$);
SELECT * FROM pg_temp.error_of($$SELECT kam.percent('1/2', 16)$$);
\x off

/* + and - : done and due apart, over the range of bigint and not past it. */
SELECT '45/50'::kam.rate + '0/50' AS plus, '45/50'::kam.rate - '5/10' AS minus, '45/50'::kam.rate + NULL AS unknown;
SELECT count(*) AS pairs,
	count(*) FILTER (WHERE a.rate + b.rate = kam.rate(a.done + b.done, a.due + b.due)) AS sums,
	count(*) FILTER (WHERE a.rate + b.rate = b.rate + a.rate) AS commutative,
	count(*) FILTER (WHERE a.rate + b.rate - b.rate = a.rate) AS inverse
FROM sample AS a, sample AS b
WHERE a.due <= 60 AND b.due <= 60 AND (a.due + a.done) % 7 = 0 AND (b.due + b.done) % 5 = 0;
\pset format unaligned
SELECT statement, code, message, hint
FROM (VALUES
	(1, 'SELECT $$0/9223372036854775807$$::kam.rate + $$0/1$$'),
	(2, 'SELECT $$9223372036854775807/9223372036854775807$$::kam.rate + $$1/1$$'),
	(3, 'SELECT $$1/5$$::kam.rate - $$2/5$$'),
	(4, 'SELECT $$1/5$$::kam.rate - $$0/6$$'),
	(5, 'SELECT $$1/5$$::kam.rate - $$0/5$$'),
	(6, 'SELECT sum(r) FROM unnest($${0/9223372036854775807,0/1}$$::kam.rate[]) AS r'),
	(7, 'SELECT kam.rate_accum($$0/9223372036854775807$$, true)'),
	(8, 'SELECT kam.rate_discard($$0/1$$, true)'),
	(9, 'SELECT kam.rate_discard($$0/0$$, false)'),
	(10, 'SELECT kam.rate_discard($$1/1$$, false)')
) AS mistake (number, statement), pg_temp.error_of(statement)
ORDER BY number;
\pset format aligned
SELECT '1/2'::kam.rate AS rate, kam.rate_accum('1/2', true), kam.rate_accum('1/2', false), kam.rate_discard('1/2', true),
	kam.rate_discard('1/2', false);

/* The aggregates: true of known; over none, over NULLs, with FILTER and DISTINCT. */
SELECT kam.rate(done), sum(rate) FROM (SELECT NULL::boolean, NULL::kam.rate) AS none (done, rate) WHERE false;
SELECT kam.rate(done), sum(rate) FROM (VALUES (NULL::boolean, NULL::kam.rate), (NULL, NULL)) AS nulls (done, rate);
SELECT kam.rate(done), kam.rate(done) FILTER (WHERE done) AS only_done, kam.rate(DISTINCT done) AS distinct_
FROM (VALUES (true), (true), (false), (NULL), (true)) AS v (done);
/* As with kam.portfolio, a literal without a type is a cast. */
SELECT kam.rate(true), kam.rate('true'::boolean);
SELECT kam.rate('true');

/*
 * The roll-up: areas of very different size, two of which have nothing due.
 * The rate of the country is the sum of its areas, not the mean of theirs.
 */
CREATE TABLE contact (id int, area int, on_time boolean);
INSERT INTO contact
SELECT id, CASE WHEN id % 100 < 88 THEN 1 ELSE id % 12 + 1 END,
	CASE WHEN id % 12 IN (4, 7) AND id % 100 >= 88 THEN NULL ELSE id * id % 17 > id % 12 END
FROM generate_series(1, 1000) AS id;
CREATE TABLE area AS SELECT area, kam.rate(on_time) FROM contact GROUP BY area;
SELECT area, rate, kam.percent(rate) FROM area ORDER BY area;
SELECT sum(rate), sum(rate) = (SELECT kam.rate(on_time) FROM contact) AS same, kam.percent(sum(rate)),
	round(avg(kam.percent(rate)), 1) AS average_of_averages
FROM area;
SELECT area, kam.rate(on_time), kam.percent(kam.rate(on_time)) FROM contact WHERE area > 10 GROUP BY ROLLUP (area) ORDER BY area;

/* Moving windows, each row against a count of its own. */
SELECT aggfnoid::regprocedure, aggminvtransfn FROM pg_aggregate
WHERE aggfnoid IN ('kam.rate(boolean)'::regprocedure, 'sum(kam.rate)'::regprocedure) ORDER BY 1;
SELECT frame, count(*) AS rows, count(*) FILTER (WHERE moving IS NOT DISTINCT FROM again) AS right,
	count(DISTINCT moving) AS different, count(*) FILTER (WHERE moving IS NULL OR moving = '0/0') AS nothing_due
FROM (
	SELECT 'preceding' AS frame, kam.rate(on_time) OVER (ORDER BY id ROWS 11 PRECEDING) AS moving,
		(SELECT kam.rate(b.on_time) FROM contact AS b WHERE b.id BETWEEN a.id - 11 AND a.id) AS again
	FROM contact AS a
	UNION ALL
	SELECT 'around', kam.rate(on_time) OVER (ORDER BY id ROWS BETWEEN 4 PRECEDING AND 2 FOLLOWING),
		(SELECT kam.rate(b.on_time) FROM contact AS b WHERE b.id BETWEEN a.id - 4 AND a.id + 2)
	FROM contact AS a
	UNION ALL
	SELECT 'of one row', kam.rate(on_time) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND CURRENT ROW),
		(SELECT kam.rate(b.on_time) FROM contact AS b WHERE b.id = a.id)
	FROM contact AS a
	UNION ALL
	SELECT 'sum', sum(kam.rate(id, 2 * id)) FILTER (WHERE id % 9 > 2) OVER (ORDER BY id ROWS 1 PRECEDING),
		(SELECT sum(kam.rate(b.id, 2 * b.id)) FROM contact AS b WHERE b.id BETWEEN a.id - 1 AND a.id AND b.id % 9 > 2)
	FROM contact AS a
) AS windows
GROUP BY frame ORDER BY frame;

/* Parallel workers come to the serial answer. */
CREATE TABLE many AS SELECT c.* FROM contact AS c, generate_series(1, 20);
ANALYZE many;
CREATE TABLE serial_answer AS SELECT area, kam.rate(on_time) FROM many GROUP BY area;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SET parallel_leader_participation = off;
SELECT pg_temp.plan_has('SELECT kam.rate(on_time) FROM many', 'Gather') AS in_parallel;
SELECT kam.rate(on_time), (SELECT sum(rate) FROM serial_answer) AS right FROM many;
SELECT pg_temp.plan_has('SELECT sum(kam.rate(area, id + area)) FROM many', 'Gather') AS in_parallel;
SELECT sum(kam.rate(area, id + area)), kam.rate(sum(area), sum(id + area)) AS right FROM many;
SELECT count(*) AS same FROM (SELECT area, kam.rate(on_time) FROM many GROUP BY area) AS p JOIN serial_answer USING (area, rate);

/* The wire format: done and due as int8. */
SELECT rate, kam.rate_send(rate) FROM unnest('{45/50,0/0}'::kam.rate[]) AS rate;
\copy (SELECT done, due, rate FROM sample) TO PROGRAM 'cat >"$PG_ABS_BUILDDIR/results/rate.data"' (FORMAT binary)
CREATE TABLE received (LIKE sample);
\copy received FROM PROGRAM 'cat "$PG_ABS_BUILDDIR/results/rate.data"' (FORMAT binary)
SELECT count(*) AS received, count(*) FILTER (WHERE rate = kam.rate(done, due)) AS right,
	(SELECT count(*) FROM sample) AS sent FROM received;

/* Wrong bytes: more done than due, below 0, and more or fewer than 16 bytes. */
\x on
\pset format unaligned
SELECT wrong, value, code, message, hint
FROM (VALUES
	(1, 'none', int8send(45) || int8send(50)),
	(2, 'more done than due', int8send(51) || int8send(50)),
	(3, 'done below 0', int8send(-1) || int8send(50)),
	(4, 'both below 0', int8send(-9223372036854775808) || int8send(-1)),
	(5, 'too long', int8send(1) || int8send(2) || '\x00'),
	(6, 'too short', int8send(1) || '\x00000000000002')
) AS bytes (number, wrong, wire), pg_temp.receive('kam.rate', wire)
ORDER BY number;
