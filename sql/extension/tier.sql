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
