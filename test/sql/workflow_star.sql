-- The star for BI tools: plain types, no orphans, every number against the base tables, for every reader.
\set ECHO none
\getenv srcdir PG_ABS_SRCDIR
\set schema wf_star
\set prefix regress_star_
\set play :srcdir '/t/workflow_play.sql'
\i :play
\o
\pset tuples_only off
\set ON_ERROR_STOP 0

-- What makes keys miss their rows: an account that moves to another unit, another that is closed, people who move and leave; a
-- case that comes up where the calendar ends, and a contact of years ago.
CALL pg_temp.play('2027-06-02 09:00+07', 'kamr1_n1a',
	$$record_contact('N1A-04', '2024-02-29 23:30+07', 'letter', 'an old agreement')$$,
	$$judge_relationship('N1A-04', 4, 'asked about solar')$$);
-- The amendment is approved: one account goes, another comes, whose visit is late.
CALL pg_temp.at('2027-06-03 09:00+07');
SELECT pg_temp.walk_plan(2027, 'N1-A');
CALL pg_temp.play('2027-06-04 09:00+07', 'director_customer_information_hq', $$change_account('N1A-05', unit_code => 'C1-A')$$,
	$$close_account('N1B-05', '2027-05-31')$$);
SELECT format($$complete_activity(%s, '2027-09-05 10:00+07', 'late')$$, activity_id) AS visit FROM activity WHERE activity = 'first visit' \gset
CALL pg_temp.play('2027-09-06 09:00+07', 'section_head_n1a', :'visit');
CALL pg_temp.play('2027-12-27 09:00+07', 'kamr1_n1a', $$open_case('N1A-04', 'outage', 'ไฟดับ')$$);
SET ROLE :owner;
UPDATE staff SET left_on = '2027-12-01' WHERE staff_id = 'kamr2_n1b';
UPDATE staff SET unit_code = 'C1-A' WHERE staff_id = 'kamr2_n1a';
INSERT INTO reader VALUES (:'application', 'HQ');
RESET ROLE;
CALL pg_temp.at('2027-12-28 09:00+07');
\set ECHO all

-- every column is of a plain type: text, integer, bigint, numeric, date, timestamptz, boolean
SELECT t.typname AS type, count(*) > 0 AS used, string_agg(c.relname || '.' || a.attname, ', ') FILTER (
		WHERE t.typname NOT IN ('text', 'int4', 'int8', 'numeric', 'date', 'timestamptz', 'bool')) AS not_plain
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
WHERE c.relnamespace = 'wf_star'::regnamespace AND c.relkind = 'v' AND c.relname ~ '^(dim|fact)_' AND a.attnum > 0
GROUP BY 1 ORDER BY 1;
-- and every view asks who is reading
SELECT relname FROM pg_class
WHERE relnamespace = 'wf_star'::regnamespace AND relkind = 'v' AND relname ~ '^(dim|fact)_'
	AND reloptions IS DISTINCT FROM '{security_invoker=true}';

-- Which column of which fact joins which dimension: as the comments say.
CREATE TEMP TABLE link AS
SELECT c.relname::text AS fact, a.attname::text AS key, d.dim,
	(SELECT k.attname FROM pg_attribute k WHERE k.attrelid = ('wf_star.' || d.dim)::regclass AND k.attnum = 1)::text AS dim_key
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
	CROSS JOIN LATERAL substring(col_description(c.oid, a.attnum) FROM 'joins (dim_[a-z_]+)') d (dim)
WHERE c.relnamespace = 'wf_star'::regnamespace AND c.relname ~ '^fact_' AND d.dim IS NOT NULL;
GRANT SELECT ON link TO PUBLIC;
SELECT fact, string_agg(key || ' → ' || dim, ', ' ORDER BY key COLLATE "C") AS joins FROM link GROUP BY fact ORDER BY fact COLLATE "C";

