/* kam.criteria: a set of selection criteria (6.1.1.2), four bytes. Comparison: see comparison.sql. */

CREATE TYPE kam.criteria;

CREATE FUNCTION kam.criteria_in(cstring) RETURNS kam.criteria
AS 'MODULE_PATHNAME', 'criteria_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.criteria_in(cstring) IS
'Input: {member,member}. Error 22P02 for an unknown or repeated member.';

CREATE FUNCTION kam.criteria_out(kam.criteria) RETURNS cstring
AS 'MODULE_PATHNAME', 'criteria_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.criteria_out(kam.criteria) IS
'Output: the members in the manual''s order.';

CREATE FUNCTION kam.criteria_recv(internal) RETURNS kam.criteria
AS 'MODULE_PATHNAME', 'criteria_recv'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.criteria_recv(internal) IS
'Binary input: a 32-bit mask. Error 22P03 for a bit that stands for no criterion.';

CREATE FUNCTION kam.criteria_send(kam.criteria) RETURNS bytea
AS 'MODULE_PATHNAME', 'criteria_send'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.criteria_send(kam.criteria) IS
'Binary output: a 32-bit mask.';

CREATE TYPE kam.criteria (
	INPUT = kam.criteria_in,
	OUTPUT = kam.criteria_out,
	RECEIVE = kam.criteria_recv,
	SEND = kam.criteria_send,
	LIKE = pg_catalog.int4,
	CATEGORY = 'K'
);
COMMENT ON TYPE kam.criteria IS
'Set of selection criteria, written {voltage,monthly_bill}: main ones (6.1.1.2(1)) and special grounds (6.1.1.2(2)). Ordered by bit mask.';

CREATE CAST (text AS kam.criteria) WITH INOUT AS ASSIGNMENT;
CREATE CAST (varchar AS kam.criteria) WITH INOUT AS ASSIGNMENT;
CREATE CAST (bpchar AS kam.criteria) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (text AS kam.criteria) IS 'Reads {member,member}; lets a text column be inserted as it is.';
COMMENT ON CAST (varchar AS kam.criteria) IS 'Reads {member,member}; lets a varchar column be inserted as it is.';
COMMENT ON CAST (bpchar AS kam.criteria) IS 'Reads {member,member}; lets a char(n) column be inserted as it is.';

CREATE FUNCTION kam.criteria(VARIADIC members text[]) RETURNS kam.criteria
AS 'MODULE_PATHNAME', 'criteria_from_array'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.criteria(text[]) IS
'The set of the given members. Error 22P02 for an unknown or repeated one, 22004 for NULL.';

CREATE FUNCTION kam.members(kam.criteria) RETURNS SETOF text
AS 'MODULE_PATHNAME', 'criteria_members'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 2;
COMMENT ON FUNCTION kam.members(kam.criteria) IS
'The members of the set, in the manual''s order.';

CREATE FUNCTION kam.cardinality(kam.criteria) RETURNS int
AS 'MODULE_PATHNAME', 'criteria_cardinality'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.cardinality(kam.criteria) IS
'How many members the set has.';

CREATE FUNCTION kam.criteria_or(kam.criteria, kam.criteria) RETURNS kam.criteria
AS 'MODULE_PATHNAME', 'criteria_or'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.criteria_or(kam.criteria, kam.criteria) IS
'Union; implementation of |.';

CREATE FUNCTION kam.criteria_and(kam.criteria, kam.criteria) RETURNS kam.criteria
AS 'MODULE_PATHNAME', 'criteria_and'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.criteria_and(kam.criteria, kam.criteria) IS
'Intersection; implementation of &.';

CREATE FUNCTION kam.criteria_minus(kam.criteria, kam.criteria) RETURNS kam.criteria
AS 'MODULE_PATHNAME', 'criteria_minus'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.criteria_minus(kam.criteria, kam.criteria) IS
'Difference; implementation of -.';

