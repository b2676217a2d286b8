/*-------------------------------------------------------------------------
 *
 * portfolio_guard.c
 *		The portfolio limit (6.1.2.1) on anybody's table: attaching it, and
 *		listing what is out of bounds.  What its trigger does at every change
 *		is in portfolio_check.c.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "portfolio_guard.h"

#include "access/attmap.h"
#include "access/genam.h"
#include "access/relation.h"
#include "access/table.h"
#include "bangkok_date.h"
#include "catalog/index.h"
#include "catalog/pg_am.h"
#include "catalog/pg_enum.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "code.h"
#include "commands/defrem.h"
#include "executor/spi.h"
#include "facts.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "parser/parse_coerce.h"
#include "parser/parse_collate.h"
#include "parser/parse_expr.h"
#include "parser/parse_relation.h"
#include "parser/parser.h"
#include "rewrite/prs2lock.h"
#include "rewrite/rewriteManip.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/catcache.h"
#include "utils/fmgroids.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/ruleutils.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"
#include "utils/typcache.h"

const KamRule kam_portfolio_guard_rule = {
	.name = "portfolio guard",
	.attach = "attach_portfolio_guard",
	.function = "_portfolio_guard",
	.trigger = "kam_portfolio_guard",
	.columns = {"kamr_column", "tier_column", "period_column"}
};

enum
{
	REL_ARG, KAMR_ARG, TIER_ARG, PERIOD_ARG, PREDICATE_ARG, PLAN_YEAR_ARG, DEFERRED_ARG, CHECK_EXISTING_ARG
};

/* ---- a guarded table ---- */

static bool
is_kamr_type(Oid type)
{
	TypeCacheEntry *entry = lookup_type_cache(type, TYPECACHE_EQ_OPR | TYPECACHE_LT_OPR);

	return OidIsValid(entry->eq_opr) && OidIsValid(entry->lt_opr) && !type_is_rowtype(type);
}

/* A tier, or what may have the labels of tiers; false if it is neither. */
static bool
find_tier_form(Oid type, KamTierForm *form)
{
	if (kam_is_tier_type(type))
		*form = KAM_TIER_ITSELF;
	else if (type == TEXTOID || type == VARCHAROID || type == BPCHAROID)
		*form = KAM_TIER_TEXT;
	else if (type_is_enum(type))
		*form = KAM_TIER_ENUM;
	else
		return false;
	return true;
}

static bool
is_period_type(Oid type)
{
	return type == INT2OID || type == INT4OID || type == INT8OID || type == DATEOID;
}

/* May the function be run for the table's owner? */
static bool
is_untrusted_function(Oid function, void *owner)
{
	Oid			proowner = InvalidOid;
	HeapTuple	tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));

	if (HeapTupleIsValid(tuple))
	{
		proowner = ((Form_pg_proc) GETSTRUCT(tuple))->proowner;
		ReleaseSysCache(tuple);
	}
	return proowner != *(Oid *) owner && !superuser_arg(proowner);
}

static bool
has_untrusted_function(Node *node, void *owner)
{
	if (node == NULL)
		return false;
	if (check_functions_in_node(node, is_untrusted_function, owner))
		return true;
	return expression_tree_walker(node, has_untrusted_function, owner);
}

static bool
has_domain_cast(Node *node, void *unused)
{
	if (node == NULL)
		return false;
	return IsA(node, CoerceToDomain) || expression_tree_walker(node, has_domain_cast, unused);
}

/*
 * A check evaluates the predicate as the table's owner, whoever made the
 * trigger; so it may run only what is the owner's own or a superuser's.
 * (A domain may run anything.)  Why it may not, or NULL.
 */
static const char *
why_untrusted(Node *predicate, Oid owner)
{
	if (has_untrusted_function(predicate, &owner))
		return "It calls a function that is neither the table's owner's nor a superuser's.";
	if (has_domain_cast(predicate, NULL))
		return "It casts to a domain, whose constraints may call any function.";
	return NULL;
}

static const char *const why_mutable = "It is not immutable: its value could change while the row does not.";

/* It was allowed when it was attached; or somebody made the trigger by hand. */
static void
check_predicate_still(Relation rel, Node *predicate)
{
	const char *reason = why_untrusted(predicate, rel->rd_rel->relowner);

	if (reason == NULL && contain_mutable_functions(predicate))
		reason = why_mutable;
	if (reason)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("the predicate of a portfolio guard of table \"%s\" cannot say which rows count",
						RelationGetRelationName(rel)),
				 errdetail("%s", reason),
				 errhint("Mend what it calls, or who owns that or the table; "
						 "or drop the trigger, and call kam.attach_portfolio_guard with another predicate.")));
}

void
kam_describe_guarded(const KamAttached *attached, Relation rel, KamGuardedTable *table)
{
	memset(table, 0, sizeof(KamGuardedTable));
	table->relid = attached->relid;
	kam_column_of_number(rel, attached->column[0], &table->kamr);
	kam_column_of_number(rel, attached->column[1], &table->tier);
	if (attached->columns == 3)
		kam_column_of_number(rel, attached->column[2], &table->period);
	else if (!kam_number_setting(attached, "plan_year", &table->plan_year))
		kam_not_as_attached(attached);
	table->predicate = attached->predicate;
	if (!is_kamr_type(table->kamr.type) || !find_tier_form(table->tier.type, &table->tier_form) ||
		(HAS_PERIOD(table) && !is_period_type(table->period.type)) ||
		kam_uses_virtual_column(rel, table))
		kam_not_as_attached(attached);
	check_predicate_still(rel, (Node *) table->predicate);
}

