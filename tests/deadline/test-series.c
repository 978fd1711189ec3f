/* SPDX-License-Identifier: MIT */
/* Dates that repeat where people live: summer time, days that a zone skipped, ends in UTC, and what is left out. */
#include <string.h>

#include "deadline/except.h"
#include "statement.h"

typedef struct {
  const char *first, *zone, *rule, *except; /* `except` NULL: nothing */
  const char *from;                         /* the day after which; NULL: from the first on */
  const char *dates;                        /* instants in UTC; days as DATE; "end" where there are no more */
} Case;

static TruceSeries *
series_of (const char *first, const char *zone, const char *rule, GError **error)
{
  TruceSpan span;

  span_of (first, zone, &span);
  TruceSeries *series = truce_series_new (rule, &span, error);
  truce_span_clear (&span);
  return series;
}

static void
append_date (GString *text, const TruceSpan *span)
{
  char buffer[TRUCE_TIME_TEXT_SIZE];

  g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", truce_time_to_text (span->earliest, buffer));
  if (span->latest > span->earliest)
    g_string_append_printf (text, "/%s", truce_time_to_text (span->latest, buffer));
}

static void
check_case (const Case *each)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TruceSeries) series = series_of (each->first, each->zone, each->rule, &error);
  g_autoptr (GPtrArray) doubts = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) words = g_strsplit (each->dates, " ", -1);
  g_autoptr (GString) found = g_string_new (NULL);
  gint64 day = -1000000, before = 0, last = 0;

  g_assert_no_error (error);
  if (each->except)
    g_assert_true (truce_series_except (series, each->except, doubts, NULL));
  g_assert_cmpuint (doubts->len, ==, 0);
  if (each->from)
    g_assert_true (truce_occurrence_from_name (each->from, &day));
  for (guint i = 0; words[i]; i++) {
    TruceSpan span;
    if (!truce_series_next (series, day, &day)) {
      g_string_append (found, found->len > 0 ? " end" : "end");
      break;
    }
    truce_series_span (series, day, &span);
    append_date (found, &span);
    truce_span_clear (&span);
    g_assert_true (truce_series_has (series, day));
    if (i > 0) {
      g_assert_true (truce_series_previous (series, day, &before));
      g_assert_cmpint (before, ==, last);
    }
    last = day;
  }
  g_assert_cmpstr (found->str, ==, each->dates);
}

