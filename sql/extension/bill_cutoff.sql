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
