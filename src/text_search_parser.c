/*-------------------------------------------------------------------------
 *
 * text_search_parser.c
 *		Thai text cut into tokens.
 *
 * What has a shape of its own (numbers with their units, phones, codes, mail
 * addresses, ...) is found by its shape, Thai and other scripts by ICU's word
 * boundaries.  Those of Thai are then corrected by the words of the
 * dictionary.  The tokens, one after the other, are the whole text.
 *
 * A window of the text is looked at, so that time grows with the length only
 * and a caller can interrupt between any two tokens.
 *
 * Knows no server: see text_search_parser.h.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "text_search_parser.h"

#include <string.h>

#include <unicode/uchar.h>
#include <unicode/utf16.h>

/* A token that begins has this much of the window before it, unless the text ends. */
#define LOOKAHEAD 512

/* Words are taken from an unfinished stretch of one script up to here before its end. */
#define UNFINISHED 256

/* What may follow a stretch and belong to its last word; what a phone's number takes. */
#define BEHIND 64

/* How far a stretch is cut anew behind a word of the dictionary that ends amid ICU's. */
#define CUT_ANEW 64

/* More characters than these that cannot be seen, one after the other, are a blank. */
#define MAX_INVISIBLE 16

/* More marks on one consonant are put right for themselves. */
#define MAX_MARKS 24

/* A token has no more units than this, nor more bytes than KAM_MAX_TOKEN_BYTES. */
#define MAX_TOKEN 300

#define MAX_URL MAX_TOKEN
#define MAX_LOCAL_PART 64
#define MIN_LONG_NUMBER 7
#define MAX_ABBREVIATION 5

void
kam_parser_start(KamTextParser *parser, const char *text, int32_t len,
				 UBreakIterator *breaks, const KamThaiWords *words)
{
	parser->text = text;
	parser->len = len;
	parser->read = 0;
	parser->breaks = breaks;
	parser->words = words;
	parser->status = U_ZERO_ERROR;
	parser->next = 0;
	parser->count = 0;
	parser->at[0] = 0;
	parser->words_end = 0;
	parser->abbreviation_end = 0;
}

/* ---- the window ---- */

/* May this belong to the marks before it?  Then a window does not end here. */
static bool
continues(const KamTextParser *p, UChar32 c, KamUnitKind kind)
{
	return kind == KAM_UNIT_INVISIBLE ||
		(c <= 0xFFFF && kam_is_thai((UChar) c, KAM_THAI_MARK | KAM_THAI_FOLLOWING)) ||
		(c == 0x0E40 && p->unit[p->count - 1] == 0x0E40);
}

static void
drop_tokens(KamTextParser *p)
{
	int32_t		rest = p->count - p->next;

	memmove(p->unit, p->unit + p->next, rest * sizeof(UChar));
	memmove(p->kind, p->kind + p->next, rest);
	memmove(p->at, p->at + p->next, (rest + 1) * sizeof(int32_t));
	p->count = rest;
	p->next = 0;
}

/*
 * Decode Thai letters, vowels and marks up to what is anything else, which is
 * most of what there is to decode.  Returns whether they may be in disorder.
 */
static bool
decode_thai(KamTextParser *p)
{
	const uint8_t *text = (const uint8_t *) p->text;
	int32_t		read = p->read;
	int32_t		count = p->count;
	UChar		before = count > 0 ? p->unit[count - 1] : 0;
	bool		is_disorder = false;

	while (count < KAM_WINDOW && p->len - read >= 3 &&
		   text[read] == 0xE0 && (text[read + 1] & 0xFE) == 0xB8 && (text[read + 2] & 0xC0) == 0x80)
	{
		UChar		c = 0x0E00 | (text[read + 1] & 1) << 6 | (text[read + 2] & 0x3F);

		if (!kam_is_thai(c, ~KAM_THAI_DIGIT))
			break;
		is_disorder |= kam_is_disorder(before, c);
		p->unit[count] = before = c;
		p->kind[count] = KAM_UNIT_THAI;
		p->at[count] = read;
		count++;
		read += 3;
	}
	p->read = read;
	p->count = count;
	return is_disorder;
}

