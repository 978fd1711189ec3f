/* SPDX-License-Identifier: MIT */
/* Holiday files: what they say of days, the ones that come with truced, and what is refused. */
#include "deadline/calendar.h"

#include <stdio.h>
#include <string.h>

static gint64
day_of (const char *date)
{
  int year, month, day;

  g_assert_cmpint (sscanf (date, "%4d-%2d-%2d", &year, &month, &day), ==, 3);
  return truce_days_from_date (year, month, day);
}

static TruceCalendar *
read_text (const char *text)
{
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  TruceCalendar *calendar = truce_calendar_parse ("test", "test", text, strlen (text), diags);
  g_autofree char *findings = truce_diags_to_text (diags);

  g_assert_cmpstr (findings, ==, "");
  g_assert_nonnull (calendar);
  return calendar;
}

static TruceCalendar *
read_shipped (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("SOURCE_ROOT"), "config/holidays", name, NULL);
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  TruceCalendar *calendar = truce_calendar_parse (name, path, bytes, length, diags);
  g_autofree char *findings = truce_diags_to_text (diags);
  g_assert_cmpstr (findings, ==, "");
  return calendar;
}

typedef struct {
  const char *date;
  const char *off; /* NULL: a business day */
} Day;

static void
check_days (TruceCalendar *calendar, const Day *days, gsize n_days)
{
  for (gsize i = 0; i < n_days; i++) {
    const char *off = truce_calendar_day_off (calendar, day_of (days[i].date));
    if (g_strcmp0 (off, days[i].off) != 0) {
      g_test_message ("%s %s is %s, not %s", truce_calendar_name (calendar), days[i].date, off, days[i].off);
      g_test_fail ();
    }
  }
}

/* As published: opm.gov, gov.uk, ecb.europa.eu, gov.cn and the Korean ministry. */
static void
test_shipped (void)
{
  static const Day us[] = {
    { "2020-07-03", "Independence Day (observed)" },
    { "2021-06-18", "Juneteenth National Independence Day (observed)" },
    { "2020-06-19", NULL },
    { "2021-12-31", "New Year's Day (observed)" },
    { "2022-12-26", "Christmas Day (observed)" },
    { "2023-01-02", "New Year's Day (observed)" },
    { "2023-11-10", "Veterans Day (observed)" },
    { "2024-01-15", "Birthday of Martin Luther King, Jr." },
    { "1985-01-21", NULL },
    { "2024-02-19", "Washington's Birthday" },
    { "2024-05-27", "Memorial Day" },
    { "2024-09-02", "Labor Day" },
    { "2024-10-14", "Columbus Day" },
    { "2024-11-28", "Thanksgiving Day" },
    { "2024-11-29", NULL },
    { "2026-07-03", "Independence Day (observed)" },
    { "2027-12-24", "Christmas Day (observed)" },
    { "2027-12-31", "New Year's Day (observed)" },
  };
  static const Day uk[] = {
    { "2020-05-04", NULL },
    { "2020-05-08", "Early May bank holiday, on VE Day" },
    { "2020-12-28", "Boxing Day (observed)" },
    { "2021-12-27", "Christmas Day (observed)" },
    { "2021-12-28", "Boxing Day (observed)" },
    { "2022-01-03", "New Year's Day (observed)" },
    { "2022-05-30", NULL },
    { "2022-06-02", "Spring bank holiday" },
    { "2022-12-26", "Boxing Day" },
    { "2022-12-27", "Christmas Day (observed)" },
    { "2023-05-08", "Coronation of King Charles III" },
    { "2025-04-18", "Good Friday" },
    { "2025-04-21", "Easter Monday" },
    { "2026-12-28", "Boxing Day (observed)" },
    { "2027-08-30", "Summer bank holiday" },
  };
  static const Day target[] = {
    { "2024-03-29", "Good Friday" }, { "2024-04-01", "Easter Monday" },
    { "2024-05-01", "Labour Day" },  { "2025-12-26", "26 December" },
    { "2026-12-28", NULL },          { "2027-03-26", "Good Friday" },
  };
  static const Day china[] = {
    { "2024-02-18", NULL },
    { "2024-02-09", NULL },
    { "2025-01-26", NULL },
    { "2025-01-28", "Spring Festival" },
    { "2025-10-08", "National Day and Mid-Autumn Festival" },
    { "2025-10-11", NULL },
    { "2025-10-12", "Sunday" },
    { "2026-01-02", "New Year's Day" },
    { "2026-02-23", "Spring Festival" },
    { "2026-02-24", NULL },
    { "2026-10-10", NULL },
  };
  static const Day korea[] = {
    { "2024-02-12", "Seollal (substitute)" },
    { "2024-05-06", "Children's Day (observed)" },
    { "2025-03-03", "Independence Movement Day (observed)" },
    { "2025-05-06", "Children's Day and Buddha's Birthday (substitute)" },
    { "2025-07-17", NULL },
    { "2025-10-08", "Chuseok (substitute)" },
    { "2025-10-10", NULL },
    { "2025-05-01", NULL },
    { "2026-03-02", "Independence Movement Day (observed)" },
    { "2026-05-01", "Labour Day" },
    { "2026-05-25", "Buddha's Birthday (substitute)" },
    { "2026-06-03", "local elections" },
    { "2026-07-17", "Constitution Day" },
    { "2026-08-17", "Liberation Day (observed)" },
    { "2026-09-28", NULL },
    { "2026-10-05", "National Foundation Day (observed)" },
  };
  static const Day weekends[] = { { "2025-12-25", NULL }, { "2025-12-27", "Saturday" } };
  static const struct {
    const char *name;
    const Day *days;
    gsize n_days;
  } cases[] = {
    { "us-federal", us, G_N_ELEMENTS (us) },        { "uk", uk, G_N_ELEMENTS (uk) },
    { "eu-target", target, G_N_ELEMENTS (target) }, { "china", china, G_N_ELEMENTS (china) },
    { "korea", korea, G_N_ELEMENTS (korea) },       { "weekends", weekends, G_N_ELEMENTS (weekends) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TruceCalendar) calendar = read_shipped (cases[i].name);
    check_days (calendar, cases[i].days, cases[i].n_days);
  }
}

