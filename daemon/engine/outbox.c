/* SPDX-License-Identifier: MIT */
/* From the outbox to the sinks: a sink at a time and in order, so that a dead one holds up no other. */
#include "engine/engine_private.h"

#define BATCH 64                        /* entries read at a time: an outbox of thousands is not held in memory */
#define RETRY_FIRST (30 * TRUCE_SECOND) /* doubled with each failure of the sink in a row */
#define RETRY_LONGEST TRUCE_HOUR

void
truce_outbox_init (TruceEngine *engine)
{
  engine->sinks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  engine->calm_is_old = TRUE;
  engine->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  engine->unsaved_pulled = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_alert_unref);
  engine->unrecorded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
truce_outbox_clear (TruceEngine *engine)
{
  g_hash_table_unref (engine->sinks);
  g_ptr_array_unref (engine->unsaved_pulled);
  g_hash_table_unref (engine->unrecorded);
  g_hash_table_unref (engine->told);
}

static SinkRun *
run_of (TruceEngine *engine, const char *sink)
{
  SinkRun *run = g_hash_table_lookup (engine->sinks, sink);

  if (!run) {
    run = g_new0 (SinkRun, 1);
    run->until = TRUCE_TIME_MIN;
    g_hash_table_insert (engine->sinks, g_strdup (sink), run);
  }
  return run;
}

gboolean
truce_outbox_is_open (TruceEngine *engine, const char *sink, TruceTime now)
{
  return run_of (engine, sink)->until <= now;
}

/* No id has a space. (transfer full) */
static char *
name_of (const TruceOutboxEntry *entry)
{
  return g_strdup_printf ("%s %s", entry->sink, entry->alert);
}

gboolean
truce_outbox_is_unrecorded (TruceEngine *engine, const TruceOutboxEntry *entry)
{
  g_autofree char *name = name_of (entry);

  return g_hash_table_contains (engine->unrecorded, name);
}

/* What was delivered is not delivered again because it cannot be written down: that is remembered until it can. */
static gboolean
record_delivered (TruceEngine *engine, const TruceOutboxEntry *entry, TruceTime now)
{
  const TruceStorePort *store = &engine->ports.store;

  if (store->delivered (store->self, entry->alert, entry->sink, now, NULL))
    return TRUE;
  g_hash_table_add (engine->unrecorded, name_of (entry));
  return FALSE;
}

gboolean
truce_outbox_record (TruceEngine *engine, TruceTime now, GError **error)
{
  const TruceStorePort *store = &engine->ports.store;
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, engine->unrecorded);
  while (g_hash_table_iter_next (&iter, &name, NULL)) {
    g_auto (GStrv) parts = g_strsplit (name, " ", 2);
    if (!store->delivered (store->self, parts[1], parts[0], now, error))
      return FALSE;
    g_hash_table_iter_remove (&iter);
  }
  return TRUE;
}

/* What came of one entry is written before the next is tried: after a crash it is at most this one that is repeated. An
 * error here needs no word of its own: the store's trouble is told where alerts are written. FALSE: it stays in the
 * outbox, since it could not be written down, or since the sink waits, and `run` says until when. */
static gboolean
deliver (TruceEngine *engine, SinkRun *run, const TruceSink *sink, const TruceOutboxEntry *entry, TruceTime now)
{
  const TruceStorePort *store = &engine->ports.store;
  g_autoptr (GError) error = NULL, lost = NULL;
  g_autoptr (TruceAlert) told = NULL;
  const char *why;
  TruceStoredAlert *stored;
  TruceDelivery delivery;

  if (truce_outbox_is_unrecorded (engine, entry))
    return FALSE;
  stored = store->alert (store->self, entry->alert, &lost);
  if (!stored && !g_error_matches (lost, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_NOT_FOUND)) {
    run->until = now + RETRY_FIRST; /* it could not be read: that is no reason to give it up */
    return FALSE;
  }
  if (stored)
    told = truce_returning_alert (engine, stored->alert, truce_calm_put_off (entry, stored), now, &why);
  else
    why = lost->message;
  truce_stored_alert_free (stored);
  if (!told)
    return store->give_up (store->self, entry->alert, entry->sink, now, why, NULL);
  TruceTime until = truce_calm_waits_until (engine, sink, told, now);
  if (until > now)
    return store->postpone (store->self, entry->alert, entry->sink, now, NULL, until, NULL);
  delivery = engine->ports.sink.deliver (engine->ports.sink.self, entry->sink, told, &error);
  if (delivery != TRUCE_DELIVERY_RETRY)
    run->failures = 0;
  if (delivery == TRUCE_DELIVERY_DONE || delivery == TRUCE_DELIVERY_PULLED)
    truce_budget_told (engine, sink, told, now);
  switch (delivery) {
  case TRUCE_DELIVERY_DONE:
    return record_delivered (engine, entry, now);
  case TRUCE_DELIVERY_PULLED:
    return store->postpone (store->self, entry->alert, entry->sink, now, NULL, TRUCE_TIME_NONE, NULL);
  case TRUCE_DELIVERY_REFUSED:
    return store->give_up (store->self, entry->alert, entry->sink, now, error->message, NULL);
  case TRUCE_DELIVERY_RETRY:
    break;
  }
  run->until = now + MIN (RETRY_FIRST << MIN (run->failures, 10), RETRY_LONGEST);
  run->failures++;
  store->postpone (store->self, entry->alert, entry->sink, now, error->message, run->until, NULL);
  return FALSE;
}

