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
  engine->unsaved_pulled = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_alert_unref);
}

void
truce_outbox_clear (TruceEngine *engine)
{
  g_hash_table_unref (engine->sinks);
  g_ptr_array_unref (engine->unsaved_pulled);
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

/* Does it come later than it was raised because somebody wanted it so, and not because its sink failed? */
static gboolean
was_put_off (const TruceOutboxEntry *entry, const TruceStoredAlert *stored)
{
  return entry->attempts == 0 && entry->next_try > stored->alert->raised;
}

/* What came of one entry is written before the next is tried: after a crash it is at most this one that is repeated. An
 * error here needs no word of its own: the store's trouble is told where alerts are written. FALSE: the sink waits. */
static gboolean
deliver (TruceEngine *engine, SinkRun *run, const TruceOutboxEntry *entry, TruceTime now)
{
  const TruceStorePort *store = &engine->ports.store;
  g_autoptr (GError) error = NULL;
  TruceStoredAlert *stored = store->alert (store->self, entry->alert, NULL);
  g_autoptr (TruceAlert) told = NULL;
  const char *why = "the alert is no longer there";
  TruceDelivery delivery;

  if (stored)
    told = truce_returning_alert (engine, stored->alert, was_put_off (entry, stored), now, &why);
  truce_stored_alert_free (stored);
  if (!told)
    return store->give_up (store->self, entry->alert, entry->sink, now, why, NULL);
  delivery = engine->ports.sink.deliver (engine->ports.sink.self, entry->sink, told, &error);
  if (delivery != TRUCE_DELIVERY_RETRY)
    run->failures = 0;
  switch (delivery) {
  case TRUCE_DELIVERY_DONE:
    return store->delivered (store->self, entry->alert, entry->sink, now, NULL);
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
drain (TruceEngine *engine, const char *sink, TruceTime now)
{
  SinkRun *run = run_of (engine, sink);
  gboolean any = FALSE;

  while (run->until <= now) {
    g_autoptr (GPtrArray) due = engine->ports.store.outbox_due (engine->ports.store.self, sink, now, BATCH);
    if (due->len == 0)
      break;
    any = TRUE;
    for (guint i = 0; i < due->len; i++)
      if (!deliver (engine, run, g_ptr_array_index (due, i), now)) {
        run->until = MAX (run->until, now + RETRY_FIRST); /* the sink, or the store, needs time */
        break;
      }
  }
  if (any) /* a consumer that pulls looks again */
    truce_engine_changed (engine, "alerts");
}

void
truce_outbox_step (TruceEngine *engine, TruceTime now)
{
  for (guint i = 0; i < truce_config_n_sinks (engine->config); i++)
    drain (engine, truce_config_sink (engine->config, i)->id, now);
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

void
truce_outbox_deliver_unsaved (TruceEngine *engine, TruceAlert *alert, const char *const *sinks)
{
  gboolean pulled = FALSE;

  for (guint i = 0; sinks[i]; i++) {
    g_autoptr (GError) error = NULL;
    pulled |= engine->ports.sink.deliver (engine->ports.sink.self, sinks[i], alert, &error) == TRUCE_DELIVERY_PULLED;
  }
  if (pulled)
    g_ptr_array_add (engine->unsaved_pulled, truce_alert_ref (alert));
}
