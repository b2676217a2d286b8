/*-------------------------------------------------------------------------
 *
 * attached_rule.c
 *		Rules of the manual that were put on users' tables.
 *
 * A rule on a table is a trigger and nothing else.  Its columns stand in the
 * trigger's WHEN clause, where PostgreSQL itself keeps track of them: they
 * follow a renaming, partitions with other column numbers and a dump, and
 * cannot be dropped unnoticed.  Its settings are the trigger's arguments.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "attached_rule.h"

#include "access/attmap.h"
#include "access/genam.h"
#include "access/htup_details.h"
#include "access/relation.h"
#include "access/table.h"
#include "catalog/dependency.h"
#include "catalog/indexing.h"
#include "catalog/objectaddress.h"
#include "catalog/namespace.h"
#include "catalog/partition.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_trigger.h"
#include "commands/extension.h"
#include "common/string.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "rewrite/prs2lock.h"
#include "rewrite/rewriteManip.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/fmgrprotos.h"
#include "utils/guc.h"
#include "utils/hsearch.h"
#include "utils/json.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/ruleutils.h"
#include "utils/syscache.h"

static const KamRule *const rules[] = {
	&kam_portfolio_guard_rule,
	&kam_response_deadline_rule,
	&kam_record_deadline_rule
};

/* ---- the arguments of an attach function ---- */

/* The relation that is an argument, locked. */
Relation
kam_open_existing(FunctionCallInfo fcinfo, int arg, LOCKMODE lockmode)
{
	Relation	rel;

	if (PG_ARGISNULL(arg))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("the table is NULL"),
				 errhint("Name a table, such as 'assignment'.")));
	rel = try_relation_open(PG_GETARG_OID(arg), lockmode);
	if (rel == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("relation with OID %u does not exist", PG_GETARG_OID(arg)),
				 errhint("Name a table, such as 'assignment'.")));
	return rel;
}

/* A relation that is gone has no owner who could be asked. */
static void
check_owner(Oid relid)
{
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(relid));
	Form_pg_class form;

	if (!HeapTupleIsValid(tuple))
		return;
	form = (Form_pg_class) GETSTRUCT(tuple);
	if (!has_privs_of_role(GetUserId(), form->relowner))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("must be owner of table %s", NameStr(form->relname)),
				 errhint("A rule of kam is attached and detached by the table's owner.")));
	ReleaseSysCache(tuple);
}

/* The table that is the first argument, locked for its owner: nobody else may make others wait. */
static Relation
open_as_owner(FunctionCallInfo fcinfo, LOCKMODE lockmode)
{
	Relation	rel;

	if (!PG_ARGISNULL(0))
		check_owner(PG_GETARG_OID(0));
	rel = kam_open_existing(fcinfo, 0, lockmode);
	check_owner(RelationGetRelid(rel));
	return rel;
}

static void
check_kind(Relation rel, const KamRule *rule)
{
	char		kind = rel->rd_rel->relkind;

	if (kind != RELKIND_RELATION && kind != RELKIND_PARTITIONED_TABLE)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("\"%s\" is not a table", RelationGetRelationName(rel)),
				 errdetail("A %s holds where the rows are stored.", rule->name),
				 errhint("Attach it to the table behind.")));
	if (rel->rd_rel->relispartition)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("\"%s\" is a partition", RelationGetRelationName(rel)),
				 errhint("Attach the %s to the partitioned table; its partitions follow.", rule->name)));
}

static void
check_not_attached(Oid relid, const KamRule *rule)
{
	if (OidIsValid(kam_find_rule(relid, rule)))
		ereport(ERROR,
				(errcode(ERRCODE_DUPLICATE_OBJECT),
				 errmsg("table \"%s\" has a %s already", get_rel_name(relid), rule->name),
				 errhint("Call kam.de%s first.", rule->attach + 2)));
}

