\echo Use "CREATE EXTENSION kam" to load this file. \quit
/* The schema of everything but the operators, and what the extension demands. */

DO $$
BEGIN
	IF pg_catalog.current_setting('server_encoding') <> 'UTF8' THEN
		RAISE EXCEPTION 'extension "kam" needs a database with the encoding UTF8, not %',
				pg_catalog.current_setting('server_encoding')
			USING ERRCODE = 'feature_not_supported',
				HINT = 'Create one with CREATE DATABASE ... ENCODING ''UTF8'' TEMPLATE template0.';
	END IF;
END
$$;

CREATE SCHEMA kam;
COMMENT ON SCHEMA kam IS
'Key account management by the work manual KAMT: tiers, selection criteria, portfolios, rates and their rules.';
GRANT USAGE ON SCHEMA kam TO PUBLIC;

CREATE FUNCTION kam.version() RETURNS text
AS 'MODULE_PATHNAME', 'kam_version'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.version() IS
'Version of the library that is loaded. Where it differs from extversion in pg_extension, run ALTER EXTENSION kam UPDATE.';
/* kam.label: what every label of a type means, for people and BI tools. */

CREATE FUNCTION kam._label(
	OUT type text, OUT label text, OUT sort_order int, OUT letter text, OUT section text,
	OUT name_th text, OUT name_en text, OUT definition_th text, OUT definition_en text)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'kam_labels'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 18;
COMMENT ON FUNCTION kam._label() IS
'The rows of kam.label, from the library. Query the table instead.';

CREATE TABLE kam.label (
	type text NOT NULL,
	label text NOT NULL,
	sort_order int NOT NULL,
	letter text,
	section text NOT NULL,
	name_th text NOT NULL,
	name_en text NOT NULL,
	definition_th text NOT NULL,
	definition_en text NOT NULL,
	PRIMARY KEY (type, label)
);
INSERT INTO kam.label SELECT * FROM kam._label();
GRANT SELECT ON kam.label TO PUBLIC;

COMMENT ON TABLE kam.label IS
'Every label of tier, value_class and criteria with its Thai and English name and the manual''s definition. Fixed: one row a label, so that a join never doubles rows.';
COMMENT ON COLUMN kam.label.type IS 'The type in schema kam: tier, value_class or criteria.';
COMMENT ON COLUMN kam.label.label IS 'The label as the type writes it; join on column::text.';
COMMENT ON COLUMN kam.label.sort_order IS 'Order for display within the type: as in the manual, the highest tier and class first.';
COMMENT ON COLUMN kam.label.letter IS 'The manual''s letter for a criterion.';
COMMENT ON COLUMN kam.label.section IS 'Section of the manual that defines it.';
COMMENT ON COLUMN kam.label.name_th IS 'Name in Thai.';
COMMENT ON COLUMN kam.label.name_en IS 'Name in English.';
COMMENT ON COLUMN kam.label.definition_th IS 'Definition in Thai, in the words of the manual.';
COMMENT ON COLUMN kam.label.definition_en IS 'Definition in English.';
/* kam.tier: the tier of a key account (6.1.1), one byte. Comparison: see comparison.sql. */

CREATE TYPE kam.tier;

CREATE FUNCTION kam.tier_in(cstring) RETURNS kam.tier
AS 'MODULE_PATHNAME', 'tier_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.tier_in(cstring) IS 'Input: a label in any letter case. Error 22P02 for anything else.';

CREATE FUNCTION kam.tier_out(kam.tier) RETURNS cstring
AS 'MODULE_PATHNAME', 'tier_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.tier_out(kam.tier) IS 'Output: the label.';

CREATE FUNCTION kam.tier_recv(internal) RETURNS kam.tier
AS 'MODULE_PATHNAME', 'tier_recv'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.tier_recv(internal) IS 'Binary input: one byte, 1 for the lowest. Error 22P03 for any other value.';

CREATE FUNCTION kam.tier_send(kam.tier) RETURNS bytea
AS 'MODULE_PATHNAME', 'kam_code_send'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.tier_send(kam.tier) IS 'Binary output: one byte, 1 for the lowest.';

