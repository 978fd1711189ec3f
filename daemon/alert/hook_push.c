/* SPDX-License-Identifier: MIT */
/* ntfy and Alertmanager: what wakes somebody. */
#include "alert/hook_private.h"

#include <string.h>

#include "base/text.h"

#define NTFY_MESSAGE_MAX 4000 /* bytes: beyond 4,096 it becomes a file attached to nothing */
#define NTFY_TITLE_MAX 250
#define NTFY_ACTIONS_MAX 3 /* buttons; more are refused */
#define NTFY_LABEL_MAX 40

/* Long enough to be sent on, and shorter than the interval at which an Alertmanager repeats itself (4 hours): an alert
 * of truced is told once. */
#define ALERTMANAGER_LASTS TRUCE_HOUR
#define ALERTMANAGER_TEXT_MAX 4000

static const int ntfy_priorities[] = {
  [TRUCE_URGENCY_LOW] = 2,
  [TRUCE_URGENCY_NORMAL] = 3,
  [TRUCE_URGENCY_CRITICAL] = 5,
};

/* Buttons for what it rests on, but for the one that opens at a touch. */
static json_t *
ntfy_actions (const TruceAlert *alert)
{
  json_t *actions = json_array ();

  for (guint i = 0; alert->items && i < alert->items->len && json_array_size (actions) < NTFY_ACTIONS_MAX; i++) {
    const TruceAlertItem *item = g_ptr_array_index (alert->items, i);
    if (!truce_hook_link (item->link) || g_strcmp0 (item->link, alert->url) == 0)
      continue;
    g_autofree char *clean = truce_text_clean (item->title, -1), *label = truce_hook_cut (clean, NTFY_LABEL_MAX);
    json_array_append_new (
        actions, json_pack ("{s:s, s:s, s:s}", "action", "view", "label", *label ? label : "Open", "url", item->link));
  }
  return actions;
}

json_t *
truce_hook_ntfy (const TruceAlert *alert, const char *topic)
{
  g_autofree char *title = truce_hook_title (alert), *lines = truce_hook_lines (alert);
  g_autofree char *head = truce_text_cut (title, NTFY_TITLE_MAX), *text = truce_text_cut (lines, NTFY_MESSAGE_MAX);
  json_t *message = json_pack ("{s:s, s:s, s:s, s:i}", "topic", topic, "title", head, "message", *text ? text : head,
                               "priority", ntfy_priorities[alert->urgency]);
  json_t *tags = json_array ();

  if (alert->urgency == TRUCE_URGENCY_CRITICAL)
    json_array_append_new (tags, json_string ("warning"));
  json_array_append_new (tags, json_string (truce_alert_kind_to_text (alert->kind)));
  if (alert->milestone)
    json_array_append_new (tags, json_string (alert->milestone));
  truce_json_set_steal (message, "tags", tags);
  truce_json_set_text (message, "click", truce_hook_link (alert->url));
  truce_json_set_steal (message, "actions", ntfy_actions (alert));
  return message;
}

/* --- Alertmanager --- */

/* "TrucedWindowOpen" */
static char *
alert_name (TruceAlertKind kind)
{
  g_auto (GStrv) words = g_strsplit (truce_alert_kind_to_text (kind), "-", -1);
  GString *name = g_string_new ("Truced");

  for (char **word = words; *word; word++) {
    **word = g_ascii_toupper (**word);
    g_string_append (name, *word);
  }
  return g_string_free (name, FALSE);
}

json_t *
truce_hook_alertmanager (const TruceAlert *alert, TruceTime now)
{
  static const char *const severities[] = { "info", "warning", "critical" };
  g_autofree char *name = alert_name (alert->kind);
  g_autofree char *title = truce_hook_title (alert), *lines = truce_hook_lines (alert);
  g_autofree char *summary = truce_text_cut (title, ALERTMANAGER_TEXT_MAX);
  g_autofree char *description = truce_text_cut (lines, ALERTMANAGER_TEXT_MAX);
  json_t *labels = json_object (), *annotations = json_object (), *record = json_object ();

  /* The labels make it the alert that it is: with the id among them no two are taken for one. */
  truce_json_set_text (labels, "alertname", name);
  truce_json_set_text (labels, "severity", severities[alert->urgency]);
  truce_json_set_text (labels, "kind", truce_alert_kind_to_text (alert->kind));
  truce_json_set_text (labels, "milestone", alert->milestone);
  truce_json_set_text (labels, "watch", alert->watch);
  truce_json_set_text (labels, "feed", alert->feed);
  truce_json_set_text (labels, "id", alert->id);
  truce_json_set_text (annotations, "summary", summary);
  truce_json_set_text (annotations, "description", *description ? description : NULL);
  if (alert->has_due)
    truce_json_set_time (annotations, "due", alert->due);
  truce_json_set_text (annotations, "url", truce_hook_link (alert->url));
  truce_json_set_steal (record, "labels", labels);
  truce_json_set_steal (record, "annotations", annotations);
  truce_json_set_time (record, "startsAt", MIN (alert->raised, now));
  truce_json_set_time (record, "endsAt", now + ALERTMANAGER_LASTS);
  truce_json_set_text (record, "generatorURL", truce_hook_link (alert->url));
  return json_pack ("[o]", record);
}
