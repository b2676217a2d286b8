\set ECHO none
/*
 * What the tests of the portfolio guard have in common, after ask.sql. To be read in with
 *
 *	\set guard :srcdir '/sql/include/guard.sql'
 *	\i :guard
 */

/* A statement is tried, and undone: how it ended, with the sum where a guard refused it. */
CREATE FUNCTION pg_temp.try(statement text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
	state text; message text; detail text; place text;
BEGIN
	EXECUTE statement;
	RAISE EXCEPTION SQLSTATE 'ACCPT';
EXCEPTION
	WHEN SQLSTATE 'ACCPT' THEN
		RETURN 'accepted';
	WHEN OTHERS THEN
		GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL,
			place = CONSTRAINT_NAME;
		message := regexp_replace(message, '^portfolio of key account manager (".*" in) plan year (\d+) would be above the limit of ', '\1 \2 above ');
		detail := COALESCE(substring(detail FROM '^It would weigh (.*)\.$'), '');
		RETURN CASE WHEN state = '23514' AND place = 'kam_portfolio_guard' THEN format('%s: %s', message, detail) ELSE state || ': ' || message END;
END
$$;

/* The same, by its SQLSTATE alone: where the words are PostgreSQL's own. */
CREATE FUNCTION pg_temp.state(statement text) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
	RAISE EXCEPTION SQLSTATE 'ACCPT';
EXCEPTION
	WHEN SQLSTATE 'ACCPT' THEN
		RETURN 'accepted';
	WHEN OTHERS THEN
		RETURN SQLSTATE;
END
$$;

\pset null '(null)'
\pset format unaligned
\pset fieldsep ' | '
\pset footer off
\set ECHO all