-- What a reader sees of each, kept; and how many rows of a fact find not exactly one row in some dimension.
CREATE FUNCTION pg_temp.orphans(who text) RETURNS TABLE (reader text, facts bigint, orphans text) LANGUAGE plpgsql SET jit = off AS $$
DECLARE
	view_name text;
	l record;
	rows bigint;
BEGIN
	PERFORM pg_temp.act(who);
	FOR view_name IN SELECT fact FROM link UNION SELECT dim FROM link LOOP
		EXECUTE format('CREATE TEMP TABLE kept_%1$s AS SELECT * FROM wf_star.%1$I', view_name);
	END LOOP;
	reader := who;
	facts := 0;
	FOR l IN SELECT *, row_number() OVER (PARTITION BY fact ORDER BY key) AS n FROM link ORDER BY fact COLLATE "C", key COLLATE "C" LOOP
		EXECUTE format('SELECT count(*), count(*) FILTER (WHERE n IS DISTINCT FROM 1) FROM kept_%1$s f LEFT JOIN (
			SELECT %4$s AS key, count(*) AS n FROM kept_%3$s GROUP BY 1) d ON key = %2$s', l.fact, l.key, l.dim, l.dim_key) INTO rows, l.n;
		facts := facts + CASE WHEN l.key = 'unit_code' THEN rows ELSE 0 END;
		IF l.n > 0 THEN
			orphans := concat_ws(', ', orphans, format('%s.%s: %s of %s', l.fact, l.key, l.n, rows));
		END IF;
	END LOOP;
	FOR l IN SELECT DISTINCT dim, dim_key FROM link LOOP
		EXECUTE format('SELECT count(*) - count(DISTINCT %1$I) FROM kept_%2$s', l.dim_key, l.dim) INTO rows;
		IF rows <> 0 THEN
			orphans := concat_ws(', ', orphans, format('%s has %s rows too many', l.dim, rows));
		END IF;
	END LOOP;
	FOR view_name IN SELECT fact FROM link UNION SELECT dim FROM link LOOP
		EXECUTE format('DROP TABLE kept_%s', view_name);
	END LOOP;
	PERFORM pg_temp.act(NULL);
	RETURN NEXT;
END $$;
SELECT o.* FROM unnest(ARRAY['application', 'reader', 'office_manager_n1a', 'office_manager_c1a', 'kamr2_n1a',
	'director_communication_service_hq']) WITH ORDINALITY w (who, n)
	CROSS JOIN LATERAL pg_temp.orphans(who) o ORDER BY n;

-- What the manager of an office sees of an account that has moved away and of somebody who has: their numbers.
SET ROLE regress_star_office_manager_n1a;
SELECT account_id, name_th, unit_code, tier, is_visible FROM dim_account WHERE account_id IN ('N1A-04', 'N1A-05') ORDER BY 1;
SELECT staff_id, name_th, unit_code, is_visible FROM dim_staff WHERE staff_id IN ('kamr1_n1a', 'kamr2_n1a', '-') ORDER BY staff_id COLLATE "C";
SELECT account_id, unit_code, count(*), min(tier) AS tier FROM fact_contact WHERE account_id = 'N1A-05' GROUP BY 1, 2;
RESET ROLE;

-- ---- numbers: by the star, and beside it by the base tables ------------------
SET ROLE regress_star_owner;
SELECT u.area_code, sum(f.activities) AS activities, sum(f.due) AS due, sum(f.done) AS done, sum(f.done_in_time) AS in_time,
	kam.rate(f.is_done) AS success
FROM fact_activity f JOIN dim_unit u USING (unit_code) GROUP BY u.area_code, u.area_order ORDER BY u.area_order;
SELECT coalesce(_area(a.unit_code), a.unit_code) AS area_code, count(*) AS activities, count(*) FILTER (WHERE a.due_on <= '2027-12-28') AS due,
	count(a.done_at) AS done, count(*) FILTER (WHERE kam.bangkok_date(a.done_at) <= a.due_on) AS in_time
