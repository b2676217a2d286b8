/*-------------------------------------------------------------------------
 *
 * kasm_view.c
 *		Views over somebody's own table that show criteria and tier.
 *
 * kam.classify() reads a whole relation; a view answers for the rows asked
 * for, in parallel, with the key in its own type.  There are two: <view>_cutoff
 * with the cut-off of each area, and <view>.  Where the cut-offs are live, the
 * view takes them through an uncorrelated subquery: PostgreSQL computes that
 * once, with workers of its own, and hands the result to the workers that scan
 * the table.  (A plain join would have each worker rank all customers again.)
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "facts.h"

#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/regproc.h"
#include "utils/varlena.h"

#define CUTOFF_SUFFIX "_cutoff"

static const char *const added_columns[] = {"bill_cutoff_thb", "criteria", "tier"};

/* The view shows all columns of the relation and adds its own. */
static void
check_column_names(const KamFactColumns *columns)
{
	for (int i = 0; i < (int) lengthof(added_columns); i++)
		if (get_attnum(columns->relid, added_columns[i]) > 0)
			ereport(ERROR,
					(errcode(ERRCODE_DUPLICATE_COLUMN),
					 errmsg("relation %s has a column \"%s\" already", columns->relation, added_columns[i]),
					 errhint("The view adds the columns bill_cutoff_thb, criteria and tier. "
							 "Give kam a view that renames or leaves out yours.")));
}

/* The query of the view: live cut-offs come as an array, stored ones by a join. */
static char *
view_query(const KamFactColumns *columns, const KamRuleChoice *choice,
		   const char *cutoffs, bool stored)
{
	StringInfoData sql;

	initStringInfo(&sql);
	appendStringInfoString(&sql, "SELECT f.*,\n    c.bill_cutoff_thb,\n    ");
	kam_append_main_criteria(&sql, columns, "c.bill_cutoff_thb", choice);
	/* few customers have a class: the others' criteria are not asked for twice */
	appendStringInfo(&sql, " AS criteria,\n    CASE WHEN f.value_class IS NOT NULL THEN kam.kasm(%s, ",
					 columns->value_class);
	kam_append_main_criteria(&sql, columns, "c.bill_cutoff_thb", choice);
	appendStringInfo(&sql, ") END AS tier\nFROM %s f\n", columns->relation);
	if (stored)
		appendStringInfo(&sql, "LEFT JOIN %s c ON c.area OPERATOR(pg_catalog.=) %s", cutoffs, columns->area);
	else
		appendStringInfo(&sql,
						 "LEFT JOIN pg_catalog.unnest((\n"
						 "    SELECT pg_catalog.array_agg(ROW(a.area, a.bill_cutoff_thb)::kam.area_bill_cutoff)\n"
						 "    FROM %s a\n"
						 "    WHERE a.bill_cutoff_thb IS NOT NULL)) c ON c.area OPERATOR(pg_catalog.=) %s",
						 cutoffs, columns->area);
	return sql.data;
}

static char *
cutoff_query(const KamFactColumns *columns, const KamRuleChoice *choice)
{
	StringInfoData sql;

	initStringInfo(&sql);
	kam_append_cutoffs(&sql, columns, choice);
	return sql.data;
}

/* schema-qualified and quoted; the view need not exist */
typedef struct ViewNames
{
	char	   *view;
	char	   *cutoff;
} ViewNames;

