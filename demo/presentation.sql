-- How the chapters look: tables drawn with lines, and text in two languages wrapped at 78 columns.

\pset border 2
\pset linestyle unicode
\pset footer off
\pset null '–'
\pset numericlocale off

-- Columns that text takes on a terminal: Thai vowels and tone marks above and below take none.
CREATE FUNCTION pg_temp.width(line text) RETURNS int
	LANGUAGE sql IMMUTABLE STRICT
	RETURN char_length(regexp_replace(line, '[\u0E31\u0E34-\u0E3A\u0E47-\u0E4E]', '', 'g'));

-- The text in lines that fit, broken at blanks only: Thai has them between phrases, not words.
-- Lines after the first stand two columns further in.
CREATE FUNCTION pg_temp.wrap(content text, indent text DEFAULT '', columns int DEFAULT 78) RETURNS SETOF text
	LANGUAGE plpgsql IMMUTABLE
AS $$
DECLARE
	line text;
	phrase text;
BEGIN
	FOREACH phrase IN ARRAY regexp_split_to_array(btrim(content), '\s+') LOOP
		IF line IS NULL THEN
			line := indent || phrase;
		ELSIF pg_temp.width(line || ' ' || phrase) <= columns THEN
			line := line || ' ' || phrase;
		ELSE
			RETURN NEXT line;
			line := indent || '  ' || phrase;
		END IF;
	END LOOP;
	RETURN NEXT line;
END
$$;

-- What a refused statement says, so that the demonstration can show it and go on.
CREATE FUNCTION pg_temp.answer(statement text) RETURNS text
	LANGUAGE plpgsql
AS $$
DECLARE
	result text;
	message text;
	code text;
BEGIN
	EXECUTE statement INTO result;
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, code = RETURNED_SQLSTATE;
	RETURN format('refused (%s): %s', code, message);
END
$$;

-- The same of a statement that gives no rows.
CREATE FUNCTION pg_temp.outcome(statement text) RETURNS text
	LANGUAGE plpgsql
AS $$
DECLARE
	message text;
	code text;
BEGIN
	EXECUTE statement;
	RETURN 'done';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, code = RETURNED_SQLSTATE;
	RETURN format('refused (%s): %s', code, message);
END
$$;

-- Returns when the second session (demo/race) waits for this one.
CREATE PROCEDURE pg_temp.await_waiting()
	LANGUAGE plpgsql
AS $$
BEGIN
	FOR attempt IN 1 .. 600 LOOP
		IF EXISTS (SELECT FROM pg_stat_activity
				WHERE application_name = 'second_session' AND pg_backend_pid() = ANY (pg_blocking_pids(pid))) THEN
			RETURN;
		END IF;
		PERFORM pg_sleep(0.05), pg_stat_clear_snapshot();
	END LOOP;
	RAISE EXCEPTION 'the second session does not wait for the first';
END
$$;
