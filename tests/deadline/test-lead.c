/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "deadline/lead.h"
#include "statement.h"

static void
test_parse (void)
{
  static const struct {
    const char *text, *canonical;
  } cases[] = {
    { "0", "0" },         { "0d", "0" },        { "0h", "0" },
    { "30d", "30d" },     { "030d", "30d" },    { "2w", "14d" },
    { "2w1d", "15d" },    { "1mo", "1mo" },     { "12mo", "1y" },
    { "1y6mo", "1y6mo" }, { "18mo", "1y6mo" },  { "6h", "6h" },
    { "24h", "24h" }, /* exact: not a civil day */
    { "90m", "1h30m" },   { "90s", "1m30s" },   { "1d12h", "1d12h" },
    { "12h1d", "1d12h" }, { "+1d", "+1d" },     { "+2w", "+14d" },
    { "+6h", "+6h" },     { "1000y", "1000y" }, { "+999y11mo999d9999h59m59s", "+999y11mo999d9999h59m59s" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    TruceLead lead, again;
    char text[TRUCE_LEAD_TEXT_SIZE];
    if (!truce_lead_parse (cases[i].text, &lead))
      g_error ("'%s' is refused", cases[i].text);
    g_assert_cmpstr (truce_lead_to_text (&lead, text), ==, cases[i].canonical);
    g_assert_true (truce_lead_parse (text, &again));
    g_assert_true (again.months == lead.months && again.days == lead.days && again.seconds == lead.seconds &&
                   again.after == lead.after);
    g_assert_cmpint (truce_lead_is_at (&lead), ==, strcmp (text, "0") == 0);
  }
}

static void
test_refused (void)
{
  static const char *const cases[] = {
    "",     " ",    "d",  "30",  "-30d", "30 d",   "30d ",   " 30d",  "30D",      "30days",
    "1.5d", "+",    "+0", "+0d", "++1d", "1d+1h",  "30x",    "0x10d", "1001y",    "400000d",
    "d30",  "1d30", "00", "1ｄ", "٣d",   "1d,12h", "1mo-1d", "1bd",   "1000y1mo", "99999999999999999999d",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    TruceLead lead, untouched;
    memset (&untouched, 0x5a, sizeof untouched);
    lead = untouched;
    if (truce_lead_parse (cases[i], &lead))
      g_error ("'%s' is taken", cases[i]);
    g_assert_true (memcmp (&lead, &untouched, sizeof lead) == 0);
  }
}

/* When each lead of each kind of date falls; remind-at is 09:00. */
static void
test_instants (void)
{
  static const struct {
    const char *date, *zone, *lead, *at;
  } cases[] = {
    /* an instant just after midnight: 12 August 00:01 in New York */
    { "2025-08-12 00:01", "America/New_York", "0", "2025-08-12T04:01:00Z" },
    { "2025-08-12 00:01", "America/New_York", "1d", "2025-08-11T13:00:00Z" },
    { "2025-08-12 00:01", "America/New_York", "30d", "2025-07-13T13:00:00Z" },
    { "2025-08-12 00:01", "America/New_York", "2w", "2025-07-29T13:00:00Z" },
    { "2025-08-12 00:01", "America/New_York", "6h", "2025-08-11T22:01:00Z" },
    { "2025-08-12 00:01", "America/New_York", "24h", "2025-08-11T04:01:00Z" },
    { "2025-08-12 00:01", "America/New_York", "1d12h", "2025-08-10T16:01:00Z" },
    { "2025-08-12 00:01", "America/New_York", "90s", "2025-08-12T03:59:30Z" },
    { "2025-08-12 00:01", "America/New_York", "+1d", "2025-08-13T13:00:00Z" },
    { "2025-08-12 00:01", "America/New_York", "+6h", "2025-08-12T10:01:00Z" },
    { "2025-08-12 00:01", "America/New_York", "1y6mo", "2024-02-12T14:00:00Z" },
    { "2025-08-12T04:01:00.5Z", "UTC", "1d12h", "2025-08-10T16:01:00.500000Z" },
    { "1969-08-12T04:01:00.5Z", "UTC", "1d12h", "1969-08-10T16:01:00.500000Z" },
    /* the civil day is the zone's, not UTC's: 22:00 in New York is the next day in UTC */
    { "2025-08-12 22:00", "America/New_York", "1d", "2025-08-11T13:00:00Z" },
    { "2025-08-12 22:00", "America/New_York", "+1d", "2025-08-13T13:00:00Z" },
    /* over a change to summer time, days keep the time of day and hours their length */
    { "2026-03-08 12:00", "America/New_York", "1d", "2026-03-07T14:00:00Z" },
    { "2026-03-08 12:00", "America/New_York", "24h", "2026-03-07T16:00:00Z" },
    { "2026-03-08 12:00", "America/New_York", "1d1h", "2026-03-07T16:00:00Z" },
    { "2026-03-09 02:30", "America/New_York", "1d1s", "2026-03-08T06:59:59Z" }, /* the day before had no 02:30 */
    /* months clamp to the end of shorter ones */
    { "2025-03-31", "UTC", "1mo", "2025-02-28T09:00:00Z" },
    { "2024-03-31", "UTC", "1mo", "2024-02-29T09:00:00Z" },
    { "2024-02-29", "UTC", "1y", "2023-02-28T09:00:00Z" },
    /* a whole day: before its beginning, after itself */
    { "2025-06-19", "America/New_York", "0", "2025-06-19T04:00:00Z" },
    { "2025-06-19", "America/New_York", "1d", "2025-06-18T13:00:00Z" },
    { "2025-06-19", "America/New_York", "6h", "2025-06-18T22:00:00Z" },
    { "2025-06-19", "America/New_York", "+1d", "2025-06-20T13:00:00Z" },
    { "2025-06-19", "America/New_York", "+6h", "2025-06-20T10:00:00Z" },
    /* an interval: before its first day, after its last */
    { "mid-June 2025", "America/New_York", "0", "2025-06-11T04:00:00Z" },
    { "mid-June 2025", "America/New_York", "1d", "2025-06-10T13:00:00Z" },
    { "mid-June 2025", "America/New_York", "+1d", "2025-06-21T13:00:00Z" },
    { "mid-June 2025", "America/New_York", "+1mo", "2025-07-20T13:00:00Z" },
    { "mid-June 2025", "America/New_York", "+6h", "2025-06-21T10:00:00Z" },
    { "2025-06-11T04:00Z/2025-06-12T06:00Z", "UTC", "+1d", "2025-06-13T09:00:00Z" },
    /* a reminder on the day that Samoa skipped falls when the next day begins */
    { "2011-12-31", "Pacific/Apia", "1d", "2011-12-30T10:00:00Z" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    TruceSpan span;
    TruceLead lead;
    char text[TRUCE_TIME_TEXT_SIZE];
    span_of (cases[i].date, cases[i].zone, &span);
    g_assert_true (truce_lead_parse (cases[i].lead, &lead));
    truce_time_to_text (truce_lead_instant (&lead, &span, TRUCE_REMIND_AT_DEFAULT), text);
    if (strcmp (text, cases[i].at) != 0)
      g_error ("%s of %s falls at %s, not %s", cases[i].lead, cases[i].date, text, cases[i].at);
    truce_span_clear (&span);
  }
}

static void
test_remind_at (void)
{
  static const struct {
    int remind_at;
    const char *at;
  } cases[] = {
    { 0, "2026-03-07T05:00:00Z" },
    { 2 * 60 + 30, "2026-03-07T07:30:00Z" },
    { 23 * 60 + 59, "2026-03-08T04:59:00Z" },
  };
  TruceLead lead;
  TruceSpan span;
  char text[TRUCE_TIME_TEXT_SIZE];

  g_assert_true (truce_lead_parse ("1d", &lead));
  span_of ("2026-03-08", "America/New_York", &span);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (truce_time_to_text (truce_lead_instant (&lead, &span, cases[i].remind_at), text), ==, cases[i].at);
  truce_span_clear (&span);
  /* 02:30 does not exist on the 8th: what follows the gap. */
  span_of ("2026-03-09", "America/New_York", &span);
  truce_time_to_text (truce_lead_instant (&lead, &span, 2 * 60 + 30), text);
  g_assert_cmpstr (text, ==, "2026-03-08T07:00:00Z");
  truce_span_clear (&span);
}

/* Civil leads fall at remind-at of the civil day that was counted to, in any zone, whatever the clock does between. */
static void
test_civil_property (void)
{
  static const char *const zones[] = { "America/New_York",  "Europe/Dublin",
                                       "Asia/Kathmandu",    "Pacific/Auckland",
                                       "America/Santiago",  "Australia/Lord_Howe",
                                       "Africa/Casablanca", "+05:30" };

  TruceZone *known[G_N_ELEMENTS (zones)];

  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    known[i] = truce_zone_new (zones[i], NULL);
  for (int round = 0; round < 5000; round++) {
    TruceZone *zone = known[g_test_rand_int_range (0, G_N_ELEMENTS (zones))];
    gint64 day = g_test_rand_int_range (0, 30000);
    int days = g_test_rand_int_range (1, 400), remind_at = g_test_rand_int_range (4 * 60, 22 * 60);
    TruceSpan span = { truce_zone_day_start (zone, day), truce_zone_day_start (zone, day + 1), TRUCE_PRECISION_DAY,
                       FALSE, zone };
    TruceLead lead = { .days = days, .after = g_test_rand_bit () };
    TruceCivil civil;

    TruceTime at = truce_lead_instant (&lead, &span, remind_at);
    g_assert_cmpint (truce_zone_day_of (zone, at), ==, lead.after ? day + days : day - days);
    truce_zone_to_civil (zone, at, &civil);
    g_assert_cmpint (civil.hour * 60 + civil.minute, ==, remind_at);
    if (lead.after)
      g_assert_cmpint (at, >, span.latest);
    else
      g_assert_cmpint (at, <, span.earliest);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    truce_zone_unref (known[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lead/parse", test_parse);
  g_test_add_func ("/lead/refused", test_refused);
  g_test_add_func ("/lead/instants", test_instants);
  g_test_add_func ("/lead/remind-at", test_remind_at);
  g_test_add_func ("/lead/civil-property", test_civil_property);
  return g_test_run ();
}
