/*
 * The days of TH-GOV and TH-SE, 2018-2027: all of them to be read by people,
 * and checked against what other sources say.
 */
SET datestyle = ISO;

CREATE TEMPORARY VIEW builtin_day AS
SELECT *, extract(year FROM day) AS year, extract(isodow FROM day) < 6 AS on_weekday
FROM kam.calendar_day WHERE builtin;
CREATE TEMPORARY VIEW name AS
SELECT d.*, th, en, regexp_replace(th, '^ชดเชย', '') AS name_of_holiday
FROM builtin_day AS d, ROWS FROM (string_to_table(name_th, ' / '), string_to_table(name_en, ' / ')) AS n (th, en);

/* Days by year and calendar. PEA has none of its own. */
SELECT calendar, year, count(*) AS days, count(*) FILTER (WHERE on_weekday) AS on_weekdays,
	count(*) FILTER (WHERE kind = 'holiday') AS holiday, count(*) FILTER (WHERE kind = 'substitution') AS substitution,
	count(*) FILTER (WHERE kind = 'special') AS special, count(*) FILTER (WHERE kind = 'working') AS working
FROM builtin_day GROUP BY calendar, year ORDER BY calendar, year;
SELECT count(*) AS on_weekdays FROM builtin_day WHERE on_weekday GROUP BY calendar ORDER BY calendar;

/*
 * The list that the days come from has a line a name, and 20, 23, 25, 25, 25,
 * 24, 22, 24, 23, 21 lines on weekdays for the civil service, without the
 * regional holidays.
 */
SELECT string_agg(names::text, ' ' ORDER BY year) AS names_on_weekdays
FROM (SELECT year, count(*) AS names FROM name
	WHERE calendar = 'TH-GOV' AND on_weekday AND en !~ '^Regional' GROUP BY year) AS y;

/* All days (G: civil service, S: state enterprises). */
\pset format unaligned
SELECT day, to_char(day, 'Dy') AS weekday, string_agg(CASE calendar WHEN 'TH-GOV' THEN 'G' ELSE 'S' END, '' ORDER BY calendar) AS who,
	kind, substitute_for, name_th, name_en, source
FROM builtin_day
GROUP BY day, kind, substitute_for, name_th, name_en, source
ORDER BY day;

/* Thai and English names go together one to one. */
SELECT name_of_holiday, regexp_replace(en, '^Substitution for ', '') AS name_en, count(*) AS days
FROM name GROUP BY 1, 2 ORDER BY min(day), 2;
\pset format aligned
SELECT count(DISTINCT name_of_holiday) AS thai, count(DISTINCT regexp_replace(en, '^Substitution for ', '')) AS english,
	count(DISTINCT (name_of_holiday, regexp_replace(en, '^Substitution for ', ''))) AS pairs,
	count(*) FILTER (WHERE th IS NULL OR en IS NULL) AS without_partner
FROM name;
SELECT count(*) AS without_name_or_source FROM builtin_day WHERE name_th IS NULL OR name_en IS NULL OR source IS NULL;
SELECT count(*) AS not_thai FROM name WHERE th !~ '^[ก-๛ ()]+$' OR en ~ '[^ -~]';
SELECT calendar, day, th AS twice FROM name GROUP BY calendar, day, th HAVING count(*) > 1;

/* Where both calendars have a day, they have the same. */
SELECT day FROM builtin_day GROUP BY day
HAVING count(DISTINCT (kind, name_th, name_en, substitute_for, source)) > 1;

/* A substitution stands for a holiday of that name; these are days that the calendars do not have, or not as a day off. */
SELECT count(*) AS wrong FROM builtin_day
WHERE (substitute_for IS NOT NULL) <> (kind = 'substitution') OR (kind = 'substitution') <> (name_en ~ '^Substitution for ')
	OR (kind = 'substitution') <> (name_th ~ '^ชดเชย');
SELECT calendar, day, substitute_for, name_en FROM name AS s
WHERE kind = 'substitution' AND NOT EXISTS (
	SELECT FROM name AS h WHERE h.kind = 'holiday' AND h.calendar = s.calendar AND h.day = s.substitute_for AND h.th = s.name_of_holiday)
