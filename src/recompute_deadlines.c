/*-------------------------------------------------------------------------
 *
 * recompute_deadlines.c
 *		Due dates when a holiday is announced late, or withdrawn, or when the
 *		calendar grows.
 *
 * An open item moves if and only if its due date is what the calendar gave
 * before the change: one that was set on purpose stays.  An item without a
 * due date, which came when the calendar did not know its days, gets one.
 * Each table is done by one statement, and one for the ledger; tables that
 * inherit have a deadline, and statements, of their own.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "deadline.h"

#include "access/relation.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/index.h"
#include "catalog/namespace.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "facts.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/resowner.h"
#include "utils/timeout.h"

/* ---- one item ---- */

/* Days that changed, as an array argument gives them. */
typedef struct Days
{
	DateADT    *day;
	int			count;
} Days;

static Days
days_argument(FunctionCallInfo fcinfo, int arg)
{
	Days		days = {0};
	Datum	   *values;
	bool	   *nulls;

	if (PG_ARGISNULL(arg))
		return days;
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(arg), DATEOID, sizeof(DateADT), true, TYPALIGN_INT,
					  &values, &nulls, &days.count);
	days.day = palloc(Max(days.count, 1) * sizeof(DateADT));
	for (int i = 0; i < days.count; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("a day that changed is NULL"),
					 errhint("Give the days as an array of dates.")));
		days.day[i] = DatumGetDateADT(values[i]);
	}
	return days;
}

/* The three last arguments: days added, days withdrawn, and the calendar that they were. */
static KamCalendarChange
change_argument(FunctionCallInfo fcinfo, int arg)
{
	Days		added = days_argument(fcinfo, arg);
	Days		withdrawn = days_argument(fcinfo, arg + 1);
	KamCalendarChange change = {
		.added = added.day, .added_count = added.count,
		.withdrawn = withdrawn.day, .withdrawn_count = withdrawn.count
	};

	if (!PG_ARGISNULL(arg + 2))
		change.layer = text_to_cstring(PG_GETARG_TEXT_PP(arg + 2));
	return change;
}

PG_FUNCTION_INFO_V1(end_of_day);
PG_FUNCTION_INFO_V1(recomputed_due);
PG_FUNCTION_INFO_V1(recompute_cause);

/* kam._end_of_day(day, precision): its last instant */
Datum
end_of_day(PG_FUNCTION_ARGS)
{
	if (PG_GETARG_DATEADT(0) < DATETIME_MIN_JULIAN - POSTGRES_EPOCH_JDATE ||
		PG_GETARG_DATEADT(0) >= TIMESTAMP_END_JULIAN - POSTGRES_EPOCH_JDATE - 1)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("the end of %s is no timestamp", kam_iso_date(PG_GETARG_DATEADT(0))),
				 errhint("Give a day in the years of a calendar.")));
	PG_RETURN_TIMESTAMP(kam_end_of_day(PG_GETARG_DATEADT(0), PG_GETARG_INT32(1)));
}

/*
 * kam._recomputed_due(received, due, working_days, calendar, added, withdrawn, changed):
 * where an item moves to; NULL if it stays
 */
Datum
recomputed_due(PG_FUNCTION_ARGS)
{
	const KamCalendar *calendar;
	DateADT		received = PG_GETARG_DATEADT(0);
	int32		working_days = PG_GETARG_INT32(2);
	KamCalendarChange change;
	DateADT		former;
	DateADT		due;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	calendar = kam_calendar_of_call(fcinfo, 3);
	change = change_argument(fcinfo, 4);
	if (DATE_NOT_FINITE(received) || !kam_add_working_days(calendar, received, working_days, &due))
		PG_RETURN_NULL();
	if (!PG_ARGISNULL(1) &&
		(PG_GETARG_DATEADT(1) == due ||
		 !kam_add_working_days_before(calendar, received, working_days, &change, &former) ||
		 PG_GETARG_DATEADT(1) != former))
		PG_RETURN_NULL();
	kam_calendar_note_provisional(calendar, received, due);
	PG_RETURN_DATEADT(due);
}

