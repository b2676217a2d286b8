\echo
\echo '16 ─ The KPIs, counted twice, and the year on paper ──── manual 5, CRM-KAM-… ──'
\echo '     ตัวชี้วัด (ตรวจทานด้วย SQL ธรรมดา) และรายงานประจำปี'
SET search_path = crm, public;

SET ROLE kam_demo_fah;
\echo
\set ECHO queries
CREATE TEMP TABLE kpi AS SELECT * FROM kpi_figures(2026) WHERE period IS NULL;
\set ECHO none
GRANT SELECT ON kpi TO PUBLIC;
RESET ROLE;

-- The same from the rows themselves, with nothing of kam's: what was done, of what was due; the mean of scores.
CREATE TEMP TABLE plain AS
WITH RECURSIVE below AS (
	SELECT unit_code AS unit, unit_code FROM crm.unit WHERE unit_code IN ('HQ', 'N1', 'N1-A', 'N1-B')
	UNION ALL
	SELECT b.unit, u.unit_code FROM below b JOIN crm.unit u ON u.parent_unit = b.unit_code
), approved AS (
	SELECT plan_id FROM crm.plan WHERE plan_year = 2026 AND status = 'approved'
), midnight (at) AS (
	VALUES (timestamptz '2027-01-01 00:00+07')
)
SELECT b.unit, m.*
FROM (SELECT DISTINCT unit FROM below) b CROSS JOIN LATERAL (
	SELECT 'plan_success' AS measure, count(*) FILTER (WHERE a.done_at < at) AS done, count(*) AS due, NULL::numeric AS score
	FROM crm.activity a, midnight
	WHERE a.plan_id IN (TABLE approved) AND a.ended_on IS NULL AND a.due_on <= '2026-12-31'
		AND a.unit_code IN (SELECT unit_code FROM below WHERE unit = b.unit)
	UNION ALL
	SELECT 'done_on_time', count(*) FILTER (WHERE a.done_at < (a.due_on + 1)::timestamp AT TIME ZONE 'Asia/Bangkok'), count(*), NULL
	FROM crm.activity a
	WHERE a.plan_id IN (TABLE approved) AND a.ended_on IS NULL AND a.due_on <= '2026-12-31'
		AND a.unit_code IN (SELECT unit_code FROM below WHERE unit = b.unit)
	UNION ALL
	SELECT 'answered_in_time', count(*) FILTER (WHERE k.answered_at < (k.due_on + 1)::timestamp AT TIME ZONE 'Asia/Bangkok'), count(*), NULL
	FROM crm.case_clock k
	WHERE k.due_on BETWEEN '2026-01-01' AND '2026-12-31' AND k.unit_code IN (SELECT unit_code FROM below WHERE unit = b.unit)
	UNION ALL
	SELECT 'recorded_in_time', count(*) FILTER (WHERE (c.recorded_at AT TIME ZONE 'Asia/Bangkok')::date
		- (c.happened_at AT TIME ZONE 'Asia/Bangkok')::date <= 7), count(*), NULL
	FROM crm.contact c
	WHERE c.plan_year = 2026 AND c.unit_code IN (SELECT unit_code FROM below WHERE unit = b.unit)
	UNION ALL
	SELECT 'satisfaction', NULL, NULL, round(avg(r.score), 2)
	FROM crm.survey_response r JOIN crm.survey s USING (survey_id)
	WHERE s.plan_year = 2026 AND r.measure = 'satisfaction' AND r.unit_code IN (SELECT unit_code FROM below WHERE unit = b.unit)
	UNION ALL
	SELECT 'portfolio_load', NULL, NULL, sum(CASE a.tier::text WHEN 'Strategic' THEN 1.0 WHEN 'Star' THEN 0.8 WHEN 'Status' THEN 0.6 ELSE 0 END)
	FROM crm.assignment a
	WHERE a.plan_id IN (TABLE approved) AND a.ended_on IS NULL AND a.responsibility = 'main'
		AND a.unit_code IN (SELECT unit_code FROM below WHERE unit = b.unit)) m;

