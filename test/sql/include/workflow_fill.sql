\set ECHO none
/*
 * pg_temp.fill(units, accounts): a row of every unit (and its account N1A-01 …, or of each account named) in every
 * table that has rows of units or accounts, but those that the fixture fills; past foreign keys and triggers, so for
 * tests of who sees and does what, not of what is. It gives the tables in which that did not succeed.
 */
CREATE FUNCTION pg_temp.fill(units text[], only_tables text[] DEFAULT NULL, account text DEFAULT NULL) RETURNS TABLE (table_name text, problem text) LANGUAGE plpgsql AS $$
DECLARE
	the_table record;
	the_unit text;
	the_column record;
	names text;
	vals text;
	val text;
	-- what a table's own conditions ask for
	given jsonb := '{
		"assignment": {"responsibility": "area", "selection_id": "1"},
		"deadline": {"step": "1"},
		"history": {"operation": "INSERT", "row_now": "{}"},
		"kamr_evaluation": {"evaluated_by": "y", "score": "1"},
		"relationship": {"level": "1"},
		"selection": {"basis": "special", "tier": "Status", "ended_on": "2026-02-01"},
		"waiver": {"points": "{1}"}}';
BEGIN
	SET LOCAL session_replication_role = replica;
	FOR the_table IN
		SELECT c.oid, c.relname FROM pg_class c
		WHERE c.relnamespace = pg_temp.schema()::regnamespace AND c.relkind IN ('r', 'p')
			AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname IN ('unit_code', 'area', 'account_id'))
			AND c.relname NOT IN ('unit', 'account', 'account_fact', 'post_holder', 'reader')
			AND (only_tables IS NULL OR c.relname = ANY (only_tables))
		ORDER BY c.relname
	LOOP
		FOREACH the_unit IN ARRAY units LOOP
			names := NULL; vals := NULL;
			FOR the_column IN
				SELECT a.attname, a.attnum, a.atttypid::regtype::text AS type, a.attnotnull,
					(SELECT (regexp_match(pg_get_constraintdef(k.oid), 'ARRAY\[''([^'']*)'''))[1] FROM pg_constraint k
						WHERE k.conrelid = the_table.oid AND k.contype = 'c' AND k.conkey = ARRAY[a.attnum]
							AND pg_get_constraintdef(k.oid) LIKE '%= ANY (ARRAY[%' LIMIT 1) AS first_value
				FROM pg_attribute a
				WHERE a.attrelid = the_table.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
					AND (a.attnotnull OR a.attname IN ('unit_code', 'account_id') OR given -> the_table.relname ? a.attname)
					AND (a.attidentity = '' OR given -> the_table.relname ? a.attname)
			LOOP
				val := coalesce(given -> the_table.relname ->> the_column.attname, CASE
					WHEN the_column.attname IN ('unit_code', 'area') THEN the_unit
					WHEN the_column.attname = 'account_id' THEN coalesce(account, upper(pg_temp.short(the_unit)) || '-01')
					WHEN the_column.attname = 'plan_year' THEN '2026'
					WHEN the_column.first_value IS NOT NULL THEN the_column.first_value
					WHEN the_column.attname = 'month' THEN '2026-05-01'
					WHEN the_column.type = 'text' THEN 'x' || the_unit
					WHEN the_column.type = 'date' THEN '2026-05-05'
					WHEN the_column.type LIKE 'timestamp%' THEN '2026-05-05 09:00+07'
					WHEN the_column.type = 'boolean' THEN 'false'
					WHEN the_column.type IN ('jsonb', 'kam.criteria') OR the_column.type LIKE '%[]' THEN '{}'
					WHEN the_column.type = 'kam.tier' THEN 'Strategic'
					WHEN the_column.type = 'kam.value_class' THEN 'High'
					ELSE (100 + array_position(units, the_unit))::text END);
				names := concat_ws(', ', names, quote_ident(the_column.attname));
				vals := concat_ws(', ', vals, quote_literal(val));
			END LOOP;
			BEGIN
				EXECUTE format('INSERT INTO %I.%I (%s) OVERRIDING SYSTEM VALUE VALUES (%s)', pg_temp.schema(), the_table.relname, names, vals);
			EXCEPTION WHEN OTHERS THEN
				table_name := the_table.relname; problem := the_unit || ': ' || SQLERRM;
				RETURN NEXT;
				EXIT;
			END;
		END LOOP;
	END LOOP;
	SET LOCAL session_replication_role = origin;
END $$;
\set ECHO all
