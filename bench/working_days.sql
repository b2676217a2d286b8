-- Due dates and days left of a million letters: kam, what a DBA would write, and orafce's plvdate.

SET jit = off;
TRUNCATE bench.query, bench.comparison;
CREATE TABLE bench.note (note text, position int GENERATED ALWAYS AS IDENTITY);
SELECT count(*) > 0 AS has_plvdate FROM pg_available_extensions WHERE name = 'orafce' \gset

-- ---- the letters ----

-- Received in 2021, in no order.
CREATE TABLE letter AS
    SELECT id, date '2021-01-01' + ((hashint8extended(id, 401) & 1048575) % 365)::int AS received
    FROM generate_series(1, 1000000) AS id;
VACUUM ANALYZE letter;

-- And answered so many working days later.
CREATE TABLE answered_letter AS
    SELECT id, received, kam.add_working_days(received, 1) AS after_1, kam.add_working_days(received, 5) AS after_5,
        kam.add_working_days(received, 60) AS after_60, kam.add_working_days(received, 1000) AS after_1000
    FROM letter;
VACUUM ANALYZE answered_letter;

-- What somebody without kam keeps: the holidays that are no Saturday or Sunday ...
CREATE TABLE holiday (day date PRIMARY KEY);
INSERT INTO holiday
    SELECT day FROM (SELECT generate_series('2021-01-01', '2026-12-31', interval '1 day')::date AS day) AS d
    WHERE extract(isodow FROM day) < 6 AND NOT kam.is_working_day(day);
VACUUM ANALYZE holiday;

-- ... or every day, with the number of the last working day up to it.
CREATE TABLE numbered_day AS
    SELECT day, is_working, count(*) FILTER (WHERE is_working) OVER (ORDER BY day)::int AS number
    FROM (SELECT day, extract(isodow FROM day) < 6 AND day NOT IN (SELECT day FROM holiday) AS is_working
        FROM (SELECT generate_series('2021-01-01', '2026-12-31', interval '1 day')::date AS day) AS d) AS w;
CREATE UNIQUE INDEX ON numbered_day (day);
CREATE UNIQUE INDEX ON numbered_day (number) WHERE is_working;
VACUUM ANALYZE numbered_day;

-- plvdate keeps its days in the session, and at most 50 days and 30 that come back each year. The
-- latter are here those that were holidays in each year.
\if :has_plvdate
CREATE EXTENSION orafce;
CREATE TEMPORARY TABLE yearly AS
    SELECT to_char(day, 'MM-DD') AS of_year, min(day) AS day
    FROM (SELECT generate_series('2021-01-01', '2026-12-31', interval '1 day')::date AS day) AS d
    GROUP BY of_year HAVING bool_and(extract(isodow FROM day) > 5 OR day IN (SELECT day FROM holiday));
SELECT count(plvdate.set_nonbizday(day, true)::text) AS yearly FROM yearly \gset
SELECT count(plvdate.set_nonbizday(day, false)::text) AS days
FROM (SELECT day FROM holiday
    WHERE to_char(day, 'MM-DD') NOT IN (SELECT of_year FROM yearly)) AS h \gset
SELECT plvdate.unuse_easter(), plvdate.unuse_great_friday(), plvdate.noinclude_start() \gset unused_
\endif

-- ---- the competitors, for each distance ----

CREATE TABLE bench.distance (days int, by_series int, by_plvdate int,
    distance text GENERATED ALWAYS AS (CASE days WHEN 1 THEN '1 day' ELSE days || ' days' END) STORED);
INSERT INTO bench.distance (days, by_series, by_plvdate) VALUES    -- how many letters are enough of the slow
    (1, 5000, 200000),
    (5, 5000, 200000),
    (60, 1000, 50000),
    (1000, 100, 4000);

