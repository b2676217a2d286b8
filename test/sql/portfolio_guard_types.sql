/* The portfolio guard over columns of every type that it takes, and of those that it does not. */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
\set guard :srcdir '/sql/include/guard.sql'
\i :guard
CREATE SCHEMA guard_test;
SET search_path = guard_test;

CREATE TYPE shade AS ENUM ('Streamline', 'Status', 'Star', 'Strategic');
CREATE TYPE loud AS ENUM ('STREAMLINE', 'STATUS', 'STAR', 'STRATEGIC');
CREATE TYPE blank AS ENUM ('Strategic', 'Star', ' Status');
CREATE TYPE grade AS ENUM ('Star', 'Gold');
CREATE TYPE person AS ENUM ('k', 'l');
CREATE TYPE pair AS (a int, b int);
CREATE DOMAIN tier_domain AS kam.tier CHECK (VALUE IS NOT NULL);
CREATE DOMAIN text_domain AS text;
CREATE DOMAIN shade_domain AS shade;
CREATE DOMAIN person_domain AS text CHECK (VALUE <> '');
CREATE DOMAIN year_domain AS int CHECK (VALUE > 2000);
CREATE COLLATION any_case (PROVIDER = icu, LOCALE = 'und-u-ks-level2', DETERMINISTIC = false);

/* A table with columns of these types: 15 Star of one KAMR fit, the next one does not, another KAMR's or another year's does. */
CREATE FUNCTION probe(kamr_type text, kamr text, other_kamr text, tier_type text, period_type text DEFAULT NULL, period text DEFAULT NULL,
	other_period text DEFAULT NULL) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format('CREATE TABLE probe (id int, k %s, t %s, p %s)', kamr_type, tier_type, COALESCE(period_type, 'int'));
	BEGIN
		CREATE INDEX ON probe (k);
	EXCEPTION WHEN undefined_object THEN
		NULL;
	END;
	PERFORM kam.attach_portfolio_guard('probe', 'k', 't', CASE WHEN period_type <> '' THEN 'p' END, plan_year => CASE WHEN period_type IS NULL THEN 2026 END);
	EXECUTE format('INSERT INTO probe SELECT n, %L, ''Star'', %L FROM generate_series(1, 15) AS n', kamr, period);
	result := pg_temp.try(format('INSERT INTO probe VALUES (16, %L, ''Star'', %L)', kamr, period))
		|| '; ' || pg_temp.try(format('INSERT INTO probe VALUES (16, %L, ''Star'', %L)', other_kamr, period))
		|| '; ' || pg_temp.try(format('INSERT INTO probe VALUES (16, %L, ''Star'', %L)', kamr, other_period));
	ALTER TABLE probe DISABLE TRIGGER ALL;
	EXECUTE format('INSERT INTO probe VALUES (16, %L, ''Star'', %L)', kamr, period);
	SELECT result || '; listed ' || v.kamr || ' ' || v.weight INTO result FROM kam.portfolio_violations('probe') AS v;
	DROP TABLE probe;
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ': ' || SQLERRM;
END $$;

SELECT type, probe(type, kamr, other, 'kam.tier')
FROM (VALUES
	('text', 'k', 'K'), ('varchar(10)', 'k', 'l'), ('char(5)', 'k', 'l'), ('name', 'k', 'l'), ('"char"', 'k', 'l'), ('text COLLATE "C"', 'k', 'l'),
	('text COLLATE any_case', 'k', 'l'), ('int', '1', '2'), ('smallint', '-1', '2'), ('bigint', '9000000000', '2'), ('numeric', '1.50', '2'), ('real', '1.5', '2'),
	('oid', '1', '2'), ('boolean', 'true', 'false'), ('date', '2020-01-01', '2020-01-02'), ('timestamptz', '2020-01-01 00:00+07', '2020-01-02 00:00+07'),
	('uuid', '00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000002'), ('bytea', '\x01', '\x02'), ('inet', '10.0.0.1', '10.0.0.2'),
	('int[]', '{1,2}', '{1}'), ('jsonb', '{"a": 1}', '{"a": 2}'), ('int4range', '[1,2]', '[1,3]'), ('kam.tier', 'Star', 'Status'),
	('person', 'k', 'l'), ('person_domain', 'k', 'l'), ('regclass', 'pg_class', 'pg_proc'),
	('json', '{}', '[]'), ('point', '(1,1)', '(2,2)'), ('pair', '(1,1)', '(1,2)')
) AS v (type, kamr, other);

