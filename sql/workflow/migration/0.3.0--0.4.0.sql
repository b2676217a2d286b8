/* What becomes of a workflow of 0.3.0. */

-- ---- kpi --------------------------------------------------------------------------

CREATE TABLE kpi_measure (
	measure text PRIMARY KEY,
	ordinal smallint NOT NULL UNIQUE,
	title_th text NOT NULL,
	title_en text NOT NULL,
	section text NOT NULL,
	unit text NOT NULL CHECK (unit IN ('percent', 'score', 'weight')),
	better text NOT NULL CHECK (better IN ('higher', 'within')),
	target_kpi text
);
INSERT INTO kpi_measure VALUES
	('plan_success', 1, unistr('ความสำเร็จตามแผน'), 'Success against the plan', '5, R21', 'percent', 'higher', 'plan_success'),
	('done_on_time', 2, unistr('ดำเนินการตามกำหนด'), 'Activities done on time', '5, R21', 'percent', 'higher', NULL),
	('satisfaction', 3, unistr('ความพึงพอใจโดยรวม'), 'Overall satisfaction', '5, R21', 'score', 'higher', 'satisfaction'),
	('satisfaction_top_two_box', 4, unistr('ความพึงพอใจสองระดับบนสุด'), 'Satisfaction, two highest scores', '5 (step 8)',
		'percent', 'higher', NULL),
	('satisfaction_response', 5, unistr('อัตราการตอบแบบสำรวจความพึงพอใจ'), 'Satisfaction, accounts that answered',
		'5 (step 8)', 'percent', 'higher', NULL),
	('loyalty', 6, unistr('ความภักดี'), 'Loyalty', '5, R21', 'score', 'higher', 'loyalty'),
	('loyalty_top_two_box', 7, unistr('ความภักดีสองระดับบนสุด'), 'Loyalty, two highest scores', '5 (step 8)',
		'percent', 'higher', NULL),
	('loyalty_response', 8, unistr('อัตราการตอบแบบสำรวจความภักดี'), 'Loyalty, accounts that answered', '5 (step 8)',
		'percent', 'higher', NULL),
	('answered_in_time', 9, unistr('ตอบชี้แจงภายใน 5 วันทำการ'), 'Answered within 5 working days', '5 (step 4), R18',
		'percent', 'higher', NULL),
	('recorded_in_time', 10, unistr('บันทึกภายใน 7 วัน'), 'Recorded within 7 days', '5 (step 5), R19', 'percent', 'higher',
		NULL),
	('portfolio_load', 11, unistr('ภาระงานของผู้บริหารลูกค้ารายสำคัญ'), 'Portfolio load', '6.1.2.1, R12, R13', 'weight',
		'within', NULL);
CREATE TYPE kpi_cell AS (measure text, unit_code text, staff_id text, month int, is_moment boolean, scale numeric,
	rate kam.rate, satisfaction kam.satisfaction, portfolio kam.portfolio, weight numeric);
CREATE TYPE kpi_figure AS (measure text, level text, region_code text, area_code text, unit_code text, staff_id text,
	plan_year int, quarter int, month int, period text, rate kam.rate, satisfaction kam.satisfaction,
	portfolio kam.portfolio, weight numeric, scale numeric, value numeric, percent numeric, target numeric,
	attained boolean);
CREATE TYPE kpi_row AS (subject text, subject_id text, account_id text, unit_code text, staff_id text, due_on date,
	done_at timestamptz, met boolean, score numeric, scale numeric, portfolio kam.portfolio, weight numeric);

-- ---- voice_search -----------------------------------------------------------------

CREATE INDEX voice_text ON voice USING gin ((
	setweight(to_tsvector('kam.thai', left(topic, 10000)), 'A')
	|| setweight(to_tsvector('kam.thai', left(coalesce(content, ''), 100000)), 'B')));
ALTER INDEX voice_text ALTER COLUMN 1 SET STATISTICS 0;
CREATE INDEX contact_text ON contact USING gin ((
	setweight(to_tsvector('kam.thai', left(subject, 10000)), 'A')
	|| setweight(to_tsvector('kam.thai', left(coalesce(summary, ''), 100000)), 'B')));
