\echo '3 ── The same as a view over your own table ────────────────── for any report ──'
\echo '     All columns of the table, and beside them its cut-off, criteria and tier.'
\echo '     มุมมองบนตารางของผู้ใช้เอง สำหรับรายงานและแผนภูมิ'

\set ECHO queries
\o /dev/null
SELECT kam.create_kasm_view('customer_kasm', 'customer');
\o

SELECT account_id, avg_monthly_bill_thb, criteria, tier
    FROM customer_kasm WHERE area = 'กฟต.3' AND tier = 'Strategic'
    ORDER BY avg_monthly_bill_thb DESC LIMIT 4;
\set ECHO none

-- The view and the function are two ways to one answer.
DO $$
BEGIN
	IF EXISTS (SELECT account_id::text, area, value_class, criteria, tier FROM customer_kasm
			EXCEPT ALL SELECT account_id, area, value_class, criteria, tier FROM classified) THEN
		RAISE EXCEPTION 'the view differs from kam.classify';
	END IF;
END
$$;
