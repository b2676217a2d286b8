/*
 * kam.upgrade_workflow, with small workflows of versions that never were: what it does again, what
 * it repairs, what stays, and who may. (test/t/workflow_upgrade.pl does it with the real one.)
 */
\set SHOW_CONTEXT errors
CREATE ROLE regress_kam_owner;
CREATE ROLE regress_kam_member IN ROLE regress_kam_owner;
CREATE ROLE regress_kam_other;
CREATE DATABASE regression_kam_workflow ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' LOCALE_PROVIDER libc TEMPLATE template0;
\set home :DBNAME
\c regression_kam_workflow
CREATE EXTENSION kam;
GRANT CREATE ON DATABASE regression_kam_workflow TO regress_kam_owner;

/* Let the extension carry another workflow. */
CREATE FUNCTION carry(version text, script text, migrations text DEFAULT NULL) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE OR REPLACE FUNCTION kam._workflow_version() RETURNS text IMMUTABLE PARALLEL SAFE RETURN %L::text', version);
	EXECUTE format('CREATE OR REPLACE FUNCTION kam._workflow_script() RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
		SET search_path = pg_catalog, pg_temp AS %L', format('BEGIN RETURN %L; END', script));
	EXECUTE format('CREATE OR REPLACE FUNCTION kam._workflow_migration() RETURNS TABLE (from_version text, to_version text, script text)
		LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS %L',
		format('BEGIN %s END', 'RETURN QUERY VALUES ' || migrations || ';'));
END
$$;
SELECT $script$-- sql/workflow/workflow.sql
CREATE TABLE workflow (version text);
INSERT INTO workflow DEFAULT VALUES;
CREATE TABLE account (account_id int PRIMARY KEY, name text, tier kam.tier, seen int DEFAULT 0);
INSERT INTO account VALUES (1, 'Cement', 'Star');
-- sql/workflow/account.sql
CREATE OR REPLACE FUNCTION accounts() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (SELECT count(*) FROM account);
END $$;
CREATE OR REPLACE FUNCTION is_large(tier kam.tier) RETURNS boolean RETURN tier >= 'Star';
CREATE OR REPLACE FUNCTION count_seen() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	NEW.seen := accounts();
	RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION look() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM FROM account;
	RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER count_seen BEFORE INSERT OR UPDATE ON account FOR EACH ROW WHEN (is_large(NEW.tier)) EXECUTE FUNCTION count_seen();
CREATE CONSTRAINT TRIGGER look AFTER INSERT ON account DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (is_large(NEW.tier)) EXECUTE FUNCTION look();
CREATE OR REPLACE VIEW large_account WITH (security_invoker = true) AS SELECT account_id, name FROM account WHERE is_large(tier);
ALTER TABLE account ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON account FOR SELECT USING (is_large(tier));
COMMENT ON TABLE account IS 'Accounts.';
COMMENT ON POLICY reading ON account IS 'Large ones.';
GRANT SELECT ON account, large_account TO PUBLIC;
REVOKE EXECUTE ON FUNCTION accounts() FROM PUBLIC;
DO $$ BEGIN EXECUTE format('GRANT USAGE ON SCHEMA %I TO PUBLIC', current_schema()); END $$;
$script$ AS script \gset
SELECT carry('1.9', :'script');

SET SESSION AUTHORIZATION regress_kam_owner;
CALL kam.create_workflow('crm');
CALL kam.create_workflow('other');
RESET SESSION AUTHORIZATION;

/* All there is in a schema, as it is defined. */
CREATE FUNCTION definition_in(schema regnamespace) RETURNS TABLE (object text, definition text) LANGUAGE sql AS $$
	WITH relation AS (SELECT oid, relname, relkind, relacl, relrowsecurity, reloptions FROM pg_class WHERE relnamespace = schema)
	SELECT 'function ' || proname, pg_get_functiondef(p.oid) || proowner::regrole || COALESCE(proacl::text, '') FROM pg_proc AS p WHERE pronamespace = schema
	UNION ALL SELECT 'trigger ' || tgname, pg_get_triggerdef(t.oid) || ' ' || tgenabled::text FROM pg_trigger AS t JOIN relation AS r ON r.oid = tgrelid WHERE NOT tgisinternal
	UNION ALL SELECT 'policy ' || polname, concat_ws(' ', relname, polcmd::text, pg_get_expr(polqual, polrelid), obj_description(p.oid, 'pg_policy'))
		FROM pg_policy AS p JOIN relation AS r ON r.oid = polrelid
	UNION ALL SELECT 'view ' || relname, concat(pg_get_viewdef(oid), reloptions::text, relacl::text) FROM relation WHERE relkind = 'v'
	UNION ALL SELECT 'table ' || relname, concat_ws(' ', (SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum)
			FROM pg_attribute WHERE attrelid = r.oid AND attnum > 0 AND NOT attisdropped),
		relrowsecurity, relacl::text, obj_description(oid, 'pg_class')) FROM relation AS r WHERE relkind = 'r'
	UNION ALL SELECT 'index ' || relname, pg_get_indexdef(oid) FROM relation WHERE relkind = 'i'
