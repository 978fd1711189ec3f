/* SPDX-License-Identifier: MIT */
/* From rules to the days of a year. A rule's holiday of one year may be observed in another (New Year's Day on a
 * Saturday is observed in December), so that a civil year takes the rules of its neighbours too. */
#include "deadline/calendar_private.h"
#include "deadline/zone.h"

#define SHIFT_MAX 14 /* days that an observance looks for a free one */

/* By the method printed anonymously in Nature of 1876. */
gint64
truce_easter_of (int year)
{
  int a = year % 19, b = year / 100, c = year % 100;
  int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  int m = (a + 11 * h + 22 * l) / 451;
  int n = h + l - 7 * m + 114;

  return truce_days_from_date (year, n / 31, n % 31 + 1);
}

gboolean
calendar_is_weekend (const TruceCalendar *calendar, gint64 day)
{
  return (calendar->weekend >> truce_weekday_of (day)) & 1;
}

/* The day of a weekday rule in `year`; FALSE when the month has no fifth one. */
static gboolean
weekday_in (const CalendarRule *rule, int year, gint64 *ret_day)
{
  gint64 first = truce_days_from_date (year, rule->month, 1);
  gint64 last = first + truce_civil_days_in_month (year, rule->month) - 1;
  gint64 day;

  if (rule->ordinal == CALENDAR_LAST)
    day = last - (truce_weekday_of (last) - rule->weekday + TRUCE_DAYS_A_WEEK) % TRUCE_DAYS_A_WEEK;
  else
    day = first + (rule->weekday - truce_weekday_of (first) + TRUCE_DAYS_A_WEEK) % TRUCE_DAYS_A_WEEK +
          (gint64) (rule->ordinal - 1) * TRUCE_DAYS_A_WEEK;
  *ret_day = day;
  return day <= last;
}

static void
add_holiday (GArray *holidays, gint64 day, const char *name, gboolean works)
{
  const CalendarHoliday holiday = { day, name, works };

  g_array_append_val (holidays, holiday);
}

/* The days of `rule` in `year`, without regard to weekends. */
static void
add_days (const CalendarRule *rule, int year, GArray *holidays)
{
  gint64 first = truce_days_from_date (year, 1, 1), end = truce_days_from_date (year + 1, 1, 1), day;

  switch (rule->kind) {
  case CALENDAR_FIXED:
    if (rule->day <= truce_civil_days_in_month (year, rule->month))
      add_holiday (holidays, truce_days_from_date (year, rule->month, rule->day), rule->name, rule->works);
    break;
  case CALENDAR_WEEKDAY:
    if (weekday_in (rule, year, &day))
      add_holiday (holidays, day, rule->name, rule->works);
    break;
  case CALENDAR_EASTER:
    add_holiday (holidays, truce_easter_of (year) + rule->offset, rule->name, rule->works);
    break;
  case CALENDAR_DATED:
    for (day = MAX (rule->first, first); day <= rule->last && day < end; day++)
      add_holiday (holidays, day, rule->name, rule->works);
    break;
  }
}

static gboolean
has_day (const GArray *holidays, gint64 day)
{
  for (guint i = 0; i < holidays->len; i++)
    if (g_array_index (holidays, CalendarHoliday, i).day == day)
      return TRUE;
  return FALSE;
}

/* The day on which what falls on the weekend day `day` is observed; FALSE when there is none near. */
static gboolean
observed_on (const TruceCalendar *calendar, CalendarObservance observance, const GArray *holidays, gint64 day,
             gint64 *ret_day)
{
  if (observance == CALENDAR_NEAREST && !calendar_is_weekend (calendar, day - 1)) {
    *ret_day = day - 1;
    return TRUE;
  }
  for (gint64 at = day + 1; at <= day + SHIFT_MAX; at++)
    if (!calendar_is_weekend (calendar, at) && (observance == CALENDAR_NEAREST || !has_day (holidays, at))) {
      *ret_day = at;
      return TRUE;
    }
  return FALSE;
}

/* All days of the rules of `year`, those observed in another year among them. */
static void
add_year (const TruceCalendar *calendar, int year, GArray *all)
{
  g_autoptr (GArray) holidays = g_array_new (FALSE, FALSE, sizeof (CalendarHoliday));

  for (guint i = 0; i < calendar->rules->len; i++) {
    const CalendarRule *rule = &g_array_index (calendar->rules, CalendarRule, i);
    if (year >= rule->since && year <= rule->until)
      add_days (rule, year, holidays);
  }
  /* Substitutes come last, in the order of the file: each must avoid every holiday and the substitutes before it. */
  for (guint i = 0; i < calendar->rules->len; i++) {
    const CalendarRule *rule = &g_array_index (calendar->rules, CalendarRule, i);
    g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (CalendarHoliday));
    if (rule->observance == CALENDAR_ON_THE_DAY || year < rule->since || year > rule->until)
      continue;
    add_days (rule, year, own);
    for (guint j = 0; j < own->len; j++) {
      gint64 day = g_array_index (own, CalendarHoliday, j).day;
      if (calendar_is_weekend (calendar, day) && observed_on (calendar, rule->observance, holidays, day, &day))
        add_holiday (holidays, day, rule->observed_name, FALSE);
    }
  }
  g_array_append_vals (all, holidays->data, holidays->len);
}

static int
compare_holidays (gconstpointer a, gconstpointer b)
{
  const CalendarHoliday *left = a, *right = b;

  if (left->day != right->day)
    return left->day < right->day ? -1 : 1;
  return right->works - left->works;
}

GArray *
calendar_holidays_of (const TruceCalendar *calendar, int year)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (CalendarHoliday));
  GArray *holidays = g_array_new (FALSE, FALSE, sizeof (CalendarHoliday));
  gint64 first = truce_days_from_date (year, 1, 1), end = truce_days_from_date (year + 1, 1, 1);

  for (int of = MAX (year - 1, 1); of <= year + 1; of++)
    add_year (calendar, of, all);
  g_array_sort (all, compare_holidays);
  for (guint i = 0; i < all->len; i++) {
    const CalendarHoliday *holiday = &g_array_index (all, CalendarHoliday, i);
    gboolean again =
        holidays->len > 0 && g_array_index (holidays, CalendarHoliday, holidays->len - 1).day == holiday->day;
    if (holiday->day >= first && holiday->day < end && !again)
      g_array_append_val (holidays, *holiday);
  }
  return holidays;
}
