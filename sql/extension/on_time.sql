/*
 * On time, or by how many working days not. Due is a date: a done on that day
 * in Bangkok is on time. There is one function of each name, as a literal
 * would fall into the wrong one of two.
 */

CREATE FUNCTION kam.on_time(due date, done timestamptz) RETURNS boolean
AS 'MODULE_PATHNAME', 'on_time'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.on_time(date, timestamptz) IS
'Whether it was done by the end of the due day in Bangkok.';

CREATE FUNCTION kam.working_days_left(due date, at timestamptz DEFAULT pg_catalog.now(), calendar text DEFAULT 'PEA') RETURNS int
AS 'MODULE_PATHNAME', 'working_days_left'
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.working_days_left(date, timestamptz, text) IS
'The working days after the day (in Bangkok) of "at" up to and including the due day; 0 once that has come. Error 22008 where that depends on a day that the calendar does not know.';

CREATE FUNCTION kam.working_days_late(due date, done timestamptz DEFAULT pg_catalog.now(), calendar text DEFAULT 'PEA') RETURNS int
AS 'MODULE_PATHNAME', 'working_days_late'
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.working_days_late(date, timestamptz, text) IS
'The working days after the due day up to and including the day (in Bangkok) on which it was done; 0 if that was on time. Error 22008 where that depends on a day that the calendar does not know.';
