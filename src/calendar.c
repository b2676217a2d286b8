/*-------------------------------------------------------------------------
 *
 * calendar.c
 *		Calendars in layers: which days are working days, and from when to
 *		when that is known.
 *
 * An edition holds the rows as they are.  A calendar is resolved, from its
 * own rows and those of its parents, when somebody asks for it first; it then
 * belongs to the edition.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "calendar.h"

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "nodes/primnodes.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/hsearch.h"

#define SATURDAY_AND_SUNDAY ((1 << 6) | (1 << 7))
#define WEEKLY_DAYS_NOT_SAID (-1)
#define MAX_ANNOUNCED_YEARS 179	/* 65,379 days */

/* What the three tables say of one calendar. */
typedef struct Layer
{
	char		name[NAMEDATALEN];	/* first: the key of the hash table */
	bool		exists;			/* kam.calendar has it; nothing forces it to */
	const char *parent;			/* or NULL */
	int			weekly_days_off;
	List	   *days;			/* of KamCalendarDay */
	uint8	   *year;			/* KamYearState of each, or NULL */
	const KamCalendar *resolved;	/* or NULL, not yet */
} Layer;

typedef struct Calendars
{
	MemoryContext context;
	HTAB	   *layers;
} Calendars;

static void *load_calendars(const Relation *rels, Snapshot snapshot);

static KamReference calendars = {
	.tables = {"calendar", "calendar_year", "calendar_day"},
	.load = load_calendars
};

/* ---- reading the tables ---- */

/* The layer that a row belongs to. */
static Layer *
layer_of(Calendars *all, const KamReferenceRow *row)
{
	char		name[NAMEDATALEN];
	bool		found;
	Layer	   *layer;

	strlcpy(name, TextDatumGetCString(kam_row_column(row, "calendar", TEXTOID)), NAMEDATALEN);
	layer = hash_search(all->layers, name, HASH_ENTER, &found);
	if (!found)
	{
		memset(layer, 0, sizeof(Layer));
		strlcpy(layer->name, name, NAMEDATALEN);
	}
	return layer;
}

static bool
is_builtin(const KamReferenceRow *row)
{
	return DatumGetBool(kam_row_column(row, "builtin", BOOLOID));
}

static int
weekly_days(Datum array)
{
	Datum	   *days;
	bool	   *nulls;
	int			count;
	int			mask = 0;

	deconstruct_array(DatumGetArrayTypeP(array), INT4OID, sizeof(int32), true, TYPALIGN_INT,
					  &days, &nulls, &count);
	for (int i = 0; i < count; i++)
		if (!nulls[i] && DatumGetInt32(days[i]) >= 1 && DatumGetInt32(days[i]) <= 7)
			mask |= 1 << DatumGetInt32(days[i]);
	return mask;
}

static void
read_calendar(const KamReferenceRow *row, void *into)
{
	Layer	   *layer = layer_of(into, row);
	Datum		value;

	if (layer->exists && is_builtin(row))
		return;					/* the user's row wins */
	layer->exists = true;
	layer->parent = kam_row_text(row, "parent");
	layer->weekly_days_off = kam_row_has(row, "weekly_days_off", INT4ARRAYOID, &value) ?
		weekly_days(value) : WEEKLY_DAYS_NOT_SAID;
}

static void
read_year(const KamReferenceRow *row, void *into)
{
	Layer	   *layer = layer_of(into, row);
	int32		year = DatumGetInt32(kam_row_column(row, "year", INT4OID));
	bool		provisional = DatumGetBool(kam_row_column(row, "provisional", BOOLOID));

	if (year < KAM_MIN_YEAR || year > KAM_MAX_YEAR)
		return;
	if (layer->year == NULL)
		layer->year = palloc0(KAM_YEARS);
	if (layer->year[year - KAM_MIN_YEAR] != KAM_YEAR_UNKNOWN && is_builtin(row))
		return;					/* the user's row wins */
	layer->year[year - KAM_MIN_YEAR] = provisional ? KAM_YEAR_PROVISIONAL : KAM_YEAR_ANNOUNCED;
}

static KamDayKind
read_kind(const char *kind)
{
	return strcmp(kind, "working") == 0 ? KAM_DAY_WORKING :
		strcmp(kind, "substitution") == 0 ? KAM_DAY_SUBSTITUTION :
		strcmp(kind, "special") == 0 ? KAM_DAY_SPECIAL : KAM_DAY_HOLIDAY;
}

