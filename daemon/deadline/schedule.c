/* SPDX-License-Identifier: MIT */
#include "deadline/schedule.h"

#include <string.h>

#include "deadline/nag.h"

typedef struct {
  const TruceMilestone *milestone;
  TruceSpan span;
  TruceTime taken; /* every firing at or before it is taken, or not ours */
  guint revision;
  guint place;   /* in the heap */
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
  TruceArena *arena;   /* of the entries */
  GPtrArray *unused;   /* Entry *: removed, to be used again */
};

TruceSchedule *
truce_schedule_new (void)
{
  TruceSchedule *schedule = g_new (TruceSchedule, 1);

  schedule->entries = g_hash_table_new (g_str_hash, g_str_equal);
  schedule->heap = g_array_new (FALSE, FALSE, sizeof (Slot));
  schedule->arena = truce_arena_new ();
  schedule->unused = g_ptr_array_new ();
  return schedule;
}

static Slot *
slot_at (const TruceSchedule *schedule, guint place)
{
  return &g_array_index (schedule->heap, Slot, place);
}

void
truce_schedule_free (TruceSchedule *schedule)
{
  if (!schedule)
    return;
  for (guint i = 0; i < schedule->heap->len; i++)
    truce_span_clear (&slot_at (schedule, i)->entry->span);
  g_array_unref (schedule->heap);
  g_hash_table_unref (schedule->entries);
  g_ptr_array_unref (schedule->unused);
  truce_arena_unref (schedule->arena);
  g_free (schedule);
}

/* --- the heap --- */

static void
set_place (TruceSchedule *schedule, guint place, Slot slot)
{
  *slot_at (schedule, place) = slot;
  slot.entry->place = place;
}

static void
sift_up (TruceSchedule *schedule, guint place)
{
  const Slot slot = *slot_at (schedule, place);

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
sift_down (TruceSchedule *schedule, guint place)
{
  const Slot slot = *slot_at (schedule, place);
  guint size = schedule->heap->len;

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

/* What stands at `place` has changed: it goes where it belongs. */
static void
settle (TruceSchedule *schedule, guint place)
{
  Entry *entry = slot_at (schedule, place)->entry;

  sift_up (schedule, place);
  sift_down (schedule, entry->place);
}

static void
rearm (TruceSchedule *schedule, Entry *entry)
{
  TruceTime next = truce_milestone_next_firing (entry->milestone, &entry->span, entry->taken);
  guint number;

  if (entry->nags)
    next = MIN (next, truce_nag_next (entry->milestone, &entry->span, entry->taken, &number));
  slot_at (schedule, entry->place)->next = next;
  settle (schedule, entry->place);
}

/* --- entries --- */

/* An empty entry, at the end of the heap. */
static Entry *
add_entry (TruceSchedule *schedule, const char *id)
{
  guint n_unused = schedule->unused->len;
  Entry *entry = n_unused ? g_ptr_array_steal_index_fast (schedule->unused, n_unused - 1)
                          : truce_arena_take (schedule->arena, sizeof *entry);
  const Slot slot = { TRUCE_TIME_NONE, entry };

  entry->place = schedule->heap->len;
  g_array_append_val (schedule->heap, slot);
  g_hash_table_insert (schedule->entries, (gpointer) id, entry);
  return entry;
}

void
truce_schedule_put (TruceSchedule *schedule, const TruceMilestone *milestone, guint revision, const TruceSpan *span,
                    TruceTime after)
{
  truce_schedule_remove (schedule, milestone->id);

  Entry *entry = add_entry (schedule, milestone->id);
  entry->milestone = milestone;
  entry->revision = revision;
  truce_span_copy (span, &entry->span);
  entry->taken = after;
  entry->nags = milestone->has_nag;
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
  const Slot last = *slot_at (schedule, schedule->heap->len - 1);
  guint place = entry->place;
  g_array_set_size (schedule->heap, schedule->heap->len - 1);
  if (last.entry != entry) {
    set_place (schedule, place, last);
    settle (schedule, place);
  }
  g_hash_table_remove (schedule->entries, id);
  truce_span_clear (&entry->span);
  g_ptr_array_add (schedule->unused, entry);
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
    if (slot_at (schedule, 0)->next == TRUCE_TIME_NONE)
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