/* Business days of a year, as public sources count them. */
static void
test_year_totals (void)
{
  static const struct {
    const char *name;
    int year, n_days;
  } cases[] = {
    { "us-federal", 2024, 262 - 11 }, { "us-federal", 2025, 261 - 11 }, { "uk", 2025, 261 - 8 },
    { "uk", 2022, 260 - 10 },         { "eu-target", 2025, 261 - 6 },   { "china", 2025, 248 },
    { "china", 2026, 248 },           { "korea", 2024, 262 - 16 },      { "korea", 2025, 261 - 17 },
    { "korea", 2026, 261 - 16 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TruceCalendar) calendar = read_shipped (cases[i].name);
    gint64 end = truce_days_from_date (cases[i].year + 1, 1, 1);
    int n_days = 0;
    for (gint64 day = truce_days_from_date (cases[i].year, 1, 1); day < end; day++)
      n_days += truce_calendar_day_off (calendar, day) == NULL;
    if (n_days != cases[i].n_days) {
      g_test_message ("%s %d: %d business days, not %d", cases[i].name, cases[i].year, n_days, cases[i].n_days);
      g_test_fail ();
    }
  }
}

/* Western Easter of years whose date is well known, the extremes of the rule among them. */
static void
test_easter (void)
{
  static const char *const sundays[] = { "1818-03-22", "1943-04-25", "1961-04-02", "2000-04-23",
                                         "2008-03-23", "2019-04-21", "2024-03-31", "2025-04-20",
                                         "2038-04-25", "2049-04-18", "2076-04-19", "2285-03-22" };
  g_autoptr (TruceCalendar) calendar = read_text ("weekend =\nholiday = Easter: Easter\n");

  for (gsize i = 0; i < G_N_ELEMENTS (sundays); i++) {
    g_assert_cmpstr (truce_calendar_day_off (calendar, day_of (sundays[i])), ==, "Easter");
    g_assert_null (truce_calendar_day_off (calendar, day_of (sundays[i]) - 7));
    g_assert_null (truce_calendar_day_off (calendar, day_of (sundays[i]) + 7));
  }
}

static void
test_rules (void)
{
  static const Day days[] = {
    { "2024-02-29", "Leap day" }, { "2025-02-28", "Friday" },           { "2024-03-29", "Friday" },
    { "2024-03-31", NULL },       { "2024-04-29", "Month's fifth" },    { "2024-05-27", NULL },
    { "2024-12-30", "Recess" },   { "2025-01-10", "Recess" },           { "2025-01-09", "Recess" },
    { "2025-01-12", NULL },       { "2024-12-28", NULL /* workday */ },
  };
  g_autoptr (TruceCalendar) calendar =
      read_text ("# a calendar\n\nweekend = Friday, Saturday\r\nholiday = February 29: Leap day\n"
                 "holiday = fifth Monday of April: Month's fifth\nholiday = 2024-12-20 to 2025-01-10: Recess\n"
                 "workday = 2024-12-28: make-up\n");

  check_days (calendar, days, G_N_ELEMENTS (days));
}