static void
read_day(const KamReferenceRow *row, void *into)
{
	Layer	   *layer = layer_of(into, row);
	KamCalendarDay *day = palloc0(sizeof(KamCalendarDay));
	Datum		value;

	day->day = DatumGetDateADT(kam_row_column(row, "day", DATEOID));
	day->builtin = is_builtin(row);
	day->kind = read_kind(TextDatumGetCString(kam_row_column(row, "kind", TEXTOID)));
	day->calendar = layer->name;
	day->substitute_for = kam_row_has(row, "substitute_for", DATEOID, &value) ?
		DatumGetDateADT(value) : DATEVAL_NOBEGIN;
	day->name_th = kam_row_text(row, "name_th");
	day->name_en = kam_row_text(row, "name_en");
	day->source = kam_row_text(row, "source");
	layer->days = lappend(layer->days, day);
}

static void *
load_calendars(const Relation *rels, Snapshot snapshot)
{
	Calendars  *all = palloc0(sizeof(Calendars));
	HASHCTL		ctl = {.keysize = NAMEDATALEN, .entrysize = sizeof(Layer),
		.hcxt = CurrentMemoryContext};

	all->context = CurrentMemoryContext;
	all->layers = hash_create("kam calendars", 16, &ctl,
							  HASH_ELEM | HASH_STRINGS | HASH_CONTEXT);
	kam_read_reference(rels[0], snapshot, read_calendar, all);
	kam_read_reference(rels[1], snapshot, read_year, all);
	kam_read_reference(rels[2], snapshot, read_day, all);
	return all;
}

/* ---- resolving a calendar ---- */

#define MAX_NAMES_IN_HINT 30

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *) a, *(const char *const *) b);
}

static int
errhint_calendars(const Calendars *all)
{
	const char **names = palloc(hash_get_num_entries(all->layers) * sizeof(char *));
	int			count = 0;
	HASH_SEQ_STATUS scan;
	Layer	   *layer;
	StringInfoData list;

	hash_seq_init(&scan, all->layers);
	while ((layer = hash_seq_search(&scan)) != NULL)
		if (layer->exists)
			names[count++] = layer->name;
	qsort(names, count, sizeof(char *), compare_names);
	initStringInfo(&list);
	for (int i = 0; i < Min(count, MAX_NAMES_IN_HINT); i++)
		appendStringInfo(&list, "%s\"%s\"", i ? ", " : "", names[i]);
	if (count > MAX_NAMES_IN_HINT)
		appendStringInfo(&list, ", and %d more", count - MAX_NAMES_IN_HINT);
	return errhint("The calendars of kam.calendar are: %s.", list.data);
}

static Layer *
find_layer(const Calendars *all, const char *name)
{
	Layer	   *layer = NULL;

	if (strlen(name) < NAMEDATALEN) /* the hash table would cut a longer one */
		layer = hash_search(all->layers, name, HASH_FIND, NULL);
	return layer && layer->exists ? layer : NULL;
}

static Layer *
find_parent(const Calendars *all, const Layer *child)
{
	Layer	   *parent = find_layer(all, child->parent);

	if (parent == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("calendar \"%s\" does not exist", child->parent),
				 errdetail("It is the parent of calendar \"%s\".", child->name),
				 errhint_calendars(all)));
	return parent;
}

static void
refuse_cycle(const List *layers, const Layer *again)
{
	StringInfoData path;
	ListCell   *cell;

	initStringInfo(&path);
	foreach(cell, layers)
		appendStringInfo(&path, "\"%s\", ", ((const Layer *) lfirst(cell))->name);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("the parents of calendar \"%s\" go round in a circle",
					((const Layer *) linitial(layers))->name),
			 errdetail("The way up is %s\"%s\".", path.data, again->name),
			 errhint("Change the column parent of one of them in kam.calendar.")));
}

/* The calendar itself, its parent, and so on. */
static List *
layers_of(const Calendars *all, Layer *layer)
{
	List	   *layers = list_make1(layer);

	while (layer->parent)
	{
		CHECK_FOR_INTERRUPTS();
		layer = find_parent(all, layer);
		if (list_member_ptr(layers, layer))
			refuse_cycle(layers, layer);
		layers = lappend(layers, layer);
	}
	return layers;
}

