/*-------------------------------------------------------------------------
 *
 * rule_set.c
 *		Rule sets: thresholds, weights and limits, and the plan year from
 *		which they hold (SPEC R4).
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "rule_set.h"

#include "bangkok_date.h"
#include "catalog/pg_type.h"
#include "commands/extension.h"
#include "commands/trigger.h"
#include "common/int.h"
#include "lib/stringinfo.h"
#include "nodes/pg_list.h"
#include "utils/builtins.h"
#include "utils/hsearch.h"

typedef struct RuleSets
{
	List	   *all;			/* of KamRuleSet */
	HTAB	   *by_name;		/* of NamedRuleSet; a user's row hides a built-in one */
	const KamRuleSet *by_year[KAM_YEARS];	/* in force; NULL before the first */
} RuleSets;

typedef struct NamedRuleSet
{
	char		name[NAMEDATALEN];	/* first: the key of the hash table */
	const KamRuleSet *rules;
} NamedRuleSet;

static void *load_rule_sets(const Relation *rels, Snapshot snapshot);

static KamReference rule_set_table = {.tables = {"rule_set"}, .load = load_rule_sets};

/* ---- reading the table ---- */

static Numeric
numeric_column(const KamReferenceRow *row, const char *name)
{
	return DatumGetNumericCopy(kam_row_column(row, name, NUMERICOID));
}

static KamNumber
threshold_column(const KamReferenceRow *row, const char *name)
{
	return kam_read_number(NumericGetDatum(numeric_column(row, name)));
}

static int
numeric_places(Numeric value)
{
	return DatumGetInt32(DirectFunctionCall1(numeric_min_scale, NumericGetDatum(value)));
}

/* value * 10^scale, which is a whole number */
static int64
scaled(Numeric value, int scale)
{
	Datum		power = DirectFunctionCall1(int8_numeric, Int64GetDatum(1));
	Datum		ten = DirectFunctionCall1(int8_numeric, Int64GetDatum(10));

	for (int i = 0; i < scale; i++)
		power = DirectFunctionCall2(numeric_mul, power, ten);
	return DatumGetInt64(DirectFunctionCall1(numeric_int8,
											 DirectFunctionCall2(numeric_mul,
																 NumericGetDatum(value), power)));
}

static void
read_weights(const KamReferenceRow *row, KamRuleSet *rules)
{
	static const char *const columns[KAM_TIERS + 1] = {
		NULL, "weight_streamline", "weight_status", "weight_star", "weight_strategic"
	};
	Numeric		weight[KAM_TIERS + 1];

	rules->weight_scale = 0;
	for (int tier = 1; tier <= KAM_TIERS; tier++)
	{
		weight[tier] = numeric_column(row, columns[tier]);
		rules->weight_scale = Max(rules->weight_scale, numeric_places(weight[tier]));
	}
	for (int tier = 1; tier <= KAM_TIERS; tier++)
		rules->weight[tier] = scaled(weight[tier], rules->weight_scale);
}

/* limit * 10^scale, rounded by 'round' to a whole number; the largest if it is larger */
static int64
limit_units(Numeric limit, int scale, PGFunction round)
{
	Datum		largest = DirectFunctionCall1(int8_numeric, Int64GetDatum(PG_INT64_MAX));
	Datum		power = DirectFunctionCall2(numeric_power,
											DirectFunctionCall1(int8_numeric, Int64GetDatum(10)),
											DirectFunctionCall1(int8_numeric, Int64GetDatum(scale)));
	Datum		units = DirectFunctionCall1(round,
											DirectFunctionCall2(numeric_mul, NumericGetDatum(limit), power));

	if (DatumGetBool(DirectFunctionCall2(numeric_ge, units, largest)))
		return PG_INT64_MAX;
	return DatumGetInt64(DirectFunctionCall1(numeric_int8, units));
}

static void
read_limits(const KamReferenceRow *row, KamRuleSet *rules)
{
	rules->portfolio_min = numeric_column(row, "portfolio_min");
	rules->portfolio_max = numeric_column(row, "portfolio_max");
	rules->min_units = limit_units(rules->portfolio_min, rules->weight_scale, numeric_ceil);
	rules->max_units = limit_units(rules->portfolio_max, rules->weight_scale, numeric_floor);
}

