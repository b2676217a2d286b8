/*-------------------------------------------------------------------------
 *
 * text_search.c
 *		The text search parser kam.thai and the template of its dictionaries,
 *		as PostgreSQL calls them.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "text_search.h"

#include "commands/defrem.h"
#include "miscadmin.h"
#include "nodes/pg_list.h"
#include "tsearch/ts_public.h"
#include "utils/builtins.h"

/* ---- the parser ---- */

/* The parsing of one text: what it holds goes with its memory context, which ends it on errors too. */
typedef struct Parse
{
	MemoryContext context;
	MemoryContextCallback end;
	KamPin		pin;
	KamTextParser *parser;
} Parse;

/* A parser with its iterator, which ICU takes long to make, that nobody uses now. */
static KamTextParser *idle_parser = NULL;

UBreakIterator *
kam_open_word_breaks(void)
{
	UErrorCode	status = U_ZERO_ERROR;
	UBreakIterator *breaks = ubrk_open(UBRK_WORD, "th", NULL, 0, &status);

	if (U_FAILURE(status))
		ereport(ERROR,
				(errcode(status == U_MEMORY_ALLOCATION_ERROR ? ERRCODE_OUT_OF_MEMORY : ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("ICU cannot find the words of Thai text: %s", u_errorName(status)),
				 errhint("Install ICU with its data on break iteration.")));
	return breaks;
}

static KamTextParser *
take_parser(void)
{
	KamTextParser *parser = idle_parser;
	UBreakIterator *breaks;

	idle_parser = NULL;
	if (parser)
		return parser;
	breaks = kam_open_word_breaks();
	parser = MemoryContextAllocExtended(TopMemoryContext, sizeof(KamTextParser), MCXT_ALLOC_NO_OOM);
	if (parser == NULL)
	{
		ubrk_close(breaks);
		ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory")));
	}
	parser->breaks = breaks;
	return parser;
}

/* One is kept for the next text; there are more only where texts are parsed inside each other. */
static void
end_parse(void *arg)
{
	KamTextParser *parser = ((Parse *) arg)->parser;

	if (idle_parser == NULL)
	{
		idle_parser = parser;
		return;
	}
	ubrk_close(parser->breaks);
	pfree(parser);
}

PG_FUNCTION_INFO_V1(kam_thai_start);
PG_FUNCTION_INFO_V1(kam_thai_token);
PG_FUNCTION_INFO_V1(kam_thai_end);
PG_FUNCTION_INFO_V1(kam_thai_token_types);

Datum
kam_thai_start(PG_FUNCTION_ARGS)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "kam text search parser",
												  ALLOCSET_SMALL_SIZES);
	Parse	   *parse = MemoryContextAllocZero(context, sizeof(Parse));
	const KamSearchWords *words = kam_search_words(&parse->pin, context);

	parse->context = context;
	parse->parser = take_parser();
	kam_parser_start(parse->parser, (const char *) PG_GETARG_POINTER(0), PG_GETARG_INT32(1),
					 parse->parser->breaks, &words->words);
	parse->end.func = end_parse;
	parse->end.arg = parse;
	MemoryContextRegisterResetCallback(context, &parse->end);
	PG_RETURN_POINTER(parse);
}

Datum
kam_thai_token(PG_FUNCTION_ARGS)
{
	KamTextParser *parser = ((Parse *) PG_GETARG_POINTER(0))->parser;
	const char **token = (const char **) PG_GETARG_POINTER(1);
	int		   *len = (int *) PG_GETARG_POINTER(2);
	KamTokenType type;

	CHECK_FOR_INTERRUPTS();
	type = kam_parser_next(parser, token, len);
	if (unlikely(U_FAILURE(parser->status)))
		ereport(ERROR,
				(errcode(parser->status == U_MEMORY_ALLOCATION_ERROR ?
						 ERRCODE_OUT_OF_MEMORY : ERRCODE_INTERNAL_ERROR),
				 errmsg("ICU cannot find the words of a text: %s", u_errorName(parser->status))));
	PG_RETURN_INT32(type);
}

Datum
kam_thai_end(PG_FUNCTION_ARGS)
{
	MemoryContextDelete(((Parse *) PG_GETARG_POINTER(0))->context);
	PG_RETURN_VOID();
}

