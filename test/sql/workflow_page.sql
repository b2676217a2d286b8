-- Documents as pages of HTML and as CSV (form_page, report_page, year_page, form_csv, report_csv).
\set schema wf_page
\set prefix regress_page_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture

-- ---- values as people read them

SELECT _thousands(n) FROM unnest('{0,7,999,1000,1234567,1234567890.50,-1234.5,0.001,12345678901234567890123.4500}'::numeric[]) n;
SELECT type, value, _shown(value, type)
FROM (VALUES
	('text', '"บริษัท ก"'::jsonb), ('text', '7'), ('text', 'null'), ('integer', '12345'), ('number', '1234.50'), ('amount', '9000000'),
	('amount', '-1.005'), ('percent', '99.5'), ('percent', 'null'), ('date', '"2026-03-31"'), ('date', '"2026-02-31"'), ('date', '"tomorrow"'),
	('date', '7'), ('date', '"2026-03-31 "'), ('time', '"2026-03-31T20:30:00+00:00"'), ('time', '"2026-03-31T09:05:00.123456+07:00"'),
	('time', '"2026-03-31T25:00:00+07:00"'), ('time', '"2026-03-31"'), ('time', '"๒๐๒๖-๐๓-๓๑T๐๙:๐๕:๐๐Z"'), ('year', '2026'), ('year', '2569'),
	('tier', '"Star"'), ('tier', '"Gold"'), ('rate', '{"rate": "39/40", "percent": 97.5}'), ('rate', '{"rate": "0/0", "percent": null}'),
	('rate', '"39/40"'), ('satisfaction', '{"satisfaction": "x", "mean": 4.21, "scale": 5, "responses": 12}'), ('satisfaction', '{"mean": null}'),
	('portfolio', '"{Strategic:4,Star:6}"'), ('portfolio', '"{}"'), ('boolean', 'true'), ('boolean', 'false'), ('boolean', 'null'),
	('boolean', '"maybe"'), ('novelty', '"x"'), ('novelty', '[1, {"a": 2}]'), (NULL, '1234')) AS v (type, value);
-- whatever the session is set to
BEGIN;
CREATE TEMP TABLE shown AS SELECT _shown('1234.5', 'number') || _shown('"2026-03-01T20:30:00Z"', 'time') || _shown('"2026-03-01"', 'date') AS before;
SET LOCAL datestyle = 'SQL, DMY';
SET LOCAL timezone = 'America/New_York';
SET LOCAL lc_numeric = 'C';
SET LOCAL search_path = pg_temp, pg_catalog;
SELECT before, before = wf_page._shown('1234.5', 'number') || wf_page._shown('"2026-03-01T20:30:00Z"', 'time') || wf_page._shown('"2026-03-01"', 'date') AS same
FROM shown;
ROLLBACK;

-- ---- sections

CREATE FUNCTION pg_temp.document(sections jsonb, more jsonb DEFAULT '{}') RETURNS jsonb LANGUAGE sql AS $$
	SELECT jsonb_build_object('form', 'CRM-KAM-004', 'title_th', 'สรุปผล', 'title_en', 'Summary', 'section', '5 (step 6)', 'unit',
		jsonb_build_object('unit_code', 'N1', 'kind', 'area', 'name_th', 'กฟน.1 เชียงใหม่', 'name_en', 'Area N1 Chiang Mai'),
		'plan_year', 2026, 'period', 'Q1', 'days_from', '2026-01-01', 'days_to', '2026-03-31', 'made_at', '2026-04-20T09:00:00+07:00',
		'rehearsal', false, 'sections', sections, 'signatures', '[]'::jsonb) || more $$;
\pset format unaligned
\pset tuples_only on
SELECT _html_section('{"kind": "figures", "title_th": "ตัวชี้วัด", "title_en": "Figures", "items": [
	{"name": "plan_success", "label_th": "ความสำเร็จ", "label_en": "Success", "type": "rate", "value": {"rate": "39/40", "percent": 97.5}},
	{"name": "budget", "label_th": "งบประมาณ", "label_en": "Budget", "type": "amount", "value": 120000},
	{"name": "unknown", "type": "integer", "value": null}]}', 2, '1-1');