CREATE TYPE kam.tier (
	INPUT = kam.tier_in,
	OUTPUT = kam.tier_out,
	RECEIVE = kam.tier_recv,
	SEND = kam.tier_send,
	LIKE = pg_catalog."char",
	CATEGORY = 'K',
	PREFERRED = true
);
COMMENT ON TYPE kam.tier IS
'Tier of a key account by the Key Account Selection Matrix (6.1.1): Streamline < Status < Star < Strategic.';

CREATE CAST (text AS kam.tier) WITH INOUT AS ASSIGNMENT;
CREATE CAST (varchar AS kam.tier) WITH INOUT AS ASSIGNMENT;
CREATE CAST (bpchar AS kam.tier) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (text AS kam.tier) IS 'Reads a label; lets a text column be inserted as it is.';
COMMENT ON CAST (varchar AS kam.tier) IS 'Reads a label; lets a varchar column be inserted as it is.';
COMMENT ON CAST (bpchar AS kam.tier) IS 'Reads a label; lets a char(n) column be inserted as it is.';

CREATE FUNCTION kam.display_name(kam.tier, lang text DEFAULT 'th') RETURNS text
AS 'MODULE_PATHNAME', 'tier_display_name'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.display_name(kam.tier, text) IS
'Name for people, in Thai (''th'') or English (''en''). Error 22023 for another language.';

CREATE FUNCTION kam.definition(kam.tier, lang text DEFAULT 'th') RETURNS text
AS 'MODULE_PATHNAME', 'tier_definition'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.definition(kam.tier, text) IS
'The manual''s definition (6.1.1), in Thai (''th'') or English (''en''). Error 22023 for another language.';
/* kam.value_class: the class of a high value customer (6.1.1.1), one byte. Comparison: see comparison.sql. */

CREATE TYPE kam.value_class;

CREATE FUNCTION kam.value_class_in(cstring) RETURNS kam.value_class
AS 'MODULE_PATHNAME', 'value_class_in'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.value_class_in(cstring) IS 'Input: a label in any letter case. Error 22P02 for anything else.';

CREATE FUNCTION kam.value_class_out(kam.value_class) RETURNS cstring
AS 'MODULE_PATHNAME', 'value_class_out'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.value_class_out(kam.value_class) IS 'Output: the label.';

CREATE FUNCTION kam.value_class_recv(internal) RETURNS kam.value_class
AS 'MODULE_PATHNAME', 'value_class_recv'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.value_class_recv(internal) IS 'Binary input: one byte, 1 for the lowest. Error 22P03 for any other value.';

CREATE FUNCTION kam.value_class_send(kam.value_class) RETURNS bytea
AS 'MODULE_PATHNAME', 'kam_code_send'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.value_class_send(kam.value_class) IS 'Binary output: one byte, 1 for the lowest.';

CREATE TYPE kam.value_class (
	INPUT = kam.value_class_in,
	OUTPUT = kam.value_class_out,
	RECEIVE = kam.value_class_recv,
	SEND = kam.value_class_send,
	LIKE = pg_catalog."char",
	CATEGORY = 'K',
	PREFERRED = false
);
COMMENT ON TYPE kam.value_class IS
'Class of a high value customer (6.1.1.1): Low < Medium < High; H, M and L are read too. Unknown or not high value: NULL.';

CREATE CAST (text AS kam.value_class) WITH INOUT AS ASSIGNMENT;
CREATE CAST (varchar AS kam.value_class) WITH INOUT AS ASSIGNMENT;
CREATE CAST (bpchar AS kam.value_class) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (text AS kam.value_class) IS 'Reads a label; lets a text column be inserted as it is.';
COMMENT ON CAST (varchar AS kam.value_class) IS 'Reads a label; lets a varchar column be inserted as it is.';
COMMENT ON CAST (bpchar AS kam.value_class) IS 'Reads a label; lets a char(n) column be inserted as it is.';

CREATE FUNCTION kam.display_name(kam.value_class, lang text DEFAULT 'th') RETURNS text
AS 'MODULE_PATHNAME', 'value_class_display_name'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.display_name(kam.value_class, text) IS
'Name for people, in Thai (''th'') or English (''en''). Error 22023 for another language.';

