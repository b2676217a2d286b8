/* The sweep: what is due soon or overdue is announced once, what waits too long is escalated. */

CREATE TABLE notice (
	notice_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	kind text NOT NULL CHECK (kind IN ('deadline', 'case', 'introduction')),
	subject_id bigint NOT NULL,
	state text NOT NULL CHECK (state IN ('due soon', 'overdue')),
	due_on date NOT NULL,
	unit_code text NOT NULL REFERENCES unit,
	account_id text REFERENCES account,
	plan_year int,
	step smallint,
	period text,
	noticed_at timestamptz NOT NULL,
	CONSTRAINT notice_once UNIQUE (kind, subject_id, state, due_on)
);
CREATE INDEX ON notice (unit_code, noticed_at);

-- Everything that is due soon or overdue now: deadlines, answers to customers (only when
-- overdue, as all of them are due soon), introductions.
CREATE OR REPLACE FUNCTION _to_announce()
RETURNS TABLE (kind text, subject_id bigint, state text, due_on date, unit_code text, account_id text, plan_year int,
	step smallint, period text)
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT SET jit = off AS $$
DECLARE
	today date := _today();
	soon_days int := _setting_value('soon_days')::int;
BEGIN
	RETURN QUERY
	SELECT 'deadline', d.deadline_id, s.state, d.due_on, d.unit_code, NULL::text, d.plan_year, d.step, d.period
	FROM plan_year y
	CROSS JOIN LATERAL (
		-- gathered once for the year, not for each of its deadlines
		WITH event AS MATERIALIZED (
			SELECT * FROM _deadline_events(y.plan_year, ARRAY(SELECT u.unit_code FROM unit u))
		)
		SELECT x.deadline_id, x.plan_year, x.step, x.unit_code, x.period, x.due_on, e.met_at
		FROM deadline x
		LEFT JOIN event e ON e.step = x.step AND e.unit_code = x.unit_code AND e.period IS NOT DISTINCT FROM x.period
		WHERE x.plan_year = y.plan_year) d
	JOIN unit u USING (unit_code)
	CROSS JOIN LATERAL _deadline_state(d.due_on, d.met_at, today, soon_days) s (state)
	-- the last deadline of a year lies in the next: what is older has been announced, and is not gathered for ever
	WHERE y.plan_year >= extract(year FROM today) - 1
		AND d.met_at IS NULL AND s.state IN ('due soon', 'overdue') AND (u.closed_on IS NULL OR u.closed_on > d.due_on);

	RETURN QUERY
	SELECT 'case', k.clock_id, 'overdue', k.due_on, k.unit_code, k.account_id, NULL::int, 4::smallint, NULL::text
	FROM case_clock k
	WHERE k.answered_at IS NULL AND k.due_on < today
		AND NOT EXISTS (SELECT FROM case_pause p WHERE p.clock_id = k.clock_id AND p.to_at IS NULL);

	RETURN QUERY
	SELECT 'introduction', i.introduction_id, s.state, i.due_on, i.unit_code, i.account_id, i.plan_year, 4::smallint,
		NULL::text
	FROM introduction i
	JOIN assignment a USING (assignment_id)
	CROSS JOIN LATERAL _deadline_state(i.due_on, i.introduced_at, today, soon_days) s (state)
	WHERE i.introduced_at IS NULL AND a.ended_on IS NULL AND s.state IN ('due soon', 'overdue');
END $$;

-- The schema of this workflow, also after it was renamed.
CREATE OR REPLACE FUNCTION _schema() RETURNS text
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.oid = 'notice'::regclass);
END $$;

-- The owner's own business, or that of who may open a year.
CREATE OR REPLACE FUNCTION _authorize_sweep() RETURNS void
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	IF NOT pg_has_role(_role(), current_user, 'USAGE') THEN
		PERFORM _authorize('year.open', (SELECT u.unit_code FROM unit u WHERE u.kind = 'hq'));
	END IF;
