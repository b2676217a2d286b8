-- Pictures as SVG and as text: that they show what they were given, whoever's text it is, and the same under all settings.
\pset format unaligned
\pset tuples_only on
\pset null '(null)'
SET client_min_messages = warning;

\getenv srcdir PG_ABS_SRCDIR
\set picture :srcdir '/sql/include/picture.sql'
\i :picture
CREATE FUNCTION pg_temp.said(svg text) RETURNS text LANGUAGE sql AS $$ SELECT substring(svg FROM '<desc [^>]*>([^<]*)<') $$;
/* Columns, counted without the extension: Thai only. */
CREATE FUNCTION pg_temp.columns(line text) RETURNS int LANGUAGE sql AS $$
	SELECT length(translate(line, 'ัิีึืฺุู็่้๊๋์ํ๎', ''))
$$;

-- The matrix ---------------------------------------------------------------------
SELECT svg AS matrix FROM kam.kasm_picture('{Strategic:12,Star:31,Status:8,Streamline:57}') svg \gset
SELECT * FROM pg_temp.faults(:'matrix');
SELECT * FROM pg_temp.texts(:'matrix');
SELECT pg_temp.said(:'matrix');
-- a dot for each, of the tier's own look
SELECT substring(g FROM '^fill="[^"]*"') AS look, regexp_count(split_part(g, '</g>', 1), '<circle') AS dots FROM string_to_table(:'matrix', '<g ') g WHERE g LIKE 'fill%';
-- up to a hundred, then bars of the share
SELECT regexp_count(kam.kasm_picture(kam.portfolio(100, 100, 100, 100)), '<circle'), (SELECT count(*) FROM pg_temp.faults(kam.kasm_picture(kam.portfolio(100, 100, 100, 100))));
SELECT regexp_count(svg, '<circle'), (SELECT string_agg(round(m[1]::numeric / 252 * 404, 1)::text, ' ') FROM regexp_matches(svg, 'width="([0-9.]+)" height="26" fill="#', 'g') m)
FROM kam.kasm_picture(kam.portfolio(101, 1, 2, 300)) svg;
SELECT t FROM pg_temp.texts(kam.kasm_picture(kam.portfolio(101, 1, 2, 300))) t WHERE t ~ '^[0-9<]';
-- none, one, as many as there can be; NULL
SELECT t FROM pg_temp.texts(kam.kasm_picture('{}')) t WHERE t ~ '^[0-9–]|^รวม';
SELECT t FROM pg_temp.texts(kam.kasm_picture('{Star:1}')) t WHERE t ~ '^[0-9–]|^รวม';
SELECT t FROM pg_temp.texts(kam.kasm_picture(kam.portfolio(9223372036854775807, 0, 9223372036854775807, 1))) t WHERE t ~ '^[0-9<–]|^รวม';
SELECT count(*) FROM (VALUES ('{}'::kam.portfolio), ('{Star:1}'), (kam.portfolio(9223372036854775807, 0, 9223372036854775807, 1))) v (mix), pg_temp.faults(kam.kasm_picture(mix));
SELECT kam.kasm_picture(NULL), kam.kasm_picture(NULL, 'x');
-- as text
SELECT kam.kasm_text('{Strategic:12,Star:31,Status:8,Streamline:57}');
SELECT kam.kasm_text(kam.portfolio(101, 1, 2, 300));
SELECT kam.kasm_text('{}');
SELECT count(*) FROM kam.kasm_text(NULL);
SELECT mix, max(pg_temp.columns(line)), count(DISTINCT pg_temp.columns(line)) FILTER (WHERE line LIKE '%|') AS widths
FROM (VALUES ('{}'::kam.portfolio), ('{Strategic:12,Star:31,Status:8,Streamline:57}'), (kam.portfolio(100, 100, 100, 100)),
	(kam.portfolio(9223372036854775807, 0, 9223372036854775807, 1))) v (mix), kam.kasm_text(mix) line GROUP BY mix ORDER BY mix;
-- as many marks as accounts, whatever the numbers
SELECT count(*) FROM (SELECT kam.portfolio(n, n * 7 % 101, n * 13 % 101, 100 - n) AS mix FROM generate_series(0, 100, 5) n) m
WHERE (SELECT coalesce(sum(length(m[1])), 0) FROM kam.kasm_text(mix) line, regexp_matches(line, '[|] (o+) *(?=[|])', 'g') m)
		<> kam.count(mix, 'Strategic') + kam.count(mix, 'Star') + kam.count(mix, 'Status') + kam.count(mix, 'Streamline')
	OR regexp_count(kam.kasm_picture(mix), '<circle') <> kam.count(mix, 'Strategic') + kam.count(mix, 'Star') + kam.count(mix, 'Status') + kam.count(mix, 'Streamline');

