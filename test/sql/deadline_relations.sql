-- Deadlines on tables of every kind, and under every statement.
\getenv srcdir PG_ABS_SRCDIR
\set deadline :srcdir '/sql/include/deadline.sql'
\i :deadline

-- ---- statements ------------------------------------------------------------

CREATE TABLE voice (id int PRIMARY KEY, received date, due date, done date, happened date, recorded date, late int);
SELECT kam.attach_response_deadline('voice', 'received', 'due', 'done', calendar => 'office');
SELECT kam.attach_record_deadline('voice', 'happened', 'recorded', 'flag', 'late');

COPY voice (id, received, due, happened, recorded, late) FROM stdin (NULL '-');
1	2026-03-02	-	2026-03-02	2026-03-09	5
2	2026-03-02	2026-03-20	2026-03-02	2026-03-10	-
3	-	-	-	2026-03-10	5
\.
SELECT * FROM voice ORDER BY id;
INSERT INTO voice (id, received, happened, recorded) VALUES (1, '2026-03-03', '2026-03-02', '2026-03-12'), (4, '2026-03-03', '2026-03-02', '2026-03-12')
	ON CONFLICT (id) DO UPDATE SET received = excluded.received, recorded = excluded.recorded RETURNING id, received, due, late;
INSERT INTO voice (id, received) VALUES (2, '2026-03-02') ON CONFLICT (id) DO UPDATE SET received = excluded.received RETURNING id, received, due;
INSERT INTO voice (id, received) VALUES (2, '2026-03-04') ON CONFLICT (id) DO UPDATE SET received = excluded.received, due = excluded.due RETURNING id, received, due;
INSERT INTO voice (id, received) VALUES (2, '2026-03-05') ON CONFLICT DO NOTHING RETURNING id;
MERGE INTO voice v USING (VALUES (1, date '2026-03-04'), (2, NULL), (5, '2026-03-04')) AS n (id, received) ON v.id = n.id
	WHEN MATCHED AND n.received IS NULL THEN DELETE
	WHEN MATCHED THEN UPDATE SET received = n.received
	WHEN NOT MATCHED THEN INSERT (id, received, happened, recorded) VALUES (n.id, n.received, n.received, n.received + 8);
SELECT id, received, due, late FROM voice ORDER BY id;
-- through a view, a rule's statement, a function and a cursor
CREATE VIEW voices AS SELECT id, received AS "when", due FROM voice;
INSERT INTO voices VALUES (6, '2026-03-05') RETURNING *;
UPDATE voices SET "when" = '2026-03-06' WHERE id = 6 RETURNING *;
DO $$
DECLARE
	c CURSOR FOR SELECT * FROM voice WHERE id = 6 FOR UPDATE;
	r voice;
BEGIN
	OPEN c;
	FETCH c INTO r;
	UPDATE voice SET received = '2026-03-09' WHERE CURRENT OF c;
END
$$;
SELECT due FROM voice WHERE id = 6;
CREATE TABLE source AS SELECT 10 + i AS id, date '2026-03-02' + i AS received FROM generate_series(1, 20) AS i;
UPDATE voice v SET received = s.received FROM source s WHERE s.id - 10 = v.id;
WITH inserted AS (INSERT INTO voice (id, received) SELECT id, received FROM source RETURNING id, received, due)
	SELECT count(*), count(*) FILTER (WHERE due = pg_temp.due(received, 5, 'office')) AS right FROM inserted;
SELECT count(*) AS wrong FROM voice WHERE due IS DISTINCT FROM pg_temp.due(received, 5, 'office');

-- Columns that are generated from the due date follow it
CREATE TABLE follows (id int, received date, due date, week int GENERATED ALWAYS AS (extract(week FROM due)) STORED);
SELECT kam.attach_response_deadline('follows', 'received', 'due', calendar => 'office');
INSERT INTO follows (id, received) VALUES (1, '2026-03-02');
UPDATE follows SET received = '2026-03-12';
SELECT due, week FROM follows;
-- constraints and indexes see it
CREATE TABLE checked (id int, received date, due date NOT NULL CHECK (due < '2026-04-01'), UNIQUE (due));
SELECT kam.attach_response_deadline('checked', 'received', 'due', calendar => 'office');
INSERT INTO checked VALUES (1, '2026-03-02');
INSERT INTO checked VALUES (2, '2026-03-02');
INSERT INTO checked VALUES (3, '2026-03-27');
INSERT INTO checked VALUES (4, NULL);
SELECT * FROM checked WHERE due = '2026-03-09';

