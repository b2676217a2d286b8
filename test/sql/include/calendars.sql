\set ECHO none
/*
 * Calendars of the tests' own, for ten announced years: test is Saturday and
 * Sunday off, with holidays; test six a six-day week; test friday one that
 * rests on Friday and Saturday; test none one without a weekly day off; and
 * test office a child of test with working Saturdays, worked holidays, special
 * days, and holidays of its own, many of them where the parent has one too.
 */
INSERT INTO kam.calendar (calendar, parent, weekly_days_off) VALUES
	('test', NULL, NULL), ('test six', NULL, '{7}'), ('test friday', NULL, '{5,6}'), ('test none', NULL, '{}'), ('test office', 'test', NULL);
INSERT INTO kam.calendar_year (calendar, year)
	SELECT calendar, year FROM kam.calendar, generate_series(2018, 2027) AS year WHERE calendar LIKE 'test%' AND parent IS NULL;
INSERT INTO kam.calendar_day (calendar, day, kind, name_th, name_en)
	SELECT calendar, date '2018-01-01' + n, 'holiday', 'วันหยุดที่ ' || n, 'holiday ' || n
	FROM kam.calendar, generate_series(0, 3651) AS n WHERE calendar LIKE 'test%' AND parent IS NULL AND n * 31 % 97 < 7;
INSERT INTO kam.calendar_day (calendar, day, kind, name_en)
	SELECT 'test office', date '2018-01-01' + n, CASE WHEN n % 5 < 3 THEN 'working' WHEN n % 5 = 3 THEN 'special' ELSE 'holiday' END, 'of the office ' || n
	FROM generate_series(0, 3651) AS n WHERE n * 17 % 89 < 11 OR n * 31 % 97 = 3;
\set ECHO all
