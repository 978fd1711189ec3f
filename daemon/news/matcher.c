/* SPDX-License-Identifier: MIT */
#include "news/matcher.h"

#include <string.h>

#include "news/matcher_private.h"

static void
slot_free (gpointer data)
{
  TruceSlot *slot = data;

  truce_folded_clear (&slot->folded);
  g_free (slot);
}

static void
hit_clear (gpointer data)
{
  TruceHit *hit = data;

  g_strfreev (hit->matched);
}

GArray *
truce_hits_new (void)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (TruceHit));

  g_array_set_clear_func (hits, hit_clear);
  return hits;
}

TruceMatcher *
truce_matcher_new (const TruceQuery *const *queries, guint n_queries)
{
  TruceMatcher *matcher = g_new0 (TruceMatcher, 1);

  matcher->compiled = truce_compiled_new (queries, n_queries);
  matcher->scanner = truce_scanner_new ((const TruceLiteral *) (gpointer) matcher->compiled->literals->data,
                                        matcher->compiled->literals->len);
  matcher->found = g_new0 (guint32, matcher->compiled->terms->len);
  matcher->deciding = g_new0 (guint32, matcher->compiled->terms->len);
  matcher->woken = g_new0 (guint32, n_queries);
  matcher->left = g_new0 (guint32, matcher->compiled->terms->len);
  matcher->right = g_new0 (guint32, matcher->compiled->terms->len);
  matcher->tried = g_new0 (guint32, matcher->compiled->expressions->len);
  matcher->standing = g_new0 (guint32, matcher->compiled->expressions->len);
  matcher->showing = g_new0 (guint32, matcher->compiled->expressions->len);
  matcher->marks = g_array_new (FALSE, FALSE, sizeof (TruceMark));
  matcher->candidates = g_array_new (FALSE, FALSE, sizeof (guint32));
  matcher->slots = g_ptr_array_new_with_free_func (slot_free);
  matcher->occurrences = g_array_new (FALSE, FALSE, sizeof (TruceOccurrence));
  return matcher;
}

void
truce_matcher_free (TruceMatcher *matcher)
{
  if (!matcher)
    return;
  truce_compiled_free (matcher->compiled);
  truce_scanner_free (matcher->scanner);
  g_free (matcher->found);
  g_free (matcher->deciding);
  g_free (matcher->woken);
  g_free (matcher->left);
  g_free (matcher->right);
  g_free (matcher->tried);
  g_free (matcher->standing);
  g_free (matcher->showing);
  g_array_unref (matcher->marks);
  g_array_unref (matcher->candidates);
  g_ptr_array_unref (matcher->slots);
  g_array_unref (matcher->occurrences);
  truce_folded_clear (&matcher->exact);
  g_free (matcher);
}

/* Makes all stamps old; at the turn of the counter, by wiping them out. */
static void
next_run (TruceMatcher *matcher)
{
  if (++matcher->run == 0) {
    memset (matcher->found, 0, matcher->compiled->terms->len * sizeof *matcher->found);
    memset (matcher->woken, 0, matcher->compiled->n_queries * sizeof *matcher->woken);
    memset (matcher->tried, 0, matcher->compiled->expressions->len * sizeof *matcher->tried);
    memset (matcher->standing, 0, matcher->compiled->expressions->len * sizeof *matcher->standing);
    matcher->run = 1;
  }
}

static void
next_pair (TruceMatcher *matcher)
{
  if (++matcher->pair == 0) {
    memset (matcher->left, 0, matcher->compiled->terms->len * sizeof *matcher->left);
    memset (matcher->right, 0, matcher->compiled->terms->len * sizeof *matcher->right);
    matcher->pair = 1;
  }
}

/* --- reading the item --- */

static void
read_text (TruceMatcher *matcher, TruceField field, const char *text)
{
  guint wanted = matcher->compiled->fields;

  if (field == TRUCE_FIELD_TITLE || field == TRUCE_FIELD_SUMMARY)
    wanted |= wanted & 1u << TRUCE_FIELD_TEXT ? 1u << field : 0;
  if (!text || *text == '\0' || !(wanted & 1u << field))
    return;
  if (matcher->n_slots == matcher->slots->len)
    g_ptr_array_add (matcher->slots, g_new0 (TruceSlot, 1));
  TruceSlot *slot = g_ptr_array_index (matcher->slots, matcher->n_slots++);
  slot->field = field;
  slot->text = text;
  slot->with_origins = FALSE;
  truce_fold (&slot->folded, text, strlen (text), TRUCE_FOLD_PLAIN);
  slot->first = matcher->occurrences->len;
  truce_scanner_run (matcher->scanner, &slot->folded, matcher->occurrences);
  slot->after = matcher->occurrences->len;
}

