/*
 * Calendars in layers: weekly days off, days of their own, the years they
 * know. The days of the built-in calendars are in thai_holiday.sql.
 */

CREATE TABLE kam.calendar (
	calendar text NOT NULL CHECK (calendar <> '' AND octet_length(calendar) < 64),
	builtin boolean NOT NULL DEFAULT false,
	parent text,
	weekly_days_off int[] CHECK (weekly_days_off <@ '{1,2,3,4,5,6,7}'),
	name_th text,
	name_en text,
	note text,
	PRIMARY KEY (calendar, builtin)
);
COMMENT ON TABLE kam.calendar IS
'Calendars in layers: what a calendar does not say itself, its parent says. A row of yours (builtin false) hides a built-in one of the same name. Its days are in kam.calendar_day, and kam.calendar_year says from when to when they are known.';
COMMENT ON COLUMN kam.calendar.calendar IS 'Name, as the argument calendar takes it; at most 63 bytes.';
COMMENT ON COLUMN kam.calendar.builtin IS 'Shipped with the extension, and read-only.';
COMMENT ON COLUMN kam.calendar.parent IS 'Name of the calendar whose days, years and weekly days off hold where this one has none of its own; NULL for a root.';
COMMENT ON COLUMN kam.calendar.weekly_days_off IS 'Weekdays that are days off, from 1, Monday, to 7, Sunday; an empty array for none. NULL: the parent''s, and for a root Saturday and Sunday.';
COMMENT ON COLUMN kam.calendar.name_th IS 'What people call it, in Thai.';
COMMENT ON COLUMN kam.calendar.name_en IS 'What people call it, in English.';
COMMENT ON COLUMN kam.calendar.note IS 'Whose calendar it is, and why.';

CREATE TABLE kam.calendar_year (
	calendar text NOT NULL CHECK (calendar <> '' AND octet_length(calendar) < 64),
	year int NOT NULL CHECK (year BETWEEN 1900 AND 2400),
	builtin boolean NOT NULL DEFAULT false,
	provisional boolean NOT NULL DEFAULT false,
	source text,
	PRIMARY KEY (calendar, year, builtin)
);
COMMENT ON TABLE kam.calendar_year IS
'The years whose days a calendar knows: those with a row here, or in one of its parents. The nearest row says whether the year is provisional; in one calendar yours (builtin false) counts.';
COMMENT ON COLUMN kam.calendar_year.calendar IS 'Name of the calendar.';
COMMENT ON COLUMN kam.calendar_year.year IS 'Year of the common era.';
COMMENT ON COLUMN kam.calendar_year.builtin IS 'Shipped with the extension, and read-only.';
COMMENT ON COLUMN kam.calendar_year.provisional IS 'Its days are not all announced yet: a function that depends on them says so by a NOTICE.';
COMMENT ON COLUMN kam.calendar_year.source IS 'Where its days come from.';

CREATE TABLE kam.calendar_day (
	calendar text NOT NULL CHECK (calendar <> '' AND octet_length(calendar) < 64),
	day date NOT NULL CHECK (day BETWEEN '1900-01-01' AND '2400-12-31'),
	builtin boolean NOT NULL DEFAULT false,
	kind text NOT NULL CHECK (kind IN ('holiday', 'substitution', 'special', 'working')),
	name_th text,
	name_en text,
	substitute_for date CHECK (substitute_for BETWEEN '1900-01-01' AND '2400-12-31'),
	source text,
	PRIMARY KEY (calendar, day, builtin),
	CONSTRAINT calendar_day_substitution CHECK (substitute_for IS NULL OR kind = 'substitution')
);
COMMENT ON TABLE kam.calendar_day IS
'The days on which a calendar differs from its weekly days off. For a day, the nearest row counts: a calendar''s own before its parent''s, and in one calendar yours (builtin false) before the built-in one.';
COMMENT ON COLUMN kam.calendar_day.calendar IS 'Name of the calendar.';
COMMENT ON COLUMN kam.calendar_day.day IS 'The day, of the common era.';
COMMENT ON COLUMN kam.calendar_day.builtin IS 'Shipped with the extension, and read-only.';
COMMENT ON COLUMN kam.calendar_day.kind IS 'holiday, substitution (for a holiday on a weekly day off) and special are days off; working is a working day after all, also on a weekly day off.';
COMMENT ON COLUMN kam.calendar_day.name_th IS 'Its name in Thai.';
COMMENT ON COLUMN kam.calendar_day.name_en IS 'Its name in English.';
COMMENT ON COLUMN kam.calendar_day.substitute_for IS 'The holiday that a substitution stands for.';
COMMENT ON COLUMN kam.calendar_day.source IS 'Where and when it was announced.';

