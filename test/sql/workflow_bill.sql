-- The average monthly bill (6.1.1.2(1)ข, R6): the mean of the 12 latest billed months up to the end of October of the year before.
\set schema wf_bill
\set prefix regress_bill_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture

SET ROLE regress_bill_owner;
CALL rehearse('2026-11-20 09:00+07');
INSERT INTO plan_year SELECT y, '2026-09-01 09:00+07', 'process_owner_hq' FROM unnest(ARRAY[2026, 2027]) y;
INSERT INTO account (account_id, name_th, unit_code) SELECT id, id, 'N1-A' FROM unnest(ARRAY['12 months', '3 months', 'no bill', 'gaps', 'credits', 'two contracts', 'after the cut-off',
	'closed', 'by hand', 'exact']) id;
INSERT INTO bill (account_id, contract_account, month, amount_thb, unit_code)
	-- 14 months up to October: the first two do not count
	SELECT '12 months', 'a', '2025-09-01'::date + (m || ' months')::interval, CASE WHEN m < 2 THEN 1000000 ELSE m END, 'N1-A' FROM generate_series(0, 13) m
	UNION ALL SELECT '3 months', 'a', '2026-08-01'::date + (m || ' months')::interval, 100 + m, 'N1-A' FROM generate_series(0, 2) m
	-- billed every third month: 12 latest billed months reach three years back
	UNION ALL SELECT 'gaps', 'a', '2022-10-01'::date + (3 * m || ' months')::interval, m, 'N1-A' FROM generate_series(0, 16) m
	UNION ALL SELECT 'credits', 'a', month::date, amount, 'N1-A' FROM (VALUES ('2026-01-01', 10), ('2026-02-01', -40), ('2026-03-01', 0)) c (month, amount)
	-- two contract accounts are added before the mean is taken, and one that ended makes no month of its own
	UNION ALL SELECT 'two contracts', c, month::date, amount, 'N1-A' FROM (VALUES ('a', '2026-09-01', 100), ('b', '2026-09-01', 50), ('a', '2026-10-01', 200)) b (c, month, amount)
	UNION ALL SELECT 'after the cut-off', 'a', month::date, amount, 'N1-A' FROM (VALUES ('2026-10-01', 7), ('2026-11-01', 9000)) b (month, amount)
	UNION ALL SELECT 'closed', 'a', '2026-10-01', 5, 'N1-A'
	-- a satang below the 20 million must not be rounded up to it
	UNION ALL SELECT 'exact', 'a', '2025-11-01'::date + (m || ' months')::interval, CASE WHEN m = 0 THEN 19999999.99 ELSE 20000000 END, 'N1-A' FROM generate_series(0, 11) m;
UPDATE account SET closed_on = '2026-11-01' WHERE account_id = 'closed';
RESET ROLE;

SET ROLE regress_bill_director_customer_information_hq;
SELECT record_fact('by hand', 2027, 'avg_monthly_bill_thb', '123.45', 'a letter', '2026-11-01');
SELECT compute_bills(2027);
SELECT account_id, avg_monthly_bill_thb, billed_months, source, fact_on, recorded_by
FROM account a LEFT JOIN account_fact f USING (account_id) LEFT JOIN fact_source s USING (account_id, plan_year) ORDER BY account_id;
-- below zero is none for selection
SELECT account_id, avg_monthly_bill_thb FROM account_fact_total WHERE account_id IN ('credits', 'gaps') ORDER BY account_id;
SELECT kam.main_criteria(avg_monthly_bill_thb => avg_monthly_bill_thb, plan_year => 2027) FROM account_fact_total WHERE account_id = 'exact';
-- again: nothing changes, not even in the history
SELECT count(*) AS before FROM history \gset
SELECT compute_bills(2027);
SELECT count(*) - :before AS new_history FROM history;
-- the year before has its own cut-off
SELECT compute_bills(2026);
SELECT account_id, avg_monthly_bill_thb, billed_months FROM account_fact WHERE plan_year = 2026 ORDER BY account_id;

-- bills take the place of what was recorded by hand, and what is no longer there is not known
SET ROLE regress_bill_owner;
INSERT INTO bill VALUES ('by hand', 'a', '2026-10-01', 77, 'N1-A');
DELETE FROM bill WHERE account_id = 'gaps';
SET ROLE regress_bill_director_customer_information_hq;
SELECT compute_bills(2027);
SELECT account_id, avg_monthly_bill_thb, billed_months, source FROM account_fact f LEFT JOIN fact_source s USING (account_id, plan_year)
WHERE plan_year = 2027 AND account_id IN ('by hand', 'gaps') ORDER BY 1;
RESET ROLE;

