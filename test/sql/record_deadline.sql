-- Record within 7 days (step 5, R19), on anybody's table.
\getenv srcdir PG_ABS_SRCDIR
\set deadline :srcdir '/sql/include/deadline.sql'
\i :deadline

CREATE TABLE activity (id int, happened date, recorded date, late boolean);
SELECT kam.attach_record_deadline('activity', 'happened', 'recorded', 'flag', 'late');
CREATE TABLE strict (id int, happened date, recorded date);
SELECT kam.attach_record_deadline('strict', 'happened', 'recorded', 'reject');
CREATE TABLE days_late (id int, happened date, recorded date, days_late int);
SELECT kam.attach_record_deadline('days_late', 'happened', 'recorded', 'flag', 'days_late');

-- The day itself does not count, the 7th counts to its end, holidays and weekends do not move it: from every
-- weekday, on every day from the day before
INSERT INTO activity
	SELECT 20 * day + n, date '2026-04-06' + day, date '2026-04-06' + day + n
	FROM generate_series(0, 6) AS day, generate_series(-1, 10) AS n;
INSERT INTO days_late SELECT id, happened, recorded FROM activity;
SELECT recorded - happened AS days, array_agg(DISTINCT a.late) AS late, array_agg(DISTINCT d.days_late) AS days_late, count(*),
	array_agg(DISTINCT pg_temp.brief(format('INSERT INTO strict VALUES (1, %L, %L)', happened, recorded))) AS strict
FROM activity a JOIN days_late d USING (id, happened, recorded) GROUP BY 1 ORDER BY 1;
SELECT pg_temp.refused($$INSERT INTO strict VALUES (1, '2026-04-06', '2026-04-14')$$);
SELECT pg_temp.refused($$INSERT INTO strict VALUES (1, '2026-04-06', '2026-04-20')$$);
DO $$
DECLARE
	s text; t text; c text;
BEGIN
	INSERT INTO strict VALUES (1, '2026-04-06', '2026-04-20');
EXCEPTION WHEN check_violation THEN
	GET STACKED DIAGNOSTICS s = SCHEMA_NAME, t = TABLE_NAME, c = CONSTRAINT_NAME;
	RAISE NOTICE 'schema %, table %, constraint %', s, t, c;
END
$$;

-- Other numbers of days
CREATE TABLE numbers (days int, n int, late int);
ALTER TABLE numbers ADD happened date DEFAULT '2026-04-06', ADD recorded date;
DO $$
DECLARE
	d int;
BEGIN
	FOREACH d IN ARRAY '{0,1,6,7,8,30,2147483647}'::int[] LOOP
		PERFORM kam.attach_record_deadline('numbers', 'happened', 'recorded', 'flag', 'late', d);
		INSERT INTO numbers (days, n, recorded) SELECT d, n, date '2026-04-06' + n FROM generate_series(-40, 40) AS n;
		PERFORM kam.detach_record_deadline('numbers');
	END LOOP;
END
$$;
SELECT days, count(*), max(n) FILTER (WHERE late = 0) AS last_on_time, max(late) AS latest,
	count(*) FILTER (WHERE late IS DISTINCT FROM greatest(n::bigint - days, 0)) AS wrong
FROM numbers GROUP BY days ORDER BY days;

-- ---- types of columns ------------------------------------------------------

-- Every combination, around midnight in Bangkok; the session's time zone and DateStyle change nothing
CREATE TABLE moment (id int PRIMARY KEY, happened timestamptz, recorded timestamptz, late int);
INSERT INTO moment VALUES
	(1, '2026-03-02 00:00:00+07', '2026-03-09 23:59:59.999999+07', 0),
	(2, '2026-03-02 00:00:00+07', '2026-03-10 00:00:00+07', 1),
	(3, '2026-03-02 23:59:59.999999+07', '2026-03-09 23:59:59.999999+07', 0),
	(4, '2026-03-02 23:59:59.999999+07', '2026-03-10 00:00:00+07', 1),
	(5, '2026-03-02 17:00:00+00', '2026-03-10 16:59:59.999999+00', 0),
	(6, '2026-03-02 16:59:59.999999+00', '2026-03-09 17:00:00+00', 1),
	(7, '2026-03-02 09:00:00+07', '2026-03-16 09:00:00+07', 7),
	(8, '2026-03-02 23:00:00-05', '2026-03-10 06:59:59+07', 0);
