/* SPDX-License-Identifier: MIT */
#include "deadline/lead.h"

#include <string.h>

#include "deadline/names.h"

/* A lead longer than this is a mistake; below it no sum can overflow. */
#define LEAD_YEARS_MAX 1000
#define LEAD_DIGITS_MAX 9 /* 999,999,999 s are 31 years */

/* Adds one number and its unit. FALSE for a unit that there is not. */
static gboolean
add_part (TruceLead *lead, gint64 number, const char *unit, gsize length)
{
  static const struct {
    const char *unit;
    int months, days, seconds;
  } units[] = {
    { "y", TRUCE_MONTHS_A_YEAR, 0, 0 },
    { "mo", 1, 0, 0 },
    { "w", 0, TRUCE_DAYS_A_WEEK, 0 },
    { "d", 0, 1, 0 },
    { "h", 0, 0, 3600 },
    { "m", 0, 0, 60 },
    { "s", 0, 0, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++) {
    if (strlen (units[i].unit) != length || strncmp (units[i].unit, unit, length) != 0)
      continue;
    gint64 months = lead->months + number * units[i].months, days = lead->days + number * units[i].days;
    gint64 seconds = lead->seconds + number * units[i].seconds;
    if (months > LEAD_YEARS_MAX * TRUCE_MONTHS_A_YEAR || days > LEAD_YEARS_MAX * 366 ||
        seconds > (gint64) LEAD_YEARS_MAX * 366 * TRUCE_SECONDS_A_DAY)
      return FALSE;
    lead->months = (int) months;
    lead->days = (int) days;
    lead->seconds = seconds;
    return TRUE;
  }
  return FALSE;
}

gboolean
truce_lead_parse (const char *text, TruceLead *ret_lead)
{
  TruceLead lead = { 0 };
  const char *p = text;

  if (*p == '+') {
    lead.after = TRUE;
    p++;
  }
  if (strcmp (p, "0") == 0 && !lead.after) {
    *ret_lead = lead;
    return TRUE;
  }
  if (!*p)
    return FALSE;
  while (*p) {
    gint64 number = 0;
    const char *digits = p;
    for (; g_ascii_isdigit (*p) && p - digits < LEAD_DIGITS_MAX; p++)
      number = number * 10 + *p - '0';
    const char *unit = p;
    while (g_ascii_isalpha (*p))
      p++;
    if (unit == digits || !add_part (&lead, number, unit, (gsize) (p - unit)))
      return FALSE;
  }
  /* "+0" would be neither at the date nor after it. */
  if (lead.after && truce_lead_is_at (&lead))
    return FALSE;
  *ret_lead = lead;
  return TRUE;
}

gboolean
truce_lead_is_at (const TruceLead *lead)
{
  return lead->months == 0 && lead->days == 0 && lead->seconds == 0;
}

const char *
truce_lead_to_text (const TruceLead *lead, char buffer[TRUCE_LEAD_TEXT_SIZE])
{
  const struct {
    gint64 number;
    const char *unit;
  } parts[] = {
    { lead->months / TRUCE_MONTHS_A_YEAR, "y" },
    { lead->months % TRUCE_MONTHS_A_YEAR, "mo" },
    { lead->days, "d" },
    { lead->seconds / 3600, "h" },
    { lead->seconds / 60 % 60, "m" },
    { lead->seconds % 60, "s" },
  };
  gsize used;

  g_strlcpy (buffer, truce_lead_is_at (lead) ? "0" : lead->after ? "+" : "", TRUCE_LEAD_TEXT_SIZE);
  used = strlen (buffer);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].number)
      used += (gsize) g_snprintf (buffer + used, TRUCE_LEAD_TEXT_SIZE - used, "%" G_GINT64_FORMAT "%s", parts[i].number,
                                  parts[i].unit);
  return buffer;
}

/* The civil part, at `remind_at` of the day that it leads to. */
static TruceTime
civil_instant (const TruceLead *lead, const TruceSpan *span, int remind_at)
{
  TruceTime from = lead->after ? span->latest : span->earliest;
  int sign = lead->after ? 1 : -1;

  /* `latest` is the first instant after the span: its last day is the one before. */
  if (lead->after && span->latest > span->earliest)
    from--;
  gint64 day = truce_zone_day_of (span->zone, from);
  if (lead->months) {
    TruceCivil civil;
    truce_date_from_days (day, &civil.year, &civil.month, &civil.day);
    truce_civil_add (&civil, sign * lead->months, 0);
    day = truce_days_from_date (civil.year, civil.month, civil.day);
  }
  return truce_zone_time_on (span->zone, day + sign * (gint64) lead->days, remind_at * 60);
}

static TruceTime
exact_instant (const TruceLead *lead, const TruceSpan *span)
{
  TruceTime from = lead->after ? span->latest : span->earliest;
  int sign = lead->after ? 1 : -1;

  if (lead->months || lead->days) {
    TruceCivil civil;
    truce_zone_to_civil (span->zone, from, &civil);
    truce_civil_add (&civil, sign * lead->months, sign * (gint64) lead->days);
    /* A civil time has whole seconds: what the instant has beyond them is kept. */
    TruceTime fraction = from % TRUCE_SECOND;
    if (fraction < 0)
      fraction += TRUCE_SECOND;
    from = truce_zone_to_time (span->zone, &civil, NULL) + fraction;
  }
  return from + sign * lead->seconds * TRUCE_SECOND;
}

TruceTime
truce_lead_instant (const TruceLead *lead, const TruceSpan *span, int remind_at)
{
  if (truce_lead_is_at (lead))
    return span->earliest;
  return lead->seconds ? exact_instant (lead, span) : civil_instant (lead, span, remind_at);
}
