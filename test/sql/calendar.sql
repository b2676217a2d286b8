/* Calendars: what is built in, what a user may add, layers, and what is refused. */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\set drop_calendars :srcdir '/sql/include/drop_calendars.sql'
\i :ask
\pset null '(null)'
SET DateStyle = 'ISO, YMD';

/* What is built in. */
SELECT * FROM kam.calendar ORDER BY calendar COLLATE "C";
SELECT calendar, min(year), max(year), count(*), array_agg(year ORDER BY year) FILTER (WHERE provisional) AS provisional, bool_and(builtin) AS builtin FROM kam.calendar_year GROUP BY calendar ORDER BY calendar COLLATE "C";
SELECT calendar, h.* FROM kam.calendar, kam.calendar_horizon(calendar) AS h ORDER BY calendar COLLATE "C";
SELECT * FROM kam.calendar_horizon();

/* It is read-only. */
SELECT statement, code, message, hint
FROM unnest('{calendar,calendar_year,calendar_day}'::text[]) AS t, unnest(ARRAY['UPDATE kam.%I SET builtin = false', 'DELETE FROM kam.%I', 'TRUNCATE kam.%I']) AS f,
	format(f, t) AS statement, pg_temp.error_of(statement);
SELECT statement, code, message
FROM unnest(ARRAY['INSERT INTO kam.calendar (calendar, builtin) VALUES (''test'', true)', 'INSERT INTO kam.calendar_year (calendar, year, builtin) VALUES (''PEA'', 2028, true)',
	'INSERT INTO kam.calendar_day (calendar, day, builtin, kind) VALUES (''PEA'', ''2026-01-02'', true, ''special'')',
	'WITH i AS (INSERT INTO kam.calendar (calendar) VALUES (''test'')) DELETE FROM kam.calendar WHERE builtin']) AS statement, pg_temp.error_of(statement);
BEGIN;
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('PEA', '2026-01-05', 'special');
SELECT code FROM pg_temp.error_of('UPDATE kam.calendar_day SET builtin = true WHERE NOT builtin');
ROLLBACK;

/* What a row may hold: by column, the SQLSTATE for each value. */
SELECT relation, columns, string_agg(value || ' ' || code, ', ' ORDER BY n) AS codes
FROM (VALUES
	(1, 'calendar', 'calendar', 'NULL'), (2, 'calendar', 'calendar', ''''''), (3, 'calendar', 'calendar', 'repeat(''x'', 64)'), (4, 'calendar', 'calendar', 'repeat(''x'', 63)'), (5, 'calendar', 'calendar', 'repeat(''ก'', 22)'),
	(10, 'calendar', 'weekly_days_off', '''{}'''), (11, 'calendar', 'weekly_days_off', '''{1,2,3,4,5,6,7}'''), (12, 'calendar', 'weekly_days_off', '''{0}'''), (13, 'calendar', 'weekly_days_off', '''{8}'''), (14, 'calendar', 'weekly_days_off', '''{6,NULL}'''), (15, 'calendar', 'weekly_days_off', '''{7,7}'''), (16, 'calendar', 'weekly_days_off', 'NULL'), (17, 'calendar', 'weekly_days_off', '''{-1}'''),
	(20, 'calendar_year', 'year', '1899'), (21, 'calendar_year', 'year', '1900'), (22, 'calendar_year', 'year', '2400'), (23, 'calendar_year', 'year', '2401'), (24, 'calendar_year', 'year', '2442'), (25, 'calendar_year', 'year', '2443'), (26, 'calendar_year', 'year', '2570'), (27, 'calendar_year', 'year', '2943'), (28, 'calendar_year', 'year', '2944'), (29, 'calendar_year', 'year', '-2026'), (30, 'calendar_year', 'year', 'NULL'), (31, 'calendar_year', 'provisional', 'NULL'), (32, 'calendar_year', 'calendar', ''''''),
	(40, 'calendar_day', 'day', '''1899-12-31'''), (41, 'calendar_day', 'day', '''1900-01-01'''), (42, 'calendar_day', 'day', '''2400-12-31'''), (43, 'calendar_day', 'day', '''2401-01-01'''), (44, 'calendar_day', 'day', '''2570-01-01'''), (45, 'calendar_day', 'day', '''infinity'''), (46, 'calendar_day', 'day', '''-infinity'''), (47, 'calendar_day', 'day', '''4714-11-24 BC'''), (48, 'calendar_day', 'day', '''5874897-12-31'''), (49, 'calendar_day', 'day', 'NULL'), (50, 'calendar_day', 'day', '''2026-02-30'''),
	(60, 'calendar_day', 'kind', '''holiday'''), (61, 'calendar_day', 'kind', '''substitution'''), (62, 'calendar_day', 'kind', '''special'''), (63, 'calendar_day', 'kind', '''working'''), (64, 'calendar_day', 'kind', '''Holiday'''), (65, 'calendar_day', 'kind', ''''''), (66, 'calendar_day', 'kind', 'NULL'),
	(70, 'calendar_day', 'substitute_for', '''2026-01-03'''), (71, 'calendar_day', 'substitute_for', '''2569-01-03'''), (72, 'calendar_day', 'substitute_for', '''infinity''')) AS v (n, relation, columns, value),
	LATERAL (SELECT CASE relation WHEN 'calendar' THEN '{"calendar": "''test''"}' WHEN 'calendar_year' THEN '{"calendar": "''test''", "year": "2026"}'
		ELSE '{"calendar": "''test''", "day": "''2026-01-02''", "kind": "''holiday''"}' END::jsonb || jsonb_build_object(columns, value)) AS r (fields),
	LATERAL (SELECT string_agg(key, ', ' ORDER BY key), string_agg(f.value, ', ' ORDER BY key) FROM jsonb_each_text(fields) AS f) AS s (names, vals),
	pg_temp.error_of(format('DO $d$ BEGIN INSERT INTO kam.%I (%s) VALUES (%s); RAISE SQLSTATE ''ACCPT''; END $d$', relation, names, vals))
