/*
 * The portfolio limit (6.1.2.1) on any table. Trigger functions are open to
 * all: a table's owner must be able to use them, also in a restore.
 */

CREATE FUNCTION kam._portfolio_guard() RETURNS trigger
AS 'MODULE_PATHNAME', 'portfolio_guard'
LANGUAGE C;
COMMENT ON FUNCTION kam._portfolio_guard() IS
'Trigger of kam.attach_portfolio_guard(): refuses (23514) a row that lifts a key account manager above the limit of the plan year''s rule set (6.1.2.1).';

CREATE FUNCTION kam.attach_portfolio_guard(rel regclass, kamr_column name, tier_column name,
	period_column name DEFAULT NULL, predicate text DEFAULT NULL, plan_year int DEFAULT NULL,
	deferred boolean DEFAULT false, check_existing boolean DEFAULT true) RETURNS void
AS 'MODULE_PATHNAME', 'attach_portfolio_guard'
LANGUAGE C;
COMMENT ON FUNCTION kam.attach_portfolio_guard(regclass, name, name, name, text, int, boolean, boolean) IS
'From now on no commit lifts a key account manager above the portfolio limit (6.1.2.1) in the rows of the table. tier_column: kam.tier, text or an enum of tiers. period_column: an integer year or a date; without it all rows belong to plan_year (NULL: today''s in Bangkok). predicate: which rows count, immutable. Its functions must be the table owner''s or a superuser''s. Errors: 23514 where existing rows break the rule, 55000 without an index on kamr_column, 22004, 22023, 42501, 42703, 42710, 42804, 42809, 42P01, 428C9.';

CREATE FUNCTION kam.detach_portfolio_guard(rel regclass) RETURNS void
AS 'MODULE_PATHNAME', 'detach_portfolio_guard'
LANGUAGE C;
COMMENT ON FUNCTION kam.detach_portfolio_guard(regclass) IS
'Takes the portfolio guard off the table. Errors: 22004, 42704 if it has none.';

CREATE FUNCTION kam.lock_portfolio_guard(rel regclass) RETURNS void
AS 'MODULE_PATHNAME', 'lock_portfolio_guard'
LANGUAGE C STRICT;
COMMENT ON FUNCTION kam.lock_portfolio_guard(regclass) IS
'Locks the table''s portfolio guard as a whole until the end of the transaction. Called before a load of more than 1,000 key account managers it makes two such loads wait for each other instead of deadlocking (40P01). Errors: 42704 if the table has no guard, 42501 without the right to write to it.';

CREATE FUNCTION kam.portfolio_violations(rel regclass, below boolean DEFAULT false)
RETURNS TABLE (kamr text, plan_year int, portfolio kam.portfolio, weight numeric,
	portfolio_min numeric, portfolio_max numeric, violation text)
AS 'MODULE_PATHNAME', 'portfolio_violations'
LANGUAGE C STABLE STRICT PARALLEL RESTRICTED COST 1000 ROWS 100;
COMMENT ON FUNCTION kam.portfolio_violations(regclass, boolean) IS
'The key account managers of a guarded table whose portfolio is above the limit, or (as asked) below it while not empty (6.1.2.1, R13). violation: above, below, no rule set for a plan year that has none, or no tier where a text in its rows is none. Errors: 42704 if the table has no guard, 42501 where row security hides rows or without the right to read the table.';
