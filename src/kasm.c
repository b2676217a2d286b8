/*-------------------------------------------------------------------------
 *
 * kasm.c
 *		The Key Account Selection Matrix (6.1.1): which main criteria a
 *		customer meets, and the tier that follows.
 *
 * kam_evaluate() is the one place of the criteria; classification,
 * explanation, nearest miss and what-if all ask it.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "kasm.h"

#include "utils/builtins.h"

const KamFactArgument kam_fact_arguments[KAM_FACT_ARGS] = {
	[KAM_VOLTAGE_ARG] = {"voltage_kv", true, KAM_VOLTAGE_KV, "kV", "kV",
	"แรงดันไฟฟ้า", "the supply voltage"},
	[KAM_BILL_ARG] = {"avg_monthly_bill_thb", true, KAM_BILL_THB, "บาท/เดือน", "THB/month",
	"ค่าไฟฟ้าเฉลี่ยต่อเดือน", "the average monthly bill"},
	[KAM_SPP_ZONE_ARG] = {"spp_zone", false, KAM_SPP_ZONE, NULL, NULL,
	"อยู่ในนิคมอุตสาหกรรมหรือพื้นที่เสี่ยงต่อการแข่งขันกับ SPP", "in a zone at risk of a competing SPP"},
	[KAM_GENERATION_ARG] = {"self_generation_mw", true, KAM_GENERATION_MW, "MW", "MW",
	"กำลังผลิตไฟฟ้าใช้เอง", "the generation for own use"},
	[KAM_JOB_ARG] = {"largest_job_thb", true, KAM_JOB_THB, "บาท", "THB",
	"มูลค่างานสูงสุด", "the largest job"},
	[KAM_MAINTENANCE_ARG] = {"yearly_maintenance_thb", true, KAM_MAINTENANCE_THB, "บาท/ปี", "THB/year",
	"มูลค่างานบำรุงรักษา", "the maintenance"},
	[KAM_PROSPECT_ARG] = {"business_prospect", false, KAM_PROSPECT, NULL, NULL,
	"มีศักยภาพเป็นลูกค้าธุรกิจที่เกี่ยวข้อง/ธุรกิจเสริม", "a prospect for related business"},
	[KAM_STRATEGY_ARG] = {"national_strategy", false, KAM_STRATEGY, NULL, NULL,
	"สอดคล้องตามยุทธศาสตร์การพัฒนาด้านเศรษฐกิจของประเทศ", "in line with national economic development"},
	[KAM_NETWORK_ARG] = {"nationwide_network", false, KAM_NETWORK, NULL, NULL,
	"มีเครือข่ายทั่วประเทศ", "part of a nationwide network"},
	[KAM_CUTOFF_ARG] = {"bill_cutoff_thb", true, KAM_CUTOFF_THB, "บาท/เดือน", "THB/month",
	"ค่าไฟฟ้าลำดับสุดท้ายของเขต", "the area's cut-off"},
};

/* ---- facts ---- */

void
kam_refuse_measure(const char *name, const KamNumber *number)
{
	const char *value = DatumGetCString(DirectFunctionCall1(numeric_out, number->datum));
	bool		is_long = strlen(value) > 40;

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s must be a number of 0 or more, not %.40s%s", name, value, is_long ? "..." : ""),
			 errhint("Where a fact is not known, pass NULL.")));
}

static inline void
set_measure(KamFacts *facts, KamMeasure measure, int arg, Datum value, bool isnull)
{
	if (isnull)
		facts->measure[measure].kind = KAM_NUMBER_UNKNOWN;
	else
	{
		facts->measure[measure] = kam_read_number(value);
		kam_check_measure(kam_fact_arguments[arg].name, &facts->measure[measure]);
	}
}

/* Bills of 0 do not rank (R1), so no cut-off is 0. */
static inline void
check_cutoff(const KamFacts *facts)
{
	const KamNumber *cutoff = &facts->measure[KAM_CUTOFF_THB];

	if (kam_is_known(cutoff) && !kam_is_positive(cutoff))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("bill_cutoff_thb must be above 0"),
				 errhint("Where the area has no cut-off, pass NULL.")));
}

