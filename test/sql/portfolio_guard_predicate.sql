/* Which rows count: the predicate of a portfolio guard. An assignment that has ended is in no portfolio (6.1.2.1, R12). */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
\set guard :srcdir '/sql/include/guard.sql'
\i :guard
CREATE SCHEMA guard_test;
SET search_path = guard_test;

CREATE TABLE assignment (id int PRIMARY KEY, kamr text, tier kam.tier, plan_year int, ended_on date, state text DEFAULT 'active', seen_at timestamptz);
CREATE INDEX ON assignment (kamr, plan_year);
SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year', 'ended_on IS NULL AND state <> ''draft''');
SELECT arguments, definition FROM kam.attached_rule;
INSERT INTO assignment SELECT n, 'k', 'Star', 2026 FROM generate_series(1, 15) AS n;
INSERT INTO assignment SELECT n, 'k', 'Star', 2026, '2026-03-31' FROM generate_series(16, 50) AS n;
INSERT INTO assignment SELECT n, 'k', 'Star', 2026, NULL, 'draft' FROM generate_series(51, 99) AS n;
/* what is neither true nor false does not count */
INSERT INTO assignment SELECT n, 'k', 'Star', 2026, NULL, NULL FROM generate_series(101, 150) AS n;
SELECT statement, pg_temp.try(statement)
FROM (VALUES
	($$INSERT INTO assignment VALUES (0, 'k', 'Status', 2026)$$),
	($$INSERT INTO assignment VALUES (0, 'k', 'Status', 2026, '2026-12-31')$$),
	($$UPDATE assignment SET ended_on = NULL WHERE id = 16$$),
	($$UPDATE assignment SET ended_on = '2026-04-30' WHERE id = 16$$),
	($$UPDATE assignment SET state = 'active' WHERE id = 51$$),
	($$UPDATE assignment SET state = 'active' WHERE id = 101$$),
	($$UPDATE assignment SET state = 'other' WHERE id = 1$$),
	($$UPDATE assignment SET state = NULL WHERE id <= 50$$),
	($$UPDATE assignment SET ended_on = '2026-04-30' WHERE id = 1; UPDATE assignment SET ended_on = NULL WHERE id = 16$$),
	($$UPDATE assignment SET ended_on = '2026-04-30' WHERE id = 1; UPDATE assignment SET ended_on = NULL WHERE id IN (16, 17)$$),
	($$UPDATE assignment SET ended_on = CASE WHEN ended_on IS NULL AND id <= 15 THEN date '2026-04-30' WHEN id <= 30 THEN NULL ELSE ended_on END$$)
) AS s (statement);
SELECT * FROM kam.portfolio_violations('assignment', true);
SELECT kam.detach_portfolio_guard('assignment');

/* What can be a predicate, and as what it is kept. */
CREATE FUNCTION is_active(text) RETURNS boolean IMMUTABLE LANGUAGE sql RETURN $1 = 'active';
CREATE FUNCTION is_open(text) RETURNS boolean STABLE LANGUAGE sql RETURN $1 = 'active';
CREATE FUNCTION attach(predicate text, OUT error text, OUT kept text) LANGUAGE plpgsql AS $$
BEGIN
	PERFORM kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year', predicate);
	SELECT arguments ->> 'predicate' INTO kept FROM kam.attached_rule WHERE relation = 'assignment'::regclass;
	PERFORM kam.detach_portfolio_guard('assignment');
EXCEPTION WHEN OTHERS THEN
	error := SQLSTATE || ': ' || SQLERRM;
END $$;
TRUNCATE assignment;
SELECT predicate, kept, error
FROM unnest(ARRAY[NULL, 'true', 'NULL', '''t''', 'state IS NULL', 'assignment.state IS NULL', '(state = ''a'') OR (ended_on IS NULL)', 'is_active(state)', 'guard_test.is_active(state)',
	'tier > ''Status''', 'tier::text LIKE ''S%''', 'state IN (''a'', ''b'')', 'state = ANY (''{a,b}'')', 'NOT (id = 1)', 'CASE id WHEN 1 THEN true END', 'COALESCE(ended_on, ''2026-12-31'') > ''2026-06-30''',
	'state COLLATE "C" < ''x''', 'ended_on IS NULL -- so far', E'\n\tended_on\n\tIS /* not */ NULL', 'kamr <> '''' AND plan_year > 2000', 'id BETWEEN 1 AND 9 AND (id <> 5 AND id <> 6)']) WITH ORDINALITY AS p (predicate, n),
	attach(predicate) ORDER BY n;
SELECT predicate, kept, error
FROM unnest(ARRAY['', ' ', '-- so far', 'EXISTS (SELECT 1)', '(SELECT true)', 'id IN (SELECT 1)', 'count(*) > 1', 'row_number() OVER () = 1', 'generate_series(1, 2) = 1',
	'ended_on > now()', 'ended_on > current_date', 'is_open(state)', 'random() > 0.5', 'seen_at > ended_on', 'seen_at::date > ''2026-01-01''', 'current_user = state', 'kam.weight(tier) > 0',
	'ctid IS NOT NULL', 'tableoid = 1', 'xmin = ''1''', 'assignment IS NOT NULL', 'assignment.* IS NOT NULL', 'assignment.*',
	'a) OR (b', 'true) OR (true', 'true, false', 'true; DROP TABLE assignment', 'true;', 'true FROM assignment', 'true WHERE true', 'true LIMIT 1', 'true ORDER BY 1', 'true FOR UPDATE', 'DISTINCT true',
	'true UNION SELECT true', 'true GROUP BY 1', 'true HAVING true', 'WITH w AS (SELECT 1) SELECT true', 'ended_on', '1', 'id', 'missing IS NULL', 'missing(state)', 'other.state IS NULL', 'new.state IS NULL',
	'$1', ':id', '?', 'DEFAULT', 'state = ''a', 'state = "a"', '/* ', 'GROUPING(id) = 1', 'state := true', 'pg_sleep(60) IS NULL']) WITH ORDINALITY AS p (predicate, n),
	attach(predicate) ORDER BY n;
