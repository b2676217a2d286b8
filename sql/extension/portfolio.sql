/* kam.portfolio: how many accounts of each tier. Comparison: see comparison.sql; weight: see rule_set.sql. */

CREATE TYPE kam.portfolio;

CREATE FUNCTION kam.portfolio_in(cstring) RETURNS kam.portfolio
AS 'MODULE_PATHNAME', 'portfolio_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.portfolio_in(cstring) IS
'Input: {tier:count,tier:count}. Error 22P02 for anything else.';

CREATE FUNCTION kam.portfolio_out(kam.portfolio) RETURNS cstring
AS 'MODULE_PATHNAME', 'portfolio_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.portfolio_out(kam.portfolio) IS
'Output: the tiers that occur, Strategic first.';

CREATE FUNCTION kam.portfolio_recv(internal) RETURNS kam.portfolio
AS 'MODULE_PATHNAME', 'portfolio_recv'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.portfolio_recv(internal) IS
'Binary input: four int64 counts, Strategic first. Error 22P03 for a negative one.';

CREATE FUNCTION kam.portfolio_send(kam.portfolio) RETURNS bytea
AS 'MODULE_PATHNAME', 'portfolio_send'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.portfolio_send(kam.portfolio) IS
'Binary output: four int64 counts, Strategic first.';

CREATE TYPE kam.portfolio (
	INPUT = kam.portfolio_in,
	OUTPUT = kam.portfolio_out,
	RECEIVE = kam.portfolio_recv,
	SEND = kam.portfolio_send,
	INTERNALLENGTH = 32,
	ALIGNMENT = double,
	STORAGE = plain,
	CATEGORY = 'K'
);
COMMENT ON TYPE kam.portfolio IS
'How many accounts of each tier, written {Strategic:4,Star:6,Status:5} (6.1.2.1). Ordered by the counts from Strategic on, never by weight.';

CREATE CAST (text AS kam.portfolio) WITH INOUT AS ASSIGNMENT;
CREATE CAST (varchar AS kam.portfolio) WITH INOUT AS ASSIGNMENT;
CREATE CAST (bpchar AS kam.portfolio) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (text AS kam.portfolio) IS 'Reads {tier:count,tier:count}; lets a text column be inserted as it is.';
COMMENT ON CAST (varchar AS kam.portfolio) IS 'Reads {tier:count,tier:count}; lets a varchar column be inserted as it is.';
COMMENT ON CAST (bpchar AS kam.portfolio) IS 'Reads {tier:count,tier:count}; lets a char(n) column be inserted as it is.';

CREATE FUNCTION kam.portfolio(strategic bigint, star bigint DEFAULT 0, status bigint DEFAULT 0, streamline bigint DEFAULT 0) RETURNS kam.portfolio
AS 'MODULE_PATHNAME', 'portfolio_make'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.portfolio(bigint, bigint, bigint, bigint) IS
'The portfolio with these counts. Error 22003 for a negative one.';

CREATE FUNCTION kam.count(kam.portfolio, kam.tier) RETURNS bigint
AS 'MODULE_PATHNAME', 'portfolio_count'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.count(kam.portfolio, kam.tier) IS
'How many accounts of the tier the portfolio holds.';

CREATE FUNCTION kam.portfolio_pl(kam.portfolio, kam.portfolio) RETURNS kam.portfolio
AS 'MODULE_PATHNAME', 'portfolio_pl'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.portfolio_pl(kam.portfolio, kam.portfolio) IS
'Sum; implementation of +. Error 22003 past the largest bigint.';

CREATE FUNCTION kam.portfolio_mi(kam.portfolio, kam.portfolio) RETURNS kam.portfolio
AS 'MODULE_PATHNAME', 'portfolio_mi'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.portfolio_mi(kam.portfolio, kam.portfolio) IS
'Difference; implementation of -. Error 22003 when a tier would fall below 0.';

CREATE OPERATOR pg_catalog.+ (
	LEFTARG = kam.portfolio, RIGHTARG = kam.portfolio, FUNCTION = kam.portfolio_pl,
	COMMUTATOR = OPERATOR(pg_catalog.+)
);
COMMENT ON OPERATOR pg_catalog.+ (kam.portfolio, kam.portfolio) IS 'add';

CREATE OPERATOR pg_catalog.- (
	LEFTARG = kam.portfolio, RIGHTARG = kam.portfolio, FUNCTION = kam.portfolio_mi
);
COMMENT ON OPERATOR pg_catalog.- (kam.portfolio, kam.portfolio) IS 'subtract';

CREATE FUNCTION kam.portfolio_accum(kam.portfolio, kam.tier) RETURNS kam.portfolio
AS 'MODULE_PATHNAME', 'portfolio_accum'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.portfolio_accum(kam.portfolio, kam.tier) IS
'One account more; transition function of the aggregate kam.portfolio.';

CREATE FUNCTION kam.portfolio_discard(kam.portfolio, kam.tier) RETURNS kam.portfolio
AS 'MODULE_PATHNAME', 'portfolio_discard'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.portfolio_discard(kam.portfolio, kam.tier) IS
'One account less; inverse transition function of the aggregate kam.portfolio.';

CREATE AGGREGATE kam.portfolio(kam.tier) (
	SFUNC = kam.portfolio_accum,
	STYPE = kam.portfolio,
	SSPACE = 32,
	INITCOND = '{}',
	COMBINEFUNC = kam.portfolio_pl,
	MSFUNC = kam.portfolio_accum,
	MINVFUNC = kam.portfolio_discard,
	MSTYPE = kam.portfolio,
	MSSPACE = 32,
	MINITCOND = '{}',
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kam.portfolio(kam.tier) IS
'The portfolio of the accounts aggregated, {} when there is none; NULL tiers are not counted.';

CREATE AGGREGATE pg_catalog.sum(kam.portfolio) (
	SFUNC = kam.portfolio_pl,
	STYPE = kam.portfolio,
	SSPACE = 32,
	COMBINEFUNC = kam.portfolio_pl,
	MSFUNC = kam.portfolio_pl,
	MINVFUNC = kam.portfolio_mi,
	MSTYPE = kam.portfolio,
	MSSPACE = 32,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE pg_catalog.sum(kam.portfolio) IS
'Sum of the portfolios; NULL when there is none.';
