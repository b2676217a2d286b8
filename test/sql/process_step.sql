/* The yearly process (section 5): when each step is due, and what a user may decide otherwise. */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
\pset null '(null)'
SET DateStyle = 'ISO, YMD';

/* All ten steps, in a plan year and in one whose February is longer. */
SELECT step, period, kam.process_deadline(step, 2026, NULLIF(period, '')) AS "2026", kam.process_deadline(step, 2028, period) AS "2028", section, name_en
FROM kam.process_step ORDER BY step, period COLLATE "C";
SELECT step, period, name_th, note FROM kam.process_step WHERE period IN ('', 'M01', 'Q1', 'annual', 'preliminary') ORDER BY step, period COLLATE "C";
SELECT bool_and(builtin) AND bool_and(roll_calendar IS NULL) AS as_the_manual, count(*) FROM kam.process_step;

/* For every plan year that there may be, in words of its own. */
SELECT count(*) AS deadlines, count(*) FILTER (WHERE kam.process_deadline(step, y, period) IS DISTINCT FROM due::date) AS wrong
FROM generate_series(1900, 2400) AS y, LATERAL (
	SELECT 1, NULL, make_date(y, 1, 1) - interval '1 month' - interval '1 day' UNION ALL
	SELECT 2, NULL, make_date(y, 1, 1) - interval '1 day' UNION ALL
	SELECT 3, NULL, make_date(y, 1, 31) UNION ALL
	SELECT 4, NULL, make_date(y, 12, 31) UNION ALL
	SELECT 5, NULL, make_date(y, 12, 31) + interval '7 days' UNION ALL
	SELECT 6, to_char(m, 'FM"M"00'), make_date(y, m, 1) + interval '2 months' - interval '1 day' FROM generate_series(1, 12) AS m UNION ALL
	SELECT 6, 'Q' || q, make_date(y, q * 3, 1) + interval '2 months' - interval '1 day' FROM generate_series(1, 4) AS q UNION ALL
	SELECT 7, NULL, make_date(y, 7, 15) UNION ALL
	SELECT 8, NULL, make_date(y, 9, 15) UNION ALL
	SELECT 9, 'preliminary', make_date(y, 10, 15) UNION ALL
	SELECT 9, 'annual', make_date(y + 1, 1, 31) UNION ALL
	SELECT 10, NULL, make_date(y, 12, 31)) AS s (step, period, due);

/* NULL: no step, no deadline; no year, this one in Bangkok. */
SELECT kam.process_deadline(NULL), kam.process_deadline(NULL, 2569, 'Q9'), kam.process_deadline(step => 10) = make_date(extract(year FROM now() AT TIME ZONE 'Asia/Bangkok')::int, 12, 31) AS this_year;

/* Refused. */
SELECT call, code, message, hint
FROM unnest('{0,11,-1,2147483647,-2147483648,"6","6, 2026","9, 2026","6, 2026, ''''","6, 2026, ''M00''","6, 2026, ''M13''","6, 2026, ''m01''","6, 2026, ''M1''","6, 2026, '' Q1''","6, 2026, ''annual''","9, 2026, ''Q1''","1, 2026, ''Q1''","10, 2026, ''annual''","1, 2569","1, 1899","1, 2401","1, -2026"}'::text[]) WITH ORDINALITY AS c (call, n),
	pg_temp.error_of(format('SELECT kam.process_deadline(%s)', call)) ORDER BY n;

/* A row of one's own counts instead; it goes, and the manual's holds again. */
BEGIN;
INSERT INTO kam.process_step (step, due_month, due_day, note) VALUES (7, 8, 31, 'later'), (10, 2, 29, 'the last of February'), (4, 6, NULL, 'half a year');
INSERT INTO kam.process_step (step, period, year_offset, due_month, due_day) VALUES (6, 'M12', 1, 1, 10), (6, 'H1', 0, 7, NULL), (8, 'second', 0, 11, 1);
SELECT kam.process_deadline(7, 2026), kam.process_deadline(10, 2026), kam.process_deadline(10, 2028), kam.process_deadline(4, 2026),
	kam.process_deadline(6, 2026, 'M12'), kam.process_deadline(6, 2026, 'M11'), kam.process_deadline(6, 2026, 'H1'), kam.process_deadline(8, 2026), kam.process_deadline(8, 2026, 'second');
SELECT call, code, message, hint FROM unnest(ARRAY['6, 2026, ''H2''', '8, 2026, ''third''']) AS call, pg_temp.error_of(format('SELECT kam.process_deadline(%s)', call));
DELETE FROM kam.process_step WHERE NOT builtin AND step = 7;
SELECT kam.process_deadline(7, 2026);
SAVEPOINT s;
UPDATE kam.process_step SET due_month = 5 WHERE NOT builtin AND step = 10;
SELECT kam.process_deadline(10, 2026);
ROLLBACK TO s;
SELECT kam.process_deadline(10, 2026);
ROLLBACK;
SELECT kam.process_deadline(10, 2026), kam.process_deadline(6, 2026, 'M12');

