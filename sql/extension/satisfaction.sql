/* kam.satisfaction: scores of a survey, added up without averaging averages. */

CREATE TYPE kam.satisfaction;

CREATE FUNCTION kam.satisfaction_in(cstring) RETURNS kam.satisfaction
AS 'MODULE_PATHNAME', 'satisfaction_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.satisfaction_in(cstring) IS
'Input: {responses:n,sum:s,squares:q,scale:max}, or {} without responses. Error 22P02 for anything else, 22003 for what no scores add up to.';

CREATE FUNCTION kam.satisfaction_out(kam.satisfaction) RETURNS cstring
AS 'MODULE_PATHNAME', 'satisfaction_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.satisfaction_out(kam.satisfaction) IS
'Output: {responses:n,sum:s,squares:q,scale:max}, or {} without responses.';

CREATE FUNCTION kam.satisfaction_recv(internal) RETURNS kam.satisfaction
AS 'MODULE_PATHNAME', 'satisfaction_recv'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.satisfaction_recv(internal) IS
'Binary input: responses and sum as int64, squares as int128, scale as int64, in ten-thousandths of a point. Error 22P03 for what no scores add up to.';

CREATE FUNCTION kam.satisfaction_send(kam.satisfaction) RETURNS bytea
AS 'MODULE_PATHNAME', 'satisfaction_send'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.satisfaction_send(kam.satisfaction) IS
'Binary output: responses and sum as int64, squares as int128, scale as int64, in ten-thousandths of a point.';

CREATE TYPE kam.satisfaction (
	INPUT = kam.satisfaction_in,
	OUTPUT = kam.satisfaction_out,
	RECEIVE = kam.satisfaction_recv,
	SEND = kam.satisfaction_send,
	INTERNALLENGTH = 40,
	ALIGNMENT = double,
	STORAGE = plain,
	CATEGORY = 'K'
);
COMMENT ON TYPE kam.satisfaction IS
'Scores of a survey and their scale: how many, their sum and the sum of their squares, exactly, written {responses:40,sum:170,squares:742,scale:5}. Ordered by the scale, then by the mean.';

CREATE CAST (text AS kam.satisfaction) WITH INOUT AS ASSIGNMENT;
CREATE CAST (varchar AS kam.satisfaction) WITH INOUT AS ASSIGNMENT;
CREATE CAST (bpchar AS kam.satisfaction) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (text AS kam.satisfaction) IS 'Reads {responses:n,sum:s,squares:q,scale:max}; lets a text column be inserted as it is.';
COMMENT ON CAST (varchar AS kam.satisfaction) IS 'Reads {responses:n,sum:s,squares:q,scale:max}; lets a varchar column be inserted as it is.';
COMMENT ON CAST (bpchar AS kam.satisfaction) IS 'Reads {responses:n,sum:s,squares:q,scale:max}; lets a char(n) column be inserted as it is.';

CREATE FUNCTION kam.satisfaction(responses bigint, sum numeric, squares numeric, scale numeric) RETURNS kam.satisfaction
AS 'MODULE_PATHNAME', 'satisfaction_make'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.satisfaction(bigint, numeric, numeric, numeric) IS
'From the count, sum and sum of squares of scores that are known already. Error 22003 for what no scores add up to.';

CREATE FUNCTION kam.responses(kam.satisfaction) RETURNS bigint
AS 'MODULE_PATHNAME', 'satisfaction_responses'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.responses(kam.satisfaction) IS
'How many scores there are.';

CREATE FUNCTION kam.total(kam.satisfaction) RETURNS numeric
AS 'MODULE_PATHNAME', 'satisfaction_total'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.total(kam.satisfaction) IS
'Sum of the scores, exactly.';

CREATE FUNCTION kam.squares(kam.satisfaction) RETURNS numeric
AS 'MODULE_PATHNAME', 'satisfaction_squares'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.squares(kam.satisfaction) IS
'Sum of the squares of the scores, exactly.';

CREATE FUNCTION kam.scale(kam.satisfaction) RETURNS numeric
AS 'MODULE_PATHNAME', 'satisfaction_scale'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.scale(kam.satisfaction) IS
'The highest score that could be given; NULL without responses.';

CREATE FUNCTION kam.mean(kam.satisfaction, digits int DEFAULT 2) RETURNS numeric
AS 'MODULE_PATHNAME', 'satisfaction_mean'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 4;
COMMENT ON FUNCTION kam.mean(kam.satisfaction, int) IS
'Mean score, rounded half up to 0 to 15 digits after the point; NULL without responses.';

