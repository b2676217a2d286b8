/*-------------------------------------------------------------------------
 *
 * workflow.c
 *		The workflow: made in a schema of its own, and brought up to date.
 *
 * The extension carries the script (kam._workflow_script); what it makes are
 * ordinary objects of the schema's owner.  The script is run with the owner's
 * rights, not by SET ROLE, which whatever the owner put in its way could undo.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "workflow_script.h"

#include "access/htup_details.h"
#include "attached_rule.h"
#include "catalog/catalog.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_database.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_type.h"
#include "commands/dbcommands.h"
#include "commands/extension.h"
#include "common/hashfn.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

/* ---- who may ---- */

/* As for SET ROLE; before PostgreSQL 16 a member always may. */
static bool
may_become(Oid owner)
{
#if PG_VERSION_NUM >= 160000
	return member_can_set_role(GetUserId(), owner);
#else
	return is_member_of_role(GetUserId(), owner);
#endif
}

static bool
may_create_schema(void)
{
#if PG_VERSION_NUM >= 160000
	return object_aclcheck(DatabaseRelationId, MyDatabaseId, GetUserId(), ACL_CREATE) == ACLCHECK_OK;
#else
	return pg_database_aclcheck(MyDatabaseId, GetUserId(), ACL_CREATE) == ACLCHECK_OK;
#endif
}

static char *
user_name(Oid role)
{
	return GetUserNameFromId(role, false);
}

/* The argument owner; else who calls. */
static Oid
owner_argument(FunctionCallInfo fcinfo, int arg)
{
	const char *name;
	Oid			owner;

	if (PG_ARGISNULL(arg))
		return GetUserId();
	name = NameStr(*PG_GETARG_NAME(arg));
	owner = get_role_oid(name, true);
	if (!OidIsValid(owner))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("role \"%s\" does not exist", name),
				 errhint("Create the role that the workflow is to belong to with CREATE ROLE first.")));
	if (!may_become(owner))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("role \"%s\" cannot make a workflow for role \"%s\"", user_name(GetUserId()), name),
				 errhint("The caller has to be a member of the owner: GRANT %s TO %s.",
						 quote_identifier(name), quote_identifier(user_name(GetUserId())))));
	return owner;
}

static void
check_may_create_schema(void)
{
	char	   *database;

	if (may_create_schema())
		return;
	database = get_database_name(MyDatabaseId);
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("permission denied for database %s", database),
			 errdetail("A workflow is made in a schema of its own."),
			 errhint("The owner of the database can GRANT CREATE ON DATABASE %s TO %s.",
					 quote_identifier(database), quote_identifier(user_name(GetUserId())))));
}

static void
notice_superuser(Oid owner)
{
	if (superuser_arg(owner))
		ereport(NOTICE,
				(errmsg("the owner of the workflow, \"%s\", is a superuser", user_name(owner)),
				 errdetail("SECURITY DEFINER functions of the workflow have the rights of a superuser."),
				 errhint("Name an ordinary role as owner: CALL kam.create_workflow(…, owner => …).")));
}

/* ---- locks ---- */

/*
 * The extension stays while a workflow is made from it; and a name is taken
 * by one session at a time, so that a second one sees the schema of the first.
 */
static void
lock_extension(void)
{
	LockDatabaseObject(ExtensionRelationId, get_extension_oid("kam", false), 0, AccessShareLock);
}

static void
lock_name(const char *schema)
{
	uint16		key = (uint16) (string_hash(schema, NAMEDATALEN) | 1);

	LockDatabaseObject(ExtensionRelationId, get_extension_oid("kam", false), key, ExclusiveLock);
}

/* ---- as the owner, in the schema ---- */

typedef struct Stage
{
	Oid			user;
	int			context;
	int			guc_level;
} Stage;

