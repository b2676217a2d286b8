/* Why an account has its tier (6.1.1). */

CREATE FUNCTION kam.explain_kasm(
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
	OUT criterion text, OUT letter text, OUT status text,
	OUT value numeric, OUT threshold numeric, OUT unit text, OUT section text,
	OUT tier kam.tier, OUT text_th text, OUT text_en text)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'explain_kasm'
LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 7;
COMMENT ON FUNCTION kam.explain_kasm(kam.value_class, numeric, numeric, boolean, numeric, numeric, numeric, boolean, boolean, boolean, numeric, int, text) IS
'A row per main criterion (6.1.1.2(1)): met, not met or unknown, with value, threshold, unit, section and a sentence in Thai and English; tier is what follows for the value class. Pass the area''s bill_cutoff_thb (kam.area_cutoff) to agree with kam.classify. Arguments and errors as kam.main_criteria.';
