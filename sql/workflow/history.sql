/* History: every change of a table that keeps it, and the table as of any day. */

CREATE TABLE history (
	history_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	table_name text NOT NULL,
	row_key text NOT NULL,
	operation text NOT NULL CHECK (operation IN ('INSERT', 'UPDATE', 'DELETE')),
	changed_at timestamptz NOT NULL,
	changed_by text,
	role_name text NOT NULL,
	unit_code text,
	account_id text,
	row_now jsonb,
	CONSTRAINT history_row_unless_deleted CHECK ((operation = 'DELETE') = (row_now IS NULL))
);
CREATE INDEX ON history (table_name, row_key, history_id);
CREATE INDEX ON history (unit_code);
CREATE INDEX ON history (account_id);

-- Arguments: the columns of the table's key.
CREATE OR REPLACE FUNCTION _keep_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
	is_now jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
	known jsonb := coalesce(is_now, was);
BEGIN
	IF was IS NOT DISTINCT FROM is_now THEN
		RETURN NULL;
	END IF;
	INSERT INTO history (table_name, row_key, operation, changed_at, changed_by, role_name, unit_code, account_id, row_now)
	VALUES (TG_TABLE_NAME,
		(SELECT string_agg(known ->> k, '|' ORDER BY n) FROM unnest(TG_ARGV) WITH ORDINALITY AS key (k, n)),
		TG_OP, _now(), me(), _role(), known ->> 'unit_code', known ->> 'account_id', is_now);
	RETURN NULL;
END $$;

-- A table as it was at the end of a day (Bangkok): as_of(NULL::account, '2027-03-31').
CREATE OR REPLACE FUNCTION as_of(of_table anyelement, day date) RETURNS SETOF anyelement
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM pg_trigger t JOIN pg_type y ON y.typrelid = t.tgrelid
		WHERE y.oid = pg_typeof(of_table) AND t.tgfoid = '_keep_history'::regproc)
	THEN
		RAISE wrong_object_type USING
			MESSAGE = format('%s keeps no history', pg_typeof(of_table)),
			HINT = 'Name a table that does, as in as_of(NULL::account, current_date).';
	END IF;
	RETURN QUERY
	SELECT (jsonb_populate_record(of_table, h.row_now)).*
	FROM (
		SELECT DISTINCT ON (l.row_key) l.row_now
		FROM history l
		WHERE l.table_name = (SELECT c.relname FROM pg_class c JOIN pg_type y ON y.typrelid = c.oid
				WHERE y.oid = pg_typeof(of_table))
			AND kam.bangkok_date(l.changed_at) <= day
		ORDER BY l.row_key, l.history_id DESC) h
	WHERE h.row_now IS NOT NULL;
END $$;

CREATE OR REPLACE FUNCTION _append_only() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	RAISE object_not_in_prerequisite_state USING
		MESSAGE = format('rows of "%s" are never changed or deleted', TG_TABLE_NAME),
		HINT = 'What was wrong is set right by a new row.';
END $$;
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON history
	FOR EACH STATEMENT EXECUTE FUNCTION _append_only();

ALTER TABLE history ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON history FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON history TO PUBLIC;
