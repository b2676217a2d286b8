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
/* The day in Bangkok, whatever the session's time zone. */

CREATE FUNCTION kam.bangkok_date(timestamptz) RETURNS date
AS 'MODULE_PATHNAME', 'bangkok_date'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.bangkok_date(timestamptz) IS
'The day in Bangkok, where the deadlines are: as (t AT TIME ZONE ''Asia/Bangkok'')::date, whatever the session''s time zone.';
/*
 * Calendars in layers: weekly days off, days of their own, the years they
 * know. The days of the built-in calendars are in thai_holiday.sql.
 */

CREATE TABLE kam.calendar (
	calendar text NOT NULL CHECK (calendar <> '' AND octet_length(calendar) < 64),
	builtin boolean NOT NULL DEFAULT false,
	parent text,
	weekly_days_off int[] CHECK (weekly_days_off <@ '{1,2,3,4,5,6,7}'),
	name_th text,
	name_en text,
	note text,
	PRIMARY KEY (calendar, builtin)
);
COMMENT ON TABLE kam.calendar IS
'Calendars in layers: what a calendar does not say itself, its parent says. A row of yours (builtin false) hides a built-in one of the same name. Its days are in kam.calendar_day, and kam.calendar_year says from when to when they are known.';
COMMENT ON COLUMN kam.calendar.calendar IS 'Name, as the argument calendar takes it; at most 63 bytes.';
COMMENT ON COLUMN kam.calendar.builtin IS 'Shipped with the extension, and read-only.';
COMMENT ON COLUMN kam.calendar.parent IS 'Name of the calendar whose days, years and weekly days off hold where this one has none of its own; NULL for a root.';
COMMENT ON COLUMN kam.calendar.weekly_days_off IS 'Weekdays that are days off, from 1, Monday, to 7, Sunday; an empty array for none. NULL: the parent''s, and for a root Saturday and Sunday.';
COMMENT ON COLUMN kam.calendar.name_th IS 'What people call it, in Thai.';
COMMENT ON COLUMN kam.calendar.name_en IS 'What people call it, in English.';
COMMENT ON COLUMN kam.calendar.note IS 'Whose calendar it is, and why.';

CREATE TABLE kam.calendar_year (
	calendar text NOT NULL CHECK (calendar <> '' AND octet_length(calendar) < 64),
	year int NOT NULL CHECK (year BETWEEN 1900 AND 2400),
	builtin boolean NOT NULL DEFAULT false,
	provisional boolean NOT NULL DEFAULT false,
	source text,
	PRIMARY KEY (calendar, year, builtin)
);
COMMENT ON TABLE kam.calendar_year IS
'The years whose days a calendar knows: those with a row here, or in one of its parents. The nearest row says whether the year is provisional; in one calendar yours (builtin false) counts.';
COMMENT ON COLUMN kam.calendar_year.calendar IS 'Name of the calendar.';
COMMENT ON COLUMN kam.calendar_year.year IS 'Year of the common era.';
COMMENT ON COLUMN kam.calendar_year.builtin IS 'Shipped with the extension, and read-only.';
COMMENT ON COLUMN kam.calendar_year.provisional IS 'Its days are not all announced yet: a function that depends on them says so by a NOTICE.';
COMMENT ON COLUMN kam.calendar_year.source IS 'Where its days come from.';

CREATE TABLE kam.calendar_day (
	calendar text NOT NULL CHECK (calendar <> '' AND octet_length(calendar) < 64),
	day date NOT NULL CHECK (day BETWEEN '1900-01-01' AND '2400-12-31'),
	builtin boolean NOT NULL DEFAULT false,
	kind text NOT NULL CHECK (kind IN ('holiday', 'substitution', 'special', 'working')),
	name_th text,
	name_en text,
	substitute_for date CHECK (substitute_for BETWEEN '1900-01-01' AND '2400-12-31'),
	source text,
	PRIMARY KEY (calendar, day, builtin),
	CONSTRAINT calendar_day_substitution CHECK (substitute_for IS NULL OR kind = 'substitution')
);
COMMENT ON TABLE kam.calendar_day IS
'The days on which a calendar differs from its weekly days off. For a day, the nearest row counts: a calendar''s own before its parent''s, and in one calendar yours (builtin false) before the built-in one.';
COMMENT ON COLUMN kam.calendar_day.calendar IS 'Name of the calendar.';
COMMENT ON COLUMN kam.calendar_day.day IS 'The day, of the common era.';
COMMENT ON COLUMN kam.calendar_day.builtin IS 'Shipped with the extension, and read-only.';
COMMENT ON COLUMN kam.calendar_day.kind IS 'holiday, substitution (for a holiday on a weekly day off) and special are days off; working is a working day after all, also on a weekly day off.';
COMMENT ON COLUMN kam.calendar_day.name_th IS 'Its name in Thai.';
COMMENT ON COLUMN kam.calendar_day.name_en IS 'Its name in English.';
COMMENT ON COLUMN kam.calendar_day.substitute_for IS 'The holiday that a substitution stands for.';
COMMENT ON COLUMN kam.calendar_day.source IS 'Where and when it was announced.';

CREATE FUNCTION kam._reference_protect() RETURNS trigger
AS 'MODULE_PATHNAME', 'kam_reference_protect'
LANGUAGE C;
COMMENT ON FUNCTION kam._reference_protect() IS
'Trigger of reference tables: built-in rows are read-only (55000), years and days in the columns that it names are of the common era (22023).';

CREATE TRIGGER protect BEFORE INSERT OR UPDATE OR DELETE ON kam.calendar
	FOR EACH ROW EXECUTE FUNCTION kam._reference_protect();
CREATE TRIGGER protect BEFORE INSERT OR UPDATE OR DELETE ON kam.calendar_year
	FOR EACH ROW EXECUTE FUNCTION kam._reference_protect('year');
CREATE TRIGGER protect BEFORE INSERT OR UPDATE OR DELETE ON kam.calendar_day
	FOR EACH ROW EXECUTE FUNCTION kam._reference_protect('day', 'substitute_for');
CREATE TRIGGER protect_all BEFORE TRUNCATE ON kam.calendar
	FOR EACH STATEMENT EXECUTE FUNCTION kam._reference_protect();
CREATE TRIGGER protect_all BEFORE TRUNCATE ON kam.calendar_year
	FOR EACH STATEMENT EXECUTE FUNCTION kam._reference_protect();
CREATE TRIGGER protect_all BEFORE TRUNCATE ON kam.calendar_day
	FOR EACH STATEMENT EXECUTE FUNCTION kam._reference_protect();
COMMENT ON TRIGGER protect ON kam.calendar IS 'Built-in rows are read-only.';
COMMENT ON TRIGGER protect ON kam.calendar_year IS 'Built-in rows are read-only; years are of the common era.';
COMMENT ON TRIGGER protect ON kam.calendar_day IS 'Built-in rows are read-only; days are of the common era.';
COMMENT ON TRIGGER protect_all ON kam.calendar IS 'Built-in rows are read-only.';
COMMENT ON TRIGGER protect_all ON kam.calendar_year IS 'Built-in rows are read-only.';
COMMENT ON TRIGGER protect_all ON kam.calendar_day IS 'Built-in rows are read-only.';

/* Row triggers fire for replicated rows too, statement triggers for TRUNCATE. */
CREATE TRIGGER row_changed AFTER INSERT OR UPDATE OR DELETE ON kam.calendar
	FOR EACH ROW EXECUTE FUNCTION kam._reference_changed();
CREATE TRIGGER row_changed AFTER INSERT OR UPDATE OR DELETE ON kam.calendar_year
	FOR EACH ROW EXECUTE FUNCTION kam._reference_changed();
CREATE TRIGGER row_changed AFTER INSERT OR UPDATE OR DELETE ON kam.calendar_day
	FOR EACH ROW EXECUTE FUNCTION kam._reference_changed();
CREATE TRIGGER truncated AFTER TRUNCATE ON kam.calendar
	FOR EACH STATEMENT EXECUTE FUNCTION kam._reference_changed();
CREATE TRIGGER truncated AFTER TRUNCATE ON kam.calendar_year
	FOR EACH STATEMENT EXECUTE FUNCTION kam._reference_changed();
CREATE TRIGGER truncated AFTER TRUNCATE ON kam.calendar_day
	FOR EACH STATEMENT EXECUTE FUNCTION kam._reference_changed();
ALTER TABLE kam.calendar ENABLE ALWAYS TRIGGER row_changed;
ALTER TABLE kam.calendar_year ENABLE ALWAYS TRIGGER row_changed;
ALTER TABLE kam.calendar_day ENABLE ALWAYS TRIGGER row_changed;
ALTER TABLE kam.calendar ENABLE ALWAYS TRIGGER truncated;
ALTER TABLE kam.calendar_year ENABLE ALWAYS TRIGGER truncated;
ALTER TABLE kam.calendar_day ENABLE ALWAYS TRIGGER truncated;
COMMENT ON TRIGGER row_changed ON kam.calendar IS 'Makes every session read the table anew.';
COMMENT ON TRIGGER row_changed ON kam.calendar_year IS 'Makes every session read the table anew.';
COMMENT ON TRIGGER row_changed ON kam.calendar_day IS 'Makes every session read the table anew.';
COMMENT ON TRIGGER truncated ON kam.calendar IS 'Makes every session read the table anew.';
COMMENT ON TRIGGER truncated ON kam.calendar_year IS 'Makes every session read the table anew.';
COMMENT ON TRIGGER truncated ON kam.calendar_day IS 'Makes every session read the table anew.';

INSERT INTO kam.calendar (calendar, builtin, parent, name_th, name_en, note) VALUES
	('TH-GOV', true, NULL, pg_catalog.unistr('\0E23\0E32\0E0A\0E01\0E32\0E23\0E1E\0E25\0E40\0E23\0E37\0E2D\0E19'), 'Civil service of Thailand', 'Public holidays of the civil service, as the Cabinet announces them.'),
	('TH-SE', true, NULL, pg_catalog.unistr('\0E23\0E31\0E10\0E27\0E34\0E2A\0E32\0E2B\0E01\0E34\0E08'), 'State enterprises of Thailand', 'Public holidays of state enterprises; special days of the Cabinet only where they are adopted.'),
	('PEA', true, 'TH-SE', pg_catalog.unistr('\0E01\0E32\0E23\0E44\0E1F\0E1F\0E49\0E32\0E2A\0E48\0E27\0E19\0E20\0E39\0E21\0E34\0E20\0E32\0E04'), 'Provincial Electricity Authority', 'Add the days of your own to this one.');

INSERT INTO kam.calendar_year (calendar, year, builtin, provisional, source)
	SELECT calendar, year, true, year = 2027,
		CASE WHEN year = 2027 THEN 'Computed: lunar days as expected; special days and the ploughing ceremony are not announced.' END
	FROM pg_catalog.unnest('{TH-GOV,TH-SE}'::text[]) AS calendar, pg_catalog.generate_series(2018, 2027) AS year;

SELECT pg_catalog.pg_extension_config_dump('kam.calendar', 'WHERE NOT builtin');
SELECT pg_catalog.pg_extension_config_dump('kam.calendar_year', 'WHERE NOT builtin');
SELECT pg_catalog.pg_extension_config_dump('kam.calendar_day', 'WHERE NOT builtin');

GRANT SELECT ON kam.calendar, kam.calendar_year, kam.calendar_day TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON kam.calendar, kam.calendar_year, kam.calendar_day TO pg_database_owner WITH GRANT OPTION;

CREATE FUNCTION kam.calendar_horizon(calendar text DEFAULT 'PEA',
	OUT known_from date, OUT known_to date, OUT provisional_from date)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'calendar_horizon'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100 ROWS 1;
COMMENT ON FUNCTION kam.calendar_horizon(text) IS
'From when to when the days of the calendar are known, a row for each stretch of years, and the first day in it that is provisional. No row: it knows no year.';

