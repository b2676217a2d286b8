-- Rule sets are cached by each session: every change is seen by the next statement,
-- whoever made it, and nothing of what was rolled back stays. (Between sessions:
-- test/isolation.)

CREATE FUNCTION star(rule_set text) RETURNS numeric LANGUAGE sql STABLE RETURN kam.weight('Star'::kam.tier, rule_set => $1);
-- The weight of Star in 2040, and by the name mine where there is one
CREATE FUNCTION weights(OUT by_year numeric, OUT by_name numeric) LANGUAGE plpgsql STABLE AS $$
BEGIN
	by_year := kam.weight('Star'::kam.tier, 2040);
	by_name := kam.weight('Star'::kam.tier, rule_set => 'mine');
EXCEPTION WHEN undefined_object THEN
	by_name := NULL;
END
$$;

-- One's own changes
SELECT * FROM weights();
INSERT INTO kam.rule_set (rule_set, plan_year_from, weight_star) VALUES ('mine', 2040, 0.1);
SELECT * FROM weights();
UPDATE kam.rule_set SET weight_star = 0.2 WHERE rule_set = 'mine';
SELECT * FROM weights();
DELETE FROM kam.rule_set WHERE rule_set = 'mine';
SELECT * FROM weights();

-- Rolled back
BEGIN;
INSERT INTO kam.rule_set (rule_set, plan_year_from, weight_star) VALUES ('mine', 2040, 0.3);
SELECT * FROM weights();
ROLLBACK;
SELECT * FROM weights();

-- Rolled back to a savepoint, also after the savepoint's rows were read
BEGIN;
INSERT INTO kam.rule_set (rule_set, plan_year_from, weight_star) VALUES ('mine', 2040, 0.3);
SELECT * FROM weights();
SAVEPOINT s;
UPDATE kam.rule_set SET weight_star = 0.4 WHERE rule_set = 'mine';
SELECT * FROM weights();
SAVEPOINT t;
DELETE FROM kam.rule_set WHERE rule_set = 'mine';
SELECT * FROM weights();
ROLLBACK TO t;
SELECT * FROM weights();
RELEASE t;
ROLLBACK TO s;
SELECT * FROM weights();
COMMIT;
SELECT * FROM weights();
-- an error that rolls back is no different
DO $$
BEGIN
	UPDATE kam.rule_set SET weight_star = 0.5 WHERE rule_set = 'mine';
	RAISE NOTICE 'before %', weights();
	RAISE division_by_zero;
EXCEPTION WHEN division_by_zero THEN
	RAISE NOTICE 'after %', weights();
END
$$;
SELECT * FROM weights();

-- Changed in a loop: the next expression sees it
DO $$
BEGIN
	FOR i IN 1 .. 5 LOOP
		UPDATE kam.rule_set SET weight_star = round(i / 10.0, 1) WHERE rule_set = 'mine';
		RAISE NOTICE '% %', kam.weight('Star'::kam.tier, rule_set => 'mine'), kam.weight('Star'::kam.tier, 2040);
	END LOOP;
END
$$;
-- in a loop over rows whose query has the function
DO $$
DECLARE
	r record;
BEGIN
	FOR r IN SELECT i, star('mine') AS weight FROM generate_series(1, 3) AS i LOOP
		UPDATE kam.rule_set SET weight_star = 0.9 + round(r.i / 100.0, 2) WHERE rule_set = 'mine';
		RAISE NOTICE '% %: then %', r.i, r.weight, star('mine');
	END LOOP;
END
$$;
-- in an exception block of a loop
DO $$
BEGIN
	FOR i IN 1 .. 4 LOOP
		BEGIN
			UPDATE kam.rule_set SET weight_star = 0.6 + round(i / 100.0, 2) WHERE rule_set = 'mine';
			IF i % 2 = 0 THEN
				RAISE NOTICE '% within: %', i, star('mine');
				RAISE division_by_zero;
			END IF;
		EXCEPTION WHEN division_by_zero THEN
			NULL;
		END;
		RAISE NOTICE '% after: %', i, star('mine');
	END LOOP;
