/* Due dates when a holiday is announced late, or withdrawn, or when the calendar grows. */

CREATE FUNCTION kam._recomputed_due(received date, due date, working_days int, calendar text,
	added date[], withdrawn date[], changed text) RETURNS date
AS 'MODULE_PATHNAME', 'recomputed_due'
LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam._recomputed_due(date, date, int, text, date[], date[], text) IS
'Where an item moves to when days were added to the calendar named changed (NULL: the nearest, and those behind it that say the same), or withdrawn from it; NULL if it stays.';

CREATE FUNCTION kam._recompute_cause(received date, due date, new_due date, calendar text,
	added date[], withdrawn date[]) RETURNS text
AS 'MODULE_PATHNAME', 'recompute_cause'
LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam._recompute_cause(date, date, date, text, date[], date[]) IS
'Why an item moved, in words.';

CREATE FUNCTION kam._end_of_day(date, "precision" int) RETURNS timestamp
AS 'MODULE_PATHNAME', 'end_of_day'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam._end_of_day(date, int) IS
'Last instant of a day, to so many decimals of a second.';

CREATE PROCEDURE kam.recompute_deadlines(ledger regclass, added date[] DEFAULT '{}',
	withdrawn date[] DEFAULT '{}', rel regclass DEFAULT NULL, calendar text DEFAULT NULL)
AS 'MODULE_PATHNAME', 'recompute_deadlines'
LANGUAGE C;
COMMENT ON PROCEDURE kam.recompute_deadlines(regclass, date[], date[], regclass, text) IS
'After days were added to a calendar, or withdrawn from it: moves the open items (done_column NULL) of every table with a response deadline, or of rel, whose due date is what the calendar gave before; and fills due dates that are empty because the calendar did not know the days. calendar: the one whose days they are (NULL: for each item the nearest that says something about the day, and those behind it that say the same). Items are updated as their table''s owner. Without rel, a table that cannot be done is passed over with a warning. Each change becomes a row of ledger, a table of yours with the columns relation, item, old_due, new_due, cause. In one transaction, with the tables locked against writers. Errors: 42703 and 42809 for another ledger, 42704 where rel has no deadline or calendar does not exist, 42501 where row security hides items, 55000 above READ COMMITTED.';
