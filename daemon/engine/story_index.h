/* SPDX-License-Identifier: MIT */
/* story_index.h: the stories of the last days, which entries may join, found by the words that tell them. */
#pragma once

#include "news/story.h"

G_BEGIN_DECLS

#define TRUCE_STORY_TOLD_MAX 4      /* entries that a story is compared by: the first that told it in their own words */
#define TRUCE_STORY_MEMBERS_MAX 500 /* entries known again: one that is edited is no further one */
#define TRUCE_STORIES_MAX 10000     /* at once: some 20 MB. Beyond that the oldest take in nothing more */

typedef struct {
  char *alert;     /* the id of the alert that tells it */
  char **subjects; /* "milestone:ID", "watch:ID": what it is about, the main one first */
  TruceTime first, last;
  GArray *told;    /* TruceStorySignature */
  GArray *members; /* guint64: the entries */
  GArray *sources; /* guint64: the agencies and publishers that tell it, copies apart */
  guint64 asked;   /* in which search it was met, and how often */
  guint hits;
} TruceLiveStory;

typedef struct _TruceStoryIndex TruceStoryIndex;

TruceStoryIndex *truce_story_index_new (void);
void truce_story_index_free (TruceStoryIndex *index);
guint truce_story_index_size (const TruceStoryIndex *index);

/* Begins a story, in place of one of the same alert. (transfer none) */
TruceLiveStory *truce_story_index_begin (TruceStoryIndex *index, const char *alert, const char *const *subjects,
                                         const TruceStorySignature *signature, guint64 member);
/* The story that an entry about `subjects` belongs to, or the one that it is a development of; NULL. A story takes in
 * only what is about nothing else. (transfer none) */
TruceLiveStory *truce_story_index_find (TruceStoryIndex *index, const char *const *subjects,
                                        const TruceStorySignature *signature, TruceStoryRelation *ret_relation,
                                        double *ret_alike);
/* The story that the alert of that id tells; NULL. (transfer none) */
TruceLiveStory *truce_story_index_get (TruceStoryIndex *index, const char *alert);
gboolean truce_live_story_has (const TruceLiveStory *story, guint64 member);
/* One entry more. */
void truce_story_index_add (TruceStoryIndex *index, TruceLiveStory *story, const TruceStorySignature *signature,
                            guint64 member, TruceStoryRelation relation);
/* Forgets the stories last told before `oldest`, or after `newest`: by a clock that was ahead. */
void truce_story_index_forget (TruceStoryIndex *index, TruceTime oldest, TruceTime newest);

/* For the store, and back: what cannot be read is left out. */
GBytes *truce_live_story_write (const TruceLiveStory *story);
void truce_story_index_read (TruceStoryIndex *index, const char *alert, GBytes *record);

G_END_DECLS
