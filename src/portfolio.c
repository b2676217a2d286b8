/*-------------------------------------------------------------------------
 *
 * portfolio.c
 *		How many accounts of each tier somebody looks after, written
 *		{Strategic:4,Star:6,Status:5}.
 *
 * Portfolios are ordered by their counts, Strategic first: never by weight,
 * because weights change with the rule set (see rule_set.c for the weight).
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "kam.h"

#include "common/hashfn.h"
#include "common/int.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/sortsupport.h"

/* What stopped the reader, for the message. */
typedef struct PortfolioProblem
{
	const char *unknown;
	size_t		unknown_len;
	const KamLabel *repeated;
	const KamLabel *miscounted;
	bool		too_large;		/* its count */
} PortfolioProblem;

static bool
parse_member(const char **at, KamPortfolio *portfolio, bool *seen, PortfolioProblem *problem)
{
	const char *word = kam_skip_blanks(*at);
	size_t		len;
	const KamLabel *label;
	int			i;

	*at = kam_skip_blanks(kam_scan_word(word, &len));
	if (len == 0)
		return false;
	label = kam_find_label(&kam_tier_labels, word, len);
	if (label == NULL)
	{
		problem->unknown = word;
		problem->unknown_len = len;
		return false;
	}
	i = KAM_PORTFOLIO_INDEX(label->code);
	if (seen[i])
	{
		problem->repeated = label;
		return false;
	}
	seen[i] = true;
	if (**at != ':')
		return false;
	*at = kam_skip_blanks(*at + 1);
	if (!kam_scan_count(at, &portfolio->count[i], &problem->too_large) || problem->too_large)
	{
		problem->miscounted = label;
		return false;
	}
	*at = kam_skip_blanks(*at);
	return true;
}

/* Read {tier:count,...} from folded text; false and the problem if it is not. */
static bool
parse_portfolio(const char *at, KamPortfolio *portfolio, PortfolioProblem *problem)
{
	bool		seen[KAM_TIERS] = {false};

	memset(portfolio, 0, sizeof(*portfolio));
	at = kam_skip_blanks(at);
	if (*at++ != '{')
		return false;
	at = kam_skip_blanks(at);
	if (*at == '}')
		return *kam_skip_blanks(at + 1) == '\0';
	for (;;)
	{
		if (!parse_member(&at, portfolio, seen, problem))
			return false;
		if (*at == '}')
			return *kam_skip_blanks(at + 1) == '\0';
		if (*at++ != ',')
			return false;
	}
}

static int
errdetail_portfolio(const PortfolioProblem *problem)
{
	if (problem->repeated)
		return errdetail("The tier \"%s\" is given more than once.", problem->repeated->label);
	if (problem->unknown)
		return errdetail_unknown_label(&kam_tier_labels, problem->unknown, problem->unknown_len);
	if (problem->miscounted)
		return errdetail("The count of \"%s\" must be a whole number from 0 to %lld.",
						 problem->miscounted->label, (long long) PG_INT64_MAX);
	return errdetail("A portfolio is written as {Strategic:4,Star:6,Status:5}; {} is the empty one.");
}

/* The one rule of what a portfolio may hold: no tier fewer than 0 times. */
static void
check_portfolio(const KamPortfolio *portfolio, int sqlstate)
{
	for (int i = 0; i < KAM_TIERS; i++)
		if (portfolio->count[i] < 0)
			ereport(ERROR,
					(errcode(sqlstate),
					 errmsg("a portfolio cannot hold %lld accounts of tier %s",
							(long long) portfolio->count[i],
							kam_label_of(&kam_tier_labels, KAM_STRATEGIC - i)->label),
					 errhint("Counts start at 0. To compare two portfolios, subtract their weights instead.")));
}

static int
portfolio_compare(const KamPortfolio *a, const KamPortfolio *b)
{
	for (int i = 0; i < KAM_TIERS; i++)
		if (a->count[i] != b->count[i])
			return a->count[i] < b->count[i] ? -1 : 1;
	return 0;
}

