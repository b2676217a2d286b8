/*-------------------------------------------------------------------------
 *
 * satisfaction.c
 *		Scores of a survey, added up without averaging averages, written
 *		{responses:40,sum:170,squares:742,scale:5}.
 *
 * Everything is an integer: scores and the scale in ten-thousandths of a
 * point, squares of scores in the square of that.  So sums and differences
 * are exact, and a moving window is what a recomputation would be.  A score
 * that the unit is too coarse for is refused, never rounded.
 *
 * Who has no response has no scale either, and adds to anything.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "number.h"

#include "common/hashfn.h"
#include "common/int.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/sortsupport.h"

#ifndef HAVE_INT128
#error "kam needs a compiler with 128-bit integers: squares are added up exactly"
#endif

/*
 * The unit of scores is that of the digits numeric stores: 1/10000 of a point
 * (see read_units()).
 */
#define UNITS_PER_POINT 10000
#define DECIMALS 4

/* As kam.percent() has it. */
#define MAX_DIGITS 15

/* No squares of scores add up to more: scale * sum is below it. */
#define SQUARES_END ((int128) 1 << 126)

/* Longest text of an int128 with a sign and a point, and some to spare. */
#define DECIMAL_BYTES 64

typedef struct KamSatisfaction
{
	int64		responses;
	int64		sum;
	int64		scale;			/* the highest score; 0 without a response */
	int128		squares;		/* aligned as int64 is: see c.h */
} KamSatisfaction;

StaticAssertDecl(sizeof(KamSatisfaction) == 40, "kam.satisfaction is 40 bytes without padding");

#define PG_GETARG_SATISFACTION(n)	((KamSatisfaction *) PG_GETARG_POINTER(n))
#define PG_RETURN_SATISFACTION(s)	PG_RETURN_POINTER(s)

/* ---- decimals ---- */

/* Write so many units of which 10^decimals are 1; without needless zeros where 'trim'. */
static const char *
write_decimal(char *buffer, int128 units, int decimals, bool trim)
{
	char	   *at = buffer + DECIMAL_BYTES;
	bool		negative = units < 0;
	uint128		rest = negative ? -(uint128) units : (uint128) units;

	*--at = '\0';
	for (int place = 0; place <= decimals || rest > 0; place++)
	{
		if (place == decimals && *at != '\0')
			*--at = '.';
		if (place >= decimals || !trim || *at != '\0' || rest % 10 != 0)
			*--at = '0' + (int) (rest % 10);
		rest /= 10;
	}
	if (negative)
		*--at = '-';
	return at;
}

static Numeric
decimal_to_numeric(int128 units, int decimals, bool trim)
{
	char		buffer[DECIMAL_BYTES];

	return DatumGetNumeric(DirectFunctionCall3(numeric_in,
											   CStringGetDatum(write_decimal(buffer, units, decimals, trim)),
											   ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1)));
}

/*
 * A number without a sign, in units of which 10^decimals are 1.  False where
 * there is none, and then *at stays, or where it has more decimals than that.
 */
static bool
scan_decimal(const char **at, int decimals, int128 *units, bool *too_large)
{
	const char *p = *at;
	bool		after_point = false;

	*units = 0;
	if (*p < '0' || *p > '9')
		return false;
	for (; (*p >= '0' && *p <= '9') || (*p == '.' && !after_point && p[1] >= '0' && p[1] <= '9'); p++)
	{
		if (*p == '.')
		{
			after_point = true;
			continue;
		}
		if (after_point && decimals-- <= 0)
		{
			if (*p != '0')
				return false;
			continue;
		}
		if (*units > SQUARES_END / 10 - 1)
			*too_large = true;
		else
			*units = *units * 10 + (*p - '0');
	}
	for (; decimals > 0; decimals--)
	{
		if (*units > SQUARES_END / 10 - 1)
			*too_large = true;
		else
			*units *= 10;
	}
	*at = p;
	return true;
}

/* The same for a numeric. */
static bool
scan_numeric(Datum datum, int decimals, int128 *units)
{
	const char *at = DatumGetCString(DirectFunctionCall1(numeric_out, datum));
	bool		too_large = false;

	return scan_decimal(&at, decimals, units, &too_large) && *at == '\0' && !too_large;
}

