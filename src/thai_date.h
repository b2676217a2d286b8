/*-------------------------------------------------------------------------
 *
 * thai_date.h
 *		Days of the Buddhist era, and what months and weekdays are called.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#ifndef KAM_THAI_DATE_H
#define KAM_THAI_DATE_H

#include "kam.h"

#include "utils/date.h"

/* B.E. 2561 is C.E. 2018. */
#define KAM_BUDDHIST_ERA 543

/* The years B.E. that begin on 1 January. */
#define KAM_FIRST_THAI_YEAR 2484

typedef struct KamThaiDay
{
	int			year;			/* B.E. */
	int			month;			/* 1 to 12 */
	int			day;
	int			weekday;		/* 0 is Sunday */
} KamThaiDay;

extern const char *const kam_thai_months[12];
extern const char *const kam_thai_weekdays[7];

extern KamThaiDay kam_thai_day(DateADT date);
extern bool kam_day_of_thai(int year, int month, int day, DateADT *date);

#endif							/* KAM_THAI_DATE_H */
