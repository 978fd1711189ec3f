/* SPDX-License-Identifier: MIT */
/* The date language, by the table of when_table.h and by what else a statement tells. */
#include <string.h>

#include "deadline/when.h"
#include "when_table.h"

/* --- what the statements lean on --- */

static TruceZone *new_york;
static TruceSpan starts, truce, tiktok, midnight, afternoon;
static TruceCalendar *us;

static TruceCalendar *
read_us_federal (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("SOURCE_ROOT"), "config/holidays/us-federal", NULL);
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  TruceCalendar *calendar = truce_calendar_parse ("us-federal", path, bytes, length, diags);
  g_assert_nonnull (calendar);
  return calendar;
}

static const TruceSpan *
find_milestone (const char *id, gpointer user_data)
{
  const struct {
    const char *id;
    const TruceSpan *span;
  } known[] = { { "truce", &truce }, { "tiktok", &tiktok }, { "midnight", &midnight }, { "afternoon", &afternoon } };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (id, known[i].id) == 0)
      return known[i].span;
  return NULL;
}

static TruceWhenContext context = { .starts = &starts, .milestone = find_milestone };

static gboolean
read_statement (const char *text, const TruceWhenContext *with, TruceSpan *ret_span, GPtrArray **ret_notes,
                GError **error)
{
  g_autoptr (TruceWhen) when = truce_when_parse (text, new_york, error);

  return when && truce_when_resolve (when, with, ret_span, ret_notes, error);
}

static void
read_or_abort (const char *text, const TruceWhenContext *with, TruceSpan *ret_span)
{
  g_autoptr (GError) error = NULL;

  if (!read_statement (text, with, ret_span, NULL, &error))
    g_error ("%s: %s", text, error->message);
}

/* --- tests --- */

static void
test_readings (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (readings); i++) {
    const Reading *reading = &readings[i];
    g_autoptr (GError) error = NULL;
    TruceSpan span = TRUCE_SPAN_INIT;
    char earliest[TRUCE_TIME_TEXT_SIZE], latest[TRUCE_TIME_TEXT_SIZE];

    if (!read_statement (reading->text, &context, &span, NULL, &error)) {
      g_test_message ("'%s' is refused: %s", reading->text, error->message);
      g_test_fail ();
      continue;
    }
    truce_time_to_text (span.earliest, earliest);
    truce_time_to_text (span.latest, latest);
    const char *expected_latest = reading->latest ? reading->latest : reading->earliest;
    if (strcmp (earliest, reading->earliest) != 0 || strcmp (latest, expected_latest) != 0 ||
        span.precision != reading->precision || span.approximate != reading->approximate) {
      g_test_message ("'%s' is [%s, %s) %s%s", reading->text, earliest, latest,
                      truce_precision_to_text (span.precision), span.approximate ? ", approximate" : "");
      g_test_fail ();
    }
    truce_span_clear (&span);
  }
}

static void
test_refusals (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++) {
    const Refusal *refusal = &refusals[i];
    g_autoptr (GError) error = NULL;
    const TruceTime untouched = 42;
    TruceSpan span = { untouched, untouched, TRUCE_PRECISION_YEAR, TRUE, NULL };

    if (read_statement (refusal->text, &context, &span, NULL, &error)) {
      g_autofree char *words = truce_span_to_words (&span);
      g_test_message ("'%s' is read as %s", refusal->text, words);
      g_test_fail ();
      truce_span_clear (&span);
      continue;
    }
    g_assert_cmpint (span.earliest, ==, untouched);
    if (!g_error_matches (error, TRUCE_WHEN_ERROR, (int) refusal->code) || !strstr (error->message, refusal->word)) {
      g_test_message ("'%s' is refused by %d: %s", refusal->text, error->code, error->message);
      g_test_fail ();
    }
  }
}

/* Asked just now, on a Tuesday in the evening of New York, which is Wednesday in UTC: what each is taken for is said.
 */
