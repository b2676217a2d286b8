/* Text as HTML and SVG hold it: escaped in one place. */

CREATE FUNCTION kam.escape_markup(text) RETURNS text
AS 'MODULE_PATHNAME', 'escape_markup'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.escape_markup(text) IS
'The text as it may stand in HTML, XML and SVG, between tags and in quoted attributes: & < > " and '' as entities, characters that XML 1.0 does not allow as U+FFFD.';
