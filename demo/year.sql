\echo
\echo '14 ─ The year: contacts, cases, surveys ──── manual 5 (steps 3–9), 4.11–4.15 ──'
\echo '     ดำเนินการตามแผน บันทึก ติดตาม และสรุปผล'
\pset format unaligned
\pset tuples_only on
\echo
SELECT pg_temp.play('2026-01-15 09:00+07', 'Somchai', $$enter_system('N1-A', 2026, 'CRM plus')$$);
DO $$
DECLARE
	one record;
	introduced record;
BEGIN
	FOR one IN SELECT * FROM (VALUES ('Somchai', 'N1-A'), ('Wanida', 'N1-B'), ('Manee', 'N1'), ('Hathai', 'HQ')) AS w (who, unit) LOOP
		CALL pg_temp.quietly('2026-01-20 09:00+07', one.who, format($c$enter_system(%L, 2026, s) FROM unnest(ARRAY['Customer Integration DB', 'CRM plus']) s$c$, one.unit));
	END LOOP;
	FOR introduced IN SELECT account_id, staff_id FROM assignment WHERE responsibility <> 'area' ORDER BY 1 LOOP
		CALL pg_temp.quietly('2026-01-22 10:00+07', introduced.staff_id,
			format($c$record_introduction(%L, '2026-01-22 09:30+07', 'telephone, LINE, e-mail')$c$, introduced.account_id));
	END LOOP;
END $$;

-- What every unit does anyway: each activity five days before it is due, recorded two days later; the
-- reports. One activity is never done; one report comes five weeks late.
CREATE TEMP TABLE routine (at timestamptz, who text, call text);
INSERT INTO routine
	SELECT make_timestamptz(2026, m, 10, 9, 0, 0) + CASE WHEN unit = 'N1-B' AND m = 3 THEN interval '2 months' ELSE interval '1 month' END,
		boss, format('publish_report(''monthly'', %L, 2026, %L)', unit, 'M' || to_char(m, 'FM00'))
	FROM generate_series(1, 12) m, (VALUES ('N1-A', 'Nok'), ('N1-B', 'Udom')) AS u (unit, boss);
INSERT INTO routine
	SELECT make_timestamptz(2026, 3 * q, 20, 9, 0, 0) + interval '1 month', boss, format('publish_report(''quarterly'', %L, 2026, %L)', unit, 'Q' || q)
	FROM generate_series(1, 4) q, (VALUES ('N1', 'Kanya'), ('HQ', 'Bunsri')) AS u (unit, boss);
INSERT INTO routine VALUES ('2026-07-10 09:00+07', 'Lek', $$publish_report('coordinators', 'N1', 2026)$$),
	('2026-07-17 09:00+07', 'Bunsri', $$publish_report('coordinators', 'HQ', 2026)$$);

-- Plays what is due by then.
CREATE PROCEDURE pg_temp.until(moment timestamptz)
	LANGUAGE plpgsql
AS $$
DECLARE
	one record;
BEGIN
	INSERT INTO routine
		SELECT e.at, s.staff_id, e.call
		FROM activity a JOIN assignment s USING (account_id),
			LATERAL (SELECT (a.due_on - 5)::timestamp AT TIME ZONE 'Asia/Bangkok' + interval '10 hours') AS d (done_at),
			LATERAL (VALUES
				(d.done_at + interval '1 day', format('complete_activity(%s, %L, ''done'')', a.activity_id, d.done_at)),
				(d.done_at + interval '2 days', format('record_contact(%L, %L, ''visit'', ''as planned'', activity_id => %s)', a.account_id, d.done_at, a.activity_id))
			) AS e (at, call)
		WHERE s.ended_on IS NULL AND s.responsibility <> 'area' AND a.done_at IS NULL AND d.done_at + interval '2 days' <= moment
			AND (a.account_id, extract(month FROM a.due_on)) NOT IN (VALUES ('B03', 10), ('A01', 3));
	FOR one IN SELECT * FROM routine r WHERE r.at <= moment ORDER BY r.at, r.call LOOP
		CALL pg_temp.quietly(one.at, one.who, one.call);
	END LOOP;
	DELETE FROM routine r WHERE r.at <= moment;