static void
find_weekly_days_off(KamCalendar *calendar, const List *layers)
{
	ListCell   *cell;

	calendar->weekly_days_off = SATURDAY_AND_SUNDAY;
	foreach(cell, layers)
	{
		const Layer *layer = lfirst(cell);

		calendar->weekly_layer = layer->name;	/* the root's, where none says */
		if (layer->weekly_days_off != WEEKLY_DAYS_NOT_SAID)
		{
			calendar->weekly_days_off = layer->weekly_days_off;
			break;
		}
	}
}

static void
find_years(KamCalendar *calendar, const List *layers)
{
	ListCell   *cell;

	foreach(cell, layers)
	{
		const Layer *layer = lfirst(cell);

		for (int i = 0; layer->year && i < KAM_YEARS; i++)
			if (calendar->year[i] == KAM_YEAR_UNKNOWN)
				calendar->year[i] = layer->year[i];
	}
}

static int
compare_entries(const void *a, const void *b)
{
	const KamCalendarEntry *x = a;
	const KamCalendarEntry *y = b;

	if (x->row->day != y->row->day)
		return x->row->day < y->row->day ? -1 : 1;
	if (x->layer != y->layer)
		return x->layer - y->layer;
	return (int) x->row->builtin - (int) y->row->builtin;
}

static void
collect_entries(KamCalendar *calendar, const List *layers)
{
	ListCell   *cell;
	int			count = 0;

	foreach(cell, layers)
		count += list_length(((const Layer *) lfirst(cell))->days);
	calendar->entries = palloc(Max(count, 1) * sizeof(KamCalendarEntry));
	foreach(cell, layers)
	{
		const Layer *layer = lfirst(cell);
		ListCell   *day;

		foreach(day, layer->days)
		{
			KamCalendarEntry *entry = &calendar->entries[calendar->entry_count++];

			entry->row = lfirst(day);
			entry->layer = foreach_current_index(cell);
		}
	}
	qsort(calendar->entries, count, sizeof(KamCalendarEntry), compare_entries);
}

/* What follows for a day from its deciding row, or from there being none. */
bool
kam_decides_working(const KamCalendar *calendar, const KamCalendarDay *row, DateADT day)
{
	return row ? row->kind == KAM_DAY_WORKING : !kam_is_weekly_day_off(calendar, day);
}

/* Number the days from 'first' to 'last'. */
static void
number_days(KamCalendar *calendar, DateADT first, DateADT last)
{
	const KamCalendarEntry *entry = calendar->entries;
	const KamCalendarEntry *end = entry + calendar->entry_count;
	int			days = last - first + 1;
	int32		number = 0;

	calendar->first = first;
	calendar->number = palloc((days + 1) * sizeof(int32));
	calendar->working_day = palloc(days * sizeof(DateADT));
	for (int i = 0; i < days; i++)
	{
		const KamCalendarDay *row = NULL;

		while (entry < end && entry->row->day < first + i)
			entry++;
		if (entry < end && entry->row->day == first + i)
			row = entry->row;
		calendar->number[i] = number;
		if (kam_decides_working(calendar, row, first + i))
			calendar->working_day[number++] = first + i;
	}
	calendar->number[days] = number;
}

static int32
number_of(const KamCalendar *calendar, DateADT day)
{
	return calendar->number[day - calendar->first];
}

static KamStretch
stretch_of_years(const KamCalendar *calendar, int from, int to)
{
	KamStretch	stretch = {
		.from = kam_day_of(KAM_MIN_YEAR + from, 1, 1),
		.to = kam_day_of(KAM_MIN_YEAR + to, 12, 31)
	};

	stretch.first_number = number_of(calendar, stretch.from);
	stretch.end_number = number_of(calendar, stretch.to + 1);
	return stretch;
}

/* The years from i on that are known, or (if asked) announced; returns the one after. */
static int
end_of_years(const KamCalendar *calendar, int i, bool announced)
{
	while (i < KAM_YEARS && calendar->year[i] != KAM_YEAR_UNKNOWN &&
		   (!announced || calendar->year[i] == KAM_YEAR_ANNOUNCED))
		i++;
	return i;
}

