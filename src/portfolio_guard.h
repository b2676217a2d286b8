/*-------------------------------------------------------------------------
 *
 * portfolio_guard.h
 *		The portfolio limit (6.1.2.1) on anybody's table.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#ifndef KAM_PORTFOLIO_GUARD_H
#define KAM_PORTFOLIO_GUARD_H

#include "attached_rule.h"
#include "rule_set.h"

#include "access/skey.h"
#include "lib/stringinfo.h"

/* How a table writes tiers. */
typedef enum KamTierForm
{
	KAM_TIER_ITSELF,
	KAM_TIER_TEXT,
	KAM_TIER_ENUM
} KamTierForm;

/* A guarded table, as its trigger describes it. */
typedef struct KamGuardedTable
{
	Oid			relid;
	KamColumn	kamr;
	KamColumn	tier;
	KamTierForm tier_form;
	KamColumn	period;			/* attnum InvalidAttrNumber where the table has none */
	int32		plan_year;		/* of all rows, where the table has no period */
	List	   *predicate;		/* over the new row of the trigger */
} KamGuardedTable;

/* An index that has the rows of a key account manager in a year side by side. */
typedef struct KamGuardIndex
{
	Oid			oid;			/* InvalidOid where there is none */
	int			keys;
	ScanKeyData key[3];			/* without the values */
} KamGuardIndex;

#define HAS_PERIOD(table) ((table)->period.attnum != InvalidAttrNumber)

extern void kam_describe_guarded(const KamAttached *attached, Relation rel, KamGuardedTable *table);
extern bool kam_counted_tier(const KamGuardedTable *table, Datum value, KamTier *tier);
extern char *kam_guarded_portfolio(const KamGuardedTable *table);
extern void kam_read_portfolio(const KamGuardedTable *table, Datum value, KamPortfolio *portfolio);
extern void kam_append_counted_rows(StringInfo sql, const KamGuardedTable *table);
extern Oid	kam_guard_root(Oid trigger, List **relations);
/* portfolio_check.c */
extern KamTier kam_tier_of(const KamGuardedTable *table, Datum value);
extern void kam_lock_whole_guard(Oid root);

/* portfolio_scan.c */
extern bool kam_uses_virtual_column(Relation rel, const KamGuardedTable *table);
extern void kam_find_guard_index(Relation rel, const KamGuardedTable *table, KamGuardIndex *found);
extern bool kam_scan_portfolio(const KamGuardedTable *table, Relation rel, const KamGuardIndex *index,
							   Datum kamr, int32 year, Snapshot snapshot, int64 few, KamPortfolio *portfolio);

#endif							/* KAM_PORTFOLIO_GUARD_H */
