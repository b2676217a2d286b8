\echo
\echo '16 ─ The year on paper, and its KPIs counted twice ──── manual 5, CRM-KAM-001… ──'
\echo '     รายงานประจำปี และตัวชี้วัดที่ตรวจสอบด้วย SQL ธรรมดา'
SET search_path = crm, public;
\echo
\echo 'The two KPIs of the process and what stands beside them, of the country, an area'
\echo 'with its offices, and an office: rolled up in one pass, as a reader sees them …'
SET ROLE kam_demo_fah;
\set ECHO queries
CREATE TEMP TABLE rolled_up AS
SELECT measure, coalesce(unit_code, area_code, 'country') AS unit, rate,
    kam.mean(satisfaction) AS mean, weight
FROM kpi_figures(2026) WHERE quarter IS NULL AND month IS NULL AND staff_id IS NULL
    AND (level = 'country' OR level = 'area' AND area_code = 'N1' OR unit_code = 'N1-A');
\set ECHO none
RESET ROLE;
