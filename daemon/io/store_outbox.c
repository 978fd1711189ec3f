/* SPDX-License-Identifier: MIT */
/* The outbox: what is still to be delivered, what became of it, and what ages out. */
#include "io/store_private.h"

/* Was there such an alert? */
static gboolean
changed_any (TruceStore *store, const char *id, GError **error)
{
  if (sqlite3_changes (store->db) > 0)
    return TRUE;
  truce_store_no_alert (id, 0, error);
  return FALSE;
}

static gboolean
clear_outbox (TruceStore *store, const char *id, GError **error)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_CLEAR_OUTBOX);

  truce_bind_text (question, 1, id);
  return truce_store_run (store, question, error);
}

static gboolean
mark_acknowledged (TruceStore *store, const char *id, TruceTime at, const TruceOrigin *origin, GError **error)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_ACKNOWLEDGE);

  truce_bind_text (question, 1, id);
  truce_bind_time (question, 2, at);
  truce_bind_text (question, 3, origin->by);
  truce_bind_text (question, 4, origin->via);
  return truce_store_run (store, question, error) && changed_any (store, id, error);
}

static gboolean
store_acknowledge (gpointer self, const char *id, TruceTime at, const TruceOrigin *origin, GError **error)
{
  return truce_store_begin (self, error) &&
         truce_store_end (self, mark_acknowledged (self, id, at, origin, error) && clear_outbox (self, id, error),
                          error);
}

static gboolean
mark_snoozed (TruceStore *store, const char *id, TruceTime until, TruceTime at, const TruceOrigin *origin,
              GError **error)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_SNOOZE);

  truce_bind_text (question, 1, id);
  truce_bind_time (question, 2, until);
  truce_bind_time (question, 3, at);
  truce_bind_text (question, 4, origin->by);
  truce_bind_text (question, 5, origin->via);
  return truce_store_run (store, question, error) && changed_any (store, id, error);
}

static gboolean
return_to_outbox (TruceStore *store, const char *id, const char *const *sinks, TruceTime until, GError **error)
{
  for (guint i = 0; sinks && sinks[i]; i++) {
    g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_RETURN_TO_OUTBOX);

    truce_bind_text (question, 1, id);
    truce_bind_text (question, 2, sinks[i]);
    truce_bind_time (question, 3, until);
    if (!truce_store_run (store, question, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
store_put_back (gpointer self, const char *id, const char *sink, TruceTime at, GError **error)
{
  const char *const sinks[] = { sink, NULL };

  return truce_store_begin_delivery (self, error) &&
         truce_store_end (self, return_to_outbox (self, id, sinks, at, error), error);
}

static GPtrArray *
store_refused (gpointer self)
{
  GPtrArray *refused = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_refusal_free);
  g_autoptr (TruceQuestion) question = truce_store_ask (self, TRUCE_STATEMENT_REFUSED);

  while (truce_store_next (self, question)) {
    TruceRefusal *refusal = g_new0 (TruceRefusal, 1);
    g_autofree char *why = truce_column_text (question, 3);

    refusal->alert = truce_column_text (question, 0);
    refusal->sink = truce_column_text (question, 1);
    refusal->at = truce_column_time (question, 2);
    refusal->error = g_strdup (why + strlen (TRUCE_SET_ASIDE));
    g_ptr_array_add (refused, refusal);
  }
  return refused;
}

static gboolean
store_snooze (gpointer self, const char *id, const char *const *sinks, TruceTime until, TruceTime at,
              const TruceOrigin *origin, GError **error)
{
  return truce_store_begin (self, error) &&
         truce_store_end (self,
                          mark_snoozed (self, id, until, at, origin, error) && clear_outbox (self, id, error) &&
                              truce_store_forget_shown (self, id, error) &&
                              return_to_outbox (self, id, sinks, until, error),
                          error);
}

static gboolean
mark_open (TruceStore *store, const char *id, GError **error)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_REOPEN);

  truce_bind_text (question, 1, id);
  return truce_store_run (store, question, error) && changed_any (store, id, error);
}

static gboolean
store_reopen (gpointer self, const char *id, const char *const *sinks, TruceTime at, GError **error)
{
  return truce_store_begin (self, error) &&
         truce_store_end (self,
                          mark_open (self, id, error) && clear_outbox (self, id, error) &&
                              truce_store_forget_shown (self, id, error) &&
                              return_to_outbox (self, id, sinks, at, error),
                          error);
}

/* Asked at every step of the engine, and mostly for nothing: remembered until the outbox is written to. */
static TruceTime
store_outbox_next (gpointer self, const char *sink)
{
  TruceStore *store = self;
  const TruceTime *known = g_hash_table_lookup (store->tries, sink);
  g_autoptr (TruceQuestion) question = NULL;
  TruceTime next;

  if (known)
    return *known;
  question = truce_store_ask (store, TRUCE_STATEMENT_OUTBOX_NEXT);
  truce_bind_text (question, 1, sink);
  next = truce_store_next (store, question) ? truce_column_time (question, 0) : TRUCE_TIME_NONE;
  if (!store->unreadable)
    g_hash_table_insert (store->tries, g_strdup (sink), g_memdup2 (&next, sizeof next));
  return next;
}

