/* SPDX-License-Identifier: MIT */
/* matcher.h: many queries against one item, in one pass over its folded text. */
#pragma once

#include "news/item.h"
#include "news/query.h"

G_BEGIN_DECLS

typedef struct _TruceMatcher TruceMatcher; /* immutable; holds scratch space, so one thread at a time */

#define TRUCE_HIT_WORDS_MAX 20       /* an alert shows a few; a broad prefix in a long text finds hundreds */
#define TRUCE_HIT_WORD_BYTES_MAX 200 /* any number of signs may stand between the words of a phrase */

typedef struct {
  guint query;    /* its index as given to truce_matcher_new() */
  char **matched; /* the words of the text that decided, as the text writes them, first appearance first, no repeats
                   * (case aside), within the limits above */
} TruceHit;

/* The queries are not kept. */
TruceMatcher *truce_matcher_new (const TruceQuery *const *queries, guint n_queries);
void truce_matcher_free (TruceMatcher *matcher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceMatcher, truce_matcher_free)

/* The feed-side fields that a query may ask for; any may be NULL. */
typedef struct {
  const char *feed; /* id */
  const char *const *tags;
} TruceMatchContext;

/* Appends a TruceHit for each query that matches, in the queries' order. Clear `ret_hits` with truce_hits_clear. */
void truce_matcher_run (TruceMatcher *matcher, const TruceItem *item, const TruceMatchContext *context,
                        GArray *ret_hits);
/* The regular expression that reached its limit of steps in the last run, and so counted as not found; NULL: none. */
const char *truce_matcher_gave_up (const TruceMatcher *matcher);

/* Why the query of that index, which is given once more, did not match the item of the last run (which still lives):
 * "lacks tariff OR duty; has steel, which is excluded". NULL when it did. (transfer full) */
char *truce_matcher_why_not (TruceMatcher *matcher, guint index, const TruceQuery *query);

GArray *truce_hits_new (void); /* of TruceHit, owning what is in it; g_array_set_size (hits, 0) empties it */

G_END_DECLS
