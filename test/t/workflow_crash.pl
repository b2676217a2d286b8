# A workflow survives that its server is killed, at random moments of a year under load: several sessions work through the
# functions in the roles of many people, and note outside the server each step that was committed. After each recovery every
# noted step is there, and the rules hold that nothing may break.
#
# KAM_CRASHES says how often (6), KAM_CRASH_SESSIONS with how many sessions (4), KAM_CRASH_SEED repeats the choices of
# a run (not their interleaving).
#
# All processes are killed, and the machine goes on: fsync, which PostgreSQL's tests run without, makes no difference to
# what is found afterwards. synchronous_commit does; without it this test finds steps lost, which it makes sure of in the end.

use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use File::Basename;
use IPC::Run ();
use Time::HiRes qw(time sleep);

my $crashes  = $ENV{KAM_CRASHES}        // 6;
my $sessions = $ENV{KAM_CRASH_SESSIONS} // 4;
my $seed     = $ENV{KAM_CRASH_SEED}     // int(time * 1000) % 1_000_000;
diag("KAM_CRASH_SEED=$seed");
srand $seed;

my $here = dirname(__FILE__);
my $node = PostgreSQL::Test::Cluster->new('workflow_crash');
$node->init;
# Errors are counted here, not in the server's log. A WAL writer that is late leaves more to lose to who does not wait for it.
# The questions asked after a crash are estimated as long ones, and are not.
$node->append_conf('postgresql.conf', "deadlock_timeout = 50ms\nlog_min_messages = panic\nsynchronous_commit = on\nwal_writer_delay = 10s\njit = off\n");
$node->start;
my $files = PostgreSQL::Test::Utils::tempdir();

$node->safe_psql('postgres', 'CREATE EXTENSION kam');
$node->command_ok([ 'psql', '-qX', '-v', 'schema=crm', '-v', 'prefix=play_', '-f', "$here/workflow_play.sql", $node->connstr('postgres') ],
	'half a year is played');

# ---- the steps

