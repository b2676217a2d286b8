/* Virtual generated columns, new in PostgreSQL 18: no row stores them, yet a change behind one is a change. */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
\set guard :srcdir '/sql/include/guard.sql'
\i :guard
CREATE SCHEMA guard_test;
SET search_path = guard_test;

/* As a column of the guard: refused. A stored one can be read. */
CREATE TABLE v (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kamr text, tier kam.tier, y int, ended date, n int, label text,
	who text GENERATED ALWAYS AS (kamr) VIRTUAL, level text GENERATED ALWAYS AS (label) VIRTUAL, year int GENERATED ALWAYS AS (y) VIRTUAL,
	stored_year int GENERATED ALWAYS AS (y) STORED,
	active boolean GENERATED ALWAYS AS (ended IS NULL) VIRTUAL, ratio int GENERATED ALWAYS AS (100 / n) VIRTUAL);
CREATE INDEX ON v (kamr, y);
CREATE INDEX ON v (kamr, stored_year);
SELECT arguments, e.*
FROM unnest(ARRAY[$$'who', 'tier', 'y'$$, $$'kamr', 'level', 'y'$$, $$'kamr', 'tier', 'year'$$, $$'kamr', 'tier', 'stored_year'$$, $$'who', 'tier', plan_year => 2026$$]) WITH ORDINALITY AS a (arguments, no),
	pg_temp.error_of(format('SELECT kam.attach_portfolio_guard(''v'', %s); SELECT kam.detach_portfolio_guard(''v'')', arguments)) AS e
ORDER BY no;

/* In the predicate. The row is updated behind it, in one column and in several, up and down. */
SELECT kam.attach_portfolio_guard('v', 'kamr', 'tier', 'y', 'active');
SELECT definition FROM kam.attached_rule;
INSERT INTO v (kamr, tier, y, ended) SELECT 'K', 'Strategic', 2026, '2026-01-01' FROM generate_series(1, 20);
UPDATE v SET ended = NULL;
UPDATE v SET ended = NULL WHERE id <= 12;
SELECT statement, pg_temp.try(statement)
FROM (VALUES
	('UPDATE v SET ended = NULL WHERE id = 13'),
	('UPDATE v SET ended = NULL, n = 1 WHERE id = 13'),
	('UPDATE v SET ended = NULL, tier = ''Streamline'' WHERE id = 13'),
	('UPDATE v SET ended = NULL, kamr = ''L'' WHERE id = 13'),
	('UPDATE v SET ended = NULL, y = 2027 WHERE id = 13'),
	('UPDATE v SET ended = NULL, tier = NULL WHERE id = 13'),
	('UPDATE v SET n = 1'),
	('UPDATE v SET ended = ''2026-02-02'' WHERE id >= 13'),
	('UPDATE v SET ended = CASE id WHEN 1 THEN date ''2026-02-02'' ELSE NULL END WHERE id IN (1, 13)'),
	('UPDATE v SET ended = ''2026-02-02'' WHERE id = 1; UPDATE v SET ended = NULL WHERE id = 13'),
	('INSERT INTO v (kamr, tier, y) VALUES (''K'', ''Status'', 2026)'),
	('INSERT INTO v (kamr, tier, y, ended) VALUES (''K'', ''Status'', 2026, ''2026-02-02'')'),
	('INSERT INTO v (id, kamr, tier, y) OVERRIDING SYSTEM VALUE VALUES (13, ''K'', ''Star'', 2026) ON CONFLICT (id) DO UPDATE SET ended = NULL'),
	('MERGE INTO v USING generate_series(13, 14) AS s (id) ON v.id = s.id WHEN MATCHED THEN UPDATE SET ended = NULL')) AS s (statement);
/* above the limit, what does not raise it passes */
ALTER TABLE v DISABLE TRIGGER kam_portfolio_guard;
UPDATE v SET ended = NULL WHERE id = 13;
ALTER TABLE v ENABLE TRIGGER kam_portfolio_guard;
SELECT * FROM kam.portfolio_violations('v');
SELECT statement, pg_temp.try(statement)
FROM (VALUES ('UPDATE v SET n = 1'), ('UPDATE v SET tier = ''Star'' WHERE id = 1'), ('UPDATE v SET ended = NULL WHERE id = 14'), ('UPDATE v SET ended = ''2026-02-02'' WHERE id = 1')) AS s (statement);
SELECT kam.detach_portfolio_guard('v');
TRUNCATE v;
/* one that cannot be computed of every row */
SELECT kam.attach_portfolio_guard('v', 'kamr', 'tier', 'y', 'ratio > 10');
INSERT INTO v (kamr, tier, y, n) SELECT 'K', 'Strategic', 2026, 20 FROM generate_series(1, 20);
SELECT pg_temp.try('UPDATE v SET n = 2'), pg_temp.state('UPDATE v SET n = 0');
SELECT count(*) FROM kam.portfolio_violations('v', true);
DROP TABLE v;

/* Over partitions with other column numbers, and over children that inherit. */
CREATE TABLE parted (kamr text, tier kam.tier, y int, ended date, active boolean GENERATED ALWAYS AS (ended IS NULL) VIRTUAL) PARTITION BY LIST (y);
CREATE TABLE part_2026 (active boolean GENERATED ALWAYS AS (ended IS NULL) VIRTUAL, gone int, ended date, y int, tier kam.tier, kamr text);
ALTER TABLE part_2026 DROP COLUMN gone;
ALTER TABLE parted ATTACH PARTITION part_2026 FOR VALUES IN (2026);
CREATE INDEX ON parted (kamr, y);
CREATE TABLE parent (kamr text, tier kam.tier, y int, ended date, active boolean GENERATED ALWAYS AS (ended IS NULL) VIRTUAL);
CREATE TABLE child () INHERITS (parent);
CREATE INDEX ON parent (kamr, y);
CREATE INDEX ON child (kamr, y);
SELECT kam.attach_portfolio_guard(rel, 'kamr', 'tier', 'y', 'active') FROM unnest('{parted,parent}'::regclass[]) AS rel;
INSERT INTO parted SELECT 'K', 'Strategic', 2026, '2026-01-01' FROM generate_series(1, 13);
INSERT INTO child SELECT 'K', 'Strategic', 2026, '2026-01-01' FROM generate_series(1, 13);
SELECT relation, pg_temp.try(format('UPDATE %s SET ended = NULL', relation)), pg_temp.try(format('UPDATE %s SET ended = NULL WHERE ctid <> ''(0,1)''', relation)) AS "all but one"
FROM unnest('{parted,part_2026,parent,child}'::text[]) AS relation;
DROP TABLE parted, parent, child;

/* A trigger by hand. */
CREATE TABLE h (kamr text, tier text, y int, ended date, active boolean GENERATED ALWAYS AS (ended IS NULL) VIRTUAL);
CREATE INDEX ON h (kamr, y);
INSERT INTO h SELECT 'K', 'Strategic', 2026, '2026-01-01' FROM generate_series(1, 13);
CREATE TRIGGER by_hand AFTER INSERT OR UPDATE ON h FOR EACH ROW WHEN (new.kamr IS NOT NULL AND new.tier IS NOT NULL AND new.y IS NOT NULL AND new.active)
	EXECUTE FUNCTION kam._portfolio_guard();
UPDATE h SET ended = NULL;
DROP TABLE h;

SET client_min_messages = error;
DROP SCHEMA guard_test CASCADE;
