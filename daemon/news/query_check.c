/* SPDX-License-Identifier: MIT */
/* Queries that are surely not meant: those that match nearly everything, and those that can match nothing. */
#include <string.h>

#include "news/query_private.h"

/* Comparisons of two terms before the search for a possible match is given up, and the query taken as it is. It is a
 * search through all combinations at worst, and real queries take some hundred. */
#define EFFORT_MAX 200000

/* --- does it match without any of its terms? --- */

/* The value of `node` when no term is found. */
static gboolean
matches_without_terms (const TruceNode *node)
{
  switch (node->kind) {
  case TRUCE_NODE_TERM:
  case TRUCE_NODE_EXPRESSION:
  case TRUCE_NODE_NEAR:
    return FALSE;
  case TRUCE_NODE_NOT:
    return !matches_without_terms (g_ptr_array_index (node->children, 0));
  case TRUCE_NODE_AND:
    for (guint i = 0; i < node->children->len; i++)
      if (!matches_without_terms (g_ptr_array_index (node->children, i)))
        return FALSE;
    return TRUE;
  case TRUCE_NODE_OR:
    for (guint i = 0; i < node->children->len; i++)
      if (matches_without_terms (g_ptr_array_index (node->children, i)))
        return TRUE;
    return FALSE;
  }
  g_return_val_if_reached (FALSE);
}

/* The first exclusion that makes it so. */
static const TruceNode *
find_bare_exclusion (const TruceNode *node)
{
  if (node->kind == TRUCE_NODE_NOT)
    return node;
  for (guint i = 0; i < node->children->len; i++) {
    const TruceNode *child = g_ptr_array_index (node->children, i);
    if (matches_without_terms (child))
      return find_bare_exclusion (child);
  }
  return node;
}

/* --- what does one term say of another? --- */

/* Does "`words` are found" mean that "`part` is found" at that place? Both are folded words, open where letters may
 * stand beside. */
static gboolean
contains_words (const char *words, const TruceTerm *whole, const char *part, const TruceTerm *term)
{
  gsize length = strlen (part);
  gsize words_length = strlen (words);

  for (const char *at = words; (at = strstr (at, part)); at++) {
    gboolean starts = term->open_start || (at == words ? !whole->open_start : at[-1] == ' ');
    const char *end = at + length;
    gboolean ends = term->open_end || (end == words + words_length ? !whole->open_end : *end == ' ');
    if (starts && ends)
      return TRUE;
  }
  return FALSE;
}

static gboolean
field_lies_in (TruceField inner, TruceField outer)
{
  return inner == outer || (outer == TRUCE_FIELD_TEXT && (inner == TRUCE_FIELD_TITLE || inner == TRUCE_FIELD_SUMMARY));
}

/* Is `implied` found wherever `term` is? */
static gboolean
implies (const TruceTerm *term, const TruceTerm *implied)
{
  if (!field_lies_in (term->field, implied->field) || (implied->exact && !term->exact))
    return FALSE;
  const char *words = implied->exact ? term->exact : term->folded;
  const char *part = implied->exact ? implied->exact : implied->folded;
  if (!truce_field_is_whole (term->field))
    return contains_words (words, term, part, implied);
  if (implied->prefix)
    return g_str_has_prefix (words, part);
  return !term->prefix && strcmp (words, part) == 0;
}

/* A feed has one id. */
static gboolean
excludes (const TruceTerm *a, const TruceTerm *b)
{
  return a->field == TRUCE_FIELD_FEED && b->field == TRUCE_FIELD_FEED && !a->prefix && !b->prefix &&
         strcmp (a->folded, b->folded) != 0;
}

/* --- is there any way for it to match? --- */

/* What must still hold, the nearest first: on the stack, so that each way tried goes on from the same rest. */
typedef struct Wish {
  const TruceNode *node;
  gboolean wanted;
  const struct Wish *rest;
} Wish;

typedef struct {
  const TruceQuery *query;
  GArray *decided; /* of Decision, for the way that is being tried */
  guint effort;
  guint conflict; /* the characters of the two terms of the first conflict; 0 none yet */
  guint conflict_with;
} Search;

