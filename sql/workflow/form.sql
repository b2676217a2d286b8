/* Forms: CRM-KAM-001 to 003 and 005 as rows with types.  Each is of what the reader may read: invoker's rights. */

-- own: a unit with all below it, headquarters alone; subtree: headquarters is the country; case: one case.
CREATE TABLE form (
	form text PRIMARY KEY CHECK (form ~ '^[A-Za-z][A-Za-z0-9_-]*$'),
	covers text NOT NULL CHECK (covers IN ('own', 'subtree', 'case')),
	periods text NOT NULL DEFAULT '^$',
	title_th text NOT NULL,
	title_en text NOT NULL,
	section text NOT NULL
);
INSERT INTO form VALUES
	('CRM-KAM-001', 'own', '^$', unistr('ทะเบียนลูกค้ารายสำคัญและพนักงานบริหารลูกค้ารายสำคัญ'),
		'Key accounts and key account managers', '6.1.1, 6.1.2'),
	('CRM-KAM-002', 'own', '^$', unistr('สิทธิประโยชน์ เป้าหมาย และแผนการดำเนินงาน'),
		'Benefits, targets and activities', '5 (step 1)'),
	('CRM-KAM-003', 'case', '^$', unistr('รายงานผลการติดต่อสื่อสารกับลูกค้ารายสำคัญ'),
		'Report of a contact with a key account', '4.11.5, 4.14.5, 4.15.5a'),
	('CRM-KAM-004', 'subtree', '^(M(0[1-9]|1[0-2])|Q[1-4])?$', unistr('รายงานสรุปผลการดำเนินงาน'),
		'Summary of results', '5 (step 6)'),
	('CRM-KAM-005', 'own', '^$', unistr('ข้อมูลรายชื่อลูกค้ารายสำคัญ ผู้ประสานงาน และพนักงานบริหารลูกค้ารายสำคัญ'),
		'Key accounts, their contact persons, their key account managers', '5 (step 7)'),
	('VOC-60-001', 'subtree', '^(M(0[1-9]|1[0-2])|Q[1-4])?$', unistr('รายงานสรุปสารสนเทศเสียงของลูกค้า'),
		'Summary of the voice of the customer', '5 (step 6)'),
	('survey', 'subtree', '^$', unistr('รายงานผลการสำรวจความพึงพอใจ'), 'Survey report', '5 (step 8)'),
	('effectiveness', 'subtree', '^(preliminary|annual)?$', unistr('รายงานการวิเคราะห์ประสิทธิผลการบริหารลูกค้ารายสำคัญ'),
		'Effectiveness report', '5 (step 9)'),
	('process_review', 'subtree', '^$', unistr('รายงานผลการประเมินกระบวนการ'), 'Process evaluation report',
		'5 (step 10)');

-- Which forms a report of a kind freezes.
CREATE TABLE report_document (
	kind text NOT NULL REFERENCES report_kind,
	form text NOT NULL REFERENCES form,
	ordinal smallint NOT NULL,
	PRIMARY KEY (kind, form)
);
INSERT INTO report_document VALUES
	('approved_plan', 'CRM-KAM-001', 1),
	('approved_plan', 'CRM-KAM-002', 2),
	('monthly', 'CRM-KAM-004', 1),
	('monthly', 'VOC-60-001', 2),
	('quarterly', 'CRM-KAM-004', 1),
	('quarterly', 'VOC-60-001', 2),
	('coordinators', 'CRM-KAM-005', 1),
	('survey', 'survey', 1),
	('effectiveness', 'effectiveness', 1),
	('process_review', 'process_review', 1);

-- Who signs, in the order of the lines.  act is what signs it: a decision on the plan (review, submit, compile,
-- endorse, approve), the publication of the report, the opening of the case or a decision on it; NULL: by hand only.
CREATE TABLE form_signature (
	form text NOT NULL REFERENCES form,
	unit_kind text NOT NULL CHECK (unit_kind IN ('hq', 'region', 'area', 'office')),
	ordinal smallint NOT NULL CHECK (ordinal > 0),
	post text NOT NULL REFERENCES post,
	act text,
	role_th text NOT NULL,
	role_en text NOT NULL,
	section text NOT NULL,
	PRIMARY KEY (form, unit_kind, ordinal)
);
INSERT INTO form_signature
	SELECT f, s.unit_kind, s.ordinal, s.post, s.act, s.role_th, s.role_en, s.section
	FROM unnest(ARRAY['CRM-KAM-001', 'CRM-KAM-002']) f, (VALUES
		('office', 1, 'section_head', 'review', unistr('ผู้จัดทำ'), 'Prepared by', '4.15.2'),
		('office', 2, 'senior_kamr', 'review', unistr('ผู้ทบทวน'), 'Reviewed by', '4.13, 4.15.2'),
		('office', 3, 'office_manager', 'submit', unistr('ผู้เสนอ'), 'Submitted by', '4.10.1'),
		('office', 4, 'director_customer_service', 'compile', unistr('ผู้รวบรวม'), 'Compiled by', '4.6.2'),
		('office', 5, 'director_engineering_area', 'endorse', unistr('ผู้เห็นชอบ'), 'Endorsed by', '4.4.1'),
		('office', 6, 'area_director', 'approve', unistr('ผู้อนุมัติ'), 'Approved by', '4.3.1'),
		('area', 1, 'director_customer_service', 'submit', unistr('ผู้เสนอ'), 'Submitted by', '4.6.3'),
		('area', 2, 'director_engineering_area', 'endorse', unistr('ผู้เห็นชอบ'), 'Endorsed by', '4.4.1'),
		('area', 3, 'area_director', 'approve', unistr('ผู้อนุมัติ'), 'Approved by', '4.3.1'),
		('hq', 1, 'director_engineering_hq', 'submit', unistr('ผู้เสนอ'), 'Submitted by', '4.5.4'),
		('hq', 2, 'deputy_governor_strategy', 'approve', unistr('ผู้อนุมัติ'), 'Approved by', '4.2.4')
	) s (unit_kind, ordinal, post, act, role_th, role_en, section);
INSERT INTO form_signature VALUES
	('CRM-KAM-003', 'office', 1, 'office_kamr', 'open', unistr('ผู้รายงาน'), 'Reported by', '4.14.5'),
	('CRM-KAM-003', 'office', 2, 'section_head', NULL, unistr('ผู้ติดตาม'), 'Followed up by', '4.15.5a'),
	('CRM-KAM-003', 'office', 3, 'office_manager', 'decide', unistr('ผู้มีอำนาจตัดสินใจ'), 'Decided by', '4.10, R25'),
	('CRM-KAM-003', 'office', 4, 'director_engineering_area', 'decide', unistr('ผู้มีอำนาจตัดสินใจ'), 'Decided by',
		'4.4, R25'),
	('CRM-KAM-003', 'office', 5, 'area_director', 'decide', unistr('ผู้มีอำนาจตัดสินใจ'), 'Decided by', '4.3, R25'),
	('CRM-KAM-003', 'area', 1, 'area_kamr', 'open', unistr('ผู้รายงาน'), 'Reported by', '4.12.4'),
	('CRM-KAM-003', 'area', 2, 'director_engineering_area', 'decide', unistr('ผู้มีอำนาจตัดสินใจ'), 'Decided by', '4.4, R25'),
	('CRM-KAM-003', 'area', 3, 'area_director', 'decide', unistr('ผู้มีอำนาจตัดสินใจ'), 'Decided by', '4.3, R25'),
	('CRM-KAM-003', 'hq', 1, 'hq_kamr', 'open', unistr('ผู้รายงาน'), 'Reported by', '4.11.5'),
	('CRM-KAM-003', 'hq', 2, 'director_engineering_hq', 'decide', unistr('ผู้มีอำนาจตัดสินใจ'), 'Decided by', '4.5, R25'),
	('CRM-KAM-003', 'hq', 3, 'deputy_governor_strategy', 'decide', unistr('ผู้มีอำนาจตัดสินใจ'), 'Decided by', '4.2, R25');
