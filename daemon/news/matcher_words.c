/* SPDX-License-Identifier: MIT */
/* What decided for a query, as words to show. */
#include <string.h>

#include "base/text.h"
#include "news/matcher_private.h"

/* Occurrences in one text that are looked through for words to show, once there is one: a text that repeats a word ten
 * thousand times costs each query that it matches no more than that. */
#define LOOKED_THROUGH_MAX 1000

static void
next_hit (TruceMatcher *matcher)
{
  if (++matcher->hit == 0) {
    memset (matcher->deciding, 0, matcher->compiled->terms->len * sizeof *matcher->deciding);
    memset (matcher->showing, 0, matcher->compiled->expressions->len * sizeof *matcher->showing);
    matcher->hit = 1;
  }
}

/* Stamps the found terms that make `node` be as it is `wanted`, which it is. */
static void
stamp_deciding (TruceMatcher *matcher, guint32 index, gboolean wanted)
{
  const TruceMatchNode *node = &g_array_index (matcher->compiled->nodes, TruceMatchNode, index);

  if (node->kind == TRUCE_NODE_TERM) {
    if (wanted)
      matcher->deciding[node->index] = matcher->hit;
    return;
  }
  if (node->kind == TRUCE_NODE_EXPRESSION) {
    if (wanted)
      matcher->showing[node->index] = matcher->hit;
    return;
  }
  if (node->kind == TRUCE_NODE_NOT) {
    stamp_deciding (matcher, node->first_child, !wanted);
    return;
  }
  for (guint32 i = 0; i < node->n_children; i++)
    if (truce_matcher_evaluate (matcher, node->first_child + i) == wanted)
      stamp_deciding (matcher, node->first_child + i, wanted);
}

static gboolean
occurrence_decides (TruceMatcher *matcher, TruceSlot *slot, const TruceOccurrence *occurrence, gboolean *ret_prefix)
{
  const TruceLists *of_literal = &matcher->compiled->of_literal;

  for (guint32 i = of_literal->starts[occurrence->literal]; i < of_literal->starts[occurrence->literal + 1]; i++) {
    guint32 index = of_literal->items[i];
    const TruceMatchTerm *term = &g_array_index (matcher->compiled->terms, TruceMatchTerm, index);
    if (matcher->deciding[index] == matcher->hit && truce_matcher_term_accepts (matcher, term, slot, occurrence)) {
      *ret_prefix = term->prefix;
      return TRUE;
    }
  }
  return FALSE;
}

/* A piece of folded text whose words are shown. */
typedef struct {
  TruceSlot *slot;
  guint32 start;
  guint32 end;
} Piece;

static gboolean
is_among (const Piece *pieces, guint n_pieces, const Piece *piece)
{
  guint32 length = piece->end - piece->start;

  for (guint i = 0; i < n_pieces; i++)
    if (pieces[i].end - pieces[i].start == length &&
        memcmp (pieces[i].slot->folded.bytes + pieces[i].start, piece->slot->folded.bytes + piece->start, length) == 0)
      return TRUE;
  return FALSE;
}

/* What is shown for `occurrence`: a beginning as the whole word that it is found in, an id or tag whole. */
static Piece
shown_piece (TruceSlot *slot, const TruceOccurrence *occurrence, gboolean prefix)
{
  Piece piece = { slot, occurrence->start, occurrence->end };

  if (truce_field_is_whole (slot->field))
    piece.end = slot->folded.length;
  while (prefix && piece.end < slot->folded.length && slot->folded.bytes[piece.end] != ' ')
    piece.end++;
  return piece;
}

static guint
collect_pieces (TruceMatcher *matcher, Piece *pieces)
{
  guint n_pieces = 0;

  for (guint s = 0; s < matcher->n_slots; s++) {
    TruceSlot *slot = g_ptr_array_index (matcher->slots, s);
    for (guint o = slot->first; o < slot->after && n_pieces < TRUCE_HIT_WORDS_MAX; o++) {
      if (n_pieces > 0 && o - slot->first >= LOOKED_THROUGH_MAX)
        break;
      const TruceOccurrence *occurrence = &g_array_index (matcher->occurrences, TruceOccurrence, o);
      gboolean prefix;
      if (!occurrence_decides (matcher, slot, occurrence, &prefix))
        continue;
      Piece piece = shown_piece (slot, occurrence, prefix);
      if (!is_among (pieces, n_pieces, &piece))
        pieces[n_pieces++] = piece;
    }
  }
  return n_pieces;
}

