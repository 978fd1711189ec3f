/* SPDX-License-Identifier: MIT */
/* The sinks whose consumers pull: one queue for all users of the machine, and for each of them what is new to them. The
 * first to be shown an alert takes it out of the outbox, where it counts as delivered; for a while it is there for
 * those who come later, until somebody answers it. */
#include <string.h>

#include "engine/engine_private.h"

#define RECENT (14 * TRUCE_DAY) /* after a holiday one wants to see what is open, and not what was half a year ago */
#define RECENT_MAX 100          /* alerts: a summary is what is made of them anyway */

/* And of what could not be written, of which nobody knows how much it will be: the newest. */
#define UNSAVED_MAX 1000

/* An alert that could not be written, and those who were shown it meanwhile. */
typedef struct {
  TruceAlert *alert;
  GArray *users; /* guint32 */
} Unsaved;

static void
unsaved_free (gpointer data)
{
  Unsaved *unsaved = data;

  truce_alert_unref (unsaved->alert);
  g_array_unref (unsaved->users);
  g_free (unsaved);
}

void
truce_desk_init (TruceEngine *engine)
{
  engine->unsaved_pulled = g_ptr_array_new_with_free_func (unsaved_free);
}

void
truce_desk_clear (TruceEngine *engine)
{
  g_ptr_array_unref (engine->unsaved_pulled);
}

void
truce_desk_add_unsaved (TruceEngine *engine, TruceAlert *alert)
{
  Unsaved *unsaved = g_new0 (Unsaved, 1);

  unsaved->alert = truce_alert_ref (alert);
  unsaved->users = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_ptr_array_add (engine->unsaved_pulled, unsaved);
  if (engine->unsaved_pulled->len > UNSAVED_MAX)
    g_ptr_array_remove_index (engine->unsaved_pulled, 0); /* it is shown when it has been written */
}

static Unsaved *
find_unsaved (TruceEngine *engine, const char *id)
{
  for (guint i = 0; i < engine->unsaved_pulled->len; i++) {
    Unsaved *unsaved = g_ptr_array_index (engine->unsaved_pulled, i);
    if (strcmp (unsaved->alert->id, id) == 0)
      return unsaved;
  }
  return NULL;
}

static gboolean
has_user (const Unsaved *unsaved, guint32 user)
{
  for (guint i = 0; i < unsaved->users->len; i++)
    if (g_array_index (unsaved->users, guint32, i) == user)
      return TRUE;
  return FALSE;
}

static GPtrArray *
to_show (TruceEngine *engine, const TruceSink *sink, guint32 user)
{
  const TruceStorePort *store = &engine->ports.store;

  return store->to_show (store->self, sink->id, user, truce_engine_now (engine) - RECENT, RECENT_MAX);
}

/* (element-type TruceSink) (transfer container) */
static GPtrArray *
desktop_sinks (TruceEngine *engine)
{
  GPtrArray *sinks = g_ptr_array_new ();

  for (guint i = 0; i < truce_config_n_sinks (engine->config); i++) {
    const TruceSink *sink = truce_config_sink (engine->config, i);
    if (sink->kind == TRUCE_SINK_DESKTOP)
      g_ptr_array_add (sinks, (gpointer) sink);
  }
  return sinks;
}

/* In this order: what a crash leaves half done is shown once more to others, and not lost to them. */
static gboolean
record (TruceEngine *engine, const char *id, guint32 user, const GPtrArray *sinks, GError **error)
{
  const TruceStorePort *store = &engine->ports.store;
  TruceTime now = truce_engine_now (engine);

  if (!store->shown (store->self, id, user, error))
    return FALSE;
  for (guint i = 0; i < sinks->len; i++)
    if (!store->delivered (store->self, id, ((const TruceSink *) g_ptr_array_index (sinks, i))->id, now, error))
      return FALSE;
  truce_outbox_sync (engine);
  return TRUE;
}

/* Who was shown it and cannot be written down now will be shown it again: better than to go on asking a disk that fails
 * again and again. */
