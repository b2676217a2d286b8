/* What this release changes in concepts of earlier ones, for the way up. Empty again when work on the next begins. */

CREATE FUNCTION kam._attached_definition(trigger oid) RETURNS text
AS 'MODULE_PATHNAME', 'attached_definition'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION kam._attached_definition(oid) IS
'A rule''s trigger as pg_get_triggerdef() writes it; NULL for one that is none of kam''s, and where the table is dropped meanwhile.';

/* Whoever lists the rules waits for nobody: pg_partition_tree() would lock the partitions. */
CREATE OR REPLACE VIEW kam.attached_rule AS
SELECT t.tgrelid::pg_catalog.regclass AS relation,
	pg_catalog.substr(p.proname::pg_catalog.text, 2) AS rule,
	kam._attached_arguments(t.oid) AS arguments,
	t.tgdeferrable AND t.tginitdeferred AS deferred,
	t.tgenabled IN ('O', 'A') AND NOT EXISTS (
		WITH RECURSIVE part(relation) AS (
			SELECT i.inhrelid FROM pg_catalog.pg_inherits i WHERE i.inhparent = t.tgrelid
			UNION
			SELECT i.inhrelid FROM part JOIN pg_catalog.pg_inherits i ON i.inhparent = part.relation
		)
		SELECT FROM part
			JOIN pg_catalog.pg_trigger clone ON clone.tgrelid = part.relation AND clone.tgfoid = t.tgfoid
		WHERE clone.tgparentid <> 0 AND clone.tgenabled NOT IN ('O', 'A')) AS enabled,
	t.tgname AS trigger_name,
	kam._attached_definition(t.oid) AS definition
FROM pg_catalog.pg_trigger t
	JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
	JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = 'kam'
	AND p.proname IN ('_portfolio_guard', '_response_deadline', '_record_deadline')
	AND t.tgparentid = 0;
COMMENT ON COLUMN kam.attached_rule.arguments IS 'Columns and settings, by the names of the arguments that attached them; NULL for a trigger that was made by hand, and otherwise, and where the table is dropped meanwhile.';
COMMENT ON COLUMN kam.attached_rule.definition IS 'The trigger, as pg_dump writes it; NULL where the table is dropped meanwhile.';
