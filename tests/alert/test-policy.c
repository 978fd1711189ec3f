/* SPDX-License-Identifier: MIT */
/* Quiet hours against the clock on the wall, and what a digest says. */
#include <string.h>

#include "alert/policy.h"

static TruceTime
at (const char *text)
{
  TruceTime time;

  g_assert_true (truce_time_from_text (text, &time));
  return time;
}

static void
test_quiet_ends (void)
{
  static const struct {
    int from, to;
    const char *zone, *at, *expected; /* "" not quiet */
  } table[] = {
    { 22 * 60, 7 * 60, "UTC", "2025-08-12T21:59:59Z", "" },
    { 22 * 60, 7 * 60, "UTC", "2025-08-12T22:00:00Z", "2025-08-13T07:00:00Z" },
    { 22 * 60, 7 * 60, "UTC", "2025-08-13T06:59:59.999999Z", "2025-08-13T07:00:00Z" },
    { 22 * 60, 7 * 60, "UTC", "2025-08-13T07:00:00Z", "" },
    { 12 * 60, 13 * 60 + 30, "UTC", "2025-08-12T12:10:10Z", "2025-08-12T13:30:00Z" },
    { 12 * 60, 13 * 60 + 30, "UTC", "2025-08-12T13:30:00Z", "" },
    { 22 * 60, 7 * 60, "America/New_York", "2025-08-13T02:00:00Z", "2025-08-13T11:00:00Z" },
    /* the nights in which the clock is changed: 8 and 10 hours of quiet */
    { 22 * 60, 7 * 60, "America/New_York", "2026-03-08T03:00:00Z", "2026-03-08T11:00:00Z" },
    { 22 * 60, 7 * 60, "America/New_York", "2025-11-02T02:00:00Z", "2025-11-02T12:00:00Z" },
    /* an end that does not exist, and one that comes twice */
    { 22 * 60, 2 * 60 + 30, "America/New_York", "2026-03-08T06:00:00Z", "2026-03-08T07:00:00Z" },
    { 22 * 60, 90, "America/New_York", "2025-11-02T05:10:00Z", "2025-11-02T05:30:00Z" },
    { 22 * 60, 90, "America/New_York", "2025-11-02T06:10:00Z", "" },
    /* a midnight that does not exist */
    { 20 * 60, 0, "America/Santiago", "2025-09-07T03:00:00Z", "2025-09-07T04:00:00Z" },
    { 0, 6 * 60, "America/Santiago", "2025-09-07T04:00:00Z", "2025-09-07T09:00:00Z" },
    /* an end that does not exist, nor anything until the next night begins; and a day that does not */
    { 40, 22, "Africa/Casablanca", "2011-04-02T22:00:00Z", "2011-04-03T23:22:00Z" },
    { 50, 22, "Africa/Casablanca", "2011-04-02T22:00:00Z", "2011-04-03T23:22:00Z" },
    { 60, 22, "Africa/Casablanca", "2011-04-02T22:00:00Z", "2011-04-03T23:22:00Z" },
    { 61, 22, "Africa/Casablanca", "2011-04-02T22:00:00Z", "2011-04-03T00:00:00Z" },
    { 12 * 60, 10 * 60, "Pacific/Apia", "2011-12-30T00:00:00Z", "2011-12-30T20:00:00Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    const TruceQuiet quiet = { TRUE, table[i].from, table[i].to };
    g_autoptr (TruceZone) zone = truce_zone_new (table[i].zone, NULL);
    char text[TRUCE_TIME_TEXT_SIZE];
    g_assert_cmpstr (truce_time_to_text (truce_quiet_end (&quiet, zone, at (table[i].at)), text), ==,
                     table[i].expected);
  }
}

/* The end is the first minute that is not quiet, in any zone, on any night. */
static void
test_the_end_is_the_first_minute_that_is_not_quiet (void)
{
  static const char *const zones[] = { "America/New_York",    "America/Santiago", "Asia/Beirut",
                                       "Australia/Lord_Howe", "Pacific/Apia",     "UTC",
                                       "Asia/Seoul",          "Africa/Casablanca" };

  for (int round = 0; round < 3000; round++) {
    g_autoptr (TruceZone) zone = truce_zone_new (zones[g_test_rand_int_range (0, G_N_ELEMENTS (zones))], NULL);
    TruceQuiet quiet = { TRUE, g_test_rand_int_range (0, 1440), g_test_rand_int_range (0, 1440) };
    TruceTime now = at ("2011-01-01T00:00:00Z") + g_test_rand_int_range (0, 8 * 365 * 1440) * TRUCE_MINUTE;
    TruceTime end, minute;
    if (quiet.from == quiet.to)
      continue;
    end = truce_quiet_end (&quiet, zone, now);
    if (end == TRUCE_TIME_NONE)
      continue;
    g_assert_cmpint (end, >, now);
    g_assert_cmpint (end - now, <=, 49 * TRUCE_HOUR); /* a day that a zone skipped, and its night */
    for (minute = now; minute < end; minute += TRUCE_MINUTE) {
      TruceTime inner = truce_quiet_end (&quiet, zone, minute);
      g_assert_true (inner == end || inner == TRUCE_TIME_NONE); /* NONE: within an hour that comes again */
    }
    g_assert_cmpint (truce_quiet_end (&quiet, zone, end), ==, TRUCE_TIME_NONE);
  }
}

static void
test_what_passes (void)
{
  const char *const cause[] = { "a", NULL };

  for (int urgency = 0; urgency < TRUCE_N_URGENCIES; urgency++) {
    g_autoptr (TruceAlert) alert = truce_alert_new (TRUCE_ALERT_NEWS, cause, 0);
    alert->urgency = (TruceUrgency) urgency;
    g_assert_cmpint (truce_quiet_passes (alert), ==, urgency == TRUCE_URGENCY_CRITICAL);
  }
  g_autoptr (TruceAlert) test = truce_alert_for_test (0);
  g_assert_true (truce_quiet_passes (test));
}

/* --- digests --- */

static GPtrArray *
headlines (guint count, const char *milestone)
{
  GPtrArray *alerts = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_alert_unref);

  for (guint i = 0; i < count; i++) {
    g_autofree char *number = g_strdup_printf ("%u", i);
    const char *const cause[] = { number, NULL };
    TruceAlert *alert = truce_alert_new (TRUCE_ALERT_NEWS, cause, i);
    alert->title = g_strdup_printf ("Headline %u", i);
    alert->body = g_strdup ("");
    alert->milestone = g_strdup (milestone);
    g_ptr_array_add (alerts, alert);
  }
  return alerts;
}

