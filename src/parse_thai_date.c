/*-------------------------------------------------------------------------
 *
 * parse_thai_date.c
 *		Dates as people type them and spreadsheets hold them.
 *
 * The text is first made plain: one form of every digit, blank and dash, Thai
 * marks in their order, nothing invisible.  Then it is a sequence of numbers
 * with words or punctuation between them, of which few have a meaning.  What
 * has two is refused with both: nothing here depends on today, nor on
 * the session.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "thai_date.h"

#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/datetime.h"

/* Longer text is no date; so much of it is shown. */
#define MAX_BYTES 256
#define SHOWN_BYTES 120

/*
 * Years of four digits without พ.ศ. or ค.ศ.: B.E. 2484 to 2683, or the same
 * 200 years of the common era, 1941 to 2140.  Others are not read at all, so
 * that every date that is read, written as a Thai date, is read again.
 */
#define FIRST_YEAR (KAM_FIRST_THAI_YEAR - KAM_BUDDHIST_ERA)
#define LAST_YEAR (FIRST_YEAR + 199)

/*
 * Years of two digits: 43 to 99 are B.E. 2543 to 2599.  Lower ones may be
 * meant in the common era as well.
 */
#define FIRST_SHORT_THAI_YEAR 43

#define MAX_NUMBERS 8

typedef enum Era
{
	ERA_UNSAID,
	ERA_BUDDHIST,
	ERA_COMMON
} Era;

typedef struct Number
{
	int			value;
	int			digits;
} Number;

/* What stands before, between and behind the numbers, without blanks. */
typedef struct Gap
{
	char		letters[MAX_BYTES + 1];
	char		marks[MAX_BYTES + 1];
	bool		blank;
} Gap;

typedef struct Pieces
{
	int			numbers;
	Number		number[MAX_NUMBERS];
	Gap			gap[MAX_NUMBERS + 1];
} Pieces;

/* A date as it is written, before anybody asked whether there is such a day. */
typedef struct Reading
{
	Number		day;
	Number		month;
	Number		year;
	Era			era;
	int			weekday;		/* 0 is Sunday, -1 is unsaid */
	bool		english;		/* the month is named in English */
} Reading;

typedef struct Word
{
	const char *letters;
	int			value;
} Word;

static const Word thai_months[] = {
	{"มค", 1}, {"กพ", 2}, {"มีค", 3}, {"เมย", 4}, {"พค", 5}, {"มิย", 6},
	{"กค", 7}, {"สค", 8}, {"กย", 9}, {"ตค", 10}, {"พย", 11}, {"ธค", 12},
	{"มกราคม", 1}, {"กุมภาพันธ์", 2}, {"มีนาคม", 3}, {"เมษายน", 4}, {"พฤษภาคม", 5}, {"มิถุนายน", 6},
	{"กรกฎาคม", 7}, {"สิงหาคม", 8}, {"กันยายน", 9}, {"ตุลาคม", 10}, {"พฤศจิกายน", 11}, {"ธันวาคม", 12},
	{"มกรา", 1}, {"กุมภา", 2}, {"มีนา", 3}, {"เมษา", 4}, {"พฤษภา", 5}, {"มิถุนา", 6},
	{"กรกฎา", 7}, {"สิงหา", 8}, {"กันยา", 9}, {"ตุลา", 10}, {"พฤศจิกา", 11}, {"ธันวา", 12},
	/* misspelt so often that they have to be read */
	{"กุมภาพันธ", 2}, {"พฤศภาคม", 5}, {"พฤศภา", 5}, {"กรกฏาคม", 7}, {"กรกฏา", 7}, {"พฤษจิกายน", 11}, {"พฤษจิกา", 11},
	{NULL, 0}
};

static const Word english_months[] = {
	{"jan", 1}, {"feb", 2}, {"mar", 3}, {"apr", 4}, {"may", 5}, {"jun", 6},
	{"jul", 7}, {"aug", 8}, {"sep", 9}, {"sept", 9}, {"oct", 10}, {"nov", 11}, {"dec", 12},
	{"january", 1}, {"february", 2}, {"march", 3}, {"april", 4}, {"june", 6},
	{"july", 7}, {"august", 8}, {"september", 9}, {"october", 10}, {"november", 11}, {"december", 12},
	{NULL, 0}
};

