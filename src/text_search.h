/*-------------------------------------------------------------------------
 *
 * text_search.h
 *		The words that the user has of Thai text search, in the backend's
 *		memory.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#ifndef KAM_TEXT_SEARCH_H
#define KAM_TEXT_SEARCH_H

#include "reference.h"

#include "text_search_parser.h"

typedef struct KamSearchWords
{
	KamThaiWords words;			/* that the parser keeps whole */
	struct HTAB *lexemes;		/* what the dictionary knows of lexemes */
	int			longest;		/* of them, in bytes */
	uint64		words_hash;		/* of all rows that count, in any order */
	uint64		stop_words_hash;
} KamSearchWords;

/* What there is to say of a lexeme; the others stay as they are. */
typedef struct KamKnownLexeme
{
	const char *lexeme;			/* first: the key of the hash table */
	const char *same_as;		/* what stands for it, or NULL */
	bool		is_stop_word;
} KamKnownLexeme;

extern const KamSearchWords *kam_search_words(KamPin *pin, MemoryContext holder);
extern const KamKnownLexeme *kam_known_lexeme(const KamSearchWords *words, const char *lexeme, int len);
extern UBreakIterator *kam_open_word_breaks(void);

#endif							/* KAM_TEXT_SEARCH_H */
