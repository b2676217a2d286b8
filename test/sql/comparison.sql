/*
 * Comparison of all seven types: operators, operator classes, indexes, joins,
 * min and max. Every check is made of every type: in the query, TYPE stands
 * for the type, TYPE_value for a table of distinct values with their place in
 * the order, TYPE_row for a larger table of them, with NULLs.
 */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
CREATE SCHEMA comparison_test;
SET search_path = comparison_test;
SET jit = off; -- enable_seqscan = off makes plans look worth compiling

CREATE FUNCTION of_every_type(query text, OUT type text, OUT answer text) RETURNS SETOF record
LANGUAGE plpgsql AS $$
BEGIN
	FOREACH type IN ARRAY '{tier,value_class,criteria,portfolio,rate,satisfaction,kasm_matrix}'::text[] LOOP
		EXECUTE replace(query, 'TYPE', type) INTO answer;
		RETURN NEXT;
	END LOOP;
END
$$;
CREATE FUNCTION of_every_operator(query text, OUT operator text, OUT type text, OUT answer text) RETURNS SETOF record
LANGUAGE sql AS $$
	SELECT operator, of.*
	FROM unnest('{<,<=,=,>=,>}'::text[]) AS operator, comparison_test.of_every_type(replace(query, 'OPERATOR', operator)) AS of;
$$;
CREATE PROCEDURE do_for_every_type(command text)
LANGUAGE plpgsql AS $$
DECLARE
	type text;
BEGIN
	FOREACH type IN ARRAY '{tier,value_class,criteria,portfolio,rate,satisfaction,kasm_matrix}'::text[] LOOP
		EXECUTE replace(command, 'TYPE', type);
	END LOOP;
END
$$;

/*
 * The values and their places as the manual and the documentation order
 * them, found without the operators: all tiers, all classes, all sets of
 * seven of the criteria, and portfolios, rates, scores and matrices up to
 * the end of bigint.
 */
CREATE TABLE tier_value AS SELECT value::kam.tier, place::bigint
FROM (VALUES ('Streamline', 1), ('Status', 2), ('Star', 3), ('Strategic', 4)) AS v (value, place);
CREATE TABLE value_class_value AS SELECT value::kam.value_class, place::bigint
FROM (VALUES ('Low', 1), ('Medium', 2), ('High', 3)) AS v (value, place);
CREATE TABLE criteria_value AS
SELECT kam.criteria(VARIADIC members) AS value, mask + 1::bigint AS place
FROM generate_series(0, 127) AS mask,
	LATERAL (SELECT COALESCE(array_agg(member), '{}')
			 FROM unnest('{voltage,monthly_bill,spp_risk,nationwide_network,corporate_image,existing_key_account,discretionary}'::text[])
				WITH ORDINALITY AS m (member, number)
			 WHERE mask >> number::int - 1 & 1 = 1) AS s (members);
CREATE TABLE portfolio_value AS
SELECT kam.portfolio(a, b, c, d) AS value, row_number() OVER (ORDER BY a, b, c, d) AS place
FROM unnest('{0,1,2,9223372036854775807}'::bigint[]) AS a, unnest('{0,1,255,256}'::bigint[]) AS b,
	unnest('{0,3,9223372036854775807}'::bigint[]) AS c, unnest('{0,1,4294967296}'::bigint[]) AS d;
CREATE TABLE rate_value AS
WITH r AS (
	SELECT done, due
	FROM unnest('{0,1,2,3,7,45,50,90,4294967296,9223372036854775806,9223372036854775807}'::bigint[]) AS done,
		unnest('{0,1,2,3,6,7,50,100,180,8589934592,9223372036854775806,9223372036854775807}'::bigint[]) AS due
	WHERE done <= due
)
SELECT kam.rate(done, due) AS value,
	(SELECT count(*) + 1 FROM r AS b
	 WHERE b.due = 0 AND r.due > 0
		OR b.due > 0 AND r.due > 0 AND b.done::numeric * r.due < r.done::numeric * b.due
		OR b.due > 0 AND r.due > 0 AND b.done::numeric * r.due = r.done::numeric * b.due AND b.due < r.due) AS place
