-- Criteria compare numbers where they lie, without PostgreSQL's own function: the answer
-- must be the same for every pair of numbers in every shape they are stored in.

-- Thresholds and facts: every mixture of a magnitude and an ending
CREATE TABLE number (n numeric);
INSERT INTO number
	SELECT DISTINCT ON (n, scale(n)) n FROM (
		-- around powers of 10 and of 10,000, the base of numeric
		SELECT ('1e' || e)::numeric + d * ('1e' || s)::numeric FROM unnest('{-24,-9,-8,-5,-4,-3,-1,0,1,3,4,5,7,8,9,12,16,17,30}'::int[]) AS e, unnest('{-1,0,1}'::int[]) AS d, unnest('{-30,-4,0,3}'::int[]) AS s
		-- equal numbers with other scales
		UNION ALL SELECT round(v, s) FROM unnest('{0,1,69,20000000,2,0.5,9999,10000,99999999}'::numeric[]) AS v, unnest('{0,1,2,4,5,20,63,64,65,500}'::int[]) AS s
		-- long runs of one digit, zeros within, ends cut off
		UNION ALL SELECT repeat(d, k)::numeric FROM unnest('{9,1,10,9990,90000,9999}'::text[]) AS d, unnest('{1,2,3,5,8,40,63,64,65,200}'::int[]) AS k
		UNION ALL SELECT ('0.' || repeat(d, k))::numeric FROM unnest('{9,1,01,0001,00009,9999,00010000}'::text[]) AS d, unnest('{1,2,3,5,16,63,64}'::int[]) AS k
		UNION ALL SELECT (a || '.' || b)::numeric FROM unnest('{0,1,9999,10000,12345678,19999999,20000000,69,68}'::text[]) AS a, unnest('{0,0001,9999,99999,00000001,99999999999999999999,5000}'::text[]) AS b
		-- the ends of numeric
		UNION ALL SELECT v::numeric FROM unnest('{1e131071,1e-16383,9e131071,1e1000,1.0000000000000000000000000000000000000000000000000000000000000000000000000000001e1000,1e-1000,3e4000}'::text[]) AS v
	) v (n)
	WHERE n >= 0;
SELECT count(*) AS numbers, count(DISTINCT n) AS "different ones" FROM number;

-- The thresholds: above 0; each a rule set
INSERT INTO kam.rule_set (rule_set, voltage_kv)
	SELECT 'number ' || row_number() OVER (ORDER BY n, scale(n)), n FROM (SELECT n, row_number() OVER (ORDER BY n, scale(n)) AS i FROM number WHERE n > 0) v WHERE i % 3 = 0;
CREATE TABLE threshold AS SELECT rule_set, voltage_kv AS t FROM kam.rule_set WHERE NOT builtin;
SELECT count(*) > 100 AS "many thresholds" FROM threshold;

-- In memory, and from a table: with the short header, out of line, compressed
CREATE TABLE main (n numeric);
CREATE TABLE external (n numeric);
CREATE TABLE compressed (n numeric);
CREATE TABLE among (a "char", n numeric, b "char", c smallint);	-- at odd places of the row
ALTER TABLE external ALTER n SET STORAGE EXTERNAL;
ALTER TABLE compressed ALTER n SET STORAGE EXTENDED;
ALTER TABLE compressed ALTER n SET COMPRESSION pglz;
INSERT INTO main SELECT n FROM number;
INSERT INTO external SELECT n FROM number;
INSERT INTO compressed SELECT n FROM number;
INSERT INTO among SELECT 'x', n, 'y', 1 FROM number;
CREATE FUNCTION wrong(relation regclass, OUT pairs bigint, OUT reached bigint, OUT wrong bigint) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format($q$SELECT count(*), count(*) FILTER (WHERE n >= t),
			count(*) FILTER (WHERE (kam.main_criteria(voltage_kv => n, rule_set => rule_set) = '{voltage}') IS DISTINCT FROM (n >= t))
		FROM %s, threshold$q$, relation) INTO pairs, reached, wrong;
END
$$;
SELECT relation, w.* FROM unnest('{main,external,compressed,among}'::regclass[]) AS relation, wrong(relation) w;
SELECT count(*) AS pairs, count(*) FILTER (WHERE (kam.main_criteria(voltage_kv => n + 0, rule_set => rule_set) = '{voltage}') IS DISTINCT FROM (n >= t)) AS "wrong in memory"
FROM (SELECT n FROM number OFFSET 0) n, threshold;
-- what the threshold is written as does not matter: it is read from the rule set's row
SELECT count(*) AS thresholds, count(*) FILTER (WHERE kam.main_criteria(voltage_kv => t, rule_set => rule_set) <> '{voltage}') AS "not reached by itself",
	count(*) FILTER (WHERE t > 1e-16000 AND kam.main_criteria(voltage_kv => t - 1e-16383, rule_set => rule_set) <> '{}') AS "reached by less",
	count(*) FILTER (WHERE kam.main_criteria(voltage_kv => t + 1e-16383, rule_set => rule_set) <> '{voltage}') AS "not reached by more"
