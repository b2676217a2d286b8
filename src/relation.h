/*-------------------------------------------------------------------------
 *
 * relation.h
 *		Users' tables and their columns.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#ifndef KAM_RELATION_H
#define KAM_RELATION_H

#include "kam.h"

#include "nodes/pg_list.h"
#include "utils/rel.h"

typedef struct KamColumn
{
	NameData	name;
	AttrNumber	attnum;			/* InvalidAttrNumber where there is none */
	Oid			type;			/* below its domains */
	int32		typmod;			/* of that */
	Oid			declared;		/* as declared: a domain, perhaps */
	Oid			collation;
} KamColumn;

extern char *kam_relation_name(Oid relid);
extern void kam_column_of_number(Relation rel, AttrNumber attnum, KamColumn *column);
extern List *kam_parents_of(Oid relid);
extern Oid	kam_type(const char *name);
extern bool kam_is_tier_type(Oid type);
extern void kam_on_relcache_change(void (*function) (Oid relid));

#endif							/* KAM_RELATION_H */
