/* SPDX-License-Identifier: MIT */
/* What parts of a rule may stand together, and whether the days that it names exist. */
#include "deadline/recurrence_private.h"

#define MONTH_WEEKS 5  /* a weekday comes five times in a month at most */
#define LEAP_YEAR 2000 /* whose months have all the days that they can have */

static gboolean
has (guint parts, RecurrencePart part)
{
  return (parts >> part & 1) != 0;
}

/* Why its parts do not go together, or NULL. */
static const char *
conflict_of (const TruceRecurrence *recurrence, guint parts)
{
  RecurrenceFrequency frequency = recurrence->frequency;
  guint others = 1U << RECURRENCE_BYDAY | 1U << RECURRENCE_BYMONTH | 1U << RECURRENCE_BYMONTHDAY |
                 1U << RECURRENCE_BYYEARDAY | 1U << RECURRENCE_BYWEEKNO;

  if (!has (parts, RECURRENCE_FREQ))
    return "FREQ is missing: how often, such as FREQ=MONTHLY";
  if (has (parts, RECURRENCE_COUNT) && has (parts, RECURRENCE_UNTIL))
    return "COUNT and UNTIL both say how it ends: one of them is enough";
  if (has (parts, RECURRENCE_BYWEEKNO) && frequency != RECURRENCE_YEARLY)
    return "BYWEEKNO goes with FREQ=YEARLY only";
  if (has (parts, RECURRENCE_BYYEARDAY) && frequency != RECURRENCE_YEARLY)
    return "BYYEARDAY goes with FREQ=YEARLY only";
  if (has (parts, RECURRENCE_BYMONTHDAY) && frequency == RECURRENCE_WEEKLY)
    return "BYMONTHDAY does not go with FREQ=WEEKLY";
  if (recurrence->any_nth && frequency != RECURRENCE_MONTHLY && frequency != RECURRENCE_YEARLY)
    return "BYDAY with a number, such as 1FR, goes with FREQ=MONTHLY and FREQ=YEARLY only";
  if (recurrence->any_nth && has (parts, RECURRENCE_BYWEEKNO))
    return "BYDAY with a number, such as 1FR, does not go with BYWEEKNO";
  if (has (parts, RECURRENCE_BYSETPOS) && !(parts & others))
    return "BYSETPOS picks among the days of another BY part, and there is none";
  return NULL;
}

/* Is there a month that has one of the days named? */
static gboolean
month_days_exist (const TruceRecurrence *recurrence)
{
  if (!recurrence->month_days.any)
    return TRUE;
  for (int month = 1; month <= RECURRENCE_MONTHS; month++) {
    if (recurrence->months && !(recurrence->months >> month & 1))
      continue;
    for (int day = 1; day <= truce_civil_days_in_month (LEAP_YEAR, month); day++)
      if (recurrence_set_has (&recurrence->month_days.forward, day) ||
          recurrence_set_has (&recurrence->month_days.backward, day))
        return TRUE;
  }
  return FALSE;
}

/* Is there an ordinal that a month can have, where months are what it counts in? */
static gboolean
ordinals_exist (const TruceRecurrence *recurrence)
{
  gboolean in_months = recurrence->frequency == RECURRENCE_MONTHLY || recurrence->months;

  if (!recurrence->any_nth || !in_months || recurrence->weekdays)
    return TRUE;
  for (int i = 0; i < RECURRENCE_WEEK_DAYS; i++)
    for (int ordinal = 1; ordinal <= MONTH_WEEKS; ordinal++)
      if (recurrence_set_has (&recurrence->nth[i].forward, ordinal) ||
          recurrence_set_has (&recurrence->nth[i].backward, ordinal))
        return TRUE;
  return FALSE;
}

gboolean
recurrence_check (const TruceRecurrence *recurrence, guint parts, GError **error)
{
  const char *conflict = conflict_of (recurrence, parts);

  if (conflict)
    g_set_error_literal (error, TRUCE_RECURRENCE_ERROR, TRUCE_RECURRENCE_ERROR_SYNTAX, conflict);
  else if (!month_days_exist (recurrence))
    g_set_error_literal (error, TRUCE_RECURRENCE_ERROR, TRUCE_RECURRENCE_ERROR_NEVER,
                         "it never happens: no such month has such a day");
  else if (!ordinals_exist (recurrence))
    g_set_error_literal (error, TRUCE_RECURRENCE_ERROR, TRUCE_RECURRENCE_ERROR_NEVER,
                         "it never happens: a weekday comes five times in a month at most");
  else
    return TRUE;
  return FALSE;
}
