/*-------------------------------------------------------------------------
 *
 * bangkok_date.h
 *		Days and years as Bangkok counts them, whatever the session's time
 *		zone, and the years that the tables may hold.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#ifndef KAM_BANGKOK_DATE_H
#define KAM_BANGKOK_DATE_H

#include "kam.h"

#include "utils/date.h"
#include "utils/timestamp.h"

/* Years are common-era years; those that are 543 later are taken for Buddhist-era ones. */
#define KAM_MIN_YEAR 1900
#define KAM_MAX_YEAR 2400
#define KAM_YEARS (KAM_MAX_YEAR - KAM_MIN_YEAR + 1)
#define KAM_BUDDHIST_ERA_OFFSET 543

extern DateADT kam_bangkok_date(TimestampTz at);
extern int32 kam_bangkok_year(void);

extern void kam_check_year(const char *what, int32 year);
extern int32 kam_year_of(DateADT day);
extern DateADT kam_day_of(int32 year, int month, int day);
extern const char *kam_iso_date(DateADT day);

static inline bool
kam_is_buddhist_year(int32 year)
{
	return year >= KAM_MIN_YEAR + KAM_BUDDHIST_ERA_OFFSET &&
		year <= KAM_MAX_YEAR + KAM_BUDDHIST_ERA_OFFSET;
}

#endif							/* KAM_BANGKOK_DATE_H */
