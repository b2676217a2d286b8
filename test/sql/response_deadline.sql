-- Answer within 5 working days (step 4, R18), on anybody's table.
\getenv srcdir PG_ABS_SRCDIR
\set deadline :srcdir '/sql/include/deadline.sql'
\i :deadline

CREATE TABLE voice (id int PRIMARY KEY, received date, due date, answered timestamptz);
SELECT kam.attach_response_deadline('voice', 'received', 'due', 'answered', calendar => 'office');

-- All seven weekdays of receipt, over a weekend, over Songkran, to a Saturday that is worked
INSERT INTO voice (id, received)
	SELECT 100 * week + day, start + day
	FROM (VALUES (1, date '2026-03-02'), (2, '2026-04-06'), (3, '2026-04-20'), (4, '2025-12-22')) AS w (week, start),
		generate_series(0, 6) AS day;
SELECT to_char(received, 'Dy') AS weekday, received, due, to_char(due, 'Dy') AS due_weekday
FROM voice ORDER BY id;
SELECT count(*) AS wrong FROM voice
WHERE due IS DISTINCT FROM pg_temp.due(received, 5, 'office') OR due <> kam.add_working_days(received, 5, 'office');

-- Other numbers of days, on every day of a year that has all kinds of days
CREATE TABLE numbers (working_days int, received date, due date);
DO $$
DECLARE
	n int;
BEGIN
	FOREACH n IN ARRAY '{0,1,2,4,5,6,10,22,100,252}'::int[] LOOP
		PERFORM kam.attach_response_deadline('numbers', 'received', 'due', working_days => n, calendar => 'office');
		INSERT INTO numbers (working_days, received) SELECT n, date '2025-12-01' + i FROM generate_series(0, 364) AS i;
		PERFORM kam.detach_response_deadline('numbers');
	END LOOP;
END
$$;
SELECT working_days, count(*) AS rows, count(due) AS due,
	count(*) FILTER (WHERE due IS DISTINCT FROM kam.add_working_days(received, working_days, 'office')) AS wrong,
	count(*) FILTER (WHERE received IN ('2025-12-31', '2026-04-10', '2026-04-12', '2026-05-01', '2026-11-30')
		AND due IS DISTINCT FROM pg_temp.due(received, working_days, 'office')) AS not_as_counted
FROM numbers GROUP BY working_days ORDER BY working_days;

-- ---- types of columns ------------------------------------------------------

-- Every combination, for receipts around midnight in Bangkok; the session's time zone and DateStyle change nothing
CREATE TABLE receipt (id int PRIMARY KEY, at timestamptz);
INSERT INTO receipt VALUES
	(1, '2026-03-02 00:00:00+07'), (2, '2026-03-02 23:59:59.999999+07'), (3, '2026-03-03 00:00:00+07'),
	(4, '2026-03-02 17:00:00+00'), (5, '2026-03-02 16:59:59.999999+00'), (6, '2026-03-08 12:00:00-05'),
	(7, '2026-03-06 07:00:00+07'), (8, '2026-03-06 06:59:59+07');
CREATE TABLE stamped (received_type text, due_type text, zone text, style text, id int, day date, due_day date, due_at text);
DO $$
DECLARE
	a text; b text; c text; zone text; style text;
