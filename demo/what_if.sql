\echo '5 ── What if ข began at 15 million THB a month? ──────────── a draft rule set ──'
\echo '     weight: what is added to the key account managers'' portfolios (chapter 6).'
\echo '     ถ้าค่าไฟฟ้าเฉลี่ยต่อเดือนของข้อ ข. เริ่มที่ 15 ล้านบาท ลูกค้ารายใดจะเปลี่ยนกลุ่ม'

\pset null all
\set ECHO queries
INSERT INTO kam.rule_set (rule_set, avg_monthly_bill_thb, title)
    VALUES ('draft', 15000000, 'ข from 15 million THB a month');

SELECT tier_now, tier_then, count(*) AS accounts, sum(weight_change) AS weight
    FROM kam.what_if('customer', 'draft')
    GROUP BY ROLLUP ((tier_now, tier_then)) ORDER BY tier_now;
\set ECHO none
\pset null '–'