FROM r;
CREATE TABLE satisfaction_value AS
WITH s AS (
	SELECT DISTINCT count(score) AS n, sum(score) AS s, sum(score * score) AS q, scale
	FROM unnest('{0.0003,4.5,5,5.0001,922337203685477.5807}'::numeric[]) AS scale, generate_series(1, 80) AS bag,
		generate_series(0, bag % 4) AS place, LATERAL (SELECT trunc(scale * ((bag * 7 + place * place * bag % 5) % 4) / 3, 4)) AS v (score)
	GROUP BY scale, bag
	HAVING sum(score) <= 922337203685477.5807
	UNION ALL
	VALUES (9223372036854775807, 0.0000, 0.0000, 5), (9223372036854775806, 0.0000, 0.0000, 5), (0, 0, 0, 0)
)
SELECT kam.satisfaction(n, s, q, scale) AS value,
	(SELECT count(*) + 1 FROM s AS b
	 WHERE b.scale < s.scale
		OR b.scale = s.scale AND (b.s * s.n < s.s * b.n OR b.s * s.n = s.s * b.n AND (b.n < s.n OR b.n = s.n AND b.q < s.q))) AS place
FROM s;
CREATE TABLE kasm_matrix_value AS
SELECT kam.kasm_matrix(a, b, c, b, c % 2, a % 3, d, 1 - d) AS value, row_number() OVER (ORDER BY a, b, c, d) AS place
FROM unnest('{0,1,2,9223372036854775807}'::bigint[]) AS a, unnest('{0,1,255,256}'::bigint[]) AS b,
	unnest('{0,3,9223372036854775807}'::bigint[]) AS c, unnest('{0,1}'::bigint[]) AS d;
CALL do_for_every_type($$
	CREATE TABLE TYPE_row AS
	SELECT id, value, place
	FROM (SELECT id, CASE WHEN id % 3 = 0 THEN id * id / 7 ELSE id / 3 END % (SELECT count(*) + 1 FROM TYPE_value) AS number FROM generate_series(1, 2400) AS id) AS r
		LEFT JOIN (SELECT value, place, row_number() OVER (ORDER BY place) AS number FROM TYPE_value) AS v USING (number)$$);
CALL do_for_every_type('ANALYZE TYPE_row');
SELECT * FROM of_every_type($$
	SELECT format('%s values, %s of them in %s rows, and %s NULLs', (SELECT count(DISTINCT place) FROM TYPE_value),
		count(DISTINCT place), count(value), count(*) - count(value)) FROM TYPE_row$$);

/* The operator classes are the default, complete, and right in the eyes of amvalidate(). */
SELECT amname, opcname, opcintype::regtype, opcdefault, amvalidate(c.oid),
	(SELECT string_agg(amopopr::regoper::text, ' ' ORDER BY amopstrategy) FROM pg_amop WHERE amopfamily = opcfamily) AS operators,
	(SELECT string_agg(amprocnum::text, ' ' ORDER BY amprocnum) FROM pg_amproc
	 WHERE amprocfamily = opcfamily AND (amprocnum < 6 OR amname <> 'btree')) AS functions
FROM pg_opclass AS c JOIN pg_am AS am ON am.oid = opcmethod
WHERE opcnamespace = 'kam'::regnamespace
ORDER BY amname, opcname;

/* Every operator has its commutator, negator and estimators; = hashes and merges. */
SELECT oprname, count(*) AS types, bool_and(oprleft = oprright) AS of_one_type, min(oprcom::regoper::text) AS commutator,
	min(oprnegate::regoper::text) AS negator, min(oprrest::text) AS restrict, min(oprjoin::text) AS join_,
	count(DISTINCT (oprcom::regoper, oprnegate::regoper, oprrest, oprjoin)) AS variants,
	bool_and(oprcanhash) AS hashes, bool_and(oprcanmerge) AS merges