/* Decode as much text as there is room for.  at[count] is where the next unit begins. */
static void
fill_window(KamTextParser *p)
{
	int32_t		from;
	int32_t		begin_of_all;
	int			invisible = 0;
	bool		is_disorder = false;

	drop_tokens(p);
	from = p->count;
	begin_of_all = p->at[0];
	while (p->read < p->len && p->count < KAM_WINDOW_UNITS - 1)
	{
		int32_t		begin = p->read;
		int32_t		read = begin;
		UChar32		c;
		KamUnitKind kind;
		int32_t		units = kam_decode_unit(p->text, p->len, &read, &c, &kind);

		if (p->count >= KAM_WINDOW && !continues(p, c, kind))
			break;
		p->read = read;
		if (kind == KAM_UNIT_INVISIBLE)
		{
			/* it belongs to the unit before, in the beginning to the first one */
			if (++invisible <= MAX_INVISIBLE && p->count + (p->read < p->len) > 0)
				continue;
			c = ' ';
			kind = KAM_UNIT_BLANK;
			units = 1;
		}
		invisible = 0;
		p->at[p->count] = begin;
		p->kind[p->count] = kind;
		if (units == 1)
		{
			p->unit[p->count] = (UChar) c;
			if (kind == KAM_UNIT_THAI && p->count > 0)
				is_disorder |= kam_is_disorder(p->unit[p->count - 1], (UChar) c);
			p->count++;
			if (kind == KAM_UNIT_THAI)
				is_disorder |= decode_thai(p);
		}
		else
		{
			p->unit[p->count++] = U16_LEAD(c);
			p->at[p->count] = begin;
			p->kind[p->count] = kind;
			p->unit[p->count++] = U16_TRAIL(c);
		}
	}
	p->at[0] = begin_of_all;
	if (is_disorder)
		p->count = kam_order_thai(p->unit, p->kind, p->at, from, p->count, MAX_MARKS);
	p->at[p->count] = p->read;
}

/* ---- looking at the window ---- */

static UChar
unit_at(const KamTextParser *p, int32_t i)
{
	return i < p->count ? p->unit[i] : 0;
}

static KamUnitKind
kind_at(const KamTextParser *p, int32_t i)
{
	return i < p->count ? (KamUnitKind) p->kind[i] : KAM_UNIT_BLANK;
}

static bool
is_alnum(KamUnitKind kind)
{
	return kind == KAM_UNIT_LETTER || kind == KAM_UNIT_DIGIT;
}

static int32_t
skip_kind(const KamTextParser *p, int32_t i, KamUnitKind kind)
{
	while (kind_at(p, i) == kind && i < p->count)
		i++;
	return i;
}

static int32_t
skip_alnum(const KamTextParser *p, int32_t i)
{
	while (is_alnum(kind_at(p, i)))
		i++;
	return i;
}

static bool
has_kind(const KamTextParser *p, int32_t from, int32_t to, KamUnitKind kind)
{
	for (int32_t i = from; i < to; i++)
		if (p->kind[i] == kind)
			return true;
	return false;
}

/* Is this ASCII word (in small letters) here?  In any case, and whatever follows. */
static bool
is_here(const KamTextParser *p, int32_t i, const char *word)
{
	for (; *word; word++, i++)
	{
		UChar		c = unit_at(p, i);

		if (kind_at(p, i) == KAM_UNIT_LETTER)
			c |= 0x20;
		if (c != (UChar) *word)
			return false;
	}
	return true;
}

/* ---- handing out ---- */

