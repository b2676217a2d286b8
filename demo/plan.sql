\echo
\echo '13 ─ The plan: from draft to approval ─── manual 5 (steps 1, 2), 6.1.1–6.1.2 ──'
\echo '     จัดทำแผน พิจารณา และอนุมัติ'
\pset format unaligned
\pset tuples_only on

CALL pg_temp.quietly('2025-11-03 08:30+07', 'Duang', 'compute_bills(2026)');
CALL pg_temp.quietly('2025-11-03 08:40+07', 'Duang', 'count(*) FROM compute_cutoffs(2026)');

-- A hypermarket with sites all over the country: headquarters' account (6.1.1.2(1)ช).
DO $$
BEGIN
	FOR n IN 1 .. 6 LOOP
		CALL pg_temp.quietly('2025-11-03 09:00+07', 'Bunsri', format('hand_to_headquarters(%L, 2026, ''sites in every region'')', 'Q0' || n));
	END LOOP;
END $$;

\echo
SELECT pg_temp.play('2025-11-04 09:00+07', 'Nok', $$count(*) || ' accounts proposed by the matrix' FROM propose_selection(2026, 'N1-A')$$);
DO $$
DECLARE
	account text;
BEGIN
	CALL pg_temp.quietly('2025-11-04 09:10+07', 'Udom', $c$count(*) FROM propose_selection(2026, 'N1-B')$c$);
	CALL pg_temp.quietly('2025-11-04 09:20+07', 'Bunsri', $c$count(*) FROM propose_selection(2026, 'HQ')$c$);
	FOR account IN SELECT id FROM customer_file WHERE id NOT IN ('A18', 'A19') AND id < 'Z' ORDER BY id LOOP
		CALL pg_temp.quietly('2025-11-04 10:00+07', CASE left(account, 1) WHEN 'A' THEN 'Nok' WHEN 'B' THEN 'Udom' ELSE 'Bunsri' END,
			format('select_account(2026, %L)', account));
	END LOOP;
END $$;
SELECT pg_temp.play('2025-11-04 10:30+07', 'Nok', $$leave_out_account(2026, 'A18', 'moves to another province in March')$$);
SELECT pg_temp.play('2025-11-04 10:40+07', 'Orapin', $$select_special(2026, 'A19', 'Status', '{corporate_image}', 'provincial hospital')$$);
SELECT pg_temp.play('2025-11-04 10:50+07', 'Udom', $$select_account(2026, 'A18')$$);

-- Training, appointments, assignment, targets, activities.
DO $$
DECLARE
	one record;