static bool
is_given_before(Days days, int i)
{
	for (int j = 0; j < i; j++)
		if (days.day[j] == days.day[i])
			return true;
	return false;
}

/* Days among those given from one day to another, each with what it is today. */
static void
append_days(StringInfo cause, const KamCalendar *calendar, Days days, DateADT from, DateADT upto)
{
	for (int i = 0; i < days.count; i++)
	{
		const KamCalendarDay *row;
		const char *name;

		if (days.day[i] < from || days.day[i] > upto || is_given_before(days, i) ||
			DATE_NOT_FINITE(days.day[i]) || !kam_calendar_knows(calendar, days.day[i]))
			continue;
		row = kam_deciding_row(calendar, days.day[i]);
		name = row == NULL ? NULL : row->name_en ? row->name_en : row->name_th;
		appendStringInfo(cause, "%s%s %s", cause->len ? "; " : "", kam_iso_date(days.day[i]),
						 kam_calendar_works(calendar, days.day[i]) ? "is a working day" : "is a day off");
		if (name)
			appendStringInfo(cause, " (%s)", name);
	}
}

/* kam._recompute_cause(received, due, new_due, calendar, added, withdrawn): why it moved */
Datum
recompute_cause(PG_FUNCTION_ARGS)
{
	const KamCalendar *calendar;
	DateADT		received = PG_GETARG_DATEADT(0);
	DateADT		due = PG_GETARG_DATEADT(2);
	StringInfoData cause;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	calendar = kam_calendar_of_call(fcinfo, 3);

	initStringInfo(&cause);
	if (PG_ARGISNULL(1))
		appendStringInfo(&cause, "calendar %s knows its days now", calendar->name);
	else
	{
		DateADT		upto = Max(PG_GETARG_DATEADT(1), due);

		/* the day of receipt counts only where the answer was due on it */
		if (PG_GETARG_DATEADT(1) != received && due != received)
			received++;
		append_days(&cause, calendar, days_argument(fcinfo, 4), received, upto);
		append_days(&cause, calendar, days_argument(fcinfo, 5), received, upto);
	}
	PG_RETURN_TEXT_P(cstring_to_text_with_len(cause.data, cause.len));
}

/*
 * ---- all items of a table ----
 *
 * The statement runs under the caller's search_path, which triggers of the
 * table may need; so it qualifies every name and operator itself.
 */

/* A table with a response deadline. */
typedef struct DeadlineTable
{
	char	   *relation;		/* qualified and quoted */
	const char *only;			/* "ONLY " unless it is partitioned */
	KamResponseDeadline deadline;
} DeadlineTable;

static char *
column_of(const char *alias, const KamColumn *column)
{
	return psprintf("%s.%s", alias, quote_identifier(NameStr(column->name)));
}

/* The day in a column of t, in Bangkok. */
static char *
day_expression(const KamColumn *column)
{
	const char *format = column->type == DATEOID ? "%s::pg_catalog.date" :
		column->type == TIMESTAMPOID ? "%s::pg_catalog.timestamp::pg_catalog.date" : "kam.bangkok_date(%s)";
	StringInfoData expression;

	initStringInfo(&expression);
	appendStringInfo(&expression, format, column_of("t", column));
	return expression.data;
}

/* The end of the day i.new_due, as the column has it. */
static char *
due_value(const KamColumn *column)
{
	if (column->type == DATEOID)
		return "i.new_due";
	return psprintf(column->type == TIMESTAMPOID ? "kam._end_of_day(i.new_due, %d)" :
					"pg_catalog.timezone('Asia/Bangkok', kam._end_of_day(i.new_due, %d))",
					kam_precision(column));
}

