-- The organisation: the tree of units, people, posts, who acts for whom.
\set schema wf_organisation
\set prefix regress_organisation_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :fixture

-- ---- units ------------------------------------------------------------------

SELECT kind, count(*) FROM unit WHERE unit_code !~ '-' GROUP BY kind ORDER BY kind;
SELECT r.unit_code, r.name_th, string_agg(a.unit_code || ' ' || a.name_th, ', ' ORDER BY a.unit_code)
FROM unit r JOIN unit a ON a.parent_unit = r.unit_code WHERE r.kind = 'region' GROUP BY 1, 2 ORDER BY 1;
SELECT string_agg(u, ' ' ORDER BY u) FROM _subtree('N1') u;
SELECT unit_code, _area(unit_code) FROM unnest(ARRAY['N1-A', 'N1', 'R1', 'HQ', 'nowhere']) unit_code;

CREATE FUNCTION pg_temp.owner(statement text) RETURNS text LANGUAGE sql AS $$ SELECT pg_temp.try('owner', statement) $$;
SELECT pg_temp.owner(statement) FROM unnest(ARRAY[
	$$INSERT INTO unit (unit_code, kind, parent_unit, name_th, name_en) VALUES ('X', 'area', 'X', 'x', 'x')$$,
	$$INSERT INTO unit (unit_code, kind, parent_unit, name_th, name_en) VALUES ('X', 'area', 'nowhere', 'x', 'x')$$,
	$$INSERT INTO unit (unit_code, kind, parent_unit, name_th, name_en) VALUES ('X', 'area', 'HQ', 'x', 'x')$$,
	$$INSERT INTO unit (unit_code, kind, parent_unit, name_th, name_en) VALUES ('X', 'area', NULL, 'x', 'x')$$,
	$$INSERT INTO unit (unit_code, kind, parent_unit, office_class, name_th, name_en) VALUES ('X', 'office', 'N1-A', 1, 'x', 'x')$$,
	$$INSERT INTO unit (unit_code, kind, parent_unit, name_th, name_en) VALUES ('X', 'office', 'N1', 'x', 'x')$$,
	$$INSERT INTO unit (unit_code, kind, parent_unit, office_class, name_th, name_en) VALUES ('X', 'office', 'N1', 4, 'x', 'x')$$,
	$$INSERT INTO unit (unit_code, kind, name_th, name_en) VALUES ('HQ2', 'hq', 'x', 'x')$$,
	$$INSERT INTO unit (unit_code, kind, parent_unit, name_th, name_en) VALUES ('n1 a', 'area', 'R1', 'x', 'x')$$,
	-- a cycle: a region under an area that stands under it
	$$UPDATE unit SET parent_unit = 'N1' WHERE unit_code = 'R1'$$,
	$$UPDATE unit SET kind = 'region', parent_unit = 'HQ' WHERE unit_code = 'N1'$$,
	$$UPDATE unit SET unit_code = 'N9' WHERE unit_code = 'N1'$$,
	$$DELETE FROM unit WHERE unit_code = 'N1'$$,
	-- moving an office to another area
	$$UPDATE unit SET parent_unit = 'C1' WHERE unit_code = 'N1-B'$$]) statement;
SELECT pg_temp.try('area_director_n1', 'SELECT count(*) FROM post_holder WHERE unit_code = $$N1-B$$') AS former_area,
	pg_temp.try('area_director_c1', 'SELECT count(*) FROM post_holder WHERE unit_code = $$N1-B$$') AS new_area;
SELECT pg_temp.owner($$UPDATE unit SET parent_unit = 'N1' WHERE unit_code = 'N1-B'$$);

-- a unit is closed when nothing is left in it
SELECT pg_temp.add_accounts('C1-A', 1, 2026) \g /dev/null
SELECT pg_temp.owner(statement) FROM unnest(ARRAY[
	$$UPDATE unit SET closed_on = '2026-12-31' WHERE unit_code = 'C1'$$,
	$$UPDATE unit SET closed_on = '2026-12-31' WHERE unit_code = 'C1-A'$$,
	$$UPDATE account SET closed_on = '2026-12-31' WHERE unit_code = 'C1-A'$$,
	$$UPDATE unit SET closed_on = '2026-12-31' WHERE unit_code = 'C1-A'$$,
	$$UPDATE post_holder SET to_date = '2026-12-30' WHERE unit_code = 'C1-A'$$,
	$$UPDATE unit SET closed_on = '2026-12-31' WHERE unit_code = 'C1-A'$$,
	$$INSERT INTO post_holder (post, unit_code, staff_id, from_date) VALUES ('office_manager', 'C1-A', 'kamr1_c1a', '2026-12-31')$$,
	$$UPDATE post_holder SET to_date = '2026-12-30' WHERE unit_code = 'C1'$$,
	$$UPDATE unit SET closed_on = '2026-12-31' WHERE unit_code = 'C1'$$,
	$$INSERT INTO unit (unit_code, kind, parent_unit, office_class, name_th, name_en) VALUES ('C1-B', 'office', 'C1', 1, 'x', 'x')$$]) statement;

