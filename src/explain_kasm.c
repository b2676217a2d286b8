/*-------------------------------------------------------------------------
 *
 * explain_kasm.c
 *		kam.explain_kasm(): a row per main criterion with a sentence in Thai
 *		and English.
 *
 * What is met comes from kam_evaluate() alone; the sentences only say why.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "amount.h"
#include "kasm.h"

#include "funcapi.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"

typedef struct Explanation
{
	const KamLabel *criterion;
	const KamFacts *facts;
	const KamRuleSet *rules;
	KamTruth	status;
	const KamFactArgument *argument;	/* what value, threshold and unit are of; or NULL */
	const KamNumber *threshold;
	const char *text_th;		/* without the name of the criterion */
	const char *text_en;
} Explanation;

static const KamNumber *
value_of(const Explanation *e)
{
	const KamNumber *value;

	if (e->argument == NULL)
		return NULL;
	value = &e->facts->measure[e->argument->index];
	return kam_is_known(value) ? value : NULL;
}

/* ---- sentences on one measure against its threshold ---- */

static char *
measure_th(const Explanation *e)
{
	const KamNumber *value = value_of(e);
	const char *unit = e->argument->unit_th;
	KamNumber	gap;

	if (value == NULL)
		return psprintf("ไม่มีข้อมูล%s จึงถือว่าไม่เข้าเกณฑ์", e->argument->name_th);
	if (kam_compare_numbers(value, e->threshold) >= 0)
		return psprintf("%s %s ถึงเกณฑ์ %s %s",
						kam_amount(value), unit, kam_amount(e->threshold), unit);
	gap = kam_difference(e->threshold, value);
	return psprintf("%s %s ต่ำกว่าเกณฑ์ %s %s อยู่ %s %s",
					kam_amount(value), unit, kam_amount(e->threshold), unit, kam_amount(&gap), unit);
}

static char *
measure_en(const Explanation *e)
{
	const KamNumber *value = value_of(e);
	const char *unit = e->argument->unit_en;
	KamNumber	gap;

	if (value == NULL)
		return psprintf("%s is not known, so it counts as not met", e->argument->name_en);
	if (kam_compare_numbers(value, e->threshold) >= 0)
		return psprintf("%s %s reaches the threshold of %s %s",
						kam_amount(value), unit, kam_amount(e->threshold), unit);
	gap = kam_difference(e->threshold, value);
	return psprintf("%s %s is below the threshold of %s %s by %s %s",
					kam_amount(value), unit, kam_amount(e->threshold), unit, kam_amount(&gap), unit);
}

static void
explain_measure(Explanation *e, int arg, const KamNumber *threshold)
{
	e->argument = &kam_fact_arguments[arg];
	e->threshold = threshold;
	e->text_th = measure_th(e);
	e->text_en = measure_en(e);
}

/* Where the criterion's name does not say what is measured. */
static void
name_measure(Explanation *e)
{
	if (value_of(e) == NULL)
		return;					/* the sentence names it already */
	e->text_th = psprintf("%s %s", e->argument->name_th, e->text_th);
	e->text_en = psprintf("%s: %s", e->argument->name_en, e->text_en);
}

/* ---- sentences on a judgement ---- */

static void
explain_judgement(Explanation *e, const KamFactArgument *argument)
{
	switch (e->facts->judgement[argument->index])
	{
		case KAM_TRUE:
			e->text_th = psprintf("พิจารณาแล้วว่า%s", argument->name_th);
			e->text_en = psprintf("judged to be %s", argument->name_en);
			break;
		case KAM_FALSE:
			e->text_th = psprintf("พิจารณาแล้วว่าไม่%s", argument->name_th);
			e->text_en = psprintf("judged not to be %s", argument->name_en);
			break;
		case KAM_UNKNOWN:
			e->text_th = psprintf("ไม่มีข้อมูลว่า%s จึงถือว่าไม่เข้าเกณฑ์", argument->name_th);
			e->text_en = psprintf("not known to be %s, so it counts as not met", argument->name_en);
			break;
	}
}

