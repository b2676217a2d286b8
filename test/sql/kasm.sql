-- The Key Account Selection Matrix (6.1.1): main criteria from facts, tier from class and criteria.
\pset null '(null)'

CREATE TABLE main_criterion (bit int, letter text, criterion text);
INSERT INTO main_criterion VALUES
	(0, 'ก', 'voltage'), (1, 'ข', 'monthly_bill'), (2, 'ค', 'spp_risk'), (3, 'ง', 'self_generation'),
	(4, 'จ', 'related_business'), (5, 'ฉ', 'national_strategy'), (6, 'ช', 'nationwide_network');

-- Every value class and none × every set of main criteria × some sets of special
-- grounds (which must not count), against a CASE written from the manual
CREATE TABLE cell AS
	SELECT value_class, mask, special,
		kam.criteria(VARIADIC COALESCE(array_agg(criterion ORDER BY bit) FILTER (WHERE mask >> bit & 1 = 1), '{}')
			|| special) AS criteria
	FROM unnest('{High,Medium,Low,NULL}'::text[]) AS value_class,
		generate_series(0, 127) AS mask,
		(VALUES ('{}'::text[]), ('{corporate_image}'), ('{existing_key_account}'),
			('{corporate_image,outage_damage,existing_key_account,discretionary}')) AS s (special),
		main_criterion
	GROUP BY value_class, mask, special;
SELECT value_class, count(*) AS cells,
	count(DISTINCT criteria) AS sets,
	count(*) FILTER (WHERE mask = 0) AS "without a main criterion",
	count(*) FILTER (WHERE kam.kasm(value_class::kam.value_class, criteria)::text IS DISTINCT FROM
		CASE value_class
			WHEN 'High' THEN CASE WHEN mask > 0 THEN 'Strategic' ELSE 'Status' END
			WHEN 'Medium' THEN CASE WHEN mask > 0 THEN 'Star' ELSE 'Streamline' END
			WHEN 'Low' THEN CASE WHEN mask > 0 THEN 'Star' ELSE 'Streamline' END
		END) AS wrong
FROM cell
GROUP BY value_class
ORDER BY value_class;
SELECT value_class,
	kam.kasm(value_class::kam.value_class, '{}') AS "no main criterion",
	kam.kasm(value_class::kam.value_class, '{voltage}') AS "one",
	kam.kasm(value_class::kam.value_class, '{discretionary}') AS "a special ground only",
	kam.kasm(value_class::kam.value_class, NULL) AS "criteria not known"
FROM unnest('{High,Medium,Low,NULL}'::text[]) AS value_class;

-- Every set of main criteria comes out of facts that meet just these
SELECT count(*) AS sets,
	count(*) FILTER (WHERE kam.main_criteria(
		voltage_kv => CASE WHEN mask & 1 > 0 THEN 115 ELSE 33 END,
		avg_monthly_bill_thb => CASE WHEN mask & 2 > 0 THEN 20000000 WHEN mask & 4 > 0 THEN 5000000 ELSE 100 END,
		spp_zone => mask & 4 > 0,
		self_generation_mw => CASE WHEN mask & 8 > 0 THEN 2 ELSE 0 END,
		largest_job_thb => CASE WHEN mask & 16 > 0 THEN 5000000 ELSE 0 END,
		yearly_maintenance_thb => 0,
		business_prospect => false,
		national_strategy => mask & 32 > 0,
		nationwide_network => mask & 64 > 0,
		plan_year => 2018) <> criteria) AS wrong
FROM cell
WHERE value_class = 'High' AND special = '{}';

-- Every threshold, inclusive: at it, just below, just above
SELECT fact, x, e, CASE fact
		WHEN 'voltage_kv' THEN kam.main_criteria(voltage_kv => x + e)
		WHEN 'avg_monthly_bill_thb' THEN kam.main_criteria(avg_monthly_bill_thb => x + e)
		WHEN 'avg_monthly_bill_thb in a zone' THEN kam.main_criteria(avg_monthly_bill_thb => x + e, spp_zone => true)
		WHEN 'avg_monthly_bill_thb in a zone too' THEN kam.main_criteria(avg_monthly_bill_thb => x + e, spp_zone => true)
		WHEN 'avg_monthly_bill_thb with a cut-off' THEN kam.main_criteria(avg_monthly_bill_thb => x + e, bill_cutoff_thb => 1234567.89)
		WHEN 'self_generation_mw' THEN kam.main_criteria(self_generation_mw => x + e)
		WHEN 'largest_job_thb' THEN kam.main_criteria(largest_job_thb => x + e)
		WHEN 'yearly_maintenance_thb' THEN kam.main_criteria(yearly_maintenance_thb => x + e)
	END AS criteria
