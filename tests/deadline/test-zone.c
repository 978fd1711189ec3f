/* SPDX-License-Identifier: MIT */
/* Civil time against the C library's reading of the same tz files, over every zone that there is, and the calendar. */
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "deadline/zone.h"

#define ZONE_LIST "/usr/share/zoneinfo/tzdata.zi"
#define SECONDS_A_DAY 86400
#define SCAN_FROM ((gint64) 0)
#define SCAN_UPTO ((gint64) 2145916800) /* 2038-01-01 */
#define FAR_UPTO ((gint64) 4070908800)  /* 2099-01-01 */
#define SCAN_STEP (20 * SECONDS_A_DAY)  /* no zone changes its clock twice within it, but for Ramadan's 4 weeks */
#define N_RANDOM 100                    /* instants a zone */

/* --- the C library's view --- */

static struct tm
libc_local (gint64 seconds)
{
  time_t at = (time_t) seconds;
  struct tm local;

  g_assert_nonnull (localtime_r (&at, &local));
  return local;
}

static int
libc_offset (gint64 seconds)
{
  return (int) libc_local (seconds).tm_gmtoff;
}

/* The first second in (before, after] at which the offset is another. */
static gint64
libc_transition (gint64 before, gint64 after)
{
  int offset = libc_offset (before);

  while (after - before > 1) {
    gint64 middle = before + (after - before) / 2;
    if (libc_offset (middle) == offset)
      before = middle;
    else
      after = middle;
  }
  return after;
}

/* --- comparing --- */

static gboolean
civil_equals (const TruceCivil *civil, const struct tm *local)
{
  return civil->year == local->tm_year + 1900 && civil->month == local->tm_mon + 1 && civil->day == local->tm_mday &&
         civil->hour == local->tm_hour && civil->minute == local->tm_min && civil->second == local->tm_sec;
}

static void
check_instant (const TruceZone *zone, gint64 seconds)
{
  struct tm local = libc_local (seconds);
  TruceTime at = seconds * TRUCE_SECOND;
  TruceCivil civil;
  TruceCivilFit fit;
  const char *abbreviation;

  truce_zone_to_civil (zone, at, &civil);
  int offset = truce_zone_offset_at (zone, at, &abbreviation);
  if (!civil_equals (&civil, &local) || offset != local.tm_gmtoff || strcmp (abbreviation, local.tm_zone) != 0)
    g_error ("%s at %" G_GINT64_FORMAT ": offset %d %s, not %ld %s", truce_zone_name (zone), seconds, offset,
             abbreviation, local.tm_gmtoff, local.tm_zone);
  TruceTime back = truce_zone_to_time (zone, &civil, &fit);
  g_assert_cmpint (fit, !=, TRUCE_CIVIL_GAP);
  if (fit == TRUCE_CIVIL_EXACT) {
    g_assert_cmpint (back, ==, at);
  } else {
    struct tm earlier = libc_local (back / TRUCE_SECOND);
    g_assert_cmpint (back, <=, at);
    g_assert_true (civil_equals (&civil, &earlier));
  }
}

/* What a civil time in the middle of a step stands for. */
static void
check_transition (const TruceZone *zone, gint64 transition)
{
  int before = libc_offset (transition - 1), after = libc_offset (transition);
  gint64 local = transition + (before + after) / 2;
  TruceCivil civil;
  TruceCivilFit fit;

  check_instant (zone, transition - 1);
  check_instant (zone, transition);
  check_instant (zone, transition + 1);
  gint64 days = local / SECONDS_A_DAY, of_day = local % SECONDS_A_DAY;
  if (of_day < 0) {
    of_day += SECONDS_A_DAY;
    days--;
  }
  truce_date_from_days (days, &civil.year, &civil.month, &civil.day);
  civil.hour = (int) of_day / 3600;
  civil.minute = (int) of_day / 60 % 60;
  civil.second = (int) of_day % 60;
  TruceTime at = truce_zone_to_time (zone, &civil, &fit);
  if (after > before) {
    g_assert_cmpint (fit, ==, TRUCE_CIVIL_GAP);
    g_assert_cmpint (at, ==, transition * TRUCE_SECOND);
  } else {
    g_assert_cmpint (fit, ==, TRUCE_CIVIL_FOLD);
    g_assert_cmpint (at, ==, (local - before) * TRUCE_SECOND);
  }
}

