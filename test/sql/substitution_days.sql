/* Days that stand for holidays on weekly days off: those announced, and those that the Cabinet's rule gives. */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\set drop_calendars :srcdir '/sql/include/drop_calendars.sql'
\i :ask
\pset null '(null)'
SET DateStyle = 'ISO, YMD';

/*
 * The rule against ten years of announcements: from the holidays and special
 * days alone it gives every substitution that was announced, but those that
 * the Cabinet moved (Songkran 2020, which was postponed; 25 October 2021; 2
 * January 2024) and the one for a holiday of 2017, which is not in the data.
 */
INSERT INTO kam.calendar (calendar) VALUES ('test TH-GOV'), ('test TH-SE');
INSERT INTO kam.calendar_day (calendar, day, kind, name_th, name_en)
	SELECT 'test ' || calendar, day, kind, name_th, name_en FROM kam.calendar_day WHERE builtin AND kind IN ('holiday', 'special');
SELECT calendar, count(*) AS announced, count(r.day) AS "given by the rule"
FROM kam.calendar_day AS a LEFT JOIN LATERAL (SELECT r.day FROM kam.substitution_days(extract(year FROM a.day)::int, 'test ' || calendar) AS r WHERE r.day = a.day) AS r ON true
WHERE kind = 'substitution' GROUP BY calendar ORDER BY calendar COLLATE "C";
SELECT calendar, a.day AS announced, a.substitute_for, r.day AS "by the rule", r.substitute_for AS rule_for
FROM (SELECT 'test ' || calendar AS calendar, day, substitute_for FROM kam.calendar_day WHERE kind = 'substitution') AS a
	FULL JOIN (SELECT c.calendar, r.* FROM kam.calendar AS c, generate_series(2018, 2027) AS year, kam.substitution_days(year, c.calendar) AS r WHERE c.calendar LIKE 'test%') AS r USING (calendar, day)
WHERE a.day IS NULL OR r.day IS NULL ORDER BY calendar, day;
/* One substitute for a holiday on each of Saturday and Sunday: it stands for one of the two. */
SELECT calendar, a.day, a.substitute_for, r.substitute_for AS rule_for, r.name_en
FROM kam.calendar_day AS a, LATERAL (SELECT * FROM kam.substitution_days(extract(year FROM a.day)::int, 'test ' || calendar) AS r WHERE r.day = a.day) AS r
WHERE kind = 'substitution' AND a.substitute_for <> r.substitute_for ORDER BY calendar COLLATE "C", a.day;
/* With the announcements there, they are listed as they are, and the rule adds none. */
SELECT calendar, count(*) FILTER (WHERE NOT s.announced) AS computed, count(*) FILTER (WHERE s.announced) AS announced,
	(SELECT count(*) FROM kam.calendar_day AS d WHERE d.calendar = c.calendar AND kind = 'substitution') AS "of the table"
FROM unnest('{TH-GOV,TH-SE}'::text[]) AS c (calendar), generate_series(2018, 2027) AS year, kam.substitution_days(year, calendar) AS s GROUP BY calendar ORDER BY calendar;
SELECT * FROM kam.substitution_days(2023);
SELECT * FROM kam.substitution_days(2024, 'TH-GOV') LIMIT 2;
/* Given its holidays, a year that is not known yet. */
SELECT count(*) FROM kam.substitution_days(2028);
INSERT INTO kam.calendar_day (calendar, day, kind, name_th, name_en) VALUES ('PEA', '2028-01-01', 'holiday', 'วันขึ้นปีใหม่', 'New Year''s Day'), ('PEA', '2028-02-09', 'holiday', 'วันมาฆบูชา', 'Makha Bucha Day'),
	('PEA', '2028-07-06', 'holiday', 'วันอาสาฬหบูชา', 'Asarnha Bucha Day'), ('PEA', '2028-08-12', 'holiday', 'วันแม่แห่งชาติ', 'Mother''s Day'), ('PEA', '2028-12-31', 'holiday', 'วันสิ้นปี', 'New Year''s Eve');
SELECT * FROM kam.substitution_days(2028);
SELECT day, substitute_for FROM kam.substitution_days(2029);
INSERT INTO kam.calendar_day (calendar, day, kind, name_th, name_en, substitute_for) SELECT 'PEA', day, 'substitution', name_th, name_en, substitute_for FROM kam.substitution_days(2028) WHERE NOT announced;
SELECT day, substitute_for, announced FROM kam.substitution_days(2028);

/* The rule, case by case. June 2026 begins on a Monday. */
CREATE FUNCTION pg_temp.substitutes(days date[], weekly int[] DEFAULT NULL, kinds text[] DEFAULT '{}', OUT day date, OUT substitute_for date, OUT announced boolean)
RETURNS SETOF record LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO kam.calendar (calendar, weekly_days_off) VALUES ('test case', weekly);
	INSERT INTO kam.calendar_day (calendar, day, kind) SELECT 'test case', d, COALESCE(kinds[n], 'holiday') FROM unnest(days) WITH ORDINALITY AS u (d, n);
	RETURN QUERY SELECT s.day, s.substitute_for, s.announced FROM kam.substitution_days(2026, 'test case') AS s;
	DELETE FROM kam.calendar_day WHERE calendar = 'test case';
	DELETE FROM kam.calendar WHERE calendar = 'test case';
