/*
 * Thai full-text search: a parser on ICU's word boundaries, the words that it
 * keeps whole and those that are not searched for, and the versions of all
 * that an index depends on.
 */

CREATE TABLE kam.thai_word (
	word text NOT NULL,
	builtin boolean NOT NULL DEFAULT false,
	enabled boolean NOT NULL DEFAULT true,
	same_as text,
	topic text,
	PRIMARY KEY (word, builtin),
	CONSTRAINT thai_word_letters CHECK (word COLLATE "C" ~ '^[\u0E01-\u0E2E\u0E30-\u0E3A\u0E40-\u0E45\u0E47-\u0E4E]{2,60}$'
		AND word COLLATE "C" ~ '[\u0E01-\u0E2E]'),
	CONSTRAINT thai_word_same_as CHECK (same_as <> '' AND same_as <> word AND octet_length(same_as) <= 200)
);
COMMENT ON TABLE kam.thai_word IS
'Words of Thai that kam.thai keeps whole where ICU would cut them. A row of yours (builtin false) hides a built-in one of the same word. After a change, REINDEX what kam.text_search_index lists.';
COMMENT ON COLUMN kam.thai_word.word IS 'The word: Thai letters, vowels and marks only, 2 to 60 of them.';
COMMENT ON COLUMN kam.thai_word.builtin IS 'Shipped with the extension, and read-only.';
COMMENT ON COLUMN kam.thai_word.enabled IS 'false: the word is not kept whole; so a row of yours switches off a built-in one.';
COMMENT ON COLUMN kam.thai_word.same_as IS 'The word that is indexed and searched for in its place, such as the other spelling, which is then kept whole too; NULL for itself.';
COMMENT ON COLUMN kam.thai_word.topic IS 'What it is about; for those who read the table.';

CREATE TABLE kam.thai_stop_word (
	word text NOT NULL CHECK (word <> '' AND octet_length(word) <= 200),
	builtin boolean NOT NULL DEFAULT false,
	enabled boolean NOT NULL DEFAULT true,
	PRIMARY KEY (word, builtin)
);
COMMENT ON TABLE kam.thai_stop_word IS
'Words that kam.thai does not index, as everybody uses them. A row of yours (builtin false) hides a built-in one of the same word. After a change, REINDEX what kam.text_search_index lists.';
COMMENT ON COLUMN kam.thai_stop_word.word IS 'The word, of any script; letter case does not count.';
COMMENT ON COLUMN kam.thai_stop_word.builtin IS 'Shipped with the extension, and read-only.';
COMMENT ON COLUMN kam.thai_stop_word.enabled IS 'false: the word is indexed; so a row of yours switches off a built-in one.';

CREATE TRIGGER protect BEFORE INSERT OR UPDATE OR DELETE ON kam.thai_word
	FOR EACH ROW EXECUTE FUNCTION kam._reference_protect();
CREATE TRIGGER protect BEFORE INSERT OR UPDATE OR DELETE ON kam.thai_stop_word
	FOR EACH ROW EXECUTE FUNCTION kam._reference_protect();
CREATE TRIGGER protect_all BEFORE TRUNCATE ON kam.thai_word
	FOR EACH STATEMENT EXECUTE FUNCTION kam._reference_protect();
CREATE TRIGGER protect_all BEFORE TRUNCATE ON kam.thai_stop_word
	FOR EACH STATEMENT EXECUTE FUNCTION kam._reference_protect();
COMMENT ON TRIGGER protect ON kam.thai_word IS 'Built-in rows are read-only.';
COMMENT ON TRIGGER protect ON kam.thai_stop_word IS 'Built-in rows are read-only.';
COMMENT ON TRIGGER protect_all ON kam.thai_word IS 'Built-in rows are read-only.';
COMMENT ON TRIGGER protect_all ON kam.thai_stop_word IS 'Built-in rows are read-only.';

/* Row triggers fire for replicated rows too, statement triggers for TRUNCATE. */
CREATE TRIGGER row_changed AFTER INSERT OR UPDATE OR DELETE ON kam.thai_word
	FOR EACH ROW EXECUTE FUNCTION kam._reference_changed();
CREATE TRIGGER row_changed AFTER INSERT OR UPDATE OR DELETE ON kam.thai_stop_word
	FOR EACH ROW EXECUTE FUNCTION kam._reference_changed();
