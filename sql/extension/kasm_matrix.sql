/* How many customers there are in each field of the Key Account Selection Matrix. */

CREATE TYPE kam.kasm_matrix;

CREATE FUNCTION kam.kasm_matrix_in(cstring) RETURNS kam.kasm_matrix
AS 'MODULE_PATHNAME', 'kasm_matrix_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm_matrix_in(cstring) IS
'Input: {field:count,field:count}. Error 22P02 for anything else.';

CREATE FUNCTION kam.kasm_matrix_out(kam.kasm_matrix) RETURNS cstring
AS 'MODULE_PATHNAME', 'kasm_matrix_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm_matrix_out(kam.kasm_matrix) IS
'Output: the fields that occur, high_main first.';

CREATE FUNCTION kam.kasm_matrix_recv(internal) RETURNS kam.kasm_matrix
AS 'MODULE_PATHNAME', 'kasm_matrix_recv'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm_matrix_recv(internal) IS
'Binary input: eight int64 counts, high_main first. Error 22P03 for a negative one.';

CREATE FUNCTION kam.kasm_matrix_send(kam.kasm_matrix) RETURNS bytea
AS 'MODULE_PATHNAME', 'kasm_matrix_send'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm_matrix_send(kam.kasm_matrix) IS
'Binary output: eight int64 counts, high_main first.';

CREATE TYPE kam.kasm_matrix (
	INPUT = kam.kasm_matrix_in,
	OUTPUT = kam.kasm_matrix_out,
	RECEIVE = kam.kasm_matrix_recv,
	SEND = kam.kasm_matrix_send,
	INTERNALLENGTH = 64,
	ALIGNMENT = double,
	STORAGE = plain,
	CATEGORY = 'K'
);
COMMENT ON TYPE kam.kasm_matrix IS
'How many customers there are in each field of the Key Account Selection Matrix (6.1.1), by value class and whether a main criterion is met, and how many without a class, written {high_main:3,low_secondary:7}. Ordered by the counts from high_main on.';

CREATE CAST (text AS kam.kasm_matrix) WITH INOUT AS ASSIGNMENT;
CREATE CAST (varchar AS kam.kasm_matrix) WITH INOUT AS ASSIGNMENT;
CREATE CAST (bpchar AS kam.kasm_matrix) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (text AS kam.kasm_matrix) IS 'Reads {field:count,field:count}; lets a text column be inserted as it is.';
COMMENT ON CAST (varchar AS kam.kasm_matrix) IS 'Reads {field:count,field:count}; lets a varchar column be inserted as it is.';
COMMENT ON CAST (bpchar AS kam.kasm_matrix) IS 'Reads {field:count,field:count}; lets a char(n) column be inserted as it is.';

CREATE FUNCTION kam.kasm_matrix(
	high_main bigint, high_secondary bigint,
	medium_main bigint, medium_secondary bigint,
	low_main bigint, low_secondary bigint,
	unclassed_main bigint, unclassed_secondary bigint
) RETURNS kam.kasm_matrix
AS 'MODULE_PATHNAME', 'kasm_matrix_make'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm_matrix(bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint) IS
'The matrix with these counts. Error 22003 for a negative one.';

CREATE FUNCTION kam.count(kam.kasm_matrix, value_class kam.value_class, main boolean) RETURNS bigint
AS 'MODULE_PATHNAME', 'kasm_matrix_count'
LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.count(kam.kasm_matrix, kam.value_class, boolean) IS
'How many customers the matrix holds in a field; those without a class for the class NULL.';

CREATE FUNCTION kam.fields(kam.kasm_matrix,
	OUT high_main bigint, OUT high_secondary bigint,
	OUT medium_main bigint, OUT medium_secondary bigint,
	OUT low_main bigint, OUT low_secondary bigint,
	OUT unclassed_main bigint, OUT unclassed_secondary bigint
)
AS 'MODULE_PATHNAME', 'kasm_matrix_fields'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.fields(kam.kasm_matrix) IS
'The matrix as a row, with a plain column for each field.';