/* Of years as many as 16 bits can number the days of. */
static void
number_announced(KamCalendar *calendar, int first, int end)
{
	KamAnnounced *announced = &calendar->announced;
	KamStretch	stretch = stretch_of_years(calendar, Max(first, end - MAX_ANNOUNCED_YEARS), end - 1);
	uint16	   *number = palloc((stretch.to - stretch.from + 2) * sizeof(uint16));
	uint16	   *working_day = palloc((stretch.end_number - stretch.first_number + 1) * sizeof(uint16));

	for (DateADT day = stretch.from; day <= stretch.to + 1; day++)
		number[day - stretch.from] = number_of(calendar, day) - stretch.first_number;
	for (int32 n = stretch.first_number; n < stretch.end_number; n++)
		working_day[n - stretch.first_number] = calendar->working_day[n] - stretch.from;
	announced->from = stretch.from;
	announced->days = stretch.to - stretch.from + 1;
	announced->working_days = stretch.end_number - stretch.first_number;
	announced->number = number;
	announced->working_day = working_day;
}

static void
find_stretches(KamCalendar *calendar)
{
	int			first = 0;
	int			longest = 0;
	int			end;

	for (int i = 0; i < KAM_YEARS; i = end + 1)
	{
		end = end_of_years(calendar, i, false);
		if (end > i)
			calendar->known[calendar->known_count++] = stretch_of_years(calendar, i, end - 1);
	}
	for (int i = 0; i < KAM_YEARS; i = end + 1)
	{
		end = end_of_years(calendar, i, true);
		if (end - i > longest)
		{
			first = i;
			longest = end - i;
		}
	}
	if (longest > 0)
		number_announced(calendar, first, first + longest);
}

/* All that can be asked of the known years, worked out beforehand. */
static void
number_known_years(KamCalendar *calendar)
{
	static const uint16 no_number = 0;
	int			first = 0;
	int			last = KAM_YEARS - 1;

	calendar->announced.number = &no_number;
	while (first < KAM_YEARS && calendar->year[first] == KAM_YEAR_UNKNOWN)
		first++;
	if (first == KAM_YEARS)
		return;
	while (calendar->year[last] == KAM_YEAR_UNKNOWN)
		last--;
	number_days(calendar, kam_day_of(KAM_MIN_YEAR + first, 1, 1),
				kam_day_of(KAM_MIN_YEAR + last, 12, 31));
	calendar->known = palloc((last - first + 1) * sizeof(KamStretch));
	find_stretches(calendar);
}

static void
name_layers(KamCalendar *calendar, const List *layers)
{
	ListCell   *cell;

	calendar->layers = palloc(list_length(layers) * sizeof(char *));
	foreach(cell, layers)
		calendar->layers[calendar->layer_count++] = ((const Layer *) lfirst(cell))->name;
}

/* Are all its parents there, and no circle? */
static bool
is_sound(const Calendars *all, const Layer *layer)
{
	List	   *seen = NIL;

	while (layer && !list_member_ptr(seen, layer))
	{
		if (layer->parent == NULL)
			return true;
		seen = lappend(seen, (void *) layer);
		layer = find_layer(all, layer->parent);
	}
	return false;
}

static void
resolve(const Calendars *all, Layer *layer)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "kam calendar",
												  ALLOCSET_SMALL_SIZES);
	MemoryContext caller = MemoryContextSwitchTo(context);
	KamCalendar *calendar = palloc0(sizeof(KamCalendar));
	List	   *layers = layers_of(all, layer);

	strlcpy(calendar->name, layer->name, NAMEDATALEN);
	calendar->name_len = strlen(layer->name);
	find_weekly_days_off(calendar, layers);
	find_years(calendar, layers);
	collect_entries(calendar, layers);
	name_layers(calendar, layers);
	number_known_years(calendar);
	list_free(layers);
	MemoryContextSwitchTo(caller);

	/* It is complete: from now on it lives as long as the edition. */
	MemoryContextSetParent(context, all->context);
	layer->resolved = calendar;
}

/* ---- finding a calendar ---- */

const KamCalendar *
kam_calendar(KamCalendarPin *pin, MemoryContext holder,
			 const char *name, size_t len, bool missing_ok)
{
	const Calendars *all;
	Layer	   *layer;
	bool		fresh = kam_pin_is_fresh(&pin->pin);

	if (fresh && pin->calendar && len == pin->calendar->name_len &&
		memcmp(name, pin->calendar->name, len) == 0)
		return pin->calendar;

	pin->calendar = NULL;
	all = fresh ? pin->pin.edition->data : kam_pin_reference(&calendars, &pin->pin, holder);
	name = pnstrdup(name, len);
	layer = find_layer(all, name);
	if (missing_ok && !is_sound(all, layer))
		return NULL;
	if (layer == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("calendar \"%s\" does not exist", name),
				 errhint_calendars(all)));
	if (layer->resolved == NULL)
		resolve(all, layer);
	pin->calendar = layer->resolved;
	return pin->calendar;
}