CREATE TRIGGER truncated AFTER TRUNCATE ON kam.thai_word
	FOR EACH STATEMENT EXECUTE FUNCTION kam._reference_changed();
CREATE TRIGGER truncated AFTER TRUNCATE ON kam.thai_stop_word
	FOR EACH STATEMENT EXECUTE FUNCTION kam._reference_changed();
ALTER TABLE kam.thai_word ENABLE ALWAYS TRIGGER row_changed;
ALTER TABLE kam.thai_stop_word ENABLE ALWAYS TRIGGER row_changed;
ALTER TABLE kam.thai_word ENABLE ALWAYS TRIGGER truncated;
ALTER TABLE kam.thai_stop_word ENABLE ALWAYS TRIGGER truncated;
COMMENT ON TRIGGER row_changed ON kam.thai_word IS 'Makes every session read the table anew.';
COMMENT ON TRIGGER row_changed ON kam.thai_stop_word IS 'Makes every session read the table anew.';
COMMENT ON TRIGGER truncated ON kam.thai_word IS 'Makes every session read the table anew.';
COMMENT ON TRIGGER truncated ON kam.thai_stop_word IS 'Makes every session read the table anew.';

INSERT INTO kam.thai_word (word, builtin, topic)
SELECT word, true, topic
FROM (VALUES
	('supply', pg_catalog.unistr('ไฟตก ไฟดับ ไฟกระพริบ ไฟกระชาก ไฟเกิน ไฟรั่ว ไฟช็อต ไฟขาด ไฟไหม้ ไฟไม่พอ ดับไฟ ตัดไฟ ต่อไฟ จ่ายไฟ งดจ่ายไฟ ปั่นไฟ ลัดวงจร กระแสไฟ กำลังไฟ แรงดัน แรงดันตก แรงดันเกิน แรงสูง แรงต่ำ โอเวอร์โหลด ฮาร์มอนิก เพาเวอร์แฟกเตอร์ เฟส ลงกราวด์ กราวด์ ขัดข้อง')),
	('equipment', pg_catalog.unistr('หม้อแปลง มิเตอร์ สายส่ง สายไฟ สายดิน สายเมน สายแรงสูง สายแรงต่ำ สายล่อฟ้า ล่อฟ้า เสาไฟ ลูกถ้วย เบรกเกอร์ ฟิวส์ รีเลย์ รีโคลสเซอร์ คาปาซิเตอร์ อินเวอร์เตอร์ เคเบิล ฟีดเดอร์ สวิตช์ สวิตช์เกียร์ สถานีไฟฟ้า ซับสเตชัน ตู้ควบคุม โหลดเบรก ดรอปเอาต์ เซอร์กิตเบรกเกอร์ เครื่องปั่นไฟ เครื่องกำเนิดไฟฟ้า เครื่องสำรองไฟ สำรองไฟ สำรอง ระบบจำหน่าย ระบบส่ง เครื่องใช้ไฟฟ้า ตู้แช่ ห้องเย็น ปั๊มน้ำ เครื่องปรับอากาศ แม่เหล็ก หม้อแปลงกระแส หลอดไฟ ปลั๊กไฟ คอนเดนเซอร์ บัสบาร์ เจเนอเรเตอร์ ทรานสฟอร์เมอร์ มอเตอร์ คอมเพรสเซอร์ เซนเซอร์ โหลด สะพานไฟ คัตเอาต์ ซีที พีที ดิสคอนเนกต์ ยูพีเอส ท้องช้าง')),
	('bill', pg_catalog.unistr('ค่าไฟฟ้า ค่าเอฟที เอฟที ค่าบริการ ค่าธรรมเนียม ค่าปรับ ค่าใช้จ่าย ค่าเสียหาย เงินประกัน ใบแจ้งหนี้ ใบเสร็จ ใบกำกับภาษี หน่วยไฟ จดหน่วย จดมิเตอร์ อ่านหน่วย ดีมานด์ ดีมานด์ชาร์จ ทีโอยู พีค ออนพีค ออฟพีค หักบัญชี ค้างชำระ ผ่อนชำระ ชำระเงิน พร้อมเพย์ คิวอาร์โค้ด ส่วนลด ประหยัดไฟ')),
	('customer', pg_catalog.unistr('ผู้ใช้ไฟ ขอใช้ไฟ ใช้ไฟ ขยายเขต ลูกค้า ลูกค้ารายสำคัญ ลูกค้าสัมพันธ์ คอลเซ็นเตอร์ เจ้าหน้าที่ แอปพลิเคชัน แอป เว็บไซต์ ไลน์ เฟซบุ๊ก อีเมล ออนไลน์ สมาร์ตพลัส สมาร์ตมิเตอร์ ข้อร้องเรียน ร้องเรียน ข้อเสนอแนะ เสนอแนะ พึงพอใจ แจ้งซ่อม แจ้งเหตุ ล่วงหน้า ล่าช้า รวดเร็ว เร่งด่วน เบอร์โทร ประสานงาน ผู้ประสานงาน')),
	('energy', pg_catalog.unistr('โซลาร์ โซลาร์เซลล์ โซลาร์รูฟ โซลาร์รูฟท็อป โซลาร์ฟาร์ม พลังงานทดแทน พลังงานหมุนเวียน พลังงานแสงอาทิตย์ แบตเตอรี่ ขนานไฟ รถยนต์ไฟฟ้า รถไฟฟ้า สถานีชาร์จ หัวชาร์จ ชาร์จ อีวี ไมโครกริด สมาร์ตกริด คาร์บอนเครดิต คาร์บอน ชีวมวล ไบโอแก๊ส โรงไฟฟ้า กำลังผลิต พลังงานไฟฟ้า ขายไฟ ผลิตไฟ พลังไฟฟ้า อัดประจุ สถานีอัดประจุ เอสพีพี วีเอสพีพี โปรซูเมอร์ ดาต้าเซ็นเตอร์')),
	('organisation', pg_catalog.unistr('การไฟฟ้า การไฟฟ้าส่วนภูมิภาค การไฟฟ้านครหลวง การไฟฟ้าฝ่ายผลิต นิคมอุตสาหกรรม เขตอุตสาหกรรม ส่วนภูมิภาค กฟภ กฟน กฟผ กฟข กฟจ กฟส กฟอ ผู้จัดการ โรงงาน โรงพยาบาล ห้างสรรพสินค้า ผู้ประกอบการ ผู้ว่าการ สำนักงานใหญ่')),
	('general', pg_catalog.unistr('ผิดปกติ ปกติ เมื่อคืน เมื่อวาน เมื่อเช้า กลางคืน กลางวัน หัวค่ำ บ่อยครั้ง ขั้นตอน ช่องทาง เสียหาย ย้อนหลัง ประทับใจ ใช้งาน คุณภาพ มาตรฐาน ประสิทธิภาพ เสถียรภาพ ผู้ผลิต ผู้รับเหมา ผู้บริหาร ผู้ดูแล ผู้รับผิดชอบ รับผิดชอบ ผู้สูงอายุ คู่แข่ง ร้อยละ มือถือ เชื่อถือ เพิ่มเติม เปรียบเทียบ หน้าจอ รหัสผ่าน คำปรึกษา คำแนะนำ คำตอบ คำขอ สอบถาม สม่ำเสมอ ต่อเนื่อง ทันที โดยตรง ฉุกเฉิน เพียงพอ ถูกต้อง ชัดเจน ปลอดภัย คืบหน้า ล่าสุด สูงสุด ต่ำสุด ขั้นต่ำ แล้วเสร็จ เสร็จสิ้น ยุ่งยาก ใบเสนอราคา ใบอนุญาต รถบรรทุก จอดรถ วันหยุด ชั่วคราว ชั่วขณะ ผิดพลาด ของเสีย เกินไป สูญเสีย โอกาส ศูนย์ข้อมูล')),
	('work', pg_catalog.unistr('ติดตั้ง บำรุงรักษา ซ่อมบำรุง ซ่อมแซม ตรวจสอบ ตรวจเช็ก ติดตาม ติดต่อ แก้ไข ปรับปรุง เปลี่ยนแปลง ดำเนินการ ทดสอบ ออกแบบ ก่อสร้าง รื้อถอน โยกย้าย ตัดต้นไม้ กิ่งไม้ ต้นไม้ ฮอตไลน์ ไลน์แมน สายการผลิต เครื่องจักร ไลน์ผลิต หยุดชะงัก ความเสียหาย ระเบิด ปลดสับ พิกัด ตรวจวัด แจ้งเตือน เชื่อมต่อ ให้บริการ ลงทะเบียน'))
) AS t (topic, words), pg_catalog.string_to_table(words, ' ') AS word;