KAM_COMPARE_OPERATOR(portfolio_eq, KamPortfolio, portfolio_compare, ==);
KAM_COMPARE_OPERATOR(portfolio_ne, KamPortfolio, portfolio_compare, !=);
KAM_COMPARE_OPERATOR(portfolio_lt, KamPortfolio, portfolio_compare, <);
KAM_COMPARE_OPERATOR(portfolio_le, KamPortfolio, portfolio_compare, <=);
KAM_COMPARE_OPERATOR(portfolio_gt, KamPortfolio, portfolio_compare, >);
KAM_COMPARE_OPERATOR(portfolio_ge, KamPortfolio, portfolio_compare, >=);
KAM_PICK_OPERATOR(portfolio_larger, KamPortfolio, portfolio_compare, >=);
KAM_PICK_OPERATOR(portfolio_smaller, KamPortfolio, portfolio_compare, <=);

PG_FUNCTION_INFO_V1(portfolio_in);
PG_FUNCTION_INFO_V1(portfolio_out);
PG_FUNCTION_INFO_V1(portfolio_recv);
PG_FUNCTION_INFO_V1(portfolio_send);
PG_FUNCTION_INFO_V1(portfolio_cmp);
PG_FUNCTION_INFO_V1(portfolio_sortsupport);
PG_FUNCTION_INFO_V1(portfolio_hash);
PG_FUNCTION_INFO_V1(portfolio_hash_extended);
PG_FUNCTION_INFO_V1(portfolio_make);
PG_FUNCTION_INFO_V1(portfolio_count);
PG_FUNCTION_INFO_V1(portfolio_pl);
PG_FUNCTION_INFO_V1(portfolio_mi);
PG_FUNCTION_INFO_V1(portfolio_accum);
PG_FUNCTION_INFO_V1(portfolio_discard);

Datum
portfolio_in(PG_FUNCTION_ARGS)
{
	const char *str = PG_GETARG_CSTRING(0);
	KamPortfolio *portfolio = palloc(sizeof(KamPortfolio));
	PortfolioProblem problem = {0};

	if (!parse_portfolio(kam_fold(str), portfolio, &problem))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(problem.too_large ? ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE :
						 ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type kam.portfolio: \"%s\"", str),
				 errdetail_portfolio(&problem),
				 errhint_labels(&kam_tier_labels)));
	PG_RETURN_PORTFOLIO(portfolio);
}

Datum
portfolio_out(PG_FUNCTION_ARGS)
{
	KamPortfolio *portfolio = PG_GETARG_PORTFOLIO(0);
	StringInfoData str;

	initStringInfo(&str);
	appendStringInfoChar(&str, '{');
	for (int i = 0; i < KAM_TIERS; i++)
		if (portfolio->count[i] > 0)
			appendStringInfo(&str, "%s%s:%lld", str.len > 1 ? "," : "",
							 kam_label_of(&kam_tier_labels, KAM_STRATEGIC - i)->label,
							 (long long) portfolio->count[i]);
	appendStringInfoChar(&str, '}');
	PG_RETURN_CSTRING(str.data);
}

/* Wire format: the four counts as int64, Strategic first. */
Datum
portfolio_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	KamPortfolio *portfolio = palloc(sizeof(KamPortfolio));

	for (int i = 0; i < KAM_TIERS; i++)
		portfolio->count[i] = pq_getmsgint64(buf);
	check_portfolio(portfolio, ERRCODE_INVALID_BINARY_REPRESENTATION);
	PG_RETURN_PORTFOLIO(portfolio);
}

