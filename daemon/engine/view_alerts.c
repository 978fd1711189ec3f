/* SPDX-License-Identifier: MIT */
/* Lists of alerts. */
#include "engine/engine_private.h"
#include "engine/unsaved_private.h"
#include "engine/view_private.h"

json_t *
truce_view_stored_alert (TruceEngine *engine, const TruceStoredAlert *stored, TruceTime now)
{
  json_t *record = truce_alert_to_json (stored->alert);

  truce_json_set_time (record, "acknowledged", stored->acknowledged);
  truce_json_set_text (record, "acknowledged_by", stored->acknowledged_by);
  truce_json_set_time (record, "snoozed", stored->snoozed);
  if (stored->snoozed != TRUCE_TIME_NONE)
    truce_json_set_text (record, "snoozed_by", stored->snoozed_by);
  if (stored->snoozed != TRUCE_TIME_NONE || stored->acknowledged != TRUCE_TIME_NONE)
    truce_json_set_text (record, "via", stored->via);
  if (truce_alert_is_outdated (engine, stored->alert, now))
    truce_json_set_boolean (record, "superseded", TRUE);
  return record;
}

json_t *
truce_view_alerts (TruceEngine *engine, const TruceAlertFilter *filter)
{
  g_autoptr (GPtrArray) alerts = engine->ports.store.alerts (engine->ports.store.self, filter);
  TruceTime now = truce_engine_now (engine);
  json_t *array = json_array ();

  truce_unsaved_list (engine, filter, alerts);
  for (guint i = 0; i < alerts->len; i++)
    json_array_append_new (array, truce_view_stored_alert (engine, g_ptr_array_index (alerts, i), now));
  return array;
}

json_t *
truce_view_alert (TruceEngine *engine, const char *alert, GError **error)
{
  TruceStoredAlert *stored = truce_engine_find_alert (engine, alert, error);
  json_t *record = stored ? truce_view_stored_alert (engine, stored, truce_engine_now (engine)) : NULL;

  truce_stored_alert_free (stored);
  return record;
}