/* The units up to 'end' are a token, or as many of them as a token may have. */
static KamTokenType
take(KamTextParser *p, int32_t end, KamTokenType type, const char **token, int32_t *len)
{
	int32_t		begin = p->at[p->next];

	if (end - p->next > MAX_TOKEN)
		end = p->next + MAX_TOKEN;
	while (p->at[end] - begin > KAM_MAX_TOKEN_BYTES)
		end--;
	while (p->at[end] == begin)
		end++;					/* not between the halves of one character */
	*token = p->text + begin;
	*len = p->at[end] - begin;
	p->next = end;
	return type;
}

/* ---- words by ICU ---- */

/* Consonants (one or two) at i, silenced by ์: they end a word, and begin none. */
static bool
is_silent(const KamTextParser *p, int32_t i, int32_t to)
{
	for (int n = 0; n < 2 && i < to && kam_is_thai(p->unit[i], KAM_THAI_CONSONANT); n++)
	{
		i++;
		if (i < to && (p->unit[i] == 0x0E34 || p->unit[i] == 0x0E38))
			i++;				/* as in สิทธิ์, พันธุ์ */
		if (i < to && p->unit[i] == 0x0E4C)
			return true;
	}
	return false;
}

/* May a word of from..to begin or end before unit i, as Thai is spelt? */
static inline bool
is_between_clusters(const KamTextParser *p, int32_t i, int32_t from, int32_t to)
{
	if (i <= from || i >= to)
		return true;
	return !kam_is_thai(p->unit[i], KAM_THAI_MARK | KAM_THAI_FOLLOWING) &&
		!kam_is_thai(p->unit[i - 1], KAM_THAI_LEADING) && !is_silent(p, i, to);
}

/* A lone consonant, but ณ, is no word: it begins the next one, as in สตาร์ต. */
static inline bool
is_lone_consonant(const KamTextParser *p, int32_t begin, int32_t end)
{
	return end == begin + 1 && kam_is_thai(p->unit[begin], KAM_THAI_CONSONANT) && p->unit[begin] != 0x0E13;
}

/* Note in 'cut' where ICU begins words in from..to, but for what is against the spelling of Thai. */
static void
note_cuts(KamTextParser *p, int32_t from, int32_t to)
{
	int32_t		last = from;
	int32_t		cut;

	ubrk_setText(p->breaks, p->unit + from, to - from, &p->status);
	if (U_FAILURE(p->status))
		return;
	while ((cut = ubrk_next(p->breaks)) != UBRK_DONE)
	{
		cut += from;
		if (cut < to && (is_lone_consonant(p, last, cut) || !is_between_clusters(p, cut, from, to)))
			continue;
		p->cut[cut] = 1;
		last = cut;
	}
}

/* Most of a text begins no word of the dictionary, as two or three units tell. */
static inline bool
may_begin_word(const KamTextParser *p, int32_t i, int32_t to)
{
	const KamThaiWords *words = p->words;
	uint32_t	pair;
	uint32_t	triple;

	if (i + 1 >= to)
		return false;
	pair = kam_pair(p->unit + i);
	if ((words->pair[pair / 64] >> pair % 64 & 1) == 0)
		return false;
	if (words->has_pairs || i + 2 >= to)
		return true;
	triple = kam_triple(p->unit + i);
	return (words->triple[triple / 64] >> triple % 64 & 1) != 0;
}

/* The ends of all words of the dictionary that begin at 'from', shortest first. */
static int
find_words(const KamTextParser *p, int32_t from, int32_t to, int32_t *end)
{
	const KamWordNode *nodes = p->words->node;
	int32_t		node = p->words->first[p->unit[from] & (KAM_THAI_BLOCK - 1)];
	int			found = 0;

	for (int32_t i = from + 1; node >= 0 && i < to; i++)
	{
		int32_t		child = nodes[node].child;
		int32_t		child_end = nodes[node].child_end;

		while (child < child_end && nodes[child].unit < p->unit[i])
			child++;
		if (child == child_end || nodes[child].unit != p->unit[i])
			break;
		if (nodes[child].is_word)
			end[found++] = i + 1;
		node = child;
	}
	return found;
}

