/*-------------------------------------------------------------------------
 *
 * response_deadline.c
 *		Answer within 5 working days (step 4, R18), on anybody's table.
 *
 * The due date is stamped when a row comes without one, and anew when the
 * receipt changes; one that the user gives stays.  So a dump, which gives
 * every due date, is restored as it was.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "deadline.h"

#include "access/table.h"
#include "utils/builtins.h"

const KamRule kam_response_deadline_rule = {
	.name = "response deadline",
	.attach = "attach_response_deadline",
	.function = "_response_deadline",
	.trigger = "zzz_kam_response_deadline", /* BEFORE triggers fire by name: after the user's own */
	.columns = {"received_column", "due_column", "done_column"}
};

enum
{
	REL_ARG, RECEIVED_ARG, DUE_ARG, DONE_ARG, WORKING_DAYS_ARG, CALENDAR_ARG, BEYOND_HORIZON_ARG
};

/* ---- attaching ---- */

static const char *
text_argument(FunctionCallInfo fcinfo, int arg, const char *argument)
{
	if (PG_ARGISNULL(arg))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s is NULL", argument),
				 errhint("Leave it out for its default.")));
	return text_to_cstring(PG_GETARG_TEXT_PP(arg));
}

static const char *
calendar_argument(FunctionCallInfo fcinfo)
{
	const char *name = text_argument(fcinfo, CALENDAR_ARG, "calendar");
	KamCalendarPin *pin = palloc0(sizeof(KamCalendarPin));	/* outlives this function */

	kam_refuse_idle_calendar(kam_calendar(pin, CurrentMemoryContext, name, strlen(name), false));
	return name;
}

static const char *
beyond_horizon_argument(FunctionCallInfo fcinfo)
{
	const char *choice = text_argument(fcinfo, BEYOND_HORIZON_ARG, "beyond_horizon");

	if (strcmp(choice, "null") != 0 && strcmp(choice, "error") != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("beyond_horizon is \"%s\"", choice),
				 errhint("Say 'null', to leave the due date empty with a warning until the calendar knows more, "
						 "or 'error', to refuse the row.")));
	return choice;
}

PG_FUNCTION_INFO_V1(attach_response_deadline);
PG_FUNCTION_INFO_V1(detach_response_deadline);

/* kam.attach_response_deadline(rel, received_column, due_column, done_column, …) */
Datum
attach_response_deadline(PG_FUNCTION_ARGS)
{
	Relation	rel = kam_open_to_attach(fcinfo, &kam_response_deadline_rule);
	KamColumn	received;
	KamColumn	due;
	KamColumn	done;
	KamTriggerParts parts = {
		.create = "CREATE TRIGGER",
		.timing = "BEFORE INSERT OR UPDATE",
		.options = "",
		.comment = "Stamps when an answer is due: working days after the receipt, work manual step 4 (extension kam)."
	};

	kam_day_column(fcinfo, RECEIVED_ARG, rel, "received_column", true, &received);
	kam_day_column(fcinfo, DUE_ARG, rel, "due_column", true, &due);
	kam_day_column(fcinfo, DONE_ARG, rel, "done_column", false, &done);
	kam_refuse_same_column(rel, &received, &due);
	kam_refuse_same_column(rel, &due, &done);
	kam_refuse_same_column(rel, &received, &done);
	kam_refuse_generated(rel, &received);
	kam_refuse_generated(rel, &due);
	kam_refuse_generated(rel, &done);
	kam_refuse_partition_key(rel, &due);

	parts.settings = list_make3(psprintf("working_days=%d", kam_days_argument(fcinfo, WORKING_DAYS_ARG, "working_days")),
								psprintf("calendar=%s", calendar_argument(fcinfo)),
								psprintf("beyond_horizon=%s", beyond_horizon_argument(fcinfo)));
	parts.when = kam_columns_condition(&received, &due, &done);
	kam_attach(rel, &kam_response_deadline_rule, &parts);
	table_close(rel, NoLock);
	PG_RETURN_VOID();
}

/* kam.detach_response_deadline(rel) */
Datum
detach_response_deadline(PG_FUNCTION_ARGS)
{
	kam_detach(fcinfo, &kam_response_deadline_rule);
	PG_RETURN_VOID();
}

/* ---- the trigger ---- */

/* False if the trigger is not as we make it. */
bool
kam_describe_response_deadline(const KamAttached *attached, Relation rel, KamResponseDeadline *deadline)
{
	const char *beyond = kam_setting(attached->settings, "beyond_horizon");

	memset(deadline, 0, sizeof(KamResponseDeadline));
	deadline->calendar = kam_setting(attached->settings, "calendar");
	deadline->error_beyond = beyond && strcmp(beyond, "error") == 0;
	return beyond && deadline->calendar &&
		kam_number_setting(attached, "working_days", &deadline->working_days) &&
		kam_attached_day(rel, attached, 0, &deadline->received) &&
		kam_attached_day(rel, attached, 1, &deadline->due) &&
		(attached->columns == 2 || kam_attached_day(rel, attached, 2, &deadline->done));
}