FROM threshold;

-- Huge ones: 100,000 digits, out of line and compressed, against each other
CREATE TABLE huge (n numeric);
INSERT INTO huge SELECT (repeat('9', 100000 - 10) || lpad(i::text, 10, '0'))::numeric FROM generate_series(1, 5) AS i;
INSERT INTO huge SELECT ('0.' || repeat('0', 4000) || repeat('123456789', 1000) || i)::numeric FROM generate_series(1, 5) AS i;
CREATE TABLE huge_external (n numeric);
ALTER TABLE huge_external ALTER n SET STORAGE EXTERNAL;
INSERT INTO huge_external SELECT n FROM huge;
INSERT INTO kam.rule_set (rule_set, voltage_kv) SELECT 'huge ' || row_number() OVER (), n FROM huge;
TRUNCATE threshold;
INSERT INTO threshold SELECT rule_set, voltage_kv FROM kam.rule_set WHERE rule_set LIKE 'huge%';
SELECT relation, w.* FROM unnest('{huge,huge_external,main}'::regclass[]) AS relation, wrong(relation) w;
SELECT count(*) AS "wrong near" FROM huge, threshold, unnest('{0,-1,1,-1e-14000,1e-14000}'::numeric[]) AS d
WHERE n + d >= 0 AND (kam.main_criteria(voltage_kv => n + d, rule_set => rule_set) = '{voltage}') IS DISTINCT FROM (n + d >= t);

-- Random pairs, also by the other measures (which share nothing but the comparison)
TRUNCATE threshold;
INSERT INTO kam.rule_set (rule_set, voltage_kv, avg_monthly_bill_thb, self_generation_mw, largest_job_thb, yearly_maintenance_thb)
	SELECT 'random ' || i, t, t, t, t, t FROM generate_series(1, 40) AS i,
		LATERAL (SELECT round(('x' || substr(md5('t' || i), 1, 12))::bit(48)::bigint * ('1e-' || i % 17)::numeric, i % 9) + 0.000000001) AS r (t);
INSERT INTO threshold SELECT rule_set, voltage_kv FROM kam.rule_set WHERE rule_set LIKE 'random%';
CREATE TABLE random AS
	SELECT round(('x' || substr(md5('n' || i), 1, 12))::bit(48)::bigint * ('1e-' || i % 19)::numeric, i % 11) AS n FROM generate_series(1, 800) AS i
	UNION ALL SELECT t + d FROM threshold, unnest('{0,1e-9,-1e-9,1e-20,-1e-20}'::numeric[]) AS d;
SELECT count(*) AS pairs, count(*) FILTER (WHERE n >= t) AS reached,
	count(*) FILTER (WHERE kam.main_criteria(n, n, false, n, n, 0, false, false, false, rule_set => rule_set)
		<> CASE WHEN n >= t THEN '{voltage,monthly_bill,self_generation,related_business}' ELSE '{}' END::kam.criteria) AS wrong,
	count(*) FILTER (WHERE n > 0 AND kam.main_criteria(avg_monthly_bill_thb => t, bill_cutoff_thb => n) @> '{monthly_bill}' IS DISTINCT FROM (t >= n OR t >= 20000000)) AS "wrong by cut-off"
FROM random, threshold;
-- ranked by the aggregate and by classify
SELECT kam.bill_cutoff(n, '{}', NULL, 'revision-4') = (SELECT n FROM (SELECT n, rank() OVER (ORDER BY n DESC) AS r FROM number) s WHERE r <= 20 ORDER BY n LIMIT 1) AS same FROM number;
CREATE TABLE ranked AS SELECT row_number() OVER (ORDER BY scale(n), n) AS account_id, 'a' AS area, 'High'::kam.value_class AS value_class, n AS avg_monthly_bill_thb FROM number WHERE n < 20000000;
SELECT count(*) FILTER (WHERE (k.criteria <> '{}') IS DISTINCT FROM (r <= 20)) AS wrong
FROM (SELECT *, rank() OVER (ORDER BY avg_monthly_bill_thb DESC) AS r FROM ranked) r JOIN kam.classify('ranked') k ON k.account_id = r.account_id::text;

DROP TABLE number, threshold, main, external, compressed, among, huge, huge_external, random, ranked;
DROP FUNCTION wrong;
DELETE FROM kam.rule_set WHERE NOT builtin;
