/*-------------------------------------------------------------------------
 *
 * facts.h
 *		The facts of customers in somebody's own table or view.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#ifndef KAM_FACTS_H
#define KAM_FACTS_H

#include "kasm.h"

#include "lib/stringinfo.h"
#include "tcop/dest.h"
#include "utils/rel.h"

/* The columns of a relation of facts; expressions are over its alias f. */
typedef struct KamFactColumns
{
	Relation	rel;			/* locked, until kam_close_facts() */
	Oid			relid;
	char	   *relation;		/* qualified and quoted */
	char	   *account_id;		/* as text */
	char	   *area;			/* as text, byte by byte: so are two areas the same */
	char	   *value_class;	/* as kam.value_class */
	bool		value_class_is_text;	/* or a type with such labels */
	char	   *fact[KAM_FACT_ARGS];	/* as main_criteria() takes it; NULL if there is none */
} KamFactColumns;

/* Which rules a call asked for: a name, or a year, or (neither) today's. */
typedef struct KamRuleChoice
{
	const char *name;
	bool		year_given;
	int32		plan_year;
} KamRuleChoice;

extern void kam_get_fact_columns(FunctionCallInfo fcinfo, int arg, KamFactColumns *columns);
extern void kam_close_facts(KamFactColumns *columns);
extern KamRuleChoice kam_rule_choice(FunctionCallInfo fcinfo, int year_arg);
extern void kam_append_rule_choice(StringInfo sql, const char *separator, const KamRuleChoice *choice);
extern void kam_append_main_criteria(StringInfo sql, const KamFactColumns *columns,
									 const char *cutoff, const KamRuleChoice *choice);
extern void kam_append_bill_cutoff(StringInfo sql, const KamFactColumns *columns,
								   const KamRuleChoice *choice);
extern void kam_append_cutoffs(StringInfo sql, const KamFactColumns *columns,
							   const KamRuleChoice *choice);
extern void kam_set_row_security_off(void);
extern void kam_require_all_rows(Oid relid, const char *detail, const char *hint);
extern void kam_check_row_security(Oid relid);
extern void kam_query_all_rows(const KamFactColumns *columns, const char *sql, DestReceiver *dest);
extern void kam_query_into_result(FunctionCallInfo fcinfo, const KamFactColumns *columns, const char *sql);

#endif							/* KAM_FACTS_H */
