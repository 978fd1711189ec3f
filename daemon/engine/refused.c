/* SPDX-License-Identifier: MIT */
/* What a sink would not take: it is out of its queue, so that the others go on, and not lost. */
#include "engine/sink_private.h"

gboolean
truce_refused_set_aside (TruceEngine *engine, const TruceOutboxEntry *entry, const char *why, TruceTime now)
{
  const TruceStorePort *store = &engine->ports.store;
  g_autofree char *reason = g_strconcat (TRUCE_SET_ASIDE, why ? why : "refused", NULL);

  return store->give_up (store->self, entry->alert, entry->sink, now, reason, NULL);
}

void
truce_refused_send_again (TruceEngine *engine, TruceTime now)
{
  const TruceStorePort *store = &engine->ports.store;
  g_autoptr (GPtrArray) refused = store->refused (store->self);

  for (guint i = 0; i < refused->len; i++) {
    const TruceRefusal *refusal = g_ptr_array_index (refused, i);
    if (truce_config_find_sink (engine->config, refusal->sink))
      store->put_back (store->self, refusal->alert, refusal->sink, now, NULL);
  }
}

json_t *
truce_refused_to_json (TruceEngine *engine)
{
  const TruceStorePort *store = &engine->ports.store;
  g_autoptr (GPtrArray) refused = store->refused (store->self);
  json_t *array = json_array ();

  for (guint i = 0; i < refused->len; i++) {
    const TruceRefusal *refusal = g_ptr_array_index (refused, i);
    json_t *record = json_object ();
    truce_json_set_text (record, "sink", refusal->sink);
    truce_json_set_text (record, "alert", refusal->alert);
    truce_json_set_time (record, "at", refusal->at);
    truce_json_set_text (record, "error", refusal->error);
    json_array_append_new (array, record);
  }
  return array;
}
