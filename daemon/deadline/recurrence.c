/* SPDX-License-Identifier: MIT */
/* The days of a rule. A period of its frequency (a day, a week, a month, a year) is looked at whole: each of its days
 * is asked whether the rule takes it, and BYSETPOS picks among those. So there is nothing to expand that could run
 * away: a period has at most 371 days, and periods are looked at for one turn of the calendar at most. */
#include "deadline/recurrence_private.h"

#define PERIOD_DAYS_MAX 378 /* a year of 53 weeks, and a week to spare */

/* After how many periods the calendar has come round: 400 years are a whole number of each. Whatever the interval, the
 * periods after that many fall on the same days of the calendar again. */
static const gint64 periods_of_a_turn[] = {
  [RECURRENCE_DAILY] = 146097,
  [RECURRENCE_WEEKLY] = 146097 / 7,
  [RECURRENCE_MONTHLY] = 400 * 12,
  [RECURRENCE_YEARLY] = 400,
};

/* A day as the rule looks at it. */
typedef struct {
  gint64 number;
  int year, month, day;
} Day;

/* The rule with what it takes from the first date. */
typedef struct {
  const TruceRecurrence *rule;
  gint64 first;
  guint months;
  guint weekdays;
  int month_day; /* 0: none of its own */
  gint64 origin; /* of the period that has `first`: a day, the start of a week, months or years since the year 0 */
} View;

static Day
day_of (gint64 number)
{
  Day day = { .number = number };

  truce_date_from_days (number, &day.year, &day.month, &day.day);
  return day;
}

static gint64
start_of_week (const View *view, gint64 day)
{
  return day - (recurrence_weekday_of (day) - view->rule->week_start + RECURRENCE_WEEK_DAYS) % RECURRENCE_WEEK_DAYS;
}

/* The start of the first week of `year`: the first that has four of its days. */
static gint64
first_week_of (const View *view, int year)
{
  return start_of_week (view, truce_days_from_date (year, 1, 4));
}

static int
week_year_of (const View *view, gint64 day)
{
  int year = day_of (day).year;

  if (day < first_week_of (view, year))
    return year - 1;
  return day >= first_week_of (view, year + 1) ? year + 1 : year;
}

/* Which period `day` falls into, as `origin`. */
static gint64
period_of (const View *view, gint64 day)
{
  Day date = day_of (day);

  switch (view->rule->frequency) {
  case RECURRENCE_DAILY:
    return day;
  case RECURRENCE_WEEKLY:
    return start_of_week (view, day);
  case RECURRENCE_MONTHLY:
    return (gint64) date.year * RECURRENCE_MONTHS + date.month - 1;
  case RECURRENCE_YEARLY:
    break;
  }
  return view->rule->weeks.any ? week_year_of (view, day) : date.year;
}

/* How far it is from one period to the next, as `origin`. */
static gint64
stride_of (const View *view)
{
  return view->rule->interval * (view->rule->frequency == RECURRENCE_WEEKLY ? RECURRENCE_WEEK_DAYS : 1);
}

/* What a rule does not say is as the first date has it: of YEARLY the month and the day, of MONTHLY the day, of WEEKLY
 * and of weeks the weekday. */
static View
view_of (const TruceRecurrence *rule, gint64 first)
{
  View view = { .rule = rule, .first = first, .months = rule->months, .weekdays = rule->weekdays };
  gboolean has_days = rule->weekdays || rule->any_nth || rule->month_days.any || rule->year_days.any;
  Day day = day_of (first);

  if (!has_days && (rule->frequency == RECURRENCE_WEEKLY || rule->weeks.any))
    view.weekdays = 1U << recurrence_weekday_of (first);
  else if (!has_days && rule->frequency != RECURRENCE_DAILY)
    view.month_day = day.day;
  if (!has_days && !rule->weeks.any && rule->frequency == RECURRENCE_YEARLY && !view.months)
    view.months = 1U << day.month;
  view.origin = period_of (&view, first);
  return view;
}

/* Is its weekday asked for, be it one that is counted in its month or its year? */
static gboolean
takes_weekday (const View *view, const Day *day)
{
  const TruceRecurrence *rule = view->rule;
  int weekday = recurrence_weekday_of (day->number), of = day->day, n_days;

  if (view->weekdays >> weekday & 1)
    return TRUE;
  if (!rule->nth[weekday].any)
    return !view->weekdays && !rule->any_nth;
  if (rule->frequency == RECURRENCE_YEARLY && !rule->months) {
    of = (int) (day->number - truce_days_from_date (day->year, 1, 1)) + 1;
    n_days = (int) (truce_days_from_date (day->year + 1, 1, 1) - truce_days_from_date (day->year, 1, 1));
  } else {
    n_days = truce_civil_days_in_month (day->year, day->month);
  }
  return recurrence_set_has (&rule->nth[weekday].forward, (of - 1) / RECURRENCE_WEEK_DAYS + 1) ||
         recurrence_set_has (&rule->nth[weekday].backward, (n_days - of) / RECURRENCE_WEEK_DAYS + 1);
}