/* ---- the criteria that are more than one fact ---- */

/* The bill, by the threshold or, where the area has a lower cut-off, by rank. */
static void
explain_bill(Explanation *e)
{
	const KamNumber *cutoff = &e->facts->measure[KAM_CUTOFF_THB];
	const KamNumber *bill = &e->facts->measure[KAM_BILL_THB];
	const KamNumber *threshold = &e->rules->avg_monthly_bill_thb;
	int			size = e->rules->bill_rank_size;

	if (!kam_is_known(cutoff) || kam_compare_numbers(cutoff, threshold) >= 0 ||
		(kam_is_known(bill) && kam_compare_numbers(bill, threshold) >= 0))
	{
		explain_measure(e, KAM_BILL_ARG, threshold);
		return;
	}
	explain_measure(e, KAM_BILL_ARG, cutoff);
	if (e->status == KAM_TRUE)
	{
		e->text_th = psprintf("%s บาท/เดือน อยู่ใน %d ลำดับแรกของเขต ซึ่งเริ่มที่ %s บาท/เดือน",
							  kam_amount(bill), size, kam_amount(cutoff));
		e->text_en = psprintf("%s THB/month is among the %d highest bills of the area, which start at %s THB/month",
							  kam_amount(bill), size, kam_amount(cutoff));
	}
	else if (e->status == KAM_FALSE)
	{
		e->text_th = psprintf("%s และไม่อยู่ใน %d ลำดับแรกของเขต", e->text_th, size);
		e->text_en = psprintf("%s, and not among the %d highest bills of the area", e->text_en, size);
	}
}

/* A zone at risk, and the bill. */
static void
explain_spp(Explanation *e)
{
	KamTruth	zone = e->facts->judgement[KAM_SPP_ZONE];

	explain_measure(e, KAM_BILL_ARG, &e->rules->spp_bill_thb);
	switch (zone)
	{
		case KAM_TRUE:
			e->text_th = psprintf("อยู่ในพื้นที่เสี่ยง และ%s%s",
								  value_of(e) ? "ค่าไฟฟ้า " : "", e->text_th);
			e->text_en = psprintf("in a zone at risk, and %s", e->text_en);
			break;
		case KAM_FALSE:			/* then the bill decides nothing */
			e->argument = NULL;
			e->text_th = "ไม่อยู่ในพื้นที่เสี่ยง";
			e->text_en = "not in a zone at risk";
			break;
		case KAM_UNKNOWN:
			e->text_th = psprintf("ไม่มีข้อมูลว่าอยู่ในพื้นที่เสี่ยง และ%s%s",
								  value_of(e) ? "ค่าไฟฟ้า " : "", e->text_th);
			e->text_en = psprintf("not known to be in a zone at risk, and %s", e->text_en);
			if (e->status == KAM_UNKNOWN && value_of(e))
			{
				e->text_th = psprintf("%s จึงถือว่าไม่เข้าเกณฑ์", e->text_th);
				e->text_en = psprintf("%s, so it counts as not met", e->text_en);
			}
			break;
	}
}

/* One job, or a year's maintenance, or a prospect: what meets it, or all three. */
static void
explain_business(Explanation *e)
{
	Explanation job = *e;
	Explanation maintenance = *e;
	Explanation prospect = *e;

	explain_measure(&job, KAM_JOB_ARG, &e->rules->largest_job_thb);
	explain_measure(&maintenance, KAM_MAINTENANCE_ARG, &e->rules->yearly_maintenance_thb);
	explain_judgement(&prospect, &kam_fact_arguments[KAM_PROSPECT_ARG]);
	name_measure(&job);
	name_measure(&maintenance);
	if (kam_measured(e->facts, KAM_JOB_THB, job.threshold) == KAM_TRUE)
		*e = job;
	else if (kam_measured(e->facts, KAM_MAINTENANCE_THB, maintenance.threshold) == KAM_TRUE)
		*e = maintenance;
	else if (e->status == KAM_TRUE)
		*e = prospect;
	else
	{
		/* value and threshold are of what is known */
		*e = value_of(&job) || !value_of(&maintenance) ? job : maintenance;
		e->text_th = psprintf("%s; %s; %s", job.text_th, maintenance.text_th, prospect.text_th);
		e->text_en = psprintf("%s; %s; %s", job.text_en, maintenance.text_en, prospect.text_en);
	}
}

