/*-------------------------------------------------------------------------
 *
 * process_step.c
 *		The yearly process: when each of its ten steps is due (section 5;
 *		R16, R17, R19).
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "process_step.h"

#include "calendar.h"
#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "nodes/pg_list.h"
#include "rule_set.h"
#include "utils/builtins.h"
#include "utils/datetime.h"

#define STEPS 10
#define LAST_OF_MONTH 0

typedef struct ProcessStep
{
	int32		step;
	const char *period;			/* "" where the step is due once */
	bool		builtin;
	int32		year_offset;
	int32		due_month;
	int32		due_day;		/* or LAST_OF_MONTH */
	const char *roll_calendar;	/* or NULL */
} ProcessStep;

typedef struct ProcessSteps
{
	List	   *of_step[STEPS + 1]; /* of ProcessStep, by period; a user's row hides a built-in one */
} ProcessSteps;

/* What a call site keeps; zeroed memory is a valid start. */
typedef struct ProcessPin
{
	KamPin		pin;
	KamCalendarPin calendar;
} ProcessPin;

static void *load_process_steps(const Relation *rels, Snapshot snapshot);

static KamReference process_step_table = {.tables = {"process_step"}, .load = load_process_steps};

/* ---- reading the table ---- */

static int32
int_column(const KamReferenceRow *row, const char *name)
{
	return DatumGetInt32(kam_row_column(row, name, INT4OID));
}

static ProcessStep *
find_period(const ProcessSteps *all, int32 step, const char *period)
{
	ListCell   *cell;

	foreach(cell, all->of_step[step])
		if (strcmp(((ProcessStep *) lfirst(cell))->period, period) == 0)
			return lfirst(cell);
	return NULL;
}

static void
read_process_step(const KamReferenceRow *row, void *into)
{
	ProcessSteps *all = into;
	ProcessStep step = {
		.step = int_column(row, "step"),
		.period = kam_row_text(row, "period"),
		.builtin = DatumGetBool(kam_row_column(row, "builtin", BOOLOID)),
		.year_offset = int_column(row, "year_offset"),
		.due_month = int_column(row, "due_month"),
		.roll_calendar = kam_row_text(row, "roll_calendar")
	};
	ProcessStep *same;
	Datum		day;

	if (step.step < 1 || step.step > STEPS)
		return;
	step.due_day = kam_row_has(row, "due_day", INT4OID, &day) ? DatumGetInt32(day) : LAST_OF_MONTH;
	same = find_period(all, step.step, step.period);
	if (same == NULL)
	{
		same = palloc(sizeof(ProcessStep));
		all->of_step[step.step] = lappend(all->of_step[step.step], same);
	}
	else if (step.builtin)
		return;
	*same = step;
}

static int
compare_periods(const ListCell *a, const ListCell *b)
{
	return strcmp(((const ProcessStep *) lfirst(a))->period, ((const ProcessStep *) lfirst(b))->period);
}

static void *
load_process_steps(const Relation *rels, Snapshot snapshot)
{
	ProcessSteps *all = palloc0(sizeof(ProcessSteps));

	kam_read_reference(rels[0], snapshot, read_process_step, all);
	for (int step = 1; step <= STEPS; step++)
		list_sort(all->of_step[step], compare_periods);
	return all;
}

/* ---- finding one ---- */

static const ProcessSteps *
process_steps(KamPin *pin, MemoryContext holder)
{
	return kam_pin_is_fresh(pin) ? pin->edition->data :
		kam_pin_reference(&process_step_table, pin, holder);
}

static int
errhint_periods(const ProcessSteps *all, int32 step)
{
	const List *steps = all->of_step[step];
	StringInfoData list;
	ListCell   *cell;

	if (list_length(steps) == 1 && *((const ProcessStep *) linitial(steps))->period == '\0')
		return errhint("Step %d is due once: leave the period NULL.", step);
	initStringInfo(&list);
	foreach(cell, steps)
	{
		const char *period = ((const ProcessStep *) lfirst(cell))->period;

		appendStringInfo(&list, "%s%s", list.len ? ", " : "", *period ? period : "NULL");
	}
	return errhint("The periods of step %d are: %s.", step, list.data);
}

static const ProcessStep *
process_step(const ProcessSteps *all, int32 step, const char *period)
{
	const ProcessStep *found;

	if (step < 1 || step > STEPS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("process step %d does not exist", step),
				 errhint("The steps of the yearly process are 1 to %d.", STEPS)));
	found = find_period(all, step, period);
	if (found == NULL && *period)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("process step %d has no period \"%s\"", step, period),
				 errhint_periods(all, step)));
	if (found == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("process step %d needs a period", step),
				 errhint_periods(all, step)));
	return found;
}

const char *
kam_step_roll_calendar(int step, const char *period, KamPin *pin, MemoryContext holder)
{
	const ProcessSteps *all = process_steps(pin, holder);
	const ProcessStep *found = step < 1 || step > STEPS ? NULL : find_period(all, step, period);

	return found ? found->roll_calendar : NULL;
}

/* The last day, before it moves; 29 February is the 28th in most years. */
static DateADT
last_day(const ProcessStep *step, int32 plan_year)
{
	int32		year = plan_year + step->year_offset;
	int			in_month = day_tab[isleap(year)][step->due_month - 1];

	return kam_day_of(year, step->due_month,
					  step->due_day == LAST_OF_MONTH ? in_month : Min(step->due_day, in_month));
}

static DateADT
roll(const char *calendar, DateADT day, ProcessPin *pin, MemoryContext holder)
{
	return kam_add_working_days_or_error(kam_calendar(&pin->calendar, holder, calendar,
													  strlen(calendar), false), day, 0);
}

PG_FUNCTION_INFO_V1(process_deadline);

/* kam.process_deadline(step, plan_year, period) */
Datum
process_deadline(PG_FUNCTION_ARGS)
{
	ProcessPin *pin = fcinfo->flinfo->fn_extra;
	MemoryContext holder = fcinfo->flinfo->fn_mcxt;
	const ProcessStep *step;
	int32		plan_year;
	DateADT		day;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	if (pin == NULL)
		pin = fcinfo->flinfo->fn_extra = MemoryContextAllocZero(holder, sizeof(ProcessPin));
	step = process_step(process_steps(&pin->pin, holder), PG_GETARG_INT32(0),
						PG_ARGISNULL(2) ? "" : text_to_cstring(PG_GETARG_TEXT_PP(2)));
	plan_year = PG_ARGISNULL(1) ? kam_bangkok_year() : PG_GETARG_INT32(1);
	kam_check_plan_year(plan_year);
	day = last_day(step, plan_year);
	PG_RETURN_DATEADT(step->roll_calendar ? roll(step->roll_calendar, day, pin, holder) : day);
}
