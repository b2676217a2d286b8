/* Record within 7 days (step 5, R19), on any table. */

CREATE FUNCTION kam._record_deadline() RETURNS trigger
AS 'MODULE_PATHNAME', 'record_deadline'
LANGUAGE C;
COMMENT ON FUNCTION kam._record_deadline() IS
'Trigger of kam.attach_record_deadline(): fills the lateness column, or refuses (23514) what is recorded too late.';

CREATE FUNCTION kam.attach_record_deadline(rel regclass, happened_column name, recorded_column name,
	action text DEFAULT 'flag', lateness_column name DEFAULT NULL, days int DEFAULT 7) RETURNS void
AS 'MODULE_PATHNAME', 'attach_record_deadline'
LANGUAGE C;
COMMENT ON FUNCTION kam.attach_record_deadline(regclass, name, name, text, name, int) IS
'From now on a row is recorded within so many calendar days after the day in Bangkok on which it happened, which does not count (step 5, R19). action: flag fills lateness_column, with true or false or with the days late (0: on time; NULL while a day is missing); reject refuses what is late (23514). Columns of date, timestamp or timestamptz. Errors: 0A000, 22004, 22023, 42501, 42703, 42710, 42804, 42809, 42P01, 428C9.';

CREATE FUNCTION kam.detach_record_deadline(rel regclass) RETURNS void
AS 'MODULE_PATHNAME', 'detach_record_deadline'
LANGUAGE C;
COMMENT ON FUNCTION kam.detach_record_deadline(regclass) IS
'Takes the record deadline off the table. Errors: 22004, 42704 if it has none.';