/* What tells an item from others: its primary key, or all of it. */
static char *
item_expression(Relation rel)
{
	Bitmapset  *key = RelationGetIndexAttrBitmap(rel, INDEX_ATTR_BITMAP_PRIMARY_KEY);
	StringInfoData expression;
	int			column = -1;

	if (bms_is_empty(key))
		return "pg_catalog.to_jsonb(t.*)";
	initStringInfo(&expression);
	while ((column = bms_next_member(key, column)) >= 0)
	{
		char	   *name = get_attname(RelationGetRelid(rel), column + FirstLowInvalidHeapAttributeNumber, false);

		appendStringInfo(&expression, "%s%s, t.%s", expression.len ? ", " : "",
						 quote_literal_cstr(name), quote_identifier(name));
	}
	return psprintf("pg_catalog.jsonb_build_object(%s)", expression.data);
}

/* $1 are the days added, $2 those withdrawn, $3 the first of them all and $4 the last, $5 the calendar that changed. */
static char *
recompute_sql(const DeadlineTable *table, const char *item)
{
	const KamResponseDeadline *deadline = &table->deadline;
	char	   *received = day_expression(&deadline->received);
	char	   *due = day_expression(&deadline->due);
	StringInfoData sql;

	initStringInfo(&sql);
	appendStringInfo(&sql,
					 "WITH item AS MATERIALIZED (\n"
					 "SELECT t.tableoid AS part, t.ctid AS place, %s AS item, %s AS received, %s AS old_due,\n"
					 "    kam._recomputed_due(%s, %s, %d, %s, $1, $2, $5) AS new_due\n"
					 "FROM %s%s t\nWHERE %s IS NOT NULL",
					 item, received, due, received, due, deadline->working_days,
					 quote_literal_cstr(deadline->calendar),
					 table->only, table->relation, column_of("t", &deadline->received));
	/* without a done_column nobody knows what is open: then only what is empty is filled */
	if (deadline->done.attnum != InvalidAttrNumber)
		appendStringInfo(&sql, " AND %s IS NULL AND (%s IS NULL OR\n"
						 "    (%s OPERATOR(pg_catalog.<=) $4 AND %s OPERATOR(pg_catalog.>=) $3))\n",
						 column_of("t", &deadline->done), column_of("t", &deadline->due), received, due);
	else
		appendStringInfo(&sql, " AND %s IS NULL\n"
						 "    AND ($3 IS NULL OR $3 OPERATOR(pg_catalog.<=) $4)\n", column_of("t", &deadline->due));
	appendStringInfo(&sql,
					 ")\nUPDATE %s%s t SET %s = %s FROM item i\n"
					 "WHERE t.tableoid OPERATOR(pg_catalog.=) i.part AND t.ctid OPERATOR(pg_catalog.=) i.place\n"
					 "    AND i.new_due IS NOT NULL\n"
					 "RETURNING i.item, i.received, i.old_due, %s",
					 table->only, table->relation,
					 quote_identifier(NameStr(deadline->due.name)), due_value(&deadline->due), due);
	return sql.data;
}

/* $1 to $4 are what the statement above returned; $5 the days added, $6 those withdrawn. */
static char *
ledger_sql(const DeadlineTable *table, const char *ledger)
{
	return psprintf("INSERT INTO %s (relation, item, old_due, new_due, cause)\n"
					"SELECT %s, m.item, m.old_due, m.new_due,\n"
					"    kam._recompute_cause(m.received, m.old_due, m.new_due, %s, $5, $6)\n"
					"FROM ROWS FROM (pg_catalog.unnest($1), pg_catalog.unnest($2), pg_catalog.unnest($3), pg_catalog.unnest($4))\n"
					"    m (item, received, old_due, new_due)",
					ledger, quote_literal_cstr(table->relation), quote_literal_cstr(table->deadline.calendar));
}

