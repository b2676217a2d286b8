/*
 * kam.satisfaction: read and written, what scores can add up to, its
 * arithmetic, mean, deviation, top two box and aggregates. Comparison is in
 * comparison.sql too, here only what is peculiar to its order.
 */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
CREATE SCHEMA satisfaction_test;
SET search_path = satisfaction_test;

/* Reading, and the same written again: four parts in any order, zeros that say nothing left out. */
SELECT input, input::kam.satisfaction AS satisfaction, input::kam.satisfaction::text::kam.satisfaction = input::kam.satisfaction AS same
FROM (VALUES
	(1, '{responses:40,sum:170.00,squares:742.0000,scale:5}'), (2, '{}'), (3, ' { scale : 10.0 , squares : 81 , sum : 9 , responses : 1 } '),
	(4, '{RESPONSES:002,Sum:9.5,squares:45.25,SCALE:05.00000000}'), (5, '{responses:1,sum:0.0001,squares:0.00000001,scale:0.0001}'),
	(6, '{responses:0,sum:0,squares:0.00,scale:5}'), (7, '{responses:1,sum:0,squares:0,scale:922337203685477.5807}'),
	(8, '{responses:1,sum:922337203685477.5807,squares:850705917302346158473969077842.32501249,scale:922337203685477.5807}'),
	(9, '{responses:9223372036854775807,sum:0,squares:0,scale:5}'),
	(10, '{responses:9223372036854775807,sum:922337203685477.5807,squares:92233720368.54775807,scale:922337203685477.5807}')
) AS reading (number, input)
ORDER BY number;
SELECT U&'\FF5Bresponses\FF1A\FF11,sum:\FF14\FF0E\FF15,squares:20.25,scale:5\FF5D'::kam.satisfaction AS full_width,
	U&'\00A0{\3000responses:1,\2009sum:4,squares:16,scale:5}\00A0'::kam.satisfaction AS blanks,
	E'\t{responses:\n1,sum:4,squares:16,scale:5}\r'::kam.satisfaction AS control_characters;
SELECT kam.satisfaction(40, 170, 742, 5), kam.satisfaction(responses => 0, sum => 0, squares => 0.00, scale => 5) AS none,
	kam.satisfaction(NULL, 170, 742, 5) IS NULL AS unknown, kam.satisfaction('{}') AS literal,
	pg_column_size(kam.satisfaction(40, 170, 742, 5)) AS bytes;

