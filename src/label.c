/*-------------------------------------------------------------------------
 *
 * label.c
 *		The labels of tier, value_class and criteria: how they are read, what
 *		they are called in Thai and English, and how the manual defines them.
 *
 * The arrays below are the one place of all of it; kam.label is filled from
 * them by kam._label().
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "kam.h"

#include <unicode/unorm2.h>
#include <unicode/uspoof.h>
#include <unicode/ustring.h>

#include "funcapi.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"

/*
 * Longer input cannot be a label, nor any set of labels that somebody would
 * write; ICU need not see it.
 */
#define MAX_FOLDED_BYTES 4096

static const KamLabel tier_labels[] = {
	{KAM_STRATEGIC, "Strategic", NULL, NULL, "6.1.1",
		"ระดับ Strategic", "Strategic",
		"ลูกค้ามูลค่าสูงกลุ่ม High ที่มีคุณลักษณะสอดคล้องตามกลุ่มหลักข้อใดข้อหนึ่ง",
	"A high value customer of class High that meets at least one criterion of the main group."},
	{KAM_STAR, "Star", NULL, NULL, "6.1.1",
		"ระดับ Star", "Star",
		"ลูกค้ามูลค่าสูงกลุ่ม Medium หรือ Low ที่มีคุณลักษณะสอดคล้องตามกลุ่มหลักข้อใดข้อหนึ่ง",
	"A high value customer of class Medium or Low that meets at least one criterion of the main group."},
	{KAM_STATUS, "Status", NULL, NULL, "6.1.1",
		"ระดับ Status", "Status",
		"ลูกค้ามูลค่าสูงกลุ่ม High ที่มีคุณสมบัติไม่สอดคล้องตามกลุ่มหลัก หรือลูกค้าที่ได้รับคัดเลือกเป็นกรณีพิเศษ",
	"A high value customer of class High that meets no criterion of the main group, or a customer selected as a special case."},
	{KAM_STREAMLINE, "Streamline", NULL, NULL, "6.1.1",
		"ระดับ Streamline", "Streamline",
		"ลูกค้ามูลค่าสูงกลุ่ม Medium หรือ Low ที่มีคุณสมบัติไม่สอดคล้องตามกลุ่มหลัก หรือลูกค้าที่ได้รับคัดเลือกเป็นกรณีพิเศษ",
	"A high value customer of class Medium or Low that meets no criterion of the main group, or a customer selected as a special case."},
};

static const KamLabel value_class_labels[] = {
	{KAM_HIGH, "High", "h", NULL, "6.1.1.1(1)",
		"ลูกค้ามูลค่าสูงกลุ่ม High (H)", "High value",
		"กลุ่มหลัก: ลูกค้ามูลค่าสูงกลุ่ม High (H) ตามที่ ฝนศ. กำหนด",
	"Main group of customer value: class High of the ranking by customer value that the department ฝนศ. sets."},
	{KAM_MEDIUM, "Medium", "m", NULL, "6.1.1.1(2)",
		"ลูกค้ามูลค่าสูงกลุ่ม Medium (M)", "Medium value",
		"กลุ่มรอง: ลูกค้ามูลค่าสูงกลุ่ม Medium (M) ตามที่ ฝนศ. กำหนด",
	"Secondary group of customer value: class Medium of the ranking by customer value that the department ฝนศ. sets."},
	{KAM_LOW, "Low", "l", NULL, "6.1.1.1(2)",
		"ลูกค้ามูลค่าสูงกลุ่ม Low (L)", "Low value",
		"กลุ่มรอง: ลูกค้ามูลค่าสูงกลุ่ม Low (L) ตามที่ ฝนศ. กำหนด",
	"Secondary group of customer value: class Low of the ranking by customer value that the department ฝนศ. sets."},
};

