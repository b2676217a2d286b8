/*-------------------------------------------------------------------------
 *
 * classify.c
 *		kam.classify(): the tier of every customer of a relation, with the
 *		top-20 rule applied per area (6.1.1).
 *
 * The relation is read once.  Whether the top-20 rule applies to an area is
 * known only at the end, so the rows that it could change are held back: the
 * highest bills of each area (at most 20), and those that tie with the lowest
 * of them.  All other rows go to the result as they come.  Ties have no
 * bound, so they are held in a tuplestore, which spills to disk.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "bill_rank.h"
#include "code.h"
#include "facts.h"

#include "access/htup_details.h"
#include "catalog/pg_class.h"
#include "common/hashfn.h"
#include "executor/tuptable.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "optimizer/optimizer.h"
#include "utils/builtins.h"
#include "utils/syscache.h"
#include "utils/tuplestore.h"

/* From 18 on it can leave room for more in front of the tuple. */
#if PG_VERSION_NUM >= 180000
#define heap_form_minimal_tuple(desc, values, nulls) \
	heap_form_minimal_tuple(desc, values, nulls, 0)
#endif

/* Columns of the result, and of the query in front of the facts. */
enum
{
	COL_ACCOUNT_ID,
	COL_AREA,
	COL_VALUE_CLASS,
	COL_CRITERIA,
	COL_TIER,
	RESULT_COLUMNS
};
#define FIRST_FACT_COLUMN	COL_CRITERIA

/* Memory for ties of one area before they go to disk, in kB. */
#define TIES_KBYTES 64

typedef struct Area
{
	text	   *name;
	uint32		hash;			/* for the hash table below */
	char		status;
	int64		qualifiers;
	KamBillRank rank;			/* its rows are MinimalTuples of the result */
	Tuplestorestate *ties;		/* with the lowest of rank; NULL when none */
} Area;

static uint32
hash_area_name(const text *name)
{
	return hash_bytes((const unsigned char *) VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name));
}

static bool
same_area_name(const text *a, const text *b)
{
	return VARSIZE_ANY_EXHDR(a) == VARSIZE_ANY_EXHDR(b) &&
		memcmp(VARDATA_ANY(a), VARDATA_ANY(b), VARSIZE_ANY_EXHDR(a)) == 0;
}

#define SH_PREFIX areas
#define SH_ELEMENT_TYPE Area
#define SH_KEY_TYPE text *
#define SH_KEY name
#define SH_HASH_KEY(tb, key) hash_area_name(key)
#define SH_EQUAL(tb, a, b) same_area_name(a, b)
#define SH_STORE_HASH
#define SH_GET_HASH(tb, a) a->hash
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

/* A DestReceiver that classifies the rows it is sent. */
typedef struct Classifier
{
	DestReceiver receiver;		/* must be first */
	const KamRuleSet *rules;
	bool		value_class_is_text;	/* in the query */
	int			fact_column[KAM_FACT_ARGS]; /* of the query; -1 where unknown */
	Tuplestorestate *result;
	TupleDesc	result_desc;
	MemoryContext context;		/* of what is held back */
	areas_hash *areas;
	Area	   *last_area;		/* rows of an area often come together */
	TupleTableSlot *held;		/* for rows held back, on their way in or out */
	MemoryContext row_context;	/* for one row of the query */
	Datum		account_id;		/* of the row being read, for messages; or 0 */
} Classifier;

/* ---- rows held back ---- */

/* Send the row in the slot to the result. */
static void
put_held(Classifier *classifier)
{
	tuplestore_puttupleslot(classifier->result, classifier->held);
}

/* The same, lifted by the top-20 rule: it meets criterion monthly_bill by rank. */
static void
put_lifted(Classifier *classifier)
{
	TupleTableSlot *slot = classifier->held;
	Datum		values[RESULT_COLUMNS];
	KamCriteria criteria;

	slot_getallattrs(slot);
	memcpy(values, slot->tts_values, sizeof(values));
	criteria = DatumGetInt32(values[COL_CRITERIA]) | KAM_MONTHLY_BILL;
	values[COL_CRITERIA] = Int32GetDatum(criteria);
	if (!slot->tts_isnull[COL_VALUE_CLASS])
		values[COL_TIER] = CharGetDatum(kam_matrix(DatumGetChar(values[COL_VALUE_CLASS]), criteria));
	tuplestore_putvalues(classifier->result, classifier->result_desc, values, slot->tts_isnull);
}