END
$$;
CALL pg_temp.until('2026-03-11');
\echo
\echo '     A visit of 2 March, recorded on the ninth day: taken, and marked.'
SELECT pg_temp.play('2026-03-11 16:00+07', 'Somchai', $$record_contact('A01', '2026-03-02 10:00+07', 'visit', 'power quality', activity_id => 1) AS number$$);
SET ROLE kam_demo_somchai;
SELECT format('             recorded on %s, %s day(s) late', kam.bangkok_date(recorded_at), days_late) FROM contact WHERE account_id = 'A01';
RESET ROLE;
CALL pg_temp.quietly('2026-03-11 16:10+07', 'Somchai', $$complete_activity(1, '2026-03-02 10:00+07', 'measured')$$);
CALL pg_temp.until('2026-04-09');

\echo
\echo '     Voltage dips before Songkran: urgent, so it goes to a decision maker.'
SELECT pg_temp.play('2026-04-09 14:00+07', 'Somchai', $$open_case('A01', 'problem', 'voltage dips stop line 2', urgent => true) AS number$$);
SELECT pg_temp.play('2026-04-09 15:00+07', 'Nok', $$decide_case(1, 'mobile unit on site today; feeder patrol tomorrow')$$);
SET ROLE kam_demo_somchai;
SELECT format('             to be answered by %s', due_on) FROM case_clock;
SELECT pg_temp.wrap('not counted: ' || string_agg(to_char(day, 'FMDD Mon') || ' ' || reason_en, ', ' ORDER BY day), '             ')
FROM kam.explain_working_days('2026-04-09', 5) WHERE NOT working;
RESET ROLE;
SELECT pg_temp.play('2026-04-20 11:00+07', 'Somchai', $$answer_case(1, 'a tree in the line, trimmed; recloser set anew')$$);
SELECT pg_temp.play('2026-04-27 09:00+07', 'Somchai', $$reopen_case(1, 'dips again on 26 April')$$);
SELECT pg_temp.play('2026-04-27 10:00+07', 'Nok', $$decide_case(1, 'replace the insulators of the feeder')$$);
SELECT pg_temp.play('2026-05-13 09:00+07', 'Somchai', $$answer_case(1, 'insulators replaced')$$);
SET ROLE kam_demo_nok;
SELECT format('             asked %s, due %s, answered %s: %s', to_char(received_at, 'FMDD Mon'), to_char(due_on, 'FMDD Mon'), to_char(answered_at, 'FMDD Mon'),
	CASE WHEN kam.on_time(due_on, answered_at) THEN 'on time' ELSE 'late' END) FROM case_clock ORDER BY clock_id;
