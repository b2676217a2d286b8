/*-------------------------------------------------------------------------
 *
 * text_search_word.c
 *		The words and stop words of Thai text search (kam.thai_word,
 *		kam.thai_stop_word), as the parser and the dictionary use them.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "text_search.h"

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "nodes/pg_list.h"
#include "utils/builtins.h"
#include "utils/hsearch.h"

typedef struct SearchWord
{
	const char *word;			/* as a lexeme; first: the key of the hash table */
	const char *same_as;		/* as a lexeme, or NULL */
	const char *written;		/* in its row */
	bool		enabled;
	bool		builtin;
} SearchWord;

static void *load_search_words(const Relation *rels, Snapshot snapshot);

static KamReference search_words = {.tables = {"thai_word", "thai_stop_word"}, .load = load_search_words};

/* ---- hash tables by a string ---- */

static uint32
hash_string(const void *key, Size keysize)
{
	const char *string = *(const char *const *) key;

	return hash_bytes((const unsigned char *) string, strlen(string));
}

static int
compare_strings(const void *a, const void *b, Size keysize)
{
	return strcmp(*(const char *const *) a, *(const char *const *) b);
}

static HTAB *
create_string_table(const char *name, Size entrysize)
{
	HASHCTL		ctl = {.keysize = sizeof(char *), .entrysize = entrysize, .hash = hash_string,
		.match = compare_strings, .hcxt = CurrentMemoryContext};

	return hash_create(name, 256, &ctl, HASH_ELEM | HASH_FUNCTION | HASH_COMPARE | HASH_CONTEXT);
}

/* ---- reading the tables ---- */

static const char *
lexeme_of(const char *word)
{
	char		lexeme[KAM_MAX_LEXEME_BYTES];
	int			len = kam_make_lexeme(word, strlen(word), KAM_LEXEME_WORD, lexeme);

	return pnstrdup(lexeme, len);
}

static void
read_row(const KamReferenceRow *row, HTAB *table, const char *same_as)
{
	const char *written = kam_row_text(row, "word");
	const char *word = lexeme_of(written);
	bool		builtin = DatumGetBool(kam_row_column(row, "builtin", BOOLOID));
	bool		found;
	SearchWord *entry = hash_search(table, &word, HASH_ENTER, &found);

	/* The user's row wins; of two that are spelt differently the same one, wherever they lie. */
	if (found && (builtin > entry->builtin ||
				  (builtin == entry->builtin && strcmp(written, entry->written) > 0)))
		return;
	entry->written = written;
	entry->same_as = same_as ? lexeme_of(same_as) : NULL;
	entry->enabled = DatumGetBool(kam_row_column(row, "enabled", BOOLOID));
	entry->builtin = builtin;
}

static void
read_word(const KamReferenceRow *row, void *into)
{
	read_row(row, into, kam_row_text(row, "same_as"));
}

static void
read_stop_word(const KamReferenceRow *row, void *into)
{
	read_row(row, into, NULL);
}

/* ---- what follows from them ---- */

static KamKnownLexeme *
enter_lexeme(KamSearchWords *all, const char *lexeme)
{
	bool		found;
	KamKnownLexeme *known = hash_search(all->lexemes, &lexeme, HASH_ENTER, &found);

	if (!found)
	{
		known->same_as = NULL;
		known->is_stop_word = false;
	}
	all->longest = Max(all->longest, (int) strlen(lexeme));
	return known;
}

/* The words that the parser is to keep whole. */
typedef struct WordList
{
	KamThaiWord *word;
	int32		count;
	Size		units;			/* of all of them */
} WordList;

static void
add_word(WordList *list, const char *word)
{
	UChar		unit[KAM_MAX_WORD_UNITS];
	int32		len = kam_thai_word_units(word, strlen(word), unit);

	if (len == 0)
		return;
	list->word[list->count].unit = memcpy(palloc(len * sizeof(UChar)), unit, len * sizeof(UChar));
	list->word[list->count].len = len;
	list->count++;
	list->units += len;
}

/* What stands for another word is kept whole too, unless it is switched off itself. */
static void
add_same_as(KamSearchWords *all, WordList *list, HTAB *words, const SearchWord *word)
{
	const SearchWord *itself = hash_search(words, &word->same_as, HASH_FIND, NULL);

	if (itself == NULL)
		add_word(list, word->same_as);
	enter_lexeme(all, word->word)->same_as = word->same_as;
}

static uint64
hash_of(const SearchWord *word)
{
	uint64		hash = hash_bytes_extended((const unsigned char *) word->word, strlen(word->word), 0);

	if (word->same_as)
		hash = hash_bytes_extended((const unsigned char *) word->same_as, strlen(word->same_as), hash);
	return hash;
}

static void *
load_search_words(const Relation *rels, Snapshot snapshot)
{
	KamSearchWords *all = palloc0(sizeof(KamSearchWords));
	HTAB	   *words = create_string_table("kam Thai words", sizeof(SearchWord));
	HTAB	   *stop_words = create_string_table("kam Thai stop words", sizeof(SearchWord));
	WordList	list = {0};
	HASH_SEQ_STATUS scan;
	SearchWord *word;

	kam_read_reference(rels[0], snapshot, read_word, words);
	kam_read_reference(rels[1], snapshot, read_stop_word, stop_words);

	all->lexemes = create_string_table("kam known lexemes", sizeof(KamKnownLexeme));
	list.word = palloc_extended((2 * hash_get_num_entries(words) + 1) * sizeof(KamThaiWord), MCXT_ALLOC_HUGE);
	hash_seq_init(&scan, words);
	while ((word = hash_seq_search(&scan)) != NULL)
		if (word->enabled)
		{
			add_word(&list, word->word);
			if (word->same_as)
				add_same_as(all, &list, words, word);
			all->words_hash += hash_of(word);
		}
	kam_build_thai_words(list.word, list.count,
						 palloc_extended((list.units + 1) * sizeof(KamWordNode), MCXT_ALLOC_HUGE),
						 &all->words);
	hash_seq_init(&scan, stop_words);
	while ((word = hash_seq_search(&scan)) != NULL)
		if (word->enabled)
		{
			enter_lexeme(all, word->word)->is_stop_word = true;
			all->stop_words_hash += hash_of(word);
		}
	return all;
}

/* ---- for those who use them ---- */

const KamSearchWords *
kam_search_words(KamPin *pin, MemoryContext holder)
{
	return kam_pin_reference(&search_words, pin, holder);
}

/* What there is to say of a lexeme, which ends with a zero byte; or NULL. */
const KamKnownLexeme *
kam_known_lexeme(const KamSearchWords *words, const char *lexeme, int len)
{
	return len > words->longest ? NULL : hash_search(words->lexemes, &lexeme, HASH_FIND, NULL);
}
