/*
 * kam.portfolio: read and written, its arithmetic and its aggregates.
 * Comparison is in comparison.sql; its weight is a matter of rule sets.
 */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
CREATE SCHEMA portfolio_test;
SET search_path = portfolio_test;

/* The five key account managers of the manual's example (6.1.2.1). */
CREATE TABLE kamr (kamr int, portfolio kam.portfolio);
INSERT INTO kamr VALUES (1, '{Strategic:12}'), (2, '{Star:15}'), (3, '{Status:20}'),
	(4, '{Strategic:2,Star:8,Status:6}'), (5, '{Strategic:4,Star:6,Status:5}');
SELECT kamr, portfolio, kam.count(portfolio, 'Strategic') AS strategic, kam.count(portfolio, 'Star') AS star,
	kam.count(portfolio, 'Status') AS status, kam.count(portfolio, 'Streamline') AS streamline
FROM kamr ORDER BY kamr;
SELECT sum(portfolio) FROM kamr;

/* Reading: tiers in any order, counts of 0 and leading zeros, blanks anywhere, every spelling and width. */
SELECT input, input::kam.portfolio AS portfolio, input::kam.portfolio::text::kam.portfolio = input::kam.portfolio AS same
FROM (VALUES
	(1, '{}'), (2, ' { } '), (3, '{Streamline:1,Status:2,Star:3,Strategic:4}'), (4, '{star:0}'), (5, '{STAR:007}'),
	(6, '{Star : 1 , Status : 2}'), (7, '{Strategic:9223372036854775807,Streamline:9223372036854775807}'),
	(8, '{Star:0000000000000000000000000000001}')
) AS reading (number, input)
ORDER BY number;
SELECT '｛Ｓｔａｒ：１２，Status：３｝'::kam.portfolio, U&'\3000{Star\00A0:\00A05}'::kam.portfolio;
SELECT way, bool_and(kam.count(('{' || spelled || ':3}')::kam.portfolio, tier) = 3) AS right
FROM unnest('{Strategic,Star,Status,Streamline}'::kam.tier[]) AS tier,
	pg_temp.spellings(tier::text) WITH ORDINALITY AS spelling (way, spelled, place)
GROUP BY place, way ORDER BY place;

/* What is no portfolio. */
\pset format unaligned
SELECT input, code, detail
FROM (VALUES
	(1, ''), (2, 'Star:1'), (3, '{'), (4, '}'), (5, '{Star:1'), (6, 'Star:1}'), (7, '{Star}'), (8, '{Star:}'), (9, '{:1}'),
	(10, '{Star:1,}'), (11, '{,Star:1}'), (12, '{Star:1 Status:2}'), (13, '{Star:1;Status:2}'), (14, '{Star:1}x'),
	(15, '{Star=1}'), (16, '{"Star":1}'), (17, '{Star:-1}'), (18, '{Star:+1}'), (19, '{Star:1.0}'), (20, '{Star:1e3}'),
	(21, '{Star:0x10}'), (22, '{Star:1_000}'), (23, '{Star:9223372036854775808}'),
	(24, '{Star:99999999999999999999999999}'), (25, '{Star:1,STAR:2}'), (26, '{Star:0,Star:0}'), (27, '{Gold:1}'),
	(28, '{Star:1,High:2}'), (29, U&'{St\0430r:1}'), (30, '{Star:one}'), (31, '12'), (32, '{Star:1 2}'), (33, 'Star'),
	(34, '{Star:๕}')
) AS mistake (number, input), pg_temp.input_error('kam.portfolio', input)
ORDER BY number;
\x on
SELECT * FROM pg_temp.input_error('kam.portfolio', '{Gold:1}');
SELECT * FROM pg_temp.input_error('kam.portfolio', '{Star:-1}');
\x off
\pset format aligned

/* The constructor: positional, by name, and what is left out is 0. */
SELECT kam.portfolio(1, 2, 3, 4), kam.portfolio(5), kam.portfolio(2, streamline => 7),
	kam.portfolio(strategic => 0, status => 9223372036854775807), kam.portfolio(1, NULL) IS NULL AS unknown;
\x on
SELECT * FROM pg_temp.error_of('SELECT kam.portfolio(1, -1)');
SELECT * FROM pg_temp.error_of('SELECT kam.portfolio(0, 0, 0, -9223372036854775808)');
\x off

