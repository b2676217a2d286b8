/*-------------------------------------------------------------------------
 *
 * text_search_lexeme.c
 *		What of a text compares: characters in their plain form, Thai in its
 *		right order; and the lexeme of a token.
 *
 * Knows no server: see text_search_parser.h.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "text_search_parser.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>
#include <unicode/utf16.h>

#define NIKHAHIT 0x0E4D
#define SARA_A 0x0E30
#define SARA_AA 0x0E32
#define SARA_AM 0x0E33
#define SARA_E 0x0E40
#define SARA_AE 0x0E41

/* There are no more of them in Thai. */
#define MARKS 16

/* ---- characters in their plain form ---- */

#define C KAM_THAI_CONSONANT
#define L KAM_THAI_LEADING
#define F KAM_THAI_FOLLOWING
#define E (KAM_THAI_LEADING | KAM_THAI_ORDERED)
#define M (KAM_THAI_MARK | KAM_THAI_ORDERED)
#define U (KAM_THAI_MARK | KAM_THAI_UPPER | KAM_THAI_ORDERED)
#define D KAM_THAI_DIGIT

/* ฯ, ๆ and ฿ are blanks. */
const uint8_t kam_thai_class[KAM_THAI_BLOCK] = {
	0, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C,
	C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C,
	C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, 0,
	F, M, F, F, M, M, M, M, M, M, M, 0, 0, 0, 0, 0,
	E, L, L, L, L, F, 0, M, U, U, U, U, U, M, M, 0,
	D, D, D, D, D, D, D, D, D, D, 0, 0, 0, 0, 0, 0,
};

#undef C
#undef L
#undef E
#undef F
#undef M
#undef U
#undef D

static KamUnitKind
kind_of_ascii(UChar32 c)
{
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
		return KAM_UNIT_LETTER;
	return c >= '0' && c <= '9' ? KAM_UNIT_DIGIT : KAM_UNIT_BLANK;
}

/* Letters, marks and digits of all other scripts. */
#define WORD_MASK (U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK | U_GC_NL_MASK)