FROM pg_operator
WHERE oprleft IN (SELECT oid FROM pg_type WHERE typnamespace = 'kam'::regnamespace) AND oprresult = 'boolean'::regtype
GROUP BY oprname ORDER BY oprname;

/* Comparison cannot fail and tells nothing: it is leakproof, so that row security lets an index use it. */
SELECT count(*) AS functions, bool_and(proleakproof) AS all_leakproof
FROM pg_proc
WHERE oid IN (
	SELECT oprcode FROM pg_operator
	WHERE oprleft IN (SELECT oid FROM pg_type WHERE typnamespace = 'kam'::regnamespace) AND oprresult = 'boolean'::regtype
	UNION
	SELECT amproc FROM pg_amproc JOIN pg_opclass ON opcfamily = amprocfamily JOIN pg_am AS am ON am.oid = opcmethod
	WHERE opcnamespace = 'kam'::regnamespace AND (amprocnum NOT IN (4, 6) OR amname <> 'btree'));

/* All pairs of values, by all operators and functions, against their places. */
SELECT * FROM of_every_type($$
	SELECT format('%s pairs, %s wrong', count(*), count(*) FILTER (WHERE
		(a.value = b.value) <> (a.place = b.place) OR (a.value <> b.value) <> (a.place <> b.place)
		OR (a.value < b.value) <> (a.place < b.place) OR (a.value <= b.value) <> (a.place <= b.place)
		OR (a.value > b.value) <> (a.place > b.place) OR (a.value >= b.value) <> (a.place >= b.place)
		OR sign(kam.TYPE_cmp(a.value, b.value)) <> sign(a.place - b.place)
		OR (kam.TYPE_larger(a.value, b.value) = a.value) <> (a.place >= b.place)
		OR (kam.TYPE_smaller(a.value, b.value) = a.value) <> (a.place <= b.place)))
	FROM TYPE_value AS a, TYPE_value AS b$$);

/* Hashes: one for each value, with any seed; the lower half of that with seed 0 is the plain one. */
SELECT * FROM of_every_type($$
	SELECT format('%s values, %s hashes, %s and %s with a seed, lower half %s', count(*),
		count(DISTINCT kam.TYPE_hash(value)), count(DISTINCT kam.TYPE_hash_extended(value, 0)),
		count(DISTINCT kam.TYPE_hash_extended(value, 8543)),
		bool_and(kam.TYPE_hash_extended(value, 0) & 4294967295 = kam.TYPE_hash(value)::bigint & 4294967295))
	FROM TYPE_value$$);
SELECT * FROM of_every_type($$
	SELECT format('%s pairs, %s wrong', count(*), count(*) FILTER (WHERE
		(kam.TYPE_hash(a.value) = kam.TYPE_hash(b.value)) <> (a.value = b.value)
		OR (kam.TYPE_hash_extended(a.value, 1) = kam.TYPE_hash_extended(b.value, 1)) <> (a.value = b.value)))
	FROM TYPE_row AS a, TYPE_row AS b WHERE a.id % 20 = 0 AND b.id % 20 = 1$$);

/* Sorted as the places are, both ways, NULLs where they are asked for, in memory and on disk. */
SELECT * FROM of_every_type($$
	SELECT array_agg(place ORDER BY value, id) = array_agg(place ORDER BY place, id)
		AND array_agg(place ORDER BY value DESC NULLS LAST, id) = array_agg(place ORDER BY place DESC NULLS LAST, id)
		AND array_agg(place ORDER BY value NULLS FIRST, id) = array_agg(place ORDER BY place NULLS FIRST, id)
	FROM TYPE_row$$);
