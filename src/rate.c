/*-------------------------------------------------------------------------
 *
 * rate.c
 *		So many done of so many due, written 45/50.
 *
 * Rates add up done and due apart, so that the rate of a country is the sum
 * of its areas and never an average of averages.  They are ordered by their
 * exact fraction and then by what is due; nothing due (0/0) comes first.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "kam.h"

#include "common/hashfn.h"
#include "common/int.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/numeric.h"
#include "utils/sortsupport.h"

#ifndef HAVE_INT128
#error "kam needs a compiler with 128-bit integers: fractions are compared exactly"
#endif

/* More digits would overflow the exact division in rate_percent(). */
#define MAX_PERCENT_DIGITS 15

/* The one rule of what a rate may be. */
static bool
is_rate(int64 done, int64 due)
{
	return 0 <= done && done <= due;
}

static void
check_rate(const KamRate *rate, int sqlstate)
{
	if (!is_rate(rate->done, rate->due))
		ereport(ERROR,
				(errcode(sqlstate),
				 errmsg("rate out of range: %lld of %lld",
						(long long) rate->done, (long long) rate->due),
				 errhint("What is done must lie between 0 and what is due.")));
}

/* Read done/due from folded text. */
static bool
parse_rate(const char *at, KamRate *rate, bool *too_large)
{
	at = kam_skip_blanks(at);
	if (!kam_scan_count(&at, &rate->done, too_large))
		return false;
	at = kam_skip_blanks(at);
	if (*at++ != '/')
		return false;
	at = kam_skip_blanks(at);
	return kam_scan_count(&at, &rate->due, too_large) && *kam_skip_blanks(at) == '\0';
}

static int
rate_compare(const KamRate *a, const KamRate *b)
{
	int128		left = (int128) a->done * b->due;
	int128		right = (int128) b->done * a->due;

	/* Where nothing is due on either side there is no fraction to compare. */
	if (left != right && a->due > 0 && b->due > 0)
		return left < right ? -1 : 1;
	if (a->due == 0 || b->due == 0)
		return (a->due > 0) - (b->due > 0);
	return (a->due > b->due) - (a->due < b->due);
}

KAM_COMPARE_OPERATOR(rate_eq, KamRate, rate_compare, ==);
KAM_COMPARE_OPERATOR(rate_ne, KamRate, rate_compare, !=);
KAM_COMPARE_OPERATOR(rate_lt, KamRate, rate_compare, <);
KAM_COMPARE_OPERATOR(rate_le, KamRate, rate_compare, <=);
KAM_COMPARE_OPERATOR(rate_gt, KamRate, rate_compare, >);
KAM_COMPARE_OPERATOR(rate_ge, KamRate, rate_compare, >=);
KAM_PICK_OPERATOR(rate_larger, KamRate, rate_compare, >=);
KAM_PICK_OPERATOR(rate_smaller, KamRate, rate_compare, <=);

PG_FUNCTION_INFO_V1(rate_in);
PG_FUNCTION_INFO_V1(rate_out);
PG_FUNCTION_INFO_V1(rate_recv);
PG_FUNCTION_INFO_V1(rate_send);
PG_FUNCTION_INFO_V1(rate_cmp);
PG_FUNCTION_INFO_V1(rate_sortsupport);
PG_FUNCTION_INFO_V1(rate_hash);
PG_FUNCTION_INFO_V1(rate_hash_extended);
PG_FUNCTION_INFO_V1(rate_make);
PG_FUNCTION_INFO_V1(rate_done);
PG_FUNCTION_INFO_V1(rate_due);
PG_FUNCTION_INFO_V1(rate_pl);
PG_FUNCTION_INFO_V1(rate_mi);
PG_FUNCTION_INFO_V1(rate_accum);
PG_FUNCTION_INFO_V1(rate_discard);
PG_FUNCTION_INFO_V1(rate_percent);

Datum
rate_in(PG_FUNCTION_ARGS)
{
	const char *str = PG_GETARG_CSTRING(0);
	KamRate    *rate = palloc(sizeof(KamRate));
	bool		too_large = false;

	if (!parse_rate(kam_fold(str), rate, &too_large))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type kam.rate: \"%s\"", str),
				 errhint("A rate is written as done/due in whole numbers, for example 45/50.")));
	if (too_large || !is_rate(rate->done, rate->due))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("rate out of range: \"%s\"", str),
				 errhint("What is done must lie between 0 and what is due, and both fit a bigint.")));
	PG_RETURN_RATE(rate);
}

Datum
rate_out(PG_FUNCTION_ARGS)
{
	KamRate    *rate = PG_GETARG_RATE(0);

	PG_RETURN_CSTRING(psprintf("%lld/%lld", (long long) rate->done, (long long) rate->due));
}