CREATE TEMP TABLE compared AS
SELECT m.ordinal, p.measure, p.unit, f.figure, CASE WHEN p.due IS NULL THEN p.score::text WHEN p.due > 0 THEN p.done || '/' || p.due END AS counted,
	CASE m.unit WHEN 'percent' THEN kam.percent(k.rate) END AS percent
FROM plain p JOIN crm.kpi_measure m USING (measure)
	LEFT JOIN kpi k ON k.measure = p.measure AND k.level = CASE p.unit WHEN 'HQ' THEN 'country' WHEN 'N1' THEN 'area' ELSE 'office' END
		AND coalesce(k.unit_code, 'HQ') = p.unit,
	LATERAL (SELECT CASE m.unit WHEN 'percent' THEN k.rate::text WHEN 'score' THEN kam.mean(k.satisfaction)::text ELSE k.weight::text END) AS f (figure);

\echo
\echo 'Both KPIs (R21) and what stands beside them, of the country, an area with its'
\echo 'offices, and each office: rolled up in one pass, above plain SQL over the rows.'
SELECT CASE line WHEN 1 THEN measure ELSE '   plain SQL' END AS measure,
	max(cell) FILTER (WHERE unit = 'HQ') AS country, max(cell) FILTER (WHERE unit = 'N1') AS "area N1",
	max(cell) FILTER (WHERE unit = 'N1-A') AS "N1-A", max(cell) FILTER (WHERE unit = 'N1-B') AS "N1-B"
FROM compared, LATERAL (VALUES (1, nullif(concat_ws(' ', figure, percent || '%'), '')), (2, counted)) AS l (line, cell)
GROUP BY ordinal, measure, line ORDER BY ordinal, line;

\echo
\echo 'A figure opens into its rows, and they add up to it; and what the KAMRs of the'
\echo 'area carry, as a picture that a terminal shows:'
SET ROLE kam_demo_fah;
\set ECHO queries
SELECT due_on, account_id, met, kam.rate(met) OVER () AS rate
FROM kpi_rows('plan_success', 2026, 'N1-B') ORDER BY 1, 2;
\set ECHO none
\pset format unaligned
\pset tuples_only on
\echo
SELECT '   ' || line FROM load_text('N1', 2026) AS line;

-- Everything of the year, of headquarters, the area and its offices.
CREATE TEMP TABLE year_report AS SELECT year_page('HQ', 2026, levels => 2) AS page;
RESET ROLE;
SELECT page FROM year_report \g :report_file
SELECT round(octet_length(page) / 1024.0) AS report_kb, regexp_count(page, '<article') AS report_documents, regexp_count(page, '<svg') AS report_pictures
FROM year_report \gset
\echo
\echo The year on paper: one page, :report_kb kB, of :report_documents documents with :report_pictures pictures, in Thai;
\echo it needs no network, and prints on A4.
\if :report_is_left
\echo '     Open it in a browser:' :report
\else
\echo '     It could not be left at' :report
\echo '     Name a file that can be written: KAM_DEMO_REPORT=FILE make demo'
\endif
\pset tuples_only off
\pset format aligned

DO $$
DECLARE
	page text := (SELECT y.page FROM year_report y);
BEGIN
	IF EXISTS (SELECT FROM compared WHERE figure IS DISTINCT FROM counted) OR (SELECT count(counted) FROM compared) <> 23 THEN
		RAISE EXCEPTION 'a KPI is not what plain SQL counts';
	END IF;
	IF EXISTS (SELECT FROM unnest('{CRM-KAM-001,CRM-KAM-002,CRM-KAM-003,CRM-KAM-004,CRM-KAM-005,VOC-60-001}'::text[]) form WHERE strpos(page, '<p class="form">' || form) = 0)
		OR page ~* '<script|@import|src=|https?://(?!www\.w3\.org/2000/svg")' OR page NOT LIKE '<!DOCTYPE html>%</html>_'
	THEN
		RAISE EXCEPTION 'the report of the year is not whole, or not by itself';
	END IF;
END
$$;
SET search_path = DEFAULT;
