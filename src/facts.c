/*-------------------------------------------------------------------------
 *
 * facts.c
 *		The facts of customers in somebody's own table or view.
 *
 * A relation of facts has the columns account_id, area and value_class, and
 * any of the argument names of kam.main_criteria(); a column it lacks is a
 * fact that is unknown.  Here the columns are found, and the SQL over them
 * is written and run.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "facts.h"

#include "relation.h"

#include "access/relation.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "executor/tstoreReceiver.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/rls.h"

/* ---- finding the columns ---- */

/* The type of a column, below its domains; InvalidOid if there is no such column. */
static Oid
column_type(Oid relid, const char *name)
{
	AttrNumber	attnum = get_attnum(relid, name);
	Oid			type;
	int32		typmod;
	Oid			collation;

	if (attnum <= 0)
		return InvalidOid;
	get_atttypetypmodcoll(relid, attnum, &type, &typmod, &collation);
	return getBaseType(type);
}

static void
wrong_type(const KamFactColumns *columns, const char *name, Oid type, const char *wanted)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATATYPE_MISMATCH),
			 errmsg("column \"%s\" of relation %s is of type %s, but %s is wanted",
					name, columns->relation, format_type_be(type), wanted),
			 errhint("Give kam a view over the relation that casts the column.")));
}

static Oid
required_column(const KamFactColumns *columns, const char *name)
{
	Oid			type = column_type(columns->relid, name);

	if (!OidIsValid(type))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("relation %s has no column \"%s\"", columns->relation, name),
				 errhint("A relation of facts has the columns account_id, area and value_class, and any of the "
						 "facts named like the arguments of kam.main_criteria(). Give kam a view that renames yours.")));
	return type;
}

/* value_class as such, or as text or an enum with its labels */
static void
find_value_class(KamFactColumns *columns)
{
	Oid			type = required_column(columns, "value_class");
	Oid			wanted = kam_type("value_class");

	columns->value_class_is_text = type != wanted;
	if (type == wanted)
		columns->value_class = "f.value_class::kam.value_class";	/* also of a domain */
	else if (type == TEXTOID || type == VARCHAROID || type == BPCHAROID || type_is_enum(type))
		columns->value_class = "f.value_class::pg_catalog.text::kam.value_class";
	else
		wrong_type(columns, "value_class", type, "kam.value_class or text");
}

static char *
measure_column(const KamFactColumns *columns, const char *name)
{
	Oid			type = column_type(columns->relid, name);

	switch (type)
	{
		case InvalidOid:
			return NULL;
		case NUMERICOID:
			return psprintf("f.%s", name);
		case INT2OID:
		case INT4OID:
		case INT8OID:
			return psprintf("f.%s::pg_catalog.numeric", name);
		case FLOAT4OID:
		case FLOAT8OID:
			/* by its text, which tells floats apart; the direct cast rounds */
			return psprintf("f.%s::pg_catalog.text::pg_catalog.numeric", name);
		default:
			wrong_type(columns, name, type, "a number");
			return NULL;
	}
}

static char *
judgement_column(const KamFactColumns *columns, const char *name)
{
	Oid			type = column_type(columns->relid, name);

	if (!OidIsValid(type))
		return NULL;
	if (type != BOOLOID)
		wrong_type(columns, name, type, "boolean");
	return psprintf("f.%s", name);
}

static void
check_relkind(Relation rel)
{
	switch (rel->rd_rel->relkind)
	{
		case RELKIND_RELATION:
		case RELKIND_PARTITIONED_TABLE:
		case RELKIND_VIEW:
		case RELKIND_MATVIEW:
		case RELKIND_FOREIGN_TABLE:
			return;
		default:
			ereport(ERROR,
					(errcode(ERRCODE_WRONG_OBJECT_TYPE),
					 errmsg("%s is not a table or view", kam_relation_name(RelationGetRelid(rel))),
					 errhint("Name a table, a view, a materialized view or a foreign table of customers.")));
	}
}

/* A relation of facts, locked: what is read of it in the catalogs stays as it is. */
static Relation
open_facts(Oid relid)
{
	Relation	rel = try_relation_open(relid, AccessShareLock);

	if (rel == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("relation with OID %u does not exist", relid),
				 errhint("Name a table or view, such as 'customer'.")));
	check_relkind(rel);
	return rel;
}

/*
 * The columns of the relation of facts that is the argument 'arg' of a call.
 * The cut-off is none of them: it belongs to the area and is computed.
 */