/* What is no satisfaction. */
\pset format unaligned
SELECT left(input, 100) AS input, code, left(message, 160) AS message, detail, hint
FROM (VALUES
	(1, ''), (2, '{'), (3, '}'), (4, '4.25'), (5, '{}x'), (6, '{,}'), (7, '{responses:1}'), (8, '{responses:1,sum:4,squares:16}'),
	(9, '{responses:1,sum:4,squares:16,scale:5,}'), (10, '{responses:1,sum:4,squares:16,scale:5,sum:4}'),
	(11, '{responses:1,sum:4,squares:16,scale:5,mean:4}'), (12, '{responses:1.5,sum:4,squares:16,scale:5}'),
	(13, '{responses:1,sum:4.00001,squares:16,scale:5}'), (14, '{responses:1,sum:4,squares:16.000000001,scale:5}'),
	(15, '{responses:1,sum:-4,squares:16,scale:5}'), (16, '{responses:1,sum:4,squares:16,scale:5.12345}'),
	(17, '{responses:1,sum:.5,squares:.25,scale:5}'), (18, '{responses:1,sum:5.,squares:25,scale:5}'),
	(19, '{responses:1,sum:5.0.0,squares:25,scale:5}'), (20, '{responses:1,sum:1e0,squares:1,scale:5}'),
	(21, '{responses:1,sum:NaN,squares:1,scale:5}'), (22, '{responses:1,sum:,squares:1,scale:5}'),
	(23, '{responses:๑,sum:๔,squares:๑๖,scale:๕}'), (24, '{จำนวน:1,sum:4,squares:16,scale:5}'),
	(25, '{responses 1,sum:4,squares:16,scale:5}'), (26, '{"responses":1,"sum":4,"squares":16,"scale":5}'),
	(27, '{responses:9223372036854775808,sum:0,squares:0,scale:5}'),
	(28, '{responses:1,sum:922337203685477.5808,squares:0,scale:922337203685477.5808}'),
	(29, '{responses:1,sum:4,squares:' || repeat('9', 10000) || ',scale:5}'), (30, '{responses:1,sum:4,squares:16,scale:5' || repeat(' ', 10000) || 'x}'),
	(31, repeat('{', 10000)), (32, '{responses:' || repeat('0', 10000) || 'x}'), (33, U&'{re\200Bsponses:1\FF0Csum:4,squares:16,scale:5'),
	(34, '{responses:1,sum:5,squares:25,scale:4}'), (35, '{responses:0,sum:1,squares:1,scale:5}'), (36, '{responses:1,sum:0,squares:0,scale:0}'),
	(37, '{responses:2,sum:4,squares:7.9998,scale:5}'), (38, '{responses:2,sum:6,squares:26.0002,scale:5}'), (39, '{responses:2,sum:4,squares:9.00000001,scale:5}')
) AS mistake (number, input), pg_temp.input_error('kam.satisfaction', input)
ORDER BY number;
SELECT statement, code, message, hint
FROM (VALUES (1, 'SELECT kam.satisfaction(1, 6, 36, 5)'), (2, 'SELECT kam.satisfaction(-1, 0, 0, 5)'), (3, 'SELECT kam.satisfaction(1, -1, 1, 5)'),
	(4, 'SELECT kam.satisfaction(1, ''NaN'', 0, 5)'), (5, 'SELECT kam.satisfaction(1, 1, ''Infinity'', 5)'), (6, 'SELECT kam.satisfaction(1, 1.00001, 1, 5)'),
	(7, 'SELECT kam.satisfaction(2, 1e30, 1e60, 1e30)'), (8, 'SELECT kam.satisfaction(0, 0, 0, -5)'), (9, 'SELECT kam.satisfaction(0, 0, 1, 5)'),
	(10, 'SELECT kam.satisfaction(1, 1e1000, 1, 5)')
) AS mistake (number, statement), pg_temp.error_of(statement)
ORDER BY number;
\pset format aligned

/* Text columns are inserted as they are. */
CREATE TABLE texts (t text, v varchar, c char(60));
INSERT INTO texts VALUES ('{responses:1,sum:4,squares:16,scale:5}', '{}', '{responses:1,sum:4,squares:16,scale:5}');
CREATE TABLE casts (t kam.satisfaction, v kam.satisfaction, c kam.satisfaction);
INSERT INTO casts SELECT t, v, c FROM texts RETURNING *;
INSERT INTO casts SELECT '4.5'::text, NULL, NULL FROM texts;

/*
 * What scores can add up to: of a scale of three units, all that up to four
 * scores give is read, and little else; each one is refused otherwise.
 */
CREATE TABLE reached AS
SELECT count(score)::int AS n, COALESCE(sum(score), 0)::int AS s, COALESCE(sum(score * score), 0)::int AS q
FROM generate_series(0, 624) AS bag, generate_series(0, 3) AS place, NULLIF(bag / (5 ^ place)::int % 5, 4) AS score
GROUP BY bag;
SELECT count(*) AS tried, count(*) FILTER (WHERE is_reached) AS reached,
	count(*) FILTER (WHERE is_reached AND e.code = '00000') AS reached_and_read,
	count(*) FILTER (WHERE NOT is_reached AND e.code = '22003') AS refused,
	count(*) FILTER (WHERE NOT is_reached AND e.code = '00000') AS read_though_not_reached
FROM generate_series(0, 4) AS n, generate_series(0, 13) AS s, generate_series(0, 40) AS q,
	LATERAL (SELECT EXISTS (SELECT FROM reached AS r WHERE (r.n, r.s, r.q) = (t.n, t.s, t.q)) FROM (SELECT n, s, q) AS t) AS r (is_reached),
	LATERAL (SELECT format('{responses:%s,sum:%s,squares:%s,scale:0.0003}', n, s * 0.0001, q * 0.00000001)) AS i (input),
	pg_temp.input_error('kam.satisfaction', input) AS e;

