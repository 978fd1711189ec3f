/* SPDX-License-Identifier: MIT */
/* random-rule.h: rules made at random, for comparing the expander with others that know nothing of it. */
#pragma once

#include <glib.h>

#define RULE_VALUES_MAX 3

/* A rule's parts as they were chosen; a count of 0 means that the part is not there. */
typedef struct {
  int frequency; /* 0 daily .. 3 yearly */
  int interval;
  int week_start; /* 0 Monday */
  int months[RULE_VALUES_MAX], n_months;
  int month_days[RULE_VALUES_MAX], n_month_days;
  int year_days[RULE_VALUES_MAX], n_year_days;
  int weeks[RULE_VALUES_MAX], n_weeks;
  int weekdays[RULE_VALUES_MAX], ordinals[RULE_VALUES_MAX], n_weekdays; /* ordinal 0: none */
  int positions[RULE_VALUES_MAX], n_positions;
  gint64 first;
  char *text;
} RandomRule;

static inline int
pick (GRand *rand, int from, int to)
{
  return g_rand_int_range (rand, from, to + 1);
}

/* How many values a part has: mostly none. */
static inline int
pick_count (GRand *rand, int percent)
{
  return pick (rand, 1, 100) <= percent ? pick (rand, 1, RULE_VALUES_MAX) : 0;
}

static inline int
pick_signed (GRand *rand, int most)
{
  int value = pick (rand, 1, most);

  return pick (rand, 0, 3) == 0 ? -value : value;
}

static inline void
append_values (GString *text, const char *name, const int *values, int n_values)
{
  for (int i = 0; i < n_values; i++)
    g_string_append_printf (text, "%s%d", i == 0 ? name : ",", values[i]);
}

static inline void
write_rule (RandomRule *rule)
{
  static const char *const frequencies[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" };
  static const char *const weekdays[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "FREQ=%s;INTERVAL=%d;WKST=%s", frequencies[rule->frequency], rule->interval,
                          weekdays[rule->week_start]);
  append_values (text, ";BYMONTH=", rule->months, rule->n_months);
  append_values (text, ";BYMONTHDAY=", rule->month_days, rule->n_month_days);
  append_values (text, ";BYYEARDAY=", rule->year_days, rule->n_year_days);
  append_values (text, ";BYWEEKNO=", rule->weeks, rule->n_weeks);
  for (int i = 0; i < rule->n_weekdays; i++) {
    g_string_append (text, i == 0 ? ";BYDAY=" : ",");
    if (rule->ordinals[i])
      g_string_append_printf (text, "%d", rule->ordinals[i]);
    g_string_append (text, weekdays[rule->weekdays[i]]);
  }
  append_values (text, ";BYSETPOS=", rule->positions, rule->n_positions);
  rule->text = g_string_free (text, FALSE);
}

/* Of the parts that go together. */
static inline void
make_rule (GRand *rand, RandomRule *rule)
{
  *rule = (RandomRule){ .frequency = pick (rand, 0, 3), .interval = pick (rand, 0, 2) ? 1 : pick (rand, 2, 5) };
  gboolean yearly = rule->frequency == 3, by_part;

  rule->week_start = pick (rand, 0, 2) ? 0 : pick (rand, 0, 6);
  rule->n_months = pick_count (rand, 30);
  rule->n_month_days = rule->frequency == 1 ? 0 : pick_count (rand, 30);
  rule->n_year_days = yearly ? pick_count (rand, 15) : 0;
  rule->n_weeks = yearly ? pick_count (rand, 15) : 0;
  rule->n_weekdays = pick_count (rand, 45);
  for (int i = 0; i < RULE_VALUES_MAX; i++) {
    rule->months[i] = pick (rand, 1, 12);
    rule->month_days[i] = pick_signed (rand, 31);
    rule->year_days[i] = pick_signed (rand, 366);
    rule->weeks[i] = pick_signed (rand, 53);
    rule->weekdays[i] = pick (rand, 0, 6);
    if (rule->frequency >= 2 && !rule->n_weeks && pick (rand, 0, 1))
      rule->ordinals[i] = pick_signed (rand, yearly && !rule->n_months ? 53 : 5);
    rule->positions[i] = pick_signed (rand, pick (rand, 0, 1) ? 3 : 20);
  }
  by_part = rule->n_months || rule->n_month_days || rule->n_year_days || rule->n_weeks || rule->n_weekdays;
  rule->n_positions = by_part ? pick_count (rand, 20) : 0;
  rule->first = pick (rand, 7000, 26000); /* 1989 to 2041 */
  write_rule (rule);
}