/* Wire format: done and due as int64. */
Datum
rate_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	KamRate    *rate = palloc(sizeof(KamRate));

	rate->done = pq_getmsgint64(buf);
	rate->due = pq_getmsgint64(buf);
	check_rate(rate, ERRCODE_INVALID_BINARY_REPRESENTATION);
	PG_RETURN_RATE(rate);
}

Datum
rate_send(PG_FUNCTION_ARGS)
{
	KamRate    *rate = PG_GETARG_RATE(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint64(&buf, rate->done);
	pq_sendint64(&buf, rate->due);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
rate_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(rate_compare(PG_GETARG_RATE(0), PG_GETARG_RATE(1)));
}

static int
rate_sort_comparator(Datum a, Datum b, SortSupport ssup)
{
	return rate_compare((KamRate *) DatumGetPointer(a), (KamRate *) DatumGetPointer(b));
}

Datum
rate_sortsupport(PG_FUNCTION_ARGS)
{
	((SortSupport) PG_GETARG_POINTER(0))->comparator = rate_sort_comparator;
	PG_RETURN_VOID();
}

Datum
rate_hash(PG_FUNCTION_ARGS)
{
	return hash_any((unsigned char *) PG_GETARG_RATE(0), sizeof(KamRate));
}

Datum
rate_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_any_extended((unsigned char *) PG_GETARG_RATE(0), sizeof(KamRate),
							 PG_GETARG_INT64(1));
}

Datum
rate_make(PG_FUNCTION_ARGS)
{
	KamRate    *rate = palloc(sizeof(KamRate));

	rate->done = PG_GETARG_INT64(0);
	rate->due = PG_GETARG_INT64(1);
	check_rate(rate, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE);
	PG_RETURN_RATE(rate);
}

Datum
rate_done(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_RATE(0)->done);
}

Datum
rate_due(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_RATE(0)->due);
}

Datum
rate_pl(PG_FUNCTION_ARGS)
{
	KamRate    *a = PG_GETARG_RATE(0);
	KamRate    *b = PG_GETARG_RATE(1);
	KamRate    *sum = palloc(sizeof(KamRate));

	/* done never exceeds due, so due tells for both */
	if (pg_add_s64_overflow(a->due, b->due, &sum->due))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("rate out of range"),
				 errhint("A rate counts at most %lld due.", (long long) PG_INT64_MAX)));
	sum->done = a->done + b->done;
	PG_RETURN_RATE(sum);
}

Datum
rate_mi(PG_FUNCTION_ARGS)
{
	KamRate    *a = PG_GETARG_RATE(0);
	KamRate    *b = PG_GETARG_RATE(1);
	KamRate    *difference = palloc(sizeof(KamRate));

	difference->done = a->done - b->done;
	difference->due = a->due - b->due;
	check_rate(difference, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE);
	PG_RETURN_RATE(difference);
}

/*
 * One more of due, done or not; in place where the state is the aggregate's
 * own (see writable_state() of portfolio.c for why a window gets a copy).
 */
static Datum
rate_step(FunctionCallInfo fcinfo, int64 step)
{
	KamRate    *state = PG_GETARG_RATE(0);

	if (AggCheckCallContext(fcinfo, NULL) != AGG_CONTEXT_AGGREGATE)
	{
		KamRate    *copy = palloc(sizeof(KamRate));

		*copy = *state;
		state = copy;
	}
	if (pg_add_s64_overflow(state->due, step, &state->due))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("rate out of range"),
				 errhint("A rate counts at most %lld due.", (long long) PG_INT64_MAX)));
	if (PG_GETARG_BOOL(1))
		state->done += step;
	check_rate(state, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE);
	PG_RETURN_RATE(state);
}

Datum
rate_accum(PG_FUNCTION_ARGS)
{
	return rate_step(fcinfo, 1);
}

Datum
rate_discard(PG_FUNCTION_ARGS)
{
	return rate_step(fcinfo, -1);
}

/*
 * 100 * done / due, rounded half up to the digits asked for, in one exact
 * division; NULL when nothing is due.
 */
Datum
rate_percent(PG_FUNCTION_ARGS)
{
	KamRate    *rate = PG_GETARG_RATE(0);
	int32		digits = PG_GETARG_INT32(1);
	int128		scaled;

	if (digits < 0 || digits > MAX_PERCENT_DIGITS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("number of digits out of range: %d", digits),
				 errhint("A percentage has from 0 to %d digits after the point.", MAX_PERCENT_DIGITS)));
	if (rate->due == 0)
		PG_RETURN_NULL();

	scaled = (int128) rate->done * 200;
	for (int i = 0; i < digits; i++)
		scaled *= 10;
	scaled = (scaled + rate->due) / ((int128) 2 * rate->due);
	PG_RETURN_NUMERIC(int64_div_fast_to_numeric((int64) scaled, digits));
}
