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

#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

/* Qualified and quoted. */
char *
kam_relation_name(Oid relid)
{
	return quote_qualified_identifier(get_namespace_name(get_rel_namespace(relid)),
									  get_rel_name(relid));
}

void
kam_column_of_number(Relation rel, AttrNumber attnum, KamColumn *column)
{
	Form_pg_attribute att = TupleDescAttr(RelationGetDescr(rel), attnum - 1);

	namestrcpy(&column->name, NameStr(att->attname));
	column->attnum = attnum;
	column->type = getBaseType(att->atttypid);
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
