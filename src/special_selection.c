/*-------------------------------------------------------------------------
 *
 * special_selection.c
 *		Whether a customer that is not high value may be proposed as a special
 *		case (6.1.1.2(2), R3).
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "kam.h"

#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(check_special_selection);

static void
refuse_special(const char *message, const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("%s", message),
			 errhint("%s", hint)));
}

static bool
is_blank_text(const text *t)
{
	const char *folded = kam_fold(text_to_cstring(t));

	return *kam_skip_blanks(folded) == '\0';
}

/*
 * kam.check_special_selection(value_class, tier, ground, reason): true, or
 * the rule that the proposal breaks (6.1.1.2(2), R3).
 */
Datum
check_special_selection(PG_FUNCTION_ARGS)
{
	KamTier		tier = PG_ARGISNULL(1) ? 0 : PG_GETARG_TIER(1);
	KamCriteria ground = PG_ARGISNULL(2) ? 0 : PG_GETARG_CRITERIA(2);

	if (!PG_ARGISNULL(0))
		refuse_special("a customer with a value class cannot be selected as a special case",
					   "Its tier is the one of the matrix: kam.kasm(value_class, criteria).");
	if (tier != KAM_STATUS && tier != KAM_STREAMLINE)
		refuse_special("a special case is selected in tier Status or Streamline only",
					   "Propose one of these two; Strategic and Star follow from the matrix alone.");
	if (ground == 0 || (ground & ~KAM_SPECIAL_GROUNDS))
		refuse_special("a special selection needs a special ground, and only such",
					   "The grounds are corporate_image, outage_damage, existing_key_account and discretionary.");
	if ((ground & KAM_DISCRETIONARY) && (PG_ARGISNULL(3) || is_blank_text(PG_GETARG_TEXT_PP(3))))
		refuse_special("the ground discretionary needs a reason",
					   "State in words why this customer is judged fit.");
	PG_RETURN_BOOL(true);
}