/* A last day that moves to the next working day (R16, R19); 31 January 2026 is a Saturday, 31 May a Sunday. */
BEGIN;
INSERT INTO kam.calendar (calendar) VALUES ('test');
INSERT INTO kam.calendar_year (calendar, year) VALUES ('test', 2026);
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('test', '2026-06-01', 'holiday');
INSERT INTO kam.process_step (step, due_month, due_day, roll_calendar) VALUES (3, 1, NULL, 'test'), (7, 5, 31, 'test'), (8, 6, 2, 'test'), (10, 12, 31, 'nobody''s');
SELECT kam.process_deadline(3, 2026), kam.process_deadline(7, 2026), kam.process_deadline(8, 2026);
SELECT call, code, message FROM unnest(ARRAY['3, 2027', '10, 2026']) AS call, pg_temp.error_of(format('SELECT kam.process_deadline(%s)', call));
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('test', '2026-06-02', 'special');
SELECT kam.process_deadline(3, 2026), kam.process_deadline(7, 2026), kam.process_deadline(8, 2026);
ROLLBACK;

/* What is built in is read-only; what a row may hold. */
SELECT statement, code, message, hint
FROM (VALUES (1, 'UPDATE kam.process_step SET due_month = 1'), (2, 'DELETE FROM kam.process_step'), (3, 'TRUNCATE kam.process_step'),
	(4, 'INSERT INTO kam.process_step (step, builtin, due_month) VALUES (1, true, 1)')) AS s (n, statement), pg_temp.error_of(statement) ORDER BY n;
SELECT columns, string_agg(value || ' ' || code, ', ' ORDER BY n) AS codes
FROM (VALUES (1, 'step', '0'), (2, 'step', '11'), (3, 'step', 'NULL'), (4, 'due_month', '0'), (5, 'due_month', '13'), (6, 'due_month', 'NULL'),
	(7, 'due_day', '0'), (8, 'due_day', '31'), (9, 'due_day', '32'), (10, 'year_offset', '-2'), (11, 'year_offset', '2'), (12, 'year_offset', '1'),
	(13, 'period', 'NULL'), (14, 'period', 'repeat(''x'', 64)'), (15, 'period', 'repeat(''x'', 63)'), (16, 'roll_calendar', ''''''), (17, 'roll_calendar', 'repeat(''x'', 64)')) AS v (n, columns, value),
	pg_temp.error_of(format('DO $d$ BEGIN INSERT INTO kam.process_step (%s) VALUES (%s); RAISE SQLSTATE ''ACCPT''; END $d$',
		concat_ws(', ', columns, CASE WHEN columns <> 'step' THEN 'step' END, CASE WHEN columns <> 'due_month' THEN 'due_month' END),
		concat_ws(', ', value, CASE WHEN columns <> 'step' THEN '1' END, CASE WHEN columns <> 'due_month' THEN '1' END)))
GROUP BY columns ORDER BY columns;
SELECT due_month, due_day, code FROM (VALUES (2, 29), (2, 30), (4, 30), (4, 31), (6, 31), (9, 31), (11, 31), (12, 31)) AS v (due_month, due_day),
	pg_temp.error_of(format('DO $d$ BEGIN INSERT INTO kam.process_step (step, due_month, due_day) VALUES (1, %s, %s); RAISE SQLSTATE ''ACCPT''; END $d$', due_month, due_day));

/* Everyone reads them; writing is granted. */
CREATE ROLE regress_kam_clerk;
SET ROLE regress_kam_clerk;
SELECT count(*) FROM kam.process_step;
SELECT kam.process_deadline(1, 2026);
INSERT INTO kam.process_step (step, due_month) VALUES (1, 1);
RESET ROLE;
BEGIN;
GRANT INSERT ON kam.process_step TO regress_kam_clerk;
SET LOCAL ROLE regress_kam_clerk;
INSERT INTO kam.process_step (step, due_month) VALUES (1, 1);
SELECT kam.process_deadline(1, 2026);
ROLLBACK;
DROP ROLE regress_kam_clerk;

/* The session's time zone and date style change nothing. */
SET TimeZone = 'Pacific/Pago_Pago';
SET DateStyle = 'SQL, DMY';
SELECT to_char(kam.process_deadline(9, 2026, 'annual'), 'YYYY-MM-DD');
