\echo '10 ─ Answer within 5 working days, on a table of your own ── manual 5, step 4 ──'
\echo '     ตอบชี้แจงลูกค้าภายใน 5 วันทำการ'

CREATE TABLE complaint (
	no int PRIMARY KEY, received_at timestamptz, due_on date, answered_at timestamptz);

\echo '     complaint (no, received_at, due_on, answered_at): not made by kam.'
\set ECHO queries
SELECT kam.attach_response_deadline('complaint',
    'received_at', 'due_on', done_column => 'answered_at')
\g /dev/null
\set ECHO none

INSERT INTO complaint (no, received_at, due_on, answered_at) VALUES
	(1, '2026-12-03 09:00+07', NULL, '2026-12-14 23:59+07'),
	(2, '2026-12-03 09:00+07', NULL, '2026-12-15 00:01+07'),
	(3, '2026-12-03 23:30+07', NULL, NULL),
	(4, '2026-12-03 09:00+07', '2026-12-08', NULL);

\echo
\echo 'No 4 came with a date of its own, which stays. No 2 was answered too late:'
\set ECHO queries
SELECT no, to_char(received_at, 'DD Mon HH24:MI') AS received, due_on,
    to_char(answered_at, 'DD Mon HH24:MI') AS answered,
    kam.on_time(due_on, answered_at),
    kam.working_days_late(due_on, answered_at) AS late
    FROM complaint ORDER BY no;
\set ECHO none

\echo
\echo 'Two statements that would break the rule: one names no due date, in a session in'
\echo 'New York, where it is still 3 December; one moves the receipt, not the date.'
SET TimeZone = 'America/New_York';
\set ECHO queries
INSERT INTO complaint (no, received_at) VALUES (5, '2026-12-03 12:00-05');
UPDATE complaint SET received_at = '2026-12-02 09:00+07' WHERE no = 3;
\set ECHO none
SET TimeZone = 'Asia/Bangkok';
SELECT no, received_at, due_on FROM complaint WHERE no IN (3, 5) ORDER BY no;

\echo
\echo 'Two sessions at once. Suppose that 11 December is announced as a special day:'
CREATE TABLE due_date_move (
	relation text, item jsonb, old_due date, new_due date, cause text,
	moved_at timestamptz DEFAULT now());
BEGIN;
INSERT INTO kam.calendar_day (calendar, day, kind, name_th, name_en, source)
	VALUES ('PEA', '2026-12-11', 'special', 'วันหยุดพิเศษ', 'special day', 'demonstration');
CALL kam.recompute_deadlines('due_date_move', added => '{2026-12-11}');
\echo '   first session:  BEGIN; INSERT INTO kam.calendar_day …;'
\echo '                   CALL kam.recompute_deadlines(''due_date_move'', added =>'
\echo '                       ''{2026-12-11}'');'
\! ./race start "INSERT INTO complaint (no, received_at) VALUES (6, '2026-12-03 09:00+07') RETURNING no, received_at, due_on"
CALL pg_temp.await_waiting();
\echo '   second session: INSERT a complaint of 3 December; waits for the first'
COMMIT;
\echo '   first session:  COMMIT                          done; the second says:'
\! ./race finish

\set ECHO queries
SELECT no, to_char(received_at, 'DD Mon HH24:MI') AS received, due_on,
    to_char(answered_at, 'DD Mon HH24:MI') AS answered
    FROM complaint ORDER BY no;
SELECT item, old_due, new_due, cause FROM due_date_move ORDER BY item;
\set ECHO none

DO $$
BEGIN
	IF (SELECT array_agg(due_on ORDER BY no) FROM complaint)
		<> '{2026-12-14,2026-12-14,2026-12-14,2026-12-08,2026-12-16,2026-12-15}' THEN
		RAISE EXCEPTION 'due dates are not those of the calendar';
	END IF;
END
$$;
DELETE FROM kam.calendar_day WHERE NOT builtin;
