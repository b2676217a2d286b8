-- Pictures of a unit's year: of what the reader may read, with the figures that plain SQL gives.
\set schema wf_picture
\set prefix regress_picture_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture
\set picture :srcdir '/sql/include/picture.sql'
\i :picture
\pset format unaligned
\pset tuples_only on

/* What a function says to somebody: its lines, or the texts of its picture, or the error. */
CREATE FUNCTION pg_temp.shown(staff_id text, call text) RETURNS SETOF text LANGUAGE sql AS $$
	SELECT t FROM string_to_table(pg_temp.try(staff_id, format('SELECT string_agg(t, E''\n'') FROM %s t', call)), E'\n') t WHERE call ~ '_text'
	UNION ALL
	SELECT t FROM (SELECT pg_temp.try(staff_id, 'SELECT ' || call)) v (svg), LATERAL (
		SELECT pg_temp.texts(svg) WHERE svg ~ '^<svg' UNION ALL SELECT 'fault: ' || pg_temp.faults(svg) WHERE svg ~ '^<svg' UNION ALL SELECT svg WHERE svg !~ '^<svg') s (t)
	WHERE call !~ '_text'
$$;

SELECT pg_temp.add_accounts('N1-A', 7), pg_temp.add_accounts('N1-B', 2), pg_temp.add_accounts('C1-A', 12), pg_temp.add_accounts('HQ', 1);
SELECT pg_temp.try('process_owner_hq', 'SELECT open_year(2027) > 0');
SET ROLE regress_picture_owner;
INSERT INTO activity (plan_id, plan_year, unit_code, account_id, activity, due_on)
	SELECT p.plan_id, 2027, p.unit_code, a.account_id, 'Visit', d
	FROM plan p JOIN account a USING (unit_code), unnest('{2027-01-29,2027-02-26,2027-03-31}'::date[]) d
	WHERE a.unit_code IN ('N1-A', 'N1-B')
	ORDER BY a.account_id, d;
INSERT INTO target (plan_id, unit_code, kpi, value, scale)
	SELECT p.plan_id, p.unit_code, k.kpi, k.value, k.scale
	FROM plan p, (VALUES ('plan_success', 90, 100), ('satisfaction', 4.2, 5)) k (kpi, value, scale) WHERE p.unit_code IN ('N1', 'N1-A');
UPDATE staff SET name_th = 'ปิ่น <b>น้ำใจ</b>' WHERE staff_id = 'office_kamr_n1a';
UPDATE staff SET name_th = 'เก่ง กล้าหาญ' WHERE staff_id = 'office_kamr_n1b';
RESET ROLE;
SELECT pg_temp.put_in_force(2027);
-- some have another tier than the fixture gives, for the picture's sake
ALTER TABLE selection DISABLE TRIGGER USER;
ALTER TABLE assignment DISABLE TRIGGER USER;
UPDATE selection SET tier = CASE account_id WHEN 'N1A-01' THEN 'Star' WHEN 'N1A-02' THEN 'Status' ELSE 'Streamline' END::kam.tier, value_class = 'Low'
WHERE account_id IN ('N1A-01', 'N1A-02');
ALTER TABLE selection ENABLE TRIGGER USER;
ALTER TABLE assignment ENABLE TRIGGER USER;

CALL pg_temp.at('2027-02-03 09:00+07');
SET ROLE regress_picture_office_kamr_n1a;
SELECT count(complete_activity(activity_id, '2027-01-29 09:00+07', 'done')) FROM activity WHERE due_on = '2027-01-29' AND account_id <> 'N1A-07';
RESET ROLE;
CALL pg_temp.at('2027-03-20 09:00+07');
SET ROLE regress_picture_office_kamr_n1a;
SELECT count(complete_activity(activity_id, '2027-02-28 09:00+07', 'done')) FROM activity WHERE due_on = '2027-02-26';
RESET ROLE;

