/* SPDX-License-Identifier: MIT */
/* When to stop repeating that a date has passed. */
#include "engine/engine_private.h"

/* Does `alert` say that the date under `revision` of `milestone` has come or has passed? */
static gboolean
says_it_has_come (const TruceAlert *alert, const TruceMilestone *milestone, guint revision)
{
  if (!alert->has_due || alert->revision != revision || g_strcmp0 (alert->milestone, milestone->id) != 0)
    return FALSE;
  return alert->kind == TRUCE_ALERT_DUE || alert->kind == TRUCE_ALERT_PASSED ||
         (alert->kind == TRUCE_ALERT_LEAD && alert->lead && *alert->lead == '+');
}

gboolean
truce_nagging_holds (TruceEngine *engine, const TruceMilestone *milestone, guint revision, TruceTime now)
{
  TruceAlertFilter filter = { .since = TRUCE_TIME_MIN, .milestone = milestone->id };
  g_autoptr (GPtrArray) alerts = NULL;
  gboolean put_off = FALSE;
  TruceSpan span;
  guint current;

  truce_deadlines_current (engine, milestone, now, &current, &span);
  filter.since = span.earliest;
  truce_span_clear (&span);
  alerts = engine->ports.store.alerts (engine->ports.store.self, &filter);
  for (guint i = 0; i < alerts->len; i++) {
    const TruceStoredAlert *stored = g_ptr_array_index (alerts, i);
    if (!says_it_has_come (stored->alert, milestone, revision))
      continue;
    if (stored->acknowledged != TRUCE_TIME_NONE) {
      truce_schedule_end_nags (engine->schedule, milestone->id);
      return TRUE;
    }
    put_off = put_off || (stored->snoozed != TRUCE_TIME_NONE && stored->snoozed > now);
  }
  return put_off;
}
