/* Why a due date is what it is: every day from start to due, counted or not. */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\set drop_calendars :srcdir '/sql/include/drop_calendars.sql'
\i :ask
\pset null '(null)'
SET DateStyle = 'ISO, YMD';

/* Every kind of day, every way of naming it, in three layers. */
INSERT INTO kam.calendar (calendar, parent, weekly_days_off) VALUES ('test country', NULL, NULL), ('test company', 'test country', '{7}'), ('test office', 'test company', NULL);
INSERT INTO kam.calendar_year (calendar, year, provisional) VALUES ('test country', 2026, false), ('test country', 2027, true);
INSERT INTO kam.calendar_day (calendar, day, kind, name_th, name_en, substitute_for, source) VALUES
	('test country', '2026-06-01', 'substitution', 'ชดเชยวันวิสาขบูชา', 'Substitution for Visakha Bucha Day', '2026-05-31', 'the Cabinet'),
	('test country', '2026-06-03', 'holiday', 'วันเฉลิมพระชนมพรรษาสมเด็จพระนางเจ้าฯ พระบรมราชินี', 'The Queen''s Birthday', NULL, NULL),
	('test country', '2026-06-05', 'special', NULL, NULL, NULL, NULL),
	('test company', '2026-06-02', 'special', 'วันสถาปนา', NULL, NULL, 'the governor'),
	('test company', '2026-06-03', 'working', NULL, 'worked after all', NULL, 'a letter'),
	('test office', '2026-06-07', 'working', NULL, NULL, NULL, NULL),
	('test office', '2026-06-08', 'holiday', NULL, NULL, NULL, NULL);
SELECT * FROM kam.explain_working_days('2026-05-29', 5, 'test office');
SELECT day, counted, working, kind, calendar, reason_en FROM kam.explain_working_days('2026-05-29', 5, 'test country');
/* Backwards, the counts are negative; the last row is the due day. */
SELECT day, counted, working, kind, calendar, reason_en FROM kam.explain_working_days('2026-06-10', -5, 'test office');
/* 0: nothing is counted, and the last row says so. A first day that is a day off is moved on. */
SELECT day, counted, working, kind, reason_en FROM kam.explain_working_days('2026-06-04', 0, 'test office');
SELECT day, counted, working, kind, reason_en FROM kam.explain_working_days('2026-06-01', 0, 'test country');
SELECT day, counted, working, kind, reason_th, reason_en FROM kam.explain_working_days('2026-06-01', 1, 'test country');

/* Every weekday has its name. */
SELECT day, to_char(day, 'FMDay') = reason_en AS same, reason_th FROM kam.explain_working_days('2026-07-05', 7, 'test company') WHERE kind <> 'start';

/* Provisional days; a first day that is not known, as it does not count. */
SELECT day, counted, working, kind, provisional FROM kam.explain_working_days('2026-12-30', 3, 'test country');
SELECT day, counted, working, kind, provisional FROM kam.explain_working_days('2025-12-31', 1, 'test country');
SELECT day, counted, working, kind, provisional FROM kam.explain_working_days('2028-01-01', -1, 'test country');

/* NULL gives no row; errors are those of add_working_days. */
SELECT count(*) FROM kam.explain_working_days(NULL, 1);
SELECT count(*) FROM kam.explain_working_days('2026-01-01', NULL);
SELECT count(*) FROM kam.explain_working_days('2026-01-01', 1, NULL);
SELECT call, code, message FROM unnest(ARRAY['''2027-12-31'', 1, ''test country''', '''2025-12-31'', 0, ''test country''', '''2026-01-01'', -1, ''test country''', '''infinity'', 1, ''test country''', '''2026-01-01'', 2147483647, ''test country''', '''2026-01-01'', -2147483648, ''test country''', '''2026-01-01'', 1, ''nobody''''s''']) AS call,
	pg_temp.error_of(format('SELECT * FROM kam.explain_working_days(%s)', call));

/* In a join, by column names; a long way. */
SELECT s.start, e.day AS due FROM (VALUES (date '2026-06-01'), ('2026-06-05')) AS s (start), kam.explain_working_days(start => s.start, days => 2, calendar => 'test country') AS e WHERE e.counted = 2;
INSERT INTO kam.calendar (calendar) VALUES ('test long');
INSERT INTO kam.calendar_year (calendar, year) SELECT 'test long', year FROM generate_series(1900, 2400) AS year;
SELECT count(*) AS days, max(counted) AS counted, max(day) AS due, max(day) = kam.add_working_days('1900-01-01', 130000, 'test long') AS same FROM kam.explain_working_days('1900-01-01', 130000, 'test long');
/* It can be interrupted. */
SET statement_timeout = '150ms';
SELECT count(*) FROM generate_series(1, 1000), kam.explain_working_days('1900-01-01', 130000, 'test long');
RESET statement_timeout;

\i :drop_calendars