static ViewNames
view_names(const text *name, const KamFactColumns *columns)
{
	RangeVar   *range = makeRangeVarFromNameList(textToQualifiedNameList((text *) name));
	char	   *schema;
	ViewNames	names;

	/* as CREATE VIEW does over a temporary table */
	if (range->schemaname == NULL && get_rel_persistence(columns->relid) == RELPERSISTENCE_TEMP)
		range->relpersistence = RELPERSISTENCE_TEMP;
	schema = get_namespace_name(RangeVarGetCreationNamespace(range));
	if (schema == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_SCHEMA),
				 errmsg("the schema of view \"%s\" does not exist any more", range->relname),
				 errhint("Name the view in a schema that stays.")));
	if (strlen(range->relname) + strlen(CUTOFF_SUFFIX) >= NAMEDATALEN)
		ereport(ERROR,
				(errcode(ERRCODE_NAME_TOO_LONG),
				 errmsg("view name \"%s\" is too long", range->relname),
				 errhint("With \"%s\" after it, it must fit %d bytes.", CUTOFF_SUFFIX, NAMEDATALEN - 1)));
	names.view = quote_qualified_identifier(schema, range->relname);
	names.cutoff = quote_qualified_identifier(schema, psprintf("%s%s", range->relname, CUTOFF_SUFFIX));
	return names;
}

static void
run(const char *sql)
{
	int			result = SPI_execute(sql, false, 0);

	if (result < 0)
		elog(ERROR, "SPI_execute failed: %s", SPI_result_code_string(result));
}

static void
create_views(const KamFactColumns *columns, const KamRuleChoice *choice,
			 const ViewNames *names, bool stored)
{
	char	   *cutoffs = cutoff_query(columns, choice);

	run(psprintf("CREATE %s %s AS\n%s",
				 stored ? "MATERIALIZED VIEW" : "VIEW",
				 stored ? names->cutoff : psprintf("%s WITH (security_invoker = true)", names->cutoff),
				 cutoffs));
	if (stored)
		run(psprintf("CREATE UNIQUE INDEX ON %s (area)", names->cutoff));
	run(psprintf("CREATE VIEW %s WITH (security_invoker = true) AS\n%s",
				 names->view, view_query(columns, choice, names->cutoff, stored)));
	run(psprintf("COMMENT ON %s %s IS %s",
				 stored ? "MATERIALIZED VIEW" : "VIEW", names->cutoff,
				 quote_literal_cstr(stored ?
									"Top-20 cut-off of each area (6.1.1.2(1)), made by kam.create_kasm_view(); REFRESH it when the facts change." :
									"Top-20 cut-off of each area (6.1.1.2(1)), made by kam.create_kasm_view().")));
	run(psprintf("COMMENT ON VIEW %s IS %s", names->view,
				 quote_literal_cstr("Main criteria and tier of each customer (6.1.1), made by kam.create_kasm_view().")));
}

PG_FUNCTION_INFO_V1(create_kasm_view);
PG_FUNCTION_INFO_V1(kasm_view_definition);

/* kam.create_kasm_view(view, facts, stored_cutoffs, plan_year, rule_set) */
Datum
create_kasm_view(PG_FUNCTION_ARGS)
{
	KamFactColumns columns;
	KamRuleChoice choice;
	ViewNames	names;
	bool		stored;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(2))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("view and stored_cutoffs must not be NULL"),
				 errhint("Name the view to be made, such as 'customer_kasm'.")));
	stored = PG_GETARG_BOOL(2);
	kam_get_fact_columns(fcinfo, 1, &columns);
	check_column_names(&columns);
	kam_check_row_security(columns.relid);
	choice = kam_rule_choice(fcinfo, 3);
	names = view_names(PG_GETARG_TEXT_PP(0), &columns);

	SPI_connect();
	create_views(&columns, &choice, &names, stored);
	SPI_finish();
	kam_close_facts(&columns);
	return DirectFunctionCall1(regclassin, CStringGetDatum(names.view));
}

/* kam.kasm_view_definition(facts, plan_year, rule_set): the view's query, to read or adapt */
Datum
kasm_view_definition(PG_FUNCTION_ARGS)
{
	KamFactColumns columns;
	KamRuleChoice choice;
	char	   *cutoffs;
	char	   *query;

	kam_get_fact_columns(fcinfo, 0, &columns);
	check_column_names(&columns);
	choice = kam_rule_choice(fcinfo, 1);
	cutoffs = psprintf("(\n%s)", cutoff_query(&columns, &choice));
	query = view_query(&columns, &choice, cutoffs, false);
	kam_close_facts(&columns);
	PG_RETURN_TEXT_P(cstring_to_text(query));
}
