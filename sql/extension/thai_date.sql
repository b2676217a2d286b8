/* Thai dates and digits, of the Buddhist era. */

CREATE FUNCTION kam.thai_date(day date, style text DEFAULT 'medium') RETURNS text
AS 'MODULE_PATHNAME', 'thai_date'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION kam.thai_date(date, text) IS
'The date in the Buddhist era, in the style short (22/02/2561), medium, long or full, with " thai" behind it in Thai digits. Error 22023 for another style; 22008 before 1941-01-01 (B.E. 2484), after 9999-12-31, and for infinity.';

CREATE FUNCTION kam.thai_month(day date, style text DEFAULT 'medium') RETURNS text
AS 'MODULE_PATHNAME', 'thai_month'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION kam.thai_month(date, text) IS
'The month of the date with its year in the Buddhist era, for headings; styles and errors are those of kam.thai_date.';

CREATE FUNCTION kam.parse_thai_date(text) RETURNS date
AS 'MODULE_PATHNAME', 'parse_thai_date'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 30;
COMMENT ON FUNCTION kam.parse_thai_date(text) IS
'The date that somebody typed or a spreadsheet holds, of the Buddhist or the common era, in Thai or English, day first or year first. Error 22007 for what is no date or may be two, 22008 for a day that does not exist or a year outside of B.E. 2484 to 2683.';

CREATE FUNCTION kam.thai_digits(text) RETURNS text
AS 'MODULE_PATHNAME', 'thai_digits'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.thai_digits(text) IS
'The text with Thai digits in place of 0 to 9.';

CREATE FUNCTION kam.arabic_digits(text) RETURNS text
AS 'MODULE_PATHNAME', 'arabic_digits'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kam.arabic_digits(text) IS
'The text with 0 to 9 in place of Thai digits.';

CREATE FUNCTION kam._icu_thai_date(day date, pattern text) RETURNS text
AS 'MODULE_PATHNAME', 'icu_thai_date'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION kam._icu_thai_date(date, text) IS
'The date as the ICU of this server writes it in Thai, in the Buddhist era, by a pattern of ICU (d MMMM y): to compare kam.thai_date with, and for what a new ICU may change.';
