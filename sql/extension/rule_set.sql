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
