/*-------------------------------------------------------------------------
 *
 * thai_date.c
 *		Dates as they are written in Thailand, in the Buddhist era.
 *
 * Days are turned into years, months and days by ICU's Buddhist calendar, in
 * UTC, so that no time zone has a say.  That calendar goes over to the Julian
 * one before 1582, and its C interface has no switch for it; but no day before
 * 1941 gets there: until then the year began on 1 April, and what is written
 * with the calendar's year would be read as another one.
 *
 * The names are a table of ours: ICU's may change with its data, under indexes
 * and printed reports.  The test compares them with those of ICU.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "thai_date.h"

#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/ustring.h>

#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/memutils.h"

#define MILLIS_PER_DAY 86400000.0
#define UNIX_EPOCH (UNIX_EPOCH_JDATE - POSTGRES_EPOCH_JDATE)

const char *const kam_thai_months[12] = {
	"มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
	"กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"
};

static const char *const short_months[12] = {
	"ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
	"ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."
};

const char *const kam_thai_weekdays[7] = {
	"อาทิตย์", "จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์"
};

/* ---- the calendar -------------------------------------------------------- */

static void
calendar_failed(UErrorCode status)
{
	ereport(ERROR,
			(errcode(ERRCODE_EXTERNAL_ROUTINE_EXCEPTION),
			 errmsg("ICU's Buddhist calendar failed: %s", u_errorName(status)),
			 errhint("The library ICU of this server lacks its data.")));
}

/* One for the backend, as the server keeps its collators. */
static UCalendar *
thai_calendar(void)
{
	static UCalendar *calendar = NULL;
	static const UChar utc[] = u"Etc/UTC";

	if (unlikely(calendar == NULL))
	{
		UErrorCode	status = U_ZERO_ERROR;

		calendar = ucal_open(utc, -1, "th@calendar=buddhist", UCAL_DEFAULT, &status);
		if (U_FAILURE(status))
		{
			calendar = NULL;
			calendar_failed(status);
		}
		/* 30 February is refused, not taken for 2 March */
		ucal_setAttribute(calendar, UCAL_LENIENT, false);
	}
	return calendar;
}

/* A day from 1941 on. */
KamThaiDay
kam_thai_day(DateADT date)
{
	UCalendar  *calendar = thai_calendar();
	UErrorCode	status = U_ZERO_ERROR;
	KamThaiDay	result;

	ucal_setMillis(calendar, ((double) date - UNIX_EPOCH) * MILLIS_PER_DAY, &status);
	result.year = ucal_get(calendar, UCAL_YEAR, &status);
	result.month = ucal_get(calendar, UCAL_MONTH, &status) + 1;
	result.day = ucal_get(calendar, UCAL_DATE, &status);
	result.weekday = ucal_get(calendar, UCAL_DAY_OF_WEEK, &status) - UCAL_SUNDAY;
	if (U_FAILURE(status))
		calendar_failed(status);
	return result;
}

/* The other way; false if there is no such day. */
bool
kam_day_of_thai(int year, int month, int day, DateADT *date)
{
	UCalendar  *calendar = thai_calendar();
	UErrorCode	status = U_ZERO_ERROR;
	UDate		millis;

	if (month < 1 || month > 12 || day < 1 || day > 31)
		return false;
	ucal_clear(calendar);
	ucal_setDate(calendar, year, month - 1, day, &status);
	millis = ucal_getMillis(calendar, &status);
	if (status == U_ILLEGAL_ARGUMENT_ERROR)
		return false;
	if (U_FAILURE(status))
		calendar_failed(status);
	*date = (DateADT) (millis / MILLIS_PER_DAY) + UNIX_EPOCH;
	return true;
}

/* ---- digits -------------------------------------------------------------- */

/* The digits of U+0E50 to U+0E59 are E0 B9 90 to 99 in UTF8. */
static inline bool
is_thai_digit(const char *at, const char *end)
{
	return end - at >= 3 && (unsigned char) at[0] == 0xE0 && (unsigned char) at[1] == 0xB9 &&
		(unsigned char) at[2] >= 0x90 && (unsigned char) at[2] <= 0x99;
}

static inline char *
put_thai_digit(char *to, char digit)
{
	*to++ = (char) 0xE0;
	*to++ = (char) 0xB9;
	*to++ = (char) (0x90 + digit - '0');
	return to;
}

static inline bool
is_arabic_digit(char c)
{
	return c >= '0' && c <= '9';
}

PG_FUNCTION_INFO_V1(thai_digits);

