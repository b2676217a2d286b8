/* Working days: what counts, in both directions, up to the horizon and not beyond. */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\set drop_calendars :srcdir '/sql/include/drop_calendars.sql'
\i :ask
\pset null '(null)'
SET DateStyle = 'ISO, YMD';

/* Songkran 2026: Monday to Wednesday off; the Saturday after is worked for the Friday. */
INSERT INTO kam.calendar (calendar) VALUES ('test');
INSERT INTO kam.calendar_year (calendar, year) VALUES ('test', 2025), ('test', 2026);
INSERT INTO kam.calendar_day (calendar, day, kind) SELECT 'test', day, 'holiday' FROM unnest('{2026-04-13,2026-04-14,2026-04-15}'::date[]) AS day;
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('test', '2026-04-17', 'special'), ('test', '2026-04-18', 'working');

/* From each day of two weeks: the first day never counts; 0 stays or moves on; a negative number mirrors. */
SELECT to_char(day, 'Dy') AS weekday, day, kam.is_working_day(day, 'test') AS working,
	kam.add_working_days(day, -5, 'test') AS "-5", kam.add_working_days(day, -1, 'test') AS "-1", kam.add_working_days(day, 0, 'test') AS "0",
	kam.add_working_days(day, 1, 'test') AS "1", kam.add_working_days(day, 5, 'test') AS "5",
	kam.next_working_day(day, 'test') = kam.add_working_days(day, 1, 'test') AND kam.previous_working_day(day, 'test') = kam.add_working_days(day, -1, 'test') AS same
FROM (SELECT generate_series(timestamp '2026-04-09', '2026-04-22', '1 day')::date) AS d (day);
SELECT a, b, kam.working_days_between(a::date, b::date, 'test'), kam.working_days_between(b::date, a::date, 'test') AS swapped
FROM (VALUES ('2026-04-10', '2026-04-10'), ('2026-04-10', '2026-04-13'), ('2026-04-10', '2026-04-16'), ('2026-04-09', '2026-04-10'), ('2026-04-11', '2026-04-12'),
	('2026-04-16', '2026-04-18'), ('2026-04-17', '2026-04-20'), ('2025-12-31', '2026-12-31'), ('2024-12-31', '2026-12-31')) AS v (a, b);

/* NULL gives NULL. */
SELECT kam.is_working_day(NULL), kam.is_working_day('2026-01-01', NULL), kam.add_working_days(NULL, 1), kam.add_working_days('2026-01-01', NULL), kam.add_working_days('2026-01-01', 1, NULL),
	kam.working_days_between(NULL, '2026-01-01'), kam.working_days_between('2026-01-01', NULL), kam.next_working_day(NULL), kam.previous_working_day(NULL);

/*
 * The horizon: a result that depends on a day outside is an error; one that
 * does not depend on it is given. The day before the first known one can be
 * added to, as it does not count.
 */
SELECT call, code, message
FROM unnest(ARRAY['is_working_day(''2024-12-31'', ''test'')', 'is_working_day(''2027-01-01'', ''test'')', 'is_working_day(''2026-12-31'', ''test'')',
	'add_working_days(''2024-12-31'', 1, ''test'')', 'add_working_days(''2024-12-31'', 0, ''test'')', 'add_working_days(''2024-12-30'', 1, ''test'')', 'add_working_days(''2025-01-01'', -1, ''test'')', 'add_working_days(''2025-01-02'', -1, ''test'')', 'add_working_days(''2025-01-02'', -2, ''test'')',
	'add_working_days(''2027-01-01'', -1, ''test'')', 'add_working_days(''2027-01-01'', 0, ''test'')', 'add_working_days(''2027-01-02'', -1, ''test'')', 'add_working_days(''2026-12-31'', 0, ''test'')', 'add_working_days(''2026-12-31'', 1, ''test'')', 'add_working_days(''2026-12-30'', 1, ''test'')', 'add_working_days(''2026-12-30'', 2, ''test'')',
	'working_days_between(''2024-12-31'', ''2025-01-01'', ''test'')', 'working_days_between(''2024-12-30'', ''2025-01-01'', ''test'')', 'working_days_between(''2026-12-30'', ''2026-12-31'', ''test'')', 'working_days_between(''2026-12-30'', ''2027-01-01'', ''test'')', 'working_days_between(''2027-01-01'', ''2026-12-30'', ''test'')',
	'working_days_between(''2030-01-01'', ''2030-01-01'', ''test'')', 'working_days_between(''2024-12-31'', ''2027-01-01'', ''test'')',
	'next_working_day(''2026-12-31'', ''test'')', 'previous_working_day(''2025-01-01'', ''test'')', 'next_working_day(''2024-12-31'', ''test'')', 'previous_working_day(''2027-01-01'', ''test'')']) WITH ORDINALITY AS c (call, n),
	pg_temp.error_of('SELECT kam.' || call) ORDER BY n;
