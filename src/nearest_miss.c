/*-------------------------------------------------------------------------
 *
 * nearest_miss.c
 *		kam.nearest_miss(): the single changes that would move an account into
 *		another tier, the smallest first.
 *
 * Every fact is moved, alone, to each of its thresholds, or to just below it;
 * kam_evaluate() says what would follow.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "amount.h"
#include "kasm.h"

#include "funcapi.h"
#include "utils/builtins.h"

typedef enum ChangeKind
{
	RAISE,						/* a measure, to the threshold */
	LOWER,						/* a measure, to just below the threshold */
	LEARN,						/* an unknown fact, to be met */
	SET,						/* a judgement, to true */
	CLEAR,						/* a judgement, to false */
	RECLASS						/* the value class */
} ChangeKind;

static const char *const change_names[] = {"raise", "lower", "learn", "set", "clear", "reclass"};

typedef struct Change
{
	ChangeKind	kind;
	const KamFactArgument *fact;	/* NULL for the value class */
	KamCriteria criteria;		/* gained or lost */
	KamValueClass value_class;	/* of RECLASS */
	KamNumber	value;			/* unknown unless measured */
	KamNumber	needed;
	KamNumber	gap;
	KamNumber	percent;		/* gap of needed */
	KamTier		tier_then;
} Change;

typedef struct Search
{
	const KamRuleSet *rules;
	const KamFacts *facts;
	KamCriteria met;
	bool		has_class;
	KamValueClass value_class;
	KamTier		tier_now;		/* if has_class */
	Change		changes[32];	/* more than there are facts and classes */
	int			count;
} Search;

/* Do the changed facts give another tier?  Then fill in what changes. */
static bool
moves(const Search *search, const KamFacts *changed, Change *change)
{
	KamCriteria unknown;
	KamCriteria met = kam_evaluate(changed, search->rules, &unknown);

	change->criteria = met ^ search->met;
	change->tier_then = kam_matrix(search->value_class, met);
	return change->tier_then != search->tier_now;
}

/* Of the changes of one fact in one direction only the smallest counts. */
static void
keep_smaller(Change *best, bool *found, const Change *change)
{
	bool		smaller;

	if (!*found)
		smaller = true;
	else if (kam_is_known(&change->gap))
		smaller = kam_compare_numbers(&change->gap, &best->gap) < 0;
	else
		smaller = kam_compare_numbers(&change->needed, &best->needed) < 0;
	if (smaller)
		*best = *change;
	*found = true;
}

static void
try_measure(Search *search, const KamFactArgument *fact, const KamNumber *const *thresholds, int count)
{
	const KamNumber *value = &search->facts->measure[fact->index];
	Change		best;
	bool		found = false;

	for (int i = 0; i < count; i++)
	{
		KamFacts	changed = *search->facts;
		Change		change = {.fact = fact, .value = *value, .needed = *thresholds[i]};

		if (!kam_is_known(&change.needed))
			continue;
		changed.measure[fact->index] = change.needed;
		if (!kam_is_known(value))
			change.kind = LEARN;
		else if (kam_compare_numbers(value, &change.needed) < 0)
		{
			change.kind = RAISE;
			change.gap = kam_difference(&change.needed, value);
		}
		else
		{
			change.kind = LOWER;
			change.gap = kam_difference(value, &change.needed);
			changed.just_below = 1 << fact->index;
		}
		if (kam_is_known(&change.gap))
			change.percent = kam_percentage(&change.gap, &change.needed);
		if (moves(search, &changed, &change))
			keep_smaller(&best, &found, &change);
	}
	if (found)
		search->changes[search->count++] = best;
}

static void
try_judgement(Search *search, const KamFactArgument *fact)
{
	KamFacts	changed = *search->facts;
	KamTruth   *judgement = &changed.judgement[fact->index];
	Change		change = {.fact = fact};

	change.kind = *judgement == KAM_TRUE ? CLEAR : *judgement == KAM_FALSE ? SET : LEARN;
	*judgement = *judgement == KAM_TRUE ? KAM_FALSE : KAM_TRUE;
	if (moves(search, &changed, &change))
		search->changes[search->count++] = change;
}