CREATE TABLE flagged (happened_type text, recorded_type text, lateness_type text, zone text, id int, late text);
CREATE FUNCTION in_bangkok(type text, col text) RETURNS text LANGUAGE sql AS $$
	SELECT CASE type WHEN 'date' THEN format('(%s AT TIME ZONE ''Asia/Bangkok'')::date', col)
		WHEN 'timestamp' THEN format('%s AT TIME ZONE ''Asia/Bangkok''', col) ELSE col END
$$;
DO $$
DECLARE
	a text; b text; c text; zone text;
BEGIN
	FOREACH a IN ARRAY '{date,timestamp,timestamptz}'::text[] LOOP
		FOREACH b IN ARRAY '{date,timestamp,timestamptz}'::text[] LOOP
			FOREACH c IN ARRAY '{boolean,smallint,int,bigint}'::text[] LOOP
				EXECUTE format('CREATE TABLE combination (id int, happened %s, recorded %s, late %s)', a, b, c);
				PERFORM kam.attach_record_deadline('combination', 'happened', 'recorded', 'flag', 'late');
				FOREACH zone IN ARRAY '{UTC,Asia/Bangkok,America/New_York,Pacific/Kiritimati,Etc/GMT+12}'::text[] LOOP
					PERFORM set_config('timezone', zone, true), set_config('datestyle', 'German, DMY', true);
					TRUNCATE combination;
					EXECUTE format('INSERT INTO combination (id, happened, recorded) SELECT id, %s, %s FROM moment',
						in_bangkok(a, 'happened'), in_bangkok(b, 'recorded'));
					INSERT INTO flagged SELECT a, b, c, zone, id, late::text FROM combination;
				END LOOP;
				DROP TABLE combination;
			END LOOP;
		END LOOP;
	END LOOP;
END
$$;
SELECT lateness_type, count(*),
	count(*) FILTER (WHERE f.late IS DISTINCT FROM CASE lateness_type WHEN 'boolean' THEN (m.late > 0)::text ELSE m.late::text END) AS wrong
FROM flagged f JOIN moment m USING (id) GROUP BY lateness_type ORDER BY lateness_type;

-- A lateness that the column cannot hold
CREATE TABLE small (happened date, recorded date, late smallint);
SELECT kam.attach_record_deadline('small', 'happened', 'recorded', 'flag', 'late');
INSERT INTO small VALUES ('1900-01-01', '2026-01-01'), ('2026-01-01', '2026-01-09'), ('1936-04-07', '2026-01-01');
SELECT * FROM small;
-- domains hold
CREATE DOMAIN lateness AS int NOT NULL CHECK (VALUE < 10);
CREATE TABLE of_domain (happened date, recorded date, late lateness);
SELECT kam.attach_record_deadline('of_domain', 'happened', 'recorded', 'flag', 'late');
INSERT INTO of_domain VALUES ('2026-01-01', '2026-01-10', 0);
SELECT * FROM of_domain;
SELECT pg_temp.refused($$INSERT INTO of_domain VALUES ('2026-01-01', '2026-01-31', 0)$$);
SELECT pg_temp.refused($$INSERT INTO of_domain VALUES ('2026-01-01', NULL, 0)$$);

-- ---- flag ------------------------------------------------------------------

