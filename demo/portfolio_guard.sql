\echo
\echo '8 ── The portfolio limit on a table of your own ───────────── manual 6.1.2.1 ──'
\echo '     One call; then no commit lifts a manager above 12.0 in a plan year.'
\echo '     KAMR 1 คน รับผิดชอบลูกค้าถ่วงน้ำหนักรวมไม่เกิน 12'

-- Made by somebody else: text for the tier, an end date for what is over.
CREATE TABLE account_owner (
	account text, plan_year int, manager text, tier text, ended_on date,
	PRIMARY KEY (account, plan_year));
CREATE INDEX ON account_owner (manager, plan_year);
INSERT INTO account_owner
	SELECT 'S' || n, 2026, 'Malee', 'Strategic', NULL FROM generate_series(1, 11) AS n;

\echo '     account_owner (account, plan_year, manager, tier, ended_on): not by kam.'
\set ECHO queries
SELECT kam.attach_portfolio_guard('account_owner', kamr_column => 'manager',
    tier_column => 'tier', period_column => 'plan_year',
    predicate => 'ended_on IS NULL')
\g /dev/null
\set ECHO none

\echo
\echo 'Malee has 11 Strategic accounts: 11.0. Two of three statements break the rule:'
\pset format unaligned
\pset tuples_only on
SELECT line
FROM (VALUES
		(1, $$INSERT INTO account_owner VALUES ('A', 2026, 'Malee', 'Strategic'), ('B', 2026, 'Malee', 'Status')$$),
		(3, $$INSERT INTO account_owner SELECT 'N' || n, 2027, 'Niran', 'Star' FROM generate_series(1, 16) AS n$$),
		(4, $$INSERT INTO account_owner SELECT 'N' || n, 2027, 'Niran', 'Star' FROM generate_series(1, 15) AS n$$)) AS attempt (place, call),
	LATERAL (SELECT 1, wrapped FROM pg_temp.wrap(call, '   ') AS wrapped UNION ALL
		SELECT 2, pg_temp.wrap(pg_temp.outcome(call), '     ')) AS answer (part, line)
ORDER BY place, part;
\pset tuples_only off
\pset format aligned

\echo
\echo 'Two sessions at once. Each gives Malee one account more; either alone would fit.'
BEGIN;
INSERT INTO account_owner VALUES ('first', 2026, 'Malee', 'Strategic');
\echo '   first session:  BEGIN; INSERT … ''Strategic''     (11.0 becomes 12.0)'
\! ./race start "INSERT INTO account_owner VALUES ('second', 2026, 'Malee', 'Strategic')"
CALL pg_temp.await_waiting();
\echo '   second session: INSERT … ''Strategic''            waits for the first'
COMMIT;
\echo '   first session:  COMMIT                          done; the second says:'
\! ./race finish

DO $$
BEGIN
	IF (SELECT kam.weight(kam.portfolio(tier::kam.tier)) FROM account_owner
			WHERE manager = 'Malee' AND plan_year = 2026 AND ended_on IS NULL) <> 12.0 THEN
		RAISE EXCEPTION 'the guard let a portfolio above its limit through';
	END IF;
END
$$;

\echo
\echo 'Below 6.0 is shown, not refused (R13):'
\set ECHO queries
INSERT INTO account_owner VALUES ('Z', 2027, 'Ploy', 'Star');
SELECT kamr, plan_year, portfolio, weight, portfolio_min AS least, violation
    FROM kam.portfolio_violations('account_owner', below => true);
\set ECHO none
