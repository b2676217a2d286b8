/*-------------------------------------------------------------------------
 *
 * kam.c
 *		The module itself.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#include "kam.h"

#include "number.h"
#include "utils/builtins.h"

#if PG_VERSION_NUM >= 180000
PG_MODULE_MAGIC_EXT(
					.name = "kam",
					.version = KAM_VERSION
);
#else
PG_MODULE_MAGIC;
#endif

extern PGDLLEXPORT void _PG_init(void);

void
_PG_init(void)
{
	kam_number_init();
}

PG_FUNCTION_INFO_V1(kam_version);

/*
 * The version of the library, which after a package upgrade is newer than
 * the SQL of the extension until ALTER EXTENSION kam UPDATE.
 */
Datum
kam_version(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(KAM_VERSION));
}