INSERT INTO form_signature
	SELECT f, s.unit_kind, s.ordinal, s.post, 'publish', s.role_th, s.role_en, s.section
	FROM unnest(ARRAY['CRM-KAM-004', 'VOC-60-001']) f, (VALUES
		('office', 1, 'section_head', unistr('ผู้จัดทำ'), 'Prepared by', '4.15.6'),
		('office', 2, 'senior_kamr', unistr('ผู้ทบทวน'), 'Reviewed by', '4.13.4'),
		('office', 3, 'office_manager', unistr('ผู้รับรอง'), 'Confirmed by', '4.10.4'),
		('area', 1, 'area_kamr', unistr('ผู้สรุปผล'), 'Summarised by', '4.12.8'),
		('area', 2, 'director_customer_service', unistr('ผู้เสนอ'), 'Submitted by', '4.6.7'),
		('area', 3, 'director_engineering_area', unistr('ผู้รับรอง'), 'Confirmed by', '4.4.5'),
		('region', 1, 'deputy_governor_region', unistr('ผู้รับทราบ'), 'Noted by', '4.1.3'),
		('hq', 1, 'director_engineering_hq', unistr('ผู้เสนอ'), 'Submitted by', '4.5.8'),
		('hq', 2, 'deputy_governor_strategy', unistr('ผู้รับทราบ'), 'Noted by', '4.2.3')
	) s (unit_kind, ordinal, post, role_th, role_en, section);
INSERT INTO form_signature VALUES
	('CRM-KAM-005', 'area', 1, 'director_customer_service', 'publish', unistr('ผู้จัดทำ'), 'Prepared by', '5 (step 7)'),
	('CRM-KAM-005', 'hq', 1, 'director_engineering_hq', 'publish', unistr('ผู้จัดทำ'), 'Prepared by', '5 (step 7)'),
	('survey', 'hq', 1, 'director_communication_service', 'publish', unistr('ผู้รายงาน'), 'Reported by', '4.9.1'),
	('effectiveness', 'area', 1, 'director_customer_service', 'publish', unistr('ผู้จัดทำ'), 'Prepared by', '5 (step 9)'),
	('effectiveness', 'area', 2, 'director_engineering_area', NULL, unistr('ผู้เห็นชอบ'), 'Endorsed by', '4.4.3'),
	('effectiveness', 'area', 3, 'area_director', NULL, unistr('ผู้ประเมิน'), 'Evaluated by', '4.3.5'),
	('effectiveness', 'hq', 1, 'director_engineering_hq', 'publish', unistr('ผู้จัดทำ'), 'Prepared by', '5 (step 9)'),
	('effectiveness', 'hq', 2, 'deputy_governor_strategy', NULL, unistr('ผู้ประเมิน'), 'Evaluated by', '4.2.6'),
	('process_review', 'hq', 1, 'process_owner', 'publish', unistr('ผู้ประเมินกระบวนการ'), 'Reviewed by', '5 (step 10)');

-- What the codes in the rows are called on a form.
CREATE TABLE form_word (
	list text NOT NULL,
	word text NOT NULL,
	name_th text NOT NULL,
	name_en text NOT NULL,
	PRIMARY KEY (list, word)
);
INSERT INTO form_word VALUES
	('status', 'selected', unistr('คัดเลือก'), 'selected'),
	('status', 'left_out', unistr('ไม่คัดเลือก'), 'left out'),
	('status', 'eligible', unistr('ยังไม่พิจารณา'), 'not decided yet'),
	('basis', 'matrix', 'KASM', 'matrix'),
	('basis', 'special', unistr('กรณีพิเศษ'), 'special case'),
	('level', 'office', unistr('ประจำการไฟฟ้า'), 'office'),
	('level', 'senior', unistr('อาวุโส'), 'senior'),
	('level', 'area', unistr('ประจำเขต'), 'area'),
	('level', 'hq', unistr('ประจำสำนักงานใหญ่'), 'headquarters'),
	('load', 'none', unistr('ไม่มี'), 'none'),
	('load', 'within', unistr('อยู่ในเกณฑ์'), 'within'),
	('load', 'below', unistr('ต่ำกว่าเกณฑ์'), 'below'),
	('load', 'above', unistr('เกินเกณฑ์'), 'above'),
	('plan_status', 'draft', unistr('ร่าง'), 'draft'),
	('plan_status', 'submitted', unistr('เสนอแล้ว'), 'submitted'),
	('plan_status', 'compiled', unistr('รวบรวมแล้ว'), 'compiled'),
	('plan_status', 'endorsed', unistr('เห็นชอบแล้ว'), 'endorsed'),
	('plan_status', 'approved', unistr('อนุมัติแล้ว'), 'approved'),
	('plan_status', 'returned', unistr('ส่งคืนแก้ไข'), 'returned'),
	('event', 'received', unistr('รับเรื่อง'), 'received'),
	('event', 'received_again', unistr('รับเรื่องซ้ำ'), 'came up again'),
	('event', 'paused', unistr('หยุดนับเวลา'), 'clock paused'),
	('event', 'resumed', unistr('นับเวลาต่อ'), 'clock resumed'),
	('event', 'escalated', unistr('เสนอผู้มีอำนาจตัดสินใจ'), 'brought to a decision maker'),
	('event', 'decided', unistr('ตัดสินใจ'), 'decided'),
	('event', 'answered', unistr('ตอบชี้แจงลูกค้า'), 'answered'),
	('event', 'outage_found', unistr('ผลตรวจสอบไฟฟ้าขัดข้อง'), 'found about the outage'),
	('event', 'resource_requested', unistr('ขอรับการสนับสนุนทรัพยากร'), 'resource requested'),
	('event', 'resource_decided', unistr('ผลการขอรับการสนับสนุน'), 'request decided'),
	('event', 'voice_recorded', unistr('บันทึกเสียงของลูกค้า'), 'voice recorded'),
	('event', 'closed', unistr('ปิดเรื่อง'), 'closed'),
	('cause', 'urgent', unistr('เรื่องเร่งด่วน'), 'urgent'),
	('cause', 'time', unistr('พ้นกำหนดตัดสินใจ'), 'by time'),
	('cause', 'hand', unistr('เสนอโดยผู้รับผิดชอบ'), 'by hand'),
	('cause', 'people', unistr('บุคลากร'), 'people'),
	('cause', 'material', unistr('วัสดุ'), 'material'),
	('cause', 'equipment', unistr('อุปกรณ์'), 'equipment'),
	('cause', 'budget', unistr('งบประมาณ'), 'budget'),
	('cause', 'granted', unistr('อนุมัติ'), 'granted'),
	('cause', 'refused', unistr('ไม่อนุมัติ'), 'refused'),
	('cause', 'withdrawn', unistr('ถอนคำขอ'), 'withdrawn'),
	('survey_kind', 'call_centre', '1129 PEA Call Center', '1129 PEA Call Center'),
	('survey_kind', 'consultant', unistr('ที่ปรึกษา'), 'consultant');

-- The names of a list by their codes.
CREATE OR REPLACE FUNCTION _words(list text) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (SELECT coalesce(jsonb_object_agg(w.word, w.name_th), '{}') FROM form_word w WHERE w.list = _words.list);
END $$;

CREATE OR REPLACE FUNCTION _measure_names() RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (SELECT jsonb_object_agg(m.measure, m.title_th) FROM kpi_measure m);
END $$;

-- A form, and a period that it knows.
CREATE OR REPLACE FUNCTION _check_form_period(form text, period text) RETURNS form
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
	the_form form := (SELECT f FROM form f WHERE f.form = _check_form_period.form);
