/*
 * The yearly process of the manual (section 5): when each of its ten steps is
 * due. The readings R16, R17 and R19 are rows here, which a user overrides
 * with rows of their own.
 */

CREATE TABLE kam.process_step (
	step int NOT NULL CHECK (step BETWEEN 1 AND 10),
	period text NOT NULL DEFAULT '' CHECK (octet_length(period) < 64),
	builtin boolean NOT NULL DEFAULT false,
	year_offset int NOT NULL DEFAULT 0 CHECK (year_offset BETWEEN -1 AND 1),
	due_month int NOT NULL CHECK (due_month BETWEEN 1 AND 12),
	due_day int CHECK (due_day BETWEEN 1 AND 31),
	roll_calendar text CHECK (roll_calendar <> '' AND octet_length(roll_calendar) < 64),
	name_th text,
	name_en text,
	section text,
	note text,
	PRIMARY KEY (step, period, builtin),
	CONSTRAINT process_step_day_of_month CHECK (due_day <= CASE WHEN due_month = 2 THEN 29
		WHEN due_month IN (4, 6, 9, 11) THEN 30 ELSE 31 END)
);
COMMENT ON TABLE kam.process_step IS
'When the steps of the yearly process are due (manual, section 5). A row of yours (builtin false) hides the built-in one of the same step and period, or adds a period.';
COMMENT ON COLUMN kam.process_step.step IS 'Number of the step, 1 to 10.';
COMMENT ON COLUMN kam.process_step.period IS 'What the step is due for, as the argument period of kam.process_deadline takes it: M01 to M12 and Q1 to Q4 for step 6, preliminary and annual for step 9; empty where it is due once.';
COMMENT ON COLUMN kam.process_step.builtin IS 'Shipped with the extension, and read-only.';
COMMENT ON COLUMN kam.process_step.year_offset IS 'The year it is due in, from the plan year: -1 is the year before.';
COMMENT ON COLUMN kam.process_step.due_month IS 'The month it is due in.';
COMMENT ON COLUMN kam.process_step.due_day IS 'The last day, which counts to its end in Bangkok; NULL for the last of the month (R16).';
COMMENT ON COLUMN kam.process_step.roll_calendar IS 'A last day that is no working day of this calendar moves to the next one that is; NULL: it does not move (R16, R19).';
COMMENT ON COLUMN kam.process_step.name_th IS 'What is to be done, in Thai.';
COMMENT ON COLUMN kam.process_step.name_en IS 'What is to be done, in English.';
COMMENT ON COLUMN kam.process_step.section IS 'Where the manual says so.';
COMMENT ON COLUMN kam.process_step.note IS 'How the manual was read, or where something else was decided.';

CREATE TRIGGER protect BEFORE INSERT OR UPDATE OR DELETE ON kam.process_step
	FOR EACH ROW EXECUTE FUNCTION kam._reference_protect();
CREATE TRIGGER protect_all BEFORE TRUNCATE ON kam.process_step
	FOR EACH STATEMENT EXECUTE FUNCTION kam._reference_protect();
COMMENT ON TRIGGER protect ON kam.process_step IS 'Built-in rows are read-only.';
COMMENT ON TRIGGER protect_all ON kam.process_step IS 'Built-in rows are read-only.';

/* Row triggers fire for replicated rows too, statement triggers for TRUNCATE. */
CREATE TRIGGER row_changed AFTER INSERT OR UPDATE OR DELETE ON kam.process_step
	FOR EACH ROW EXECUTE FUNCTION kam._reference_changed();
CREATE TRIGGER truncated AFTER TRUNCATE ON kam.process_step
	FOR EACH STATEMENT EXECUTE FUNCTION kam._reference_changed();
ALTER TABLE kam.process_step ENABLE ALWAYS TRIGGER row_changed;
ALTER TABLE kam.process_step ENABLE ALWAYS TRIGGER truncated;
COMMENT ON TRIGGER row_changed ON kam.process_step IS 'Makes every session read the table anew.';
COMMENT ON TRIGGER truncated ON kam.process_step IS 'Makes every session read the table anew.';