/* The tier that a text is; false if it is none. */
static bool
is_tier(const char *text, KamTier *tier)
{
	size_t		len;
	const char *word;
	const KamLabel *label = kam_read_label(&kam_tier_labels, text, &word, &len);

	if (label)
		*tier = (KamTier) label->code;
	return label != NULL;
}

/* The tier of a row that is there; false where its text is none, and the row does not count. */
bool
kam_counted_tier(const KamGuardedTable *table, Datum value, KamTier *tier)
{
	if (table->tier_form == KAM_TIER_ENUM)
		return is_tier(DatumGetCString(DirectFunctionCall1(enum_out, value)), tier);
	if (table->tier_form == KAM_TIER_TEXT)
		return is_tier(TextDatumGetCString(value), tier);
	*tier = (KamTier) DatumGetChar(value);
	return true;
}

/* The tier of a row of t, as text where it is written as text. */
static char *
tier_expression(const KamGuardedTable *table)
{
	return psprintf("t.%s::%s", quote_identifier(NameStr(table->tier.name)),
					table->tier_form == KAM_TIER_ITSELF ? "kam.tier" : "pg_catalog.text");
}

/*
 * An aggregate over rows t, and the portfolio that is its value.  Texts are
 * added up here: a cast in the query would fail on one that is no tier.
 */
char *
kam_guarded_portfolio(const KamGuardedTable *table)
{
	return psprintf("%s(%s)", table->tier_form == KAM_TIER_ITSELF ? "kam.portfolio" : "pg_catalog.array_agg",
					tier_expression(table));
}

static int
elements_of(Datum array, Oid type, Datum **elements)
{
	int			count;
	int16		len;
	bool		byval;
	char		align;

	get_typlenbyvalalign(type, &len, &byval, &align);
	deconstruct_array(DatumGetArrayTypeP(array), type, len, byval, align, elements, NULL, &count);
	return count;
}

void
kam_read_portfolio(const KamGuardedTable *table, Datum value, KamPortfolio *portfolio)
{
	Datum	   *labels;
	int			count;
	KamTier		tier;

	if (table->tier_form == KAM_TIER_ITSELF)
	{
		*portfolio = *(KamPortfolio *) DatumGetPointer(value);
		return;
	}
	memset(portfolio, 0, sizeof(KamPortfolio));
	count = elements_of(value, TEXTOID, &labels);
	for (int i = 0; i < count; i++)
		if (is_tier(TextDatumGetCString(labels[i]), &tier))
			portfolio->count[KAM_PORTFOLIO_INDEX(tier)]++;
}

/*
 * FROM and WHERE for the rows that count.  The predicate is written for the
 * search path of now; all else is qualified.
 */
void
kam_append_counted_rows(StringInfo sql, const KamGuardedTable *table)
{
	appendStringInfo(sql, " FROM %s t WHERE t.%s IS NOT NULL AND t.%s IS NOT NULL",
					 kam_relation_name(table->relid),
					 quote_identifier(NameStr(table->kamr.name)),
					 quote_identifier(NameStr(table->tier.name)));
	if (table->predicate)
	{
		Node	   *predicate = (Node *) copyObject(make_ands_explicit(table->predicate));

		ChangeVarNodes(predicate, PRS2_NEW_VARNO, 1, 0);
		appendStringInfo(sql, " AND (%s)",
						 deparse_expression(predicate, deparse_context_for("t", table->relid), true, false));
	}
}

/* The guard above that is the same as this one; none where the tables above have none, or others. */
static Oid
guard_above(const KamAttached *attached, List **relations)
{
	ListCell   *cell;

	if (OidIsValid(attached->parent))
		return attached->parent;
	foreach(cell, kam_parents_of(attached->relid))
	{
		Oid			trigger = kam_find_rule(lfirst_oid(cell), &kam_portfolio_guard_rule);
		KamAttached above;

		if (!OidIsValid(trigger))
			continue;
		*relations = lappend_oid(*relations, lfirst_oid(cell));
		kam_read_attached(trigger, &above);
		if (kam_same_rule(attached, &above))
			return trigger;
	}
	return InvalidOid;
}

/*
 * The guard of the whole hierarchy that a table is part of: of the partitioned
 * table, or of the topmost table above, going up through parents with the same
 * guard (the first, where there are several).  A table with a guard by other
 * columns or of other rows stands for itself.
 * The tables that were looked at are added to 'relations'.
 */
Oid
kam_guard_root(Oid trigger, List **relations)
{
	KamAttached attached;
	Oid			above;

	kam_read_attached(trigger, &attached);
	*relations = lappend_oid(*relations, attached.relid);
	above = guard_above(&attached, relations);
	return OidIsValid(above) ? kam_guard_root(above, relations) : trigger;
}

/* ---- attaching: the columns ---- */

