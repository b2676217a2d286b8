-- Absurd facts: every function that takes them refuses (22023) and says which fact, and
-- of whom; nothing is half done.
\pset null '(null)'
\set SHOW_CONTEXT never

CREATE FUNCTION pg_temp.refused(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	state text; message text; hint text;
BEGIN
	EXECUTE statement;
	RETURN 'accepted';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT;
	RETURN state || ': ' || message || COALESCE(E'\n  ' || NULLIF(hint, ''), '');
END
$$;

-- Each measure by name
SELECT DISTINCT ON (fact, value) pg_temp.refused(format('SELECT kam.main_criteria(%s => %L::numeric)', fact, value))
FROM unnest('{voltage_kv,avg_monthly_bill_thb,self_generation_mw,largest_job_thb,yearly_maintenance_thb,bill_cutoff_thb}'::text[]) AS fact,
	unnest('{-1,NaN,Infinity,-Infinity}'::text[]) AS value;
-- as little below 0 as you like; 0 itself is a fact, but no cut-off
SELECT fact, left(pg_temp.refused(format('SELECT kam.main_criteria(%s => -1e-16383)', fact)), 60) AS "below 0",
	pg_temp.refused(format('SELECT kam.main_criteria(%s => -0.00)', fact)) AS zero
FROM unnest('{voltage_kv,avg_monthly_bill_thb,self_generation_mw,largest_job_thb,yearly_maintenance_thb,bill_cutoff_thb}'::text[]) AS fact;
-- the largest number there is, is one
SELECT kam.main_criteria(voltage_kv => 1e131071, avg_monthly_bill_thb => 1e131071);
-- one absurd fact among sound ones, also where the others have decided already
SELECT kam.main_criteria(voltage_kv => 115, avg_monthly_bill_thb => 30000000, national_strategy => true, yearly_maintenance_thb => -1);

-- Every function refuses the same
SELECT call, pg_temp.refused('SELECT * FROM ' || call)
FROM (VALUES ($$kam.explain_kasm('High', voltage_kv => -1)$$), ($$kam.explain_kasm('High', avg_monthly_bill_thb => 'NaN')$$),
	($$kam.explain_kasm('High', bill_cutoff_thb => 0)$$), ($$kam.nearest_miss('High', self_generation_mw => '-Infinity')$$),
	($$kam.nearest_miss(NULL, largest_job_thb => 'Infinity')$$), ($$kam.nearest_miss('Low', bill_cutoff_thb => 'NaN')$$)) AS c (call);

-- A table with one absurd row among many: the account is named in CONTEXT
CREATE TABLE customer (account_id text, area text, value_class text, voltage_kv numeric, avg_monthly_bill_thb numeric);
INSERT INTO customer SELECT 'C' || i, 'N1', 'High', 22, i FROM generate_series(1, 100) AS i;
CREATE FUNCTION pg_temp.context_of(statement text, OUT error text, OUT account text) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS account = PG_EXCEPTION_CONTEXT;
	error := SQLSTATE || ': ' || SQLERRM;
	account := substring(account FROM 'account "[^"]*"');
END
$$;
UPDATE customer SET avg_monthly_bill_thb = 'NaN' WHERE account_id = 'C57';
SELECT * FROM pg_temp.context_of('SELECT * FROM kam.classify(''customer'')');
UPDATE customer SET avg_monthly_bill_thb = 1, voltage_kv = -1 WHERE account_id = 'C57';
SELECT * FROM pg_temp.context_of('SELECT * FROM kam.classify(''customer'')');
UPDATE customer SET account_id = NULL WHERE account_id = 'C57';
SELECT * FROM pg_temp.context_of('SELECT * FROM kam.classify(''customer'')');
SELECT error FROM (VALUES ('SELECT * FROM kam.area_cutoff(''customer'')'), ('SELECT * FROM kam.what_if(''customer'', ''revision-4'')')) AS v (s), pg_temp.context_of(s);
-- a row in no area, and one without a class, are read as well
UPDATE customer SET area = NULL, value_class = NULL WHERE account_id IS NULL;
SELECT error FROM pg_temp.context_of('SELECT * FROM kam.classify(''customer'')');

-- Nothing half done: INSERT … SELECT leaves no row, a view or table is not made
CREATE TABLE result (account_id text, tier kam.tier);
INSERT INTO result SELECT account_id, tier FROM kam.classify('customer');
SELECT count(*) FROM result;
CREATE TABLE made AS SELECT * FROM kam.classify('customer');
SELECT to_regclass('made');
-- live cut-offs take facts as they will be; stored ones need sound facts now
DELETE FROM customer WHERE account_id IS NULL;
UPDATE customer SET avg_monthly_bill_thb = -1 WHERE account_id = 'C3';
SELECT error FROM pg_temp.context_of('SELECT kam.create_kasm_view(''stored'', ''customer'', stored_cutoffs => true)');
SELECT to_regclass('stored'), to_regclass('stored_cutoff');
SELECT kam.create_kasm_view('live', 'customer');
SELECT error FROM pg_temp.context_of('SELECT count(tier) FROM live');
-- after the correction, everything works
UPDATE customer SET avg_monthly_bill_thb = 3 WHERE account_id = 'C3';
INSERT INTO result SELECT account_id, tier FROM kam.classify('customer');
SELECT tier, count(*) FROM result GROUP BY tier ORDER BY tier;
SELECT tier, count(*) FROM live GROUP BY tier ORDER BY tier;

-- Labels that are none
UPDATE customer SET value_class = 'Very high' WHERE account_id = 'C7';
SELECT error FROM pg_temp.context_of('SELECT * FROM kam.classify(''customer'')');
SELECT error FROM pg_temp.context_of('SELECT tier FROM live');
UPDATE customer SET value_class = '' WHERE account_id = 'C7';
SELECT error FROM pg_temp.context_of('SELECT * FROM kam.classify(''customer'')');
UPDATE customer SET value_class = ' h ' WHERE account_id = 'C7';
SELECT value_class, tier FROM kam.classify('customer') WHERE account_id = 'C7';

-- Errors inside the query leave kam's state as it was: again, at once
DO $$
BEGIN
	FOR i IN 1 .. 50 LOOP
		BEGIN
			UPDATE customer SET avg_monthly_bill_thb = 'NaN' WHERE account_id = 'C' || i;
			PERFORM * FROM kam.classify('customer');
			RAISE 'NaN was accepted';
		EXCEPTION WHEN invalid_parameter_value THEN
			NULL;
		END;
		IF (SELECT count(*) FROM kam.classify('customer')) <> 99 THEN
			RAISE 'rows are missing';
		END IF;
	END LOOP;
END
$$;
SHOW search_path;
SHOW row_security;

-- NaN and infinity of double precision come the same way
CREATE VIEW floats AS SELECT account_id, area, value_class, 'NaN'::float8 AS voltage_kv FROM customer;
SELECT * FROM pg_temp.context_of('SELECT * FROM kam.classify(''floats'')');
CREATE VIEW reals AS SELECT account_id, area, value_class, '-Infinity'::float4 AS largest_job_thb FROM customer;
SELECT * FROM pg_temp.context_of('SELECT * FROM kam.classify(''reals'')');

DROP VIEW live, live_cutoff, floats, reals;
DROP TABLE customer, result;
