-- After eight clients raced for each KAMR: who has his guard's 12 customers, and not one more.

DO $$
DECLARE
    rule text;
    fewest int;
    most int;
BEGIN
    FOREACH rule IN ARRAY ARRAY['guarded', 'by_hand', 'by_hand_per_statement', 'unlocked'] LOOP
        EXECUTE format('SELECT min(customers), max(customers)
            FROM (SELECT count(*) AS customers FROM %I GROUP BY kamr) AS k', rule) INTO fewest, most;
        IF rule = 'unlocked' AND most <= 12 THEN
            RAISE WARNING 'no guard was put to the test: even the one without a lock held';
        ELSIF rule <> 'unlocked' AND (fewest, most) IS DISTINCT FROM (12, 12) THEN
            RAISE 'the guard of table % let KAMRs have from % to % customers', rule, fewest, most
                USING HINT = 'Twelve is what all of them should have.';
        END IF;
    END LOOP;
    INSERT INTO bench.note (note) VALUES
        (format(E'Eight clients raced for the portfolios of 20 KAMRs, each with room for 12: all guards of this page\n'
            'let in exactly 12. (PL/pgSQL without its lock let in up to %s.)', most));
END
$$;
