-- Rules on tables of every kind: attaching, detaching, what the view shows, tables that change under a rule, triggers
-- made by hand. (What a rule does: portfolio_guard, response_deadline, record_deadline.)
\getenv srcdir PG_ABS_SRCDIR
\set deadline :srcdir '/sql/include/deadline.sql'
\i :deadline
SET client_min_messages = warning;
CREATE VIEW rules AS SELECT * FROM kam.attached_rule
	WHERE relation IN (SELECT oid FROM pg_class WHERE relnamespace IN ('deadlines'::regnamespace, to_regnamespace('"Else where"')));

-- ---- relations -------------------------------------------------------------

CREATE TABLE voice (id int PRIMARY KEY, received date, due date, done date, happened date, recorded date, late boolean);
CREATE VIEW a_view AS SELECT * FROM voice;
CREATE MATERIALIZED VIEW a_matview AS SELECT * FROM voice;
CREATE SEQUENCE a_sequence;
CREATE TYPE a_type AS (received date, due date);
CREATE INDEX an_index ON voice (due);
CREATE TABLE a_whole (received date, due date, happened date, recorded date, late boolean) PARTITION BY RANGE (received);
CREATE TABLE a_partition PARTITION OF a_whole DEFAULT;
CREATE INDEX a_partitioned_index ON a_whole (received);
CREATE FOREIGN DATA WRAPPER abroad;
CREATE SERVER abroad FOREIGN DATA WRAPPER abroad;
CREATE FOREIGN TABLE a_foreign_table (received date, due date, happened date, recorded date, late boolean) SERVER abroad;
CREATE TABLE foreign_parent (received date, due date, happened date, recorded date, late boolean);
CREATE FOREIGN TABLE foreign_child () INHERITS (foreign_parent) SERVER abroad;
CREATE TABLE foreign_whole (received date, due date, happened date, recorded date, late boolean) PARTITION BY RANGE (received);
CREATE FOREIGN TABLE foreign_part PARTITION OF foreign_whole DEFAULT SERVER abroad;
\pset format unaligned
SELECT relation, pg_temp.refused(format('SELECT kam.attach_response_deadline(%L, ''received'', ''due'', calendar => ''office'')', relation)) AS response,
	pg_temp.brief(format('SELECT kam.attach_record_deadline(%L, ''happened'', ''recorded'', ''flag'', ''late'')', relation)) AS record
FROM unnest('{a_view,a_matview,a_sequence,a_type,an_index,a_partition,a_partitioned_index,a_foreign_table,foreign_parent,foreign_child,
	foreign_whole,foreign_part,pg_class,pg_settings,nothing,0}'::text[]) AS relation;
-- what detaching says of them
SELECT relation, pg_temp.refused(format('SELECT kam.detach_response_deadline(%L)', relation)) AS response
FROM unnest('{voice,a_view,a_partition,a_foreign_table,pg_class,0}'::text[]) AS relation;
\pset format aligned
SELECT pg_temp.refused('SELECT kam.detach_response_deadline(NULL)') AS response,
	pg_temp.refused('SELECT kam.detach_record_deadline(NULL)') AS record;
-- a table of an extension, whose triggers no dump has; one that inherits from it is the user's
SELECT relation, pg_temp.refused(format('SELECT kam.attach_response_deadline(%L, %s)', relation, columns)) AS response,
	pg_temp.brief(format('SELECT kam.attach_record_deadline(%L, %s, ''reject'')', relation, columns)) AS record
FROM unnest('{kam.calendar_day,kam.rule_set}'::text[]) AS relation,
	(VALUES ('''day'', ''substitute_for''')) AS c (columns);
CREATE TABLE a_heir () INHERITS (kam.calendar_day);
SELECT kam.attach_record_deadline('a_heir', 'day', 'substitute_for', 'reject');
SELECT relation FROM rules;
DROP TABLE a_heir;
BEGIN;
CREATE TABLE a_lower (day date, substitute_for date);
CREATE TABLE a_member () INHERITS (a_lower);
ALTER EXTENSION plpgsql ADD TABLE a_member;
SELECT pg_temp.refused($$SELECT kam.attach_record_deadline('a_lower', 'day', 'substitute_for', 'reject')$$);
ROLLBACK;
SELECT count(*) FROM rules;