CREATE FUNCTION kam.definition(kam.value_class, lang text DEFAULT 'th') RETURNS text
AS 'MODULE_PATHNAME', 'value_class_definition'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.definition(kam.value_class, text) IS
'The manual''s definition (6.1.1.1), in Thai (''th'') or English (''en''). Error 22023 for another language.';
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
/*
 * Rule sets (SPEC R4): thresholds, weights and limits, and the plan year from
 * which they hold. Revision 4 of the manual is built in; the column defaults
 * are its values, so that a user's row says only what differs.
 */

CREATE TABLE kam.rule_set (
	rule_set text NOT NULL CHECK (rule_set <> '' AND octet_length(rule_set) < 64),
	builtin boolean NOT NULL DEFAULT false,
	plan_year_from int CHECK (plan_year_from BETWEEN 1900 AND 2400),
	title text,
	voltage_kv numeric NOT NULL DEFAULT 69
		CHECK (voltage_kv > 0 AND voltage_kv < 'Infinity'),
	avg_monthly_bill_thb numeric NOT NULL DEFAULT 20000000
		CHECK (avg_monthly_bill_thb > 0 AND avg_monthly_bill_thb < 'Infinity'),
	bill_rank_size int NOT NULL DEFAULT 20 CHECK (bill_rank_size BETWEEN 0 AND 10000),
	bill_rank_trigger int NOT NULL DEFAULT 20 CHECK (bill_rank_trigger >= 0),
	spp_bill_thb numeric NOT NULL DEFAULT 5000000
		CHECK (spp_bill_thb > 0 AND spp_bill_thb < 'Infinity'),
	self_generation_mw numeric NOT NULL DEFAULT 2
		CHECK (self_generation_mw > 0 AND self_generation_mw < 'Infinity'),
	largest_job_thb numeric NOT NULL DEFAULT 5000000
		CHECK (largest_job_thb > 0 AND largest_job_thb < 'Infinity'),
	yearly_maintenance_thb numeric NOT NULL DEFAULT 2000000
		CHECK (yearly_maintenance_thb > 0 AND yearly_maintenance_thb < 'Infinity'),
	weight_strategic numeric NOT NULL DEFAULT 1.0
		CHECK (weight_strategic BETWEEN 0 AND 1000 AND min_scale(weight_strategic) <= 6),
	weight_star numeric NOT NULL DEFAULT 0.8
		CHECK (weight_star BETWEEN 0 AND 1000 AND min_scale(weight_star) <= 6),
	weight_status numeric NOT NULL DEFAULT 0.6
		CHECK (weight_status BETWEEN 0 AND 1000 AND min_scale(weight_status) <= 6),
	weight_streamline numeric NOT NULL DEFAULT 0.0
		CHECK (weight_streamline BETWEEN 0 AND 1000 AND min_scale(weight_streamline) <= 6),
	portfolio_min numeric NOT NULL DEFAULT 6.0
		CHECK (portfolio_min >= 0),
	portfolio_max numeric NOT NULL DEFAULT 12.0
		CHECK (portfolio_max < 'Infinity'),
	note text,
	PRIMARY KEY (rule_set, builtin),
	CONSTRAINT rule_set_plan_year_from_key UNIQUE (plan_year_from, builtin),
	CONSTRAINT rule_set_portfolio_limits CHECK (portfolio_min <= portfolio_max)
);