-- What is in the column is the rule's, whatever the user says; NULL while a day is missing
CREATE FUNCTION lateness(insert_values text, assignment text DEFAULT NULL, OUT inserted boolean, OUT updated boolean) LANGUAGE plpgsql AS $$
BEGIN
	TRUNCATE activity;
	EXECUTE 'INSERT INTO activity VALUES (1, ' || insert_values || ')';
	SELECT late INTO inserted FROM activity;
	IF assignment IS NOT NULL THEN
		EXECUTE 'UPDATE activity SET ' || assignment;
		SELECT late INTO updated FROM activity;
	END IF;
END
$$;
SELECT c.*, l.* FROM (VALUES
	($$'2026-01-01', '2026-01-09', false$$, 'id = 2'),
	($$'2026-01-01', '2026-01-08', true$$, 'id = 2'),
	($$'2026-01-01', '2026-01-09', NULL$$, 'late = false'),
	($$'2026-01-01', '2026-01-09', NULL$$, 'late = NULL'),
	($$'2026-01-01', '2026-01-09', NULL$$, 'late = DEFAULT'),
	($$'2026-01-01', NULL, false$$, $$recorded = '2026-01-09'$$),
	($$'2026-01-01', NULL, false$$, $$recorded = '2026-01-08'$$),
	($$NULL, '2026-01-09', true$$, $$happened = '2026-01-02'$$),
	($$NULL, '2026-01-09', true$$, $$happened = '2026-01-01'$$),
	($$NULL, NULL, true$$, 'id = 2'),
	($$NULL, NULL, NULL$$, 'late = true'),
	($$'2026-01-01', '2026-01-09', NULL$$, $$recorded = '2026-01-08'$$),
	($$'2026-01-01', '2026-01-08', NULL$$, $$recorded = '2026-01-09'$$),
	($$'2026-01-01', '2026-01-08', NULL$$, $$happened = '2025-12-31'$$),
	($$'2026-01-01', '2026-01-09', NULL$$, 'recorded = NULL'),
	($$'2026-01-01', '2026-01-09', NULL$$, 'happened = NULL'),
	($$'2026-01-01', '2026-01-09', NULL$$, 'happened = NULL, recorded = NULL'),
	($$'2026-01-01', '2025-01-01', NULL$$, NULL)
) AS c (row, assignment), lateness(row, assignment) AS l;

-- ---- reject ----------------------------------------------------------------

-- what is unknown passes until it is known; rows that were late before the rule can still be changed
CREATE TABLE older (id int, happened date, recorded date, note text);
INSERT INTO older VALUES (1, '2026-01-01', '2026-03-01'), (2, '2026-01-01', NULL), (3, NULL, '2026-03-01'), (4, '2026-01-01', '2026-01-05');
SELECT kam.attach_record_deadline('older', 'happened', 'recorded', action => 'reject');
UPDATE older SET note = 'changed';
UPDATE older SET happened = happened, recorded = recorded;
SELECT statement, pg_temp.brief(statement) FROM (VALUES
	($$UPDATE older SET recorded = '2026-02-28' WHERE id = 1$$),
	($$UPDATE older SET happened = '2026-01-02' WHERE id = 1$$),
	($$UPDATE older SET recorded = NULL WHERE id = 1$$),
	($$UPDATE older SET happened = NULL WHERE id = 1$$),
	($$UPDATE older SET recorded = '2026-01-08' WHERE id = 1$$),
	($$UPDATE older SET recorded = '2026-01-09' WHERE id = 2$$),
	($$UPDATE older SET recorded = '2026-01-08' WHERE id = 2$$),
	($$UPDATE older SET happened = '2026-02-21' WHERE id = 3$$),
	($$UPDATE older SET happened = '2026-02-22' WHERE id = 3$$),
	($$UPDATE older SET recorded = recorded + 4 WHERE id = 4$$),
	($$UPDATE older SET recorded = recorded + 3 WHERE id = 4$$),
	($$DELETE FROM older$$),
	($$INSERT INTO older VALUES (5, NULL, NULL), (6, '2026-01-01', NULL), (7, NULL, '2026-01-01')$$),
	($$INSERT INTO older VALUES (8, '2026-01-01', '2026-01-08'), (9, '2026-01-01', '2026-01-09')$$)
) AS s (statement);
-- a default of the recording is there before the rule looks
CREATE TABLE today (happened date, recorded timestamptz DEFAULT now());
SELECT kam.attach_record_deadline('today', 'happened', 'recorded', 'reject');
INSERT INTO today VALUES (kam.bangkok_date(now()) - 7), (kam.bangkok_date(now())), (kam.bangkok_date(now()) + 1);
SELECT pg_temp.brief($$INSERT INTO today VALUES (kam.bangkok_date(now()) - 8)$$);
-- one late row, and the statement leaves nothing
INSERT INTO strict SELECT i, '2026-01-01', date '2026-01-01' + i FROM generate_series(1, 8) AS i;
SELECT count(*) FROM strict;