/* The first of the days, or the last; NULL if there are none. */
static Datum
extreme_day(Days added, Days withdrawn, bool last, char *null)
{
	DateADT		found = last ? DATEVAL_NOBEGIN : DATEVAL_NOEND;

	for (int i = 0; i < added.count + withdrawn.count; i++)
	{
		DateADT		day = i < added.count ? added.day[i] : withdrawn.day[i - added.count];

		found = last ? Max(found, day) : Min(found, day);
	}
	*null = added.count + withdrawn.count == 0 ? 'n' : ' ';
	return DateADTGetDatum(found);
}

static void
describe_table(Relation rel, const KamAttached *attached, DeadlineTable *table)
{
	table->relation = kam_relation_name(RelationGetRelid(rel));
	table->only = rel->rd_rel->relkind == RELKIND_PARTITIONED_TABLE ? "" : "ONLY ";
	if (!kam_describe_response_deadline(attached, rel, &table->deadline))
		kam_not_as_attached(attached);
}

/* As LOCK TABLE does. */
static void
check_may_lock(Oid relid)
{
	AclMode		mode = ACL_UPDATE | ACL_DELETE | ACL_TRUNCATE;
	char	   *name = get_rel_name(relid);
	bool		is_missing = false;

#if PG_VERSION_NUM >= 170000
	mode |= ACL_MAINTAIN;
#endif
	PreventCommandDuringRecovery("LOCK TABLE");
	if (name && pg_class_aclcheck_ext(relid, GetUserId(), mode, &is_missing) != ACLCHECK_OK && !is_missing)
		aclcheck_error(ACLCHECK_NO_PRIV, OBJECT_TABLE, name);
}

/*
 * Whoever writes an item waits, and sees the calendar as it is now.  NULL
 * where the table is gone, perhaps while we waited; it may have got another
 * name too, so it is not locked by that.
 */
static Relation
lock_writers_out(Oid relid)
{
	Relation	rel;

	check_may_lock(relid);
	rel = try_relation_open(relid, ShareRowExclusiveLock);
	if (rel)
		(void) find_all_inheritors(relid, ShareRowExclusiveLock, NULL);
	return rel;
}

static uint64
execute(const char *sql, int count, Oid *types, Datum *values, const char *nulls)
{
	int			result = SPI_execute_with_args(sql, count, types, values, nulls, false, 0);

	if (result < 0)
		elog(ERROR, "SPI_execute_with_args failed: %s", SPI_result_code_string(result));
	return SPI_processed;
}

/*
 * Update the items, as the table's owner: the caller, who may be a superuser,
 * does not mean to run what others put on their tables, nor to keep what that
 * sets.
 */
static uint64
update_items(FunctionCallInfo fcinfo, Relation rel, const char *sql)
{
	Oid			types[5] = {DATEARRAYOID, DATEARRAYOID, DATEOID, DATEOID, TEXTOID};
	Datum		values[5] = {PG_GETARG_DATUM(1), PG_GETARG_DATUM(2)};
	char		nulls[5] = {' ', ' ', ' ', ' ', PG_ARGISNULL(4) ? 'n' : ' '};
	Days		added = days_argument(fcinfo, 1);
	Days		withdrawn = days_argument(fcinfo, 2);
	Oid			owner = rel->rd_rel->relowner;
	Oid			user;
	int			context;
	int			guc_level;
	uint64		updated;

	values[2] = extreme_day(added, withdrawn, false, &nulls[2]);
	values[3] = extreme_day(added, withdrawn, true, &nulls[3]);
	values[4] = PG_ARGISNULL(4) ? (Datum) 0 : PG_GETARG_DATUM(4);
	GetUserIdAndSecContext(&user, &context);
	if (user != owner)
		SetUserIdAndSecContext(owner, context | SECURITY_LOCAL_USERID_CHANGE |
							   SECURITY_RESTRICTED_OPERATION | SECURITY_NOFORCE_RLS);
	guc_level = NewGUCNestLevel();
	updated = execute(sql, 5, types, values, nulls);
	AtEOXact_GUC(false, guc_level);
	SetUserIdAndSecContext(user, context);
	return updated;
}

