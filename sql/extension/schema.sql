/* The schema of everything but the operators, and what the extension demands. */

DO $$
BEGIN
	IF pg_catalog.current_setting('server_encoding') <> 'UTF8' THEN
		RAISE EXCEPTION 'extension "kam" needs a database with the encoding UTF8, not %',
				pg_catalog.current_setting('server_encoding')
			USING ERRCODE = 'feature_not_supported',
				HINT = 'Create one with CREATE DATABASE ... ENCODING ''UTF8'' TEMPLATE template0.';
	END IF;
END
$$;

CREATE SCHEMA kam;
COMMENT ON SCHEMA kam IS
'Key account management by the work manual KAMT: tiers, selection criteria, portfolios, rates and their rules.';
GRANT USAGE ON SCHEMA kam TO PUBLIC;

CREATE FUNCTION kam.version() RETURNS text
AS 'MODULE_PATHNAME', 'kam_version'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.version() IS
'Version of the library that is loaded. Where it differs from extversion in pg_extension, run ALTER EXTENSION kam UPDATE.';
