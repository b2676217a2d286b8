-- History: who changed what, when; and any table as of any day.
\set schema wf_history
\set prefix regress_history_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :fixture

-- every table of accounts, selection, assignment and plan keeps a history
SELECT string_agg(c.relname, ' ' ORDER BY c.relname) FROM pg_class c
WHERE EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgfoid = (:'schema' || '._keep_history')::regproc);

-- ---- from the beginning: units, settings, who may do what -----------------------

SET ROLE :owner;
SELECT (SELECT count(*) FROM unit) - (SELECT count(*) FROM as_of(NULL::unit, 'infinity')) AS units,
	(SELECT count(*) FROM authority) - (SELECT count(*) FROM as_of(NULL::authority, 'infinity')) AS authorities,
	(SELECT count(*) FROM plan_route) - (SELECT count(*) FROM as_of(NULL::plan_route, 'infinity')) AS routes,
	(SELECT count(*) FROM report_recipient) - (SELECT count(*) FROM as_of(NULL::report_recipient, 'infinity')) AS recipients;
UPDATE setting SET value = '20' WHERE setting = 'introduction_days';
UPDATE plan_route SET post = 'director_engineering_area' WHERE action = 'approve' AND route = 'area';
UPDATE plan_route SET post = 'area_director' WHERE action = 'approve' AND route = 'area';
SELECT table_name, row_key, operation, column_name, old_value, new_value FROM history_change
WHERE row_key = 'introduction_days' OR row_key LIKE 'area|approve%' ORDER BY history_id;
-- asked again, it has nothing to add
SELECT count(*) AS before FROM history \gset
SELECT _begin_history();
SELECT count(*) - :before AS more FROM history;
RESET ROLE;

-- ---- a year of one account, seen from everywhere --------------------------------

SET ROLE :owner;
CALL rehearse('2026-10-01 09:00+07');
INSERT INTO account (account_id, name_th, unit_code) VALUES ('A|1', 'บริษัท ก', 'N1-A'), ('A2', 'บริษัท ข', 'N1-B');
CALL rehearse('2026-10-02 23:59:59+07');
UPDATE account SET name_th = 'บริษัท กอ', business = 'steel' WHERE account_id = 'A|1';
UPDATE account SET name_th = name_th;	-- no change: no history
CALL rehearse('2026-10-03 00:00+07');
UPDATE account SET business = NULL WHERE account_id = 'A|1';
CALL rehearse('2026-11-01 09:00+07');
UPDATE account SET unit_code = 'C1-A' WHERE account_id = 'A|1';
CALL rehearse('2026-12-01 09:00+07');
UPDATE account SET name_en = 'secret of C1-A' WHERE account_id = 'A|1';
CALL rehearse('2027-01-01 09:00+07');
UPDATE account SET unit_code = 'N1-A' WHERE account_id = 'A|1';
CALL rehearse('2027-02-01 09:00+07');
DELETE FROM account WHERE account_id = 'A|1';
RESET ROLE;
SELECT row_key, operation, changed_at, changed_by, role_name, unit_code, row_now ->> 'name_th' AS name_th FROM history WHERE table_name = 'account' ORDER BY history_id;
-- at the end of each day in Bangkok: what the owner, N1-A, C1-A and others see
CREATE FUNCTION pg_temp.on_day(who text, day date) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.try(who, format('SELECT string_agg(concat_ws($s$,$s$, account_id, unit_code, name_th, business, name_en), $s$; $s$ ORDER BY account_id) FROM as_of(NULL::account, %L)', day))
$$;
SELECT day, pg_temp.on_day('owner', day) AS everything, pg_temp.on_day('office_manager_n1a', day) AS n1a, pg_temp.on_day('office_manager_c1a', day) AS c1a,
	pg_temp.on_day('office_manager_n1b', day) AS n1b, pg_temp.on_day('stranger', day) AS stranger
FROM unnest(ARRAY['2026-09-30', '2026-10-01', '2026-10-02', '2026-10-03', '2026-10-31', '2026-11-01', '2026-12-31', '2027-01-01', '2027-02-01', 'infinity']::date[]) day;
SELECT pg_temp.act('owner') \g /dev/null
SELECT changed_at, operation, column_name, old_value, new_value FROM history_change WHERE table_name = 'account' AND row_key = 'A|1' ORDER BY history_id, column_name;
SELECT pg_temp.act('office_manager_n1a') \g /dev/null
SELECT changed_at, operation, column_name, old_value, new_value FROM history_change WHERE table_name = 'account' AND row_key = 'A|1' ORDER BY history_id, column_name;
RESET ROLE;

-- ---- who: the member of staff and the role, also through an application -----------------

CALL pg_temp.at('2026-10-05 09:00+07');
SET ROLE regress_history_application;
SELECT act_for('office_manager_n1a') \g /dev/null
SELECT delegate_post('office_manager', 'N1-A', 'section_head_n1a', '2026-10-10', '2026-10-20', 'leave') \g /dev/null
RESET kam.acting_for;
-- the parameter alone does not make it somebody else
SET kam.acting_for = 'area_director_n1';
RESET ROLE;
SET ROLE :owner;
UPDATE staff SET name_en = 'x' WHERE staff_id = 'kamr1_n1a';
RESET kam.acting_for;
RESET ROLE;
SELECT table_name, changed_by, role_name, row_now ->> 'staff_id' AS staff FROM history WHERE table_name IN ('post_holder', 'staff') AND changed_at = '2026-10-05 09:00+07' ORDER BY history_id;

-- ---- keys of several columns cannot be mistaken for each other; a changed key -----------