Datum
thai_digits(PG_FUNCTION_ARGS)
{
	text	   *source = PG_GETARG_TEXT_PP(0);
	const char *at = VARDATA_ANY(source);
	const char *end = at + VARSIZE_ANY_EXHDR(source);
	Size		size = VARHDRSZ;
	text	   *result;
	char	   *to;

	for (const char *c = at; c < end; c++)
		size += is_arabic_digit(*c) ? 3 : 1;
	if (!AllocSizeIsValid(size))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("text too long for Thai digits"),
				 errdetail("A Thai digit has three bytes, and a text at most %d.", (int) MaxAllocSize - VARHDRSZ),
				 errhint("Write it in parts.")));
	result = (text *) palloc(size);
	SET_VARSIZE(result, size);
	to = VARDATA(result);
	for (; at < end; at++)
	{
		if (is_arabic_digit(*at))
			to = put_thai_digit(to, *at);
		else
			*to++ = *at;
	}
	PG_RETURN_TEXT_P(result);
}

PG_FUNCTION_INFO_V1(arabic_digits);

Datum
arabic_digits(PG_FUNCTION_ARGS)
{
	text	   *source = PG_GETARG_TEXT_PP(0);
	const char *at = VARDATA_ANY(source);
	const char *end = at + VARSIZE_ANY_EXHDR(source);
	text	   *result = (text *) palloc(VARHDRSZ + (end - at));
	char	   *to = VARDATA(result);

	while (at < end)
	{
		if (is_thai_digit(at, end))
		{
			*to++ = '0' + ((unsigned char) at[2] - 0x90);
			at += 3;
		}
		else
			*to++ = *at++;
	}
	SET_VARSIZE(result, to - (char *) result);
	PG_RETURN_TEXT_P(result);
}

/* ---- styles -------------------------------------------------------------- */

typedef enum Style
{
	STYLE_SHORT,
	STYLE_MEDIUM,
	STYLE_LONG,
	STYLE_FULL
} Style;

static const char *const style_names[] = {"short", "medium", "long", "full"};

/* "long", or "long thai" for Thai digits. */
static Style
get_style(const text *style, bool *in_thai)
{
	const char *str = VARDATA_ANY(style);
	size_t		len = VARSIZE_ANY_EXHDR(style);

	*in_thai = len > 5 && pg_strncasecmp(str + len - 5, " thai", 5) == 0;
	if (*in_thai)
		len -= 5;
	for (int i = 0; i < (int) lengthof(style_names); i++)
		if (strlen(style_names[i]) == len && pg_strncasecmp(str, style_names[i], len) == 0)
			return (Style) i;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown style of a Thai date: \"%.*s\"",
					pg_mbcliplen(VARDATA_ANY(style), VARSIZE_ANY_EXHDR(style), NAMEDATALEN),
					VARDATA_ANY(style)),
			 errhint("The styles are \"short\", \"medium\", \"long\" and \"full\", each also with \" thai\" behind it for Thai digits.")));
}

/* A piece of a date: numbers in the digits that were asked for. */
typedef struct Writer
{
	char	   *to;
	bool		in_thai;
} Writer;

static void
write_text(Writer *writer, const char *str)
{
	size_t		len = strlen(str);

	memcpy(writer->to, str, len);
	writer->to += len;
}

static void
write_number(Writer *writer, int number, int width)
{
	char		digits[12];
	int			len = pg_ultostr_zeropad(digits, (uint32) number, width) - digits;

	for (int i = 0; i < len; i++)
	{
		if (writer->in_thai)
			writer->to = put_thai_digit(writer->to, digits[i]);
		else
			*writer->to++ = digits[i];
	}
}

/* The longest: "วันพฤหัสบดีที่ ๒๒ กุมภาพันธ์ พ.ศ. ๑๐๕๔๒" has 101 bytes. */
#define MAX_WRITTEN 160

static void
write_month(Writer *writer, const KamThaiDay *day, Style style)
{
	if (style == STYLE_SHORT)
	{
		write_number(writer, day->month, 2);
		write_text(writer, "/");
	}
	else
	{
		write_text(writer, style == STYLE_MEDIUM ? short_months[day->month - 1] : kam_thai_months[day->month - 1]);
		write_text(writer, style == STYLE_FULL ? " พ.ศ. " : " ");
	}
	write_number(writer, day->year, 4);
}

static void
write_day(Writer *writer, const KamThaiDay *day, Style style)
{
	if (style == STYLE_FULL)
	{
		write_text(writer, "วัน");
		write_text(writer, kam_thai_weekdays[day->weekday]);
		write_text(writer, "ที่ ");
	}
	write_number(writer, day->day, style == STYLE_SHORT ? 2 : 1);
	write_text(writer, style == STYLE_SHORT ? "/" : " ");
}

