/* Text as HTML and SVG hold it. */
\getenv srcdir PG_ABS_SRCDIR
\set ask :srcdir '/sql/include/ask.sql'
\i :ask
\pset null '(null)'

SELECT kam.escape_markup('<script>alert("ก & ข")</script>'), kam.escape_markup($$' onload='x$$), kam.escape_markup('&amp;') AS twice,
	kam.escape_markup('') AS empty, kam.escape_markup(NULL) AS nothing;
SELECT proname, provolatile, proisstrict, proparallel FROM pg_proc WHERE oid = 'kam.escape_markup(text)'::regprocedure;

/* Every character up to U+FFFF, and some beyond: only these are changed. */
SELECT to_hex(point) AS code, kam.escape_markup(chr(point)) = chr(65533) AS replaced, kam.escape_markup(chr(point))
FROM (SELECT generate_series(1, 65535) UNION ALL SELECT generate_series(65536, 1114111, 61) UNION ALL SELECT 1114111) AS p (point)
WHERE point NOT BETWEEN 55296 AND 57343 AND kam.escape_markup('ก' || chr(point) || 'a') <> 'ก' || chr(point) || 'a'
ORDER BY point;

/* Any of them, anywhere in a text: read back, it is what was written. */
SELECT count(*) AS texts, count(*) FILTER (WHERE read = written) AS right
FROM (SELECT string_agg(chr(codes[1 + i * j % 97 % cardinality(codes)]), '' ORDER BY j) FROM generate_series(1, 2000) AS i, generate_series(1, i % 37 + 1) AS j,
		(SELECT ARRAY[9, 10, 34, 38, 39, 60, 62, 93, 45, 97, 3585, 3656, 8203, 65532, 128512]) AS c (codes) GROUP BY i) AS t (written),
	LATERAL (SELECT replace(replace(replace(replace(replace(kam.escape_markup(written), '&#39;', ''''), '&quot;', '"'), '&gt;', '>'), '&lt;', '<'), '&amp;', '&')) AS r (read);

/* Megabytes in one value. */
SELECT length(kam.escape_markup(repeat('<ก', 1000000)));
