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

/* A word, as units that compare. */
typedef struct KamThaiWord
{
	const UChar *unit;
	int32_t		len;
} KamThaiWord;

/* The words that begin in one way, in a tree. */
typedef struct KamWordNode
{
	UChar		unit;
	bool		is_word;		/* with this unit a word may end */
	int32_t		child;			/* the nodes of those that go on, by unit */
	int32_t		child_end;
} KamWordNode;

#define KAM_THAI_BLOCK 0x80		/* U+0E00 to U+0E7F */
#define KAM_BEGINNINGS (KAM_THAI_BLOCK * KAM_THAI_BLOCK)

/* Words that are not to be cut. */
typedef struct KamThaiWords
{
	KamWordNode *node;
	int32_t		count;			/* of nodes; the first are of first units */
	int32_t		first[KAM_THAI_BLOCK];	/* the node of those that begin so; -1 for none */
	uint64_t	pair[KAM_BEGINNINGS / 64];	/* set of the first two units */
	uint64_t	triple[KAM_BEGINNINGS / 64];	/* and of the hashes of the first three */
	bool		has_pairs;		/* there are words of two */
} KamThaiWords;

static inline uint32_t
kam_pair(const UChar *unit)
{
	return (unit[0] & (KAM_THAI_BLOCK - 1)) << 7 | (unit[1] & (KAM_THAI_BLOCK - 1));
}

static inline uint32_t
kam_triple(const UChar *unit)
{
	return (kam_pair(unit) * 37 + (unit[2] & (KAM_THAI_BLOCK - 1))) % KAM_BEGINNINGS;
}

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

extern int32_t kam_decode_other(const char *text, int32_t len, int32_t *read, UChar32 *c, KamUnitKind *kind);
extern int32_t kam_order_thai(UChar *unit, uint8_t *kind, int32_t *at, int32_t from, int32_t count, int32_t most);
extern int32_t kam_make_lexeme(const char *token, int32_t len, KamLexemeKind kind, char *lexeme);
extern int32_t kam_thai_word_units(const char *word, int32_t len, UChar *unit);
extern void kam_build_thai_words(KamThaiWord *word, int32_t count, KamWordNode *node, KamThaiWords *words);

/* What the characters U+0E00 to U+0E7F are; those with none of it are blanks. */
#define KAM_THAI_CONSONANT	(1 << 0)
#define KAM_THAI_LEADING	(1 << 1)	/* เ แ โ ใ ไ */
#define KAM_THAI_FOLLOWING	(1 << 2)	/* ะ า ำ ๅ */
#define KAM_THAI_MARK		(1 << 3)	/* above or below a consonant */
#define KAM_THAI_UPPER		(1 << 4)	/* of those, tone marks and ์, which are above a vowel */
#define KAM_THAI_DIGIT		(1 << 5)
#define KAM_THAI_ORDERED	(1 << 6)	/* with what is before it, it may be in the wrong order: marks and เ */

extern const uint8_t kam_thai_class[KAM_THAI_BLOCK];

static inline bool
kam_is_thai(UChar c, int classes)
{
	return (c & ~(KAM_THAI_BLOCK - 1)) == 0x0E00 && (kam_thai_class[c & (KAM_THAI_BLOCK - 1)] & classes) != 0;
}

/*
 * Read a character at *read and move there; give its plain form and kind.
 * Returns how many UTF-16 units it has.
 */
static inline int32_t
kam_decode_unit(const char *text, int32_t len, int32_t *read, UChar32 *c, KamUnitKind *kind)
{
	const uint8_t *bytes = (const uint8_t *) text + *read;
	int			class;

	if (bytes[0] != 0xE0 || len - *read < 3 || (bytes[1] & 0xFE) != 0xB8 || (bytes[2] & 0xC0) != 0x80)
		return kam_decode_other(text, len, read, c, kind);
	*read += 3;
	*c = 0x0E00 | (bytes[1] & 1) << 6 | (bytes[2] & 0x3F);
	class = kam_thai_class[*c & (KAM_THAI_BLOCK - 1)];
	*kind = class ? KAM_UNIT_THAI : KAM_UNIT_BLANK;
	if (class & KAM_THAI_DIGIT)
	{
		*c -= 0x0E50 - '0';
		*kind = KAM_UNIT_DIGIT;
	}
	return 1;
}

/*
 * Do these two, one after the other, have to be put right?  Also where they
 * might: kam_order_thai() tells.
 */
static inline bool
kam_is_disorder(UChar before, UChar c)
{
	if (!kam_is_thai(c, KAM_THAI_ORDERED))
		return false;
	if (c == 0x0E40)
		return before == 0x0E40;
	return c == 0x0E4D ||		/* part of ำ, if it is in Thai at all */
		kam_is_thai(before, KAM_THAI_FOLLOWING | KAM_THAI_UPPER) ||
		(kam_is_thai(before, KAM_THAI_MARK) && !kam_is_thai(c, KAM_THAI_UPPER));
}

#endif							/* KAM_TEXT_SEARCH_PARSER_H */