/*
 * A numeric of 0 or more in units, from the digits where they lie: each is of
 * base 10000, so the unit is the first one after the point.
 */
static bool
read_units(Datum datum, int64 *units)
{
	KamNumber	number = kam_read_number(datum);
	int			after = number.weight + 2 - number.ndigits;

	if (number.kind == KAM_NUMBER_OPAQUE)
	{
		int128		value;

		if (!scan_numeric(number.datum, DECIMALS, &value) || value > PG_INT64_MAX)
			return false;
		*units = (int64) value;
		return true;
	}
	*units = 0;
	if (number.kind != KAM_NUMBER_PLAIN)
		return false;
	if (number.ndigits == 0)
		return true;
	if (after < 0)
		return false;
	for (int i = 0; i < number.ndigits + after; i++)
	{
		int64		digit = i < number.ndigits ? kam_int16_at(number.digits + i * sizeof(int16)) : 0;

		if (pg_mul_s64_overflow(*units, UNITS_PER_POINT, units) || pg_add_s64_overflow(*units, digit, units))
			return false;
	}
	return true;
}

/* For messages: a number as it is, cut where it is very long. */
static const char *
shown(Datum datum)
{
	const char *value = DatumGetCString(DirectFunctionCall1(numeric_out, datum));

	return strlen(value) > 40 ? psprintf("%.40s...", value) : value;
}

/* The one rule of what a score and its scale may be; both in units. */
static void
get_score(Datum score_datum, Datum scale_datum, int64 *score, int64 *scale)
{
	if (!read_units(scale_datum, scale) || *scale == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s is no scale of a survey", shown(scale_datum)),
				 errhint("The scale is the highest score that can be given, as 5 or 100, with at most %d decimals.",
						 DECIMALS)));
	if (!read_units(score_datum, score) || *score > *scale)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s is no score on a scale of %s", shown(score_datum), shown(scale_datum)),
				 errhint("A score lies between 0 and the scale and has at most %d decimals: round it before.",
						 DECIMALS)));
}

/* ---- what there can be ---- */

/*
 * The one rule of what scores can add up to: the squares are fewest where all
 * scores are as near to each other as the unit allows, and most where as many
 * as can be are the highest; an integer and its square are both odd or both
 * even.  None of the products reaches SQUARES_END.
 */
static bool
is_satisfaction(const KamSatisfaction *satisfaction)
{
	int64		responses = satisfaction->responses;
	int64		sum = satisfaction->sum;
	int64		scale = satisfaction->scale;
	int128		squares = satisfaction->squares;
	int128		fewest;
	int128		most;

	if (responses == 0)
		return sum == 0 && scale == 0 && squares == 0;
	if (responses < 0 || scale <= 0 || sum < 0 || sum > (int128) responses * scale)
		return false;
	fewest = (int128) sum * (sum / responses) + (int128) (sum % responses) * (sum / responses + 1);
	most = (int128) (sum - sum % scale) * scale + (int128) (sum % scale) * (sum % scale);
	return fewest <= squares && squares <= most && (squares - sum) % 2 == 0;
}

static char *
satisfaction_to_string(const KamSatisfaction *satisfaction)
{
	char		sum[DECIMAL_BYTES];
	char		squares[DECIMAL_BYTES];
	char		scale[DECIMAL_BYTES];

	return psprintf("{responses:%lld,sum:%s,squares:%s,scale:%s}", (long long) satisfaction->responses,
					write_decimal(sum, satisfaction->sum, DECIMALS, true),
					write_decimal(squares, satisfaction->squares, 2 * DECIMALS, true),
					write_decimal(scale, satisfaction->scale, DECIMALS, true));
}

static int
errhint_possible(void)
{
	return errhint("Scores lie between 0 and the scale, with at most %d decimals: this bounds their sum and the sum of their squares.",
				   DECIMALS);
}

static void
check_satisfaction(const KamSatisfaction *satisfaction, int sqlstate)
{
	if (!is_satisfaction(satisfaction))
		ereport(ERROR,
				(errcode(sqlstate),
				 errmsg("no scores add up to %s", satisfaction_to_string(satisfaction)),
				 errhint_possible()));
}