static const KamLabel criteria_labels[] = {
	{KAM_VOLTAGE, "voltage", NULL, "ก", "6.1.1.2(1)ก",
		"ระดับแรงดัน", "Supply voltage",
		"ลูกค้าที่ซื้อไฟฟ้าในระบบ 69/115/230 kV ขึ้นไป",
	"Buys electricity at 69, 115 or 230 kV, or above."},
	{KAM_MONTHLY_BILL, "monthly_bill", NULL, "ข", "6.1.1.2(1)ข",
		"ค่าไฟฟ้าเฉลี่ยต่อเดือนสูง", "High average monthly bill",
		"ค่าไฟฟ้าเฉลี่ย 20 ล้านบาท/เดือน ขึ้นไป (ค่าเฉลี่ยรอบ 1 ปีที่ผ่านมา) กรณี กฟข. ที่มีจำนวนลูกค้าที่เข้าเงื่อนไขกลุ่มหลักต่ำกว่า 20 ราย ให้พิจารณาลูกค้าที่มีค่าไฟฟ้าสูงสุด 20 ลำดับแรก",
	"Average bill of 20 million THB/month or more over the last year; in an area where fewer than 20 customers meet the main group, the 20 highest bills."},
	{KAM_SPP_RISK, "spp_risk", NULL, "ค", "6.1.1.2(1)ค",
		"กลุ่มเสี่ยงต่อการสูญเสียรายได้ให้คู่แข่ง SPP", "Risk of losing revenue to a competing SPP",
		"ลูกค้าในนิคมอุตสาหกรรมที่มี SPP หรือมีแผนที่จะมี SPP ขายไฟฟ้าในพื้นที่ หรือในพื้นที่เสี่ยงต่อการแข่งขัน และมีค่าไฟฟ้าเฉลี่ยต่อเดือน 5 ล้านบาทขึ้นไป",
	"In an industrial estate where a small power producer sells or plans to sell, or in a zone at risk of competition, with an average bill of 5 million THB/month or more."},
	{KAM_SELF_GENERATION, "self_generation", NULL, "ง", "6.1.1.2(1)ง",
		"กลุ่มเสี่ยงต่อการสูญเสียรายได้จากการผลิตไฟฟ้าใช้เอง", "Risk of losing revenue to self-generation",
		"ลูกค้าที่ผลิตไฟฟ้าใช้เอง หรือมีแผนที่จะผลิตไฟฟ้าใช้เอง (Prosumer) ขนาดกำลังผลิต 2 MW ขึ้นไป",
	"Generates, or plans to generate, electricity for its own use (prosumer) with a capacity of 2 MW or more."},
	{KAM_RELATED_BUSINESS, "related_business", NULL, "จ", "6.1.1.2(1)จ",
		"ลูกค้าธุรกิจที่เกี่ยวข้อง/ธุรกิจเสริม หรือกลุ่มที่มีศักยภาพ", "Related or supplementary business, or potential for it",
		"งานสถานีไฟฟ้า ขยายเขตติดตั้งหม้อแปลงเฉพาะราย ธุรกิจใหม่ เช่น Solar Rooftop มูลค่างาน 5 ล้านบาทขึ้นไป หรืองานบำรุงรักษาสถานี/ระบบไฟฟ้า มูลค่างาน 2 ล้านบาทขึ้นไปต่อปี ใช้บริการในรอบปีที่ผ่านมา หรือกลุ่มที่มีศักยภาพเป็นลูกค้าดังกล่าว",
	"Work by PEA within the past year: substation, line extension with the customer's own transformer or new business such as solar rooftop worth 5 million THB or more, or maintenance worth 2 million THB a year or more; or potential for such work."},
	{KAM_NATIONAL_STRATEGY, "national_strategy", NULL, "ฉ", "6.1.1.2(1)ฉ",
		"มีศักยภาพสอดคล้องตามยุทธศาสตร์การพัฒนาด้านเศรษฐกิจของประเทศ", "In line with national economic development",
		"มีศักยภาพ ลักษณะกิจการ หรืออยู่ในพื้นที่ ที่สอดคล้องตามยุทธศาสตร์ หรือแผนการพัฒนาด้านเศรษฐกิจต่างๆ ของประเทศ เช่น Super Cluster, EEC เป็นต้น",
	"Its potential, kind of business or location is in line with a national strategy or plan for economic development, such as Super Cluster or EEC."},
	{KAM_NATIONWIDE_NETWORK, "nationwide_network", NULL, "ช", "6.1.1.2(1)ช",
		"มีเครือข่ายทั่วประเทศ", "Nationwide network",
		"ลูกค้าที่มีสาขาทั่วประเทศ พิจารณาและรับผิดชอบการดูแลลูกค้า โดย ฝบว./KAMR ประจำสำนักงานใหญ่",
	"Has branches nationwide; considered and looked after by headquarters (ฝบว., an HQ KAMR)."},
	{KAM_CORPORATE_IMAGE, "corporate_image", NULL, "ก", "6.1.1.2(2)ก",
		"กลุ่มตอบสนองต่อภาพลักษณ์องค์กร", "Corporate image",
		"กลุ่มตอบสนองต่อภาพลักษณ์องค์กร เช่น โรงพยาบาล ส่วนราชการ ผู้แทนกลุ่มอุตสาหกรรม เป็นต้น",
	"Matters to the corporate image: hospital, government body, representative of an industry group, and the like."},
	{KAM_OUTAGE_DAMAGE, "outage_damage", NULL, "ข", "6.1.1.2(2)ข",
		"ลูกค้าที่มีมูลค่าความเสียหายสูงจากปัญหาไฟฟ้าขัดข้อง", "High damage from outages",
		"ลูกค้าที่มีมูลค่าความเสียหายสูงจากปัญหาไฟฟ้าขัดข้อง/ปัญหาคุณภาพไฟฟ้า",
	"Suffers high damage from outages or power-quality problems."},
	{KAM_EXISTING_KEY_ACCOUNT, "existing_key_account", NULL, "ค", "6.1.1.2(2)ค",
		"ลูกค้ารายสำคัญรายเดิม", "A key account already",
		"ลูกค้ารายสำคัญรายเดิม",
	"Holds a tier in the approved plan of the year before."},
	{KAM_DISCRETIONARY, "discretionary", NULL, "ง", "6.1.1.2(2)ง",
		"พิจารณาตามความเหมาะสม", "As judged fit",
		"พิจารณาตามความเหมาะสม (ระบุเหตุผล)",
	"As judged fit; the reason must be stated."},
};

