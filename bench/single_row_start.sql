-- Before single rows are timed: five customers for each KAMR, or none.

SET session_replication_role = replica;     -- without the rule
TRUNCATE :rule;
\if :is_empty
\else
INSERT INTO :rule SELECT * FROM old_customer;
\endif
VACUUM ANALYZE :rule;
