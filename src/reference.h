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

#include "access/xact.h"
#include "tcop/pquery.h"
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
 * What a call site (fn_extra, usually) holds of a reference table, so that
 * one statement sees one edition of it.
 */
typedef struct KamPin
{
	KamEdition *edition;
	MemoryContextCallback unpin;
	KamStatement statement;		/* that it was looked up in */
} KamPin;

extern const void *kam_pin_reference(KamReference *reference, KamPin *pin, MemoryContext holder);
extern int	kam_reference_column(Relation rel, const char *name, Oid type);

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
 * PL/pgSQL live for the whole transaction, so their pins must not.)
 */
static inline bool
kam_pin_is_fresh(const KamPin *pin)
{
	KamStatement now;

	if (pin->edition == NULL || !ActiveSnapshotSet())
		return false;
	now = kam_statement(GetActiveSnapshot());
	return now.made == pin->statement.made &&
		now.xmax == pin->statement.xmax &&
		now.running == pin->statement.running &&
		now.running_sub == pin->statement.running_sub &&
		now.command == pin->statement.command &&
		SubTransactionIsActive(pin->statement.subtransaction);
}

#endif							/* KAM_REFERENCE_H */
