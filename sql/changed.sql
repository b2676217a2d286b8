/* What this release changes in concepts of earlier ones, for the way up. Empty again when work on the next begins. */

ALTER FUNCTION kam.detach_response_deadline(regclass) CALLED ON NULL INPUT;
COMMENT ON FUNCTION kam.detach_response_deadline(regclass) IS
'Takes the response deadline off the table; due dates stay. Errors: 22004, 42704 if it has none.';

ALTER FUNCTION kam.detach_record_deadline(regclass) CALLED ON NULL INPUT;
COMMENT ON FUNCTION kam.detach_record_deadline(regclass) IS
'Takes the record deadline off the table. Errors: 22004, 42704 if it has none.';

ALTER FUNCTION kam.detach_portfolio_guard(regclass) CALLED ON NULL INPUT;
COMMENT ON FUNCTION kam.detach_portfolio_guard(regclass) IS
'Takes the portfolio guard off the table. Errors: 22004, 42704 if it has none.';

COMMENT ON FUNCTION kam._recomputed_due(date, date, int, text, date[], date[], text) IS
'Where an item moves to when days were added to the calendar named changed (NULL: the nearest, and those behind it that say the same), or withdrawn from it; NULL if it stays.';

COMMENT ON PROCEDURE kam.recompute_deadlines(regclass, date[], date[], regclass, text) IS
'After days were added to a calendar, or withdrawn from it: moves the open items (done_column NULL) of every table with a response deadline, or of rel, whose due date is what the calendar gave before; and fills due dates that are empty because the calendar did not know the days. calendar: the one whose days they are (NULL: for each item the nearest that says something about the day, and those behind it that say the same). Items are updated as their table''s owner. Without rel, a table that cannot be done is passed over with a warning. Each change becomes a row of ledger, a table of yours with the columns relation, item, old_due, new_due, cause. In one transaction, with the tables locked against writers. Errors: 42703 for another ledger, 42704 where rel has no deadline or calendar does not exist, 42501 where row security hides items, 55000 above READ COMMITTED.';