END
$$;
-- in a procedure that commits and rolls back
CREATE PROCEDURE change() LANGUAGE plpgsql AS $$
BEGIN
	FOR i IN 1 .. 4 LOOP
		UPDATE kam.rule_set SET weight_star = 0.7 + round(i / 100.0, 2) WHERE rule_set = 'mine';
		RAISE NOTICE '% before: %', i, star('mine');
		IF i % 2 = 0 THEN
			COMMIT;
		ELSE
			ROLLBACK;
		END IF;
		RAISE NOTICE '% after: %', i, star('mine');
	END LOOP;
END
$$;
CALL change();

-- Prepared statements, with custom and with generic plans
PREPARE weight(text) AS SELECT kam.weight('Star'::kam.tier, rule_set => $1), kam.main_criteria(voltage_kv => 69, rule_set => $1);
PREPARE fixed AS SELECT kam.weight('Star'::kam.tier, 2040);
SET plan_cache_mode = force_generic_plan;
EXECUTE weight('mine');
EXECUTE fixed;
UPDATE kam.rule_set SET weight_star = 0.15, voltage_kv = 230 WHERE rule_set = 'mine';
EXECUTE weight('mine');
EXECUTE fixed;
EXECUTE weight('revision-4');
DELETE FROM kam.rule_set WHERE NOT builtin;
EXECUTE fixed;
EXECUTE weight('mine');
RESET plan_cache_mode;
DEALLOCATE ALL;

-- Different rule sets in one statement, alternating
INSERT INTO kam.rule_set (rule_set, plan_year_from, weight_star) VALUES ('mine', 2040, 0.25), ('yours', 2050, 0.35);
SELECT year, name, kam.weight('Star'::kam.tier, year, name) FROM
	(VALUES (2018, NULL), (2040, NULL), (2018, 'yours'), (NULL, 'mine'), (2050, NULL), (2049, 'revision-4'), (2049, NULL)) AS v (year, name);

-- A statement keeps the rules it began with, while it changes them itself
WITH changed AS (UPDATE kam.rule_set SET weight_star = 0.99 WHERE rule_set = 'mine' RETURNING rule_set)
SELECT star(rule_set) IN (0.25, 0.99) AS either FROM changed;
SELECT star('mine');

-- A cursor keeps the edition it began with
BEGIN;
DECLARE c CURSOR FOR SELECT i, kam.weight('Star'::kam.tier, rule_set => 'mine') FROM generate_series(1, 4) AS i;
FETCH 2 FROM c;
UPDATE kam.rule_set SET weight_star = 0.11 WHERE rule_set = 'mine';
SELECT star('mine');
FETCH 1 FROM c;
SAVEPOINT s;
DELETE FROM kam.rule_set WHERE rule_set = 'mine';
FETCH 1 FROM c;
ROLLBACK TO s;
SELECT star('mine');
CLOSE c;
ROLLBACK;
SELECT star('mine');
-- held after its transaction
BEGIN;
DECLARE c CURSOR WITH HOLD FOR SELECT i, kam.weight('Star'::kam.tier, rule_set => 'mine') FROM generate_series(1, 2) AS i;
COMMIT;
UPDATE kam.rule_set SET weight_star = 0.12 WHERE rule_set = 'mine';
FETCH ALL FROM c;
CLOSE c;

-- The table rewritten, and read after
VACUUM FULL kam.rule_set;
SELECT * FROM weights();
CLUSTER kam.rule_set USING rule_set_pkey;
SELECT * FROM weights();
DISCARD ALL;
SELECT * FROM weights();

-- Everything but what is built in, deleted
DELETE FROM kam.rule_set WHERE NOT builtin;
SELECT * FROM weights();

-- Today's year is Bangkok's, whatever the session's time zone
INSERT INTO kam.rule_set (rule_set, plan_year_from)
	SELECT 'this year''s', extract(year FROM now() AT TIME ZONE 'Asia/Bangkok')::int;
