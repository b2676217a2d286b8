\echo Use "ALTER EXTENSION kam UPDATE" to load this file. \quit
/*
 * Skip support came with PostgreSQL 18: a database that was brought there by
 * pg_upgrade lacks it.
 */
DO $$
DECLARE
	t record;
BEGIN
	IF pg_catalog.current_setting('server_version_num')::int < 180000 THEN
		RETURN;
	END IF;
	FOR t IN
		SELECT * FROM (VALUES
			('tier', 'AS ''MODULE_PATHNAME'', ''tier_skipsupport'' LANGUAGE c'),
			('value_class', 'AS ''MODULE_PATHNAME'', ''value_class_skipsupport'' LANGUAGE c'),
			('criteria', 'AS ''btint4skipsupport'' LANGUAGE internal')
		) AS type_of (name, body)
		WHERE pg_catalog.to_regprocedure('kam.' || type_of.name || '_skipsupport(internal)') IS NULL
	LOOP
		EXECUTE pg_catalog.format('CREATE FUNCTION kam.%I(internal) RETURNS void %s IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE',
			t.name || '_skipsupport', t.body);
		EXECUTE pg_catalog.format('COMMENT ON FUNCTION kam.%I(internal) IS %L',
			t.name || '_skipsupport', 'Skip support of B-tree indexes.');
		EXECUTE pg_catalog.format('ALTER OPERATOR FAMILY kam.%1$s_ops USING btree ADD
				FUNCTION 6 (kam.%1$s, kam.%1$s) kam.%1$s_skipsupport(internal)', t.name);
	END LOOP;
END
$$;

/*
 * Rule sets (SPEC R4): thresholds, weights and limits, and the plan year from
 * which they hold. Revision 4 of the manual is built in; the column defaults
 * are its values, so that a user's row says only what differs.
 */

CREATE TABLE kam.rule_set (
	rule_set text NOT NULL CHECK (rule_set <> '' AND octet_length(rule_set) < 64),
	builtin boolean NOT NULL DEFAULT false,
	plan_year_from int CHECK (plan_year_from BETWEEN 1900 AND 2400),
	title text,
	voltage_kv numeric NOT NULL DEFAULT 69
		CHECK (voltage_kv > 0 AND voltage_kv < 'Infinity'),
	avg_monthly_bill_thb numeric NOT NULL DEFAULT 20000000
		CHECK (avg_monthly_bill_thb > 0 AND avg_monthly_bill_thb < 'Infinity'),
	bill_rank_size int NOT NULL DEFAULT 20 CHECK (bill_rank_size BETWEEN 0 AND 10000),
	bill_rank_trigger int NOT NULL DEFAULT 20 CHECK (bill_rank_trigger >= 0),
	spp_bill_thb numeric NOT NULL DEFAULT 5000000
		CHECK (spp_bill_thb > 0 AND spp_bill_thb < 'Infinity'),
	self_generation_mw numeric NOT NULL DEFAULT 2
		CHECK (self_generation_mw > 0 AND self_generation_mw < 'Infinity'),
	largest_job_thb numeric NOT NULL DEFAULT 5000000
		CHECK (largest_job_thb > 0 AND largest_job_thb < 'Infinity'),
	yearly_maintenance_thb numeric NOT NULL DEFAULT 2000000
		CHECK (yearly_maintenance_thb > 0 AND yearly_maintenance_thb < 'Infinity'),
	weight_strategic numeric NOT NULL DEFAULT 1.0
		CHECK (weight_strategic BETWEEN 0 AND 1000 AND min_scale(weight_strategic) <= 6),
	weight_star numeric NOT NULL DEFAULT 0.8
		CHECK (weight_star BETWEEN 0 AND 1000 AND min_scale(weight_star) <= 6),
	weight_status numeric NOT NULL DEFAULT 0.6
		CHECK (weight_status BETWEEN 0 AND 1000 AND min_scale(weight_status) <= 6),
	weight_streamline numeric NOT NULL DEFAULT 0.0
		CHECK (weight_streamline BETWEEN 0 AND 1000 AND min_scale(weight_streamline) <= 6),
	portfolio_min numeric NOT NULL DEFAULT 6.0
		CHECK (portfolio_min >= 0),
	portfolio_max numeric NOT NULL DEFAULT 12.0
		CHECK (portfolio_max < 'Infinity'),
	note text,
	PRIMARY KEY (rule_set, builtin),
	CONSTRAINT rule_set_plan_year_from_key UNIQUE (plan_year_from, builtin),
	CONSTRAINT rule_set_portfolio_limits CHECK (portfolio_min <= portfolio_max)
);

COMMENT ON TABLE kam.rule_set IS
'Thresholds, weights and limits by the plan year from which they hold. A plan year follows the set with the latest plan_year_from up to it. Columns left out of an INSERT are as in revision 4. A row of yours (builtin false) hides a built-in one of the same name; of two that start in the same year yours holds.';
COMMENT ON COLUMN kam.rule_set.rule_set IS 'Name, as the argument rule_set of the rule functions takes it; at most 63 bytes.';
COMMENT ON COLUMN kam.rule_set.builtin IS 'Shipped with the extension, and read-only.';
COMMENT ON COLUMN kam.rule_set.plan_year_from IS 'First plan year (common era) for which it holds; NULL for a draft, which only its name reaches.';
COMMENT ON COLUMN kam.rule_set.title IS 'What people call it.';
COMMENT ON COLUMN kam.rule_set.voltage_kv IS 'Supply voltage in kV from which criterion voltage is met (6.1.1.2(1)).';
COMMENT ON COLUMN kam.rule_set.avg_monthly_bill_thb IS 'Average bill in THB/month from which criterion monthly_bill is met (6.1.1.2(1)).';
COMMENT ON COLUMN kam.rule_set.bill_rank_size IS 'How many of the highest bills of an area count as criterion monthly_bill where too few customers qualify (R1).';
COMMENT ON COLUMN kam.rule_set.bill_rank_trigger IS 'Fewer qualifying customers than this in an area are too few (R1).';
COMMENT ON COLUMN kam.rule_set.spp_bill_thb IS 'Average bill in THB/month from which criterion spp_risk is met in a zone at risk (6.1.1.2(1)).';
COMMENT ON COLUMN kam.rule_set.self_generation_mw IS 'Own generation, existing and planned, in MW from which criterion self_generation is met (6.1.1.2(1)).';
COMMENT ON COLUMN kam.rule_set.largest_job_thb IS 'Value of one job in THB from which criterion related_business is met (6.1.1.2(1)).';
COMMENT ON COLUMN kam.rule_set.yearly_maintenance_thb IS 'Maintenance in THB/year from which criterion related_business is met (6.1.1.2(1)).';
COMMENT ON COLUMN kam.rule_set.weight_strategic IS 'Weight of a Strategic account (6.1.2.1).';
COMMENT ON COLUMN kam.rule_set.weight_star IS 'Weight of a Star account (6.1.2.1).';
COMMENT ON COLUMN kam.rule_set.weight_status IS 'Weight of a Status account (6.1.2.1).';
COMMENT ON COLUMN kam.rule_set.weight_streamline IS 'Weight of a Streamline account; not counted in revision 4 (6.1.2.1, R14).';
COMMENT ON COLUMN kam.rule_set.portfolio_min IS 'Least weight of one key account manager''s portfolio (6.1.2.1).';
COMMENT ON COLUMN kam.rule_set.portfolio_max IS 'Greatest weight of one key account manager''s portfolio (6.1.2.1).';
COMMENT ON COLUMN kam.rule_set.note IS 'Where it was decided, and why.';

CREATE FUNCTION kam._reference_changed() RETURNS trigger
AS 'MODULE_PATHNAME', 'kam_reference_changed'
LANGUAGE C;
COMMENT ON FUNCTION kam._reference_changed() IS
'Trigger of the reference tables: makes every session read the table anew.';

CREATE FUNCTION kam._rule_set_protect() RETURNS trigger
AS 'MODULE_PATHNAME', 'rule_set_protect'
LANGUAGE C;
COMMENT ON FUNCTION kam._rule_set_protect() IS
'Trigger of kam.rule_set: built-in rows are read-only (55000), years are of the common era (22023).';

CREATE TRIGGER protect BEFORE INSERT OR UPDATE OR DELETE ON kam.rule_set
	FOR EACH ROW EXECUTE FUNCTION kam._rule_set_protect();
CREATE TRIGGER protect_all BEFORE TRUNCATE ON kam.rule_set
	FOR EACH STATEMENT EXECUTE FUNCTION kam._rule_set_protect();
COMMENT ON TRIGGER protect ON kam.rule_set IS 'Built-in rows are read-only; years are of the common era.';
COMMENT ON TRIGGER protect_all ON kam.rule_set IS 'Built-in rows are read-only.';

/* Row triggers fire for replicated rows too, statement triggers for TRUNCATE. */
CREATE TRIGGER row_changed AFTER INSERT OR UPDATE OR DELETE ON kam.rule_set
	FOR EACH ROW EXECUTE FUNCTION kam._reference_changed();
CREATE TRIGGER truncated AFTER TRUNCATE ON kam.rule_set
	FOR EACH STATEMENT EXECUTE FUNCTION kam._reference_changed();
ALTER TABLE kam.rule_set ENABLE ALWAYS TRIGGER row_changed;
ALTER TABLE kam.rule_set ENABLE ALWAYS TRIGGER truncated;
COMMENT ON TRIGGER row_changed ON kam.rule_set IS 'Makes every session read the table anew.';
COMMENT ON TRIGGER truncated ON kam.rule_set IS 'Makes every session read the table anew.';

INSERT INTO kam.rule_set (rule_set, builtin, plan_year_from, title, note)
	VALUES ('revision-4', true, 2018, 'Work manual KAMT, revision 4, B.E. 2561 (2018)', 'A-WM-01');

SELECT pg_catalog.pg_extension_config_dump('kam.rule_set', 'WHERE NOT builtin');

GRANT SELECT ON kam.rule_set TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON kam.rule_set TO pg_database_owner WITH GRANT OPTION;

CREATE FUNCTION kam.rule_set_in_force(plan_year int DEFAULT NULL) RETURNS text
AS 'MODULE_PATHNAME', 'rule_set_in_force'
LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.rule_set_in_force(int) IS
'Name of the rule set that holds for a plan year (common era; NULL: today''s in Bangkok). Error 22023 before the first.';

CREATE FUNCTION kam.weight(kam.tier, plan_year int DEFAULT NULL, rule_set text DEFAULT NULL) RETURNS numeric
AS 'MODULE_PATHNAME', 'tier_weight'
LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.weight(kam.tier, int, text) IS
'Weight of one account of the tier (6.1.2.1), exact; 0.0 for Streamline in revision 4. Error 22023 or 42704 for a year or name without a rule set.';

CREATE FUNCTION kam.weight(kam.portfolio, plan_year int DEFAULT NULL, rule_set text DEFAULT NULL) RETURNS numeric
AS 'MODULE_PATHNAME', 'portfolio_weight'
LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.weight(kam.portfolio, int, text) IS
'Weighted sum of the portfolio (6.1.2.1), exact. Error 22023 or 42704 for a year or name without a rule set.';
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
/* Special selection of a customer that is not high value (6.1.1.2(2), R3). */

CREATE FUNCTION kam.check_special_selection(
	value_class kam.value_class, tier kam.tier, ground kam.criteria, reason text DEFAULT NULL)
RETURNS boolean
AS 'MODULE_PATHNAME', 'check_special_selection'
LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.check_special_selection(kam.value_class, kam.tier, kam.criteria, text) IS
'True if a customer may be proposed as a special case (6.1.1.2(2), R3): no value class, tier Status or Streamline, at least one special ground, and a reason for discretionary. Otherwise error 23514, so it serves in a CHECK.';
/* The top-20 rule of an area (6.1.1.2(1), R1) as an aggregate. */

CREATE FUNCTION kam.bill_cutoff_accum(internal, numeric, kam.criteria) RETURNS internal
AS 'MODULE_PATHNAME', 'bill_cutoff_accum'
LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.bill_cutoff_accum(internal, numeric, kam.criteria) IS 'Transition function of kam.bill_cutoff.';

CREATE FUNCTION kam.bill_cutoff_accum(internal, numeric, kam.criteria, int) RETURNS internal
AS 'MODULE_PATHNAME', 'bill_cutoff_accum'
LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.bill_cutoff_accum(internal, numeric, kam.criteria, int) IS 'Transition function of kam.bill_cutoff.';

CREATE FUNCTION kam.bill_cutoff_accum(internal, numeric, kam.criteria, int, text) RETURNS internal
AS 'MODULE_PATHNAME', 'bill_cutoff_accum'
LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.bill_cutoff_accum(internal, numeric, kam.criteria, int, text) IS 'Transition function of kam.bill_cutoff.';

CREATE FUNCTION kam.bill_cutoff_combine(internal, internal) RETURNS internal
AS 'MODULE_PATHNAME', 'bill_cutoff_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.bill_cutoff_combine(internal, internal) IS 'Support function of kam.bill_cutoff.';

CREATE FUNCTION kam.bill_cutoff_serialize(internal) RETURNS bytea
AS 'MODULE_PATHNAME', 'bill_cutoff_serialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.bill_cutoff_serialize(internal) IS 'Support function of kam.bill_cutoff.';

CREATE FUNCTION kam.bill_cutoff_deserialize(bytea, internal) RETURNS internal
AS 'MODULE_PATHNAME', 'bill_cutoff_deserialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.bill_cutoff_deserialize(bytea, internal) IS 'Support function of kam.bill_cutoff.';

CREATE FUNCTION kam.bill_cutoff_final(internal) RETURNS numeric
AS 'MODULE_PATHNAME', 'bill_cutoff_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.bill_cutoff_final(internal) IS 'Support function of kam.bill_cutoff.';

CREATE AGGREGATE kam.bill_cutoff(avg_monthly_bill_thb numeric, criteria kam.criteria) (
	SFUNC = kam.bill_cutoff_accum,
	STYPE = internal,
	SSPACE = 2048,
	COMBINEFUNC = kam.bill_cutoff_combine,
	SERIALFUNC = kam.bill_cutoff_serialize,
	DESERIALFUNC = kam.bill_cutoff_deserialize,
	FINALFUNC = kam.bill_cutoff_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kam.bill_cutoff(numeric, kam.criteria) IS
'Cut-off in THB/month of the top-20 rule (6.1.1.2(1), R1): aggregate over one area its customers'' average bills and the main criteria they meet on their own facts. NULL where enough customers qualify or nobody has a bill above 0; otherwise bills from the cut-off up meet criterion monthly_bill. By today''s rule set. Error 22023 for a negative, NaN or infinite bill.';

CREATE AGGREGATE kam.bill_cutoff(avg_monthly_bill_thb numeric, criteria kam.criteria, plan_year int) (
	SFUNC = kam.bill_cutoff_accum,
	STYPE = internal,
	SSPACE = 2048,
	COMBINEFUNC = kam.bill_cutoff_combine,
	SERIALFUNC = kam.bill_cutoff_serialize,
	DESERIALFUNC = kam.bill_cutoff_deserialize,
	FINALFUNC = kam.bill_cutoff_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kam.bill_cutoff(numeric, kam.criteria, int) IS
'Cut-off in THB/month of the top-20 rule (6.1.1.2(1), R1): aggregate over one area its customers'' average bills and the main criteria they meet on their own facts. NULL where enough customers qualify or nobody has a bill above 0; otherwise bills from the cut-off up meet criterion monthly_bill. Error 22023 for a negative, NaN or infinite bill.';

CREATE AGGREGATE kam.bill_cutoff(avg_monthly_bill_thb numeric, criteria kam.criteria, plan_year int, rule_set text) (
	SFUNC = kam.bill_cutoff_accum,
	STYPE = internal,
	SSPACE = 2048,
	COMBINEFUNC = kam.bill_cutoff_combine,
	SERIALFUNC = kam.bill_cutoff_serialize,
	DESERIALFUNC = kam.bill_cutoff_deserialize,
	FINALFUNC = kam.bill_cutoff_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kam.bill_cutoff(numeric, kam.criteria, int, text) IS
'Cut-off in THB/month of the top-20 rule (6.1.1.2(1), R1): aggregate over one area its customers'' average bills and the main criteria they meet on their own facts. NULL where enough customers qualify or nobody has a bill above 0; otherwise bills from the cut-off up meet criterion monthly_bill. Error 22023 for a negative, NaN or infinite bill.';
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
/* The top-20 cut-off of each area of a table or view (6.1.1.2(1), R1). */

CREATE FUNCTION kam.area_cutoff(
	facts regclass, plan_year int DEFAULT NULL, rule_set text DEFAULT NULL,
	OUT area text, OUT customers bigint, OUT qualifiers bigint, OUT bill_cutoff_thb numeric)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'area_cutoff'
LANGUAGE C STABLE PARALLEL RESTRICTED COST 100000 ROWS 12;
COMMENT ON FUNCTION kam.area_cutoff(regclass, int, text) IS
'Per area: its customers, how many meet a main criterion on their own facts, and the top-20 cut-off in THB/month (6.1.1.2(1), R1), NULL where enough qualify. Errors as kam.classify.';
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
