-- 5, the yearly process: its dates (R16, R17), the 5 working days of step 4 (R18), the 7 days of step 5 (R19), and what no
-- calendar knows yet (R20).
BEGIN;
SELECT plan(59);
SET LOCAL timezone = 'America/New_York';
SET LOCAL client_min_messages = error;

-- R16: a month as due date is its last calendar day, not moved by holidays
SELECT is(kam.process_deadline(1, 2026), '2025-11-30', '5, step 1, R16: the draft plan is due on 30 November of the year before, a Sunday');
SELECT is(kam.process_deadline(2, 2026), '2025-12-31', '5, step 2, R16: the approved plan on 31 December of the year before, New Year''s Eve');
SELECT is(kam.process_deadline(3, 2026), '2026-01-31', '5, step 3, R16: the information systems on 31 January, a Saturday');
SELECT is(kam.process_deadline(7, 2026), '2026-07-15', '5, step 7: the list of accounts and coordinators on 15 July');
SELECT is(kam.process_deadline(8, 2026), '2026-09-15', '5, step 8: the survey on 15 September');
SELECT is(kam.process_deadline(9, 2026, 'preliminary'), '2026-10-15', '5, step 9: the preliminary report on 15 October');
SELECT is(kam.process_deadline(9, 2026, 'annual'), '2027-01-31', '5, step 9, R16: the annual report on 31 January of the year after');
SELECT is(kam.process_deadline(10, 2026), '2026-12-31', '5, step 10, R16: the review on 31 December');
-- R17: a quarter's report on the last day of the next month, a month's by analogy
SELECT results_eq($$SELECT q, kam.process_deadline(6, 2026, q) FROM unnest('{Q1,Q2,Q3,Q4}'::text[]) AS q$$,
	$$VALUES ('Q1', date '2026-04-30'), ('Q2', '2026-07-31'), ('Q3', '2026-10-31'), ('Q4', '2027-01-31')$$,
	'5, step 6, R17: 1 month after the quarter''s end is the last day of the next month');
SELECT results_eq($$SELECT m, kam.process_deadline(6, 2026, to_char(m, 'FM"M"00')) FROM generate_series(1, 12) AS m$$,
	$$SELECT m, (date '2026-01-01' + (m + 1) * interval '1 month' - interval '1 day')::date FROM generate_series(1, 12) AS m$$,
	'5, step 6, R17: a month''s report is due on the last day of the next month');
SELECT is(kam.process_deadline(6, 2028, 'M01'), '2028-02-29', '5, step 6, R17: 29 February in a leap year');
-- they are settings
INSERT INTO kam.process_step (step, period, due_month, due_day) VALUES (6, 'Q1', 4, 15);
SELECT is(kam.process_deadline(6, 2026, 'Q1'), '2026-04-15', '5, step 6, R17: a row of one''s own sets another day');
SELECT is(kam.process_deadline(6, 2026, 'Q2'), '2026-07-31', '5, step 6, R17: and that one only');

-- ---- step 4, R18: answer within 5 working days -----------------------------

CREATE TABLE voice (id int PRIMARY KEY, received_at timestamptz, due_on date, answered_at timestamptz);
SELECT lives_ok($$SELECT kam.attach_response_deadline('voice', 'received_at', 'due_on', 'answered_at')$$, '5, step 4: the rule is attached to a table that kam has not made');

