/*
 * A mutation fuzz of the parser of Thai text search, without a server: see test/fuzz/run.
 *
 *   text_search CORPUS SECONDS SEED
 *
 * Every text, valid or not, must be cut into tokens that are the whole of it; tokens and lexemes keep
 * their limits; of valid UTF-8 they are valid UTF-8; a lexeme is its own lexeme; and characters
 * that cannot be seen change no lexeme.
 */
#include "text_search_parser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <unicode/utf8.h>

#define MAX_LINES 1000
#define MAX_WORDS 5000
#define MAX_TEXT 200000

static char *lines[MAX_LINES];
static int	line_count;
static char *corpus_words[MAX_WORDS];
static int	corpus_word_count;

/* What texts are spoilt with. */
static const char *const snippets[] = {
	"\u200B", "\uFEFF", "\u00AD", "\u200D", "\u2060", "่", "้", "๊", "์", "ิ", "ี", "ุ", "ู", "ั", "็", "ํ", "ฺ", "๎", "ะ", "า", "ำ", "ๅ", "เ", "แ",
	"เเ", "ๆ", "ฯ", "฿", "ก", "ณ", "๑", "๙", ".", "-", "_", "@", "+", "+66", "0", "08", "081-234-5678", "115 kV", "22kV", "%", ",", "1,000", "kV", "www.",
	"http://", "a@b.c", "pea.co.th", "CMA-05", "กฟจ.", "มี.ค.", "'", "’", "😀", "👨‍👩‍👧", "𝐀", "é", "e\u0301", "中文", "日本", "مرحبا", "ລາວ", "ខ្មែរ", "မြန်မာ", "ﷺ", "㎸", "Ａ",
	"０", "－", "　", " ", "\n", "\t", "\x01", "\x7F", "\xC3", "\xE0\xB8", "\xF0\x9F", "\xFF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "<b>", "&amp;"
};
#define SNIPPETS ((int) (sizeof(snippets) / sizeof(snippets[0])))

/* ---- chance ---- */

static uint64_t state;

static uint32_t
chance(uint32_t below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t) ((state * UINT64_C(0x2545F4914F6CDD1D)) >> 33) % below;
}

/* ---- failing ---- */

static uint64_t seed;
static uint64_t run;

static void
fail(const char *what, const char *text, int len)
{
	fprintf(stderr, "%s; seed %llu, run %llu, %d bytes:\n", what, (unsigned long long) seed,
			(unsigned long long) run, len);
	for (int i = 0; i < len && i < 400; i++)
		fprintf(stderr, "%02x", (unsigned char) text[i]);
	fputc('\n', stderr);
	abort();
}

/* ---- texts ---- */

static char text[MAX_TEXT + 100];
static int	text_len;

static void
add(const char *bytes, int len)
{
	if (text_len + len > MAX_TEXT)
		len = MAX_TEXT - text_len;
	memmove(text + text_len, bytes, len);
	text_len += len;
}

static void
insert(int at, const char *bytes, int len)
{
	if (text_len + len > MAX_TEXT)
		return;
	memmove(text + at + len, text + at, text_len - at);
	memcpy(text + at, bytes, len);
	text_len += len;
}

static void
mutate(void)
{
	int			at = text_len ? (int) chance(text_len) : 0;
	int			len = text_len ? (int) chance(text_len - at) % 40 : 0;
	const char *snippet = snippets[chance(SNIPPETS)];

	switch (chance(8))
	{
		case 0:
			if (text_len)
				text[at] = (char) chance(256);
			break;
		case 1:
			memmove(text + at, text + at + len, text_len - at - len);
			text_len -= len;
			break;
		case 2:
			for (uint32_t n = chance(8) == 0 ? chance(3000) : 1; n > 0; n--)
				insert(at, snippet, (int) strlen(snippet));
			break;
		case 3:
			{
				char		copy[40];

				memcpy(copy, text + at, len);
				insert(text_len ? (int) chance(text_len) : 0, copy, len);
				break;
			}
		default:
			insert(at, snippet, (int) strlen(snippet));
	}
}