SELECT _html_section('{"kind": "table", "title_th": "ลูกค้า", "title_en": "Accounts", "columns": [
	{"name": "name", "label_th": "ชื่อ", "label_en": "Name", "type": "text"}, {"name": "tier", "label_th": "ระดับ", "label_en": "Tier", "type": "tier"},
	{"name": "bill", "label_th": "ค่าไฟฟ้า", "label_en": "Bill", "type": "amount"}, {"name": "ok", "label_th": "ทัน", "label_en": "In time", "type": "boolean"}],
	"rows": [{"name": "ก", "tier": "Star", "bill": 1000, "ok": true}, {"name": "ข", "bill": null, "ok": false}], "totals": {"bill": 1000}}', 2, '1-2');
SELECT _html_section('{"kind": "table", "title_th": "ว่าง", "columns": [{"name": "a", "label_th": "ก", "type": "text"}], "rows": []}', 2, '1-3');
SELECT _html_section('{"kind": "text", "title_th": "ข้อคิดเห็น", "text": "ไฟตก <b>บ่อย</b>\nบรรทัดสอง"}', 2, '1-4');
SELECT _html_section('{"kind": "novelty", "title_th": "ของใหม่", "what": {"a": [1, {"b": "2026-03-31"}], "r": {"rate": "1/2", "percent": 50.0}, "e": []}}', 2, '1-5');
SELECT _html_signatures('[{"post": "kamr", "role_th": "ผู้จัดทำ", "role_en": "Prepared by", "post_th": "พนักงาน", "post_en": "KAMR", "name_th": "สมชาย",
	"signed_at": "2026-04-20T09:00:00+07:00", "acting": true}, {"post": "m", "role_th": "ผู้อนุมัติ", "role_en": "Approved by", "post_th": "ผู้จัดการ", "name_th": null}]');