/* Text columns are inserted as they are. */
CREATE TABLE texts (t text, v varchar);
INSERT INTO texts VALUES ('{Star:1}', '{ STATUS : 2 }');
CREATE TABLE casts (t kam.portfolio, v kam.portfolio);
INSERT INTO casts SELECT t, v FROM texts;
INSERT INTO casts SELECT 'Star:1'::text, NULL FROM texts;
PREPARE insertion(text, varchar) AS INSERT INTO casts VALUES ($1, $2) RETURNING *;
EXECUTE insertion('{}', '{Star:4}');
SELECT t::kam.portfolio, CAST(v AS kam.portfolio) FROM texts;

/*
 * A literal without a type in what looks like the aggregate is a cast in
 * PostgreSQL: write the tier's type, or a column.
 */
SELECT kam.portfolio('{Star:1}');
SELECT kam.portfolio('Star');
SELECT kam.portfolio('Star'::kam.tier);

/* + and - : count by count, over the whole range of bigint and not past it. */
CREATE TABLE counts AS
SELECT *, kam.portfolio(strategic, star, status, streamline) AS portfolio
FROM (VALUES (0::bigint), (1), (7), (9223372036854775807)) AS a (strategic), (VALUES (0::bigint), (2)) AS b (star),
	(VALUES (0::bigint), (3), (9223372036854775807)) AS c (status), (VALUES (0::bigint), (1)) AS d (streamline);
SELECT count(*) AS pairs,
	count(*) FILTER (WHERE plus.code = '00000') AS sums,
	count(*) FILTER (WHERE plus.code = '22003') AS out_of_range,
	count(*) FILTER (WHERE plus.code = CASE
		WHEN greatest(a.strategic::numeric + b.strategic, a.star::numeric + b.star, a.status::numeric + b.status,
			a.streamline::numeric + b.streamline) > 9223372036854775807
		THEN '22003' ELSE '00000' END) AS right
FROM counts AS a, counts AS b, pg_temp.error_of(format('SELECT %L::kam.portfolio + %L', a.portfolio, b.portfolio)) AS plus;
SELECT count(*) AS pairs,
	count(*) FILTER (WHERE minus.code = '00000') AS differences,
	count(*) FILTER (WHERE minus.code = '22003') AS out_of_range,
	count(*) FILTER (WHERE minus.code = CASE
		WHEN a.strategic < b.strategic OR a.star < b.star OR a.status < b.status OR a.streamline < b.streamline
		THEN '22003' ELSE '00000' END) AS right
FROM counts AS a, counts AS b, pg_temp.error_of(format('SELECT %L::kam.portfolio - %L', a.portfolio, b.portfolio)) AS minus;
SELECT count(*) AS pairs,
	count(*) FILTER (WHERE a.portfolio + b.portfolio = kam.portfolio(a.strategic + b.strategic, a.star + b.star,
		a.status + b.status, a.streamline + b.streamline)) AS sums,
	count(*) FILTER (WHERE a.portfolio + b.portfolio = b.portfolio + a.portfolio) AS commutative,
	count(*) FILTER (WHERE a.portfolio + b.portfolio - b.portfolio = a.portfolio) AS inverse
FROM counts AS a, counts AS b
WHERE a.strategic < 10 AND a.status < 10 AND b.strategic < 10 AND b.status < 10;
\x on
SELECT * FROM pg_temp.error_of($$SELECT '{Star:9223372036854775807}'::kam.portfolio + '{Star:1}'$$);
SELECT * FROM pg_temp.error_of($$SELECT '{Star:1,Status:5}'::kam.portfolio - '{Star:2}'$$);
\x off
SELECT '{Star:1}'::kam.portfolio + NULL AS plus, NULL - '{Star:1}'::kam.portfolio AS minus,
	kam.count(NULL, 'Star') AS no_portfolio, kam.count('{Star:1}', NULL) AS no_tier;

/* The aggregates: over none, over NULLs, with FILTER, DISTINCT and GROUP BY. */
SELECT kam.portfolio(tier), sum(portfolio) FROM (SELECT NULL::kam.tier, NULL::kam.portfolio) AS none (tier, portfolio) WHERE false;
SELECT kam.portfolio(tier), sum(portfolio) FROM (VALUES (NULL::kam.tier, NULL::kam.portfolio), (NULL, NULL)) AS nulls (tier, portfolio);
CREATE TABLE account (id int, office text, tier kam.tier);
INSERT INTO account
SELECT id, 'office ' || id % 7, (ARRAY['Strategic', 'Star', 'Star', 'Status', 'Streamline', NULL])[id * id % 11 % 6 + 1]::kam.tier
FROM generate_series(1, 700) AS id;
SELECT office, kam.portfolio(tier), kam.portfolio(tier) FILTER (WHERE tier > 'Status') AS high,
	kam.portfolio(DISTINCT tier) AS different,
	kam.portfolio(tier) = kam.portfolio(count(*) FILTER (WHERE tier = 'Strategic'), count(*) FILTER (WHERE tier = 'Star'),
		count(*) FILTER (WHERE tier = 'Status'), count(*) FILTER (WHERE tier = 'Streamline')) AS right
