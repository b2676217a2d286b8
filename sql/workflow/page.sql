/* Documents as pages to print and as CSV; published ones as they were. */

-- ---- Values as people read them ------------------------------------------------

-- 1234567.50 as 1,234,567.50, whatever lc_numeric is.
CREATE OR REPLACE FUNCTION _thousands(value numeric) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN value < 0 THEN unistr('\2212') ELSE '' END
	|| regexp_replace(split_part(abs(value)::text, '.', 1), '([0-9])(?=([0-9]{3})+$)', '\1,', 'g')
	|| coalesce('.' || nullif(split_part(abs(value)::text, '.', 2), ''), '');

-- Whether a text is a day in ISO form: what a document holds need not be what its column says.
CREATE OR REPLACE FUNCTION _is_day(value text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(value ~ '^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$'
	AND jsonb_path_exists(to_jsonb(value), '$.datetime("yyyy-mm-dd")', silent => true), false);

CREATE OR REPLACE FUNCTION _is_moment(value text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN _is_day(left(value, 10)) AND substr(value, 11)
	~ '^[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)$';

CREATE OR REPLACE FUNCTION _thai_day(value text, style text DEFAULT 'medium') RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN _is_day(value) THEN kam.thai_date(value::date, style) ELSE value END;

CREATE OR REPLACE FUNCTION _thai_moment(value text, style text DEFAULT 'medium') RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN _is_moment(value) THEN
		kam.thai_date(kam.bangkok_date(value::timestamptz), style)
			|| to_char(value::timestamptz AT TIME ZONE 'Asia/Bangkok', ' HH24:MI') || unistr(' น.')
	ELSE _thai_day(value, style) END;

CREATE OR REPLACE FUNCTION _tier_name(tier text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce((SELECT l.name_th FROM kam.label l WHERE l.type = 'tier' AND l.label = tier), tier);

-- {Strategic:4,Star:6} as Strategic 4, Star 6.
CREATE OR REPLACE FUNCTION _shown_portfolio(portfolio text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN portfolio ~ '^\{.*\}$'
	THEN coalesce(nullif(replace(replace(btrim(portfolio, '{}'), ':', ' '), ',', ', '), ''), unistr('\2013')) ELSE portfolio END;

-- What satisfaction a document holds: {"satisfaction", "mean", "scale", "responses"}, or less.
CREATE OR REPLACE FUNCTION _shown_satisfaction(value jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(value ->> 'mean', unistr('\2013'))
	|| coalesce(' / ' || (value ->> 'scale'), '')
	|| coalesce(unistr(' (ผู้ตอบ ') || (value ->> 'responses') || ')', '');

CREATE OR REPLACE FUNCTION _shown_number(value numeric, type text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE type
	WHEN 'amount' THEN _thousands(round(value, 2))
	WHEN 'percent' THEN _thousands(value) || '%'
	WHEN 'year' THEN CASE WHEN value BETWEEN 1900 AND 2399 THEN (value + 543)::text ELSE value::text END
	WHEN 'text' THEN value::text
	ELSE _thousands(value)
END;

-- A value of a document as plain text in Thai; one that is not of its type, and one of a type that this
-- version does not know, as it is.
CREATE OR REPLACE FUNCTION _shown(value jsonb, type text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN CASE coalesce(jsonb_typeof(value), 'null')
		WHEN 'null' THEN unistr('\2013')
		WHEN 'boolean' THEN CASE WHEN value::text = 'true' THEN unistr('\2713') ELSE unistr('\2013') END
		WHEN 'number' THEN _shown_number((value #>> '{}')::numeric, type)
		WHEN 'string' THEN CASE type
			WHEN 'date' THEN _thai_day(value #>> '{}')
			WHEN 'time' THEN _thai_moment(value #>> '{}')
			WHEN 'tier' THEN _tier_name(value #>> '{}')
			WHEN 'portfolio' THEN _shown_portfolio(value #>> '{}')
			ELSE value #>> '{}'
		END
		WHEN 'object' THEN CASE
			WHEN value ? 'rate' THEN (value ->> 'rate') || coalesce(' (' || (value ->> 'percent') || '%)', '')
			WHEN value ? 'mean' THEN _shown_satisfaction(value)
			ELSE value::text
		END
		ELSE value::text
	END;
END $$;

-- Types of which the values stand under each other by their digits.
CREATE OR REPLACE FUNCTION _cell_class(type text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
	WHEN type IN ('integer', 'number', 'amount', 'percent', 'rate', 'satisfaction') THEN 'number'
	WHEN type IN ('date', 'year', 'tier') THEN 'date'
	WHEN type = 'time' THEN 'time'
	WHEN type = 'boolean' THEN 'mark'
	ELSE 'text'
END;

-- What is no array, where one should be, is none.
CREATE OR REPLACE FUNCTION _array(value jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE jsonb_typeof(value) WHEN 'array' THEN value ELSE '[]' END;

-- The columns of a table; of one that names none, the keys of its rows.
CREATE OR REPLACE FUNCTION _columns(section jsonb)
RETURNS TABLE (nth bigint, name text, label_th text, label_en text, type text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
BEGIN ATOMIC
	SELECT c.nth, c.value ->> 'name', coalesce(c.value ->> 'label_th', c.value ->> 'name', ''),
		c.value ->> 'label_en', c.value ->> 'type'
	FROM jsonb_array_elements(_array(section -> 'columns')) WITH ORDINALITY AS c (value, nth)
	UNION ALL
	SELECT row_number() OVER (ORDER BY k.key COLLATE "C"), k.key, k.key, NULL AS label_en, NULL AS type
	FROM (
		SELECT DISTINCT o.key
		FROM jsonb_array_elements(_array(section -> 'rows')) r (value),
			jsonb_object_keys(CASE jsonb_typeof(r.value) WHEN 'object' THEN r.value ELSE '{}' END) o (key)
		WHERE jsonb_array_length(_array(section -> 'columns')) = 0) k;
END;

-- ---- HTML ------------------------------------------------------------------------

-- Both names of something, Thai above English.
CREATE OR REPLACE FUNCTION _html_title(title_th text, title_en text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(kam.escape_markup(title_th), '')
	|| coalesce(' <span class="english" lang="en">' || kam.escape_markup(nullif(title_en, title_th)) || '</span>', '');

-- A word longer than a column is wide may be broken anywhere; elsewhere lines break between words.
CREATE OR REPLACE FUNCTION _html_value(value jsonb, type text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN CASE
		WHEN jsonb_typeof(value) = 'boolean' THEN
			CASE value::text WHEN 'true' THEN unistr('<span role="img" aria-label="ใช่">\2713</span>')
				ELSE unistr('<span role="img" aria-label="ไม่ใช่">\2013</span>') END
		WHEN jsonb_typeof(value) = 'string' AND value #>> '{}' ~ '[!-~]{25}' THEN
			'<span class="long">' || kam.escape_markup(_shown(value, type)) || '</span>'
		ELSE kam.escape_markup(_shown(value, type))
	END;
END $$;

CREATE OR REPLACE FUNCTION _html_row(columns jsonb, cells jsonb) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (
		SELECT '<tr>' || string_agg(format('<td class="%s">%s</td>', c.value ->> 'class',
			_html_value(cells -> (c.value ->> 'name'), c.value ->> 'type')), '' ORDER BY c.nth) || '</tr>'
		FROM jsonb_array_elements(columns) WITH ORDINALITY AS c (value, nth));
END $$;

-- The row of sums: its name stands in the first cell that has none.
CREATE OR REPLACE FUNCTION _html_totals(columns jsonb, totals jsonb) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (
	SELECT '<tr>' || string_agg(format('<td class="%s">%s</td>', c.value ->> 'class', CASE
			WHEN totals ? (c.value ->> 'name') THEN _html_value(totals -> (c.value ->> 'name'), c.value ->> 'type')
			WHEN c.nth = 1 THEN unistr('รวม <span class="english" lang="en">Total</span>')
			ELSE '' END), '' ORDER BY c.nth) || '</tr>'
	FROM jsonb_array_elements(columns) WITH ORDINALITY AS c (value, nth));

-- How many letters wide a column stands best.
CREATE OR REPLACE FUNCTION _column_width(rows jsonb, name text, type text) RETURNS int
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE type
	WHEN 'time' THEN 20
	WHEN 'rate' THEN 15
	WHEN 'satisfaction' THEN 22
	WHEN 'amount' THEN 15
	WHEN 'date' THEN 12
	WHEN 'tier' THEN 14
	WHEN 'boolean' THEN 6
	WHEN 'integer' THEN 8
	WHEN 'number' THEN 8
	WHEN 'percent' THEN 8
	WHEN 'year' THEN 6
	ELSE (SELECT least(30, greatest(5, max(length(r.value ->> name)))) FROM jsonb_array_elements(rows) r (value))
END;

CREATE OR REPLACE FUNCTION _html_table(section jsonb, heading text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	columns jsonb := (SELECT coalesce(jsonb_agg(jsonb_build_object('name', c.name, 'type', c.type,
		'class', _cell_class(c.type)) ORDER BY c.nth), '[]') FROM _columns(section) c);
	head text := (SELECT string_agg(format('<th scope="col" class="%s"%s>%s</th>', _cell_class(c.type),
			CASE _cell_class(c.type) WHEN 'text' THEN format(' style="min-width: %sem"',
				round(0.42 * least(18, _column_width(_array(section -> 'rows'), c.name, c.type)), 1)) ELSE '' END,
			_html_title(c.label_th || CASE WHEN c.type = 'amount' AND c.label_th NOT LIKE unistr('%บาท%')
				THEN unistr(' (บาท)') ELSE '' END, c.label_en)), '' ORDER BY c.nth)
		FROM _columns(section) c);
	body text := (SELECT string_agg(_html_row(columns, r.value), E'\n' ORDER BY r.nth)
		FROM jsonb_array_elements(_array(section -> 'rows')) WITH ORDINALITY AS r (value, nth));
BEGIN
	IF head IS NULL OR body IS NULL THEN
		RETURN heading || unistr('<p class="none">ไม่มีรายการ <span class="english" lang="en">None</span></p>');
	END IF;
	RETURN format(E'<table>%s\n<thead><tr>%s</tr></thead>\n<tbody>\n%s\n</tbody>%s</table>',
		coalesce('<caption>' || nullif(heading, '') || '</caption>', ''), head, body, CASE jsonb_typeof(section -> 'totals') WHEN 'object'
			THEN E'\n<tbody class="totals">' || _html_totals(columns, section -> 'totals') || '</tbody>' ELSE '' END);
END $$;

CREATE OR REPLACE FUNCTION _html_figures(section jsonb) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (
	SELECT E'<dl class="items">\n' || string_agg(format('<div><dt>%s</dt><dd class="%s">%s%s</dd></div>',
		_html_title(coalesce(i.value ->> 'label_th', i.value ->> 'name'), i.value ->> 'label_en'),
		_cell_class(i.value ->> 'type'), _html_value(i.value -> 'value', i.value ->> 'type'),
		CASE WHEN i.value ->> 'type' = 'amount' AND jsonb_typeof(i.value -> 'value') = 'number'
			THEN unistr(' บาท') ELSE '' END), E'\n' ORDER BY i.nth) || E'\n</dl>'
	FROM jsonb_array_elements(_array(section -> 'items')) WITH ORDINALITY AS i (value, nth));

-- A picture is let in if it is nothing but shapes and text: elements and attributes of which none runs, loads,
-- or leads anywhere, nor is written so that it only looks like that (escapes of CSS and HTML).  Its names are made
-- its own, for there may be others on the page.  NULL for any other.
CREATE OR REPLACE FUNCTION _harmless_picture(svg text, ordinal text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN svg ~ '^<svg[\s>]' AND svg ~ '</svg>\s*$' AND regexp_count(svg, '<svg') = 1
		AND regexp_replace(svg, '</?(?:svg|g|title|desc|defs|path|rect|circle|ellipse|line|polyline|polygon|text|tspan'
			|| '|clipPath|pattern|linearGradient|radialGradient|stop|marker)'
			|| '(?:\s+(?![oO][nN]|[sS][rR][cC]|[sS][tT][yY][lL][eE]|(?:[a-zA-Z]+:)?[hH][rR][eE][fF])[a-zA-Z][a-zA-Z0-9:_-]*='
			|| '"(?:[^"<>&\\]|&(?:amp|lt|gt|quot|apos|#39);)*")*\s*/?>',
			'', 'g') !~ '[<>]'
		AND svg !~* 'url\s*\(\s*[^#\s]|@import|javascript:|position\s*:'
	THEN regexp_replace(regexp_replace(regexp_replace(svg,
		'(\sid="|url\(#)', '\1p' || ordinal || '-', 'g'),
		'(\saria-(?:labelledby|describedby)=")', '\1p' || ordinal || '-', 'g'),
		'(\saria-(?:labelledby|describedby)="[^" ]+ )', '\1p' || ordinal || '-', 'g')
END;

CREATE OR REPLACE FUNCTION _html_picture(section jsonb, ordinal text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN '<figure>' || coalesce(_harmless_picture(section ->> 'svg', ordinal),
	'<pre>' || kam.escape_markup(section ->> 'svg') || '</pre>', unistr('\2013')) || '</figure>';

-- Keys of figures in reports of 0.3.0, which hold no words for people.
CREATE OR REPLACE FUNCTION _key_title(key text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(unistr('{
	"results": "ผลการดำเนินงานรวม", "own": "เฉพาะหน่วยงาน", "units": "รายหน่วยงาน", "days_from": "ตั้งแต่วันที่",
	"days_to": "ถึงวันที่", "plans_approved": "แผนที่อนุมัติแล้ว", "accounts": "ลูกค้ารายสำคัญ",
	"portfolio": "ค่าถ่วงน้ำหนักรวม", "portfolios": "ค่าถ่วงน้ำหนักรายบุคคล", "kamrs": "พนักงานบริหารลูกค้ารายสำคัญ",
	"total": "รวม", "weight": "ค่าถ่วงน้ำหนัก", "minimum": "ขั้นต่ำ", "below_minimum": "ต่ำกว่าขั้นต่ำ",
	"plan_success": "ความสำเร็จตามแผน", "plan_success_in_period": "ความสำเร็จตามแผนในช่วง",
	"done_on_time": "แล้วเสร็จตามกำหนด", "contacts": "การติดต่อลูกค้า",
	"contacts_recorded_in_time": "บันทึกภายใน 7 วัน", "cases_received": "เรื่องที่รับ", "cases_urgent": "เรื่องเร่งด่วน",
	"cases_closed": "เรื่องที่ปิด", "cases_open": "เรื่องคงค้าง", "answered_in_time": "ตอบชี้แจงภายในกำหนด",
	"voice": "เสียงของลูกค้า", "surveys": "ผลสำรวจ", "responses": "จำนวนผู้ตอบ", "mean": "ค่าเฉลี่ย", "scale": "คะแนนเต็ม",
	"measure": "สิ่งที่วัด", "title": "ชื่อ", "kind": "ประเภท", "staff_id": "พนักงาน", "account_id": "รหัสลูกค้า",
	"name_th": "ชื่อ", "name_en": "ชื่อภาษาอังกฤษ", "unit_code": "หน่วยงาน", "tier": "ระดับ",
	"contact_persons": "ผู้ประสานงาน", "name": "ชื่อ", "duty": "หน้าที่", "phone": "โทรศัพท์", "email": "อีเมล",
	"is_coordinator": "ผู้ประสานงานหลัก", "responsibility": "ความรับผิดชอบ", "targets": "เป้าหมาย", "kpi": "ตัวชี้วัด",
	"value": "ค่า", "evaluations": "การประเมิน", "post": "ตำแหน่ง", "score": "คะแนน", "finding": "ผลการประเมิน",
	"problems": "ปัญหา", "suggestions": "ข้อเสนอแนะ", "steps": "ขั้นตอน",
	"percent": "ร้อยละ", "rate": "ทำได้/ทั้งหมด"}')::jsonb ->> key, key);

-- A value of whatever shape: an object as a table of two columns, a list of objects as one with a column a key.
CREATE OR REPLACE FUNCTION _html_nested(value jsonb) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF jsonb_typeof(value) = 'object' AND NOT (value ? 'rate' AND value ? 'percent') AND value <> '{}' THEN
		RETURN (
			SELECT E'<table class="nested">\n' || string_agg(format('<tr><th scope="row">%s</th><td>%s</td></tr>',
				kam.escape_markup(_key_title(o.key)), _html_nested(o.value)), E'\n' ORDER BY o.key COLLATE "C") || '</table>'
			FROM jsonb_each(value) o);
	ELSIF jsonb_typeof(value) = 'array' AND value <> '[]' THEN
		RETURN '<ol class="nested">' || (
			SELECT string_agg('<li>' || _html_nested(e.value) || '</li>', E'\n' ORDER BY e.nth)
			FROM jsonb_array_elements(value) WITH ORDINALITY AS e (value, nth)) || '</ol>';
	END IF;
	RETURN _html_value(CASE WHEN value IN ('{}', '[]') THEN NULL ELSE value END,
		CASE WHEN jsonb_typeof(value) = 'string' AND _is_day(value #>> '{}') THEN 'date' END);
END $$;

CREATE OR REPLACE FUNCTION _html_section(section jsonb, level int, ordinal text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	kind text := section ->> 'kind';
	heading text := format('<h%s>%s</h%1$s>', level, _html_title(section ->> 'title_th', section ->> 'title_en'));
BEGIN
	IF heading LIKE '<h_></h_>' THEN
		heading := '';
	END IF;
	RETURN format(E'<section class="%s">\n%s\n</section>',
		CASE WHEN kind IN ('figures', 'table', 'text', 'picture') THEN kind ELSE 'other' END,
		CASE kind
			WHEN 'table' THEN _html_table(section, heading)
			WHEN 'figures' THEN heading || _html_figures(section)
			WHEN 'text' THEN heading || '<p>' || _html_value(section -> 'text', 'text') || '</p>'
			WHEN 'picture' THEN heading || _html_picture(section, ordinal)
			WHEN 'content' THEN heading || _html_nested(section -> 'content')
			ELSE heading || _html_nested(CASE jsonb_typeof(section)
				WHEN 'object' THEN section - 'kind' - 'title_th' - 'title_en' ELSE section END)
		END);
END $$;

-- Where to sign: by hand, or what was signed in the system.
CREATE OR REPLACE FUNCTION _html_signature(signature jsonb) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN format(unistr('<div class="signature"><p class="sign">ลงชื่อ<span class="line">%s</span></p>')
		|| unistr('<p>(%s)</p><p>%s</p><p>%s%s</p><p class="on">วันที่ %s</p></div>'),
	CASE WHEN signature ->> 'signed_at' IS NULL THEN '' ELSE unistr('ลงนามในระบบแล้ว') END,
	coalesce(kam.escape_markup(signature ->> 'name_th'), '<span class="line"></span>'),
	_html_title(signature ->> 'role_th', signature ->> 'role_en'),
	CASE WHEN signature ->> 'acting' = 'true' THEN unistr('ปฏิบัติหน้าที่แทน ') ELSE '' END,
	_html_title(coalesce(signature ->> 'post_th', signature ->> 'post'), signature ->> 'post_en'),
	CASE WHEN signature ->> 'signed_at' IS NULL THEN '<span class="line"></span>'
		ELSE kam.escape_markup(_thai_moment(signature ->> 'signed_at', 'long')) END);

CREATE OR REPLACE FUNCTION _html_signatures(signatures jsonb) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce((
	SELECT E'\n<div class="signatures">\n' || string_agg(_html_signature(s.value), E'\n' ORDER BY s.nth) || E'\n</div>'
	FROM jsonb_array_elements(_array(signatures)) WITH ORDINALITY AS s (value, nth)), '');

-- The period of a document in words: M03, Q1, preliminary, annual.
CREATE OR REPLACE FUNCTION _period_th(period text, plan_year text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE
	WHEN period ~ '^M(0[1-9]|1[0-2])$' AND plan_year ~ '^[12][0-9]{3}$' THEN
		unistr('เดือน') || kam.thai_month((plan_year || '-' || substr(period, 2) || '-01')::date, 'long')
	WHEN period ~ '^Q[1-4]$' THEN unistr('ไตรมาสที่ ') || substr(period, 2)
	WHEN period = 'preliminary' THEN unistr('เบื้องต้น')
	WHEN period = 'annual' THEN unistr('ประจำปี')
	ELSE period
END;

-- The manual's number of a form: others have a name only.
CREATE OR REPLACE FUNCTION _form_code(document jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN document ->> 'form' ~ '^[A-Z].*[0-9]' THEN document ->> 'form' END;

-- What stands under a document's title: unit, year, period, days, made when.
CREATE OR REPLACE FUNCTION _html_subject(document jsonb) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN '<p class="subject">' || concat_ws(unistr(' <span class="dot">\00B7</span> '),
	'<b>' || _html_title(document #>> '{unit,name_th}', document #>> '{unit,name_en}') || '</b>',
	unistr('ปีแผน พ.ศ. ') || _shown(document -> 'plan_year', 'year'),
	kam.escape_markup(_period_th(document ->> 'period', document ->> 'plan_year')),
	unistr('ข้อมูลวันที่ ') || kam.escape_markup(_thai_day(document ->> 'days_from')) || unistr(' \2013 ')
		|| kam.escape_markup(_thai_day(document ->> 'days_to')),
	unistr('จัดทำเมื่อ ') || kam.escape_markup(_thai_moment(document ->> 'made_at')),
	unistr('คู่มือข้อ ') || kam.escape_markup(document ->> 'section')) || '</p>';

-- As which report it was published.
CREATE OR REPLACE FUNCTION _html_published(published jsonb) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN jsonb_typeof(published) = 'object' THEN '<p class="published">' || format(
	unistr('เผยแพร่เป็นรายงานเลขที่ %1$s ฉบับที่ %2$s เมื่อ %3$s โดย %4$s <span class="english" lang="en">Published as report %1$s, edition %2$s</span>')
		|| unistr('<br/><span class="hash">SHA-256 %5$s</span>'),
	kam.escape_markup(_shown(published -> 'report_id', 'text')), kam.escape_markup(_shown(published -> 'edition', 'text')),
	kam.escape_markup(_thai_moment(published ->> 'published_at', 'long')),
	kam.escape_markup(_shown(published -> 'published_by')),
	kam.escape_markup(_shown(published -> 'content_hash'))) || '</p>' ELSE '' END;

-- Whether a document needs the long side of the paper: where its widest table would be cramped on the short one.
CREATE OR REPLACE FUNCTION _is_wide(document jsonb) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce((
	SELECT max(t.width) > 90
	FROM (
		SELECT sum(_column_width(_array(s.value -> 'rows'), c.name, c.type)) AS width
		FROM jsonb_array_elements(_array(document -> 'sections')) WITH ORDINALITY AS s (value, nth), _columns(s.value) c
		WHERE s.value ->> 'kind' = 'table'
		GROUP BY s.nth) t), false);

CREATE OR REPLACE FUNCTION _html_document(document jsonb, ordinal bigint, level int) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN format(E'<article id="d%s" class="sheet%s" style="page: d%1$s">\n', ordinal,
			CASE WHEN _is_wide(document) THEN ' wide' ELSE '' END)
		|| CASE WHEN document ->> 'rehearsal' = 'true' THEN
			unistr('<p class="rehearsal">การซ้อม ไม่ใช่เอกสารจริง <span class="english" lang="en">Rehearsal: not a record</span></p>')
			ELSE '' END
		|| format(unistr('<header>%1$s<p class="owner">การไฟฟ้าส่วนภูมิภาค ')
			|| unistr('<span class="english" lang="en">Provincial Electricity Authority</span></p>')
			|| E'\n<h%2$s>%3$s</h%2$s>\n%4$s%5$s</header>\n',
			coalesce('<p class="form">' || kam.escape_markup(_form_code(document)) || '</p>', ''), level,
			_html_title(coalesce(document ->> 'title_th', document ->> 'form', unistr('\2013')), document ->> 'title_en'),
			_html_subject(document), _html_published(document -> 'published'))
		|| coalesce((
			SELECT string_agg(_html_section(s.value, level + 1, ordinal || '-' || s.nth), E'\n' ORDER BY s.nth)
			FROM jsonb_array_elements(_array(document -> 'sections')) WITH ORDINALITY AS s (value, nth)), '')
		|| _html_signatures(document -> 'signatures') || E'\n</article>\n';
END $$;

-- A text as CSS holds it in quotes, in an element of HTML.
CREATE OR REPLACE FUNCTION _css_string(content text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '"' || replace(replace(replace(replace(
	regexp_replace(coalesce(content, ''), '[\x01-\x1f\x7f]', ' ', 'g'),
	'\', '\5c '), '"', '\22 '), '<', '\3c '), '&', '\26 ') || '"';

-- The paper of a document: its size, and what stands at the foot of its pages.
CREATE OR REPLACE FUNCTION _css_sheet(document jsonb, ordinal bigint) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN format('@page d%s { size: A4 %s; @bottom-left { content: %s } }', ordinal,
	CASE WHEN _is_wide(document) THEN 'landscape' ELSE 'portrait' END,
	_css_string(concat_ws(unistr(' \00B7 '), coalesce(_form_code(document), document ->> 'title_th'), document #>> '{unit,name_th}',
		unistr('ปีแผน ') || _shown(document -> 'plan_year', 'year'), _period_th(document ->> 'period', document ->> 'plan_year'))));

-- Lines stand 1.8 of the letters' size apart: a vowel below then keeps clear of the vowel and tone above in the next line.
-- TH Sarabun's letters are small for their size; where it stands in for Sarabun, it is enlarged.
CREATE OR REPLACE FUNCTION _css() RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN unistr('
@font-face { font-family: "TH Sarabun enlarged"; src: local("TH Sarabun New"), local("TH SarabunPSK"); size-adjust: 133% }
@font-face { font-family: "TH Sarabun enlarged"; src: local("TH Sarabun New Bold"), local("TH SarabunPSK Bold"); size-adjust: 133%; font-weight: bold }
@page { size: A4 portrait; margin: 14mm 15mm 17mm;
	font: 9pt Sarabun, "TH Sarabun enlarged", "Noto Sans Thai", "Leelawadee UI", Laksaman, Loma, Garuda, Tahoma, sans-serif;
	@bottom-left { color: #55515f }
	@bottom-right { color: #55515f; content: "หน้า " counter(page) " / " counter(pages) } }

* { box-sizing: border-box }
html { background: #e9e6ee; -webkit-text-size-adjust: 100% }
body { margin: 0; color: #1c1b22; overflow-wrap: break-word; hyphens: none; font-variant-numeric: tabular-nums;
	font: 11pt/1.8 Sarabun, "TH Sarabun enlarged", "Noto Sans Thai", "Leelawadee UI", Laksaman, Loma, Garuda, Tahoma, sans-serif }
p, h1, h2, h3, h4, dl, dd, ol, figure { margin: 0; padding: 0 }
.sheet { width: 210mm; margin: 8mm auto; padding: 14mm 15mm; background: #fff; box-shadow: 0 1px 6px #0003; overflow-x: auto }
.sheet.wide { width: 297mm }
.english { display: block; font-size: .85em; font-weight: normal; color: #55515f; line-height: 1.4 }
.long { overflow-wrap: anywhere }

header { border-bottom: 2pt solid #5f2c83; padding-bottom: 2mm; margin-bottom: 4mm }
header h1, header h2 { font-size: 18pt; margin-top: 2mm; break-after: avoid }
header h1 .english, header h2 .english { font-size: 12pt; margin-bottom: 2mm }
.owner { font-weight: bold; color: #5f2c83 }
.form { float: right; border: 1pt solid #5f2c83; border-radius: 1mm; padding: 0 3mm; color: #5f2c83; font-weight: bold }
.subject { font-size: 10.5pt }
.subject .english, .published .english, .none .english, .contents .english, .totals .english, .rehearsal .english,
section h2 .english, section h3 .english { display: inline; margin-left: .3em }
.dot { color: #5f2c83 }
.published { font-size: 10pt }
.hash { font: 7.5pt/1.5 "DejaVu Sans Mono", Consolas, monospace; color: #55515f; overflow-wrap: anywhere }

section { margin-bottom: 5mm }
section h2, section h3 { font-size: 13pt; color: #3d1a57; break-after: avoid }
table { min-width: 60%; max-width: 100%; border-collapse: collapse; font-size: 10pt }
caption { text-align: left; break-after: avoid }
thead { display: table-header-group; break-after: avoid }
tr { break-inside: avoid }
tbody tr:first-child, .totals tr { break-before: avoid }
th, td { border: .5pt solid #b9b3c4; padding: .3mm 1.5mm; vertical-align: top; text-align: left }
thead th { background: #efe9f5; border-bottom: 1pt solid #5f2c83; vertical-align: bottom }
tbody tr:nth-child(even) { background: #faf8fc }
.totals td { border-top: 1pt solid #5f2c83; background: #efe9f5; font-weight: bold }
td.text { white-space: pre-line }
td.number, td.date { white-space: nowrap }
td.number, th.number { text-align: right }
td.mark, th.mark { text-align: center }
th.time { min-width: 24mm }
.nested, .nested table { min-width: 0; font-size: 9.5pt }
ol.nested { padding-left: 6mm }
.nested th { font-weight: normal; background: #f6f3f9 }
.none { color: #55515f }
.items { display: grid; grid-template-columns: repeat(auto-fill, minmax(42mm, 1fr)); gap: 2mm }
.items div { border: .5pt solid #b9b3c4; border-left: 2pt solid #5f2c83; padding: .5mm 2.5mm; break-inside: avoid; min-width: 0;
	display: flex; flex-direction: column; justify-content: space-between }
.items dt { font-size: 10pt }
.items dd { font-size: 13pt; font-weight: bold }
.items dd.text { font-size: 11pt; white-space: pre-line }
section.text p { white-space: pre-line }
figure { break-inside: avoid; text-align: center; line-height: 0; padding-top: 2mm }
figure svg { max-width: 100%; height: auto; max-height: 235mm }
.wide figure svg { max-height: 150mm }
section.picture { break-inside: avoid }
pre { white-space: pre-wrap; overflow-wrap: anywhere; text-align: left; font-size: 7pt; line-height: 1.8 }

.signatures { display: grid; grid-template-columns: repeat(auto-fit, minmax(56mm, 1fr)); gap: 6mm; margin-top: 8mm;
	break-inside: avoid; break-before: avoid }
.signature { text-align: center; break-inside: avoid; font-size: 10.5pt }
.sign { padding-top: 6mm }
.line { display: inline-block; border-bottom: .5pt dotted #333; width: 36mm; margin: 0 1mm }

.rehearsal { border: 1pt solid #a33; color: #a33; text-align: center; font-weight: bold; margin-bottom: 2mm }
.rehearsal .english { color: inherit }
.watermark { position: fixed; inset: 0; display: flex; align-items: center; justify-content: center; pointer-events: none; z-index: 1;
	font-size: 44pt; font-weight: bold; color: #a33; opacity: .1; transform: rotate(-35deg); text-align: center }

.cover { min-height: 255mm; border: 0; border-left: 5mm solid #5f2c83 }
.cover h1 { font-size: 28pt; color: #3d1a57; margin-top: 40mm }
.cover h1 .english { font-size: 15pt }
.what { font-size: 15pt; border-top: 2pt solid #5f2c83; margin-top: 8mm; padding-top: 5mm }
.contents h2 { font-size: 18pt; color: #3d1a57; border-bottom: 2pt solid #5f2c83; margin-bottom: 3mm }
.contents ol { padding-left: 9mm }
.contents li { break-inside: avoid }
.contents a { color: inherit; text-decoration: none }

@media screen and (max-width: 220mm) { .sheet, .sheet.wide { width: auto; margin: 0 0 4mm; padding: 5mm } }
@media print {
	* { print-color-adjust: exact; -webkit-print-color-adjust: exact }
	html { background: none }
	.sheet, .sheet.wide { width: auto; margin: 0; padding: .5mm .3mm 0; box-shadow: none; overflow: visible; break-after: page }
	.sheet.cover { padding-left: 10mm }
	article.sheet:last-of-type { break-after: auto }
}
');

-- The names of a document in a list of contents.
CREATE OR REPLACE FUNCTION _html_contents(documents jsonb) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (
	SELECT unistr('<nav class="sheet contents" aria-labelledby="contents"><h2 id="contents">สารบัญ <span class="english" lang="en">Contents</span></h2>')
		|| E'\n<ol>\n' || string_agg(format('<li><a href="#d%s">%s</a></li>', d.nth,
			concat_ws(unistr(' \00B7 '), kam.escape_markup(_form_code(d.value)),
				kam.escape_markup(coalesce(d.value ->> 'title_th', unistr('\2013'))),
				kam.escape_markup(d.value #>> '{unit,name_th}'),
				kam.escape_markup(_period_th(d.value ->> 'period', d.value ->> 'plan_year')))
			|| coalesce(' <span class="english" lang="en">' || kam.escape_markup(d.value ->> 'title_en') || '</span>', '')),
			E'\n' ORDER BY d.nth) || E'\n</ol>\n</nav>\n'
	FROM jsonb_array_elements(documents) WITH ORDINALITY AS d (value, nth));

-- The first sheet of a report of many documents.
CREATE OR REPLACE FUNCTION _html_cover(cover jsonb) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN unistr('<header class="sheet cover"><p class="owner">การไฟฟ้าส่วนภูมิภาค <span class="english" lang="en">Provincial Electricity Authority</span></p>')
	|| format(E'\n<h1>%s</h1>\n<div class="what"><p><b>%s</b></p><p>%s</p><p>%s</p></div></header>\n',
		_html_title(cover ->> 'title_th', cover ->> 'title_en'),
		_html_title(cover #>> '{unit,name_th}', cover #>> '{unit,name_en}'),
		unistr('ปีแผน พ.ศ. ') || _shown(cover -> 'plan_year', 'year'),
		unistr('จัดทำเมื่อ ') || kam.escape_markup(_thai_moment(cover ->> 'made_at', 'long')));

-- Documents as one page that needs nothing beside itself: no script, no network, no files.
-- With a cover, they are chapters under its title, and listed.
CREATE OR REPLACE FUNCTION _page(documents jsonb, cover jsonb DEFAULT NULL) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	all_documents jsonb := CASE jsonb_typeof(documents) WHEN 'object' THEN jsonb_build_array(documents) ELSE _array(documents) END;
	first_document jsonb := coalesce(cover, all_documents -> 0);
	level int := CASE WHEN cover IS NULL THEN 1 ELSE 2 END;
BEGIN
	RETURN E'<!DOCTYPE html>\n<html lang="th">\n<head>\n<meta charset="utf-8"/>\n'
		|| '<meta http-equiv="Content-Security-Policy" content="default-src ''none''; style-src ''unsafe-inline''; '
		|| E'base-uri ''none''; form-action ''none''"/>\n'
		|| E'<meta name="viewport" content="width=device-width, initial-scale=1"/>\n<title>'
		|| concat_ws(' ', kam.escape_markup(_form_code(first_document)),
			kam.escape_markup(coalesce(first_document ->> 'title_th', unistr('เอกสาร'))),
			kam.escape_markup(first_document #>> '{unit,name_th}'), _shown(first_document -> 'plan_year', 'year'))
		|| E'</title>\n<style>' || _css()
		|| coalesce((SELECT string_agg(_css_sheet(d.value, d.nth), E'\n' ORDER BY d.nth)
			FROM jsonb_array_elements(all_documents) WITH ORDINALITY AS d (value, nth)), '')
		|| E'\n</style>\n</head>\n<body>\n'
		|| CASE WHEN jsonb_path_exists(all_documents, '$[*] ? (@.rehearsal == true)')
			THEN unistr('<div class="watermark" aria-hidden="true">การซ้อม<br/>REHEARSAL</div>') || E'\n' ELSE '' END
		|| CASE WHEN cover IS NULL THEN '' ELSE _html_cover(cover) || coalesce(_html_contents(all_documents), '') END
		|| E'<main>\n'
		|| coalesce((SELECT string_agg(_html_document(d.value, d.nth, level), '' ORDER BY d.nth)
			FROM jsonb_array_elements(all_documents) WITH ORDINALITY AS d (value, nth)), '')
		|| E'</main>\n</body>\n</html>\n';
END $$;

-- ---- CSV ---------------------------------------------------------------------------

-- A text in quotes (RFC 4180).  One that a spreadsheet would run as a formula, or make a number or a day of and lose
-- what it was (0812345678, 1-2), begins with an apostrophe, so that it stays a text.  What nobody sees before a formula
-- (spaces, controls, marks of direction) does not hide it, whatever the locale takes for a space.
CREATE OR REPLACE FUNCTION _csv_text(content text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN '"' || CASE WHEN content ~ '^-?(0|[1-9][0-9]{0,14})(\.[0-9]+)?$' THEN ''
		WHEN content ~ ('^[\s\u0001-\u0020\u007F-\u00A0\u00AD\u061C\u2000-\u200F\u2028-\u202F\u205F-\u206F\u3000\uFEFF]*'
				|| '[-=+@\u2212\uFF1D\uFF0B\uFF0D\uFF20]')
			OR content ~ '^[\t\r\n]|^0[0-9]+$|^[0-9]{16,}$|^[0-9]+([-/][0-9]+){1,2}$|^[0-9]+[eE][0-9]+$' THEN ''''
		ELSE '' END || replace(replace(coalesce(content, ''), E'\r\n', E'\n'), '"', '""') || '"';
END $$;

-- What has parts takes a column a part: a spreadsheet would take the rate 1/2 for a day.
CREATE OR REPLACE FUNCTION _csv_parts(type text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE type
	WHEN 'rate' THEN ARRAY['percent', 'done', 'due']
	WHEN 'satisfaction' THEN ARRAY['mean', 'responses', 'scale']
	ELSE ARRAY['value']
END;

CREATE OR REPLACE FUNCTION _csv_label(label text, part text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _csv_text(label || CASE part
		WHEN 'percent' THEN unistr(' (ร้อยละ)')
		WHEN 'done' THEN unistr(' (ทำได้)')
		WHEN 'due' THEN unistr(' (ทั้งหมด)')
		WHEN 'mean' THEN unistr(' (ค่าเฉลี่ย)')
		WHEN 'responses' THEN unistr(' (จำนวนผู้ตอบ)')
		WHEN 'scale' THEN unistr(' (คะแนนเต็ม)')
		ELSE '' END);
END $$;

-- Numbers, days (ISO) and times (of Bangkok) stand without quotes: they are to be computed with.
CREATE OR REPLACE FUNCTION _csv_value(value jsonb, type text DEFAULT NULL, part text DEFAULT 'value') RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN CASE
		WHEN jsonb_typeof(value) = 'object' AND part = 'done' THEN split_part(value ->> 'rate', '/', 1)
		WHEN jsonb_typeof(value) = 'object' AND part = 'due' THEN split_part(value ->> 'rate', '/', 2)
		WHEN jsonb_typeof(value) = 'object' AND part <> 'value' THEN coalesce(value ->> part, '')
		WHEN part IN ('done', 'due', 'responses', 'scale') OR coalesce(jsonb_typeof(value), 'null') = 'null' THEN ''
		WHEN jsonb_typeof(value) IN ('number', 'boolean') THEN upper(value::text)
		WHEN type = 'date' AND _is_day(value #>> '{}') THEN value #>> '{}'
		WHEN type = 'time' AND _is_moment(value #>> '{}') THEN
			to_char((value #>> '{}')::timestamptz AT TIME ZONE 'Asia/Bangkok', 'YYYY-MM-DD HH24:MI:SS')
		WHEN type = 'portfolio' THEN _csv_text(_shown(value, type))
		ELSE _csv_text(value #>> '{}')
	END;
END $$;

CREATE OR REPLACE FUNCTION _csv_table(section jsonb) RETURNS SETOF text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	SELECT string_agg(_csv_label(c.label_th, p.part), ',' ORDER BY c.nth, p.nth)
	FROM _columns(section) c, unnest(_csv_parts(c.type)) WITH ORDINALITY AS p (part, nth)
	HAVING count(*) > 0
	UNION ALL
	SELECT l.line
	FROM (
		SELECT r.nth, string_agg(_csv_value(r.value -> c.name, c.type, p.part), ',' ORDER BY c.nth, p.nth) AS line
		FROM jsonb_array_elements(_array(section -> 'rows')) WITH ORDINALITY AS r (value, nth), _columns(section) c,
			unnest(_csv_parts(c.type)) WITH ORDINALITY AS p (part, nth)
		GROUP BY r.nth
		ORDER BY r.nth) l;
END $$;

CREATE OR REPLACE FUNCTION _csv_figures(section jsonb) RETURNS SETOF text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	SELECT _csv_text(unistr('รายการ')) || ',' || _csv_text(unistr('ค่า'))
	UNION ALL
	SELECT f.line
	FROM (
		SELECT _csv_label(coalesce(i.value ->> 'label_th', i.value ->> 'name', ''), p.part) || ','
			|| _csv_value(i.value -> 'value', i.value ->> 'type', p.part) AS line
		FROM jsonb_array_elements(_array(section -> 'items')) WITH ORDINALITY AS i (value, nth),
			unnest(_csv_parts(i.value ->> 'type')) WITH ORDINALITY AS p (part, nth)
		ORDER BY i.nth, p.nth) f;
END $$;

-- A value of whatever shape: a line for each that has no parts, with the way to it.
CREATE OR REPLACE FUNCTION _csv_nested(content jsonb) RETURNS SETOF text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	WITH RECURSIVE part AS (
		SELECT ARRAY[]::text[] AS way, ARRAY[]::bigint[] AS place, content AS value
		UNION ALL
		SELECT p.way || coalesce(_key_title(o.key), o.nth::text), p.place || o.nth, o.value
		FROM part p CROSS JOIN LATERAL (
			SELECT e.key, e.value, row_number() OVER (ORDER BY e.key COLLATE "C") AS nth
			FROM jsonb_each(CASE jsonb_typeof(p.value) WHEN 'object' THEN p.value ELSE '{}' END) e
			UNION ALL
			SELECT NULL, a.value, a.nth
			FROM jsonb_array_elements(_array(p.value)) WITH ORDINALITY AS a (value, nth)) o
	)
	SELECT l.line
	FROM (
		SELECT _csv_text(array_to_string(p.way, ' > ')) || ',' || _csv_value(p.value, CASE WHEN _is_day(p.value #>> '{}')
			THEN 'date' END) AS line
		FROM part p WHERE jsonb_typeof(p.value) NOT IN ('object', 'array')
		ORDER BY p.place) l;
END $$;

CREATE OR REPLACE FUNCTION _csv_section(section jsonb) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (
	SELECT string_agg(l, E'\r\n')
	FROM (
		SELECT l FROM _csv_table(section) l WHERE section ->> 'kind' = 'table'
		UNION ALL
		SELECT l FROM _csv_figures(section) l WHERE section ->> 'kind' = 'figures'
		UNION ALL
		SELECT _csv_text(section ->> 'text') WHERE section ->> 'kind' = 'text'
		UNION ALL
		SELECT l FROM _csv_nested(coalesce(section -> 'content', CASE jsonb_typeof(section)
			WHEN 'object' THEN section - 'kind' - 'title_th' - 'title_en' ELSE section END)) l
		WHERE coalesce(section ->> 'kind', '') NOT IN ('table', 'figures', 'text', 'picture')) s (l));

-- Documents as CSV: a mark by which Excel knows UTF-8, lines that end in CR LF.  Section after section under its title;
-- or one section, counted through all documents, and nothing else.
CREATE OR REPLACE FUNCTION _csv(documents jsonb, section int DEFAULT NULL) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	sections text[];
	titles text[];
	content text;
BEGIN
	SELECT array_agg(s.csv ORDER BY s.d, s.n), array_agg(s.title ORDER BY s.d, s.n) INTO sections, titles
	FROM (
		SELECT d.nth AS d, e.nth AS n, coalesce(_csv_section(e.value), '') AS csv,
			CASE e.nth WHEN 1 THEN concat_ws(',', _csv_text(d.value ->> 'form'), _csv_text(d.value ->> 'title_th'),
				_csv_text(d.value #>> '{unit,name_th}'), _csv_value(d.value -> 'plan_year'), _csv_text(d.value ->> 'period'))
				|| E'\r\n\r\n' ELSE '' END
			|| _csv_text(concat_ws(' ', e.value ->> 'title_th', e.value ->> 'title_en')) AS title
		FROM jsonb_array_elements(_array(documents)) WITH ORDINALITY AS d (value, nth),
			jsonb_array_elements(_array(d.value -> 'sections')) WITH ORDINALITY AS e (value, nth)
		WHERE e.value ->> 'kind' IS DISTINCT FROM 'picture') s;
	IF section IS NULL THEN
		content := (SELECT string_agg(t.title || E'\r\n' || t.csv, E'\r\n\r\n' ORDER BY t.nth)
			FROM unnest(titles, sections) WITH ORDINALITY AS t (title, csv, nth));
	ELSIF section BETWEEN 1 AND cardinality(sections) THEN
		content := sections[section];
	ELSE
		RAISE invalid_parameter_value USING
			MESSAGE = format('there is no section %s', section),
			HINT = format('The sections are 1 to %s; pictures are not counted.', coalesce(cardinality(sections), 0));
	END IF;
	RETURN unistr('\FEFF') || coalesce(content, '');
END $$;

-- ---- Forms and reports -----------------------------------------------------------------

CREATE OR REPLACE FUNCTION form_page(form text, unit_code text DEFAULT NULL, plan_year int DEFAULT NULL,
	period text DEFAULT NULL, case_id bigint DEFAULT NULL) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _page(jsonb_build_array(form_document(form, unit_code, plan_year, period, case_id)));
END $$;

CREATE OR REPLACE FUNCTION form_csv(form text, unit_code text DEFAULT NULL, plan_year int DEFAULT NULL,
	period text DEFAULT NULL, case_id bigint DEFAULT NULL, section int DEFAULT NULL) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _csv(jsonb_build_array(form_document(form, unit_code, plan_year, period, case_id)), section);
END $$;

-- What a report said before it kept documents: its content as it is.
CREATE OR REPLACE FUNCTION _content_document(the_report report) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (
		SELECT jsonb_build_object('form', k.form, 'title_th', k.title_th, 'title_en', k.title_en, 'section', k.section,
			'unit', (SELECT jsonb_build_object('unit_code', u.unit_code, 'kind', u.kind, 'name_th', u.name_th,
				'name_en', u.name_en) FROM unit u WHERE u.unit_code = the_report.unit_code),
			'plan_year', the_report.plan_year, 'period', the_report.period,
			'days_from', the_report.content -> 'days_from', 'days_to', the_report.content -> 'days_to',
			'made_at', the_report.published_at, 'rehearsal', (SELECT w.is_rehearsal FROM workflow w), 'sections', (
				SELECT jsonb_agg(jsonb_build_object('kind', 'content', 'title_th', _key_title(c.key), 'content', c.value)
					ORDER BY c.key <> 'results', c.key COLLATE "C")
				FROM jsonb_each(the_report.content) c WHERE c.key NOT IN ('days_from', 'days_to')))
		FROM report_kind k WHERE k.kind = the_report.kind);
END $$;

-- The documents of a report as they were published, with what is known of the publication.  Row security says who
-- reads a report; one that is hidden and one that does not exist are refused alike.
-- The publisher has the name that the document keeps: people are renamed, and not every reader of a report reads who
-- published it.  Reports of 0.3.0 keep no name.
CREATE OR REPLACE FUNCTION _published_documents(report_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	the_report report := (SELECT r FROM report r WHERE r.report_id = _published_documents.report_id);
	documents jsonb := the_report.content -> 'documents';
BEGIN
	IF the_report.report_id IS NULL THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('report %s is not among those that you may read', coalesce(report_id::text, 'NULL')),
			HINT = 'The reports that you may read stand in the table report, those sent to you in the view report_for_me.';
	END IF;
	RETURN (
		SELECT jsonb_agg(d.value || jsonb_build_object('published', jsonb_build_object(
			'report_id', the_report.report_id, 'edition', the_report.edition, 'published_at', the_report.published_at,
			'published_by', coalesce(d.value ->> 'publisher', the_report.published_by),
			'content_hash', _hash(the_report.content))) ORDER BY d.nth)
		FROM jsonb_array_elements(CASE WHEN jsonb_typeof(documents) = 'array' THEN documents
			ELSE jsonb_build_array(_content_document(the_report)) END) WITH ORDINALITY AS d (value, nth));
END $$;

CREATE OR REPLACE FUNCTION report_page(report_id bigint) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _page(_published_documents(report_id));
END $$;

CREATE OR REPLACE FUNCTION report_csv(report_id bigint, section int DEFAULT NULL) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _csv(_published_documents(report_id), section);
END $$;

-- ---- The report of a year ---------------------------------------------------------------

-- A unit, and below it, so many levels down, those with an approved plan of the year.  Regions make no level: they
-- have no plans.
CREATE OR REPLACE FUNCTION _year_units(unit_code text, plan_year int, levels int)
RETURNS TABLE (part text, is_of_area boolean, place text[])
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 20 SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY
	WITH RECURSIVE tree AS (
		SELECT u.unit_code, 0 AS level, false AS is_of_area, ARRAY[u.unit_code] AS place
		FROM unit u WHERE u.unit_code = _year_units.unit_code
		UNION ALL
		SELECT u.unit_code, p.level + (u.kind <> 'region')::int, u.parent_kind = 'area', p.place || u.unit_code
		FROM unit u JOIN tree p ON u.parent_unit = p.unit_code
		WHERE p.level + (u.kind <> 'region')::int <= levels
	)
	SELECT p.unit_code, p.is_of_area, p.place
	FROM tree p
	WHERE cardinality(p.place) = 1 OR EXISTS (
		SELECT FROM plan a WHERE a.unit_code = p.unit_code AND a.plan_year = _year_units.plan_year
			AND a.amendment_no = 0 AND a.status = 'approved');
END $$;

CREATE OR REPLACE FUNCTION _picture_document(unit_code text, plan_year int) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN jsonb_build_object('title_th', unistr('ภาพรวมของปี'), 'title_en', 'The year in pictures',
		'unit', (SELECT jsonb_build_object('unit_code', u.unit_code, 'kind', u.kind, 'name_th', u.name_th,
			'name_en', u.name_en) FROM unit u WHERE u.unit_code = _picture_document.unit_code),
		'plan_year', plan_year, 'made_at', _now(), 'rehearsal', (SELECT w.is_rehearsal FROM workflow w),
		'sections', (
			SELECT jsonb_agg(jsonb_build_object('kind', 'picture', 'svg', s.svg) ORDER BY s.nth)
			FROM (VALUES (1, kasm_picture(unit_code, plan_year)), (2, load_picture(unit_code, plan_year)),
				(3, kpi_picture('plan_success', unit_code, plan_year)),
				(4, kpi_picture('satisfaction', unit_code, plan_year)),
				(5, deadline_picture(unit_code, plan_year))) s (nth, svg)));
END $$;

-- The forms of a unit, in the order of the steps that they belong to, and its pictures.  A list that the area's own
-- holds is not repeated for its offices.
CREATE OR REPLACE FUNCTION _year_documents(unit_code text, plan_year int, is_of_area boolean) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	documents jsonb := (
		SELECT jsonb_agg(form_document(f.form, _year_documents.unit_code, _year_documents.plan_year) ORDER BY (
			SELECT min(k.step) FROM report_document d JOIN report_kind k USING (kind) WHERE d.form = f.form),
			f.form COLLATE "C")
		FROM form f
		WHERE (f.covers = 'subtree' OR f.covers = 'own' AND NOT is_of_area)
			AND EXISTS (
				SELECT FROM form_signature s JOIN unit u ON u.kind = s.unit_kind
				WHERE s.form = f.form AND u.unit_code = _year_documents.unit_code));
	cases jsonb := (
		SELECT jsonb_agg(form_document('CRM-KAM-003', case_id => c.case_id) ORDER BY c.case_id)
		FROM service_case c
		WHERE c.unit_code = _year_documents.unit_code AND c.urgent
			AND c.received_at >= _midnight(make_date(_year_documents.plan_year, 1, 1))
			AND c.received_at < _midnight(make_date(_year_documents.plan_year + 1, 1, 1)));
BEGIN
	RETURN jsonb_build_array(_picture_document(unit_code, plan_year)) || coalesce(documents, '[]') || coalesce(cases, '[]');
END $$;

CREATE OR REPLACE FUNCTION year_page(unit_code text, plan_year int, levels int DEFAULT 1) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	units text[] := ARRAY(SELECT _subtree(unit_code));
	documents jsonb := '[]';
	part record;
BEGIN
	IF units = '{}' OR NOT _reads_all_of(units) THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('unit "%s" is not among those that "%s" reads all of', coalesce(unit_code, 'NULL'), coalesce(me(), _role())),
			HINT = 'The year of a unit is for those who read all of it and of the units below it; form_page gives a single form.';
	END IF;
	PERFORM _check_plan_year(plan_year);
	FOR part IN SELECT y.part AS unit_code, y.is_of_area FROM _year_units(unit_code, plan_year, levels) y ORDER BY y.place LOOP
		documents := documents || _year_documents(part.unit_code, plan_year, part.is_of_area);
	END LOOP;
	RETURN _page(documents, jsonb_build_object('title_th', unistr('รายงานการบริหารลูกค้ารายสำคัญประจำปี'),
		'title_en', 'Key account management: report of the year', 'unit', documents #> '{0,unit}',
		'plan_year', plan_year, 'made_at', _now()));
END $$;

COMMENT ON FUNCTION _thousands(numeric) IS
U&'ตัวเลขมีเครื่องหมายคั่นหลักพัน — A number with separators of thousands, independent of lc_numeric.';
COMMENT ON FUNCTION _is_day(text) IS
U&'เป็นวันที่แบบ ISO หรือไม่ — Whether a text is a day in ISO form.';
COMMENT ON FUNCTION _is_moment(text) IS
U&'เป็นเวลาแบบ ISO หรือไม่ — Whether a text is a time with its zone in ISO form.';
COMMENT ON FUNCTION _thai_day(text, text) IS
U&'วันที่ไทย — A day in ISO form as kam.thai_date writes it; any other text as it is.';
COMMENT ON FUNCTION _thai_moment(text, text) IS
U&'วันที่และเวลาไทย — A time in ISO form as day and hour in Bangkok; any other text as it is.';
COMMENT ON FUNCTION _tier_name(text) IS
U&'ชื่อระดับลูกค้า — The Thai name of a tier.';
COMMENT ON FUNCTION _shown_portfolio(text) IS
U&'สัดส่วนลูกค้าตามระดับ — A portfolio without its braces.';
COMMENT ON FUNCTION _shown_satisfaction(jsonb) IS
U&'ความพึงพอใจ — Mean, scale and number of answers of a satisfaction in a document.';
COMMENT ON FUNCTION _shown_number(numeric, text) IS
U&'ตัวเลขตามชนิด — A number as one of its type is written; a year becomes one of the Buddhist era.';
COMMENT ON FUNCTION _shown(jsonb, text) IS
U&'ค่าในเอกสารตามที่คนอ่าน — A value of a document as plain text in Thai; NULL as a dash; unknown types as they are.';
COMMENT ON FUNCTION _cell_class(text) IS
U&'วิธีจัดคอลัมน์ — How a column of this type is set: number, date, time, mark, text.';
COMMENT ON FUNCTION _array(jsonb) IS
U&'รายการ หรือรายการว่าง — The value if it is an array, else an empty one.';
COMMENT ON FUNCTION _columns(jsonb) IS
U&'คอลัมน์ของตาราง — The columns of a section with a table; where none are named, the keys of its rows.';
COMMENT ON FUNCTION _html_title(text, text) IS
U&'ชื่อไทยและอังกฤษ (HTML) — A title in Thai with its English, as HTML.';
COMMENT ON FUNCTION _html_value(jsonb, text) IS
U&'ค่า (HTML) — A value as HTML, escaped.';
COMMENT ON FUNCTION _html_row(jsonb, jsonb) IS
U&'แถว (HTML) — A row of a table as HTML.';
COMMENT ON FUNCTION _html_totals(jsonb, jsonb) IS
U&'แถวรวม (HTML) — The row of sums of a table as HTML.';
COMMENT ON FUNCTION _column_width(jsonb, text, text) IS
U&'ความกว้างของคอลัมน์ — How many letters wide a column stands best.';
COMMENT ON FUNCTION _html_table(jsonb, text) IS
U&'ตาราง (HTML) — A table as HTML: caption, head repeated on each page, rows, sums.';
COMMENT ON FUNCTION _html_figures(jsonb) IS
U&'ตัวเลขสำคัญ (HTML) — Single figures as HTML.';
COMMENT ON FUNCTION _harmless_picture(text, text) IS
U&'รูปที่ปลอดภัย — The SVG with names of its own, if it is nothing but shapes and text; NULL where it could run, load or lead to anything.';
COMMENT ON FUNCTION _html_picture(jsonb, text) IS
U&'รูป (HTML) — A picture as HTML; one that is not harmless as escaped text.';
COMMENT ON FUNCTION _key_title(text) IS
U&'ชื่อของค่าในรายงานรุ่นก่อน — What a key in the content of a report of 0.3.0 is called in Thai.';
COMMENT ON FUNCTION _html_nested(jsonb) IS
U&'ค่าหลายชั้น (HTML) — A value of whatever shape as nested tables.';
COMMENT ON FUNCTION _html_section(jsonb, int, text) IS
U&'ส่วนของเอกสาร (HTML) — A section of a document as HTML; unknown kinds as nested tables.';
COMMENT ON FUNCTION _html_signature(jsonb) IS
U&'ช่องลงนาม (HTML) — Where one post signs, or when it signed in the system.';
COMMENT ON FUNCTION _html_signatures(jsonb) IS
U&'ช่องลงนามทั้งหมด (HTML) — All who sign a document, never torn apart by a page''s end.';
COMMENT ON FUNCTION _period_th(text, text) IS
U&'ชื่อรอบรายงาน — A period in words: a month, a quarter, preliminary, annual.';
COMMENT ON FUNCTION _form_code(jsonb) IS
U&'เลขที่แบบฟอร์ม — The manual''s number of a document''s form; NULL for a form that has only a name.';
COMMENT ON FUNCTION _html_subject(jsonb) IS
U&'เรื่องของเอกสาร (HTML) — Unit, plan year, period, days, when made, section of the manual.';
COMMENT ON FUNCTION _html_published(jsonb) IS
U&'การเผยแพร่ (HTML) — Number, edition, time, publisher and hash of the report that a document was published in.';
COMMENT ON FUNCTION _is_wide(jsonb) IS
U&'ต้องใช้กระดาษแนวนอนหรือไม่ — Whether a document is printed in landscape: its widest table needs more letters than stand across A4.';
COMMENT ON FUNCTION _html_document(jsonb, bigint, int) IS
U&'เอกสาร (HTML) — A document as HTML, with headings from the given level on.';
COMMENT ON FUNCTION _css_string(text) IS
U&'ข้อความใน CSS — A text as a string of CSS that cannot end the style element.';
COMMENT ON FUNCTION _css_sheet(jsonb, bigint) IS
U&'กระดาษของเอกสาร (CSS) — Size and foot of a document''s pages.';
COMMENT ON FUNCTION _css() IS
U&'รูปแบบหน้า (CSS) — How all pages look, on screen and on A4.';
COMMENT ON FUNCTION _html_contents(jsonb) IS
U&'สารบัญ (HTML) — The list of documents, each a link within the page.';
COMMENT ON FUNCTION _html_cover(jsonb) IS
U&'ปก (HTML) — The first sheet of a report of many documents.';
COMMENT ON FUNCTION _page(jsonb, jsonb) IS
U&'หน้าเอกสาร HTML — Documents as one self-contained page of HTML for screen and A4: no script, no network. With a cover they are listed under its title.';
COMMENT ON FUNCTION _csv_text(text) IS
U&'ข้อความใน CSV — A text in quotes; what a spreadsheet would run or change begins with an apostrophe.';
COMMENT ON FUNCTION _csv_parts(text) IS
U&'คอลัมน์ CSV ของชนิดข้อมูล — Into which columns a value of this type is laid out.';
COMMENT ON FUNCTION _csv_label(text, text) IS
U&'หัวคอลัมน์ CSV — The head of a column, with the part that it holds.';
COMMENT ON FUNCTION _csv_value(jsonb, text, text) IS
U&'ค่าใน CSV — A value, or a part of it, as it stands in CSV; empty where unknown.';
COMMENT ON FUNCTION _csv_table(jsonb) IS
U&'ตาราง (CSV) — The lines of a table.';
COMMENT ON FUNCTION _csv_figures(jsonb) IS
U&'ตัวเลขสำคัญ (CSV) — The lines of single figures: name, value.';
COMMENT ON FUNCTION _csv_nested(jsonb) IS
U&'ค่าหลายชั้น (CSV) — A line for each value inside: the way to it, the value.';
COMMENT ON FUNCTION _csv_section(jsonb) IS
U&'ส่วนของเอกสาร (CSV) — A section of a document as lines of CSV.';
COMMENT ON FUNCTION _csv(jsonb, int) IS
U&'เอกสารเป็น CSV — Documents as CSV for spreadsheets: all sections with their titles, or one by its number. Error 22023 where there is no such section.';
COMMENT ON FUNCTION form_page(text, text, int, text, bigint) IS
U&'แบบฟอร์มเป็นหน้า HTML — A form, as it stands now, as a page to read and print. Errors as form_document: 42501, 22023, 55000.';
COMMENT ON FUNCTION form_csv(text, text, int, text, bigint, int) IS
U&'แบบฟอร์มเป็น CSV — A form, as it stands now, as CSV that Excel opens; section: one section only. Errors as form_document; 22023 where there is no such section.';
COMMENT ON FUNCTION _content_document(report) IS
U&'เอกสารจากรายงานรุ่นก่อน — The content of a report without documents, as one document.';
COMMENT ON FUNCTION _published_documents(bigint) IS
U&'เอกสารของรายงาน — The documents of a published report, with how it was published. Error 42501.';
COMMENT ON FUNCTION report_page(bigint) IS
U&'รายงานที่เผยแพร่เป็นหน้า HTML — A published report as it was, with number, edition, publisher, time and hash, as a page to read and print. For those who may read the report; 42501 for others.';
COMMENT ON FUNCTION report_csv(bigint, int) IS
U&'รายงานที่เผยแพร่เป็น CSV — A published report as it was, as CSV that Excel opens; section: one section only. For those who may read the report; 42501 for others.';
COMMENT ON FUNCTION _year_units(text, int, int) IS
U&'หน่วยงานในรายงานประจำปี — A unit and, so many levels below it, those with an approved plan.';
COMMENT ON FUNCTION _picture_document(text, int) IS
U&'ภาพรวมของปี — The pictures of a unit''s year as a document.';
COMMENT ON FUNCTION _year_documents(text, int, boolean) IS
U&'เอกสารประจำปีของหน่วยงาน — The pictures, forms and urgent cases of a unit''s year.';
COMMENT ON FUNCTION year_page(text, int, int) IS
U&'รายงานประจำปีเป็นหน้า HTML — The year of a unit as one page: cover, contents, pictures and forms, and those of its parts so many levels down. Refused (42501) unless all of it may be read; 55000 where the year is not opened.';
