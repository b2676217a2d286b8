/*-------------------------------------------------------------------------
 *
 * bill_rank.c
 *		The highest bills of an area, in bounded memory.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "bill_rank.h"

#include "utils/datum.h"

/* binaryheap keeps the greatest at the root; turned round, the lowest. */
static int
lower_first(Datum a, Datum b, void *arg)
{
	return kam_compare_numbers(&((KamRankedBill *) DatumGetPointer(b))->bill,
							   &((KamRankedBill *) DatumGetPointer(a))->bill);
}

/* Everything is kept in the current memory context. */
void
kam_bill_rank_init(KamBillRank *rank, int size)
{
	rank->context = CurrentMemoryContext;
	rank->size = size;
	rank->heap = binaryheap_allocate(Max(size, 1), lower_first, NULL);
}

/*
 * Where a bill stands to the ones kept: above 0 it ranks (for now), at 0 it
 * ties with the lowest, below 0 it does not rank.
 */
int
kam_bill_rank_compare(const KamBillRank *rank, const KamNumber *bill)
{
	if (rank->size == 0 || !kam_is_positive(bill))
		return -1;
	if (!kam_bill_rank_is_full(rank))
		return 1;
	return kam_compare_numbers(bill, &kam_bill_rank_lowest(rank)->bill);
}

/* Keep a bill; there must be room for it. The number is copied, the row is not. */
void
kam_bill_rank_add(KamBillRank *rank, const KamNumber *bill, void *row)
{
	MemoryContext caller = MemoryContextSwitchTo(rank->context);
	KamRankedBill *ranked = palloc(sizeof(KamRankedBill));

	ranked->bill = kam_read_number(datumCopy(bill->datum, false, -1));
	ranked->row = row;
	binaryheap_add(rank->heap, PointerGetDatum(ranked));
	MemoryContextSwitchTo(caller);
}

KamRankedBill *
kam_bill_rank_lowest(const KamBillRank *rank)
{
	return (KamRankedBill *) DatumGetPointer(binaryheap_first(rank->heap));
}

/* Take the lowest out; the caller frees it and its row. */
KamRankedBill *
kam_bill_rank_remove_lowest(KamBillRank *rank)
{
	return (KamRankedBill *) DatumGetPointer(binaryheap_remove_first(rank->heap));
}

void
kam_ranked_bill_free(KamRankedBill *ranked)
{
	pfree(DatumGetPointer(ranked->bill.datum));
	pfree(ranked);
}