static GPtrArray *
store_outbox_due (gpointer self, const char *sink, TruceTime now, guint limit)
{
  TruceStore *store = self;
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_outbox_entry_free);
  g_autoptr (TruceQuestion) question = NULL;

  if (store_outbox_next (store, sink) > now && !store->unreadable)
    return entries;
  question = truce_store_ask (store, TRUCE_STATEMENT_OUTBOX_DUE);
  truce_bind_text (question, 1, sink);
  truce_bind_integer (question, 2, now);
  truce_bind_integer (question, 3, limit);
  while (truce_store_next (store, question)) {
    TruceOutboxEntry *entry = g_new0 (TruceOutboxEntry, 1);

    entry->alert = truce_column_text (question, 0);
    entry->sink = truce_column_text (question, 1);
    entry->attempts = (guint) sqlite3_column_int64 (question, 2);
    entry->next_try = truce_column_time (question, 3);
    entry->is_fresh_news = sqlite3_column_int (question, 4);
    g_ptr_array_add (entries, entry);
  }
  return entries;
}

static GPtrArray *
store_outbox_pulled (gpointer self, const char *sink)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (TruceQuestion) question = truce_store_ask (self, TRUCE_STATEMENT_OUTBOX_PULLED);

  truce_bind_text (question, 1, sink);
  while (truce_store_next (self, question))
    g_ptr_array_add (ids, truce_column_text (question, 0));
  return ids;
}

/* One attempt, as it went. */
static gboolean
add_delivery (TruceStore *store, const char *id, const char *sink, TruceTime at, const char *why, GError **error)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_ADD_DELIVERY);

  truce_bind_text (question, 1, id);
  truce_bind_text (question, 2, sink);
  truce_bind_integer (question, 3, at);
  truce_bind_integer (question, 4, why == NULL);
  truce_bind_text (question, 5, why);
  return truce_store_run (store, question, error);
}

gboolean
truce_store_take_from_outbox (TruceStore *store, const char *id, const char *sink, TruceTime at, const char *why,
                              GError **error)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_TAKE_OUTBOX);

  truce_bind_text (question, 1, id);
  truce_bind_text (question, 2, sink);
  if (!truce_store_run (store, question, error))
    return FALSE;
  return sqlite3_changes (store->db) == 0 || add_delivery (store, id, sink, at, why, error);
}

/* What was put off until it was due again has now been told again. */
static gboolean
end_snooze (TruceStore *store, const char *id, GError **error)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_END_SNOOZE);

  truce_bind_text (question, 1, id);
  return truce_store_run (store, question, error);
}

static gboolean
store_delivered (gpointer self, const char *id, const char *sink, TruceTime at, GError **error)
{
  return truce_store_begin_delivery (self, error) &&
         truce_store_end (
             self, truce_store_take_from_outbox (self, id, sink, at, NULL, error) && end_snooze (self, id, error),
             error);
}

static gboolean
store_give_up (gpointer self, const char *id, const char *sink, TruceTime at, const char *why, GError **error)
{
  return truce_store_begin_delivery (self, error) &&
         truce_store_end (self,
                          truce_store_take_from_outbox (self, id, sink, at, why ? why : "refused", error) &&
                              end_snooze (self, id, error),
                          error);
}

static gboolean
set_next_try (TruceStore *store, const char *id, const char *sink, TruceTime next_try, gboolean failed, GError **error)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_POSTPONE);

  truce_bind_text (question, 1, id);
  truce_bind_text (question, 2, sink);
  truce_bind_time (question, 3, next_try);
  truce_bind_integer (question, 4, failed);
  return truce_store_run (store, question, error);
}

static gboolean
store_postpone (gpointer self, const char *id, const char *sink, TruceTime at, const char *why, gboolean failed,
                TruceTime next_try, GError **error)
{
  TruceStore *store = self;
  gboolean fine;

  if (!truce_store_begin_delivery (store, error))
    return FALSE;
  fine = set_next_try (store, id, sink, next_try, failed, error) &&
         (!why || sqlite3_changes (store->db) == 0 || add_delivery (store, id, sink, at, why, error));
  return truce_store_end (store, fine, error);
}

/* --- sinks that are no more --- */

#define FORGOTTEN "given up: no longer in alert-to"