/* Order: by the scale, then by the mean, responses, squares; who has no response comes first. */
SELECT satisfaction, kam.scale(satisfaction), kam.mean(satisfaction)
FROM unnest(ARRAY['{responses:2,sum:9,squares:41,scale:10}', '{responses:1,sum:5,squares:25,scale:5}', '{responses:2,sum:6,squares:18,scale:5}',
	'{responses:2,sum:6,squares:20,scale:5}', '{responses:1,sum:3,squares:9,scale:5}', '{}', '{responses:1,sum:0,squares:0,scale:5}',
	'{responses:3,sum:8.9999,squares:27.00019999,scale:5}', '{responses:1,sum:4.5,squares:20.25,scale:4.5}']::kam.satisfaction[]) AS satisfaction
ORDER BY satisfaction;

/* The parts, NULL where there are none. */
SELECT satisfaction, kam.responses(satisfaction), kam.total(satisfaction), kam.squares(satisfaction), kam.scale(satisfaction), kam.mean(satisfaction),
	kam.percent_of_scale(satisfaction) AS percent, kam.deviation(satisfaction)
FROM unnest(ARRAY['{responses:40,sum:170,squares:742,scale:5}', '{}', '{responses:1,sum:4.5,squares:20.25,scale:5}', '{responses:2,sum:0,squares:0,scale:10}',
	'{responses:3,sum:250,squares:21000,scale:100}', '{responses:1,sum:0.0001,squares:0.00000001,scale:0.0001}',
	'{responses:1,sum:922337203685477.5807,squares:850705917302346158473969077842.32501249,scale:922337203685477.5807}',
	'{responses:9223372036854775807,sum:922337203685477.5807,squares:92233720368.54775807,scale:922337203685477.5807}']::kam.satisfaction[])
	WITH ORDINALITY AS s (satisfaction, number)
ORDER BY number;
/* Rounded half up: of 1, 1, 1 and 2 the deviation is 0.5, the mean 1.25. */
SELECT kam.mean(s, 1) AS mean_1, kam.mean(s, 0) AS mean_0, kam.deviation(s, 0) AS deviation_0, kam.deviation(s, digits => 15) AS deviation_15,
	kam.mean(s, digits => 15) AS mean_15, kam.percent_of_scale(s, 0) AS percent_0, kam.percent_of_scale(s, 15) AS percent_15
FROM (SELECT kam.satisfaction(score, 5) FROM unnest('{1,1,1,2}'::numeric[]) AS score) AS s (s);
\pset format unaligned
SELECT call, digits, code, message, hint
FROM unnest('{mean,percent_of_scale,deviation}'::text[]) AS call, unnest('{-1,16}'::int[]) AS digits,
	pg_temp.error_of(format('SELECT kam.%s(''{}'', %s)', call, digits))
ORDER BY 1, 2;
\pset format aligned
SELECT kam.mean('{}', NULL) IS NULL AS no_digits, kam.mean(NULL) IS NULL AS no_satisfaction;

/* Against numeric: bags of scores with decimals, at 0 to 15 digits. The scale of a result is what was asked for. */
CREATE TABLE bag AS
SELECT bag, scale, (bag * 7919 + n * n * 104729) % (scale * 10000 + 1) / 10000.0 AS score
FROM generate_series(1, 120) AS bag, LATERAL (SELECT (ARRAY[5, 10, 100, 4.5, 0.0007, 1000000])[bag % 6 + 1]) AS s (scale), generate_series(1, bag % 13) AS n;
CREATE TABLE of_bag AS
SELECT bag, kam.satisfaction(score, scale), scale, count(score), sum(score), sum(score * score) AS squares
FROM bag GROUP BY bag, scale;
SELECT count(*) AS bags, count(*) FILTER (WHERE satisfaction = kam.satisfaction(count, sum, squares, scale)) AS right,
	count(*) FILTER (WHERE (kam.responses(satisfaction), kam.total(satisfaction), kam.squares(satisfaction), kam.scale(satisfaction)) = (count, sum, squares, scale)) AS parts_right,
	count(*) FILTER (WHERE satisfaction::text::kam.satisfaction = satisfaction) AS read_back
