/*-------------------------------------------------------------------------
 *
 * reference.c
 *		Reference tables, kept in the backend's memory.
 *
 * A reference table is read whole, with the newest snapshot whatever the
 * isolation level, past row-level security, and without running user code:
 * by a catalog scan, which parallel workers may do too.  What was read is an
 * edition; it lives until it is outdated and nobody holds a pin on it.
 *
 * Changes reach us as relcache invalidations, which PostgreSQL itself sends
 * at commit, replays at rollback, ships to standbys, and which triggers of
 * the table (kam._reference_changed) ask for.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "reference.h"

#include "access/genam.h"
#include "access/table.h"
#include "catalog/namespace.h"
#include "commands/trigger.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"

static KamReference *references = NULL;

/*
 * The table changed, or (InvalidOid) anything may have.  Only notes it: no
 * catalog may be read here.
 */
static void
note_change(Datum arg, Oid relid)
{
	for (KamReference *r = references; r; r = r->next)
		if (relid == InvalidOid || relid == r->relid)
		{
			r->valid = false;
			r->changed = true;
		}
}

static void
know_reference(KamReference *reference)
{
	static bool registered = false;

	for (KamReference *r = references; r; r = r->next)
		if (r == reference)
			return;
	if (!registered)
	{
		CacheRegisterRelcacheCallback(note_change, (Datum) 0);
		registered = true;
	}
	reference->next = references;
	references = reference;
}

static void
drop_unused(KamReference *reference, KamEdition *edition)
{
	if (edition && edition->pins == 0 && edition != reference->current)
		MemoryContextDelete(edition->context);
}

static Oid
find_table(const char *table)
{
	Oid			relid = get_relname_relid(table, get_namespace_oid("kam", false));

	if (!OidIsValid(relid))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("table kam.%s does not exist", table),
				 errdetail("The library is of version %s; the extension is older.", KAM_VERSION),
				 errhint("Run ALTER EXTENSION kam UPDATE.")));
	return relid;
}

/* Read the table until nothing changed while it was read. */
static void
load_edition(KamReference *reference)
{
	KamEdition *outdated = reference->current;

	know_reference(reference);
	do
	{
		MemoryContext context;
		MemoryContext caller;
		Relation	rel;
		KamEdition *edition;

		CHECK_FOR_INTERRUPTS();
		reference->relid = find_table(reference->table);
		reference->changed = false;
		rel = table_open(reference->relid, AccessShareLock);
		context = AllocSetContextCreate(CurrentMemoryContext, "kam reference table",
										ALLOCSET_SMALL_SIZES);
		caller = MemoryContextSwitchTo(context);
		edition = palloc0(sizeof(KamEdition));
		edition->context = context;
		edition->data = reference->load(rel);
		MemoryContextSwitchTo(caller);
		table_close(rel, AccessShareLock);

		/* It is complete: from now on it outlives the statement. */
		MemoryContextSetParent(context, CacheMemoryContext);
		reference->current = edition;
		drop_unused(reference, outdated);
		outdated = edition;
	} while (reference->changed);
	reference->valid = true;
}

static KamReference *
reference_of(KamEdition *edition)
{
	for (KamReference *r = references; r; r = r->next)
		if (r->current == edition)
			return r;
	return NULL;
}

static void
release(KamEdition *edition)
{
	edition->pins--;
	if (edition->pins == 0 && reference_of(edition) == NULL)
		MemoryContextDelete(edition->context);
}

static void
unpin(void *arg)
{
	release(((KamPin *) arg)->edition);
}

/*
 * Pin the newest edition and return its data, which stays until the pin is
 * taken anew or 'holder', the memory context that the pin lives in, is reset.
 */
const void *
kam_pin_reference(KamReference *reference, KamPin *pin, MemoryContext holder)
{
	AcceptInvalidationMessages();
	if (!reference->valid)
		load_edition(reference);

	if (pin->edition != reference->current)
	{
		if (pin->edition == NULL)
		{
			pin->unpin.func = unpin;
			pin->unpin.arg = pin;
			MemoryContextRegisterResetCallback(holder, &pin->unpin);
		}
		else
			release(pin->edition);
		pin->edition = reference->current;
		pin->edition->pins++;
	}
	if (ActiveSnapshotSet())
		pin->statement = kam_statement(GetActiveSnapshot());
	return pin->edition->data;
}

/*
 * The number of a column.  Only the superuser who owns the table can change
 * it, but a loader must not trust the bytes of a column of another type.
 */
int
kam_reference_column(Relation rel, const char *name, Oid type)
{
	TupleDesc	desc = RelationGetDescr(rel);

	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);

		if (!att->attisdropped && att->atttypid == type &&
			strcmp(NameStr(att->attname), name) == 0)
			return i;
	}
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("table kam.%s has no column \"%s\" of type %s",
					RelationGetRelationName(rel), name, format_type_be(type)),
			 errhint("Run ALTER EXTENSION kam UPDATE, and undo changes to the table.")));
}

PG_FUNCTION_INFO_V1(kam_reference_changed);

/*
 * Trigger of every reference table.  Row triggers see INSERT, UPDATE and
 * DELETE, replicated ones too; a statement trigger sees TRUNCATE.
 */
Datum
kam_reference_changed(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = (TriggerData *) fcinfo->context;

	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("kam._reference_changed() was not called as a trigger")));
	CacheInvalidateRelcacheByRelid(RelationGetRelid(trigdata->tg_relation));
	return PointerGetDatum(NULL);
}
