/*-------------------------------------------------------------------------
 *
 * portfolio_check.c
 *		What the trigger of a portfolio guard does (6.1.2.1, R13).
 *
 * A key is a KAMR and a plan year.  Whoever raises the sum of a key locks the
 * key until the end of the transaction, and then adds up all rows of the key
 * with the newest snapshot, at every isolation level: so of two transactions
 * that raise the same key the second sees what the first has committed.  It
 * looks as the table's owner and past row-level security.  (So few rows that
 * they cannot weigh too much need not be looked at: see portfolio_scan.c.)
 *
 * A key is added up once for all rows that a command wrote: a check covers the
 * events that are fired together with its own, if their rows were written by
 * an earlier command.  (Not those fired later: a command that calls others
 * goes on writing, under its own command id, after those were checked.)  A
 * transaction that raises many keys locks the guard as a whole.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "portfolio_guard.h"

#include "code.h"
#include "deadline.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_constraint.h"
#include "catalog/pg_operator.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "optimizer/optimizer.h"
#include "rewrite/prs2lock.h"
#include "storage/lmgr.h"
#include "storage/lock.h"
#include "tcop/pquery.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/guc.h"
#include "utils/hsearch.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/plancache.h"
#include "utils/rls.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"
#include "utils/typcache.h"

/* More keys than this in a transaction, and the guard is locked as a whole. */
#define MAX_LOCKED_KEYS 1000

/* The last field of our lock tags; PostgreSQL's advisory locks have 1 and 2. */
#define KEY_LOCK 3
#define GUARD_LOCK 4

/*
 * A guard is locked as a whole by so many locks.  Who shares it takes one of
 * them, another in each backend, so that they do not all write to the same
 * cache line.
 */
#define GUARD_LOCKS 8

/* What a backend keeps of a guarded table besides its description. */
typedef struct Guard
{
	MemoryContext context;
	KamGuardedTable table;
	Oid			root;			/* the guard of the whole hierarchy */
	TypeCacheEntry *kamr_type;
	Bitmapset  *columns;		/* all that the WHEN clause uses, less FirstLowInvalidHeapAttributeNumber */

	/* of a root only */
	KamGuardIndex index;		/* to scan; none for a query */
	SPIPlanPtr	plan;			/* the query; NULL as long as it is not prepared */
	KamRuleSetPin rules;
} Guard;

/* A KAMR in a year, whose portfolio a row adds to. */
typedef struct Key
{
	Datum		kamr;
	int32		year;
	uint64		hash;
} Key;

/* That a key was checked. */
typedef struct CheckedKey
{
	struct
	{
		uint64		hash;
		Oid			root;		/* the guard's trigger */
		int32		year;
	}			id;				/* first: the key of the hash table */
	Datum		kamr;
	bool		is_copy;		/* the KAMR, allocated */
	CommandId	command;		/* rows written by earlier commands are covered, */
	CommandId	since;			/* but none by commands before this: the key was only not raised since */
} CheckedKey;

/*
 * ---- what a transaction has checked ----
 *
 * It goes with the transaction.  An aborted subtransaction may take back what a
 * check had counted on, so it makes us forget all checks; how many keys were
 * locked is remembered, as most of the locks may still be held.
 */
static bool is_remembering = false; /* keys, checked with the batch of events that is fired */
static CheckedKey first_checked;	/* most batches have no other */
static HTAB *others_checked = NULL;
static MemoryContext others_context;
static Snapshot checked_batch;
static CommandId checked_batch_command;
static int	locked_keys = 0;	/* of all guards: they share the server's room for locks */

/*
 * A check runs the predicate, which as an immutable expression changes nothing.
 * One that lies and fires a guard would take away what the check stands on.
 */
static SubTransactionId check_running = InvalidSubTransactionId;

static void
begin_check(void)
{
	check_running = GetCurrentSubTransactionId();
	kam_hold_rules(true);
}

static void
end_check(void)
{
	check_running = InvalidSubTransactionId;
	kam_hold_rules(false);
}

static void
refuse_within_check(const TriggerData *trigdata)
{
	if (check_running != InvalidSubTransactionId)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("table \"%s\" is changed while a portfolio is added up",
						RelationGetRelationName(trigdata->tg_relation)),
				 errdetail("A function in the predicate of a portfolio guard writes, though it is declared immutable."),
				 errhint("Declare the function as what it is, and attach the guard with another predicate.")));
}

