/* SPDX-License-Identifier: MIT */
#include "io/state.h"

#include "io/clock.h"

#define TRY_EVERY 60 /* seconds: a full disk is mended by people */

struct _TruceState {
  TruceStore *store;
  char *directory;
  char *set_aside; /* what was found and could not be used, as a sentence that is still to be told */
  char *error;     /* why it is in memory; NULL: it is not */
  guint source;    /* until then */
  gboolean begun;
  TruceStateTroubleFunc trouble;
  gpointer user_data;
};

static void
tell_set_aside (TruceState *state)
{
  g_autofree char *sentence = state->begun ? g_steal_pointer (&state->set_aside) : NULL;

  if (!sentence)
    return;
  g_autofree char *words = g_strdup_printf ("%s. What people had said of dates (trucectl due, met, accept) is in the "
                                            "old one: say it again, or put a backup in its place.",
                                            sentence);
  state->trouble ("truced began a new state: the old one could not be used", words, state->user_data);
}

void
truce_state_try_now (TruceState *state)
{
  g_autoptr (GError) error = NULL;

  if (!state->error)
    return;
  g_clear_pointer (&state->error, g_free);
  if (truce_store_settle (state->store, truce_clock_now (), &state->set_aside, &error))
    g_message ("the state is on its disk again");
  else
    state->error = g_strdup (error->message);
  tell_set_aside (state);
}

static gboolean
on_time (gpointer user_data)
{
  TruceState *state = user_data;

  truce_state_try_now (state);
  if (state->error)
    return G_SOURCE_CONTINUE;
  state->source = 0;
  return G_SOURCE_REMOVE;
}

static void
keep_in_memory (TruceState *state, const char *why)
{
  state->error = g_strdup (why);
  state->store = truce_store_open_in_memory (state->directory);
  state->source = g_timeout_add_seconds (TRY_EVERY, on_time, state);
}

TruceState *
truce_state_open (const char *directory, TruceStateTroubleFunc trouble, gpointer user_data, GError **error)
{
  TruceState *state = g_new0 (TruceState, 1);
  g_autoptr (GError) reason = NULL;

  state->trouble = trouble;
  state->user_data = user_data;
  state->directory = g_strdup (directory);
  state->store = truce_store_open (directory, truce_clock_now (), &state->set_aside, &reason);
  if (!state->store && g_error_matches (reason, TRUCE_STORE_ERROR, TRUCE_STORE_ERROR_BUSY)) {
    g_propagate_error (error, g_steal_pointer (&reason));
    truce_state_close (state);
    return NULL;
  }
  if (!state->store)
    keep_in_memory (state, reason->message);
  return state;
}

/* What cannot be read counts as what cannot be opened. */
static void
retreat (TruceState *state, const char *why)
{
  truce_store_close (state->store);
  keep_in_memory (state, why);
  truce_state_try_now (state);
}

TruceEngine *
truce_state_engine (TruceState *state, TruceConfig *config, TrucePorts *ports, const TruceEngineOptions *options)
{
  TruceEngine *engine;

  truce_store_port (state->store, &ports->store);
  engine = truce_engine_new (config, ports, options);
  if (!state->error && truce_engine_unread (engine)) {
    g_autofree char *why = g_strdup (truce_engine_unread (engine));
    truce_engine_free (engine);
    retreat (state, why);
    truce_store_port (state->store, &ports->store);
    engine = truce_engine_new (config, ports, options);
  }
  return engine;
}

void
truce_state_begin (TruceState *state)
{
  g_autofree char *words = NULL;

  state->begun = TRUE;
  tell_set_aside (state);
  if (!state->error)
    return;
  words = g_strdup_printf ("%s. truced tries again every minute; a restart before that forgets what has been told.",
                           state->error);
  state->trouble ("truced cannot open its state and keeps it in memory", words, state->user_data);
}

TruceStore *
truce_state_store (TruceState *state)
{
  return state->store;
}

const char *
truce_state_error (const TruceState *state)
{
  return state->error;
}

void
truce_state_close (TruceState *state)
{
  if (!state)
    return;
  g_clear_handle_id (&state->source, g_source_remove);
  truce_store_close (state->store);
  g_free (state->directory);
  g_free (state->set_aside);
  g_free (state->error);
  g_free (state);
}
