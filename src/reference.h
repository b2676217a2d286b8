/*-------------------------------------------------------------------------
 *
 * reference.h
 *		Reference tables, kept in the backend's memory.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#ifndef KAM_REFERENCE_H
#define KAM_REFERENCE_H

#include "kam.h"

#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

/* What a table held when it was read; never changed afterwards. */
typedef struct KamEdition
{
	MemoryContext context;		/* holds data and this */
	int			pins;
	void	   *data;
} KamEdition;

/* A reference table; one static variable each. */
typedef struct KamReference
{
	const char *table;			/* its name in schema kam */
	void	   *(*load) (Relation rel); /* reads it into CurrentMemoryContext */

	/* private to reference.c */
	struct KamReference *next;
	Oid			relid;
	bool		valid;			/* current is up to date */
	bool		changed;		/* since reading began */
	KamEdition *current;
} KamReference;

/*
 * What a call site (fn_extra, usually) holds of a reference table, so that
 * one statement sees one edition of it.
 */
typedef struct KamPin
{
	KamEdition *edition;
	MemoryContextCallback unpin;
	uint64		completed;		/* the snapshot it was looked up under */
	CommandId	command;
} KamPin;

extern const void *kam_pin_reference(KamReference *reference, KamPin *pin, MemoryContext holder);
extern int	kam_reference_column(Relation rel, const char *name, Oid type);

/*
 * Is this still the statement that the pin was taken in?  A statement has one
 * snapshot; the next has another as soon as any transaction has completed or
 * this one has changed anything.  (Call sites of PL/pgSQL live for the whole
 * transaction, so their pins must not.)
 */
static inline bool
kam_pin_is_fresh(const KamPin *pin)
{
	Snapshot	snapshot;

	if (pin->edition == NULL || !ActiveSnapshotSet())
		return false;
	snapshot = GetActiveSnapshot();
	return pin->completed == snapshot->snapXactCompletionCount &&
		pin->command == snapshot->curcid;
}

#endif							/* KAM_REFERENCE_H */
