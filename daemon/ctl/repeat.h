/* SPDX-License-Identifier: MIT */
/* repeat.h: the dates that a rule makes, for `trucectl when --repeat`. */
#pragma once

#include "ctl/ctl.h"
#include "deadline/series.h"

G_BEGIN_DECLS

/* `first` and what follows it by `rule`, without the dates of `except` (NULL: none); having said why, NULL when there
 * is no such series. */
TruceSeries *truce_repeat_read (const char *rule, const char *except, const TruceSpan *first);
/* The next dates from now on: a table, or a record each. */
#define TRUCE_REPEAT_SHOWN 10
void truce_repeat_print (const TruceCtl *ctl, const TruceSeries *series);

G_END_DECLS
