-- kam.explain_kasm: why an account has its tier (6.1.1.2(1)). That it agrees with classify
-- on every customer: classify_oracle.
\pset null '(null)'

-- The rows: the manual's seven criteria, in its order
SELECT criterion, letter, status, value, threshold, unit, section FROM kam.explain_kasm('High', voltage_kv => 115);
-- the tier is on every row, and follows from the class
SELECT class, array_agg(DISTINCT tier) AS tiers, count(*) FROM unnest('{High,Medium,Low,NULL}'::kam.value_class[]) AS class, kam.explain_kasm(class, voltage_kv => 69) GROUP BY class ORDER BY class;
SELECT class, array_agg(DISTINCT tier) AS tiers FROM unnest('{High,Medium,Low,NULL}'::kam.value_class[]) AS class, kam.explain_kasm(class) GROUP BY class ORDER BY class;

-- Sentences: met, missed, unknown, each criterion
\x on
\pset format unaligned
SELECT status, value, threshold, text_en, text_th FROM kam.explain_kasm('High', 115, 21500000.50, true, 2.5, 6000000, 0, false, true, true);
SELECT status, value, threshold, text_en, text_th FROM kam.explain_kasm('Medium', 22, 19200000, true, 1.99, 4999999.99, 1999999.99, false, false, false);
SELECT status, value, threshold, text_en, text_th FROM kam.explain_kasm('Low');
\pset format aligned
\x off
-- จ by maintenance, by prospect, by both; partly known
SELECT job, maintenance, prospect, status, value, threshold, text_en
FROM (VALUES (NULL, 2500000, NULL), (4000000, 2500000, false), (5000000, 2500000, true), (NULL, NULL, true), (0, 0, true),
		(NULL, 1000000, false), (1000000, NULL, NULL), (1000000, 500000, NULL), (NULL, NULL, NULL)) AS v (job, maintenance, prospect),
	kam.explain_kasm('High', largest_job_thb => job, yearly_maintenance_thb => maintenance, business_prospect => prospect) e
WHERE criterion = 'related_business';
-- ค in its nine combinations
SELECT zone, bill, status, value, threshold, text_en
FROM unnest('{true,false,NULL}'::boolean[]) AS zone, unnest('{4200000,5000000,NULL}'::numeric[]) AS bill,
	kam.explain_kasm('High', spp_zone => zone, avg_monthly_bill_thb => bill) e
WHERE criterion = 'spp_risk';
-- ข by the threshold and by rank in the area
SELECT bill, cutoff, status, value, threshold, text_en
FROM (VALUES (20000000, NULL), (20000000, 3000000), (19999999.99, 3000000), (3000000, 3000000), (2200000, 3000000), (NULL, 3000000), (0, 3000000),
		(19200000, NULL), (21000000, 25000000), (19200000, 25000000)) AS v (bill, cutoff),
	kam.explain_kasm('High', avg_monthly_bill_thb => bill, bill_cutoff_thb => cutoff) e
WHERE criterion = 'monthly_bill';
-- amounts are written with their digits, however large or fine
SELECT voltage, text_en FROM unnest('{68.99999999999999999999,0.0004,69.000,1e15,0}'::numeric[]) AS voltage, kam.explain_kasm('High', voltage_kv => voltage) WHERE criterion = 'voltage';

-- By other rules
BEGIN;
INSERT INTO kam.rule_set (rule_set, voltage_kv, avg_monthly_bill_thb, bill_rank_size, spp_bill_thb, self_generation_mw, largest_job_thb, yearly_maintenance_thb)
	VALUES ('other', 22.5, 100, 5, 50, 0.5, 7, 3);
SELECT criterion, status, value, threshold, text_en FROM kam.explain_kasm('High', 22.4, 99.5, true, 0.5, 6, 3, bill_cutoff_thb => 99, rule_set => 'other');
ROLLBACK;

-- Beside a table: each customer with the area's cut-off
CREATE TABLE customer AS SELECT i AS account_id, 'N1' AS area, 'High'::kam.value_class AS value_class, i * 1000 AS avg_monthly_bill_thb FROM generate_series(1, 25) AS i;
SELECT account_id, e.status, e.text_en
FROM customer JOIN kam.area_cutoff('customer') a USING (area), kam.explain_kasm(value_class, avg_monthly_bill_thb => avg_monthly_bill_thb, bill_cutoff_thb => a.bill_cutoff_thb) e
WHERE criterion = 'monthly_bill' AND account_id BETWEEN 4 AND 7 ORDER BY account_id;
DROP TABLE customer;
