/* Thai dates: written, read, and digits. */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
\pset null '(null)'
\pset format unaligned
SET DateStyle = 'ISO, YMD';

SELECT style, kam.thai_date('2018-02-22', style), kam.thai_month('2018-02-22', style), kam.thai_date('2024-12-01', style)
FROM (VALUES (1, 'short'), (2, 'medium'), (3, 'long'), (4, 'full'), (5, 'short thai'), (6, 'medium thai'), (7, 'long thai'), (8, 'FULL Thai')) AS v (i, style)
ORDER BY i;
SELECT kam.thai_date('2018-02-22'), kam.thai_month('2018-02-22'), kam.thai_date(style => 'short', day => '2018-02-22');
SELECT kam.thai_date(NULL), kam.thai_date('2018-02-22', NULL), kam.thai_month(NULL), kam.parse_thai_date(NULL), kam.thai_digits(NULL), kam.arabic_digits(NULL);
SELECT statement, code, message, detail, hint
FROM unnest(ARRAY[$$'2018-02-22', 'medium  thai'$$, $$'2018-02-22', ''$$, $$'2018-02-22', ' thai'$$, $$'2018-02-22', 'ยาว'$$, $$'2018-02-22', repeat('ก', 100)$$,
	$$'infinity', 'long'$$, $$'-infinity', 'long'$$, $$'1940-12-31', 'long'$$, $$'1500-01-01', 'long'$$, $$'4713-01-01 BC', 'long'$$,
	$$'10000-01-01', 'long'$$, $$'5874897-12-31', 'long'$$]) AS statement, pg_temp.error_of(format('SELECT kam.thai_date(%s)', statement));
SELECT code, message FROM pg_temp.error_of($$SELECT kam.thai_month('infinity')$$);
SELECT kam.thai_date('1941-01-01', 'full'), kam.thai_date('9999-12-31', 'full thai');
/* A moment is no day. */
SELECT code FROM pg_temp.error_of($$SELECT kam.thai_date('2018-02-22 00:00+07'::timestamptz, 'long')$$);
SELECT proname, provolatile, proisstrict, proparallel FROM pg_proc
WHERE pronamespace = 'kam'::regnamespace AND proname IN ('thai_date', 'thai_month', 'parse_thai_date', 'thai_digits', 'arabic_digits') ORDER BY 1;

/* Every day of B.E. 2484 to 2683 in every style, there and back, against the words of this server's ICU and against arithmetic. */
SELECT style, count(*) AS days,
	count(*) FILTER (WHERE kam.parse_thai_date(written) = day) AS read_back,
	count(*) FILTER (WHERE kam.parse_thai_date(in_thai) = day) AS thai_digits_read_back,
	count(*) FILTER (WHERE in_thai = kam.thai_digits(written) AND written = kam.arabic_digits(in_thai)) AS same_but_digits,
	count(*) FILTER (WHERE written = kam._icu_thai_date(day, pattern)) AS as_icu,
	count(*) FILTER (WHERE written = CASE style
		WHEN 'short' THEN to_char(day, 'DD/MM/') WHEN 'medium' THEN to_char(day, 'FMDD ') || short_months[month]
		WHEN 'long' THEN to_char(day, 'FMDD ') || months[month] ELSE 'วัน' || weekdays[1 + extract(dow FROM day)::int] || to_char(day, '"ที่ "FMDD ') || months[month] || 'พ.ศ. '
		END || extract(year FROM day) + 543) AS as_arithmetic
FROM (SELECT i, style, pattern, day, extract(month FROM day)::int AS month, kam.thai_date(day, style) AS written, kam.thai_date(day, style || ' thai') AS in_thai
	FROM (VALUES (1, 'short', 'dd/MM/y'), (2, 'medium', 'd MMM y'), (3, 'long', 'd MMMM y'), (4, 'full', 'EEEE''ที่'' d MMMM G y')) AS s (i, style, pattern),
		generate_series(0, 73048) AS n, LATERAL (SELECT date '1941-01-01' + n) AS d (day)
	OFFSET 0) AS w,
	(SELECT '{"ม.ค. ","ก.พ. ","มี.ค. ","เม.ย. ","พ.ค. ","มิ.ย. ","ก.ค. ","ส.ค. ","ก.ย. ","ต.ค. ","พ.ย. ","ธ.ค. "}'::text[],
		'{"มกราคม ","กุมภาพันธ์ ","มีนาคม ","เมษายน ","พฤษภาคม ","มิถุนายน ","กรกฎาคม ","สิงหาคม ","กันยายน ","ตุลาคม ","พฤศจิกายน ","ธันวาคม "}'::text[],
		'{อาทิตย์,จันทร์,อังคาร,พุธ,พฤหัสบดี,ศุกร์,เสาร์}'::text[] OFFSET 0) AS names (short_months, months, weekdays)
