-- The voice of the customer searched, and summed up by words, kinds and topics (3.6 to 3.10; 5, step 6; VOC-60-001).
\set schema wf_voice_search
\set prefix regress_voice_search_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture
\pset format unaligned

SELECT pg_temp.add_accounts(u, 3, y) FROM unnest('{N1-A,N1-B,C1-A,HQ}'::text[]) u, unnest('{2025,2026}'::int[]) y;
SELECT pg_temp.put_in_force(2025), pg_temp.put_in_force(2026);
CALL pg_temp.at('2026-07-15 09:00+07');

-- Two years of voices, contacts and cases.  Tiers of all kinds, by hand; the third account of a unit is no key account.
SET session_replication_role = replica;
UPDATE assignment SET ended_on = '2025-01-01' WHERE account_id LIKE '%-03';
DELETE FROM selection WHERE account_id LIKE '%-03';
UPDATE selection SET tier = CASE WHEN account_id LIKE 'N1B%' THEN 'Star' WHEN account_id LIKE '%-01' THEN 'Status' ELSE 'Streamline' END WHERE unit_code <> 'C1-A';
RESET session_replication_role;
SET ROLE regress_voice_search_owner;
CREATE TABLE said (n int, kind text, topic text, content text, from_day date);
INSERT INTO said VALUES
	(0, 'need', 'คุณภาพไฟฟ้า', 'ไฟตกบ่อยช่วงบ่าย เครื่องจักรหยุดทั้งสายการผลิต', '2025-01-01'),
	(1, 'requirement', 'คุณภาพไฟฟ้า', 'ขอให้ติดตั้งหม้อแปลงเพิ่มที่ระบบ 115 kV', '2025-01-01'),
	(2, 'expectation', 'พลังงานทดแทน', 'สนใจโซลาร์รูฟท็อป และอยากให้การไฟฟ้าช่วยออกแบบ', '2025-01-01'),
	(3, 'need', 'ค่าไฟฟ้า', 'ขอใบแจ้งค่าไฟฟ้าทางอีเมล billing@example.co.th ทุกเดือน', '2025-01-01'),
	(4, 'complaint', 'ค่าไฟฟ้า', 'ค่าไฟฟ้าสูงผิดปกติ มิเตอร์น่าจะเสีย โทร 081-234-5678', '2025-01-01'),
	(5, 'problem', 'คุณภาพไฟฟ้า', 'ไฟกระพริบ Voltage dips stop the line 3 times a day', '2025-06-15'),
	(6, 'outage', 'ไฟฟ้าดับ', 'ไฟดับนาน 45 นาที ไม่มีใครแจ้งล่วงหน้า', '2025-06-15'),
	(7, 'requirement', 'การประสานงาน', 'Want one contact person for all sites & <b>one</b> bill', '2026-02-01'),
	(8, 'expectation', 'รถยนต์ไฟฟ้า', 'จะมีสถานีอัดประจุรถยนต์ไฟฟ้า ต้องขยายเขตและเพิ่มขนาดหม้อแปลง', '2026-04-01'),
	(9, 'requirement', 'พลังงานทดแทน', 'ขอขนานระบบโซลาร์เซลล์ ขอให้การไฟฟ้าตอบภายในเดือนนี้', '2026-06-30');
INSERT INTO voice (account_id, unit_code, plan_year, heard_at, recorded_at, channel, kind, listening, topic, content, recorded_by, classified_by, classified_at)
	SELECT a.account_id, a.unit_code, extract(year FROM kam.bangkok_date(heard_at)), heard_at, heard_at + make_interval(days => i * 7 % 10), 'visit', s.kind,
		(ARRAY['stated', 'unstated', 'anticipated'])[1 + i % 5 % 3], s.topic, s.content, 'office_kamr_n1a', 'office_kamr_n1a', heard_at
	FROM generate_series(1, 480) AS i
		JOIN account a ON a.account_id = (ARRAY['N1A-01', 'N1A-02', 'N1A-03', 'N1B-01', 'N1B-02', 'N1B-03', 'C1A-01', 'C1A-02', 'C1A-03', 'HQ-01', 'HQ-02'])[1 + i % 11]
		-- some at the very beginning and end of months in Bangkok
		CROSS JOIN LATERAL (SELECT CASE i % 9 WHEN 0 THEN date_trunc('month', t) WHEN 1 THEN date_trunc('month', t) - interval '1 second' ELSE t END
			FROM (SELECT timestamptz '2025-01-01 10:00+07' + make_interval(hours => i * 28)) AS g (t)) AS h (heard_at)
		JOIN said s ON s.n = (i * 7 + i / 13) % 10 AND s.from_day <= heard_at::date;