-- ---- the matrix --------------------------------------------------------------------
SELECT pg_temp.shown('office_manager_n1a', $$kasm_text('N1-A', 2027)$$);
SELECT pg_temp.shown('area_director_n1', $$kasm_picture('N1', 2027)$$);
SELECT pg_temp.shown('process_owner_hq', $$kasm_text(NULL, 2027)$$);
-- the same counts as plain SQL, on every level
SET ROLE regress_picture_owner;
SELECT u.unit_code, (SELECT string_agg(m[1], ' ') FROM regexp_matches(kasm_picture(u.unit_code, 2027), 'font-size="28"[^>]*>([0-9]+)<', 'g') m) AS drawn,
	(SELECT format('%s %s %s %s', count(*) FILTER (WHERE s.tier = 'Strategic'), count(*) FILTER (WHERE s.tier = 'Status'), count(*) FILTER (WHERE s.tier = 'Star'), count(*) FILTER (WHERE s.tier = 'Streamline'))
	FROM selection s WHERE s.plan_year = 2027 AND s.status = 'selected' AND (u.unit_code = 'HQ' OR s.unit_code = u.unit_code OR s.unit_code LIKE u.unit_code || '-%' OR u.unit_code = 'R1' AND s.unit_code LIKE 'N%')) AS counted
FROM unit u WHERE u.unit_code IN ('HQ', 'R1', 'N1', 'N1-A', 'N1-B', 'C1') ORDER BY u.unit_code;
RESET ROLE;

-- ---- the load ----------------------------------------------------------------------
SELECT pg_temp.shown('office_manager_n1a', $$load_picture('N1-A', 2027)$$);
SELECT pg_temp.shown('area_director_n1', $$load_text('N1', 2027)$$);
-- what kamr_portfolio says of the same people
SET ROLE regress_picture_owner;
SELECT staff_id, portfolio, weight, state FROM kamr_portfolio WHERE plan_year = 2027 ORDER BY staff_id;
SELECT * FROM load_text(NULL, 2027);
RESET ROLE;

-- ---- deadlines, of the unit alone --------------------------------------------------------
SELECT pg_temp.shown('office_kamr_n1a', $$deadline_picture('N1-A', 2027)$$);
SELECT state, count(*) FROM deadline_status WHERE plan_year = 2027 AND unit_code = 'N1-A' GROUP BY state ORDER BY state COLLATE "C";
SELECT t FROM pg_temp.shown('process_owner_hq', $$deadline_picture(NULL, 2027)$$) t WHERE t ~ '^([0-9]+ [^0-9]|fault)|:';
SELECT t FROM pg_temp.shown('deputy_governor_region_r1', $$deadline_picture('R1', 2027)$$) t WHERE t ~ '^([0-9]+ [^0-9]|fault)|:';

-- ---- KPIs: month by month, as plain SQL over the activities --------------------------------
SELECT pg_temp.shown('area_director_n1', $$kpi_picture('plan_success', 'N1', 2027)$$);
SELECT to_char(b.due_on::timestamp, 'MM') AS month, count(*) FILTER (WHERE b.done_at IS NOT NULL) AS done, count(*) AS due
FROM activity b WHERE b.plan_year = 2027 AND b.due_on <= '2027-03-20' GROUP BY 1 ORDER BY 1;
SELECT t FROM pg_temp.shown('owner', $$kpi_picture('done_on_time', NULL, 2027)$$) t WHERE t !~ '^[0-9]+$|[.]$';
SELECT t FROM pg_temp.shown('office_manager_n1a', $$kpi_picture('satisfaction', 'N1-A', 2027)$$) t;
SELECT measure, count(t) FILTER (WHERE t ~ '^fault') AS faults, max(t) FILTER (WHERE t ~ '2570') FROM kpi_measure, pg_temp.shown('owner', format('kpi_picture(%L, %L, 2027)', measure, 'C1')) t GROUP BY measure ORDER BY measure COLLATE "C";