static void
test_dates (void)
{
  static const Case cases[] = {
    /* The same time of day in winter and in summer. */
    { "2026-03-06 17:00", "America/New_York", "FREQ=DAILY;COUNT=4", NULL, NULL,
      "2026-03-06T22:00:00Z 2026-03-07T22:00:00Z 2026-03-08T21:00:00Z 2026-03-09T21:00:00Z end" },
    /* A time that does not exist on the day the clock goes forward, and is back the day after. */
    { "2026-03-07 02:30", "America/New_York", "FREQ=DAILY", NULL, NULL,
      "2026-03-07T07:30:00Z 2026-03-08T07:00:00Z 2026-03-09T06:30:00Z" },
    /* One that exists twice: the earlier. */
    { "2026-10-31 01:30", "America/New_York", "FREQ=DAILY", NULL, NULL,
      "2026-10-31T05:30:00Z 2026-11-01T05:30:00Z 2026-11-02T06:30:00Z" },
    /* Days of 23 and 25 hours. */
    { "2026-03-29", "Europe/Berlin", "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU", NULL, NULL,
      "2026-03-28T23:00:00Z/2026-03-29T22:00:00Z 2026-10-24T22:00:00Z/2026-10-25T23:00:00Z" },
    /* A day that there was not. */
    { "2011-12-29", "Pacific/Apia", "FREQ=DAILY", NULL, NULL,
      "2011-12-29T10:00:00Z/2011-12-30T10:00:00Z 2011-12-30T10:00:00Z/2011-12-31T10:00:00Z "
      "2011-12-31T10:00:00Z/2012-01-01T10:00:00Z" },
    /* A day that begins at 01:00. */
    { "2026-09-05", "America/Santiago", "FREQ=DAILY", NULL, NULL,
      "2026-09-05T04:00:00Z/2026-09-06T04:00:00Z 2026-09-06T04:00:00Z/2026-09-07T03:00:00Z" },
    /* Meetings of two days stay two days. */
    { "2026-06-16/2026-06-17", "UTC", "FREQ=MONTHLY;INTERVAL=3;BYDAY=3TU;COUNT=2", NULL, NULL,
      "2026-06-16T00:00:00Z/2026-06-18T00:00:00Z 2026-09-15T00:00:00Z/2026-09-17T00:00:00Z end" },
    { "2026-06-16 09:30:15.5", "UTC", "FREQ=YEARLY", NULL, NULL,
      "2026-06-16T09:30:15.500000Z 2027-06-16T09:30:15.500000Z" },
    /* RFC 5545: 09:00 in New York is past midnight in UTC of the 24th. */
    { "1997-12-22 09:00", "America/New_York", "FREQ=WEEKLY;UNTIL=19971224T000000Z;BYDAY=MO,WE,FR", NULL, NULL,
      "1997-12-22T14:00:00Z end" },
    { "1997-12-22 09:00", "America/New_York", "FREQ=WEEKLY;UNTIL=19971224T140000Z;BYDAY=MO,WE,FR", NULL, NULL,
      "1997-12-22T14:00:00Z 1997-12-24T14:00:00Z end" },
    { "1997-12-22 09:00", "America/New_York", "FREQ=DAILY;UNTIL=19971223T085959", NULL, NULL,
      "1997-12-22T14:00:00Z end" },
    { "1997-12-22 09:00", "America/New_York", "FREQ=DAILY;UNTIL=19971223", NULL, NULL,
      "1997-12-22T14:00:00Z 1997-12-23T14:00:00Z end" },
    { "1997-12-22", "America/New_York", "FREQ=DAILY;UNTIL=19971223T000000", NULL, NULL,
      "1997-12-22T05:00:00Z/1997-12-23T05:00:00Z 1997-12-23T05:00:00Z/1997-12-24T05:00:00Z end" },
    /* The first counts, though it is no Friday; what is left out counts too. */
    { "2026-01-01 09:00", "UTC", "FREQ=WEEKLY;BYDAY=FR;COUNT=3", NULL, NULL,
      "2026-01-01T09:00:00Z 2026-01-02T09:00:00Z 2026-01-09T09:00:00Z end" },
    { "2026-01-01 09:00", "UTC", "FREQ=WEEKLY;BYDAY=FR;COUNT=3", "2026-01-01, Jan 2, 2026", NULL,
      "2026-01-09T09:00:00Z end" },
    { "2026-01-01", "UTC", "FREQ=DAILY", "2026-01-02/2026-01-30,2026-02-01 12:00, 2026-01-30/2026-01-31", NULL,
      "2026-01-01T00:00:00Z/2026-01-02T00:00:00Z 2026-02-02T00:00:00Z/2026-02-03T00:00:00Z" },
    { "2026-01-01", "UTC", "FREQ=DAILY", "2026-01-05/9990-01-01, 2026-01-02/2026-01-04", NULL,
      "2026-01-01T00:00:00Z/2026-01-02T00:00:00Z 9990-01-02T00:00:00Z/9990-01-03T00:00:00Z" },
    { "2026-01-01", "UTC", "FREQ=DAILY;COUNT=2", "2026", NULL, "end" },
    /* To the end of what dates can name. */
    { "9999-12-21", "UTC", "FREQ=WEEKLY", NULL, NULL, "9999-12-21T00:00:00Z/9999-12-22T00:00:00Z end" },
    { "2026-01-15 17:00", "UTC", "FREQ=MONTHLY", NULL, "2036-12-01", "2036-12-15T17:00:00Z 2037-01-15T17:00:00Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_case (&cases[i]);
}

static void
test_refused (void)
{
  static const struct {
    const char *first, *rule, *reason;
  } cases[] = {
    { "June 2026", "FREQ=MONTHLY", "what repeats is a moment or a number of days" },
    { "mid-June 2026", "FREQ=MONTHLY", "what repeats is a moment or a number of days" },
    { "2026-06-01", "FREQ=MONTHLY;UNTIL=20260531", "it ends before the first date" },
    { "2026-06-01", "FREQ=DAILY;INTERVAL=7;BYDAY=TU", "it never happens: no date from the first on is one of its" },
    { "2026-06-01", "FREQ=MONTHLY;BYDAY=1FR;UNTIL=20260604",
      "it never happens: no date from the first on is one of its" },
    { "2026-06-01", "FREQ=HOURLY", "character 6: FREQ=HOURLY: dates repeat daily or slower" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (series_of (cases[i].first, "UTC", cases[i].rule, &error));
    g_assert_cmpstr (error->message, ==, cases[i].reason);
  }
}

static void
test_except (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TruceSeries) series = series_of ("2026-06-05 17:00", "America/New_York", "FREQ=WEEKLY", NULL);
  g_autoptr (GPtrArray) doubts = g_ptr_array_new_with_free_func (g_free);
  gint64 from, end;

  g_assert_true (truce_series_except (series, " 2026-06-12 ,2026-06-13,,June 19, 2026 ", doubts, &error));
  g_assert_cmpuint (doubts->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (doubts, 0), ==, "2026-06-13: no date of it falls there");
  g_assert_true (truce_series_left_out (series, 1, &from, &end));
  g_assert_cmpint (from, ==, truce_days_from_date (2026, 6, 19));
  g_assert_cmpint (end, ==, from + 1);
  g_assert_false (truce_series_left_out (series, 2, &from, &end));
  g_assert_false (truce_series_except (series, "2026-06-26, someday, 2026-07-03", doubts, &error));
  g_assert_error (error, TRUCE_WHEN_ERROR, TRUCE_WHEN_ERROR_SYNTAX);
  g_assert_nonnull (strstr (error->message, "someday"));
}

static void
test_names (void)
{
  static const char *const wrong[] = { "",          "2026",       "2026-1-01",   "2026-02-30", "2026-04-15x",
                                       "2026-04-1", "2026/04/15", "99999-01-01", "0000-01-01" };
  char name[TRUCE_OCCURRENCE_NAME_SIZE];
  gint64 day;

  g_assert_true (truce_occurrence_from_name ("2026-04-15", &day));
  g_assert_cmpint (day, ==, truce_days_from_date (2026, 4, 15));
  g_assert_cmpstr (truce_occurrence_name (day, name), ==, "2026-04-15");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (truce_occurrence_from_name (wrong[i], &day));
}

static void
test_gaps (void)
{
  static const struct {
    const char *rule;
    gint64 gap;
  } cases[] = {
    { "FREQ=DAILY", 1 },    { "FREQ=MONTHLY", 28 },      { "FREQ=WEEKLY;BYDAY=MO,TH", 3 },
    { "FREQ=YEARLY", 365 }, { "FREQ=DAILY;COUNT=1", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TruceSeries) series = series_of ("2026-06-01", "UTC", cases[i].rule, NULL);
    g_assert_cmpint (truce_series_least_gap (series), ==, cases[i].gap);
  }
  g_autoptr (TruceSeries) fits = series_of ("2026-06-05", "UTC", "FREQ=MONTHLY;BYDAY=1FR", NULL);
  g_autoptr (TruceSeries) fits_not = series_of ("2026-06-06", "UTC", "FREQ=MONTHLY;BYDAY=1FR", NULL);
  g_assert_true (truce_series_first_fits (fits));
  g_assert_false (truce_series_first_fits (fits_not));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/dates", test_dates);
  g_test_add_func ("/series/refused", test_refused);
  g_test_add_func ("/series/except", test_except);
  g_test_add_func ("/series/names", test_names);
  g_test_add_func ("/series/gaps", test_gaps);
  return g_test_run ();
}
