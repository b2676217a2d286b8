/* Thai full-text search: tokens, lexemes, headlines, and the tables of words. */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
\pset null '(null)'

/* The tokens of a text, with the types of all but words and blanks. */
CREATE FUNCTION pg_temp.tokens(text) RETURNS text
LANGUAGE sql
RETURN (SELECT string_agg(CASE WHEN alias IN ('thai', 'blank') THEN token ELSE alias || ':' || token END, '|' ORDER BY n)
	FROM ts_parse('kam.thai', $1) WITH ORDINALITY AS p (tokid, token, n) JOIN ts_token_type('kam.thai') USING (tokid));
/* Its lexemes in order. */
CREATE FUNCTION pg_temp.lexemes(text) RETURNS text
LANGUAGE sql
RETURN (SELECT string_agg(lexeme, ' ' ORDER BY position, lexeme COLLATE "C")
	FROM unnest(to_tsvector('kam.thai', $1)), unnest(positions) AS position);

SELECT * FROM ts_token_type('kam.thai') ORDER BY tokid;

/* One of each type, and what it becomes. */
SELECT pg_temp.tokens(t), pg_temp.lexemes(t)
FROM unnest(ARRAY[
	'ไฟฟ้าขัดข้องที่โรงงาน',
	'Transformer AND Don''t STOP',
	'CMA-05 KTA01VB-01 F1 3P4W AMR_02 cma05 solar-rooftop 2-way',
	'Somchai.J+pea@PEA.co.th a@b a.b.c@x.y',
	'https://www.PEA.co.th/a?b=1&c=2. www.pea.co.th, pea.co.th (Http://x) Co.Ltd',
	'081-234-5678 0-2123-4567 02 123 4567 053-123456 0812345678 +66 81 234 5678 +66-2-123-4567',
	'020012345678 5812345678 12-3456-7890 1234567 123456',
	'115 kV 115kV 115-KV 22.5 Mva 1,500 kWh 50% 50 % 50 Hz 10 kWp 3 A 3A 3 apples 22kVx',
	'กฟจ.เชียงใหม่ พ.ศ. 2569 เดือนมี.ค. เม.ย. จ.ลำปาง ม.ค. น. ฯลฯ กรุงเทพฯ',
	'1129 1,234,567.89 1,23 22/02/2561 22-02-2561 2026-03-31 10.30 1.2.3 007',
	'บ่อยๆ ๆ ฿100 (ไฟ) "ดับ" ... ',
	'Müller naïve é привет мир 中文字符 日本語 مرحبا שלום ລາວ'
]) WITH ORDINALITY AS u (t, n) ORDER BY n;

/* The tokens, one after the other, are the whole text. */
SELECT bool_and(string_agg = t) AS whole
FROM (SELECT t, string_agg(token, '' ORDER BY n) FROM (VALUES
	('ไฟตก 115 kV' || U&'\200B' || 'ครับ' || U&'\FEFF'), (U&'\200B'), (U&'\200B\200Bก\0E48\0E48' || repeat(U&'\200B', 100) || 'ไฟ'), ('😀😀 ไฟ👨‍👩‍👧'), (E'\t\n ก'),
	(repeat('ก', 5000)), (repeat('ab', 5000)), (repeat(U&'\0E48', 5000)), (repeat('1', 5000)), (repeat('😀', 5000)), (repeat(' ', 5000)), (repeat('𝐀', 3000))) AS v (t),
	ts_parse('kam.thai', t) WITH ORDINALITY AS p (tokid, token, n) GROUP BY t) AS s;

/* Thai digits, full-width letters, letter case. */
SELECT pg_temp.lexemes('๑๑๕ kV') = pg_temp.lexemes('115kV') AS thai_digits, pg_temp.lexemes('ＣＭＡ－０５ Ａｂ') AS full_width, pg_temp.lexemes('Straße ﬁne ŁÓDŹ') AS folded;
/* ZWSP and other characters that cannot be seen are nothing, wherever they are. */
SELECT to_tsvector('kam.thai', U&'หม้อ\200Bแปลง\200Bระเบิด ไ\200Bฟ\FEFFฟ้า 11\200B5 k\00ADV') = to_tsvector('kam.thai', 'หม้อแปลงระเบิด ไฟฟ้า 115 kV') AS unseen;
/* ำ as one character and as two, before and after its tone; เเ; tones before vowels, behind ะ and า; marks twice. */
SELECT typed, pg_temp.lexemes(typed)
FROM unnest(ARRAY['น้ำ', U&'น\0E49\0E4D\0E32', U&'น\0E4D\0E49\0E32', U&'น\0E33\0E49', 'เเรงดัน', U&'ท\0E48\0E35ดิน', U&'บ\0E32\0E49น', U&'ค\0E30\0E48ปรับ', U&'ไฟฟ\0E49\0E49า', U&'ซ\0E37\0E37\0E49อ', U&'ซ\0E49\0E37อ']) WITH ORDINALITY AS u (typed, n) ORDER BY n;

