-- kam.nearest_miss: what single change would move an account into another tier. That each
-- is real, and the smallest: classify_oracle.
\pset null '(null)'

-- 0.8 million THB/month short of criterion ข
SELECT rank, fact, change, criteria, value, needed, gap, unit, gap_percent, tier_now, tier_then
FROM kam.nearest_miss('High', voltage_kv => 22, avg_monthly_bill_thb => 19200000, spp_zone => false, self_generation_mw => 0, largest_job_thb => 0,
	yearly_maintenance_thb => 0, business_prospect => false, national_strategy => false, nationwide_network => false);
SELECT text_en FROM kam.nearest_miss('High', avg_monthly_bill_thb => 19200000) WHERE rank = 1;
SELECT text_th FROM kam.nearest_miss('High', avg_monthly_bill_thb => 19200000) WHERE rank = 1;

-- The way down: what would cost the tier
SELECT rank, fact, change, criteria, value, needed, gap, gap_percent, tier_now, tier_then FROM kam.nearest_miss('High', voltage_kv => 115, avg_monthly_bill_thb => 1000000, spp_zone => false);
SELECT rank, fact, change, criteria, value, needed, gap, gap_percent, tier_now, tier_then FROM kam.nearest_miss('Medium', nationwide_network => true, avg_monthly_bill_thb => 1, voltage_kv => 22);
-- at the threshold itself the least step is too much
SELECT change, value, needed, gap, gap_percent, tier_then, text_en FROM kam.nearest_miss('Low', voltage_kv => 69) WHERE fact = 'voltage_kv';
-- two criteria hang on one bill: both must go
SELECT fact, change, criteria, needed, gap, tier_then FROM kam.nearest_miss('Medium', avg_monthly_bill_thb => 25000000, spp_zone => true) WHERE fact IN ('avg_monthly_bill_thb', 'spp_zone');
-- with two criteria of different facts no single change of a fact costs the tier
SELECT fact, change, tier_then FROM kam.nearest_miss('High', voltage_kv => 115, self_generation_mw => 5);

-- In a zone at risk 5 million are enough; with a cut-off of the area even less
SELECT zone, cutoff, n.* FROM (VALUES (true, NULL), (false, NULL), (true, 4500000), (false, 4500000), (NULL, 30000000)) AS v (zone, cutoff),
	LATERAL (SELECT change, criteria, needed, gap, gap_percent FROM kam.nearest_miss('High', avg_monthly_bill_thb => 4000000, spp_zone => zone, bill_cutoff_thb => cutoff)
		WHERE fact = 'avg_monthly_bill_thb') n;
-- a bill that is high enough for ค wants the zone
SELECT fact, change, criteria FROM kam.nearest_miss('High', 22, 6000000, false, 0, 0, 0, false, false, false) WHERE gap IS NULL;

-- Nothing known: learn
SELECT rank, fact, change, criteria, value, needed, gap, gap_percent, tier_now, tier_then, text_en FROM kam.nearest_miss('Medium');
-- a bill of 0 has the whole way to go
SELECT rank, fact, gap, gap_percent FROM kam.nearest_miss('High', 0, 0, false, 0, 0, 0, false, false, false) WHERE gap IS NOT NULL;

-- No class: a class gives a tier, nothing else does
SELECT rank, fact, change, criteria, tier_now, tier_then, text_en FROM kam.nearest_miss(NULL, voltage_kv => 115);
SELECT rank, fact, change, criteria, tier_now, tier_then, text_en FROM kam.nearest_miss(NULL);
SELECT class, n.tier_now, n.tier_then, n.text_en FROM unnest('{High,Medium,Low}'::kam.value_class[]) AS class, kam.nearest_miss(class, voltage_kv => 115) n WHERE change = 'reclass';

-- By other rules
BEGIN;
INSERT INTO kam.rule_set (rule_set, voltage_kv, avg_monthly_bill_thb, spp_bill_thb, self_generation_mw) VALUES ('other', 33, 1000, 3000, 0.1);
SELECT rank, fact, change, needed, gap, gap_percent FROM kam.nearest_miss('High', 22, 990, true, 0, 0, 0, false, false, false, rule_set => 'other') WHERE gap IS NOT NULL;
ROLLBACK;

-- All the sentences, once each
\pset format unaligned
SELECT DISTINCT ON (n.fact, change) n.fact, change, text_en, text_th
FROM (VALUES ('High'::kam.value_class, 22, 100, false, 0, 0, 0, false, false, false), ('High', 115, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
		('Medium', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), ('Low', 22, 30000000, false, 0, 0, 0, false, false, false),
		('Low', 22, 6000000, true, 0, 0, 0, false, false, false), ('Low', 22, 6000000, false, 0, 0, 0, false, false, false),
		('High', 22, 1, false, 3, 0, 0, false, false, false), ('High', 22, 1, false, 0, 7000000, 0, false, false, false), ('High', 22, 1, false, 0, 0, 3000000, false, false, false),
		('High', 22, 1, false, 0, 0, 0, true, false, false), ('High', 22, 1, false, 0, 0, 0, false, true, false), ('High', 22, 1, false, 0, 0, 0, false, false, true))
		AS v (class, kv, bill, zone, mw, job, maintenance, prospect, strategy, network),
	kam.nearest_miss(class, kv, bill, zone, mw, job, maintenance, prospect, strategy, network) n
ORDER BY n.fact, change, text_en;