static gboolean
takes_day (const View *view, const Day *day)
{
  const TruceRecurrence *rule = view->rule;

  if (view->months && !(view->months >> day->month & 1))
    return FALSE;
  if (view->month_day && view->month_day != day->day)
    return FALSE;
  if (rule->month_days.any &&
      !recurrence_numbers_have (&rule->month_days, day->day, truce_civil_days_in_month (day->year, day->month)))
    return FALSE;
  if (rule->year_days.any) {
    gint64 new_year = truce_days_from_date (day->year, 1, 1), next = truce_days_from_date (day->year + 1, 1, 1);
    if (!recurrence_numbers_have (&rule->year_days, (int) (day->number - new_year) + 1, (int) (next - new_year)))
      return FALSE;
  }
  return takes_weekday (view, day);
}

/* The days [start, end) of a period. */
static void
bounds_of (const View *view, gint64 period, gint64 *ret_start, gint64 *ret_end)
{
  int year = (int) period;

  switch (view->rule->frequency) {
  case RECURRENCE_DAILY:
    *ret_start = period;
    *ret_end = period + 1;
    return;
  case RECURRENCE_WEEKLY:
    *ret_start = period;
    *ret_end = period + RECURRENCE_WEEK_DAYS;
    return;
  case RECURRENCE_MONTHLY:
    year = (int) (period / RECURRENCE_MONTHS);
    *ret_start = truce_days_from_date (year, (int) (period % RECURRENCE_MONTHS) + 1, 1);
    *ret_end = *ret_start + truce_civil_days_in_month (year, (int) (period % RECURRENCE_MONTHS) + 1);
    return;
  case RECURRENCE_YEARLY:
    break;
  }
  *ret_start = view->rule->weeks.any ? first_week_of (view, year) : truce_days_from_date (year, 1, 1);
  *ret_end = view->rule->weeks.any ? first_week_of (view, year + 1) : truce_days_from_date (year + 1, 1, 1);
}

/* The first day after `day`, of [start, end), that is worth a look: weeks and months that the rule does not name are
 * stepped over whole. */
static gint64
step_over (const View *view, const Day *day, gint64 start, gint64 end)
{
  const TruceRecurrence *rule = view->rule;
  int n_weeks = (int) ((end - start) / RECURRENCE_WEEK_DAYS);
  int week = (int) ((day->number - start) / RECURRENCE_WEEK_DAYS) + 1;

  if (rule->weeks.any && !recurrence_numbers_have (&rule->weeks, week, n_weeks))
    return start + (gint64) week * RECURRENCE_WEEK_DAYS;
  if (view->months && !(view->months >> day->month & 1))
    return day->number + truce_civil_days_in_month (day->year, day->month) - day->day + 1;
  return day->number;
}

/* The days of a period that the rule takes, in order; how many. */
static guint
days_of_period (const View *view, gint64 period, gint64 days[PERIOD_DAYS_MAX])
{
  const RecurrenceNumbers *positions = &view->rule->positions;
  gint64 start, end;
  guint n_days = 0, n_kept = 0;

  bounds_of (view, period, &start, &end);
  for (gint64 number = start; number < end; number++) {
    Day day = day_of (number);
    gint64 worth = step_over (view, &day, start, end);
    if (worth > number)
      number = worth - 1;
    else if (takes_day (view, &day))
      days[n_days++] = number;
  }
  if (!positions->any)
    return n_days;
  for (guint i = 0; i < n_days; i++)
    if (recurrence_numbers_have (positions, (int) i + 1, (int) n_days))
      days[n_kept++] = days[i];
  return n_kept;
}

gboolean
truce_recurrence_next (const TruceRecurrence *recurrence, gint64 first, gint64 after, gint64 last, gint64 *ret_day)
{
  View view = view_of (recurrence, first);
  gint64 stride = stride_of (&view), turn = periods_of_a_turn[recurrence->frequency];
  gint64 from = (period_of (&view, MAX (after + 1, first)) - view.origin) / stride;
  gint64 days[PERIOD_DAYS_MAX], start, end;

  last = MIN (last, TRUCE_RECURRENCE_DAY_MAX);
  for (gint64 k = from; k <= from + turn; k++) {
    gint64 period = view.origin + k * stride;
    bounds_of (&view, period, &start, &end);
    if (start > last)
      return FALSE;
    guint n_days = days_of_period (&view, period, days);
    for (guint i = 0; i < n_days; i++)
      if (days[i] > after && days[i] >= first) {
        *ret_day = days[i];
        return days[i] <= last;
      }
  }
  return FALSE;
}

gboolean
truce_recurrence_previous (const TruceRecurrence *recurrence, gint64 first, gint64 before, gint64 *ret_day)
{
  View view = view_of (recurrence, first);
  gint64 stride = stride_of (&view), turn = periods_of_a_turn[recurrence->frequency], days[PERIOD_DAYS_MAX];

  if (before <= first)
    return FALSE;
  gint64 from = (period_of (&view, MIN (before - 1, TRUCE_RECURRENCE_DAY_MAX)) - view.origin) / stride;
  for (gint64 k = from; k >= 0 && k >= from - turn; k--) {
    guint n_days = days_of_period (&view, view.origin + k * stride, days);
    for (guint i = n_days; i > 0; i--)
      if (days[i - 1] < before && days[i - 1] >= first) {
        *ret_day = days[i - 1];
        return TRUE;
      }
  }
  return FALSE;
}

gboolean
truce_recurrence_makes (const TruceRecurrence *recurrence, gint64 first, gint64 day)
{
  gint64 next;

  return truce_recurrence_next (recurrence, first, day - 1, day, &next) && next == day;
}