Datum
portfolio_send(PG_FUNCTION_ARGS)
{
	KamPortfolio *portfolio = PG_GETARG_PORTFOLIO(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	for (int i = 0; i < KAM_TIERS; i++)
		pq_sendint64(&buf, portfolio->count[i]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
portfolio_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(portfolio_compare(PG_GETARG_PORTFOLIO(0), PG_GETARG_PORTFOLIO(1)));
}

static int
portfolio_sort_comparator(Datum a, Datum b, SortSupport ssup)
{
	return portfolio_compare((KamPortfolio *) DatumGetPointer(a),
							 (KamPortfolio *) DatumGetPointer(b));
}

Datum
portfolio_sortsupport(PG_FUNCTION_ARGS)
{
	((SortSupport) PG_GETARG_POINTER(0))->comparator = portfolio_sort_comparator;
	PG_RETURN_VOID();
}

Datum
portfolio_hash(PG_FUNCTION_ARGS)
{
	return hash_any((unsigned char *) PG_GETARG_PORTFOLIO(0), sizeof(KamPortfolio));
}

Datum
portfolio_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_any_extended((unsigned char *) PG_GETARG_PORTFOLIO(0), sizeof(KamPortfolio),
							 PG_GETARG_INT64(1));
}

Datum
portfolio_make(PG_FUNCTION_ARGS)
{
	KamPortfolio *portfolio = palloc(sizeof(KamPortfolio));

	for (int i = 0; i < KAM_TIERS; i++)
		portfolio->count[i] = PG_GETARG_INT64(i);
	check_portfolio(portfolio, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE);
	PG_RETURN_PORTFOLIO(portfolio);
}

Datum
portfolio_count(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_PORTFOLIO(0)->count[KAM_PORTFOLIO_INDEX(PG_GETARG_TIER(1))]);
}

static void
portfolio_overflow(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("portfolio out of range"),
			 errhint("A portfolio counts at most %lld accounts of a tier.",
					 (long long) PG_INT64_MAX)));
}

Datum
portfolio_pl(PG_FUNCTION_ARGS)
{
	KamPortfolio *a = PG_GETARG_PORTFOLIO(0);
	KamPortfolio *b = PG_GETARG_PORTFOLIO(1);
	KamPortfolio *sum = palloc(sizeof(KamPortfolio));

	for (int i = 0; i < KAM_TIERS; i++)
		if (pg_add_s64_overflow(a->count[i], b->count[i], &sum->count[i]))
			portfolio_overflow();
	PG_RETURN_PORTFOLIO(sum);
}

Datum
portfolio_mi(PG_FUNCTION_ARGS)
{
	KamPortfolio *a = PG_GETARG_PORTFOLIO(0);
	KamPortfolio *b = PG_GETARG_PORTFOLIO(1);
	KamPortfolio *difference = palloc(sizeof(KamPortfolio));

	for (int i = 0; i < KAM_TIERS; i++)
		difference->count[i] = a->count[i] - b->count[i];
	check_portfolio(difference, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE);
	PG_RETURN_PORTFOLIO(difference);
}

/*
 * The state to change: in place in a plain aggregate, which owns it; a copy
 * elsewhere, also in a window, where the state of one row is that row's
 * result.
 */
static KamPortfolio *
writable_state(FunctionCallInfo fcinfo)
{
	KamPortfolio *state = PG_GETARG_PORTFOLIO(0);
	KamPortfolio *copy;

	if (AggCheckCallContext(fcinfo, NULL) == AGG_CONTEXT_AGGREGATE)
		return state;
	copy = palloc(sizeof(KamPortfolio));
	*copy = *state;
	return copy;
}

Datum
portfolio_accum(PG_FUNCTION_ARGS)
{
	KamPortfolio *state = writable_state(fcinfo);
	int64	   *count = &state->count[KAM_PORTFOLIO_INDEX(PG_GETARG_TIER(1))];

	if (pg_add_s64_overflow(*count, 1, count))
		portfolio_overflow();
	PG_RETURN_PORTFOLIO(state);
}

/* The exact inverse, for a window that moves. */
Datum
portfolio_discard(PG_FUNCTION_ARGS)
{
	KamPortfolio *state = writable_state(fcinfo);

	state->count[KAM_PORTFOLIO_INDEX(PG_GETARG_TIER(1))]--;
	check_portfolio(state, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE);
	PG_RETURN_PORTFOLIO(state);
}
