/* SPDX-License-Identifier: MIT */
#include "deadline/schedule.h"

#include <string.h>

#include "deadline/nag.h"

typedef struct {
  const TruceMilestone *milestone;
  guint revision;
  guint place; /* in the heap */
  TruceSpan span;
  TruceTime taken; /* every firing at or before it is taken, or not ours */
  TruceTime next;
  gboolean nags; /* its repetitions fall due */
} Entry;

/* The instant stands beside the entry, so that ordering touches no entry that does not move. */
typedef struct {
  TruceTime next;
  Entry *entry;
} Slot;

struct _TruceSchedule {
  GHashTable *entries; /* milestone id -> Entry */
  GArray *heap;        /* of Slot; a parent's `next` is never later than its children's */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  truce_span_clear (&entry->span);
  g_free (entry);
}

TruceSchedule *
truce_schedule_new (void)
{
  TruceSchedule *schedule = g_new (TruceSchedule, 1);

  schedule->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
  schedule->heap = g_array_new (FALSE, FALSE, sizeof (Slot));
  return schedule;
}

void
truce_schedule_free (TruceSchedule *schedule)
{
  if (!schedule)
    return;
  g_array_unref (schedule->heap);
  g_hash_table_unref (schedule->entries);
  g_free (schedule);
}

/* --- the heap --- */

static Slot *
slot_at (const TruceSchedule *schedule, guint place)
{
  return &g_array_index (schedule->heap, Slot, place);
}

static void
set_place (TruceSchedule *schedule, guint place, Slot slot)
{
  *slot_at (schedule, place) = slot;
  slot.entry->place = place;
}

static void
sift_up (TruceSchedule *schedule, Entry *entry)
{
  const Slot slot = { entry->next, entry };
  guint place = entry->place;

  while (place > 0) {
    guint parent = (place - 1) / 2;
    if (slot_at (schedule, parent)->next <= slot.next)
      break;
    set_place (schedule, place, *slot_at (schedule, parent));
    place = parent;
  }
  set_place (schedule, place, slot);
}

static void
sift_down (TruceSchedule *schedule, Entry *entry)
{
  const Slot slot = { entry->next, entry };
  guint place = entry->place, size = schedule->heap->len;

  for (;;) {
    guint child = 2 * place + 1;
    if (child >= size)
      break;
    if (child + 1 < size && slot_at (schedule, child + 1)->next < slot_at (schedule, child)->next)
      child++;
    if (slot.next <= slot_at (schedule, child)->next)
      break;
    set_place (schedule, place, *slot_at (schedule, child));
    place = child;
  }
  set_place (schedule, place, slot);
}

static void
rearm (TruceSchedule *schedule, Entry *entry)
{
  guint number;

  entry->next = truce_milestone_next_firing (entry->milestone, &entry->span, entry->taken);
  if (entry->nags)
    entry->next = MIN (entry->next, truce_nag_next (entry->milestone, &entry->span, entry->taken, &number));
  sift_up (schedule, entry);
  sift_down (schedule, entry);
}

/* --- entries --- */

void
truce_schedule_put (TruceSchedule *schedule, const TruceMilestone *milestone, guint revision, const TruceSpan *span,
                    TruceTime after)
{
  truce_schedule_remove (schedule, milestone->id);

  Entry *entry = g_new0 (Entry, 1);
  entry->milestone = milestone;
  entry->revision = revision;
  truce_span_copy (span, &entry->span);
  entry->taken = after;
  entry->nags = milestone->has_nag;
  entry->place = schedule->heap->len;
  g_array_set_size (schedule->heap, entry->place + 1);
  g_hash_table_insert (schedule->entries, (gpointer) milestone->id, entry);
  rearm (schedule, entry);
}

void
truce_schedule_end_nags (TruceSchedule *schedule, const char *id)
{
  Entry *entry = g_hash_table_lookup (schedule->entries, id);

  if (!entry || !entry->nags)
    return;
  entry->nags = FALSE;
  rearm (schedule, entry);
}

void
truce_schedule_remove (TruceSchedule *schedule, const char *id)
{
  Entry *entry = g_hash_table_lookup (schedule->entries, id);

  if (!entry)
    return;
  Entry *last = slot_at (schedule, schedule->heap->len - 1)->entry;
  guint place = entry->place;
  g_array_set_size (schedule->heap, schedule->heap->len - 1);
  if (last != entry) {
    last->place = place;
    sift_up (schedule, last);
    sift_down (schedule, last);
  }
  g_hash_table_remove (schedule->entries, id);
}

guint
truce_schedule_size (const TruceSchedule *schedule)
{
  return schedule->heap->len;
}

static int
compare_firings (gconstpointer a, gconstpointer b)
{
  const TruceFiring *left = a, *right = b;
  int order;

  if (left->at != right->at)
    return left->at < right->at ? -1 : 1;
  order = strcmp (left->milestone->id, right->milestone->id);
  return order ? order : strcmp (left->key, right->key);
}

void
truce_schedule_take (TruceSchedule *schedule, TruceTime upto, GArray *ret_firings)
{
  guint before = ret_firings->len;

  while (schedule->heap->len > 0 && slot_at (schedule, 0)->next <= upto) {
    Entry *entry = slot_at (schedule, 0)->entry;
    if (entry->next == TRUCE_TIME_NONE)
      break;
    truce_milestone_firings (entry->milestone, entry->revision, &entry->span, entry->taken, upto, ret_firings);
    if (entry->nags)
      truce_nag_firings (entry->milestone, entry->revision, &entry->span, entry->taken, upto, ret_firings);
    entry->taken = upto;
    rearm (schedule, entry);
  }
  if (ret_firings->len > before + 1)
    qsort (&g_array_index (ret_firings, TruceFiring, before), ret_firings->len - before, sizeof (TruceFiring),
           compare_firings);
}

TruceTime
truce_schedule_next (const TruceSchedule *schedule)
{
  return schedule->heap->len ? slot_at (schedule, 0)->next : TRUCE_TIME_NONE;
}
