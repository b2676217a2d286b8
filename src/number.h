/*-------------------------------------------------------------------------
 *
 * number.h
 *		Comparing numbers of table rows where they lie.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#ifndef KAM_NUMBER_H
#define KAM_NUMBER_H

#include "kam.h"

#include "utils/numeric.h"

typedef enum KamNumberKind
{
	KAM_NUMBER_UNKNOWN,			/* NULL */
	KAM_NUMBER_PLAIN,			/* 0 or more, read as below */
	KAM_NUMBER_ABSURD,			/* negative, NaN or infinite */
	KAM_NUMBER_OPAQUE			/* 0 or more, but only numeric.c can read it */
} KamNumberKind;

/* A numeric, seen where it lies. */
typedef struct KamNumber
{
	KamNumberKind kind;
	Datum		datum;
	int			weight;			/* of the first digit, in powers of 10000 */
	int			ndigits;		/* 0 for zero */
	const char *digits;			/* int16 each, perhaps not aligned */
} KamNumber;

extern KamNumber kam_read_number(Datum datum);
extern int	kam_compare_numbers(const KamNumber *a, const KamNumber *b);

static inline bool
kam_is_known(const KamNumber *number)
{
	return number->kind != KAM_NUMBER_UNKNOWN;
}

extern bool kam_is_positive(const KamNumber *number);

#endif							/* KAM_NUMBER_H */