-- ---- other triggers ----------------------------------------------------------

-- A BEFORE trigger of the table's own that changes the receipt comes first, by name
CREATE TABLE own (id int, received date, due date, happened date, recorded date, late boolean);
SELECT kam.attach_response_deadline('own', 'received', 'due', calendar => 'office');
SELECT kam.attach_record_deadline('own', 'happened', 'recorded', 'flag', 'late');
CREATE FUNCTION own() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW.received := COALESCE(NEW.received, '2026-03-02');
	NEW.happened := NEW.received;
	NEW.recorded := NEW.received + NEW.id;
	RETURN NEW;
END
$$;
CREATE TRIGGER zz_own BEFORE INSERT OR UPDATE ON own FOR EACH ROW EXECUTE FUNCTION own();
INSERT INTO own (id) VALUES (7), (8);
INSERT INTO own (id, received) VALUES (9, '2026-03-03');
SELECT * FROM own ORDER BY id;
-- an update that the trigger turns into a change of the receipt
CREATE OR REPLACE FUNCTION own() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW.received := OLD.received + 1;
	RETURN NEW;
END
$$;
UPDATE own SET id = id + 100 WHERE id = 7;
UPDATE own SET due = '2026-03-31' WHERE id = 8;
SELECT id, received, due FROM own ORDER BY id;
-- or into none
CREATE OR REPLACE FUNCTION own() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW.received := OLD.received;
	RETURN NEW;
END
$$;
UPDATE own SET received = '2026-05-05', due = '2026-03-30' WHERE id = 107;
UPDATE own SET received = '2026-05-05' WHERE id = 107;
SELECT id, received, due FROM own WHERE id = 107;
-- nothing is stamped that does not come
CREATE OR REPLACE FUNCTION own() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
INSERT INTO own (id, received) VALUES (10, '2031-01-01');
SELECT count(*) FROM own WHERE id = 10;
-- INSTEAD OF and AFTER triggers see the stamp
CREATE FUNCTION tells() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'due %', NEW.due; RETURN NULL; END $$;
CREATE TRIGGER tells AFTER INSERT OR UPDATE OF due ON voice FOR EACH ROW EXECUTE FUNCTION tells();
INSERT INTO voice (id, received) VALUES (50, '2026-03-02');
-- UPDATE OF does not see what a trigger writes, which is PostgreSQL's way
UPDATE voice SET received = '2026-03-03' WHERE id = 50;
DROP TRIGGER tells ON voice;
-- a trigger of the table that writes other rows of it
CREATE FUNCTION copies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.id < 1000 THEN
		INSERT INTO voice (id, received) VALUES (NEW.id + 1000, NEW.received + 1);
	END IF;
	RETURN NULL;
END
$$;
CREATE TRIGGER copies AFTER INSERT ON voice FOR EACH ROW EXECUTE FUNCTION copies();
INSERT INTO voice (id, received) VALUES (60, '2026-03-02'), (61, '2026-03-03');
SELECT id, received, due FROM voice WHERE id % 1000 IN (60, 61) ORDER BY id;

-- ---- partitions ------------------------------------------------------------

-- with other column numbers than the table
CREATE TABLE part (id int, area text, received timestamptz, due timestamptz, done date, happened date, recorded date, late int) PARTITION BY LIST (area);
CREATE TABLE part_north PARTITION OF part FOR VALUES IN ('north');
CREATE TABLE part_south (gone int, late int, recorded date, due timestamptz, gone2 text, received timestamptz, happened date, area text, done date, id int);
ALTER TABLE part_south DROP COLUMN gone, DROP COLUMN gone2;
ALTER TABLE part ATTACH PARTITION part_south FOR VALUES IN ('south');
SELECT kam.attach_response_deadline('part', 'received', 'due', 'done', calendar => 'office');
SELECT kam.attach_record_deadline('part', 'happened', 'recorded', 'flag', 'late');
-- partitions that come later follow, below another level too
CREATE TABLE part_other (late int, id int, area text, received timestamptz, due timestamptz, done date, happened date, recorded date) PARTITION BY RANGE (received);
CREATE TABLE part_2026 PARTITION OF part_other FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
ALTER TABLE part ATTACH PARTITION part_other DEFAULT;
CREATE TABLE part_2025 PARTITION OF part_other FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE part_null PARTITION OF part_other DEFAULT;
SET timezone = 'Asia/Bangkok';
INSERT INTO part (id, area, received, happened, recorded)
	SELECT i, (ARRAY['north', 'south', 'east'])[1 + i % 3], timestamptz '2025-12-30 09:00+07' + i * interval '1 day', '2026-01-01', date '2026-01-01' + i
	FROM generate_series(0, 11) AS i;
