/* Classification of somebody's own table or view of customers (6.1.1). */

CREATE FUNCTION kam.classify_support(internal) RETURNS internal
AS 'MODULE_PATHNAME', 'classify_support'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.classify_support(internal) IS 'Planner support of kam.classify: its number of rows.';

CREATE FUNCTION kam.classify(
	facts regclass, plan_year int DEFAULT NULL, rule_set text DEFAULT NULL,
	OUT account_id text, OUT area text, OUT value_class kam.value_class,
	OUT criteria kam.criteria, OUT tier kam.tier)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'classify'
LANGUAGE C STABLE PARALLEL RESTRICTED COST 100000 ROWS 100000 SUPPORT kam.classify_support;
COMMENT ON FUNCTION kam.classify(regclass, int, text) IS
'Main criteria and tier of every customer of a table or view (6.1.1), with the top-20 rule applied per area. It has the columns account_id, area and value_class, and any facts named like the arguments of kam.main_criteria; a missing one is unknown. Error 42703 or 42804 for the columns, 42501 where row security would hide rows, 22023 for an absurd fact.';
