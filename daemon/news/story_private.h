/* SPDX-License-Identifier: MIT */
/* story_private.h: what the parts of stories share: the lexicon, and what a signature's numbers mean. */
#pragma once

#include "news/story.h"

G_BEGIN_DECLS

/* --- of each word of a signature --- */

typedef enum {
  STORY_IN_HEADLINE = 1 << 0,
  STORY_IN_SUMMARY = 1 << 1,
  STORY_TOPIC = 1 << 2,  /* the query's own */
  STORY_COMMON = 1 << 3, /* any headline may have it */
  STORY_NAME = 1 << 4,   /* written as a name */
  STORY_PLACE = 1 << 5,
  STORY_BODY = 1 << 6, /* a chamber, court or bank; of which group, above */
  STORY_PART = 1 << 7, /* two characters of a script without spaces */
} StoryMark;
#define STORY_GROUP_SHIFT 8
#define STORY_GROUP(mark) (((guint) (mark) >> STORY_GROUP_SHIFT) & 15)
#define STORY_ASIDE (1 << 12) /* in the headline, behind what is the news: "as", "after" */

/* --- of a headline --- */

typedef enum {
  STORY_AXIS_GRANT,  /* approves, rejects */
  STORY_AXIS_AMOUNT, /* raises, cuts */
  STORY_AXIS_RUN,    /* begins, ends */
  STORY_AXIS_TIME,   /* puts off, brings forward */
  STORY_N_AXES,
} StoryAxis;
#define STORY_FOR(axis) (1u << (2 * (axis)))
#define STORY_AGAINST(axis) (2u << (2 * (axis)))
#define STORY_MAYBE (1u << 16)    /* considers, could */
#define STORY_NOT (1u << 17)      /* not, no */
#define STORY_EXPLAINS (1u << 18) /* what, why, how, a question */
#define STORY_PLANS (1u << 19)    /* will, is to, promises */
#define STORY_SIGNS (1u << 20)    /* signs, issues: what was planned is done */

/* --- of each fact --- */

typedef enum {
  STORY_FACT_NUMBER,
  STORY_FACT_MONEY,
  STORY_FACT_SHARE,  /* percent */
  STORY_FACT_LENGTH, /* in days */
  STORY_FACT_DATE,   /* month and day */
  STORY_FACT_YEAR,
  STORY_FACT_MONTH,   /* of a date, and of one without a day */
  STORY_FACT_ORDINAL, /* third, 3rd */
} StoryFactKind;
#define STORY_FACT_IN_HEADLINE (1u << 31)
#define STORY_FACT_KIND(fact) (((fact) >> 28) & 7)
#define STORY_FACT_SAME (~STORY_FACT_IN_HEADLINE)

/* --- story_lexicon.c --- */

typedef enum {
  STORY_WORD,
  STORY_WORD_STOP, /* says nothing */
  STORY_WORD_COMMON,
  STORY_WORD_PLACE,
  STORY_WORD_BODY, /* `group`: those of which one is not another */
  STORY_WORD_DOES, /* `traits` */
} StoryWordKind;

typedef struct {
  StoryWordKind kind;
  guint32 traits;
  guint group;
  const char *canonical;
  const char *words; /* stems, "a|b|c d": two words at most */
} StoryEntry;

/* The entry of a stem, or of two words with a blank between; NULL. */
const StoryEntry *story_lexicon_find (const char *word, gsize length);
/* Of places that are written without spaces, wherever they stand in the run: adds canonical names (const char *). */
void story_lexicon_places (const char *run, gsize length, GPtrArray *ret_places);
/* What a run without spaces says is done. */
guint32 story_lexicon_traits (const char *run, gsize length);
#define STORY_STEM_SIZE 40 /* longer words are told apart by their beginnings */
/* The stem of a Latin word in `buffer` of `size`: without the endings of number and tense. Returns its length. */
gsize story_stem (const char *word, gsize length, char *buffer, gsize size);

/* --- story_facts.c --- */

/* Appends the facts of `text` to `facts` (guint32), without repeats. */
void story_facts_find (const char *text, gboolean headline, GArray *facts);

/* --- publisher.c --- */

/* Where the publisher's name begins at the end of the headline of `item`, with what parts it; NULL: none is there. */
const char *story_suffix (const TruceItem *item);
/* The agency that a text names as where it is from; NULL. (transfer none) */
const char *story_agency (const TruceItem *item);

G_END_DECLS