-- ---- people -----------------------------------------------------------------

SELECT pg_temp.owner(statement) FROM unnest(ARRAY[
	$$INSERT INTO staff (staff_id, name_th, position, hire_date, unit_code) VALUES ('s1', 'x', 'x', '2020-01-01', 'N1-A')$$,
	$$INSERT INTO staff (staff_id, name_th, position, hire_date, unit_code, role_name) VALUES ('s1', 'x', 'x', '2020-01-01', 'N1-A', 'no "such" role')$$,
	$$INSERT INTO staff (staff_id, name_th, position, hire_date, unit_code, role_name) VALUES ('s1', 'x', 'x', '2020-01-01', 'N1-A', 'regress_organisation_kamr1_n1a')$$,
	$$INSERT INTO staff (staff_id, name_th, position, hire_date, unit_code, role_name) VALUES ('kamr1_n1a', 'x', 'x', '2020-01-01', 'N1-A', 'regress_organisation_stranger')$$,
	$$INSERT INTO staff (staff_id, name_th, position, hire_date, unit_code, role_name) VALUES ('s1', 'x', 'x', '2020-01-01', 'nowhere', 'regress_organisation_stranger')$$,
	$$INSERT INTO reader VALUES ('nobody', 'N1')$$,
	$$INSERT INTO reader VALUES (NULL, 'N1')$$,
	$$INSERT INTO proxy VALUES ('nobody', 'kamr1_n1a')$$,
	$$INSERT INTO proxy VALUES ('regress_organisation_application', 'nobody')$$,
	$$UPDATE setting SET value = 'many' WHERE setting = 'soon_days'$$,
	$$UPDATE setting SET value = 'Mars' WHERE setting = 'calendar'$$]) statement;
-- a role that row security does not bind is taken, with a warning
SELECT pg_temp.owner($$INSERT INTO reader VALUES ('regress_organisation_owner', 'N1')$$);
SELECT pg_temp.owner($$DELETE FROM reader WHERE role_name = 'regress_organisation_owner'$$);

-- ---- posts -------------------------------------------------------------------

SELECT section, post, unit_kind, reads, by_appointment, title_th FROM post ORDER BY length(section), section, post;
SELECT pg_temp.owner(statement) FROM unnest(ARRAY[
	-- two holders of one post
	$$INSERT INTO post_holder (post, unit_code, staff_id, from_date) VALUES ('office_manager', 'N1-A', 'kamr1_n1a', '2027-01-01')$$,
	$$INSERT INTO post_holder (post, unit_code, staff_id, from_date) VALUES ('office_kamr', 'N1-A', 'kamr1_n1a', '2027-01-01')$$,
	$$INSERT INTO post_holder (post, unit_code, staff_id, from_date) VALUES ('area_director', 'N1-A', 'kamr1_n1a', '2027-01-01')$$,
	$$INSERT INTO post_holder (post, unit_code, staff_id, from_date) VALUES ('king', 'N1-A', 'kamr1_n1a', '2027-01-01')$$,
	$$INSERT INTO post_holder (post, unit_code, staff_id, from_date) VALUES ('section_head', 'N2', 'kamr1_n1a', '2014-12-31')$$,
	$$INSERT INTO post_holder (post, unit_code, staff_id, from_date) VALUES ('area_director', 'N2', 'kamr1_n1a', '2014-12-31')$$,
	$$INSERT INTO post_holder (post, unit_code, staff_id, from_date, to_date) VALUES ('area_director', 'N2', 'kamr1_n1a', '2020-01-02', '2020-01-01')$$,
	$$INSERT INTO post_holder (post, unit_code, staff_id, from_date, acting) VALUES ('area_director', 'N2', 'kamr1_n1a', '2020-01-02', true)$$,
	-- one after the other, and one who acts beside the holder
	$$UPDATE post_holder SET to_date = '2026-12-31' WHERE unit_code = 'N1-A' AND post = 'office_manager'$$,
	$$INSERT INTO post_holder (post, unit_code, staff_id, from_date) VALUES ('office_manager', 'N1-A', 'kamr1_n1a', '2027-01-01')$$,
	$$UPDATE post_holder SET to_date = NULL WHERE staff_id = 'office_manager_n1a'$$,
	$$INSERT INTO post_holder (post, unit_code, staff_id, from_date, to_date, acting, reason) VALUES ('office_manager', 'N1-A', 'kamr2_n1a', '2026-10-01', '2026-10-05', true, 'leave')$$]) statement;