static void
forget_kamr(CheckedKey *entry)
{
	if (entry->is_copy)
		pfree(DatumGetPointer(entry->kamr));
	entry->is_copy = false;
}

static void
drop_checked(void)
{
	if (!is_remembering)
		return;
	forget_kamr(&first_checked);
	if (others_checked)
		MemoryContextDelete(others_context);
	others_checked = NULL;
	is_remembering = false;
}

static void
at_transaction_end(XactEvent event, void *arg)
{
	if (event == XACT_EVENT_COMMIT || event == XACT_EVENT_ABORT || event == XACT_EVENT_PREPARE)
	{
		drop_checked();
		end_check();
		locked_keys = 0;
	}
}

static void
at_subtransaction_end(SubXactEvent event, SubTransactionId subid, SubTransactionId parent, void *arg)
{
	if (event != SUBXACT_EVENT_ABORT_SUB)
		return;
	drop_checked();
	if (check_running != InvalidSubTransactionId && subid <= check_running)
		end_check();			/* it ended in an error */
}

static void
watch_transactions(void)
{
	static bool watching = false;

	if (watching)
		return;
	RegisterXactCallback(at_transaction_end, NULL);
	RegisterSubXactCallback(at_subtransaction_end, NULL);
	watching = true;
}

/*
 * Are these still the events that are fired together: at the end of a command,
 * at SET CONSTRAINTS or COMMIT?  Each batch has a snapshot while it lasts; of
 * a later one at the same address the command id is another, or the rows are
 * of that command and not covered.
 */
static bool
is_same_batch(void)
{
	return checked_batch == GetActiveSnapshot() && checked_batch_command == checked_batch->curcid;
}

