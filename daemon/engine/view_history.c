/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/reason.h"
#include "engine/amend_private.h"
#include "engine/engine_private.h"
#include "engine/view_private.h"

/* One date that held for a while. */
typedef struct {
  TruceTime since; /* MIN: from the first */
  TruceSpan span;
  char *statement, *why, *by; /* NULL: not said */
  gint64 amendment;           /* 0 none */
  gboolean undone;            /* it was taken back: no part of how the date has moved */
} Entry;

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  truce_span_clear (&entry->span);
  g_free (entry->statement);
  g_free (entry->why);
  g_free (entry->by);
}

static void
add_stated (GArray *entries, const TruceRevision *revision)
{
  Entry entry = {
    .since = revision->since,
    .statement = g_strdup (revision->statement),
    .why = g_strdup (revision->why),
    .by = g_strdup (revision->by),
    .amendment = revision->amendment,
  };

  truce_span_copy (&revision->span, &entry.span);
  g_array_append_val (entries, entry);
}

static void
add_seen (GArray *entries, const TruceStoredRevision *seen, TruceZone *own_zone)
{
  TruceZone *zone = truce_zone_new (seen->zone, NULL);
  Entry entry = {
    .since = seen->since,
    .span = { seen->due, seen->due_latest, seen->precision, FALSE, zone ? zone : truce_zone_ref (own_zone) },
    .statement = g_strdup (seen->statement),
    .why = g_strdup (seen->why),
    .by = g_strdup (seen->by),
    .amendment = seen->amendment,
  };

  g_array_append_val (entries, entry);
}

/* The first of the `n_stated` entries that is not taken and is what `seen` was. */
static gboolean
find_stated (GArray *entries, const gboolean *taken, guint n_stated, const TruceStoredRevision *seen, guint *ret_index)
{
  for (guint i = 0; i < n_stated; i++) {
    const Entry *entry = &g_array_index (entries, Entry, i);
    if (!taken[i] && entry->span.earliest == seen->due && entry->span.latest == seen->due_latest &&
        entry->since <= seen->since) {
      *ret_index = i;
      return TRUE;
    }
  }
  return FALSE;
}

/* Adds what truced saw and nobody states any more: a date that was edited in place, or was taken back. A date that it
 * saw to come after another came when it saw it, whatever the file says of when: so the one in force is the last. */
static void
merge_seen (GArray *entries, const GPtrArray *seen, TruceZone *zone)
{
  guint n_stated = entries->len, index;
  g_autofree gboolean *taken = g_new0 (gboolean, n_stated + 1);

  for (guint i = 0; i < seen->len; i++) {
    const TruceStoredRevision *revision = g_ptr_array_index (seen, i);
    if (truce_repeating_is_rule (revision))
      continue; /* it repeated for a while */
    if (!find_stated (entries, taken, n_stated, revision, &index)) {
      add_seen (entries, revision, zone);
      continue;
    }
    taken[index] = TRUE;
    Entry *entry = &g_array_index (entries, Entry, index);
    if (!entry->why)
      truce_set_text (&entry->why, revision->why);
    if (i > 0 && entry->since < ((const TruceStoredRevision *) g_ptr_array_index (seen, i - 1))->since)
      entry->since = revision->since;
  }
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *x = a, *y = b;

  return (x->since > y->since) - (x->since < y->since);
}

/* Marks what was taken back, and drops what is the date that held already. */
static void
tidy (TruceEngine *engine, GArray *entries)
{
  const Entry *held = NULL;
  guint kept = 0;

  for (guint i = 0; i < entries->len; i++) {
    Entry *entry = &g_array_index (entries, Entry, i);
    entry->undone = truce_amend_is_undone (engine, entry->amendment);
    if (held && !entry->undone && truce_span_same_due (&held->span, &entry->span)) {
      entry_clear (entry);
      continue;
    }
    g_array_index (entries, Entry, kept) = *entry;
    if (!entry->undone)
      held = &g_array_index (entries, Entry, kept);
    kept++;
  }
  entries->len = kept; /* those behind were moved or cleared */
  if (kept > 0)
    g_array_index (entries, Entry, 0).since = TRUCE_TIME_MIN;
}

