-- Everything in a workflow is described in Thai and English: what is not (none).
\set schema wf_comments
\set prefix regress_comments_
\getenv srcdir PG_ABS_SRCDIR
\set fixture :srcdir '/sql/include/workflow_fixture.sql'
\set cleanup :srcdir '/sql/include/workflow_cleanup.sql'
\i :fixture
CREATE TEMP TABLE described AS
	SELECT CASE c.relkind WHEN 'v' THEN 'view' ELSE 'table' END AS kind, c.relname::text AS name, obj_description(c.oid, 'pg_class') AS description
	FROM pg_class c WHERE c.relnamespace = :'schema'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
	UNION ALL
	SELECT 'column', c.relname || '.' || a.attname, col_description(c.oid, a.attnum)
	FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
	WHERE c.relnamespace = :'schema'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND a.attnum > 0 AND NOT a.attisdropped
	UNION ALL
	SELECT 'type', t.typname, obj_description(t.oid, 'pg_type')
	FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
	WHERE t.typnamespace = :'schema'::regnamespace AND t.typcategory <> 'A' AND coalesce(c.relkind, 'c') = 'c' AND t.typtype <> 'm'
	UNION ALL
	SELECT 'function', p.oid::regprocedure::text, obj_description(p.oid, 'pg_proc')
	FROM pg_proc p WHERE p.pronamespace = :'schema'::regnamespace AND p.prolang <> (SELECT l.oid FROM pg_language l WHERE l.lanname = 'internal');
-- Thai before the dash, English after it
SELECT kind, name, description FROM described
WHERE kind <> 'function' AND description ~ '[ก-๛].* — [A-Za-z0-9]' IS NOT TRUE ORDER BY kind, name;
SELECT name AS function, description FROM described
WHERE kind = 'function' AND description ~ '[A-Za-z]{2}' IS NOT TRUE ORDER BY name;
-- no description is that of another column of its table or type, or holds what came of escaping
SELECT split_part(name, '.', 1) AS relation, description, array_agg(split_part(name, '.', 2)) AS columns FROM described
WHERE kind = 'column' GROUP BY 1, 2 HAVING count(*) > 1 ORDER BY 1, 2;
SELECT name, description FROM described WHERE description ~ '\\|\?\?|  |''''|^ | $' ORDER BY name;
-- that many were looked at
SELECT kind, count(*) > CASE kind WHEN 'column' THEN 1400 WHEN 'function' THEN 150 WHEN 'table' THEN 40 WHEN 'view' THEN 15 ELSE 1 END AS many FROM described GROUP BY kind ORDER BY kind;
\i :cleanup