COMMENT ON TABLE kam.rule_set IS
'Thresholds, weights and limits by the plan year from which they hold. A plan year follows the set with the latest plan_year_from up to it. Columns left out of an INSERT are as in revision 4. A row of yours (builtin false) hides a built-in one of the same name; of two that start in the same year yours holds.';
COMMENT ON COLUMN kam.rule_set.rule_set IS 'Name, as the argument rule_set of the rule functions takes it; at most 63 bytes.';
COMMENT ON COLUMN kam.rule_set.builtin IS 'Shipped with the extension, and read-only.';
COMMENT ON COLUMN kam.rule_set.plan_year_from IS 'First plan year (common era) for which it holds; NULL for a draft, which only its name reaches.';
COMMENT ON COLUMN kam.rule_set.title IS 'What people call it.';
COMMENT ON COLUMN kam.rule_set.voltage_kv IS 'Supply voltage in kV from which criterion voltage is met (6.1.1.2(1)).';
COMMENT ON COLUMN kam.rule_set.avg_monthly_bill_thb IS 'Average bill in THB/month from which criterion monthly_bill is met (6.1.1.2(1)).';
COMMENT ON COLUMN kam.rule_set.bill_rank_size IS 'How many of the highest bills of an area count as criterion monthly_bill where too few customers qualify (R1).';
COMMENT ON COLUMN kam.rule_set.bill_rank_trigger IS 'Fewer qualifying customers than this in an area are too few (R1).';
COMMENT ON COLUMN kam.rule_set.spp_bill_thb IS 'Average bill in THB/month from which criterion spp_risk is met in a zone at risk (6.1.1.2(1)).';
COMMENT ON COLUMN kam.rule_set.self_generation_mw IS 'Own generation, existing and planned, in MW from which criterion self_generation is met (6.1.1.2(1)).';
COMMENT ON COLUMN kam.rule_set.largest_job_thb IS 'Value of one job in THB from which criterion related_business is met (6.1.1.2(1)).';
COMMENT ON COLUMN kam.rule_set.yearly_maintenance_thb IS 'Maintenance in THB/year from which criterion related_business is met (6.1.1.2(1)).';
COMMENT ON COLUMN kam.rule_set.weight_strategic IS 'Weight of a Strategic account (6.1.2.1).';
COMMENT ON COLUMN kam.rule_set.weight_star IS 'Weight of a Star account (6.1.2.1).';
COMMENT ON COLUMN kam.rule_set.weight_status IS 'Weight of a Status account (6.1.2.1).';
COMMENT ON COLUMN kam.rule_set.weight_streamline IS 'Weight of a Streamline account; not counted in revision 4 (6.1.2.1, R14).';
COMMENT ON COLUMN kam.rule_set.portfolio_min IS 'Least weight of one key account manager''s portfolio (6.1.2.1).';
COMMENT ON COLUMN kam.rule_set.portfolio_max IS 'Greatest weight of one key account manager''s portfolio (6.1.2.1).';
COMMENT ON COLUMN kam.rule_set.note IS 'Where it was decided, and why.';

CREATE FUNCTION kam._reference_changed() RETURNS trigger
AS 'MODULE_PATHNAME', 'kam_reference_changed'
LANGUAGE C;
COMMENT ON FUNCTION kam._reference_changed() IS
'Trigger of the reference tables: makes every session read the table anew.';

CREATE FUNCTION kam._rule_set_protect() RETURNS trigger
AS 'MODULE_PATHNAME', 'rule_set_protect'
LANGUAGE C;
COMMENT ON FUNCTION kam._rule_set_protect() IS
'Trigger of kam.rule_set: built-in rows are read-only (55000), years are of the common era (22023).';

CREATE TRIGGER protect BEFORE INSERT OR UPDATE OR DELETE ON kam.rule_set
	FOR EACH ROW EXECUTE FUNCTION kam._rule_set_protect();
CREATE TRIGGER protect_all BEFORE TRUNCATE ON kam.rule_set
	FOR EACH STATEMENT EXECUTE FUNCTION kam._rule_set_protect();
COMMENT ON TRIGGER protect ON kam.rule_set IS 'Built-in rows are read-only; years are of the common era.';
COMMENT ON TRIGGER protect_all ON kam.rule_set IS 'Built-in rows are read-only.';

/* Row triggers fire for replicated rows too, statement triggers for TRUNCATE. */
CREATE TRIGGER row_changed AFTER INSERT OR UPDATE OR DELETE ON kam.rule_set
	FOR EACH ROW EXECUTE FUNCTION kam._reference_changed();
CREATE TRIGGER truncated AFTER TRUNCATE ON kam.rule_set
	FOR EACH STATEMENT EXECUTE FUNCTION kam._reference_changed();
ALTER TABLE kam.rule_set ENABLE ALWAYS TRIGGER row_changed;
ALTER TABLE kam.rule_set ENABLE ALWAYS TRIGGER truncated;
COMMENT ON TRIGGER row_changed ON kam.rule_set IS 'Makes every session read the table anew.';
COMMENT ON TRIGGER truncated ON kam.rule_set IS 'Makes every session read the table anew.';

INSERT INTO kam.rule_set (rule_set, builtin, plan_year_from, title, note)
	VALUES ('revision-4', true, 2018, 'Work manual KAMT, revision 4, B.E. 2561 (2018)', 'A-WM-01');

SELECT pg_catalog.pg_extension_config_dump('kam.rule_set', 'WHERE NOT builtin');