static CheckedKey *
other_checked(const CheckedKey *wanted)
{
	HASHCTL		ctl = {.keysize = sizeof(wanted->id), .entrysize = sizeof(CheckedKey)};
	CheckedKey *entry;
	bool		found;

	if (others_checked == NULL)
	{
		others_context = AllocSetContextCreate(TopTransactionContext, "kam checked portfolios",
											   ALLOCSET_SMALL_SIZES);
		ctl.hcxt = others_context;
		others_checked = hash_create("kam checked portfolios", 16, &ctl, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	}
	entry = hash_search(others_checked, &wanted->id, HASH_ENTER, &found);
	if (!found)
		*entry = *wanted;
	return entry;
}

/* What is remembered of a key; with command 0 if it was not checked yet. */
static CheckedKey *
checked_key(const Guard *root, const Key *key)
{
	CheckedKey	wanted = {.id = {.hash = key->hash, .root = root->root, .year = key->year}};

	if (!is_remembering)
	{
		checked_batch = GetActiveSnapshot();
		checked_batch_command = checked_batch->curcid;
		first_checked = wanted;
		is_remembering = true;
	}
	if (memcmp(&first_checked.id, &wanted.id, sizeof(wanted.id)) == 0)
		return &first_checked;
	return other_checked(&wanted);
}

static bool
same_kamr(const Guard *root, Datum a, Datum b)
{
	return DatumGetBool(FunctionCall2Coll(&root->kamr_type->eq_opr_finfo, root->table.kamr.collation, a, b));
}

/* Was the key checked with this batch of events, after the command that wrote the row? */
static bool
is_covered(const Guard *root, const Key *key, CommandId written)
{
	CheckedKey *entry;

	if (is_remembering && !is_same_batch())
		drop_checked();
	entry = checked_key(root, key);
	return written < entry->command && written >= entry->since &&
		same_kamr(root, entry->kamr, key->kamr);
}

/* Two KAMRs of one hash share an entry; then each is checked again. */
static void
note_check(const Guard *root, const Key *key, CommandId command, CommandId since)
{
	CheckedKey *entry = checked_key(root, key);
	MemoryContext caller = MemoryContextSwitchTo(entry == &first_checked ? TopTransactionContext : others_context);

	forget_kamr(entry);
	entry->kamr = datumCopy(key->kamr, root->kamr_type->typbyval, root->kamr_type->typlen);
	entry->is_copy = !root->kamr_type->typbyval;
	entry->command = command;
	entry->since = since;
	MemoryContextSwitchTo(caller);
}

/* ---- locks ---- */

/* Until the end of the transaction; false if it was held already. */
static bool
lock_tag(const LOCKTAG *tag, LOCKMODE mode)
{
	return LockAcquire(tag, mode, false, false) == LOCKACQUIRE_OK;
}

static void
lock_guard(Oid root, uint32 number, LOCKMODE mode)
{
	LOCKTAG		tag;

	SET_LOCKTAG_ADVISORY(tag, MyDatabaseId, root, number, GUARD_LOCK);
	(void) lock_tag(&tag, mode);
}

/* Share a guard with all who lock single keys. */
static void
share_guard(Oid root)
{
	lock_guard(root, (uint32) MyProcPid % GUARD_LOCKS, ShareLock);
}

/* Lock it against them, to write more keys than can be locked. */
void
kam_lock_whole_guard(Oid root)
{
	for (uint32 number = 0; number < GUARD_LOCKS; number++)
		lock_guard(root, number, ExclusiveLock);
}

/* Is it locked as a whole, by whatever function?  The last of its locks tells. */
static bool
holds_whole_guard(Oid root)
{
	LOCKTAG		tag;

	SET_LOCKTAG_ADVISORY(tag, MyDatabaseId, root, GUARD_LOCKS - 1, GUARD_LOCK);
#if PG_VERSION_NUM >= 170000
	return LockHeldByMe(&tag, ExclusiveLock, false);
#else
	return LockHeldByMe(&tag, ExclusiveLock);
#endif
}

/*
 * Until the end of the transaction nobody else raises the key.  The guard is
 * shared last: who waits for a key does not yet stand in the way of one who
 * has it and wants the whole guard.
 */
static void
lock_key(const Guard *root, const Key *key)
{
	LOCKTAG		tag;

	if (holds_whole_guard(root->table.relid))
		return;
	if (locked_keys >= MAX_LOCKED_KEYS || !OidIsValid(root->kamr_type->hash_extended_proc))
	{
		kam_lock_whole_guard(root->table.relid);
		return;
	}
	SET_LOCKTAG_ADVISORY(tag, MyDatabaseId, (uint32) (key->hash >> 32), (uint32) key->hash, KEY_LOCK);
	if (lock_tag(&tag, ExclusiveLock))
		locked_keys++;
	share_guard(root->table.relid);
}

/* ---- the guard of a trigger ---- */

static void
release_guard(void *data)
{
	Guard	   *guard = data;

	if (guard->plan)
		SPI_freeplan(guard->plan);
}

/* Which columns the WHEN clause uses; an update that leaves them alone changes no sum. */
static Bitmapset *
columns_used(const KamAttached *attached)
{
	Bitmapset  *columns = NULL;

	pull_varattnos((Node *) attached->predicate, PRS2_NEW_VARNO, &columns);
	for (int i = 0; i < attached->columns; i++)
		columns = bms_add_member(columns, attached->column[i] - FirstLowInvalidHeapAttributeNumber);
	return columns;
}

static Guard *
make_guard(KamKeptRule *kept)
{
	MemoryContext caller = MemoryContextSwitchTo(kept->context);
	Guard	   *guard = palloc0(sizeof(Guard));
	List	   *relations = NIL;
	uint64		changes = kam_count_changes();
	Relation	rel = table_open(kept->attached.relid, AccessShareLock);

	guard->context = kept->context;
	kam_describe_guarded(&kept->attached, rel, &guard->table);
	guard->kamr_type = lookup_type_cache(guard->table.kamr.type,
										 TYPECACHE_EQ_OPR_FINFO | TYPECACHE_HASH_EXTENDED_PROC_FINFO);
	guard->columns = columns_used(&kept->attached);
	kam_find_guard_index(rel, &guard->table, &guard->index);
	guard->root = kam_guard_root(kept->trigger, &relations);
	table_close(rel, AccessShareLock);
	MemoryContextSwitchTo(caller);

	kept->relations = relations;
	kept->valid = kept->valid && changes == kam_count_changes();
	kept->release = release_guard;
	kept->data = guard;
	return guard;
}

static Guard *
find_guard(Oid trigger)
{
	KamKeptRule *kept = kam_keep_rule(trigger);

	return kept->data ? kept->data : make_guard(kept);
}

/* ---- the row that was written ---- */

/* Did an update leave alone all that decides whether and how much a row counts? */
static bool
is_unchanged(const Guard *guard, const TriggerData *trigdata)
{
	int			column = -1;

	if (!TRIGGER_FIRED_BY_UPDATE(trigdata->tg_event))
		return false;
	while ((column = bms_next_member(guard->columns, column)) >= 0)
		if (!kam_same_column(trigdata->tg_trigtuple, trigdata->tg_newtuple,
							 RelationGetDescr(trigdata->tg_relation),
							 column + FirstLowInvalidHeapAttributeNumber))
			return false;
	return true;
}

KamTier
kam_tier_of(const KamGuardedTable *table, Datum value)
{
	char	   *label;

	if (table->tier_form == KAM_TIER_ITSELF)
		return (KamTier) DatumGetChar(value);
	if (table->tier_form == KAM_TIER_ENUM)
		label = DatumGetCString(DirectFunctionCall1(enum_out, value));
	else
		label = TextDatumGetCString(value);
	return (KamTier) DatumGetChar(DirectFunctionCall1(tier_in, CStringGetDatum(label)));
}

static int32
year_of_date(DateADT date, const KamColumn *column)
{
	if (DATE_NOT_FINITE(date))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("column \"%s\" is infinite, which is in no plan year", NameStr(column->name)),
				 errhint("Give a day of the plan year.")));
	return kam_year_of(date);
}