const KamLabelSet kam_tier_labels = {"tier", "tier", tier_labels, lengthof(tier_labels)};
const KamLabelSet kam_value_class_labels = {"value_class", "value class", value_class_labels, lengthof(value_class_labels)};
const KamLabelSet kam_criteria_labels = {"criteria", "criterion", criteria_labels, lengthof(criteria_labels)};

static const KamLabelSet *const all_label_sets[] = {
	&kam_tier_labels, &kam_value_class_labels, &kam_criteria_labels
};

/*
 * Fold input for comparison: NFKC case folding, which also drops what cannot
 * be seen (zero-width spaces and joiners), and every blank a plain one.  ASCII
 * is returned as it is: kam_find_label() compares it without regard to case,
 * and most input never needs ICU.
 */
const char *
kam_fold(const char *str)
{
	size_t		len = strlen(str);
	const UNormalizer2 *nfkc;
	UErrorCode	status = U_ZERO_ERROR;
	UChar		source[MAX_FOLDED_BYTES];
	UChar		folded[MAX_FOLDED_BYTES];
	char	   *result;
	int32_t		source_len;
	int32_t		folded_len;
	int32_t		result_len;

	if (len > MAX_FOLDED_BYTES)
		return str;
	for (size_t i = 0;; i++)
	{
		if (i == len)
			return str;
		if (IS_HIGHBIT_SET(str[i]))
			break;
	}

	nfkc = unorm2_getNFKCCasefoldInstance(&status);
	u_strFromUTF8(source, MAX_FOLDED_BYTES, &source_len, str, (int32_t) len, &status);
	folded_len = unorm2_normalize(nfkc, source, source_len,
								  folded, MAX_FOLDED_BYTES, &status);
	if (U_FAILURE(status))
		return str;				/* not text, or too long: no label either way */

	for (int32_t i = 0; i < folded_len; i++)
		if (u_isUWhiteSpace(folded[i]))
			folded[i] = ' ';
	result = palloc(folded_len * 3 + 1);
	u_strToUTF8(result, folded_len * 3 + 1, &result_len, folded, folded_len, &status);
	return U_FAILURE(status) ? str : result;
}

/* The label written at str, which is folded; NULL if there is none such. */
const KamLabel *
kam_find_label(const KamLabelSet *set, const char *str, size_t len)
{
	for (int i = 0; i < set->count; i++)
	{
		const KamLabel *label = &set->labels[i];

		if ((strlen(label->label) == len && pg_strncasecmp(label->label, str, len) == 0) ||
			(label->alias && strlen(label->alias) == len &&
			 pg_strncasecmp(label->alias, str, len) == 0))
			return label;
	}
	return NULL;
}

/* The label of a stored value. */
const KamLabel *
kam_label_of(const KamLabelSet *set, int32 code)
{
	for (int i = 0; i < set->count; i++)
		if (set->labels[i].code == code)
			return &set->labels[i];
	return NULL;
}

const char *
kam_label_name(const KamLabel *label, KamLang lang)
{
	return lang == KAM_THAI ? label->name_th : label->name_en;
}

KamLang
kam_get_lang(const text *lang)
{
	const char *str = VARDATA_ANY(lang);
	size_t		len = VARSIZE_ANY_EXHDR(lang);

	if (len == 2 && pg_strncasecmp(str, "th", 2) == 0)
		return KAM_THAI;
	if (len == 2 && pg_strncasecmp(str, "en", 2) == 0)
		return KAM_ENGLISH;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown language \"%.*s\"", (int) len, str),
			 errhint("The languages are \"th\" and \"en\".")));
}