-- ---- a last day that rolls -------------------------------------------------

-- R19: a setting, as a row of step 5, rolls a last day that is no working day to the next one
CREATE TABLE rolled (happened date, recorded date, late int);
SELECT kam.attach_record_deadline('rolled', 'happened', 'recorded', 'flag', 'late');
CREATE FUNCTION last_on_time(happened date) RETURNS date LANGUAGE plpgsql AS $$
DECLARE
	day date;
BEGIN
	TRUNCATE rolled;
	INSERT INTO rolled SELECT last_on_time.happened, last_on_time.happened + i FROM generate_series(0, 30) AS i;
	SELECT max(recorded) INTO day FROM rolled WHERE late = 0;
	IF EXISTS (SELECT FROM rolled WHERE late <> greatest(recorded - day, 0)) THEN
		RAISE 'days late are not counted from %', day;
	END IF;
	RETURN day;
END
$$;
CREATE TABLE last_days AS
	SELECT day::date AS happened, last_on_time(day::date) AS plain, NULL::date AS rolled
	FROM generate_series(timestamp '2026-03-28', '2026-04-14', '1 day') AS day;
INSERT INTO kam.process_step (step, due_month, due_day, year_offset, roll_calendar, note) VALUES (5, 1, 7, 1, 'office', 'As Thai civil law does.');
UPDATE last_days SET rolled = last_on_time(happened);
SELECT happened, plain - happened AS days, rolled, to_char(rolled, 'Dy') AS weekday, rolled = pg_temp.due(plain, 0, 'office') AS as_counted
FROM last_days ORDER BY happened;
SELECT pg_temp.brief($$INSERT INTO strict VALUES (1, '2026-04-06', '2026-04-16')$$) AS thursday,
	pg_temp.brief($$INSERT INTO strict VALUES (1, '2026-04-06', '2026-04-17')$$) AS friday;
