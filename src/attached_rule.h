/*-------------------------------------------------------------------------
 *
 * attached_rule.h
 *		Rules of the manual that were put on users' tables.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#ifndef KAM_ATTACHED_RULE_H
#define KAM_ATTACHED_RULE_H

#include "relation.h"

#include "commands/trigger.h"
#include "nodes/pg_list.h"

#define KAM_RULE_COLUMNS 3

/* A kind of rule; one constant each. */
typedef struct KamRule
{
	const char *name;			/* in messages */
	const char *attach;			/* the function that attaches it, in schema kam */
	const char *function;		/* of its trigger, in schema kam */
	const char *trigger;		/* what its trigger is called */
	const char *columns[KAM_RULE_COLUMNS];	/* arguments of attach, in the order in the trigger */
} KamRule;

extern const KamRule kam_portfolio_guard_rule;
extern const KamRule kam_response_deadline_rule;
extern const KamRule kam_record_deadline_rule;

/* What attaching needs besides the rule, as parts of CREATE TRIGGER. */
typedef struct KamTriggerParts
{
	const char *create;			/* "CREATE CONSTRAINT TRIGGER", … */
	const char *timing;			/* "AFTER INSERT OR UPDATE", … */
	const char *options;		/* "DEFERRABLE …", or "" */
	const char *when;			/* the condition; the columns stand in it, in order */
	List	   *settings;		/* of char *, "name=value" */
	const char *comment;
} KamTriggerParts;

/* A rule as it stands on one table. */
typedef struct KamAttached
{
	Oid			trigger;		/* first: the key of the cache */
	Oid			parent;			/* the trigger it was cloned from, for a partition */
	Oid			relid;
	bool		deferred;		/* initially */
	const KamRule *rule;
	int			columns;		/* how many it has */
	AttrNumber	column[KAM_RULE_COLUMNS];
	List	   *settings;
	List	   *predicate;		/* of expressions, over the new row (varno PRS2_NEW_VARNO) */
} KamAttached;

/* What a backend keeps of it; lives until a table it depends on changes. */
typedef struct KamKeptRule
{
	Oid			trigger;		/* first: the key */
	bool		valid;
	MemoryContext context;		/* for all that hangs on this */
	List	   *relations;		/* whose change makes this invalid */
	KamAttached attached;
	void	   *data;			/* of the rule's own */
	void		(*release) (void *data);
} KamKeptRule;

extern Relation kam_open_to_attach(FunctionCallInfo fcinfo, const KamRule *rule);
extern bool kam_column_argument(FunctionCallInfo fcinfo, int arg, Relation rel,
								const char *argument, KamColumn *column);
extern void kam_refuse_generated(Relation rel, const KamColumn *column);
extern void kam_refuse_partition_key(Relation rel, const KamColumn *column);
extern void kam_refuse_same_column(Relation rel, const KamColumn *a, const KamColumn *b);
extern char *kam_columns_condition(const KamColumn *a, const KamColumn *b, const KamColumn *c);
extern void kam_wrong_column_type(Relation rel, const KamColumn *column, const char *wanted);
extern void kam_attach(Relation rel, const KamRule *rule, const KamTriggerParts *parts);
extern void kam_detach(FunctionCallInfo fcinfo, const KamRule *rule);

extern void kam_set_for_now(const char *name, const char *value);
extern int	kam_begin_faithful_text(void);
extern Oid	kam_find_rule(Oid relid, const KamRule *rule);
extern Oid	kam_require_rule(Oid relid, const KamRule *rule);
extern bool kam_try_read_attached(Oid trigger, KamAttached *attached);
extern void kam_not_as_attached(const KamAttached *attached);
extern void kam_read_attached(Oid trigger, KamAttached *attached);
extern bool kam_same_rule(const KamAttached *a, const KamAttached *b);
extern uint64 kam_count_changes(void);
extern void kam_hold_rules(bool hold);
extern KamKeptRule *kam_keep_rule(Oid trigger);
extern bool kam_number_setting(const KamAttached *attached, const char *name, int32 *number);
extern const char *kam_setting(List *settings, const char *name);
extern Relation kam_open_existing(FunctionCallInfo fcinfo, int arg, LOCKMODE lockmode);

#endif							/* KAM_ATTACHED_RULE_H */
