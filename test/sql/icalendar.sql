/*
 * kam.icalendar_days() and kam.add_icalendar(): which iCalendar texts are
 * understood, what their days are, and that all else is refused by name.
 */
SET datestyle = ISO;
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
\pset null '(null)'
\pset format unaligned

/* A calendar of one event of these lines. */
CREATE FUNCTION pg_temp.event(VARIADIC lines text[]) RETURNS text LANGUAGE sql AS $$
	SELECT E'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n' || array_to_string(lines, E'\r\n') || E'\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n';
$$;
/* Its days, or the error. */
CREATE FUNCTION pg_temp.days(icalendar text, last_year int DEFAULT NULL, OUT days text, OUT code text, OUT message text, OUT hint text)
LANGUAGE plpgsql AS $$
BEGIN
	SELECT string_agg(to_char(d.day, 'YYYY-MM-DD') || COALESCE(' ' || d.name, ''), ', ' ORDER BY d.position) INTO days
	FROM kam.icalendar_days(icalendar, last_year) WITH ORDINALITY AS d (day, name, position);
	code := '00000';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, message = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT;
END
$$;

/* As Google's and Apple's calendars write holidays. */
SELECT * FROM kam.icalendar_days(E'BEGIN:VCALENDAR\r
PRODID:-//Google Inc//Google Calendar 70.9054//EN\r
VERSION:2.0\r
CALSCALE:GREGORIAN\r
METHOD:PUBLISH\r
X-WR-CALNAME:Holidays in Thailand\r
X-WR-TIMEZONE:Asia/Bangkok\r
BEGIN:VTIMEZONE\r
TZID:Asia/Bangkok\r
BEGIN:STANDARD\r
DTSTART:19200401T000000\r
RRULE:FREQ=DAILY\r
TZOFFSETFROM:+0642\r
TZOFFSETTO:+0700\r
END:STANDARD\r
END:VTIMEZONE\r
BEGIN:VEVENT\r
DTSTART;VALUE=DATE:20280413\r
DTEND;VALUE=DATE:20280414\r
DTSTAMP:20271101T080000Z\r
UID:20280413_songkran@google.com\r
CLASS:PUBLIC\r
DESCRIPTION:Public holiday\\nhttps://example.org/?a=b:c\r
STATUS:CONFIRMED\r
SUMMARY:Songkran\r
TRANSP:TRANSPARENT\r
END:VEVENT\r
BEGIN:VEVENT\r
DTEND;VALUE=DATE:20280501\r
UID:x\r
SUMMARY;LANGUAGE=th:วันแรงงานแห่งชาติ \\, สอง\r
 วัน\r
BEGIN:VALARM\r
ACTION:DISPLAY\r
DTSTART:20280101T000000\r
SUMMARY:Reminder\r
DURATION:PT15M\r
TRIGGER:-P1D\r
END:VALARM\r
DTSTART;VALUE=DATE:20280429\r
END:VEVENT\r
END:VCALENDAR\r
');

/* Lines: ended by CR LF, LF or CR, folded with a blank or a tab, also in the midst of a word; blank lines; a byte order mark. */
SELECT way, days, code
FROM (VALUES
	(1, 'LF', E'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20280101\nSUMMARY:New Year\nEND:VEVENT\nEND:VCALENDAR\n'),
	(2, 'CR LF', E'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20280101\r\nSUMMARY:New Year\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'),
	(3, 'CR', E'BEGIN:VCALENDAR\rBEGIN:VEVENT\rDTSTART:20280101\rSUMMARY:New Year\rEND:VEVENT\rEND:VCALENDAR\r'),
	(4, 'mixed, none at the end', E'BEGIN:VCALENDAR\nBEGIN:VEVENT\r\nDTSTART:20280101\nSUMMARY:New Year\rEND:VEVENT\r\nEND:VCALENDAR'),
	(5, 'folded everywhere', E'BEGIN:VCAL\n ENDAR\nBEGIN:VEVENT\nDTST\r\n\tART:2028\r\n 0101\nSUMM\n \n ARY:New\n  Year\nEND\n :VEVENT\nEND:VCALENDAR\n'),
	(6, 'blank and tab kept', E'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20280101\nSUMMARY:New\n \tYear\nEND:VEVENT\nEND:VCALENDAR\n'),
	(7, 'blank lines', E'\n\nBEGIN:VCALENDAR\n\nBEGIN:VEVENT\nDTSTART:20280101\nSUMMARY:New Year\n\nEND:VEVENT\nEND:VCALENDAR\n\n\r\n'),
	(8, 'byte order mark', U&'\FEFF' || E'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20280101\nSUMMARY:New Year\nEND:VEVENT\nEND:VCALENDAR\n'),
	(9, 'letter case', E'begin:vcalendar\nBegin:vEvent\ndtStart;value=date:20280101\nsummary:New Year\nend:Vevent\nEnd:vCalendar\n'),
	(10, 'blanks at the end', E'BEGIN:VCALENDAR \nBEGIN:VEVENT\t\nDTSTART:20280101 \nSUMMARY: New Year \nEND:VEVENT \nEND:VCALENDAR \n'),
	(11, 'two calendars', E'BEGIN:VCALENDAR\nEND:VCALENDAR\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20280101\nSUMMARY:New Year\nEND:VEVENT\nEND:VCALENDAR\n'),
	(12, 'no event', E'BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n'),
	(13, 'no property', E'BEGIN:VCALENDAR\nEND:VCALENDAR'),
	(14, 'busy times, journals, own components', E'BEGIN:VCALENDAR\nBEGIN:VFREEBUSY\nDTSTART:20280101T090000\nEND:VFREEBUSY\nBEGIN:VJOURNAL\nDTSTART:x\nEND:VJOURNAL\nBEGIN:X-A\nRRULE:y\nEND:X-A\nEND:VCALENDAR\n')
) AS t (number, way, icalendar), pg_temp.days(icalendar)
ORDER BY number;
SELECT * FROM kam.icalendar_days(NULL);

/* Parameters, quoted ones too. */
SELECT line, days, code
FROM unnest(ARRAY['DTSTART:20280101', 'DTSTART;VALUE=DATE:20280101', 'dtstart;value=date:20280101', 'DTSTART;VALUE="DATE":20280101',
	'DTSTART;X-A="a:b;c,d";VALUE=DATE:20280101', 'DTSTART;X-A="a","b:";X-B=:20280101', 'DTSTART;X-A="":20280101', 'DTSTART;TZID=Asia/Bangkok;VALUE=DATE:20280101',
	'DTSTART ;VALUE=DATE:20280101', 'DTSTART;X-A="20280102:20280101', 'DTSTART', 'DTSTART;VALUE=DATE', '"DTSTART":20280101', ':20280101', 'DTSTART;:20280101']) AS line,
	pg_temp.days(pg_temp.event(line));

/* Names */
SELECT summary, d.name, length(d.name)
FROM unnest(ARRAY['New Year', '', '   ', 'a\, b\; c', 'line\nline\Nline', 'back\\slash', 'back\\nslash', '\\\n\\', '\x \:', 'ends in \', 'a:b;c,d "e"',
	'วันขึ้นปีใหม่', '100%', '\n', repeat('x', 200)]) AS summary,
	kam.icalendar_days(pg_temp.event('DTSTART:20280101', 'SUMMARY:' || summary)) AS d;
SELECT * FROM kam.icalendar_days(pg_temp.event('DTSTART:20280101'));

/* Several days: DTEND is the day after, DURATION counts days or weeks. */
SELECT line, days, code, message, hint
FROM unnest(ARRAY['DTEND;VALUE=DATE:20280102', 'DTEND:20280104', 'DURATION:P1D', 'DURATION:P3D', 'DURATION:+P2D', 'DURATION:P1W', 'duration:p2d', 'DURATION:P02D',
	'DTEND:20280101', 'DTEND:20271231', 'DTEND:20280102T000000', 'DTEND:2028', 'DTEND:20280230', 'DTEND:20290102', 'DTEND:20290101', 'DTEND:99991231',
	'DURATION:P0D', 'DURATION:-P1D', 'DURATION:P367D', 'DURATION:P9999W', 'DURATION:PT24H', 'DURATION:P1DT0H', 'DURATION:P1M', 'DURATION:1D', 'DURATION:P', 'DURATION:',
	'DURATION:P99999999999D']) AS line,
	LATERAL (SELECT CASE WHEN length(d.days) > 100 THEN left(d.days, 22) || ' ... ' || right(d.days, 10) ELSE d.days END AS days, code, message, hint
		FROM pg_temp.days(pg_temp.event('DTSTART:20280101', line)) AS d) AS d;
SELECT * FROM pg_temp.days(pg_temp.event('DTSTART:20280101', 'DTEND:20280102', 'DURATION:P1D'));

/* Dates that are none. Years are of the common era. */
SELECT value, days, code, message, hint
FROM unnest('{20280229,20280228,20270229,20280230,20280431,20280001,20281301,20280100,20280132,00000101,00010101,18991231,19000101,24001231,24010101,25710101,99991231,
	2028-01-01,280101,202801011,"2028 101",20280A01,"",TODAY,๒๐๒๘๐๑๐๑,-0280101,20280101T,20280101T090000,20280101T090000Z,20280101T000000,20280101T0900}'::text[]) AS value,
	pg_temp.days(pg_temp.event('DTSTART:' || value));
SELECT * FROM pg_temp.days(pg_temp.event('DTSTART:24001231', 'DTEND:24010102'));
SELECT * FROM pg_temp.days(pg_temp.event('SUMMARY:When?'));

/* Yearly events, with the last year that is asked for. */
SELECT rule, last_year, CASE WHEN length(days) > 60 THEN left(days, 22) || ' ... ' || right(days, 22) || ' (' || n || ')' ELSE days END AS days, code, message
FROM (VALUES
	('FREQ=YEARLY;COUNT=3', NULL), ('FREQ=YEARLY;COUNT=1', NULL), ('FREQ=YEARLY;UNTIL=20301231', NULL), ('FREQ=YEARLY;UNTIL=20301205', NULL),
	('FREQ=YEARLY;UNTIL=20301204', NULL), ('FREQ=YEARLY;UNTIL=20271231', NULL), ('FREQ=YEARLY;INTERVAL=2;COUNT=3', NULL), ('INTERVAL=2;FREQ=YEARLY;UNTIL=20331231', NULL),
	('freq=yearly;count=2', NULL), ('FREQ=YEARLY', 2030), ('FREQ=YEARLY', 2028), ('FREQ=YEARLY', 2020), ('FREQ=YEARLY;INTERVAL=5', 2040), ('FREQ=YEARLY', 2400),
	('FREQ=YEARLY;COUNT=9999', 2030), ('FREQ=YEARLY;COUNT=2', 2030), ('FREQ=YEARLY;UNTIL=99991231', 2030), ('FREQ=YEARLY;UNTIL=20291231', 2040),
	('FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5;COUNT=2', NULL), ('FREQ=YEARLY;BYMONTHDAY=05;BYMONTH=12;WKST=MO;COUNT=2', NULL), ('FREQ=YEARLY;BYMONTH=12;COUNT=2', NULL),
	('FREQ=YEARLY;WKST=SU', 2029),
	('FREQ=YEARLY', NULL), ('FREQ=YEARLY;INTERVAL=2', NULL), ('FREQ=YEARLY;COUNT=9999', NULL), ('FREQ=YEARLY;UNTIL=99991231', NULL), ('FREQ=YEARLY;INTERVAL=9999;COUNT=2', NULL),
	('FREQ=YEARLY', 1899), ('FREQ=YEARLY', 2401), ('FREQ=YEARLY', 2571), ('FREQ=YEARLY', -1), ('FREQ=YEARLY', 2147483647)
) AS r (rule, last_year), pg_temp.days(pg_temp.event('DTSTART:20281205', 'RRULE:' || rule), last_year),
	LATERAL (SELECT cardinality(string_to_array(days, ',')) AS n) AS c;
/* 29 February; several days, over New Year too */
SELECT days FROM pg_temp.days(pg_temp.event('DTSTART:20240229', 'RRULE:FREQ=YEARLY;COUNT=4'));
SELECT days FROM pg_temp.days(pg_temp.event('DTSTART:20960229', 'RRULE:FREQ=YEARLY;COUNT=2'));
SELECT days FROM pg_temp.days(pg_temp.event('DTSTART:20000229', 'RRULE:FREQ=YEARLY;INTERVAL=25;COUNT=2'));
SELECT days FROM pg_temp.days(pg_temp.event('DTSTART:20240229', 'RRULE:FREQ=YEARLY;INTERVAL=3', 'DURATION:P2D'), 2040);
SELECT days FROM pg_temp.days(pg_temp.event('DTSTART:20271230', 'DTEND:20280102', 'RRULE:FREQ=YEARLY;COUNT=2'));
/* a last year leaves events of one day alone */
SELECT days FROM pg_temp.days(pg_temp.event('DTSTART:20350101'), 2030);

/* Other recurrences are refused, whatever they would give. */
SELECT rule, code, message
FROM unnest('{FREQ=DAILY;COUNT=2,FREQ=WEEKLY;COUNT=2,FREQ=MONTHLY;COUNT=2,FREQ=YEARLY;BYDAY=1MO;COUNT=2,FREQ=YEARLY;BYDAY=2SU;BYMONTH=12;COUNT=2,FREQ=YEARLY;BYMONTH=11;COUNT=2,
	FREQ=YEARLY;BYMONTHDAY=5;COUNT=2,FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=6;COUNT=2,"FREQ=YEARLY;BYMONTH=12,1;COUNT=2",FREQ=YEARLY;BYYEARDAY=100;COUNT=2,FREQ=YEARLY;BYWEEKNO=20;COUNT=2,
	FREQ=YEARLY;BYSETPOS=1;COUNT=2,FREQ=YEARLY;COUNT=0,FREQ=YEARLY;COUNT=-1,FREQ=YEARLY;COUNT=10000,FREQ=YEARLY;INTERVAL=0;COUNT=2,FREQ=YEARLY;INTERVAL=x;COUNT=2,
	FREQ=YEARLY;COUNT=2;COUNT=3,FREQ=YEARLY;FREQ=YEARLY;COUNT=2,FREQ=YEARLY;COUNT=2;UNTIL=20301231,FREQ=YEARLY;UNTIL=20301231;COUNT=2,FREQ=YEARLY;UNTIL=20301231T000000Z,
	FREQ=YEARLY;UNTIL=20300230,FREQ=YEARLY;COUNT=2;,COUNT=2,"",RSCALE=CHINESE;FREQ=YEARLY;COUNT=2,YEARLY,FREQ=YEARLY COUNT=2}'::text[]) AS rule,
	pg_temp.days(pg_temp.event('DTSTART:20281205', 'SUMMARY:Day', 'RRULE:' || btrim(rule, E'\n\t ')), 2030);
SELECT lines, days, code, message, hint
FROM (VALUES
	(1, '{RDATE:20280102}'::text[]), (2, '{"RDATE;VALUE=DATE:20280102,20280103"}'), (3, '{EXRULE:FREQ=YEARLY}'), (4, '{RECURRENCE-ID:20280101}'),
	(5, '{RECURRENCE-ID:20280101,STATUS:CANCELLED}'), (6, '{RRULE:FREQ=YEARLY;COUNT=2,RRULE:FREQ=DAILY;COUNT=2}'),
	(7, '{DTSTART:20280101}'), (8, '{STATUS:CONFIRMED,STATUS:CANCELLED}'), (9, '{SUMMARY:a,SUMMARY:b}')
) AS t (number, lines), pg_temp.days(pg_temp.event(VARIADIC ARRAY['DTSTART:20280101'] || lines)) ORDER BY number;

/* Occurrences that are taken out */
SELECT lines, days, code, message
FROM (VALUES
	(1, '{EXDATE:20290101}'::text[]), (2, '{EXDATE;VALUE=DATE:20290101}'), (3, '{"EXDATE:20290101,20310101"}'), (4, '{EXDATE:20290101,EXDATE:20310101}'),
	(5, '{EXDATE:20280101}'), (6, '{EXDATE:20290102}'), (7, '{"EXDATE:20280101, 20290101,20300101,20310101"}'),
	(8, '{EXDATE:20290101T000000}'), (9, '{"EXDATE:20290101,"}'), (10, '{EXDATE:}'), (11, '{EXDATE:x}')
) AS t (number, lines), pg_temp.days(pg_temp.event(VARIADIC ARRAY['DTSTART:20280101', 'RRULE:FREQ=YEARLY;COUNT=4'] || lines)) ORDER BY number;

/* Cancelled events are not there, whatever else they say; tentative ones are. */
SELECT lines, days, code
FROM (VALUES
	(1, '{STATUS:CANCELLED,DTSTART:20280101}'::text[]), (2, '{status:cancelled}'), (3, '{STATUS:CANCELLED,DTSTART:20280101T090000}'),
	(4, '{STATUS:CONFIRMED,DTSTART:20280101}'), (5, '{STATUS:TENTATIVE,DTSTART:20280101}')
) AS t (number, lines), pg_temp.days(pg_temp.event(VARIADIC lines)) ORDER BY number;

/* What is no iCalendar text, or breaks off: the line is named as it is counted in the text. */
SELECT number, code, message, hint
FROM (VALUES
	(1, ''), (2, E'\n'), (3, ' '), (4, 'Dear all,'), (5, '{"a": 1}'), (6, '<html>'), (7, E'BEGIN:VCALENDAR'), (8, E'BEGIN:VEVENT\nEND:VEVENT'),
	(9, E'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20280101\nEND:VEVENT\n'), (10, E'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20280101\nEND:VCALENDAR\n'),
	(11, E'BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VALARM\nEND:VEVENT\nEND:VALARM\nEND:VCALENDAR'), (12, E'BEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VCALENDAR'),
	(13, E'BEGIN:VCALENDAR\nEND:VCALENDAR\nDTSTART:20280101'), (14, E'DTSTART:20280101\nBEGIN:VCALENDAR\nEND:VCALENDAR'),
	(15, E'BEGIN:VCALENDAR\nBEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VCALENDAR'), (16, E'BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VEVENT\nEND:VEVENT\nEND:VEVENT\nEND:VCALENDAR'),
	(17, E'BEGIN:VCALENDAR\nBEGIN:VFREEBUSY\nBEGIN:VEVENT\nEND:VEVENT\nEND:VFREEBUSY\nEND:VCALENDAR'), (18, E'BEGIN:VCALENDAR\nBEGIN:\nEND:\nEND:VCALENDAR'),
	(19, E'BEGIN:VCALENDAR\nBEGIN:A/B\nEND:B\nEND:VCALENDAR'), (20, E'BEGIN:VCALENDAR\nEND:\n'), (27, E'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:x\nEND:VCALENDAR/VEVENT\n'), (21, E'BEGIN:VCALENDAR\nX-A:a\n b\n c\nthe rest\nEND:VCALENDAR'),
	(22, E'BEGIN:VCALENDAR\r\n\r\nDESCRIPTION:a\r\n\tb\r\nhttp\r\nEND:VCALENDAR'), (23, E'BEGIN:VCALENDAR\nBEGIN\nEND:VCALENDAR'),
	(24, E'BEGIN:VCALENDAR\nCALSCALE:BUDDHIST\nEND:VCALENDAR'), (25, E'BEGIN:VCALENDAR\nMETHOD:CANCEL\nEND:VCALENDAR'),
	(26, E'BEGIN:VCALENDAR\nBEGIN:VEVENT\nX:\n \n \nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:second\nDTSTART:x\nEND:VEVENT\nEND:VCALENDAR')
) AS t (number, icalendar), pg_temp.days(icalendar)
ORDER BY number;

/* The errors where a user meets them */
\set VERBOSITY default
\set SHOW_CONTEXT never
SELECT * FROM kam.icalendar_days(pg_temp.event('SUMMARY:Meeting', 'DTSTART:20280103T090000'));
SELECT * FROM kam.icalendar_days(pg_temp.event('SUMMARY:Chinese New Year', 'DTSTART:20280126', 'RRULE:FREQ=YEARLY'));
SELECT * FROM kam.icalendar_days(pg_temp.event('SUMMARY:New Year', 'DTSTART:25710101'));

/* Input to wear it out: long, deep, without a line end, days without number. */
SELECT what, left(days, 40) AS days, code, left(message, 100) AS message
FROM (VALUES
	(1, 'one line', repeat('x', 1000000)), (2, 'one property', E'BEGIN:VCALENDAR\nX:' || repeat('x', 1000000) || E'\nEND:VCALENDAR'),
	(3, 'a long date', pg_temp.event('DTSTART:' || repeat('1', 1000000))), (4, 'a long rule', pg_temp.event('DTSTART:20280101', 'RRULE:' || repeat('COUNT=1;', 100000))),
	(5, 'long parameters', pg_temp.event('DTSTART;X="' || repeat('a:', 100000) || '":20280101')), (6, 'a long name', pg_temp.event('DTSTART:20280101', 'SUMMARY:' || repeat('\\', 100000))),
	(7, 'deep', E'BEGIN:VCALENDAR\n' || repeat(E'BEGIN:X\n', 100000)), (8, 'a long component', E'BEGIN:' || repeat('x', 1000000)),
	(9, 'one folded line', E'BEGIN:VCALENDAR\nX:' || repeat(E'\n x', 100000) || E'\nEND:VCALENDAR'), (10, 'empty lines', repeat(E'\n', 100000)),
	(11, 'exceptions', pg_temp.event(VARIADIC array_prepend('DTSTART:20280101', array_fill('EXDATE:20290101'::text, ARRAY[5000])))),
	(12, 'days', E'BEGIN:VCALENDAR\n' || repeat(E'BEGIN:VEVENT\nDTSTART:19000101\nDURATION:P365D\nRRULE:FREQ=YEARLY;COUNT=500\nEND:VEVENT\n', 10) || E'END:VCALENDAR')
) AS t (number, what, icalendar), pg_temp.days(icalendar)
ORDER BY number;
/* A hundred thousand lines, folded and not */
SELECT count(*), min(day), max(day), min(name), max(name)
FROM kam.icalendar_days((SELECT E'BEGIN:VCALENDAR\r\n' || string_agg(format(E'BEGIN:VEVENT\r\nUID:%s\r\nDTSTART;VALUE=DATE:%s\r\nSUMMARY:Day \r\n %s\r\nEND:VEVENT\r\n',
	i, to_char(date '1950-01-01' + i, 'YYYYMMDD'), to_char(i, 'FM00000')), '') || E'END:VCALENDAR\r\n' FROM generate_series(1, 16666) AS i));

/* kam.add_icalendar() */
CREATE TEMPORARY TABLE feed (icalendar text);
INSERT INTO feed VALUES (E'BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART;VALUE=DATE:20280103
SUMMARY:ชดเชยวันขึ้นปีใหม่
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20280103
SUMMARY:Substitution for New Year''s Day
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20280413
DTEND;VALUE=DATE:20280416
SUMMARY:Songkran
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20280414
SUMMARY:Family Day
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20280414
SUMMARY:Songkran
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20280414
SUMMARY:วัน A
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20280601
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20281205
SUMMARY:วันชาติ
RRULE:FREQ=YEARLY
END:VEVENT
END:VCALENDAR
');
BEGIN;
SELECT kam.add_icalendar('PEA', icalendar, 'holiday', 'a feed', 2029) FROM feed;
SELECT calendar, day, builtin, kind, name_th, name_en, substitute_for, source FROM kam.calendar_day WHERE NOT builtin ORDER BY day;
/* read again, with another year; what was changed in between stays */
UPDATE kam.calendar_day SET name_en = 'Labour' WHERE day = '2028-06-01';
DELETE FROM kam.calendar_day WHERE day = '2028-04-15';
SELECT kam.add_icalendar('PEA', icalendar, 'holiday', 'the feed of today', 2030) FROM feed;
SELECT kam.add_icalendar('PEA', icalendar, last_year => 2030) FROM feed;
SELECT day, kind, name_en, source FROM kam.calendar_day WHERE NOT builtin ORDER BY day;
/* what a calendar has built in stays too; its parent's days are another calendar's */
SELECT kam.add_icalendar('TH-SE', pg_temp.event('DTSTART:20260101', 'DURATION:P2D', 'SUMMARY:New Year'));
SELECT kam.add_icalendar('PEA', pg_temp.event('DTSTART:20260101', 'DURATION:P2D', 'SUMMARY:New Year'), 'special');
SELECT calendar, day, builtin, kind, name_en FROM kam.calendar_day WHERE day IN ('2026-01-01', '2026-01-02') AND calendar <> 'TH-GOV' ORDER BY calendar, day;
SELECT day, kam.is_working_day(day), kam.is_working_day(day, 'TH-SE') AS "TH-SE" FROM unnest('{2026-01-01,2026-01-02}'::date[]) AS day;
/* a Saturday that is worked */
INSERT INTO kam.calendar (calendar, parent) VALUES ('six days', 'PEA');
SELECT kam.add_icalendar('six days', pg_temp.event('DTSTART:20260110', 'SUMMARY:Stocktaking'), 'working', source => 'the manager');
SELECT kam.is_working_day('2026-01-10'), kam.is_working_day('2026-01-10', 'six days');
SELECT kam.add_icalendar('PEA', E'BEGIN:VCALENDAR\nEND:VCALENDAR');
ROLLBACK;

SELECT call, code, message, hint
FROM unnest(ARRAY[
	$$kam.add_icalendar('pea', icalendar)$$, $$kam.add_icalendar('', icalendar)$$, $$kam.add_icalendar(NULL, icalendar)$$, $$kam.add_icalendar('PEA', NULL)$$,
	$$kam.add_icalendar('PEA', icalendar, NULL)$$, $$kam.add_icalendar('PEA', icalendar, 'Holiday')$$, $$kam.add_icalendar('PEA', icalendar)$$,
	$$kam.add_icalendar('PEA', icalendar, last_year => 2571)$$, $$kam.add_icalendar('PEA', 'Dear all')$$]) AS call,
	pg_temp.error_of(format('SELECT %s FROM feed', call));
SELECT count(*) AS left_behind FROM kam.calendar_day WHERE NOT builtin;

/* Rights are those of the caller. */
CREATE ROLE regress_kam_feed;
GRANT SELECT ON feed TO regress_kam_feed;
SET ROLE regress_kam_feed;
SELECT count(*) FROM feed, kam.icalendar_days(icalendar, 2028);
SELECT kam.add_icalendar('PEA', icalendar, last_year => 2028) FROM feed;
RESET ROLE;
DROP OWNED BY regress_kam_feed;
DROP ROLE regress_kam_feed;

/* Nothing of the session has a say: search_path, DateStyle, the escapes in strings. */
SET client_min_messages = warning;
CREATE SCHEMA icalendar_trap;
CREATE FUNCTION icalendar_trap.upper(text) RETURNS text LANGUAGE sql AS $$ SELECT 'trapped' $$;
CREATE FUNCTION icalendar_trap.eq(text, text) RETURNS boolean LANGUAGE sql AS $$ SELECT NULL::boolean $$;
CREATE OPERATOR icalendar_trap.= (LEFTARG = text, RIGHTARG = text, FUNCTION = icalendar_trap.eq);
BEGIN;
SET LOCAL search_path = icalendar_trap, pg_catalog;
SET LOCAL datestyle = 'SQL, DMY';
SET LOCAL standard_conforming_strings = off;
SET LOCAL escape_string_warning = off;
SET LOCAL timezone = 'America/New_York';
SELECT day, name FROM pg_temp.feed, kam.icalendar_days(icalendar, 2028) WHERE day < '2028-02-01' OR name IS NULL;
SELECT * FROM kam.icalendar_days(E'BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a\\, b\\\\n\nDTSTART:20280229\nRRULE:FREQ=YEARLY;COUNT=2\nEND:VEVENT\nEND:VCALENDAR');
SELECT kam.add_icalendar('PEA', icalendar, last_year => 2028) FROM pg_temp.feed;
ROLLBACK;
DROP SCHEMA icalendar_trap CASCADE;
