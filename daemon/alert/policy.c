/* SPDX-License-Identifier: MIT */
#include "alert/policy.h"

static gboolean
is_over_midnight (const TruceQuiet *quiet)
{
  return quiet->to <= quiet->from;
}

static int
minute_of (const TruceCivil *civil)
{
  return civil->hour * 60 + civil->minute;
}

static gboolean
is_quiet (const TruceQuiet *quiet, int minute)
{
  if (is_over_midnight (quiet))
    return minute >= quiet->from || minute < quiet->to;
  return minute >= quiet->from && minute < quiet->to;
}

TruceTime
truce_quiet_end (const TruceQuiet *quiet, const TruceZone *zone, TruceTime at)
{
  TruceTime end = at;
  TruceCivil civil;

  if (!quiet->set)
    return TRUCE_TIME_NONE;
  truce_zone_to_civil (zone, at, &civil);
  /* More than once where the zone skips all between an end and the next beginning: nobody is awake then. */
  while (is_quiet (quiet, minute_of (&civil))) {
    if (is_over_midnight (quiet) && minute_of (&civil) >= quiet->from)
      truce_civil_add (&civil, 0, 1);
    civil.hour = quiet->to / 60;
    civil.minute = quiet->to % 60;
    civil.second = 0;
    end = truce_zone_to_time (zone, &civil, NULL);
    if (end <= at)
      return TRUCE_TIME_NONE; /* an hour that comes again is not quiet again */
    truce_zone_to_civil (zone, end, &civil);
  }
  return end > at ? end : TRUCE_TIME_NONE;
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
