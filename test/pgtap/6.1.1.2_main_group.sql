-- 6.1.1.2(1): the main group of criteria, ก to ช. All thresholds are inclusive.
BEGIN;
SELECT plan(72);

-- ก supply voltage
SELECT is(kam.main_criteria(voltage_kv => kv), '{voltage}', format('6.1.1.2(1)ก: supply at %s kV', kv)) FROM unnest('{69,115,230,500,69.00,69.00000000000000000001}'::numeric[]) AS kv;
SELECT is(kam.main_criteria(voltage_kv => kv), '{}', format('6.1.1.2(1)ก: not at %s kV', kv)) FROM unnest('{0,0.4,22,33,68.99,68.99999999999999999999}'::numeric[]) AS kv;
SELECT is(kam.main_criteria(voltage_kv => NULL), '{}', '6.1.1.2(1)ก, R2: not where the voltage is not known');
SELECT throws_ok($$SELECT kam.main_criteria(voltage_kv => -1)$$, '22023', NULL, '6.1.1.2(1)ก: a voltage of -1 is refused');

-- ข average monthly bill
SELECT is(kam.main_criteria(avg_monthly_bill_thb => bill), '{monthly_bill}', format('6.1.1.2(1)ข: a bill of %s THB/month', bill)) FROM unnest('{20000000,20000000.01,20000000.00000000000000000001,1e12}'::numeric[]) AS bill;
SELECT is(kam.main_criteria(avg_monthly_bill_thb => bill), '{}', format('6.1.1.2(1)ข: not with %s THB/month', bill)) FROM unnest('{0,19200000,19999999.99,19999999.99999999999999999999}'::numeric[]) AS bill;
SELECT is(kam.main_criteria(avg_monthly_bill_thb => 3000000, bill_cutoff_thb => 3000000), '{monthly_bill}', '6.1.1.2(1)ข: among the 20 highest bills of the area');
SELECT is(kam.main_criteria(avg_monthly_bill_thb => 2999999.99, bill_cutoff_thb => 3000000), '{}', '6.1.1.2(1)ข: not below the area''s cut-off');
SELECT is(kam.main_criteria(bill_cutoff_thb => 3000000), '{}', '6.1.1.2(1)ข, R2: not where the bill is not known');

-- ค risk of losing revenue to an SPP: both conditions
SELECT is(kam.main_criteria(spp_zone => true, avg_monthly_bill_thb => 5000000), '{spp_risk}', '6.1.1.2(1)ค: a zone at risk and 5,000,000 THB/month');
SELECT is(kam.main_criteria(spp_zone => true, avg_monthly_bill_thb => 4999999.99), '{}', '6.1.1.2(1)ค: not with a bill below');
SELECT is(kam.main_criteria(spp_zone => false, avg_monthly_bill_thb => 19999999), '{}', '6.1.1.2(1)ค: not outside such a zone');
SELECT is(kam.main_criteria(spp_zone => NULL, avg_monthly_bill_thb => 19999999), '{}', '6.1.1.2(1)ค, R2: not where the zone is not known');
SELECT is(kam.main_criteria(spp_zone => true), '{}', '6.1.1.2(1)ค, R2: not where the bill is not known');
SELECT is(kam.main_criteria(spp_zone => true, avg_monthly_bill_thb => 20000000), '{monthly_bill,spp_risk}', '6.1.1.2(1)ข ค: one bill may meet both');
SELECT is(kam.main_criteria(spp_zone => true, avg_monthly_bill_thb => 3000000, bill_cutoff_thb => 3000000), '{monthly_bill}', '6.1.1.2(1)ค: the cut-off of ข does not lower ค');

-- ง risk of losing revenue to self-generation
SELECT is(kam.main_criteria(self_generation_mw => mw), '{self_generation}', format('6.1.1.2(1)ง: %s MW of its own', mw)) FROM unnest('{2,2.0,2.00000000000000000001,90}'::numeric[]) AS mw;
SELECT is(kam.main_criteria(self_generation_mw => mw), '{}', format('6.1.1.2(1)ง: not with %s MW', mw)) FROM unnest('{0,1.99,1.99999999999999999999}'::numeric[]) AS mw;
SELECT is(kam.main_criteria(self_generation_mw => 1.2 + 0.8), '{self_generation}', '6.1.1.2(1)ง, R7: what stands and what is planned are added by the caller');