static inline void
set_judgement(KamFacts *facts, KamJudgement judgement, Datum value, bool isnull)
{
	facts->judgement[judgement] =
		isnull ? KAM_UNKNOWN : DatumGetBool(value) ? KAM_TRUE : KAM_FALSE;
}

/* Set a fact, given as the argument 'arg' of main_criteria(). */
void
kam_set_fact(KamFacts *facts, int arg, Datum value, bool isnull)
{
	const KamFactArgument *argument = &kam_fact_arguments[arg];

	if (argument->is_measure)
		set_measure(facts, argument->index, arg, value, isnull);
	else
		set_judgement(facts, argument->index, value, isnull);
}

/*
 * The facts from the arguments of a call, starting at first_arg.  The same as
 * kam_set_fact() for each, but this runs for every customer: spelt out, the
 * compiler needs no table.
 */
void
kam_get_facts(FunctionCallInfo fcinfo, int first_arg, KamFacts *facts)
{
	NullableDatum *args = &fcinfo->args[first_arg];

#define MEASURE(measure, arg) set_measure(facts, measure, arg, args[arg].value, args[arg].isnull)
#define JUDGEMENT(judgement, arg) set_judgement(facts, judgement, args[arg].value, args[arg].isnull)
	facts->just_below = 0;
	MEASURE(KAM_VOLTAGE_KV, KAM_VOLTAGE_ARG);
	MEASURE(KAM_BILL_THB, KAM_BILL_ARG);
	JUDGEMENT(KAM_SPP_ZONE, KAM_SPP_ZONE_ARG);
	MEASURE(KAM_GENERATION_MW, KAM_GENERATION_ARG);
	MEASURE(KAM_JOB_THB, KAM_JOB_ARG);
	MEASURE(KAM_MAINTENANCE_THB, KAM_MAINTENANCE_ARG);
	JUDGEMENT(KAM_PROSPECT, KAM_PROSPECT_ARG);
	JUDGEMENT(KAM_STRATEGY, KAM_STRATEGY_ARG);
	JUDGEMENT(KAM_NETWORK, KAM_NETWORK_ARG);
	MEASURE(KAM_CUTOFF_THB, KAM_CUTOFF_ARG);
	check_cutoff(facts);
#undef MEASURE
#undef JUDGEMENT
}

/* Is the measure known and at the threshold or above?  Thresholds are inclusive. */
static inline bool
at_least(const KamFacts *facts, KamMeasure measure, const KamNumber *threshold)
{
	int			cmp;

	if (!kam_is_known(&facts->measure[measure]))
		return false;
	cmp = kam_compare_numbers(&facts->measure[measure], threshold);
	return facts->just_below & (1 << measure) ? cmp > 0 : cmp >= 0;
}

static inline KamTruth
measured(const KamFacts *facts, KamMeasure measure, const KamNumber *threshold)
{
	if (!kam_is_known(&facts->measure[measure]))
		return KAM_UNKNOWN;
	return at_least(facts, measure, threshold) ? KAM_TRUE : KAM_FALSE;
}

/* The same, for who explains a single fact. */
KamTruth
kam_measured(const KamFacts *facts, KamMeasure measure, const KamNumber *threshold)
{
	return measured(facts, measure, threshold);
}

/* Three-valued logic, as SQL has it. */
static inline KamTruth
both(KamTruth a, KamTruth b)
{
	if (a == KAM_FALSE || b == KAM_FALSE)
		return KAM_FALSE;
	return a == KAM_TRUE && b == KAM_TRUE ? KAM_TRUE : KAM_UNKNOWN;
}

static inline KamTruth
either(KamTruth a, KamTruth b)
{
	if (a == KAM_TRUE || b == KAM_TRUE)
		return KAM_TRUE;
	return a == KAM_FALSE && b == KAM_FALSE ? KAM_FALSE : KAM_UNKNOWN;
}

/*
 * The bill against what it counts for: criterion monthly_bill, also by rank,
 * and the bill's half of spp_risk.
 * Nearly all bills are below both thresholds, which one comparison tells.
 */