/* What the session has set changes neither what the script means nor what is made. */
static void
enter(Stage *stage, Oid owner, const char *schema, int restriction)
{
	GetUserIdAndSecContext(&stage->user, &stage->context);
	SetUserIdAndSecContext(owner, stage->context | SECURITY_LOCAL_USERID_CHANGE | restriction);
	stage->guc_level = kam_begin_faithful_text();
	kam_set_for_now("search_path", psprintf("%s, pg_temp", quote_identifier(schema)));
	kam_set_for_now("standard_conforming_strings", "on");
	kam_set_for_now("check_function_bodies", "on");
	/* what is passed over or replaced is nobody's news */
	if (client_min_messages < WARNING)
		kam_set_for_now("client_min_messages", "warning");
}

/* What was set meanwhile is forgotten, as the owner's triggers may have done it. */
static void
leave(const Stage *stage)
{
	AtEOXact_GUC(false, stage->guc_level);
	SetUserIdAndSecContext(stage->user, stage->context);
}

/* ---- what the extension carries ---- */

/* One value of a query, with one text argument or none; NULL where there is no row. */
static char *
query_text(const char *sql, const char *argument)
{
	Oid			types[] = {TEXTOID};
	Datum		values[] = {argument ? CStringGetTextDatum(argument) : (Datum) 0};
	int			result = SPI_execute_with_args(sql, argument ? 1 : 0, types, values, NULL, false, 0);
	char	   *text;

	if (result < 0)
		elog(ERROR, "SPI_execute_with_args failed: %s", SPI_result_code_string(result));
	text = SPI_tuptable == NULL || SPI_processed == 0 ? NULL :
		SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1);
	SPI_freetuptable(SPI_tuptable);
	return text;
}

static char *
installed_version(void)
{
	return query_text("SELECT kam._workflow_version()", NULL);
}

static char *
workflow_script(void)
{
	return query_text("SELECT kam._workflow_script()", NULL);
}

static void
set_version(const char *version)
{
	(void) query_text("UPDATE workflow SET version = $1", version);
}

/* ---- kam.create_workflow ---- */

/* The argument schema. */
static char *
schema_argument(FunctionCallInfo fcinfo, int arg)
{
	if (PG_ARGISNULL(arg))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("schema must not be NULL"),
				 errhint("Name the schema of the workflow.")));
	return pstrdup(NameStr(*PG_GETARG_NAME(arg)));
}

static bool
holds_workflow(Oid namespace)
{
	Oid			relid = get_relname_relid("workflow", namespace);
	AttrNumber	version = OidIsValid(relid) ? get_attnum(relid, "version") : InvalidAttrNumber;

	return version > 0 && get_atttype(relid, version) == TEXTOID && get_rel_relkind(relid) == RELKIND_RELATION;
}

static void
check_new_schema(const char *schema)
{
	Oid			namespace;

	if (schema[0] == '\0')
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_NAME),
				 errmsg("the name of the schema is empty"),
				 errhint("Name the schema of the workflow.")));
	if (IsReservedName(schema))
		ereport(ERROR,
				(errcode(ERRCODE_RESERVED_NAME),
				 errmsg("schema name \"%s\" is reserved", schema),
				 errhint("Names that begin with pg_ are PostgreSQL's own: choose another.")));
	namespace = get_namespace_oid(schema, true);
	if (OidIsValid(namespace))
		ereport(ERROR,
				(errcode(ERRCODE_DUPLICATE_SCHEMA),
				 errmsg("schema \"%s\" exists already", schema),
				 holds_workflow(namespace) ?
				 errhint("CALL kam.upgrade_workflow(%s) brings the workflow in it up to date; another workflow needs another schema.",
						 quote_literal_cstr(schema)) :
				 errhint("A workflow makes its schema itself: name one that does not exist.")));
}

PG_FUNCTION_INFO_V1(create_workflow);

/* kam.create_workflow(schema, owner) */
Datum
create_workflow(PG_FUNCTION_ARGS)
{
	char	   *schema = schema_argument(fcinfo, 0);
	Oid			owner = owner_argument(fcinfo, 1);
	Stage		stage;

	check_may_create_schema();
	lock_extension();
	lock_name(schema);
	check_new_schema(schema);
	notice_superuser(owner);

	SPI_connect();
	(void) query_text(psprintf("CREATE SCHEMA %s AUTHORIZATION %s", quote_identifier(schema),
							   quote_identifier(user_name(owner))), NULL);
	enter(&stage, owner, schema, 0);
	kam_run_script(workflow_script(), KAM_ALL_STATEMENTS);
	set_version(installed_version());
	leave(&stage);
	SPI_finish();
	PG_RETURN_VOID();
}

