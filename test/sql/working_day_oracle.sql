/*
 * Every day of ten years, and every number of working days from -60 to 60 and
 * -1000 and 1000, in five calendars, against queries that know no numbers of
 * days: a row per day says whether it is a working day, by what the tables say.
 */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\set calendars :srcdir '/sql/include/calendars.sql'
\set drop_calendars :srcdir '/sql/include/drop_calendars.sql'
\i :ask
\i :calendars

CREATE TABLE oracle AS
SELECT c.calendar, at::date AS day, COALESCE(own.kind, parents.kind,
		CASE WHEN extract(isodow FROM at) = ANY (COALESCE(c.weekly_days_off, '{6,7}')) THEN 'weekly' ELSE 'working' END) = 'working' AS working
FROM kam.calendar AS c CROSS JOIN generate_series(timestamp '2018-01-01', '2027-12-31', '1 day') AS at
	LEFT JOIN kam.calendar_day AS own ON own.calendar = c.calendar AND own.day = at::date
	LEFT JOIN kam.calendar_day AS parents ON parents.calendar = c.parent AND parents.day = at::date
WHERE c.calendar LIKE 'test%';
ALTER TABLE oracle ADD PRIMARY KEY (calendar, day);
CREATE TABLE working AS
SELECT calendar, day, row_number() OVER (PARTITION BY calendar ORDER BY day) AS number FROM oracle WHERE working;
ALTER TABLE working ADD PRIMARY KEY (calendar, number);
CREATE TABLE counted AS
SELECT calendar, day, working, count(*) FILTER (WHERE working) OVER (PARTITION BY calendar ORDER BY day) AS upto FROM oracle;
ANALYZE oracle, working, counted;

SELECT calendar, count(*) AS days, count(*) FILTER (WHERE working) AS working,
	count(*) FILTER (WHERE working AND extract(isodow FROM day) > 5) AS "at weekends",
	count(*) FILTER (WHERE kam.is_working_day(day, calendar) <> working) AS wrong
FROM oracle GROUP BY calendar ORDER BY calendar;

/* All results that there are. */
SELECT c.calendar, count(*) AS results, count(*) FILTER (WHERE kam.add_working_days(c.day, n, c.calendar) IS DISTINCT FROM w.day) AS wrong
FROM counted AS c CROSS JOIN unnest(array(SELECT generate_series(-60, 60)) || '{-1000,1000}') AS n
	JOIN working AS w ON w.calendar = c.calendar
		AND w.number = c.upto + n + CASE WHEN n <= 0 AND NOT working THEN 1 ELSE 0 END
GROUP BY c.calendar ORDER BY c.calendar;
SELECT c.calendar, count(*) AS days,
	count(*) FILTER (WHERE kam.next_working_day(c.day, c.calendar) IS DISTINCT FROM n.day) AS "next wrong",
	count(*) FILTER (WHERE kam.previous_working_day(c.day, c.calendar) IS DISTINCT FROM p.day) AS "previous wrong"
FROM counted AS c JOIN working AS n ON n.calendar = c.calendar AND n.number = c.upto + 1
	JOIN working AS p ON p.calendar = c.calendar AND p.number = c.upto - c.working::int
GROUP BY c.calendar ORDER BY c.calendar;

/* The same once more, walking from day to day. */
CREATE FUNCTION walk(day date, n int, calendar text) RETURNS date LANGUAGE plpgsql AS $$
BEGIN
	IF n = 0 THEN
		n := 1;
		day := day - 1;
	END IF;
	WHILE n <> 0 LOOP
		day := day + sign(n)::int;
		IF (SELECT o.working FROM oracle AS o WHERE o.day = walk.day AND o.calendar = walk.calendar) THEN
			n := n - sign(n)::int;
		END IF;
	END LOOP;
	RETURN day;
END
$$;
SELECT calendar, count(*) AS results, count(*) FILTER (WHERE kam.add_working_days(day, n, calendar) IS DISTINCT FROM walk(day, n, calendar)) AS wrong
FROM oracle CROSS JOIN unnest('{-13,-5,-1,0,1,5,13}'::int[]) AS n
WHERE day BETWEEN '2019-03-01' AND '2020-03-01' GROUP BY calendar ORDER BY calendar;

/* Between two days, in both directions. */
SELECT a.calendar, count(*) AS pairs,
	count(*) FILTER (WHERE kam.working_days_between(a.day, b.day, a.calendar) IS DISTINCT FROM b.upto - a.upto) AS wrong
FROM counted AS a JOIN counted AS b USING (calendar)
WHERE a.day >= '2018-01-01' AND (b.day - a.day) % 29 = 0 AND (a.day - date '2018-01-01') % 7 = extract(year FROM b.day) % 7
GROUP BY a.calendar ORDER BY a.calendar;
/* What add gives, between takes back. */
SELECT calendar, count(*) AS results, count(*) FILTER (WHERE kam.working_days_between(day, kam.add_working_days(day, n, calendar), calendar) <> n) AS wrong
FROM oracle CROSS JOIN unnest('{1,2,5,60}'::int[]) AS n WHERE day < '2027-06-01' GROUP BY calendar ORDER BY calendar;
/* From a working day on, back is where it came from. */
SELECT calendar, count(*) AS results, count(*) FILTER (WHERE kam.add_working_days(kam.add_working_days(day, n, calendar), -n, calendar) <> day) AS wrong
FROM oracle CROSS JOIN unnest('{1,2,5,60,-1,-2,-5,-60}'::int[]) AS n
WHERE working AND day BETWEEN '2018-06-01' AND '2027-06-01' GROUP BY calendar ORDER BY calendar;

