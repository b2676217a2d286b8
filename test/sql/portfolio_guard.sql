/* The portfolio limit on a table (6.1.2.1): every way in which a row changes, and what the error says. */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
\set guard :srcdir '/sql/include/guard.sql'
\i :guard
CREATE SCHEMA guard_test;
SET search_path = guard_test;

CREATE TABLE assignment (id int PRIMARY KEY, kamr text, tier kam.tier, plan_year int, note text);
CREATE INDEX ON assignment (kamr, plan_year);
SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year');
\x on
SELECT * FROM kam.attached_rule;
SELECT obj_description(oid, 'pg_trigger') FROM pg_trigger WHERE tgrelid = 'assignment'::regclass;
\x off

/* The manual's five KAMRs fit, to the digit (R11); one account more does not. */
INSERT INTO assignment
SELECT row_number() OVER (), kamr, tier, 2026
FROM (VALUES ('1', 'Strategic'::kam.tier, 12), ('2', 'Star', 15), ('3', 'Status', 20), ('4', 'Strategic', 2), ('4', 'Star', 8), ('4', 'Status', 6),
	('5', 'Strategic', 4), ('5', 'Star', 6), ('5', 'Status', 5)) AS v (kamr, tier, n), generate_series(1, n);
SELECT kamr, tier, pg_temp.try(format('INSERT INTO assignment VALUES (0, %L, %L, 2026)', kamr, tier))
FROM generate_series(1, 5) AS kamr, unnest('{Strategic,Star,Status,Streamline}'::kam.tier[]) AS tier
ORDER BY kamr, tier DESC;
\x on
SELECT * FROM pg_temp.error_of($$INSERT INTO assignment VALUES (0, '2', 'Status', 2026)$$);
\x off
DO $$
DECLARE
	s text; t text; c text;
BEGIN
	INSERT INTO assignment VALUES (0, '2', 'Status', 2026);
EXCEPTION WHEN check_violation THEN
	GET STACKED DIAGNOSTICS s = SCHEMA_NAME, t = TABLE_NAME, c = CONSTRAINT_NAME;
	RAISE INFO 'schema %, table %, constraint %', s, t, c;
END $$;

/* Nobody's portfolio, no tier, no year: nothing to check. Streamline is not counted (R14). Another year is another portfolio (R12). */
SELECT pg_temp.try($$INSERT INTO assignment SELECT -n, NULL, 'Strategic', 2026 FROM generate_series(1, 100) AS n$$) AS nobody,
	pg_temp.try($$INSERT INTO assignment SELECT -n, '1', NULL, 2026 FROM generate_series(1, 100) AS n$$) AS no_tier,
	pg_temp.try($$INSERT INTO assignment SELECT -n, '1', 'Strategic', NULL FROM generate_series(1, 100) AS n$$) AS no_year,
	pg_temp.try($$INSERT INTO assignment SELECT -n, '1', 'Streamline', 2026 FROM generate_series(1, 100) AS n$$) AS streamline,
	pg_temp.try($$INSERT INTO assignment SELECT -n, '1', 'Strategic', 2027 FROM generate_series(1, 12) AS n$$) AS other_year;

/* Each column changed, into a full portfolio, past a limit, and out of one. */
BEGIN;
INSERT INTO assignment VALUES (901, '6', 'Status', 2026), (902, NULL, 'Status', 2026), (903, '2', 'Status', 2027),
	(904, '2', NULL, 2026), (905, '2', 'Status', NULL), (906, '2', 'Streamline', 2026), (907, '2', 'Strategic', 2027);
SELECT statement, pg_temp.try(statement)
FROM (VALUES
	($$UPDATE assignment SET kamr = '2' WHERE id = 901$$),
	($$UPDATE assignment SET kamr = '2' WHERE id = 902$$),
	($$UPDATE assignment SET plan_year = 2026 WHERE id = 903$$),
	($$UPDATE assignment SET tier = 'Status' WHERE id = 904$$),
	($$UPDATE assignment SET plan_year = 2026 WHERE id = 905$$),
	($$UPDATE assignment SET tier = 'Status' WHERE id = 906$$),
	($$UPDATE assignment SET tier = 'Strategic' WHERE kamr = '2' AND plan_year = 2026 AND id = (SELECT min(id) FROM assignment WHERE kamr = '2')$$),
	($$UPDATE assignment SET kamr = '7', plan_year = 2028, tier = 'Strategic'$$),
	($$UPDATE assignment SET plan_year = plan_year + 1$$),
	($$UPDATE assignment SET tier = 'Status' WHERE kamr = '2' AND plan_year = 2027$$),
	($$UPDATE assignment SET kamr = NULL$$),
	($$UPDATE assignment SET tier = NULL$$),
	($$UPDATE assignment SET plan_year = NULL$$),
	($$UPDATE assignment SET kamr = kamr, tier = tier, plan_year = plan_year$$),
	($$UPDATE assignment SET note = 'seen'$$),
	($$UPDATE assignment SET kamr = 'x' || kamr$$),
	($$DELETE FROM assignment$$),
	($$TRUNCATE assignment$$)
) AS s (statement);
ROLLBACK;

