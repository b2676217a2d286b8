-- A holiday that is announced late, or withdrawn; a calendar that grows: which items move, which stay, and what the
-- ledger says.
\getenv srcdir PG_ABS_SRCDIR
\set deadline :srcdir '/sql/include/deadline.sql'
\i :deadline

CREATE TABLE ledger (no int GENERATED ALWAYS AS IDENTITY, relation text, item jsonb, old_due date, new_due date, cause text,
	moved_at timestamptz NOT NULL DEFAULT now());
CREATE VIEW moves AS SELECT relation, item, old_due, new_due, cause FROM ledger ORDER BY relation, item;
CREATE TABLE voice (id int PRIMARY KEY, received date, due date, answered timestamptz);
SELECT kam.attach_response_deadline('voice', 'received', 'due', 'answered', calendar => 'office');

-- The special day of 2023 was decided six days before; one of 2026 is, too
INSERT INTO voice (id, received, answered) VALUES
	(1, '2026-07-17', NULL), (2, '2026-07-20', NULL), (3, '2026-07-24', NULL), (4, '2026-07-26', NULL), (5, '2026-07-27', NULL), (6, '2026-07-28', NULL),
	(7, '2026-07-24', '2026-07-25'), (8, NULL, NULL);
INSERT INTO voice VALUES (9, '2026-07-24', '2026-08-14'), (10, '2026-07-24', '2026-07-27'), (11, '2026-07-24', 'infinity'), (12, NULL, '2026-07-31');
UPDATE voice SET due = NULL WHERE id = 6;
TABLE voice ORDER BY id;
INSERT INTO kam.calendar_day (calendar, day, kind, name_en) VALUES ('office', '2026-07-27', 'special', 'A special day of the Cabinet');
-- what comes from now on knows it, what is there does not
INSERT INTO voice VALUES (13, '2026-07-24');
SELECT id, due FROM voice WHERE id IN (3, 13);
CALL kam.recompute_deadlines('ledger', '{2026-07-27}');
TABLE voice ORDER BY id;
TABLE moves;
SELECT count(*) AS wrong FROM voice WHERE id IN (1, 2, 3, 4, 5, 6, 13) AND due IS DISTINCT FROM pg_temp.due(received, 5, 'office');
-- twice changes nothing more
CALL kam.recompute_deadlines('ledger', '{2026-07-27}');
SELECT count(*) FROM ledger;
-- nothing was added: only what is empty is filled
UPDATE voice SET due = NULL WHERE id IN (1, 7);
CALL kam.recompute_deadlines('ledger');
SELECT id, due FROM voice WHERE id IN (1, 7) ORDER BY id;
-- withdrawn again: all go back that have not been changed since
TRUNCATE ledger;
UPDATE voice SET due = due + 1 WHERE id = 4;
DELETE FROM kam.calendar_day WHERE NOT builtin AND day = '2026-07-27';
CALL kam.recompute_deadlines('ledger', withdrawn => '{2026-07-27}');
TABLE moves;
SELECT id, due FROM voice WHERE id = 4;
-- moved to another day
TRUNCATE ledger;
INSERT INTO kam.calendar_day (calendar, day, kind, name_en) VALUES ('office', '2026-07-29', 'special', 'A special day of the Cabinet');
CALL kam.recompute_deadlines('ledger', '{2026-07-29}');
UPDATE kam.calendar_day SET day = '2026-07-30' WHERE NOT builtin AND day = '2026-07-29';
CALL kam.recompute_deadlines('ledger', '{2026-07-30}', '{2026-07-29}');
SELECT item, old_due, new_due, cause FROM ledger ORDER BY no, item;
-- several at once, unsorted, twice, and days that change nothing: a Sunday, days long ago, the ends of the range
TRUNCATE ledger;
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('office', '2026-08-03', 'special'), ('office', '2026-07-28', 'holiday'), ('office', '2026-08-02', 'holiday');
CALL kam.recompute_deadlines('ledger', '{2026-08-03,2026-07-28,2026-08-02,2026-07-28,2001-01-01,infinity,-infinity,5874897-12-31}');
TABLE moves;
SELECT count(*) AS wrong FROM voice WHERE id IN (2, 3, 5) AND due IS DISTINCT FROM pg_temp.due(received, 5, 'office');
-- a Saturday that is worked after all
TRUNCATE ledger;
INSERT INTO kam.calendar_day (calendar, day, kind, name_en) VALUES ('office', '2026-08-01', 'working', 'In place of the 3rd');
CALL kam.recompute_deadlines('ledger', '{2026-08-01}');
TABLE moves;
SELECT count(*) AS wrong FROM voice WHERE id IN (2, 3, 5) AND due IS DISTINCT FROM pg_temp.due(received, 5, 'office');
DELETE FROM kam.calendar_day WHERE NOT builtin AND day BETWEEN '2026-07-01' AND '2026-08-31';

