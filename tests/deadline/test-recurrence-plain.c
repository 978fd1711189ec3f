/* SPDX-License-Identifier: MIT */
/* Rules made at random against the plainest reading of RFC 5545 that there is: every day of some years is asked, one by
 * one, whether the rule takes it. It shares nothing with the expander but the calendar's arithmetic. */
#include <string.h>

#include "deadline/recurrence.h"
#include "random-rule.h"

#define N_RULES 2500
#define YEARS 6

typedef struct {
  int year, month, day, weekday, year_day, month_days, year_days;
} Plain;

static Plain
plain_of (gint64 number)
{
  Plain plain;
  gint64 weekday = (number - 4) % 7; /* 1970-01-05 was a Monday */

  truce_date_from_days (number, &plain.year, &plain.month, &plain.day);
  plain.weekday = (int) (weekday < 0 ? weekday + 7 : weekday);
  plain.year_day = (int) (number - truce_days_from_date (plain.year, 1, 1)) + 1;
  plain.year_days = plain.year % 4 == 0 && (plain.year % 100 != 0 || plain.year % 400 == 0) ? 366 : 365;
  plain.month_days = plain.month == 2 ? plain.year_days - 337
                     : (plain.month == 4 || plain.month == 6 || plain.month == 9 || plain.month == 11) ? 30
                                                                                                       : 31;
  return plain;
}

static gint64
week_start (const RandomRule *rule, gint64 day)
{
  while (plain_of (day).weekday != rule->week_start)
    day--;
  return day;
}

/* The week belongs to the year that has its fourth day. */
static Plain
week_middle (const RandomRule *rule, gint64 day)
{
  return plain_of (week_start (rule, day) + 3);
}

static int
weeks_of_year (const RandomRule *rule, int year)
{
  gint64 last = truce_days_from_date (year, 12, 31);

  while (week_middle (rule, last).year != year)
    last--;
  return (week_middle (rule, last).year_day - 1) / 7 + 1;
}

static gboolean
among (const int *values, int n_values, int number, int n_all)
{
  for (int i = 0; i < n_values; i++)
    if (values[i] == number || (values[i] < 0 && n_all + 1 + values[i] == number))
      return TRUE;
  return FALSE;
}

/* Counts how many such weekdays there are before it in its month or year, and how many after. */
static gboolean
is_nth (gint64 day, int ordinal, gboolean in_year)
{
  Plain plain = plain_of (day);
  int before = 1, after = 1;

  for (gint64 other = day - 7;
       plain_of (other).year == plain.year && (in_year || plain_of (other).month == plain.month); other -= 7)
    before++;
  for (gint64 other = day + 7;
       plain_of (other).year == plain.year && (in_year || plain_of (other).month == plain.month); other += 7)
    after++;
  return ordinal > 0 ? ordinal == before : -ordinal == after;
}

static gboolean
takes_weekday (const RandomRule *rule, gint64 day)
{
  for (int i = 0; i < rule->n_weekdays; i++)
    if (rule->weekdays[i] == plain_of (day).weekday &&
        (!rule->ordinals[i] || is_nth (day, rule->ordinals[i], rule->frequency == 3 && !rule->n_months)))
      return TRUE;
  return FALSE;
}

/* Does the rule take `day`, intervals and positions aside? */
static gboolean
takes (const RandomRule *rule, gint64 day)
{
  Plain plain = plain_of (day), first = plain_of (rule->first);
  gboolean says_day = rule->n_month_days || rule->n_year_days || rule->n_weekdays;

  if (rule->n_months && !among (rule->months, rule->n_months, plain.month, 12))
    return FALSE;
  if (rule->n_month_days && !among (rule->month_days, rule->n_month_days, plain.day, plain.month_days))
    return FALSE;
  if (rule->n_year_days && !among (rule->year_days, rule->n_year_days, plain.year_day, plain.year_days))
    return FALSE;
  if (rule->n_weekdays && !takes_weekday (rule, day))
    return FALSE;
  if (rule->n_weeks) {
    Plain middle = week_middle (rule, day);
    if (!among (rule->weeks, rule->n_weeks, (middle.year_day - 1) / 7 + 1, weeks_of_year (rule, middle.year)))
      return FALSE;
    return says_day || plain.weekday == first.weekday;
  }
  if (says_day || rule->frequency == 0)
    return TRUE;
  if (rule->frequency == 1)
    return plain.weekday == first.weekday;
  return plain.day == first.day && (rule->frequency == 2 || rule->n_months || plain.month == first.month);
}

