-- Assignment (6.1.2.1): who may have an account, the limit, hand-overs, what stays as it was approved.
\set schema wf_assignment
\set prefix regress_assignment_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture
\pset format unaligned
\pset tuples_only on

SET ROLE :owner;
INSERT INTO plan_year VALUES (2027, '2026-10-01 09:00+07', 'process_owner_hq');
INSERT INTO plan (plan_year, unit_code, route)
SELECT 2027, unit_code, kind FROM unit WHERE unit_code IN ('HQ', 'N1', 'C1', 'N1-A', 'N1-B', 'C1-A');
RESET ROLE;
-- 13 Strategic, 15 Star, 2 Status, 2 Streamline accounts of N1-A, some of the others.
SELECT pg_temp.add_accounts('N1-A', 13);
SELECT pg_temp.add_accounts('N1-A', 15, 2027, '{"value_class": "Low"}', first => 21);
SELECT pg_temp.add_accounts('N1-A', 2, 2027, '{"voltage_kv": 22, "avg_monthly_bill_thb": null}', first => 41);
SELECT pg_temp.add_accounts('N1-A', 2, 2027, '{"value_class": "Low", "voltage_kv": 22, "avg_monthly_bill_thb": null}', first => 51);
SELECT pg_temp.add_accounts('N1-B', 3);
SELECT pg_temp.add_accounts('N1', 1);
SELECT pg_temp.add_accounts('N1', 1, 2027, '{"value_class": "Low", "voltage_kv": 22, "avg_monthly_bill_thb": null}', first => 51);
SELECT pg_temp.add_accounts('HQ', 1);
SELECT pg_temp.add_accounts('HQ', 1, 2027, '{"value_class": "Low", "voltage_kv": 22, "avg_monthly_bill_thb": null}', first => 51);
-- Propose and select everything; in the session's own role, each unit by its own head.
CREATE FUNCTION pg_temp.select_all(head text, unit text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	how_many bigint;
BEGIN
	PERFORM pg_temp.act(head);
	PERFORM propose_selection(2027, unit);
	SELECT count(select_account(2027, account_id)) INTO how_many FROM selection WHERE plan_year = 2027 AND unit_code = unit AND status = 'eligible';
	PERFORM pg_temp.act(NULL);
	RETURN how_many;
END $$;
-- Assign to a person: accounts of a unit, from one number to another.
CREATE FUNCTION pg_temp.give(head text, unit text, from_no int, to_no int, staff_id text) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.try(head, format('SELECT count(assign_account(2027, %L || to_char(n, %L), %L)) FROM generate_series(%s, %s) n',
		upper(pg_temp.short(unit)), 'FM-00', staff_id, from_no, to_no))
$$;
CREATE FUNCTION pg_temp.portfolios(who text) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.try(who, $f$SELECT string_agg(concat_ws(' ', staff_id, units, portfolio, weight, state, 'in force', in_force), E'\n' ORDER BY staff_id)
		FROM kamr_portfolio WHERE plan_year = 2027$f$)
$$;
SELECT pg_temp.brief('director_engineering_hq_hq', 'SELECT count(*) FROM compute_cutoffs(2027)');
SELECT pg_temp.select_all('office_manager_n1a', 'N1-A'), pg_temp.select_all('office_manager_n1b', 'N1-B'),
	pg_temp.select_all('director_customer_service_n1', 'N1'), pg_temp.select_all('director_engineering_hq_hq', 'HQ');
SELECT tier, count(*) FROM selection WHERE plan_year = 2027 GROUP BY tier ORDER BY tier DESC;

---- Who may have an account

SELECT pg_temp.give('office_manager_n1a', 'N1-A', 1, 1, 'kamr1_n1a');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT appoint_kamr(2027, $$N1-A$$, $$kamr1_n1a$$, $$office$$)'),
	pg_temp.brief('office_manager_n1a', 'SELECT appoint_kamr(2027, $$N1-A$$, $$kamr2_n1a$$, $$senior$$)'),
	pg_temp.brief('office_manager_n1b', 'SELECT appoint_kamr(2027, $$N1-B$$, $$kamr1_n1b$$, $$office$$)'),
	pg_temp.brief('director_customer_service_n1', 'SELECT appoint_kamr(2027, $$N1$$, $$area_kamr_n1$$, $$area$$)'),
	pg_temp.brief('director_engineering_hq_hq', 'SELECT appoint_kamr(2027, $$HQ$$, $$kamr1_hq$$, $$hq$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT judge_relations(2027, $$N1-A$$, $$kamr1_n1a$$, true)'),
	pg_temp.brief('office_manager_n1a', 'SELECT judge_relations(2027, $$N1-A$$, $$kamr2_n1a$$, true)');
SELECT pg_temp.portfolios('office_manager_n1a');
SELECT pg_temp.give('office_manager_n1a', 'N1-A', 1, 1, 'kamr1_n1a');
-- One of another unit, of the area, nobody.
SELECT whom, pg_temp.give('office_manager_n1a', 'N1-A', 2, 2, whom) FROM unnest(ARRAY['kamr1_n1b', 'area_kamr_n1', 'section_head_n1a', 'nobody', NULL]) whom;
-- Streamline: the section head (R14).
SELECT whom, pg_temp.give('office_manager_n1a', 'N1-A', 51, 51, whom) FROM unnest(ARRAY['kamr1_n1a', 'section_head_n1b', 'section_head_n1a']) whom;
SELECT whom, pg_temp.give('director_engineering_hq_hq', 'HQ', 51, 51, whom) FROM unnest(ARRAY['kamr1_hq', 'hq_section_head_hq']) whom;
SELECT pg_temp.give('director_engineering_hq_hq', 'HQ', 1, 1, 'kamr1_hq');
-- An account of the area: with a KAMR of one of its offices, Streamline with a section head there.
SELECT whom, pg_temp.give('director_customer_service_n1', 'N1', 1, 1, whom) FROM unnest(ARRAY['kamr1_hq', 'area_kamr_n1', 'kamr1_n1b']) whom;
SELECT whom, pg_temp.give('director_customer_service_n1', 'N1', 51, 51, whom) FROM unnest(ARRAY['section_head_c1a', 'section_head_n1b']) whom;
-- Whose decision it is; another's account and one that does not exist alike.
SELECT who, split_part(pg_temp.give(who, 'N1-A', 2, 2, 'kamr1_n1a'), E'\n', 1)
FROM unnest(ARRAY['section_head_n1a', 'office_manager_n1b', 'director_customer_service_n1', 'area_director_n1', 'director_engineering_hq_hq', 'stranger']) who;
SELECT split_part(pg_temp.give('office_manager_n1b', 'N1-A', 99, 99, 'kamr1_n1b'), E'\n', 1);
-- One that is not selected.
SELECT pg_temp.brief('office_manager_n1a', 'SELECT leave_out_account(2027, $$N1A-42$$, $$moves abroad$$)');
SELECT pg_temp.give('office_manager_n1a', 'N1-A', 42, 42, 'kamr1_n1a');

---- The limit (R11, R12)

SELECT pg_temp.give('office_manager_n1a', 'N1-A', 2, 12, 'kamr1_n1a');
SELECT pg_temp.give('office_manager_n1a', 'N1-A', 13, 13, 'kamr1_n1a');
SELECT pg_temp.give('office_manager_n1a', 'N1-A', 21, 35, 'kamr2_n1a');
SELECT pg_temp.give('office_manager_n1a', 'N1-A', 41, 41, 'kamr2_n1a');
-- Streamline does not count.
SELECT pg_temp.give('office_manager_n1a', 'N1-A', 52, 52, 'section_head_n1a');
SELECT pg_temp.portfolios('office_manager_n1a');
-- An area KAMR beside them, without a limit.
SELECT pg_temp.try('office_manager_n1a', 'SELECT count(assign_area_kamr(2027, account_id, $$area_kamr_n1$$)) FROM selection WHERE unit_code = $$N1-A$$ AND status = $$selected$$');
SELECT pg_temp.try('office_manager_n1a', 'SELECT assign_area_kamr(2027, $$N1A-01$$, $$kamr2_n1a$$)');
SELECT pg_temp.try('director_engineering_hq_hq', 'SELECT assign_area_kamr(2027, $$HQ-01$$, $$area_kamr_n1$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT unassign_area_kamr(2027, $$N1A-01$$)');
SELECT responsibility, staff_id, count(*) FROM assignment WHERE unit_code = 'N1-A' GROUP BY 1, 2 ORDER BY 1, 2;
-- Two who are full exchange accounts.
SELECT pg_temp.give('office_manager_n1a', 'N1-A', 12, 12, 'kamr2_n1a');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT unassign_account(2027, $$N1A-12$$)');
SELECT pg_temp.give('office_manager_n1a', 'N1-A', 41, 41, 'kamr1_n1a');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT swap_accounts(2027, $$N1A-41$$, $$N1A-21$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT swap_accounts(2027, $$N1A-21$$, $$N1A-22$$)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT swap_accounts(2027, $$N1A-01$$, $$N1A-22$$)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT swap_accounts(2027, $$N1A-01$$, $$N1A-51$$)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT swap_accounts(2027, $$N1A-01$$, $$N1A-12$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT swap_accounts(2027, $$N1A-01$$, $$N1B-01$$)');
SELECT pg_temp.portfolios('office_manager_n1a');

---- New facts: the tier follows, as far as the limit allows

SET ROLE :owner;
UPDATE account_fact SET value_class = 'High' WHERE account_id = 'N1A-23' AND plan_year = 2027;
RESET ROLE;
SELECT pg_temp.try('office_manager_n1a', 'SELECT count(*) FROM propose_selection(2027, $$N1-A$$)');
SET ROLE :owner;
UPDATE account_fact SET value_class = 'High' WHERE account_id IN ('N1A-24', 'N1A-25') AND plan_year = 2027;
RESET ROLE;
SELECT pg_temp.try('office_manager_n1a', 'SELECT count(*) FROM propose_selection(2027, $$N1-A$$)');
-- A check that is not the guard's keeps its own words.
SET ROLE :owner;
ALTER TABLE selection ADD CONSTRAINT no_strategic_n1a24 CHECK (account_id <> 'N1A-24' OR tier <> 'Strategic') NOT VALID;
RESET ROLE;
SELECT split_part(pg_temp.try('office_manager_n1a', 'SELECT count(*) FROM propose_selection(2027, $$N1-A$$)'), E'\n', 1);
SET ROLE :owner;
ALTER TABLE selection DROP CONSTRAINT no_strategic_n1a24;
RESET ROLE;
SET ROLE :owner;
UPDATE account_fact SET value_class = 'Low' WHERE account_id IN ('N1A-24', 'N1A-25') AND plan_year = 2027;
RESET ROLE;
-- One up, one down with the same person: only the outcome counts.
SET ROLE :owner;
UPDATE account_fact SET value_class = 'High', voltage_kv = 22, avg_monthly_bill_thb = NULL WHERE account_id = 'N1A-26' AND plan_year = 2027;
UPDATE account_fact SET value_class = 'High' WHERE account_id = 'N1A-24' AND plan_year = 2027;
RESET ROLE;
SELECT pg_temp.try('office_manager_n1a', 'SELECT string_agg(x::text, $$ $$) FROM propose_selection(2027, $$N1-A$$) x');
SELECT pg_temp.portfolios('office_manager_n1a');
-- To Streamline: no longer the KAMR's.
SET ROLE :owner;
UPDATE account_fact SET value_class = 'Low' WHERE account_id = 'N1A-26' AND plan_year = 2027;
RESET ROLE;
SELECT pg_temp.try('office_manager_n1a', 'SELECT string_agg(x::text, $$ $$) FROM propose_selection(2027, $$N1-A$$) x');
SELECT responsibility, staff_id, tier FROM assignment WHERE account_id = 'N1A-26' ORDER BY responsibility;
SELECT pg_temp.give('office_manager_n1a', 'N1-A', 26, 26, 'section_head_n1a');
-- Left out: nobody's.
SELECT pg_temp.brief('office_manager_n1a', 'SELECT leave_out_account(2027, $$N1A-24$$, $$bankrupt$$)');
SELECT count(*) FROM assignment WHERE account_id = 'N1A-24';

---- One person in two units: one limit (R12)

SET ROLE :owner;
UPDATE staff SET unit_code = 'N1-B' WHERE staff_id = 'kamr1_n1a';
RESET ROLE;
SELECT pg_temp.brief('office_manager_n1b', 'SELECT appoint_kamr(2027, $$N1-B$$, $$kamr1_n1a$$, $$office$$)');
-- What that person carries elsewhere is not told, only that the limit is reached.
SELECT pg_temp.give('office_manager_n1b', 'N1-B', 1, 1, 'kamr1_n1a');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT unassign_account(2027, $$N1A-01$$)');
SELECT pg_temp.give('office_manager_n1b', 'N1-B', 1, 1, 'kamr1_n1a');
-- Each sees its own part; the area sees both.
SELECT pg_temp.portfolios('office_manager_n1b');
SELECT pg_temp.portfolios('director_customer_service_n1');
SELECT pg_temp.portfolios('stranger');
-- Dropped in one unit, the person keeps what the other gave.
SELECT pg_temp.brief('office_manager_n1b', 'SELECT drop_kamr(2027, $$N1-B$$, $$kamr1_n1a$$)');
SELECT unit_code, count(*) FROM assignment WHERE staff_id = 'kamr1_n1a' GROUP BY 1 ORDER BY 1;
SELECT pg_temp.give('office_manager_n1b', 'N1-B', 1, 3, 'kamr1_n1b');

-- Who looks after accounts of the area's plan, or as area KAMR after accounts of offices, is not dropped before these are given away.
SELECT pg_temp.try('office_manager_n1b', 'SELECT drop_kamr(2027, $$N1-B$$, $$kamr1_n1b$$)');
SELECT pg_temp.try('director_customer_service_n1', 'SELECT drop_kamr(2027, $$N1$$, $$area_kamr_n1$$)');

---- Handed over at once, in an approved plan (R22)

SELECT pg_temp.try('office_manager_n1a', 'SELECT hand_over_account(2027, $$N1A-02$$, $$kamr2_n1a$$, $$goes on leave$$)');
SET ROLE :owner;
UPDATE plan SET status = 'approved', rule_set = 'revision-4', approved_at = '2026-12-20' WHERE plan_year = 2027 AND unit_code IN ('N1-A', 'N1');
RESET ROLE;
CALL pg_temp.at('2027-03-01 09:00+07');
SELECT pg_temp.give('office_manager_n1a', 'N1-A', 2, 2, 'kamr2_n1a');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT unassign_account(2027, $$N1A-02$$)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT hand_over_account(2027, $$N1A-02$$, $$kamr2_n1a$$, $$goes on leave$$)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT hand_over_account(2027, $$N1A-25$$, $$kamr1_n1a$$, NULL)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT hand_over_account(2027, $$N1A-25$$, $$kamr2_n1a$$, $$x$$)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT hand_over_account(2027, $$N1A-25$$, $$kamr1_n1b$$, $$x$$)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT hand_over_account(2027, $$N1A-51$$, $$kamr1_n1a$$, $$x$$)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT hand_over_account(2027, $$N1A-12$$, $$kamr1_n1a$$, $$x$$)');
SELECT who, split_part(pg_temp.try(who, 'SELECT hand_over_account(2027, $$N1A-25$$, $$kamr1_n1a$$, $$x$$)'), E'\n', 1)
FROM unnest(ARRAY['section_head_n1a', 'office_manager_n1b', 'director_customer_service_n1', 'area_director_n1', 'kamr1_n1a']) who;
SELECT pg_temp.try('office_manager_n1b', 'SELECT hand_over_account(2027, $$N1A-99$$, $$kamr1_n1a$$, $$x$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT hand_over_account(2027, $$N1A-25$$, $$kamr1_n1a$$, $$asked for by the customer$$)');
SELECT n.staff_id, n.assigned_by, n.assigned_at, b.staff_id AS before, b.ended_on, b.ended_reason
FROM assignment n JOIN assignment b ON b.assignment_id = n.taken_over_from;
SELECT action, post, from_status, to_status, reason FROM decision WHERE subject = 'assignment';
SELECT pg_temp.portfolios('office_manager_n1a');
-- Back again: nothing that has ended changes.
SELECT pg_temp.brief('office_manager_n1a', 'SELECT hand_over_account(2027, $$N1A-25$$, $$kamr2_n1a$$, $$comes back$$)');
SELECT staff_id, ended_on, ended_reason, taken_over_from IS NOT NULL AS taken_over FROM assignment
WHERE account_id = 'N1A-25' AND responsibility = 'main' ORDER BY assignment_id;
-- Two who are nearly full: in one transaction, with the limit held against the outcome.
BEGIN;
SELECT pg_temp.brief('office_manager_n1a', 'SELECT hand_over_account(2027, $$N1A-27$$, $$kamr1_n1a$$, $$exchange$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT hand_over_account(2027, $$N1A-28$$, $$kamr1_n1a$$, $$exchange$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT hand_over_account(2027, $$N1A-29$$, $$kamr1_n1a$$, $$exchange$$)');
ROLLBACK;
SET ROLE regress_assignment_office_manager_n1a;
BEGIN;
SET CONSTRAINTS kam_portfolio_guard DEFERRED;
SELECT hand_over_account(2027, 'N1A-27', 'kamr1_n1a', 'exchange');
SELECT hand_over_account(2027, 'N1A-28', 'kamr1_n1a', 'exchange');
SELECT hand_over_account(2027, 'N1A-29', 'kamr1_n1a', 'exchange');
SELECT hand_over_account(2027, 'N1A-10', 'kamr2_n1a', 'exchange');
COMMIT;
RESET ROLE;

---- What is approved stays, for its owner too

SELECT pg_temp.try('owner', s) FROM unnest(ARRAY[
	'UPDATE assignment SET staff_id = $$kamr2_n1a$$ WHERE account_id = $$N1A-03$$ AND responsibility = $$main$$',
	'DELETE FROM assignment WHERE account_id = $$N1A-03$$',
	'UPDATE assignment SET ended_reason = $$x$$ WHERE account_id = $$N1A-25$$ AND ended_on IS NOT NULL',
	'UPDATE assignment SET ended_on = NULL WHERE account_id = $$N1A-25$$ AND ended_on IS NOT NULL',
	'UPDATE assignment SET ended_on = $$2027-03-01$$, staff_id = $$kamr2_n1a$$ WHERE account_id = $$N1A-03$$ AND responsibility = $$main$$',
	'UPDATE assignment SET ended_on = $$2027-03-01$$ WHERE account_id = $$N1B-01$$',
	'INSERT INTO assignment (plan_id, plan_year, unit_code, account_id, staff_id, responsibility, assigned_by, assigned_at)
		SELECT plan_id, 2027, $$N1-A$$, $$N1A-12$$, $$kamr2_n1a$$, $$main$$, $$office_manager_n1a$$, now() FROM plan WHERE unit_code = $$N1-A$$',
	'INSERT INTO assignment (plan_id, plan_year, unit_code, account_id, staff_id, responsibility, assigned_by, assigned_at, taken_over_from)
		SELECT plan_id, 2027, $$N1-A$$, $$N1A-12$$, $$kamr2_n1a$$, $$main$$, $$office_manager_n1a$$, now(), assignment_id
		FROM assignment WHERE account_id = $$N1A-03$$ AND responsibility = $$main$$',
	'TRUNCATE assignment CASCADE']) s;
-- What is not yet approved follows a change of the selection, and nothing else does.
SELECT pg_temp.try('owner', 'UPDATE assignment SET tier = $$Star$$ WHERE account_id = $$N1B-01$$');

---- In an amendment

SELECT pg_temp.brief('office_manager_n1a', 'SELECT open_amendment(2027, $$N1-A$$, $$kamr1 leaves$$) > 0');
CREATE FUNCTION pg_temp.with_whom(account text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', 'amendment', p.amendment_no, a.staff_id, 'dropped by ' || d.amendment_no, 'ended ' || a.ended_on), E'\n' ORDER BY a.assignment_id)
	FROM wf_assignment.assignment a JOIN wf_assignment.plan p USING (plan_id) LEFT JOIN wf_assignment.plan d ON d.plan_id = a.dropped_by
	WHERE a.plan_year = 2027 AND a.account_id = account AND a.responsibility = 'main'
$$;
SELECT pg_temp.brief('office_manager_n1a', 'SELECT drop_kamr(2027, $$N1-A$$, $$kamr1_n1a$$, $$leaves$$)');
SELECT pg_temp.with_whom('N1A-03');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT appoint_kamr(2027, $$N1-A$$, $$newcomer_n1a$$, $$office$$)');
SELECT pg_temp.give('office_manager_n1a', 'N1-A', 3, 4, 'newcomer_n1a');
SELECT pg_temp.with_whom('N1A-03');
-- Under way in the amendment, it is not handed over beside it.
SELECT pg_temp.try('office_manager_n1a', 'SELECT hand_over_account(2027, $$N1A-03$$, $$kamr2_n1a$$, $$x$$)');
SELECT pg_temp.portfolios('office_manager_n1a');
-- Given to the same person as before: as if nothing had been.
SELECT pg_temp.give('office_manager_n1a', 'N1-A', 25, 25, 'newcomer_n1a'), pg_temp.give('office_manager_n1a', 'N1-A', 25, 25, 'kamr2_n1a');
SELECT pg_temp.with_whom('N1A-25');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT withdraw_amendment(2027, $$N1-A$$)');
SELECT pg_temp.with_whom('N1A-03');
SELECT pg_temp.with_whom('N1A-05');
-- Another one, all the way: kamr1 is replaced, and what nobody looks after is dropped.
SELECT pg_temp.brief('office_manager_n1a', 'SELECT open_amendment(2027, $$N1-A$$, $$kamr1 leaves$$) > 0');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT drop_kamr(2027, $$N1-A$$, $$kamr1_n1a$$, $$leaves$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT appoint_kamr(2027, $$N1-A$$, $$newcomer_n1a$$, $$office$$)'),
	pg_temp.brief('office_manager_n1a', 'SELECT waive_qualification(2027, $$N1-A$$, $$newcomer_n1a$$, $${1,2,3,4}$$, $$nobody else$$)');
SET ROLE regress_assignment_office_manager_n1a;
SELECT count(assign_account(2027, account_id, 'newcomer_n1a')) FROM assignment
WHERE unit_code = 'N1-A' AND staff_id = 'kamr1_n1a' AND responsibility = 'main' AND ended_on IS NULL;
SELECT count(drop_account(2027, account_id, 'nobody to look after it')) FROM selection s
WHERE unit_code = 'N1-A' AND status = 'selected' AND NOT EXISTS (
	SELECT FROM assignment a WHERE a.selection_id = s.selection_id AND a.responsibility <> 'area' AND a.ended_on IS NULL AND a.dropped_by IS NULL);
SELECT count(add_activity(2027, account_id, 'visit', '2027-06-01')) FROM selection
WHERE unit_code = 'N1-A' AND status = 'selected' AND dropped_by IS NULL;
SELECT set_target(2027, 'N1-A', 'plan_success', 90), set_target(2027, 'N1-A', 'satisfaction', 85);
RESET ROLE;
SELECT pg_temp.portfolios('office_manager_n1a');
SELECT pg_temp.walk_plan(2027, 'N1-A');
SELECT pg_temp.with_whom('N1A-03');
SELECT pg_temp.with_whom('N1A-27');
SELECT pg_temp.portfolios('office_manager_n1a');
SELECT count(*), count(ended_on) FROM assignment WHERE unit_code = 'N1-A' AND dropped_by IS NOT NULL;
SELECT level, staff_id, ended_on FROM kamr WHERE unit_code = 'N1-A' ORDER BY kamr_id;
-- (The first plans were approved by hand above.)
SELECT * FROM verify_decisions() WHERE problem NOT LIKE '%is approved without a decision';

\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
