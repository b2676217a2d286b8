/*-------------------------------------------------------------------------
 *
 * area_cutoff.c
 *		kam.area_cutoff(): the top-20 cut-off of each area of a relation of
 *		facts (6.1.1.2(1), R1).
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "facts.h"

PG_FUNCTION_INFO_V1(area_cutoff);

/* kam.area_cutoff(facts, plan_year, rule_set) */
Datum
area_cutoff(PG_FUNCTION_ARGS)
{
	KamFactColumns columns;
	KamRuleChoice choice;
	StringInfoData sql;

	kam_get_fact_columns(fcinfo, 0, &columns);
	choice = kam_rule_choice(fcinfo, 1);
	initStringInfo(&sql);
	appendStringInfoString(&sql, "SELECT c.area, c.customers, c.qualifiers, c.bill_cutoff_thb FROM (");
	kam_append_cutoffs(&sql, &columns, &choice);
	appendStringInfoString(&sql, ") c ORDER BY c.area");
	kam_query_into_result(fcinfo, &columns, sql.data);
	kam_close_facts(&columns);
	return (Datum) 0;
}
