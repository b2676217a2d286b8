/*-------------------------------------------------------------------------
 *
 * explain_working_days.c
 *		kam.explain_working_days(): every day from start to due, counted or
 *		not, with the reason.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "calendar.h"

#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"

typedef struct Explanation
{
	const KamCalendar *calendar;
	DateADT		day;
	bool		is_start;
	int32		count;			/* of the working days up to this one */
	bool		counted;
} Explanation;

static const char *const weekdays_th[] = {
	NULL, "วันจันทร์", "วันอังคาร", "วันพุธ", "วันพฤหัสบดี", "วันศุกร์", "วันเสาร์", "วันอาทิตย์"
};
static const char *const weekdays_en[] = {
	NULL, "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
};

static const char *
kind_of(const KamCalendarDay *row, bool working)
{
	if (working)
		return "working";
	if (row == NULL)
		return "weekly day off";
	return row->kind == KAM_DAY_SUBSTITUTION ? "substitution" :
		row->kind == KAM_DAY_SPECIAL ? "special" : "holiday";
}

static const char *
kind_name(KamDayKind kind, KamLang lang)
{
	switch (kind)
	{
		case KAM_DAY_HOLIDAY:
			return lang == KAM_THAI ? "วันหยุด" : "holiday";
		case KAM_DAY_SUBSTITUTION:
			return lang == KAM_THAI ? "วันหยุดชดเชย" : "substitution";
		case KAM_DAY_SPECIAL:
			return lang == KAM_THAI ? "วันหยุดพิเศษ" : "special day off";
		case KAM_DAY_WORKING:
			break;
	}
	return lang == KAM_THAI ? "กำหนดให้เป็นวันทำการ" : "working day after all";
}

/* The name that the row gives, in either language; without a row the day of the week. */
static const char *
reason_of(const KamCalendarDay *row, DateADT day, KamLang lang)
{
	const char *name;

	if (row == NULL)
		return lang == KAM_THAI ? weekdays_th[kam_weekday(day)] : weekdays_en[kam_weekday(day)];
	name = lang == KAM_THAI ? row->name_th : row->name_en;
	if (name == NULL)
		name = lang == KAM_THAI ? row->name_en : row->name_th;
	return name ? name : kind_name(row->kind, lang);
}

void
kam_put_text(const char *str, Datum *value, bool *isnull)
{
	*isnull = str == NULL;
	if (str)
		*value = CStringGetTextDatum(str);
}

static void
put_day(ReturnSetInfo *rsinfo, const Explanation *e)
{
	bool		known = kam_calendar_knows(e->calendar, e->day);	/* the start need not be */
	const KamCalendarDay *row = kam_deciding_row(e->calendar, e->day);
	bool		working = kam_decides_working(e->calendar, row, e->day);
	const char *reason_th = reason_of(row, e->day, KAM_THAI);
	const char *reason_en = reason_of(row, e->day, KAM_ENGLISH);
	Datum		values[9];
	bool		nulls[9] = {false};

	if (e->is_start && !e->counted)
	{
		reason_th = psprintf("วันแรก ไม่นับ: %s", reason_th);
		reason_en = psprintf("first day, not counted: %s", reason_en);
	}
	values[0] = DateADTGetDatum(e->day);
	nulls[1] = !e->counted;
	values[1] = Int32GetDatum(e->count);
	nulls[2] = !known;
	values[2] = BoolGetDatum(working);
	values[3] = CStringGetTextDatum(e->is_start ? "start" : kind_of(row, working));
	values[4] = CStringGetTextDatum(row ? row->calendar : e->calendar->weekly_layer);
	values[5] = CStringGetTextDatum(reason_th);
	values[6] = CStringGetTextDatum(reason_en);
	kam_put_text(row ? row->source : NULL, &values[7], &nulls[7]);
	nulls[8] = !known;
	values[8] = BoolGetDatum(kam_year_state(e->calendar, e->day) == KAM_YEAR_PROVISIONAL);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

PG_FUNCTION_INFO_V1(explain_working_days);

/*
 * kam.explain_working_days(start, days, calendar).  The last row is the due
 * day, and what it counts is 'days': downwards where that is negative, and 0
 * where nothing had to be counted.
 */
Datum
explain_working_days(PG_FUNCTION_ARGS)
{
	const KamCalendar *calendar = kam_calendar_of_call(fcinfo, 2);
	DateADT		start = PG_GETARG_DATEADT(0);
	int32		days = PG_GETARG_INT32(1);
	DateADT		due = kam_add_working_days_or_error(calendar, start, days);
	int			step = days < 0 ? -1 : 1;
	MemoryContext a_day = AllocSetContextCreate(CurrentMemoryContext, "kam explanation",
												ALLOCSET_DEFAULT_SIZES);
	Explanation e = {.calendar = calendar, .day = start, .is_start = true};

	InitMaterializedSRF(fcinfo, 0);
	for (;;)
	{
		MemoryContext caller = MemoryContextSwitchTo(a_day);

		CHECK_FOR_INTERRUPTS();
		e.counted = days == 0 ? e.day == due :
			!e.is_start && kam_calendar_works(calendar, e.day);
		if (e.counted && days != 0)
			e.count += step;
		put_day((ReturnSetInfo *) fcinfo->resultinfo, &e);
		MemoryContextSwitchTo(caller);
		MemoryContextReset(a_day);
		if (e.day == due)
			break;
		e.day += step;
		e.is_start = false;
	}
	MemoryContextDelete(a_day);
	return (Datum) 0;
}