GROUP BY i, style ORDER BY i;
SELECT count(*) AS days, min(day), max(day) FROM (SELECT date '1941-01-01' + n FROM generate_series(0, 73048) AS n) AS d (day)
WHERE extract(year FROM day) + 543 BETWEEN 2484 AND 2683;

/* The forms in which systems and spreadsheets write a day, read. */
SELECT form, count(*) AS days, count(*) FILTER (WHERE kam.parse_thai_date(to_char(day, form)) = day) AS common_era,
	count(*) FILTER (WHERE kam.parse_thai_date(replace(to_char(day, form), extract(year FROM day)::text, (extract(year FROM day) + 543)::text)) = day) AS buddhist_era
FROM unnest('{YYYY-MM-DD,YYYY/MM/DD,DD/MM/YYYY,FMDD-FMMM-YYYY,DD.MM.YYYY,DD Mon YYYY,DD-MON-YYYY,FMDay FMDD FMMonth YYYY,"Dy, FMMonth FMDD, YYYY",DD/MM/YYYY HH24:MI:SS}'::text[]) AS form,
	generate_series(0, 73048, 11) AS n, LATERAL (SELECT date '1941-01-01' + n) AS d (day)
GROUP BY form ORDER BY form COLLATE "C";

/* What people type for 22 February 2018. */
SELECT count(*) AS forms, count(*) FILTER (WHERE kam.parse_thai_date(typed) = '2018-02-22') AS read
FROM unnest(ARRAY['22 ก.พ. 2561', '๒๒ กุมภาพันธ์ ๒๕๖๑', '22/2/61', '22-02-2561', '22.02.2561', '2018-02-22', '2561-02-22', '2018/2/22', '๒๒/๒/๖๑', '22/02/2018',
	'22 กพ 61', '22กพ61', '22 ก พ 2561', '22 ก. พ. 2561', '22ก.พ.2561', '22 ก.พ 61', '22-ก.พ.-61', '22/ก.พ./2561', '22 กุมภา 61', '22 เดือนกุมภาพันธ์ 2561',
	'22 กุมภาพันธ์ พ.ศ. 2561', '22 กุมภาพันธ์ พุทธศักราช ๒๕๖๑', '22 กุมภาพันธ์ ค.ศ. 2018', '22 กุมภาพันธ์ 2018', '22 ก.พ. พ.ศ.61', '22 ก.พ. ค.ศ. 18', '22/2/2561 พ.ศ.', '22/2/18 ค.ศ.',
	'วันที่ 22 ก.พ. 2561', 'วันพฤหัสบดีที่ 22 กุมภาพันธ์ พ.ศ. 2561', 'พฤหัสบดี 22 ก.พ. 61', 'พฤ. 22 ก.พ. 61', 'วันพฤหัสที่ ๒๒/๒/๒๕๖๑', 'พฤ. 22/2/61', 'ที่ 22 ก.พ. 61',
	'22 Feb 2018', '22 february 2561', '22-FEB-18', 'Feb 22, 2018', 'February 22 2018', 'Thu 22 Feb 2018', 'Thursday, 22 February 2018', 'Thursday, February 22, 2018', '22 Feb B.E. 2561', '22 Feb 2018 A.D.',
	'22/2/2018 0:00:00', '22/2/2561 00:00', '2018-02-22 00:00:00.000', '2018-02-22T00:00:00', '22/2/2018 12:00:00 AM', '22 2 2561', '22 / 2 / 2561', '  22/2/2561  ',
	/* blanks, digits and dashes of other kinds, and what cannot be seen */
	U&'22\00A0ก.พ.\00A02561', U&'22\200Bกุม\200Bภา\200Bพันธ์\200B 2561', U&'\FEFF22/2/2561', U&'\FF12\FF12\FF0F\FF12\FF0F\FF12\FF15\FF16\FF11', U&'22\30002\30002561',
	U&'22\201302\20132561', U&'22\20442\20442561', U&'22\221202\22122561', E'22\tก.พ.\n2561', U&'22\0085ก.พ.\00852561', U&'\202A22/2/2561\202C', U&'\061C22/2/2561\061C', U&'\200F22\200F/\200F2\200F/2561', 'Ｔｈｕ　２２　Ｆｅｂ　２０１８',
	/* marks typed in the wrong order, or twice */
	U&'วันท\0E48\0E35 22 กุมภาพันธ์ 2561', U&'22 กุ\0E38มภาพั\0E31นธ์\0E4C 2561']) AS typed;