/* ---- reading ---- */

/* What is written, in the order of the text and of the wire. */
enum
{
	RESPONSES,
	SUM,
	SQUARES,
	SCALE,
	PARTS
};

static const struct
{
	const char *name;
	int			decimals;
}			parts[PARTS] = {
	[RESPONSES] = {"responses", 0},
	[SUM] = {"sum", DECIMALS},
	[SQUARES] = {"squares", 2 * DECIMALS},
	[SCALE] = {"scale", DECIMALS},
};

/* What stopped the reader, for the message. */
typedef struct SatisfactionProblem
{
	const char *repeated;
	const char *missing;
	const char *no_number;
	int			decimals;		/* of that */
	bool		too_large;
} SatisfactionProblem;

static int
find_part(const char *word, size_t len)
{
	for (int i = 0; i < PARTS; i++)
		if (strlen(parts[i].name) == len && pg_strncasecmp(word, parts[i].name, len) == 0)
			return i;
	return PARTS;
}

static bool
parse_part(const char **at, int128 *value, bool *seen, SatisfactionProblem *problem)
{
	const char *word = kam_skip_blanks(*at);
	size_t		len;
	int			part;

	*at = kam_skip_blanks(kam_scan_word(word, &len));
	part = find_part(word, len);
	if (part == PARTS || **at != ':')
		return false;
	if (seen[part])
	{
		problem->repeated = parts[part].name;
		return false;
	}
	seen[part] = true;
	*at = kam_skip_blanks(*at + 1);
	if (!scan_decimal(at, parts[part].decimals, &value[part], &problem->too_large))
	{
		problem->no_number = parts[part].name;
		problem->decimals = parts[part].decimals;
		return false;
	}
	*at = kam_skip_blanks(*at);
	return true;
}

/* Read the parts from folded text; all of them, or none for the empty one. */
static bool
parse_parts(const char *at, int128 *value, SatisfactionProblem *problem)
{
	bool		seen[PARTS] = {false};

	at = kam_skip_blanks(at);
	if (*at++ != '{')
		return false;
	at = kam_skip_blanks(at);
	if (*at == '}')
		return *kam_skip_blanks(at + 1) == '\0';
	do
	{
		if (!parse_part(&at, value, seen, problem))
			return false;
	} while (*at++ == ',');
	if (at[-1] != '}' || *kam_skip_blanks(at) != '\0')
		return false;
	for (int i = 0; i < PARTS; i++)
		if (!seen[i])
		{
			problem->missing = parts[i].name;
			return false;
		}
	return true;
}

/* False where a part is larger than what is stored; no response, no scale. */
static bool
from_parts(KamSatisfaction *satisfaction, const int128 *value)
{
	if (value[RESPONSES] > PG_INT64_MAX || value[SUM] > PG_INT64_MAX || value[SCALE] > PG_INT64_MAX)
		return false;
	satisfaction->responses = (int64) value[RESPONSES];
	satisfaction->sum = (int64) value[SUM];
	satisfaction->scale = satisfaction->responses > 0 ? (int64) value[SCALE] : 0;
	satisfaction->squares = value[SQUARES];
	return true;
}

static int
errdetail_satisfaction(const SatisfactionProblem *problem)
{
	if (problem->repeated)
		return errdetail("The part \"%s\" is given more than once.", problem->repeated);
	if (problem->missing)
		return errdetail("The part \"%s\" is missing.", problem->missing);
	if (problem->no_number && problem->decimals > 0)
		return errdetail("The part \"%s\" must be a number of 0 or more with at most %d decimals.",
						 problem->no_number, problem->decimals);
	if (problem->no_number)
		return errdetail("The part \"%s\" must be a whole number of 0 or more.", problem->no_number);
	return errdetail("The parts are responses, sum, squares and scale.");
}

/* ---- comparison ---- */