-- a day added to that calendar counts with the next row
BEGIN;
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('office', '2026-04-16', 'special');
SELECT last_on_time('2026-04-06');
ROLLBACK;
SELECT last_on_time('2026-04-06');
-- Where the calendar does not know: unknown, with one WARNING a statement; what is on time by the 7 days needs no calendar
INSERT INTO rolled SELECT '2031-01-01', date '2031-01-01' + i FROM generate_series(5, 9) AS i;
SELECT recorded, late FROM rolled WHERE happened = '2031-01-01' ORDER BY recorded;
INSERT INTO strict VALUES (1, '2031-01-01', '2031-02-01'), (1, '2031-01-01', '2031-02-02');
-- a provisional year says so, once a statement, where the last day depends on it: also where the row is refused
INSERT INTO rolled SELECT '2027-01-02', date '2027-01-02' + i FROM generate_series(5, 12) AS i;
INSERT INTO rolled VALUES ('2027-01-02', '2027-01-09'), ('2026-12-24', '2026-12-31');
INSERT INTO rolled VALUES ('2026-12-24', '2027-01-01');
SELECT happened, recorded, late FROM rolled WHERE happened BETWEEN '2026-12-24' AND '2030-12-31' ORDER BY 1, 2;
\set VERBOSITY terse
INSERT INTO strict VALUES (1, '2027-01-02', '2027-01-11'), (2, '2027-01-02', '2027-01-12');
\set VERBOSITY default
-- a roll calendar that is gone, that loses its parent, or has no working day
UPDATE kam.process_step SET roll_calendar = 'gone' WHERE step = 5 AND NOT builtin;
INSERT INTO rolled VALUES ('2026-01-01', '2026-01-08'), ('2026-01-01', '2026-01-09');
INSERT INTO kam.calendar (calendar, parent) VALUES ('orphan', 'nobody');
UPDATE kam.process_step SET roll_calendar = 'orphan' WHERE step = 5 AND NOT builtin;
INSERT INTO rolled VALUES ('2026-01-02', '2026-01-09'), ('2026-01-02', '2026-01-10');
INSERT INTO kam.calendar (calendar, weekly_days_off) VALUES ('idle', '{1,2,3,4,5,6,7}');
INSERT INTO kam.calendar_year (calendar, year) VALUES ('idle', 2026);
UPDATE kam.process_step SET roll_calendar = 'idle' WHERE step = 5 AND NOT builtin;
INSERT INTO rolled VALUES ('2026-01-03', '2026-01-10'), ('2026-01-03', '2026-01-11');
-- or that is its own parent
INSERT INTO kam.calendar (calendar, parent) VALUES ('round', 'round');
UPDATE kam.process_step SET roll_calendar = 'round' WHERE step = 5 AND NOT builtin;
INSERT INTO rolled VALUES ('2026-01-03', '2026-01-10'), ('2026-01-03', '2026-01-11');
SELECT * FROM rolled WHERE happened BETWEEN '2026-01-01' AND '2026-01-03' ORDER BY happened, recorded;
DELETE FROM kam.process_step WHERE step = 5 AND NOT builtin;
INSERT INTO rolled VALUES ('2026-01-01', '2026-01-08'), ('2026-01-01', '2026-01-09');
SELECT * FROM rolled WHERE happened = '2026-01-01' AND late IS NOT NULL ORDER BY recorded;

-- ---- arguments -------------------------------------------------------------

CREATE TABLE plain (id int, happened date, recorded date, late boolean, note text, span interval, amount numeric, gone date,
	"Happened" date, "ที่บันทึก" date, happened_too date GENERATED ALWAYS AS (happened) STORED,
	late_too boolean GENERATED ALWAYS AS (happened > recorded) STORED);
