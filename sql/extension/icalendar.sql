/*
 * Days from an iCalendar text (RFC 5545): events of whole days, once or every
 * year. What could only be guessed at is refused by name: no deadline hangs on
 * an event that was half understood.
 */

CREATE FUNCTION kam._icalendar_date(value text, place text) RETURNS date
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	month int;
	day date;
BEGIN
	IF value ~ '^[0-9]{8}T[0-9]{6}Z?$' THEN
		RAISE feature_not_supported USING
			MESSAGE = format('%s is a time, not a whole day: "%s"', place, value),
			HINT = 'A day of a calendar is a whole day, such as DTSTART;VALUE=DATE:20280101.';
	ELSIF value !~ '^[0-9]{8}$' THEN
		RAISE invalid_datetime_format USING
			MESSAGE = format('%s is not a date: "%s"', place, value),
			HINT = 'A date is written YYYYMMDD, such as 20280101.';
	END IF;

	month := substr(value, 5, 2);
	IF left(value, 4) <> '0000' AND month BETWEEN 1 AND 12 THEN
		day := make_date(left(value, 4)::int, month, 1) + (right(value, 2)::int - 1);
	END IF;
	IF extract(month FROM day) = month THEN
		RETURN day;
	END IF;
	RAISE datetime_field_overflow USING
		MESSAGE = format('%s is a date that does not exist: "%s"', place, value),
		HINT = 'A date is written YYYYMMDD, such as 20280101.';
END
$$;
COMMENT ON FUNCTION kam._icalendar_date(text, text) IS
'The date of an iCalendar property, which place names in the errors 0A000, 22007 and 22008.';

CREATE FUNCTION kam._icalendar_length(event jsonb, first_day date, place text) RETURNS int
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	duration constant text := upper((event ->> 'DURATION') COLLATE "C");
	days int := 1;
BEGIN
	IF event ?& '{DTEND,DURATION}' THEN
		RAISE invalid_text_representation USING
			MESSAGE = format('%s has both DTEND and DURATION', place),
			HINT = 'One of the two says when an event ends.';
	ELSIF event ? 'DTEND' THEN
		days := kam._icalendar_date(event ->> 'DTEND', 'DTEND of ' || place) - first_day;
	ELSIF duration ~ '^[+]?P[0-9]{1,4}[DW]$' THEN
		days := substring(duration FROM '[0-9]+')::int * CASE WHEN duration ~ 'W' THEN 7 ELSE 1 END;
	ELSIF duration ~ '^[+-]?P[0-9DTHMSW]+$' THEN
		RAISE feature_not_supported USING
			MESSAGE = format('DURATION of %s is not a number of whole days: "%s"', place, duration),
			HINT = 'Two days are written P2D, a week P1W.';
	ELSIF event ? 'DURATION' THEN
		RAISE invalid_datetime_format USING
			MESSAGE = format('DURATION of %s is not a duration: "%s"', place, duration),
			HINT = 'Two days are written P2D, a week P1W.';
	END IF;

	IF days < 1 THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('%s ends before it has lasted a day', place),
			HINT = 'DTEND is the day after the last one.';
	ELSIF days > 366 THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('%s lasts %s days', place, days),
			HINT = 'An event lasts at most 366 days.';
	END IF;
	RETURN days;
END
$$;
COMMENT ON FUNCTION kam._icalendar_length(jsonb, date, text) IS
'How many days an iCalendar event lasts, which place names in the errors 0A000, 22007, 22008 and 22P02.';

CREATE FUNCTION kam._icalendar_recurrence(rule text, first_day date, last_year int, place text) RETURNS SETOF date
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	first_year constant int := extract(year FROM first_day);
	month constant int := extract(month FROM first_day);
	day_of_month constant int := extract(day FROM first_day);
	/* A fixed date every year; none of the parts twice, and not two that say when it ends. */
	parts constant text := ';' || upper(rule COLLATE "C");
	known_parts constant text := format('^(;(FREQ=YEARLY|INTERVAL=[1-9][0-9]{0,3}|COUNT=[1-9][0-9]{0,3}|UNTIL=[0-9]{8}'
		'|BYMONTH=0?%s|BYMONTHDAY=0?%s|WKST=(MO|TU|WE|TH|FR|SA|SU)))*$', month, day_of_month);
	contradiction constant text := E';([A-Z]+)=.*;\\1=|;COUNT=.*;UNTIL=|;UNTIL=.*;COUNT=';
	still_due int := substring(parts FROM ';COUNT=([0-9]+)');
	until date;
	day date;
