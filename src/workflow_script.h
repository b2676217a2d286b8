/*-------------------------------------------------------------------------
 *
 * workflow_script.h
 *		A script of SQL, statement by statement.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#ifndef KAM_WORKFLOW_SCRIPT_H
#define KAM_WORKFLOW_SCRIPT_H

#include "kam.h"

/* Which statements of a script to run. */
typedef enum KamScriptPart
{
	KAM_ALL_STATEMENTS,
	KAM_CODE_ONLY				/* what can be done again over what is there */
} KamScriptPart;

extern void kam_run_script(const char *script, KamScriptPart part);

#endif							/* KAM_WORKFLOW_SCRIPT_H */