CREATE FUNCTION kam._reference_protect() RETURNS trigger
AS 'MODULE_PATHNAME', 'kam_reference_protect'
LANGUAGE C;
COMMENT ON FUNCTION kam._reference_protect() IS
'Trigger of reference tables: built-in rows are read-only (55000), years and days in the columns that it names are of the common era (22023).';

CREATE TRIGGER protect BEFORE INSERT OR UPDATE OR DELETE ON kam.calendar
	FOR EACH ROW EXECUTE FUNCTION kam._reference_protect();
CREATE TRIGGER protect BEFORE INSERT OR UPDATE OR DELETE ON kam.calendar_year
	FOR EACH ROW EXECUTE FUNCTION kam._reference_protect('year');
CREATE TRIGGER protect BEFORE INSERT OR UPDATE OR DELETE ON kam.calendar_day
	FOR EACH ROW EXECUTE FUNCTION kam._reference_protect('day', 'substitute_for');
CREATE TRIGGER protect_all BEFORE TRUNCATE ON kam.calendar
	FOR EACH STATEMENT EXECUTE FUNCTION kam._reference_protect();
CREATE TRIGGER protect_all BEFORE TRUNCATE ON kam.calendar_year
	FOR EACH STATEMENT EXECUTE FUNCTION kam._reference_protect();
CREATE TRIGGER protect_all BEFORE TRUNCATE ON kam.calendar_day
	FOR EACH STATEMENT EXECUTE FUNCTION kam._reference_protect();
COMMENT ON TRIGGER protect ON kam.calendar IS 'Built-in rows are read-only.';
COMMENT ON TRIGGER protect ON kam.calendar_year IS 'Built-in rows are read-only; years are of the common era.';
COMMENT ON TRIGGER protect ON kam.calendar_day IS 'Built-in rows are read-only; days are of the common era.';
COMMENT ON TRIGGER protect_all ON kam.calendar IS 'Built-in rows are read-only.';
COMMENT ON TRIGGER protect_all ON kam.calendar_year IS 'Built-in rows are read-only.';
COMMENT ON TRIGGER protect_all ON kam.calendar_day IS 'Built-in rows are read-only.';

/* Row triggers fire for replicated rows too, statement triggers for TRUNCATE. */
CREATE TRIGGER row_changed AFTER INSERT OR UPDATE OR DELETE ON kam.calendar
	FOR EACH ROW EXECUTE FUNCTION kam._reference_changed();
CREATE TRIGGER row_changed AFTER INSERT OR UPDATE OR DELETE ON kam.calendar_year
	FOR EACH ROW EXECUTE FUNCTION kam._reference_changed();
CREATE TRIGGER row_changed AFTER INSERT OR UPDATE OR DELETE ON kam.calendar_day
	FOR EACH ROW EXECUTE FUNCTION kam._reference_changed();
CREATE TRIGGER truncated AFTER TRUNCATE ON kam.calendar
	FOR EACH STATEMENT EXECUTE FUNCTION kam._reference_changed();
CREATE TRIGGER truncated AFTER TRUNCATE ON kam.calendar_year
	FOR EACH STATEMENT EXECUTE FUNCTION kam._reference_changed();
