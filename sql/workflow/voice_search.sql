/* The voice of the customer, searched and summed up: by words, by kind, by topic (VOC-60-001). */

-- What somebody searches for stands in a voice, a contact or a case.  Each index is on the expression of _searchable(),
-- which the planner puts in its place.  Without statistics, whose estimates would tell of rows that row security hides.
CREATE INDEX voice_text ON voice USING gin ((
	setweight(to_tsvector('kam.thai', left(topic, 10000)), 'A')
	|| setweight(to_tsvector('kam.thai', left(coalesce(content, ''), 100000)), 'B')));
ALTER INDEX voice_text ALTER COLUMN 1 SET STATISTICS 0;
CREATE INDEX contact_text ON contact USING gin ((
	setweight(to_tsvector('kam.thai', left(subject, 10000)), 'A')
	|| setweight(to_tsvector('kam.thai', left(coalesce(summary, ''), 100000)), 'B')));
ALTER INDEX contact_text ALTER COLUMN 1 SET STATISTICS 0;
CREATE INDEX service_case_text ON service_case USING gin ((
	setweight(to_tsvector('kam.thai', left(subject, 10000)), 'A')
	|| setweight(to_tsvector('kam.thai', left(coalesce(detail, ''), 100000)), 'B')));
ALTER INDEX service_case_text ALTER COLUMN 1 SET STATISTICS 0;

CREATE TYPE voice_hit AS (source text, source_id bigint, account_id text, name_th text, unit_code text, plan_year int,
	tier kam.tier, said_at timestamptz, kind text, listening text, heading text, headline text, rank real);
CREATE TYPE voice_term AS (scope text, tier kam.tier, place int, term text, voices bigint, accounts bigint,
	share kam.rate, voices_before bigint, first_heard_at timestamptz);
CREATE TYPE voice_figure AS (level text, place int, kind text, kind_th text, kind_en text, title text, voices bigint,
	accounts bigint, stated bigint, unstated bigint, anticipated bigint, strategic bigint, star bigint, status bigint,
	streamline bigint, no_tier bigint, with_case bigint, recorded_in_time kam.rate, voices_before bigint);

-- ---- words -----------------------------------------------------------------------