BEGIN
	/* BYMONTHDAY without BYMONTH is a day of every month. */
	IF parts !~ known_parts OR parts ~ contradiction OR parts !~ ';FREQ=' OR (parts ~ ';BYMONTHDAY=' AND parts !~ ';BYMONTH=') THEN
		RAISE feature_not_supported USING
			MESSAGE = format('%s recurs by a rule that is not followed: "%s"', place, rule),
			HINT = 'Followed is FREQ=YEARLY on the date of DTSTART, with INTERVAL and with COUNT or UNTIL. Give the days of another rule an event each.';
	END IF;
	until := kam._icalendar_date(substring(parts FROM ';UNTIL=([0-9]+)'), 'UNTIL of ' || place);
	IF still_due IS NULL AND until IS NULL AND last_year IS NULL THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('%s recurs without end', place),
			HINT = 'Name the last year whose days are wanted with the argument last_year.';
	ELSIF until < first_day THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('%s ends before it begins', place),
			HINT = 'UNTIL is the last day on which an event may begin.';
	END IF;

	/* Without a last year it goes on until the rule ends, or past the years of a calendar, which is the caller's to refuse. */
	FOR year IN first_year .. CASE WHEN last_year IS NULL THEN 1000000 ELSE greatest(last_year, first_year) END
		BY COALESCE(substring(parts FROM ';INTERVAL=([0-9]+)')::int, 1)
	LOOP
		day := make_date(year, month, 1) + (day_of_month - 1);
		EXIT WHEN day > until OR still_due = 0;
		/* 29 February exists in some years only; the others do not count. */
		IF extract(month FROM day) = month THEN
			RETURN NEXT day;
			still_due := still_due - 1;
			EXIT WHEN year > 2400;
		END IF;
	END LOOP;
END
$$;
COMMENT ON FUNCTION kam._icalendar_recurrence(text, date, int, text) IS
'The days on which an iCalendar event with an RRULE begins, which place names in the errors 0A000, 22008 and 22023.';

CREATE FUNCTION kam._icalendar_event(event jsonb, exceptions text[], last_year int, place text) RETURNS SETOF date
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 ROWS 1
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	first_day date;
	first_days date[];
	excluded date[];
	days int;
BEGIN
	IF event ?| '{RECURRENCE-ID,RDATE,EXRULE}' THEN
		RAISE feature_not_supported USING
			MESSAGE = format('%s has RECURRENCE-ID, RDATE or EXRULE, which are not followed', place),
			HINT = 'Give each of its days an event of its own.';
	ELSIF upper((event ->> 'STATUS') COLLATE "C") = 'CANCELLED' THEN
		RETURN;
	ELSIF NOT event ? 'DTSTART' THEN
		RAISE invalid_text_representation USING
			MESSAGE = format('%s has no DTSTART', place),
			HINT = 'An event of a whole day has a line such as DTSTART;VALUE=DATE:20280101.';
	END IF;

	first_day := kam._icalendar_date(event ->> 'DTSTART', 'DTSTART of ' || place);
	days := kam._icalendar_length(event, first_day, place);
	first_days := ARRAY[first_day];
	IF event ? 'RRULE' THEN
		first_days := ARRAY(SELECT kam._icalendar_recurrence(event ->> 'RRULE', first_day, last_year, place));
	END IF;
	IF exceptions <> '{}' THEN
		excluded := ARRAY(
			SELECT kam._icalendar_date(btrim(value), 'EXDATE of ' || place)
			FROM unnest(exceptions) AS list, string_to_table(list, ',') AS value);
	END IF;

	FOREACH first_day IN ARRAY first_days
	LOOP
		CONTINUE WHEN first_day = ANY (excluded);
		IF first_day < '1900-01-01' OR first_day + days > '2401-01-01' THEN
			RAISE datetime_field_overflow USING
				MESSAGE = format('%s has the day %s', place, to_char(first_day::timestamp, 'YYYY-MM-DD')),
				HINT = 'The years of a calendar are 1900 to 2400 of the common era: for B.E. 2571 write 2028.';
		END IF;
		FOR later IN 0 .. days - 1
		LOOP
			RETURN NEXT first_day + later;
		END LOOP;
	END LOOP;
END
$$;
COMMENT ON FUNCTION kam._icalendar_event(jsonb, text[], int, text) IS
'The days of an iCalendar event given by its properties, with its EXDATEs aside; place names it in errors. See kam.icalendar_days.';