SELECT typed, kam.parse_thai_date(typed) FROM unnest(ARRAY['1 มกรา 2561', '1 มีนา 61', '1 เมษา 61', '1 พฤษภา 61', '1 มิถุนา 61', '1 กรกฎา 61', '1 กรกฏาคม 61', '1 สิงหา 61', '1 กันยา 61', '1 ตุลา 61',
	'1 พฤศจิกา 61', '1 พฤษจิกายน 61', '1 ธันวา 61', '1 กุมภาพันธ 61', '1 พฤศภาคม 61', '1 ม.ค. ปี 61', 'วันที่ ๑ เดือน มกราคม ปี พ.ศ. ๒๕๖๑', '1 พย 61', '1 พค 61', '1 Sept 2018', '1 May 61 B.E.', '29/2/2563', '29 ก.พ. 2020', '1/1/43', '31/12/99', '1 ก.พ. พ.ศ. 00', '1/1/42 พ.ศ.', '1/1/43 ค.ศ.',
	'1/1/2484', '31/12/2683', '1/1/1941', '31/12/2140', '22-Feb-42', '1-Jan-00']) AS typed;

/* What is refused, and why. */
SELECT code, typed, message, detail, hint
FROM unnest(ARRAY['30 ก.พ. 2561', '29/2/2561', '29/2/2018', '31/4/2561', '0/1/2561', '32/1/2561', '1/0/2561', '2/13/2561', '02/22/2018', '2018-22-02', '13/13/2561', '61/2/22',
	'วันศุกร์ที่ 22 กุมภาพันธ์ พ.ศ. 2561', 'Fri 22 Feb 2018', 'Friday, February 22, 2018', 'จ. 22/2/61',
	'3/2/04', '22/2/18', '22 ก.พ. 18', '29/2/04', '22-Feb-61', '22-Feb-43', '43153', '๔๓๑๕๓',
	'1/1/2483', '1/1/2141', '1/1/2300', '1/1/1940', '31/12/9999', '1/1/2684', '1 ม.ค. พ.ศ. 2018', '1 ม.ค. ค.ศ. 2561', '1/1/0000']) AS typed,
	pg_temp.error_of(format('SELECT kam.parse_thai_date(%L)', typed));
SELECT code, count(*), array_agg(message ORDER BY i) AS messages
FROM unnest(ARRAY['', ' ', U&'\200B', 'วันนี้', 'x', '22', '2561', '22 ก.พ.', 'ก.พ. 2561', '22/2', '22/2/', '/2/2561', '22/2/561', '22/2/25611', '022/2/2561', '22/002/2561', '22//2/2561', '22/2-2561',
	'-22/2/2561', '22/-2/2561', '22.2.2561.', '22 ก.ก. 2561', '22 กพมค 2561', '22 กุมภาพันธ์ พ.ศ. ค.ศ. 2561', '22 ก.พ. พ.ศ. 2561 พ.ศ.', 'พฤ. พฤ. 22/2/2561', '22/2/2561 14:30', '22/2/2561 0:00:01', '22/2/2561 12:00',
	'2018-02-22T00:00:00Z', '2018-02-22 00:00:00+07', '22/2/2561 00', '22/2/2561 23/2/2561', '43153.5', '4315', '431530', 'infinity', 'now', 'today', 'epoch', 'Feb 2018', 'ก.พ. 22, 2561',
	'1e3/2/2561', '22/2/2561 ปี', '22/2/ปี 2561', 'ปี 22 ก.พ. 2561', '22 ก.พ. ปี ปี 2561', '22 ก.พ. พ.ศ. ปี 2561', '22/2/٢٥٦١', '២២/២/២៥៦១', '22/2/2561; DROP TABLE x', '22\2\2561', '99999999999999999999/2/2561', '22/2/4294969857', repeat('9', 250), repeat('1/', 128), repeat(' ', 300) || '22/2/2561', repeat('ก', 400000)])
	WITH ORDINALITY AS t (typed, i), pg_temp.error_of(format('SELECT kam.parse_thai_date(%L)', typed))