/* (element-type Entry), oldest first. The store is asked only when it knows more than is stated. */
static GArray *
history_of (TruceEngine *engine, const TruceMilestone *milestone, TruceTime now)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  const TruceStoredRevision *stored = g_hash_table_lookup (engine->revisions, milestone->id);
  guint last = truce_milestone_revision_at (milestone, now);

  g_array_set_clear_func (entries, entry_clear);
  for (guint i = 0; i <= last; i++)
    add_stated (entries, truce_milestone_revision (milestone, i));
  if (stored && stored->revision != last) {
    g_autoptr (GPtrArray) seen = engine->ports.store.history (engine->ports.store.self, milestone->id);
    merge_seen (entries, seen, milestone->zone);
    g_array_sort (entries, compare_entries);
    tidy (engine, entries);
  }
  return entries;
}

/* How `to` came after `from`: moved by people, said more exactly, or by a country that sets its clocks otherwise.
 */
static const char *
label_of (const Entry *from, const Entry *to)
{
  if (truce_span_tightens (&to->span, &from->span))
    return "tightened";
  return g_strcmp0 (to->why, TRUCE_WHY_RULES) == 0 ? "rules" : "moved";
}

static gint64
days_moved (const Entry *from, const Entry *to)
{
  return truce_zone_day_of (to->span.zone, to->span.earliest) -
         truce_zone_day_of (from->span.zone, from->span.earliest);
}

char *
truce_view_history (TruceEngine *engine, const TruceMilestone *milestone, TruceTime now)
{
  g_autoptr (GArray) entries = history_of (engine, milestone, now);
  const Entry *held = NULL;
  guint later = 0, earlier = 0;
  gint64 days = 0;

  for (guint i = 0; i < entries->len; i++) {
    const Entry *entry = &g_array_index (entries, Entry, i);
    gboolean counts = held && !entry->undone && strcmp (label_of (held, entry), "moved") == 0;
    gint64 moved = counts ? days_moved (held, entry) : 0;
    days += moved;
    later += moved > 0;
    earlier += moved < 0;
    held = entry->undone ? held : entry;
  }
  guint times = later + earlier;
  if (times == 0)
    return NULL;
  const char *verb = earlier == 0 ? "extended" : later == 0 ? "brought forward" : "moved";
  g_autofree char *count = times == 1   ? g_strdup ("once")
                           : times == 2 ? g_strdup ("twice")
                                        : g_strdup_printf ("%u times", times);
  return g_strdup_printf ("%s %s, %+" G_GINT64_FORMAT " %s", verb, count, days, ABS (days) == 1 ? "day" : "days");
}

json_t *
truce_view_revisions (TruceEngine *engine, const TruceMilestone *milestone, TruceTime now)
{
  g_autoptr (GArray) entries = history_of (engine, milestone, now);
  const Entry *held = NULL;
  json_t *array = json_array ();

  for (guint i = 0; i < entries->len; i++) {
    const Entry *entry = &g_array_index (entries, Entry, i);
    json_t *record = json_object ();
    truce_json_set_integer (record, "revision", i);
    if (entry->since > TRUCE_TIME_MIN)
      truce_json_set_time (record, "since", entry->since);
    truce_view_set_span (record, &entry->span);
    truce_json_set_text (record, "statement", entry->statement);
    truce_json_set_reason (record, entry->why);
    truce_json_set_text (record, "by", entry->by);
    if (entry->undone)
      truce_json_set_boolean (record, "undone", TRUE);
    if (held) {
      truce_json_set_text (record, "label", label_of (held, entry));
      truce_json_set_integer (record, "delta_days", days_moved (held, entry));
    }
    held = entry->undone ? held : entry;
    json_array_append_new (array, record);
  }
  return array;
}
