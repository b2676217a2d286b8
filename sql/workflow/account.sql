/* Accounts: customers that are or may become key accounts, their network, people, facts. */

CREATE TABLE account (
	account_id text PRIMARY KEY CHECK (account_id <> ''),
	name_th text NOT NULL,
	name_en text,
	unit_code text NOT NULL REFERENCES unit,
	parent_account text REFERENCES account,
	business text,
	opened_on date,
	closed_on date,
	CONSTRAINT account_closed_after_opening CHECK (closed_on >= opened_on)
);
CREATE INDEX ON account (unit_code);
CREATE INDEX ON account (parent_account) WHERE parent_account IS NOT NULL;

-- The customer's people; a coordinator is whom PEA calls first (CRM-KAM-005).
CREATE TABLE contact_person (
	contact_person_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account_id text NOT NULL REFERENCES account,
	unit_code text NOT NULL REFERENCES unit,
	name text NOT NULL CHECK (name <> ''),
	duty text,
	phone text,
	email text,
	is_coordinator boolean NOT NULL DEFAULT false,
	until date
);
CREATE INDEX ON contact_person (account_id);

-- The facts of a plan year, by the names that classify reads.
CREATE TABLE account_fact (
	account_id text NOT NULL REFERENCES account,
	plan_year int NOT NULL CHECK (plan_year BETWEEN 1960 AND 2399),
	unit_code text NOT NULL REFERENCES unit,
	value_class kam.value_class,
	voltage_kv numeric CHECK (voltage_kv >= 0),
	avg_monthly_bill_thb numeric,
	billed_months smallint CHECK (billed_months BETWEEN 0 AND 12),
	spp_zone boolean,
	self_generation_mw numeric CHECK (self_generation_mw >= 0),
	largest_job_thb numeric CHECK (largest_job_thb >= 0),
	yearly_maintenance_thb numeric CHECK (yearly_maintenance_thb >= 0),
	business_prospect boolean,
	national_strategy boolean,
	nationwide_network boolean,
	PRIMARY KEY (account_id, plan_year)
);
CREATE INDEX ON account_fact (unit_code, plan_year);

-- Where each fact comes from and of which day it is.
CREATE TABLE fact_source (
	account_id text NOT NULL,
	plan_year int NOT NULL,
	unit_code text NOT NULL REFERENCES unit,
	fact text NOT NULL,
	source text NOT NULL CHECK (source <> ''),
	fact_on date NOT NULL,
	recorded_at timestamptz NOT NULL,
	recorded_by text REFERENCES staff,
	PRIMARY KEY (account_id, plan_year, fact),
	FOREIGN KEY (account_id, plan_year) REFERENCES account_fact ON DELETE CASCADE
);

-- The relationship with the account, on the foreword's six levels, over time.
CREATE TABLE relationship (
	relationship_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account_id text NOT NULL REFERENCES account,
	unit_code text NOT NULL REFERENCES unit,
	level smallint NOT NULL CHECK (level BETWEEN 1 AND 6),
	since date NOT NULL,
	reason text,
	judged_by text NOT NULL REFERENCES staff,
	judged_at timestamptz NOT NULL
);
CREATE INDEX ON relationship (account_id, since);

-- The six levels of the relationship (foreword).
CREATE TABLE relationship_level (
	level smallint PRIMARY KEY CHECK (level BETWEEN 1 AND 6),
	name_th text NOT NULL,
	name_en text NOT NULL
);
INSERT INTO relationship_level VALUES
	(1, unistr('ยังไม่รู้จัก'), 'does not know PEA'),
	(2, unistr('รู้จัก'), 'knows PEA'),
	(3, unistr('ซื้อหรือใช้บริการ'), 'buys or uses'),
	(4, unistr('พึงพอใจ'), 'is satisfied'),
	(5, unistr('ภักดี'), 'is loyal'),
	(6, unistr('สนับสนุน'), 'supports PEA');

-- The facts that people record: how each is read, and by which action it is recorded.
CREATE TABLE fact (
	fact text PRIMARY KEY,
	kind text NOT NULL CHECK (kind IN ('class', 'number', 'flag')),
	action text NOT NULL,
	section text NOT NULL
);
INSERT INTO fact VALUES
	('value_class', 'class', 'data.keep', '6.1.1.1'),
	('voltage_kv', 'number', 'account.maintain', unistr('6.1.1.2(1)ก')),
	('avg_monthly_bill_thb', 'number', 'account.maintain', unistr('6.1.1.2(1)ข')),
	('spp_zone', 'flag', 'account.maintain', unistr('6.1.1.2(1)ค')),
	('self_generation_mw', 'number', 'account.maintain', unistr('6.1.1.2(1)ง')),
	('largest_job_thb', 'number', 'account.maintain', unistr('6.1.1.2(1)จ')),
	('yearly_maintenance_thb', 'number', 'account.maintain', unistr('6.1.1.2(1)จ')),
	('business_prospect', 'flag', 'account.maintain', unistr('6.1.1.2(1)จ')),
	('national_strategy', 'flag', 'account.maintain', unistr('6.1.1.2(1)ฉ')),
	('nationwide_network', 'flag', 'account.network', unistr('6.1.1.2(1)ช'));

-- ---- what people write, read -----------------------------------------------