BEGIN
	IF the_form IS NULL THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('there is no form "%s"', coalesce(form, 'NULL')),
			HINT = format('The forms are: %s.', (SELECT string_agg(f.form, ', ' ORDER BY f.form COLLATE "C") FROM form f));
	ELSIF coalesce(period, '') !~ the_form.periods THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('form %s has no period "%s"', form, period),
			HINT = CASE the_form.periods WHEN '^$' THEN 'It is of a year, or of a case: leave the period out.'
				ELSE format('Its periods are: %s; without one it is of the year so far.', (
					SELECT string_agg(p.period, ', ' ORDER BY p.period COLLATE "C")
					FROM (SELECT DISTINCT o.period FROM kam.process_step o) p
					WHERE p.period <> '' AND p.period ~ the_form.periods)) END;
	END IF;
	RETURN the_form;
END $$;

-- The rows of a form are of a unit that there is, and of a year that has been opened: no rows would say that nothing
-- was done.
CREATE OR REPLACE FUNCTION _check_form_unit(unit_code text, plan_year int) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _check_reader(), _check_plan_year(plan_year);
	IF unit_code IS NULL THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'the unit is missing', HINT = 'Give unit_code; the table unit names them all.';
	END IF;
	PERFORM _check_unit(unit_code);
END $$;

-- The units that a form of this unit covers.
CREATE OR REPLACE FUNCTION _form_units(covers text, unit_code text) RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN CASE WHEN covers = 'own' AND unit_code = _headquarters() THEN ARRAY[unit_code]
		ELSE ARRAY(SELECT _subtree(unit_code)) END;
END $$;

-- The units of which the reader may know what their people carry: row security says it where it holds, and where an
-- owner's rights do, the reader's own.
CREATE OR REPLACE FUNCTION _known_units() RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN CASE WHEN pg_has_role(_role(), current_user, 'USAGE') THEN ARRAY(SELECT u.unit_code FROM unit u)
		ELSE _readable_units() END;
END $$;

-- ---- CRM-KAM-001 -------------------------------------------------------------

-- The key account managers of these units as the open plan would have them: qualified, waived, and what they carry.
CREATE TYPE crm_kam_001_kamr_row AS (
	unit_code text, unit_name_th text, unit_name_en text, plan_year int, staff_id text, name_th text, name_en text,
	"position" text, level text, appointed_from date, qualified boolean, qualification_th text, qualification_en text,
	waived_points int[], waiver_reason text, waived_by text, waived_by_name_th text, portfolio kam.portfolio,
	weight numeric, total_weight numeric, minimum numeric, maximum numeric, load text, rule_set text, in_force boolean
);
CREATE OR REPLACE FUNCTION _crm_kam_001_kamr(units text[], plan_year int) RETURNS SETOF crm_kam_001_kamr_row
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 50
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
DECLARE
	known text[] := _known_units();
	in_force text := kam.rule_set_in_force(plan_year);
BEGIN
	RETURN QUERY
	WITH appointed AS MATERIALIZED (
		SELECT k.*, p.status = 'approved' AS is_approved, coalesce(p.rule_set, in_force) AS rules
		FROM kamr k JOIN plan p USING (plan_id)
		WHERE k.plan_year = _crm_kam_001_kamr.plan_year AND k.unit_code = ANY (units)
			AND k.dropped_by IS NULL AND k.ended_on IS NULL
	), carried AS MATERIALIZED (
		SELECT a.staff_id, a.unit_code, kam.portfolio(a.tier) AS portfolio
		FROM assignment a
		WHERE a.staff_id IN (SELECT k.staff_id FROM appointed k) AND a.plan_year = _crm_kam_001_kamr.plan_year
			AND a.responsibility = 'main' AND a.dropped_by IS NULL AND a.ended_on IS NULL AND a.unit_code = ANY (known)
		GROUP BY a.staff_id, a.unit_code
	), judged AS MATERIALIZED (
		SELECT q.kamr_id, bool_and(coalesce(q.met, false)) FILTER (WHERE q.point < 5) AS qualified,
			string_agg(q.finding_th, '; ' ORDER BY q.point) FILTER (WHERE q.point < 5) AS finding_th,
			string_agg(q.finding_en, '; ' ORDER BY q.point) FILTER (WHERE q.point < 5) AS finding_en
		FROM kamr_point q
		WHERE q.plan_year = _crm_kam_001_kamr.plan_year AND q.unit_code = ANY (units)
		GROUP BY q.kamr_id
	), waived AS MATERIALIZED (
		SELECT w.kamr_id, array_agg(DISTINCT x.point ORDER BY x.point) AS points,
			string_agg(DISTINCT w.reason, '; ') AS reason, max(w.waived_by) AS waived_by
		FROM waiver w CROSS JOIN LATERAL unnest(w.points) x (point)
		WHERE w.kamr_id IN (SELECT k.kamr_id FROM appointed k)
		GROUP BY w.kamr_id
	)
	SELECT k.unit_code, u.name_th, u.name_en, k.plan_year, k.staff_id, s.name_th, s.name_en, s.position, k.level,
		k.appointed_from, j.qualified, j.finding_th, j.finding_en, w.points, w.reason, w.waived_by, b.name_th,
		coalesce(c.portfolio, '{}'), kam.weight(coalesce(c.portfolio, '{}'), NULL, k.rules), t.weight,
		r.portfolio_min, r.portfolio_max,
		CASE WHEN k.level = 'area' OR t.weight = 0 THEN 'none' WHEN t.weight < r.portfolio_min THEN 'below'
			WHEN t.weight > r.portfolio_max THEN 'above' ELSE 'within' END, k.rules, k.is_approved
	FROM appointed k
		JOIN unit u ON u.unit_code = k.unit_code
		LEFT JOIN staff s ON s.staff_id = k.staff_id
		LEFT JOIN judged j ON j.kamr_id = k.kamr_id
		LEFT JOIN waived w ON w.kamr_id = k.kamr_id
		LEFT JOIN staff b ON b.staff_id = w.waived_by
		LEFT JOIN carried c ON c.staff_id = k.staff_id AND c.unit_code = k.unit_code
		CROSS JOIN LATERAL (
			SELECT kam.weight(coalesce(sum(o.portfolio), '{}'), NULL, k.rules) AS weight
			FROM carried o WHERE o.staff_id = k.staff_id) t
		CROSS JOIN LATERAL (
			SELECT l.portfolio_min, l.portfolio_max FROM kam.rule_set l WHERE l.rule_set = k.rules
			ORDER BY l.builtin LIMIT 1) r
	ORDER BY k.unit_code COLLATE "C", s.name_th COLLATE "th-x-icu", k.staff_id COLLATE "C";
END $$;

CREATE OR REPLACE FUNCTION crm_kam_001_kamr(unit_code text, plan_year int) RETURNS SETOF crm_kam_001_kamr_row
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 50 SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _check_form_unit(unit_code, plan_year);
	RETURN QUERY SELECT k.* FROM _crm_kam_001_kamr(_form_units('own', unit_code), plan_year) k;
END $$;

