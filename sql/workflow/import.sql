/* Import: accounts, facts, bills, staff, from staging tables that COPY fills. */

-- All columns are text, so that COPY takes whatever a file holds; what cannot go in stays,
-- with the reason in words and the column it is about.  No row security here, because COPY
-- FROM refuses it: the owner grants these tables to who loads data.
CREATE TABLE import_account (
	line bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account_id text,
	unit_code text,
	name_th text,
	name_en text,
	parent_account text,
	business text,
	opened_on text,
	closed_on text,
	loaded_by text NOT NULL DEFAULT current_user,
	problem text,
	problem_column text
);
CREATE INDEX ON import_account (btrim(account_id));

CREATE TABLE import_fact (
	line bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account_id text,
	plan_year text,
	fact text,
	value text,
	source text,
	fact_on text,
	loaded_by text NOT NULL DEFAULT current_user,
	problem text,
	problem_column text
);
CREATE INDEX ON import_fact (btrim(account_id));

CREATE TABLE import_bill (
	line bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account_id text,
	contract_account text,
	month text,
	amount_thb text,
	loaded_by text NOT NULL DEFAULT current_user,
	problem text,
	problem_column text
);
CREATE INDEX ON import_bill (btrim(account_id));

CREATE TABLE import_staff (
	line bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	staff_id text,
	name_th text,
	name_en text,
	position text,
	hire_date text,
	unit_code text,
	role_name text,
	left_on text,
	loaded_by text NOT NULL DEFAULT current_user,
	problem text,
	problem_column text
);
CREATE INDEX ON import_staff (btrim(staff_id));
CREATE INDEX ON import_staff (btrim(role_name));

-- Each run of an import, and how far it has come.
CREATE TABLE import_run (
	run bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	kind text NOT NULL CHECK (kind IN ('account', 'fact', 'bill', 'staff')),
	staff_id text NOT NULL REFERENCES staff,
	started_at timestamptz NOT NULL,
	last_batch_at timestamptz,
	finished_at timestamptz,
	lines bigint NOT NULL,
	done bigint NOT NULL DEFAULT 0,
	changed bigint NOT NULL DEFAULT 0,
	refused bigint NOT NULL DEFAULT 0,
	last_line bigint NOT NULL DEFAULT 0,
	done_before bigint NOT NULL DEFAULT 0,
	only_parents boolean NOT NULL DEFAULT false
);

-- ---- what is wrong with a cell ---------------------------------------------

-- Each gives NULL or the reason, for a cell that _plain has read.
CREATE OR REPLACE FUNCTION _wrong_day(plain text, today date) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN plain IS NULL OR _read_day(plain) <= today THEN NULL
	WHEN plain ~ '^2[4-7][0-9]{2}(-|$)' THEN
		format('%s is of the Buddhist era; in the common era the year is %s', plain, substr(plain, 1, 4)::int - 543)
	WHEN _read_day(plain) IS NULL THEN format('"%s" is no day; days are written as 2026-10-31', plain)
	WHEN _read_day(plain) > today THEN format('%s is in the future', plain) END;