/* Two that swap in one statement fit, as would one after the other not. */
SELECT pg_temp.try($$UPDATE assignment SET kamr = CASE kamr WHEN '1' THEN '2' ELSE '1' END WHERE kamr IN ('1', '2')$$) AS swapped;

/* COPY */
BEGIN;
COPY assignment FROM stdin;
800	copy	Strategic	2026	
801	copy	Star	2026	
\.
COPY assignment FROM stdin;
802	copy	Strategic	2026	
803	copy	Strategic	2026	
804	copy	Strategic	2026	
805	copy	Strategic	2026	
806	copy	Strategic	2026	
807	copy	Strategic	2026	
808	copy	Strategic	2026	
809	copy	Strategic	2026	
810	copy	Strategic	2026	
811	copy	Strategic	2026	
812	copy	Star	2026	
\.
ROLLBACK;
/* rows that are frozen as they come in */
CREATE TABLE fresh (LIKE assignment INCLUDING INDEXES);
SELECT kam.attach_portfolio_guard('fresh', 'kamr', 'tier', 'plan_year');
BEGIN;
TRUNCATE fresh;
COPY fresh FROM PROGRAM 'for n in 1 2 3 4 5 6 7 8 9 10 11 12; do printf "$n\tcopy\tStrategic\t2026\t\n"; done' (FREEZE);
COMMIT;
SELECT count(*) FROM fresh;
BEGIN;
TRUNCATE fresh;
COPY fresh FROM PROGRAM 'for n in 1 2 3 4 5 6 7 8 9 10 11 12 13; do printf "$n\tcopy\tStrategic\t2026\t\n"; done' (FREEZE);
COMMIT;
SELECT count(*) FROM fresh;

/* ON CONFLICT */
SELECT statement, pg_temp.try(statement)
FROM (VALUES
	($$INSERT INTO assignment VALUES (1, '1', 'Strategic', 2026) ON CONFLICT DO NOTHING$$),
	($$INSERT INTO assignment VALUES (1, '1', 'Streamline', 2026) ON CONFLICT (id) DO UPDATE SET tier = EXCLUDED.tier$$),
	($$INSERT INTO assignment VALUES (1, '1', 'Strategic', 2026) ON CONFLICT (id) DO UPDATE SET tier = EXCLUDED.tier$$),
	($$INSERT INTO assignment VALUES (1, '2', 'Strategic', 2026) ON CONFLICT (id) DO UPDATE SET kamr = EXCLUDED.kamr$$),
	($$INSERT INTO assignment VALUES (1, '2', 'Strategic', 2026) ON CONFLICT (id) DO UPDATE SET kamr = EXCLUDED.kamr WHERE false$$),
	($$INSERT INTO assignment VALUES (0, '2', 'Strategic', 2026) ON CONFLICT (id) DO UPDATE SET kamr = EXCLUDED.kamr$$)
) AS s (statement);

/* MERGE */
SELECT statement, pg_temp.try(statement)
FROM (VALUES
	($$MERGE INTO assignment a USING (VALUES (0)) v (id) ON a.id = v.id WHEN NOT MATCHED THEN INSERT VALUES (0, '2', 'Status', 2026)$$),
	($$MERGE INTO assignment a USING (VALUES (0)) v (id) ON a.id = v.id WHEN NOT MATCHED THEN INSERT VALUES (0, '5', 'Status', 2027)$$),
	($$MERGE INTO assignment a USING (VALUES (1)) v (id) ON a.id = v.id WHEN MATCHED THEN UPDATE SET kamr = '2'$$),
	($$MERGE INTO assignment a USING (VALUES (1)) v (id) ON a.id = v.id WHEN MATCHED THEN UPDATE SET kamr = '9'$$),
	($$MERGE INTO assignment a USING (VALUES (1)) v (id) ON a.id = v.id WHEN MATCHED THEN DELETE$$),
	($$MERGE INTO assignment a USING (VALUES (1), (0)) v (id) ON a.id = v.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (0, '1', 'Strategic', 2026)$$),
	($$MERGE INTO assignment a USING (VALUES (1), (0), (-1)) v (id) ON a.id = v.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (v.id, '1', 'Strategic', 2026)$$)
) AS s (statement);