-- The load: the manual's example, somebody above, somebody without --------------------
SELECT ARRAY['สมชาย ใจดี', 'Somchai Jaidee', 'คุณ Somying กิ่งแก้วก้องเกียรติกำจร', 'ปู่ ณ บ้านทุ่ง', 'วิภา', 'ก', NULL] AS names,
	ARRAY['{Strategic:12}', '{Strategic:2,Star:8,Status:6}', '{Strategic:4,Star:6,Status:5}', '{Strategic:13}', '{Status:1,Star:3}', '{Streamline:9}', NULL]::kam.portfolio[] AS mixes \gset
SELECT svg AS load FROM kam.load_picture(:'names', :'mixes', plan_year => 2026) svg \gset
SELECT * FROM pg_temp.faults(:'load');
SELECT * FROM pg_temp.texts(:'load');
SELECT pg_temp.said(:'load');
-- each bar is as long as the portfolio weighs, on an axis that ends at 15
SELECT y, round(sum(width) * 15 / 306, 1) AS weight, count(*) AS tiers
FROM (SELECT m[1]::numeric AS y, m[2]::numeric AS width FROM regexp_matches(:'load', '<rect x="[^"]*" y="([^"]*)" width="([^"]*)" height="14"', 'g') m) r GROUP BY y ORDER BY y;
-- the band stands between the limits
SELECT round((m[1]::numeric - 214) * 15 / 306, 1) AS minimum, round((m[1]::numeric + m[2]::numeric - 214) * 15 / 306, 1) AS maximum
FROM regexp_matches(:'load', '<rect x="([^"]*)" y="102" width="([^"]*)"') m;
SELECT kam.load_text(:'names', :'mixes', plan_year => 2026);
-- by the rules that hold, and by others
BEGIN;
INSERT INTO kam.rule_set (rule_set, weight_strategic, weight_streamline, portfolio_min, portfolio_max) VALUES ('<script>&', 2, 0.25, 3, 9.5);
SELECT t FROM pg_temp.texts(kam.load_picture(:'names', :'mixes', rule_set => '<script>&')) t WHERE t ~ '[0-9<]';
SELECT kam.load_text(:'names', :'mixes', rule_set => '<script>&');
SELECT count(*) FROM pg_temp.faults(kam.load_picture(:'names', :'mixes', rule_set => '<script>&'));
INSERT INTO kam.rule_set (rule_set, portfolio_min, portfolio_max) VALUES ('nothing allowed', 0, 0), ('no width', 7, 7);
SELECT r, count(f) FROM unnest('{nothing allowed,no width}'::text[]) r LEFT JOIN pg_temp.faults(kam.load_picture(:'names', :'mixes', rule_set => r)) f ON true GROUP BY r ORDER BY r;
SELECT kam.load_text(:'names', :'mixes', rule_set => 'nothing allowed') LIMIT 2;
ROLLBACK;
-- none; one; a portfolio past the end of the axis; as heavy as can be
SELECT * FROM pg_temp.texts(kam.load_picture('{}', '{}', plan_year => 2026));
SELECT kam.load_text(NULL, NULL, plan_year => 2026);
SELECT kam.load_text('{a,b}', '{"{Strategic:500}","{Star:1}"}', plan_year => 2026);
SELECT kam.load_text('{a}', ARRAY[kam.portfolio(999999999999999, 0, 9)], plan_year => 2026);
SELECT count(*) FROM (VALUES ('{}'::kam.portfolio[]), ('{"{Star:1}"}'), ('{"{Strategic:500}","{Star:1}"}'), (ARRAY[kam.portfolio(999999999999999, 0, 9)])) v (mixes),
	pg_temp.faults(kam.load_picture(array_fill('x'::text, ARRAY[cardinality(mixes)]), mixes));
-- of 300 those outside the limits are all there, and the rest is counted
SELECT t FROM (SELECT array_agg('no. ' || n ORDER BY n) AS names, array_agg(CASE WHEN n % 50 = 0 THEN kam.portfolio(13) WHEN n % 37 = 0 THEN kam.portfolio(5) ELSE kam.portfolio(10) END ORDER BY n) AS mixes
	FROM generate_series(1, 300) n) g, pg_temp.texts(kam.load_picture(names, mixes, plan_year => 2026)) t WHERE t !~ '^1?[0-9][.]';