-- The heading counts more than the body.  What is longer than a tsvector can hold is searched by its beginning.
CREATE OR REPLACE FUNCTION _searchable(heading text, body text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN setweight(to_tsvector('kam.thai', left(heading, 10000)), 'A')
	|| setweight(to_tsvector('kam.thai', left(coalesce(body, ''), 100000)), 'B');

-- The words of a voice that are worth counting: neither bare numbers nor single letters.
CREATE OR REPLACE FUNCTION _terms(heading text, body text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 20
BEGIN ATOMIC
	SELECT w.lexeme FROM unnest(_searchable(_terms.heading, _terms.body)) AS w (lexeme, positions, weights)
	WHERE length(w.lexeme) > 1 AND w.lexeme !~ '^[0-9.,:/-]+$';
END;

-- People's words, never a syntax error: websearch_to_tsquery takes them as they come.  It looks at each word between
-- blanks alone; where nothing is quoted or left out, what belongs together is found too, as 115 kV.
CREATE OR REPLACE FUNCTION _voice_query(query text) RETURNS tsquery
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT SET client_min_messages = warning AS $$
DECLARE
	words tsquery;
BEGIN
	IF length(query) > 1000 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('what is searched for is too long: %s characters', length(query)),
			HINT = 'Give some words, of at most 1000 characters together.';
	END IF;
	words := websearch_to_tsquery('kam.thai', coalesce(query, ''));
	IF query !~ '"|(^|\s)-' THEN
		words := words || plainto_tsquery('kam.thai', query);
	END IF;
	IF numnode(words) = 0 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('nothing is searched for: "%s"', coalesce(query, '')),
			HINT = 'Give a word that is not so common that it is left out (kam.thai_stop_word).';
	END IF;
	RETURN words;
END $$;

-- The tier of each account in these plan years, by the approved plans; the last, where it was dropped and came again.
-- With units and accounts, of what row security shows to whoever may read these.
CREATE OR REPLACE FUNCTION _voice_tiers(plan_years int[], readable text[] DEFAULT NULL, mine text[] DEFAULT NULL)
RETURNS TABLE (plan_year int, account_id text, tier kam.tier)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT DISTINCT ON (y.plan_year, k.account_id) y.plan_year, k.account_id, k.tier
	FROM unnest(_voice_tiers.plan_years) AS y (plan_year) CROSS JOIN LATERAL _kpi_account(y.plan_year) k
	WHERE _voice_tiers.readable IS NULL OR k.unit_code = ANY (_voice_tiers.readable)
		OR k.account_id = ANY (_voice_tiers.mine)
	ORDER BY y.plan_year, k.account_id, k.until_day DESC, k.from_day DESC;
END;

-- ---- search ------------------------------------------------------------------------

-- What the words are found in, best first.  Row security comes before a search that is not leakproof, and would read
-- the whole table: so its condition stands here too, and _find_my_voices() runs this with the owner's rights.  Called
-- by anybody else, "everything" is what row security shows them.  Of very many, the newest 2000 are looked at.
CREATE OR REPLACE FUNCTION _find_voices(words tsquery, plan_year int, units text[], tier kam.tier, kind text,
	source text, max_rows int, everything boolean) RETURNS TABLE (found_in text, found_id bigint, rank real)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 50
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
DECLARE
	readable text[] := CASE WHEN NOT everything THEN _readable_units() END;
	mine text[] := CASE WHEN NOT everything THEN _my_accounts() END;
	years int[] := CASE WHEN tier IS NOT NULL THEN ARRAY(SELECT y.plan_year FROM plan_year y) END;
BEGIN
	RETURN QUERY
	SELECT f.found_in, f.found_id, ts_rank(_searchable(f.heading, f.body), words)
	FROM (
		SELECT s.*
		FROM (
			SELECT 'voice' AS found_in, v.voice_id AS found_id, v.account_id, v.unit_code, v.plan_year, v.kind,
				v.heard_at AS said_at, v.topic AS heading, v.content AS body
			FROM voice v
			WHERE _searchable(v.topic, v.content) @@ words AND coalesce(_find_voices.source, 'voice') = 'voice'
			UNION ALL
			SELECT 'contact', c.contact_id, c.account_id, c.unit_code, c.plan_year, NULL, c.happened_at, c.subject,
				c.summary
			FROM contact c
			WHERE _searchable(c.subject, c.summary) @@ words AND coalesce(_find_voices.source, 'contact') = 'contact'
			UNION ALL
			SELECT 'case', k.case_id, k.account_id, k.unit_code, k.plan_year, k.kind, k.received_at, k.subject, k.detail
			FROM service_case k
			WHERE _searchable(k.subject, k.detail) @@ words AND coalesce(_find_voices.source, 'case') = 'case') s
		WHERE (everything OR s.unit_code = ANY (readable) OR s.account_id = ANY (mine))
			AND (_find_voices.plan_year IS NULL OR s.plan_year = _find_voices.plan_year)
			AND (units IS NULL OR s.unit_code = ANY (units))
			AND (_find_voices.kind IS NULL OR s.kind = _find_voices.kind)
			AND (_find_voices.tier IS NULL OR (s.plan_year, s.account_id) IN (
				SELECT t.plan_year, t.account_id FROM _voice_tiers(years, readable, mine) t
				WHERE t.tier = _find_voices.tier))
		ORDER BY s.said_at DESC, s.found_in, s.found_id DESC LIMIT 2000) f
	ORDER BY 3 DESC, f.said_at DESC, f.found_in, f.found_id DESC LIMIT max_rows;
END $$;

-- What the caller may read of it, and nothing else.
CREATE OR REPLACE FUNCTION _find_my_voices(words tsquery, plan_year int, units text[], tier kam.tier, kind text,
	source text, max_rows int) RETURNS TABLE (found_in text, found_id bigint, rank real)
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER ROWS 50 SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY SELECT * FROM _find_voices(words, plan_year, units, tier, kind, source, max_rows, false);
END $$;

-- Voices, contacts and cases in which the words stand, best first.  Their text is read under row security once more.
CREATE OR REPLACE FUNCTION search_voice(query text, plan_year int DEFAULT NULL, unit_code text DEFAULT NULL,
	tier kam.tier DEFAULT NULL, kind text DEFAULT NULL, source text DEFAULT NULL, max_rows int DEFAULT 50)
RETURNS SETOF voice_hit
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 50
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
DECLARE
	words tsquery;
	units text[];
	of_all boolean := NOT row_security_active('voice'::regclass);
BEGIN
	PERFORM _check_reader();
	PERFORM _check_max(max_rows);
	IF plan_year IS NOT NULL THEN
		PERFORM _check_plan_year(plan_year);
	END IF;
	IF kind IS NOT NULL THEN
		PERFORM _check_voice_kind(kind);
	END IF;
	IF source IS NOT NULL THEN
		PERFORM _check_word(source, '{voice,contact,case}', 'the source');
	END IF;
	units := _kpi_units(unit_code);
	words := _voice_query(query);
	RETURN QUERY
	WITH found AS MATERIALIZED (
		SELECT o.* FROM _find_voices(words, plan_year, units, tier, kind, source, max_rows, true) o WHERE of_all
		UNION ALL
		SELECT m.* FROM _find_my_voices(words, plan_year, units, tier, kind, source, max_rows) m WHERE NOT of_all
	), said AS MATERIALIZED (
		SELECT f.*, v.account_id, v.unit_code, v.plan_year, v.heard_at AS said_at, v.kind, v.listening,
			v.topic AS heading, v.content AS body
		FROM found f JOIN voice v ON f.found_in = 'voice' AND v.voice_id = f.found_id
		UNION ALL
		SELECT f.*, c.account_id, c.unit_code, c.plan_year, c.happened_at, NULL, NULL, c.subject, c.summary
		FROM found f JOIN contact c ON f.found_in = 'contact' AND c.contact_id = f.found_id
		UNION ALL
		SELECT f.*, k.account_id, k.unit_code, k.plan_year, k.received_at, k.kind, NULL, k.subject, k.detail
		FROM found f JOIN service_case k ON f.found_in = 'case' AND k.case_id = f.found_id
	)
	SELECT s.found_in, s.found_id, s.account_id, a.name_th, s.unit_code, s.plan_year, t.tier, s.said_at, s.kind,
		s.listening, s.heading,
		ts_headline('kam.thai', left(concat_ws(': ', s.heading, s.body), 100000), words,
			unistr('StartSel=«, StopSel=», MaxFragments=2, MinWords=5, MaxWords=20, FragmentDelimiter=" … "')),
		s.rank
	FROM said s
		LEFT JOIN account a ON a.account_id = s.account_id
		LEFT JOIN _voice_tiers(ARRAY(SELECT DISTINCT y.plan_year FROM said y)) t
			ON t.plan_year = s.plan_year AND t.account_id = s.account_id
	WHERE search_voice.tier IS NULL OR t.tier = search_voice.tier
	ORDER BY s.rank DESC, s.said_at DESC, s.found_in, s.found_id DESC;
END $$;

-- ---- a period, and the one before --------------------------------------------------

CREATE OR REPLACE FUNCTION _check_max(rows int) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	IF rows IS NULL OR rows NOT BETWEEN 1 AND 2000 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('the number of rows cannot be %s', coalesce(rows::text, 'NULL')),
			HINT = 'It is 1 to 2000.';
	END IF;
END $$;

CREATE OR REPLACE FUNCTION _voice_days(plan_year int, period text) RETURNS daterange
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _check_plan_year(plan_year);
	PERFORM _check_period(period);
	RETURN _period_days(plan_year, period);
END $$;

-- The month before a month, the quarter before a quarter, the year before a year; of days that stop
-- within it, as many months before as they touch.
CREATE OR REPLACE FUNCTION _days_before(days daterange) RETURNS daterange
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN daterange((lower(days) - make_interval(months =>
		(12 * (extract(year FROM upper(days) - 1) - extract(year FROM lower(days)))
			+ extract(month FROM upper(days) - 1) - extract(month FROM lower(days)) + 1)::int))::date, lower(days));

-- What was heard in the days and in those before, by units (NULL: all), of a tier, of a kind.
CREATE OR REPLACE FUNCTION _heard(units text[], days daterange, tier kam.tier DEFAULT NULL, kind text DEFAULT NULL)
RETURNS TABLE (voice_id bigint, is_now boolean, account_id text, account_tier kam.tier, voice_kind text, listening text,
	topic text, content text, heard_at timestamptz, days_late int, case_id bigint)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 1000
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
DECLARE
	from_at timestamptz := _midnight(lower(days));
	before daterange := _days_before(days);
	years int[] := ARRAY(
		SELECT generate_series(_year_of(_midnight(lower(before))), _year_of(_midnight(upper(days) - 1))));
BEGIN
	RETURN QUERY
	SELECT v.voice_id, v.heard_at >= from_at, v.account_id, t.tier, v.kind, v.listening, v.topic, v.content, v.heard_at,
		v.days_late, v.case_id
	FROM voice v LEFT JOIN _voice_tiers(years) t ON t.plan_year = v.plan_year AND t.account_id = v.account_id
	WHERE (units IS NULL OR v.unit_code = ANY (units))
		AND v.heard_at >= _midnight(lower(before)) AND v.heard_at < _midnight(upper(days))
		AND (_heard.tier IS NULL OR t.tier = _heard.tier) AND (_heard.kind IS NULL OR v.kind = _heard.kind);
END $$;

-- ---- frequent terms ------------------------------------------------------------------

-- Terms by the number of voices that have them, of all and tier by tier (or of one tier): the most frequent, or of
-- those that nobody in the same scope used in the period before.
CREATE OR REPLACE FUNCTION _voice_terms(plan_year int, period text, unit_code text, tier kam.tier, kind text,
	max_rows int, only_new boolean) RETURNS SETOF voice_term
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 100
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
DECLARE
	units text[];
	days daterange;
BEGIN
	PERFORM _check_reader();
	PERFORM _check_max(max_rows);
	IF kind IS NOT NULL THEN
		PERFORM _check_voice_kind(kind);
	END IF;
	units := _kpi_units(unit_code);
	days := _voice_days(plan_year, period);
	RETURN QUERY
	WITH heard AS MATERIALIZED (
		SELECT * FROM _heard(units, days, _voice_terms.tier, _voice_terms.kind)
	), whole AS (
		SELECT GROUPING(h.account_tier) AS is_all, h.account_tier, count(*) AS voices
		FROM heard h WHERE h.is_now GROUP BY GROUPING SETS ((), (h.account_tier))
	), term AS (
		SELECT GROUPING(w.account_tier) AS is_all, w.account_tier, w.term, count(*) FILTER (WHERE w.is_now) AS voices,
			count(DISTINCT w.account_id) FILTER (WHERE w.is_now) AS accounts,
			count(*) FILTER (WHERE NOT w.is_now) AS voices_before,
			min(w.heard_at) FILTER (WHERE w.is_now) AS first_heard_at
		FROM (SELECT h.*, t.term COLLATE "C" AS term
			FROM heard h CROSS JOIN LATERAL _terms(h.topic, h.content) AS t (term)) w
		GROUP BY GROUPING SETS ((w.term), (w.account_tier, w.term))
		HAVING count(*) FILTER (WHERE w.is_now) > 0 AND NOT (only_new AND count(*) FILTER (WHERE NOT w.is_now) > 0)
	), placed AS (
		SELECT t.*, row_number() OVER (PARTITION BY t.is_all, t.account_tier
			ORDER BY t.voices DESC, t.accounts DESC, t.term)::int AS place
		FROM term t
	)
	SELECT CASE p.is_all WHEN 1 THEN 'all' ELSE 'tier' END, p.account_tier, p.place, p.term, p.voices, p.accounts,
		kam.rate(p.voices, a.voices), p.voices_before, p.first_heard_at
	FROM placed p JOIN whole a ON a.is_all = p.is_all AND a.account_tier IS NOT DISTINCT FROM p.account_tier
	WHERE p.place <= max_rows AND (_voice_terms.tier IS NULL OR p.is_all = 0)
	ORDER BY p.is_all DESC, p.account_tier DESC NULLS LAST, p.place;
END $$;

CREATE OR REPLACE FUNCTION voice_terms(plan_year int, period text DEFAULT NULL, unit_code text DEFAULT NULL,
	tier kam.tier DEFAULT NULL, kind text DEFAULT NULL, max_rows int DEFAULT 20) RETURNS SETOF voice_term
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 100 SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY SELECT * FROM _voice_terms(plan_year, period, unit_code, tier, kind, max_rows, false);
END $$;

CREATE OR REPLACE FUNCTION new_voice_terms(plan_year int, period text DEFAULT NULL, unit_code text DEFAULT NULL,
	tier kam.tier DEFAULT NULL, kind text DEFAULT NULL, max_rows int DEFAULT 20) RETURNS SETOF voice_term
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 100 SET search_path FROM CURRENT AS $$
BEGIN
	RETURN QUERY SELECT * FROM _voice_terms(plan_year, period, unit_code, tier, kind, max_rows, true);
END $$;

-- ---- VOC-60-001 ------------------------------------------------------------------------

-- All voices; those of each kind, also where there is none; the most frequent topics of each kind; the most frequent
-- terms, and the terms that are new.  Each row splits its voices in the same way.
CREATE OR REPLACE FUNCTION _voc_60_001(units text[], days daterange, max_rows int DEFAULT 20) RETURNS SETOF voice_figure
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 100
SET search_path FROM CURRENT SET plan_cache_mode = force_custom_plan SET jit = off AS $$
BEGIN
	RETURN QUERY
	WITH heard AS MATERIALIZED (
		SELECT * FROM _heard(units, days)
	), item AS (
		SELECT 'all' AS level, NULL AS kind, NULL AS title, h.voice_id FROM heard h
		UNION ALL SELECT 'kind', h.voice_kind, NULL, h.voice_id FROM heard h
		UNION ALL SELECT 'topic', h.voice_kind, h.topic, h.voice_id FROM heard h
		UNION ALL SELECT 'term', NULL, w.term, h.voice_id
			FROM heard h CROSS JOIN LATERAL _terms(h.topic, h.content) AS w (term)
		-- so that there is a row where nothing was heard
		UNION ALL SELECT 'all', NULL, NULL, NULL
		UNION ALL SELECT 'kind', k.kind, NULL, NULL FROM voice_kind k
	), figure AS (
		SELECT i.level, i.kind, i.title COLLATE "C" AS title, count(h.voice_id) AS voices_ever,
			count(*) FILTER (WHERE h.is_now) AS voices,
			count(DISTINCT h.account_id) FILTER (WHERE h.is_now) AS accounts,
			count(*) FILTER (WHERE h.is_now AND h.listening = 'stated') AS stated,
			count(*) FILTER (WHERE h.is_now AND h.listening = 'unstated') AS unstated,
			count(*) FILTER (WHERE h.is_now AND h.listening = 'anticipated') AS anticipated,
			count(*) FILTER (WHERE h.is_now AND h.account_tier = 'Strategic') AS strategic,
			count(*) FILTER (WHERE h.is_now AND h.account_tier = 'Star') AS star,
			count(*) FILTER (WHERE h.is_now AND h.account_tier = 'Status') AS status,
			count(*) FILTER (WHERE h.is_now AND h.account_tier = 'Streamline') AS streamline,
			count(*) FILTER (WHERE h.is_now AND h.account_tier IS NULL) AS no_tier,
			count(*) FILTER (WHERE h.is_now AND h.case_id IS NOT NULL) AS with_case,
			kam.rate(coalesce(h.days_late, 0) = 0) FILTER (WHERE h.is_now) AS recorded_in_time
		FROM item i LEFT JOIN heard h USING (voice_id)
		GROUP BY i.level, i.kind, i.title COLLATE "C"
		HAVING i.level IN ('all', 'kind') OR count(*) FILTER (WHERE h.is_now) > 0
	), listed AS (
		SELECT f.* FROM figure f
		UNION ALL
		SELECT 'new_term', f.kind, f.title, f.voices_ever, f.voices, f.accounts, f.stated, f.unstated, f.anticipated,
			f.strategic, f.star, f.status, f.streamline, f.no_tier, f.with_case, f.recorded_in_time
		FROM figure f WHERE f.level = 'term' AND f.voices_ever = f.voices
	), placed AS (
		SELECT l.*, array_position('{all,kind,topic,term,new_term}', l.level) AS level_place,
			coalesce(array_position('{need,requirement,expectation,problem,complaint,outage}', l.kind), 99)
				AS kind_place,
			row_number() OVER (PARTITION BY l.level, l.kind
				ORDER BY l.voices DESC, l.accounts DESC, l.title)::int AS place
		FROM listed l
	)
	SELECT p.level, p.place, p.kind, k.name_th, k.name_en, p.title, p.voices, p.accounts, p.stated, p.unstated,
		p.anticipated, p.strategic, p.star, p.status, p.streamline, p.no_tier, p.with_case, p.recorded_in_time,
		p.voices_ever - p.voices
	FROM placed p LEFT JOIN voice_kind k USING (kind)
	WHERE p.place <= max_rows
	ORDER BY p.level_place, p.kind_place, p.kind COLLATE "C", p.place;
END $$;

CREATE OR REPLACE FUNCTION voc_60_001(unit_code text, plan_year int, period text DEFAULT NULL, max_rows int DEFAULT 20)
RETURNS SETOF voice_figure
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 100 SET search_path FROM CURRENT AS $$
BEGIN
	PERFORM _check_reader();
	PERFORM _check_max(max_rows);
	RETURN QUERY SELECT * FROM _voc_60_001(_kpi_units(unit_code), _voice_days(plan_year, period), max_rows);
END $$;

-- ---- comments --------------------------------------------------------------------------


COMMENT ON TYPE voice_hit IS
U&'ข้อความที่ค้นพบ — What search_voice found: a voice, contact or case (source, source_id) with its account, heading, and a headline in which the words stand in « ».';
COMMENT ON COLUMN voice_hit.source IS
U&'แหล่งที่มา: เสียงของลูกค้า การติดต่อ กรณี — Where it was found: voice, contact or case.';
COMMENT ON COLUMN voice_hit.source_id IS
U&'เลขที่ — Number of the voice, contact or case.';
COMMENT ON COLUMN voice_hit.account_id IS
U&'ลูกค้า — Account.';
COMMENT ON COLUMN voice_hit.name_th IS
U&'ชื่อลูกค้าภาษาไทย — Name of the account in Thai.';
COMMENT ON COLUMN voice_hit.unit_code IS
U&'หน่วยงาน — Unit of the account at that time.';
COMMENT ON COLUMN voice_hit.plan_year IS
U&'ปีแผน — Plan year (common era) of the day on which it happened, in Bangkok.';
COMMENT ON COLUMN voice_hit.tier IS
U&'ระดับลูกค้ารายสำคัญ — Tier of the account in that year; NULL: no key account.';
COMMENT ON COLUMN voice_hit.said_at IS
U&'เวลาที่รับฟัง — When it was heard, happened, or was received.';
COMMENT ON COLUMN voice_hit.kind IS
U&'ชนิด — Kind of a voice or case: need, requirement, expectation …; NULL for a contact.';
COMMENT ON COLUMN voice_hit.listening IS
U&'ลักษณะการรับฟัง — stated, unstated, or anticipated (3.6); NULL for contacts and cases.';
COMMENT ON COLUMN voice_hit.heading IS
U&'หัวข้อ — Topic or subject.';
COMMENT ON COLUMN voice_hit.headline IS
U&'ข้อความที่พบ — The text around the words found, which stand in « ».';
COMMENT ON COLUMN voice_hit.rank IS
U&'ความตรงกับคำค้น — How well it fits: the greater the better.';
COMMENT ON TYPE voice_term IS
U&'คำที่พบบ่อย — A term with the number of voices and accounts that have it, of all (scope all) or of a tier (scope tier; tier NULL: no key account of that year), its share of the voices there, and how many had it in the period before.';
COMMENT ON COLUMN voice_term.scope IS
U&'ขอบเขต — all, or tier: the accounts of one tier.';
COMMENT ON COLUMN voice_term.tier IS
U&'ระดับลูกค้ารายสำคัญ — Tier, where the scope is one; NULL there: no key account of that year.';
COMMENT ON COLUMN voice_term.place IS
U&'ลำดับ — Its place in the scope, from 1, the most frequent.';
COMMENT ON COLUMN voice_term.term IS
U&'คำ — Term.';
COMMENT ON COLUMN voice_term.voices IS
U&'จำนวน — How many voices have it.';
COMMENT ON COLUMN voice_term.accounts IS
U&'จำนวนลูกค้า — Of how many accounts.';
COMMENT ON COLUMN voice_term.share IS
U&'สัดส่วน — How many of the voices in the scope have it.';
COMMENT ON COLUMN voice_term.voices_before IS
U&'จำนวนในงวดก่อน — How many had it in the period before.';
COMMENT ON COLUMN voice_term.first_heard_at IS
U&'เวลาที่รับฟังครั้งแรก — When it was heard first in the period.';
COMMENT ON TYPE voice_figure IS
U&'แถวของสรุปเสียงของลูกค้า — A row of VOC-60-001: all, a kind, a topic of a kind, a frequent term or a new term (level), with its voices split by listening and by tier of the account.';
COMMENT ON COLUMN voice_figure.level IS
U&'ประเภทของแถว — What the row is of: all, kind, topic, term or new_term.';
COMMENT ON COLUMN voice_figure.place IS
U&'ลำดับ — Its place in its level and kind, from 1, the most frequent.';
COMMENT ON COLUMN voice_figure.kind IS
U&'ชนิด — Kind (3.8 to 3.10, and the others); NULL for all and for terms.';
COMMENT ON COLUMN voice_figure.kind_th IS
U&'ชื่อชนิดภาษาไทย — Name of the kind in Thai.';
COMMENT ON COLUMN voice_figure.kind_en IS
U&'ชื่อชนิดภาษาอังกฤษ — Name of the kind in English.';
COMMENT ON COLUMN voice_figure.title IS
U&'หัวข้อหรือคำ — Topic or term; NULL for all and for kinds.';
COMMENT ON COLUMN voice_figure.voices IS
U&'จำนวน — How many voices.';
COMMENT ON COLUMN voice_figure.accounts IS
U&'จำนวนลูกค้า — Of how many accounts; does not add up.';
COMMENT ON COLUMN voice_figure.stated IS
U&'แจ้งไว้ — Voices that were stated (3.6).';
COMMENT ON COLUMN voice_figure.unstated IS
U&'ไม่ได้แจ้งไว้ — Voices that were unstated (3.6).';
COMMENT ON COLUMN voice_figure.anticipated IS
U&'คาดการณ์ — Voices that were anticipated (3.6).';
COMMENT ON COLUMN voice_figure.strategic IS
U&'จากลูกค้า Strategic — Voices of Strategic accounts.';
COMMENT ON COLUMN voice_figure.star IS
U&'จากลูกค้า Star — Voices of Star accounts.';
COMMENT ON COLUMN voice_figure.status IS
U&'จากลูกค้า Status — Voices of Status accounts.';
COMMENT ON COLUMN voice_figure.streamline IS
U&'จากลูกค้า Streamline — Voices of Streamline accounts.';
COMMENT ON COLUMN voice_figure.no_tier IS
U&'จากลูกค้าอื่น — Voices of accounts without a tier in that year.';
COMMENT ON COLUMN voice_figure.with_case IS
U&'เป็นเรื่องที่ต้องดำเนินการ — Voices that belong to a case.';
COMMENT ON COLUMN voice_figure.recorded_in_time IS
U&'บันทึกภายใน 7 วัน — How many were recorded within the 7 days (R19).';
COMMENT ON COLUMN voice_figure.voices_before IS
U&'จำนวนในงวดก่อน — How many voices in the period before.';

COMMENT ON FUNCTION _searchable(text, text) IS
U&'ข้อความสำหรับค้นหา — The words of a heading and a body, as the indexes voice_text, contact_text and service_case_text hold them.';
COMMENT ON FUNCTION _terms(text, text) IS
U&'คำที่นับ — The words of a text that are worth counting: no bare numbers, no single letters.';
COMMENT ON FUNCTION _voice_query(text) IS
U&'แปลงคำค้น — What somebody searches for, as a query; 22023 where nothing is left of it.';
COMMENT ON FUNCTION _voice_tiers(int[], text[], text[]) IS
U&'ระดับของลูกค้าในปีแผน — The tier of each key account in these plan years, of all or of what may be read.';
COMMENT ON FUNCTION _find_voices(tsquery, int, text[], kam.tier, text, text, int, boolean) IS
U&'ค้นหาตามคำ — Numbers of the voices, contacts and cases with the words, by rank; of all rows, or of those that the caller may read.';
COMMENT ON FUNCTION _find_my_voices(tsquery, int, text[], kam.tier, text, text, int) IS
U&'ค้นหาเฉพาะที่มีสิทธิ์อ่าน — The same with the owner''s rights, so that the indexes are used, and of what the caller may read only.';
COMMENT ON FUNCTION search_voice(text, int, text, kam.tier, text, text, int) IS
U&'ค้นหาเสียงของลูกค้า — Voices, contacts and cases with these words that the caller may read, best first: words, "a phrase", or, -without; of a plan year, of a unit with those below it, of the accounts of a tier, of a kind, in one source (voice, contact, case). 22023 where nothing is searched for, P0002 for an unknown unit, 42501 for strangers.';
COMMENT ON FUNCTION _check_max(int) IS
U&'ตรวจสอบจำนวนแถว — Refuses a number of rows beyond 1 to 2000 (22023).';
COMMENT ON FUNCTION _voice_days(int, text) IS
U&'วันในงวด — Days of a month (M01), quarter (Q1) or the year (NULL); 22023 for another period.';
COMMENT ON FUNCTION _days_before(daterange) IS
U&'วันในงวดก่อน — The days of the period before.';
COMMENT ON FUNCTION _heard(text[], daterange, kam.tier, text) IS
U&'เสียงของลูกค้าในงวดนี้และงวดก่อน — Voices heard in the days and in the period before, with the tier of the account in that year.';
COMMENT ON FUNCTION _voice_terms(int, text, text, kam.tier, text, int, boolean) IS
U&'คำที่พบบ่อยหรือคำใหม่ — Frequent terms, or only new ones, for voice_terms and new_voice_terms.';
COMMENT ON FUNCTION voice_terms(int, text, text, kam.tier, text, int) IS
U&'คำที่พบบ่อยในเสียงของลูกค้า — The most frequent terms in the voice of the customer of a month, quarter or year, of all and tier by tier, beside the period before (5, step 6). Of what the caller may read.';
COMMENT ON FUNCTION new_voice_terms(int, text, text, kam.tier, text, int) IS
U&'คำใหม่ในเสียงของลูกค้า — The most frequent of the terms that nobody used in the period before. Of what the caller may read.';
COMMENT ON FUNCTION _voc_60_001(text[], daterange, int) IS
U&'แถวของ VOC-60-001 — The rows of VOC-60-001 of these units (NULL: all) and days.';
COMMENT ON FUNCTION voc_60_001(text, int, text, int) IS
U&'สรุปเสียงของลูกค้า VOC-60-001 — VOC-60-001 of a unit with those below it, in a month, quarter or year: need, requirement, expectation and the other kinds, their topics, frequent and new terms, each split by listening and tier (5, step 6). Of what the caller may read.';
