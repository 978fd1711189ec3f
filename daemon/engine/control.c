/* SPDX-License-Identifier: MIT */
/* What people ask of the engine. */
#include <string.h>

#include "engine/engine_private.h"
#include "engine/unsaved_private.h"

#define ID_PREFIX_MIN 4            /* digits: fewer are a slip of the hand */
#define REFRESH_EVERY TRUCE_MINUTE /* politeness holds for impatient people too */

TruceStoredAlert *
truce_engine_find_alert (TruceEngine *engine, const char *prefix, GError **error)
{
  gsize length = strlen (prefix);
  g_autoptr (GError) lost = NULL;
  TruceStoredAlert *stored;

  if (length < ID_PREFIX_MIN || strspn (prefix, "0123456789abcdef") != length) {
    g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_INVALID,
                 "\"%.40s\" is no alert id: at least %d of its digits 0-9 and a-f are needed", prefix, ID_PREFIX_MIN);
    return NULL;
  }
  stored = engine->ports.store.alert (engine->ports.store.self, prefix, &lost);
  if (!stored && g_error_matches (lost, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_NOT_FOUND))
    return truce_unsaved_alert (engine, prefix, error);
  if (lost)
    g_propagate_error (error, g_steal_pointer (&lost));
  return stored;
}

/* FALSE: an answer to `alert` could not be kept. */
static gboolean
can_be_answered (TruceEngine *engine, const TruceAlert *alert, GError **error)
{
  if (!truce_unsaved_has (engine, alert->id))
    return TRUE;
  g_set_error_literal (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_STORE,
                       "the state cannot be written, and so no answer to this alert: see trucectl doctor");
  return FALSE;
}

/* Acknowledging again is harmless, and keeps who did it first. */
static gboolean
acknowledge (TruceEngine *engine, const TruceStoredAlert *stored, TruceTime now, const TruceOrigin *origin,
             GError **error)
{
  return stored->acknowledged != TRUCE_TIME_NONE ||
         engine->ports.store.acknowledge (engine->ports.store.self, stored->alert->id, now, origin, error);
}

/* Who has read a digest has read the alerts that it names; one that has aged out needs no answer any more. */
static gboolean
acknowledge_named (TruceEngine *engine, const TruceAlert *digest, TruceTime now, const TruceOrigin *origin,
                   GError **error)
{
  gboolean done = TRUE;

  for (guint i = 0; digest->alerts && i < digest->alerts->len && done; i++) {
    const TruceAlertBrief *brief = g_ptr_array_index (digest->alerts, i);
    TruceStoredAlert *stored = engine->ports.store.alert (engine->ports.store.self, brief->id, NULL);
    done = !stored || acknowledge (engine, stored, now, origin, error);
    truce_stored_alert_free (stored);
  }
  return done;
}

gboolean
truce_engine_acknowledge (TruceEngine *engine, const char *alert, const TruceOrigin *origin, GError **error)
{
  TruceTime now = truce_engine_now (engine);
  TruceStoredAlert *stored = truce_engine_find_alert (engine, alert, error);
  gboolean done;

  if (!stored)
    return FALSE;
  truce_nagging_look_again (engine);
  done = can_be_answered (engine, stored->alert, error) &&
         acknowledge_named (engine, stored->alert, now, origin, error) &&
         acknowledge (engine, stored, now, origin, error);
  truce_stored_alert_free (stored);
  if (done)
    truce_engine_changed (engine, "alerts");
  if (done && truce_engine_holds (engine))
    truce_engine_wake (engine); /* it may have been the word that the clock is right */
  return done;
}

