/* SPDX-License-Identifier: MIT */
/* An alert that is told later than it was raised: put off by somebody, or its sink was dead. It must not say what is no
 * longer so. */
#include "engine/moves_private.h"

/* Why an alert about the date of `milestone` under `revision` has nothing to say any more, or NULL. */
static const char *
staleness (const TruceAlert *alert, const TruceMilestone *milestone, guint revision, TruceTime now)
{
  if (!milestone)
    return "not told again: its milestone is no longer configured";
  if (now >= milestone->met.at)
    return "not told again: its milestone was met";
  if (now >= milestone->cancelled.at)
    return "not told again: its milestone was cancelled";
  if (alert->revision != revision)
    return "not told again: its date has moved";
  return NULL;
}

TruceAlert *
truce_returning_alert (TruceEngine *engine, TruceAlert *alert, gboolean put_off, TruceTime now, const char **ret_why)
{
  const TruceMilestone *milestone;
  TruceSpan span = TRUCE_SPAN_INIT;
  TruceAlert *told = NULL;
  guint revision = 0;

  if (!truce_alert_counts_time (alert) || !alert->milestone)
    return truce_alert_ref (alert);
  milestone = truce_config_find_milestone (engine->config, alert->milestone);
  if (milestone)
    truce_deadlines_current (engine, milestone, now, &revision, &span);
  *ret_why = staleness (alert, milestone, revision, now);
  if (*ret_why) {
    /* Who never heard of it is owed it as it was; who asked to hear it again is not. */
    told = put_off ? NULL : truce_alert_ref (alert);
  } else {
    g_autofree char *contested = truce_moves_contest (engine, milestone, now);
    const TruceDue due = { milestone, revision, &span, contested };
    told = truce_alert_renewed (alert, &due, now);
  }
  truce_span_clear (&span);
  return told;
}

char *
truce_returning_name (const TruceStoredAlert *stored)
{
  TruceTime again = stored->alert->confirmed;

  if (again == TRUCE_TIME_NONE || (stored->snoozed_at != TRUCE_TIME_NONE && stored->snoozed_at > again))
    again = stored->snoozed_at;
  if (again == TRUCE_TIME_NONE)
    return g_strdup (stored->alert->id);
  return g_strdup_printf ("%s-%" G_GINT64_FORMAT, stored->alert->id, again / TRUCE_SECOND);
}