GRANT SELECT ON kam.rule_set TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON kam.rule_set TO pg_database_owner WITH GRANT OPTION;

CREATE FUNCTION kam.rule_set_in_force(plan_year int DEFAULT NULL) RETURNS text
AS 'MODULE_PATHNAME', 'rule_set_in_force'
LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.rule_set_in_force(int) IS
'Name of the rule set that holds for a plan year (common era; NULL: today''s in Bangkok). Error 22023 before the first.';

CREATE FUNCTION kam.weight(kam.tier, plan_year int DEFAULT NULL, rule_set text DEFAULT NULL) RETURNS numeric
AS 'MODULE_PATHNAME', 'tier_weight'
LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.weight(kam.tier, int, text) IS
'Weight of one account of the tier (6.1.2.1), exact; 0.0 for Streamline in revision 4. Error 22023 or 42704 for a year or name without a rule set.';

CREATE FUNCTION kam.weight(kam.portfolio, plan_year int DEFAULT NULL, rule_set text DEFAULT NULL) RETURNS numeric
AS 'MODULE_PATHNAME', 'portfolio_weight'
LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.weight(kam.portfolio, int, text) IS
'Weighted sum of the portfolio (6.1.2.1), exact. Error 22023 or 42704 for a year or name without a rule set.';
/* The Key Account Selection Matrix (6.1.1). */

CREATE FUNCTION kam.main_criteria(
	voltage_kv numeric DEFAULT NULL,
	avg_monthly_bill_thb numeric DEFAULT NULL,
	spp_zone boolean DEFAULT NULL,
	self_generation_mw numeric DEFAULT NULL,
	largest_job_thb numeric DEFAULT NULL,
	yearly_maintenance_thb numeric DEFAULT NULL,
	business_prospect boolean DEFAULT NULL,
	national_strategy boolean DEFAULT NULL,
	nationwide_network boolean DEFAULT NULL,
	bill_cutoff_thb numeric DEFAULT NULL,
	plan_year int DEFAULT NULL,
	rule_set text DEFAULT NULL)
RETURNS kam.criteria
AS 'MODULE_PATHNAME', 'kam_main_criteria'
LANGUAGE C STABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION kam.main_criteria(numeric, numeric, boolean, numeric, numeric, numeric, boolean, boolean, boolean, numeric, int, text) IS
'The main criteria that a customer meets (6.1.1.2(1)): voltage in kV, bills in THB/month, own generation in MW, one job in THB, maintenance in THB/year. NULL is unknown, and not met. bill_cutoff_thb is the top-20 cut-off of the customer''s area where one applies (kam.bill_cutoff). Error 22023 for a negative, NaN or infinite fact.';

CREATE FUNCTION kam.kasm(kam.value_class, kam.criteria) RETURNS kam.tier
AS 'MODULE_PATHNAME', 'kam_kasm'
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm(kam.value_class, kam.criteria) IS
'The tier of the Key Account Selection Matrix (6.1.1): High with any main criterion is Strategic, without Status; Medium or Low with any is Star, without Streamline. NULL class gives NULL. Special grounds do not count.';
/* Special selection of a customer that is not high value (6.1.1.2(2), R3). */

CREATE FUNCTION kam.check_special_selection(
	value_class kam.value_class, tier kam.tier, ground kam.criteria, reason text DEFAULT NULL)
RETURNS boolean
AS 'MODULE_PATHNAME', 'check_special_selection'
LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.check_special_selection(kam.value_class, kam.tier, kam.criteria, text) IS
'True if a customer may be proposed as a special case (6.1.1.2(2), R3): no value class, tier Status or Streamline, at least one special ground, and a reason for discretionary. Otherwise error 23514, so it serves in a CHECK.';
/* The top-20 rule of an area (6.1.1.2(1), R1) as an aggregate. */

CREATE FUNCTION kam.bill_cutoff_accum(internal, numeric, kam.criteria) RETURNS internal
AS 'MODULE_PATHNAME', 'bill_cutoff_accum'
LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.bill_cutoff_accum(internal, numeric, kam.criteria) IS 'Transition function of kam.bill_cutoff.';

