/*-------------------------------------------------------------------------
 *
 * kasm.h
 *		The Key Account Selection Matrix: the facts of a customer, and what
 *		follows from them.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#ifndef KAM_KASM_H
#define KAM_KASM_H

#include "rule_set.h"

/* What is measured. */
typedef enum KamMeasure
{
	KAM_VOLTAGE_KV,
	KAM_BILL_THB,
	KAM_GENERATION_MW,
	KAM_JOB_THB,
	KAM_MAINTENANCE_THB,
	KAM_CUTOFF_THB,				/* the area's, not the customer's */
	KAM_MEASURES
} KamMeasure;

/* What is judged; KAM_UNKNOWN where it is not known. */
typedef enum KamJudgement
{
	KAM_SPP_ZONE,
	KAM_PROSPECT,
	KAM_STRATEGY,
	KAM_NETWORK,
	KAM_JUDGEMENTS
} KamJudgement;

typedef enum KamTruth
{
	KAM_UNKNOWN = -1,
	KAM_FALSE = 0,
	KAM_TRUE = 1
} KamTruth;

typedef struct KamFacts
{
	KamNumber	measure[KAM_MEASURES];
	int			just_below;		/* bits of measures that are meant a hair lower */
	KamTruth	judgement[KAM_JUDGEMENTS];
} KamFacts;

/* The arguments of main_criteria(), in order; kam_fact_arguments describes each. */
enum
{
	KAM_VOLTAGE_ARG,
	KAM_BILL_ARG,
	KAM_SPP_ZONE_ARG,
	KAM_GENERATION_ARG,
	KAM_JOB_ARG,
	KAM_MAINTENANCE_ARG,
	KAM_PROSPECT_ARG,
	KAM_STRATEGY_ARG,
	KAM_NETWORK_ARG,
	KAM_CUTOFF_ARG,
	KAM_FACT_ARGS
};

/* plan_year and rule_set follow */
#define KAM_RULE_YEAR_ARG	KAM_FACT_ARGS

typedef struct KamFactArgument
{
	const char *name;
	bool		is_measure;
	int			index;			/* KamMeasure or KamJudgement */
	const char *unit_th;		/* of a measure */
	const char *unit_en;
	const char *name_th;		/* a measure is ..., an account is ... */
	const char *name_en;
} KamFactArgument;

extern const KamFactArgument kam_fact_arguments[KAM_FACT_ARGS];

extern void kam_set_fact(KamFacts *facts, int arg, Datum value, bool isnull);
extern void kam_get_facts(FunctionCallInfo fcinfo, int first_arg, KamFacts *facts);
extern KamCriteria kam_evaluate(const KamFacts *facts, const KamRuleSet *rules, KamCriteria *unknown);
extern void kam_refuse_measure(const char *name, const KamNumber *number);
extern KamTruth kam_measured(const KamFacts *facts, KamMeasure measure, const KamNumber *threshold);
extern KamTier kam_matrix(KamValueClass value_class, KamCriteria criteria);

/* A measure that is known is a number from 0 up. */
static inline void
kam_check_measure(const char *name, const KamNumber *number)
{
	if (unlikely(number->kind == KAM_NUMBER_ABSURD))
		kam_refuse_measure(name, number);
}

#endif							/* KAM_KASM_H */
