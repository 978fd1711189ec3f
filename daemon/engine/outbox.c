/* SPDX-License-Identifier: MIT */
/* From the outbox to the sinks: a sink at a time and in order, so that a dead one holds up no other. A sink that takes
 * its time has one alert in flight, and is given the next when that has ended. */
#include <string.h>

#include "engine/sink_private.h"
#include "engine/unsaved_private.h"

#define BATCH 64                        /* entries read at a time: an outbox of thousands is not held in memory */
#define RETRY_FIRST (30 * TRUCE_SECOND) /* doubled with each failure of the sink in a row */
#define RETRY_LONGEST TRUCE_HOUR
#define GIVEN_UP "given up: its sink has failed for too long"
#define RETRY_AFTER_LONGEST TRUCE_DAY /* a receiver that asks for more is not believed: alerts age */

void
truce_outbox_init (TruceEngine *engine)
{
  engine->sinks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, truce_sink_run_free);
  engine->calm_is_old = TRUE;
  engine->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  truce_desk_init (engine);
  engine->unrecorded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* What `sink` has failed at, and is to be tried later; TruceOutboxEntry *. (transfer full) */
static GPtrArray *
failed_rows (TruceEngine *engine, const char *sink, TruceTime now)
{
  const TruceStorePort *store = &engine->ports.store;
  GPtrArray *all = store->outbox_due (store->self, sink, TRUCE_TIME_NONE - 1, G_MAXUINT);

  for (guint i = all->len; i > 0; i--) {
    const TruceOutboxEntry *entry = g_ptr_array_index (all, i - 1);
    if (entry->attempts == 0 || entry->next_try <= now)
      g_ptr_array_remove_index (all, i - 1);
  }
  return all;
}

/* A sink that waited when truced ended waits on, so that its alerts keep their order, and its receiver its peace. */
static void
recall (TruceEngine *engine, const char *sink, TruceTime now)
{
  g_autoptr (GPtrArray) failed = failed_rows (engine, sink, now);
  SinkRun *run = truce_sink_run (engine, sink);

  for (guint i = 0; i < failed->len; i++) {
    const TruceOutboxEntry *entry = g_ptr_array_index (failed, i);
    run->until = MAX (run->until, MIN (entry->next_try, now + RETRY_AFTER_LONGEST));
    truce_sink_recall (engine, run, entry);
  }
}

void
truce_outbox_try_now (TruceEngine *engine, const char *sink, TruceTime now)
{
  const TruceStorePort *store = &engine->ports.store;
  g_autoptr (GPtrArray) failed = failed_rows (engine, sink, now);
  SinkRun *run = truce_sink_run (engine, sink);

  run->until = MIN (run->until, now);
  for (guint i = 0; i < failed->len; i++)
    store->postpone (store->self, ((TruceOutboxEntry *) g_ptr_array_index (failed, i))->alert, sink, now, NULL, FALSE,
                     now, NULL);
}

void
truce_outbox_begin (TruceEngine *engine)
{
  TruceTime now = truce_engine_now (engine);

  for (guint i = 0; i < truce_config_n_sinks (engine->config); i++) {
    const char *sink = truce_config_sink (engine->config, i)->id;
    truce_sink_recall_told (engine, sink, truce_sink_run (engine, sink));
    if (engine->options.once)
      truce_outbox_try_now (engine, sink, now);
    else
      recall (engine, sink, now);
  }
}

void
truce_outbox_adopt (TruceEngine *engine)
{
  TruceTime now = truce_engine_now (engine);

  engine->calm_is_old = TRUE;
  truce_refused_send_again (engine, now);
  for (guint i = 0; i < truce_config_n_sinks (engine->config); i++)
    truce_outbox_try_now (engine, truce_config_sink (engine->config, i)->id, now);
}

void
truce_outbox_clear (TruceEngine *engine)
{
  g_hash_table_unref (engine->sinks);
  truce_desk_clear (engine);
  g_hash_table_unref (engine->unrecorded);
  g_hash_table_unref (engine->told);
}

gboolean
truce_outbox_is_open (TruceEngine *engine, const char *sink, TruceTime now)
{
  const SinkRun *run = truce_sink_run (engine, sink);

  return run->until <= now && !run->in_flight;
}

