/* The day in Bangkok is the same in every session, and the one that AT TIME ZONE gives. */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
\pset null '(null)'
SET DateStyle = 'ISO, YMD';

/* The last microsecond of a day, and the first of the next. */
SELECT at, kam.bangkok_date(at::timestamptz)
FROM (VALUES ('2026-04-10 00:00+07'), ('2026-04-10 23:59:59.999999+07'), ('2026-04-11 00:00+07'),
	('2026-04-10 16:59:59.999999Z'), ('2026-04-10 17:00Z'), ('1999-12-31 16:59:59.999999Z'), ('1999-12-31 17:00Z'),
	('1969-12-31 17:00Z'), ('infinity'), ('-infinity'), (NULL)) AS v (at);

/* Every seven hours and a bit of three centuries, and each second around the changes of 1880 and 1920. */
SELECT count(*) AS moments, count(*) FILTER (WHERE kam.bangkok_date(at) IS DISTINCT FROM (at AT TIME ZONE 'Asia/Bangkok')::date) AS wrong
FROM generate_series('1850-01-01 00:00Z'::timestamptz, '2150-01-01 00:00Z', '7 hours 13 minutes') AS at;
SELECT count(*) AS moments, count(*) FILTER (WHERE kam.bangkok_date(at) IS DISTINCT FROM (at AT TIME ZONE 'Asia/Bangkok')::date) AS wrong
FROM unnest('{1879-12-31,1920-03-31,1920-04-01,1920-04-02,1999-12-31,2025-12-31}'::date[]) AS day,
	LATERAL generate_series(day - time '08:00', day + time '18:30', '1 second') AS local, LATERAL (SELECT local AT TIME ZONE 'UTC') AS l (at);
SELECT count(*) AS moments, count(*) FILTER (WHERE kam.bangkok_date(at) IS DISTINCT FROM (at AT TIME ZONE 'Asia/Bangkok')::date) AS wrong
FROM unnest('{1920-04-01,1920-04-02,2000-01-01,2026-11-22}'::date[]) AS day, generate_series(0, 23) AS hour, generate_series(-2, 2) AS us,
	LATERAL (SELECT (day + hour * interval '1 hour' + us * interval '1 microsecond') AT TIME ZONE 'UTC') AS l (at);

/*
 * The ends of time: the same day or the same error, but for the last seven hours, whose
 * day Bangkok's clocks cannot show as a timestamp.
 */
SELECT at, (a).code AS code, (a).message AS message, (b).code = (a).code AS same
FROM unnest('{4714-11-24 00:00Z BC,4714-11-23 17:00Z BC,0001-01-01 00:00Z BC,294276-12-31 16:59:59.999999Z,294276-12-31 17:00Z,294276-12-31 23:59:59.999999Z}'::text[]) AS at,
	LATERAL (SELECT pg_temp.error_of(format('SELECT kam.bangkok_date(%L)', at)) AS a,
		pg_temp.error_of(format('SELECT (%L::timestamptz AT TIME ZONE ''Asia/Bangkok'')::date', at)) AS b) AS e;
SELECT n, kam.bangkok_date(at) = (at AT TIME ZONE 'Asia/Bangkok')::date AS same
FROM unnest('{4714-11-24 00:00Z BC,0001-01-01 00:00Z BC,294276-12-31 16:59:59.999999Z}'::timestamptz[]) WITH ORDINALITY AS a (at, n);
SELECT count(*) AS moments, count(*) FILTER (WHERE kam.bangkok_date(at) <> '294277-01-01') AS wrong
FROM generate_series(0, 7 * 3600 - 1) AS n,
	LATERAL (SELECT '294276-12-31 17:00Z'::timestamptz + n * interval '1 second') AS l (at);
SELECT kam.bangkok_date('294276-12-31 23:59:59.999999Z') AS last;

/* The session's time zone changes how a moment is written, and not its day. */
SET TimeZone = 'Pacific/Kiritimati';
SELECT kam.bangkok_date('2026-04-10 23:59:59.999999+07'), kam.bangkok_date('2026-04-11 00:00+07');
SET TimeZone = 'Pacific/Pago_Pago';
SELECT kam.bangkok_date('2026-04-10 23:59:59.999999+07'), kam.bangkok_date('2026-04-11 00:00+07');
RESET TimeZone;

/* Immutable: an index may have it. A date or a timestamp without time zone is no moment of its own. */
CREATE TABLE letter (received_at timestamptz);
CREATE INDEX ON letter (kam.bangkok_date(received_at));
DROP TABLE letter;
SELECT count(*) AS overloads FROM pg_proc WHERE proname = 'bangkok_date' AND pronamespace = 'kam'::regnamespace;