static void
release_row(Classifier *classifier, MinimalTuple row, bool lifted)
{
	ExecStoreMinimalTuple(row, classifier->held, false);
	if (lifted)
		put_lifted(classifier);
	else
		put_held(classifier);
	ExecClearTuple(classifier->held);
}

static void
release_ties(Classifier *classifier, Area *area, bool lifted)
{
	if (area->ties == NULL)
		return;
	while (tuplestore_gettupleslot(area->ties, true, false, classifier->held))
	{
		CHECK_FOR_INTERRUPTS();
		if (lifted)
			put_lifted(classifier);
		else
			put_held(classifier);
	}
	ExecClearTuple(classifier->held);
	tuplestore_end(area->ties);
	area->ties = NULL;
}

static void
hold_tie(Classifier *classifier, Area *area, MinimalTuple row)
{
	if (area->ties == NULL)
		area->ties = tuplestore_begin_heap(false, false, TIES_KBYTES);
	ExecStoreMinimalTuple(row, classifier->held, false);
	tuplestore_puttupleslot(area->ties, classifier->held);
	ExecClearTuple(classifier->held);
}

/*
 * A bill above the lowest of a full rank takes its place.  The row that had
 * it still ties with the new lowest, or it is out, and its ties with it.
 */
static void
make_room(Classifier *classifier, Area *area, const KamNumber *bill)
{
	KamRankedBill *out = kam_bill_rank_remove_lowest(&area->rank);
	bool		ties_on = kam_bill_rank_count(&area->rank) > 0 &&
		kam_compare_numbers(&kam_bill_rank_lowest(&area->rank)->bill, &out->bill) == 0;

	if (ties_on)
		hold_tie(classifier, area, out->row);
	else
	{
		release_ties(classifier, area, false);
		release_row(classifier, out->row, false);
	}
	pfree(out->row);
	kam_ranked_bill_free(out);
}

static void
hold_row(Classifier *classifier, Area *area, const KamNumber *bill, MinimalTuple row)
{
	if (kam_bill_rank_compare(&area->rank, bill) == 0)
	{
		hold_tie(classifier, area, row);
		pfree(row);
		return;
	}
	if (kam_bill_rank_is_full(&area->rank))
		make_room(classifier, area, bill);
	kam_bill_rank_add(&area->rank, bill, row);
}

/* Send on all that an area holds back. */
static void
release_area(Classifier *classifier, Area *area, bool lifted)
{
	release_ties(classifier, area, lifted);
	while (kam_bill_rank_count(&area->rank) > 0)
	{
		KamRankedBill *ranked = kam_bill_rank_remove_lowest(&area->rank);

		release_row(classifier, ranked->row, lifted);
		pfree(ranked->row);
		kam_ranked_bill_free(ranked);
	}
}

static bool
has_enough(const Classifier *classifier, const Area *area)
{
	return area->qualifiers >= classifier->rules->bill_rank_trigger;
}

static Area *
find_area(Classifier *classifier, Datum name)
{
	text	   *key = DatumGetTextPP(name);
	Area	   *area = classifier->last_area;
	bool		found;

	if (area && same_area_name(area->name, key))
		return area;
	area = areas_insert(classifier->areas, key, &found);
	if (!found)
	{
		MemoryContext caller = MemoryContextSwitchTo(classifier->context);

		area->name = (text *) PG_DETOAST_DATUM_COPY(PointerGetDatum(key));
		area->qualifiers = 0;
		area->ties = NULL;
		kam_bill_rank_init(&area->rank, classifier->rules->bill_rank_size);
		MemoryContextSwitchTo(caller);
	}
	classifier->last_area = area;
	return area;
}