/* ---- kam.upgrade_workflow ---- */

static Oid
schema_owner(Oid namespace)
{
	HeapTuple	tuple = SearchSysCache1(NAMESPACEOID, ObjectIdGetDatum(namespace));
	Oid			owner;

	if (!HeapTupleIsValid(tuple))
		return InvalidOid;
	owner = ((Form_pg_namespace) GETSTRUCT(tuple))->nspowner;
	ReleaseSysCache(tuple);
	return owner;
}

static Oid
relation_owner(Oid relid)
{
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(relid));
	Oid			owner;

	if (!HeapTupleIsValid(tuple))
		return InvalidOid;
	owner = ((Form_pg_class) GETSTRUCT(tuple))->relowner;
	ReleaseSysCache(tuple);
	return owner;
}

static void
no_schema(const char *schema)
{
	ereport(ERROR,
			(errcode(ERRCODE_UNDEFINED_SCHEMA),
			 errmsg("schema \"%s\" does not exist", schema),
			 errhint("CALL kam.create_workflow(%s) makes a workflow in it.", quote_literal_cstr(schema))));
}

static Oid
existing_schema(const char *schema)
{
	Oid			namespace = get_namespace_oid(schema, true);

	if (!OidIsValid(namespace))
		no_schema(schema);
	return namespace;
}

/* The owner of the workflow in a schema, which the caller may become. */
static Oid
workflow_owner(const char *schema, Oid namespace)
{
	Oid			owner = schema_owner(namespace);
	Oid			table_owner = relation_owner(get_relname_relid("workflow", namespace));

	if (!OidIsValid(owner))
		no_schema(schema);
	if (!may_become(owner))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("must be owner of schema %s", schema),
				 errhint("Call it as \"%s\", or as a member of that role.", user_name(owner))));
	if (!holds_workflow(namespace) || !OidIsValid(table_owner))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("schema \"%s\" holds no workflow", schema),
				 errhint("A workflow has a table \"workflow\" with its version; CALL kam.create_workflow() makes one in a new schema.")));
	if (table_owner != owner)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("schema \"%s\" belongs to role \"%s\", and the workflow in it to role \"%s\"",
						schema, user_name(owner), user_name(table_owner)),
				 errhint("Give both to one role, for instance with REASSIGN OWNED or ALTER SCHEMA … OWNER TO.")));
	return owner;
}

/* Like 0.10.2 against 0.9: by numbers; what is no number comes first. */
static int
compare_versions(const char *a, const char *b)
{
	while (*a != '\0' || *b != '\0')
	{
		char	   *a_end;
		char	   *b_end;
		long		a_number = strtol(a, &a_end, 10);
		long		b_number = strtol(b, &b_end, 10);

		if (a_number != b_number)
			return a_number < b_number ? -1 : 1;
		if (a_end == a && b_end == b)
			return strcmp(a, b);
		a = *a_end == '.' ? a_end + 1 : a_end;
		b = *b_end == '.' ? b_end + 1 : b_end;
	}
	return 0;
}

static void
check_version(const char *schema, const char *version, const char *installed)
{
	if (version == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("table \"workflow\" of schema \"%s\" has no version", schema),
				 errhint("Write the version of kam that made the workflow back into its one row.")));
	if (compare_versions(version, installed) > 0)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("workflow \"%s\" is of version %s, which is newer than the extension's %s",
						schema, version, installed),
				 errhint("ALTER EXTENSION kam UPDATE, after installing the newer package where it is not there.")));
}

/* One column of the step that begins at a version; NULL where there is none. */
static char *
migration(const char *column, const char *version)
{
	return query_text(psprintf("SELECT %s FROM kam._workflow_migration()"
							   " WHERE from_version OPERATOR(pg_catalog.=) $1", column), version);
}

