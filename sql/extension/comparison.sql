/*
 * Comparison of all five types: functions, operators, operator classes,
 * min and max.
 *
 * One loop, so that all are complete in the same way. "symbol" says where the
 * C function of an operation is: tier, value_class and criteria are stored
 * like "char" and int4 and use what PostgreSQL has for these.
 *
 * The operators and min and max live in pg_catalog, so that they are found
 * under every search_path; each has a type of kam among its arguments, so
 * none can clash. All comparison is LEAKPROOF: it cannot fail and tells
 * nothing, and so row-level security can still use an index.
 */
DO $comparison$
DECLARE
	t record;
	o record;
	flags constant text := 'IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE';
BEGIN
	FOR t IN
		SELECT * FROM (VALUES
			('tier', 'internal',
			 '{"eq":"chareq","ne":"charne","lt":"charlt","le":"charle","gt":"chargt","ge":"charge",
			   "cmp":"btcharcmp","hash":"hashchar","hash_extended":"hashcharextended"}'::jsonb,
			 '{"larger":"kam_code_larger","smaller":"kam_code_smaller","sortsupport":"kam_code_sortsupport",
			   "skipsupport":"tier_skipsupport"}'::jsonb),
			('value_class', 'internal',
			 '{"eq":"chareq","ne":"charne","lt":"charlt","le":"charle","gt":"chargt","ge":"charge",
			   "cmp":"btcharcmp","hash":"hashchar","hash_extended":"hashcharextended"}',
			 '{"larger":"kam_code_larger","smaller":"kam_code_smaller","sortsupport":"kam_code_sortsupport",
			   "skipsupport":"value_class_skipsupport"}'),
			('criteria', 'internal',
			 '{"eq":"int4eq","ne":"int4ne","lt":"int4lt","le":"int4le","gt":"int4gt","ge":"int4ge",
			   "cmp":"btint4cmp","hash":"hashint4","hash_extended":"hashint4extended",
			   "larger":"int4larger","smaller":"int4smaller","sortsupport":"btint4sortsupport",
			   "skipsupport":"btint4skipsupport"}',
			 '{}'),
			('portfolio', 'c', '{}', '{}'),
			('rate', 'c', '{}', '{}')
		) AS type_of (name, language, builtin, own)
	LOOP
		FOR o IN
			SELECT f.operation, f.args, f.result, f.meaning,
				COALESCE(t.builtin ->> f.operation,
						 t.own ->> f.operation,
						 t.name || '_' || f.operation) AS symbol,
				t.builtin ? f.operation AS is_builtin
			FROM (VALUES
				('eq', '%1$s, %1$s', 'boolean', 'Implementation of =.'),
				('ne', '%1$s, %1$s', 'boolean', 'Implementation of <>.'),
				('lt', '%1$s, %1$s', 'boolean', 'Implementation of <.'),
				('le', '%1$s, %1$s', 'boolean', 'Implementation of <=.'),
				('gt', '%1$s, %1$s', 'boolean', 'Implementation of >.'),
				('ge', '%1$s, %1$s', 'boolean', 'Implementation of >=.'),
				('cmp', '%1$s, %1$s', 'int', 'Less, equal or greater: below, at or above 0.'),
				('sortsupport', 'internal', 'void', 'Sort support.'),
				('skipsupport', 'internal', 'void', 'Skip support of B-tree indexes.'),
				('hash', '%1$s', 'int', 'Hash.'),
				('hash_extended', '%1$s, bigint', 'bigint', 'Hash with a seed.'),
				('larger', '%1$s, %1$s', '%1$s', 'The larger of two; transition function of max.'),
				('smaller', '%1$s, %1$s', '%1$s', 'The smaller of two; transition function of min.')
			) AS f (operation, args, result, meaning)
			WHERE f.operation <> 'skipsupport'
				OR (pg_catalog.current_setting('server_version_num')::int >= 180000
					AND (t.builtin || t.own) ? 'skipsupport')
		LOOP
			EXECUTE pg_catalog.format(
				CASE WHEN o.is_builtin
					THEN 'CREATE FUNCTION %1$s(%2$s) RETURNS %3$s AS %4$L LANGUAGE internal %5$s'
					ELSE 'CREATE FUNCTION %1$s(%2$s) RETURNS %3$s AS ''MODULE_PATHNAME'', %4$L LANGUAGE c %5$s'
				END,
				pg_catalog.format('kam.%I', t.name || '_' || o.operation),
				pg_catalog.format(o.args, 'kam.' || t.name),
				pg_catalog.format(o.result, 'kam.' || t.name),
				o.symbol, flags);
			EXECUTE pg_catalog.format('COMMENT ON FUNCTION %s(%s) IS %L',
				pg_catalog.format('kam.%I', t.name || '_' || o.operation),
				pg_catalog.format(o.args, 'kam.' || t.name),
				o.meaning);
		END LOOP;

		FOR o IN
			SELECT * FROM (VALUES
				('=', 'eq', '=', '<>', 'eqsel', 'eqjoinsel', ', HASHES, MERGES', 'equal'),
				('<>', 'ne', '<>', '=', 'neqsel', 'neqjoinsel', '', 'not equal'),
				('<', 'lt', '>', '>=', 'scalarltsel', 'scalarltjoinsel', '', 'less than'),
				('<=', 'le', '>=', '>', 'scalarlesel', 'scalarlejoinsel', '', 'less than or equal'),
				('>', 'gt', '<', '<=', 'scalargtsel', 'scalargtjoinsel', '', 'greater than'),
				('>=', 'ge', '<=', '<', 'scalargesel', 'scalargejoinsel', '', 'greater than or equal')
			) AS op (name, operation, commutator, negator, restrict_sel, join_sel, more, meaning)
		LOOP
			EXECUTE pg_catalog.format(
				'CREATE OPERATOR pg_catalog.%1$s (LEFTARG = kam.%2$I, RIGHTARG = kam.%2$I, FUNCTION = kam.%3$I,
					COMMUTATOR = OPERATOR(pg_catalog.%4$s), NEGATOR = OPERATOR(pg_catalog.%5$s),
					RESTRICT = pg_catalog.%6$s, JOIN = pg_catalog.%7$s %8$s)',
				o.name, t.name, t.name || '_' || o.operation, o.commutator, o.negator,
				o.restrict_sel, o.join_sel, o.more);
			EXECUTE pg_catalog.format('COMMENT ON OPERATOR pg_catalog.%1$s (kam.%2$I, kam.%2$I) IS %3$L',
				o.name, t.name, o.meaning);
		END LOOP;

		/* equalimage: equal values have equal bytes, so a B-tree may deduplicate */
		EXECUTE pg_catalog.format(
			'CREATE OPERATOR CLASS kam.%1$s_ops DEFAULT FOR TYPE kam.%1$s USING btree AS
				OPERATOR 1 pg_catalog.<, OPERATOR 2 pg_catalog.<=, OPERATOR 3 pg_catalog.=,
				OPERATOR 4 pg_catalog.>=, OPERATOR 5 pg_catalog.>,
				FUNCTION 1 kam.%1$s_cmp(kam.%1$s, kam.%1$s),
				FUNCTION 2 kam.%1$s_sortsupport(internal),
				FUNCTION 4 pg_catalog.btequalimage(oid)', t.name);
		EXECUTE pg_catalog.format('COMMENT ON OPERATOR CLASS kam.%1$s_ops USING btree IS %2$L',
			t.name, 'Order of kam.' || t.name || '.');
		EXECUTE pg_catalog.format('COMMENT ON OPERATOR FAMILY kam.%1$s_ops USING btree IS %2$L',
			t.name, 'Order of kam.' || t.name || '.');
		IF pg_catalog.to_regprocedure(pg_catalog.format('kam.%I(internal)', t.name || '_skipsupport')) IS NOT NULL THEN
			EXECUTE pg_catalog.format(
				'ALTER OPERATOR FAMILY kam.%1$s_ops USING btree ADD
					FUNCTION 6 (kam.%1$s, kam.%1$s) kam.%1$s_skipsupport(internal)', t.name);
		END IF;

		EXECUTE pg_catalog.format(
			'CREATE OPERATOR CLASS kam.%1$s_ops DEFAULT FOR TYPE kam.%1$s USING hash AS
				OPERATOR 1 pg_catalog.=,
				FUNCTION 1 kam.%1$s_hash(kam.%1$s),
				FUNCTION 2 kam.%1$s_hash_extended(kam.%1$s, bigint)', t.name);
		EXECUTE pg_catalog.format('COMMENT ON OPERATOR CLASS kam.%1$s_ops USING hash IS %2$L',
			t.name, 'Hash of kam.' || t.name || '.');
		EXECUTE pg_catalog.format('COMMENT ON OPERATOR FAMILY kam.%1$s_ops USING hash IS %2$L',
			t.name, 'Hash of kam.' || t.name || '.');

		FOR o IN
			SELECT * FROM (VALUES
				('max', 'larger', '>', 'The highest value; NULL when there is none.'),
				('min', 'smaller', '<', 'The lowest value; NULL when there is none.')
			) AS agg (name, operation, sort_operator, meaning)
		LOOP
			EXECUTE pg_catalog.format(
				'CREATE AGGREGATE pg_catalog.%1$s(kam.%2$I) (SFUNC = kam.%3$I, STYPE = kam.%2$I,
					COMBINEFUNC = kam.%3$I, SORTOP = OPERATOR(pg_catalog.%4$s), PARALLEL = SAFE)',
				o.name, t.name, t.name || '_' || o.operation, o.sort_operator);
			EXECUTE pg_catalog.format('COMMENT ON AGGREGATE pg_catalog.%1$s(kam.%2$I) IS %3$L',
				o.name, t.name, o.meaning);
		END LOOP;
	END LOOP;
END
$comparison$;
