/* SPDX-License-Identifier: MIT */
/* habit.h: how long a feed is usually without a new entry, and whether it has been so for far longer. */
#pragma once

#include "news/feed.h"

G_BEGIN_DECLS

#define TRUCE_HABIT_TIMES 3                  /* that many times its longest pause is no pause any more */
#define TRUCE_HABIT_PATIENCE (7 * TRUCE_DAY) /* and never sooner: holidays come without a habit */
#define TRUCE_HABIT_ITEMS_MIN 5              /* dated entries, or arrivals, that make a habit */

/* `items` (TruceItem *) were read at `now`, `n_new` of them for the first time: brings `newest` and `habit` of `state`
 * up to date. The habit is the longest pause between the dates that the entries bear; without dates, between arrivals,
 * of which long ago ones count less and less. */
void truce_habit_learn (TruceFeedState *state, GPtrArray *items, guint n_new, TruceTime now);
/* From when on it is stale, should nothing new come; NONE while its habit is not known. */
TruceTime truce_habit_patience_ends (const TruceFeedState *state);

G_END_DECLS
