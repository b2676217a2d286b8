/*-------------------------------------------------------------------------
 *
 * workflow_script.c
 *		A script of SQL, statement by statement.
 *
 * The server's own parser says where a statement ends, so that a body in
 * BEGIN ATOMIC, a dollar quote or a comment may hold any semicolon.  Each is
 * run by itself: an error shows the statement, not the script, and says which
 * line of which file of the source tree it comes from.
 *
 * Some statements make or fill what holds data: tables, indexes, rows.  They
 * are run once.  All others are code, which an upgrade does again over what
 * is there: is_code() tells one from the other.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "workflow_script.h"

#include "attached_rule.h"
#include "executor/spi.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"
#include "nodes/pg_list.h"
#include "parser/parser.h"
#include "tcop/cmdtag.h"
#include "tcop/utility.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/memutils.h"

/* A line that says which file of the source tree follows. */
#define FILE_LINE "-- sql/workflow/"

typedef struct Statement
{
	const char *text;			/* from its first word, without the semicolon */
	int			length;
	int			line;			/* where it begins, from 1 */
	const char *tag;			/* CREATE TABLE, … */
	bool		is_code;
	char	   *replaces;		/* what has to be run before it is done again, or NULL */
} Statement;

/* ---- places in a script ---- */

static const char *
end_of_line(const char *at)
{
	return at + strcspn(at, "\n");
}

static const char *
skip_block_comment(const char *at)
{
	int			depth = 0;

	do
	{
		if (at[0] == '/' && at[1] == '*')
			depth++, at += 2;
		else if (at[0] == '*' && at[1] == '/')
			depth--, at += 2;
		else if (*at != '\0')
			at++;
	} while (depth > 0 && *at != '\0');
	return at;
}

static const char *
skip_blanks_and_comments(const char *at)
{
	for (;;)
	{
		at += strspn(at, " \t\n\r\f\v");
		if (at[0] == '-' && at[1] == '-')
			at = end_of_line(at);
		else if (at[0] == '/' && at[1] == '*')
			at = skip_block_comment(at);
		else
			return at;
	}
}

static int
count_lines(const char *from, const char *upto)
{
	int			lines = 0;

	while ((from = memchr(from, '\n', upto - from)) != NULL)
	{
		lines++;
		from++;
	}
	return lines;
}

/* The last line before a place that names a file, or NULL. */
static const char *
file_line_before(const char *script, const char *place)
{
	const char *found = NULL;

	for (const char *line = script; line < place; line = end_of_line(line) + 1)
	{
		if (strncmp(line, FILE_LINE, strlen(FILE_LINE)) == 0)
			found = line;
		if (*end_of_line(line) == '\0')
			break;
	}
	return found;
}

static void
add_place_context(const char *script, const char *place)
{
	const char *file = file_line_before(script, place);

	if (file == NULL)
		errcontext("line %d of the script", count_lines(script, place) + 1);
	else
		errcontext("line %d of %.*s", count_lines(end_of_line(file), place),
				   (int) (end_of_line(file) - file - strlen("-- ")), file + strlen("-- "));
}

/* ---- what a statement is ---- */

/* Row security, whether triggers fire, and how a view is read: said again, they change nothing. */
static bool
is_code_of_table(const AlterTableStmt *statement)
{
	ListCell   *cell;

	foreach(cell, statement->cmds)
	{
		switch (lfirst_node(AlterTableCmd, cell)->subtype)
		{
			case AT_EnableRowSecurity:
			case AT_DisableRowSecurity:
			case AT_ForceRowSecurity:
			case AT_NoForceRowSecurity:
			case AT_EnableTrig:
			case AT_EnableAlwaysTrig:
			case AT_EnableReplicaTrig:
			case AT_DisableTrig:
				break;
			case AT_SetRelOptions:
			case AT_ResetRelOptions:
				if (statement->objtype != OBJECT_VIEW)
					return false;
				break;
			default:
				return false;
		}
	}
	return true;
}

static bool
is_code(Node *statement)
{
	switch (nodeTag(statement))
	{
		case T_CreateFunctionStmt:
		case T_AlterFunctionStmt:
		case T_ViewStmt:
		case T_RuleStmt:
		case T_CreateTrigStmt:
		case T_CreatePolicyStmt:
		case T_AlterPolicyStmt:
		case T_CommentStmt:
		case T_GrantStmt:
		case T_AlterDefaultPrivilegesStmt:
		case T_DoStmt:
			return true;
		case T_DefineStmt:
			return castNode(DefineStmt, statement)->kind == OBJECT_AGGREGATE;
		case T_AlterTableStmt:
			return is_code_of_table(castNode(AlterTableStmt, statement));
		default:
			return false;
	}
}

static char *
drop_from_table(const char *kind, const char *name, const RangeVar *table)
{
	return psprintf("DROP %s IF EXISTS %s ON %s", kind, quote_identifier(name),
					quote_qualified_identifier(table->schemaname, table->relname));
}

