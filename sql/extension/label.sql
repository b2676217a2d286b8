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
