/* SPDX-License-Identifier: MIT */
/* context.h: where the words that made an entry match stand in what it says. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  guint from, to; /* bytes */
} TruceContextMark;

/* Where any of `words` (NULL: none) stand in `text`, whole and case apart, in order. Any signs may stand between the
 * words of a phrase. (transfer full), of TruceContextMark */
GArray *truce_context_marks (const char *text, const char *const *words);

/* The sentences of `text` that have any of `words`, at most `max`, to `ret_sentences` (char *). */
void truce_context_sentences (const char *text, const char *const *words, guint max, GPtrArray *ret_sentences);

G_END_DECLS