static void
try_fact(Search *search, const KamFactArgument *fact)
{
	const KamRuleSet *rules = search->rules;
	const KamNumber *thresholds[3];
	int			count = 0;

	if (!fact->is_measure)
	{
		try_judgement(search, fact);
		return;
	}
	switch ((KamMeasure) fact->index)
	{
		case KAM_VOLTAGE_KV:
			thresholds[count++] = &rules->voltage_kv;
			break;
		case KAM_BILL_THB:
			thresholds[count++] = &rules->avg_monthly_bill_thb;
			thresholds[count++] = &rules->spp_bill_thb;
			thresholds[count++] = &search->facts->measure[KAM_CUTOFF_THB];
			break;
		case KAM_GENERATION_MW:
			thresholds[count++] = &rules->self_generation_mw;
			break;
		case KAM_JOB_THB:
			thresholds[count++] = &rules->largest_job_thb;
			break;
		case KAM_MAINTENANCE_THB:
			thresholds[count++] = &rules->yearly_maintenance_thb;
			break;
		case KAM_CUTOFF_THB:	/* the area's, not the account's to change */
		case KAM_MEASURES:
			return;
	}
	try_measure(search, fact, thresholds, count);
}

/* The nearest class that gives another tier, on each side of High. */
static void
try_class(Search *search)
{
	static const KamValueClass classes[] = {KAM_HIGH, KAM_MEDIUM};

	for (int i = 0; i < (int) lengthof(classes); i++)
	{
		Change		change = {.kind = RECLASS, .value_class = classes[i]};

		change.tier_then = kam_matrix(classes[i], search->met);
		if (!search->has_class || change.tier_then != search->tier_now)
			search->changes[search->count++] = change;
	}
}

/* Measured changes by their size; then those that have none, in the manual's order. */
static int
compare_changes(const void *a, const void *b)
{
	const Change *x = a;
	const Change *y = b;
	bool		x_known = kam_is_known(&x->percent);
	bool		y_known = kam_is_known(&y->percent);
	int			cmp = 0;

	if (x_known && y_known)
		cmp = kam_compare_numbers(&x->percent, &y->percent);
	else if (x_known != y_known)
		return x_known ? -1 : 1;
	if (cmp != 0)
		return cmp;
	if ((x->fact == NULL) != (y->fact == NULL))
		return x->fact ? -1 : 1;
	if (x->fact == NULL)
		return (int) y->value_class - (int) x->value_class;
	return x->fact < y->fact ? -1 : 1;
}

/* ---- sentences ---- */

static char *
change_th(const Change *change)
{
	const KamFactArgument *fact = change->fact;

	switch (change->kind)
	{
		case RAISE:
			return psprintf("หาก%sเพิ่มขึ้น %s %s เป็น %s %s", fact->name_th,
							kam_amount(&change->gap), fact->unit_th, kam_amount(&change->needed), fact->unit_th);
		case LOWER:
			if (!kam_is_positive(&change->gap))
				return psprintf("หาก%sลดลงต่ำกว่า %s %s", fact->name_th,
								kam_amount(&change->needed), fact->unit_th);
			return psprintf("หาก%sลดลงเกิน %s %s จนต่ำกว่า %s %s", fact->name_th,
							kam_amount(&change->gap), fact->unit_th, kam_amount(&change->needed), fact->unit_th);
		case LEARN:
			if (fact->is_measure)
				return psprintf("หากทราบว่า%sถึง %s %s", fact->name_th,
								kam_amount(&change->needed), fact->unit_th);
			return psprintf("หากทราบว่า%s", fact->name_th);
		case SET:
			return psprintf("หาก%s", fact->name_th);
		case CLEAR:
			return psprintf("หากไม่%s", fact->name_th);
		case RECLASS:
			break;
	}
	return psprintf("หากจัดเป็น%s",
					kam_label_of(&kam_value_class_labels, change->value_class)->name_th);
}

