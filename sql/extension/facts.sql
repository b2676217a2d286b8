/* The facts of customers in somebody's own table or view. */

CREATE FUNCTION kam.fact_columns(
	facts regclass,
	OUT fact text, OUT type text, OUT unit text, OUT found boolean)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'fact_columns'
LANGUAGE C STABLE STRICT PARALLEL SAFE ROWS 9;
COMMENT ON FUNCTION kam.fact_columns(regclass) IS
'Which facts a table or view has, by column name; one that is not found is unknown for every customer. Error 42703 without account_id, area or value_class, 42804 for a column of the wrong type.';

CREATE FUNCTION kam.check_row_security(relation regclass) RETURNS boolean
AS 'MODULE_PATHNAME', 'check_row_security'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION kam.check_row_security(regclass) IS
'True, or error 42501 where row-level security may hide rows of the relation from the current user, so that a top-20 cut-off would be wrong.';