CREATE FUNCTION kam.criteria_contains(kam.criteria, kam.criteria) RETURNS boolean
AS 'MODULE_PATHNAME', 'criteria_contains'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.criteria_contains(kam.criteria, kam.criteria) IS
'Holds every member of the other; implementation of @>.';

CREATE FUNCTION kam.criteria_contained(kam.criteria, kam.criteria) RETURNS boolean
AS 'MODULE_PATHNAME', 'criteria_contained'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.criteria_contained(kam.criteria, kam.criteria) IS
'Every member is held by the other; implementation of <@.';

CREATE FUNCTION kam.criteria_overlaps(kam.criteria, kam.criteria) RETURNS boolean
AS 'MODULE_PATHNAME', 'criteria_overlaps'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.criteria_overlaps(kam.criteria, kam.criteria) IS
'The sets have a member in common; implementation of &&.';

CREATE OPERATOR pg_catalog.| (
	LEFTARG = kam.criteria, RIGHTARG = kam.criteria, FUNCTION = kam.criteria_or,
	COMMUTATOR = OPERATOR(pg_catalog.|)
);
COMMENT ON OPERATOR pg_catalog.| (kam.criteria, kam.criteria) IS 'union';

CREATE OPERATOR pg_catalog.& (
	LEFTARG = kam.criteria, RIGHTARG = kam.criteria, FUNCTION = kam.criteria_and,
	COMMUTATOR = OPERATOR(pg_catalog.&)
);
COMMENT ON OPERATOR pg_catalog.& (kam.criteria, kam.criteria) IS 'intersection';

CREATE OPERATOR pg_catalog.- (
	LEFTARG = kam.criteria, RIGHTARG = kam.criteria, FUNCTION = kam.criteria_minus
);
COMMENT ON OPERATOR pg_catalog.- (kam.criteria, kam.criteria) IS 'difference';

CREATE OPERATOR pg_catalog.@> (
	LEFTARG = kam.criteria, RIGHTARG = kam.criteria, FUNCTION = kam.criteria_contains,
	COMMUTATOR = OPERATOR(pg_catalog.<@),
	RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR pg_catalog.@> (kam.criteria, kam.criteria) IS 'contains';

CREATE OPERATOR pg_catalog.<@ (
	LEFTARG = kam.criteria, RIGHTARG = kam.criteria, FUNCTION = kam.criteria_contained,
	COMMUTATOR = OPERATOR(pg_catalog.@>),
	RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR pg_catalog.<@ (kam.criteria, kam.criteria) IS 'is contained by';

CREATE OPERATOR pg_catalog.&& (
	LEFTARG = kam.criteria, RIGHTARG = kam.criteria, FUNCTION = kam.criteria_overlaps,
	COMMUTATOR = OPERATOR(pg_catalog.&&),
	RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR pg_catalog.&& (kam.criteria, kam.criteria) IS 'overlaps';

CREATE AGGREGATE kam.criteria_union(kam.criteria) (
	SFUNC = kam.criteria_or,
	STYPE = kam.criteria,
	COMBINEFUNC = kam.criteria_or,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kam.criteria_union(kam.criteria) IS
'Union of all the sets; NULL when there is none.';

CREATE FUNCTION kam.display_name(kam.criteria, lang text DEFAULT 'th') RETURNS text
AS 'MODULE_PATHNAME', 'criteria_display_name'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.display_name(kam.criteria, text) IS
'Names of the members for people, in Thai (''th'') or English (''en''), separated by commas. Error 22023 for another language.';

CREATE FUNCTION kam.definition(kam.criteria, lang text DEFAULT 'th') RETURNS text
AS 'MODULE_PATHNAME', 'criteria_definition'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.definition(kam.criteria, text) IS
'The manual''s definitions (6.1.1.2) of the members, a line each, in Thai (''th'') or English (''en''). Error 22023 for another language.';
