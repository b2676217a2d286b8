/*
 * Skip support came with PostgreSQL 18: a database that was brought there by
 * pg_upgrade lacks it.
 */
DO $$
DECLARE
	t record;
BEGIN
	IF pg_catalog.current_setting('server_version_num')::int < 180000 THEN
		RETURN;
	END IF;
	FOR t IN
		SELECT * FROM (VALUES
			('tier', 'AS ''MODULE_PATHNAME'', ''tier_skipsupport'' LANGUAGE c'),
			('value_class', 'AS ''MODULE_PATHNAME'', ''value_class_skipsupport'' LANGUAGE c'),
			('criteria', 'AS ''btint4skipsupport'' LANGUAGE internal')
		) AS type_of (name, body)
		WHERE pg_catalog.to_regprocedure('kam.' || type_of.name || '_skipsupport(internal)') IS NULL
	LOOP
		EXECUTE pg_catalog.format('CREATE FUNCTION kam.%I(internal) RETURNS void %s IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE',
			t.name || '_skipsupport', t.body);
		EXECUTE pg_catalog.format('COMMENT ON FUNCTION kam.%I(internal) IS %L',
			t.name || '_skipsupport', 'Skip support of B-tree indexes.');
		EXECUTE pg_catalog.format('ALTER OPERATOR FAMILY kam.%1$s_ops USING btree ADD
				FUNCTION 6 (kam.%1$s, kam.%1$s) kam.%1$s_skipsupport(internal)', t.name);
	END LOOP;
END
$$;
