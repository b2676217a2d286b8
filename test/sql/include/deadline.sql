\set ECHO none
/*
 * What the tests of deadlines ask for, and a schema for their tables. To be read in with
 *
 *	\getenv srcdir PG_ABS_SRCDIR
 *	\set deadline :srcdir '/sql/include/deadline.sql'
 *	\i :deadline
 *
 * and at the end with deadline_end.sql in place of deadline.sql.
 */
\set SHOW_CONTEXT never
\pset null '(null)'
SET datestyle = ISO;
CREATE SCHEMA deadlines;
SET search_path = deadlines, public;

/* The error of a statement. It leaves nothing behind, accepted or not. */
CREATE FUNCTION pg_temp.refused(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	state text; message text; detail text; hint text;
BEGIN
	EXECUTE statement;
	RAISE EXCEPTION SQLSTATE 'ACCPT';
EXCEPTION
	WHEN SQLSTATE 'ACCPT' THEN
		RETURN 'accepted';
	WHEN OTHERS THEN
		GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT,
			detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
		RETURN state || ': ' || message || COALESCE(E'\n  ' || NULLIF(detail, ''), '')
			|| COALESCE(E'\n  ' || NULLIF(hint, ''), '');
END
$$;

/* Its first line. */
CREATE FUNCTION pg_temp.brief(statement text) RETURNS text LANGUAGE sql AS $$
	SELECT split_part(pg_temp.refused(statement), E'\n', 1);
$$;

/*
 * The working day by an independent way: day by day through the rows of the
 * calendar's layers, nearest first. NULL where a day is not known. For days
 * that were changed, "was" may say what they were instead.
 */
CREATE FUNCTION pg_temp.works(name text, asked date, was jsonb DEFAULT '{}') RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	layer text := name;
	found_kind text;
	week int[];
	known boolean := false;
	row kam.calendar;
BEGIN
	WHILE layer IS NOT NULL LOOP
		SELECT c.* INTO row FROM kam.calendar c WHERE c.calendar = layer ORDER BY builtin LIMIT 1;
		known := known OR EXISTS (SELECT FROM kam.calendar_year y
			WHERE y.calendar = layer AND y.year = extract(year FROM asked));
		week := COALESCE(week, row.weekly_days_off);
		IF found_kind IS NULL THEN
			SELECT d.kind INTO found_kind FROM kam.calendar_day d
			WHERE d.calendar = layer AND d.day = asked ORDER BY builtin LIMIT 1;
		END IF;
		layer := row.parent;
	END LOOP;
	IF NOT known THEN
		RETURN NULL;
	END IF;
	IF was ? asked::text THEN
		RETURN (was ->> asked::text)::boolean;
	END IF;
	RETURN CASE WHEN found_kind IS NULL THEN extract(isodow FROM asked) <> ALL (COALESCE(week, '{6,7}'))
		ELSE found_kind = 'working' END;
END
$$;

CREATE FUNCTION pg_temp.due(received date, working_days int, name text, was jsonb DEFAULT '{}') RETURNS date LANGUAGE plpgsql AS $$
DECLARE
	day date := received;
	counted int := 0;
	works boolean;
BEGIN
	IF working_days = 0 THEN
		day := day - 1;
		working_days := 1;
	END IF;
	WHILE counted < working_days LOOP
		day := day + 1;
		works := pg_temp.works(name, day, was);
		IF works IS NULL THEN
			RETURN NULL;
		END IF;
		counted := counted + works::int;
	END LOOP;
	RETURN day;
END
$$;

/* A calendar of the tests' own: 2024 to 2026, and 2027 provisional. */
INSERT INTO kam.calendar (calendar) VALUES ('office');
INSERT INTO kam.calendar_year (calendar, year, provisional)
	SELECT 'office', year, year = 2027 FROM generate_series(2024, 2027) AS year;
INSERT INTO kam.calendar_day (calendar, day, kind, name_en) VALUES
	('office', '2026-01-01', 'holiday', 'New Year''s Day'),
	('office', '2026-01-02', 'special', 'A long weekend'),
	('office', '2026-04-13', 'holiday', 'Songkran'),
	('office', '2026-04-14', 'holiday', 'Songkran'),
	('office', '2026-04-15', 'holiday', 'Songkran'),
	('office', '2026-05-02', 'working', 'A Saturday that is worked'),
	('office', '2026-12-31', 'holiday', 'New Year''s Eve');
\set ECHO all