static const Word weekdays[] = {
	{"อาทิตย์", 0}, {"จันทร์", 1}, {"อังคาร", 2}, {"พุธ", 3}, {"พฤหัสบดี", 4}, {"ศุกร์", 5}, {"เสาร์", 6},
	{"พฤหัส", 4}, {"อา", 0}, {"จ", 1}, {"อ", 2}, {"พ", 3}, {"พฤ", 4}, {"ศ", 5}, {"ส", 6},
	{"sunday", 0}, {"monday", 1}, {"tuesday", 2}, {"wednesday", 3}, {"thursday", 4}, {"friday", 5}, {"saturday", 6},
	{"sun", 0}, {"mon", 1}, {"tue", 2}, {"tues", 2}, {"wed", 3}, {"thu", 4}, {"thur", 4}, {"thurs", 4}, {"fri", 5}, {"sat", 6},
	{NULL, 0}
};

static const Word eras[] = {
	{"พศ", ERA_BUDDHIST}, {"พุทธศักราช", ERA_BUDDHIST}, {"be", ERA_BUDDHIST},
	{"คศ", ERA_COMMON}, {"คริสต์ศักราช", ERA_COMMON}, {"ad", ERA_COMMON}, {"ce", ERA_COMMON},
	{NULL, 0}
};

/* ---- made plain ------------------------------------------------------------ */

static inline bool
is_invisible(pg_wchar c)
{
	return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
		(c >= 0x2060 && c <= 0x2064) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || c == 0xAD || c == 0x61C;
}

