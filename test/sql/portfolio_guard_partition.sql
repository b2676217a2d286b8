/* The portfolio guard on partitioned tables and on tables that inherit: one sum over all parts (6.1.2.1). */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
\set guard :srcdir '/sql/include/guard.sql'
\i :guard
CREATE SCHEMA guard_test;
SET search_path = guard_test;
SET client_min_messages = warning;

/* By year and, below that, by area; parts with their columns in other places. */
CREATE TABLE assignment (id int, area text, kamr text, tier kam.tier, plan_year int, ended_on date) PARTITION BY RANGE (plan_year);
CREATE TABLE a2025 PARTITION OF assignment FOR VALUES FROM (2025) TO (2026);
CREATE TABLE a2026 (ended_on date, gone text, tier kam.tier, plan_year int, also_gone int, kamr text, area text, id int) PARTITION BY LIST (area);
ALTER TABLE a2026 DROP gone, DROP also_gone;
CREATE TABLE a2026_north (kamr text, x int, y int, ended_on date, id int, area text, plan_year int, tier kam.tier);
ALTER TABLE a2026_north DROP x, DROP y;
CREATE TABLE a2026_south (LIKE a2026);
ALTER TABLE a2026 ATTACH PARTITION a2026_north FOR VALUES IN ('N');
ALTER TABLE a2026 ATTACH PARTITION a2026_south FOR VALUES IN ('S');
ALTER TABLE assignment ATTACH PARTITION a2026 FOR VALUES FROM (2026) TO (2027);
CREATE TABLE a_rest PARTITION OF assignment DEFAULT;
CREATE INDEX ON assignment (kamr, plan_year);
SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year', 'ended_on IS NULL');
SELECT relation, arguments, enabled FROM kam.attached_rule;
SELECT tgrelid::regclass, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'kam_portfolio_guard' ORDER BY tgrelid::regclass::text COLLATE "C";

/* 12.0 over two areas; the error names the part that was written to. */
INSERT INTO assignment SELECT n, CASE WHEN n % 2 = 0 THEN 'N' ELSE 'S' END, 'k', 'Star', 2026 FROM generate_series(1, 15) AS n;
INSERT INTO assignment SELECT 100 + n, 'N', 'k', 'Star', 2025 FROM generate_series(1, 15) AS n;
INSERT INTO assignment SELECT 200 + n, 'N', 'k', 'Star', 2030 FROM generate_series(1, 15) AS n;
SELECT tableoid::regclass AS part, kam.portfolio(tier) FROM assignment GROUP BY 1 ORDER BY tableoid::regclass::text COLLATE "C";
SELECT statement, pg_temp.try(statement)
FROM (VALUES
	($$INSERT INTO assignment VALUES (0, 'N', 'k', 'Status', 2026)$$),
	($$INSERT INTO assignment VALUES (0, 'S', 'k', 'Status', 2026, '2026-12-31')$$),
	($$INSERT INTO a2026 (id, area, kamr, tier, plan_year) VALUES (0, 'S', 'k', 'Status', 2026)$$),
	($$INSERT INTO a2026_north (id, area, kamr, tier, plan_year) VALUES (0, 'N', 'k', 'Status', 2026)$$),
	($$INSERT INTO a2026_north (id, area, kamr, tier, plan_year) VALUES (0, 'N', 'l', 'Status', 2026)$$),
	($$INSERT INTO a2025 VALUES (0, 'S', 'k', 'Status', 2025)$$),
	($$INSERT INTO assignment VALUES (0, 'S', 'k', 'Status', 2030)$$),
	($$INSERT INTO assignment VALUES (0, 'S', 'k', 'Status', 2031)$$),
	($$UPDATE assignment SET tier = 'Strategic' WHERE id = 1$$),
	($$UPDATE a2026_south SET tier = 'Strategic' WHERE id = 1$$),
	($$UPDATE assignment SET area = CASE area WHEN 'N' THEN 'S' ELSE 'N' END$$),
	($$UPDATE assignment SET area = 'N', tier = 'Strategic' WHERE id = 1$$),
	($$UPDATE assignment SET area = 'N', tier = 'Status' WHERE id = 1$$),
	($$UPDATE assignment SET plan_year = 2026 WHERE id = 101$$),
	($$UPDATE assignment SET plan_year = 2031 WHERE id = 101$$),
	($$UPDATE assignment SET plan_year = 2026, kamr = 'l' WHERE plan_year = 2025$$),
	($$UPDATE assignment SET plan_year = CASE plan_year WHEN 2025 THEN 2026 WHEN 2026 THEN 2025 ELSE plan_year END$$),
	($$UPDATE assignment SET plan_year = plan_year + 1 WHERE plan_year < 2030$$),
	($$MERGE INTO assignment a USING (VALUES (101), (1000)) v (id) ON a.id = v.id WHEN MATCHED THEN UPDATE SET plan_year = 2026 WHEN NOT MATCHED THEN INSERT VALUES (v.id, 'N', 'm', 'Star', 2026)$$),
	($$MERGE INTO assignment a USING (VALUES (101), (1000)) v (id) ON a.id = v.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (v.id, 'N', 'm', 'Star', 2026)$$)
) AS s (statement);
DO $$
DECLARE
	t text; c text;
