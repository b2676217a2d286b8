/*-------------------------------------------------------------------------
 *
 * tier.c
 *		The tier of a key account: Streamline < Status < Star < Strategic (6.1.1).
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "code.h"

PG_FUNCTION_INFO_V1(tier_in);
PG_FUNCTION_INFO_V1(tier_out);
PG_FUNCTION_INFO_V1(tier_recv);
PG_FUNCTION_INFO_V1(tier_display_name);
PG_FUNCTION_INFO_V1(tier_definition);

Datum
tier_in(PG_FUNCTION_ARGS)
{
	return kam_code_in(fcinfo, &kam_tier_labels);
}

Datum
tier_out(PG_FUNCTION_ARGS)
{
	return kam_code_out(fcinfo, &kam_tier_labels);
}

Datum
tier_recv(PG_FUNCTION_ARGS)
{
	return kam_code_recv(fcinfo, &kam_tier_labels);
}

Datum
tier_display_name(PG_FUNCTION_ARGS)
{
	return kam_code_display_name(fcinfo, &kam_tier_labels);
}

Datum
tier_definition(PG_FUNCTION_ARGS)
{
	return kam_code_definition(fcinfo, &kam_tier_labels);
}

#if PG_VERSION_NUM >= 180000
PG_FUNCTION_INFO_V1(tier_skipsupport);

Datum
tier_skipsupport(PG_FUNCTION_ARGS)
{
	return kam_code_skipsupport(fcinfo, &kam_tier_labels);
}
#endif
