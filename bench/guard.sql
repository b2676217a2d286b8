-- The portfolio limit on a table: kam's guard, a plain foreign key, and what a DBA would write.

SET jit = off;

CREATE TABLE kamr (kamr int PRIMARY KEY);
INSERT INTO kamr SELECT generate_series(1, 10000);
VACUUM ANALYZE kamr;

-- What is inserted: ten customers for each of 10,000 KAMRs, 8 of the weight of 12 they may have.
CREATE TABLE new_customer AS
    SELECT account_id, 1 + (account_id * 7919 % 10000)::int AS kamr, tier, 2026 AS plan_year
    FROM (SELECT account_id, (ARRAY['Strategic', 'Star', 'Star', 'Star', 'Status'])[account_id / 10000 % 5 + 1]::kam.tier AS tier
        FROM generate_series(0, 99999) AS account_id) AS c
    ORDER BY hashint8extended(account_id, 501);
VACUUM ANALYZE new_customer;

-- What single rows are added to.
CREATE TABLE old_customer AS SELECT * FROM new_customer WHERE account_id < 50000;
VACUUM ANALYZE old_customer;

-- The same table, without a rule and with each.
SELECT format('CREATE TABLE %I (account_id bigint, kamr int NOT NULL, tier kam.tier NOT NULL, plan_year int NOT NULL)
        WITH (autovacuum_enabled = off)', name),
    format('CREATE INDEX ON %I (kamr, plan_year)', name)
FROM unnest(ARRAY['no_rule', 'foreign_key', 'guarded', 'by_hand', 'by_hand_per_statement']) AS name \gexec

ALTER TABLE foreign_key ADD FOREIGN KEY (kamr) REFERENCES kamr;

SELECT kam.attach_portfolio_guard('guarded', 'kamr', 'tier', 'plan_year') AS unused_ \gset

-- By hand: whoever adds to a KAMR's year waits for the others who do, and then adds up what they left.
-- In READ COMMITTED each statement of the function sees what was committed before it began.
CREATE FUNCTION guard_by_hand() RETURNS trigger LANGUAGE plpgsql
AS $$
DECLARE
    weight numeric;
BEGIN
    PERFORM pg_advisory_xact_lock(NEW.kamr, NEW.plan_year);
    SELECT sum(CASE tier WHEN 'Strategic' THEN 1.0 WHEN 'Star' THEN 0.8 WHEN 'Status' THEN 0.6 ELSE 0.0 END)
        INTO weight
        FROM by_hand WHERE kamr = NEW.kamr AND plan_year = NEW.plan_year;
    IF weight > 12.0 THEN
        RAISE check_violation USING MESSAGE = format('the portfolio of %s in %s would weigh %s', NEW.kamr, NEW.plan_year, weight);
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER portfolio_limit AFTER INSERT OR UPDATE ON by_hand
    FOR EACH ROW EXECUTE FUNCTION guard_by_hand();

-- The same once a statement. Such a trigger can be neither deferred nor put on a partition.
CREATE FUNCTION guard_by_hand_per_statement() RETURNS trigger LANGUAGE plpgsql
AS $$
DECLARE
    over record;
BEGIN
    PERFORM pg_advisory_xact_lock(kamr, plan_year)
        FROM (SELECT DISTINCT kamr, plan_year FROM new_row ORDER BY kamr, plan_year) AS key;
    SELECT kamr, plan_year, sum(CASE tier WHEN 'Strategic' THEN 1.0 WHEN 'Star' THEN 0.8 WHEN 'Status' THEN 0.6 ELSE 0.0 END) AS weight
        INTO over
        FROM by_hand_per_statement
        WHERE (kamr, plan_year) IN (SELECT kamr, plan_year FROM new_row)
        GROUP BY kamr, plan_year
        HAVING sum(CASE tier WHEN 'Strategic' THEN 1.0 WHEN 'Star' THEN 0.8 WHEN 'Status' THEN 0.6 ELSE 0.0 END) > 12.0
        LIMIT 1;
    IF FOUND THEN
        RAISE check_violation USING MESSAGE = format('the portfolio of %s in %s would weigh %s', over.kamr, over.plan_year, over.weight);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER portfolio_limit_of_inserted AFTER INSERT ON by_hand_per_statement
    REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION guard_by_hand_per_statement();
CREATE TRIGGER portfolio_limit_of_updated AFTER UPDATE ON by_hand_per_statement
    REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION guard_by_hand_per_statement();

-- What such a trigger is without the lock, to see whether the race below is one.
CREATE TABLE unlocked (LIKE by_hand INCLUDING ALL);
CREATE FUNCTION guard_without_lock() RETURNS trigger LANGUAGE plpgsql
AS $$
BEGIN
    IF (SELECT sum(CASE tier WHEN 'Strategic' THEN 1.0 WHEN 'Star' THEN 0.8 WHEN 'Status' THEN 0.6 ELSE 0.0 END)
        FROM unlocked WHERE kamr = NEW.kamr AND plan_year = NEW.plan_year) > 12.0
    THEN
        RAISE check_violation USING MESSAGE = 'the portfolio would be above the limit';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER portfolio_limit AFTER INSERT OR UPDATE ON unlocked
    FOR EACH ROW EXECUTE FUNCTION guard_without_lock();