/* By the scale, since means on different ones do not compare; then by the mean, responses, squares. */
static int
satisfaction_compare(const KamSatisfaction *a, const KamSatisfaction *b)
{
	int128		left = (int128) a->sum * b->responses;
	int128		right = (int128) b->sum * a->responses;

	if (a->scale != b->scale)
		return a->scale < b->scale ? -1 : 1;
	if (left != right)
		return left < right ? -1 : 1;
	if (a->responses != b->responses)
		return a->responses < b->responses ? -1 : 1;
	return (a->squares > b->squares) - (a->squares < b->squares);
}

KAM_COMPARE_OPERATOR(satisfaction_eq, KamSatisfaction, satisfaction_compare, ==);
KAM_COMPARE_OPERATOR(satisfaction_ne, KamSatisfaction, satisfaction_compare, !=);
KAM_COMPARE_OPERATOR(satisfaction_lt, KamSatisfaction, satisfaction_compare, <);
KAM_COMPARE_OPERATOR(satisfaction_le, KamSatisfaction, satisfaction_compare, <=);
KAM_COMPARE_OPERATOR(satisfaction_gt, KamSatisfaction, satisfaction_compare, >);
KAM_COMPARE_OPERATOR(satisfaction_ge, KamSatisfaction, satisfaction_compare, >=);
KAM_PICK_OPERATOR(satisfaction_larger, KamSatisfaction, satisfaction_compare, >=);
KAM_PICK_OPERATOR(satisfaction_smaller, KamSatisfaction, satisfaction_compare, <=);

/* ---- SQL functions ---- */

PG_FUNCTION_INFO_V1(satisfaction_in);
PG_FUNCTION_INFO_V1(satisfaction_out);
PG_FUNCTION_INFO_V1(satisfaction_recv);
PG_FUNCTION_INFO_V1(satisfaction_send);
PG_FUNCTION_INFO_V1(satisfaction_cmp);
PG_FUNCTION_INFO_V1(satisfaction_sortsupport);
PG_FUNCTION_INFO_V1(satisfaction_hash);
PG_FUNCTION_INFO_V1(satisfaction_hash_extended);
PG_FUNCTION_INFO_V1(satisfaction_make);
PG_FUNCTION_INFO_V1(satisfaction_responses);
PG_FUNCTION_INFO_V1(satisfaction_total);
PG_FUNCTION_INFO_V1(satisfaction_squares);
PG_FUNCTION_INFO_V1(satisfaction_scale);
PG_FUNCTION_INFO_V1(satisfaction_mean);
PG_FUNCTION_INFO_V1(satisfaction_percent_of_scale);
PG_FUNCTION_INFO_V1(satisfaction_deviation);
PG_FUNCTION_INFO_V1(satisfaction_pl);
PG_FUNCTION_INFO_V1(satisfaction_mi);
PG_FUNCTION_INFO_V1(satisfaction_accum);
PG_FUNCTION_INFO_V1(satisfaction_discard);
PG_FUNCTION_INFO_V1(kam_top_two_box);

Datum
satisfaction_in(PG_FUNCTION_ARGS)
{
	const char *str = PG_GETARG_CSTRING(0);
	KamSatisfaction *satisfaction = palloc(sizeof(KamSatisfaction));
	int128		value[PARTS] = {0};
	SatisfactionProblem problem = {0};

	if (!parse_parts(kam_fold(str), value, &problem))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type kam.satisfaction: \"%s\"", str),
				 errdetail_satisfaction(&problem),
				 errhint("It is written as {responses:40,sum:170,squares:742,scale:5}; {} is the one without responses.")));
	if (problem.too_large || !from_parts(satisfaction, value) || !is_satisfaction(satisfaction))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("no scores add up to \"%s\"", str),
				 errhint_possible()));
	PG_RETURN_SATISFACTION(satisfaction);
}

Datum
satisfaction_out(PG_FUNCTION_ARGS)
{
	KamSatisfaction *satisfaction = PG_GETARG_SATISFACTION(0);

	PG_RETURN_CSTRING(satisfaction->responses == 0 ? pstrdup("{}") : satisfaction_to_string(satisfaction));
}

