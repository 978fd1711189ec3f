/* SPDX-License-Identifier: MIT */
#include "deadline/calendar.h"

#include "deadline/calendar_private.h"

#define IDLE_MAX 366 /* days off in a row; a calendar with more has no business days to count */
#define SATURDAY 5
#define SUNDAY 6

TruceCalendar *
calendar_new (const char *name)
{
  TruceCalendar *calendar = g_new0 (TruceCalendar, 1);

  g_atomic_ref_count_init (&calendar->references);
  calendar->name = g_strdup (name);
  calendar->weekend = 1u << SATURDAY | 1u << SUNDAY;
  calendar->from = G_MININT;
  calendar->to = G_MAXINT;
  calendar->rules = g_array_new (FALSE, FALSE, sizeof (CalendarRule));
  calendar->years = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  return calendar;
}

void
calendar_take_rule (TruceCalendar *calendar, const CalendarRule *rule)
{
  g_array_append_vals (calendar->rules, rule, 1);
}

TruceCalendar *
truce_calendar_join (TruceCalendar *const *calendars, guint n_calendars)
{
  GString *name = g_string_new (NULL);

  if (n_calendars == 1) {
    g_string_free (name, TRUE);
    return truce_calendar_ref (calendars[0]);
  }
  TruceCalendar *joined = calendar_new ("");
  joined->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_calendar_unref);
  for (guint i = 0; i < n_calendars; i++) {
    g_ptr_array_add (joined->parts, truce_calendar_ref (calendars[i]));
    g_string_append_printf (name, "%s%s", i > 0 ? " " : "", calendars[i]->name);
  }
  g_free (joined->name);
  joined->name = g_string_free (name, FALSE);
  return joined;
}

TruceCalendar *
truce_calendar_ref (TruceCalendar *calendar)
{
  g_atomic_ref_count_inc (&calendar->references);
  return calendar;
}

void
truce_calendar_unref (TruceCalendar *calendar)
{
  if (!calendar || !g_atomic_ref_count_dec (&calendar->references))
    return;
  for (guint i = 0; i < calendar->rules->len; i++) {
    CalendarRule *rule = &g_array_index (calendar->rules, CalendarRule, i);
    g_free (rule->name);
    g_free (rule->observed_name);
  }
  g_array_unref (calendar->rules);
  g_hash_table_unref (calendar->years);
  g_clear_pointer (&calendar->parts, g_ptr_array_unref);
  g_free (calendar->name);
  g_free (calendar);
}

const char *
truce_calendar_name (const TruceCalendar *calendar)
{
  return calendar->name;
}

/* --- days --- */

static const GArray *
year_of (TruceCalendar *calendar, int year)
{
  GArray *holidays = g_hash_table_lookup (calendar->years, GINT_TO_POINTER (year));

  if (!holidays) {
    holidays = calendar_holidays_of (calendar, year);
    g_hash_table_insert (calendar->years, GINT_TO_POINTER (year), holidays);
  }
  return holidays;
}

static const CalendarHoliday *
find_holiday (TruceCalendar *calendar, gint64 day)
{
  int year, month, of_month;

  truce_date_from_days (day, &year, &month, &of_month);
  const GArray *holidays = year_of (calendar, year);
  guint low = 0, high = holidays->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (g_array_index (holidays, CalendarHoliday, middle).day < day)
      low = middle + 1;
    else
      high = middle;
  }
  const CalendarHoliday *found = low < holidays->len ? &g_array_index (holidays, CalendarHoliday, low) : NULL;
  return found && found->day == day ? found : NULL;
}

const char *
truce_calendar_day_off (TruceCalendar *calendar, gint64 day)
{
  for (guint i = 0; calendar->parts && i < calendar->parts->len; i++) {
    const char *off = truce_calendar_day_off (calendar->parts->pdata[i], day);
    if (off)
      return off;
  }
  if (calendar->parts)
    return NULL;
  const CalendarHoliday *holiday = find_holiday (calendar, day);
  if (holiday)
    return holiday->works ? NULL : holiday->name;
  return calendar_is_weekend (calendar, day) ? truce_weekday_names[truce_weekday_of (day)] : NULL;
}

gboolean
truce_calendar_roll (TruceCalendar *calendar, gint64 day, int direction, gint64 *ret_day)
{
  for (int idle = 0; idle <= IDLE_MAX; idle++, day += direction)
    if (!truce_calendar_day_off (calendar, day)) {
      *ret_day = day;
      return TRUE;
    }
  return FALSE;
}

gboolean
truce_calendar_add (TruceCalendar *calendar, gint64 day, gint64 count, gint64 *ret_day)
{
  int direction = count < 0 ? -1 : 1;

  for (gint64 left = ABS (count); left > 0; left--)
    if (!truce_calendar_roll (calendar, day + direction, direction, &day))
      return FALSE;
  *ret_day = day;
  return TRUE;
}

char *
truce_calendar_doubt (const TruceCalendar *calendar, gint64 first, gint64 last)
{
  int from, to, month, day;

  for (guint i = 0; calendar->parts && i < calendar->parts->len; i++) {
    char *doubt = truce_calendar_doubt (calendar->parts->pdata[i], first, last);
    if (doubt)
      return doubt;
  }
  truce_date_from_days (MIN (first, last), &from, &month, &day);
  truce_date_from_days (MAX (first, last), &to, &month, &day);
  if (from >= calendar->from && to <= calendar->to)
    return NULL;
  if (calendar->to == G_MAXINT)
    return g_strdup_printf ("the holidays of %s are known since %d only: the count may be wrong", calendar->name,
                            calendar->from);
  if (calendar->from == calendar->to)
    return g_strdup_printf ("the holidays of %s are known for %d only: the count may be wrong", calendar->name,
                            calendar->from);
  return g_strdup_printf ("the holidays of %s are known for %d to %d only: the count may be wrong", calendar->name,
                          calendar->from, calendar->to);
}
