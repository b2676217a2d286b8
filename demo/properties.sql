-- What the chapters rely on, found here from the facts alone, in plain SQL with the manual's numbers:
-- exactly two areas have fewer than 20 customers that meet a main criterion on their own facts, and
-- in exactly one of the two the 20th place by bill is shared. Then kam must say the same.

DO $$
DECLARE
	below_20 text[];
	tied text[];
	difference record;
BEGIN
	CREATE TEMP TABLE expected_cutoff ON COMMIT DROP AS
	WITH own AS (
		SELECT area, avg_monthly_bill_thb AS bill,
			coalesce(voltage_kv >= 69, false)
			OR coalesce(avg_monthly_bill_thb >= 20000000, false)
			OR coalesce(spp_zone AND avg_monthly_bill_thb >= 5000000, false)
			OR coalesce(self_generation_mw >= 2, false)
			OR coalesce(largest_job_thb >= 5000000, false)
			OR coalesce(yearly_maintenance_thb >= 2000000, false)
			OR coalesce(business_prospect, false)
			OR coalesce(national_strategy, false)
			OR coalesce(nationwide_network, false) AS qualifies
		FROM customer
		WHERE area IS NOT NULL
	), place AS (
		SELECT area, bill, rank() OVER (PARTITION BY area ORDER BY bill DESC) AS place
		FROM own
		WHERE bill > 0
	)
	SELECT area, own.customers, own.qualifiers,
		CASE WHEN qualifiers < 20 THEN ranked END AS ranked,
		CASE WHEN qualifiers < 20 THEN lowest END AS bill_cutoff_thb
	FROM (SELECT area, count(*) AS customers, count(*) FILTER (WHERE qualifies) AS qualifiers
			FROM own GROUP BY area) AS own
		JOIN (SELECT area, count(*) AS ranked, min(bill) AS lowest
			FROM place WHERE place <= 20 GROUP BY area) AS twenty USING (area);

	SELECT array_agg(area ORDER BY area) FILTER (WHERE qualifiers < 20),
		array_agg(area ORDER BY area) FILTER (WHERE ranked > 20)
	INTO below_20, tied
	FROM expected_cutoff;

	IF cardinality(below_20) IS DISTINCT FROM 2 OR cardinality(tied) IS DISTINCT FROM 1 THEN
		RAISE EXCEPTION 'the generated customers are not as intended'
			USING DETAIL = format('areas with fewer than 20 qualifiers: %s; with a tie at the 20th place: %s',
				below_20, tied);
	END IF;

	SELECT * INTO difference
	FROM expected_cutoff e
		FULL JOIN (SELECT * FROM kam.area_cutoff('customer') WHERE area IS NOT NULL) k USING (area)
	WHERE (e.customers, e.qualifiers, e.bill_cutoff_thb)
			IS DISTINCT FROM (k.customers, k.qualifiers, k.bill_cutoff_thb)
	LIMIT 1;

	IF FOUND THEN
		RAISE EXCEPTION 'kam.area_cutoff differs from plain SQL'
			USING DETAIL = difference::text;
	END IF;
END
$$;
