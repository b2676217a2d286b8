-- After it.

INSERT INTO bench.measurement
    SELECT 100000, :'section', :'name', :round, extract(epoch FROM clock_timestamp() - :'started') * 1000, bench.waited() - :waited;
SELECT count(*) >= 100000 AS is_complete FROM :rule \gset
\if :is_complete
\else
DO $$ BEGIN RAISE 'not all rows were inserted'; END $$;
\endif
TRUNCATE :rule;
