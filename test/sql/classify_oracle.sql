-- Thousands of made-up customers, classified by kam and by plain SQL written from the
-- manual (window functions, three-valued logic): everything must agree, under several
-- rule sets and for every order of the rows.
\pset null '(null)'
SET client_min_messages = warning;
SET jit = off;

-- ---- the customers --------------------------------------------------------

-- One of the choices: the same on every machine, spread well
CREATE FUNCTION pick(i int, salt text, choices anyarray) RETURNS anyelement LANGUAGE sql IMMUTABLE AS $$
	SELECT choices[1 + (('x' || substr(md5(salt || i), 1, 7))::bit(28)::int % cardinality(choices))]
$$;

CREATE TABLE customer (
	account_id int PRIMARY KEY,
	area text,
	value_class kam.value_class,
	voltage_kv numeric,
	avg_monthly_bill_thb numeric,
	spp_zone boolean,
	self_generation_mw numeric,
	largest_job_thb numeric,
	yearly_maintenance_thb numeric,
	business_prospect boolean,
	national_strategy boolean,
	nationwide_network boolean
);

-- On and around every threshold, mostly in 12 areas, some in none
INSERT INTO customer
	SELECT i,
		CASE WHEN i % 97 = 0 THEN NULL WHEN i % 89 = 0 THEN '' ELSE 'area ' || i % 12 END,
		pick(i, 'class', '{High,Medium,Low,NULL}'::kam.value_class[]),
		pick(i, 'voltage', '{NULL,0,0.4,22,33,68.99,68.99999999999999999999,69,69.00,69.00000000000000000001,69.01,115,230}'::numeric[]),
		pick(i, 'bill', '{NULL,0,0.00,0.01,1,100000,4999999.99,4999999.99999999999999999999,5000000,5000000.00,5000000.00000000000000000001,5000000.01,
			7000000,12000000,12000000.0,19199999.99,19199999.99999999999999999999,19999999.99,19999999.99999999999999999999,20000000,20000000.000,
			20000000.00000000000000000001,20000000.01,45000000.50,1e12}'::numeric[]),
		pick(i, 'zone', '{true,false,NULL}'::boolean[]),
		pick(i, 'mw', '{NULL,0,1.99,1.99999999999999999999,2,2.0,2.00000000000000000001,2.01,90}'::numeric[]),
		pick(i, 'job', '{NULL,0,2500000,4999999.99,4999999.99999999999999999999,5000000,5000000.0,5000000.00000000000000000001,5000000.01}'::numeric[]),
		pick(i, 'maintenance', '{NULL,0,1000000,1999999.99,1999999.99999999999999999999,2000000,2000000.0,2000000.00000000000000000001,2000000.01}'::numeric[]),
		pick(i, 'prospect', '{true,false,false,NULL}'::boolean[]),
		pick(i, 'strategy', '{true,false,false,NULL}'::boolean[]),
		pick(i, 'network', '{true,false,false,NULL}'::boolean[])
	FROM generate_series(1, 2000) AS i;
-- most customers meet little
INSERT INTO customer
	SELECT i, 'area ' || i % 30,
		pick(i, 'class', '{High,Medium,Low,NULL}'::kam.value_class[]),
		pick(i, 'voltage', '{NULL,22,33,33,68.99,115}'::numeric[]),
		pick(i, 'bill', '{NULL,0,100000,4999999.99,5000000,5000000.01,7000000,12000000,19199999.99}'::numeric[]),
		pick(i, 'zone', '{true,false,NULL}'::boolean[]),
		pick(i, 'mw', '{NULL,0,0,0,1.99}'::numeric[]),
		pick(i, 'job', '{NULL,0,0,2500000}'::numeric[]),
		pick(i, 'maintenance', '{NULL,0,0,1999999.99}'::numeric[]),
		pick(i, 'prospect', '{true,false,false,false,false,false,false,false,NULL}'::boolean[]),
		pick(i, 'strategy', '{true,false,false,false,false,false,false,false,NULL}'::boolean[]),
		pick(i, 'network', '{true,false,false,false,false,false,false,false,NULL}'::boolean[])
	FROM generate_series(5001, 6500) AS i;

