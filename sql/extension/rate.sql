/* kam.rate: so many done of so many due. Comparison: see comparison.sql. */

CREATE TYPE kam.rate;

CREATE FUNCTION kam.rate_in(cstring) RETURNS kam.rate
AS 'MODULE_PATHNAME', 'rate_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.rate_in(cstring) IS
'Input: done/due. Error 22P02 for anything else, 22003 for more done than due.';

CREATE FUNCTION kam.rate_out(kam.rate) RETURNS cstring
AS 'MODULE_PATHNAME', 'rate_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.rate_out(kam.rate) IS
'Output: done/due.';

CREATE FUNCTION kam.rate_recv(internal) RETURNS kam.rate
AS 'MODULE_PATHNAME', 'rate_recv'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.rate_recv(internal) IS
'Binary input: done and due as int64. Error 22P03 for more done than due.';

CREATE FUNCTION kam.rate_send(kam.rate) RETURNS bytea
AS 'MODULE_PATHNAME', 'rate_send'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.rate_send(kam.rate) IS
'Binary output: done and due as int64.';

CREATE TYPE kam.rate (
	INPUT = kam.rate_in,
	OUTPUT = kam.rate_out,
	RECEIVE = kam.rate_recv,
	SEND = kam.rate_send,
	INTERNALLENGTH = 16,
	ALIGNMENT = double,
	STORAGE = plain,
	CATEGORY = 'K'
);
COMMENT ON TYPE kam.rate IS
'So many done of so many due, written 45/50: adds up without averaging averages. Ordered by the exact fraction, then by what is due; 0/0 comes first.';

CREATE CAST (text AS kam.rate) WITH INOUT AS ASSIGNMENT;
CREATE CAST (varchar AS kam.rate) WITH INOUT AS ASSIGNMENT;
CREATE CAST (bpchar AS kam.rate) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (text AS kam.rate) IS 'Reads done/due; lets a text column be inserted as it is.';
COMMENT ON CAST (varchar AS kam.rate) IS 'Reads done/due; lets a varchar column be inserted as it is.';
COMMENT ON CAST (bpchar AS kam.rate) IS 'Reads done/due; lets a char(n) column be inserted as it is.';

CREATE FUNCTION kam.rate(done bigint, due bigint) RETURNS kam.rate
AS 'MODULE_PATHNAME', 'rate_make'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.rate(bigint, bigint) IS
'The rate of so many done of so many due. Error 22003 unless 0 <= done <= due.';

CREATE FUNCTION kam.done(kam.rate) RETURNS bigint
AS 'MODULE_PATHNAME', 'rate_done'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.done(kam.rate) IS
'How many are done.';

CREATE FUNCTION kam.due(kam.rate) RETURNS bigint
AS 'MODULE_PATHNAME', 'rate_due'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.due(kam.rate) IS
'How many were due.';

CREATE FUNCTION kam.percent(kam.rate, digits int DEFAULT 1) RETURNS numeric
AS 'MODULE_PATHNAME', 'rate_percent'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.percent(kam.rate, int) IS
'Percentage done of due, rounded half up to 0 to 15 digits after the point; NULL when nothing is due.';

CREATE FUNCTION kam.rate_pl(kam.rate, kam.rate) RETURNS kam.rate
AS 'MODULE_PATHNAME', 'rate_pl'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.rate_pl(kam.rate, kam.rate) IS
'Sum of done and of due; implementation of +. Error 22003 past the largest bigint.';

CREATE FUNCTION kam.rate_mi(kam.rate, kam.rate) RETURNS kam.rate
AS 'MODULE_PATHNAME', 'rate_mi'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.rate_mi(kam.rate, kam.rate) IS
'Difference of done and of due; implementation of -. Error 22003 when no rate is left.';

CREATE OPERATOR pg_catalog.+ (
	LEFTARG = kam.rate, RIGHTARG = kam.rate, FUNCTION = kam.rate_pl,
	COMMUTATOR = OPERATOR(pg_catalog.+)
);
COMMENT ON OPERATOR pg_catalog.+ (kam.rate, kam.rate) IS 'add';

CREATE OPERATOR pg_catalog.- (
	LEFTARG = kam.rate, RIGHTARG = kam.rate, FUNCTION = kam.rate_mi
);
COMMENT ON OPERATOR pg_catalog.- (kam.rate, kam.rate) IS 'subtract';

CREATE FUNCTION kam.rate_accum(kam.rate, boolean) RETURNS kam.rate
AS 'MODULE_PATHNAME', 'rate_accum'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.rate_accum(kam.rate, boolean) IS
'One more due, done or not; transition function of the aggregate kam.rate.';

CREATE FUNCTION kam.rate_discard(kam.rate, boolean) RETURNS kam.rate
AS 'MODULE_PATHNAME', 'rate_discard'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.rate_discard(kam.rate, boolean) IS
'One less due; inverse transition function of the aggregate kam.rate.';

CREATE AGGREGATE kam.rate(boolean) (
	SFUNC = kam.rate_accum,
	STYPE = kam.rate,
	SSPACE = 16,
	INITCOND = '0/0',
	COMBINEFUNC = kam.rate_pl,
	MSFUNC = kam.rate_accum,
	MINVFUNC = kam.rate_discard,
	MSTYPE = kam.rate,
	MSSPACE = 16,
	MINITCOND = '0/0',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kam.rate(boolean) IS
'How many were true of how many were known, 0/0 when there is none; NULL is not due.';

CREATE AGGREGATE pg_catalog.sum(kam.rate) (
	SFUNC = kam.rate_pl,
	STYPE = kam.rate,
	SSPACE = 16,
	COMBINEFUNC = kam.rate_pl,
	MSFUNC = kam.rate_pl,
	MINVFUNC = kam.rate_mi,
	MSTYPE = kam.rate,
	MSSPACE = 16,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pg_catalog.sum(kam.rate) IS
'Sum of done and of due; NULL when there is none.';
