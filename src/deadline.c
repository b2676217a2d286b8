/*-------------------------------------------------------------------------
 *
 * deadline.c
 *		What the deadlines on users' tables share.
 *
 * A day is a day in Bangkok.  A timestamptz is taken there, whatever the
 * session's time zone; a timestamp is taken for what Bangkok's clocks show.
 * A due day counts to its end, so that in a column of either type it is the
 * day's last instant that the column can hold.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "deadline.h"

#include "access/htup_details.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/datum.h"

static bool
is_day_type(Oid type)
{
	return type == DATEOID || type == TIMESTAMPOID || type == TIMESTAMPTZOID;
}

/* A column of days that is an argument. */
void
kam_day_column(FunctionCallInfo fcinfo, int arg, Relation rel, const char *argument,
			   bool required, KamColumn *column)
{
	if (!kam_column_argument(fcinfo, arg, rel, argument, column))
	{
		if (required)
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("%s is NULL", argument),
					 errhint("Name a column of type date, timestamp or timestamptz.")));
		return;
	}
	if (!is_day_type(column->type))
		kam_wrong_column_type(rel, column, "date, timestamp or timestamptz");
}

/* A column of days of an attached rule; false if it is not as it should be. */
bool
kam_attached_day(Relation rel, const KamAttached *attached, int which, KamColumn *column)
{
	if (which >= attached->columns)
		return false;
	kam_column_of_number(rel, attached->column[which], column);
	return is_day_type(column->type);
}

/* A number of days that is an argument. */
int32
kam_days_argument(FunctionCallInfo fcinfo, int arg, const char *argument)
{
	if (PG_ARGISNULL(arg))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s is NULL", argument),
				 errhint("Say how many days there are.")));
	if (PG_GETARG_INT32(arg) < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s is negative: %d", argument, PG_GETARG_INT32(arg)),
				 errhint("A deadline lies after what it is counted from.")));
	return PG_GETARG_INT32(arg);
}

static void
refuse_infinity(const KamColumn *column)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
			 errmsg("column \"%s\" is infinite, from which no deadline can be counted", NameStr(column->name)),
			 errhint("Give the day, or NULL while it is not known.")));
}

/* The day, in Bangkok. */
static DateADT
day_of_value(const KamColumn *column, Datum value)
{
	DateADT		day;

	if (column->type == DATEOID)
		day = DatumGetDateADT(value);
	else if (column->type == TIMESTAMPTZOID)
		day = kam_bangkok_date(DatumGetTimestampTz(value));
	else
		day = DatumGetDateADT(DirectFunctionCall1(timestamp_date, value));
	if (DATE_NOT_FINITE(day))
		refuse_infinity(column);
	return day;
}

/* Decimals of a second that a column keeps. */
int
kam_precision(const KamColumn *column)
{
	return column->typmod < 0 ? MAX_TIMESTAMP_PRECISION : column->typmod;
}

/* The last instant of a day that has no more decimals than that. */
Timestamp
kam_end_of_day(DateADT day, int precision)
{
	Timestamp	instant = 1;

	for (int i = Max(precision, 0); i < MAX_TIMESTAMP_PRECISION; i++)
		instant *= 10;
	return (Timestamp) (day + 1) * USECS_PER_DAY - instant;
}

/* The end of a day, which lies in the years of a calendar. */
Datum
kam_value_of_day(const KamColumn *column, DateADT day)
{
	Timestamp	end = kam_end_of_day(day, kam_precision(column));
	Datum		zone;

	if (column->type == DATEOID)
		return DateADTGetDatum(day);
	if (column->type == TIMESTAMPOID)
		return TimestampGetDatum(end);
	zone = CStringGetTextDatum("Asia/Bangkok");
	return DirectFunctionCall2(timestamp_zone, zone, TimestampGetDatum(end));
}

/* The day in a column of a row; false if there is none. */
bool
kam_get_day(const KamColumn *column, HeapTuple row, TupleDesc desc, DateADT *day)
{
	bool		isnull;
	Datum		value = heap_getattr(row, column->attnum, desc, &isnull);

	if (!isnull)
		*day = day_of_value(column, value);
	return !isnull;
}

/* The row with another value in a column.  Nobody checks a domain after a BEFORE trigger. */
HeapTuple
kam_set_column(HeapTuple row, TupleDesc desc, const KamColumn *column, bool isnull, Datum value)
{
	int			attnum = column->attnum;

	if (column->declared != column->type)
		domain_check(value, isnull, column->declared, NULL, NULL);
	return heap_modify_tuple_by_cols(row, desc, 1, &attnum, &value, &isnull);
}

bool
kam_same_column(HeapTuple a, HeapTuple b, TupleDesc desc, AttrNumber attnum)
{
	Form_pg_attribute att = TupleDescAttr(desc, attnum - 1);
	bool		a_null;
	bool		b_null;
	Datum		a_value = heap_getattr(a, attnum, desc, &a_null);
	Datum		b_value = heap_getattr(b, attnum, desc, &b_null);

	if (a_null || b_null)
		return a_null && b_null;
	return datumIsEqual(a_value, b_value, att->attbyval, att->attlen);
}

/* Of a rule that fills in or refuses a row before it is written. */
void
kam_check_row_trigger(FunctionCallInfo fcinfo, const KamRule *rule)
{
	TriggerData *trigdata = (TriggerData *) fcinfo->context;

	if (!CALLED_AS_TRIGGER(fcinfo) || !TRIGGER_FIRED_BEFORE(trigdata->tg_event) ||
		!TRIGGER_FIRED_FOR_ROW(trigdata->tg_event) || TRIGGER_FIRED_BY_DELETE(trigdata->tg_event))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("kam.%s() was not called as a trigger before INSERT or UPDATE of a row", rule->function),
				 errhint("Use kam.%s().", rule->attach)));
}

/* Warnings about unknown days are given once a statement, not once a row. */
bool
kam_is_first_warning(void)
{
	static TimestampTz warned = 0;
	TimestampTz now = GetCurrentStatementStartTimestamp();

	if (warned == now)
		return false;
	warned = now;
	return true;
}