/* Other spellings and longer names. */
INSERT INTO kam.thai_word (word, builtin, topic, same_as)
SELECT word, true, 'spelling', same_as
FROM (VALUES
	(pg_catalog.unistr('ไฟดับ'), pg_catalog.unistr('ไฟฟ้าดับ')),
	(pg_catalog.unistr('ไฟตก'), pg_catalog.unistr('ไฟฟ้าตก')),
	(pg_catalog.unistr('ไฟกระพริบ'), pg_catalog.unistr('ไฟกะพริบ ไฟฟ้ากระพริบ ไฟฟ้ากะพริบ')),
	(pg_catalog.unistr('ไฟกระชาก'), pg_catalog.unistr('ไฟฟ้ากระชาก')),
	(pg_catalog.unistr('ไฟรั่ว'), pg_catalog.unistr('ไฟฟ้ารั่ว')),
	(pg_catalog.unistr('ไฟช็อต'), pg_catalog.unistr('ไฟช๊อต ไฟช็อค ไฟฟ้าช็อต')),
	(pg_catalog.unistr('กระแสไฟ'), pg_catalog.unistr('กระแสไฟฟ้า')),
	(pg_catalog.unistr('กำลังไฟ'), pg_catalog.unistr('กำลังไฟฟ้า')),
	(pg_catalog.unistr('ฮาร์มอนิก'), pg_catalog.unistr('ฮาร์โมนิก ฮาร์โมนิค ฮาร์มอนิค')),
	(pg_catalog.unistr('เพาเวอร์แฟกเตอร์'), pg_catalog.unistr('พาวเวอร์แฟกเตอร์ เพาเวอร์แฟคเตอร์ พาวเวอร์แฟคเตอร์')),
	(pg_catalog.unistr('สายไฟ'), pg_catalog.unistr('สายไฟฟ้า')),
	(pg_catalog.unistr('เสาไฟ'), pg_catalog.unistr('เสาไฟฟ้า')),
	(pg_catalog.unistr('เบรกเกอร์'), pg_catalog.unistr('เบรคเกอร์ เบรกเก้อ')),
	(pg_catalog.unistr('คาปาซิเตอร์'), pg_catalog.unistr('แคปาซิเตอร์')),
	(pg_catalog.unistr('อินเวอร์เตอร์'), pg_catalog.unistr('อินเวิร์ตเตอร์')),
	(pg_catalog.unistr('เคเบิล'), pg_catalog.unistr('เคเบิ้ล')),
	(pg_catalog.unistr('ฟีดเดอร์'), pg_catalog.unistr('ฟิดเดอร์')),
	(pg_catalog.unistr('สวิตช์'), pg_catalog.unistr('สวิทช์ สวิตซ์ สวิทซ์')),
	(pg_catalog.unistr('ซับสเตชัน'), pg_catalog.unistr('ซับสเตชั่น')),
	(pg_catalog.unistr('ดรอปเอาต์'), pg_catalog.unistr('ดรอปเอาท์')),
	(pg_catalog.unistr('คัตเอาต์'), pg_catalog.unistr('คัทเอาท์ คัตเอ้าท์')),
	(pg_catalog.unistr('เจเนอเรเตอร์'), pg_catalog.unistr('เจนเนอเรเตอร์')),
	(pg_catalog.unistr('เซนเซอร์'), pg_catalog.unistr('เซ็นเซอร์')),
	(pg_catalog.unistr('ค่าไฟฟ้า'), pg_catalog.unistr('ค่าไฟ')),
	(pg_catalog.unistr('หน่วยไฟ'), pg_catalog.unistr('หน่วยไฟฟ้า')),
	(pg_catalog.unistr('ผู้ใช้ไฟ'), pg_catalog.unistr('ผู้ใช้ไฟฟ้า')),
	(pg_catalog.unistr('ขอใช้ไฟ'), pg_catalog.unistr('ขอใช้ไฟฟ้า')),
	(pg_catalog.unistr('ใช้ไฟ'), pg_catalog.unistr('ใช้ไฟฟ้า')),
	(pg_catalog.unistr('จ่ายไฟ'), pg_catalog.unistr('จ่ายไฟฟ้า')),
	(pg_catalog.unistr('คอลเซ็นเตอร์'), pg_catalog.unistr('คอลเซนเตอร์ คอลเซ็นเต้อร์')),
	(pg_catalog.unistr('แอปพลิเคชัน'), pg_catalog.unistr('แอปพลิเคชั่น แอพพลิเคชัน แอพพลิเคชั่น')),
	(pg_catalog.unistr('แอป'), pg_catalog.unistr('แอพ')),
	(pg_catalog.unistr('เว็บไซต์'), pg_catalog.unistr('เวบไซต์ เว็บไซด์ เว็บไซท์')),
	(pg_catalog.unistr('เฟซบุ๊ก'), pg_catalog.unistr('เฟสบุ๊ค เฟสบุค เฟซบุ๊ค')),
	(pg_catalog.unistr('อีเมล'), pg_catalog.unistr('อีเมล์')),
	(pg_catalog.unistr('สมาร์ตมิเตอร์'), pg_catalog.unistr('สมาร์ทมิเตอร์')),
	(pg_catalog.unistr('สมาร์ตพลัส'), pg_catalog.unistr('สมาร์ทพลัส')),
	(pg_catalog.unistr('สมาร์ตกริด'), pg_catalog.unistr('สมาร์ทกริด')),
	(pg_catalog.unistr('โซลาร์'), pg_catalog.unistr('โซล่า โซล่าร์ โซลา')),
	(pg_catalog.unistr('โซลาร์เซลล์'), pg_catalog.unistr('โซล่าเซลล์ โซล่าเซล โซลาเซลล์ โซล่าร์เซลล์')),
	(pg_catalog.unistr('โซลาร์รูฟ'), pg_catalog.unistr('โซล่ารูฟ โซล่าร์รูฟ')),
	(pg_catalog.unistr('โซลาร์รูฟท็อป'), pg_catalog.unistr('โซลาร์รูฟท๊อป โซล่ารูฟท็อป โซล่ารูฟท๊อป โซล่าร์รูฟท็อป โซลาร์รูฟทอป')),
	(pg_catalog.unistr('โซลาร์ฟาร์ม'), pg_catalog.unistr('โซล่าฟาร์ม โซล่าร์ฟาร์ม')),
	(pg_catalog.unistr('แบตเตอรี่'), pg_catalog.unistr('แบตเตอรี แบตเตอร์รี่')),
	(pg_catalog.unistr('ผลิตไฟ'), pg_catalog.unistr('ผลิตไฟฟ้า')),
	(pg_catalog.unistr('ขายไฟ'), pg_catalog.unistr('ขายไฟฟ้า')),
	(pg_catalog.unistr('ตรวจเช็ก'), pg_catalog.unistr('ตรวจเช็ค ตรวจเชค')),
	(pg_catalog.unistr('ฮอตไลน์'), pg_catalog.unistr('ฮอทไลน์')),
	(pg_catalog.unistr('กฟภ'), pg_catalog.unistr('การไฟฟ้าส่วนภูมิภาค')),
	(pg_catalog.unistr('กฟน'), pg_catalog.unistr('การไฟฟ้านครหลวง')),
	(pg_catalog.unistr('กฟผ'), pg_catalog.unistr('การไฟฟ้าฝ่ายผลิต'))
) AS s (same_as, words), pg_catalog.string_to_table(words, ' ') AS word
ON CONFLICT (word, builtin) DO UPDATE SET same_as = EXCLUDED.same_as;