GROUP BY code ORDER BY code;
SELECT code, hint FROM pg_temp.error_of($$SELECT kam.parse_thai_date('22 ก.พ.')$$);
/* Dates mutilated up to four times: read or refused, and what is read is read again in every style. */
CREATE FUNCTION pg_temp.mutilate(str text, seed int) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	alphabet constant text := U&'0123456789๐๑๒๕๖/.- ,:กคพศมยวันที่์ั\0E35\0E48\200B\00A0jfebthun\FF12\FFFD\+01F600';
	hash bigint;
	at int;
BEGIN
	FOR i IN 0 .. seed % 4 LOOP
		hash := hashint8extended(seed, i) & 9223372036854775807;
		at := 1 + hash % (length(str) + 1);
		str := CASE hash / 1000 % 5
			WHEN 0 THEN overlay(str PLACING '' FROM at FOR 1)
			WHEN 1 THEN overlay(str PLACING substr(alphabet, 1 + (hash / 100000 % length(alphabet))::int, 1) FROM at FOR 0)
			WHEN 2 THEN overlay(str PLACING substr(alphabet, 1 + (hash / 100000 % length(alphabet))::int, 1) FROM at FOR 1)
			WHEN 3 THEN overlay(str PLACING substr(str, at + 1, 1) || substr(str, at, 1) FROM at FOR 2)
			ELSE left(str, at) || substr(str, greatest(at - 3, 1)) END;
	END LOOP;
	RETURN str;
END $$;
CREATE FUNCTION pg_temp.read(str text, OUT day date, OUT code text) LANGUAGE plpgsql AS $$
BEGIN
	day := kam.parse_thai_date(str);
EXCEPTION WHEN OTHERS THEN
	code := SQLSTATE;
END $$;
SELECT code, count(*) > 40 AS many, count(*) FILTER (WHERE NOT day BETWEEN '1941-01-01' AND '2140-12-31') AS beyond,
	count(*) FILTER (WHERE (SELECT bool_or(kam.parse_thai_date(kam.thai_date(day, style || digits)) <> day)
		FROM unnest('{short,medium,long,full}'::text[]) AS style, unnest('{""," thai"}'::text[]) AS digits)) AS wrong
FROM generate_series(1, 6000) AS seed,
	LATERAL (SELECT (ARRAY['22 ก.พ. 2561', '๒๒ กุมภาพันธ์ ๒๕๖๑', '22/2/61', '22-02-2561', '2018-02-22', 'วันพฤหัสบดีที่ 22 กุมภาพันธ์ พ.ศ. 2561', 'Thu, Feb 22, 2018', '22/2/2018 0:00:00'])[1 + seed % 8]) AS s (sample),
	pg_temp.read(pg_temp.mutilate(sample, seed))
GROUP BY code ORDER BY code NULLS FIRST;

/* Of these characters (letters, Thai, punctuation, full-width forms, some of the others), these part the numbers of a date as a slash does; with the others it is refused. */
SELECT string_agg(to_hex(point), ' ' ORDER BY point) FILTER (WHERE day = '2018-02-22') AS slashes, count(*) FILTER (WHERE day <> '2018-02-22') AS wrong, array_agg(DISTINCT code) FILTER (WHERE day IS NULL) AS codes
FROM (SELECT generate_series(1, 1023) UNION ALL SELECT generate_series(3584, 3711) UNION ALL SELECT generate_series(8190, 8740) UNION ALL SELECT generate_series(8741, 65279, 97) UNION ALL SELECT generate_series(65280, 65535)) AS p (point), pg_temp.read('22' || chr(CASE WHEN point BETWEEN 55296 AND 57343 THEN 1 ELSE point END) || '2/2561');

