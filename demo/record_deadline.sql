\echo '11 ─ Record within 7 days, on a table of your own ───── manual 5, step 5; R19 ──'
\echo '     บันทึกข้อมูลภายใน 7 วันหลังดำเนินกิจกรรม'

CREATE TABLE visit (
	no int PRIMARY KEY, visited_on date, recorded_at timestamptz, days_late int);

\echo '     visit (no, visited_on, recorded_at, days_late): not made by kam.'
\set ECHO queries
SELECT kam.attach_record_deadline('visit', 'visited_on', 'recorded_at',
    action => 'flag', lateness_column => 'days_late')
\g /dev/null
\set ECHO none

\echo
\echo 'Taken and marked, never refused. Two sessions at once record the same minute,'
\echo 'the first of the eighth day: one in Bangkok, one in New York, where it is still'
\echo 'the seventh, and which claims to be 5 days early. It is told:'
BEGIN;
INSERT INTO visit VALUES (1, '2026-11-02', '2026-11-09 23:59+07'), (2, '2026-11-02', '2026-11-10 00:01+07');
\! ./race start "SET TimeZone = 'America/New_York'; INSERT INTO visit VALUES (3, '2026-11-02', '2026-11-09 12:01-05', -5) RETURNING no, recorded_at, days_late"
\! ./race finish
COMMIT;
\set ECHO queries
SELECT no, visited_on, recorded_at, days_late FROM visit ORDER BY no;
\set ECHO none

\echo
\echo 'Or refused, where that is the rule of the house:'
SELECT kam.detach_record_deadline('visit'), kam.attach_record_deadline('visit', 'visited_on', 'recorded_at', 'reject') \g /dev/null
\pset format unaligned
\pset tuples_only on
SELECT line
FROM (SELECT $$INSERT INTO visit VALUES (4, '2026-11-02', '2026-11-12 08:00+07')$$ AS call) AS attempt,
	LATERAL (SELECT '   ' || call UNION ALL
		SELECT pg_temp.wrap(pg_temp.outcome(call), '     ')) AS answer (line);
\pset tuples_only off
\pset format aligned

\echo
\echo 'What is attached, and where:'
\set ECHO queries
SELECT relation, rule, deferred, enabled
    FROM kam.attached_rule ORDER BY relation::text;
\set ECHO none

DO $$
BEGIN
	IF (SELECT array_agg(days_late ORDER BY no) FROM visit) <> '{0,1,1}' THEN
		RAISE EXCEPTION 'lateness is not that of the days in Bangkok';
	END IF;
END
$$;
