-- Before a statement of many rows is timed: an empty table.

SET synchronous_commit = off;
SET jit = off;
SELECT rule, coalesce(before, 'SELECT') AS before FROM bench.bulk WHERE (section, name) = (:'section', :'name') \gset
TRUNCATE :rule;
\o /dev/null
:before;
\o
SELECT bench.waited() AS waited, clock_timestamp() AS started \gset