FROM (VALUES ('voltage_kv', 69), ('avg_monthly_bill_thb', 20000000),
		('avg_monthly_bill_thb in a zone', 5000000), ('avg_monthly_bill_thb in a zone too', 20000000),
		('avg_monthly_bill_thb with a cut-off', 1234567.89), ('self_generation_mw', 2),
		('largest_job_thb', 5000000), ('yearly_maintenance_thb', 2000000)) AS t (fact, x),
	(VALUES (-0.01), (-1e-20), (0), (0.000), (1e-20), (0.01)) AS d (e)
ORDER BY fact, x + e, scale(e);
-- the voltages that the manual names, and those below
SELECT kv, kam.main_criteria(voltage_kv => kv) FROM unnest('{0,0.4,22,33,68.9,69,115,230,500}'::numeric[]) AS kv;

-- 0 is known, and meets nothing
SELECT kam.main_criteria(0, 0, true, 0, 0, 0, false, false, false) AS zeros,
	kam.main_criteria(0, 0, true, 0, 0, 0, false, false, false, 0.01) AS "with a cut-off";

-- จ: one job and a year's maintenance are never added together (R7)
SELECT job, maintenance, prospect, kam.main_criteria(largest_job_thb => job, yearly_maintenance_thb => maintenance, business_prospect => prospect)
FROM (VALUES (4999999.99, 1999999.99, NULL), (4999999.99, 1999999.99, false), (4000000, 1999999, false), (2500000, 1000000, false),
	(4999999.99, 2000000, false), (5000000, 0, false), (5000000, NULL, NULL), (NULL, 2000000, NULL),
	(0, 0, true), (NULL, NULL, true), (NULL, NULL, false), (NULL, 1999999.99, false)) AS v (job, maintenance, prospect);

-- ค needs both conditions, in SQL's own logic; unknown is not met (R2)
SELECT zone, bill, zone AND bill >= 5000000 AS "SQL says",
	kam.main_criteria(spp_zone => zone, avg_monthly_bill_thb => bill) AS criteria,
	(SELECT status FROM kam.explain_kasm(spp_zone => zone, avg_monthly_bill_thb => bill) WHERE criterion = 'spp_risk') AS explained
FROM unnest('{true,false,NULL}'::boolean[]) AS zone, unnest('{4999999.99,5000000,NULL}'::numeric[]) AS bill
ORDER BY zone, bill;
-- จ likewise
SELECT job, maintenance, prospect, job >= 5000000 OR maintenance >= 2000000 OR prospect AS "SQL says",
	kam.main_criteria(largest_job_thb => job, yearly_maintenance_thb => maintenance, business_prospect => prospect) AS criteria,
	(SELECT status FROM kam.explain_kasm(largest_job_thb => job, yearly_maintenance_thb => maintenance, business_prospect => prospect)
		WHERE criterion = 'related_business') AS explained
FROM unnest('{4999999,5000000,NULL}'::numeric[]) AS job, unnest('{1999999,2000000,NULL}'::numeric[]) AS maintenance,
	unnest('{true,false,NULL}'::boolean[]) AS prospect
ORDER BY job, maintenance, prospect;

-- Nothing known: nothing met, everything unknown
SELECT kam.main_criteria();
SELECT criterion, status FROM kam.explain_kasm();

-- ข by rank: with the cut-off of the area (R1)
SELECT bill, cutoff, kam.main_criteria(avg_monthly_bill_thb => bill, bill_cutoff_thb => cutoff)
FROM (VALUES (3000000, 3000000), (2999999.99, 3000000), (3000000, NULL), (25000000, 30000000), (19999999, 30000000),
	(NULL, 3000000), (0, 3000000), (0.01, 0.01)) AS v (bill, cutoff);
-- the cut-off gives ข only
SELECT kam.main_criteria(avg_monthly_bill_thb => 3000000, spp_zone => true, bill_cutoff_thb => 2000000);

-- A view or a function keeps working on columns; the functions know what they promise
SELECT DISTINCT proname, provolatile, proisstrict, proparallel, proleakproof
FROM pg_proc WHERE pronamespace = 'kam'::regnamespace AND proname IN ('main_criteria', 'kasm', 'explain_kasm', 'nearest_miss', 'classify', 'bill_cutoff')
ORDER BY proname;
CREATE TABLE indexed (value_class kam.value_class, criteria kam.criteria);
INSERT INTO indexed SELECT value_class::kam.value_class, criteria FROM cell;
CREATE INDEX ON indexed (kam.kasm(value_class, criteria));
SELECT kam.kasm(value_class, criteria) AS tier, count(*) FROM indexed GROUP BY 1 ORDER BY 1;

DROP TABLE indexed, cell, main_criterion;