SELECT type, probe('text', 'k', 'l', type)
FROM unnest('{kam.tier,text,varchar,varchar(20),char(20),shade,blank,tier_domain,text_domain,shade_domain,grade,int,kam.value_class,"char",name,kam.criteria,kam.tier[],jsonb}'::text[]) AS type;

SELECT type, period, probe('text', 'k', 'l', 'kam.tier', type, period, other)
FROM (VALUES
	('smallint', '2026', '2027'), ('int', '2026', '2027'), ('bigint', '2026', '2027'), ('year_domain', '2026', '2027'),
	('date', '2026-01-01', '2027-01-01'), ('date', '2026-12-31', '2025-12-31'),
	('text', '2026', '2027'), ('numeric', '2026', '2027'), ('real', '2026', '2027'), ('timestamptz', '2026-01-01', '2027-01-01'), ('timestamp', '2026-01-01', '2027-01-01'),
	('int4range', '[2026,2027)', '[2027,2028)'), ('boolean', 'true', 'false')
) AS v (type, period, other);

/* All days of a year are one portfolio, those around it others. */
CREATE TABLE by_day (kamr text, tier text, day date);
CREATE INDEX ON by_day (kamr, day);
SELECT kam.attach_portfolio_guard('by_day', 'kamr', 'tier', 'day');
INSERT INTO by_day SELECT 'k', 'Strategic', make_date(2026, month, 28) FROM generate_series(1, 12) AS month;
SELECT day, pg_temp.try(format('INSERT INTO by_day VALUES (''k'', ''Status'', %L)', day))
FROM unnest('{2025-12-31,2026-01-01,2026-07-01,2026-12-31,2027-01-01,2018-01-01,2017-12-31,infinity,-infinity,"4713-01-01 BC","0001-12-31 BC",5874897-12-31,2400-12-31,2401-01-01,2569-01-01}'::text[]) AS day;
SELECT pg_temp.try($$UPDATE by_day SET day = day + 365$$), pg_temp.try($$UPDATE by_day SET day = day + 400$$), pg_temp.try($$UPDATE by_day SET day = 'infinity'$$),
	pg_temp.try($$INSERT INTO by_day VALUES (NULL, 'Status', 'infinity'), ('k', NULL, 'infinity'), ('k', 'Status', NULL)$$);
/* days that are in no year are no violation, but cannot come in */
ALTER TABLE by_day DISABLE TRIGGER ALL;
INSERT INTO by_day SELECT 'never', 'Strategic', day FROM generate_series(1, 13), unnest('{infinity,-infinity}'::date[]) AS day;
ALTER TABLE by_day ENABLE TRIGGER ALL;
SELECT count(*) FROM kam.portfolio_violations('by_day', true);
SELECT pg_temp.try($$UPDATE by_day SET kamr = 'ever' WHERE kamr = 'never'$$), pg_temp.try($$UPDATE by_day SET tier = tier WHERE kamr = 'never'$$);

/* Years out of any range */
CREATE TABLE by_year (kamr text, tier text, year bigint);
CREATE INDEX ON by_year (kamr, year);
SELECT kam.attach_portfolio_guard('by_year', 'kamr', 'tier', 'year');
SELECT year, pg_temp.try(format('INSERT INTO by_year VALUES (''k'', ''Status'', %s)', year))
FROM unnest('{2018,2017,2400,2401,2569,0,-1,2147483647,2147483648,-2147483649,9223372036854775807,-9223372036854775808,6442452970,4294969322}'::bigint[]) AS year;

