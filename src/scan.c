/*-------------------------------------------------------------------------
 *
 * scan.c
 *		The words and counts of what is written as {word,word:count,...}.
 *
 * All of it works on folded text (kam_fold), so only ASCII blanks, digits
 * and punctuation have to be known here.  Nothing here throws.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "kam.h"

#include "common/int.h"

bool
kam_is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

const char *
kam_skip_blanks(const char *at)
{
	while (kam_is_blank(*at))
		at++;
	return at;
}

/* Without the blanks around it: where it starts, and its length. */
const char *
kam_trim(const char *str, size_t *len)
{
	const char *start = kam_skip_blanks(str);

	*len = strlen(start);
	while (*len > 0 && kam_is_blank(start[*len - 1]))
		(*len)--;
	return start;
}

/*
 * The word at 'at': all up to a blank or a mark of punctuation.  Gives its
 * length, which is 0 where there is none, and what follows it.
 */
const char *
kam_scan_word(const char *at, size_t *len)
{
	const char *start = at;

	while (*at && !kam_is_blank(*at) && strchr("{},:/", *at) == NULL)
		at++;
	*len = at - start;
	return at;
}

/*
 * A count: decimal digits without a sign.  False where there is none, and then
 * *at stays; *too_large where it does not fit an int64.
 */
bool
kam_scan_count(const char **at, int64 *count, bool *too_large)
{
	const char *p = *at;
	int64		n = 0;

	for (; *p >= '0' && *p <= '9'; p++)
		if (pg_mul_s64_overflow(n, 10, &n) || pg_add_s64_overflow(n, *p - '0', &n))
			*too_large = true;
	if (p == *at)
		return false;
	*at = p;
	*count = n;
	return true;
}