FROM activity a JOIN plan p USING (plan_id) WHERE a.ended_on IS NULL AND p.status = 'approved' GROUP BY 1 ORDER BY 1;
SELECT state, count(*), sum(activities) AS counted FROM fact_activity JOIN dim_state USING (state) GROUP BY state, state_order ORDER BY state_order;

SELECT d.year, d.month_key, sum(f.contacts) AS contacts, sum(f.planned_contacts) AS planned, sum(f.recorded_in_time) AS in_time
FROM fact_contact f JOIN dim_date d ON d.day = f.happened_on GROUP BY 1, 2 ORDER BY 2;
SELECT to_char(happened_at AT TIME ZONE 'Asia/Bangkok', 'YYYY-MM') AS month, count(*) AS contacts, count(activity_id) AS planned,
	count(*) FILTER (WHERE recorded_at < (kam.bangkok_date(happened_at) + 8)::timestamp AT TIME ZONE 'Asia/Bangkok') AS in_time
FROM contact GROUP BY 1 ORDER BY 1;
SELECT f.unit_code, f.plan_year, kam.rate(f.is_recorded_in_time) = r.recorded_on_time AS same
FROM fact_contact f JOIN (SELECT unit_code, plan_year, sum(recorded_on_time) AS recorded_on_time FROM contact_rate GROUP BY 1, 2) r
	USING (unit_code, plan_year) GROUP BY 1, 2, r.recorded_on_time ORDER BY 1, 2;

SELECT case_id, clock_no, received_on, due_on, answered_on, state, cases, urgent_cases AS urgent, open_cases AS open, clocks, due, answered_in_time AS in_time,
	days_to_answer AS days, escalations, escalation_level AS level
FROM fact_case ORDER BY 1, 2;
SELECT (SELECT count(*) FROM service_case) AS cases, (SELECT count(*) FROM service_case WHERE urgent) AS urgent,
	(SELECT count(*) FROM service_case WHERE closed_at IS NULL) AS open, (SELECT count(*) FROM case_clock) AS clocks,
	(SELECT count(*) FROM case_clock WHERE due_on <= '2027-12-28') AS due,
	(SELECT count(*) FROM case_clock WHERE kam.bangkok_date(answered_at) <= due_on) AS in_time, (SELECT count(*) FROM case_escalation) AS escalations;
SELECT sum(cases) AS cases, sum(urgent_cases) AS urgent, sum(open_cases) AS open, sum(clocks) AS clocks, sum(due) AS due, sum(answered_in_time) AS in_time,
	sum(escalations) AS escalations FROM fact_case;

SELECT voice_kind, listening, topic, content, voices, voices_of_cases, recorded_in_time, heard_on FROM fact_voice;
SELECT measure, survey_kind, counted_on, scale, score, percent_of_scale, responses, top_two_box, tier, staff_id FROM fact_survey_response;

SELECT t.name_th, sum(f.key_accounts) AS key_accounts, sum(f.weight) AS weight, sum(f.left_out) AS left_out, count(*) AS rows
FROM fact_selection f JOIN dim_tier t USING (tier) GROUP BY t.name_th, t.tier_order ORDER BY t.tier_order;
SELECT s.tier, count(*) FILTER (WHERE s.ended_on IS NULL AND s.status = 'selected' AND p.status = 'approved') AS key_accounts,
	count(*) FILTER (WHERE s.ended_on IS NULL AND s.status = 'left_out') AS left_out, count(*) AS rows
FROM selection s JOIN plan p USING (plan_id) GROUP BY s.tier ORDER BY s.tier DESC;
SELECT account_id, tier, value_class, basis, status, criteria, voltage, corporate_image, is_in_force, weight FROM fact_selection
WHERE account_id IN ('N1A-01', 'N1A-16', 'N1A-18', 'N1A-19') ORDER BY selection_id;