INSERT INTO contact (account_id, unit_code, plan_year, staff_id, happened_at, recorded_at, channel, subject, summary)
	SELECT v.account_id, v.unit_code, v.plan_year, 'office_kamr_n1a', v.heard_at, v.recorded_at, 'visit', 'เข้าพบเรื่อง' || v.topic, CASE WHEN v.voice_id % 3 > 0 THEN v.content END
	FROM voice v WHERE v.voice_id % 4 = 0 ORDER BY v.voice_id;
INSERT INTO service_case (account_id, unit_code, plan_year, kind, urgent, asks_answer, channel, subject, detail, received_at, opened_by, opened_at)
	SELECT v.account_id, v.unit_code, v.plan_year, v.kind, false, false, 'visit', v.topic, nullif(v.content, 'x'), v.heard_at, 'office_kamr_n1a', v.heard_at
	FROM voice v WHERE v.kind IN ('problem', 'complaint', 'outage') ORDER BY v.voice_id;
UPDATE voice v SET case_id = k.case_id FROM service_case k WHERE k.account_id = v.account_id AND k.received_at = v.heard_at AND k.subject = v.topic;
ANALYZE voice, contact, service_case;
RESET ROLE;
SELECT plan_year, count(*) > 120 AS many, count(DISTINCT kind) AS kinds, count(DISTINCT unit_code) AS units, count(DISTINCT listening) AS listening FROM voice GROUP BY 1 ORDER BY 1;

-- ---- who finds what ------------------------------------------------------------------

-- What the search gives to people is what they see through the tables by a plain query, whatever they search for.
CREATE FUNCTION pg_temp.plain(query text) RETURNS text LANGUAGE sql AS $$
	SELECT format($q$SELECT count(*) || ' ' || coalesce(md5(string_agg(f, ',' ORDER BY f COLLATE "C")), '') FROM (
		SELECT 'voice ' || voice_id FROM voice WHERE to_tsvector('kam.thai', topic || E'\n\n' || content) @@ websearch_to_tsquery('kam.thai', %1$L)
		UNION ALL SELECT 'contact ' || contact_id FROM contact WHERE to_tsvector('kam.thai', concat_ws(E'\n\n', subject, summary)) @@ websearch_to_tsquery('kam.thai', %1$L)
		UNION ALL SELECT 'case ' || case_id FROM service_case WHERE to_tsvector('kam.thai', concat_ws(E'\n\n', subject, detail)) @@ websearch_to_tsquery('kam.thai', %1$L)) AS p (f)$q$, query);
$$;
CREATE FUNCTION pg_temp.search(query text) RETURNS text LANGUAGE sql AS $$
	SELECT format($q$SELECT count(*) || ' ' || coalesce(md5(string_agg(source || ' ' || source_id, ',' ORDER BY (source || ' ' || source_id) COLLATE "C")), '') FROM search_voice(%L, max_rows => 2000)$q$, query);
$$;
-- Where ICU parts words differs between its versions: so what is shown depends on words of the dictionary only.
SELECT who, string_agg(CASE split_part(found, ' ', 1) WHEN '0' THEN '-' ELSE '+' END, ' ' ORDER BY i) AS rows_found, split_part(min(found) FILTER (WHERE i = 1), ' ', 1) AS of_the_first, bool_and(found = plain) AS as_through_the_table
FROM unnest('{office_kamr_n1a,office_kamr_c1a,office_manager_n1a,deputy_governor_region_r1,hq_kamr_hq,kamr1_n1a,reader,owner}'::text[])
	WITH ORDINALITY AS p (who, o),
	unnest(ARRAY['ไฟตก', 'หม้อแปลง OR โซลาร์', 'คุณภาพไฟฟ้า -ไฟตก', '"one contact person"', '-ไฟตก', '0812345678', 'ไม่มีคำนี้แน่นอน']) WITH ORDINALITY AS q (query, i),
	LATERAL (SELECT pg_temp.try(who, pg_temp.search(query)), pg_temp.try(who, pg_temp.plain(query)) OFFSET 0) AS r (found, plain)
