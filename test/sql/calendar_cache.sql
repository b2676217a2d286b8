/*
 * Calendars are cached by each session: every change of any of their three
 * tables is seen by the next statement, and nothing of what was rolled back
 * stays. (Between sessions: test/isolation.)
 */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\set drop_calendars :srcdir '/sql/include/drop_calendars.sql'
\i :ask
\pset null '(null)'
SET DateStyle = 'ISO, YMD';

INSERT INTO kam.calendar (calendar) VALUES ('test');
INSERT INTO kam.calendar_year (calendar, year) VALUES ('test', 2026);
/* The next working day after Friday 10 April 2026, as several kinds of call sites have it. */
CREATE FUNCTION due() RETURNS date LANGUAGE sql STABLE RETURN kam.add_working_days('2026-04-10', 1, 'test');
CREATE FUNCTION due_plpgsql(calendar text) RETURNS date LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN kam.add_working_days('2026-04-10', 1, calendar); END $$;
CREATE FUNCTION dues(OUT day date, OUT plpgsql date, OUT days int, OUT left_over int, OUT working boolean) LANGUAGE plpgsql STABLE AS $$
BEGIN
	day := due();
	plpgsql := due_plpgsql('test');
	days := kam.working_days_between('2026-04-10', '2026-04-30', 'test');
	left_over := kam.working_days_left('2026-04-30', '2026-04-10 12:00+07', 'test');
	working := kam.is_working_day('2026-04-13', 'test');
END
$$;

/* One's own changes, of each table. */
SELECT * FROM dues();
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('test', '2026-04-13', 'holiday'), ('test', '2026-04-14', 'holiday');
SELECT * FROM dues();
UPDATE kam.calendar_day SET kind = 'working' WHERE day = '2026-04-13' AND calendar = 'test';
SELECT * FROM dues();
DELETE FROM kam.calendar_day WHERE calendar = 'test' AND day = '2026-04-13';
SELECT * FROM dues();
UPDATE kam.calendar SET weekly_days_off = '{7}' WHERE calendar = 'test';
SELECT * FROM dues();
INSERT INTO kam.calendar (calendar) VALUES ('test root');
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('test root', '2026-04-11', 'holiday');
SELECT * FROM dues();
UPDATE kam.calendar SET parent = 'test root' WHERE calendar = 'test';
SELECT * FROM dues();
DELETE FROM kam.calendar_year WHERE calendar = 'test';
SELECT code FROM pg_temp.error_of('SELECT due()');
INSERT INTO kam.calendar_year (calendar, year) VALUES ('test root', 2026);
SELECT * FROM dues();
DELETE FROM kam.calendar WHERE calendar = 'test';
SELECT code FROM pg_temp.error_of('SELECT due()');
INSERT INTO kam.calendar (calendar, parent) VALUES ('test', 'test root');
SELECT * FROM dues();

/* Rolled back, as a whole and to a savepoint. */
BEGIN;
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('test', '2026-04-13', 'special');
SELECT * FROM dues();
ROLLBACK;
SELECT * FROM dues();
BEGIN;
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('test', '2026-04-13', 'special');
SAVEPOINT s;
UPDATE kam.calendar_day SET kind = 'working' WHERE calendar = 'test' AND day IN ('2026-04-13', '2026-04-14');
SELECT * FROM dues();
SAVEPOINT t;
DELETE FROM kam.calendar_day WHERE calendar = 'test';
UPDATE kam.calendar SET weekly_days_off = '{}' WHERE calendar = 'test';
SELECT * FROM dues();
ROLLBACK TO t;
SELECT * FROM dues();
RELEASE t;
ROLLBACK TO s;
SELECT * FROM dues();
COMMIT;
SELECT * FROM dues();
DO $$
BEGIN
	DELETE FROM kam.calendar_day WHERE calendar = 'test';
	RAISE NOTICE 'before: %', dues();
	RAISE division_by_zero;
