/*-------------------------------------------------------------------------
 *
 * number.c
 *		Comparing numbers of table rows where they lie.
 *
 * Classification compares several numbers of every customer, and calling
 * numeric_cmp() costs more than all the rest: each call copies the number out
 * of its row first.  The layout of a stored numeric is part of PostgreSQL's
 * on-disk format, which pg_upgrade keeps, so it can be read in place; only
 * comparison is done here, never arithmetic.  Should a server ever store
 * numbers in another way, can_read_numerics() finds out when a session first
 * needs it, and numeric_cmp() is called after all.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "number.h"

#include "utils/builtins.h"

/*
 * The header of a stored numeric (NumericChoice of numeric.c).  Two bits tell
 * positive, negative, the short form and specials; the short form packs sign,
 * display scale and weight into one word.
 */
#define FORM_MASK			0xC000
#define FORM_LONG_POSITIVE	0x0000
#define FORM_SHORT			0x8000
#define SHORT_NEGATIVE		0x2000
#define SHORT_WEIGHT_SIGN	0x0040
#define SHORT_WEIGHT_MASK	0x003F

static inline int16
int16_at(const char *at)
{
	int16		value;

	memcpy(&value, at, sizeof(value));
	return value;
}

/* Read a numeric by the layout above. */
static inline KamNumber
read_layout(Datum datum)
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
	header = (uint16) int16_at(at);
	at += sizeof(int16);
	len -= sizeof(int16);

	if ((header & FORM_MASK) == FORM_SHORT)
	{
		if (header & SHORT_NEGATIVE)
			return number;
		number.weight = (int) (header & SHORT_WEIGHT_MASK) -
			(header & SHORT_WEIGHT_SIGN ? SHORT_WEIGHT_MASK + 1 : 0);
	}
	else if ((header & FORM_MASK) == FORM_LONG_POSITIVE)
	{
		number.weight = int16_at(at);
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
compare_layout(const KamNumber *a, const KamNumber *b)
{
	int			common = Min(a->ndigits, b->ndigits);

	/* zero has no digits and no weight to speak of */
	if (common == 0)
		return (a->ndigits > 0) - (b->ndigits > 0);
	if (a->weight != b->weight)
		return a->weight < b->weight ? -1 : 1;
	for (int i = 0; i < common; i++)
	{
		int16		x = int16_at(a->digits + i * sizeof(int16));
		int16		y = int16_at(b->digits + i * sizeof(int16));

		if (x != y)
			return x < y ? -1 : 1;
	}
	/* trailing zeros are not stored, so what goes on is greater */
	return (a->ndigits > common) - (b->ndigits > common);
}

static int
compare_numerics(Datum a, Datum b)
{
	return DatumGetInt32(DirectFunctionCall2(numeric_cmp, a, b));
}

static Datum
numeric_from(const char *str)
{
	return DirectFunctionCall3(numeric_in, CStringGetDatum(str),
							   ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
}

/*
 * Does this server store numbers the way they are read here?  Tried on
 * samples of every form, in ascending order of what is not absurd.
 */
static bool
can_read_numerics(void)
{
	static const char *const plain[] = {
		"0", "1e-400", "1e-300", "0.00000001", "0.4", "0.40001", "1", "9999", "9999.9999",
		"10000", "10000.0001", "123456789.987654321", "20000000", "20000000.01",
		"99999999999999999999", "1e60", "1.5e300", "1e1000"
	};
	static const char *const absurd[] = {"-1", "-0.0001", "-1e1000", "NaN", "Infinity", "-Infinity"};

	for (int i = 0; i < (int) lengthof(absurd); i++)
		if (read_layout(numeric_from(absurd[i])).kind != KAM_NUMBER_ABSURD)
			return false;
	for (int i = 0; i < (int) lengthof(plain); i++)
		for (int j = 0; j < (int) lengthof(plain); j++)
		{
			KamNumber	a = read_layout(numeric_from(plain[i]));
			KamNumber	b = read_layout(numeric_from(plain[j]));

			if (a.kind != KAM_NUMBER_PLAIN || b.kind != KAM_NUMBER_PLAIN ||
				compare_layout(&a, &b) != compare_numerics(a.datum, b.datum))
				return false;
		}
	return true;
}

/* Read a number with the functions of numeric.c only. */
static KamNumber
read_opaque(Datum datum)
{
	Numeric		value = DatumGetNumeric(datum);
	KamNumber	number = {.kind = KAM_NUMBER_OPAQUE, .datum = NumericGetDatum(value)};

	if (numeric_is_nan(value) || numeric_is_inf(value) ||
		compare_numerics(number.datum, numeric_from("0")) < 0)
		number.kind = KAM_NUMBER_ABSURD;
	return number;
}

KamNumber
kam_read_number(Datum datum)
{
	static enum
	{
		UNTRIED, READABLE, UNREADABLE
	}			layout = UNTRIED;

	if (unlikely(layout == UNTRIED))
		layout = can_read_numerics() ? READABLE : UNREADABLE;
	return likely(layout == READABLE) ? read_layout(datum) : read_opaque(datum);
}

/* Below, equal or above: -1, 0 or 1. Neither is unknown or absurd. */
int
kam_compare_numbers(const KamNumber *a, const KamNumber *b)
{
	if (likely(a->kind == KAM_NUMBER_PLAIN && b->kind == KAM_NUMBER_PLAIN))
		return compare_layout(a, b);
	return compare_numerics(a->datum, b->datum);
}

bool
kam_is_positive(const KamNumber *number)
{
	if (number->kind == KAM_NUMBER_PLAIN)
		return number->ndigits > 0;
	return number->kind == KAM_NUMBER_OPAQUE &&
		compare_numerics(number->datum, numeric_from("0")) > 0;
}
