-- Selection (6.1.1): cut-offs, proposals, decisions on each account, special cases, the difference from last year.
\set schema wf_selection
\set prefix regress_selection_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\i :fixture
\pset format unaligned
\pset tuples_only on

SELECT pg_temp.add_accounts('N1-A', 3, 2026);
SELECT pg_temp.add_accounts('N1-B', 1, 2026);
SELECT pg_temp.put_in_force(2026);
-- The plans of 2027, as open_year begins them.
SET ROLE :owner;
INSERT INTO plan_year VALUES (2027, '2026-10-01 09:00+07', 'process_owner_hq');
INSERT INTO plan (plan_year, unit_code, route)
SELECT 2027, unit_code, kind FROM unit WHERE unit_code IN ('HQ', 'N1', 'C1', 'N1-A', 'N1-B', 'C1-A');
RESET ROLE;
-- What a proposal tells, a line each.
CREATE FUNCTION pg_temp.propose(staff_id text, unit text, plan_year int DEFAULT 2027) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.try(staff_id, format($f$
		SELECT string_agg(concat_ws(' ', x.account_id, x.change, x.tier_before, '>', x.tier_now, x.status), E'\n' ORDER BY x.change, x.account_id)
		FROM propose_selection(%s, %L) x$f$, plan_year, unit))
$$;

---- What has to be there first (R9, R1)

SELECT pg_temp.propose('office_manager_n1a', 'N1-A');
SELECT pg_temp.add_accounts('N1-A', 3);
SELECT pg_temp.propose('office_manager_n1a', 'N1-A');
SELECT pg_temp.try('office_manager_n1a', 'SELECT count(*) FROM compute_cutoffs(2027)');
SELECT pg_temp.brief('director_engineering_hq_hq', 'SELECT count(*) FROM compute_cutoffs(2570)');
SELECT pg_temp.brief('director_engineering_hq_hq', 'SELECT count(*) FROM compute_cutoffs(2028)');
SELECT pg_temp.brief('director_engineering_hq_hq', 'SELECT count(*) FROM compute_cutoffs(NULL)');
SELECT pg_temp.try('director_engineering_hq_hq', 'SELECT string_agg(x::text, $$ $$) FROM compute_cutoffs(2027) x WHERE x.area IN ($$N1$$, $$C1$$)');
SELECT pg_temp.propose('office_manager_n1a', 'N1-A');
-- The facts change, and with them the cut-off of the whole area: its other offices' too.
SELECT pg_temp.add_accounts('N1-B', 3, 2027, '{"value_class": "Low", "voltage_kv": 22, "avg_monthly_bill_thb": 400000}');
SELECT pg_temp.propose('office_manager_n1a', 'N1-A');
SELECT pg_temp.try('director_customer_information_hq', 'SELECT string_agg(x::text, $$ $$) FROM compute_cutoffs(2027) x WHERE x.area IN ($$N1$$, $$C1$$)');
SELECT pg_temp.propose('office_manager_n1a', 'N1-A');
SELECT pg_temp.propose('office_manager_n1b', 'N1-B');
-- Only one's own unit; one that does not exist is refused in the same words.
SELECT pg_temp.propose('office_manager_n1a', 'N1-B');
SELECT pg_temp.propose('office_manager_n1a', 'X9');
SELECT pg_temp.propose('area_director_n1', 'N1-A');
SELECT pg_temp.propose('stranger', 'N1-A');
-- An office reads the cut-off of its area and no other.
SELECT pg_temp.try('office_manager_n1a', 'SELECT string_agg(concat_ws(E''\t'', area, cutoff_thb, rule_set), $$ $$) FROM bill_cutoff');
SELECT pg_temp.try('stranger', 'SELECT count(*) FROM bill_cutoff');

---- Decisions on each account (R5)