CREATE FUNCTION kam.substitution_days(year int, calendar text DEFAULT 'PEA',
	OUT day date, OUT substitute_for date, OUT announced boolean, OUT name_th text, OUT name_en text)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'substitution_days'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000 ROWS 10;
COMMENT ON FUNCTION kam.substitution_days(int, text) IS
'The days of a year (common era) that stand for holidays on weekly days off: those that were announced, and by the Cabinet''s rule those that were not yet: the next working day, at most one for weekly days off that follow one another. The year need not be known.';
/*
 * The holidays of Thailand, 2018-2027, as days of the calendars TH-GOV (civil
 * service) and TH-SE (state enterprises).
 *
 * Three lists: every name once, with the calendars that keep the day; the
 * announcements that can be named; and the days, by year. A day stands once,
 * with the names of all that falls on it; it substitutes for a holiday where
 * the third column says for which day. A new year is a block of days at the end.
 *
 * Special and regional days are the civil service's alone: the Cabinet leaves
 * each state enterprise to decide for itself.
 */
INSERT INTO kam.calendar_day (calendar, day, builtin, kind, name_th, name_en, substitute_for, source)
WITH holiday (key, calendars, kind, name_th, name_en) AS (VALUES
	('new_year', '{TH-GOV,TH-SE}'::text[], 'holiday', pg_catalog.unistr('\0E27\0E31\0E19\0E02\0E36\0E49\0E19\0E1B\0E35\0E43\0E2B\0E21\0E48'), 'New Year''s Day'),
	('new_years_eve', '{TH-GOV,TH-SE}', 'holiday', pg_catalog.unistr('\0E27\0E31\0E19\0E2A\0E34\0E49\0E19\0E1B\0E35'), 'New Year''s Eve'),
	('makha_bucha', '{TH-GOV,TH-SE}', 'holiday', pg_catalog.unistr('\0E27\0E31\0E19\0E21\0E32\0E06\0E1A\0E39\0E0A\0E32'), 'Makha Bucha Day'),
	('chakri', '{TH-GOV,TH-SE}', 'holiday', pg_catalog.unistr('\0E27\0E31\0E19\0E1E\0E23\0E30\0E1A\0E32\0E17\0E2A\0E21\0E40\0E14\0E47\0E08\0E1E\0E23\0E30\0E1E\0E38\0E17\0E18\0E22\0E2D\0E14\0E1F\0E49\0E32\0E08\0E38\0E2C\0E32\0E42\0E25\0E01\0E21\0E2B\0E32\0E23\0E32\0E0A \0E41\0E25\0E30\0E27\0E31\0E19\0E17\0E35\0E48\0E23\0E30\0E25\0E36\0E01\0E21\0E2B\0E32\0E08\0E31\0E01\0E23\0E35\0E1A\0E23\0E21\0E23\0E32\0E0A\0E27\0E07\0E28\0E4C'), 'Chakri Memorial Day'),
	('songkran', '{TH-GOV,TH-SE}', 'holiday', pg_catalog.unistr('\0E27\0E31\0E19\0E2A\0E07\0E01\0E23\0E32\0E19\0E15\0E4C'), 'Songkran Festival'),
	('labour', '{TH-SE}', 'holiday', pg_catalog.unistr('\0E27\0E31\0E19\0E41\0E23\0E07\0E07\0E32\0E19\0E41\0E2B\0E48\0E07\0E0A\0E32\0E15\0E34'), 'National Labour Day'),
	('coronation', '{TH-GOV,TH-SE}', 'holiday', pg_catalog.unistr('\0E27\0E31\0E19\0E09\0E31\0E15\0E23\0E21\0E07\0E04\0E25'), 'Coronation Day'),
	('ploughing', '{TH-GOV}', 'holiday', pg_catalog.unistr('\0E27\0E31\0E19\0E1E\0E37\0E0A\0E21\0E07\0E04\0E25'), 'Royal Ploughing Ceremony Day'),
	('visakha_bucha', '{TH-GOV,TH-SE}', 'holiday', pg_catalog.unistr('\0E27\0E31\0E19\0E27\0E34\0E2A\0E32\0E02\0E1A\0E39\0E0A\0E32'), 'Visakha Bucha Day'),
	('queen', '{TH-GOV,TH-SE}', 'holiday', pg_catalog.unistr('\0E27\0E31\0E19\0E40\0E09\0E25\0E34\0E21\0E1E\0E23\0E30\0E0A\0E19\0E21\0E1E\0E23\0E23\0E29\0E32\0E2A\0E21\0E40\0E14\0E47\0E08\0E1E\0E23\0E30\0E19\0E32\0E07\0E40\0E08\0E49\0E32\0E2A\0E38\0E17\0E34\0E14\0E32 \0E1E\0E31\0E0A\0E23\0E2A\0E38\0E18\0E32\0E1E\0E34\0E21\0E25\0E25\0E31\0E01\0E29\0E13 \0E1E\0E23\0E30\0E1A\0E23\0E21\0E23\0E32\0E0A\0E34\0E19\0E35'), 'H.M. Queen Suthida Bajrasudhabimalalakshana''s Birthday'),
	('asarnha_bucha', '{TH-GOV,TH-SE}', 'holiday', pg_catalog.unistr('\0E27\0E31\0E19\0E2D\0E32\0E2A\0E32\0E2C\0E2B\0E1A\0E39\0E0A\0E32'), 'Asarnha Bucha Day'),
	('lent', '{TH-GOV,TH-SE}', 'holiday', pg_catalog.unistr('\0E27\0E31\0E19\0E40\0E02\0E49\0E32\0E1E\0E23\0E23\0E29\0E32'), 'Buddhist Lent Day'),
	('king', '{TH-GOV,TH-SE}', 'holiday', pg_catalog.unistr('\0E27\0E31\0E19\0E40\0E09\0E25\0E34\0E21\0E1E\0E23\0E30\0E0A\0E19\0E21\0E1E\0E23\0E23\0E29\0E32\0E1E\0E23\0E30\0E1A\0E32\0E17\0E2A\0E21\0E40\0E14\0E47\0E08\0E1E\0E23\0E30\0E1B\0E23\0E40\0E21\0E19\0E17\0E23\0E23\0E32\0E21\0E32\0E18\0E34\0E1A\0E14\0E35\0E28\0E23\0E35\0E2A\0E34\0E19\0E17\0E23\0E21\0E2B\0E32\0E27\0E0A\0E34\0E23\0E32\0E25\0E07\0E01\0E23\0E13 \0E1E\0E23\0E30\0E27\0E0A\0E34\0E23\0E40\0E01\0E25\0E49\0E32\0E40\0E08\0E49\0E32\0E2D\0E22\0E39\0E48\0E2B\0E31\0E27'), 'H.M. King Maha Vajiralongkorn Phra Vajiraklaochaoyuhua''s Birthday'),
	('queen_mother', '{TH-GOV,TH-SE}', 'holiday', pg_catalog.unistr('\0E27\0E31\0E19\0E40\0E09\0E25\0E34\0E21\0E1E\0E23\0E30\0E0A\0E19\0E21\0E1E\0E23\0E23\0E29\0E32\0E2A\0E21\0E40\0E14\0E47\0E08\0E1E\0E23\0E30\0E1A\0E23\0E21\0E23\0E32\0E0A\0E0A\0E19\0E19\0E35\0E1E\0E31\0E19\0E1B\0E35\0E2B\0E25\0E27\0E07'), 'H.M. Queen Sirikit The Queen Mother''s Birthday'),
	('mother', '{TH-GOV,TH-SE}', 'holiday', pg_catalog.unistr('\0E27\0E31\0E19\0E41\0E21\0E48\0E41\0E2B\0E48\0E07\0E0A\0E32\0E15\0E34'), 'Mother''s Day'),
	('rama_9_2018', '{TH-GOV,TH-SE}', 'holiday', pg_catalog.unistr('\0E27\0E31\0E19\0E04\0E25\0E49\0E32\0E22\0E27\0E31\0E19\0E2A\0E27\0E23\0E23\0E04\0E15\0E1E\0E23\0E30\0E1A\0E32\0E17\0E2A\0E21\0E40\0E14\0E47\0E08\0E1E\0E23\0E30\0E1B\0E23\0E21\0E34\0E19\0E17\0E23\0E21\0E2B\0E32\0E20\0E39\0E21\0E34\0E1E\0E25\0E2D\0E14\0E38\0E25\0E22\0E40\0E14\0E0A \0E1A\0E23\0E21\0E19\0E32\0E16\0E1A\0E1E\0E34\0E15\0E23'), 'H.M. King Bhumibol Adulyadej Memorial Day'),
	('rama_9_2019', '{TH-GOV,TH-SE}', 'holiday', pg_catalog.unistr('\0E27\0E31\0E19\0E04\0E25\0E49\0E32\0E22\0E27\0E31\0E19\0E2A\0E27\0E23\0E23\0E04\0E15\0E1E\0E23\0E30\0E1A\0E32\0E17\0E2A\0E21\0E40\0E14\0E47\0E08\0E1E\0E23\0E30\0E1A\0E23\0E21\0E0A\0E19\0E01\0E32\0E18\0E34\0E40\0E1A\0E28\0E23 \0E21\0E2B\0E32\0E20\0E39\0E21\0E34\0E1E\0E25\0E2D\0E14\0E38\0E25\0E22\0E40\0E14\0E0A\0E21\0E2B\0E32\0E23\0E32\0E0A \0E1A\0E23\0E21\0E19\0E32\0E16\0E1A\0E1E\0E34\0E15\0E23'), 'H.M. King Bhumibol Adulyadej The Great Memorial Day'),
	('navamindra', '{TH-GOV,TH-SE}', 'holiday', pg_catalog.unistr('\0E27\0E31\0E19\0E19\0E27\0E21\0E34\0E19\0E17\0E23\0E21\0E2B\0E32\0E23\0E32\0E0A'), 'Navamindra Maharaj Day'),
	('chulalongkorn', '{TH-GOV,TH-SE}', 'holiday', pg_catalog.unistr('\0E27\0E31\0E19\0E1B\0E34\0E22\0E21\0E2B\0E32\0E23\0E32\0E0A'), 'Chulalongkorn Day'),
	('rama_9_birthday_2018', '{TH-GOV,TH-SE}', 'holiday', pg_catalog.unistr('\0E27\0E31\0E19\0E04\0E25\0E49\0E32\0E22\0E27\0E31\0E19\0E40\0E09\0E25\0E34\0E21\0E1E\0E23\0E30\0E0A\0E19\0E21\0E1E\0E23\0E23\0E29\0E32\0E1E\0E23\0E30\0E1A\0E32\0E17\0E2A\0E21\0E40\0E14\0E47\0E08\0E1E\0E23\0E30\0E1B\0E23\0E21\0E34\0E19\0E17\0E23\0E21\0E2B\0E32\0E20\0E39\0E21\0E34\0E1E\0E25\0E2D\0E14\0E38\0E25\0E22\0E40\0E14\0E0A \0E1A\0E23\0E21\0E19\0E32\0E16\0E1A\0E1E\0E34\0E15\0E23'), 'H.M. King Bhumibol Adulyadej''s Birthday'),
	('rama_9_birthday', '{TH-GOV,TH-SE}', 'holiday', pg_catalog.unistr('\0E27\0E31\0E19\0E04\0E25\0E49\0E32\0E22\0E27\0E31\0E19\0E40\0E09\0E25\0E34\0E21\0E1E\0E23\0E30\0E0A\0E19\0E21\0E1E\0E23\0E23\0E29\0E32\0E1E\0E23\0E30\0E1A\0E32\0E17\0E2A\0E21\0E40\0E14\0E47\0E08\0E1E\0E23\0E30\0E1A\0E23\0E21\0E0A\0E19\0E01\0E32\0E18\0E34\0E40\0E1A\0E28\0E23 \0E21\0E2B\0E32\0E20\0E39\0E21\0E34\0E1E\0E25\0E2D\0E14\0E38\0E25\0E22\0E40\0E14\0E0A\0E21\0E2B\0E32\0E23\0E32\0E0A \0E1A\0E23\0E21\0E19\0E32\0E16\0E1A\0E1E\0E34\0E15\0E23'), 'H.M. King Bhumibol Adulyadej The Great''s Birthday'),
	('national', '{TH-GOV,TH-SE}', 'holiday', pg_catalog.unistr('\0E27\0E31\0E19\0E0A\0E32\0E15\0E34'), 'National Day'),
	('father', '{TH-GOV,TH-SE}', 'holiday', pg_catalog.unistr('\0E27\0E31\0E19\0E1E\0E48\0E2D\0E41\0E2B\0E48\0E07\0E0A\0E32\0E15\0E34'), 'Father''s Day'),
	('constitution', '{TH-GOV,TH-SE}', 'holiday', pg_catalog.unistr('\0E27\0E31\0E19\0E23\0E31\0E10\0E18\0E23\0E23\0E21\0E19\0E39\0E0D'), 'Constitution Day'),
	('royal_coronation', '{TH-GOV}', 'special', pg_catalog.unistr('\0E1E\0E23\0E30\0E23\0E32\0E0A\0E1E\0E34\0E18\0E35\0E1A\0E23\0E21\0E23\0E32\0E0A\0E32\0E20\0E34\0E40\0E29\0E01 \0E1E\0E23\0E30\0E1A\0E32\0E17\0E2A\0E21\0E40\0E14\0E47\0E08\0E1E\0E23\0E30\0E27\0E0A\0E34\0E23\0E40\0E01\0E25\0E49\0E32\0E40\0E08\0E49\0E32\0E2D\0E22\0E39\0E48\0E2B\0E31\0E27'), 'Coronation of H.M. King Maha Vajiralongkorn Phra Vajiraklaochaoyuhua'),
	('special', '{TH-GOV}', 'special', pg_catalog.unistr('\0E27\0E31\0E19\0E2B\0E22\0E38\0E14\0E1E\0E34\0E40\0E28\0E29 (\0E40\0E1E\0E34\0E48\0E21\0E40\0E15\0E34\0E21)'), 'Additional special holiday'),
	('special_government', '{TH-GOV}', 'special', pg_catalog.unistr('\0E27\0E31\0E19\0E2B\0E22\0E38\0E14\0E23\0E32\0E0A\0E01\0E32\0E23\0E40\0E1E\0E34\0E48\0E21\0E40\0E1B\0E47\0E19\0E01\0E23\0E13\0E35\0E1E\0E34\0E40\0E28\0E29'), 'Additional special government holiday'),
	('north', '{TH-GOV}', 'special', pg_catalog.unistr('\0E27\0E31\0E19\0E2B\0E22\0E38\0E14\0E23\0E32\0E0A\0E01\0E32\0E23\0E1B\0E23\0E30\0E08\0E33\0E20\0E32\0E04\0E40\0E2B\0E19\0E37\0E2D'), 'Regional government holiday of the North'),
	('northeast', '{TH-GOV}', 'special', pg_catalog.unistr('\0E27\0E31\0E19\0E2B\0E22\0E38\0E14\0E23\0E32\0E0A\0E01\0E32\0E23\0E1B\0E23\0E30\0E08\0E33\0E20\0E32\0E04\0E15\0E30\0E27\0E31\0E19\0E2D\0E2D\0E01\0E40\0E09\0E35\0E22\0E07\0E40\0E2B\0E19\0E37\0E2D'), 'Regional government holiday of the Northeast'),
	('south', '{TH-GOV}', 'special', pg_catalog.unistr('\0E27\0E31\0E19\0E2B\0E22\0E38\0E14\0E23\0E32\0E0A\0E01\0E32\0E23\0E1B\0E23\0E30\0E08\0E33\0E20\0E32\0E04\0E43\0E15\0E49'), 'Regional government holiday of the South'),
	('central', '{TH-GOV}', 'special', pg_catalog.unistr('\0E27\0E31\0E19\0E2B\0E22\0E38\0E14\0E23\0E32\0E0A\0E01\0E32\0E23\0E1B\0E23\0E30\0E08\0E33\0E20\0E32\0E04\0E01\0E25\0E32\0E07'), 'Regional government holiday of the Central Region')
), announcement (key, source) AS (VALUES
	('list of 2018', 'https://thestandard.co/?p=41401'),
	('2019-01-29', 'Cabinet 2019-01-29, https://www.77kaoded.com/content/318899'),
	('2019-02-12', 'Cabinet 2019-02-12, http://www.thansettakij.com/content/388042'),
	('list of 2019', 'https://www.relaxtrip2018.com/trend-topic/news/stopworknewyear/'),
	('list of 2020', 'https://amarintv.com/news/detail/35825'),
	('2020-06-30', 'Cabinet 2020-06-30, https://www.marketscreener.com/news/Bank-of-Thailand-Announcement-of-a-substitute-holiday-for-Songkran-festival-for-Financial-Institut--30865212/'),
	('2020-08-13', 'Cabinet 2020-08-13, https://news.ch7.com/detail/431000'),
	('2020-09-22', 'Cabinet 2020-09-22, https://thailandtribune.com/cabinet-approves-long-weekend-holidays-to-stimulate-the-economy/'),
	('2020-12-29', 'Cabinet 2020-12-29, https://thailandnewsline.com/additional-public-holidays-approved-for-2021/'),
	('2021-11-04', 'Cabinet 2021-11-04, https://www.dailynews.co.th/news/442789/'),
	('list of 2023', 'One day for 2022-12-31 and 2023-01-01, https://www.prachachat.net/politics/news-1356520'),
	('2023-01-10', 'Cabinet 2023-01-10, https://thailandnewsline.com/announcement-of-special-holiday-for-financial-institutions-and-specialised-financial-institutions/'),
	('2023-07-25', 'Cabinet 2023-07-25, https://www.pattayamail.com/thailandnews/thailand-extends-upcoming-weekend-to-six-day-long-break-july-28-aug-2-to-boost-tourism-436734'),
	('2023-10-24', 'Cabinet 2023-10-24, https://www.fm91bkk.com/newsarticle/18610'),
	('2024-02-13', 'Cabinet 2024-02-13, https://thailandnewsgazette.com/bank-stops-service-on-12-apr'),
	('list of 2024', 'https://www.bot.or.th/en/news-and-media/news/news-20231102.html'),
	('2024-11-12', 'Cabinet 2024-11-12, https://lionnews.co/archives/10176')
), day (day, holidays, substitute_for, announcement) AS (VALUES
	/* 2018 (B.E. 2561) */
	(date '2018-01-01', 'new_year', NULL::date, NULL),
	('2018-01-02', 'new_years_eve', '2017-12-31', 'list of 2018'),
	('2018-03-01', 'makha_bucha', NULL, NULL),
	('2018-04-06', 'chakri', NULL, NULL),
	('2018-04-13', 'songkran', NULL, NULL),
	('2018-04-14', 'songkran', NULL, NULL),
	('2018-04-15', 'songkran', NULL, NULL),
	('2018-04-16', 'songkran', '2018-04-14', NULL),
	('2018-05-01', 'labour', NULL, NULL),
	('2018-05-14', 'ploughing', NULL, NULL),
	('2018-05-29', 'visakha_bucha', NULL, NULL),
	('2018-07-27', 'asarnha_bucha', NULL, NULL),
	('2018-07-28', 'king lent', NULL, NULL),
	('2018-07-30', 'lent king', '2018-07-28', NULL),
	('2018-08-12', 'queen_mother mother', NULL, NULL),
	('2018-08-13', 'queen_mother mother', '2018-08-12', NULL),
	('2018-10-13', 'rama_9_2018', NULL, NULL),
	('2018-10-15', 'rama_9_2018', '2018-10-13', NULL),
	('2018-10-23', 'chulalongkorn', NULL, NULL),
	('2018-12-05', 'rama_9_birthday_2018 national father', NULL, NULL),
	('2018-12-10', 'constitution', NULL, NULL),
	('2018-12-31', 'new_years_eve', NULL, NULL),
	/* 2019 (B.E. 2562) */
	('2019-01-01', 'new_year', NULL, NULL),
	('2019-02-19', 'makha_bucha', NULL, NULL),
	('2019-04-06', 'chakri', NULL, NULL),
	('2019-04-08', 'chakri', '2019-04-06', NULL),
	('2019-04-12', 'special_government', NULL, '2019-02-12'),
	('2019-04-13', 'songkran', NULL, NULL),
	('2019-04-14', 'songkran', NULL, NULL),
	('2019-04-15', 'songkran', NULL, NULL),
	('2019-04-16', 'songkran', '2019-04-13', NULL),
	('2019-05-01', 'labour', NULL, NULL),
	('2019-05-06', 'royal_coronation', NULL, '2019-01-29'),
	('2019-05-09', 'ploughing', NULL, NULL),
	('2019-05-18', 'visakha_bucha', NULL, NULL),
	('2019-05-20', 'visakha_bucha', '2019-05-18', NULL),
	('2019-06-03', 'queen', NULL, NULL),
	('2019-07-16', 'asarnha_bucha', NULL, NULL),
	('2019-07-17', 'lent', NULL, NULL),
	('2019-07-28', 'king', NULL, NULL),
	('2019-07-29', 'king', '2019-07-28', NULL),
	('2019-08-12', 'queen_mother mother', NULL, NULL),
	('2019-10-13', 'rama_9_2019', NULL, NULL),
	('2019-10-14', 'rama_9_2019', '2019-10-13', NULL),
	('2019-10-23', 'chulalongkorn', NULL, NULL),
	('2019-12-05', 'rama_9_birthday national father', NULL, NULL),
	('2019-12-10', 'constitution', NULL, NULL),
	('2019-12-30', 'special_government', NULL, 'list of 2019'),
	('2019-12-31', 'new_years_eve', NULL, NULL),
	/* 2020 (B.E. 2563) */
	('2020-01-01', 'new_year', NULL, NULL),
	('2020-02-08', 'makha_bucha', NULL, NULL),
	('2020-02-10', 'makha_bucha', '2020-02-08', NULL),
	('2020-04-06', 'chakri', NULL, NULL),
	('2020-05-01', 'labour', NULL, NULL),
	('2020-05-04', 'coronation', NULL, NULL),
	('2020-05-06', 'visakha_bucha', NULL, NULL),
	('2020-05-11', 'ploughing', NULL, NULL),
	('2020-06-03', 'queen', NULL, NULL),
	('2020-07-05', 'asarnha_bucha', NULL, NULL),
	('2020-07-06', 'lent', NULL, NULL),
	('2020-07-07', 'asarnha_bucha', '2020-07-05', 'list of 2020'),
	('2020-07-27', 'songkran', '2020-04-13', '2020-06-30'),
	('2020-07-28', 'king', NULL, NULL),
	('2020-08-12', 'queen_mother mother', NULL, NULL),
	('2020-09-04', 'songkran', '2020-04-14', '2020-08-13'),
	('2020-09-07', 'songkran', '2020-04-15', '2020-08-13'),
	('2020-10-13', 'rama_9_2019', NULL, NULL),
	('2020-10-23', 'chulalongkorn', NULL, NULL),
	('2020-11-19', 'special', NULL, '2020-09-22'),
	('2020-11-20', 'special', NULL, '2020-09-22'),
	('2020-12-05', 'rama_9_birthday national father', NULL, NULL),
	('2020-12-07', 'rama_9_birthday national father', '2020-12-05', NULL),
	('2020-12-10', 'constitution', NULL, NULL),
	('2020-12-11', 'special', NULL, '2020-09-22'),
	('2020-12-31', 'new_years_eve', NULL, NULL),
	/* 2021 (B.E. 2564) */
	('2021-01-01', 'new_year', NULL, NULL),
	('2021-02-12', 'special', NULL, '2020-12-29'),
	('2021-02-26', 'makha_bucha', NULL, NULL),
	('2021-03-26', 'north', NULL, '2020-12-29'),
	('2021-04-06', 'chakri', NULL, NULL),
	('2021-04-12', 'special', NULL, '2020-12-29'),
	('2021-04-13', 'songkran', NULL, NULL),
	('2021-04-14', 'songkran', NULL, NULL),
	('2021-04-15', 'songkran', NULL, NULL),
	('2021-05-01', 'labour', NULL, NULL),
	('2021-05-03', 'labour', '2021-05-01', NULL),
	('2021-05-04', 'coronation', NULL, NULL),
	('2021-05-10', 'ploughing northeast', NULL, '2020-12-29'),
	('2021-05-26', 'visakha_bucha', NULL, NULL),
	('2021-06-03', 'queen', NULL, NULL),
	('2021-07-24', 'asarnha_bucha', NULL, NULL),
	('2021-07-25', 'lent', NULL, NULL),
	('2021-07-26', 'asarnha_bucha', '2021-07-24', NULL),
	('2021-07-27', 'special_government', NULL, '2020-12-29'),
	('2021-07-28', 'king', NULL, NULL),
	('2021-08-12', 'queen_mother mother', NULL, NULL),
	('2021-09-24', 'special', NULL, '2020-12-29'),
	('2021-10-06', 'south', NULL, '2020-12-29'),
	('2021-10-13', 'rama_9_2019', NULL, NULL),
	('2021-10-21', 'central', NULL, '2020-12-29'),
	('2021-10-22', 'chulalongkorn', '2021-10-23', '2020-12-29'),
	('2021-10-23', 'chulalongkorn', NULL, NULL),
	('2021-12-05', 'rama_9_birthday national father', NULL, NULL),
	('2021-12-06', 'rama_9_birthday national father', '2021-12-05', NULL),
	('2021-12-10', 'constitution', NULL, NULL),
	('2021-12-31', 'new_years_eve', NULL, NULL),
	/* 2022 (B.E. 2565) */
	('2022-01-01', 'new_year', NULL, NULL),
	('2022-01-03', 'new_year', '2022-01-01', NULL),
	('2022-02-16', 'makha_bucha', NULL, NULL),
	('2022-04-06', 'chakri', NULL, NULL),
	('2022-04-13', 'songkran', NULL, NULL),
	('2022-04-14', 'songkran', NULL, NULL),
	('2022-04-15', 'songkran', NULL, NULL),
	('2022-05-01', 'labour', NULL, NULL),
	('2022-05-02', 'labour', '2022-05-01', NULL),
	('2022-05-04', 'coronation', NULL, NULL),
	('2022-05-13', 'ploughing', NULL, NULL),
	('2022-05-15', 'visakha_bucha', NULL, NULL),
	('2022-05-16', 'visakha_bucha', '2022-05-15', NULL),
	('2022-06-03', 'queen', NULL, NULL),
	('2022-07-13', 'asarnha_bucha', NULL, NULL),
	('2022-07-14', 'lent', NULL, NULL),
	('2022-07-15', 'special', NULL, '2021-11-04'),
	('2022-07-28', 'king', NULL, NULL),
	('2022-07-29', 'special', NULL, '2021-11-04'),
	('2022-08-12', 'queen_mother mother', NULL, NULL),
	('2022-10-13', 'rama_9_2019', NULL, NULL),
	('2022-10-14', 'special', NULL, '2021-11-04'),
	('2022-10-23', 'chulalongkorn', NULL, NULL),
	('2022-10-24', 'chulalongkorn', '2022-10-23', NULL),
	('2022-12-05', 'rama_9_birthday national father', NULL, NULL),
	('2022-12-10', 'constitution', NULL, NULL),
	('2022-12-12', 'constitution', '2022-12-10', NULL),
	('2022-12-30', 'special', NULL, '2021-11-04'),
	('2022-12-31', 'new_years_eve', NULL, NULL),
	/* 2023 (B.E. 2566) */
	('2023-01-01', 'new_year', NULL, NULL),
	('2023-01-02', 'new_year', '2023-01-01', 'list of 2023'),
	('2023-03-06', 'makha_bucha', NULL, NULL),
	('2023-04-06', 'chakri', NULL, NULL),
	('2023-04-13', 'songkran', NULL, NULL),
	('2023-04-14', 'songkran', NULL, NULL),
	('2023-04-15', 'songkran', NULL, NULL),
	('2023-04-17', 'songkran', '2023-04-15', NULL),
	('2023-05-01', 'labour', NULL, NULL),
	('2023-05-04', 'coronation', NULL, NULL),
	('2023-05-05', 'special', NULL, '2023-01-10'),
	('2023-05-17', 'ploughing', NULL, NULL),
	('2023-06-03', 'queen visakha_bucha', NULL, NULL),
	('2023-06-05', 'visakha_bucha queen', '2023-06-03', NULL),
	('2023-07-28', 'king', NULL, NULL),
	('2023-07-31', 'special', NULL, '2023-07-25'),
	('2023-08-01', 'asarnha_bucha', NULL, NULL),
	('2023-08-02', 'lent', NULL, NULL),
	('2023-08-12', 'queen_mother mother', NULL, NULL),
	('2023-08-14', 'queen_mother mother', '2023-08-12', NULL),
	('2023-10-13', 'navamindra', NULL, NULL),
	('2023-10-23', 'chulalongkorn', NULL, NULL),
	('2023-12-05', 'rama_9_birthday national father', NULL, NULL),
	('2023-12-10', 'constitution', NULL, NULL),
	('2023-12-11', 'constitution', '2023-12-10', NULL),
	('2023-12-29', 'new_years_eve', '2023-12-31', '2023-10-24'),
	('2023-12-31', 'new_years_eve', NULL, NULL),
	/* 2024 (B.E. 2567) */
	('2024-01-01', 'new_year', NULL, NULL),
	('2024-02-24', 'makha_bucha', NULL, NULL),
	('2024-02-26', 'makha_bucha', '2024-02-24', NULL),
	('2024-04-06', 'chakri', NULL, NULL),
	('2024-04-08', 'chakri', '2024-04-06', NULL),
	('2024-04-12', 'special', NULL, '2024-02-13'),
	('2024-04-13', 'songkran', NULL, NULL),
	('2024-04-14', 'songkran', NULL, NULL),
	('2024-04-15', 'songkran', NULL, NULL),
	('2024-04-16', 'songkran', '2024-04-13', NULL),
	('2024-05-01', 'labour', NULL, NULL),
	('2024-05-04', 'coronation', NULL, NULL),
	('2024-05-06', 'coronation', '2024-05-04', NULL),
	('2024-05-10', 'ploughing', NULL, NULL),
	('2024-05-22', 'visakha_bucha', NULL, NULL),
	('2024-06-03', 'queen', NULL, NULL),
	('2024-07-20', 'asarnha_bucha', NULL, NULL),
	('2024-07-21', 'lent', NULL, NULL),
	('2024-07-22', 'asarnha_bucha', '2024-07-20', NULL),
	('2024-07-28', 'king', NULL, NULL),
	('2024-07-29', 'king', '2024-07-28', NULL),
	('2024-08-12', 'queen_mother mother', NULL, NULL),
	('2024-10-13', 'navamindra', NULL, NULL),
	('2024-10-14', 'navamindra', '2024-10-13', NULL),
	('2024-10-23', 'chulalongkorn', NULL, NULL),
	('2024-12-05', 'rama_9_birthday national father', NULL, NULL),
	('2024-12-10', 'constitution', NULL, NULL),
	('2024-12-30', 'special', NULL, 'list of 2024'),
	('2024-12-31', 'new_years_eve', NULL, NULL),
	/* 2025 (B.E. 2568) */
	('2025-01-01', 'new_year', NULL, NULL),
	('2025-02-12', 'makha_bucha', NULL, NULL),
	('2025-04-06', 'chakri', NULL, NULL),
	('2025-04-07', 'chakri', '2025-04-06', NULL),
	('2025-04-13', 'songkran', NULL, NULL),
	('2025-04-14', 'songkran', NULL, NULL),
	('2025-04-15', 'songkran', NULL, NULL),
	('2025-04-16', 'songkran', '2025-04-13', NULL),
	('2025-05-01', 'labour', NULL, NULL),
	('2025-05-04', 'coronation', NULL, NULL),
	('2025-05-05', 'coronation', '2025-05-04', NULL),
	('2025-05-09', 'ploughing', NULL, NULL),
	('2025-05-11', 'visakha_bucha', NULL, NULL),
	('2025-05-12', 'visakha_bucha', '2025-05-11', NULL),
	('2025-06-02', 'special', NULL, '2024-11-12'),
	('2025-06-03', 'queen', NULL, NULL),
	('2025-07-10', 'asarnha_bucha', NULL, NULL),
	('2025-07-11', 'lent', NULL, NULL),
	('2025-07-28', 'king', NULL, NULL),
	('2025-08-11', 'special', NULL, '2024-11-12'),
	('2025-08-12', 'queen_mother mother', NULL, NULL),
	('2025-10-13', 'navamindra', NULL, NULL),
	('2025-10-23', 'chulalongkorn', NULL, NULL),
	('2025-12-05', 'rama_9_birthday national father', NULL, NULL),
	('2025-12-10', 'constitution', NULL, NULL),
	('2025-12-31', 'new_years_eve', NULL, NULL),
	/* 2026 (B.E. 2569) */
	('2026-01-01', 'new_year', NULL, NULL),
	('2026-01-02', 'special', NULL, '2024-11-12'),
	('2026-03-03', 'makha_bucha', NULL, NULL),
	('2026-04-06', 'chakri', NULL, NULL),
	('2026-04-13', 'songkran', NULL, NULL),
	('2026-04-14', 'songkran', NULL, NULL),
	('2026-04-15', 'songkran', NULL, NULL),
	('2026-05-01', 'labour', NULL, NULL),
	('2026-05-04', 'coronation', NULL, NULL),
	('2026-05-13', 'ploughing', NULL, NULL),
	('2026-05-31', 'visakha_bucha', NULL, NULL),
	('2026-06-01', 'visakha_bucha', '2026-05-31', NULL),
	('2026-06-03', 'queen', NULL, NULL),
	('2026-07-28', 'king', NULL, NULL),
	('2026-07-29', 'asarnha_bucha', NULL, NULL),
	('2026-07-30', 'lent', NULL, NULL),
	('2026-08-12', 'queen_mother mother', NULL, NULL),
	('2026-10-13', 'navamindra', NULL, NULL),
	('2026-10-23', 'chulalongkorn', NULL, NULL),
	('2026-12-05', 'rama_9_birthday national father', NULL, NULL),
	('2026-12-07', 'rama_9_birthday national father', '2026-12-05', NULL),
	('2026-12-10', 'constitution', NULL, NULL),
	('2026-12-31', 'new_years_eve', NULL, NULL),
	/* 2027 (B.E. 2570): computed, not yet announced */
	('2027-01-01', 'new_year', NULL, NULL),
	('2027-02-21', 'makha_bucha', NULL, NULL),
	('2027-02-22', 'makha_bucha', '2027-02-21', NULL),
	('2027-04-06', 'chakri', NULL, NULL),
	('2027-04-13', 'songkran', NULL, NULL),
	('2027-04-14', 'songkran', NULL, NULL),
	('2027-04-15', 'songkran', NULL, NULL),
	('2027-05-01', 'labour', NULL, NULL),
	('2027-05-03', 'labour', '2027-05-01', NULL),
	('2027-05-04', 'coronation', NULL, NULL),
	('2027-05-20', 'visakha_bucha', NULL, NULL),
	('2027-06-03', 'queen', NULL, NULL),
	('2027-07-18', 'asarnha_bucha', NULL, NULL),
	('2027-07-19', 'lent', NULL, NULL),
	('2027-07-20', 'asarnha_bucha', '2027-07-18', NULL),
	('2027-07-28', 'king', NULL, NULL),
	('2027-08-12', 'queen_mother mother', NULL, NULL),
	('2027-10-13', 'navamindra', NULL, NULL),
	('2027-10-23', 'chulalongkorn', NULL, NULL),
	('2027-10-25', 'chulalongkorn', '2027-10-23', NULL),
	('2027-12-05', 'rama_9_birthday national father', NULL, NULL),
	('2027-12-06', 'rama_9_birthday national father', '2027-12-05', NULL),
	('2027-12-10', 'constitution', NULL, NULL),
	('2027-12-31', 'new_years_eve', NULL, NULL)
)
SELECT calendar, day, true,
	CASE WHEN substitute_for IS NOT NULL THEN 'substitution'
		WHEN pg_catalog.bool_or(kind = 'holiday') THEN 'holiday'
		ELSE 'special' END,
	pg_catalog.string_agg(CASE WHEN substitute_for IS NULL THEN '' ELSE pg_catalog.unistr('\0E0A\0E14\0E40\0E0A\0E22') END || name_th, ' / ' ORDER BY position),
	pg_catalog.string_agg(CASE WHEN substitute_for IS NULL THEN '' ELSE 'Substitution for ' END || name_en, ' / ' ORDER BY position),
	substitute_for,
	COALESCE(source, CASE WHEN day < '2027-01-01' THEN 'vacanza/holidays c382fdec4'
		ELSE 'computed by vacanza/holidays c382fdec4' END)