GROUP BY who, o ORDER BY o;
-- what belongs together, and what does not
SELECT typed, pg_temp.try('office_manager_n1a', format('SELECT count(*) > 0 FROM search_voice(%L)', typed)) AS found
FROM unnest(ARRAY['115 kV', '115kv', 'ระบบ 115 kV', '"115 kV"', '-ไฟตก "115 kV"', '22 kV', '081 234 5678', '0812345678', 'billing@example.co.th', 'line dips', '"line dips"', 'ไฟตก OR xyz', 'ไฟฟ้าตก']) AS typed;
-- an application that acts for somebody, and one that does not
SET ROLE regress_voice_search_application;
SELECT count(*) > 0 AS some FROM act_for('office_manager_n1a'), search_voice('ไฟตก') WHERE unit_code = 'N1-A';
SELECT count(*) FROM search_voice('ไฟตก') WHERE unit_code <> 'N1-A';
SELECT act_for(NULL);
RESET ROLE;
SELECT who, pg_temp.try(who, statement) FROM unnest('{stranger,application}'::text[]) who, unnest(ARRAY['SELECT count(*) FROM search_voice(''ไฟตก'')', 'SELECT count(*) FROM voice_terms(2026)',
	'SELECT count(*) FROM voc_60_001(''N1'', 2026)']) statement;
-- the functions within give nobody more than that
SELECT who, pg_temp.try(who, $$SELECT count(*) FROM _find_voices(websearch_to_tsquery('kam.thai', 'ไฟตก'), NULL, NULL, NULL, NULL, 'voice', 2000, true)$$)
	= pg_temp.try(who, $$SELECT count(*) FROM voice WHERE to_tsvector('kam.thai', topic || ' ' || content) @@ websearch_to_tsquery('kam.thai', 'ไฟตก')$$) AS everything,
	pg_temp.try(who, $$SELECT count(*) FROM _find_my_voices(websearch_to_tsquery('kam.thai', 'ไฟตก'), NULL, NULL, NULL, NULL, 'voice', 2000)$$)
	= pg_temp.try(who, $$SELECT count(*) FROM voice WHERE to_tsvector('kam.thai', topic || ' ' || content) @@ websearch_to_tsquery('kam.thai', 'ไฟตก')$$) AS mine
FROM unnest('{office_kamr_n1b,area_director_c1,stranger,application}'::text[]) who;

-- Whoever heard an account that has gone to another unit still reads what it said, and not which tier it has there.
BEGIN;
SET session_replication_role = replica;
UPDATE selection SET unit_code = 'C1-A' WHERE account_id = 'N1A-02';
RESET session_replication_role;
SELECT who, pg_temp.try(who, $$SELECT count(*) > 0 FROM search_voice('ไฟตก', source => 'voice') WHERE account_id = 'N1A-02' AND tier IS NULL$$) AS without_tier,
	pg_temp.try(who, $$SELECT count(*) FROM search_voice('ไฟตก', tier => 'Streamline') WHERE account_id = 'N1A-02'$$) AS by_tier,
	pg_temp.try(who, $$SELECT count(*) FROM _find_my_voices(websearch_to_tsquery('kam.thai', 'ไฟตก'), NULL, NULL, 'Streamline', NULL, 'voice', 2000) f JOIN voice v ON v.voice_id = f.found_id WHERE v.account_id = 'N1A-02'$$) AS within
FROM unnest('{office_manager_n1a,area_director_n1}'::text[]) who;
ROLLBACK;

-- ---- what is found ---------------------------------------------------------------------

-- the heading counts more; the words stand in « »; nothing of the text is markup
SELECT pg_temp.act('office_manager_n1a');
SELECT source, heading, headline ~ '«หม้อแปลง»' AS marked, kind, listening, tier, name_th, said_at FROM search_voice('หม้อแปลง', 2026, max_rows => 3);
SELECT DISTINCT headline FROM search_voice('contact', source => 'voice');
SELECT heading, count(*) > 0 AS found, min(rank) > 0 AS ranked FROM search_voice('ค่าไฟฟ้า', max_rows => 2000) WHERE source = 'voice' GROUP BY 1 ORDER BY min(rank) DESC;
SELECT bool_and(rank >= next) AS best_first FROM (SELECT rank, lead(rank) OVER () AS next FROM search_voice('ไฟตก OR หม้อแปลง', max_rows => 2000)) r;
SELECT count(*) AS first_5, count(*) FILTER (WHERE EXISTS (SELECT FROM search_voice('ไฟตก OR หม้อแปลง', max_rows => 2000) LIMIT 5)) AS of_all FROM search_voice('ไฟตก OR หม้อแปลง', max_rows => 5);
SELECT pg_temp.act(NULL);