TruceTime
truce_outbox_opens (TruceEngine *engine, const char *sink)
{
  return truce_sink_run (engine, sink)->until;
}

const char *
truce_outbox_is_at (TruceEngine *engine, const char *sink)
{
  const SinkRun *run = truce_sink_run (engine, sink);

  return run->in_flight ? run->in_flight->id : NULL;
}

gboolean
truce_outbox_in_flight (TruceEngine *engine)
{
  GHashTableIter iter;
  gpointer run;

  g_hash_table_iter_init (&iter, engine->sinks);
  while (g_hash_table_iter_next (&iter, NULL, &run))
    if (((SinkRun *) run)->in_flight)
      return TRUE;
  return FALSE;
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

void
truce_outbox_record_told (TruceEngine *engine, const char *id, const GPtrArray *told)
{
  for (guint i = 0; i < told->len; i++) {
    const TruceDeliveryRecord *record = g_ptr_array_index (told, i);
    const TruceOutboxEntry entry = { .alert = (char *) id, .sink = record->sink };
    if (record->delivered)
      record_delivered (engine, &entry, record->at);
    else
      truce_refused_set_aside (engine, &entry, record->error, record->at);
  }
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

/* Not now: the sink waits, and longer with each failure in a row. */
static void
put_off (SinkRun *run, const char *error, TruceTime retry_after, TruceTime now)
{
  TruceTime wait = MIN (RETRY_FIRST << MIN (run->failures, 10), RETRY_LONGEST);

  run->until = now + MAX (wait, MIN (retry_after, RETRY_AFTER_LONGEST));
  truce_sink_failed (run, error, now);
}

static void
begin_flight (SinkRun *run, TruceAlert *alert, TruceTime now)
{
  run->in_flight = truce_alert_ref (alert);
  run->began = now;
}

/* What the outbox knows of a delivery that has ended, or begun. An error here needs no word of its own: the store's
 * trouble is told where alerts are written. FALSE: the entry stays in the outbox, since that could not be written down,
 * or since the sink waits, and `run` says until when. */
static gboolean
settle (TruceEngine *engine, SinkRun *run, const TruceOutboxEntry *entry, TruceDelivery delivery, const char *why,
        TruceTime now)
{
  const TruceStorePort *store = &engine->ports.store;

  if (delivery == TRUCE_DELIVERY_DONE || delivery == TRUCE_DELIVERY_PULLED)
    truce_sink_works (run);
  else if (delivery == TRUCE_DELIVERY_REFUSED)
    truce_sink_refuses (run, why);
  switch (delivery) {
  case TRUCE_DELIVERY_DONE:
    return record_delivered (engine, entry, now);
  case TRUCE_DELIVERY_PULLED:
    return store->postpone (store->self, entry->alert, entry->sink, now, NULL, FALSE, TRUCE_TIME_NONE, NULL);
  case TRUCE_DELIVERY_REFUSED:
    return truce_refused_set_aside (engine, entry, why, now);
  case TRUCE_DELIVERY_RETRY:
    store->postpone (store->self, entry->alert, entry->sink, now, why, TRUE, run->until, NULL);
    return FALSE;
  case TRUCE_DELIVERY_PENDING:
    return TRUE; /* and after a crash it is tried again */
  }
  g_assert_not_reached ();
}

/* What came of one entry is written before the next is tried: after a crash it is at most this one that is repeated,
 * and after a loss of power those of this step. FALSE: as settle() has it. */
static gboolean
deliver (TruceEngine *engine, SinkRun *run, const TruceSink *sink, const TruceOutboxEntry *entry, TruceTime now)
{
  const TruceStorePort *store = &engine->ports.store;
  g_autoptr (GError) error = NULL, lost = NULL;
  g_autoptr (TruceAlert) told = NULL;
  g_autofree char *telling = NULL;
  const char *why;
  TruceStoredAlert *stored;
  gboolean gives_up;
  TruceDelivery delivery;

  if (truce_outbox_is_unrecorded (engine, entry))
    return FALSE;
  stored = store->alert (store->self, entry->alert, &lost);
  if (!stored && !g_error_matches (lost, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_NOT_FOUND)) {
    run->until = now + RETRY_FIRST; /* it could not be read: that is no reason to give it up */
    return FALSE;
  }
  gives_up = stored && truce_sink_gives_up (engine, run, stored, now);
  if (!stored)
    why = lost->message;
  else if (gives_up)
    why = GIVEN_UP;
  else
    told = truce_returning_alert (engine, stored->alert, truce_calm_put_off (entry, stored), now, &why);
  telling = stored ? truce_returning_name (stored) : NULL;
  truce_stored_alert_free (stored);
  if (!told) {
    gboolean ended = store->give_up (store->self, entry->alert, entry->sink, now, why, NULL);

    run->given_up += ended && gives_up ? 1 : 0; /* else it is given up later, and counted then */
    return ended;
  }
  TruceTime until = truce_calm_waits_until (engine, sink, told, now);
  if (until > now)
    return truce_calm_put_by (engine, sink, told, until, now);
  delivery = engine->ports.sink.deliver (engine->ports.sink.self, entry->sink, told, telling, &error);
  if (delivery == TRUCE_DELIVERY_DONE || delivery == TRUCE_DELIVERY_PULLED)
    truce_budget_told (engine, sink, told, now);
  else if (delivery == TRUCE_DELIVERY_RETRY)
    put_off (run, error->message, 0, now);
  else if (delivery == TRUCE_DELIVERY_PENDING)
    begin_flight (run, told, now);
  return settle (engine, run, entry, delivery, error ? error->message : NULL, now);
}

static void
drain (TruceEngine *engine, const TruceSink *sink, TruceTime now)
{
  SinkRun *run = truce_sink_run (engine, sink->id);
  gboolean any = FALSE;

  while (run->until <= now && !run->in_flight) {
    gboolean all_gone = TRUE;
    /* What cannot be written down stands at the head, and must not hide what comes after it. */
    guint limit = BATCH + g_hash_table_size (engine->unrecorded);
    g_autoptr (GPtrArray) due = engine->ports.store.outbox_due (engine->ports.store.self, sink->id, now, limit);
    if (due->len == 0)
      break;
    any = TRUE;
    for (guint i = 0;
         i < due->len && run->until <= now && !run->in_flight && (i == 0 || truce_engine_has_time (engine)); i++)
      all_gone &= deliver (engine, run, sink, g_ptr_array_index (due, i), now);
    if (!all_gone)
      run->until = MAX (run->until, now + RETRY_FIRST); /* the sink, or the store, needs time */
    if (!truce_engine_has_time (engine))
      break; /* the next step goes on, which is due at once */
  }
  if (any) /* a consumer that pulls looks again */
    truce_engine_changed (engine, "alerts");
  truce_sink_tell_trouble (engine, sink->id, run, now);
}

void
truce_outbox_sync (TruceEngine *engine)
{
  const TruceStorePort *store = &engine->ports.store;

  if (store->sync)
    store->sync (store->self);
}

void
truce_outbox_step (TruceEngine *engine, TruceTime now)
{
  truce_outbox_record (engine, now, NULL); /* though its sink has come to wait meanwhile: a restart would forget it */
  truce_calm_step (engine, now);
  for (guint i = 0; i < truce_config_n_sinks (engine->config); i++)
    drain (engine, truce_config_sink (engine->config, i), now);
  truce_outbox_sync (engine);
}

/* Has somebody put it off since `run` began to deliver it as `told`, or has an official feed confirmed it? Then its
 * entry is for its return. */
static gboolean
is_overtaken (TruceEngine *engine, const SinkRun *run, const TruceAlert *told)
{
  TruceStoredAlert *stored = engine->ports.store.alert (engine->ports.store.self, told->id, NULL);
  gboolean overtaken = stored && ((stored->snoozed != TRUCE_TIME_NONE && stored->snoozed > run->began) ||
                                  (stored->alert->confirmed != told->confirmed && !stored->alert->silenced));

  truce_stored_alert_free (stored);
  return overtaken;
}

gboolean
truce_engine_delivery_ended (TruceEngine *engine, const char *sink_id, const char *alert, TruceDelivery outcome,
                             const char *error, TruceTime retry_after)
{
  SinkRun *run = g_hash_table_lookup (engine->sinks, sink_id);
  const TruceSink *sink = truce_config_find_sink (engine->config, sink_id);
  TruceTime now = truce_engine_now (engine);
  gboolean overtaken = FALSE;
  g_autoptr (TruceAlert) told = NULL;

  g_return_val_if_fail (run && run->in_flight && strcmp (run->in_flight->id, alert) == 0, FALSE);
  told = g_steal_pointer (&run->in_flight);
  if (outcome == TRUCE_DELIVERY_RETRY)
    put_off (run, error, retry_after, now);
  else if (outcome == TRUCE_DELIVERY_DONE && sink)
    truce_budget_told (engine, sink, told, now);
  if (outcome == TRUCE_DELIVERY_RETRY ||
      !truce_unsaved_end (engine, told->id, sink_id, outcome == TRUCE_DELIVERY_DONE ? NULL : error)) {
    const TruceOutboxEntry entry = { .alert = told->id, .sink = (char *) sink_id };
    overtaken = is_overtaken (engine, run, told);
    if (!overtaken && !settle (engine, run, &entry, outcome, error, now))
      run->until = MAX (run->until, now + RETRY_FIRST); /* the sink, or the store, needs time */
  }
  truce_engine_changed (engine, "alerts");
  truce_engine_wake (engine); /* for the next, and for what there is to tell of this sink */
  return !overtaken;
}

TruceTime
truce_outbox_next (TruceEngine *engine, TruceTime now)
{
  TruceTime next = TRUCE_TIME_NONE;

  for (guint i = 0; i < truce_config_n_sinks (engine->config); i++) {
    const char *sink = truce_config_sink (engine->config, i)->id;
    TruceTime due = engine->ports.store.outbox_next (engine->ports.store.self, sink);
    const SinkRun *run = truce_sink_run (engine, sink);
    if (due != TRUCE_TIME_NONE && !run->in_flight)
      next = MIN (next, MAX (due, run->until));
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
      store->postpone (store->self, entry->alert, entry->sink, now, NULL, FALSE, now, NULL);
    return;
  }
  if (entry->next_try <= now)
    return;
  stored = store->alert (store->self, entry->alert, NULL);
  if (stored && stored->snoozed == TRUCE_TIME_NONE) {
    gboolean failed = !truce_calm_put_off (entry, stored);
    store->postpone (store->self, entry->alert, entry->sink, now, failed ? "the clock was set back" : NULL, failed, now,
                     NULL);
  }
  truce_stored_alert_free (stored);
}

void
truce_outbox_set_back (TruceEngine *engine, TruceTime now)
{
  const TruceStorePort *store = &engine->ports.store;

  for (guint i = 0; i < truce_config_n_sinks (engine->config); i++) {
    const char *sink = truce_config_sink (engine->config, i)->id;
    SinkRun *run = truce_sink_run (engine, sink);
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
    SinkRun *run = truce_sink_run (engine, sinks[i]);
    g_autoptr (GError) error = NULL;
    if (run->in_flight) {
      g_strv_builder_add (owed, sinks[i]);
      continue;
    }
    switch (engine->ports.sink.deliver (engine->ports.sink.self, sinks[i], alert, alert->id, &error)) {
    case TRUCE_DELIVERY_PENDING:
      begin_flight (run, alert, truce_engine_now (engine));
      g_strv_builder_add (owed, sinks[i]); /* until it has ended */
      break;
    case TRUCE_DELIVERY_PULLED:
      pulled = TRUE;
      g_strv_builder_add (owed, sinks[i]); /* for those who come later */
      break;
    case TRUCE_DELIVERY_RETRY:
      g_strv_builder_add (owed, sinks[i]);
      break;
    case TRUCE_DELIVERY_DONE:
    case TRUCE_DELIVERY_REFUSED:
      truce_unsaved_note (engine, alert->id, sinks[i], error ? error->message : NULL);
      break;
    }
  }
  if (pulled)
    truce_desk_add_unsaved (engine, alert);
  return g_strv_builder_end (owed);
}