FROM day
	CROSS JOIN pg_catalog.string_to_table(holidays, ' ') WITH ORDINALITY AS named (key, position)
	JOIN holiday USING (key)
	CROSS JOIN pg_catalog.unnest(calendars) AS calendar
	LEFT JOIN announcement ON announcement.key = day.announcement
GROUP BY calendar, day, substitute_for, source
ORDER BY calendar, day;
/* Working days by a calendar. */

CREATE FUNCTION kam.is_working_day(date, calendar text DEFAULT 'PEA') RETURNS boolean
AS 'MODULE_PATHNAME', 'is_working_day'
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.is_working_day(date, text) IS
'Whether the day is a working day of the calendar. Error 22008 for a day that the calendar does not know, 42704 for an unknown calendar.';

CREATE FUNCTION kam.add_working_days(date, int, calendar text DEFAULT 'PEA') RETURNS date
AS 'MODULE_PATHNAME', 'add_working_days'
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.add_working_days(date, int, text) IS
'The working day that is so many working days after the date, which itself does not count; 0 gives the date if it is a working day, else the next one; a negative number counts back. Error 22008 where that depends on a day that the calendar does not know.';

CREATE FUNCTION kam.working_days_between(date, date, calendar text DEFAULT 'PEA') RETURNS int
AS 'MODULE_PATHNAME', 'working_days_between'
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.working_days_between(date, date, text) IS
'The working days after the first date up to and including the second; negative when they are swapped. Error 22008 where that depends on a day that the calendar does not know.';

