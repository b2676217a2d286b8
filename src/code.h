/*-------------------------------------------------------------------------
 *
 * code.h
 *		What the types stored as one byte (tier, value_class) share.
 *
 * Copyright (c) 2026, the kam developers
 *
 *-------------------------------------------------------------------------
 */
#ifndef KAM_CODE_H
#define KAM_CODE_H

#include "kam.h"

extern const KamLabel *kam_read_label(const KamLabelSet *set, const char *str, const char **word, size_t *len);
extern Datum kam_code_in(FunctionCallInfo fcinfo, const KamLabelSet *set);
extern Datum kam_code_out(FunctionCallInfo fcinfo, const KamLabelSet *set);
extern Datum kam_code_recv(FunctionCallInfo fcinfo, const KamLabelSet *set);
extern Datum kam_code_display_name(FunctionCallInfo fcinfo, const KamLabelSet *set);
extern Datum kam_code_definition(FunctionCallInfo fcinfo, const KamLabelSet *set);
extern Datum tier_in(PG_FUNCTION_ARGS);
extern Datum value_class_in(PG_FUNCTION_ARGS);
#if PG_VERSION_NUM >= 180000
extern Datum kam_code_skipsupport(FunctionCallInfo fcinfo, const KamLabelSet *set);
#endif

#endif							/* KAM_CODE_H */