FROM of_bag;
SELECT count(*) AS cases,
	count(*) FILTER (WHERE kam.mean(satisfaction, digits) = div(2 * sum * p + count, 2 * count) / p) AS mean_right,
	count(*) FILTER (WHERE kam.percent_of_scale(satisfaction, digits) = div(200 * sum * p + count * scale, 2 * count * scale) / p) AS percent_right,
	count(*) FILTER (WHERE scale(kam.mean(satisfaction, digits)) = digits) AS scale_right
FROM of_bag, generate_series(0, 15) AS digits, LATERAL (SELECT 10::numeric ^ digits) AS power (p);
/*
 * The deviation d of digits is right if no other of as many digits is nearer:
 * (2d - 1 unit)^2 <= 4 variance < (2d + 1 unit)^2, without a root.
 */
SELECT count(*) AS cases,
	count(*) FILTER (WHERE (d = 0 OR (2 * d - unit) * (2 * d - unit) * count * (count - 1) <= 4 * (count * squares - sum * sum))
		AND 4 * (count * squares - sum * sum) < (2 * d + unit) * (2 * d + unit) * count * (count - 1)) AS right,
	count(*) FILTER (WHERE abs(d - round(stddev, digits)) <= unit) AS as_stddev,
	count(*) FILTER (WHERE scale(d) = digits) AS scale_right
FROM of_bag JOIN (SELECT bag, stddev(score) FROM bag GROUP BY bag) AS s USING (bag), generate_series(0, 15) AS digits,
	LATERAL (SELECT kam.deviation(satisfaction, digits), power(10::numeric, -digits)) AS v (d, unit)
WHERE count > 1;
SELECT count(*) AS single_scores, count(kam.deviation(satisfaction)) AS with_deviation FROM of_bag WHERE count = 1;
/* Perfect squares and their neighbours, where a rounded root would be one too high. */
SELECT count(*) AS cases, count(*) FILTER (WHERE kam.deviation(s, 4) = div(div(r, 1) + 1, 2) / 10000) AS right
FROM generate_series(1, 200) AS a, unnest('{0.0001,0.7,3,99999999.9999,922337203685.4775}'::numeric[]) AS b,
	LATERAL (SELECT kam.satisfaction(score, 922337203686) FROM (VALUES (a * 0.01), (b), (b)) AS v (score)) AS f (s),
	LATERAL (SELECT sqrt((3 * kam.squares(s) - kam.total(s) * kam.total(s)) * 400000000 / 6 + 0.00000000000000000000000000000000)) AS v (r);

/* Top two box: within a point of the scale, or within a tenth of a longer one; nobody can tell on a scale below 2. */
SELECT scale, string_agg(score::text, ' ' ORDER BY score) FILTER (WHERE top) AS top, string_agg(score::text, ' ' ORDER BY score DESC) FILTER (WHERE NOT top) AS below,
	count(*) FILTER (WHERE top IS NULL) AS unknown
FROM (VALUES (1, 0.5), (1.9, 0.1), (2, 0.5), (3, 0.5), (4, 1), (5, 0.5), (7, 1), (10, 1), (11, 1), (20, 1), (4.5, 0.5)) AS s (scale, step),
	generate_series(0, scale, step) AS score, LATERAL (SELECT kam.top_two_box(score, scale)) AS t (top)
GROUP BY scale ORDER BY scale;
SELECT kam.top_two_box(90, 100) AS "90", kam.top_two_box(89.9999, 100) AS "89.9999", kam.top_two_box(9.9, 11) AS "9.9 of 11", kam.top_two_box(9.8999, 11) AS "9.8999 of 11",
	kam.top_two_box(3.9999, 5) AS "3.9999 of 5", kam.top_two_box(score => 4.0000, scale => 5.00) AS "4.0000 of 5.00", kam.top_two_box(NULL, 5) AS no_score, kam.top_two_box(4, NULL) AS no_scale;
SELECT kam.rate(kam.top_two_box(score, 5)), kam.percent(kam.rate(kam.top_two_box(score, 5))) FROM unnest('{5,4,4.5,3,NULL,1}'::numeric[]) AS score;