GROUP BY relation, columns ORDER BY relation, columns;
SELECT code, message, hint FROM unnest(ARRAY['INSERT INTO kam.calendar_year (calendar, year) VALUES (''PEA'', 2571)', 'INSERT INTO kam.calendar_day (calendar, day, kind) VALUES (''PEA'', ''2571-01-01'', ''holiday'')',
	'INSERT INTO kam.calendar_day (calendar, day, kind, substitute_for) VALUES (''PEA'', ''2028-01-03'', ''substitution'', ''2571-01-01'')']) AS statement, pg_temp.error_of(statement);
/* A substitution stands for a holiday; a day is entered once. */
SELECT code, message FROM unnest(ARRAY['INSERT INTO kam.calendar_day (calendar, day, kind, substitute_for) VALUES (''PEA'', ''2028-01-03'', ''holiday'', ''2028-01-01'')',
	'INSERT INTO kam.calendar_day (calendar, day, kind) VALUES (''PEA'', ''2028-01-03'', ''holiday''), (''PEA'', ''2028-01-03'', ''special'')',
	'INSERT INTO kam.calendar_year (calendar, year) VALUES (''PEA'', 2028), (''PEA'', 2028)']) AS statement, pg_temp.error_of(statement);

/* Layers: the nearest one counts, for days, years and weekly days off. */
BEGIN;
INSERT INTO kam.calendar (calendar, parent, weekly_days_off) VALUES ('test root', NULL, '{5}'), ('test middle', 'test root', NULL), ('test leaf', 'test middle', '{7}'), ('test empty', 'test leaf', '{}'), ('test plain', NULL, NULL), ('test twig', 'test empty', NULL);
INSERT INTO kam.calendar_year (calendar, year, provisional) VALUES ('test root', 2026, false), ('test root', 2027, true), ('test leaf', 2027, false), ('test middle', 2028, true), ('test plain', 2026, false);
INSERT INTO kam.calendar_day (calendar, day, kind, name_en) VALUES
	('test root', '2026-01-01', 'holiday', 'root'), ('test middle', '2026-01-01', 'working', 'middle'), ('test leaf', '2026-01-01', 'special', 'leaf'),
	('test root', '2026-01-02', 'working', 'root'), ('test leaf', '2026-01-05', 'holiday', 'leaf'), ('test middle', '2026-01-06', 'holiday', 'middle'), ('test twig', '2026-01-06', 'working', 'twig');