-- จ related business
SELECT is(kam.main_criteria(largest_job_thb => thb), '{related_business}', format('6.1.1.2(1)จ(i): a job of %s THB', thb)) FROM unnest('{5000000,5000000.01}'::numeric[]) AS thb;
SELECT is(kam.main_criteria(largest_job_thb => thb), '{}', format('6.1.1.2(1)จ(i): not a job of %s THB', thb)) FROM unnest('{0,4999999.99,4999999.99999999999999999999}'::numeric[]) AS thb;
SELECT is(kam.main_criteria(yearly_maintenance_thb => thb), '{related_business}', format('6.1.1.2(1)จ(ii): maintenance of %s THB/year', thb)) FROM unnest('{2000000,2000000.01}'::numeric[]) AS thb;
SELECT is(kam.main_criteria(yearly_maintenance_thb => thb), '{}', format('6.1.1.2(1)จ(ii): not maintenance of %s THB/year', thb)) FROM unnest('{0,1999999.99,1999999.99999999999999999999}'::numeric[]) AS thb;
SELECT is(kam.main_criteria(largest_job_thb => 4999999.99, yearly_maintenance_thb => 1999999.99), '{}', '6.1.1.2(1)จ, R7: the two are never added together');
SELECT is(kam.main_criteria(business_prospect => true), '{related_business}', '6.1.1.2(1)จ, R7: a prospect is a recorded judgement');
SELECT is(kam.main_criteria(business_prospect => false, largest_job_thb => 5000000), '{related_business}', '6.1.1.2(1)จ: no prospect, but a job');
SELECT is(kam.main_criteria(business_prospect => NULL), '{}', '6.1.1.2(1)จ, R2: not where nothing is known');

-- ฉ and ช
SELECT is(kam.main_criteria(national_strategy => true), '{national_strategy}', '6.1.1.2(1)ฉ: in line with a national strategy');
SELECT is(kam.main_criteria(national_strategy => false), '{}', '6.1.1.2(1)ฉ: not in line');
SELECT is(kam.main_criteria(national_strategy => NULL), '{}', '6.1.1.2(1)ฉ, R2: not known');
SELECT is(kam.main_criteria(nationwide_network => true), '{nationwide_network}', '6.1.1.2(1)ช: branches nationwide');
SELECT is(kam.main_criteria(nationwide_network => false), '{}', '6.1.1.2(1)ช: no such branches');
SELECT is(kam.main_criteria(nationwide_network => NULL), '{}', '6.1.1.2(1)ช, R2: not known');

-- any one is enough, and unknown ones take nothing away
SELECT is(kam.kasm('High', kam.criteria(criterion)), 'Strategic', format('6.1.1.2(1): %s alone is enough', criterion))
FROM unnest('{voltage,monthly_bill,spp_risk,self_generation,related_business,national_strategy,nationwide_network}'::text[]) AS criterion;
SELECT is(kam.main_criteria(115, 20000000, true, 2, 5000000, 2000000, true, true, true),
	'{voltage,monthly_bill,spp_risk,self_generation,related_business,national_strategy,nationwide_network}', '6.1.1.2(1): all together');
SELECT is(kam.main_criteria(), '{}', '6.1.1.2(1), R2: nothing known, nothing met');

-- R2: the explanation says unknown, not failed
SELECT results_eq($$SELECT DISTINCT status FROM kam.explain_kasm('High')$$, $$VALUES ('unknown')$$, '6.1.1.2(1), R2: unknown is said to be unknown');
SELECT results_eq($$SELECT DISTINCT status FROM kam.explain_kasm('High', 22, 100, false, 0, 0, 0, false, false, false)$$, $$VALUES ('not met')$$, '6.1.1.2(1), R2: known and missed is said to be not met');
SELECT results_eq($$SELECT letter FROM kam.explain_kasm('High')$$, $$VALUES ('ก'), ('ข'), ('ค'), ('ง'), ('จ'), ('ฉ'), ('ช')$$, '6.1.1.2(1): a row per criterion, in the manual''s order');

SELECT * FROM finish();
ROLLBACK;
