/*-------------------------------------------------------------------------
 *
 * bill_cutoff.c
 *		The aggregate kam.bill_cutoff(): the top-20 rule of an area
 *		(6.1.1.2(1), R1).
 *
 * Where fewer customers than the trigger meet a main criterion, the lowest of
 * the highest bills is the cut-off.  The state is a count and at most so many
 * bills, whatever the size of the area; ties need no room, because only the
 * value counts.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "bill_rank.h"
#include "kasm.h"

#include "libpq/pqformat.h"
#include "utils/datum.h"

typedef struct CutoffState
{
	int32		trigger;
	int64		qualifiers;		/* not counted further once they are enough */
	KamBillRank rank;
} CutoffState;

static bool
is_settled(const CutoffState *state)
{
	return state->qualifiers >= state->trigger;
}

static CutoffState *
new_state(int32 size, int32 trigger)
{
	CutoffState *state = palloc(sizeof(CutoffState));

	state->trigger = trigger;
	state->qualifiers = 0;
	kam_bill_rank_init(&state->rank, size);
	return state;
}

static void
check_same_rules(const CutoffState *state, int32 size, int32 trigger)
{
	if (state->rank.size != size || state->trigger != trigger)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("kam.bill_cutoff() was given more than one rule set for the same area"),
				 errhint("Pass the same plan_year and rule_set for all rows, or group by them. "
						 "If you did, the rule set was changed meanwhile: run it again.")));
}

static void
rank_bill(CutoffState *state, const KamNumber *bill)
{
	KamBillRank *rank = &state->rank;

	if (kam_bill_rank_compare(rank, bill) <= 0)
		return;
	if (kam_bill_rank_is_full(rank))
		kam_ranked_bill_free(kam_bill_rank_remove_lowest(rank));
	kam_bill_rank_add(rank, bill, NULL);
}

static MemoryContext
aggregate_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("a support function of kam.bill_cutoff() was called outside an aggregate")));
	return context;
}

PG_FUNCTION_INFO_V1(bill_cutoff_accum);
PG_FUNCTION_INFO_V1(bill_cutoff_combine);
PG_FUNCTION_INFO_V1(bill_cutoff_serialize);
PG_FUNCTION_INFO_V1(bill_cutoff_deserialize);
PG_FUNCTION_INFO_V1(bill_cutoff_final);

/* (state, avg_monthly_bill_thb, criteria [, plan_year [, rule_set]]) */
Datum
bill_cutoff_accum(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	const KamRuleSet *rules = kam_rule_set_of_call(fcinfo, 3);
	CutoffState *state;
	KamNumber	bill;

	if (PG_ARGISNULL(0))
	{
		MemoryContext caller = MemoryContextSwitchTo(context);

		state = new_state(rules->bill_rank_size, rules->bill_rank_trigger);
		MemoryContextSwitchTo(caller);
	}
	else
	{
		state = (CutoffState *) PG_GETARG_POINTER(0);
		check_same_rules(state, rules->bill_rank_size, rules->bill_rank_trigger);
	}

	if (!PG_ARGISNULL(2) && (PG_GETARG_CRITERIA(2) & KAM_MAIN_CRITERIA))
		state->qualifiers++;
	if (!PG_ARGISNULL(1))
	{
		bill = kam_read_number(PG_GETARG_DATUM(1));
		kam_check_measure("avg_monthly_bill_thb", &bill);
		if (!is_settled(state))
			rank_bill(state, &bill);
	}
	PG_RETURN_POINTER(state);
}

Datum
bill_cutoff_combine(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	CutoffState *state = PG_ARGISNULL(0) ? NULL : (CutoffState *) PG_GETARG_POINTER(0);
	CutoffState *other = PG_ARGISNULL(1) ? NULL : (CutoffState *) PG_GETARG_POINTER(1);

	if (other == NULL)
	{
		if (state == NULL)
			PG_RETURN_NULL();
		PG_RETURN_POINTER(state);
	}
	if (state == NULL)
	{
		MemoryContext caller = MemoryContextSwitchTo(context);

		state = new_state(other->rank.size, other->trigger);
		MemoryContextSwitchTo(caller);
	}
	check_same_rules(state, other->rank.size, other->trigger);
	state->qualifiers += other->qualifiers;
	for (int i = 0; i < kam_bill_rank_count(&other->rank) && !is_settled(state); i++)
		rank_bill(state, &((KamRankedBill *) DatumGetPointer(other->rank.heap->bh_nodes[i]))->bill);
	PG_RETURN_POINTER(state);
}

/* For parallel workers of this server: the bills as they are in memory. */
Datum
bill_cutoff_serialize(PG_FUNCTION_ARGS)
{
	CutoffState *state;
	StringInfoData buf;

	aggregate_context(fcinfo);
	state = (CutoffState *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	pq_sendint32(&buf, state->rank.size);
	pq_sendint32(&buf, state->trigger);
	pq_sendint64(&buf, state->qualifiers);
	pq_sendint32(&buf, kam_bill_rank_count(&state->rank));
	for (int i = 0; i < kam_bill_rank_count(&state->rank); i++)
	{
		KamRankedBill *ranked = (KamRankedBill *) DatumGetPointer(state->rank.heap->bh_nodes[i]);
		Size		len = VARSIZE_ANY(DatumGetPointer(ranked->bill.datum));

		pq_sendint32(&buf, (uint32) len);
		pq_sendbytes(&buf, DatumGetPointer(ranked->bill.datum), (int) len);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
bill_cutoff_deserialize(PG_FUNCTION_ARGS)
{
	bytea	   *serialized;
	StringInfoData buf;
	CutoffState *state;
	int32		size;
	int			bills;

	aggregate_context(fcinfo);
	serialized = PG_GETARG_BYTEA_PP(0);
	initStringInfo(&buf);
	appendBinaryStringInfo(&buf, VARDATA_ANY(serialized), VARSIZE_ANY_EXHDR(serialized));

	size = pq_getmsgint(&buf, 4);
	state = new_state(size, pq_getmsgint(&buf, 4));
	state->qualifiers = pq_getmsgint64(&buf);
	bills = pq_getmsgint(&buf, 4);
	for (int i = 0; i < bills; i++)
	{
		int			len = pq_getmsgint(&buf, 4);
		void	   *copy = palloc(len);
		KamNumber	bill;

		/* copied, for the buffer does not keep it aligned */
		pq_copymsgbytes(&buf, copy, len);
		bill = kam_read_number(PointerGetDatum(copy));
		kam_bill_rank_add(&state->rank, &bill, NULL);
		pfree(copy);
	}
	pq_getmsgend(&buf);
	PG_RETURN_POINTER(state);
}

/* The cut-off; NULL where enough qualify, or where nobody has a bill. */
Datum
bill_cutoff_final(PG_FUNCTION_ARGS)
{
	CutoffState *state;

	aggregate_context(fcinfo);
	state = PG_ARGISNULL(0) ? NULL : (CutoffState *) PG_GETARG_POINTER(0);
	if (state == NULL || is_settled(state) || kam_bill_rank_count(&state->rank) == 0)
		PG_RETURN_NULL();
	return datumCopy(kam_bill_rank_lowest(&state->rank)->bill.datum, false, -1);
}