CREATE FUNCTION kam.percent_of_scale(kam.satisfaction, digits int DEFAULT 1) RETURNS numeric
AS 'MODULE_PATHNAME', 'satisfaction_percent_of_scale'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 4;
COMMENT ON FUNCTION kam.percent_of_scale(kam.satisfaction, int) IS
'Mean score in percent of the scale, rounded half up to 0 to 15 digits after the point; NULL without responses.';

CREATE FUNCTION kam.deviation(kam.satisfaction, digits int DEFAULT 2) RETURNS numeric
AS 'MODULE_PATHNAME', 'satisfaction_deviation'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 30;
COMMENT ON FUNCTION kam.deviation(kam.satisfaction, int) IS
'Standard deviation of the sample (n - 1, as stddev has it), rounded half up to 0 to 15 digits after the point; NULL for fewer than two responses.';

CREATE FUNCTION kam.satisfaction_pl(kam.satisfaction, kam.satisfaction) RETURNS kam.satisfaction
AS 'MODULE_PATHNAME', 'satisfaction_pl'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.satisfaction_pl(kam.satisfaction, kam.satisfaction) IS
'Sum; implementation of +. Error 22023 for different scales, 22003 past what is held.';

CREATE FUNCTION kam.satisfaction_mi(kam.satisfaction, kam.satisfaction) RETURNS kam.satisfaction
AS 'MODULE_PATHNAME', 'satisfaction_mi'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.satisfaction_mi(kam.satisfaction, kam.satisfaction) IS
'Difference; implementation of -. Error 22023 for different scales, 22003 when no scores add up to what is left.';

CREATE OPERATOR pg_catalog.+ (
	LEFTARG = kam.satisfaction, RIGHTARG = kam.satisfaction, FUNCTION = kam.satisfaction_pl,
	COMMUTATOR = OPERATOR(pg_catalog.+)
);
COMMENT ON OPERATOR pg_catalog.+ (kam.satisfaction, kam.satisfaction) IS 'add';

CREATE OPERATOR pg_catalog.- (
	LEFTARG = kam.satisfaction, RIGHTARG = kam.satisfaction, FUNCTION = kam.satisfaction_mi
);
COMMENT ON OPERATOR pg_catalog.- (kam.satisfaction, kam.satisfaction) IS 'subtract';

CREATE FUNCTION kam.satisfaction_accum(kam.satisfaction, score numeric, scale numeric) RETURNS kam.satisfaction
AS 'MODULE_PATHNAME', 'satisfaction_accum'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.satisfaction_accum(kam.satisfaction, numeric, numeric) IS
'One response more; transition function of the aggregate kam.satisfaction. Error 22023 for a score outside its scale, with more than 4 decimals, or on another scale.';

CREATE FUNCTION kam.satisfaction_discard(kam.satisfaction, score numeric, scale numeric) RETURNS kam.satisfaction
AS 'MODULE_PATHNAME', 'satisfaction_discard'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.satisfaction_discard(kam.satisfaction, numeric, numeric) IS
'One response less; inverse transition function of the aggregate kam.satisfaction.';