/* What is refused, and why. */
static void
check_thai_range(DateADT date)
{
	if (date >= date2j(KAM_FIRST_THAI_YEAR - KAM_BUDDHIST_ERA, 1, 1) - POSTGRES_EPOCH_JDATE &&
		date <= date2j(9999, 12, 31) - POSTGRES_EPOCH_JDATE)
		return;
	if (DATE_NOT_FINITE(date))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("an infinite date has no Thai form"),
				 errhint("Say by CASE what stands in its place.")));
	if (date > 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("date out of range for a Thai date"),
				 errdetail("Years after C.E. 9999 (B.E. 10542) are not written."),
				 errhint("Correct the date, or say by CASE what stands in its place.")));
	ereport(ERROR,
			(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
			 errmsg("date out of range for a Thai date"),
			 errdetail("Before 1 January B.E. 2484 (1941) the year began on 1 April, so that the year B.E. of such a day is not that of the calendar."),
			 errhint("Write days before 1941-01-01 in the common era.")));
}

static Datum
write_date(DateADT date, const text *style_name, bool with_day)
{
	char		written[MAX_WRITTEN];
	Writer		writer = {.to = written};
	Style		style = get_style(style_name, &writer.in_thai);
	KamThaiDay	day;

	check_thai_range(date);
	day = kam_thai_day(date);
	if (with_day)
		write_day(&writer, &day, style);
	else if (style == STYLE_FULL)
		write_text(&writer, "เดือน");
	write_month(&writer, &day, style);
	return PointerGetDatum(cstring_to_text_with_len(written, (int) (writer.to - written)));
}

PG_FUNCTION_INFO_V1(thai_date);
PG_FUNCTION_INFO_V1(thai_month);

Datum
thai_date(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATUM(write_date(PG_GETARG_DATEADT(0), PG_GETARG_TEXT_PP(1), true));
}

Datum
thai_month(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATUM(write_date(PG_GETARG_DATEADT(0), PG_GETARG_TEXT_PP(1), false));
}

/* ---- as ICU writes it ----------------------------------------------------- */

static void
close_format(void *format)
{
	udat_close((UDateFormat *) format);
}

/* A format of ICU for the call site, closed with its memory. */
static UDateFormat *
icu_format(FmgrInfo *call_site)
{
	static const UChar utc[] = u"Etc/UTC";
	UErrorCode	status = U_ZERO_ERROR;
	UDateFormat *format;
	MemoryContextCallback *callback;

	if (call_site->fn_extra)
		return call_site->fn_extra;
	callback = MemoryContextAllocZero(call_site->fn_mcxt, sizeof(MemoryContextCallback));
	format = udat_open(UDAT_LONG, UDAT_LONG, "th@calendar=buddhist", utc, -1, NULL, 0, &status);
	if (U_FAILURE(status))
		calendar_failed(status);
	callback->func = close_format;
	callback->arg = format;
	MemoryContextRegisterResetCallback(call_site->fn_mcxt, callback);
	return call_site->fn_extra = format;
}

PG_FUNCTION_INFO_V1(icu_thai_date);

Datum
icu_thai_date(PG_FUNCTION_ARGS)
{
	DateADT		date = PG_GETARG_DATEADT(0);
	text	   *pattern = PG_GETARG_TEXT_PP(1);
	UDateFormat *format = icu_format(fcinfo->flinfo);
	UErrorCode	status = U_ZERO_ERROR;
	UChar		upattern[256];
	UChar		uwritten[256];
	char		written[lengthof(uwritten) * 3];
	int32_t		len;

	check_thai_range(date);
	u_strFromUTF8(upattern, lengthof(upattern), &len, VARDATA_ANY(pattern), VARSIZE_ANY_EXHDR(pattern), &status);
	if (U_FAILURE(status))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("pattern of a date too long"),
				 errhint("It may have %d characters.", (int) lengthof(upattern))));
	udat_applyPattern(format, false, upattern, len);
	len = udat_format(format, ((double) date - UNIX_EPOCH) * MILLIS_PER_DAY, uwritten, lengthof(uwritten), NULL, &status);
	if (status == U_BUFFER_OVERFLOW_ERROR)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("date of this pattern too long"),
				 errhint("It may have %d characters.", (int) lengthof(uwritten))));
	u_strToUTF8(written, sizeof(written), &len, uwritten, len, &status);
	if (U_FAILURE(status))
		calendar_failed(status);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(written, len));
}