SELECT pg_temp.try('office_manager_n1a', 'SELECT select_account(2027, $$N1A-01$$)');
SELECT pg_temp.try('section_head_n1a', 'SELECT select_account(2027, $$N1A-02$$, $$asked for it$$)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT leave_out_account(2027, $$N1A-03$$, NULL)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT leave_out_account(2027, $$N1A-03$$, E'' \t '')');
SELECT pg_temp.try('office_manager_n1a', 'SELECT leave_out_account(2027, $$N1A-03$$, $$closes its mill in March$$)');
SELECT account_id, status, reason FROM selection WHERE unit_code = 'N1-A' AND plan_year = 2027 ORDER BY account_id;
-- Second thoughts.
SELECT pg_temp.try('office_manager_n1a', 'SELECT select_account(2027, $$N1A-03$$)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT leave_out_account(2027, $$N1A-02$$, $$too small$$)');
SELECT account_id, status, reason FROM selection WHERE unit_code = 'N1-A' AND plan_year = 2027 ORDER BY account_id;
-- Another unit's account and one that does not exist: the same words.
SELECT pg_temp.brief('office_manager_n1a', 'SELECT select_account(2027, $$N1B-01$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT select_account(2027, $$N1B-99$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT leave_out_account(2027, $$N1B-01$$, $$x$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT leave_out_account(2027, $$N1B-99$$, $$x$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT drop_account(2027, $$N1B-01$$, $$x$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT drop_account(2027, NULL, $$x$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT select_special(2027, $$N1B-01$$, $$Status$$, $${corporate_image}$$)');
-- The area's director sees the office's account, and may not decide on it.
SELECT pg_temp.brief('director_customer_service_n1', 'SELECT select_account(2027, $$N1A-01$$)');
SELECT pg_temp.brief('area_director_n1', 'SELECT leave_out_account(2027, $$N1A-01$$, $$x$$)');
-- Nothing is dropped from a plan that is not approved.
SELECT pg_temp.try('office_manager_n1a', 'SELECT drop_account(2027, $$N1A-01$$, $$x$$)');
-- Nobody writes to the table, whatever their post.
SELECT pg_temp.brief('office_manager_n1a', 'UPDATE selection SET status = $$selected$$');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT _take_out(p, $$N1A-01$$) FROM plan p WHERE p.plan_year = 2027');
SELECT pg_temp.brief('office_manager_n1a', 'INSERT INTO bill_cutoff VALUES (2027, $$N1$$, 1, $$x$$, now())');

---- Special cases (R3, R8)

SELECT pg_temp.add_accounts('N1-A', 3, 2027, '{"value_class": null}', first => 20);
-- Last year's key accounts are N1A-01 to N1A-03.
SELECT pg_temp.brief('office_manager_n1a', 'SELECT select_account(2027, $$N1A-20$$)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT select_special(2027, $$N1A-20$$, $$Strategic$$, $${corporate_image}$$)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT select_special(2027, $$N1A-20$$, $$Status$$, $${voltage}$$)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT select_special(2027, $$N1A-20$$, $$Status$$, $${discretionary}$$)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT select_special(2027, $$N1A-20$$, $$Status$$, $${existing_key_account}$$)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT select_special(2027, $$N1A-01$$, $$Status$$, $${corporate_image}$$)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT select_special(2027, $$N1A-20$$, $$Status$$, $${corporate_image}$$)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT select_special(2027, $$N1A-21$$, $$Streamline$$, $${outage_damage,discretionary}$$, $$the only ice plant$$)');
SET ROLE :owner;
UPDATE account_fact SET value_class = NULL WHERE account_id = 'N1A-02' AND plan_year = 2027;
RESET ROLE;
SELECT pg_temp.try('office_manager_n1a', 'SELECT select_special(2027, $$N1A-02$$, $$Status$$, $${existing_key_account}$$)');
SELECT account_id, value_class, criteria, tier, basis, status, reason FROM selection
WHERE basis = 'special' ORDER BY account_id;
SELECT action, unit_code, post, to_status, reason FROM decision ORDER BY decision_id;
-- Proposing again leaves them alone, until they get a class: then the matrix holds.
SELECT pg_temp.propose('office_manager_n1a', 'N1-A');
SET ROLE :owner;
UPDATE account_fact SET value_class = 'Medium' WHERE account_id IN ('N1A-20', 'N1A-21') AND plan_year = 2027;
RESET ROLE;
SELECT pg_temp.propose('office_manager_n1a', 'N1-A');
SELECT account_id, value_class, criteria, tier, basis, status FROM selection
WHERE account_id IN ('N1A-02', 'N1A-20', 'N1A-21') AND plan_year = 2027 ORDER BY account_id;

---- Proposing again