ALTER INDEX contact_text ALTER COLUMN 1 SET STATISTICS 0;
CREATE INDEX service_case_text ON service_case USING gin ((
	setweight(to_tsvector('kam.thai', left(subject, 10000)), 'A')
	|| setweight(to_tsvector('kam.thai', left(coalesce(detail, ''), 100000)), 'B')));
ALTER INDEX service_case_text ALTER COLUMN 1 SET STATISTICS 0;

CREATE TYPE voice_hit AS (source text, source_id bigint, account_id text, name_th text, unit_code text, plan_year int,
	tier kam.tier, said_at timestamptz, kind text, listening text, heading text, headline text, rank real);
CREATE TYPE voice_term AS (scope text, tier kam.tier, place int, term text, voices bigint, accounts bigint,
	share kam.rate, voices_before bigint, first_heard_at timestamptz);
CREATE TYPE voice_figure AS (level text, place int, kind text, kind_th text, kind_en text, title text, voices bigint,
	accounts bigint, stated bigint, unstated bigint, anticipated bigint, strategic bigint, star bigint, status bigint,
	streamline bigint, no_tier bigint, with_case bigint, recorded_in_time kam.rate, voices_before bigint);

-- ---- form -------------------------------------------------------------------------

-- The histories of new tables begin with their first rows.

INSERT INTO report_kind VALUES
	('approved_plan', 2, 'CRM-KAM-001, CRM-KAM-002', unistr('แผนบริหารลูกค้ารายสำคัญที่อนุมัติแล้ว'),
		'Approved plan', '5 (step 2)')
ON CONFLICT DO NOTHING;
INSERT INTO report_recipient
	SELECT 'approved_plan', k, r.recipient, r.post, '5 (step 2)'
	FROM (VALUES
		(unistr('ฝบว.'), 'director_engineering_hq', ARRAY['office', 'area', 'hq']),
		(unistr('ฝพท.'), 'director_customer_information', ARRAY['office', 'area', 'hq']),
		(unistr('กบล.'), 'director_customer_service', ARRAY['office', 'area']),
		(unistr('กฟฟ. ที่เกี่ยวข้อง'), 'office_manager', ARRAY['office', 'area']),
		(unistr('ฝวธ.'), NULL, ARRAY['office', 'area', 'hq']),
		(unistr('สรภ.(ย)'), NULL, ARRAY['office', 'area', 'hq']),
		(unistr('คณะทำงาน SEPA'), NULL, ARRAY['office', 'area', 'hq'])) r (recipient, post, kinds), unnest(r.kinds) k
ON CONFLICT DO NOTHING;
INSERT INTO authority (action, post, scope, section) VALUES
	('report.approved_plan', 'area_director', 'subtree', '4.3'),
	('report.approved_plan', 'deputy_governor_strategy', 'unit', '4.2'),
	('report.approved_plan', 'director_customer_service', 'subtree', '5 (step 2)'),
	('report.approved_plan', 'director_customer_information', 'any', '5 (step 2)')