-- Twice; one after the other; both beside each other
SELECT kam.attach_response_deadline('voice', 'received', 'due', 'done', calendar => 'office');
SELECT pg_temp.refused($$SELECT kam.attach_response_deadline('voice', 'received', 'due', 'done', calendar => 'office')$$);
SELECT pg_temp.refused($$SELECT kam.attach_response_deadline('voice', 'happened', 'recorded', calendar => 'office')$$);
SELECT kam.attach_record_deadline('voice', 'happened', 'recorded', lateness_column => 'late');
SELECT pg_temp.refused($$SELECT kam.attach_record_deadline('voice', 'happened', 'recorded', 'reject')$$);
\x on
SELECT * FROM rules ORDER BY rule;
\x off
SELECT tgname, obj_description(oid, 'pg_trigger') FROM pg_trigger WHERE tgrelid = 'voice'::regclass ORDER BY 1;
SELECT kam.detach_response_deadline('voice');
SELECT rule FROM rules WHERE relation = 'voice'::regclass;
SELECT kam.attach_response_deadline('voice', 'received', 'due', 'done', calendar => 'office');

-- In a transaction that is rolled back, and in one statement with what it holds for
BEGIN;
SELECT kam.detach_response_deadline('voice');
INSERT INTO voice (id, received) VALUES (1, '2026-03-02');
SAVEPOINT s;
SELECT kam.attach_response_deadline('voice', 'received', 'due', working_days => 1, calendar => 'office');
INSERT INTO voice (id, received) VALUES (2, '2026-03-02');
ROLLBACK TO s;
INSERT INTO voice (id, received) VALUES (3, '2026-03-02');
SELECT kam.attach_response_deadline('voice', 'received', 'due', working_days => 2, calendar => 'office');
INSERT INTO voice (id, received) VALUES (4, '2026-03-02');
SELECT id, due FROM voice ORDER BY id;
ROLLBACK;
INSERT INTO voice (id, received) VALUES (1, '2026-03-02');
SELECT id, due FROM voice;
DELETE FROM voice;

-- ---- who may ---------------------------------------------------------------