/* What a backend keeps of it. */
typedef struct KeptDeadline
{
	KamResponseDeadline rule;
	KamCalendarPin pin;
	MemoryContext context;
} KeptDeadline;

static KeptDeadline *
find_deadline(const TriggerData *trigdata)
{
	KamKeptRule *kept = kam_keep_rule(trigdata->tg_trigger->tgoid);
	KeptDeadline *deadline;

	if (kept->data)
		return kept->data;
	deadline = MemoryContextAllocZero(kept->context, sizeof(KeptDeadline));
	if (!kam_describe_response_deadline(&kept->attached, trigdata->tg_relation, &deadline->rule))
		kam_not_as_attached(&kept->attached);
	deadline->context = kept->context;
	kept->data = deadline;
	return deadline;
}

/* Is the due date the trigger's to set? */
static bool
is_ours_to_stamp(const KamResponseDeadline *deadline, const TriggerData *trigdata)
{
	HeapTuple	row = kam_new_row(trigdata);
	TupleDesc	desc = RelationGetDescr(trigdata->tg_relation);

	if (TRIGGER_FIRED_BY_INSERT(trigdata->tg_event))
		return heap_attisnull(row, deadline->due.attnum, desc) &&
			!heap_attisnull(row, deadline->received.attnum, desc);
	return !kam_same_column(trigdata->tg_trigtuple, row, desc, deadline->received.attnum) &&
		kam_same_column(trigdata->tg_trigtuple, row, desc, deadline->due.attnum);
}

static int
errhint_unknown(DateADT received)
{
	int32		year = kam_year_of(received);

	if (kam_is_buddhist_year(year))
		return errhint("That day is in the Buddhist era, it seems: dates are common-era dates.");
	if (year < KAM_MIN_YEAR || year > KAM_MAX_YEAR)
		return errhint("Correct the day, or leave it NULL while it is not known: calendars know years from %d to %d.",
					   KAM_MIN_YEAR, KAM_MAX_YEAR);
	return errhint("Add the missing days and their year to kam.calendar_day and kam.calendar_year, "
				   "then CALL kam.recompute_deadlines() with your ledger.");
}

static void
warn_unknown(const KeptDeadline *deadline, const TriggerData *trigdata, DateADT received)
{
	const KamResponseDeadline *rule = &deadline->rule;
	const char *mend;
	const char *fault;

	if (!kam_is_first_warning())
		return;
	fault = kam_calendar_fault(&deadline->pin, rule->calendar, &mend);
	ereport(WARNING,
			(errmsg("column \"%s\" of table \"%s\" is left empty: calendar \"%s\" %s",
					NameStr(rule->due.name), RelationGetRelationName(trigdata->tg_relation),
					rule->calendar, fault ? fault : "does not know the days"),
			 errdetail("The answer to what was received on %s is due %d working days later.",
					   kam_iso_date(received), rule->working_days),
			 fault ? errhint("%s, then CALL kam.recompute_deadlines() with your ledger.", mend) :
			 errhint_unknown(received)));
}

/* When the answer is due; false where nobody can know yet. */
static bool
find_due_day(KeptDeadline *deadline, const TriggerData *trigdata, DateADT received, DateADT *due)
{
	const KamResponseDeadline *rule = &deadline->rule;
	const KamCalendar *calendar = kam_calendar(&deadline->pin, deadline->context, rule->calendar,
											   strlen(rule->calendar), !rule->error_beyond);

	if (rule->error_beyond)
		*due = kam_add_working_days_or_error(calendar, received, rule->working_days);
	else if (calendar == NULL || !kam_add_working_days(calendar, received, rule->working_days, due))
	{
		warn_unknown(deadline, trigdata, received);
		return false;
	}
	kam_calendar_note_provisional(calendar, received + (rule->working_days > 0), *due);
	return true;
}

PG_FUNCTION_INFO_V1(response_deadline);

/* trigger kam._response_deadline() */
Datum
response_deadline(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = (TriggerData *) fcinfo->context;
	TupleDesc	desc;
	HeapTuple	row;
	KeptDeadline *deadline;
	DateADT		received;
	DateADT		due;

	kam_check_row_trigger(fcinfo, &kam_response_deadline_rule);
	deadline = find_deadline(trigdata);
	desc = RelationGetDescr(trigdata->tg_relation);
	row = kam_new_row(trigdata);
	if (!is_ours_to_stamp(&deadline->rule, trigdata))
		return PointerGetDatum(row);
	if (kam_get_day(&deadline->rule.received, row, desc, &received) &&
		find_due_day(deadline, trigdata, received, &due))
		row = kam_set_column(row, desc, &deadline->rule.due, false, kam_value_of_day(&deadline->rule.due, due));
	else
		row = kam_set_column(row, desc, &deadline->rule.due, true, (Datum) 0);
	return PointerGetDatum(row);
}