static inline void
judge_bill(const KamFacts *facts, const KamRuleSet *rules, KamTruth *high, KamTruth *spp)
{
	const KamNumber *bill = &facts->measure[KAM_BILL_THB];
	const KamNumber *cutoff = &facts->measure[KAM_CUTOFF_THB];

	if (!kam_is_known(bill))
	{
		*high = *spp = KAM_UNKNOWN;
		return;
	}
	*high = *spp = KAM_FALSE;
	if (at_least(facts, KAM_BILL_THB, &rules->lowest_bill_thb))
	{
		*high = measured(facts, KAM_BILL_THB, &rules->avg_monthly_bill_thb);
		*spp = measured(facts, KAM_BILL_THB, &rules->spp_bill_thb);
	}
	if (*high == KAM_FALSE && kam_is_known(cutoff) && at_least(facts, KAM_BILL_THB, cutoff))
		*high = KAM_TRUE;
}

static inline void
count_criterion(KamTruth truth, KamCriteria criterion, KamCriteria *met, KamCriteria *unknown)
{
	if (truth == KAM_TRUE)
		*met |= criterion;
	else if (truth == KAM_UNKNOWN)
		*unknown |= criterion;
}

/*
 * The main criteria that the facts meet (6.1.1.2(1)), and those that cannot
 * be told: an unknown fact is not met (R2).
 */
KamCriteria
kam_evaluate(const KamFacts *facts, const KamRuleSet *rules, KamCriteria *unknown)
{
	const KamTruth *judged = facts->judgement;
	KamCriteria met = 0;
	KamTruth	high_bill;
	KamTruth	spp_bill;

	*unknown = 0;
	judge_bill(facts, rules, &high_bill, &spp_bill);
	count_criterion(measured(facts, KAM_VOLTAGE_KV, &rules->voltage_kv),
					KAM_VOLTAGE, &met, unknown);
	count_criterion(high_bill, KAM_MONTHLY_BILL, &met, unknown);
	count_criterion(both(judged[KAM_SPP_ZONE], spp_bill), KAM_SPP_RISK, &met, unknown);
	count_criterion(measured(facts, KAM_GENERATION_MW, &rules->self_generation_mw),
					KAM_SELF_GENERATION, &met, unknown);
	/* One job, or a year's maintenance, or a prospect: never added together (R7). */
	count_criterion(either(either(measured(facts, KAM_JOB_THB, &rules->largest_job_thb),
								  measured(facts, KAM_MAINTENANCE_THB, &rules->yearly_maintenance_thb)),
						   judged[KAM_PROSPECT]),
					KAM_RELATED_BUSINESS, &met, unknown);
	count_criterion(judged[KAM_STRATEGY], KAM_NATIONAL_STRATEGY, &met, unknown);
	count_criterion(judged[KAM_NETWORK], KAM_NATIONWIDE_NETWORK, &met, unknown);
	return met;
}

/* The matrix: any one main criterion counts; special grounds do not. */
KamTier
kam_matrix(KamValueClass value_class, KamCriteria criteria)
{
	bool		is_main = (criteria & KAM_MAIN_CRITERIA) != 0;

	if (value_class == KAM_HIGH)
		return is_main ? KAM_STRATEGIC : KAM_STATUS;
	return is_main ? KAM_STAR : KAM_STREAMLINE;
}

/* ---- SQL functions ---- */

PG_FUNCTION_INFO_V1(kam_main_criteria);
PG_FUNCTION_INFO_V1(kam_kasm);

Datum
kam_main_criteria(PG_FUNCTION_ARGS)
{
	const KamRuleSet *rules = kam_rule_set_of_call(fcinfo, KAM_RULE_YEAR_ARG);
	KamFacts	facts;
	KamCriteria unknown;

	kam_get_facts(fcinfo, 0, &facts);
	PG_RETURN_CRITERIA(kam_evaluate(&facts, rules, &unknown));
}

Datum
kam_kasm(PG_FUNCTION_ARGS)
{
	PG_RETURN_TIER(kam_matrix(PG_GETARG_VALUE_CLASS(0), PG_GETARG_CRITERIA(1)));
}