SET work_mem = '64kB';
SELECT * FROM of_every_type($$
	SELECT format('%s rows, %s out of order', count(*), count(*) FILTER (WHERE previous > place)) FROM (
		SELECT place, lag(place) OVER (ROWS UNBOUNDED PRECEDING) AS previous
		FROM (SELECT place FROM TYPE_row, generate_series(1, 3) ORDER BY value) AS sorted) AS neighbours$$);
RESET work_mem;

/* DISTINCT and GROUP BY, by hash and by sort; set operations. */
SET enable_sort = off;
SELECT * FROM of_every_type($$
	SELECT format('%s groups, %s wrong', count(*), count(*) FILTER (WHERE g.count <> (SELECT count(*) FROM TYPE_row AS r
		WHERE r.place IS NOT DISTINCT FROM g.place)))
	FROM (SELECT value, min(place) AS place, count(*) FROM TYPE_row GROUP BY value) AS g$$);
RESET enable_sort;
SET enable_hashagg = off;
SELECT * FROM of_every_type($$
	SELECT format('%s groups, %s wrong', count(*), count(*) FILTER (WHERE g.count <> (SELECT count(*) FROM TYPE_row AS r
		WHERE r.place IS NOT DISTINCT FROM g.place)))
	FROM (SELECT value, min(place) AS place, count(*) FROM TYPE_row GROUP BY value) AS g$$);
RESET enable_hashagg;
SELECT * FROM of_every_type($$
	SELECT (SELECT count(DISTINCT value) FROM TYPE_row) = (SELECT count(DISTINCT place) FROM TYPE_row)
		AND (SELECT count(*) FROM (SELECT value FROM TYPE_row INTERSECT SELECT value FROM TYPE_value) AS i)
			= (SELECT count(DISTINCT place) FROM TYPE_row)$$);

/* Joins of every kind find the pairs that a join of the places finds. */
CREATE TABLE right_pairs AS SELECT * FROM of_every_type($$
	SELECT count(*) FROM TYPE_row AS a JOIN TYPE_row AS b USING (place) WHERE a.id < 800 AND b.id < 900$$);
CREATE VIEW join_check AS
SELECT type, kind, pairs.answer = r.answer AS right
FROM unnest('{Hash Join,Merge Join,Nested Loop}'::text[]) AS kind,
	of_every_type(format($$SELECT pg_temp.plan_has('SELECT FROM TYPE_row AS a JOIN TYPE_row AS b USING (value)', %L)$$, kind)) AS plan
	JOIN of_every_type($$SELECT count(*) FROM TYPE_row AS a JOIN TYPE_row AS b USING (value) WHERE a.id < 800 AND b.id < 900$$) AS pairs USING (type)
	JOIN right_pairs AS r USING (type)
WHERE plan.answer = 'true'
ORDER BY type, kind;
SET enable_mergejoin = off;
SET enable_nestloop = off;
TABLE join_check;
RESET enable_mergejoin;
SET enable_hashjoin = off;
TABLE join_check;
RESET enable_nestloop;
SET enable_mergejoin = off;
TABLE join_check;
RESET enable_hashjoin;
RESET enable_mergejoin;

/* What the planner expects of an analysed column is near what is there: within a half and the double. */
SELECT operator, type, answer FROM of_every_operator($$
	SELECT format('%s estimates, %s far off', count(*), count(*) FILTER (WHERE expected NOT BETWEEN actual / 2 - 10 AND actual * 2 + 10))
	FROM (SELECT pg_temp.expected_rows(format('SELECT FROM TYPE_row WHERE value OPERATOR %L', value)) AS expected,
			(SELECT count(*) FROM TYPE_row AS r WHERE r.place OPERATOR v.place) AS actual
		  FROM TYPE_value AS v WHERE place % 5 IN (1, 4)) AS e$$)
ORDER BY type, operator;
SELECT count(*) AS estimates,
	count(*) FILTER (WHERE pg_temp.expected_rows(format('SELECT FROM criteria_row WHERE value @> %L', value))
		BETWEEN actual / 2 - 10 AND actual * 2 + 10) AS near
