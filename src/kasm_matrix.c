/*-------------------------------------------------------------------------
 *
 * kasm_matrix.c
 *		How many customers there are in each field of the Key Account
 *		Selection Matrix, written {high_main:3,low_secondary:7}.
 *
 * A field is a value class, or none, and whether any main criterion is met.
 * Which tier a field has is kam_matrix()'s to say.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "kasm.h"

#include "common/hashfn.h"
#include "common/int.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/sortsupport.h"

#define FIELDS 8

/* The order of the text, of the wire and of comparison. */
static const struct
{
	const char *name;
	KamValueClass value_class;	/* 0: none is known */
	bool		is_main;
}			fields[FIELDS] = {
	{"high_main", KAM_HIGH, true},
	{"high_secondary", KAM_HIGH, false},
	{"medium_main", KAM_MEDIUM, true},
	{"medium_secondary", KAM_MEDIUM, false},
	{"low_main", KAM_LOW, true},
	{"low_secondary", KAM_LOW, false},
	{"unclassed_main", 0, true},
	{"unclassed_secondary", 0, false},
};

typedef struct KamMatrix
{
	int64		count[FIELDS];
} KamMatrix;

#define PG_GETARG_MATRIX(n)	((KamMatrix *) PG_GETARG_POINTER(n))
#define PG_RETURN_MATRIX(m)	PG_RETURN_POINTER(m)

static inline int
field_of(int value_class, bool is_main)
{
	return 2 * (KAM_HIGH - value_class) + (is_main ? 0 : 1);
}

/* ---- reading ---- */

/* What stopped the reader, for the message. */
typedef struct MatrixProblem
{
	const char *unknown;
	size_t		unknown_len;
	const char *repeated;
	const char *miscounted;
	bool		too_large;		/* its count */
} MatrixProblem;

static int
find_field(const char *word, size_t len)
{
	for (int i = 0; i < FIELDS; i++)
		if (strlen(fields[i].name) == len && pg_strncasecmp(word, fields[i].name, len) == 0)
			return i;
	return FIELDS;
}

static bool
parse_field(const char **at, KamMatrix *matrix, bool *seen, MatrixProblem *problem)
{
	const char *word = kam_skip_blanks(*at);
	size_t		len;
	int			field;

	*at = kam_skip_blanks(kam_scan_word(word, &len));
	if (len == 0)
		return false;
	field = find_field(word, len);
	if (field == FIELDS)
	{
		problem->unknown = word;
		problem->unknown_len = len;
		return false;
	}
	if (seen[field])
	{
		problem->repeated = fields[field].name;
		return false;
	}
	seen[field] = true;
	if (**at != ':')
		return false;
	*at = kam_skip_blanks(*at + 1);
	if (!kam_scan_count(at, &matrix->count[field], &problem->too_large) || problem->too_large)
	{
		problem->miscounted = fields[field].name;
		return false;
	}
	*at = kam_skip_blanks(*at);
	return true;
}

/* Read {field:count,...} from folded text; false and the problem if it is not. */
static bool
parse_matrix(const char *at, KamMatrix *matrix, MatrixProblem *problem)
{
	bool		seen[FIELDS] = {false};

	memset(matrix, 0, sizeof(*matrix));
	at = kam_skip_blanks(at);
	if (*at++ != '{')
		return false;
	at = kam_skip_blanks(at);
	if (*at == '}')
		return *kam_skip_blanks(at + 1) == '\0';
	do
	{
		if (!parse_field(&at, matrix, seen, problem))
			return false;
	} while (*at++ == ',');
	return at[-1] == '}' && *kam_skip_blanks(at) == '\0';
}

/* Folded, it may have letters that the client's encoding lacks; those are not shown. */
static int
errdetail_unknown_field(const char *word, size_t len)
{
	bool		is_shown = len <= NAMEDATALEN;

	for (size_t i = 0; i < len; i++)
		if (IS_HIGHBIT_SET(word[i]))
			is_shown = false;
	if (!is_shown)
		return errdetail("There is no such field.");
	return errdetail("There is no field \"%.*s\".", (int) len, word);
}

static int
errdetail_matrix(const MatrixProblem *problem)
{
	if (problem->repeated)
		return errdetail("The field \"%s\" is given more than once.", problem->repeated);
	if (problem->unknown)
		return errdetail_unknown_field(problem->unknown, problem->unknown_len);
	if (problem->miscounted)
		return errdetail("The count of \"%s\" must be a whole number from 0 to %lld.",
						 problem->miscounted, (long long) PG_INT64_MAX);
	return errdetail("A matrix is written as {high_main:3,low_secondary:7}; {} is the empty one.");
}

/* The one rule of what a matrix may hold: no field fewer than 0 times. */
static void
check_matrix(const KamMatrix *matrix, int sqlstate)
{
	for (int i = 0; i < FIELDS; i++)
		if (matrix->count[i] < 0)
			ereport(ERROR,
					(errcode(sqlstate),
					 errmsg("a matrix cannot hold %lld customers in the field %s",
							(long long) matrix->count[i], fields[i].name),
					 errhint("Counts start at 0.")));
}