BEGIN
	FOR one IN SELECT unnest(ARRAY['Pim', 'Somchai', 'Wanida', 'Hathai', 'Manee']) AS who LOOP
		CALL pg_temp.quietly('2025-11-05 09:00+07', 'Chai', format($c$record_training(%L, 2025, 'KAMR', '2025-06-02', '2025-06-06', true)$c$, one.who));
	END LOOP;
	FOR one IN SELECT * FROM (VALUES ('Nok', 'N1-A', 'Pim', 'senior'), ('Nok', 'N1-A', 'Somchai', 'office'), ('Nok', 'N1-A', 'Tawan', 'office'),
			('Udom', 'N1-B', 'Wanida', 'office'), ('Bunsri', 'HQ', 'Hathai', 'hq'), ('Lek', 'N1', 'Manee', 'area')) AS a (boss, unit, who, level) LOOP
		CALL pg_temp.quietly('2025-11-06 09:00+07', one.boss, format('appoint_kamr(2026, %L, %L, %L)', one.unit, one.who, one.level));
		CALL pg_temp.quietly('2025-11-06 09:00+07', one.boss, format('judge_relations(2026, %L, %L, true)', one.unit, one.who));
	END LOOP;
	FOR one IN SELECT id, unit, CASE WHEN unit = 'N1-B' THEN 'Udom' WHEN unit = 'HQ' THEN 'Bunsri' ELSE 'Nok' END AS boss,
			CASE WHEN unit = 'N1-B' THEN 'Wanida' WHEN unit = 'HQ' THEN 'Hathai' WHEN id IN ('A16', 'A17') THEN 'Orapin'
				WHEN id <= 'A10' THEN 'Somchai' ELSE 'Tawan' END AS keeper,
			CASE WHEN unit = 'N1-B' THEN 'Wira' WHEN unit = 'HQ' THEN 'Bunsri' ELSE 'Orapin' END AS planner
		FROM customer_file WHERE id <> 'A18' AND id < 'Z' ORDER BY id
	LOOP
		CALL pg_temp.quietly('2025-11-07 09:00+07', one.boss, format('assign_account(2026, %L, %L)', one.id, one.keeper));
		CALL pg_temp.quietly('2025-11-10 09:00+07', one.planner, format($c$add_activity(2026, %L, 'visit: power quality and plans', '2026-03-31')$c$, one.id));
		CALL pg_temp.quietly('2025-11-10 09:00+07', one.planner, format($c$add_activity(2026, %L, 'visit: results of the year', '2026-10-31')$c$, one.id));
	END LOOP;
	FOR one IN SELECT * FROM (VALUES ('Nok', 'N1-A'), ('Udom', 'N1-B'), ('Lek', 'N1'), ('Bunsri', 'HQ')) AS u (boss, unit) LOOP
		CALL pg_temp.quietly('2025-11-11 09:00+07', one.boss, format($c$set_target(2026, %L, 'plan_success', 95)$c$, one.unit));
		CALL pg_temp.quietly('2025-11-11 09:00+07', one.boss, format($c$set_target(2026, %L, 'satisfaction', 4.2, 5)$c$, one.unit));
		CALL pg_temp.quietly('2025-11-11 09:10+07', one.boss, format($c$set_budget(2026, %L, 120000)$c$, one.unit));
	END LOOP;
END $$;

\echo
\echo '     The portfolio limit holds in every draft:'
DO $$
BEGIN
	FOR n IN 11 .. 13 LOOP
		CALL pg_temp.quietly('2025-11-12 09:00+07', 'Nok', format('assign_account(2026, %L, %L)', 'A' || n, 'Somchai'));
	END LOOP;
END $$;
SELECT pg_temp.play('2025-11-12 09:00+07', 'Nok', $$assign_account(2026, 'A14', 'Somchai')$$);
DO $$
BEGIN
	FOR n IN 11 .. 13 LOOP
		CALL pg_temp.quietly('2025-11-12 09:10+07', 'Nok', format('assign_account(2026, %L, %L)', 'A' || n, 'Tawan'));
	END LOOP;
