/*-------------------------------------------------------------------------
 *
 * on_time.c
 *		On time, or by how many working days not.
 *
 * A due day counts to its end in Bangkok (R18, R19).
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "calendar.h"

PG_FUNCTION_INFO_V1(on_time);
PG_FUNCTION_INFO_V1(working_days_left);
PG_FUNCTION_INFO_V1(working_days_late);

Datum
on_time(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(kam_bangkok_date(PG_GETARG_TIMESTAMPTZ(1)) <= PG_GETARG_DATEADT(0));
}

/* A day that has come, or is not past, depends on no calendar. */
static int32
working_days_until(const KamCalendar *calendar, DateADT from, DateADT day)
{
	return day <= from ? 0 : kam_working_days_between(calendar, from, day);
}

Datum
working_days_left(PG_FUNCTION_ARGS)
{
	const KamCalendar *calendar = kam_calendar_of_call(fcinfo, 2);

	PG_RETURN_INT32(working_days_until(calendar, kam_bangkok_date(PG_GETARG_TIMESTAMPTZ(1)),
									   PG_GETARG_DATEADT(0)));
}

Datum
working_days_late(PG_FUNCTION_ARGS)
{
	const KamCalendar *calendar = kam_calendar_of_call(fcinfo, 2);

	PG_RETURN_INT32(working_days_until(calendar, PG_GETARG_DATEADT(0),
									   kam_bangkok_date(PG_GETARG_TIMESTAMPTZ(1))));
}