SET TimeZone = 'Etc/GMT+12';
SELECT kam.rule_set_in_force();
SET TimeZone = 'Etc/GMT-14';
SELECT kam.rule_set_in_force();
RESET TimeZone;
UPDATE kam.rule_set SET plan_year_from = plan_year_from + 1, rule_set = 'next year''s' WHERE NOT builtin;
SET TimeZone = 'Etc/GMT+12';
SELECT kam.rule_set_in_force();
SET TimeZone = 'Etc/GMT-14';
SELECT kam.rule_set_in_force();
RESET TimeZone;
DELETE FROM kam.rule_set WHERE NOT builtin;

-- Hundreds of rule sets: one a year, and drafts
INSERT INTO kam.rule_set (rule_set, plan_year_from, weight_star)
	SELECT 'of ' || year, year, round((year % 100) / 100.0, 2) FROM generate_series(2019, 2400) AS year;
INSERT INTO kam.rule_set (rule_set, weight_star)
	SELECT 'draft ' || i, round(i / 1000.0, 3) FROM generate_series(1, 400) AS i;
SELECT count(*) AS years,
	count(*) FILTER (WHERE kam.rule_set_in_force(year) <> 'of ' || year) AS "wrong set",
	count(*) FILTER (WHERE kam.weight('Star'::kam.tier, year) <> (year % 100) / 100.0) AS "wrong weight",
	count(*) FILTER (WHERE kam.weight('Star'::kam.tier, rule_set => 'of ' || year) <> (year % 100) / 100.0) AS "wrong by name"
FROM generate_series(2019, 2400) AS year;
SELECT count(*) AS drafts,
	count(*) FILTER (WHERE star('draft ' || i) <> i / 1000.0) AS wrong
FROM generate_series(1, 400) AS i;
DELETE FROM kam.rule_set WHERE plan_year_from % 2 = 0 AND NOT builtin;
SELECT count(*) AS years,
	count(*) FILTER (WHERE kam.rule_set_in_force(year) <> 'of ' || (year - 1) / 2 * 2 + 1) AS "wrong set"
FROM generate_series(2019, 2400) AS year;
DELETE FROM kam.rule_set WHERE NOT builtin;
SELECT DISTINCT kam.rule_set_in_force(year) FROM generate_series(2018, 2400) AS year;

-- Many editions one after the other take no more memory than one
DO $$
DECLARE
	before bigint;
	after bigint;
BEGIN
	INSERT INTO kam.rule_set (rule_set, weight_star) VALUES ('mine', 0.1);
	FOR i IN 1 .. 300 LOOP
		UPDATE kam.rule_set SET weight_star = round(i / 1000.0, 3) WHERE rule_set = 'mine';
		IF star('mine') <> i / 1000.0 THEN
			RAISE 'stale in round %', i;
		END IF;
		IF i = 50 THEN
			SELECT count(*) INTO before FROM pg_backend_memory_contexts WHERE name = 'kam reference table';
		END IF;
	END LOOP;
	SELECT count(*) INTO after FROM pg_backend_memory_contexts WHERE name = 'kam reference table';
	RAISE NOTICE 'editions are given back: %', after <= before;
END
$$;
DELETE FROM kam.rule_set WHERE NOT builtin;
SELECT count(*) AS editions FROM pg_backend_memory_contexts WHERE name = 'kam reference table';

-- In parallel workers
INSERT INTO kam.rule_set (rule_set, weight_star) VALUES ('mine', 0.17);
CREATE TABLE many AS SELECT i FROM generate_series(1, 20000) AS i;
ALTER TABLE many SET (parallel_workers = 2);
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
BEGIN;
SELECT sum(kam.weight('Star'::kam.tier, rule_set => 'mine')) FROM many;
UPDATE kam.rule_set SET weight_star = 0.18 WHERE rule_set = 'mine';
SELECT sum(kam.weight('Star'::kam.tier, rule_set => 'mine')) FROM many;
ROLLBACK;
SELECT sum(kam.weight('Star'::kam.tier, rule_set => 'mine')) FROM many;
DELETE FROM kam.rule_set WHERE NOT builtin;

DROP TABLE many;
DROP PROCEDURE change();
DROP FUNCTION weights();
DROP FUNCTION star(text);