/* Of other years the rule set says that they are out of range. */
static int32
year_of_bigint(int64 year)
{
	if (year < PG_INT32_MIN || year > PG_INT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("plan year %lld is out of range", (long long) year),
				 errhint("Plan years are common-era years from %d to %d.", KAM_MIN_YEAR, KAM_MAX_YEAR)));
	return (int32) year;
}

static int32
year_of(const KamColumn *column, Datum value)
{
	switch (column->type)
	{
		case DATEOID:
			return year_of_date(DatumGetDateADT(value), column);
		case INT2OID:
			return DatumGetInt16(value);
		case INT4OID:
			return DatumGetInt32(value);
		default:
			return year_of_bigint(DatumGetInt64(value));
	}
}

static uint64
hash_of(const Guard *root, const Key *key)
{
	uint64		hash = root->table.relid;

	if (OidIsValid(root->kamr_type->hash_extended_proc))
		hash = DatumGetUInt64(FunctionCall2Coll(&root->kamr_type->hash_extended_proc_finfo,
												root->table.kamr.collation, key->kamr, UInt64GetDatum(hash)));
	return hash_combine64(hash, (uint64) (uint32) key->year);
}

/*
 * The command that wrote the row.  COPY FREEZE does not say, nor may other
 * kinds of tables: then it is the one whose events are fired.
 */
static bool
says_command(HeapTuple row)
{
	return TransactionIdIsCurrentTransactionId(HeapTupleHeaderGetXmin(row->t_data));
}

static CommandId
command_of(HeapTuple row)
{
	return says_command(row) ? HeapTupleHeaderGetCmin(row->t_data) : GetActiveSnapshot()->curcid;
}

/*
 * Is the row's event fired not with the command that wrote it, but at SET
 * CONSTRAINTS or COMMIT?  (A commit that ends a message without COMMIT runs
 * under the number of the last command, but in no portal.)
 */
static bool
is_fired_later(CommandId written)
{
	return written < GetActiveSnapshot()->curcid || ActivePortal == NULL;
}

/* ---- adding up ---- */

static char *
equality(const KamColumn *column)
{
	Oid			operator = lookup_type_cache(column->type, TYPECACHE_EQ_OPR)->eq_opr;
	HeapTuple	tuple = SearchSysCache1(OPEROID, ObjectIdGetDatum(operator));
	Form_pg_operator form;
	char	   *name;

	if (!HeapTupleIsValid(tuple))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_FUNCTION),
				 errmsg("could not identify an equality operator for type %s", format_type_be(column->type)),
				 errhint("Detach the portfolio guard, and give the type a default btree operator class.")));
	form = (Form_pg_operator) GETSTRUCT(tuple);
	name = psprintf("OPERATOR(%s.%s)", quote_identifier(get_namespace_name(form->oprnamespace)),
					NameStr(form->oprname));
	ReleaseSysCache(tuple);
	return name;
}