INSERT INTO kam.thai_stop_word (word, builtin)
SELECT word, true
FROM pg_catalog.string_to_table(pg_catalog.unistr('กว่า กับ การ ก็ ก่อน ของ ขณะ ขอ ครับ คะ ค่ะ คือ ความ คง จะ จาก จึง ซึ่ง ณ ด้วย ดัง ดังนั้น ดังกล่าว ดังนี้ ต่อ ต้อง ตาม ตั้งแต่ ถ้า ถึง ถูก ทั้ง ทั้งนี้ ที่ ทำให้ นะ นะคะ นะครับ นั้น นี้ นี่ นั่น ใน โดย บาง ผู้ พร้อม เพราะ เพื่อ เมื่อ แม้ ไม่ว่า ไว้ แล้ว และ ว่า หรือ หาก ให้ อยู่ อย่าง อัน อีก เอง เลย เป็น เป็นต้น แต่ แต่ละ แก่ แด่ ได้ ไป มา มี ยัง ย่อม ร่วม รวมทั้ง ล้วน สำหรับ เช่น เดียวกัน โดยเฉพาะ ส่วน จ้ะ จ้า ฮะ นอกจาก กล่าว a an and are as at be but by for from has in is it of on or that the this to was were with'), ' ') AS word;

SELECT pg_catalog.pg_extension_config_dump('kam.thai_word', 'WHERE NOT builtin');
SELECT pg_catalog.pg_extension_config_dump('kam.thai_stop_word', 'WHERE NOT builtin');