END $$;

-- One sweep at a time: a second one waits, and finds nothing left to announce.
CREATE OR REPLACE FUNCTION sweep(OUT due_soon int, OUT overdue int, OUT escalated int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _authorize_sweep();
	LOCK TABLE notice IN SHARE ROW EXCLUSIVE MODE;
	escalated := _escalate_cases();
	-- Whoever may connect may listen: so they are told no more than which notice there is.
	WITH announced AS (
		INSERT INTO notice AS n (kind, subject_id, state, due_on, unit_code, account_id, plan_year, step, period,
			noticed_at)
		SELECT a.kind, a.subject_id, a.state, a.due_on, a.unit_code, a.account_id, a.plan_year, a.step, a.period,
			_now()
		FROM _to_announce() a
		WHERE NOT EXISTS (SELECT FROM notice o
			WHERE (o.kind, o.subject_id, o.state, o.due_on) = (a.kind, a.subject_id, a.state, a.due_on))
		ORDER BY a.kind, a.due_on, a.step, a.unit_code, a.period, a.subject_id
		ON CONFLICT ON CONSTRAINT notice_once DO NOTHING
		RETURNING n.state, pg_notify('kam_deadline',
			jsonb_build_object('schema', _schema(), 'notice_id', n.notice_id)::text) AS told
	)
	SELECT count(*) FILTER (WHERE a.state = 'due soon'), count(*) FILTER (WHERE a.state = 'overdue')
	INTO due_soon, overdue
	FROM announced a;
END $$;

-- The default: every morning at half past seven in Bangkok, said in the time zone of pg_cron, or in its
-- default, GMT, where the owner may not know it (pg_read_all_settings).
CREATE OR REPLACE FUNCTION _morning() RETURNS text
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN to_char(timestamptz '2027-01-01 07:30+07' AT TIME ZONE coalesce(
		(SELECT s.setting FROM pg_settings s WHERE s.name = 'cron.timezone'), 'GMT'), 'FMMI FMHH24 * * *');
END $$;

CREATE OR REPLACE FUNCTION _sweep_job() RETURNS text
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN format('kam sweep of %I.%I', current_database(), _schema());
END $$;

-- Has pg_cron call sweep, as the owner; gives the job's number.
CREATE OR REPLACE FUNCTION schedule_sweep(schedule text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	command text := format('SELECT %I.sweep()', _schema());
	at_times text := coalesce(schedule, _morning());
	job bigint;
BEGIN
	PERFORM _authorize_sweep();
	PERFORM _check_cron(at_times, command);
	EXECUTE 'SELECT cron.schedule($1, $2, $3)' INTO job USING _sweep_job(), at_times, command;
	RETURN job;
END $$;

-- False: it was not scheduled.
CREATE OR REPLACE FUNCTION unschedule_sweep() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	scheduled boolean;
BEGIN
	PERFORM _authorize_sweep();
	PERFORM _check_cron(_morning(), format('SELECT %I.sweep()', _schema()));
	EXECUTE 'SELECT count(cron.unschedule(j.jobid)) > 0 FROM cron.job j WHERE j.jobname = $1'
		INTO scheduled USING _sweep_job();
	RETURN scheduled;
END $$;

-- Says what to do where pg_cron cannot be called from here.  Whether it works in another database, only
-- a superuser may know.
CREATE OR REPLACE FUNCTION _check_cron(schedule text, command text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM pg_extension e WHERE e.extname = 'pg_cron') THEN
		RAISE feature_not_supported USING
			MESSAGE = 'pg_cron is not installed in this database',
			HINT = format('Install it (package postgresql-%s-cron, shared_preload_libraries = ''pg_cron'', '
				'CREATE EXTENSION pg_cron); or in the database of this server that has it: '
				'SELECT cron.schedule_in_database(%L, %L, %L, %L, %L); '
				'or have cron or a systemd timer call: psql -d %s -c "%s"',
				current_setting('server_version_num')::int / 10000, _sweep_job(), schedule, command, current_database(),
				current_user, current_database(), command);
	ELSIF NOT has_schema_privilege(current_user, 'cron', 'USAGE') THEN
		RAISE insufficient_privilege USING
			MESSAGE = format('the owner of the workflow, "%s", may not use pg_cron', current_user),
			HINT = format('Grant it: GRANT USAGE ON SCHEMA cron TO %I.', current_user);
	END IF;
END $$;

ALTER TABLE notice ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON notice FOR SELECT USING (account_id IS NULL AND unit_code = ANY ((SELECT _my_units())::text[])
	OR unit_code = ANY ((SELECT _readable_units())::text[]) OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON notice TO PUBLIC;

COMMENT ON TABLE notice IS
U&'การแจ้งเตือน — What the sweep announced: once for each deadline, case or introduction, its state and due day.';
COMMENT ON COLUMN notice.notice_id IS
U&'รหัส — Number of the notice.';
COMMENT ON COLUMN notice.kind IS
U&'ชนิด — What it is about: deadline, case or introduction.';
COMMENT ON COLUMN notice.subject_id IS
U&'รหัสของเรื่อง — Number of the deadline, of the cases clock, or of the introduction.';
COMMENT ON COLUMN notice.state IS
U&'สถานะ — due soon or overdue.';
COMMENT ON COLUMN notice.due_on IS
U&'วันครบกำหนด — Last day, which counts to its end in Bangkok.';
COMMENT ON COLUMN notice.unit_code IS
U&'หน่วยงาน — Unit that it concerns.';
COMMENT ON COLUMN notice.account_id IS
U&'ลูกค้า — Account, of a case or an introduction.';
COMMENT ON COLUMN notice.plan_year IS
U&'ปีแผน (ค.ศ.) — Plan year, common era.';
COMMENT ON COLUMN notice.step IS
U&'ขั้นตอน — Step of the process.';
COMMENT ON COLUMN notice.period IS
U&'งวด — Period of the deadline.';
COMMENT ON COLUMN notice.noticed_at IS
U&'เวลาที่แจ้งเตือน — When it was announced.';
COMMENT ON FUNCTION _to_announce() IS
U&'สิ่งที่ต้องแจ้งเตือน — Everything that is due soon or overdue now.';
COMMENT ON FUNCTION _schema() IS
U&'สคีมาของระบบงาน — Schema of this workflow.';
COMMENT ON FUNCTION _authorize_sweep() IS
U&'ตรวจสอบอำนาจ — Lets the owner and who may open a year go on. Error 42501.';
COMMENT ON FUNCTION sweep() IS
U&'กวาดตรวจกำหนดเวลา — Announces what is due soon or overdue, once, as notices and on the channel kam_deadline, and escalates cases that wait too long; gives the numbers. Error 42501 for other posts.';
COMMENT ON FUNCTION _morning() IS
U&'เวลาเริ่มต้น — Half past seven in Bangkok, in the time zone of pg_cron.';
COMMENT ON FUNCTION _sweep_job() IS
U&'ชื่องานใน pg_cron — Name of the job in pg_cron.';
COMMENT ON FUNCTION schedule_sweep(text) IS
U&'ตั้งเวลากวาดตรวจ — Has pg_cron call sweep, every morning or by the schedule given, as the owner; gives the number of the job. Errors: 42501 for other posts or an owner without pg_cron, 0A000 with what to do where pg_cron is not in this database.';
COMMENT ON FUNCTION unschedule_sweep() IS
U&'ยกเลิกการตั้งเวลา — Takes the job away from pg_cron; false where there was none. Errors as schedule_sweep.';
COMMENT ON FUNCTION _check_cron(text, text) IS
U&'ตรวจสอบ pg_cron — Says what to do where pg_cron cannot be called. Errors 0A000, 42501.';
