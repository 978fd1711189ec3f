/* SPDX-License-Identifier: MIT */
#include "engine/memory_store.h"

#include <string.h>

#include "engine/engine_private.h"
#include "engine/memory_deliveries.h"
#include "engine/memory_shown.h"
#include "engine/memory_store_private.h"

TruceMemoryStore *
truce_memory_store_new (void)
{
  TruceMemoryStore *store = g_new0 (TruceMemoryStore, 1);

  store->alerts = g_hash_table_new (g_str_hash, g_str_equal);
  store->order = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_stored_alert_free);
  store->outbox = truce_memory_outbox_new ();
  store->deliveries = truce_memory_deliveries_new ();
  store->shown = truce_memory_shown_new ();
  store->dates = truce_memory_dates_new ();
  store->feeds = truce_memory_feeds_new ();
  store->stories = truce_memory_stories_new ();
  return store;
}

void
truce_memory_store_free (TruceMemoryStore *store)
{
  if (!store)
    return;
  g_ptr_array_unref (store->outbox);
  g_ptr_array_unref (store->deliveries);
  g_ptr_array_unref (store->shown);
  g_hash_table_unref (store->alerts);
  g_ptr_array_unref (store->order);
  truce_memory_dates_free (store->dates);
  truce_memory_feeds_free (store->feeds);
  truce_memory_stories_free (store->stories);
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
put_grown (TruceMemoryStore *store, const TruceCommit *commit, guint index)
{
  TruceAlert *grown = g_ptr_array_index (commit->grown, index);
  char **sinks = g_ptr_array_index (commit->grown_sinks, index);
  TruceStoredAlert *stored = g_hash_table_lookup (store->alerts, grown->id);

  if (!stored)
    return;
  g_hash_table_remove (store->alerts, grown->id); /* its key goes with the old one */
  truce_alert_unref (stored->alert);
  stored->alert = truce_alert_ref (grown);
  g_hash_table_insert (store->alerts, grown->id, stored);
  if (stored->acknowledged != TRUCE_TIME_NONE || stored->snoozed != TRUCE_TIME_NONE)
    return;
  for (guint i = 0; sinks[i]; i++) {
    const char *const one[] = { sinks[i], NULL };
    if (truce_memory_outbox_find_row (store, grown->id, sinks[i]))
      continue;
    truce_memory_outbox_enqueue (store, stored, one, commit->now);
    truce_memory_shown_forget (store->shown, grown->id);
  }
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
    truce_memory_outbox_enqueue (store, stored, g_ptr_array_index (commit->alert_sinks, i), commit->now);
    g_ptr_array_add (fresh, truce_alert_ref (alert));
  }
  for (guint i = 0; i < commit->grown->len; i++)
    put_grown (store, commit, i);
  truce_memory_stories_commit (store->stories, commit);
  for (guint i = 0; i < commit->folds->len; i++) {
    const TruceFold *fold = g_ptr_array_index (commit->folds, i);
    if (!truce_memory_outbox_find_row (store, fold->alert, fold->sink))
      continue;
    truce_memory_deliveries_add (store->deliveries, fold->alert, fold->sink, commit->now, fold->why);
    truce_memory_outbox_dequeue (store, fold->alert, fold->sink);
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

static GPtrArray *
store_stories (gpointer self, TruceTime since)
{
  return truce_memory_stories_since (((TruceMemoryStore *) self)->stories, since);
}

static GPtrArray *
store_moves (gpointer self)
{
  return truce_memory_dates_moves (((TruceMemoryStore *) self)->dates);
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
  const TruceStoredAlert *found = g_hash_table_lookup (store->alerts, id_or_prefix);
  guint n_found = 0;

  if (found) /* ids are of one length: it begins no other */
    return stored_alert_copy (found);
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
  truce_memory_outbox_dequeue (store, id, NULL);
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
  truce_memory_outbox_dequeue (store, id, NULL);
  truce_memory_shown_forget (store->shown, id);
  truce_memory_outbox_enqueue (store, stored, sinks, until);
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
  truce_memory_outbox_dequeue (store, id, NULL);
  truce_memory_shown_forget (store->shown, id);
  truce_memory_outbox_enqueue (store, stored, sinks, at);
  return TRUE;
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
    truce_memory_outbox_dequeue (store, stored->alert->id, NULL);
    truce_memory_deliveries_forget (store->deliveries, stored->alert->id);
    truce_memory_shown_forget (store->shown, stored->alert->id);
    g_hash_table_remove (store->alerts, stored->alert->id);
    g_ptr_array_remove_index (store->order, i - 1);
  }
  truce_memory_dates_expire (store->dates, oldest);
  truce_memory_stories_expire (store->stories, now - TRUCE_STORE_STORY_RETENTION);
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
    .moves = store_moves,
    .feed_state = store_feed_state,
    .find_seen = store_find_seen,
    .event_book = store_event_book,
    .stories = store_stories,
    .alert = store_alert,
    .alerts = store_alerts,
    .unacknowledged = store_unacknowledged,
    .acknowledge = store_acknowledge,
    .snooze = store_snooze,
    .reopen = store_reopen,
    .expire = store_expire,
  };
  truce_memory_outbox_members (ret_port);
  truce_memory_shown_members (ret_port);
}
