/*-------------------------------------------------------------------------
 *
 * text_search_parser.h
 *		Thai text cut into tokens, and tokens made lexemes: the part that
 *		knows no server, so that it can be run (and fuzzed) without one.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#ifndef KAM_TEXT_SEARCH_PARSER_H
#define KAM_TEXT_SEARCH_PARSER_H

#include <stdbool.h>
#include <stdint.h>

#include <unicode/ubrk.h>

/*
 * Grows with every change of what the parser or its lexemes are: an index
 * built with another one is due for a REINDEX.
 */
#define KAM_TEXT_SEARCH_VERSION 1

/*
 * The numbers are those of the nearest kind of PostgreSQL's default parser,
 * because its headline function, which serves this parser too, asks by them
 * where a headline may end and what is no word.
 */
typedef enum KamTokenType
{
	KAM_TOKEN_END = 0,
	KAM_TOKEN_ENGLISH = 1,		/* asciiword */
	KAM_TOKEN_THAI = 2,			/* word */
	KAM_TOKEN_CODE = 3,			/* numword */
	KAM_TOKEN_EMAIL = 4,		/* email */
	KAM_TOKEN_URL = 6,			/* host: url is left out of headlines */
	KAM_TOKEN_PHONE = 7,		/* sfloat, a number that does not end a headline well */
	KAM_TOKEN_METER = 8,		/* version */
	KAM_TOKEN_QUANTITY = 9,		/* hword_numpart */
	KAM_TOKEN_WORD = 10,		/* hword_part */
	KAM_TOKEN_ABBREVIATION = 11,	/* hword_asciipart */
	KAM_TOKEN_BLANK = 12,		/* blank */
	KAM_TOKEN_NUMBER = 22		/* uint */
} KamTokenType;

/* A token is shorter than what a tsvector or a headline can hold (2046 bytes). */
#define KAM_MAX_TOKEN_BYTES 2000
#define KAM_MAX_LEXEME_BYTES 2000

/* Longest word of the dictionary, in UTF-16 units (its CHECK allows fewer). */
#define KAM_MAX_WORD_UNITS 64

typedef struct KamThaiWord
{
	const UChar *unit;
	int32_t		len;
} KamThaiWord;

#define KAM_THAI_BLOCK 0x80		/* U+0E00 to U+0E7F */

/* Words that are not to be cut, in the order of their units; shorter ones first. */
typedef struct KamThaiWords
{
	KamThaiWord *word;
	int32_t		count;
	int32_t		first[KAM_THAI_BLOCK + 1];	/* of those that begin so */
} KamThaiWords;

/* The stretch of text that is looked at at once, and what may be decoded beyond. */
#define KAM_WINDOW 2048
#define KAM_WINDOW_SLACK 64
#define KAM_WINDOW_UNITS (KAM_WINDOW + KAM_WINDOW_SLACK)

typedef struct KamTextParser
{
	const char *text;
	int32_t		len;
	int32_t		read;			/* bytes of it that were decoded */
	UBreakIterator *breaks;		/* UBRK_WORD */
	const KamThaiWords *words;	/* or NULL */
	UErrorCode	status;

	/*
	 * The window: units as they compare (Thai in its right order, full-width
	 * as ASCII, Thai digits as Arabic ones, what cannot be seen left out), and
	 * where in the text each begins.
	 */
	int32_t		next;			/* the first that is in no token yet */
	int32_t		count;
	UChar		unit[KAM_WINDOW_UNITS];
	uint8_t		kind[KAM_WINDOW_UNITS];
	int32_t		at[KAM_WINDOW_UNITS + 1];

	/* Words that were found, but not handed out: up to words_end, before each unit with a cut. */
	int32_t		words_end;		/* 0 for none */
	int32_t		abbreviation_end;	/* of the abbreviation after them; 0 for none */
	KamTokenType words_type;
	uint8_t		cut[KAM_WINDOW_UNITS + 1];
} KamTextParser;

extern void kam_parser_start(KamTextParser *parser, const char *text, int32_t len,
							 UBreakIterator *breaks, const KamThaiWords *words);
extern KamTokenType kam_parser_next(KamTextParser *parser, const char **token, int32_t *len);

/* text_search_lexeme.c */

/* What is left out of a lexeme, and what it becomes. */
typedef enum KamLexemeKind
{
	KAM_LEXEME_WORD,			/* nothing */
	KAM_LEXEME_ABBREVIATION,	/* dots */
	KAM_LEXEME_NUMBER,			/* blanks, hyphens, commas */
	KAM_LEXEME_CODE,			/* blanks, hyphens, underscores */
	KAM_LEXEME_DIGITS			/* all but digits; +66 becomes 0 */
} KamLexemeKind;

typedef enum KamUnitKind
{
	KAM_UNIT_BLANK,
	KAM_UNIT_THAI,				/* a letter, vowel or mark */
	KAM_UNIT_LETTER,			/* a to z, A to Z */
	KAM_UNIT_DIGIT,				/* 0 to 9 */
	KAM_UNIT_OTHER,				/* a letter, mark or digit of another script */
	KAM_UNIT_INVISIBLE			/* in no window */
} KamUnitKind;

extern int32_t kam_decode_unit(const char *text, int32_t len, int32_t *read, UChar32 *c, KamUnitKind *kind);
extern int32_t kam_order_thai(UChar *unit, uint8_t *kind, int32_t *at, int32_t from, int32_t count);
extern int32_t kam_make_lexeme(const char *token, int32_t len, KamLexemeKind kind, char *lexeme);
extern int32_t kam_thai_word_units(const char *word, int32_t len, UChar *unit);
extern void kam_sort_thai_words(KamThaiWords *words);

/* Is it a mark above or below a consonant? */
static inline bool
kam_is_thai_mark(UChar c)
{
	return c == 0x0E31 || (c >= 0x0E34 && c <= 0x0E3A) || (c >= 0x0E47 && c <= 0x0E4E);
}

static inline bool
kam_is_thai_consonant(UChar c)
{
	return c >= 0x0E01 && c <= 0x0E2E;
}

/* เ แ โ ใ ไ */
static inline bool
kam_is_thai_leading_vowel(UChar c)
{
	return c >= 0x0E40 && c <= 0x0E44;
}

/* ะ า ำ ๅ */
static inline bool
kam_is_thai_following_vowel(UChar c)
{
	return c == 0x0E30 || c == 0x0E32 || c == 0x0E33 || c == 0x0E45;
}

#endif							/* KAM_TEXT_SEARCH_PARSER_H */
