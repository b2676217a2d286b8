/* The Key Account Selection Matrix (6.1.1). */

CREATE FUNCTION kam.main_criteria(
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
	rule_set text DEFAULT NULL)
RETURNS kam.criteria
AS 'MODULE_PATHNAME', 'kam_main_criteria'
LANGUAGE C STABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION kam.main_criteria(numeric, numeric, boolean, numeric, numeric, numeric, boolean, boolean, boolean, numeric, int, text) IS
'The main criteria that a customer meets (6.1.1.2(1)): voltage in kV, bills in THB/month, own generation in MW, one job in THB, maintenance in THB/year. NULL is unknown, and not met. bill_cutoff_thb is the top-20 cut-off of the customer''s area where one applies (kam.bill_cutoff). Error 22023 for a negative, NaN or infinite fact.';

CREATE FUNCTION kam.kasm(kam.value_class, kam.criteria) RETURNS kam.tier
AS 'MODULE_PATHNAME', 'kam_kasm'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm(kam.value_class, kam.criteria) IS
'The tier of the Key Account Selection Matrix (6.1.1): High with any main criterion is Strategic, without Status; Medium or Low with any is Star, without Streamline. NULL class gives NULL. Special grounds do not count.';