ORDER BY calendar, day;
/* It stands for a day off of the week, and not twice for one. */
SELECT calendar, day, substitute_for FROM builtin_day
WHERE substitute_for IS NOT NULL AND extract(isodow FROM substitute_for) < 6 ORDER BY calendar, day;
SELECT calendar, substitute_for FROM builtin_day WHERE kind = 'substitution' GROUP BY calendar, substitute_for HAVING count(*) > 1;
/* It is a weekday, soon after; but for those that were moved. */
SELECT calendar, day, substitute_for, day - substitute_for AS days_after FROM builtin_day
WHERE kind = 'substitution' AND (NOT on_weekday OR day - substitute_for NOT BETWEEN 1 AND 3) ORDER BY calendar, day;

/* What has one date is there every year. */
SELECT format('%s-%s', year, month_day)::date AS missing, calendar
FROM generate_series(2018, 2027) AS year,
	(VALUES ('01-01', 2018), ('04-06', 2018), ('04-13', 2018), ('04-14', 2018), ('04-15', 2018), ('05-04', 2020), ('06-03', 2019),
		('07-28', 2018), ('08-12', 2018), ('10-13', 2018), ('10-23', 2018), ('12-05', 2018), ('12-10', 2018), ('12-31', 2018)) AS h (month_day, since),
	(VALUES ('TH-GOV'), ('TH-SE')) AS c (calendar)
WHERE year >= since AND NOT EXISTS (
	SELECT FROM builtin_day AS d WHERE d.calendar = c.calendar AND d.day = format('%s-%s', year, month_day)::date AND d.kind = 'holiday')
ORDER BY 1, 2;
SELECT en, calendar, count(*) AS years, min(day), max(day) FROM name
WHERE kind = 'holiday' AND en IN ('Makha Bucha Day', 'Visakha Bucha Day', 'Asarnha Bucha Day', 'Buddhist Lent Day', 'Royal Ploughing Ceremony Day',
	'National Labour Day')
GROUP BY en, calendar ORDER BY en, calendar;
/* Lent begins on the day after Asarnha Bucha. */
SELECT count(*) FROM name AS a JOIN name AS l USING (calendar)
WHERE a.kind = 'holiday' AND a.en = 'Asarnha Bucha Day' AND l.kind = 'holiday' AND l.en = 'Buddhist Lent Day' AND l.day = a.day + 1;

/* Days that the Cabinet announced, one by one, or said to be working days. */
SELECT to_char(v.day::date, 'YYYY-MM-DD Dy') AS day, announced, d.kind, d.calendar IS NULL AS working_day
FROM (VALUES
	('2018-01-02', 'substitution'), ('2019-04-12', 'special'), ('2019-05-06', 'special'), ('2019-06-03', 'holiday'), ('2019-12-30', 'special'),
	('2020-07-07', 'substitution'), ('2020-07-27', 'substitution'), ('2021-02-12', 'special'), ('2021-03-26', 'special'),
	('2021-04-12', 'special'), ('2021-05-10', 'special'), ('2021-07-27', 'special'), ('2021-09-24', 'special'), ('2021-10-06', 'special'),
	('2021-10-21', 'special'), ('2021-10-22', 'substitution'), ('2023-01-02', 'substitution'), ('2023-05-05', 'special'),
	('2023-07-31', 'special'), ('2023-12-29', 'substitution'), ('2024-04-12', 'special'), ('2024-12-30', 'special'),
	('2025-06-02', 'special'), ('2025-08-11', 'special'), ('2026-01-02', 'special'),
	('2020-04-13', 'working'), ('2020-04-14', 'working'), ('2020-04-15', 'working'), ('2021-10-25', 'working'), ('2023-01-03', 'working'),
	('2024-01-02', 'working'), ('2026-06-02', 'working'), ('2026-07-31', 'working')) AS v (day, announced)
	LEFT JOIN builtin_day AS d ON d.calendar = 'TH-GOV' AND d.day = v.day::date