SELECT count(*), max(pg_temp.columns(line)) FROM (SELECT array_agg('คุณผู้น่ารัก ' || n ORDER BY n) AS names, array_agg(kam.portfolio(n) ORDER BY n) AS mixes FROM generate_series(1, 300) n) g, kam.load_text(names, mixes) line;

-- A calendar ---------------------------------------------------------------------
CREATE TEMP TABLE due (day date, state text, label text, n int GENERATED ALWAYS AS IDENTITY);
INSERT INTO due (day, state, label) VALUES ('2025-11-30', 'met', '1 แผน'), ('2025-12-31', 'met late', '2 พิจารณาแผน'), ('2026-07-15', 'due soon', '7 ผู้ประสานงาน'),
	('2026-07-15', 'met', '7 ผู้ประสานงาน'), ('2026-07-31', 'overdue', '7 ผู้ประสานงาน'), ('2027-01-31', 'due', '9 ประเมิน & "วิเคราะห์"'), ('2026-02-28', NULL, NULL),
	('2025-10-31', 'due', 'too early'), ('2027-02-01', 'due', 'too late'), ('infinity', 'due', 'never'), (NULL, 'due', 'no day'), ('0001-01-01 BC', 'met', 'long ago');
SELECT svg AS calendar FROM (SELECT array_agg(day ORDER BY n) AS days, array_agg(state ORDER BY n) AS states, array_agg(label ORDER BY n) AS labels FROM due) d, kam.calendar_picture(days, states, labels, 2026) svg \gset
SELECT * FROM pg_temp.faults(:'calendar');
SELECT * FROM pg_temp.texts(:'calendar');
SELECT pg_temp.said(:'calendar');
-- the day's number stands in its month's column, 46 wide from 16 on
SELECT m[3] AS day, (ARRAY['Nov','Dec','Jan','Feb','Mar','Apr','May','Jun','Jul','Aug','Sep','Oct','Nov','Dec','Jan'])[1 + floor((m[1]::numeric - 16) / 46)::int] AS month
FROM regexp_matches(:'calendar', '<text x="([0-9.]+)" y="([0-9.]+)">([0-9]+)</text>', 'g') m;
-- a year of every day, twice: it all stands in its column, or is counted
SELECT count(*), count(*) FILTER (WHERE f IS NOT NULL), length(svg) < 100000
FROM (SELECT kam.calendar_picture(array_agg('2026-01-01'::date + n % 365), array_agg((ARRAY['met', 'due'])[1 + n % 2]), array_agg('step ' || n % 10), 2026) FROM generate_series(1, 730) n) c (svg)
	LEFT JOIN pg_temp.faults(svg) f ON true GROUP BY svg;
-- 60 labels: the overdue one is there, the calendar fits a page
SELECT count(*) FILTER (WHERE t LIKE 'step%'), bool_or(t = 'step 60'), max(t) FILTER (WHERE t LIKE '%more%'), substring(svg FROM 'viewBox="([^"]*)')
FROM (SELECT kam.calendar_picture(array_agg('2026-01-01'::date + n), array_agg(CASE n WHEN 60 THEN 'overdue' ELSE 'due' END), array_agg('step ' || n), 2026) FROM generate_series(1, 60) n) c (svg), pg_temp.texts(svg) t GROUP BY svg;
SELECT count(*) FROM pg_temp.texts(kam.calendar_picture('{}', '{}', NULL, 2026));
SELECT count(*) FROM pg_temp.faults(kam.calendar_picture('{}', NULL, '{}', 2026));
SELECT kam.calendar_picture('{2026-01-01}', '{due}', '{x}', NULL);

