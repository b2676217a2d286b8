/* Special selection of a customer that is not high value (6.1.1.2(2), R3). */

CREATE FUNCTION kam.check_special_selection(
	value_class kam.value_class, tier kam.tier, ground kam.criteria, reason text DEFAULT NULL)
RETURNS boolean
AS 'MODULE_PATHNAME', 'check_special_selection'
LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION kam.check_special_selection(kam.value_class, kam.tier, kam.criteria, text) IS
'True if a customer may be proposed as a special case (6.1.1.2(2), R3): no value class, tier Status or Streamline, at least one special ground, and a reason for discretionary. Otherwise error 23514, so it serves in a CHECK.';
