/*-------------------------------------------------------------------------
 *
 * bill_rank.h
 *		The highest bills of an area, in bounded memory.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#ifndef KAM_BILL_RANK_H
#define KAM_BILL_RANK_H

#include "number.h"

#include "lib/binaryheap.h"

/* A ranked bill, and whatever belongs to it (a chunk of memory, or NULL). */
typedef struct KamRankedBill
{
	KamNumber	bill;
	void	   *row;
} KamRankedBill;

/* The 'size' highest bills seen; the lowest of them at the root. */
typedef struct KamBillRank
{
	MemoryContext context;
	int			size;
	binaryheap *heap;
} KamBillRank;

extern void kam_bill_rank_init(KamBillRank *rank, int size);
extern int	kam_bill_rank_compare(const KamBillRank *rank, const KamNumber *bill);
extern void kam_bill_rank_add(KamBillRank *rank, const KamNumber *bill, void *row);
extern KamRankedBill *kam_bill_rank_lowest(const KamBillRank *rank);
extern KamRankedBill *kam_bill_rank_remove_lowest(KamBillRank *rank);
extern void kam_ranked_bill_free(KamRankedBill *ranked);

static inline int
kam_bill_rank_count(const KamBillRank *rank)
{
	return rank->heap->bh_size;
}

static inline bool
kam_bill_rank_is_full(const KamBillRank *rank)
{
	return kam_bill_rank_count(rank) >= rank->size;
}

#endif							/* KAM_BILL_RANK_H */
