/* The day in Bangkok, whatever the session's time zone. */

CREATE FUNCTION kam.bangkok_date(timestamptz) RETURNS date
AS 'MODULE_PATHNAME', 'bangkok_date'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.bangkok_date(timestamptz) IS
'The day in Bangkok, where the deadlines are: as (t AT TIME ZONE ''Asia/Bangkok'')::date, whatever the session''s time zone.';
