/* SPDX-License-Identifier: MIT */
#include "worker/parse/date.h"

#include <string.h>

typedef struct {
  const char *text;
  const char *utc; /* NULL: no date */
} Case;

/* clang-format off */
static const Case cases[] = {
  /* RFC 3339 and the W3C profile */
  { "2025-05-14T04:01:00Z", "2025-05-14T04:01:00Z" },
  { "2025-05-14t04:01:00z", "2025-05-14T04:01:00Z" },
  { "2025-05-14T00:01:00-04:00", "2025-05-14T04:01:00Z" },
  { "2025-05-14T00:01:00-0400", "2025-05-14T04:01:00Z" },
  { "2025-05-14T09:31+05:30", "2025-05-14T04:01:00Z" },
  { "2025-05-14T04:01:00.25Z", "2025-05-14T04:01:00.250000Z" },
  { "2025-05-14T04:01:00.123456789Z", "2025-05-14T04:01:00.123456Z" },
  { "2025-05-14T04:01:00,5Z", "2025-05-14T04:01:00.500000Z" },
  { "2025-05-14 04:01:00", "2025-05-14T04:01:00Z" },
  { "2025-05-14T04:01", "2025-05-14T04:01:00Z" },
  { "2025-05-14 T 04:01:00 -00:00", "2025-05-14T04:01:00Z" },
  { "2025-05-14", "2025-05-14T00:00:00Z" },
  { "2025-05-14Z", "2025-05-14T00:00:00Z" },
  { "2025-05-14+02:00", "2025-05-13T22:00:00Z" },
  { "2025-05", "2025-05-01T00:00:00Z" },
  { "2025", "2025-01-01T00:00:00Z" },
  { "20250514", "2025-05-14T00:00:00Z" },
  { "20250514T040100Z", "2025-05-14T04:01:00Z" },
  { "2025-134", "2025-05-14T00:00:00Z" },
  { "2025/5/14 4:01:00", "2025-05-14T04:01:00Z" },
  { "2025-12-31T24:00:00Z", "2026-01-01T00:00:00Z" },
  { "2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z" },
  { "  2025-05-14T04:01:00Z\n", "2025-05-14T04:01:00Z" },
  { "2024-02-29", "2024-02-29T00:00:00Z" },
  { "1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z" },
  /* RFC 822 and what is taken for it */
  { "Wed, 14 May 2025 04:01:00 GMT", "2025-05-14T04:01:00Z" },
  { "Wed, 14 May 2025 00:01:00 -0400", "2025-05-14T04:01:00Z" },
  { "Wed, 14 May 2025 00:01:00 EDT", "2025-05-14T04:01:00Z" },
  { "14 May 25 04:01 UT", "2025-05-14T04:01:00Z" },
  { "Wed,14 May 2025 04:01:00 +0000 (UTC)", "2025-05-14T04:01:00Z" },
  { "Mon, 14 May 2025 04:01:00 Z", "2025-05-14T04:01:00Z" },       /* it was a Wednesday */
  { "Wed, 4 Jun 2025 4:01:00 GMT", "2025-06-04T04:01:00Z" },
  { "Sun, 19 Jun 94 12:00:00 PST", "1994-06-19T20:00:00Z" },
  { "Wed, 14 May 2025 06:01:00 CEST", "2025-05-14T04:01:00Z" },
  { "Wed, 14 May 2025 13:01:00 KST", "2025-05-14T04:01:00Z" },
  { "Wed, 14 May 2025 04:01:00 GMT+02:00", "2025-05-14T02:01:00Z" },
  { "Wed, 14 May 2025 04:01:00 GMT-0330", "2025-05-14T07:31:00Z" },
  { "Wed, 14 May 2025 04:01:00 XYZ", "2025-05-14T04:01:00Z" },
  { "Wed, 14 May 2025 04:01:00 +9900", "2025-05-14T04:01:00Z" },
  { "Wed, 14-May-25 04:01:00 GMT", "2025-05-14T04:01:00Z" },
  { "Wed May 14 04:01:00 2025", "2025-05-14T04:01:00Z" },
  { "Wed May 14 04:01:00 UTC 2025", "2025-05-14T04:01:00Z" },
  { "May 14, 2025", "2025-05-14T00:00:00Z" },
  { "May 14, 2025 12:01 AM EDT", "2025-05-14T04:01:00Z" },
  { "Wednesday, May 14, 2025 at 12:30 pm", "2025-05-14T12:30:00Z" },
  { "Wednesday, 14 May 2025", "2025-05-14T00:00:00Z" },
  { "14 May 2025 04:01:00", "2025-05-14T04:01:00Z" },
  { "14.05.2025 04:01", "2025-05-14T04:01:00Z" },
  { "5/14/2025 4:01:00 PM", "2025-05-14T16:01:00Z" },
  { "14/05/2025", "2025-05-14T00:00:00Z" },
  /* American time by the season */
  { "May 14, 2025 12:01 am ET", "2025-05-14T04:01:00Z" },
  { "Jan 14, 2025 12:01 am ET", "2025-01-14T05:01:00Z" },
  { "Mar 8, 2025 12:00 PT", "2025-03-08T20:00:00Z" },
  { "Mar 9, 2025 12:00 PT", "2025-03-09T19:00:00Z" },
  { "Nov 1, 2025 12:00 CT", "2025-11-01T17:00:00Z" },
  { "Nov 2, 2025 12:00 CT", "2025-11-02T18:00:00Z" },
  { "Mon, 26 January 2004 16:31:00 AT", "2004-01-26T20:31:00Z" },
  /* places */
  { "Fri, 31 Mar 2023 20:19:00 America/Los_Angeles", "2023-04-01T03:19:00Z" },
  { "2025-05-14 13:01:00 Asia/Seoul", "2025-05-14T04:01:00Z" },
  { "Mon, 10 Nov 2025 05:01:00 Europe/Paris", "2025-11-10T04:01:00Z" },
  { "Sat, 29 Mar 2025 12:00:00 Europe/London", "2025-03-29T12:00:00Z" },
  { "Sun, 30 Mar 2025 12:00:00 Europe/London", "2025-03-30T11:00:00Z" },
  { "Sat, 25 Oct 2025 12:00:00 Europe/Kyiv", "2025-10-25T09:00:00Z" },
  { "Sun, 26 Oct 2025 12:00:00 Europe/Kyiv", "2025-10-26T10:00:00Z" },
  { "Mon, 10 Nov 2025 05:01:00 Africa/Nowhere", "2025-11-10T05:01:00Z" },
  { "Mon, 10 Nov 2025 22:01:00 Asia/Yakutsk", "2025-11-10T13:01:00Z" },
  /* in numbers: the weekday, or the order that goes with the writing, settles what the numbers leave open */
  { "Sat, 11 04 2020 08:51:49 +0100", "2020-04-11T07:51:49Z" },
  { "Wed, 11 04 2020 08:51:49 +0100", "2020-11-04T07:51:49Z" },
  { "Wed, 05/07/2025", "2025-05-07T00:00:00Z" },
  { "Sat, 05/07/2025", "2025-07-05T00:00:00Z" },
  { "Mon, 05/07/2025", NULL },
  { "11/10/2025 05:01 AM", "2025-11-10T05:01:00Z" },
  { "05.06.2025", "2025-06-05T00:00:00Z" },
  { "03-12-31", "2003-12-31T00:00:00Z" },
  { "-0312", "2003-12-01T00:00:00Z" },
  { "-03-12", "2003-12-01T00:00:00Z" },
  { "-03-1x", NULL },
  { "031231", "2003-12-31T00:00:00Z" },
  { "200312", "2003-12-01T00:00:00Z" },
  { "Nov. 2020", "2020-11-01T00:00:00Z" },
  { "1762750860", "2025-11-10T05:01:00Z" },
  { "1762750860123", "2025-11-10T05:01:00.123000Z" },
  { "17627508601", NULL },
  /* other languages */
  { "Пн, 10 листопада 2025 07:01:00 +0200", "2025-11-10T05:01:00Z" },
  { "Luni, 10 Noiembrie 2025 07:01:00 +0200", "2025-11-10T05:01:00Z" },
  { "الاثنين, 10 نوفمبر 2025 08:01:00 +0300", "2025-11-10T05:01:00Z" },
  { "Mi, 14 Mai 2025 04:01:00 +0000", "2025-05-14T04:01:00Z" },
  { "mar., 02 mars 2025 04:01:00 +0000", "2025-03-02T04:01:00Z" },
  { "jeu., 14 août 2025 04:01:00 +0200", "2025-08-14T02:01:00Z" },
  { "mié, 14 ago 2025 04:01:00 GMT", "2025-08-14T04:01:00Z" },
  { "Do, 04 Dez 2025 04:01:00 +0100", "2025-12-04T03:01:00Z" },
  { "Ср, 14 мая 2025 04:01:00 +0300", "2025-05-14T01:01:00Z" },
  { "Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z" },
  { "2025년 05월 14일 13:01:00", "2025-05-14T04:01:00Z" },
  { "2025-05-14 오후 1:01:00", "2025-05-14T04:01:00Z" },
  { "2025年5月14日 04:01", "2025-05-14T04:01:00Z" },
  /* no dates, or two */
  { "", NULL },
  { "yesterday", NULL },
  { "05/06/2025", NULL },
  { "2025-13-01", NULL },
  { "2025-02-29", NULL },
  { "2025-05-14T25:00:00Z", NULL },
  { "2025-05-14T04:61:00Z", NULL },
  { "31 Feb 2025", NULL },
  { "Wed, 14 May", NULL },
  { "0000-00-00T00:00:00Z", NULL },
  { "14 May 20255", NULL },
  { "2025-05-14T04:01:00Z and a great deal of text after it, far beyond what any date could ever need to be written, "
    "in whatever language", NULL },
};
/* clang-format on */

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    TruceTime at = 42;
    gboolean read = truce_feed_date_parse (cases[i].text, &at);
    char buffer[TRUCE_TIME_TEXT_SIZE];

    if (!read)
      g_assert_cmpint (at, ==, 42);
    g_test_message ("%s", cases[i].text);
    g_assert_cmpstr (read ? truce_time_to_text (at, buffer) : NULL, ==, cases[i].utc);
  }
}

