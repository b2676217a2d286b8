/* What would give an account another tier (6.1.1). */

CREATE FUNCTION kam.nearest_miss(
	value_class kam.value_class DEFAULT NULL,
	voltage_kv numeric DEFAULT NULL,
	avg_monthly_bill_thb numeric DEFAULT NULL,
	spp_zone boolean DEFAULT NULL,
	self_generation_mw numeric DEFAULT NULL,
	largest_job_thb numeric DEFAULT NULL,
	yearly_maintenance_thb numeric DEFAULT NULL,
	business_prospect boolean DEFAULT NULL,
	national_strategy boolean DEFAULT NULL,
	nationwide_network boolean DEFAULT NULL,
	bill_cutoff_thb numeric DEFAULT NULL,
	plan_year int DEFAULT NULL,
	rule_set text DEFAULT NULL,
	OUT rank int, OUT fact text, OUT change text, OUT criteria kam.criteria,
	OUT value numeric, OUT needed numeric, OUT gap numeric, OUT unit text, OUT gap_percent numeric,
	OUT tier_now kam.tier, OUT tier_then kam.tier, OUT text_th text, OUT text_en text)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'nearest_miss'
LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 5;
COMMENT ON FUNCTION kam.nearest_miss(kam.value_class, numeric, numeric, boolean, numeric, numeric, numeric, boolean, boolean, boolean, numeric, int, text) IS
'The single changes of one fact that would move an account into another tier (6.1.1), the smallest first: change is raise, lower (to below what is needed), learn (an unknown fact), set, clear or reclass; criteria are those gained or lost; gap_percent is the gap in percent of what is needed, NULL where there is nothing to measure, and these come last. Arguments and errors as kam.main_criteria.';
