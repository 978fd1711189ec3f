/* SPDX-License-Identifier: MIT */
/* memory_feeds.h: what the store in memory knows of feeds: their states, and the entries that were seen. */
#pragma once

#include "engine/ports.h"

G_BEGIN_DECLS

typedef struct _TruceMemoryFeeds TruceMemoryFeeds;

TruceMemoryFeeds *truce_memory_feeds_new (void);
void truce_memory_feeds_free (TruceMemoryFeeds *feeds);
/* The feed of `commit`, with its state and what was seen of it. */
void truce_memory_feeds_commit (TruceMemoryFeeds *feeds, const TruceCommit *commit);
/* As the store's members of these names. */
gboolean truce_memory_feeds_state (const TruceMemoryFeeds *feeds, const char *feed, TruceFeedState *ret_state);
gboolean truce_memory_feeds_find_seen (const TruceMemoryFeeds *feeds, const char *feed, GArray *seen);

G_END_DECLS