/* The portfolio of the KAMR $1 in the year $2, or from the day $2 to the day $3. */
static SPIPlanPtr
prepare_plan(const KamGuardedTable *table)
{
	StringInfoData sql;
	Oid			types[3] = {table->kamr.type};
	int			parameters = 1;
	SPIPlanPtr	plan;

	initStringInfo(&sql);
	appendStringInfo(&sql, "SELECT %s", kam_guarded_portfolio(table));
	kam_append_counted_rows(&sql, table);
	appendStringInfo(&sql, " AND t.%s %s $1",
					 quote_identifier(NameStr(table->kamr.name)), equality(&table->kamr));
	if (HAS_PERIOD(table))
	{
		const char *period = quote_identifier(NameStr(table->period.name));
		bool		is_date = table->period.type == DATEOID;

		if (is_date)
			appendStringInfo(&sql, " AND t.%s OPERATOR(pg_catalog.>=) $2 AND t.%s OPERATOR(pg_catalog.<=) $3",
							 period, period);
		else
			appendStringInfo(&sql, " AND t.%s OPERATOR(pg_catalog.=) $2", period);
		types[1] = types[2] = is_date ? DATEOID : INT4OID;
		parameters = is_date ? 3 : 2;
	}
	plan = SPI_prepare_cursor(sql.data, parameters, types, CURSOR_OPT_GENERIC_PLAN);
	if (plan == NULL)
		elog(ERROR, "SPI_prepare_cursor failed: %s", SPI_result_code_string(SPI_result));
	SPI_keepplan(plan);
	return plan;
}

/* Would the statement be analysed anew?  Then its text may be out of date. */
static bool
is_analysed(CachedPlanSource *source)
{
	return source->is_valid &&
		!(source->dependsOnRLS && source->rewriteRowSecurity != row_security) &&
#if PG_VERSION_NUM >= 170000
		SearchPathMatchesCurrentEnvironment(source->search_path);
#else
		OverrideSearchPathMatchesCurrent(source->search_path);
#endif
}

static bool
is_planned(CachedPlanSource *source)
{
	return source->gplan && source->gplan->is_valid && !TransactionIdIsValid(source->gplan->saved_xmin);
}

static CachedPlanSource *
plan_source(SPIPlanPtr plan)
{
	return linitial(SPI_plan_get_plan_sources(plan));
}

static void
set_parameters(const Guard *root, const Key *key, Datum *values)
{
	values[0] = key->kamr;
	if (root->table.period.type == DATEOID)
	{
		values[1] = DateADTGetDatum(kam_day_of(key->year, 1, 1));
		values[2] = DateADTGetDatum(kam_day_of(key->year, 12, 31));
	}
	else
		values[1] = Int32GetDatum(key->year);
}

static void
execute_plan(const Guard *root, const Key *key, Snapshot snapshot)
{
	Datum		values[3];
	int			guc_level = 0;
	int			result;

	set_parameters(root, key, values);
	if (!is_planned(plan_source(root->plan)))
	{
		/* A table that is empty today must not cost a whole scan for ever. */
		guc_level = NewGUCNestLevel();
		(void) set_config_option("enable_seqscan", "off", PGC_USERSET, PGC_S_SESSION,
								 GUC_ACTION_SAVE, true, 0, false);
		(void) set_config_option("jit", "off", PGC_USERSET, PGC_S_SESSION,
								 GUC_ACTION_SAVE, true, 0, false);
	}
	result = SPI_execute_snapshot(root->plan, values, NULL, snapshot, InvalidSnapshot, true, false, 1);
	if (result < 0)
		elog(ERROR, "SPI_execute_snapshot failed: %s", SPI_result_code_string(result));
	if (guc_level)
		AtEOXact_GUC(true, guc_level);
}

/* Have the query ready. */
static void
require_plan(Guard *root)
{
	int			settings;

	if (root->plan && !is_analysed(plan_source(root->plan)))
	{
		SPI_freeplan(root->plan);
		root->plan = NULL;
	}
	if (root->plan)
		return;
	settings = kam_begin_faithful_text();
	root->plan = prepare_plan(&root->table);
	AtEOXact_GUC(true, settings);
}

