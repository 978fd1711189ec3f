/* SPDX-License-Identifier: MIT */
/* memory_store_private.h: what the parts of the store in memory share. */
#pragma once

#include "engine/memory_dates.h"
#include "engine/memory_feeds.h"
#include "engine/memory_store.h"
#include "engine/memory_stories.h"

G_BEGIN_DECLS

/* One row of the outbox. */
typedef struct {
  TruceStoredAlert *stored; /* not owned */
  char *sink;
  guint attempts;
  TruceTime next_try; /* NONE: waits to be pulled */
} TruceMemoryRow;

struct _TruceMemoryStore {
  GHashTable *alerts;    /* id -> TruceStoredAlert * */
  GPtrArray *order;      /* the same, oldest first */
  GPtrArray *outbox;     /* TruceMemoryRow *, oldest alert first */
  GPtrArray *deliveries; /* memory_deliveries.h */
  GPtrArray *shown;      /* memory_shown.h */
  TruceMemoryDates *dates;
  TruceMemoryFeeds *feeds;
  TruceMemoryStories *stories;
};

/* --- memory_outbox.c --- */

/* (element-type TruceMemoryRow) (transfer full) */
GPtrArray *truce_memory_outbox_new (void);
void truce_memory_outbox_enqueue (TruceMemoryStore *store, TruceStoredAlert *stored, const char *const *sinks,
                                  TruceTime at);
/* `sink` NULL: all. */
void truce_memory_outbox_dequeue (TruceMemoryStore *store, const char *id, const char *sink);
TruceMemoryRow *truce_memory_outbox_find_row (TruceMemoryStore *store, const char *id, const char *sink);
/* Fills in what the port has of it. */
void truce_memory_outbox_members (TruceStorePort *port);

G_END_DECLS