END
$$;
SELECT title, s.* FROM (VALUES
	(1, 'on a weekday: none', '{2026-06-10}'::date[], NULL::int[], '{}'::text[]),
	(2, 'Saturday', '{2026-06-13}', NULL, '{}'),
	(3, 'Sunday', '{2026-06-14}', NULL, '{}'),
	(4, 'both: one', '{2026-06-13,2026-06-14}', NULL, '{}'),
	(5, 'Monday is a holiday itself', '{2026-06-14,2026-06-15}', NULL, '{}'),
	(6, 'the whole week after', '{2026-06-14,2026-06-15,2026-06-16,2026-06-17,2026-06-18,2026-06-19}', NULL, '{}'),
	(7, 'and the weekend after it: two', '{2026-06-14,2026-06-15,2026-06-16,2026-06-17,2026-06-18,2026-06-19,2026-06-21}', NULL, '{}'),
	(8, 'Monday is a special day', '{2026-06-14,2026-06-15}', NULL, '{holiday,special}'),
	(9, 'a special day on Sunday: none', '{2026-06-14}', NULL, '{special}'),
	(10, 'two weekends', '{2026-06-14,2026-06-20}', NULL, '{}'),
	(11, 'announced without saying for what', '{2026-06-14,2026-06-16}', NULL, '{holiday,substitution}'),
	(12, 'announced on the very day', '{2026-06-14,2026-06-15}', NULL, '{holiday,substitution}'),
	(13, 'a working day on Sunday: no holiday', '{2026-06-14}', NULL, '{working}'),
	(14, 'six-day week, Saturday: none', '{2026-06-13}', '{7}', '{}'),
	(15, 'six-day week, Sunday', '{2026-06-14}', '{7}', '{}'),
	(16, 'Friday and Saturday off', '{2026-06-12}', '{5,6}', '{}'),
	(17, 'no weekly day off: none', '{2026-06-14}', '{}', '{}'),
	(18, 'nothing but days off: none', '{2026-06-14}', '{1,2,3,4,5,6,7}', '{}'),
	(19, 'one working day a week', '{2026-06-14}', '{1,2,4,5,6,7}', '{}'),
	(20, 'Tuesday and Thursday off', '{2026-06-09,2026-06-11}', '{2,4}', '{}'),
	(21, 'last days of the year before', '{2025-12-27,2025-12-28,2025-12-31,2026-01-01}', NULL, '{}'),
	(22, 'from the year before into this one', '{2025-12-28,2025-12-29,2025-12-30,2025-12-31}', NULL, '{}'),
	(24, 'a working Saturday is no place for one', '{2026-06-14,2026-06-15,2026-06-16,2026-06-17,2026-06-18,2026-06-19,2026-06-20}', NULL, '{holiday,holiday,holiday,holiday,holiday,holiday,working}'),
	(23, 'into the next year: not in this one', '{2026-12-27,2026-12-28,2026-12-29,2026-12-30,2026-12-31}', NULL, '{}')
) AS c (n, title, days, weekly, kinds) LEFT JOIN LATERAL pg_temp.substitutes(days, weekly, kinds) AS s ON true ORDER BY n, day;

/* Announced: on another day, before the holiday, in the year before; for a holiday of the block, then the rule is silent. */
INSERT INTO kam.calendar (calendar, parent) VALUES ('test moved', NULL), ('test child', 'test moved');
INSERT INTO kam.calendar_day (calendar, day, kind, name_en, substitute_for) VALUES
	('test moved', '2026-06-13', 'holiday', 'A', NULL), ('test moved', '2026-06-14', 'holiday', 'B', NULL), ('test moved', '2026-06-12', 'substitution', 'for B', '2026-06-14'),
	('test moved', '2027-01-02', 'holiday', 'C', NULL), ('test moved', '2026-12-31', 'substitution', 'for C', '2027-01-02'),
	('test moved', '2026-08-01', 'holiday', 'D', NULL), ('test moved', '2026-08-03', 'substitution', 'for D', '2026-08-01'), ('test moved', '2026-08-04', 'substitution', 'also for D', '2026-08-01');
SELECT * FROM kam.substitution_days(2026, 'test moved');
SELECT * FROM kam.substitution_days(2027, 'test moved');
/* A nearer layer works on announced days: they were announced all the same, so the rule adds none. */
INSERT INTO kam.calendar_day (calendar, day, kind, name_en) VALUES ('test child', '2026-08-03', 'working', 'worked'), ('test child', '2026-08-04', 'working', 'worked'), ('test child', '2026-06-14', 'working', 'worked');
SELECT * FROM kam.substitution_days(2026, 'test child');

/* Names of a computed one: each holiday of the block once, in either language where there are some. */
INSERT INTO kam.calendar (calendar) VALUES ('test names');
INSERT INTO kam.calendar_day (calendar, day, kind, name_th, name_en) VALUES ('test names', '2026-06-13', 'holiday', 'ก', 'A'), ('test names', '2026-06-14', 'holiday', 'ข', 'B'), ('test names', '2026-06-20', 'holiday', 'ก', 'A'), ('test names', '2026-06-21', 'holiday', 'ก', 'A'),
	('test names', '2026-06-27', 'holiday', NULL, 'A'), ('test names', '2026-06-28', 'holiday', NULL, NULL), ('test names', '2026-07-04', 'holiday', NULL, NULL);
SELECT * FROM kam.substitution_days(2026, 'test names');

/* Refused; NULL gives no row. */
SELECT year, code, message, hint FROM unnest('{2569,1899,2401,0,-1,2147483647,-2147483648}'::int[]) AS year, pg_temp.error_of(format('SELECT * FROM kam.substitution_days(%s)', year));
SELECT code, message FROM pg_temp.error_of('SELECT * FROM kam.substitution_days(2026, ''nobody''''s'')');
SELECT (SELECT count(*) FROM kam.substitution_days(NULL)), (SELECT count(*) FROM kam.substitution_days(2026, NULL)), (SELECT count(*) FROM kam.substitution_days(1900)), (SELECT count(*) FROM kam.substitution_days(2400));

\i :drop_calendars