INSERT INTO kam.process_step (step, period, builtin, year_offset, due_month, due_day, name_th, name_en, section, note)
WITH step (step, name_th, name_en) AS (VALUES
	(1, pg_catalog.unistr('จัดทำแผนการบริหารลูกค้ารายสำคัญ'), 'Plan the management of key accounts'),
	(2, pg_catalog.unistr('พิจารณาแผนการบริหารลูกค้ารายสำคัญ'), 'Consider the plan'),
	(3, pg_catalog.unistr('จัดทำฐานข้อมูลลูกค้า พนักงานและแผนบริหารลูกค้ารายสำคัญลงในระบบฐานข้อมูลสารสนเทศ'), 'Put customers, staff and plan into the information systems'),
	(4, pg_catalog.unistr('จัดการความสัมพันธ์กับลูกค้าตามแผนการบริหารลูกค้ารายสำคัญ'), 'Manage the relationship as planned'),
	(5, pg_catalog.unistr('บันทึกข้อมูลการจัดการความสัมพันธ์กับลูกค้าลงในระบบสารสนเทศ'), 'Record every relationship activity'),
	(6, pg_catalog.unistr('ติดตามผลการดำเนินงาน และสรุปสารสนเทศเสียงลูกค้าจากการจัดการความสัมพันธ์กับลูกค้า'), 'Follow up results, summarise the voice of the customer'),
	(7, pg_catalog.unistr('สรุปข้อมูลรายชื่อและผู้ประสานงานของลูกค้ารายสำคัญ'), 'List key accounts and coordinators'),
	(8, pg_catalog.unistr('สำรวจความพึงพอใจของลูกค้ารายสำคัญ'), 'Survey the satisfaction of key accounts'),
	(9, pg_catalog.unistr('สรุปรายงานประเมินประสิทธิผลและวิเคราะห์ผลการสำรวจความพึงพอใจการบริหารลูกค้ารายสำคัญประจำปี'), 'Report on effectiveness and analyse the survey'),
	(10, pg_catalog.unistr('ประเมินทบทวนกระบวนการบริหารลูกค้ารายสำคัญ'), 'Review the process')
), due (step, period, year_offset, due_month, due_day, note) AS (VALUES
	(1, '', -1, 11, NULL::int, 'November of the year before (R16).'),
	(2, '', -1, 12, NULL, 'December of the year before (R16).'),
	(3, '', 0, 1, NULL, 'January (R16).'),
	(4, '', 0, 12, NULL, 'January to December; an answer to a customer is due within 5 working days (R18).'),
	(5, '', 1, 1, 7, 'The 7th day after the year''s last activity; each is due within 7 days (R19).'),
	(6, 'Q1', 0, 4, NULL, 'A quarter''s report: the last day of the month after it (R17).'),
	(6, 'Q2', 0, 7, NULL, 'A quarter''s report: the last day of the month after it (R17).'),
	(6, 'Q3', 0, 10, NULL, 'A quarter''s report: the last day of the month after it (R17).'),
	(6, 'Q4', 1, 1, NULL, 'A quarter''s report: the last day of the month after it (R17).'),
	(7, '', 0, 7, 15, NULL),
	(8, '', 0, 9, 15, NULL),
	(9, 'preliminary', 0, 10, 15, NULL),
	(9, 'annual', 1, 1, NULL, 'January of the year after (R16).'),
	(10, '', 0, 12, NULL, 'December (R16).')
	UNION ALL
	SELECT 6, pg_catalog.to_char(month, 'FM"M"00'), month / 12, month % 12 + 1, NULL,
		'A month''s report: the last day of the next month, as for quarters (R17).'
	FROM pg_catalog.generate_series(1, 12) AS month
)
SELECT step, period, true, year_offset, due_month, due_day, name_th, name_en, '5', note
FROM due JOIN step USING (step);

SELECT pg_catalog.pg_extension_config_dump('kam.process_step', 'WHERE NOT builtin');

GRANT SELECT ON kam.process_step TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON kam.process_step TO pg_database_owner WITH GRANT OPTION;

CREATE FUNCTION kam.process_deadline(step int, plan_year int DEFAULT NULL, period text DEFAULT NULL) RETURNS date
AS 'MODULE_PATHNAME', 'process_deadline'
LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.process_deadline(int, int, text) IS
'The last day of a step of the yearly process, which counts to its end in Bangkok, by kam.process_step. The plan year is of the common era; NULL: today''s in Bangkok. Period is M01 to M12 or Q1 to Q4 for step 6, preliminary or annual for step 9, else NULL. NULL step gives NULL. Error 22023 for an unknown step, period or year.';