static gboolean
forget_sink (TruceStore *store, const char *sink, TruceTime now, GError **error)
{
  g_autoptr (TruceQuestion) record = truce_store_ask (store, TRUCE_STATEMENT_RECORD_FORGOTTEN);
  g_autoptr (TruceQuestion) forget = truce_store_ask (store, TRUCE_STATEMENT_FORGET_SINK);
  g_autoptr (TruceQuestion) wake = truce_store_ask (store, TRUCE_STATEMENT_END_LOST_SNOOZES);

  truce_bind_text (record, 1, sink);
  truce_bind_time (record, 2, now);
  truce_bind_text (record, 3, FORGOTTEN);
  truce_bind_text (forget, 1, sink);
  return truce_store_run (store, record, error) && truce_store_run (store, forget, error) &&
         truce_store_run (store, wake, error);
}

/* (element-type utf8) (transfer full): the sinks that are not in `config` and are owed alerts still, and into `counts`
 * how many each. */
static GPtrArray *
lost_sinks (TruceStore *store, TruceConfig *config, GArray *counts)
{
  GPtrArray *lost = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_OWED_SINKS);

  while (truce_store_next (store, question)) {
    g_autofree char *sink = truce_column_text (question, 0);
    gint64 count = sqlite3_column_int64 (question, 1);
    if (!sink || truce_config_find_sink (config, sink))
      continue;
    g_ptr_array_add (lost, g_steal_pointer (&sink));
    g_array_append_val (counts, count);
  }
  return lost;
}

void
truce_store_forget_sinks (TruceStore *store, TruceConfig *config, TruceTime now)
{
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) lost = store ? lost_sinks (store, config, counts) : NULL;

  for (guint i = 0; lost && i < lost->len; i++) {
    const char *sink = g_ptr_array_index (lost, i);
    gint64 count = g_array_index (counts, gint64, i);
    g_autoptr (GError) error = NULL;
    if (truce_store_begin (store, &error) && truce_store_end (store, forget_sink (store, sink, now, &error), &error))
      g_message ("gave up %" G_GINT64_FORMAT " %s that the sink %s had not taken, which alert-to no longer names",
                 count, count == 1 ? "alert" : "alerts", sink);
    else
      g_warning ("%s", error->message);
  }
}

static gboolean
expire (TruceStore *store, TruceStatement statement, gint64 first, gint64 second, GError **error)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (store, statement);

  truce_bind_integer (question, 1, first);
  truce_bind_integer (question, 2, second);
  return truce_store_run (store, question, error);
}

static gboolean
expire_alerts (TruceStore *store, TruceTime oldest, const char *const *kept, GError **error)
{
  g_autofree char *names = g_strjoinv (" ", (char **) kept); /* ids are of one length: none is within another */
  g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_EXPIRE_ALERTS);

  truce_bind_integer (question, 1, oldest);
  truce_bind_text (question, 2, names);
  return truce_store_run (store, question, error);
}

/* Of calendars that are polled no more. */
static gboolean
expire_books (TruceStore *store, GError **error)
{
  g_autoptr (TruceQuestion) question = truce_store_ask (store, TRUCE_STATEMENT_EXPIRE_EVENT_BOOKS);

  return truce_store_run (store, question, error);
}

static void
store_expire (gpointer self, TruceTime now, const char *const *kept)
{
  TruceTime oldest = now - TRUCE_STORE_ALERT_RETENTION;
  g_autoptr (GError) error = NULL;
  gboolean fine;

  if (truce_store_begin (self, &error)) {
    fine =
        expire_alerts (self, oldest, kept, &error) &&
        expire (self, TRUCE_STATEMENT_EXPIRE_FIRINGS, oldest, 0, &error) &&
        expire (self, TRUCE_STATEMENT_EXPIRE_MOVES, oldest, 0, &error) &&
        expire (self, TRUCE_STATEMENT_EXPIRE_OCCURRENCES, oldest, 0, &error) &&
        expire (self, TRUCE_STATEMENT_EXPIRE_SEEN, now / TRUCE_DAY, TRUCE_STORE_SEEN_RETENTION / TRUCE_DAY, &error) &&
        expire (self, TRUCE_STATEMENT_EXPIRE_FEEDS, oldest / TRUCE_DAY, TRUCE_DAY, &error) &&
        expire_books (self, &error) && truce_store_expire_shown (self, now, &error) &&
        truce_store_expire_stories (self, now - TRUCE_STORE_STORY_RETENTION, &error);
    (void) truce_store_end (self, fine, &error);
  }
  if (error)
    g_warning ("%s", error->message);
}

void
truce_store_outbox_members (TruceStorePort *port)
{
  port->acknowledge = store_acknowledge;
  port->snooze = store_snooze;
  port->reopen = store_reopen;
  port->outbox_due = store_outbox_due;
  port->outbox_next = store_outbox_next;
  port->outbox_pulled = store_outbox_pulled;
  port->delivered = store_delivered;
  port->sync = truce_store_sync;
  port->postpone = store_postpone;
  port->give_up = store_give_up;
  port->refused = store_refused;
  port->put_back = store_put_back;
  port->expire = store_expire;
}
