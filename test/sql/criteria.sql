/*
 * kam.criteria: every subset of the eleven criteria (6.1.1.2), and the
 * algebra of sets. Comparison is in comparison.sql, names in label.sql.
 */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
CREATE SCHEMA criteria_test;
SET search_path = criteria_test;

/* The criteria, in the manual's order, and the bit of each on the wire. */
CREATE TABLE criterion (bit int, member text);
INSERT INTO criterion VALUES
	(0, 'voltage'), (1, 'monthly_bill'), (2, 'spp_risk'), (3, 'self_generation'), (4, 'related_business'),
	(5, 'national_strategy'), (6, 'nationwide_network'),
	(16, 'corporate_image'), (17, 'outage_damage'), (18, 'existing_key_account'), (19, 'discretionary');
SELECT member, kam.criteria(member), kam.criteria_send(kam.criteria(member)),
	kam.criteria_send(kam.criteria(member)) = int4send(1 << bit) AS right,
	pg_column_size(kam.criteria(member)) AS bytes
FROM criterion ORDER BY bit;

/* All 2048 subsets: their mask, members and text made here, the set read from the text. */
CREATE TABLE subset (mask int PRIMARY KEY, members text[], set kam.criteria);
INSERT INTO subset
SELECT mask, members, ('{' || array_to_string(members, ',') || '}')::kam.criteria
FROM generate_series(0, 2047) AS number,
	LATERAL (SELECT COALESCE(sum(1 << bit), 0)::int,
				COALESCE(array_agg(member ORDER BY bit), '{}')
			 FROM (SELECT *, row_number() OVER (ORDER BY bit) - 1 AS place FROM criterion) AS c
			 WHERE number >> place::int & 1 = 1) AS made (mask, members);
SELECT count(*), count(DISTINCT set) AS different, count(DISTINCT kam.criteria_hash(set)) AS hashes,
	count(DISTINCT kam.criteria_hash_extended(set, 1)) AS seeded_hashes, min(set), max(set) FROM subset;
SELECT array_agg(mask ORDER BY set) = array_agg(mask ORDER BY mask) AS ordered_by_mask FROM subset;

/* Text out and in, wire format, constructor, members() and cardinality() of all of them. */
SELECT count(*) FILTER (WHERE set::text = '{' || array_to_string(members, ',') || '}') AS text_out,
	count(*) FILTER (WHERE set::text::kam.criteria = set) AS text_in,
	count(*) FILTER (WHERE kam.criteria_send(set) = int4send(mask)) AS send,
	count(*) FILTER (WHERE kam.criteria(VARIADIC members) = set) AS constructor,
	count(*) FILTER (WHERE ARRAY(SELECT kam.members(set)) = members) AS members,
	count(*) FILTER (WHERE kam.cardinality(set) = cardinality(members)) AS cardinality
FROM subset;
\copy (SELECT mask, set FROM subset ORDER BY mask) TO PROGRAM 'cat >"$PG_ABS_BUILDDIR/results/criteria.data"' (FORMAT binary)
CREATE TABLE received (mask int, set kam.criteria);
\copy received FROM PROGRAM 'cat "$PG_ABS_BUILDDIR/results/criteria.data"' (FORMAT binary)
SELECT count(*) AS received FROM subset JOIN received USING (mask, set);

/* Reading: members in any order, blanks anywhere, every spelling. */
SELECT '{discretionary,voltage}'::kam.criteria, E' { Monthly_Bill\t,\n VOLTAGE } '::kam.criteria, '{ }'::kam.criteria,
	'｛ｖｏｌｔａｇｅ，ｍｏｎｔｈｌｙ＿ｂｉｌｌ｝'::kam.criteria;
SELECT way, count(*), bool_and(('{' || spelled || '}')::kam.criteria = kam.criteria(member)) AS right,
	bool_and(kam.criteria(spelled) = kam.criteria(member)) AS constructor_right
FROM criterion, pg_temp.spellings(member) WITH ORDINALITY AS spelling (way, spelled, place)
GROUP BY place, way ORDER BY place;