-- the cut-off is a setting
SET ROLE regress_bill_owner;
UPDATE setting SET value = '9' WHERE setting = 'last_bill_month';
SET ROLE regress_bill_director_customer_information_hq;
SELECT compute_bills(2027);
SELECT account_id, avg_monthly_bill_thb, billed_months FROM account_fact WHERE plan_year = 2027 AND account_id IN ('12 months', '3 months', 'two contracts') ORDER BY 1;
SET ROLE regress_bill_owner;
UPDATE setting SET value = 'October' WHERE setting = 'last_bill_month';
RESET ROLE;
\pset format unaligned
\pset tuples_only on
SELECT pg_temp.try('director_customer_information_hq', 'SELECT compute_bills(2027)');
SET ROLE regress_bill_owner;
UPDATE setting SET value = '10' WHERE setting = 'last_bill_month';
RESET ROLE;

-- who, and when
SELECT who || ': ' || pg_temp.brief(who, 'SELECT compute_bills(2027)') FROM unnest(ARRAY['director_engineering_hq_hq', 'section_head_n1a', 'office_manager_n1a', 'area_director_n1', 'reader']) who;
SELECT year || E'\n  ' || pg_temp.try('director_customer_information_hq', format('SELECT compute_bills(%L)', year)) FROM unnest(ARRAY['2570', '2028', NULL]) year;
-- an office sees its own bills
SELECT who || ': ' || pg_temp.brief(who, 'SELECT count(*) FROM bill') FROM unnest(ARRAY['section_head_n1a', 'section_head_n1b', 'director_customer_information_hq', 'stranger']) who;
\pset format aligned
\pset tuples_only off

-- ---- against another way to compute it ------------------------------------------------

-- 300 accounts of 1 to 3 contract accounts, each month of 40 billed or not, amounts to the satang, some negative
SET ROLE regress_bill_owner;
SELECT setseed(0.6112);
INSERT INTO account (account_id, name_th, unit_code) SELECT 'R' || n, 'R' || n, CASE n % 3 WHEN 0 THEN 'N1-B' WHEN 1 THEN 'C1-A' ELSE 'HQ' END FROM generate_series(1, 300) n;
INSERT INTO bill (account_id, contract_account, month, amount_thb, unit_code)
	SELECT 'R' || n, 'c' || c, ('2023-07-01'::date + (m || ' months')::interval)::date, round((random() * 40000000 - 500000)::numeric, 2), 'N1-B'
	FROM generate_series(1, 300) n CROSS JOIN LATERAL generate_series(1, 1 + n % 3) c CROSS JOIN LATERAL generate_series(0, 40) m
	WHERE random() < (n % 10 + 0 * m * c) / 9.0;
SET ROLE regress_bill_director_customer_information_hq;
SELECT compute_bills(2027) > 250 AS many;
-- month by month backwards, in a loop, with sums only
RESET ROLE;
CREATE FUNCTION pg_temp.average(of_account text, plan_year int, OUT average numeric, OUT months int) LANGUAGE plpgsql AS $$
DECLARE
	this_month date := make_date(plan_year - 1, 10, 1);
	total numeric := 0;
	of_month numeric;
BEGIN
	months := 0;
	WHILE months < 12 AND this_month > '2020-01-01' LOOP
		of_month := (SELECT sum(b.amount_thb) FROM bill b WHERE b.account_id = of_account AND b.month = this_month);
		IF of_month IS NOT NULL THEN
			total := total + of_month;
			months := months + 1;
		END IF;
		this_month := this_month - interval '1 month';
	END LOOP;
	average := total / nullif(months, 0);
END $$;
SELECT count(*) AS accounts, count(*) FILTER (WHERE f.billed_months = 12) AS of_12, count(f.billed_months) AS with_bills,
	count(*) FILTER (WHERE f.avg_monthly_bill_thb IS DISTINCT FROM o.average OR f.billed_months IS DISTINCT FROM nullif(o.months, 0)) AS wrong
FROM account a CROSS JOIN LATERAL pg_temp.average(a.account_id, 2027) o LEFT JOIN account_fact f ON f.account_id = a.account_id AND f.plan_year = 2027
WHERE a.account_id LIKE 'R%';
-- and the ranking of an area is that of kam.classify over the same bills
SET ROLE regress_bill_owner;
UPDATE account_fact SET value_class = 'High' WHERE account_id LIKE 'R%';
CREATE VIEW area_facts AS SELECT * FROM account_fact_total WHERE plan_year = 2027;
SELECT area, count(*) AS customers, count(*) FILTER (WHERE criteria @> '{monthly_bill}') AS highest FROM kam.classify('area_facts', 2027) WHERE area IS NOT NULL GROUP BY area ORDER BY area;
RESET ROLE;

\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