BEGIN
	FOREACH a IN ARRAY '{date,timestamp,timestamptz}'::text[] LOOP
		FOREACH b IN ARRAY '{date,timestamp,timestamptz}'::text[] LOOP
			FOREACH c IN ARRAY '{date,timestamp,timestamptz}'::text[] LOOP
				EXECUTE format('CREATE TABLE combination (id int, received %s, due %s, done %s)', a, b, c);
				PERFORM kam.attach_response_deadline('combination', 'received', 'due', 'done', calendar => 'office');
				FOREACH zone IN ARRAY '{UTC,Asia/Bangkok,America/New_York,Pacific/Kiritimati,Etc/GMT+12}'::text[] LOOP
					FOREACH style IN ARRAY '{"ISO, DMY","German, DMY","SQL, MDY","Postgres, YMD"}'::text[] LOOP
						PERFORM set_config('timezone', zone, true), set_config('datestyle', style, true);
						TRUNCATE combination;
						-- A timestamp shows what clocks in Bangkok do.
						EXECUTE format('INSERT INTO combination (id, received) SELECT id, %s FROM receipt',
							CASE a WHEN 'date' THEN $i$(at AT TIME ZONE 'Asia/Bangkok')::date$i$
								WHEN 'timestamp' THEN $i$at AT TIME ZONE 'Asia/Bangkok'$i$ ELSE 'at' END);
						PERFORM set_config('timezone', 'Asia/Bangkok', true), set_config('datestyle', 'ISO', true);
						INSERT INTO stamped SELECT a, b, zone, style, id, received::date, due::date, due::text FROM combination;
					END LOOP;
				END LOOP;
				DROP TABLE combination;
			END LOOP;
		END LOOP;
	END LOOP;
END
$$;
SET timezone = 'Asia/Bangkok';
SELECT count(*) AS rows, count(DISTINCT (received_type, due_type, zone, style)) AS combinations,
	count(*) FILTER (WHERE day <> (at AT TIME ZONE 'Asia/Bangkok')::date) AS wrong_receipt,
	count(*) FILTER (WHERE due_day IS DISTINCT FROM pg_temp.due(day, 5, 'office')) AS wrong_due
FROM stamped JOIN receipt USING (id);
SELECT due_type, id, due_at, count(*) FROM stamped WHERE id IN (2, 3) GROUP BY due_type, id, due_at ORDER BY due_type, id;
SET timezone = 'UTC';
SELECT at, received, due, kam.bangkok_date(due) AS day
FROM (VALUES (timestamptz '2026-03-02 16:59:59.999999+00'), ('2026-03-02 17:00+00')) AS r (at),
	LATERAL (SELECT kam.bangkok_date(at) AS received, (pg_temp.due(kam.bangkok_date(at), 5, 'office') + 1)::timestamp AT TIME ZONE 'Asia/Bangkok' - interval '1 us' AS due) AS d;
RESET timezone;

-- A column that keeps less than microseconds gets the last instant that it can keep: rounded up, it would be the next day
CREATE TABLE coarse (received timestamptz(0), due0 timestamptz(0), due3 timestamp(3), due6 timestamp(6));
SELECT kam.attach_response_deadline('coarse', 'received', 'due0', calendar => 'office');
INSERT INTO coarse VALUES ('2026-03-02 09:00+07');
SELECT kam.detach_response_deadline('coarse');
SELECT kam.attach_response_deadline('coarse', 'received', 'due3', calendar => 'office');
INSERT INTO coarse VALUES ('2026-03-02 09:00+07');
SELECT kam.detach_response_deadline('coarse');
SELECT kam.attach_response_deadline('coarse', 'received', 'due6', calendar => 'office');
INSERT INTO coarse VALUES ('2026-03-02 09:00+07');
SET timezone = 'Asia/Bangkok';
SELECT due0, due3, due6 FROM coarse;
CREATE TABLE coarse_copy (LIKE coarse);
INSERT INTO coarse_copy SELECT received, due0::text::timestamptz, due3::text::timestamp, due6::text::timestamp FROM coarse;
SELECT count(*) AS as_before_the_dump FROM (SELECT * FROM coarse INTERSECT ALL SELECT * FROM coarse_copy) AS same;
RESET timezone;

