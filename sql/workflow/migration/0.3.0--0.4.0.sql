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