/* Is it written in the query?  (A parameter of PL/pgSQL may change within a statement.) */
static bool
is_constant(FunctionCallInfo fcinfo, int arg)
{
	Node	   *call = fcinfo->flinfo->fn_expr;

	return call && IsA(call, FuncExpr) &&
		arg < list_length(((FuncExpr *) call)->args) &&
		IsA(list_nth(((FuncExpr *) call)->args, arg), Const);
}

/* See kam_calendar_of_call(). */
const KamCalendar *
kam_find_calendar_of_call(FunctionCallInfo fcinfo, int arg)
{
	KamCalendarPin *pin = fcinfo->flinfo->fn_extra;
	const text *name = PG_GETARG_TEXT_PP(arg);
	const KamCalendar *calendar;

	if (pin == NULL)
	{
		pin = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(KamCalendarPin));
		pin->name_is_constant = is_constant(fcinfo, arg);
		fcinfo->flinfo->fn_extra = pin;
	}
	calendar = kam_calendar(pin, fcinfo->flinfo->fn_mcxt,
							VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), false);
	if (pin->name_is_constant && pin->pin.is_of_query)
		pin->for_good = calendar;
	return calendar;
}

/* ---- asking about a day ---- */

/* From 1, Monday, to 7, Sunday. */
int
kam_weekday(DateADT day)
{
	int			weekday = j2day(day + POSTGRES_EPOCH_JDATE);

	return weekday == 0 ? 7 : weekday;
}

bool
kam_is_weekly_day_off(const KamCalendar *calendar, DateADT day)
{
	return (calendar->weekly_days_off & (1 << kam_weekday(day))) != 0;
}

/* Where the entries of this day, or of later ones, begin. */
static int
first_entry(const KamCalendar *calendar, DateADT day)
{
	int			low = 0;
	int			high = calendar->entry_count;

	while (low < high)
	{
		int			middle = low + (high - low) / 2;

		if (calendar->entries[middle].row->day < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The i-th entry's row, if it is of this day. */
static const KamCalendarDay *
row_of_day(const KamCalendar *calendar, int i, DateADT day)
{
	return i < calendar->entry_count && calendar->entries[i].row->day == day ?
		calendar->entries[i].row : NULL;
}

const KamCalendarDay *
kam_deciding_row(const KamCalendar *calendar, DateADT day)
{
	return row_of_day(calendar, first_entry(calendar, day), day);
}

static const KamStretch *
stretch_around(const KamCalendar *calendar, int64 day)
{
	for (int i = 0; i < calendar->known_count; i++)
		if (day >= calendar->known[i].from && day <= calendar->known[i].to)
			return &calendar->known[i];
	return NULL;
}

bool
kam_calendar_knows(const KamCalendar *calendar, DateADT day)
{
	return stretch_around(calendar, day) != NULL;
}

/* Of a day that the calendar knows. */
bool
kam_calendar_works(const KamCalendar *calendar, DateADT day)
{
	return number_of(calendar, day) != number_of(calendar, day + 1);
}

KamYearState
kam_year_state(const KamCalendar *calendar, DateADT day)
{
	int32		year;

	if (DATE_NOT_FINITE(day))
		return KAM_YEAR_UNKNOWN;
	year = kam_year_of(day);
	return year < KAM_MIN_YEAR || year > KAM_MAX_YEAR ? KAM_YEAR_UNKNOWN :
		calendar->year[year - KAM_MIN_YEAR];
}

/* ---- the horizon ---- */

static int
errdetail_horizon(const KamCalendar *calendar)
{
	StringInfoData list;

	if (calendar->known_count == 0)
		return errdetail("It knows no year.");
	initStringInfo(&list);
	for (int i = 0; i < calendar->known_count; i++)
		appendStringInfo(&list, "%sfrom %s to %s", i ? ", " : "",
						 kam_iso_date(calendar->known[i].from), kam_iso_date(calendar->known[i].to));
	return errdetail("Its days are known %s.", list.data);
}

static int
errhint_add_year(const KamCalendar *calendar, DateADT day)
{
	int32		year;

	if (DATE_NOT_FINITE(day))
		return errhint("Pass a finite date.");
	year = kam_year_of(day);
	if (kam_is_buddhist_year(year))
		return errhint("Dates are of the common era: for B.E. %d write %d.",
					   year, year - KAM_BUDDHIST_ERA_OFFSET);
	if (year < KAM_MIN_YEAR || year > KAM_MAX_YEAR)
		return errhint("Calendars know years from %d to %d.", KAM_MIN_YEAR, KAM_MAX_YEAR);
	return errhint("Add the days of %d to kam.calendar_day, then say that they are known: "
				   "INSERT INTO kam.calendar_year (calendar, year) VALUES (%s, %d).",
				   year, quote_literal_cstr(calendar->name), year);
}

void
kam_refuse_unknown_day(const KamCalendar *calendar, DateADT day)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
			 errmsg("calendar \"%s\" does not know %s", calendar->name, kam_iso_date(day)),
			 errdetail_horizon(calendar),
			 errhint_add_year(calendar, day)));
}

