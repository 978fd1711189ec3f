/* SPDX-License-Identifier: MIT */
/* story.h: when two entries of feeds tell the same news, and whether one is evidence beside the other.
 *
 * By rules that can be told. The words of two headlines are compared, those of one also with the other's summary; words
 * that stand for the same (extend, prolong; US, Washington) count as one, and those that a query asks for count little,
 * since all that matches it has them. What is alike is the same news unless the two differ in a fact: another number of
 * the same kind, another date, place or chamber, the opposite, or one has done what the other only considers. A second
 * alert is worth more than a development that is swallowed, so what is in doubt is not the same. */
#pragma once

#include "news/item.h"

G_BEGIN_DECLS

/* Later than that after the last that was told of it, the same words are other news: what is told weekly. */
#define TRUCE_STORY_WINDOW (3 * TRUCE_DAY)

typedef enum {
  TRUCE_STORY_OTHER,
  TRUCE_STORY_DEVELOPMENT, /* of the same matter, and something is new */
  TRUCE_STORY_SAME,        /* the same news in other words */
  TRUCE_STORY_COPY,        /* the same text or page, or from the same source: it proves nothing more */
} TruceStoryRelation;
#define TRUCE_N_STORY_RELATIONS 4

/* "other", "development", "same", "copy" */
const char *truce_story_relation_to_text (TruceStoryRelation relation);

#define TRUCE_STORY_WORDS_MAX 48    /* different words of headline and lead: what follows is background */
#define TRUCE_STORY_SHINGLES_MAX 32 /* three words each, from the beginning of the summary: copies begin alike */
#define TRUCE_STORY_FACTS_MAX 16    /* numbers and dates */

/* All that is kept of an entry for comparing. A plain value, some 450 bytes; its members are the room's own. */
typedef struct {
  guint64 address;   /* in its one form; 0 none */
  guint64 headline;  /* of its words, without what publishers hang on; 0 none */
  guint64 publisher; /* of truce_story_publisher() */
  guint64 source;    /* the agency that it names, else the publisher */
  TruceTime at;
  guint32 traits; /* what the headline says is done, and how sure that is */
  guint8 n_words, n_shingles, n_facts;
  guint8 n_headline;                          /* words that the headline has in all */
  guint32 words[TRUCE_STORY_WORDS_MAX];       /* ascending */
  guint16 marks[TRUCE_STORY_WORDS_MAX];       /* of each: where it stands and what it is */
  guint32 shingles[TRUCE_STORY_SHINGLES_MAX]; /* ascending */
  guint32 facts[TRUCE_STORY_FACTS_MAX];
} TruceStorySignature;

/* Of `item`, which `feed` (an id) brought; `topic` (NULL: none) are the words that a query found in it; `now` dates it
 * where it does not say, or says that it is from the future. */
void truce_story_sign (const TruceItem *item, const char *feed, const char *const *topic, TruceTime now,
                       TruceStorySignature *ret_signature);

/* How `later` stands to `earlier`, whichever was first. `ret_alike` (may be NULL): how alike their words are, 0..1. */
TruceStoryRelation truce_story_compare (const TruceStorySignature *earlier, const TruceStorySignature *later,
                                        double *ret_alike);
/* How `item` stands to the story that `n_told` entries have told: the same as one of them, and at odds with none. */
TruceStoryRelation truce_story_judge (const TruceStorySignature *told, guint n_told, const TruceStorySignature *item,
                                      double *ret_alike);
/* Are they two witnesses: not of one publisher or agency, and no copies? Says nothing of whether their news is one. */
gboolean truce_story_independent (const TruceStorySignature *one, const TruceStorySignature *other);

/* Who publishes it: the site's name without what stands before it ("bbc.co.uk"); behind a site that collects others'
 * news, the name that the headline ends in; else the feed's id. (transfer full) */
char *truce_story_publisher (const TruceItem *item, const char *feed);
/* The headline without the publisher's name at its end: "Truce extended - Reuters". (transfer full) */
char *truce_story_headline (const TruceItem *item);

/* As bytes for the store, the same on every machine; and back: FALSE for what another version has written. */
#define TRUCE_STORY_BYTES_MAX 600
gsize truce_story_write (const TruceStorySignature *signature, guint8 ret_bytes[TRUCE_STORY_BYTES_MAX]);
gboolean truce_story_read (const guint8 *bytes, gsize length, TruceStorySignature *ret_signature);

/* Words that make two entries worth comparing, the telling ones only: at most `max`. How many there are. */
guint truce_story_keys (const TruceStorySignature *signature, guint32 *ret_keys, guint max);

G_END_DECLS