static void
check_day (const TruceZone *zone, gint64 day)
{
  TruceTime start = truce_zone_day_start (zone, day), next = truce_zone_day_start (zone, day + 1);

  g_assert_cmpint (start, <=, next);
  if (start == next) /* the day was skipped */
    g_assert_cmpint (truce_zone_day_of (zone, start), ==, day + 1);
  else
    g_assert_cmpint (truce_zone_day_of (zone, start), ==, day);
  g_assert_cmpint (truce_zone_day_of (zone, start - 1), <, day);
}

static void
check_zone (const char *name, guint *n_transitions)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TruceZone) zone = truce_zone_new (name, &error);

  g_assert_no_error (error);
  g_assert_true (g_setenv ("TZ", name, TRUE));
  tzset ();
  int offset = libc_offset (SCAN_FROM);
  for (gint64 at = SCAN_FROM; at < SCAN_UPTO; at += SCAN_STEP) {
    int offset_then = libc_offset (at + SCAN_STEP);
    if (offset_then != offset) {
      gint64 transition = libc_transition (at, at + SCAN_STEP);
      check_transition (zone, transition);
      check_day (zone, (transition + offset) / SECONDS_A_DAY);
      check_day (zone, (transition + offset) / SECONDS_A_DAY + 1);
      ++*n_transitions;
    }
    offset = offset_then;
  }
  for (int i = 0; i < N_RANDOM; i++) {
    gint64 at = (gint64) (g_test_rand_double () * (double) FAR_UPTO);
    check_instant (zone, at);
    check_day (zone, at / SECONDS_A_DAY);
  }
}

static void
test_all_zones (void)
{
  g_autofree char *text = NULL;
  g_autofree char *old = g_strdup (g_getenv ("TZ"));
  guint n_zones = 0, n_transitions = 0;

  if (!g_file_get_contents (ZONE_LIST, &text, NULL, NULL)) {
    g_test_skip ("the tz database is not installed");
    return;
  }
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line; line++) {
    if (!g_str_has_prefix (*line, "Z "))
      continue;
    g_auto (GStrv) words = g_strsplit (*line, " ", 3);
    if (strcmp (words[1], "Factory") == 0) /* is none */
      continue;
    check_zone (words[1], &n_transitions);
    n_zones++;
  }
  check_zone ("Eire", &n_transitions); /* an old name of Europe/Dublin, whose rule is read our own way */
  if (old)
    g_setenv ("TZ", old, TRUE);
  else
    g_unsetenv ("TZ");
  g_test_message ("%u zones, %u transitions", n_zones, n_transitions);
  g_assert_cmpuint (n_zones, >, 300);
  g_assert_cmpuint (n_transitions, >, 10000);
}

/* --- names --- */

