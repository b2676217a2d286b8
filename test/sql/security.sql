/* Who may do what, and that row security and the types go together. */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
CREATE SCHEMA security_test;
SET search_path = security_test;
CREATE ROLE regress_kam_anyone;
CREATE ROLE regress_kam_reader;
CREATE ROLE regress_kam_owner;
SET client_min_messages = warning;

/* An ordinary role without grants uses types, functions and aggregates, and reads the reference tables. */
SET ROLE regress_kam_anyone;
SELECT 'star'::kam.tier, kam.kasm('High', '{voltage}'), kam.weight('Star', 2018), kam.display_name('Star', 'en'), kam.rule_set_in_force(2018);
SELECT kam.main_criteria(voltage_kv => 115, nationwide_network => true, plan_year => 2018), kam.portfolio(tier), kam.weight(kam.portfolio(tier), 2018)
FROM (VALUES ('Star'::kam.tier), ('Strategic')) AS v (tier);
SELECT count(*) FROM kam.label;
SELECT rule_set, builtin, plan_year_from FROM kam.rule_set WHERE builtin;
CREATE TEMPORARY TABLE account (account_id int, area text, value_class kam.value_class, tier kam.tier UNIQUE);
INSERT INTO account VALUES (1, 'C1', 'High', 'Star');
SELECT * FROM kam.classify('account');

/* It writes none of them. */
SELECT statement, code, message
FROM (VALUES
	(1, $$INSERT INTO kam.rule_set (rule_set, plan_year_from) VALUES ('mine', 2030)$$),
	(2, $$UPDATE kam.rule_set SET weight_star = 1$$),
	(3, $$DELETE FROM kam.rule_set$$),
	(4, $$TRUNCATE kam.rule_set$$),
	(5, $$INSERT INTO kam.label SELECT * FROM kam._label()$$),
	(6, $$UPDATE kam.label SET name_en = 'x'$$),
	(7, $$DELETE FROM kam.label$$),
	(8, $$CREATE TABLE kam.mine (x int)$$),
	(9, $$CREATE FUNCTION kam.mine() RETURNS int LANGUAGE sql RETURN 1$$),
	(10, $$DROP EXTENSION kam$$),
	(11, $$ALTER TABLE kam.rule_set DISABLE TRIGGER ALL$$),
	(12, $$CREATE TRIGGER mine BEFORE INSERT ON kam.rule_set FOR EACH ROW EXECUTE FUNCTION kam._reference_changed()$$)
) AS s (number, statement), pg_temp.error_of(statement)
ORDER BY number;
RESET ROLE;

/* Not even a superuser changes what is built in by mistake. */
SELECT statement, code, message, hint
FROM (VALUES
	(1, $$UPDATE kam.rule_set SET weight_star = 1 WHERE builtin$$),
	(2, $$DELETE FROM kam.rule_set$$),
	(3, $$TRUNCATE kam.rule_set$$),
	(4, $$INSERT INTO kam.rule_set (rule_set, builtin, plan_year_from) VALUES ('mine', true, 2030)$$)
) AS s (number, statement), pg_temp.error_of(statement)
ORDER BY number;

