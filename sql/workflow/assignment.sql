/* Who looks after which account, under the portfolio limit (6.1.2.1). */

CREATE TABLE assignment (
	assignment_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	plan_id bigint NOT NULL REFERENCES plan,
	plan_year int NOT NULL REFERENCES plan_year,
	unit_code text NOT NULL REFERENCES unit,
	account_id text NOT NULL,
	tier kam.tier NOT NULL,
	staff_id text NOT NULL REFERENCES staff,
	responsibility text NOT NULL CHECK (responsibility IN ('main', 'streamline', 'area')),
	assigned_by text NOT NULL REFERENCES staff,
	assigned_at timestamptz NOT NULL,
	taken_over_from bigint UNIQUE REFERENCES assignment,
	ended_on date,
	ended_reason text,
	FOREIGN KEY (plan_year, account_id, tier) REFERENCES selection (plan_year, account_id, tier) ON UPDATE CASCADE,
	CONSTRAINT assignment_streamline CHECK (responsibility = 'area' OR (tier = 'Streamline') = (responsibility = 'streamline'))
);
CREATE UNIQUE INDEX assignment_one_at_a_time ON assignment (plan_year, account_id)
	WHERE ended_on IS NULL AND responsibility <> 'area';
CREATE UNIQUE INDEX assignment_one_area_kamr ON assignment (plan_year, account_id)
	WHERE ended_on IS NULL AND responsibility = 'area';
CREATE INDEX ON assignment (staff_id, plan_year);
CREATE INDEX ON assignment (plan_id);
CREATE INDEX ON assignment (account_id);

CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON assignment
	FOR EACH ROW EXECUTE FUNCTION _keep_history('assignment_id');

SELECT kam.attach_portfolio_guard('assignment', 'staff_id', 'tier', 'plan_year',
	predicate => $$ended_on IS NULL AND responsibility = 'main'$$);

ALTER TABLE assignment ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON assignment FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON assignment TO PUBLIC;