Datum
kam_thai_token_types(PG_FUNCTION_ARGS)
{
	static const LexDescr types[] = {
		{KAM_TOKEN_ENGLISH, "english", "English word: letters a to z"},
		{KAM_TOKEN_THAI, "thai", "Thai word"},
		{KAM_TOKEN_CODE, "code", "Letters with digits, as in the names of feeders: CMA-05"},
		{KAM_TOKEN_EMAIL, "email", "E-mail address"},
		{KAM_TOKEN_URL, "url", "Address of a web page"},
		{KAM_TOKEN_PHONE, "phone", "Phone number of Thailand"},
		{KAM_TOKEN_METER, "meter", "Number of a meter, an account, a letter: seven digits or more"},
		{KAM_TOKEN_QUANTITY, "quantity", "Number with its unit: 115 kV, 50%"},
		{KAM_TOKEN_WORD, "word", "Word of another script"},
		{KAM_TOKEN_ABBREVIATION, "abbreviation", "Thai abbreviation with dots"},
		{KAM_TOKEN_BLANK, "blank", "Blanks, punctuation and signs"},
		{KAM_TOKEN_NUMBER, "number", "Number"},
	};
	LexDescr   *result = palloc0((lengthof(types) + 1) * sizeof(LexDescr));

	for (int i = 0; i < (int) lengthof(types); i++)
	{
		result[i].lexid = types[i].lexid;
		result[i].alias = pstrdup(types[i].alias);
		result[i].descr = pstrdup(types[i].descr);
	}
	PG_RETURN_POINTER(result);
}

/* ---- the dictionaries ---- */

typedef struct Dictionary
{
	MemoryContext context;		/* in which PostgreSQL keeps it */
	KamLexemeKind kind;
	const KamSearchWords *words;	/* as of pin */
	KamPin		pin;
} Dictionary;

static const struct
{
	const char *name;
	KamLexemeKind kind;
}			lexeme_kinds[] = {
	{"word", KAM_LEXEME_WORD},
	{"abbreviation", KAM_LEXEME_ABBREVIATION},
	{"number", KAM_LEXEME_NUMBER},
	{"code", KAM_LEXEME_CODE},
	{"digits", KAM_LEXEME_DIGITS},
};

static KamLexemeKind
read_kind(const char *name)
{
	for (int i = 0; i < (int) lengthof(lexeme_kinds); i++)
		if (strcmp(lexeme_kinds[i].name, name) == 0)
			return lexeme_kinds[i].kind;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown kind of lexemes \"%s\"", name),
			 errhint("The kinds are \"word\", \"abbreviation\", \"number\", \"code\" and \"digits\".")));
}

PG_FUNCTION_INFO_V1(kam_thai_init);
PG_FUNCTION_INFO_V1(kam_thai_lexize);

Datum
kam_thai_init(PG_FUNCTION_ARGS)
{
	List	   *options = (List *) PG_GETARG_POINTER(0);
	Dictionary *dictionary = palloc0(sizeof(Dictionary));
	ListCell   *cell;

	dictionary->context = CurrentMemoryContext;
	dictionary->kind = KAM_LEXEME_WORD;
	foreach(cell, options)
	{
		DefElem    *option = lfirst(cell);

		if (strcmp(option->defname, "kind") != 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("unknown parameter \"%s\" of a dictionary of kam.thai", option->defname),
					 errhint("The only one is \"kind\".")));
		dictionary->kind = read_kind(defGetString(option));
	}
	PG_RETURN_POINTER(dictionary);
}

/* A word may stand for one that stands for another one; this often, which ends circles too. */
#define MAX_SAME_AS 8

static TSLexeme *
one_lexeme(const char *lexeme, int len)
{
	TSLexeme   *result = palloc0(2 * sizeof(TSLexeme));

	result->lexeme = pnstrdup(lexeme, len);
	return result;
}

Datum
kam_thai_lexize(PG_FUNCTION_ARGS)
{
	Dictionary *dictionary = (Dictionary *) PG_GETARG_POINTER(0);
	const char *token = (const char *) PG_GETARG_POINTER(1);
	int			len = PG_GETARG_INT32(2);
	char		lexeme[KAM_MAX_LEXEME_BYTES + 1];
	const KamKnownLexeme *known;

	if (!kam_pin_is_fresh(&dictionary->pin))
		dictionary->words = kam_search_words(&dictionary->pin, dictionary->context);
	len = kam_make_lexeme(token, len, dictionary->kind, lexeme);
	lexeme[len] = '\0';
	known = kam_known_lexeme(dictionary->words, lexeme, len);
	for (int step = 0; known && known->same_as && step < MAX_SAME_AS; step++)
	{
		len = strlen(known->same_as);
		memcpy(lexeme, known->same_as, len + 1);
		known = kam_known_lexeme(dictionary->words, lexeme, len);
	}
	if (len == 0 || (known && known->is_stop_word))
		PG_RETURN_POINTER(palloc0(sizeof(TSLexeme)));
	PG_RETURN_POINTER(one_lexeme(lexeme, len));
}
