/* Monthly bills, and the average that the year's facts take from them (R6). */

CREATE TABLE bill (
	account_id text NOT NULL REFERENCES account,
	contract_account text NOT NULL,
	month date NOT NULL CHECK (extract(day FROM month) = 1),
	amount_thb numeric NOT NULL,
	unit_code text NOT NULL REFERENCES unit,
	PRIMARY KEY (account_id, month, contract_account)
);

INSERT INTO setting VALUES
	('last_bill_month', '10', '6.1.1.2(1), R6',
		'The last month of the year before the plan year whose bills count for the average.');

-- The last month whose bills count for a plan year.
CREATE OR REPLACE FUNCTION _last_bill_month(plan_year int) RETURNS date
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	month text := _setting_value('last_bill_month');
BEGIN
	IF coalesce(month !~ '^([1-9]|1[0-2])$', true) THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('the setting last_bill_month is "%s"', month),
			HINT = 'It is the number of a month, 1 to 12.';
	END IF;
	RETURN make_date(plan_year - 1, month::int, 1);
END $$;

-- The mean of the 12 latest billed months up to the cut-off, contract accounts of one
-- account added first; of fewer months where there are no more (R6).  One row an account
-- that has any.
CREATE OR REPLACE FUNCTION _bill_average(plan_year int)
RETURNS TABLE (account_id text, unit_code text, avg_monthly_bill_thb numeric, billed_months smallint, last_month date)
LANGUAGE plpgsql STABLE ROWS 100000 SET search_path FROM CURRENT AS $$
DECLARE
	up_to date := _last_bill_month(plan_year);
BEGIN
	RETURN QUERY
	SELECT a.account_id, a.unit_code, avg(m.amount_thb), count(*)::smallint, max(m.month)
	FROM account a CROSS JOIN LATERAL (
		SELECT b.month, sum(b.amount_thb) AS amount_thb
		FROM bill b
		WHERE b.account_id = a.account_id AND b.month <= up_to
		GROUP BY b.month
		ORDER BY b.month DESC LIMIT 12) m
	WHERE a.closed_on IS NULL
	GROUP BY a.account_id, a.unit_code;
END $$;

-- Writes the averages of a plan year into its facts, and tells how many accounts have one.
-- An average recorded by hand stays where an account has no bills.
CREATE OR REPLACE FUNCTION compute_bills(plan_year int) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('data.keep', (SELECT u.unit_code FROM unit u WHERE u.kind = 'hq'));
	today date := _today();
	averages bigint;
BEGIN
	PERFORM _check_plan_year(plan_year);
	PERFORM _take_turn();
	WITH average AS MATERIALIZED (
		SELECT * FROM _bill_average(compute_bills.plan_year)
	), put AS (
		INSERT INTO account_fact AS f (account_id, plan_year, unit_code, avg_monthly_bill_thb, billed_months)
		SELECT v.account_id, compute_bills.plan_year, v.unit_code, v.avg_monthly_bill_thb, v.billed_months
		FROM average v
		ON CONFLICT ON CONSTRAINT account_fact_pkey DO UPDATE
			SET avg_monthly_bill_thb = EXCLUDED.avg_monthly_bill_thb, billed_months = EXCLUDED.billed_months
			WHERE (f.avg_monthly_bill_thb, f.billed_months)
				IS DISTINCT FROM (EXCLUDED.avg_monthly_bill_thb, EXCLUDED.billed_months)
	), put_source AS (
		INSERT INTO fact_source AS s (account_id, plan_year, unit_code, fact, source, fact_on, recorded_at, recorded_by)
		SELECT v.account_id, compute_bills.plan_year, v.unit_code, 'avg_monthly_bill_thb', 'bills',
			least(v.last_month + interval '1 month - 1 day', today)::date, _now(), given.staff_id
		FROM average v
		ON CONFLICT ON CONSTRAINT fact_source_pkey DO UPDATE
			SET source = EXCLUDED.source, fact_on = EXCLUDED.fact_on, recorded_at = EXCLUDED.recorded_at,
				recorded_by = EXCLUDED.recorded_by
			WHERE (s.source, s.fact_on) IS DISTINCT FROM (EXCLUDED.source, EXCLUDED.fact_on)
	), gone AS (
		-- computed before, but its bills are no longer there
		UPDATE account_fact f SET avg_monthly_bill_thb = NULL, billed_months = NULL
		WHERE f.plan_year = compute_bills.plan_year AND f.billed_months IS NOT NULL
			AND NOT EXISTS (SELECT FROM average v WHERE v.account_id = f.account_id)
			AND EXISTS (SELECT FROM account a WHERE a.account_id = f.account_id AND a.closed_on IS NULL)
		RETURNING f.account_id
	), gone_source AS (
		DELETE FROM fact_source s USING gone g
		WHERE s.account_id = g.account_id AND s.plan_year = compute_bills.plan_year AND s.fact = 'avg_monthly_bill_thb'
	)
	SELECT count(*) INTO averages FROM average;
	RETURN averages;
END $$;

ALTER TABLE bill ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON bill FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON bill TO PUBLIC;

COMMENT ON TABLE bill IS U&'ค่าไฟฟ้ารายเดือน — Monthly bills of the accounts, by contract account.';
COMMENT ON COLUMN bill.account_id IS U&'ลูกค้า — Account.';
COMMENT ON COLUMN bill.contract_account IS U&'บัญชีแสดงสัญญา — Contract account; the account''s number where it has only one.';
COMMENT ON COLUMN bill.month IS U&'เดือน (วันแรกของเดือน) — Month, by its first day.';
COMMENT ON COLUMN bill.amount_thb IS U&'ค่าไฟฟ้า (บาท) ติดลบคือเครดิต — Amount in THB; below zero for a credit.';
COMMENT ON COLUMN bill.unit_code IS U&'หน่วยงานของลูกค้า — Unit of the account when the bill came in.';
COMMENT ON FUNCTION compute_bills(int) IS U&'Computes the average monthly bill of all open accounts for a plan year: the mean of the 12 latest billed months up to the cut-off, contract accounts added first (R6). Gives the number of accounts that have one. Error 42501 (4.8), 55000 for a year not opened. — คำนวณค่าไฟฟ้าเฉลี่ยต่อเดือน';
COMMENT ON FUNCTION _last_bill_month(int) IS U&'The last month whose bills count for a plan year (setting last_bill_month); error 22023 for a setting that is no month. — เดือนสุดท้ายที่นำมาคำนวณ';
COMMENT ON FUNCTION _bill_average(int) IS U&'Average monthly bill of each account that has bills (R6). — ค่าไฟฟ้าเฉลี่ยของลูกค้าแต่ละราย';