/* What is no score, and what is no scale: for the aggregate as for the top two box. */
\pset format unaligned
SELECT score, left(scale::text, 30) AS scale, e.code, e.message, e.hint, t = e AS same_for_top_two_box
FROM (VALUES (1, '6'::numeric, '5'::numeric), (2, -1, 5), (3, 'NaN', 5), (4, 'Infinity', 5), (5, 5.0001, 5), (6, 4.00001, 5), (7, -0.00001, 5), (8, 1, 0), (9, 1, -5),
	(10, 1, 'NaN'), (11, 1, 'Infinity'), (12, 1, 5.12345), (13, 1, 922337203685477.5808), (14, 1, 1e300), (15, 1e-300, 5), (16, 1, 1e-5)) AS v (number, score, scale),
	pg_temp.error_of(format('SELECT kam.satisfaction(%L::numeric, %L::numeric)', score, scale)) AS e,
	pg_temp.error_of(format('SELECT kam.top_two_box(%L, %L)', score, scale)) AS t
ORDER BY number;
SELECT count(*) AS scores, count(*) FILTER (WHERE kam.total(s) = score AND kam.squares(s) = score * score AND kam.scale(s) = 922337203685477) AS right
FROM generate_series(-4, 14) AS power, unnest('{1,2,9,1.0001,9.2233,1.2345,0.9999}'::numeric[]) AS mantissa,
	LATERAL (SELECT trunc(mantissa * 10::numeric ^ power, 4)) AS v (score),
	LATERAL (SELECT kam.satisfaction_accum('{}', score, 922337203685477.0000000)) AS a (s);
\pset format aligned

/* + and - */
SELECT a.s + b.s AS plus, a.s + b.s - b.s AS back, '{}' + a.s = a.s AND a.s + '{}' = a.s AND a.s - '{}' = a.s AS empty_is_nothing, a.s - a.s AS nothing, a.s + NULL AS unknown
FROM (VALUES ('{responses:2,sum:9,squares:41,scale:5}'::kam.satisfaction)) AS a (s), (VALUES ('{responses:1,sum:3.5,squares:12.25,scale:5.0}'::kam.satisfaction)) AS b (s);
SELECT count(*) AS pairs, count(*) FILTER (WHERE a.satisfaction + b.satisfaction = kam.satisfaction(a.count + b.count, a.sum + b.sum, a.squares + b.squares, a.scale)) AS sums,
	count(*) FILTER (WHERE a.satisfaction + b.satisfaction = b.satisfaction + a.satisfaction) AS commutative,
	count(*) FILTER (WHERE a.satisfaction + b.satisfaction - b.satisfaction = a.satisfaction) AS inverse