CREATE FUNCTION kam.portfolio(kam.kasm_matrix) RETURNS kam.portfolio
AS 'MODULE_PATHNAME', 'kasm_matrix_portfolio'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.portfolio(kam.kasm_matrix) IS
'The tiers that the fields stand for (6.1.1); customers without a class have none. Error 22003 past the largest bigint.';

CREATE FUNCTION kam.kasm_matrix_pl(kam.kasm_matrix, kam.kasm_matrix) RETURNS kam.kasm_matrix
AS 'MODULE_PATHNAME', 'kasm_matrix_pl'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm_matrix_pl(kam.kasm_matrix, kam.kasm_matrix) IS
'Sum; implementation of +. Error 22003 past the largest bigint.';

CREATE FUNCTION kam.kasm_matrix_mi(kam.kasm_matrix, kam.kasm_matrix) RETURNS kam.kasm_matrix
AS 'MODULE_PATHNAME', 'kasm_matrix_mi'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm_matrix_mi(kam.kasm_matrix, kam.kasm_matrix) IS
'Difference; implementation of -. Error 22003 when a field would fall below 0.';

CREATE OPERATOR pg_catalog.+ (
	LEFTARG = kam.kasm_matrix, RIGHTARG = kam.kasm_matrix, FUNCTION = kam.kasm_matrix_pl,
	COMMUTATOR = OPERATOR(pg_catalog.+)
);
COMMENT ON OPERATOR pg_catalog.+ (kam.kasm_matrix, kam.kasm_matrix) IS 'add';

CREATE OPERATOR pg_catalog.- (
	LEFTARG = kam.kasm_matrix, RIGHTARG = kam.kasm_matrix, FUNCTION = kam.kasm_matrix_mi
);
COMMENT ON OPERATOR pg_catalog.- (kam.kasm_matrix, kam.kasm_matrix) IS 'subtract';

CREATE FUNCTION kam.kasm_matrix_accum(kam.kasm_matrix, kam.value_class, kam.criteria) RETURNS kam.kasm_matrix
AS 'MODULE_PATHNAME', 'kasm_matrix_accum'
LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm_matrix_accum(kam.kasm_matrix, kam.value_class, kam.criteria) IS
'One customer more; transition function of the aggregate kam.kasm_matrix.';

CREATE FUNCTION kam.kasm_matrix_discard(kam.kasm_matrix, kam.value_class, kam.criteria) RETURNS kam.kasm_matrix
AS 'MODULE_PATHNAME', 'kasm_matrix_discard'
LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm_matrix_discard(kam.kasm_matrix, kam.value_class, kam.criteria) IS
'One customer less; inverse transition function of the aggregate kam.kasm_matrix.';

