/*-------------------------------------------------------------------------
 *
 * portfolio_scan.c
 *		The portfolio of a key account manager in a year, straight from an
 *		index: what a portfolio guard asks for at every change, without the
 *		cost of starting the executor for a dozen rows.
 *
 * For a table that is neither partitioned nor inherited from and has a B-tree
 * on the KAMR.  For others portfolio_check.c runs a query.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "portfolio_guard.h"

#include "access/genam.h"
#include "access/stratnum.h"
#include "access/table.h"
#include "access/tableam.h"
#include "bangkok_date.h"
#include "catalog/pg_am.h"
#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "optimizer/optimizer.h"
#include "rewrite/prs2lock.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"
#include "utils/typcache.h"

/* ---- the index ---- */

static bool
finds_kamr(Relation index, const KamGuardedTable *table)
{
	Form_pg_index form = index->rd_index;
	Oid			equal = lookup_type_cache(table->kamr.type, TYPECACHE_EQ_OPR)->eq_opr;

	return index->rd_rel->relam == BTREE_AM_OID && form->indisvalid && !form->indcheckxmin &&
		RelationGetIndexPredicate(index) == NIL &&
		form->indkey.values[0] == table->kamr.attnum &&
		index->rd_indcollation[0] == table->kamr.collation &&
		get_op_opfamily_strategy(equal, index->rd_opfamily[0]) == BTEqualStrategyNumber;
}

/* Does it have the period next? */
static bool
finds_period(Relation index, const KamGuardedTable *table)
{
	return HAS_PERIOD(table) && index->rd_index->indnkeyatts > 1 &&
		index->rd_index->indkey.values[1] == table->period.attnum;
}

/* A virtual column is in no stored row: does the guard use one? */
bool
kam_uses_virtual_column(Relation rel, const KamGuardedTable *table)
{
	Bitmapset  *columns = NULL;
	int			column = -1;

	pull_varattnos((Node *) table->predicate, PRS2_NEW_VARNO, &columns);
	columns = bms_add_member(columns, table->kamr.attnum - FirstLowInvalidHeapAttributeNumber);
	columns = bms_add_member(columns, table->tier.attnum - FirstLowInvalidHeapAttributeNumber);
	if (HAS_PERIOD(table))
		columns = bms_add_member(columns, table->period.attnum - FirstLowInvalidHeapAttributeNumber);
	while ((column = bms_next_member(columns, column)) >= 0)
		if (TupleDescAttr(RelationGetDescr(rel), column + FirstLowInvalidHeapAttributeNumber - 1)->attgenerated == 'v')
			return true;
	return false;
}

static Oid
best_index(Relation rel, const KamGuardedTable *table)
{
	Oid			found = InvalidOid;
	ListCell   *cell;

	if (rel->rd_rel->relkind != RELKIND_RELATION || rel->rd_rel->relhassubclass)
		return InvalidOid;
	foreach(cell, RelationGetIndexList(rel))
	{
		Relation	index = index_open(lfirst_oid(cell), AccessShareLock);

		if (finds_kamr(index, table) && (!OidIsValid(found) || finds_period(index, table)))
			found = RelationGetRelid(index);
		index_close(index, NoLock);
	}
	return found;
}

static void
add_key(KamGuardIndex *found, Relation index, int column, StrategyNumber strategy, Oid argument_type)
{
	Oid			operator = get_opfamily_member(index->rd_opfamily[column - 1],
											   index->rd_opcintype[column - 1], argument_type, strategy);

	ScanKeyEntryInitialize(&found->key[found->keys++], 0, column, strategy, argument_type,
						   index->rd_indcollation[column - 1], get_opcode(operator), (Datum) 0);
}

/*
 * The index to scan, best with the period; none if there is more than one
 * table.  Its keys live as long as CurrentMemoryContext.
 */
void
kam_find_guard_index(Relation rel, const KamGuardedTable *table, KamGuardIndex *found)
{
	Relation	index;

	found->oid = best_index(rel, table);
	found->keys = 0;
	if (!OidIsValid(found->oid))
		return;
	index = index_open(found->oid, AccessShareLock);
	add_key(found, index, 1, BTEqualStrategyNumber, index->rd_opcintype[0]);
	if (finds_period(index, table))
	{
		if (table->period.type != DATEOID)
			add_key(found, index, 2, BTEqualStrategyNumber, INT4OID);
		else
		{
			add_key(found, index, 2, BTGreaterEqualStrategyNumber, DATEOID);
			add_key(found, index, 2, BTLessEqualStrategyNumber, DATEOID);
		}
	}
	index_close(index, NoLock);
}

/* ---- the scan ---- */

/* The values of the keys. */
static void
set_keys(const KamGuardIndex *index, ScanKey keys, Datum kamr, int32 year)
{
	memcpy(keys, index->key, index->keys * sizeof(ScanKeyData));
	keys[0].sk_argument = kamr;
	if (index->keys == 2)
		keys[1].sk_argument = Int32GetDatum(year);
	else if (index->keys == 3)
	{
		keys[1].sk_argument = DateADTGetDatum(kam_day_of(year, 1, 1));
		keys[2].sk_argument = DateADTGetDatum(kam_day_of(year, 12, 31));
	}
}

static bool
is_in_year(const KamGuardedTable *table, TupleTableSlot *slot, int32 year)
{
	bool		isnull;
	Datum		period;

	if (!HAS_PERIOD(table))
		return true;
	period = slot_getattr(slot, table->period.attnum, &isnull);
	if (isnull)
		return false;
	switch (table->period.type)
	{
		case DATEOID:
			return DatumGetDateADT(period) >= kam_day_of(year, 1, 1) &&
				DatumGetDateADT(period) <= kam_day_of(year, 12, 31);
		case INT2OID:
			return DatumGetInt16(period) == year;
		case INT4OID:
			return DatumGetInt32(period) == year;
		default:
			return DatumGetInt64(period) == year;
	}
}

