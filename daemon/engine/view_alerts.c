/* SPDX-License-Identifier: MIT */
/* What is told of alerts: lists of them, and why one was raised. */
#include <string.h>

#include "engine/engine_private.h"
#include "engine/view.h"

#define TRUCE_WAITING_SCAN_MAX 10000 /* rows of one sink looked through for those of an alert */

static json_t *
stored_to_json (TruceEngine *engine, const TruceStoredAlert *stored, TruceTime now)
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

  for (guint i = 0; i < alerts->len; i++)
    json_array_append_new (array, stored_to_json (engine, g_ptr_array_index (alerts, i), now));
  return array;
}

json_t *
truce_view_alert (TruceEngine *engine, const char *alert, GError **error)
{
  TruceStoredAlert *stored = truce_engine_find_alert (engine, alert, error);
  json_t *record = stored ? stored_to_json (engine, stored, truce_engine_now (engine)) : NULL;

  truce_stored_alert_free (stored);
  return record;
}

static char *
digest_rule (const TruceAlert *alert)
{
  if (g_strcmp0 (alert->why, "quiet") == 0)
    return g_strdup ("quiet: what is not critical waits until the quiet hours end, and comes as one");
  if (g_strcmp0 (alert->why, "late") == 0)
    return g_strdup ("late alerts of several milestones come as one");
  if (g_strcmp0 (alert->why, "budget") == 0)
    return g_strdup ("budget: headlines beyond it come as one, later");
  return g_strdup ("what waited and is due together comes as one");
}

static char *
news_rule (TruceEngine *engine, const TruceAlert *alert)
{
  const TruceMilestone *milestone =
      alert->milestone ? truce_config_find_milestone (engine->config, alert->milestone) : NULL;

  if (milestone)
    return g_strdup_printf ("[milestone %s] match = %s", milestone->id, milestone->match ? milestone->match : "");
  for (guint i = 0; alert->watch && i < truce_config_n_watches (engine->config); i++) {
    const TruceWatch *watch = truce_config_watch (engine->config, i);
    if (strcmp (watch->id, alert->watch) == 0)
      return g_strdup_printf ("[watch %s] match = %s", watch->id, watch->match);
  }
  return g_strdup ("a query that is no longer configured");
}

/* The configured line that an alert goes back to. */
static char *
rule_of (TruceEngine *engine, const TruceAlert *alert)
{
  g_autofree char *rule = NULL;

  switch (alert->kind) {
  case TRUCE_ALERT_LEAD:
  case TRUCE_ALERT_DUE:
  case TRUCE_ALERT_WINDOW_OPEN:
    return g_strdup_printf ("[milestone %s] lead = %s", alert->milestone, alert->lead ? alert->lead : "0");
  case TRUCE_ALERT_PASSED:
    if (alert->nag)
      return g_strdup_printf ("[milestone %s] nag: repetition %u", alert->milestone, alert->nag);
    return g_strdup_printf ("[milestone %s]: the end of an imprecise date", alert->milestone);
  case TRUCE_ALERT_CHANGED:
    if (alert->by)
      return g_strdup_printf ("trucectl due or undo: %s has changed the date of %s", alert->by, alert->milestone);
    return g_strdup_printf ("[milestone %s]: the date differs from the one last seen", alert->milestone);
  case TRUCE_ALERT_NEWS:
    rule = news_rule (engine, alert);
    if (alert->corrects)
      return g_strdup_printf ("the headline of alert %.8s has changed since; %s", alert->corrects, rule);
    return g_steal_pointer (&rule);
  case TRUCE_ALERT_FEED:
    return g_strdup_printf ("[feed %s]: told once each time that it fails, falls silent, moves or is back",
                            alert->feed);
  case TRUCE_ALERT_SILENT:
    return g_strdup_printf ("[milestone %s] silent-after: its date is near and nothing is heard of it",
                            alert->milestone);
  case TRUCE_ALERT_DIGEST:
    return digest_rule (alert);
  case TRUCE_ALERT_PROBLEM:
    return g_strdup ("trouble of truced's own");
  case TRUCE_ALERT_TEST:
    break;
  }
  return g_strdup ("trucectl test-alert");
}