SET ROLE :owner;
INSERT INTO training (staff_id, training_year, curriculum, recorded_by) VALUES ('kamr1_n1a', 2024, 'a|b', 'kamr1_n1a'), ('kamr1_n1a', 2024, 'a\|b', 'kamr1_n1a');
SELECT row_key FROM history WHERE table_name = 'training' AND row_key LIKE '%2024%' ORDER BY history_id;
UPDATE training SET curriculum = 'c' WHERE curriculum = 'a|b';
SELECT row_key, operation FROM history WHERE table_name = 'training' AND row_key LIKE '%2024%' ORDER BY history_id;
SELECT curriculum FROM as_of(NULL::training, '2026-12-31') WHERE training_year = 2024 ORDER BY 1;
SELECT curriculum FROM training WHERE training_year = 2024 ORDER BY 1;
DELETE FROM training WHERE training_year = 2024;

-- ---- after changes of the table: a column that came, one that went -----------------------

CALL rehearse('2027-03-01 09:00+07');
ALTER TABLE account ADD fax text;
INSERT INTO account (account_id, name_th, unit_code, fax) VALUES ('B', 'บริษัท ค', 'N1-A', '053-000001');
ALTER TABLE account ADD credit_rating text, DROP fax;
CALL rehearse('2027-03-02 09:00+07');
UPDATE account SET credit_rating = 'AA' WHERE account_id = 'B';
SELECT account_id, credit_rating FROM as_of(NULL::account, '2027-03-01') ORDER BY 1;
SELECT account_id, credit_rating FROM as_of(NULL::account, '2027-03-02') ORDER BY 1;
SELECT operation, column_name, old_value, new_value FROM history_change WHERE row_key = 'B' ORDER BY history_id, column_name;

-- where a fact came from, too
INSERT INTO account_fact (account_id, plan_year, unit_code, voltage_kv) VALUES ('B', 2027, 'N1-B', 115);
INSERT INTO fact_source (account_id, plan_year, unit_code, fact, source, fact_on, recorded_at) VALUES ('B', 2027, 'N1-B', 'voltage_kv', 'a letter', '2026-09-01', '2026-09-02');
UPDATE fact_source SET source = 'meter book' WHERE account_id = 'B';
DELETE FROM account_fact WHERE account_id = 'B';
SELECT operation, column_name, old_value, new_value FROM history_change WHERE table_name = 'fact_source' ORDER BY history_id;

-- ---- a table of one's own, for each row and for each statement ------------------------------

CREATE TABLE tariff (tariff text, year int, unit_code text, price numeric, PRIMARY KEY (tariff, year));
CREATE TABLE tariff_too (LIKE tariff);
CREATE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON tariff FOR EACH ROW EXECUTE FUNCTION _keep_history('tariff', 'year');
CREATE TRIGGER history_insert AFTER INSERT ON tariff_too REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION _keep_history('tariff', 'year');
CREATE TRIGGER history_update AFTER UPDATE ON tariff_too REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION _keep_history('tariff', 'year');
CREATE TRIGGER history_delete AFTER DELETE ON tariff_too REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION _keep_history('tariff', 'year');
DO $$
DECLARE
	statement text;
	t text;
BEGIN
	FOREACH statement IN ARRAY ARRAY[
		$s$INSERT INTO %I VALUES ('a|1', 2026, 'N1-A', 1), ('a', 2026, 'N1-A', 2), ('b', 2026, 'N1-A', 3), ('c', 2026, NULL, 4)$s$,
		$s$UPDATE %I SET price = 2$s$,
		$s$UPDATE %I SET unit_code = 'N1-B' WHERE price = 2 AND unit_code = 'N1-A'$s$,
		$s$UPDATE %I SET year = 2027, price = price + 1 WHERE tariff <> 'b'$s$,
		$s$UPDATE %I SET unit_code = 'N1-A' WHERE tariff = 'c'$s$,
		$s$DELETE FROM %I WHERE price > 2$s$]
	LOOP
		FOREACH t IN ARRAY ARRAY['tariff', 'tariff_too'] LOOP
			EXECUTE format(statement, t);
		END LOOP;
	END LOOP;
END $$;
-- both tell the same story
SELECT row_key, operation, unit_code, row_now, array_agg(table_name ORDER BY table_name) FROM history WHERE table_name LIKE 'tariff%'
GROUP BY row_key, operation, unit_code, row_now HAVING count(DISTINCT table_name) <> 2;
SELECT string_agg(operation, ' ' ORDER BY history_id) AS of_b, count(*) FROM history WHERE table_name = 'tariff_too' AND row_key = 'b|2026';
SELECT row_key, string_agg(operation, ' ' ORDER BY history_id) FROM history WHERE table_name = 'tariff_too' GROUP BY 1 ORDER BY 1;
SELECT * FROM tariff_too;
SELECT * FROM as_of(NULL::tariff_too, 'infinity');

-- ---- what is refused ---------------------------------------------------------------------------

SELECT * FROM as_of(NULL::decision, '2027-01-01');
SELECT * FROM as_of(1, '2027-01-01');
SELECT * FROM as_of(NULL::account, NULL);
UPDATE history SET changed_by = NULL;
DELETE FROM history;
TRUNCATE history;
RESET ROLE;
-- a type of the same name elsewhere is not the table
CREATE TEMP TABLE account (account_id text, unit_code text);
SELECT pg_temp.try('office_manager_n1b', 'SELECT count(*) FROM as_of(NULL::pg_temp.account, ''2027-01-01'')');
DROP TABLE pg_temp.account;
\i :cleanup