-- Areas where few qualify: only bills, and as many that qualify by voltage as the name says
CREATE TABLE made (area text, qualifiers int, customers int, bills numeric[]);
INSERT INTO made VALUES
	('19 qualify', 19, 120, '{NULL,0,1000,2500.50,2500.5,3000,99999,4000000}'),
	('20 qualify', 20, 120, '{NULL,0,1000,2500.50,2500.5,3000,99999,4000000}'),
	('21 qualify', 21, 120, '{NULL,0,1000,2500.50,2500.5,3000,99999,4000000}'),
	('none qualifies', 0, 300, '{NULL,0,100,200,300,400,500,600,700,800,900,1000,1100,1200,1300,1400}'),
	('5 qualify', 5, 60, '{1000000,2000000,3000000}'),
	('few bills', 2, 50, '{NULL,NULL,NULL,0,0.00,77}'),
	('exactly 20 customers', 0, 20, '{10,20,30}'),
	('19 customers', 0, 19, '{10,20,30}'),
	('21 customers', 0, 21, '{10,20,30}'),
	('all bills 0', 3, 40, '{0,0.0,0.000}'),
	('no bill known', 3, 40, '{NULL}'),
	('all tied', 0, 500, '{123456.78,123456.780}'),
	('tied above the trigger', 25, 400, '{123456.78}'),
	('กฟน.1', 0, 90, '{1,2,3,4,5,6,7,8,9,10,11,12,13,14,15}'),
	('กฟน.1 ', 0, 30, '{1,2,3}'),
	('', 1, 30, '{5,6,7}'),
	('alone', 0, 1, '{1}'), ('alone, no bill', 0, 1, '{NULL}'), ('alone, 0', 0, 1, '{0}'), ('alone, qualifies', 1, 1, '{1}');
INSERT INTO customer (account_id, area, value_class, voltage_kv, avg_monthly_bill_thb)
	SELECT 10000 + row_number() OVER (ORDER BY area, i), area,
		pick(i, area || 'class', '{High,Medium,Low,NULL,NULL}'::kam.value_class[]),
		CASE WHEN i <= qualifiers THEN 115 WHEN i % 3 = 0 THEN 22 END,
		pick(i, area, bills)
	FROM made, generate_series(1, customers) AS i;
-- every bill another; and a long tie just at the last place
INSERT INTO customer (account_id, area, value_class, avg_monthly_bill_thb)
	SELECT 20000 + i, 'all different', pick(i, 'x', '{High,Medium,Low,NULL}'::kam.value_class[]), 1000 + 0.01 * (i * 7919 % 503)
	FROM generate_series(1, 503) AS i;
INSERT INTO customer (account_id, area, value_class, avg_monthly_bill_thb)
	SELECT 30000 + i, 'tied at the last place', pick(i, 'y', '{High,Medium,Low,NULL}'::kam.value_class[]),
		CASE WHEN i * 7919 % 2003 < 20 THEN 6000 + i ELSE 5000 END
	FROM generate_series(1, 2002) AS i;
INSERT INTO customer (account_id, area, value_class, avg_monthly_bill_thb)
	SELECT 40000 + i, 'tied past the last place', pick(i, 'z', '{High,Medium,Low,NULL}'::kam.value_class[]),
		CASE WHEN i * 7919 % 503 < 21 THEN 6000 + i ELSE 5000 END
	FROM generate_series(1, 502) AS i;
-- HQ's own, in no area, are neither counted nor ranked
INSERT INTO customer (account_id, area, value_class, voltage_kv, avg_monthly_bill_thb)
	SELECT 50000 + i, NULL, 'High', CASE WHEN i % 2 = 0 THEN 115 END, i FROM generate_series(1, 30) AS i;
ANALYZE customer;
SELECT count(*) AS customers, count(DISTINCT area) AS areas FROM customer;

-- ---- the rules by plain SQL ------------------------------------------------

