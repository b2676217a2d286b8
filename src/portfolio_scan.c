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

/* The index to scan, best with the period; InvalidOid if there is none, or more than one table. */
Oid
kam_guard_index(Relation rel, const KamGuardedTable *table)
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

/* ---- the scan ---- */

static void
set_key(ScanKey key, Relation index, int column, StrategyNumber strategy, Oid argument_type, Datum argument)
{
	Oid			operator = get_opfamily_member(index->rd_opfamily[column - 1],
											   index->rd_opcintype[column - 1], argument_type, strategy);

	ScanKeyEntryInitialize(key, 0, column, strategy, argument_type,
						   index->rd_indcollation[column - 1], get_opcode(operator), argument);
}

static int
set_keys(ScanKey keys, Relation index, const KamGuardedTable *table, Datum kamr, int32 year)
{
	set_key(&keys[0], index, 1, BTEqualStrategyNumber, index->rd_opcintype[0], kamr);
	if (!finds_period(index, table))
		return 1;
	if (table->period.type != DATEOID)
	{
		set_key(&keys[1], index, 2, BTEqualStrategyNumber, INT4OID, Int32GetDatum(year));
		return 2;
	}
	set_key(&keys[1], index, 2, BTGreaterEqualStrategyNumber, DATEOID, DateADTGetDatum(kam_day_of(year, 1, 1)));
	set_key(&keys[2], index, 2, BTLessEqualStrategyNumber, DATEOID, DateADTGetDatum(kam_day_of(year, 12, 31)));
	return 3;
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
	Datum		tier = slot_getattr(slot, table->tier.attnum, &isnull);

	if (!isnull)
		portfolio->count[KAM_PORTFOLIO_INDEX(kam_tier_of(table, tier))]++;
}

static void
scan(const KamGuardedTable *table, Relation rel, Relation index, Datum kamr, int32 year,
	 Snapshot snapshot, KamPortfolio *portfolio)
{
	TupleTableSlot *slot = table_slot_create(rel, NULL);
	ScanKeyData keys[3];
	int			count = set_keys(keys, index, table, kamr, year);
	IndexScanDesc rows;
	RowTest		test;

#if PG_VERSION_NUM >= 180000
	rows = index_beginscan(rel, index, snapshot, NULL, count, 0);
#else
	rows = index_beginscan(rel, index, snapshot, count, 0);
#endif
	index_rescan(rows, keys, count, NULL, 0);
	begin_test(&test, table->predicate, slot);
	while (index_getnext_slot(rows, ForwardScanDirection, slot))
	{
		CHECK_FOR_INTERRUPTS();
		if (is_in_year(table, slot, year) && counts(&test))
			add_row(table, slot, portfolio);
	}
	end_test(&test);
	index_endscan(rows);
	ExecDropSingleTupleTableSlot(slot);
}

/* The portfolio that a snapshot shows. */
void
kam_scan_portfolio(const KamGuardedTable *table, Oid index_oid, Datum kamr, int32 year,
				   Snapshot snapshot, KamPortfolio *portfolio)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "kam portfolio",
												  ALLOCSET_SMALL_SIZES);
	MemoryContext caller = MemoryContextSwitchTo(context);
	Relation	rel = table_open(table->relid, AccessShareLock);
	Relation	index = index_open(index_oid, AccessShareLock);

	PushActiveSnapshot(snapshot);	/* for the predicate */
	memset(portfolio, 0, sizeof(KamPortfolio));
	scan(table, rel, index, kamr, year, snapshot, portfolio);
	PopActiveSnapshot();
	index_close(index, NoLock);
	table_close(rel, NoLock);
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(context);
}