static void
check_tier_labels(Relation rel, const KamColumn *column)
{
	CatCList   *labels = SearchSysCacheList1(ENUMTYPOIDNAME, ObjectIdGetDatum(column->type));

	for (int i = 0; i < labels->n_members; i++)
	{
		Form_pg_enum label = (Form_pg_enum) GETSTRUCT(&labels->members[i]->tuple);
		const char *name = NameStr(label->enumlabel);

		if (kam_find_label(&kam_tier_labels, name, strlen(name)) == NULL)
			ereport(ERROR,
					(errcode(ERRCODE_DATATYPE_MISMATCH),
					 errmsg("column \"%s\" of table \"%s\" is of type %s, whose value \"%s\" is no tier",
							NameStr(column->name), RelationGetRelationName(rel),
							format_type_be(column->type), name),
					 errhint_labels(&kam_tier_labels)));
	}
	ReleaseSysCacheList(labels);
}

static void
check_kamr(Relation rel, const KamColumn *column)
{
	if (!is_kamr_type(column->type))
		kam_wrong_column_type(rel, column, type_is_rowtype(column->type) ? "a type that is no row" :
							  "a type whose values can be compared");
}

static void
check_tier(Relation rel, const KamColumn *column, KamTierForm *form)
{
	if (!find_tier_form(column->type, form))
		kam_wrong_column_type(rel, column, "kam.tier, text or an enum of tiers");
	if (*form == KAM_TIER_ENUM)
		check_tier_labels(rel, column);
}

static void
check_period(Relation rel, const KamColumn *column)
{
	if (!is_period_type(column->type))
		kam_wrong_column_type(rel, column, "an integer year or a date");
}

static void
required_column(FunctionCallInfo fcinfo, int arg, Relation rel, KamColumn *column)
{
	const char *argument = kam_portfolio_guard_rule.columns[arg - KAMR_ARG];

	if (!kam_column_argument(fcinfo, arg, rel, argument, column))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s is NULL", argument),
				 errhint("Name the column of the key account manager and the one of the tier.")));
}

static void
refuse_virtual(Relation rel, const KamColumn *column)
{
	if (column->attnum != InvalidAttrNumber &&
		TupleDescAttr(RelationGetDescr(rel), column->attnum - 1)->attgenerated == 'v')
		kam_refuse_generated(rel, column);
}

/* The columns that the call names; plan_year is that of the call, or today's. */
static void
get_guarded(FunctionCallInfo fcinfo, Relation rel, KamGuardedTable *table)
{
	memset(table, 0, sizeof(KamGuardedTable));
	table->relid = RelationGetRelid(rel);
	required_column(fcinfo, KAMR_ARG, rel, &table->kamr);
	check_kamr(rel, &table->kamr);
	required_column(fcinfo, TIER_ARG, rel, &table->tier);
	check_tier(rel, &table->tier, &table->tier_form);
	if (kam_column_argument(fcinfo, PERIOD_ARG, rel, "period_column", &table->period))
		check_period(rel, &table->period);
	refuse_virtual(rel, &table->kamr);
	refuse_virtual(rel, &table->tier);
	refuse_virtual(rel, &table->period);

	if (HAS_PERIOD(table) && !PG_ARGISNULL(PLAN_YEAR_ARG))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("plan_year is given as well as period_column"),
				 errdetail("The rows of a table with a period are checked by the rules of their own year."),
				 errhint("Leave one of the two out.")));
	if (!HAS_PERIOD(table))
	{
		KamRuleSetPin *pin = palloc0(sizeof(KamRuleSetPin));	/* outlives this function */

		table->plan_year = PG_ARGISNULL(PLAN_YEAR_ARG) ? kam_bangkok_year() : PG_GETARG_INT32(PLAN_YEAR_ARG);
		(void) kam_rule_set(pin, CurrentMemoryContext, true, table->plan_year, NULL);
	}
}

/* ---- attaching: the predicate ---- */

static void
bad_predicate(const char *text, const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("predicate (%s) cannot say which rows count", text),
			 errdetail("%s", detail),
			 errhint("Give a condition on the columns of the row, as the WHERE of a partial index has it, "
					 "such as 'ended_on IS NULL'.")));
}

static bool
is_star(Node *node)
{
	return IsA(node, ColumnRef) && IsA(llast(((ColumnRef *) node)->fields), A_Star);
}

/* One expression and no more: not the text of a whole query. */
static Node *
parse_expression(const char *text)
{
	List	   *parsed = raw_parser(text, RAW_PARSE_PLPGSQL_EXPR);
	SelectStmt *select = (SelectStmt *) ((RawStmt *) linitial(parsed))->stmt;

	if (list_length(parsed) != 1 || !IsA(select, SelectStmt) ||
		list_length(select->targetList) != 1 || select->op != SETOP_NONE ||
		select->distinctClause || select->fromClause || select->whereClause ||
		select->groupClause || select->havingClause || select->windowClause ||
		select->sortClause || select->limitOffset || select->limitCount ||
		select->lockingClause || select->withClause || select->valuesLists ||
		is_star(linitial_node(ResTarget, select->targetList)->val))
		bad_predicate(text, "It is more than one expression.");
	return linitial_node(ResTarget, select->targetList)->val;
}

