/* SPDX-License-Identifier: MIT */
/* The days of rules: the examples of RFC 5545 (3.8.5.3, those of days and slower) with their dates worked out by hand,
 * the edges, and what is refused. */
#include <stdio.h>
#include <string.h>

#include "deadline/recurrence.h"

static gint64
day_from_text (const char *text)
{
  int year, month, day;

  g_assert_cmpint (sscanf (text, "%4d-%2d-%2d", &year, &month, &day), ==, 3);
  return truce_days_from_date (year, month, day);
}

static void
append_day (GString *text, gint64 number)
{
  int year, month, day;

  truce_date_from_days (number, &year, &month, &day);
  g_string_append_printf (text, "%s%04d-%02d-%02d", text->len > 0 ? " " : "", year, month, day);
}

typedef struct {
  const char *rule;
  const char *first;
  const char *days; /* the first ones; the last word "end" where there are no more up to 2100 */
} Case;

/* Every day that is expected is found in turn, and backwards from the last. */
static void
check_case (const Case *each)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TruceRecurrence) rule = truce_recurrence_parse (each->rule, &error);
  g_auto (GStrv) words = g_strsplit (each->days, " ", -1);
  guint n_words = g_strv_length (words);
  gboolean ends = strcmp (words[n_words - 1], "end") == 0;
  g_autoptr (GString) found = g_string_new (NULL), back = g_string_new (NULL);
  gint64 first = day_from_text (each->first), last = truce_days_from_date (2100, 1, 1), day = first - 1;
  TruceCivil until;

  g_assert_no_error (error);
  if (truce_recurrence_until (rule, &until) != TRUCE_UNTIL_NONE)
    last = truce_days_from_date (until.year, until.month, until.day);
  guint most = truce_recurrence_count (rule) ? truce_recurrence_count (rule) : G_MAXUINT;
  guint wanted = n_words; /* one more than there are, where they end */
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (gint64));
  while (all->len < MIN (most, wanted) && truce_recurrence_next (rule, first, day, last, &day)) {
    append_day (found, day);
    g_array_append_val (all, day);
    g_assert_true (truce_recurrence_makes (rule, first, day));
  }
  if (ends)
    g_string_append (found, found->len > 0 ? " end" : "end");
  g_assert_cmpstr (found->str, ==, each->days);
  for (guint i = all->len; i > 1; i--) {
    gint64 before;
    g_assert_true (truce_recurrence_previous (rule, first, g_array_index (all, gint64, i - 1), &before));
    g_assert_cmpint (before, ==, g_array_index (all, gint64, i - 2));
  }
  if (all->len > 0)
    g_assert_false (truce_recurrence_previous (rule, first, g_array_index (all, gint64, 0), &day));
}

