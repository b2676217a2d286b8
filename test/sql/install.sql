/*
 * The extension as the catalog has it: what belongs to it, that everything is
 * explained, and how functions and types are declared.
 */
SELECT extname, extrelocatable, n.nspname, extconfig::regclass[], extcondition,
	extversion = (SELECT default_version FROM pg_available_extensions WHERE name = 'kam') AS default_version,
	extversion = kam.version() AS version_of_the_library
FROM pg_extension JOIN pg_namespace AS n ON n.oid = extnamespace WHERE extname = 'kam';
SELECT superuser, trusted, relocatable, requires FROM pg_available_extension_versions WHERE name = 'kam' AND installed;

/*
 * Members and what hangs on them: columns, triggers. A type's array and a
 * table's row type come with it; constraints, indexes and rewrite rules
 * explain themselves.
 */
CREATE TEMPORARY VIEW member AS
SELECT classid, objid, 0 AS objsubid
FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
	AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'kam');
CREATE TEMPORARY VIEW object AS
TABLE member
UNION ALL
SELECT 'pg_class'::regclass, attrelid, attnum
FROM pg_attribute JOIN member ON classid = 'pg_class'::regclass AND objid = attrelid WHERE attnum > 0 AND NOT attisdropped
UNION ALL
SELECT 'pg_class'::regclass, attrelid, attnum
FROM pg_attribute JOIN pg_type AS t ON typrelid = attrelid JOIN member ON classid = 'pg_type'::regclass AND objid = t.oid
	JOIN pg_class AS c ON c.oid = typrelid WHERE attnum > 0 AND NOT attisdropped AND relkind = 'c'
UNION ALL
SELECT 'pg_trigger'::regclass, t.oid, 0
FROM pg_trigger AS t JOIN member ON classid = 'pg_class'::regclass AND objid = tgrelid WHERE NOT tgisinternal;

/* Each has a comment. */
SELECT pg_describe_object(classid, objid, objsubid) AS without_comment
FROM object
WHERE NOT EXISTS (SELECT FROM pg_description AS d WHERE d.classoid = object.classid AND d.objoid = object.objid AND d.objsubid = object.objsubid)
	AND NOT (classid = 'pg_type'::regclass
		AND EXISTS (SELECT FROM pg_type LEFT JOIN pg_class AS c ON c.oid = typrelid
					WHERE pg_type.oid = objid AND (typcategory = 'A' OR relkind <> 'c')))
ORDER BY 1;
SELECT obj_description(oid, 'pg_extension') FROM pg_extension WHERE extname = 'kam';
/* Comments are sentences, but for the operators', which are like PostgreSQL's own. */
SELECT pg_describe_object(classid, objid, 0) AS no_sentence, description
FROM pg_description JOIN member ON classoid = classid AND objoid = objid
WHERE description ~ '^\s|\s$|  ' OR (description ~ '[.]$') = (classid = 'pg_operator'::regclass)
ORDER BY 1;

/* Outside the schema kam there is nothing but operators and min, max and sum, all of them of a kam type. */
SELECT pg_describe_object(classid, objid, 0) AS outside
FROM member LEFT JOIN pg_proc AS p ON classid = 'pg_proc'::regclass AND objid = p.oid
	LEFT JOIN pg_operator AS o ON classid = 'pg_operator'::regclass AND objid = o.oid,
	pg_identify_object(classid, objid, 0) AS i
WHERE i.schema IS DISTINCT FROM 'kam' AND NOT (classid = 'pg_namespace'::regclass AND objid = 'kam'::regnamespace)
	AND classid <> 'pg_cast'::regclass
	AND NOT (pronamespace = 'pg_catalog'::regnamespace AND proname IN ('min', 'max', 'sum') AND prokind = 'a'
		AND proargtypes[0] IN (SELECT oid FROM pg_type WHERE typnamespace = 'kam'::regnamespace))
	AND NOT (oprnamespace = 'pg_catalog'::regnamespace AND oprleft = oprright
		AND oprleft IN (SELECT oid FROM pg_type WHERE typnamespace = 'kam'::regnamespace));
SELECT pg_describe_object('pg_cast'::regclass, oid, 0) AS cast, castcontext, castmethod FROM pg_cast JOIN member ON classid = 'pg_cast'::regclass AND objid = oid ORDER BY 1;

/* Types: length, alignment, category. */
SELECT oid::regtype, typlen, typbyval, typalign, typstorage, typcategory, typispreferred,
	typreceive::oid <> 0 AND typsend::oid <> 0 AS is_binary, typdefault
FROM pg_type WHERE typnamespace = 'kam'::regnamespace AND typtype = 'b' AND typcategory <> 'A' ORDER BY 1;

/*
 * Nobody's rights but the caller's; no settings of its own; no text of SQL that is parsed at every call,
 * but in PL/pgSQL, under a search_path that nobody else can write to: it reads iCalendar texts, holds the workflow's script and draws pictures.
 */
SELECT p.oid::regprocedure AS wrong FROM pg_proc AS p JOIN member ON classid = 'pg_proc'::regclass AND objid = p.oid
	JOIN pg_language AS l ON l.oid = prolang
WHERE prosecdef OR lanname = 'sql' AND prosqlbody IS NULL
	OR CASE WHEN lanname = 'plpgsql' THEN proconfig IS DISTINCT FROM '{"search_path=pg_catalog, pg_temp"}'
		ELSE lanname NOT IN ('c', 'internal', 'sql') OR proconfig IS NOT NULL END
