/*-------------------------------------------------------------------------
 *
 * relation.c
 *		Users' tables and their columns.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "relation.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/namespace.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

/* Qualified and quoted; NULL if there is no such relation, as may be where none holds a lock on it. */
char *
kam_relation_name(Oid relid)
{
	char	   *schema = get_namespace_name(get_rel_namespace(relid));
	char	   *name = get_rel_name(relid);

	return schema && name ? quote_qualified_identifier(schema, name) : NULL;
}

void
kam_column_of_number(Relation rel, AttrNumber attnum, KamColumn *column)
{
	Form_pg_attribute att = TupleDescAttr(RelationGetDescr(rel), attnum - 1);

	namestrcpy(&column->name, NameStr(att->attname));
	column->attnum = attnum;
	column->declared = att->atttypid;
	column->typmod = att->atttypmod;
	column->type = getBaseTypeAndTypmod(att->atttypid, &column->typmod);
	column->collation = att->attcollation;
}

/* A type of this extension. */
Oid
kam_type(const char *name)
{
	return GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, CStringGetDatum(name),
						   ObjectIdGetDatum(get_namespace_oid("kam", false)));
}

bool
kam_is_tier_type(Oid type)
{
	return type == kam_type("tier");
}

/* The tables that a table inherits from directly. */
List *
kam_parents_of(Oid relid)
{
	Relation	pg_inherits = table_open(InheritsRelationId, AccessShareLock);
	List	   *parents = NIL;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_inherits_inhrelid, BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(relid));
	scan = systable_beginscan(pg_inherits, InheritsRelidSeqnoIndexId, true, NULL, 1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
		parents = lappend_oid(parents, ((Form_pg_inherits) GETSTRUCT(tuple))->inhparent);
	systable_endscan(scan);
	table_close(pg_inherits, AccessShareLock);
	return parents;
}

/*
 * ---- changes of relations ----
 *
 * A backend has few places for callbacks, so kam takes one and hands on.
 */
#define MAX_FUNCTIONS 4

static void (*functions[MAX_FUNCTIONS]) (Oid relid);

static void
hand_on(Datum arg, Oid relid)
{
	for (int i = 0; i < MAX_FUNCTIONS && functions[i]; i++)
		functions[i] (relid);
}

/*
 * Have a function called whenever a relation may have changed, or (InvalidOid)
 * any.  It may only take a note: no catalog can be read there.
 */
void
kam_on_relcache_change(void (*function) (Oid relid))
{
	if (functions[0] == NULL)
		CacheRegisterRelcacheCallback(hand_on, (Datum) 0);
	for (int i = 0; i < MAX_FUNCTIONS; i++)
	{
		if (functions[i] == function)
			return;
		if (functions[i] == NULL)
		{
			functions[i] = function;
			return;
		}
	}
	elog(ERROR, "too many functions for relcache changes");
}
