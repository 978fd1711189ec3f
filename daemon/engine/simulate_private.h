/* SPDX-License-Identifier: MIT */
/* What replaying (simulate.c) and judging what it brought (backtest.c) share. */
#pragma once

#include "engine/simulate.h"

G_BEGIN_DECLS

typedef struct {
  /* Before an item of `feed` is brought; NULL. */
  void (*bring) (TruceEngine *engine, const TruceFeed *feed, const TruceItem *item, gpointer user_data);
  /* Time has come to `now`; NULL. */
  TruceReachedFunc reached;
  /* At the end, before the engine goes; NULL. */
  void (*end) (TruceEngine *engine, gpointer user_data);
  gpointer user_data;
} TruceReplayWatcher;

/* The alerts (TruceAlert *) in order, as they have grown by the end. (transfer full) */
GPtrArray *truce_replay (TruceConfig *config, TruceTime from, TruceTime to, GPtrArray *items,
                         const TruceReplayWatcher *watcher);

G_END_DECLS
