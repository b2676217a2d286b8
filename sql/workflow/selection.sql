/* Selection of key accounts (6.1.1): proposed from the matrix, decided by people. */

-- Cut-offs of the top-20 rule, per area; an office sees only its own rows and could not compute them.
CREATE TABLE bill_cutoff (
	plan_year int NOT NULL REFERENCES plan_year,
	area text NOT NULL REFERENCES unit,
	cutoff_thb numeric,
	rule_set text NOT NULL,
	computed_at timestamptz NOT NULL,
	PRIMARY KEY (plan_year, area)
);

CREATE TABLE selection (
	selection_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	plan_id bigint NOT NULL REFERENCES plan,
	plan_year int NOT NULL REFERENCES plan_year,
	unit_code text NOT NULL REFERENCES unit,
	account_id text NOT NULL REFERENCES account,
	value_class kam.value_class,
	criteria kam.criteria NOT NULL DEFAULT '{}',
	tier kam.tier NOT NULL,
	basis text NOT NULL CHECK (basis IN ('matrix', 'special')),
	rule_set text NOT NULL,
	status text NOT NULL DEFAULT 'eligible' CHECK (status IN ('eligible', 'selected', 'left_out')),
	reason text,
	proposed_by text NOT NULL REFERENCES staff,
	proposed_at timestamptz NOT NULL,
	dropped_by bigint REFERENCES plan,
	ended_on date,
	UNIQUE (plan_year, account_id),
	UNIQUE (plan_year, account_id, tier),
	CONSTRAINT selection_left_out_has_reason CHECK (status <> 'left_out' OR reason <> ''),
	CONSTRAINT selection_special_tier CHECK (basis <> 'special' OR tier IN ('Status', 'Streamline')),
	CONSTRAINT selection_class CHECK ((basis = 'matrix') = (value_class IS NOT NULL))
);
CREATE INDEX ON selection (plan_id);
CREATE INDEX ON selection (unit_code, plan_year);

CREATE OR REPLACE TRIGGER keep_plan BEFORE INSERT OR UPDATE OR DELETE ON selection
	FOR EACH ROW EXECUTE FUNCTION _keep_plan('dropped_by', 'ended_on');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON selection
	FOR EACH ROW EXECUTE FUNCTION _keep_history('selection_id');

ALTER TABLE bill_cutoff ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON bill_cutoff FOR SELECT USING (area IN (SELECT _area(u) FROM unnest((SELECT _my_units())::text[]) u));
GRANT SELECT ON bill_cutoff TO PUBLIC;

ALTER TABLE selection ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON selection FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON selection TO PUBLIC;