/* Lists of numbers; abbreviations in a row; ฯลฯ. */
SELECT pg_temp.tokens(t), pg_temp.lexemes(t)
FROM unnest(ARRAY['081-234-5678,089-876-5432', '02-590-9125/053-123456,0898765432', '12-345-6789,12-345-6780', 'สนง.กฟจ.เชียงใหม่ ผจก.กฟจ.ชม. ก.ฟ.ภ. พ.ร.บ. น.ส.สมศรี มี.ค. รศ.ดร.', 'เสา สาย ฯลฯ และ ฯลฯ ล']) WITH ORDINALITY AS u (t, n) ORDER BY n;
/* Wherever the parser's window ends, a text has the same tokens. */
SELECT behind, count(*) AS texts, count(DISTINCT tokens COLLATE "C") AS tokens
FROM unnest(ARRAY[repeat('ลูกค้าต้องการให้ตรวจสอบคุณภาพไฟฟ้า', 30) || 'ก.ฟ.ภ.', repeat('ไฟฟ้าขัดข้อง', 43) || 'ก.ฟ.ภ. ' || repeat('ดี', 200), repeat(' ', 500) || '+66 81 234 5678' || repeat(' ', 600)]) WITH ORDINALITY AS u (behind_text, behind),
	generate_series(1450, 1600) AS units,
	LATERAL (SELECT string_agg(token, '|' ORDER BY n) AS tokens FROM ts_parse('kam.thai', repeat('a ', units / 2) || repeat('.', units % 2) || behind_text) WITH ORDINALITY AS p (tokid, token, n) WHERE tokid NOT IN (1, 12)) AS t
GROUP BY behind ORDER BY behind;

/* What is no text, or hardly. */
SELECT to_tsvector('kam.thai', t), pg_temp.tokens(t)
FROM unnest(ARRAY['', ' ', U&'\0E48', U&'\0E48\0E35\0E4D', 'ะ', 'เ', 'เเเ', 'ๆๆ', '฿', '.', '+', '+66', '0', '-', '@', 'a@', '@b.c', 'www.', 'http://', U&'\FEFF', '1,', '1.', '.5', '%', 'kV', '😀', U&'\0301', U&'e\0301', '-5 kV', 'กก.', 'ก.ก', '..ก.']) WITH ORDINALITY AS u (t, n) ORDER BY n;
SELECT to_tsvector('kam.thai', NULL);

/* A word of the dictionary is kept whole, the longest one; but cuts no longer word of ICU's, and no cluster. */
SELECT pg_temp.tokens('ไฟ ไฟล์ ไฟฟ้า ไฟตก ไฟตกบ่อย กระแสไฟตก ไฟกระพริบ ไฟกะพริบ โซล่ารูฟท๊อป สถานีไฟฟ้า หม้อแปลงระเบิด');
SELECT pg_temp.lexemes('ไฟฟ้าดับ ไฟกะพริบ ไฟฟ้ากระพริบ ค่าไฟ โซล่ารูฟท๊อป การไฟฟ้าส่วนภูมิภาค กฟภ. สวิทช์');

/* A change of the words is seen by the next statement, in this session, and is gone with its savepoint. */
BEGIN;
SELECT pg_temp.tokens('ปลาทูทอดกรอบ');
INSERT INTO kam.thai_word (word) VALUES ('ปลาทูทอด');
SELECT pg_temp.tokens('ปลาทูทอดกรอบ');
SAVEPOINT s;
INSERT INTO kam.thai_word (word, same_as) VALUES ('ปลาทูทอดกรอบ', 'ของทอด');
SELECT pg_temp.tokens('ปลาทูทอดกรอบ'), pg_temp.lexemes('ปลาทูทอดกรอบ');
ROLLBACK TO s;
SELECT pg_temp.tokens('ปลาทูทอดกรอบ');
INSERT INTO kam.thai_word (word, enabled) VALUES ('ไฟกระพริบ', false);
SELECT pg_temp.tokens('ไฟกระพริบ ปลาทูทอด');
UPDATE kam.thai_word SET enabled = true WHERE word = 'ไฟกระพริบ' AND NOT builtin;
SELECT pg_temp.tokens('ไฟกระพริบ ปลาทูทอด');
DELETE FROM kam.thai_word WHERE NOT builtin;
SELECT pg_temp.tokens('ไฟกระพริบ ปลาทูทอด');
INSERT INTO kam.thai_stop_word (word) VALUES ('Transformer'), ('เสีย');
INSERT INTO kam.thai_stop_word (word, enabled) VALUES ('ที่', false);
SELECT pg_temp.lexemes('TRANSFORMER ที่บ้านเสีย');
ROLLBACK;
SELECT pg_temp.lexemes('TRANSFORMER ที่บ้านเสีย'), pg_temp.tokens('ปลาทูทอดกรอบ');
/* Written in the wrong order, it is the word all the same; and of two rows of one word always the same one counts. */
BEGIN;
INSERT INTO kam.thai_word (word) VALUES (U&'ปลาท\0E48\0E35ทอด');
SELECT pg_temp.tokens('ปลาที่ทอดกรอบ');
SAVEPOINT s;
INSERT INTO kam.thai_word (word, same_as) VALUES (U&'ปลาท\0E35\0E48ทอด', 'ของทอด');
SELECT pg_temp.lexemes('ปลาที่ทอด');
ROLLBACK TO s;
DELETE FROM kam.thai_word WHERE NOT builtin;
INSERT INTO kam.thai_word (word, same_as) VALUES (U&'ปลาท\0E35\0E48ทอด', 'ของทอด');
INSERT INTO kam.thai_word (word) VALUES (U&'ปลาท\0E48\0E35ทอด');
SELECT pg_temp.lexemes('ปลาที่ทอด');
ROLLBACK;
/* A word that another one stands for may itself stand for a third; a circle ends. */
BEGIN;
INSERT INTO kam.thai_word (word, same_as) VALUES ('ไฟดับ', 'ดับไฟ'), ('ปลาทู', 'ปลาทอง'), ('ปลาทอง', 'ปลาทู');
SELECT to_tsvector('kam.thai', 'ไฟฟ้าดับ') @@ to_tsquery('kam.thai', 'ไฟดับ') AS found, pg_temp.lexemes('ไฟฟ้าดับ ไฟดับ'), pg_temp.lexemes('ปลาทู ปลาทอง');
ROLLBACK;