CREATE TABLE bench.way (name text, adds text, counts text, position int GENERATED ALWAYS AS IDENTITY);
INSERT INTO bench.way (name, adds, counts) VALUES
    ('kam', 'SELECT %1$s(kam.add_working_days(received, %2$s)) FROM %3$s AS l',
        'SELECT %1$s(kam.working_days_between(received, after_%2$s)) FROM %3$s AS l'),
    ('date + int', 'SELECT %1$s(received + %2$s) FROM %3$s AS l', NULL),
    ('date - date', NULL, 'SELECT %1$s(after_%2$s - received) FROM %3$s AS l'),
    ('plvdate', 'SELECT %1$s(plvdate.add_bizdays(received, %2$s)) FROM %3$s AS l',
        'SELECT %1$s(plvdate.bizdays_between(received, after_%2$s)) FROM %3$s AS l'),
    ('generate_series', 'SELECT %1$s((SELECT received + i
            FROM generate_series(1, %2$s * 2 + 14) AS i
            WHERE extract(isodow FROM received + i) < 6 AND received + i NOT IN (SELECT day FROM holiday)
            ORDER BY i OFFSET %2$s - 1 LIMIT 1)) FROM %3$s AS l',
        'SELECT %1$s((SELECT count(*)::int
            FROM generate_series(1, after_%2$s - received) AS i
            WHERE extract(isodow FROM received + i) < 6 AND received + i NOT IN (SELECT day FROM holiday))) FROM %3$s AS l'),
    ('numbered days', 'SELECT %1$s(due.day) FROM %3$s AS l
            JOIN numbered_day AS start ON start.day = received
            JOIN numbered_day AS due ON due.is_working AND due.number = start.number + %2$s',
        'SELECT %1$s(until.number - start.number) FROM %3$s AS l
            JOIN numbered_day AS start ON start.day = received
            JOIN numbered_day AS until ON until.day = after_%2$s');
DELETE FROM bench.way WHERE name = 'plvdate' AND NOT :'has_plvdate';

-- ---- the same answers ----

-- For each day of receipt.
CREATE TABLE each_day AS SELECT DISTINCT ON (received) * FROM answered_letter;
SELECT format('CALL bench.same_answers(%s)', string_agg(
    quote_literal(format(sql, 'received, min', days, 'each_day') || ' GROUP BY received'), ', ' ORDER BY position))
FROM bench.distance, bench.way, LATERAL (VALUES (true, adds), (false, counts)) AS s (is_adding, sql)
WHERE name NOT LIKE 'date%' AND (is_adding OR name <> 'plvdate')
GROUP BY days, is_adding \gexec

-- plvdate counts the working days between two days in another way than it adds them, and is not held to it.
\if :has_plvdate
INSERT INTO bench.note (note)
    SELECT format(E'plvdate (orafce %s) has its days set in the session: %s that come back each year and %s others,\nso that '
            'plvdate.add_bizdays gives what kam gives. plvdate.bizdays_between does not: 60 working days\nit counts right '
            'for %s of %s days of receipt, 1,000 for %s.',
        (SELECT extversion FROM pg_extension WHERE extname = 'orafce'), :yearly, :days,
        count(*) FILTER (WHERE plvdate.bizdays_between(received, after_60) = 60), count(*),
        count(*) FILTER (WHERE plvdate.bizdays_between(received, after_1000) = 1000))
    FROM each_day;
\else
INSERT INTO bench.note (note) VALUES ('plvdate is not here: install orafce.');
\endif

-- ---- the queries ----

\set adding 'A million times add_working_days'
\set counting 'A million times working_days_between'
INSERT INTO bench.query (section, name, sql, scale)
    SELECT section, distance || CASE way.name WHEN 'kam' THEN '' ELSE ', ' || way.name END,
        format(sql, 'count', days,
            CASE WHEN sample < 1000000 THEN format('(SELECT * FROM %I LIMIT %s)', source, sample) ELSE source END),
        1000000.0 / sample
    FROM bench.distance, bench.way, LATERAL (VALUES (:'adding', adds, 'letter'), (:'counting', counts, 'answered_letter')) AS s (section, sql, source),
        LATERAL (SELECT CASE way.name WHEN 'generate_series' THEN by_series WHEN 'plvdate' THEN by_plvdate
            WHEN 'numbered days' THEN 200000 ELSE 1000000 END) AS p (sample)
    WHERE sql IS NOT NULL
    ORDER BY section, days, position;
INSERT INTO bench.comparison (section, kam, other, goal, is_slower)
    SELECT section, distance, distance || ', ' || way.name,
        CASE WHEN way.name LIKE 'date%' THEN 1.2 WHEN way.name = 'plvdate' AND days = 60 AND section = :'adding' THEN 20 END,
        way.name LIKE 'date%'
    FROM bench.distance, bench.way, (VALUES (:'adding'), (:'counting')) AS s (section)
    WHERE (section, distance || ', ' || way.name) IN (SELECT section, name FROM bench.query)
    ORDER BY section, way.position, days;

-- The floor is close: twice as many runs as elsewhere.
CHECKPOINT;
SELECT format('CALL bench.measure_section(%L, 1000000, %s)', section, 2 * :runs)
FROM (SELECT DISTINCT section FROM bench.query) AS s ORDER BY section \gexec