-- Without blanks around it; NULL where nothing is left.
CREATE OR REPLACE FUNCTION _trimmed(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN nullif(btrim(value, unistr('\0020\0009\000a\000d\00a0\feff')), '');

-- The same for what is no name: with Arabic digits for Thai ones.
CREATE OR REPLACE FUNCTION _plain(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN nullif(btrim(translate(value, unistr('๐๑๒๓๔๕๖๗๘๙'), '0123456789'),
	unistr('\0020\0009\000a\000d\00a0\feff')), '');

-- Each of these gives NULL for what it cannot read: 1234.5 and 1,234.5 are numbers, 2026-10-31 is a day.
CREATE OR REPLACE FUNCTION _read_number(plain text) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN plain ~ '^-?([0-9]{1,15}|[0-9]{1,3}(,[0-9]{3}){1,4})([.][0-9]{1,6})?$'
	THEN replace(plain, ',', '')::numeric END;

CREATE OR REPLACE FUNCTION _read_day(plain text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN plain ~ '^(1[89]|2[0-7])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' THEN
	CASE WHEN substr(plain, 9)::int <= extract(day FROM
			make_date(substr(plain, 1, 4)::int, substr(plain, 6, 2)::int, 1) + interval '1 month - 1 day')
	THEN make_date(substr(plain, 1, 4)::int, substr(plain, 6, 2)::int, substr(plain, 9)::int) END END;

CREATE OR REPLACE FUNCTION _read_flag(plain text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN lower(plain) IN ('true', 't', 'yes', 'y', '1', 'on') THEN true
	WHEN lower(plain) IN ('false', 'f', 'no', 'n', '0', 'off') THEN false END;

CREATE OR REPLACE FUNCTION _read_value_class(plain text) RETURNS kam.value_class
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN lower(plain) IN ('high', 'medium', 'low', 'h', 'm', 'l') THEN plain::kam.value_class END;

-- A day on which something was so: in the common era, and not in the future.
CREATE OR REPLACE FUNCTION _check_past_day(what text, day date) RETURNS void
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
BEGIN
	IF extract(year FROM day) BETWEEN 2400 AND 2800 THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('%s %s is a day of the Buddhist era', what, day),
			HINT = format('Days are written in the common era, as in %s.', (day - interval '543 years')::date);
	ELSIF day > _today() THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('%s %s is in the future', what, day),
			HINT = format('It is no later than today, %s.', _today());
	ELSIF day < '1800-01-01' THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('%s %s is before the first power station', what, day),
			HINT = 'Days are written as 2026-10-31.';
	END IF;
END $$;

-- ---- accounts --------------------------------------------------------------

-- A unit that accounts may belong to.
CREATE OR REPLACE FUNCTION _check_account_unit(unit_code text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	the_unit unit;
BEGIN
	SELECT * INTO the_unit FROM unit u WHERE u.unit_code = _check_account_unit.unit_code;
	IF NOT FOUND THEN
		RAISE no_data_found USING
			MESSAGE = format('there is no unit "%s"', unit_code),
			HINT = 'The table unit lists them.';
	ELSIF the_unit.kind = 'region' THEN
		RAISE check_violation USING
			MESSAGE = format('unit "%s" is a region and has no accounts', unit_code),
			HINT = 'Accounts belong to an office, an area or headquarters.',
			TABLE = 'account', CONSTRAINT = 'account_unit';
	ELSIF the_unit.closed_on <= _today() THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('unit "%s" is closed since %s', unit_code, the_unit.closed_on),
			HINT = 'Name the unit that has taken over its customers.';
	END IF;
END $$;

-- The same for whatever writes the table.  The units are locked, so that none is closed meanwhile.
CREATE OR REPLACE FUNCTION _check_account_units() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	units text[];
BEGIN
	IF TG_OP = 'INSERT' THEN
		units := ARRAY(SELECT DISTINCT n.unit_code FROM new_rows n WHERE n.closed_on IS NULL ORDER BY 1);
	ELSE
		units := ARRAY(SELECT DISTINCT n.unit_code FROM new_rows n WHERE n.closed_on IS NULL AND NOT EXISTS (
			SELECT FROM old_rows o
			WHERE o.account_id = n.account_id AND o.unit_code = n.unit_code AND o.closed_on IS NULL) ORDER BY 1);
	END IF;
	PERFORM FROM unit u WHERE u.unit_code = ANY (units) ORDER BY u.unit_code FOR SHARE;
	PERFORM _check_account_unit(u) FROM unnest(units) u;
	RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER check_units_of_new AFTER INSERT ON account
	REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION _check_account_units();
CREATE OR REPLACE TRIGGER check_units AFTER UPDATE ON account
	REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION _check_account_units();

-- The unit that an account belongs to today.
CREATE OR REPLACE FUNCTION _unit_of(account_id text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	RETURN (SELECT a.unit_code FROM account a WHERE a.account_id = _unit_of.account_id);
END $$;

-- The account's row, locked for a change; closed accounts stay as they are.
CREATE OR REPLACE FUNCTION _open_account(account_id text) RETURNS account
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	the_account account;
BEGIN
	SELECT * INTO the_account FROM account a WHERE a.account_id = _open_account.account_id FOR NO KEY UPDATE;
	IF the_account.closed_on IS NOT NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('account "%s" is closed since %s', account_id, the_account.closed_on),
			HINT = 'It can be opened again: reopen_account.';
	END IF;
	RETURN the_account;
END $$;

CREATE OR REPLACE FUNCTION add_account(account_id text, unit_code text, name_th text, name_en text DEFAULT NULL,
	business text DEFAULT NULL, opened_on date DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _authorize('account.maintain', unit_code);
	IF coalesce(btrim(account_id), '') = '' OR unit_code IS NULL OR coalesce(btrim(name_th), '') = '' THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'an account has a number, a unit and a name',
			HINT = 'Give account_id, unit_code and name_th.';
	END IF;
	PERFORM _check_account_unit(unit_code);
	PERFORM _check_past_day('the opening', opened_on);
	INSERT INTO account (account_id, unit_code, name_th, name_en, business, opened_on)
	VALUES (_trimmed(add_account.account_id), add_account.unit_code, add_account.name_th,
		nullif(add_account.name_en, ''), nullif(add_account.business, ''), add_account.opened_on)
	ON CONFLICT DO NOTHING;
	IF NOT FOUND THEN
		RAISE unique_violation USING
			MESSAGE = format('account "%s" exists already', account_id),
			HINT = 'Account numbers are national, and an account has one unit; change_account changes it.',
			TABLE = 'account', CONSTRAINT = 'account_pkey';
	END IF;
END $$;

-- Moves an account, and what describes it now: people, the facts of this year on, the
-- relationship as last judged.  What happened stays with the unit where it happened.
CREATE OR REPLACE FUNCTION _move_account(account_id text, to_unit text) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	this_year int := extract(year FROM _today());
BEGIN
	PERFORM _check_account_unit(to_unit);
	UPDATE account a SET unit_code = to_unit WHERE a.account_id = _move_account.account_id;
	UPDATE contact_person c SET unit_code = to_unit WHERE c.account_id = _move_account.account_id;
	UPDATE account_fact f SET unit_code = to_unit
	WHERE f.account_id = _move_account.account_id AND f.plan_year >= this_year;
	UPDATE fact_source s SET unit_code = to_unit
	WHERE s.account_id = _move_account.account_id AND s.plan_year >= this_year;
	UPDATE relationship r SET unit_code = to_unit
	WHERE r.relationship_id = (
		SELECT n.relationship_id FROM relationship_now n WHERE n.account_id = _move_account.account_id);
END $$;

-- What is NULL stays; '' empties what may be empty.  The unit changes only by who keeps the data.
CREATE OR REPLACE FUNCTION change_account(account_id text, name_th text DEFAULT NULL, name_en text DEFAULT NULL,
	business text DEFAULT NULL, unit_code text DEFAULT NULL, opened_on date DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	the_account account;
BEGIN
	PERFORM _authorize_account('account.maintain', account_id);
	the_account := _open_account(account_id);
	PERFORM _check_past_day('the opening', opened_on);
	IF change_account.unit_code <> the_account.unit_code THEN
		PERFORM _authorize_account('data.keep', account_id);
		PERFORM _move_account(account_id, unit_code);
	END IF;
	UPDATE account a
	SET name_th = coalesce(nullif(btrim(change_account.name_th), ''), a.name_th),
		name_en = nullif(coalesce(change_account.name_en, a.name_en), ''),
		business = nullif(coalesce(change_account.business, a.business), ''),
		opened_on = coalesce(change_account.opened_on, a.opened_on)
	WHERE a.account_id = change_account.account_id;
END $$;

CREATE OR REPLACE FUNCTION close_account(account_id text, closed_on date DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	last_day date := coalesce(closed_on, _today());
	the_account account;
BEGIN
	PERFORM _authorize_account('account.maintain', account_id);
	the_account := _open_account(account_id);
	PERFORM _check_past_day('the closing', last_day);
	IF last_day < the_account.opened_on THEN
		RAISE check_violation USING
			MESSAGE = format('account "%s" was opened on %s, after %s', account_id, the_account.opened_on, last_day),
			HINT = 'Give the day on which it was closed, or correct the opening: change_account.',
			TABLE = 'account', CONSTRAINT = 'account_closed_after_opening';
	END IF;
	UPDATE account a SET closed_on = last_day WHERE a.account_id = close_account.account_id;
END $$;

CREATE OR REPLACE FUNCTION reopen_account(account_id text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _authorize_account('data.keep', account_id);
	UPDATE account a SET closed_on = NULL WHERE a.account_id = reopen_account.account_id AND a.closed_on IS NOT NULL;
	IF NOT FOUND THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('account "%s" is not closed', account_id),
			HINT = 'Only a closed account can be opened again.';
	END IF;
END $$;

-- ---- the network of an account with many sites -----------------------------

-- Changes of networks happen one after the other, so that two sessions cannot close a
-- cycle between them.  Taken before any row is locked.
CREATE OR REPLACE FUNCTION _lock_networks() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _take_turn();
	RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER lock_networks BEFORE UPDATE OF parent_account ON account
	FOR EACH STATEMENT EXECUTE FUNCTION _lock_networks();

-- The accounts above one, nearest first; ends where a cycle begins.  Above READ COMMITTED
-- their rows are locked, so that a change that the snapshot does not show is an error (40001).
CREATE OR REPLACE FUNCTION _network_above(account_id text) RETURNS text[]
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	above text[] := '{}';
	next_above text := account_id;
BEGIN
	LOOP
		IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
			PERFORM FROM account a WHERE a.account_id = next_above FOR SHARE;
		END IF;
		next_above := (SELECT a.parent_account FROM account a WHERE a.account_id = next_above);
		EXIT WHEN next_above IS NULL OR next_above = ANY (above);
		above := above || next_above;
	END LOOP;
	RETURN above;
END $$;

-- No account stands above itself; a network's head is open and belongs to headquarters (R10).
CREATE OR REPLACE FUNCTION _check_network() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	above text[];
	head account;
BEGIN
	IF NEW.parent_account IS NOT NULL THEN
		IF TG_OP = 'UPDATE' THEN
			PERFORM _take_turn();
		END IF;
		above := _network_above(NEW.account_id);
		IF NEW.account_id = ANY (above) THEN
			RAISE check_violation USING
				MESSAGE = format('account "%s" would stand above itself', NEW.account_id),
				DETAIL = format('Above it: %s.', array_to_string(above, ', ')),
				HINT = 'Name a parent account that is not among its own sites.',
				TABLE = 'account', CONSTRAINT = 'account_network_tree';
		END IF;
		-- Who closes or moves the head meanwhile waits, or is told (40001): a lock alone would
		-- not tell a transaction whose snapshot is older than this site.
		UPDATE account a SET name_th = a.name_th WHERE a.account_id = NEW.parent_account;
	END IF;
	SELECT a.* INTO head FROM account a JOIN unit u USING (unit_code)
	WHERE a.account_id IN (NEW.account_id, NEW.parent_account) AND (u.kind <> 'hq' OR a.closed_on IS NOT NULL)
		AND EXISTS (SELECT FROM account s WHERE s.parent_account = a.account_id AND s.closed_on IS NULL)
	LIMIT 1;
	IF head.closed_on IS NOT NULL THEN
		RAISE check_violation USING
			MESSAGE = format('account "%s" is the head of a network and closed', head.account_id),
			HINT = 'First let its sites leave the network, or join another: leave_network, join_network.',
			TABLE = 'account', CONSTRAINT = 'account_network_head_open';
	ELSIF head.account_id IS NOT NULL THEN
		RAISE check_violation USING
			MESSAGE = format('account "%s" is the head of a network and does not belong to headquarters',
				head.account_id),
			HINT = 'A nationwide customer is handed over first: hand_to_headquarters.',
			TABLE = 'account', CONSTRAINT = 'account_network_at_hq';
	END IF;
	RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER check_network_of_new AFTER INSERT ON account
	FOR EACH ROW WHEN (NEW.parent_account IS NOT NULL) EXECUTE FUNCTION _check_network();
CREATE OR REPLACE TRIGGER check_network AFTER UPDATE ON account
	FOR EACH ROW WHEN ((NEW.parent_account, NEW.unit_code, NEW.closed_on)
		IS DISTINCT FROM (OLD.parent_account, OLD.unit_code, OLD.closed_on)) EXECUTE FUNCTION _check_network();

CREATE OR REPLACE FUNCTION join_network(account_id text, parent_account text, reason text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_account('account.network', account_id);
	the_account account;
BEGIN
	IF parent_account IS NULL THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'the parent account is missing',
			HINT = 'Name the head of the network; an account leaves its network by leave_network.';
	END IF;
	PERFORM _authorize_account('account.network', parent_account);
	PERFORM _take_turn();
	the_account := _open_account(account_id);
	IF the_account.parent_account = join_network.parent_account THEN
		RETURN;
	END IF;
	UPDATE account a SET parent_account = join_network.parent_account WHERE a.account_id = join_network.account_id;
	PERFORM _decide(given, 'account', account_id, 'join_network', the_account.unit_code,
		from_status => the_account.parent_account, to_status => parent_account, reason => reason);
END $$;

CREATE OR REPLACE FUNCTION leave_network(account_id text, reason text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_account('account.network', account_id);
	the_account account;
BEGIN
	PERFORM _take_turn();
	SELECT * INTO the_account FROM account a WHERE a.account_id = leave_network.account_id FOR NO KEY UPDATE;
	IF the_account.parent_account IS NULL THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('account "%s" is a site of no network', account_id),
			HINT = 'The column parent_account of the table account tells who is.';
	END IF;
	UPDATE account a SET parent_account = NULL WHERE a.account_id = leave_network.account_id;
	PERFORM _decide(given, 'account', account_id, 'leave_network', the_account.unit_code,
		from_status => the_account.parent_account, reason => reason);
END $$;

-- A nationwide customer: criterion 6.1.1.2(1) (7th) is set, and the account belongs to headquarters (R10).
CREATE OR REPLACE FUNCTION hand_to_headquarters(account_id text, plan_year int, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_account('account.network', account_id);
	headquarters text := _headquarters();
	the_account account;
BEGIN
	PERFORM _check_plan_year(plan_year);
	IF coalesce(btrim(reason), '') = '' THEN
		RAISE null_value_not_allowed USING
			MESSAGE = format('no reason is given why account "%s" is a nationwide customer', account_id),
			HINT = 'Say where its branches are.';
	END IF;
	the_account := _open_account(account_id);
	IF the_account.unit_code <> headquarters THEN
		PERFORM _move_account(account_id, headquarters);
	END IF;
	PERFORM _put_fact(account_id, plan_year, 'nationwide_network', 'true', reason, _today());
	PERFORM _decide(given, 'account', account_id, 'hand_to_headquarters', headquarters, plan_year,
		the_account.unit_code, headquarters, reason);
END $$;

-- ---- people of the account -------------------------------------------------

CREATE OR REPLACE FUNCTION add_contact_person(account_id text, name text, duty text DEFAULT NULL,
	phone text DEFAULT NULL, email text DEFAULT NULL, is_coordinator boolean DEFAULT false) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	the_account account;
	new_id bigint;
BEGIN
	PERFORM _authorize_account('account.maintain', account_id);
	the_account := _open_account(account_id);
	IF coalesce(btrim(name), '') = '' THEN
		RAISE null_value_not_allowed USING
			MESSAGE = format('a contact person of account "%s" has no name', account_id),
			HINT = 'Give name.';
	END IF;
	INSERT INTO contact_person (account_id, unit_code, name, duty, phone, email, is_coordinator)
	VALUES (the_account.account_id, the_account.unit_code, add_contact_person.name, nullif(add_contact_person.duty, ''),
		nullif(add_contact_person.phone, ''), nullif(add_contact_person.email, ''),
		coalesce(add_contact_person.is_coordinator, false))
	RETURNING contact_person_id INTO new_id;
	RETURN new_id;
END $$;

-- The account of a contact person, for who may maintain it; a person of somebody else's
-- account and one who does not exist are refused alike.
CREATE OR REPLACE FUNCTION _authorize_contact_person(contact_person_id bigint) RETURNS authorization_given
LANGUAGE plpgsql STABLE SET search_path FROM CURRENT AS $$
DECLARE
	the_account account;
BEGIN
	SELECT a.* INTO the_account FROM contact_person c JOIN account a USING (account_id)
	WHERE c.contact_person_id = _authorize_contact_person.contact_person_id;
	RETURN _authorize_item('account.maintain', format('contact person %s', contact_person_id), the_account.unit_code,
		the_account.account_id);
END $$;

-- What is NULL stays; '' empties what may be empty.
CREATE OR REPLACE FUNCTION change_contact_person(contact_person_id bigint, name text DEFAULT NULL,
	duty text DEFAULT NULL, phone text DEFAULT NULL, email text DEFAULT NULL, is_coordinator boolean DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _authorize_contact_person(contact_person_id);
	UPDATE contact_person c
	SET name = coalesce(nullif(btrim(change_contact_person.name), ''), c.name),
		duty = nullif(coalesce(change_contact_person.duty, c.duty), ''),
		phone = nullif(coalesce(change_contact_person.phone, c.phone), ''),
		email = nullif(coalesce(change_contact_person.email, c.email), ''),
		is_coordinator = coalesce(change_contact_person.is_coordinator, c.is_coordinator)
	WHERE c.contact_person_id = change_contact_person.contact_person_id;
END $$;

CREATE OR REPLACE FUNCTION end_contact_person(contact_person_id bigint, until date DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _authorize_contact_person(contact_person_id);
	PERFORM _check_past_day('the last day of a contact person', until);
	UPDATE contact_person c SET until = coalesce(end_contact_person.until, _today())
	WHERE c.contact_person_id = end_contact_person.contact_person_id AND c.until IS NULL;
	IF NOT FOUND THEN
		RAISE object_not_in_prerequisite_state USING
			MESSAGE = format('contact person %s has ended already', contact_person_id),
			HINT = 'Somebody who is back is added anew: add_contact_person.';
	END IF;
END $$;

-- ---- facts -----------------------------------------------------------------

-- Writes one fact and its source.  Text that is no value of the fact's kind is refused.
CREATE OR REPLACE FUNCTION _put_fact(account_id text, plan_year int, fact text, value text, source text, fact_on date)
RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
	the_fact fact;
	plain text := _plain(value);
	is_read boolean;
BEGIN
	SELECT * INTO the_fact FROM fact k WHERE k.fact = _put_fact.fact;
	is_read := CASE the_fact.kind WHEN 'number' THEN _read_number(plain) IS NOT NULL
		WHEN 'flag' THEN _read_flag(plain) IS NOT NULL ELSE _read_value_class(plain) IS NOT NULL END;
	IF plain IS NOT NULL AND NOT is_read THEN
		RAISE invalid_text_representation USING
			MESSAGE = format('"%s" cannot be read as the fact "%s"', value, fact),
			HINT = CASE the_fact.kind WHEN 'number' THEN 'It is a number, as 115 or 20,000,000.50.'
				WHEN 'flag' THEN 'It is true or false; NULL while it is not known.'
				ELSE 'It is High, Medium or Low; NULL while there is none.' END;
	ELSIF the_fact.kind = 'number' AND _read_number(plain) < 0 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('the fact "%s" cannot be below zero: %s', fact, value),
			HINT = 'Give 0 where there is none, NULL where it is not known.';
	END IF;
	INSERT INTO account_fact (account_id, plan_year, unit_code)
	SELECT a.account_id, _put_fact.plan_year, a.unit_code FROM account a WHERE a.account_id = _put_fact.account_id
	ON CONFLICT DO NOTHING;
	EXECUTE format('UPDATE account_fact f SET %I = %s($1)%s WHERE f.account_id = $2 AND f.plan_year = $3', fact,
		CASE the_fact.kind WHEN 'number' THEN '_read_number' WHEN 'flag' THEN '_read_flag' ELSE '_read_value_class' END,
		CASE fact WHEN 'avg_monthly_bill_thb' THEN ', billed_months = NULL' END)
	USING plain, account_id, plan_year;
	INSERT INTO fact_source (account_id, plan_year, unit_code, fact, source, fact_on, recorded_at, recorded_by)
	SELECT f.account_id, f.plan_year, f.unit_code, _put_fact.fact, _put_fact.source, _put_fact.fact_on, _now(), me()
	FROM account_fact f WHERE f.account_id = _put_fact.account_id AND f.plan_year = _put_fact.plan_year
	ON CONFLICT ON CONSTRAINT fact_source_pkey DO UPDATE SET source = EXCLUDED.source, fact_on = EXCLUDED.fact_on,
		recorded_at = EXCLUDED.recorded_at, recorded_by = EXCLUDED.recorded_by;
END $$;

-- A value of NULL, or nothing but blanks, says that it is not known.
CREATE OR REPLACE FUNCTION record_fact(account_id text, plan_year int, fact text, value text, source text,
	fact_on date DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	the_fact fact;
	the_account account;
BEGIN
	SELECT * INTO the_fact FROM fact k WHERE k.fact = record_fact.fact;
	PERFORM _authorize_account(coalesce(the_fact.action, 'account.maintain'), account_id);
	IF the_fact.fact IS NULL THEN
		RAISE undefined_column USING
			MESSAGE = format('there is no fact "%s"', fact),
			HINT = format('The facts are: %s.',
				(SELECT string_agg(k.fact, ', ' ORDER BY k.section, k.fact) FROM fact k));
	ELSIF coalesce(btrim(source), '') = '' THEN
		RAISE null_value_not_allowed USING
			MESSAGE = format('the fact "%s" has no source', fact),
			HINT = 'Say where it comes from.';
	END IF;
	PERFORM _check_plan_year(plan_year);
	PERFORM _check_past_day(format('the day of the fact "%s",', fact), fact_on);
	the_account := _open_account(account_id);
	IF fact = 'nationwide_network' AND _read_flag(_plain(value))
		AND NOT EXISTS (SELECT FROM unit u WHERE u.unit_code = the_account.unit_code AND u.kind = 'hq')
	THEN
		RAISE check_violation USING
			MESSAGE = format('account "%s" does not belong to headquarters, which looks after nationwide customers',
				account_id),
			HINT = 'hand_to_headquarters does both: it sets the fact and moves the account.',
			TABLE = 'account_fact', CONSTRAINT = 'account_fact_network_at_hq';
	END IF;
	PERFORM _put_fact(account_id, plan_year, fact, value, source, coalesce(fact_on, _today()));
END $$;

-- Facts of networks, as far as the rows of account and account_fact are visible: all of
-- them to the owner, for whom the functions of the workflow work.
CREATE OR REPLACE FUNCTION _network_fact()
RETURNS TABLE (account_id text, plan_year int, value_class kam.value_class, voltage_kv numeric,
	avg_monthly_bill_thb numeric, billed_months smallint, spp_zone boolean, self_generation_mw numeric,
	largest_job_thb numeric, yearly_maintenance_thb numeric, business_prospect boolean, national_strategy boolean,
	nationwide_network boolean, sites int)
LANGUAGE sql STABLE ROWS 100
BEGIN ATOMIC
	WITH RECURSIVE member AS (
		SELECT head.account_id AS head_id, head.account_id, head.closed_on
		FROM (SELECT DISTINCT s.parent_account FROM account s WHERE s.parent_account IS NOT NULL) parent
			JOIN account head ON head.account_id = parent.parent_account
		WHERE head.parent_account IS NULL AND head.closed_on IS NULL
		UNION
		SELECT m.head_id, s.account_id, s.closed_on FROM member m JOIN account s ON s.parent_account = m.account_id
	), open_member AS (
		SELECT m.head_id, m.account_id, count(*) OVER (PARTITION BY m.head_id)::int AS members
		FROM member m WHERE m.closed_on IS NULL
	)
	SELECT m.head_id, f.plan_year,
		coalesce(max(f.value_class) FILTER (WHERE m.account_id = m.head_id), max(f.value_class)),
		max(f.voltage_kv), sum(f.avg_monthly_bill_thb), min(f.billed_months),
		CASE WHEN bool_or(f.spp_zone) THEN true WHEN count(f.spp_zone) = m.members THEN false END,
		sum(f.self_generation_mw), max(f.largest_job_thb), sum(f.yearly_maintenance_thb),
		CASE WHEN bool_or(f.business_prospect) THEN true WHEN count(f.business_prospect) = m.members THEN false END,
		CASE WHEN bool_or(f.national_strategy) THEN true WHEN count(f.national_strategy) = m.members THEN false END,
		CASE WHEN bool_or(f.nationwide_network) THEN true WHEN count(f.nationwide_network) = m.members THEN false END,
		m.members - 1
	-- OFFSET 0: by the key, one account after the other; the planner knows too little to see that they are few
	FROM open_member m CROSS JOIN LATERAL (SELECT * FROM account_fact x WHERE x.account_id = m.account_id OFFSET 0) f
	GROUP BY m.head_id, f.plan_year, m.members;
END;

-- The same of the networks whose head the caller may read, sites of other units included.
CREATE OR REPLACE FUNCTION _my_network_fact()
RETURNS TABLE (account_id text, plan_year int, value_class kam.value_class, voltage_kv numeric,
	avg_monthly_bill_thb numeric, billed_months smallint, spp_zone boolean, self_generation_mw numeric,
	largest_job_thb numeric, yearly_maintenance_thb numeric, business_prospect boolean, national_strategy boolean,
	nationwide_network boolean, sites int)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path FROM CURRENT AS $$
DECLARE
	units text[] := _readable_units();
	accounts text[] := _my_accounts();
BEGIN
	RETURN QUERY
	SELECT n.* FROM _network_fact() n JOIN account a ON a.account_id = n.account_id
	WHERE a.unit_code = ANY (units) OR a.account_id = ANY (accounts);
END $$;

-- What selection classifies: open accounts, networks added up in their head, sites left out.
-- A mean below zero (credits) is 0 here.
CREATE OR REPLACE VIEW account_fact_total WITH (security_invoker = true) AS
	WITH network AS MATERIALIZED (
		SELECT n.* FROM _network_fact() n WHERE NOT row_security_active('account'::regclass)
		UNION ALL
		SELECT n.* FROM _my_network_fact() n WHERE row_security_active('account'::regclass)
	)
	-- accounts before facts, so that one unit's take no reading of all
	SELECT f.plan_year, a.account_id, a.unit_code,
		CASE u.kind WHEN 'area' THEN u.unit_code WHEN 'office' THEN u.parent_unit END AS area, f.value_class, f.voltage_kv,
		CASE WHEN f.avg_monthly_bill_thb < 0 THEN 0 ELSE f.avg_monthly_bill_thb END AS avg_monthly_bill_thb,
		f.billed_months, f.spp_zone, f.self_generation_mw, f.largest_job_thb, f.yearly_maintenance_thb,
		f.business_prospect, f.national_strategy, f.nationwide_network, 0 AS sites
	FROM account a JOIN unit u ON u.unit_code = a.unit_code JOIN account_fact f ON f.account_id = a.account_id
	WHERE a.closed_on IS NULL AND a.parent_account IS NULL
		AND NOT EXISTS (SELECT FROM network n WHERE n.account_id = a.account_id)
	UNION ALL
	SELECT n.plan_year, a.account_id, a.unit_code,
		CASE u.kind WHEN 'area' THEN u.unit_code WHEN 'office' THEN u.parent_unit END, n.value_class, n.voltage_kv,
		CASE WHEN n.avg_monthly_bill_thb < 0 THEN 0 ELSE n.avg_monthly_bill_thb END,
		n.billed_months, n.spp_zone, n.self_generation_mw, n.largest_job_thb, n.yearly_maintenance_thb,
		n.business_prospect, n.national_strategy, n.nationwide_network, n.sites
	FROM network n JOIN account a ON a.account_id = n.account_id JOIN unit u ON u.unit_code = a.unit_code;

-- The sites, which are classified with the head of their network and not on their own.
CREATE OR REPLACE VIEW network_site WITH (security_invoker = true) AS
	SELECT a.account_id, a.unit_code, a.parent_account, a.closed_on FROM account a WHERE a.parent_account IS NOT NULL;

-- ---- the relationship ------------------------------------------------------

CREATE OR REPLACE VIEW relationship_now WITH (security_invoker = true) AS
	SELECT DISTINCT ON (r.account_id) r.account_id, r.unit_code, r.level, l.name_th, l.name_en, r.since, r.reason,
		r.judged_by, r.judged_at, r.relationship_id
	FROM relationship r JOIN relationship_level l USING (level)
	ORDER BY r.account_id, r.since DESC, r.relationship_id DESC;

CREATE OR REPLACE FUNCTION judge_relationship(account_id text, level int, reason text DEFAULT NULL,
	since date DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
	given authorization_given := _authorize_account('relationship.judge', account_id);
	the_account account;
	new_id bigint;
BEGIN
	IF level IS NULL OR level NOT BETWEEN 1 AND 6 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('there is no level %s of the relationship', coalesce(level::text, 'NULL')),
			HINT = format('The levels are: %s.',
				(SELECT string_agg(format('%s (%s)', l.level, l.name_en), ', ' ORDER BY l.level) FROM relationship_level l));
	END IF;
	PERFORM _check_past_day('the day of the judgement,', since);
	the_account := _open_account(account_id);
	INSERT INTO relationship (account_id, unit_code, level, since, reason, judged_by, judged_at)
	VALUES (the_account.account_id, the_account.unit_code, judge_relationship.level,
		coalesce(judge_relationship.since, _today()), nullif(judge_relationship.reason, ''), given.staff_id, _now())
	RETURNING relationship_id INTO new_id;
	RETURN new_id;
END $$;

CREATE OR REPLACE TRIGGER history_insert AFTER INSERT ON account
	REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION _keep_history('account_id');
CREATE OR REPLACE TRIGGER history_update AFTER UPDATE ON account
	REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION _keep_history('account_id');
CREATE OR REPLACE TRIGGER history_delete AFTER DELETE ON account
	REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION _keep_history('account_id');
CREATE OR REPLACE TRIGGER history_insert AFTER INSERT ON account_fact
	REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION _keep_history('account_id', 'plan_year');
CREATE OR REPLACE TRIGGER history_update AFTER UPDATE ON account_fact
	REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION _keep_history('account_id', 'plan_year');
CREATE OR REPLACE TRIGGER history_delete AFTER DELETE ON account_fact
	REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION _keep_history('account_id', 'plan_year');
CREATE OR REPLACE TRIGGER history_insert AFTER INSERT ON fact_source
	REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION _keep_history('account_id', 'plan_year', 'fact');
CREATE OR REPLACE TRIGGER history_update AFTER UPDATE ON fact_source
	REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION _keep_history('account_id', 'plan_year', 'fact');
CREATE OR REPLACE TRIGGER history_delete AFTER DELETE ON fact_source
	REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION _keep_history('account_id', 'plan_year', 'fact');
CREATE OR REPLACE TRIGGER history AFTER INSERT OR UPDATE OR DELETE ON contact_person
	FOR EACH ROW EXECUTE FUNCTION _keep_history('contact_person_id');

ALTER TABLE account ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON account FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON account TO PUBLIC;

ALTER TABLE contact_person ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON contact_person FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON contact_person TO PUBLIC;

ALTER TABLE account_fact ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON account_fact FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON account_fact TO PUBLIC;

ALTER TABLE fact_source ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON fact_source FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON fact_source TO PUBLIC;

ALTER TABLE relationship ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON relationship FOR SELECT USING (unit_code = ANY ((SELECT _readable_units())::text[])
	OR account_id = ANY ((SELECT _my_accounts())::text[]));
GRANT SELECT ON relationship TO PUBLIC;

ALTER TABLE relationship_level ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON relationship_level FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON relationship_level TO PUBLIC;

ALTER TABLE fact ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading ON fact FOR SELECT USING ((SELECT _is_member()));
GRANT SELECT ON fact TO PUBLIC;

GRANT SELECT ON account_fact_total, network_site, relationship_now TO PUBLIC;

COMMENT ON TABLE account IS U&'ลูกค้าที่เป็นหรืออาจเป็นลูกค้ารายสำคัญ — Accounts: customers that are or may become key accounts.';
COMMENT ON COLUMN account.account_id IS U&'หมายเลขลูกค้า ใช้ร่วมกันทั้งประเทศ — Number of the account, unique in the whole country.';
COMMENT ON COLUMN account.name_th IS U&'ชื่อภาษาไทย — Name in Thai.';
COMMENT ON COLUMN account.name_en IS U&'ชื่อภาษาอังกฤษ — Name in English.';
COMMENT ON COLUMN account.unit_code IS U&'หน่วยงานที่ดูแล — Unit that the account belongs to.';
COMMENT ON COLUMN account.parent_account IS U&'ลูกค้าแม่ของเครือข่าย — Account above it in a network; its facts add up there (R10).';
COMMENT ON COLUMN account.business IS U&'ประเภทธุรกิจ — Kind of business.';
COMMENT ON COLUMN account.opened_on IS U&'วันที่เริ่มเป็นลูกค้า — Day from which it is a customer.';
COMMENT ON COLUMN account.closed_on IS U&'วันที่เลิกเป็นลูกค้า — Day on which it was closed; its rows stay.';

COMMENT ON TABLE contact_person IS U&'บุคคลติดต่อของลูกค้า (CRM-KAM-005) — Contact persons of the accounts (CRM-KAM-005).';
COMMENT ON COLUMN contact_person.contact_person_id IS U&'เลขที่บุคคลติดต่อ — Number of the contact person.';
COMMENT ON COLUMN contact_person.account_id IS U&'ลูกค้า — Account.';
COMMENT ON COLUMN contact_person.unit_code IS U&'หน่วยงานของลูกค้า — Unit of the account.';
COMMENT ON COLUMN contact_person.name IS U&'ชื่อ — Name.';
COMMENT ON COLUMN contact_person.duty IS U&'ตำแหน่งหรือหน้าที่ — Position or duty there.';
COMMENT ON COLUMN contact_person.phone IS U&'โทรศัพท์ — Telephone.';
COMMENT ON COLUMN contact_person.email IS U&'อีเมล — Electronic mail.';
COMMENT ON COLUMN contact_person.is_coordinator IS U&'เป็นผู้ประสานงาน — Is a coordinator: whom PEA calls first (CRM-KAM-005).';
COMMENT ON COLUMN contact_person.until IS U&'วันสุดท้ายที่ติดต่อได้ — Last day as contact person; empty while it lasts.';

COMMENT ON TABLE fact IS U&'ข้อมูลประกอบการคัดเลือก — Facts that are recorded for selection (6.1.1).';
COMMENT ON COLUMN fact.fact IS U&'ชื่อข้อมูล — Name, as classify reads it.';
COMMENT ON COLUMN fact.kind IS U&'ชนิดของค่า — Kind of value: class, number or flag.';
COMMENT ON COLUMN fact.action IS U&'สิทธิที่ใช้บันทึก — Action of the table authority by which it is recorded.';
COMMENT ON COLUMN fact.section IS U&'หัวข้อในคู่มือ — Section of the manual.';

COMMENT ON TABLE account_fact IS U&'ข้อมูลของลูกค้าประจำปีแผน — Facts of the accounts in a plan year, as selection reads them.';
COMMENT ON COLUMN account_fact.account_id IS U&'ลูกค้า — Account.';
COMMENT ON COLUMN account_fact.plan_year IS U&'ปีแผน (ค.ศ.) — Plan year, common era.';
COMMENT ON COLUMN account_fact.unit_code IS U&'หน่วยงานของลูกค้า — Unit of the account in that year.';
COMMENT ON COLUMN account_fact.value_class IS U&'ระดับมูลค่าลูกค้า — Value class: High, Medium or Low (6.1.1.1).';
COMMENT ON COLUMN account_fact.voltage_kv IS U&'แรงดันไฟฟ้า (เควี) — Supply voltage in kV.';
COMMENT ON COLUMN account_fact.avg_monthly_bill_thb IS U&'ค่าไฟฟ้าเฉลี่ยต่อเดือน (บาท) — Average bill in THB a month (R6).';
COMMENT ON COLUMN account_fact.billed_months IS U&'จำนวนเดือนที่นำมาเฉลี่ย — Months that the average was computed of; fewer than 12 are few. Empty when it was recorded by hand.';
COMMENT ON COLUMN account_fact.spp_zone IS U&'อยู่ในพื้นที่แข่งขันกับ SPP — Stands where an SPP sells or will sell.';
COMMENT ON COLUMN account_fact.self_generation_mw IS U&'กำลังผลิตไฟฟ้าใช้เอง (เมกะวัตต์) — Own generation, existing and planned, in MW.';
COMMENT ON COLUMN account_fact.largest_job_thb IS U&'มูลค่างานที่มากที่สุด (บาท) — Value of the largest job in THB.';
COMMENT ON COLUMN account_fact.yearly_maintenance_thb IS U&'ค่าบำรุงรักษาต่อปี (บาท) — Maintenance in THB a year.';
COMMENT ON COLUMN account_fact.business_prospect IS U&'มีศักยภาพทำธุรกิจกับ กฟภ. — Judged a prospect for related business.';
COMMENT ON COLUMN account_fact.national_strategy IS U&'สอดคล้องยุทธศาสตร์ชาติ — In line with a national strategy or plan.';
COMMENT ON COLUMN account_fact.nationwide_network IS U&'มีเครือข่ายทั่วประเทศ — Has branches nationwide; set by headquarters only (R10).';

COMMENT ON TABLE fact_source IS U&'ที่มาของข้อมูล — Where each fact comes from, and of which day it is.';
COMMENT ON COLUMN fact_source.account_id IS U&'ลูกค้า — Account.';
COMMENT ON COLUMN fact_source.plan_year IS U&'ปีแผน (ค.ศ.) — Plan year, common era.';
COMMENT ON COLUMN fact_source.unit_code IS U&'หน่วยงานของลูกค้า — Unit of the account.';
COMMENT ON COLUMN fact_source.fact IS U&'ชื่อข้อมูล — Name of the fact.';
COMMENT ON COLUMN fact_source.source IS U&'ที่มา — Source; "bills" where compute_bills wrote it.';
COMMENT ON COLUMN fact_source.fact_on IS U&'วันที่ของข้อมูล — Day on which it was so.';
COMMENT ON COLUMN fact_source.recorded_at IS U&'เวลาที่บันทึก — When it was recorded.';
COMMENT ON COLUMN fact_source.recorded_by IS U&'ผู้บันทึก — Who recorded it.';

COMMENT ON TABLE relationship_level IS U&'ระดับความสัมพันธ์ 6 ระดับ (คำนำ) — The six levels of the relationship with a customer (foreword).';
COMMENT ON COLUMN relationship_level.level IS U&'ระดับ — Level, 1 to 6.';
COMMENT ON COLUMN relationship_level.name_th IS U&'ชื่อภาษาไทย — Name in Thai.';
COMMENT ON COLUMN relationship_level.name_en IS U&'ชื่อภาษาอังกฤษ — Name in English.';

COMMENT ON TABLE relationship IS U&'ระดับความสัมพันธ์กับลูกค้าตามเวลา — Relationship with each account as judged over time (4.11.2, 4.14.2).';
COMMENT ON COLUMN relationship.relationship_id IS U&'เลขที่การประเมิน — Number of the judgement.';
COMMENT ON COLUMN relationship.account_id IS U&'ลูกค้า — Account.';
COMMENT ON COLUMN relationship.unit_code IS U&'หน่วยงานของลูกค้า — Unit of the account.';
COMMENT ON COLUMN relationship.level IS U&'ระดับ — Level, 1 to 6.';
COMMENT ON COLUMN relationship.since IS U&'ตั้งแต่วันที่ — Day from which it holds.';
COMMENT ON COLUMN relationship.reason IS U&'เหตุผล — Reason.';
COMMENT ON COLUMN relationship.judged_by IS U&'ผู้ประเมิน — Who judged.';
COMMENT ON COLUMN relationship.judged_at IS U&'เวลาที่ประเมิน — When it was judged.';

COMMENT ON VIEW account_fact_total IS U&'ข้อมูลที่ใช้คัดเลือก รวมเครือข่ายไว้ที่ลูกค้าแม่ — Facts that selection classifies: open accounts, with networks added up in their head and without their sites.';
COMMENT ON COLUMN account_fact_total.plan_year IS U&'ปีแผน (ค.ศ.) — Plan year, common era.';
COMMENT ON COLUMN account_fact_total.account_id IS U&'ลูกค้า — Account; the head of a network for the whole of it.';
COMMENT ON COLUMN account_fact_total.unit_code IS U&'หน่วยงานของลูกค้า — Unit of the account now.';
COMMENT ON COLUMN account_fact_total.area IS U&'การไฟฟ้าเขต ว่างสำหรับสำนักงานใหญ่ — Area whose ranking it is in; empty for headquarters (R1).';
COMMENT ON COLUMN account_fact_total.value_class IS U&'ระดับมูลค่าลูกค้า — Value class: the head''s own, else the highest of the network.';
COMMENT ON COLUMN account_fact_total.voltage_kv IS U&'แรงดันสูงสุด (เควี) — Highest supply voltage in kV.';
COMMENT ON COLUMN account_fact_total.avg_monthly_bill_thb IS U&'ค่าไฟฟ้าเฉลี่ยรวมต่อเดือน (บาท) — Average bills together in THB a month; 0 where credits make it less.';
COMMENT ON COLUMN account_fact_total.billed_months IS U&'จำนวนเดือนที่น้อยที่สุด — Least number of months that an average was computed of.';
COMMENT ON COLUMN account_fact_total.spp_zone IS U&'อยู่ในพื้นที่แข่งขันกับ SPP — Any of them stands where an SPP sells or will sell; empty while not known of all.';
COMMENT ON COLUMN account_fact_total.self_generation_mw IS U&'กำลังผลิตไฟฟ้าใช้เองรวม (เมกะวัตต์) — Own generation together, in MW.';
COMMENT ON COLUMN account_fact_total.largest_job_thb IS U&'มูลค่างานที่มากที่สุด (บาท) — Value of the largest job in THB.';
COMMENT ON COLUMN account_fact_total.yearly_maintenance_thb IS U&'ค่าบำรุงรักษารวมต่อปี (บาท) — Maintenance together in THB a year.';
COMMENT ON COLUMN account_fact_total.business_prospect IS U&'มีศักยภาพทำธุรกิจกับ กฟภ. — Any of them is judged a prospect for related business; empty while not known of all.';
COMMENT ON COLUMN account_fact_total.national_strategy IS U&'สอดคล้องยุทธศาสตร์ชาติ — Any of them is in line with a national strategy; empty while not known of all.';
COMMENT ON COLUMN account_fact_total.nationwide_network IS U&'มีเครือข่ายทั่วประเทศ — Has branches nationwide.';
COMMENT ON COLUMN account_fact_total.sites IS U&'จำนวนสาขาในเครือข่าย — Number of open sites added up; 0 for an account without a network.';

COMMENT ON VIEW network_site IS U&'สาขาของเครือข่าย ซึ่งไม่จัดกลุ่มแยก — Sites of networks, which are classified with the head and not on their own.';
COMMENT ON COLUMN network_site.account_id IS U&'ลูกค้าสาขา — Account that is a site.';
COMMENT ON COLUMN network_site.unit_code IS U&'หน่วยงานที่ดูแลสาขา — Unit that the site belongs to.';
COMMENT ON COLUMN network_site.parent_account IS U&'ลูกค้าแม่ — Account above it.';
COMMENT ON COLUMN network_site.closed_on IS U&'วันที่เลิก — Day on which it was closed.';

COMMENT ON VIEW relationship_now IS U&'ระดับความสัมพันธ์ล่าสุด — Relationship with each account as last judged.';
COMMENT ON COLUMN relationship_now.account_id IS U&'ลูกค้า — Account.';
COMMENT ON COLUMN relationship_now.unit_code IS U&'หน่วยงานของลูกค้า — Unit of the account.';
COMMENT ON COLUMN relationship_now.level IS U&'ระดับ — Level, 1 to 6.';
COMMENT ON COLUMN relationship_now.name_th IS U&'ชื่อระดับภาษาไทย — Name of the level in Thai.';
COMMENT ON COLUMN relationship_now.name_en IS U&'ชื่อระดับภาษาอังกฤษ — Name of the level in English.';
COMMENT ON COLUMN relationship_now.since IS U&'ตั้งแต่วันที่ — Day from which it holds.';
COMMENT ON COLUMN relationship_now.reason IS U&'เหตุผล — Reason.';
COMMENT ON COLUMN relationship_now.judged_by IS U&'ผู้ประเมิน — Who judged.';
COMMENT ON COLUMN relationship_now.judged_at IS U&'เวลาที่ประเมิน — When it was judged.';
COMMENT ON COLUMN relationship_now.relationship_id IS U&'เลขที่การประเมิน — Number of the judgement.';

COMMENT ON FUNCTION add_account(text, text, text, text, text, date) IS U&'เพิ่มลูกค้า — Adds an account to a unit (4.15.5, 4.8). Error 42501 for who may not, 23505 for a number that exists, P0002, 23514 or 55000 for the unit, 22008 for an opening in the future or in a year of the Buddhist era.';
COMMENT ON FUNCTION change_account(text, text, text, text, text, date) IS U&'แก้ไขข้อมูลลูกค้า — Changes an account: what is NULL stays, an empty text empties. The unit is changed by 4.8 only; contact persons, the facts of this year on and the relationship go along. Error 42501, 55000 for a closed account.';
COMMENT ON FUNCTION close_account(text, date) IS U&'ปิดลูกค้า — Closes an account, by default today; its rows stay. Error 42501, 55000 where it is closed, 23514 for the head of a network with open sites, 22008 for the future.';
COMMENT ON FUNCTION reopen_account(text) IS U&'เปิดลูกค้าอีกครั้ง — Opens a closed account again (4.8). Error 42501, 55000 where it is not closed.';
COMMENT ON FUNCTION join_network(text, text, text) IS U&'เข้าเครือข่าย — Makes an account a site of the network of another, which belongs to headquarters (4.5, R10). Error 42501, 23514 for a cycle or a head elsewhere.';
COMMENT ON FUNCTION leave_network(text, text) IS U&'ออกจากเครือข่าย — Takes an account out of its network (4.5). Error 42501, 55000 where it is in none.';
COMMENT ON FUNCTION hand_to_headquarters(text, int, text) IS U&'โอนลูกค้าเครือข่ายทั่วประเทศให้สำนักงานใหญ่ — Hands a nationwide customer to headquarters: sets the fact nationwide_network of the plan year and moves the account (4.5, R10). Error 42501, 55000 for a closed account or a year not opened.';
COMMENT ON FUNCTION add_contact_person(text, text, text, text, text, boolean) IS U&'เพิ่มบุคคลติดต่อ — Adds a contact person, or coordinator, of an account, and gives its number (4.11.2, 4.14.2). Error 42501, 55000 for a closed account.';
COMMENT ON FUNCTION change_contact_person(bigint, text, text, text, text, boolean) IS U&'แก้ไขบุคคลติดต่อ — Changes a contact person: what is NULL stays, an empty text empties (4.11.2, 4.14.2). Error 42501.';
COMMENT ON FUNCTION end_contact_person(bigint, date) IS U&'สิ้นสุดบุคคลติดต่อ — Ends a contact person, by default today (4.11.2, 4.14.2). Error 42501, 55000 where it has ended, 22008 for the future.';
COMMENT ON FUNCTION record_fact(text, int, text, text, text, date) IS U&'บันทึกข้อมูลลูกค้า — Records one fact of an account for a plan year, with its source and its day, by default today; NULL says that it is not known (R2). Error 42501, 42703 for no such fact, 22P02 for a value that cannot be read, 22023 below zero, 22008 for the future, 55000 for a closed account or a year not opened.';
COMMENT ON FUNCTION judge_relationship(text, int, text, date) IS U&'ประเมินระดับความสัมพันธ์ — Judges the relationship with an account on the six levels of the foreword (4.11.2, 4.14.2). Error 42501, 22023 for no such level, 22008 for the future, 55000 for a closed account.';
COMMENT ON FUNCTION _trimmed(text) IS U&'ตัดช่องว่างหัวท้าย — Text without blanks around it; NULL where nothing is left.';
COMMENT ON FUNCTION _plain(text) IS U&'แปลงเลขไทยเป็นเลขอารบิก — Text without blanks around it and with Arabic digits for Thai ones; NULL where nothing is left.';
COMMENT ON FUNCTION _read_number(text) IS U&'อ่านตัวเลข — The number that a text is, with or without thousands separators; NULL where it is none.';
COMMENT ON FUNCTION _read_day(text) IS U&'อ่านวันที่ — The day that a text is (2026-10-31); NULL where it is none.';
COMMENT ON FUNCTION _read_flag(text) IS U&'อ่านค่าจริงเท็จ — True or false as a text says; NULL where it says neither.';
COMMENT ON FUNCTION _read_value_class(text) IS U&'อ่านระดับมูลค่า — The value class that a text is; NULL where it is none.';
COMMENT ON FUNCTION _check_past_day(text, date) IS U&'ตรวจวันที่ — Error 22008 for a day in the future or of the Buddhist era.';
COMMENT ON FUNCTION _check_account_unit(text) IS U&'ตรวจหน่วยงานของลูกค้า — Error P0002, 23514 or 55000 for a unit that can have no accounts.';
COMMENT ON FUNCTION _check_account_units() IS U&'ตรวจหน่วยงานของลูกค้าทุกแถว — Trigger of account: error 23514 or 55000 for units that can have no accounts.';
COMMENT ON FUNCTION _unit_of(text) IS
U&'หน่วยงานของลูกค้า — Unit that the account belongs to today.';
COMMENT ON FUNCTION _open_account(text) IS U&'ล็อกลูกค้าที่จะแก้ไข — An account, locked for a change; error 55000 where it is closed.';
COMMENT ON FUNCTION _move_account(text, text) IS U&'ย้ายลูกค้าไปหน่วยงานอื่น — Moves an account and what describes it now to another unit.';
COMMENT ON FUNCTION _lock_networks() IS U&'ล็อกเครือข่าย — Trigger of account: changes of networks happen one after the other.';
COMMENT ON FUNCTION _network_above(text) IS U&'ลูกค้าแม่ตามลำดับ — The accounts above one in its network, nearest first.';
COMMENT ON FUNCTION _check_network() IS U&'ตรวจเครือข่าย — Trigger of account: error 23514 for a cycle of parents, or a head of a network that is closed or not at headquarters (R10).';
COMMENT ON FUNCTION _authorize_contact_person(bigint) IS U&'ตรวจสิทธิแก้ไขบุคคลติดต่อ — By which post the caller may maintain a contact person; error 42501 otherwise.';
COMMENT ON FUNCTION _put_fact(text, int, text, text, text, date) IS U&'เขียนข้อมูลและที่มา — Writes one fact and its source; error 22P02 or 22023 for the value.';
COMMENT ON FUNCTION _network_fact() IS U&'รวมข้อมูลเครือข่าย — Facts of networks added up, of the rows that the caller sees.';
COMMENT ON FUNCTION _my_network_fact() IS U&'รวมข้อมูลเครือข่ายที่มีสิทธิอ่าน — Facts of the networks whose head the caller may read, added up over all their sites.';