CREATE FUNCTION kam.bill_cutoff_accum(internal, numeric, kam.criteria, int) RETURNS internal
AS 'MODULE_PATHNAME', 'bill_cutoff_accum'
LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.bill_cutoff_accum(internal, numeric, kam.criteria, int) IS 'Transition function of kam.bill_cutoff.';

CREATE FUNCTION kam.bill_cutoff_accum(internal, numeric, kam.criteria, int, text) RETURNS internal
AS 'MODULE_PATHNAME', 'bill_cutoff_accum'
LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.bill_cutoff_accum(internal, numeric, kam.criteria, int, text) IS 'Transition function of kam.bill_cutoff.';

CREATE FUNCTION kam.bill_cutoff_combine(internal, internal) RETURNS internal
AS 'MODULE_PATHNAME', 'bill_cutoff_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.bill_cutoff_combine(internal, internal) IS 'Support function of kam.bill_cutoff.';

CREATE FUNCTION kam.bill_cutoff_serialize(internal) RETURNS bytea
AS 'MODULE_PATHNAME', 'bill_cutoff_serialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.bill_cutoff_serialize(internal) IS 'Support function of kam.bill_cutoff.';

CREATE FUNCTION kam.bill_cutoff_deserialize(bytea, internal) RETURNS internal
AS 'MODULE_PATHNAME', 'bill_cutoff_deserialize'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.bill_cutoff_deserialize(bytea, internal) IS 'Support function of kam.bill_cutoff.';

CREATE FUNCTION kam.bill_cutoff_final(internal) RETURNS numeric
AS 'MODULE_PATHNAME', 'bill_cutoff_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.bill_cutoff_final(internal) IS 'Support function of kam.bill_cutoff.';