$$;
CREATE TABLE before AS SELECT * FROM definition_in('crm');
CREATE FUNCTION changes() RETURNS TABLE (change text, object text, definition text) LANGUAGE sql AS $$
	(SELECT '-', * FROM before EXCEPT ALL SELECT '-', * FROM definition_in('crm'))
	UNION ALL (SELECT '+', * FROM definition_in('crm') EXCEPT ALL SELECT '+', * FROM before)
	ORDER BY 2, 1
$$;
SELECT object FROM before ORDER BY object;

/* ---- the same version: nothing changes ---- */

SET SESSION AUTHORIZATION regress_kam_owner;
CALL kam.upgrade_workflow('crm');
SELECT version FROM crm.workflow;
RESET SESSION AUTHORIZATION;
SELECT * FROM changes();

/* ---- repair: what was dropped of the code comes back, what was added stays ---- */

SET SESSION AUTHORIZATION regress_kam_owner;
DROP FUNCTION crm.is_large CASCADE;
DROP FUNCTION crm.accounts CASCADE;
ALTER TABLE crm.account DISABLE ROW LEVEL SECURITY;
ALTER TABLE crm.account DISABLE TRIGGER USER;
COMMENT ON TABLE crm.account IS NULL;
REVOKE SELECT ON crm.account FROM PUBLIC;
RESET SESSION AUTHORIZATION;
SELECT object FROM changes() WHERE change = '-';
SET SESSION AUTHORIZATION regress_kam_member;
CALL kam.upgrade_workflow('crm');
RESET SESSION AUTHORIZATION;
SELECT * FROM changes();

SET SESSION AUTHORIZATION regress_kam_owner;
ALTER TABLE crm.account ADD COLUMN remark text;
CREATE INDEX account_name ON crm.account (name);
CREATE TABLE crm.visit (account_id int REFERENCES crm.account);
CREATE FUNCTION crm.mine() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE FUNCTION crm.mine_too() RETURNS int SET search_path = crm, pg_temp RETURN 1;
CREATE FUNCTION crm.of_other() RETURNS int SET search_path = other, pg_temp RETURN 1;
CREATE FUNCTION crm.of_many() RETURNS int SET search_path = "$user", nowhere, pg_temp RETURN 1;
CREATE TRIGGER mine AFTER INSERT ON crm.account FOR EACH ROW EXECUTE FUNCTION crm.mine();
CREATE POLICY mine ON crm.account TO regress_kam_other USING (true);
GRANT SELECT ON crm.workflow TO regress_kam_other;
INSERT INTO crm.account VALUES (2, 'Steel', 'Status');
CALL kam.upgrade_workflow('crm');
RESET SESSION AUTHORIZATION;
SELECT object, change FROM changes();
SELECT account_id, name, tier FROM crm.account ORDER BY 1;