/* No dump has the triggers of an extension's table; but an extension's script may make one with a rule. */
static void
check_not_of_extension(Oid relid, const KamRule *rule)
{
	Oid			extension = getExtensionOfObject(RelationRelationId, relid);

	if (OidIsValid(extension) && !(creating_extension && extension == CurrentExtensionObject))
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("table \"%s\" belongs to extension \"%s\"",
						get_rel_name(relid), get_extension_name(extension)),
				 errdetail("A dump makes such a table by CREATE EXTENSION, and would lose the %s.", rule->name),
				 errhint("Attach the %s to a table of your own.", rule->name)));
}

/* The table and every one under it must be able to carry the trigger. */
static void
check_descendants(Relation rel, const KamRule *rule)
{
	ListCell   *cell;

	foreach(cell, find_all_inheritors(RelationGetRelid(rel), ShareRowExclusiveLock, NULL))
	{
		check_not_of_extension(lfirst_oid(cell), rule);
		check_not_attached(lfirst_oid(cell), rule);
		if (get_rel_relkind(lfirst_oid(cell)) == RELKIND_FOREIGN_TABLE)
			ereport(ERROR,
					(errcode(ERRCODE_WRONG_OBJECT_TYPE),
					 errmsg("a %s cannot hold on \"%s\"", rule->name, RelationGetRelationName(rel)),
					 errdetail("Its part \"%s\" is a foreign table, whose rows another server changes.",
							   get_rel_name(lfirst_oid(cell))),
					 errhint("Attach the rule on that server, or detach the part.")));
	}
}

/* The table that a rule is to be put on, locked against all writers. */
Relation
kam_open_to_attach(FunctionCallInfo fcinfo, const KamRule *rule)
{
	Relation	rel = open_as_owner(fcinfo, ShareRowExclusiveLock);

	check_kind(rel, rule);
	check_descendants(rel, rule);
	return rel;
}

static void
missing_column(Relation rel, const char *argument, const char *name)
{
	ereport(ERROR,
			(errcode(ERRCODE_UNDEFINED_COLUMN),
			 errmsg("column \"%s\" of table \"%s\" does not exist", name, RelationGetRelationName(rel)),
			 errdetail("It was given as %s.", argument),
			 errhint("Name a column of the table as it is stored, such as 'due_on'; letter case counts.")));
}

/* A column that is an argument; false where the argument is NULL. */
bool
kam_column_argument(FunctionCallInfo fcinfo, int arg, Relation rel,
					const char *argument, KamColumn *column)
{
	AttrNumber	attnum;
	const char *name;

	memset(column, 0, sizeof(KamColumn));
	if (PG_ARGISNULL(arg))
		return false;
	name = NameStr(*PG_GETARG_NAME(arg));
	attnum = get_attnum(RelationGetRelid(rel), name);
	if (attnum == InvalidAttrNumber)
		missing_column(rel, argument, name);
	if (attnum < 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("column \"%s\" of table \"%s\" is a system column", name, RelationGetRelationName(rel)),
				 errhint("Name a column of your own as %s.", argument)));
	kam_column_of_number(rel, attnum, column);
	return true;
}

/* A rule cannot write a generated column, nor read one before it is made. */
void
kam_refuse_generated(Relation rel, const KamColumn *column)
{
	if (column->attnum != InvalidAttrNumber &&
		TupleDescAttr(RelationGetDescr(rel), column->attnum - 1)->attgenerated)
		ereport(ERROR,
				(errcode(ERRCODE_GENERATED_ALWAYS),
				 errmsg("column \"%s\" of table \"%s\" is a generated column",
						NameStr(column->name), RelationGetRelationName(rel)),
				 errdetail("It is computed after the rule has run."),
				 errhint("Name an ordinary column.")));
}

void
kam_wrong_column_type(Relation rel, const KamColumn *column, const char *wanted)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATATYPE_MISMATCH),
			 errmsg("column \"%s\" of table \"%s\" is of type %s, but %s is wanted",
					NameStr(column->name), RelationGetRelationName(rel),
					format_type_be(column->type), wanted),
			 errhint("Name another column, or change its type with ALTER TABLE.")));
}