/* A column of what was returned, as an array; only rows that did change. */
static Datum
returned_column(int column, Oid type, const bool *changed)
{
	int16		len;
	bool		byval;
	char		align;
	Datum	   *values = palloc((SPI_processed + 1) * sizeof(Datum));
	bool	   *nulls = palloc((SPI_processed + 1) * sizeof(bool));
	int			count = 0;
	int			lower = 1;

	get_typlenbyvalalign(type, &len, &byval, &align);
	for (uint64 i = 0; i < SPI_processed; i++)
		if (changed[i])
		{
			values[count] = SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, column, &nulls[count]);
			count++;
		}
	return PointerGetDatum(construct_md_array(values, nulls, 1, &count, &lower, type, len, byval, align));
}

/* Triggers of the table may have undone a change. */
static bool
is_changed(HeapTuple row, TupleDesc desc)
{
	bool		old_null;
	bool		new_null;
	Datum		old_due = SPI_getbinval(row, desc, 3, &old_null);
	Datum		new_due = SPI_getbinval(row, desc, 4, &new_null);

	return old_null != new_null || (!old_null && DatumGetDateADT(old_due) != DatumGetDateADT(new_due));
}

/* Write what was returned to the ledger, as the caller. */
static uint64
write_ledger(FunctionCallInfo fcinfo, const char *sql)
{
	Oid			types[6] = {JSONBARRAYOID, DATEARRAYOID, DATEARRAYOID, DATEARRAYOID, DATEARRAYOID, DATEARRAYOID};
	Datum		values[6];
	bool	   *changed = palloc((SPI_processed + 1) * sizeof(bool));

	for (uint64 i = 0; i < SPI_processed; i++)
		changed[i] = is_changed(SPI_tuptable->vals[i], SPI_tuptable->tupdesc);
	values[0] = returned_column(1, JSONBOID, changed);
	for (int i = 1; i < 4; i++)
		values[i] = returned_column(i + 1, DATEOID, changed);
	values[4] = PG_GETARG_DATUM(1);
	values[5] = PG_GETARG_DATUM(2);
	return execute(sql, 6, types, values, NULL);
}

/* A table to do, and the trigger by which it has its deadline. */
typedef struct Task
{
	Oid			relid;
	Oid			trigger;
} Task;

/* The rule of a locked table as it is now; false where it was taken off meanwhile. */
static bool
read_rule(const Task *task, KamAttached *attached)
{
	bool		is_read = kam_try_read_attached(task->trigger, attached);

	if (!OidIsValid(attached->relid))
	{
		Oid			trigger = kam_find_rule(task->relid, &kam_response_deadline_rule);

		if (!OidIsValid(trigger))
			return false;
		is_read = kam_try_read_attached(trigger, attached);
	}
	if (!is_read)
		kam_not_as_attached(attached);
	return true;
}

static void
recompute_table(FunctionCallInfo fcinfo, const Task *task, const char *ledger, bool *at_ledger)
{
	KamAttached attached;
	DeadlineTable table;
	Relation	rel = lock_writers_out(task->relid);
	uint64		moved = 0;

	if (rel == NULL)
		return;
	if (!read_rule(task, &attached))
	{
		table_close(rel, NoLock);
		return;
	}
	kam_require_all_rows(task->relid, "An open item that is hidden would keep a wrong due date.",
						 "Ask a role that sees all rows, such as one with BYPASSRLS.");
	describe_table(rel, &attached, &table);
	if (update_items(fcinfo, rel, recompute_sql(&table, item_expression(rel))) > 0)
	{
		*at_ledger = true;
		moved = write_ledger(fcinfo, ledger_sql(&table, ledger));
		*at_ledger = false;
	}
	table_close(rel, NoLock);
	ereport(NOTICE,
			(errmsg_plural("table %s: " UINT64_FORMAT " due date changed",
						   "table %s: " UINT64_FORMAT " due dates changed",
						   moved, table.relation, moved)));
}

/* ---- all tables ---- */

