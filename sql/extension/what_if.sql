/* A rule set that is not in force against the one that is. */

CREATE FUNCTION kam.what_if(
	facts regclass, proposed text, plan_year int DEFAULT NULL, rule_set text DEFAULT NULL,
	OUT account_id text, OUT area text, OUT value_class kam.value_class,
	OUT tier_now kam.tier, OUT tier_then kam.tier,
	OUT criteria_now kam.criteria, OUT criteria_then kam.criteria,
	OUT weight_now numeric, OUT weight_then numeric, OUT weight_change numeric)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'what_if'
LANGUAGE C STABLE PARALLEL RESTRICTED COST 100000 ROWS 1000;
COMMENT ON FUNCTION kam.what_if(regclass, text, int, text) IS
'Who would have another tier or weight under the proposed rule set than under the one in force (or named): tiers, criteria, weights. Errors as kam.classify; 42704 for an unknown rule set.';