BEGIN
	INSERT INTO assignment VALUES (0, 'N', 'k', 'Status', 2026);
EXCEPTION WHEN check_violation THEN
	GET STACKED DIAGNOSTICS t = TABLE_NAME, c = CONSTRAINT_NAME;
	RAISE INFO 'table %, constraint %', t, c;
END $$;
COPY a2026_south (id, kamr, tier, plan_year, area) FROM stdin;
300	k	Status	2026	S
\.

/* A KAMR above the limit: rows that move between parts raise no sum, and may. */
ALTER TABLE assignment DISABLE TRIGGER USER;
INSERT INTO assignment SELECT 400 + n, 'N', 'over', 'Strategic', 2026 FROM generate_series(1, 14) AS n;
ALTER TABLE assignment ENABLE TRIGGER USER;
SELECT kamr, weight FROM kam.portfolio_violations('assignment');
SELECT statement, pg_temp.try(statement)
FROM (VALUES
	($$UPDATE assignment SET area = 'S' WHERE id = 401$$),
	($$UPDATE assignment SET area = 'S' WHERE kamr = 'over'$$),
	($$UPDATE assignment SET area = 'S', tier = 'Star' WHERE id = 401$$),
	($$UPDATE assignment SET area = CASE id WHEN 401 THEN 'S' ELSE area END, kamr = 'over' WHERE id IN (1, 401)$$),
	($$UPDATE assignment SET area = 'S', plan_year = 2027 WHERE id IN (401, 402)$$),
	($$UPDATE assignment SET plan_year = 2027 WHERE kamr = 'over'$$)
) AS s (statement);
/* the same deferred */
BEGIN;
SET CONSTRAINTS ALL DEFERRED;
UPDATE assignment SET area = 'S' WHERE kamr = 'over';
UPDATE assignment SET area = 'N' WHERE kamr = 'over' AND id < 405;
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK;

/* What asks for a part asks for the whole. */
SELECT kamr, weight FROM kam.portfolio_violations('a2026_north');
SELECT kamr, weight FROM kam.portfolio_violations('a2026');
SELECT pg_temp.try($$SELECT kam.attach_portfolio_guard('a2026', 'kamr', 'tier', 'plan_year')$$), pg_temp.try($$SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier')$$),
	pg_temp.try($$SELECT kam.detach_portfolio_guard('a2026')$$),
	pg_temp.try($$SELECT kam.detach_portfolio_guard('a2025')$$);
SELECT hint FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('a2026', 'kamr', 'tier', 'plan_year')$$);
SELECT *
FROM unnest('{a2026,a2026_north}'::regclass[]) AS part,
	pg_temp.error_of(format('SELECT kam.detach_portfolio_guard(%L)', part));
/* A part whose trigger is off is no longer guarded, and it shows. */
ALTER TABLE a2026_north DISABLE TRIGGER kam_portfolio_guard;
SELECT enabled FROM kam.attached_rule;
ALTER TABLE a2026_north ENABLE TRIGGER kam_portfolio_guard;
SELECT enabled FROM kam.attached_rule;
DELETE FROM assignment WHERE kamr = 'over';

