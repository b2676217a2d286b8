\set ECHO none
/*
 * What many tests ask of the server. To be read in with
 *
 *	\getenv srcdir PG_ABS_SRCDIR
 *	\set ask :srcdir '/sql/include/ask.sql'
 *	\i :ask
 */
/* The error that a statement ends with; SQLSTATE 00000 where it ends with none. */
CREATE FUNCTION pg_temp.error_of(
	statement text,
	OUT code text, OUT message text, OUT detail text, OUT hint text)
LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
	code := '00000';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, message = MESSAGE_TEXT,
		detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
END
$$;

/* The error of reading a text as a value of a type. */
CREATE FUNCTION pg_temp.input_error(
	type text, input text,
	OUT code text, OUT message text, OUT detail text, OUT hint text)
LANGUAGE sql AS $$
	SELECT * FROM pg_temp.error_of(format('SELECT %L::%s', input, type));
$$;

/*
 * The value that bytes in the binary format of COPY stand for, or the error:
 * printf puts the bytes between the header and trailer of a file of one field.
 */
CREATE FUNCTION pg_temp.receive(
	type text, wire bytea,
	OUT value text, OUT code text, OUT message text, OUT detail text, OUT hint text)
LANGUAGE plpgsql AS $$
DECLARE
	file constant bytea := '\x5047434f50590aff0d0a00' || int4send(0) || int4send(0)
		|| int2send(1::int2) || int4send(length(wire)) || wire || int2send(-1::int2);
	octal text;
BEGIN
	SELECT string_agg(format('\%s%s%s', byte / 64, byte / 8 % 8, byte % 8), '' ORDER BY i)
	INTO octal
	FROM generate_series(0, length(file) - 1) AS i, get_byte(file, i) AS byte;

	EXECUTE format('CREATE TEMPORARY TABLE field (value %s)', type);
	SELECT * FROM pg_temp.error_of(format('COPY field FROM PROGRAM %L (FORMAT binary)',
			format('printf ''%s''', octal)))
	INTO code, message, detail, hint;
	EXECUTE 'SELECT value::text FROM field' INTO value;
	DROP TABLE field;
END
$$;

/* All the ways in which a label of ASCII letters may be spelled. */
CREATE FUNCTION pg_temp.spellings(label text, OUT way text, OUT spelled text)
RETURNS SETOF record
LANGUAGE sql AS $$
	SELECT way, spelled
	FROM (SELECT lower(label), upper(label)) AS case_of (lower, upper),
		LATERAL (VALUES
			(1, 'as written out', label),
			(2, 'lower case', lower),
			(3, 'upper case', upper),
			(4, 'mixed case', left(lower, 2) || substr(upper, 3)),
			(5, 'blanks around', '  ' || label || ' '),
			(6, 'control characters', E'\t\n\x0B' || label || E'\f\r\n'),
			(7, 'no-break spaces', U&'\00A0' || label || U&'\202F'),
			(8, 'ideographic spaces', U&'\3000' || label || U&'\3000'),
			(9, 'full-width small', translate(lower, 'abcdefghijklmnopqrstuvwxyz_',
				'ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ＿')),
			(10, 'full-width capital', translate(upper, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ_',
				'ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ＿')),
			(11, 'bold', translate(lower, 'abcdefghijklmnopqrstuvwxyz',
				'𝐚𝐛𝐜𝐝𝐞𝐟𝐠𝐡𝐢𝐣𝐤𝐥𝐦𝐧𝐨𝐩𝐪𝐫𝐬𝐭𝐮𝐯𝐰𝐱𝐲𝐳')),
			(12, 'circled', translate(upper, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
				'ⒶⒷⒸⒹⒺⒻⒼⒽⒾⒿⓀⓁⓂⓃⓄⓅⓆⓇⓈⓉⓊⓋⓌⓍⓎⓏ')),
			(13, 'long s, Kelvin, numerals', translate(lower, 'skicdlm', 'ſKⅰⅽⅾⅼⅿ')),
			(14, 'ligatures', replace(replace(lower, 'st', 'ﬆ'), 'fi', 'ﬁ')),
			(15, 'zero-width around', U&'\FEFF' || label || U&'\200B'),
			(16, 'zero-width inside', regexp_replace(label, '(.)', U&'\\1\200D', 'g')),
			(17, 'soft hyphen inside', left(label, 1) || U&'\00AD' || substr(label, 2))
		) AS spelling (place, way, spelled)
	ORDER BY place;
$$;

CREATE FUNCTION pg_temp.plan_of(query text) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT json) ' || query INTO plan;
	RETURN plan -> 0 -> 'Plan';
END
$$;

/* Does the plan of a query have a node like this, "Index Only Scan" for instance? */
CREATE FUNCTION pg_temp.plan_has(query text, node text) RETURNS boolean
LANGUAGE sql AS $$
	SELECT jsonb_path_exists(pg_temp.plan_of(query), 'strict $.**."Node Type" ? (@ == $node)',
		jsonb_build_object('node', node), true);
$$;

/* How many rows the planner expects of a query. */
CREATE FUNCTION pg_temp.expected_rows(query text) RETURNS numeric
LANGUAGE sql AS $$
	SELECT (pg_temp.plan_of(query) ->> 'Plan Rows')::numeric;
$$;

\set ECHO all