WHERE announced IS DISTINCT FROM COALESCE(d.kind, 'working')
ORDER BY 1;
/* What was said to be a working day is one in both calendars. */
SELECT * FROM builtin_day
WHERE day IN ('2020-04-13', '2020-04-14', '2020-04-15', '2021-10-25', '2023-01-03', '2024-01-02', '2026-06-02', '2026-07-31');
/* State enterprises have Labour Day; of special, regional and ploughing days none. */
SELECT calendar, regexp_replace(en, ' of the .*', '') AS name, count(*) FROM name
WHERE calendar = 'TH-GOV' AND (kind = 'special' OR en ~ 'Ploughing|Regional|special') OR en ~ 'Labour' OR calendar = 'TH-SE' AND kind = 'special'
GROUP BY 1, 2 ORDER BY 1, 2;

/*
 * Another source: the weekdays on which banks were closed in 2021 and 2022, as
 * the Bank of Thailand's interface listed them. Banks differ from state
 * enterprises in what each decides for itself: special days that the Bank of
 * Thailand adopted, and the first day of Lent, on which banks work.
 */
WITH bank (day) AS (VALUES
	(date '2021-01-01'), ('2021-02-12'), ('2021-02-26'), ('2021-04-06'), ('2021-04-13'), ('2021-04-14'), ('2021-04-15'), ('2021-05-03'),
	('2021-05-04'), ('2021-05-26'), ('2021-06-03'), ('2021-07-26'), ('2021-07-28'), ('2021-08-12'), ('2021-09-24'), ('2021-10-13'),
	('2021-10-22'), ('2021-12-06'), ('2021-12-10'), ('2021-12-31'),
	('2022-01-03'), ('2022-02-16'), ('2022-04-06'), ('2022-04-13'), ('2022-04-14'), ('2022-04-15'), ('2022-05-02'), ('2022-05-04'),
	('2022-05-16'), ('2022-06-03'), ('2022-07-13'), ('2022-07-28'), ('2022-07-29'), ('2022-08-12'), ('2022-10-13'), ('2022-10-14'),
	('2022-10-24'), ('2022-12-05'), ('2022-12-12')),
off AS (SELECT * FROM builtin_day WHERE on_weekday AND year IN (2021, 2022))
SELECT calendar, COALESCE(b.day, d.day) AS day, CASE WHEN d.day IS NULL THEN 'banks only' ELSE 'not banks' END AS difference,
	COALESCE(d.name_en, (SELECT min(name_en) FROM off WHERE off.day = b.day)) AS name
FROM (VALUES ('TH-GOV'), ('TH-SE')) AS c (calendar) CROSS JOIN bank AS b
	FULL JOIN off AS d USING (calendar, day)
WHERE b.day IS NULL OR d.day IS NULL
ORDER BY calendar DESC, day;

/* Every day is one of a year that is known. */
SELECT calendar, min(day), max(day), count(*) FILTER (WHERE NOT EXISTS (
	SELECT FROM kam.calendar_year AS y WHERE y.calendar = d.calendar AND y.year = d.year AND y.provisional = (d.year = 2027))) AS unknown
FROM builtin_day AS d GROUP BY calendar ORDER BY calendar;

/* The two calendars as they answer, and PEA after TH-SE. */
SELECT day, kam.is_working_day(day, 'TH-GOV') AS "TH-GOV", kam.is_working_day(day, 'TH-SE') AS "TH-SE", kam.is_working_day(day) AS "PEA"
FROM unnest('{2018-01-02,2020-04-13,2021-05-03,2021-05-10,2021-10-22,2021-10-25,2023-07-31,2024-01-02,2024-05-01,2024-05-10}'::date[]) AS day;

/* An office outside the region works on a regional holiday, by a calendar of its own. */
BEGIN;
INSERT INTO kam.calendar (calendar, parent) VALUES ('office in the North', 'TH-GOV');
INSERT INTO kam.calendar_day (calendar, day, kind, name_en)
	SELECT 'office in the North', day, 'working', 'Not a holiday of the North' FROM kam.calendar_day
	WHERE calendar = 'TH-GOV' AND day IN ('2021-10-06', '2021-10-21');
SELECT day, kam.is_working_day(day, 'TH-GOV') AS "TH-GOV", kam.is_working_day(day, 'office in the North') AS "office in the North"
FROM unnest('{2021-03-26,2021-05-10,2021-10-06,2021-10-21}'::date[]) AS day;
ROLLBACK;