-- Domains hold, whatever the rule would write
CREATE DOMAIN moment AS timestamptz;
CREATE DOMAIN this_year AS date NOT NULL CHECK (VALUE BETWEEN '2026-01-01' AND '2026-12-31');
CREATE TABLE of_domains (id int, received moment, due this_year, answered moment);
INSERT INTO of_domains VALUES (1, '2026-01-05 09:00+07', '2026-01-12');
SELECT kam.attach_response_deadline('of_domains', 'received', 'due', 'answered', calendar => 'office');
UPDATE of_domains SET received = '2026-01-06 09:00+07';
SELECT id, due FROM of_domains;
SELECT pg_temp.refused($$UPDATE of_domains SET received = '2026-12-30 09:00+07'$$);
SET client_min_messages = error;
SELECT pg_temp.refused($$UPDATE of_domains SET received = '2031-01-06 09:00+07'$$);
SELECT pg_temp.refused($$UPDATE of_domains SET received = NULL$$);
RESET client_min_messages;

-- ---- when it stamps --------------------------------------------------------

TRUNCATE voice;
-- a due date that is given stays; one that is not is stamped; without a receipt there is none
INSERT INTO voice (id, received, due) VALUES
	(1, '2026-03-02', NULL), (2, '2026-03-02', '2026-03-20'), (3, '2026-03-02', '2020-01-01'), (4, '2026-03-02', 'infinity'),
	(5, NULL, NULL), (6, NULL, '2026-03-20');
INSERT INTO voice (id, received, due) VALUES (7, '2026-03-02', DEFAULT);
INSERT INTO voice (id, received, answered) VALUES (8, '2026-03-02', '2026-03-03');
INSERT INTO voice DEFAULT VALUES;
INSERT INTO voice (id) VALUES (9);
SELECT id, received, due FROM voice ORDER BY id;
-- what an update changes: neither, the receipt, the due date, both, either to NULL
CREATE FUNCTION after_update(assignment text, OUT old_due date, OUT new_received date, OUT new_due date) LANGUAGE plpgsql AS $$
BEGIN
	TRUNCATE voice;
	INSERT INTO voice VALUES (1, '2026-03-02', NULL);
	SELECT due INTO old_due FROM voice;
	EXECUTE 'UPDATE voice SET ' || assignment;
	SELECT received, due INTO new_received, new_due FROM voice;
END
$$;
SELECT assignment, u.* FROM (VALUES
	('id = 2'),
	('answered = now()'),
	('received = received'),
	($$received = '2026-03-02'$$),
	($$received = '2026-03-03'$$),
	('received = NULL'),
	($$due = '2026-03-20'$$),
	('due = NULL'),
	($$received = '2026-03-03', due = '2026-03-20'$$),
	($$received = '2026-03-03', due = NULL$$),
	($$received = NULL, due = '2026-03-20'$$),
	($$received = '2026-03-03', due = due$$),
	($$received = '2026-03-03', due = '2026-03-09'$$),
	($$received = '2026-03-03', answered = now()$$),
	('received = DEFAULT, due = DEFAULT')) AS a (assignment), after_update(assignment) AS u;
-- a due date set on purpose stays, until the receipt changes
INSERT INTO voice VALUES (2, '2026-03-02', '2026-03-31');
UPDATE voice SET answered = now() WHERE id = 2;
SELECT due FROM voice WHERE id = 2;
UPDATE voice SET received = '2026-03-03' WHERE id = 2;
SELECT due FROM voice WHERE id = 2;
-- and a receipt that becomes known
INSERT INTO voice (id) VALUES (3);
UPDATE voice SET received = '2026-03-04' WHERE id = 3;
SELECT received, due FROM voice WHERE id = 3;

-- Columns that were added later, with a default that no row holds
CREATE TABLE grown (id int);
INSERT INTO grown VALUES (1), (2), (3);
ALTER TABLE grown ADD received date DEFAULT '2026-03-02', ADD due date DEFAULT '2026-03-31';
SELECT kam.attach_response_deadline('grown', 'received', 'due', calendar => 'office');
UPDATE grown SET id = 10 WHERE id = 1;
UPDATE grown SET received = '2026-03-03' WHERE id = 2;
UPDATE grown SET received = '2026-03-02' WHERE id = 3;
SELECT * FROM grown ORDER BY id;
-- what is given by default is given
INSERT INTO grown (id) VALUES (4);
INSERT INTO grown VALUES (5, '2026-03-03', NULL);
SELECT * FROM grown WHERE id IN (4, 5) ORDER BY id;