# Each function of the schema "play" is a step: it looks for something to do and for who may do it, and does that in their
# role. It returns what to look for afterwards: step, table, key, and a column that says the step's name; or of a decision
# its number and hash. Where there is nothing to do, nothing. What is refused meanwhile, is.
$node->safe_psql(
	'postgres', q{
	ALTER DATABASE postgres SET search_path = crm;
	ALTER DATABASE postgres SET timezone = 'Asia/Bangkok';
	ALTER DATABASE postgres SET client_min_messages = error;
	SET search_path = crm;
	SET timezone = 'Asia/Bangkok';
	CREATE SCHEMA play;
	GRANT CREATE ON SCHEMA play TO play_owner;

	CREATE FUNCTION play.does(who text, call text) RETURNS text LANGUAGE plpgsql AS $$
	DECLARE
		answer text;
	BEGIN
		PERFORM set_config('role', 'play_' || who, true);
		EXECUTE 'SELECT ' || call INTO answer;
		PERFORM set_config('role', 'none', true);
		RETURN answer;
	END $$;

	CREATE FUNCTION play.holder(post text, unit text) RETURNS text IMMUTABLE RETURN post || '_' || lower(replace(unit, '-', ''));

	-- The decision that the transaction has just taken: the head of the chain is locked by it.
	CREATE FUNCTION play.decided(step text) RETURNS text STABLE LANGUAGE sql
		AS $$ SELECT concat_ws('|', step, 'decision', h.decision_id, h.hash) FROM crm.decision_head h $$;

	-- An account that somebody looks after in an approved plan.
	CREATE FUNCTION play.some_assignment(of_kind text DEFAULT NULL) RETURNS assignment LANGUAGE sql VOLATILE AS $$
		SELECT a FROM assignment a JOIN plan p USING (plan_id)
		WHERE p.status = 'approved' AND a.ended_on IS NULL AND a.responsibility = coalesce(of_kind, a.responsibility)
			AND a.responsibility <> 'area' AND a.unit_code LIKE CASE WHEN of_kind IS NULL THEN '%' ELSE '%-%' END
		ORDER BY random() LIMIT 1 $$;

	CREATE FUNCTION play.contact(step text) RETURNS SETOF text LANGUAGE plpgsql AS $$
	DECLARE
		a assignment := play.some_assignment();
	BEGIN
		RETURN NEXT concat_ws('|', step, 'contact', play.does(a.staff_id, format($c$record_contact(%L, _now() - interval '1 hour', 'visit', %L)$c$, a.account_id, step)));
	END $$;

	-- Two calls in one transaction.
	CREATE FUNCTION play.activity(step text) RETURNS SETOF text LANGUAGE plpgsql AS $$
	DECLARE
		a record;
	BEGIN
		SELECT v.activity_id, v.account_id, v.done_at, s.staff_id INTO a
		FROM activity v JOIN plan vp USING (plan_id) JOIN assignment s USING (account_id) JOIN plan p ON p.plan_id = s.plan_id
		WHERE vp.status = 'approved' AND v.ended_on IS NULL AND p.status = 'approved' AND s.ended_on IS NULL AND s.responsibility <> 'area'
		ORDER BY random() LIMIT 1;
		IF a.done_at IS NOT NULL THEN
			PERFORM play.does(a.staff_id, format('reopen_activity(%s, %L)', a.activity_id, step));
			RETURN NEXT play.decided(step);
		ELSE
			PERFORM play.does(a.staff_id, format('complete_activity(%s, NULL, %L)', a.activity_id, step));
			RETURN NEXT concat_ws('|', step, 'activity', a.activity_id, 'result');
			RETURN NEXT concat_ws('|', step, 'contact', play.does(a.staff_id,
				format($c$record_contact(%L, _now() - interval '1 hour', 'visit', %L, activity_id => %s)$c$, a.account_id, step, a.activity_id)));
		END IF;
	END $$;

	CREATE FUNCTION play.other_kamr(a assignment) RETURNS text STABLE RETURN
		CASE WHEN a.staff_id LIKE 'kamr1%' THEN 'kamr2' ELSE 'kamr1' END || play.holder('', a.unit_code);

	-- Mostly in one direction, which turns after every fifth crash, so that portfolios come to their limit.
	CREATE FUNCTION play.hand_over(step text) RETURNS SETOF text LANGUAGE plpgsql AS $$
	DECLARE
		a assignment := play.some_assignment('main');
		fuller text := 'kamr' || 1 + split_part(step, '_', 1)::int / 5 % 2;
	BEGIN
		IF starts_with(a.staff_id, fuller) AND random() < 0.9 THEN
			RETURN;
		END IF;
		PERFORM play.does(play.holder('office_manager', a.unit_code), format('hand_over_account(2027, %L, %L, %L)', a.account_id, play.other_kamr(a), step));
		RETURN NEXT play.decided(step);
	END $$;

	-- Two accounts change places: the limit is looked at in the end.
	CREATE FUNCTION play.exchange(step text) RETURNS SETOF text LANGUAGE plpgsql AS $$
	DECLARE
		a assignment := play.some_assignment('main');
		b assignment;
	BEGIN
		SELECT x.* INTO b FROM assignment x JOIN plan p USING (plan_id)
		WHERE p.status = 'approved' AND x.ended_on IS NULL AND x.responsibility = 'main' AND x.staff_id = play.other_kamr(a)
		ORDER BY random() LIMIT 1;
		IF b.assignment_id IS NOT NULL THEN
			SET CONSTRAINTS ALL DEFERRED;
			PERFORM play.does(play.holder('office_manager', a.unit_code), format('hand_over_account(2027, %L, %L, %L)', a.account_id, b.staff_id, step));
			RETURN NEXT play.decided(step);
			PERFORM play.does(play.holder('office_manager', a.unit_code), format('hand_over_account(2027, %L, %L, %L)', b.account_id, a.staff_id, step));
			RETURN NEXT play.decided(step);
		END IF;
	END $$;

	CREATE FUNCTION play.open_case(step text) RETURNS SETOF text LANGUAGE plpgsql AS $$
	DECLARE
		a assignment := play.some_assignment('main');
	BEGIN
		RETURN NEXT concat_ws('|', step, 'service_case', play.does(a.staff_id, format('open_case(%L, %L, %L, urgent => %L)',
			a.account_id, (ARRAY['problem', 'complaint', 'outage'])[1 + floor(3 * random())], step, random() < 0.5)), 'subject');
	END $$;

	-- Whatever comes next in some case.
	CREATE FUNCTION play.case_goes_on(step text) RETURNS SETOF text LANGUAGE plpgsql AS $$
	DECLARE
		c record;
		chance float := random();
	BEGIN
		SELECT s.case_id, k.clock_id, k.answered_at, p.pause_id, e.escalation_id, e.post, e.to_unit, a.staff_id INTO c
		FROM service_case s JOIN assignment a USING (account_id) JOIN plan USING (plan_id)
		LEFT JOIN LATERAL (SELECT * FROM case_clock x WHERE x.case_id = s.case_id ORDER BY x.clock_id DESC LIMIT 1) k ON true
		LEFT JOIN case_pause p ON p.clock_id = k.clock_id AND p.to_at IS NULL
		LEFT JOIN LATERAL (SELECT * FROM case_escalation x WHERE x.case_id = s.case_id ORDER BY x.escalation_id DESC LIMIT 1) e ON e.decided_at IS NULL
		WHERE (s.closed_at IS NULL OR random() < 0.1) AND a.ended_on IS NULL AND a.responsibility <> 'area' AND status = 'approved'
		ORDER BY random() LIMIT 1;
		IF c.escalation_id IS NOT NULL AND chance < 0.6 THEN
			PERFORM play.does(play.holder(c.post, c.to_unit), format('decide_case(%s, %L)', c.case_id, step));
			RETURN NEXT play.decided(step);
		ELSIF c.pause_id IS NOT NULL THEN
			PERFORM play.does(c.staff_id, format('resume_case(%s)', c.case_id));
			RETURN NEXT concat_ws('|', step, 'case_pause', c.pause_id, NULL);
		ELSIF c.clock_id IS NOT NULL AND c.answered_at IS NULL AND chance < 0.3 THEN
			PERFORM play.does(c.staff_id, format('pause_case(%s, %L)', c.case_id, step));
			RETURN QUERY SELECT concat_ws('|', step, 'case_pause', p.pause_id, 'reason') FROM case_pause p WHERE p.reason = step;
		ELSIF c.clock_id IS NOT NULL AND c.answered_at IS NULL AND chance < 0.4 THEN
			PERFORM play.does(c.staff_id, format('escalate_case(%s, %L)', c.case_id, step));
			RETURN QUERY SELECT concat_ws('|', step, 'case_escalation', e.escalation_id) FROM case_escalation e WHERE e.reason = step;
		ELSIF c.clock_id IS NOT NULL AND c.answered_at IS NULL THEN
			PERFORM play.does(c.staff_id, format('answer_case(%s, %L)', c.case_id, step));
			RETURN NEXT concat_ws('|', step, 'case_clock', c.clock_id, 'answer');
		ELSIF chance < 0.2 THEN
			PERFORM play.does(c.staff_id, format('reopen_case(%s, %L)', c.case_id, step));
			RETURN QUERY SELECT concat_ws('|', step, 'case_clock', k.clock_id, 'reason') FROM case_clock k WHERE k.reason = step;
		ELSIF c.case_id IS NOT NULL THEN
			PERFORM play.does(c.staff_id, format('close_case(%s, %L)', c.case_id, step));
			RETURN NEXT concat_ws('|', step, 'service_case', c.case_id, 'outcome');
		END IF;
	END $$;

	-- A plan goes on along its route; an open one is changed, an approved one gets an amendment.
	CREATE FUNCTION play.plan(step text) RETURNS SETOF text LANGUAGE plpgsql AS $$
	DECLARE
		unit text := (ARRAY['N1-A', 'N1-B', 'C1-A'])[1 + floor(3 * random())];
		manager text := play.holder('office_manager', unit);
		p plan;
		r plan_route;
		s selection;
		chance float := random();
	BEGIN
		SELECT * INTO p FROM plan x WHERE x.plan_year = 2027 AND x.unit_code = unit AND x.status <> 'withdrawn' ORDER BY amendment_no DESC LIMIT 1;
		SELECT x.* INTO s FROM selection x WHERE x.unit_code = unit AND x.ended_on IS NULL AND x.status = 'selected' AND x.tier <> 'Streamline' ORDER BY random() LIMIT 1;
		IF p.status = 'approved' THEN
			PERFORM play.does(manager, format('open_amendment(2027, %L, %L)', unit, step));
			RETURN NEXT play.decided(step);
		ELSIF p.status IN ('draft', 'returned') AND chance < 0.25 THEN
			RETURN NEXT concat_ws('|', step, 'activity', play.does(manager, format('add_activity(2027, %L, %L, %L)',
				s.account_id, step, date '2027-09-01' + (100 * random())::int)), 'activity');
		ELSIF p.status IN ('draft', 'returned') AND chance < 0.40 THEN
			RETURN NEXT concat_ws('|', step, 'benefit', play.does(manager, format('add_benefit(2027, %L, %L, 1000)', s.account_id, step)), 'benefit');
		ELSIF p.status IN ('draft', 'returned') AND chance < 0.55 THEN
			PERFORM play.does(manager, format('assign_account(2027, %L, %L)', s.account_id, (ARRAY['kamr1', 'kamr2'])[1 + floor(2 * random())] || play.holder('', unit)));
			RETURN QUERY SELECT concat_ws('|', step, 'assignment', max(a.assignment_id), NULL) FROM assignment a WHERE a.account_id = s.account_id;
		ELSIF p.status IN ('draft', 'returned') AND chance < 0.62 THEN
			PERFORM play.does(manager, format('drop_account(2027, %L, %L)', s.account_id, step));
			RETURN NEXT play.decided(step);
		ELSIF p.status IN ('draft', 'returned') AND chance < 0.68 THEN
			PERFORM play.does(manager, format('withdraw_amendment(2027, %L, %L)', unit, step));
			RETURN NEXT play.decided(step);
		ELSE
			SELECT * INTO r FROM plan_route x WHERE x.route = 'office' AND x.from_status = p.status AND (x.action <> 'return' OR chance < 0.8) ORDER BY random() LIMIT 1;
			PERFORM play.does(play.holder(r.post, CASE r.post WHEN 'office_manager' THEN unit ELSE left(unit, 2) END),
				format('%s_plan(2027, %L%s)', r.action, unit, CASE WHEN r.action = 'return' THEN format(', %L', step)
					WHEN r.action = 'approve' AND unit <> 'N1-A' THEN ', ''few key accounts''' END));
			RETURN NEXT play.decided(step);
		END IF;
	END $$;

	CREATE FUNCTION play.report(step text) RETURNS SETOF text LANGUAGE plpgsql AS $$
	DECLARE
		quarter boolean := random() < 0.2;
		unit text := (ARRAY['N1-A', 'N1-B'])[1 + floor(2 * random())];
	BEGIN
		IF quarter THEN
			RETURN NEXT concat_ws('|', step, 'report', play.does('director_engineering_area_n1', $c$publish_report('quarterly', 'N1', 2027, 'Q1')$c$));
		ELSE
			RETURN NEXT concat_ws('|', step, 'report', play.does(play.holder('office_manager', unit),
				format($c$publish_report('monthly', %L, 2027, 'M0%s')$c$, unit, 1 + floor(4 * random()))));
		END IF;
		RETURN NEXT play.decided(step);
	END $$;

	CREATE FUNCTION play.resource(step text) RETURNS SETOF text LANGUAGE plpgsql AS $$
	DECLARE
		r resource_request;
	BEGIN
		SELECT * INTO r FROM resource_request x WHERE x.status IN ('requested', 'screened') ORDER BY random() LIMIT 1;
		PERFORM CASE
			WHEN r.request_id IS NULL OR random() < 0.3 THEN
				play.does('office_manager_n1b', format($c$request_resource('N1-B', 'equipment', 'solve_problem', %L, 1000)$c$, step))
			WHEN r.status = 'requested' THEN play.does('director_engineering_area_n1', format('screen_resource(%s, %L)', r.request_id, step))
			WHEN random() < 0.5 THEN play.does('area_director_n1', format('grant_resource(%s, %L)', r.request_id, step))
			ELSE play.does('area_director_n1', format('refuse_resource(%s, %L)', r.request_id, step)) END;
		RETURN NEXT play.decided(step);
	END $$;

	CREATE FUNCTION play.voice(step text) RETURNS SETOF text LANGUAGE plpgsql AS $$
	DECLARE
		a assignment := play.some_assignment('main');
	BEGIN
		RETURN NEXT concat_ws('|', step, 'voice', play.does(a.staff_id,
			format($c$record_voice(%L, _now() - interval '1 day', 'visit', 'need', 'x', %L)$c$, a.account_id, step)), 'content');
	END $$;

	CREATE FUNCTION play.account(step text) RETURNS SETOF text LANGUAGE plpgsql AS $$
	DECLARE
		a assignment := play.some_assignment('main');
	BEGIN
		PERFORM play.does(a.staff_id, format('change_account(%L, name_en => %L)', a.account_id, step));
		RETURN NEXT concat_ws('|', step, 'account', a.account_id, 'name_en');
	END $$;

	CREATE FUNCTION play.sweep(step text) RETURNS SETOF text LANGUAGE plpgsql AS $$
	BEGIN
		PERFORM play.does('owner', 'sweep()');
		RETURN NEXT concat_ws('|', step, 'notice', (SELECT max(n.notice_id) FROM notice n));
	END $$;

	CREATE FUNCTION play.clock(step text) RETURNS SETOF text LANGUAGE plpgsql AS $$
	DECLARE
		next_hour timestamptz := (SELECT w.rehearsal_clock + interval '5 hours' FROM workflow w FOR UPDATE);
	BEGIN
		PERFORM set_config('role', 'play_owner', true);
		CALL rehearse(next_hour);
		PERFORM set_config('role', 'none', true);
		RETURN NEXT concat_ws('|', step, 'workflow', next_hour);
	END $$;

	-- New lines of a file; importing them is a command that commits for itself, again and again.
	CREATE FUNCTION play.file(step text) RETURNS SETOF text LANGUAGE plpgsql AS $$
	BEGIN
		INSERT INTO import_account (account_id, unit_code, name_th, loaded_by)
		SELECT 'I' || step || '-' || n, CASE n WHEN 7 THEN 'N9' ELSE 'N1-B' END, 'บริษัท ' || n, 'play_director_customer_information_hq' FROM generate_series(1, 20) n;
		RETURN NEXT concat_ws('|', step, 'import_account', 20);
	END $$;

	-- Whether a noted step is there.
	CREATE FUNCTION play.found(step text, table_name text, key text, said text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
	BEGIN
		RETURN CASE table_name
			WHEN 'decision' THEN EXISTS (SELECT FROM decision d WHERE d.decision_id = key::bigint AND d.hash = said)
			WHEN 'contact' THEN EXISTS (SELECT FROM contact c WHERE c.contact_id = key::bigint AND c.subject = step)
			WHEN 'case_escalation' THEN EXISTS (SELECT FROM case_escalation e WHERE e.escalation_id = key::bigint AND e.reason = step)
			WHEN 'report' THEN EXISTS (SELECT FROM report r WHERE r.report_id = key::bigint)
			WHEN 'notice' THEN EXISTS (SELECT FROM notice n WHERE n.notice_id = key::bigint)
			WHEN 'workflow' THEN EXISTS (SELECT FROM workflow w WHERE w.rehearsal_clock >= key::timestamptz)
			-- Each line has become an account, or still waits.
			WHEN 'import_account' THEN key::int = (SELECT count(*) FROM generate_series(1, key::int) n
				WHERE EXISTS (SELECT FROM account a WHERE a.account_id = 'I' || step || '-' || n)
					<> EXISTS (SELECT FROM import_account i WHERE i.account_id = 'I' || step || '-' || n))
			ELSE EXISTS (SELECT FROM history h WHERE h.table_name = found.table_name AND h.row_key = key
				AND CASE WHEN said = '' THEN true ELSE h.row_now ->> said = step END)
		END;
	END $$;

	-- Every row is as its history says last; it is kept in UTC. (What was there before there was a history, says the table "before".)
	CREATE FUNCTION play.not_as_history_says() RETURNS TABLE (table_name text, row_key text) LANGUAGE plpgsql SET timezone = 'UTC' AS $$
	DECLARE
		t record;
	BEGIN
		FOR t IN SELECT DISTINCT c.relname, string_to_array(rtrim(encode(tgargs, 'escape'), '\0'), '\000') AS keys
			FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE tgfoid = 'crm._keep_history'::regproc
		LOOP
			RETURN QUERY EXECUTE format($q$
				SELECT %1$L::text, row_key
				FROM (SELECT _row_key(to_jsonb(x), %2$L) AS row_key, to_jsonb(x) AS is_now FROM %1$I x) t
				FULL JOIN (SELECT DISTINCT ON (h.row_key) h.row_key, h.row_now FROM history h WHERE h.table_name = %1$L
					ORDER BY h.row_key, h.history_id DESC) h USING (row_key)
				WHERE t.is_now IS DISTINCT FROM h.row_now$q$, t.relname, t.keys);
		END LOOP;
	END $$;
	CREATE TABLE play.before AS SELECT * FROM play.not_as_history_says();
});

# ---- what nothing may break: each query gives what is wrong

my %invariants = (
	'the chain of decisions is whole' => 'SELECT * FROM verify_decisions()',
	'reports say what they said'      => 'SELECT * FROM verify_reports()',
	'nobody has more than 12.0'       => q{
		SELECT a.staff_id, sum(CASE a.tier WHEN 'Strategic' THEN 10 WHEN 'Star' THEN 8 WHEN 'Status' THEN 6 END)
		FROM assignment a JOIN plan p USING (plan_id)
		WHERE p.status = 'approved' AND a.ended_on IS NULL AND a.responsibility = 'main'
		GROUP BY a.staff_id, a.plan_year HAVING sum(CASE a.tier WHEN 'Strategic' THEN 10 WHEN 'Star' THEN 8 WHEN 'Status' THEN 6 END) > 120},
	'kam says so too' => q{SELECT * FROM kam.portfolio_violations('assignment')},
	'each plan has the status of its last decision' => q{
		SELECT p.plan_id, p.status, d.to_status FROM plan p
		LEFT JOIN LATERAL (SELECT * FROM decision d WHERE d.subject = 'plan' AND d.subject_id = p.plan_id::text
			AND d.action IN ('submit', 'compile', 'endorse', 'approve', 'return', 'open_amendment', 'withdraw_amendment') ORDER BY d.decision_id DESC LIMIT 1) d ON true
		WHERE p.status <> coalesce(d.to_status, 'draft')},
	'a plan is approved once, by one decision' => q{
		SELECT p.plan_id FROM plan p WHERE (p.status = 'approved')::int <>
			(SELECT count(*) FROM decision d WHERE d.subject = 'plan' AND d.action = 'approve' AND d.subject_id = p.plan_id::text)},
	'an account is with one person' => q{
		SELECT a.plan_year, a.account_id FROM assignment a JOIN plan p USING (plan_id)
		WHERE p.status = 'approved' AND a.ended_on IS NULL AND a.responsibility <> 'area' GROUP BY 1, 2 HAVING count(*) > 1},
	'a hand-over is whole' => q{
		SELECT a.assignment_id FROM assignment a LEFT JOIN assignment b ON b.assignment_id = a.taken_over_from
		WHERE (a.taken_over_from IS NOT NULL AND b.ended_on IS NULL)
			OR (a.taken_over_from IS NOT NULL)::int <> (SELECT count(*) FROM decision d WHERE d.subject = 'assignment' AND d.action = 'hand_over' AND d.subject_id = a.assignment_id::text)},
	'nothing of an approved plan is in between' => q{
		SELECT a.assignment_id FROM assignment a JOIN plan p ON p.plan_id = a.dropped_by WHERE (p.status = 'approved') <> (a.ended_on IS NOT NULL) AND a.ended_reason IS NULL
		UNION ALL SELECT s.selection_id FROM selection s JOIN plan p ON p.plan_id = s.dropped_by WHERE (p.status = 'approved') <> (s.ended_on IS NOT NULL)
		UNION ALL SELECT s.selection_id FROM selection s JOIN plan p ON p.plan_id = s.dropped_by WHERE p.status = 'withdrawn'},
	'an activity done in a step has its contact' => q{
		SELECT h.row_key FROM history h WHERE h.table_name = 'activity' AND h.row_now ->> 'result' ~ '^\d+_'
			AND NOT EXISTS (SELECT FROM contact c WHERE c.subject = h.row_now ->> 'result' AND c.activity_id = h.row_key::bigint)
		UNION ALL
		SELECT c.activity_id::text FROM contact c WHERE c.activity_id IS NOT NULL AND c.subject ~ '^\d+_'
			AND NOT EXISTS (SELECT FROM history h WHERE h.table_name = 'activity' AND h.row_key = c.activity_id::text AND h.row_now ->> 'result' = c.subject)},
	'each row is as its history says' => 'SELECT * FROM play.not_as_history_says() EXCEPT SELECT * FROM play.before',
	'deadlines are met by what happened' => q{
		WITH event AS MATERIALIZED (SELECT * FROM deadline_event)
		SELECT 'event without a cause', e.* FROM event e WHERE e.met_at > _now()
			OR e.step = 1 AND NOT EXISTS (SELECT FROM decision d WHERE d.action = 'submit' AND d.unit_code = e.unit_code AND d.decided_at = e.met_at)
			OR e.step = 2 AND NOT EXISTS (SELECT FROM plan p WHERE p.amendment_no = 0 AND p.unit_code = e.unit_code AND p.approved_at = e.met_at)
			OR e.step = 6 AND NOT EXISTS (SELECT FROM report r WHERE r.period = e.period AND r.published_at = e.met_at)
			OR NOT EXISTS (SELECT FROM deadline d WHERE (d.plan_year, d.step, d.unit_code) = (e.plan_year, e.step, e.unit_code) AND d.period IS NOT DISTINCT FROM e.period)
		UNION ALL
		SELECT 'cause without an event', 2027, 2, p.unit_code, NULL, p.approved_at FROM plan p WHERE p.amendment_no = 0 AND p.status = 'approved'
			AND NOT EXISTS (SELECT FROM event e WHERE e.step = 2 AND e.unit_code = p.unit_code)
		UNION ALL
		SELECT 'cause without an event', 2027, 6, r.unit_code, r.period, r.published_at FROM report r WHERE r.kind IN ('monthly', 'quarterly')
			AND NOT EXISTS (SELECT FROM event e WHERE e.step = 6 AND (e.unit_code, e.period) = (r.unit_code, r.period) AND e.met_at <= r.published_at)},
	'cases are in order' => q{
		SELECT 'closed, unanswered', k.clock_id FROM case_clock k JOIN service_case c USING (case_id) WHERE c.closed_at IS NOT NULL AND k.answered_at IS NULL
		UNION ALL SELECT 'answered, paused', k.clock_id FROM case_clock k JOIN case_pause p USING (clock_id) WHERE k.answered_at IS NOT NULL AND p.to_at IS NULL
		UNION ALL SELECT 'without a clock', c.case_id FROM service_case c WHERE c.asks_answer AND NOT EXISTS (SELECT FROM case_clock k WHERE k.case_id = c.case_id)
		UNION ALL SELECT 'urgent, before nobody', c.case_id FROM service_case c WHERE c.urgent AND NOT EXISTS (SELECT FROM case_escalation e WHERE e.case_id = c.case_id)
		UNION ALL SELECT 'due otherwise', k.clock_id FROM case_clock k WHERE k.due_on IS DISTINCT FROM _due_with_pauses(k.rule_due_on, k.clock_id)},
	'no line is imported twice or lost' => q{
		SELECT i.account_id FROM import_account i JOIN account a USING (account_id)
		UNION ALL SELECT split_part(a.account_id, '-', 1) FROM account a WHERE a.account_id LIKE 'I%' GROUP BY 1
			HAVING count(*) + (SELECT count(*) FROM import_account i WHERE starts_with(i.account_id, split_part(min(a.account_id), '-', 1) || '-')) <> 20},
);

# ---- the load

# Which steps, how often.
my @steps = ((map { ($_) x 4 } qw(contact activity hand_over case_goes_on plan)), (map { ($_) x 2 } qw(exchange open_case)),
	qw(report resource voice account sweep clock file));

sub script
{
	my ($name) = @_;
	my $sql = sprintf "\\set VERBOSITY verbose\nSELECT FROM setseed(%.9f);\n", 2 * rand() - 1;
	for my $n (1 .. 300)
	{
		my $step = $steps[ int rand @steps ];
		$sql .= "SELECT * FROM play.$step('${name}_$n');\n";
		$sql .= "SET ROLE play_director_customer_information_hq; CALL import_accounts(7); RESET ROLE;\n" if $step eq 'file';
		$sql .= "CHECKPOINT;\n" if rand() < 0.01;
	}
	append_to_file("$files/$name.sql", $sql);
	return "$files/$name.sql";
}

# Every process of the server at once: the postmaster, stopped, starts no more of them. The kernel takes a moment to forget them.
sub kill_server
{
	my ($postmaster) = slurp_file($node->data_dir . '/postmaster.pid') =~ /^(\d+)/;
	kill STOP => $postmaster;
	my @children = map { my ($pid, $parent) = split; $parent == $postmaster ? $pid : () } `ps -A -o pid= -o ppid=`;
	kill KILL => @children;
	$node->kill9;
	my $until = time + 60;
	while (grep { kill 0 => $_ } $postmaster, @children)
	{
		die 'killed processes stay' if time > $until;
		sleep 0.01;
	}
}

my (%states, %messages, %done, @lost, %broken);
my $noted = 0;

# Load, death, recovery, and a look at what is there.
sub crash
{
	my ($number, $synchronous_commit) = @_;
	my @psql;
	my @names = map { "${number}_$_" } 1 .. $sessions;
	for my $name (@names)
	{
		local $ENV{PGOPTIONS} = "-c synchronous_commit=$synchronous_commit";
		push @psql, IPC::Run::start([ 'psql', '-qXAt', '-d', $node->connstr('postgres'), '-f', script($name) ],
			'<', File::Spec->devnull, '>', "$files/$name.noted", '2>', "$files/$name.err");
	}
	sleep 0.3 + rand 1.2;
	kill_server();
	$_->finish for @psql;
	$node->start;

	my $notes = '';
	for my $name (@names)
	{
		$notes .= join '', grep { /^\w+\|/ } split /^/, slurp_file("$files/$name.noted");
		my $said = slurp_file("$files/$name.err");
		while ($said =~ /ERROR:  ((\w{5}): .*(?:\nCONTEXT:.*(?:\n.*)?)?)/g)
		{
			next if $1 =~ /could not signal for checkpoint/;    # the checkpointer was killed first
			$states{$2}++;
			push @{ $messages{$2} }, $1;
		}
	}
	$noted += () = $notes =~ /\n/g;
	$done{$_}++ for $notes =~ /^\w+\|(\w+)\|/mg;
	append_to_file("$files/$number.notes", $notes =~ s/^(\w+\|\w+\|[^|\n]*)$/$1|/mgr);

	my $sql = "CREATE TEMP TABLE note (step text, table_name text, key text, said text);\n\\copy note FROM '$files/$number.notes' DELIMITER '|'\n"
	  . "SELECT 'lost', n.* FROM note n WHERE NOT play.found(n.step, n.table_name, n.key, coalesce(n.said, ''));\n";
	my @names_of_invariants = sort keys %invariants;
	$sql .= "SELECT 'broken', $_, x FROM ($invariants{$names_of_invariants[$_]}) x;\n" for 0 .. $#names_of_invariants;
	my $lost = 0;
	for (split /\n/, $node->safe_psql('postgres', $sql))
	{
		if (/^lost\|(.*)/) { push @lost, $1; $lost++; }
		elsif (/^broken\|(\d+)\|(.*)/) { push @{ $broken{ $names_of_invariants[$1] } }, "crash $number: $2"; }
	}
	return $lost;
}

my $began = time;
crash($_, 'on') for 1 .. $crashes;
diag(sprintf '%d crashes of %d sessions in %d s: %d noted steps (%s), refused: %s', $crashes, $sessions, time - $began, $noted,
	join(', ', map { "$_ $done{$_}" } sort keys %done), join(', ', map { "$_ $states{$_}" } sort keys %states));
diag('decisions: ', $node->safe_psql('postgres', q{
	SELECT string_agg(action || ' ' || n, ', ' ORDER BY action) FROM (SELECT action, count(*) AS n FROM decision GROUP BY action) d}));

cmp_ok($noted, '>', $crashes, 'there was work');
is(scalar @lost, 0, 'no committed step is lost') or diag(join "\n", @lost[ 0 .. ($#lost < 20 ? $#lost : 20) ]);
for my $invariant (sort keys %invariants)
{
	my @wrong = @{ $broken{$invariant} // [] };
	is(scalar @wrong, 0, $invariant) or diag(join "\n", @wrong[ 0 .. ($#wrong < 10 ? $#wrong : 10) ]);
}
# A refusal, a rule of the manual, a right that went with the account meanwhile, a serialization failure, a deadlock, a
# manager who has the account already.
delete @states{qw(55000 23514 42501 22023 40001 40P01)};
is(join(' ', map { "$_:$states{$_}" } sort keys %states), '', 'and errors are only those that are meant')
  or diag(join "\n", map { $messages{$_}[0] } sort keys %states);
unlike(slurp_file($node->logfile), qr/PANIC/, 'the server did not panic');

# What is noted before it is safe is lost, and this test finds that out; the rest holds all the same.
%broken = ();
my $lost = 0;
for my $number (1 .. 10)
{
	$lost = crash($crashes + $number, 'off');
	last if $lost;
}
cmp_ok($lost, '>', 0, 'without synchronous_commit steps are lost');
is(join(', ', sort keys %broken), '', 'but nothing is broken');

# The indexes still say what the tables say.
SKIP:
{
	skip 'no amcheck here', 1 unless $node->safe_psql('postgres', q{SELECT count(*) FROM pg_available_extensions WHERE name = 'amcheck'});
	is($node->safe_psql('postgres', q{
		CREATE EXTENSION amcheck SCHEMA play;
		SELECT count(play.bt_index_check(i.indexrelid, true)) > 100 FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
		WHERE a.amname = 'btree' AND c.relnamespace = 'crm'::regnamespace}), 't', 'the indexes are whole');
}

$node->stop;
done_testing();
