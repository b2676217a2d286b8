/* Decisions: append-only, each sealed with the hash of the one before it. */

CREATE TABLE decision (
	decision_id bigint PRIMARY KEY,
	decided_at timestamptz NOT NULL,
	subject text NOT NULL,
	subject_id text NOT NULL,
	action text NOT NULL,
	unit_code text NOT NULL REFERENCES unit,
	plan_year int,
	staff_id text NOT NULL REFERENCES staff,
	role_name text NOT NULL,
	post text NOT NULL REFERENCES post,
	acting boolean NOT NULL,
	from_status text,
	to_status text,
	reason text,
	content_hash text,
	previous_hash text NOT NULL,
	hash text NOT NULL
);
CREATE INDEX ON decision (subject, subject_id);
CREATE INDEX ON decision (unit_code, plan_year);

-- The end of the chain: one row, whose lock puts decisions in their order at every
-- isolation level, and which tells when the last ones were cut off.
CREATE TABLE decision_head (
	one_row boolean PRIMARY KEY DEFAULT true CHECK (one_row),
	decision_id bigint NOT NULL,
	hash text NOT NULL
);
INSERT INTO decision_head (decision_id, hash) VALUES (0, repeat('0', 64));

-- The same bytes in every session: UTC, and jsonb's own order of keys.
CREATE OR REPLACE FUNCTION _decision_hash(the_decision decision) RETURNS text
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT SET timezone = 'UTC' SET datestyle = 'ISO' AS $$
BEGIN
	RETURN encode(sha256(convert_to((to_jsonb(the_decision) - 'hash')::text, 'UTF8')), 'hex');
END $$;

-- Records a decision.  Invoker's rights: it writes only for functions of the owner.
CREATE OR REPLACE FUNCTION _decide(given authorization_given, subject text, subject_id text, action text, unit_code text,
	plan_year int DEFAULT NULL, from_status text DEFAULT NULL, to_status text DEFAULT NULL, reason text DEFAULT NULL,
	content_hash text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	head decision_head;
	the_decision decision;
BEGIN
	SELECT * INTO head FROM decision_head h FOR UPDATE;
	the_decision := ROW(head.decision_id + 1, _now(), subject, subject_id, action, unit_code, plan_year, given.staff_id,
		_role(), given.post, given.acting, from_status, to_status, reason, content_hash, head.hash, '');
	the_decision.hash := _decision_hash(the_decision);
	INSERT INTO decision SELECT (the_decision).*;
	UPDATE decision_head h SET decision_id = the_decision.decision_id, hash = the_decision.hash;
	RETURN the_decision.decision_id;
END $$;

-- What is wrong with the chain; no rows where it is whole.
CREATE OR REPLACE FUNCTION verify_decisions() RETURNS TABLE (decision_id bigint, problem text)
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	d decision;
	head decision_head;
	expected_id bigint := 1;
	expected_hash text := repeat('0', 64);
BEGIN
	PERFORM _whole_table_or_error('decision');
	FOR d IN SELECT * FROM decision x ORDER BY x.decision_id LOOP
		decision_id := d.decision_id;
		IF d.decision_id <> expected_id THEN
			problem := format('decision %s is missing', expected_id);
			RETURN NEXT;
		ELSIF d.previous_hash <> expected_hash THEN
			problem := 'does not follow from the decision before it';
			RETURN NEXT;
		END IF;
		IF d.hash <> _decision_hash(d) THEN
			problem := 'was changed after it was taken';
			RETURN NEXT;
		END IF;
		expected_id := d.decision_id + 1;
		expected_hash := d.hash;
	END LOOP;
	SELECT * INTO head FROM decision_head h;
	IF head.decision_id IS DISTINCT FROM expected_id - 1 OR head.hash IS DISTINCT FROM expected_hash THEN
		decision_id := head.decision_id;
		problem := 'the last decisions are missing or were replaced';
		RETURN NEXT;
	END IF;
END $$;

-- A chain that row security shows in part would seem broken.
CREATE OR REPLACE FUNCTION _whole_table_or_error(table_name text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	IF row_security_active(format('%I', table_name)::regclass)
		AND NOT EXISTS (SELECT FROM _holdings(me()) h JOIN post p USING (post) WHERE p.reads = 'all')
	THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('you see only a part of "%s"', table_name),
			HINT = 'This is for the owner of the workflow, or a post that reads everything.';
	END IF;
END $$;

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON decision
	FOR EACH STATEMENT EXECUTE FUNCTION _append_only();

CREATE OR REPLACE TRIGGER head_stays BEFORE DELETE OR TRUNCATE ON decision_head
	FOR EACH STATEMENT EXECUTE FUNCTION _append_only();

ALTER TABLE decision ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON decision FOR SELECT USING (unit_code = ANY ((SELECT _my_units())::text[]));
GRANT SELECT ON decision TO PUBLIC;

ALTER TABLE decision_head ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON decision_head FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON decision_head TO PUBLIC;
