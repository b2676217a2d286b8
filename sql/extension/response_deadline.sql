/* Answer within 5 working days (step 4, R18), on any table. */

CREATE FUNCTION kam._response_deadline() RETURNS trigger
AS 'MODULE_PATHNAME', 'response_deadline'
LANGUAGE C;
COMMENT ON FUNCTION kam._response_deadline() IS
'Trigger of kam.attach_response_deadline(): stamps the due date of a row that comes without one, or whose receipt changes.';

CREATE FUNCTION kam.attach_response_deadline(rel regclass, received_column name, due_column name,
	done_column name DEFAULT NULL, working_days int DEFAULT 5, calendar text DEFAULT 'PEA',
	beyond_horizon text DEFAULT 'null') RETURNS void
AS 'MODULE_PATHNAME', 'attach_response_deadline'
LANGUAGE C;
COMMENT ON FUNCTION kam.attach_response_deadline(regclass, name, name, name, int, text, text) IS
'From now on due_column is stamped with the working day on which the answer is due (step 4, R18): so many working days after the day of receipt in Bangkok, which does not count. On insert, unless a due date is given, and when the receipt changes. Columns of date, timestamp or timestamptz, where a due date is the last instant of its day. done_column (NULL while open) tells kam.recompute_deadlines() what is open. beyond_horizon: null leaves the due date empty with a warning where the calendar does not know the days, error refuses (22008). Errors: 0A000, 22004, 22023, 42501, 42703, 42704, 42710, 42804, 42809, 42P01, 428C9.';

CREATE FUNCTION kam.detach_response_deadline(rel regclass) RETURNS void
AS 'MODULE_PATHNAME', 'detach_response_deadline'
LANGUAGE C;
COMMENT ON FUNCTION kam.detach_response_deadline(regclass) IS
'Takes the response deadline off the table; due dates stay. Errors: 22004, 42704 if it has none.';