\x on
SELECT * FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year', 'ended_on > now()')$$);
SELECT * FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year', 'assignment IS NOT NULL')$$);
SELECT * FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year', 'true, true')$$);
\x off
/* A predicate deeper than the stack, one longer than a page. */
SELECT left(error, 6) FROM attach(repeat('NOT ', 200000) || 'true');
SELECT error, length(kept) FROM attach('id IN (' || (SELECT string_agg(n::text, ',') FROM generate_series(1, 5000) AS n) || ')');
/* Where the error of a predicate is. */
SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year', 'state = 1 AND missing');
SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year', 'state = ) OR (state');
SELECT count(*) FROM kam.attached_rule;

/* A predicate over the columns of the guard; over a column that is renamed; with names found by another search path. */
SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year', 'kamr <> ''nobody'' AND tier > ''Status'' AND is_active(state)');
INSERT INTO assignment SELECT n, 'k', 'Strategic', 2026 FROM generate_series(1, 12) AS n;
SELECT statement, pg_temp.try(statement)
FROM (VALUES
	($$INSERT INTO assignment SELECT -n, 'nobody', 'Strategic', 2026 FROM generate_series(1, 50) AS n$$),
	($$INSERT INTO assignment SELECT -n, 'k', 'Status', 2026 FROM generate_series(1, 50) AS n$$),
	($$INSERT INTO assignment VALUES (0, 'k', 'Star', 2026)$$)
) AS s (statement);
ALTER TABLE assignment RENAME state TO "สถานะ";
ALTER FUNCTION is_active RENAME TO "is ""active""";
ALTER SCHEMA guard_test RENAME TO "guard test";
SET search_path = pg_catalog;
SELECT arguments FROM kam.attached_rule;
SELECT pg_temp.try($$INSERT INTO "guard test".assignment VALUES (0, 'k', 'Star', 2026)$$), pg_temp.try($$INSERT INTO "guard test".assignment VALUES (0, 'k', 'Star', 2026, NULL, 'draft')$$);
SET search_path = "guard test";
SELECT pg_temp.try($$INSERT INTO assignment VALUES (0, 'k', 'Star', 2026)$$), pg_temp.try($$INSERT INTO assignment VALUES (0, 'k', 'Star', 2026, NULL, 'draft')$$);
/* the function is changed under the guard, as under an index: from now on it is what counts */
CREATE OR REPLACE FUNCTION "is ""active"""(text) RETURNS boolean IMMUTABLE LANGUAGE sql RETURN $1 = 'draft';
SELECT pg_temp.try($$INSERT INTO assignment VALUES (0, 'k', 'Star', 2026, NULL, 'draft')$$), pg_temp.try($$INSERT INTO assignment SELECT -n, 'k', 'Strategic', 2026, NULL, 'draft' FROM generate_series(1, 13) AS n$$);
SELECT pg_temp.state($$DROP FUNCTION "is ""active"""$$), pg_temp.state('ALTER TABLE assignment DROP "สถานะ"'), pg_temp.state('ALTER TABLE assignment ALTER "สถานะ" TYPE varchar');

SET client_min_messages = warning;
DROP SCHEMA "guard test" CASCADE;
