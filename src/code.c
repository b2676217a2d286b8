/*-------------------------------------------------------------------------
 *
 * code.c
 *		What the types stored as one byte (tier, value_class) share.
 *
 * The byte is the place in the type's order, 1 for the lowest.  Comparison
 * and hashing are those of the built-in "char", which orders bytes the same
 * way; only what knows the labels is here.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "code.h"

#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/sortsupport.h"
#if PG_VERSION_NUM >= 180000
#include "utils/skipsupport.h"
#endif

/* The label that a text is, however it was typed; NULL if none is the word that stands in it. */
const KamLabel *
kam_read_label(const KamLabelSet *set, const char *str, const char **word, size_t *len)
{
	*word = kam_trim(kam_fold(str), len);
	return kam_find_label(set, *word, *len);
}

Datum
kam_code_in(FunctionCallInfo fcinfo, const KamLabelSet *set)
{
	const char *str = PG_GETARG_CSTRING(0);
	size_t		len;
	const char *word;
	const KamLabel *label = kam_read_label(set, str, &word, &len);

	if (label == NULL)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type kam.%s: \"%s\"", set->type, str),
				 errdetail_unknown_label(set, word, len),
				 errhint_labels(set)));
	PG_RETURN_CHAR((char) label->code);
}

Datum
kam_code_out(FunctionCallInfo fcinfo, const KamLabelSet *set)
{
	const KamLabel *label = kam_label_of(set, PG_GETARG_CHAR(0));

	if (label == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("stored value %d is no kam.%s", PG_GETARG_CHAR(0), set->type)));
	PG_RETURN_CSTRING(pstrdup(label->label));
}

Datum
kam_code_recv(FunctionCallInfo fcinfo, const KamLabelSet *set)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			code = pq_getmsgbyte(buf);

	if (kam_label_of(set, code) == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value for type kam.%s: %d", set->type, code),
				 errhint("The wire format is one byte, from 1 for \"%s\" to %d for \"%s\".",
						 kam_label_of(set, 1)->label, set->count,
						 kam_label_of(set, set->count)->label)));
	PG_RETURN_CHAR((char) code);
}

PG_FUNCTION_INFO_V1(kam_code_send);

Datum
kam_code_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint8(&buf, (uint8) PG_GETARG_CHAR(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
kam_code_display_name(FunctionCallInfo fcinfo, const KamLabelSet *set)
{
	const KamLabel *label = kam_label_of(set, PG_GETARG_CHAR(0));

	PG_RETURN_TEXT_P(cstring_to_text(kam_label_name(label, kam_get_lang(PG_GETARG_TEXT_PP(1)))));
}

Datum
kam_code_definition(FunctionCallInfo fcinfo, const KamLabelSet *set)
{
	const KamLabel *label = kam_label_of(set, PG_GETARG_CHAR(0));
	KamLang		lang = kam_get_lang(PG_GETARG_TEXT_PP(1));

	PG_RETURN_TEXT_P(cstring_to_text(lang == KAM_THAI ?
									 label->definition_th : label->definition_en));
}

PG_FUNCTION_INFO_V1(kam_code_sortsupport);
PG_FUNCTION_INFO_V1(kam_code_larger);
PG_FUNCTION_INFO_V1(kam_code_smaller);

/* The codes are small positive numbers, so the specialised sort on int32 fits. */
Datum
kam_code_sortsupport(PG_FUNCTION_ARGS)
{
	((SortSupport) PG_GETARG_POINTER(0))->comparator = ssup_datum_int32_cmp;
	PG_RETURN_VOID();
}

Datum
kam_code_larger(PG_FUNCTION_ARGS)
{
	PG_RETURN_CHAR(Max(PG_GETARG_CHAR(0), PG_GETARG_CHAR(1)));
}

Datum
kam_code_smaller(PG_FUNCTION_ARGS)
{
	PG_RETURN_CHAR(Min(PG_GETARG_CHAR(0), PG_GETARG_CHAR(1)));
}

#if PG_VERSION_NUM >= 180000
static Datum
tier_increment(Relation rel, Datum existing, bool *overflow)
{
	*overflow = DatumGetChar(existing) >= KAM_STRATEGIC;
	return CharGetDatum(DatumGetChar(existing) + 1);
}

static Datum
value_class_increment(Relation rel, Datum existing, bool *overflow)
{
	*overflow = DatumGetChar(existing) >= KAM_HIGH;
	return CharGetDatum(DatumGetChar(existing) + 1);
}

static Datum
code_decrement(Relation rel, Datum existing, bool *underflow)
{
	*underflow = DatumGetChar(existing) <= 1;
	return CharGetDatum(DatumGetChar(existing) - 1);
}

/* With the ends of the domain known, a skip scan probes no value that cannot be. */
Datum
kam_code_skipsupport(FunctionCallInfo fcinfo, const KamLabelSet *set)
{
	SkipSupport sksup = (SkipSupport) PG_GETARG_POINTER(0);

	sksup->decrement = code_decrement;
	sksup->increment = set == &kam_tier_labels ? tier_increment : value_class_increment;
	sksup->low_elem = CharGetDatum(1);
	sksup->high_elem = CharGetDatum(set->count);
	PG_RETURN_VOID();
}
#endif
