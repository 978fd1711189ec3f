/* SPDX-License-Identifier: MIT */
#include "news/matcher.h"

#include <string.h>

#include "base/text.h"
#include "news/matcher_compile.h"

/* Occurrences in one text that are looked through for words to show, once there is one: a text that repeats a word ten
 * thousand times costs each query that it matches no more than that. */
#define LOOKED_THROUGH_MAX 1000

/* One text of an item: its title, its summary, one of the tags, ... */
typedef struct {
  TruceField field;
  const char *text;
  TruceFolded folded;
  gboolean with_origins;
  guint first; /* its occurrences */
  guint after;
} Slot;

struct _TruceMatcher {
  TruceCompiled *compiled;
  TruceScanner *scanner;
  /* Scratch space. A stamp that is not this run's (or for `deciding`: this hit's) says no. */
  guint32 run;
  guint32 hit;
  guint32 *found;     /* run, by term */
  guint32 *deciding;  /* hit, by term */
  guint32 *woken;     /* run, by query */
  GArray *candidates; /* guint32, queries */
  GPtrArray *slots;   /* Slot *, the first n_slots in use */
  guint n_slots;
  GArray *occurrences; /* TruceOccurrence, of all slots */
  TruceFolded exact;
};

static void
slot_free (gpointer data)
{
  Slot *slot = data;

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
    matcher->run = 1;
  }
}

