/*
 * Everything that the system catalogs say about the extension kam, or about the schema that the
 * setting kam_test.schema names, as one sorted line per fact:
 *
 *   catalog | object | column = value
 *
 * so that two ways of getting there can be compared line by line. OIDs are replaced by the names
 * of what they stand for. Read by upgrade.pl and workflow_upgrade.pl, with psql.
 */
SET search_path = pg_catalog;

CREATE FUNCTION pg_temp.name_of(class oid, object oid) RETURNS text
LANGUAGE sql AS $$
	SELECT CASE WHEN object = 0 THEN '-'
		-- These names contain an OID.
		ELSE regexp_replace(pg_describe_object(class, object, 0), '(RI_ConstraintTrigger_[ac]|pg_toast)_\d+', '\1', 'g')
	END
$$;

CREATE FUNCTION pg_temp.names_of(class oid, objects oid[]) RETURNS text
LANGUAGE sql AS $$
	SELECT string_agg(pg_temp.name_of(class, object), ', ' ORDER BY n) FROM unnest(objects) WITH ORDINALITY AS o(object, n)
$$;

/*
 * The members of the extension, or what is in the schema; and what depends on them internally:
 * array types, constraints, indexes, triggers.
 */
CREATE TEMP TABLE member AS
WITH RECURSIVE found(class, object) AS (
	SELECT 'pg_extension'::regclass::oid, e.oid FROM pg_extension AS e
	WHERE extname = 'kam' AND nullif(current_setting('kam_test.schema', true), '') IS NULL
	UNION ALL
	SELECT 'pg_namespace'::regclass::oid, n.oid FROM pg_namespace AS n WHERE nspname = current_setting('kam_test.schema', true)
	UNION
	SELECT d.classid, d.objid FROM pg_depend AS d JOIN found ON d.refclassid = found.class AND d.refobjid = found.object
	WHERE d.deptype IN ('e', 'i', 'a') OR d.deptype = 'n' AND d.refclassid = 'pg_namespace'::regclass
		AND d.refobjid = to_regnamespace(nullif(current_setting('kam_test.schema', true), ''))
)
SELECT class, object FROM found;

CREATE TEMP TABLE fact (fact text);

DO $$
DECLARE
	source record;
	columns text;
	rel regclass;
BEGIN
	FOR source IN
		-- Catalogs of objects, and catalogs of their parts: which column tells the object, which the part.
		SELECT class::regclass AS catalog, class, 'oid' AS object, 'NULL' AS part FROM (SELECT DISTINCT class FROM pg_temp.member) AS m
		UNION ALL
		SELECT catalog::regclass, class::regclass, object, part
		FROM (VALUES
			('pg_attribute', 'pg_class', 'attrelid', 'attname'),
			('pg_index', 'pg_class', 'indexrelid', 'NULL'),
			('pg_sequence', 'pg_class', 'seqrelid', 'NULL'),
			('pg_aggregate', 'pg_proc', 'aggfnoid', 'NULL'),
			('pg_enum', 'pg_type', 'enumtypid', 'enumlabel'),
			('pg_range', 'pg_type', 'rngtypid', 'NULL'),
			('pg_ts_config_map', 'pg_ts_config', 'mapcfg', 'maptokentype || '' '' || mapseqno'),
			('pg_description', NULL, 'objoid', 'objsubid'),
			('pg_init_privs', NULL, 'objoid', 'objsubid')
		) AS v(catalog, class, object, part)
	LOOP
		SELECT string_agg(format('(%L, %s)', a.attname,
			CASE
				WHEN fk.is_array THEN format('pg_temp.names_of(%s, c.%I::oid[])', fk.pktable::oid, a.attname)
				WHEN fk.pktable IS NOT NULL THEN format('pg_temp.name_of(%s, c.%I::oid)', fk.pktable::oid, a.attname)
				WHEN a.atttypid = 'aclitem[]'::regtype THEN format('(SELECT string_agg(i::text, '','' ORDER BY i::text) FROM unnest(c.%I) AS i)', a.attname)
				ELSE format('c.%I::text', a.attname)
			END), ', ')
		INTO columns
		FROM pg_attribute AS a
			LEFT JOIN LATERAL pg_get_catalog_foreign_keys() AS fk
				ON fk.fktable = a.attrelid AND fk.fkcols = ARRAY[a.attname::text] AND fk.pkcols = '{oid}'
		WHERE a.attrelid = source.catalog AND a.attnum > 0 AND NOT a.attisdropped
			-- Parse trees hold OIDs; they are compared as definitions, below.
			AND a.atttypid <> 'pg_node_tree'::regtype
			AND a.attname NOT IN ('oid', 'objoid', 'classoid',
				-- where a table is stored, how full it is, how old
				'relfilenode', 'relpages', 'reltuples', 'relallvisible', 'relallfrozen', 'relfrozenxid', 'relminmxid',
				-- whether a column came later, with a default for the rows there were
				'atthasmissing', 'attmissingval',
				-- some minor releases note their own number here
				'attoptions');

		EXECUTE format($query$
			INSERT INTO pg_temp.fact
			SELECT concat_ws(' | ', %L, pg_temp.name_of(m.class, m.object), (%s)::text, v.name || ' = ' || coalesce(v.value, 'NULL'))
			FROM pg_temp.member AS m JOIN %s AS c ON m.object = c.%I AND m.class = %s
				CROSS JOIN LATERAL (VALUES %s) AS v(name, value)
			$query$,
			source.catalog, source.part, source.catalog, source.object, coalesce(source.class::text, 'c.classoid'), columns);
	END LOOP;

	-- The rows that come with it, but for the moment at which they came, and their place in the history.
	FOR rel IN SELECT object FROM pg_temp.member JOIN pg_class ON class = 'pg_class'::regclass AND pg_class.oid = object WHERE relkind = 'r' LOOP
		EXECUTE format('INSERT INTO pg_temp.fact SELECT concat_ws('' | '', ''row'', %L, to_jsonb(t) - %L::text[]) FROM %s AS t', rel,
			ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = rel AND (atttypid = 'timestamptz'::regtype OR attname = 'history_id')), rel);
	END LOOP;
END
$$;

INSERT INTO pg_temp.fact
SELECT concat_ws(' | ', 'definition', pg_temp.name_of(class, object),
	CASE class
		WHEN 'pg_proc'::regclass THEN (SELECT pg_get_functiondef(oid) FROM pg_proc WHERE oid = object AND prokind <> 'a')
		WHEN 'pg_constraint'::regclass THEN pg_get_constraintdef(object)
		WHEN 'pg_trigger'::regclass THEN pg_get_triggerdef(object)
		WHEN 'pg_rewrite'::regclass THEN pg_get_ruledef(object)
		WHEN 'pg_attrdef'::regclass THEN (SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE oid = object)
		WHEN 'pg_policy'::regclass THEN (SELECT concat_ws(' ', pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) FROM pg_policy WHERE oid = object)
		WHEN 'pg_class'::regclass THEN (SELECT pg_get_indexdef(oid) FROM pg_class WHERE oid = object AND relkind = 'i')
		WHEN 'pg_type'::regclass THEN (SELECT typdefault FROM pg_type WHERE oid = object)
	END)
FROM pg_temp.member;

SELECT line FROM pg_temp.fact, regexp_replace(replace(fact, E'\n', '\n'), '(RI_ConstraintTrigger_[ac])_\d+', '\1', 'g') AS line
WHERE fact !~ 'pg_toast' ORDER BY line COLLATE "C";
