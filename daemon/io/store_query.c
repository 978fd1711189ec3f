/* SPDX-License-Identifier: MIT */
/* What the engine asks the store. */
#include <string.h>

#include "io/store_private.h"

static gboolean
store_read_failed (gpointer self, GError **error)
{
  g_autofree char *why = g_steal_pointer (&((TruceStore *) self)->unread);

  if (why)
    g_set_error_literal (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_STORE, why);
  return why != NULL;
}

static TruceTime
get_state (TruceStore *store, const char *name)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_GET_STATE);

  truce_bind_text (question, 1, name);
  return truce_store_next (store, question) ? truce_column_time (question, 0) : TRUCE_TIME_NONE;
}

static TruceTime
store_window (gpointer self)
{
  return get_state (self, "window");
}

static TruceTime
store_reached (gpointer self)
{
  return get_state (self, "reached");
}

static TruceTime
store_leapt (gpointer self)
{
  return get_state (self, "leapt");
}

static gboolean
store_firing_done (gpointer self, const char *milestone, guint revision, const char *key)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (self, TRUCE_STATEMENT_GET_FIRING);

  truce_bind_text (question, 1, milestone);
  truce_bind_integer (question, 2, revision);
  truce_bind_text (question, 3, key);
  return truce_store_next (self, question);
}

static GPtrArray *
read_firings (TruceStore *store, TruceQuestion *question)
{
  GPtrArray *firings = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_stored_firing_free);

  while (truce_store_next (store, question)) {
    TruceStoredFiring *firing = g_new0 (TruceStoredFiring, 1);

    firing->milestone = truce_column_text (question, 0);
    firing->revision = (guint) sqlite3_column_int64 (question, 1);
    firing->key = truce_column_text (question, 2);
    firing->at = truce_column_time (question, 3);
    firing->alert = truce_column_text (question, 4);
    g_ptr_array_add (firings, firing);
  }
  return firings;
}

static GPtrArray *
store_firings_after (gpointer self, TruceTime after)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (self, TRUCE_STATEMENT_FIRINGS_AFTER);

  truce_bind_integer (question, 1, after);
  return read_firings (self, question);
}

static GPtrArray *
store_firings_of (gpointer self, const char *milestone, guint revision)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (self, TRUCE_STATEMENT_FIRINGS_OF);

  truce_bind_text (question, 1, milestone);
  truce_bind_integer (question, 2, revision);
  return read_firings (self, question);
}

/* Version 1 did not keep it. */
static TrucePrecision
read_precision (TruceQuestion *question, int index, const TruceStoredRevision *revision)
{
  g_autofree char *text = truce_column_text (question, index);
  TrucePrecision precision;

  if (text && truce_precision_from_text (text, &precision))
    return precision;
  return revision->due_latest == revision->due ? TRUCE_PRECISION_INSTANT : TRUCE_PRECISION_INTERVAL;
}

static GPtrArray *
read_revisions (TruceStore *store, TruceQuestion *question)
{
  GPtrArray *revisions = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_stored_revision_free);

  while (truce_store_next (store, question)) {
    TruceStoredRevision *revision = g_new0 (TruceStoredRevision, 1);

    revision->milestone = truce_column_text (question, 0);
    revision->revision = (guint) sqlite3_column_int64 (question, 1);
    revision->due = truce_column_time (question, 2);
    revision->due_latest = truce_column_time (question, 3);
    revision->zone = truce_column_text (question, 4);
    revision->statement = truce_column_text (question, 5);
    revision->since = truce_column_time (question, 6);
    revision->why = truce_column_text (question, 7);
    revision->by = truce_column_text (question, 8);
    revision->amendment = sqlite3_column_int64 (question, 9);
    revision->precision = read_precision (question, 10, revision);
    g_ptr_array_add (revisions, revision);
  }
  return revisions;
}

static GPtrArray *
store_revisions (gpointer self)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (self, TRUCE_STATEMENT_LATEST_REVISIONS);

  return read_revisions (self, question);
}

static GPtrArray *
store_history (gpointer self, const char *milestone)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (self, TRUCE_STATEMENT_HISTORY);

  truce_bind_text (question, 1, milestone);
  return read_revisions (self, question);
}

