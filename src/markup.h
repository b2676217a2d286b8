/*-------------------------------------------------------------------------
 *
 * markup.h
 *		Text as HTML, XML and SVG may hold it.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#ifndef KAM_MARKUP_H
#define KAM_MARKUP_H

#include "kam.h"

#include "lib/stringinfo.h"

extern void kam_append_escaped(StringInfo to, const char *str, size_t len);

#endif							/* KAM_MARKUP_H */