static KamPortfolio
query_portfolio(const Guard *root, const Key *key, Snapshot snapshot)
{
	KamPortfolio portfolio = {0};
	bool		isnull;
	Datum		value;

	execute_plan(root, key, snapshot);
	value = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull);
	if (!isnull)
		kam_read_portfolio(&root->table, value, &portfolio);
	SPI_freetuptable(SPI_tuptable);
	return portfolio;
}

/* The portfolio; or false, if it cannot be of more than 'few' rows. */
static bool
get_portfolio(const Guard *root, Relation rel, const Key *key, Snapshot snapshot, int64 few, KamPortfolio *portfolio)
{
	if (OidIsValid(root->index.oid))
		return kam_scan_portfolio(&root->table, rel, &root->index, key->kamr, key->year, snapshot, few, portfolio);
	*portfolio = query_portfolio(root, key, snapshot);
	return true;
}

/* The same portfolio before a command of this transaction. */
static KamPortfolio
portfolio_before(const Guard *root, Relation rel, const Key *key, Snapshot newest, CommandId command)
{
	CommandId	now = newest->curcid;
	KamPortfolio portfolio;

	newest->curcid = command;
	(void) get_portfolio(root, rel, key, newest, 0, &portfolio);
	newest->curcid = now;
	return portfolio;
}

/* From when on a gain counts. */
typedef struct Since
{
	bool		known;
	CommandId	command;
} Since;

/* What a check finds. */
typedef struct Finding
{
	bool		allowed;
	bool		is_within;		/* the limit; then what follows need not be known */
	KamPortfolio portfolio;
	int64		units;
} Finding;

/* So many rows are within the limit, whatever their tiers. */
static int64
always_allowed(const KamRuleSet *rules)
{
	int64		heaviest = 1;

	for (int tier = 1; tier <= KAM_TIERS; tier++)
		heaviest = Max(heaviest, rules->weight[tier]);
	return rules->max_units / heaviest;
}

/*
 * The limit holds; or the KAMR was above it and has not gained: so that people
 * can mend.  What is fired later judges the transaction, else the command.
 * (A frozen row is in every snapshot: from there nobody mends.)
 */
static void
weigh(const Guard *root, Relation rel, const Key *key, const KamRuleSet *rules, const Since *since,
	  Snapshot newest, Finding *finding)
{
	finding->allowed = finding->is_within = true;
	if (!get_portfolio(root, rel, key, newest, always_allowed(rules), &finding->portfolio))
		return;
	finding->units = kam_portfolio_units(rules, &finding->portfolio);
	finding->allowed = finding->is_within = finding->units <= rules->max_units;
	if (!finding->allowed && since->known)
	{
		KamPortfolio before = portfolio_before(root, rel, key, newest, since->command);

		finding->allowed = finding->units <= kam_portfolio_units(rules, &before);
	}
}

static void
add_up(Guard *root, Relation rel, const Key *key, const KamRuleSet *rules, const Since *since, Finding *finding)
{
	bool		is_query = !OidIsValid(root->index.oid);
	Snapshot	newest;

	if (is_query)
	{
		SPI_connect();
		require_plan(root);
	}
	newest = RegisterSnapshot(GetLatestSnapshot());
	weigh(root, rel, key, rules, since, newest, finding);
	UnregisterSnapshot(newest);
	if (is_query)
		SPI_finish();
}

/* The command that wrote the row has locked its table. */
static void
add_up_as_owner(const TriggerData *trigdata, Guard *root, const Key *key, const KamRuleSet *rules,
				const Since *since, Finding *finding)
{
	bool		is_locked = RelationGetRelid(trigdata->tg_relation) == root->table.relid;
	Relation	rel = table_open(root->table.relid, is_locked ? NoLock : AccessShareLock);
	Oid			user;
	int			context;

	GetUserIdAndSecContext(&user, &context);
	SetUserIdAndSecContext(rel->rd_rel->relowner,
						   context | SECURITY_LOCAL_USERID_CHANGE | SECURITY_NOFORCE_RLS);
	add_up(root, rel, key, rules, since, finding);
	SetUserIdAndSecContext(user, context);
	table_close(rel, NoLock);
}

/* ---- what to say ---- */

/* May the role see all rows that are added up? */
static bool
may_see_rows(const Guard *root, Oid role)
{
	return pg_class_aclcheck(root->table.relid, role, ACL_SELECT) == ACLCHECK_OK &&
		check_enable_rls(root->table.relid, role, true) != RLS_ENABLED;
}