static KamRuleSet *
read_rule_set(const KamReferenceRow *row)
{
	KamRuleSet *rules = palloc0(sizeof(KamRuleSet));
	int			year = kam_reference_column(row->rel, "plan_year_from", INT4OID);

	strlcpy(rules->name, TextDatumGetCString(kam_row_column(row, "rule_set", TEXTOID)), NAMEDATALEN);
	rules->builtin = DatumGetBool(kam_row_column(row, "builtin", BOOLOID));
	rules->plan_year_from = row->nulls[year] ? 0 : DatumGetInt32(row->values[year]);
	rules->voltage_kv = threshold_column(row, "voltage_kv");
	rules->avg_monthly_bill_thb = threshold_column(row, "avg_monthly_bill_thb");
	rules->spp_bill_thb = threshold_column(row, "spp_bill_thb");
	rules->lowest_bill_thb =
		kam_compare_numbers(&rules->spp_bill_thb, &rules->avg_monthly_bill_thb) < 0 ?
		rules->spp_bill_thb : rules->avg_monthly_bill_thb;
	rules->self_generation_mw = threshold_column(row, "self_generation_mw");
	rules->largest_job_thb = threshold_column(row, "largest_job_thb");
	rules->yearly_maintenance_thb = threshold_column(row, "yearly_maintenance_thb");
	rules->bill_rank_size = DatumGetInt32(kam_row_column(row, "bill_rank_size", INT4OID));
	rules->bill_rank_trigger = DatumGetInt32(kam_row_column(row, "bill_rank_trigger", INT4OID));
	read_weights(row, rules);
	read_limits(row, rules);
	return rules;
}

/* Find a set by its name; the user's row wins. */
static void
name_rule_set(RuleSets *sets, const KamRuleSet *rules)
{
	bool		found;
	NamedRuleSet *named = hash_search(sets->by_name, rules->name, HASH_ENTER, &found);

	if (!found || !rules->builtin)
		named->rules = rules;
}

/* Does a set that starts in a year hide this one?  A draft hides none. */
static bool
is_hidden(const RuleSets *sets, const KamRuleSet *rules)
{
	const NamedRuleSet *named = hash_search(sets->by_name, rules->name, HASH_FIND, NULL);

	return named->rules != rules && named->rules->plan_year_from != 0;
}

/* Of two sets that start in the same year, the user's is in force. */
static bool
supersedes(const KamRuleSet *later, const KamRuleSet *earlier)
{
	return earlier == NULL ||
		later->plan_year_from > earlier->plan_year_from ||
		(later->plan_year_from == earlier->plan_year_from && !later->builtin);
}

static void
find_years(RuleSets *sets)
{
	ListCell   *cell;

	foreach(cell, sets->all)
	{
		const KamRuleSet *rules = lfirst(cell);

		if (rules->plan_year_from == 0 || is_hidden(sets, rules))
			continue;
		for (int y = Max(rules->plan_year_from, KAM_MIN_YEAR); y <= KAM_MAX_YEAR; y++)
			if (supersedes(rules, sets->by_year[y - KAM_MIN_YEAR]))
				sets->by_year[y - KAM_MIN_YEAR] = rules;
	}
}

static void
add_rule_set(const KamReferenceRow *row, void *into)
{
	RuleSets   *sets = into;
	KamRuleSet *rules = read_rule_set(row);

	sets->all = lappend(sets->all, rules);
	name_rule_set(sets, rules);
}

static void *
load_rule_sets(const Relation *rels, Snapshot snapshot)
{
	RuleSets   *sets = palloc0(sizeof(RuleSets));
	HASHCTL		ctl = {.keysize = NAMEDATALEN, .entrysize = sizeof(NamedRuleSet),
		.hcxt = CurrentMemoryContext};

	sets->by_name = hash_create("kam rule sets", 8, &ctl,
								HASH_ELEM | HASH_STRINGS | HASH_CONTEXT);
	kam_read_reference(rels[0], snapshot, add_rule_set, sets);
	find_years(sets);
	return sets;
}

