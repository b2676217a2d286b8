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

extern bool kam_pin_is_fresh(const KamPin *pin);
extern const void *kam_pin_reference(KamReference *reference, KamPin *pin, MemoryContext holder);
extern int	kam_reference_column(Relation rel, const char *name, Oid type);

#endif							/* KAM_REFERENCE_H */