static void
drain (TruceEngine *engine, const TruceSink *sink, TruceTime now)
{
  SinkRun *run = run_of (engine, sink->id);
  gboolean any = FALSE;

  while (run->until <= now) {
    gboolean all_gone = TRUE;
    /* What cannot be written down stands at the head, and must not hide what comes after it. */
    guint limit = BATCH + g_hash_table_size (engine->unrecorded);
    g_autoptr (GPtrArray) due = engine->ports.store.outbox_due (engine->ports.store.self, sink->id, now, limit);
    if (due->len == 0)
      break;
    any = TRUE;
    for (guint i = 0; i < due->len && run->until <= now; i++)
      all_gone &= deliver (engine, run, sink, g_ptr_array_index (due, i), now);
    if (!all_gone)
      run->until = MAX (run->until, now + RETRY_FIRST); /* the sink, or the store, needs time */
  }
  if (any) /* a consumer that pulls looks again */
    truce_engine_changed (engine, "alerts");
}

void
truce_outbox_step (TruceEngine *engine, TruceTime now)
{
  truce_outbox_record (engine, now, NULL); /* though its sink has come to wait meanwhile: a restart would forget it */
  truce_calm_step (engine, now);
  for (guint i = 0; i < truce_config_n_sinks (engine->config); i++)
    drain (engine, truce_config_sink (engine->config, i), now);
}

TruceTime
truce_outbox_next (TruceEngine *engine, TruceTime now)
{
  TruceTime next = TRUCE_TIME_NONE;

  for (guint i = 0; i < truce_config_n_sinks (engine->config); i++) {
    const char *sink = truce_config_sink (engine->config, i)->id;
    TruceTime due = engine->ports.store.outbox_next (engine->ports.store.self, sink);
    if (due != TRUCE_TIME_NONE)
      next = MIN (next, MAX (due, run_of (engine, sink)->until));
  }
  return next;
}

/* A row that was to be tried at a time that is not to be waited for: by a clock that was ahead, and not because
 * somebody put it off. One that was put off, for quiet hours, stays so, and they are judged anew; one that was not must
 * not look as if it was, and counts as tried. */
static void
set_row_back (TruceEngine *engine, const TruceOutboxEntry *entry, TruceTime now)
{
  const TruceStorePort *store = &engine->ports.store;
  TruceStoredAlert *stored;

  if (entry->attempts > 0) {
    if (entry->next_try > now + RETRY_LONGEST)
      store->postpone (store->self, entry->alert, entry->sink, now, NULL, now, NULL);
    return;
  }
  if (entry->next_try <= now)
    return;
  stored = store->alert (store->self, entry->alert, NULL);
  if (stored && stored->snoozed == TRUCE_TIME_NONE)
    store->postpone (store->self, entry->alert, entry->sink, now,
                     truce_calm_put_off (entry, stored) ? NULL : "the clock was set back", now, NULL);
  truce_stored_alert_free (stored);
}

void
truce_outbox_set_back (TruceEngine *engine, TruceTime now)
{
  const TruceStorePort *store = &engine->ports.store;

  for (guint i = 0; i < truce_config_n_sinks (engine->config); i++) {
    const char *sink = truce_config_sink (engine->config, i)->id;
    SinkRun *run = run_of (engine, sink);
    g_autoptr (GPtrArray) all = store->outbox_due (store->self, sink, TRUCE_TIME_NONE - 1, G_MAXUINT);
    run->until = MIN (run->until, now);
    for (guint j = 0; j < all->len; j++)
      set_row_back (engine, g_ptr_array_index (all, j), now);
  }
}

char **
truce_outbox_deliver_unsaved (TruceEngine *engine, TruceAlert *alert, const char *const *sinks)
{
  g_autoptr (GStrvBuilder) owed = g_strv_builder_new ();
  gboolean pulled = FALSE;

  for (guint i = 0; sinks[i]; i++) {
    g_autoptr (GError) error = NULL;
    switch (engine->ports.sink.deliver (engine->ports.sink.self, sinks[i], alert, &error)) {
    case TRUCE_DELIVERY_PULLED:
      pulled = TRUE;
      break;
    case TRUCE_DELIVERY_RETRY:
      g_strv_builder_add (owed, sinks[i]);
      break;
    case TRUCE_DELIVERY_DONE:
    case TRUCE_DELIVERY_REFUSED:
      break;
    }
  }
  if (pulled)
    g_ptr_array_add (engine->unsaved_pulled, truce_alert_ref (alert));
  return g_strv_builder_end (owed);
}
