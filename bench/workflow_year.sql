-- The year that was planned, week by week, and its reports until February of the next.

SET jit = off;
SET search_path = crm, public;

CALL bench.play('enter_system', '2026-01-05 14:00+07',
    $$SELECT DISTINCT ON (unit_code) staff_id, unit_code AS argument FROM bench.person WHERE level IS NOT NULL
        ORDER BY unit_code, staff_id$$,
    $$SELECT count(enter_system($1, 2026, system)::text) FROM unnest(ARRAY['Customer Integration DB', 'CRM plus']) AS system$$);
CALL bench.play('record_introduction', '2026-01-06 10:00+07',
    $$SELECT DISTINCT keeper AS staff_id, keeper AS argument FROM bench.customer WHERE keeper IS NOT NULL$$,
    $$SELECT count(record_introduction(account_id, '2026-01-06 09:30+07', 'telephone, e-mail')::text)
        FROM bench.customer WHERE keeper = $1$$);

-- ---- what will happen ------------------------------------------------------

-- A hundred contacts an account, every eighth of which is an activity of the plan. Recorded in the week in which they
-- happen; one in a hundred two weeks later.
CREATE UNLOGGED TABLE bench.contact_to_come AS
    SELECT keeper, account_id, happened_at, (n % 8 = 0 AND n / 8 <= 12) AS is_activity, n / 8 AS activity_no,
        date '2026-01-01' + (day / 7 + CASE WHEN hashint4(n) % 100 = 0 THEN 3 ELSE 1 END) * 7 AS recorded_on
    FROM bench.customer, generate_series(1, 100) AS n,
        LATERAL (SELECT floor((n - 1) * 3.64)::int AS day) AS d,
        LATERAL (SELECT (date '2026-01-01' + day)::timestamp AT TIME ZONE 'Asia/Bangkok' + interval '10 hours' AS happened_at) AS h
    WHERE keeper IS NOT NULL;
ALTER TABLE bench.contact_to_come ADD activity_id bigint;
UPDATE bench.contact_to_come AS c SET activity_id = a.activity_id
    FROM activity AS a
    WHERE c.is_activity AND a.account_id = c.account_id AND a.activity = 'visit ' || c.activity_no
        -- Not all is done that was planned.
        AND hashtext(c.account_id || c.activity_no) % 50 <> 0;
CREATE INDEX ON bench.contact_to_come (recorded_on, keeper);

-- Five cases for three accounts, one in ten urgent; nine of ten answered in the next week, the others in the one after.
CREATE UNLOGGED TABLE bench.case_to_come AS
    SELECT keeper, account_id, unit_code, n, n % 10 = 0 AS urgent, opened_on, opened_on + CASE WHEN n % 10 = 5 THEN 14 ELSE 7 END AS answered_on,
        NULL::bigint AS case_id
    FROM (
        SELECT *, date '2026-01-08' + (n * 13 % 49 * 7)::int AS opened_on
        FROM (SELECT *, row_number() OVER (ORDER BY account_id, half) AS n
            FROM bench.customer, generate_series(1, 2) AS half
            WHERE keeper IS NOT NULL AND (half = 1 OR hashtext(account_id) % 3 <> 0)) AS c) AS c;
CREATE INDEX ON bench.case_to_come (opened_on, keeper);
CREATE INDEX ON bench.case_to_come (answered_on, keeper);
ALTER TABLE bench.case_to_come ADD PRIMARY KEY (n);

CREATE UNLOGGED TABLE bench.voice_to_come AS
    SELECT keeper, account_id, n, date '2026-01-08' + (hashtext(account_id || n) & 1023) % 49 * 7 AS heard_on
    FROM bench.customer, generate_series(1, 3) AS n WHERE keeper <> 'hq_section_head_hq';
CREATE INDEX ON bench.voice_to_come (heard_on, keeper);