CREATE AGGREGATE kam.bill_cutoff(avg_monthly_bill_thb numeric, criteria kam.criteria) (
	SFUNC = kam.bill_cutoff_accum,
	STYPE = internal,
	SSPACE = 2048,
	COMBINEFUNC = kam.bill_cutoff_combine,
	SERIALFUNC = kam.bill_cutoff_serialize,
	DESERIALFUNC = kam.bill_cutoff_deserialize,
	FINALFUNC = kam.bill_cutoff_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kam.bill_cutoff(numeric, kam.criteria) IS
'Cut-off in THB/month of the top-20 rule (6.1.1.2(1), R1): aggregate over one area its customers'' average bills and the main criteria they meet on their own facts. NULL where enough customers qualify or nobody has a bill above 0; otherwise bills from the cut-off up meet criterion monthly_bill. By today''s rule set. Error 22023 for a negative, NaN or infinite bill.';

CREATE AGGREGATE kam.bill_cutoff(avg_monthly_bill_thb numeric, criteria kam.criteria, plan_year int) (
	SFUNC = kam.bill_cutoff_accum,
	STYPE = internal,
	SSPACE = 2048,
	COMBINEFUNC = kam.bill_cutoff_combine,
	SERIALFUNC = kam.bill_cutoff_serialize,
	DESERIALFUNC = kam.bill_cutoff_deserialize,
	FINALFUNC = kam.bill_cutoff_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kam.bill_cutoff(numeric, kam.criteria, int) IS
'Cut-off in THB/month of the top-20 rule (6.1.1.2(1), R1): aggregate over one area its customers'' average bills and the main criteria they meet on their own facts. NULL where enough customers qualify or nobody has a bill above 0; otherwise bills from the cut-off up meet criterion monthly_bill. Error 22023 for a negative, NaN or infinite bill.';

CREATE AGGREGATE kam.bill_cutoff(avg_monthly_bill_thb numeric, criteria kam.criteria, plan_year int, rule_set text) (
	SFUNC = kam.bill_cutoff_accum,
	STYPE = internal,
	SSPACE = 2048,
	COMBINEFUNC = kam.bill_cutoff_combine,
	SERIALFUNC = kam.bill_cutoff_serialize,
	DESERIALFUNC = kam.bill_cutoff_deserialize,
	FINALFUNC = kam.bill_cutoff_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kam.bill_cutoff(numeric, kam.criteria, int, text) IS
'Cut-off in THB/month of the top-20 rule (6.1.1.2(1), R1): aggregate over one area its customers'' average bills and the main criteria they meet on their own facts. NULL where enough customers qualify or nobody has a bill above 0; otherwise bills from the cut-off up meet criterion monthly_bill. Error 22023 for a negative, NaN or infinite bill.';
/* The facts of customers in somebody's own table or view. */

CREATE FUNCTION kam.fact_columns(
	facts regclass,
	OUT fact text, OUT type text, OUT unit text, OUT found boolean)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'fact_columns'
LANGUAGE C STABLE STRICT PARALLEL SAFE ROWS 9;
COMMENT ON FUNCTION kam.fact_columns(regclass) IS
'Which facts a table or view has, by column name; one that is not found is unknown for every customer. Error 42703 without account_id, area or value_class, 42804 for a column of the wrong type.';

CREATE FUNCTION kam.check_row_security(relation regclass) RETURNS boolean
AS 'MODULE_PATHNAME', 'check_row_security'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION kam.check_row_security(regclass) IS
'True, or error 42501 where row-level security may hide rows of the relation from the current user, so that a top-20 cut-off would be wrong.';
/* Classification of somebody's own table or view of customers (6.1.1). */

CREATE FUNCTION kam.classify_support(internal) RETURNS internal
AS 'MODULE_PATHNAME', 'classify_support'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.classify_support(internal) IS 'Planner support of kam.classify: its number of rows.';

CREATE FUNCTION kam.classify(
	facts regclass, plan_year int DEFAULT NULL, rule_set text DEFAULT NULL,
	OUT account_id text, OUT area text, OUT value_class kam.value_class,
	OUT criteria kam.criteria, OUT tier kam.tier)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'classify'
LANGUAGE C STABLE PARALLEL RESTRICTED COST 100000 ROWS 100000 SUPPORT kam.classify_support;
COMMENT ON FUNCTION kam.classify(regclass, int, text) IS
'Main criteria and tier of every customer of a table or view (6.1.1), with the top-20 rule applied per area. It has the columns account_id, area and value_class, and any facts named like the arguments of kam.main_criteria; a missing one is unknown. Error 42703 or 42804 for the columns, 42501 where row security would hide rows, 22023 for an absurd fact.';
/* The top-20 cut-off of each area of a table or view (6.1.1.2(1), R1). */

CREATE FUNCTION kam.area_cutoff(
	facts regclass, plan_year int DEFAULT NULL, rule_set text DEFAULT NULL,
	OUT area text, OUT customers bigint, OUT qualifiers bigint, OUT bill_cutoff_thb numeric)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'area_cutoff'
LANGUAGE C STABLE PARALLEL RESTRICTED COST 100000 ROWS 12;
COMMENT ON FUNCTION kam.area_cutoff(regclass, int, text) IS
'Per area: its customers, how many meet a main criterion on their own facts, and the top-20 cut-off in THB/month (6.1.1.2(1), R1), NULL where enough qualify. Errors as kam.classify.';
/* A rule set that is not in force against the one that is. */

CREATE FUNCTION kam.what_if(
	facts regclass, proposed text, plan_year int DEFAULT NULL, rule_set text DEFAULT NULL,
	OUT account_id text, OUT area text, OUT value_class kam.value_class,
	OUT tier_now kam.tier, OUT tier_then kam.tier,
	OUT criteria_now kam.criteria, OUT criteria_then kam.criteria,
	OUT weight_now numeric, OUT weight_then numeric, OUT weight_change numeric)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'what_if'
LANGUAGE C STABLE PARALLEL RESTRICTED COST 100000 ROWS 1000;
COMMENT ON FUNCTION kam.what_if(regclass, text, int, text) IS
'Who would have another tier or weight under the proposed rule set than under the one in force (or named): tiers, criteria, weights. Errors as kam.classify; 42704 for an unknown rule set.';
/* Views over somebody's own table that show criteria and tier (6.1.1). */

CREATE TYPE kam.area_bill_cutoff AS (
	area text,
	bill_cutoff_thb numeric
);
COMMENT ON TYPE kam.area_bill_cutoff IS
'An area and its top-20 cut-off in THB/month: how views made by kam.create_kasm_view hand cut-offs to parallel workers.';
COMMENT ON COLUMN kam.area_bill_cutoff.area IS 'The area, as text.';
COMMENT ON COLUMN kam.area_bill_cutoff.bill_cutoff_thb IS 'Its cut-off in THB/month.';

CREATE FUNCTION kam.create_kasm_view(
	view text, facts regclass, stored_cutoffs boolean DEFAULT false,
	plan_year int DEFAULT NULL, rule_set text DEFAULT NULL)
RETURNS regclass
AS 'MODULE_PATHNAME', 'create_kasm_view'
LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION kam.create_kasm_view(text, regclass, boolean, int, text) IS
'Creates <view>: all columns of the relation of facts, with bill_cutoff_thb, criteria and tier (6.1.1), in plain SQL; and <view>_cutoff with the cut-off of each area, a materialized view to be refreshed if stored_cutoffs. Errors as kam.classify; 42701 where a column of that name exists already.';

CREATE FUNCTION kam.kasm_view_definition(
	facts regclass, plan_year int DEFAULT NULL, rule_set text DEFAULT NULL)
RETURNS text
AS 'MODULE_PATHNAME', 'kasm_view_definition'
LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.kasm_view_definition(regclass, int, text) IS
'The query of a view as kam.create_kasm_view makes it, with live cut-offs, to read or to adapt.';
/* Why an account has its tier (6.1.1). */

CREATE FUNCTION kam.explain_kasm(
	value_class kam.value_class DEFAULT NULL,
	voltage_kv numeric DEFAULT NULL,
	avg_monthly_bill_thb numeric DEFAULT NULL,
	spp_zone boolean DEFAULT NULL,
	self_generation_mw numeric DEFAULT NULL,
	largest_job_thb numeric DEFAULT NULL,
	yearly_maintenance_thb numeric DEFAULT NULL,
	business_prospect boolean DEFAULT NULL,
	national_strategy boolean DEFAULT NULL,
	nationwide_network boolean DEFAULT NULL,
	bill_cutoff_thb numeric DEFAULT NULL,
	plan_year int DEFAULT NULL,
	rule_set text DEFAULT NULL,
	OUT criterion text, OUT letter text, OUT status text,
	OUT value numeric, OUT threshold numeric, OUT unit text, OUT section text,
	OUT tier kam.tier, OUT text_th text, OUT text_en text)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'explain_kasm'
LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 7;
COMMENT ON FUNCTION kam.explain_kasm(kam.value_class, numeric, numeric, boolean, numeric, numeric, numeric, boolean, boolean, boolean, numeric, int, text) IS
'A row per main criterion (6.1.1.2(1)): met, not met or unknown, with value, threshold, unit, section and a sentence in Thai and English; tier is what follows for the value class. Pass the area''s bill_cutoff_thb (kam.area_cutoff) to agree with kam.classify. Arguments and errors as kam.main_criteria.';
/* What would give an account another tier (6.1.1). */

CREATE FUNCTION kam.nearest_miss(
	value_class kam.value_class DEFAULT NULL,
	voltage_kv numeric DEFAULT NULL,
	avg_monthly_bill_thb numeric DEFAULT NULL,
	spp_zone boolean DEFAULT NULL,
	self_generation_mw numeric DEFAULT NULL,
	largest_job_thb numeric DEFAULT NULL,
	yearly_maintenance_thb numeric DEFAULT NULL,
	business_prospect boolean DEFAULT NULL,
	national_strategy boolean DEFAULT NULL,
	nationwide_network boolean DEFAULT NULL,
	bill_cutoff_thb numeric DEFAULT NULL,
	plan_year int DEFAULT NULL,
	rule_set text DEFAULT NULL,
	OUT rank int, OUT fact text, OUT change text, OUT criteria kam.criteria,
	OUT value numeric, OUT needed numeric, OUT gap numeric, OUT unit text, OUT gap_percent numeric,
	OUT tier_now kam.tier, OUT tier_then kam.tier, OUT text_th text, OUT text_en text)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'nearest_miss'
LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 5;
COMMENT ON FUNCTION kam.nearest_miss(kam.value_class, numeric, numeric, boolean, numeric, numeric, numeric, boolean, boolean, boolean, numeric, int, text) IS
'The single changes of one fact that would move an account into another tier (6.1.1), the smallest first: change is raise, lower (to below what is needed), learn (an unknown fact), set, clear or reclass; criteria are those gained or lost; gap_percent is the gap in percent of what is needed, NULL where there is nothing to measure, and these come last. Arguments and errors as kam.main_criteria.';
