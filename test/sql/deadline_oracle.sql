-- Which items move when a calendar changes, against queries that know nothing of how it is done: each trial makes
-- a calendar, items, changes the calendar, and compares with what the calendar gave before and gives now.
\getenv srcdir PG_ABS_SRCDIR
\set deadline :srcdir '/sql/include/deadline.sql'
\i :deadline
SET client_min_messages = error;
SELECT setseed(0.42);

INSERT INTO kam.calendar (calendar, parent) VALUES ('trial root', NULL), ('trial', 'trial root');
INSERT INTO kam.calendar_year (calendar, year) VALUES ('trial root', 2025);
CREATE TABLE ledger (relation text, item jsonb, old_due date, new_due date, cause text);
CREATE TABLE state (state text, day date, works boolean);
-- what the calendar gives, by counting
CREATE FUNCTION counted_due(which text, received date, working_days int) RETURNS date LANGUAGE sql STABLE AS $$
	SELECT day FROM state s
	WHERE state = which AND works AND day >= received + (working_days > 0)::int
		AND day < COALESCE((SELECT min(day) FROM state u WHERE u.state = which AND u.works IS NULL AND u.day >= received + (working_days > 0)::int), 'infinity')
	ORDER BY day OFFSET greatest(working_days, 1) - 1 LIMIT 1
$$;
CREATE FUNCTION note_state(which text) RETURNS void LANGUAGE sql AS $$
	INSERT INTO state SELECT which, day::date, pg_temp.works('trial', day::date) FROM generate_series(timestamp '2025-11-28', '2026-02-10', '1 day') AS day;
$$;

-- Where "changed" names a layer, the changes are that one's, also on days that the other layer has a row for; else no
-- day has rows in both.
CREATE FUNCTION trial(working_days int, received_type text, due_type text, grows boolean, changed text,
	OUT items bigint, OUT moved bigint, OUT filled bigint, OUT wrong bigint, OUT not_in_ledger bigint) LANGUAGE plpgsql AS $$
DECLARE
	added date[];
	withdrawn date[];
