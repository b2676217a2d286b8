/*-------------------------------------------------------------------------
 *
 * calendar.h
 *		Calendars in layers: which days are working days, and from when to
 *		when that is known.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#ifndef KAM_CALENDAR_H
#define KAM_CALENDAR_H

#include "bangkok_date.h"
#include "reference.h"

typedef enum KamDayKind
{
	KAM_DAY_HOLIDAY,
	KAM_DAY_SUBSTITUTION,
	KAM_DAY_SPECIAL,
	KAM_DAY_WORKING				/* the only kind that is no day off */
} KamDayKind;

/* A row of kam.calendar_day. */
typedef struct KamCalendarDay
{
	DateADT		day;
	bool		builtin;
	KamDayKind	kind;
	const char *calendar;		/* the layer that it belongs to */
	DateADT		substitute_for; /* DATEVAL_NOBEGIN if not said */
	const char *name_th;		/* these may be NULL */
	const char *name_en;
	const char *source;
} KamCalendarDay;

/* A row for a day, from one of the layers; 0 is the calendar itself. */
typedef struct KamCalendarEntry
{
	const KamCalendarDay *row;
	int			layer;
} KamCalendarEntry;

/*
 * Days on end, and the working days among them.  Working days are numbered
 * from 0, over all days that the calendar numbers.
 */
typedef struct KamStretch
{
	DateADT		from;
	DateADT		to;
	int32		first_number;	/* of its first working day */
	int32		end_number;		/* after its last */
} KamStretch;

/*
 * The longest stretch without a provisional day, with its days and working
 * days numbered from 0.  Nearly every call needs nothing else, and in half the
 * width it stays in the processor's cache.
 */
typedef struct KamAnnounced
{
	DateADT		from;
	int64		days;			/* may be 0 */
	int64		working_days;
	const uint16 *number;		/* of the first working day from this day on; also of the day after */
	const uint16 *working_day;	/* by number */
} KamAnnounced;

typedef enum KamYearState
{
	KAM_YEAR_UNKNOWN = 0,
	KAM_YEAR_ANNOUNCED,
	KAM_YEAR_PROVISIONAL
} KamYearState;

/* A calendar with all its layers resolved. */
typedef struct KamCalendar
{
	char		name[NAMEDATALEN];
	size_t		name_len;
	int			weekly_days_off;	/* bits 1 (Monday) to 7 (Sunday) */
	const char *weekly_layer;	/* the calendar that says so */

	/* Days are numbered from the first known year to the last. */
	DateADT		first;
	int32	   *number;			/* of the first working day from this day on; also of the day after */
	DateADT    *working_day;	/* by number */
	KamAnnounced announced;
	KamStretch *known;			/* all stretches, in order */
	int			known_count;
	KamYearState year[KAM_YEARS];

	const char **layers;		/* names: the calendar itself, its parent, and so on */
	int			layer_count;

	/* By day, nearest layer first and the user's row before the built-in one. */
	KamCalendarEntry *entries;
	int			entry_count;
} KamCalendar;

#define KAM_ALL_WEEK 0xFE		/* of weekly days off */

/* What a call site keeps of its calendar; zeroed memory is a valid start. */
typedef struct KamCalendarPin
{
	KamPin		pin;
	const KamCalendar *calendar;	/* found last, or NULL */
	bool		name_is_constant;	/* of this call site; so it need not be read again */
	const KamCalendar *for_good;	/* set where it stays the calendar of the call site */
} KamCalendarPin;

/*
 * The calendar of a name, valid as long as the pin (see kam_pin_reference).
 * Error 42704 where it does not exist; with missing_ok, NULL,
 * also where its parents are not as they should be.
 */
extern const KamCalendar *kam_calendar(KamCalendarPin *pin, MemoryContext holder,
									   const char *name, size_t len, bool missing_ok);
extern const KamCalendar *kam_find_calendar_of_call(FunctionCallInfo fcinfo, int arg);

/* The row that decides whether a day is a working day; NULL: the weekday does. */
extern const KamCalendarDay *kam_deciding_row(const KamCalendar *calendar, DateADT day);
extern int	kam_weekday(DateADT day);
extern bool kam_decides_working(const KamCalendar *calendar, const KamCalendarDay *row, DateADT day);
extern bool kam_is_weekly_day_off(const KamCalendar *calendar, DateADT day);
extern bool kam_calendar_knows(const KamCalendar *calendar, DateADT day);
extern bool kam_calendar_works(const KamCalendar *calendar, DateADT day);
extern KamYearState kam_year_state(const KamCalendar *calendar, DateADT day);

/* Error 22008: says from when to when days are known, and how to add a year. */
extern void kam_refuse_unknown_day(const KamCalendar *calendar, DateADT day);