static void
test_counting (void)
{
  static const struct {
    const char *from;
    gint64 count;
    const char *to;
  } cases[] = {
    { "2025-07-03", 1, "2025-07-07" },  { "2025-07-04", 1, "2025-07-07" },   { "2025-07-07", -1, "2025-07-03" },
    { "2025-07-05", -1, "2025-07-03" }, { "2025-01-01", 250, "2025-12-31" }, { "2025-12-31", -249, "2025-01-02" },
    { "2025-07-03", 0, "2025-07-03" },
  };
  g_autoptr (TruceCalendar) calendar = read_shipped ("us-federal");
  gint64 day;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_true (truce_calendar_add (calendar, day_of (cases[i].from), cases[i].count, &day));
    g_assert_cmpint (day, ==, day_of (cases[i].to));
  }
  g_assert_true (truce_calendar_roll (calendar, day_of ("2026-07-03"), 1, &day));
  g_assert_cmpint (day, ==, day_of ("2026-07-06"));
  g_assert_true (truce_calendar_roll (calendar, day_of ("2026-07-03"), -1, &day));
  g_assert_cmpint (day, ==, day_of ("2026-07-02"));
}

/* A calendar without business days is an answer, not a loop. */
static void
test_no_business_days (void)
{
  g_autoptr (TruceCalendar) calendar =
      read_text ("holiday = 2024-01-01/2024-12-31: a\nholiday = 2025-01-01/2025-12-31: b\n");
  gint64 day = 42;

  g_assert_false (truce_calendar_add (calendar, day_of ("2024-03-01"), 1, &day));
  g_assert_false (truce_calendar_roll (calendar, day_of ("2025-10-01"), -1, &day));
  g_assert_cmpint (day, ==, 42);
}

static void
test_joined (void)
{
  g_autoptr (TruceCalendar) us = read_shipped ("us-federal");
  g_autoptr (TruceCalendar) china = read_shipped ("china");
  TruceCalendar *const both[] = { us, china };
  g_autoptr (TruceCalendar) joined = truce_calendar_join (both, 2);
  static const Day days[] = {
    { "2025-07-04", "Independence Day" },
    { "2025-10-01", "National Day" },
    { "2025-09-28", "Sunday" },
    { "2025-10-09", NULL },
  };

  g_assert_cmpstr (truce_calendar_name (joined), ==, "us-federal china");
  g_assert_cmpstr (truce_calendar_day_off (joined, day_of ("2025-10-01")), ==, "National Day and Mid-Autumn Festival");
  check_days (joined, days, 1);
  check_days (joined, days + 2, 2);
}

static void
test_doubt (void)
{
  static const struct {
    const char *name, *first, *last, *doubt;
  } cases[] = {
    { "china", "2024-01-01", "2026-12-31", NULL },
    { "china", "2026-12-31", "2027-01-01",
      "the holidays of china are known for 2024 to 2026 only: the count may be wrong" },
    { "china", "2024-01-01", "2023-12-31",
      "the holidays of china are known for 2024 to 2026 only: the count may be wrong" },
    { "us-federal", "2030-01-01", "2090-01-01", NULL },
    { "us-federal", "1977-12-31", "1978-01-02",
      "the holidays of us-federal are known since 1978 only: the count may be wrong" },
    { "weekends", "0001-01-01", "9999-12-31", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TruceCalendar) calendar = read_shipped (cases[i].name);
    g_autofree char *doubt = truce_calendar_doubt (calendar, day_of (cases[i].first), day_of (cases[i].last));
    g_assert_cmpstr (doubt, ==, cases[i].doubt);
  }
}

#define ICS_BEGIN "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
#define ICS_END "END:VCALENDAR\r\n"

static void
test_ics (void)
{
  static const Day days[] = {
    { "2025-01-01", "New Year, the first" },
    { "2025-12-24", "Recess" },
    { "2025-12-31", "Recess" },
    { "2026-01-01", NULL },
    { "2024-07-04", "holiday" },
    { "2031-07-04", "holiday" },
    { "2023-07-04", NULL },
    { "2025-03-03", NULL },
    { "2025-03-04", NULL },
    { "2025-05-05", "Two" },
    { "2025-05-06", "Two" },
    { "2025-05-07", NULL },
  };
  g_autoptr (TruceCalendar) calendar = read_text (
      "\xef\xbb\xbf" ICS_BEGIN "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20250101\r\nDTEND;VALUE=DATE:20250102\r\nSUMMARY;"
      "LANGUAGE=en:New Year\\, t\r\n"
      " he first\r\nBEGIN:VALARM\r\nDURATION:PT5M\r\nSUMMARY:alarm\r\nEND:VALARM\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20251224\r\nDTEND;VALUE=DATE:20260101\r\nSUMMARY:Recess\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20240704\r\nRRULE:FREQ=YEARLY\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20250303\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nDTSTART;TZID=UTC:20250304T090000\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20250505\r\nDURATION:P2D\r\nSUMMARY:Two\r\nEND:VEVENT\r\n" ICS_END);

  check_days (calendar, days, G_N_ELEMENTS (days));
  g_autofree char *doubt = truce_calendar_doubt (calendar, day_of ("2025-12-31"), day_of ("2026-01-02"));
  g_assert_cmpstr (doubt, ==, "the holidays of test are known for 2025 only: the count may be wrong");
}