GRANT SELECT ON kam.thai_word, kam.thai_stop_word TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON kam.thai_word, kam.thai_stop_word TO pg_database_owner WITH GRANT OPTION;

/* ---- parser, dictionaries, configuration ---- */

CREATE FUNCTION kam._thai_start(internal, int) RETURNS internal
AS 'MODULE_PATHNAME', 'kam_thai_start'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam._thai_start(internal, int) IS 'Text search parser kam.thai: begins a text.';
CREATE FUNCTION kam._thai_token(internal, internal, internal) RETURNS internal
AS 'MODULE_PATHNAME', 'kam_thai_token'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam._thai_token(internal, internal, internal) IS 'Text search parser kam.thai: gives the next token.';
CREATE FUNCTION kam._thai_end(internal) RETURNS void
AS 'MODULE_PATHNAME', 'kam_thai_end'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam._thai_end(internal) IS 'Text search parser kam.thai: ends a text.';
CREATE FUNCTION kam._thai_token_types(internal) RETURNS internal
AS 'MODULE_PATHNAME', 'kam_thai_token_types'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam._thai_token_types(internal) IS 'Text search parser kam.thai: lists the types of its tokens.';
CREATE FUNCTION kam._thai_init(internal) RETURNS internal
AS 'MODULE_PATHNAME', 'kam_thai_init'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam._thai_init(internal) IS 'Text search template kam.thai: reads the options of a dictionary.';
CREATE FUNCTION kam._thai_lexize(internal, internal, internal, internal) RETURNS internal
AS 'MODULE_PATHNAME', 'kam_thai_lexize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam._thai_lexize(internal, internal, internal, internal) IS 'Text search template kam.thai: makes a token a lexeme.';