/* Where there is no result, there is an error, and nowhere else: within two months of either end. */
CREATE FUNCTION state_of(day date, n int, calendar text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN kam.add_working_days(day, n, calendar);
EXCEPTION WHEN datetime_field_overflow THEN
	RETURN SQLSTATE;
END
$$;
SELECT c.calendar, state_of(c.day, n, c.calendar) = '22008' AS refused, count(*) AS results, count(*) FILTER (WHERE (w.day IS NULL) <> (state_of(c.day, n, c.calendar) = '22008')) AS wrong
FROM counted AS c CROSS JOIN generate_series(-40, 40, 3) AS n
	LEFT JOIN working AS w ON w.calendar = c.calendar
		AND w.number = c.upto + n + CASE WHEN n <= 0 AND NOT working THEN 1 ELSE 0 END
WHERE c.day NOT BETWEEN '2018-02-20' AND '2027-11-10'
GROUP BY c.calendar, refused ORDER BY c.calendar, refused;

/* explain_working_days says the same, day for day. */
SELECT calendar, count(*) AS explained,
	count(*) FILTER (WHERE last_day IS DISTINCT FROM kam.add_working_days(start, n, calendar)) AS "due wrong",
	count(*) FILTER (WHERE last_count IS DISTINCT FROM n) AS "count wrong",
	count(*) FILTER (WHERE days <> abs(last_day - start) + 1) AS "days missing",
	count(*) FILTER (WHERE wrong > 0) AS "days wrong"
FROM (SELECT c.calendar, c.day AS start, n, count(*) AS days,
		count(*) FILTER (WHERE e.working IS DISTINCT FROM o.working OR e.counted IS NOT NULL AND NOT o.working
			OR e.counted IS NULL AND o.working AND e.day <> c.day) AS wrong,
		(array_agg(e.day ORDER BY position DESC))[1] AS last_day, (array_agg(e.counted ORDER BY position DESC))[1] AS last_count
	FROM counted AS c CROSS JOIN unnest('{-7,-1,0,1,5,30}'::int[]) AS n
		CROSS JOIN ROWS FROM (kam.explain_working_days(c.day, n, c.calendar)) WITH ORDINALITY
			AS e (day, counted, working, kind, calendar, reason_th, reason_en, source, provisional, position)
		JOIN oracle AS o ON o.calendar = c.calendar AND o.day = e.day
	WHERE c.day BETWEEN '2020-01-01' AND '2020-12-31' GROUP BY c.calendar, c.day, n) AS x
GROUP BY calendar ORDER BY calendar;

/* Five centuries, a year provisional and a gap of one: what is announced or not makes no difference to the numbers. */
INSERT INTO kam.calendar (calendar) VALUES ('test long');
INSERT INTO kam.calendar_year (calendar, year) SELECT 'test long', year FROM generate_series(1900, 2400) AS year;
CREATE FUNCTION pg_temp.wrong_in(from_day date, to_day date, OUT days bigint, OUT wrong bigint) LANGUAGE sql AS $$
	SELECT count(*), count(*) FILTER (WHERE kam.working_days_between(from_day - 1, day, 'test long') <> upto
		OR kam.is_working_day(day, 'test long') <> working OR kam.add_working_days(from_day - 1, upto + (NOT working)::int, 'test long') < day
		OR working AND kam.add_working_days(day, -10, 'test long') <> day - 14)
	FROM (SELECT at::date AS day, extract(isodow FROM at) < 6 AS working, count(*) FILTER (WHERE extract(isodow FROM at) < 6) OVER (ORDER BY at)::int AS upto
		FROM generate_series(from_day::timestamp, to_day, '1 day') AS at) AS d
	WHERE day BETWEEN from_day + 14 AND to_day - 3
$$;
SELECT * FROM pg_temp.wrong_in('1900-01-01', '2400-12-31');
SET client_min_messages = warning;
UPDATE kam.calendar_year SET provisional = true WHERE calendar = 'test long' AND year IN (1950, 2300);
SELECT * FROM pg_temp.wrong_in('1900-01-01', '2400-12-31');
RESET client_min_messages;
DELETE FROM kam.calendar_year WHERE calendar = 'test long' AND year IN (1950, 2300);
SELECT * FROM pg_temp.wrong_in('1900-01-01', '1949-12-31') UNION ALL SELECT * FROM pg_temp.wrong_in('1951-01-01', '2299-12-31') UNION ALL SELECT * FROM pg_temp.wrong_in('2301-01-01', '2400-12-31');

DROP FUNCTION state_of(date, int, text), walk(date, int, text);
DROP TABLE counted, working, oracle;
\i :drop_calendars
