/* Classification of somebody's own table or view of customers (6.1.1). */

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
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.check_row_security(regclass) IS
'True, or error 42501 where row-level security may hide rows of the relation from the current user, so that a top-20 cut-off would be wrong.';

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

CREATE FUNCTION kam.area_cutoff(
	facts regclass, plan_year int DEFAULT NULL, rule_set text DEFAULT NULL,
	OUT area text, OUT customers bigint, OUT qualifiers bigint, OUT bill_cutoff_thb numeric)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'area_cutoff'
LANGUAGE C STABLE PARALLEL RESTRICTED COST 100000 ROWS 12;
COMMENT ON FUNCTION kam.area_cutoff(regclass, int, text) IS
'Per area: its customers, how many meet a main criterion on their own facts, and the top-20 cut-off in THB/month (6.1.1.2(1), R1), NULL where enough qualify. Errors as kam.classify.';

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

CREATE TYPE kam.area_bill_cutoff AS (
	area text,
	bill_cutoff_thb numeric
);
COMMENT ON TYPE kam.area_bill_cutoff IS
'An area and its top-20 cut-off in THB/month: how views made by kam.create_kasm_view hand cut-offs to parallel workers.';
COMMENT ON COLUMN kam.area_bill_cutoff.area IS 'The area, as text.';
COMMENT ON COLUMN kam.area_bill_cutoff.bill_cutoff_thb IS 'Its cut-off in THB/month.';

CREATE FUNCTION kam.create_kasm_view(
	view text, facts regclass, plan_year int DEFAULT NULL, rule_set text DEFAULT NULL,
	stored_cutoffs boolean DEFAULT false)
RETURNS regclass
AS 'MODULE_PATHNAME', 'create_kasm_view'
LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION kam.create_kasm_view(text, regclass, int, text, boolean) IS
'Creates <view>: all columns of the relation of facts, with bill_cutoff_thb, criteria and tier (6.1.1), in plain SQL; and <view>_cutoff with the cut-off of each area, a materialized view to be refreshed if stored_cutoffs. Errors as kam.classify; 42701 where a column of that name exists already.';

CREATE FUNCTION kam.kasm_view_definition(
	facts regclass, plan_year int DEFAULT NULL, rule_set text DEFAULT NULL)
RETURNS text
AS 'MODULE_PATHNAME', 'kasm_view_definition'
LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm_view_definition(regclass, int, text) IS
'The query of a view as kam.create_kasm_view makes it, with live cut-offs, to read or to adapt.';