FROM account GROUP BY office ORDER BY office;
/* The roll-up is the sum of its parts. */
SELECT sum(portfolio) = (SELECT kam.portfolio(tier) FROM account) AS same
FROM (SELECT kam.portfolio(tier) AS portfolio FROM account GROUP BY office) AS offices;
SELECT office, kam.portfolio(tier) FROM account WHERE office < 'office 2' GROUP BY ROLLUP (office) ORDER BY office;

/* Moving windows of several kinds, each row against a count of its own. */
SELECT aggfnoid::regprocedure, aggminvtransfn FROM pg_aggregate
WHERE aggfnoid IN ('kam.portfolio(kam.tier)'::regprocedure, 'sum(kam.portfolio)'::regprocedure) ORDER BY 1;
SELECT frame, count(*) AS rows, count(*) FILTER (WHERE moving = again) AS right, count(DISTINCT moving) AS different
FROM (
	SELECT 'preceding' AS frame, id, kam.portfolio(tier) OVER (ORDER BY id ROWS 10 PRECEDING) AS moving,
		(SELECT kam.portfolio(b.tier) FROM account AS b WHERE b.id BETWEEN a.id - 10 AND a.id) AS again
	FROM account AS a
	UNION ALL
	SELECT 'around', id, kam.portfolio(tier) OVER (ORDER BY id ROWS BETWEEN 3 PRECEDING AND 5 FOLLOWING),
		(SELECT kam.portfolio(b.tier) FROM account AS b WHERE b.id BETWEEN a.id - 3 AND a.id + 5)
	FROM account AS a
	UNION ALL
	SELECT 'empty at the end', id, kam.portfolio(tier) OVER (ORDER BY id ROWS BETWEEN 2 FOLLOWING AND 4 FOLLOWING),
		(SELECT kam.portfolio(b.tier) FROM account AS b WHERE b.id BETWEEN a.id + 2 AND a.id + 4)
	FROM account AS a
	UNION ALL
	SELECT 'by office, filtered', id,
		kam.portfolio(tier) FILTER (WHERE tier > 'Streamline') OVER (PARTITION BY office ORDER BY id ROWS 4 PRECEDING),
		(SELECT kam.portfolio(b.tier) FROM account AS b
		 WHERE b.office = a.office AND b.id BETWEEN a.id - 28 AND a.id AND b.tier > 'Streamline')
	FROM account AS a
	UNION ALL
	SELECT 'without itself', id,
		kam.portfolio(tier) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING EXCLUDE CURRENT ROW),
		(SELECT kam.portfolio(b.tier) FROM account AS b WHERE b.id BETWEEN a.id - 2 AND a.id + 2 AND b.id <> a.id)
	FROM account AS a
	UNION ALL
	SELECT 'growing', id, kam.portfolio(tier) OVER (ORDER BY id),
		(SELECT kam.portfolio(b.tier) FROM account AS b WHERE b.id <= a.id)
	FROM account AS a
) AS windows
GROUP BY frame ORDER BY frame;

/* The same of sum(), NULL where the frame has none. */
CREATE TABLE month (month int, portfolio kam.portfolio);
INSERT INTO month
SELECT month, CASE WHEN month % 13 > 3 THEN kam.portfolio(month % 5, month * 7 % 11, month % 3 * 1000000000000, month % 2) END
FROM generate_series(1, 400) AS month;
SELECT frame, count(*) AS rows, count(*) FILTER (WHERE moving IS NOT DISTINCT FROM again) AS right,
	count(*) FILTER (WHERE moving IS NULL) AS nulls