static void
test_a_digest_counts_and_names (void)
{
  g_autoptr (GPtrArray) alerts = headlines (14, "truce");
  g_autoptr (TruceAlert) digest = truce_alert_for_digest (alerts, TRUCE_DIGEST_BUDGET, "Tariff truce ends", NULL, 99);

  g_assert_cmpstr (digest->title, ==, "14 more headlines about Tariff truce ends");
  g_assert_true (g_str_has_prefix (digest->body, "Headline 0\nHeadline 1\n"));
  g_assert_true (
      g_str_has_suffix (digest->body, "Headline 9\nand 4 more\nAll of them: trucectl news --milestone truce"));
  g_assert_cmpstr (digest->milestone, ==, "truce");
  g_assert_cmpuint (digest->alerts->len, ==, 14);
  g_assert_cmpuint (digest->count, ==, 14);
  g_assert_false (digest->late);

  g_autoptr (json_t) record = truce_alert_to_json (digest);
  g_autoptr (TruceAlert) back = truce_alert_from_json (record);
  g_autoptr (json_t) again = truce_alert_to_json (back);
  g_assert_true (json_equal (record, again));
}

static void
test_a_digest_of_very_many (void)
{
  g_autoptr (GPtrArray) alerts = headlines (3000, NULL);
  TruceAlert *urgent = g_ptr_array_index (alerts, 2999);

  urgent->urgency = TRUCE_URGENCY_CRITICAL;
  g_autoptr (TruceAlert) digest = truce_alert_for_digest (alerts, TRUCE_DIGEST_QUIET, NULL, NULL, 99);
  g_assert_cmpuint (digest->alerts->len, ==, TRUCE_DIGEST_NAMED_MAX);
  g_assert_cmpuint (digest->count, ==, 3000);
  g_assert_cmpint (digest->urgency, ==, TRUCE_URGENCY_CRITICAL);
  g_assert_true (g_str_has_prefix (digest->body, "Headline 2999\n")); /* the most urgent first */
  g_assert_nonnull (strstr (digest->body, "\nand 2990 more\n"));
  g_assert_cmpstr (digest->title, ==, "3000 headlines from the quiet hours");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quiet/ends", test_quiet_ends);
  g_test_add_func ("/quiet/first-minute", test_the_end_is_the_first_minute_that_is_not_quiet);
  g_test_add_func ("/quiet/passes", test_what_passes);
  g_test_add_func ("/digest/counts", test_a_digest_counts_and_names);
  g_test_add_func ("/digest/very-many", test_a_digest_of_very_many);
  return g_test_run ();
}
