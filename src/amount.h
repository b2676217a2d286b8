/*-------------------------------------------------------------------------
 *
 * amount.h
 *		Numbers in sentences, and arithmetic on them.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#ifndef KAM_AMOUNT_H
#define KAM_AMOUNT_H

#include "number.h"

extern char *kam_amount(const KamNumber *number);
extern KamNumber kam_difference(const KamNumber *a, const KamNumber *b);
extern KamNumber kam_percentage(const KamNumber *part, const KamNumber *whole);

#endif							/* KAM_AMOUNT_H */