RESET ROLE;
SELECT pg_temp.play('2026-05-20 09:00+07', 'Somchai', $$close_case(1, 'no dips for a week')$$);
\echo
\echo '     A sweep each morning: what is overdue becomes a notice and a NOTIFY.'
CALL pg_temp.until('2026-05-04');
SELECT pg_temp.play('2026-05-04 07:30+07', 'Duang', $$overdue || ' overdue, ' || due_soon || ' due soon' FROM sweep()$$);
SET ROLE kam_demo_udom;
SELECT format('             Udom reads: step %s, %s, due %s: %s', step, period, due_on, state) FROM notice WHERE unit_code = 'N1-B' AND period = 'M03';
RESET ROLE;
CALL pg_temp.until('2026-05-21');
\echo
SELECT pg_temp.play('2026-05-21 10:00+07', 'Tawan', $$record_voice('A12', '2026-05-21 09:00+07', 'visit', 'expectation', 'solar rooftop', 'wants 2 MW on the roof by 2027') AS number$$);
SELECT pg_temp.play('2026-05-21 10:10+07', 'Tawan', $$record_voice('B01', '2026-05-21 09:00+07', 'visit', 'need', 'x', 'x')$$);
SELECT pg_temp.play('2026-05-25 09:00+07', 'Nok', $$request_resource('N1-A', 'equipment', 'solve_problem', 'power quality recorder', 85000, 'A01') AS number$$);
SELECT pg_temp.play('2026-05-26 09:00+07', 'Kanya', $$screen_resource(1, 'needed, none in the area')$$);
SELECT pg_temp.play('2026-05-27 09:00+07', 'Jaran', $$grant_resource(1)$$);
\echo
\echo '     In the year: an account changes hands at once; a new one is an amendment.'
SELECT pg_temp.play('2026-06-01 09:00+07', 'Nok', $$hand_over_account(2026, 'A05', 'Tawan', 'asked for by the customer')$$);
SELECT pg_temp.play('2026-06-02 09:00+07', 'Nok', $$select_account(2026, 'A18')$$);
SELECT pg_temp.play('2026-06-02 09:10+07', 'Nok', $$open_amendment(2026, 'N1-A', 'A18 stays after all')$$);
SELECT pg_temp.play('2026-06-02 09:20+07', 'Nok', $$select_account(2026, 'A18', 'stays after all')$$);
CALL pg_temp.quietly('2026-06-02 09:30+07', 'Nok', $$assign_account(2026, 'A18', 'Orapin')$$);
CALL pg_temp.quietly('2026-06-02 09:40+07', 'Orapin', $$add_activity(2026, 'A18', 'visit: results of the year', '2026-10-31')$$);
CALL pg_temp.quietly('2026-06-03 09:00+07', 'Nok', $$submit_plan(2026, 'N1-A')$$);
CALL pg_temp.quietly('2026-06-04 09:00+07', 'Lek', $$compile_plan(2026, 'N1-A')$$);
CALL pg_temp.quietly('2026-06-05 09:00+07', 'Kanya', $$endorse_plan(2026, 'N1-A')$$);
SELECT pg_temp.play('2026-06-08 09:00+07', 'Jaran', $$approve_plan(2026, 'N1-A')$$);

CALL pg_temp.until('2026-08-03');
\echo
\echo '     The call centre (1129) asks; the report freezes the answers.'
SELECT pg_temp.play('2026-08-03 09:00+07', 'Ek', $$open_survey(2026, 'call_centre', 'Satisfaction 2569') AS number$$);
DO $$
DECLARE
	one record;
BEGIN
	FOR one IN SELECT account_id, row_number() OVER (ORDER BY account_id) AS n FROM selection WHERE status = 'selected' AND ended_on IS NULL LOOP
		CALL pg_temp.quietly('2026-08-20 09:00+07', 'Ek',
			format($c$record_response(1, %L, 'satisfaction', %s, '2026-08-20')$c$, one.account_id, 3 + one.n % 3));
	END LOOP;
END $$;
CALL pg_temp.until('2026-09-10');
SELECT pg_temp.play('2026-09-10 09:00+07', 'Ek', $$publish_report('survey', 'HQ', 2026)$$);
CALL pg_temp.until('2026-10-12');
SELECT pg_temp.play('2026-10-12 09:00+07', 'Lek', $$publish_report('effectiveness', 'N1', 2026, 'preliminary')$$);
CALL pg_temp.until('2026-12-14');
SELECT pg_temp.play('2026-12-14 09:00+07', 'Nok', $$evaluate_kamr(2026, 'N1-A', 'Somchai', 88, 'knows his accounts', suggestions => 'record sooner')$$);
SELECT pg_temp.play('2026-12-21 09:00+07', 'Fah', $$publish_report('process_review', 'HQ', 2026)$$);
CALL pg_temp.until('2027-01-20');
SELECT pg_temp.play('2027-01-20 09:00+07', 'Lek', $$publish_report('effectiveness', 'N1', 2026, 'annual')$$);
CALL pg_temp.until('2027-02-01');
\pset tuples_only off
\pset format aligned
