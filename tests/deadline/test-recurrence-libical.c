/* SPDX-License-Identifier: MIT */
/* Rules made at random against libical, which other programs read them with. It does not return from some, so it runs
 * in a process of its own and has a while for each; what it is known to read otherwise is not asked of it. */
#include <glib-unix.h>
#include <libical/ical.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "deadline/recurrence.h"
#include "random-rule.h"

/* The same each time: what libical reads in its own way is not all known. RULE_SEED=N tries other rules. */
#define SEED 5545
#define N_RULES 3000
#define N_DATES 24
#define PATIENCE 3     /* seconds for one rule */
#define LAST_DAY 32000 /* in 2057: both look no further */

/* Weekdays each once and in the order of the week: libical repeats and keeps what it is given. */
static gboolean
weekdays_in_order (const RandomRule *rule)
{
  for (int i = 1; i < rule->n_weekdays; i++)
    if ((rule->weekdays[i] - rule->week_start + 7) % 7 <= (rule->weekdays[i - 1] - rule->week_start + 7) % 7)
      return FALSE;
  return TRUE;
}

/* Is the first date of the weekday that is the first of the week? */
static gboolean
begins_on_weekday (const RandomRule *rule)
{
  return rule->n_weekdays == 0 || rule->weekdays[0] == (rule->first + 3) % 7; /* 1970-01-01 was a Thursday */
}

/* Not asked is what libical 3.0 reads in another way than RFC 5545 has it (which test-recurrence-plain.c has), or not
 * at all: days of months in years take the first date's month only; weeks that skip lose count where months are named
 * or the first date
 * is of another weekday than the first; places are counted in months only, and there in no order; days are counted
 * from a month's end in months and years only; weeks of years begin on Monday and
 * are counted from the first; days of years do not go with months. */
static gboolean
is_asked (const RandomRule *rule)
{
  int n_kinds = (rule->n_month_days > 0) + (rule->n_year_days > 0) + (rule->n_weeks > 0) + (rule->n_weekdays > 0);

  if (!weekdays_in_order (rule) ||
      (rule->frequency == 1 && rule->interval > 1 && (rule->n_months || !begins_on_weekday (rule))))
    return FALSE;
  for (int i = 0; i < rule->n_month_days; i++)
    if (rule->frequency == 0 && rule->month_days[i] < 0)
      return FALSE;
  if (rule->n_positions && (rule->frequency != 2 || rule->n_month_days))
    return FALSE;
  if (rule->frequency == 3 && rule->n_month_days && !rule->n_months)
    return FALSE;
  for (int i = 0; i < rule->n_weeks; i++)
    if (rule->weeks[i] < 0 || rule->weeks[i] > 51)
      return FALSE;
  if (rule->n_weeks)
    return n_kinds == 2 && rule->n_weekdays && !rule->n_months && !rule->n_positions && rule->interval == 1 &&
           rule->week_start == 0;
  return !rule->n_year_days || (n_kinds == 1 && !rule->n_months);
}

/* The dates of one rule on a line of `out`. */
static void
answer (const RandomRule *rule, FILE *out)
{
  struct icalrecurrencetype parsed = icalrecurrencetype_from_string (rule->text);
  int year, month, day, n = 0;

  truce_date_from_days (rule->first, &year, &month, &day);
  struct icaltimetype start = icaltime_null_time ();
  start.year = year;
  start.month = month;
  start.day = day;
  start.hour = 9;
  icalrecur_iterator *iterator = icalrecur_iterator_new (parsed, start);
  for (struct icaltimetype at = iterator ? icalrecur_iterator_next (iterator) : icaltime_null_time ();
       !icaltime_is_null_time (at) && n < N_DATES; at = icalrecur_iterator_next (iterator)) {
    gint64 number = truce_days_from_date (at.year, at.month, at.day);
    if (number > LAST_DAY)
      break;
    fprintf (out, "%" G_GINT64_FORMAT " ", number);
    n++;
  }
  if (iterator)
    icalrecur_iterator_free (iterator);
  fputc ('\n', out);
  fflush (out);
}

/* Answers of a child from the rule number `from` on; ends with the first that takes too long. */
static FILE *
start_child (const GPtrArray *rules, guint from, pid_t *ret_child)
{
  int ends[2];

  g_assert_true (g_unix_open_pipe (ends, 0, NULL));
  fflush (NULL);
  *ret_child = fork ();
  g_assert_cmpint (*ret_child, >=, 0);
  if (*ret_child == 0) {
    close (ends[0]);
    FILE *out = fdopen (ends[1], "w");
    for (guint i = from; i < rules->len; i++) {
      alarm (PATIENCE);
      answer (g_ptr_array_index (rules, i), out);
    }
    _exit (0);
  }
  close (ends[1]);
  return fdopen (ends[0], "r");
}

static char *
our_answer (const RandomRule *random)
{
  g_autoptr (TruceRecurrence) rule = truce_recurrence_parse (random->text, NULL);
  GString *text = g_string_new (NULL);
  gint64 day = random->first - 1;

  for (guint i = 0; rule && i < N_DATES && truce_recurrence_next (rule, random->first, day, LAST_DAY, &day); i++)
    g_string_append_printf (text, "%" G_GINT64_FORMAT " ", day);
  g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}

static void
rule_free (gpointer rule)
{
  g_free (((RandomRule *) rule)->text);
  g_free (rule);
}

static void
test_libical (void)
{
  const char *other = g_getenv ("RULE_SEED");
  guint32 seed = other ? (guint32) g_ascii_strtoull (other, NULL, 10) : SEED;
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func (rule_free);
  guint next = 0, n_hung = 0, n_same = 0;
  char line[N_DATES * 12 + 2];

  g_test_message ("seed %u", seed);
  while (rules->len < N_RULES) {
    RandomRule *rule = g_new (RandomRule, 1);
    make_rule (rand, rule);
    g_autofree char *ours = our_answer (rule);
    /* Those with no or few dates are where libical loses its way. */
    if (is_asked (rule) && strchr (ours, ' '))
      g_ptr_array_add (rules, rule);
    else
      rule_free (rule);
  }
  while (next < rules->len) {
    pid_t child;
    FILE *answers = start_child (rules, next, &child);
    for (; next < rules->len && fgets (line, sizeof line, answers); next++) {
      const RandomRule *rule = g_ptr_array_index (rules, next);
      g_autofree char *ours = our_answer (rule);
      if (strcmp (line, ours) != 0)
        g_error ("seed %u: %s from day %" G_GINT64_FORMAT "\nlibical: %sours:    %s", seed, rule->text, rule->first,
                 line, ours);
      n_same++;
    }
    fclose (answers);
    kill (child, SIGKILL);
    waitpid (child, NULL, 0);
    if (next < rules->len) {
      const RandomRule *rule = g_ptr_array_index (rules, next);
      g_test_message ("libical does not return from %s, day %" G_GINT64_FORMAT, rule->text, rule->first);
      n_hung++;
      next++;
    }
  }
  g_test_message ("%u rules alike, %u given up", n_same, n_hung);
  g_assert_cmpuint (n_hung, <, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recurrence/libical", test_libical);
  return g_test_run ();
}
