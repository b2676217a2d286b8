/*
 * For the benchmark: how many words a text has, by ICU's word iterator and nothing else, and how
 * many tokens by a text search parser, called as PostgreSQL calls it.
 */
#include "postgres.h"

#include "fmgr.h"
#include "tsearch/ts_cache.h"
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

#include <unicode/ubrk.h>
#include <unicode/ustring.h>

PG_MODULE_MAGIC;

static UBreakIterator *breaks;
static UErrorCode status = U_ZERO_ERROR;

static void
open_breaks(void)
{
	if (breaks == NULL)
		breaks = ubrk_open(UBRK_WORD, "th", NULL, 0, &status);
}

static int32
count_breaks(void)
{
	int32		count = 0;

	while (ubrk_next(breaks) != UBRK_DONE)
		count++;
	if (U_FAILURE(status))
		elog(ERROR, "ICU: %s", u_errorName(status));
	return count;
}

PG_FUNCTION_INFO_V1(icu_words_utf16);

/* The text has to become UTF-16 first. */
Datum
icu_words_utf16(PG_FUNCTION_ARGS)
{
	text	   *value = PG_GETARG_TEXT_PP(0);
	int			len = VARSIZE_ANY_EXHDR(value);
	UChar	   *units = palloc((len + 1) * sizeof(UChar));
	int32_t		count;

	open_breaks();
	u_strFromUTF8(units, len + 1, &count, VARDATA_ANY(value), len, &status);
	ubrk_setText(breaks, units, count, &status);
	count = count_breaks();
	pfree(units);
	PG_RETURN_INT32(count);
}

PG_FUNCTION_INFO_V1(icu_words_utf8);

/* ICU reads the text where it is. */
Datum
icu_words_utf8(PG_FUNCTION_ARGS)
{
	text	   *value = PG_GETARG_TEXT_PP(0);
	UText		bytes = UTEXT_INITIALIZER;
	int32		count;

	open_breaks();
	utext_openUTF8(&bytes, VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value), &status);
	ubrk_setUText(breaks, &bytes, &status);
	count = count_breaks();
	utext_close(&bytes);
	PG_RETURN_INT32(count);
}

PG_FUNCTION_INFO_V1(parser_tokens);

Datum
parser_tokens(PG_FUNCTION_ARGS)
{
	text	   *value = PG_GETARG_TEXT_PP(0);
	TSParserCacheEntry *parser = lookup_ts_parser_cache(PG_GETARG_OID(1));
	Datum		state = FunctionCall2(&parser->prsstart, PointerGetDatum(VARDATA_ANY(value)),
									  Int32GetDatum(VARSIZE_ANY_EXHDR(value)));
	char	   *token;
	int			len;
	int32		count = 0;

	while (DatumGetInt32(FunctionCall3(&parser->prstoken, state, PointerGetDatum(&token), PointerGetDatum(&len))) > 0)
		count++;
	FunctionCall1(&parser->prsend, state);
	PG_RETURN_INT32(count);
}