/* Any instant is read back from each of the forms it is usually written in. */
static void
test_round_trip (void)
{
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

  for (int i = 0; i < 2000; i++) {
    TruceTime want = (TruceTime) g_test_rand_int_range (0, G_MAXINT32) * TRUCE_SECOND, got;
    int offset = g_test_rand_int_range (-14 * 60, 14 * 60 + 1), year, month, day;
    TruceTime local = want + offset * TRUCE_MINUTE;
    gint64 days = local / TRUCE_DAY - (local % TRUCE_DAY < 0);
    int second = (int) ((local - days * TRUCE_DAY) / TRUCE_SECOND);
    char sign = offset < 0 ? '-' : '+';
    g_autofree char *mail = NULL, *iso = NULL;

    truce_date_from_days (days, &year, &month, &day);
    mail = g_strdup_printf ("Xxx, %02d %s %04d %02d:%02d:%02d %c%02d%02d", day, months[month - 1], year, second / 3600,
                            second / 60 % 60, second % 60, sign, ABS (offset) / 60, ABS (offset) % 60);
    iso = g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", year, month, day, second / 3600,
                           second / 60 % 60, second % 60, sign, ABS (offset) / 60, ABS (offset) % 60);
    g_assert_true (truce_feed_date_parse (mail, &got));
    g_assert_cmpint (got, ==, want);
    g_assert_true (truce_feed_date_parse (iso, &got));
    g_assert_cmpint (got, ==, want);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dates/table", test_table);
  g_test_add_func ("/dates/round-trip", test_round_trip);
  return g_test_run ();
}