CREATE TEXT SEARCH PARSER kam.thai (
	START = kam._thai_start, GETTOKEN = kam._thai_token, END = kam._thai_end,
	HEADLINE = pg_catalog.prsd_headline, LEXTYPES = kam._thai_token_types
);
COMMENT ON TEXT SEARCH PARSER kam.thai IS
'Thai words by ICU''s word boundaries and kam.thai_word, with numbers and their units, phone and meter numbers, codes and addresses kept whole.';

CREATE TEXT SEARCH TEMPLATE kam.thai (INIT = kam._thai_init, LEXIZE = kam._thai_lexize);
COMMENT ON TEXT SEARCH TEMPLATE kam.thai IS
'Folds letters and puts Thai in its right order; drops kam.thai_stop_word. Its option kind (word, abbreviation, number, code, digits) says what else is left out.';

CREATE TEXT SEARCH DICTIONARY kam.thai (TEMPLATE = kam.thai);
CREATE TEXT SEARCH DICTIONARY kam.thai_abbreviation (TEMPLATE = kam.thai, kind = 'abbreviation');
CREATE TEXT SEARCH DICTIONARY kam.thai_number (TEMPLATE = kam.thai, kind = 'number');
CREATE TEXT SEARCH DICTIONARY kam.thai_code (TEMPLATE = kam.thai, kind = 'code');
CREATE TEXT SEARCH DICTIONARY kam.thai_digits (TEMPLATE = kam.thai, kind = 'digits');
COMMENT ON TEXT SEARCH DICTIONARY kam.thai IS 'Words of Thai and of other scripts.';
COMMENT ON TEXT SEARCH DICTIONARY kam.thai_abbreviation IS 'Abbreviations, without their dots.';
COMMENT ON TEXT SEARCH DICTIONARY kam.thai_number IS 'Numbers and quantities, without blanks, hyphens and commas: 115 kV is 115kv.';
COMMENT ON TEXT SEARCH DICTIONARY kam.thai_code IS 'Codes, without blanks and hyphens: CMA-05 is cma05.';
COMMENT ON TEXT SEARCH DICTIONARY kam.thai_digits IS 'Phone and meter numbers, the digits only; +66 is 0.';

