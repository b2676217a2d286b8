/*-------------------------------------------------------------------------
 *
 * working_day.c
 *		Working days by a calendar, as SQL functions.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "calendar.h"

PG_FUNCTION_INFO_V1(is_working_day);
PG_FUNCTION_INFO_V1(add_working_days);
PG_FUNCTION_INFO_V1(working_days_between);
PG_FUNCTION_INFO_V1(next_working_day);
PG_FUNCTION_INFO_V1(previous_working_day);

Datum
is_working_day(PG_FUNCTION_ARGS)
{
	const KamCalendar *calendar = kam_calendar_of_call(fcinfo, 1);
	DateADT		day = PG_GETARG_DATEADT(0);

	if (unlikely(!kam_is_announced(calendar, day)))
	{
		if (!kam_calendar_knows(calendar, day))
			kam_refuse_unknown_day(calendar, day);
		kam_calendar_note_provisional(calendar, day, day);
	}
	PG_RETURN_BOOL(kam_calendar_works(calendar, day));
}

Datum
add_working_days(PG_FUNCTION_ARGS)
{
	const KamCalendar *calendar = kam_calendar_of_call(fcinfo, 2);

	PG_RETURN_DATEADT(kam_add_working_days_or_error(calendar, PG_GETARG_DATEADT(0),
													PG_GETARG_INT32(1)));
}

Datum
working_days_between(PG_FUNCTION_ARGS)
{
	const KamCalendar *calendar = kam_calendar_of_call(fcinfo, 2);

	PG_RETURN_INT32(kam_working_days_between(calendar, PG_GETARG_DATEADT(0),
											 PG_GETARG_DATEADT(1)));
}

Datum
next_working_day(PG_FUNCTION_ARGS)
{
	const KamCalendar *calendar = kam_calendar_of_call(fcinfo, 1);

	PG_RETURN_DATEADT(kam_add_working_days_or_error(calendar, PG_GETARG_DATEADT(0), 1));
}

Datum
previous_working_day(PG_FUNCTION_ARGS)
{
	const KamCalendar *calendar = kam_calendar_of_call(fcinfo, 1);

	PG_RETURN_DATEADT(kam_add_working_days_or_error(calendar, PG_GETARG_DATEADT(0), -1));
}
