/* SPDX-License-Identifier: MIT */
/* memory_stories.h: the stories of the store in memory. */
#pragma once

#include "engine/ports.h"

G_BEGIN_DECLS

typedef struct _TruceMemoryStories TruceMemoryStories;

TruceMemoryStories *truce_memory_stories_new (void);
void truce_memory_stories_free (TruceMemoryStories *stories);
void truce_memory_stories_commit (TruceMemoryStories *stories, const TruceCommit *commit);
/* As of the port. */
GPtrArray *truce_memory_stories_since (const TruceMemoryStories *stories, TruceTime since);
/* Forgets those last told before `oldest`. */
void truce_memory_stories_expire (TruceMemoryStories *stories, TruceTime oldest);

G_END_DECLS