static bool
is_partitioned_by(Oid relid, const KamColumn *column)
{
	Relation	rel = table_open(relid, NoLock);
	AttrNumber	attnum = get_attnum(relid, NameStr(column->name));
	bool		in_expression;
	bool		found = rel->rd_rel->relkind == RELKIND_PARTITIONED_TABLE &&
		has_partition_attrs(rel, bms_make_singleton(attnum - FirstLowInvalidHeapAttributeNumber), &in_expression);

	table_close(rel, NoLock);
	return found;
}

/* A BEFORE trigger must not send a row to another partition. */
void
kam_refuse_partition_key(Relation rel, const KamColumn *column)
{
	ListCell   *cell;

	foreach(cell, find_all_inheritors(RelationGetRelid(rel), NoLock, NULL))
		if (is_partitioned_by(lfirst_oid(cell), column))
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("table \"%s\" is partitioned by column \"%s\"",
							get_rel_name(lfirst_oid(cell)), NameStr(column->name)),
					 errdetail("A row's partition is chosen before the rule fills the column."),
					 errhint("Partition by another column, such as the day that the deadline is counted from.")));
}

/* Two columns that mean different things. */
void
kam_refuse_same_column(Relation rel, const KamColumn *a, const KamColumn *b)
{
	if (a->attnum != InvalidAttrNumber && a->attnum == b->attnum)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("column \"%s\" of table \"%s\" is given twice",
						NameStr(a->name), RelationGetRelationName(rel)),
				 errhint("Name a column for each argument.")));
}

/* ---- expressions as text ---- */

