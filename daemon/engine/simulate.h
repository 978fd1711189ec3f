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

/* Runs from `from` to `to`, then calls `raised` for each alert in order, as it has grown by the end. `items`
 * (TruceSimulatedItem *, any order) may be NULL. Deterministic: the same input gives the same alerts, ids and all. */
void truce_simulate (TruceConfig *config, TruceTime from, TruceTime to, GPtrArray *items, TruceSimulatedFunc raised,
                     gpointer user_data);

G_END_DECLS