static void
check_predicate(Relation rel, const char *text, Node *predicate)
{
	Bitmapset  *columns = NULL;
	int			column = -1;
	const char *reason;

	pull_varattnos(predicate, 1, &columns);
	while ((column = bms_next_member(columns, column)) >= 0)
	{
		KamColumn	used;

		if (column + FirstLowInvalidHeapAttributeNumber <= 0)
			bad_predicate(text, "It uses a system column or the row as a whole.");
		kam_column_of_number(rel, column + FirstLowInvalidHeapAttributeNumber, &used);
		refuse_virtual(rel, &used);
	}
	/* first, because to plan is to evaluate what is constant */
	reason = why_untrusted(predicate, rel->rd_rel->relowner);
	if (reason)
		bad_predicate(text, reason);
	if (contain_mutable_functions((Node *) expression_planner((Expr *) copyObject(predicate))))
		bad_predicate(text, why_mutable);
}

/* An error lies in the predicate, not in the statement that gives it. */
static void
place_error(void *predicate)
{
	int			position = geterrposition();

	if (position > 0)
	{
		errposition(0);
		internalerrposition(position);
		internalerrquery(predicate);
	}
}

/* The predicate of the call, over the row; NULL if there is none. */
static Node *
get_predicate(FunctionCallInfo fcinfo, Relation rel)
{
	ParseState *pstate;
	ParseNamespaceItem *row;
	char	   *condition;
	Node	   *predicate;
	ErrorContextCallback callback = {.callback = place_error, .previous = error_context_stack};

	if (PG_ARGISNULL(PREDICATE_ARG))
		return NULL;
	condition = text_to_cstring(PG_GETARG_TEXT_PP(PREDICATE_ARG));
	callback.arg = condition;
	error_context_stack = &callback;
	pstate = make_parsestate(NULL);
	pstate->p_sourcetext = condition;
	row = addRangeTableEntryForRelation(pstate, rel, AccessShareLock, NULL, false, true);
	addNSItemToQuery(pstate, row, false, true, true);
	predicate = transformExpr(pstate, parse_expression(condition), EXPR_KIND_INDEX_PREDICATE);
	predicate = coerce_to_boolean(pstate, predicate, "predicate");
	assign_expr_collations(pstate, predicate);
	error_context_stack = callback.previous;
	check_predicate(rel, condition, predicate);
	free_parsestate(pstate);
	return predicate;
}

/* ---- attaching: the index ---- */

/* Where an index has a column, or -1. */
static int
place_in_index(const FormData_pg_index *form, AttrNumber attnum)
{
	for (int place = 0; place < form->indnatts; place++)
		if (form->indkey.values[place] == attnum)
			return place;
	return -1;
}

/* Why an index does not find the rows of one KAMR, and no others; NULL where it does. */
static const char *
why_it_fails(Relation index, int place, const KamGuardedTable *table, List *conditions)
{
	Form_pg_index form = index->rd_index;
	Oid			am = index->rd_rel->relam;

	if (am != BTREE_AM_OID && am != HASH_AM_OID)
		return psprintf("is neither btree nor hash but %s", get_am_name(am));
	if (!form->indisvalid)
		return index->rd_rel->relkind == RELKIND_PARTITIONED_INDEX ?
			"is not valid as long as a partition has none that is attached to it" :
			"is not valid: it is not built to its end";
	if (place >= form->indnkeyatts)
		return "only includes the column";
	if (place > 1 ||
		(place == 1 && !(HAS_PERIOD(table) && table->period.type != DATEOID &&
						 form->indkey.values[0] == table->period.attnum)))
		return "does not begin with the column";
	if (!op_in_opfamily(lookup_type_cache(table->kamr.type, TYPECACHE_EQ_OPR)->eq_opr, index->rd_opfamily[place]))
		return "has an operator class without the equality of the type";
	if (OidIsValid(index->rd_indcollation[place]) && index->rd_indcollation[place] != table->kamr.collation)
		return psprintf("is in the collation \"%s\", the column in \"%s\"",
						get_collation_name(index->rd_indcollation[place]),
						get_collation_name(table->kamr.collation));
	if (RelationGetIndexPredicate(index) != NIL &&
		!predicate_implied_by(RelationGetIndexPredicate(index), conditions, false))
		return "is partial, and its condition does not follow from which rows count";
	return NULL;
}

/* Conditions on the guarded table, on a table that inherits from it and may have its columns elsewhere. */
static List *
conditions_on(Relation rel, const KamGuardedTable *table, List *conditions)
{
	Relation	guarded = table_open(table->relid, NoLock);
	AttrMap    *map;
	bool		has_whole_row;

#if PG_VERSION_NUM >= 160000
	map = build_attrmap_by_name(RelationGetDescr(rel), RelationGetDescr(guarded), false);
#else
	map = build_attrmap_by_name(RelationGetDescr(rel), RelationGetDescr(guarded));
#endif
	conditions = (List *) map_variable_attnos((Node *) conditions, 1, 0, map, InvalidOid, &has_whole_row);
	table_close(guarded, NoLock);
	return conditions;
}

