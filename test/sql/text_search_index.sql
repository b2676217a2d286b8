/* Indexes of Thai text: what they find, and what tells that they have to be built anew. */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
\pset null '(null)'

/* No index yet: nothing is due, and new words are recorded at once. */
SELECT * FROM kam.text_search_index;
SELECT component, recorded = current AS same, reindex_due, hint FROM kam.text_search_check() ORDER BY component COLLATE "C";
SELECT count(*) = count(version) AND bool_and(version <> '') AS recorded, count(*) FROM kam.text_search_version;
INSERT INTO kam.thai_word (word, same_as) VALUES ('ปลาทูนึ่ง', 'ปลาทู');
INSERT INTO kam.thai_stop_word (word) VALUES ('voltage');
SELECT component, reindex_due FROM kam.text_search_check() WHERE recorded <> current;

/* Voices, as many as make a GIN index worth its while; made from numbers, so that each run has the same. */
CREATE TABLE voice (id int PRIMARY KEY, body text);
INSERT INTO voice
SELECT id, CASE id % 50 WHEN 0 THEN 'ไฟกระพริบที่โรงงาน' WHEN 7 THEN 'หม้อแปลงระเบิด' WHEN 9 THEN U&'ไฟ\200Bดับ' WHEN 13 THEN 'ไฟฟ้าดับอีกแล้ว' ELSE 'ขอบคุณเจ้าหน้าที่' END
	|| ' ' || (id % 90) || CASE id % 3 WHEN 0 THEN ' kV' WHEN 1 THEN 'KV' ELSE '' END || ' CMA-' || id % 40 || ' ' || md5(id::text)
FROM generate_series(1, 1500) AS id;
CREATE INDEX voice_body ON voice USING gin (to_tsvector('kam.thai', body));
ANALYZE voice;
SELECT * FROM kam.text_search_index;