static void
test_asked_now (void)
{
  static const struct {
    const char *text, *words, *note;
  } table[] = {
    { "today", "Tue 24 Nov 2026", "today is Tue 24 Nov 2026 in America/New_York" },
    { "tomorrow", "Wed 25 Nov 2026", "today is Tue 24 Nov 2026" },
    { "tomorrow at noon", "Wed 25 Nov 2026 12:00 EST", "today is" },
    { "yesterday", "Mon 23 Nov 2026", "today is" },
    { "day after tomorrow", "Thu 26 Nov 2026", "today is" },
    { "in 3 days", "Fri 27 Nov 2026", "it is counted from today, Tue 24 Nov 2026" },
    { "in a week", "Tue 1 Dec 2026", "counted from today" },
    { "in 2 months", "Sun 24 Jan 2027", "counted from today" },
    { "in 90 minutes", "Tue 24 Nov 2026 21:30 EST", NULL },
    { "in 5 business days", "Wed 2 Dec 2026", "counted from today" }, /* Thanksgiving */
    { "Thursday", "Thu 26 Nov 2026", "'Thursday' is taken as the first after today, Thu 26 Nov 2026" },
    { "Tuesday", "Tue 1 Dec 2026", "the first after today" },
    { "Thu, 17:00 ET", "Thu 26 Nov 2026 17:00 EST", "the first after today" },
    { "Friday + 1w", "Fri 4 Dec 2026", "the first after today" },
    { "this Friday", "Fri 27 Nov 2026", "of this week" },
    { "next Friday", "Fri 4 Dec 2026", "of the week after this, Fri 4 Dec 2026" },
    { "next Monday", "Mon 30 Nov 2026", "of the week after this" },
    { "next week", "30 Nov – 6 Dec 2026", "'next week' is taken as that which begins Mon 30 Nov 2026" },
    { "this month", "November 2026", "begins Sun 1 Nov 2026" },
    { "next quarter", "Q1 2027", "begins Fri 1 Jan 2027" },
    { "next year", "2027", "begins" },
    { "end of next month", "27–31 Dec 2026", "begins Tue 1 Dec 2026" },
    { "late next month", "21–31 Dec 2026", "begins" },
    { "2027-01-01", "Fri 1 Jan 2027", NULL },
    { "tonight", NULL, "'tonight' is no date" },
    { "next business day", NULL, "'business'" },
    { "in soon", NULL, "'soon'" },
    { "next", NULL, "weekday" },
  };
  g_autoptr (TruceZone) zone = truce_zone_new ("America/New_York", NULL);
  TruceTime now;

  g_assert_true (truce_time_from_text ("2026-11-25T01:00:00Z", &now));
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) notes = NULL;
    g_autoptr (TruceWhen) when = truce_when_parse_now (table[i].text, zone, now, NULL, &error);
    TruceSpan span = TRUCE_SPAN_INIT;
    g_test_message ("%s", table[i].text);
    if (!table[i].words) {
      g_assert_null (when);
      g_assert_nonnull (strstr (error->message, table[i].note));
      continue;
    }
    g_assert_no_error (error);
    g_assert_true (truce_when_resolve (when, &context, &span, &notes, &error));
    g_autofree char *words = truce_span_to_words (&span);
    g_assert_cmpstr (words, ==, table[i].words);
    gboolean noted = !table[i].note;
    for (guint j = 0; notes && j < notes->len && !noted; j++)
      noted = strstr (g_ptr_array_index (notes, j), table[i].note) != NULL;
    g_assert_true (noted);
    truce_span_clear (&span);
  }
}

/* How far it was understood, in bytes. */
static void
test_where (void)
{
  static const struct {
    const char *text;
    gsize offset;
  } table[] = {
    { "soonish", 0 },
    { "12 Augst 2027", 3 },
    { "  12 Augst 2027", 3 },
    { "2027-08-12 nowhere", 11 },
    { "Q3 2027 + 3 fish", 10 },
    { "mid-Jume 2027", 4 },
    { "", 0 },
  };
  g_autoptr (TruceZone) zone = truce_zone_new ("UTC", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    gsize offset = 99;
    g_test_message ("%s", table[i].text);
    g_assert_null (truce_when_parse_now (table[i].text, zone, 0, &offset, NULL));
    g_assert_cmpuint (offset, ==, table[i].offset);
  }
}

static void
test_missing_bases (void)
{
  static const TruceWhenContext nothing = { .starts = NULL };
  static const char *const statements[] = {
    "starts + 90d",
    "milestone:truce",
    "starts/2025-08-12",
    "2025-06-19 + 20bd",
    "last business day of June 2025",
    "2025-06-19 or next business day",
  };
  static const TruceWhenContext *const contexts[] = { NULL, &nothing };

  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (contexts); j++) {
      g_autoptr (GError) error = NULL;
      TruceSpan span;
      g_assert_false (read_statement (statements[i], contexts[j], &span, NULL, &error));
      g_assert_error (error, TRUCE_WHEN_ERROR, TRUCE_WHEN_ERROR_BASE);
    }
  g_autoptr (GError) error = NULL;
  TruceSpan span;
  g_assert_false (read_statement ("milestone:nowhere + 1d", &context, &span, NULL, &error));
  g_assert_error (error, TRUCE_WHEN_ERROR, TRUCE_WHEN_ERROR_BASE);
  g_assert_nonnull (strstr (error->message, "'nowhere'"));
}