/* New parts are guarded; what they bring is not looked at, but listed. */
CREATE TABLE a2027 PARTITION OF assignment FOR VALUES FROM (2027) TO (2028);
INSERT INTO assignment SELECT 500 + n, 'N', 'k', 'Strategic', 2027 FROM generate_series(1, 12) AS n;
SELECT pg_temp.try($$INSERT INTO a2027 VALUES (0, 'N', 'k', 'Status', 2027)$$);
CREATE TABLE a2026_west (LIKE a2026);
INSERT INTO a2026_west (id, area, kamr, tier, plan_year) SELECT 600 + n, 'W', 'k', 'Strategic', 2026 FROM generate_series(1, 3) AS n;
ALTER TABLE a2026 ATTACH PARTITION a2026_west FOR VALUES IN ('W');
SELECT kamr, plan_year, weight FROM kam.portfolio_violations('assignment');
SELECT pg_temp.try($$INSERT INTO a2026_west (id, area, kamr, tier, plan_year) VALUES (0, 'W', 'k', 'Status', 2026)$$),
	pg_temp.try($$UPDATE assignment SET tier = 'Streamline' WHERE id = 601$$);
/* A part that goes takes its rows along, and is free. */
ALTER TABLE a2026 DETACH PARTITION a2026_west;
SELECT count(*) FROM kam.portfolio_violations('assignment');
SELECT pg_temp.try($$INSERT INTO a2026_west (id, area, kamr, tier, plan_year) SELECT n, 'W', 'k', 'Strategic', 2026 FROM generate_series(1, 20) AS n$$),
	pg_temp.try($$INSERT INTO assignment VALUES (0, 'N', 'k', 'Status', 2026)$$);
SELECT pg_temp.try($$SELECT * FROM kam.portfolio_violations('a2026_west')$$);
/* detach, and again with a part that is above the limit already */
SELECT kam.detach_portfolio_guard('assignment');
SELECT count(*) FROM pg_trigger WHERE tgname = 'kam_portfolio_guard';
ALTER TABLE a2026 ATTACH PARTITION a2026_west FOR VALUES IN ('W');
SELECT message, detail FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year', 'ended_on IS NULL')$$);
SELECT count(*) FROM pg_trigger WHERE tgname = 'kam_portfolio_guard';

/* Partitioned by the KAMR; by the tier; without a period; deferred. */
CREATE TABLE by_kamr (id int, kamr text, tier text) PARTITION BY HASH (kamr);
CREATE TABLE by_kamr_0 PARTITION OF by_kamr FOR VALUES WITH (MODULUS 2, REMAINDER 0) PARTITION BY LIST (tier);
CREATE TABLE by_kamr_0_star PARTITION OF by_kamr_0 FOR VALUES IN ('Star');
CREATE TABLE by_kamr_0_rest PARTITION OF by_kamr_0 DEFAULT;
CREATE TABLE by_kamr_1 PARTITION OF by_kamr FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE INDEX ON by_kamr USING hash (kamr);
SELECT kam.attach_portfolio_guard('by_kamr', 'kamr', 'tier', plan_year => 2026, deferred => true);
INSERT INTO by_kamr SELECT k * 100 + n, k, 'Star' FROM generate_series(1, 8) AS k, generate_series(1, 15) AS n;
BEGIN;
UPDATE by_kamr SET kamr = (kamr::int % 8 + 1)::text WHERE id % 100 = 1 AND kamr < '8';
UPDATE by_kamr SET kamr = '1' WHERE id = 801;
COMMIT;
BEGIN;
UPDATE by_kamr SET tier = 'Strategic' WHERE id % 100 = 1;
UPDATE by_kamr SET tier = 'Status' WHERE id % 100 = 2;
COMMIT;
BEGIN;
UPDATE by_kamr SET tier = 'Strategic' WHERE id % 100 = 2;
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK;
SELECT kamr, kam.portfolio(tier::kam.tier), kam.weight(kam.portfolio(tier::kam.tier), 2026) FROM by_kamr GROUP BY kamr ORDER BY kamr;