-- Reports ten days after a month, twenty after a quarter.
CREATE UNLOGGED TABLE bench.report_to_come AS
    SELECT staff_id, 'monthly' AS kind, unit_code, 'M' || to_char(m, 'FM00') AS period,
        (make_date(2026, m, 10) + interval '1 month')::date AS published_on
    FROM bench.boss JOIN bench.office USING (unit_code), generate_series(1, 12) AS m
    UNION ALL
    SELECT staff_id, 'quarterly', unit_code, 'Q' || q, (make_date(2026, 3 * q, 20) + interval '1 month')::date
    FROM bench.boss, generate_series(1, 4) AS q WHERE unit_code NOT IN (SELECT unit_code FROM bench.office)
    UNION ALL
    SELECT staff_id, 'coordinators', unit_code, NULL, '2026-07-10'
    FROM bench.boss WHERE unit_code NOT IN (SELECT unit_code FROM bench.office)
    UNION ALL
    SELECT staff_id, 'effectiveness', unit_code, period, published_on
    FROM bench.boss, (VALUES ('preliminary', date '2026-10-12'), ('annual', '2027-01-20')) AS p (period, published_on)
    WHERE unit_code NOT IN (SELECT unit_code FROM bench.office)
    UNION ALL VALUES
        ('director_communication_service_hq', 'survey', 'HQ', NULL, date '2026-09-10'),
        ('process_owner_hq', 'process_review', 'HQ', NULL, '2026-12-21');
GRANT SELECT ON bench.contact_to_come, bench.case_to_come, bench.voice_to_come, bench.report_to_come TO PUBLIC;
GRANT UPDATE (case_id) ON bench.case_to_come TO PUBLIC;
VACUUM ANALYZE;

-- ---- and happens -----------------------------------------------------------

CREATE PROCEDURE bench.week(today date)
    LANGUAGE plpgsql
AS $body$
DECLARE
    clock timestamptz := today::timestamp AT TIME ZONE 'Asia/Bangkok' + interval '8 hours';
    report_kind text;