-- each condition, as a plain query has it
SELECT what, found = plain AS right, split_part(found, ' ', 1)::int > 0 AS some
FROM (VALUES ('a plan year', 'plan_year => 2025', 'v.plan_year = 2025'), ('a unit with those below it', $$unit_code => 'N1'$$, $$v.unit_code IN ('N1', 'N1-A', 'N1-B')$$), ('an office', $$unit_code => 'N1-B'$$, $$v.unit_code = 'N1-B'$$),
	('a kind', $$kind => 'complaint'$$, $$v.kind = 'complaint'$$),
	('a tier', $$tier => 'Status'$$, $$(v.plan_year, v.account_id) IN (SELECT s.plan_year, s.account_id FROM selection s JOIN plan p USING (plan_id) WHERE s.tier = 'Status' AND s.status = 'selected' AND p.status = 'approved')$$),
	('all together', $$plan_year => 2026, unit_code => 'N1', kind => 'problem', tier => 'Star'$$, $$v.plan_year = 2026 AND v.unit_code IN ('N1-A', 'N1-B') AND v.kind = 'problem' AND v.unit_code = 'N1-B' AND v.account_id <> 'N1B-03'$$))
		AS c (what, given, condition),
	LATERAL (SELECT pg_temp.try('area_director_n1', format($$SELECT count(*) || ' ' || md5(string_agg(source_id::text, ',' ORDER BY source_id)) FROM search_voice('ค่าไฟฟ้า OR voltage', source => 'voice', max_rows => 2000, %s)$$, given)),
		pg_temp.try('area_director_n1', format($$SELECT count(*) || ' ' || md5(string_agg(voice_id::text, ',' ORDER BY voice_id)) FROM voice v
			WHERE to_tsvector('kam.thai', topic || ' ' || content) @@ websearch_to_tsquery('kam.thai', 'ค่าไฟฟ้า OR voltage') AND %s$$, condition))) AS r (found, plain);
SELECT source, count(*) > 0 AS some FROM unnest('{voice,contact,case}'::text[]) AS wanted, search_voice('ไฟดับ', source => wanted) GROUP BY wanted, source ORDER BY source;
-- the indexes serve it, and no estimate tells what somebody may not see
SELECT index, configuration FROM kam.text_search_index WHERE relation::text ~ :'schema' OR relation::text IN ('voice', 'contact', 'service_case') ORDER BY index::text COLLATE "C";
SET ROLE regress_voice_search_owner;
SET enable_seqscan = off;
DO $$
DECLARE
	line text;
BEGIN
	FOR line IN EXPLAIN (COSTS off) SELECT FROM voice WHERE _searchable(topic, content) @@ websearch_to_tsquery('kam.thai', 'x') UNION ALL SELECT FROM contact WHERE _searchable(subject, summary) @@ websearch_to_tsquery('kam.thai', 'x')
		UNION ALL SELECT FROM service_case WHERE _searchable(subject, detail) @@ websearch_to_tsquery('kam.thai', 'x')
	LOOP
		IF line ~ 'Index Scan on' THEN
			RAISE WARNING '%', substring(line FROM 'Bitmap Index Scan on \w+');
		END IF;
	END LOOP;
