/*-------------------------------------------------------------------------
 *
 * amount.c
 *		Numbers in sentences, and arithmetic on them.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "amount.h"

#include "lib/stringinfo.h"
#include "utils/builtins.h"

/* As people write it: 19200000.50 is 19,200,000.5. */
char *
kam_amount(const KamNumber *number)
{
	Datum		trimmed = DirectFunctionCall1(numeric_trim_scale, number->datum);
	const char *digits = DatumGetCString(DirectFunctionCall1(numeric_out, trimmed));
	int			whole = (int) strcspn(digits, ".");
	StringInfoData str;

	initStringInfo(&str);
	for (int i = 0; i < whole; i++)
	{
		if (i > 0 && (whole - i) % 3 == 0)
			appendStringInfoChar(&str, ',');
		appendStringInfoChar(&str, digits[i]);
	}
	appendStringInfoString(&str, digits + whole);
	return str.data;
}

/* a - b, where a is the greater */
KamNumber
kam_difference(const KamNumber *a, const KamNumber *b)
{
	return kam_read_number(DirectFunctionCall2(numeric_sub, a->datum, b->datum));
}

/* part in percent of the whole, which is above 0; as exact as numeric divides */
KamNumber
kam_percentage(const KamNumber *part, const KamNumber *whole)
{
	Datum		hundred = DirectFunctionCall1(int8_numeric, Int64GetDatum(100));

	return kam_read_number(DirectFunctionCall2(numeric_div,
											   DirectFunctionCall2(numeric_mul, part->datum, hundred),
											   whole->datum));
}