INSERT INTO kam.rule_set (rule_set, voltage_kv, avg_monthly_bill_thb, bill_rank_size, bill_rank_trigger, spp_bill_thb,
		self_generation_mw, largest_job_thb, yearly_maintenance_thb, weight_strategic, weight_star, weight_status, weight_streamline)
	VALUES ('oracle: lower', 33, 12000000, 5, 7, 4999999.99, 1.99, 2500000, 1000000, 1.0, 0.8, 0.6, 0.0),
		('oracle: higher', 115, 45000000.50, 50, 300, 25000000, 90, 5000000.01, 2000000.01, 1.0, 0.85, 0.6, 0.05),
		('oracle: no ranking', 69, 20000000, 0, 20, 5000000, 2, 5000000, 2000000, 1.0, 0.8, 0.6, 0.0),
		('oracle: never too few', 69, 20000000, 20, 0, 5000000, 2, 5000000, 2000000, 1.0, 0.8, 0.6, 0.0),
		('oracle: one', 69, 20000000, 1, 1, 5000000, 2, 5000000, 2000000, 1.0, 0.8, 0.6, 0.0),
		('oracle: everybody', 69, 20000000, 10000, 2147483647, 5000000, 2, 5000000, 2000000, 1.0, 0.8, 0.6, 0.0);

-- Each criterion of each customer on its own facts: true, false, or NULL for unknown
CREATE VIEW own AS
	SELECT r.rule_set, c.*,
		c.voltage_kv >= r.voltage_kv AS voltage,
		c.avg_monthly_bill_thb >= r.avg_monthly_bill_thb AS monthly_bill,
		c.spp_zone AND c.avg_monthly_bill_thb >= r.spp_bill_thb AS spp_risk,
		c.self_generation_mw >= r.self_generation_mw AS self_generation,
		c.largest_job_thb >= r.largest_job_thb OR c.yearly_maintenance_thb >= r.yearly_maintenance_thb OR c.business_prospect AS related_business,
		c.national_strategy AS strategy,
		c.nationwide_network AS network,
		r.bill_rank_size, r.bill_rank_trigger
	FROM customer c, kam.rule_set r
	WHERE r.rule_set LIKE 'oracle:%' OR r.rule_set = 'revision-4';

-- R1: the area's count of qualifiers; the rank of its bills above 0
CREATE VIEW ranked AS
	SELECT *,
		count(*) OVER (PARTITION BY rule_set, area) AS customers,
		count(*) FILTER (WHERE voltage OR monthly_bill OR spp_risk OR self_generation OR related_business OR strategy OR network)
			OVER (PARTITION BY rule_set, area) AS qualifiers,
		rank() OVER (PARTITION BY rule_set, area, avg_monthly_bill_thb > 0 ORDER BY avg_monthly_bill_thb DESC) AS bill_rank
	FROM own;
CREATE TABLE oracle AS
	SELECT *,
		COALESCE(voltage, false)::int + 2 * COALESCE(monthly_bill, false)::int + 4 * COALESCE(spp_risk, false)::int
			+ 8 * COALESCE(self_generation, false)::int + 16 * COALESCE(related_business, false)::int
			+ 32 * COALESCE(strategy, false)::int + 64 * COALESCE(network, false)::int AS own_mask,
		2 * in_rank::int AS rank_mask,
		min(avg_monthly_bill_thb) FILTER (WHERE in_rank) OVER (PARTITION BY rule_set, area) AS bill_cutoff_thb
	FROM (SELECT *, area IS NOT NULL AND qualifiers < bill_rank_trigger
			AND COALESCE(avg_monthly_bill_thb > 0, false) AND bill_rank <= bill_rank_size AS in_rank FROM ranked) r;
ALTER TABLE oracle ADD mask int, ADD tier text;
UPDATE oracle SET mask = own_mask | rank_mask,
	tier = CASE value_class::text
		WHEN 'High' THEN CASE WHEN own_mask | rank_mask > 0 THEN 'Strategic' ELSE 'Status' END
		WHEN 'Medium' THEN CASE WHEN own_mask | rank_mask > 0 THEN 'Star' ELSE 'Streamline' END
		WHEN 'Low' THEN CASE WHEN own_mask | rank_mask > 0 THEN 'Star' ELSE 'Streamline' END
	END;