static int32_t
next_cut(const KamTextParser *p, int32_t i, int32_t to)
{
	do
		i++;
	while (i < to && !p->cut[i]);
	return i;
}

static int32_t
last_cut(const KamTextParser *p, int32_t i, int32_t from)
{
	while (i > from && !p->cut[i])
		i--;
	return i;
}

/*
 * May a word of the dictionary be here?  Where ICU cuts before and after it,
 * yes.  Else it may take one end of a word of ICU's that is no longer than it, as
 * การไฟฟ้า does of ให้การ; but is no part of one, as ไฟ of ไฟฟ้า.
 */
static bool
may_join(const KamTextParser *p, int32_t begin, int32_t end, int32_t from, int32_t to)
{
	bool		is_cut = begin == from || p->cut[begin];
	int32_t		cut = next_cut(p, begin, to);

	if (!is_between_clusters(p, end, from, to))
		return false;
	if (!is_cut && (cut >= end || cut - last_cut(p, begin, from) > end - begin))
		return false;
	if (end == to || p->cut[end])
		return true;
	return cut < end && next_cut(p, end, to) - last_cut(p, end, from) <= end - begin;
}

/*
 * Cut anew behind a word that ended amid one of ICU's, until ICU cuts where it
 * did before.
 */
static void
cut_anew(KamTextParser *p, int32_t from, int32_t to)
{
	uint8_t		before[CUT_ANEW + 1];
	int32_t		end = from + CUT_ANEW < to ? from + CUT_ANEW : to;
	int32_t		i;

	memcpy(before, p->cut + from, end - from + 1);
	memset(p->cut + from, 0, end - from + 1);
	note_cuts(p, from, end);
	for (i = from + 1; i < end && !(p->cut[i] && before[i - from]); i++)
		;
	memcpy(p->cut + i, before + i - from, end - i + 1);
	p->cut[from] = 1;
}

/* Join, from the left, what is a word of the dictionary; the longest one counts. */
static void
join_words(KamTextParser *p, int32_t from, int32_t to)
{
	int32_t		end[KAM_MAX_WORD_UNITS];
	int32_t		i = from;

	while (i < to)
	{
		int			found = 0;

		if (may_begin_word(p, i, to) && is_between_clusters(p, i, from, to))
			found = find_words(p, i, to, end);
		while (found > 0 && !may_join(p, i, end[found - 1], from, to))
			found--;
		if (found > 0)
		{
			int32_t		word_end = end[found - 1];

			p->cut[i] = 1;
			memset(p->cut + i + 1, 0, word_end - i - 1);
			if (word_end < to && !p->cut[word_end])
				cut_anew(p, word_end, to);
			i = word_end;
		}
		else
			i++;
	}
}

/* Does the window end so near to unit i that there may be more to see? */
static bool
is_near_end(const KamTextParser *p, int32_t i)
{
	return p->read < p->len && p->count - i < BEHIND;
}

/*
 * The stretch of units from 'next' to 'to', of one script, becomes words.  If
 * the window ends before the stretch does, or soon behind it, those well
 * before its end.
 */
static void
find_stretch(KamTextParser *p, int32_t to, KamTokenType type)
{
	int32_t		from = p->next;
	int32_t		limit = is_near_end(p, to) && to - from > UNFINISHED ? to - UNFINISHED : to;

	memset(p->cut + from, 0, to - from + 1);
	note_cuts(p, from, to);
	if (type == KAM_TOKEN_THAI && p->words && p->words->count > 0)
		join_words(p, from, to);
	p->cut[to] = 1;
	while (limit > from && !p->cut[limit])
		limit--;
	p->words_end = limit > from ? limit : to;
	p->words_type = type;
}

static bool
has_consonant(const KamTextParser *p, int32_t from, int32_t to)
{
	for (int32_t i = from; i < to; i++)
		if (kam_is_thai(p->unit[i], KAM_THAI_CONSONANT))
			return true;
	return false;
}