CREATE FUNCTION kam.next_working_day(date, calendar text DEFAULT 'PEA') RETURNS date
AS 'MODULE_PATHNAME', 'next_working_day'
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.next_working_day(date, text) IS
'The first working day after the date. Error 22008 where the calendar does not know the days up to it.';

CREATE FUNCTION kam.previous_working_day(date, calendar text DEFAULT 'PEA') RETURNS date
AS 'MODULE_PATHNAME', 'previous_working_day'
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.previous_working_day(date, text) IS
'The last working day before the date. Error 22008 where the calendar does not know the days back to it.';

CREATE FUNCTION kam.explain_working_days(start date, days int, calendar text DEFAULT 'PEA',
	OUT day date, OUT counted int, OUT working boolean, OUT kind text, OUT calendar text,
	OUT reason_th text, OUT reason_en text, OUT source text, OUT provisional boolean)
RETURNS SETOF record
AS 'MODULE_PATHNAME', 'explain_working_days'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000 ROWS 10;
COMMENT ON FUNCTION kam.explain_working_days(date, int, text) IS
'Why kam.add_working_days gives what it gives: a row for every day from start to due, counted or not (counted is NULL), with the kind of day, the calendar that decides it, the reason and the source. Errors as kam.add_working_days.';
/*
 * Days from an iCalendar text (RFC 5545): events of whole days, once or every
 * year. What could only be guessed at is refused by name: no deadline hangs on
 * an event that was half understood.
 */

