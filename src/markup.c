/*-------------------------------------------------------------------------
 *
 * markup.c
 *		Text as HTML, XML and SVG may hold it: the one place of escaping.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "markup.h"

#include "utils/builtins.h"

/* U+FFFD, for what XML 1.0 may not hold in any form, not even escaped. */
#define REPLACEMENT "\xEF\xBF\xBD"

/*
 * What stands for the character that begins here, and how many bytes that
 * character has; NULL where it stands for itself.
 */
static inline const char *
replacement_of(const char *at, const char *end, int *len)
{
	unsigned char c = (unsigned char) *at;

	*len = 1;
	switch (c)
	{
		case '&':
			return "&amp;";
		case '<':
			return "&lt;";
		case '>':
			return "&gt;";
		case '"':
			return "&quot;";
		case '\'':
			return "&#39;";		/* &apos; is not in HTML 4 */
		case '\t':
		case '\n':
		case '\r':
			return NULL;
		case 0xEF:
			/* U+FFFE and U+FFFF, in a database of UTF8 */
			if (end - at < 3 || (unsigned char) at[1] != 0xBF || (unsigned char) at[2] < 0xBE)
				return NULL;
			*len = 3;
			return REPLACEMENT;
		default:
			return c < 0x20 ? REPLACEMENT : NULL;
	}
}

void
kam_append_escaped(StringInfo to, const char *str, size_t len)
{
	const char *end = str + len;
	const char *plain = str;

	for (const char *at = str; at < end;)
	{
		int			bytes;
		const char *replacement = replacement_of(at, end, &bytes);

		if (replacement)
		{
			appendBinaryStringInfo(to, plain, (int) (at - plain));
			appendStringInfoString(to, replacement);
			plain = at + bytes;
		}
		at += bytes;
	}
	appendBinaryStringInfo(to, plain, (int) (end - plain));
}

PG_FUNCTION_INFO_V1(escape_markup);

Datum
escape_markup(PG_FUNCTION_ARGS)
{
	text	   *source = PG_GETARG_TEXT_PP(0);
	StringInfoData result;

	initStringInfo(&result);
	kam_append_escaped(&result, VARDATA_ANY(source), VARSIZE_ANY_EXHDR(source));
	PG_RETURN_TEXT_P(cstring_to_text_with_len(result.data, result.len));
}