static char *
change_en(const Change *change)
{
	const KamFactArgument *fact = change->fact;

	switch (change->kind)
	{
		case RAISE:
			return psprintf("If %s rose by %s %s to %s %s", fact->name_en,
							kam_amount(&change->gap), fact->unit_en, kam_amount(&change->needed), fact->unit_en);
		case LOWER:
			if (!kam_is_positive(&change->gap))
				return psprintf("If %s fell at all, below %s %s", fact->name_en,
								kam_amount(&change->needed), fact->unit_en);
			return psprintf("If %s fell by more than %s %s, below %s %s", fact->name_en,
							kam_amount(&change->gap), fact->unit_en, kam_amount(&change->needed), fact->unit_en);
		case LEARN:
			if (fact->is_measure)
				return psprintf("If %s were known to be %s %s or more", fact->name_en,
								kam_amount(&change->needed), fact->unit_en);
			return psprintf("If it were known to be %s", fact->name_en);
		case SET:
			return psprintf("If it were %s", fact->name_en);
		case CLEAR:
			return psprintf("If it were not %s", fact->name_en);
		case RECLASS:
			break;
	}
	return psprintf("If its value class were %s",
					kam_label_of(&kam_value_class_labels, change->value_class)->label);
}

/* ---- the function ---- */

static void
put_number(Datum *value, bool *isnull, const KamNumber *number)
{
	*isnull = !kam_is_known(number);
	if (!*isnull)
		*value = number->datum;
}

static void
put_change(ReturnSetInfo *rsinfo, const Search *search, int i)
{
	const Change *change = &search->changes[i];
	bool		measured = change->fact && change->fact->is_measure;
	const char *now = search->has_class ? kam_label_of(&kam_tier_labels, search->tier_now)->label : NULL;
	const char *then = kam_label_of(&kam_tier_labels, change->tier_then)->label;
	Datum		values[13];
	bool		nulls[13] = {false};

	values[0] = Int32GetDatum(i + 1);
	values[1] = CStringGetTextDatum(change->fact ? change->fact->name : "value_class");
	values[2] = CStringGetTextDatum(change_names[change->kind]);
	values[3] = Int32GetDatum(change->criteria);
	put_number(&values[4], &nulls[4], &change->value);
	put_number(&values[5], &nulls[5], &change->needed);
	put_number(&values[6], &nulls[6], &change->gap);
	nulls[7] = !measured;
	if (measured)
		values[7] = CStringGetTextDatum(change->fact->unit_en);
	put_number(&values[8], &nulls[8], &change->percent);
	if (!nulls[8])
		values[8] = DirectFunctionCall2(numeric_round, values[8], Int32GetDatum(2));
	nulls[9] = !search->has_class;
	values[9] = CharGetDatum(search->tier_now);
	values[10] = CharGetDatum(change->tier_then);
	values[11] = CStringGetTextDatum(now ?
									 psprintf("%s จะเปลี่ยนจาก %s เป็น %s", change_th(change), now, then) :
									 psprintf("%s จะอยู่ในระดับ %s", change_th(change), then));
	values[12] = CStringGetTextDatum(now ?
									 psprintf("%s, it would move from %s to %s.", change_en(change), now, then) :
									 psprintf("%s, it would be %s.", change_en(change), then));
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

PG_FUNCTION_INFO_V1(nearest_miss);

/* kam.nearest_miss(value_class, facts as main_criteria(), plan_year, rule_set) */
Datum
nearest_miss(PG_FUNCTION_ARGS)
{
	KamFacts	facts;
	KamCriteria unknown;
	Search		search = {
		.rules = kam_rule_set_of_call(fcinfo, 1 + KAM_RULE_YEAR_ARG),
		.facts = &facts,
		.has_class = !PG_ARGISNULL(0)
	};

	kam_get_facts(fcinfo, 1, &facts);
	search.met = kam_evaluate(&facts, search.rules, &unknown);
	if (search.has_class)
	{
		search.value_class = PG_GETARG_VALUE_CLASS(0);
		search.tier_now = kam_matrix(search.value_class, search.met);
		for (int i = 0; i < KAM_FACT_ARGS; i++)
			try_fact(&search, &kam_fact_arguments[i]);
	}
	try_class(&search);
	qsort(search.changes, search.count, sizeof(Change), compare_changes);

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < search.count; i++)
		put_change((ReturnSetInfo *) fcinfo->resultinfo, &search, i);
	return (Datum) 0;
}