-- A figure over time ----------------------------------------------------------------
SELECT svg AS trend FROM kam.trend_picture('{ม.ค.,ก.พ.,มี.ค.,เม.ย.,พ.ค.,มิ.ย.,ก.ค.,ส.ค.,ก.ย.,ต.ค.,พ.ย.,ธ.ค.}', '{97.5,88.2,NULL,91,94.7,90.1,100,85,89.9,92,NULL,93.4}', 90) svg \gset
SELECT * FROM pg_temp.faults(:'trend');
SELECT * FROM pg_temp.texts(:'trend');
SELECT pg_temp.said(:'trend');
-- dots at their height: 100 at 96, 0 at 280; the line breaks at a gap, and a point alone has none
SELECT round((280 - m[1]::numeric) / 184 * 100, 1) FROM regexp_matches(:'trend', '<circle cx="[^"]*" cy="([^"]*)"', 'g') m;
SELECT 1 + regexp_count(m[1], ' ') AS points FROM regexp_matches(:'trend', '<polyline points="([^"]*)"', 'g') m;
-- a score on its scale; above the axis; below zero; very large; very small
SELECT string_agg(t, ' ') FROM pg_temp.texts(kam.trend_picture('{Q1,Q2,Q3,Q4}', '{4.12,4.3,NULL,4.05}', 4.2, 'Satisfaction', 5, NULL)) t;
SELECT string_agg(t, ' ') FROM pg_temp.texts(kam.trend_picture('{Q1,Q2}', '{120,-30.5}')) t;
SELECT string_agg(t, ' ') FROM pg_temp.texts(kam.trend_picture('{Q1,Q2}', '{1e99,-1e99}', 1e50)) t;
SELECT string_agg(t, ' ') FROM pg_temp.texts(kam.trend_picture('{Q1,Q2}', '{1e-99,0}', axis_end => NULL)) t;
SELECT string_agg(t, ' ') FROM pg_temp.texts(kam.trend_picture('{Q1}', '{0}', axis_end => 0)) t;
-- none; all gaps; one; so many that only some are said
SELECT string_agg(t, ' ') FROM pg_temp.texts(kam.trend_picture('{}', NULL, 90)) t;
SELECT string_agg(t, ' ') FROM pg_temp.texts(kam.trend_picture('{a,b}', '{NULL,NULL}')) t;
SELECT string_agg(t, ' ') FROM pg_temp.texts(kam.trend_picture('{a}', '{50}')) t;
SELECT regexp_count(svg, '<circle'), string_agg(t, ' ') FROM (SELECT kam.trend_picture(array_agg('M' || n ORDER BY n), array_agg(n * 37 % 100 ORDER BY n), 90) FROM generate_series(1, 200) n) g (svg), pg_temp.texts(svg) t GROUP BY svg;
SELECT n, count(f) FROM unnest('{1,2,11,12,24,60,61}'::int[]) n, LATERAL (SELECT kam.trend_picture(array_agg('ม.ค. ' || i ORDER BY i), array_agg(i * 37 % 100 ORDER BY i), 90) FROM generate_series(1, n) i) g (svg)
	LEFT JOIN LATERAL pg_temp.faults(svg) f ON true GROUP BY n ORDER BY n;
SELECT count(*) FROM (VALUES (kam.trend_picture('{Q1,Q2}', '{1e99,-1e99}', 1e50)), (kam.trend_picture('{Q1,Q2}', '{1e-99,0}', axis_end => NULL)), (kam.trend_picture('{}', NULL, 90))) v (svg), pg_temp.faults(svg);