static void
explain(Explanation *e)
{
	switch (e->criterion->code)
	{
		case KAM_VOLTAGE:
			explain_measure(e, KAM_VOLTAGE_ARG, &e->rules->voltage_kv);
			break;
		case KAM_MONTHLY_BILL:
			explain_bill(e);
			break;
		case KAM_SPP_RISK:
			explain_spp(e);
			break;
		case KAM_SELF_GENERATION:
			explain_measure(e, KAM_GENERATION_ARG, &e->rules->self_generation_mw);
			break;
		case KAM_RELATED_BUSINESS:
			explain_business(e);
			break;
		case KAM_NATIONAL_STRATEGY:
			explain_judgement(e, &kam_fact_arguments[KAM_STRATEGY_ARG]);
			break;
		case KAM_NATIONWIDE_NETWORK:
			explain_judgement(e, &kam_fact_arguments[KAM_NETWORK_ARG]);
			break;
	}
}

/* ---- the function ---- */

static const char *
status_name(KamTruth status)
{
	switch (status)
	{
		case KAM_TRUE:
			return "met";
		case KAM_FALSE:
			return "not met";
		case KAM_UNKNOWN:
			break;
	}
	return "unknown";
}

static void
put_explanation(ReturnSetInfo *rsinfo, const Explanation *e, NullableDatum tier)
{
	const KamNumber *value = value_of(e);
	Datum		values[10];
	bool		nulls[10] = {false};

	values[0] = CStringGetTextDatum(e->criterion->label);
	values[1] = CStringGetTextDatum(e->criterion->letter);
	values[2] = CStringGetTextDatum(status_name(e->status));
	nulls[3] = value == NULL;
	values[3] = value ? value->datum : (Datum) 0;
	nulls[4] = e->argument == NULL;
	values[4] = e->argument ? e->threshold->datum : (Datum) 0;
	nulls[5] = e->argument == NULL;
	values[5] = e->argument ? CStringGetTextDatum(e->argument->unit_en) : (Datum) 0;
	values[6] = CStringGetTextDatum(e->criterion->section);
	nulls[7] = tier.isnull;
	values[7] = tier.value;
	values[8] = CStringGetTextDatum(psprintf("%s: %s", e->criterion->name_th, e->text_th));
	values[9] = CStringGetTextDatum(psprintf("%s: %s.", e->criterion->name_en, e->text_en));
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

PG_FUNCTION_INFO_V1(explain_kasm);

/* kam.explain_kasm(value_class, facts as main_criteria(), plan_year, rule_set) */
Datum
explain_kasm(PG_FUNCTION_ARGS)
{
	const KamRuleSet *rules = kam_rule_set_of_call(fcinfo, 1 + KAM_RULE_YEAR_ARG);
	KamFacts	facts;
	KamCriteria met;
	KamCriteria unknown;
	NullableDatum tier = {.isnull = PG_ARGISNULL(0)};

	kam_get_facts(fcinfo, 1, &facts);
	met = kam_evaluate(&facts, rules, &unknown);
	if (!tier.isnull)
		tier.value = CharGetDatum(kam_matrix(PG_GETARG_VALUE_CLASS(0), met));

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < kam_criteria_labels.count; i++)
	{
		Explanation e = {
			.criterion = &kam_criteria_labels.labels[i],
			.facts = &facts,
			.rules = rules
		};

		if ((e.criterion->code & KAM_MAIN_CRITERIA) == 0)
			continue;
		e.status = met & e.criterion->code ? KAM_TRUE :
			unknown & e.criterion->code ? KAM_UNKNOWN : KAM_FALSE;
		explain(&e);
		put_explanation((ReturnSetInfo *) fcinfo->resultinfo, &e, tier);
	}
	return (Datum) 0;
}