/* ---- comparison ---- */

static int
matrix_compare(const KamMatrix *a, const KamMatrix *b)
{
	for (int i = 0; i < FIELDS; i++)
		if (a->count[i] != b->count[i])
			return a->count[i] < b->count[i] ? -1 : 1;
	return 0;
}

KAM_COMPARE_OPERATOR(kasm_matrix_eq, KamMatrix, matrix_compare, ==);
KAM_COMPARE_OPERATOR(kasm_matrix_ne, KamMatrix, matrix_compare, !=);
KAM_COMPARE_OPERATOR(kasm_matrix_lt, KamMatrix, matrix_compare, <);
KAM_COMPARE_OPERATOR(kasm_matrix_le, KamMatrix, matrix_compare, <=);
KAM_COMPARE_OPERATOR(kasm_matrix_gt, KamMatrix, matrix_compare, >);
KAM_COMPARE_OPERATOR(kasm_matrix_ge, KamMatrix, matrix_compare, >=);
KAM_PICK_OPERATOR(kasm_matrix_larger, KamMatrix, matrix_compare, >=);
KAM_PICK_OPERATOR(kasm_matrix_smaller, KamMatrix, matrix_compare, <=);

/* ---- SQL functions ---- */

PG_FUNCTION_INFO_V1(kasm_matrix_in);
PG_FUNCTION_INFO_V1(kasm_matrix_out);
PG_FUNCTION_INFO_V1(kasm_matrix_recv);
PG_FUNCTION_INFO_V1(kasm_matrix_send);
PG_FUNCTION_INFO_V1(kasm_matrix_cmp);
PG_FUNCTION_INFO_V1(kasm_matrix_sortsupport);
PG_FUNCTION_INFO_V1(kasm_matrix_hash);
PG_FUNCTION_INFO_V1(kasm_matrix_hash_extended);
PG_FUNCTION_INFO_V1(kasm_matrix_make);
PG_FUNCTION_INFO_V1(kasm_matrix_count);
PG_FUNCTION_INFO_V1(kasm_matrix_fields);
PG_FUNCTION_INFO_V1(kasm_matrix_portfolio);
PG_FUNCTION_INFO_V1(kasm_matrix_pl);
PG_FUNCTION_INFO_V1(kasm_matrix_mi);
PG_FUNCTION_INFO_V1(kasm_matrix_accum);
PG_FUNCTION_INFO_V1(kasm_matrix_discard);

Datum
kasm_matrix_in(PG_FUNCTION_ARGS)
{
	const char *str = PG_GETARG_CSTRING(0);
	KamMatrix  *matrix = palloc(sizeof(KamMatrix));
	MatrixProblem problem = {0};

	if (!parse_matrix(kam_fold(str), matrix, &problem))
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(problem.too_large ? ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE :
						 ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type kam.kasm_matrix: \"%s\"", str),
				 errdetail_matrix(&problem),
				 errhint("A field is a value class (high, medium, low) or unclassed, and _main or _secondary.")));
	PG_RETURN_MATRIX(matrix);
}

Datum
kasm_matrix_out(PG_FUNCTION_ARGS)
{
	KamMatrix  *matrix = PG_GETARG_MATRIX(0);
	StringInfoData str;

	initStringInfo(&str);
	appendStringInfoChar(&str, '{');
	for (int i = 0; i < FIELDS; i++)
		if (matrix->count[i] > 0)
			appendStringInfo(&str, "%s%s:%lld", str.len > 1 ? "," : "",
							 fields[i].name, (long long) matrix->count[i]);
	appendStringInfoChar(&str, '}');
	PG_RETURN_CSTRING(str.data);
}

/* Wire format: the eight counts as int64. */
Datum
kasm_matrix_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	KamMatrix  *matrix = palloc(sizeof(KamMatrix));

	for (int i = 0; i < FIELDS; i++)
		matrix->count[i] = pq_getmsgint64(buf);
	check_matrix(matrix, ERRCODE_INVALID_BINARY_REPRESENTATION);
	PG_RETURN_MATRIX(matrix);
}

