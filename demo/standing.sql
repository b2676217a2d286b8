\echo
\echo '15 ─ Where every unit stands on every deadline ──────── manual 5, steps 1–10 ──'
\echo '     สถานะตามกำหนดเวลาของทุกหน่วยงาน'
SET ROLE kam_demo_owner;
CALL rehearse('2027-02-01 09:00+07');
RESET ROLE;
\echo
\echo 'As the owner of the process sees it on 1 February 2027, step by step.'
\echo 'What meets a deadline is something that happened, never a tick.'
\echo '     ✓ met   l met late   – overdue        (12✓: twelve of them)'
SET ROLE kam_demo_fah;
WITH cell AS (
	SELECT unit_code, kind, step, string_agg(CASE WHEN step IN (6, 9) THEN count::text ELSE '' END || mark, ' ' ORDER BY mark DESC) AS cell
	FROM (
		SELECT unit_code, kind, step, CASE state WHEN 'met' THEN '✓' WHEN 'met late' THEN 'l' ELSE '–' END AS mark, count(*)
		FROM deadline_status WHERE plan_year = 2026 GROUP BY unit_code, kind, step, mark) AS s
	GROUP BY unit_code, kind, step
)
SELECT unit_code AS unit, max(cell) FILTER (WHERE step = 1) AS "1", max(cell) FILTER (WHERE step = 2) AS "2",
	max(cell) FILTER (WHERE step = 3) AS "3", max(cell) FILTER (WHERE step = 4) AS "4", max(cell) FILTER (WHERE step = 5) AS "5",
	max(cell) FILTER (WHERE step = 6) AS "6", max(cell) FILTER (WHERE step = 7) AS "7", max(cell) FILTER (WHERE step = 8) AS "8",
	max(cell) FILTER (WHERE step = 9) AS "9", max(cell) FILTER (WHERE step = 10) AS "10"
FROM cell GROUP BY unit_code, kind
\pset null ''
ORDER BY array_position(ARRAY['hq', 'region', 'area', 'office'], kind), unit_code;
\pset null '–'

\echo
\echo 'Late, or not done, in the units that took part:'
SELECT unit_code, step, period, due_on, kam.bangkok_date(met_at) AS met_on, state
FROM deadline_status WHERE unit_code IN ('HQ', 'N1', 'N1-A', 'N1-B') AND state <> 'met' ORDER BY due_on, unit_code;
RESET ROLE;
\echo
\echo 'An office manager sees the same view, and in it their own office:'
SET ROLE kam_demo_udom;
SELECT unit_code, state, count(*) FROM deadline_status GROUP BY 1, 2 ORDER BY 1, 2;
RESET ROLE;
\echo
\echo 'What the area''s report of the last quarter, frozen when published, says:'
SET ROLE kam_demo_lek;
\set ECHO queries
SELECT u.key AS office, u.value #>> '{plan_success,rate}' AS plan_success,
    u.value #>> '{contacts_recorded_in_time,rate}' AS recorded_7_days,
    u.value #>> '{answered_in_time,rate}' AS answered_5_days,
    u.value ->> 'contacts' AS contacts
FROM report, jsonb_each(content -> 'units') AS u
    WHERE kind = 'quarterly' AND period = 'Q4' AND unit_code = 'N1' ORDER BY 1;
\set ECHO none
RESET ROLE;
\echo
\echo 'The decisions of the year are a chain of hashes; one changed word breaks it.'
SET ROLE kam_demo_owner;
\set ECHO queries
SELECT count(*) AS decisions FROM decision;
SELECT * FROM verify_decisions();
BEGIN;
ALTER TABLE decision DISABLE TRIGGER append_only;
UPDATE decision SET reason = 'nothing' WHERE reason LIKE 'Tawan%';
SELECT * FROM verify_decisions();
ROLLBACK;
\set ECHO none
RESET ROLE;

DO $$
BEGIN
	IF (SELECT array_agg((unit_code, step, period)::text ORDER BY due_on, unit_code) FROM crm.deadline_status
			WHERE unit_code IN ('HQ', 'N1', 'N1-A', 'N1-B') AND state <> 'met')
		<> '{"(N1-B,6,M03)","(HQ,7,)","(HQ,9,preliminary)","(N1-B,4,)","(HQ,9,annual)"}'
	THEN
		RAISE EXCEPTION 'the units do not stand on their deadlines where the year left them';
	END IF;
END
$$;
SET search_path = DEFAULT;