SELECT f.staff_id, f.unit_code, f.day, f.strategic, f.star, f.status_tier AS status, f.accounts, f.weight, f.min_weight, f.max_weight, f.band, f.is_within_band
FROM fact_portfolio f ORDER BY f.staff_id COLLATE "C";
SELECT f.staff_id, f.weight, k.in_force FROM fact_portfolio f FULL JOIN kamr_portfolio k USING (plan_year, staff_id)
WHERE f.weight IS DISTINCT FROM kam.weight(k.in_force, 2027) AND k.in_force <> '{}';

SELECT f.step, s.name_en, sum(f.deadlines) AS deadlines, sum(f.met) AS met, sum(f.met_in_time) AS in_time, sum(f.overdue) AS overdue, sum(f.decided) AS decided
FROM fact_deadline f JOIN dim_step s USING (step) GROUP BY 1, 2 ORDER BY 1;
SELECT step, count(*) AS deadlines, count(met_at) AS met, count(*) FILTER (WHERE state = 'met') AS in_time, count(*) FILTER (WHERE state = 'overdue') AS overdue
FROM deadline_status GROUP BY 1 ORDER BY 1;

-- The KPIs of each KAMR and month, by the facts and as they are reported, and the country's of the year; for who reads all, and who reads N1.
CREATE VIEW pg_temp.by_facts WITH (security_invoker = true) AS
SELECT 'plan_success' AS measure, due_on AS day, unit_code, staff_id, done, due, NULL::int AS responses, NULL::numeric AS score_sum FROM fact_activity WHERE due = 1
UNION ALL SELECT 'done_on_time', due_on, unit_code, staff_id, done_in_time, due, NULL, NULL FROM fact_activity WHERE due = 1
UNION ALL SELECT 'recorded_in_time', happened_on, unit_code, staff_id, recorded_in_time, contacts, NULL, NULL FROM fact_contact WHERE plan_year = 2027
UNION ALL SELECT 'answered_in_time', due_on, unit_code, staff_id, answered_in_time, due, NULL, NULL FROM fact_case WHERE due = 1
UNION ALL SELECT measure, counted_on, unit_code, staff_id, NULL, NULL, responses, score FROM fact_survey_response
UNION ALL SELECT measure || '_top_two_box', counted_on, unit_code, staff_id, top_two_box, responses, NULL, NULL FROM fact_survey_response;
CREATE VIEW pg_temp.compared WITH (security_invoker = true) AS
SELECT coalesce(s.measure, k.measure) AS measure, count(*) AS figures, count(*) FILTER (WHERE (s.done, s.due, s.responses, s.score_sum)
	IS DISTINCT FROM (k.done, k.due, k.responses, k.score_sum)) AS differ
FROM (SELECT measure, to_char(day, '"M"MM') AS period, unit_code, staff_id, sum(done) AS done, sum(due) AS due, sum(responses) AS responses, sum(score_sum) AS score_sum
	FROM pg_temp.by_facts GROUP BY 1, 2, 3, 4) s
FULL JOIN (SELECT * FROM fact_kpi WHERE period_kind = 'month' AND level = 'kamr' AND measure !~ '_(response|load)$') k USING (measure, period, unit_code, staff_id)
GROUP BY 1;
GRANT SELECT ON pg_temp.by_facts, pg_temp.compared TO PUBLIC;
SET ROLE regress_star_application;
SELECT * FROM pg_temp.compared ORDER BY measure;
SET ROLE regress_star_reader;
SELECT * FROM pg_temp.compared ORDER BY measure;
SET ROLE regress_star_application;
SELECT k.measure, m.name_en, k.level, k.period, k.done, k.due, k.responses, k.score_sum, k.scale, k.weight, k.value, k.percent, k.target, k.is_attained,
	s.done = k.done AND s.due = k.due OR s.responses = k.responses AND s.score_sum = k.score_sum AS as_facts