ORDER BY 1;

/* All is immutable and safe in parallel workers, but for these. */
SELECT p.oid::regprocedure AS function, provolatile, proparallel
FROM pg_proc AS p JOIN member ON classid = 'pg_proc'::regclass AND objid = p.oid
WHERE proparallel <> 's' ORDER BY p.oid::regprocedure::text COLLATE "C";
SELECT provolatile, string_agg(DISTINCT proname, ' ' ORDER BY proname) AS functions
FROM pg_proc AS p JOIN member ON classid = 'pg_proc'::regclass AND objid = p.oid
WHERE provolatile <> 'i' AND prorettype <> 'internal'::regtype GROUP BY provolatile ORDER BY provolatile;

/* What is called safe does run in a worker. */
SELECT set_config(name, 'on', false) AS forced FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query');
SELECT kam.portfolio(label::kam.tier), sum(kam.weight(label::kam.tier, 2018)), kam.weight(kam.portfolio(label::kam.tier), 2018),
	bool_and(kam.display_name(label::kam.tier) = name_th) AS names_right
FROM kam.label WHERE type = 'tier';
SELECT kam.kasm('High', kam.main_criteria(voltage_kv => sort_order * 23, plan_year => 2018)) AS tier, count(*)
FROM kam.label GROUP BY tier ORDER BY tier;
RESET ALL;

/* Aggregates: all in parallel; exact inverses where the frame of a window moves. */
SELECT aggfnoid::regprocedure AS aggregate, aggcombinefn <> 0 AS combines, aggserialfn <> 0 AS serialises, aggminvtransfn <> 0 AS moves,
	proparallel
FROM pg_aggregate JOIN pg_proc AS p ON p.oid = aggfnoid JOIN member ON classid = 'pg_proc'::regclass AND objid = p.oid
ORDER BY aggfnoid::regprocedure::text COLLATE "C";

/* Leakproof are comparison, the algebra of sets and the matrix; nothing that can fail. */
SELECT string_agg(DISTINCT regexp_replace(proname, '^(tier|value_class|criteria|portfolio|rate|satisfaction|kasm_matrix)_', '*_'), ' ') AS leakproof
FROM pg_proc AS p JOIN member ON classid = 'pg_proc'::regclass AND objid = p.oid WHERE proleakproof AND proname !~ 'skipsupport';

/* A database with another encoding is refused, and nothing is half done. */
\set SHOW_CONTEXT never
CREATE DATABASE regression_kam_latin1 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' LOCALE_PROVIDER libc TEMPLATE template0;
CREATE DATABASE regression_kam_ascii ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' LOCALE_PROVIDER libc TEMPLATE template0;
\set home :DBNAME
\c regression_kam_latin1
CREATE EXTENSION kam;
\echo :LAST_ERROR_SQLSTATE
SELECT count(*) FROM pg_extension WHERE extname = 'kam';
SELECT to_regnamespace('kam') IS NULL AS no_schema;
\c regression_kam_ascii
CREATE EXTENSION kam;
\echo :LAST_ERROR_SQLSTATE
\c :home
DROP DATABASE regression_kam_latin1;
DROP DATABASE regression_kam_ascii;

/* A schema of that name that is there before is not taken over. Dropped, the extension leaves nothing behind. */
CREATE DATABASE regression_kam_utf8 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' LOCALE_PROVIDER libc TEMPLATE template0;
\c regression_kam_utf8
CREATE SCHEMA kam;
CREATE EXTENSION kam;
DROP SCHEMA kam;
CREATE FUNCTION pg_temp.catalogs(OUT catalog text, OUT rows bigint) RETURNS SETOF record
LANGUAGE sql AS $$
	SELECT 'pg_proc', count(*) FROM pg_proc UNION ALL SELECT 'pg_type', count(*) FROM pg_type
	UNION ALL SELECT 'pg_operator', count(*) FROM pg_operator UNION ALL SELECT 'pg_opfamily', count(*) FROM pg_opfamily
	UNION ALL SELECT 'pg_opclass', count(*) FROM pg_opclass UNION ALL SELECT 'pg_amop', count(*) FROM pg_amop
	UNION ALL SELECT 'pg_amproc', count(*) FROM pg_amproc UNION ALL SELECT 'pg_cast', count(*) FROM pg_cast
	UNION ALL SELECT 'pg_class', count(*) FROM pg_class UNION ALL SELECT 'pg_namespace', count(*) FROM pg_namespace
	UNION ALL SELECT 'pg_description', count(*) FROM pg_description UNION ALL SELECT 'pg_depend', count(*) FROM pg_depend
	UNION ALL SELECT 'pg_init_privs', count(*) FROM pg_init_privs
$$;
CREATE TEMPORARY TABLE before (catalog text, rows bigint);
INSERT INTO before SELECT * FROM pg_temp.catalogs();
CREATE EXTENSION kam SCHEMA public;
CREATE EXTENSION kam;
CREATE TABLE account (tier kam.tier);
DROP EXTENSION kam;
DROP TABLE account;
DROP EXTENSION kam;
SELECT catalog, before.rows AS before, after.rows AS after
FROM before JOIN pg_temp.catalogs() AS after USING (catalog)
WHERE before.rows <> after.rows;
\c :home
DROP DATABASE regression_kam_utf8;