-- What no picture is made of -----------------------------------------------------------
\set VERBOSITY verbose
\set SHOW_CONTEXT never
CREATE FUNCTION pg_temp.refused(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	hint text;
BEGIN
	EXECUTE statement;
	RETURN 'not refused';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
	RETURN SQLSTATE || ': ' || SQLERRM || ' / ' || hint;
END $$;
SELECT pg_temp.refused(s) FROM unnest(ARRAY[
	$$SELECT kam.load_picture('{a,b}', '{"{Star:1}"}')$$,
	$$SELECT kam.load_text(NULL, '{"{Star:1}"}')$$,
	$$SELECT kam.calendar_picture('{2026-01-01}', '{due}', '{a,b}', 2026)$$,
	$$SELECT kam.calendar_picture('{2026-01-01}', '{late}', '{a}', 2026)$$,
	$$SELECT kam.calendar_picture('{2026-01-01}', '{due}', '{a}', 2569)$$,
	$$SELECT kam.calendar_picture('{2026-01-01}', '{due}', '{a}', 1900)$$,
	$$SELECT kam.trend_picture('{a}', '{1,2}')$$,
	$$SELECT kam.trend_picture('{a}', '{NaN}')$$,
	$$SELECT kam.trend_picture('{a}', '{1}', 'Infinity')$$,
	$$SELECT kam.trend_picture('{a}', '{1}', axis_end => '-Infinity')$$,
	$$SELECT kam.trend_picture('{a}', '{1e200}')$$,
	$$SELECT kam.load_picture('{}', '{}', plan_year => 1990)$$,
	$$SELECT kam.load_picture('{}', '{}', rule_set => 'none such')$$]) s;

-- Hostile text -----------------------------------------------------------------------
CREATE TEMP TABLE hostile (text) AS VALUES ('<script>alert(1)</script>'), (']]></title><svg onload="x">'), ('&amp;&#x41;&unknown;'), (E'\x01\x02\x1b[31m\x7f\u0085 line\n two\t\u2028'),
	(U&'\FFFE\FFFF\202Eevil\2066'), (repeat('ก้', 5000)), (repeat(U&'\0E48', 10000)), ('x' || repeat(U&'\0301', 9999)), (repeat('เ', 10000)), (repeat('W', 10000)), (repeat('漢', 10000)), (''), ('   '), (NULL), ('''"%1$s\1\\'),
	(repeat(U&'\200B', 100)), (U&'\+01F600\+01F468\200D\+01F469');
SELECT count(*) AS pictures, count(f) AS faults, string_agg(DISTINCT f, ', ') AS what
FROM hostile, LATERAL (VALUES (kam.kasm_picture('{Star:1}', text)), (kam.load_picture(ARRAY[text, text], '{"{Star:1}","{Star:20}"}', text)),
	(kam.calendar_picture('{2026-01-01,2026-01-31}', '{due,met}', ARRAY[text, text || text], 2026, text)),
	(kam.trend_picture(ARRAY[text, text], '{1,2}', 1.5, text, 100, text))) v (svg) LEFT JOIN LATERAL pg_temp.faults(svg) f ON true;
-- no text is torn: what follows a cut is no mark, and is not longer than its room
SELECT max(length(t)) FROM hostile, pg_temp.texts(kam.load_picture(ARRAY[text, text], '{"{Star:1}","{Star:20}"}', text)) t;
SELECT DISTINCT max(length(line)) OVER (PARTITION BY text) <= 80 + 9 * 6 FROM hostile, kam.load_text(ARRAY[text], '{"{Star:1}"}') line;
-- cut where a cluster ends: เ stays with ก, ำ and marks with what they follow
SELECT n, kam._fit('เก้าอี้น้ำ ABC กิ่ง', n) FROM generate_series(1, 16) n;
SELECT count(*) FROM generate_series(1, 40) n, unnest(ARRAY['เก้าอี้น้ำ ABC กิ่งก้าน', 'คุณ Somying ก๊กก๋ำ', 'ปู่ย่าตายาย']) t WHERE pg_temp.columns(kam._pad(t, n)) <> n OR kam._fit(t, n) ~ '[เแโใไ]…|^[ัิ-ฺ็-๎]';
-- two columns wide, and none
SELECT text, kam._text_width(text, false) FROM (VALUES ('漢字'), (U&'e\0301'), ('กำ'), ('น้ำ'), (U&'a\200Bb'), ('½…')) v (text);

-- Of its own in a page, and the same for the same --------------------------------------------
SELECT count(DISTINCT m[1]) = 2 * count(DISTINCT svg) FROM (SELECT kam.kasm_picture(kam.portfolio(n)) FROM generate_series(0, 40) n UNION ALL SELECT kam.kasm_picture('{}', 'other title')) v (svg), regexp_matches(svg, ' id="([^"]*)"', 'g') m;
CREATE VIEW everything AS SELECT md5(string_agg(p, '|' ORDER BY n)) AS hash FROM (VALUES
	(1, kam.kasm_picture('{Strategic:1200,Star:31}', 'ชื่อ & <title>')),
	(2, kam.load_picture('{"สมชาย ''ใจดี''",b,c}', '{"{Strategic:13}","{Star:1}",NULL}', plan_year => 2026)),
	(3, kam.calendar_picture('{2025-11-30,2026-07-15,infinity,NULL}', '{met,overdue,due,NULL}', '{a,b,c,NULL}', 2026)),
	(4, kam.trend_picture('{a,b,c}', '{1234567.5,NULL,2e10}', 99.5)),
	(5, (SELECT string_agg(t, '/') FROM kam.kasm_text('{Strategic:1200,Star:31}') t)),
	(6, (SELECT string_agg(t, '/') FROM kam.load_text('{"สมชาย ''ใจดี''",b,c}', '{"{Strategic:13}","{Star:1}",NULL}', plan_year => 2026) t))) v (n, p);
SELECT hash FROM everything \gset
CREATE FUNCTION pg_temp.same_under(setting text, value text, hash text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config(setting, value, true);
	/* Planned and parsed anew. */
	DISCARD PLANS;
	RETURN (SELECT e.hash = same_under.hash FROM public.everything e);
END $$;
CREATE SCHEMA evil;
CREATE FUNCTION evil.format(text, VARIADIC text[]) RETURNS text LANGUAGE sql AS $$ SELECT 'evil' $$;
CREATE FUNCTION evil.round(numeric, int) RETURNS numeric LANGUAGE sql AS $$ SELECT 666 $$;
CREATE FUNCTION evil.lpad(text, int) RETURNS text LANGUAGE sql AS $$ SELECT 'evil' $$;
CREATE OPERATOR evil.|| (LEFTARG = text, RIGHTARG = text, FUNCTION = pg_catalog.textcat);
BEGIN;
SELECT s, pg_temp.same_under(s, v, :'hash') FROM (VALUES ('lc_numeric', 'C.UTF-8'), ('lc_time', 'C.UTF-8'), ('datestyle', 'SQL, DMY'), ('datestyle', 'German'),
	('timezone', 'America/Sao_Paulo'), ('search_path', 'evil, pg_catalog'), ('search_path', ''), ('standard_conforming_strings', 'off'), ('bytea_output', 'escape'),
	 ('transform_null_equals', 'on'), ('array_nulls', 'off'), ('plan_cache_mode', 'force_generic_plan')) v (s, v);
ROLLBACK;
-- in a session that begins with other settings
\c -
SET standard_conforming_strings = off;
SET escape_string_warning = off;
SET backslash_quote = off;
SET search_path = evil, pg_catalog;
SELECT hash = :'hash' AS same FROM public.everything;
RESET ALL;
SET client_min_messages = warning;
DROP SCHEMA evil CASCADE;
DROP VIEW everything;
-- a collation of the user's for which there are no patterns
CREATE COLLATION pg_temp.blind (provider = icu, locale = 'und-u-ks-level1', deterministic = false);
SELECT length(kam.load_picture(ARRAY['ก' COLLATE pg_temp.blind], '{"{Star:1}"}', 't' COLLATE pg_temp.blind)) > 1000,
	length(kam.calendar_picture('{2026-01-01,2026-01-01}', ARRAY['due', 'met'] COLLATE pg_temp.blind, ARRAY['a' COLLATE pg_temp.blind, 'A'], 2026)) > 1000,
	length(kam.trend_picture(ARRAY['ก' COLLATE pg_temp.blind], '{1}', unit => 'u' COLLATE pg_temp.blind)) > 1000;
SELECT count(*) FROM kam.load_text(ARRAY['ก' COLLATE pg_temp.blind], '{"{Star:1}"}');

-- The pictures of the docs are what the functions give
\set doc_matrix `cat "$PG_ABS_SRCDIR/../docs/picture_matrix.svg"`
\set doc_load `cat "$PG_ABS_SRCDIR/../docs/picture_load.svg"`
\set doc_calendar `cat "$PG_ABS_SRCDIR/../docs/picture_calendar.svg"`
\set doc_trend `cat "$PG_ABS_SRCDIR/../docs/picture_trend.svg"`
\set pictures :srcdir '/sql/include/picture_example.sql'
\i :pictures
SELECT picture, rtrim(svg, E'\n') = CASE picture WHEN 'matrix' THEN :'doc_matrix' WHEN 'load' THEN :'doc_load' WHEN 'calendar' THEN :'doc_calendar' WHEN 'trend' THEN :'doc_trend' END AS as_in_the_docs
FROM picture_example ORDER BY picture;

-- In parallel workers the same
CREATE TABLE many AS SELECT n, kam.portfolio(n % 7, n % 5, n % 3) AS mix FROM generate_series(1, 2000) n;
ALTER TABLE many SET (parallel_workers = 2);
SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
SELECT count(*) FROM many WHERE n % 100 = 0 AND (length(kam.kasm_picture(mix)) < 1000 OR length(kam.load_picture(ARRAY[n::text], ARRAY[mix], plan_year => 2026)) < 1000);
EXPLAIN (COSTS OFF) SELECT count(*) FROM many WHERE length(kam.kasm_picture(mix)) < 1000;
DROP TABLE many;

-- What the functions say of themselves: none is safer or steadier than those it calls
SELECT provolatile, proparallel, string_agg(proname, ' ' ORDER BY proname COLLATE "C") FROM pg_proc
WHERE pronamespace = 'kam'::regnamespace AND proname ~ '^(kasm|load|calendar|trend)_(picture|text)$' GROUP BY 1, 2 ORDER BY 1, 2;
