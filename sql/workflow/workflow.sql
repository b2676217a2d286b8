/* What this schema is: one row. kam.create_workflow and kam.upgrade_workflow write the version. */

CREATE TABLE workflow (
	version text NOT NULL,
	created_at timestamptz NOT NULL DEFAULT now(),
	only_row boolean NOT NULL DEFAULT true UNIQUE CHECK (only_row)
);
INSERT INTO workflow (version) VALUES ('');
COMMENT ON TABLE workflow IS U&'เวอร์ชันของกระบวนงานนี้ / The version of this workflow.';
