/*-------------------------------------------------------------------------
 *
 * criteria.c
 *		A set of selection criteria (6.1.1.2), written {voltage,monthly_bill}.
 *
 * Stored as a bit mask in four bytes; comparison and hashing are those of
 * int4, so sets are ordered by their mask.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "kam.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "port/pg_bitutils.h"
#include "utils/array.h"
#include "utils/builtins.h"

#define KNOWN_CRITERIA (KAM_MAIN_CRITERIA | KAM_SPECIAL_GROUNDS)

/*
 * What stopped the reader, for the message: a word that is no criterion, one
 * given twice, or (both NULL) anything that is not {member,...}.
 */
typedef struct CriteriaProblem
{
	const char *unknown;
	size_t		unknown_len;
	const KamLabel *repeated;
} CriteriaProblem;

static bool
add_member(KamCriteria *criteria, const char *word, size_t len, CriteriaProblem *problem)
{
	const KamLabel *label = kam_find_label(&kam_criteria_labels, word, len);

	if (label == NULL)
	{
		problem->unknown = word;
		problem->unknown_len = len;
		return false;
	}
	if (*criteria & label->code)
	{
		problem->repeated = label;
		return false;
	}
	*criteria |= label->code;
	return true;
}

/* Read {member,...} from folded text; false and the problem if it is not. */
static bool
parse_criteria(const char *at, KamCriteria *criteria, CriteriaProblem *problem)
{
	*criteria = 0;
	at = kam_skip_blanks(at);
	if (*at++ != '{')
		return false;
	at = kam_skip_blanks(at);
	if (*at == '}')
		return *kam_skip_blanks(at + 1) == '\0';
	for (;;)
	{
		const char *word = kam_skip_blanks(at);
		size_t		len;

		at = kam_skip_blanks(kam_scan_word(word, &len));
		if (len == 0 || !add_member(criteria, word, len, problem))
			return false;
		if (*at == '}')
			return *kam_skip_blanks(at + 1) == '\0';
		if (*at++ != ',')
			return false;
	}
}

static int
errdetail_criteria(const CriteriaProblem *problem)
{
	if (problem->repeated)
		return errdetail("The criterion \"%s\" is given more than once.", problem->repeated->label);
	if (problem->unknown)
		return errdetail_unknown_label(&kam_criteria_labels, problem->unknown, problem->unknown_len);
	return errdetail("A set of criteria is written as {voltage,monthly_bill}; {} is the empty set.");
}

PG_FUNCTION_INFO_V1(criteria_in);
PG_FUNCTION_INFO_V1(criteria_out);
PG_FUNCTION_INFO_V1(criteria_recv);
PG_FUNCTION_INFO_V1(criteria_send);
PG_FUNCTION_INFO_V1(criteria_from_array);
PG_FUNCTION_INFO_V1(criteria_members);
PG_FUNCTION_INFO_V1(criteria_cardinality);
PG_FUNCTION_INFO_V1(criteria_or);
PG_FUNCTION_INFO_V1(criteria_and);
PG_FUNCTION_INFO_V1(criteria_minus);
PG_FUNCTION_INFO_V1(criteria_contains);
PG_FUNCTION_INFO_V1(criteria_contained);
PG_FUNCTION_INFO_V1(criteria_overlaps);
PG_FUNCTION_INFO_V1(criteria_display_name);
PG_FUNCTION_INFO_V1(criteria_definition);

Datum
criteria_in(PG_FUNCTION_ARGS)
{
	const char *str = PG_GETARG_CSTRING(0);
	CriteriaProblem problem = {0};
	KamCriteria criteria;

	if (!parse_criteria(kam_fold(str), &criteria, &problem))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type kam.criteria: \"%s\"", str),
				 errdetail_criteria(&problem),
				 errhint_labels(&kam_criteria_labels)));
	PG_RETURN_CRITERIA(criteria);
}

char *
kam_criteria_to_string(KamCriteria criteria)
{
	StringInfoData str;

	initStringInfo(&str);
	appendStringInfoChar(&str, '{');
	for (int i = 0; i < kam_criteria_labels.count; i++)
		if (criteria & kam_criteria_labels.labels[i].code)
			appendStringInfo(&str, "%s%s", str.len > 1 ? "," : "",
							 kam_criteria_labels.labels[i].label);
	appendStringInfoChar(&str, '}');
	return str.data;
}

Datum
criteria_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(kam_criteria_to_string(PG_GETARG_CRITERIA(0)));
}

