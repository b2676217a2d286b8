\set ECHO none
/* Takes away what include/deadline.sql and the test made: all tests share a database. */
SET client_min_messages = error;
SET search_path = public;
DROP SCHEMA deadlines CASCADE;
DELETE FROM kam.calendar_day WHERE NOT builtin;
DELETE FROM kam.calendar_year WHERE NOT builtin;
DELETE FROM kam.calendar WHERE NOT builtin;
DELETE FROM kam.process_step WHERE NOT builtin;
\set ECHO all
