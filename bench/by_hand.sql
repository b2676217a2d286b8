-- What a DBA would write without kam, and the same questions put to kam.

-- A main criterion met, on the customer's own facts (6.1.1.2(1)). NULL where none is met
-- and one cannot be told, which CASE WHEN takes for false, as the rules want.
\set is_main 'voltage_kv >= 69 OR avg_monthly_bill_thb >= 20000000 OR (spp_zone AND avg_monthly_bill_thb >= 5000000) OR self_generation_mw >= 2 OR largest_job_thb >= 5000000 OR yearly_maintenance_thb >= 2000000 OR business_prospect OR national_strategy OR nationwide_network'

-- The two rows of the matrix (6.1.1).
\set tier_if_main 'CASE value_class WHEN ''High'' THEN ''Strategic'' WHEN ''Medium'' THEN ''Star'' WHEN ''Low'' THEN ''Star'' END'
\set tier_if_not 'CASE value_class WHEN ''High'' THEN ''Status'' WHEN ''Medium'' THEN ''Streamline'' WHEN ''Low'' THEN ''Streamline'' END'

-- ---- on the customer's own facts ----

CREATE VIEW by_case AS
    SELECT account_id,
        CASE WHEN :is_main THEN :tier_if_main ELSE :tier_if_not END AS tier
    FROM customer;

-- Who only wants tiers skips the customers that have none, nearly all of them here.
CREATE VIEW by_case_skipping AS
    SELECT account_id,
        CASE WHEN value_class IS NULL THEN NULL
            WHEN :is_main THEN :tier_if_main ELSE :tier_if_not END AS tier
    FROM customer;

CREATE OR REPLACE FUNCTION kasm_by_hand(value_class kam.value_class,
        voltage_kv numeric, avg_monthly_bill_thb numeric, spp_zone boolean, self_generation_mw numeric,
        largest_job_thb numeric, yearly_maintenance_thb numeric, business_prospect boolean,
        national_strategy boolean, nationwide_network boolean)
    RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
BEGIN
    IF voltage_kv >= 69
        OR avg_monthly_bill_thb >= 20000000
        OR (spp_zone AND avg_monthly_bill_thb >= 5000000)
        OR self_generation_mw >= 2
        OR largest_job_thb >= 5000000
        OR yearly_maintenance_thb >= 2000000
        OR business_prospect
        OR national_strategy
        OR nationwide_network
    THEN
        IF value_class = 'High' THEN
            RETURN 'Strategic';
        ELSIF value_class IN ('Medium', 'Low') THEN
            RETURN 'Star';
        END IF;
    ELSE
        IF value_class = 'High' THEN
            RETURN 'Status';
        ELSIF value_class IN ('Medium', 'Low') THEN
            RETURN 'Streamline';
        END IF;
    END IF;
    RETURN NULL;
END
$$;

CREATE VIEW by_plpgsql AS
    SELECT account_id,
        kasm_by_hand(value_class, voltage_kv, avg_monthly_bill_thb, spp_zone, self_generation_mw,
            largest_job_thb, yearly_maintenance_thb, business_prospect, national_strategy,
            nationwide_network) AS tier
    FROM customer;

-- OFFSET 0 makes PostgreSQL compute the criteria once for both columns.
CREATE VIEW by_kam AS
    SELECT account_id, criteria, kam.kasm(value_class, criteria) AS tier
    FROM (SELECT account_id, value_class,
            kam.main_criteria(voltage_kv, avg_monthly_bill_thb, spp_zone, self_generation_mw,
                largest_job_thb, yearly_maintenance_thb, business_prospect, national_strategy,
                nationwide_network) AS criteria
        FROM customer OFFSET 0) AS judged;

CREATE VIEW by_kam_skipping AS
    SELECT account_id,
        CASE WHEN value_class IS NOT NULL THEN
            kam.kasm(value_class, kam.main_criteria(voltage_kv, avg_monthly_bill_thb, spp_zone,
                self_generation_mw, largest_job_thb, yearly_maintenance_thb, business_prospect,
                national_strategy, nationwide_network)) END AS tier
    FROM customer;

-- ---- with the top-20 rule of each area ----

CREATE VIEW by_windows AS
    SELECT account_id, area, value_class,
        CASE WHEN is_main OR (area IS NOT NULL AND qualifiers < 20 AND avg_monthly_bill_thb > 0 AND bill_rank <= 20)
            THEN :tier_if_main ELSE :tier_if_not END AS tier
    FROM (SELECT account_id, area, value_class, avg_monthly_bill_thb, is_main,
            count(*) FILTER (WHERE is_main) OVER (PARTITION BY area) AS qualifiers,
            rank() OVER (PARTITION BY area ORDER BY avg_monthly_bill_thb DESC NULLS LAST) AS bill_rank
        FROM (SELECT account_id, area, value_class, avg_monthly_bill_thb, (:is_main) AS is_main
            FROM customer) AS judged) AS ranked;

-- What somebody writes who knows that few areas have too few qualifiers, and that windows sort everybody:
-- the cut-offs of those areas first, then all customers.
CREATE VIEW by_two_steps AS
    WITH short_area AS (
        SELECT area FROM customer WHERE area IS NOT NULL
        GROUP BY area HAVING count(*) FILTER (WHERE :is_main) < 20
    ),
    cutoff AS (
        SELECT area, (SELECT min(avg_monthly_bill_thb)
            FROM (SELECT avg_monthly_bill_thb FROM customer
                WHERE area = short_area.area AND avg_monthly_bill_thb > 0
                ORDER BY avg_monthly_bill_thb DESC LIMIT 20) AS highest) AS bill_cutoff_thb
        FROM short_area
    )
    SELECT account_id, area, value_class,
        CASE WHEN avg_monthly_bill_thb >= bill_cutoff_thb OR :is_main THEN :tier_if_main ELSE :tier_if_not END AS tier
    FROM customer LEFT JOIN cutoff USING (area);

SELECT kam.create_kasm_view('customer_live', 'customer') AS live,
    kam.create_kasm_view('customer_stored', 'customer', stored_cutoffs => true) AS stored \gset