typedef struct {
  const TruceTerm *term;
  gboolean found;
} Decision;

static gboolean
conflicts (const Decision *a, const Decision *b)
{
  if (a->found && b->found)
    return excludes (a->term, b->term);
  if (a->found != b->found)
    return a->found ? implies (a->term, b->term) : implies (b->term, a->term);
  return FALSE;
}

static gboolean
decide (Search *search, const TruceTerm *term, gboolean found)
{
  Decision decision = { term, found };

  for (guint i = 0; i < search->decided->len; i++) {
    const Decision *earlier = &g_array_index (search->decided, Decision, i);
    search->effort++;
    if (conflicts (&decision, earlier)) {
      if (search->conflict == 0) {
        search->conflict = MAX (term->character, earlier->term->character);
        search->conflict_with = MIN (term->character, earlier->term->character);
      }
      return FALSE;
    }
  }
  g_array_append_val (search->decided, decision);
  return TRUE;
}

static gboolean can_hold (Search *search, const Wish *wish);

/* All of the node's children must be as wanted, then the rest. */
static gboolean
can_hold_all (Search *search, const Wish *wish)
{
  const GPtrArray *children = wish->node->children;
  g_autofree Wish *wishes = g_new (Wish, children->len);
  for (guint i = 0; i < children->len; i++)
    wishes[i] =
        (Wish){ g_ptr_array_index (children, i), wish->wanted, i + 1 < children->len ? &wishes[i + 1] : wish->rest };
  return can_hold (search, wishes);
}

static gboolean
can_hold_any (Search *search, const Wish *wish)
{
  const GPtrArray *children = wish->node->children;
  guint n_decided = search->decided->len;

  for (guint i = 0; i < children->len; i++) {
    Wish one = { g_ptr_array_index (children, i), wish->wanted, wish->rest };
    if (can_hold (search, &one))
      return TRUE;
    g_array_set_size (search->decided, n_decided);
  }
  return FALSE;
}

/* TRUE as well when the search was given up. */
static gboolean
can_hold (Search *search, const Wish *wish)
{
  if (!wish || search->effort++ > EFFORT_MAX)
    return TRUE;
  const TruceNode *node = wish->node;
  switch (node->kind) {
  case TRUCE_NODE_TERM:
    return decide (search, truce_query_term (search->query, node->index), wish->wanted) &&
           can_hold (search, wish->rest);
  case TRUCE_NODE_EXPRESSION:
    return can_hold (search, wish->rest); /* what it finds, and with which words, is past reckoning */
  case TRUCE_NODE_NEAR:
    /* Where both stand it may hold; where it does not, both may stand all the same. */
    return wish->wanted ? can_hold_all (search, wish) : can_hold (search, wish->rest);
  case TRUCE_NODE_NOT: {
    Wish inner = { g_ptr_array_index (node->children, 0), !wish->wanted, wish->rest };
    return can_hold (search, &inner);
  }
  case TRUCE_NODE_AND:
    return wish->wanted ? can_hold_all (search, wish) : can_hold_any (search, wish);
  case TRUCE_NODE_OR:
    return wish->wanted ? can_hold_any (search, wish) : can_hold_all (search, wish);
  }
  g_return_val_if_reached (TRUE);
}

static gboolean
can_match (const TruceQuery *query, GError **error)
{
  g_autoptr (GArray) decided = g_array_new (FALSE, FALSE, sizeof (Decision));
  Search search = { .query = query, .decided = decided };
  Wish wish = { query->root, TRUE, NULL };

  if (can_hold (&search, &wish))
    return TRUE;
  truce_query_set_error (error, TRUCE_QUERY_ERROR_SYNTAX, search.conflict,
                         "the query can never match: this rules out what is asked for at character %u",
                         search.conflict_with);
  return FALSE;
}

gboolean
truce_query_check (const TruceQuery *query, GError **error)
{
  if (matches_without_terms (query->root)) {
    truce_query_set_error (error, TRUCE_QUERY_ERROR_SYNTAX, find_bare_exclusion (query->root)->character,
                           "this exclusion stands alone: the query would match nearly everything");
    return FALSE;
  }
  return can_match (query, error);
}