CREATE ROLE regress_kam_owner;
CREATE ROLE regress_kam_member IN ROLE regress_kam_owner;
CREATE ROLE regress_kam_clerk;
CREATE TABLE owned (id int, received date, due date, happened date, recorded date);
ALTER TABLE owned OWNER TO regress_kam_owner;
GRANT ALL ON owned TO regress_kam_clerk;
GRANT USAGE ON SCHEMA deadlines TO PUBLIC;
SET ROLE regress_kam_clerk;
SELECT pg_temp.refused($$SELECT kam.attach_response_deadline('owned', 'received', 'due')$$);
SELECT pg_temp.refused($$SELECT kam.attach_record_deadline('owned', 'happened', 'recorded', 'reject')$$);
SELECT pg_temp.refused($$SELECT kam.detach_response_deadline('owned')$$);
SELECT pg_temp.refused($$SELECT kam.detach_record_deadline('owned')$$);
SET ROLE regress_kam_member;
SELECT kam.attach_response_deadline('owned', 'received', 'due', calendar => 'office');
SELECT kam.attach_record_deadline('owned', 'happened', 'recorded', 'reject');
-- who only writes is bound by it, without any right on kam, whatever the search_path
RESET ROLE;
CREATE SCHEMA evil;
CREATE FUNCTION evil.num_nonnulls(VARIADIC "any") RETURNS int LANGUAGE internal IMMUTABLE AS 'pg_num_nulls';
CREATE FUNCTION evil.greater(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT false';
CREATE OPERATOR evil.> (LEFTARG = int, RIGHTARG = int, FUNCTION = evil.greater);
CREATE TABLE evil.owned (id int);
GRANT USAGE ON SCHEMA evil TO PUBLIC;
BEGIN;
REVOKE USAGE ON SCHEMA kam FROM PUBLIC;
REVOKE SELECT ON kam.calendar, kam.calendar_day, kam.calendar_year, kam.process_step FROM PUBLIC;
SET LOCAL ROLE regress_kam_clerk;
SET LOCAL search_path = evil, pg_catalog, public;
INSERT INTO deadlines.owned (id, received) VALUES (1, '2026-03-02') RETURNING due;
SELECT pg_temp.brief($$INSERT INTO deadlines.owned (id, happened, recorded) VALUES (1, '2026-03-02', '2026-03-10')$$);
ROLLBACK;
SET ROLE regress_kam_member;
SET search_path = evil, pg_catalog, public;
SELECT kam.detach_response_deadline('deadlines.owned');
SELECT kam.attach_response_deadline('deadlines.owned', 'received', 'due', calendar => 'office');
INSERT INTO deadlines.owned (id, received) VALUES (2, '2026-03-03') RETURNING due;
RESET ROLE;
SELECT rule, definition FROM deadlines.rules WHERE relation = 'deadlines.owned'::regclass ORDER BY rule;
SET search_path = deadlines, public;
DROP SCHEMA evil CASCADE;

DROP MATERIALIZED VIEW a_matview;
DROP VIEW a_view;

-- ---- a table that changes ----------------------------------------------------

INSERT INTO voice (id, received) VALUES (1, '2026-03-02');
ALTER TABLE voice RENAME received TO received_on;
ALTER TABLE voice RENAME due TO "Due; -- on";
ALTER TABLE voice RENAME COLUMN late TO "ช้า";
ALTER TABLE voice RENAME TO "Voice 'of' the ""customer""";
CREATE SCHEMA "Else where";
ALTER TABLE "Voice 'of' the ""customer""" SET SCHEMA "Else where";
INSERT INTO "Else where"."Voice 'of' the ""customer""" (id, received_on, happened, recorded) VALUES (2, '2026-03-03', '2026-03-01', '2026-03-09');
UPDATE "Else where"."Voice 'of' the ""customer""" SET received_on = '2026-03-04' WHERE id = 1;
SELECT id, received_on, "Due; -- on", "ช้า" FROM "Else where"."Voice 'of' the ""customer""" ORDER BY id;
SELECT relation, rule, arguments FROM rules WHERE relation::text LIKE '%Voice%' ORDER BY rule;
SELECT pg_temp.refused($$INSERT INTO "Else where"."Voice 'of' the ""customer""" (id, received_on) VALUES (3, 'infinity')$$);
ALTER TABLE "Else where"."Voice 'of' the ""customer""" SET SCHEMA deadlines;
ALTER TABLE "Voice 'of' the ""customer""" RENAME TO voice;
ALTER TABLE voice RENAME COLUMN "Due; -- on" TO due;
ALTER TABLE voice RENAME COLUMN "ช้า" TO late;
ALTER TABLE voice RENAME received_on TO received;
-- the columns of a rule can be neither dropped nor changed; others can
\pset format unaligned
SELECT statement, pg_temp.refused(statement) FROM (VALUES
	('ALTER TABLE voice DROP COLUMN received'),
	('ALTER TABLE voice DROP COLUMN due'),
	('ALTER TABLE voice DROP COLUMN done'),
	('ALTER TABLE voice DROP COLUMN late'),
	('ALTER TABLE voice ALTER received TYPE timestamptz'),
	('ALTER TABLE voice ALTER due TYPE text'),
	('ALTER TABLE voice ALTER late TYPE int USING late::int'),
	('ALTER TABLE voice ALTER id TYPE bigint'),
	('ALTER TABLE voice ADD more int DEFAULT 7')
) AS s (statement);
\pset format aligned
ALTER TABLE voice ADD first int DEFAULT 7, DROP COLUMN id;
INSERT INTO voice (first, received) VALUES (9, '2026-03-09') RETURNING due;
VACUUM FULL voice;
INSERT INTO voice (first, received) VALUES (9, '2026-03-10') RETURNING due;
BEGIN;
ALTER TABLE voice DROP COLUMN due CASCADE;
SELECT rule FROM rules WHERE relation = 'voice'::regclass;
INSERT INTO voice (received) VALUES ('2026-03-02');
ROLLBACK;
INSERT INTO voice (first, received) VALUES (9, '2026-03-11') RETURNING due;
-- another trigger name; the rule is found by its function
ALTER TRIGGER zzz_kam_response_deadline ON voice RENAME TO "A 'trigger'";
INSERT INTO voice (first, received) VALUES (9, '2026-03-02') RETURNING due;
SELECT trigger_name FROM rules WHERE relation = 'voice'::regclass AND rule = 'response_deadline';
SELECT pg_temp.refused($$SELECT kam.attach_response_deadline('voice', 'received', 'due')$$);
SELECT kam.detach_response_deadline('voice');
SELECT rule FROM rules WHERE relation = 'voice'::regclass;
SELECT kam.attach_response_deadline('voice', 'received', 'due', 'done', calendar => 'office');
-- switched off, and shown to be
SELECT rule, enabled FROM rules WHERE relation = 'voice'::regclass ORDER BY rule;
ALTER TABLE voice DISABLE TRIGGER zzz_kam_response_deadline;
INSERT INTO voice (first, received) VALUES (9, '2026-03-02') RETURNING due;
SELECT rule, enabled FROM rules WHERE relation = 'voice'::regclass ORDER BY rule;
ALTER TABLE voice ENABLE REPLICA TRIGGER zzz_kam_response_deadline;
SELECT rule, enabled FROM rules WHERE relation = 'voice'::regclass ORDER BY rule;
ALTER TABLE voice ENABLE ALWAYS TRIGGER zzz_kam_response_deadline;
SELECT rule, enabled FROM rules WHERE relation = 'voice'::regclass ORDER BY rule;
INSERT INTO voice (first, received) VALUES (9, '2026-03-02') RETURNING due;
SET session_replication_role = replica;
INSERT INTO voice (received, happened, recorded) VALUES ('2026-03-02', '2026-03-02', '2026-03-10') RETURNING due, late;
RESET session_replication_role;
-- in one partition
SELECT kam.attach_response_deadline('a_whole', 'received', 'due', calendar => 'office');
SELECT enabled FROM rules WHERE relation = 'a_whole'::regclass;
ALTER TABLE a_partition DISABLE TRIGGER zzz_kam_response_deadline;
SELECT enabled FROM rules WHERE relation = 'a_whole'::regclass;
ALTER TABLE a_partition ENABLE TRIGGER zzz_kam_response_deadline;
SELECT enabled FROM rules WHERE relation = 'a_whole'::regclass;
-- a partition keeps the rule of the whole; one of its own, from before it was a partition, goes
SELECT kam.attach_record_deadline('a_whole', 'happened', 'recorded', 'flag', 'late');
SELECT pg_temp.refused($$SELECT kam.detach_response_deadline('a_partition')$$);
SELECT pg_temp.refused($$SELECT kam.detach_record_deadline('a_partition')$$);
SELECT kam.detach_response_deadline('a_whole'), kam.detach_record_deadline('a_whole');
ALTER TABLE a_whole DETACH PARTITION a_partition;
SELECT kam.attach_response_deadline('a_partition', 'received', 'due', calendar => 'office');
ALTER TABLE a_whole ATTACH PARTITION a_partition DEFAULT;
SELECT kam.detach_response_deadline('a_partition');
SELECT rule FROM rules WHERE relation IN ('a_whole'::regclass, 'a_partition'::regclass);
-- a copy of the table has no rule; a table that is dropped leaves nothing
CREATE TABLE a_copy (LIKE voice INCLUDING ALL);
CREATE TABLE a_selection AS SELECT * FROM voice;
DROP TABLE voice, a_whole, owned;
SELECT relation, rule FROM rules;
-- the extension does not go while a table has its rules
CREATE TABLE voice (received date, due date);
SELECT kam.attach_response_deadline('voice', 'received', 'due', calendar => 'office');
DROP VIEW rules;
\set VERBOSITY terse
DROP EXTENSION kam;
\set VERBOSITY default
CREATE VIEW rules AS SELECT * FROM kam.attached_rule
	WHERE relation IN (SELECT oid FROM pg_class WHERE relnamespace = 'deadlines'::regnamespace);

-- Names that need quotes, in every place
CREATE TABLE "SELECT" ("from" date, "To"" 'x" date, "คำตอบ" timestamptz, "late;" int);
SELECT kam.attach_response_deadline('"SELECT"', 'from', 'To" ''x', 'คำตอบ', calendar => 'office');
SELECT kam.attach_record_deadline('"SELECT"', 'from', 'To" ''x', 'flag', 'late;');
INSERT INTO "SELECT" ("from") VALUES ('2026-03-02');
TABLE "SELECT";
INSERT INTO kam.calendar (calendar, parent) VALUES ('เขต ''1'' "x" \ =', 'office');
SELECT kam.detach_response_deadline('"SELECT"');
SELECT kam.attach_response_deadline('"SELECT"', 'from', 'To" ''x', 'คำตอบ', calendar => 'เขต ''1'' "x" \ =');
INSERT INTO "SELECT" ("from") VALUES ('2026-03-02') RETURNING "To"" 'x";
SELECT arguments FROM rules WHERE relation = '"SELECT"'::regclass ORDER BY rule;

-- ---- triggers made by hand -----------------------------------------------------

\pset format unaligned
SELECT pg_temp.refused('SELECT kam._response_deadline()'), pg_temp.refused('SELECT kam._record_deadline()');
SELECT kam._attached_arguments(0) IS NULL AS none, kam._attached_arguments(NULL) IS NULL AS of_null;
CREATE TABLE byhand (id int, received date, due date, done timestamptz, note text, late int);
CREATE FUNCTION byhand(timing text, condition text, call text, OUT arguments jsonb, OUT inserted text) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE TRIGGER byhand %s ON byhand %s EXECUTE FUNCTION kam.%s', timing, condition, call);
	SELECT a.arguments INTO arguments FROM kam.attached_rule a WHERE relation = 'byhand'::regclass;
	inserted := pg_temp.refused($i$INSERT INTO byhand (id, received, note) VALUES (1, '2026-03-02', 'x')$i$);
	DROP TRIGGER byhand ON byhand;
EXCEPTION WHEN OTHERS THEN
	inserted := SQLSTATE || ': ' || SQLERRM;
END
$$;
SELECT t.*, b.* FROM (VALUES
	-- not as a row's BEFORE trigger
	('AFTER INSERT', 'FOR EACH ROW WHEN (num_nonnulls(new.received, new.due) > 0)', $$_response_deadline('working_days=5', 'calendar=office', 'beyond_horizon=null')$$),
	('BEFORE INSERT', 'FOR EACH STATEMENT', $$_response_deadline('working_days=5', 'calendar=office', 'beyond_horizon=null')$$),
	('AFTER INSERT', 'FOR EACH ROW', $$_record_deadline('action=reject', 'days=7')$$),
	-- without the condition, or with another
	('BEFORE INSERT', 'FOR EACH ROW', $$_response_deadline('working_days=5', 'calendar=office', 'beyond_horizon=null')$$),
	('BEFORE INSERT', 'FOR EACH ROW WHEN (true)', $$_response_deadline('working_days=5', 'calendar=office', 'beyond_horizon=null')$$),
	('BEFORE INSERT', 'FOR EACH ROW WHEN (new.received IS NOT NULL AND new.due IS NULL)', $$_response_deadline('working_days=5', 'calendar=office', 'beyond_horizon=null')$$),
	('BEFORE INSERT', 'FOR EACH ROW WHEN (num_nonnulls(new.received) > 0)', $$_response_deadline('working_days=5', 'calendar=office', 'beyond_horizon=null')$$),
	('BEFORE INSERT', 'FOR EACH ROW WHEN (num_nonnulls(new.received, new.due, new.done, new.id) > 0)', $$_response_deadline('working_days=5', 'calendar=office', 'beyond_horizon=null')$$),
	('BEFORE INSERT', 'FOR EACH ROW WHEN (num_nonnulls(VARIADIC ARRAY[new.received, new.due]) > 0)', $$_response_deadline('working_days=5', 'calendar=office', 'beyond_horizon=null')$$),
	('BEFORE INSERT', 'FOR EACH ROW WHEN (num_nonnulls(new.*) > 0)', $$_response_deadline('working_days=5', 'calendar=office', 'beyond_horizon=null')$$),
	('BEFORE INSERT', 'FOR EACH ROW WHEN (num_nonnulls(new.tableoid, new.due) > 0)', $$_response_deadline('working_days=5', 'calendar=office', 'beyond_horizon=null')$$),
	('BEFORE INSERT', 'FOR EACH ROW WHEN (num_nonnulls() > 0)', $$_response_deadline('working_days=5', 'calendar=office', 'beyond_horizon=null')$$),
	('BEFORE INSERT', 'FOR EACH ROW WHEN ((- new.id) < 0)', $$_response_deadline('working_days=5', 'calendar=office', 'beyond_horizon=null')$$),
	-- columns of other types
	('BEFORE INSERT', 'FOR EACH ROW WHEN (num_nonnulls(new.note, new.due) > 0)', $$_response_deadline('working_days=5', 'calendar=office', 'beyond_horizon=null')$$),
	('BEFORE INSERT', 'FOR EACH ROW WHEN (num_nonnulls(new.received, new.id) > 0)', $$_response_deadline('working_days=5', 'calendar=office', 'beyond_horizon=null')$$),
	('BEFORE INSERT', 'FOR EACH ROW WHEN (num_nonnulls(new.received, new.due, new.note) > 0)', $$_record_deadline('action=flag', 'days=7')$$),
	('BEFORE INSERT', 'FOR EACH ROW WHEN (num_nonnulls(new.received, new.due) > 0)', $$_record_deadline('action=flag', 'days=7')$$),
	('BEFORE INSERT', 'FOR EACH ROW WHEN (num_nonnulls(new.received, new.due, new.late) > 0)', $$_record_deadline('action=reject', 'days=7')$$),
	('BEFORE INSERT', 'FOR EACH ROW WHEN (num_nonnulls(new.received, new.due) > 0)', $$_record_deadline('days=7')$$),
	('BEFORE INSERT', 'FOR EACH ROW WHEN (num_nonnulls(new.received, new.due) > 0)', $$_record_deadline('action=reject')$$),
	('BEFORE INSERT', 'FOR EACH ROW WHEN (num_nonnulls(new.received, new.due) > 0)', $$_record_deadline('action=reject', 'days=seven')$$),
	-- other settings
	('BEFORE INSERT', 'FOR EACH ROW WHEN (num_nonnulls(new.received, new.due) > 0)', '_response_deadline()'),
	('BEFORE INSERT', 'FOR EACH ROW WHEN (num_nonnulls(new.received, new.due) > 0)', $$_response_deadline('working_days')$$),
	('BEFORE INSERT', 'FOR EACH ROW WHEN (num_nonnulls(new.received, new.due) > 0)', $$_response_deadline('working_days=5', 'calendar=office')$$),
	('BEFORE INSERT', 'FOR EACH ROW WHEN (num_nonnulls(new.received, new.due) > 0)', $$_response_deadline('working_days=x', 'calendar=office', 'beyond_horizon=null')$$),
	('BEFORE INSERT', 'FOR EACH ROW WHEN (num_nonnulls(new.received, new.due) > 0)', $$_response_deadline('working_days=99999999999', 'calendar=office', 'beyond_horizon=null')$$),
	('BEFORE INSERT', 'FOR EACH ROW WHEN (num_nonnulls(new.received, new.due) > 0)', $$_response_deadline('', '', '=')$$),
	-- as attach makes it
	('BEFORE INSERT', 'FOR EACH ROW WHEN (num_nonnulls(new.received, new.due) > 0)', $$_response_deadline('working_days=5', 'calendar=office', 'beyond_horizon=null')$$),
	('BEFORE DELETE', 'FOR EACH ROW', $$_response_deadline('working_days=5', 'calendar=office', 'beyond_horizon=null')$$)
) AS t (timing, condition, call), byhand(timing, condition, call) AS b;
\pset format aligned

\set deadline_end :srcdir '/sql/include/deadline_end.sql'
\i :deadline_end
DROP ROLE regress_kam_member, regress_kam_owner, regress_kam_clerk;
DROP FOREIGN DATA WRAPPER abroad CASCADE;