/* What is no set. */
\pset format unaligned
SELECT input, code, detail
FROM (VALUES
	(1, ''), (2, '  '), (3, 'voltage'), (4, '{'), (5, '}'), (6, '{voltage'), (7, 'voltage}'), (8, '{,}'),
	(9, '{voltage,}'), (10, '{,voltage}'), (11, '{voltage,,spp_risk}'), (12, '{voltage spp_risk}'),
	(13, '{voltage}x'), (14, '{voltage}{spp_risk}'), (15, '{{voltage}}'), (16, '{"voltage"}'), (17, '{voltage:1}'),
	(18, '{NULL}'), (19, '{ก}'), (20, '{vol tage}'), (21, '{voltage;spp_risk}'), (22, '3'),
	(23, '{voltage,VOLTAGE}'), (24, '{spp_risk,voltage,ｓｐｐ＿ｒｉｓｋ}'), (25, '{voltage,power}'), (26, '{Star}'),
	(27, U&'{volt\0430ge}'), (28, U&'{monthly_bill,sp\0440_risk}'), (29, U&'{\200B}')
) AS mistake (number, input), pg_temp.input_error('kam.criteria', input)
ORDER BY number;
\x on
SELECT * FROM pg_temp.input_error('kam.criteria', '{volume}');
SELECT * FROM pg_temp.error_of($$SELECT kam.criteria('voltage', 'voltage')$$);
SELECT * FROM pg_temp.error_of($$SELECT kam.criteria('voltage', 'volume')$$);
SELECT * FROM pg_temp.error_of($$SELECT kam.criteria('voltage', NULL)$$);
SET client_encoding = LATIN1;
\set VERBOSITY sqlstate
SELECT kam.criteria('voltage', NULL);
\set VERBOSITY default
RESET client_encoding;
SELECT * FROM pg_temp.error_of($$SELECT kam.criteria('voltage', '')$$);
SELECT * FROM pg_temp.error_of($$SELECT kam.criteria('voltage', 'spp_risk,monthly_bill')$$);
\x off
\pset format aligned

/*
 * The constructor's edges: no member, no array, two dimensions. A single
 * literal without a type is a cast in PostgreSQL, so it is read as a set.
 */
SELECT kam.criteria(VARIADIC '{}'::text[]), kam.criteria(VARIADIC NULL::text[]) IS NULL AS null_array,
	kam.criteria(VARIADIC '{{voltage,spp_risk},{monthly_bill,discretionary}}'::text[]) AS two_dimensions;
SELECT kam.criteria('voltage'::text) AS member, kam.criteria('voltage', 'spp_risk') AS members, kam.criteria('{voltage}') AS set;
SELECT kam.criteria('voltage');
SELECT count(*) AS members, count(DISTINCT set) AS sets FROM (VALUES (NULL::kam.criteria), ('{}')) AS v (set), kam.members(set);
SELECT kam.cardinality('{}') AS none, kam.cardinality(NULL) AS unknown;

/* A function in FROM, with its order; one row a member. */
SELECT number, member
FROM kam.members('{discretionary,corporate_image,voltage,nationwide_network}') WITH ORDINALITY AS m (member, number);

/* Text columns are inserted as they are. */
CREATE TABLE texts (t text, v varchar);
INSERT INTO texts VALUES ('{voltage}', '{ SPP_RISK }');
CREATE TABLE casts (t kam.criteria, v kam.criteria);
INSERT INTO casts SELECT t, v FROM texts;
INSERT INTO casts SELECT '{volume}', NULL FROM texts;
PREPARE insertion(text, varchar) AS INSERT INTO casts VALUES ($1, $2) RETURNING *;
EXECUTE insertion('{}', '{outage_damage}');
SELECT t::kam.criteria, CAST(v AS kam.criteria) FROM texts;
/* Neither a text nor an array is taken for a set, nor a set for either. */
SELECT '{voltage}'::kam.criteria @> 'voltage'::text;
SELECT '{voltage}'::kam.criteria && ARRAY['voltage'];
SELECT '{voltage,spp_risk}'::kam.criteria @> '{voltage}' AS set, '{{voltage}}'::text[] @> '{voltage}' AS text_array;

/*
 * The operators, against the same on masks: all pairs of every seventh
 * subset with every subset.
 */
SELECT count(*) AS pairs,
	count(*) FILTER (WHERE kam.criteria_send(a.set | b.set) = int4send(a.mask | b.mask)) AS union_,
	count(*) FILTER (WHERE kam.criteria_send(a.set & b.set) = int4send(a.mask & b.mask)) AS intersection,
	count(*) FILTER (WHERE kam.criteria_send(a.set - b.set) = int4send(a.mask & ~b.mask)) AS difference,
	count(*) FILTER (WHERE (a.set @> b.set) = (a.mask & b.mask = b.mask)) AS contains,
	count(*) FILTER (WHERE (a.set <@ b.set) = (a.mask & b.mask = a.mask)) AS contained,
	count(*) FILTER (WHERE (a.set && b.set) = (a.mask & b.mask <> 0)) AS overlaps
FROM subset AS a, subset AS b
WHERE a.mask % 7 = 0;

