/* Virtual generated columns, new in PostgreSQL 18: no row stores them, so a guard cannot see whether one changed. */
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

/* In the predicate: refused likewise, wherever in it. */
SELECT predicate, code, message
FROM unnest(ARRAY['active', 'NOT active', 'ended IS NULL AND active', 'n > 0 OR year > 2025', 'who = ''K''', 'stored_year > 2025', 'ended IS NULL']) WITH ORDINALITY AS p (predicate, no),
	pg_temp.error_of(format('SELECT kam.attach_portfolio_guard(''v'', ''kamr'', ''tier'', ''y'', %L); SELECT kam.detach_portfolio_guard(''v'')', predicate)) AS e
ORDER BY no;
/* What it is computed from does as well. */
SELECT kam.attach_portfolio_guard('v', 'kamr', 'tier', 'y', 'ended IS NULL');
INSERT INTO v (kamr, tier, y, ended) SELECT 'K', 'Strategic', 2026, '2026-01-01' FROM generate_series(1, 20);
UPDATE v SET ended = NULL;
UPDATE v SET ended = NULL WHERE id <= 12;
SELECT statement, pg_temp.try(statement)
FROM (VALUES
	('UPDATE v SET ended = NULL WHERE id = 13'),
	('UPDATE v SET ended = NULL, tier = ''Streamline'' WHERE id = 13'),
	('UPDATE v SET n = 1'),
	('INSERT INTO v (id, kamr, tier, y) OVERRIDING SYSTEM VALUE VALUES (13, ''K'', ''Star'', 2026) ON CONFLICT (id) DO UPDATE SET ended = NULL'),
	('MERGE INTO v USING generate_series(13, 14) AS s (id) ON v.id = s.id WHEN MATCHED THEN UPDATE SET ended = NULL')) AS s (statement);
/* A virtual column that is added later changes nothing. */
ALTER TABLE v ADD COLUMN later boolean GENERATED ALWAYS AS (ended IS NOT NULL) VIRTUAL;
SELECT pg_temp.try('UPDATE v SET ended = NULL WHERE id = 13');
SELECT * FROM kam.portfolio_violations('v');
DROP TABLE v;

/* Of partitions with other column numbers, and of tables that inherit. */
CREATE TABLE parted (kamr text, tier kam.tier, y int, ended date, active boolean GENERATED ALWAYS AS (ended IS NULL) VIRTUAL) PARTITION BY LIST (y);
CREATE TABLE part_2026 (active boolean GENERATED ALWAYS AS (ended IS NULL) VIRTUAL, gone int, ended date, y int, tier kam.tier, kamr text);
ALTER TABLE part_2026 DROP COLUMN gone;
ALTER TABLE parted ATTACH PARTITION part_2026 FOR VALUES IN (2026);
CREATE INDEX ON parted (kamr, y);
CREATE TABLE parent (kamr text, tier kam.tier, y int, ended date, active boolean GENERATED ALWAYS AS (ended IS NULL) VIRTUAL);
CREATE TABLE child () INHERITS (parent);
CREATE INDEX ON parent (kamr, y);
CREATE INDEX ON child (kamr, y);
SELECT relation, predicate, pg_temp.try(format('SELECT kam.attach_portfolio_guard(%L, ''kamr'', ''tier'', ''y'', %L); INSERT INTO %1$s SELECT ''K'', ''Strategic'', 2026, ''2026-01-01'' FROM generate_series(1, 13);'
	' UPDATE %1$s SET ended = NULL', relation, predicate))
FROM unnest('{parted,parent,child}'::text[]) AS relation, unnest('{active,ended IS NULL}'::text[]) AS predicate;
DROP TABLE parted, parent, child;

/* Triggers by hand. */
CREATE TABLE h (kamr text, tier text, y int, ended date, active boolean GENERATED ALWAYS AS (ended IS NULL) VIRTUAL,
	who text GENERATED ALWAYS AS (kamr) VIRTUAL, level text GENERATED ALWAYS AS (tier) VIRTUAL, year int GENERATED ALWAYS AS (y) VIRTUAL);
CREATE INDEX ON h (kamr, y);
INSERT INTO h SELECT 'K', 'Strategic', 2026, '2026-01-01' FROM generate_series(1, 13);
SELECT columns, pg_temp.try(format('CREATE TRIGGER kam_portfolio_guard AFTER INSERT OR UPDATE ON h FOR EACH ROW WHEN (new.%s IS NOT NULL AND new.%s IS NOT NULL AND new.%s IS NOT NULL AND new.%s)'
	' EXECUTE FUNCTION kam._portfolio_guard(); UPDATE h SET ended = NULL', VARIADIC string_to_array(columns, ',')))
FROM unnest(ARRAY['kamr,tier,y,ended IS NULL', 'kamr,tier,y,active', 'who,tier,y,ended IS NULL', 'kamr,level,y,ended IS NULL', 'kamr,tier,year,ended IS NULL']) AS columns;
DROP TABLE h;

SET client_min_messages = error;
DROP SCHEMA guard_test CASCADE;