/* ---- after ALTER SCHEMA … RENAME: also what was added, but for what looks for its tables elsewhere ---- */

ALTER SCHEMA crm RENAME TO "key Accounts";
SELECT "key Accounts".accounts();
SET SESSION AUTHORIZATION regress_kam_owner;
CALL kam.upgrade_workflow('key Accounts');
SELECT "key Accounts".accounts();
INSERT INTO "key Accounts".account VALUES (3, 'Glass', 'Strategic');
RESET SESSION AUTHORIZATION;
SELECT seen FROM "key Accounts".account WHERE account_id = 3;
SELECT proname, proconfig FROM pg_proc WHERE pronamespace = '"key Accounts"'::regnamespace ORDER BY 1;
/* The other workflow was never touched. */
SELECT proname, proconfig FROM pg_proc WHERE pronamespace = 'other'::regnamespace ORDER BY 1;

/*
 * ---- newer versions, two steps away, and the schema was renamed again ----
 *
 * A step may fire triggers, whose functions look for their tables under the old name; where there is
 * another workflow now.
 */

ALTER SCHEMA "key Accounts" RENAME TO crm;
SET SESSION AUTHORIZATION regress_kam_owner;
CALL kam.create_workflow('key Accounts');
RESET SESSION AUTHORIZATION;

SELECT replace(replace(:'script',
	'seen int DEFAULT 0);', 'seen int DEFAULT 0, area text NOT NULL DEFAULT ''N1''); CREATE TABLE area (area text PRIMARY KEY);'),
	'AS SELECT account_id, name', 'AS SELECT account_id, name, area') AS script_2 \gset