/* What cannot be written as CREATE OR REPLACE is dropped first. */
static char *
replaced_by(Node *statement)
{
	if (IsA(statement, CreatePolicyStmt))
	{
		CreatePolicyStmt *policy = castNode(CreatePolicyStmt, statement);

		return drop_from_table("POLICY", policy->policy_name, policy->table);
	}
	if (IsA(statement, CreateTrigStmt) && !castNode(CreateTrigStmt, statement)->replace)
	{
		CreateTrigStmt *trigger = castNode(CreateTrigStmt, statement);

		return drop_from_table("TRIGGER", trigger->trigname, trigger->relation);
	}
	return NULL;
}

/* ---- splitting ---- */

/*
 * The parser's position would be shown in the statement that the client sent,
 * which is not what was parsed.
 */
static void
syntax_error_context(void *arg)
{
	const char *script = arg;
	int			position = geterrposition();

	if (position <= 0)
		return;
	errposition(0);
	add_place_context(script, script + pg_mbcharcliplen(script, strlen(script), position - 1));
}

/* Read as the script was written, whatever the session has set. */
static List *
parse(const char *script)
{
	ErrorContextCallback callback = {
		.previous = error_context_stack,.callback = syntax_error_context,.arg = unconstify(char *, script)
	};
	int			guc_level = NewGUCNestLevel();
	List	   *statements;

	kam_set_for_now("standard_conforming_strings", "on");
	error_context_stack = &callback;
	statements = raw_parser(script, RAW_PARSE_DEFAULT);
	error_context_stack = callback.previous;
	AtEOXact_GUC(true, guc_level);
	return statements;
}

/* Before PostgreSQL 18, a statement's location includes the comments before it. */
static void
locate(const char *script, const RawStmt *raw, Statement *statement)
{
	const char *begin = script + raw->stmt_location;
	const char *end = raw->stmt_len > 0 ? begin + raw->stmt_len : begin + strlen(begin);

	statement->text = skip_blanks_and_comments(begin);
	while (end > statement->text && strchr(" \t\n\r\f\v", end[-1]) != NULL)
		end--;
	statement->length = end - statement->text;
}

/* All statements of a script, as an array. */
static Statement *
split(const char *script, int *count)
{
	List	   *parsed = parse(script);
	Statement  *statements = palloc0(Max(list_length(parsed), 1) * sizeof(Statement));
	const char *counted = script;
	int			line = 1;
	ListCell   *cell;

	*count = 0;
	foreach(cell, parsed)
	{
		RawStmt    *raw = lfirst_node(RawStmt, cell);
		Statement  *statement = &statements[(*count)++];

		locate(script, raw, statement);
		line += count_lines(counted, statement->text);
		counted = statement->text;
		statement->line = line;
		statement->tag = GetCommandTagName(CreateCommandTag(raw->stmt));
		statement->is_code = is_code(raw->stmt);
		statement->replaces = replaced_by(raw->stmt);
	}
	return statements;
}

PG_FUNCTION_INFO_V1(sql_statements);

/* kam._sql_statements(script) */
Datum
sql_statements(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Statement  *statements;
	int			count;

	InitMaterializedSRF(fcinfo, 0);
	statements = split(text_to_cstring(PG_GETARG_TEXT_PP(0)), &count);
	for (int i = 0; i < count; i++)
	{
		const Statement *statement = &statements[i];
		bool		nulls[6] = {false, false, false, false, false, statement->replaces == NULL};
		Datum		values[6] = {
			Int32GetDatum(i + 1), Int32GetDatum(statement->line), CStringGetTextDatum(statement->tag),
			PointerGetDatum(cstring_to_text_with_len(statement->text, statement->length)),
			BoolGetDatum(statement->is_code),
			statement->replaces ? CStringGetTextDatum(statement->replaces) : (Datum) 0
		};

		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* ---- running ---- */

/* What is being run, for the context of an error. */
typedef struct Running
{
	const char *script;
	const char *place;
} Running;

static void
running_context(void *arg)
{
	const Running *running = arg;

	if (running->place)
		add_place_context(running->script, running->place);
}

static void
run(const char *sql)
{
	int			result = SPI_execute(sql, false, 0);

	if (result < 0)
		elog(ERROR, "SPI_execute failed: %s", SPI_result_code_string(result));
	SPI_freetuptable(SPI_tuptable);
}

static void
run_statement(const Statement *statement, KamScriptPart part)
{
	char	   *text;

	if (part == KAM_CODE_ONLY && !statement->is_code)
		return;
	if (part == KAM_CODE_ONLY && statement->replaces)
		run(statement->replaces);
	text = pnstrdup(statement->text, statement->length);
	run(text);
	pfree(text);
}

/* Run a script, or the code of it.  SPI is connected; the settings and the role are the caller's affair. */
void
kam_run_script(const char *script, KamScriptPart part)
{
	Running		running = {.script = script};
	ErrorContextCallback callback = {.callback = running_context,.arg = &running};
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "kam script", ALLOCSET_DEFAULT_SIZES);
	MemoryContext before = MemoryContextSwitchTo(context);
	Statement  *statements;
	int			count;

	statements = split(script, &count);
	callback.previous = error_context_stack;
	error_context_stack = &callback;
	for (int i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		running.place = statements[i].text;
		run_statement(&statements[i], part);
	}
	error_context_stack = callback.previous;
	MemoryContextSwitchTo(before);
	MemoryContextDelete(context);
}