static void
read_item (TruceMatcher *matcher, const TruceItem *item, const TruceMatchContext *context)
{
  matcher->n_slots = 0;
  g_array_set_size (matcher->occurrences, 0);
  read_text (matcher, TRUCE_FIELD_TITLE, item->title);
  read_text (matcher, TRUCE_FIELD_SUMMARY, item->summary);
  read_text (matcher, TRUCE_FIELD_AUTHOR, item->author);
  read_text (matcher, TRUCE_FIELD_URL, item->link);
  if (!context)
    return;
  read_text (matcher, TRUCE_FIELD_FEED, context->feed);
  for (const char *const *tag = context->tags; tag && *tag; tag++)
    read_text (matcher, TRUCE_FIELD_TAG, *tag);
}

const char *
truce_matcher_original (TruceSlot *slot, guint32 start, guint32 end, gsize *ret_length)
{
  if (!slot->with_origins) {
    truce_fold (&slot->folded, slot->text, strlen (slot->text), TRUCE_FOLD_ORIGINS);
    slot->with_origins = TRUE;
  }
  guint32 from = slot->folded.origins[start].from;
  *ret_length = slot->folded.origins[end - 1].to - from;
  return slot->text + from;
}

/* --- from places to terms, from terms to queries --- */

/* Is `field` looked for in this text? */
static gboolean
lies_in (const TruceSlot *slot, TruceField field)
{
  gboolean text = slot->field == TRUCE_FIELD_TITLE || slot->field == TRUCE_FIELD_SUMMARY;

  return field == slot->field || (text && field == TRUCE_FIELD_TEXT);
}

gboolean
truce_matcher_term_accepts (TruceMatcher *matcher, const TruceMatchTerm *term, TruceSlot *slot,
                            const TruceOccurrence *occurrence)
{
  if (!lies_in (slot, term->field))
    return FALSE;
  if (truce_field_is_whole (term->field) &&
      (occurrence->start != 0 || (!term->prefix && occurrence->end != slot->folded.length)))
    return FALSE;
  if (!term->exact)
    return TRUE;
  gsize length;
  const char *written = truce_matcher_original (slot, occurrence->start, occurrence->end, &length);
  truce_fold (&matcher->exact, written, length, TRUCE_FOLD_KEEP_CASE);
  return strcmp (matcher->exact.bytes, term->exact) == 0;
}

static void
wake_query (TruceMatcher *matcher, guint32 query)
{
  if (matcher->woken[query] != matcher->run) {
    matcher->woken[query] = matcher->run;
    g_array_append_val (matcher->candidates, query);
  }
}

static void
wake_queries (TruceMatcher *matcher, guint32 term)
{
  const TruceLists *wakes = &matcher->compiled->wakes;

  for (guint32 i = wakes->starts[term]; i < wakes->starts[term + 1]; i++)
    wake_query (matcher, wakes->items[i]);
}

static void
find_terms (TruceMatcher *matcher)
{
  const TruceLists *of_literal = &matcher->compiled->of_literal;

  for (guint s = 0; s < matcher->n_slots; s++) {
    TruceSlot *slot = g_ptr_array_index (matcher->slots, s);
    for (guint o = slot->first; o < slot->after; o++) {
      const TruceOccurrence *occurrence = &g_array_index (matcher->occurrences, TruceOccurrence, o);
      guint32 literal = occurrence->literal;
      for (guint32 i = of_literal->starts[literal]; i < of_literal->starts[literal + 1]; i++) {
        guint32 term = of_literal->items[i];
        if (matcher->found[term] == matcher->run ||
            !truce_matcher_term_accepts (matcher, &g_array_index (matcher->compiled->terms, TruceMatchTerm, term), slot,
                                         occurrence))
          continue;
        matcher->found[term] = matcher->run;
        wake_queries (matcher, term);
      }
    }
  }
}

const TruceSlot *
truce_matcher_find_expression (TruceMatcher *matcher, guint32 index, gsize *ret_from, gsize *ret_to)
{
  const TruceExpression *expression = &g_array_index (matcher->compiled->expressions, TruceExpression, index);

  for (guint s = 0; s < matcher->n_slots; s++) {
    const TruceSlot *slot = g_ptr_array_index (matcher->slots, s);
    if (!lies_in (slot, expression->field))
      continue;
    TrucePatternOutcome outcome =
        truce_pattern_find (expression->pattern, slot->text, strlen (slot->text), ret_from, ret_to);
    if (outcome == TRUCE_PATTERN_FOUND)
      return slot;
    if (outcome == TRUCE_PATTERN_GAVE_UP)
      matcher->gave_up = truce_pattern_text (expression->pattern);
  }
  return NULL;
}

