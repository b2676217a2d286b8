/* History: every change of a table that keeps it, and the table as of any day. */

CREATE TABLE history (
	history_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	table_name text NOT NULL,
	row_key text NOT NULL,
	operation text NOT NULL CHECK (operation IN ('INSERT', 'UPDATE', 'DELETE', 'LEAVE', 'ARRIVE')),
	changed_at timestamptz NOT NULL,
	changed_by text,
	role_name text NOT NULL,
	unit_code text,
	account_id text,
	row_now jsonb,
	CONSTRAINT history_row_unless_gone CHECK ((operation IN ('DELETE', 'LEAVE')) = (row_now IS NULL))
);
CREATE INDEX ON history (table_name, row_key, history_id);
CREATE INDEX ON history (unit_code);
CREATE INDEX ON history (account_id);

-- The key of a row as one text; several columns as k1|k2, with \ before a | or \ of a value's own.
CREATE OR REPLACE FUNCTION _row_key(the_row jsonb, key_columns text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE cardinality(key_columns) WHEN 1 THEN the_row ->> key_columns[1] ELSE (
	SELECT string_agg(regexp_replace(the_row ->> k, '[|\\]', '\\\&', 'g'), '|' ORDER BY n)
	FROM unnest(key_columns) WITH ORDINALITY AS key (k, n)) END;

-- Arguments: the columns of the table's key.  A row that goes to another unit leaves one
-- (LEAVE) and arrives in the other (ARRIVE), so that each sees its own time with it and no more.
--
-- For each row; or for each statement, which is much cheaper where many rows change at once, on tables
-- whose own triggers do not change them again: three triggers then, with REFERENCING OLD TABLE AS old_rows
-- and NEW TABLE AS new_rows.
--
-- In UTC, whatever the session's time zone: JSON tells a time with its offset, so that the same time would else seem
-- changed to who writes next, and an offset that no input function takes would break as_of for everybody.
CREATE OR REPLACE FUNCTION _keep_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET timezone = 'UTC' AS $$
DECLARE
	-- what _role(), _now() and me() say, without what it costs to call them for every row
	the_role text := CASE current_setting('role') WHEN 'none' THEN session_user ELSE current_setting('role') END;
	the_time timestamptz;
	who text;
	key_columns text[] := TG_ARGV[:];	-- a slice, which counts from 1
	was jsonb;
	is_now jsonb;
	key_now text;
	operation text := TG_OP;
BEGIN
	IF TG_LEVEL = 'ROW' THEN
		was := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
		is_now := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
		IF was = is_now THEN
			RETURN NULL;
		END IF;
	END IF;
	SELECT coalesce(w.rehearsal_clock, clock_timestamp()), s.staff_id INTO the_time, who
	FROM workflow w LEFT JOIN staff s ON s.role_name = the_role;
	IF current_setting('kam.acting_for', true) <> '' THEN
		who := me();
	END IF;

	IF TG_LEVEL = 'STATEMENT' AND TG_OP = 'INSERT' THEN
		INSERT INTO history (table_name, row_key, operation, changed_at, changed_by, role_name, unit_code,
			account_id, row_now)
		WITH n AS MATERIALIZED (SELECT to_jsonb(x) AS r FROM new_rows x)
		SELECT TG_TABLE_NAME, _row_key(n.r, key_columns), TG_OP, the_time, who, the_role,
			n.r ->> 'unit_code', n.r ->> 'account_id', n.r
		FROM n;
	ELSIF TG_LEVEL = 'STATEMENT' AND TG_OP = 'DELETE' THEN
		INSERT INTO history (table_name, row_key, operation, changed_at, changed_by, role_name, unit_code,
			account_id)
		WITH o AS MATERIALIZED (SELECT to_jsonb(x) AS r FROM old_rows x)
		SELECT TG_TABLE_NAME, _row_key(o.r, key_columns), TG_OP, the_time, who, the_role,
			o.r ->> 'unit_code', o.r ->> 'account_id'
		FROM o;
	ELSIF TG_LEVEL = 'STATEMENT' THEN
		INSERT INTO history (table_name, row_key, operation, changed_at, changed_by, role_name, unit_code,
			account_id, row_now)
		WITH o AS MATERIALIZED (SELECT to_jsonb(x) AS r FROM old_rows x),
			n AS MATERIALIZED (SELECT to_jsonb(x) AS r FROM new_rows x)
		SELECT TG_TABLE_NAME, _row_key(s.r, key_columns), s.operation, the_time, who, the_role,
			s.r ->> 'unit_code', s.r ->> 'account_id', CASE WHEN s.operation NOT IN ('DELETE', 'LEAVE') THEN s.r END
		FROM o FULL JOIN n ON _row_key(o.r, key_columns) = _row_key(n.r, key_columns)
			CROSS JOIN LATERAL (
				SELECT CASE WHEN n.r IS NULL THEN 'DELETE' ELSE 'LEAVE' END, o.r, 1
				WHERE n.r IS NULL OR o.r -> 'unit_code' <> n.r -> 'unit_code'
				UNION ALL
				SELECT CASE WHEN o.r IS NULL THEN 'INSERT' WHEN o.r -> 'unit_code' <> n.r -> 'unit_code' THEN 'ARRIVE'
						ELSE 'UPDATE' END, n.r, 2
				WHERE n.r IS NOT NULL) s (operation, r, ordinal)
		WHERE o.r IS DISTINCT FROM n.r
		ORDER BY s.ordinal;
	ELSE
		key_now := _row_key(coalesce(is_now, was), key_columns);
		IF TG_OP = 'UPDATE' AND (was -> 'unit_code' <> is_now -> 'unit_code' OR _row_key(was, key_columns) <> key_now) THEN
			operation := CASE WHEN was -> 'unit_code' <> is_now -> 'unit_code' THEN 'ARRIVE' ELSE 'INSERT' END;
			INSERT INTO history (table_name, row_key, operation, changed_at, changed_by, role_name, unit_code,
			account_id)
			VALUES (TG_TABLE_NAME, _row_key(was, key_columns), CASE operation WHEN 'ARRIVE' THEN 'LEAVE' ELSE 'DELETE' END,
				the_time, who, the_role, was ->> 'unit_code', was ->> 'account_id');
		END IF;
		INSERT INTO history (table_name, row_key, operation, changed_at, changed_by, role_name, unit_code,
			account_id, row_now)
		VALUES (TG_TABLE_NAME, key_now, operation, the_time, who, the_role,
			coalesce(is_now, was) ->> 'unit_code', coalesce(is_now, was) ->> 'account_id', is_now);
	END IF;
	RETURN NULL;
END $$;

-- Enters the rows that tables held before they kept a history.
CREATE OR REPLACE FUNCTION _begin_history() RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	kept record;
BEGIN
	FOR kept IN
		SELECT DISTINCT c.oid, c.relname, string_to_array(encode(t.tgargs, 'escape'), '\000') AS arguments
		FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
		WHERE t.tgfoid = '_keep_history'::regproc
			AND c.relnamespace = (SELECT h.relnamespace FROM pg_class h WHERE h.oid = 'history'::regclass)
		ORDER BY c.relname
	LOOP
		EXECUTE format('
			INSERT INTO history (table_name, row_key, operation, changed_at, role_name, unit_code, account_id, row_now)
			SELECT $1, k.row_key, ''INSERT'', _now(), _role(), r.row_now ->> ''unit_code'', r.row_now ->> ''account_id'', r.row_now
			FROM %s t, to_jsonb(t) AS r (row_now), _row_key(r.row_now, $2) AS k (row_key)
			WHERE NOT EXISTS (SELECT FROM history h WHERE h.table_name = $1 AND h.row_key = k.row_key)
			ORDER BY k.row_key', kept.oid::regclass)
		-- the last argument ends like the others, so that an empty one seems to follow
		USING kept.relname, trim_array(kept.arguments, 1);
	END LOOP;
END $$;

-- A table as it was at the end of a day (Bangkok): as_of(NULL::account, '2027-03-31').
-- Columns that the table did not have then are NULL; row security holds.
CREATE OR REPLACE FUNCTION as_of(of_table anyelement, day date) RETURNS SETOF anyelement
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	asked_table text := (
		SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
		WHERE c.reltype = pg_typeof(of_table) AND t.tgfoid = '_keep_history'::regproc
			AND c.relnamespace = (SELECT h.relnamespace FROM pg_class h WHERE h.oid = 'history'::regclass)
		LIMIT 1);
BEGIN
	IF asked_table IS NULL THEN
		RAISE wrong_object_type USING
			MESSAGE = format('%s keeps no history', pg_typeof(of_table)),
			HINT = 'Name a table that does, as in as_of(NULL::account, current_date).';
	ELSIF day IS NULL THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'the day is missing',
			HINT = 'Give the day at whose end the table is asked for.';
	END IF;
	RETURN QUERY
	SELECT r.*
	FROM (
		SELECT DISTINCT ON (l.row_key) l.row_now
		FROM history l
		WHERE l.table_name = asked_table AND l.changed_at < (day + 1)::timestamp AT TIME ZONE 'Asia/Bangkok'
		ORDER BY l.row_key, l.history_id DESC) h
		CROSS JOIN LATERAL jsonb_populate_record(of_table, h.row_now) r
	WHERE h.row_now IS NOT NULL;
END $$;

-- Who changed what from what to what: a row per column.  A row's first insertion is not told column by column.
CREATE OR REPLACE VIEW history_change WITH (security_invoker = true) AS
	SELECT h.history_id, h.table_name, h.row_key, h.changed_at, h.changed_by, h.role_name, h.unit_code, h.account_id,
		h.operation, c.column_name, h.row_was -> c.column_name AS old_value, h.row_now -> c.column_name AS new_value
	FROM (
			SELECT l.*, lag(l.row_now) OVER (PARTITION BY l.table_name, l.row_key ORDER BY l.history_id) AS row_was
			FROM history l WHERE l.operation <> 'LEAVE') h
		LEFT JOIN LATERAL (
			SELECT k AS column_name FROM jsonb_object_keys(h.row_now) k
			WHERE h.row_was -> k IS DISTINCT FROM h.row_now -> k) c ON h.row_was IS NOT NULL AND h.row_now IS NOT NULL
	UNION ALL
	SELECT l.history_id, l.table_name, l.row_key, l.changed_at, l.changed_by, l.role_name, l.unit_code, l.account_id,
		l.operation, NULL, NULL, NULL
	FROM history l WHERE l.operation = 'LEAVE';
GRANT SELECT ON history_change TO PUBLIC;

CREATE OR REPLACE FUNCTION _append_only() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	RAISE object_not_in_prerequisite_state USING
		MESSAGE = format('rows of "%s" are never changed or deleted', TG_TABLE_NAME),
		HINT = 'What was wrong is set right by a new row.';
END $$;
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON history
	FOR EACH STATEMENT EXECUTE FUNCTION _append_only();

-- The organisation keeps its history too, and who may do what.
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON unit
	FOR EACH ROW EXECUTE FUNCTION _keep_history('unit_code');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON staff
	FOR EACH ROW EXECUTE FUNCTION _keep_history('staff_id');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON post_holder
	FOR EACH ROW EXECUTE FUNCTION _keep_history('post_holder_id');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON training
	FOR EACH ROW EXECUTE FUNCTION _keep_history('staff_id', 'training_year', 'curriculum');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON reader
	FOR EACH ROW EXECUTE FUNCTION _keep_history('role_name', 'unit_code');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON proxy
	FOR EACH ROW EXECUTE FUNCTION _keep_history('role_name', 'staff_id');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON authority
	FOR EACH ROW EXECUTE FUNCTION _keep_history('action', 'post');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON setting
	FOR EACH ROW EXECUTE FUNCTION _keep_history('setting');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON post
	FOR EACH ROW EXECUTE FUNCTION _keep_history('post');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON kamr_position
	FOR EACH ROW EXECUTE FUNCTION _keep_history('position');

ALTER TABLE history ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON history FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON history TO PUBLIC;

COMMENT ON TABLE history IS
U&'ประวัติการเปลี่ยนแปลง — Every change of the tables that keep a history: who, when, and the row from then on. Rows are only added.';
COMMENT ON COLUMN history.history_id IS
U&'ลำดับที่ — Number; of two changes of one row the later has the higher.';
COMMENT ON COLUMN history.table_name IS
U&'ตาราง — Table.';
COMMENT ON COLUMN history.row_key IS
U&'คีย์ของแถว — Key of the row; several columns joined by |.';
COMMENT ON COLUMN history.operation IS
U&'ชนิดของการเปลี่ยนแปลง — INSERT, UPDATE, DELETE; LEAVE and ARRIVE where the row goes from one unit to another.';
COMMENT ON COLUMN history.changed_at IS
U&'เวลา — When: the time of the workflow.';
COMMENT ON COLUMN history.changed_by IS
U&'พนักงานผู้เปลี่ยน — The member of staff; NULL: the owner.';
COMMENT ON COLUMN history.role_name IS
U&'บทบาทฐานข้อมูล — The database role.';
COMMENT ON COLUMN history.unit_code IS
U&'หน่วยงาน — Unit of the row then.';
COMMENT ON COLUMN history.account_id IS
U&'ลูกค้า — Account of the row.';
COMMENT ON COLUMN history.row_now IS
U&'ข้อมูลของแถวหลังเปลี่ยน — The row from then on; NULL where it is gone.';
COMMENT ON VIEW history_change IS
U&'การเปลี่ยนแปลงทีละคอลัมน์ — Who changed what, when, from what to what: a row per changed column, and one for each row that came or went.';
COMMENT ON COLUMN history_change.history_id IS
U&'ลำดับที่ — Number of the change in history.';
COMMENT ON COLUMN history_change.table_name IS
U&'ตาราง — Table.';
COMMENT ON COLUMN history_change.row_key IS
U&'คีย์ของแถว — Key of the row.';
COMMENT ON COLUMN history_change.changed_at IS
U&'เวลา — When.';
COMMENT ON COLUMN history_change.changed_by IS
U&'พนักงานผู้เปลี่ยน — The member of staff; NULL: the owner.';
COMMENT ON COLUMN history_change.role_name IS
U&'บทบาทฐานข้อมูล — The database role.';
COMMENT ON COLUMN history_change.unit_code IS
U&'หน่วยงาน — Unit of the row then.';
COMMENT ON COLUMN history_change.account_id IS
U&'ลูกค้า — Account of the row.';
COMMENT ON COLUMN history_change.operation IS
U&'ชนิดของการเปลี่ยนแปลง — As in history.';
COMMENT ON COLUMN history_change.column_name IS
U&'คอลัมน์ — Column; NULL where the whole row came or went.';
COMMENT ON COLUMN history_change.old_value IS
U&'ค่าเดิม — Value before.';
COMMENT ON COLUMN history_change.new_value IS
U&'ค่าใหม่ — Value after.';
COMMENT ON FUNCTION _row_key(jsonb, text[]) IS
U&'คีย์ของแถว — The key of a row as one text.';
COMMENT ON FUNCTION _keep_history() IS
U&'บันทึกประวัติ — Trigger function of every table that keeps a history; its arguments are the columns of the key.';
COMMENT ON FUNCTION _begin_history() IS
U&'บันทึกข้อมูลตั้งต้นลงในประวัติ — Enters into the history the rows that tables held before they kept one.';
COMMENT ON FUNCTION as_of(anyelement, date) IS
U&'ข้อมูล ณ สิ้นวัน — A table as it was at the end of a day in Bangkok: as_of(NULL::account, ''2027-03-31''). Columns that it did not have then are NULL. Errors: 42809 for a table without history, 22004 without a day.';
COMMENT ON FUNCTION _append_only() IS
U&'ห้ามแก้ไขหรือลบ — Trigger function: rows are never changed or deleted. Error 55000.';