-- The accounts under review, as the open plan would have them: what the matrix or a special ground makes of each, what
-- the unit decided, and who looks after it.
CREATE TYPE crm_kam_001_row AS (
	unit_code text, unit_name_th text, unit_name_en text, plan_year int, account_id text, name_th text, name_en text,
	business text, value_class kam.value_class, criteria kam.criteria, criteria_th text, criteria_en text,
	tier kam.tier, tier_before kam.tier, basis text, status text, reason text, plan_status text, in_force boolean,
	kamr_id text, kamr_name_th text, kamr_name_en text, kamr_position text, area_kamr_id text, area_kamr_name_th text,
	area_kamr_name_en text
);
CREATE OR REPLACE FUNCTION _crm_kam_001(units text[], plan_year int) RETURNS SETOF crm_kam_001_row
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 500
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
BEGIN
	RETURN QUERY
	WITH reviewed AS MATERIALIZED (
		SELECT s.*, p.status AS plan_status
		FROM selection s JOIN plan p USING (plan_id)
		WHERE s.plan_year = _crm_kam_001.plan_year AND s.unit_code = ANY (units)
			AND s.dropped_by IS NULL AND s.ended_on IS NULL
	), carer AS MATERIALIZED (
		SELECT a.selection_id, a.responsibility = 'area' AS is_area, t.staff_id, t.name_th, t.name_en, t.position
		FROM assignment a LEFT JOIN staff t ON t.staff_id = a.staff_id
		WHERE a.selection_id IN (SELECT s.selection_id FROM reviewed s) AND a.dropped_by IS NULL AND a.ended_on IS NULL
	), before AS MATERIALIZED (
		SELECT b.account_id, b.tier
		FROM selection b JOIN plan p USING (plan_id)
		WHERE b.account_id IN (SELECT s.account_id FROM reviewed s) AND b.plan_year = _crm_kam_001.plan_year - 1
			AND b.status = 'selected' AND b.ended_on IS NULL AND p.status = 'approved'
	)
	SELECT s.unit_code, u.name_th, u.name_en, s.plan_year, s.account_id, a.name_th, a.name_en, a.business, s.value_class,
		s.criteria, kam.display_name(s.criteria), kam.display_name(s.criteria, 'en'), s.tier, b.tier, s.basis, s.status,
		s.reason, s.plan_status, s.plan_status = 'approved',
		m.staff_id, m.name_th, m.name_en, m.position, x.staff_id, x.name_th, x.name_en
	FROM reviewed s
		JOIN unit u ON u.unit_code = s.unit_code
		LEFT JOIN account a ON a.account_id = s.account_id
		LEFT JOIN carer m ON m.selection_id = s.selection_id AND NOT m.is_area
		LEFT JOIN carer x ON x.selection_id = s.selection_id AND x.is_area
		LEFT JOIN before b ON b.account_id = s.account_id
	ORDER BY s.unit_code COLLATE "C", s.status = 'left_out', s.tier DESC, a.name_th COLLATE "th-x-icu",
		s.account_id COLLATE "C";
END $$;

CREATE OR REPLACE FUNCTION crm_kam_001(unit_code text, plan_year int) RETURNS SETOF crm_kam_001_row
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 500 SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _check_form_unit(unit_code, plan_year);
	RETURN QUERY SELECT r.* FROM _crm_kam_001(_form_units('own', unit_code), plan_year) r;
END $$;

-- ---- CRM-KAM-002 -------------------------------------------------------------

-- What is planned for a unit (budget, target) and for its accounts (benefit, activity), as the open plan would have it.
CREATE TYPE crm_kam_002_row AS (
	unit_code text, unit_name_th text, unit_name_en text, plan_year int, plan_status text, what text, account_id text,
	name_th text, name_en text, tier kam.tier, kamr_id text, kamr_name_th text, item_id bigint, item text,
	amount_thb numeric, target numeric, scale numeric, due_on date, done_at timestamptz, in_force boolean
);
CREATE OR REPLACE FUNCTION _crm_kam_002(units text[], plan_year int) RETURNS SETOF crm_kam_002_row
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 1000
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
BEGIN
	RETURN QUERY
	WITH plans AS MATERIALIZED (
		SELECT p.plan_id, p.unit_code, p.amendment_no, p.status, p.support_budget_thb, u.name_th, u.name_en
		FROM plan p JOIN unit u USING (unit_code)
		WHERE p.plan_year = _crm_kam_002.plan_year AND p.unit_code = ANY (units) AND p.status <> 'withdrawn'
	), carer AS MATERIALIZED (
		SELECT a.account_id, a.unit_code, a.tier, t.staff_id, t.name_th
		FROM assignment a LEFT JOIN staff t ON t.staff_id = a.staff_id
		WHERE a.plan_id IN (SELECT p.plan_id FROM plans p) AND a.responsibility <> 'area'
			AND a.dropped_by IS NULL AND a.ended_on IS NULL
	), planned AS MATERIALIZED (
		SELECT b.plan_id, 'benefit' AS what, b.account_id, b.benefit_id AS item_id, b.benefit AS item,
			b.value_thb AS amount_thb, NULL::numeric AS target, NULL::numeric AS scale, NULL::date AS due_on,
			NULL::timestamptz AS done_at
		FROM benefit b
		WHERE b.plan_id IN (SELECT p.plan_id FROM plans p) AND b.dropped_by IS NULL AND b.ended_on IS NULL
		UNION ALL
		SELECT a.plan_id, 'activity', a.account_id, a.activity_id, a.activity, NULL, NULL, NULL, a.due_on, a.done_at
		FROM activity a
		WHERE a.plan_id IN (SELECT p.plan_id FROM plans p) AND a.dropped_by IS NULL AND a.ended_on IS NULL
		UNION ALL
		-- Of each KPI the target, and of the budgets the one, that was set last.
		(SELECT DISTINCT ON (p.unit_code, t.kpi) t.plan_id, 'target', NULL, t.target_id, t.kpi, NULL, t.value, t.scale,
			NULL::date, NULL::timestamptz
		FROM target t JOIN plans p USING (plan_id)
		ORDER BY p.unit_code, t.kpi, p.amendment_no DESC)
		UNION ALL
		(SELECT DISTINCT ON (p.unit_code) p.plan_id, 'budget', NULL, NULL, NULL, p.support_budget_thb, NULL, NULL,
			NULL::date, NULL::timestamptz
		FROM plans p
		ORDER BY p.unit_code, p.support_budget_thb IS NULL, p.amendment_no DESC)
	)
	SELECT p.unit_code, p.name_th, p.name_en, _crm_kam_002.plan_year, p.status, i.what, i.account_id, a.name_th,
		a.name_en, c.tier, c.staff_id, c.name_th, i.item_id, i.item, i.amount_thb, i.target, i.scale, i.due_on, i.done_at,
		p.status = 'approved'
	FROM planned i
		JOIN plans p USING (plan_id)
		LEFT JOIN account a ON a.account_id = i.account_id
		LEFT JOIN carer c ON c.account_id = i.account_id AND c.unit_code = p.unit_code
	ORDER BY p.unit_code COLLATE "C", array_position(ARRAY['budget', 'target', 'benefit', 'activity'], i.what),
		CASE WHEN i.what = 'target' THEN i.item END COLLATE "C", a.name_th COLLATE "th-x-icu", i.account_id COLLATE "C",
		i.due_on, i.item_id;
END $$;

CREATE OR REPLACE FUNCTION crm_kam_002(unit_code text, plan_year int) RETURNS SETOF crm_kam_002_row
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 1000 SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _check_form_unit(unit_code, plan_year);
	RETURN QUERY SELECT r.* FROM _crm_kam_002(_form_units('own', unit_code), plan_year) r;
END $$;

-- ---- CRM-KAM-003 -------------------------------------------------------------

-- What happened with a case, in the order of time.
CREATE TYPE crm_kam_003_row AS (
	case_id bigint, account_id text, unit_code text, ordinal int, event text, happened_at timestamptz, staff_id text,
	name_th text, post text, post_th text, post_en text, cause text, what text, due_on date, on_time boolean
);
CREATE OR REPLACE FUNCTION crm_kam_003(case_id bigint) RETURNS SETOF crm_kam_003_row
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 20
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
#variable_conflict use_column
DECLARE
	c service_case;