static gboolean
expression_stands (TruceMatcher *matcher, guint32 index)
{
  gsize from, to;

  if (matcher->tried[index] != matcher->run) {
    matcher->tried[index] = matcher->run;
    if (truce_matcher_find_expression (matcher, index, &from, &to))
      matcher->standing[index] = matcher->run;
  }
  return matcher->standing[index] == matcher->run;
}

/* Stamps the terms of an operand of NEAR. */
static void
stamp_side (TruceMatcher *matcher, guint32 *side, guint32 index)
{
  const TruceMatchNode *node = &g_array_index (matcher->compiled->nodes, TruceMatchNode, index);

  if (node->kind == TRUCE_NODE_TERM)
    side[node->index] = matcher->pair;
  for (guint32 i = 0; i < node->n_children; i++)
    stamp_side (matcher, side, node->first_child + i);
}

static void
mark_occurrence (TruceMatcher *matcher, TruceSlot *slot, const TruceOccurrence *occurrence)
{
  const TruceLists *of_literal = &matcher->compiled->of_literal;
  TruceMark mark = { occurrence->start, occurrence->end, 0 };

  for (guint32 i = of_literal->starts[occurrence->literal]; i < of_literal->starts[occurrence->literal + 1]; i++) {
    guint32 term = of_literal->items[i];
    TruceSides sides = (matcher->left[term] == matcher->pair ? TRUCE_SIDE_LEFT : 0) |
                       (matcher->right[term] == matcher->pair ? TRUCE_SIDE_RIGHT : 0);
    if (sides && truce_matcher_term_accepts (matcher, &g_array_index (matcher->compiled->terms, TruceMatchTerm, term),
                                             slot, occurrence))
      mark.sides |= sides;
  }
  if (mark.sides)
    g_array_append_val (matcher->marks, mark);
}

static gboolean
near_holds (TruceMatcher *matcher, const TruceMatchNode *node)
{
  next_pair (matcher);
  stamp_side (matcher, matcher->left, node->first_child);
  stamp_side (matcher, matcher->right, node->first_child + 1);
  for (guint s = 0; s < matcher->n_slots; s++) {
    TruceSlot *slot = g_ptr_array_index (matcher->slots, s);
    g_array_set_size (matcher->marks, 0);
    for (guint o = slot->first; o < slot->after; o++)
      mark_occurrence (matcher, slot, &g_array_index (matcher->occurrences, TruceOccurrence, o));
    if (truce_near (&slot->folded, (const TruceMark *) (gpointer) matcher->marks->data, matcher->marks->len,
                    node->between))
      return TRUE;
  }
  return FALSE;
}

gboolean
truce_matcher_evaluate (TruceMatcher *matcher, guint32 index)
{
  const TruceMatchNode *node = &g_array_index (matcher->compiled->nodes, TruceMatchNode, index);
  gboolean any = node->kind == TRUCE_NODE_OR;

  if (node->kind == TRUCE_NODE_TERM)
    return matcher->found[node->index] == matcher->run;
  if (node->kind == TRUCE_NODE_EXPRESSION)
    return expression_stands (matcher, node->index);
  if (node->kind == TRUCE_NODE_NOT)
    return !truce_matcher_evaluate (matcher, node->first_child);
  for (guint32 i = 0; i < node->n_children; i++)
    if (truce_matcher_evaluate (matcher, node->first_child + i) == any)
      return any;
  return !any && (node->kind != TRUCE_NODE_NEAR || near_holds (matcher, node));
}

const char *
truce_matcher_gave_up (const TruceMatcher *matcher)
{
  return matcher->gave_up;
}

static gint
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint32 first = *(const guint32 *) a;
  guint32 second = *(const guint32 *) b;

  return first < second ? -1 : first > second;
}

void
truce_matcher_run (TruceMatcher *matcher, const TruceItem *item, const TruceMatchContext *context, GArray *ret_hits)
{
  next_run (matcher);
  read_item (matcher, item, context);
  g_array_set_size (matcher->candidates, 0);
  matcher->gave_up = NULL;
  find_terms (matcher);
  for (guint i = 0; i < matcher->compiled->always->len; i++)
    wake_query (matcher, g_array_index (matcher->compiled->always, guint32, i));
  g_array_sort (matcher->candidates, compare_numbers);
  for (guint i = 0; i < matcher->candidates->len; i++) {
    guint32 query = g_array_index (matcher->candidates, guint32, i);
    if (!truce_matcher_evaluate (matcher, matcher->compiled->roots[query]))
      continue;
    TruceHit hit = { query, truce_matcher_words (matcher, query) };
    g_array_append_val (ret_hits, hit);
  }
}