-- a whole page, but for its style
SELECT regexp_replace(_page(jsonb_build_array(pg_temp.document('[]', '{"rehearsal": true, "published": {"report_id": 7, "edition": 2,
	"published_at": "2026-04-21T10:00:00+07:00", "published_by": "นก", "content_hash": "ab12"}}'))), '<style>.*@page d1', '<style>…@page d1');
-- with a cover, documents are chapters under its title and listed
SELECT regexp_replace(_page(jsonb_build_array(pg_temp.document('[{"kind": "text", "title_th": "ก", "text": "ข"}]'), pg_temp.document('[]', '{"form": "VOC-60-001"}')),
	'{"title_th": "รายงาน", "title_en": "Report", "plan_year": 2026, "made_at": "2027-02-01T09:00:00+07:00", "unit": {"name_th": "กฟน.1"}}'), '.*</style>', '…');

-- ---- what is written into a page cannot change its shape

CREATE FUNCTION pg_temp.tags(page text) RETURNS text[] LANGUAGE sql AS $$
	SELECT array_agg(regexp_replace(t[1], '"d?[0-9-]+"|min-width: [0-9.]+em', '""') ORDER BY n)
	FROM regexp_matches(regexp_replace(page, '<span class="long">([^<]*)</span>', '\1', 'g'), '<[^>]*>', 'g') WITH ORDINALITY AS m (t, n) $$;
-- every text of a document, at every place, replaced
CREATE FUNCTION pg_temp.filled(value jsonb, with_what text) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
	RETURN CASE jsonb_typeof(value)
		WHEN 'object' THEN (SELECT jsonb_object_agg(key, CASE WHEN key IN ('kind', 'name', 'type', 'svg') THEN o.value ELSE pg_temp.filled(o.value, with_what) END) FROM jsonb_each(value) o)
		WHEN 'array' THEN (SELECT jsonb_agg(pg_temp.filled(e.value, with_what)) FROM jsonb_array_elements(value) e)
		WHEN 'string' THEN to_jsonb(with_what)
		ELSE value END;
END $$;
CREATE TEMP TABLE full_document AS SELECT pg_temp.document('[
	{"kind": "figures", "title_th": "x", "title_en": "x", "items": [{"name": "a", "label_th": "x", "label_en": "x", "type": "text", "value": "x"}]},
	{"kind": "table", "title_th": "x", "title_en": "x", "columns": [{"name": "a", "label_th": "x", "label_en": "x", "type": "text"}, {"name": "b", "label_th": "x", "label_en": "x", "type": "date"}],
		"rows": [{"a": "x", "b": "x"}, {"a": "x", "b": {"x": "x"}}], "totals": {"b": "x"}},
	{"kind": "text", "title_th": "x", "title_en": "x", "text": "x"},
	{"kind": "picture", "title_th": "x", "title_en": "x", "svg": "<svg viewBox=\"0 0 1 1\"><text>x</text></svg>"},
	{"kind": "unknown", "title_th": "x", "title_en": "x", "more": [["x"], {"key": "x"}]}]',
	'{"rehearsal": true, "signatures": [{"post": "x", "role_th": "x", "role_en": "x", "post_th": "x", "post_en": "x", "name_th": "x", "signed_at": "x", "acting": true}],
	"published": {"report_id": 1, "edition": 1, "published_at": "x", "published_by": "x", "content_hash": "x"}}') AS document;
WITH hostile (text) AS (VALUES ('<script>alert(1)</script>'), ('</style><script>alert(1)</script>'), ('"><img src=x onerror=alert(1)>'), (''' onmouseover=''alert(1)'),
	('"} @import url(http://x/); a{b:"'), ('\'), ('*/'), (E'\n</style>\r\n'), (']]><!--'), ('&lt;b&gt;'), ('{{x}}'), ('javascript:alert(1)'), ('%s %1$s \1'))
SELECT h.text, pg_temp.tags(_page(jsonb_build_array(pg_temp.filled(d.document, h.text)), pg_temp.filled(d.document, h.text)))
	= pg_temp.tags(_page(jsonb_build_array(pg_temp.filled(d.document, 'ก')), pg_temp.filled(d.document, 'ก'))) AS same_shape
FROM hostile h, full_document d;
-- in the style: only @page rules of ours, each text in its quotes
SELECT regexp_replace(_page(jsonb_build_array(pg_temp.filled(document, E'"} </style>\\ \n <b>'))), '.*(@page d1.*)</style>.*', '\1') FROM full_document;
-- keys are content too
SELECT _html_section('{"kind": "unknown", "<b>": {"\"onclick=": 1}}', 2, '1-1');
SELECT _html_section('{"kind": "table", "rows": [{"<i>": 1}]}', 2, '1-1');

-- ---- pictures

SELECT _harmless_picture(E'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" role="img" lang="th" aria-labelledby="t d"><title id="t">ก &lt; ข</title><desc id="d">x</desc>'
	'<defs><pattern id="h" width="2" height="2"><path d="M0 0L2 2"/></pattern></defs><g transform="scale(2)"><rect width="9" height="9" fill="url(#h)"/></g></svg>\n', '3-1');
SELECT svg, _harmless_picture(svg, '1') IS NULL AS refused FROM (VALUES
	('<svg><script>alert(1)</script></svg>'), ('<svg><SCRIPT>alert(1)</SCRIPT></svg>'), ('<svg onload="alert(1)"></svg>'), ('<svg><rect OnClick="x"/></svg>'),
	('<svg><rect/onclick="x"/></svg>'), ('<svg><rect x=">" onclick="x"/></svg>'), ('<svg><rect x=''>'' onclick="x"/></svg>'), ('<svg><foreignObject><b>x</b></foreignObject></svg>'),
	('<svg><a href="x">y</a></svg>'), ('<svg><text href="x"/></svg>'), ('<svg><text xlink:href="x"/></svg>'), ('<svg><image src="x"/></svg>'), ('<svg><use href="#x"/></svg>'),
	('<svg><rect fill="url(http://x/)"/></svg>'), ('<svg><rect style="fill:url( http://x/)"/></svg>'), ('<svg><style>*{display:none}</style></svg>'),
	('<svg><rect style="position: fixed"/></svg>'), ('<svg><rect style="fill: red"/></svg>'), (E'<svg><rect fill="u\\72l(http://x/)"/></svg>'), ('<svg><rect fill="&#117;rl(http://x/)"/></svg>'), ('<svg></svg><h1>x</h1>'), ('<svg></svg><svg></svg>'), ('<svg><!-- x --></svg>'), ('<svg><![CDATA[x]]></svg>'), ('<?xml version="1.0"?><svg></svg>'),
	('<svg><rect'), ('<svg>'), ('x'), (''), ('<SVG></SVG>'), ('<svg><b>x</b></svg>'), ('<svg><text>1 < 2</text></svg>'), ('<svg><animate attributeName="x"/></svg>'), ('<svgx></svg>')) AS p (svg);
SELECT _html_picture('{"svg": "<svg onload=\"alert(1)\"></svg>"}', '1'), _html_picture('{}', '1'), _html_picture('{"svg": null}', '1'), _html_picture('{"svg": 7}', '1');

-- ---- what is no document does not break a page

SELECT count(*) AS pages, bool_and(_page(d.document) LIKE '<!DOCTYPE html>%</html>_') AS whole
FROM (VALUES (NULL::jsonb), ('null'), ('[]'), ('{}'), ('7'), ('"x"'), ('[null]'), ('[7]'), ('[[]]'), ('[{"sections": 7}]'), ('[{"sections": [7, null, [], {}, "x"]}]'), ('[{"sections": {"kind": "table"}}]'),
	('[{"sections": [{"kind": "table"}, {"kind": "table", "columns": 7, "rows": 7}, {"kind": "table", "columns": [7, null, {}], "rows": [7, null, [], {}]}, {"kind": "figures"},
		{"kind": "figures", "items": [7, {}]}, {"kind": "text"}, {"kind": "text", "text": {"a": 1}}, {"kind": "picture"}, {"kind": 7}]}]'),
	('[{"unit": 7, "plan_year": "x", "period": 7, "days_from": [], "made_at": {}, "signatures": [7, null, {}], "published": 7, "rehearsal": "x"}]'),
	('[{"plan_year": 99999999999999999999, "days_from": "0000-00-00", "days_to": "9999-12-31"}]')) AS d (document);
SELECT count(*) AS texts, bool_and(_csv(d.document) IS NOT NULL) AS whole
FROM (VALUES (NULL::jsonb), ('{}'), ('[7]'), ('[{"sections": [7, null, [], {}, "x", {"kind": "table"}, {"kind": "table", "columns": [7, {}], "rows": [7, {}]}, {"kind": "figures", "items": [7, {}]}, {"kind": "text"}]}]')) AS d (document);

-- ---- long tables

CREATE TEMP TABLE long_document AS SELECT pg_temp.document(jsonb_build_array(jsonb_build_object('kind', 'table', 'title_th', 'ลูกค้า', 'columns',
	(SELECT jsonb_agg(jsonb_build_object('name', 'c' || c, 'label_th', 'คอลัมน์ ' || c, 'label_en', 'Column ' || c, 'type', (ARRAY['text', 'amount', 'date', 'rate', 'tier'])[1 + c % 5])) FROM generate_series(1, 10) c),
	'rows', (SELECT jsonb_agg(row.cells) FROM (SELECT (SELECT jsonb_object_agg('c' || c, (ARRAY['"บริษัท ก จำกัด"', '1234567.5', '"2026-03-31"', '{"rate": "1/2", "percent": 50.0}', '"Star"'])[1 + c % 5]::jsonb)
		FROM generate_series(1, 10) c) AS cells FROM generate_series(1, 500)) AS row)))) AS document;
SELECT regexp_count(page, '<tr>') AS rows, regexp_count(page, '<thead>') AS heads, regexp_count(page, '<td') AS cells, regexp_count(page, 'size: A4 landscape') AS landscape
FROM (SELECT _page(jsonb_build_array(document)) AS page FROM long_document OFFSET 0) p;

-- ---- CSV

CREATE FUNCTION pg_temp.visible(csv text) RETURNS text LANGUAGE sql AS $$ SELECT replace(replace(csv, E'\r', '<CR>'), U&'\FEFF', '<BOM>') $$;
SELECT text, _csv_text(text) FROM (VALUES ('บริษัท ก'), (''), (NULL), ('a "b" c'), ('a,b'), (E'a\r\nb'), ('=1+1'), ('+66 2 590 9125'), ('-2+3'), ('-2'), ('-2.5'), ('@SUM(A1)'), (E'\t=1'), (E'\r=1'), (' =1'), (U&'\FF1D1'), (U&'\00A0+1'), (U&'\200B=1'), (U&'\FEFF@x'), (U&'\202E-2+3'), (U&'\22122+3'), (U&'\200Bก'),
	('0812345678'), ('053-000001'), ('12345678901234567'), ('1-2'), ('1/2'), ('3/4/69'), ('1E5'), ('12'), ('12.50'), ('007'), ('0'), ('0.5'), ('A01'), ('1/2 day')) AS t (text);
SELECT pg_temp.visible(_csv(jsonb_build_array(pg_temp.document('[
	{"kind": "figures", "title_th": "ตัวชี้วัด", "title_en": "Figures", "items": [{"name": "a", "label_th": "ความสำเร็จ", "type": "rate", "value": {"rate": "39/40", "percent": 97.5}},
		{"name": "b", "label_th": "พึงพอใจ", "type": "satisfaction", "value": {"mean": 4.2, "scale": 5, "responses": 12}}, {"name": "c", "label_th": "วันที่", "type": "date", "value": "2026-03-31"},
		{"name": "d", "label_th": "เวลา", "type": "time", "value": "2026-03-31T20:30:00+00:00"}, {"name": "e", "label_th": "ไม่ทราบ", "type": "rate", "value": null}]},
	{"kind": "picture", "svg": "<svg></svg>"},
	{"kind": "table", "title_th": "ลูกค้า", "columns": [{"name": "n", "label_th": "ชื่อ", "type": "text"}, {"name": "r", "label_th": "สำเร็จ", "type": "rate"}, {"name": "ok", "label_th": "ทัน", "type": "boolean"},
		{"name": "t", "label_th": "ระดับ", "type": "tier"}, {"name": "p", "label_th": "สัดส่วน", "type": "portfolio"}], "rows": [{"n": "=cmd|x", "r": {"rate": "1/2", "percent": 50.0}, "ok": true, "t": "Star", "p": "{Star:1,Status:2}"}, {"n": null}]},
	{"kind": "text", "title_th": "ข้อคิดเห็น", "text": "หนึ่ง \"สอง\"\nสาม"},
	{"kind": "novelty", "title_th": "ของใหม่", "a": {"b": [1, "2026-03-31", {"c": null}]}}]'))));
SELECT pg_temp.visible(_csv(jsonb_build_array(document), 1)) FROM (SELECT pg_temp.document('[{"kind": "picture"}, {"kind": "table", "columns": [{"name": "a", "label_th": "ก"}], "rows": [{"a": 1}]}]') AS document) d;
SELECT _csv(jsonb_build_array(pg_temp.document('[]')), 1);
SELECT _csv(jsonb_build_array(pg_temp.document('[{"kind": "text"}]')), 2);

-- ---- reports

-- One of 0.3.0, which keeps no documents, and one that does.
SET client_min_messages = warning;
SELECT pg_temp.try('process_owner_hq', 'SELECT open_year(2027)');
SET ROLE regress_page_owner;
INSERT INTO report (kind, unit_code, plan_year, period, edition, content, published_at, published_by) VALUES
	('monthly', 'N1-A', 2027, 'M01', 1, '{"results": {"plan_success": {"rate": "39/40", "percent": 97.5}, "accounts": {"Star": 2}, "surveys": []}, "days_from": "2027-01-01",
		"days_to": "2027-01-31", "portfolios": [{"staff_id": "=<b>", "weight": 6.4}]}', '2027-02-03 09:00+07', 'office_manager_n1a'),
	('monthly', 'N1-A', 2027, 'M01', 2, jsonb_build_object('results', '{}'::jsonb, 'documents', jsonb_build_array(pg_temp.document('[{"kind": "text", "title_th": "ก", "text": "ข"}]'))),
		'2027-02-04 09:00+07', 'office_manager_n1a');
RESET ROLE;
SET ROLE regress_page_office_manager_n1a;
SELECT regexp_replace(report_page(1), '.*</style>', '…');
SELECT regexp_replace(report_page(2), '.*</style>', '…');
SELECT pg_temp.visible(report_csv(1));
SELECT pg_temp.visible(report_csv(2, 1));
RESET ROLE;
-- who may not read a report, and who asks for one that is not there, is told the same
SELECT pg_temp.try('office_manager_n1b', 'SELECT length(report_page(1))');
SELECT pg_temp.try('office_manager_n1b', 'SELECT length(report_csv(99))');
SELECT pg_temp.try('office_manager_n1a', 'SELECT length(report_page(NULL))');
SELECT pg_temp.try('stranger', 'SELECT length(report_page(1))');
SELECT pg_temp.try('reader', 'SELECT length(report_page(1)) > 1000');

-- ---- forms: as form_document gives them, and refused where it refuses

SET ROLE regress_page_office_manager_n1a;
SELECT form_page('CRM-KAM-002', 'N1-A', 2027) = _page(jsonb_build_array(form_document('CRM-KAM-002', 'N1-A', 2027))) AS page,
	form_csv('CRM-KAM-002', 'N1-A', 2027) = _csv(jsonb_build_array(form_document('CRM-KAM-002', 'N1-A', 2027))) AS csv,
	form_csv('CRM-KAM-002', 'N1-A', 2027, section => 1) = _csv(jsonb_build_array(form_document('CRM-KAM-002', 'N1-A', 2027)), 1) AS section;
RESET ROLE;
SELECT pg_temp.try('office_manager_n1b', $$SELECT length(form_page('CRM-KAM-002', 'N1-A', 2027))$$, false);
SELECT pg_temp.try('office_manager_n1b', $$SELECT length(form_csv('CRM-KAM-002', 'N1-A', 2027))$$, false);

-- ---- the report of a year

SELECT pg_temp.add_accounts('N1-A', 3), pg_temp.add_accounts('N1-B', 2);
SELECT pg_temp.put_in_force(2027);
CALL pg_temp.at('2027-03-03 09:00+07');
SET ROLE regress_page_office_kamr_n1a;
SELECT open_case('N1A-01', 'problem', 'Voltage dips', NULL, urgent => true);
SELECT open_case('N1A-02', 'need', 'Second feeder', NULL);
RESET ROLE;
CREATE FUNCTION pg_temp.contents(page text) RETURNS SETOF text LANGUAGE sql AS $$
	SELECT regexp_replace(l[1], '<[^>]*>', '', 'g') FROM regexp_matches(page, '<li><a href="#d[0-9]+">([^\n]*)</a></li>', 'g') AS l $$;
SELECT pg_temp.contents(pg_temp.try('area_director_n1', $$SELECT year_page('N1', 2027)$$));
SELECT count(*) AS chapters FROM pg_temp.contents(pg_temp.try('area_director_n1', $$SELECT year_page('N1', 2027, 0)$$));
SELECT pg_temp.contents(pg_temp.try('office_manager_n1a', $$SELECT year_page('N1-A', 2027)$$));
SET ROLE regress_page_process_owner_hq;
SELECT count(*) FILTER (WHERE unit_code = 'HQ'), count(*) FILTER (WHERE kind = 'region') AS regions, count(*) FILTER (WHERE kind = 'area') AS areas,
	count(*) FILTER (WHERE kind = 'office') AS offices FROM _year_units('HQ', 2027, 1) y JOIN unit ON unit_code = part;
SELECT string_agg(part, ' ' ORDER BY place) FROM _year_units('HQ', 2027, 2) WHERE is_of_area;
RESET ROLE;
SELECT pg_temp.try('office_manager_n1a', $$SELECT length(year_page('N1', 2027))$$, false);
SELECT pg_temp.try('office_kamr_n1a', $$SELECT length(year_page('N1-A', 2027))$$, false);
SELECT pg_temp.try('area_director_n1', $$SELECT length(year_page('N1', 2570))$$, false);
SELECT pg_temp.try('area_director_n1', $$SELECT length(year_page('N9', 2027))$$, false);

\pset format aligned
\pset tuples_only off
\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
