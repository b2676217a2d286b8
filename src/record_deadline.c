/*-------------------------------------------------------------------------
 *
 * record_deadline.c
 *		Record within 7 days (step 5, R19), on anybody's table.
 *
 * The day on which it happened does not count, the last day counts to its
 * end, and holidays do not move it, unless the row of step 5 in
 * kam.process_step says that a last day that is one rolls.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "deadline.h"

#include "access/table.h"
#include "catalog/pg_type.h"
#include "common/int.h"
#include "process_step.h"
#include "utils/builtins.h"

const KamRule kam_record_deadline_rule = {
	.name = "record deadline",
	.attach = "attach_record_deadline",
	.function = "_record_deadline",
	.trigger = "zzz_kam_record_deadline",	/* BEFORE triggers fire by name: after the user's own */
	.columns = {"happened_column", "recorded_column", "lateness_column"}
};

#define RECORD_STEP 5

enum
{
	REL_ARG, HAPPENED_ARG, RECORDED_ARG, ACTION_ARG, LATENESS_ARG, DAYS_ARG
};

/* ---- attaching ---- */

/* Does the call ask to refuse what is late, rather than to flag it? */
static bool
refuses_late(FunctionCallInfo fcinfo)
{
	const char *action;

	if (PG_ARGISNULL(ACTION_ARG))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("action is NULL"),
				 errhint("Say 'flag' or 'reject', or leave it out for its default.")));
	action = text_to_cstring(PG_GETARG_TEXT_PP(ACTION_ARG));
	if (strcmp(action, "flag") != 0 && strcmp(action, "reject") != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("action is \"%s\"", action),
				 errhint("Say 'flag', to fill lateness_column, or 'reject', to refuse what is recorded too late.")));
	return strcmp(action, "reject") == 0;
}

static bool
is_lateness_type(Oid type)
{
	return type == BOOLOID || type == INT2OID || type == INT4OID || type == INT8OID;
}

/* The lateness column, which goes with 'flag' and not with 'reject'. */
static void
lateness_argument(FunctionCallInfo fcinfo, Relation rel, bool reject, KamColumn *lateness)
{
	bool		given = kam_column_argument(fcinfo, LATENESS_ARG, rel, "lateness_column", lateness);

	if (given == reject)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 reject ? errmsg("lateness_column is given, but action is \"reject\"") :
				 errmsg("lateness_column is missing, but action is \"flag\""),
				 errhint("'flag' fills a boolean or integer column, which it needs; 'reject' fills none.")));
	if (!given)
		return;
	if (!is_lateness_type(lateness->type))
		kam_wrong_column_type(rel, lateness, "boolean, or an integer for the days");
	kam_refuse_generated(rel, lateness);
	kam_refuse_partition_key(rel, lateness);
}

PG_FUNCTION_INFO_V1(attach_record_deadline);
PG_FUNCTION_INFO_V1(detach_record_deadline);

/* kam.attach_record_deadline(rel, happened_column, recorded_column, action, lateness_column, days) */
Datum
attach_record_deadline(PG_FUNCTION_ARGS)
{
	Relation	rel = kam_open_to_attach(fcinfo, &kam_record_deadline_rule);
	bool		reject = refuses_late(fcinfo);
	KamColumn	happened;
	KamColumn	recorded;
	KamColumn	lateness;
	KamTriggerParts parts = {
		.create = "CREATE TRIGGER",
		.timing = "BEFORE INSERT OR UPDATE",
		.options = "",
		.comment = "Activities are recorded within days of their happening, work manual step 5 (extension kam)."
	};

	kam_day_column(fcinfo, HAPPENED_ARG, rel, "happened_column", true, &happened);
	kam_day_column(fcinfo, RECORDED_ARG, rel, "recorded_column", true, &recorded);
	lateness_argument(fcinfo, rel, reject, &lateness);
	kam_refuse_same_column(rel, &happened, &recorded);
	kam_refuse_generated(rel, &happened);
	kam_refuse_generated(rel, &recorded);

	parts.settings = list_make2(psprintf("action=%s", reject ? "reject" : "flag"),
								psprintf("days=%d", kam_days_argument(fcinfo, DAYS_ARG, "days")));
	parts.when = kam_columns_condition(&happened, &recorded, &lateness);
	kam_attach(rel, &kam_record_deadline_rule, &parts);
	table_close(rel, NoLock);
	PG_RETURN_VOID();
}

/* kam.detach_record_deadline(rel) */
Datum
detach_record_deadline(PG_FUNCTION_ARGS)
{
	kam_detach(fcinfo, &kam_record_deadline_rule);
	PG_RETURN_VOID();
}

/* ---- the trigger ---- */

/* What a backend keeps of an attached deadline. */
typedef struct RecordDeadline
{
	KamColumn	happened;
	KamColumn	recorded;
	KamColumn	lateness;		/* attnum InvalidAttrNumber to refuse what is late */
	int32		days;
	KamPin		step;
	KamCalendarPin calendar;
	MemoryContext context;
} RecordDeadline;

#define REFUSES(deadline) ((deadline)->lateness.attnum == InvalidAttrNumber)

/* False if the trigger is not as we make it. */
static bool
describe(const KamAttached *attached, Relation rel, RecordDeadline *deadline)
{
	const char *action = kam_setting(attached->settings, "action");
	bool		reject = action && strcmp(action, "reject") == 0;

	if (action == NULL || attached->columns != (reject ? 2 : 3) ||
		!kam_number_setting(attached, "days", &deadline->days) ||
		!kam_attached_day(rel, attached, 0, &deadline->happened) ||
		!kam_attached_day(rel, attached, 1, &deadline->recorded))
		return false;
	if (reject)
		return true;
	kam_column_of_number(rel, attached->column[2], &deadline->lateness);
	return is_lateness_type(deadline->lateness.type);
}

