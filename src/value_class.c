/*-------------------------------------------------------------------------
 *
 * value_class.c
 *		The class of a high value customer: Low < Medium < High (6.1.1.1).
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "code.h"

PG_FUNCTION_INFO_V1(value_class_in);
PG_FUNCTION_INFO_V1(value_class_out);
PG_FUNCTION_INFO_V1(value_class_recv);
PG_FUNCTION_INFO_V1(value_class_display_name);
PG_FUNCTION_INFO_V1(value_class_definition);

Datum
value_class_in(PG_FUNCTION_ARGS)
{
	return kam_code_in(fcinfo, &kam_value_class_labels);
}

Datum
value_class_out(PG_FUNCTION_ARGS)
{
	return kam_code_out(fcinfo, &kam_value_class_labels);
}

Datum
value_class_recv(PG_FUNCTION_ARGS)
{
	return kam_code_recv(fcinfo, &kam_value_class_labels);
}

Datum
value_class_display_name(PG_FUNCTION_ARGS)
{
	return kam_code_display_name(fcinfo, &kam_value_class_labels);
}

Datum
value_class_definition(PG_FUNCTION_ARGS)
{
	return kam_code_definition(fcinfo, &kam_value_class_labels);
}

#if PG_VERSION_NUM >= 180000
PG_FUNCTION_INFO_V1(value_class_skipsupport);

Datum
value_class_skipsupport(PG_FUNCTION_ARGS)
{
	return kam_code_skipsupport(fcinfo, &kam_value_class_labels);
}
#endif