CREATE TEXT SEARCH CONFIGURATION kam.thai (PARSER = kam.thai);
ALTER TEXT SEARCH CONFIGURATION kam.thai ADD MAPPING FOR thai, english, word, email, url WITH kam.thai;
ALTER TEXT SEARCH CONFIGURATION kam.thai ADD MAPPING FOR abbreviation WITH kam.thai_abbreviation;
ALTER TEXT SEARCH CONFIGURATION kam.thai ADD MAPPING FOR number, quantity WITH kam.thai_number;
ALTER TEXT SEARCH CONFIGURATION kam.thai ADD MAPPING FOR code WITH kam.thai_code;
ALTER TEXT SEARCH CONFIGURATION kam.thai ADD MAPPING FOR phone, meter WITH kam.thai_digits;
COMMENT ON TEXT SEARCH CONFIGURATION kam.thai IS
'Thai, with English and all that the voice of a customer has: to_tsvector(''kam.thai'', expression). Index the expression; see kam.text_search_check().';

/* ---- what indexes were built with ---- */

CREATE FUNCTION kam._text_search_version(OUT component text, OUT version text)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'kam_text_search_version'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000 ROWS 8;
COMMENT ON FUNCTION kam._text_search_version() IS
'What the lexemes of kam.thai depend on, as of now. Query kam.text_search_check() instead.';

