\echo '9 ── Why is it due then? ───────────────────────── manual 5, step 4; R18, R20 ──'
\echo '     5 working days of calendar PEA after Thursday 3 December 2026.'
\echo '     เหตุใดจึงครบกำหนดในวันนั้น: นับเฉพาะวันทำการ ไม่นับวันที่ได้รับเรื่อง'

\set ECHO queries
SELECT day, counted, kind, CASE WHEN length(reason_en) > 35
    THEN left(reason_en, 34) || '…' ELSE reason_en END AS reason
    FROM kam.explain_working_days('2026-12-03', 5);
\set ECHO none
