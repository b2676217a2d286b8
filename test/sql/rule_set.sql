-- Rule sets (R4): what is built in, what a user may add, what is refused.
\pset null '(null)'

-- The error of a statement. It leaves nothing behind, accepted or not.
CREATE FUNCTION pg_temp.refused(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	state text; message text; hint text;
BEGIN
	EXECUTE statement;
	RAISE EXCEPTION SQLSTATE 'ACCPT';
EXCEPTION
	WHEN SQLSTATE 'ACCPT' THEN
		RETURN 'accepted';
	WHEN OTHERS THEN
		GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT;
		RETURN state || ': ' || message || COALESCE(E'\n  ' || NULLIF(hint, ''), '');
END
$$;

-- Revision 4, to the digit (6.1.1.2(1), 6.1.2.1)
\x on
SELECT * FROM kam.rule_set;
\x off

-- From which year which holds
SELECT year, kam.rule_set_in_force(year)
FROM (VALUES (2018), (2019), (2024), (2400), (NULL)) AS y (year);
SELECT kam.rule_set_in_force();
SELECT pg_temp.refused(format('SELECT kam.rule_set_in_force(%s)', year))
FROM (VALUES (2017), (1900), (1899), (0), (-1), (2401), (2561), (2943), (2944), (99999),
	(2147483647), (-2147483648)) AS y (year);

-- Every rule function takes the year and the name; the name wins, also over a year that has no rules
SELECT kam.weight('Star'::kam.tier, 2018) AS by_year,
	kam.weight('Star'::kam.tier, rule_set => 'revision-4') AS by_name,
	kam.weight('Star'::kam.tier, 2561, 'revision-4') AS name_wins,
	kam.main_criteria(voltage_kv => 69, plan_year => 2561, rule_set => 'revision-4') AS criteria;
SELECT pg_temp.refused(format('SELECT %s', call))
FROM (VALUES
	($$kam.weight('Star'::kam.tier, 2017)$$),
	($$kam.weight('{Star:1}'::kam.portfolio, 2561)$$),
	($$kam.main_criteria(voltage_kv => 69, plan_year => 2561)$$),
	($$count(*) FROM kam.explain_kasm('High', plan_year => 2017)$$),
	($$count(*) FROM kam.nearest_miss('High', plan_year => 2017)$$),
	($$kam.bill_cutoff(1, '{}', 2017)$$),
	($$count(*) FROM kam.classify('pg_class', 2017)$$),
	($$kam.weight('Star'::kam.tier, rule_set => 'revision-5')$$),
	($$kam.weight('Star'::kam.tier, rule_set => 'Revision-4')$$),
	($$kam.weight('Star'::kam.tier, rule_set => '')$$),
	($$kam.weight('Star'::kam.tier, rule_set => ' revision-4')$$),
	($$kam.weight('Star'::kam.tier, rule_set => repeat('r', 100))$$),
	($$kam.bill_cutoff(1, '{}', NULL, 'none')$$)
) AS c (call);

-- No tier or portfolio, no weight
SELECT kam.weight(NULL::kam.tier), kam.weight(NULL::kam.portfolio);

-- What is built in is read-only
SELECT pg_temp.refused(statement)
FROM (VALUES
	($$UPDATE kam.rule_set SET weight_star = 0.9$$),
	($$UPDATE kam.rule_set SET builtin = false$$),
	($$DELETE FROM kam.rule_set$$),
	($$INSERT INTO kam.rule_set (rule_set, builtin) VALUES ('mine', true)$$),
	($$TRUNCATE kam.rule_set$$),
	($$MERGE INTO kam.rule_set r USING (VALUES ('revision-4')) v (n) ON r.rule_set = v.n WHEN MATCHED THEN DELETE$$),
	($$INSERT INTO kam.rule_set (rule_set, builtin) VALUES ('revision-4', true)
		ON CONFLICT (rule_set, builtin) DO UPDATE SET weight_star = 7$$)
) AS s (statement);
-- a row of one's own cannot become built in
BEGIN;
INSERT INTO kam.rule_set (rule_set) VALUES ('mine');
SELECT pg_temp.refused($$UPDATE kam.rule_set SET builtin = true WHERE rule_set = 'mine'$$);
ROLLBACK;

-- What a row may hold: by column, the SQLSTATE for each value
CREATE TEMP TABLE try (columns text, value text);
INSERT INTO try
	SELECT measure, value
	FROM unnest('{voltage_kv,avg_monthly_bill_thb,spp_bill_thb,self_generation_mw,largest_job_thb,yearly_maintenance_thb}'::text[]) AS measure,
		unnest('{-1,0,''NaN'',''Infinity'',''-Infinity'',"NULL",1e-20,1e30}'::text[]) AS value;
INSERT INTO try
	SELECT weight, value
	FROM unnest('{weight_strategic,weight_star,weight_status,weight_streamline}'::text[]) AS weight,
		unnest('{-0.1,''NaN'',''Infinity'',''-Infinity'',"NULL",1000.1,0.1234567,0,0.123456,1000}'::text[]) AS value;
INSERT INTO try VALUES
	('portfolio_min', '-1'), ('portfolio_min', '''NaN'''), ('portfolio_min', '''Infinity'''), ('portfolio_min', '12.1'),
	('portfolio_min', '12.0'), ('portfolio_min', 'NULL'),
	('portfolio_max', '5.9'), ('portfolio_max', '''NaN'''), ('portfolio_max', '''Infinity'''), ('portfolio_max', 'NULL'),
	('portfolio_min, portfolio_max', '''Infinity'', ''Infinity'''), ('portfolio_min, portfolio_max', '''NaN'', ''NaN'''),
	('portfolio_min, portfolio_max', '0, 0'),
	('bill_rank_size', '-1'), ('bill_rank_size', '0'), ('bill_rank_size', '10000'), ('bill_rank_size', '10001'), ('bill_rank_size', 'NULL'),
	('bill_rank_trigger', '-1'), ('bill_rank_trigger', '0'), ('bill_rank_trigger', '2147483647'), ('bill_rank_trigger', 'NULL'),
	('plan_year_from', '2561'), ('plan_year_from', '1899'), ('plan_year_from', '2401'), ('plan_year_from', '0'),
	('plan_year_from', '-2018'), ('plan_year_from', 'NULL'), ('plan_year_from', '1900'), ('plan_year_from', '2400');
SELECT columns, split_part(error, ':', 1) AS state, string_agg(value, ' ' ORDER BY value COLLATE "C") AS values
FROM try, pg_temp.refused(format('INSERT INTO kam.rule_set (rule_set, %s) VALUES (''x'', %s)', columns, value)) AS error
GROUP BY columns, 2
ORDER BY columns, state;
SELECT pg_temp.refused($$INSERT INTO kam.rule_set (rule_set, plan_year_from) VALUES ('x', 2561)$$);
SELECT name, split_part(pg_temp.refused(format('INSERT INTO kam.rule_set (rule_set) VALUES (%s)', name)), ':', 1)
FROM (VALUES ('NULL'), (''''''), ('repeat(''x'', 64)'), ('repeat(''ก'', 22)'), ('repeat(''x'', 63)'), ('repeat(''ก'', 21)')) AS n (name);
SELECT count(*) AS "rows of rule_set" FROM kam.rule_set;

-- Names as long as they may be, and one byte more
BEGIN;
INSERT INTO kam.rule_set (rule_set, weight_star) VALUES (repeat('x', 63), 0.9), (repeat('ก', 21), 0.7);
SELECT kam.weight('Star'::kam.tier, rule_set => repeat('x', 63)) AS latin,
	kam.weight('Star'::kam.tier, rule_set => repeat('ก', 21)) AS thai;
SELECT length(name), split_part(pg_temp.refused(format('SELECT kam.weight(''Star''::kam.tier, rule_set => %L)', name)), ':', 1) AS refused
FROM (VALUES (repeat('x', 62)), (repeat('x', 64)), (repeat('x', 127)), (repeat('x', 63) || 'y'),
	(repeat('ก', 22)), (repeat('ก', 21) || 'x')) AS n (name);
ROLLBACK;

-- A later revision is added as a row that says what differs
BEGIN;
INSERT INTO kam.rule_set (rule_set, plan_year_from, title, weight_star, voltage_kv)
	VALUES ('revision-5', 2027, 'B.E. 2570', 0.75, 115);
SELECT year, kam.rule_set_in_force(year), kam.weight('Star'::kam.tier, year) AS star,
	kam.weight('{Strategic:4,Star:6,Status:5}'::kam.portfolio, year) AS portfolio,
	kam.main_criteria(voltage_kv => 69, plan_year => year) AS "69 kV",
	kam.main_criteria(voltage_kv => 115, plan_year => year) AS "115 kV"
FROM (VALUES (2018), (2026), (2027), (2028)) AS y (year);
SELECT rule_set, builtin, plan_year_from, voltage_kv, spp_bill_thb, weight_star, weight_status
FROM kam.rule_set ORDER BY plan_year_from;
-- an earlier one after it: the year decides, not the order of the rows
INSERT INTO kam.rule_set (rule_set, plan_year_from, weight_star) VALUES ('interim', 2025, 0.85);
-- one before the manual
INSERT INTO kam.rule_set (rule_set, plan_year_from, weight_star) VALUES ('revision-3', 2015, 0.5);
SELECT year, kam.rule_set_in_force(year), kam.weight('Star'::kam.tier, year) AS star
FROM generate_series(2015, 2028) AS year;
SELECT pg_temp.refused('SELECT kam.rule_set_in_force(2014)');
-- two of one year: the user's before the built-in one, never two of the user's
INSERT INTO kam.rule_set (rule_set, plan_year_from) VALUES ('from the start', 2018);
SELECT kam.rule_set_in_force(2017), kam.rule_set_in_force(2018), kam.rule_set_in_force(2024);
SELECT pg_temp.refused($$INSERT INTO kam.rule_set (rule_set, plan_year_from) VALUES ('again', 2027)$$);
SELECT pg_temp.refused($$UPDATE kam.rule_set SET plan_year_from = 2027 WHERE rule_set = 'interim'$$);
SELECT pg_temp.refused($$INSERT INTO kam.rule_set (rule_set) VALUES ('interim')$$);
ROLLBACK;
SELECT kam.rule_set_in_force(2027), kam.rule_set_in_force(2018);

-- A draft has no year: only its name reaches it
BEGIN;
INSERT INTO kam.rule_set (rule_set, avg_monthly_bill_thb) VALUES ('draft', 15000000);
INSERT INTO kam.rule_set (rule_set, avg_monthly_bill_thb) VALUES ('another draft', 10000000);
SELECT r, kam.main_criteria(avg_monthly_bill_thb => 15000000, rule_set => r) AS "15 million",
	kam.main_criteria(avg_monthly_bill_thb => 14999999.99, rule_set => r) AS "less"
FROM (VALUES ('draft'), ('another draft'), ('revision-4'), (NULL)) AS v (r);
SELECT DISTINCT kam.rule_set_in_force(year) FROM generate_series(2018, 2400) AS year;
-- it becomes the rule by getting a year
UPDATE kam.rule_set SET plan_year_from = 2030 WHERE rule_set = 'draft';
SELECT kam.rule_set_in_force(2029), kam.rule_set_in_force(2030);
ROLLBACK;

-- A row of one's own hides the built-in one of that name, until it goes
BEGIN;
INSERT INTO kam.rule_set (rule_set, plan_year_from, weight_star) VALUES ('revision-4', 2020, 0.9);
SELECT kam.weight('Star'::kam.tier, rule_set => 'revision-4') AS by_name, kam.weight('Star'::kam.tier, 2020) AS by_year;
SELECT pg_temp.refused('SELECT kam.weight(''Star''::kam.tier, 2019)');
DELETE FROM kam.rule_set WHERE NOT builtin;
SELECT kam.weight('Star'::kam.tier, rule_set => 'revision-4') AS by_name, kam.weight('Star'::kam.tier, 2020) AS by_year;
ROLLBACK;

-- All thresholds are taken from the row
BEGIN;
INSERT INTO kam.rule_set (rule_set, voltage_kv, avg_monthly_bill_thb, spp_bill_thb, self_generation_mw, largest_job_thb, yearly_maintenance_thb)
	VALUES ('other', 22, 7000000, 3000000, 1.5, 1000000, 500000),
		('high spp', 22, 7000000, 9000000, 1.5, 1000000, 500000);
SELECT rule_set, spp_zone, bill, kam.main_criteria(avg_monthly_bill_thb => bill, spp_zone => spp_zone, rule_set => rule_set)
FROM (VALUES ('other'), ('high spp')) AS r (rule_set),
	(VALUES (true), (false)) AS z (spp_zone),
	(VALUES (2999999.99), (3000000), (6999999.99), (7000000), (8999999.99), (9000000)) AS b (bill)
ORDER BY 1, 2, 3;
SELECT kam.main_criteria(voltage_kv => 22 - e, self_generation_mw => 1.5 - e, largest_job_thb => 1000000 - e,
		yearly_maintenance_thb => 500000 - e, rule_set => 'other'),
	kam.main_criteria(largest_job_thb => 1000000 - e, rule_set => 'other') AS job,
	kam.main_criteria(yearly_maintenance_thb => 500000 - e, rule_set => 'other') AS maintenance
FROM (VALUES (0), (1e-20), (-1e-20)) AS v (e);
ROLLBACK;

-- Weights with other scales stay exact
BEGIN;
INSERT INTO kam.rule_set (rule_set, weight_strategic, weight_star, weight_status, weight_streamline)
	VALUES ('fine', 1, 0.333333, 0.1, 0.000001), ('whole', 3, 2, 1, 0), ('most', 1000, 1000, 1000, 1000), ('none', 0, 0, 0, 0);
SELECT r, t, kam.weight(t, rule_set => r)
FROM (VALUES ('fine'), ('whole'), ('most'), ('none')) AS v (r),
	unnest('{Strategic,Star,Status,Streamline}'::kam.tier[]) AS t
ORDER BY r, t DESC;
SELECT kam.weight('{Strategic:1,Star:3,Status:7,Streamline:1000000}'::kam.portfolio, rule_set => 'fine') AS fine,
	kam.weight('{Strategic:9000000000000000}'::kam.portfolio, rule_set => 'most') AS most,
	kam.weight('{Strategic:9223372036854775807}'::kam.portfolio, rule_set => 'none') AS none;
SELECT pg_temp.refused(format('SELECT kam.weight(%L::kam.portfolio, rule_set => ''most'')', p))
FROM (VALUES ('{Strategic:9223372036854775807}'), ('{Strategic:9000000000000000,Star:9000000000000000}')) AS v (p);
ROLLBACK;

-- Everyone reads them; writing is granted
CREATE ROLE regress_kam_clerk;
SET ROLE regress_kam_clerk;
SELECT rule_set FROM kam.rule_set;
SELECT kam.weight('Star'::kam.tier, 2018);
SELECT pg_temp.refused(statement)
FROM (VALUES ($$INSERT INTO kam.rule_set (rule_set) VALUES ('mine')$$), ($$DELETE FROM kam.rule_set$$),
	($$UPDATE kam.rule_set SET note = ''$$), ($$TRUNCATE kam.rule_set$$),
	($$CREATE TRIGGER mine BEFORE INSERT ON kam.rule_set EXECUTE FUNCTION kam._rule_set_protect()$$),
	($$ALTER TABLE kam.rule_set DISABLE TRIGGER ALL$$)) AS s (statement);
RESET ROLE;
BEGIN;
GRANT INSERT ON kam.rule_set TO regress_kam_clerk;
SET LOCAL ROLE regress_kam_clerk;
INSERT INTO kam.rule_set (rule_set, weight_star) VALUES ('the clerk''s', 0.65);
SELECT kam.weight('Star'::kam.tier, rule_set => 'the clerk''s');
ROLLBACK;
DROP ROLE regress_kam_clerk;

-- The trigger functions are nothing else
SELECT pg_temp.refused('SELECT kam._rule_set_protect()');
SELECT pg_temp.refused('SELECT kam._reference_changed()');

-- A draft takes no built-in set out of force, whichever came first; a set with a year does
BEGIN;
INSERT INTO kam.rule_set (rule_set, weight_star) VALUES ('revision-4', 0.7);
SELECT kam.rule_set_in_force(2026), kam.weight('Star'::kam.tier, 2026) AS in_force, kam.weight('Star'::kam.tier, rule_set => 'revision-4') AS draft;
UPDATE kam.rule_set SET plan_year_from = 2018 WHERE NOT builtin;
SELECT kam.rule_set_in_force(2026), kam.weight('Star'::kam.tier, 2026) AS in_force;
ROLLBACK;

-- The years that are taken for the Buddhist era begin where their common-era years do
SELECT year, pg_temp.refused(format('SELECT kam.weight(''Star''::kam.tier, %s)', year))
FROM unnest(ARRAY[2401, 2442, 2443, 2943, 2944]) AS year;