/* ---- finding one ---- */

void
kam_check_plan_year(int32 plan_year)
{
	kam_check_year("plan year", plan_year);
}

static int
errhint_first_year(const RuleSets *sets)
{
	for (int i = 0; i < KAM_YEARS; i++)
		if (sets->by_year[i])
			return errhint("The first rule set, \"%s\", holds from plan year %d. "
						   "Name one with the argument rule_set, or add one to kam.rule_set.",
						   sets->by_year[i]->name, i + KAM_MIN_YEAR);
	return errhint("Add a rule set with its plan_year_from to kam.rule_set.");
}

static const KamRuleSet *
rule_set_by_year(const RuleSets *sets, int32 plan_year)
{
	const KamRuleSet *rules;

	kam_check_plan_year(plan_year);
	rules = sets->by_year[plan_year - KAM_MIN_YEAR];
	if (rules == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("no rule set is in force for plan year %d", plan_year),
				 errhint_first_year(sets)));
	return rules;
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *) a, *(const char *const *) b);
}

static int
errhint_names(const RuleSets *sets)
{
	const char **names = palloc(hash_get_num_entries(sets->by_name) * sizeof(char *));
	int			count = 0;
	HASH_SEQ_STATUS scan;
	NamedRuleSet *named;
	StringInfoData list;

	hash_seq_init(&scan, sets->by_name);
	while ((named = hash_seq_search(&scan)) != NULL)
		names[count++] = named->name;
	qsort(names, count, sizeof(char *), compare_names);
	initStringInfo(&list);
	for (int i = 0; i < count; i++)
		appendStringInfo(&list, "%s\"%s\"", i ? ", " : "", names[i]);
	return errhint("The rule sets of kam.rule_set are: %s.", list.data);
}

static const KamRuleSet *
rule_set_by_name(const RuleSets *sets, const char *name)
{
	const NamedRuleSet *named = NULL;

	if (strlen(name) < NAMEDATALEN)	/* the hash table would cut a longer one */
		named = hash_search(sets->by_name, name, HASH_FIND, NULL);
	if (named == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("rule set \"%s\" does not exist", name),
				 errhint_names(sets)));
	return named->rules;
}

/* Does the pin answer the same question again, in the same statement? */
static bool
answers(const KamRuleSetPin *pin, bool year_given, int32 plan_year, const text *name)
{
	if (pin->rules == NULL || !kam_pin_is_fresh(&pin->pin))
		return false;
	if (name)
		return pin->by_name &&
			strlen(pin->name) == VARSIZE_ANY_EXHDR(name) &&
			memcmp(pin->name, VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name)) == 0;
	return !pin->by_name && pin->year_given == year_given &&
		(!year_given || pin->plan_year == plan_year);
}

/*
 * The rule set of a plan year (today's in Bangkok, if none is given), or the
 * one of a name, which wins.  O(1): what was found last is kept in the pin,
 * years are an array and names a hash table.
 */
const KamRuleSet *
kam_rule_set(KamRuleSetPin *pin, MemoryContext holder,
			 bool year_given, int32 plan_year, const text *name)
{
	const RuleSets *sets;

	if (answers(pin, year_given, plan_year, name))
		return pin->rules;

	pin->rules = NULL;
	if (pin->pin.edition && kam_pin_is_fresh(&pin->pin))
		sets = pin->pin.edition->data;
	else
		sets = kam_pin_reference(&rule_set_table, &pin->pin, holder);

	pin->by_name = name != NULL;
	pin->year_given = year_given;
	pin->plan_year = plan_year;
	if (name)
	{
		pin->rules = rule_set_by_name(sets, text_to_cstring(name));
		strlcpy(pin->name, pin->rules->name, NAMEDATALEN);
	}
	else
		pin->rules = rule_set_by_year(sets, year_given ? plan_year : kam_bangkok_year());
	return pin->rules;
}