/* Hand out the next of the words that were found. */
static KamTokenType
take_word(KamTextParser *p, const char **token, int32_t *len)
{
	int32_t		end = next_cut(p, p->next, p->words_end);
	KamTokenType type = p->words_type;

	if (type == KAM_TOKEN_THAI && !has_consonant(p, p->next, end))
		type = KAM_TOKEN_BLANK;
	if (type == KAM_TOKEN_WORD && !has_kind(p, p->next, end, KAM_UNIT_OTHER) &&
		!has_kind(p, p->next, end, KAM_UNIT_LETTER) && !has_kind(p, p->next, end, KAM_UNIT_DIGIT))
		type = KAM_TOKEN_BLANK;
	take(p, end, type, token, len);
	if (p->next >= p->words_end)
		p->words_end = 0;
	return type;
}

/* ---- Thai ---- */

static int32_t
skip_consonants(const KamTextParser *p, int32_t i)
{
	int32_t		from = i;

	while (i - from <= MAX_ABBREVIATION && i < p->count && kam_is_thai(p->unit[i], KAM_THAI_CONSONANT))
		i++;
	return i - from > MAX_ABBREVIATION ? from : i;
}

/* มี.ค., เม.ย. and มิ.ย. are the abbreviations that have vowels. */
static bool
is_month(const KamTextParser *p, int32_t from, int32_t to)
{
	static const UChar months[3][2] = {{0x0E21, 0x0E35}, {0x0E40, 0x0E21}, {0x0E21, 0x0E34}};

	for (int m = 0; to - from == 2 && m < 3; m++)
		if (p->unit[from] == months[m][0] && p->unit[from + 1] == months[m][1])
			return skip_consonants(p, to + 1) == to + 2 && unit_at(p, to + 2) == '.';
	return false;
}

/*
 * Thai from 'next'.  Where a dot follows, the last word may be an abbreviation,
 * as กฟจ.; of single letters, as ก.ฟ.ภ., it goes on with those that have a dot
 * behind them.
 */
static void
find_thai(KamTextParser *p)
{
	int32_t		to = skip_kind(p, p->next, KAM_UNIT_THAI);
	int32_t		last = to - 1;
	bool		goes_on;

	find_stretch(p, to, KAM_TOKEN_THAI);
	if (p->words_end < to || unit_at(p, to) != '.')
		return;
	while (last > p->next && !p->cut[last])
		last--;
	goes_on = to - last == 1 || is_month(p, last, to);
	if (skip_consonants(p, last) != to && !goes_on)
		return;
	p->words_end = last > p->next ? last : 0;
	while (goes_on && skip_consonants(p, to + 1) == to + 2 && unit_at(p, to + 2) == '.')
		to += 2;
	p->abbreviation_end = to + 1;
}

/* ---- numbers ---- */

/* Units in small letters, as they stand behind a number. */
static const char *const units[] = {
	"%", "a", "amp", "amps", "cm", "ghz", "gw", "gwh", "hp", "hz", "ka", "kg", "khz", "km", "kv", "kva", "kvah",
	"kvar", "kvarh", "kw", "kwh", "kwp", "m", "ma", "mhz", "mm", "ms", "mv", "mva", "mvar", "mw", "mwh", "mwp",
	"sqmm", "thb", "v", "va", "var", "volt", "volts", "w", "watt", "watts", "wh", "wp", NULL
};

/* 1,500.25 */
static int32_t
skip_number(const KamTextParser *p, int32_t i)
{
	int32_t		end = skip_kind(p, i, KAM_UNIT_DIGIT);

	if (end - i <= 3)
		while (unit_at(p, end) == ',' && skip_kind(p, end + 1, KAM_UNIT_DIGIT) == end + 4)
			end += 4;
	if (unit_at(p, end) == '.' && kind_at(p, end + 1) == KAM_UNIT_DIGIT)
		end = skip_kind(p, end + 1, KAM_UNIT_DIGIT);
	return end;
}