static char *
cut_text (const char *text, gsize length)
{
  g_autofree char *whole = g_strndup (text, length);

  return truce_text_cut (whole, TRUCE_HIT_WORD_BYTES_MAX);
}

/* What the expression found; the expression itself when that has no letters, as /(?=,)/ finds. */
static char *
show_expression (TruceMatcher *matcher, guint32 index)
{
  const TruceExpression *expression = &g_array_index (matcher->compiled->expressions, TruceExpression, index);
  gsize from, to;
  const TruceSlot *slot = truce_matcher_find_expression (matcher, index, &from, &to);

  return slot && to > from ? cut_text (slot->text + from, to - from)
                           : g_strdup (truce_pattern_text (expression->pattern));
}

char **
truce_matcher_words (TruceMatcher *matcher, guint32 query)
{
  Piece pieces[TRUCE_HIT_WORDS_MAX];
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  next_hit (matcher);
  stamp_deciding (matcher, matcher->compiled->roots[query], TRUE);
  guint n_words = collect_pieces (matcher, pieces);
  for (guint i = 0; i < n_words; i++) {
    gsize length;
    const char *written = truce_matcher_original (pieces[i].slot, pieces[i].start, pieces[i].end, &length);
    g_autofree char *word = cut_text (written, length);
    g_strv_builder_add (words, word);
  }
  for (guint32 i = 0; i < matcher->compiled->expressions->len && n_words < TRUCE_HIT_WORDS_MAX; i++) {
    if (matcher->showing[i] != matcher->hit)
      continue;
    g_autofree char *word = show_expression (matcher, i);
    g_strv_builder_add (words, word);
    n_words++;
  }
  return g_strv_builder_end (words);
}

/* --- what was missing --- */

typedef struct {
  TruceMatcher *matcher;
  const TruceQuery *query;
  GString *reasons;
} Missing;

static void
add_reason (Missing *missing, const TruceNode *node, gboolean wanted)
{
  g_autofree char *reading = truce_query_node_reading (missing->query, node);

  if (missing->reasons->len > 0)
    g_string_append (missing->reasons, "; ");
  if (wanted)
    g_string_append_printf (missing->reasons, "lacks %s", reading);
  else
    g_string_append_printf (missing->reasons, "has %s, which is excluded", reading);
}

/* `node`, compiled as `index`, is not as it is `wanted`: the smallest parts of it that are to blame. */
static void
find_missing (Missing *missing, const TruceNode *node, guint32 index, gboolean wanted)
{
  const TruceMatchNode *compact = &g_array_index (missing->matcher->compiled->nodes, TruceMatchNode, index);
  gboolean all = (node->kind == TRUCE_NODE_AND) == wanted;

  if (truce_matcher_evaluate (missing->matcher, index) == wanted)
    return;
  if (node->kind == TRUCE_NODE_NOT) {
    find_missing (missing, g_ptr_array_index (node->children, 0), compact->first_child, !wanted);
    return;
  }
  if (truce_node_kind_is_leaf (node->kind) || node->kind == TRUCE_NODE_NEAR || !all) {
    add_reason (missing, node, wanted);
    return;
  }
  for (guint32 i = 0; i < compact->n_children; i++)
    find_missing (missing, g_ptr_array_index (node->children, i), compact->first_child + i, wanted);
}

char *
truce_matcher_why_not (TruceMatcher *matcher, guint index, const TruceQuery *query)
{
  Missing missing = { matcher, query, g_string_new (NULL) };

  find_missing (&missing, query->root, matcher->compiled->roots[index], TRUE);
  return g_string_free (missing.reasons, missing.reasons->len == 0);
}