CREATE OR REPLACE FUNCTION _wrong_value(plain text, kind text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN plain IS NULL THEN NULL
	WHEN kind = 'number' AND _read_number(plain) IS NULL THEN
		format('"%s" is no number; numbers are written as 1234.5 or 1,234.5', plain)
	WHEN kind = 'number' AND _read_number(plain) < 0 THEN format('%s is below zero', plain)
	WHEN kind = 'flag' AND _read_flag(plain) IS NULL THEN format('"%s" is neither true nor false', plain)
	WHEN kind = 'class' AND _read_value_class(plain) IS NULL THEN format('"%s" is none of High, Medium, Low', plain) END;

-- ---- one batch of each kind: judged, put in, and taken from the staging table, in one statement ----

CREATE TYPE batch_result AS (done bigint, changed bigint, refused bigint);

CREATE OR REPLACE FUNCTION _import_account_batch(from_line bigint, to_line bigint, only_parents boolean)
RETURNS batch_result
LANGUAGE plpgsql SET search_path FROM CURRENT SET jit = off AS $$
DECLARE
	today date := _today();
	result batch_result;
BEGIN
	PERFORM _take_turn();
	PERFORM FROM account a
	WHERE a.account_id IN (SELECT _trimmed(s.account_id) FROM import_account s WHERE s.line BETWEEN from_line AND to_line)
	ORDER BY a.account_id FOR NO KEY UPDATE;
	WITH RECURSIVE picked AS MATERIALIZED (
		SELECT s.line, btrim(s.account_id) AS indexed, _trimmed(s.account_id) AS account_id, _trimmed(s.unit_code) AS unit_code,
			_trimmed(s.name_th) AS name_th, _trimmed(s.name_en) AS name_en, _trimmed(s.parent_account) AS parent_account,
			_trimmed(s.business) AS business, _plain(s.opened_on) AS opened_on, _plain(s.closed_on) AS closed_on,
			s.problem, s.problem_column
		FROM import_account s
		WHERE s.line BETWEEN from_line AND to_line AND (NOT only_parents OR s.problem_column = 'parent_account')
		FOR UPDATE
	), edge AS MATERIALIZED (
		SELECT p.account_id, p.parent_account FROM picked p WHERE p.account_id IS NOT NULL AND p.parent_account IS NOT NULL
	), above (account_id, ancestor) AS (
		SELECT e.account_id, e.parent_account FROM edge e
		UNION
		SELECT b.account_id, coalesce(e.parent_account, a.parent_account)
		FROM above b LEFT JOIN edge e ON e.account_id = b.ancestor LEFT JOIN account a ON a.account_id = b.ancestor
		WHERE coalesce(e.parent_account, a.parent_account) IS NOT NULL
	), judged AS MATERIALIZED (
		SELECT p.*, a.account_id AS known, a AS was,
			CASE WHEN num_nonnulls(p.account_id, p.unit_code, p.name_th, p.name_en, p.parent_account, p.business, p.opened_on,
					p.closed_on) = 0 THEN ARRAY['account_id', 'the line is blank']
				WHEN p.account_id IS NULL THEN ARRAY['account_id', 'the number of the account is missing']
				WHEN coalesce(p.unit_code, a.unit_code) IS NULL THEN ARRAY['unit_code', 'the unit is missing']
				WHEN p.unit_code IS NOT NULL AND u.unit_code IS NULL THEN
					ARRAY['unit_code', format('there is no unit "%s"', p.unit_code)]
				WHEN a.unit_code <> p.unit_code THEN
					ARRAY['unit_code', format('the account belongs to unit "%s"; change_account moves it', a.unit_code)]
				WHEN a.account_id IS NULL AND u.kind = 'region' THEN
					ARRAY['unit_code', format('unit "%s" is a region and has no accounts', p.unit_code)]
				WHEN a.account_id IS NULL AND u.closed_on <= today THEN
					ARRAY['unit_code', format('unit "%s" is closed since %s', p.unit_code, u.closed_on)]
				WHEN coalesce(p.name_th, a.name_th) IS NULL THEN ARRAY['name_th', 'the name is missing']
				WHEN _wrong_day(p.opened_on, today) IS NOT NULL THEN ARRAY['opened_on', _wrong_day(p.opened_on, today)]
				WHEN _wrong_day(p.closed_on, today) IS NOT NULL THEN ARRAY['closed_on', _wrong_day(p.closed_on, today)]
				WHEN coalesce(_read_day(p.closed_on), a.closed_on) < coalesce(_read_day(p.opened_on), a.opened_on) THEN
					ARRAY['closed_on', 'the account would be closed before it was opened']
				WHEN a.closed_on IS NOT NULL AND (coalesce(p.name_th, a.name_th), coalesce(p.name_en, a.name_en),
						coalesce(p.parent_account, a.parent_account), coalesce(p.business, a.business),
						coalesce(_read_day(p.opened_on), a.opened_on), coalesce(_read_day(p.closed_on), a.closed_on))
					IS DISTINCT FROM (a.name_th, a.name_en, a.parent_account, a.business, a.opened_on, a.closed_on) THEN
					ARRAY['account_id', format('the account is closed since %s; reopen_account opens it', a.closed_on)]
				WHEN EXISTS (SELECT FROM above b WHERE b.account_id = p.account_id AND b.ancestor = p.account_id) THEN
					ARRAY['parent_account', 'the account would stand above itself']
				WHEN p.parent_account IS NOT NULL AND pa.account_id IS NULL THEN
					ARRAY['parent_account', format('there is no account "%s"', p.parent_account)]
				WHEN pa.unit_code NOT IN (SELECT h.unit_code FROM unit h WHERE h.kind = 'hq') THEN ARRAY['parent_account',
					format('account "%s" does not belong to headquarters; hand_to_headquarters moves it', pa.account_id)]
				WHEN p.closed_on IS NULL AND (pa.closed_on IS NOT NULL
						OR EXISTS (SELECT FROM picked q WHERE q.account_id = p.parent_account AND q.closed_on IS NOT NULL)) THEN
					ARRAY['parent_account', format('account "%s" is closed', pa.account_id)]
				WHEN p.closed_on IS NOT NULL AND a.closed_on IS NULL
					AND EXISTS (SELECT FROM account s WHERE s.parent_account = p.account_id AND s.closed_on IS NULL) THEN
					ARRAY['closed_on', 'the account is the head of a network that has open sites']
				ELSE (SELECT ARRAY['account_id', format('line %s says something else about the same account', min(o.line))]
					FROM import_account o
					WHERE btrim(o.account_id) = p.indexed AND o.line <> p.line
						AND (_trimmed(o.unit_code), _trimmed(o.name_th), _trimmed(o.name_en), _trimmed(o.parent_account),
							_trimmed(o.business), _plain(o.opened_on), _plain(o.closed_on)) IS DISTINCT FROM
							(p.unit_code, p.name_th, p.name_en, p.parent_account, p.business, p.opened_on, p.closed_on)
					HAVING count(*) > 0) END AS verdict
		FROM picked p LEFT JOIN account a ON a.account_id = p.account_id LEFT JOIN unit u ON u.unit_code = p.unit_code
			LEFT JOIN account pa ON pa.account_id = p.parent_account
	), put AS (
		INSERT INTO account AS a (account_id, unit_code, name_th, name_en, parent_account, business, opened_on, closed_on)
		SELECT DISTINCT ON (j.account_id) j.account_id, coalesce((j.was).unit_code, j.unit_code),
			coalesce(j.name_th, (j.was).name_th), coalesce(j.name_en, (j.was).name_en),
			coalesce(j.parent_account, (j.was).parent_account), coalesce(j.business, (j.was).business),
			coalesce(_read_day(j.opened_on), (j.was).opened_on), coalesce(_read_day(j.closed_on), (j.was).closed_on)
		FROM judged j WHERE j.verdict IS NULL
		ORDER BY j.account_id
		ON CONFLICT ON CONSTRAINT account_pkey DO UPDATE SET name_th = EXCLUDED.name_th, name_en = EXCLUDED.name_en,
			parent_account = EXCLUDED.parent_account, business = EXCLUDED.business, opened_on = EXCLUDED.opened_on,
			closed_on = EXCLUDED.closed_on
		WHERE (a.name_th, a.name_en, a.parent_account, a.business, a.opened_on, a.closed_on) IS DISTINCT FROM
			(EXCLUDED.name_th, EXCLUDED.name_en, EXCLUDED.parent_account, EXCLUDED.business, EXCLUDED.opened_on,
				EXCLUDED.closed_on)
		RETURNING a.account_id
	), gone AS (
		DELETE FROM import_account s USING judged j
		WHERE s.line BETWEEN from_line AND to_line AND s.line = j.line AND j.verdict IS NULL
	), kept AS (
		UPDATE import_account s SET problem_column = j.verdict[1], problem = j.verdict[2]
		FROM judged j
		WHERE s.line BETWEEN from_line AND to_line AND s.line = j.line AND j.verdict IS NOT NULL
			AND (j.problem_column, j.problem) IS DISTINCT FROM (j.verdict[1], j.verdict[2])
	)
	SELECT count(*) FILTER (WHERE j.verdict IS NULL), (SELECT count(*) FROM put),
		count(*) FILTER (WHERE j.verdict IS NOT NULL)
	INTO result FROM judged j;
	RETURN result;
END $$;

CREATE OR REPLACE FUNCTION _import_fact_batch(from_line bigint, to_line bigint) RETURNS batch_result
LANGUAGE plpgsql SET search_path FROM CURRENT SET jit = off AS $$
DECLARE
	today date := _today();
	headquarters text := _headquarters();
	the_time timestamptz := _now();
	who text := me();
	result batch_result;
BEGIN
	PERFORM FROM account_fact f
	WHERE f.account_id IN (SELECT _trimmed(s.account_id) FROM import_fact s WHERE s.line BETWEEN from_line AND to_line)
	ORDER BY f.account_id, f.plan_year FOR NO KEY UPDATE;
	WITH picked AS MATERIALIZED (
		SELECT s.line, btrim(s.account_id) AS indexed, _trimmed(s.account_id) AS account_id, _plain(s.plan_year) AS plan_year,
			lower(_trimmed(s.fact)) AS fact, _plain(s.value) AS value, _trimmed(s.source) AS source,
			_plain(s.fact_on) AS fact_on, s.problem, s.problem_column
		FROM import_fact s
		WHERE s.line BETWEEN from_line AND to_line
		FOR UPDATE
	), answered AS MATERIALIZED (
		SELECT p.*, k.kind,
			CASE k.kind WHEN 'number' THEN _read_number(p.value)::text WHEN 'flag' THEN _read_flag(p.value)::text
				ELSE _read_value_class(p.value)::text END AS value_read, _read_day(p.fact_on) AS day
		FROM picked p LEFT JOIN fact k ON k.fact = p.fact
	), judged AS MATERIALIZED (
		SELECT p.*, a.unit_code,
			CASE WHEN num_nonnulls(p.account_id, p.plan_year, p.fact, p.value, p.source, p.fact_on) = 0 THEN
					ARRAY['account_id', 'the line is blank']
				WHEN p.account_id IS NULL THEN ARRAY['account_id', 'the number of the account is missing']
				WHEN a.account_id IS NULL THEN ARRAY['account_id', format('there is no account "%s"', p.account_id)]
				WHEN a.closed_on IS NOT NULL THEN ARRAY['account_id', format('the account is closed since %s', a.closed_on)]
				WHEN p.plan_year IS NULL THEN ARRAY['plan_year', 'the plan year is missing']
				WHEN p.plan_year ~ '^2[4-7][0-9]{2}$' THEN ARRAY['plan_year',
					format('%s is a year of the Buddhist era; in the common era it is %s', p.plan_year,
						substr(p.plan_year, 1, 4)::int - 543)]
				WHEN y.plan_year IS NULL THEN ARRAY['plan_year', format('plan year "%s" has not been opened', p.plan_year)]
				WHEN p.fact IS NULL THEN ARRAY['fact', 'the name of the fact is missing']
				WHEN p.kind IS NULL THEN ARRAY['fact', format('there is no fact "%s"', p.fact)]
				WHEN p.value IS NOT NULL AND (p.value_read IS NULL OR p.value_read LIKE '-%') THEN
					ARRAY['value', _wrong_value(p.value, p.kind)]
				WHEN p.source IS NULL THEN ARRAY['source', 'the source is missing']
				WHEN p.fact_on IS NULL THEN ARRAY['fact_on', 'the day of the fact is missing']
				WHEN p.day IS NULL OR p.day > today THEN ARRAY['fact_on', _wrong_day(p.fact_on, today)]
				WHEN p.fact = 'nationwide_network' AND p.value_read = 'true' AND a.unit_code <> headquarters THEN
					ARRAY['value', 'the account does not belong to headquarters; hand_to_headquarters sets this fact']
				ELSE (SELECT ARRAY['value', format('line %s says something else about the same fact', min(o.line))]
					FROM import_fact o
					WHERE btrim(o.account_id) = p.indexed AND o.line <> p.line
						AND (_plain(o.plan_year), lower(_trimmed(o.fact))) = (p.plan_year, p.fact)
						AND (_plain(o.value), _trimmed(o.source), _plain(o.fact_on))
							IS DISTINCT FROM (p.value, p.source, p.fact_on)
					HAVING count(*) > 0) END AS verdict
		FROM answered p LEFT JOIN account a ON a.account_id = p.account_id
			LEFT JOIN plan_year y ON y.plan_year::text = p.plan_year
	), good AS (
		SELECT j.account_id, j.plan_year::int AS plan_year, min(j.unit_code) AS unit_code,
			jsonb_object_agg(j.fact, j.value_read)
				|| CASE WHEN bool_or(j.fact = 'avg_monthly_bill_thb') THEN jsonb '{"billed_months": null}' ELSE jsonb '{}' END
				AS facts
		FROM judged j WHERE j.verdict IS NULL
		GROUP BY j.account_id, j.plan_year
	), put AS (
		INSERT INTO account_fact AS f
		SELECT n.*
		FROM good g LEFT JOIN account_fact was ON was.account_id = g.account_id AND was.plan_year = g.plan_year
			CROSS JOIN LATERAL jsonb_populate_record(was, g.facts || jsonb_build_object('account_id', g.account_id,
				'plan_year', g.plan_year, 'unit_code', coalesce(was.unit_code, g.unit_code))) n
		ORDER BY n.account_id, n.plan_year
		ON CONFLICT ON CONSTRAINT account_fact_pkey DO UPDATE SET value_class = EXCLUDED.value_class,
			voltage_kv = EXCLUDED.voltage_kv, avg_monthly_bill_thb = EXCLUDED.avg_monthly_bill_thb,
			billed_months = EXCLUDED.billed_months, spp_zone = EXCLUDED.spp_zone,
			self_generation_mw = EXCLUDED.self_generation_mw, largest_job_thb = EXCLUDED.largest_job_thb,
			yearly_maintenance_thb = EXCLUDED.yearly_maintenance_thb, business_prospect = EXCLUDED.business_prospect,
			national_strategy = EXCLUDED.national_strategy, nationwide_network = EXCLUDED.nationwide_network
		WHERE f IS DISTINCT FROM EXCLUDED
		RETURNING 1
	), put_source AS (
		INSERT INTO fact_source AS s (account_id, plan_year, unit_code, fact, source, fact_on, recorded_at, recorded_by)
		SELECT DISTINCT ON (j.account_id, j.plan_year, j.fact) j.account_id, j.plan_year::int, j.unit_code, j.fact, j.source,
			j.day, the_time, who
		FROM judged j WHERE j.verdict IS NULL
		ORDER BY j.account_id, j.plan_year, j.fact
		ON CONFLICT ON CONSTRAINT fact_source_pkey DO UPDATE SET source = EXCLUDED.source, fact_on = EXCLUDED.fact_on,
			recorded_at = EXCLUDED.recorded_at, recorded_by = EXCLUDED.recorded_by
		WHERE (s.source, s.fact_on) IS DISTINCT FROM (EXCLUDED.source, EXCLUDED.fact_on)
	), gone AS (
		DELETE FROM import_fact s USING judged j
		WHERE s.line BETWEEN from_line AND to_line AND s.line = j.line AND j.verdict IS NULL
	), kept AS (
		UPDATE import_fact s SET problem_column = j.verdict[1], problem = j.verdict[2]
		FROM judged j
		WHERE s.line BETWEEN from_line AND to_line AND s.line = j.line AND j.verdict IS NOT NULL
			AND (j.problem_column, j.problem) IS DISTINCT FROM (j.verdict[1], j.verdict[2])
	)
	SELECT count(*) FILTER (WHERE j.verdict IS NULL), (SELECT count(*) FROM put),
		count(*) FILTER (WHERE j.verdict IS NOT NULL)
	INTO result FROM judged j;
	RETURN result;
END $$;

-- A month is written as 2026-10 or by its first day.  A line without contract account is the account's only one.
CREATE OR REPLACE FUNCTION _import_bill_batch(from_line bigint, to_line bigint) RETURNS batch_result
LANGUAGE plpgsql SET search_path FROM CURRENT SET jit = off AS $$
DECLARE
	today date := _today();
	result batch_result;
BEGIN
	WITH picked AS MATERIALIZED (
		SELECT s.line, btrim(s.account_id) AS indexed, _trimmed(s.account_id) AS account_id,
			_trimmed(s.contract_account) AS contract_account, _plain(s.month) AS month, _plain(s.amount_thb) AS amount,
			s.problem, s.problem_column
		FROM import_bill s
		WHERE s.line BETWEEN from_line AND to_line
		FOR UPDATE
	), answered AS MATERIALIZED (
		SELECT p.*, _read_number(p.amount) AS amount_thb,
			_read_day(CASE WHEN length(p.month) = 7 THEN p.month || '-01' ELSE p.month END) AS day
		FROM picked p
	), judged AS MATERIALIZED (
		SELECT r.*, a.unit_code,
			CASE WHEN num_nonnulls(r.account_id, r.contract_account, r.month, r.amount) = 0 THEN
					ARRAY['account_id', 'the line is blank']
				WHEN r.account_id IS NULL THEN ARRAY['account_id', 'the number of the account is missing']
				WHEN a.account_id IS NULL THEN ARRAY['account_id', format('there is no account "%s"', r.account_id)]
				WHEN r.month IS NULL THEN ARRAY['month', 'the month is missing']
				WHEN r.day IS NULL OR extract(day FROM r.day) <> 1 THEN
					ARRAY['month', format('"%s" is no month; months are written as 2026-10', r.month)]
				WHEN r.day > today THEN
					ARRAY['month', _wrong_day(r.month || CASE length(r.month) WHEN 7 THEN '-01' ELSE '' END, today)]
				WHEN r.amount IS NULL THEN ARRAY['amount_thb', 'the amount is missing']
				WHEN r.amount_thb IS NULL THEN
					ARRAY['amount_thb', format('"%s" is no number; numbers are written as 1234.5 or 1,234.5', r.amount)]
				ELSE (SELECT ARRAY['amount_thb', format('line %s says something else about the same bill', min(o.line))]
					FROM import_bill o
					WHERE btrim(o.account_id) = r.indexed AND o.line <> r.line
						AND left(_plain(o.month), 7) = left(r.month, 7)
						AND coalesce(_trimmed(o.contract_account), r.account_id) = coalesce(r.contract_account, r.account_id)
						AND _read_number(_plain(o.amount_thb)) IS DISTINCT FROM r.amount_thb
					HAVING count(*) > 0) END AS verdict
		FROM answered r LEFT JOIN account a ON a.account_id = r.account_id
	), put AS (
		INSERT INTO bill AS b (account_id, contract_account, month, amount_thb, unit_code)
		SELECT DISTINCT ON (1, 3, 2) j.account_id, coalesce(j.contract_account, j.account_id), j.day,
			j.amount_thb, j.unit_code
		FROM judged j WHERE j.verdict IS NULL
		ORDER BY 1, 3, 2
		ON CONFLICT ON CONSTRAINT bill_pkey DO UPDATE SET amount_thb = EXCLUDED.amount_thb
		WHERE b.amount_thb <> EXCLUDED.amount_thb
		RETURNING 1
	), gone AS (
		DELETE FROM import_bill s USING judged j
		WHERE s.line BETWEEN from_line AND to_line AND s.line = j.line AND j.verdict IS NULL
	), kept AS (
		UPDATE import_bill s SET problem_column = j.verdict[1], problem = j.verdict[2]
		FROM judged j
		WHERE s.line BETWEEN from_line AND to_line AND s.line = j.line AND j.verdict IS NOT NULL
			AND (j.problem_column, j.problem) IS DISTINCT FROM (j.verdict[1], j.verdict[2])
	)
	SELECT count(*) FILTER (WHERE j.verdict IS NULL), (SELECT count(*) FROM put),
		count(*) FILTER (WHERE j.verdict IS NOT NULL)
	INTO result FROM judged j;
	RETURN result;
END $$;

CREATE OR REPLACE FUNCTION _import_staff_batch(from_line bigint, to_line bigint) RETURNS batch_result
LANGUAGE plpgsql SET search_path FROM CURRENT SET jit = off AS $$
DECLARE
	today date := _today();
	result batch_result;
BEGIN
	PERFORM FROM staff f
	WHERE f.staff_id IN (SELECT _trimmed(s.staff_id) FROM import_staff s WHERE s.line BETWEEN from_line AND to_line)
	ORDER BY f.staff_id FOR NO KEY UPDATE;
	WITH picked AS MATERIALIZED (
		SELECT s.line, btrim(s.staff_id) AS indexed, _trimmed(s.staff_id) AS staff_id, _trimmed(s.name_th) AS name_th,
			_trimmed(s.name_en) AS name_en, _trimmed(s.position) AS position, _plain(s.hire_date) AS hire_date,
			_trimmed(s.unit_code) AS unit_code, _trimmed(s.role_name) AS role_name, _plain(s.left_on) AS left_on,
			s.problem, s.problem_column
		FROM import_staff s
		WHERE s.line BETWEEN from_line AND to_line
		FOR UPDATE
	), judged AS MATERIALIZED (
		SELECT p.*, f AS was,
			CASE WHEN num_nonnulls(p.staff_id, p.name_th, p.name_en, p.position, p.hire_date, p.unit_code, p.role_name, p.left_on)
					= 0 THEN ARRAY['staff_id', 'the line is blank']
				WHEN p.staff_id IS NULL THEN ARRAY['staff_id', 'the number of the member of staff is missing']
				WHEN coalesce(p.name_th, f.name_th) IS NULL THEN ARRAY['name_th', 'the name is missing']
				WHEN coalesce(p.position, f.position) IS NULL THEN ARRAY['position', 'the position is missing']
				WHEN coalesce(p.hire_date, f.hire_date::text) IS NULL THEN ARRAY['hire_date', 'the hire date is missing']
				WHEN _wrong_day(p.hire_date, today) IS NOT NULL THEN ARRAY['hire_date', _wrong_day(p.hire_date, today)]
				WHEN coalesce(p.unit_code, f.unit_code) IS NULL THEN ARRAY['unit_code', 'the unit is missing']
				WHEN p.unit_code IS NOT NULL AND u.unit_code IS NULL THEN
					ARRAY['unit_code', format('there is no unit "%s"', p.unit_code)]
				WHEN p.unit_code IS DISTINCT FROM f.unit_code AND u.closed_on <= today THEN
					ARRAY['unit_code', format('unit "%s" is closed since %s', p.unit_code, u.closed_on)]
				WHEN coalesce(p.role_name, f.role_name) IS NULL THEN ARRAY['role_name', 'the database role is missing']
				WHEN p.role_name IS NOT NULL AND r.rolname IS NULL THEN
					ARRAY['role_name', format('role "%s" does not exist', p.role_name)]
				-- or whoever imports would make themselves anybody
				WHEN p.role_name <> f.role_name THEN ARRAY['role_name',
					format('they work under role "%s"; the owner of the workflow changes it in the table staff', f.role_name)]
				WHEN EXISTS (SELECT FROM staff o WHERE o.role_name = p.role_name AND o.staff_id <> p.staff_id)
					OR EXISTS (SELECT FROM import_staff o
						WHERE btrim(o.role_name) = p.role_name AND _trimmed(o.staff_id) <> p.staff_id) THEN
					ARRAY['role_name', format('role "%s" is that of another member of staff', p.role_name)]
				-- a day of leaving may lie ahead
				WHEN _wrong_day(p.left_on, NULL) IS NOT NULL THEN ARRAY['left_on', _wrong_day(p.left_on, NULL)]
				WHEN coalesce(_read_day(p.left_on), f.left_on) < coalesce(_read_day(p.hire_date), f.hire_date) THEN
					ARRAY['left_on', 'the day of leaving is before the hire date']
				WHEN EXISTS (SELECT FROM post_holder h WHERE h.staff_id = p.staff_id
						AND (h.to_date IS NULL OR h.to_date >= _read_day(p.left_on))) THEN
					ARRAY['left_on', 'they hold a post on that day; it is ended first (table post_holder)']
				ELSE (SELECT ARRAY['staff_id', format('line %s says something else about the same member of staff', min(o.line))]
					FROM import_staff o
					WHERE btrim(o.staff_id) = p.indexed AND o.line <> p.line
						AND (_trimmed(o.name_th), _trimmed(o.name_en), _trimmed(o.position), _plain(o.hire_date),
							_trimmed(o.unit_code), _trimmed(o.role_name), _plain(o.left_on)) IS DISTINCT FROM
							(p.name_th, p.name_en, p.position, p.hire_date, p.unit_code, p.role_name, p.left_on)
					HAVING count(*) > 0) END AS verdict
		FROM picked p LEFT JOIN staff f ON f.staff_id = p.staff_id LEFT JOIN unit u ON u.unit_code = p.unit_code
			LEFT JOIN pg_roles r ON r.rolname = p.role_name
	), put AS (
		INSERT INTO staff AS f (staff_id, name_th, name_en, position, hire_date, unit_code, role_name, left_on)
		SELECT DISTINCT ON (j.staff_id) j.staff_id, coalesce(j.name_th, (j.was).name_th), coalesce(j.name_en, (j.was).name_en),
			coalesce(j.position, (j.was).position), coalesce(_read_day(j.hire_date), (j.was).hire_date),
			coalesce(j.unit_code, (j.was).unit_code), coalesce(j.role_name, (j.was).role_name),
			coalesce(_read_day(j.left_on), (j.was).left_on)
		FROM judged j WHERE j.verdict IS NULL
		ORDER BY j.staff_id
		ON CONFLICT ON CONSTRAINT staff_pkey DO UPDATE SET name_th = EXCLUDED.name_th, name_en = EXCLUDED.name_en,
			position = EXCLUDED.position, hire_date = EXCLUDED.hire_date, unit_code = EXCLUDED.unit_code,
			role_name = EXCLUDED.role_name, left_on = EXCLUDED.left_on
		WHERE (f.name_th, f.name_en, f.position, f.hire_date, f.unit_code, f.role_name, f.left_on) IS DISTINCT FROM
			(EXCLUDED.name_th, EXCLUDED.name_en, EXCLUDED.position, EXCLUDED.hire_date, EXCLUDED.unit_code,
				EXCLUDED.role_name, EXCLUDED.left_on)
		RETURNING 1
	), gone AS (
		DELETE FROM import_staff s USING judged j
		WHERE s.line BETWEEN from_line AND to_line AND s.line = j.line AND j.verdict IS NULL
	), kept AS (
		UPDATE import_staff s SET problem_column = j.verdict[1], problem = j.verdict[2]
		FROM judged j
		WHERE s.line BETWEEN from_line AND to_line AND s.line = j.line AND j.verdict IS NOT NULL
			AND (j.problem_column, j.problem) IS DISTINCT FROM (j.verdict[1], j.verdict[2])
	)
	SELECT count(*) FILTER (WHERE j.verdict IS NULL), (SELECT count(*) FROM put),
		count(*) FILTER (WHERE j.verdict IS NOT NULL)
	INTO result FROM judged j;
	RETURN result;
END $$;

-- ---- a run -----------------------------------------------------------------

CREATE OR REPLACE FUNCTION begin_import(kind text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('data.keep', _headquarters());
	lines bigint;
	new_run bigint;
BEGIN
	IF kind IS NULL OR kind NOT IN ('account', 'fact', 'bill', 'staff') THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('there is no import of "%s"', kind),
			HINT = 'What can be imported: account, fact, bill, staff.';
	END IF;
	EXECUTE format('SELECT count(*) FROM %I', 'import_' || kind) INTO lines;
	INSERT INTO import_run (kind, staff_id, started_at, lines)
	VALUES (begin_import.kind, given.staff_id, _now(), lines) RETURNING run INTO new_run;
	RETURN new_run;
END $$;

-- Where the next batch of a run ends; NULL where there is none.
CREATE OR REPLACE FUNCTION _batch_end(kind text, after_line bigint, batch_size int, only_parents boolean) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	to_line bigint;
BEGIN
	EXECUTE format('SELECT max(b.line) FROM (SELECT s.line FROM %I s WHERE s.line > $1%s ORDER BY s.line LIMIT $2) b',
		'import_' || kind, CASE WHEN only_parents THEN $s$ AND s.problem_column = 'parent_account'$s$ END)
	INTO to_line USING after_line, batch_size;
	RETURN to_line;
END $$;

-- Accounts whose parent stands further down in the file go in by another pass, as long as a pass brings any in.
CREATE OR REPLACE FUNCTION import_batch(run bigint, batch_size int DEFAULT 10000,
	OUT done bigint, OUT refused bigint, OUT remaining bigint, OUT finished boolean) RETURNS record
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize('data.keep', _headquarters());
	the_run import_run;
	to_line bigint;
	result batch_result;
BEGIN
	IF batch_size IS NULL OR batch_size NOT BETWEEN 1 AND 1000000 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('a batch cannot have %s lines', coalesce(batch_size::text, 'NULL')),
			HINT = 'Give 1 to 1000000; 10000 is good.';
	END IF;
	SELECT * INTO the_run FROM import_run r WHERE r.run = import_batch.run FOR UPDATE;
	IF NOT FOUND OR the_run.finished_at IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('there is no import %s under way', run),
			HINT = 'begin_import begins one; import_accounts, import_facts, import_bills, import_staff do it all.';
	END IF;
	-- one batch at a time, whoever runs it
	PERFORM _take_turn();
	to_line := _batch_end(the_run.kind, the_run.last_line, batch_size, the_run.only_parents);
	IF to_line IS NULL AND the_run.kind = 'account' AND the_run.done > the_run.done_before THEN
		the_run.last_line := 0;
		the_run.only_parents := true;
		the_run.done_before := the_run.done;
		to_line := _batch_end(the_run.kind, 0, batch_size, true);
	END IF;
	IF to_line IS NULL THEN
		the_run.finished_at := _now();
	ELSE
		result := CASE the_run.kind
			WHEN 'account' THEN _import_account_batch(the_run.last_line + 1, to_line, the_run.only_parents)
			WHEN 'fact' THEN _import_fact_batch(the_run.last_line + 1, to_line)
			WHEN 'bill' THEN _import_bill_batch(the_run.last_line + 1, to_line)
			WHEN 'staff' THEN _import_staff_batch(the_run.last_line + 1, to_line) END;
		the_run.last_line := to_line;
		the_run.done := the_run.done + result.done;
		the_run.changed := the_run.changed + result.changed;
		the_run.refused := the_run.refused + CASE WHEN the_run.only_parents THEN -result.done ELSE result.refused END;
	END IF;
	UPDATE import_run r SET last_line = the_run.last_line, done = the_run.done, changed = the_run.changed,
		refused = the_run.refused, only_parents = the_run.only_parents, done_before = the_run.done_before,
		finished_at = the_run.finished_at, last_batch_at = _now()
	WHERE r.run = import_batch.run;
	done := the_run.done;
	refused := the_run.refused;
	finished := the_run.finished_at IS NOT NULL;
	remaining := CASE WHEN finished THEN 0 ELSE greatest(the_run.lines - the_run.done - the_run.refused, 0) END;
END $$;

CREATE OR REPLACE VIEW import_progress WITH (security_invoker = true) AS
	SELECT r.run, r.kind, r.staff_id, r.started_at, r.last_batch_at, r.finished_at, r.lines, r.done, r.changed, r.refused,
		CASE WHEN r.finished_at IS NULL THEN greatest(r.lines - r.done - r.refused, 0) ELSE 0 END AS remaining
	FROM import_run r;

-- Procedures that commit cannot have a pinned search_path, so the schema's name is written into them.
DO $do$
DECLARE
	imports text[] := ARRAY['import_accounts', 'account', 'import_facts', 'fact', 'import_bills', 'bill',
		'import_staff', 'staff'];
BEGIN
	FOR i IN 1 .. cardinality(imports) BY 2 LOOP
		EXECUTE format($procedure$
			CREATE OR REPLACE PROCEDURE %1$I.%2$I(batch_size int DEFAULT 10000)
			LANGUAGE plpgsql AS $body$
			DECLARE
				run bigint := %1$I.begin_import(%3$L);
				batch record;
			BEGIN
				COMMIT;
				LOOP
					SELECT * INTO batch FROM %1$I.import_batch(run, batch_size);
					COMMIT;
					EXIT WHEN batch.finished;
					RAISE NOTICE '%2$s: %% lines are in, %% refused, %% remain', batch.done, batch.refused, batch.remaining;
				END LOOP;
				IF batch.refused > 0 THEN
					RAISE NOTICE '%2$s: %% lines stay in import_%3$s, each with its problem', batch.refused;
				END IF;
			END $body$ $procedure$, current_schema(), imports[i], imports[i + 1]);
	END LOOP;
END $do$;

ALTER TABLE import_run ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON import_run FOR SELECT USING (staff_id = (SELECT me()) OR (SELECT _may_anywhere('data.keep')));
GRANT SELECT ON import_run, import_progress TO PUBLIC;

COMMENT ON TABLE import_account IS U&'ตารางพักนำเข้าลูกค้า — Accounts to import: lines as COPY loaded them, until they go in.';
COMMENT ON COLUMN import_account.line IS U&'เลขบรรทัด — Number of the line.';
COMMENT ON COLUMN import_account.account_id IS U&'หมายเลขลูกค้า — Number of the account.';
COMMENT ON COLUMN import_account.unit_code IS U&'หน่วยงาน — Unit; may be blank where the account exists.';
COMMENT ON COLUMN import_account.name_th IS U&'ชื่อภาษาไทย — Name in Thai.';
COMMENT ON COLUMN import_account.name_en IS U&'ชื่อภาษาอังกฤษ — Name in English.';
COMMENT ON COLUMN import_account.parent_account IS U&'ลูกค้าแม่ของเครือข่าย — Account above it in a network.';
COMMENT ON COLUMN import_account.business IS U&'ประเภทธุรกิจ — Kind of business.';
COMMENT ON COLUMN import_account.opened_on IS U&'วันที่เริ่มเป็นลูกค้า — Day from which it is a customer.';
COMMENT ON COLUMN import_account.closed_on IS U&'วันที่เลิกเป็นลูกค้า — Day on which it was closed.';
COMMENT ON COLUMN import_account.loaded_by IS U&'ผู้โหลด — Database role that loaded the line.';
COMMENT ON COLUMN import_account.problem IS U&'ปัญหา — Why the line could not go in; empty before it was tried.';
COMMENT ON COLUMN import_account.problem_column IS U&'คอลัมน์ที่มีปัญหา — Column that the problem is about.';

COMMENT ON TABLE import_fact IS U&'ตารางพักนำเข้าข้อมูลลูกค้า — Facts to import: lines as COPY loaded them, until they go in.';
COMMENT ON COLUMN import_fact.line IS U&'เลขบรรทัด — Number of the line.';
COMMENT ON COLUMN import_fact.account_id IS U&'หมายเลขลูกค้า — Number of the account.';
COMMENT ON COLUMN import_fact.plan_year IS U&'ปีแผน (ค.ศ.) — Plan year, common era.';
COMMENT ON COLUMN import_fact.fact IS U&'ชื่อข้อมูล — Name of the fact, as in the table fact.';
COMMENT ON COLUMN import_fact.value IS U&'ค่า — Value; blank where it is not known.';
COMMENT ON COLUMN import_fact.source IS U&'ที่มา — Source.';
COMMENT ON COLUMN import_fact.fact_on IS U&'วันที่ของข้อมูล — Day on which it was so.';
COMMENT ON COLUMN import_fact.loaded_by IS U&'ผู้โหลด — Database role that loaded the line.';
COMMENT ON COLUMN import_fact.problem IS U&'ปัญหา — Why the line could not go in; empty before it was tried.';
COMMENT ON COLUMN import_fact.problem_column IS U&'คอลัมน์ที่มีปัญหา — Column that the problem is about.';

COMMENT ON TABLE import_bill IS U&'ตารางพักนำเข้าค่าไฟฟ้า — Bills to import: lines as COPY loaded them, until they go in.';
COMMENT ON COLUMN import_bill.line IS U&'เลขบรรทัด — Number of the line.';
COMMENT ON COLUMN import_bill.account_id IS U&'หมายเลขลูกค้า — Number of the account.';
COMMENT ON COLUMN import_bill.contract_account IS U&'บัญชีแสดงสัญญา — Contract account; blank where the account has only one.';
COMMENT ON COLUMN import_bill.month IS U&'เดือน — Month, as 2026-10.';
COMMENT ON COLUMN import_bill.amount_thb IS U&'ค่าไฟฟ้า (บาท) — Amount in THB.';
COMMENT ON COLUMN import_bill.loaded_by IS U&'ผู้โหลด — Database role that loaded the line.';
COMMENT ON COLUMN import_bill.problem IS U&'ปัญหา — Why the line could not go in; empty before it was tried.';
COMMENT ON COLUMN import_bill.problem_column IS U&'คอลัมน์ที่มีปัญหา — Column that the problem is about.';

COMMENT ON TABLE import_staff IS U&'ตารางพักนำเข้าพนักงาน — Staff to import: lines as COPY loaded them, until they go in.';
COMMENT ON COLUMN import_staff.line IS U&'เลขบรรทัด — Number of the line.';
COMMENT ON COLUMN import_staff.staff_id IS U&'รหัสพนักงาน — Number of the member of staff.';
COMMENT ON COLUMN import_staff.name_th IS U&'ชื่อภาษาไทย — Name in Thai.';
COMMENT ON COLUMN import_staff.name_en IS U&'ชื่อภาษาอังกฤษ — Name in English.';
COMMENT ON COLUMN import_staff.position IS U&'ตำแหน่ง — Position.';
COMMENT ON COLUMN import_staff.hire_date IS U&'วันที่เริ่มงาน — Hire date.';
COMMENT ON COLUMN import_staff.unit_code IS U&'หน่วยงาน — Unit.';
COMMENT ON COLUMN import_staff.role_name IS U&'ชื่อ role ในฐานข้อมูล — Database role, which exists.';
COMMENT ON COLUMN import_staff.left_on IS U&'วันที่พ้นสภาพ — Day from which they are no longer there.';
COMMENT ON COLUMN import_staff.loaded_by IS U&'ผู้โหลด — Database role that loaded the line.';
COMMENT ON COLUMN import_staff.problem IS U&'ปัญหา — Why the line could not go in; empty before it was tried.';
COMMENT ON COLUMN import_staff.problem_column IS U&'คอลัมน์ที่มีปัญหา — Column that the problem is about.';

COMMENT ON TABLE import_run IS U&'การนำเข้าแต่ละครั้ง — Runs of the imports.';
COMMENT ON COLUMN import_run.run IS U&'เลขที่การนำเข้า — Number of the run.';
COMMENT ON COLUMN import_run.kind IS U&'ชนิด — What is imported: account, fact, bill or staff.';
COMMENT ON COLUMN import_run.staff_id IS U&'ผู้นำเข้า — Who imports.';
COMMENT ON COLUMN import_run.started_at IS U&'เวลาเริ่ม — When it began.';
COMMENT ON COLUMN import_run.last_batch_at IS U&'เวลาของชุดล่าสุด — When its last batch went in.';
COMMENT ON COLUMN import_run.finished_at IS U&'เวลาเสร็จ — When it was finished; empty while it runs, or where it was interrupted.';
COMMENT ON COLUMN import_run.lines IS U&'จำนวนบรรทัดทั้งหมด — Lines that there were at its beginning.';
COMMENT ON COLUMN import_run.done IS U&'นำเข้าแล้ว — Lines that went in.';
COMMENT ON COLUMN import_run.changed IS U&'แถวที่เปลี่ยน — Rows that were new or changed by them.';
COMMENT ON COLUMN import_run.refused IS U&'ไม่ผ่าน — Lines that stay with their problem.';
COMMENT ON COLUMN import_run.last_line IS U&'บรรทัดสุดท้ายที่ทำแล้ว — Last line of the last batch.';
COMMENT ON COLUMN import_run.done_before IS U&'นำเข้าแล้วก่อนรอบนี้ — Lines that had gone in before this pass.';
COMMENT ON COLUMN import_run.only_parents IS U&'รอบของลูกค้าที่รอลูกค้าแม่ — In a further pass, for accounts whose parent came later.';

COMMENT ON VIEW import_progress IS U&'ความคืบหน้าของการนำเข้า — How far the imports have come.';
COMMENT ON COLUMN import_progress.run IS U&'เลขที่การนำเข้า — Number of the run.';
COMMENT ON COLUMN import_progress.kind IS U&'ชนิด — What is imported: account, fact, bill or staff.';
COMMENT ON COLUMN import_progress.staff_id IS U&'ผู้นำเข้า — Who imports.';
COMMENT ON COLUMN import_progress.started_at IS U&'เวลาเริ่ม — When it began.';
COMMENT ON COLUMN import_progress.last_batch_at IS U&'เวลาของชุดล่าสุด — When its last batch went in.';
COMMENT ON COLUMN import_progress.finished_at IS U&'เวลาเสร็จ — When it was finished; empty while it runs, or where it was interrupted.';
COMMENT ON COLUMN import_progress.lines IS U&'จำนวนบรรทัดทั้งหมด — Lines that there were at its beginning.';
COMMENT ON COLUMN import_progress.done IS U&'นำเข้าแล้ว — Lines that went in.';
COMMENT ON COLUMN import_progress.changed IS U&'แถวที่เปลี่ยน — Rows that were new or changed by them.';
COMMENT ON COLUMN import_progress.refused IS U&'ไม่ผ่าน — Lines that stay with their problem.';
COMMENT ON COLUMN import_progress.remaining IS U&'คงเหลือ — Lines that were not tried yet.';

COMMENT ON TYPE batch_result IS U&'ผลของการนำเข้าหนึ่งชุด — What a batch came to: lines in, rows changed, lines refused.';
COMMENT ON COLUMN batch_result.done IS U&'นำเข้าแล้ว — Lines that went in.';
COMMENT ON COLUMN batch_result.changed IS U&'แถวที่เปลี่ยน — Rows that were new or changed by them.';
COMMENT ON COLUMN batch_result.refused IS U&'ไม่ผ่าน — Lines that stay with their problem.';
COMMENT ON FUNCTION begin_import(text) IS U&'เริ่มนำเข้า — Begins the import of what stands in a staging table, and gives the number of the run (4.8). Error 42501, 22023 for another kind.';
COMMENT ON FUNCTION import_batch(bigint, int) IS U&'นำเข้าหนึ่งชุด — Imports the next lines of a run, all or none (4.8): what is valid goes in and leaves the staging table, the rest stays with its problem. Error 42501, 55000 for a run that is not under way, 22023 for the size.';
COMMENT ON FUNCTION _batch_end(text, bigint, int, boolean) IS U&'บรรทัดสุดท้ายของชุดถัดไป — The last line of the next batch.';
COMMENT ON FUNCTION _wrong_day(text, date) IS U&'บอกสิ่งผิดของวันที่ — What is wrong with a day, in words; NULL where nothing is.';
COMMENT ON FUNCTION _wrong_value(text, text) IS U&'บอกสิ่งผิดของค่า — What is wrong with the value of a fact, in words; NULL where nothing is.';
COMMENT ON FUNCTION _import_account_batch(bigint, bigint, boolean) IS U&'นำเข้าลูกค้าหนึ่งชุด — Imports one batch of accounts.';
COMMENT ON FUNCTION _import_fact_batch(bigint, bigint) IS U&'นำเข้าข้อมูลหนึ่งชุด — Imports one batch of facts.';
COMMENT ON FUNCTION _import_bill_batch(bigint, bigint) IS U&'นำเข้าค่าไฟฟ้าหนึ่งชุด — Imports one batch of bills.';
COMMENT ON FUNCTION _import_staff_batch(bigint, bigint) IS U&'นำเข้าพนักงานหนึ่งชุด — Imports one batch of staff.';
COMMENT ON PROCEDURE import_accounts(int) IS U&'นำเข้าลูกค้า — Imports the lines of import_account batch by batch, each committed (4.8). Lines that cannot go in stay with their problem; a second run tries them again. Error 42501, 2D000 inside a transaction.';
COMMENT ON PROCEDURE import_facts(int) IS U&'นำเข้าข้อมูลลูกค้า — Imports the lines of import_fact batch by batch, each committed (4.8). Lines that cannot go in stay with their problem; a second run tries them again. Error 42501, 2D000 inside a transaction.';
COMMENT ON PROCEDURE import_bills(int) IS U&'นำเข้าค่าไฟฟ้า — Imports the lines of import_bill batch by batch, each committed (4.8). Lines that cannot go in stay with their problem; a second run tries them again. Error 42501, 2D000 inside a transaction.';
COMMENT ON PROCEDURE import_staff(int) IS U&'นำเข้าพนักงาน — Imports the lines of import_staff batch by batch, each committed (4.8). Lines that cannot go in stay with their problem; a second run tries them again. Error 42501, 2D000 inside a transaction.';
