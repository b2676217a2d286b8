/*-------------------------------------------------------------------------
 *
 * reference.c
 *		Reference tables, kept in the backend's memory.
 *
 * A reference (a table, or a few that belong together) is read whole, with the
 * newest snapshot whatever the isolation level, past row-level security, and
 * without running user code: by a catalog scan, which parallel workers may do
 * too.  What was read is an edition; it lives until it is outdated and nobody
 * holds a pin on it.
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

#include "relation.h"

#include "access/genam.h"
#include "access/table.h"
#include "bangkok_date.h"
#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "commands/extension.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"

/* A server built to forget its caches all the time changes everything while it is read. */
#define MAX_ATTEMPTS 10

static KamReference *references = NULL;

static bool
reads(const KamReference *reference, Oid relid)
{
	for (int i = 0; i < KAM_REFERENCE_TABLES; i++)
		if (reference->relids[i] == relid)
			return true;
	return false;
}

/*
 * A table changed, or (InvalidOid) anything may have.  Only notes it: no
 * catalog may be read here.
 */
static void
note_change(Oid relid)
{
	for (KamReference *r = references; r; r = r->next)
		if (relid == InvalidOid || reads(r, relid))
		{
			r->valid = false;
			r->changed = true;
		}
}

static void
know_reference(KamReference *reference)
{
	for (KamReference *r = references; r; r = r->next)
		if (r == reference)
			return;
	kam_on_relcache_change(note_change);
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

/*
 * Read the tables as of one snapshot, so that a change of several of them is
 * seen whole or not at all.  It is the newest one, as of a catalog scan.
 */
static void *
load_tables(KamReference *reference)
{
	Relation	rels[KAM_REFERENCE_TABLES] = {NULL};
	Snapshot	snapshot;
	void	   *data;

	for (int i = 0; i < KAM_REFERENCE_TABLES && reference->tables[i]; i++)
	{
		/* the extension may be dropped, and made anew, while we wait for the table */
		do
		{
			reference->relids[i] = find_table(reference->tables[i]);
			rels[i] = try_table_open(reference->relids[i], AccessShareLock);
		} while (rels[i] == NULL);
	}
	snapshot = RegisterSnapshot(GetCatalogSnapshot(reference->relids[0]));
	data = reference->load(rels, snapshot);
	UnregisterSnapshot(snapshot);
	for (int i = 0; i < KAM_REFERENCE_TABLES && rels[i]; i++)
		table_close(rels[i], AccessShareLock);
	return data;
}

/* Read the tables until nothing changed while they were read. */
static void
load_edition(KamReference *reference)
{
	KamEdition *outdated = reference->current;
	int			attempts = 0;

	know_reference(reference);
	do
	{
		MemoryContext context;
		MemoryContext caller;
		KamEdition *edition;

		CHECK_FOR_INTERRUPTS();
		reference->changed = false;
		context = AllocSetContextCreate(CurrentMemoryContext, "kam reference table",
										ALLOCSET_SMALL_SIZES);
		caller = MemoryContextSwitchTo(context);
		edition = palloc0(sizeof(KamEdition));
		edition->context = context;
		edition->data = load_tables(reference);
		MemoryContextSwitchTo(caller);

		/* It is complete: from now on it outlives the statement. */
		MemoryContextSetParent(context, CacheMemoryContext);
		reference->current = edition;
		drop_unused(reference, outdated);
		outdated = edition;
	} while (reference->changed && ++attempts < MAX_ATTEMPTS);
	reference->valid = !reference->changed;	/* else it is read again next time */
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
 * Does what is in this memory context end with the query that runs?  So do the
 * executor's own, where it runs the query of a portal or one for SPI.  (Simple
 * expressions of PL/pgSQL have one too, but made elsewhere, and not for one
 * statement.)  A cursor may have been opened before a subtransaction, and may
 * be read on after that took back what the cursor saw in it.
 */
static bool
ends_with_query(MemoryContext context)
{
	MemoryContext above = MemoryContextGetParent(context);

	if (above == NULL || strcmp(context->name, "ExecutorState") != 0)
		return false;
	if (ActivePortal && above == ActivePortal->portalContext)
		return ActivePortal->createSubid == GetCurrentSubTransactionId();
	return strcmp(above->name, "SPI Exec") == 0;
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
	pin->is_of_query = ends_with_query(holder);
	if (ActiveSnapshotSet())
		pin->statement = kam_statement(GetActiveSnapshot());
	return pin->edition->data;
}

/* ---- for the loaders ---- */

void
kam_read_reference(Relation rel, Snapshot snapshot,
				   void (*read_row) (const KamReferenceRow *row, void *into), void *into)
{
	TupleDesc	desc = RelationGetDescr(rel);
	KamReferenceRow row = {
		.rel = rel,
		.values = palloc(desc->natts * sizeof(Datum)),
		.nulls = palloc(desc->natts * sizeof(bool))
	};
	SysScanDesc scan = systable_beginscan(rel, InvalidOid, false, snapshot, 0, NULL);
	HeapTuple	tuple;

	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		heap_deform_tuple(tuple, desc, row.values, row.nulls);
		read_row(&row, into);
	}
	systable_endscan(scan);
	pfree(row.values);
	pfree(row.nulls);
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

/* Of a column that is NOT NULL. */
Datum
kam_row_column(const KamReferenceRow *row, const char *name, Oid type)
{
	return row->values[kam_reference_column(row->rel, name, type)];
}

bool
kam_row_has(const KamReferenceRow *row, const char *name, Oid type, Datum *value)
{
	int			column = kam_reference_column(row->rel, name, type);

	*value = row->values[column];
	return !row->nulls[column];
}

/* A copy, or NULL. */
char *
kam_row_text(const KamReferenceRow *row, const char *name)
{
	Datum		value;

	return kam_row_has(row, name, TEXTOID, &value) ? TextDatumGetCString(value) : NULL;
}

/* ---- triggers ---- */

static bool
value_of(Relation rel, HeapTuple row, const char *name, Oid type, Datum *value)
{
	bool		isnull;

	*value = heap_getattr(row, kam_reference_column(rel, name, type) + 1,
						  RelationGetDescr(rel), &isnull);
	return !isnull;
}

static void
refuse_builtin(Relation rel, HeapTuple row, const char *rows, const char *hint)
{
	Datum		builtin;

	if (value_of(rel, row, "builtin", BOOLOID, &builtin) && DatumGetBool(builtin))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("%s are read-only", rows),
				 errhint("%s", hint)));
}

