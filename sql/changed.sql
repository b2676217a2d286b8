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

ALTER FUNCTION kam.detach_response_deadline(regclass) CALLED ON NULL INPUT;
COMMENT ON FUNCTION kam.detach_response_deadline(regclass) IS
'Takes the response deadline off the table; due dates stay. Errors: 22004, 42704 if it has none.';

ALTER FUNCTION kam.detach_record_deadline(regclass) CALLED ON NULL INPUT;
COMMENT ON FUNCTION kam.detach_record_deadline(regclass) IS
'Takes the record deadline off the table. Errors: 22004, 42704 if it has none.';

ALTER FUNCTION kam.detach_portfolio_guard(regclass) CALLED ON NULL INPUT;
COMMENT ON FUNCTION kam.detach_portfolio_guard(regclass) IS
'Takes the portfolio guard off the table. Errors: 22004, 42704 if it has none.';

COMMENT ON FUNCTION kam._recomputed_due(date, date, int, text, date[], date[], text) IS
'Where an item moves to when days were added to the calendar named changed (NULL: the nearest, and those behind it that say the same), or withdrawn from it; NULL if it stays.';

COMMENT ON PROCEDURE kam.recompute_deadlines(regclass, date[], date[], regclass, text) IS
'After days were added to a calendar, or withdrawn from it: moves the open items (done_column NULL) of every table with a response deadline, or of rel, whose due date is what the calendar gave before; and fills due dates that are empty because the calendar did not know the days. calendar: the one whose days they are (NULL: for each item the nearest that says something about the day, and those behind it that say the same). Items are updated as their table''s owner. Without rel, a table that cannot be done is passed over with a warning. Each change becomes a row of ledger, a table of yours with the columns relation, item, old_due, new_due, cause. In one transaction, with the tables locked against writers. Errors: 42703 and 42809 for another ledger, 42704 where rel has no deadline or calendar does not exist, 42501 where row security hides items, 55000 above READ COMMITTED.';

COMMENT ON FUNCTION kam.portfolio_violations(regclass, boolean) IS
'The key account managers of a guarded table whose portfolio is above the limit, or (as asked) below it while not empty (6.1.2.1, R13). violation: above, below, no rule set for a plan year that has none, or no tier where a text in its rows is none. Errors: 42704 if the table has no guard, 42501 where row security hides rows or without the right to read the table.';