EXCEPTION WHEN division_by_zero THEN
	RAISE NOTICE 'after: %', dues();
END
$$;

/* Changed in a loop: the next expression sees it. */
DO $$
DECLARE
	due date := '2026-04-15';
BEGIN
	FOR i IN 1 .. 4 LOOP
		INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('test', due, 'special');
		due := kam.add_working_days('2026-04-10', 1, 'test');
		RAISE NOTICE '% % %', i, due, due_plpgsql('test');
	END LOOP;
END
$$;
DELETE FROM kam.calendar_day WHERE calendar = 'test' AND kind = 'special';
/* In a procedure that commits and rolls back. */
CREATE PROCEDURE change() LANGUAGE plpgsql AS $$
BEGIN
	FOR i IN 1 .. 4 LOOP
		INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('test', due_plpgsql('test'), 'special');
		RAISE NOTICE '% before: %', i, due_plpgsql('test');
		IF i % 2 = 0 THEN
			COMMIT;
		ELSE
			ROLLBACK;
		END IF;
		RAISE NOTICE '% after: %', i, due_plpgsql('test');
	END LOOP;
END
$$;
CALL change();
DELETE FROM kam.calendar_day WHERE calendar = 'test' AND kind = 'special';

/* REPEATABLE READ and SERIALIZABLE see their own changes, and undo them. */
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT * FROM dues();
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('test', '2026-04-13', 'special');
SELECT * FROM dues();
ROLLBACK;
BEGIN ISOLATION LEVEL SERIALIZABLE;
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('test', '2026-04-13', 'special');
SELECT * FROM dues();
COMMIT;
SELECT * FROM dues();

/* Prepared statements, with generic plans. */
PREPARE constant AS SELECT kam.add_working_days('2026-04-10', 1, 'test');
PREPARE parameter(text) AS SELECT kam.add_working_days('2026-04-10', 1, $1);
SET plan_cache_mode = force_generic_plan;
EXECUTE constant;
EXECUTE parameter('test');
DELETE FROM kam.calendar_day WHERE calendar = 'test' AND day = '2026-04-13';
EXECUTE constant;
EXECUTE parameter('test');
EXECUTE parameter('test root');
RESET plan_cache_mode;
DEALLOCATE ALL;

/* A statement keeps the calendar it began with, while it changes it itself; a cursor too. */
WITH changed AS (INSERT INTO kam.calendar_day (calendar, day, kind) SELECT 'test', date '2026-05-01' + n, 'special' FROM generate_series(0, 9) AS n RETURNING day)
SELECT count(DISTINCT kam.working_days_between('2026-04-30', '2026-05-31', 'test')) AS answers FROM changed;
BEGIN;
DECLARE c CURSOR FOR SELECT i, kam.add_working_days('2026-04-10', i, 'test') FROM generate_series(1, 4) AS i;
FETCH 2 FROM c;
DELETE FROM kam.calendar_day WHERE calendar = 'test';
SELECT kam.add_working_days('2026-04-10', 3, 'test');
FETCH 1 FROM c;
SAVEPOINT s;
DELETE FROM kam.calendar WHERE calendar = 'test';
FETCH 1 FROM c;
ROLLBACK TO s;
CLOSE c;
ROLLBACK;
/* What a cursor saw first in a subtransaction goes with it; what it saw before stays. */
BEGIN;
DECLARE c CURSOR FOR SELECT kam.add_working_days('2026-04-10', 1, 'test') FROM generate_series(1, 9) AS i;
SAVEPOINT s;
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('test', '2026-04-13', 'special');
FETCH 1 FROM c;
ROLLBACK TO s;
FETCH 1 FROM c;
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('test', '2026-04-13', 'special');
FETCH 1 FROM c;
SAVEPOINT t;
DECLARE d CURSOR FOR SELECT kam.add_working_days('2026-04-10', 1, 'test') FROM generate_series(1, 9) AS i;
FETCH 1 FROM d;
RELEASE t;
DELETE FROM kam.calendar_day WHERE calendar = 'test' AND day = '2026-04-13';
FETCH 1 FROM d;
SELECT kam.add_working_days('2026-04-10', 1, 'test');
ROLLBACK;
/* Each expression of a block is a statement, also where a query, EXECUTE or a loop over rows calls the block. */
CREATE FUNCTION seen(OUT before date, OUT after date) LANGUAGE plpgsql AS $$
BEGIN
	DELETE FROM kam.calendar_day WHERE calendar = 'test' AND day = '2026-04-13';
	before := kam.add_working_days('2026-04-10', 1, 'test');
	INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('test', '2026-04-13', 'special');
	after := kam.add_working_days('2026-04-10', 1, 'test');
