/* SPDX-License-Identifier: MIT */
#include "engine/memory_store.h"

#include <string.h>

#include "engine/engine_private.h"
#include "engine/memory_dates.h"
#include "engine/memory_deliveries.h"
#include "engine/memory_feeds.h"

/* One row of the outbox. */
typedef struct {
  TruceStoredAlert *stored; /* not owned */
  char *sink;
  guint attempts;
  TruceTime next_try; /* NONE: waits to be pulled */
} Row;

struct _TruceMemoryStore {
  GHashTable *alerts;    /* id -> TruceStoredAlert * */
  GPtrArray *order;      /* the same, oldest first */
  GPtrArray *outbox;     /* Row *, oldest alert first */
  GPtrArray *deliveries; /* memory_deliveries.h */
  TruceMemoryDates *dates;
  TruceMemoryFeeds *feeds;
};

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->sink);
  g_free (row);
}

TruceMemoryStore *
truce_memory_store_new (void)
{
  TruceMemoryStore *store = g_new0 (TruceMemoryStore, 1);

  store->alerts = g_hash_table_new (g_str_hash, g_str_equal);
  store->order = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_stored_alert_free);
  store->outbox = g_ptr_array_new_with_free_func (row_free);
  store->deliveries = truce_memory_deliveries_new ();
  store->dates = truce_memory_dates_new ();
  store->feeds = truce_memory_feeds_new ();
  return store;
}

void
truce_memory_store_free (TruceMemoryStore *store)
{
  if (!store)
    return;
  g_ptr_array_unref (store->outbox);
  g_ptr_array_unref (store->deliveries);
  g_hash_table_unref (store->alerts);
  g_ptr_array_unref (store->order);
  truce_memory_dates_free (store->dates);
  truce_memory_feeds_free (store->feeds);
  g_free (store);
}

static TruceStoredAlert *
stored_alert_copy (const TruceStoredAlert *stored)
{
  TruceStoredAlert *copy = g_memdup2 (stored, sizeof *stored);

  copy->alert = truce_alert_ref (stored->alert);
  copy->acknowledged_by = g_strdup (stored->acknowledged_by);
  copy->snoozed_by = g_strdup (stored->snoozed_by);
  copy->via = g_strdup (stored->via);
  return copy;
}

static void
enqueue (TruceMemoryStore *store, TruceStoredAlert *stored, const char *const *sinks, TruceTime at)
{
  for (guint i = 0; sinks[i]; i++) {
    Row *row = g_new0 (Row, 1);
    row->stored = stored;
    row->sink = g_strdup (sinks[i]);
    row->next_try = at;
    g_ptr_array_add (store->outbox, row);
  }
}

static void
dequeue (TruceMemoryStore *store, const char *id, const char *sink /* NULL: all */)
{
  for (guint i = store->outbox->len; i > 0; i--) {
    Row *row = g_ptr_array_index (store->outbox, i - 1);
    if (strcmp (row->stored->alert->id, id) == 0 && (!sink || strcmp (row->sink, sink) == 0))
      g_ptr_array_remove_index (store->outbox, i - 1);
  }
}

static Row *
find_row (TruceMemoryStore *store, const char *id, const char *sink)
{
  for (guint i = 0; i < store->outbox->len; i++) {
    Row *row = g_ptr_array_index (store->outbox, i);
    if (strcmp (row->stored->alert->id, id) == 0 && strcmp (row->sink, sink) == 0)
      return row;
  }
  return NULL;
}