/* The end of the unit behind a number, or of the number if there is none. */
static int32_t
skip_unit(const KamTextParser *p, int32_t number_end)
{
	int32_t		begin = number_end;
	int32_t		end;

	if (unit_at(p, begin) == ' ' || unit_at(p, begin) == '-')
		begin++;
	if (unit_at(p, begin) == '%')
		return begin + 1;
	end = skip_kind(p, begin, KAM_UNIT_LETTER);
	if (end == begin || end - begin > 5 || kind_at(p, end) == KAM_UNIT_DIGIT || kind_at(p, end) == KAM_UNIT_OTHER)
		return number_end;
	for (int u = 0; units[u]; u++)
		if ((int32_t) strlen(units[u]) == end - begin && is_here(p, begin, units[u]))
			return end;
	return number_end;
}

/* Groups of digits with a hyphen between two. */
static int32_t
skip_groups(const KamTextParser *p, int32_t i, int *digits, int *groups)
{
	*digits = 0;
	*groups = 0;
	for (;;)
	{
		int32_t		end = skip_kind(p, i, KAM_UNIT_DIGIT);

		*digits += end - i;
		++*groups;
		if (unit_at(p, end) != '-' || kind_at(p, end + 1) != KAM_UNIT_DIGIT)
			return end;
		i = end + 1;
	}
}

/* Nothing that would make it part of something longer. */
static bool
ends_here(const KamTextParser *p, int32_t i)
{
	return !is_alnum(kind_at(p, i)) && kind_at(p, i) != KAM_UNIT_OTHER &&
		!(unit_at(p, i) == '.' && kind_at(p, i + 1) == KAM_UNIT_DIGIT);
}

/*
 * 0-2123-4567, 053-123456, 081-234-5678, 081 234 5678, +66 81 234 5678: behind 0
 * or +66 eight digits, or nine if they begin with 6, 8 or 9.  Returns the end, or i.
 */
static int32_t
skip_phone(const KamTextParser *p, int32_t i)
{
	bool		is_abroad = unit_at(p, i) == '+';
	int32_t		at = is_abroad ? i + 1 : i;
	int32_t		prefix = is_abroad ? 2 : 1;
	int			expected = 0;
	int			digits = 0;

	if (!is_here(p, i, is_abroad ? "+66" : "0"))
		return i;
	for (; digits < prefix + 9; at++)
	{
		UChar		c = unit_at(p, at);

		if (kind_at(p, at) == KAM_UNIT_DIGIT)
		{
			if (digits++ == prefix)
			{
				if (c < '2')
					return i;
				expected = prefix + (c == '6' || c == '8' || c == '9' ? 9 : 8);
			}
			if (digits == expected && ends_here(p, at + 1) &&
				!(unit_at(p, at + 1) == '-' && kind_at(p, at + 2) == KAM_UNIT_DIGIT))
				return at + 1;
		}
		else if ((c != '-' && c != ' ') || kind_at(p, at + 1) != KAM_UNIT_DIGIT)
			break;
	}
	return i;
}

static bool
is_date(const KamTextParser *p, int32_t i, int32_t end, int groups)
{
	int32_t		first = skip_kind(p, i, KAM_UNIT_DIGIT) - i;
	int32_t		second = skip_kind(p, i + first + 1, KAM_UNIT_DIGIT) - (i + first + 1);
	int32_t		third = end - i - first - second - 2;

	return groups == 3 && second <= 2 && ((first <= 2 && third == 4) || (first == 4 && third <= 2));
}

/* Numbers of meters, accounts, letters, ...: seven digits or more, with hyphens or without. */
static int32_t
skip_long_number(const KamTextParser *p, int32_t i)
{
	int			digits;
	int			groups;
	int32_t		end = skip_groups(p, i, &digits, &groups);

	if (digits < MIN_LONG_NUMBER || !ends_here(p, end) || is_date(p, i, end, groups))
		return i;
	return end;
}

/* ---- mail, addresses of pages ---- */

static bool
is_domain_unit(const KamTextParser *p, int32_t i)
{
	return is_alnum(kind_at(p, i)) || unit_at(p, i) == '-';
}