static void
test_refusals (void)
{
  static const char *const cases[][2] = {
    { "holyday = July 4: x\n", "test:1: holyday: July 4: x: no such key; did you mean \"holiday\"?\n" },
    { "name = x\n", "test:1: name: x: no such key; there are weekend, covers, holiday and workday\n" },
    { "\nJuly 4\n", "test:2: July 4: a line is 'key = value', or begins with '#'\n" },
    { "holiday =\n", "test:1: holiday: the value is missing\n" },
    { "holiday = July 4\n",
      "test:1: holiday: July 4: write the day and what it is, such as July 4: Independence Day\n" },
    { "holiday = July 32: x\n", "test:1: holiday: July 32: x: there is no July 32\n" },
    { "holiday = Jluy 4: x\n", "test:1: holiday: Jluy 4: x: 'Jluy' is not understood: is 'July' meant?\n" },
    { "holiday = third of July: x\n",
      "test:1: holiday: third of July: x: 'of' is not understood: a weekday is expected\n" },
    { "holiday = 2025-02-30: x\n", "test:1: holiday: 2025-02-30: x: there is no 2025-02-30\n" },
    { "holiday = 2025-02-10/2025-02-01: x\n", "test:1: holiday: 2025-02-10/2025-02-01: x: it ends before it begins\n" },
    { "holiday = 2025-01-01/2026-06-01: x\n", "test:1: holiday: 2025-01-01/2026-06-01: x: it is longer than a year\n" },
    { "holiday = July 4, or never: x\n",
      "test:1: holiday: July 4, or never: x: 'never' is not understood: 'nearest' or 'next' is expected\n" },
    { "holiday = July 4, since 2020, until 2010: x\n",
      "test:1: holiday: July 4, since 2020, until 2010: x: it ends before it begins\n" },
    { "holiday = Easter + 999: x\n",
      "test:1: holiday: Easter + 999: x: '999' is not understood: a number of days is expected\n" },
    { "workday = July 4: x\n", "test:1: workday: July 4: x: a workday is a date, such as 2025-01-26\n" },
    { "weekend = Mon Tue Wed Thu Fri Sat Sun\n",
      "test:1: weekend: Mon Tue Wed Thu Fri Sat Sun: that leaves no business day\n" },
    { "weekend = Sunny\n", "test:1: weekend: Sunny: 'Sunny' is not understood: a weekday is expected\n" },
    { "covers = 2026-2024\n", "test:1: covers: 2026-2024: it ends before it begins\n" },
    { "holiday = \xff: x\n", "test: it is not UTF-8 text\n" },
    { ICS_BEGIN "BEGIN:VEVENT\r\nDTSTART:20251301\r\nEND:VEVENT\r\n",
      "test:4: DTSTART: 20251301: there is no such date\n" },
    { ICS_BEGIN "BEGIN:VEVENT\r\nDTSTART:20250101\r\nRRULE:FREQ=MONTHLY\r\nEND:VEVENT\r\n",
      "test:5: RRULE: FREQ=MONTHLY: of repetitions only FREQ=YEARLY is understood here; write this one as a holiday "
      "file\n" },
    { ICS_BEGIN "BEGIN:VEVENT\r\nEND:VEVENT\r\n", "test:3: an event without a DTSTART\n" },
    { ICS_BEGIN "BEGIN:VEVENT\r\nDTSTART:20250101\r\n", "test:5: it ends within an event\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TruceDiags) diags = truce_diags_new ();
    g_assert_null (truce_calendar_parse ("test", "test", cases[i][0], strlen (cases[i][0]), diags));
    g_autofree char *findings = truce_diags_to_text (diags);
    g_assert_cmpstr (findings, ==, cases[i][1]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/calendar/shipped", test_shipped);
  g_test_add_func ("/calendar/year-totals", test_year_totals);
  g_test_add_func ("/calendar/easter", test_easter);
  g_test_add_func ("/calendar/rules", test_rules);
  g_test_add_func ("/calendar/counting", test_counting);
  g_test_add_func ("/calendar/no-business-days", test_no_business_days);
  g_test_add_func ("/calendar/joined", test_joined);
  g_test_add_func ("/calendar/doubt", test_doubt);
  g_test_add_func ("/calendar/ics", test_ics);
  g_test_add_func ("/calendar/refusals", test_refusals);
  return g_test_run ();
}