static KamUnitKind
kind_of_other(UChar32 *c)
{
	if (*c >= 0xFF01 && *c <= 0xFF5E)
	{
		*c -= 0xFF01 - '!';		/* full-width */
		return kind_of_ascii(*c);
	}
	if (u_hasBinaryProperty(*c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
		return KAM_UNIT_INVISIBLE;
	if (U_GET_GC_MASK(*c) & WORD_MASK)
		return KAM_UNIT_OTHER;
	if (u_isUWhiteSpace(*c))
		*c = ' ';
	else if (*c >= 0x2010 && *c <= 0x2013)
		*c = '-';
	else if (*c == 0x2019)
		*c = '\'';
	else if (*c > 0xFFFF)
		*c = 0xFFFC;			/* a picture; one unit is enough */
	return KAM_UNIT_BLANK;
}

/* kam_decode_unit() for all but Thai.  What is no UTF-8 is a blank. */
int32_t
kam_decode_other(const char *text, int32_t len, int32_t *read, UChar32 *c, KamUnitKind *kind)
{
	unsigned char byte = text[*read];

	if (byte < 0x80)
	{
		*c = byte;
		*kind = kind_of_ascii(byte);
		*read += 1;
		return 1;
	}
	U8_NEXT(text, *read, len, *c);
	if (*c < 0)
	{
		*c = 0xFFFD;
		*kind = KAM_UNIT_BLANK;
		return 1;
	}
	*kind = kind_of_other(c);
	return U16_LENGTH(*c);
}

/* ---- Thai in its right order ---- */

static bool
is_tone(UChar c)
{
	return c >= 0x0E48 && c <= 0x0E4B;
}

/* Add a mark where it belongs, unless it is there: vowels first, else as they came. */
static int
add_mark(UChar *mark, int count, UChar c)
{
	int			place = count;

	for (int i = 0; i < count; i++)
		if (mark[i] == c)
			return count;
	while (!kam_is_thai(c, KAM_THAI_UPPER) && place > 0 && kam_is_thai(mark[place - 1], KAM_THAI_UPPER))
		place--;
	memmove(mark + place + 1, mark + place, (count - place) * sizeof(UChar));
	mark[place] = c;
	return count + 1;
}

static int
drop_mark(UChar *mark, int count, UChar c)
{
	for (int i = 0; i < count; i++)
		if (mark[i] == c)
		{
			memmove(mark + i, mark + i + 1, (count - i - 1) * sizeof(UChar));
			return count - 1;
		}
	return count;
}

/*
 * The marks at 'from', with the vowel ะ า ำ after them and tones misplaced
 * behind it, in the order that the Royal Institute's spelling and every
 * keyboard has: vowel, tone, following vowel.  Returns how many units were read.
 */
static int32_t
order_marks(const UChar *unit, int32_t from, int32_t count, bool follows_consonant, UChar *ordered, int32_t *n)
{
	UChar		mark[MARKS];
	int			marks = 0;
	int32_t		i = from;
	UChar		vowel = 0;

	while (i < count && kam_is_thai(unit[i], KAM_THAI_MARK))
		marks = add_mark(mark, marks, unit[i++]);
	if (i < count && (unit[i] == SARA_A || unit[i] == SARA_AA || unit[i] == SARA_AM))
	{
		vowel = unit[i++];
		while (i < count && is_tone(unit[i]) && (marks > 0 || follows_consonant))
			marks = add_mark(mark, marks, unit[i++]);
		for (int m = 0; m < marks; m++)
			if (vowel == SARA_AA && mark[m] == NIKHAHIT)
				vowel = SARA_AM;
		if (vowel == SARA_AM)
			marks = drop_mark(mark, marks, NIKHAHIT);
	}
	memcpy(ordered, mark, marks * sizeof(UChar));
	if (vowel)
		ordered[marks++] = vowel;
	*n = marks;
	return i - from;
}

/*
 * Put Thai right from unit 'from' on: the order of marks, ํ and า as ำ, เเ as
 * แ, no mark twice.  Looks at 'most' units at once, so that what becomes one of
 * them is no longer.  kind and at may be NULL.  Returns the new count.
 */
int32_t
kam_order_thai(UChar *unit, uint8_t *kind, int32_t *at, int32_t from, int32_t count, int32_t most)
{
	int32_t		to = from;
	int32_t		i = from;

	while (i < count)
	{
		UChar		ordered[MARKS + 1];
		int32_t		n = 1;
		int32_t		taken = 1;

		ordered[0] = unit[i];
		if ((unit[i] & ~(KAM_THAI_BLOCK - 1)) == 0x0E00)
		{
			if (kam_is_thai(unit[i], KAM_THAI_MARK) || unit[i] == SARA_A || unit[i] == SARA_AA || unit[i] == SARA_AM)
				taken = order_marks(unit, i, count - i > most ? i + most : count,
									to > 0 && kam_is_thai(unit[to - 1], KAM_THAI_CONSONANT), ordered, &n);
			else if (unit[i] == SARA_E && i + 1 < count && unit[i + 1] == SARA_E)
			{
				ordered[0] = SARA_AE;
				taken = 2;
			}
		}
		for (int32_t k = 0; k < n; k++, to++)
		{
			unit[to] = ordered[k];
			if (kind)
				kind[to] = kind[i + k];
			if (at)
				at[to] = at[i + k];
		}
		i += taken;
	}
	return to;
}

/* ---- lexemes ---- */

static bool
is_ascii(const char *str, int32_t len)
{
	for (int32_t i = 0; i < len; i++)
		if ((unsigned char) str[i] >= 0x80)
			return false;
	return true;
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* A token as units in their plain form; false if it has letters that ICU is to fold. */
static bool
plain_units(const char *token, int32_t len, UChar *unit, int32_t *count)
{
	int32_t		read = 0;
	bool		all = true;

	*count = 0;
	while (read < len)
	{
		UChar32		c;
		KamUnitKind kind;

		kam_decode_unit(token, len, &read, &c, &kind);
		if (kind == KAM_UNIT_OTHER)
			all = false;
		if (kind == KAM_UNIT_LETTER)
			c |= 0x20;
		if (kind != KAM_UNIT_INVISIBLE && c <= 0xFFFF)
			unit[(*count)++] = (UChar) c;
	}
	*count = kam_order_thai(unit, NULL, NULL, 0, *count, *count);
	return all;
}

/* NFKC case folding makes some characters many: where they are too many, of the first half. */
static int32_t
icu_units(const char *token, int32_t len, UChar *unit)
{
	UChar		source[KAM_MAX_TOKEN_BYTES];
	int32_t		source_len;
	int32_t		count;
	UErrorCode	status = U_ZERO_ERROR;
	const UNormalizer2 *nfkc = unorm2_getNFKCCasefoldInstance(&status);

	u_strFromUTF8WithSub(source, KAM_MAX_TOKEN_BYTES, &source_len, token, len, 0xFFFD, NULL, &status);
	for (;;)
	{
		count = unorm2_normalize(nfkc, source, source_len, unit, KAM_MAX_TOKEN_BYTES, &status);
		if (status != U_BUFFER_OVERFLOW_ERROR)
			break;
		status = U_ZERO_ERROR;
		source_len /= 2;
		if (source_len > 0 && U16_IS_TRAIL(source[source_len]))
			source_len--;
	}
	if (U_FAILURE(status))
		return 0;
	for (int32_t i = 0; i < count; i++)
		if (kam_is_thai(unit[i], KAM_THAI_DIGIT))
			unit[i] -= 0x0E50 - '0';
	return kam_order_thai(unit, NULL, NULL, 0, count, count);
}

static bool
is_left_out(UChar c, KamLexemeKind kind)
{
	switch (kind)
	{
		case KAM_LEXEME_WORD:
			return false;
		case KAM_LEXEME_ABBREVIATION:
			return c == '.' || c == ' ';
		case KAM_LEXEME_NUMBER:
			return c == ' ' || c == '-' || c == ',';
		case KAM_LEXEME_CODE:
			return c == ' ' || c == '-' || c == '_';
		case KAM_LEXEME_DIGITS:
			return c < '0' || c > '9';
	}
	return false;
}

static int32_t
leave_out(UChar *unit, int32_t count, KamLexemeKind kind)
{
	bool		is_abroad = kind == KAM_LEXEME_DIGITS && count > 0 && unit[0] == '+';
	int32_t		to = 0;

	for (int32_t i = 0; i < count; i++)
		if (!is_left_out(unit[i], kind))
			unit[to++] = unit[i];
	if (is_abroad && to > 2 && unit[0] == '6' && unit[1] == '6')
	{
		unit[1] = '0';
		memmove(unit, unit + 1, --to * sizeof(UChar));
	}
	return to;
}

/* As UTF-8, as many whole characters as fit. */
static int32_t
write_lexeme(const UChar *unit, int32_t count, char *lexeme)
{
	int32_t		len = 0;

	for (int32_t i = 0; i < count;)
	{
		UChar32		c;

		U16_NEXT(unit, i, count, c);
		if (U_IS_SURROGATE(c))
			c = 0xFFFD;
		if (len + U8_LENGTH(c) > KAM_MAX_LEXEME_BYTES)
			break;
		U8_APPEND_UNSAFE(lexeme, len, c);
	}
	return len;
}

/*
 * The lexeme of a token of at most KAM_MAX_TOKEN_BYTES, into a buffer of
 * KAM_MAX_LEXEME_BYTES.  Returns its length; 0 where nothing is left.
 */
int32_t
kam_make_lexeme(const char *token, int32_t len, KamLexemeKind kind, char *lexeme)
{
	UChar		unit[KAM_MAX_TOKEN_BYTES];
	int32_t		count;

	if (len > KAM_MAX_TOKEN_BYTES)
		len = KAM_MAX_TOKEN_BYTES;
	if (kind == KAM_LEXEME_WORD && is_ascii(token, len))
	{
		for (int32_t i = 0; i < len; i++)
			lexeme[i] = lower(token[i]);
		return len;
	}
	if (!plain_units(token, len, unit, &count))
		count = icu_units(token, len, unit);
	count = leave_out(unit, count, kind);
	return write_lexeme(unit, count, lexeme);
}

/* ---- words of the dictionary ---- */

/* A word as the parser sees it, of two units or more; 0 if it cannot be one. */
int32_t
kam_thai_word_units(const char *word, int32_t len, UChar *unit)
{
	UChar		all[KAM_MAX_TOKEN_BYTES];
	int32_t		count;

	if (len > KAM_MAX_TOKEN_BYTES || !plain_units(word, len, all, &count) || count > KAM_MAX_WORD_UNITS)
		return 0;
	for (int32_t i = 0; i < count; i++)
		if (!kam_is_thai(all[i], ~KAM_THAI_DIGIT))
			return 0;
	memcpy(unit, all, count * sizeof(UChar));
	return count < 2 ? 0 : count;
}

static int
compare_words(const void *a, const void *b)
{
	const KamThaiWord *x = a;
	const KamThaiWord *y = b;
	int32_t		order = u_memcmp(x->unit, y->unit, x->len < y->len ? x->len : y->len);

	return order ? order : x->len - y->len;
}

/*
 * Put words lo..hi, which are alike in their first 'depth' units, into the
 * tree.  Returns the first of their nodes, which follow each other up to *end.
 */
static int32_t
build_nodes(KamThaiWords *words, const KamThaiWord *word, int32_t lo, int32_t hi, int32_t depth, int32_t *end)
{
	int32_t		begin = words->count;
	int32_t		node = begin - 1;

	while (lo < hi && word[lo].len <= depth)
		lo++;					/* a word that ended before; it may be there twice */
	for (int32_t i = lo; i < hi; i++)
	{
		if (i == lo || word[i].unit[depth] != word[i - 1].unit[depth])
		{
			node = words->count++;
			words->node[node] = (KamWordNode){.unit = word[i].unit[depth]};
		}
		if (word[i].len == depth + 1)
			words->node[node].is_word = true;
	}
	*end = words->count;
	for (node = begin; node < *end; node++)
	{
		int32_t		next = lo;
		int32_t		child_end;
		int32_t		child;

		while (next < hi && word[next].unit[depth] == words->node[node].unit)
			next++;
		child = build_nodes(words, word, lo, next, depth + 1, &child_end);
		words->node[node].child = child;
		words->node[node].child_end = child_end;
		lo = next;
	}
	return begin;
}

/* Words, which are sorted here; there must be room for as many nodes as they have units. */
void
kam_build_thai_words(KamThaiWord *word, int32_t count, KamWordNode *node, KamThaiWords *words)
{
	int32_t		end;

	memset(words, 0, sizeof(KamThaiWords));
	words->node = node;
	if (count > 1)
		qsort(word, count, sizeof(KamThaiWord), compare_words);
	build_nodes(words, word, 0, count, 0, &end);
	for (int32_t c = 0; c < KAM_THAI_BLOCK; c++)
		words->first[c] = -1;
	for (int32_t n = 0; n < end; n++)
		words->first[node[n].unit & (KAM_THAI_BLOCK - 1)] = n;
	for (int32_t i = 0; i < count; i++)
	{
		uint32_t	pair = kam_pair(word[i].unit);

		words->pair[pair / 64] |= UINT64_C(1) << pair % 64;
		if (word[i].len == 2)
			words->has_pairs = true;
		else
		{
			uint32_t	triple = kam_triple(word[i].unit);

			words->triple[triple / 64] |= UINT64_C(1) << triple % 64;
		}
	}
}