static bool
any_provisional(const KamCalendar *calendar, DateADT from, DateADT to, int32 *year)
{
	int32		last = Min(kam_year_of(to), KAM_MAX_YEAR);

	for (*year = Max(kam_year_of(from), KAM_MIN_YEAR); *year <= last; (*year)++)
		if (calendar->year[*year - KAM_MIN_YEAR] == KAM_YEAR_PROVISIONAL)
			return true;
	return false;
}

void
kam_calendar_note_provisional(const KamCalendar *calendar, DateADT from, DateADT to)
{
	static TimestampTz noted = 0;	/* the statement that was told last */
	int32		year;

	if (noted == GetCurrentStatementStartTimestamp() ||
		DATE_NOT_FINITE(from) || DATE_NOT_FINITE(to) ||
		!any_provisional(calendar, from, to, &year))
		return;
	noted = GetCurrentStatementStartTimestamp();
	ereport(NOTICE,
			(errmsg("calendar \"%s\" is provisional for %d", calendar->name, year),
			 errhint("Its days may still change: see kam.calendar_year.")));
}

/* ---- counting ---- */

#define MEND_IDLE "Change weekly_days_off in kam.calendar, or add working days to kam.calendar_day"

/* Does it know days, but none to work on? */
static bool
is_idle(const KamCalendar *calendar)
{
	for (int i = 0; i < calendar->known_count; i++)
		if (calendar->known[i].end_number > calendar->known[i].first_number)
			return false;
	return calendar->known_count > 0;
}

void
kam_refuse_idle_calendar(const KamCalendar *calendar)
{
	if (is_idle(calendar))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("calendar \"%s\" has no working day", calendar->name),
				 errhint(MEND_IDLE ".")));
}

/* The first day, in the direction of counting, that the result depends on. */
static int64
first_looked_at(DateADT start, int32 days)
{
	return (int64) start + (days > 0) - (days < 0);
}

bool
kam_find_working_day(const KamCalendar *calendar, DateADT start, int32 days, DateADT *due)
{
	const KamStretch *stretch;
	int64		number;

	if (DATE_NOT_FINITE(start))
		return false;
	stretch = stretch_around(calendar, first_looked_at(start, days));
	if (stretch == NULL)
		return false;
	number = (int64) number_of(calendar, start + (days > 0)) + days - (days > 0);
	if (number < stretch->first_number || number >= stretch->end_number)
		return false;
	*due = calendar->working_day[number];
	return true;
}

/* What is wrong with a calendar whose parents are not as they should be. */
static const char *
fault_of_parents(const Calendars *all, const char *name, const char **mend)
{
	Layer	   *layer = find_layer(all, name);
	List	   *seen = NIL;

	*mend = "Add it to kam.calendar";
	if (layer == NULL)
		return "does not exist";
	while (!list_member_ptr(seen, layer) && find_layer(all, layer->parent))
	{
		seen = lappend(seen, layer);
		layer = find_layer(all, layer->parent);
	}
	if (find_layer(all, layer->parent) == NULL)
		return psprintf("is not complete: calendar \"%s\", the parent of \"%s\", does not exist", layer->parent, layer->name);
	*mend = "Change the column parent of one of them in kam.calendar";
	return "is not complete: its parents go round in a circle";
}

const char *
kam_calendar_fault(const KamCalendarPin *pin, const char *name, const char **mend)
{
	if (pin->calendar == NULL)
		return fault_of_parents(pin->pin.edition->data, name, mend);
	*mend = MEND_IDLE;
	return is_idle(pin->calendar) ? "has no working day" : NULL;
}

