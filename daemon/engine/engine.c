/* SPDX-License-Identifier: MIT */
#include "engine/engine.h"

#include "engine/engine_private.h"

#define EXPIRE_EVERY TRUCE_DAY           /* retention is counted in months */
#define RETRY_UNSAVED_EVERY TRUCE_MINUTE /* a full disk is mended by people */
#define UNSAVED_MAX 10000                /* commits kept while the store cannot be written: a few megabytes */

TruceEngine *
truce_engine_new (TruceConfig *config, const TrucePorts *ports, const TruceEngineOptions *options)
{
  TruceEngine *engine = g_new0 (TruceEngine, 1);

  engine->config = truce_config_ref (config);
  engine->ports = *ports;
  engine->options = *options;
  engine->last_now = TRUCE_TIME_MIN;
  engine->next_expiry = TRUCE_TIME_MIN;
  engine->retry_unsaved = TRUCE_TIME_NONE;
  g_queue_init (&engine->unsaved);
  truce_deadlines_init (engine);
  truce_outbox_init (engine);
  truce_polls_init (engine);
  truce_polls_adopt (engine);
  return engine;
}

void
truce_engine_free (TruceEngine *engine)
{
  if (!engine)
    return;
  truce_polls_clear (engine);
  truce_deadlines_clear (engine);
  truce_outbox_clear (engine);
  g_queue_clear_full (&engine->unsaved, (GDestroyNotify) truce_commit_free);
  truce_config_unref (engine->config);
  g_free (engine);
}

TruceConfig *
truce_engine_config (TruceEngine *engine)
{
  return engine->config;
}

TruceTime
truce_engine_now (TruceEngine *engine)
{
  return engine->ports.clock.now (engine->ports.clock.self);
}

void
truce_engine_changed (TruceEngine *engine, const char *what)
{
  if (engine->ports.sink.changed)
    engine->ports.sink.changed (engine->ports.sink.self, what);
}

char **
truce_engine_sinks_for (TruceEngine *engine, const TruceAlert *alert)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < truce_config_n_sinks (engine->config); i++) {
    const TruceSink *sink = truce_config_sink (engine->config, i);
    if (truce_sink_takes (sink, alert))
      g_strv_builder_add (ids, sink->id);
  }
  return g_strv_builder_end (ids);
}

void
truce_engine_add_alert (TruceEngine *engine, TruceCommit *commit, TruceAlert *alert)
{
  g_auto (GStrv) sinks = truce_engine_sinks_for (engine, alert);

  truce_commit_add_alert (commit, alert, (const char *const *) sinks);
}

static gboolean
write_commit (TruceEngine *engine, const TruceCommit *commit, GPtrArray **ret_new, GError **error)
{
  return engine->ports.store.commit (engine->ports.store.self, commit, ret_new, error);
}

static void
tell_raised (TruceEngine *engine, GPtrArray *alerts)
{
  for (guint i = 0; engine->ports.sink.raised && i < alerts->len; i++)
    engine->ports.sink.raised (engine->ports.sink.self, g_ptr_array_index (alerts, i));
  if (alerts->len > 0)
    truce_engine_changed (engine, "alerts");
}

/* What cannot be kept is told at once and without the outbox: a full disk must not cost a deadline. Should truced end
 * before the commit can be written, it is told again, under the same id. */
static void
keep_unsaved (TruceEngine *engine, TruceCommit *commit, const GError *error)
{
  gboolean first = g_queue_is_empty (&engine->unsaved);

  tell_raised (engine, commit->alerts);
  for (guint i = 0; i < commit->alerts->len; i++)
    truce_outbox_deliver_unsaved (engine, g_ptr_array_index (commit->alerts, i),
                                  g_ptr_array_index (commit->alert_sinks, i));
  /* Told already: when it is written at last it goes to no sink again. */
  for (guint i = 0; i < commit->alert_sinks->len; i++) {
    g_strfreev (commit->alert_sinks->pdata[i]);
    commit->alert_sinks->pdata[i] = g_new0 (char *, 1);
  }
  g_queue_push_tail (&engine->unsaved, commit);
  if (g_queue_get_length (&engine->unsaved) > UNSAVED_MAX)
    truce_commit_free (g_queue_pop_head (&engine->unsaved));
  engine->retry_unsaved = truce_engine_now (engine) + RETRY_UNSAVED_EVERY;
  if (first) {
    g_autofree char *body =
        g_strdup_printf ("%s. Alerts go on, but truced may repeat itself after a restart.", error->message);
    truce_engine_problem (engine, "store", "truced cannot write its state", body, commit->now);
  }
}