CREATE FUNCTION kam._icalendar_text(value text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	/* Split at each escaped backslash, so that an n after it makes no line feed. */
	RETURN (
		SELECT string_agg(
			replace(replace(replace(replace(piece, E'\\n', E'\n'), E'\\N', E'\n'), E'\\,', ','), E'\\;', ';'),
			E'\\' ORDER BY position)
		FROM string_to_table(value, E'\\\\') WITH ORDINALITY AS split (piece, position));
END
$$;
COMMENT ON FUNCTION kam._icalendar_text(text) IS
'An iCalendar TEXT without its escapes.';

CREATE FUNCTION kam.icalendar_days(icalendar text, last_year int DEFAULT NULL)
RETURNS TABLE (day date, name text)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10000 ROWS 30
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	/* A carriage return marks a place where a line was folded, to count the lines of the text as it is. */
	fold constant text := E'\r';
	line text;
	line_number int := 1;
	next_number int := 1;
	header text;
	property text;
	value text;
	/* The components that are open, as a path: /VCALENDAR/VEVENT. */
	inside text := '';
	component text;
	/* The event that is open, and the line where it begins. */
	event jsonb;
	event_line int;
	exceptions text[];
	added bigint;
	total bigint := 0;
	not_icalendar constant text := 'An iCalendar text (RFC 5545) begins with BEGIN:VCALENDAR, and has properties NAME:value between it and END:VCALENDAR; a line that begins with a blank goes on with the one before.';
BEGIN
	IF last_year NOT BETWEEN 1900 AND 2400 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('last_year %s is out of range', last_year),
			HINT = 'The years of a calendar are 1900 to 2400 of the common era: for B.E. 2571 write 2028.';
	END IF;

	FOR line IN
		SELECT string_to_table(
			replace(replace(replace(replace(ltrim(icalendar, chr(65279)), -- byte order mark
				E'\r\n', E'\n'), E'\r', E'\n'), E'\n\t', fold), E'\n ', fold),
			E'\n')
	LOOP
		line_number := next_number;
		next_number := line_number + 1;
		IF strpos(line, fold) > 0 THEN
			next_number := next_number + octet_length(line) - octet_length(replace(line, fold, ''));
			line := replace(line, fold, '');
		END IF;
		CONTINUE WHEN line = '';

		/* Up to the first colon outside quotes. */
		header := substring(left(line, 10000) FROM '^[A-Za-z0-9_.-]+(?:;[^":]*(?:"[^"]*"[^":]*)*)?:');
		IF header IS NULL OR (inside = '' AND upper(header COLLATE "C") <> 'BEGIN:') THEN
			RAISE invalid_text_representation USING
				MESSAGE = format('line %s is no part of an iCalendar text: "%s"', line_number, left(line, 60)),
				HINT = not_icalendar;
		END IF;
		property := upper(rtrim(split_part(header, ';', 1), ':') COLLATE "C");
		value := btrim(substr(line, length(header) + 1), E' \t');

		IF property = 'BEGIN' THEN
			component := upper(value COLLATE "C");
			IF (component = 'VCALENDAR') <> (inside = '') OR (component = 'VEVENT' AND inside <> '/VCALENDAR')
				OR component !~ '^[A-Z0-9-]{1,40}$' OR length(inside) > 200
			THEN
				RAISE invalid_text_representation USING
					MESSAGE = format('BEGIN:%s at line %s of the iCalendar text is out of place', left(value, 60), line_number),
					HINT = not_icalendar;
			END IF;
			inside := inside || '/' || component;
			IF component = 'VEVENT' THEN
				event := '{}';
				event_line := line_number;
				exceptions := '{}';
			END IF;

		ELSIF property = 'END' THEN
			component := upper(value COLLATE "C");
			IF component <> substring(inside FROM '[^/]*$') THEN
				RAISE invalid_text_representation USING
					MESSAGE = format('END:%s at line %s of the iCalendar text does not end %s', left(value, 60), line_number,
						substring(inside FROM '[^/]*$')),
					HINT = 'Each BEGIN has its END, and what begins last ends first.';
			END IF;
			inside := left(inside, -(length(component) + 1));
			IF component = 'VEVENT' THEN
				name := NULLIF(btrim(kam._icalendar_text(event ->> 'SUMMARY'), E' \t\n'), '');
				RETURN QUERY
				SELECT event_day, name
				FROM kam._icalendar_event(event, exceptions, last_year,
					format('event %s at line %s', COALESCE('"' || left(name, 60) || '"', 'without a name'), event_line)) AS event_day;
				GET DIAGNOSTICS added = ROW_COUNT;
				total := total + added;
				IF total > 1000000 THEN
					RAISE program_limit_exceeded USING
						MESSAGE = 'the iCalendar text has more than 1000000 days',
						HINT = 'Read it in parts, or let its recurring events end in an earlier last_year.';
				END IF;
			END IF;

		ELSIF inside = '/VCALENDAR/VEVENT' AND property = 'EXDATE' THEN
			exceptions := array_append(exceptions, value);

		ELSIF inside = '/VCALENDAR/VEVENT' AND property IN
			('DTSTART', 'DTEND', 'DURATION', 'SUMMARY', 'STATUS', 'RRULE', 'RDATE', 'EXRULE', 'RECURRENCE-ID')
		THEN
			IF event ? property THEN
				RAISE invalid_text_representation USING
					MESSAGE = format('line %s of the iCalendar text is a second %s of its event', line_number, property),
					HINT = 'An event has one of it.';
			END IF;
			/* No value that is understood is longer, but for a name. */
			event := event || jsonb_build_object(property, CASE property WHEN 'SUMMARY' THEN value ELSE left(value, 200) END);

		ELSIF inside = '/VCALENDAR' AND (property = 'CALSCALE' AND upper(value COLLATE "C") <> 'GREGORIAN'
			OR property = 'METHOD' AND upper(value COLLATE "C") = 'CANCEL')
		THEN
			RAISE feature_not_supported USING
				MESSAGE = format('an iCalendar text with %s:%s is not followed', property, left(value, 60)),
				HINT = 'Followed is CALSCALE:GREGORIAN, and each METHOD but CANCEL.';
		END IF;
	END LOOP;

	IF inside <> '' THEN
		RAISE invalid_text_representation USING
			MESSAGE = format('the iCalendar text ends inside %s', substring(inside FROM '[^/]*$')),
			HINT = 'Each BEGIN has its END, and what begins last ends first.';
	ELSIF component IS NULL AND icalendar IS NOT NULL THEN
		RAISE invalid_text_representation USING
			MESSAGE = 'the iCalendar text is empty',
			HINT = not_icalendar;
	END IF;
END
$$;
COMMENT ON FUNCTION kam.icalendar_days(text, int) IS
'Days and names of the whole-day events of an iCalendar text (RFC 5545), cancelled ones aside. A yearly event recurs up to its COUNT or UNTIL, and up to last_year where that is given. Errors: 22P02, 22007 or 22008 for what is not iCalendar, no date or not of the years 1900 to 2400; 0A000 for what is not followed: times of the day, other recurrences; 22023 for a recurrence without end.';

CREATE FUNCTION kam.add_icalendar(
	calendar text, icalendar text, kind text DEFAULT 'special', source text DEFAULT NULL, last_year int DEFAULT NULL)
RETURNS bigint
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	days bigint;
	added bigint;
BEGIN
	IF calendar IS NULL OR icalendar IS NULL OR kind IS NULL THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'calendar, icalendar and kind must not be NULL',
			HINT = 'Name a calendar of kam.calendar and give the text of an iCalendar file.';
	ELSIF NOT EXISTS (SELECT FROM kam.calendar AS c WHERE c.calendar = add_icalendar.calendar) THEN
		RAISE undefined_object USING
			MESSAGE = format('calendar "%s" does not exist', calendar),
			HINT = format('The calendars of kam.calendar are: %s.',
				(SELECT string_agg(DISTINCT '"' || c.calendar || '"', ', ') FROM kam.calendar AS c));
	ELSIF kind NOT IN ('holiday', 'substitution', 'special', 'working') THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('there is no kind of day "%s"', kind),
			HINT = 'The kinds are holiday, substitution, special and working.';
	END IF;

	/* Events of one day become one row, with each name once, in the order of the text. */
	WITH event AS (
		SELECT d.day, d.name, min(d.position) AS position, d.name ~ E'[\u0E01-\u0E5B]' AS is_thai
		FROM kam.icalendar_days(icalendar, last_year) WITH ORDINALITY AS d (day, name, position)
		GROUP BY d.day, d.name
	), named AS (
		SELECT e.day,
			string_agg(e.name, ' / ' ORDER BY e.position) FILTER (WHERE e.is_thai) AS name_th,
			string_agg(e.name, ' / ' ORDER BY e.position) FILTER (WHERE NOT e.is_thai) AS name_en
		FROM event AS e
		GROUP BY e.day
	), new AS (
		INSERT INTO kam.calendar_day AS c (calendar, day, kind, name_th, name_en, source)
		SELECT add_icalendar.calendar, n.day, add_icalendar.kind, n.name_th, n.name_en, add_icalendar.source
		FROM named AS n
		WHERE NOT EXISTS (
			SELECT FROM kam.calendar_day AS d WHERE d.calendar = add_icalendar.calendar AND d.day = n.day)
		ORDER BY n.day
		ON CONFLICT DO NOTHING
		RETURNING 1
	)
	SELECT (SELECT count(*) FROM named), (SELECT count(*) FROM new) INTO days, added;

	IF added < days THEN
		RAISE NOTICE USING
			MESSAGE = format('calendar "%s" has %s of the %s days already; they stay as they are', calendar, days - added, days);
	END IF;
	RETURN added;
END
$$;
COMMENT ON FUNCTION kam.add_icalendar(text, text, text, text, int) IS
'Adds the days of an iCalendar text to a calendar as days of the kind, and gives how many. A day that the calendar has already stays as it is, so a feed can be read again. Names with Thai letters become name_th, others name_en. Errors as kam.icalendar_days; 22004 for NULL, 22023 for an unknown kind, 42704 for an unknown calendar.';