/*
 * What no table is to blame for.  Its triggers can raise any SQLSTATE, so that
 * alone says nothing: the server itself must have cancelled the statement, or
 * the transaction be read only.
 */
static bool
must_be_thrown(const ErrorData *error)
{
	if (error->sqlerrcode == ERRCODE_QUERY_CANCELED)
		return error->funcname && strcmp(error->funcname, "ProcessInterrupts") == 0;
	return XactReadOnly && error->sqlerrcode == ERRCODE_READ_ONLY_SQL_TRANSACTION;
}

/* A trigger may have caught it; but the time of the whole call is up. */
static void
check_timeout(bool was_running)
{
	if (was_running && !get_timeout_active(STATEMENT_TIMEOUT))
		ereport(ERROR,
				(errcode(ERRCODE_QUERY_CANCELED),
				 errmsg("canceling statement due to statement timeout")));
}

/* What is gone by now has nothing to mend. */
static void
pass_over(Oid relid, const char *message)
{
	char	   *relation = kam_relation_name(relid);

	if (relation)
		ereport(WARNING,
				(errmsg("table %s is passed over: %s", relation, message),
				 errhint("Mend it, then CALL kam.recompute_deadlines() with your ledger and rel.")));
}

/*
 * Do a table in a subtransaction of its own, so that nobody's table stands in
 * the way of the others; not by being locked either, where lock_timeout is set.
 */
static void
recompute_apart(FunctionCallInfo fcinfo, const Task *task, const char *ledger)
{
	MemoryContext context = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;
	volatile bool at_ledger = false;	/* which is not the table's fault */

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(context);
	PG_TRY();
	{
		SPI_connect();
		recompute_table(fcinfo, task, ledger, (bool *) &at_ledger);
		SPI_finish();
		ReleaseCurrentSubTransaction();
		MemoryContextSwitchTo(context);
		CurrentResourceOwner = owner;
	}
	PG_CATCH();
	{
		ErrorData  *error;

		MemoryContextSwitchTo(context);
		error = CopyErrorData();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
		MemoryContextSwitchTo(context);
		CurrentResourceOwner = owner;
		if (at_ledger || must_be_thrown(error))
			ReThrowError(error);
		pass_over(task->relid, error->message);
		FreeErrorData(error);
	}
	PG_END_TRY();
}

static Task *
make_task(Oid relid, Oid trigger)
{
	Task	   *task = palloc(sizeof(Task));

	task->relid = relid;
	task->trigger = trigger;
	return task;
}

/* The tables to do in their order, so that two callers lock in the same. */
static List *
all_tasks(void)
{
	List	   *tasks = NIL;

	if (SPI_execute("SELECT t.tgrelid, t.oid FROM pg_catalog.pg_trigger t"
					" WHERE t.tgfoid OPERATOR(pg_catalog.=) 'kam._response_deadline()'::pg_catalog.regprocedure"
					" AND t.tgparentid OPERATOR(pg_catalog.=) 0 ORDER BY t.tgrelid USING OPERATOR(pg_catalog.<)",
					true, 0) != SPI_OK_SELECT)
		elog(ERROR, "SPI_execute failed: %s", SPI_result_code_string(SPI_result));
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		bool		isnull;
		Oid			relid = DatumGetObjectId(SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1, &isnull));
		Oid			trigger = DatumGetObjectId(SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 2, &isnull));

		/* only its own session can write to a temporary table */
		if (!isOtherTempNamespace(get_rel_namespace(relid)))
			tasks = lappend(tasks, make_task(relid, trigger));
	}
	return tasks;
}

/* The table that the call names, and the tables that inherit from it. */
static List *
tasks_of(Relation rel)
{
	Oid			relid = RelationGetRelid(rel);
	List	   *tasks = list_make1(make_task(relid, kam_require_rule(relid, &kam_response_deadline_rule)));
	ListCell   *cell;

	if (rel->rd_rel->relkind == RELKIND_PARTITIONED_TABLE)
		return tasks;
	foreach(cell, find_all_inheritors(relid, AccessShareLock, NULL))
	{
		Oid			trigger = kam_find_rule(lfirst_oid(cell), &kam_response_deadline_rule);

		if (lfirst_oid(cell) != relid && OidIsValid(trigger))
			tasks = lappend(tasks, make_task(lfirst_oid(cell), trigger));
	}
	return tasks;
}