Datum
criteria_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	KamCriteria criteria = (KamCriteria) pq_getmsgint(buf, 4);

	if (criteria & ~KNOWN_CRITERIA)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value for type kam.criteria: 0x%08X", (unsigned) criteria),
				 errdetail("The bits 0x%08X stand for no criterion that this version knows.",
						   (unsigned) (criteria & ~KNOWN_CRITERIA)),
				 errhint("The wire format is a 32-bit mask: main criteria from bit 0, special grounds from bit 16.")));
	PG_RETURN_CRITERIA(criteria);
}

Datum
criteria_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint32(&buf, (uint32) PG_GETARG_CRITERIA(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* From labels; as in text input, none unknown and none twice. */
Datum
criteria_from_array(PG_FUNCTION_ARGS)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	KamCriteria criteria = 0;
	CriteriaProblem problem = {0};
	Datum	   *elems;
	bool	   *nulls;
	int			nelems;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &elems, &nulls, &nelems);
	for (int i = 0; i < nelems; i++)
	{
		const char *word;
		size_t		len;

		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("a set of criteria cannot have a NULL member"),
					 errhint("Leave the member out, for example with array_remove(..., NULL).")));
		word = kam_trim(kam_fold(TextDatumGetCString(elems[i])), &len);
		if (!add_member(&criteria, word, len, &problem))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					 errmsg("invalid member of type kam.criteria: \"%s\"",
							TextDatumGetCString(elems[i])),
					 errdetail_criteria(&problem),
					 errhint_labels(&kam_criteria_labels)));
	}
	PG_RETURN_CRITERIA(criteria);
}

Datum
criteria_members(PG_FUNCTION_ARGS)
{
	KamCriteria criteria = PG_GETARG_CRITERIA(0);
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	bool		isnull = false;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	for (int i = 0; i < kam_criteria_labels.count; i++)
		if (criteria & kam_criteria_labels.labels[i].code)
		{
			Datum		member = CStringGetTextDatum(kam_criteria_labels.labels[i].label);

			tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, &member, &isnull);
		}
	return (Datum) 0;
}

Datum
criteria_cardinality(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(pg_popcount32((uint32) PG_GETARG_CRITERIA(0)));
}

Datum
criteria_or(PG_FUNCTION_ARGS)
{
	PG_RETURN_CRITERIA(PG_GETARG_CRITERIA(0) | PG_GETARG_CRITERIA(1));
}

Datum
criteria_and(PG_FUNCTION_ARGS)
{
	PG_RETURN_CRITERIA(PG_GETARG_CRITERIA(0) & PG_GETARG_CRITERIA(1));
}

Datum
criteria_minus(PG_FUNCTION_ARGS)
{
	PG_RETURN_CRITERIA(PG_GETARG_CRITERIA(0) & ~PG_GETARG_CRITERIA(1));
}

Datum
criteria_contains(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL((PG_GETARG_CRITERIA(1) & ~PG_GETARG_CRITERIA(0)) == 0);
}

Datum
criteria_contained(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL((PG_GETARG_CRITERIA(0) & ~PG_GETARG_CRITERIA(1)) == 0);
}

Datum
criteria_overlaps(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL((PG_GETARG_CRITERIA(0) & PG_GETARG_CRITERIA(1)) != 0);
}

/* The names of the members, in the manual's order. */
char *
kam_criteria_names(KamCriteria criteria, KamLang lang)
{
	StringInfoData str;

	initStringInfo(&str);
	for (int i = 0; i < kam_criteria_labels.count; i++)
		if (criteria & kam_criteria_labels.labels[i].code)
			appendStringInfo(&str, "%s%s", str.len > 0 ? ", " : "",
							 kam_label_name(&kam_criteria_labels.labels[i], lang));
	return str.data;
}

Datum
criteria_display_name(PG_FUNCTION_ARGS)
{
	KamLang		lang = kam_get_lang(PG_GETARG_TEXT_PP(1));

	PG_RETURN_TEXT_P(cstring_to_text(kam_criteria_names(PG_GETARG_CRITERIA(0), lang)));
}

/* The definitions of the members, a line each. */
Datum
criteria_definition(PG_FUNCTION_ARGS)
{
	KamCriteria criteria = PG_GETARG_CRITERIA(0);
	KamLang		lang = kam_get_lang(PG_GETARG_TEXT_PP(1));
	StringInfoData str;

	initStringInfo(&str);
	for (int i = 0; i < kam_criteria_labels.count; i++)
	{
		const KamLabel *label = &kam_criteria_labels.labels[i];

		if (criteria & label->code)
			appendStringInfo(&str, "%s%s", str.len > 0 ? "\n" : "",
							 lang == KAM_THAI ? label->definition_th : label->definition_en);
	}
	PG_RETURN_TEXT_P(cstring_to_text(str.data));
}