/* Until the GUC level ends. */
void
kam_set_for_now(const char *name, const char *value)
{
	(void) set_config_option(name, value, PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
}

/*
 * While an expression is written as text and read again, no setting of the
 * session may change its constants.  Ends with AtEOXact_GUC(true, level).
 */
int
kam_begin_faithful_text(void)
{
	int			level = NewGUCNestLevel();

	kam_set_for_now("datestyle", "ISO, YMD");
	kam_set_for_now("intervalstyle", "postgres");
	kam_set_for_now("extra_float_digits", "3");
	kam_set_for_now("array_nulls", "on");
	kam_set_for_now("transform_null_equals", "off");
	return level;
}

/* ---- attaching and detaching ---- */

/* WHEN there is anything in the columns: which is how a deadline names them. */
char *
kam_columns_condition(const KamColumn *a, const KamColumn *b, const KamColumn *c)
{
	const KamColumn *columns[] = {a, b, c};
	StringInfoData when;

	initStringInfo(&when);
	for (int i = 0; i < KAM_RULE_COLUMNS; i++)
		if (columns[i]->attnum != InvalidAttrNumber)
			appendStringInfo(&when, "%snew.%s", when.len ? ", " : "",
							 quote_identifier(NameStr(columns[i]->name)));
	return psprintf("pg_catalog.num_nonnulls(%s) OPERATOR(pg_catalog.>) 0", when.data);
}

static void
run(const char *sql)
{
	int			result = SPI_execute(sql, false, 0);

	if (result < 0)
		elog(ERROR, "SPI_execute failed: %s", SPI_result_code_string(result));
}

static char *
settings_list(List *settings)
{
	StringInfoData list;
	ListCell   *cell;

	initStringInfo(&list);
	foreach(cell, settings)
		appendStringInfo(&list, "%s%s", list.len ? ", " : "", quote_literal_cstr(lfirst(cell)));
	return list.data;
}

static void
create_trigger(Oid relid, const KamRule *rule, const KamTriggerParts *parts)
{
	const char *relation = kam_relation_name(relid);

	run(psprintf("%s %s %s ON %s %s FOR EACH ROW WHEN (%s) EXECUTE FUNCTION kam.%s(%s)",
				 parts->create, quote_identifier(rule->trigger), parts->timing, relation,
				 parts->options, parts->when, rule->function, settings_list(parts->settings)));
	run(psprintf("COMMENT ON TRIGGER %s ON %s IS %s", quote_identifier(rule->trigger), relation,
				 quote_literal_cstr(parts->comment)));
}

/* The table and, where they do not follow by themselves, those that inherit from it. */
static List *
tables_to_carry(Oid relid)
{
	if (get_rel_relkind(relid) == RELKIND_PARTITIONED_TABLE)
		return list_make1_oid(relid);
	return find_all_inheritors(relid, ShareRowExclusiveLock, NULL);
}

void
kam_attach(Relation rel, const KamRule *rule, const KamTriggerParts *parts)
{
	ListCell   *cell;

	SPI_connect();
	foreach(cell, tables_to_carry(RelationGetRelid(rel)))
		create_trigger(lfirst_oid(cell), rule, parts);
	SPI_finish();
}

/* By its name of today: it may have been renamed. */
static void
drop_trigger(Oid relid, Oid trigger)
{
	ObjectAddress address;
	List	   *names;
	List	   *arguments;

	ObjectAddressSet(address, TriggerRelationId, trigger);
	(void) getObjectIdentityParts(&address, &names, &arguments, false);
	run(psprintf("DROP TRIGGER %s ON %s", quote_identifier(llast(names)), kam_relation_name(relid)));
}

/* A partition has a rule of its own, or that of the table it is part of, which is detached there. */
static void
check_not_of_parent(Relation rel, KamAttached attached, const KamRule *rule)
{
	if (!OidIsValid(attached.parent))
		return;
	while (OidIsValid(attached.parent))
		(void) kam_try_read_attached(attached.parent, &attached);
	ereport(ERROR,
			(errcode(ERRCODE_WRONG_OBJECT_TYPE),
			 errmsg("\"%s\" is a partition", RelationGetRelationName(rel)),
			 errhint("Detach the %s from the partitioned table %s; its partitions follow.",
					 rule->name, kam_relation_name(attached.relid))));
}

/*
 * Does a rule go when one above it is taken off?  Not one of its own, by other
 * columns or of other rows.
 */
static bool
goes_with(Oid trigger, const KamAttached *above, bool is_read)
{
	KamAttached attached;

	return trigger == above->trigger || !is_read ||
		!kam_try_read_attached(trigger, &attached) || kam_same_rule(&attached, above);
}

void
kam_detach(FunctionCallInfo fcinfo, const KamRule *rule)
{
	Relation	rel = open_as_owner(fcinfo, AccessExclusiveLock);
	KamAttached own;
	bool		is_read = kam_try_read_attached(kam_require_rule(RelationGetRelid(rel), rule), &own);
	ListCell   *cell;

	check_not_of_parent(rel, own, rule);
	SPI_connect();
	foreach(cell, tables_to_carry(RelationGetRelid(rel)))
	{
		Oid			trigger = kam_find_rule(lfirst_oid(cell), rule);

		if (OidIsValid(trigger) && goes_with(trigger, &own, is_read))
			drop_trigger(lfirst_oid(cell), trigger);
	}
	SPI_finish();
	table_close(rel, NoLock);
}

/* ---- reading what is attached ---- */

/* The function of a rule's trigger, whatever the trigger is called today. */
static Oid
function_of(const KamRule *rule)
{
	oidvector  *no_arguments = buildoidvector(NULL, 0);

	return GetSysCacheOid3(PROCNAMEARGSNSP, Anum_pg_proc_oid,
						   CStringGetDatum(rule->function),
						   PointerGetDatum(no_arguments),
						   ObjectIdGetDatum(get_namespace_oid("kam", false)));
}

/* The trigger by which the rule holds on a table, or InvalidOid. */
Oid
kam_find_rule(Oid relid, const KamRule *rule)
{
	Oid			function = function_of(rule);
	Relation	pg_trigger = table_open(TriggerRelationId, AccessShareLock);
	Oid			found = InvalidOid;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_trigger_tgrelid, BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(relid));
	scan = systable_beginscan(pg_trigger, TriggerRelidNameIndexId, true, NULL, 1, &key);
	while (!OidIsValid(found) && HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_trigger form = (Form_pg_trigger) GETSTRUCT(tuple);

		if (form->tgfoid == function)
			found = form->oid;
	}
	systable_endscan(scan);
	table_close(pg_trigger, AccessShareLock);
	return found;
}

