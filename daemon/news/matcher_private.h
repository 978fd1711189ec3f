/* SPDX-License-Identifier: MIT */
/* matcher_private.h: a matcher at work, for matcher.c, which decides, and matcher_words.c, which shows what decided. */
#pragma once

#include "news/matcher.h"
#include "news/matcher_compile.h"
#include "news/near.h"

G_BEGIN_DECLS

/* One text of an item: its title, its summary, one of the tags, ... */
typedef struct {
  TruceField field;
  const char *text;
  TruceFolded folded;
  gboolean with_origins;
  guint first; /* its occurrences */
  guint after;
} TruceSlot;

struct _TruceMatcher {
  TruceCompiled *compiled;
  TruceScanner *scanner;
  /* Scratch space. A stamp that is not this run's (or for `deciding`: this hit's, for `sides`: this pair's) says no. */
  guint32 run;
  guint32 hit;
  guint32 pair;
  guint32 *found;    /* run, by term */
  guint32 *deciding; /* hit, by term */
  guint32 *woken;    /* run, by query */
  guint32 *left;     /* pair, by term */
  guint32 *right;    /* pair, by term */
  guint32 *tried;    /* run, by expression */
  guint32 *standing; /* run, by expression: it was found */
  guint32 *showing;  /* hit, by expression */
  const char *gave_up;
  GArray *marks;      /* TruceMark, of the text at hand */
  GArray *candidates; /* guint32, queries */
  GPtrArray *slots;   /* TruceSlot *, the first n_slots in use */
  guint n_slots;
  GArray *occurrences; /* TruceOccurrence, of all slots */
  TruceFolded exact;
};

/* Bytes [start, end) of the folded text, as the text writes them. `ret_length` is their length there. */
const char *truce_matcher_original (TruceSlot *slot, guint32 start, guint32 end, gsize *ret_length);

/* Does what stands there count for the term: its field, the whole of an id, its case? */
gboolean truce_matcher_term_accepts (TruceMatcher *matcher, const TruceMatchTerm *term, TruceSlot *slot,
                                     const TruceOccurrence *occurrence);

/* The first match of the expression in a text of its field: the slot and its bytes [ret_from, ret_to), or NULL. */
const TruceSlot *truce_matcher_find_expression (TruceMatcher *matcher, guint32 index, gsize *ret_from, gsize *ret_to);

/* Does the node of that index hold on the item at hand? */
gboolean truce_matcher_evaluate (TruceMatcher *matcher, guint32 index);

/* matcher_words.c: the words of the item at hand that decided for the query, as TruceHit.matched has them. */
char **truce_matcher_words (TruceMatcher *matcher, guint32 query);

G_END_DECLS