static gboolean
store_commit (gpointer self, const TruceCommit *commit, GPtrArray **ret_new, GError **error)
{
  TruceMemoryStore *store = self;
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_alert_unref);

  for (guint i = 0; i < commit->alerts->len; i++) {
    TruceAlert *alert = g_ptr_array_index (commit->alerts, i);
    if (g_hash_table_contains (store->alerts, alert->id))
      continue;
    TruceStoredAlert *stored = g_new0 (TruceStoredAlert, 1);
    stored->alert = truce_alert_ref (alert);
    stored->acknowledged = stored->snoozed = stored->snoozed_at = TRUCE_TIME_NONE;
    g_hash_table_insert (store->alerts, alert->id, stored);
    g_ptr_array_add (store->order, stored);
    enqueue (store, stored, g_ptr_array_index (commit->alert_sinks, i), commit->now);
    g_ptr_array_add (fresh, truce_alert_ref (alert));
  }
  for (guint i = 0; i < commit->folds->len; i++) {
    const TruceFold *fold = g_ptr_array_index (commit->folds, i);
    if (!find_row (store, fold->alert, fold->sink))
      continue;
    truce_memory_deliveries_add (store->deliveries, fold->alert, fold->sink, commit->now, fold->why);
    dequeue (store, fold->alert, fold->sink);
  }
  truce_memory_dates_commit (store->dates, commit);
  if (commit->feed)
    truce_memory_feeds_commit (store->feeds, commit);
  if (ret_new)
    *ret_new = g_steal_pointer (&fresh);
  return TRUE;
}

static gboolean
store_commit_all (gpointer self, TruceCommit *const *commits, guint n_commits, GError **error)
{
  for (guint i = 0; i < n_commits; i++)
    store_commit (self, commits[i], NULL, NULL);
  return TRUE;
}

static TruceTime
store_window (gpointer self)
{
  return truce_memory_dates_window (((TruceMemoryStore *) self)->dates);
}

static TruceTime
store_reached (gpointer self)
{
  return truce_memory_dates_reached (((TruceMemoryStore *) self)->dates);
}

static TruceTime
store_leapt (gpointer self)
{
  return truce_memory_dates_leapt (((TruceMemoryStore *) self)->dates);
}

static gboolean
store_firing_done (gpointer self, const char *milestone, guint revision, const char *key)
{
  return truce_memory_dates_firing_done (((TruceMemoryStore *) self)->dates, milestone, revision, key);
}

static GPtrArray *
store_firings_after (gpointer self, TruceTime after)
{
  return truce_memory_dates_firings_after (((TruceMemoryStore *) self)->dates, after);
}

static GPtrArray *
store_firings_of (gpointer self, const char *milestone, guint revision)
{
  return truce_memory_dates_firings_of (((TruceMemoryStore *) self)->dates, milestone, revision);
}

static GPtrArray *
store_revisions (gpointer self)
{
  return truce_memory_dates_latest (((TruceMemoryStore *) self)->dates);
}

static GPtrArray *
store_history (gpointer self, const char *milestone)
{
  return truce_memory_dates_history (((TruceMemoryStore *) self)->dates, milestone);
}

static GPtrArray *
store_amendments (gpointer self)
{
  return truce_memory_dates_amendments (((TruceMemoryStore *) self)->dates);
}

static char *
store_event_book (gpointer self, const char *calendar)
{
  return truce_memory_dates_book (((TruceMemoryStore *) self)->dates, calendar);
}

static gboolean
store_feed_state (gpointer self, const char *feed, TruceFeedState *ret_state)
{
  return truce_memory_feeds_state (((TruceMemoryStore *) self)->feeds, feed, ret_state);
}

static gboolean
store_find_seen (gpointer self, const char *feed, GArray *seen)
{
  return truce_memory_feeds_find_seen (((TruceMemoryStore *) self)->feeds, feed, seen);
}

static TruceStoredAlert *
store_alert (gpointer self, const char *id_or_prefix, GError **error)
{
  TruceMemoryStore *store = self;
  const TruceStoredAlert *found = NULL;
  guint n_found = 0;

  for (guint i = 0; i < store->order->len; i++) {
    const TruceStoredAlert *stored = g_ptr_array_index (store->order, i);
    if (!g_str_has_prefix (stored->alert->id, id_or_prefix))
      continue;
    found = stored;
    n_found++;
  }
  if (n_found == 1)
    return stored_alert_copy (found);
  truce_store_no_alert (id_or_prefix, n_found, error);
  return NULL;
}