/* The same; an error if there is none. */
Oid
kam_require_rule(Oid relid, const KamRule *rule)
{
	Oid			trigger = kam_find_rule(relid, rule);

	if (!OidIsValid(trigger))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("table \"%s\" has no %s", get_rel_name(relid), rule->name),
				 errhint("The view kam.attached_rule shows where rules hold; kam.%s attaches one.", rule->attach)));
	return trigger;
}

static const KamRule *
rule_of_function(Oid function)
{
	char	   *name = get_func_name(function);

	if (name && get_func_namespace(function) == get_namespace_oid("kam", false))
		for (size_t i = 0; i < lengthof(rules); i++)
			if (strcmp(rules[i]->function, name) == 0)
				return rules[i];
	return NULL;
}

void
kam_not_as_attached(const KamAttached *attached)
{
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("a trigger of table \"%s\" is not as kam.%s makes it",
					get_rel_name(attached->relid), attached->rule->attach),
			 errhint("Drop the trigger, and call kam.%s.", attached->rule->attach)));
}

static bool
add_column(KamAttached *attached, Node *node)
{
	Var		   *var = (Var *) node;

	if (!IsA(node, Var) || var->varno != PRS2_NEW_VARNO || var->varattno <= 0 ||
		attached->columns == KAM_RULE_COLUMNS)
		return false;
	attached->column[attached->columns++] = var->varattno;
	return true;
}

/*
 * WHEN (new.a IS NOT NULL AND new.b IS NOT NULL AND …): the columns are those
 * tested first, 'wanted' of them; what follows is the predicate.
 */
static bool
read_tests(KamAttached *attached, List *tests, int wanted)
{
	ListCell   *cell;

	foreach(cell, tests)
	{
		NullTest   *test = lfirst(cell);

		if (attached->columns == wanted)
			attached->predicate = lappend(attached->predicate, test);
		else if (!IsA(test, NullTest) || test->nulltesttype != IS_NOT_NULL || test->argisrow ||
				 !add_column(attached, (Node *) test->arg))
			return false;
	}
	return attached->columns == wanted;
}

/* WHEN (num_nonnulls(new.a, new.b, …) > 0): the columns are the arguments. */
static bool
read_arguments(KamAttached *attached, Node *comparison)
{
	FuncExpr   *call = IsA(comparison, OpExpr) ? linitial(((OpExpr *) comparison)->args) : NULL;
	ListCell   *cell;

	if (call == NULL || !IsA(call, FuncExpr))
		return false;
	foreach(cell, call->args)
		if (!add_column(attached, lfirst(cell)))
			return false;
	return attached->columns > 0;
}

/* Does it use anything but columns of the new row? */
static bool
uses_more_than_columns(Node *condition)
{
	Bitmapset  *of_old = NULL;
	Bitmapset  *of_new = NULL;

	pull_varattnos(condition, PRS2_OLD_VARNO, &of_old);
	pull_varattnos(condition, PRS2_NEW_VARNO, &of_new);
	/* the row as a whole is attribute 0, system columns are below */
	return !bms_is_empty(of_old) ||
		(!bms_is_empty(of_new) && bms_next_member(of_new, -1) + FirstLowInvalidHeapAttributeNumber <= 0);
}

/* A guard tests its columns, a deadline counts them. */
static bool
read_condition(KamAttached *attached, Node *condition)
{
	if (condition == NULL || uses_more_than_columns(condition))
		return false;
	if (attached->rule != &kam_portfolio_guard_rule)
		return read_arguments(attached, condition);
	return IsA(condition, BoolExpr) && ((BoolExpr *) condition)->boolop == AND_EXPR &&
		read_tests(attached, ((BoolExpr *) condition)->args,
				   kam_setting(attached->settings, "plan_year") ? 2 : 3);
}