END
$$;
BEGIN;
SELECT seen.* FROM generate_series(1, 2) AS i, seen();
DO $$
DECLARE
	r record;
BEGIN
	FOR r IN SELECT seen.* FROM generate_series(1, 2) AS i, seen() LOOP
		RAISE NOTICE '% %, then %', r.before, r.after, kam.add_working_days('2026-04-10', 1, 'test');
		DELETE FROM kam.calendar_day WHERE calendar = 'test' AND day = '2026-04-13';
		RAISE NOTICE '%', kam.add_working_days('2026-04-10', 1, 'test');
	END LOOP;
	FOR i IN 1 .. 2 LOOP
		EXECUTE 'SELECT * FROM seen()' INTO r;
		EXECUTE 'DO $do$
			BEGIN
				FOR i IN 1 .. 2 LOOP
					RAISE NOTICE ''% %'', i, kam.add_working_days(''2026-04-10'', 1, ''test'');
					DELETE FROM kam.calendar_day WHERE calendar = ''test'' AND day = ''2026-04-13'';
				END LOOP;
			END
			$do$';
	END LOOP;
END
$$;
ROLLBACK;
DROP FUNCTION seen();

/* COPY, ON CONFLICT, MERGE; TRUNCATE is refused as it would take the built-in rows along. */
COPY kam.calendar_day (calendar, day, kind, name_en) FROM stdin;
test	2026-04-13	special	by COPY
\.
SELECT * FROM dues();
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('test', '2026-04-13', 'working') ON CONFLICT (calendar, day, builtin) DO UPDATE SET kind = excluded.kind;
SELECT * FROM dues();
MERGE INTO kam.calendar_day AS d USING (VALUES ('test', date '2026-04-13')) AS v (calendar, day) ON d.calendar = v.calendar AND d.day = v.day WHEN MATCHED THEN UPDATE SET kind = 'holiday';
SELECT * FROM dues();
SELECT code FROM pg_temp.error_of('TRUNCATE kam.calendar, kam.calendar_year, kam.calendar_day');
SELECT * FROM dues();
/* Where it is let through, the cache follows. */
BEGIN;
ALTER TABLE kam.calendar_day DISABLE TRIGGER protect_all;
TRUNCATE kam.calendar_day;
SELECT * FROM dues();
ROLLBACK;
SELECT * FROM dues();
/* Triggers that tell of changes fire for replicated rows too. */
BEGIN;
SET LOCAL session_replication_role = replica;
DELETE FROM kam.calendar_day WHERE calendar = 'test';
SELECT * FROM dues();
ROLLBACK;
SELECT * FROM dues();
SELECT tgrelid::regclass AS relation, string_agg(tgname || ' ' || tgenabled::text, ', ' ORDER BY tgname) AS triggers FROM pg_trigger WHERE tgrelid::regclass::text LIKE 'kam.%' AND NOT tgisinternal
	AND tgrelid::regclass::text ~ 'calendar|process_step' GROUP BY tgrelid ORDER BY tgrelid::regclass::text;