/* The day for which the calendar would have had to be asked. */
static DateADT
first_unknown(const KamCalendar *calendar, DateADT start, int32 days)
{
	int64		day = first_looked_at(start, days);
	const KamStretch *stretch = stretch_around(calendar, day);

	if (DATE_NOT_FINITE(start) || !IS_VALID_DATE(day))
		return start;
	if (stretch == NULL)
		return (DateADT) day;
	return days < 0 ? stretch->from - 1 : stretch->to + 1;
}

DateADT
kam_find_working_day_or_error(const KamCalendar *calendar, DateADT start, int32 days)
{
	DateADT		due;
	DateADT		from;

	if (!kam_find_working_day(calendar, start, days, &due))
	{
		kam_refuse_idle_calendar(calendar);
		kam_refuse_unknown_day(calendar, first_unknown(calendar, start, days));
	}
	from = (DateADT) first_looked_at(start, days);
	kam_calendar_note_provisional(calendar, Min(from, due), Max(from, due));
	return due;
}

/* See kam_working_days_between(). */
int32
kam_count_working_days(const KamCalendar *calendar, DateADT after, DateADT upto)
{
	const KamStretch *stretch;

	if (after > upto)
		return -kam_count_working_days(calendar, upto, after);
	if (DATE_NOT_FINITE(after) || DATE_NOT_FINITE(upto))
		kam_refuse_unknown_day(calendar, DATE_NOT_FINITE(after) ? after : upto);
	if (after == upto)
		return 0;
	stretch = stretch_around(calendar, after + 1);
	if (stretch == NULL || upto > stretch->to)
		kam_refuse_unknown_day(calendar, stretch ? stretch->to + 1 : after + 1);
	kam_calendar_note_provisional(calendar, after + 1, upto);
	return number_of(calendar, upto + 1) - number_of(calendar, after + 1);
}

/* ---- what the calendar gave before it changed ---- */

typedef struct FormerDay
{
	DateADT		day;
	bool		worked;
} FormerDay;

static int
compare_former_days(const void *a, const void *b)
{
	const FormerDay *x = a;
	const FormerDay *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return (int) x->worked - (int) y->worked;
}

/* Does the i-th entry say of the day what the row that decides it says, and are both the user's, or built in? */
static bool
is_like_deciding_row(const KamCalendar *calendar, int i, DateADT day)
{
	const KamCalendarDay *deciding = kam_deciding_row(calendar, day);
	const KamCalendarDay *row = row_of_day(calendar, i, day);

	return row && row->builtin == deciding->builtin &&
		kam_decides_working(calendar, row, day) == kam_decides_working(calendar, deciding, day);
}

/*
 * Was it a working day without its new rows?  With a layer, that is its row.
 * Without one, it is the row that decides the day now, and those behind it that
 * say the same: one that says otherwise was there before, or the day would
 * be as it was, and so was a built-in row behind one of the user's.
 */
static bool
worked_without_rows(const KamCalendar *calendar, DateADT day, const char *layer)
{
	int			i = first_entry(calendar, day);

	if (layer == NULL)
	{
		while (is_like_deciding_row(calendar, i, day))
			i++;
	}
	else if (row_of_day(calendar, i, day) && strcmp(row_of_day(calendar, i, day)->calendar, layer) == 0)
		i++;
	return kam_decides_working(calendar, row_of_day(calendar, i, day), day);
}

/* Which of its layers a calendar is; -1 for none. */
static int
layer_number(const KamCalendar *calendar, const char *name)
{
	for (int i = 0; i < calendar->layer_count; i++)
		if (strcmp(calendar->layers[i], name) == 0)
			return i;
	return -1;
}

/* Was it a working day while the layer had a row that made it none?  Only where a nearer one says so. */
static bool
worked_with_row(const KamCalendar *calendar, DateADT day, const char *layer)
{
	int			i = first_entry(calendar, day);

	return layer && row_of_day(calendar, i, day) &&
		calendar->entries[i].layer < layer_number(calendar, layer) &&
		kam_decides_working(calendar, row_of_day(calendar, i, day), day);
}

