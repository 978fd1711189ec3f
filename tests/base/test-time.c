/* SPDX-License-Identifier: MIT */
#include <glib.h>
#include <time.h>

#include "base/time.h"

static void
test_text_table (void)
{
  static const struct {
    const char *text;
    const char *canonical; /* NULL: refused */
  } table[] = {
    { "2025-08-12T00:01:00-04:00", "2025-08-12T04:01:00Z" },
    { "2025-08-12T04:01Z", "2025-08-12T04:01:00Z" },
    { "2025-08-12 04:01:00z", "2025-08-12T04:01:00Z" },
    { "2025-08-12T04:01:00.5Z", "2025-08-12T04:01:00.500000Z" },
    { "2025-08-12T04:01:00.1234567Z", "2025-08-12T04:01:00.123456Z" },
    { "1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z" },
    { "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z" },
    { "9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z" },
    { "2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z" },
    { "2024-02-29T12:00:00+0900", "2024-02-29T03:00:00Z" },
    { "2025-02-29T12:00:00Z", NULL },
    { "2025-08-12", NULL },
    { "2025-08-12T24:00:00Z", NULL },
    { "2025-08-12T04:01:00", NULL },
    { "2025-13-12T04:01:00Z", NULL },
    { "2025-08-12T04:01:00Zx", NULL },
    { "2025-08-12T04:01:00.Z", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    TruceTime at = 42;
    char buffer[TRUCE_TIME_TEXT_SIZE];
    gboolean read = truce_time_from_text (table[i].text, &at);
    g_test_message ("%s", table[i].text);
    g_assert_cmpint (read, ==, table[i].canonical != NULL);
    if (read)
      g_assert_cmpstr (truce_time_to_text (at, buffer), ==, table[i].canonical);
    else
      g_assert_cmpint (at, ==, 42);
  }
}

/* Against the C library, which counts days its own way. */
static void
test_days_property (void)
{
  for (gint64 days = -719162; days < 2932896; days += 13) {
    time_t seconds = (time_t) days * 86400;
    struct tm tm;
    int year, month, day;
    g_assert_nonnull (gmtime_r (&seconds, &tm));
    truce_date_from_days (days, &year, &month, &day);
    g_assert_cmpint (year, ==, tm.tm_year + 1900);
    g_assert_cmpint (month, ==, tm.tm_mon + 1);
    g_assert_cmpint (day, ==, tm.tm_mday);
    g_assert_cmpint (truce_days_from_date (year, month, day), ==, days);
  }
}

static void
test_round_trip_property (void)
{
  for (int i = 0; i < 100000; i++) {
    TruceTime at = (TruceTime) ((guint64) g_test_rand_int () << 32 | (guint32) g_test_rand_int ());
    at = TRUCE_TIME_MIN + ABS (at) % (TRUCE_TIME_MAX - TRUCE_TIME_MIN);
    TruceTime back;
    char buffer[TRUCE_TIME_TEXT_SIZE];
    g_assert_true (truce_time_from_text (truce_time_to_text (at, buffer), &back));
    g_assert_cmpint (back, ==, at);
  }
}

static void
test_no_text (void)
{
  char buffer[TRUCE_TIME_TEXT_SIZE];

  g_assert_cmpstr (truce_time_to_text (TRUCE_TIME_NONE, buffer), ==, "");
  g_assert_cmpstr (truce_time_to_text (TRUCE_TIME_MAX, buffer), ==, "9999-12-31T23:59:59.999999Z");
}

static void
test_words (void)
{
  static const struct {
    TruceTime length;
    const char *words;
  } table[] = {
    { 0, "less than a minute" },         { 59 * TRUCE_SECOND, "less than a minute" },
    { TRUCE_MINUTE, "1 minute" },        { 90 * TRUCE_SECOND, "1 minute" },
    { 59 * TRUCE_MINUTE, "59 minutes" }, { TRUCE_HOUR, "1 hour" },
    { 90 * TRUCE_MINUTE, "90 minutes" }, { TRUCE_DAY, "1 day" },
    { 36 * TRUCE_HOUR, "36 hours" },     { 2 * TRUCE_DAY + TRUCE_HOUR, "2 days" },
    { -90 * TRUCE_DAY, "90 days" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *words = truce_duration_to_words (table[i].length);
    g_assert_cmpstr (words, ==, table[i].words);
  }
}

static void
test_durations (void)
{
  static const struct {
    const char *text;
    TruceTime length; /* -1: refused */
  } table[] = {
    { "90s", 90 * TRUCE_SECOND },
    { "15m", 15 * TRUCE_MINUTE },
    { "1h", TRUCE_HOUR },
    { "7d", 7 * TRUCE_DAY },
    { "2w", 14 * TRUCE_DAY },
    { "1d12h", 36 * TRUCE_HOUR },
    { "", -1 },
    { "7", -1 },
    { "d", -1 },
    { "-1d", -1 },
    { "1x", -1 },
    { "1d 2h", -1 },
    { "99999999999999999d", -1 },
    { "9223372036854775807s1s", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    TruceTime length = -1;
    g_test_message ("%s", table[i].text);
    g_assert_cmpint (truce_duration_from_text (table[i].text, &length), ==, table[i].length >= 0);
    g_assert_cmpint (length, ==, table[i].length);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time/text", test_text_table);
  g_test_add_func ("/time/days", test_days_property);
  g_test_add_func ("/time/round-trip", test_round_trip_property);
  g_test_add_func ("/time/none", test_no_text);
  g_test_add_func ("/time/words", test_words);
  g_test_add_func ("/time/durations", test_durations);
  return g_test_run ();
}