END $$;
\echo
SELECT pg_temp.play('2025-11-18 09:00+07', 'Orapin', $$review_plan(2026, 'N1-A', 'compiled and reviewed')$$);
SELECT pg_temp.play('2025-11-20 09:00+07', 'Orapin', $$submit_plan(2026, 'N1-A')$$);
SELECT pg_temp.play('2025-11-20 09:10+07', 'Nok', $$submit_plan(2026, 'N1-A')$$);
SELECT pg_temp.play('2025-11-21 09:00+07', 'Nok', $$add_activity(2026, 'A01', 'one more', '2026-05-31')$$);
SELECT pg_temp.play('2025-11-24 09:00+07', 'Lek', $$compile_plan(2026, 'N1-A')$$);
SELECT pg_temp.play('2025-11-25 09:00+07', 'Kanya', $$endorse_plan(2026, 'N1-A')$$);
SELECT pg_temp.play('2025-12-01 09:00+07', 'Jaran', $$approve_plan(2026, 'N1-A')$$);
\echo
\echo '     What is missing, by name: a KAMR below 6.0, and one who is not qualified.'
SET ROLE kam_demo_jaran;
SELECT pg_temp.wrap(format('%s (%s)', text_en, section), '             ') FROM plan_missing(2026, 'N1-A');
RESET ROLE;
\echo
SELECT pg_temp.play('2025-12-01 09:30+07', 'Jaran', $$return_plan(2026, 'N1-A', 'Tawan: portfolio below 6.0, no test passed')$$);
SELECT pg_temp.play('2025-12-02 09:00+07', 'Nok', $$assign_account(2026, 'A06', 'Tawan')$$);
SELECT pg_temp.play('2025-12-02 09:05+07', 'Nok', $$assign_account(2026, 'A07', 'Tawan')$$);
SELECT pg_temp.play('2025-12-02 09:10+07', 'Nok', $$waive_qualification(2026, 'N1-A', 'Tawan', '{3,4}', 'two years with these accounts at the contractor')$$);
SELECT pg_temp.play('2025-12-02 10:00+07', 'Nok', $$submit_plan(2026, 'N1-A')$$);
SELECT pg_temp.play('2025-12-03 09:00+07', 'Lek', $$compile_plan(2026, 'N1-A')$$);
SELECT pg_temp.play('2025-12-04 09:00+07', 'Kanya', $$endorse_plan(2026, 'N1-A')$$);
SELECT pg_temp.play('2025-12-09 09:00+07', 'Jaran', $$approve_plan(2026, 'N1-A')$$);

\echo
\echo '     Mae Rim has three key accounts, 2.4 together: nobody could reach 6.0 (R13).'
CALL pg_temp.quietly('2025-11-21 09:00+07', 'Udom', $$submit_plan(2026, 'N1-B')$$);
CALL pg_temp.quietly('2025-11-24 09:00+07', 'Lek', $$compile_plan(2026, 'N1-B')$$);
CALL pg_temp.quietly('2025-11-25 09:00+07', 'Kanya', $$endorse_plan(2026, 'N1-B')$$);
SELECT pg_temp.play('2025-12-09 09:10+07', 'Jaran', $$approve_plan(2026, 'N1-B')$$);
SELECT pg_temp.play('2025-12-09 09:15+07', 'Jaran', $$approve_plan(2026, 'N1-B', below_minimum_reason => 'three key accounts in all')$$);

\echo
\echo '     Nobody approves what they prepared: Lek submitted the plan of the area, and'
\echo '     acts for the director while he is away.'
CALL pg_temp.quietly('2025-11-28 09:00+07', 'Lek', $$submit_plan(2026, 'N1')$$);
CALL pg_temp.quietly('2025-12-04 09:30+07', 'Kanya', $$endorse_plan(2026, 'N1')$$);
SELECT pg_temp.play('2025-12-12 09:00+07', 'Jaran', $$delegate_post('area_director', 'N1', 'Lek', '2025-12-15', '2025-12-19', 'conference')$$);
SELECT pg_temp.play('2025-12-16 09:00+07', 'Lek', $$approve_plan(2026, 'N1')$$);
SELECT pg_temp.play('2025-12-22 09:00+07', 'Jaran', $$approve_plan(2026, 'N1')$$);
\echo
\echo '     Headquarters: 4.5 submits, 4.2 approves.'
SELECT pg_temp.play('2025-11-28 10:00+07', 'Bunsri', $$submit_plan(2026, 'HQ')$$);
SELECT pg_temp.play('2025-12-23 09:00+07', 'Anan', $$approve_plan(2026, 'HQ')$$);
\pset tuples_only off
\pset format aligned

\echo
SET ROLE kam_demo_fah;
SELECT unit_code AS unit, status AS plan, strategic, star, status_tier AS status, streamline, weight,
	last_staff_id AS "by"
FROM plan_status WHERE status = 'approved' ORDER BY unit_code;
SELECT staff_id, portfolio, weight, state FROM kamr_portfolio WHERE plan_year = 2026 ORDER BY staff_id;
RESET ROLE;
