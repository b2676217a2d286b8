/* Working days by a calendar. */

CREATE FUNCTION kam.is_working_day(date, calendar text DEFAULT 'PEA') RETURNS boolean
AS 'MODULE_PATHNAME', 'is_working_day'
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.is_working_day(date, text) IS
'Whether the day is a working day of the calendar. Error 22008 for a day that the calendar does not know, 42704 for an unknown calendar.';

CREATE FUNCTION kam.add_working_days(date, int, calendar text DEFAULT 'PEA') RETURNS date
AS 'MODULE_PATHNAME', 'add_working_days'
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.add_working_days(date, int, text) IS
'The working day that is so many working days after the date, which itself does not count; 0 gives the date if it is a working day, else the next one; a negative number counts back. Error 22008 where that depends on a day that the calendar does not know.';

CREATE FUNCTION kam.working_days_between(date, date, calendar text DEFAULT 'PEA') RETURNS int
AS 'MODULE_PATHNAME', 'working_days_between'
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.working_days_between(date, date, text) IS
'The working days after the first date up to and including the second; negative when they are swapped. Error 22008 where that depends on a day that the calendar does not know.';

CREATE FUNCTION kam.next_working_day(date, calendar text DEFAULT 'PEA') RETURNS date
AS 'MODULE_PATHNAME', 'next_working_day'
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.next_working_day(date, text) IS
'The first working day after the date. Error 22008 where the calendar does not know the days up to it.';

CREATE FUNCTION kam.previous_working_day(date, calendar text DEFAULT 'PEA') RETURNS date
AS 'MODULE_PATHNAME', 'previous_working_day'
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.previous_working_day(date, text) IS
'The last working day before the date. Error 22008 where the calendar does not know the days back to it.';

CREATE FUNCTION kam.explain_working_days(start date, days int, calendar text DEFAULT 'PEA',
	OUT day date, OUT counted int, OUT working boolean, OUT kind text, OUT calendar text,
	OUT reason_th text, OUT reason_en text, OUT source text, OUT provisional boolean)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'explain_working_days'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000 ROWS 10;
COMMENT ON FUNCTION kam.explain_working_days(date, int, text) IS
'Why kam.add_working_days gives what it gives: a row for every day from start to due, counted or not (counted is NULL), with the kind of day, the calendar that decides it, the reason and the source. Errors as kam.add_working_days.';