/* A table whose parts are in another server's hands cannot be guarded. */
CREATE FOREIGN DATA WRAPPER nowhere;
CREATE SERVER nowhere FOREIGN DATA WRAPPER nowhere;
CREATE TABLE with_foreign (kamr text, tier kam.tier, plan_year int) PARTITION BY LIST (plan_year);
CREATE FOREIGN TABLE with_foreign_2026 PARTITION OF with_foreign FOR VALUES IN (2026) SERVER nowhere;
CREATE TABLE with_foreign_child (kamr text, tier kam.tier, plan_year int);
CREATE INDEX ON with_foreign_child (kamr);
CREATE FOREIGN TABLE foreign_child () INHERITS (with_foreign_child) SERVER nowhere;
SELECT * FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('with_foreign', 'kamr', 'tier', 'plan_year')$$);
SELECT * FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('with_foreign_child', 'kamr', 'tier', 'plan_year')$$);

/* An index on every part. */
CREATE TABLE no_index (kamr text, tier kam.tier, plan_year int) PARTITION BY LIST (plan_year);
CREATE TABLE no_index_2026 PARTITION OF no_index FOR VALUES IN (2026);
CREATE INDEX no_index_kamr ON ONLY no_index (kamr);
SELECT * FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('no_index', 'kamr', 'tier', 'plan_year')$$);
CREATE INDEX no_index_2026_kamr ON no_index_2026 (kamr);
ALTER INDEX no_index_kamr ATTACH PARTITION no_index_2026_kamr;
SELECT pg_temp.try($$SELECT kam.attach_portfolio_guard('no_index', 'kamr', 'tier', 'plan_year')$$);

/* Tables that inherit: a trigger each, one sum; columns that are their own do not matter. */
CREATE TABLE parent (id int, kamr text, tier kam.tier, plan_year int);
CREATE TABLE other (x int, tier kam.tier, y text);
CREATE TABLE child (z int) INHERITS (other, parent);
CREATE TABLE grandchild (own text) INHERITS (child);
CREATE INDEX ON parent (kamr);
CREATE INDEX ON child (kamr);
SELECT code, message, hint FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('parent', 'kamr', 'tier', 'plan_year')$$);
SELECT count(*) FROM pg_trigger WHERE tgname = 'kam_portfolio_guard' AND tgrelid = 'parent'::regclass;
CREATE INDEX ON grandchild (kamr);
/* a partial index serves under the predicate there too, wherever the columns are */
DROP INDEX grandchild_kamr_idx;
CREATE INDEX grandchild_positive ON grandchild (kamr) WHERE id >= 0;
SELECT * FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('parent', 'kamr', 'tier', 'plan_year', 'id > -9')$$);
SELECT kam.attach_portfolio_guard('parent', 'kamr', 'tier', 'plan_year', 'id > 0');
DROP INDEX grandchild_positive;
CREATE INDEX ON grandchild (kamr);
SELECT relation, arguments FROM kam.attached_rule WHERE relation::text ~ 'parent|child' ORDER BY relation::text COLLATE "C";
INSERT INTO parent SELECT n, 'k', 'Strategic', 2026 FROM generate_series(1, 4) AS n;
INSERT INTO child (id, kamr, tier, plan_year) SELECT n, 'k', 'Strategic', 2026 FROM generate_series(5, 8) AS n;
INSERT INTO grandchild (id, kamr, tier, plan_year) SELECT n, 'k', 'Strategic', 2026 FROM generate_series(9, 12) AS n;
SELECT statement, pg_temp.try(statement)
FROM (VALUES
	($$INSERT INTO parent VALUES (99, 'k', 'Status', 2026)$$),
	($$INSERT INTO child (id, kamr, tier, plan_year) VALUES (99, 'k', 'Status', 2026)$$),
	($$INSERT INTO grandchild (id, kamr, tier, plan_year) VALUES (99, 'k', 'Status', 2026)$$),
	($$INSERT INTO grandchild (id, kamr, tier, plan_year) VALUES (-99, 'k', 'Status', 2026)$$),
	($$UPDATE parent SET tier = 'Star'$$),
	($$UPDATE parent SET plan_year = 2027, kamr = 'l'$$),
	($$WITH gone AS (DELETE FROM parent WHERE id = 1 RETURNING *) INSERT INTO grandchild (id, kamr, tier, plan_year) SELECT * FROM gone$$),
	($$WITH gone AS (DELETE FROM grandchild WHERE id = 9 RETURNING *), new AS (INSERT INTO parent SELECT id, kamr, tier, plan_year FROM gone) INSERT INTO child (id, kamr, tier, plan_year) SELECT 99, kamr, tier, plan_year FROM gone$$)
) AS s (statement);
ALTER TABLE parent RENAME kamr TO person;
SELECT relation, arguments ->> 'kamr_column' AS kamr FROM kam.attached_rule WHERE relation::text ~ 'parent|child' ORDER BY relation::text COLLATE "C";
SELECT pg_temp.try($$INSERT INTO grandchild (id, person, tier, plan_year) VALUES (99, 'k', 'Status', 2026)$$);
/* a table that comes later is not guarded; its rows count all the same */
CREATE TABLE late () INHERITS (parent);
INSERT INTO late SELECT n, 'k', 'Strategic', 2026 FROM generate_series(13, 14) AS n;
SELECT kamr, weight FROM kam.portfolio_violations('parent');
SELECT kamr, weight FROM kam.portfolio_violations('grandchild');
SELECT pg_temp.try($$UPDATE child SET tier = 'Status' WHERE id = 5$$), pg_temp.try($$INSERT INTO child (id, person, tier, plan_year) VALUES (99, 'k', 'Status', 2026)$$),
	pg_temp.try($$SELECT * FROM kam.portfolio_violations('late')$$);