/* The rule set of a plan year, of whatever year; NULL if none is in force. */
const KamRuleSet *
kam_rule_set_of_year(KamRuleSetPin *pin, MemoryContext holder, int32 plan_year)
{
	const RuleSets *sets = kam_pin_reference(&rule_set_table, &pin->pin, holder);

	if (plan_year < KAM_MIN_YEAR || plan_year > KAM_MAX_YEAR)
		return NULL;
	return sets->by_year[plan_year - KAM_MIN_YEAR];
}

/* See kam_rule_set_of_call(). */
const KamRuleSet *
kam_find_rule_set_of_call(FunctionCallInfo fcinfo, int year_arg)
{
	KamRuleSetPin *pin = fcinfo->flinfo->fn_extra;
	bool		year_given = PG_NARGS() > year_arg && !PG_ARGISNULL(year_arg);
	bool		name_given = PG_NARGS() > year_arg + 1 && !PG_ARGISNULL(year_arg + 1);

	if (pin == NULL)
	{
		pin = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(KamRuleSetPin));
		fcinfo->flinfo->fn_extra = pin;
	}
	return kam_rule_set(pin, fcinfo->flinfo->fn_mcxt,
						year_given, year_given ? PG_GETARG_INT32(year_arg) : 0,
						name_given ? PG_GETARG_TEXT_PP(year_arg + 1) : NULL);
}

/* ---- SQL functions ---- */

PG_FUNCTION_INFO_V1(rule_set_in_force);
PG_FUNCTION_INFO_V1(rule_set_protect);
PG_FUNCTION_INFO_V1(tier_weight);
PG_FUNCTION_INFO_V1(portfolio_weight);

Datum
rule_set_in_force(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(kam_rule_set_of_call(fcinfo, 0)->name));
}

static void
check_row_year(Relation rel, HeapTuple row)
{
	bool		isnull;
	Datum		year = heap_getattr(row, kam_reference_column(rel, "plan_year_from", INT4OID) + 1,
									RelationGetDescr(rel), &isnull);

	if (!isnull)
		kam_check_plan_year(DatumGetInt32(year));
}

/*
 * Trigger before any change of kam.rule_set: built-in rows come and go with
 * the extension's own scripts only, and a Buddhist-era year is told from a
 * mistaken one.
 */
Datum
rule_set_protect(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = (TriggerData *) fcinfo->context;
	HeapTuple	new_row;

	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("kam._rule_set_protect() was not called as a trigger")));
	new_row = kam_protect_builtin(trigdata, "built-in rule sets",
								  "Add a rule set of your own, with builtin false; it holds from its plan_year_from.");
	if (new_row && !creating_extension)
		check_row_year(trigdata->tg_relation, new_row);
	return PointerGetDatum(new_row ? new_row : trigdata->tg_trigtuple);
}

/* Exact: whole units of 10^-scale, divided without rounding. */
Datum
kam_weight_of_units(const KamRuleSet *rules, int64 units)
{
	return NumericGetDatum(int64_div_fast_to_numeric(units, rules->weight_scale));
}

/* The weighted sum of a portfolio in units of 10^-scale. */
int64
kam_portfolio_units(const KamRuleSet *rules, const KamPortfolio *portfolio)
{
	int64		sum = 0;

	for (int tier = 1; tier <= KAM_TIERS; tier++)
	{
		int64		units;

		if (pg_mul_s64_overflow(portfolio->count[KAM_PORTFOLIO_INDEX(tier)],
								rules->weight[tier], &units) ||
			pg_add_s64_overflow(sum, units, &sum))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("weight of the portfolio is out of range"),
					 errhint("Weigh fewer accounts at a time.")));
	}
	return sum;
}

/* kam.weight(tier, plan_year, rule_set) */
Datum
tier_weight(PG_FUNCTION_ARGS)
{
	const KamRuleSet *rules;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	rules = kam_rule_set_of_call(fcinfo, 1);
	return kam_weight_of_units(rules, rules->weight[PG_GETARG_TIER(0)]);
}

/* kam.weight(portfolio, plan_year, rule_set) */
Datum
portfolio_weight(PG_FUNCTION_ARGS)
{
	const KamRuleSet *rules;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	rules = kam_rule_set_of_call(fcinfo, 1);
	return kam_weight_of_units(rules, kam_portfolio_units(rules, PG_GETARG_PORTFOLIO(0)));
}
