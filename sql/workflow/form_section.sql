/* What each form says, section by section, with labels. */

-- What a document is made of.  figures_only: for readers who may not read the accounts and people of all the units.
-- given: by whom and by which post a report is being published.
CREATE TYPE form_request AS (
	form text, unit_code text, units text[], plan_year int, period text, days daterange, case_id bigint,
	figures_only boolean, publisher text, publisher_post text, publisher_acting boolean
);

-- ---- the pieces --------------------------------------------------------------

CREATE OR REPLACE FUNCTION _column(name text, type text, label_th text, label_en text) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN jsonb_build_object('name', name, 'type', type, 'label_th', label_th, 'label_en', label_en);

CREATE OR REPLACE FUNCTION _figure(name text, type text, label_th text, label_en text, value jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN jsonb_build_object('name', name, 'type', type, 'label_th', label_th, 'label_en', label_en,
	'value', coalesce(value, 'null'));

CREATE OR REPLACE FUNCTION _figures_section(title_th text, title_en text, VARIADIC items jsonb[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN jsonb_build_object('kind', 'figures', 'title_th', title_th, 'title_en', title_en, 'items', to_jsonb(items));

-- Rows hold more than the columns that are shown: all that the function of the form gives.
CREATE OR REPLACE FUNCTION _table_section(title_th text, title_en text, columns jsonb[], rows jsonb,
	totals jsonb DEFAULT NULL) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN jsonb_build_object('kind', 'table', 'title_th', title_th, 'title_en', title_en, 'columns', to_jsonb(columns),
	'rows', coalesce(rows, '[]')) || CASE WHEN totals IS NULL THEN '{}' ELSE jsonb_build_object('totals', totals) END;

CREATE OR REPLACE FUNCTION _text_section(title_th text, title_en text, content text) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN jsonb_build_object('kind', 'text', 'title_th', title_th, 'title_en', title_en, 'text', content);

CREATE OR REPLACE FUNCTION _picture_section(title_th text, title_en text, svg text) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN jsonb_build_object('kind', 'picture', 'title_th', title_th, 'title_en', title_en, 'svg', svg);

-- Without the sections that there are none of.
CREATE OR REPLACE FUNCTION _sections(VARIADIC sections jsonb[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_jsonb(array_remove(sections, NULL));

-- ---- CRM-KAM-001 -------------------------------------------------------------

CREATE OR REPLACE FUNCTION _unit_column() RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN _column('unit_name_th', 'text', unistr('หน่วยงาน'), 'Unit');

-- The unit stands first where there are several.
CREATE OR REPLACE FUNCTION _by_unit(units text[], VARIADIC columns jsonb[]) RETURNS jsonb[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN cardinality(units) > 1 THEN _unit_column() || columns ELSE columns END;

-- Pictures of what the document says, whatever else holds by now.
CREATE OR REPLACE FUNCTION _kasm_section(mix kam.portfolio) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _picture_section(unistr('ลูกค้ารายสำคัญตาม KASM'), 'Key accounts in the selection matrix',
		kam.kasm_picture(mix));
END $$;

-- {"Star": 5} as {Star:5}.
CREATE OR REPLACE FUNCTION _mix(accounts jsonb) RETURNS kam.portfolio
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (
		SELECT coalesce('{' || string_agg(a.key || ':' || a.value, ',') || '}', '{}')
		FROM jsonb_each_text(accounts) a WHERE a.value <> '0')::kam.portfolio;
END $$;

-- Of the key account managers who have a limit.
CREATE OR REPLACE FUNCTION _loads_section(kamrs jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (
		SELECT _picture_section(unistr('ภาระงานของพนักงานบริหารลูกค้ารายสำคัญ'), 'Portfolios of the key account managers',
			kam.load_picture(array_agg(coalesce(k.value ->> 'name_th', k.value ->> 'staff_id') ORDER BY k.ordinality),
				array_agg((k.value ->> 'portfolio')::kam.portfolio ORDER BY k.ordinality),
				rule_set => max(k.value ->> 'rule_set')))
		FROM jsonb_array_elements(kamrs) WITH ORDINALITY k
		WHERE k.value ->> 'level' <> 'area'
		HAVING count(*) > 0);
END $$;

-- rows: of crm_kam_001.
CREATE OR REPLACE FUNCTION _accounts_section(units text[], rows jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN _table_section(unistr('รายชื่อลูกค้ารายสำคัญ'), 'Key accounts', _by_unit(units,
	_column('account_id', 'text', unistr('รหัสลูกค้า'), 'Account'),
	_column('name_th', 'text', unistr('ชื่อลูกค้า'), 'Name'),
	_column('value_class', 'text', unistr('มูลค่า'), 'Value'),
	_column('criteria_th', 'text', unistr('คุณลักษณะ'), 'Criteria met'),
	_column('tier', 'tier', unistr('ระดับ'), 'Tier'),
	_column('tier_before', 'tier', unistr('ระดับปีก่อน'), 'Tier last year'),
	_column('basis_th', 'text', unistr('ที่มา'), 'Basis'),
	_column('status_th', 'text', unistr('ผลการพิจารณา'), 'Decision'),
	_column('reason', 'text', unistr('เหตุผล'), 'Reason'),
	_column('kamr_name_th', 'text', unistr('ผู้ดูแล'), 'Key account manager'),
	_column('kamr_position', 'text', unistr('ตำแหน่ง'), 'Position'),
	_column('area_kamr_name_th', 'text', unistr('ผู้ดูแลร่วม (เขต)'), 'Area key account manager')), rows);

CREATE OR REPLACE FUNCTION _left_out_section(units text[], rows jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN _table_section(unistr('ลูกค้าที่เข้าเกณฑ์แต่ไม่คัดเลือก'), 'Eligible and left out', _by_unit(units,
	_column('account_id', 'text', unistr('รหัสลูกค้า'), 'Account'),
	_column('name_th', 'text', unistr('ชื่อลูกค้า'), 'Name'),
	_column('value_class', 'text', unistr('มูลค่า'), 'Value'),
	_column('criteria_th', 'text', unistr('คุณลักษณะ'), 'Criteria met'),
	_column('tier', 'tier', unistr('ระดับ'), 'Tier'),
	_column('reason', 'text', unistr('เหตุผล'), 'Reason')), rows);

-- rows: of crm_kam_001_kamr.
CREATE OR REPLACE FUNCTION _kamrs_section(units text[], rows jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN _table_section(unistr('รายชื่อพนักงานบริหารลูกค้ารายสำคัญ'), 'Key account managers', _by_unit(units,
	_column('name_th', 'text', unistr('ชื่อ'), 'Name'),
	_column('position', 'text', unistr('ตำแหน่ง'), 'Position'),
	_column('level_th', 'text', unistr('ประเภท'), 'Level'),
	_column('appointed_from', 'date', unistr('ตั้งแต่วันที่'), 'From'),
	_column('qualified', 'boolean', unistr('ครบคุณสมบัติ'), 'Qualified'),
	_column('qualification_th', 'text', unistr('คุณสมบัติ'), 'Qualification'),
	_column('waiver_th', 'text', unistr('ยกเว้นคุณสมบัติ'), 'Waived'),
	_column('portfolio', 'portfolio', unistr('จำนวนลูกค้า'), 'Portfolio'),
	_column('weight', 'number', unistr('ผลรวมถ่วงน้ำหนัก'), 'Weight'),
	_column('total_weight', 'number', unistr('รวมทุกหน่วยงาน'), 'Weight in all units'),
	_column('load_th', 'text', unistr('ภาระงานตามเกณฑ์'), 'Within the limits')), rows);

-- The rows of crm_kam_001_kamr with their words.
CREATE OR REPLACE FUNCTION _kamrs_in_words(units text[], plan_year int) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	levels jsonb := _words('level');
	loads jsonb := _words('load');
BEGIN
	RETURN (
		SELECT jsonb_agg(to_jsonb(k) || jsonb_build_object('level_th', levels ->> k.level, 'load_th', loads ->> k.load,
			'waiver_th', CASE WHEN k.waived_points IS NOT NULL THEN
				format(unistr('ข้อ %s โดย %s: %s'), array_to_string(k.waived_points, ', '),
					coalesce(k.waived_by_name_th, k.waived_by), k.waiver_reason) END))
		FROM _crm_kam_001_kamr(units, _kamrs_in_words.plan_year) k);
END $$;

CREATE OR REPLACE FUNCTION _crm_kam_001_sections(request form_request, content jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	statuses jsonb := _words('status');
	bases jsonb := _words('basis');
	kamrs jsonb := CASE WHEN NOT request.figures_only THEN _kamrs_in_words(request.units, request.plan_year) END;
	account record;
	counted jsonb;
BEGIN
	-- The functions give their rows in order, and an aggregate over nothing else keeps it.
	SELECT jsonb_agg(r.row_now) FILTER (WHERE r.status <> 'left_out') AS chosen,
		jsonb_agg(r.row_now) FILTER (WHERE r.status = 'left_out') AS left_out,
		count(*) FILTER (WHERE r.status = 'selected') AS selected,
		count(*) FILTER (WHERE r.status = 'selected' AND r.basis = 'special') AS special,
		count(*) FILTER (WHERE r.status = 'eligible') AS undecided,
		count(*) FILTER (WHERE r.status = 'left_out') AS not_selected,
		kam.portfolio(r.tier) FILTER (WHERE r.status = 'selected') AS mix
	INTO account
	FROM (
		SELECT x.status, x.tier, x.basis, to_jsonb(x) || jsonb_build_object('status_th', statuses ->> x.status,
			'basis_th', bases ->> x.basis) AS row_now
		FROM _crm_kam_001(request.units, request.plan_year) x) r;
	counted := (
		SELECT jsonb_object_agg(l.label, kam.count(coalesce(account.mix, '{}'), l.label::kam.tier))
		FROM kam.label l WHERE l.type = 'tier');
	RETURN _sections(
		_figures_section(unistr('จำนวนลูกค้ารายสำคัญ'), 'Number of key accounts',
			_figure('selected', 'integer', unistr('ลูกค้ารายสำคัญที่คัดเลือก'), 'Key accounts selected',
				to_jsonb(account.selected)),
			_figure('strategic', 'integer', 'Strategic', 'Strategic', counted -> 'Strategic'),
			_figure('star', 'integer', 'Star', 'Star', counted -> 'Star'),
			_figure('status', 'integer', 'Status', 'Status', counted -> 'Status'),
			_figure('streamline', 'integer', 'Streamline', 'Streamline', counted -> 'Streamline'),
			_figure('special', 'integer', unistr('คัดเลือกเป็นกรณีพิเศษ'), 'Selected as special cases',
				to_jsonb(account.special)),
			_figure('undecided', 'integer', unistr('ยังไม่พิจารณา'), 'Not decided yet', to_jsonb(account.undecided)),
			_figure('left_out', 'integer', unistr('เข้าเกณฑ์แต่ไม่คัดเลือก'), 'Eligible and left out',
				to_jsonb(account.not_selected))),
		CASE WHEN NOT request.figures_only THEN _accounts_section(request.units, account.chosen) END,
		CASE WHEN NOT request.figures_only THEN _left_out_section(request.units, account.left_out) END,
		CASE WHEN NOT request.figures_only THEN _kamrs_section(request.units, kamrs) END,
		_kasm_section(coalesce(account.mix, '{}')),
		_loads_section(kamrs));
END $$;

-- ---- CRM-KAM-002 -------------------------------------------------------------

CREATE OR REPLACE FUNCTION _crm_kam_002_sections(request form_request, content jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	kpis jsonb := _measure_names();
	sums record;
BEGIN
	SELECT jsonb_agg(to_jsonb(r)) FILTER (WHERE r.what = 'budget') AS budgets,
		jsonb_agg(to_jsonb(r) || jsonb_build_object('item_th', coalesce(kpis ->> r.item, r.item)))
			FILTER (WHERE r.what = 'target') AS targets,
		jsonb_agg(to_jsonb(r)) FILTER (WHERE r.what = 'benefit') AS benefits,
		jsonb_agg(to_jsonb(r)) FILTER (WHERE r.what = 'activity') AS activities,
		sum(r.amount_thb) FILTER (WHERE r.what = 'budget') AS budget,
		sum(r.amount_thb) FILTER (WHERE r.what = 'benefit') AS benefit,
		count(*) FILTER (WHERE r.what = 'activity') AS activity
	INTO sums
	FROM _crm_kam_002(request.units, request.plan_year) r;
	RETURN _sections(
		_figures_section(unistr('ภาพรวมของแผน'), 'The plan as a whole',
			_figure('budget_thb', 'amount', unistr('ค่าสนับสนุนการปฏิบัติงานของพนักงาน'), 'Budget for supporting the managers',
				to_jsonb(sums.budget)),
			_figure('benefit_thb', 'amount', unistr('มูลค่าสิทธิประโยชน์'), 'Value of the benefits', to_jsonb(sums.benefit)),
			_figure('activities', 'integer', unistr('กิจกรรมในแผน'), 'Activities', to_jsonb(sums.activity))),
		CASE WHEN cardinality(request.units) > 1 THEN _table_section(unistr('ค่าสนับสนุนรายหน่วยงาน'), 'Budgets by unit', ARRAY[
			_unit_column(),
			_column('plan_status', 'text', unistr('สถานะแผน'), 'Plan'),
			_column('amount_thb', 'amount', unistr('จำนวนเงิน (บาท)'), 'Baht')], sums.budgets,
			jsonb_build_object('amount_thb', sums.budget)) END,
		_table_section(unistr('เป้าหมาย'), 'Targets', _by_unit(request.units,
			_column('item_th', 'text', unistr('ตัวชี้วัด'), 'Measure'),
			_column('target', 'number', unistr('เป้าหมาย'), 'Target'),
			_column('scale', 'number', unistr('คะแนนเต็ม'), 'Scale')), sums.targets),
		CASE WHEN NOT request.figures_only THEN _table_section(unistr('สิทธิประโยชน์ของลูกค้ารายสำคัญ'), 'Benefits',
			_by_unit(request.units,
			_column('account_id', 'text', unistr('รหัสลูกค้า'), 'Account'),
			_column('name_th', 'text', unistr('ชื่อลูกค้า'), 'Name'),
			_column('tier', 'tier', unistr('ระดับ'), 'Tier'),
			_column('item', 'text', unistr('สิทธิประโยชน์'), 'Benefit'),
			_column('amount_thb', 'amount', unistr('มูลค่า (บาท)'), 'Baht')), sums.benefits,
			jsonb_build_object('amount_thb', sums.benefit)) END,
		CASE WHEN NOT request.figures_only THEN _table_section(unistr('แผนการดำเนินงาน'), 'Activities', _by_unit(
			request.units,
			_column('account_id', 'text', unistr('รหัสลูกค้า'), 'Account'),
			_column('name_th', 'text', unistr('ชื่อลูกค้า'), 'Name'),
			_column('tier', 'tier', unistr('ระดับ'), 'Tier'),
			_column('kamr_name_th', 'text', unistr('ผู้ดูแล'), 'Key account manager'),
			_column('item', 'text', unistr('กิจกรรม'), 'Activity'),
			_column('due_on', 'date', unistr('กำหนดเสร็จ'), 'Due'),
			_column('done_at', 'time', unistr('ดำเนินการเมื่อ'), 'Done')), sums.activities) END);
END $$;

-- ---- CRM-KAM-003 -------------------------------------------------------------

CREATE OR REPLACE FUNCTION _crm_kam_003_sections(request form_request, content jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	events jsonb := _words('event');
	causes jsonb := _words('cause');
	c record;
	clocks jsonb;
	what_happened jsonb;
BEGIN
	SELECT s.*, a.name_th, v.name_th AS kind_th, h.name_th AS channel_th, t.name_th AS opened_by_th INTO c
	FROM service_case s
		JOIN account a ON a.account_id = s.account_id
		JOIN voice_kind v ON v.kind = s.kind
		JOIN channel h ON h.channel = s.channel
		LEFT JOIN staff t ON t.staff_id = s.opened_by
	WHERE s.case_id = request.case_id;
	clocks := (
		SELECT jsonb_agg(jsonb_build_object('clock_id', k.clock_id, 'reason', k.reason, 'received_at', k.received_at,
			'due_on', k.due_on, 'answered_at', k.answered_at, 'answered_by', k.answered_by, 'answered_by_th', t.name_th,
			'on_time', kam.on_time(k.due_on, k.answered_at), 'answer', k.answer) ORDER BY k.clock_id)
		FROM case_clock k LEFT JOIN staff t ON t.staff_id = k.answered_by
		WHERE k.case_id = request.case_id);
	what_happened := (
		SELECT jsonb_agg(to_jsonb(e) || jsonb_build_object('event_th', events ->> e.event,
			'what_th', concat_ws(': ', coalesce(causes ->> e.cause, v.name_th), e.what)) ORDER BY e.ordinal)
		FROM crm_kam_003(request.case_id) e LEFT JOIN voice_kind v ON v.kind = e.cause);
	RETURN _sections(
		_figures_section(unistr('เรื่องที่รายงาน'), 'The case',
			_figure('case_id', 'integer', unistr('เลขที่'), 'Case', to_jsonb(c.case_id)),
			_figure('account_id', 'text', unistr('รหัสลูกค้า'), 'Account', to_jsonb(c.account_id)),
			_figure('name_th', 'text', unistr('ชื่อลูกค้า'), 'Name', to_jsonb(c.name_th)),
			_figure('kind_th', 'text', unistr('ประเภทของเรื่อง'), 'Kind', to_jsonb(c.kind_th)),
			_figure('urgent', 'boolean', unistr('เร่งด่วน'), 'Urgent', to_jsonb(c.urgent)),
			_figure('channel_th', 'text', unistr('ช่องทาง'), 'Channel', to_jsonb(c.channel_th)),
			_figure('received_at', 'time', unistr('รับเรื่องเมื่อ'), 'Received', to_jsonb(c.received_at)),
			_figure('opened_by_th', 'text', unistr('ผู้รับเรื่อง'), 'Taken by', to_jsonb(c.opened_by_th)),
			_figure('subject', 'text', unistr('เรื่อง'), 'Subject', to_jsonb(c.subject)),
			_figure('closed_at', 'time', unistr('ปิดเรื่องเมื่อ'), 'Closed', to_jsonb(c.closed_at))),
		CASE WHEN c.detail IS NOT NULL THEN _text_section(unistr('รายละเอียด'), 'Detail', c.detail) END,
		CASE WHEN clocks IS NOT NULL THEN _table_section(unistr('การตอบชี้แจงลูกค้า (5 วันทำการ)'), 'Answers', ARRAY[
			_column('received_at', 'time', unistr('รับเรื่องเมื่อ'), 'Received'),
			_column('due_on', 'date', unistr('ตอบภายใน'), 'Due'),
			_column('answered_at', 'time', unistr('ตอบเมื่อ'), 'Answered'),
			_column('on_time', 'boolean', unistr('ทันกำหนด'), 'On time'),
			_column('answered_by_th', 'text', unistr('ผู้ตอบ'), 'By'),
			_column('answer', 'text', unistr('คำตอบ'), 'Answer')], clocks) END,
		_table_section(unistr('ลำดับการดำเนินการและการติดตามผล'), 'What happened', ARRAY[
			_column('happened_at', 'time', unistr('เมื่อ'), 'When'),
			_column('event_th', 'text', unistr('การดำเนินการ'), 'What'),
			_column('name_th', 'text', unistr('โดย'), 'By'),
			_column('post_th', 'text', unistr('ผู้มีอำนาจตัดสินใจ'), 'Decision maker'),
			_column('what_th', 'text', unistr('รายละเอียด'), 'Detail'),
			_column('due_on', 'date', unistr('กำหนด'), 'Due')], what_happened),
		CASE WHEN c.outcome IS NOT NULL THEN _text_section(unistr('ผลการดำเนินการ'), 'Outcome', c.outcome) END);
END $$;

-- ---- CRM-KAM-004 -------------------------------------------------------------

-- A figure of the content of a report, as it stands there.
CREATE OR REPLACE FUNCTION _result_figure(figures jsonb, name text, type text, label_th text, label_en text)
RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN _figure(name, type, label_th, label_en, figures -> name);

-- The figures of the whole, of the process first.
CREATE OR REPLACE FUNCTION _result_sections(results jsonb) RETURNS jsonb[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	accounts jsonb := results -> 'accounts';
	portfolio jsonb := results -> 'portfolio';
	survey_kind jsonb := _words('survey_kind');
	kpi jsonb := _measure_names();
	surveys jsonb;
BEGIN
	surveys := (
		SELECT jsonb_agg(s.value || jsonb_build_object('kind_th', survey_kind ->> (s.value ->> 'kind'),
			'measure_th', kpi ->> (s.value ->> 'measure')) ORDER BY s.ordinality)
		FROM jsonb_array_elements(results -> 'surveys') WITH ORDINALITY s);
	RETURN ARRAY[
		_figures_section(unistr('ผลการดำเนินงานตามแผน'), 'Success against the plan',
			_result_figure(results, 'plan_success', 'rate', unistr('ความสำเร็จตามแผนสะสม'),
				'Done of due since the year began'),
			_result_figure(results, 'plan_success_in_period', 'rate', unistr('ความสำเร็จในงวด'), 'Done of due in the period'),
			_result_figure(results, 'done_on_time', 'rate', unistr('ดำเนินการตามกำหนดเวลา'), 'Done on time'),
			_result_figure(results, 'contacts', 'integer', unistr('การติดต่อลูกค้า'), 'Contacts'),
			_result_figure(results, 'contacts_recorded_in_time', 'rate', unistr('บันทึกภายใน 7 วัน'), 'Recorded within 7 days')),
		_figures_section(unistr('เรื่องของลูกค้า'), 'Cases',
			_result_figure(results, 'cases_received', 'integer', unistr('รับเรื่องในงวด'), 'Received'),
			_result_figure(results, 'cases_urgent', 'integer', unistr('เรื่องเร่งด่วน'), 'Urgent'),
			_result_figure(results, 'cases_closed', 'integer', unistr('ปิดเรื่องในงวด'), 'Closed'),
			_result_figure(results, 'cases_open', 'integer', unistr('ค้างเมื่อสิ้นงวด'), 'Open at the end'),
			_result_figure(results, 'answered_in_time', 'rate', unistr('ตอบชี้แจงภายใน 5 วันทำการ'),
				'Answered within 5 working days')),
		_figures_section(unistr('ลูกค้ารายสำคัญและภาระงาน'), 'Key accounts and portfolios',
			_result_figure(results, 'plans_approved', 'rate', unistr('แผนที่อนุมัติแล้ว'), 'Plans approved'),
			_figure('strategic', 'integer', 'Strategic', 'Strategic', coalesce(accounts -> 'Strategic', '0')),
			_figure('star', 'integer', 'Star', 'Star', coalesce(accounts -> 'Star', '0')),
			_figure('status', 'integer', 'Status', 'Status', coalesce(accounts -> 'Status', '0')),
			_figure('streamline', 'integer', 'Streamline', 'Streamline', coalesce(accounts -> 'Streamline', '0')),
			_figure('kamrs', 'integer', unistr('พนักงานบริหารลูกค้ารายสำคัญ'), 'Key account managers', portfolio -> 'kamrs'),
			_figure('weight', 'number', unistr('ผลรวมถ่วงน้ำหนัก'), 'Weight', portfolio -> 'weight'),
			_figure('below_minimum', 'integer', unistr('ต่ำกว่าเกณฑ์ขั้นต่ำ'), 'Below the minimum', portfolio -> 'below_minimum')),
		CASE WHEN surveys IS NOT NULL THEN _table_section(unistr('ผลการสำรวจ'), 'Surveys', ARRAY[
			_column('title', 'text', unistr('การสำรวจ'), 'Survey'),
			_column('kind_th', 'text', unistr('ผู้สำรวจ'), 'By'),
			_column('measure_th', 'text', unistr('เรื่อง'), 'Of'),
			_column('responses', 'integer', unistr('ผู้ตอบ'), 'Responses'),
			_column('mean', 'number', unistr('ค่าเฉลี่ย'), 'Mean'),
			_column('scale', 'number', unistr('คะแนนเต็ม'), 'Scale')], surveys) END];
END $$;

-- The units below, one beside the other.
CREATE OR REPLACE FUNCTION _parts_section(request form_request, content jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	rows jsonb;
	totals jsonb;
BEGIN
	IF coalesce(content -> 'units', '{}') = '{}' THEN
		RETURN NULL;
	END IF;
	SELECT jsonb_agg(r.row_now) FILTER (WHERE r.scope <> 'all'),
		(jsonb_agg(r.row_now) FILTER (WHERE r.scope = 'all')) -> 0
	INTO rows, totals
	FROM (
		SELECT x.scope, to_jsonb(x) || jsonb_build_object('plans_approved', _rate(x.plans_approved),
			'plan_success', _rate(x.plan_success), 'plan_success_in_period', _rate(x.plan_success_in_period),
			'done_on_time', _rate(x.done_on_time), 'contacts_recorded_in_time', _rate(x.contacts_recorded_in_time),
			'answered_in_time', _rate(x.answered_in_time)) AS row_now
		FROM _result_rows(request.unit_code, request.plan_year, request.days, content) x) r;
	RETURN _table_section(unistr('ผลการดำเนินงานรายหน่วยงาน'), 'Results by unit', ARRAY[
		_unit_column(),
		_column('accounts', 'integer', unistr('ลูกค้ารายสำคัญ'), 'Key accounts'),
		_column('kamrs', 'integer', 'KAMR', 'KAMRs'),
		_column('plan_success', 'rate', unistr('ความสำเร็จตามแผน'), 'Success against the plan'),
		_column('done_on_time', 'rate', unistr('ตามกำหนดเวลา'), 'On time'),
		_column('contacts', 'integer', unistr('การติดต่อ'), 'Contacts'),
		_column('contacts_recorded_in_time', 'rate', unistr('บันทึกภายใน 7 วัน'), 'Recorded in time'),
		_column('cases_received', 'integer', unistr('รับเรื่อง'), 'Cases'),
		_column('cases_open', 'integer', unistr('เรื่องค้าง'), 'Open'),
		_column('answered_in_time', 'rate', unistr('ตอบภายใน 5 วันทำการ'), 'Answered in time'),
		_column('voices', 'integer', unistr('เสียงของลูกค้า'), 'Voices')], rows, totals);
END $$;

-- What each key account manager carries in force.
CREATE OR REPLACE FUNCTION _portfolios_section(request form_request) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (
		SELECT _table_section(unistr('ภาระงานของพนักงานบริหารลูกค้ารายสำคัญ'), 'Portfolios of the key account managers', ARRAY[
			_unit_column(),
			_column('name_th', 'text', unistr('ชื่อ'), 'Name'),
			_column('portfolio', 'portfolio', unistr('จำนวนลูกค้า'), 'Portfolio'),
			_column('weight', 'number', unistr('ผลรวมถ่วงน้ำหนัก'), 'Weight'),
			_column('minimum', 'number', unistr('เกณฑ์ขั้นต่ำ'), 'Minimum')],
			jsonb_agg(to_jsonb(k) || jsonb_build_object('unit_name_th', u.name_th, 'name_th', s.name_th)
				ORDER BY k.unit_code COLLATE "C", s.name_th COLLATE "th-x-icu", k.staff_id COLLATE "C"))
		FROM _carried_portfolios(request.plan_year, request.units) k
			JOIN unit u ON u.unit_code = k.unit_code
			JOIN staff s ON s.staff_id = k.staff_id);
END $$;

-- The cases that were open at the end of the days.
CREATE OR REPLACE FUNCTION _open_cases_section(request form_request) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
DECLARE
	to_at timestamptz := _midnight(upper(request.days));
BEGIN
	RETURN (
		SELECT _table_section(unistr('เรื่องของลูกค้าที่ยังไม่ปิด'), 'Open cases', ARRAY[
			_unit_column(),
			_column('case_id', 'integer', unistr('เลขที่'), 'Case'),
			_column('name_th', 'text', unistr('ลูกค้า'), 'Account'),
			_column('kind_th', 'text', unistr('ประเภท'), 'Kind'),
			_column('urgent', 'boolean', unistr('เร่งด่วน'), 'Urgent'),
			_column('subject', 'text', unistr('เรื่อง'), 'Subject'),
			_column('received_at', 'time', unistr('รับเรื่องเมื่อ'), 'Received'),
			_column('due_on', 'date', unistr('ตอบภายใน'), 'Answer due'),
			_column('answered_at', 'time', unistr('ตอบเมื่อ'), 'Answered')],
			jsonb_agg(jsonb_build_object('unit_code', c.unit_code, 'unit_name_th', u.name_th, 'case_id', c.case_id,
				'account_id', c.account_id, 'name_th', a.name_th, 'kind', c.kind, 'kind_th', v.name_th, 'urgent', c.urgent,
				'subject', c.subject, 'received_at', c.received_at, 'due_on', k.due_on, 'answered_at', k.answered_at)
				ORDER BY c.urgent DESC, c.received_at, c.case_id))
		FROM service_case c
			JOIN unit u ON u.unit_code = c.unit_code
			JOIN account a ON a.account_id = c.account_id
			JOIN voice_kind v ON v.kind = c.kind
			LEFT JOIN (
				SELECT DISTINCT ON (l.case_id) l.case_id, l.due_on, l.answered_at
				FROM case_clock l
				WHERE l.unit_code = ANY (request.units) AND l.received_at < to_at
				ORDER BY l.case_id, l.clock_id DESC) k ON k.case_id = c.case_id
		WHERE c.unit_code = ANY (request.units) AND c.received_at < to_at AND (c.closed_at IS NULL OR c.closed_at >= to_at)
		HAVING count(*) > 0);
END $$;

CREATE OR REPLACE FUNCTION _voice_section(voice jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (
		SELECT _table_section(unistr('เสียงของลูกค้า'), 'Voice of the customer', ARRAY[
			_column('name_th', 'text', unistr('ประเภท'), 'Kind'),
			_column('items', 'integer', unistr('จำนวน'), 'Number')],
			jsonb_agg(jsonb_build_object('kind', k.kind, 'name_th', k.name_th, 'name_en', k.name_en,
				'items', coalesce(voice -> k.kind, '0')) ORDER BY k.section COLLATE "C", k.kind COLLATE "C"),
			jsonb_build_object('items', sum(coalesce((voice ->> k.kind)::bigint, 0))))
		FROM voice_kind k);
END $$;

CREATE OR REPLACE FUNCTION _crm_kam_004_sections(request form_request, content jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	-- A month's report holds its results, and no units below.
	figures jsonb := coalesce(content, _report_content_quarterly(request.unit_code, request.plan_year, request.days));
BEGIN
	RETURN to_jsonb(array_remove(_result_sections(figures -> 'results') || ARRAY[
		_parts_section(request, figures),
		_voice_section(figures #> '{results,voice}'),
		CASE WHEN NOT request.figures_only THEN _portfolios_section(request) END,
		CASE WHEN NOT request.figures_only THEN _open_cases_section(request) END,
		_picture_section(unistr('ร้อยละความสำเร็จตามแผน'), 'Success against the plan',
			kpi_picture('plan_success', request.unit_code, request.plan_year)),
		_picture_section(unistr('กำหนดเวลาของหน่วยงาน'), 'Deadlines of the unit',
			deadline_picture(request.unit_code, request.plan_year))], NULL));
END $$;

-- ---- CRM-KAM-005 -------------------------------------------------------------

CREATE OR REPLACE FUNCTION _crm_kam_005_sections(request form_request, content jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN _sections((
		SELECT _table_section(unistr('ลูกค้ารายสำคัญ ผู้ประสานงาน และพนักงานบริหารลูกค้ารายสำคัญ'),
			'Key accounts, contact persons, key account managers', _by_unit(request.units,
			_column('account_id', 'text', unistr('รหัสลูกค้า'), 'Account'),
			_column('name_th', 'text', unistr('ชื่อลูกค้า'), 'Name'),
			_column('tier', 'tier', unistr('ระดับ'), 'Tier'),
			_column('contact_person', 'text', unistr('ผู้ติดต่อ'), 'Contact person'),
			_column('is_coordinator', 'boolean', unistr('ผู้ประสานงาน'), 'Coordinator'),
			_column('duty', 'text', unistr('หน้าที่'), 'Duty'),
			_column('phone', 'text', unistr('โทรศัพท์'), 'Telephone'),
			_column('email', 'text', unistr('อีเมล'), 'E-mail'),
			_column('kamr_name_th', 'text', unistr('ผู้ดูแล'), 'Key account manager'),
			_column('kamr_position', 'text', unistr('ตำแหน่ง'), 'Position'),
			_column('kamr_channels', 'text', unistr('ช่องทางติดต่อผู้ดูแล'), 'Channels of the manager'),
			_column('area_kamr_name_th', 'text', unistr('ผู้ดูแลร่วม (เขต)'), 'Area key account manager')),
			jsonb_agg(to_jsonb(r)))
		FROM _crm_kam_005(request.units, request.plan_year) r));
END $$;

-- ---- VOC-60-001 --------------------------------------------------------------

-- Topics and terms are people's own words: to readers who may not read the accounts, only those of three accounts or
-- more.
CREATE OR REPLACE FUNCTION _voc_60_001_sections(request form_request, content jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	split jsonb[] := ARRAY[
		_column('voices', 'integer', unistr('จำนวน'), 'Voices'),
		_column('voices_before', 'integer', unistr('งวดก่อน'), 'Period before'),
		_column('accounts', 'integer', unistr('ลูกค้า'), 'Accounts'),
		_column('stated', 'integer', unistr('แจ้งไว้'), 'Stated'),
		_column('unstated', 'integer', unistr('ไม่ได้แจ้งไว้'), 'Unstated'),
		_column('anticipated', 'integer', unistr('คาดการณ์'), 'Anticipated')];
	tiers jsonb[] := ARRAY[
		_column('strategic', 'integer', 'Strategic', 'Strategic'),
		_column('star', 'integer', 'Star', 'Star'),
		_column('status', 'integer', 'Status', 'Status'),
		_column('streamline', 'integer', 'Streamline', 'Streamline'),
		_column('no_tier', 'integer', unistr('ลูกค้าอื่น'), 'Others')];
	the_term jsonb := _column('title', 'text', unistr('คำ'), 'Term');
	the_kind jsonb := _column('kind_th', 'text', unistr('ประเภท'), 'Kind');
	voice record;
BEGIN
	SELECT (jsonb_agg(r.row_now) FILTER (WHERE r.level = 'all')) -> 0 AS whole,
		jsonb_agg(r.row_now ORDER BY r.n) FILTER (WHERE r.level = 'kind') AS kinds,
		jsonb_agg(r.row_now ORDER BY r.n) FILTER (WHERE r.level = 'topic') AS topics,
		jsonb_agg(r.row_now ORDER BY r.n) FILTER (WHERE r.level = 'term') AS terms,
		jsonb_agg(r.row_now ORDER BY r.n) FILTER (WHERE r.level = 'new_term') AS new_terms
	INTO voice
	FROM (
		SELECT v.ordinality AS n, v.level, to_jsonb(v) - 'ordinality'
			|| jsonb_build_object('recorded_in_time', _rate(v.recorded_in_time)) AS row_now
		FROM _voc_60_001(request.units, request.days, 20) WITH ORDINALITY v
		WHERE v.level IN ('all', 'kind') OR NOT request.figures_only OR v.accounts >= 3) r;
	RETURN _sections(
		_figures_section(unistr('เสียงของลูกค้าในงวด'), 'The voice of the customer',
			_result_figure(voice.whole, 'voices', 'integer', unistr('เสียงของลูกค้า'), 'Voices'),
			_result_figure(voice.whole, 'voices_before', 'integer', unistr('งวดก่อน'), 'Period before'),
			_result_figure(voice.whole, 'accounts', 'integer', unistr('ลูกค้าที่ให้เสียง'), 'Accounts that were heard'),
			_result_figure(voice.whole, 'with_case', 'integer', unistr('เป็นเรื่องที่ต้องดำเนินการ'), 'With a case'),
			_result_figure(voice.whole, 'recorded_in_time', 'rate', unistr('บันทึกภายใน 7 วัน'), 'Recorded within 7 days')),
		_table_section(unistr('ความจำเป็น ความต้องการ ความคาดหวัง และประเภทอื่น'),
			'Need, requirement, expectation and other kinds', the_kind || split || tiers, voice.kinds, voice.whole),
		CASE WHEN voice.topics IS NOT NULL THEN _table_section(unistr('หัวข้อ'), 'Topics',
			ARRAY[the_kind, _column('title', 'text', unistr('หัวข้อ'), 'Topic')] || split || tiers, voice.topics) END,
		CASE WHEN voice.terms IS NOT NULL THEN _table_section(unistr('คำที่พบบ่อย'), 'Frequent terms',
			the_term || split, voice.terms) END,
		CASE WHEN voice.new_terms IS NOT NULL THEN _table_section(unistr('คำใหม่'), 'New terms',
			the_term || split, voice.new_terms) END);
END $$;

-- ---- survey, effectiveness, review of the process ----------------------------

CREATE OR REPLACE FUNCTION _survey_sections(request form_request, content jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	kinds jsonb := _words('survey_kind');
	kpis jsonb := _measure_names();
	columns jsonb[] := ARRAY[
		_column('title', 'text', unistr('การสำรวจ'), 'Survey'),
		_column('measure_th', 'text', unistr('เรื่อง'), 'Of'),
		_column('responses', 'integer', unistr('ผู้ตอบ'), 'Responses'),
		_column('answered', 'rate', unistr('ลูกค้ารายสำคัญที่ตอบ'), 'Key accounts that answered'),
		_column('satisfaction', 'satisfaction', unistr('ค่าเฉลี่ย'), 'Mean'),
		_column('deviation', 'number', unistr('ส่วนเบี่ยงเบนมาตรฐาน'), 'Standard deviation'),
		_column('scale', 'number', unistr('คะแนนเต็ม'), 'Scale'),
		_column('top_two', 'rate', unistr('สองระดับบนสุด'), 'Top two boxes')];
	sums record;
BEGIN
	SELECT jsonb_agg(r.row_now ORDER BY r.n) FILTER (WHERE r.scope = 'all') AS whole,
		jsonb_agg(r.row_now ORDER BY r.n) FILTER (WHERE r.scope IN ('own', 'part')) AS parts,
		jsonb_agg(r.row_now ORDER BY r.n) FILTER (WHERE r.scope = 'tier') AS tiers,
		count(*) FILTER (WHERE r.scope = 'part') AS units
	INTO sums
	FROM (
		SELECT x.ordinality AS n, x.scope, to_jsonb(x) - 'ordinality' || jsonb_build_object('kind_th', kinds ->> x.kind,
			'measure_th', kpis ->> x.measure, 'top_two', _rate(x.top_two), 'answered', _rate(x.answered),
			'satisfaction', jsonb_build_object('satisfaction', x.satisfaction::text, 'mean', x.mean,
				'scale', x.scale, 'responses', x.responses)) AS row_now
		FROM _survey_report(request.unit_code, request.units, request.plan_year) WITH ORDINALITY x) r;
	RETURN _sections(
		_table_section(unistr('ผลการสำรวจโดยรวม'), 'All together',
			ARRAY[columns[1], _column('kind_th', 'text', unistr('ผู้สำรวจ'), 'By')] || columns[2:], sums.whole),
		CASE WHEN sums.units > 0 THEN _table_section(unistr('ผลการสำรวจรายหน่วยงาน'), 'By unit',
			_unit_column() || columns, sums.parts) END,
		CASE WHEN sums.tiers IS NOT NULL THEN _table_section(unistr('ผลการสำรวจตามระดับลูกค้า'), 'By tier',
			_column('tier', 'tier', unistr('ระดับ'), 'Tier') || columns, sums.tiers) END,
		_picture_section(unistr('ความพึงพอใจโดยรวม'), 'Overall satisfaction',
			kpi_picture('satisfaction', request.unit_code, request.plan_year)));
END $$;

-- What directors found about units, the last of each who evaluated.
CREATE OR REPLACE FUNCTION _evaluations_section(request form_request) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (
		SELECT _table_section(unistr('ผลการประเมิน ปัญหา และข้อเสนอแนะ'), 'Evaluations, problems, suggestions', ARRAY[
			_unit_column(),
			_column('post_th', 'text', unistr('ผู้ประเมิน'), 'Evaluated by'),
			_column('score', 'number', unistr('คะแนน'), 'Score'),
			_column('finding', 'text', unistr('ผลการประเมิน'), 'Finding'),
			_column('problems', 'text', unistr('ประเด็นปัญหา'), 'Problems'),
			_column('suggestions', 'text', unistr('ข้อเสนอแนะ'), 'Suggestions')],
			jsonb_agg(jsonb_build_object('unit_code', e.unit_code, 'unit_name_th', u.name_th, 'post', e.post,
				'post_th', p.title_th, 'score', e.score, 'finding', e.finding, 'problems', e.problems,
				'suggestions', e.suggestions) ORDER BY u.name_th COLLATE "th-x-icu", e.unit_code COLLATE "C",
				e.post COLLATE "C", e.evaluated_by COLLATE "C"))
		FROM (
			SELECT DISTINCT ON (x.unit_code, x.evaluated_by) x.*
			FROM unit_evaluation x
			WHERE x.plan_year = request.plan_year AND x.period = 'year' AND x.unit_code = ANY (request.units)
			ORDER BY x.unit_code, x.evaluated_by, x.edition DESC) e
			JOIN unit u ON u.unit_code = e.unit_code
			JOIN post p ON p.post = e.post
		HAVING count(*) > 0);
END $$;

CREATE OR REPLACE FUNCTION _effectiveness_sections(request form_request, content jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	figures jsonb := coalesce(content,
		_report_content_effectiveness(request.unit_code, request.plan_year, request.days));
	own form_request := request;
	achieved jsonb;
BEGIN
	own.units := ARRAY[request.unit_code];
	achieved := (
		SELECT jsonb_agg(to_jsonb(r) - 'ordinality' || jsonb_build_object('rate',
			CASE WHEN r.rate IS NOT NULL THEN _rate(r.rate) END) ORDER BY r.ordinality)
		FROM _effectiveness_rows(request.unit_code, request.plan_year, figures,
			_figures_before(request.unit_code, request.plan_year)) WITH ORDINALITY r);
	RETURN to_jsonb(array_remove(ARRAY[
		_table_section(unistr('ประสิทธิผลเทียบกับเป้าหมาย'), 'Effectiveness against the targets', ARRAY[
			_column('title_th', 'text', unistr('ตัวชี้วัด'), 'Measure'),
			_column('survey', 'text', unistr('การสำรวจ'), 'Survey'),
			_column('rate', 'rate', unistr('ผล (จำนวน)'), 'Done of due'),
			_column('actual', 'number', unistr('ผลงาน'), 'Achieved'),
			_column('scale', 'number', unistr('คะแนนเต็ม'), 'Scale'),
			_column('target', 'number', unistr('เป้าหมาย'), 'Target'),
			_column('target_scale', 'number', unistr('คะแนนเต็มของเป้าหมาย'), 'Scale of the target'),
			_column('is_met', 'boolean', unistr('บรรลุเป้าหมาย'), 'Met'),
			_column('year_before', 'number', unistr('ปีก่อน'), 'Year before')], achieved)]
		|| _result_sections(figures -> 'results') || ARRAY[
		_voice_section(figures #> '{results,voice}'),
		-- Offices read it, and not about each other: of the units below only for who reads them all.
		CASE WHEN NOT request.figures_only THEN _parts_section(request, figures || jsonb_build_object('units',
			_part_figures(request.unit_code, request.plan_year, request.days))) END,
		_evaluations_section(CASE WHEN request.figures_only THEN own ELSE request END),
		_kasm_section(_mix(figures #> '{results,accounts}')),
		_picture_section(unistr('ร้อยละความสำเร็จตามแผน'), 'Success against the plan',
			kpi_picture('plan_success', request.unit_code, request.plan_year)),
		_picture_section(unistr('ความพึงพอใจโดยรวม'), 'Overall satisfaction',
			kpi_picture('satisfaction', request.unit_code, request.plan_year))], NULL));
END $$;

CREATE OR REPLACE FUNCTION _process_review_sections(request form_request, content jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	figures jsonb := coalesce(content,
		_report_content_process_review(request.unit_code, request.plan_year, request.days));
BEGIN
	RETURN to_jsonb(array_remove(ARRAY[(
		SELECT _table_section(unistr('การดำเนินการตามขั้นตอนของกระบวนการ'), 'The steps of the process', ARRAY[
			_column('step', 'integer', unistr('ขั้นตอน'), 'Step'),
			_column('name_th', 'text', unistr('การดำเนินการ'), 'What is to be done'),
			_column('deadlines', 'integer', unistr('กำหนดเวลา'), 'Deadlines'),
			_column('met', 'integer', unistr('ทันกำหนด'), 'Met'),
			_column('met_late', 'integer', unistr('เสร็จหลังกำหนด'), 'Met late'),
			_column('overdue', 'integer', unistr('เกินกำหนด'), 'Overdue'),
			_column('due', 'integer', unistr('ยังไม่ครบกำหนด'), 'Due'),
			_column('on_time', 'rate', unistr('ร้อยละทันกำหนด'), 'On time')],
			jsonb_agg(to_jsonb(r) || jsonb_build_object('on_time', _rate(r.on_time)) ORDER BY r.step),
			jsonb_build_object('deadlines', sum(r.deadlines), 'met', sum(r.met), 'met_late', sum(r.met_late),
				'overdue', sum(r.overdue), 'due', sum(r.due), 'on_time', _rate(sum(r.on_time))))
		FROM _process_review_rows(request.unit_code, request.plan_year, figures) r)]
		|| _result_sections(figures -> 'results') || ARRAY[
		CASE WHEN NOT request.figures_only THEN _evaluations_section(request) END,
		_picture_section(unistr('ร้อยละความสำเร็จตามแผน'), 'Success against the plan',
			kpi_picture('plan_success', request.unit_code, request.plan_year))], NULL));
END $$;

COMMENT ON TYPE form_request IS
U&'คำขอเอกสาร — What a document is made of: form, units, year, days, and whether it may hold names.';
COMMENT ON COLUMN form_request.form IS
U&'แบบฟอร์ม — Form.';
COMMENT ON COLUMN form_request.unit_code IS
U&'หน่วยงาน — Unit that the document is of.';
COMMENT ON COLUMN form_request.units IS
U&'หน่วยงานที่ครอบคลุม — Units that it covers.';
COMMENT ON COLUMN form_request.plan_year IS
U&'ปีแผน (ค.ศ.) — Plan year, common era.';
COMMENT ON COLUMN form_request.period IS
U&'งวด — Period: M01 to M12, Q1 to Q4, preliminary, annual; NULL: the year.';
COMMENT ON COLUMN form_request.days IS
U&'วันที่นับ — Days that it is about.';
COMMENT ON COLUMN form_request.case_id IS
U&'เลขที่กรณี — Number of the case, where the form is of one.';
COMMENT ON COLUMN form_request.figures_only IS
U&'เฉพาะตัวเลข — Whether its readers may not read the accounts and people of all the units.';
COMMENT ON COLUMN form_request.publisher IS
U&'ผู้เผยแพร่ — Member of staff who publishes the report that freezes it; NULL: it is read as it stands now.';
COMMENT ON COLUMN form_request.publisher_post IS
U&'ตำแหน่งของผู้เผยแพร่ — Post by which they publish.';
COMMENT ON COLUMN form_request.publisher_acting IS
U&'รักษาการหรือไม่ — Whether they act for the holder of the post.';
COMMENT ON FUNCTION _column(text, text, text, text) IS
U&'คอลัมน์ของตาราง — A column of a table in a document.';
COMMENT ON FUNCTION _figure(text, text, text, text, jsonb) IS
U&'ตัวเลขหนึ่งค่า — A figure in a document.';
COMMENT ON FUNCTION _figures_section(text, text, jsonb[]) IS
U&'ส่วนตัวเลข — A section of figures.';
COMMENT ON FUNCTION _table_section(text, text, jsonb[], jsonb, jsonb) IS
U&'ส่วนตาราง — A section that is a table.';
COMMENT ON FUNCTION _text_section(text, text, text) IS
U&'ส่วนข้อความ — A section of text.';
COMMENT ON FUNCTION _picture_section(text, text, text) IS
U&'ส่วนภาพ — A section that is a picture.';
COMMENT ON FUNCTION _sections(jsonb[]) IS
U&'ส่วนของเอกสาร — Sections of a document, without those that are NULL.';
COMMENT ON FUNCTION _unit_column() IS
U&'คอลัมน์หน่วยงาน — The column with the name of the unit.';
COMMENT ON FUNCTION _by_unit(text[], jsonb[]) IS
U&'คอลัมน์ของตารางหลายหน่วยงาน — Columns of a table, with the unit first where there are several.';
COMMENT ON FUNCTION _mix(jsonb) IS
U&'จำนวนลูกค้าตามระดับ — Accounts by tier, as a report counts them, as a portfolio.';
COMMENT ON FUNCTION _kasm_section(kam.portfolio) IS
U&'ภาพ KASM — Picture of the selection matrix.';
COMMENT ON FUNCTION _accounts_section(text[], jsonb) IS
U&'ตารางลูกค้ารายสำคัญ — Table of accounts under review.';
COMMENT ON FUNCTION _left_out_section(text[], jsonb) IS
U&'ตารางลูกค้าที่ไม่คัดเลือก — Table of accounts that are eligible and left out.';
COMMENT ON FUNCTION _kamrs_section(text[], jsonb) IS
U&'ตารางพนักงานบริหารลูกค้า — Table of key account managers.';
COMMENT ON FUNCTION _kamrs_in_words(text[], int) IS
U&'พนักงานบริหารลูกค้าพร้อมคำอธิบาย — The rows of crm_kam_001_kamr with their words.';
COMMENT ON FUNCTION _loads_section(jsonb) IS
U&'ภาพภาระงาน — Picture of the portfolios of key account managers; NULL where there are none.';
COMMENT ON FUNCTION _crm_kam_001_sections(form_request, jsonb) IS
U&'เนื้อหา CRM-KAM-001 — Sections of CRM-KAM-001.';
COMMENT ON FUNCTION _crm_kam_002_sections(form_request, jsonb) IS
U&'เนื้อหา CRM-KAM-002 — Sections of CRM-KAM-002.';
COMMENT ON FUNCTION _crm_kam_003_sections(form_request, jsonb) IS
U&'เนื้อหา CRM-KAM-003 — Sections of CRM-KAM-003.';
COMMENT ON FUNCTION _result_figure(jsonb, text, text, text, text) IS
U&'ตัวเลขจากรายงาน — A figure of a report, as it stands there.';
COMMENT ON FUNCTION _result_sections(jsonb) IS
U&'เนื้อหาผลการดำเนินงาน — Sections of the figures of results.';
COMMENT ON FUNCTION _parts_section(form_request, jsonb) IS
U&'ผลรายหน่วยงาน — The units below beside each other; NULL where there are none.';
COMMENT ON FUNCTION _portfolios_section(form_request) IS
U&'ภาระงานรายบุคคล — What each key account manager carries in force.';
COMMENT ON FUNCTION _open_cases_section(form_request) IS
U&'เรื่องที่ยังไม่ปิด — Cases open at the end of the days; NULL where there are none.';
COMMENT ON FUNCTION _voice_section(jsonb) IS
U&'เสียงของลูกค้าตามประเภท — Voice of the customer by kind.';
COMMENT ON FUNCTION _crm_kam_004_sections(form_request, jsonb) IS
U&'เนื้อหา CRM-KAM-004 — Sections of CRM-KAM-004.';
COMMENT ON FUNCTION _crm_kam_005_sections(form_request, jsonb) IS
U&'เนื้อหา CRM-KAM-005 — Sections of CRM-KAM-005.';
COMMENT ON FUNCTION _voc_60_001_sections(form_request, jsonb) IS
U&'เนื้อหา VOC-60-001 — Sections of VOC-60-001.';
COMMENT ON FUNCTION _survey_sections(form_request, jsonb) IS
U&'เนื้อหารายงานการสำรวจ — Sections of the survey report.';
COMMENT ON FUNCTION _evaluations_section(form_request) IS
U&'ผลการประเมินหน่วยงาน — What directors found about units; NULL where there is nothing.';
COMMENT ON FUNCTION _effectiveness_sections(form_request, jsonb) IS
U&'เนื้อหารายงานประสิทธิผล — Sections of the effectiveness report.';
COMMENT ON FUNCTION _process_review_sections(form_request, jsonb) IS
U&'เนื้อหารายงานประเมินกระบวนการ — Sections of the process evaluation report.';