/* Wire format: responses and sum as int64, squares as int128, scale as int64. */
Datum
satisfaction_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	KamSatisfaction *satisfaction = palloc(sizeof(KamSatisfaction));
	uint128		squares;

	satisfaction->responses = pq_getmsgint64(buf);
	satisfaction->sum = pq_getmsgint64(buf);
	squares = (uint128) (uint64) pq_getmsgint64(buf) << 64;
	squares |= (uint64) pq_getmsgint64(buf);
	satisfaction->squares = (int128) squares;
	satisfaction->scale = pq_getmsgint64(buf);
	check_satisfaction(satisfaction, ERRCODE_INVALID_BINARY_REPRESENTATION);
	PG_RETURN_SATISFACTION(satisfaction);
}

Datum
satisfaction_send(PG_FUNCTION_ARGS)
{
	KamSatisfaction *satisfaction = PG_GETARG_SATISFACTION(0);
	uint128		squares = (uint128) satisfaction->squares;
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint64(&buf, satisfaction->responses);
	pq_sendint64(&buf, satisfaction->sum);
	pq_sendint64(&buf, (uint64) (squares >> 64));
	pq_sendint64(&buf, (uint64) squares);
	pq_sendint64(&buf, satisfaction->scale);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
satisfaction_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(satisfaction_compare(PG_GETARG_SATISFACTION(0), PG_GETARG_SATISFACTION(1)));
}

static int
satisfaction_sort_comparator(Datum a, Datum b, SortSupport ssup)
{
	return satisfaction_compare((KamSatisfaction *) DatumGetPointer(a),
								(KamSatisfaction *) DatumGetPointer(b));
}

Datum
satisfaction_sortsupport(PG_FUNCTION_ARGS)
{
	((SortSupport) PG_GETARG_POINTER(0))->comparator = satisfaction_sort_comparator;
	PG_RETURN_VOID();
}

Datum
satisfaction_hash(PG_FUNCTION_ARGS)
{
	return hash_any((unsigned char *) PG_GETARG_SATISFACTION(0), sizeof(KamSatisfaction));
}

Datum
satisfaction_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_any_extended((unsigned char *) PG_GETARG_SATISFACTION(0), sizeof(KamSatisfaction),
							 PG_GETARG_INT64(1));
}

/* From the parts, in the order of the text. */
Datum
satisfaction_make(PG_FUNCTION_ARGS)
{
	KamSatisfaction *satisfaction = palloc(sizeof(KamSatisfaction));
	int128		value[PARTS] = {PG_GETARG_INT64(0)};
	bool		is_read = value[RESPONSES] >= 0;

	for (int i = SUM; i < PARTS; i++)
		is_read = scan_numeric(PG_GETARG_DATUM(i), parts[i].decimals, &value[i]) && is_read;
	if (!is_read || !from_parts(satisfaction, value) || !is_satisfaction(satisfaction))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("no scores add up to {responses:%lld,sum:%s,squares:%s,scale:%s}",
						(long long) PG_GETARG_INT64(0), shown(PG_GETARG_DATUM(SUM)),
						shown(PG_GETARG_DATUM(SQUARES)), shown(PG_GETARG_DATUM(SCALE))),
				 errhint_possible()));
	PG_RETURN_SATISFACTION(satisfaction);
}

Datum
satisfaction_responses(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_SATISFACTION(0)->responses);
}

Datum
satisfaction_total(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(decimal_to_numeric(PG_GETARG_SATISFACTION(0)->sum, DECIMALS, true));
}

Datum
satisfaction_squares(PG_FUNCTION_ARGS)
{
	PG_RETURN_NUMERIC(decimal_to_numeric(PG_GETARG_SATISFACTION(0)->squares, 2 * DECIMALS, true));
}

/* NULL without a response. */
Datum
satisfaction_scale(PG_FUNCTION_ARGS)
{
	KamSatisfaction *satisfaction = PG_GETARG_SATISFACTION(0);

	if (satisfaction->responses == 0)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(decimal_to_numeric(satisfaction->scale, DECIMALS, true));
}

static int128
power_of_ten(int digits)
{
	int128		power = 1;

	while (digits-- > 0)
		power *= 10;
	return power;
}