SELECT * FROM pg_temp.error_of($$SELECT kam.add_working_days('2026-12-30', 2, 'test')$$);
SELECT * FROM pg_temp.error_of($$SELECT kam.is_working_day('2569-04-10', 'test')$$);
SELECT * FROM pg_temp.error_of($$SELECT kam.is_working_day('2401-01-01', 'test')$$);

/* The ends of PostgreSQL's dates and integers: errors, and no overflow. */
SELECT day, n, code, message
FROM unnest('{4714-11-24 BC,4714-11-25 BC,0001-01-01 BC,1899-12-31,2026-06-15,5874897-12-30,5874897-12-31,infinity,-infinity}'::text[]) WITH ORDINALITY AS d (day, i),
	unnest('{-2147483648,-1,0,1,2147483647}'::int[]) AS n, pg_temp.error_of(format('SELECT kam.add_working_days(%L, %s, ''test'')', day, n)) ORDER BY i, n;
SELECT a, b, code, message
FROM unnest('{4714-11-24 BC,2026-06-15,5874897-12-31,infinity,-infinity}'::text[]) WITH ORDINALITY AS x (a, i), unnest('{4714-11-24 BC,2026-06-15,5874897-12-31,infinity,-infinity}'::text[]) WITH ORDINALITY AS y (b, j),
	pg_temp.error_of(format('SELECT kam.working_days_between(%L, %L, ''test'')', a, b)) ORDER BY i, j;
SELECT day, a.code, b.code, c.code, c.hint
FROM unnest('{4714-11-24 BC,5874897-12-31,infinity,-infinity}'::text[]) AS day, pg_temp.error_of(format('SELECT kam.is_working_day(%L, ''test'')', day)) AS a,
	pg_temp.error_of(format('SELECT kam.next_working_day(%L, ''test'')', day)) AS b, pg_temp.error_of(format('SELECT kam.previous_working_day(%L, ''test'')', day)) AS c;

/* A calendar without a working day: an error, and no endless search. One that works on a single day has that. */
INSERT INTO kam.calendar (calendar, weekly_days_off) VALUES ('test closed', '{1,2,3,4,5,6,7}');
INSERT INTO kam.calendar_year (calendar, year) VALUES ('test closed', 2026);
SELECT kam.is_working_day('2026-01-01', 'test closed'), kam.working_days_between('2025-12-31', '2026-12-31', 'test closed');
SELECT n, code, message, hint FROM generate_series(-1, 1) AS n, pg_temp.error_of(format('SELECT kam.add_working_days(''2026-06-15'', %s, ''test closed'')', n));
SELECT code FROM pg_temp.error_of($$SELECT * FROM kam.explain_working_days('2026-06-15', 1, 'test closed')$$);
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('test closed', '2026-08-01', 'working');
SELECT kam.add_working_days('2026-06-15', 1, 'test closed'), kam.add_working_days('2026-06-15', 0, 'test closed'), kam.add_working_days('2026-12-15', -1, 'test closed');
SELECT code, message FROM pg_temp.error_of($$SELECT kam.add_working_days('2026-06-15', 2, 'test closed')$$);
SELECT code, message FROM pg_temp.error_of($$SELECT kam.add_working_days('2026-08-01', 1, 'test closed')$$);

/* Years that are not next to each other: no result reaches across the gap. */
INSERT INTO kam.calendar_year (calendar, year) VALUES ('test', 2020), ('test', 2021), ('test', 2400), ('test', 1900);
SELECT * FROM kam.calendar_horizon('test');
SELECT kam.add_working_days('2021-12-30', 1, 'test'), kam.add_working_days('2019-12-31', 1, 'test'), kam.add_working_days('2400-12-28', 1, 'test'), kam.add_working_days('1899-12-31', 1, 'test'),
	kam.working_days_between('2019-12-31', '2021-12-31', 'test'), kam.working_days_between('2024-12-31', '2026-12-31', 'test');
SELECT call, code, message, detail
FROM unnest(ARRAY['add_working_days(''2021-12-30'', 2, ''test'')', 'add_working_days(''2025-01-02'', -2, ''test'')', 'working_days_between(''2021-01-01'', ''2026-01-01'', ''test'')', 'add_working_days(''2400-12-29'', 1, ''test'')', 'add_working_days(''1900-01-01'', -1, ''test'')']) AS call, pg_temp.error_of('SELECT kam.' || call);
SELECT hint FROM pg_temp.error_of($$SELECT kam.add_working_days('2400-12-29', 1, 'test')$$);

