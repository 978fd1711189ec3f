/* SPDX-License-Identifier: MIT */
/* simulate.h: the real engine on a virtual clock: every alert that would be raised between two instants. */
#pragma once

#include "engine/engine.h"

G_BEGIN_DECLS

/* An item and the feed that brings it, at its publication time (items without one are left out). */
typedef struct {
  char *feed; /* id; need not be configured: then a press feed of that name */
  TruceItem *item;
} TruceSimulatedItem;
void truce_simulated_item_free (TruceSimulatedItem *item);

typedef void (*TruceSimulatedFunc) (const TruceAlert *alert, gpointer user_data);

/* How far it has come. */
typedef void (*TruceReachedFunc) (TruceTime now, gpointer user_data);

/* Runs from `from` to `to`, and calls `reached` (NULL: nobody) at each instant at which something happens; then calls
 * `raised` for each alert in order, as it has grown by the end. `items` (TruceSimulatedItem *, any order) may be NULL.
 * Deterministic: the same input gives the same alerts, ids and all. */
void truce_simulate (TruceConfig *config, TruceTime from, TruceTime to, GPtrArray *items, TruceReachedFunc reached,
                     TruceSimulatedFunc raised, gpointer user_data);

/* What the queries of `config` find in `items`, and what the news would have told of dates had nobody told truced: an
 * array of
 * {"kind":"backtest","milestone"|"watch","title","match","items","stories","changes":[{"since","words","ends","seen",
 * "days","says","exact","status","sources","quote"}],"false":[{"seen","says","status","sources","quote"}],"unjudged"}:
 * each `revised`, `met` and `cancelled` line with when the news was first seen to say so, "days" after it, and to the
 * very date ("exact"); "seen" is not there where it was missed. "false" is what none of them says; of a milestone
 * without such lines what was said is "unjudged" instead. `untold` is the same configuration, held by nobody else: it
 * is changed. (transfer full) */
json_t *truce_backtest (const TruceConfig *config, TruceConfig *untold, TruceTime from, TruceTime to, GPtrArray *items);

G_END_DECLS