-- Nothing is stamped by attaching; existing rows are as they were
CREATE TABLE old (id int, received date, due date);
INSERT INTO old VALUES (1, '2026-03-02', NULL), (2, '2026-03-02', '2026-03-03');
SELECT kam.attach_response_deadline('old', 'received', 'due', calendar => 'office');
UPDATE old SET id = id + 10;
SELECT * FROM old ORDER BY id;

-- Detached, it stamps no more; due dates stay
SELECT kam.detach_response_deadline('old');
INSERT INTO old VALUES (3, '2026-03-02', NULL);
SELECT * FROM old ORDER BY id;
SELECT pg_temp.refused($$SELECT kam.detach_response_deadline('old')$$);

-- ---- arguments -------------------------------------------------------------

CREATE TABLE plain (id int, received date, due date, answered date, note text, at_time time, span interval, days int,
	many date[], "Received" date, "ที่รับ" date, gone date,
	received_too date GENERATED ALWAYS AS (received) STORED);
ALTER TABLE plain DROP COLUMN gone;
INSERT INTO kam.calendar (calendar, parent) VALUES ('orphan', 'nobody'), ('round', 'square'), ('square', 'round');
INSERT INTO kam.calendar (calendar, weekly_days_off) VALUES ('idle', '{1,2,3,4,5,6,7}');
INSERT INTO kam.calendar_year (calendar, year) VALUES ('idle', 2026);
\pset format unaligned
SELECT arguments, pg_temp.refused(format('SELECT kam.attach_response_deadline(%s)', arguments)) FROM (VALUES
	($$NULL, 'received', 'due'$$),
	($$4294967295, 'received', 'due'$$),
	($$'plain', NULL, 'due'$$),
	($$'plain', 'received', NULL$$),
	($$'plain', 'received', 'due', NULL$$),
	($$'plain', 'received', 'due', 'answered', NULL$$),
	($$'plain', 'received', 'due', 'answered', 5, NULL$$),
	($$'plain', 'received', 'due', 'answered', 5, 'office', NULL$$),
	($$'plain', 'recieved', 'due'$$),
	($$'plain', 'RECEIVED', 'due'$$),
	($$'plain', 'received', 'due_on'$$),
	($$'plain', 'received', 'due', 'done'$$),
	($$'plain', '', 'due'$$),
	($$'plain', 'gone', 'due'$$),
	($$'plain', '........pg.dropped.12........', 'due'$$),
	($$'plain', 'ctid', 'due'$$),
	($$'plain', 'received', 'xmin'$$),
	($$'plain', 'received', 'due', 'tableoid'$$),
	($$'plain', 'note', 'due'$$),
	($$'plain', 'received', 'at_time'$$),
	($$'plain', 'received', 'span'$$),
	($$'plain', 'days', 'due'$$),
	($$'plain', 'received', 'many'$$),
	($$'plain', 'received', 'due', 'note'$$),
	($$'plain', 'received', 'received'$$),
	($$'plain', 'received', 'due', 'due'$$),
	($$'plain', 'received', 'due', 'received'$$),
	($$'plain', 'received_too', 'due'$$),
	($$'plain', 'received', 'received_too'$$),
	($$'plain', 'received', 'due', 'received_too'$$),
	($$'plain', 'received', 'due', working_days => -1$$),
	($$'plain', 'received', 'due', working_days => -2147483648$$),
	($$'plain', 'received', 'due', working_days => 0$$),
	($$'plain', 'received', 'due', working_days => 2147483647$$),
	($$'plain', 'received', 'due', calendar => 'nobody''s'$$),
	($$'plain', 'received', 'due', calendar => ''$$),
	($$'plain', 'received', 'due', calendar => 'OFFICE'$$),
	($$'plain', 'received', 'due', calendar => repeat('x', 100)$$),
	($$'plain', 'received', 'due', calendar => 'orphan'$$),
	($$'plain', 'received', 'due', calendar => 'round'$$),
	($$'plain', 'received', 'due', calendar => 'idle'$$),
	($$'plain', 'received', 'due', beyond_horizon => 'NULL'$$),
	($$'plain', 'received', 'due', beyond_horizon => ''$$),
	($$'plain', 'received', 'due', beyond_horizon => 'guess'$$),
	($$'plain', 'Received', 'ที่รับ', 'answered', 3, 'PEA', 'error'$$)
) AS a (arguments);
\pset format aligned
-- nothing was attached
SELECT count(*) FROM kam.attached_rule WHERE relation = 'plain'::regclass;