-- the first days of 2026, on PEA's calendar: 1 January is a holiday, the 3rd and 4th a weekend
INSERT INTO voice VALUES (1, '2026-01-12 09:00+07'), (2, '2026-01-16 17:00+07'), (3, '2026-01-17 09:00+07'), (4, '2026-01-18 09:00+07');
SELECT is(due_on, '2026-01-19', '5, step 4, R18: Monday to Monday: the day of receipt is not counted, the weekend is not, the last day is') FROM voice WHERE id = 1;
SELECT is(due_on, '2026-01-23', '5, step 4, R18: from Friday to Friday') FROM voice WHERE id = 2;
SELECT is(due_on, '2026-01-23', '5, step 4, R18: and so from Saturday') FROM voice WHERE id = 3;
SELECT is(due_on, '2026-01-23', '5, step 4, R18: and from Sunday') FROM voice WHERE id = 4;
INSERT INTO voice VALUES (5, '2026-04-09 09:00+07');
SELECT is(due_on, '2026-04-21', '5, step 4, R18: holidays of the calendar (Songkran, 13 to 15 April) are not counted') FROM voice WHERE id = 5;
INSERT INTO voice VALUES (6, '2026-01-12 23:59:59.999999+07'), (7, '2026-01-13 00:00:00+07');
SELECT is(due_on, '2026-01-19', '5, step 4, R18: the day of receipt ends at midnight in Bangkok') FROM voice WHERE id = 6;
SELECT is(due_on, '2026-01-20', '5, step 4, R18: and the next begins there, whatever the session''s time zone') FROM voice WHERE id = 7;
-- met by the first answer, by the end of the last day
SELECT ok(kam.on_time(due_on, '2026-01-19 23:59:59.999999+07'), '5, step 4, R18: answered in the last minute of the last day is on time') FROM voice WHERE id = 1;
SELECT ok(NOT kam.on_time(due_on, '2026-01-20 00:00:00+07'), '5, step 4, R18: and a minute later no longer') FROM voice WHERE id = 1;
SELECT is(kam.working_days_left(due_on, '2026-01-12 12:00+07'), 5, '5, step 4: five working days are left on the day of receipt') FROM voice WHERE id = 1;
SELECT is(kam.working_days_left(due_on, '2026-01-19 12:00+07'), 0, '5, step 4: none on the last day') FROM voice WHERE id = 1;
SELECT is(kam.working_days_late(due_on, '2026-01-20 12:00+07'), 1, '5, step 4: one working day late on the next') FROM voice WHERE id = 1;
UPDATE voice SET answered_at = CASE id WHEN 1 THEN timestamptz '2026-01-19 16:00+07' WHEN 2 THEN '2026-01-26 16:00+07' WHEN 3 THEN '2026-01-19 16:00+07' END;
SELECT is(kam.rate(kam.on_time(due_on, answered_at))::text, '2/3', '5, step 4: the rate of answers on time') FROM voice;
-- why it is due when it is
SELECT results_eq($$SELECT day, counted, reason_en FROM kam.explain_working_days('2026-04-09', 2)$$,
	$$VALUES (date '2026-04-09', NULL::int, 'first day, not counted: Thursday'), ('2026-04-10', 1, 'Friday'), ('2026-04-11', NULL, 'Saturday'), ('2026-04-12', NULL, 'Sunday'),
		('2026-04-13', NULL, 'Songkran Festival'), ('2026-04-14', NULL, 'Songkran Festival'), ('2026-04-15', NULL, 'Songkran Festival'), ('2026-04-16', 2, 'Thursday')$$,
	'5, step 4, R18: every day is counted or skipped for a reason');
-- a due date set on purpose, and a receipt that was wrong
UPDATE voice SET due_on = '2026-02-28' WHERE id = 4;
UPDATE voice SET answered_at = '2026-02-01 12:00+07' WHERE id = 4;
SELECT is(due_on, '2026-02-28', '5, step 4: a due date set on purpose stays') FROM voice WHERE id = 4;
UPDATE voice SET received_at = '2026-01-19 09:00+07' WHERE id = 4;
SELECT is(due_on, '2026-01-26', '5, step 4: until the receipt changes') FROM voice WHERE id = 4;
-- other numbers of days
SELECT kam.detach_response_deadline('voice');
SELECT lives_ok($$SELECT kam.attach_response_deadline('voice', 'received_at', 'due_on', 'answered_at', working_days => 3)$$, '5, step 4: the number of days is an argument');
INSERT INTO voice VALUES (8, '2026-01-12 09:00+07');
SELECT is(due_on, '2026-01-15', '5, step 4: three working days') FROM voice WHERE id = 8;
SELECT throws_ok($$SELECT kam.attach_response_deadline('voice', 'received_at', 'due_on')$$, '42710', NULL, '5, step 4: a table has one response deadline');

-- ---- a holiday is announced late ---------------------------------------------

CREATE TABLE ledger (relation text, item jsonb, old_due date, new_due date, cause text);
SELECT kam.detach_response_deadline('voice');
SELECT kam.attach_response_deadline('voice', 'received_at', 'due_on', 'answered_at');
DELETE FROM voice;
INSERT INTO voice VALUES (1, '2026-11-09 09:00+07', NULL, NULL), (2, '2026-11-09 09:00+07', NULL, '2026-11-10 09:00+07'), (3, '2026-11-09 09:00+07', '2026-11-17', NULL);
INSERT INTO kam.calendar_day (calendar, day, kind, name_en) VALUES ('PEA', '2026-11-13', 'special', 'A special day');
SELECT lives_ok($$CALL kam.recompute_deadlines('ledger', '{2026-11-13}', rel => 'voice')$$, '5, step 4: due dates are recomputed');
SELECT is(due_on, '2026-11-17', '5, step 4: an open item moves when a holiday is announced late') FROM voice WHERE id = 1;
SELECT is(due_on, '2026-11-16', '5, step 4: one that was answered stays') FROM voice WHERE id = 2;
SELECT is(due_on, '2026-11-17', '5, step 4: so does one that was set on purpose') FROM voice WHERE id = 3;
SELECT results_eq('SELECT item, old_due, new_due, cause FROM ledger',
	$$VALUES (jsonb '{"id": 1}', date '2026-11-16', date '2026-11-17', '2026-11-13 is a day off (A special day)')$$, '5, step 4: the ledger says what moved, and why');
CALL kam.recompute_deadlines('ledger', '{2026-11-13}', rel => 'voice');
SELECT is(count(*), 1::bigint, '5, step 4: a second recomputation moves nothing') FROM ledger;

-- ---- R20: what the calendar does not know ------------------------------------

