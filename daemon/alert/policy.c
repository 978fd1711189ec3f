/* SPDX-License-Identifier: MIT */
#include "alert/policy.h"

TruceTime
truce_quiet_end (const TruceQuiet *quiet, const TruceZone *zone, TruceTime at)
{
  TruceCivil civil;
  int minute;
  gboolean over_midnight = quiet->to <= quiet->from;
  TruceTime end;

  if (!quiet->set)
    return TRUCE_TIME_NONE;
  truce_zone_to_civil (zone, at, &civil);
  minute = civil.hour * 60 + civil.minute;
  if (over_midnight ? minute < quiet->from && minute >= quiet->to : minute < quiet->from || minute >= quiet->to)
    return TRUCE_TIME_NONE;
  if (over_midnight && minute >= quiet->from)
    truce_civil_add (&civil, 0, 1);
  civil.hour = quiet->to / 60;
  civil.minute = quiet->to % 60;
  civil.second = 0;
  end = truce_zone_to_time (zone, &civil, NULL);
  return end > at ? end : TRUCE_TIME_NONE; /* an hour that comes again is not quiet again */
}

TruceTime
truce_daily_after (int minutes, const TruceZone *zone, TruceTime at)
{
  TruceCivil civil;
  TruceTime time;

  truce_zone_to_civil (zone, at, &civil);
  civil.hour = minutes / 60;
  civil.minute = minutes % 60;
  civil.second = 0;
  while ((time = truce_zone_to_time (zone, &civil, NULL)) <= at)
    truce_civil_add (&civil, 0, 1);
  return time;
}

gboolean
truce_quiet_passes (const TruceAlert *alert)
{
  return alert->urgency == TRUCE_URGENCY_CRITICAL || alert->kind == TRUCE_ALERT_TEST;
}