-- The default calendar is PEA's
SELECT kam.attach_response_deadline('plain', 'received', 'due');
INSERT INTO plain (id, received) VALUES (1, '2026-04-09');
SELECT received, due, due = kam.add_working_days(received, 5) AS by_pea FROM plain;
SELECT arguments FROM kam.attached_rule WHERE relation = 'plain'::regclass;

-- ---- ends of the range -----------------------------------------------------

CREATE TABLE far (id int, received timestamptz, due timestamptz);
SELECT kam.attach_response_deadline('far', 'received', 'due', calendar => 'office');
SELECT value, pg_temp.refused(format('INSERT INTO far VALUES (1, %L)', value))
FROM (VALUES ('infinity'), ('-infinity')) AS v (value);
SET client_min_messages = error;
INSERT INTO far VALUES (1, '4713-01-01 00:00:00+00 BC'), (2, '294276-12-31 00:00:00+00'), (3, '0001-01-01'), (4, '1900-01-01');
RESET client_min_messages;
SELECT count(*), count(due) FROM far;
-- the last seven hours of all moments, whose day Bangkok's clocks cannot show as a timestamp: no calendar knows it
INSERT INTO far VALUES (5, '294276-12-31 23:59:59.999999+00'), (6, '294276-12-31 17:00:00+00') RETURNING id, due;
UPDATE far SET received = '294276-12-31 20:00:00+00' WHERE id = 4 RETURNING due;
SELECT kam.detach_response_deadline('far');
SELECT kam.attach_response_deadline('far', 'received', 'due', calendar => 'office', beyond_horizon => 'error');
SELECT pg_temp.refused($$INSERT INTO far VALUES (7, '294276-12-31 23:59:59.999999+00')$$);
SELECT kam.detach_response_deadline('far');
SELECT kam.attach_response_deadline('far', 'received', 'due', calendar => 'office');
CREATE TABLE far_days (id int, received date, due date);
SELECT kam.attach_response_deadline('far_days', 'received', 'due', calendar => 'office', working_days => 2147483647);
SET client_min_messages = error;
INSERT INTO far_days VALUES (1, '4713-01-01 BC'), (2, '5874897-12-31'), (3, '2026-03-02'), (4, '2023-12-31'), (5, '2027-12-31');
RESET client_min_messages;
SELECT count(*), count(due) FROM far_days;
SELECT pg_temp.refused($$INSERT INTO far_days VALUES (1, 'infinity')$$);
SELECT pg_temp.refused($$INSERT INTO far_days VALUES (1, '-infinity')$$);
-- a row that is infinite already can be changed, and mended
INSERT INTO far_days VALUES (9, 'infinity', '2026-01-01');
UPDATE far_days SET id = 10 WHERE id = 9;
UPDATE far_days SET due = 'infinity' WHERE id = 10;
UPDATE far_days SET received = '2026-03-02', due = '2026-03-09' WHERE id = 10;
SELECT * FROM far_days WHERE id = 10;

\set deadline_end :srcdir '/sql/include/deadline_end.sql'
\i :deadline_end
