/* Accounts: customers that are or may become key accounts, their network, people, facts. */

CREATE TABLE account (
	account_id text PRIMARY KEY CHECK (account_id <> ''),
	name_th text NOT NULL,
	name_en text,
	unit_code text NOT NULL REFERENCES unit,
	parent_account text REFERENCES account,
	business text,
	opened_on date,
	closed_on date,
	CONSTRAINT account_closed_after_opening CHECK (closed_on >= opened_on)
);
CREATE INDEX ON account (unit_code);
CREATE INDEX ON account (parent_account) WHERE parent_account IS NOT NULL;

-- The customer's people; a coordinator is whom PEA calls first (CRM-KAM-005).
CREATE TABLE contact_person (
	contact_person_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account_id text NOT NULL REFERENCES account,
	unit_code text NOT NULL REFERENCES unit,
	name text NOT NULL CHECK (name <> ''),
	duty text,
	phone text,
	email text,
	is_coordinator boolean NOT NULL DEFAULT false,
	until date
);
CREATE INDEX ON contact_person (account_id);

-- The facts of a plan year, by the names that classify reads.
CREATE TABLE account_fact (
	account_id text NOT NULL REFERENCES account,
	plan_year int NOT NULL CHECK (plan_year BETWEEN 1960 AND 2399),
	unit_code text NOT NULL REFERENCES unit,
	value_class kam.value_class,
	voltage_kv numeric CHECK (voltage_kv >= 0),
	avg_monthly_bill_thb numeric,
	billed_months smallint CHECK (billed_months BETWEEN 0 AND 12),
	spp_zone boolean,
	self_generation_mw numeric CHECK (self_generation_mw >= 0),
	largest_job_thb numeric CHECK (largest_job_thb >= 0),
	yearly_maintenance_thb numeric CHECK (yearly_maintenance_thb >= 0),
	business_prospect boolean,
	national_strategy boolean,
	nationwide_network boolean,
	PRIMARY KEY (account_id, plan_year)
);
CREATE INDEX ON account_fact (unit_code, plan_year);

-- Where each fact comes from and of which day it is.
CREATE TABLE fact_source (
	account_id text NOT NULL,
	plan_year int NOT NULL,
	unit_code text NOT NULL REFERENCES unit,
	fact text NOT NULL,
	source text NOT NULL CHECK (source <> ''),
	fact_on date NOT NULL,
	recorded_at timestamptz NOT NULL,
	recorded_by text REFERENCES staff,
	PRIMARY KEY (account_id, plan_year, fact),
	FOREIGN KEY (account_id, plan_year) REFERENCES account_fact ON DELETE CASCADE
);

-- The relationship with the account, on the foreword's six levels, over time.
CREATE TABLE relationship (
	relationship_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account_id text NOT NULL REFERENCES account,
	unit_code text NOT NULL REFERENCES unit,
	level smallint NOT NULL CHECK (level BETWEEN 1 AND 6),
	since date NOT NULL,
	reason text,
	judged_by text NOT NULL REFERENCES staff,
	judged_at timestamptz NOT NULL
);
CREATE INDEX ON relationship (account_id, since);

CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON account
	FOR EACH ROW EXECUTE FUNCTION _keep_history('account_id');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON account_fact
	FOR EACH ROW EXECUTE FUNCTION _keep_history('account_id', 'plan_year');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON contact_person
	FOR EACH ROW EXECUTE FUNCTION _keep_history('contact_person_id');

ALTER TABLE account ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON account FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON account TO PUBLIC;

ALTER TABLE contact_person ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON contact_person FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON contact_person TO PUBLIC;

ALTER TABLE account_fact ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON account_fact FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON account_fact TO PUBLIC;

ALTER TABLE fact_source ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON fact_source FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON fact_source TO PUBLIC;

ALTER TABLE relationship ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON relationship FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON relationship TO PUBLIC;
