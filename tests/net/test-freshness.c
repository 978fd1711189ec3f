/* SPDX-License-Identifier: MIT */
#include "worker/net/freshness.h"

#define DATE "Tue, 05 Aug 2025 12:00:00 GMT"
#define LATER "Tue, 05 Aug 2025 12:10:00 GMT"
#define EARLIER "Tue, 05 Aug 2025 11:00:00 GMT"
#define FAR "Thu, 05 Aug 2055 12:00:00 GMT"
#define TWO_DAYS 172800

static void
test_freshness_left (void)
{
  static const struct {
    const char *cache_control, *age, *expires, *date;
    gint64 seconds;
  } cases[] = {
    { NULL, NULL, NULL, NULL, 0 },
    { "max-age=600", NULL, NULL, NULL, 600 },
    { "public, Max-Age=600 , must-revalidate", "100", NULL, NULL, 500 },
    { "max-age=\"600\"", NULL, NULL, NULL, 600 },
    { "max-age = 600", NULL, NULL, NULL, 600 },
    { "max-age=600", "700", NULL, NULL, 0 },
    { "max-age=600", "soon", NULL, NULL, 600 },
    { "max-age=0", NULL, LATER, DATE, 0 },
    { "max-age=-5", NULL, LATER, DATE, 600 }, /* no max-age, so the date counts */
    { "max-age=", NULL, LATER, DATE, 600 },
    { "max-agenda=5", NULL, NULL, NULL, 0 },
    { "s-maxage=900", NULL, NULL, NULL, 0 }, /* for shared caches */
    { "max-age=600, no-cache", NULL, LATER, DATE, 0 },
    { "no-store", NULL, LATER, DATE, 0 },
    { "private", NULL, LATER, DATE, 600 },
    { "max-age=504911232", NULL, NULL, NULL, TWO_DAYS }, /* sixteen years */
    { "max-age=99999999999999999999999", "1", NULL, NULL, TWO_DAYS - 1 },
    { NULL, NULL, LATER, DATE, 600 },
    { NULL, NULL, LATER, NULL, 0 }, /* compared with no clock of ours */
    { NULL, NULL, EARLIER, DATE, 0 },
    { NULL, NULL, FAR, DATE, TWO_DAYS },
    { NULL, NULL, "0", DATE, 0 },
    { NULL, NULL, "-1", DATE, 0 },
    { NULL, NULL, "", DATE, 0 },
    { NULL, NULL, "Tuesday, 05-Aug-25 12:10:00 GMT", DATE, 600 },
    { NULL, NULL, "Tue Aug  5 12:10:00 2025", DATE, 600 },
    { "", "", "", "", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("case %zu: %s", i, cases[i].cache_control ? cases[i].cache_control : cases[i].expires);
    g_assert_cmpint (truce_freshness_left (cases[i].cache_control, cases[i].age, cases[i].expires, cases[i].date), ==,
                     cases[i].seconds * TRUCE_SECOND);
  }
}

static void
test_retry_after (void)
{
  static const struct {
    const char *retry_after, *date;
    gint64 seconds;
  } cases[] = {
    { NULL, DATE, 0 },
    { "0", DATE, 0 },
    { "7", NULL, 7 },
    { " 120 ", NULL, 120 },
    { LATER, DATE, 600 },
    { LATER, NULL, 0 },
    { EARLIER, DATE, 0 },
    { FAR, DATE, TWO_DAYS },
    { "1000000", NULL, TWO_DAYS },
    { "-7", DATE, 0 },
    { "soon", DATE, 0 },
    { "", DATE, 0 },
    { "18446744073709551617", NULL, TWO_DAYS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("case %zu: %s", i, cases[i].retry_after);
    g_assert_cmpint (truce_freshness_retry_after (cases[i].retry_after, cases[i].date), ==,
                     cases[i].seconds * TRUCE_SECOND);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/net/freshness/left", test_freshness_left);
  g_test_add_func ("/net/freshness/retry-after", test_retry_after);
  return g_test_run ();
}