FROM of_bag AS a JOIN of_bag AS b USING (scale);
\pset format unaligned
SELECT statement, code, message, hint
FROM (VALUES
	(1, 'SELECT $${responses:1,sum:4,squares:16,scale:5}$$::kam.satisfaction + $${responses:1,sum:4,squares:16,scale:10}$$'),
	(2, 'SELECT $${responses:1,sum:4,squares:16,scale:5}$$::kam.satisfaction - $${responses:1,sum:4,squares:16,scale:4.5}$$'),
	(3, 'SELECT $${}$$::kam.satisfaction - $${responses:1,sum:4,squares:16,scale:5}$$'),
	(4, 'SELECT $${responses:2,sum:8,squares:32,scale:5}$$::kam.satisfaction - $${responses:1,sum:3,squares:9,scale:5}$$'),
	(5, 'SELECT $${responses:1,sum:4,squares:16,scale:5}$$::kam.satisfaction - $${responses:1,sum:3,squares:9,scale:5}$$'),
	(6, 'SELECT $${responses:1,sum:4,squares:16,scale:5}$$::kam.satisfaction - $${responses:2,sum:4,squares:8,scale:5}$$'),
	(7, 'SELECT $${responses:9223372036854775807,sum:0,squares:0,scale:5}$$::kam.satisfaction + $${responses:1,sum:0,squares:0,scale:5}$$'),
	(8, 'SELECT a + a FROM kam.satisfaction(1, 922337203685477.5807, 850705917302346158473969077842.32501249, 922337203685477.5807) AS a'),
	(9, 'SELECT sum(s) FROM unnest(ARRAY[$${responses:1,sum:4,squares:16,scale:5}$$, $${}$$, $${responses:1,sum:4,squares:16,scale:10}$$]::kam.satisfaction[]) AS s'),
	(10, 'SELECT kam.satisfaction(4, scale) FROM unnest($${5,10}$$::numeric[]) AS scale'),
	(11, 'SELECT kam.satisfaction_accum($${responses:9223372036854775807,sum:0,squares:0,scale:5}$$, 0, 5)'),
	(12, 'SELECT kam.satisfaction_accum($${responses:1,sum:4,squares:16,scale:5}$$, 4, 6)'),
	(13, 'SELECT kam.satisfaction_accum($${}$$, 922337203685477, 922337203685477) + kam.satisfaction_accum($${}$$, 922337203685477, 922337203685477)'),
	(14, 'SELECT kam.satisfaction_discard($${}$$, 4, 5)'),
	(15, 'SELECT kam.satisfaction_discard($${responses:1,sum:4,squares:16,scale:5}$$, 3, 5)')
) AS mistake (number, statement), pg_temp.error_of(statement)
ORDER BY number;
\pset format aligned
/* A function called outside an aggregate leaves its argument as it was. */
SELECT s, kam.satisfaction_accum(s, 5, 5) AS more, kam.satisfaction_discard(s, 4, 5) AS less, kam.satisfaction_accum(s, NULL, 5) IS NULL AS strict, s AS still
FROM (VALUES ('{responses:1,sum:4,squares:16,scale:5}'::kam.satisfaction)) AS v (s);

/* Ten thousand random additions and subtractions, of single scores and of sums, against numeric. */
CREATE PROCEDURE walk(OUT steps int, OUT wrong int, OUT added int, OUT taken int, OUT most bigint) LANGUAGE plpgsql AS $$
DECLARE
	state kam.satisfaction := '{}';
	scores numeric[] := '{}';
	n numeric := 0; s numeric := 0; q numeric := 0;
	score numeric; other numeric; part kam.satisfaction;
	dice bigint := 20180410;
BEGIN
	steps := 0; wrong := 0; added := 0; taken := 0; most := 0;
	FOR step IN 1 .. 10000 LOOP
		dice := (dice * 1103515245 + 12345) % 2147483648;
		-- more is added than taken in the first half, and in the second the other way round
		IF (dice / 65536) % 100 < (CASE WHEN step <= 5000 THEN 80 ELSE 50 END) OR n < 2 THEN
			score := (dice / 7) % 50001 / 10000.0;
			IF dice % 3 = 0 THEN
				state := kam.satisfaction_accum(state, score, 5);
			ELSE
				state := state + kam.satisfaction(1, score, score * score, 5.0);
			END IF;
			scores := scores || score;
			n := n + 1; s := s + score; q := q + score * score;
			added := added + 1;
		ELSE
			score := scores[array_upper(scores, 1)];
			other := scores[array_upper(scores, 1) - 1];
			IF dice % 3 = 0 THEN
				state := kam.satisfaction_discard(state, score, 5);
				other := 0;
				scores := trim_array(scores, 1);
				n := n - 1;
			ELSE
				part := kam.satisfaction(2, score + other, score * score + other * other, 5);
				state := state - part;
				scores := trim_array(scores, 2);
				n := n - 2;
			END IF;
			s := s - score - other; q := q - score * score - other * other;
			taken := taken + 1;
		END IF;
		IF (kam.responses(state), kam.total(state), kam.squares(state)) IS DISTINCT FROM (n::bigint, s, q)
			OR state IS DISTINCT FROM kam.satisfaction(n::bigint, s, q, 5)
		THEN
			wrong := wrong + 1;
		END IF;
		most := greatest(most, n);
		steps := steps + 1;
	END LOOP;
END $$;
CALL walk(NULL, NULL, NULL, NULL, NULL);