/* Refused. */
SELECT statement, code, message, hint
FROM unnest(ARRAY[
	$$DELETE FROM kam.thai_word WHERE word = 'ไฟตก'$$,
	$$UPDATE kam.thai_word SET enabled = false WHERE word = 'ไฟตก'$$,
	$$INSERT INTO kam.thai_word (word, builtin) VALUES ('ปลาทู', true)$$,
	$$DELETE FROM kam.thai_stop_word$$,
	$$TRUNCATE kam.thai_word$$,
	$$TRUNCATE kam.thai_stop_word$$,
	$$INSERT INTO kam.thai_word (word) VALUES ('')$$,
	$$INSERT INTO kam.thai_word (word) VALUES ('ไฟ ตก')$$,
	$$INSERT INTO kam.thai_word (word) VALUES ('kV')$$,
	$$INSERT INTO kam.thai_word (word) VALUES ('ๆๆ')$$,
	$$INSERT INTO kam.thai_word (word) VALUES ('เเเ')$$,
	$$INSERT INTO kam.thai_word (word) VALUES (repeat('กา', 31))$$,
	$$INSERT INTO kam.thai_word (word, same_as) VALUES ('ปลาทู', 'ปลาทู')$$,
	$$INSERT INTO kam.thai_word (word, same_as) VALUES ('ปลาทู', '')$$,
	$$INSERT INTO kam.thai_stop_word (word) VALUES ('')$$,
	$$CREATE TEXT SEARCH DICTIONARY pg_temp.d (TEMPLATE = kam.thai, kind = 'x')$$,
	$$CREATE TEXT SEARCH DICTIONARY pg_temp.d (TEMPLATE = kam.thai, color = 'x')$$
]) WITH ORDINALITY AS u (statement, n), pg_temp.error_of(statement) ORDER BY n;

/* Queries are parsed as texts are. */
SELECT to_tsquery('kam.thai', 'ไฟตก & 115kV | CMA05'), plainto_tsquery('kam.thai', 'ไฟฟ้าดับที่ 22 kV'), phraseto_tsquery('kam.thai', 'หม้อแปลงระเบิดเสียงดัง'),
	websearch_to_tsquery('kam.thai', '"ไฟตก" or หม้อแปลง -มิเตอร์'), to_tsquery('kam.thai', 'โซลาร์:*');
SELECT ts_headline('kam.thai', t, websearch_to_tsquery('kam.thai', q), o)
FROM (VALUES
	('เมื่อคืนที่โรงงานไฟตกหลายครั้งมาก ขนาด 115 kV ที่ CMA-05 โทร 081-234-5678', 'ไฟตก 115kV cma05 +66812345678', ''),
	('ลูกค้าแจ้งว่า' || repeat('ขอบคุณมากครับ ', 30) || 'หม้อแปลงระเบิดเมื่อคืนนี้ ' || repeat('เจ้าหน้าที่บริการดีมาก ', 30), 'หม้อแปลง', 'MaxWords=12, MinWords=5'),
	('ก่อน ' || repeat('ดี ', 50) || 'ไฟดับ' || repeat(' ดี', 50) || ' ไฟฟ้าดับ', 'ไฟดับ', 'MaxFragments=2, MaxWords=5, MinWords=2, FragmentDelimiter=" … "'),
	('ไม่มีคำที่ค้นหา', 'ไฟดับ', 'StartSel=[, StopSel=]'),
	(U&'ไฟ\200Bตก ท\0E48\0E35บ้าน', 'ไฟตก บ้าน', 'StartSel=[, StopSel=]')) AS v (t, q, o);
SELECT round(ts_rank(to_tsvector('kam.thai', 'ไฟตก ไฟตก หม้อแปลง'), to_tsquery('kam.thai', 'ไฟตก'))::numeric, 4) > round(ts_rank(to_tsvector('kam.thai', 'ไฟตก หม้อแปลง หม้อแปลง'), to_tsquery('kam.thai', 'ไฟตก'))::numeric, 4) AS ranked;