static char *
store_event_book (gpointer self, const char *calendar)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (self, TRUCE_STATEMENT_GET_EVENT_BOOK);

  truce_bind_text (question, 1, calendar);
  return truce_store_next (self, question) ? truce_column_text (question, 0) : NULL;
}

static gboolean
store_feed_state (gpointer self, const char *feed, TruceFeedState *ret_state)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (self, TRUCE_STATEMENT_GET_FEED);

  truce_bind_text (question, 1, feed);
  if (!truce_store_next (self, question))
    return FALSE;
  truce_feed_state_init (ret_state);
  ret_state->url = truce_column_text (question, 0);
  ret_state->etag = truce_column_text (question, 1);
  ret_state->last_modified = truce_column_text (question, 2);
  ret_state->body_hash = (guint64) sqlite3_column_int64 (question, 3);
  ret_state->title = truce_column_text (question, 4);
  ret_state->hint = sqlite3_column_int64 (question, 5);
  ret_state->skip_hours = (guint32) sqlite3_column_int64 (question, 6);
  ret_state->skip_days = (guint8) sqlite3_column_int64 (question, 7);
  ret_state->due = truce_column_time (question, 8);
  ret_state->due_reason = truce_column_text (question, 9);
  ret_state->last_try = truce_column_time (question, 10);
  ret_state->last_200 = truce_column_time (question, 11);
  ret_state->last_304 = truce_column_time (question, 12);
  ret_state->last_new = truce_column_time (question, 13);
  ret_state->failures = sqlite3_column_int (question, 14);
  ret_state->error = truce_column_text (question, 15);
  ret_state->alerted = sqlite3_column_int (question, 16) != 0;
  ret_state->outcomes = (guint8) sqlite3_column_int (question, 17);
  ret_state->polls = truce_column_text (question, 18);
  ret_state->identity = (guint8) sqlite3_column_int (question, 19);
  ret_state->newest = truce_column_time (question, 20);
  ret_state->habit = sqlite3_column_int64 (question, 21);
  ret_state->arrivals = (guint16) sqlite3_column_int (question, 22);
  ret_state->stale = sqlite3_column_int (question, 23) != 0;
  ret_state->moved_to = truce_column_text (question, 24);
  ret_state->moved_since = truce_column_time (question, 25);
  ret_state->moved_seen = (guint16) sqlite3_column_int (question, 26);
  ret_state->address = truce_column_text (question, 27);
  return TRUE;
}

static void
find_entry (TruceStore *store, gint64 feed, TruceSeen *entry)
{
  gboolean by_key = entry->key != 0;
  g_autoptr (TruceQuestion) question =
      truce_store_ask (store, by_key ? TRUCE_STATEMENT_GET_SEEN : TRUCE_STATEMENT_GET_HEADLINE);

  truce_bind_integer (question, 1, feed);
  truce_bind_integer (question, 2, (gint64) (by_key ? entry->key : entry->headline));
  entry->found = truce_store_next (store, question);
  if (!entry->found || !by_key)
    return;
  entry->headline = (guint64) sqlite3_column_int64 (question, 0);
  entry->name = (guint64) sqlite3_column_int64 (question, 1);
}

static gboolean
store_find_seen (gpointer self, const char *feed, GArray *seen)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (self, TRUCE_STATEMENT_FEED_SEEN_DAY);
  gint64 number;

  truce_bind_text (question, 1, feed);
  if (!truce_store_next (self, question))
    return FALSE;
  number = sqlite3_column_int64 (question, 0);
  for (guint i = 0; i < seen->len; i++)
    find_entry (self, number, &g_array_index (seen, TruceSeen, i));
  return TRUE;
}

