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