SELECT carry('1.10.1', :'script_2', $$
	('1.9', '1.10', '-- sql/workflow/migration/1.9--1.10.sql
ALTER TABLE account ADD COLUMN area text;
UPDATE account SET area = ''N1'';'),
	('1.10', '1.10.1', '-- sql/workflow/migration/1.10--1.10.1.sql
CREATE TABLE area (area text PRIMARY KEY);
ALTER TABLE account ALTER COLUMN area SET NOT NULL, ALTER COLUMN area SET DEFAULT ''N1'';')$$);

/* A step that fails: nothing is done. */
SET SESSION AUTHORIZATION regress_kam_owner;
CREATE TABLE crm.area ();
CALL kam.upgrade_workflow('crm');
SELECT version FROM crm.workflow;
SELECT area FROM crm.account;
DROP TABLE crm.area;
CALL kam.upgrade_workflow('crm');
SELECT version FROM crm.workflow;
SELECT name, area FROM crm.large_account ORDER BY 1;
SELECT version FROM other.workflow;
RESET SESSION AUTHORIZATION;
SELECT proname, proconfig FROM pg_proc WHERE pronamespace = 'crm'::regnamespace ORDER BY 1;
/* As a workflow made by the new version, but for what was added. */
SET SESSION AUTHORIZATION regress_kam_owner;
CALL kam.create_workflow('fresh');
RESET SESSION AUTHORIZATION;
SELECT object FROM (
	SELECT object, replace(definition, 'fresh', 'crm') FROM definition_in('fresh') EXCEPT ALL SELECT * FROM definition_in('crm')) AS missing ORDER BY 1;
SELECT object FROM (
	SELECT * FROM definition_in('crm') EXCEPT ALL SELECT object, replace(definition, 'fresh', 'crm') FROM definition_in('fresh')) AS more ORDER BY 1;

/* ---- refused ---- */

CREATE FUNCTION pg_temp.outcome(call text, OUT state text, OUT message text, OUT hint text) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE call;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state := RETURNED_SQLSTATE, message := MESSAGE_TEXT, hint := PG_EXCEPTION_HINT;
END
$$;
\pset format unaligned
\pset tuples_only on
SELECT * FROM pg_temp.outcome('CALL kam.upgrade_workflow(NULL)');
SELECT * FROM pg_temp.outcome($$CALL kam.upgrade_workflow('nowhere')$$);
SELECT * FROM pg_temp.outcome($$CALL kam.upgrade_workflow('public')$$);
SET ROLE regress_kam_other;
SELECT * FROM pg_temp.outcome($$CALL kam.upgrade_workflow('crm')$$);
SELECT * FROM pg_temp.outcome($$CALL kam.upgrade_workflow('public')$$);
RESET ROLE;
BEGIN;
UPDATE fresh.workflow SET version = '1.11';
SELECT * FROM pg_temp.outcome($$CALL kam.upgrade_workflow('fresh')$$);
UPDATE fresh.workflow SET version = '1.10.1.1';
SELECT * FROM pg_temp.outcome($$CALL kam.upgrade_workflow('fresh')$$);
UPDATE fresh.workflow SET version = '1.8';
SELECT * FROM pg_temp.outcome($$CALL kam.upgrade_workflow('fresh')$$);
UPDATE fresh.workflow SET version = 'beta';
SELECT * FROM pg_temp.outcome($$CALL kam.upgrade_workflow('fresh')$$);
UPDATE fresh.workflow SET version = NULL;
SELECT * FROM pg_temp.outcome($$CALL kam.upgrade_workflow('fresh')$$);
DELETE FROM fresh.workflow;
SELECT * FROM pg_temp.outcome($$CALL kam.upgrade_workflow('fresh')$$);
ROLLBACK;
BEGIN;
ALTER SCHEMA fresh OWNER TO regress_kam_other;
SELECT * FROM pg_temp.outcome($$CALL kam.upgrade_workflow('fresh')$$);
ALTER SCHEMA fresh OWNER TO regress_kam_owner;
DROP TABLE fresh.account CASCADE;
SELECT * FROM pg_temp.outcome($$CALL kam.upgrade_workflow('fresh')$$);
ROLLBACK;
\pset tuples_only off
\pset format aligned

/*
 * ---- a superuser upgrades a workflow whose owner is up to something ----
 *
 * Nothing of the owner's runs as anybody but the owner, not at the end of the transaction either;
 * and nothing that it sets outlasts the call.
 */
CREATE TABLE note (who text);
GRANT INSERT ON note TO PUBLIC;
SET SESSION AUTHORIZATION regress_kam_owner;
CREATE FUNCTION crm.note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO public.note VALUES (current_user);
	PERFORM set_config('search_path', 'trap', false);
	RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER note AFTER UPDATE ON crm.workflow DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION crm.note();
RESET SESSION AUTHORIZATION;
CALL kam.upgrade_workflow('crm');
SELECT * FROM note;
SHOW search_path;
SET SESSION AUTHORIZATION regress_kam_owner;
CREATE OR REPLACE FUNCTION crm.note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	SET CONSTRAINTS ALL DEFERRED;
	INSERT INTO crm.account VALUES (4, 'Rice', 'Star');
	RETURN NULL;
END
$$;
RESET SESSION AUTHORIZATION;
CALL kam.upgrade_workflow('crm');
SET SESSION AUTHORIZATION regress_kam_owner;
CREATE OR REPLACE FUNCTION crm.note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RESET ROLE; RETURN NULL; END';
RESET SESSION AUTHORIZATION;
CALL kam.upgrade_workflow('crm');
/* The owner itself may defer. */
SET SESSION AUTHORIZATION regress_kam_owner;
CALL kam.upgrade_workflow('other');
SELECT version FROM other.workflow;
RESET SESSION AUTHORIZATION;

SET client_min_messages = warning;
DROP SCHEMA crm, "key Accounts", other, fresh CASCADE;
\c :home
DROP DATABASE regression_kam_workflow;
DROP ROLE regress_kam_owner;
DROP ROLE regress_kam_member;
DROP ROLE regress_kam_other;