static void
test_names (void)
{
  static const char *const known[][2] = {
    { "America/New_York", "America/New_York" },
    { "America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires" },
    { "America/Port-au-Prince", "America/Port-au-Prince" },
    { "Etc/GMT+8", "Etc/GMT+8" },
    { "EST5EDT", "EST5EDT" },
    { "GB-Eire", "GB-Eire" },
    { "UTC", "UTC" },
    { "Z", "UTC" },
    { "+00:00", "UTC" },
    { "+08:00", "+08:00" },
    { "-0530", "-05:30" },
    { "+14", "+14:00" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (TruceZone) zone = truce_zone_new (known[i][0], &error);
    g_assert_no_error (error);
    g_assert_cmpstr (truce_zone_name (zone), ==, known[i][1]);
  }
}

static void
test_unknown_names (void)
{
  static const char *const unknown[][2] = {
    { "", NULL },
    { "America", NULL },
    { "America/New_Yrok", "America/New_York" },
    { "america/new_york", "America/New_York" },
    { "New York", "America/New_York" },
    { "Seoul", "Asia/Seoul" },
    { "Europe/Berlim", "Europe/Berlin" },
    { "XYZ3", NULL }, /* a POSIX rule */
    { "EST5EDT,M3.2.0,M11.1.0", NULL },
    { "right/America/New_York", "America/New_York" },
    { "posix/America/New_York", "America/New_York" },
    { "posixrules", NULL },
    { "localtime", NULL },
    { "Factory", NULL },
    { "../../../etc/localtime", NULL },
    { "/etc/localtime", NULL },
    { "tzdata.zi", NULL },
    { "America/New_York ", "America/New_York" },
    { "+24:00", NULL },
    { "+8", NULL },
    { "+08:60", NULL },
    { "+08:0", NULL },
    { "-13:00", NULL },
    { "08:00", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (TruceZone) zone = truce_zone_new (unknown[i][0], &error);
    if (zone)
      g_error ("'%s' is taken for a zone", unknown[i][0]);
    g_assert_error (error, TRUCE_ZONE_ERROR, TRUCE_ZONE_ERROR_UNKNOWN);
    g_assert_nonnull (strstr (error->message, unknown[i][0]));
    if (unknown[i][1])
      g_assert_nonnull (strstr (error->message, unknown[i][1]));
  }
}

static void
test_local (void)
{
  static const char *const cases[][2] = {
    { "America/New_York", "America/New_York" },
    { "UTC", "UTC" },
    { "No/Such_Zone", "UTC" },
  };
  g_autofree char *old = g_strdup (g_getenv ("TZ"));

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_setenv ("TZ", cases[i][0], TRUE);
    g_autoptr (TruceZone) zone = truce_zone_new_local ();
    g_assert_cmpstr (truce_zone_name (zone), ==, cases[i][1]);
  }
  g_setenv ("TZ", "XYZ-3", TRUE);
  g_autoptr (TruceZone) rule = truce_zone_new_local ();
  g_assert_cmpint (truce_zone_offset_at (rule, 0, NULL), ==, 3 * 3600);
  if (old)
    g_setenv ("TZ", old, TRUE);
  else
    g_unsetenv ("TZ");
}

static TruceTime
time_of (const char *text)
{
  TruceTime at;

  if (!truce_time_from_text (text, &at))
    g_error ("%s", text);
  return at;
}

/* --- a zone database that changes --- */

static void
install_zone (const char *folder, const char *name, const char *source)
{
  g_autofree char *from = g_build_filename ("/usr/share/zoneinfo", source, NULL);
  g_autofree char *to = g_build_filename (folder, name, NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (to, bytes, (gssize) length, NULL));
}

static void
test_forget (void)
{
  g_autofree char *folder = g_dir_make_tmp ("truced-zones-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "Somewhere", NULL);
  g_autofree char *old_folder = g_strdup (g_getenv ("TZDIR"));
  g_autoptr (TruceZone) seoul = truce_zone_new ("Asia/Seoul", NULL);
  static const char *const versions[] = { "Asia/Tokyo", "Etc/GMT-3", "Etc/GMT-2", "Europe/London" };
  static const int offsets[] = { 9 * 3600, 3 * 3600, 2 * 3600, 0 };
  TruceZone *held[G_N_ELEMENTS (versions)];

  g_setenv ("TZDIR", folder, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++) {
    install_zone (folder, "Somewhere", versions[i]);
    if (i > 0) { /* until it is said */
      g_autoptr (TruceZone) same = truce_zone_new ("Somewhere", NULL);
      g_assert_true (same == held[i - 1]);
    }
    truce_zone_forget ();
    held[i] = truce_zone_new ("Somewhere", NULL);
    g_assert_nonnull (held[i]);
    g_assert_cmpstr (truce_zone_name (held[i]), ==, "Somewhere");
    for (gsize j = 0; j <= i; j++) /* what is held stays as it was */
      g_assert_cmpint (truce_zone_offset_at (held[j], 0, NULL), ==, j == 3 ? 3600 : offsets[j]);
  }
  g_assert_cmpint (truce_zone_offset_at (held[3], time_of ("2025-01-01T00:00:00Z"), NULL), ==, offsets[3]);
  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++)
    truce_zone_unref (held[i]);
  g_assert_cmpint (truce_zone_offset_at (seoul, 0, NULL), ==, 9 * 3600);
  if (old_folder)
    g_setenv ("TZDIR", old_folder, TRUE);
  else
    g_unsetenv ("TZDIR");
  truce_zone_forget ();
  g_autoptr (TruceZone) again = truce_zone_new ("Asia/Seoul", NULL);
  g_assert_cmpint (truce_zone_offset_at (again, 0, NULL), ==, 9 * 3600);
  g_assert_cmpint (g_unlink (file), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* --- single facts --- */

static void
test_facts (void)
{
  static const struct {
    const char *zone;
    TruceCivil civil;
    const char *at;
    TruceCivilFit fit;
  } cases[] = {
    { "America/New_York", { 2025, 8, 12, 0, 1, 0 }, "2025-08-12T04:01:00Z", TRUCE_CIVIL_EXACT },
    { "America/New_York", { 2026, 3, 8, 2, 30, 0 }, "2026-03-08T07:00:00Z", TRUCE_CIVIL_GAP },
    { "America/New_York", { 2025, 11, 2, 1, 30, 0 }, "2025-11-02T05:30:00Z", TRUCE_CIVIL_FOLD },
    { "America/New_York", { 2025, 11, 2, 2, 0, 0 }, "2025-11-02T07:00:00Z", TRUCE_CIVIL_EXACT },
    { "America/New_York", { 2075, 7, 1, 0, 0, 0 }, "2075-07-01T04:00:00Z", TRUCE_CIVIL_EXACT },
    { "Europe/Dublin", { 2050, 7, 1, 12, 0, 0 }, "2050-07-01T11:00:00Z", TRUCE_CIVIL_EXACT },
    { "Europe/Dublin", { 2050, 1, 1, 12, 0, 0 }, "2050-01-01T12:00:00Z", TRUCE_CIVIL_EXACT },
    { "Pacific/Apia", { 2011, 12, 30, 12, 0, 0 }, "2011-12-30T10:00:00Z", TRUCE_CIVIL_GAP },
    { "Australia/Lord_Howe", { 2025, 10, 5, 2, 15, 0 }, "2025-10-04T15:30:00Z", TRUCE_CIVIL_GAP },
    { "Asia/Kathmandu", { 2025, 1, 1, 0, 0, 0 }, "2024-12-31T18:15:00Z", TRUCE_CIVIL_EXACT },
    { "UTC", { 1, 1, 1, 0, 0, 0 }, "0001-01-01T00:00:00Z", TRUCE_CIVIL_EXACT },
    { "-04:00", { 2025, 8, 12, 0, 1, 0 }, "2025-08-12T04:01:00Z", TRUCE_CIVIL_EXACT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TruceZone) zone = truce_zone_new (cases[i].zone, NULL);
    TruceCivilFit fit;
    char text[TRUCE_TIME_TEXT_SIZE];
    g_assert_cmpstr (truce_time_to_text (truce_zone_to_time (zone, &cases[i].civil, &fit), text), ==, cases[i].at);
    g_assert_cmpint (fit, ==, cases[i].fit);
  }
}

static void
test_day_starts (void)
{
  static const struct {
    const char *zone;
    int year, month, day;
    const char *start;
  } cases[] = {
    { "America/New_York", 2025, 6, 11, "2025-06-11T04:00:00Z" },
    { "America/Santiago", 2019, 9, 8, "2019-09-08T04:00:00Z" }, /* 01:00 */
    { "Asia/Beirut", 2025, 3, 30, "2025-03-29T22:00:00Z" },     /* 01:00 */
    { "Pacific/Apia", 2011, 12, 30, "2011-12-30T10:00:00Z" },   /* skipped: the 31st */
    { "Pacific/Apia", 2011, 12, 31, "2011-12-30T10:00:00Z" },
    { "America/Havana", 2025, 11, 2, "2025-11-02T04:00:00Z" }, /* 00:00 comes twice: the first */
    { "+09:00", 1970, 1, 1, "1969-12-31T15:00:00Z" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TruceZone) zone = truce_zone_new (cases[i].zone, NULL);
    char text[TRUCE_TIME_TEXT_SIZE];
    gint64 day = truce_days_from_date (cases[i].year, cases[i].month, cases[i].day);
    g_assert_cmpstr (truce_time_to_text (truce_zone_day_start (zone, day), text), ==, cases[i].start);
  }
}

/* A microsecond before midnight is still that day, before 1970 too. */
static void
test_below_a_second (void)
{
  g_autoptr (TruceZone) zone = truce_zone_new ("UTC", NULL);
  TruceCivil civil;

  truce_zone_to_civil (zone, -1, &civil);
  g_assert_cmpint (civil.year, ==, 1969);
  g_assert_cmpint (civil.second, ==, 59);
  g_assert_cmpint (truce_zone_day_of (zone, -1), ==, -1);
  g_assert_cmpint (truce_zone_day_of (zone, 0), ==, 0);
}

static void
test_format (void)
{
  static const char *const cases[][3] = {
    { "America/New_York", "2025-08-12T04:01:00Z", "Tue 12 Aug 2025 00:01 EDT" },
    { "UTC", "2025-06-01T00:00:05Z", "Sun 1 Jun 2025 00:00:05 UTC" },
    { "+08:00", "2025-06-01T00:00:00Z", "Sun 1 Jun 2025 08:00 +08:00" },
    { "Europe/Dublin", "2050-07-01T11:00:00Z", "Fri 1 Jul 2050 12:00 IST" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TruceZone) zone = truce_zone_new (cases[i][0], NULL);
    g_autofree char *words = truce_zone_format (zone, time_of (cases[i][1]));
    g_assert_cmpstr (words, ==, cases[i][2]);
  }
}

/* --- the calendar --- */

static void
test_valid (void)
{
  static const struct {
    TruceCivil civil;
    gboolean valid;
  } cases[] = {
    { { 2024, 2, 29, 0, 0, 0 }, TRUE },  { { 2025, 2, 29, 0, 0, 0 }, FALSE }, { { 1900, 2, 29, 0, 0, 0 }, FALSE },
    { { 2000, 2, 29, 0, 0, 0 }, TRUE },  { { 2025, 4, 31, 0, 0, 0 }, FALSE }, { { 2025, 13, 1, 0, 0, 0 }, FALSE },
    { { 2025, 0, 1, 0, 0, 0 }, FALSE },  { { 2025, 1, 0, 0, 0, 0 }, FALSE },  { { 0, 1, 1, 0, 0, 0 }, FALSE },
    { { 10000, 1, 1, 0, 0, 0 }, FALSE }, { { 2025, 1, 1, 24, 0, 0 }, FALSE }, { { 2025, 1, 1, 0, 60, 0 }, FALSE },
    { { 2025, 1, 1, 0, 0, 60 }, FALSE }, { { 2025, 1, 1, -1, 0, 0 }, FALSE }, { { 9999, 12, 31, 23, 59, 59 }, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (truce_civil_valid (&cases[i].civil), ==, cases[i].valid);
}

static void
test_add (void)
{
  static const struct {
    int year, month, day, months;
    gint64 days;
    int to_year, to_month, to_day;
  } cases[] = {
    { 2025, 1, 31, 1, 0, 2025, 2, 28 },     { 2024, 1, 31, 1, 0, 2024, 2, 29 },   { 2025, 3, 31, -1, 0, 2025, 2, 28 },
    { 2025, 12, 15, 1, 0, 2026, 1, 15 },    { 2025, 1, 15, -1, 0, 2024, 12, 15 }, { 2024, 2, 29, 12, 0, 2025, 2, 28 },
    { 2025, 5, 14, 0, 90, 2025, 8, 12 },    { 2025, 1, 31, 1, 1, 2025, 3, 1 },    { 2025, 3, 1, 0, -1, 2025, 2, 28 },
    { 2025, 6, 30, -18, -1, 2023, 12, 29 }, { 1, 1, 1, -1, 0, 0, 12, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    TruceCivil civil = { cases[i].year, cases[i].month, cases[i].day, 13, 14, 15 };
    truce_civil_add (&civil, cases[i].months, cases[i].days);
    g_assert_cmpint (civil.year, ==, cases[i].to_year);
    g_assert_cmpint (civil.month, ==, cases[i].to_month);
    g_assert_cmpint (civil.day, ==, cases[i].to_day);
    g_assert_cmpint (civil.hour * 10000 + civil.minute * 100 + civil.second, ==, 131415);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/zone/names", test_names);
  g_test_add_func ("/zone/unknown-names", test_unknown_names);
  g_test_add_func ("/zone/local", test_local);
  g_test_add_func ("/zone/forget", test_forget);
  g_test_add_func ("/zone/facts", test_facts);
  g_test_add_func ("/zone/day-starts", test_day_starts);
  g_test_add_func ("/zone/below-a-second", test_below_a_second);
  g_test_add_func ("/zone/format", test_format);
  g_test_add_func ("/zone/all", test_all_zones);
  g_test_add_func ("/civil/valid", test_valid);
  g_test_add_func ("/civil/add", test_add);
  return g_test_run ();
}
