/* The top-20 cut-off of each area of a table or view (6.1.1.2(1), R1). */

CREATE FUNCTION kam.area_cutoff(
	facts regclass, plan_year int DEFAULT NULL, rule_set text DEFAULT NULL,
	OUT area text, OUT customers bigint, OUT qualifiers bigint, OUT bill_cutoff_thb numeric)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'area_cutoff'
LANGUAGE C STABLE PARALLEL RESTRICTED COST 100000 ROWS 12;
COMMENT ON FUNCTION kam.area_cutoff(regclass, int, text) IS
'Per area: its customers, how many meet a main criterion on their own facts, and the top-20 cut-off in THB/month (6.1.1.2(1), R1), NULL where enough qualify. Errors as kam.classify.';
