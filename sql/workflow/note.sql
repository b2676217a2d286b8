/* News passed on to accounts, and what was found about outages (4.11.6, 4.12.5, 4.12.6, 4.14.6, 4.14.7). */

CREATE TABLE news (
	news_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account_id text NOT NULL REFERENCES account,
	unit_code text NOT NULL REFERENCES unit,
	plan_year int NOT NULL,
	passed_on_at timestamptz NOT NULL,
	recorded_at timestamptz NOT NULL,
	staff_id text NOT NULL REFERENCES staff,
	channel text NOT NULL REFERENCES channel,
	subject text NOT NULL CHECK (subject <> ''),
	content text
);
CREATE INDEX ON news (account_id, passed_on_at);
CREATE INDEX ON news (unit_code, passed_on_at);

CREATE TABLE outage_finding (
	finding_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account_id text NOT NULL REFERENCES account,
	unit_code text NOT NULL REFERENCES unit,
	plan_year int NOT NULL,
	case_id bigint REFERENCES service_case,
	outage_at timestamptz NOT NULL,
	restored_at timestamptz,
	asked text NOT NULL CHECK (asked IN ('repair_centre', 'eo_staff', 'operations_section', 'control_centre')),
	finding text NOT NULL CHECK (finding <> ''),
	staff_id text NOT NULL REFERENCES staff,
	recorded_at timestamptz NOT NULL,
	CONSTRAINT outage_finding_restored_after_outage CHECK (restored_at >= outage_at)
);
CREATE INDEX ON outage_finding (account_id, outage_at);
CREATE INDEX ON outage_finding (unit_code, outage_at);
CREATE INDEX ON outage_finding (case_id) WHERE case_id IS NOT NULL;

CREATE OR REPLACE FUNCTION pass_on_news(account_id text, subject text, content text DEFAULT NULL,
	channel text DEFAULT 'email', passed_on_at timestamptz DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_account('news.pass_on', account_id);
	at timestamptz := coalesce(passed_on_at, _now());
	recorded bigint;
BEGIN
	PERFORM _check_text(subject, 'the subject'), _check_channel(channel), _check_past(at, 'the news');
	INSERT INTO news (account_id, unit_code, plan_year, passed_on_at, recorded_at, staff_id, channel, subject, content)
	VALUES (account_id, _unit_of(account_id), _year_of(at), at, _now(), given.staff_id, channel, subject, content)
	RETURNING news.news_id INTO recorded;
	RETURN recorded;
END $$;

-- asked: where it was found out.
CREATE OR REPLACE FUNCTION record_outage_finding(account_id text, outage_at timestamptz, asked text, finding text,
	restored_at timestamptz DEFAULT NULL, case_id bigint DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_account('outage.find', account_id);
	recorded bigint;
BEGIN
	PERFORM _check_past(outage_at, 'the outage'), _check_past(coalesce(restored_at, outage_at), 'the restoration'),
		_check_word(asked, '{repair_centre,eo_staff,operations_section,control_centre}', 'the place that was asked'),
		_check_text(finding, 'the finding'), _check_case_of(case_id, account_id);
	IF restored_at < outage_at THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('power cannot have been restored at %s, before the outage at %s', restored_at, outage_at),
			HINT = 'Give the time of the restoration.';
	END IF;
	INSERT INTO outage_finding (account_id, unit_code, plan_year, case_id, outage_at, restored_at, asked, finding, staff_id,
		recorded_at)
	VALUES (account_id, _unit_of(account_id), _year_of(outage_at), case_id, outage_at, restored_at, asked, finding,
		given.staff_id, _now())
	RETURNING outage_finding.finding_id INTO recorded;
	RETURN recorded;
END $$;

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON news
	FOR EACH STATEMENT EXECUTE FUNCTION _append_only();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON outage_finding
	FOR EACH STATEMENT EXECUTE FUNCTION _append_only();

ALTER TABLE news ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON news FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON news TO PUBLIC;

ALTER TABLE outage_finding ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON outage_finding FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON outage_finding TO PUBLIC;