static List *
tasks_to_do(FunctionCallInfo fcinfo)
{
	Relation	rel;
	List	   *tasks;

	if (PG_ARGISNULL(3))
		return all_tasks();
	rel = kam_open_existing(fcinfo, 3, AccessShareLock);
	tasks = tasks_of(rel);
	table_close(rel, NoLock);
	return tasks;
}

static bool
takes_rows(char relkind)
{
	return relkind == RELKIND_RELATION || relkind == RELKIND_PARTITIONED_TABLE ||
		relkind == RELKIND_VIEW || relkind == RELKIND_FOREIGN_TABLE;
}

static void
check_ledger(Oid relid, const char *ledger)
{
	static const char *const columns[] = {"relation", "item", "old_due", "new_due", "cause"};

	if (!takes_rows(get_rel_relkind(relid)))
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("ledger %s is not a table", ledger),
				 errhint("Name a table of yours that the changes are to be written to.")));
	for (size_t i = 0; i < lengthof(columns); i++)
		if (get_attnum(relid, columns[i]) <= 0)
			ereport(ERROR,
					(errcode(ERRCODE_UNDEFINED_COLUMN),
					 errmsg("ledger %s has no column \"%s\"", ledger, columns[i]),
					 errhint("CREATE TABLE … (relation text, item jsonb, old_due date, new_due date, cause text, "
							 "moved_at timestamptz DEFAULT now());")));
}

static void
check_calendar(FunctionCallInfo fcinfo)
{
	KamCalendarPin *pin = palloc0(sizeof(KamCalendarPin));
	text	   *name = PG_ARGISNULL(4) ? NULL : PG_GETARG_TEXT_PP(4);

	if (name)
		(void) kam_calendar(pin, CurrentMemoryContext, VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), false);
}

static void
check_isolation(void)
{
	if (IsolationUsesXactSnapshot())
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("due dates cannot be recomputed at this isolation level"),
				 errdetail("Items that others wrote since the transaction began would be passed over."),
				 errhint("Use READ COMMITTED.")));
}

PG_FUNCTION_INFO_V1(recompute_deadlines);

/* kam.recompute_deadlines(ledger, added, withdrawn, rel, calendar) */
Datum
recompute_deadlines(PG_FUNCTION_ARGS)
{
	Relation	ledger = kam_open_existing(fcinfo, 0, AccessShareLock);
	char	   *ledger_name = kam_relation_name(RelationGetRelid(ledger));
	int			guc_level;
	ListCell   *cell;
	bool		at_ledger = false;
	bool		timed = get_timeout_active(STATEMENT_TIMEOUT);

	check_isolation();
	check_ledger(RelationGetRelid(ledger), ledger_name);
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("the days that changed are NULL"),
				 errhint("Leave added or withdrawn out where there are none.")));
	check_calendar(fcinfo);
	(void) days_argument(fcinfo, 1);
	(void) days_argument(fcinfo, 2);
	SPI_connect();
	guc_level = NewGUCNestLevel();
	kam_set_row_security_off();
	foreach(cell, tasks_to_do(fcinfo))
	{
		CHECK_FOR_INTERRUPTS();
		if (PG_ARGISNULL(3))
		{
			recompute_apart(fcinfo, lfirst(cell), ledger_name);
			check_timeout(timed);
		}
		else
			recompute_table(fcinfo, lfirst(cell), ledger_name, &at_ledger);
	}
	AtEOXact_GUC(true, guc_level);
	SPI_finish();
	table_close(ledger, NoLock);
	PG_RETURN_VOID();
}
