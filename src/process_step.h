/*-------------------------------------------------------------------------
 *
 * process_step.h
 *		The yearly process: when each of its ten steps is due.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#ifndef KAM_PROCESS_STEP_H
#define KAM_PROCESS_STEP_H

#include "reference.h"

/*
 * The calendar whose next working day a last day moves to (R16, R19); NULL
 * where it stays, or there is no such step or period ("" where a step is due
 * once).  Valid as long as the pin (see kam_pin_reference).
 */
extern const char *kam_step_roll_calendar(int step, const char *period,
										  KamPin *pin, MemoryContext holder);

#endif							/* KAM_PROCESS_STEP_H */
