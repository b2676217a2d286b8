/* The planner's statistics tell nothing of rows that row security hides. */

-- EXPLAIN estimates by the statistics of the whole table, under row security too.  Without any for the
-- columns that name a unit, an account, a person or hold free text, the estimate for a foreign unit
-- is that for a unit that does not exist.  What somebody has set by hand stays.
DO $$
DECLARE
	the_column record;
BEGIN
	FOR the_column IN
		SELECT c.oid::regclass AS table_name, a.attname AS column_name
		FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
		WHERE c.relnamespace = quote_ident(current_schema())::regnamespace
			AND c.relowner = quote_ident(current_user)::regrole AND c.relkind IN ('r', 'p') AND c.relrowsecurity
			AND a.attnum > 0 AND NOT a.attisdropped AND coalesce(a.attstattarget, -1) = -1
			AND (a.atttypid IN ('text'::regtype, 'bigint'::regtype)
					AND EXISTS (SELECT FROM pg_constraint f
						WHERE f.conrelid = c.oid AND f.contype = 'f' AND a.attnum = ANY (f.conkey))
				OR a.atttypid = 'text'::regtype AND NOT EXISTS (
					SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.conkey = ARRAY[a.attnum]
						AND pg_get_constraintdef(k.oid) LIKE '%= ANY (ARRAY[%'))
	LOOP
		EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET STATISTICS 0', the_column.table_name, the_column.column_name);
	END LOOP;
END $$;