SET ROLE :owner;
UPDATE account_fact SET value_class = 'Low' WHERE account_id = 'N1A-01' AND plan_year = 2027;
UPDATE account_fact SET value_class = NULL WHERE account_id = 'N1A-03' AND plan_year = 2027;
RESET ROLE;
SELECT pg_temp.add_accounts('N1-A', 1, 2027, '{"voltage_kv": 22, "avg_monthly_bill_thb": 300000}', first => 30);
SELECT pg_temp.brief('director_engineering_hq_hq', 'SELECT count(*) FROM compute_cutoffs(2027)');
SELECT pg_temp.propose('office_manager_n1a', 'N1-A');
SELECT pg_temp.propose('office_manager_n1a', 'N1-A');
-- An account that has moved: the unit that had it lets it go, then the other takes it in.
SET ROLE :owner;
UPDATE account SET unit_code = 'N1-B' WHERE account_id = 'N1A-30';
UPDATE account_fact SET unit_code = 'N1-B' WHERE account_id = 'N1A-30';
RESET ROLE;
SELECT pg_temp.propose('office_manager_n1b', 'N1-B');
SELECT pg_temp.brief('office_manager_n1b', 'SELECT select_account(2027, $$N1A-30$$)');
SELECT pg_temp.propose('office_manager_n1a', 'N1-A');
SELECT pg_temp.propose('office_manager_n1b', 'N1-B');
-- One that has closed.
SET ROLE :owner;
UPDATE account SET closed_on = '2026-09-30' WHERE account_id = 'N1A-30';
RESET ROLE;
SELECT pg_temp.brief('office_manager_n1b', 'SELECT select_account(2027, $$N1A-30$$)');
SELECT pg_temp.brief('director_engineering_hq_hq', 'SELECT count(*) FROM compute_cutoffs(2027)');
SELECT pg_temp.propose('office_manager_n1b', 'N1-B');

---- The difference from last year, for whom it concerns

SELECT pg_temp.try('office_manager_n1a', $$SELECT string_agg(concat_ws(' ', account_id, change, tier_before, '>', tier_now, status), E'\n' ORDER BY account_id)
	FROM selection_change WHERE plan_year = 2027$$);