static GPtrArray *
store_alerts (gpointer self, const TruceAlertFilter *filter)
{
  TruceMemoryStore *store = self;
  GPtrArray *alerts = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_stored_alert_free);

  for (guint i = store->order->len; i > 0 && (!filter->limit || alerts->len < filter->limit); i--) {
    const TruceStoredAlert *stored = g_ptr_array_index (store->order, i - 1);
    if (truce_alert_filter_takes (filter, stored))
      g_ptr_array_add (alerts, stored_alert_copy (stored));
  }
  return alerts;
}

static TruceStoredAlert *
lookup (TruceMemoryStore *store, const char *id, GError **error)
{
  TruceStoredAlert *stored = g_hash_table_lookup (store->alerts, id);

  if (!stored)
    truce_store_no_alert (id, 0, error);
  return stored;
}

static guint
store_unacknowledged (gpointer self)
{
  TruceMemoryStore *store = self;
  guint count = 0;

  for (guint i = 0; i < store->order->len; i++)
    count += ((TruceStoredAlert *) g_ptr_array_index (store->order, i))->acknowledged == TRUCE_TIME_NONE ? 1 : 0;
  return count;
}

static gboolean
store_acknowledge (gpointer self, const char *id, TruceTime at, const TruceOrigin *origin, GError **error)
{
  TruceMemoryStore *store = self;
  TruceStoredAlert *stored = lookup (store, id, error);

  if (!stored)
    return FALSE;
  stored->acknowledged = at;
  stored->snoozed = TRUCE_TIME_NONE;
  truce_set_text (&stored->acknowledged_by, origin->by);
  truce_set_text (&stored->via, origin->via);
  dequeue (store, id, NULL);
  return TRUE;
}

static gboolean
store_snooze (gpointer self, const char *id, const char *const *sinks, TruceTime until, TruceTime at,
              const TruceOrigin *origin, GError **error)
{
  TruceMemoryStore *store = self;
  TruceStoredAlert *stored = lookup (store, id, error);

  if (!stored)
    return FALSE;
  stored->snoozed = until;
  stored->snoozed_at = at;
  truce_set_text (&stored->snoozed_by, origin->by);
  truce_set_text (&stored->via, origin->via);
  dequeue (store, id, NULL);
  enqueue (store, stored, sinks, until);
  return TRUE;
}

static gboolean
store_reopen (gpointer self, const char *id, const char *const *sinks, TruceTime at, GError **error)
{
  TruceMemoryStore *store = self;
  TruceStoredAlert *stored = lookup (store, id, error);

  if (!stored)
    return FALSE;
  stored->acknowledged = stored->snoozed = stored->snoozed_at = TRUCE_TIME_NONE;
  g_clear_pointer (&stored->acknowledged_by, g_free);
  g_clear_pointer (&stored->snoozed_by, g_free);
  g_clear_pointer (&stored->via, g_free);
  dequeue (store, id, NULL);
  enqueue (store, stored, sinks, at);
  return TRUE;
}

static void
record_delivery (TruceMemoryStore *store, const char *id, const char *sink, TruceTime at, const char *why)
{
  truce_memory_deliveries_add (store->deliveries, id, sink, at, why);
}

static GPtrArray *
store_outbox_due (gpointer self, const char *sink, TruceTime now, guint limit)
{
  TruceMemoryStore *store = self;
  GPtrArray *due = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_outbox_entry_free);

  for (guint i = 0; i < store->outbox->len && due->len < limit; i++) {
    const Row *row = g_ptr_array_index (store->outbox, i);
    if (row->next_try > now || strcmp (row->sink, sink) != 0)
      continue;
    TruceOutboxEntry *entry = g_new0 (TruceOutboxEntry, 1);
    entry->alert = g_strdup (row->stored->alert->id);
    entry->sink = g_strdup (row->sink);
    entry->attempts = row->attempts;
    entry->next_try = row->next_try;
    g_ptr_array_add (due, entry);
  }
  return due;
}

