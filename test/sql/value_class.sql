/*
 * kam.value_class: every value, read and written (6.1.1.1).
 * Comparison is in comparison.sql, names and definitions in label.sql.
 */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
CREATE SCHEMA value_class_test;
SET search_path = value_class_test;

/* All values, in order; text out and in again. */
CREATE TABLE classes (position int, class kam.value_class, letter text);
INSERT INTO classes VALUES (1, 'Low', 'L'), (2, 'Medium', 'M'), (3, 'High', 'H');
SELECT position, class, class::text::kam.value_class = class AS same, letter::kam.value_class = class AS letter_same,
	pg_column_size(class) AS bytes
FROM classes ORDER BY class;

/* Every label and its letter, in every spelling: one line a way, all three classes in it, twice. */
SELECT way, array_agg(spelled::kam.value_class ORDER BY position) AS classes,
	bool_and(spelled::kam.value_class = class) AS right
FROM classes, unnest(ARRAY[class::text, letter]) AS label,
	pg_temp.spellings(label) WITH ORDINALITY AS spelling (way, spelled, place)
GROUP BY place, way ORDER BY place;

/* All else is 22P02, with what is known as a hint. */
\pset format unaligned
SELECT input, code, message, detail, hint
FROM (VALUES
	(1, ''), (2, E' \t '), (3, 'Hi'), (4, 'HM'), (5, 'H M'), (6, 'Med'), (7, '{High}'), (8, '1'), (9, 'A'),
	(10, 'Strategic'), (11, 'none'), (12, 'สูง'), (13, '高')
) AS mistake (number, input), pg_temp.input_error('kam.value_class', input)
ORDER BY number;

/* Letters of another script that look the same are told from a wrong label. */
SELECT mistake, code, detail
FROM (VALUES
	(1, 'Cyrillic i', U&'H\0456gh'),
	(2, 'Cyrillic o', U&'L\043Ew'),
	(3, 'Greek omicron', U&'L\03BFw'),
	(4, 'Cyrillic ie', U&'M\0435dium'),
	(5, 'byte order mark alone', U&'\FEFF'),
	(6, 'capital Cyrillic en', U&'\041DIGH')
) AS mistakes (number, mistake, input), pg_temp.input_error('kam.value_class', input)
ORDER BY number;
\pset format aligned

/* Text columns are inserted and assigned as they are; elsewhere one casts. */
CREATE TABLE texts (t text, v varchar, b char(12));
INSERT INTO texts SELECT class, letter, lower(class::text) FROM classes;
CREATE TABLE casts (t kam.value_class, v kam.value_class, b kam.value_class);
INSERT INTO casts SELECT t, v, b FROM texts;
UPDATE casts SET v = 'm'::text WHERE v = 'Medium';
SELECT * FROM casts ORDER BY t;
SELECT t::kam.value_class, v::kam.value_class, b::kam.value_class, CAST(v AS kam.value_class)::varchar(3),
	CAST(v AS kam.value_class)::char(3)
FROM texts ORDER BY 1;
INSERT INTO casts SELECT 'Huge'::text, NULL, NULL;

/* A tier is no value class, whatever the text says. */
SELECT 'Star'::kam.tier = 'High'::kam.value_class;
SELECT 'High'::kam.value_class::kam.tier;

/* What drivers send: a parameter declared as text is inserted, one of no type is compared. */
PREPARE insertion(text, varchar) AS INSERT INTO casts (t, v) VALUES ($1, $2) RETURNING t, v;
EXECUTE insertion('h', NULL);
PREPARE comparison AS SELECT count(*) FROM casts WHERE t = $1;
EXECUTE comparison('HIGH');

/* In arrays and JSON. */
SELECT '{H,NULL,low}'::kam.value_class[], to_json(class) FROM classes ORDER BY class LIMIT 1;

/* The wire format: a byte, 1 for the lowest. */
SELECT class, kam.value_class_send(class) FROM classes ORDER BY class;
\copy (SELECT class FROM classes) TO PROGRAM 'cat >"$PG_ABS_BUILDDIR/results/value_class.data"' (FORMAT binary)
CREATE TABLE received (class kam.value_class);
\copy received FROM PROGRAM 'cat "$PG_ABS_BUILDDIR/results/value_class.data"' (FORMAT binary)
TABLE received ORDER BY class;

/* Wrong bytes, and more or fewer than one. */
\x on
\pset format unaligned
SELECT wire, value, code, message, hint
FROM (VALUES ('\x00'::bytea), ('\x01'), ('\x03'), ('\x04'), ('\x48'), ('\x81'), ('\xff'), ('\x0101'), ('')) AS bytes (wire),
	pg_temp.receive('kam.value_class', wire)
ORDER BY wire;