/*
 * Before a change of a reference table: built-in rows come and go with the
 * extension's own scripts only.  Returns the new row, or NULL.
 */
HeapTuple
kam_protect_builtin(TriggerData *trigdata, const char *rows, const char *hint)
{
	Relation	rel = trigdata->tg_relation;
	HeapTuple	old_row;
	HeapTuple	new_row;

	if (TRIGGER_FIRED_BY_TRUNCATE(trigdata->tg_event))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("%s are read-only", rows),
				 errhint("DELETE the rows with builtin false instead.")));
	old_row = TRIGGER_FIRED_BY_INSERT(trigdata->tg_event) ? NULL : trigdata->tg_trigtuple;
	new_row = TRIGGER_FIRED_BY_INSERT(trigdata->tg_event) ? trigdata->tg_trigtuple :
		TRIGGER_FIRED_BY_UPDATE(trigdata->tg_event) ? trigdata->tg_newtuple : NULL;
	if (!creating_extension)
	{
		if (old_row)
			refuse_builtin(rel, old_row, rows, hint);
		if (new_row)
			refuse_builtin(rel, new_row, rows, hint);
	}
	return new_row;
}

/* A column of years or days; what is not of the Buddhist era is left to the constraints. */
static void
refuse_buddhist_year(Relation rel, HeapTuple row, const char *name)
{
	int			column = SPI_fnumber(RelationGetDescr(rel), name);
	Oid			type = column > 0 ? SPI_gettypeid(RelationGetDescr(rel), column) : INT4OID;
	bool		is_day = type == DATEOID;
	Datum		value;
	int32		year;

	if (!value_of(rel, row, name, is_day ? DATEOID : INT4OID, &value))
		return;
	if (is_day && DATE_NOT_FINITE(DatumGetDateADT(value)))
		return;
	year = is_day ? kam_year_of(DatumGetDateADT(value)) : DatumGetInt32(value);
	if (kam_is_buddhist_year(year))
		kam_check_year("year", year);
}

PG_FUNCTION_INFO_V1(kam_reference_protect);
PG_FUNCTION_INFO_V1(kam_reference_changed);

/*
 * Trigger before any change of a reference table.  Its arguments are the
 * columns that hold years or days.
 */
Datum
kam_reference_protect(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = (TriggerData *) fcinfo->context;
	HeapTuple	new_row;

	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("kam._reference_protect() was not called as a trigger")));
	new_row = kam_protect_builtin(trigdata,
								  psprintf("built-in rows of kam.%s",
										   RelationGetRelationName(trigdata->tg_relation)),
								  "Add a row of your own, with builtin false: it counts instead.");
	for (int i = 0; new_row && i < trigdata->tg_trigger->tgnargs; i++)
		refuse_buddhist_year(trigdata->tg_relation, new_row, trigdata->tg_trigger->tgargs[i]);
	return PointerGetDatum(new_row ? new_row : trigdata->tg_trigtuple);
}

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