CREATE FUNCTION found(query text, OUT by_index text, OUT by_scan text)
LANGUAGE plpgsql AS $$
DECLARE
	statement constant text := format('SELECT count(*) || '' '' || md5(coalesce(string_agg(id::text, '','' ORDER BY id), ''''))
			FROM voice WHERE to_tsvector(''kam.thai'', body) @@ websearch_to_tsquery(''kam.thai'', %L)', query);
BEGIN
	PERFORM set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true);
	IF NOT pg_temp.plan_has(statement, 'Bitmap Index Scan') THEN
		RAISE EXCEPTION 'no index scan';
	END IF;
	EXECUTE statement INTO by_index;
	PERFORM set_config('enable_seqscan', 'on', true), set_config('enable_bitmapscan', 'off', true);
	EXECUTE statement INTO by_scan;
	PERFORM set_config('enable_bitmapscan', 'on', true), set_config('enable_indexscan', 'on', true);
END
$$;
SELECT query, by_index = by_scan AS same, split_part(by_index, ' ', 1) AS rows
FROM unnest(ARRAY['ไฟกระพริบ', 'ไฟดับ', 'หม้อแปลง 33kV', '"หม้อแปลงระเบิด"', 'CMA-15', 'cma5', '"33 KV" -ไฟดับ', 'ไฟดับ or ไฟกะพริบ', '"ขอบคุณเจ้าหน้าที่"']) AS query, found(query) ORDER BY query COLLATE "C";

/* Workers of a parallel query read the words themselves. */
SET min_parallel_table_scan_size = 0;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET max_parallel_workers_per_gather = 2;
SET enable_bitmapscan = off;
SELECT pg_temp.plan_has($$SELECT sum(hashtext(to_tsvector('kam.thai', body)::text)::bigint) FROM voice$$, 'Gather') AS parallel;
SELECT sum(hashtext(to_tsvector('kam.thai', body)::text)::bigint) AS parallel FROM voice \gset
SET max_parallel_workers_per_gather = 0;
SELECT sum(hashtext(to_tsvector('kam.thai', body)::text)::bigint) = :parallel AS same FROM voice;
RESET ALL;

/* Now an index depends on the words. */
BEGIN;
INSERT INTO kam.thai_word (word) VALUES ('ขอบคุณเจ้าหน้าที่');
SELECT component, recorded <> current AS differs, reindex_due, hint FROM kam.text_search_check() WHERE reindex_due;
INSERT INTO kam.thai_stop_word (word) VALUES ('ระเบิด');
SELECT component, reindex_due FROM kam.text_search_check() WHERE reindex_due ORDER BY component;
/* What the index misses until then. */
SELECT by_index = by_scan AS same FROM found('ขอบคุณเจ้าหน้าที่');
REINDEX INDEX voice_body;
SELECT by_index = by_scan AS same FROM found('ขอบคุณเจ้าหน้าที่');
SELECT kam.record_text_search_version();
SELECT component FROM kam.text_search_check() WHERE reindex_due;
SELECT kam.record_text_search_version();
/* The order in which words came does not count, and taking one back brings back the version. */
SAVEPOINT s;
DELETE FROM kam.thai_word WHERE NOT builtin;
SELECT component FROM kam.text_search_check() WHERE reindex_due;
INSERT INTO kam.thai_word (word) VALUES ('ขอบคุณเจ้าหน้าที่');
INSERT INTO kam.thai_word (word, same_as) VALUES ('ปลาทูนึ่ง', 'ปลาทู');
SELECT component FROM kam.text_search_check() WHERE reindex_due;
UPDATE kam.thai_word SET same_as = NULL WHERE word = 'ปลาทูนึ่ง';
SELECT component FROM kam.text_search_check() WHERE reindex_due;
ROLLBACK TO s;
UPDATE kam.text_search_version SET version = '57.1' WHERE component LIKE 'ICU%';
SELECT component, recorded, reindex_due FROM kam.text_search_check() WHERE reindex_due ORDER BY component COLLATE "C";
DELETE FROM kam.text_search_version WHERE component = 'parser';
SELECT component, recorded, reindex_due FROM kam.text_search_check() WHERE component = 'parser';
SELECT kam.record_text_search_version();
SELECT component FROM kam.text_search_check() WHERE reindex_due;
ROLLBACK;

/* Other configurations with the parser or a dictionary, SQL functions, partitions, other schemas. */
BEGIN;
CREATE SCHEMA elsewhere;
CREATE TEXT SEARCH CONFIGURATION elsewhere.stemmed (COPY = kam.thai);
ALTER TEXT SEARCH CONFIGURATION elsewhere.stemmed ALTER MAPPING FOR english WITH pg_catalog.english_stem;
CREATE TEXT SEARCH CONFIGURATION elsewhere.of_words (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION elsewhere.of_words ALTER MAPPING FOR word WITH kam.thai;
CREATE TABLE elsewhere.note (id int, body text) PARTITION BY RANGE (id);
CREATE TABLE elsewhere.note_1 PARTITION OF elsewhere.note FOR VALUES FROM (0) TO (10);
CREATE INDEX note_stemmed ON elsewhere.note USING gin (to_tsvector('elsewhere.stemmed', body));
CREATE INDEX note_words ON elsewhere.note_1 USING gist (to_tsvector('elsewhere.of_words', body));
CREATE FUNCTION elsewhere.lexemes(text) RETURNS tsvector LANGUAGE sql IMMUTABLE RETURN to_tsvector('kam.thai', $1);
CREATE INDEX note_function ON elsewhere.note_1 USING gin (elsewhere.lexemes(body)) WHERE body <> '';
CREATE INDEX note_simple ON elsewhere.note_1 USING gin (to_tsvector('simple', body));
SELECT * FROM kam.text_search_index ORDER BY index::text COLLATE "C";
SELECT to_tsvector('elsewhere.stemmed', 'Transformers ไฟดับ');
ROLLBACK;

/* Who may: the owner of the database, and whom they let. */
CREATE ROLE regress_kam_searcher;
SET ROLE regress_kam_searcher;
SELECT count(*) > 0 AS seen FROM kam.text_search_check();
SELECT call, code, message FROM unnest('{INSERT INTO kam.thai_word (word) VALUES (''ปลาทู''),SELECT kam.record_text_search_version(),DELETE FROM kam.text_search_version}'::text[]) AS call, pg_temp.error_of(call);
RESET ROLE;
BEGIN;
GRANT INSERT ON kam.thai_word TO regress_kam_searcher;
SET LOCAL ROLE regress_kam_searcher;
INSERT INTO kam.thai_word (word) VALUES ('ปลาทู');
SELECT count(*) FROM kam.thai_word WHERE NOT builtin;
ROLLBACK;
DROP ROLE regress_kam_searcher;

/* No path, setting or locale of the session changes a lexeme, or the check. */
CREATE TABLE expected AS SELECT id, to_tsvector('kam.thai', body)::text AS lexemes FROM voice WHERE id <= 60;
CREATE TABLE expected_check AS SELECT * FROM kam.text_search_check();
CREATE SCHEMA hostile;
CREATE TABLE hostile.thai_word AS SELECT 'ไฟดับ'::text AS word, false AS builtin, false AS enabled;
CREATE TABLE hostile.thai_stop_word AS SELECT 'ไฟดับ'::text AS word, false AS builtin, true AS enabled;
CREATE TABLE hostile.pg_index (indexrelid oid, indrelid oid);
CREATE TABLE hostile.text_search_version (component text, version text);
CREATE FUNCTION hostile.equal(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN false;
CREATE OPERATOR hostile.= (LEFTARG = text, RIGHTARG = text, FUNCTION = hostile.equal);
CREATE FUNCTION hostile.prsd_headline(internal, internal, tsquery) RETURNS internal LANGUAGE internal AS 'prsd_headline';
SET search_path = hostile, pg_catalog, public, pg_temp;
SET lc_messages = 'C';
SET DateStyle = 'German';
SET TimeZone = 'Asia/Bangkok';
SET default_text_search_config = 'pg_catalog.english';
SET client_encoding = 'UTF8';
SELECT count(*) FILTER (WHERE to_tsvector('kam.thai', v.body)::text OPERATOR(pg_catalog.<>) e.lexemes) AS differ FROM public.voice AS v JOIN public.expected AS e USING (id);
SELECT count(*) AS differ FROM (TABLE public.expected_check EXCEPT SELECT * FROM kam.text_search_check()) AS d;
INSERT INTO kam.thai_stop_word (word) VALUES ('hostile');
SELECT component, reindex_due FROM kam.text_search_check() WHERE reindex_due;
DELETE FROM kam.thai_stop_word WHERE NOT builtin AND word OPERATOR(pg_catalog.=) 'hostile';
SELECT component, reindex_due FROM kam.text_search_check() WHERE reindex_due;
RESET ALL;
SET client_min_messages = warning;
DROP SCHEMA hostile CASCADE;
RESET client_min_messages;

/* Megabytes in one value. */
SELECT length(v), v @@ to_tsquery('kam.thai', 'ไฟดับ') AS found
FROM (SELECT to_tsvector('kam.thai', repeat('ไฟดับบ่อยมากที่โรงงาน 115 kV ', 37000) || 'หม้อแปลง') AS v) AS t;
SELECT length(to_tsvector('kam.thai', repeat('ไฟดับบ่อยมากที่โรงงาน', 16000))) AS without_blanks, length(repeat('ไฟดับบ่อยมากที่โรงงาน', 16000)::bytea) AS bytes;
SELECT count(*) AS tokens, sum(octet_length(token)) AS bytes, max(octet_length(token)) < 2047 AS short FROM ts_parse('kam.thai', repeat('x', 1000000));
SELECT count(*) > 0 AS tokens, sum(octet_length(token)) AS bytes, max(octet_length(token)) < 2047 AS short FROM ts_parse('kam.thai', repeat('ก', 100000));
SELECT sum(octet_length(token)) AS bytes, max(octet_length(token)) < 2047 AS short FROM ts_parse('kam.thai', repeat(U&'\0E48\200B', 100000));
SELECT octet_length(ts_headline('kam.thai', repeat(U&'\200B', 300000) || 'ไฟดับ' || repeat(' ', 100000), to_tsquery('kam.thai', 'ไฟดับ'))) > 0 AS headline;
/* A tsvector ends at 1 MB of lexemes, as everywhere. */
SELECT code FROM pg_temp.error_of($$SELECT to_tsvector('kam.thai', string_agg(md5(i::text), ' ')) FROM generate_series(1, 33000) AS i$$);
/* It can be interrupted, and begins anew after that. */
SET statement_timeout = '100ms';
SELECT length(to_tsvector('kam.thai', repeat('ไฟดับบ่อยมากที่โรงงาน', 1000000)));
RESET statement_timeout;
SELECT to_tsvector('kam.thai', 'ไฟดับบ่อยมากที่โรงงาน');

/*
 * Texts of chance, the same each time: their tokens are the whole text, and characters that cannot be seen
 * make no difference.
 */
CREATE TABLE piece AS SELECT ARRAY['ไฟ', 'ไฟฟ้า', 'หม้อแปลง', 'กฟภ.', 'มี.ค.', U&'\0E48', U&'\0E49', U&'\0E4C', U&'\0E34', U&'\0E35', U&'\0E4D', 'ำ', 'ะ', 'เ', 'เเ', 'ๆ', 'ฯ', '๑', '115 kV', '22kV', '%', '-', '.', '@', '+66',
	'081-234-5678', 'a@b.c', 'www.', 'CMA-05', '''', 'é', U&'e\0301', '中文', '😀', 'Ａ', ' ', '  ', E'\n', E'\x01', '1', '234', 'x', '_'] AS pieces;
CREATE TABLE spoilt AS
SELECT id, string_agg(piece, '' ORDER BY place) AS body, string_agg(piece || repeat(U&'\200B', place % 3), '' ORDER BY place) AS with_unseen
FROM generate_series(1, 1500) AS id, generate_series(1, 1 + id % 23) AS place, piece,
	LATERAL (SELECT pieces[1 + (hashint8extended(id * 100 + place, 7) & 65535) % cardinality(pieces)] AS piece) AS p
GROUP BY id;
SELECT count(*), count(*) FILTER (WHERE body IS DISTINCT FROM tokens) AS lost, count(*) FILTER (WHERE to_tsvector('kam.thai', body) <> to_tsvector('kam.thai', with_unseen)) AS unseen_differs,
	count(*) FILTER (WHERE octet_length(ts_headline('kam.thai', body, 'ไฟ')) > octet_length(body) + 7 * 23) AS longer
FROM spoilt, LATERAL (SELECT string_agg(token, '' ORDER BY n) AS tokens FROM ts_parse('kam.thai', body) WITH ORDINALITY AS p (tokid, token, n)) AS t;

DELETE FROM kam.thai_word WHERE NOT builtin;
DELETE FROM kam.thai_stop_word WHERE NOT builtin;
DROP TABLE voice, expected, expected_check, piece, spoilt;
DROP FUNCTION found;
SELECT kam.record_text_search_version();