SELECT calendar, string_agg(CASE WHEN kam.is_working_day(day::date, calendar) THEN '1' ELSE '.' END, '' ORDER BY day) AS "Thu 1 January 2026 and on"
FROM kam.calendar, generate_series(timestamp '2026-01-01', '2026-01-14', '1 day') AS day WHERE calendar LIKE 'test%' GROUP BY calendar ORDER BY calendar;
SELECT calendar, h.* FROM kam.calendar, kam.calendar_horizon(calendar) AS h WHERE calendar LIKE 'test%' ORDER BY calendar;
SELECT c.calendar AS asked, e.day, e.working, e.kind, e.calendar, e.reason_en FROM kam.calendar AS c, kam.explain_working_days('2025-12-31', 3, c.calendar) AS e WHERE c.calendar IN ('test leaf', 'test twig') ORDER BY asked, e.day;
/* What a parent changes reaches all below it. */
UPDATE kam.calendar_day SET kind = 'working' WHERE calendar = 'test leaf' AND day = '2026-01-05';
UPDATE kam.calendar SET weekly_days_off = '{1}' WHERE calendar = 'test leaf';
SELECT calendar, string_agg(CASE WHEN kam.is_working_day(day::date, calendar) THEN '1' ELSE '.' END, '' ORDER BY day) AS "Thu 1 January 2026 and on"
FROM kam.calendar, generate_series(timestamp '2026-01-01', '2026-01-14', '1 day') AS day WHERE calendar LIKE 'test%' GROUP BY calendar ORDER BY calendar;
/* Days of a year that is not known count for nothing until it is. */
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('test plain', '2027-01-01', 'holiday');
SELECT code FROM pg_temp.error_of($$SELECT kam.is_working_day('2027-01-01', 'test plain')$$);
INSERT INTO kam.calendar_year (calendar, year) VALUES ('test plain', 2027);
SELECT kam.is_working_day('2027-01-01', 'test plain'), kam.add_working_days('2026-12-31', 1, 'test plain');
/* A calendar need not be entered before its days are. */
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('test later', '2026-06-15', 'holiday');
INSERT INTO kam.calendar_year (calendar, year) VALUES ('test later', 2026);
SELECT code FROM pg_temp.error_of($$SELECT kam.is_working_day('2026-06-15', 'test later')$$);
INSERT INTO kam.calendar (calendar) VALUES ('test later');
SELECT kam.is_working_day('2026-06-15', 'test later');
/* One that knows no year. */
INSERT INTO kam.calendar (calendar) VALUES ('test nothing');
SELECT * FROM pg_temp.error_of($$SELECT kam.add_working_days('2026-06-15', 1, 'test nothing')$$);
SELECT count(*) FROM kam.calendar_horizon('test nothing');
SELECT kam.working_days_between('2026-06-15', '2026-06-15', 'test nothing');
ROLLBACK;

/* Rows of one's own beside the built-in ones: yours count. */
BEGIN;
SELECT day, kind, builtin, name_en FROM kam.calendar_day WHERE calendar = 'TH-SE' AND day IN ('2026-05-01', '2026-05-04', '2026-05-05') ORDER BY day;
SELECT kam.add_working_days('2026-04-30', 1);
INSERT INTO kam.calendar_day (calendar, day, kind, name_en, source) VALUES ('TH-SE', '2026-05-01', 'working', 'worked after all', 'a letter'), ('PEA', '2026-05-05', 'special', 'founding day', 'the governor');
SELECT day, counted, kind, calendar, reason_en, source FROM kam.explain_working_days('2026-04-30', 2);
DELETE FROM kam.calendar_day WHERE calendar = 'TH-SE' AND NOT builtin;
SELECT day, counted, kind, calendar, reason_en FROM kam.explain_working_days('2026-04-30', 1);
INSERT INTO kam.calendar_year (calendar, year) VALUES ('TH-SE', 2027), ('PEA', 2028);
SELECT * FROM kam.calendar_horizon();
SELECT * FROM kam.calendar_horizon('TH-SE');
SELECT * FROM kam.calendar_horizon('TH-GOV');
INSERT INTO kam.calendar_year (calendar, year, provisional) VALUES ('PEA', 2026, true);
SELECT * FROM kam.calendar_horizon();
INSERT INTO kam.calendar (calendar, parent, weekly_days_off) VALUES ('PEA', 'TH-GOV', '{7}');
SELECT day, counted, kind, calendar, reason_en FROM kam.explain_working_days('2025-05-07', 3);
DELETE FROM kam.calendar WHERE NOT builtin;
SELECT day, counted, kind, calendar, reason_en FROM kam.explain_working_days('2025-05-07', 3);
ROLLBACK;

/* Unknown calendars and parents, and parents that go round. */
BEGIN;
SELECT * FROM pg_temp.error_of($$SELECT kam.is_working_day('2026-01-01', 'nobody''s')$$);
INSERT INTO kam.calendar (calendar, parent) VALUES ('test a', 'test b'), ('test b', 'test c'), ('test c', 'test a'), ('test d', 'test c'), ('test self', 'test self'), ('test orphan', 'nobody''s'), ('test child', 'test orphan');
SELECT calendar, e.* FROM kam.calendar, pg_temp.error_of(format('SELECT kam.is_working_day(''2026-01-01'', %L)', calendar)) AS e WHERE calendar LIKE 'test%' ORDER BY calendar;
SELECT calendar, a.code, b.code, c.code FROM kam.calendar, pg_temp.error_of(format('SELECT * FROM kam.calendar_horizon(%L)', calendar)) AS a,
	pg_temp.error_of(format('SELECT * FROM kam.substitution_days(2026, %L)', calendar)) AS b, pg_temp.error_of(format('SELECT * FROM kam.explain_working_days(''2026-01-01'', 1, %L)', calendar)) AS c WHERE calendar LIKE 'test%' ORDER BY calendar;