ON CONFLICT DO NOTHING;
CREATE TABLE form (
	form text PRIMARY KEY CHECK (form ~ '^[A-Za-z][A-Za-z0-9_-]*$'),
	covers text NOT NULL CHECK (covers IN ('own', 'subtree', 'case')),
	periods text NOT NULL DEFAULT '^$',
	title_th text NOT NULL,
	title_en text NOT NULL,
	section text NOT NULL
);
CREATE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON form
	FOR EACH ROW EXECUTE FUNCTION _keep_history('form');
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
CREATE TABLE report_document (
	kind text NOT NULL REFERENCES report_kind,
	form text NOT NULL REFERENCES form,
	ordinal smallint NOT NULL,
	PRIMARY KEY (kind, form)
);
CREATE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON report_document
	FOR EACH ROW EXECUTE FUNCTION _keep_history('kind', 'form');
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
CREATE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON form_signature
	FOR EACH ROW EXECUTE FUNCTION _keep_history('form', 'unit_kind', 'ordinal');
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
CREATE TYPE crm_kam_001_kamr_row AS (
	unit_code text, unit_name_th text, unit_name_en text, plan_year int, staff_id text, name_th text, name_en text,
	"position" text, level text, appointed_from date, qualified boolean, qualification_th text, qualification_en text,
	waived_points int[], waiver_reason text, waived_by text, waived_by_name_th text, portfolio kam.portfolio,
	weight numeric, total_weight numeric, minimum numeric, maximum numeric, load text, rule_set text, in_force boolean
);
CREATE TYPE crm_kam_001_row AS (
	unit_code text, unit_name_th text, unit_name_en text, plan_year int, account_id text, name_th text, name_en text,
	business text, value_class kam.value_class, criteria kam.criteria, criteria_th text, criteria_en text,
	tier kam.tier, tier_before kam.tier, basis text, status text, reason text, plan_status text, in_force boolean,
	kamr_id text, kamr_name_th text, kamr_name_en text, kamr_position text, area_kamr_id text, area_kamr_name_th text,
	area_kamr_name_en text
);
CREATE TYPE crm_kam_002_row AS (
	unit_code text, unit_name_th text, unit_name_en text, plan_year int, plan_status text, what text, account_id text,
	name_th text, name_en text, tier kam.tier, kamr_id text, kamr_name_th text, item_id bigint, item text,
	amount_thb numeric, target numeric, scale numeric, due_on date, done_at timestamptz, in_force boolean
);
CREATE TYPE crm_kam_003_row AS (
	case_id bigint, account_id text, unit_code text, ordinal int, event text, happened_at timestamptz, staff_id text,
	name_th text, post text, post_th text, post_en text, cause text, what text, due_on date, on_time boolean
);
CREATE TYPE crm_kam_005_row AS (
	unit_code text, unit_name_th text, unit_name_en text, plan_year int, account_id text, name_th text, name_en text,
	tier kam.tier, contact_person text, duty text, phone text, email text, is_coordinator boolean, kamr_id text,
	kamr_name_th text, kamr_name_en text, kamr_position text, kamr_channels text, area_kamr_id text,
	area_kamr_name_th text, area_kamr_name_en text
);
CREATE TYPE crm_kam_004_row AS (
	unit_code text, unit_name_th text, unit_name_en text, scope text, plan_year int, days_from date, days_to date,
	plans_approved kam.rate, accounts bigint, strategic bigint, star bigint, status bigint, streamline bigint,
	kamrs bigint, portfolio kam.portfolio, weight numeric, below_minimum bigint, plan_success kam.rate,
	plan_success_in_period kam.rate, done_on_time kam.rate, contacts bigint, contacts_recorded_in_time kam.rate,
	cases_received bigint, cases_urgent bigint, cases_closed bigint, cases_open bigint, answered_in_time kam.rate,
	voices bigint
);
CREATE TYPE survey_report_row AS (
	unit_code text, unit_name_th text, unit_name_en text, scope text, tier kam.tier, plan_year int, survey_id bigint,
	kind text, title text, measure text, satisfaction kam.satisfaction, responses bigint, mean numeric, deviation numeric,
	scale numeric, top_two kam.rate, answered kam.rate
);
CREATE TYPE effectiveness_report_row AS (
	unit_code text, plan_year int, measure text, title_th text, title_en text, survey text, unit text, rate kam.rate,
	actual numeric, scale numeric, target numeric, target_scale numeric, is_met boolean, year_before numeric
);
CREATE TYPE process_review_row AS (
	unit_code text, plan_year int, step int, name_th text, name_en text, deadlines bigint, met bigint, met_late bigint,
	overdue bigint, due bigint, on_time kam.rate
);
CREATE TYPE form_request AS (
	form text, unit_code text, units text[], plan_year int, period text, days daterange, case_id bigint,
	figures_only boolean, publisher text, publisher_post text, publisher_acting boolean
);

-- ---- assignment -------------------------------------------------------------------

-- It has an argument more.
DROP FUNCTION _refuse_portfolio(text);