/* May it see whose they are? */
static bool
may_see_kamr(const Guard *root, Oid role)
{
	return (pg_class_aclcheck(root->table.relid, role, ACL_SELECT) == ACLCHECK_OK ||
			pg_attribute_aclcheck(root->table.relid, root->table.kamr.attnum, role, ACL_SELECT) == ACLCHECK_OK) &&
		check_enable_rls(root->table.relid, role, true) != RLS_ENABLED;
}

static bool
is_set_by_action(Oid constraint)
{
	HeapTuple	tuple = SearchSysCache1(CONSTROID, ObjectIdGetDatum(constraint));
	bool		is_set = false;

	if (HeapTupleIsValid(tuple))
	{
		Form_pg_constraint form = (Form_pg_constraint) GETSTRUCT(tuple);

		is_set = strchr("cnd", form->confupdtype) || strchr("nd", form->confdeltype);
		ReleaseSysCache(tuple);
	}
	return is_set;
}

/* Did the update change a column that an action of this foreign key changes? */
static bool
may_be_action_of(const TriggerData *trigdata, const ForeignKeyCacheInfo *key)
{
	if (!is_set_by_action(key->conoid))
		return false;
	for (int i = 0; i < key->nkeys; i++)
		if (!kam_same_column(trigdata->tg_trigtuple, trigdata->tg_newtuple,
							 RelationGetDescr(trigdata->tg_relation), key->conkey[i]))
			return true;
	return false;
}

/*
 * Does the role perhaps stand for another, whose statement set off the action
 * of a foreign key?  From PostgreSQL 18 on such an update sets off triggers as
 * the table's owner.
 */
static bool
is_on_behalf(const TriggerData *trigdata)
{
	ListCell   *cell;

	if (!TRIGGER_FIRED_BY_UPDATE(trigdata->tg_event) || !InLocalUserIdChange())
		return false;
	foreach(cell, copyObject(RelationGetFKeyList(trigdata->tg_relation)))
		if (may_be_action_of(trigdata, lfirst(cell)))
			return true;
	return false;
}

/* May those see it who will read the error? */
static bool
may_be_told(const TriggerData *trigdata, const Guard *root, bool (*may_see) (const Guard *root, Oid role))
{
	return may_see(root, GetUserId()) &&
		(!is_on_behalf(trigdata) || may_see(root, GetOuterUserId()));
}

/*
 * Did the statement itself say whose portfolio it adds to?  What is inserted
 * into a partition may have been moved there by an UPDATE that did not.
 */
static bool
names_kamr(const TriggerData *trigdata, AttrNumber kamr)
{
	if (TRIGGER_FIRED_BY_INSERT(trigdata->tg_event))
		return !trigdata->tg_relation->rd_rel->relispartition;
	return bms_is_member(kamr - FirstLowInvalidHeapAttributeNumber, trigdata->tg_updatedcols) &&
		!is_on_behalf(trigdata);
}

static char *
number_text(Datum number)
{
	return DatumGetCString(DirectFunctionCall1(numeric_out, number));
}

static char *
portfolio_text(const KamPortfolio *portfolio)
{
	return DatumGetCString(DirectFunctionCall1(portfolio_out, PointerGetDatum(portfolio)));
}

static char *
kamr_text(const Guard *root, const Key *key)
{
	Oid			output;
	bool		is_varlena;

	getTypeOutputInfo(root->table.kamr.type, &output, &is_varlena);
	return OidOutputFunctionCall(output, key->kamr);
}

/* Whose portfolio, as far as it may be told. */
static char *
owner_text(const TriggerData *trigdata, AttrNumber kamr, const Guard *root, const Key *key)
{
	if (names_kamr(trigdata, kamr) || may_be_told(trigdata, root, may_see_kamr))
		return psprintf("key account manager \"%s\"", kamr_text(root, key));
	return "a key account manager";
}