BEGIN
    CALL bench.play('sweep', clock, $q$SELECT 'process_owner_hq' AS staff_id, '' AS argument$q$,
        'SELECT count(*) FROM sweep() WHERE $1 IS NOT NULL');
    FOR report_kind IN SELECT DISTINCT kind FROM bench.report_to_come WHERE published_on > today - 7 AND published_on <= today LOOP
        CALL bench.play('publish_report, ' || report_kind, clock,
            format('SELECT staff_id, r::text AS argument FROM bench.report_to_come AS r WHERE kind = %L AND published_on > %L AND published_on <= %L',
                report_kind, today - 7, today),
            'SELECT count(publish_report(r.kind, r.unit_code, 2026, r.period)) FROM (SELECT ($1::bench.report_to_come).*) AS r');
    END LOOP;
    CALL bench.play('complete_activity', clock,
        format('SELECT DISTINCT keeper AS staff_id, keeper AS argument FROM bench.contact_to_come WHERE recorded_on = %L AND activity_id IS NOT NULL', today),
        format('SELECT count(complete_activity(activity_id, happened_at, $$done$$)::text) FROM bench.contact_to_come
            WHERE recorded_on = %L AND keeper = $1 AND activity_id IS NOT NULL', today));
    CALL bench.play('record_contact', clock,
        format('SELECT DISTINCT keeper AS staff_id, keeper AS argument FROM bench.contact_to_come WHERE recorded_on = %L', today),
        format('SELECT count(record_contact(account_id, happened_at, $$visit$$, $$power quality and plans$$, activity_id => activity_id))
            FROM bench.contact_to_come WHERE recorded_on = %L AND keeper = $1', today));
    CALL bench.play('answer_case', clock,
        format('SELECT DISTINCT keeper AS staff_id, keeper AS argument FROM bench.case_to_come WHERE answered_on = %L', today),
        format('SELECT count(answer_case(case_id, $$done$$)::text) FROM bench.case_to_come
            WHERE answered_on = %L AND keeper = $1', today));
    -- What the sweep brought to the decision maker meanwhile.
    CALL bench.decide(clock, format('answered_on = %L', today));
    CALL bench.play('close_case', clock,
        format('SELECT DISTINCT keeper AS staff_id, keeper AS argument FROM bench.case_to_come WHERE answered_on = %L', today),
        format('SELECT count(close_case(case_id, $$solved$$)::text) FROM bench.case_to_come
            WHERE answered_on = %L AND keeper = $1', today));
    CALL bench.play('open_case', clock,
        format('SELECT DISTINCT keeper AS staff_id, keeper AS argument FROM bench.case_to_come WHERE opened_on = %L', today),
        format('WITH opened AS MATERIALIZED (
                SELECT n, open_case(account_id, $$problem$$, $$voltage dips$$, urgent => urgent) AS case_id
                FROM bench.case_to_come WHERE opened_on = %L AND keeper = $1),
            noted AS (UPDATE bench.case_to_come AS c SET case_id = o.case_id FROM opened AS o WHERE c.n = o.n RETURNING c.n)
            SELECT count(*) FROM noted', today));
    CALL bench.decide(clock, format('opened_on = %L', today));
    CALL bench.play('record_voice', clock,
        format('SELECT DISTINCT keeper AS staff_id, keeper AS argument FROM bench.voice_to_come WHERE heard_on = %L', today),
        format('SELECT count(record_voice(account_id, %L, $$visit$$, $$expectation$$, $$solar rooftop$$, $$wants 2 MW on the roof$$))
            FROM bench.voice_to_come WHERE heard_on = %L AND keeper = $1', clock, today));
END
$body$;

-- Of these cases, those that lie before the head of the unit.
CREATE PROCEDURE bench.decide(clock timestamptz, which text)
    LANGUAGE plpgsql
AS $body$
BEGIN
    CALL bench.play('decide_case', clock,
        format('SELECT b.staff_id, c.case_id::text AS argument FROM bench.case_to_come AS c JOIN bench.boss AS b USING (unit_code)
            WHERE %s AND EXISTS (SELECT FROM crm.case_escalation AS e WHERE e.case_id = c.case_id AND e.decided_at IS NULL)', which),
        'SELECT count(decide_case($1::bigint, $$repair at once$$)::text)');
END
$body$;

SELECT format('CALL bench.week(%L)', day::date) FROM generate_series(timestamp '2026-01-08', '2026-02-05', '7 days') AS day \gexec
VACUUM ANALYZE;
SELECT format('CALL bench.week(%L)', day::date) FROM generate_series(timestamp '2026-02-12', '2026-05-07', '7 days') AS day \gexec
VACUUM ANALYZE;
SELECT format('CALL bench.week(%L)', day::date) FROM generate_series(timestamp '2026-05-14', '2026-08-06', '7 days') AS day \gexec
VACUUM ANALYZE;

-- The call centre and the consultant ask.
CALL bench.play('open_survey', '2026-08-07 09:00+07', $$SELECT 'director_communication_service_hq' AS staff_id, '' AS argument$$,
    $$SELECT count(open_survey(2026, 'call_centre', 'satisfaction' || $1))
        + count(open_survey(2026, 'consultant', 'satisfaction and loyalty', loyalty_scale => 5))$$);
CALL bench.play('record_response', '2026-08-28 09:00+07', $$SELECT 'director_communication_service_hq' AS staff_id, '' AS argument$$,
    $$SELECT count(record_response(survey_id, account_id || $1, measure, 3 + hashtext(account_id) % 2, '2026-08-20'))
        FROM survey_measure, bench.customer WHERE keeper IS NOT NULL$$);

SELECT format('CALL bench.week(%L)', day::date) FROM generate_series(timestamp '2026-08-13', '2026-11-05', '7 days') AS day \gexec
VACUUM ANALYZE;
SELECT format('CALL bench.week(%L)', day::date) FROM generate_series(timestamp '2026-11-12', '2027-02-04', '7 days') AS day \gexec
VACUUM ANALYZE;
