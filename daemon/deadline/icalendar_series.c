/* SPDX-License-Identifier: MIT */
/* What repeats, in a calendar: its first date in its own zone, which goes with it, the rule, and what is left out. */
#include <string.h>

#include "deadline/icalendar.h"
#include "deadline/restate.h"

#define ZONE_YEARS 20       /* whose changes of the clock are written down: calendars are exported again before */
#define OFFSET_TEXT_SIZE 32 /* "+0530", and what a compiler fears of two numbers */
#define CIVIL_TEXT_SIZE 80  /* "20260605T083000", likewise of six */

/* Its name as a parameter may have it: "+08:00" without the colon. NULL for UTC, which needs none. (transfer full) */
static char *
tzid_of (const TruceZone *zone)
{
  g_auto (GStrv) parts = g_strsplit (truce_zone_name (zone), ":", -1);

  return strcmp (truce_zone_name (zone), "UTC") == 0 ? NULL : g_strjoinv ("", parts);
}

/* `suffix` is "Z" for what is in UTC. */
static void
add_civil (GString *calendar, const char *name, const TruceCivil *civil, const char *suffix)
{
  char text[CIVIL_TEXT_SIZE];

  g_snprintf (text, sizeof text, "%04d%02d%02dT%02d%02d%02d%s", civil->year, civil->month, civil->day, civil->hour,
              civil->minute, civil->second, suffix);
  truce_icalendar_line (calendar, name, text);
}

static void
add_local (GString *calendar, const char *name, const TruceZone *zone, const TruceCivil *civil)
{
  g_autofree char *tzid = tzid_of (zone), *full = tzid ? g_strdup_printf ("%s;TZID=%s", name, tzid) : g_strdup (name);

  add_civil (calendar, full, civil, tzid ? "" : "Z");
}

static void
add_day (GString *calendar, const char *name, gint64 day)
{
  g_autofree char *full = g_strconcat (name, ";VALUE=DATE", NULL);
  char text[CIVIL_TEXT_SIZE];
  int year, month, of_month;

  truce_date_from_days (day, &year, &month, &of_month);
  g_snprintf (text, sizeof text, "%04d%02d%02d", year, month, of_month);
  truce_icalendar_line (calendar, full, text);
}

/* --- the zone --- */

static void
add_offset (GString *calendar, const char *name, int seconds)
{
  char text[OFFSET_TEXT_SIZE];

  g_snprintf (text, sizeof text, "%c%02d%02d", seconds < 0 ? '-' : '+', ABS (seconds) / 3600, ABS (seconds) / 60 % 60);
  truce_icalendar_line (calendar, name, text);
}

/* From `at` on the clock is `to` seconds east of UTC, and was `from` before. */
static void
add_observance (GString *calendar, const TruceZone *zone, TruceTime at, int from)
{
  g_autoptr (TruceZone) utc = truce_zone_new ("UTC", NULL);
  const char *name, *abbreviation;
  TruceCivil civil;
  int to = truce_zone_offset_at (zone, at, &abbreviation);

  name = to > from ? "DAYLIGHT" : "STANDARD";
  truce_zone_to_civil (utc, at + from * TRUCE_SECOND, &civil);
  truce_icalendar_line (calendar, "BEGIN", name);
  add_civil (calendar, "DTSTART", &civil, "");
  add_offset (calendar, "TZOFFSETFROM", from);
  add_offset (calendar, "TZOFFSETTO", to);
  truce_icalendar_line (calendar, "TZNAME", abbreviation);
  truce_icalendar_line (calendar, "END", name);
}

/* The moment within (from, upto] at which the clock is changed. */
static TruceTime
change_within (const TruceZone *zone, TruceTime from, TruceTime upto)
{
  int before = truce_zone_offset_at (zone, from, NULL);

  while (upto - from > TRUCE_SECOND) {
    TruceTime middle = from + (upto - from) / 2;
    if (truce_zone_offset_at (zone, middle, NULL) == before)
      from = middle;
    else
      upto = middle;
  }
  return upto - upto % TRUCE_SECOND;
}

