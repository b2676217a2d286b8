/* On time, days left and days late: a due day counts to its end in Bangkok. */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
\pset null '(null)'
SET DateStyle = 'ISO, YMD';

SELECT due, done, kam.on_time(due, done::timestamptz)
FROM (VALUES (date '2018-04-19', '2018-04-19 10:00+07'), ('2018-04-19', '2018-04-19 23:59:59.999999+07'), ('2018-04-19', '2018-04-20 00:00+07'),
	('2018-04-19', '2018-04-19 16:59:59.999999Z'), ('2018-04-19', '2018-04-19 17:00Z'), ('2018-04-19', '2018-04-18 00:00+07'),
	('2018-04-19', '-infinity'), ('2018-04-19', 'infinity'), ('infinity', '2018-04-19 00:00Z'), ('infinity', 'infinity'),
	('-infinity', '2018-04-19 00:00Z'), ('-infinity', '-infinity'), (NULL, '2018-04-19 00:00Z'), ('2018-04-19', NULL)) AS v (due, done);

/* A due timestamp would be on the wrong day in half of the world, so there is none. */
SELECT code, message FROM pg_temp.error_of($$SELECT kam.on_time('2018-04-19 00:00+07'::timestamptz, '2018-04-19 10:00+07')$$);
/* A literal is read as a date. */
SELECT kam.on_time('2018-04-19', '2018-04-19 10:00+07');
SELECT proname, count(*) AS overloads, string_agg(provolatile, '') AS volatility FROM pg_proc
WHERE proname IN ('on_time', 'working_days_left', 'working_days_late') AND pronamespace = 'kam'::regnamespace
GROUP BY proname ORDER BY proname;

/* Around Songkran 2026, in a calendar of its own. */
INSERT INTO kam.calendar (calendar) VALUES ('test');
INSERT INTO kam.calendar_year (calendar, year) VALUES ('test', 2026);
INSERT INTO kam.calendar_day (calendar, day, kind) SELECT 'test', day, 'holiday' FROM unnest('{2026-04-13,2026-04-14,2026-04-15}'::date[]) AS day;
SELECT to_char(day, 'Dy') AS weekday, day, kam.working_days_left('2026-04-16', day + time '12:00' AT TIME ZONE 'Asia/Bangkok', 'test') AS left_at_noon,
	kam.working_days_late('2026-04-10', day + time '12:00' AT TIME ZONE 'Asia/Bangkok', 'test') AS late_at_noon,
	kam.on_time('2026-04-10', day + time '12:00' AT TIME ZONE 'Asia/Bangkok') AS on_time
FROM (SELECT generate_series(timestamp '2026-04-08', '2026-04-20', '1 day')::date) AS d (day);

/* For any two days of the year: left and late are the working days between, and one of them is 0. */
SELECT count(*) AS pairs,
	count(*) FILTER (WHERE kam.working_days_left(due, at, 'test') <> greatest(kam.working_days_between(day, due, 'test'), 0)) AS "left wrong",
	count(*) FILTER (WHERE kam.working_days_late(due, at, 'test') <> greatest(kam.working_days_between(due, day, 'test'), 0)) AS "late wrong",
	count(*) FILTER (WHERE kam.on_time(due, at) AND kam.working_days_late(due, at, 'test') > 0) AS "late on time"
FROM generate_series(0, 364) AS i, generate_series(0, 364) AS j,
	LATERAL (SELECT date '2026-01-01' + i, date '2026-01-01' + j) AS d (due, day),
	LATERAL (SELECT day + time '23:59:59.999999' AT TIME ZONE 'Asia/Bangkok') AS a (at);

/* What has come, or is not past, depends on no calendar day. */
SELECT kam.working_days_left('2030-01-01', '2030-01-01 00:00+07', 'test') AS come, kam.working_days_left('1990-01-01', '2030-01-01 00:00+07', 'test') AS passed,
	kam.working_days_late('2030-01-01', '2030-01-01 23:59+07', 'test') AS in_time, kam.working_days_left('-infinity', '2026-01-01 00:00+07', 'test') AS never,
	kam.working_days_late('infinity', '2026-01-01 00:00+07', 'test') AS ever;
SELECT statement, code, message
FROM unnest(ARRAY[$$kam.working_days_left('2027-01-01', '2026-12-31 00:00+07', 'test')$$, $$kam.working_days_left('2026-12-31', '2025-12-30 00:00+07', 'test')$$,
	$$kam.working_days_late('2026-12-30', '2027-01-01 00:00+07', 'test')$$, $$kam.working_days_left('infinity', '2026-12-31 00:00+07', 'test')$$,
	$$kam.working_days_late('-infinity', '2026-12-31 00:00+07', 'test')$$, $$kam.working_days_late('2026-12-30', 'infinity', 'test')$$,
	$$kam.working_days_left('2026-12-30', '2026-01-01 00:00+07', 'nobody''s')$$]) AS statement, pg_temp.error_of('SELECT ' || statement);
SELECT kam.working_days_left('2026-12-31', '2025-12-31 23:59+07', 'test') AS from_the_day_before;
SELECT kam.working_days_left(NULL, now(), 'test'), kam.working_days_left(current_date, NULL, 'test'), kam.working_days_late(current_date, now(), NULL);

/* The last seven hours of all moments have a day like any other, which no calendar knows. */
SELECT kam.on_time('2026-01-01', '294276-12-31 23:59:59.999999Z') AS late,
	kam.on_time('294277-01-01', '294276-12-31 17:00Z') AS in_time,
	kam.working_days_left('2026-01-01', '294276-12-31 23:59:59.999999Z', 'test') AS passed;
SELECT due, e.* FROM unnest('{2026-12-31,294276-12-30}'::date[]) AS due,
	pg_temp.error_of(format('SELECT kam.working_days_late(%L, ''294276-12-31 23:59:59.999999Z'', ''test'')', due)) AS e;

/* The default is now, and the calendar PEA. */
SELECT kam.working_days_left('1990-01-01') AS passed, kam.working_days_late('2400-01-01') AS not_yet;

/* The session's time zone changes nothing. */
SET TimeZone = 'Pacific/Pago_Pago';
SELECT kam.on_time('2018-04-19', '2018-04-19 23:59:59+07'), kam.on_time('2018-04-19', '2018-04-20 00:00+07'),
	kam.working_days_left('2026-04-16', '2026-04-10 23:59:59+07', 'test') AS friday, kam.working_days_left('2026-04-16', '2026-04-16 00:00+07', 'test') AS thursday;
RESET TimeZone;

/* A rate over them. */
SELECT kam.rate(kam.on_time(due, done)) FROM (VALUES (date '2026-04-10', timestamptz '2026-04-10 09:00+07'), ('2026-04-10', '2026-04-11 09:00+07'), ('2026-04-10', NULL)) AS v (due, done);

DELETE FROM kam.calendar_day WHERE calendar = 'test';
DELETE FROM kam.calendar_year WHERE calendar = 'test';
DELETE FROM kam.calendar WHERE calendar = 'test';