SELECT pg_temp.try('director_customer_service_n1', 'SELECT string_agg(concat_ws($$ $$, unit_code, change, n), E''\n'' ORDER BY unit_code, change)
	FROM (SELECT unit_code, change, count(*) AS n FROM selection_change WHERE plan_year = 2027 GROUP BY 1, 2) c');
SELECT pg_temp.try('office_manager_c1a', 'SELECT count(*) FROM selection_change');
SELECT pg_temp.try('stranger', 'SELECT count(*) FROM selection_change');

---- In an approved plan, and in an amendment to it (R22)

SELECT pg_temp.brief('office_manager_n1a', 'SELECT leave_out_account(2027, $$N1A-21$$, $$sells its works$$)');
SET ROLE :owner;
UPDATE plan SET status = 'approved', rule_set = 'revision-4', approved_at = '2026-12-20' WHERE plan_year = 2027 AND unit_code = 'N1-A';
RESET ROLE;
CALL pg_temp.at('2027-03-01 09:00+07');
SELECT pg_temp.try('office_manager_n1a', 'SELECT select_account(2027, $$N1A-01$$)');
SELECT pg_temp.propose('office_manager_n1a', 'N1-A');
SELECT pg_temp.brief('owner', 'UPDATE selection SET tier = $$Status$$ WHERE plan_year = 2027 AND account_id = $$N1A-01$$');
SELECT pg_temp.brief('owner', 'DELETE FROM selection WHERE plan_year = 2027 AND account_id = $$N1A-01$$');
SELECT pg_temp.brief('owner', 'TRUNCATE selection CASCADE');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT open_amendment(2027, $$N1-A$$, $$a new factory$$) > 0');
-- New facts count for next year: what is approved stays, what is new comes in.
SELECT pg_temp.add_accounts('N1-A', 1, 2027, first => 40);
SET ROLE :owner;
UPDATE account_fact SET value_class = 'High' WHERE account_id = 'N1A-01' AND plan_year = 2027;
RESET ROLE;
SELECT pg_temp.brief('director_engineering_hq_hq', 'SELECT count(*) FROM compute_cutoffs(2027)');
SELECT pg_temp.propose('office_manager_n1a', 'N1-A');
SELECT pg_temp.try('office_manager_n1a', 'SELECT leave_out_account(2027, $$N1A-01$$, $$x$$)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT drop_account(2027, $$N1A-01$$, $$ $$)');
SELECT pg_temp.try('office_manager_n1a', 'SELECT drop_account(2027, $$N1A-01$$, $$closed down$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT drop_account(2027, $$N1A-01$$, $$closed down$$)');
SELECT account_id, tier, status, dropped_by IS NOT NULL AS dropped, ended_on FROM selection
WHERE plan_year = 2027 AND account_id = 'N1A-01';
-- Taken back.
SELECT pg_temp.try('office_manager_n1a', 'SELECT select_account(2027, $$N1A-01$$)');
SELECT account_id, tier, status, dropped_by IS NOT NULL AS dropped, ended_on FROM selection
WHERE plan_year = 2027 AND account_id = 'N1A-01';
-- An account that had been left out comes in with the tier that was approved; dropped again, it is left out as before.
CREATE FUNCTION pg_temp.rows_of(account text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', 'amendment', p.amendment_no, s.tier, s.status, '(' || s.reason || ')', 'dropped by ' || d.amendment_no),
		E'\n' ORDER BY s.selection_id)
	FROM wf_selection.selection s JOIN wf_selection.plan p USING (plan_id) LEFT JOIN wf_selection.plan d ON d.plan_id = s.dropped_by
	WHERE s.plan_year = 2027 AND s.account_id = account
$$;
SELECT pg_temp.rows_of('N1A-21');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT select_account(2027, $$N1A-21$$, $$sold to its workers$$)');
SELECT pg_temp.rows_of('N1A-21');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT drop_account(2027, $$N1A-21$$, $$bankrupt$$)');
SELECT pg_temp.rows_of('N1A-21');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT drop_account(2027, $$N1A-40$$, $$not yet$$)');
SELECT pg_temp.rows_of('N1A-40');
-- A special case in an amendment can be put differently; one that is approved cannot be selected again.
SELECT pg_temp.brief('office_manager_n1a', 'SELECT select_special(2027, $$N1A-22$$, $$Status$$, $${outage_damage}$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT select_special(2027, $$N1A-22$$, $$Streamline$$, $${outage_damage}$$)');
SELECT pg_temp.rows_of('N1A-22');
SELECT pg_temp.try('office_manager_n1a', 'SELECT select_special(2027, $$N1A-02$$, $$Status$$, $${outage_damage}$$)');
-- Withdrawn, it leaves nothing behind.
SELECT pg_temp.brief('office_manager_n1a', 'SELECT select_account(2027, $$N1A-21$$, $$after all$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT withdraw_amendment(2027, $$N1-A$$, $$a misunderstanding$$)');
SELECT pg_temp.rows_of('N1A-21'), pg_temp.rows_of('N1A-22');

-- An account that moves in mid-year: out of the one plan by an amendment, and then into the other.
SET ROLE :owner;
UPDATE account SET unit_code = 'N1-B' WHERE account_id IN ('N1A-01', 'N1A-02');
RESET ROLE;
SELECT pg_temp.propose('office_manager_n1b', 'N1-B');
SELECT pg_temp.brief('office_manager_n1b', 'SELECT select_special(2027, $$N1A-02$$, $$Status$$, $${outage_damage}$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT open_amendment(2027, $$N1-A$$, $$two have moved$$) > 0');
SELECT pg_temp.brief('office_manager_n1b', 'SELECT drop_account(2027, $$N1A-01$$, $$ours now$$)');
SELECT pg_temp.brief('office_manager_n1a', 'SELECT drop_account(2027, $$N1A-01$$, $$moved$$)'), pg_temp.brief('office_manager_n1a', 'SELECT drop_account(2027, $$N1A-02$$, $$moved$$)');
SELECT pg_temp.propose('office_manager_n1b', 'N1-B');
SELECT pg_temp.brief('office_manager_n1b', 'SELECT select_special(2027, $$N1A-02$$, $$Status$$, $${outage_damage}$$)');
SET ROLE :owner;
UPDATE plan SET status = 'approved', rule_set = 'revision-4', approved_at = _now() WHERE plan_year = 2027 AND unit_code = 'N1-A' AND amendment_no = 2;
SELECT _end_dropped(p) FROM plan p WHERE p.plan_year = 2027 AND p.unit_code = 'N1-A' AND p.amendment_no = 2;
RESET ROLE;
SELECT pg_temp.propose('office_manager_n1b', 'N1-B');
SELECT pg_temp.brief('office_manager_n1b', 'SELECT select_special(2027, $$N1A-02$$, $$Status$$, $${outage_damage}$$)');
SELECT unit_code, account_id, tier, status, ended_on FROM selection WHERE plan_year = 2027 AND account_id IN ('N1A-01', 'N1A-02') ORDER BY selection_id;

---- The tiers are those of kam.classify on the same facts: random facts, every unit

CREATE FUNCTION pg_temp.draw(n int, what text) RETURNS int LANGUAGE sql IMMUTABLE AS $$
	SELECT abs(hashtextextended(what || n, 7) % 100)::int
$$;
SET ROLE :owner;
INSERT INTO plan_year VALUES (2028, '2027-10-01 09:00+07', 'process_owner_hq');
INSERT INTO plan (plan_year, unit_code, route)
SELECT 2028, unit_code, kind FROM unit WHERE unit_code IN ('HQ', 'N1', 'C1', 'N1-A', 'N1-B', 'C1-A');
INSERT INTO account (account_id, name_th, unit_code)
SELECT 'R' || n, 'R' || n, (ARRAY['HQ', 'N1', 'N1-A', 'N1-A', 'N1-B', 'C1', 'C1-A', 'C1-A'])[1 + n % 8] FROM generate_series(1, 800) n;
INSERT INTO account_fact (account_id, plan_year, unit_code, value_class, voltage_kv, avg_monthly_bill_thb, spp_zone, self_generation_mw,
	largest_job_thb, yearly_maintenance_thb, business_prospect, national_strategy, nationwide_network)
SELECT 'R' || n, 2028, a.unit_code, (ARRAY['High', 'Medium', 'Low', NULL])[1 + pg_temp.draw(n, 'class') % 4]::kam.value_class,
	(ARRAY[22, 33, 33, 33, 33, 33, 33, 33, 69, NULL])[1 + pg_temp.draw(n, 'kv') % 10],
	CASE WHEN pg_temp.draw(n, 'known') > 10 THEN pg_temp.draw(n, 'bill') * 150000 END,
	CASE WHEN pg_temp.draw(n, 'spp') > 90 THEN pg_temp.draw(n, 'zone') > 70 END,
	CASE WHEN pg_temp.draw(n, 'self') > 90 THEN pg_temp.draw(n, 'mw') / 30.0 END,
	CASE WHEN pg_temp.draw(n, 'work') > 90 THEN pg_temp.draw(n, 'job') * 60000 END,
	CASE WHEN pg_temp.draw(n, 'keep') > 90 THEN pg_temp.draw(n, 'year') * 25000 END,
	CASE WHEN pg_temp.draw(n, 'prospect') > 97 THEN true END, CASE WHEN pg_temp.draw(n, 'plan') > 97 THEN true END,
	CASE WHEN a.unit_code = 'HQ' THEN pg_temp.draw(n, 'net') > 50 END
FROM generate_series(1, 800) n JOIN account a ON a.account_id = 'R' || n;
-- In C1 too few qualify, so that its 20 highest bills count.
UPDATE account_fact SET voltage_kv = 22, spp_zone = NULL, self_generation_mw = NULL, largest_job_thb = NULL, yearly_maintenance_thb = NULL,
	business_prospect = NULL, national_strategy = NULL WHERE plan_year = 2028 AND unit_code LIKE 'C1%';
RESET ROLE;
SELECT pg_temp.try('director_engineering_hq_hq', 'SELECT string_agg(x::text, $$ $$) FROM compute_cutoffs(2028) x WHERE x.area IN ($$N1$$, $$C1$$)');
SELECT who, pg_temp.try(who, format('SELECT count(*) FROM propose_selection(2028, %L)', unit)) FROM (VALUES
	('office_manager_n1a', 'N1-A'), ('office_manager_n1b', 'N1-B'), ('office_manager_c1a', 'C1-A'), ('director_customer_service_n1', 'N1'),
	('director_customer_service_c1', 'C1'), ('director_engineering_hq_hq', 'HQ')) p (who, unit);
CREATE TEMP TABLE fact AS SELECT * FROM account_fact_total WHERE plan_year = 2028;
CREATE TEMP TABLE classified AS
	SELECT account_id, value_class, criteria, tier FROM kam.classify('fact', 2028) WHERE tier IS NOT NULL;
SELECT count(*), count(*) FILTER (WHERE tier = 'Strategic') > 20 AS some_strategic, count(*) FILTER (WHERE tier = 'Streamline') > 20 AS some_streamline
FROM classified;
SELECT count(*) FROM (
	(SELECT account_id, value_class, criteria, tier FROM selection WHERE plan_year = 2028 EXCEPT SELECT * FROM classified)
	UNION ALL
	(SELECT * FROM classified EXCEPT SELECT account_id, value_class, criteria, tier FROM selection WHERE plan_year = 2028)) different;

\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :cleanup