/* Where a table has none, 'reasons' tells why those of the column are none. */
static bool
has_index(Oid relid, const KamGuardedTable *table, List *conditions, StringInfo reasons)
{
	Relation	rel = table_open(relid, NoLock);
	KamGuardedTable here = *table;
	bool		found = false;
	ListCell   *cell;

	here.kamr.attnum = get_attnum(relid, NameStr(table->kamr.name));
	if (HAS_PERIOD(table))
		here.period.attnum = get_attnum(relid, NameStr(table->period.name));
	conditions = conditions_on(rel, table, conditions);
	foreach(cell, RelationGetIndexList(rel))
	{
		Relation	index = index_open(lfirst_oid(cell), AccessShareLock);
		int			place = place_in_index(index->rd_index, here.kamr.attnum);
		const char *reason = place < 0 ? NULL : why_it_fails(index, place, &here, conditions);

		found = found || (place >= 0 && reason == NULL);
		if (reason)
			appendStringInfo(reasons, "\nIndex \"%s\" %s.", RelationGetRelationName(index), reason);
		index_close(index, NoLock);
	}
	table_close(rel, NoLock);
	return found;
}

static Expr *
not_null_test(Relation rel, const KamColumn *column)
{
	Form_pg_attribute att = TupleDescAttr(RelationGetDescr(rel), column->attnum - 1);
	NullTest   *test = makeNode(NullTest);

	test->arg = (Expr *) makeVar(1, column->attnum, att->atttypid, att->atttypmod, att->attcollation, 0);
	test->nulltesttype = IS_NOT_NULL;
	test->location = -1;
	return (Expr *) test;
}

/* What is known of every row that the check looks at. */
static List *
conditions_of(Relation rel, const KamGuardedTable *table, Node *predicate)
{
	List	   *conditions = list_make2(not_null_test(rel, &table->kamr), not_null_test(rel, &table->tier));

	if (HAS_PERIOD(table))
		conditions = lappend(conditions, not_null_test(rel, &table->period));
	return predicate ?
		list_concat(conditions, make_ands_implicit((Expr *) expression_planner((Expr *) copyObject(predicate)))) :
		conditions;
}

/* Without an index every check would read the whole table. */
static void
require_index(Relation rel, const KamGuardedTable *table, Node *predicate)
{
	List	   *conditions = conditions_of(rel, table, predicate);
	List	   *tables = rel->rd_rel->relkind == RELKIND_PARTITIONED_TABLE ?
		list_make1_oid(table->relid) : find_all_inheritors(table->relid, NoLock, NULL);
	ListCell   *cell;

	foreach(cell, tables)
	{
		StringInfoData reasons;

		initStringInfo(&reasons);
		if (!has_index(lfirst_oid(cell), table, conditions, &reasons))
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 reasons.len > 0 ?
					 errmsg("column \"%s\" of table \"%s\" has no index that finds the rows of one key account manager",
							NameStr(table->kamr.name), get_rel_name(lfirst_oid(cell))) :
					 errmsg("column \"%s\" of table \"%s\" has no index",
							NameStr(table->kamr.name), get_rel_name(lfirst_oid(cell))),
					 errdetail("Each check would read the whole table.%s", reasons.data),
					 errhint("CREATE INDEX ON %s (%s%s%s);", kam_relation_name(lfirst_oid(cell)),
							 quote_identifier(NameStr(table->kamr.name)), HAS_PERIOD(table) ? ", " : "",
							 HAS_PERIOD(table) ? quote_identifier(NameStr(table->period.name)) : "")));
	}
}

/* ---- what is out of bounds ---- */

/* The plan year of a row of t, as int; NULL where no int holds it. */
static char *
year_expression(const KamGuardedTable *table)
{
	const char *period;

	if (!HAS_PERIOD(table))
		return psprintf("%d", table->plan_year);
	period = psprintf("t.%s", quote_identifier(NameStr(table->period.name)));
	if (table->period.type == DATEOID)
		return psprintf("pg_catalog.date_part('year', %s)::pg_catalog.int4", period);
	return psprintf("CASE WHEN %s::pg_catalog.int8 OPERATOR(pg_catalog.>=) %d "
					"AND %s::pg_catalog.int8 OPERATOR(pg_catalog.<=) %d THEN %s::pg_catalog.int4 END",
					period, PG_INT32_MIN, period, PG_INT32_MAX, period);
}

/*
 * Of every KAMR and year: kamr text, year int, and portfolio kam.portfolio.
 * Where tiers are written as text, instead of the portfolio: labels text[],
 * counts bigint[], how many rows there are of each.
 */
static char *
portfolios_sql(const KamGuardedTable *table)
{
	StringInfoData sql;
	const char *kamr = quote_identifier(NameStr(table->kamr.name));
	bool		is_text = table->tier_form != KAM_TIER_ITSELF;

	initStringInfo(&sql);
	if (is_text)
		appendStringInfo(&sql, "SELECT g.kamr::pg_catalog.text, g.year, pg_catalog.array_agg(g.label), pg_catalog.array_agg(g.n) "
						 "FROM (SELECT t.%s AS kamr, %s AS year, "
						 "%s COLLATE pg_catalog.\"C\" AS label, pg_catalog.count(*) AS n",
						 kamr, year_expression(table), tier_expression(table));
	else
		appendStringInfo(&sql, "SELECT t.%s::pg_catalog.text, %s, %s",
						 kamr, year_expression(table), kam_guarded_portfolio(table));
	kam_append_counted_rows(&sql, table);
	if (HAS_PERIOD(table))
	{
		const char *period = psprintf("t.%s", quote_identifier(NameStr(table->period.name)));

		appendStringInfo(&sql, " AND %s IS NOT NULL%s", period,
						 table->period.type == DATEOID ? psprintf(" AND pg_catalog.isfinite(%s)", period) : "");
	}
	/* by number: the year, the label */
	if (is_text)
		appendStringInfo(&sql, " GROUP BY t.%s, 2, 3) AS g GROUP BY g.kamr, g.year ORDER BY g.kamr, g.year", kamr);
	else
		appendStringInfo(&sql, " GROUP BY t.%s, 2 ORDER BY t.%s, 2", kamr, kamr);
	return sql.data;
}