/* Provisional years say so, once a statement, and only where the result depends on them. */
INSERT INTO kam.calendar_year (calendar, year, provisional) VALUES ('test', 2027, true);
SELECT kam.add_working_days('2026-12-30', 1, 'test');
SELECT kam.add_working_days('2026-12-30', 2, 'test');
SELECT count(kam.add_working_days(date '2026-12-01' + n, 30, 'test')), count(kam.is_working_day(date '2026-12-01' + n, 'test')) FROM generate_series(0, 200) AS n;
SELECT kam.is_working_day('2027-05-05', 'test');
SELECT kam.working_days_between('2026-12-01', '2026-12-31', 'test'), kam.add_working_days('2027-01-01', -1, 'test');
SELECT kam.working_days_between('2026-12-01', '2027-01-01', 'test');
SELECT kam.add_working_days('2027-01-04', -1, 'test');
DO $$
BEGIN
	FOR i IN 1 .. 5 LOOP
		PERFORM kam.add_working_days('2027-01-04', i, 'test');
	END LOOP;
END
$$;
SELECT kam.working_days_left('2027-01-04', '2027-01-01 12:00+07', 'test');
SELECT count(*) FROM kam.explain_working_days('2026-12-30', 3, 'test');

/* The name of the calendar may be a constant, a column, a parameter; short or long; the same or another for each row. */
INSERT INTO kam.calendar (calendar, parent) VALUES (repeat('n', 63), 'test'), ('t', 'test'), (repeat('ก', 21), 'test');
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES (repeat('n', 63), '2026-04-16', 'holiday'), ('t', '2026-04-20', 'holiday');
SELECT left(calendar, 5) AS calendar, kam.add_working_days('2026-04-10', n, calendar)
FROM (VALUES ('test', 1), (repeat('n', 63), 1), ('test', 2), ('t', 2), ('t', 3), ('test', 3), (repeat('ก', 21), 3)) AS v (calendar, n);
CREATE FUNCTION due(calendar text) RETURNS date LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN kam.add_working_days('2026-04-10', 3, calendar); END $$;
SELECT calendar, due(calendar) FROM (VALUES ('test'), ('t'), ('test')) AS v (calendar);
PREPARE due AS SELECT kam.add_working_days($1, $2, $3);
SET plan_cache_mode = force_generic_plan;
EXECUTE due('2026-04-10', 3, 'test');
EXECUTE due('2026-04-10', 3, 't');
RESET plan_cache_mode;
SELECT left(name, 5) AS name, length(name), code FROM (VALUES (''), (' test'), ('TEST'), (repeat('n', 62)), (repeat('n', 64)), (repeat('n', 100000)), (repeat('ก', 22))) AS v (name), pg_temp.error_of(format('SELECT kam.is_working_day(''2026-01-01'', %L)', name));
DROP FUNCTION due(text);

/* The session's time zone and date style change no result. */
CREATE FUNCTION checksum() RETURNS text LANGUAGE sql RETURN
	(SELECT md5(string_agg((kam.add_working_days(date '2025-02-01' + n, n % 31 - 15, 'test') - date '2025-01-01')::text, ',' ORDER BY n)) FROM generate_series(0, 500) AS n);
SELECT checksum() AS expected \gset
SET TimeZone = 'Pacific/Kiritimati';
SET DateStyle = 'German, DMY';
SELECT checksum() = :'expected' AS same;
SET TimeZone = 'Pacific/Pago_Pago';
SET DateStyle = 'Postgres, MDY';
SELECT checksum() = :'expected' AS same;
SELECT message, detail FROM pg_temp.error_of($$SELECT kam.is_working_day('2030-12-31', 'test')$$);
RESET TimeZone;
RESET DateStyle;
DROP FUNCTION checksum();

/* They follow a table, so no index or generated column can have them; a hostile search path changes nothing. */
SELECT code FROM unnest(ARRAY['CREATE TABLE x (d date, due date GENERATED ALWAYS AS (kam.add_working_days(d, 5)) STORED)', 'CREATE INDEX ON kam.calendar_day (kam.is_working_day(day))']) AS statement, pg_temp.error_of(statement);
CREATE SCHEMA hostile;
CREATE TABLE hostile.calendar (calendar text, builtin boolean, parent text, weekly_days_off int[]);
CREATE FUNCTION hostile.timezone(text, timestamptz) RETURNS timestamp LANGUAGE sql RETURN timestamp '1900-01-01';
SET search_path = hostile, pg_catalog;
SELECT kam.add_working_days('2026-04-10', 1, 'test'), kam.bangkok_date('1900-04-10 12:00+07');
RESET search_path;
DROP SCHEMA hostile CASCADE;

\i :drop_calendars