/* Labels in text are read as tiers are, and refused as they are. */
SELECT label, pg_temp.try(format('INSERT INTO by_year SELECT ''k'', %L, 2026 FROM generate_series(1, 13)', label))
FROM unnest(ARRAY['Strategic', ' STRATEGIC ', 'strategic', 'Star', 'Streamline', 'Gold', '', 'S', E'Strategic\t']) AS label;
ALTER TABLE by_year DISABLE TRIGGER ALL;
INSERT INTO by_year VALUES ('k', 'Gold', 2026), ('l', 'star', 2026);
ALTER TABLE by_year ENABLE TRIGGER ALL;
SELECT kamr, pg_temp.try(format('INSERT INTO by_year VALUES (%L, ''Status'', 2026)', kamr)) FROM unnest('{k,l}'::text[]) AS kamr;
/* what is no tier is listed: by_year has one as it is, the others come with check_existing => false */
SELECT * FROM kam.portfolio_violations('by_year');
SELECT * FROM kam.portfolio_violations('by_year', true);
DELETE FROM by_year WHERE tier = 'Gold';
CREATE TABLE no_tier (id int, kamr text, tier text, plan_year bigint);
CREATE INDEX ON no_tier (kamr, plan_year);
INSERT INTO no_tier VALUES (1, 'k', 'Gold', 2026), (2, 'k', 'Amber', 2026), (3, 'k', 'star', 2026),
	(4, 'k', ' Star', 2026), (5, 'l', '', 2026), (6, 'm', 'Status', 2026), (7, 'm', NULL, 2026), (8, NULL, 'Gold', 2026), (9, 'n', 'Gold', NULL),
	(10, 'o', E'Strat\u0435gic', 2026), (11, 'p', 'Gold', 2015), (12, 'p', 'Star', 2015), (13, 'p', 'Gold', 5000000000),
	(14, 'p', 'Star', -5000000000), (15, 'r', 'Gold', 2026);
INSERT INTO no_tier SELECT 15 + n, 'r', 'Strategic', 2026 FROM generate_series(1, 13) AS n;
SELECT * FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('no_tier', 'kamr', 'tier', 'plan_year')$$);
SELECT *
FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('no_tier', 'kamr', 'tier', 'plan_year', 'kamr > ''k''')$$);
SELECT *
FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('no_tier', 'kamr', 'tier', 'plan_year', 'kamr > ''n''')$$);
SELECT *
FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('no_tier', 'kamr', 'tier', 'plan_year', 'kamr > ''o''')$$);
SELECT count(*) FROM kam.attached_rule WHERE relation = 'no_tier'::regclass;
SELECT kam.attach_portfolio_guard('no_tier', 'kamr', 'tier', 'plan_year', check_existing => false);
SELECT * FROM kam.portfolio_violations('no_tier');
SELECT * FROM kam.portfolio_violations('no_tier', true);
/* none comes in, nor changes hands; one that gets a tier is weighed */
SELECT statement, e.*
FROM unnest(ARRAY[
	$$INSERT INTO no_tier VALUES (0, 'k', 'Gold', 2026)$$,
	$$UPDATE no_tier SET kamr = 'm' WHERE id = 1$$,
	$$UPDATE no_tier SET tier = 'Silver' WHERE id = 1$$,
	$$UPDATE no_tier SET tier = 'Status' WHERE id = 10$$,
	$$UPDATE no_tier SET id = 0, tier = 'Gold' WHERE id = 1$$,
	$$DELETE FROM no_tier WHERE tier = 'Gold'$$]) WITH ORDINALITY AS s (statement, n), pg_temp.error_of(statement) AS e
