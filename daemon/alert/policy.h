/* SPDX-License-Identifier: MIT */
/* policy.h: when people want to be told: not in their quiet hours, and not all day long. Pure: the engine holds back
 * what these say. */
#pragma once

#include "alert/alert.h"

G_BEGIN_DECLS

/* A part of every civil day, over midnight where it ends before it begins. */
typedef struct {
  gboolean set;
  int from, to; /* minutes of the day, from included, to not */
} TruceQuiet;

/* When the quiet hours that `at` lies in end; TRUCE_TIME_NONE: it lies in none. An end that a zone skips is the first
 * instant after the gap, unless it is quiet again by then: with all the time between skipped, it is the next end. One
 * that comes twice is the first. `from` and `to` differ. */
TruceTime truce_quiet_end (const TruceQuiet *quiet, const TruceZone *zone, TruceTime at);
/* The first instant later than `at` at which it is `minutes` of the day in `zone`. Where the zone skips that, the first
 * after the gap; where it comes twice, the first. */
TruceTime truce_daily_after (int minutes, const TruceZone *zone, TruceTime at);
/* Is it told in quiet hours too? What is critical, and a test that somebody waits for. */
gboolean truce_quiet_passes (const TruceAlert *alert);

G_END_DECLS