/* Some lines of the corpus, glued with or without blanks, and spoilt; now and then long. */
static void
make_text(void)
{
	int			count = chance(50) == 0 ? 200 + (int) chance(600) : (int) chance(4);

	text_len = 0;
	for (int i = 0; i < count; i++)
	{
		const char *line = lines[chance(line_count)];

		add(line, (int) strlen(line));
		if (chance(3) == 0)
			add(" ", 1);
	}
	for (uint32_t n = chance(20); n > 0; n--)
		mutate();
}

static bool
is_valid(const char *bytes, int len)
{
	int			i = 0;

	while (i < len)
	{
		UChar32		c;

		U8_NEXT((const uint8_t *) bytes, i, len, c);
		if (c < 0)
			return false;
	}
	return true;
}

/* ---- words ---- */

static KamThaiWords words;
static KamThaiWord word[MAX_WORDS];
static KamWordNode node[MAX_WORDS * KAM_MAX_WORD_UNITS];
static UChar unit[MAX_WORDS][KAM_MAX_WORD_UNITS];

/* Another dictionary: some words of the corpus. */
static void
make_words(void)
{
	int			count = 0;
	uint32_t	share = 1 + chance(20);

	for (int i = 0; i < corpus_word_count; i++)
		if (chance(share) == 0)
		{
			word[count].unit = unit[count];
			word[count].len = kam_thai_word_units(corpus_words[i], (int32_t) strlen(corpus_words[i]), unit[count]);
			if (word[count].len > 0)
				count++;
		}
	kam_build_thai_words(word, count, node, &words);
}

/* ---- what must hold ---- */

static KamTextParser parser;
static UBreakIterator *breaks;
static uint64_t total_bytes;
static uint64_t total_tokens;

static KamLexemeKind
lexeme_kind(KamTokenType type)
{
	switch (type)
	{
		case KAM_TOKEN_ABBREVIATION:
			return KAM_LEXEME_ABBREVIATION;
		case KAM_TOKEN_NUMBER:
		case KAM_TOKEN_QUANTITY:
			return KAM_LEXEME_NUMBER;
		case KAM_TOKEN_CODE:
			return KAM_LEXEME_CODE;
		case KAM_TOKEN_PHONE:
		case KAM_TOKEN_METER:
			return KAM_LEXEME_DIGITS;
		default:
			return KAM_LEXEME_WORD;
	}
}

static void
check_lexeme(const char *token, int32_t len, KamTokenType type)
{
	char		lexeme[KAM_MAX_LEXEME_BYTES];
	char		again[KAM_MAX_LEXEME_BYTES];
	char	   *exact = malloc(len);
	int32_t		lexeme_len;
	int32_t		again_len;

	memcpy(exact, token, len);
	lexeme_len = kam_make_lexeme(exact, len, lexeme_kind(type), lexeme);
	free(exact);
	if (lexeme_len < 0 || lexeme_len > KAM_MAX_LEXEME_BYTES)
		fail("a lexeme has a wrong length", token, len);
	if (!is_valid(lexeme, lexeme_len))
		fail("a lexeme is no UTF-8", token, len);
	again_len = kam_make_lexeme(lexeme, lexeme_len, KAM_LEXEME_WORD, again);
	if (lexeme_len < KAM_MAX_LEXEME_BYTES - 40 &&
		(again_len != lexeme_len || memcmp(lexeme, again, lexeme_len) != 0))
		fail("a lexeme is not its own lexeme", token, len);
}

/* The lexemes of a text, as one hash. */
static uint64_t
parse(const char *bytes, int len, bool check)
{
	char	   *exact = malloc(len ? len : 1);
	const char *token;
	const char *expected = exact;
	int32_t		token_len;
	KamTokenType type;
	uint64_t	hash = 0;
	bool		valid = is_valid(bytes, len);

	memcpy(exact, bytes, len);
	kam_parser_start(&parser, exact, len, breaks, &words);
	while ((type = kam_parser_next(&parser, &token, &token_len)) != KAM_TOKEN_END)
	{
		if (check)
		{
			if (token != expected || token_len <= 0 || token + token_len > exact + len)
				fail("tokens do not follow each other", bytes, len);
			if (token_len > KAM_MAX_TOKEN_BYTES)
				fail("a token is too long", bytes, len);
			if (valid && !is_valid(token, token_len))
				fail("a token is no UTF-8", bytes, len);
			check_lexeme(token, token_len, type);
			expected = token + token_len;
			total_tokens++;
		}
		if (type != KAM_TOKEN_BLANK)
		{
			char		lexeme[KAM_MAX_LEXEME_BYTES];
			int32_t		n = kam_make_lexeme(token, token_len, lexeme_kind(type), lexeme);

			hash = hash * 31 + type;
			for (int i = 0; i < n; i++)
				hash = hash * 31 + (unsigned char) lexeme[i];
		}
	}
	if (U_FAILURE(parser.status))
		fail(u_errorName(parser.status), bytes, len);
	if (check && expected != exact + len)
		fail("the tokens are not the whole text", bytes, len);
	free(exact);
	return hash;
}

