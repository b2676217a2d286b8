\set ECHO none
/* What a test put into the calendars. */
DELETE FROM kam.calendar_day WHERE NOT builtin;
DELETE FROM kam.calendar_year WHERE NOT builtin;
DELETE FROM kam.calendar WHERE NOT builtin;
\set ECHO all