FROM (SELECT v.value, (SELECT count(*) FROM criteria_row AS r WHERE r.value @> v.value) AS actual
	  FROM criteria_value AS v WHERE place % 5 = 3) AS e;
SELECT type, answer FROM of_every_type($$
	SELECT expected BETWEEN actual / 2 AND actual * 2
	FROM pg_temp.expected_rows('SELECT FROM TYPE_row AS a JOIN TYPE_row AS b USING (value)') AS expected,
		(SELECT sum(a.count * b.count)
		 FROM (SELECT place, count(*) FROM TYPE_row GROUP BY place) AS a JOIN (SELECT place, count(*) FROM TYPE_row GROUP BY place) AS b
			USING (place)) AS a (actual)$$);

/* A B-tree index is used for every operator, for order, for min and max, and finds what is there. */
CALL do_for_every_type('CREATE INDEX TYPE_btree ON TYPE_row USING btree (value)');
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SELECT operator, answer AS index_used, string_agg(type, ' ') AS types FROM of_every_operator($$
	SELECT pg_temp.plan_has(format('SELECT value FROM TYPE_row WHERE value OPERATOR %L', value), 'Index Only Scan')
	FROM TYPE_value WHERE place = 2$$)
GROUP BY operator, answer ORDER BY operator;
SELECT operator, answer AS wrong, string_agg(type, ' ') AS types FROM of_every_operator($$
	SELECT count(*) FILTER (WHERE (SELECT count(*) FROM TYPE_row AS r WHERE r.value OPERATOR v.value)
		<> (SELECT count(*) FROM TYPE_row AS r WHERE r.place OPERATOR v.place))
	FROM TYPE_value AS v WHERE place < 40$$)
GROUP BY operator, answer ORDER BY operator;
SELECT * FROM of_every_type($$
	SELECT format('min and max by index: %s, order by index: %s and %s',
		pg_temp.plan_has('SELECT min(value), max(value) FROM TYPE_row', 'Index Only Scan'),
		NOT pg_temp.plan_has('SELECT value FROM TYPE_row ORDER BY value', 'Sort'),
		(SELECT array_agg(place) FROM (SELECT place FROM TYPE_row ORDER BY value) AS by_index)
			= (SELECT array_agg(place ORDER BY place) FROM TYPE_row))$$);