typedef enum ViolationKind
{
	ABOVE, BELOW, NO_RULE_SET, NO_TIER
} ViolationKind;

static const char *const violation_names[] = {"above", "below", "no rule set", "no tier"};

/* A KAMR out of bounds in a year. */
typedef struct Violation
{
	ViolationKind kind;
	const char *kamr;
	bool		has_year;		/* one that an int holds */
	int32		year;
	KamPortfolio portfolio;		/* of the rows that have a tier */
	const char *no_tier;		/* what another row has instead; NULL if there is none */
	const KamRuleSet *rules;	/* NULL for a year that has none */
	int64		units;
} Violation;

typedef void (*ViolationConsumer) (const Violation *violation, void *arg);

static char *
weight_text(const KamRuleSet *rules, int64 units)
{
	return DatumGetCString(DirectFunctionCall1(numeric_out, kam_weight_of_units(rules, units)));
}

/* Of what is no tier the first is told, by code point. */
static void
add_label(const char *label, int64 rows, Violation *violation)
{
	KamTier		tier;

	if (is_tier(label, &tier))
		violation->portfolio.count[KAM_PORTFOLIO_INDEX(tier)] += rows;
	else if (violation->no_tier == NULL || strcmp(label, violation->no_tier) < 0)
		violation->no_tier = label;
}

static void
read_labels(HeapTuple tuple, TupleDesc desc, Violation *violation)
{
	Datum	   *labels;
	Datum	   *counts;
	bool		isnull;
	int			count = elements_of(SPI_getbinval(tuple, desc, 3, &isnull), TEXTOID, &labels);

	(void) elements_of(SPI_getbinval(tuple, desc, 4, &isnull), INT8OID, &counts);
	for (int i = 0; i < count; i++)
		add_label(TextDatumGetCString(labels[i]), DatumGetInt64(counts[i]), violation);
}

static void
read_portfolio(HeapTuple tuple, TupleDesc desc, const KamGuardedTable *table, Violation *violation)
{
	bool		isnull;

	memset(violation, 0, sizeof(Violation));
	violation->kamr = SPI_getvalue(tuple, desc, 1);
	violation->year = DatumGetInt32(SPI_getbinval(tuple, desc, 2, &isnull));
	violation->has_year = !isnull;
	if (table->tier_form == KAM_TIER_ITSELF)
		kam_read_portfolio(table, SPI_getbinval(tuple, desc, 3, &isnull), &violation->portfolio);
	else
		read_labels(tuple, desc, violation);
}

static void
report(Violation *violation, ViolationKind kind, ViolationConsumer consume, void *arg)
{
	violation->kind = kind;
	consume(violation, arg);
}

static void
judge(Violation *violation, KamRuleSetPin *pin, bool below, ViolationConsumer consume, void *arg)
{
	const KamRuleSet *rules = violation->has_year ?
		kam_rule_set_of_year(pin, CurTransactionContext, violation->year) : NULL;

	violation->rules = rules;
	if (rules)
		violation->units = kam_portfolio_units(rules, &violation->portfolio);
	if (violation->no_tier)
		report(violation, NO_TIER, consume, arg);
	if (rules == NULL)
		report(violation, NO_RULE_SET, consume, arg);
	else if (violation->units > rules->max_units)
		report(violation, ABOVE, consume, arg);
	/* no counted account, no portfolio (R13) */
	else if (below && violation->units > 0 && violation->units < rules->min_units)
		report(violation, BELOW, consume, arg);
}

#define VIOLATION_BATCH 1000

/* Every violation, by KAMR and year, seen with the active snapshot. */
static void
for_each_violation(const KamGuardedTable *table, bool below, ViolationConsumer consume, void *arg)
{
	KamRuleSetPin *pin = MemoryContextAllocZero(CurTransactionContext, sizeof(KamRuleSetPin));
	MemoryContext of_row = AllocSetContextCreate(CurrentMemoryContext, "kam violation", ALLOCSET_SMALL_SIZES);
	MemoryContext caller;
	int			settings;
	Portal		portal;
	Violation	violation;

	SPI_connect();
	settings = kam_begin_faithful_text();
	portal = SPI_cursor_open_with_args(NULL, portfolios_sql(table), 0, NULL, NULL, NULL, true, 0);
	AtEOXact_GUC(true, settings);
	do
	{
		CHECK_FOR_INTERRUPTS();
		SPI_cursor_fetch(portal, true, VIOLATION_BATCH);
		caller = MemoryContextSwitchTo(of_row);
		for (uint64 i = 0; i < SPI_processed; i++)
		{
			read_portfolio(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, table, &violation);
			judge(&violation, pin, below, consume, arg);
			MemoryContextReset(of_row);
		}
		MemoryContextSwitchTo(caller);
		SPI_freetuptable(SPI_tuptable);
	} while (SPI_processed > 0);
	SPI_cursor_close(portal);
	SPI_finish();
	MemoryContextDelete(of_row);
}