void
kam_get_fact_columns(FunctionCallInfo fcinfo, int arg, KamFactColumns *columns)
{
	if (PG_ARGISNULL(arg))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("the relation of facts is NULL"),
				 errhint("Name a table or view, such as 'customer'.")));
	columns->relid = PG_GETARG_OID(arg);
	columns->rel = open_facts(columns->relid);
	columns->relation = kam_relation_name(columns->relid);

	required_column(columns, "account_id");
	required_column(columns, "area");
	columns->account_id = "f.account_id::pg_catalog.text";
	columns->area = "f.area::pg_catalog.text COLLATE pg_catalog.\"C\"";
	find_value_class(columns);
	for (int i = 0; i < KAM_FACT_ARGS; i++)
	{
		const KamFactArgument *argument = &kam_fact_arguments[i];

		if (!argument->is_measure)
			columns->fact[i] = judgement_column(columns, argument->name);
		else if (i == KAM_CUTOFF_ARG)
			columns->fact[i] = NULL;
		else
			columns->fact[i] = measure_column(columns, argument->name);
	}
}

/* Queries of it have locks of their own; who may not run one keeps nobody waiting. */
void
kam_close_facts(KamFactColumns *columns)
{
	relation_close(columns->rel, AccessShareLock);
}

/*
 * ---- SQL over them ----
 *
 * It runs under the caller's search_path, which functions in the caller's own
 * views may need; so it qualifies every name and every operator itself.
 */

/* The last two arguments of a call, checked: there is such a rule set. */
KamRuleChoice
kam_rule_choice(FunctionCallInfo fcinfo, int year_arg)
{
	KamRuleChoice choice = {0};

	(void) kam_rule_set_of_call(fcinfo, year_arg);
	if (!PG_ARGISNULL(year_arg + 1))
		choice.name = text_to_cstring(PG_GETARG_TEXT_PP(year_arg + 1));
	choice.year_given = !PG_ARGISNULL(year_arg);
	if (choice.year_given)
		choice.plan_year = PG_GETARG_INT32(year_arg);
	return choice;
}

/* The last arguments of a rule function, after others or none. */
void
kam_append_rule_choice(StringInfo sql, const char *separator, const KamRuleChoice *choice)
{
	if (choice->name)
		appendStringInfo(sql, "%srule_set => %s", separator, quote_literal_cstr(choice->name));
	else if (choice->year_given)
		appendStringInfo(sql, "%splan_year => %d", separator, choice->plan_year);
}

/*
 * kam.main_criteria(...) of a row; 'cutoff' is an expression for the area's
 * cut-off, or NULL for the row's own facts.
 */
void
kam_append_main_criteria(StringInfo sql, const KamFactColumns *columns,
						 const char *cutoff, const KamRuleChoice *choice)
{
	const char *separator = "";

	appendStringInfoString(sql, "kam.main_criteria(");
	for (int i = 0; i < KAM_FACT_ARGS; i++)
	{
		const char *value = i == KAM_CUTOFF_ARG ? cutoff : columns->fact[i];

		if (value == NULL)
			continue;
		appendStringInfo(sql, "%s%s => %s", separator, kam_fact_arguments[i].name, value);
		separator = ", ";
	}
	kam_append_rule_choice(sql, separator, choice);
	appendStringInfoChar(sql, ')');
}

/* kam.bill_cutoff(...) over the rows of an area. */
void
kam_append_bill_cutoff(StringInfo sql, const KamFactColumns *columns, const KamRuleChoice *choice)
{
	const char *bill = columns->fact[KAM_BILL_ARG];

	appendStringInfo(sql, "kam.bill_cutoff(%s, ", bill ? bill : "NULL::pg_catalog.numeric");
	kam_append_main_criteria(sql, columns, NULL, choice);
	if (choice->name)
		appendStringInfo(sql, ", NULL, %s", quote_literal_cstr(choice->name));
	else if (choice->year_given)
		appendStringInfo(sql, ", %d", choice->plan_year);
	appendStringInfoChar(sql, ')');
}

/*
 * The cut-off of each area, and what it comes from.  The query itself refuses
 * where row security hides rows from whoever runs it, for it lives on in views.
 */
void
kam_append_cutoffs(StringInfo sql, const KamFactColumns *columns, const KamRuleChoice *choice)
{
	appendStringInfo(sql,
					 "SELECT %s AS area,\n    pg_catalog.count(*) AS customers,\n    pg_catalog.count(*) FILTER (WHERE ",
					 columns->area);
	kam_append_main_criteria(sql, columns, NULL, choice);
	appendStringInfoString(sql, " OPERATOR(pg_catalog.<>) '{}'::kam.criteria) AS qualifiers,\n    ");
	kam_append_bill_cutoff(sql, columns, choice);
	/* the check has no column, so it is asked once, before the first row */
	appendStringInfo(sql, " AS bill_cutoff_thb\nFROM %s f\n"
					 "WHERE f.area IS NOT NULL AND kam.check_row_security(%s::pg_catalog.regclass)\n"
					 "GROUP BY %s",
					 columns->relation, quote_literal_cstr(columns->relation), columns->area);
}