/* A number that is the same for all days of a period, and one more for the next. */
static gint64
period_of (const RandomRule *rule, gint64 day)
{
  Plain plain = plain_of (day);

  switch (rule->frequency) {
  case 0:
    return day;
  case 1:
    return week_start (rule, day) / 7 + 10;
  case 2:
    return plain.year * 12 + plain.month;
  default:
    return rule->n_weeks ? week_middle (rule, day).year : plain.year;
  }
}

/* All days of YEARS years from the first on. (element-type gint64) */
static GArray *
plain_days (const RandomRule *rule)
{
  GArray *days = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 origin = period_of (rule, rule->first), day = rule->first - 372, end = rule->first + YEARS * 366 + 372;

  while (day < end) {
    g_autoptr (GArray) set = g_array_new (FALSE, FALSE, sizeof (gint64));
    gint64 period = period_of (rule, day);
    for (; period_of (rule, day) == period; day++)
      if (takes (rule, day))
        g_array_append_val (set, day);
    for (guint i = 0; i < set->len && (period - origin) % rule->interval == 0; i++) {
      gint64 each = g_array_index (set, gint64, i);
      if (each >= rule->first && each < rule->first + YEARS * 366 &&
          (!rule->n_positions || among (rule->positions, rule->n_positions, (int) i + 1, (int) set->len)))
        g_array_append_val (days, each);
    }
  }
  return days;
}

static void
test_plain (void)
{
  guint32 seed = (guint32) g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint n_days = 0, n_empty = 0;

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < N_RULES; i++) {
    RandomRule random;
    gint64 day;
    make_rule (rand, &random);
    g_autoptr (TruceRecurrence) rule = truce_recurrence_parse (random.text, NULL);
    g_autoptr (GArray) wanted = plain_days (&random);
    g_autoptr (GString) context = g_string_new (NULL);
    g_string_append_printf (context, "seed %u: %s from day %" G_GINT64_FORMAT, seed, random.text, random.first);
    g_free (random.text);
    if (!rule && wanted->len == 0)
      continue; /* seen to be empty beforehand */
    if (!rule)
      g_error ("%s is refused, and has dates", context->str);
    n_empty += wanted->len == 0;
    day = random.first - 1;
    for (guint j = 0; j < wanted->len; j++) {
      gint64 each = g_array_index (wanted, gint64, j), before;
      if (!truce_recurrence_next (rule, random.first, day, random.first + YEARS * 366 - 1, &day) || day != each)
        g_error ("%s: number %u is %" G_GINT64_FORMAT ", not %" G_GINT64_FORMAT, context->str, j, day, each);
      if (j > 0 && (!truce_recurrence_previous (rule, random.first, each, &before) ||
                    before != g_array_index (wanted, gint64, j - 1)))
        g_error ("%s: backwards from number %u", context->str, j);
      n_days++;
    }
    if (truce_recurrence_next (rule, random.first, day, random.first + YEARS * 366 - 1, &day))
      g_error ("%s: one more, %" G_GINT64_FORMAT, context->str, day);
  }
  g_test_message ("%u dates of %u rules, %u of them without any", n_days, N_RULES, n_empty);
  g_assert_cmpuint (n_days, >, N_RULES * 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recurrence/plain", test_plain);
  return g_test_run ();
}