CREATE INDEX ON oracle (rule_set, account_id);
ANALYZE oracle;
CREATE FUNCTION set_of(mask int) RETURNS kam.criteria LANGUAGE sql STABLE AS $$
	SELECT kam.criteria(VARIADIC ARRAY(SELECT name FROM unnest('{voltage,monthly_bill,spp_risk,self_generation,related_business,
		national_strategy,nationwide_network}'::text[]) WITH ORDINALITY AS u (name, n) WHERE mask >> (n::int - 1) & 1 = 1))
$$;
CREATE TABLE mask AS SELECT mask, set_of(mask) AS criteria FROM generate_series(0, 127) AS mask;

-- What there is to find out
SELECT rule_set, count(*) AS customers,
	count(*) FILTER (WHERE own_mask > 0) AS "on own facts",
	count(*) FILTER (WHERE in_rank) AS "in the 20",
	count(*) FILTER (WHERE in_rank AND own_mask = 0) AS "by rank only",
	count(DISTINCT area) FILTER (WHERE bill_cutoff_thb IS NOT NULL) AS "areas with a cut-off",
	count(DISTINCT mask) AS sets
FROM oracle GROUP BY rule_set ORDER BY rule_set;
SELECT m.area, min(o.customers) AS customers, min(o.qualifiers) AS qualifiers, trim_scale(min(bill_cutoff_thb)) AS cutoff, count(*) FILTER (WHERE in_rank) AS in_rank
FROM oracle o JOIN (SELECT area FROM made UNION VALUES ('all different'), ('tied at the last place'), ('tied past the last place')) m USING (area)
WHERE rule_set = 'revision-4' GROUP BY m.area ORDER BY m.area;

-- ---- kam against it ---------------------------------------------------------

-- main_criteria and kasm, row by row, without and with the cut-off
SELECT o.rule_set, count(*) AS rows,
	count(*) FILTER (WHERE own IS DISTINCT FROM m1.criteria) AS "wrong on own facts",
	count(*) FILTER (WHERE ranked IS DISTINCT FROM m2.criteria) AS "wrong with cut-off",
	count(*) FILTER (WHERE kam.kasm(value_class, ranked)::text IS DISTINCT FROM tier) AS "wrong tier"
FROM oracle o JOIN mask m1 ON m1.mask = own_mask JOIN mask m2 ON m2.mask = o.mask,
	LATERAL (SELECT
		kam.main_criteria(voltage_kv, avg_monthly_bill_thb, spp_zone, self_generation_mw, largest_job_thb, yearly_maintenance_thb,
			business_prospect, national_strategy, nationwide_network, rule_set => o.rule_set) AS own,
		kam.main_criteria(voltage_kv, avg_monthly_bill_thb, spp_zone, self_generation_mw, largest_job_thb, yearly_maintenance_thb,
			business_prospect, national_strategy, nationwide_network, bill_cutoff_thb, rule_set => o.rule_set) AS ranked) k
GROUP BY o.rule_set ORDER BY o.rule_set;

-- bill_cutoff and area_cutoff
SELECT rule_set, count(*) AS areas,
	count(*) FILTER (WHERE k.customers IS DISTINCT FROM o.customers OR k.qualifiers IS DISTINCT FROM o.qualifiers) AS "wrong counts",
	count(*) FILTER (WHERE k.bill_cutoff_thb IS DISTINCT FROM o.bill_cutoff_thb) AS "wrong cut-off",
	count(*) FILTER (WHERE a.cutoff IS DISTINCT FROM o.bill_cutoff_thb) AS "wrong aggregate"
FROM (SELECT DISTINCT rule_set, area, customers, qualifiers, bill_cutoff_thb FROM oracle WHERE area IS NOT NULL) o
	FULL JOIN (SELECT rule_set, k.* FROM (SELECT DISTINCT rule_set FROM oracle) r, kam.area_cutoff('customer', rule_set => rule_set) k) k USING (rule_set, area)
	FULL JOIN (SELECT rule_set, area, kam.bill_cutoff(avg_monthly_bill_thb, m.criteria, NULL, rule_set) AS cutoff
		FROM oracle JOIN mask m ON m.mask = own_mask WHERE area IS NOT NULL GROUP BY rule_set, area) a USING (rule_set, area)
GROUP BY rule_set ORDER BY rule_set;

-- classify, under every rule set, with the rows in several orders
CREATE FUNCTION differences(facts regclass, rules text) RETURNS bigint LANGUAGE sql STABLE AS $$
	SELECT count(*) FROM (
		(SELECT k.account_id, k.area, k.value_class, k.criteria, k.tier::text FROM kam.classify(facts, rule_set => rules) k
			EXCEPT ALL SELECT o.account_id::text, area, value_class, criteria, tier FROM oracle o JOIN mask USING (mask) WHERE rule_set = rules)
		UNION ALL
		(SELECT o.account_id::text, area, value_class, criteria, tier FROM oracle o JOIN mask USING (mask) WHERE rule_set = rules
			EXCEPT ALL SELECT k.account_id, k.area, k.value_class, k.criteria, k.tier::text FROM kam.classify(facts, rule_set => rules) k)) d
$$;
CREATE TABLE by_bill AS SELECT * FROM customer ORDER BY avg_monthly_bill_thb, account_id;
CREATE TABLE by_bill_desc AS SELECT * FROM customer ORDER BY avg_monthly_bill_thb DESC, account_id;
CREATE TABLE shuffled AS SELECT * FROM customer ORDER BY md5(account_id::text);
CREATE TABLE by_area AS SELECT * FROM customer ORDER BY area, voltage_kv NULLS FIRST, avg_monthly_bill_thb, account_id;
CREATE TABLE qualifiers_last AS SELECT c.* FROM customer c JOIN oracle o USING (account_id) WHERE rule_set = 'revision-4' ORDER BY own_mask, c.avg_monthly_bill_thb;
SELECT rule_set, differences('customer', rule_set) AS "as made", differences('by_bill', rule_set) AS "by bill",
	differences('by_bill_desc', rule_set) AS "falling", differences('shuffled', rule_set) AS shuffled,
	differences('by_area', rule_set) AS "by area", differences('qualifiers_last', rule_set) AS "qualifiers last"
FROM (SELECT DISTINCT rule_set FROM oracle) r ORDER BY rule_set;
-- also with next to no memory, and compiled just in time
SET work_mem = '64kB';
SELECT rule_set, differences('shuffled', rule_set) FROM (SELECT DISTINCT rule_set FROM oracle) r ORDER BY rule_set;
RESET work_mem;
SET jit = on;
SET jit_above_cost = 0;
SET jit_inline_above_cost = 0;
SET jit_optimize_above_cost = 0;
SELECT differences('shuffled', 'revision-4');
SELECT count(*) AS compiled, count(*) FILTER (WHERE main IS DISTINCT FROM m.criteria) AS wrong
FROM oracle o JOIN mask m USING (mask),
	kam.main_criteria(voltage_kv, avg_monthly_bill_thb, spp_zone, self_generation_mw, largest_job_thb, yearly_maintenance_thb,
		business_prospect, national_strategy, nationwide_network, bill_cutoff_thb, rule_set => 'revision-4') k (main)
WHERE rule_set = 'revision-4';
SET jit = off;

-- The views, with live and with stored cut-offs, in parallel plans
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
DO $$
DECLARE
	rules text;
	stored boolean;
	wrong bigint;
BEGIN
	FOR rules, stored IN SELECT * FROM (SELECT DISTINCT rule_set FROM oracle) r, unnest('{false,true}'::boolean[]) ORDER BY 1, 2 LOOP
		PERFORM kam.create_kasm_view('oracle_view', 'shuffled', rule_set => rules, stored_cutoffs => stored);
		SELECT count(*) INTO wrong
		FROM oracle_view v
			FULL JOIN (SELECT o.*, m.criteria FROM oracle o JOIN mask m USING (mask) WHERE rule_set = rules) o USING (account_id)
		WHERE v.tier::text IS DISTINCT FROM o.tier OR v.criteria IS DISTINCT FROM o.criteria
			OR v.bill_cutoff_thb IS DISTINCT FROM o.bill_cutoff_thb OR v.area IS DISTINCT FROM o.area
			OR v.avg_monthly_bill_thb IS DISTINCT FROM o.avg_monthly_bill_thb;
		IF wrong > 0 THEN
			RAISE WARNING '% (stored cut-offs: %): % rows differ', rules, stored, wrong;
		END IF;
		DROP VIEW oracle_view;
		EXECUTE CASE WHEN stored THEN 'DROP MATERIALIZED VIEW oracle_view_cutoff' ELSE 'DROP VIEW oracle_view_cutoff' END;
	END LOOP;
END
$$;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;

-- what_if is two classify() side by side
CREATE FUNCTION what_if_differences(now text, proposed text, OUT moved bigint, OUT weight_change numeric, OUT differences bigint) LANGUAGE sql STABLE AS $$
	WITH w AS MATERIALIZED (
		SELECT * FROM kam.what_if('shuffled', proposed, rule_set => now)
	), e AS MATERIALIZED (
		SELECT account_id, a.area, a.value_class, a.tier AS tier_now, b.tier AS tier_then, a.criteria AS criteria_now, b.criteria AS criteria_then,
			wa AS weight_now, wb AS weight_then, wb - wa AS weight_change
		FROM kam.classify('shuffled', rule_set => now) a FULL JOIN kam.classify('shuffled', rule_set => proposed) b USING (account_id),
			kam.weight(a.tier, rule_set => now) wa, kam.weight(b.tier, rule_set => proposed) wb
		WHERE a.tier IS DISTINCT FROM b.tier OR wa IS DISTINCT FROM wb
	)
	SELECT (SELECT count(*) FROM w), (SELECT sum(weight_change) FROM w),
		(SELECT count(*) FROM ((TABLE w EXCEPT ALL TABLE e) UNION ALL (TABLE e EXCEPT ALL TABLE w)) d)
$$;
SELECT now, proposed, d.*
FROM (VALUES ('revision-4', 'oracle: lower'), ('revision-4', 'oracle: higher'), ('oracle: higher', 'oracle: lower'),
		('oracle: no ranking', 'oracle: everybody'), ('oracle: everybody', 'oracle: one'), ('revision-4', 'revision-4')) AS v (now, proposed),
	what_if_differences(now, proposed) d
ORDER BY now, proposed;
-- and the whole weight moves by the sum of the changes
SELECT sum(kam.weight(k.tier, rule_set => 'oracle: higher')) - (SELECT sum(kam.weight(tier, rule_set => 'revision-4')) FROM kam.classify('customer', rule_set => 'revision-4'))
	= (SELECT sum(weight_change) FROM kam.what_if('customer', 'oracle: higher', rule_set => 'revision-4')) AS "sums agree"
FROM kam.classify('customer', rule_set => 'oracle: higher') k;

-- ---- explanations --------------------------------------------------------------

-- explain_kasm, told the area's cut-off: met iff in the set, unknown iff SQL's logic says so
SELECT o.rule_set, count(*) AS rows,
	count(*) FILTER (WHERE e.status <> CASE WHEN truth THEN 'met' WHEN NOT truth THEN 'not met' ELSE 'unknown' END) AS "wrong status",
	count(*) FILTER (WHERE (e.status = 'met') <> m.criteria @> kam.criteria(e.criterion)) AS "not as classify",
	count(*) FILTER (WHERE e.tier::text IS DISTINCT FROM o.tier) AS "wrong tier",
	count(*) FILTER (WHERE e.criterion IN ('voltage', 'monthly_bill', 'self_generation')
		AND (e.status = 'met') IS DISTINCT FROM COALESCE(e.value >= e.threshold, false)) AS "value against threshold",
	count(*) FILTER (WHERE e.text_th IS NULL OR e.text_en IS NULL OR e.section IS NULL OR e.letter IS NULL) AS incomplete
FROM oracle o JOIN mask m USING (mask),
	LATERAL kam.explain_kasm(value_class, voltage_kv, avg_monthly_bill_thb, spp_zone, self_generation_mw, largest_job_thb, yearly_maintenance_thb,
		business_prospect, national_strategy, nationwide_network, bill_cutoff_thb, rule_set => o.rule_set) e,
	LATERAL (SELECT CASE e.criterion
		WHEN 'voltage' THEN voltage WHEN 'monthly_bill' THEN monthly_bill OR in_rank WHEN 'spp_risk' THEN spp_risk
		WHEN 'self_generation' THEN self_generation WHEN 'related_business' THEN related_business
		WHEN 'national_strategy' THEN strategy WHEN 'nationwide_network' THEN network END AS truth) t
WHERE account_id % 3 = 0
GROUP BY o.rule_set ORDER BY o.rule_set;

-- nearest_miss against a search: each fact is set to every value on and around every
-- threshold; the nearest that gives another tier is what is to be found
CREATE FUNCTION tier_if(o oracle, fact text, measure numeric, judgement boolean) RETURNS kam.tier LANGUAGE sql STABLE AS $$
	SELECT kam.kasm(o.value_class, kam.main_criteria(
		CASE fact WHEN 'voltage_kv' THEN measure ELSE o.voltage_kv END,
		CASE fact WHEN 'avg_monthly_bill_thb' THEN measure ELSE o.avg_monthly_bill_thb END,
		CASE fact WHEN 'spp_zone' THEN judgement ELSE o.spp_zone END,
		CASE fact WHEN 'self_generation_mw' THEN measure ELSE o.self_generation_mw END,
		CASE fact WHEN 'largest_job_thb' THEN measure ELSE o.largest_job_thb END,
		CASE fact WHEN 'yearly_maintenance_thb' THEN measure ELSE o.yearly_maintenance_thb END,
		CASE fact WHEN 'business_prospect' THEN judgement ELSE o.business_prospect END,
		CASE fact WHEN 'national_strategy' THEN judgement ELSE o.national_strategy END,
		CASE fact WHEN 'nationwide_network' THEN judgement ELSE o.nationwide_network END,
		o.bill_cutoff_thb, rule_set => o.rule_set))
$$;
CREATE TABLE sample AS SELECT o AS customer, o.* FROM oracle o
	WHERE value_class IS NOT NULL AND (rule_set = 'oracle: lower' AND account_id % 11 = 0 OR rule_set = 'revision-4' AND account_id % 13 = 0);
CREATE TABLE candidate AS
	SELECT rule_set, fact, value
	FROM kam.rule_set r,
		LATERAL (VALUES ('voltage_kv', voltage_kv), ('avg_monthly_bill_thb', avg_monthly_bill_thb), ('avg_monthly_bill_thb', spp_bill_thb),
			('self_generation_mw', self_generation_mw), ('largest_job_thb', largest_job_thb), ('yearly_maintenance_thb', yearly_maintenance_thb)) AS t (fact, threshold),
		LATERAL (VALUES (0), (threshold - 1e-20), (threshold), (threshold + 1e-20), (1e15)) AS v (value);
CREATE TABLE expected_change AS
	SELECT s.rule_set, s.account_id, fact,
		CASE WHEN now IS NULL THEN 'learn' WHEN value > now THEN 'raise' ELSE 'lower' END AS change,
		value AS to_value, tier_then
	FROM (
		SELECT DISTINCT ON (s.rule_set, s.account_id, c.fact) s.rule_set, s.account_id, c.fact, c.value, now, tier_then
		FROM sample s, LATERAL (
				SELECT fact, value FROM candidate c WHERE c.rule_set = s.rule_set
				UNION ALL SELECT 'avg_monthly_bill_thb', bill_cutoff_thb + e FROM (VALUES (0), (-1e-20)) AS d (e) WHERE bill_cutoff_thb IS NOT NULL) c,
			LATERAL (SELECT CASE fact WHEN 'voltage_kv' THEN s.voltage_kv WHEN 'avg_monthly_bill_thb' THEN s.avg_monthly_bill_thb
				WHEN 'self_generation_mw' THEN s.self_generation_mw WHEN 'largest_job_thb' THEN s.largest_job_thb
				WHEN 'yearly_maintenance_thb' THEN s.yearly_maintenance_thb END AS now) n,
			LATERAL (SELECT tier_if(s.customer, fact, value, NULL) AS tier_then) t
		WHERE tier_then::text <> s.tier
		ORDER BY s.rule_set, s.account_id, c.fact, abs(value - COALESCE(now, 0))) s
	UNION ALL
	SELECT s.rule_set, s.account_id, fact,
		CASE WHEN now IS NULL THEN 'learn' WHEN now THEN 'clear' ELSE 'set' END, NULL, tier_then
	FROM sample s, unnest('{spp_zone,business_prospect,national_strategy,nationwide_network}'::text[]) AS fact,
		LATERAL (SELECT CASE fact WHEN 'spp_zone' THEN s.spp_zone WHEN 'business_prospect' THEN s.business_prospect
			WHEN 'national_strategy' THEN s.national_strategy WHEN 'nationwide_network' THEN s.nationwide_network END AS now) n,
		LATERAL (SELECT tier_if(s.customer, fact, NULL, now IS NOT TRUE) AS tier_then) t
	WHERE tier_then::text <> s.tier
	UNION ALL
	SELECT s.rule_set, s.account_id, 'value_class', 'reclass', NULL, kam.kasm(CASE value_class WHEN 'High' THEN 'Medium' ELSE 'High' END::kam.value_class, criteria)
	FROM sample s JOIN mask USING (mask);
CREATE TABLE found_change AS
	SELECT s.rule_set, s.account_id, s.tier, s.customer, n.*
	FROM sample s, LATERAL kam.nearest_miss(value_class, voltage_kv, avg_monthly_bill_thb, spp_zone, self_generation_mw, largest_job_thb, yearly_maintenance_thb,
		business_prospect, national_strategy, nationwide_network, bill_cutoff_thb, rule_set => s.rule_set) n;
SELECT change, count(*) AS changes, count(DISTINCT fact) AS facts,
	count(*) FILTER (WHERE f.fact IS NULL) AS "not found", count(*) FILTER (WHERE e.fact IS NULL) AS "found wrongly",
	count(*) FILTER (WHERE f.tier_then IS DISTINCT FROM e.tier_then OR f.tier_now::text IS DISTINCT FROM f.tier) AS "wrong tier",
	count(*) FILTER (WHERE change IN ('raise', 'lower', 'learn') AND f.needed IS DISTINCT FROM CASE change WHEN 'lower' THEN to_value + 1e-20 ELSE to_value END) AS "wrong need",
	count(*) FILTER (WHERE f.gap IS DISTINCT FROM abs(f.needed - f.value)) AS "wrong gap",
	count(*) FILTER (WHERE f.gap_percent IS DISTINCT FROM round(abs(f.needed - f.value) / f.needed * 100, 2)) AS "wrong percentage"
FROM found_change f FULL JOIN expected_change e USING (rule_set, account_id, fact, change)
GROUP BY change ORDER BY change;
-- the change it names, made, gives the tier it names; a smaller one does not
SELECT change, count(*) AS changes,
	count(*) FILTER (WHERE tier_if(customer, fact, needed - CASE change WHEN 'lower' THEN 1e-30 ELSE 0 END, change <> 'clear') IS DISTINCT FROM tier_then) AS "other tier",
	count(*) FILTER (WHERE fact LIKE '%\_thb' OR fact IN ('voltage_kv', 'self_generation_mw')) AS measured,
	count(*) FILTER (WHERE (fact LIKE '%\_thb' OR fact IN ('voltage_kv', 'self_generation_mw'))
		AND tier_if(customer, fact, needed - CASE change WHEN 'lower' THEN 0 ELSE 1e-30 END, NULL)::text IS DISTINCT FROM tier) AS "less is enough"
FROM found_change
WHERE change <> 'reclass'
GROUP BY change ORDER BY change;
-- nearest first, what cannot be measured last
SELECT count(*) AS customers, count(*) FILTER (WHERE ranks <> nearest) AS "wrong order"
FROM (SELECT array_agg(rank ORDER BY rank) AS ranks,
		array_agg(rank ORDER BY gap / needed, rank) AS nearest,
		array_agg(rank) FILTER (WHERE rank NOT BETWEEN 1 AND 20) AS odd
	FROM found_change GROUP BY rule_set, account_id) r;

DROP TABLE by_bill, by_bill_desc, shuffled, by_area, qualifiers_last, found_change, expected_change, candidate, sample CASCADE;
DROP FUNCTION what_if_differences, differences, tier_if, set_of;
DROP VIEW ranked, own;
DROP TABLE oracle, mask, made, customer;
DROP FUNCTION pick;
DELETE FROM kam.rule_set WHERE NOT builtin;