CREATE AGGREGATE kam.satisfaction(score numeric, scale numeric) (
	SFUNC = kam.satisfaction_accum,
	STYPE = kam.satisfaction,
	SSPACE = 40,
	INITCOND = '{}',
	COMBINEFUNC = kam.satisfaction_pl,
	MSFUNC = kam.satisfaction_accum,
	MINVFUNC = kam.satisfaction_discard,
	MSTYPE = kam.satisfaction,
	MSSPACE = 40,
	MINITCOND = '{}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kam.satisfaction(numeric, numeric) IS
'The scores and their scale, {} when there is none; where either is NULL there is no response.';

CREATE AGGREGATE pg_catalog.sum(kam.satisfaction) (
	SFUNC = kam.satisfaction_pl,
	STYPE = kam.satisfaction,
	SSPACE = 40,
	COMBINEFUNC = kam.satisfaction_pl,
	MSFUNC = kam.satisfaction_pl,
	MINVFUNC = kam.satisfaction_mi,
	MSTYPE = kam.satisfaction,
	MSSPACE = 40,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pg_catalog.sum(kam.satisfaction) IS
'Sum over the parts, all on one scale; NULL when there is none.';

CREATE FUNCTION kam.top_two_box(score numeric, scale numeric) RETURNS boolean
AS 'MODULE_PATHNAME', 'kam_top_two_box'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.top_two_box(numeric, numeric) IS
'Whether the score is in the two highest boxes: within a point of the scale, or within a tenth of a scale above 10; NULL on a scale below 2. Error 22023 for a score outside its scale.';

CREATE FUNCTION kam.satisfaction_eq(kam.satisfaction, kam.satisfaction) RETURNS boolean
AS 'MODULE_PATHNAME', 'satisfaction_eq'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.satisfaction_eq(kam.satisfaction, kam.satisfaction) IS
'Implementation of =.';

CREATE FUNCTION kam.satisfaction_ne(kam.satisfaction, kam.satisfaction) RETURNS boolean
AS 'MODULE_PATHNAME', 'satisfaction_ne'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.satisfaction_ne(kam.satisfaction, kam.satisfaction) IS
'Implementation of <>.';

CREATE FUNCTION kam.satisfaction_lt(kam.satisfaction, kam.satisfaction) RETURNS boolean
AS 'MODULE_PATHNAME', 'satisfaction_lt'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.satisfaction_lt(kam.satisfaction, kam.satisfaction) IS
'Implementation of <.';

CREATE FUNCTION kam.satisfaction_le(kam.satisfaction, kam.satisfaction) RETURNS boolean
AS 'MODULE_PATHNAME', 'satisfaction_le'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.satisfaction_le(kam.satisfaction, kam.satisfaction) IS
'Implementation of <=.';

CREATE FUNCTION kam.satisfaction_gt(kam.satisfaction, kam.satisfaction) RETURNS boolean
AS 'MODULE_PATHNAME', 'satisfaction_gt'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.satisfaction_gt(kam.satisfaction, kam.satisfaction) IS
'Implementation of >.';

CREATE FUNCTION kam.satisfaction_ge(kam.satisfaction, kam.satisfaction) RETURNS boolean
AS 'MODULE_PATHNAME', 'satisfaction_ge'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.satisfaction_ge(kam.satisfaction, kam.satisfaction) IS
'Implementation of >=.';

CREATE FUNCTION kam.satisfaction_cmp(kam.satisfaction, kam.satisfaction) RETURNS int
AS 'MODULE_PATHNAME', 'satisfaction_cmp'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.satisfaction_cmp(kam.satisfaction, kam.satisfaction) IS
'Less, equal or greater: below, at or above 0.';

CREATE FUNCTION kam.satisfaction_sortsupport(internal) RETURNS void
AS 'MODULE_PATHNAME', 'satisfaction_sortsupport'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.satisfaction_sortsupport(internal) IS
'Sort support.';

CREATE FUNCTION kam.satisfaction_hash(kam.satisfaction) RETURNS int
AS 'MODULE_PATHNAME', 'satisfaction_hash'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.satisfaction_hash(kam.satisfaction) IS
'Hash.';

CREATE FUNCTION kam.satisfaction_hash_extended(kam.satisfaction, bigint) RETURNS bigint
AS 'MODULE_PATHNAME', 'satisfaction_hash_extended'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.satisfaction_hash_extended(kam.satisfaction, bigint) IS
'Hash with a seed.';

CREATE FUNCTION kam.satisfaction_larger(kam.satisfaction, kam.satisfaction) RETURNS kam.satisfaction
AS 'MODULE_PATHNAME', 'satisfaction_larger'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.satisfaction_larger(kam.satisfaction, kam.satisfaction) IS
'The larger of two; transition function of max.';

CREATE FUNCTION kam.satisfaction_smaller(kam.satisfaction, kam.satisfaction) RETURNS kam.satisfaction
AS 'MODULE_PATHNAME', 'satisfaction_smaller'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.satisfaction_smaller(kam.satisfaction, kam.satisfaction) IS
'The smaller of two; transition function of min.';

CREATE OPERATOR pg_catalog.= (
	LEFTARG = kam.satisfaction, RIGHTARG = kam.satisfaction, FUNCTION = kam.satisfaction_eq,
	COMMUTATOR = OPERATOR(pg_catalog.=), NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = pg_catalog.eqsel, JOIN = pg_catalog.eqjoinsel, HASHES, MERGES
);
COMMENT ON OPERATOR pg_catalog.= (kam.satisfaction, kam.satisfaction) IS 'equal';

CREATE OPERATOR pg_catalog.<> (
	LEFTARG = kam.satisfaction, RIGHTARG = kam.satisfaction, FUNCTION = kam.satisfaction_ne,
	COMMUTATOR = OPERATOR(pg_catalog.<>), NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = pg_catalog.neqsel, JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR pg_catalog.<> (kam.satisfaction, kam.satisfaction) IS 'not equal';

CREATE OPERATOR pg_catalog.< (
	LEFTARG = kam.satisfaction, RIGHTARG = kam.satisfaction, FUNCTION = kam.satisfaction_lt,
	COMMUTATOR = OPERATOR(pg_catalog.>), NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = pg_catalog.scalarltsel, JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR pg_catalog.< (kam.satisfaction, kam.satisfaction) IS 'less than';

CREATE OPERATOR pg_catalog.<= (
	LEFTARG = kam.satisfaction, RIGHTARG = kam.satisfaction, FUNCTION = kam.satisfaction_le,
	COMMUTATOR = OPERATOR(pg_catalog.>=), NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = pg_catalog.scalarlesel, JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR pg_catalog.<= (kam.satisfaction, kam.satisfaction) IS 'less than or equal';

CREATE OPERATOR pg_catalog.> (
	LEFTARG = kam.satisfaction, RIGHTARG = kam.satisfaction, FUNCTION = kam.satisfaction_gt,
	COMMUTATOR = OPERATOR(pg_catalog.<), NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = pg_catalog.scalargtsel, JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR pg_catalog.> (kam.satisfaction, kam.satisfaction) IS 'greater than';

CREATE OPERATOR pg_catalog.>= (
	LEFTARG = kam.satisfaction, RIGHTARG = kam.satisfaction, FUNCTION = kam.satisfaction_ge,
	COMMUTATOR = OPERATOR(pg_catalog.<=), NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = pg_catalog.scalargesel, JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR pg_catalog.>= (kam.satisfaction, kam.satisfaction) IS 'greater than or equal';

/* equalimage: equal values have equal bytes, so a B-tree may deduplicate */
CREATE OPERATOR CLASS kam.satisfaction_ops DEFAULT FOR TYPE kam.satisfaction USING btree AS
	OPERATOR 1 pg_catalog.<, OPERATOR 2 pg_catalog.<=, OPERATOR 3 pg_catalog.=,
	OPERATOR 4 pg_catalog.>=, OPERATOR 5 pg_catalog.>,
	FUNCTION 1 kam.satisfaction_cmp(kam.satisfaction, kam.satisfaction),
	FUNCTION 2 kam.satisfaction_sortsupport(internal),
	FUNCTION 4 pg_catalog.btequalimage(oid);
COMMENT ON OPERATOR CLASS kam.satisfaction_ops USING btree IS 'Order of kam.satisfaction.';
COMMENT ON OPERATOR FAMILY kam.satisfaction_ops USING btree IS 'Order of kam.satisfaction.';

CREATE OPERATOR CLASS kam.satisfaction_ops DEFAULT FOR TYPE kam.satisfaction USING hash AS
	OPERATOR 1 pg_catalog.=,
	FUNCTION 1 kam.satisfaction_hash(kam.satisfaction),
	FUNCTION 2 kam.satisfaction_hash_extended(kam.satisfaction, bigint);
COMMENT ON OPERATOR CLASS kam.satisfaction_ops USING hash IS 'Hash of kam.satisfaction.';
COMMENT ON OPERATOR FAMILY kam.satisfaction_ops USING hash IS 'Hash of kam.satisfaction.';

CREATE AGGREGATE pg_catalog.max(kam.satisfaction) (
	SFUNC = kam.satisfaction_larger,
	STYPE = kam.satisfaction,
	COMBINEFUNC = kam.satisfaction_larger,
	SORTOP = OPERATOR(pg_catalog.>),
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pg_catalog.max(kam.satisfaction) IS
'The highest value; NULL when there is none.';

CREATE AGGREGATE pg_catalog.min(kam.satisfaction) (
	SFUNC = kam.satisfaction_smaller,
	STYPE = kam.satisfaction,
	COMBINEFUNC = kam.satisfaction_smaller,
	SORTOP = OPERATOR(pg_catalog.<),
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pg_catalog.min(kam.satisfaction) IS
'The lowest value; NULL when there is none.';