CREATE AGGREGATE kam.kasm_matrix(kam.value_class, kam.criteria) (
	SFUNC = kam.kasm_matrix_accum,
	STYPE = kam.kasm_matrix,
	SSPACE = 64,
	INITCOND = '{}',
	COMBINEFUNC = kam.kasm_matrix_pl,
	MSFUNC = kam.kasm_matrix_accum,
	MINVFUNC = kam.kasm_matrix_discard,
	MSTYPE = kam.kasm_matrix,
	MSSPACE = 64,
	MINITCOND = '{}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kam.kasm_matrix(kam.value_class, kam.criteria) IS
'The matrix of the customers aggregated, {} when there is none; without a class they are counted as unclassed, without criteria (NULL, not the empty set) not at all.';

CREATE AGGREGATE pg_catalog.sum(kam.kasm_matrix) (
	SFUNC = kam.kasm_matrix_pl,
	STYPE = kam.kasm_matrix,
	SSPACE = 64,
	COMBINEFUNC = kam.kasm_matrix_pl,
	MSFUNC = kam.kasm_matrix_pl,
	MINVFUNC = kam.kasm_matrix_mi,
	MSTYPE = kam.kasm_matrix,
	MSSPACE = 64,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pg_catalog.sum(kam.kasm_matrix) IS
'Sum of the matrices; NULL when there is none.';

CREATE FUNCTION kam.kasm_matrix_eq(kam.kasm_matrix, kam.kasm_matrix) RETURNS boolean
AS 'MODULE_PATHNAME', 'kasm_matrix_eq'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm_matrix_eq(kam.kasm_matrix, kam.kasm_matrix) IS
'Implementation of =.';

CREATE FUNCTION kam.kasm_matrix_ne(kam.kasm_matrix, kam.kasm_matrix) RETURNS boolean
AS 'MODULE_PATHNAME', 'kasm_matrix_ne'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm_matrix_ne(kam.kasm_matrix, kam.kasm_matrix) IS
'Implementation of <>.';

CREATE FUNCTION kam.kasm_matrix_lt(kam.kasm_matrix, kam.kasm_matrix) RETURNS boolean
AS 'MODULE_PATHNAME', 'kasm_matrix_lt'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm_matrix_lt(kam.kasm_matrix, kam.kasm_matrix) IS
'Implementation of <.';

CREATE FUNCTION kam.kasm_matrix_le(kam.kasm_matrix, kam.kasm_matrix) RETURNS boolean
AS 'MODULE_PATHNAME', 'kasm_matrix_le'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm_matrix_le(kam.kasm_matrix, kam.kasm_matrix) IS
'Implementation of <=.';

CREATE FUNCTION kam.kasm_matrix_gt(kam.kasm_matrix, kam.kasm_matrix) RETURNS boolean
AS 'MODULE_PATHNAME', 'kasm_matrix_gt'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm_matrix_gt(kam.kasm_matrix, kam.kasm_matrix) IS
'Implementation of >.';

CREATE FUNCTION kam.kasm_matrix_ge(kam.kasm_matrix, kam.kasm_matrix) RETURNS boolean
AS 'MODULE_PATHNAME', 'kasm_matrix_ge'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm_matrix_ge(kam.kasm_matrix, kam.kasm_matrix) IS
'Implementation of >=.';

CREATE FUNCTION kam.kasm_matrix_cmp(kam.kasm_matrix, kam.kasm_matrix) RETURNS int
AS 'MODULE_PATHNAME', 'kasm_matrix_cmp'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm_matrix_cmp(kam.kasm_matrix, kam.kasm_matrix) IS
'Less, equal or greater: below, at or above 0.';

CREATE FUNCTION kam.kasm_matrix_sortsupport(internal) RETURNS void
AS 'MODULE_PATHNAME', 'kasm_matrix_sortsupport'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm_matrix_sortsupport(internal) IS
'Sort support.';

CREATE FUNCTION kam.kasm_matrix_hash(kam.kasm_matrix) RETURNS int
AS 'MODULE_PATHNAME', 'kasm_matrix_hash'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm_matrix_hash(kam.kasm_matrix) IS
'Hash.';

CREATE FUNCTION kam.kasm_matrix_hash_extended(kam.kasm_matrix, bigint) RETURNS bigint
AS 'MODULE_PATHNAME', 'kasm_matrix_hash_extended'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm_matrix_hash_extended(kam.kasm_matrix, bigint) IS
'Hash with a seed.';

CREATE FUNCTION kam.kasm_matrix_larger(kam.kasm_matrix, kam.kasm_matrix) RETURNS kam.kasm_matrix
AS 'MODULE_PATHNAME', 'kasm_matrix_larger'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm_matrix_larger(kam.kasm_matrix, kam.kasm_matrix) IS
'The larger of two; transition function of max.';

CREATE FUNCTION kam.kasm_matrix_smaller(kam.kasm_matrix, kam.kasm_matrix) RETURNS kam.kasm_matrix
AS 'MODULE_PATHNAME', 'kasm_matrix_smaller'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm_matrix_smaller(kam.kasm_matrix, kam.kasm_matrix) IS
'The smaller of two; transition function of min.';

CREATE OPERATOR pg_catalog.= (
	LEFTARG = kam.kasm_matrix, RIGHTARG = kam.kasm_matrix, FUNCTION = kam.kasm_matrix_eq,
	COMMUTATOR = OPERATOR(pg_catalog.=), NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = pg_catalog.eqsel, JOIN = pg_catalog.eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR pg_catalog.= (kam.kasm_matrix, kam.kasm_matrix) IS 'equal';

CREATE OPERATOR pg_catalog.<> (
	LEFTARG = kam.kasm_matrix, RIGHTARG = kam.kasm_matrix, FUNCTION = kam.kasm_matrix_ne,
	COMMUTATOR = OPERATOR(pg_catalog.<>), NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = pg_catalog.neqsel, JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (kam.kasm_matrix, kam.kasm_matrix) IS 'not equal';

CREATE OPERATOR pg_catalog.< (
	LEFTARG = kam.kasm_matrix, RIGHTARG = kam.kasm_matrix, FUNCTION = kam.kasm_matrix_lt,
	COMMUTATOR = OPERATOR(pg_catalog.>), NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = pg_catalog.scalarltsel, JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (kam.kasm_matrix, kam.kasm_matrix) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	LEFTARG = kam.kasm_matrix, RIGHTARG = kam.kasm_matrix, FUNCTION = kam.kasm_matrix_le,
	COMMUTATOR = OPERATOR(pg_catalog.>=), NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = pg_catalog.scalarlesel, JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (kam.kasm_matrix, kam.kasm_matrix) IS 'less than or equal';

CREATE OPERATOR pg_catalog.> (
	LEFTARG = kam.kasm_matrix, RIGHTARG = kam.kasm_matrix, FUNCTION = kam.kasm_matrix_gt,
	COMMUTATOR = OPERATOR(pg_catalog.<), NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = pg_catalog.scalargtsel, JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (kam.kasm_matrix, kam.kasm_matrix) IS 'greater than';

CREATE OPERATOR pg_catalog.>= (
	LEFTARG = kam.kasm_matrix, RIGHTARG = kam.kasm_matrix, FUNCTION = kam.kasm_matrix_ge,
	COMMUTATOR = OPERATOR(pg_catalog.<=), NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = pg_catalog.scalargesel, JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (kam.kasm_matrix, kam.kasm_matrix) IS 'greater than or equal';

/* equalimage: equal values have equal bytes, so a B-tree may deduplicate */
CREATE OPERATOR CLASS kam.kasm_matrix_ops DEFAULT FOR TYPE kam.kasm_matrix USING btree AS
	OPERATOR 1 pg_catalog.<, OPERATOR 2 pg_catalog.<=, OPERATOR 3 pg_catalog.=,
	OPERATOR 4 pg_catalog.>=, OPERATOR 5 pg_catalog.>,
	FUNCTION 1 kam.kasm_matrix_cmp(kam.kasm_matrix, kam.kasm_matrix),
	FUNCTION 2 kam.kasm_matrix_sortsupport(internal),
	FUNCTION 4 pg_catalog.btequalimage(oid);
COMMENT ON OPERATOR CLASS kam.kasm_matrix_ops USING btree IS 'Order of kam.kasm_matrix.';
COMMENT ON OPERATOR FAMILY kam.kasm_matrix_ops USING btree IS 'Order of kam.kasm_matrix.';

CREATE OPERATOR CLASS kam.kasm_matrix_ops DEFAULT FOR TYPE kam.kasm_matrix USING hash AS
	OPERATOR 1 pg_catalog.=,
	FUNCTION 1 kam.kasm_matrix_hash(kam.kasm_matrix),
	FUNCTION 2 kam.kasm_matrix_hash_extended(kam.kasm_matrix, bigint);
COMMENT ON OPERATOR CLASS kam.kasm_matrix_ops USING hash IS 'Hash of kam.kasm_matrix.';
COMMENT ON OPERATOR FAMILY kam.kasm_matrix_ops USING hash IS 'Hash of kam.kasm_matrix.';

CREATE AGGREGATE pg_catalog.max(kam.kasm_matrix) (
	SFUNC = kam.kasm_matrix_larger,
	STYPE = kam.kasm_matrix,
	COMBINEFUNC = kam.kasm_matrix_larger,
	SORTOP = OPERATOR(pg_catalog.>),
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pg_catalog.max(kam.kasm_matrix) IS
'The highest value; NULL when there is none.';

CREATE AGGREGATE pg_catalog.min(kam.kasm_matrix) (
	SFUNC = kam.kasm_matrix_smaller,
	STYPE = kam.kasm_matrix,
	COMBINEFUNC = kam.kasm_matrix_smaller,
	SORTOP = OPERATOR(pg_catalog.<),
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pg_catalog.min(kam.kasm_matrix) IS
'The lowest value; NULL when there is none.';