END $$;
RESET enable_seqscan;
RESET ROLE;
CREATE FUNCTION pg_temp.estimate(word text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE format('EXPLAIN (FORMAT json) SELECT FROM voice WHERE _searchable(topic, content) @@ websearch_to_tsquery(''kam.thai'', %L)', word) INTO plan;
	RETURN plan -> 0 -> 'Plan' ->> 'Plan Rows';
END $$;
SELECT count(DISTINCT pg_temp.try('office_kamr_c1a', format('SELECT pg_temp.estimate(%L)', word))) AS estimates, count(DISTINCT pg_temp.try('office_kamr_c1a', format('SELECT pg_temp.estimate(%L)', word)) ~ '^\d+$') AS of_numbers
FROM unnest('{ไฟตก,หม้อแปลง,ไม่มีคำนี้}'::text[]) word;

-- ---- whatever people write ---------------------------------------------------------------

SELECT pg_temp.try('office_manager_n1a', format('SELECT count(*) FROM search_voice(%s)', given)) AS refused
FROM unnest(ARRAY['NULL', $$''$$, $$'   '$$, $$'และ'$$, $$'!!! & | ( ) <->'$$, $$'"'$$, $$repeat('ไฟ ', 400)$$, $$'ไฟตก', max_rows => 0$$, $$'ไฟตก', max_rows => 2001$$, $$'ไฟตก', max_rows => NULL$$, $$'ไฟตก', 2569$$, $$'ไฟตก', 2030$$,
	$$'ไฟตก', unit_code => 'X9'$$, $$'ไฟตก', kind => 'praise'$$, $$'ไฟตก', source => 'letter'$$, $$'ไฟตก', tier => 'Gold'$$]) given;
-- no search is a syntax error
SELECT count(*) AS searches, count(*) FILTER (WHERE answer ~ '^\d+$') > 20 AS many_answered, array_agg(DISTINCT left(answer, 5)) FILTER (WHERE answer !~ '^\d+$') AS codes
FROM generate_series(1, 80) i, LATERAL (SELECT string_agg((ARRAY['ไฟ', 'ตก', '"', '-', ' OR ', '(', ')', '&', '|', '!', ':*', '<->', ' ', '''', '\', E'\u200b', '115', ' kV', '่', '%', ';', 'หม้อแปลง'])[1 + (hashint8extended(i, j) & 2147483647) % 22], '')
	FROM generate_series(1, 1 + i % 9) j) t (typed), LATERAL (SELECT pg_temp.brief('office_kamr_n1a', format('SELECT count(*) FROM search_voice(%L)', typed)) OFFSET 0) a (answer);
-- what is longer than any tsvector is recorded all the same, and found by its beginning
SELECT pg_temp.brief('office_kamr_n1a', $$SELECT record_voice('N1A-01', '2026-07-14 08:00+07', 'visit', 'need', 'ยาวมาก', 'จระเข้ ' || (SELECT string_agg(md5(i::text), ' ') FROM generate_series(1, 60000) i))$$) ~ '^\d+$' AS recorded;
SELECT pg_temp.try('office_kamr_n1a', $$SELECT string_agg(heading, ',') FROM search_voice('จระเข้')$$);
SELECT pg_temp.try('owner', $$DELETE FROM voice WHERE topic = 'ยาวมาก'$$);

-- ---- frequent terms and new ones -----------------------------------------------------------

-- against ts_stat over the same voices, period by period, for people who see all and a part
CREATE FUNCTION pg_temp.stat(condition text) RETURNS TABLE (word text, ndoc int) LANGUAGE sql AS $$
	SELECT s.word, s.ndoc FROM ts_stat(format($q$SELECT to_tsvector('kam.thai', topic || ' . ' || content) FROM voice v
		LEFT JOIN LATERAL (SELECT s.tier FROM selection s WHERE s.account_id = v.account_id AND s.plan_year = v.plan_year) t ON true WHERE %s$q$, condition)) s
	WHERE length(s.word) > 1 AND s.word !~ '^\d+$'
$$;
CREATE FUNCTION pg_temp.compare(plan_year int, period text, days text, before text, unit text, units text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
BEGIN
	WITH term AS (SELECT * FROM voice_terms(plan_year, period, unit, max_rows => 2000)),
		fresh AS (SELECT * FROM new_voice_terms(plan_year, period, unit, max_rows => 2000)),
		now AS (SELECT * FROM pg_temp.stat(format('v.heard_at <@ tstzrange(%s) AND %s', days, units))),
		past AS (SELECT * FROM pg_temp.stat(format('v.heard_at <@ tstzrange(%s) AND %s', before, units)))
	SELECT format('%s terms, %s wrong, %s missing, %s new, %s wrong',
		(SELECT count(*) > 10 FROM term WHERE scope = 'all'),
		(SELECT count(*) FROM term t LEFT JOIN now ON now.word = t.term LEFT JOIN past ON past.word = t.term WHERE t.scope = 'all' AND (t.voices, t.voices_before) IS DISTINCT FROM (now.ndoc::bigint, coalesce(past.ndoc, 0)::bigint)),
		(SELECT count(*) FROM now WHERE NOT EXISTS (SELECT FROM term t WHERE t.scope = 'all' AND t.term = now.word)),
		(SELECT count(*) > 0 FROM fresh WHERE scope = 'all'),
		(SELECT count(*) FROM (SELECT word COLLATE "C" FROM now EXCEPT SELECT word FROM past) n FULL JOIN (SELECT term FROM fresh WHERE scope = 'all') f ON f.term = n.word WHERE n.word IS NULL OR f.term IS NULL))
	INTO answer;
	RETURN answer;
END $$;
SELECT who, plan_year, period, unit, pg_temp.try(who, format('SELECT pg_temp.compare(%s, %L, %L, %L, %L, %L)', plan_year, period, days, before, unit, units))
FROM (VALUES (2026, NULL, $$'2026-01-01 00:00+07', '2027-01-01 00:00+07'$$, $$'2025-01-01 00:00+07', '2026-01-01 00:00+07'$$), (2026, 'Q2', $$'2026-04-01 00:00+07', '2026-07-01 00:00+07'$$, $$'2026-01-01 00:00+07', '2026-04-01 00:00+07'$$),
	(2026, 'M01', $$'2026-01-01 00:00+07', '2026-02-01 00:00+07'$$, $$'2025-12-01 00:00+07', '2026-01-01 00:00+07'$$)) AS p (plan_year, period, days, before),
	(VALUES ('owner', NULL, 'true'), ('area_director_n1', 'N1', $$v.unit_code IN ('N1-A', 'N1-B')$$), ('office_kamr_c1a', NULL, 'true')) AS w (who, unit, units)
ORDER BY who, plan_year, period NULLS FIRST;
-- tier by tier
SELECT pg_temp.act('area_director_n1');
SELECT t.tier, count(*) > 5 AS terms, bool_and(t.voices = s.ndoc AND kam.done(share) = t.voices AND kam.due(share) = n.voices) AS right
FROM voice_terms(2026, max_rows => 2000) t LEFT JOIN (SELECT tier, s.* FROM (SELECT unnest('{Star,Status,Streamline,NULL}'::text[])) k (tier), pg_temp.stat('v.plan_year = 2026 AND t.tier ' || coalesce('= ' || quote_literal(tier), 'IS NULL')) s OFFSET 0) s
	ON s.word = t.term AND s.tier IS NOT DISTINCT FROM t.tier::text
	LEFT JOIN (SELECT l.tier, count(*) AS voices FROM voice v LEFT JOIN selection l USING (account_id, plan_year) WHERE v.plan_year = 2026 GROUP BY 1) n ON n.tier IS NOT DISTINCT FROM t.tier
WHERE scope = 'tier' GROUP BY t.tier ORDER BY t.tier;
SELECT scope, tier, term, voices, accounts, share, voices_before FROM voice_terms(2026, 'Q2', tier => 'Star', max_rows => 2000) WHERE term IN ('หม้อแปลง', 'มิเตอร์', 'voltage', '115kv');
SELECT scope, count(*), bool_and(place = o) AS placed FROM (SELECT scope, place, row_number() OVER (PARTITION BY scope, tier ORDER BY voices DESC, accounts DESC, term COLLATE "C") AS o FROM voice_terms(2026, 'Q2', max_rows => 5)) t GROUP BY scope ORDER BY scope;
SELECT scope, tier, string_agg(term, ' ' ORDER BY place) FROM new_voice_terms(2026, 'M04', 'N1-B', max_rows => 2000) WHERE term ~ '^[a-z0-9]+$' OR term IN ('หม้อแปลง', 'มิเตอร์') GROUP BY scope, tier ORDER BY scope, tier;
SELECT bool_and(first_heard_at = (SELECT min(heard_at) FROM voice WHERE heard_at >= '2026-04-01 00:00+07' AND heard_at < '2026-07-01 00:00+07' AND to_tsvector('kam.thai', topic || ' . ' || content) @@ to_tsquery('kam.thai', quote_literal(term)))) AS first_heard
FROM voice_terms(2026, 'Q2', max_rows => 10) WHERE scope = 'all';
SELECT count(DISTINCT kind) FROM unnest('{need,complaint}'::text[]) kind, voice_terms(2026, kind => kind) t WHERE t.term = 'มิเตอร์';
SELECT pg_temp.act(NULL);

-- ---- VOC-60-001 ------------------------------------------------------------------------------

SELECT pg_temp.act('office_manager_n1a');
SELECT level, place, kind, kind_th, title, voices, accounts, stated, unstated, anticipated, strategic, star, status, streamline, no_tier, with_case, recorded_in_time, voices_before FROM voc_60_001('N1-A', 2026, 'Q2', 3) WHERE level IN ('all', 'kind', 'topic');
SELECT level, title, voices, accounts, stated, status, recorded_in_time, voices_before FROM voc_60_001('N1-A', 2026, 'Q2', 2000) WHERE level ~ 'term' AND title IN ('หม้อแปลง', 'มิเตอร์', 'voltage', '115kv');
SELECT level, count(*), min(place), max(place) FROM voc_60_001('N1-A', 2026, 'Q2', 3) WHERE level ~ 'term' GROUP BY level ORDER BY level;
SELECT level, kind, voices, accounts, recorded_in_time, voices_before FROM voc_60_001('N1-A', 2025, 'M01') WHERE level IN ('all', 'kind') AND (voices = 0 OR level = 'all');
SELECT pg_temp.act(NULL);

-- Every figure of every level, for people who see all and a part, against plain SQL.
CREATE FUNCTION pg_temp.wrong_figures(unit text, plan_year int, period text, from_day date, to_day date, before_day date) RETURNS text LANGUAGE sql AS $$
	WITH v AS MATERIALIZED (
		SELECT v.*, s.tier, to_tsvector('kam.thai', v.topic || ' . ' || v.content) AS words, v.heard_at >= from_day::timestamp AT TIME ZONE 'Asia/Bangkok' AS now FROM voice v LEFT JOIN selection s ON s.account_id = v.account_id AND s.plan_year = v.plan_year
		WHERE (unit IS NULL OR v.unit_code = unit OR v.unit_code LIKE unit || '-%') AND v.heard_at >= before_day::timestamp AT TIME ZONE 'Asia/Bangkok' AND v.heard_at < to_day::timestamp AT TIME ZONE 'Asia/Bangkok'
	), f AS (
		SELECT * FROM voc_60_001(unit, plan_year, period, 2000)
	), checked AS (
		SELECT f.level, (f.voices, f.accounts, f.stated, f.unstated, f.anticipated, f.strategic, f.star, f.status, f.streamline, f.no_tier, f.with_case, kam.done(f.recorded_in_time), kam.due(f.recorded_in_time), f.voices_before)
			= (SELECT count(*) FILTER (WHERE now), count(DISTINCT account_id) FILTER (WHERE now), count(*) FILTER (WHERE now AND listening = 'stated'), count(*) FILTER (WHERE now AND listening = 'unstated'),
				count(*) FILTER (WHERE now AND listening = 'anticipated'), count(*) FILTER (WHERE now AND tier = 'Strategic'), count(*) FILTER (WHERE now AND tier = 'Star'), count(*) FILTER (WHERE now AND tier = 'Status'),
				count(*) FILTER (WHERE now AND tier = 'Streamline'), count(*) FILTER (WHERE now AND tier IS NULL), count(case_id) FILTER (WHERE now), count(*) FILTER (WHERE now AND recorded_at - heard_at < interval '8 days' AND days_late = 0),
				count(*) FILTER (WHERE now), count(*) FILTER (WHERE NOT now)
				FROM v WHERE CASE f.level WHEN 'all' THEN true WHEN 'kind' THEN v.kind = f.kind WHEN 'topic' THEN (v.kind, v.topic) = (f.kind, f.title)
					ELSE words @@ format('%L', f.title)::tsquery END) AS is_right
		FROM f
	)
	SELECT string_agg(c, ', ' ORDER BY c COLLATE "C") FROM (SELECT format('%s %s', level, CASE WHEN bool_and(is_right) THEN 'right' ELSE count(*) FILTER (WHERE NOT is_right) || ' wrong of ' || count(*) END) FROM checked GROUP BY level) r (c)
$$;
SELECT who, unit, plan_year, period, pg_temp.try(who, format('SELECT pg_temp.wrong_figures(%L, %s, %L, %L, %L, %L)', unit, plan_year, period, from_day, to_day, before_day)) AS figures
FROM (VALUES ('owner', NULL), ('area_director_n1', 'N1'), ('area_director_n1', 'N1-B'), ('office_kamr_c1a', NULL)) w (who, unit),
	(VALUES (2026, NULL, date '2026-01-01', date '2027-01-01', date '2025-01-01'), (2026, 'Q2', '2026-04-01', '2026-07-01', '2026-01-01'), (2026, 'M01', '2026-01-01', '2026-02-01', '2025-12-01')) p (plan_year, period, from_day, to_day, before_day)
ORDER BY who, unit, period NULLS FIRST;
-- parts add up to the whole: units, kinds, months; the topics to their kind
SELECT pg_temp.act('area_director_n1');
SELECT (SELECT sum(voices) FROM unnest('{N1,N1-A,N1-B}'::text[]) u, LATERAL voc_60_001(u, 2026) f WHERE f.level = 'all' AND u <> 'N1') = (SELECT voices FROM voc_60_001('N1', 2026) WHERE level = 'all') AS units,
	(SELECT sum(voices) FROM voc_60_001('N1', 2026) WHERE level = 'kind') = (SELECT voices FROM voc_60_001('N1', 2026) WHERE level = 'all') AS kinds,
	(SELECT sum(voices) FROM generate_series(1, 12) m, LATERAL voc_60_001('N1', 2026, 'M' || to_char(m, 'FM00')) f WHERE f.level = 'all') = (SELECT voices FROM voc_60_001('N1', 2026) WHERE level = 'all') AS months,
	(SELECT bool_and(k.voices = t.voices) FROM voc_60_001('N1', 2026) k JOIN (SELECT kind, sum(voices) AS voices FROM voc_60_001('N1', 2026, NULL, 2000) WHERE level = 'topic' GROUP BY kind) t USING (kind) WHERE k.level = 'kind') AS topics,
	(SELECT bool_and(voices = (_voice_figures('{N1,N1-A,N1-B}', '[2026-01-01,2027-01-01)') -> 'voice' ->> kind)::int) FROM voc_60_001('N1', 2026) WHERE level = 'kind' AND voices > 0) AS as_in_reports;
SELECT kind, count(*) AS topics, max(place) FROM voc_60_001(NULL, 2026, NULL, 1) WHERE level = 'topic' GROUP BY kind ORDER BY kind;
SELECT pg_temp.act(NULL);
-- of a year of which only a part has passed
SELECT d, _days_before(d::daterange) FROM unnest('{"[2026-01-01,2026-02-01)","[2026-03-01,2026-04-01)","[2026-04-01,2026-07-01)","[2026-01-01,2027-01-01)","[2026-01-01,2026-05-07)","[2026-01-01,2026-01-02)"}'::text[]) d;
SELECT pg_temp.try('office_manager_n1a', 'SELECT count(*) FROM ' || call) FROM unnest(ARRAY[$$voc_60_001('N1-A', 2569)$$, $$voc_60_001('N1-A', NULL)$$, $$voc_60_001('N1-A', 2026, 'Q5')$$, $$voc_60_001('N1-A', 2026, 'q1')$$, $$voc_60_001('X9', 2026)$$, $$voc_60_001('N1-A', 2026, max_rows => 0)$$,
	$$voice_terms(2026, 'M13')$$, $$voice_terms(2026, unit_code => 'X9')$$, $$voice_terms(2026, kind => 'praise')$$, $$new_voice_terms(2026, max_rows => -1)$$]) call;

-- ---- no setting changes anything ------------------------------------------------------------

CREATE FUNCTION pg_temp.everything() RETURNS text LANGUAGE sql AS $$
	SELECT md5(concat((SELECT string_agg(concat_ws('|', source, source_id, headline, rank, extract(epoch FROM said_at)), ',' ORDER BY o) FROM search_voice('ไฟตก OR voltage OR หม้อแปลง') WITH ORDINALITY AS s (source, source_id, account_id, name_th, unit_code, plan_year, tier, said_at, kind, listening, heading, headline, rank, o)),
		(SELECT string_agg(concat_ws('|', level, place, kind, title, voices, recorded_in_time, voices_before), ',' ORDER BY o) FROM voc_60_001('N1-A', 2026, 'Q2') WITH ORDINALITY AS f (level, place, kind, kind_th, kind_en, title, voices, accounts, a, b, c, d, e, f, g, h, i, recorded_in_time, voices_before, o)),
		(SELECT string_agg(concat_ws('|', scope, place, term, voices), ',' ORDER BY o) FROM voice_terms(2026, 'M05') WITH ORDINALITY AS t (scope, tier, place, term, voices, a, b, c, d, o))))
$$;
CREATE FUNCTION pg_temp.under(setting text, val text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config(setting, val, true);
	RETURN pg_temp.everything();
END $$;
SELECT pg_temp.act('office_manager_n1a');
SELECT count(DISTINCT pg_temp.under(setting, val)) AS answers FROM (VALUES ('TimeZone', 'Asia/Bangkok'), ('TimeZone', 'Pacific/Pago_Pago'), ('TimeZone', 'Pacific/Kiritimati'), ('DateStyle', 'German'), ('IntervalStyle', 'iso_8601'), ('lc_time', 'C.UTF-8'),
	('default_text_search_config', 'pg_catalog.english')) s (setting, val);
SELECT pg_temp.act(NULL);

\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
