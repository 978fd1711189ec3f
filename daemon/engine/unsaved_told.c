/* SPDX-License-Identifier: MIT */
/* What became of alerts that could not be written: they are found and explained as others are, and the records of their
 * deliveries are written with them. */
#include <string.h>

#include "engine/unsaved_private.h"

/* The sinks of what is owed, in words. */
static const char waits[] = "the state cannot be written, and the sink could not take it";

void
truce_unsaved_note (TruceEngine *engine, const char *id, const char *sink, const char *error)
{
  GPtrArray *records = g_hash_table_lookup (engine->unsaved_told, id);
  TruceDeliveryRecord *record = g_new0 (TruceDeliveryRecord, 1);

  record->sink = g_strdup (sink);
  record->at = truce_engine_now (engine);
  record->delivered = error == NULL;
  record->error = g_strdup (error);
  if (!records) {
    records = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_delivery_record_free);
    g_hash_table_insert (engine->unsaved_told, g_strdup (id), records);
  }
  g_ptr_array_add (records, record);
}

const GPtrArray *
truce_unsaved_deliveries (const TruceEngine *engine, const char *id)
{
  return g_hash_table_lookup (engine->unsaved_told, id);
}

/* The commit that `id`, or the only one whose id begins so, is in, and its place there; NULL: none. */
static const TruceCommit *
find (const TruceEngine *engine, const char *prefix, guint *ret_index, guint *ret_found)
{
  const TruceCommit *found = NULL;

  *ret_index = *ret_found = 0;
  for (const GList *link = engine->unsaved.head; link; link = link->next) {
    const TruceCommit *commit = link->data;
    for (guint i = 0; i < commit->alerts->len; i++) {
      if (!g_str_has_prefix (((TruceAlert *) g_ptr_array_index (commit->alerts, i))->id, prefix))
        continue;
      found = commit;
      *ret_index = i;
      (*ret_found)++;
    }
  }
  return *ret_found == 1 ? found : NULL;
}

static TruceStoredAlert *
as_stored (TruceAlert *alert)
{
  TruceStoredAlert *stored = g_new0 (TruceStoredAlert, 1);

  stored->alert = truce_alert_ref (alert);
  stored->acknowledged = stored->snoozed = stored->snoozed_at = TRUCE_TIME_NONE;
  return stored;
}

TruceStoredAlert *
truce_unsaved_alert (const TruceEngine *engine, const char *prefix, GError **error)
{
  guint index, n_found;
  const TruceCommit *commit = find (engine, prefix, &index, &n_found);

  if (commit)
    return as_stored (g_ptr_array_index (commit->alerts, index));
  truce_store_no_alert (prefix, n_found, error);
  return NULL;
}

gboolean
truce_unsaved_has (const TruceEngine *engine, const char *id)
{
  guint index, n_found;

  return find (engine, id, &index, &n_found) != NULL;
}

void
truce_unsaved_list (const TruceEngine *engine, const TruceAlertFilter *filter, GPtrArray *alerts)
{
  for (const GList *link = engine->unsaved.head; link; link = link->next) {
    const TruceCommit *commit = link->data;
    for (guint i = 0; i < commit->alerts->len; i++) {
      TruceStoredAlert *stored = as_stored (g_ptr_array_index (commit->alerts, i));
      if (truce_alert_filter_takes (filter, stored))
        g_ptr_array_insert (alerts, 0, stored); /* the newest first */
      else
        truce_stored_alert_free (stored);
    }
  }
  if (filter->limit > 0 && alerts->len > filter->limit)
    g_ptr_array_set_size (alerts, (gint) filter->limit);
}

void
truce_unsaved_add_waiting (TruceEngine *engine, const char *id, json_t *array)
{
  guint index, n_found;
  const TruceCommit *commit = find (engine, id, &index, &n_found);
  char **sinks = commit ? g_ptr_array_index (commit->alert_sinks, index) : NULL;

  for (guint i = 0; sinks && sinks[i]; i++) {
    const TruceSink *sink = truce_config_find_sink (engine->config, sinks[i]);
    gboolean under_way = g_strcmp0 (truce_outbox_is_at (engine, sinks[i]), id) == 0;
    json_t *record;
    if (!sink || sink->kind == TRUCE_SINK_DESKTOP)
      continue; /* who pulls is not waited for */
    record = json_object ();
    truce_json_set_text (record, "sink", sink->id);
    if (!under_way)
      truce_json_set_time (record, "until", engine->retry_unsaved);
    truce_json_set_text (record, "reason", under_way ? "under way" : waits);
    json_array_append_new (array, record);
  }
}

/* Those that `alert` is still owed to, and those that have had it. */
static char **
all_sinks (const TruceEngine *engine, const TruceAlert *alert, char **owed)
{
  const GPtrArray *told = truce_unsaved_deliveries (engine, alert->id);
  g_autoptr (GStrvBuilder) sinks = g_strv_builder_new ();

  g_strv_builder_addv (sinks, (const char **) owed);
  for (guint i = 0; told && i < told->len; i++)
    g_strv_builder_add (sinks, ((const TruceDeliveryRecord *) g_ptr_array_index (told, i))->sink);
  return g_strv_builder_end (sinks);
}

gboolean
truce_unsaved_write (TruceEngine *engine, TruceCommit *commit)
{
  const TruceStorePort *store = &engine->ports.store;
  g_autoptr (GPtrArray) owed = g_ptr_array_copy (commit->alert_sinks, NULL, NULL);
  gboolean written;

  g_ptr_array_set_free_func (owed, (GDestroyNotify) g_strfreev);
  for (guint i = 0; i < commit->alerts->len; i++)
    commit->alert_sinks->pdata[i] =
        all_sinks (engine, g_ptr_array_index (commit->alerts, i), g_ptr_array_index (owed, i));
  written = store->commit (store->self, commit, NULL, NULL);
  for (guint i = 0; i < commit->alerts->len; i++) {
    const TruceAlert *alert = g_ptr_array_index (commit->alerts, i);
    const GPtrArray *told = truce_unsaved_deliveries (engine, alert->id);
    if (written && told)
      truce_outbox_record_told (engine, alert->id, told);
    g_strfreev (commit->alert_sinks->pdata[i]);
    commit->alert_sinks->pdata[i] = g_strdupv (g_ptr_array_index (owed, i));
  }
  return written;
}