/* The owner of a database is no superuser, and yet installs the extension, adds rule sets, lets others do so, and drops it. */
CREATE DATABASE regression_kam_owned OWNER regress_kam_owner ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' LOCALE_PROVIDER libc TEMPLATE template0;
\set home :DBNAME
\c regression_kam_owned
SET ROLE regress_kam_anyone;
CREATE EXTENSION kam;
SET ROLE regress_kam_owner;
CREATE EXTENSION kam;
SELECT extowner::regrole FROM pg_extension WHERE extname = 'kam';
INSERT INTO kam.rule_set (rule_set, plan_year_from, weight_star) VALUES ('revision-5', 2026, 0.9);
SELECT kam.weight('Star', 2025) AS "2025", kam.weight('Star', 2026) AS "2026";
UPDATE kam.rule_set SET weight_star = 0.85 WHERE rule_set = 'revision-5';
SELECT kam.weight('Star', rule_set => 'revision-5');
UPDATE kam.rule_set SET weight_star = 0.85 WHERE builtin;
GRANT INSERT ON kam.rule_set TO regress_kam_reader;
ALTER TABLE kam.rule_set ADD COLUMN mine int;
CREATE TRIGGER mine BEFORE INSERT ON kam.rule_set FOR EACH ROW EXECUTE FUNCTION kam._reference_changed();
ALTER FUNCTION kam.version() OWNER TO regress_kam_owner;
SET ROLE regress_kam_reader;
INSERT INTO kam.rule_set (rule_set) VALUES ('draft');
DELETE FROM kam.rule_set WHERE rule_set = 'draft';
SET ROLE regress_kam_owner;
DELETE FROM kam.rule_set WHERE NOT builtin;
TABLE kam.label LIMIT 0;
DROP EXTENSION kam;
RESET ROLE;
\c :home
DROP DATABASE regression_kam_owned;

/*
 * Row security: an office sees its own accounts. A leakproof comparison may
 * run before the policy, so its index is used; percent() is not leakproof,
 * so it waits for the policy.
 */
SET search_path = security_test;
\i :ask
CREATE TABLE account AS
SELECT id AS account_id, 'office ' || id % 50 AS area, (ARRAY['Streamline', 'Status', 'Star'])[id % 3 + 1]::kam.tier AS tier,
	'Low'::kam.value_class AS value_class, '{}'::kam.criteria AS criteria, kam.portfolio(1) AS portfolio, kam.rate(1, 2) AS rate
FROM generate_series(1, 20000) AS id;
INSERT INTO account VALUES (0, 'office 7', 'Strategic', 'High', '{voltage}', '{Star:1}', '45/50'),
	(-1, 'office 8', 'Strategic', 'High', '{voltage}', '{Star:1}', '45/50');
CREATE INDEX ON account (tier);
CREATE INDEX ON account (value_class);
CREATE INDEX ON account (criteria);
CREATE INDEX ON account (portfolio);
CREATE INDEX ON account (rate);
CREATE INDEX ON account (kam.percent(rate));
ANALYZE account;
CREATE FUNCTION my_office() RETURNS text LANGUAGE sql STABLE RETURN 'office 7';
ALTER TABLE account ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON account USING (area = my_office());
GRANT SELECT ON account TO regress_kam_reader;
GRANT USAGE ON SCHEMA security_test TO regress_kam_reader;
SET ROLE regress_kam_reader;
SET enable_bitmapscan = off;
SET jit = off;
SELECT condition, pg_temp.plan_has('SELECT * FROM account WHERE ' || condition, 'Index Scan') AS index_used
FROM unnest(ARRAY['tier = ''Strategic''', 'tier > ''Star''', 'value_class = ''High''', 'value_class >= ''Medium''', 'criteria = ''{voltage}''',
	'portfolio = ''{Star:1}''', 'portfolio < ''{Strategic:1}''', 'rate = ''45/50''', 'rate > ''1/2''', 'kam.percent(rate) = 90']) AS condition;
SELECT account_id, tier, rate FROM account WHERE tier = 'Strategic';
SELECT kam.portfolio(tier), sum(rate) FROM account;
/* What needs all rows of an area refuses to be shown a part of them. */
SELECT call, code, message
FROM unnest('{classify,area_cutoff}'::text[]) AS call,
	pg_temp.error_of(format('SELECT * FROM kam.%I(''security_test.account'')', call));
RESET ROLE;

DROP SCHEMA security_test CASCADE;
DROP OWNED BY regress_kam_anyone, regress_kam_reader, regress_kam_owner;
DROP ROLE regress_kam_anyone, regress_kam_reader, regress_kam_owner;