static int32
get_digits(FunctionCallInfo fcinfo)
{
	int32		digits = PG_GETARG_INT32(1);

	if (digits < 0 || digits > MAX_DIGITS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("number of digits out of range: %d", digits),
				 errhint("The result has from 0 to %d digits after the point.", MAX_DIGITS)));
	return digits;
}

/* a / b, rounded half up to the digits, in one exact division. */
static Numeric
divide(int128 a, int128 b, int digits)
{
	return decimal_to_numeric((2 * a * power_of_ten(digits) + b) / (2 * b), digits, false);
}

/* NULL without a response, as what follows. */
Datum
satisfaction_mean(PG_FUNCTION_ARGS)
{
	KamSatisfaction *satisfaction = PG_GETARG_SATISFACTION(0);
	int32		digits = get_digits(fcinfo);

	if (satisfaction->responses == 0)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(divide(satisfaction->sum, (int128) satisfaction->responses * UNITS_PER_POINT, digits));
}

Datum
satisfaction_percent_of_scale(PG_FUNCTION_ARGS)
{
	KamSatisfaction *satisfaction = PG_GETARG_SATISFACTION(0);
	int32		digits = get_digits(fcinfo);

	if (satisfaction->responses == 0)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(divide((int128) satisfaction->sum * 100,
							 (int128) satisfaction->responses * satisfaction->scale, digits));
}

static Datum
numeric_of(int128 value)
{
	return NumericGetDatum(decimal_to_numeric(value, 0, false));
}

/* The whole square root, exactly. */
static Datum
whole_root(Datum square)
{
	Datum		root = DirectFunctionCall1(numeric_floor, DirectFunctionCall1(numeric_sqrt, square));

	/* numeric_sqrt() rounds, perhaps up to the next whole number */
	if (kam_compare_numerics(DirectFunctionCall2(numeric_mul, root, root), square) > 0)
		root = DirectFunctionCall2(numeric_sub, root, numeric_of(1));
	return root;
}

/*
 * The sample's standard deviation sqrt((n q - s s) / (n (n - 1))), rounded half
 * up to the digits; NULL for fewer than two responses, as stddev() has it.
 *
 * Whole numbers only, or the root of a rounded quotient would be rounded
 * twice: twice the root in units of the last digit is cut to a whole number,
 * to which 1 is added before it is halved.
 */
Datum
satisfaction_deviation(PG_FUNCTION_ARGS)
{
	KamSatisfaction *satisfaction = PG_GETARG_SATISFACTION(0);
	int32		digits = get_digits(fcinfo);
	int64		responses = satisfaction->responses;
	int128		twice = 2 * power_of_ten(digits);
	Datum		spread;
	Datum		divisor;
	Datum		root;

	if (responses < 2)
		PG_RETURN_NULL();
	spread = DirectFunctionCall2(numeric_sub,
								 DirectFunctionCall2(numeric_mul, numeric_of(responses),
													 numeric_of(satisfaction->squares)),
								 numeric_of((int128) satisfaction->sum * satisfaction->sum));
	spread = DirectFunctionCall2(numeric_mul, spread, numeric_of(twice * twice));
	divisor = DirectFunctionCall2(numeric_mul, numeric_of((int128) responses * (responses - 1)),
								  numeric_of((int128) UNITS_PER_POINT * UNITS_PER_POINT));
	root = whole_root(DirectFunctionCall2(numeric_div_trunc, spread, divisor));
	root = DirectFunctionCall2(numeric_div_trunc,
							   DirectFunctionCall2(numeric_add, root, numeric_of(1)), numeric_of(2));
	return DirectFunctionCall2(numeric_mul, root, NumericGetDatum(decimal_to_numeric(1, digits, false)));
}

static void
check_same_scale(int64 a, int64 b)
{
	char		a_text[DECIMAL_BYTES];
	char		b_text[DECIMAL_BYTES];

	if (a != b)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("scores on a scale of %s do not add up with scores on a scale of %s",
						write_decimal(a_text, a, DECIMALS, true), write_decimal(b_text, b, DECIMALS, true)),
				 errhint("Add up each scale apart, with GROUP BY; what kam.percent_of_scale() gives can be compared.")));
}