/* How the clock decided: the instants, in the zone of the date. */
static char *
decision_of (const TruceAlert *alert)
{
  g_autoptr (TruceZone) zone = truce_zone_new (alert->zone ? alert->zone : "UTC", NULL);
  g_autofree char *raised = truce_zone_format (zone, alert->raised);

  if (!alert->has_due)
    return g_strdup_printf ("raised %s", raised);
  g_autofree char *due = truce_zone_format (zone, alert->due);
  return g_strdup_printf ("raised %s%s, for the date %s (revision %u, %s)", raised,
                          alert->late ? ", late: truced was not running or the clock was set" : "", due,
                          alert->revision, truce_zone_name (zone));
}

static json_t *
deliveries_to_json (TruceEngine *engine, const char *id)
{
  g_autoptr (GPtrArray) records = engine->ports.store.deliveries (engine->ports.store.self, id);
  json_t *array = json_array ();

  for (guint i = 0; i < records->len; i++) {
    const TruceDeliveryRecord *delivery = g_ptr_array_index (records, i);
    json_t *record = json_object ();
    truce_json_set_text (record, "sink", delivery->sink);
    truce_json_set_time (record, "at", delivery->at);
    truce_json_set_boolean (record, "delivered", delivery->delivered);
    truce_json_set_text (record, "error", delivery->error);
    json_array_append_new (array, record);
  }
  return array;
}

/* --- why it has not been told --- */

static const char *
waiting_reason (TruceEngine *engine, const TruceSink *sink, const TruceOutboxEntry *entry,
                const TruceStoredAlert *stored)
{
  if (entry->attempts > 0)
    return "the sink has failed and is tried again";
  if (stored->snoozed != TRUCE_TIME_NONE)
    return "snoozed";
  if (!truce_calm_put_off (entry, stored))
    return "not taken yet";
  if (truce_quiet_end (&sink->quiet, truce_config_zone (engine->config), entry->next_try - 1) == entry->next_try)
    return "quiet hours";
  return stored->alert->kind == TRUCE_ALERT_NEWS ? "budget" : "put off";
}

/* The sinks that it still goes to: until when it is held back, and by what. */
static json_t *
waiting_to_json (TruceEngine *engine, const TruceStoredAlert *stored, TruceTime now)
{
  const TruceStorePort *store = &engine->ports.store;
  json_t *array = json_array ();

  for (guint i = 0; i < truce_config_n_sinks (engine->config); i++) {
    const TruceSink *sink = truce_config_sink (engine->config, i);
    g_autoptr (GPtrArray) all = store->outbox_due (store->self, sink->id, TRUCE_TIME_MAX, TRUCE_WAITING_SCAN_MAX);
    for (guint j = 0; j < all->len; j++) {
      const TruceOutboxEntry *entry = g_ptr_array_index (all, j);
      if (strcmp (entry->alert, stored->alert->id) != 0)
        continue;
      json_t *record = json_object ();
      truce_json_set_text (record, "sink", sink->id);
      if (entry->next_try > now)
        truce_json_set_time (record, "until", entry->next_try);
      truce_json_set_text (record, "reason", waiting_reason (engine, sink, entry, stored));
      json_array_append_new (array, record);
    }
  }
  return array;
}

/* Until when it is silenced, where that is why no sink has got it; NONE when it is not, or no longer. */
static TruceTime
silence_of (TruceEngine *engine, const TruceAlert *alert)
{
  const TruceMilestone *milestone =
      alert->silenced && alert->milestone ? truce_config_find_milestone (engine->config, alert->milestone) : NULL;

  return milestone && milestone->silenced > alert->raised ? milestone->silenced : TRUCE_TIME_NONE;
}

json_t *
truce_view_why (TruceEngine *engine, const char *alert, GError **error)
{
  TruceStoredAlert *stored = truce_engine_find_alert (engine, alert, error);
  json_t *record;

  if (!stored)
    return NULL;
  g_autofree char *rule = rule_of (engine, stored->alert);
  g_autofree char *decision = decision_of (stored->alert);
  record = json_object ();
  truce_json_set_steal (record, "alert", stored_to_json (engine, stored, truce_engine_now (engine)));
  truce_json_set_text (record, "rule", rule);
  truce_json_set_strv (record, "matched", (const char *const *) stored->alert->matched);
  truce_json_set_steal (record, "evidence", json_incref (json_object_get (json_object_get (record, "alert"), "items")));
  truce_json_set_text (record, "decision", decision);
  truce_json_set_steal (record, "deliveries", deliveries_to_json (engine, stored->alert->id));
  truce_json_set_steal (record, "waiting", waiting_to_json (engine, stored, truce_engine_now (engine)));
  truce_json_set_time (record, "silenced", silence_of (engine, stored->alert));
  truce_stored_alert_free (stored);
  return record;
}
