/*-------------------------------------------------------------------------
 *
 * text_search_version.c
 *		The versions of all that an index by the configuration kam.thai
 *		depends on.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "text_search.h"

#include "common/hashfn.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include <unicode/icudataver.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/uversion.h>

/*
 * ICU does not show its list of Thai words: what it makes of this tells one
 * list from another, where it matters.
 */
static const char probe[] =
	"หม้อแปลงไฟฟ้าระเบิดเสียงดังมากทำให้ไฟฟ้าดับทั้งหมู่บ้านตั้งแต่เมื่อคืนจนถึงเช้าวันนี้"
	"ลูกค้าต้องการให้การไฟฟ้าส่วนภูมิภาคตรวจสอบคุณภาพแรงดันไฟฟ้าที่โรงงานอุตสาหกรรมและแจ้งผลภายในห้าวันทำการ"
	"ขอบคุณเจ้าหน้าที่ที่ให้บริการด้วยความสุภาพรวดเร็วและติดตามงานอย่างต่อเนื่องเครื่องจักรหยุดทำงานเพราะไฟกระพริบบ่อยครั้ง"
	"โซลาร์รูฟท็อปอินเวอร์เตอร์มิเตอร์อิเล็กทรอนิกส์ซับสเตชั่นเคเบิลใต้ดินฟีดเดอร์เบรกเกอร์รีเลย์คาปาซิเตอร์";

static void
put(ReturnSetInfo *rsinfo, const char *component, char *version)
{
	Datum		values[2] = {CStringGetTextDatum(component), CStringGetTextDatum(version)};
	bool		nulls[2] = {false, false};

	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

static char *
icu_version(void (*get) (UVersionInfo version))
{
	UVersionInfo version;
	char		string[U_MAX_VERSION_STRING_LENGTH];

	get(version);
	u_versionToString(version, string);
	return pstrdup(string);
}

static void
get_data_version(UVersionInfo version)
{
	UErrorCode	status = U_ZERO_ERROR;

	u_getDataVersion(version, &status);
	if (U_FAILURE(status))
		memset(version, 0, sizeof(UVersionInfo));
}

/* ICU's rules of word boundaries are bytes, of which ICU hands out a copy. */
static uint64
hash_of_rules(UBreakIterator *breaks)
{
	UErrorCode	status = U_ZERO_ERROR;
	uint32		len = ubrk_getBinaryRules(breaks, NULL, 0, &status);
	unsigned char *rules = palloc(len);

	status = U_ZERO_ERROR;
	ubrk_getBinaryRules(breaks, rules, len, &status);
	return hash_bytes_extended(rules, len, 0);
}

static uint64
hash_of_probe(UBreakIterator *breaks)
{
	UErrorCode	status = U_ZERO_ERROR;
	UChar		unit[lengthof(probe)];
	int32_t		len;
	uint64		hash = 0;
	int32_t		cut;

	u_strFromUTF8(unit, lengthof(probe), &len, probe, -1, &status);
	ubrk_setText(breaks, unit, len, &status);
	while (U_SUCCESS(status) && (cut = ubrk_next(breaks)) != UBRK_DONE)
		hash = hash_combine64(hash, hash_bytes_uint32_extended(cut, 0));
	return hash;
}

PG_FUNCTION_INFO_V1(kam_text_search_version);

/* What there is now. */
Datum
kam_text_search_version(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	MemoryContext holder = AllocSetContextCreate(CurrentMemoryContext, "kam text search version",
												 ALLOCSET_SMALL_SIZES);
	KamPin	   *pin = MemoryContextAllocZero(holder, sizeof(KamPin));
	const KamSearchWords *words = kam_search_words(pin, holder);
	UBreakIterator *breaks = kam_open_word_breaks();
	uint64		rules = hash_of_rules(breaks);
	uint64		thai = hash_of_probe(breaks);

	ubrk_close(breaks);
	InitMaterializedSRF(fcinfo, 0);
	put(rsinfo, "parser", psprintf("%d", KAM_TEXT_SEARCH_VERSION));
	put(rsinfo, "ICU", icu_version(u_getVersion));
	put(rsinfo, "ICU data", icu_version(get_data_version));
	put(rsinfo, "Unicode", icu_version(u_getUnicodeVersion));
	put(rsinfo, "word boundaries", psprintf("%016llx", (unsigned long long) rules));
	put(rsinfo, "Thai segmentation", psprintf("%016llx", (unsigned long long) thai));
	put(rsinfo, "words", psprintf("%016llx", (unsigned long long) words->words_hash));
	put(rsinfo, "stop words", psprintf("%016llx", (unsigned long long) words->stop_words_hash));
	MemoryContextDelete(holder);
	return (Datum) 0;
}