/* Error 22023 for a calendar that knows days, but none to work on. */
extern void kam_refuse_idle_calendar(const KamCalendar *calendar);

/*
 * What is wrong with the calendar that kam_calendar() found last for the pin,
 * or (with missing_ok) did not find: words after its name, and how to mend it,
 * which is a sentence without its end.  NULL if nothing is but that it does
 * not know all days.
 */
extern const char *kam_calendar_fault(const KamCalendarPin *pin, const char *name, const char **mend);

/* How a calendar changed: rows came, and rows went that were days off. */
typedef struct KamCalendarChange
{
	const char *layer;			/* the calendar whose rows they are; NULL: the nearest, and those like it */
	const DateADT *added;
	int			added_count;
	const DateADT *withdrawn;
	int			withdrawn_count;
} KamCalendarChange;

/* What kam_add_working_days() gave before the change. */
extern bool kam_add_working_days_before(const KamCalendar *calendar, DateADT start, int32 days,
										const KamCalendarChange *change, DateADT *due);

/* NOTICE, once a statement, if the calendar is provisional anywhere from a day to another. */
extern void kam_calendar_note_provisional(const KamCalendar *calendar, DateADT from, DateADT to);

/* These are asked where the inline functions below do not know the answer. */
extern bool kam_find_working_day(const KamCalendar *calendar, DateADT start, int32 days, DateADT *due);
extern DateADT kam_find_working_day_or_error(const KamCalendar *calendar, DateADT start, int32 days);
extern int32 kam_count_working_days(const KamCalendar *calendar, DateADT after, DateADT upto);

static inline bool
kam_find_announced_day(const KamCalendar *calendar, DateADT start, int32 days, DateADT *due)
{
	const KamAnnounced *announced = &calendar->announced;
	int64		from = (int64) start + (days > 0) - announced->from;
	int64		number;

	if ((uint64) from > (uint64) announced->days)
		return false;
	number = (int64) announced->number[from] + days - (days > 0);
	if ((uint64) number >= (uint64) announced->working_days)
		return false;
	*due = announced->from + announced->working_day[number];
	return true;
}

static inline bool
kam_is_announced(const KamCalendar *calendar, DateADT day)
{
	return (uint64) ((int64) day - calendar->announced.from) < (uint64) calendar->announced.days;
}

/*
 * The working day that is 'days' working days after 'start', which does not
 * count; 0: the first working day from start on; negative: before start.
 * False where that depends on a day that the calendar does not know, or start
 * is infinite.  Error 22023 for a calendar without any working day.  Says
 * nothing of provisional days: see kam_calendar_note_provisional().
 */
static inline bool
kam_add_working_days(const KamCalendar *calendar, DateADT start, int32 days, DateADT *due)
{
	return likely(kam_find_announced_day(calendar, start, days, due)) ||
		kam_find_working_day(calendar, start, days, due);
}

/* The same with error 22008 instead of false, and with a word on provisional days. */
static inline DateADT
kam_add_working_days_or_error(const KamCalendar *calendar, DateADT start, int32 days)
{
	DateADT		due;

	if (likely(kam_find_announced_day(calendar, start, days, &due)))
		return due;
	return kam_find_working_day_or_error(calendar, start, days);
}

/*
 * Working days after a day up to and including another; negative when
 * swapped.  Error 22008 where that depends on an unknown day.
 */
static inline int32
kam_working_days_between(const KamCalendar *calendar, DateADT after, DateADT upto)
{
	const KamAnnounced *announced = &calendar->announced;
	int64		from = (int64) after + 1 - announced->from;
	int64		to = (int64) upto + 1 - announced->from;

	if (likely((uint64) from <= (uint64) announced->days && (uint64) to <= (uint64) announced->days))
		return (int32) announced->number[to] - announced->number[from];
	return kam_count_working_days(calendar, after, upto);
}

/*
 * The calendar for a call whose argument 'arg' is its name.  The pin is
 * fn_extra.  Nearly every call asks again for what the one before it asked for.
 */
static inline const KamCalendar *
kam_calendar_of_call(FunctionCallInfo fcinfo, int arg)
{
	KamCalendarPin *pin = fcinfo->flinfo->fn_extra;

	if (likely(pin && pin->for_good))
		return pin->for_good;
	if (likely(pin && pin->name_is_constant && pin->calendar && kam_pin_is_fresh(&pin->pin)))
		return pin->calendar;
	return kam_find_calendar_of_call(fcinfo, arg);
}

/* explain_working_days.c */
extern void kam_put_text(const char *str, Datum *value, bool *isnull);

#endif							/* KAM_CALENDAR_H */
