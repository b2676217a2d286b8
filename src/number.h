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

extern bool kam_numbers_readable;

extern void kam_number_init(void);
extern int	kam_compare_numerics(Datum a, Datum b);
extern KamNumber kam_read_opaque(Datum datum);
extern bool kam_is_positive(const KamNumber *number);

static inline bool
kam_is_known(const KamNumber *number)
{
	return number->kind != KAM_NUMBER_UNKNOWN;
}

/* The rest is inlined into what classifies every customer. */

/*
 * The header of a stored numeric (NumericChoice of numeric.c).  Two bits tell
 * positive, negative, the short form and specials; the short form packs sign,
 * display scale and weight into one word.
 */
#define KAM_NUMERIC_FORM_MASK			0xC000
#define KAM_NUMERIC_FORM_LONG_POSITIVE	0x0000
#define KAM_NUMERIC_FORM_SHORT			0x8000
#define KAM_NUMERIC_SHORT_NEGATIVE		0x2000
#define KAM_NUMERIC_SHORT_WEIGHT_SIGN	0x0040
#define KAM_NUMERIC_SHORT_WEIGHT_MASK	0x003F

static inline int16
kam_int16_at(const char *at)
{
	int16		value;

	memcpy(&value, at, sizeof(value));
	return value;
}

/* Read a numeric by the layout above. */
static inline KamNumber
kam_read_layout(Datum datum)
{
	struct varlena *v = (struct varlena *) DatumGetPointer(datum);
	KamNumber	number = {.kind = KAM_NUMBER_ABSURD, .datum = datum};
	const char *at;
	int			len;
	uint16		header;

	if (VARATT_IS_COMPRESSED(v) || VARATT_IS_EXTERNAL(v))
	{
		v = PG_DETOAST_DATUM(datum);
		number.datum = PointerGetDatum(v);
	}
	at = VARDATA_ANY(v);
	len = VARSIZE_ANY_EXHDR(v);
	header = (uint16) kam_int16_at(at);
	at += sizeof(int16);
	len -= sizeof(int16);

	if ((header & KAM_NUMERIC_FORM_MASK) == KAM_NUMERIC_FORM_SHORT)
	{
		if (header & KAM_NUMERIC_SHORT_NEGATIVE)
			return number;
		number.weight = (int) (header & KAM_NUMERIC_SHORT_WEIGHT_MASK) -
			(header & KAM_NUMERIC_SHORT_WEIGHT_SIGN ? KAM_NUMERIC_SHORT_WEIGHT_MASK + 1 : 0);
	}
	else if ((header & KAM_NUMERIC_FORM_MASK) == KAM_NUMERIC_FORM_LONG_POSITIVE)
	{
		number.weight = kam_int16_at(at);
		at += sizeof(int16);
		len -= sizeof(int16);
	}
	else
		return number;			/* negative, or NaN or infinite */

	number.kind = KAM_NUMBER_PLAIN;
	number.ndigits = len / (int) sizeof(int16);
	number.digits = at;
	return number;
}

static inline int
kam_compare_layout(const KamNumber *a, const KamNumber *b)
{
	int			common = Min(a->ndigits, b->ndigits);

	/* zero has no digits and no weight to speak of */
	if (common == 0)
		return (a->ndigits > 0) - (b->ndigits > 0);
	if (a->weight != b->weight)
		return a->weight < b->weight ? -1 : 1;
	for (int i = 0; i < common; i++)
	{
		int16		x = kam_int16_at(a->digits + i * sizeof(int16));
		int16		y = kam_int16_at(b->digits + i * sizeof(int16));

		if (x != y)
			return x < y ? -1 : 1;
	}
	/* trailing zeros are not stored, so what goes on is greater */
	return (a->ndigits > common) - (b->ndigits > common);
}

static inline KamNumber
kam_read_number(Datum datum)
{
	return likely(kam_numbers_readable) ? kam_read_layout(datum) : kam_read_opaque(datum);
}

/* Below, equal or above: -1, 0 or 1. Neither is unknown or absurd. */
static inline int
kam_compare_numbers(const KamNumber *a, const KamNumber *b)
{
	if (likely(a->kind == KAM_NUMBER_PLAIN && b->kind == KAM_NUMBER_PLAIN))
		return kam_compare_layout(a, b);
	return kam_compare_numerics(a->datum, b->datum);
}

#endif							/* KAM_NUMBER_H */