/* In order, a day once; a day that was withdrawn was a day off, added or not. */
static FormerDay *
former_days(const KamCalendar *calendar, const KamCalendarChange *change, int *count)
{
	bool		concerned = change->layer == NULL || layer_number(calendar, change->layer) >= 0;
	int			added_count = concerned ? change->added_count : 0;
	int			withdrawn_count = concerned ? change->withdrawn_count : 0;
	const DateADT *added = change->added;
	const DateADT *withdrawn = change->withdrawn;
	FormerDay  *days = palloc((added_count + withdrawn_count + 1) * sizeof(FormerDay));
	int			all = 0;

	for (int i = 0; i < added_count; i++)
		if (!DATE_NOT_FINITE(added[i]))
			days[all++] = (FormerDay) {added[i], worked_without_rows(calendar, added[i], change->layer)};
	for (int i = 0; i < withdrawn_count; i++)
		if (!DATE_NOT_FINITE(withdrawn[i]))
			days[all++] = (FormerDay) {withdrawn[i], worked_with_row(calendar, withdrawn[i], change->layer)};
	qsort(days, all, sizeof(FormerDay), compare_former_days);
	*count = 0;
	for (int i = 0; i < all; i++)
		if (*count == 0 || days[*count - 1].day != days[i].day)
			days[(*count)++] = days[i];
	return days;
}

/* The wanted-th working day from 'from' on. */
static bool
former_day_from(const KamCalendar *calendar, const KamStretch *stretch, DateADT from, int64 wanted,
				const FormerDay *former, int count, DateADT *due)
{
	int64		number;

	for (int i = 0; i < count; i++)
	{
		int32		before;

		if (former[i].day < from || former[i].day > stretch->to)
			continue;
		before = number_of(calendar, former[i].day) - number_of(calendar, from);
		if (wanted <= before)
			break;
		wanted -= before;
		if (former[i].worked && --wanted == 0)
		{
			*due = former[i].day;
			return true;
		}
		from = former[i].day + 1;
	}
	number = number_of(calendar, from) + wanted - 1;
	if (number >= stretch->end_number)
		return false;
	*due = calendar->working_day[number];
	return true;
}

/* The wanted-th working day from 'from' back. */
static bool
former_day_back(const KamCalendar *calendar, const KamStretch *stretch, DateADT from, int64 wanted,
				const FormerDay *former, int count, DateADT *due)
{
	int64		number;

	for (int i = count - 1; i >= 0; i--)
	{
		int32		after;

		if (former[i].day > from || former[i].day < stretch->from)
			continue;
		after = number_of(calendar, from + 1) - number_of(calendar, former[i].day + 1);
		if (wanted <= after)
			break;
		wanted -= after;
		if (former[i].worked && --wanted == 0)
		{
			*due = former[i].day;
			return true;
		}
		from = former[i].day - 1;
	}
	number = number_of(calendar, from + 1) - wanted;
	if (number < stretch->first_number)
		return false;
	*due = calendar->working_day[number];
	return true;
}

bool
kam_add_working_days_before(const KamCalendar *calendar, DateADT start, int32 days,
							const KamCalendarChange *change, DateADT *due)
{
	const KamStretch *stretch;
	FormerDay  *former;
	int			count;
	DateADT		from;
	bool		found;

	if (DATE_NOT_FINITE(start))
		return false;
	stretch = stretch_around(calendar, first_looked_at(start, days));
	if (stretch == NULL)
		return false;
	from = (DateADT) first_looked_at(start, days);
	former = former_days(calendar, change, &count);
	found = days < 0 ?
		former_day_back(calendar, stretch, from, -(int64) days, former, count, due) :
		former_day_from(calendar, stretch, from, Max(days, 1), former, count, due);
	pfree(former);
	return found;
}

/* ---- SQL functions ---- */

PG_FUNCTION_INFO_V1(calendar_horizon);

/* kam.calendar_horizon(calendar): a row per stretch of known days */
Datum
calendar_horizon(PG_FUNCTION_ARGS)
{
	const KamCalendar *calendar = kam_calendar_of_call(fcinfo, 0);
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < calendar->known_count; i++)
	{
		const KamStretch *stretch = &calendar->known[i];
		Datum		values[3];
		bool		nulls[3] = {false};
		int32		year;

		values[0] = DateADTGetDatum(stretch->from);
		values[1] = DateADTGetDatum(stretch->to);
		nulls[2] = !any_provisional(calendar, stretch->from, stretch->to, &year);
		values[2] = nulls[2] ? (Datum) 0 : DateADTGetDatum(kam_day_of(year, 1, 1));
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}