void
truce_engine_commit (TruceEngine *engine, TruceCommit *commit)
{
  g_autoptr (GPtrArray) fresh = NULL;
  g_autoptr (GError) error = NULL;

  /* In order: a commit may lean on one before it. */
  if (!g_queue_is_empty (&engine->unsaved)) {
    error = g_error_new_literal (TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_STORE, "earlier changes wait to be written");
    keep_unsaved (engine, commit, error);
    return;
  }
  if (!write_commit (engine, commit, &fresh, &error)) {
    keep_unsaved (engine, commit, error);
    return;
  }
  tell_raised (engine, fresh);
  truce_commit_free (commit);
}

static void
retry_unsaved (TruceEngine *engine, TruceTime now)
{
  if (now < engine->retry_unsaved)
    return;
  while (!g_queue_is_empty (&engine->unsaved)) {
    if (!write_commit (engine, g_queue_peek_head (&engine->unsaved), NULL, NULL)) {
      engine->retry_unsaved = now + RETRY_UNSAVED_EVERY;
      return;
    }
    truce_commit_free (g_queue_pop_head (&engine->unsaved));
  }
  engine->retry_unsaved = TRUCE_TIME_NONE;
}

void
truce_engine_arm (TruceEngine *engine, TruceTime now)
{
  TruceTime next = truce_deadlines_next (engine);

  next = MIN (next, truce_polls_next (engine, now));
  next = MIN (next, truce_outbox_next (engine, now));
  next = MIN (next, engine->retry_unsaved);
  engine->ports.clock.arm (engine->ports.clock.self, next);
}

/* In order: what was not written before, then deadlines, which matter most, then polls, which only start here, then the
 * outbox with all that has been raised; and one wake-up for whatever is owed next. */
static void
step (TruceEngine *engine)
{
  TruceTime now = truce_engine_now (engine);

  if (now < engine->last_now)
    truce_deadlines_reset (engine);
  engine->last_now = now;
  retry_unsaved (engine, now);
  truce_deadlines_step (engine, now);
  if (engine->options.poll)
    truce_polls_step (engine, now);
  truce_outbox_step (engine, now);
  if (now >= engine->next_expiry) {
    engine->ports.store.expire (engine->ports.store.self, now);
    engine->next_expiry = now + EXPIRE_EVERY;
  }
}

/* A step may end a poll of a local file, which asks for a step: once more, rather than one inside the other. */
void
truce_engine_wake (TruceEngine *engine)
{
  engine->wake_again = TRUE;
  if (engine->waking)
    return;
  engine->waking = TRUE;
  while (engine->wake_again) {
    engine->wake_again = FALSE;
    step (engine);
  }
  engine->waking = FALSE;
  truce_engine_arm (engine, engine->last_now);
}

void
truce_engine_adopt (TruceEngine *engine, TruceConfig *config)
{
  TruceConfig *old = engine->config;

  engine->config = truce_config_ref (config);
  truce_deadlines_reset (engine);
  truce_polls_adopt (engine);
  truce_config_unref (old); /* only now: schedule and feeds pointed into it */
  truce_engine_changed (engine, "config");
  truce_engine_wake (engine);
}

gboolean
truce_engine_busy (TruceEngine *engine)
{
  TruceTime now = truce_engine_now (engine);

  return engine->in_flight > 0 || (engine->options.poll && truce_polls_next (engine, now) <= now) ||
         truce_outbox_next (engine, now) <= now;
}