gboolean
truce_engine_snooze (TruceEngine *engine, const char *alert, TruceTime length, const TruceOrigin *origin,
                     GError **error)
{
  TruceTime now = truce_engine_now (engine);
  TruceStoredAlert *stored;
  gboolean done;

  if (length < TRUCE_SECOND || length > TRUCE_SNOOZE_MAX) {
    g_set_error_literal (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_INVALID,
                         "an alert can be put off for a second to a year");
    return FALSE;
  }
  stored = truce_engine_find_alert (engine, alert, error);
  if (!stored)
    return FALSE;
  if (stored->acknowledged != TRUCE_TIME_NONE) {
    g_set_error_literal (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_INVALID,
                         "the alert has been acknowledged: there is nothing to put off");
    truce_stored_alert_free (stored);
    return FALSE;
  }
  g_auto (GStrv) sinks = truce_engine_sinks_for (engine, stored->alert);
  truce_nagging_look_again (engine);
  done = can_be_answered (engine, stored->alert, error) &&
         truce_outbox_record (engine, now, error) && /* or its return would seem to have been told */
         engine->ports.store.snooze (engine->ports.store.self, stored->alert->id, (const char *const *) sinks,
                                     now + length, now, origin, error);
  truce_stored_alert_free (stored);
  if (done) {
    truce_engine_changed (engine, "alerts");
    truce_engine_wake (engine); /* to arm for its return */
  }
  return done;
}

static gboolean
refresh_one (TruceEngine *engine, FeedRun *run, TruceTime now)
{
  /* While the network is down no server has been asked, and whoever asks knows that it is back. */
  gboolean recent = !engine->network_down && run->state.last_try != TRUCE_TIME_NONE && now >= run->state.last_try &&
                    now - run->state.last_try < REFRESH_EVERY;

  if (recent || run->in_flight)
    return FALSE;
  truce_polls_reschedule (engine, run, now);
  return TRUE;
}

gboolean
truce_engine_refresh (TruceEngine *engine, const char *feed, guint *ret_count, GError **error)
{
  TruceTime now = truce_engine_now (engine);
  guint count = 0;
  GHashTableIter iter;
  gpointer value;

  if (feed) {
    FeedRun *run = truce_polls_find (engine, feed);
    if (!run) {
      g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_NOT_FOUND, "no feed has the id \"%.64s\"", feed);
      return FALSE;
    }
    count = refresh_one (engine, run, now) ? 1 : 0;
  } else {
    g_hash_table_iter_init (&iter, engine->feeds);
    while (g_hash_table_iter_next (&iter, NULL, &value))
      count += refresh_one (engine, value, now) ? 1 : 0;
  }
  if (count > 0)
    engine->network_retry = TRUCE_TIME_MIN; /* who asks knows that the network is back */
  *ret_count = count;
  truce_engine_wake (engine);
  return TRUE;
}

char *
truce_engine_test (TruceEngine *engine, const char *sink, GError **error)
{
  TruceTime now = truce_engine_now (engine);
  TruceCommit *commit;
  TruceAlert *alert;
  char *id;

  if (sink && !truce_config_find_sink (engine->config, sink)) {
    g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_NOT_FOUND, "alert-to names no sink \"%.64s\"", sink);
    return NULL;
  }
  alert = truce_alert_for_test (now);
  id = g_strdup (alert->id);
  commit = truce_commit_new (now);
  if (sink) {
    const char *const only[] = { sink, NULL };
    truce_outbox_try_now (engine, sink, now);
    truce_commit_add_alert (commit, alert, only);
  } else {
    truce_outbox_adopt (engine);
    truce_engine_add_alert (engine, commit, alert);
  }
  truce_engine_commit (engine, commit);
  truce_engine_wake (engine);
  return id;
}

void
truce_engine_problem (TruceEngine *engine, const char *what, const char *title, const char *body, TruceTime since)
{
  TruceTime now = truce_engine_now (engine);
  TruceCommit *commit = truce_commit_new (now);

  truce_engine_add_alert (engine, commit, truce_alert_for_problem (what, title, body, since, now));
  truce_engine_commit (engine, commit);
  truce_engine_wake (engine);
}