Datum
kasm_matrix_send(PG_FUNCTION_ARGS)
{
	KamMatrix  *matrix = PG_GETARG_MATRIX(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	for (int i = 0; i < FIELDS; i++)
		pq_sendint64(&buf, matrix->count[i]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

Datum
kasm_matrix_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(matrix_compare(PG_GETARG_MATRIX(0), PG_GETARG_MATRIX(1)));
}

static int
matrix_sort_comparator(Datum a, Datum b, SortSupport ssup)
{
	return matrix_compare((KamMatrix *) DatumGetPointer(a), (KamMatrix *) DatumGetPointer(b));
}

Datum
kasm_matrix_sortsupport(PG_FUNCTION_ARGS)
{
	((SortSupport) PG_GETARG_POINTER(0))->comparator = matrix_sort_comparator;
	PG_RETURN_VOID();
}

Datum
kasm_matrix_hash(PG_FUNCTION_ARGS)
{
	return hash_any((unsigned char *) PG_GETARG_MATRIX(0), sizeof(KamMatrix));
}

Datum
kasm_matrix_hash_extended(PG_FUNCTION_ARGS)
{
	return hash_any_extended((unsigned char *) PG_GETARG_MATRIX(0), sizeof(KamMatrix),
							 PG_GETARG_INT64(1));
}

Datum
kasm_matrix_make(PG_FUNCTION_ARGS)
{
	KamMatrix  *matrix = palloc(sizeof(KamMatrix));

	for (int i = 0; i < FIELDS; i++)
		matrix->count[i] = PG_GETARG_INT64(i);
	check_matrix(matrix, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE);
	PG_RETURN_MATRIX(matrix);
}

/* Of a class and whether a main criterion is met; NULL as class is "none". */
Datum
kasm_matrix_count(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	PG_RETURN_INT64(PG_GETARG_MATRIX(0)->count[field_of(PG_ARGISNULL(1) ? 0 : PG_GETARG_VALUE_CLASS(1),
														PG_GETARG_BOOL(2))]);
}

/* As a row with a column for each field. */
Datum
kasm_matrix_fields(PG_FUNCTION_ARGS)
{
	KamMatrix  *matrix = PG_GETARG_MATRIX(0);
	TupleDesc	tupdesc;
	Datum		values[FIELDS];
	bool		nulls[FIELDS] = {false};

	if (get_call_result_type(fcinfo, NULL, &tupdesc) != TYPEFUNC_COMPOSITE || tupdesc->natts != FIELDS)
		elog(ERROR, "return type must be a row of %d columns", FIELDS);
	for (int i = 0; i < FIELDS; i++)
		values[i] = Int64GetDatum(matrix->count[i]);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(tupdesc), values, nulls)));
}

static void
matrix_overflow(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("matrix out of range"),
			 errhint("A matrix counts at most %lld customers in a field.", (long long) PG_INT64_MAX)));
}

/* By tier; who has no class has none (R3). */
Datum
kasm_matrix_portfolio(PG_FUNCTION_ARGS)
{
	KamMatrix  *matrix = PG_GETARG_MATRIX(0);
	KamPortfolio *portfolio = palloc0(sizeof(KamPortfolio));

	for (int i = 0; i < FIELDS; i++)
		if (fields[i].value_class != 0)
		{
			KamTier		tier = kam_matrix(fields[i].value_class, fields[i].is_main ? KAM_MAIN_CRITERIA : 0);
			int64	   *count = &portfolio->count[KAM_PORTFOLIO_INDEX(tier)];

			if (pg_add_s64_overflow(*count, matrix->count[i], count))
				matrix_overflow();
		}
	PG_RETURN_PORTFOLIO(portfolio);
}

Datum
kasm_matrix_pl(PG_FUNCTION_ARGS)
{
	KamMatrix  *a = PG_GETARG_MATRIX(0);
	KamMatrix  *b = PG_GETARG_MATRIX(1);
	KamMatrix  *sum = palloc(sizeof(KamMatrix));

	for (int i = 0; i < FIELDS; i++)
		if (pg_add_s64_overflow(a->count[i], b->count[i], &sum->count[i]))
			matrix_overflow();
	PG_RETURN_MATRIX(sum);
}

Datum
kasm_matrix_mi(PG_FUNCTION_ARGS)
{
	KamMatrix  *a = PG_GETARG_MATRIX(0);
	KamMatrix  *b = PG_GETARG_MATRIX(1);
	KamMatrix  *difference = palloc(sizeof(KamMatrix));

	for (int i = 0; i < FIELDS; i++)
		difference->count[i] = a->count[i] - b->count[i];
	check_matrix(difference, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE);
	PG_RETURN_MATRIX(difference);
}

/*
 * One customer more or less.  Who has no class is counted as such; without
 * criteria, even the empty set, there is no field to count them in.  Where the
 * state is the aggregate's own, it is changed in place (see writable_state()
 * of portfolio.c for why a window gets a copy).
 */
static Datum
matrix_step(FunctionCallInfo fcinfo, int64 step)
{
	KamMatrix  *state;
	int64	   *count;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = PG_GETARG_MATRIX(0);
	if (PG_ARGISNULL(2))
		PG_RETURN_MATRIX(state);
	if (AggCheckCallContext(fcinfo, NULL) != AGG_CONTEXT_AGGREGATE)
	{
		KamMatrix  *copy = palloc(sizeof(KamMatrix));

		*copy = *state;
		state = copy;
	}
	count = &state->count[field_of(PG_ARGISNULL(1) ? 0 : PG_GETARG_VALUE_CLASS(1),
								   (PG_GETARG_CRITERIA(2) & KAM_MAIN_CRITERIA) != 0)];
	if (pg_add_s64_overflow(*count, step, count))
		matrix_overflow();
	check_matrix(state, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE);
	PG_RETURN_MATRIX(state);
}

Datum
kasm_matrix_accum(PG_FUNCTION_ARGS)
{
	return matrix_step(fcinfo, 1);
}

Datum
kasm_matrix_discard(PG_FUNCTION_ARGS)
{
	return matrix_step(fcinfo, -1);
}