static List *
read_settings(int count, const char *bytes)
{
	List	   *settings = NIL;

	for (int i = 0; i < count; i++)
	{
		settings = lappend(settings, pstrdup(bytes));
		bytes += strlen(bytes) + 1;
	}
	return settings;
}

/* The value of "name=value", or NULL. */
const char *
kam_setting(List *settings, const char *name)
{
	size_t		len = strlen(name);
	ListCell   *cell;

	foreach(cell, settings)
	{
		const char *setting = lfirst(cell);

		if (strncmp(setting, name, len) == 0 && setting[len] == '=')
			return setting + len + 1;
	}
	return NULL;
}

/* A number among the settings, not negative; false if there is none. */
bool
kam_number_setting(const KamAttached *attached, const char *name, int32 *number)
{
	const char *value = kam_setting(attached->settings, name);
	char	   *end;

	if (value == NULL)
		return false;
	errno = 0;
	*number = strtoint(value, &end, 10);
	return errno == 0 && end != value && *end == '\0' && *number >= 0;
}

static bool
read_tuple(Relation pg_trigger, HeapTuple tuple, KamAttached *attached)
{
	Form_pg_trigger form = (Form_pg_trigger) GETSTRUCT(tuple);
	TupleDesc	desc = RelationGetDescr(pg_trigger);
	bool		isnull;
	Datum		value;

	attached->parent = form->tgparentid;
	attached->relid = form->tgrelid;
	attached->deferred = form->tginitdeferred;
	attached->rule = rule_of_function(form->tgfoid);
	if (attached->rule == NULL)
		return false;
	value = heap_getattr(tuple, Anum_pg_trigger_tgargs, desc, &isnull);
	attached->settings = read_settings(form->tgnargs, VARDATA_ANY(DatumGetByteaPP(value)));
	value = heap_getattr(tuple, Anum_pg_trigger_tgqual, desc, &isnull);
	return read_condition(attached, isnull ? NULL : stringToNode(TextDatumGetCString(value)));
}

/*
 * Read a rule from its trigger, into CurrentMemoryContext.  False where there
 * is no such trigger, or not as we make it.
 */
