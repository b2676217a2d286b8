/* Views over somebody's own table that show criteria and tier (6.1.1). */

CREATE TYPE kam.area_bill_cutoff AS (
	area text,
	bill_cutoff_thb numeric
);
COMMENT ON TYPE kam.area_bill_cutoff IS
'An area and its top-20 cut-off in THB/month: how views made by kam.create_kasm_view hand cut-offs to parallel workers.';
COMMENT ON COLUMN kam.area_bill_cutoff.area IS 'The area, as text.';
COMMENT ON COLUMN kam.area_bill_cutoff.bill_cutoff_thb IS 'Its cut-off in THB/month.';

CREATE FUNCTION kam.create_kasm_view(
	view text, facts regclass, stored_cutoffs boolean DEFAULT false,
	plan_year int DEFAULT NULL, rule_set text DEFAULT NULL)
RETURNS regclass
AS 'MODULE_PATHNAME', 'create_kasm_view'
LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION kam.create_kasm_view(text, regclass, boolean, int, text) IS
'Creates <view>: all columns of the relation of facts, with bill_cutoff_thb, criteria and tier (6.1.1), in plain SQL; and <view>_cutoff with the cut-off of each area, a materialized view to be refreshed if stored_cutoffs. Errors as kam.classify; 42701 where a column of that name exists already.';

CREATE FUNCTION kam.kasm_view_definition(
	facts regclass, plan_year int DEFAULT NULL, rule_set text DEFAULT NULL)
RETURNS text
AS 'MODULE_PATHNAME', 'kasm_view_definition'
LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm_view_definition(regclass, int, text) IS
'The query of a view as kam.create_kasm_view makes it, with live cut-offs, to read or to adapt.';
