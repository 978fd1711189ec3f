/* SPDX-License-Identifier: MIT */
/* When to stop repeating that a date has passed. */
#include <string.h>

#include "engine/engine_private.h"

/* Is `alert` about the date `span` of `milestone`, under `revision`? Or about the same date by the name that it had
 * before the milestone began to repeat, or while it did, when it had numbers of its own? */
static gboolean
is_about (const TruceAlert *alert, const TruceMilestone *milestone, guint revision, const TruceSpan *span)
{
  if (!alert->has_due || !alert->milestone)
    return FALSE;
  if (strcmp (alert->milestone, milestone->id) == 0)
    return alert->revision == revision;
  if (milestone->series_id ? strcmp (alert->milestone, milestone->series_id) != 0
                           : !truce_milestone_id_is_of (alert->milestone, milestone->id))
    return FALSE;
  return alert->due == span->earliest && (alert->due_latest == span->latest || span->latest == span->earliest);
}

/* Does `alert` say that its date has come or has passed? */
static gboolean
says_it_has_come (const TruceAlert *alert)
{
  return alert->kind == TRUCE_ALERT_DUE || alert->kind == TRUCE_ALERT_PASSED ||
         (alert->kind == TRUCE_ALERT_LEAD && alert->lead && *alert->lead == '+');
}

gboolean
truce_nagging_holds (TruceEngine *engine, const TruceMilestone *milestone, guint revision, TruceTime now)
{
  TruceAlertFilter filter = { .milestone = milestone->series_id ? milestone->series_id : milestone->id };
  g_autoptr (GPtrArray) alerts = NULL;
  gboolean acknowledged = FALSE, put_off = FALSE;
  TruceSpan span;
  guint current;

  truce_deadlines_current (engine, milestone, now, &current, &span);
  filter.since = span.earliest;
  alerts = engine->ports.store.alerts (engine->ports.store.self, &filter);
  for (guint i = 0; i < alerts->len; i++) {
    const TruceStoredAlert *stored = g_ptr_array_index (alerts, i);
    if (!says_it_has_come (stored->alert) || !is_about (stored->alert, milestone, revision, &span))
      continue;
    acknowledged = acknowledged || stored->acknowledged != TRUCE_TIME_NONE;
    put_off = put_off || (stored->snoozed != TRUCE_TIME_NONE && stored->snoozed > now);
  }
  truce_span_clear (&span);
  if (acknowledged)
    truce_schedule_end_nags (engine->schedule, milestone->id);
  return acknowledged || put_off;
}