-- A day that decides nothing for a calendar, because a nearer layer does: the items have the due date that the calendar
-- gives, so they stay
CREATE TABLE near (id int PRIMARY KEY, received date, due date, done date);
INSERT INTO kam.calendar (calendar, parent) VALUES ('district', 'office');
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('district', '2026-09-08', 'working');
SELECT kam.attach_response_deadline('near', 'received', 'due', 'done', calendar => 'district');
INSERT INTO near VALUES (1, '2026-09-04');
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('office', '2026-09-08', 'holiday');
CALL kam.recompute_deadlines('ledger', '{2026-09-08}', rel => 'near');
TABLE near;
-- one that was set on purpose to what the calendar would have given without that nearer row moves, unless the call says
-- whose day it is
INSERT INTO near VALUES (2, '2026-09-04', '2026-09-14');
BEGIN;
CALL kam.recompute_deadlines('ledger', '{2026-09-08}', rel => 'near');
TABLE near ORDER BY id;
ROLLBACK;
CALL kam.recompute_deadlines('ledger', '{2026-09-08}', rel => 'near', calendar => 'office');
TABLE near ORDER BY id;
-- the same with a holiday that another calendar has had all along
CREATE TABLE civil (id int PRIMARY KEY, received date, due date, done date);
SELECT kam.attach_response_deadline('civil', 'received', 'due', 'done', calendar => 'TH-GOV');
INSERT INTO civil VALUES (1, '2026-10-19', NULL), (2, '2026-10-19', '2026-10-26');
TABLE civil;
INSERT INTO kam.calendar_day (calendar, day, kind, name_en) VALUES ('district', '2026-10-23', 'holiday', 'Chulalongkorn Day');
INSERT INTO near VALUES (3, '2026-10-19', '2026-10-26');
CALL kam.recompute_deadlines('ledger', '{2026-10-23}', calendar => 'district');
TABLE civil;
SELECT due FROM near WHERE id = 3;
-- withdrawn from the parent, where the child has a row of its own: nothing changes for the child
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('office', '2026-11-03', 'holiday'), ('district', '2026-11-03', 'working');
INSERT INTO near VALUES (4, '2026-11-02', NULL), (5, '2026-11-02', '2026-11-10');
DELETE FROM kam.calendar_day WHERE calendar = 'office' AND day = '2026-11-03';
CALL kam.recompute_deadlines('ledger', withdrawn => '{2026-11-03}', rel => 'near', calendar => 'office');
SELECT id, due FROM near WHERE id IN (4, 5) ORDER BY id;
DELETE FROM kam.calendar_day WHERE NOT builtin AND day = '2026-11-03';
DROP TABLE civil;

-- Rows for one day in several layers. Those that say the same are all new, whichever layer is nearest; one behind that
-- says otherwise was there before, and so was a built-in one behind a row of the user's. Each item is compared with
-- what an independent way gives without the new rows.
INSERT INTO kam.calendar (calendar, parent) VALUES ('village', 'district');
CREATE TABLE deep (calendar text, id serial, received date, due date, done date);
CREATE TABLE deep_village () INHERITS (deep);
CREATE TABLE deep_district () INHERITS (deep);
CREATE TABLE deep_office () INHERITS (deep);
SELECT kam.attach_response_deadline('deep_village', 'received', 'due', 'done', calendar => 'village'),
	kam.attach_response_deadline('deep_district', 'received', 'due', 'done', calendar => 'district'),
	kam.attach_response_deadline('deep_office', 'received', 'due', 'done', calendar => 'office');
/* Rows for days of September 2026, such as 'office 16 special, district 16 special'. */
CREATE FUNCTION add_rows(rows text) RETURNS void LANGUAGE sql AS $$
	INSERT INTO kam.calendar_day (calendar, day, kind)
	SELECT split_part(r, ' ', 1), make_date(2026, 9, split_part(r, ' ', 2)::int), split_part(r, ' ', 3)
	FROM regexp_split_to_table(NULLIF(rows, ''), ', ') AS r;
$$;
/* What each calendar gives for each receipt. */
CREATE FUNCTION given() RETURNS TABLE (calendar text, received date, given date) LANGUAGE sql AS $$
	SELECT calendar, received, pg_temp.due(received, 5, calendar) FROM deep GROUP BY calendar, received;
$$;
/*
 * With the old rows there before and the new ones coming: items due on each day around, stamped ones among them. How
 * many move, how many are wrong then (and were stamped), and how many a second call moves.
 */
CREATE FUNCTION layers(old text, new text, named text DEFAULT NULL,
	OUT moved bigint, OUT wrong bigint, OUT stamped_wrong bigint, OUT second bigint)
LANGUAGE plpgsql AS $$
DECLARE
	layer text;
