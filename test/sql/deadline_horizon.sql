-- What no calendar knows yet (R20): NULL with one WARNING a statement, or an error; provisional years say so once a
-- statement; calendars that change, go or break.
\getenv srcdir PG_ABS_SRCDIR
\set deadline :srcdir '/sql/include/deadline.sql'
\i :deadline

CREATE TABLE soft (id int, received date, due date);
SELECT kam.attach_response_deadline('soft', 'received', 'due', calendar => 'office');
CREATE TABLE hard (id int, received date, due date);
SELECT kam.attach_response_deadline('hard', 'received', 'due', calendar => 'office', beyond_horizon => 'error');

-- The last days that are known, and the first
INSERT INTO soft SELECT i, date '2027-12-20' + i FROM generate_series(0, 14) AS i;
SELECT received, due FROM soft ORDER BY received;
INSERT INTO soft SELECT 100 + i, date '2023-12-29' + i FROM generate_series(0, 4) AS i;
SELECT received, due FROM soft WHERE id >= 100 ORDER BY received;
SELECT received, pg_temp.refused(format('INSERT INTO hard VALUES (1, %L)', received))
FROM (VALUES ('2027-12-24'), ('2027-12-25'), ('2027-12-31'), ('2028-01-01'), ('2023-12-30'), ('2023-12-31'), ('2570-01-05'), ('5874897-12-31')) AS v (received);

-- One WARNING a statement, however many its rows
INSERT INTO soft SELECT i, '2031-01-01' FROM generate_series(1, 1000) AS i;
INSERT INTO soft VALUES (1, '2031-01-01'), (2, '2026-03-02'), (3, '2031-01-02');
UPDATE soft SET received = received + 1 WHERE received = '2031-01-01';
UPDATE soft SET id = 0 WHERE received > '2031-01-01';
INSERT INTO soft VALUES (1, '2031-01-01');
INSERT INTO soft VALUES (1, '2031-01-01');
COPY soft (id, received) FROM stdin;
1	2031-01-01
2	2031-01-02
3	2031-01-03
\.
DO $$
BEGIN
	FOR i IN 1..5 LOOP
		INSERT INTO soft VALUES (i, '2031-01-01');
	END LOOP;
END
$$;
PREPARE later (date) AS INSERT INTO soft VALUES (1, $1);
EXECUTE later ('2031-01-01');
EXECUTE later ('2026-03-02');
EXECUTE later ('2031-01-01');
-- a statement that fails has warned; the next one warns again
INSERT INTO soft SELECT 1 / (3 - i), '2031-01-01' FROM generate_series(1, 3) AS i;
INSERT INTO soft VALUES (1, '2031-01-01');
-- two tables in a statement
WITH a AS (INSERT INTO soft VALUES (1, '2031-01-01') RETURNING received)
INSERT INTO soft SELECT 2, received FROM a;

-- A provisional year: one NOTICE a statement, not for days that do not count
INSERT INTO soft SELECT i, '2027-03-01' FROM generate_series(1, 1000) AS i;
INSERT INTO hard SELECT i, '2027-03-01' FROM generate_series(1, 1000) AS i;
COPY hard (id, received) FROM stdin;
1	2027-03-01
2	2027-03-02
\.
UPDATE hard SET received = received + 1;
INSERT INTO hard VALUES (1, '2026-12-23');
INSERT INTO hard VALUES (1, '2026-12-24');
INSERT INTO hard VALUES (1, '2027-03-01', '2027-03-02');
UPDATE hard SET due = '2027-03-03';

-- ---- an intake that never stops --------------------------------------------

CREATE TABLE intake (id int GENERATED ALWAYS AS IDENTITY, received date, due date);
INSERT INTO kam.calendar (calendar, parent) VALUES ('district', 'office');
SELECT kam.attach_response_deadline('intake', 'received', 'due', calendar => 'district');
INSERT INTO intake (received) VALUES ('2026-03-02');
-- the years are taken away
BEGIN;
DELETE FROM kam.calendar_year WHERE calendar = 'office' AND NOT builtin;
INSERT INTO intake (received) VALUES ('2026-03-02');
SELECT received, due FROM intake ORDER BY id;
ROLLBACK;
-- the calendar is dropped
BEGIN;
DELETE FROM kam.calendar WHERE calendar = 'district';
INSERT INTO intake (received) VALUES ('2026-03-02');
SELECT received, due FROM intake ORDER BY id;
ROLLBACK;
-- its parent is
BEGIN;
DELETE FROM kam.calendar WHERE calendar = 'office' AND NOT builtin;
INSERT INTO intake (received) VALUES ('2026-03-02');
SELECT received, due FROM intake ORDER BY id;
ROLLBACK;
-- the parents go round
BEGIN;
UPDATE kam.calendar SET parent = 'district' WHERE calendar = 'office' AND NOT builtin;
INSERT INTO intake (received) VALUES ('2026-03-02');
SELECT received, due FROM intake ORDER BY id;
ROLLBACK;
-- deeper down
BEGIN;
INSERT INTO kam.calendar (calendar, parent) VALUES ('village', 'district');
CREATE TABLE below (received date, due date);
SELECT kam.attach_response_deadline('below', 'received', 'due', calendar => 'village');
UPDATE kam.calendar SET parent = 'nobody' WHERE calendar = 'office' AND NOT builtin;
INSERT INTO below VALUES ('2026-03-02') RETURNING due;
UPDATE kam.calendar SET parent = 'district' WHERE calendar = 'office' AND NOT builtin;
INSERT INTO below VALUES ('2026-03-02') RETURNING due;
ROLLBACK;
-- no day is a working day
BEGIN;
UPDATE kam.calendar SET weekly_days_off = '{1,2,3,4,5,6,7}' WHERE calendar = 'office' AND NOT builtin;
DELETE FROM kam.calendar_day WHERE calendar = 'office' AND NOT builtin;
INSERT INTO intake (received) VALUES ('2026-03-02');
SELECT received, due FROM intake ORDER BY id;
ROLLBACK;
-- which is no calendar to begin with; one that knows no day yet may be, for its days come later
BEGIN;
CREATE TABLE idle (received date, due date);
INSERT INTO kam.calendar (calendar, weekly_days_off) VALUES ('idle', '{1,2,3,4,5,6,7}');
SELECT kam.attach_response_deadline('idle', 'received', 'due', calendar => 'idle');
SELECT kam.detach_response_deadline('idle');
INSERT INTO kam.calendar_year (calendar, year) VALUES ('idle', 2026);
SELECT pg_temp.refused(format('SELECT kam.attach_response_deadline(''idle'', ''received'', ''due'','
	' calendar => ''idle'', beyond_horizon => %L)', beyond)) FROM unnest('{"null",error}'::text[]) AS beyond;