CREATE TABLE kam.text_search_version (
	component text PRIMARY KEY,
	version text NOT NULL,
	recorded_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE kam.text_search_version IS
'What indexes by kam.thai were built with, as it was recorded last. It is in no dump, for restored indexes are new. Ask kam.text_search_check(); write by kam.record_text_search_version().';
COMMENT ON COLUMN kam.text_search_version.component IS 'What the lexemes depend on: parser (of kam), ICU, ICU data, Unicode, word boundaries (ICU''s rules), Thai segmentation (ICU''s dictionary, by what it makes of a text), words, stop words.';
COMMENT ON COLUMN kam.text_search_version.version IS 'Its version, or a hash of all of it.';
COMMENT ON COLUMN kam.text_search_version.recorded_at IS 'When this version was recorded.';
GRANT SELECT ON kam.text_search_version TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON kam.text_search_version TO pg_database_owner WITH GRANT OPTION;

INSERT INTO kam.text_search_version (component, version)
	SELECT component, version FROM kam._text_search_version();

CREATE VIEW kam.text_search_index AS
	WITH RECURSIVE configuration AS (
		SELECT c.oid AS configuration
		FROM pg_catalog.pg_ts_config AS c
		WHERE c.cfgparser = (SELECT p.oid FROM pg_catalog.pg_ts_parser AS p
				WHERE p.prsname = 'thai' AND p.prsnamespace = 'kam'::pg_catalog.regnamespace)
			OR EXISTS (SELECT FROM pg_catalog.pg_ts_config_map AS m
					JOIN pg_catalog.pg_ts_dict AS d ON d.oid = m.mapdict
					JOIN pg_catalog.pg_ts_template AS t ON t.oid = d.dicttemplate
				WHERE m.mapcfg = c.oid AND t.tmplname = 'thai' AND t.tmplnamespace = 'kam'::pg_catalog.regnamespace)
	), dependent AS (
		SELECT d.classid, d.objid, c.configuration
		FROM configuration AS c
			JOIN pg_catalog.pg_depend AS d ON d.refclassid = 'pg_catalog.pg_ts_config'::pg_catalog.regclass AND d.refobjid = c.configuration
		UNION
		SELECT d.classid, d.objid, f.configuration
		FROM dependent AS f
			JOIN pg_catalog.pg_depend AS d ON d.refclassid = f.classid AND d.refobjid = f.objid
		WHERE f.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
	)
	SELECT DISTINCT i.indexrelid::pg_catalog.regclass AS index, i.indrelid::pg_catalog.regclass AS relation,
		d.configuration::pg_catalog.regconfig AS configuration
	FROM dependent AS d
		JOIN pg_catalog.pg_index AS i ON i.indexrelid = d.objid
	WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass;
COMMENT ON VIEW kam.text_search_index IS
'Indexes whose expression names a configuration of kam''s parser or dictionaries, itself or in SQL functions with a parsed body: those to REINDEX when kam.text_search_check() says so.';
COMMENT ON COLUMN kam.text_search_index.index IS 'The index, of whatever schema.';
COMMENT ON COLUMN kam.text_search_index.relation IS 'Its table or materialized view.';
COMMENT ON COLUMN kam.text_search_index.configuration IS 'The configuration that it depends on: kam.thai, or another one with kam''s parser or dictionaries.';
GRANT SELECT ON kam.text_search_index TO PUBLIC;

CREATE FUNCTION kam.text_search_check()
RETURNS TABLE (component text, recorded text, current text, reindex_due boolean, hint text)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 8
BEGIN ATOMIC
	SELECT c.component, r.version, c.version, d.is_due,
		CASE WHEN d.is_due
			THEN 'REINDEX the indexes in kam.text_search_index, then SELECT kam.record_text_search_version().' END
	FROM kam._text_search_version() AS c
		LEFT JOIN kam.text_search_version AS r USING (component)
		CROSS JOIN LATERAL (SELECT r.version IS DISTINCT FROM c.version
				AND EXISTS (SELECT FROM kam.text_search_index) AS is_due) AS d;
END;
COMMENT ON FUNCTION kam.text_search_check() IS
'Each thing that the lexemes of kam.thai depend on, as recorded and as it is now. reindex_due: they differ, and there are indexes (kam.text_search_index), which may miss rows until they are built anew.';

CREATE FUNCTION kam.record_text_search_version() RETURNS int
LANGUAGE sql VOLATILE
BEGIN ATOMIC
	WITH recorded AS (
		INSERT INTO kam.text_search_version AS v (component, version)
			SELECT c.component, c.version FROM kam._text_search_version() AS c
		ON CONFLICT (component) DO UPDATE SET version = EXCLUDED.version, recorded_at = pg_catalog.now()
			WHERE v.version <> EXCLUDED.version
		RETURNING 1
	)
	SELECT pg_catalog.count(*)::int FROM recorded;
END;
COMMENT ON FUNCTION kam.record_text_search_version() IS
'To be called after all indexes in kam.text_search_index were built anew: notes that they are of what there is now. Returns how many components had changed. Needs the right to write kam.text_search_version, which the owner of the database has.';

/* Words that are added while there is no index yet, as in a restore, make none outdated. */
CREATE FUNCTION kam._record_search_words() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF has_table_privilege('kam.text_search_version', 'INSERT')
		AND has_table_privilege('kam.text_search_version', 'UPDATE')
		AND NOT EXISTS (SELECT FROM kam.text_search_index)
	THEN
		/* One after the other, so that each sees what the ones before it changed. */
		LOCK TABLE kam.text_search_version IN SHARE ROW EXCLUSIVE MODE;
		PERFORM kam.record_text_search_version();
	END IF;
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION kam._record_search_words() IS
'Trigger of kam.thai_word and kam.thai_stop_word: as long as no index depends on them, what was changed is recorded at once, by whoever may.';
CREATE TRIGGER record_version AFTER INSERT OR UPDATE OR DELETE ON kam.thai_word
	FOR EACH STATEMENT EXECUTE FUNCTION kam._record_search_words();
CREATE TRIGGER record_version AFTER INSERT OR UPDATE OR DELETE ON kam.thai_stop_word
	FOR EACH STATEMENT EXECUTE FUNCTION kam._record_search_words();
COMMENT ON TRIGGER record_version ON kam.thai_word IS 'Records the new words where no index depends on them yet.';
COMMENT ON TRIGGER record_version ON kam.thai_stop_word IS 'Records the new words where no index depends on them yet.';