/* Zero-width spaces between any two characters of a text that is valid, short, and has none in excess. */
static void
check_invisible(void)
{
	static const char invisible[] = "\u200B";
	uint64_t	hash;
	int			i = 0;

	if (text_len > 2000 || !is_valid(text, text_len))
		return;
	for (int n = 0; n < text_len; n++)
		if ((unsigned char) text[n] == 0xE2 || (unsigned char) text[n] == 0xEF || (unsigned char) text[n] == 0xC2)
			return;				/* it may have some of its own */
	hash = parse(text, text_len, false);
	while (i < text_len)
	{
		U8_FWD_1((const uint8_t *) text, i, text_len);
		if (chance(4) == 0)
		{
			insert(i, invisible, 3);
			i += 3;
		}
	}
	if (parse(text, text_len, true) != hash)
		fail("what cannot be seen changes a lexeme", text, text_len);
}

/* ---- the corpus ---- */

static char *
copy(const char *bytes, size_t len)
{
	char	   *result = malloc(len + 1);

	memcpy(result, bytes, len);
	result[len] = '\0';
	return result;
}

/* A line of words with | between them. */
static void
read_line(const char *line)
{
	char		plain[4096];
	int			len = 0;
	const char *begin = line;

	for (const char *at = line;; at++)
	{
		if (*at == '|' || *at == ' ' || *at == '\0')
		{
			if (at > begin && corpus_word_count < MAX_WORDS)
				corpus_words[corpus_word_count++] = copy(begin, at - begin);
			begin = at + 1;
		}
		if (*at == '\0')
			break;
		if (*at != '|' && len < (int) sizeof(plain))
			plain[len++] = *at;
	}
	if (line_count < MAX_LINES)
		lines[line_count++] = copy(plain, len);
}

static void
read_corpus(const char *name)
{
	FILE	   *file = fopen(name, "r");
	char		line[4096];

	if (file == NULL)
	{
		perror(name);
		exit(2);
	}
	while (fgets(line, sizeof(line), file))
	{
		line[strcspn(line, "\n")] = '\0';
		if (line[0] && line[0] != '#')
			read_line(line);
	}
	fclose(file);
}

int
main(int argc, char **argv)
{
	UErrorCode	status = U_ZERO_ERROR;
	time_t		end;

	if (argc != 4)
	{
		fprintf(stderr, "usage: text_search CORPUS SECONDS SEED\n");
		return 2;
	}
	read_corpus(argv[1]);
	end = time(NULL) + atoi(argv[2]);
	seed = strtoull(argv[3], NULL, 10);
	state = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
	breaks = ubrk_open(UBRK_WORD, "th", NULL, 0, &status);
	if (U_FAILURE(status) || line_count == 0)
	{
		fprintf(stderr, "no word boundaries: %s\n", u_errorName(status));
		return 2;
	}
	make_words();
	for (run = 0; (run & 63) != 0 || time(NULL) < end; run++)
	{
		if (run % 100 == 0)
			make_words();
		make_text();
		total_bytes += text_len;
		parse(text, text_len, true);
		check_invisible();
	}
	ubrk_close(breaks);
	printf("%llu texts, %.1f MB, %llu tokens, seed %llu: all as it should be\n", (unsigned long long) run,
		   total_bytes / 1e6, (unsigned long long) total_tokens, (unsigned long long) seed);
	return 0;
}