static void
refuse(const TriggerData *trigdata, AttrNumber kamr, const Guard *root, const Key *key, const KamRuleSet *rules,
	   const Finding *finding)
{
	ereport(ERROR,
			(errcode(ERRCODE_CHECK_VIOLATION),
			 errmsg("portfolio of %s in plan year %d would be above the limit of %s",
					owner_text(trigdata, kamr, root, key), key->year,
					number_text(NumericGetDatum(rules->portfolio_max))),
			 may_be_told(trigdata, root, may_see_rows) ?
			 errdetail("It would weigh %s: %s.", number_text(kam_weight_of_units(rules, finding->units)),
					   portfolio_text(&finding->portfolio)) : 0,
			 errhint("Give the account to another key account manager, or take one away first (6.1.2.1)."),
			 errtableconstraint(trigdata->tg_relation, trigdata->tg_trigger->tgname)));
}

/* ---- the trigger ---- */

static void
check_protocol(FunctionCallInfo fcinfo)
{
	TriggerData *trigdata = (TriggerData *) fcinfo->context;

	if (!CALLED_AS_TRIGGER(fcinfo) || !TRIGGER_FIRED_AFTER(trigdata->tg_event) ||
		!TRIGGER_FIRED_FOR_ROW(trigdata->tg_event) || TRIGGER_FIRED_BY_DELETE(trigdata->tg_event))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("kam._portfolio_guard() was not called as a trigger after INSERT or UPDATE of a row"),
				 errhint("Use kam.attach_portfolio_guard().")));
}

/* The key and the tier of a row; false if it is in nobody's portfolio. */
static bool
read_row(const Guard *guard, HeapTuple row, TupleDesc desc, Key *key, KamTier *tier)
{
	bool		no_kamr;
	bool		no_tier;
	bool		no_period = false;
	Datum		tier_value = heap_getattr(row, guard->table.tier.attnum, desc, &no_tier);

	key->kamr = heap_getattr(row, guard->table.kamr.attnum, desc, &no_kamr);
	key->year = guard->table.plan_year;
	if (no_kamr || no_tier)
		return false;
	if (HAS_PERIOD(&guard->table))
	{
		Datum		period = heap_getattr(row, guard->table.period.attnum, desc, &no_period);

		if (no_period)
			return false;
		key->year = year_of(&guard->table.period, period);
	}
	*tier = kam_tier_of(&guard->table, tier_value);
	return true;
}

static void
check_key(const TriggerData *trigdata, AttrNumber kamr, Guard *root, const Key *key, const KamRuleSet *rules,
		  const Since *since)
{
	Finding		finding;

	lock_key(root, key);
	CommandCounterIncrement();	/* to see what this command wrote */
	begin_check();
	add_up_as_owner(trigdata, root, key, rules, since, &finding);
	end_check();
	if (!finding.allowed)
		refuse(trigdata, kamr, root, key, rules, &finding);
	note_check(root, key, GetCurrentCommandId(false),
			   finding.is_within ? FirstCommandId : since->command);
}

PG_FUNCTION_INFO_V1(portfolio_guard);

Datum
portfolio_guard(PG_FUNCTION_ARGS)
{
	TriggerData *trigdata = (TriggerData *) fcinfo->context;
	HeapTuple	row;
	Guard	   *guard;
	Guard	   *root;
	Key			key;
	KamTier		tier;
	CommandId	written;
	Since		since;
	AttrNumber	kamr;
	const KamRuleSet *rules;

	check_protocol(fcinfo);
	refuse_within_check(trigdata);
	watch_transactions();
	guard = find_guard(trigdata->tg_trigger->tgoid);
	row = TRIGGER_FIRED_BY_UPDATE(trigdata->tg_event) ? trigdata->tg_newtuple : trigdata->tg_trigtuple;
	if (is_unchanged(guard, trigdata) ||
		!read_row(guard, row, RelationGetDescr(trigdata->tg_relation), &key, &tier))
		return PointerGetDatum(NULL);

	kamr = guard->table.kamr.attnum;	/* the guard may go when its root is found */
	root = guard->root == trigdata->tg_trigger->tgoid ? guard : find_guard(guard->root);
	rules = kam_rule_set(&root->rules, root->context, true, key.year, NULL);
	if (rules->weight[tier] == 0)	/* raises no sum */
		return PointerGetDatum(NULL);
	key.hash = hash_of(root, &key);
	written = command_of(row);
	since.known = says_command(row);
	since.command = is_fired_later(written) ? FirstCommandId : written;
	if (!is_covered(root, &key, written))
		check_key(trigdata, kamr, root, &key, rules, &since);
	return PointerGetDatum(NULL);
}
