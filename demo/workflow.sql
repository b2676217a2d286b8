\echo
\echo '12 ─ The workflow: organisation, people, accounts ──────────── manual 4, 6.1 ──'
\echo '     กระบวนงานทั้งปี: หน่วยงาน บุคลากร ลูกค้า'

-- A role per member of staff.  Roles belong to the whole server: what an earlier demonstration left is used again.
CREATE TEMP TABLE person (staff_id text, name_th text, post text, unit text, hired date DEFAULT '2015-05-01');
INSERT INTO person (staff_id, name_th, post, unit) VALUES
	('Anan', 'อนันต์', 'deputy_governor_strategy', 'HQ'), ('Bunsri', 'บุญศรี', 'director_engineering_hq', 'HQ'),
	('Chai', 'ชัย', 'director_personnel_development', 'HQ'), ('Duang', 'ดวง', 'director_customer_information', 'HQ'),
	('Ek', 'เอก', 'director_communication_service', 'HQ'), ('Fah', 'ฟ้า', 'process_owner', 'HQ'),
	('Ketsara', 'เกสร', 'hq_section_head', 'HQ'), ('Hathai', 'หทัย', NULL, 'HQ'),
	('Itthi', 'อิทธิ', 'deputy_governor_region', 'R1'), ('Jaran', 'จรัญ', 'area_director', 'N1'),
	('Kanya', 'กัญญา', 'director_engineering_area', 'N1'), ('Lek', 'เล็ก', 'director_customer_service', 'N1'),
	('Manee', 'มานี', NULL, 'N1'), ('Nok', 'นก', 'office_manager', 'N1-A'), ('Orapin', 'อรพิน', 'section_head', 'N1-A'),
	('Pim', 'พิมพ์', NULL, 'N1-A'), ('Somchai', 'สมชาย', NULL, 'N1-A'), ('Tawan', 'ตะวัน', NULL, 'N1-A'),
	('Udom', 'อุดม', 'office_manager', 'N1-B'), ('Wira', 'วีระ', 'section_head', 'N1-B'), ('Wanida', 'วนิดา', NULL, 'N1-B');
GRANT SELECT ON person TO PUBLIC;
UPDATE person SET hired = '2024-06-01' WHERE staff_id = 'Tawan';
CREATE FUNCTION pg_temp.role_of(staff_id text) RETURNS name LANGUAGE sql IMMUTABLE RETURN 'kam_demo_' || lower(staff_id);
SELECT format('CREATE ROLE %I', r) FROM (SELECT pg_temp.role_of(staff_id) FROM person UNION ALL SELECT 'kam_demo_owner') AS roles (r)
WHERE r NOT IN (SELECT rolname FROM pg_roles) \gexec

\set ECHO queries
CALL kam.create_workflow('crm', owner => 'kam_demo_owner');
\set ECHO none
SELECT format('     %s tables, %s views, %s functions, %s policies, all the owner''s.',
	(SELECT count(*) FROM pg_class WHERE relnamespace = 'crm'::regnamespace AND relkind = 'r'),
	(SELECT count(*) FROM pg_class WHERE relnamespace = 'crm'::regnamespace AND relkind = 'v'),
	(SELECT count(*) FROM pg_proc WHERE pronamespace = 'crm'::regnamespace),
	(SELECT count(*) FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace = 'crm'::regnamespace)) AS line
\gset
\echo :line

SET search_path = crm, public;
SET ROLE kam_demo_owner;
INSERT INTO unit (unit_code, kind, office_class, parent_unit, name_th, name_en) VALUES
	('N1-A', 'office', 1, 'N1', 'กฟจ.เชียงใหม่', 'Chiang Mai office'),
	('N1-B', 'office', 2, 'N1', 'กฟอ.แม่ริม', 'Mae Rim office');
INSERT INTO staff (staff_id, name_th, name_en, position, hire_date, unit_code, role_name)
	SELECT staff_id, name_th, staff_id, 'วศก.', hired, unit, pg_temp.role_of(staff_id) FROM person;
INSERT INTO post_holder (post, unit_code, staff_id, from_date)
	SELECT post, unit, staff_id, '2025-01-01' FROM person WHERE post IS NOT NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON import_account, import_fact, import_bill TO kam_demo_duang;
-- The demonstration plays a year; a workflow that is rehearsed in stays marked as such.
CALL rehearse('2025-10-20 09:00+07');
RESET ROLE;
\echo
\echo '     The plan year is 2026 (พ.ศ. 2569). It is played by 21 people, each with'
\echo '     a role of their own, in headquarters, area N1, offices N1-A and N1-B.'

-- What somebody does at some time: the line of the minutes, and what came of it.
CREATE FUNCTION pg_temp.play(at timestamptz, who text, call text) RETURNS SETOF text
	LANGUAGE plpgsql
AS $$
DECLARE
	answer text;
	title text;