CREATE FUNCTION kam._icalendar_date(value text, place text) RETURNS date
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	month int;
	day date;
BEGIN
	IF value ~ '^[0-9]{8}T[0-9]{6}Z?$' THEN
		RAISE feature_not_supported USING
			MESSAGE = format('%s is a time, not a whole day: "%s"', place, value),
			HINT = 'A day of a calendar is a whole day, such as DTSTART;VALUE=DATE:20280101.';
	ELSIF value !~ '^[0-9]{8}$' THEN
		RAISE invalid_datetime_format USING
			MESSAGE = format('%s is not a date: "%s"', place, value),
			HINT = 'A date is written YYYYMMDD, such as 20280101.';
	END IF;

	month := substr(value, 5, 2);
	IF left(value, 4) <> '0000' AND month BETWEEN 1 AND 12 THEN
		day := make_date(left(value, 4)::int, month, 1) + (right(value, 2)::int - 1);
	END IF;
	IF extract(month FROM day) = month THEN
		RETURN day;
	END IF;
	RAISE datetime_field_overflow USING
		MESSAGE = format('%s is a date that does not exist: "%s"', place, value),
		HINT = 'A date is written YYYYMMDD, such as 20280101.';
END
$$;
COMMENT ON FUNCTION kam._icalendar_date(text, text) IS
'The date of an iCalendar property, which place names in the errors 0A000, 22007 and 22008.';

CREATE FUNCTION kam._icalendar_length(event jsonb, first_day date, place text) RETURNS int
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	duration constant text := upper((event ->> 'DURATION') COLLATE "C");
	days int := 1;
BEGIN
	IF event ?& '{DTEND,DURATION}' THEN
		RAISE invalid_text_representation USING
			MESSAGE = format('%s has both DTEND and DURATION', place),
			HINT = 'One of the two says when an event ends.';
	ELSIF event ? 'DTEND' THEN
		days := kam._icalendar_date(event ->> 'DTEND', 'DTEND of ' || place) - first_day;
	ELSIF duration ~ '^[+]?P[0-9]{1,4}[DW]$' THEN
		days := substring(duration FROM '[0-9]+')::int * CASE WHEN duration ~ 'W' THEN 7 ELSE 1 END;
	ELSIF duration ~ '^[+-]?P[0-9DTHMSW]+$' THEN
		RAISE feature_not_supported USING
			MESSAGE = format('DURATION of %s is not a number of whole days: "%s"', place, duration),
			HINT = 'Two days are written P2D, a week P1W.';
	ELSIF event ? 'DURATION' THEN
		RAISE invalid_datetime_format USING
			MESSAGE = format('DURATION of %s is not a duration: "%s"', place, duration),
			HINT = 'Two days are written P2D, a week P1W.';
	END IF;

	IF days < 1 THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('%s ends before it has lasted a day', place),
			HINT = 'DTEND is the day after the last one.';
	ELSIF days > 366 THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('%s lasts %s days', place, days),
			HINT = 'An event lasts at most 366 days.';
	END IF;
	RETURN days;
END
$$;
COMMENT ON FUNCTION kam._icalendar_length(jsonb, date, text) IS
'How many days an iCalendar event lasts, which place names in the errors 0A000, 22007, 22008 and 22P02.';

CREATE FUNCTION kam._icalendar_recurrence(rule text, first_day date, last_year int, place text) RETURNS SETOF date
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	first_year constant int := extract(year FROM first_day);
	month constant int := extract(month FROM first_day);
	day_of_month constant int := extract(day FROM first_day);
	/* A fixed date every year; none of the parts twice, and not two that say when it ends. */
	parts constant text := ';' || upper(rule COLLATE "C");
	known_parts constant text := format('^(;(FREQ=YEARLY|INTERVAL=[1-9][0-9]{0,3}|COUNT=[1-9][0-9]{0,3}|UNTIL=[0-9]{8}'
		'|BYMONTH=0?%s|BYMONTHDAY=0?%s|WKST=(MO|TU|WE|TH|FR|SA|SU)))*$', month, day_of_month);
	contradiction constant text := E';([A-Z]+)=.*;\\1=|;COUNT=.*;UNTIL=|;UNTIL=.*;COUNT=';
	still_due int := substring(parts FROM ';COUNT=([0-9]+)');
	until date;
	day date;
BEGIN
	/* BYMONTHDAY without BYMONTH is a day of every month. */
	IF parts !~ known_parts OR parts ~ contradiction OR parts !~ ';FREQ=' OR (parts ~ ';BYMONTHDAY=' AND parts !~ ';BYMONTH=') THEN
		RAISE feature_not_supported USING
			MESSAGE = format('%s recurs by a rule that is not followed: "%s"', place, rule),
			HINT = 'Followed is FREQ=YEARLY on the date of DTSTART, with INTERVAL and with COUNT or UNTIL. Give the days of another rule an event each.';
	END IF;
	until := kam._icalendar_date(substring(parts FROM ';UNTIL=([0-9]+)'), 'UNTIL of ' || place);
	IF still_due IS NULL AND until IS NULL AND last_year IS NULL THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('%s recurs without end', place),
			HINT = 'Name the last year whose days are wanted with the argument last_year.';
	ELSIF until < first_day THEN
		RAISE datetime_field_overflow USING
			MESSAGE = format('%s ends before it begins', place),
			HINT = 'UNTIL is the last day on which an event may begin.';
	END IF;

	/* Without a last year it goes on until the rule ends, or past the years of a calendar, which is the caller's to refuse. */
	FOR year IN first_year .. CASE WHEN last_year IS NULL THEN 1000000 ELSE greatest(last_year, first_year) END
		BY COALESCE(substring(parts FROM ';INTERVAL=([0-9]+)')::int, 1)
	LOOP
		day := make_date(year, month, 1) + (day_of_month - 1);
		EXIT WHEN day > until OR still_due = 0;
		/* 29 February exists in some years only; the others do not count. */
		IF extract(month FROM day) = month THEN
			RETURN NEXT day;
			still_due := still_due - 1;
			EXIT WHEN year > 2400;
		END IF;
	END LOOP;
END
$$;
COMMENT ON FUNCTION kam._icalendar_recurrence(text, date, int, text) IS
'The days on which an iCalendar event with an RRULE begins, which place names in the errors 0A000, 22008 and 22023.';

CREATE FUNCTION kam._icalendar_event(event jsonb, exceptions text[], last_year int, place text) RETURNS SETOF date
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 ROWS 1
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	first_day date;
	first_days date[];
	excluded date[];
	days int;
BEGIN
	IF event ?| '{RECURRENCE-ID,RDATE,EXRULE}' THEN
		RAISE feature_not_supported USING
			MESSAGE = format('%s has RECURRENCE-ID, RDATE or EXRULE, which are not followed', place),
			HINT = 'Give each of its days an event of its own.';
	ELSIF upper((event ->> 'STATUS') COLLATE "C") = 'CANCELLED' THEN
		RETURN;
	ELSIF NOT event ? 'DTSTART' THEN
		RAISE invalid_text_representation USING
			MESSAGE = format('%s has no DTSTART', place),
			HINT = 'An event of a whole day has a line such as DTSTART;VALUE=DATE:20280101.';
	END IF;

	first_day := kam._icalendar_date(event ->> 'DTSTART', 'DTSTART of ' || place);
	days := kam._icalendar_length(event, first_day, place);
	first_days := ARRAY[first_day];
	IF event ? 'RRULE' THEN
		first_days := ARRAY(SELECT kam._icalendar_recurrence(event ->> 'RRULE', first_day, last_year, place));
	END IF;
	IF exceptions <> '{}' THEN
		excluded := ARRAY(
			SELECT kam._icalendar_date(btrim(value), 'EXDATE of ' || place)
			FROM unnest(exceptions) AS list, string_to_table(list, ',') AS value);
	END IF;

	FOREACH first_day IN ARRAY first_days
	LOOP
		CONTINUE WHEN first_day = ANY (excluded);
		IF first_day < '1900-01-01' OR first_day + days > '2401-01-01' THEN
			RAISE datetime_field_overflow USING
				MESSAGE = format('%s has the day %s', place, to_char(first_day::timestamp, 'YYYY-MM-DD')),
				HINT = 'The years of a calendar are 1900 to 2400 of the common era: for B.E. 2571 write 2028.';
		END IF;
		FOR later IN 0 .. days - 1
		LOOP
			RETURN NEXT first_day + later;
		END LOOP;
	END LOOP;