void
truce_desk_saved (TruceEngine *engine)
{
  g_autoptr (GPtrArray) sinks = desktop_sinks (engine);

  for (guint i = 0; i < engine->unsaved_pulled->len; i++) {
    const Unsaved *unsaved = g_ptr_array_index (engine->unsaved_pulled, i);
    for (guint j = 0; j < unsaved->users->len; j++)
      record (engine, unsaved->alert->id, g_array_index (unsaved->users, guint32, j), sinks, NULL);
  }
  g_ptr_array_set_size (engine->unsaved_pulled, 0);
}

static void
add_stored (TruceEngine *engine, const char *id, TruceTime now, GPtrArray *pending)
{
  TruceStoredAlert *stored = engine->ports.store.alert (engine->ports.store.self, id, NULL);
  const char *why;
  TruceAlert *told;

  if (!stored)
    return;
  if (truce_alert_is_outdated (engine, stored->alert, now)) {
    truce_stored_alert_free (stored);
    return;
  }
  told = truce_returning_alert (engine, stored->alert, FALSE, now, &why);
  truce_alert_unref (stored->alert);
  stored->alert = told;
  g_ptr_array_add (pending, stored);
}

static void
add_unsaved (TruceEngine *engine, guint32 user, GPtrArray *pending)
{
  for (guint i = 0; i < engine->unsaved_pulled->len; i++) {
    const Unsaved *unsaved = g_ptr_array_index (engine->unsaved_pulled, i);
    if (has_user (unsaved, user))
      continue;
    TruceStoredAlert *stored = g_new0 (TruceStoredAlert, 1);
    stored->alert = truce_alert_ref (unsaved->alert);
    stored->acknowledged = stored->snoozed = stored->snoozed_at = TRUCE_TIME_NONE;
    g_ptr_array_add (pending, stored);
  }
}

GPtrArray *
truce_engine_pending (TruceEngine *engine, guint32 user)
{
  TruceTime now = truce_engine_now (engine);
  GPtrArray *pending = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_stored_alert_free);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) sinks = desktop_sinks (engine);

  for (guint i = 0; i < sinks->len; i++) {
    g_autoptr (GPtrArray) ids = to_show (engine, g_ptr_array_index (sinks, i), user);
    for (guint j = 0; j < ids->len; j++) {
      const char *id = g_ptr_array_index (ids, j);
      if (!find_unsaved (engine, id) && g_hash_table_add (known, g_strdup (id)))
        add_stored (engine, id, now, pending);
    }
  }
  add_unsaved (engine, user, pending);
  return pending;
}

static gboolean
contains (const GPtrArray *ids, const char *id)
{
  for (guint i = 0; i < ids->len; i++)
    if (strcmp (g_ptr_array_index (ids, i), id) == 0)
      return TRUE;
  return FALSE;
}

/* Only what waits for `user`: anybody may say what was shown to him, and nobody may so end what others have put off, or
 * what is to wait for the morning. */
static gboolean
shown (TruceEngine *engine, const char *id, guint32 user, GError **error)
{
  g_autoptr (GPtrArray) sinks = desktop_sinks (engine);
  guint n_sinks = sinks->len;

  for (guint i = sinks->len; i > 0; i--) {
    g_autoptr (GPtrArray) ids = to_show (engine, g_ptr_array_index (sinks, i - 1), user);
    if (!contains (ids, id))
      g_ptr_array_remove_index (sinks, i - 1);
  }
  if (sinks->len > 0)
    return record (engine, id, user, sinks, error);
  if (n_sinks == 0)
    g_set_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_NOT_FOUND, "no sink of kind desktop is configured");
  return n_sinks > 0; /* said twice, or too late */
}

gboolean
truce_engine_shown (TruceEngine *engine, const char *alert, guint32 user, GError **error)
{
  Unsaved *unsaved = find_unsaved (engine, alert);
  TruceStoredAlert *stored;
  gboolean done;

  if (unsaved) {
    if (!has_user (unsaved, user))
      g_array_append_val (unsaved->users, user);
    return TRUE;
  }
  stored = truce_engine_find_alert (engine, alert, error);
  if (!stored)
    return FALSE;
  done = shown (engine, stored->alert->id, user, error);
  truce_stored_alert_free (stored);
  return done;
}