/* What a statement says of itself, before it is resolved. */
static void
test_statement (void)
{
  static const struct {
    const char *text, *kept, *milestone;
    gboolean starts, calendar;
  } cases[] = {
    { "  starts + 90d ", "starts + 90d", NULL, TRUE, FALSE },
    { "2025-08-12", "2025-08-12", NULL, FALSE, FALSE },
    { "milestone:us-china-truce + 90d", "milestone:us-china-truce + 90d", "us-china-truce", FALSE, FALSE },
    { "2025-08-12/milestone:b", "2025-08-12/milestone:b", "b", FALSE, FALSE },
    { "day before starts", "day before starts", NULL, TRUE, FALSE },
    { "starts + 1mo + 20bd", "starts + 1mo + 20bd", NULL, TRUE, TRUE },
    { "2025-06-19/last business day of June 2025", "2025-06-19/last business day of June 2025", NULL, FALSE, TRUE },
    { "2025-06-19 or next business day", "2025-06-19 or next business day", NULL, FALSE, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (TruceWhen) when = truce_when_parse (cases[i].text, new_york, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (truce_when_text (when), ==, cases[i].kept);
    g_assert_cmpstr (truce_when_base_milestone (when), ==, cases[i].milestone);
    g_assert_cmpint (truce_when_uses_starts (when), ==, cases[i].starts);
    g_assert_cmpint (truce_when_uses_calendar (when), ==, cases[i].calendar);
  }
}

static void
test_notes (void)
{
  static const struct {
    const char *text, *note; /* NULL: none */
  } cases[] = {
    { "2025-08-12", NULL },
    { "starts + 90d", NULL },
    { "2026-03-08 02:30", "02:30 does not exist on 2026-03-08 in America/New_York: 03:00 EDT is taken" },
    { "2026-03-07 02:30 + 1d", "02:30 does not exist on 2026-03-08 in America/New_York: 03:00 EDT is taken" },
    { "2025-11-02 01:30", "01:30 exists twice on 2025-11-02 in America/New_York: the earlier, EDT, is taken" },
    { "2025-11-02 01:30 EST", NULL },
    { "2019-09-08 America/Santiago", "2019-09-08 has no 00:00 in America/Santiago: it begins at 01:00" },
    { "2011-12-30 Pacific/Apia", "2011-12-30 does not exist in Pacific/Apia: the day after it is taken" },
    { "winter 2025", "winter 2025 is taken as December 2025 to February 2026" },
    { "2025-30", "summer 2025 is taken as December 2025 to February 2026" },
    { "12 August 2025 midnight", "midnight is taken as 00:00, the beginning of that day" },
    { "2025-07-03 or next business day", NULL },
    { "2025-07-04 or next business day",
      "Fri 2025-07-04 is a day off in us-federal (Independence Day): Mon 2025-07-07 is taken" },
    { "2026-07-04 or previous business day",
      "Sat 2026-07-04 is a day off in us-federal (Independence Day): Thu 2026-07-02 is taken" },
    { "1977-06-01 + 5bd", "the holidays of us-federal are known since 1978 only: the count may be wrong" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) notes = NULL;
    TruceSpan span;
    g_assert_true (read_statement (cases[i].text, &context, &span, &notes, &error));
    g_assert_cmpuint (notes ? notes->len : 0, ==, cases[i].note ? 1 : 0);
    if (cases[i].note)
      g_assert_cmpstr (notes->pdata[0], ==, cases[i].note);
    truce_span_clear (&span);
  }
}

/* The zone of a span is the one that the date was stated in. */
static void
test_zones (void)
{
  static const char *const cases[][2] = {
    { "2025-08-12", "America/New_York" },           { "2025-08-12T04:01Z", "UTC" },
    { "2025-08-12T00:01:00-04:00", "-04:00" },      { "2025-08-12 00:01 KST", "Asia/Seoul" },
    { "2025-08-12 00:01 CST+8", "Asia/Shanghai" },  { "2025-06-11/2025-06-20 Asia/Seoul", "Asia/Seoul" },
    { "milestone:tiktok + 1d", "America/Chicago" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    TruceSpan span;
    read_or_abort (cases[i][0], &context, &span);
    g_assert_cmpstr (truce_zone_name (span.zone), ==, cases[i][1]);
    truce_span_clear (&span);
  }
}

static void
test_words (void)
{
  static const char *const cases[][2] = {
    { "2025-08-12 00:01", "Tue 12 Aug 2025 00:01 EDT" },
    { "2025-08-12T00:01:30Z", "Tue 12 Aug 2025 00:01:30 UTC" },
    { "2025-06-19", "Thu 19 Jun 2025" },
    { "2025-06-19~", "about Thu 19 Jun 2025" },
    { "mid-June 2025", "11–20 Jun 2025" },
    { "2025-06-28/2025-07-03", "28 Jun – 3 Jul 2025" },
    { "2025-12-28/2026-01-03", "28 Dec 2025 – 3 Jan 2026" },
    { "June 2025", "June 2025" },
    { "Q3 2025", "Q3 2025" },
    { "H2 2025", "H2 2025" },
    { "2025", "2025" },
    { "Q3 2025 + 3mo", "Q4 2025" },
    { "Q3 2025 + 1mo", "1 Aug – 31 Oct 2025" },
    { "H2 2025 + 3mo", "1 Oct 2025 – 31 Mar 2026" },
    { "2025 + 6mo", "1 Jul 2025 – 30 Jun 2026" },
    { "2025-06-11T04:00Z/2025-06-11T06:00Z", "Wed 11 Jun 2025 04:00 UTC – Wed 11 Jun 2025 06:00 UTC" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    TruceSpan span;
    read_or_abort (cases[i][0], &context, &span);
    g_autofree char *words = truce_span_to_words (&span);
    g_assert_cmpstr (words, ==, cases[i][1]);
    truce_span_clear (&span);
  }
}

/* What people are shown of a span of days can be written into a config again, and means the same. */
static void
test_words_read_back (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (readings); i++) {
    TruceSpan span, again;
    g_autoptr (GError) error = NULL;

    read_or_abort (readings[i].text, &context, &span);
    g_autofree char *words = truce_span_to_words (&span);
    gboolean days = span.latest > span.earliest && strchr (words, ':') == NULL;
    if (days) {
      g_autoptr (TruceWhen) when = truce_when_parse (words, span.zone, &error);
      g_assert_no_error (error);
      g_assert_true (truce_when_resolve (when, NULL, &again, NULL, &error));
      g_assert_true (truce_span_same_due (&span, &again));
      g_assert_cmpint (span.approximate, ==, again.approximate);
      truce_span_clear (&again);
    }
    truce_span_clear (&span);
  }
}

static void
test_span (void)
{
  TruceSpan span, copy;

  read_or_abort ("mid-June 2025", &context, &span);
  truce_span_copy (&span, &copy);
  g_assert_true (truce_span_same_due (&span, &copy));
  copy.latest++;
  g_assert_false (truce_span_same_due (&span, &copy));
  truce_span_clear (&span);
  g_assert_cmpstr (truce_zone_name (copy.zone), ==, "America/New_York");
  truce_span_clear (&copy);
  truce_span_clear (&copy);
  for (int i = 0; i < TRUCE_N_PRECISIONS; i++)
    g_assert_nonnull (truce_precision_to_text ((TrucePrecision) i));
}

/* Offices are closed, said of single days only. */
static void
test_days_off (void)
{
  static const char *const cases[][2] = {
    { "2025-07-04", "Fri 4 Jul 2025 is a day off in us-federal: Independence Day" },
    { "2025-07-04 17:00 ET", "Fri 4 Jul 2025 is a day off in us-federal: Independence Day" },
    { "2026-07-03", "Fri 3 Jul 2026 is a day off in us-federal: Independence Day (observed)" },
    { "2025-07-05", "Sat 5 Jul 2025 is a day off in us-federal: Saturday" },
    { "2025-07-07", NULL },
    { "July 2025", NULL },
    { "2025-07-04/2025-07-06", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    TruceSpan span;
    read_or_abort (cases[i][0], &context, &span);
    g_autofree char *off = truce_span_day_off (&span, us);
    g_assert_cmpstr (off, ==, cases[i][1]);
    truce_span_clear (&span);
  }
}

/* What counting over years without a list says is kept apart where that is asked for. */
static void
test_doubts (void)
{
  g_autoptr (GPtrArray) doubts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GError) error = NULL;
  const TruceWhenContext with = { .calendar = us, .doubts = doubts };
  TruceSpan span;

  g_assert_true (read_statement ("1977-12-30 - 1bd", &with, &span, &notes, &error));
  truce_span_clear (&span);
  g_assert_null (notes);
  g_assert_cmpuint (doubts->len, ==, 1);
  g_assert_true (read_statement ("1977-12-31 + 1bd", &with, &span, NULL, &error));
  truce_span_clear (&span);
  g_assert_cmpuint (doubts->len, ==, 1);
}

static void
test_long (void)
{
  g_autofree char *longest = g_strnfill (TRUCE_WHEN_TEXT_MAX, ' ');
  g_autofree char *too_long = g_strnfill (TRUCE_WHEN_TEXT_MAX + 1, ' ');
  g_autoptr (GError) error = NULL;

  memcpy (longest, "2025", 4);
  memcpy (too_long, "2025", 4);
  g_autoptr (TruceWhen) when = truce_when_parse (longest, new_york, &error);
  g_assert_no_error (error);
  g_assert_nonnull (when);
  g_assert_null (truce_when_parse (too_long, new_york, &error));
  g_assert_error (error, TRUCE_WHEN_ERROR, TRUCE_WHEN_ERROR_SYNTAX);
}

/* The plainest dates are read by their places: as the forms that all others are read by would, which the article in
 * front of them calls for; those that do not exist, and those that are nearly plain, too. */
static void
test_plain (void)
{
  static const char odd[] = " 0159-:Tz/+x";

  for (int i = 0; i < 20000; i++) {
    g_autofree char *text = g_strdup_printf (
        i % 2 ? "%04d-%02d-%02d %02d:%02d" : "%04d-%02d-%02d", g_test_rand_int_range (i % 50 ? 1960 : 0, 2060),
        g_test_rand_int_range (i % 50 ? 1 : 0, 14), g_test_rand_int_range (i % 50 ? 1 : 0, 33),
        g_test_rand_int_range (0, 26), g_test_rand_int_range (0, 62));
    if (i % 5 == 0)
      text[g_test_rand_int_range (0, (int) strlen (text))] = odd[g_test_rand_int_range (0, sizeof odd - 1)];
    g_autofree char *other = g_strconcat ("the ", g_strchug (text), NULL);
    TruceSpan span = TRUCE_SPAN_INIT, other_span = TRUCE_SPAN_INIT;
    g_autoptr (GError) error = NULL, other_error = NULL;

    gboolean read = read_statement (text, &context, &span, NULL, &error);
    gboolean other_read = read_statement (other, &context, &other_span, NULL, &other_error);
    g_test_message ("%s", text);
    g_assert_cmpint (read, ==, other_read);
    if (read) {
      g_assert_true (truce_span_same_due (&span, &other_span));
      g_assert_cmpint (span.precision, ==, other_span.precision);
      g_assert_cmpint (span.approximate, ==, other_span.approximate);
      g_assert_true (span.zone == other_span.zone);
    }
    truce_span_clear (&span);
    truce_span_clear (&other_span);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  new_york = truce_zone_new ("America/New_York", NULL);
  us = read_us_federal ();
  context.calendar = us;
  read_or_abort ("2025-05-14 00:01 America/New_York", NULL, &starts);
  read_or_abort ("2025-08-12 00:01", NULL, &truce);
  read_or_abort ("mid-June 2025 America/Chicago", NULL, &tiktok);
  read_or_abort ("2025-06-01T00:00Z", NULL, &midnight);
  read_or_abort ("2025-06-11T12:00Z/2025-06-12T00:00Z", NULL, &afternoon);
  g_test_add_func ("/when/asked-now", test_asked_now);
  g_test_add_func ("/when/where", test_where);
  g_test_add_func ("/when/readings", test_readings);
  g_test_add_func ("/when/refusals", test_refusals);
  g_test_add_func ("/when/missing-bases", test_missing_bases);
  g_test_add_func ("/when/statement", test_statement);
  g_test_add_func ("/when/plain", test_plain);
  g_test_add_func ("/when/notes", test_notes);
  g_test_add_func ("/when/zones", test_zones);
  g_test_add_func ("/when/words", test_words);
  g_test_add_func ("/when/words-read-back", test_words_read_back);
  g_test_add_func ("/when/span", test_span);
  g_test_add_func ("/when/days-off", test_days_off);
  g_test_add_func ("/when/doubts", test_doubts);
  g_test_add_func ("/when/long", test_long);
  int status = g_test_run ();
  truce_span_clear (&starts);
  truce_span_clear (&truce);
  truce_span_clear (&tiktok);
  truce_span_clear (&midnight);
  truce_span_clear (&afternoon);
  truce_calendar_unref (us);
  truce_zone_unref (new_york);
  return status;
}