BEGIN
	-- a calendar
	TRUNCATE state;
	DELETE FROM kam.calendar_day WHERE calendar IN ('trial', 'trial root');
	DELETE FROM kam.calendar_year WHERE calendar IN ('trial', 'trial root') AND year > 2025;
	IF NOT grows THEN
		INSERT INTO kam.calendar_year (calendar, year) VALUES ('trial', 2026);
	END IF;
	INSERT INTO kam.calendar_day (calendar, day, kind)
		SELECT (ARRAY['trial', 'trial root'])[1 + (random() < 0.5)::int], day::date,
			CASE WHEN extract(isodow FROM day) >= 6 THEN 'working' ELSE 'holiday' END
		FROM generate_series(timestamp '2025-11-20', '2026-01-20', '1 day') AS day WHERE random() < 0.12;
	IF changed IS NOT NULL THEN
		INSERT INTO kam.calendar_day (calendar, day, kind)
			SELECT CASE d.calendar WHEN 'trial' THEN 'trial root' ELSE 'trial' END, day, CASE WHEN random() < 0.5 THEN 'working' ELSE 'holiday' END
			FROM kam.calendar_day d WHERE d.calendar LIKE 'trial%' AND random() < 0.5;
	END IF;
	PERFORM note_state('before');

	-- items: stamped, done, set on purpose (some to what the calendar gives anyway), empty, without a receipt
	EXECUTE format('CREATE TABLE item (id int PRIMARY KEY, received %s, due %s, done date)', received_type, due_type);
	PERFORM kam.attach_response_deadline('item', 'received', 'due', 'done', working_days, 'trial');
	INSERT INTO item (id, received)
		SELECT i, timestamp '2025-12-01 12:00' + i % 35 * interval '1 day' FROM generate_series(1, 140) AS i;
	UPDATE item SET done = '2025-12-31' WHERE random() < 0.2;
	UPDATE item SET due = due + (random() * 6 - 3)::int * interval '1 day' WHERE random() < 0.3;
	UPDATE item SET due = NULL WHERE random() < 0.05;
	UPDATE item SET received = NULL, due = CASE WHEN id % 2 = 0 THEN timestamp '2025-12-15' END WHERE random() < 0.05;
	CREATE TABLE former AS SELECT id, received::date AS received, due::date AS due, done, counted_due('before', received::date, working_days) AS counted FROM item;

	-- the calendar changes: days off come, days off go that no other layer keeps, worked weekends come
	SELECT array_agg(day) INTO withdrawn FROM kam.calendar_day d
	WHERE d.calendar LIKE 'trial%' AND d.calendar = COALESCE(changed, d.calendar) AND kind = 'holiday' AND random() < 0.3;
	DELETE FROM kam.calendar_day d WHERE d.calendar LIKE 'trial%' AND d.calendar = COALESCE(changed, d.calendar) AND day = ANY (withdrawn);
	WITH new AS (
		INSERT INTO kam.calendar_day (calendar, day, kind)
		SELECT COALESCE(changed, (ARRAY['trial', 'trial root'])[1 + (random() < 0.5)::int]), day::date,
			CASE WHEN extract(isodow FROM day) >= 6 THEN 'working' ELSE 'special' END
		FROM generate_series(timestamp '2025-11-25', '2026-01-15', '1 day') AS g (day)
		WHERE random() < CASE WHEN changed IS NULL THEN 0.08 ELSE 0.15 END AND NOT EXISTS (SELECT FROM kam.calendar_day d
				WHERE d.calendar LIKE 'trial%' AND d.calendar = COALESCE(changed, d.calendar) AND d.day = g.day::date)
			AND day::date <> ALL (COALESCE(withdrawn, '{}'))
		RETURNING day
	) SELECT array_agg(day ORDER BY random()) INTO added FROM new;
	IF grows THEN
		INSERT INTO kam.calendar_year (calendar, year) VALUES ('trial', 2026);
	END IF;
	PERFORM note_state('after');
	TRUNCATE ledger;
	CALL kam.recompute_deadlines('ledger', COALESCE(added, '{}'), COALESCE(withdrawn, '{}'), 'item', changed);

	WITH expected AS (
		SELECT id, f.due AS old,
			CASE WHEN done IS NOT NULL OR received IS NULL THEN f.due
				WHEN f.due IS NULL OR f.due = counted THEN COALESCE(counted_due('after', received, working_days), f.due)
				ELSE f.due END AS due
		FROM former f
	)
	SELECT count(*), count(*) FILTER (WHERE e.old <> e.due), count(*) FILTER (WHERE e.old IS NULL AND e.due IS NOT NULL),
		count(*) FILTER (WHERE i.due::date IS DISTINCT FROM e.due),
		count(*) FILTER (WHERE e.old IS DISTINCT FROM e.due AND NOT EXISTS (
			SELECT FROM ledger l WHERE (item ->> 'id')::int = id AND old_due IS NOT DISTINCT FROM e.old AND new_due = e.due AND cause <> ''))
			+ abs((SELECT count(*) FROM ledger) - count(*) FILTER (WHERE e.old IS DISTINCT FROM e.due))
	INTO items, moved, filled, wrong, not_in_ledger
	FROM expected e JOIN item i USING (id);

	-- twice is once
	CALL kam.recompute_deadlines('ledger', COALESCE(added, '{}'), COALESCE(withdrawn, '{}'), 'item', changed);
	IF (SELECT count(*) FROM ledger) <> moved + filled THEN
		not_in_ledger := -1;
	END IF;
	DROP TABLE item, former;
END
$$;
SET timezone = 'Asia/Bangkok';
SELECT working_days, changed, count(*) AS trials, sum(items) AS items, sum(moved) > 20 AS some_moved, sum(filled) > 10 AS some_filled,
	sum(wrong) AS wrong, sum(not_in_ledger) AS not_in_ledger
FROM (VALUES (0), (1), (5), (10)) AS n (working_days),
	(VALUES ('date', 'date', false), ('timestamptz', 'timestamptz', true), ('timestamp', 'date', true), ('date', 'timestamp', false)) AS t (received_type, due_type, grows),
	(VALUES (NULL), ('trial'), ('trial root')) AS c (changed),
	trial(working_days, received_type, due_type, grows, changed)
GROUP BY working_days, changed ORDER BY working_days, changed NULLS FIRST;
RESET timezone;

\set deadline_end :srcdir '/sql/include/deadline_end.sql'
\i :deadline_end
