/*-------------------------------------------------------------------------
 *
 * rule_set.h
 *		Rule sets: thresholds, weights and limits, and the plan year from
 *		which they hold.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#ifndef KAM_RULE_SET_H
#define KAM_RULE_SET_H

#include "number.h"
#include "reference.h"

#include "utils/numeric.h"

typedef struct KamRuleSet
{
	char		name[NAMEDATALEN];
	bool		builtin;
	int32		plan_year_from; /* 0 for a draft */

	/* thresholds, all inclusive (6.1.1.2(1)) */
	KamNumber	voltage_kv;
	KamNumber	avg_monthly_bill_thb;
	KamNumber	spp_bill_thb;
	KamNumber	lowest_bill_thb;	/* the lower of the two above */
	KamNumber	self_generation_mw;
	KamNumber	largest_job_thb;
	KamNumber	yearly_maintenance_thb;

	/* the top-20 rule: so many bills, where fewer than so many qualify */
	int32		bill_rank_size;
	int32		bill_rank_trigger;

	/* weights, in units of 10^-weight_scale (6.1.2.1) */
	int64		weight[KAM_TIERS + 1];	/* by tier */
	int			weight_scale;

	/* limits of a weighted portfolio, inclusive, in the same units (6.1.2.1) */
	int64		min_units;		/* rounded up */
	int64		max_units;		/* rounded down */
	Numeric		portfolio_min;	/* as they stand in the table */
	Numeric		portfolio_max;
} KamRuleSet;

/* What a call site keeps of its rule set; zeroed memory is a valid start. */
typedef struct KamRuleSetPin
{
	KamPin		pin;
	const KamRuleSet *rules;
	bool		by_name;
	bool		year_given;
	int32		plan_year;
	char		name[NAMEDATALEN];
} KamRuleSetPin;

extern void kam_check_plan_year(int32 plan_year);
extern const KamRuleSet *kam_rule_set(KamRuleSetPin *pin, MemoryContext holder,
									  bool year_given, int32 plan_year, const text *name);
extern const KamRuleSet *kam_rule_set_of_year(KamRuleSetPin *pin, MemoryContext holder, int32 plan_year);
extern const KamRuleSet *kam_find_rule_set_of_call(FunctionCallInfo fcinfo, int year_arg);
extern int64 kam_portfolio_units(const KamRuleSet *rules, const KamPortfolio *portfolio);
extern Datum kam_weight_of_units(const KamRuleSet *rules, int64 units);

/*
 * The rule set for a call whose last two arguments are plan_year, at year_arg,
 * and rule_set.  The pin is fn_extra.  Nearly every call asks again for what
 * the one before it asked for: neither, so today's.
 */
static inline const KamRuleSet *
kam_rule_set_of_call(FunctionCallInfo fcinfo, int year_arg)
{
	KamRuleSetPin *pin = fcinfo->flinfo->fn_extra;

	if (likely(pin && pin->rules && !pin->by_name && !pin->year_given &&
			   (PG_NARGS() <= year_arg || PG_ARGISNULL(year_arg)) &&
			   (PG_NARGS() <= year_arg + 1 || PG_ARGISNULL(year_arg + 1)) &&
			   kam_pin_is_fresh(&pin->pin)))
		return pin->rules;
	return kam_find_rule_set_of_call(fcinfo, year_arg);
}

#endif							/* KAM_RULE_SET_H */
