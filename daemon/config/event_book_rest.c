/* SPDX-License-Identifier: MIT */
/* What a calendar has no longer, and what it leaves out. */
#include <string.h>

#include "config/event_book_private.h"
#include "deadline/restate.h"

static void
learn_unread (TruceTaking *taking)
{
  for (guint i = 0; i < taking->calendar->unread->len; i++) {
    const char *uid = g_ptr_array_index (taking->calendar->unread, i);
    gsize length;
    g_autofree char *original = truce_given_replaces (uid, &length);
    g_hash_table_add (taking->present, g_strdup (uid));
    if (original) /* as occurrences are known */
      g_hash_table_add (taking->present, g_strdup_printf ("%.*s/%.10s", (int) length, uid, original));
  }
}

static gboolean
is_present (const TruceTaking *taking, const TruceBookEvent *event)
{
  const char *end = strchr (event->uid, '\n');
  g_autofree char *uid = end ? g_strndup (event->uid, (gsize) (end - event->uid)) : NULL;

  return g_hash_table_contains (taking->present, event->uid) || (uid && g_hash_table_contains (taking->present, uid));
}

/* Nobody waits for it any more. */
static gboolean
is_over (const TruceTaking *taking, const TruceBookEvent *event, TruceTime last, gboolean present)
{
  TruceTime over = last;

  if (event->ended != TRUCE_TIME_NONE && !present && !event->series)
    over = MIN (over, event->ended);
  return taking->now - over > TRUCE_BOOK_KEPT_FOR &&
         !(taking->way->is_needed && taking->way->is_needed (event->id, taking->way->user_data));
}

/* It has no event of its own any more: it is as the rule has it again, as long as what repeats is there. */
static void
return_to_rule (TruceTaking *taking, TruceBookEvent *event)
{
  const TruceEvent *series = g_hash_table_lookup (taking->series, event->series);
  TruceSpan span, old;
  gboolean moved = TRUE;

  if (!series || !truce_taking_ruled_span (taking, event, &span))
    return;
  if (truce_book_span (truce_book_event_date (event)->statement, taking->way->zone, &old)) {
    moved = !truce_span_same_due (&old, &span);
    truce_span_clear (&old);
  }
  if (moved) {
    g_autofree char *statement = truce_span_restate (&span, NULL, taking->way->zone);
    g_autofree char *evidence = truce_taking_evidence (taking, series);
    truce_book_event_add_date (event, MAX (taking->now, truce_book_event_date (event)->since + 1), statement, evidence);
    taking->changed = TRUE;
  } else if (event->ended != TRUCE_TIME_NONE && span.latest > taking->now) {
    truce_taking_tell (taking, TRUCE_BOOK_RESUMED, event);
  }
  truce_taking_set_time (taking, &event->ended, TRUCE_TIME_NONE);
  truce_taking_set_time (taking, &event->met, TRUCE_TIME_NONE);
  taking->changed = taking->changed || !event->gone;
  event->gone = TRUE;
  truce_span_clear (&span);
}

static void
look_for_the_rest (TruceTaking *taking)
{
  GPtrArray *events = taking->book->events;

  for (guint i = events->len; i > 0; i--) {
    TruceBookEvent *event = g_ptr_array_index (events, i - 1);
    gboolean present = is_present (taking, event);
    TruceTime last;

    if (!truce_taking_last_of (taking, event, &last))
      continue;
    if (!present && taking->calendar->whole && event->series)
      return_to_rule (taking, event);
    else if (!present && taking->calendar->whole && truce_taking_is_ahead (taking, last))
      truce_taking_end (taking, event, TRUE, TRUE);
    if (is_over (taking, event, last, present)) {
      g_hash_table_remove (taking->known, event->uid);
      g_ptr_array_remove_index (events, i - 1);
      taking->changed = TRUE;
    }
  }
}

/* --- what it leaves out --- */

static gboolean
same_texts (const GPtrArray *one, const GPtrArray *other)
{
  gboolean same = one->len == other->len;

  for (guint i = 0; same && i < one->len; i++)
    same = strcmp (one->pdata[i], other->pdata[i]) == 0;
  return same;
}

static void
take_notes (TruceTaking *taking)
{
  for (guint i = 0; i < taking->calendar->left_out->len; i++)
    g_ptr_array_add (taking->notes, g_strdup (g_ptr_array_index (taking->calendar->left_out, i)));
  if (taking->n_notes > TRUCE_BOOK_NOTES_MAX)
    g_ptr_array_add (taking->notes, g_strdup_printf ("%u more of such", taking->n_notes - TRUCE_BOOK_NOTES_MAX));
  if (same_texts (taking->notes, taking->book->left_out))
    return;
  g_ptr_array_unref (taking->book->left_out);
  taking->book->left_out = g_ptr_array_ref (taking->notes);
  taking->changed = TRUE;
}

void
truce_taking_rest (TruceTaking *taking)
{
  gboolean partial = !taking->calendar->whole;

  learn_unread (taking);
  look_for_the_rest (taking);
  take_notes (taking);
  taking->changed |= partial != taking->book->partial;
  taking->book->partial = partial;
}
