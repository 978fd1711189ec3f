/* SPDX-License-Identifier: MIT */
/* What a query says that it can hardly mean, though it is one: words that nearly everything has, and feeds that are not
 * there. */
#include <string.h>

#include "base/text.h"
#include "news/fold.h"
#include "news/query_private.h"

/* --- words that say nothing --- */

static gboolean
is_common_word (const char *word, gsize length)
{
  static const char *const words[] = { "a",  "an", "and", "are", "as", "at", "be",   "by",  "for", "from", "has",
                                       "in", "is", "it",  "of",  "on", "or", "that", "the", "to",  "was",  "with" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strlen (words[i]) == length && memcmp (words[i], word, length) == 0)
      return TRUE;
  return FALSE;
}

/* What is written in exact case is meant: =IT, =US. */
static gboolean
is_common (const TruceTerm *term)
{
  if (term->exact || term->field > TRUCE_FIELD_SUMMARY)
    return FALSE;
  for (const char *word = term->folded; *word;) {
    gsize length = strcspn (word, " ");
    if (!is_common_word (word, length))
      return FALSE;
    word += length + (word[length] == ' ' ? 1 : 0);
  }
  return TRUE;
}

/* The first term that makes `node` hold where nothing but common words are found; NULL: it does not. */
static const TruceTerm *
find_enough (const TruceQuery *query, const TruceNode *node)
{
  const TruceTerm *found = NULL;

  if (node->kind == TRUCE_NODE_TERM) {
    const TruceTerm *term = truce_query_term (query, node->index);
    return is_common (term) ? term : NULL;
  }
  for (guint i = 0; node->kind != TRUCE_NODE_EXPRESSION && i < node->children->len; i++) {
    const TruceNode *child = g_ptr_array_index (node->children, i);
    gboolean not = child->kind == TRUCE_NODE_NOT;
    const TruceTerm *enough = find_enough (query, not ? g_ptr_array_index (child->children, 0) : child);
    if (node->kind == TRUCE_NODE_OR && enough && !not )
      return enough;
    if (node->kind != TRUCE_NODE_OR && (enough != NULL) == not )
      return NULL;
    if (!found)
      found = enough;
  }
  return node->kind == TRUCE_NODE_OR ? NULL : found;
}

/* --- feeds that are not there --- */

static gboolean
names (const TruceTerm *term, const char *name, TruceFolded *folded)
{
  truce_fold (folded, name, strlen (name), TRUCE_FOLD_PLAIN);
  return term->prefix ? g_str_has_prefix (folded->bytes, term->folded) : strcmp (folded->bytes, term->folded) == 0;
}

static gboolean
names_any (const TruceTerm *term, const char *const *known)
{
  TruceFolded folded = { 0 };
  gboolean any = FALSE;

  for (; *known && !any; known++)
    any = names (term, *known, &folded);
  truce_folded_clear (&folded);
  return any;
}

static char *
doubt_name (const TruceTerm *term, const char *const *known)
{
  g_autofree char *name = g_strdup (term->folded); /* of which only letters, digits and hyphens can name one */
  const char *near = truce_text_nearest (g_strdelimit (name, " ", '-'), known);
  const char *what = term->field == TRUCE_FIELD_FEED ? "id" : "tag";

  g_autofree char *hint =
      near ? g_strdup_printf ("did you mean \"%s\"?", near) : g_strdup ("add one, or leave this out");

  return g_strdup_printf ("character %u: no feed that it is asked of has the %s \"%s%s\"; %s", term->character, what,
                          name, term->prefix ? "*" : "", hint);
}

GPtrArray *
truce_query_doubts (const TruceQuery *query, const char *const *ids, const char *const *tags)
{
  GPtrArray *doubts = g_ptr_array_new_with_free_func (g_free);
  const TruceTerm *common = find_enough (query, query->root);

  if (common)
    g_ptr_array_add (doubts, g_strdup_printf ("character %u: \"%s\" is enough for it to match, and nearly everything "
                                              "has that; ask for another word beside it",
                                              common->character, common->folded));
  for (guint i = 0; i < query->terms->len; i++) {
    const TruceTerm *term = truce_query_term (query, i);
    const char *const *known = term->field == TRUCE_FIELD_FEED ? ids : term->field == TRUCE_FIELD_TAG ? tags : NULL;
    if (known && !names_any (term, known))
      g_ptr_array_add (doubts, doubt_name (term, known));
  }
  return doubts;
}