BEGIN
	PERFORM set_config('role', 'kam_demo_owner', false);
	EXECUTE format('CALL crm.rehearse(%L)', at);
	title := (SELECT regexp_replace(p.title_en, ', (area|HQ|region)$', '') || ' ' || h.unit_code FROM crm.post_holder h JOIN crm.post p USING (post) WHERE h.staff_id = who LIMIT 1);
	title := coalesce(title, (SELECT replace(k.level, 'hq', 'HQ') || ' KAMR ' || k.unit_code FROM crm.kamr k WHERE k.staff_id = who LIMIT 1));
	PERFORM set_config('role', pg_temp.role_of(who), false);
	answer := pg_temp.answer('SELECT ' || call);
	PERFORM set_config('role', 'none', false);
	RETURN NEXT format('%s  %s, %s', to_char(at AT TIME ZONE 'Asia/Bangkok', 'DD Mon YYYY'), who, title);
	RETURN QUERY SELECT pg_temp.wrap(call, '             ');
	IF answer LIKE 'refused%' OR answer ~ '[[:alpha:]]' THEN
		RETURN QUERY SELECT pg_temp.wrap('→ ' || answer, '             ');
	END IF;
END
$$;

-- The same for the many things a year is made of: done, and not told one by one.
CREATE PROCEDURE pg_temp.quietly(at timestamptz, who text, call text)
	LANGUAGE plpgsql
AS $$
BEGIN
	PERFORM set_config('role', 'kam_demo_owner', false);
	EXECUTE format('CALL crm.rehearse(%L)', at);
	PERFORM set_config('role', pg_temp.role_of(who), false);
	EXECUTE 'SELECT ' || call;
	PERFORM set_config('role', 'none', false);
END
$$;

\pset format unaligned
\pset tuples_only on
\echo
SELECT pg_temp.play('2025-10-20 09:00+07', 'Duang', 'open_year(2026)');
SELECT format('             %s deadlines laid out for %s units, and a draft plan for each.',
	count(*), count(DISTINCT unit_code)) FROM deadline;
\pset tuples_only off
\pset format aligned

-- Customers, facts and bills come in files.
CREATE TEMP TABLE customer_file AS
SELECT id, unit, class, kv, bill
FROM (VALUES
	('A', 'N1-A', 1, 7, 'High', 115, 9000000), ('A', 'N1-A', 8, 12, 'Medium', 115, 6000000), ('A', 'N1-A', 13, 15, 'High', 22, 4000000),
	('A', 'N1-A', 16, 17, 'Low', 22, 900000), ('A', 'N1-A', 18, 18, 'Low', 22, 800000), ('A', 'N1-A', 19, 19, NULL, 22, 3000000),
	('A', 'N1-A', 20, 20, 'High', 22, 2500000), ('B', 'N1-B', 1, 1, 'High', 115, 8000000), ('B', 'N1-B', 2, 2, 'Medium', 69, 3500000),
	('B', 'N1-B', 3, 3, 'High', 22, 2000000), ('Z', 'N1-B', 1, 20, NULL, 33, 15000000), ('Q', 'HQ', 1, 6, 'High', 22, 12000000)) AS kind (prefix, unit, first, last, class, kv, bill),
	LATERAL (SELECT prefix || to_char(n, 'FM00') FROM generate_series(first, last) AS n) AS named (id);
GRANT SELECT ON customer_file TO PUBLIC;
SET ROLE kam_demo_duang;
\echo
\echo '     Duang (director, customer information systems, 4.8) loads the files:'
INSERT INTO import_account (account_id, unit_code, name_th, name_en)
	SELECT id, unit, 'บริษัท ' || id || ' จำกัด', 'Company ' || id FROM customer_file;
INSERT INTO import_account (account_id, unit_code, name_th) VALUES ('A21', 'N9', 'บริษัท เขตผิด จำกัด'), ('', 'N1-A', 'ไม่มีรหัส');
\set ECHO queries
CALL import_accounts();
\set ECHO none
INSERT INTO import_bill (account_id, contract_account, month, amount_thb)
	SELECT id, '02' || id, to_char(make_date(2025, m, 1), 'YYYY-MM-DD'), (bill + 1000 * m)::text
	FROM customer_file, generate_series(1, 9) AS m;
CALL import_bills();
INSERT INTO import_fact (account_id, plan_year, fact, value, source, fact_on)
	SELECT id, '2026', fact, value, source, '2025-09-30'
	FROM customer_file, LATERAL (VALUES ('value_class', class, 'HVC 2568'), ('voltage_kv', kv::text, 'SAP')) AS f (fact, value, source)
	WHERE value IS NOT NULL;
CALL import_facts();
SELECT kind, lines, done, refused FROM import_progress WHERE lines > 0 ORDER BY run;
\echo
\echo '     What could not go in stays, with the reason:'
SELECT account_id AS account, unit_code AS unit, problem_column, problem
FROM import_account ORDER BY line;
RESET ROLE;