/* From STORED_ALERT_COLUMNS; NULL when the record is damaged. */
static TruceStoredAlert *
read_alert (TruceStore *store, TruceQuestion *question)
{
  const char *text = (const char *) sqlite3_column_text (question, 0);
  g_autoptr (json_t) record = text ? json_loads (text, 0, NULL) : NULL;
  TruceAlert *alert = record ? truce_alert_from_json (record) : NULL;
  TruceStoredAlert *stored;

  if (!alert) {
    g_warning ("%s: left out an alert whose record is damaged", store->path);
    return NULL;
  }
  stored = g_new0 (TruceStoredAlert, 1);
  stored->alert = alert;
  stored->acknowledged = truce_column_time (question, 1);
  stored->acknowledged_by = truce_column_text (question, 2);
  stored->snoozed = truce_column_time (question, 3);
  stored->snoozed_at = truce_column_time (question, 4);
  stored->snoozed_by = truce_column_text (question, 5);
  stored->via = truce_column_text (question, 6);
  return stored;
}

static TruceStoredAlert *
store_alert (gpointer self, const char *id, GError **error)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (self, TRUCE_STATEMENT_FIND_ALERT);
  TruceStoredAlert *stored;
  gboolean exact;

  truce_bind_text (question, 1, id);
  if (!truce_store_next (self, question)) {
    if (!((TruceStore *) self)->unreadable)
      truce_store_no_alert (id, 0, error);
    else /* it may be there */
      g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_STORE, "the alert “%s” cannot be read", id);
    return NULL;
  }
  exact = sqlite3_column_int (question, 7) != 0;
  stored = read_alert (self, question);
  if (stored && !exact && truce_store_next (self, question)) {
    g_clear_pointer (&stored, truce_stored_alert_free);
    truce_store_no_alert (id, 2, error);
  } else if (!stored) {
    g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_NOT_FOUND, "the record of the alert “%s” is damaged",
                 id);
  }
  return stored;
}

static GPtrArray *
store_alerts (gpointer self, const TruceAlertFilter *filter)
{
  GPtrArray *alerts = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_stored_alert_free);
  g_autoptr (TruceQuestion) question = truce_store_ask (self, TRUCE_STATEMENT_LIST_ALERTS);

  truce_bind_integer (question, 1, filter->since);
  truce_bind_text (question, 2, filter->kind);
  truce_bind_text (question, 3, filter->milestone);
  truce_bind_integer (question, 4, filter->unacknowledged);
  truce_bind_integer (question, 5, filter->limit > 0 ? (gint64) filter->limit : -1);
  truce_bind_integer (question, 6, filter->answered);
  while (truce_store_next (self, question)) {
    TruceStoredAlert *stored = read_alert (self, question);
    if (stored)
      g_ptr_array_add (alerts, stored);
  }
  return alerts;
}

static guint
store_unacknowledged (gpointer self)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (self, TRUCE_STATEMENT_COUNT_UNACKNOWLEDGED);

  return truce_store_next (self, question) ? (guint) sqlite3_column_int (question, 0) : 0;
}

static GPtrArray *
store_deliveries (gpointer self, const char *id)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_delivery_record_free);
  g_autoptr (TruceQuestion) question = truce_store_ask (self, TRUCE_STATEMENT_DELIVERIES);

  truce_bind_text (question, 1, id);
  while (truce_store_next (self, question)) {
    TruceDeliveryRecord *record = g_new0 (TruceDeliveryRecord, 1);

    record->sink = truce_column_text (question, 0);
    record->at = truce_column_time (question, 1);
    record->delivered = sqlite3_column_int (question, 2) != 0;
    record->error = truce_column_text (question, 3);
    g_ptr_array_add (records, record);
  }
  return records;
}

void
truce_store_query_members (TruceStorePort *port)
{
  port->read_failed = store_read_failed;
  port->window = store_window;
  port->reached = store_reached;
  port->leapt = store_leapt;
  port->firing_done = store_firing_done;
  port->firings_after = store_firings_after;
  port->firings_of = store_firings_of;
  port->revisions = store_revisions;
  port->history = store_history;
  port->amendments = truce_store_amendments;
  port->moves = truce_store_moves;
  port->feed_state = store_feed_state;
  port->find_seen = store_find_seen;
  port->event_book = store_event_book;
  port->stories = truce_store_stories;
  port->alert = store_alert;
  port->alerts = store_alerts;
  port->unacknowledged = store_unacknowledged;
  port->deliveries = store_deliveries;
}