/* What became of tables, release by release, up to the installed one. */
static void
migrate(const char *schema, const char *version, const char *installed)
{
	while (strcmp(version, installed) != 0)
	{
		char	   *script = migration("script", version);

		if (script == NULL)
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 errmsg("there is no way from version %s of workflow \"%s\" to %s", version, schema, installed),
					 errhint("The versions that there is a way from are those of kam._workflow_migration().")));
		kam_run_script(script, KAM_ALL_STATEMENTS);
		version = migration("to_version", version);
	}
}

/*
 * After ALTER SCHEMA … RENAME, functions look for their tables under the old
 * name.  The script's are made anew, but a migration may fire triggers before
 * that.  Others are mended where nothing has the old name.
 */
static void
mend_search_paths(Oid namespace, Oid owner)
{
	List	   *commands = NIL;
	ListCell   *cell;
	int			result = SPI_execute(psprintf(
		"SELECT pg_catalog.format('ALTER ROUTINE %%s SET search_path FROM CURRENT', p.oid::pg_catalog.regprocedure)"
		" FROM pg_catalog.pg_proc p, pg_catalog.unnest(p.proconfig) setting,"
		"  pg_catalog.substring(setting, '^search_path=([^,\"]+|\"(?:[^\"]|\"\")+\"), pg_temp$') pinned"
		" WHERE p.pronamespace = %u AND p.proowner = %u"
		"  AND setting <> 'search_path=' || pg_catalog.current_setting('search_path')"
		"  AND (pinned NOT IN (SELECT pg_catalog.quote_ident(n.nspname) FROM pg_catalog.pg_namespace n)"
		"   OR p.proname::pg_catalog.text IN"
		"   (SELECT pg_catalog.substring(s.statement, '(?i)^CREATE\\s+OR\\s+REPLACE\\s+(?:FUNCTION|PROCEDURE)\\s+(\\w+)')"
		"    FROM kam._sql_statements(kam._workflow_script()) s"
		"    WHERE s.command_tag IN ('CREATE FUNCTION', 'CREATE PROCEDURE')))", namespace, owner), false, 0);

	if (result != SPI_OK_SELECT)
		elog(ERROR, "SPI_execute failed: %s", SPI_result_code_string(result));
	for (uint64 i = 0; i < SPI_processed; i++)
		commands = lappend(commands, SPI_getvalue(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1));
	foreach(cell, commands)
		(void) query_text(lfirst(cell), NULL);
}

/*
 * In an upgrade, triggers of the owner's may fire.  One that is deferred would
 * do so at the end of the transaction with the rights of the caller, who may
 * be a superuser.  So with another caller nothing may be deferred; what the
 * transaction has deferred before is done first.
 */
static int
restriction_for(Oid owner)
{
	if (GetUserId() == owner)
		return 0;
	(void) query_text("SET CONSTRAINTS ALL IMMEDIATE", NULL);
	return SECURITY_RESTRICTED_OPERATION;
}

PG_FUNCTION_INFO_V1(upgrade_workflow);

/* kam.upgrade_workflow(schema) */
Datum
upgrade_workflow(PG_FUNCTION_ARGS)
{
	char	   *schema = schema_argument(fcinfo, 0);
	Oid			namespace = existing_schema(schema);
	Oid			owner = workflow_owner(schema, namespace);
	Stage		stage;
	char	   *version;
	char	   *installed;

	/* one upgrade at a time, and no DROP SCHEMA meanwhile; what changed while waiting is seen now */
	lock_extension();
	LockDatabaseObject(NamespaceRelationId, namespace, 0, ShareUpdateExclusiveLock);
	if (existing_schema(schema) != namespace || workflow_owner(schema, namespace) != owner)
		ereport(ERROR,
				(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
				 errmsg("schema \"%s\" was changed at the same time", schema),
				 errhint("Call it again.")));

	SPI_connect();
	enter(&stage, owner, schema, restriction_for(owner));
	installed = installed_version();
	version = query_text("SELECT version FROM workflow", NULL);
	check_version(schema, version, installed);
	mend_search_paths(namespace, owner);
	migrate(schema, version, installed);
	kam_run_script(workflow_script(), KAM_CODE_ONLY);
	set_version(installed);
	leave(&stage);
	SPI_finish();
	PG_RETURN_VOID();
}