ORDER BY n;
/* in a check they weigh nothing: few rows or many, a plain table or one in parts, a text or an enum with another value */
DROP TABLE no_tier;
CREATE TYPE later AS ENUM ('Status', 'Strategic');
CREATE TABLE no_tier (kamr text, tier text);
CREATE TABLE no_tier_parts (kamr text, tier text) PARTITION BY HASH (kamr);
CREATE TABLE no_tier_part PARTITION OF no_tier_parts FOR VALUES WITH (MODULUS 1, REMAINDER 0);
CREATE TABLE no_tier_enum (kamr text, tier later);
CREATE FUNCTION no_tier_check(rel regclass) RETURNS TABLE (no int, try text) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE INDEX ON %s (kamr)', rel);
	PERFORM kam.attach_portfolio_guard(rel, 'kamr', 'tier', plan_year => 2026);
	EXECUTE format('ALTER TABLE %s DISABLE TRIGGER kam_portfolio_guard', rel);
	EXECUTE format('INSERT INTO %s SELECT ''k'', ''Gold'' FROM generate_series(1, 3)', rel);
	EXECUTE format('ALTER TABLE %s ENABLE TRIGGER kam_portfolio_guard', rel);
	FOR stars IN 0..14 LOOP
		no := stars;
		try := pg_temp.try(format('INSERT INTO %s VALUES (''k'', ''Star'')', rel));
		RETURN NEXT;
		EXECUTE format('INSERT INTO %s VALUES (''k'', ''Star'')', rel);
	END LOOP;
	no := 15;
	try := pg_temp.try(format('INSERT INTO %s VALUES (''k'', ''Star'')', rel));
	RETURN NEXT;
	try := pg_temp.try(format('UPDATE %s SET tier = ''Star'' WHERE tier = ''Gold''', rel));
	RETURN NEXT;
	try := pg_temp.try(format('DELETE FROM %s WHERE tier = ''Star'';
		UPDATE %1$s SET tier = ''Star'' WHERE tier = ''Gold''', rel));
	RETURN NEXT;
END $$;
SELECT 'plain' AS rel, min(no), max(no), try FROM no_tier_check('no_tier') GROUP BY try ORDER BY 2, try;
SELECT 'parts' AS rel, min(no), max(no), try FROM no_tier_check('no_tier_parts') GROUP BY try ORDER BY 2, try;
SELECT kamr, portfolio, weight, violation FROM kam.portfolio_violations('no_tier');
SELECT kamr, portfolio, weight, violation FROM kam.portfolio_violations('no_tier_parts');
CREATE INDEX ON no_tier_enum (kamr);
SELECT kam.attach_portfolio_guard('no_tier_enum', 'kamr', 'tier', plan_year => 2026);
INSERT INTO no_tier_enum SELECT 'k', 'Status' FROM generate_series(1, 3);
INSERT INTO no_tier_enum SELECT 'k', 'Strategic' FROM generate_series(1, 10);
ALTER TYPE later RENAME VALUE 'Status' TO 'Gold';
SELECT pg_temp.try($$INSERT INTO no_tier_enum SELECT 'k', 'Strategic' FROM generate_series(1, 2)$$),
	pg_temp.try($$INSERT INTO no_tier_enum SELECT 'k', 'Strategic' FROM generate_series(1, 3)$$),
	pg_temp.try($$INSERT INTO no_tier_enum VALUES ('k', 'Gold')$$);
SELECT kamr, portfolio, weight, violation FROM kam.portfolio_violations('no_tier_enum');
DROP TABLE no_tier_parts, no_tier_enum;
/* one spelling of a KAMR is another's, but one of a tier is not; a column of fixed length; a list of more than a thousand */
CREATE TABLE no_tier_any_case (kamr text COLLATE any_case, tier text COLLATE any_case);
CREATE INDEX ON no_tier_any_case (kamr);
INSERT INTO no_tier_any_case VALUES ('k', 'gold'), ('K', 'GOLD'), ('k', 'star'), ('K', 'STAR');
SELECT kam.attach_portfolio_guard('no_tier_any_case', 'kamr', 'tier', plan_year => 2026, check_existing => false);
SELECT lower(kamr) AS kamr, portfolio, violation
FROM kam.portfolio_violations('no_tier_any_case', true) ORDER BY violation;
CREATE TABLE no_tier_char (kamr int, tier char(12));
CREATE INDEX ON no_tier_char (kamr);
INSERT INTO no_tier_char SELECT n, unnest('{Star,Gold,Gold,star}'::text[]) FROM generate_series(1, 2500) AS n;
SELECT *
FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('no_tier_char', 'kamr', 'tier', plan_year => 2026)$$);
SELECT kam.attach_portfolio_guard('no_tier_char', 'kamr', 'tier', plan_year => 2026, check_existing => false);
SELECT portfolio, weight, violation, count(*), min(kamr::int), max(kamr::int)
FROM kam.portfolio_violations('no_tier_char', true)
GROUP BY portfolio, weight, violation ORDER BY violation;
DROP TABLE no_tier, no_tier_any_case, no_tier_char;

/* An enum that gets a label which is no tier, after the guard was attached. */
CREATE TABLE by_shade (kamr text, tier shade);
CREATE INDEX ON by_shade (kamr);
SELECT kam.attach_portfolio_guard('by_shade', 'kamr', 'tier', plan_year => 2026);
INSERT INTO by_shade SELECT 'k', 'Status' FROM generate_series(1, 20);
ALTER TYPE shade ADD VALUE 'Gold';
SELECT pg_temp.try($$INSERT INTO by_shade VALUES ('k', 'Gold')$$), pg_temp.try($$INSERT INTO by_shade VALUES ('k', 'Status')$$);
CREATE TABLE by_loud_shade (kamr text, tier loud);
CREATE INDEX ON by_loud_shade (kamr);
SELECT kam.attach_portfolio_guard('by_loud_shade', 'kamr', 'tier', plan_year => 2026);
INSERT INTO by_loud_shade SELECT 'k', 'STATUS' FROM generate_series(1, 20);
SELECT pg_temp.try($$INSERT INTO by_loud_shade VALUES ('k', 'STATUS')$$), pg_temp.try($$INSERT INTO by_loud_shade VALUES ('k', 'STREAMLINE')$$);

/* One KAMR under a collation that ignores case, in any spelling, with one lock and one sum. */
CREATE TABLE by_name (id int, kamr text COLLATE any_case, tier kam.tier);
CREATE INDEX ON by_name (kamr);
SELECT kam.attach_portfolio_guard('by_name', 'kamr', 'tier', plan_year => 2026);
INSERT INTO by_name SELECT n, CASE WHEN n % 2 = 0 THEN 'Somchai' ELSE 'SOMCHAI' END, 'Strategic' FROM generate_series(1, 12) AS n;
SELECT pg_temp.try($$INSERT INTO by_name VALUES (0, 'somchai', 'Status')$$), pg_temp.try($$INSERT INTO by_name VALUES (0, 'somchay', 'Status')$$),
	pg_temp.try($$UPDATE by_name SET kamr = lower(kamr)$$);
BEGIN;
UPDATE by_name SET kamr = 'somCHAI', tier = 'Strategic' WHERE id <= 3;
SELECT count(*) AS keys FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 3 AND pid = pg_backend_pid();
ROLLBACK;
/* numbers that are equal though written otherwise */
CREATE TABLE by_number (kamr numeric, tier kam.tier);
CREATE INDEX ON by_number (kamr);
SELECT kam.attach_portfolio_guard('by_number', 'kamr', 'tier', plan_year => 2026);
INSERT INTO by_number SELECT '1.0', 'Strategic' FROM generate_series(1, 12);
SELECT pg_temp.try($$INSERT INTO by_number VALUES ('1.000', 'Status')$$), pg_temp.try($$INSERT INTO by_number VALUES ('NaN', 'Status')$$);
/* a name that is stored out of line */
CREATE TABLE by_long_name (id int, kamr text, tier kam.tier);
ALTER TABLE by_long_name ALTER kamr SET STORAGE EXTERNAL;
CREATE INDEX ON by_long_name USING hash (kamr);
SELECT kam.attach_portfolio_guard('by_long_name', 'kamr', 'tier', plan_year => 2026);
INSERT INTO by_long_name SELECT n, repeat('x', 5000), 'Strategic' FROM generate_series(1, 12) AS n;
SELECT left(pg_temp.try($$INSERT INTO by_long_name VALUES (0, repeat('x', 5000), 'Status')$$), 10) AS same, pg_temp.try($$INSERT INTO by_long_name VALUES (0, repeat('x', 5001), 'Status')$$) AS other;
BEGIN;
INSERT INTO by_long_name VALUES (13, repeat('y', 5000), 'Status');
INSERT INTO by_long_name VALUES (14, repeat('y', 5000), 'Status');
UPDATE by_long_name SET tier = 'Star' WHERE id > 12;
DELETE FROM by_long_name WHERE id = 13;
INSERT INTO by_long_name SELECT n, repeat('y', 5000), 'Strategic' FROM generate_series(15, 25) AS n;
SELECT length(kamr), kam.portfolio(tier) FROM by_long_name GROUP BY kamr ORDER BY kamr;
COMMIT;

/* A generated column, and one with the same name as a column of the guard's own statement. */
CREATE TABLE "T" ("$1" text, "t" text, year int, tier kam.tier GENERATED ALWAYS AS (CASE "t" WHEN 's' THEN 'Strategic'::kam.tier ELSE 'Status' END) STORED);
CREATE INDEX ON "T" ("$1", year);
SELECT kam.attach_portfolio_guard('"T"', '$1', 'tier', 'year', 'year > 0 AND "t" <> ''x''');
INSERT INTO "T" SELECT 'k', 's', 2026 FROM generate_series(1, 12);
SELECT pg_temp.try($$INSERT INTO "T" VALUES ('k', 'y', 2026)$$), pg_temp.try($$INSERT INTO "T" VALUES ('k', 'x', 2026)$$), pg_temp.try($$UPDATE "T" SET t = 'x'$$);

/* Names that need quotes, and Thai ones. */
CREATE SCHEMA "พนักงาน ""A""";
CREATE TABLE "พนักงาน ""A"""."ตาราง 'x'; --" ("รหัส ""k""" text, "ระดับ" kam.tier, "ปี -- y" int, "สิ้นสุด" date);
CREATE INDEX ON "พนักงาน ""A"""."ตาราง 'x'; --" ("รหัส ""k""");
SELECT kam.attach_portfolio_guard('"พนักงาน ""A"""."ตาราง ''x''; --"', 'รหัส "k"', 'ระดับ', 'ปี -- y', '"สิ้นสุด" IS NULL');
SELECT relation, arguments FROM kam.attached_rule WHERE relation::text ~ 'พนักงาน';
INSERT INTO "พนักงาน ""A"""."ตาราง 'x'; --" SELECT 'สมชาย "1"', 'Star', 2026 FROM generate_series(1, 15);
SELECT pg_temp.try($$INSERT INTO "พนักงาน ""A"""."ตาราง 'x'; --" VALUES ('สมชาย "1"', 'Status', 2026)$$);
ALTER TABLE "พนักงาน ""A"""."ตาราง 'x'; --" DISABLE TRIGGER USER;
INSERT INTO "พนักงาน ""A"""."ตาราง 'x'; --" VALUES ('สมชาย "1"', 'Status', 2026);
SELECT kamr, weight FROM kam.portfolio_violations('"พนักงาน ""A"""."ตาราง ''x''; --"');
SELECT kam.detach_portfolio_guard('"พนักงาน ""A"""."ตาราง ''x''; --"');
SELECT * FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('"พนักงาน ""A"""."ตาราง ''x''; --"', 'รหัส "k"', 'ระดับ', 'ปี -- y')$$);

SET client_min_messages = warning;
DROP SCHEMA guard_test, "พนักงาน ""A""" CASCADE;
