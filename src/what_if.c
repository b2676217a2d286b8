/*-------------------------------------------------------------------------
 *
 * what_if.c
 *		kam.what_if(): who would have another tier or weight under another
 *		rule set.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "facts.h"

#include "utils/builtins.h"

static void
append_weight(StringInfo sql, const char *when, const KamRuleChoice *choice)
{
	appendStringInfo(sql, "kam.weight(kam.kasm(k.value_class, k.criteria_%s)", when);
	kam_append_rule_choice(sql, ", ", choice);
	appendStringInfo(sql, ") AS weight_%s", when);
}

/*
 * Who moves, or weighs another weight: criteria under both rule sets in the
 * inner query, tiers and weights around it.  Customers without a class have
 * no tier under any rule set, but they do count for the cut-offs.
 */
static char *
what_if_query(const KamFactColumns *columns, const KamRuleChoice *now, const KamRuleChoice *then)
{
	StringInfoData sql;

	initStringInfo(&sql);
	appendStringInfoString(&sql,
						   "SELECT w.account_id, w.area, w.value_class, w.tier_now, w.tier_then,"
						   " w.criteria_now, w.criteria_then, w.weight_now, w.weight_then,"
						   " w.weight_then OPERATOR(pg_catalog.-) w.weight_now FROM ("
						   "SELECT k.*, kam.kasm(k.value_class, k.criteria_now) AS tier_now,"
						   " kam.kasm(k.value_class, k.criteria_then) AS tier_then, ");
	append_weight(&sql, "now", now);
	appendStringInfoString(&sql, ", ");
	append_weight(&sql, "then", then);
	appendStringInfo(&sql, " FROM (SELECT %s AS account_id, %s AS area, %s AS value_class, ",
					 columns->account_id, columns->area, columns->value_class);
	kam_append_main_criteria(&sql, columns, "c.cutoff_now", now);
	appendStringInfoString(&sql, " AS criteria_now, ");
	kam_append_main_criteria(&sql, columns, "c.cutoff_then", then);
	appendStringInfo(&sql, " AS criteria_then FROM %s f LEFT JOIN (SELECT %s AS area, ",
					 columns->relation, columns->area);
	kam_append_bill_cutoff(&sql, columns, now);
	appendStringInfoString(&sql, " AS cutoff_now, ");
	kam_append_bill_cutoff(&sql, columns, then);
	appendStringInfo(&sql, " AS cutoff_then FROM %s f WHERE f.area IS NOT NULL GROUP BY %s) c"
					 " ON c.area OPERATOR(pg_catalog.=) %s WHERE f.value_class IS NOT NULL) k) w"
					 " WHERE w.tier_now OPERATOR(pg_catalog.<>) w.tier_then"
					 " OR w.weight_now OPERATOR(pg_catalog.<>) w.weight_then",
					 columns->relation, columns->area, columns->area);
	return sql.data;
}

PG_FUNCTION_INFO_V1(what_if);

/* kam.what_if(facts, proposed, plan_year, rule_set) */
Datum
what_if(PG_FUNCTION_ARGS)
{
	KamFactColumns columns;
	KamRuleChoice now;
	KamRuleChoice then = {0};

	if (PG_ARGISNULL(1))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("the proposed rule set is NULL"),
				 errhint("Name a rule set of kam.rule_set; a draft has no plan_year_from.")));
	kam_get_fact_columns(fcinfo, 0, &columns);
	now = kam_rule_choice(fcinfo, 2);
	then.name = text_to_cstring(PG_GETARG_TEXT_PP(1));
	kam_query_into_result(fcinfo, &columns, what_if_query(&columns, &now, &then));
	kam_close_facts(&columns);
	return (Datum) 0;
}
