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
 * numbers in another way, can_read_numerics() finds out when the library is
 * loaded, and numeric_cmp() is called after all.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "number.h"

#include "utils/builtins.h"

bool		kam_numbers_readable = false;

int
kam_compare_numerics(Datum a, Datum b)
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
		if (kam_read_layout(numeric_from(absurd[i])).kind != KAM_NUMBER_ABSURD)
			return false;
	for (int i = 0; i < (int) lengthof(plain); i++)
		for (int j = 0; j < (int) lengthof(plain); j++)
		{
			KamNumber	a = kam_read_layout(numeric_from(plain[i]));
			KamNumber	b = kam_read_layout(numeric_from(plain[j]));

			if (a.kind != KAM_NUMBER_PLAIN || b.kind != KAM_NUMBER_PLAIN ||
				kam_compare_layout(&a, &b) != kam_compare_numerics(a.datum, b.datum))
				return false;
		}
	return true;
}

/* Read a number with the functions of numeric.c only. */
KamNumber
kam_read_opaque(Datum datum)
{
	Numeric		value = DatumGetNumeric(datum);
	KamNumber	number = {.kind = KAM_NUMBER_OPAQUE, .datum = NumericGetDatum(value)};

	if (numeric_is_nan(value) || numeric_is_inf(value) ||
		kam_compare_numerics(number.datum, numeric_from("0")) < 0)
		number.kind = KAM_NUMBER_ABSURD;
	return number;
}

/* When the library is loaded. */
void
kam_number_init(void)
{
	kam_numbers_readable = can_read_numerics();
}

bool
kam_is_positive(const KamNumber *number)
{
	if (number->kind == KAM_NUMBER_PLAIN)
		return number->ndigits > 0;
	return number->kind == KAM_NUMBER_OPAQUE &&
		kam_compare_numerics(number->datum, numeric_from("0")) > 0;
}