/* Digits, and nothing else. */
SELECT kam.thai_digits('115 kV, เลขที่ 0123456789'), kam.arabic_digits('๑๑๕ kV, เลขที่ ๐๑๒๓๔๕๖๗๘๙'), kam.thai_digits('') AS empty, kam.arabic_digits('๏๚ กฺ') AS none;
SELECT count(*) FILTER (WHERE kam.thai_digits(c) <> c) AS to_thai, count(*) FILTER (WHERE kam.arabic_digits(c) <> c) AS to_arabic, count(*) FILTER (WHERE kam.arabic_digits(kam.thai_digits(c)) <> kam.arabic_digits(c)) AS not_back
FROM (SELECT chr(point) FROM generate_series(1, 65535) AS point WHERE point NOT BETWEEN 55296 AND 57343) AS p (c);
SELECT code, message, detail, hint FROM pg_temp.error_of($$SELECT length(kam.thai_digits(repeat('1', 357913941)))$$);
SELECT length(kam.thai_digits(repeat('1', 1000000))), kam.arabic_digits(kam.thai_digits(repeat('1ก', 1000000))) = repeat('1ก', 1000000) AS back;

/* No setting of the session changes a date. */
CREATE FUNCTION pg_temp.all_forms() RETURNS text LANGUAGE sql AS $$
	SELECT md5(string_agg(kam.thai_date(day, style) || kam.thai_month(day, style) || (kam.parse_thai_date(kam.thai_date(day, style)) - date '2000-01-01')
		|| (kam.parse_thai_date('๒/๓/๒๕๖๑') - date '2000-01-01') || kam.thai_digits('12'), ',' ORDER BY n, style COLLATE "C"))
	FROM generate_series(0, 73048, 100) AS n, LATERAL (SELECT date '1941-01-01' + n) AS d (day), unnest('{short,medium,long,full,short thai,full thai}'::text[]) AS style;
$$;
CREATE TEMPORARY TABLE usual AS SELECT pg_temp.all_forms() AS forms;
CREATE SCHEMA hostile;
CREATE FUNCTION hostile.thai_date(date, text) RETURNS text LANGUAGE sql RETURN 'wrong';
CREATE FUNCTION pg_temp.same_under(setting text, val text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config(setting, val, true);
	RETURN (SELECT forms = pg_temp.all_forms() FROM pg_temp.usual);
END $$;
SELECT setting, val, pg_temp.same_under(setting, val) AS same
FROM (VALUES ('DateStyle', 'SQL, MDY'), ('DateStyle', 'German'), ('DateStyle', 'Postgres, DMY'), ('TimeZone', 'Pacific/Pago_Pago'), ('TimeZone', 'Pacific/Kiritimati'),
	('lc_time', 'C.UTF-8'), ('lc_numeric', 'C.UTF-8'), ('lc_monetary', 'C.UTF-8'), ('lc_messages', 'C.UTF-8'), ('search_path', 'hostile, kam, pg_catalog'), ('search_path', ''), ('IntervalStyle', 'iso_8601'),
	('extra_float_digits', '-15')) AS v (setting, val);
DROP FUNCTION hostile.thai_date;
DROP SCHEMA hostile;
SET client_encoding = 'SQL_ASCII';
SELECT code, detail, hint FROM pg_temp.error_of($$SELECT kam.parse_thai_date('3/2/04')$$);
RESET client_encoding;

/* In an index. */
CREATE TEMPORARY TABLE letter (written text);
INSERT INTO letter SELECT kam.thai_date(date '2018-01-01' + n, 'long') FROM generate_series(0, 999) AS n;
CREATE INDEX ON letter (kam.parse_thai_date(written));
ANALYZE letter;
SELECT written FROM letter WHERE kam.parse_thai_date(written) BETWEEN '2018-02-27' AND '2018-03-02' ORDER BY kam.parse_thai_date(written);