/* The tables rewritten, and read after. */
VACUUM FULL kam.calendar_day;
SELECT * FROM dues();
CLUSTER kam.calendar USING calendar_pkey;
SELECT * FROM dues();
DISCARD ALL;
SET DateStyle = 'ISO, YMD';
SELECT * FROM dues();

/* Many editions one after the other take no more memory than one; failing to resolve a calendar leaves nothing either. */
DO $$
DECLARE
	before bigint;
	after bigint;
BEGIN
	INSERT INTO kam.calendar (calendar, parent) VALUES ('test cycle', 'test cycle');
	FOR i IN 1 .. 200 LOOP
		UPDATE kam.calendar_day SET day = date '2026-06-01' + i WHERE calendar = 'test' AND kind = 'holiday' AND day <> '2026-04-14';
		IF kam.is_working_day(date '2026-06-01' + i, 'test') THEN
			RAISE 'stale in round %', i;
		END IF;
		BEGIN
			PERFORM kam.is_working_day('2026-06-01', 'test cycle');
		EXCEPTION WHEN invalid_parameter_value THEN
			NULL;
		END;
		IF i = 50 THEN
			SELECT sum(total_bytes) INTO before FROM pg_backend_memory_contexts WHERE name IN ('kam reference table', 'kam calendar', 'kam calendars');
		END IF;
	END LOOP;
	SELECT sum(total_bytes) INTO after FROM pg_backend_memory_contexts WHERE name IN ('kam reference table', 'kam calendar', 'kam calendars');
	RAISE NOTICE 'editions are given back: %', after <= before;
END
$$;
DELETE FROM kam.calendar WHERE calendar = 'test cycle';
SELECT kam.is_working_day('2026-06-01', 'test');
SELECT name, count(*) FROM pg_backend_memory_contexts WHERE name IN ('kam reference table', 'kam calendar') GROUP BY name ORDER BY name;

/* In parallel workers: the same as without, also for rows that are not committed. */
CREATE TABLE many AS SELECT date '2026-01-01' + i % 300 AS day, i % 20 AS n FROM generate_series(1, 20000) AS i;
ALTER TABLE many SET (parallel_workers = 2);
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
\i :ask
SELECT pg_temp.plan_has('SELECT sum(kam.add_working_days(day, n, ''test'') - day) FROM many', 'Gather') AS parallel;
CREATE FUNCTION sums(OUT parallel bigint, OUT serial bigint) LANGUAGE plpgsql AS $$
BEGIN
	SET LOCAL max_parallel_workers_per_gather = 2;
	EXECUTE 'SELECT sum(kam.add_working_days(day, n, ''test'') - day) FROM many' INTO parallel;
	SET LOCAL max_parallel_workers_per_gather = 0;
	EXECUTE 'SELECT sum(kam.add_working_days(day, n, ''test'') - day) FROM many' INTO serial;
END
$$;
SELECT parallel = serial AS same FROM sums();
BEGIN;
INSERT INTO kam.calendar_day (calendar, day, kind) SELECT 'test', date '2026-07-01' + n, 'special' FROM generate_series(0, 9) AS n;
SELECT parallel = serial AS same FROM sums();
ROLLBACK;
SELECT parallel = serial AS same FROM sums();
SELECT set_config(name, 'on', false) AS forced FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query');
SELECT kam.add_working_days('2026-04-10', 1, 'test'), kam.working_days_between('2026-04-10', '2026-04-30', 'test'), kam.is_working_day('2026-04-14', 'test'), kam.process_deadline(1, 2026),
	kam.on_time('2026-04-10', '2026-04-10 12:00+07'), kam.working_days_late('2026-04-10', '2026-04-20 12:00+07', 'test');
SELECT count(*) FROM kam.explain_working_days('2026-04-10', 5, 'test');
RESET ALL;

DROP TABLE many;
DROP PROCEDURE change();
DROP FUNCTION dues(), due(), due_plpgsql(text), sums();
\i :drop_calendars
