/*
 * Pictures as SVG, and the same as text for a terminal, from plain data.
 *
 * A picture is 720 units wide and no letter in it is below 14 of them, so that on A4 all are 9 points or
 * more. It is read in grey as in colour: what a colour says, a shape, a word or a number says too. Every
 * text in it is written by kam._svg_text or kam._svg, which escape it. Widths of text are estimates, on the
 * wide side: nobody knows in which font it will be set.
 *
 * Functions that are called from outside set standard_conforming_strings, for the backslashes in them and in
 * those they call.
 */

-- ---- text on one line, and as much of it as there is room for -------------------

CREATE FUNCTION kam._one_line(value text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
BEGIN
	/* More of it is never shown. The collation is named, because a user's may know nothing of patterns. */
	RETURN btrim(regexp_replace(left(value, 1000) COLLATE "C",
		'[\u0001-\u0020\u007F-\u00A0\u00AD\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF\uFFF9-\uFFFB]+',
		' ', 'g'));
END
$$;
COMMENT ON FUNCTION kam._one_line(text) IS
'The text on one line: line ends, control characters and marks of direction become blanks. At most 1,000 characters.';

CREATE FUNCTION kam._marks() RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
BEGIN
	RETURN '\u0300-\u036F\u0483-\u0489\u0591-\u05BD\u0610-\u061A\u064B-\u065F\u0900-\u0902\u093A\u093C\u0941-\u0948'
		'\u094D\u0E31\u0E34-\u0E3A\u0E47-\u0E4E\u0EB1\u0EB4-\u0EBC\u0EC8-\u0ECE\u102D-\u1030\u1032-\u1037\u1039\u103A'
		'\u103D\u103E\u1160-\u11FF\u17B4\u17B5\u17B7-\u17BD\u17C6\u17C9-\u17D3\u1AB0-\u1AFF\u1DC0-\u1DFF\u200B-\u200D'
		'\u2060-\u2064\u20D0-\u20FF\uFE00-\uFE0F\uFE20-\uFE2F';
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
	wide int := regexp_count(base, '[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF'
		'\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\U0001F300-\U0001F64F\U0001F680-\U0001F6FF\U0001F900-\U0001F9FF'
		'\U00020000-\U0003FFFD]');
BEGIN
	RETURN CASE WHEN printed THEN 62 * length(base) + 38 * wide
			- 28 * regexp_count(base, '[ !''()*,./:;I|\[\]fijlrt-]') - 14 * regexp_count(base, '[\u0E40\u0E42-\u0E44]')
			+ 10 * regexp_count(base, '[A-HJ-LN-VX-Z&]') + 34 * regexp_count(base, '[MWmw@%\u0E0C\u0E0D\u0E12\u0E13]')
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

CREATE FUNCTION kam._look(VARIADIC words text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN (
		SELECT string_agg(CASE w.word
			WHEN 'grey' THEN 'fill="#52606d"'
			WHEN 'below' THEN 'fill="#9c4a00"'
			WHEN 'above' THEN 'fill="#a61b1b"'
			WHEN 'bold' THEN 'font-weight="bold"'
			WHEN 'middle' THEN 'text-anchor="middle"'
			WHEN 'end' THEN 'text-anchor="end"'
			/* So that a number is read where a line runs through it. */
			WHEN 'halo' THEN 'stroke="#ffffff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"' END,
			' ' ORDER BY w.place)
		FROM unnest(words) WITH ORDINALITY AS w (word, place));
END
$$;
COMMENT ON FUNCTION kam._look(text[]) IS 'How a text looks, in words; gives attributes.';

CREATE FUNCTION kam._tier_look(tier kam.tier) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	/* As dark as they are heavy; Streamline, which is not counted, is next to white. */
	RETURN CASE tier
		WHEN 'Strategic' THEN 'fill="#0b3c5d" stroke="#0b3c5d"'
		WHEN 'Star' THEN 'fill="#3b82b5" stroke="#2b6690"'
		WHEN 'Status' THEN 'fill="#a9cfe8" stroke="#2b6690"'
		ELSE 'fill="#eceff2" stroke="#7b8794"' END;
END
$$;
COMMENT ON FUNCTION kam._tier_look(kam.tier) IS 'How a tier is drawn in every picture: attributes of a shape.';

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
	RETURN format(E'<rect x="%s" y="%s" width="%s" height="%s" %s/>\n', trim_scale(round(x, 1)),
		trim_scale(round(y, 1)), trim_scale(round(width, 1)), trim_scale(round(height, 1)), look);
END
$$;
COMMENT ON FUNCTION kam._svg_rect(numeric, numeric, numeric, numeric, text) IS
'A rectangle; look: attributes, as they are.';

CREATE FUNCTION kam._svg_circle(x numeric, y numeric, radius numeric, look text DEFAULT '') RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN format(E'<circle cx="%s" cy="%s" r="%s"%s/>\n', trim_scale(round(x, 1)), trim_scale(round(y, 1)), radius,
		coalesce(' ' || nullif(look, ''), ''));
END
$$;
COMMENT ON FUNCTION kam._svg_circle(numeric, numeric, numeric, text) IS 'A dot; look: attributes, as they are.';

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
	/* Smaller where it would be cut. */
	size constant int := CASE WHEN kam._text_width(full_title, true) <= 3500 THEN 18 ELSE 15 END;
	/* Its own among the pictures of a page: made of what is shown. */
	hash bytea := sha256(convert_to(concat_ws(E'\n', full_title, description, body), 'UTF8'));
	/* TH Sarabun New comes last: its letters are a third smaller than those of the others. */
	fonts constant text := '''Sarabun'',''Noto Sans Thai'',''Leelawadee UI'',''Thonburi'',''Loma'',''Garuda'','
		'''TH Sarabun New'',sans-serif';
BEGIN
	RETURN format(E'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 %1$s" width="720" height="%1$s" '
			'role="img" lang="th" aria-labelledby="%2$s-title %2$s-desc" font-family="%3$s" font-size="14" '
			'fill="#1f2933">\n'
			'<title id="%2$s-title">%4$s</title>\n<desc id="%2$s-desc">%5$s</desc>\n%6$s%7$s%8$s</svg>\n',
		trim_scale(height), 'kam-' || left(encode(hash, 'hex'), 12), fonts,
		kam.escape_markup(full_title), kam.escape_markup(description),
		kam._svg_rect(0, 0, 720, height, 'fill="#ffffff"'),
		kam._svg_text(16, 30, kam._fit(full_title, 63000 / size, true),
			format('font-size="%s" %s', size, kam._look('bold'))), body);
END
$$;
COMMENT ON FUNCTION kam._svg(numeric, text, text, text, text) IS
'A picture: body under a title, and title and description for who cannot see it.';

CREATE FUNCTION kam._check_same_length(VARIADIC lengths int[]) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF (SELECT count(DISTINCT coalesce(l, 0)) FROM unnest(lengths) AS l) > 1 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('the arrays have different lengths: %s', (
				SELECT string_agg(coalesce(e.l, 0)::text, ', ' ORDER BY e.place)
				FROM unnest(lengths) WITH ORDINALITY AS e (l, place))),
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
		SELECT format(unistr('ลูกค้ารายสำคัญรวม %1$s ราย: %2$s. Key accounts: %1$s. %3$s.'), kam._grouped(max(f.total)),
			string_agg(format(unistr('%s (มูลค่า%s กลุ่ม%s) %s ราย (%s)'), kam.display_name(f.tier),
				CASE f.down WHEN 0 THEN unistr('สูง') ELSE unistr('ปานกลางหรือต่ำ') END,
				CASE f.across WHEN 0 THEN unistr('หลัก') ELSE unistr('รอง') END, kam._grouped(f.accounts), f.share),
				', ' ORDER BY f.down, f.across),
			string_agg(format('%s (value %s, %s group) %s (%s)', kam.display_name(f.tier, 'en'),
				CASE f.down WHEN 0 THEN 'High' ELSE 'Medium or Low' END,
				CASE f.across WHEN 0 THEN 'main' ELSE 'secondary' END, kam._grouped(f.accounts), f.share),
				', ' ORDER BY f.down, f.across))
		FROM kam._matrix_field(mix) AS f);
END
$$;
COMMENT ON FUNCTION kam._matrix_words(kam.portfolio) IS 'The selection matrix in words, Thai and English.';

CREATE FUNCTION kam._matrix_axes() RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN kam._svg_text(276, 88, unistr('กลุ่มหลัก 6.1.1.2(1)'), kam._look('bold', 'middle'))
		|| kam._svg_text(276, 107, 'main group', kam._look('grey', 'middle'))
		|| kam._svg_text(564, 88, unistr('กลุ่มรอง 6.1.1.2(2)'), kam._look('bold', 'middle'))
		|| kam._svg_text(564, 107, 'secondary group', kam._look('grey', 'middle'))
		|| kam._svg_text(16, 192, unistr('มูลค่าสูง (H)'), kam._look('bold'))
		|| kam._svg_text(16, 212, 'value High', kam._look('grey'))
		|| kam._svg_text(16, 356, unistr('มูลค่าปานกลาง'), kam._look('bold'))
		|| kam._svg_text(16, 376, unistr('หรือต่ำ (M, L)'), kam._look('bold'))
		|| kam._svg_text(16, 396, 'Medium or Low', kam._look('grey'));
END
$$;
COMMENT ON FUNCTION kam._matrix_axes() IS 'What the fields of the matrix stand for.';

CREATE FUNCTION kam._matrix_marks(x numeric, y numeric, tier kam.tier, accounts bigint, total numeric, as_dots boolean)
RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF as_dots AND accounts > 0 THEN
		RETURN (
			SELECT format(E'<g %s>\n%s</g>\n', kam._tier_look(tier), string_agg(
				kam._svg_circle(x + 20 + i % 20 * 12.6, y + 82 + i / 20 * 16, 4.5), '' ORDER BY i))
			FROM generate_series(0, accounts::int - 1) AS i);
	ELSIF as_dots THEN
		RETURN '';
	END IF;
	RETURN kam._svg_rect(x + 14, y + 96, 252, 26, 'fill="none" stroke="#cbd2d9"')
		|| CASE WHEN accounts = 0 THEN '' ELSE
			kam._svg_rect(x + 14, y + 96, greatest(252.0 * accounts / total, 1), 26, kam._tier_look(tier)) END;
END
$$;
COMMENT ON FUNCTION kam._matrix_marks(numeric, numeric, kam.tier, bigint, numeric, boolean) IS
'The accounts of a field: a dot for each, in rows of twenty, or a bar of their share.';

CREATE FUNCTION kam.kasm_picture(mix kam.portfolio, title text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10000
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	/* Five rows of twenty. Where a field has more, all are bars: a bar beside dots would not be compared. */
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
	body := kam._svg_text(16, 54, format(CASE WHEN length(total) > 12 THEN unistr('รวม %1$s ราย')
			ELSE unistr('รวม %1$s ราย — key accounts: %1$s') END, total), kam._look('grey'))
		|| kam._svg_text(704, 54, CASE WHEN as_dots THEN unistr('1 จุด = 1 ราย — a dot is an account')
			ELSE unistr('แถบ = สัดส่วนของทั้งหมด — bar: share of all') END, kam._look('grey', 'end'))
		|| kam._matrix_axes();
	FOR f IN SELECT * FROM kam._matrix_field(mix) LOOP
		x := 136 + 288 * f.across;
		y := 120 + 172 * f.down;
		body := concat(body, kam._svg_rect(x, y, 280, 164, 'fill="#f7f9fb" stroke="#cbd2d9"'),
			kam._svg_text(x + 14, y + 32, kam.display_name(f.tier), 'font-size="17" ' || kam._look('bold')),
			CASE WHEN f.accounts < 1000000 THEN
				kam._svg_text(x + 266, y + 37, kam._grouped(f.accounts), 'font-size="28" ' || kam._look('bold', 'end'))
				|| kam._svg_text(x + 266, y + 58, f.share, kam._look('grey', 'end'))
			ELSE
				kam._svg_text(x + 266, y + 58, kam._grouped(f.accounts), kam._look('bold', 'end'))
				|| kam._svg_text(x + 266, y + 80, f.share, kam._look('grey', 'end')) END,
			kam._matrix_marks(x, y, f.tier, f.accounts, f.total, as_dots));
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
		lines := (
			SELECT CASE WHEN as_dots THEN 2 + greatest(max((least(f.accounts, 100) + 24) / 25), 1) ELSE 3 END
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

CREATE FUNCTION kam._portfolio_limits(plan_year int, rule_set text,
	OUT name text, OUT minimum numeric, OUT maximum numeric)
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
	SELECT l.place, l.name, l.mix, l.weight, l.state,
		CASE l.state WHEN 'above' THEN l.weight - limits.maximum WHEN 'below' THEN limits.minimum - l.weight END,
		row_number() OVER (ORDER BY CASE l.state WHEN 'above' THEN 1 WHEN 'below' THEN 2 ELSE 3 END, l.place)
	FROM (
		SELECT n.place, n.name, n.mix, w.weight,
			CASE WHEN w.weight > limits.maximum THEN 'above' WHEN coalesce(w.weight, 0) = 0 THEN 'none'
				WHEN w.weight < limits.minimum THEN 'below' ELSE 'within' END AS state
		FROM unnest(names, mixes) WITH ORDINALITY AS n (name, mix, place), LATERAL (
			SELECT kam.weight(n.mix, _portfolio_load.plan_year, _portfolio_load.rule_set)) AS w (weight)) AS l;
END
$$;
COMMENT ON FUNCTION kam._portfolio_load(text[], kam.portfolio[], int, text) IS
'What each key account manager carries, and how far from the limits (6.1.2.1, R13): above, below, within, none. By rank, those outside the limits come first.';

CREATE FUNCTION kam._portfolio_words(names text[], mixes kam.portfolio[], plan_year int, rule_set text,
	OUT th text, OUT en text)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	SELECT format(unistr('%s คน: เกิน %s ต่ำกว่า %s อยู่ในเกณฑ์ %s ไม่มีลูกค้าที่นับ %s'),
			n.everybody, n.above, n.below, n.within, n.none),
		format('%s KAMRs: above %s, below %s, within %s, without counted accounts %s',
			n.everybody, n.above, n.below, n.within, n.none)
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

CREATE FUNCTION kam._load_axis(names text[], mixes kam.portfolio[], plan_year int, rule_set text) RETURNS numeric
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	limits record := kam._portfolio_limits(plan_year, rule_set);
	heaviest numeric := (
		SELECT max(p.weight) FROM kam._portfolio_load(names, mixes, plan_year, rule_set) AS p);
BEGIN
	/* At most twice the limit: one heavy portfolio is not to press all others flat. */
	RETURN CASE WHEN limits.maximum > 0
		THEN greatest(limits.maximum * 1.25, least(heaviest, limits.maximum * 2)) ELSE greatest(heaviest, 1) END;
END
$$;
COMMENT ON FUNCTION kam._load_axis(text[], kam.portfolio[], int, text) IS
'Up to which weight portfolios are drawn; what is heavier is cut, and says so.';

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
COMMENT ON FUNCTION kam._load_segment(kam.portfolio, int, text) IS
'What each tier adds to the weight of a portfolio, one after the other.';

CREATE FUNCTION kam._load_x(weight numeric, axis numeric) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN 214 + 306 * least(weight, axis) / axis;
END
$$;
COMMENT ON FUNCTION kam._load_x(numeric, numeric) IS 'Where a weight stands in the picture.';

CREATE FUNCTION kam._load_bar(mix kam.portfolio, y numeric, axis numeric, plan_year int, rule_set text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN (
		SELECT coalesce(string_agg(kam._svg_rect(kam._load_x(s.from_weight, axis), y,
				kam._load_x(s.to_weight, axis) - kam._load_x(s.from_weight, axis), 14, kam._tier_look(s.tier)),
				'' ORDER BY s.from_weight), '')
			/* Cut, where it would go on. */
			|| CASE WHEN max(s.to_weight) > axis THEN kam._svg_path(509, y - 3, 'l4 5l-4 5l4 5l-4 5',
				'fill="none" stroke="#ffffff" stroke-width="3"') ELSE '' END
		FROM kam._load_segment(mix, plan_year, rule_set) AS s
		WHERE s.from_weight < axis);
END
$$;
COMMENT ON FUNCTION kam._load_bar(kam.portfolio, numeric, numeric, int, text) IS
'A portfolio as a bar, a segment for each tier, as long as it weighs.';

CREATE FUNCTION kam._load_remark(state text, away numeric, y numeric) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN CASE state
		WHEN 'above' THEN kam._svg_path(588, y, 'h12l-6 -11z', kam._look('above'))
			|| kam._svg_text(606, y, unistr('เกิน +') || away, kam._look('bold', 'above'))
		WHEN 'below' THEN
			kam._svg_path(589, y - 10, 'h10l-5 9z', 'fill="#ffffff" stroke="#9c4a00" stroke-width="1.5"')
			|| kam._svg_text(606, y, unistr('ขาด −') || away, kam._look('below'))
		ELSE '' END;
END
$$;
COMMENT ON FUNCTION kam._load_remark(text, numeric, numeric) IS
'By how much a portfolio is above or below its limits, after a triangle that points there.';

CREATE FUNCTION kam._load_head(minimum numeric, maximum numeric, axis numeric, rule_set text, bottom numeric)
RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	from_x numeric := kam._load_x(minimum, axis);
	to_x numeric := kam._load_x(maximum, axis);
	is_narrow boolean := to_x - from_x < 50;
BEGIN
	RETURN kam._svg_text(16, 54, format(unistr('เกณฑ์ต่อคน %s–%s — limits per KAMR, 6.1.2.1, rule set %s'),
			minimum, maximum, kam._fit(rule_set, 40)), kam._look('grey'))
		|| kam._svg_rect(from_x, 102, to_x - from_x, bottom - 102, 'fill="#eaf0f5"')
		|| kam._svg_text(from_x, 94, minimum::text, kam._look(CASE WHEN is_narrow THEN 'end' ELSE 'middle' END))
		|| kam._svg_text(to_x, 94, maximum::text, kam._look(CASE WHEN is_narrow THEN 'start' ELSE 'middle' END))
		|| kam._svg_text(16, 94, 'KAMR', kam._look('grey'))
		|| kam._svg_text(574, 94, unistr('น้ำหนัก'), kam._look('grey', 'end'));
END
$$;
COMMENT ON FUNCTION kam._load_head(numeric, numeric, numeric, text, numeric) IS
'The band between the limits, and what stands above it.';

CREATE FUNCTION kam._load_legend(y numeric, plan_year int, rule_set text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN (
		SELECT string_agg(kam._svg_rect(16 + 140 * (l.nth - 1), y - 11, 14, 12, kam._tier_look(l.tier))
			|| kam._svg_text(36 + 140 * (l.nth - 1), y, format(unistr('%s × %s'), l.tier, l.weight)), '' ORDER BY l.nth)
		FROM (
			SELECT t.tier, w.weight, row_number() OVER (ORDER BY t.tier DESC) AS nth
			FROM unnest('{Strategic,Star,Status,Streamline}'::kam.tier[]) AS t (tier),
				LATERAL (SELECT kam.weight(t.tier, plan_year, rule_set)) AS w (weight)
			WHERE w.weight > 0) AS l);
END
$$;
COMMENT ON FUNCTION kam._load_legend(numeric, int, text) IS 'Which tier is drawn how, and its weight.';

CREATE FUNCTION kam.load_picture(names text[], mixes kam.portfolio[], title text DEFAULT NULL,
	plan_year int DEFAULT NULL, rule_set text DEFAULT NULL)
RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	/* As many as there is room for on a page of A4. */
	most constant int := 30;
	limits record := kam._portfolio_limits(plan_year, rule_set);
	words record := kam._portfolio_words(names, mixes, plan_year, rule_set);
	axis numeric := kam._load_axis(names, mixes, plan_year, rule_set);
	everybody int := coalesce(cardinality(names), 0);
	bottom numeric := 112 + 26 * least(everybody, most);
	body text := kam._load_head(limits.minimum, limits.maximum, axis, limits.name, bottom);
	described text := '';
	y numeric := 127;
	l record;
BEGIN
	FOR l IN
		SELECT * FROM kam._portfolio_load(names, mixes, plan_year, rule_set) AS p
		WHERE p.rank <= most ORDER BY p.place
	LOOP
		described := described || format(' %s %s (%s)%s;', coalesce(kam._fit(l.name, 60), unistr('–')),
			coalesce(l.weight::text, unistr('–')), coalesce(translate(l.mix::text, '{}', ''), unistr('–')),
			CASE l.state WHEN 'above' THEN unistr(' เกิน above') WHEN 'below' THEN unistr(' ต่ำกว่า below') END);
		body := body || kam._svg_text(16, y, kam._fit(l.name, 1350, true))
			|| kam._load_bar(l.mix, y - 12, axis, plan_year, rule_set)
			|| kam._svg_text(574, y, l.weight::text, kam._look('end'))
			|| kam._load_remark(l.state, l.away, y);
		y := y + 26;
	END LOOP;
	y := bottom + 76;
	/* The limits in front of the bars. */
	body := body || kam._svg_path(214, 102, 'V' || bottom, 'stroke="#7b8794"')
		|| kam._svg_path(kam._load_x(limits.minimum, axis), 102, 'V' || bottom,
			'stroke="#1f2933" stroke-dasharray="2 3"')
		|| kam._svg_path(kam._load_x(limits.maximum, axis), 102, 'V' || bottom,
			'stroke="#1f2933" stroke-width="1.5"')
		|| coalesce(kam._load_legend(bottom + 30, plan_year, rule_set), '')
		|| kam._svg_text(16, y - 22, words.th) || kam._svg_text(16, y, words.en, kam._look('grey'));
	IF everybody > most THEN
		y := y + 22;
		body := body || kam._svg_text(16, y, format(
			unistr('แสดง %1$s จาก %2$s คน คนที่อยู่นอกเกณฑ์ก่อน — %1$s of %2$s shown, those outside the limits first'),
			most, kam._grouped(everybody)));
	END IF;
	RETURN kam._svg(y + 16, title, unistr('ภาระงานของพนักงานบริหารลูกค้ารายสำคัญ — Portfolio load of KAMRs'),
		format(unistr('เกณฑ์ต่อคน %1$s–%2$s %3$s. Limits per KAMR %1$s to %2$s. %4$s.%5$s'),
			limits.minimum, limits.maximum, words.th, words.en, described), body);
END
$$;
COMMENT ON FUNCTION kam.load_picture(text[], kam.portfolio[], text, int, text) IS
'What key account managers carry (6.1.2.1) as SVG: a bar for each with its weight, between the limits of the rule set. Of more than 30 people those outside the limits come first, and the others are counted. Error 22023 for arrays of different lengths; otherwise as kam.weight.';

CREATE FUNCTION kam._tier_letter(tier kam.tier) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN CASE tier WHEN 'Strategic' THEN '#' WHEN 'Star' THEN '=' WHEN 'Status' THEN '-' ELSE '.' END;
END
$$;
COMMENT ON FUNCTION kam._tier_letter(kam.tier) IS 'How a tier is drawn on a terminal: as dark as it is heavy.';

CREATE FUNCTION kam._load_text(mix kam.portfolio, axis numeric, columns int, plan_year int, rule_set text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	limits record := kam._portfolio_limits(plan_year, rule_set);
	line text := repeat(' ', columns);
	edge numeric;
	s record;
BEGIN
	FOREACH edge IN ARRAY ARRAY[limits.minimum, limits.maximum] LOOP
		line := overlay(line PLACING ':' FROM least(round(columns * edge / axis)::int + 1, columns) FOR 1);
	END LOOP;
	FOR s IN
		SELECT t.tier, round(columns * t.from_weight / axis)::int AS first,
			round(columns * least(t.to_weight, axis) / axis)::int AS last
		FROM kam._load_segment(mix, plan_year, rule_set) AS t WHERE t.from_weight < axis
	LOOP
		line := overlay(line PLACING repeat(kam._tier_letter(s.tier), s.last - s.first) FROM s.first + 1);
	END LOOP;
	RETURN line;
END
$$;
COMMENT ON FUNCTION kam._load_text(kam.portfolio, numeric, int, int, text) IS
'A portfolio as a bar of so many columns, with : at the limits.';

CREATE FUNCTION kam.load_text(names text[], mixes kam.portfolio[], plan_year int DEFAULT NULL,
	rule_set text DEFAULT NULL, title text DEFAULT NULL)
RETURNS SETOF text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 20
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	columns constant int := 30;
	limits record := kam._portfolio_limits(plan_year, rule_set);
	words record := kam._portfolio_words(names, mixes, plan_year, rule_set);
	axis numeric := kam._load_axis(names, mixes, plan_year, rule_set);
BEGIN
	IF kam._fit(title, 78) IS NOT NULL THEN
		RETURN NEXT kam._fit(title, 78);
	END IF;
	RETURN NEXT kam._pad(format('KAMR (%s)', limits.name), 25)
		|| kam._load_text('{}', axis, columns, plan_year, rule_set) || '  '
		|| kam._fit(format('%s - %s', limits.minimum, limits.maximum), 20);
	RETURN QUERY
	SELECT rtrim(kam._pad(coalesce(kam._fit(l.name, 24), '-'), 25)
		|| kam._load_text(l.mix, axis, columns, plan_year, rule_set)
		|| CASE WHEN length(l.weight::text) > 6 THEN ' ' || l.weight ELSE lpad(coalesce(l.weight::text, '-'), 6) END
		|| coalesce('  ' || kam._fit(CASE l.state WHEN 'above' THEN format(unistr('เกิน above +%s'), l.away)
			WHEN 'below' THEN format(unistr('ขาด below -%s'), l.away) END, 16), ''))
	FROM kam._portfolio_load(names, mixes, plan_year, rule_set) AS l ORDER BY l.place;
	RETURN NEXT (
		SELECT string_agg(format('%s %s x %s', kam._tier_letter(t.tier), t.tier,
			kam.weight(t.tier, plan_year, rule_set)), '   ' ORDER BY t.tier DESC)
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
	RETURN (
		SELECT min(trim_scale(power * f)) FROM unnest('{1,2,2.5,5,10}'::numeric[]) AS f
		WHERE power * f >= distance / 5);
END
$$;
COMMENT ON FUNCTION kam._axis_step(numeric) IS 'A round number, five of which or less make the distance.';

CREATE FUNCTION kam._trend_axis(figures numeric[], target numeric, axis_end numeric,
	OUT low numeric, OUT high numeric, OUT step numeric)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	wrong numeric := (
		SELECT f FROM unnest(figures || ARRAY[target, axis_end]) AS f WHERE NOT abs(f) < 1e100 LIMIT 1);
BEGIN
	IF wrong IS NOT NULL THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('%s cannot be drawn', left(wrong::text, 20)),
			HINT = 'Give numbers of a common size, and NULL where there is no figure.';
	END IF;
	low := least(0, target, (SELECT min(f) FROM unnest(figures) AS f));
	high := greatest(axis_end, target, (SELECT max(f) FROM unnest(figures) AS f), low);
	high := CASE WHEN high - low < 0.001 THEN low + 1 ELSE high END;
	step := kam._axis_step(high - low);
	low := floor(low / step) * step;
	high := CASE WHEN high = axis_end THEN high ELSE ceil(high / step) * step END;
END
$$;
COMMENT ON FUNCTION kam._trend_axis(numeric[], numeric, numeric) IS
'From where to where an axis goes, in which steps. Refuses (22023) NaN, the infinities, and numbers of more than 100 digits.';

CREATE FUNCTION kam._figure(value numeric, decimals int, unit text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN CASE WHEN abs(value) < 1e6 THEN round(value, decimals)::text
			WHEN abs(value) < 1e9 THEN trim_scale(round(value / 1e6, 2)) || 'M'
			WHEN abs(value) < 1e12 THEN trim_scale(round(value / 1e9, 2)) || 'G'
			ELSE btrim(to_char(value, '9.9EEEE')) END
		|| coalesce(' ' || kam._fit(unit, 20), '');
END
$$;
COMMENT ON FUNCTION kam._figure(numeric, int, text) IS
'A number with so many decimals, and its unit; short where it is great: 1.23M, 1.23G, 1.2e+12.';

CREATE FUNCTION kam._trend_words(labels text[], figures numeric[], target numeric, unit text, decimals int)
RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	a_unit text := coalesce(' ' || kam._fit(unit, 20), '');
BEGIN
	RETURN (
		SELECT format(unistr('%1$s งวด มีค่า %2$s งวด%3$s. %1$s periods, %2$s of them with a figure%4$s.%5$s'),
			count(*), count(t.figure),
			unistr(' เป้าหมาย ') || round(target, decimals) || a_unit,
			', target ' || round(target, decimals) || a_unit,
			string_agg(format(' %s: %s;', coalesce(kam._fit(t.label, 60), unistr('–')),
				coalesce(round(t.figure, decimals) || a_unit, unistr('ไม่มี none'))), '' ORDER BY t.place))
		FROM unnest(labels, figures) WITH ORDINALITY AS t (label, figure, place));
END
$$;
COMMENT ON FUNCTION kam._trend_words(text[], numeric[], numeric, text, int) IS
'A figure over time in words, Thai and English.';

CREATE FUNCTION kam._trend_head(labels text[], figures numeric[], target numeric, unit text, decimals int,
	of_periods int)
RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	latest text := (
		SELECT concat_ws(' ', kam._fit(t.label, 30), kam._figure(t.figure, decimals, unit))
		FROM unnest(labels, figures) WITH ORDINALITY AS t (label, figure, place)
		WHERE t.figure IS NOT NULL ORDER BY t.place DESC LIMIT 1);
BEGIN
	RETURN kam._svg_text(16, 54, concat_ws(unistr(' — '),
		coalesce(unistr('ล่าสุด latest ') || latest, unistr('ไม่มีข้อมูล no figures')),
		unistr('เป้าหมาย target ') || kam._figure(target, decimals, unit),
		CASE WHEN of_periods > cardinality(figures) THEN
			format(unistr('%1$s งวดท้ายจาก %2$s, last %1$s of %2$s periods'), cardinality(figures),
				kam._grouped(of_periods)) END), kam._look('grey'));
END
$$;
COMMENT ON FUNCTION kam._trend_head(text[], numeric[], numeric, text, int, int) IS
'The latest figure, the target, and how many periods there are where not all are drawn.';

CREATE FUNCTION kam._trend_y(value numeric, low numeric, high numeric) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN 280 - 184 * (value - low) / (high - low);
END
$$;
COMMENT ON FUNCTION kam._trend_y(numeric, numeric, numeric) IS 'How high a figure stands in the picture.';

CREATE FUNCTION kam._trend_grid(low numeric, high numeric, step numeric, target numeric, decimals int) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	target_y numeric := kam._trend_y(target, low, high);
BEGIN
	RETURN (
		SELECT string_agg(
			kam._svg_path(64, kam._trend_y(v, low, high), 'H628',
				CASE v WHEN 0 THEN 'stroke="#7b8794"' ELSE 'stroke="#e1e6eb"' END)
			|| kam._svg_text(56, kam._trend_y(v, low, high) + 5, kam._figure(v, least(min_scale(step), 6)),
				kam._look('grey', 'end')), '' ORDER BY v)
		FROM generate_series(low, high, step) AS v)
		|| CASE WHEN target IS NULL THEN '' ELSE
			kam._svg_path(64, target_y, 'H632', 'stroke="#9c4a00" stroke-width="1.5" stroke-dasharray="7 4"')
			|| kam._svg_text(638, target_y + 5, unistr('เป้า ') || kam._figure(target, decimals),
				kam._look('below')) END;
END
$$;
COMMENT ON FUNCTION kam._trend_grid(numeric, numeric, numeric, numeric, int) IS
'Lines at round figures, and a broken one at the target.';

CREATE FUNCTION kam._trend_line(xs numeric[], ys numeric[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN coalesce((
		SELECT string_agg(format(E'<polyline points="%s" fill="none" stroke="#0b3c5d" stroke-width="2"/>\n', r.points),
			'' ORDER BY r.run)
		FROM (
			SELECT p.run, string_agg(format('%s,%s', trim_scale(round(p.x, 1)), trim_scale(round(p.y, 1))), ' '
				ORDER BY p.place) AS points
			FROM (
				SELECT q.*, q.place - row_number() OVER (ORDER BY q.place) AS run
				FROM unnest(xs, ys) WITH ORDINALITY AS q (x, y, place) WHERE q.y IS NOT NULL) AS p
			GROUP BY p.run HAVING count(*) > 1) AS r), '');
END
$$;
COMMENT ON FUNCTION kam._trend_line(numeric[], numeric[]) IS
'A line through what follows on each other, broken where there is nothing.';

CREATE FUNCTION kam._trend_number(ys numeric[], slot numeric, width numeric, target_y numeric)
RETURNS TABLE (place bigint, is_said boolean, is_below boolean)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 100 ROWS 12
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN QUERY
	SELECT p.place,
		/* Where they do not all have room: the last, the greatest and the least. */
		slot >= width OR p.after = 0
			OR slot * p.after > width AND (row_number() OVER (ORDER BY p.y, p.place) = 1
				OR row_number() OVER (ORDER BY p.y DESC NULLS LAST, p.place) = 1),
		/* In a valley of the line, and where the target runs close above; but on the canvas. */
		p.y + 21 < 280 AND (coalesce(p.y - target_y BETWEEN 4 AND 28, false)
			OR coalesce(p.y > p.before_y, true) AND coalesce(p.y > p.next_y, true)
				AND num_nulls(p.before_y, p.next_y) < 2)
	FROM (
		SELECT q.place, q.y, count(*) OVER () - q.place AS after,
			lag(q.y) OVER (ORDER BY q.place) AS before_y, lead(q.y) OVER (ORDER BY q.place) AS next_y
		FROM unnest(ys) WITH ORDINALITY AS q (y, place)) AS p;
END
$$;
COMMENT ON FUNCTION kam._trend_number(numeric[], numeric, numeric, numeric) IS
'Which figures are said as numbers, and whether below their dot, so that no number lies on another or on a line.';

CREATE FUNCTION kam.trend_picture(labels text[], figures numeric[], target numeric DEFAULT NULL,
	title text DEFAULT NULL, axis_end numeric DEFAULT 100, unit text DEFAULT '%')
RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 100000
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	most constant int := 60;
	everything int := coalesce(cardinality(figures), 0);
	decimals int;
	axis record;
	slot numeric;
	xs numeric[];
	ys numeric[];
	every_label int;
	body text;
	p record;
BEGIN
	PERFORM kam._check_same_length(cardinality(labels), cardinality(figures));
	axis := kam._trend_axis(figures, target, axis_end);
	/* The last ones, of more than there is room for. */
	SELECT array_agg(t.label ORDER BY t.place), array_agg(t.figure ORDER BY t.place) INTO labels, figures
	FROM unnest(labels, figures) WITH ORDINALITY AS t (label, figure, place) WHERE t.place > everything - most;
	decimals := least(coalesce((SELECT max(min_scale(f)) FROM unnest(figures || target) AS f), 0), 2);
	/* From 64 to 628; the first and the last stay 24 off the ends. */
	slot := least(564.0 / least(greatest(everything, 1), most), 516.0 / greatest(least(everything, most) - 1, 1));
	SELECT array_agg(346 + slot * (t.place - (cardinality(figures) + 1) / 2.0) ORDER BY t.place),
		array_agg(kam._trend_y(t.figure, axis.low, axis.high) ORDER BY t.place)
	INTO xs, ys
	FROM unnest(figures) WITH ORDINALITY AS t (figure, place);
	every_label := ceil((
		SELECT max(kam._text_width(kam._fit(l, 800, true), true)) * 0.14 + 10 FROM unnest(labels) AS l) / slot);

	body := kam._trend_head(labels, figures, target, unit, decimals, everything)
		|| kam._trend_grid(axis.low, axis.high, axis.step, target, decimals)
		|| kam._trend_line(xs, ys);
	FOR p IN
		SELECT t.label, t.x, t.y, kam._figure(t.figure, decimals) AS number, cardinality(figures) - n.place AS after,
			n.is_said, n.is_below
		FROM kam._trend_number(ys, slot, (
				SELECT max(length(kam._figure(f, decimals))) * 7.2 + 5 FROM unnest(figures) AS f),
				kam._trend_y(target, axis.low, axis.high)) AS n
			JOIN unnest(labels, figures, xs, ys) WITH ORDINALITY AS t (label, figure, x, y, place) USING (place)
		ORDER BY n.place
	LOOP
		IF p.after % coalesce(every_label, 1) = 0 THEN
			body := body || kam._svg_text(p.x, 304, kam._fit(p.label, 800, true), kam._look('middle'));
		END IF;
		IF p.y IS NULL THEN
			body := body || kam._svg_text(p.x, 272, NULL, kam._look('grey', 'middle'));
			CONTINUE;
		END IF;
		body := body || kam._svg_circle(p.x, p.y, CASE p.after WHEN 0 THEN 5 ELSE 3.5 END, 'fill="#0b3c5d"');
		IF p.is_said THEN
			body := body || kam._svg_text(p.x, p.y + CASE WHEN p.is_below THEN 21 ELSE -10 END, p.number,
				kam._look('middle', 'halo', CASE p.after WHEN 0 THEN 'bold' END));
		END IF;
	END LOOP;
	RETURN kam._svg(324, title, unistr('แนวโน้มของตัวชี้วัด — Trend of a figure'),
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
COMMENT ON FUNCTION kam._deadline_state() IS
'The states of a deadline, the most urgent by the lowest number, and what they are called.';

CREATE FUNCTION kam._deadline_mark(state text, x numeric, y numeric) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	disc constant text := 'm-7 0a7 7 0 1 0 14 0a7 7 0 1 0 -14 0';
	tick constant text := 'm-3.5 0.5l2.5 3l5 -6';
BEGIN
	RETURN CASE state
		WHEN 'met' THEN
			kam._svg_path(x, y, disc, 'fill="#0b3c5d" stroke="#0b3c5d"')
			|| kam._svg_path(x, y, tick, 'fill="none" stroke="#ffffff" stroke-width="2"')
		WHEN 'met late' THEN
			kam._svg_path(x, y, disc, 'fill="#ffffff" stroke="#0b3c5d" stroke-width="1.5" stroke-dasharray="3 1.5"')
			|| kam._svg_path(x, y, tick, 'fill="none" stroke="#0b3c5d" stroke-width="2"')
		WHEN 'overdue' THEN
			kam._svg_path(x, y, 'm0 -9l9 9l-9 9l-9 -9z', 'fill="#a61b1b"')
			|| kam._svg_path(x, y, 'm0 -5v6m0 2v2.5', 'stroke="#ffffff" stroke-width="2"')
		WHEN 'due soon' THEN
			kam._svg_path(x, y, disc, 'fill="#ffffff" stroke="#9c4a00" stroke-width="2"')
			|| kam._svg_path(x, y, 'm0 -7a7 7 0 0 1 0 14z', 'fill="#9c4a00"')
		WHEN 'due' THEN
			kam._svg_circle(x, y, 5, 'fill="#ffffff" stroke="#7b8794" stroke-width="1.5"')
		ELSE kam._svg_text(x, y + 5, '?', kam._look('middle')) END;
END
$$;
COMMENT ON FUNCTION kam._deadline_mark(text, numeric, numeric) IS
'A deadline''s state as a mark, which differs by its shape: a tick for met, in a broken ring when late, a diamond for overdue.';

CREATE FUNCTION kam._check_deadline_states(states text[]) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	known text[] := (SELECT array_agg(s.state ORDER BY s.urgency) FROM kam._deadline_state() AS s);
	wrong text := (SELECT u.state FROM unnest(states) AS u (state) WHERE u.state COLLATE "C" <> ALL (known) LIMIT 1);
BEGIN
	IF wrong IS NOT NULL THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('a deadline has no state "%s"', left(wrong, 60)),
			HINT = format('The states are: %s.', array_to_string(known, ', '));
	END IF;
END
$$;
COMMENT ON FUNCTION kam._check_deadline_states(text[]) IS 'Refuses (22023) states that a deadline cannot have.';

CREATE FUNCTION kam._calendar_entry(due_on date[], states text[], labels text[], plan_year int)
RETURNS TABLE (place bigint, label text, day date, state text, urgency int, month int, line bigint, lines bigint)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 ROWS 20
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	PERFORM kam._check_same_length(cardinality(due_on), cardinality(states), cardinality(labels));
	PERFORM kam._check_deadline_states(states);
	RETURN QUERY
	SELECT m.place, m.label, m.day, m.state, s.urgency, m.month,
		row_number() OVER (PARTITION BY m.label, m.month ORDER BY m.day, m.place),
		count(*) OVER (PARTITION BY m.label, m.month)
	FROM (
		SELECT e.place, coalesce(nullif(kam._one_line(e.label), ''), unistr('–')) COLLATE "C" AS label, e.day,
			e.state COLLATE "C" AS state,
			/* From November of the year before to January of the year after. */
			CASE WHEN e.day >= make_date(plan_year - 1, 11, 1) AND e.day < make_date(plan_year + 1, 2, 1) THEN
				(extract(year FROM e.day)::int - plan_year) * 12 + extract(month FROM e.day)::int + 1 END AS month
		FROM unnest(due_on, states, labels) WITH ORDINALITY AS e (day, state, label, place)) AS m
	LEFT JOIN kam._deadline_state() AS s USING (state);
END
$$;
COMMENT ON FUNCTION kam._calendar_entry(date[], text[], text[], int) IS
'Deadlines by month, 0 for November of the year before, 14 for January of the year after, NULL for others; the how manieth of its label and month, and of how many. Error 22023 for unknown states and arrays of different lengths.';

CREATE FUNCTION kam._calendar_row(due_on date[], states text[], labels text[], plan_year int)
RETURNS TABLE (label text, height bigint, y bigint)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 ROWS 20
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN QUERY
	SELECT f.label, f.height, (118 + sum(f.height) OVER (ORDER BY f.first_day, f.label) - f.height)::bigint
	FROM (
		/* The page is filled by urgency, and read by day. */
		SELECT r.*, sum(r.height) OVER (ORDER BY r.urgency, r.first_day, r.label) AS filled
		FROM (
			SELECT e.label COLLATE "C" AS label, min(e.day) AS first_day, 26 + 22 * least(max(e.lines), 5) AS height,
				min(e.urgency) AS urgency
			FROM kam._calendar_entry(due_on, states, labels, plan_year) AS e
			WHERE e.month IS NOT NULL
			GROUP BY 1) AS r) AS f
	WHERE f.filled <= 800;
END
$$;
COMMENT ON FUNCTION kam._calendar_row(date[], text[], text[], int) IS
'The rows of a calendar, one for each label, as many as find room on a page: where, and how high.';

CREATE FUNCTION kam._calendar_words(due_on date[], states text[], labels text[], plan_year int) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN (
		SELECT format(unistr('กำหนดเวลา %1$s รายการ. %1$s deadlines.%2$s'), kam._grouped(count(*)),
			string_agg(format(' %s: %s %s;', kam._fit(e.label, 60),
				CASE WHEN e.day BETWEEN '1941-01-01'::date AND '9999-12-31'::date THEN kam.thai_date(e.day, 'medium')
					ELSE unistr('–') END,
				coalesce(s.name_th || ' ' || s.state, unistr('–'))), '' ORDER BY e.day, e.place)
				FILTER (WHERE e.place <= 100))
		FROM kam._calendar_entry(due_on, states, labels, plan_year) AS e
			LEFT JOIN kam._deadline_state() AS s ON s.state = e.state);
END
$$;
COMMENT ON FUNCTION kam._calendar_words(date[], text[], text[], int) IS
'Deadlines in words, Thai and English; the first 100.';

CREATE FUNCTION kam._calendar_head(plan_year int, bottom numeric) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	month_en constant text[] := '{Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec}';
BEGIN
	RETURN (
		SELECT string_agg(
			kam._svg_text(39 + 46 * m, 88, split_part(kam.thai_date(month.first, 'medium'), ' ', 2),
				kam._look('middle'))
			|| kam._svg_text(39 + 46 * m, 106, month_en[extract(month FROM month.first)::int],
				kam._look('grey', 'middle'))
			|| CASE WHEN m IN (2, 14) THEN kam._svg_path(16 + 46 * m, 56, 'V' || bottom, 'stroke="#7b8794"')
				WHEN m > 0 THEN kam._svg_path(16 + 46 * m, 112, 'V' || bottom, 'stroke="#e1e6eb"') ELSE '' END,
			'' ORDER BY m)
		FROM generate_series(0, 14) AS m,
			LATERAL (SELECT (make_date(plan_year - 1, 11, 1) + make_interval(months => m))::date) AS month (first))
		|| kam._svg_text(22, 66, (plan_year + 542)::text, kam._look('bold'))
		|| kam._svg_text(114, 66, format(unistr('พ.ศ. %s (%s)'), plan_year + 543, plan_year), kam._look('bold'))
		|| kam._svg_text(666, 66, (plan_year + 544)::text, kam._look('bold'));
END
$$;
COMMENT ON FUNCTION kam._calendar_head(int, numeric) IS
'The months of a plan year, from November before to January after, and lines between them.';

CREATE FUNCTION kam._calendar_legend(states text[], y numeric) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN (
		SELECT string_agg(kam._deadline_mark(s.state, 25 + 232 * (s.nth % 3), y - 5 + 24 * (s.nth / 3))
			|| kam._svg_text(40 + 232 * (s.nth % 3), y + 24 * (s.nth / 3),
				format('%s %s: %s', s.name_th, s.state, kam._grouped(s.deadlines))), '' ORDER BY s.nth)
		FROM (
			SELECT d.*, row_number() OVER (ORDER BY d.urgency DESC) - 1 AS nth, (
				SELECT count(*) FROM unnest(states) AS u (state) WHERE u.state COLLATE "C" = d.state) AS deadlines
			FROM kam._deadline_state() AS d) AS s);
END
$$;
COMMENT ON FUNCTION kam._calendar_legend(text[], numeric) IS 'What the marks mean, and how many there are of each.';

CREATE FUNCTION kam._check_pictured_year(plan_year int) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF plan_year NOT BETWEEN 1942 AND 2399 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('plan year %s is out of range', plan_year),
			HINT = 'Give a year of the common era, from 1942 to 2399: for B.E. 2569 write 2026.';
	END IF;
END
$$;
COMMENT ON FUNCTION kam._check_pictured_year(int) IS
'Refuses (22023) a plan year out of range, as are those of the Buddhist era.';

CREATE FUNCTION kam.calendar_picture(due_on date[], states text[], labels text[], plan_year int,
	title text DEFAULT NULL)
RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 100000
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	bottom numeric;
	marks text;
	drawn bigint;
	body text;
	y numeric;
BEGIN
	PERFORM kam._check_pictured_year(plan_year);
	IF plan_year IS NULL THEN
		RETURN NULL;
	END IF;
	/* Names stand on white, above the line of their marks. */
	SELECT string_agg(kam._svg_path(16, r.y, 'H706', 'stroke="#cbd2d9"')
			|| kam._svg_rect(16, r.y + 1, 690, 24, 'fill="#ffffff"')
			|| kam._svg_text(16, r.y + 18, kam._fit(r.label, 4900, true)), '' ORDER BY r.y),
		coalesce(max(r.y + r.height), 148)
	INTO body, bottom
	FROM kam._calendar_row(due_on, states, labels, plan_year) AS r;
	/* Four below each other, and how many more there are. */
	SELECT string_agg(CASE WHEN e.line < 5 OR e.lines = 5 THEN
				kam._deadline_mark(e.state, 28 + 46 * e.month, r.y + 15 + 22 * e.line)
				|| kam._svg_text(40 + 46 * e.month, r.y + 20 + 22 * e.line, extract(day FROM e.day)::text)
			ELSE kam._svg_text(28 + 46 * e.month, r.y + 130, '+' || e.lines - 4) END,
			'' ORDER BY r.y, e.month, e.line) FILTER (WHERE e.line <= 5),
		count(*)
	INTO marks, drawn
	FROM kam._calendar_entry(due_on, states, labels, plan_year) AS e
		JOIN kam._calendar_row(due_on, states, labels, plan_year) AS r ON r.label COLLATE "C" = e.label
	WHERE e.month IS NOT NULL;

	body := concat(kam._calendar_head(plan_year, bottom), body, marks,
		kam._svg_path(16, bottom, 'H706', 'stroke="#cbd2d9"'), kam._calendar_legend(states, bottom + 28));
	y := bottom + 70;
	IF drawn < cardinality(states) THEN
		body := body || kam._svg_text(16, bottom + 76, format(
			unistr('อีก %1$s รายการไม่ได้แสดง — %1$s more: without a day, outside these months, or no room'),
			kam._grouped(cardinality(states) - drawn)), kam._look('grey'));
		y := y + 24;
	END IF;
	RETURN kam._svg(y, title, unistr('ปฏิทินกำหนดเวลา — Deadlines of the year'),
		kam._calendar_words(due_on, states, labels, plan_year), body);
END
$$;
COMMENT ON FUNCTION kam.calendar_picture(date[], text[], text[], int, text) IS
'Deadlines of a plan year as SVG, from November before to January after: a row for each label, a mark with the day for each deadline, by its state. What finds no room on a page is counted, the most urgent come first. Error 22023 for unknown states, a year out of range, and arrays of different lengths. NULL for a NULL year.';