/*
 * What a word looks like to the eye (UTS 39), in capitals or small letters:
 * so a label written with another script's letters can be told from a label
 * that does not exist.  The length, or -1.
 */
static int32_t
skeleton(USpoofChecker *checker, const char *str, size_t len, bool upper, UChar *result, int32_t capacity)
{
	UErrorCode	status = U_ZERO_ERROR;
	UChar		source[128];
	UChar		cased[128];
	int32_t		source_len;
	int32_t		cased_len;
	int32_t		result_len;

	u_strFromUTF8(source, lengthof(source), &source_len, str, (int32_t) len, &status);
	cased_len = upper ?
		u_strToUpper(cased, lengthof(cased), source, source_len, "", &status) :
		u_strToLower(cased, lengthof(cased), source, source_len, "", &status);
	result_len = uspoof_getSkeleton(checker, 0, cased, cased_len, result, capacity, &status);
	return U_FAILURE(status) ? -1 : result_len;
}

static bool
looks_like(USpoofChecker *checker, const char *str, size_t len, const char *label, bool upper)
{
	UChar		a[256];
	UChar		b[256];
	int32_t		a_len = skeleton(checker, str, len, upper, a, lengthof(a));
	int32_t		b_len = skeleton(checker, label, strlen(label), upper, b, lengthof(b));

	return a_len > 0 && a_len == b_len && u_memcmp(a, b, a_len) == 0;
}

static const KamLabel *
find_lookalike(const KamLabelSet *set, const char *str, size_t len)
{
	UErrorCode	status = U_ZERO_ERROR;
	USpoofChecker *checker = uspoof_open(&status);
	const KamLabel *found = NULL;

	if (U_FAILURE(status))
		return NULL;
	for (int i = 0; i < set->count && !found; i++)
		if (looks_like(checker, str, len, set->labels[i].label, false) ||
			looks_like(checker, str, len, set->labels[i].label, true))
			found = &set->labels[i];
	uspoof_close(checker);
	return found;
}

/*
 * DETAIL for a word (folded) that is no label.  Only evaluated when an error
 * is really raised, so it may take its time.
 */
int
errdetail_unknown_label(const KamLabelSet *set, const char *str, size_t len)
{
	const KamLabel *lookalike;

	for (size_t i = 0; i < len; i++)
	{
		if (!IS_HIGHBIT_SET(str[i]))
			continue;
		lookalike = find_lookalike(set, str, len);
		if (lookalike)
			return errdetail("This looks like \"%s\", but some of its letters belong to another script.",
							 lookalike->label);
		/* folded, it may have letters that the client's encoding lacks */
		return errdetail("There is no such %s.", set->member);
	}
	if (len == 0)
		return errdetail("There is no %s in it.", set->member);
	if (len > NAMEDATALEN)
		return errdetail("There is no such %s.", set->member);
	return errdetail("There is no %s \"%.*s\".", set->member, (int) len, str);
}

int
errhint_labels(const KamLabelSet *set)
{
	StringInfoData list;

	initStringInfo(&list);
	for (int i = 0; i < set->count; i++)
		appendStringInfo(&list, "%s%s", i ? ", " : "", set->labels[i].label);
	return errhint("Known are: %s.", list.data);
}

PG_FUNCTION_INFO_V1(kam_labels);

/* All labels, to fill kam.label. */
Datum
kam_labels(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int s = 0; s < (int) lengthof(all_label_sets); s++)
	{
		const KamLabelSet *set = all_label_sets[s];

		for (int i = 0; i < set->count; i++)
		{
			const KamLabel *label = &set->labels[i];
			Datum		values[9];
			bool		nulls[9] = {false};

			values[0] = CStringGetTextDatum(set->type);
			values[1] = CStringGetTextDatum(label->label);
			values[2] = Int32GetDatum(i + 1);
			nulls[3] = label->letter == NULL;
			values[3] = label->letter ? CStringGetTextDatum(label->letter) : (Datum) 0;
			values[4] = CStringGetTextDatum(label->section);
			values[5] = CStringGetTextDatum(label->name_th);
			values[6] = CStringGetTextDatum(label->name_en);
			values[7] = CStringGetTextDatum(label->definition_th);
			values[8] = CStringGetTextDatum(label->definition_en);
			tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		}
	}
	return (Datum) 0;
}