CREATE TRIGGER truncated AFTER TRUNCATE ON kam.calendar_day
	FOR EACH STATEMENT EXECUTE FUNCTION kam._reference_changed();
ALTER TABLE kam.calendar ENABLE ALWAYS TRIGGER row_changed;
ALTER TABLE kam.calendar_year ENABLE ALWAYS TRIGGER row_changed;
ALTER TABLE kam.calendar_day ENABLE ALWAYS TRIGGER row_changed;
ALTER TABLE kam.calendar ENABLE ALWAYS TRIGGER truncated;
ALTER TABLE kam.calendar_year ENABLE ALWAYS TRIGGER truncated;
ALTER TABLE kam.calendar_day ENABLE ALWAYS TRIGGER truncated;
COMMENT ON TRIGGER row_changed ON kam.calendar IS 'Makes every session read the table anew.';
COMMENT ON TRIGGER row_changed ON kam.calendar_year IS 'Makes every session read the table anew.';
COMMENT ON TRIGGER row_changed ON kam.calendar_day IS 'Makes every session read the table anew.';
COMMENT ON TRIGGER truncated ON kam.calendar IS 'Makes every session read the table anew.';
COMMENT ON TRIGGER truncated ON kam.calendar_year IS 'Makes every session read the table anew.';
COMMENT ON TRIGGER truncated ON kam.calendar_day IS 'Makes every session read the table anew.';

INSERT INTO kam.calendar (calendar, builtin, parent, name_th, name_en, note) VALUES
	('TH-GOV', true, NULL, pg_catalog.unistr('ราชการพลเรือน'), 'Civil service of Thailand', 'Public holidays of the civil service, as the Cabinet announces them.'),
	('TH-SE', true, NULL, pg_catalog.unistr('รัฐวิสาหกิจ'), 'State enterprises of Thailand', 'Public holidays of state enterprises; special days of the Cabinet only where they are adopted.'),
	('PEA', true, 'TH-SE', pg_catalog.unistr('การไฟฟ้าส่วนภูมิภาค'), 'Provincial Electricity Authority', 'Add the days of your own to this one.');

INSERT INTO kam.calendar_year (calendar, year, builtin, provisional, source)
	SELECT calendar, year, true, year = 2027,
		CASE WHEN year = 2027 THEN 'Computed: lunar days as expected; special days and the ploughing ceremony are not announced.' END
	FROM pg_catalog.unnest('{TH-GOV,TH-SE}'::text[]) AS calendar, pg_catalog.generate_series(2018, 2027) AS year;

SELECT pg_catalog.pg_extension_config_dump('kam.calendar', 'WHERE NOT builtin');
SELECT pg_catalog.pg_extension_config_dump('kam.calendar_year', 'WHERE NOT builtin');
SELECT pg_catalog.pg_extension_config_dump('kam.calendar_day', 'WHERE NOT builtin');

GRANT SELECT ON kam.calendar, kam.calendar_year, kam.calendar_day TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON kam.calendar, kam.calendar_year, kam.calendar_day TO pg_database_owner WITH GRANT OPTION;

CREATE FUNCTION kam.calendar_horizon(calendar text DEFAULT 'PEA',
	OUT known_from date, OUT known_to date, OUT provisional_from date)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'calendar_horizon'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100 ROWS 1;
COMMENT ON FUNCTION kam.calendar_horizon(text) IS
'From when to when the days of the calendar are known, a row for each stretch of years, and the first day in it that is provisional. No row: it knows no year.';

CREATE FUNCTION kam.substitution_days(year int, calendar text DEFAULT 'PEA',
	OUT day date, OUT substitute_for date, OUT announced boolean, OUT name_th text, OUT name_en text)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'substitution_days'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000 ROWS 10;
COMMENT ON FUNCTION kam.substitution_days(int, text) IS
'The days of a year (common era) that stand for holidays on weekly days off: those that were announced, and by the Cabinet''s rule those that were not yet: the next working day, at most one for weekly days off that follow one another. The year need not be known.';