-- ---- a plan that is not approved is drawn as it is planned, and says so -------------------------
SELECT pg_temp.add_accounts('N1-A', 2, 2028, first => 3);
CALL pg_temp.at('2027-09-10 09:00+07');
SELECT pg_temp.try('process_owner_hq', 'SELECT open_year(2028) > 0');
SET ROLE regress_picture_owner;
INSERT INTO selection (plan_id, plan_year, unit_code, account_id, value_class, criteria, tier, basis, rule_set, status, proposed_by, proposed_at)
SELECT p.plan_id, 2028, 'N1-A', 'N1A-0' || n, 'High', '{voltage}', 'Strategic', 'matrix', 'revision-4', CASE n WHEN 3 THEN 'selected' ELSE 'eligible' END, 'office_manager_n1a', '2027-09-10 09:00+07'
FROM plan p, generate_series(3, 4) n WHERE p.plan_year = 2028 AND p.unit_code = 'N1-A';
RESET ROLE;
SELECT t FROM pg_temp.shown('area_director_n1', $$kasm_text('N1', 2028)$$) t WHERE t ~ 'KASM|Strategic|key';
SELECT t FROM pg_temp.shown('office_manager_n1a', $$load_text('N1-A', 2028)$$) t;
SELECT t FROM pg_temp.shown('office_manager_n1a', $$deadline_picture('N1-A', 2028)$$) t WHERE t ~ ':|กำหนด';

-- ---- of what one reads, and said so -----------------------------------------------------------
SELECT who, t FROM unnest('{office_kamr_n1a,office_manager_n1b,area_director_c1,reader}'::text[]) who, pg_temp.shown(who, $$kasm_text('N1', 2027)$$) t WHERE t ~ 'KASM|key|ERR|4250';
SELECT who, t FROM unnest('{office_kamr_n1a,office_manager_n1b,area_director_c1}'::text[]) who, pg_temp.shown(who, $$load_text('N1', 2027)$$) t;
SELECT who, call, (SELECT t FROM pg_temp.shown(who, call) t LIMIT 1)
FROM unnest('{stranger,office_kamr_n1a,area_director_c1}'::text[]) WITH ORDINALITY w (who, n), unnest(ARRAY[$$kasm_picture('N1', 2027)$$, $$load_picture('N1', 2027)$$,
	$$deadline_picture('N1', 2027)$$, $$kpi_picture('plan_success', 'N1', 2027)$$, $$kasm_text('N1', 2027)$$, $$load_text('N1', 2027)$$]) WITH ORDINALITY c (call, m) ORDER BY n, m;
-- ---- what there is not
SELECT pg_temp.shown('owner', call) FROM unnest(ARRAY[$$kasm_picture('X9', 2027)$$, $$load_text('N1', 2570)$$, $$deadline_picture('N1', 2035)$$, $$kpi_picture('plan', 'N1', 2027)$$, $$kpi_picture(NULL, 'N1', 2027)$$, $$load_picture('N1', NULL)$$]) call;

-- ---- whatever the session has set
\c -
SET standard_conforming_strings = off;
SET escape_string_warning = off;
SET client_min_messages = warning;
SET ROLE regress_picture_area_director_n1;
SELECT wf_picture.kasm_picture('N1', 2027) LIKE '%KASM กฟน.1 เชียงใหม่ ปีแผน 2570</title>%' AS matrix, wf_picture.load_picture('N1', 2027) LIKE '%ภาระงาน KAMR กฟน.1 เชียงใหม่ ปีแผน 2570</title>%' AS load,
	wf_picture.deadline_picture('N1', 2027) LIKE '%กำหนดเวลา กฟน.1 เชียงใหม่ ปีแผน 2570</title>%' AS deadlines, wf_picture.kpi_picture('plan_success', 'N1', 2027) LIKE '%กฟน.1 เชียงใหม่ ปีแผน 2570</title>%' AS kpi;
SELECT count(*) FROM wf_picture.load_text('N1', 2027);
RESET standard_conforming_strings;

\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