/* The aggregates: over none, over NULLs, with FILTER and DISTINCT. */
SELECT kam.satisfaction(score, 5), sum(s) FROM (SELECT NULL::numeric, NULL::kam.satisfaction) AS none (score, s) WHERE false;
SELECT kam.satisfaction(score, scale), sum(s) FROM (VALUES (NULL::numeric, 5::numeric, NULL::kam.satisfaction), (4, NULL, NULL), (NULL, NULL, NULL)) AS nulls (score, scale, s);
SELECT kam.satisfaction(score, 5), kam.satisfaction(score, 5) FILTER (WHERE score >= 4) AS high, kam.satisfaction(DISTINCT score, 5) AS distinct_
FROM (VALUES (4), (5), (NULL), (4.0), (2.5)) AS v (score);
SELECT scale, kam.satisfaction(score, scale), kam.mean(kam.satisfaction(score, scale)) FROM (VALUES (4, 5), (5, 5), (9, 10), (8.5, 10)) AS v (score, scale) GROUP BY scale ORDER BY scale;

/*
 * The roll-up: areas of very different size, one of which did not answer. The
 * satisfaction of the country is the sum of its areas, not the mean of theirs.
 */
CREATE TABLE response (id int, area int, score numeric);
INSERT INTO response
SELECT id, CASE WHEN id % 100 < 88 THEN 1 ELSE id % 12 + 1 END, CASE WHEN id % 100 < 88 THEN 4 + id % 3 * 0.5 WHEN id % 12 <> 4 THEN id % 7 * 0.5 END
FROM generate_series(1, 1000) AS id;
CREATE TABLE area AS SELECT area, kam.satisfaction(score, 5) FROM response GROUP BY area;
SELECT area, satisfaction, kam.mean(satisfaction), kam.deviation(satisfaction) FROM area ORDER BY area;
SELECT sum(satisfaction), sum(satisfaction) = (SELECT kam.satisfaction(score, 5) FROM response) AS same, kam.mean(sum(satisfaction)),
	(SELECT round(avg(score), 2) FROM response) AS right, round(avg(kam.mean(satisfaction)), 2) AS average_of_averages
FROM area;

/* Moving windows, each row against a sum of its own; where the scale changes between frames nothing is left of the old one. */
SELECT aggfnoid::regprocedure, aggminvtransfn FROM pg_aggregate
WHERE aggfnoid IN ('kam.satisfaction(numeric, numeric)'::regprocedure, 'sum(kam.satisfaction)'::regprocedure) ORDER BY 1;
SELECT frame, count(*) AS rows, count(*) FILTER (WHERE moving IS NOT DISTINCT FROM again) AS right,
	count(DISTINCT moving) AS different, count(*) FILTER (WHERE moving IS NULL OR moving = '{}') AS none
FROM (
	SELECT 'preceding' AS frame, kam.satisfaction(score, 5) OVER (ORDER BY id ROWS 11 PRECEDING) AS moving,
		(SELECT kam.satisfaction(b.score, 5) FROM response AS b WHERE b.id BETWEEN a.id - 11 AND a.id) AS again
	FROM response AS a
	UNION ALL
	SELECT 'around', kam.satisfaction(score, 5) OVER (ORDER BY id ROWS BETWEEN 4 PRECEDING AND 2 FOLLOWING),
		(SELECT kam.satisfaction(b.score, 5) FROM response AS b WHERE b.id BETWEEN a.id - 4 AND a.id + 2)
	FROM response AS a
	UNION ALL
	SELECT 'of one row', kam.satisfaction(score, 5 + id % 3) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND CURRENT ROW),
		(SELECT kam.satisfaction(b.score, 5 + b.id % 3) FROM response AS b WHERE b.id = a.id)
	FROM response AS a
	UNION ALL
	SELECT 'another scale after a gap', kam.satisfaction(CASE WHEN id % 10 < 4 THEN score END, 5 + id / 10 % 2) OVER (ORDER BY id ROWS 4 PRECEDING),
		(SELECT kam.satisfaction(CASE WHEN b.id % 10 < 4 THEN b.score END, 5 + b.id / 10 % 2) FROM response AS b WHERE b.id BETWEEN a.id - 4 AND a.id)
	FROM response AS a
	UNION ALL
	SELECT 'sum', sum(kam.satisfaction(2, id, id * id / 2.0, 1000)) FILTER (WHERE id % 9 > 2) OVER (ORDER BY id ROWS 1 PRECEDING),
		(SELECT sum(kam.satisfaction(2, b.id, b.id * b.id / 2.0, 1000)) FROM response AS b WHERE b.id BETWEEN a.id - 1 AND a.id AND b.id % 9 > 2)
	FROM response AS a
) AS windows
GROUP BY frame ORDER BY frame;