static void
next_hit (TruceMatcher *matcher)
{
  if (++matcher->hit == 0) {
    memset (matcher->deciding, 0, matcher->compiled->terms->len * sizeof *matcher->deciding);
    matcher->hit = 1;
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
    g_ptr_array_add (matcher->slots, g_new0 (Slot, 1));
  Slot *slot = g_ptr_array_index (matcher->slots, matcher->n_slots++);
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

/* Bytes [start, end) of the folded text, as the text writes them. `ret_length` is their length there. */
static const char *
original (Slot *slot, guint32 start, guint32 end, gsize *ret_length)
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

static gboolean
term_accepts (TruceMatcher *matcher, const TruceMatchTerm *term, Slot *slot, const TruceOccurrence *occurrence)
{
  gboolean text = slot->field == TRUCE_FIELD_TITLE || slot->field == TRUCE_FIELD_SUMMARY;

  if (term->field != slot->field && !(text && term->field == TRUCE_FIELD_TEXT))
    return FALSE;
  if (truce_field_is_whole (term->field) &&
      (occurrence->start != 0 || (!term->prefix && occurrence->end != slot->folded.length)))
    return FALSE;
  if (!term->exact)
    return TRUE;
  gsize length;
  const char *written = original (slot, occurrence->start, occurrence->end, &length);
  truce_fold (&matcher->exact, written, length, TRUCE_FOLD_KEEP_CASE);
  return strcmp (matcher->exact.bytes, term->exact) == 0;
}

static void
wake_queries (TruceMatcher *matcher, guint32 term)
{
  const TruceLists *wakes = &matcher->compiled->wakes;

  for (guint32 i = wakes->starts[term]; i < wakes->starts[term + 1]; i++) {
    guint32 query = wakes->items[i];
    if (matcher->woken[query] != matcher->run) {
      matcher->woken[query] = matcher->run;
      g_array_append_val (matcher->candidates, query);
    }
  }
}

static void
find_terms (TruceMatcher *matcher)
{
  const TruceLists *of_literal = &matcher->compiled->of_literal;

  for (guint s = 0; s < matcher->n_slots; s++) {
    Slot *slot = g_ptr_array_index (matcher->slots, s);
    for (guint o = slot->first; o < slot->after; o++) {
      const TruceOccurrence *occurrence = &g_array_index (matcher->occurrences, TruceOccurrence, o);
      guint32 literal = occurrence->literal;
      for (guint32 i = of_literal->starts[literal]; i < of_literal->starts[literal + 1]; i++) {
        guint32 term = of_literal->items[i];
        if (matcher->found[term] == matcher->run ||
            !term_accepts (matcher, &g_array_index (matcher->compiled->terms, TruceMatchTerm, term), slot, occurrence))
          continue;
        matcher->found[term] = matcher->run;
        wake_queries (matcher, term);
      }
    }
  }
}

static gboolean
evaluate (const TruceMatcher *matcher, guint32 index)
{
  const TruceMatchNode *node = &g_array_index (matcher->compiled->nodes, TruceMatchNode, index);
  gboolean any = node->kind == TRUCE_NODE_OR;

  if (node->kind == TRUCE_NODE_TERM)
    return matcher->found[node->term] == matcher->run;
  if (node->kind == TRUCE_NODE_NOT)
    return !evaluate (matcher, node->first_child);
  for (guint32 i = 0; i < node->n_children; i++)
    if (evaluate (matcher, node->first_child + i) == any)
      return any;
  return !any;
}

/* --- what decided --- */

/* Stamps the found terms that make `node` be as it is `wanted`, which it is. */
static void
stamp_deciding (TruceMatcher *matcher, guint32 index, gboolean wanted)
{
  const TruceMatchNode *node = &g_array_index (matcher->compiled->nodes, TruceMatchNode, index);

  if (node->kind == TRUCE_NODE_TERM) {
    if (wanted)
      matcher->deciding[node->term] = matcher->hit;
    return;
  }
  if (node->kind == TRUCE_NODE_NOT) {
    stamp_deciding (matcher, node->first_child, !wanted);
    return;
  }
  for (guint32 i = 0; i < node->n_children; i++)
    if (evaluate (matcher, node->first_child + i) == wanted)
      stamp_deciding (matcher, node->first_child + i, wanted);
}

static gboolean
occurrence_decides (TruceMatcher *matcher, Slot *slot, const TruceOccurrence *occurrence, gboolean *ret_prefix)
{
  const TruceLists *of_literal = &matcher->compiled->of_literal;

  for (guint32 i = of_literal->starts[occurrence->literal]; i < of_literal->starts[occurrence->literal + 1]; i++) {
    guint32 index = of_literal->items[i];
    const TruceMatchTerm *term = &g_array_index (matcher->compiled->terms, TruceMatchTerm, index);
    if (matcher->deciding[index] == matcher->hit && term_accepts (matcher, term, slot, occurrence)) {
      *ret_prefix = term->prefix;
      return TRUE;
    }
  }
  return FALSE;
}

/* A piece of folded text whose words are shown. */
typedef struct {
  Slot *slot;
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
shown_piece (Slot *slot, const TruceOccurrence *occurrence, gboolean prefix)
{
  Piece piece = { slot, occurrence->start, occurrence->end };

  if (truce_field_is_whole (slot->field))
    piece.end = slot->folded.length;
  while (prefix && piece.end < slot->folded.length && slot->folded.bytes[piece.end] != ' ')
    piece.end++;
  return piece;
}

static char **
collect_words (TruceMatcher *matcher, guint32 query)
{
  Piece pieces[TRUCE_HIT_WORDS_MAX];
  guint n_pieces = 0;

  next_hit (matcher);
  stamp_deciding (matcher, matcher->compiled->roots[query], TRUE);
  for (guint s = 0; s < matcher->n_slots; s++) {
    Slot *slot = g_ptr_array_index (matcher->slots, s);
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
  char **words = g_new0 (char *, n_pieces + 1);
  for (guint i = 0; i < n_pieces; i++) {
    gsize length;
    const char *written = original (pieces[i].slot, pieces[i].start, pieces[i].end, &length);
    g_autofree char *whole = g_strndup (written, length);
    words[i] = truce_text_cut (whole, TRUCE_HIT_WORD_BYTES_MAX);
  }
  return words;
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
  find_terms (matcher);
  g_array_sort (matcher->candidates, compare_numbers);
  for (guint i = 0; i < matcher->candidates->len; i++) {
    guint32 query = g_array_index (matcher->candidates, guint32, i);
    if (!evaluate (matcher, matcher->compiled->roots[query]))
      continue;
    TruceHit hit = { query, collect_words (matcher, query) };
    g_array_append_val (ret_hits, hit);
  }
}
