/*-------------------------------------------------------------------------
 *
 * substitution_days.c
 *		kam.substitution_days(): the days off that stand for holidays on
 *		weekly days off.
 *
 * The Cabinet's rule (2001-05-01, with 2004-02-03): an annual holiday on a
 * weekly day off moves to the next working day, and weekly days off that
 * follow one another get at most one such day, however many holidays they hold.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "calendar.h"

#include "funcapi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "nodes/pg_list.h"
#include "utils/builtins.h"

typedef struct Substitution
{
	DateADT		day;
	DateADT		substitute_for; /* DATEVAL_NOBEGIN if not said */
	bool		announced;
	const char *name_th;		/* these may be NULL */
	const char *name_en;
} Substitution;

/* Weekly days off that follow one another, and the holidays among them. */
typedef struct Block
{
	DateADT		from;
	DateADT		to;
	List	   *holidays;		/* of KamCalendarDay */
} Block;

static int
compare_substitutions(const ListCell *a, const ListCell *b)
{
	const Substitution *x = lfirst(a);
	const Substitution *y = lfirst(b);

	return (x->day > y->day) - (x->day < y->day);
}

/* Of all layers, also where a nearer one decides otherwise. */
static List *
announced_substitutions(const KamCalendar *calendar)
{
	List	   *announced = NIL;

	for (int i = 0; i < calendar->entry_count; i++)
	{
		const KamCalendarDay *row = calendar->entries[i].row;

		if (row->kind == KAM_DAY_SUBSTITUTION)
			announced = lappend(announced, (void *) row);
	}
	return announced;
}

static Substitution *
substitution_of_row(const KamCalendarDay *row)
{
	Substitution *s = palloc0(sizeof(Substitution));

	s->day = row->day;
	s->substitute_for = row->substitute_for;
	s->announced = true;
	s->name_th = row->name_th;
	s->name_en = row->name_en;
	return s;
}

static bool
block_from(const KamCalendar *calendar, DateADT from, Block *block)
{
	if (!kam_is_weekly_day_off(calendar, from))
		return false;
	*block = (Block) {.from = from};
	for (block->to = from; kam_is_weekly_day_off(calendar, block->to + 1);)
		block->to++;
	for (DateADT day = block->from; day <= block->to; day++)
	{
		const KamCalendarDay *row = kam_deciding_row(calendar, day);

		if (row && row->kind == KAM_DAY_HOLIDAY)
			block->holidays = lappend(block->holidays, (void *) row);
	}
	return true;
}

/* "word A / word B", without repeating a name; NULL if there is none. */
static char *
substitute_name(const char *word, const List *holidays, KamLang lang)
{
	StringInfoData name;
	const char *last = NULL;
	ListCell   *cell;

	initStringInfo(&name);
	foreach(cell, holidays)
	{
		const KamCalendarDay *row = lfirst(cell);
		const char *holiday = lang == KAM_THAI ? row->name_th : row->name_en;

		if (holiday == NULL || (last && strcmp(last, holiday) == 0))
			continue;
		appendStringInfo(&name, "%s%s%s", last ? " / " : "", word, holiday);
		last = holiday;
	}
	return last ? name.data : NULL;
}

static bool
is_announced_for(const List *announced, const Block *block)
{
	ListCell   *cell;

	foreach(cell, announced)
	{
		const KamCalendarDay *row = lfirst(cell);

		if (row->substitute_for >= block->from && row->substitute_for <= block->to)
			return true;
	}
	return false;
}

/* Announced for this day, without saying for what? */
static bool
is_announced_on(const KamCalendar *calendar, DateADT day)
{
	const KamCalendarDay *row = kam_deciding_row(calendar, day);

	return row && row->kind == KAM_DAY_SUBSTITUTION && row->substitute_for == DATEVAL_NOBEGIN;
}

/* A working day of the week: a weekly day off that is worked was not meant for this. */
static bool
can_be_substitute(const KamCalendar *calendar, DateADT day)
{
	return !kam_is_weekly_day_off(calendar, day) &&
		kam_decides_working(calendar, kam_deciding_row(calendar, day), day);
}

/* What the rule gives for the block; NULL if it was announced. */
static Substitution *
computed_substitution(const KamCalendar *calendar, const Block *block, DateADT *last_taken)
{
	Substitution *s = palloc0(sizeof(Substitution));

	s->day = Max(block->to, *last_taken) + 1;
	while (!can_be_substitute(calendar, s->day))
	{
		CHECK_FOR_INTERRUPTS();
		if (is_announced_on(calendar, s->day))
		{
			*last_taken = s->day;
			return NULL;
		}
		s->day++;
	}
	*last_taken = s->day;
	s->substitute_for = ((const KamCalendarDay *) linitial(block->holidays))->day;
	s->name_th = substitute_name("ชดเชย", block->holidays, KAM_THAI);
	s->name_en = substitute_name("Substitution for ", block->holidays, KAM_ENGLISH);
	return s;
}

/*
 * Those of the days from 'first' to 'last', by day.  A block before them may
 * have its substitute among them: a month is more than holidays ever held up.
 */
static List *
find_substitutions(const KamCalendar *calendar, DateADT first, DateADT last)
{
	List	   *announced = announced_substitutions(calendar);
	List	   *all = NIL;
	DateADT		last_taken = DATEVAL_NOBEGIN;
	DateADT		day = first - 31;
	ListCell   *cell;

	foreach(cell, announced)
	{
		const KamCalendarDay *row = lfirst(cell);

		if (kam_deciding_row(calendar, row->day) == row)
			all = lappend(all, substitution_of_row(row));
	}
	while (kam_is_weekly_day_off(calendar, day - 1))
		day--;
	for (; day <= last; day++)
	{
		Block		block;
		Substitution *s;

		CHECK_FOR_INTERRUPTS();
		if (!block_from(calendar, day, &block))
			continue;
		day = block.to;
		if (block.holidays == NIL || is_announced_for(announced, &block))
			continue;
		s = computed_substitution(calendar, &block, &last_taken);
		if (s)
			all = lappend(all, s);
	}
	list_sort(all, compare_substitutions);
	return all;
}

static void
put_substitution(ReturnSetInfo *rsinfo, const Substitution *s)
{
	Datum		values[5];
	bool		nulls[5] = {false};

	values[0] = DateADTGetDatum(s->day);
	nulls[1] = s->substitute_for == DATEVAL_NOBEGIN;
	values[1] = DateADTGetDatum(s->substitute_for);
	values[2] = BoolGetDatum(s->announced);
	kam_put_text(s->name_th, &values[3], &nulls[3]);
	kam_put_text(s->name_en, &values[4], &nulls[4]);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

PG_FUNCTION_INFO_V1(substitution_days);

/* kam.substitution_days(year, calendar) */
Datum
substitution_days(PG_FUNCTION_ARGS)
{
	int32		year = PG_GETARG_INT32(0);
	const KamCalendar *calendar = kam_calendar_of_call(fcinfo, 1);
	DateADT		first;
	DateADT		last;
	ListCell   *cell;

	kam_check_year("year", year);
	first = kam_day_of(year, 1, 1);
	last = kam_day_of(year, 12, 31);
	InitMaterializedSRF(fcinfo, 0);
	if (calendar->weekly_days_off == KAM_ALL_WEEK)
		return (Datum) 0;		/* no day to move to */
	foreach(cell, find_substitutions(calendar, first, last))
	{
		const Substitution *s = lfirst(cell);

		if (s->day >= first && s->day <= last)
			put_substitution((ReturnSetInfo *) fcinfo->resultinfo, s);
	}
	return (Datum) 0;
}