/* The others are not touched by it. */
SELECT kam.is_working_day('2026-01-05');
UPDATE kam.calendar SET parent = 'PEA' WHERE calendar = 'test c';
SELECT calendar, kam.is_working_day('2026-01-01', calendar) FROM unnest('{test a,test b,test c,test d}'::text[]) AS calendar;
INSERT INTO kam.calendar (calendar) SELECT 'test ' || to_char(n, 'FM000') FROM generate_series(1, 40) AS n;
SELECT hint FROM pg_temp.error_of($$SELECT kam.is_working_day('2026-01-01', 'nobody''s')$$);
/* Parents upon parents. */
INSERT INTO kam.calendar (calendar, parent) SELECT 'deep ' || n, CASE WHEN n = 1 THEN 'PEA' ELSE 'deep ' || n - 1 END FROM generate_series(1, 500) AS n;
INSERT INTO kam.calendar_day (calendar, day, kind) SELECT 'deep ' || n, date '2026-01-01' + n % 365, CASE n % 2 WHEN 0 THEN 'working' ELSE 'holiday' END FROM generate_series(1, 500) AS n;
SELECT kam.working_days_between('2025-12-31', '2026-12-31', 'deep 500'), kam.is_working_day('2026-01-02', 'deep 365'), kam.is_working_day('2026-01-02', 'deep 366'), kam.is_working_day('2026-01-02', 'deep 367');
ROLLBACK;

/* Everyone reads them; writing is granted, and the owner of the database may grant it. */
CREATE ROLE regress_kam_clerk;
SET ROLE regress_kam_clerk;
SELECT kam.is_working_day('2026-01-05'), (SELECT count(*) FROM kam.calendar) AS calendars, (SELECT count(*) FROM kam.calendar_year) AS years, (SELECT count(*) > 0 FROM kam.calendar_day) AS days;
SELECT code, message FROM unnest('{calendar,calendar_year,calendar_day}'::text[]) AS t, unnest(ARRAY['INSERT INTO kam.%I (calendar) VALUES (''test'')', 'UPDATE kam.%I SET calendar = ''test''', 'DELETE FROM kam.%I', 'TRUNCATE kam.%I',
	'ALTER TABLE kam.%I DISABLE TRIGGER ALL', 'CREATE TRIGGER mine BEFORE INSERT ON kam.%I EXECUTE FUNCTION kam._reference_protect()']) AS f, pg_temp.error_of(format(f, t));
RESET ROLE;
SELECT table_name, grantee, string_agg(privilege_type || CASE is_grantable WHEN 'YES' THEN '*' ELSE '' END, ' ' ORDER BY privilege_type) FROM information_schema.role_table_grants
WHERE table_schema = 'kam' AND table_name LIKE 'calendar%' AND grantee IN ('PUBLIC', 'pg_database_owner') GROUP BY table_name, grantee ORDER BY 1, 2;
BEGIN;
GRANT INSERT ON kam.calendar_day TO regress_kam_clerk;
SET LOCAL ROLE regress_kam_clerk;
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('PEA', '2026-01-05', 'special');
SELECT kam.is_working_day('2026-01-05');
ROLLBACK;
SELECT kam.is_working_day('2026-01-05');
DROP ROLE regress_kam_clerk;

/* The trigger function is nothing else. */
SELECT code, message FROM pg_temp.error_of('SELECT kam._reference_protect()');
CREATE TABLE other (x int);
CREATE TRIGGER protect BEFORE INSERT ON other FOR EACH ROW EXECUTE FUNCTION kam._reference_protect();
SELECT code, message FROM pg_temp.error_of('INSERT INTO other VALUES (1)');
DROP TABLE other;
CREATE TABLE other (x text, builtin boolean);
CREATE TRIGGER protect BEFORE INSERT OR UPDATE ON other FOR EACH ROW EXECUTE FUNCTION kam._reference_protect('x', 'y');
SELECT code, message FROM pg_temp.error_of('INSERT INTO other VALUES (''a'')');
DROP TABLE other;