SELECT count(*) FROM kam.attached_rule WHERE relation = 'idle'::regclass;
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('idle', '2026-03-04', 'working');
SELECT kam.attach_response_deadline('idle', 'received', 'due', working_days => 0, calendar => 'idle');
INSERT INTO idle VALUES ('2026-03-02'), ('2026-03-04') RETURNING due;
INSERT INTO idle VALUES ('2026-03-05') RETURNING due;
INSERT INTO idle VALUES ('2401-03-05') RETURNING due;
ROLLBACK;
-- with beyond_horizon 'error' each of these is one
DELETE FROM hard;
BEGIN;
DELETE FROM kam.calendar WHERE calendar = 'office' AND NOT builtin;
SELECT pg_temp.refused($$INSERT INTO hard VALUES (1, '2026-03-02')$$);
ROLLBACK;
BEGIN;
UPDATE kam.calendar SET parent = 'district' WHERE calendar = 'office' AND NOT builtin;
SELECT pg_temp.refused($$INSERT INTO hard VALUES (1, '2026-03-02')$$);
ROLLBACK;
BEGIN;
UPDATE kam.calendar SET weekly_days_off = '{1,2,3,4,5,6,7}' WHERE calendar = 'office' AND NOT builtin;
DELETE FROM kam.calendar_day WHERE calendar = 'office' AND NOT builtin;
SELECT pg_temp.refused($$INSERT INTO hard VALUES (1, '2026-03-02')$$);
ROLLBACK;
INSERT INTO hard VALUES (1, '2026-03-02');
SELECT * FROM hard;

-- ---- a calendar that changes ---------------------------------------------------

-- the next row knows; what is rolled back leaves nothing
TRUNCATE intake;
BEGIN;
INSERT INTO intake (received) VALUES ('2026-03-02');
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('office', '2026-03-03', 'special');
INSERT INTO intake (received) VALUES ('2026-03-02');
SAVEPOINT s;
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('district', '2026-03-04', 'special');
INSERT INTO intake (received) VALUES ('2026-03-02');
ROLLBACK TO s;
INSERT INTO intake (received) VALUES ('2026-03-02');
DELETE FROM kam.calendar_day WHERE calendar = 'office' AND day = '2026-03-03';
INSERT INTO intake (received) VALUES ('2026-03-02');
SELECT due FROM intake ORDER BY id;
ROLLBACK;
INSERT INTO intake (received) VALUES ('2026-03-02');
SELECT due FROM intake ORDER BY id;
-- at any isolation level
BEGIN ISOLATION LEVEL REPEATABLE READ;
INSERT INTO intake (received) VALUES ('2026-03-02');
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('district', '2026-03-04', 'special');
INSERT INTO intake (received) VALUES ('2026-03-02');
SELECT due FROM intake ORDER BY id;
ROLLBACK;
-- a function that adds a day and a row by turns
CREATE FUNCTION by_turns() RETURNS date[] LANGUAGE plpgsql AS $$
DECLARE
	found date;
	dues date[];
BEGIN
	FOR i IN 0..4 LOOP
		INSERT INTO intake (received) VALUES ('2026-03-02') RETURNING due INTO found;
		dues := dues || found;
		INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('district', date '2026-03-09' + i, 'special');
	END LOOP;
	RETURN dues;
END
$$;
BEGIN;
SELECT by_turns();
ROLLBACK;
-- a statement has one calendar from its first row to its last, also where a trigger of the table adds days
CREATE FUNCTION adds_a_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('district', date '2026-03-09' + NEW.id, 'special') ON CONFLICT DO NOTHING;
	RETURN NEW;
END
$$;
BEGIN;
CREATE TABLE steady (id int, received date, due date);
SELECT kam.attach_response_deadline('steady', 'received', 'due', calendar => 'district');
CREATE TRIGGER adds_a_day BEFORE INSERT ON steady FOR EACH ROW EXECUTE FUNCTION adds_a_day();
INSERT INTO steady SELECT i, '2026-03-02' FROM generate_series(0, 2) AS i;
SELECT id, due FROM steady ORDER BY id;
INSERT INTO steady VALUES (3, '2026-03-02');
SELECT due FROM steady WHERE id = 3;
ROLLBACK;

\set deadline_end :srcdir '/sql/include/deadline_end.sql'
\i :deadline_end