FROM fact_kpi k JOIN dim_measure m USING (measure) JOIN dim_unit u USING (unit_code)
	LEFT JOIN (SELECT measure, sum(done) AS done, sum(due) AS due, sum(responses) AS responses, sum(score_sum) AS score_sum FROM pg_temp.by_facts GROUP BY 1) s USING (measure)
WHERE k.level = 'country' AND k.period_kind = 'year' ORDER BY m.measure_order;
SELECT p.weight = k.weight AS weight, p.kamrs = k.due AS kamrs, p.within = k.done AS within
FROM (SELECT sum(weight) AS weight, sum(loaded_kamrs) AS kamrs, sum(kamrs_within_band) AS within FROM fact_portfolio) p, fact_kpi k
WHERE k.measure = 'portfolio_load' AND k.level = 'country' AND k.period_kind = 'year';
-- the report that was published of the first quarter
SELECT r.content #>> '{results,plan_success_in_period,rate}' AS reported, kam.rate(f.is_done) AS by_facts
FROM report r JOIN dim_unit u ON u.area_code = r.unit_code JOIN fact_activity f ON f.unit_code = u.unit_code JOIN dim_date d ON d.day = f.due_on AND d.quarter_en = r.period
WHERE r.kind = 'quarterly' GROUP BY 1;
RESET ROLE;
DROP VIEW pg_temp.compared, pg_temp.by_facts;

-- ---- dimensions --------------------------------------------------------------
-- every day from the first of November before the first plan year to the end of January after the last; here from that old contact on
SELECT min(day), max(day), count(*) = max(day) - min(day) + 1 AS without_gaps, count(*) FILTER (WHERE year_be <> year + 543
	OR month_key <> to_char(day, 'YYYY-MM') OR weekday_en <> trim(to_char(day, 'Day')) OR month_en <> trim(to_char(day, 'Month'))
	OR date_key <> year * 10000 + month * 100 + day_of_month OR quarter <> (month + 2) / 3) AS wrong FROM dim_date;
SELECT day, day_th, weekday_th, month_th, quarter_th, year_be, is_working_day, working_days, is_provisional, holiday_th, holiday_en FROM dim_date
WHERE day IN ('2024-02-29', '2026-12-07', '2027-04-13', '2027-04-16', '2027-04-17', '2027-12-31', '2028-01-01', '2028-01-31') ORDER BY 1;
-- as the calendar has it, and NULL where that ends
SELECT count(*) FILTER (WHERE d.is_working_day <> kam.is_working_day(d.day)) AS wrong FROM dim_date d WHERE d.day <= '2027-12-31';
SELECT min(day), max(day), count(is_working_day), count(holiday_th) FROM dim_date WHERE is_working_day IS NULL;
-- a day of the workflow's own, and a calendar of one's own that takes it back
BEGIN;
RESET ROLE;
INSERT INTO kam.calendar_day (calendar, day, kind, name_th, name_en) VALUES ('PEA', '2027-09-28', 'special', 'วันสถาปนา กฟภ.', 'Founding day of PEA');
INSERT INTO kam.calendar (calendar, parent) VALUES ('PEA south', 'PEA');
INSERT INTO kam.calendar_day (calendar, day, kind) VALUES ('PEA south', '2027-09-28', 'working');
SELECT is_working_day, holiday_th FROM dim_date WHERE day = '2027-09-28';
UPDATE setting SET value = 'PEA south' WHERE setting = 'calendar';
SELECT is_working_day, holiday_th FROM dim_date WHERE day = '2027-09-28';
ROLLBACK;