BEGIN
	DELETE FROM deep;
	DELETE FROM ledger;
	DELETE FROM kam.calendar_day WHERE NOT builtin AND day IN ('2026-09-16', '2026-09-19');
	PERFORM add_rows(old);
	FOREACH layer IN ARRAY '{village,district,office}'::text[] LOOP
		EXECUTE format('INSERT INTO %I (calendar, received, due) SELECT %L, received::date, due::date
			FROM generate_series(timestamp ''2026-09-07'', ''2026-09-21'', ''1 day'') AS received,
				generate_series(timestamp ''2026-09-09'', ''2026-09-30'', ''1 day'') AS due', 'deep_' || layer, layer);
	END LOOP;
	CREATE TEMPORARY TABLE wanted AS
		SELECT id, due, due = given AS is_stamped FROM deep JOIN given() USING (calendar, received);
	PERFORM add_rows(new);
	UPDATE wanted w SET due = given FROM deep d JOIN given() USING (calendar, received) WHERE d.id = w.id AND is_stamped;
	CALL kam.recompute_deadlines('ledger', '{2026-09-16,2026-09-19}', calendar => named);
	SELECT count(*) INTO moved FROM ledger;
	SELECT count(*), count(*) FILTER (WHERE is_stamped) INTO wrong, stamped_wrong
	FROM wanted w JOIN deep d USING (id) WHERE d.due <> w.due;
	CALL kam.recompute_deadlines('ledger', '{2026-09-16,2026-09-19}', calendar => named);
	SELECT count(*) - moved INTO second FROM ledger;
	DROP TABLE wanted;
END
$$;
SET client_min_messages = warning;
SELECT l.*, layers.* FROM (VALUES
	('', 'office 16 special', NULL),
	('', 'office 16 special, district 16 holiday', NULL),
	('', 'office 16 special, district 16 special, village 16 special', NULL),
	('', 'office 16 special, village 16 special', NULL),
	('', 'office 19 working, district 19 working', NULL),
	('', 'office 16 special, district 16 special, village 19 working', NULL),
	-- by the calendar whose row is new, where others were there before
	('office 16 special', 'district 16 working', 'district'),
	('office 19 working', 'district 19 special', 'district'),
	('district 16 working', 'office 16 special', 'office'),
	('district 16 special', 'office 16 special', 'office'),
	('office 16 special', 'district 16 special', 'district'),
	-- by the farther one, where two are new and say otherwise
	('', 'office 16 special, district 16 working', 'office')
) AS l (old, new, named), layers(old, new, named);
-- where some of the rows were there before, without saying whose the new ones are: no stamped item is wrong, but those
-- are that were set on purpose to what the calendar would have given with fewer of the rows
SELECT l.*, layers.* FROM (VALUES
	('office 16 special', 'district 16 working'),
	('office 16 special', 'district 16 working, village 16 working'),
	('office 19 working', 'district 19 special'),
	('district 16 working', 'office 16 special'),
	('district 16 special', 'office 16 special'),
	('office 16 special', 'district 16 special'),
	('', 'office 16 special, district 16 working')
) AS l (old, new), layers(old, new);
RESET client_min_messages;
DROP TABLE deep CASCADE;
DROP FUNCTION layers(text, text, text), given(), add_rows(text);
DELETE FROM kam.calendar_day WHERE NOT builtin AND day IN ('2026-09-16', '2026-09-19');
-- a built-in day that PEA has, adopted by one below it: it was off before; it is new by itself, as an update brings it
CREATE TABLE state (id int PRIMARY KEY, received date, due date, done date);
INSERT INTO kam.calendar (calendar, parent) VALUES ('branch', 'PEA');
SELECT kam.attach_response_deadline('state', 'received', 'due', 'done', calendar => 'branch');
INSERT INTO state VALUES (1, '2026-10-19', NULL), (2, '2026-10-19', '2026-10-26');
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('branch', '2026-10-23', 'holiday');
TRUNCATE ledger;
CALL kam.recompute_deadlines('ledger', '{2026-10-23}', rel => 'state');
TABLE state ORDER BY id;
DELETE FROM kam.calendar_day WHERE calendar = 'branch';
CALL kam.recompute_deadlines('ledger', '{2026-10-23}', rel => 'state');
TABLE state ORDER BY id;
DROP TABLE state;
DELETE FROM kam.calendar WHERE calendar IN ('branch', 'village');

-- ---- several tables and calendars ------------------------------------------

TRUNCATE voice, ledger;
CREATE TABLE province (no text, part int, received timestamptz, due timestamptz, done timestamp, PRIMARY KEY (part, no));
SELECT kam.attach_response_deadline('province', 'received', 'due', 'done', 3, 'district');
CREATE TABLE elsewhere (id int PRIMARY KEY, received timestamp, due timestamp, done date);
SELECT kam.attach_response_deadline('elsewhere', 'received', 'due', 'done', calendar => 'PEA');
CREATE TABLE never_done (id int PRIMARY KEY, received date, due date);
SELECT kam.attach_response_deadline('never_done', 'received', 'due', calendar => 'office');
CREATE TABLE no_key (t int, item text, received timestamp, due timestamp, done date);
SELECT kam.attach_response_deadline('no_key', 'received', 'due', 'done', 0, 'office');
CREATE SCHEMA "Sch' ema";
CREATE TABLE "Sch' ema"."Ta; ""ble" ("Id" int PRIMARY KEY, "r e" date, "d'ue" date, "do""ne" date);
SELECT kam.attach_response_deadline('"Sch'' ema"."Ta; ""ble"', 'r e', 'd''ue', 'do"ne', calendar => 'office');
SET timezone = 'America/New_York';
INSERT INTO voice VALUES (1, '2026-10-19'), (2, '2026-10-23');
INSERT INTO province VALUES ('a', 1, '2026-10-19 23:59:59.999999+07'), ('b', 1, '2026-10-20 00:00+07'), ('a', 2, '2026-10-22 12:00+07');
INSERT INTO elsewhere VALUES (1, '2026-10-19 12:00');
INSERT INTO never_done VALUES (1, '2026-10-19', NULL), (2, '2026-10-19', '2026-10-26');
INSERT INTO no_key VALUES (7, 'x', '2026-10-21 10:00'), (8, 'y', '2026-10-22 10:00'), (8, 'y', '2026-10-21 10:00');
INSERT INTO "Sch' ema"."Ta; ""ble" VALUES (1, '2026-10-19');
INSERT INTO kam.calendar_day (calendar, day, kind, name_th) VALUES ('office', '2026-10-21', 'special', 'วันหยุดพิเศษ');
CALL kam.recompute_deadlines('ledger', '{2026-10-21}');
TABLE moves;
SET timezone = 'Asia/Bangkok';
SELECT * FROM province ORDER BY part, no;
SELECT * FROM no_key ORDER BY t, received;
RESET timezone;
-- a day of the child only, and one table only
TRUNCATE ledger;
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('district', '2026-10-26', 'special');
CALL kam.recompute_deadlines('ledger', '{2026-10-26}', '{}', 'voice');
TABLE moves;
CALL kam.recompute_deadlines('ledger', added => '{2026-10-26}');
TABLE moves;
DROP SCHEMA "Sch' ema" CASCADE;
DELETE FROM kam.calendar_day WHERE NOT builtin AND day BETWEEN '2026-09-01' AND '2026-10-31';

-- ---- a calendar that grows ---------------------------------------------------

TRUNCATE voice, ledger, never_done, near, province, elsewhere, no_key;
SET client_min_messages = error;
INSERT INTO voice SELECT i, date '2027-12-20' + i FROM generate_series(0, 13) AS i;
INSERT INTO never_done SELECT id, received, due FROM voice;
UPDATE voice SET answered = now() WHERE id IN (10, 11);
RESET client_min_messages;
SELECT min(received) AS from, max(received) AS to, count(*) FROM voice WHERE due IS NULL;
CALL kam.recompute_deadlines('ledger');
INSERT INTO kam.calendar_day (calendar, day, kind, name_en) VALUES ('office', '2028-01-03', 'substitution', 'In lieu of New Year''s Day');
INSERT INTO kam.calendar_year (calendar, year) VALUES ('office', 2028);
CALL kam.recompute_deadlines('ledger');
TABLE moves;
SELECT id, received, due, due = pg_temp.due(received, 5, 'office') AS as_counted FROM voice ORDER BY id;
-- the year comes with a day that is told, or with one day too many
BEGIN;
TRUNCATE ledger;
UPDATE voice SET due = NULL WHERE received > '2027-12-27';
CALL kam.recompute_deadlines('ledger', '{2028-01-03}', '{2028-01-04}', 'voice');
SELECT count(*) AS wrong FROM voice WHERE answered IS NULL AND due IS DISTINCT FROM pg_temp.due(received, 5, 'office');
ROLLBACK;
DELETE FROM kam.calendar_year WHERE calendar = 'office' AND year = 2028;

-- ---- ledgers -----------------------------------------------------------------

CREATE TABLE short_ledger (relation text, item jsonb, old_due date, cause text);
CREATE TABLE other_types (relation text, item text, old_due timestamptz, new_due text, cause varchar(10));
CREATE TABLE wrong_types (relation int, item jsonb, old_due date, new_due date, cause text);
CREATE TABLE strict_ledger (relation text, item jsonb, old_due date NOT NULL, new_due date, cause text);
CREATE VIEW ledger_view AS SELECT relation, item, old_due, new_due, cause FROM ledger;
CREATE VIEW ledger_sum AS SELECT relation, item, old_due, new_due, max(cause) AS cause FROM ledger GROUP BY 1, 2, 3, 4;
TRUNCATE voice, ledger, never_done;
INSERT INTO voice VALUES (1, '2026-03-02'), (2, '2026-03-03');
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('office', '2026-03-04', 'special');
\pset format unaligned
SELECT call, pg_temp.refused('CALL kam.recompute_deadlines(' || call || ')') FROM (VALUES
	($$NULL$$),
	($$0::oid::regclass$$),
	($$'nothing'$$),
	($$'ledger', NULL$$),
	($$'ledger', '{}', NULL$$),
	($$'ledger', '{2026-03-04,NULL}'$$),
	($$'ledger', withdrawn => '{NULL}'$$),
	($$'ledger', '{2026-02-30}'$$),
	($$'ledger', calendar => 'nobody''s'$$),
	($$'ledger', calendar => ''$$),
	($$'ledger', rel => 'nothing'$$),
	($$'ledger', rel => 0::oid::regclass$$),
	($$'ledger', rel => 'ledger'$$),
	($$'ledger', rel => 'pg_class'$$),
	($$'ledger', rel => 'ledger_view'$$),
	($$'voice'$$),
	($$'short_ledger', '{2026-03-04}'$$),
	($$'wrong_types', '{2026-03-04}'$$),
	($$'strict_ledger', '{2026-03-04}'$$),
	($$'ledger_sum', '{2026-03-04}'$$),
	($$'pg_class', '{2026-03-04}'$$)
) AS c (call);
\pset format aligned
SELECT id, due FROM voice ORDER BY id;
-- a view of one will do, and so will other types
BEGIN;
CALL kam.recompute_deadlines('ledger_view', '{2026-03-04}', rel => 'voice');
SELECT count(*) FROM ledger;
ROLLBACK;
CALL kam.recompute_deadlines('other_types', '{2026-03-04}', rel => 'voice');
ALTER TABLE other_types ALTER cause TYPE text;
CALL kam.recompute_deadlines('other_types', '{2026-03-04}', rel => 'voice');
SELECT relation, item, new_due, cause FROM other_types ORDER BY item;

-- ---- all or nothing ----------------------------------------------------------

-- a table that fails is passed over, and nothing of it is left; the others are done
UPDATE voice SET due = '2026-03-09' WHERE id = 1;
CREATE TABLE fragile (id int PRIMARY KEY, received date, due date, done date);
SELECT kam.attach_response_deadline('fragile', 'received', 'due', 'done', calendar => 'office');
INSERT INTO fragile VALUES (1, '2026-03-03', '2026-03-10'), (2, '2026-03-02', '2026-03-09');
ALTER TABLE fragile ADD CONSTRAINT not_the_10th CHECK (due <> '2026-03-10') NOT VALID;
BEGIN;
CALL kam.recompute_deadlines('ledger', '{2026-03-04}');
TABLE fragile ORDER BY id;
SELECT id, due FROM voice WHERE id = 1;
SELECT relation, count(*) FROM ledger WHERE relation IN ('deadlines.voice', 'deadlines.fragile') GROUP BY relation;
ROLLBACK;
-- named, it is an error
SELECT pg_temp.brief($$CALL kam.recompute_deadlines('ledger', '{2026-03-04}', rel => 'fragile')$$);
-- an error in the ledger leaves nothing: in the last table, after others were done
ALTER TABLE fragile DROP CONSTRAINT not_the_10th;
ALTER TABLE ledger ADD CONSTRAINT not_that_table CHECK (relation <> 'deadlines.fragile') NOT VALID;
\set VERBOSITY terse
CALL kam.recompute_deadlines('ledger', '{2026-03-04}');
\set VERBOSITY default
ALTER TABLE ledger DROP CONSTRAINT not_that_table;
TABLE fragile ORDER BY id;
SELECT id, due FROM voice ORDER BY id;
SELECT count(*) FROM ledger;
-- in a transaction of the caller's, in a function, and undone with it
DELETE FROM fragile;
BEGIN;
SAVEPOINT s;
CALL kam.recompute_deadlines('ledger', '{2026-03-04}', rel => 'voice');
SELECT id, due FROM voice WHERE id = 1;
ROLLBACK TO s;
SELECT id, due FROM voice WHERE id = 1;
DO $$ BEGIN CALL kam.recompute_deadlines('ledger', '{2026-03-04}', rel => 'voice'); END $$;
SELECT id, due FROM voice WHERE id = 1;
ROLLBACK;
SELECT id, due FROM voice WHERE id = 1;
-- other isolation levels
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT pg_temp.refused($$CALL kam.recompute_deadlines('ledger')$$);
ROLLBACK;
BEGIN ISOLATION LEVEL SERIALIZABLE;
SELECT pg_temp.refused($$CALL kam.recompute_deadlines('ledger')$$);
ROLLBACK;
BEGIN READ ONLY;
SELECT pg_temp.brief($$CALL kam.recompute_deadlines('ledger', rel => 'voice')$$);
ROLLBACK;

-- ---- other triggers of the table ---------------------------------------------

CREATE TABLE watched (id int PRIMARY KEY, received date, due date, done date, changed int DEFAULT 0, week int GENERATED ALWAYS AS (extract(week FROM due)) STORED);
SELECT kam.attach_response_deadline('watched', 'received', 'due', 'done', calendar => 'office');
CREATE FUNCTION watched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW.changed := OLD.changed + 1;
	IF NEW.id = 2 THEN
		RETURN NULL;
	ELSIF NEW.id = 3 THEN
		NEW.due := OLD.due;
	ELSIF NEW.id = 4 THEN
		NEW.due := NEW.due + 7;
	END IF;
	RETURN NEW;
END
$$;
CREATE TRIGGER watched BEFORE UPDATE ON watched FOR EACH ROW EXECUTE FUNCTION watched();
INSERT INTO watched (id, received, due) SELECT i, '2026-03-02', '2026-03-09' FROM generate_series(1, 4) AS i;
TRUNCATE ledger;
CALL kam.recompute_deadlines('ledger', '{2026-03-04}', rel => 'watched');
-- the ledger says what is in the table
SELECT * FROM watched ORDER BY id;
TABLE moves;
DROP TABLE watched;

-- ---- partitions and inheritance ------------------------------------------------

CREATE TABLE part (id int, area text, received timestamptz, due timestamptz, done date, PRIMARY KEY (area, id)) PARTITION BY LIST (area);
CREATE TABLE part_north PARTITION OF part FOR VALUES IN ('north');
CREATE TABLE part_south (gone int, due timestamptz, id int NOT NULL, done date, received timestamptz, area text NOT NULL);
ALTER TABLE part_south DROP COLUMN gone;
ALTER TABLE part ATTACH PARTITION part_south FOR VALUES IN ('south');
SELECT kam.attach_response_deadline('part', 'received', 'due', 'done', calendar => 'office');
CREATE TABLE parent (id int, received date, due date, done date);
CREATE TABLE child (extra text) INHERITS (parent);
SELECT kam.attach_response_deadline('parent', 'received', 'due', 'done', calendar => 'office');
-- a child with a deadline of its own
CREATE TABLE other_child () INHERITS (parent);
SELECT kam.attach_response_deadline('other_child', 'received', 'due', 'done', 3, 'district');
SELECT relation, arguments ->> 'working_days' AS working_days FROM kam.attached_rule WHERE relation::text ~ 'parent|child|part' ORDER BY relation::text;
BEGIN;
DELETE FROM kam.calendar_day WHERE NOT builtin AND day = '2026-03-04';
INSERT INTO part (id, area, received) VALUES (1, 'north', '2026-03-02 09:00+07'), (1, 'south', '2026-03-02 09:00+07'), (2, 'south', '2026-03-03 09:00+07');
UPDATE part SET done = '2026-03-03' WHERE id = 2;
INSERT INTO parent VALUES (1, '2026-03-02');
INSERT INTO child VALUES (2, '2026-03-02');
INSERT INTO other_child VALUES (3, '2026-03-02', NULL), (4, '2026-03-02', '2026-03-09');
COMMIT;
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('office', '2026-03-04', 'special');
TRUNCATE ledger;
CALL kam.recompute_deadlines('ledger', '{2026-03-04}');
TABLE moves;
SELECT tableoid::regclass AS part, id, kam.bangkok_date(due) AS due FROM part ORDER BY 1, 2;
SELECT tableoid::regclass AS part, id, due FROM parent ORDER BY 2;
-- one child, a table and its children, one partition
UPDATE parent SET due = '2026-03-09' WHERE id IN (1, 2);
CALL kam.recompute_deadlines('ledger', '{2026-03-04}', rel => 'child');
CALL kam.recompute_deadlines('ledger', '{2026-03-04}', rel => 'parent');
UPDATE part SET due = '2026-03-09 12:00+07' WHERE id = 1;
CALL kam.recompute_deadlines('ledger', '{2026-03-04}', rel => 'part_south');
SELECT tableoid::regclass AS part, id, kam.bangkok_date(due) AS due FROM part ORDER BY 1, 2;

-- ---- row security and privileges -------------------------------------------------

CREATE ROLE regress_kam_owner;
CREATE ROLE regress_kam_clerk;
GRANT USAGE ON SCHEMA deadlines TO regress_kam_owner, regress_kam_clerk;
ALTER TABLE voice OWNER TO regress_kam_owner;
GRANT INSERT ON ledger TO regress_kam_owner, regress_kam_clerk;
GRANT SELECT, UPDATE ON voice TO regress_kam_clerk;
CREATE POLICY odd ON voice USING (id % 2 = 1);
ALTER TABLE voice ENABLE ROW LEVEL SECURITY;
UPDATE voice SET due = '2026-03-09';
SET ROLE regress_kam_clerk;
SET client_min_messages = warning;
SELECT pg_temp.refused($$CALL kam.recompute_deadlines('ledger', '{2026-03-04}', rel => 'voice')$$);
RESET ROLE;
SELECT id, due FROM voice ORDER BY id;
-- who owns the table sees all of it, unless it says otherwise
SET ROLE regress_kam_owner;
CALL kam.recompute_deadlines('ledger', '{2026-03-04}', rel => 'voice');
SELECT id, due FROM voice ORDER BY id;
SHOW row_security;
ALTER TABLE voice FORCE ROW LEVEL SECURITY;
SELECT pg_temp.refused($$CALL kam.recompute_deadlines('ledger', '{2026-03-04}', rel => 'voice')$$);
SHOW row_security;
ALTER TABLE voice NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
RESET ROLE;
-- without rights on the table, on the ledger
REVOKE UPDATE ON voice FROM regress_kam_clerk;
SET ROLE regress_kam_clerk;
SELECT pg_temp.brief($$CALL kam.recompute_deadlines('ledger', '{2026-03-04}', rel => 'voice')$$);
SELECT pg_temp.brief($$CALL kam.recompute_deadlines('ledger', '{2026-03-04}', rel => 'parent')$$);
RESET ROLE;
GRANT UPDATE ON voice TO regress_kam_clerk;
REVOKE INSERT ON ledger FROM regress_kam_clerk;
UPDATE voice SET due = '2026-03-09' WHERE id = 1;
SET ROLE regress_kam_clerk;
SELECT pg_temp.brief($$CALL kam.recompute_deadlines('ledger', '{2026-03-04}', rel => 'voice')$$);
RESET ROLE;
-- whatever the search_path
CREATE SCHEMA evil;
CREATE FUNCTION evil.never(date, date) RETURNS boolean LANGUAGE sql AS 'SELECT false';
CREATE OPERATOR evil.< (LEFTARG = date, RIGHTARG = date, FUNCTION = evil.never);
CREATE OPERATOR evil.>= (LEFTARG = date, RIGHTARG = date, FUNCTION = evil.never);
CREATE FUNCTION evil.to_jsonb(anyelement) RETURNS jsonb LANGUAGE sql AS 'SELECT NULL::jsonb';
CREATE FUNCTION evil._recomputed_due(date, date, int, text, date[], date[], text) RETURNS date LANGUAGE sql AS 'SELECT NULL::date';
CREATE TABLE evil.voice (id int);
CREATE TABLE evil.item (id int);
SET search_path = evil, pg_catalog, public;
CALL kam.recompute_deadlines('deadlines.ledger', '{2026-03-04}', rel => 'deadlines.voice');
RESET search_path;
SET search_path = deadlines, public;
SELECT id, due FROM voice WHERE id = 1;
DROP SCHEMA evil CASCADE;
RESET client_min_messages;

-- ---- tables that cannot be done -----------------------------------------------

-- One of them stops no other; named, it is an error
TRUNCATE ledger;
DROP TABLE part, parent CASCADE;
CREATE TABLE byhand (id int, received date, due date);
CREATE TRIGGER byhand BEFORE INSERT ON byhand FOR EACH ROW WHEN (new.received IS NOT NULL) EXECUTE FUNCTION kam._response_deadline();
CREATE TABLE no_settings (id int, received date, due date);
CREATE TRIGGER no_settings BEFORE INSERT ON no_settings FOR EACH ROW WHEN (num_nonnulls(new.received, new.due) > 0) EXECUTE FUNCTION kam._response_deadline();
CREATE TABLE odd_settings (id int, received date, due date);
CREATE TRIGGER odd_settings BEFORE INSERT ON odd_settings FOR EACH ROW WHEN (num_nonnulls(new.received, new.due) > 0) EXECUTE FUNCTION kam._response_deadline('working_days=five', 'calendar=office', 'beyond_horizon=null');
CREATE TABLE one_column (id int, received date);
CREATE TRIGGER one_column BEFORE INSERT ON one_column FOR EACH ROW WHEN (num_nonnulls(new.received) > 0) EXECUTE FUNCTION kam._response_deadline('working_days=5', 'calendar=office', 'beyond_horizon=null');
CREATE TABLE odd_column (id int, received date);
CREATE TRIGGER odd_column BEFORE INSERT ON odd_column FOR EACH ROW WHEN (num_nonnulls(new.received, new.id) > 0) EXECUTE FUNCTION kam._response_deadline('working_days=5', 'calendar=office', 'beyond_horizon=null');
CREATE TABLE lost (id int, received date, due date, done date);
INSERT INTO kam.calendar (calendar, parent) VALUES ('lost', 'office');
SELECT kam.attach_response_deadline('lost', 'received', 'due', 'done', calendar => 'lost');
INSERT INTO lost VALUES (1, '2026-03-02', '2026-03-09');
DELETE FROM kam.calendar WHERE calendar = 'lost';
UPDATE voice SET due = '2026-03-09' WHERE id = 1;
CALL kam.recompute_deadlines('ledger', '{2026-03-04}');
TABLE moves;
SELECT pg_temp.refused($$CALL kam.recompute_deadlines('ledger', '{2026-03-04}', rel => 'lost')$$);
SELECT pg_temp.refused($$CALL kam.recompute_deadlines('ledger', '{2026-03-04}', rel => 'byhand')$$);
-- days at the ends of the range, written before the rule came: such items stay, the others are done
CREATE TABLE far (id int PRIMARY KEY, received timestamptz, due timestamptz, done timestamptz);
INSERT INTO far VALUES (1, '294276-12-31 23:59:59.999999+00', NULL), (2, 'infinity', NULL), (3, '-infinity', NULL),
	(4, '4714-11-24 00:00+00 BC', NULL), (5, '2026-03-02 09:00+07', NULL),
	(6, '294276-12-31 17:00+00', '294276-12-31 23:00+00'), (7, '2026-03-02 09:00+07', 'infinity'),
	(8, '2026-03-02 09:00+07', '294276-12-31 23:59:59.999999+00');
SELECT kam.attach_response_deadline('far', 'received', 'due', 'done', calendar => 'office');
CALL kam.recompute_deadlines('ledger', '{2026-03-04}', '{infinity,294277-01-01}', rel => 'far');
SELECT id FROM far WHERE due < '2027-01-01' ORDER BY id;
SELECT old_due, new_due FROM ledger WHERE relation = 'deadlines.far';
DROP TABLE far;
DROP TABLE byhand, no_settings, odd_settings, one_column, odd_column, lost;
-- nor does somebody's table that the caller may not write to
UPDATE voice SET due = '2026-03-09' WHERE id = 1;
GRANT INSERT ON ledger TO regress_kam_owner;
SET ROLE regress_kam_owner;
CALL kam.recompute_deadlines('ledger', '{2026-03-04}');
RESET ROLE;
SELECT id, due FROM voice WHERE id = 1;

-- ---- errors that a table's trigger makes up -------------------------------------

-- whatever their SQLSTATE, and whatever it leaves set: such a table is passed over like any other
TRUNCATE ledger;
CREATE TABLE a_trap (id int, received date, due date, done date);
CREATE TABLE z_voice (id int, received date, due date, done date);
SELECT kam.attach_response_deadline('a_trap', 'received', 'due', 'done', calendar => 'office'),
	kam.attach_response_deadline('z_voice', 'received', 'due', 'done', calendar => 'office');
INSERT INTO a_trap VALUES (1, '2026-03-02', '2026-03-09');
INSERT INTO z_voice VALUES (1, '2026-03-02', '2026-03-09');
CREATE FUNCTION a_trap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = TG_ARGV[0];
END
$$;
CREATE FUNCTION with_trap(state text, OUT trapped date, OUT other date, OUT written bigint) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE TRIGGER a_trap BEFORE UPDATE ON a_trap FOR EACH ROW EXECUTE FUNCTION a_trap(%L)', state);
	CALL kam.recompute_deadlines('ledger', '{2026-03-04}');
	SELECT due INTO trapped FROM a_trap;
	SELECT due INTO other FROM z_voice;
	SELECT count(*) INTO written FROM ledger WHERE relation ~ 'z_voice';
	UPDATE z_voice SET due = '2026-03-09';
	DROP TRIGGER a_trap ON a_trap;
	TRUNCATE ledger;
END
$$;
SET client_min_messages = error;
SELECT state, with_trap.*
FROM unnest('{57014,53200,25006,25P02,57P01,40001,40P01,P0001}'::text[]) AS state, with_trap(state);
-- as the statement before the ledger's, it cannot spoil that
CREATE OR REPLACE FUNCTION a_trap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config(TG_ARGV[0], TG_ARGV[1], true);
	RETURN NEW;
END
$$;
BEGIN;
CREATE TRIGGER a BEFORE UPDATE ON a_trap FOR EACH ROW EXECUTE FUNCTION a_trap('transaction_read_only', 'on');
CREATE TRIGGER b BEFORE UPDATE ON a_trap FOR EACH ROW EXECUTE FUNCTION a_trap('search_path', 'nowhere');
CREATE TRIGGER c BEFORE UPDATE ON a_trap FOR EACH ROW EXECUTE FUNCTION a_trap('row_security', 'on');
CALL kam.recompute_deadlines('ledger', '{2026-03-04}');
SELECT relation, new_due FROM deadlines.ledger WHERE relation ~ 'a_trap|z_voice' ORDER BY relation;
SELECT name, setting FROM pg_settings
WHERE name IN ('search_path', 'row_security', 'transaction_read_only') ORDER BY name;
ROLLBACK;
-- a real timeout ends the call and leaves nothing, also where a trigger catches it
CREATE OR REPLACE FUNCTION a_trap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_sleep(120);
	RETURN NEW;
EXCEPTION WHEN query_canceled THEN
	IF TG_ARGV[0] = 'again' THEN
		RAISE;
	ELSIF TG_ARGV[0] = 'another' THEN
		RAISE EXCEPTION 'never mind';
	ELSIF TG_ARGV[0] = 'like it' THEN
		RAISE EXCEPTION 'never mind' USING ERRCODE = 'query_canceled';
	END IF;
	RETURN NEW;
END
$$;
CREATE TRIGGER a_trap BEFORE UPDATE ON a_trap FOR EACH ROW EXECUTE FUNCTION a_trap('again');
SET statement_timeout = '300ms';
CALL kam.recompute_deadlines('ledger', '{2026-03-04}');
RESET statement_timeout;
DROP TRIGGER a_trap ON a_trap;
CREATE TRIGGER a_trap BEFORE UPDATE ON a_trap FOR EACH ROW EXECUTE FUNCTION a_trap('another');
SET statement_timeout = '300ms';
CALL kam.recompute_deadlines('ledger', '{2026-03-04}');
RESET statement_timeout;
DROP TRIGGER a_trap ON a_trap;
CREATE TRIGGER a_trap BEFORE UPDATE ON a_trap FOR EACH ROW EXECUTE FUNCTION a_trap('like it');
SET statement_timeout = '300ms';
CALL kam.recompute_deadlines('ledger', '{2026-03-04}');
RESET statement_timeout;
DROP TRIGGER a_trap ON a_trap;
CREATE TRIGGER a_trap BEFORE UPDATE ON a_trap FOR EACH ROW EXECUTE FUNCTION a_trap('not at all');
SET statement_timeout = '300ms';
CALL kam.recompute_deadlines('ledger', '{2026-03-04}');
RESET statement_timeout;
DROP TRIGGER a_trap ON a_trap;
SELECT due FROM a_trap UNION ALL SELECT due FROM z_voice;
SELECT count(*) FROM ledger;
-- a transaction that is read only is the caller's own doing
BEGIN READ ONLY;
SELECT pg_temp.brief($$CALL kam.recompute_deadlines('ledger', '{2026-03-04}')$$);
ROLLBACK;
RESET client_min_messages;
DROP TABLE a_trap, z_voice;

\set deadline_end :srcdir '/sql/include/deadline_end.sql'
\i :deadline_end
DROP ROLE regress_kam_owner, regress_kam_clerk;