SELECT throws_ok($$SELECT kam.add_working_days('2027-12-30', 5)$$, '22008', NULL, 'R20: a function whose result depends on days that are not known gives an error');
INSERT INTO voice VALUES (10, '2027-12-30 09:00+07');
SELECT is(due_on, NULL, 'R20: the intake goes on, without a due date') FROM voice WHERE id = 10;
INSERT INTO kam.calendar_year (calendar, year) VALUES ('PEA', 2028);
CALL kam.recompute_deadlines('ledger', rel => 'voice');
SELECT is(due_on, '2028-01-07', 'R20: which it gets when the calendar grows') FROM voice WHERE id = 10;
SELECT kam.detach_response_deadline('voice');
SELECT kam.attach_response_deadline('voice', 'received_at', 'due_on', beyond_horizon => 'error');
SELECT throws_ok($$INSERT INTO voice VALUES (11, '2030-12-30 09:00+07')$$, '22008', NULL, 'R20: or the row is refused, where one chose so');
SELECT is((SELECT provisional_from FROM kam.calendar_horizon('TH-SE')), '2027-01-01', 'R20: 2027 is provisional');

-- ---- step 5, R19: record within 7 days ----------------------------------------

CREATE TABLE activity (id int PRIMARY KEY, happened_on date, recorded_at timestamptz, days_late int);
SELECT lives_ok($$SELECT kam.attach_record_deadline('activity', 'happened_on', 'recorded_at', 'flag', 'days_late')$$, '5, step 5: the rule is attached to a table that kam has not made');
INSERT INTO activity VALUES (1, '2026-04-06', '2026-04-06 09:00+07'), (2, '2026-04-06', '2026-04-13 23:59:59.999999+07'), (3, '2026-04-06', '2026-04-14 00:00+07'),
	(4, '2026-04-06', NULL), (5, '2026-04-06', '2026-04-01 09:00+07');
SELECT is(days_late, 0, '5, step 5, R19: recorded on the day itself') FROM activity WHERE id = 1;
SELECT is(days_late, 0, '5, step 5, R19: the 7th day counts to its end in Bangkok, though it is a holiday') FROM activity WHERE id = 2;
SELECT is(days_late, 1, '5, step 5, R19: the 8th day is one late, and holidays do not move it') FROM activity WHERE id = 3;
SELECT is(days_late, NULL, '5, step 5: what is not recorded is not known to be late') FROM activity WHERE id = 4;
SELECT is(days_late, 0, '5, step 5: what is recorded beforehand is on time') FROM activity WHERE id = 5;
UPDATE activity SET recorded_at = '2026-04-20 09:00+07' WHERE id = 4;
SELECT is(days_late, 7, '5, step 5, R19: the days late are calendar days') FROM activity WHERE id = 4;
-- reject
SELECT kam.detach_record_deadline('activity');
SELECT kam.attach_record_deadline('activity', 'happened_on', 'recorded_at', 'reject');
SELECT throws_ok($$INSERT INTO activity VALUES (6, '2026-04-06', '2026-04-20 09:00+07')$$, '23514', 'a row of table "activity" is recorded 7 days too late', '5, step 5: refused with the days late');
SELECT lives_ok($$INSERT INTO activity VALUES (6, '2026-04-06', '2026-04-13 23:00+07')$$, '5, step 5: the 7th day is not too late');
SELECT lives_ok($$UPDATE activity SET days_late = 0 WHERE id = 4$$, '5, step 5: a record that is late already can be changed otherwise');
-- the setting of R19
SELECT kam.detach_record_deadline('activity');
SELECT kam.attach_record_deadline('activity', 'happened_on', 'recorded_at', lateness_column => 'days_late');
INSERT INTO kam.process_step (step, due_month, due_day, year_offset, roll_calendar) VALUES (5, 1, 7, 1, 'PEA');
UPDATE activity SET id = id;
SELECT is(days_late, 0, '5, step 5, R19: by a row of step 5 a last day that is a holiday rolls to the next working day') FROM activity WHERE id = 3;
SELECT is(days_late, 4, '5, step 5, R19: and lateness is counted from there') FROM activity WHERE id = 4;
DELETE FROM kam.process_step WHERE NOT builtin;
UPDATE activity SET id = id;
SELECT is(days_late, 1, '5, step 5, R19: off unless chosen') FROM activity WHERE id = 3;
-- other numbers of days
SELECT kam.detach_record_deadline('activity');
SELECT kam.attach_record_deadline('activity', 'happened_on', 'recorded_at', lateness_column => 'days_late', days => 14);
UPDATE activity SET id = id;
SELECT is(days_late, 0, '5, step 5: the number of days is an argument') FROM activity WHERE id = 4;
-- what is attached
SELECT bag_eq($$SELECT relation::text, rule FROM kam.attached_rule WHERE relation IN ('voice'::regclass, 'activity'::regclass)$$,
	$$VALUES ('voice', 'response_deadline'), ('activity', 'record_deadline')$$, '5, steps 4 and 5: kam.attached_rule shows where the rules hold');

SELECT * FROM finish();
ROLLBACK;
