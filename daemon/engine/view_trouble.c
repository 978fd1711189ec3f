/* SPDX-License-Identifier: MIT */
/* What is wrong now with the ways that alerts take: told of as an alert only when it lasts, and seen at once by who
 * looks. */
#include "engine/sink_private.h"

static json_t *
sink_to_json (const TruceSink *sink, const SinkRun *run)
{
  json_t *record = json_object ();

  truce_json_set_text (record, "sink", sink->id);
  truce_json_set_time (record, "failing_since", run->failing_since);
  truce_json_set_text (record, "error", run->error);
  return record;
}

void
truce_view_trouble (TruceEngine *engine, json_t *record)
{
  json_t *sinks = json_array ();

  if (!g_queue_is_empty (&engine->unsaved))
    truce_json_set_integer (record, "unsaved", g_queue_get_length (&engine->unsaved));
  for (guint i = 0; i < truce_config_n_sinks (engine->config); i++) {
    const TruceSink *sink = truce_config_sink (engine->config, i);
    const SinkRun *run = g_hash_table_lookup (engine->sinks, sink->id);
    if (run && run->failures > 0)
      json_array_append_new (sinks, sink_to_json (sink, run));
  }
  truce_json_set_steal (record, "sinks_failing", sinks);
  truce_json_set_steal (record, "refused", truce_refused_to_json (engine));
}
