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

#include "access/htup.h"
#include "access/xact.h"
#include "tcop/pquery.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

/* What the tables held when they were read; what follows from it stays the same. */
typedef struct KamEdition
{
	MemoryContext context;		/* holds data and this */
	int			pins;
	void	   *data;
} KamEdition;

#define KAM_REFERENCE_TABLES 3

/* A reference: a table, or a few that are read together; one static variable each. */
typedef struct KamReference
{
	const char *tables[KAM_REFERENCE_TABLES];	/* their names in schema kam; NULL after the last */
	/* reads them into CurrentMemoryContext, all as of one snapshot */
	void	   *(*load) (const Relation *rels, Snapshot snapshot);

	/* private to reference.c */
	struct KamReference *next;
	Oid			relids[KAM_REFERENCE_TABLES];
	bool		valid;			/* current is up to date */
	bool		changed;		/* since reading began */
	KamEdition *current;
} KamReference;

/* A row being read. */
typedef struct KamReferenceRow
{
	Relation	rel;
	Datum	   *values;
	bool	   *nulls;
} KamReferenceRow;

/*
 * What tells one statement from the next: when its portal was made, which for
 * a cursor is once; and for the statements of a function their snapshot.
 * Whenever a transaction completes, xmax grows or the list of running ones
 * (in recovery: of subtransactions) shrinks; whenever this one changes
 * anything, curcid grows; and what a subtransaction changed may end with it.
 */
typedef struct KamStatement
{
	TimestampTz made;
	TransactionId xmax;
	uint32		running;
	int32		running_sub;
	CommandId	command;
	SubTransactionId subtransaction;
} KamStatement;

/*
 * What a call site (fn_extra, usually) holds of a reference, so that
 * one statement sees one edition of it.
 */
typedef struct KamPin
{
	KamEdition *edition;
	bool		is_of_query;	/* it ends with the query that it was looked up in */
	MemoryContextCallback unpin;
	KamStatement statement;		/* that it was looked up in */
} KamPin;

extern const void *kam_pin_reference(KamReference *reference, KamPin *pin, MemoryContext holder);
extern void kam_read_reference(Relation rel, Snapshot snapshot,
							   void (*read_row) (const KamReferenceRow *row, void *into), void *into);
extern int	kam_reference_column(Relation rel, const char *name, Oid type);
extern Datum kam_row_column(const KamReferenceRow *row, const char *name, Oid type);
extern bool kam_row_has(const KamReferenceRow *row, const char *name, Oid type, Datum *value);
extern char *kam_row_text(const KamReferenceRow *row, const char *name);

struct TriggerData;
extern HeapTuple kam_protect_builtin(struct TriggerData *trigdata, const char *rows, const char *hint);

static inline KamStatement
kam_statement(Snapshot snapshot)
{
	KamStatement statement;

	statement.made = ActivePortal ?
		ActivePortal->creation_time : GetCurrentStatementStartTimestamp();
	statement.xmax = snapshot->xmax;
	statement.running = snapshot->xcnt;
	statement.running_sub = snapshot->subxcnt;
	statement.command = snapshot->curcid;
	statement.subtransaction = GetCurrentSubTransactionId();
	return statement;
}

/*
 * Is this still the statement that the pin was taken in?  (Call sites of
 * PL/pgSQL live for the whole transaction, so their pins must not.)  Where the
 * pin may outlive it, this is kam_statement() compared, one number at a time: a
 * struct on the stack, written in halves and read whole, takes longer than all
 * the rest.
 */
static inline bool
kam_pin_is_fresh(const KamPin *pin)
{
	const KamStatement *then = &pin->statement;
	Snapshot	now;

	if (likely(pin->is_of_query))
		return true;
	if (pin->edition == NULL || !ActiveSnapshotSet())
		return false;
	now = GetActiveSnapshot();
	if (((now->xmax ^ then->xmax) | (now->xcnt ^ then->running) |
		 (uint32) (now->subxcnt ^ then->running_sub) | (now->curcid ^ then->command)) != 0)
		return false;
	if ((ActivePortal ? ActivePortal->creation_time : GetCurrentStatementStartTimestamp()) != then->made)
		return false;
	return GetCurrentSubTransactionId() == then->subtransaction ||
		SubTransactionIsActive(then->subtransaction);
}

#endif							/* KAM_REFERENCE_H */
