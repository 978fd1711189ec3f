/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "engine/ports.h"

static gboolean
mentions (const TruceAlert *alert, const char *milestone)
{
  g_autofree char *also = g_strconcat ("milestone:", milestone, NULL);

  return (alert->milestone && truce_milestone_id_is_of (alert->milestone, milestone)) ||
         (alert->also && g_strv_contains ((const char *const *) alert->also, also));
}

gboolean
truce_alert_filter_takes (const TruceAlertFilter *filter, const TruceStoredAlert *stored)
{
  const TruceAlert *alert = stored->alert;

  return alert->raised >= filter->since && (!filter->unacknowledged || stored->acknowledged == TRUCE_TIME_NONE) &&
         (!filter->answered || stored->acknowledged != TRUCE_TIME_NONE || stored->snoozed != TRUCE_TIME_NONE) &&
         (!filter->kind || strcmp (truce_alert_kind_to_text (alert->kind), filter->kind) == 0) &&
         (!filter->milestone || mentions (alert, filter->milestone));
}
