/* Key account managers (6.1.2): appointed in a plan, qualified or waived. */

CREATE TABLE kamr (
	kamr_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	plan_id bigint NOT NULL REFERENCES plan,
	plan_year int NOT NULL REFERENCES plan_year,
	unit_code text NOT NULL REFERENCES unit,
	staff_id text NOT NULL REFERENCES staff,
	level text NOT NULL CHECK (level IN ('office', 'senior', 'area', 'hq')),
	appointed_from date NOT NULL,
	good_relations boolean,
	appointed_by text NOT NULL REFERENCES staff,
	appointed_at timestamptz NOT NULL,
	dropped_by bigint REFERENCES plan,
	ended_on date,
	UNIQUE (plan_year, staff_id, unit_code)
);
CREATE INDEX ON kamr (plan_id);
CREATE INDEX ON kamr (staff_id);

-- What the head of the unit passed over, and why (6.1.2.1(5)).
CREATE TABLE waiver (
	waiver_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	kamr_id bigint NOT NULL REFERENCES kamr ON DELETE CASCADE,
	plan_id bigint NOT NULL REFERENCES plan,
	unit_code text NOT NULL REFERENCES unit,
	points int[] NOT NULL CHECK (points <@ ARRAY[1, 2, 3, 4] AND cardinality(points) > 0),
	reason text NOT NULL CHECK (reason <> ''),
	waived_by text NOT NULL REFERENCES staff,
	waived_at timestamptz NOT NULL
);
CREATE INDEX ON waiver (kamr_id);

CREATE OR REPLACE TRIGGER keep_plan BEFORE INSERT OR UPDATE OR DELETE ON kamr
	FOR EACH ROW EXECUTE FUNCTION _keep_plan('dropped_by', 'ended_on');
CREATE OR REPLACE TRIGGER keep_plan BEFORE INSERT OR UPDATE OR DELETE ON waiver
	FOR EACH ROW EXECUTE FUNCTION _keep_plan();
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON kamr
	FOR EACH ROW EXECUTE FUNCTION _keep_history('kamr_id');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON waiver
	FOR EACH ROW EXECUTE FUNCTION _keep_history('waiver_id');

ALTER TABLE kamr ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON kamr FOR SELECT USING (unit_code = ANY ((SELECT _my_units())::text[]));
GRANT SELECT ON kamr TO PUBLIC;

ALTER TABLE waiver ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON waiver FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[]));
GRANT SELECT ON waiver TO PUBLIC;