#define SHOWN_VIOLATIONS 100

typedef struct ViolationList
{
	const KamGuardedTable *table;
	StringInfoData text;
	int64		count;
} ViolationList;

static void
refuse_no_tier(const Violation *violation)
{
	size_t		len;
	const char *word;

	(void) kam_read_label(&kam_tier_labels, violation->no_tier, &word, &len);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("key account manager \"%s\"%s has an account of tier \"%s\"", violation->kamr,
					violation->has_year ? psprintf(" in plan year %d", violation->year) : "",
					violation->no_tier),
			 errdetail_unknown_label(&kam_tier_labels, word, len),
			 errhint("Mend such rows first; or attach with check_existing => false, which guards new changes only, "
					 "and list them with kam.portfolio_violations().")));
}

static void
refuse_buddhist_year(const Violation *violation, const KamColumn *period)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("plan year %d of key account manager \"%s\" is in the Buddhist era",
					violation->year, violation->kamr),
			 errdetail("Every row written from now on would be refused."),
			 period->type == DATEOID ?
			 errhint("Dates are common-era dates: take %d years off.", KAM_BUDDHIST_ERA_OFFSET) :
			 errhint("Plan years are common-era years: as period_column give a column such as "
					 "int GENERATED ALWAYS AS (%s - %d) STORED.",
					 quote_identifier(NameStr(period->name)), KAM_BUDDHIST_ERA_OFFSET)));
}

static void
list_violation(const Violation *violation, void *arg)
{
	ViolationList *list = arg;

	if (violation->has_year && kam_is_buddhist_year(violation->year))
		refuse_buddhist_year(violation, &list->table->period);
	if (violation->kind == NO_TIER)
		refuse_no_tier(violation);
	if (violation->kind != ABOVE)
		return;
	if (list->count++ < SHOWN_VIOLATIONS)
		appendStringInfo(&list->text, "%s\"%s\" in %d: %s of %s", list->count > 1 ? "\n" : "",
						 violation->kamr, violation->year, weight_text(violation->rules, violation->units),
						 DatumGetCString(DirectFunctionCall1(numeric_out,
															 NumericGetDatum(violation->rules->portfolio_max))));
}

/*
 * As the table's owner: whoever asks does not mean to run the functions that
 * others put into a predicate.
 */
static void
for_each_violation_as_owner(Relation rel, const KamGuardedTable *table, bool below,
							ViolationConsumer consume, void *arg)
{
	Oid			user;
	int			context;

	GetUserIdAndSecContext(&user, &context);
	SetUserIdAndSecContext(rel->rd_rel->relowner, context | SECURITY_LOCAL_USERID_CHANGE |
						   SECURITY_RESTRICTED_OPERATION | SECURITY_NOFORCE_RLS);
	for_each_violation(table, below, consume, arg);
	SetUserIdAndSecContext(user, context);
}

/* Refuse to guard a table that breaks the rule already; nobody can write to it now. */
static void
check_existing_rows(Relation rel, const KamGuardedTable *table)
{
	ViolationList list = {.table = table, .count = 0};

	initStringInfo(&list.text);
	PushActiveSnapshot(GetLatestSnapshot());
	for_each_violation_as_owner(rel, table, false, list_violation, &list);
	PopActiveSnapshot();

	if (list.count > SHOWN_VIOLATIONS)
		appendStringInfo(&list.text, "\nand " INT64_FORMAT " more", list.count - SHOWN_VIOLATIONS);
	if (list.count > 0)
		ereport(ERROR,
				(errcode(ERRCODE_CHECK_VIOLATION),
				 errmsg_plural("table \"%s\" holds " INT64_FORMAT " portfolio above its limit",
							   "table \"%s\" holds " INT64_FORMAT " portfolios above their limit",
							   list.count, RelationGetRelationName(rel), list.count),
				 errdetail("%s", list.text.data),
				 errhint("Mend them first; or attach with check_existing => false, which guards new changes only, "
						 "and list them with kam.portfolio_violations()."),
				 errtable(rel)));
}

/* ---- attaching: the trigger ---- */

static char *
when_clause(const KamGuardedTable *table, Node *predicate)
{
	StringInfoData when;

	initStringInfo(&when);
	appendStringInfo(&when, "new.%s IS NOT NULL AND new.%s IS NOT NULL",
					 quote_identifier(NameStr(table->kamr.name)), quote_identifier(NameStr(table->tier.name)));
	if (HAS_PERIOD(table))
		appendStringInfo(&when, " AND new.%s IS NOT NULL", quote_identifier(NameStr(table->period.name)));
	if (predicate)
		appendStringInfo(&when, " AND (%s)",
						 deparse_expression(predicate, deparse_context_for("new", table->relid), true, false));
	return when.data;
}

/* The predicate as the trigger will have it. */
static List *
as_new_row(Node *predicate)
{
	Node	   *copy = copyObject(predicate);

	ChangeVarNodes(copy, 1, PRS2_NEW_VARNO, 0);
	return list_make1(copy);
}

