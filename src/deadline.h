/*-------------------------------------------------------------------------
 *
 * deadline.h
 *		What the deadlines on users' tables share: days in columns of
 *		different types, and due days that no calendar knows yet.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#ifndef KAM_DEADLINE_H
#define KAM_DEADLINE_H

#include "attached_rule.h"
#include "calendar.h"

extern void kam_day_column(FunctionCallInfo fcinfo, int arg, Relation rel, const char *argument,
						   bool required, KamColumn *column);
extern bool kam_attached_day(Relation rel, const KamAttached *attached, int which, KamColumn *column);
extern int32 kam_days_argument(FunctionCallInfo fcinfo, int arg, const char *argument);
extern int	kam_precision(const KamColumn *column);
extern Timestamp kam_end_of_day(DateADT day, int precision);
extern Datum kam_value_of_day(const KamColumn *column, DateADT day);
extern bool kam_get_day(const KamColumn *column, HeapTuple row, TupleDesc desc, DateADT *day);
extern HeapTuple kam_set_column(HeapTuple row, TupleDesc desc, const KamColumn *column, bool isnull, Datum value);
extern void kam_check_row_trigger(FunctionCallInfo fcinfo, const KamRule *rule);
extern bool kam_same_column(HeapTuple a, HeapTuple b, TupleDesc desc, AttrNumber attnum);
extern bool kam_is_first_warning(void);

/* A response deadline, as its trigger describes it. */
typedef struct KamResponseDeadline
{
	KamColumn	received;
	KamColumn	due;
	KamColumn	done;			/* attnum InvalidAttrNumber where the table has none */
	int32		working_days;
	const char *calendar;
	bool		error_beyond;	/* the calendar's horizon */
} KamResponseDeadline;

extern bool kam_describe_response_deadline(const KamAttached *attached, Relation rel,
										   KamResponseDeadline *deadline);

/* The row that a BEFORE trigger is about to write. */
static inline HeapTuple
kam_new_row(const TriggerData *trigdata)
{
	return TRIGGER_FIRED_BY_UPDATE(trigdata->tg_event) ? trigdata->tg_newtuple : trigdata->tg_trigtuple;
}

#endif							/* KAM_DEADLINE_H */
