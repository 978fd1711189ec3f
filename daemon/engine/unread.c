/* SPDX-License-Identifier: MIT */
/* What the store could not give. Whoever asked went on with less, or waits; that is told once a trouble, and asked for
 * again soon, since nothing else may wake truced for what it does not know of. */
#include "engine/unsaved_private.h"

#define ASKED_AGAIN TRUCE_MINUTE /* as often as what could not be written is tried */

gboolean
truce_unread_look (TruceEngine *engine)
{
  const TruceStorePort *store = &engine->ports.store;
  g_autoptr (GError) error = NULL;

  if (!store->read_failed || !store->read_failed (store->self, &error))
    return FALSE;
  truce_set_text (&engine->unread, error->message);
  return TRUE;
}

const char *
truce_engine_unread (TruceEngine *engine)
{
  (void) truce_unread_look (engine);
  return engine->unread;
}

void
truce_unread_step (TruceEngine *engine, TruceTime now)
{
  gboolean first = engine->retry_unread == TRUCE_TIME_NONE;

  if (!truce_engine_unread (engine)) {
    if (now >= engine->retry_unread)
      engine->retry_unread = TRUCE_TIME_NONE;
    return;
  }
  g_autofree char *error = g_steal_pointer (&engine->unread);
  engine->retry_unread = now + ASKED_AGAIN;
  truce_unsaved_note_trouble (engine, now);
  if (first) {
    g_autofree char *body =
        g_strdup_printf ("%s. Deadlines go on; feeds wait until it is known what of them is new.", error);
    truce_engine_problem (engine, "store", "truced cannot read its state", body, engine->trouble_since);
  }
}

TruceTime
truce_unread_next (TruceEngine *engine, TruceTime now)
{
  return truce_engine_unread (engine) ? MIN (engine->retry_unread, now + ASKED_AGAIN) : engine->retry_unread;
}