/* A domain with a dot in it; i if there is none. */
static int32_t
skip_domain(const KamTextParser *p, int32_t i)
{
	int32_t		end = i;
	int			labels = 0;
	int32_t		at = i;

	while (is_alnum(kind_at(p, at)) && at - i < MAX_URL)
	{
		while (is_domain_unit(p, at))
			at++;
		while (unit_at(p, at - 1) == '-')
			at--;
		if (++labels >= 2)
			end = at;
		if (unit_at(p, at) != '.')
			break;
		at++;
	}
	return end;
}

static int32_t
skip_email(const KamTextParser *p, int32_t i)
{
	int32_t		at = i;
	int32_t		end;

	while (at - i < MAX_LOCAL_PART && (is_alnum(kind_at(p, at)) ||
									   (unit_at(p, at) && unit_at(p, at) < 0x80 && strchr("._%+-", unit_at(p, at)))))
		at++;
	if (unit_at(p, at) != '@' || at == i)
		return i;
	end = skip_domain(p, at + 1);
	return end > at + 1 ? end : i;
}

static bool
is_url_unit(UChar c)
{
	return c > ' ' && c < 0x7F && strchr("<>\"'(){}|\\^`", c) == NULL;
}

/* A last label that makes a name without www. one of the web. */
static bool
is_web_domain(const KamTextParser *p, int32_t from, int32_t to)
{
	static const char *const known[] = {"th", "com", "net", "org", "info", "asia", NULL};
	int32_t		label = to;

	while (label > from && unit_at(p, label - 1) != '.')
		label--;
	for (int k = 0; known[k]; k++)
		if ((int32_t) strlen(known[k]) == to - label && is_here(p, label, known[k]))
			return true;
	return false;
}

static int32_t
skip_url(const KamTextParser *p, int32_t i)
{
	int32_t		end = skip_domain(p, i);
	bool		is_named = is_here(p, i, "http://") || is_here(p, i, "https://") || is_here(p, i, "www.");

	if (!is_named && (end == i || !is_web_domain(p, i, end)))
		return i;
	if (!is_named && unit_at(p, end) != '/')
		return end;
	while (end - i < MAX_URL && is_url_unit(unit_at(p, end)))
		end++;
	while (end > i && strchr(".,;:!?", unit_at(p, end - 1)))
		end--;
	return end;
}

/* ---- words and codes ---- */

/* CMA-05, KTA01VB-01: letters and digits, and what follows hyphens with digits in it. */
static int32_t
skip_code(const KamTextParser *p, int32_t i)
{
	int32_t		end = skip_alnum(p, i);

	while (unit_at(p, end) == '-' || unit_at(p, end) == '_')
	{
		int32_t		more = skip_alnum(p, end + 1);

		if (!has_kind(p, end + 1, more, KAM_UNIT_DIGIT))
			break;
		end = more;
	}
	if (!has_kind(p, i, end, KAM_UNIT_DIGIT) || !has_kind(p, i, end, KAM_UNIT_LETTER))
		return i;
	return end;
}

/* Letters, and apostrophes between them. */
static int32_t
skip_english(const KamTextParser *p, int32_t i)
{
	i = skip_kind(p, i, KAM_UNIT_LETTER);
	while (unit_at(p, i) == '\'' && kind_at(p, i + 1) == KAM_UNIT_LETTER)
		i = skip_kind(p, i + 1, KAM_UNIT_LETTER);
	return i;
}

/* Letters of other scripts, with ASCII ones among them. */
static int32_t
skip_other(const KamTextParser *p, int32_t i)
{
	while (is_alnum(kind_at(p, i)) || kind_at(p, i) == KAM_UNIT_OTHER)
		i++;
	return i;
}

/* ---- tokens ---- */