FROM (
	SELECT 'preceding' AS frame, sum(portfolio) OVER (ORDER BY month ROWS 2 PRECEDING) AS moving,
		(SELECT sum(b.portfolio) FROM month AS b WHERE b.month BETWEEN a.month - 2 AND a.month) AS again
	FROM month AS a
	UNION ALL
	SELECT 'around', sum(portfolio) OVER (ORDER BY month ROWS BETWEEN 12 PRECEDING AND 12 FOLLOWING),
		(SELECT sum(b.portfolio) FROM month AS b WHERE b.month BETWEEN a.month - 12 AND a.month + 12)
	FROM month AS a
) AS windows
GROUP BY frame ORDER BY frame;

/* Past bigint: an error in the aggregate, in a window that grows, and none in one that moves on. */
SELECT sum(portfolio) FROM (VALUES ('{Star:9223372036854775807}'::kam.portfolio), ('{Star:1}')) AS v (portfolio);
SELECT sum(portfolio) OVER (ORDER BY n)
FROM (VALUES (1, '{Star:9223372036854775807}'::kam.portfolio), (2, '{Star:1}')) AS v (n, portfolio);
SELECT n, sum(portfolio) OVER (ORDER BY n ROWS BETWEEN CURRENT ROW AND CURRENT ROW)
FROM (VALUES (1, '{Star:9223372036854775807}'::kam.portfolio), (2, '{Star:1}')) AS v (n, portfolio);
SELECT kam.portfolio_accum('{Star:9223372036854775807}', 'Star');
SELECT kam.portfolio_discard('{Star:1}', 'Status');

/* A function called outside an aggregate leaves its argument as it was. */
SELECT portfolio, kam.portfolio_accum(portfolio, 'Star') AS more, kam.portfolio_discard(portfolio, 'Status') AS less, portfolio AS still
FROM kamr WHERE kamr = 5;

/* Parallel workers come to the serial answer. */
CREATE TABLE many AS SELECT a.* FROM account AS a, generate_series(1, 30);
ANALYZE many;
CREATE TABLE serial_answer AS SELECT office, kam.portfolio(tier), count(*) FROM many GROUP BY office;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SET parallel_leader_participation = off;
SELECT pg_temp.plan_has('SELECT kam.portfolio(tier) FROM many', 'Gather') AS in_parallel;
SELECT kam.portfolio(tier) FROM many;
SELECT sum(portfolio) FROM serial_answer;
SELECT pg_temp.plan_has('SELECT sum(kam.portfolio(id, 1, 2, 3)) FROM many', 'Gather') AS in_parallel;
SELECT sum(kam.portfolio(id, 1, 2, 3)), kam.portfolio(sum(id)::bigint, count(*), 2 * count(*), 3 * count(*)) AS right FROM many;
SELECT count(*) AS same FROM (SELECT office, kam.portfolio(tier) FROM many GROUP BY office) AS p JOIN serial_answer USING (office, portfolio);
RESET parallel_setup_cost;
RESET parallel_tuple_cost;

/* The wire format: four int8, Strategic first. */
SELECT portfolio, kam.portfolio_send(portfolio) FROM kamr WHERE kamr IN (4, 5) ORDER BY kamr;
SELECT count(*) FILTER (WHERE kam.portfolio_send(portfolio)
	= int8send(strategic) || int8send(star) || int8send(status) || int8send(streamline)) AS right, count(*) FROM counts;
\copy (SELECT strategic, star, status, streamline, portfolio FROM counts) TO PROGRAM 'cat >"$PG_ABS_BUILDDIR/results/portfolio.data"' (FORMAT binary)
CREATE TABLE received (LIKE counts);
\copy received FROM PROGRAM 'cat "$PG_ABS_BUILDDIR/results/portfolio.data"' (FORMAT binary)
SELECT count(*) AS received FROM counts JOIN received USING (strategic, star, status, streamline, portfolio);

/* Wrong bytes: a negative count, and more or fewer than 32 bytes. */
\x on
\pset format unaligned
SELECT wrong, value, code, message, hint
FROM (VALUES
	(1, 'none', int8send(1) || int8send(2) || int8send(3) || int8send(9223372036854775807)),
	(2, 'first negative', int8send(-1) || int8send(2) || int8send(3) || int8send(4)),
	(3, 'last negative', int8send(1) || int8send(2) || int8send(3) || int8send(-9223372036854775808)),
	(4, 'too long', int8send(1) || int8send(2) || int8send(3) || int8send(4) || '\x00'),
	(5, 'too short', int8send(1) || int8send(2) || int8send(3) || '\x00000000000001')
) AS bytes (number, wrong, wire), pg_temp.receive('kam.portfolio', wire)
ORDER BY number;