ALTER TABLE late NO INHERIT parent;
/* one that leaves keeps its guard, for itself */
ALTER TABLE grandchild NO INHERIT child;
SELECT pg_temp.try($$INSERT INTO grandchild (id, person, tier, plan_year) SELECT 100 + n, 'k', 'Strategic', 2026 FROM generate_series(1, 8) AS n$$),
	pg_temp.try($$INSERT INTO grandchild (id, person, tier, plan_year) SELECT 100 + n, 'k', 'Strategic', 2026 FROM generate_series(1, 9) AS n$$),
	pg_temp.try($$INSERT INTO parent SELECT 100 + n, 'k', 'Strategic', 2026 FROM generate_series(1, 5) AS n$$);
ALTER TABLE grandchild INHERIT child;
SELECT pg_temp.try($$INSERT INTO grandchild (id, person, tier, plan_year) VALUES (99, 'k', 'Status', 2026)$$);
/* a child is guarded already */
SELECT code FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('child', 'person', 'tier', 'plan_year')$$);
SELECT kam.detach_portfolio_guard('parent');
SELECT count(*) FROM kam.attached_rule WHERE relation::text ~ 'parent|child';
SELECT kam.attach_portfolio_guard('child', 'person', 'tier', 'plan_year');
SELECT code, message FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('parent', 'person', 'tier', 'plan_year')$$);
SELECT relation FROM kam.attached_rule WHERE relation::text ~ 'parent|child' ORDER BY relation::text COLLATE "C";
SELECT pg_temp.try($$INSERT INTO child (id, person, tier, plan_year) SELECT 99, 'k', 'Strategic', 2026 FROM generate_series(1, 4) AS n$$),
	pg_temp.try($$INSERT INTO child (id, person, tier, plan_year) SELECT 99, 'k', 'Strategic', 2026 FROM generate_series(1, 5) AS n$$);

/* A guarded table that comes under another with a guard by other columns, of other rows or another year stands for itself. */
CREATE TABLE above (kamr text, tier kam.tier, y int);
CREATE INDEX ON above (kamr, y);
CREATE TABLE by_number (kamr text, tier kam.tier, y int, deputy int);
CREATE TABLE by_name (kamr text, tier kam.tier, y int, deputy text);
CREATE TABLE of_some (own text, kamr text, tier kam.tier, y int);
CREATE TABLE of_more (own text, kamr text, tier kam.tier, y int);
CREATE TABLE alike (own text, y int, tier kam.tier, kamr text);
CREATE INDEX ON by_number (deputy, y);
CREATE INDEX ON by_name (deputy, y);
CREATE INDEX ON of_some (kamr, y);
CREATE INDEX ON of_more (kamr, y);
CREATE INDEX ON alike (kamr, y);
SELECT kam.attach_portfolio_guard('above', 'kamr', 'tier', 'y', 'y > 2020'), kam.attach_portfolio_guard('by_number', 'deputy', 'tier', 'y', 'y > 2020'),
	kam.attach_portfolio_guard('by_name', 'deputy', 'tier', 'y', 'y > 2020'), kam.attach_portfolio_guard('of_some', 'kamr', 'tier', 'y', $$own = 'x'$$),
	kam.attach_portfolio_guard('of_more', 'kamr', 'tier', 'y'), kam.attach_portfolio_guard('alike', 'kamr', 'tier', 'y', 'y > 2020');