/* Several commands in one statement: what counts is what they leave. */
SELECT statement, pg_temp.try(statement)
FROM (VALUES
	($$WITH gone AS (DELETE FROM assignment WHERE id = 1 RETURNING kamr) INSERT INTO assignment SELECT 0, kamr, 'Strategic', 2026 FROM gone$$),
	($$WITH gone AS (DELETE FROM assignment WHERE id = 1 RETURNING kamr) INSERT INTO assignment SELECT -n, kamr, 'Strategic', 2026 FROM gone, generate_series(1, 2) AS n$$),
	($$WITH new AS (INSERT INTO assignment SELECT -n, 'a', 'Strategic', 2026 FROM generate_series(1, 12) AS n) INSERT INTO assignment VALUES (0, 'a', 'Status', 2026)$$),
	($$WITH new AS (INSERT INTO assignment SELECT -n, 'a', 'Strategic', 2026 FROM generate_series(1, 6) AS n) INSERT INTO assignment SELECT n * 1000, 'a', 'Strategic', 2026 FROM generate_series(1, 6) AS n$$)
) AS s (statement);

/* A command that runs inside another one, which goes on writing after it. */
CREATE FUNCTION give(to_whom text, how_often int) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO assignment SELECT nextval('number'), to_whom, 'Status', 2026 FROM generate_series(1, how_often);
	RETURN to_whom;