bool
kam_try_read_attached(Oid trigger, KamAttached *attached)
{
	Relation	pg_trigger = table_open(TriggerRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;
	bool		is_read;

	memset(attached, 0, sizeof(KamAttached));
	attached->trigger = trigger;
	ScanKeyInit(&key, Anum_pg_trigger_oid, BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(trigger));
	scan = systable_beginscan(pg_trigger, TriggerOidIndexId, true, NULL, 1, &key);
	tuple = systable_getnext(scan);
	is_read = HeapTupleIsValid(tuple) && read_tuple(pg_trigger, tuple, attached);
	systable_endscan(scan);
	table_close(pg_trigger, AccessShareLock);
	return is_read;
}

/* The column of that name in another table. */
static AttrNumber
column_by_name(Oid relid, AttrNumber attnum, Oid other)
{
	char	   *name = get_attname(relid, attnum, true);

	return name ? get_attnum(other, name) : InvalidAttrNumber;
}

static bool
same_columns(const KamAttached *a, const KamAttached *b)
{
	if (a->columns != b->columns)
		return false;
	for (int i = 0; i < a->columns; i++)
		if (column_by_name(a->relid, a->column[i], b->relid) != b->column[i])
			return false;
	return true;
}

static bool
same_settings(const KamAttached *a, const KamAttached *b)
{
	ListCell   *one;
	ListCell   *other;

	if (list_length(a->settings) != list_length(b->settings))
		return false;
	forboth(one, a->settings, other, b->settings)
		if (strcmp(lfirst(one), lfirst(other)) != 0)
			return false;
	return true;
}

/* The predicates, compared as if both were about the table of b. */
static bool
same_predicate(const KamAttached *a, const KamAttached *b)
{
	AttrMap    *map = make_attrmap(MaxHeapAttributeNumber);
	Bitmapset  *columns = NULL;
	int			column = -1;
	bool		whole_row;
	Node	   *mapped;

	pull_varattnos((Node *) a->predicate, PRS2_NEW_VARNO, &columns);
	while ((column = bms_next_member(columns, column)) >= 0)
	{
		AttrNumber	attnum = column + FirstLowInvalidHeapAttributeNumber;

		map->attnums[attnum - 1] = column_by_name(a->relid, attnum, b->relid);
		if (map->attnums[attnum - 1] == InvalidAttrNumber)
			return false;
	}
	mapped = map_variable_attnos((Node *) a->predicate, PRS2_NEW_VARNO, 0, map, InvalidOid, &whole_row);
	return equal(mapped, b->predicate);
}

/* Is it one rule, on two tables whose columns go by their names? */
bool
kam_same_rule(const KamAttached *a, const KamAttached *b)
{
	return a->rule == b->rule && same_columns(a, b) && same_settings(a, b) && same_predicate(a, b);
}

/* Read a rule from its trigger; an error where kam_try_read_attached() gives false. */
void
kam_read_attached(Oid trigger, KamAttached *attached)
{
	if (kam_try_read_attached(trigger, attached))
		return;
	if (attached->rule)
		kam_not_as_attached(attached);
	ereport(ERROR,
			(errcode(ERRCODE_UNDEFINED_OBJECT),
			 errmsg("trigger with OID %u is no rule of kam", trigger),
			 errhint("The view kam.attached_rule shows where rules hold.")));
}

/* ---- keeping it ---- */

static HTAB *kept = NULL;
static uint64 changes = 0;		/* of any relation */

static void
forget_changed(Oid relid)
{
	HASH_SEQ_STATUS scan;
	KamKeptRule *rule;

	changes++;
	hash_seq_init(&scan, kept);
	while ((rule = hash_seq_search(&scan)) != NULL)
		if (relid == InvalidOid || list_member_oid(rule->relations, relid))
			rule->valid = false;
}

static void
start_keeping(void)
{
	HASHCTL		ctl = {.keysize = sizeof(Oid), .entrysize = sizeof(KamKeptRule),
		.hcxt = CacheMemoryContext};

	kept = hash_create("kam attached rules", 16, &ctl, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	kam_on_relcache_change(forget_changed);
}

static void
drop_kept(KamKeptRule *rule)
{
	if (rule->release && rule->data)
		rule->release(rule->data);
	MemoryContextDelete(rule->context);
	hash_search(kept, &rule->trigger, HASH_REMOVE, NULL);
}

static bool held = false;

/* While somebody works with an entry that a nested call could find invalid. */
void
kam_hold_rules(bool hold)
{
	held = hold;
}

/* What became invalid, where nobody uses an entry. */
static void
drop_invalid(void)
{
	HASH_SEQ_STATUS scan;
	KamKeptRule *rule;

	if (held)
		return;
	hash_seq_init(&scan, kept);
	while ((rule = hash_seq_search(&scan)) != NULL)
		if (!rule->valid)
			drop_kept(rule);
}

/* To notice whether something changed while it was read: then it is read again next time. */
uint64
kam_count_changes(void)
{
	return changes;
}

/*
 * The rule of a trigger, kept by the backend.  It is read completely before it
 * is entered; the caller fills data and release.
 */
KamKeptRule *
kam_keep_rule(Oid trigger)
{
	KamKeptRule *rule;
	KamAttached attached;
	MemoryContext context;
	MemoryContext caller;
	List	   *relations;
	uint64		before;

	if (kept == NULL)
		start_keeping();
	rule = hash_search(kept, &trigger, HASH_FIND, NULL);
	if (rule && rule->valid)
		return rule;

	if (rule)
		drop_kept(rule);
	drop_invalid();
	before = changes;
	context = AllocSetContextCreate(CurrentMemoryContext, "kam attached rule", ALLOCSET_SMALL_SIZES);
	caller = MemoryContextSwitchTo(context);
	kam_read_attached(trigger, &attached);
	relations = list_make1_oid(attached.relid);
	MemoryContextSwitchTo(caller);

	rule = hash_search(kept, &trigger, HASH_ENTER, NULL);
	MemoryContextSetParent(context, CacheMemoryContext);
	rule->valid = before == changes;
	rule->context = context;
	rule->relations = relations;
	rule->attached = attached;
	rule->data = NULL;
	rule->release = NULL;
	return rule;
}

/* ---- showing it ---- */

static void
append_member(StringInfo json, const char *name, const char *value)
{
	appendStringInfo(json, "%s", json->len > 1 ? ", " : "");
	escape_json(json, name);
	appendStringInfoString(json, ": ");
	escape_json(json, value);
}

/* As the user writes it: over the columns of the table, which is locked. */
static char *
predicate_text(const KamAttached *attached)
{
	Node	   *predicate = (Node *) make_ands_explicit(attached->predicate);

	ChangeVarNodes(predicate, PRS2_NEW_VARNO, 1, 0);
	return deparse_expression(predicate,
							  deparse_context_for(get_rel_name(attached->relid), attached->relid),
							  false, false);
}

/* The arguments as JSON; NULL where they are not as an attach function gives them, or the table is gone. */
static char *
arguments_text(const KamAttached *attached)
{
	StringInfoData json;
	ListCell   *cell;

	initStringInfo(&json);
	appendStringInfoChar(&json, '{');
	for (int i = 0; i < attached->columns; i++)
	{
		char	   *column = get_attname(attached->relid, attached->column[i], true);

		if (column == NULL)
			return NULL;
		append_member(&json, attached->rule->columns[i], column);
	}
	if (attached->predicate)
		append_member(&json, "predicate", predicate_text(attached));
	foreach(cell, attached->settings)
	{
		char	   *name = pstrdup(lfirst(cell));
		char	   *equals = strchr(name, '=');

		if (equals == NULL)
			return NULL;
		*equals = '\0';
		append_member(&json, name, equals + 1);
	}
	appendStringInfoChar(&json, '}');
	return json.data;
}

PG_FUNCTION_INFO_V1(attached_arguments);
PG_FUNCTION_INFO_V1(attached_definition);

/*
 * kam._attached_arguments(trigger): the arguments it was attached with
 *
 * Somebody may drop the table meanwhile.  To write an expression, PostgreSQL
 * locks it and relies on its being there, so it is locked before, and the
 * rule read as it is then; names of columns alone wait for nobody.
 */
Datum
attached_arguments(PG_FUNCTION_ARGS)
{
	KamAttached attached;
	Relation	rel = NULL;
	char	   *arguments = NULL;
	bool		is_there = kam_try_read_attached(PG_GETARG_OID(0), &attached);

	if (is_there && attached.predicate)
	{
		rel = try_relation_open(attached.relid, AccessShareLock);
		is_there = rel && kam_try_read_attached(PG_GETARG_OID(0), &attached);
	}
	if (is_there)
		arguments = arguments_text(&attached);
	if (rel)
		relation_close(rel, AccessShareLock);
	if (arguments == NULL)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(DirectFunctionCall1(jsonb_in, CStringGetDatum(arguments)));
}

/* kam._attached_definition(trigger): what pg_get_triggerdef() says, NULL also where the table goes while that waits */
Datum
attached_definition(PG_FUNCTION_ARGS)
{
	KamAttached attached;
	Relation	rel;
	Datum		definition;

	(void) kam_try_read_attached(PG_GETARG_OID(0), &attached);
	if (attached.rule == NULL)
		PG_RETURN_NULL();
	rel = try_relation_open(attached.relid, AccessShareLock);
	if (rel == NULL)
		PG_RETURN_NULL();
	definition = pg_get_triggerdef(fcinfo);
	relation_close(rel, AccessShareLock);
	return definition;
}