/* The predicate, ready to be asked about the row in the slot. */
typedef struct RowTest
{
	EState	   *estate;			/* NULL where all rows count */
	ExprState  *predicate;
} RowTest;

static void
begin_test(RowTest *test, List *predicate, TupleTableSlot *slot)
{
	test->estate = NULL;
	if (predicate == NIL)
		return;
	test->estate = CreateExecutorState();
	test->predicate = ExecPrepareQual(predicate, test->estate);
	GetPerTupleExprContext(test->estate)->ecxt_scantuple = slot;
}

static bool
counts(const RowTest *test)
{
	if (test->estate == NULL)
		return true;
	ResetPerTupleExprContext(test->estate);
	return ExecQual(test->predicate, GetPerTupleExprContext(test->estate));
}

static void
end_test(RowTest *test)
{
	if (test->estate)
		FreeExecutorState(test->estate);
}

static void
add_row(const KamGuardedTable *table, TupleTableSlot *slot, KamPortfolio *portfolio)
{
	bool		isnull;
	Datum		value = slot_getattr(slot, table->tier.attnum, &isnull);
	KamTier		tier;

	if (!isnull && kam_counted_tier(table, value, &tier))
		portfolio->count[KAM_PORTFOLIO_INDEX(tier)]++;
}

/* An index that is read for a KAMR in a year. */
typedef struct Entries
{
	Relation	index;
	IndexScanDesc scan;
	ItemPointerData first;		/* the row of the first entry, */
	bool		is_at_first;	/* where the scan stands, its row not read yet */
} Entries;

/*
 * The command that wrote the row has locked the index like this, and mostly
 * still does: then it costs nothing to lock it again.
 */
static void
begin_entries(Entries *entries, Relation rel, const KamGuardIndex *index,
			  Datum kamr, int32 year, Snapshot snapshot)
{
	ScanKeyData keys[lengthof(index->key)];

	entries->is_at_first = false;
	entries->index = index_open(index->oid, RowExclusiveLock);
	set_keys(index, keys, kamr, year);
#if PG_VERSION_NUM >= 180000
	entries->scan = index_beginscan(rel, entries->index, snapshot, NULL, index->keys, 0);
#else
	entries->scan = index_beginscan(rel, entries->index, snapshot, index->keys, 0);
#endif
	index_rescan(entries->scan, keys, index->keys, NULL, 0);
}

static void
end_entries(Entries *entries)
{
	index_endscan(entries->scan);
	index_close(entries->index, RowExclusiveLock);
}

/* Are there no more entries than that?  If there are, the scan begins again. */
static bool
are_few(Entries *entries, int64 few)
{
	int64		found = 0;

	while (found <= few && index_getnext_tid(entries->scan, ForwardScanDirection))
	{
		CHECK_FOR_INTERRUPTS();
		if (found++ > 0)
			continue;
		entries->first = entries->scan->xs_heaptid;
		index_markpos(entries->scan);
	}
	if (found <= few)
		return true;
	index_restrpos(entries->scan);
	entries->scan->xs_heaptid = entries->first;
	entries->is_at_first = true;
	return false;
}

static bool
next_row(Entries *entries, TupleTableSlot *slot)
{
	bool		is_at_first = entries->is_at_first;

	entries->is_at_first = false;
	return (is_at_first && index_fetch_heap(entries->scan, slot)) ||
		index_getnext_slot(entries->scan, ForwardScanDirection, slot);
}

static void
add_rows(const KamGuardedTable *table, Relation rel, Entries *entries, int32 year, KamPortfolio *portfolio)
{
	TupleTableSlot *slot = table_slot_create(rel, NULL);
	RowTest		test;

	begin_test(&test, table->predicate, slot);
	while (next_row(entries, slot))
	{
		CHECK_FOR_INTERRUPTS();
		if (is_in_year(table, slot, year) && counts(&test))
			add_row(table, slot, portfolio);
	}
	end_test(&test);
	ExecDropSingleTupleTableSlot(slot);
}

/*
 * The portfolio that a snapshot shows; or false, if it cannot be of more than
 * 'few' rows.  No snapshot shows two rows of one entry, and the only entries
 * that a scan leaves out are those of rows that nobody will see any more: so
 * the entries tell without a look at the rows, which lie all over the table
 * and would be most of the work.
 *
 * Not with a predicate: it is asked about all rows at every check, so that one
 * which does what it must not is found out.
 */
bool
kam_scan_portfolio(const KamGuardedTable *table, Relation rel, const KamGuardIndex *index,
				   Datum kamr, int32 year, Snapshot snapshot, int64 few, KamPortfolio *portfolio)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "kam portfolio",
												  ALLOCSET_SMALL_SIZES);
	MemoryContext caller = MemoryContextSwitchTo(context);
	Entries		entries;
	bool		is_small;

	begin_entries(&entries, rel, index, kamr, year, snapshot);
	is_small = few > 0 && table->predicate == NIL && are_few(&entries, few);
	if (!is_small)
	{
		PushActiveSnapshot(snapshot);	/* for the predicate */
		memset(portfolio, 0, sizeof(KamPortfolio));
		add_rows(table, rel, &entries, year, portfolio);
		PopActiveSnapshot();
	}
	end_entries(&entries);
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(context);
	return !is_small;
}