static RecordDeadline *
find_deadline(const TriggerData *trigdata)
{
	KamKeptRule *kept = kam_keep_rule(trigdata->tg_trigger->tgoid);
	RecordDeadline *deadline;

	if (kept->data)
		return kept->data;
	deadline = MemoryContextAllocZero(kept->context, sizeof(RecordDeadline));
	if (!describe(&kept->attached, trigdata->tg_relation, deadline))
		kam_not_as_attached(&kept->attached);
	deadline->context = kept->context;
	kept->data = deadline;
	return deadline;
}

static void
warn_unknown(const RecordDeadline *deadline, const TriggerData *trigdata, const char *calendar, DateADT day)
{
	const char *mend;
	const char *fault;

	if (!kam_is_first_warning())
		return;
	fault = kam_calendar_fault(&deadline->calendar, calendar, &mend);
	ereport(WARNING,
			(errmsg("lateness of a row of table \"%s\" is not known: calendar \"%s\" %s",
					RelationGetRelationName(trigdata->tg_relation), calendar,
					fault ? fault : psprintf("does not know %s", kam_iso_date(day))),
			 errdetail("Step 5 in kam.process_step rolls a last day that is no working day to the next one."),
			 errhint("%s.", fault ? mend :
					 "Add the missing days and their year to kam.calendar_day and kam.calendar_year")));
}

/* The last day for a record; false where nobody can know. */
static bool
find_last_day(RecordDeadline *deadline, const TriggerData *trigdata, DateADT happened, DateADT *last)
{
	const char *name = kam_step_roll_calendar(RECORD_STEP, "", &deadline->step, deadline->context);
	const KamCalendar *calendar;
	DateADT		plain;

	if (pg_add_s32_overflow(happened, deadline->days, &plain))
		plain = DATEVAL_NOEND;
	*last = plain;
	if (name == NULL)
		return true;
	calendar = kam_calendar(&deadline->calendar, deadline->context, name, strlen(name), true);
	if (calendar == NULL || !kam_add_working_days(calendar, plain, 0, last))
	{
		warn_unknown(deadline, trigdata, name, plain);
		return false;
	}
	kam_calendar_note_provisional(calendar, plain, *last);
	return true;
}

/* Days late, 0 if on time; false while that is not known. */
static bool
find_lateness(RecordDeadline *deadline, const TriggerData *trigdata, int32 *late)
{
	HeapTuple	row = kam_new_row(trigdata);
	TupleDesc	desc = RelationGetDescr(trigdata->tg_relation);
	DateADT		happened;
	DateADT		recorded;
	DateADT		last;

	*late = 0;
	if (!kam_get_day(&deadline->happened, row, desc, &happened) ||
		!kam_get_day(&deadline->recorded, row, desc, &recorded))
		return false;
	if ((int64) recorded <= (int64) happened + deadline->days)
		return true;			/* whatever the calendar says */
	if (!find_last_day(deadline, trigdata, happened, &last))
		return false;
	*late = Max(recorded - last, 0);
	return true;
}

static Datum
lateness_value(const KamColumn *column, int32 late)
{
	switch (column->type)
	{
		case BOOLOID:
			return BoolGetDatum(late > 0);
		case INT2OID:
			return Int16GetDatum((int16) Min(late, PG_INT16_MAX));
		case INT8OID:
			return Int64GetDatum(late);
		default:
			return Int32GetDatum(late);
	}
}

static void
refuse_late(const RecordDeadline *deadline, const TriggerData *trigdata, int32 late)
{
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg_plural("a row of table \"%s\" is recorded %d day too late",
						   "a row of table \"%s\" is recorded %d days too late",
						   late, RelationGetRelationName(trigdata->tg_relation), late),
			 errdetail("An activity is recorded within %d days after its day (step 5).", deadline->days),
			 errhint("Record activities in time; or attach the deadline with action 'flag', which takes late records and marks them."),
			 errtableconstraint(trigdata->tg_relation, trigdata->tg_trigger->tgname)));
}

/* An update that leaves both days alone cannot become too late. */
static bool
is_settled(const RecordDeadline *deadline, const TriggerData *trigdata)
{
	TupleDesc	desc = RelationGetDescr(trigdata->tg_relation);

	return TRIGGER_FIRED_BY_UPDATE(trigdata->tg_event) &&
		kam_same_column(trigdata->tg_trigtuple, trigdata->tg_newtuple, desc, deadline->happened.attnum) &&
		kam_same_column(trigdata->tg_trigtuple, trigdata->tg_newtuple, desc, deadline->recorded.attnum);
}

PG_FUNCTION_INFO_V1(record_deadline);

/* trigger kam._record_deadline() */
Datum
record_deadline(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = (TriggerData *) fcinfo->context;
	RecordDeadline *deadline;
	HeapTuple	row;
	bool		known;
	int32		late;

	kam_check_row_trigger(fcinfo, &kam_record_deadline_rule);
	deadline = find_deadline(trigdata);
	row = kam_new_row(trigdata);
	if (REFUSES(deadline) && is_settled(deadline, trigdata))
		return PointerGetDatum(row);
	known = find_lateness(deadline, trigdata, &late);
	if (!REFUSES(deadline))
		row = kam_set_column(row, RelationGetDescr(trigdata->tg_relation), &deadline->lateness,
							 !known, known ? lateness_value(&deadline->lateness, late) : (Datum) 0);
	else if (late > 0)
		refuse_late(deadline, trigdata, late);
	return PointerGetDatum(row);
}