BEGIN
	SELECT * INTO c FROM service_case x WHERE x.case_id = crm_kam_003.case_id;
	RETURN QUERY
	WITH event AS (
		SELECT CASE WHEN k.received_at = c.received_at THEN 'received' ELSE 'received_again' END AS event,
			k.received_at AS happened_at, 1 AS rank, k.clock_id AS key,
			CASE WHEN k.received_at = c.received_at THEN c.opened_by END AS staff_id, NULL AS post, NULL AS cause,
			CASE WHEN k.received_at = c.received_at THEN concat_ws(E'\n', c.subject, c.detail) ELSE k.reason END AS what,
			k.due_on AS due_on, NULL::boolean AS on_time
		FROM case_clock k WHERE k.case_id = c.case_id
		UNION ALL
		-- One that asks for no answer has no clock from its receipt.
		SELECT 'received', c.received_at, 1, 0, c.opened_by, NULL, NULL, concat_ws(E'\n', c.subject, c.detail), NULL, NULL
		WHERE NOT c.asks_answer
		UNION ALL
		SELECT 'paused', p.from_at, 2, p.pause_id, p.paused_by, NULL, NULL, p.reason, NULL, NULL
		FROM case_pause p WHERE p.case_id = c.case_id
		UNION ALL
		SELECT 'resumed', p.to_at, 3, p.pause_id, p.resumed_by, NULL, NULL, NULL, NULL, NULL
		FROM case_pause p WHERE p.case_id = c.case_id AND p.to_at IS NOT NULL
		UNION ALL
		SELECT 'escalated', e.escalated_at, 4, e.escalation_id, e.escalated_by, e.post, e.cause, e.reason, NULL, NULL
		FROM case_escalation e WHERE e.case_id = c.case_id
		UNION ALL
		SELECT 'decided', e.decided_at, 5, e.escalation_id, e.decided_by, e.decided_post, NULL, e.decision_text, NULL, NULL
		FROM case_escalation e WHERE e.case_id = c.case_id AND e.decided_at IS NOT NULL
		UNION ALL
		SELECT 'outage_found', f.recorded_at, 6, f.finding_id, f.staff_id, NULL, NULL, f.finding, NULL, NULL
		FROM outage_finding f WHERE f.case_id = c.case_id
		UNION ALL
		SELECT 'voice_recorded', v.heard_at, 6, v.voice_id, v.recorded_by, NULL, v.kind,
			concat_ws(': ', v.topic, v.content), NULL, NULL
		FROM voice v WHERE v.case_id = c.case_id
		UNION ALL
		SELECT 'resource_requested', q.requested_at, 7, q.request_id, q.requested_by, NULL, q.kind, q.detail, NULL, NULL
		FROM resource_request q WHERE q.case_id = c.case_id
		UNION ALL
		SELECT 'resource_decided', q.decided_at, 8, q.request_id, q.decided_by, NULL, q.status, q.reason, NULL, NULL
		FROM resource_request q WHERE q.case_id = c.case_id AND q.decided_at IS NOT NULL
		UNION ALL
		SELECT 'answered', k.answered_at, 9, k.clock_id, k.answered_by, NULL, NULL, k.answer, k.due_on,
			kam.on_time(k.due_on, k.answered_at)
		FROM case_clock k WHERE k.case_id = c.case_id AND k.answered_at IS NOT NULL
		UNION ALL
		SELECT 'closed', c.closed_at, 10, 0, c.closed_by, NULL, NULL, c.outcome, NULL, NULL WHERE c.closed_at IS NOT NULL
	)
	SELECT c.case_id, c.account_id, c.unit_code,
		row_number() OVER (ORDER BY e.happened_at, e.rank, e.event COLLATE "C", e.key)::int, e.event, e.happened_at,
		e.staff_id, s.name_th, e.post, p.title_th, p.title_en, e.cause, nullif(e.what, ''), e.due_on, e.on_time
	FROM event e
		LEFT JOIN staff s ON s.staff_id = e.staff_id
		LEFT JOIN post p ON p.post = e.post
	ORDER BY 4;
END $$;

-- ---- CRM-KAM-005 -------------------------------------------------------------

-- The accounts in force, a row for each of their contact persons (one without for those who have none), and who looks
-- after them.
CREATE TYPE crm_kam_005_row AS (
	unit_code text, unit_name_th text, unit_name_en text, plan_year int, account_id text, name_th text, name_en text,
	tier kam.tier, contact_person text, duty text, phone text, email text, is_coordinator boolean, kamr_id text,
	kamr_name_th text, kamr_name_en text, kamr_position text, kamr_channels text, area_kamr_id text,
	area_kamr_name_th text, area_kamr_name_en text
);
CREATE OR REPLACE FUNCTION _crm_kam_005(units text[], plan_year int) RETURNS SETOF crm_kam_005_row
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 1000
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
DECLARE
	today date := _today();
BEGIN
	RETURN QUERY
	WITH chosen AS MATERIALIZED (
		SELECT s.selection_id, s.unit_code, s.plan_year, s.account_id, s.tier
		FROM selection s JOIN plan p USING (plan_id)
		WHERE s.plan_year = _crm_kam_005.plan_year AND s.unit_code = ANY (units)
			AND s.status = 'selected' AND s.ended_on IS NULL AND p.status = 'approved'
	), carer AS MATERIALIZED (
		SELECT a.selection_id, a.responsibility = 'area' AS is_area, t.staff_id, t.name_th, t.name_en, t.position,
			i.channels
		FROM assignment a
			JOIN plan p USING (plan_id)
			LEFT JOIN staff t ON t.staff_id = a.staff_id
			LEFT JOIN introduction i ON i.assignment_id = a.assignment_id
		WHERE a.selection_id IN (SELECT s.selection_id FROM chosen s) AND a.ended_on IS NULL AND p.status = 'approved'
	), person AS MATERIALIZED (
		SELECT c.*
		FROM contact_person c
		WHERE c.account_id IN (SELECT s.account_id FROM chosen s) AND (c.until IS NULL OR c.until >= today)
	)
	SELECT s.unit_code, u.name_th, u.name_en, s.plan_year, s.account_id, a.name_th, a.name_en, s.tier, c.name, c.duty,
		c.phone, c.email, c.is_coordinator, m.staff_id, m.name_th, m.name_en, m.position, m.channels, x.staff_id, x.name_th,
		x.name_en
	FROM chosen s
		JOIN unit u ON u.unit_code = s.unit_code
		JOIN account a ON a.account_id = s.account_id
		LEFT JOIN person c ON c.account_id = s.account_id
		LEFT JOIN carer m ON m.selection_id = s.selection_id AND NOT m.is_area
		LEFT JOIN carer x ON x.selection_id = s.selection_id AND x.is_area
	ORDER BY s.unit_code COLLATE "C", a.name_th COLLATE "th-x-icu", s.account_id COLLATE "C", c.is_coordinator DESC,
		c.name COLLATE "th-x-icu", c.contact_person_id;
END $$;

CREATE OR REPLACE FUNCTION crm_kam_005(unit_code text, plan_year int) RETURNS SETOF crm_kam_005_row
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 1000 SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _check_form_unit(unit_code, plan_year);
	RETURN QUERY SELECT r.* FROM _crm_kam_005(_form_units('own', unit_code), plan_year) r;
END $$;

-- ---- history, row security ---------------------------------------------------

CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON form
	FOR EACH ROW EXECUTE FUNCTION _keep_history('form');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON report_document
	FOR EACH ROW EXECUTE FUNCTION _keep_history('kind', 'form');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON form_signature
	FOR EACH ROW EXECUTE FUNCTION _keep_history('form', 'unit_kind', 'ordinal');

ALTER TABLE form ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON form FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON form TO PUBLIC;

ALTER TABLE report_document ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON report_document FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON report_document TO PUBLIC;

ALTER TABLE form_signature ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON form_signature FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON form_signature TO PUBLIC;

ALTER TABLE form_word ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON form_word FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON form_word TO PUBLIC;