ALTER TABLE plain DROP COLUMN gone;
\pset format unaligned
SELECT arguments, pg_temp.refused(format('SELECT kam.attach_record_deadline(%s)', arguments)) FROM (VALUES
	($$NULL, 'happened', 'recorded', 'flag', 'late'$$),
	($$'plain', NULL, 'recorded', 'flag', 'late'$$),
	($$'plain', 'happened', NULL, 'flag', 'late'$$),
	($$'plain', 'happened', 'recorded', NULL, 'late'$$),
	($$'plain', 'happened', 'recorded', 'flag', 'late', NULL$$),
	($$'plain', 'happened', 'recorded'$$),
	($$'plain', 'happened', 'recorded', 'flag', NULL$$),
	($$'plain', 'happened', 'recorded', 'reject', 'late'$$),
	($$'plain', 'happened', 'recorded', 'reject', NULL$$),
	($$'plain', 'happened', 'recorded', 'Flag', 'late'$$),
	($$'plain', 'happened', 'recorded', '', 'late'$$),
	($$'plain', 'happened', 'recorded', 'refuse'$$),
	($$'plain', 'hapened', 'recorded', 'flag', 'late'$$),
	($$'plain', 'happened', 'Recorded', 'flag', 'late'$$),
	($$'plain', 'happened', 'recorded', 'flag', 'lateness'$$),
	($$'plain', 'gone', 'recorded', 'flag', 'late'$$),
	($$'plain', 'happened', 'cmin', 'flag', 'late'$$),
	($$'plain', 'note', 'recorded', 'flag', 'late'$$),
	($$'plain', 'happened', 'span', 'flag', 'late'$$),
	($$'plain', 'happened', 'recorded', 'flag', 'amount'$$),
	($$'plain', 'happened', 'recorded', 'flag', 'note'$$),
	($$'plain', 'happened', 'recorded', 'flag', 'happened'$$),
	($$'plain', 'happened', 'happened', 'flag', 'late'$$),
	($$'plain', 'happened_too', 'recorded', 'flag', 'late'$$),
	($$'plain', 'recorded', 'happened_too', 'flag', 'late'$$),
	($$'plain', 'happened', 'recorded', 'flag', 'late_too'$$),
	($$'plain', 'happened', 'recorded', 'flag', 'late', -1$$),
	($$'plain', 'happened', 'recorded', 'reject', days => -7$$),
	($$'plain', 'happened', 'recorded', 'reject', days => 0$$),
	($$'plain', 'Happened', 'ที่บันทึก', 'flag', 'late', 7$$)
) AS a (arguments);
\pset format aligned
SELECT count(*) FROM kam.attached_rule WHERE relation = 'plain'::regclass;
SELECT kam.attach_record_deadline('plain', 'happened', 'recorded', lateness_column => 'late');
SELECT arguments FROM kam.attached_rule WHERE relation = 'plain'::regclass;
SELECT kam.detach_record_deadline('plain');
INSERT INTO plain (happened, recorded) VALUES ('2026-01-01', '2026-03-01');
SELECT late FROM plain;
SELECT pg_temp.refused($$SELECT kam.detach_record_deadline('plain')$$);

-- ---- ends of the range -----------------------------------------------------

CREATE TABLE far (happened date, recorded date, late bigint);
SELECT kam.attach_record_deadline('far', 'happened', 'recorded', 'flag', 'late');
INSERT INTO far VALUES ('4713-11-24 BC', '5874897-12-31'), ('5874897-12-31', '4713-11-24 BC'), ('5874897-12-31', '5874897-12-31'),
	('5874897-12-24', '5874897-12-31'), ('5874897-12-23', '5874897-12-31'), ('4713-11-24 BC', '4713-12-01 BC'), ('4713-11-24 BC', '4713-12-02 BC');
SELECT * FROM far;
SELECT pg_temp.refused(format('INSERT INTO far VALUES (%L, %L)', happened, recorded))
FROM (VALUES ('infinity', '2026-01-01'), ('2026-01-01', 'infinity'), ('-infinity', '-infinity')) AS v (happened, recorded);
SELECT kam.detach_record_deadline('far');
SELECT kam.attach_record_deadline('far', 'happened', 'recorded', 'reject', days => 2147483647);
INSERT INTO far VALUES ('4713-11-24 BC', '5874897-12-31'), ('5874897-12-31', '4713-11-24 BC');
SELECT pg_temp.refused($$INSERT INTO far VALUES ('infinity', '2026-01-01')$$);
-- a moment that is past the last timestamp of Bangkok's clocks has its day all the same
CREATE TABLE far_moments (happened timestamptz, recorded timestamptz, late int);
SELECT kam.attach_record_deadline('far_moments', 'happened', 'recorded', 'flag', 'late');
INSERT INTO far_moments VALUES ('294276-12-24 16:59:59.999999+00', '294276-12-31 23:59:59.999999+00'),
	('294276-12-24 17:00+00', '294276-12-31 23:59:59.999999+00'),
	('294276-12-31 17:00+00', '294276-12-31 23:59:59.999999+00'), ('4714-11-24 00:00+00 BC', '4714-11-24 00:00+00 BC');
SELECT late FROM far_moments;

\set deadline_end :srcdir '/sql/include/deadline_end.sql'
\i :deadline_end