END $$;
CREATE SEQUENCE number START 10000;
SELECT statement, pg_temp.try(statement)
FROM (VALUES
	($$INSERT INTO assignment SELECT -n, CASE n WHEN 1 THEN give('n', 1) ELSE 'n' END, 'Strategic', 2026 FROM generate_series(1, 11) AS n$$),
	($$INSERT INTO assignment SELECT -n, CASE n WHEN 1 THEN give('n', 1) ELSE 'n' END, 'Strategic', 2026 FROM generate_series(1, 12) AS n$$),
	($$INSERT INTO assignment SELECT -n, CASE n WHEN 12 THEN give('n', 1) ELSE 'n' END, 'Strategic', 2026 FROM generate_series(1, 12) AS n$$),
	($$INSERT INTO assignment SELECT -n, give('n', 1), 'Status', 2026 FROM generate_series(1, 10) AS n$$),
	($$INSERT INTO assignment SELECT -n, give('n', 1), 'Status', 2026 FROM generate_series(1, 11) AS n$$),
	($$INSERT INTO assignment SELECT -n, give('n', 1), 'Streamline', 2026 FROM generate_series(1, 20) AS n$$),
	($$INSERT INTO assignment SELECT -n, give('n', 1), 'Streamline', 2026 FROM generate_series(1, 21) AS n$$),
	($$UPDATE assignment SET kamr = give('n', 1), tier = 'Strategic' WHERE kamr = '1'$$),
	($$UPDATE assignment SET kamr = CASE WHEN id = 1 THEN give('n', 1) ELSE 'n' END WHERE kamr = '1'$$)
) AS s (statement);
/* … with the events of a deferred check brought forward in there */
CREATE FUNCTION settle(to_whom text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	SET CONSTRAINTS ALL IMMEDIATE;
	RETURN to_whom;
END $$;
BEGIN;
SET CONSTRAINTS ALL DEFERRED;
INSERT INTO assignment VALUES (-100, 'n', 'Status', 2026);
INSERT INTO assignment SELECT -n, CASE n WHEN 3 THEN settle('n') ELSE 'n' END, 'Strategic', 2026 FROM generate_series(1, 12) AS n;
ROLLBACK;

/* BEFORE triggers change what is written, also columns that the command does not name. */
CREATE FUNCTION promote() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.tier := 'Strategic'; RETURN NEW; END $$;
BEGIN;
INSERT INTO assignment SELECT -n, 'b', 'Star', 2026 FROM generate_series(1, 15) AS n;
CREATE TRIGGER promote BEFORE INSERT OR UPDATE ON assignment FOR EACH ROW EXECUTE FUNCTION promote();
SELECT pg_temp.try($$UPDATE assignment SET note = 'x' WHERE id = -1$$) AS other_column,
	pg_temp.try($$UPDATE assignment SET note = 'x' WHERE kamr = '1'$$) AS no_gain;
ROLLBACK;
/* An AFTER trigger that writes more. */
CREATE FUNCTION double() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.id < 0 AND NEW.id > -1000 THEN
		INSERT INTO assignment VALUES (NEW.id - 1000, NEW.kamr, NEW.tier, NEW.plan_year);
	END IF;
	RETURN NULL;
END $$;
BEGIN;
CREATE TRIGGER a_double AFTER INSERT ON assignment FOR EACH ROW EXECUTE FUNCTION double();
SELECT n, pg_temp.try(format($$INSERT INTO assignment SELECT -n, 'd', 'Strategic', 2026 FROM generate_series(1, %s) AS n$$, n)) FROM generate_series(6, 7) AS n;
ALTER TRIGGER a_double ON assignment RENAME TO z_double;
SELECT n, pg_temp.try(format($$INSERT INTO assignment SELECT -n, 'd', 'Strategic', 2026 FROM generate_series(1, %s) AS n$$, n)) FROM generate_series(6, 7) AS n;
ROLLBACK;

/* Foreign keys that change rows. */
CREATE TABLE kamr (kamr text PRIMARY KEY, chief text UNIQUE);
INSERT INTO kamr SELECT n, 'chief ' || n FROM generate_series(1, 9) AS n;
BEGIN;
ALTER TABLE assignment ADD FOREIGN KEY (kamr) REFERENCES kamr ON UPDATE CASCADE ON DELETE SET NULL;
SELECT statement, pg_temp.try(statement)
FROM (VALUES
	($$UPDATE kamr SET kamr = 'new' WHERE kamr = '1'$$),
	($$DELETE FROM kamr WHERE kamr = '1'$$),
	($$UPDATE kamr SET kamr = 'new' WHERE kamr = '1'; INSERT INTO assignment VALUES (0, 'new', 'Status', 2026)$$)
) AS s (statement);
ROLLBACK;

/* Rows of a cursor. */
BEGIN;
INSERT INTO assignment SELECT -n, 'c', 'Star', 2026 FROM generate_series(1, 15) AS n;
DECLARE c CURSOR FOR SELECT * FROM assignment WHERE kamr = 'c' FOR UPDATE;
MOVE 3 FROM c;
UPDATE assignment SET tier = 'Status' WHERE CURRENT OF c;
SAVEPOINT s;
UPDATE assignment SET tier = 'Strategic' WHERE CURRENT OF c;
ROLLBACK TO s;
MOVE 1 FROM c;
UPDATE assignment SET tier = 'Strategic' WHERE CURRENT OF c;
SELECT kam.weight(kam.portfolio(tier)) FROM assignment WHERE kamr = 'c';
ROLLBACK;

/* A portfolio above the limit can be mended; it cannot grow. */
ALTER TABLE assignment DISABLE TRIGGER kam_portfolio_guard;
SELECT relation, enabled FROM kam.attached_rule WHERE relation = 'assignment'::regclass;
INSERT INTO assignment SELECT 1000 + n, 'over', 'Star', 2026 FROM generate_series(1, 20) AS n;
INSERT INTO assignment VALUES (1021, 'over', 'Streamline', 2026), (1022, 'under', 'Star', 2026), (1023, 'streamline only', 'Streamline', 2026);
ALTER TABLE assignment ENABLE TRIGGER kam_portfolio_guard;
SELECT * FROM kam.portfolio_violations('assignment');
SELECT * FROM kam.portfolio_violations('assignment', below => true);
SELECT statement, pg_temp.try(statement)
FROM (VALUES
	($$UPDATE assignment SET note = 'x' WHERE kamr = 'over'$$),
	($$UPDATE assignment SET kamr = 'over' WHERE kamr = 'over'$$),
	($$UPDATE assignment SET tier = 'Status' WHERE id = 1001$$),
	($$UPDATE assignment SET tier = 'Strategic' WHERE id = 1001$$),
	($$UPDATE assignment SET tier = CASE id WHEN 1001 THEN 'Strategic' WHEN 1002 THEN 'Status' ELSE tier END WHERE kamr = 'over'$$),
	($$UPDATE assignment SET tier = CASE id WHEN 1001 THEN 'Strategic' WHEN 1002 THEN 'Streamline' ELSE tier END WHERE kamr = 'over'$$),
	($$UPDATE assignment SET tier = CASE id WHEN 1001 THEN 'Strategic'::kam.tier WHEN 1021 THEN 'Status' ELSE tier END WHERE kamr = 'over'$$),
	($$UPDATE assignment SET kamr = 'else' WHERE kamr = 'over' AND id <= 1005$$),
	($$UPDATE assignment SET kamr = 'else' WHERE kamr = 'over'$$),
	($$UPDATE assignment SET kamr = 'over' WHERE id = 1022$$),
	($$DELETE FROM assignment WHERE id = 1001$$),
	($$INSERT INTO assignment VALUES (0, 'over', 'Streamline', 2026)$$),
	($$INSERT INTO assignment VALUES (0, 'over', 'Status', 2026)$$),
	($$WITH gone AS (DELETE FROM assignment WHERE id = 1001 RETURNING id) INSERT INTO assignment SELECT 0, 'over', 'Status', 2026 FROM gone$$),
	($$WITH gone AS (DELETE FROM assignment WHERE id = 1001 RETURNING id) INSERT INTO assignment SELECT 0, 'over', 'Strategic', 2026 FROM gone$$)
) AS s (statement);

/* detach */
SELECT kam.detach_portfolio_guard('assignment');
SELECT pg_temp.try($$INSERT INTO assignment VALUES (0, '2', 'Strategic', 2026)$$);
SELECT statement, pg_temp.try(statement)
FROM (VALUES
	($$SELECT kam.detach_portfolio_guard('assignment')$$),
	($$SELECT kam.lock_portfolio_guard('assignment')$$),
	($$SELECT * FROM kam.portfolio_violations('assignment')$$)
) AS s (statement);
SELECT * FROM pg_temp.error_of($$SELECT kam.detach_portfolio_guard('assignment')$$);

/* What breaks the rule already is listed; or guarded from now on, when asked. */
INSERT INTO assignment SELECT 2000 + n, 'also ' || n % 2, 'Strategic', 2027 FROM generate_series(1, 27) AS n;
\x on
SELECT * FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year')$$);
\x off
SELECT count(*) FROM kam.attached_rule WHERE relation = 'assignment'::regclass;
SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year', check_existing => false);
SELECT kamr, plan_year, portfolio, weight FROM kam.portfolio_violations('assignment');
SELECT pg_temp.try($$UPDATE assignment SET tier = 'Strategic' WHERE id = 1001$$), pg_temp.try($$UPDATE assignment SET tier = 'Streamline' WHERE id = 1001$$);
SELECT kam.detach_portfolio_guard('assignment');
/* no more than the first hundred are named */
INSERT INTO assignment SELECT 3000 + n, 'crowd ' || n % 150, 'Strategic', 2028 FROM generate_series(1, 150 * 13) AS n;
SELECT message, substring(detail FROM '[^\n]*$') AS last, array_length(regexp_split_to_array(detail, E'\n'), 1) AS lines
FROM pg_temp.error_of($$SELECT kam.attach_portfolio_guard('assignment', 'kamr', 'tier', 'plan_year')$$);

/* A table without a period: all rows belong to one plan year, which is fixed when the guard is attached. */
CREATE TABLE now (kamr text, tier kam.tier);
CREATE INDEX ON now (kamr);
SELECT kam.attach_portfolio_guard('now', 'kamr', 'tier');
SELECT (arguments ->> 'plan_year')::int - extract(year FROM now() AT TIME ZONE 'Asia/Bangkok') AS difference FROM kam.attached_rule WHERE relation = 'now'::regclass;
SELECT kam.detach_portfolio_guard('now');
SELECT kam.attach_portfolio_guard('now', 'kamr', 'tier', plan_year => 2026);
SELECT arguments, definition FROM kam.attached_rule WHERE relation = 'now'::regclass;
INSERT INTO now SELECT 'a', 'Star' FROM generate_series(1, 15);
SELECT pg_temp.try($$INSERT INTO now VALUES ('a', 'Status')$$), pg_temp.try($$INSERT INTO now VALUES ('b', 'Status')$$);
UPDATE now SET tier = 'Status';
SELECT * FROM kam.portfolio_violations('now'), kam.portfolio_violations('now', true) AS all_of_them;
UPDATE now SET tier = NULL WHERE ctid IN (SELECT ctid FROM now LIMIT 6);
SELECT * FROM kam.portfolio_violations('now', true);

SET client_min_messages = warning;
DROP SCHEMA guard_test CASCADE;