COMMENT ON TABLE form IS
U&'แบบฟอร์ม — Forms of the manual, and what each covers.';
COMMENT ON COLUMN form.form IS
U&'แบบฟอร์ม — Form, as form_document takes it.';
COMMENT ON COLUMN form.covers IS
U&'ขอบเขต — own: the unit and all below it, of headquarters themselves alone; subtree: of headquarters the country; case: one case.';
COMMENT ON COLUMN form.periods IS
U&'งวดที่มีได้ — Regular expression of the periods that there are; empty is the year.';
COMMENT ON COLUMN form.title_th IS
U&'ชื่อภาษาไทย — Title in Thai.';
COMMENT ON COLUMN form.title_en IS
U&'ชื่อภาษาอังกฤษ — Title in English.';
COMMENT ON COLUMN form.section IS
U&'ข้อในคู่มือ — Section of the manual.';
COMMENT ON TABLE report_document IS
U&'แบบฟอร์มในรายงาน — Which forms a report of a kind freezes; a user may change the rows.';
COMMENT ON COLUMN report_document.kind IS
U&'ชนิดรายงาน — Kind of report.';
COMMENT ON COLUMN report_document.form IS
U&'แบบฟอร์ม — Form that stands in it.';
COMMENT ON COLUMN report_document.ordinal IS
U&'ลำดับ — Its place among the forms of the report.';
COMMENT ON TABLE form_signature IS
U&'ช่องลงนามของแบบฟอร์ม — Lines of signatures: which posts sign a form of a kind of unit (section 4); a user may change the rows.';
COMMENT ON COLUMN form_signature.form IS
U&'แบบฟอร์ม — Form that is signed.';
COMMENT ON COLUMN form_signature.unit_kind IS
U&'ชนิดหน่วยงาน — Kind of the unit that the form is of.';
COMMENT ON COLUMN form_signature.ordinal IS
U&'ลำดับ — Place of the line, from 1.';
COMMENT ON COLUMN form_signature.post IS
U&'ตำแหน่งหน้าที่ — Post that signs.';
COMMENT ON COLUMN form_signature.act IS
U&'การกระทำที่ถือเป็นการลงนาม — What signs the line: a decision on the plan, publish, open or decide a case; NULL: by hand only.';
COMMENT ON COLUMN form_signature.role_th IS
U&'บทบาทภาษาไทย — What the line says, in Thai.';
COMMENT ON COLUMN form_signature.role_en IS
U&'บทบาทภาษาอังกฤษ — What the line says, in English.';
COMMENT ON COLUMN form_signature.section IS
U&'ข้อในคู่มือ — Section of the manual.';
COMMENT ON TABLE form_word IS
U&'คำบนแบบฟอร์ม — What the codes in rows are called on a form; a user may change the rows.';
COMMENT ON COLUMN form_word.list IS
U&'รายการ — List that the word belongs to.';
COMMENT ON COLUMN form_word.word IS
U&'รหัส — Code, as it stands in rows.';
COMMENT ON COLUMN form_word.name_th IS
U&'ชื่อภาษาไทย — Name in Thai.';
COMMENT ON COLUMN form_word.name_en IS
U&'ชื่อภาษาอังกฤษ — Name in English.';
COMMENT ON TYPE crm_kam_001_row IS
U&'แถวของ CRM-KAM-001 — A row of CRM-KAM-001: an account under review.';
COMMENT ON COLUMN crm_kam_001_row.unit_code IS
U&'หน่วยงานที่คัดเลือก — Unit that selects.';
COMMENT ON COLUMN crm_kam_001_row.unit_name_th IS
U&'ชื่อหน่วยงานภาษาไทย — Name of the unit in Thai.';
COMMENT ON COLUMN crm_kam_001_row.unit_name_en IS
U&'ชื่อหน่วยงานภาษาอังกฤษ — Name of the unit in English.';
COMMENT ON COLUMN crm_kam_001_row.plan_year IS
U&'ปีแผน (ค.ศ.) — Plan year, common era.';
COMMENT ON COLUMN crm_kam_001_row.account_id IS
U&'ลูกค้า — Account.';
COMMENT ON COLUMN crm_kam_001_row.name_th IS
U&'ชื่อลูกค้าภาษาไทย — Name of the account in Thai.';
COMMENT ON COLUMN crm_kam_001_row.name_en IS
U&'ชื่อลูกค้าภาษาอังกฤษ — Name of the account in English.';
COMMENT ON COLUMN crm_kam_001_row.business IS
U&'ประเภทธุรกิจ — Kind of business.';
COMMENT ON COLUMN crm_kam_001_row.value_class IS
U&'ระดับมูลค่าลูกค้า — Value class (6.1.1.1); NULL for a special case.';
COMMENT ON COLUMN crm_kam_001_row.criteria IS
U&'เกณฑ์กลุ่มหลักที่เข้า หรือเหตุกรณีพิเศษ — Main criteria that it meets, or grounds of the special case (6.1.1.2).';
COMMENT ON COLUMN crm_kam_001_row.criteria_th IS
U&'ชื่อเกณฑ์ภาษาไทย — Names of these in Thai.';
COMMENT ON COLUMN crm_kam_001_row.criteria_en IS
U&'ชื่อเกณฑ์ภาษาอังกฤษ — Names of these in English.';
COMMENT ON COLUMN crm_kam_001_row.tier IS
U&'ระดับลูกค้ารายสำคัญ — Tier.';
COMMENT ON COLUMN crm_kam_001_row.tier_before IS
U&'ระดับในปีก่อน — Tier of the year before, by its approved plan; NULL: none.';
COMMENT ON COLUMN crm_kam_001_row.basis IS
U&'ที่มา: ตามตาราง หรือกรณีพิเศษ — Where the tier comes from: matrix or special.';
COMMENT ON COLUMN crm_kam_001_row.status IS
U&'สถานะ: เข้าเกณฑ์ คัดเลือก หรือไม่คัดเลือก — eligible (not decided yet), selected or left_out (R5).';
COMMENT ON COLUMN crm_kam_001_row.reason IS
U&'เหตุผล — Reason: needed to leave out, and for the ground discretionary.';
COMMENT ON COLUMN crm_kam_001_row.plan_status IS
U&'สถานะของแผน — State of the plan or amendment that brought it in.';
COMMENT ON COLUMN crm_kam_001_row.in_force IS
U&'มีผลแล้วหรือไม่ — Whether that plan or amendment is approved.';
COMMENT ON COLUMN crm_kam_001_row.kamr_id IS
U&'ผู้ดูแล — Who looks after it: key account manager, or section head of a Streamline account (R14); NULL: nobody.';
COMMENT ON COLUMN crm_kam_001_row.kamr_name_th IS
U&'ชื่อผู้ดูแลภาษาไทย — Name of who looks after it, in Thai.';
COMMENT ON COLUMN crm_kam_001_row.kamr_name_en IS
U&'ชื่อผู้ดูแลภาษาอังกฤษ — Name of who looks after it, in English.';
COMMENT ON COLUMN crm_kam_001_row.kamr_position IS
U&'ตำแหน่งของผู้ดูแล — Position of who looks after it.';
COMMENT ON COLUMN crm_kam_001_row.area_kamr_id IS
U&'ผู้ดูแลร่วมระดับเขต — Area key account manager beside them (4.12); NULL: none.';
COMMENT ON COLUMN crm_kam_001_row.area_kamr_name_th IS
U&'ชื่อผู้ดูแลร่วมภาษาไทย — Name of the area key account manager in Thai.';
COMMENT ON COLUMN crm_kam_001_row.area_kamr_name_en IS
U&'ชื่อผู้ดูแลร่วมภาษาอังกฤษ — Name of the area key account manager in English.';
COMMENT ON TYPE crm_kam_001_kamr_row IS
U&'แถวของ CRM-KAM-001 ส่วนพนักงาน — A row of CRM-KAM-001: a key account manager.';
COMMENT ON COLUMN crm_kam_001_kamr_row.unit_code IS
U&'หน่วยงานที่แต่งตั้ง — Unit that appoints.';
COMMENT ON COLUMN crm_kam_001_kamr_row.unit_name_th IS
U&'ชื่อหน่วยงานภาษาไทย — Name of the unit in Thai.';
COMMENT ON COLUMN crm_kam_001_kamr_row.unit_name_en IS
U&'ชื่อหน่วยงานภาษาอังกฤษ — Name of the unit in English.';
COMMENT ON COLUMN crm_kam_001_kamr_row.plan_year IS
U&'ปีแผน (ค.ศ.) — Plan year, common era.';
COMMENT ON COLUMN crm_kam_001_kamr_row.staff_id IS
U&'พนักงานบริหารลูกค้ารายสำคัญ — Key account manager: member of staff.';
COMMENT ON COLUMN crm_kam_001_kamr_row.name_th IS
U&'ชื่อภาษาไทย — Name in Thai.';
COMMENT ON COLUMN crm_kam_001_kamr_row.name_en IS
U&'ชื่อภาษาอังกฤษ — Name in English.';
COMMENT ON COLUMN crm_kam_001_kamr_row.position IS
U&'ตำแหน่ง — Position, as in kamr_position or another.';
COMMENT ON COLUMN crm_kam_001_kamr_row.level IS
U&'ระดับ: สำนักงาน อาวุโส เขต สำนักงานใหญ่ — Level: office, senior, area or hq (4.11-4.14).';
COMMENT ON COLUMN crm_kam_001_kamr_row.appointed_from IS
U&'วันแรกของการแต่งตั้ง — First day of the appointment.';
COMMENT ON COLUMN crm_kam_001_kamr_row.qualified IS
U&'ครบคุณสมบัติหรือไม่ — Whether each point that the level is judged by is met (6.1.2.1, R15); unknown is not met.';
COMMENT ON COLUMN crm_kam_001_kamr_row.qualification_th IS
U&'ผลการตรวจคุณสมบัติ — What was found point by point, in Thai.';
COMMENT ON COLUMN crm_kam_001_kamr_row.qualification_en IS
U&'ผลการตรวจคุณสมบัติ (อังกฤษ) — What was found point by point, in English.';
COMMENT ON COLUMN crm_kam_001_kamr_row.waived_points IS
U&'ข้อที่ยกเว้น — Points waived by the head of the unit (6.1.2.1(5)); NULL: none.';
COMMENT ON COLUMN crm_kam_001_kamr_row.waiver_reason IS
U&'เหตุผลที่ยกเว้น — Why they were waived.';
COMMENT ON COLUMN crm_kam_001_kamr_row.waived_by IS
U&'ผู้ยกเว้น — Member of staff who waived.';
COMMENT ON COLUMN crm_kam_001_kamr_row.waived_by_name_th IS
U&'ชื่อผู้ยกเว้นภาษาไทย — Name of who waived, in Thai.';
COMMENT ON COLUMN crm_kam_001_kamr_row.portfolio IS
U&'จำนวนลูกค้าแต่ละระดับในหน่วยงานนี้ — Accounts of this unit that they carry, per tier.';
COMMENT ON COLUMN crm_kam_001_kamr_row.weight IS
U&'ค่าถ่วงน้ำหนักในหน่วยงานนี้ — What that weighs (6.1.2.1).';
COMMENT ON COLUMN crm_kam_001_kamr_row.total_weight IS
U&'ค่าถ่วงน้ำหนักรวมทุกหน่วยงาน — Weight over all units (R12) whose accounts the reader may know.';
COMMENT ON COLUMN crm_kam_001_kamr_row.minimum IS
U&'ขั้นต่ำ — Least weight.';
COMMENT ON COLUMN crm_kam_001_kamr_row.maximum IS
U&'ขั้นสูง — Greatest weight.';
COMMENT ON COLUMN crm_kam_001_kamr_row.load IS
U&'ภาระงานตามเกณฑ์ — none (without weight, or of an area, which has no limits), below, within or above.';
COMMENT ON COLUMN crm_kam_001_kamr_row.rule_set IS
U&'ชุดเกณฑ์ที่ใช้ — Rule set that weighs it: that of the approval, before it the one in force (R4).';
COMMENT ON COLUMN crm_kam_001_kamr_row.in_force IS
U&'มีผลแล้วหรือไม่ — Whether the plan or amendment that appoints is approved.';
COMMENT ON TYPE crm_kam_002_row IS
U&'แถวของ CRM-KAM-002 — A row of CRM-KAM-002: a budget, target, benefit or activity.';
COMMENT ON COLUMN crm_kam_002_row.unit_code IS
U&'หน่วยงาน — Unit whose plan it is.';
COMMENT ON COLUMN crm_kam_002_row.unit_name_th IS
U&'ชื่อหน่วยงานภาษาไทย — Name of the unit in Thai.';
COMMENT ON COLUMN crm_kam_002_row.unit_name_en IS
U&'ชื่อหน่วยงานภาษาอังกฤษ — Name of the unit in English.';
COMMENT ON COLUMN crm_kam_002_row.plan_year IS
U&'ปีแผน (ค.ศ.) — Plan year, common era.';
COMMENT ON COLUMN crm_kam_002_row.plan_status IS
U&'สถานะของแผน — State of the plan or amendment that it belongs to.';
COMMENT ON COLUMN crm_kam_002_row.what IS
U&'ชนิดของรายการ: งบประมาณ เป้าหมาย สิทธิประโยชน์ กิจกรรม — What it is: budget, target, benefit or activity.';
COMMENT ON COLUMN crm_kam_002_row.account_id IS
U&'ลูกค้า — Account; NULL for a budget or target.';
COMMENT ON COLUMN crm_kam_002_row.name_th IS
U&'ชื่อลูกค้าภาษาไทย — Name of the account in Thai.';
COMMENT ON COLUMN crm_kam_002_row.name_en IS
U&'ชื่อลูกค้าภาษาอังกฤษ — Name of the account in English.';
COMMENT ON COLUMN crm_kam_002_row.tier IS
U&'ระดับลูกค้ารายสำคัญ — Tier of the account.';
COMMENT ON COLUMN crm_kam_002_row.kamr_id IS
U&'ผู้ดูแล — Who looks after it: key account manager, or section head of a Streamline account (R14); NULL: nobody.';
COMMENT ON COLUMN crm_kam_002_row.kamr_name_th IS
U&'ชื่อผู้ดูแลภาษาไทย — Name of who looks after it, in Thai.';
COMMENT ON COLUMN crm_kam_002_row.item_id IS
U&'เลขที่รายการ — Number of the target, benefit or activity.';
COMMENT ON COLUMN crm_kam_002_row.item IS
U&'รายละเอียด — What the account gets, or what is to be done; of a target its KPI.';
COMMENT ON COLUMN crm_kam_002_row.amount_thb IS
U&'จำนวนเงิน (บาท) — Budget for supporting the key account managers (4.2, 4.3), or worth of a benefit, in baht.';
COMMENT ON COLUMN crm_kam_002_row.target IS
U&'ค่าเป้าหมาย — The value to reach.';
COMMENT ON COLUMN crm_kam_002_row.scale IS
U&'คะแนนเต็ม — The scale''s end: 100 for percentages, 5 for a score of 1 to 5.';
COMMENT ON COLUMN crm_kam_002_row.due_on IS
U&'กำหนดวัน — The day by which an activity is to be done.';
COMMENT ON COLUMN crm_kam_002_row.done_at IS
U&'เวลาที่ทำเสร็จ — When it was done; NULL: not yet.';
COMMENT ON COLUMN crm_kam_002_row.in_force IS
U&'มีผลแล้วหรือไม่ — Whether that plan or amendment is approved.';
COMMENT ON TYPE crm_kam_003_row IS
U&'แถวของ CRM-KAM-003 — A row of CRM-KAM-003: what happened with a case at a time.';
COMMENT ON COLUMN crm_kam_003_row.case_id IS
U&'เลขที่กรณี — Number of the case.';
COMMENT ON COLUMN crm_kam_003_row.account_id IS
U&'ลูกค้า — Account.';
COMMENT ON COLUMN crm_kam_003_row.unit_code IS
U&'หน่วยงาน — Unit of the account at that time.';
COMMENT ON COLUMN crm_kam_003_row.ordinal IS
U&'ลำดับ — Its place in the order of time, from 1.';
COMMENT ON COLUMN crm_kam_003_row.event IS
U&'สิ่งที่เกิดขึ้น — What happened: received, escalated, decided, answered, closed and so on (form_word, list event).';
COMMENT ON COLUMN crm_kam_003_row.happened_at IS
U&'เวลาที่เกิดขึ้น — When.';
COMMENT ON COLUMN crm_kam_003_row.staff_id IS
U&'ผู้ดำเนินการ — By whom; NULL: by time, or not recorded.';
COMMENT ON COLUMN crm_kam_003_row.name_th IS
U&'ชื่อผู้ดำเนินการภาษาไทย — Their name in Thai.';
COMMENT ON COLUMN crm_kam_003_row.post IS
U&'ตำแหน่งผู้ตัดสินใจ — Post that the case was brought to, or by which it was decided.';
COMMENT ON COLUMN crm_kam_003_row.post_th IS
U&'ชื่อตำแหน่งภาษาไทย — Title of the post in Thai.';
COMMENT ON COLUMN crm_kam_003_row.post_en IS
U&'ชื่อตำแหน่งภาษาอังกฤษ — Title of the post in English.';
COMMENT ON COLUMN crm_kam_003_row.cause IS
U&'สาเหตุหรือชนิด — Why it was escalated: urgent, time or hand; kind of a voice or resource; decision on that.';
COMMENT ON COLUMN crm_kam_003_row.what IS
U&'รายละเอียด — In words: what was brought up, the reason, finding, decision, answer or outcome.';
COMMENT ON COLUMN crm_kam_003_row.due_on IS
U&'วันครบกำหนด — Due day of the answer, with pauses.';
COMMENT ON COLUMN crm_kam_003_row.on_time IS
U&'ทันกำหนด — Of an answer: whether it was given in time; NULL where the due day is unknown.';
COMMENT ON TYPE crm_kam_005_row IS
U&'แถวของ CRM-KAM-005 — A row of CRM-KAM-005: an account, one of its contact persons, its key account managers.';
COMMENT ON COLUMN crm_kam_005_row.unit_code IS
U&'หน่วยงานที่คัดเลือก — Unit that selected the account.';
COMMENT ON COLUMN crm_kam_005_row.unit_name_th IS
U&'ชื่อหน่วยงานภาษาไทย — Name of the unit in Thai.';
COMMENT ON COLUMN crm_kam_005_row.unit_name_en IS
U&'ชื่อหน่วยงานภาษาอังกฤษ — Name of the unit in English.';
COMMENT ON COLUMN crm_kam_005_row.plan_year IS
U&'ปีแผน (ค.ศ.) — Plan year, common era.';
COMMENT ON COLUMN crm_kam_005_row.account_id IS
U&'ลูกค้า — Account.';
COMMENT ON COLUMN crm_kam_005_row.name_th IS
U&'ชื่อลูกค้าภาษาไทย — Name of the account in Thai.';
COMMENT ON COLUMN crm_kam_005_row.name_en IS
U&'ชื่อลูกค้าภาษาอังกฤษ — Name of the account in English.';
COMMENT ON COLUMN crm_kam_005_row.tier IS
U&'ระดับลูกค้ารายสำคัญ — Tier.';
COMMENT ON COLUMN crm_kam_005_row.contact_person IS
U&'ผู้ติดต่อ — Name of the contact person; NULL: there is none.';
COMMENT ON COLUMN crm_kam_005_row.duty IS
U&'ตำแหน่งหรือหน้าที่ — Position or duty there.';
COMMENT ON COLUMN crm_kam_005_row.phone IS
U&'โทรศัพท์ — Telephone.';
COMMENT ON COLUMN crm_kam_005_row.email IS
U&'อีเมล — Electronic mail.';
COMMENT ON COLUMN crm_kam_005_row.is_coordinator IS
U&'เป็นผู้ประสานงาน — Is a coordinator: whom PEA calls first.';
COMMENT ON COLUMN crm_kam_005_row.kamr_id IS
U&'ผู้ดูแล — Who looks after it: key account manager, or section head of a Streamline account (R14); NULL: nobody.';
COMMENT ON COLUMN crm_kam_005_row.kamr_name_th IS
U&'ชื่อผู้ดูแลภาษาไทย — Name of who looks after it, in Thai.';
COMMENT ON COLUMN crm_kam_005_row.kamr_name_en IS
U&'ชื่อผู้ดูแลภาษาอังกฤษ — Name of who looks after it, in English.';
COMMENT ON COLUMN crm_kam_005_row.kamr_position IS
U&'ตำแหน่งของผู้ดูแล — Position of who looks after it.';
COMMENT ON COLUMN crm_kam_005_row.kamr_channels IS
U&'ช่องทางติดต่อผู้ดูแล — How the account reaches them; NULL: not introduced yet.';
COMMENT ON COLUMN crm_kam_005_row.area_kamr_id IS
U&'ผู้ดูแลร่วมระดับเขต — Area key account manager beside them (4.12); NULL: none.';
COMMENT ON COLUMN crm_kam_005_row.area_kamr_name_th IS
U&'ชื่อผู้ดูแลร่วมภาษาไทย — Name of the area key account manager in Thai.';
COMMENT ON COLUMN crm_kam_005_row.area_kamr_name_en IS
U&'ชื่อผู้ดูแลร่วมภาษาอังกฤษ — Name of the area key account manager in English.';
COMMENT ON FUNCTION _words(text) IS
U&'คำในรายการ — The Thai names of a list of words, by their codes.';
COMMENT ON FUNCTION _measure_names() IS
U&'ชื่อตัวชี้วัด — The Thai titles of the measures, by their codes.';
COMMENT ON FUNCTION _check_form_period(text, text) IS
U&'ตรวจสอบแบบฟอร์มและงวด — The form, where there is one and it has the period. Error 22023.';
COMMENT ON FUNCTION _check_form_unit(text, int) IS
U&'ตรวจสอบหน่วยงานและปีแผนของแบบฟอร์ม — Refuses whom the workflow does not know (42501), a unit that does not exist (P0002) and a year that is none, or not opened (22004, 22023, 55000).';
COMMENT ON FUNCTION _form_units(text, text) IS
U&'หน่วยงานที่แบบฟอร์มครอบคลุม — The units that a form of this unit covers.';
COMMENT ON FUNCTION _known_units() IS
U&'หน่วยงานที่ทราบภาระงานได้ — The units of which the reader may know what their people carry.';
COMMENT ON FUNCTION _crm_kam_001(text[], int) IS
U&'CRM-KAM-001 ของหลายหน่วยงาน — The rows of crm_kam_001, of these units.';
COMMENT ON FUNCTION _crm_kam_001_kamr(text[], int) IS
U&'CRM-KAM-001 ส่วนพนักงาน ของหลายหน่วยงาน — The rows of crm_kam_001_kamr, of these units.';
COMMENT ON FUNCTION _crm_kam_002(text[], int) IS
U&'CRM-KAM-002 ของหลายหน่วยงาน — The rows of crm_kam_002, of these units.';
COMMENT ON FUNCTION _crm_kam_005(text[], int) IS
U&'CRM-KAM-005 ของหลายหน่วยงาน — The rows of crm_kam_005, of these units.';
COMMENT ON FUNCTION crm_kam_001(text, int) IS
U&'CRM-KAM-001 ทะเบียนลูกค้ารายสำคัญ — Accounts under review: value, criteria met, tier, basis, decision and reason, key account manager; as the open plan would have them (6.1.1). Of what the caller reads.';
COMMENT ON FUNCTION crm_kam_001_kamr(text, int) IS
U&'CRM-KAM-001 พนักงานบริหารลูกค้ารายสำคัญ — Key account managers: position, qualification, waiver, portfolio and its weight; as the open plan would have them (6.1.2). Of what the caller reads.';
COMMENT ON FUNCTION crm_kam_002(text, int) IS
U&'CRM-KAM-002 สิทธิประโยชน์ เป้าหมาย และแผน — Budgets and targets of units, benefits and activities of accounts; as the open plan would have them (5, step 1). Of what the caller reads.';
COMMENT ON FUNCTION crm_kam_003(bigint) IS
U&'CRM-KAM-003 รายงานผลการติดต่อสื่อสาร — What happened with a case, in the order of time: receipts, pauses, decision makers, answers, what was found (4.11.5, 4.14.5). No rows for who may not read the case.';
COMMENT ON FUNCTION crm_kam_005(text, int) IS
U&'CRM-KAM-005 รายชื่อและผู้ประสานงาน — Key accounts in force, their contact persons and key account managers (5, step 7). Of what the caller reads.';