/* Parallel workers come to the serial answer. */
CREATE TABLE many AS SELECT r.* FROM response AS r, generate_series(1, 20);
ANALYZE many;
CREATE TABLE serial_answer AS SELECT area, kam.satisfaction(score, 5) FROM many GROUP BY area;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SET parallel_leader_participation = off;
SELECT pg_temp.plan_has('SELECT kam.satisfaction(score, 5) FROM many', 'Gather') AS in_parallel;
SELECT kam.satisfaction(score, 5), (SELECT sum(satisfaction) FROM serial_answer) AS right FROM many;
SELECT count(*) AS same FROM (SELECT area, kam.satisfaction(score, 5) FROM many GROUP BY area) AS p JOIN serial_answer USING (area, satisfaction);

/* The wire format: responses and sum as int8, squares as 16 bytes, scale as int8. */
SELECT s, kam.satisfaction_send(s) FROM unnest('{"{responses:40,sum:170,squares:742,scale:5}","{}"}'::kam.satisfaction[]) AS s;
INSERT INTO of_bag (bag, satisfaction) VALUES (0, '{}'), (-1, '{responses:1,sum:922337203685477.5807,squares:850705917302346158473969077842.32501249,scale:922337203685477.5807}');
\copy (SELECT bag, satisfaction FROM of_bag) TO PROGRAM 'cat >"$PG_ABS_BUILDDIR/results/satisfaction.data"' (FORMAT binary)
CREATE TABLE received AS SELECT bag, satisfaction FROM of_bag LIMIT 0;
\copy received FROM PROGRAM 'cat "$PG_ABS_BUILDDIR/results/satisfaction.data"' (FORMAT binary)
SELECT count(*) AS received, count(*) FILTER (WHERE r.satisfaction = b.satisfaction AND r.satisfaction::text = b.satisfaction::text) AS right,
	(SELECT count(*) FROM of_bag) AS sent
FROM received AS r JOIN of_bag AS b USING (bag);

/* Wrong bytes: what no scores add up to, and more or fewer than 40 bytes. */
\x on
\pset format unaligned
SELECT wrong, value, code, message, hint
FROM (VALUES
	(1, 'none', int8send(1) || int8send(40000) || int8send(0) || int8send(1600000000) || int8send(50000)),
	(2, 'above the scale', int8send(1) || int8send(60000) || int8send(0) || int8send(3600000000) || int8send(50000)),
	(3, 'squares of other scores', int8send(1) || int8send(40000) || int8send(0) || int8send(1600000002) || int8send(50000)),
	(4, 'squares far too many', int8send(1) || int8send(40000) || int8send(9223372036854775807) || int8send(-1) || int8send(50000)),
	(5, 'squares below 0', int8send(1) || int8send(40000) || int8send(-1) || int8send(1600000000) || int8send(50000)),
	(6, 'all the lowest', int8send(-9223372036854775808) || int8send(-9223372036854775808) || int8send(-9223372036854775808) || int8send(0) || int8send(-9223372036854775808)),
	(7, 'no response, and a scale', int8send(0) || int8send(0) || int8send(0) || int8send(0) || int8send(50000)),
	(8, 'sum below 0', int8send(1) || int8send(-1) || int8send(0) || int8send(1) || int8send(50000)),
	(9, 'too long', int8send(0) || int8send(0) || int8send(0) || int8send(0) || int8send(0) || '\x00'),
	(10, 'too short', int8send(0) || int8send(0) || int8send(0) || int8send(0) || '\x00000000000000')
) AS bytes (number, wrong, wire), pg_temp.receive('kam.satisfaction', wire)
ORDER BY number;