static void
satisfaction_overflow(void)
{
	char		most[DECIMAL_BYTES];

	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("satisfaction out of range"),
			 errhint("It counts at most %lld responses, and points up to %s in all.", (long long) PG_INT64_MAX,
					 write_decimal(most, PG_INT64_MAX, DECIMALS, true))));
}

/* Add; the sum of possible ones is possible, and its squares are below SQUARES_END. */
static void
add(KamSatisfaction *to, int64 responses, int64 sum, int128 squares, int64 scale)
{
	if (to->responses > 0)
		check_same_scale(to->scale, scale);
	if (pg_add_s64_overflow(to->responses, responses, &to->responses) ||
		pg_add_s64_overflow(to->sum, sum, &to->sum))
		satisfaction_overflow();
	to->squares += squares;
	to->scale = scale;
}

static void
subtract(KamSatisfaction *from, int64 responses, int64 sum, int128 squares, int64 scale)
{
	if (from->responses > 0)
		check_same_scale(from->scale, scale);
	from->responses -= responses;
	from->sum -= sum;
	from->squares -= squares;
	if (from->responses == 0)
		from->scale = 0;
	check_satisfaction(from, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE);
}

Datum
satisfaction_pl(PG_FUNCTION_ARGS)
{
	KamSatisfaction *b = PG_GETARG_SATISFACTION(1);
	KamSatisfaction *sum = palloc(sizeof(KamSatisfaction));

	*sum = *PG_GETARG_SATISFACTION(0);
	if (b->responses > 0)
		add(sum, b->responses, b->sum, b->squares, b->scale);
	PG_RETURN_SATISFACTION(sum);
}

Datum
satisfaction_mi(PG_FUNCTION_ARGS)
{
	KamSatisfaction *b = PG_GETARG_SATISFACTION(1);
	KamSatisfaction *difference = palloc(sizeof(KamSatisfaction));

	*difference = *PG_GETARG_SATISFACTION(0);
	if (b->responses > 0)
		subtract(difference, b->responses, b->sum, b->squares, b->scale);
	PG_RETURN_SATISFACTION(difference);
}

/*
 * The state to change: in place in a plain aggregate, which owns it; a copy
 * elsewhere (see writable_state() of portfolio.c for why also in a window).
 */
static KamSatisfaction *
writable_state(FunctionCallInfo fcinfo)
{
	KamSatisfaction *state = PG_GETARG_SATISFACTION(0);
	KamSatisfaction *copy;

	if (AggCheckCallContext(fcinfo, NULL) == AGG_CONTEXT_AGGREGATE)
		return state;
	copy = palloc(sizeof(KamSatisfaction));
	*copy = *state;
	return copy;
}

/* One response more. */
Datum
satisfaction_accum(PG_FUNCTION_ARGS)
{
	KamSatisfaction *state = writable_state(fcinfo);
	int64		score;
	int64		scale;

	get_score(PG_GETARG_DATUM(1), PG_GETARG_DATUM(2), &score, &scale);
	add(state, 1, score, (int128) score * score, scale);
	PG_RETURN_SATISFACTION(state);
}

/* One response less: the exact inverse, for a window that moves. */
Datum
satisfaction_discard(PG_FUNCTION_ARGS)
{
	KamSatisfaction *state = writable_state(fcinfo);
	int64		score;
	int64		scale;

	get_score(PG_GETARG_DATUM(1), PG_GETARG_DATUM(2), &score, &scale);
	subtract(state, 1, score, (int128) score * score, scale);
	PG_RETURN_SATISFACTION(state);
}

/*
 * Is the score in the two highest boxes?  Boxes are whole points, or tenths
 * of a scale of more than ten points; a scale below 2 has no two of them
 * beside the lowest, and then nobody can tell.
 */
Datum
kam_top_two_box(PG_FUNCTION_ARGS)
{
	int64		score;
	int64		scale;
	int64		box;

	get_score(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1), &score, &scale);
	if (scale < 2 * UNITS_PER_POINT)
		PG_RETURN_NULL();
	box = Max(UNITS_PER_POINT, scale / 10);
	PG_RETURN_BOOL(scale - score <= box);
}