/* UNTIL is taken as its day here: that its time of day counts is a series' to know (test-series.c). */
static void
test_rfc (void)
{
  static const Case cases[] = {
    { "FREQ=DAILY;COUNT=10", "1997-09-02",
      "1997-09-02 1997-09-03 1997-09-04 1997-09-05 1997-09-06 1997-09-07 1997-09-08 1997-09-09 1997-09-10 1997-09-11 "
      "end" },
    { "FREQ=DAILY;INTERVAL=2", "1997-09-02", "1997-09-02 1997-09-04 1997-09-06 1997-09-08 1997-09-10" },
    { "FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09-02", "1997-09-02 1997-09-12 1997-09-22 1997-10-02 1997-10-12 end" },
    { "FREQ=WEEKLY;COUNT=10", "1997-09-02",
      "1997-09-02 1997-09-09 1997-09-16 1997-09-23 1997-09-30 1997-10-07 1997-10-14 1997-10-21 1997-10-28 1997-11-04 "
      "end" },
    { "FREQ=WEEKLY;UNTIL=19971224T000000Z", "1997-09-02",
      "1997-09-02 1997-09-09 1997-09-16 1997-09-23 1997-09-30 1997-10-07 1997-10-14 1997-10-21 1997-10-28 1997-11-04 "
      "1997-11-11 1997-11-18 1997-11-25 1997-12-02 1997-12-09 1997-12-16 1997-12-23 end" },
    { "FREQ=WEEKLY;INTERVAL=2;WKST=SU", "1997-09-02", "1997-09-02 1997-09-16 1997-09-30 1997-10-14 1997-10-28" },
    { "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", "1997-09-02",
      "1997-09-02 1997-09-04 1997-09-09 1997-09-11 1997-09-16 1997-09-18 1997-09-23 1997-09-25 1997-09-30 1997-10-02 "
      "end" },
    { "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR", "1997-09-01",
      "1997-09-01 1997-09-03 1997-09-05 1997-09-15 1997-09-17 1997-09-19 1997-09-29 1997-10-01 1997-10-03 1997-10-13 "
      "1997-10-15 1997-10-17 1997-10-27 1997-10-29 1997-10-31 1997-11-10 1997-11-12 1997-11-14 1997-11-24 1997-11-26 "
      "1997-11-28 1997-12-08 1997-12-10 1997-12-12 1997-12-22 1997-12-24 end" },
    { "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", "1997-09-02",
      "1997-09-02 1997-09-04 1997-09-16 1997-09-18 1997-09-30 1997-10-02 1997-10-14 1997-10-16 end" },
    { "FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "1997-09-05",
      "1997-09-05 1997-10-03 1997-11-07 1997-12-05 1998-01-02 1998-02-06 1998-03-06 1998-04-03 1998-05-01 1998-06-05 "
      "end" },
    { "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", "1997-09-05",
      "1997-09-05 1997-10-03 1997-11-07 1997-12-05 end" },
    { "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", "1997-09-07",
      "1997-09-07 1997-09-28 1997-11-02 1997-11-30 1998-01-04 1998-01-25 1998-03-01 1998-03-29 1998-05-03 1998-05-31 "
      "end" },
    { "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22",
      "1997-09-22 1997-10-20 1997-11-17 1997-12-22 1998-01-19 1998-02-16 end" },
    { "FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28", "1997-09-28 1997-10-29 1997-11-28 1997-12-29 1998-01-29 1998-02-26" },
    { "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", "1997-09-02",
      "1997-09-02 1997-09-15 1997-10-02 1997-10-15 1997-11-02 1997-11-15 1997-12-02 1997-12-15 1998-01-02 1998-01-15 "
      "end" },
    { "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", "1997-09-30",
      "1997-09-30 1997-10-01 1997-10-31 1997-11-01 1997-11-30 1997-12-01 1997-12-31 1998-01-01 1998-01-31 1998-02-01 "
      "end" },
    { "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15", "1997-09-10",
      "1997-09-10 1997-09-11 1997-09-12 1997-09-13 1997-09-14 1997-09-15 1999-03-10 1999-03-11 1999-03-12 1999-03-13 "
      "end" },
    { "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", "1997-09-02",
      "1997-09-02 1997-09-09 1997-09-16 1997-09-23 1997-09-30 1997-11-04 1997-11-11 1997-11-18 1997-11-25 1998-01-06" },
    { "FREQ=YEARLY;COUNT=10;BYMONTH=6,7", "1997-06-10",
      "1997-06-10 1997-07-10 1998-06-10 1998-07-10 1999-06-10 1999-07-10 2000-06-10 2000-07-10 2001-06-10 2001-07-10 "
      "end" },
    { "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3", "1997-03-10",
      "1997-03-10 1999-01-10 1999-02-10 1999-03-10 2001-01-10 2001-02-10 2001-03-10 2003-01-10 2003-02-10 2003-03-10 "
      "end" },
    { "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200", "1997-01-01",
      "1997-01-01 1997-04-10 1997-07-19 2000-01-01 2000-04-09 2000-07-18 2003-01-01 2003-04-10 2003-07-19 2006-01-01 "
      "end" },
    { "FREQ=YEARLY;BYDAY=20MO", "1997-05-19", "1997-05-19 1998-05-18 1999-05-17" },
    { "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05-12", "1997-05-12 1998-05-11 1999-05-17" },
    { "FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "1997-03-13",
      "1997-03-13 1997-03-20 1997-03-27 1998-03-05 1998-03-12 1998-03-19 1998-03-26 1999-03-04" },
    { "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8", "1997-06-05",
      "1997-06-05 1997-06-12 1997-06-19 1997-06-26 1997-07-03 1997-07-10 1997-07-17 1997-07-24 1997-07-31 1997-08-07 "
      "1997-08-14 1997-08-21 1997-08-28 1998-06-04" },
    /* Its first date does not fit it: that is not the rule's to make. */
    { "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1997-09-02",
      "1998-02-13 1998-03-13 1998-11-13 1999-08-13 2000-10-13 2001-04-13" },
    { "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13", "1997-09-13",
      "1997-09-13 1997-10-11 1997-11-08 1997-12-13 1998-01-10 1998-02-07 1998-03-07 1998-04-11 1998-05-09 1998-06-13" },
    { "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "1996-11-05",
      "1996-11-05 2000-11-07 2004-11-02 2008-11-04" },
    { "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04", "1997-09-04 1997-10-07 1997-11-06 end" },
    { "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "1997-09-29",
      "1997-09-29 1997-10-30 1997-11-27 1997-12-30 1998-01-29 1998-02-26 1998-03-30" },
    { "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA", "1999-12-31",
      "2000-01-01 2000-01-02 2000-01-03 2000-01-04 2000-01-05 2000-01-06 2000-01-07 2000-01-08 2000-01-09 2000-01-10 "
      "2000-01-11 2000-01-12 2000-01-13 2000-01-14 2000-01-15 2000-01-16 2000-01-17 2000-01-18 2000-01-19 2000-01-20 "
      "2000-01-21 2000-01-22 2000-01-23 2000-01-24 2000-01-25 2000-01-26 2000-01-27 2000-01-28 2000-01-29 2000-01-30 "
      "2000-01-31 end" },
    { "FREQ=DAILY;UNTIL=19980105T140000Z;BYMONTH=1", "1998-01-01",
      "1998-01-01 1998-01-02 1998-01-03 1998-01-04 1998-01-05 end" },
    { "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05",
      "1997-08-05 1997-08-10 1997-08-19 1997-08-24 end" },
    { "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05",
      "1997-08-05 1997-08-17 1997-08-19 1997-08-31 end" },
    { "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15",
      "2007-01-15 2007-01-30 2007-02-15 2007-03-15 2007-03-30 end" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_case (&cases[i]);
}

static void
test_edges (void)
{
  static const Case cases[] = {
    /* A day that not every month or year has is passed over, not moved. */
    { "FREQ=MONTHLY", "2026-01-31", "2026-01-31 2026-03-31 2026-05-31 2026-07-31 2026-08-31 2026-10-31" },
    { "FREQ=YEARLY", "2024-02-29", "2024-02-29 2028-02-29 2032-02-29" },
    { "FREQ=YEARLY;INTERVAL=3", "2024-02-29", "2024-02-29 2036-02-29 2048-02-29" },
    { "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", "2024-01-01", "2044-02-29 2072-02-29 end" },
    { "FREQ=YEARLY;BYYEARDAY=366", "2024-12-31", "2024-12-31 2028-12-31" },
    { "FREQ=YEARLY;BYYEARDAY=-1", "2023-12-31", "2023-12-31 2024-12-31 2025-12-31" },
    { "FREQ=YEARLY;BYYEARDAY=-366", "2023-12-31", "2024-01-01 2028-01-01" },
    { "FREQ=MONTHLY;BYDAY=5MO", "2026-01-01", "2026-03-30 2026-06-29 2026-08-31 2026-11-30" },
    /* Weeks of years: the first of 2026 begins in 2025, and 2026 has 53. */
    { "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO", "2025-12-29", "2025-12-29 2027-01-04 2028-01-03" },
    { "FREQ=YEARLY;BYWEEKNO=53", "2026-12-30", "2026-12-30 2032-12-29 2037-12-30" },
    { "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=SU", "2025-12-28", "2025-12-28 2027-01-03 2028-01-02" },
    { "FREQ=YEARLY;INTERVAL=2;BYWEEKNO=1;BYDAY=MO,FR", "2025-12-29", "2025-12-29 2026-01-02 2028-01-03 2028-01-07" },
    { "FREQ=YEARLY;BYMONTHDAY=-1", "2026-11-30", "2026-11-30 2026-12-31 2027-01-31 2027-02-28" },
    { "FREQ=YEARLY;BYDAY=-1FR", "2026-01-01", "2026-12-25 2027-12-31" },
    { "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO", "2026-05-25", "2026-05-25 2027-05-31 2028-05-29" },
    { "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-12-31", "2026-12-31 2027-12-31 2028-12-29" },
    { "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;BYMONTH=12", "2026-12-30", "2026-12-30 2026-12-31 2027-12-01 2027-12-02" },
    { "FREQ=DAILY;BYMONTHDAY=-1", "2026-02-01", "2026-02-28 2026-03-31 2026-04-30" },
    { "FREQ=DAILY;BYDAY=MO;BYSETPOS=-1", "2026-02-01", "2026-02-02 2026-02-09" },
    { "FREQ=DAILY;BYDAY=MO;BYSETPOS=2", "2026-02-01", "end" },
    { "FREQ=WEEKLY;BYMONTH=1", "2026-01-20", "2026-01-20 2026-01-27 2027-01-05" },
    /* The quarterly deadline for estimated taxes. */
    { "FREQ=YEARLY;BYMONTH=1,4,6,9;BYMONTHDAY=15", "2026-04-15", "2026-04-15 2026-06-15 2026-09-15 2027-01-15" },
    /* Never: the days of the calendar go round without one. */
    { "FREQ=DAILY;INTERVAL=7;BYDAY=TU", "2026-01-05", "end" },
    { "FREQ=YEARLY;INTERVAL=100;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU", "2026-01-05", "end" },
    { "FREQ=MONTHLY;INTERVAL=12;BYMONTH=3", "2026-01-05", "end" },
    { "FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=2MO", "2026-01-05", "end" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_case (&cases[i]);
}

static void
test_refused (void)
{
  static const struct {
    const char *rule, *reason;
  } cases[] = {
    { "", "character 1: \"\" is no part of a rule, such as FREQ=MONTHLY" },
    { "monthly", "character 1: \"monthly\" is no part of a rule, such as FREQ=MONTHLY" },
    { "COUNT=3", "FREQ is missing: how often, such as FREQ=MONTHLY" },
    { "FREQ=HOURLY", "character 6: FREQ=HOURLY: dates repeat daily or slower" },
    { "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "character 6: FREQ=SECONDLY: dates repeat daily or slower" },
    { "FREQ=FORTNIGHTLY", "character 6: FREQ: \"FORTNIGHTLY\" is not DAILY, WEEKLY, MONTHLY or YEARLY" },
    { "FREQ=", "character 6: FREQ: \"\" is not DAILY, WEEKLY, MONTHLY or YEARLY" },
    { "FREQ=DAILY;BYHOUR=9,17", "character 19: BYHOUR: dates repeat daily or slower, at the time of day of the first" },
    { "FREQ=DAILY;BYSECOND=0",
      "character 21: BYSECOND: dates repeat daily or slower, at the time of day of the first" },
    { "FREQ=DAILY;FREQ=DAILY", "character 12: FREQ stands twice" },
    { "FREQ=DAILY;BYWEEK=3", "character 12: \"BYWEEK\" is no part of a rule that RFC 5545 knows" },
    { "FREQ=DAILY;;COUNT=3", "character 12: \"\" is no part of a rule, such as FREQ=MONTHLY" },
    { "RSCALE=CHINESE;FREQ=YEARLY", "character 8: RSCALE: only the Gregorian calendar is understood" },
    { "FREQ=DAILY;COUNT=0", "character 18: COUNT: \"0\" is not a number from 1 to 10000 (UNTIL has no such bound)" },
    { "FREQ=DAILY;COUNT=10001",
      "character 18: COUNT: \"10001\" is not a number from 1 to 10000 (UNTIL has no such bound)" },
    { "FREQ=DAILY;INTERVAL=1001", "character 21: INTERVAL: \"1001\" is not a number from 1 to 1000" },
    { "FREQ=DAILY;INTERVAL=-1", "character 21: INTERVAL: \"-1\" is not a number from 1 to 1000" },
    { "FREQ=DAILY;INTERVAL=99999999999999999999", "character 21: INTERVAL: \"99999999999999999999\" is not a number "
                                                  "from 1 to 1000" },
    { "FREQ=DAILY;UNTIL=2026", "character 18: UNTIL: \"2026\" is not a date such as 20261231 or 20261231T235959Z" },
    { "FREQ=DAILY;UNTIL=20260230",
      "character 18: UNTIL: \"20260230\" is not a date such as 20261231 or 20261231T235959Z" },
    { "FREQ=DAILY;UNTIL=20261231T2400Z",
      "character 18: UNTIL: \"20261231T2400Z\" is not a date such as 20261231 or 20261231T235959Z" },
    { "FREQ=DAILY;UNTIL=20261231;COUNT=3", "COUNT and UNTIL both say how it ends: one of them is enough" },
    { "FREQ=MONTHLY;BYDAY=XX", "character 20: BYDAY: \"XX\" is not a weekday such as MO, 1FR or -1SU" },
    { "FREQ=MONTHLY;BYDAY=MO,0FR", "character 23: BYDAY: \"0FR\" is not a weekday such as MO, 1FR or -1SU" },
    { "FREQ=MONTHLY;BYDAY=-FR", "character 20: BYDAY: \"-FR\" is not a weekday such as MO, 1FR or -1SU" },
    { "FREQ=MONTHLY;BYDAY=54FR", "character 20: BYDAY: \"54FR\" is not a weekday such as MO, 1FR or -1SU" },
    { "FREQ=MONTHLY;BYDAY=MO,", "character 23: BYDAY: \"\" is not a weekday such as MO, 1FR or -1SU" },
    { "FREQ=MONTHLY;BYMONTHDAY=32",
      "character 25: BYMONTHDAY: \"32\" is not a day of a month, 1 to 31, or -1 to -31 from its end" },
    { "FREQ=YEARLY;BYMONTH=-1", "character 21: BYMONTH: \"-1\" is not a month from 1 to 12" },
    { "FREQ=WEEKLY;WKST=1", "character 18: WKST: \"1\" is not a weekday, MO to SU" },
    { "FREQ=WEEKLY;BYDAY=1MO", "BYDAY with a number, such as 1FR, goes with FREQ=MONTHLY and FREQ=YEARLY only" },
    { "FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO", "BYDAY with a number, such as 1FR, does not go with BYWEEKNO" },
    { "FREQ=MONTHLY;BYWEEKNO=20", "BYWEEKNO goes with FREQ=YEARLY only" },
    { "FREQ=MONTHLY;BYYEARDAY=20", "BYYEARDAY goes with FREQ=YEARLY only" },
    { "FREQ=WEEKLY;BYMONTHDAY=20", "BYMONTHDAY does not go with FREQ=WEEKLY" },
    { "FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS picks among the days of another BY part, and there is none" },
    { "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "it never happens: no such month has such a day" },
    { "FREQ=YEARLY;BYMONTH=4,6;BYMONTHDAY=31,-31", "it never happens: no such month has such a day" },
    { "FREQ=MONTHLY;BYDAY=6FR", "it never happens: a weekday comes five times in a month at most" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (truce_recurrence_parse (cases[i].rule, &error));
    g_assert_nonnull (error);
    g_assert_cmpstr (error->message, ==, cases[i].reason);
  }
}

static void
test_text (void)
{
  static const struct {
    const char *rule, *text;
  } cases[] = {
    { "FREQ=DAILY", "FREQ=DAILY" },
    { " rrule:freq=monthly; byday=1fr,-1SU ;COUNT=3;", "FREQ=MONTHLY;BYDAY=1FR,-1SU;COUNT=3" },
    { "FREQ=YEARLY;BYMONTHDAY=+15;BYMONTH=04", "FREQ=YEARLY;BYMONTHDAY=+15;BYMONTH=04" },
    { "FREQ=WEEKLY;UNTIL=20261231t235959z", "FREQ=WEEKLY;UNTIL=20261231T235959Z" },
  };
  g_autofree char *long_rule = g_strnfill (TRUCE_RECURRENCE_TEXT_MAX + 1, 'A');
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TruceRecurrence) rule = truce_recurrence_parse (cases[i].rule, NULL);
    g_assert_nonnull (rule);
    g_assert_cmpstr (truce_recurrence_text (rule), ==, cases[i].text);
    g_autoptr (TruceRecurrence) again = truce_recurrence_parse (truce_recurrence_text (rule), NULL);
    g_assert_cmpstr (truce_recurrence_text (again), ==, cases[i].text);
  }
  g_assert_null (truce_recurrence_parse (long_rule, &error));
  g_assert_error (error, TRUCE_RECURRENCE_ERROR, TRUCE_RECURRENCE_ERROR_SYNTAX);
}

/* The slowest rules there are: bounded, whatever they ask for. */
static void
test_bounded (void)
{
  static const char *const rules[] = {
    "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
    "FREQ=DAILY;INTERVAL=999;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU",
    "FREQ=YEARLY;BYYEARDAY=366;BYMONTHDAY=1",
    "FREQ=YEARLY;BYDAY=53MO;BYMONTHDAY=1;BYYEARDAY=1",
    "FREQ=WEEKLY;BYMONTH=2;BYDAY=MO;BYSETPOS=7",
  };
  gint64 began = g_get_monotonic_time (), first = truce_days_from_date (1, 1, 1), day;

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++) {
    g_autoptr (TruceRecurrence) rule = truce_recurrence_parse (rules[i], NULL);
    g_assert_nonnull (rule);
    truce_recurrence_next (rule, first, first - 1, TRUCE_RECURRENCE_DAY_MAX, &day);
    truce_recurrence_previous (rule, first, TRUCE_RECURRENCE_DAY_MAX, &day);
  }
  g_assert_cmpint (g_get_monotonic_time () - began, <, 10 * G_USEC_PER_SEC);
  g_autoptr (TruceRecurrence) daily = truce_recurrence_parse ("FREQ=DAILY", NULL);
  g_assert_true (truce_recurrence_next (daily, first, TRUCE_RECURRENCE_DAY_MAX - 1, G_MAXINT64, &day));
  g_assert_cmpint (day, ==, TRUCE_RECURRENCE_DAY_MAX);
  g_assert_false (truce_recurrence_next (daily, first, day, G_MAXINT64, &day));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recurrence/rfc", test_rfc);
  g_test_add_func ("/recurrence/edges", test_edges);
  g_test_add_func ("/recurrence/refused", test_refused);
  g_test_add_func ("/recurrence/text", test_text);
  g_test_add_func ("/recurrence/bounded", test_bounded);
  return g_test_run ();
}