/* And against what arrays say of the members, on fewer pairs. */
SELECT count(*) AS pairs,
	count(*) FILTER (WHERE (a.set @> b.set) = (a.members @> b.members)) AS contains,
	count(*) FILTER (WHERE (a.set <@ b.set) = (a.members <@ b.members)) AS contained,
	count(*) FILTER (WHERE (a.set && b.set) = (a.members && b.members)) AS overlaps,
	count(*) FILTER (WHERE (a.set = b.set) = (a.members = b.members)) AS equal
FROM subset AS a, subset AS b
WHERE a.mask % 31 = 0 AND b.mask % 13 = 0;

/* Laws. */
SELECT count(*) AS pairs,
	count(*) FILTER (WHERE (a.set - b.set) | (a.set & b.set) = a.set) AS parts_make_the_whole,
	count(*) FILTER (WHERE (a.set - b.set) & b.set = '{}') AS difference_is_disjoint,
	count(*) FILTER (WHERE (a.set @> b.set) = (b.set - a.set = '{}')) AS contains_means_nothing_left,
	count(*) FILTER (WHERE (a.set @> b.set) = (b.set <@ a.set)) AS commutators,
	count(*) FILTER (WHERE (a.set && b.set) = (a.set & b.set <> '{}')) AS overlap_means_common_member,
	count(*) FILTER (WHERE a.set & b.set = b.set & a.set AND a.set | b.set = b.set | a.set) AS commutative,
	count(*) FILTER (WHERE a.set & (a.set | b.set) = a.set AND a.set | (a.set & b.set) = a.set) AS absorption,
	count(*) FILTER (WHERE kam.cardinality(a.set | b.set) + kam.cardinality(a.set & b.set)
		= kam.cardinality(a.set) + kam.cardinality(b.set)) AS cardinalities_add
FROM subset AS a, subset AS b
WHERE a.mask % 5 = 0 AND b.mask % 11 = 0;
SELECT NULL | '{voltage}'::kam.criteria AS union_, '{voltage}'::kam.criteria @> NULL AS contains;

/* The union aggregate: none, NULLs, groups, a window; and what the bits say. */
SELECT kam.criteria_union(set) FROM subset WHERE false;
SELECT kam.criteria_union(NULL) FROM subset;
SELECT kam.criteria_union(set) FROM (VALUES (NULL::kam.criteria), ('{voltage}'), (NULL), ('{discretionary,voltage}')) AS v (set);
SELECT kam.criteria_union(set) = kam.criteria(VARIADIC ARRAY(SELECT member FROM criterion)) AS all_of_them FROM subset;
SELECT count(*) AS groups, count(*) FILTER (WHERE kam.criteria_send(union_) = int4send(bits)) AS right
FROM (SELECT kam.criteria_union(set), bit_or(mask) FROM subset WHERE mask % 3 = 0 GROUP BY mask % 97) AS g (union_, bits);
SELECT set, kam.criteria_union(set) OVER (ORDER BY number ROWS 1 PRECEDING)
FROM (VALUES (1, '{voltage}'::kam.criteria), (2, '{spp_risk}'), (3, NULL), (4, NULL), (5, '{}')) AS v (number, set);

/* The same by parallel workers. */
CREATE TABLE many AS
SELECT set, number % 10 AS kind FROM subset, generate_series(1, 10) AS number WHERE number % 10 <> 3 OR mask < 64;
ANALYZE many;
CREATE TABLE serial_answer AS
SELECT kind, kam.criteria_union(set), count(DISTINCT set), min(set), max(set) FROM many GROUP BY kind;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SET parallel_leader_participation = off;
SELECT pg_temp.plan_has('SELECT kind, kam.criteria_union(set) FROM many GROUP BY kind', 'Gather')
	OR pg_temp.plan_has('SELECT kind, kam.criteria_union(set) FROM many GROUP BY kind', 'Gather Merge') AS in_parallel;
SELECT kam.criteria_union(set) FROM many WHERE kind = 3;
SELECT count(*) FROM (SELECT kind, kam.criteria_union(set) FROM many GROUP BY kind) AS p JOIN serial_answer USING (kind, criteria_union);

/* Wrong bytes: a bit of a later revision (7, 20) or of none, and more or fewer than four bytes. */
\x on
\pset format unaligned
SELECT wire, value, code, message, detail, hint
FROM (VALUES ('\x00000000'::bytea), ('\x000f007f'), ('\x00000080'), ('\x00100000'), ('\x80000000'), ('\xffffffff'),
	('\x01000000'), ('\x0000000001'), ('\x000000'), ('')) AS bytes (wire),
	pg_temp.receive('kam.criteria', wire)
ORDER BY wire;
