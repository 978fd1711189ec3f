/* SPDX-License-Identifier: MIT */
/* Repetitions: when they fall, and that no cut of the time loses or doubles one. */
#include <string.h>

#include "deadline/nag.h"
#include "deadline/schedule.h"
#include "random_milestone.h"

static TruceTime
at (const char *text)
{
  TruceTime time;

  g_assert_true (truce_time_from_text (text, &time));
  return time;
}

static TruceMilestone *
nagging_milestone (const char *nag)
{
  TruceMilestone *milestone = truce_milestone_new ("a");

  g_assert_true (truce_lead_parse (nag, &milestone->nag));
  milestone->nag.after = milestone->has_nag = TRUE;
  return milestone;
}

static void
set_instant (TruceSpan *span, const char *zone, TruceTime instant)
{
  span->zone = truce_zone_new (zone, NULL);
  span->precision = TRUCE_PRECISION_INSTANT;
  span->earliest = span->latest = instant;
}

static void
test_instants (void)
{
  static const struct {
    const char *nag, *due, *after, *expected;
    guint number;
  } table[] = {
    { "1d", "2025-08-12T04:01:00Z", "2025-08-12T04:01:00Z", "2025-08-13T13:00:00Z", 1 },
    { "1d", "2025-08-12T04:01:00Z", "2025-08-13T12:59:59Z", "2025-08-13T13:00:00Z", 1 },
    { "1d", "2025-08-12T04:01:00Z", "2025-08-13T13:00:00Z", "2025-08-14T13:00:00Z", 2 },
    { "1d", "2025-08-12T04:01:00Z", "2026-08-12T04:01:00Z", "2026-08-12T13:00:00Z", 365 },
    /* 09:00 on either side of the night of 2 November */
    { "1d", "2025-11-01T16:00:00Z", "2025-11-01T16:00:00Z", "2025-11-02T14:00:00Z", 1 },
    { "12h", "2025-08-12T04:01:00Z", "2025-08-13T04:00:00Z", "2025-08-13T04:01:00Z", 2 },
    /* the 31st and a month, twice: not the 28th and a month */
    { "1mo", "2025-01-31T17:00:00Z", "2025-02-28T14:00:00Z", "2025-03-31T13:00:00Z", 2 },
    { "1m", "2025-08-12T04:01:00Z", "2025-09-12T04:01:00Z", "2025-09-12T04:02:00Z", 31 * 1440 + 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (TruceMilestone) milestone = nagging_milestone (table[i].nag);
    char text[TRUCE_TIME_TEXT_SIZE];
    TruceSpan span = TRUCE_SPAN_INIT;
    guint number = 0;
    set_instant (&span, "America/New_York", at (table[i].due));
    TruceTime next = truce_nag_next (milestone, &span, at (table[i].after), &number);
    g_assert_cmpstr (truce_time_to_text (next, text), ==, table[i].expected);
    g_assert_cmpuint (number, ==, table[i].number);
    truce_span_clear (&span);
  }
}

/* However the time is cut, every repetition is found once and in order. */
static void
test_any_cut_finds_each_once (void)
{
  static const char *const nags[] = { "1d", "12h", "1w", "1mo", "7h", "1d12h", "1mo1d" };
  static const char *const zones[] = { "America/New_York", "America/Santiago", "Pacific/Apia", "UTC" };

  for (int round = 0; round < 2000; round++) {
    g_autoptr (TruceMilestone) milestone = nagging_milestone (nags[g_test_rand_int_range (0, G_N_ELEMENTS (nags))]);
    g_autoptr (GArray) whole = g_array_new (FALSE, FALSE, sizeof (TruceFiring));
    g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (TruceFiring));
    TruceTime start = at ("2011-06-01T00:00:00Z") + g_test_rand_int_range (0, 86400 * 365) * TRUCE_SECOND;
    TruceTime from = start - TRUCE_DAY, end = start + 200 * TRUCE_DAY;
    TruceSpan span = TRUCE_SPAN_INIT;
    milestone->remind_at = g_test_rand_int_range (0, 24 * 60);
    set_instant (&span, zones[g_test_rand_int_range (0, G_N_ELEMENTS (zones))], start);
    truce_nag_firings (milestone, 0, &span, from, end, whole);
    while (from < end) {
      TruceTime upto = from + g_test_rand_int_range (1, 86400 * 30) * TRUCE_SECOND;
      upto = MIN (upto, end);
      truce_nag_firings (milestone, 0, &span, from, upto, parts);
      from = upto;
    }
    g_assert_cmpuint (whole->len, >, 2);
    g_assert_cmpuint (parts->len, ==, whole->len);
    for (guint i = 0; i < whole->len; i++) {
      const TruceFiring *one = &g_array_index (whole, TruceFiring, i), *other = &g_array_index (parts, TruceFiring, i);
      g_assert_cmpint (one->at, ==, other->at);
      g_assert_cmpstr (one->key, ==, other->key);
      g_assert_true (i == 0 || one->at > g_array_index (whole, TruceFiring, i - 1).at);
      g_assert_cmpint (one->at, >, start);
    }
    truce_span_clear (&span);
  }
}

/* A minute's nag after years of absence is neither millions of firings nor none. */
static void
test_a_long_absence (void)
{
  g_autoptr (TruceMilestone) milestone = nagging_milestone ("1m");
  g_autoptr (GArray) firings = g_array_new (FALSE, FALSE, sizeof (TruceFiring));
  g_autoptr (TruceSchedule) schedule = truce_schedule_new ();
  TruceTime due = at ("2020-01-01T00:00:00Z"), now = at ("2025-01-01T00:00:30Z");
  TruceSpan span = TRUCE_SPAN_INIT;

  set_instant (&span, "UTC", due);
  truce_schedule_put (schedule, milestone, 0, &span, due);
  g_assert_cmpint (truce_schedule_next (schedule), ==, due + TRUCE_MINUTE);
  truce_schedule_take (schedule, now, firings);
  g_assert_cmpuint (firings->len, ==, TRUCE_NAGS_TAKEN_MAX);
  const TruceFiring *last = &g_array_index (firings, TruceFiring, firings->len - 1);
  g_assert_cmpint (last->at, ==, at ("2025-01-01T00:00:00Z"));
  g_assert_cmpint (truce_schedule_next (schedule), ==, at ("2025-01-01T00:01:00Z"));
  truce_schedule_end_nags (schedule, "a");
  g_assert_cmpint (truce_schedule_next (schedule), ==, TRUCE_TIME_NONE);
  truce_span_clear (&span);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nag/instants", test_instants);
  g_test_add_func ("/nag/any-cut", test_any_cut_finds_each_once);
  g_test_add_func ("/nag/long-absence", test_a_long_absence);
  return g_test_run ();
}
