/* Names in the order of the Royal Institute's dictionary, by PostgreSQL's own ICU collation. */
\pset format unaligned

/*
 * In the order of the dictionary, set by hand: consonants before vowels, a
 * leading vowel behind its consonant, marks only where all else is the same.
 */
CREATE TEMPORARY TABLE name AS
SELECT * FROM unnest(ARRAY['กนกวรรณ', 'กมล', 'กรุงเทพพลังงาน', 'กฤษณา', 'กลการเจริญ', 'กัญญา', 'กาญจนา', 'กำพล', 'กิตติ', 'กุหลาบ', 'เกตุแก้ว', 'เกรียงไกร', 'เกษม', 'แก่นจันทร์', 'แก้วตา', 'โกศล', 'ใกล้รุ่ง',
	'ไกรสร', 'ขจร', 'ขวัญใจ', 'เข็มทอง', 'แขไข', 'ไข่มุก', 'คงคา', 'เคมีไทย', 'โคราชพลังงาน', 'งามตา', 'จันทร์เพ็ญ', 'เจริญ', 'ชัยพร', 'ไชยา', 'ซีเมนต์ไทย', 'ญาดา', 'ฐิติ', 'ณรงค์', 'ดวงใจ', 'ตราช้าง', 'ถาวร', 'ไทยเหล็ก', 'ธนา',
	'นภา', 'น้ำตาลขอนแก่น', 'น้ำทิพย์', 'เนตรดาว', 'บุญมี', 'ปา', 'ป่า', 'ป้า', 'ป๊า', 'ป๋า', 'ป่าไม้', 'ปูนซิเมนต์', 'ผ่องใส', 'ฝนทอง', 'พลอย', 'เพชร', 'ไพโรจน์', 'ฟ้าใส', 'ภูเก็ต', 'มณี', 'ยุพา', 'รัตนา', 'ฤทธิ์', 'ลำไย',
	'วรรณา', 'ศรีไทย', 'สมชาย', 'สมหญิง', 'เสรี', 'แสงทอง', 'หอมจันทร์', 'อรุณ', 'เอกชัย', 'ไอศูรย์', 'ฮอนด้า']) WITH ORDINALITY AS n (name, place);

SELECT count(*) AS names, count(*) FILTER (WHERE place = sorted) AS in_place, count(*) FILTER (WHERE place = by_code_point) AS by_code_point_in_place
FROM (SELECT place, row_number() OVER (ORDER BY name COLLATE "th-x-icu") AS sorted, row_number() OVER (ORDER BY name COLLATE "C") AS by_code_point FROM name) AS n;
SELECT name, place, sorted FROM (SELECT name, place, row_number() OVER (ORDER BY name COLLATE "th-x-icu") AS sorted FROM name) AS n WHERE place <> sorted ORDER BY place;

/* A family name decides after the first name; digits come before Thai letters, Latin ones behind. */
SELECT string_agg(name, ' < ' ORDER BY name COLLATE "th-x-icu") FROM unnest('{สมชาย ใจดี,สมชาย เกษม,สมชาย กมล,สมชาติ ไทย,"3 เอ็ม",ABB,บมจ. ปูน,เอบีบี}'::text[]) AS name;

/* An index sorts so too, and an ordinary equality is not changed by it. */
CREATE INDEX ON name (name COLLATE "th-x-icu");
ANALYZE name;
SET enable_seqscan = off;
SET enable_sort = off;
SELECT string_agg(name, ' ') FROM (SELECT name FROM name ORDER BY name COLLATE "th-x-icu" LIMIT 5) AS n;
SELECT count(*) FROM name AS a JOIN name AS b ON a.name = b.name COLLATE "th-x-icu";