static inline bool
is_any_blank(pg_wchar c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x1680 ||
		(c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/* One character for all that stand for it. */
static pg_wchar
plain_character(pg_wchar c)
{
	if (is_any_blank(c))
		return ' ';
	if (c >= 0xFF01 && c <= 0xFF5E)
		c -= 0xFF01 - '!';		/* full width */
	if (c >= 'A' && c <= 'Z')
		return c + ('a' - 'A');
	if (c >= 0xE50 && c <= 0xE59)
		return c - 0xE50 + '0';
	if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)
		return '-';
	if (c == 0x2044 || c == 0x2215)
		return '/';
	return c;
}

/*
 * The order in which marks of one Thai consonant are written: vowel, tone,
 * and what silences it.  0 is no mark.
 */
static inline int
mark_order(pg_wchar c)
{
	if (c == 0xE31 || (c >= 0xE34 && c <= 0xE3A) || c == 0xE47)
		return 1;
	if (c >= 0xE48 && c <= 0xE4B)
		return 2;
	return c >= 0xE4C && c <= 0xE4E ? 3 : 0;
}

/*
 * The characters of the text, made plain; how many.  A mark in the wrong order
 * and one that was typed twice look like the right ones.
 */
static int
make_plain(const char *str, int len, pg_wchar *plain)
{
	pg_wchar   *typed = palloc(sizeof(pg_wchar) * (len + 1));
	int			count = pg_mb2wchar_with_len(str, typed, len);
	int			written = 0;

	for (int i = 0; i < count; i++)
	{
		pg_wchar	c = plain_character(typed[i]);
		int			place = written;

		if (is_invisible(c))
			continue;
		if (mark_order(c) > 0)
		{
			while (place > 0 && mark_order(plain[place - 1]) > mark_order(c))
				place--;
			if (place > 0 && plain[place - 1] == c)
				continue;
			memmove(plain + place + 1, plain + place, sizeof(pg_wchar) * (written - place));
		}
		plain[place] = c;
		written++;
	}
	return written;
}

static inline bool
is_digit(pg_wchar c)
{
	return c >= '0' && c <= '9';
}

static inline bool
is_letter(pg_wchar c)
{
	return (c >= 'a' && c <= 'z') || (c >= 0xE01 && c <= 0xE4E);
}

static Number
read_number(const pg_wchar **at, const pg_wchar *end)
{
	Number		number = {0, 0};

	for (; *at < end && is_digit(**at); (*at)++, number.digits++)
		if (number.digits < 8)
			number.value = number.value * 10 + (int) (**at - '0');
	return number;
}

static void
append(char *to, pg_wchar c)
{
	unsigned char utf8[5] = {0};

	unicode_to_utf8(c, utf8);
	strcat(to, (char *) utf8);
}

static void
read_gap(Gap *gap, const pg_wchar **at, const pg_wchar *end)
{
	gap->letters[0] = gap->marks[0] = '\0';
	gap->blank = false;
	for (; *at < end && !is_digit(**at); (*at)++)
	{
		if (**at == ' ')
			gap->blank = true;
		else
			append(is_letter(**at) ? gap->letters : gap->marks, **at);
	}
}

/* False if it has more numbers than any date. */
static bool
take_apart(const char *str, int len, Pieces *pieces)
{
	pg_wchar   *plain = palloc(sizeof(pg_wchar) * (len + 1));
	const pg_wchar *at = plain;
	const pg_wchar *end = plain + make_plain(str, len, plain);

	pieces->numbers = 0;
	read_gap(&pieces->gap[0], &at, end);
	while (at < end)
	{
		if (pieces->numbers == MAX_NUMBERS)
			return false;
		pieces->number[pieces->numbers] = read_number(&at, end);
		read_gap(&pieces->gap[++pieces->numbers], &at, end);
	}
	return true;
}

/* ---- words ------------------------------------------------------------------- */

/* The word that the letters are, all of them. */
static bool
is_word(const Word *words, const char *letters, int *value)
{
	for (; words->letters; words++)
	{
		if (strcmp(words->letters, letters) == 0)
		{
			*value = words->value;
			return true;
		}
	}
	return false;
}

static const char *
skip_word(const char *letters, const char *word)
{
	size_t		len = strlen(word);

	return strncmp(letters, word, len) == 0 ? letters + len : letters;
}

static bool
is_era(const char *letters, Era *era)
{
	int			value;

	if (*letters == '\0')
		return true;
	if (*era != ERA_UNSAID || !is_word(eras, letters, &value))
		return false;
	*era = (Era) value;
	return true;
}

/* A month, perhaps with the era behind it; also เดือนกุมภาพันธ์ ปี พ.ศ. 2561, as forms have it. */
static bool
is_month_of(const Word *words, const char *letters, int *month, Era *era)
{
	for (; words->letters; words++)
	{
		size_t		len = strlen(words->letters);

		if (strncmp(words->letters, letters, len) == 0 && is_era(skip_word(letters + len, "ปี"), era))
		{
			*month = words->value;
			return true;
		}
	}
	return false;
}

static bool
is_month(const char *letters, Reading *reading)
{
	reading->english = false;
	if (is_month_of(thai_months, skip_word(letters, "เดือน"), &reading->month.value, &reading->era))
		return true;
	reading->english = true;
	return is_month_of(english_months, letters, &reading->month.value, &reading->era);
}

/* What may stand before the day: nothing, วันที่, or the weekday. */
static bool
is_before_day(const char *letters, int *weekday)
{
	char		name[MAX_BYTES + 1];
	size_t		len;

	letters = skip_word(letters, "วัน");
	len = strlen(letters);
	if (len >= strlen("ที่") && strcmp(letters + len - strlen("ที่"), "ที่") == 0)
		len -= strlen("ที่");
	memcpy(name, letters, len);
	name[len] = '\0';
	return len == 0 || is_word(weekdays, name, weekday);
}

/* February, or Thursday, February: before the day. */
static bool
is_month_before_day(const char *letters, Reading *reading)
{
	Era			no_era = ERA_COMMON;

	reading->english = true;
	for (const Word *word = weekdays; word->letters; word++)
	{
		size_t		len = strlen(word->letters);

		if (strncmp(word->letters, letters, len) == 0 &&
			is_month_of(english_months, letters + len, &reading->month.value, &no_era))
		{
			reading->weekday = word->value;
			return true;
		}
	}
	return is_month_of(english_months, letters, &reading->month.value, &no_era);
}

/* ---- shapes ------------------------------------------------------------------ */

static bool
has_only(const char *marks, const char *allowed)
{
	return strspn(marks, allowed) == strlen(marks);
}

/* Around a named month: dots and commas, or one dash or slash on each side. */
static bool
are_marks_of_month(const char *marks)
{
	int			dashes = 0;
	int			slashes = 0;

	for (const char *at = marks; *at; at++)
	{
		dashes += *at == '-';
		slashes += *at == '/';
	}
	return has_only(marks, ".,-/") && ((dashes == 0 || dashes == 2) && (slashes == 0 || slashes == 2)) &&
		dashes + slashes <= 2;
}

/* The one mark between two numbers; 0 if it is another thing. */
static char
separator(const Gap *gap)
{
	if (gap->letters[0] != '\0')
		return '\0';
	if (gap->marks[0] == '\0')
		return gap->blank ? ' ' : '\0';
	return gap->marks[1] == '\0' && strchr("/-.", gap->marks[0]) ? gap->marks[0] : '\0';
}

/*
 * Behind the last number of the date: nothing, the era, or midnight as
 * spreadsheets write it.
 */
static bool
is_behind(const Pieces *pieces, int numbers, Era *era)
{
	const Gap  *gap = &pieces->gap[numbers];
	const Gap  *last = &pieces->gap[pieces->numbers];
	int			hours;
	bool		twelve = strcmp(last->letters, "am") == 0;

	if (pieces->numbers == numbers)
		return has_only(gap->marks, gap->letters[0] != '\0' ? "." : "") && is_era(gap->letters, era);
	if (pieces->numbers < numbers + 2 || pieces->numbers > numbers + 4 ||
		gap->marks[0] != '\0' || !(strcmp(gap->letters, "t") == 0 || (gap->blank && gap->letters[0] == '\0')) ||
		last->marks[0] != '\0' || !(twelve || last->letters[0] == '\0'))
		return false;
	hours = pieces->number[numbers].value;
	for (int i = numbers + 1; i < pieces->numbers; i++)
		if (strcmp(pieces->gap[i].marks, i == numbers + 3 ? "." : ":") != 0 || pieces->gap[i].letters[0] != '\0' ||
			pieces->number[i].value != 0)
			return false;
	return hours == 0 || (hours == 12 && twelve);
}

/* 22 ก.พ. 2561, 22-Feb-2018 */
static bool
read_named_month(const Pieces *pieces, Reading *reading)
{
	const Gap  *between = &pieces->gap[1];

	reading->day = pieces->number[0];
	reading->month.digits = 2;
	reading->year = pieces->number[1];
	return is_before_day(pieces->gap[0].letters, &reading->weekday) && has_only(pieces->gap[0].marks, ".,") &&
		between->letters[0] != '\0' && are_marks_of_month(between->marks) && is_month(between->letters, reading) &&
		is_behind(pieces, 2, &reading->era);
}

/* February 22, 2018 */
static bool
read_month_before_day(const Pieces *pieces, Reading *reading)
{
	reading->day = pieces->number[0];
	reading->month.digits = 2;
	reading->year = pieces->number[1];
	return has_only(pieces->gap[0].marks, ".,") && is_month_before_day(pieces->gap[0].letters, reading) &&
		has_only(pieces->gap[1].marks, ",") && is_era(pieces->gap[1].letters, &reading->era) &&
		(pieces->gap[1].blank || pieces->gap[1].marks[0] != '\0') &&
		is_behind(pieces, 2, &reading->era);
}

/* 22/2/2561, 2018-02-22 */
static bool
read_numeric(const Pieces *pieces, Reading *reading)
{
	char		mark = separator(&pieces->gap[1]);
	bool		year_first = pieces->number[0].digits == 4;

	if (pieces->numbers < 3 || mark == '\0' || separator(&pieces->gap[2]) != mark)
		return false;
	reading->year = pieces->number[year_first ? 0 : 2];
	reading->month = pieces->number[1];
	reading->day = pieces->number[year_first ? 2 : 0];
	return is_before_day(pieces->gap[0].letters, &reading->weekday) && has_only(pieces->gap[0].marks, ".,") &&
		is_behind(pieces, 3, &reading->era);
}

static bool
has_right_digits(const Reading *reading)
{
	return reading->day.digits <= 2 && reading->month.digits <= 2 &&
		(reading->year.digits == 2 || reading->year.digits == 4);
}

static bool
read_text(const Pieces *pieces, Reading *reading)
{
	static const Reading unsaid = {.weekday = -1};
	static bool (*const shapes[]) (const Pieces *, Reading *) =
	{
		read_numeric, read_named_month, read_month_before_day
	};

	if (pieces->numbers < 2)
		return false;			/* the shapes look at two, and what stands around them */
	for (int i = 0; i < (int) lengthof(shapes); i++)
	{
		*reading = unsaid;
		if (shapes[i] (pieces, reading))
			return has_right_digits(reading);
	}
	return false;
}

/* ---- meaning ----------------------------------------------------------------- */

/* The text as messages show it. */
static char *
shown(const char *str, int len)
{
	int			clipped = pg_mbcliplen(str, len, SHOWN_BYTES);

	return psprintf("\"%.*s\"%s", clipped, str, clipped < len ? "..." : "");
}

#define NO_SUCH_DAY(detail, hint) \
	ereturn(escontext, false, \
			(errcode(ERRCODE_DATETIME_FIELD_OVERFLOW), \
			 errmsg("there is no such day: %s", shown(str, len)), \
			 detail, \
			 errhint(hint)))

static bool
is_day_of_some_year(int day, int month)
{
	return month >= 1 && month <= 12 && day >= 1 && day <= day_tab[1][month - 1];
}

/*
 * The two years of the common era that a year of two digits, without พ.ศ. or
 * ค.ศ., may be.  They are the same where it is clear.
 */
static void
short_years(const Reading *reading, int *common, int *buddhist)
{
	int			written = reading->year.value;
	bool		is_low = written < FIRST_SHORT_THAI_YEAR;

	*common = (is_low ? 2000 : 1900) + written;
	*buddhist = 2500 + written - KAM_BUDDHIST_ERA;
	/* Jan 18 is not 1975; but Jan 61 has been written for 1961 and for 2018. */
	if (is_low && reading->english)
		*buddhist = *common;
	else if (!is_low && !reading->english)
		*common = *buddhist;
}

/* The year of the common era, or an error. */
static bool
year_of(const Reading *reading, const char *str, int len, int *year, Node *escontext)
{
	int			written = reading->year.value;
	bool		is_short = reading->year.digits == 2;

	if (reading->era == ERA_COMMON)
		*year = is_short ? 2000 + written : written;
	else if (reading->era == ERA_BUDDHIST)
		*year = (is_short ? 2500 + written : written) - KAM_BUDDHIST_ERA;
	else if (is_short)
	{
		int			common;

		short_years(reading, &common, year);
		if (common != *year)
			ereturn(escontext, false,
					(errcode(ERRCODE_INVALID_DATETIME_FORMAT),
					 errmsg("ambiguous date: %s", shown(str, len)),
					 errdetail("It may be day %d of month %d in C.E. %d (B.E. %d) or in C.E. %d (B.E. %d).",
							   reading->day.value, reading->month.value,
							   *year, *year + KAM_BUDDHIST_ERA, common, common + KAM_BUDDHIST_ERA),
					 errhint("Write the year with four digits.")));
	}
	else
		*year = written >= KAM_FIRST_THAI_YEAR ? written - KAM_BUDDHIST_ERA : written;

	if (*year >= FIRST_YEAR && *year <= LAST_YEAR)
		return true;
	ereturn(escontext, false,
			(errcode(ERRCODE_DATETIME_FIELD_OVERFLOW),
			 errmsg("year out of range: %s", shown(str, len)),
			 reading->era == ERA_UNSAID
			 ? errdetail("The year may be C.E. %d or B.E. %d (C.E. %d).", written, written, written - KAM_BUDDHIST_ERA)
			 : errdetail("The year is C.E. %d (B.E. %d).", *year, *year + KAM_BUDDHIST_ERA),
			 errhint("Years from B.E. %d to %d, C.E. %d to %d, are read.",
					 FIRST_YEAR + KAM_BUDDHIST_ERA, LAST_YEAR + KAM_BUDDHIST_ERA, FIRST_YEAR, LAST_YEAR)));
}

/* What no year has; above all the month first, as in America. */
static bool
check_day_and_month(const Reading *reading, const char *str, int len, Node *escontext)
{
	int			day = reading->day.value;
	int			month = reading->month.value;

	if (is_day_of_some_year(day, month))
		return true;
	if (is_day_of_some_year(month, day))
		NO_SUCH_DAY(errdetail("The day comes before the month, and there is no month %d; the other way round it would be day %d of month %d.",
							  month, month, day),
					"Write the day, the month, the year; or the year, the month, the day.");
	NO_SUCH_DAY(errdetail("It would be day %d of month %d.", day, month),
				"Correct the day or the month.");
}

static bool
date_of(const Reading *reading, const char *str, int len, DateADT *date, Node *escontext)
{
	int			year;
	int			weekday;

	if (!check_day_and_month(reading, str, len, escontext) ||
		!year_of(reading, str, len, &year, escontext))
		return false;
	if (!kam_day_of_thai(year + KAM_BUDDHIST_ERA, reading->month.value, reading->day.value, date))
		NO_SUCH_DAY(errdetail("It would be day %d of month %d in C.E. %d (B.E. %d).",
							  reading->day.value, reading->month.value, year, year + KAM_BUDDHIST_ERA),
					"Correct the day, the month or the year.");
	weekday = kam_thai_day(*date).weekday;
	if (reading->weekday >= 0 && reading->weekday != weekday)
		NO_SUCH_DAY(errdetail("%04d-%02d-%02d (B.E. %d) is a %s.",
							  year, reading->month.value, reading->day.value, year + KAM_BUDDHIST_ERA, days[weekday]),
					"Correct the day of the week or the date.");
	return true;
}

/* A day as spreadsheets count them, from 1900 or from 1904. */
static bool
is_day_number(const Pieces *pieces)
{
	return pieces->numbers == 1 && pieces->number[0].digits == 5 &&
		pieces->gap[0].letters[0] == '\0' && pieces->gap[0].marks[0] == '\0' &&
		pieces->gap[1].letters[0] == '\0' && pieces->gap[1].marks[0] == '\0';
}

static char *
day_from(int year, int month, int day, int number)
{
	j2date(date2j(year, month, day) + number, &year, &month, &day);
	return psprintf("%04d-%02d-%02d", year, month, day);
}

static bool
parse(const char *str, int len, DateADT *date, Node *escontext)
{
	Pieces		pieces;
	Reading		reading;
	bool		is_short = len <= MAX_BYTES && take_apart(str, len, &pieces);

	if (is_short && read_text(&pieces, &reading))
		return date_of(&reading, str, len, date, escontext);
	if (is_short && is_day_number(&pieces))
		ereturn(escontext, false,
				(errcode(ERRCODE_INVALID_DATETIME_FORMAT),
				 errmsg("ambiguous date: %s", shown(str, len)),
				 errdetail("As the number of a day in a spreadsheet it may be %s, counted from 1900, or %s, counted from 1904.",
						   day_from(1899, 12, 30, pieces.number[0].value), day_from(1904, 1, 1, pieces.number[0].value)),
				 errhint("Give the cells the format of a date, or add the number to date '1899-12-30'.")));
	ereturn(escontext, false,
			(errcode(ERRCODE_INVALID_DATETIME_FORMAT),
			 errmsg("not a date: %s", shown(str, len)),
			 errhint("Write day, month and year, for instance \"22/2/2561\", \"22 Feb 2018\" or \"2018-02-22\", without a time of day.")));
}

PG_FUNCTION_INFO_V1(parse_thai_date);

Datum
parse_thai_date(PG_FUNCTION_ARGS)
{
	text	   *str = PG_GETARG_TEXT_PP(0);
	DateADT		date;

	if (!parse(VARDATA_ANY(str), VARSIZE_ANY_EXHDR(str), &date, fcinfo->context))
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(date);
}