INSERT INTO part_south (id, area, received) VALUES (20, 'south', '2026-03-02 09:00+07');
INSERT INTO part_2026 (id, area, received) VALUES (21, 'west', '2026-03-02 09:00+07');
COPY part (id, area, received) FROM stdin;
22	south	2026-03-02 23:00+07
23	west	2026-03-02 23:00+07
\.
SELECT tableoid::regclass AS part, id, received, due, late FROM part ORDER BY id;
SELECT count(*) AS wrong FROM part WHERE kam.bangkok_date(due) IS DISTINCT FROM pg_temp.due(kam.bangkok_date(received), 5, 'office')
	OR late IS DISTINCT FROM CASE WHEN recorded - happened > 7 THEN recorded - happened - 7 WHEN recorded IS NOT NULL THEN 0 END;
-- an update that moves a row to another partition
UPDATE part SET area = 'south' WHERE id = 21 RETURNING tableoid::regclass, received, due;
UPDATE part SET area = 'west', received = '2025-12-30 09:00+07' WHERE id = 21 RETURNING tableoid::regclass, received, due;
UPDATE part SET received = '2026-03-03 09:00+07' WHERE id = 21 RETURNING tableoid::regclass, received, due;
UPDATE part SET area = 'north', due = '2026-03-31' WHERE id = 21 RETURNING tableoid::regclass, received, due;
UPDATE part SET area = 'south' WHERE id = 21 RETURNING tableoid::regclass, received, due;
UPDATE part SET area = 'east', received = NULL WHERE id = 21 RETURNING tableoid::regclass, received, due;
UPDATE part SET area = 'north', recorded = '2026-01-09', happened = '2026-01-01' WHERE id = 21 RETURNING tableoid::regclass, late;
UPDATE part_south SET received = '2026-03-05' WHERE id = 20 RETURNING due;
RESET timezone;
-- a row per table in the view, whatever its partitions
SELECT relation, rule, enabled, trigger_name FROM kam.attached_rule WHERE relation::text LIKE 'part%' ORDER BY relation::text, rule;
-- a rule is attached to the whole, and taken off it
\pset format unaligned
SELECT statement, pg_temp.refused(statement) FROM (VALUES
	($$SELECT kam.attach_response_deadline('part_north', 'received', 'due')$$),
	($$SELECT kam.attach_record_deadline('part_2026', 'happened', 'recorded', 'reject')$$),
	($$SELECT kam.detach_response_deadline('part_north')$$),
	($$SELECT kam.detach_record_deadline('part_2026')$$)
) AS s (statement);
\pset format aligned
-- a partition that leaves takes no rule along
ALTER TABLE part DETACH PARTITION part_north;
INSERT INTO part_north (id, area, received) VALUES (30, 'north', '2026-03-02');
SELECT received IS NULL AS received, due IS NULL AS due FROM part_north WHERE id = 30;
ALTER TABLE part ATTACH PARTITION part_north FOR VALUES IN ('north');
INSERT INTO part (id, area, received) VALUES (31, 'north', '2026-03-02 09:00+07');
SELECT kam.bangkok_date(due) FROM part_north WHERE id = 31;
-- the column that the rule writes cannot say where the row goes, at any level
CREATE TABLE by_due (id int, received date, due date, late boolean) PARTITION BY RANGE (due);
CREATE TABLE by_late (id int, happened date, recorded date, late boolean) PARTITION BY LIST (late);
CREATE TABLE by_year_of_due (id int, received date, due date) PARTITION BY RANGE (extract(year FROM due));
CREATE TABLE by_id_then_due (id int, received date, due date) PARTITION BY LIST (id);
CREATE TABLE by_id_then_due_1 PARTITION OF by_id_then_due FOR VALUES IN (1) PARTITION BY RANGE (due);
CREATE TABLE by_received (id int, received date, due date) PARTITION BY RANGE (received);
CREATE TABLE by_received_all PARTITION OF by_received DEFAULT;
\pset format unaligned
SELECT statement, pg_temp.refused(statement) FROM (VALUES
	($$SELECT kam.attach_response_deadline('by_due', 'received', 'due')$$),
	($$SELECT kam.attach_record_deadline('by_late', 'happened', 'recorded', 'flag', 'late')$$),
	($$SELECT kam.attach_response_deadline('by_year_of_due', 'received', 'due')$$),
	($$SELECT kam.attach_response_deadline('by_id_then_due', 'received', 'due')$$),
	($$SELECT kam.attach_response_deadline('by_received', 'received', 'due')$$)
) AS s (statement);
\pset format aligned
-- a record that is late already, moved by an update that leaves its days alone, is checked anew where it arrives
CREATE TABLE moved (id int, area text, happened date, recorded date) PARTITION BY LIST (area);
CREATE TABLE moved_a PARTITION OF moved FOR VALUES IN ('a');
CREATE TABLE moved_b PARTITION OF moved FOR VALUES IN ('b');
INSERT INTO moved VALUES (1, 'a', '2026-01-01', '2026-02-01');
SELECT kam.attach_record_deadline('moved', 'happened', 'recorded', 'reject');
UPDATE moved SET id = 2;
SELECT pg_temp.brief($$UPDATE moved SET area = 'b'$$);