static TruceTime
store_outbox_next (gpointer self, const char *sink)
{
  TruceMemoryStore *store = self;
  TruceTime next = TRUCE_TIME_NONE;

  for (guint i = 0; i < store->outbox->len; i++) {
    const Row *row = g_ptr_array_index (store->outbox, i);
    if (strcmp (row->sink, sink) == 0)
      next = MIN (next, row->next_try);
  }
  return next;
}

static GPtrArray *
store_outbox_pulled (gpointer self, const char *sink)
{
  TruceMemoryStore *store = self;
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < store->outbox->len; i++) {
    const Row *row = g_ptr_array_index (store->outbox, i);
    if (row->next_try == TRUCE_TIME_NONE && strcmp (row->sink, sink) == 0)
      g_ptr_array_add (ids, g_strdup (row->stored->alert->id));
  }
  return ids;
}

/* What is not in the outbox any more was said before: by another desktop, or before it was acknowledged. */
static gboolean
store_delivered (gpointer self, const char *id, const char *sink, TruceTime at, GError **error)
{
  Row *row = find_row (self, id, sink);

  if (!row)
    return TRUE;
  row->stored->snoozed = TRUCE_TIME_NONE;
  record_delivery (self, id, sink, at, NULL);
  dequeue (self, id, sink);
  return TRUE;
}

static gboolean
store_postpone (gpointer self, const char *id, const char *sink, TruceTime at, const char *why, TruceTime next_try,
                GError **error)
{
  Row *row = find_row (self, id, sink);

  if (why)
    record_delivery (self, id, sink, at, why);
  if (row) {
    row->next_try = next_try;
    row->attempts += why != NULL;
  }
  return TRUE;
}

static gboolean
store_give_up (gpointer self, const char *id, const char *sink, TruceTime at, const char *why, GError **error)
{
  Row *row = find_row (self, id, sink);

  if (!row)
    return TRUE;
  row->stored->snoozed = TRUCE_TIME_NONE;
  record_delivery (self, id, sink, at, why);
  dequeue (self, id, sink);
  return TRUE;
}

static GPtrArray *
store_deliveries (gpointer self, const char *id)
{
  return truce_memory_deliveries_of (((TruceMemoryStore *) self)->deliveries, id);
}

static void
store_expire (gpointer self, TruceTime now, const char *const *kept)
{
  TruceMemoryStore *store = self;
  TruceTime oldest = now - TRUCE_STORE_ALERT_RETENTION;

  for (guint i = store->order->len; i > 0; i--) {
    const TruceStoredAlert *stored = g_ptr_array_index (store->order, i - 1);
    if (stored->alert->raised >= oldest || g_strv_contains (kept, stored->alert->id))
      continue;
    dequeue (store, stored->alert->id, NULL);
    truce_memory_deliveries_forget (store->deliveries, stored->alert->id);
    g_hash_table_remove (store->alerts, stored->alert->id);
    g_ptr_array_remove_index (store->order, i - 1);
  }
  truce_memory_dates_expire (store->dates, oldest);
}

void
truce_memory_store_port (TruceMemoryStore *store, TruceStorePort *ret_port)
{
  *ret_port = (TruceStorePort){
    .self = store,
    .commit = store_commit,
    .commit_all = store_commit_all,
    .window = store_window,
    .reached = store_reached,
    .leapt = store_leapt,
    .firing_done = store_firing_done,
    .firings_after = store_firings_after,
    .firings_of = store_firings_of,
    .revisions = store_revisions,
    .history = store_history,
    .amendments = store_amendments,
    .feed_state = store_feed_state,
    .find_seen = store_find_seen,
    .event_book = store_event_book,
    .alert = store_alert,
    .alerts = store_alerts,
    .unacknowledged = store_unacknowledged,
    .acknowledge = store_acknowledge,
    .snooze = store_snooze,
    .reopen = store_reopen,
    .outbox_due = store_outbox_due,
    .outbox_next = store_outbox_next,
    .outbox_pulled = store_outbox_pulled,
    .delivered = store_delivered,
    .postpone = store_postpone,
    .give_up = store_give_up,
    .deliveries = store_deliveries,
    .expire = store_expire,
  };
}