static void
add_zone (GString *calendar, const TruceZone *zone, TruceTime from)
{
  g_autofree char *tzid = tzid_of (zone), *known = g_strdup_printf ("\r\nTZID:%s\r\n", tzid ? tzid : "");
  TruceTime begins = MAX (from - from % TRUCE_SECOND - 366 * TRUCE_DAY, TRUCE_TIME_MIN + TRUCE_DAY);
  TruceTime ends = MIN (from + ZONE_YEARS * 366 * TRUCE_DAY, TRUCE_TIME_MAX - TRUCE_DAY);
  int offset = truce_zone_offset_at (zone, begins, NULL);

  if (!tzid || strstr (calendar->str, known))
    return;
  truce_icalendar_line (calendar, "BEGIN", "VTIMEZONE");
  truce_icalendar_line (calendar, "TZID", tzid);
  add_observance (calendar, zone, begins, offset);
  for (TruceTime at = begins; at < ends; at += TRUCE_DAY) {
    if (truce_zone_offset_at (zone, at + TRUCE_DAY, NULL) == offset)
      continue;
    TruceTime change = change_within (zone, at, at + TRUCE_DAY);
    add_observance (calendar, zone, change, offset);
    offset = truce_zone_offset_at (zone, change, NULL);
  }
  truce_icalendar_line (calendar, "END", "VTIMEZONE");
}

void
truce_icalendar_series_zone (GString *calendar, const TruceSeries *series)
{
  const TruceSpan *first = truce_series_first (series);

  if (first->latest == first->earliest)
    add_zone (calendar, first->zone, first->earliest);
}

/* --- the dates --- */

/* The occurrences among the days that are left out, each by itself: a calendar knows no other way. */
static void
add_exceptions (GString *calendar, const TruceSeries *series)
{
  const TruceSpan *first = truce_series_first (series);
  gboolean at_a_time = first->latest == first->earliest;
  g_autoptr (TruceSeries) whole = truce_series_new (truce_series_rule (series), first, NULL);
  gint64 from, end, day;

  for (guint i = 0; whole && truce_series_left_out (series, i, &from, &end); i++)
    for (day = from - 1; truce_series_next (whole, day, &day) && day < end;) {
      TruceCivil civil;
      truce_zone_to_civil (first->zone, first->earliest, &civil);
      truce_date_from_days (day, &civil.year, &civil.month, &civil.day);
      if (at_a_time)
        add_local (calendar, "EXDATE", first->zone, &civil);
      else
        add_day (calendar, "EXDATE", day);
    }
}

void
truce_icalendar_series_moved (GString *calendar, const TruceSeries *series, gint64 day)
{
  const TruceSpan *first = truce_series_first (series);
  TruceCivil civil;

  if (first->latest > first->earliest) {
    add_day (calendar, "RECURRENCE-ID", day);
    return;
  }
  truce_zone_to_civil (first->zone, first->earliest, &civil);
  truce_date_from_days (day, &civil.year, &civil.month, &civil.day);
  add_local (calendar, "RECURRENCE-ID", first->zone, &civil);
}

void
truce_icalendar_series_dates (GString *calendar, const TruceSeries *series)
{
  const TruceSpan *first = truce_series_first (series);
  gint64 day, end;
  TruceCivil civil;

  if (first->latest > first->earliest && truce_span_days (first, &day, &end)) {
    add_day (calendar, "DTSTART", day);
    add_day (calendar, "DTEND", end);
  } else {
    truce_zone_to_civil (first->zone, first->earliest, &civil);
    add_local (calendar, "DTSTART", first->zone, &civil);
  }
  truce_icalendar_line (calendar, "RRULE", truce_series_rule (series));
  add_exceptions (calendar, series);
}
