/*
 * Skip scan, new in PostgreSQL 18: an index on (tier, id) serves a query that
 * names only the id, by probing each tier. Skip support tells the next value,
 * and where the values end.
 */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
CREATE SCHEMA skip_scan_test;
SET search_path = skip_scan_test;

SELECT opcintype::regtype, amproc FROM pg_opclass JOIN pg_amproc ON amprocfamily = opcfamily
WHERE opcnamespace = 'kam'::regnamespace AND opcmethod = (SELECT oid FROM pg_am WHERE amname = 'btree') AND amprocnum = 6
ORDER BY opcintype::regtype::text;

CREATE TABLE account AS
SELECT n % 1000 AS id, (ARRAY['Streamline', 'Status', 'Star', 'Strategic'])[n / 1000 % 5]::kam.tier AS tier,
	(ARRAY['Low', 'Medium', 'High'])[n / 999 % 4]::kam.value_class AS class,
	(ARRAY['{}', '{voltage}', '{monthly_bill,discretionary}'])[n / 998 % 4]::kam.criteria AS criteria,
	kam.portfolio(n / 997 % 3) AS portfolio, kam.rate(n / 996 % 2, n / 995 % 3 + 1) AS rate
FROM generate_series(0, 19999) AS n;
CREATE INDEX account_tier ON account (tier, id);
CREATE INDEX account_tier_desc ON account (tier DESC NULLS LAST, class, id);
CREATE INDEX account_class ON account (class, id);
CREATE INDEX account_criteria ON account (criteria, id);
CREATE INDEX account_portfolio ON account (portfolio, id);
CREATE INDEX account_rate ON account (rate, id);
VACUUM ANALYZE account;

/* The same rows with an index as without, forwards and backwards, with NULLs, between bounds and past the ends. */
CREATE TABLE question (number int, query text);
INSERT INTO question VALUES
	(1, 'SELECT tier, id FROM account WHERE id = 77'),
	(2, 'SELECT tier, id FROM account WHERE id = 77 ORDER BY tier, id'),
	(3, 'SELECT tier, id FROM account WHERE id = 77 ORDER BY tier DESC, id DESC'),
	(4, 'SELECT tier, id FROM account WHERE id BETWEEN 500 AND 502 AND tier > ''Streamline'''),
	(5, 'SELECT tier, id FROM account WHERE id IN (3, 500) AND tier <= ''Strategic'''),
	(6, 'SELECT tier, id FROM account WHERE id = 5 AND tier IS NULL'),
	(7, 'SELECT tier, id FROM account WHERE id < 3 AND tier BETWEEN ''Status'' AND ''Star'' ORDER BY tier DESC'),
	(8, 'SELECT tier, class, id FROM account WHERE id = 13'),
	(9, 'SELECT tier, class, id FROM account WHERE tier < ''Strategic'' AND id = 14'),
	(10, 'SELECT class, id FROM account WHERE id = 12'),
	(11, 'SELECT class, id FROM account WHERE class > ''Low'' AND id IN (12, 13, 14)'),
	(12, 'SELECT criteria, id FROM account WHERE id = 7'),
	(13, 'SELECT criteria, id FROM account WHERE criteria >= ''{voltage}'' AND id = 7'),
	(14, 'SELECT portfolio, id FROM account WHERE id = 7'),
	(15, 'SELECT rate, id FROM account WHERE rate < ''1/2'' AND id = 8');
CREATE FUNCTION answer(query text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
	answer text;
BEGIN
	EXECUTE format('SELECT string_agg(a::text, '' '' ORDER BY a::text) FROM (%s) AS a', query) INTO answer;
	RETURN answer;
END
$$;
SET enable_indexscan = off;
SET enable_indexonlyscan = off;
SET enable_bitmapscan = off;
CREATE TABLE by_seqscan AS SELECT number, answer(query) FROM question;
RESET enable_indexscan;
RESET enable_indexonlyscan;
SET enable_seqscan = off;
SELECT number, answer(query) = s.answer AS same, cardinality(string_to_array(s.answer, ' ')) AS rows, pg_temp.plan_has(query, 'Index Only Scan') AS by_index, query
FROM question JOIN by_seqscan AS s USING (number) ORDER BY number;
SELECT tier, id, count(*) FROM account WHERE id = 77 GROUP BY tier, id ORDER BY tier;

/* Tiers end at Strategic: one descent of the tree for each, one for NULL, one to start with, and no search for more. */
CREATE FUNCTION index_searches(query text) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, BUFFERS off, TIMING off, SUMMARY off, FORMAT json) ' || query INTO plan;
	RETURN plan -> 0 -> 'Plan' ->> 'Index Searches';
END
$$;
SELECT index_searches('SELECT tier, id FROM account WHERE id = 500') <= 6 AS all_tiers,
	index_searches('SELECT tier, id FROM account WHERE id = 500 AND tier > ''Status''') <= 3 AS two_tiers,
	index_searches('SELECT class, id FROM account WHERE id = 500') <= 5 AS all_classes;