SET ROLE regress_star_application;
SELECT unit_order, unit_code, kind_order, area_code, area_order, region_code, region_order, hq_code, is_open FROM dim_unit WHERE region_code IN ('HQ', 'R1') ORDER BY unit_order;
SELECT tier, tier_order, tier_sorted, name_en, weight, is_key_account FROM dim_tier ORDER BY tier_sorted COLLATE "C";
SELECT l.label, l.sort_order = _tier_order(l.label) AS as_in_label FROM kam.label l WHERE l.type = 'tier'
UNION ALL SELECT l.label, l.sort_order = _value_class_order(l.label) FROM kam.label l WHERE l.type = 'value_class' ORDER BY 1;
SELECT account_id, name_th, tier, tier_order, staff_id, value_class, relationship_level, relationship_en, closed_on, is_open, unit_code FROM dim_account
WHERE account_id IN ('N1A-04', 'N1A-05', 'N1A-16', 'N1A-18', 'N1B-05', 'HQ-01') ORDER BY account_id;
SELECT staff_id, kamr_level, kamr_level_order AS n, left_on, has_left, unit_code FROM dim_staff WHERE staff_id ~ '^kamr._n1|^-$|^area_kamr_n1' ORDER BY staff_id COLLATE "C";
-- names sort by the Royal Institute's order, whatever the tool's ORDER BY says
SELECT collname, count(*) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_collation l ON l.oid = a.attcollation
WHERE c.relnamespace = 'wf_star'::regnamespace AND c.relname ~ '^dim_' AND a.attname = 'name_th' AND c.relname NOT IN ('dim_tier', 'dim_value_class', 'dim_step', 'dim_state', 'dim_measure')
GROUP BY 1;

-- ---- who sees what -----------------------------------------------------------
SET ROLE regress_star_reader;
SELECT u.area_code, sum(f.contacts) AS contacts FROM fact_contact f JOIN dim_unit u USING (unit_code) GROUP BY 1 ORDER BY 1;
SELECT count(*) AS accounts, count(*) FILTER (WHERE NOT is_visible) AS elsewhere FROM dim_account;
SELECT count(*) AS deadlines, count(DISTINCT unit_code) AS units FROM fact_deadline;
SET ROLE regress_star_kamr1_n1a;
SELECT count(DISTINCT account_id) AS accounts, count(*) FILTER (WHERE account_id NOT IN (SELECT account_id FROM assignment WHERE staff_id = 'kamr1_n1a')) AS others FROM fact_activity;
RESET ROLE;
SET ROLE regress_star_stranger;
SELECT format('SELECT %s AS rows', string_agg(format('(SELECT count(*) FROM %I)', relname), ' + ' ORDER BY relname COLLATE "C")) FROM pg_class
WHERE relnamespace = 'wf_star'::regnamespace AND relkind = 'v' AND relname ~ '^(dim|fact)_' \gexec
RESET ROLE;

-- days are those of Bangkok, and nothing else depends on a session's settings
CREATE FUNCTION pg_temp.whole() RETURNS TABLE (rel name, hash text) LANGUAGE plpgsql AS $$
BEGIN
	FOR rel IN SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'wf_star'::regnamespace AND c.relkind = 'v' AND c.relname ~ '^(dim|fact)_' LOOP
		EXECUTE format('SELECT md5(string_agg(r::text, E''\n'' ORDER BY r::text COLLATE "C")) FROM (SELECT jsonb_strip_nulls(to_jsonb(v)) - ARRAY['
			|| '''done_at'', ''happened_at'', ''recorded_at'', ''received_at'', ''answered_at'', ''closed_at'', ''heard_at'', ''met_at''] FROM wf_star.%I v) x (r)', rel) INTO hash;
		RETURN NEXT;
	END LOOP;
END $$;
CREATE TEMP TABLE before AS SELECT * FROM pg_temp.whole();
SET timezone = 'America/Los_Angeles';
SET datestyle = 'SQL, DMY';
SET search_path = pg_temp, pg_catalog;
SET lc_time = 'C';
SELECT count(*) AS views, count(*) FILTER (WHERE b.hash IS DISTINCT FROM w.hash) AS differ FROM pg_temp.before b FULL JOIN pg_temp.whole() w USING (rel);
SET search_path = wf_star;

\set ECHO none
\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
