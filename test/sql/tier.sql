/*
 * kam.tier: every value, read and written (6.1.1).
 * Comparison is in comparison.sql, names and definitions in label.sql.
 */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
CREATE SCHEMA tier_test;
SET search_path = tier_test;

/* All values, in order; text out and in again. */
CREATE TABLE tiers (position int, tier kam.tier);
INSERT INTO tiers VALUES (1, 'Streamline'), (2, 'Status'), (3, 'Star'), (4, 'Strategic');
SELECT position, tier, tier::text::kam.tier = tier AS same, pg_column_size(tier) AS bytes
FROM tiers ORDER BY tier;

/* Every label, in every spelling: one line a way, all four labels in it. */
SELECT way, array_agg(spelled::kam.tier ORDER BY position) AS tiers,
	bool_and(spelled::kam.tier = tier) AS right
FROM tiers, pg_temp.spellings(tier::text) WITH ORDINALITY AS spelling (way, spelled, place)
GROUP BY place, way ORDER BY place;

/* All else is 22P02, with what is known as a hint. */
\pset format unaligned
SELECT input, code, message, detail, hint
FROM (VALUES
	(1, ''), (2, '   '), (3, 'S'), (4, 'Stars'), (5, 'Sta r'), (6, 'Star,Status'), (7, '{Star}'),
	(8, '3'), (9, 'NULL'), (10, '"Star"'), (11, 'Star.'), (12, 'High'), (13, 'ดาว')
) AS mistake (number, input), pg_temp.input_error('kam.tier', input)
ORDER BY number;

/* Letters of another script that look the same are told from a wrong label; so is what cannot be seen. */
SELECT mistake, code, detail
FROM (VALUES
	(1, 'Cyrillic a', U&'St\0430r'),
	(2, 'Cyrillic dze', U&'\0405tatus'),
	(3, 'Cyrillic a among full-width letters', U&'\FF33\FF54\0430\FF52'),
	(4, 'Cyrillic ie and i', U&'Str\0435aml\0456ne'),
	(5, 'zero-width space alone', U&'\200B'),
	(6, 'accent', U&'Sta\0301r'),
	(7, 'capitals, all but R Cyrillic', U&'\0405\0422\0410R')
) AS mistakes (number, mistake, input), pg_temp.input_error('kam.tier', input)
ORDER BY number;
\pset format aligned

/* Very long input is refused as fast as any. */
SELECT code, length(message) FROM pg_temp.input_error('kam.tier', repeat(' ', 100000) || 'x');
SELECT code, length(message) FROM pg_temp.input_error('kam.tier', repeat('ด', 100000));
SELECT code, length(message) FROM pg_temp.input_error('kam.tier', repeat(U&'\FDFA', 1300)); -- each folds to 18 letters

/* A client whose encoding lacks what the label folds to (Greek mu, of the micro sign) is told of the label all the same. */
SET client_encoding = LATIN1;
\set VERBOSITY sqlstate
SELECT U&'\00B5'::kam.tier;
\set VERBOSITY default
RESET client_encoding;

/* Text columns are inserted and assigned as they are; elsewhere one casts. */
CREATE TABLE texts (t text, v varchar, b char(12));
INSERT INTO texts SELECT tier, upper(tier::text), lower(tier::text) FROM tiers;
CREATE TABLE casts (t kam.tier, v kam.tier, b kam.tier);
INSERT INTO casts SELECT t, v, b FROM texts;
UPDATE casts SET v = 'Star'::text WHERE v = 'Star';
SELECT * FROM casts ORDER BY t;
SELECT t::kam.tier, v::kam.tier, b::kam.tier, CAST(t AS kam.tier)::varchar(3), CAST(t AS kam.tier)::char(3)
FROM texts ORDER BY 1;
INSERT INTO casts SELECT 'Gold'::text, NULL, NULL;
SELECT * FROM casts WHERE t = 'Star'::text;

/* What drivers send: a parameter declared as text is inserted, one of no type is compared. */
PREPARE insertion(text, varchar) AS INSERT INTO casts (t, v) VALUES ($1, $2) RETURNING t, v;
EXECUTE insertion('status', NULL);
PREPARE comparison AS SELECT count(*) FROM casts WHERE t = $1;
EXECUTE comparison('STATUS');

/* In text for people, and where text is looked into. */
SELECT 'Star'::kam.tier || ' account' AS concatenated, format('%s of %s', 1, 'Star'::kam.tier),
	string_agg(tier::text, ', ' ORDER BY tier DESC), count(*) FILTER (WHERE tier::text LIKE 'St%') FROM tiers;

/* In arrays, domains, defaults, generated columns, JSON. */
SELECT '{Star,NULL,status}'::kam.tier[], 'Star' = ANY ('{Star,Status}'::kam.tier[]) AS found;
CREATE DOMAIN counted_tier AS kam.tier CHECK (VALUE > 'Streamline');
SELECT 'Star'::counted_tier;
SELECT 'Streamline'::counted_tier;
CREATE TABLE defaults (id int, tier kam.tier NOT NULL DEFAULT 'Streamline',
	is_counted boolean GENERATED ALWAYS AS (tier > 'Streamline') STORED);
INSERT INTO defaults VALUES (1, DEFAULT), (2, 'Star');
SELECT to_json(d) FROM defaults AS d ORDER BY id;
SELECT * FROM jsonb_populate_record(NULL::defaults, '{"id": 3, "tier": "STRATEGIC"}');
CREATE TYPE tier_range AS RANGE (subtype = kam.tier);
SELECT '[Status,Star]'::tier_range @> tier AS within, tier FROM tiers ORDER BY tier;

/* The wire format: a byte, 1 for the lowest. */
SELECT tier, kam.tier_send(tier) FROM tiers ORDER BY tier;
\copy (SELECT tier FROM tiers) TO PROGRAM 'cat >"$PG_ABS_BUILDDIR/results/tier.data"' (FORMAT binary)
CREATE TABLE received (tier kam.tier);
\copy received FROM PROGRAM 'cat "$PG_ABS_BUILDDIR/results/tier.data"' (FORMAT binary)
TABLE received ORDER BY tier;
\copy (SELECT array_agg(tier ORDER BY tier) || NULL::kam.tier FROM tiers) TO PROGRAM 'cat >"$PG_ABS_BUILDDIR/results/tier.data"' (FORMAT binary)
CREATE TABLE received_array (tiers kam.tier[]);
\copy received_array FROM PROGRAM 'cat "$PG_ABS_BUILDDIR/results/tier.data"' (FORMAT binary)
TABLE received_array;

/* Wrong bytes, and more or fewer than one. */
\x on
\pset format unaligned
SELECT wire, value, code, message, hint
FROM (VALUES ('\x00'::bytea), ('\x01'), ('\x04'), ('\x05'), ('\x7f'), ('\x81'), ('\xff'), ('\x0101'), ('')) AS bytes (wire),
	pg_temp.receive('kam.tier', wire)
ORDER BY wire;