/* ---- rows of the query ---- */

static void
read_facts(Classifier *classifier, TupleTableSlot *slot, KamFacts *facts)
{
	facts->just_below = 0;
	for (int i = 0; i < KAM_FACT_ARGS; i++)
	{
		int			column = classifier->fact_column[i];

		if (column < 0)
			kam_set_fact(facts, i, (Datum) 0, true);
		else
			kam_set_fact(facts, i, slot->tts_values[column], slot->tts_isnull[column]);
	}
}

/* Could the top-20 rule still give the row criterion monthly_bill? */
static Area *
area_to_wait_for(Classifier *classifier, TupleTableSlot *slot, const KamFacts *facts, KamCriteria criteria)
{
	Area	   *area;

	if (slot->tts_isnull[COL_AREA])
		return NULL;			/* HQ's: neither counted nor ranked (R1) */
	area = find_area(classifier, slot->tts_values[COL_AREA]);
	if (has_enough(classifier, area))
		return NULL;
	if (criteria && ++area->qualifiers >= classifier->rules->bill_rank_trigger)
	{
		release_area(classifier, area, false);
		return NULL;
	}
	if (!kam_is_known(&facts->measure[KAM_BILL_THB]) ||
		kam_bill_rank_compare(&area->rank, &facts->measure[KAM_BILL_THB]) < 0)
		return NULL;
	return area;
}

static void
classify_facts(Classifier *classifier, TupleTableSlot *slot)
{
	KamFacts	facts;
	KamCriteria criteria;
	KamCriteria unknown;
	Area	   *area;
	Datum		values[RESULT_COLUMNS];
	bool		nulls[RESULT_COLUMNS];

	read_facts(classifier, slot, &facts);
	criteria = kam_evaluate(&facts, classifier->rules, &unknown);

	for (int i = COL_ACCOUNT_ID; i <= COL_VALUE_CLASS; i++)
	{
		values[i] = slot->tts_values[i];
		nulls[i] = slot->tts_isnull[i];
	}
	if (classifier->value_class_is_text && !nulls[COL_VALUE_CLASS])
		values[COL_VALUE_CLASS] =
			DirectFunctionCall1(value_class_in,
								CStringGetDatum(TextDatumGetCString(values[COL_VALUE_CLASS])));
	values[COL_CRITERIA] = Int32GetDatum(criteria);
	nulls[COL_CRITERIA] = false;
	nulls[COL_TIER] = nulls[COL_VALUE_CLASS];
	values[COL_TIER] = nulls[COL_TIER] ? (Datum) 0 :
		CharGetDatum(kam_matrix(DatumGetChar(values[COL_VALUE_CLASS]), criteria));

	area = area_to_wait_for(classifier, slot, &facts, criteria);
	if (area == NULL)
		tuplestore_putvalues(classifier->result, classifier->result_desc, values, nulls);
	else
	{
		MemoryContextSwitchTo(classifier->context);
		hold_row(classifier, area, &facts.measure[KAM_BILL_THB],
				 heap_form_minimal_tuple(classifier->result_desc, values, nulls));
	}
}

static bool
classify_row(TupleTableSlot *slot, DestReceiver *self)
{
	Classifier *classifier = (Classifier *) self;
	MemoryContext caller = MemoryContextSwitchTo(classifier->row_context);

	slot_getallattrs(slot);
	classifier->account_id = slot->tts_isnull[COL_ACCOUNT_ID] ? (Datum) 0 : slot->tts_values[COL_ACCOUNT_ID];
	classify_facts(classifier, slot);
	classifier->account_id = (Datum) 0;
	MemoryContextSwitchTo(caller);
	MemoryContextReset(classifier->row_context);
	return true;
}

static void
receiver_startup(DestReceiver *self, int operation, TupleDesc typeinfo)
{
}

static void
receiver_noop(DestReceiver *self)
{
}

/* CONTEXT of an error: which account has the absurd fact or class. */
static void
name_account(void *arg)
{
	Classifier *classifier = arg;

	if (classifier->account_id)
		errcontext("account \"%s\"", TextDatumGetCString(classifier->account_id));
}

