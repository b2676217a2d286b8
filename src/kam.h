/*-------------------------------------------------------------------------
 *
 * kam.h
 *		What every part of kam may use: labels, the stored form of the types,
 *		and the shims for older servers.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#ifndef KAM_H
#define KAM_H

#include "postgres.h"

#include "fmgr.h"
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/* Soft input errors came with PostgreSQL 16; before, an input error throws. */
#if PG_VERSION_NUM < 160000
#define ereturn(context, dummy_value, ...) \
	do { \
		(void) (context); \
		ereport(ERROR, __VA_ARGS__); \
		return dummy_value; \
	} while (0)
#endif

/*
 * One label of a type, with all that is said about it.  The arrays of these
 * are the one place where labels stand: input, output, kam.label and the
 * sentences of an explanation are made from them.
 */
typedef struct KamLabel
{
	int32		code;			/* stored value (tier, value_class) or bit */
	const char *label;			/* as written out, ASCII */
	const char *alias;			/* also read as, or NULL */
	const char *letter;			/* the manual's letter for it, or NULL */
	const char *section;		/* where the manual defines it */
	const char *name_th;
	const char *name_en;
	const char *definition_th;
	const char *definition_en;
} KamLabel;

typedef struct KamLabelSet
{
	const char *type;			/* unqualified name of the type */
	const char *member;			/* what one label is called in messages */
	const KamLabel *labels;
	int			count;
} KamLabelSet;

extern const KamLabelSet kam_tier_labels;
extern const KamLabelSet kam_value_class_labels;
extern const KamLabelSet kam_criteria_labels;

typedef enum KamLang
{
	KAM_THAI,
	KAM_ENGLISH
} KamLang;

/* label.c */
extern const char *kam_fold(const char *str);
extern const KamLabel *kam_find_label(const KamLabelSet *set, const char *str, size_t len);
extern const KamLabel *kam_label_of(const KamLabelSet *set, int32 code);
extern const char *kam_label_name(const KamLabel *label, KamLang lang);
extern KamLang kam_get_lang(const text *lang);
extern int	errdetail_unknown_label(const KamLabelSet *set, const char *str, size_t len);
extern int	errhint_labels(const KamLabelSet *set);

/* scan.c: reading what is written as {member,member:count,...} */
extern bool kam_is_blank(char c);
extern const char *kam_skip_blanks(const char *at);
extern const char *kam_trim(const char *str, size_t *len);
extern const char *kam_scan_word(const char *at, size_t *len);
extern bool kam_scan_count(const char **at, int64 *count, bool *too_large);

/* The four tiers, lowest first: the stored value is the order. */
typedef enum KamTier
{
	KAM_STREAMLINE = 1,
	KAM_STATUS = 2,
	KAM_STAR = 3,
	KAM_STRATEGIC = 4
} KamTier;

#define KAM_TIERS 4
#define PG_GETARG_TIER(n)	((KamTier) PG_GETARG_CHAR(n))
#define PG_RETURN_TIER(t)	PG_RETURN_CHAR((char) (t))

typedef enum KamValueClass
{
	KAM_LOW = 1,
	KAM_MEDIUM = 2,
	KAM_HIGH = 3
} KamValueClass;

#define PG_GETARG_VALUE_CLASS(n)	((KamValueClass) PG_GETARG_CHAR(n))

/*
 * A set of criteria: main ones in the low half, special grounds in the high
 * half, each with room for those of later revisions.
 */
typedef int32 KamCriteria;

#define KAM_VOLTAGE				(1 << 0)
#define KAM_MONTHLY_BILL		(1 << 1)
#define KAM_SPP_RISK			(1 << 2)
#define KAM_SELF_GENERATION		(1 << 3)
#define KAM_RELATED_BUSINESS	(1 << 4)
#define KAM_NATIONAL_STRATEGY	(1 << 5)
#define KAM_NATIONWIDE_NETWORK	(1 << 6)
#define KAM_CORPORATE_IMAGE		(1 << 16)
#define KAM_OUTAGE_DAMAGE		(1 << 17)
#define KAM_EXISTING_KEY_ACCOUNT (1 << 18)
#define KAM_DISCRETIONARY		(1 << 19)

#define KAM_MAIN_CRITERIA		0x0000007F
#define KAM_SPECIAL_GROUNDS		0x000F0000

#define PG_GETARG_CRITERIA(n)	((KamCriteria) PG_GETARG_INT32(n))
#define PG_RETURN_CRITERIA(c)	PG_RETURN_INT32((int32) (c))

extern char *kam_criteria_to_string(KamCriteria criteria);
extern char *kam_criteria_names(KamCriteria criteria, KamLang lang);

/* How many accounts of each tier: index 0 is Strategic, 3 is Streamline. */
typedef struct KamPortfolio
{
	int64		count[KAM_TIERS];
} KamPortfolio;

#define KAM_PORTFOLIO_INDEX(tier)	(KAM_STRATEGIC - (int) (tier))
extern Datum portfolio_out(PG_FUNCTION_ARGS);

#define PG_GETARG_PORTFOLIO(n)	((KamPortfolio *) PG_GETARG_POINTER(n))
#define PG_RETURN_PORTFOLIO(p)	PG_RETURN_POINTER(p)

/* Done of due; 0 <= done <= due. */
typedef struct KamRate
{
	int64		done;
	int64		due;
} KamRate;

#define PG_GETARG_RATE(n)		((KamRate *) PG_GETARG_POINTER(n))
#define PG_RETURN_RATE(r)		PG_RETURN_POINTER(r)

/*
 * The six comparison operators and the two aggregates' helpers of a type
 * that is passed by reference, from its three-way comparison.
 */
#define KAM_COMPARE_OPERATOR(name, type, cmp, op) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		PG_RETURN_BOOL(cmp((type *) PG_GETARG_POINTER(0), \
						   (type *) PG_GETARG_POINTER(1)) op 0); \
	} \
	extern Datum name(PG_FUNCTION_ARGS)

#define KAM_PICK_OPERATOR(name, type, cmp, op) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		type	   *a = (type *) PG_GETARG_POINTER(0); \
		type	   *b = (type *) PG_GETARG_POINTER(1); \
		PG_RETURN_POINTER(cmp(a, b) op 0 ? a : b); \
	} \
	extern Datum name(PG_FUNCTION_ARGS)

#endif							/* KAM_H */
