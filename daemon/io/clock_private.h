/* SPDX-License-Identifier: MIT */
/* clock_private.h: for tests, which cannot replace /etc/localtime. */
#pragma once

#include "io/clock.h"

G_BEGIN_DECLS

/* As truce_clock_new(), with another file in the place of /etc/localtime and another zone database. */
TruceClock *truce_clock_new_watching (const char *zone_path, const char *rules, TruceWakeFunc wake, gpointer user_data,
                                      GError **error);

G_END_DECLS