SELECT * FROM of_every_type('SELECT format(''%s to %s'', min(value), max(value)) FROM TYPE_row');
SELECT * FROM of_every_type('SELECT count(*) = (SELECT count(*) FROM TYPE_row WHERE place IN (1, 3)) FROM TYPE_row
	WHERE value = ANY (ARRAY(SELECT value FROM TYPE_value WHERE place IN (1, 3)))');
RESET enable_seqscan;
RESET enable_bitmapscan;

/* Equal entries are stored once. */
CALL do_for_every_type('CREATE INDEX TYPE_repeating ON TYPE_row USING btree (value) WITH (deduplicate_items = off)');
SELECT * FROM of_every_type('SELECT pg_relation_size(''TYPE_btree'') < pg_relation_size(''TYPE_repeating'') * 0.75');
CALL do_for_every_type('DROP INDEX TYPE_btree, TYPE_repeating');

/* min and max without an index, of none, and of NULLs alone. */
SELECT * FROM of_every_type($$
	SELECT min(value) = (SELECT value FROM TYPE_value ORDER BY place LIMIT 1)
		AND max(value) = (SELECT value FROM TYPE_value ORDER BY place DESC LIMIT 1)
		AND min(value) FILTER (WHERE id < 0) IS NULL AND max(value) FILTER (WHERE value IS NULL) IS NULL
	FROM TYPE_row$$);

/* A hash index finds what is there. */
CALL do_for_every_type('CREATE INDEX TYPE_hashed ON TYPE_row USING hash (value)');
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SELECT * FROM of_every_type($$
	SELECT format('index used: %s, wrong: %s', pg_temp.plan_has(format('SELECT FROM TYPE_row WHERE value = %L', max(value)), 'Index Scan'),
		count(*) FILTER (WHERE (SELECT count(*) FROM TYPE_row AS r WHERE r.value = v.value)
			<> (SELECT count(*) FROM TYPE_row AS r WHERE r.place = v.place)))
	FROM TYPE_value AS v$$);
RESET enable_seqscan;
RESET enable_bitmapscan;
CALL do_for_every_type('DROP INDEX TYPE_hashed');

/* Keys: primary, foreign, exclusive. */
CALL do_for_every_type('ALTER TABLE TYPE_value ADD PRIMARY KEY (value)');
CALL do_for_every_type('ALTER TABLE TYPE_row ADD FOREIGN KEY (value) REFERENCES TYPE_value');
SELECT type, e.* FROM of_every_type('SELECT ''INSERT INTO TYPE_value SELECT * FROM TYPE_value WHERE place = 2'''), pg_temp.error_of(answer) AS e;
SELECT type, code, message FROM of_every_type('SELECT ''DELETE FROM TYPE_value WHERE place = 2'''), pg_temp.error_of(answer);
INSERT INTO tier_value VALUES ('STAR', 0) ON CONFLICT (value) DO UPDATE SET place = tier_value.place RETURNING *;
CREATE TABLE head_of_class (class kam.value_class, EXCLUDE USING hash (class WITH =));
INSERT INTO head_of_class VALUES ('High'), ('h');

/* Partitions by hash (each value in one of them), list and range; one value is looked for in one partition. */
CALL do_for_every_type($$
	CREATE TABLE TYPE_part (LIKE TYPE_row) PARTITION BY HASH (value);
	CREATE TABLE TYPE_part_0 PARTITION OF TYPE_part FOR VALUES WITH (MODULUS 3, REMAINDER 0);
	CREATE TABLE TYPE_part_1 PARTITION OF TYPE_part FOR VALUES WITH (MODULUS 3, REMAINDER 1);
	CREATE TABLE TYPE_part_2 PARTITION OF TYPE_part FOR VALUES WITH (MODULUS 3, REMAINDER 2);
	INSERT INTO TYPE_part SELECT * FROM TYPE_row$$);
SELECT * FROM of_every_type($$
	SELECT format('%s rows, %s partitions of a value, %s found wrong, several partitions looked at: %s', (SELECT count(*) FROM TYPE_part),
		(SELECT max(partitions) FROM (SELECT count(DISTINCT tableoid) AS partitions FROM TYPE_part GROUP BY value) AS p),
		count(*) FILTER (WHERE (SELECT count(*) FROM TYPE_part AS h WHERE h.value = v.value)
			<> (SELECT count(*) FROM TYPE_row AS r WHERE r.place = v.place)),
		pg_temp.plan_has(format('SELECT FROM TYPE_part WHERE value = %L', min(value)), 'Append'))
	FROM TYPE_value AS v$$);
CREATE TABLE by_list (tier kam.tier) PARTITION BY LIST (tier);
CREATE TABLE by_list_high PARTITION OF by_list FOR VALUES IN ('STRATEGIC', 'Star');
CREATE TABLE by_list_rest PARTITION OF by_list DEFAULT;
INSERT INTO by_list SELECT value FROM tier_row;
SELECT tableoid::regclass, min(tier), max(tier) FROM by_list GROUP BY tableoid ORDER BY tableoid::regclass::text;
CREATE TABLE by_range (rate kam.rate) PARTITION BY RANGE (rate);
CREATE TABLE by_range_low PARTITION OF by_range FOR VALUES FROM (MINVALUE) TO ('4/5');
CREATE TABLE by_range_high PARTITION OF by_range FOR VALUES FROM ('4/5') TO (MAXVALUE);
INSERT INTO by_range VALUES ('0/0'), ('3/4'), ('79/100'), ('3/5'), ('4/5'), ('8/10'), ('1/1');
SELECT tableoid::regclass, array_agg(rate ORDER BY rate) FROM by_range GROUP BY tableoid ORDER BY tableoid::regclass::text;

/* Parallel workers agree with one process: min, max, grouping, sorting, joining. */
CREATE TABLE serial_answer AS SELECT * FROM of_every_type($$
	SELECT format('%s %s %s', min(value), max(value), 
		(SELECT count(*) FROM TYPE_row AS a JOIN TYPE_row AS b USING (value) WHERE a.id < 100)) FROM TYPE_row$$);
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SET parallel_leader_participation = off;
SELECT type, p.answer = s.answer AS same, w.answer AS in_parallel
FROM of_every_type($$
		SELECT format('%s %s %s', min(value), max(value), 
		(SELECT count(*) FROM TYPE_row AS a JOIN TYPE_row AS b USING (value) WHERE a.id < 100)) FROM TYPE_row$$) AS p
	JOIN serial_answer AS s USING (type)
	JOIN of_every_type($$
		SELECT pg_temp.plan_has('SELECT min(value), max(value) FROM TYPE_row', 'Gather')
			AND pg_temp.plan_has('SELECT count(*) FROM TYPE_row AS a JOIN TYPE_row AS b USING (value) WHERE a.id < 100', 'Gather')
			AND pg_temp.plan_has('SELECT value FROM TYPE_row ORDER BY value', 'Gather Merge')$$) AS w USING (type);
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
RESET max_parallel_workers_per_gather;
RESET parallel_leader_participation;

/* They disturb nobody who compares literals without a type. */
SELECT 'a' = 'b' AS equal, 'a' < 'b' AS less, 'a' IN ('a', NULL) AS in_, 'a' = ANY ('{a}') AS any_, min(NULL) AS min, max('x') AS max,
	NULLIF('a', 'b') AS nullif_, CASE 'a' WHEN 'b' THEN 1 END AS case_, date '2018-04-10' - '2018-04-09' AS minus, '{1}' && ARRAY[1] AS overlaps;

/* The operators and min, max and sum are found under every search path, also an empty one. */
SET search_path = '';
SELECT 'Star'::kam.tier = 'Star' AS equal, 'Star'::kam.tier IN ('Status', 'Star') AS in_, 'Star'::kam.tier BETWEEN 'Status' AND 'Star' AS between_,
	'Star'::kam.tier IS DISTINCT FROM 'Star' AS distinct_, NULLIF('Star'::kam.tier, 'Star') AS nullif_,
	CASE 'Star'::kam.tier WHEN 'Status' THEN 1 WHEN 'Star' THEN 2 END AS case_, greatest('Star'::kam.tier, 'Strategic') AS greatest_,
	'Star'::kam.tier < ALL ('{Strategic}') AS all_, ('Star'::kam.tier, 'High'::kam.value_class) < ('Star', 'High') AS row_less;
SELECT min(value), max(value), count(DISTINCT value) FROM comparison_test.tier_row;
SELECT count(*) FROM comparison_test.value_class_row JOIN comparison_test.value_class_value USING (value);
SELECT count(*) FROM comparison_test.criteria_row NATURAL JOIN comparison_test.criteria_value;
SELECT '{voltage}'::kam.criteria <@ '{voltage,spp_risk}' AS contained, '{voltage}'::kam.criteria | '{spp_risk}' AS union_,
	'{Star:1}'::kam.portfolio + '{Star:2}' AS sum, '45/50'::kam.rate < '90/100' AS less;
SELECT sum(value), min(value) FROM comparison_test.portfolio_value WHERE place < 5;
SELECT sum(value), max(value) FROM comparison_test.rate_value WHERE kam.due(value) < 1000;
SELECT value FROM comparison_test.rate_value ORDER BY value USING > LIMIT 1;
SELECT count(*) FILTER (WHERE kam.weight('Star') = kam.weight('Star'::kam.tier)) AS weight_of_a_literal FROM (SELECT) AS x;
