/*
 * Pictures as SVG, and the same as text for a terminal, from plain data.
 *
 * A picture is 720 units wide and no letter in it is below 14 of them, so that on A4 all are 9 points or more. It is
 * read in grey as in colour: what a colour says, a shape, a word or a number says too. Every text in it is
 * written by kam._svg_text or kam._svg, which escape it. Widths of text are estimates, on the wide side: nobody knows in which
 * font it will be set.
 *
 * Functions that are called from outside set standard_conforming_strings, for the backslashes in them and in those they call.
 */

-- ---- text on one line, and as much of it as there is room for -------------------

CREATE FUNCTION kam._one_line(value text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
BEGIN
	/* More of it is never shown. The collation is named, because a user's may know nothing of patterns. */
	RETURN btrim(regexp_replace(left(value, 1000) COLLATE "C",
		'[\u0001-\u0020\u007F-\u00A0\u00AD\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF\uFFF9-\uFFFB]+', ' ', 'g'));
END
$$;
COMMENT ON FUNCTION kam._one_line(text) IS
'The text on one line: line ends, control characters and marks of direction become blanks. At most 1,000 characters.';

CREATE FUNCTION kam._marks() RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
BEGIN
	RETURN '\u0300-\u036F\u0483-\u0489\u0591-\u05BD\u0610-\u061A\u064B-\u065F\u0900-\u0902\u093A\u093C\u0941-\u0948\u094D'
		'\u0E31\u0E34-\u0E3A\u0E47-\u0E4E\u0EB1\u0EB4-\u0EBC\u0EC8-\u0ECE\u102D-\u1030\u1032-\u1037\u1039\u103A\u103D\u103E'
		'\u1160-\u11FF\u17B4\u17B5\u17B7-\u17BD\u17C6\u17C9-\u17D3\u1AB0-\u1AFF\u1DC0-\u1DFF\u200B-\u200D\u2060-\u2064'
		'\u20D0-\u20FF\uFE00-\uFE0F\uFE20-\uFE2F';
END
$$;
COMMENT ON FUNCTION kam._marks() IS
'Characters without a width of their own, of Thai and of scripts that may stand beside it: the inside of a bracket expression.';

CREATE FUNCTION kam._text_width(line text, printed boolean) RETURNS int
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	base text COLLATE "C" := regexp_replace(line COLLATE "C", '[' || kam._marks() || ']', '', 'g');
	wide int := regexp_count(base, '[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F'
		'\uFF01-\uFF60\uFFE0-\uFFE6\U0001F300-\U0001F64F\U0001F680-\U0001F6FF\U0001F900-\U0001F9FF\U00020000-\U0003FFFD]');
BEGIN
	RETURN CASE WHEN printed THEN 62 * length(base) + 38 * wide
			- 28 * regexp_count(base, '[ !''()*,./:;I|\[\]fijlrt-]') - 14 * regexp_count(base, '[\u0E40\u0E42-\u0E44]')
			+ 10 * regexp_count(base, '[A-HJ-LN-VX-Z&]') + 30 * regexp_count(base, '[MWmw@%\u0E0C\u0E0D\u0E12\u0E13]')
		ELSE length(base) + wide END;
END
$$;
COMMENT ON FUNCTION kam._text_width(text, boolean) IS
'How many columns of a terminal a line takes or, printed, about how many hundredths of an em.';

CREATE FUNCTION kam._fit(value text, room int, printed boolean DEFAULT false) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	marks constant text COLLATE "C" := kam._marks();
	more constant text := unistr('…');
	line text COLLATE "C" := nullif(kam._one_line(value), '');
	room_left int := room - kam._text_width(more, printed);
	fitting text := '';
	cluster text;
BEGIN
	/* No writing heaps up more marks than six. */
	line := nullif(regexp_replace(line, '^[' || marks || ']+|([' || marks || ']{6})[' || marks || ']+', '\1', 'g'), '');
	IF coalesce(kam._text_width(line, printed) <= room, true) THEN
		RETURN line;
	END IF;
	/* A vowel that is written before its consonant stays with it; SARA AM and marks stay with what they follow. */
	FOR cluster IN
		SELECT m[1] FROM regexp_matches(left(line, 300),
			'[\u0E40-\u0E44]{0,2}[^' || marks || '][\u0E33' || marks || ']*', 'g') AS matches (m)
	LOOP
		room_left := room_left - kam._text_width(cluster, printed);
		EXIT WHEN room_left < 0;
		fitting := fitting || cluster;
	END LOOP;
	RETURN rtrim(fitting) || more;
END
$$;
COMMENT ON FUNCTION kam._fit(text, int, boolean) IS
'As much of a text, on one line, as there is room for: columns of a terminal or, printed, hundredths of an em. NULL where nothing is to be seen.';

CREATE FUNCTION kam._pad(value text, columns int) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	line text := coalesce(kam._fit(value, columns), '');
BEGIN
	RETURN line || repeat(' ', columns - kam._text_width(line, false));
END
$$;
COMMENT ON FUNCTION kam._pad(text, int) IS 'A text cut or filled up with blanks to so many columns of a terminal.';

CREATE FUNCTION kam._grouped(number numeric) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
BEGIN
	RETURN regexp_replace(number::text COLLATE "C", '(\d)(?=(\d{3})+$)', '\1,', 'g');
END
$$;
COMMENT ON FUNCTION kam._grouped(numeric) IS 'A whole number with commas between thousands, whatever the locale.';

-- ---- pieces of a picture -----------------------------------------------------------

CREATE FUNCTION kam._svg_text(x numeric, y numeric, value text, look text DEFAULT '') RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN format(E'<text x="%s" y="%s"%s>%s</text>\n', trim_scale(round(x, 1)), trim_scale(round(y, 1)),
		coalesce(' ' || nullif(look, ''), ''), kam.escape_markup(coalesce(value, unistr('–'))));
END
$$;
COMMENT ON FUNCTION kam._svg_text(numeric, numeric, text, text) IS
'A text at a place, escaped, a dash for NULL; look: attributes, as they are.';

CREATE FUNCTION kam._svg_rect(x numeric, y numeric, width numeric, height numeric, look text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN format(E'<rect x="%s" y="%s" width="%s" height="%s" %s/>\n', trim_scale(round(x, 1)), trim_scale(round(y, 1)),
		trim_scale(round(width, 1)), trim_scale(round(height, 1)), look);
END
$$;
COMMENT ON FUNCTION kam._svg_rect(numeric, numeric, numeric, numeric, text) IS 'A rectangle; look: attributes, as they are.';

CREATE FUNCTION kam._svg_path(x numeric, y numeric, shape text, look text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN format(E'<path d="M%s %s%s" %s/>\n', trim_scale(round(x, 1)), trim_scale(round(y, 1)), shape, look);
END
$$;
COMMENT ON FUNCTION kam._svg_path(numeric, numeric, text, text) IS
'A path that begins at a place and goes on by shape; look: attributes, as they are.';

CREATE FUNCTION kam._svg(height numeric, title text, usual_title text, description text, body text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	full_title text := coalesce(kam._fit(title, 250), usual_title);
	/* Its own among the pictures of a page: made of what is shown. */
	id text := 'kam-' || left(encode(sha256(convert_to(concat_ws(E'\n', full_title, description, body), 'UTF8')), 'hex'), 12);
BEGIN
	RETURN format(E'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 %1$s" width="720" height="%1$s" role="img" '
			'aria-labelledby="%2$s-title %2$s-desc" font-family="%3$s" font-size="14" fill="%4$s">\n'
			'<title id="%2$s-title">%5$s</title>\n<desc id="%2$s-desc">%6$s</desc>\n%7$s%8$s%9$s</svg>\n',
		trim_scale(height), id,
		'''Sarabun'',''Noto Sans Thai'',''Leelawadee UI'',''Thonburi'',''Loma'',''Garuda'',''TH Sarabun New'',sans-serif', '#1f2933',
		kam.escape_markup(full_title), kam.escape_markup(description),
		kam._svg_rect(0, 0, 720, height, 'fill="#ffffff"'),
		kam._svg_text(16, 30, kam._fit(full_title, 3500, true), 'font-size="18" font-weight="bold"'), body);
END
$$;
COMMENT ON FUNCTION kam._svg(numeric, text, text, text, text) IS
'A picture: body under a title, and title and description for who cannot see it.';

CREATE FUNCTION kam._tier_look(tier kam.tier) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	/* As dark as they are heavy; Streamline, which is not counted, is next to white. */
	RETURN format('fill="%s" stroke="%s"',
		CASE tier WHEN 'Strategic' THEN '#0b3c5d' WHEN 'Star' THEN '#3b82b5' WHEN 'Status' THEN '#a9cfe8' ELSE '#eceff2' END,
		CASE tier WHEN 'Strategic' THEN '#0b3c5d' WHEN 'Streamline' THEN '#7b8794' ELSE '#2b6690' END);
END
$$;
COMMENT ON FUNCTION kam._tier_look(kam.tier) IS 'How a tier is drawn in every picture: attributes of a shape.';

CREATE FUNCTION kam._check_same_length(VARIADIC lengths int[]) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF (SELECT count(DISTINCT coalesce(l, 0)) FROM unnest(lengths) AS l) > 1 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('the arrays have different lengths: %s',
				(SELECT string_agg(coalesce(l, 0)::text, ', ' ORDER BY place) FROM unnest(lengths) WITH ORDINALITY AS each (l, place))),
			HINT = 'Give one element of each for every row, NULL where there is none.';
	END IF;
END
$$;
COMMENT ON FUNCTION kam._check_same_length(int[]) IS 'Refuses (22023) arrays of different lengths.';

-- ---- the selection matrix -------------------------------------------------------------

CREATE FUNCTION kam._matrix_field(mix kam.portfolio)
RETURNS TABLE (tier kam.tier, across int, down int, accounts bigint, total numeric, share text)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 100 ROWS 4
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN QUERY
	SELECT f.tier, f.across, f.down, f.accounts, f.total,
		CASE WHEN f.total = 0 THEN unistr('–')
			WHEN f.accounts > 0 AND round(100.0 * f.accounts / f.total) = 0 THEN '< 1 %'
			WHEN f.accounts < f.total AND round(100.0 * f.accounts / f.total) = 100 THEN '> 99 %'
			ELSE round(100.0 * f.accounts / f.total) || ' %' END
	FROM (
		SELECT field.*, kam.count(mix, field.tier) AS accounts, sum(kam.count(mix, field.tier)) OVER () AS total
		FROM (VALUES ('Strategic'::kam.tier, 0, 0), ('Status', 1, 0), ('Star', 0, 1), ('Streamline', 1, 1))
			AS field (tier, across, down)) AS f;
END
$$;
COMMENT ON FUNCTION kam._matrix_field(kam.portfolio) IS
'The four fields of the selection matrix (6.1.1): where each stands, its accounts and their share of all.';

CREATE FUNCTION kam._matrix_words(mix kam.portfolio) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN (
		SELECT format(unistr('ลูกค้ารายสำคัญรวม %1$s ราย: %2$s Key accounts: %1$s. %3$s'), kam._grouped(max(f.total)),
			string_agg(format(unistr('%s (มูลค่า%s กลุ่ม%s) %s ราย (%s)'), kam.display_name(f.tier),
				CASE f.down WHEN 0 THEN unistr('สูง') ELSE unistr('ปานกลางหรือต่ำ') END,
				CASE f.across WHEN 0 THEN unistr('หลัก') ELSE unistr('รอง') END, kam._grouped(f.accounts), f.share),
				', ' ORDER BY f.down, f.across) || '.',
			string_agg(format('%s (value %s, %s group) %s (%s)', kam.display_name(f.tier, 'en'),
				CASE f.down WHEN 0 THEN 'High' ELSE 'Medium or Low' END,
				CASE f.across WHEN 0 THEN 'main' ELSE 'secondary' END, kam._grouped(f.accounts), f.share),
				', ' ORDER BY f.down, f.across) || '.')
		FROM kam._matrix_field(mix) AS f);
END
$$;
COMMENT ON FUNCTION kam._matrix_words(kam.portfolio) IS 'The selection matrix in words, Thai and English.';

CREATE FUNCTION kam.kasm_picture(mix kam.portfolio, title text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10000
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	grey constant text := 'fill="#52606d"';
	bold constant text := 'font-weight="bold"';
	/* Five rows of twenty in a field. Where one has more, all are bars: a bar beside dots would not be compared. */
	as_dots boolean := (SELECT max(f.accounts) <= 100 FROM kam._matrix_field(mix) AS f);
	total text := (SELECT kam._grouped(max(f.total)) FROM kam._matrix_field(mix) AS f);
	body text;
	f record;
	x numeric;
	y numeric;
BEGIN
	IF mix IS NULL THEN
		RETURN NULL;
	END IF;
	body := kam._svg_text(16, 54, format(unistr('รวม %1$s ราย — key accounts: %1$s'), total), grey)
		|| kam._svg_text(704, 54, CASE WHEN as_dots THEN unistr('1 จุด = 1 ราย — a dot is an account')
			ELSE unistr('แถบ = สัดส่วนของทั้งหมด — bar: share of all') END, grey || ' text-anchor="end"')
		|| kam._svg_text(276, 88, unistr('กลุ่มหลัก 6.1.1.2(1)'), bold || ' text-anchor="middle"')
		|| kam._svg_text(276, 107, 'main group', grey || ' text-anchor="middle"')
		|| kam._svg_text(564, 88, unistr('กลุ่มรอง 6.1.1.2(2)'), bold || ' text-anchor="middle"')
		|| kam._svg_text(564, 107, 'secondary group', grey || ' text-anchor="middle"')
		|| kam._svg_text(16, 192, unistr('มูลค่าสูง (H)'), bold)
		|| kam._svg_text(16, 212, 'value High', grey)
		|| kam._svg_text(16, 356, unistr('มูลค่าปานกลาง'), bold)
		|| kam._svg_text(16, 376, unistr('หรือต่ำ (M, L)'), bold)
		|| kam._svg_text(16, 396, 'Medium or Low', grey);
	FOR f IN SELECT * FROM kam._matrix_field(mix) LOOP
		x := 136 + 288 * f.across;
		y := 120 + 172 * f.down;
		body := body || kam._svg_rect(x, y, 280, 164, 'fill="#f7f9fb" stroke="#cbd2d9"')
			|| kam._svg_text(x + 14, y + 32, kam.display_name(f.tier), 'font-size="17" ' || bold)
			|| kam._svg_text(x + 266, y + 37, kam._grouped(f.accounts), format('font-size="%s" text-anchor="end" ',
				CASE WHEN f.accounts < 1000000 THEN 28 ELSE 14 END) || bold)
			|| kam._svg_text(x + 266, y + 58, f.share, grey || ' text-anchor="end"');
		IF NOT as_dots THEN
			body := body || kam._svg_rect(x + 14, y + 96, 252, 26, 'fill="none" stroke="#cbd2d9"');
		END IF;
		IF f.accounts = 0 THEN
			CONTINUE;
		END IF;
		body := body || CASE WHEN as_dots THEN (
				SELECT format(E'<g %s>\n%s</g>\n', kam._tier_look(f.tier), string_agg(format(
					E'<circle cx="%s" cy="%s" r="4.5"/>\n', x + 20 + i % 20 * 12.6, y + 82 + i / 20 * 16), '' ORDER BY i))
				FROM generate_series(0, f.accounts::int - 1) AS i)
			ELSE kam._svg_rect(x + 14, y + 96, greatest(252.0 * f.accounts / f.total, 1), 26, kam._tier_look(f.tier)) END;
	END LOOP;
	RETURN kam._svg(472, title, unistr('ตารางคัดเลือกลูกค้ารายสำคัญ — Key Account Selection Matrix'),
		kam._matrix_words(mix), body);
END
$$;
COMMENT ON FUNCTION kam.kasm_picture(kam.portfolio, text) IS
'The Key Account Selection Matrix (6.1.1) as SVG: four fields with their counts, and a dot for each account where no field has more than 100, else bars. NULL for NULL.';

CREATE FUNCTION kam._matrix_text(mix kam.portfolio, down int, across int, line int, as_dots boolean) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	f record;
	count_of text;
	marks int;
BEGIN
	SELECT * INTO STRICT f FROM kam._matrix_field(mix) AS m
	WHERE m.down = _matrix_text.down AND m.across = _matrix_text.across;
	count_of := CASE WHEN f.accounts < 1000000000 THEN kam._grouped(f.accounts) ELSE f.accounts::text END;
	marks := CASE WHEN f.accounts = 0 THEN 0
		WHEN as_dots THEN least(greatest(f.accounts - 25 * (line - 3), 0), 25)
		ELSE greatest(round(25.0 * f.accounts / f.total), 1) END;
	RETURN CASE line
		WHEN 1 THEN ' ' || kam._pad(kam.display_name(f.tier), 25 - length(count_of)) || ' ' || count_of || ' '
		WHEN 2 THEN lpad(f.share, 27) || ' '
		ELSE rpad(' ' || repeat(CASE WHEN as_dots THEN 'o' ELSE '#' END, marks), 28) END;
END
$$;
COMMENT ON FUNCTION kam._matrix_text(kam.portfolio, int, int, int, boolean) IS
'A line of a field of the matrix in 28 columns: 1 its name and count, 2 its share, from 3 on marks for its accounts.';

CREATE FUNCTION kam.kasm_text(mix kam.portfolio, title text DEFAULT NULL) RETURNS SETOF text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10000 ROWS 16
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	line constant text := repeat(' ', 16) || '+' || repeat('-', 28) || '+' || repeat('-', 28) || '+';
	as_dots boolean := (SELECT max(f.accounts) <= 100 FROM kam._matrix_field(mix) AS f);
	total text := (SELECT kam._grouped(max(f.total)) FROM kam._matrix_field(mix) AS f);
	side text[];
	lines int;
BEGIN
	IF mix IS NULL THEN
		RETURN;
	END IF;
	IF kam._fit(title, 78) IS NOT NULL THEN
		RETURN NEXT kam._fit(title, 78);
	END IF;
	RETURN NEXT repeat(' ', 18) || kam._pad(unistr('กลุ่มหลัก 6.1.1.2(1)'), 29) || unistr('กลุ่มรอง 6.1.1.2(2)');
	RETURN NEXT repeat(' ', 18) || kam._pad('main group', 29) || 'secondary group';
	<<side_of>>
	FOR down IN 0 .. 1 LOOP
		RETURN NEXT line;
		side := CASE down WHEN 0 THEN ARRAY[unistr('มูลค่าสูง (H)'), 'value High']
			ELSE ARRAY[unistr('มูลค่าปานกลาง'), unistr('หรือต่ำ (M, L)'), 'Medium or Low'] END;
		lines := (SELECT CASE WHEN as_dots THEN 2 + greatest(max((least(f.accounts, 100) + 24) / 25), 1) ELSE 3 END
			FROM kam._matrix_field(mix) AS f WHERE f.down = side_of.down);
		RETURN QUERY
		SELECT kam._pad(side[n], 16) || '|' || kam._matrix_text(mix, down, 0, n, as_dots)
			|| '|' || kam._matrix_text(mix, down, 1, n, as_dots) || '|'
		FROM generate_series(1, lines) AS n ORDER BY n;
	END LOOP;
	RETURN NEXT line;
	RETURN NEXT format(unistr('รวม %1$s ราย, key accounts: %1$s; %2$s'), total,
		CASE WHEN as_dots THEN 'o = 1' ELSE '# = 4 %' END);
END
$$;
COMMENT ON FUNCTION kam.kasm_text(kam.portfolio, text) IS
'The Key Account Selection Matrix (6.1.1) in at most 80 columns of a terminal, a row per line. No rows for NULL.';

-- ---- the load of key account managers -------------------------------------------------

CREATE FUNCTION kam._portfolio_limits(plan_year int, rule_set text, OUT name text, OUT minimum numeric, OUT maximum numeric)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	name := coalesce(rule_set, kam.rule_set_in_force(plan_year));
	SELECT r.portfolio_min, r.portfolio_max INTO minimum, maximum
	FROM kam.rule_set AS r WHERE r.rule_set = name ORDER BY r.builtin LIMIT 1;
	/* Says in its own words that there is no such rule set. */
	PERFORM kam.weight('{}'::kam.portfolio, plan_year, rule_set);
END
$$;
COMMENT ON FUNCTION kam._portfolio_limits(int, text) IS
'Between which weights the portfolio of one key account manager has to be (6.1.2.1). Errors as kam.weight.';

CREATE FUNCTION kam._portfolio_load(names text[], mixes kam.portfolio[], plan_year int, rule_set text)
RETURNS TABLE (place bigint, name text, mix kam.portfolio, weight numeric, state text, away numeric, rank bigint)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 ROWS 100
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	limits record := kam._portfolio_limits(plan_year, rule_set);
BEGIN
	PERFORM kam._check_same_length(cardinality(names), cardinality(mixes));
	RETURN QUERY
	SELECT l.place, l.name, l.mix, l.weight, l.state, l.away,
		row_number() OVER (ORDER BY CASE l.state WHEN 'above' THEN 1 WHEN 'below' THEN 2 ELSE 3 END, l.place)
	FROM (
		SELECT w.*,
			CASE WHEN w.weight > limits.maximum THEN 'above' WHEN coalesce(w.weight, 0) = 0 THEN 'none'
				WHEN w.weight < limits.minimum THEN 'below' ELSE 'within' END AS state,
			CASE WHEN w.weight > limits.maximum THEN w.weight - limits.maximum
				WHEN w.weight < limits.minimum AND w.weight > 0 THEN limits.minimum - w.weight END AS away
		FROM (
			SELECT n.place, n.name, n.mix, kam.weight(n.mix, _portfolio_load.plan_year, _portfolio_load.rule_set) AS weight
			FROM unnest(names, mixes) WITH ORDINALITY AS n (name, mix, place)) AS w) AS l;
END
$$;
COMMENT ON FUNCTION kam._portfolio_load(text[], kam.portfolio[], int, text) IS
'What each key account manager carries, and how far from the limits (6.1.2.1, R13): above, below, within, none. By rank, those outside the limits come first.';

CREATE FUNCTION kam._portfolio_words(names text[], mixes kam.portfolio[], plan_year int, rule_set text, OUT th text, OUT en text)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	SELECT format(unistr('%s คน: เกิน %s ต่ำกว่า %s อยู่ในเกณฑ์ %s ไม่มีลูกค้าที่นับ %s'), n.everybody, n.above, n.below, n.within, n.none),
		format('%s KAMRs: above %s, below %s, within %s, without counted accounts %s', n.everybody, n.above, n.below, n.within, n.none)
	INTO th, en
	FROM (
		SELECT kam._grouped(count(*)) AS everybody, kam._grouped(count(*) FILTER (WHERE l.state = 'above')) AS above,
			kam._grouped(count(*) FILTER (WHERE l.state = 'below')) AS below,
			kam._grouped(count(*) FILTER (WHERE l.state = 'within')) AS within,
			kam._grouped(count(*) FILTER (WHERE l.state = 'none')) AS none
		FROM kam._portfolio_load(names, mixes, plan_year, rule_set) AS l) AS n;
END
$$;
COMMENT ON FUNCTION kam._portfolio_words(text[], kam.portfolio[], int, text) IS
'How many key account managers are above, below and within the limits, in Thai and English.';

CREATE FUNCTION kam._load_axis(heaviest numeric, maximum numeric) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	/* At most twice the limit: one heavy portfolio is not to press all others flat. */
	RETURN CASE WHEN maximum > 0 THEN greatest(maximum * 1.25, least(heaviest, maximum * 2)) ELSE greatest(heaviest, 1) END;
END
$$;
COMMENT ON FUNCTION kam._load_axis(numeric, numeric) IS 'Up to which weight portfolios are drawn; what is heavier is cut, and says so.';

CREATE FUNCTION kam._load_segment(mix kam.portfolio, plan_year int, rule_set text)
RETURNS TABLE (tier kam.tier, from_weight numeric, to_weight numeric)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100 ROWS 4
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN QUERY
	SELECT s.tier, s.up_to_here - s.weight, s.up_to_here
	FROM (
		SELECT t.tier, w.weight, sum(w.weight) OVER (ORDER BY t.tier DESC) AS up_to_here
		FROM unnest('{Strategic,Star,Status,Streamline}'::kam.tier[]) AS t (tier),
			LATERAL (SELECT kam.count(mix, t.tier) * kam.weight(t.tier, plan_year, rule_set)) AS w (weight)) AS s
	WHERE s.weight > 0;
END
$$;
COMMENT ON FUNCTION kam._load_segment(kam.portfolio, int, text) IS 'What each tier adds to the weight of a portfolio, one after the other.';

CREATE FUNCTION kam._load_bar(mix kam.portfolio, y numeric, axis numeric, plan_year int, rule_set text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN (
		SELECT coalesce(string_agg(kam._svg_rect(214 + 306 * s.from_weight / axis, y,
				306 * (least(s.to_weight, axis) - s.from_weight) / axis, 14, kam._tier_look(s.tier)), '' ORDER BY s.from_weight), '')
			/* Cut, where it would go on. */
			|| CASE WHEN max(s.to_weight) > axis THEN
				kam._svg_path(509, y - 3, 'l4 5l-4 5l4 5l-4 5', 'fill="none" stroke="#ffffff" stroke-width="3"') ELSE '' END
		FROM kam._load_segment(mix, plan_year, rule_set) AS s
		WHERE s.from_weight < axis);
END
$$;
COMMENT ON FUNCTION kam._load_bar(kam.portfolio, numeric, numeric, int, text) IS
'A portfolio as a bar, a segment for each tier, as long as it weighs.';

CREATE FUNCTION kam.load_picture(names text[], mixes kam.portfolio[], title text DEFAULT NULL, plan_year int DEFAULT NULL,
	rule_set text DEFAULT NULL)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	grey constant text := 'fill="#52606d"';
	right_aligned constant text := 'text-anchor="end"';
	/* As many as there is room for on a page of A4. */
	most constant int := 30;
	limits record := kam._portfolio_limits(plan_year, rule_set);
	words record := kam._portfolio_words(names, mixes, plan_year, rule_set);
	everybody int := coalesce(cardinality(names), 0);
	bottom numeric := 112 + 26 * least(everybody, most);
	axis numeric;
	described text := '';
	body text;
	l record;
	y numeric := 112;
	x numeric;
BEGIN
	axis := kam._load_axis((SELECT max(p.weight) FROM kam._portfolio_load(names, mixes, plan_year, rule_set) AS p),
		limits.maximum);
	body := kam._svg_text(16, 54, format(unistr('เกณฑ์ต่อคน %s–%s — limits per KAMR, 6.1.2.1, rule set %s'),
			limits.minimum, limits.maximum, limits.name), grey)
		|| kam._svg_rect(214 + 306 * limits.minimum / axis, 102, 306 * (limits.maximum - limits.minimum) / axis,
			bottom - 102, 'fill="#eaf0f5"')
		|| kam._svg_text(214 + 306 * limits.minimum / axis, 94, limits.minimum::text,
			CASE WHEN 306 * (limits.maximum - limits.minimum) / axis < 50 THEN right_aligned ELSE 'text-anchor="middle"' END)
		|| kam._svg_text(214 + 306 * limits.maximum / axis, 94, limits.maximum::text,
			CASE WHEN 306 * (limits.maximum - limits.minimum) / axis < 50 THEN '' ELSE 'text-anchor="middle"' END)
		|| kam._svg_text(16, 94, 'KAMR', grey)
		|| kam._svg_text(574, 94, unistr('น้ำหนัก'), grey || ' ' || right_aligned);
	FOR l IN
		SELECT * FROM kam._portfolio_load(names, mixes, plan_year, rule_set) AS p
		WHERE p.rank <= most ORDER BY p.place
	LOOP
		described := described || format(' %s %s (%s)%s;', coalesce(kam._fit(l.name, 60), unistr('–')),
			coalesce(l.weight::text, unistr('–')), coalesce(translate(l.mix::text, '{}', ''), unistr('–')),
			CASE l.state WHEN 'above' THEN unistr(' เกิน above') WHEN 'below' THEN unistr(' ต่ำกว่า below') ELSE '' END);
		body := body || kam._svg_text(16, y + 15, kam._fit(l.name, 1350, true))
			|| kam._load_bar(l.mix, y + 3, axis, plan_year, rule_set)
			|| kam._svg_text(574, y + 15, l.weight::text, right_aligned)
			|| CASE l.state
				WHEN 'above' THEN kam._svg_path(588, y + 15, 'h12l-6 -11z', 'fill="#a61b1b"')
					|| kam._svg_text(606, y + 15, unistr('เกิน +') || l.away, 'font-weight="bold" fill="#a61b1b"')
				WHEN 'below' THEN kam._svg_path(589, y + 5, 'h10l-5 9z', 'fill="#ffffff" stroke="#9c4a00" stroke-width="1.5"')
					|| kam._svg_text(606, y + 15, unistr('ขาด −') || l.away, 'fill="#9c4a00"')
				ELSE '' END;
		y := y + 26;
	END LOOP;
	/* The limits, in front of the bars. */
	body := body || kam._svg_path(214, 102, 'V' || bottom, 'stroke="#7b8794"')
		|| kam._svg_path(214 + 306 * limits.minimum / axis, 102, 'V' || bottom, 'stroke="#1f2933" stroke-dasharray="2 3"')
		|| kam._svg_path(214 + 306 * limits.maximum / axis, 102, 'V' || bottom, 'stroke="#1f2933" stroke-width="1.5"');
	y := bottom + 30;
	x := 16;
	FOR l IN
		SELECT t.tier, kam.weight(t.tier, plan_year, rule_set) AS weight
		FROM unnest('{Strategic,Star,Status,Streamline}'::kam.tier[]) AS t (tier)
		WHERE kam.weight(t.tier, plan_year, rule_set) > 0 ORDER BY t.tier DESC
	LOOP
		body := body || kam._svg_rect(x, y - 11, 14, 12, kam._tier_look(l.tier))
			|| kam._svg_text(x + 20, y, format(unistr('%s × %s'), l.tier, l.weight));
		x := x + 140;
	END LOOP;
	body := body || kam._svg_text(16, y + 24, words.th) || kam._svg_text(16, y + 46, words.en, grey);
	IF everybody > most THEN
		y := y + 22;
		body := body || kam._svg_text(16, y + 46, format(unistr('แสดง %1$s จาก %2$s คน คนที่อยู่นอกเกณฑ์ก่อน — %1$s of %2$s shown, those outside the limits first'),
			most, kam._grouped(everybody)));
	END IF;
	RETURN kam._svg(y + 62, title, unistr('ภาระงานของพนักงานบริหารลูกค้ารายสำคัญ — Portfolio load of KAMRs'),
		format(unistr('เกณฑ์ต่อคน %1$s–%2$s %3$s. Limits per KAMR %1$s to %2$s. %4$s.%5$s'), limits.minimum, limits.maximum, words.th, words.en,
			described), body);
END
$$;
COMMENT ON FUNCTION kam.load_picture(text[], kam.portfolio[], text, int, text) IS
'What key account managers carry (6.1.2.1) as SVG: a bar for each with its weight, between the limits of the rule set. Of more than 30 people those outside the limits come first, and the others are counted. Error 22023 for arrays of different lengths; otherwise as kam.weight.';

CREATE FUNCTION kam._load_text(mix kam.portfolio, axis numeric, limits record, columns int, plan_year int, rule_set text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	line text := repeat(' ', columns);
	s record;
	edge int;
BEGIN
	FOREACH edge IN ARRAY ARRAY[round(columns * limits.minimum / axis), round(columns * limits.maximum / axis)]::int[] LOOP
		line := overlay(line PLACING ':' FROM least(edge + 1, columns) FOR 1);
	END LOOP;
	FOR s IN
		SELECT t.tier, round(columns * t.from_weight / axis)::int AS first, round(columns * least(t.to_weight, axis) / axis)::int AS last
		FROM kam._load_segment(mix, plan_year, rule_set) AS t WHERE t.from_weight < axis
	LOOP
		line := overlay(line PLACING repeat(CASE s.tier WHEN 'Strategic' THEN '#' WHEN 'Star' THEN '=' WHEN 'Status' THEN '-' ELSE '.' END,
			s.last - s.first) FROM s.first + 1);
	END LOOP;
	RETURN line;
END
$$;
COMMENT ON FUNCTION kam._load_text(kam.portfolio, numeric, record, int, int, text) IS
'A portfolio as a bar of so many columns: # Strategic, = Star, - Status, with : at the limits.';

CREATE FUNCTION kam.load_text(names text[], mixes kam.portfolio[], plan_year int DEFAULT NULL, rule_set text DEFAULT NULL,
	title text DEFAULT NULL)
RETURNS SETOF text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 20
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	columns constant int := 30;
	limits record := kam._portfolio_limits(plan_year, rule_set);
	words record := kam._portfolio_words(names, mixes, plan_year, rule_set);
	axis numeric;
BEGIN
	axis := kam._load_axis((SELECT max(p.weight) FROM kam._portfolio_load(names, mixes, plan_year, rule_set) AS p),
		limits.maximum);
	IF kam._fit(title, 78) IS NOT NULL THEN
		RETURN NEXT kam._fit(title, 78);
	END IF;
	RETURN NEXT kam._pad(format('KAMR (%s)', limits.name), 25) || kam._load_text('{}', axis, limits, columns, plan_year, rule_set)
		|| '  ' || kam._fit(format('%s - %s', limits.minimum, limits.maximum), 20);
	RETURN QUERY
	SELECT rtrim(kam._pad(coalesce(kam._fit(l.name, 24), '-'), 25) || kam._load_text(l.mix, axis, limits, columns, plan_year, rule_set)
		|| CASE WHEN length(l.weight::text) <= 6 THEN lpad(l.weight::text, 6) ELSE ' ' || coalesce(l.weight::text, '    -') END
		|| coalesce('  ' || kam._fit(CASE l.state WHEN 'above' THEN format(unistr('เกิน above +%s'), l.away)
			WHEN 'below' THEN format(unistr('ขาด below -%s'), l.away) END, 16), ''))
	FROM kam._portfolio_load(names, mixes, plan_year, rule_set) AS l ORDER BY l.place;
	RETURN NEXT (
		SELECT string_agg(format('%s %s x %s', CASE t.tier WHEN 'Strategic' THEN '#' WHEN 'Star' THEN '=' WHEN 'Status' THEN '-' ELSE '.' END,
			t.tier, kam.weight(t.tier, plan_year, rule_set)), '   ' ORDER BY t.tier DESC)
		FROM unnest('{Strategic,Star,Status,Streamline}'::kam.tier[]) AS t (tier)
		WHERE kam.weight(t.tier, plan_year, rule_set) > 0);
	RETURN NEXT words.th;
	RETURN NEXT words.en;
END
$$;
COMMENT ON FUNCTION kam.load_text(text[], kam.portfolio[], int, text, text) IS
'What key account managers carry (6.1.2.1) in at most 80 columns of a terminal, a row per line. Errors as kam.load_picture.';

-- ---- a figure over time ---------------------------------------------------------------

CREATE FUNCTION kam._axis_step(distance numeric) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	power numeric := 10::numeric ^ floor(log(distance / 5));
BEGIN
	RETURN (SELECT min(trim_scale(power * f)) FROM unnest('{1,2,2.5,5,10}'::numeric[]) AS f WHERE power * f >= distance / 5);
END
$$;
COMMENT ON FUNCTION kam._axis_step(numeric) IS 'A round number, five of which or less make the distance.';

CREATE FUNCTION kam._check_figures(figures numeric[]) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	wrong numeric := (SELECT f FROM unnest(figures) AS f WHERE NOT abs(f) < 1e100 LIMIT 1);
BEGIN
	IF wrong IS NOT NULL THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('%s cannot be drawn', left(wrong::text, 20)),
			HINT = 'Give numbers of a common size, and NULL where there is no figure.';
	END IF;
END
$$;
COMMENT ON FUNCTION kam._check_figures(numeric[]) IS 'Refuses (22023) NaN, the infinities, and numbers of more than 100 digits.';

CREATE FUNCTION kam._figure(value numeric, decimals int, unit text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN CASE WHEN abs(value) < 1000000000 THEN round(value, decimals)::text ELSE btrim(to_char(value, '9.99EEEE')) END
		|| coalesce(' ' || kam._fit(unit, 20), '');
END
$$;
COMMENT ON FUNCTION kam._figure(numeric, int, text) IS
'A number with so many decimals, from 1,000 millions on as 1.23e+09; with its unit.';

CREATE FUNCTION kam._trend_words(labels text[], figures numeric[], target numeric, unit text, decimals int) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN (
		SELECT format(unistr('%1$s งวด มีค่า %2$s งวด%3$s. %1$s periods, %2$s of them with a figure%4$s.%5$s'),
			count(*), count(t.figure),
			coalesce(unistr(' เป้าหมาย ') || kam._figure(target, decimals, unit), ''),
			coalesce(', target ' || kam._figure(target, decimals, unit), ''),
			string_agg(format(' %s: %s;', coalesce(kam._fit(t.label, 60), unistr('–')),
				coalesce(kam._figure(t.figure, decimals, unit), unistr('ไม่มี none'))), '' ORDER BY t.place))
		FROM unnest(labels, figures) WITH ORDINALITY AS t (label, figure, place));
END
$$;
COMMENT ON FUNCTION kam._trend_words(text[], numeric[], numeric, text, int) IS 'A figure over time in words, Thai and English.';

CREATE FUNCTION kam.trend_picture(labels text[], figures numeric[], target numeric DEFAULT NULL, title text DEFAULT NULL,
	axis_end numeric DEFAULT 100, unit text DEFAULT '%')
RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 100000
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	grey constant text := 'fill="#52606d"';
	middle constant text := 'text-anchor="middle"';
	/* Around a number, so that it is read where a line runs through it. */
	halo constant text := 'stroke="#ffffff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"';
	most constant int := 60;
	left_x constant numeric := 64;
	right_x constant numeric := 628;
	margin numeric;
	base constant numeric := 280;
	roof constant numeric := 96;
	everything int := coalesce(cardinality(figures), 0);
	decimals int;
	low numeric;
	high numeric;
	step numeric;
	slot numeric;
	every_label int;
	figure_width numeric;
	latest text;
	body text;
	p record;
BEGIN
	PERFORM kam._check_same_length(cardinality(labels), cardinality(figures));
	PERFORM kam._check_figures(figures || ARRAY[target, axis_end]);
	/* The last ones, of more than there is room for. */
	SELECT array_agg(t.label ORDER BY t.place), array_agg(t.figure ORDER BY t.place) INTO labels, figures
	FROM unnest(labels, figures) WITH ORDINALITY AS t (label, figure, place) WHERE t.place > everything - most;
	decimals := least(coalesce((SELECT max(min_scale(f)) FROM unnest(figures || target) AS f), 0), 2);
	low := least(0, target, (SELECT min(f) FROM unnest(figures) AS f));
	high := greatest(axis_end, target, (SELECT max(f) FROM unnest(figures) AS f), low);
	high := CASE WHEN high - low < 0.001 THEN low + 1 ELSE high END;
	step := kam._axis_step(high - low);
	low := floor(low / step) * step;
	high := CASE WHEN high = axis_end THEN high ELSE ceil(high / step) * step END;
	/* The first and the last figure stay off both ends. */
	margin := greatest(0, 24 - (right_x - left_x) / greatest(least(everything, most), 1) / 2);
	slot := (right_x - left_x - 2 * margin) / greatest(least(everything, most), 1);
	every_label := ceil((SELECT max(kam._text_width(kam._fit(l, 800, true), true)) * 0.14 + 10 FROM unnest(labels) AS l) / slot);
	figure_width := (SELECT max(length(kam._figure(f, decimals))) * 7.2 + 5 FROM unnest(figures) AS f);
	latest := (SELECT concat_ws(' ', kam._fit(t.label, 30), kam._figure(t.figure, decimals, unit))
		FROM unnest(labels, figures) WITH ORDINALITY AS t (label, figure, place)
		WHERE t.figure IS NOT NULL ORDER BY t.place DESC LIMIT 1);

	body := kam._svg_text(16, 54, concat_ws(unistr(' — '),
			coalesce(unistr('ล่าสุด latest ') || latest, unistr('ไม่มีข้อมูล no figures')),
			unistr('เป้าหมาย target ') || kam._figure(target, decimals, unit),
			CASE WHEN everything > most
				THEN format(unistr('%1$s งวดท้ายจาก %2$s, last %1$s of %2$s periods'), most, kam._grouped(everything)) END), grey)
		|| (SELECT string_agg(
			kam._svg_path(left_x, base - (base - roof) * (v - low) / (high - low), 'H' || right_x,
				CASE v WHEN 0 THEN 'stroke="#7b8794"' ELSE 'stroke="#e1e6eb"' END)
			|| kam._svg_text(left_x - 8, base - (base - roof) * (v - low) / (high - low) + 5,
				kam._figure(v, least(min_scale(step), 6)), grey || ' text-anchor="end"'), '' ORDER BY v)
			FROM generate_series(low, high, step) AS v);
	IF target IS NOT NULL THEN
		body := body || kam._svg_path(left_x, base - (base - roof) * (target - low) / (high - low), 'H' || right_x + 4,
				'stroke="#9c4a00" stroke-width="1.5" stroke-dasharray="7 4"')
			|| kam._svg_text(right_x + 10, base - (base - roof) * (target - low) / (high - low) + 5,
				unistr('เป้า ') || kam._figure(target, decimals), 'fill="#9c4a00"');
	END IF;
	/* A line through what follows on each other, broken where there is nothing. */
	body := body || coalesce((
		SELECT string_agg(r.points, '' ORDER BY r.run)
		FROM (
			SELECT q.run, format(E'<polyline points="%s" fill="none" stroke="#0b3c5d" stroke-width="2"/>\n',
				string_agg(format('%s,%s', trim_scale(round(left_x + margin + slot * (q.place - 0.5), 1)),
					trim_scale(round(base - (base - roof) * (q.figure - low) / (high - low), 1))), ' ' ORDER BY q.place)) AS points
			FROM (
				SELECT t.place, t.figure, t.place - row_number() OVER (ORDER BY t.place) AS run
				FROM unnest(figures) WITH ORDINALITY AS t (figure, place) WHERE t.figure IS NOT NULL) AS q
			GROUP BY q.run HAVING count(*) > 1) AS r), '');
	FOR p IN
		SELECT t.*, left_x + margin + slot * (t.place - 0.5) AS x, base - (base - roof) * (t.figure - low) / (high - low) AS y,
			count(*) OVER () - t.place AS after,
			/* In a valley of the line, and where the target runs close above, the number stands below. */
			coalesce(t.figure < lag(t.figure) OVER o, true) AND coalesce(t.figure < lead(t.figure) OVER o, true)
				AND coalesce(lag(t.figure) OVER o, lead(t.figure) OVER o) IS NOT NULL
				OR coalesce((base - roof) * (target - t.figure) / (high - low) BETWEEN 4 AND 28, false) AS below,
			/* Where they do not all have room: the greatest and the least. */
			slot >= figure_width OR count(*) OVER () = t.place
				OR slot * (count(*) OVER () - t.place) > figure_width
					AND (row_number() OVER (ORDER BY t.figure DESC NULLS LAST, t.place) = 1
						OR row_number() OVER (ORDER BY t.figure, t.place) = 1) AS numbered
		FROM unnest(labels, figures) WITH ORDINALITY AS t (label, figure, place)
		WINDOW o AS (ORDER BY t.place) ORDER BY t.place
	LOOP
		IF p.after % every_label = 0 THEN
			body := body || kam._svg_text(p.x, base + 24, kam._fit(p.label, 800, true), middle);
		END IF;
		IF p.figure IS NULL THEN
			body := body || kam._svg_text(p.x, base - 8, unistr('–'), middle || ' ' || grey);
			CONTINUE;
		END IF;
		body := body || format(E'<circle cx="%s" cy="%s" r="%s" fill="#0b3c5d"/>\n', trim_scale(round(p.x, 1)),
			trim_scale(round(p.y, 1)), CASE p.after WHEN 0 THEN 5 ELSE 3.5 END);
		IF p.numbered THEN
			body := body || kam._svg_text(p.x, p.y + CASE WHEN p.below AND p.y + 21 < base THEN 21 ELSE -10 END, kam._figure(p.figure, decimals),
				middle || ' ' || halo || CASE p.after WHEN 0 THEN ' font-weight="bold"' ELSE '' END);
		END IF;
	END LOOP;
	RETURN kam._svg(base + 44, title, unistr('แนวโน้มของตัวชี้วัด — Trend of a figure'),
		kam._trend_words(labels, figures, target, unit, decimals), body);
END
$$;
COMMENT ON FUNCTION kam.trend_picture(text[], numeric[], numeric, text, numeric, text) IS
'A figure over months or quarters as SVG, with its target as a line; NULL is a gap. axis_end: 100 for percent, the scale of a score; greater figures lengthen the axis. Of more than 60 periods the last. Error 22023 for arrays of different lengths, and for what is no number.';

-- ---- a year of deadlines --------------------------------------------------------------

CREATE FUNCTION kam._deadline_state()
RETURNS TABLE (state text, urgency int, name_th text)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10 ROWS 5
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN QUERY VALUES ('met', 4, unistr('ทันกำหนด')), ('met late', 3, unistr('เสร็จช้า')),
		('overdue', 1, unistr('เกินกำหนด')), ('due soon', 2, unistr('ใกล้ครบกำหนด')), ('due', 5, unistr('ยังไม่ถึงกำหนด'));
END
$$;
COMMENT ON FUNCTION kam._deadline_state() IS 'The states of a deadline, the most urgent by the lowest number, and what they are called.';

CREATE FUNCTION kam._deadline_mark(state text, x numeric, y numeric) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	disc constant text := 'm-7 0a7 7 0 1 0 14 0a7 7 0 1 0 -14 0';
	tick constant text := 'm-3.5 0.5l2.5 3l5 -6';
BEGIN
	RETURN CASE state
		WHEN 'met' THEN kam._svg_path(x, y, disc, 'fill="#0b3c5d" stroke="#0b3c5d"')
			|| kam._svg_path(x, y, tick, 'fill="none" stroke="#ffffff" stroke-width="2"')
		WHEN 'met late' THEN kam._svg_path(x, y, disc, 'fill="#ffffff" stroke="#0b3c5d" stroke-width="1.5" stroke-dasharray="3 1.5"')
			|| kam._svg_path(x, y, tick, 'fill="none" stroke="#0b3c5d" stroke-width="2"')
		WHEN 'overdue' THEN kam._svg_path(x, y, 'm0 -9l9 9l-9 9l-9 -9z', 'fill="#a61b1b"')
			|| kam._svg_path(x, y, 'm0 -5v6m0 2v2.5', 'stroke="#ffffff" stroke-width="2"')
		WHEN 'due soon' THEN kam._svg_path(x, y, disc, 'fill="#ffffff" stroke="#9c4a00" stroke-width="2"')
			|| kam._svg_path(x, y, 'm0 -7a7 7 0 0 1 0 14z', 'fill="#9c4a00"')
		WHEN 'due' THEN kam._svg_path(x, y, 'm-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0', 'fill="#ffffff" stroke="#7b8794" stroke-width="1.5"')
		ELSE kam._svg_text(x, y + 5, '?', 'text-anchor="middle"') END;
END
$$;
COMMENT ON FUNCTION kam._deadline_mark(text, numeric, numeric) IS
'A deadline''s state as a mark, which differs by its shape: a tick for met, in a broken ring when late, a diamond for overdue.';

CREATE FUNCTION kam._calendar_entry(due_on date[], states text[], labels text[], plan_year int)
RETURNS TABLE (place bigint, label text, day date, state text, month int, line bigint)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 ROWS 20
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	wrong text;
BEGIN
	PERFORM kam._check_same_length(cardinality(due_on), cardinality(states), cardinality(labels));
	wrong := (SELECT u.state FROM unnest(states) AS u (state)
		WHERE u.state IS NOT NULL AND u.state COLLATE "C" NOT IN (SELECT s.state FROM kam._deadline_state() AS s) LIMIT 1);
	IF wrong IS NOT NULL THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('a deadline has no state "%s"', left(wrong, 60)),
			HINT = format('The states are: %s.', (SELECT string_agg(s.state, ', ' ORDER BY s.urgency) FROM kam._deadline_state() AS s));
	END IF;
	RETURN QUERY
	SELECT m.place, m.label, m.day, m.state, m.month,
		row_number() OVER (PARTITION BY m.label COLLATE "C", m.month ORDER BY m.day, m.place)
	FROM (
		SELECT e.place, coalesce(nullif(kam._one_line(e.label), ''), unistr('–')) AS label, e.day, e.state,
			/* From November of the year before to January of the year after. */
			CASE WHEN e.day >= make_date(plan_year - 1, 11, 1) AND e.day < make_date(plan_year + 1, 2, 1) THEN
				(extract(year FROM e.day)::int - plan_year) * 12 + extract(month FROM e.day)::int + 1 END AS month
		FROM unnest(due_on, states, labels) WITH ORDINALITY AS e (day, state, label, place)) AS m;
END
$$;
COMMENT ON FUNCTION kam._calendar_entry(date[], text[], text[], int) IS
'Deadlines by month, 0 for November of the year before, 14 for January of the year after, NULL for others; line: the how manieth of a month and label. Error 22023 for unknown states and arrays of different lengths.';

CREATE FUNCTION kam._calendar_row(due_on date[], states text[], labels text[], plan_year int)
RETURNS TABLE (label text, first_day date, lines int, y bigint, fits boolean)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 ROWS 20
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN QUERY
	SELECT f.label, f.first_day, f.lines,
		sum(26 + 22 * f.lines) FILTER (WHERE f.fits) OVER (ORDER BY f.first_day, f.label COLLATE "C") - 26 - 22 * f.lines, f.fits
	FROM (
		/* The page is filled by urgency, and read by day. */
		SELECT r.*, sum(26 + 22 * r.lines) OVER (ORDER BY r.urgency, r.first_day, r.label COLLATE "C") <= 800 AS fits
		FROM (
			SELECT e.label, min(e.day) AS first_day, least(max(e.line), 5)::int AS lines, min(s.urgency) AS urgency
			FROM kam._calendar_entry(due_on, states, labels, plan_year) AS e LEFT JOIN kam._deadline_state() AS s USING (state)
			WHERE e.month IS NOT NULL
			GROUP BY e.label) AS r) AS f;
END
$$;
COMMENT ON FUNCTION kam._calendar_row(date[], text[], text[], int) IS
'The rows of a calendar, one for each label: how high, where, and whether they find room on a page.';

CREATE FUNCTION kam._calendar_words(due_on date[], states text[], labels text[], plan_year int) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN (
		SELECT format(unistr('กำหนดเวลา %1$s รายการ. %1$s deadlines.%2$s'), kam._grouped(count(*)),
			coalesce(string_agg(format(' %s: %s %s %s;', kam._fit(e.label, 60),
				CASE WHEN e.day BETWEEN '1941-01-01'::date AND '9999-12-31'::date THEN kam.thai_date(e.day, 'medium') ELSE unistr('–') END,
				coalesce(s.name_th, unistr('–')), coalesce(s.state, '')), '' ORDER BY e.day, e.place) FILTER (WHERE e.place <= 100), ''))
		FROM kam._calendar_entry(due_on, states, labels, plan_year) AS e LEFT JOIN kam._deadline_state() AS s USING (state));
END
$$;
COMMENT ON FUNCTION kam._calendar_words(date[], text[], text[], int) IS 'Deadlines in words, Thai and English; the first 100.';

CREATE FUNCTION kam._calendar_head(plan_year int, bottom numeric) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	middle constant text := 'text-anchor="middle"';
BEGIN
	RETURN (
		SELECT string_agg(
			kam._svg_text(39 + 46 * m, 88, split_part(kam.thai_date(month.first, 'medium'), ' ', 2), middle)
			|| kam._svg_text(39 + 46 * m, 106, (ARRAY['Jan','Feb','Mar','Apr','May','Jun','Jul','Aug','Sep','Oct','Nov','Dec'])
				[extract(month FROM month.first)::int], middle || ' fill="#52606d"')
			|| CASE WHEN m > 0 THEN kam._svg_path(16 + 46 * m, CASE WHEN m IN (2, 14) THEN 56 ELSE 112 END, 'V' || bottom,
				CASE WHEN m IN (2, 14) THEN 'stroke="#7b8794"' ELSE 'stroke="#e1e6eb"' END) ELSE '' END, '' ORDER BY m)
		FROM generate_series(0, 14) AS m,
			LATERAL (SELECT (make_date(plan_year - 1, 11, 1) + make_interval(months => m))::date) AS month (first))
		|| kam._svg_text(22, 66, format('%s', plan_year + 542), 'font-weight="bold"')
		|| kam._svg_text(114, 66, format(unistr('พ.ศ. %s (%s)'), plan_year + 543, plan_year), 'font-weight="bold"')
		|| kam._svg_text(666, 66, format('%s', plan_year + 544), 'font-weight="bold"');
END
$$;
COMMENT ON FUNCTION kam._calendar_head(int, numeric) IS 'The months of a plan year, from November before to January after, and lines between them.';

CREATE FUNCTION kam.calendar_picture(due_on date[], states text[], labels text[], plan_year int, title text DEFAULT NULL)
RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 100000
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	grey constant text := 'fill="#52606d"';
	top constant numeric := 118;
	bottom numeric;
	body text;
	not_shown bigint;
	y numeric;
BEGIN
	IF plan_year NOT BETWEEN 1942 AND 2399 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('plan year %s is out of range', plan_year),
			HINT = 'Give a year of the common era, from 1942 to 2399: for B.E. 2569 write 2026.';
	ELSIF plan_year IS NULL THEN
		RETURN NULL;
	END IF;
	bottom := top + coalesce((SELECT sum(26 + 22 * r.lines) FROM kam._calendar_row(due_on, states, labels, plan_year) AS r WHERE r.fits), 30);
	body := kam._calendar_head(plan_year, bottom)
		|| coalesce((
			SELECT string_agg(kam._svg_path(16, top + r.y, 'H706', 'stroke="#cbd2d9"')
				|| kam._svg_rect(16, top + r.y + 1, 690, 24, 'fill="#ffffff"')
				|| kam._svg_text(16, top + r.y + 18, kam._fit(r.label, 4800, true)), '' ORDER BY r.y)
			FROM kam._calendar_row(due_on, states, labels, plan_year) AS r WHERE r.fits), '')
		|| coalesce((
			SELECT string_agg(
				CASE WHEN e.line < 5 OR e.in_all = 5 THEN
					kam._deadline_mark(e.state, 28 + 46 * e.month, top + r.y + 15 + 22 * e.line)
					|| kam._svg_text(40 + 46 * e.month, top + r.y + 20 + 22 * e.line, extract(day FROM e.day)::text)
				ELSE kam._svg_text(28 + 46 * e.month, top + r.y + 20 + 22 * e.line, '+' || e.in_all - 4) END,
				'' ORDER BY r.y, e.month, e.line)
			FROM (
				SELECT c.*, count(*) OVER (PARTITION BY c.label COLLATE "C", c.month) AS in_all
				FROM kam._calendar_entry(due_on, states, labels, plan_year) AS c WHERE c.month IS NOT NULL) AS e
			JOIN kam._calendar_row(due_on, states, labels, plan_year) AS r ON r.label COLLATE "C" = e.label AND r.fits
			WHERE e.line <= 5), '')
		|| kam._svg_path(16, bottom, 'H706', 'stroke="#cbd2d9"');
	y := bottom + 28;
	body := body || (
		SELECT string_agg(kam._deadline_mark(s.state, 25 + 232 * (s.nth % 3), y - 5 + 24 * (s.nth / 3))
			|| kam._svg_text(40 + 232 * (s.nth % 3), y + 24 * (s.nth / 3), format('%s %s: %s', s.name_th, s.state, s.deadlines)),
			'' ORDER BY s.nth)
		FROM (
			SELECT d.*, row_number() OVER (ORDER BY d.urgency DESC) - 1 AS nth, (
				SELECT kam._grouped(count(*)) FROM unnest(states) AS u (state) WHERE u.state COLLATE "C" = d.state) AS deadlines
			FROM kam._deadline_state() AS d) AS s);
	not_shown := (
		SELECT count(*) FROM kam._calendar_entry(due_on, states, labels, plan_year) AS e
		WHERE e.month IS NULL OR NOT EXISTS (
			SELECT FROM kam._calendar_row(due_on, states, labels, plan_year) AS r WHERE r.fits AND r.label COLLATE "C" = e.label));
	IF not_shown > 0 THEN
		body := body || kam._svg_text(16, y + 48, format(unistr('อีก %1$s รายการไม่ได้แสดง — %1$s more: without a day, outside these months, or no room'),
			kam._grouped(not_shown)), grey);
		y := y + 24;
	END IF;
	RETURN kam._svg(y + 42, title, unistr('ปฏิทินกำหนดเวลา — Deadlines of the year'),
		kam._calendar_words(due_on, states, labels, plan_year), body);
END
$$;
COMMENT ON FUNCTION kam.calendar_picture(date[], text[], text[], int, text) IS
'Deadlines of a plan year as SVG, from November before to January after: a row for each label, a mark with the day for each deadline, by its state. What finds no room on a page is counted, the most urgent come first. Error 22023 for unknown states, a year out of range, and arrays of different lengths. NULL for a NULL year.';