-- the constraint holds where the trigger could not see
SET ROLE :owner;
ALTER TABLE post_holder DISABLE TRIGGER check_post_holder;
INSERT INTO post_holder (post, unit_code, staff_id, from_date) VALUES ('office_manager', 'N1-A', 'kamr1_n1a', '2026-06-01');
ALTER TABLE post_holder ENABLE TRIGGER check_post_holder;
RESET ROLE;
SELECT pg_temp.act('office_manager_n1a') \g /dev/null
SELECT post, unit_code, staff_id, acting, from_date, to_date FROM post_today ORDER BY post, acting;
SELECT pg_temp.act('reader') \g /dev/null
SELECT unit_code, post, staff_id, acting FROM post_today WHERE staff_id IS NULL OR acting ORDER BY 1, 2;

-- ---- delegation -----------------------------------------------------------------

RESET ROLE;
\set delegate 'SELECT delegate_post(post => $$office_manager$$, unit_code => $$N1-A$$, to_staff => $$section_head_n1a$$, from_date => $$2026-10-10$$, to_date => $$2026-10-20$$, reason => $$leave$$)'
SELECT who, pg_temp.try(who, :'delegate')
FROM unnest(ARRAY['stranger', 'office_manager_n1b', 'area_director_n1', 'kamr2_n1a']) who;
SELECT pg_temp.try('office_manager_n1a', statement) FROM unnest(ARRAY[
	replace(:'delegate', 'section_head_n1a', 'office_manager_n1b'),	-- exists, elsewhere
	replace(:'delegate', 'section_head_n1a', 'nobody'),	-- does not exist
	replace(:'delegate', 'section_head_n1a', 'office_manager_n1a'),
	replace(:'delegate', '2026-10-10', '2026-09-30'),
	replace(:'delegate', '2026-10-20', '2026-10-09'),
	replace(:'delegate', '$$2026-10-20$$', 'NULL'),
	replace(:'delegate', '$$leave$$', '$$$$')]) statement;
SELECT pg_temp.act('office_manager_n1a') \g /dev/null
SELECT delegate_post('office_manager', 'N1-A', 'section_head_n1a', '2026-10-10', '2026-10-20', 'ลาพักผ่อน') AS delegation \gset
RESET ROLE;
SELECT post, staff_id, from_date, to_date, acting, reason, delegated_by FROM post_holder WHERE post_holder_id = :delegation;
SELECT subject, action, unit_code, staff_id, post, acting, reason FROM decision;
SELECT clock, pg_temp.try('section_head_n1a', format('SELECT string_agg(post || CASE WHEN acting THEN $$ (acting)$$ ELSE $$$$ END, $$, $$) FROM my_posts()')) AS posts
FROM (SELECT '2026-10-09 23:59+07' AS clock) c;
CALL pg_temp.at('2026-10-10 00:00+07');
SELECT pg_temp.act('section_head_n1a') \g /dev/null
SELECT * FROM my_posts();
SELECT * FROM _authorize('kamr.appoint', 'N1-A');
-- in their own post, where that suffices
SELECT * FROM _authorize('selection.edit', 'N1-A');
-- what was delegated is not passed on
SELECT delegate_post('office_manager', 'N1-A', 'kamr1_n1a', '2026-10-11', '2026-10-12', 'x');
SELECT end_delegation(:delegation, 'x');
RESET ROLE;
CALL pg_temp.at('2026-10-15 09:00+07');
SELECT pg_temp.try('office_manager_n1b', format('SELECT end_delegation(%s, $$back$$)', :delegation)) AS other,
	pg_temp.try('office_manager_n1a', 'SELECT end_delegation(123456, $$back$$)') AS none,
	pg_temp.try('office_manager_n1a', format('SELECT end_delegation(%s, $$$$)', :delegation)) AS no_reason;
SELECT pg_temp.act('office_manager_n1a') \g /dev/null
SELECT end_delegation(:delegation, 'กลับมาแล้ว');
SELECT end_delegation(:delegation, 'again');
RESET ROLE;
SELECT from_date, to_date FROM post_holder WHERE post_holder_id = :delegation;
SELECT pg_temp.try('section_head_n1a', 'SELECT _authorize($$kamr.appoint$$, $$N1-A$$)') AS no_longer;
SELECT action, reason FROM decision ORDER BY decision_id;
-- one that has not begun is gone, and its history tells of it
SELECT pg_temp.act('office_manager_n1a') \g /dev/null
SELECT delegate_post('office_manager', 'N1-A', 'section_head_n1a', '2026-11-10', '2026-11-20', 'travel') AS delegation \gset
SELECT end_delegation(:delegation, 'no travel');
SELECT operation, changed_by, row_now ->> 'reason' AS reason FROM history WHERE table_name = 'post_holder' AND row_key = :'delegation' ORDER BY history_id;
SELECT * FROM verify_decisions();
RESET ROLE;
SELECT * FROM verify_decisions();
\i :cleanup