static KamTokenType
number_token(const KamTextParser *p, int32_t *end)
{
	int32_t		i = p->next;
	int32_t		number_end;

	if ((*end = skip_phone(p, i)) > i)
		return KAM_TOKEN_PHONE;
	if ((*end = skip_email(p, i)) > i)
		return KAM_TOKEN_EMAIL;
	if ((*end = skip_long_number(p, i)) > i)
		return KAM_TOKEN_METER;
	number_end = skip_number(p, i);
	if ((*end = skip_unit(p, number_end)) > number_end)
		return KAM_TOKEN_QUANTITY;
	if (kind_at(p, skip_kind(p, i, KAM_UNIT_DIGIT)) == KAM_UNIT_LETTER && (*end = skip_code(p, i)) > i)
		return KAM_TOKEN_CODE;
	*end = number_end;
	return KAM_TOKEN_NUMBER;
}

static KamTokenType
letter_token(const KamTextParser *p, int32_t *end)
{
	int32_t		i = p->next;

	if ((*end = skip_email(p, i)) > i)
		return KAM_TOKEN_EMAIL;
	if ((*end = skip_url(p, i)) > i)
		return KAM_TOKEN_URL;
	if ((*end = skip_code(p, i)) > i)
		return KAM_TOKEN_CODE;
	*end = skip_english(p, i);
	return KAM_TOKEN_ENGLISH;
}

/* ฯลฯ, "et cetera", is three blanks with a letter for the second. */
static bool
is_et_cetera(const KamTextParser *p, int32_t i)
{
	return unit_at(p, i) == 0x0E2F && unit_at(p, i + 1) == 0x0E25 && unit_at(p, i + 2) == 0x0E2F;
}

/* Blanks, up to what begins a token; + may begin a phone's number. */
static KamTokenType
blank_token(const KamTextParser *p, int32_t *end)
{
	int32_t		i = p->next;

	for (; i < p->count && p->kind[i] == KAM_UNIT_BLANK && !(i > p->next && is_near_end(p, i)); i++)
	{
		if (p->unit[i] == '+' && (*end = skip_phone(p, i)) > i)
		{
			if (i == p->next)
				return KAM_TOKEN_PHONE;
			break;
		}
		if (is_et_cetera(p, i))
			i += 2;
	}
	*end = i;
	return KAM_TOKEN_BLANK;
}

/*
 * The next token, which begins where the last one ended, or KAM_TOKEN_END.
 * After an error of ICU's, status says which.
 */
KamTokenType
kam_parser_next(KamTextParser *p, const char **token, int32_t *len)
{
	KamTokenType type;
	int32_t		end;

	if (p->words_end > p->next)
		return take_word(p, token, len);
	p->words_end = 0;
	if (p->abbreviation_end > p->next)
	{
		end = p->abbreviation_end;
		p->abbreviation_end = 0;
		return take(p, end, KAM_TOKEN_ABBREVIATION, token, len);
	}
	p->abbreviation_end = 0;
	if (p->count - p->next < LOOKAHEAD && p->read < p->len)
		fill_window(p);
	if (p->next >= p->count)
		return KAM_TOKEN_END;

	type = KAM_TOKEN_END;
	switch (p->kind[p->next])
	{
		case KAM_UNIT_BLANK:
			type = blank_token(p, &end);
			break;
		case KAM_UNIT_DIGIT:
			type = number_token(p, &end);
			break;
		case KAM_UNIT_LETTER:
			type = letter_token(p, &end);
			break;
		case KAM_UNIT_THAI:
			find_thai(p);
			break;
		default:
			break;
	}
	if (type != KAM_TOKEN_END && kind_at(p, end) != KAM_UNIT_OTHER)
		return take(p, end, type, token, len);
	if (type == KAM_TOKEN_BLANK)
		return take(p, end, type, token, len);
	if (p->kind[p->next] != KAM_UNIT_THAI)
		find_stretch(p, skip_other(p, p->next), KAM_TOKEN_WORD);
	if (U_FAILURE(p->status))
		return KAM_TOKEN_END;
	return kam_parser_next(p, token, len);
}
