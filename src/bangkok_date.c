/*-------------------------------------------------------------------------
 *
 * bangkok_date.c
 *		Days and years as Bangkok counts them, whatever the session's time
 *		zone, and the years that the tables may hold.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "bangkok_date.h"

#include "access/xact.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/datetime.h"

/* From 1920-04-01 on Bangkok is seven hours ahead of UTC; a day later, to be safe. */
#define BANGKOK_OFFSET (7 * USECS_PER_HOUR)
#define SEVEN_HOURS_SINCE ((date2j(1920, 4, 2) - POSTGRES_EPOCH_JDATE) * USECS_PER_DAY)

/* (at AT TIME ZONE 'Asia/Bangkok')::date */
DateADT
kam_bangkok_date(TimestampTz at)
{
	Datum		local;

	/* also of the last seven hours of all, whose day is a date but of no timestamp */
	if (likely(at >= SEVEN_HOURS_SINCE && at < END_TIMESTAMP))
	{
		int64		us = at + BANGKOK_OFFSET;

		return (DateADT) (us / USECS_PER_DAY - (us % USECS_PER_DAY < 0));
	}
	if (TIMESTAMP_IS_NOBEGIN(at))
		return DATEVAL_NOBEGIN;
	if (TIMESTAMP_IS_NOEND(at))
		return DATEVAL_NOEND;
	local = DirectFunctionCall2(timestamptz_zone, CStringGetTextDatum("Asia/Bangkok"),
								TimestampTzGetDatum(at));
	return DatumGetDateADT(DirectFunctionCall1(timestamp_date, local));
}

int32
kam_bangkok_year(void)
{
	return kam_year_of(kam_bangkok_date(GetCurrentTransactionStartTimestamp()));
}

/* Of a finite day. */
int32
kam_year_of(DateADT day)
{
	int			year;
	int			month;
	int			mday;

	j2date(day + POSTGRES_EPOCH_JDATE, &year, &month, &mday);
	return year;
}

DateADT
kam_day_of(int32 year, int month, int day)
{
	return date2j(year, month, day) - POSTGRES_EPOCH_JDATE;
}

/* For messages: the same whatever the DateStyle. */
const char *
kam_iso_date(DateADT day)
{
	struct pg_tm tm = {0};
	char		buf[MAXDATELEN + 1];

	if (DATE_NOT_FINITE(day))
		return DATE_IS_NOBEGIN(day) ? "-infinity" : "infinity";
	j2date(day + POSTGRES_EPOCH_JDATE, &tm.tm_year, &tm.tm_mon, &tm.tm_mday);
	EncodeDateOnly(&tm, USE_ISO_DATES, buf);
	return pstrdup(buf);
}

/* 'what' is what the year is called, in lower case. */
void
kam_check_year(const char *what, int32 year)
{
	char		capital = pg_toupper((unsigned char) what[0]);

	if (kam_is_buddhist_year(year))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s %d is in the Buddhist era", what, year),
				 errhint("%c%ss are common-era years: for B.E. %d write %d.",
						 capital, what + 1, year, year - KAM_BUDDHIST_ERA_OFFSET)));
	if (year < KAM_MIN_YEAR || year > KAM_MAX_YEAR)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s %d is out of range", what, year),
				 errhint("%c%ss are common-era years from %d to %d.",
						 capital, what + 1, KAM_MIN_YEAR, KAM_MAX_YEAR)));
}

PG_FUNCTION_INFO_V1(bangkok_date);

Datum
bangkok_date(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATEADT(kam_bangkok_date(PG_GETARG_TIMESTAMPTZ(0)));
}