-- ---- inheritance -----------------------------------------------------------

CREATE TABLE parent (id int, received date, due date, done date);
CREATE TABLE child (extra text) INHERITS (parent);
CREATE TABLE other_parent (id int, note text);
CREATE TABLE grandchild (id int, done date, gone int, due date, note text, received date, extra text);
ALTER TABLE grandchild DROP COLUMN gone;
ALTER TABLE grandchild INHERIT child, INHERIT other_parent;
SELECT kam.attach_response_deadline('parent', 'received', 'due', 'done', calendar => 'office');
INSERT INTO parent VALUES (1, '2026-03-02');
INSERT INTO child VALUES (2, '2026-03-03');
INSERT INTO grandchild (id, received) VALUES (3, '2026-03-04');
UPDATE parent SET received = received + 1;
SELECT tableoid::regclass, * FROM parent ORDER BY id;
SELECT relation, arguments ->> 'received_column' AS received, arguments ->> 'due_column' AS due FROM kam.attached_rule
WHERE relation IN ('parent'::regclass, 'child', 'grandchild') ORDER BY relation::text;
-- a child that comes later has no rule until it gets one of its own; nor does one that leaves lose it
CREATE TABLE late_child () INHERITS (parent);
INSERT INTO late_child VALUES (4, '2026-03-02');
SELECT kam.attach_response_deadline('late_child', 'received', 'due', 'done', 3, 'office');
INSERT INTO late_child VALUES (5, '2026-03-02');
SELECT id, due FROM late_child ORDER BY id;
ALTER TABLE grandchild NO INHERIT child;
INSERT INTO grandchild (id, received) VALUES (6, '2026-03-02');
SELECT due FROM grandchild WHERE id = 6;
ALTER TABLE grandchild INHERIT child;
-- detached from all that have the same rule, not from one with its own; attached to all again, where one of them has a rule already: refused
SELECT kam.detach_response_deadline('parent');
SELECT count(*) FROM kam.attached_rule WHERE relation IN ('parent'::regclass, 'child', 'grandchild', 'late_child');
SELECT kam.attach_response_deadline('child', 'received', 'due', calendar => 'office');
\pset format unaligned
SELECT pg_temp.refused($$SELECT kam.attach_response_deadline('parent', 'received', 'due', calendar => 'office')$$);
\pset format aligned
SELECT relation FROM kam.attached_rule WHERE relation IN ('parent'::regclass, 'child', 'grandchild', 'late_child') ORDER BY 1;

\set deadline_end :srcdir '/sql/include/deadline_end.sql'
\i :deadline_end
