\set ECHO none
/* What tests of pictures ask: pg_temp.faults(svg), no rows for a sound one, and pg_temp.texts(svg). */

/* Well-formed XML, nothing that could run or load, letters large enough, all of it on the canvas, and named for who cannot see it. */
CREATE FUNCTION pg_temp.faults(svg text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	id text := substring(svg FROM 'aria-labelledby="(kam-[0-9a-f]{12})-title ');
	height numeric := substring(svg FROM 'viewBox="0 0 720 ([0-9.]+)"');
	plain text;
BEGIN
	BEGIN
		PERFORM xmlparse(DOCUMENT svg);
	EXCEPTION WHEN feature_not_supported THEN
		/* A server without libxml: what follows has to do. */
		NULL;
	WHEN invalid_xml_document THEN
		RETURN NEXT 'is no XML: ' || SQLERRM;
	END;
	plain := regexp_replace(svg, '>[^<]*<', '><', 'g');
	IF svg NOT LIKE '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 % role="img" %' THEN
		RETURN NEXT 'is no picture';
	END IF;
	IF svg !~ '^<svg [^>]* lang="th" ' THEN
		RETURN NEXT 'does not say that it is Thai';
	END IF;
	IF svg NOT LIKE format('%%aria-labelledby="%1$s-title %1$s-desc"%%<title id="%1$s-title">_%%</title>%%<desc id="%1$s-desc">_%%</desc>%%', id) THEN
		RETURN NEXT 'is not named';
	END IF;
	RETURN QUERY
	SELECT 'has an element ' || m[1] FROM regexp_matches(plain, '</?([^ />]+)', 'g') m
	WHERE m[1] NOT IN ('svg', 'title', 'desc', 'g', 'rect', 'path', 'circle', 'polyline', 'text');
	RETURN QUERY
	SELECT 'has an attribute ' || m[1] FROM regexp_matches(plain, '\s([^ =<>"]+)="', 'g') m
	WHERE m[1] NOT IN ('xmlns', 'viewBox', 'width', 'height', 'role', 'lang', 'aria-labelledby', 'font-family', 'font-size', 'font-weight',
		'fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linejoin', 'paint-order', 'text-anchor', 'id', 'x', 'y', 'd', 'r',
		'cx', 'cy', 'points');
	RETURN QUERY
	SELECT 'has small letters: ' || m[1] FROM regexp_matches(plain, 'font-size="([^"]*)"', 'g') m WHERE m[1]::numeric < 14;
	RETURN QUERY
	SELECT 'is off the canvas: ' || m[1] FROM regexp_matches(plain, '(?: x| cx|M)="?([0-9.-]+)', 'g') m WHERE m[1]::numeric NOT BETWEEN 0 AND 720
	UNION ALL
	SELECT 'is off the canvas: ' || m[1] FROM regexp_matches(plain, ' c?y="([0-9.-]+)"', 'g') m WHERE m[1]::numeric NOT BETWEEN 0 AND height
	UNION ALL
	SELECT 'is off the canvas: ' || m[1] FROM regexp_matches(plain, '<rect x="([0-9.]+)" y="([0-9.]+)" width="([0-9.]+)" height="([0-9.]+)"', 'g') m
	WHERE m[1]::numeric + m[3]::numeric > 720 OR m[2]::numeric + m[4]::numeric > height;
END $$;
/* The texts of a picture, in the order of drawing, with the escapes undone. */
CREATE FUNCTION pg_temp.texts(svg text) RETURNS SETOF text LANGUAGE sql AS $$
	SELECT replace(replace(replace(replace(replace(m[1], '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&#39;', ''''), '&amp;', '&')
	FROM regexp_matches(svg, '<text [^>]*>([^<]*)</text>', 'g') m
$$;
\set ECHO all