PG_FUNCTION_INFO_V1(attach_portfolio_guard);
PG_FUNCTION_INFO_V1(detach_portfolio_guard);
PG_FUNCTION_INFO_V1(lock_portfolio_guard);
PG_FUNCTION_INFO_V1(portfolio_violations);

/* kam.attach_portfolio_guard(rel, kamr_column, tier_column, period_column, predicate, …) */
Datum
attach_portfolio_guard(PG_FUNCTION_ARGS)
{
	Relation	rel = kam_open_to_attach(fcinfo, &kam_portfolio_guard_rule);
	bool		deferred = !PG_ARGISNULL(DEFERRED_ARG) && PG_GETARG_BOOL(DEFERRED_ARG);
	KamGuardedTable table;
	Node	   *predicate;
	int			settings;
	KamTriggerParts parts = {
		.create = "CREATE CONSTRAINT TRIGGER",
		.timing = "AFTER INSERT OR UPDATE",
		.options = deferred ? "DEFERRABLE INITIALLY DEFERRED" : "DEFERRABLE INITIALLY IMMEDIATE",
		.comment = "No key account manager above the portfolio limit of the work manual, 6.1.2.1 (extension kam)."
	};

	get_guarded(fcinfo, rel, &table);
	predicate = get_predicate(fcinfo, rel);
	require_index(rel, &table, predicate);
	settings = kam_begin_faithful_text();
	parts.when = when_clause(&table, predicate);
	if (!HAS_PERIOD(&table))
		parts.settings = list_make1(psprintf("plan_year=%d", table.plan_year));
	kam_attach(rel, &kam_portfolio_guard_rule, &parts);
	AtEOXact_GUC(true, settings);
	if (PG_ARGISNULL(CHECK_EXISTING_ARG) || PG_GETARG_BOOL(CHECK_EXISTING_ARG))
	{
		table.predicate = predicate ? as_new_row(predicate) : NIL;
		check_existing_rows(rel, &table);
	}
	table_close(rel, NoLock);
	PG_RETURN_VOID();
}

/* kam.detach_portfolio_guard(rel) */
Datum
detach_portfolio_guard(PG_FUNCTION_ARGS)
{
	kam_detach(fcinfo, &kam_portfolio_guard_rule);
	PG_RETURN_VOID();
}

/* The table whose guard is that of the first argument: itself, or what it is part of. */
static Relation
open_guarded(FunctionCallInfo fcinfo, KamGuardedTable *table)
{
	Relation	rel = kam_open_existing(fcinfo, 0, AccessShareLock);
	List	   *relations = NIL;
	KamAttached attached;

	kam_read_attached(kam_guard_root(kam_require_rule(RelationGetRelid(rel), &kam_portfolio_guard_rule), &relations),
					  &attached);
	relation_close(rel, NoLock);
	rel = table_open(attached.relid, AccessShareLock);
	kam_describe_guarded(&attached, rel, table);
	return rel;
}

static void
require_privilege(Relation rel, AclMode mode, const char *hint)
{
	if (pg_class_aclcheck(RelationGetRelid(rel), GetUserId(), mode) != ACLCHECK_OK)
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("permission denied for table %s", RelationGetRelationName(rel)),
				 errhint("%s", hint)));
}

/* kam.lock_portfolio_guard(rel): before a bulk load, so that it waits rather than deadlocks */
Datum
lock_portfolio_guard(PG_FUNCTION_ARGS)
{
	KamGuardedTable table;
	Relation	rel = open_guarded(fcinfo, &table);

	require_privilege(rel, ACL_INSERT | ACL_UPDATE, "Its portfolio guard is locked by those who may write to it.");
	kam_lock_whole_guard(table.relid);
	table_close(rel, NoLock);
	PG_RETURN_VOID();
}

static void
put_violation(const Violation *violation, void *arg)
{
	ReturnSetInfo *rsinfo = arg;
	Datum		values[7];
	bool		nulls[7] = {false};

	values[0] = CStringGetTextDatum(violation->kamr);
	values[1] = Int32GetDatum(violation->year);
	nulls[1] = !violation->has_year;
	values[2] = PointerGetDatum(&violation->portfolio);
	if (violation->rules)
	{
		values[3] = kam_weight_of_units(violation->rules, violation->units);
		values[4] = NumericGetDatum(violation->rules->portfolio_min);
		values[5] = NumericGetDatum(violation->rules->portfolio_max);
	}
	else
		nulls[3] = nulls[4] = nulls[5] = true;
	values[6] = CStringGetTextDatum(violation_names[violation->kind]);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

/* kam.portfolio_violations(rel, below) */
Datum
portfolio_violations(PG_FUNCTION_ARGS)
{
	KamGuardedTable table;
	Relation	rel = open_guarded(fcinfo, &table);
	bool		below = PG_GETARG_BOOL(1);

	require_privilege(rel, ACL_SELECT, "Portfolios are listed to those who may read the table.");
	kam_require_all_rows(table.relid,
						 "A portfolio (6.1.2.1) is the sum of all accounts of a key account manager.",
						 "Ask a role that sees all rows, such as one with BYPASSRLS.");
	InitMaterializedSRF(fcinfo, 0);
	for_each_violation_as_owner(rel, &table, below, put_violation, fcinfo->resultinfo);
	table_close(rel, NoLock);
	return (Datum) 0;
}