/* ---- running it ---- */

void
kam_set_row_security_off(void)
{
	(void) set_config_option("row_security", "off", PGC_USERSET, PGC_S_SESSION,
							 GUC_ACTION_SAVE, true, 0, false);
}

/*
 * Have PostgreSQL look behind a view: with row_security off, its rewriter
 * refuses (42501) where a policy of any table would hide rows.
 */
static void
check_behind_view(Oid relid)
{
	int			guc_level;

	SPI_connect();
	guc_level = NewGUCNestLevel();
	kam_set_row_security_off();
	if (SPI_prepare(psprintf("SELECT FROM %s", kam_relation_name(relid)), 0, NULL) == NULL)
		elog(ERROR, "SPI_prepare failed: %s", SPI_result_code_string(SPI_result));
	AtEOXact_GUC(true, guc_level);
	SPI_finish();
}

/* Where row security hides rows, what is computed from the rest would be wrong.  The relation is locked. */
void
kam_require_all_rows(Oid relid, const char *detail, const char *hint)
{
	if (check_enable_rls(relid, InvalidOid, true) == RLS_ENABLED)
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("row-level security of relation \"%s\" may hide rows from role \"%s\"",
						get_rel_name(relid), GetUserNameFromId(GetUserId(), false)),
				 errdetail("%s", detail),
				 errhint("%s", hint)));
	if (get_rel_relkind(relid) == RELKIND_VIEW)
		check_behind_view(relid);
}

void
kam_check_row_security(Oid relid)
{
	kam_require_all_rows(relid,
						 "The top-20 rule (6.1.1.2(1)) compares all customers of an area.",
						 "Ask a role that sees all rows, such as one with BYPASSRLS, or use a view made by "
						 "kam.create_kasm_view(..., stored_cutoffs => true).");
}

/* Run a query over all rows of the relation; they go to 'dest'. */
void
kam_query_all_rows(const KamFactColumns *columns, const char *sql, DestReceiver *dest)
{
	SPIExecuteOptions options = {.read_only = true, .dest = dest};
	int			guc_level;
	int			result;

	kam_check_row_security(columns->relid);
	SPI_connect();
	guc_level = NewGUCNestLevel();
	kam_set_row_security_off();
	result = SPI_execute_extended(sql, &options);
	if (result < 0)
		elog(ERROR, "SPI_execute_extended failed: %s", SPI_result_code_string(result));
	AtEOXact_GUC(true, guc_level);
	SPI_finish();
}

/* The same, as the result of a set-returning function. */
void
kam_query_into_result(FunctionCallInfo fcinfo, const KamFactColumns *columns, const char *sql)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	DestReceiver *dest;

	InitMaterializedSRF(fcinfo, 0);
	dest = CreateTuplestoreDestReceiver();
	SetTuplestoreDestReceiverParams(dest, rsinfo->setResult,
									rsinfo->econtext->ecxt_per_query_memory,
									true, rsinfo->setDesc,
									"a query of kam gives other columns than its function");
	kam_query_all_rows(columns, sql, dest);
	dest->rDestroy(dest);
}

PG_FUNCTION_INFO_V1(check_row_security);
PG_FUNCTION_INFO_V1(fact_columns);

/* kam.check_row_security(relation): true, or error 42501 (42P01, 42809 where it is none) */
Datum
check_row_security(PG_FUNCTION_ARGS)
{
	Relation	rel = open_facts(PG_GETARG_OID(0));

	kam_check_row_security(RelationGetRelid(rel));
	relation_close(rel, AccessShareLock);
	PG_RETURN_BOOL(true);
}

/* kam.fact_columns(facts): what kam makes of each fact */
Datum
fact_columns(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	KamFactColumns columns;

	kam_get_fact_columns(fcinfo, 0, &columns);
	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < KAM_FACT_ARGS; i++)
	{
		const KamFactArgument *argument = &kam_fact_arguments[i];
		Datum		values[4];
		bool		nulls[4] = {false};

		if (i == KAM_CUTOFF_ARG)
			continue;
		values[0] = CStringGetTextDatum(argument->name);
		values[1] = CStringGetTextDatum(argument->is_measure ? "numeric" : "boolean");
		nulls[2] = argument->unit_en == NULL;
		if (argument->unit_en)
			values[2] = CStringGetTextDatum(argument->unit_en);
		values[3] = BoolGetDatum(columns.fact[i] != NULL);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	kam_close_facts(&columns);
	return (Datum) 0;
}