END
$$;
COMMENT ON FUNCTION kam._icalendar_event(jsonb, text[], int, text) IS
'The days of an iCalendar event given by its properties, with its EXDATEs aside; place names it in errors. See kam.icalendar_days.';

CREATE FUNCTION kam._icalendar_text(value text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	/* Split at each escaped backslash, so that an n after it makes no line feed. */
	RETURN (
		SELECT string_agg(
			replace(replace(replace(replace(piece, E'\\n', E'\n'), E'\\N', E'\n'), E'\\,', ','), E'\\;', ';'),
			E'\\' ORDER BY position)
		FROM string_to_table(value, E'\\\\') WITH ORDINALITY AS split (piece, position));
END
$$;
COMMENT ON FUNCTION kam._icalendar_text(text) IS
'An iCalendar TEXT without its escapes.';

CREATE FUNCTION kam.icalendar_days(icalendar text, last_year int DEFAULT NULL)
RETURNS TABLE (day date, name text)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10000 ROWS 30
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	/* A carriage return marks a place where a line was folded, to count the lines of the text as it is. */
	fold constant text := E'\r';
	line text;
	line_number int := 1;
	next_number int := 1;
	header text;
	property text;
	value text;
	/* The components that are open, as a path: /VCALENDAR/VEVENT. */
	inside text := '';
	component text;
	/* The event that is open, and the line where it begins. */
	event jsonb;
	event_line int;
	exceptions text[];
	added bigint;
	total bigint := 0;
	not_icalendar constant text := 'An iCalendar text (RFC 5545) begins with BEGIN:VCALENDAR, and has properties NAME:value between it and END:VCALENDAR; a line that begins with a blank goes on with the one before.';
BEGIN
	IF last_year NOT BETWEEN 1900 AND 2400 THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('last_year %s is out of range', last_year),
			HINT = 'The years of a calendar are 1900 to 2400 of the common era: for B.E. 2571 write 2028.';
	END IF;

	FOR line IN
		SELECT string_to_table(
			replace(replace(replace(replace(ltrim(icalendar, chr(65279)), -- byte order mark
				E'\r\n', E'\n'), E'\r', E'\n'), E'\n\t', fold), E'\n ', fold),
			E'\n')
	LOOP
		line_number := next_number;
		next_number := line_number + 1;
		IF strpos(line, fold) > 0 THEN
			next_number := next_number + octet_length(line) - octet_length(replace(line, fold, ''));
			line := replace(line, fold, '');
		END IF;
		CONTINUE WHEN line = '';

		/* Up to the first colon outside quotes. */
		header := substring(left(line, 10000) FROM '^[A-Za-z0-9_.-]+(?:;[^":]*(?:"[^"]*"[^":]*)*)?:');
		IF header IS NULL OR (inside = '' AND upper(header COLLATE "C") <> 'BEGIN:') THEN
			RAISE invalid_text_representation USING
				MESSAGE = format('line %s is no part of an iCalendar text: "%s"', line_number, left(line, 60)),
				HINT = not_icalendar;
		END IF;
		property := upper(rtrim(split_part(header, ';', 1), ':') COLLATE "C");
		value := btrim(substr(line, length(header) + 1), E' \t');

		IF property = 'BEGIN' THEN
			component := upper(value COLLATE "C");
			IF (component = 'VCALENDAR') <> (inside = '') OR (component = 'VEVENT' AND inside <> '/VCALENDAR')
				OR component !~ '^[A-Z0-9-]{1,40}$' OR length(inside) > 200
			THEN
				RAISE invalid_text_representation USING
					MESSAGE = format('BEGIN:%s at line %s of the iCalendar text is out of place', left(value, 60), line_number),
					HINT = not_icalendar;
			END IF;
			inside := inside || '/' || component;
			IF component = 'VEVENT' THEN
				event := '{}';
				event_line := line_number;
				exceptions := '{}';
			END IF;

		ELSIF property = 'END' THEN
			component := upper(value COLLATE "C");
			IF component <> substring(inside FROM '[^/]*$') THEN
				RAISE invalid_text_representation USING
					MESSAGE = format('END:%s at line %s of the iCalendar text does not end %s', left(value, 60), line_number,
						substring(inside FROM '[^/]*$')),
					HINT = 'Each BEGIN has its END, and what begins last ends first.';
			END IF;
			inside := left(inside, -(length(component) + 1));
			IF component = 'VEVENT' THEN
				name := NULLIF(btrim(kam._icalendar_text(event ->> 'SUMMARY'), E' \t\n'), '');
				RETURN QUERY
				SELECT event_day, name
				FROM kam._icalendar_event(event, exceptions, last_year,
					format('event %s at line %s', COALESCE('"' || left(name, 60) || '"', 'without a name'), event_line)) AS event_day;
				GET DIAGNOSTICS added = ROW_COUNT;
				total := total + added;
				IF total > 1000000 THEN
					RAISE program_limit_exceeded USING
						MESSAGE = 'the iCalendar text has more than 1000000 days',
						HINT = 'Read it in parts, or let its recurring events end in an earlier last_year.';
				END IF;
			END IF;

		ELSIF inside = '/VCALENDAR/VEVENT' AND property = 'EXDATE' THEN
			exceptions := array_append(exceptions, value);

		ELSIF inside = '/VCALENDAR/VEVENT' AND property IN
			('DTSTART', 'DTEND', 'DURATION', 'SUMMARY', 'STATUS', 'RRULE', 'RDATE', 'EXRULE', 'RECURRENCE-ID')
		THEN
			IF event ? property THEN
				RAISE invalid_text_representation USING
					MESSAGE = format('line %s of the iCalendar text is a second %s of its event', line_number, property),
					HINT = 'An event has one of it.';
			END IF;
			/* No value that is understood is longer, but for a name. */
			event := event || jsonb_build_object(property, CASE property WHEN 'SUMMARY' THEN value ELSE left(value, 200) END);

		ELSIF inside = '/VCALENDAR' AND (property = 'CALSCALE' AND upper(value COLLATE "C") <> 'GREGORIAN'
			OR property = 'METHOD' AND upper(value COLLATE "C") = 'CANCEL')
		THEN
			RAISE feature_not_supported USING
				MESSAGE = format('an iCalendar text with %s:%s is not followed', property, left(value, 60)),
				HINT = 'Followed is CALSCALE:GREGORIAN, and each METHOD but CANCEL.';
		END IF;
	END LOOP;

	IF inside <> '' THEN
		RAISE invalid_text_representation USING
			MESSAGE = format('the iCalendar text ends inside %s', substring(inside FROM '[^/]*$')),
			HINT = 'Each BEGIN has its END, and what begins last ends first.';
	ELSIF component IS NULL AND icalendar IS NOT NULL THEN
		RAISE invalid_text_representation USING
			MESSAGE = 'the iCalendar text is empty',
			HINT = not_icalendar;
	END IF;
END
$$;
COMMENT ON FUNCTION kam.icalendar_days(text, int) IS
'Days and names of the whole-day events of an iCalendar text (RFC 5545), cancelled ones aside. A yearly event recurs up to its COUNT or UNTIL, and up to last_year where that is given. Errors: 22P02, 22007 or 22008 for what is not iCalendar, no date or not of the years 1900 to 2400; 0A000 for what is not followed: times of the day, other recurrences; 22023 for a recurrence without end.';

CREATE FUNCTION kam.add_icalendar(
	calendar text, icalendar text, kind text DEFAULT 'special', source text DEFAULT NULL, last_year int DEFAULT NULL)
RETURNS bigint
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	days bigint;
	added bigint;
BEGIN
	IF calendar IS NULL OR icalendar IS NULL OR kind IS NULL THEN
		RAISE null_value_not_allowed USING
			MESSAGE = 'calendar, icalendar and kind must not be NULL',
			HINT = 'Name a calendar of kam.calendar and give the text of an iCalendar file.';
	ELSIF NOT EXISTS (SELECT FROM kam.calendar AS c WHERE c.calendar = add_icalendar.calendar) THEN
		RAISE undefined_object USING
			MESSAGE = format('calendar "%s" does not exist', calendar),
			HINT = format('The calendars of kam.calendar are: %s.',
				(SELECT string_agg(DISTINCT '"' || c.calendar || '"', ', ') FROM kam.calendar AS c));
	ELSIF kind NOT IN ('holiday', 'substitution', 'special', 'working') THEN
		RAISE invalid_parameter_value USING
			MESSAGE = format('there is no kind of day "%s"', kind),
			HINT = 'The kinds are holiday, substitution, special and working.';
	END IF;

	/* Events of one day become one row, with each name once, in the order of the text. */
	WITH event AS (
		SELECT d.day, d.name, min(d.position) AS position, d.name ~ E'[\u0E01-\u0E5B]' AS is_thai
		FROM kam.icalendar_days(icalendar, last_year) WITH ORDINALITY AS d (day, name, position)
		GROUP BY d.day, d.name
	), named AS (
		SELECT e.day,
			string_agg(e.name, ' / ' ORDER BY e.position) FILTER (WHERE e.is_thai) AS name_th,
			string_agg(e.name, ' / ' ORDER BY e.position) FILTER (WHERE NOT e.is_thai) AS name_en
		FROM event AS e
		GROUP BY e.day
	), new AS (
		INSERT INTO kam.calendar_day AS c (calendar, day, kind, name_th, name_en, source)
		SELECT add_icalendar.calendar, n.day, add_icalendar.kind, n.name_th, n.name_en, add_icalendar.source
		FROM named AS n
		WHERE NOT EXISTS (
			SELECT FROM kam.calendar_day AS d WHERE d.calendar = add_icalendar.calendar AND d.day = n.day)
		ORDER BY n.day
		ON CONFLICT DO NOTHING
		RETURNING 1
	)
	SELECT (SELECT count(*) FROM named), (SELECT count(*) FROM new) INTO days, added;

	IF added < days THEN
		RAISE NOTICE USING
			MESSAGE = format('calendar "%s" has %s of the %s days already; they stay as they are', calendar, days - added, days);
	END IF;
	RETURN added;
END
$$;
COMMENT ON FUNCTION kam.add_icalendar(text, text, text, text, int) IS
'Adds the days of an iCalendar text to a calendar as days of the kind, and gives how many. A day that the calendar has already stays as it is, so a feed can be read again. Names with Thai letters become name_th, others name_en. Errors as kam.icalendar_days; 22004 for NULL, 22023 for an unknown kind, 42704 for an unknown calendar.';
/*
 * On time, or by how many working days not. Due is a date: a done on that day
 * in Bangkok is on time. There is one function of each name, as a literal
 * would fall into the wrong one of two.
 */

CREATE FUNCTION kam.on_time(due date, done timestamptz) RETURNS boolean
AS 'MODULE_PATHNAME', 'on_time'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.on_time(date, timestamptz) IS
'Whether it was done by the end of the due day in Bangkok.';

CREATE FUNCTION kam.working_days_left(due date, at timestamptz DEFAULT pg_catalog.now(), calendar text DEFAULT 'PEA') RETURNS int
AS 'MODULE_PATHNAME', 'working_days_left'
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.working_days_left(date, timestamptz, text) IS
'The working days after the day (in Bangkok) of "at" up to and including the due day; 0 once that has come. Error 22008 where that depends on a day that the calendar does not know.';

CREATE FUNCTION kam.working_days_late(due date, done timestamptz DEFAULT pg_catalog.now(), calendar text DEFAULT 'PEA') RETURNS int
AS 'MODULE_PATHNAME', 'working_days_late'
LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.working_days_late(date, timestamptz, text) IS
'The working days after the due day up to and including the day (in Bangkok) on which it was done; 0 if that was on time. Error 22008 where that depends on a day that the calendar does not know.';
/*
 * The yearly process of the manual (section 5): when each of its ten steps is
 * due. The readings R16, R17 and R19 are rows here, which a user overrides
 * with rows of their own.
 */

CREATE TABLE kam.process_step (
	step int NOT NULL CHECK (step BETWEEN 1 AND 10),
	period text NOT NULL DEFAULT '' CHECK (octet_length(period) < 64),
	builtin boolean NOT NULL DEFAULT false,
	year_offset int NOT NULL DEFAULT 0 CHECK (year_offset BETWEEN -1 AND 1),
	due_month int NOT NULL CHECK (due_month BETWEEN 1 AND 12),
	due_day int CHECK (due_day BETWEEN 1 AND 31),
	roll_calendar text CHECK (roll_calendar <> '' AND octet_length(roll_calendar) < 64),
	name_th text,
	name_en text,
	section text,
	note text,
	PRIMARY KEY (step, period, builtin),
	CONSTRAINT process_step_day_of_month CHECK (due_day <= CASE WHEN due_month = 2 THEN 29
		WHEN due_month IN (4, 6, 9, 11) THEN 30 ELSE 31 END)
);
COMMENT ON TABLE kam.process_step IS
'When the steps of the yearly process are due (manual, section 5). A row of yours (builtin false) hides the built-in one of the same step and period, or adds a period.';
COMMENT ON COLUMN kam.process_step.step IS 'Number of the step, 1 to 10.';
COMMENT ON COLUMN kam.process_step.period IS 'What the step is due for, as the argument period of kam.process_deadline takes it: M01 to M12 and Q1 to Q4 for step 6, preliminary and annual for step 9; empty where it is due once.';
COMMENT ON COLUMN kam.process_step.builtin IS 'Shipped with the extension, and read-only.';
COMMENT ON COLUMN kam.process_step.year_offset IS 'The year it is due in, from the plan year: -1 is the year before.';
COMMENT ON COLUMN kam.process_step.due_month IS 'The month it is due in.';
COMMENT ON COLUMN kam.process_step.due_day IS 'The last day, which counts to its end in Bangkok; NULL for the last of the month (R16).';
COMMENT ON COLUMN kam.process_step.roll_calendar IS 'A last day that is no working day of this calendar moves to the next one that is; NULL: it does not move (R16, R19).';
COMMENT ON COLUMN kam.process_step.name_th IS 'What is to be done, in Thai.';
COMMENT ON COLUMN kam.process_step.name_en IS 'What is to be done, in English.';
COMMENT ON COLUMN kam.process_step.section IS 'Where the manual says so.';
COMMENT ON COLUMN kam.process_step.note IS 'How the manual was read, or where something else was decided.';

CREATE TRIGGER protect BEFORE INSERT OR UPDATE OR DELETE ON kam.process_step
	FOR EACH ROW EXECUTE FUNCTION kam._reference_protect();
CREATE TRIGGER protect_all BEFORE TRUNCATE ON kam.process_step
	FOR EACH STATEMENT EXECUTE FUNCTION kam._reference_protect();
COMMENT ON TRIGGER protect ON kam.process_step IS 'Built-in rows are read-only.';
COMMENT ON TRIGGER protect_all ON kam.process_step IS 'Built-in rows are read-only.';

/* Row triggers fire for replicated rows too, statement triggers for TRUNCATE. */
CREATE TRIGGER row_changed AFTER INSERT OR UPDATE OR DELETE ON kam.process_step
	FOR EACH ROW EXECUTE FUNCTION kam._reference_changed();
CREATE TRIGGER truncated AFTER TRUNCATE ON kam.process_step
	FOR EACH STATEMENT EXECUTE FUNCTION kam._reference_changed();
ALTER TABLE kam.process_step ENABLE ALWAYS TRIGGER row_changed;
ALTER TABLE kam.process_step ENABLE ALWAYS TRIGGER truncated;
COMMENT ON TRIGGER row_changed ON kam.process_step IS 'Makes every session read the table anew.';
COMMENT ON TRIGGER truncated ON kam.process_step IS 'Makes every session read the table anew.';

INSERT INTO kam.process_step (step, period, builtin, year_offset, due_month, due_day, name_th, name_en, section, note)
WITH step (step, name_th, name_en) AS (VALUES
	(1, pg_catalog.unistr('\0E08\0E31\0E14\0E17\0E33\0E41\0E1C\0E19\0E01\0E32\0E23\0E1A\0E23\0E34\0E2B\0E32\0E23\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D'), 'Plan the management of key accounts'),
	(2, pg_catalog.unistr('\0E1E\0E34\0E08\0E32\0E23\0E13\0E32\0E41\0E1C\0E19\0E01\0E32\0E23\0E1A\0E23\0E34\0E2B\0E32\0E23\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D'), 'Consider the plan'),
	(3, pg_catalog.unistr('\0E08\0E31\0E14\0E17\0E33\0E10\0E32\0E19\0E02\0E49\0E2D\0E21\0E39\0E25\0E25\0E39\0E01\0E04\0E49\0E32 \0E1E\0E19\0E31\0E01\0E07\0E32\0E19\0E41\0E25\0E30\0E41\0E1C\0E19\0E1A\0E23\0E34\0E2B\0E32\0E23\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D\0E25\0E07\0E43\0E19\0E23\0E30\0E1A\0E1A\0E10\0E32\0E19\0E02\0E49\0E2D\0E21\0E39\0E25\0E2A\0E32\0E23\0E2A\0E19\0E40\0E17\0E28'), 'Put customers, staff and plan into the information systems'),
	(4, pg_catalog.unistr('\0E08\0E31\0E14\0E01\0E32\0E23\0E04\0E27\0E32\0E21\0E2A\0E31\0E21\0E1E\0E31\0E19\0E18\0E4C\0E01\0E31\0E1A\0E25\0E39\0E01\0E04\0E49\0E32\0E15\0E32\0E21\0E41\0E1C\0E19\0E01\0E32\0E23\0E1A\0E23\0E34\0E2B\0E32\0E23\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D'), 'Manage the relationship as planned'),
	(5, pg_catalog.unistr('\0E1A\0E31\0E19\0E17\0E36\0E01\0E02\0E49\0E2D\0E21\0E39\0E25\0E01\0E32\0E23\0E08\0E31\0E14\0E01\0E32\0E23\0E04\0E27\0E32\0E21\0E2A\0E31\0E21\0E1E\0E31\0E19\0E18\0E4C\0E01\0E31\0E1A\0E25\0E39\0E01\0E04\0E49\0E32\0E25\0E07\0E43\0E19\0E23\0E30\0E1A\0E1A\0E2A\0E32\0E23\0E2A\0E19\0E40\0E17\0E28'), 'Record every relationship activity'),
	(6, pg_catalog.unistr('\0E15\0E34\0E14\0E15\0E32\0E21\0E1C\0E25\0E01\0E32\0E23\0E14\0E33\0E40\0E19\0E34\0E19\0E07\0E32\0E19 \0E41\0E25\0E30\0E2A\0E23\0E38\0E1B\0E2A\0E32\0E23\0E2A\0E19\0E40\0E17\0E28\0E40\0E2A\0E35\0E22\0E07\0E25\0E39\0E01\0E04\0E49\0E32\0E08\0E32\0E01\0E01\0E32\0E23\0E08\0E31\0E14\0E01\0E32\0E23\0E04\0E27\0E32\0E21\0E2A\0E31\0E21\0E1E\0E31\0E19\0E18\0E4C\0E01\0E31\0E1A\0E25\0E39\0E01\0E04\0E49\0E32'), 'Follow up results, summarise the voice of the customer'),
	(7, pg_catalog.unistr('\0E2A\0E23\0E38\0E1B\0E02\0E49\0E2D\0E21\0E39\0E25\0E23\0E32\0E22\0E0A\0E37\0E48\0E2D\0E41\0E25\0E30\0E1C\0E39\0E49\0E1B\0E23\0E30\0E2A\0E32\0E19\0E07\0E32\0E19\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D'), 'List key accounts and coordinators'),
	(8, pg_catalog.unistr('\0E2A\0E33\0E23\0E27\0E08\0E04\0E27\0E32\0E21\0E1E\0E36\0E07\0E1E\0E2D\0E43\0E08\0E02\0E2D\0E07\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D'), 'Survey the satisfaction of key accounts'),
	(9, pg_catalog.unistr('\0E2A\0E23\0E38\0E1B\0E23\0E32\0E22\0E07\0E32\0E19\0E1B\0E23\0E30\0E40\0E21\0E34\0E19\0E1B\0E23\0E30\0E2A\0E34\0E17\0E18\0E34\0E1C\0E25\0E41\0E25\0E30\0E27\0E34\0E40\0E04\0E23\0E32\0E30\0E2B\0E4C\0E1C\0E25\0E01\0E32\0E23\0E2A\0E33\0E23\0E27\0E08\0E04\0E27\0E32\0E21\0E1E\0E36\0E07\0E1E\0E2D\0E43\0E08\0E01\0E32\0E23\0E1A\0E23\0E34\0E2B\0E32\0E23\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D\0E1B\0E23\0E30\0E08\0E33\0E1B\0E35'), 'Report on effectiveness and analyse the survey'),
	(10, pg_catalog.unistr('\0E1B\0E23\0E30\0E40\0E21\0E34\0E19\0E17\0E1A\0E17\0E27\0E19\0E01\0E23\0E30\0E1A\0E27\0E19\0E01\0E32\0E23\0E1A\0E23\0E34\0E2B\0E32\0E23\0E25\0E39\0E01\0E04\0E49\0E32\0E23\0E32\0E22\0E2A\0E33\0E04\0E31\0E0D'), 'Review the process')
), due (step, period, year_offset, due_month, due_day, note) AS (VALUES
	(1, '', -1, 11, NULL::int, 'November of the year before (R16).'),
	(2, '', -1, 12, NULL, 'December of the year before (R16).'),
	(3, '', 0, 1, NULL, 'January (R16).'),
	(4, '', 0, 12, NULL, 'January to December; an answer to a customer is due within 5 working days (R18).'),
	(5, '', 1, 1, 7, 'The 7th day after the year''s last activity; each is due within 7 days (R19).'),
	(6, 'Q1', 0, 4, NULL, 'A quarter''s report: the last day of the month after it (R17).'),
	(6, 'Q2', 0, 7, NULL, 'A quarter''s report: the last day of the month after it (R17).'),
	(6, 'Q3', 0, 10, NULL, 'A quarter''s report: the last day of the month after it (R17).'),
	(6, 'Q4', 1, 1, NULL, 'A quarter''s report: the last day of the month after it (R17).'),
	(7, '', 0, 7, 15, NULL),
	(8, '', 0, 9, 15, NULL),
	(9, 'preliminary', 0, 10, 15, NULL),
	(9, 'annual', 1, 1, NULL, 'January of the year after (R16).'),
	(10, '', 0, 12, NULL, 'December (R16).')
	UNION ALL
	SELECT 6, pg_catalog.to_char(month, 'FM"M"00'), month / 12, month % 12 + 1, NULL,
		'A month''s report: the last day of the next month, as for quarters (R17).'
	FROM pg_catalog.generate_series(1, 12) AS month
)
SELECT step, period, true, year_offset, due_month, due_day, name_th, name_en, '5', note
FROM due JOIN step USING (step);

SELECT pg_catalog.pg_extension_config_dump('kam.process_step', 'WHERE NOT builtin');

GRANT SELECT ON kam.process_step TO PUBLIC;
GRANT INSERT, UPDATE, DELETE ON kam.process_step TO pg_database_owner WITH GRANT OPTION;

CREATE FUNCTION kam.process_deadline(step int, plan_year int DEFAULT NULL, period text DEFAULT NULL) RETURNS date
AS 'MODULE_PATHNAME', 'process_deadline'
LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.process_deadline(int, int, text) IS
'The last day of a step of the yearly process, which counts to its end in Bangkok, by kam.process_step. The plan year is of the common era; NULL: today''s in Bangkok. Period is M01 to M12 or Q1 to Q4 for step 6, preliminary or annual for step 9, else NULL. NULL step gives NULL. Error 22023 for an unknown step, period or year.';
/* Rules of the manual that were put on users' tables. */

CREATE FUNCTION kam._attached_arguments(trigger oid) RETURNS jsonb
AS 'MODULE_PATHNAME', 'attached_arguments'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION kam._attached_arguments(oid) IS
'The arguments that a rule was attached with, read from its trigger; NULL for a trigger that is not as an attach function makes it.';

CREATE VIEW kam.attached_rule AS
SELECT t.tgrelid::pg_catalog.regclass AS relation,
	pg_catalog.substr(p.proname::pg_catalog.text, 2) AS rule,
	kam._attached_arguments(t.oid) AS arguments,
	t.tgdeferrable AND t.tginitdeferred AS deferred,
	t.tgenabled IN ('O', 'A') AND NOT EXISTS (
		SELECT FROM pg_catalog.pg_partition_tree(t.tgrelid) part
			JOIN pg_catalog.pg_trigger clone ON clone.tgrelid = part.relid AND clone.tgfoid = t.tgfoid
		WHERE clone.tgenabled NOT IN ('O', 'A')) AS enabled,
	t.tgname AS trigger_name,
	pg_catalog.pg_get_triggerdef(t.oid) AS definition
FROM pg_catalog.pg_trigger t
	JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
	JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = 'kam'
	AND p.proname IN ('_portfolio_guard', '_response_deadline', '_record_deadline')
	AND t.tgparentid = 0;
COMMENT ON VIEW kam.attached_rule IS
'Every rule that was put on a table of this database: a row per trigger; partitions follow their table and have none of their own.';
COMMENT ON COLUMN kam.attached_rule.relation IS 'The table.';
COMMENT ON COLUMN kam.attached_rule.rule IS 'portfolio_guard, response_deadline or record_deadline.';
COMMENT ON COLUMN kam.attached_rule.arguments IS 'Columns and settings, by the names of the arguments that attached them; NULL for a trigger that was made by hand, and otherwise.';
COMMENT ON COLUMN kam.attached_rule.deferred IS 'Checked at the end of the transaction.';
COMMENT ON COLUMN kam.attached_rule.enabled IS 'Fires for ordinary sessions, in all partitions (ALTER TABLE ... DISABLE TRIGGER was not used).';
COMMENT ON COLUMN kam.attached_rule.trigger_name IS 'The trigger.';
COMMENT ON COLUMN kam.attached_rule.definition IS 'The trigger, as pg_dump writes it.';
GRANT SELECT ON kam.attached_rule TO PUBLIC;
/*
 * The portfolio limit (6.1.2.1) on any table. Trigger functions are open to
 * all: a table's owner must be able to use them, also in a restore.
 */

CREATE FUNCTION kam._portfolio_guard() RETURNS trigger
AS 'MODULE_PATHNAME', 'portfolio_guard'
LANGUAGE C;
COMMENT ON FUNCTION kam._portfolio_guard() IS
'Trigger of kam.attach_portfolio_guard(): refuses (23514) a row that lifts a key account manager above the limit of the plan year''s rule set (6.1.2.1).';

CREATE FUNCTION kam.attach_portfolio_guard(rel regclass, kamr_column name, tier_column name,
	period_column name DEFAULT NULL, predicate text DEFAULT NULL, plan_year int DEFAULT NULL,
	deferred boolean DEFAULT false, check_existing boolean DEFAULT true) RETURNS void
AS 'MODULE_PATHNAME', 'attach_portfolio_guard'
LANGUAGE C;
COMMENT ON FUNCTION kam.attach_portfolio_guard(regclass, name, name, name, text, int, boolean, boolean) IS
'From now on no commit lifts a key account manager above the portfolio limit (6.1.2.1) in the rows of the table. tier_column: kam.tier, text or an enum of tiers. period_column: an integer year or a date; without it all rows belong to plan_year (NULL: today''s in Bangkok). predicate: which rows count, immutable. Its functions must be the table owner''s or a superuser''s. Errors: 23514 where existing rows break the rule, 55000 without an index on kamr_column, 22004, 22023, 42501, 42703, 42710, 42804, 42809, 42P01, 428C9.';

CREATE FUNCTION kam.detach_portfolio_guard(rel regclass) RETURNS void
AS 'MODULE_PATHNAME', 'detach_portfolio_guard'
LANGUAGE C STRICT;
COMMENT ON FUNCTION kam.detach_portfolio_guard(regclass) IS
'Takes the portfolio guard off the table. Error 42704 if it has none.';

CREATE FUNCTION kam.lock_portfolio_guard(rel regclass) RETURNS void
AS 'MODULE_PATHNAME', 'lock_portfolio_guard'
LANGUAGE C STRICT;
COMMENT ON FUNCTION kam.lock_portfolio_guard(regclass) IS
'Locks the table''s portfolio guard as a whole until the end of the transaction. Called before a load of more than 1,000 key account managers it makes two such loads wait for each other instead of deadlocking (40P01). Errors: 42704 if the table has no guard, 42501 without the right to write to it.';

CREATE FUNCTION kam.portfolio_violations(rel regclass, below boolean DEFAULT false)
RETURNS TABLE (kamr text, plan_year int, portfolio kam.portfolio, weight numeric,
	portfolio_min numeric, portfolio_max numeric, violation text)
AS 'MODULE_PATHNAME', 'portfolio_violations'
LANGUAGE C STABLE STRICT PARALLEL RESTRICTED COST 1000 ROWS 100;
COMMENT ON FUNCTION kam.portfolio_violations(regclass, boolean) IS
'The key account managers of a guarded table whose portfolio is above the limit, or (as asked) below it while not empty (6.1.2.1, R13). violation: above, below, or no rule set for a plan year that has none. Errors: 42704 if the table has no guard, 42501 where row security hides rows or without the right to read the table.';
/* Answer within 5 working days (step 4, R18), on any table. */

CREATE FUNCTION kam._response_deadline() RETURNS trigger
AS 'MODULE_PATHNAME', 'response_deadline'
LANGUAGE C;
COMMENT ON FUNCTION kam._response_deadline() IS
'Trigger of kam.attach_response_deadline(): stamps the due date of a row that comes without one, or whose receipt changes.';

CREATE FUNCTION kam.attach_response_deadline(rel regclass, received_column name, due_column name,
	done_column name DEFAULT NULL, working_days int DEFAULT 5, calendar text DEFAULT 'PEA',
	beyond_horizon text DEFAULT 'null') RETURNS void
AS 'MODULE_PATHNAME', 'attach_response_deadline'
LANGUAGE C;
COMMENT ON FUNCTION kam.attach_response_deadline(regclass, name, name, name, int, text, text) IS
'From now on due_column is stamped with the working day on which the answer is due (step 4, R18): so many working days after the day of receipt in Bangkok, which does not count. On insert, unless a due date is given, and when the receipt changes. Columns of date, timestamp or timestamptz, where a due date is the last instant of its day. done_column (NULL while open) tells kam.recompute_deadlines() what is open. beyond_horizon: null leaves the due date empty with a warning where the calendar does not know the days, error refuses (22008). Errors: 0A000, 22004, 22023, 42501, 42703, 42704, 42710, 42804, 42809, 42P01, 428C9.';

CREATE FUNCTION kam.detach_response_deadline(rel regclass) RETURNS void
AS 'MODULE_PATHNAME', 'detach_response_deadline'
LANGUAGE C STRICT;
COMMENT ON FUNCTION kam.detach_response_deadline(regclass) IS
'Takes the response deadline off the table; due dates stay. Error 42704 if it has none.';
/* Record within 7 days (step 5, R19), on any table. */

CREATE FUNCTION kam._record_deadline() RETURNS trigger
AS 'MODULE_PATHNAME', 'record_deadline'
LANGUAGE C;
COMMENT ON FUNCTION kam._record_deadline() IS
'Trigger of kam.attach_record_deadline(): fills the lateness column, or refuses (23514) what is recorded too late.';

CREATE FUNCTION kam.attach_record_deadline(rel regclass, happened_column name, recorded_column name,
	action text DEFAULT 'flag', lateness_column name DEFAULT NULL, days int DEFAULT 7) RETURNS void
AS 'MODULE_PATHNAME', 'attach_record_deadline'
LANGUAGE C;
COMMENT ON FUNCTION kam.attach_record_deadline(regclass, name, name, text, name, int) IS
'From now on a row is recorded within so many calendar days after the day in Bangkok on which it happened, which does not count (step 5, R19). action: flag fills lateness_column, with true or false or with the days late (0: on time; NULL while a day is missing); reject refuses what is late (23514). Columns of date, timestamp or timestamptz. Errors: 0A000, 22004, 22023, 42501, 42703, 42710, 42804, 42809, 42P01, 428C9.';

CREATE FUNCTION kam.detach_record_deadline(rel regclass) RETURNS void
AS 'MODULE_PATHNAME', 'detach_record_deadline'
LANGUAGE C STRICT;
COMMENT ON FUNCTION kam.detach_record_deadline(regclass) IS
'Takes the record deadline off the table. Error 42704 if it has none.';
/* Due dates when a holiday is announced late, or withdrawn, or when the calendar grows. */

CREATE FUNCTION kam._recomputed_due(received date, due date, working_days int, calendar text,
	added date[], withdrawn date[], changed text) RETURNS date
AS 'MODULE_PATHNAME', 'recomputed_due'
LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam._recomputed_due(date, date, int, text, date[], date[], text) IS
'Where an item moves to when days were added to the calendar named changed (NULL: to the one that decides), or withdrawn from it; NULL if it stays.';

CREATE FUNCTION kam._recompute_cause(received date, due date, new_due date, calendar text,
	added date[], withdrawn date[]) RETURNS text
AS 'MODULE_PATHNAME', 'recompute_cause'
LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam._recompute_cause(date, date, date, text, date[], date[]) IS
'Why an item moved, in words.';

CREATE FUNCTION kam._end_of_day(date, "precision" int) RETURNS timestamp
AS 'MODULE_PATHNAME', 'end_of_day'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam._end_of_day(date, int) IS
'Last instant of a day, to so many decimals of a second.';

CREATE PROCEDURE kam.recompute_deadlines(ledger regclass, added date[] DEFAULT '{}',
	withdrawn date[] DEFAULT '{}', rel regclass DEFAULT NULL, calendar text DEFAULT NULL)
AS 'MODULE_PATHNAME', 'recompute_deadlines'
LANGUAGE C;
COMMENT ON PROCEDURE kam.recompute_deadlines(regclass, date[], date[], regclass, text) IS
'After days were added to a calendar, or withdrawn from it: moves the open items (done_column NULL) of every table with a response deadline, or of rel, whose due date is what the calendar gave before; and fills due dates that are empty because the calendar did not know the days. calendar: the one whose days they are (NULL: for each item the nearest that says something about the day). Items are updated as their table''s owner. Without rel, a table that cannot be done is passed over with a warning. Each change becomes a row of ledger, a table of yours with the columns relation, item, old_due, new_due, cause. In one transaction, with the tables locked against writers. Errors: 42703 for another ledger, 42704 where rel has no deadline or calendar does not exist, 42501 where row security hides items, 55000 above READ COMMITTED.';