ALTER TABLE by_number INHERIT above;
ALTER TABLE by_name INHERIT above;
ALTER TABLE of_some INHERIT above;
ALTER TABLE of_more INHERIT above;
ALTER TABLE alike INHERIT above;
INSERT INTO by_number VALUES ('k', 'Strategic', 2026, 1234);
SELECT statement, pg_temp.try(statement)
FROM (VALUES
	($$INSERT INTO by_number SELECT 'k' || n, 'Strategic', 2026, 1234 FROM generate_series(1, 12) AS n$$),
	($$INSERT INTO by_name SELECT 'k' || n, 'Strategic', 2026, 'd' FROM generate_series(1, 13) AS n$$),
	($$INSERT INTO of_some (own, kamr, tier, y) SELECT 'x', 'l', 'Strategic', 2026 FROM generate_series(1, 13)$$),
	($$INSERT INTO of_some (own, kamr, tier, y) SELECT 'y', 'l', 'Strategic', 2026 FROM generate_series(1, 13)$$),
	($$INSERT INTO of_more (kamr, tier, y) SELECT 'l', 'Strategic', 2020 FROM generate_series(1, 13)$$),
	($$INSERT INTO alike (kamr, tier, y) SELECT 'k', 'Strategic', 2026 FROM generate_series(1, 12)$$),
	($$INSERT INTO above SELECT 'k', 'Strategic', 2026 FROM generate_series(1, 12)$$)
) AS s (statement);
/* what the rows of such a table make of the one above is listed */
INSERT INTO by_name SELECT 'over', 'Strategic', 2026, 'd' || n FROM generate_series(1, 14) AS n;
SELECT kamr, weight FROM kam.portfolio_violations('above');
SELECT * FROM kam.portfolio_violations('by_name');
/* detaching takes the same guard off below, and leaves the others */
SELECT kam.detach_portfolio_guard('above');
SELECT relation, arguments ->> 'kamr_column' AS kamr FROM kam.attached_rule WHERE relation::text ~ 'above|by_n|of_|alike' ORDER BY relation::text COLLATE "C";
SELECT kam.detach_portfolio_guard('by_name');
/* a partition that brings a guard of its own, under another name */
CREATE TABLE parted (kamr text, tier kam.tier, y int, deputy bigint) PARTITION BY LIST (y);
CREATE INDEX ON parted (kamr);
SELECT kam.attach_portfolio_guard('parted', 'kamr', 'tier', 'y');
CREATE TABLE part (kamr text, tier kam.tier, y int, deputy bigint);
CREATE INDEX ON part (deputy);
SELECT kam.attach_portfolio_guard('part', 'deputy', 'tier', 'y');
ALTER TRIGGER kam_portfolio_guard ON part RENAME TO own_guard;
ALTER TABLE part RENAME CONSTRAINT kam_portfolio_guard TO own_guard;
ALTER TABLE parted ATTACH PARTITION part FOR VALUES IN (2026);
SELECT pg_temp.try($$INSERT INTO parted SELECT 'k', 'Strategic', 2026, n FROM generate_series(1, 13) AS n$$),
	pg_temp.try($$INSERT INTO parted SELECT 'k' || n, 'Strategic', 2026, 1 FROM generate_series(1, 13) AS n$$),
	pg_temp.try($$INSERT INTO parted SELECT 'k' || n % 2, 'Strategic', 2026, n % 2 FROM generate_series(1, 24) AS n$$);

DROP FOREIGN DATA WRAPPER nowhere CASCADE;
DROP SCHEMA guard_test CASCADE;