/* ---- the function ---- */

static char *
facts_query(Classifier *classifier, const KamFactColumns *columns)
{
	StringInfoData sql;
	int			column = FIRST_FACT_COLUMN;

	initStringInfo(&sql);
	appendStringInfo(&sql, "SELECT %s, %s, %s",
					 columns->account_id, columns->area,
					 columns->value_class_is_text ? "f.value_class::pg_catalog.text" : columns->value_class);
	classifier->value_class_is_text = columns->value_class_is_text;
	for (int i = 0; i < KAM_FACT_ARGS; i++)
	{
		classifier->fact_column[i] = columns->fact[i] ? column++ : -1;
		if (columns->fact[i])
			appendStringInfo(&sql, ", %s", columns->fact[i]);
	}
	appendStringInfo(&sql, " FROM %s f", columns->relation);
	return sql.data;
}

static void
release_all_areas(Classifier *classifier)
{
	areas_iterator iterator;
	Area	   *area;

	areas_start_iterate(classifier->areas, &iterator);
	while ((area = areas_iterate(classifier->areas, &iterator)) != NULL)
		release_area(classifier, area, !has_enough(classifier, area));
}

PG_FUNCTION_INFO_V1(classify);
PG_FUNCTION_INFO_V1(classify_support);

/* kam.classify(facts, plan_year, rule_set) */
Datum
classify(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Classifier	classifier = {
		.receiver = {
			.receiveSlot = classify_row,
			.rStartup = receiver_startup,
			.rShutdown = receiver_noop,
			.rDestroy = receiver_noop,
			.mydest = DestNone
		}
	};
	ErrorContextCallback context = {.callback = name_account, .arg = &classifier};
	KamFactColumns columns;

	classifier.rules = kam_rule_set_of_call(fcinfo, 1);
	kam_get_fact_columns(fcinfo, 0, &columns);
	InitMaterializedSRF(fcinfo, 0);
	classifier.result = rsinfo->setResult;
	classifier.result_desc = rsinfo->setDesc;
	classifier.context = AllocSetContextCreate(CurrentMemoryContext, "kam.classify",
											   ALLOCSET_DEFAULT_SIZES);
	classifier.row_context = AllocSetContextCreate(classifier.context, "kam.classify row",
												   ALLOCSET_DEFAULT_SIZES);
	classifier.areas = areas_create(classifier.context, 32, NULL);
	classifier.held = MakeSingleTupleTableSlot(classifier.result_desc, &TTSOpsMinimalTuple);

	context.previous = error_context_stack;
	error_context_stack = &context;
	kam_query_all_rows(&columns, facts_query(&classifier, &columns), &classifier.receiver);
	error_context_stack = context.previous;
	kam_close_facts(&columns);

	release_all_areas(&classifier);
	ExecDropSingleTupleTableSlot(classifier.held);
	MemoryContextDelete(classifier.context);
	return (Datum) 0;
}

/* As many rows as the relation has, where that is known when planning. */
Datum
classify_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);
	SupportRequestRows *rows;
	Node	   *facts;
	HeapTuple	tuple;

	if (!IsA(request, SupportRequestRows))
		PG_RETURN_POINTER(NULL);
	rows = (SupportRequestRows *) request;
	if (!is_funcclause(rows->node))
		PG_RETURN_POINTER(NULL);
	facts = estimate_expression_value(rows->root, linitial(((FuncExpr *) rows->node)->args));
	if (!IsA(facts, Const) || ((Const *) facts)->constisnull)
		PG_RETURN_POINTER(NULL);
	tuple = SearchSysCache1(RELOID, ((Const *) facts)->constvalue);
	if (!HeapTupleIsValid(tuple))
		PG_RETURN_POINTER(NULL);
	rows->rows = ((Form_pg_class) GETSTRUCT(tuple))->reltuples;
	ReleaseSysCache(tuple);
	PG_RETURN_POINTER(rows->rows >= 0 ? rows : NULL);
}
