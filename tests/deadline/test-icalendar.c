/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "deadline/icalendar.h"
#include "deadline/restate.h"
#include "random_milestone.h"

static void
test_lines (void)
{
  static const char *const letters[] = { "a", "é", "希", "😀", ",", ";", "\\", "\n", " " };

  for (guint round = 0; round < 2000; round++) {
    g_autoptr (GString) text = g_string_new (NULL), calendar = g_string_new (NULL), unfolded = g_string_new (NULL);
    guint n = (guint) g_test_rand_int_range (1, 300);

    for (guint i = 0; i < n; i++)
      g_string_append (text, letters[g_test_rand_int_range (0, G_N_ELEMENTS (letters))]);
    truce_icalendar_text (calendar, "SUMMARY", text->str);
    g_auto (GStrv) lines = g_strsplit (calendar->str, "\r\n", -1);
    for (char **line = lines; *line; line++) {
      g_assert_cmpuint (strlen (*line), <=, 75);
      g_assert_true (g_utf8_validate (*line, -1, NULL));
      g_assert_null (strchr (*line, '\n'));
      g_string_append (unfolded, **line == ' ' && line != lines ? *line + 1 : *line);
    }
    g_autoptr (GString) plain = g_string_new (NULL);
    for (const char *at = unfolded->str + strlen ("SUMMARY:"); *at; at++) {
      g_assert_true (*at != ',' && *at != ';');
      if (*at == '\\')
        at++;
      g_string_append_c (plain, *at == 'n' && at[-1] == '\\' ? '\n' : *at);
    }
    g_assert_cmpstr (plain->str, ==, text->str);
  }
}

static void
assert_restated (const TruceSpan *span, const char *text, TruceZone *zone)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TruceWhen) when = truce_when_parse (text, zone, &error);
  const TruceWhenContext context = { .starts = NULL };
  TruceSpan again;

  g_assert_no_error (error);
  truce_when_resolve (when, &context, &again, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (truce_span_same_due (span, &again));
  truce_span_clear (&again);
}

/* Whatever a date leans on, it can be stated alone. */
static void
test_restate_by_chance (void)
{
  g_autoptr (TruceZone) here = truce_zone_new ("Asia/Tokyo", NULL);

  for (guint round = 0; round < 3000; round++) {
    TruceSpan span;

    random_span (&span);
    span.earliest += round % 3 == 0 && span.precision == TRUCE_PRECISION_INSTANT ? 123456 : 0;
    span.latest = MAX (span.latest, span.earliest);
    g_autofree char *text = truce_span_restate (&span, "starts + 90d", here);
    assert_restated (&span, text, here);
    truce_span_clear (&span);
  }
}

static void
test_restate (void)
{
  static const struct {
    const char *statement, *zone, *restated;
  } cases[] = {
    { "mid-June 2025", NULL, "mid-June 2025" },
    { "2025-05-14 00:01 + 90d", NULL, "2025-05-14 00:01 + 90d" },
    { "starts + 90d", NULL, "2025-06-17" },
    { "starts + 1mo", "Asia/Seoul", "2025-04-19" },
  };
  g_autoptr (TruceZone) zone = truce_zone_new ("America/New_York", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TruceWhen) starts_when = truce_when_parse ("2025-03-19", zone, NULL);
    g_autoptr (TruceWhen) when = truce_when_parse (cases[i].statement, zone, NULL);
    const TruceWhenContext none = { .starts = NULL };
    TruceSpan starts, span;

    g_assert_true (truce_when_resolve (starts_when, &none, &starts, NULL, NULL));
    const TruceWhenContext context = { .starts = &starts };
    g_assert_true (truce_when_resolve (when, &context, &span, NULL, NULL));
    g_autoptr (TruceZone) there = truce_zone_new (cases[i].zone ? cases[i].zone : "America/New_York", NULL);
    g_autofree char *text = truce_span_restate (&span, cases[i].statement, there);
    g_autofree char *expected =
        cases[i].zone ? g_strconcat (cases[i].restated, " America/New_York", NULL) : g_strdup (cases[i].restated);
    g_assert_cmpstr (text, ==, expected);
    truce_span_clear (&starts);
    truce_span_clear (&span);
  }
}

static char *
calendar_of (const char *const *dues, guint n_dues, const char *lead_text, TruceTime now)
{
  g_autoptr (TruceMilestone) milestone = truce_milestone_new ("truce");
  GString *calendar = g_string_new (NULL);
  const TruceWhenContext none = { .starts = NULL };
  TruceLead lead;

  milestone->zone = truce_zone_new ("America/New_York", NULL);
  milestone->title = "Truce, ends; soon";
  for (guint i = 0; i < n_dues; i++) {
    g_autoptr (TruceWhen) when = truce_when_parse (dues[i], milestone->zone, NULL);
    TruceSpan span;

    g_assert_true (truce_when_resolve (when, &none, &span, NULL, NULL));
    truce_milestone_add_revision (milestone, i == 0 ? TRUCE_TIME_MIN : (TruceTime) i * TRUCE_DAY, &span, dues[i], NULL,
                                  0);
    truce_span_clear (&span);
  }
  g_assert_true (truce_lead_parse (lead_text, &lead));
  truce_milestone_set_leads (milestone, &lead, 1);
  truce_icalendar_add (calendar, milestone, NULL, now);
  return g_string_free (calendar, FALSE);
}

static void
test_event (void)
{
  static const struct {
    const char *due, *lead, *start, *end, *trigger;
  } cases[] = {
    { "2025-08-12 00:01", "6h", "DTSTART:20250812T040100Z", NULL, "TRIGGER:-PT6H" },
    { "2025-08-12 00:01", "1d12h", "DTSTART:20250812T040100Z", NULL, "TRIGGER:-P1DT12H" },
    /* The evening before counts to the morning of the day that leads to it: 09:00 on the 11th. */
    { "2025-08-12 00:01", "1d", "DTSTART:20250812T040100Z", NULL, "TRIGGER:-PT15H1M" },
    { "2025-08-12", "1d", "DTSTART;VALUE=DATE:20250812", "DTEND;VALUE=DATE:20250813", "TRIGGER:-PT15H" },
    { "2025-08-12", "30d", "DTSTART;VALUE=DATE:20250812", "DTEND;VALUE=DATE:20250813", "TRIGGER:-P29DT15H" },
    { "2025-08-12", "0", "DTSTART;VALUE=DATE:20250812", "DTEND;VALUE=DATE:20250813", "TRIGGER:PT0S" },
    { "2025-08-12", "1h30s", "DTSTART;VALUE=DATE:20250812", "DTEND;VALUE=DATE:20250813", "TRIGGER:-PT1H0M30S" },
    { "2025-08-12", "+1d", "DTSTART;VALUE=DATE:20250812", "DTEND;VALUE=DATE:20250813", "TRIGGER;RELATED=END:PT9H" },
    { "2025-08-12", "24h", "DTSTART;VALUE=DATE:20250812", "DTEND;VALUE=DATE:20250813", "TRIGGER:-P1D" },
    { "mid-June 2025", "3d", "DTSTART;VALUE=DATE:20250611", "DTEND;VALUE=DATE:20250621", "TRIGGER:-P2DT15H" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = calendar_of (&cases[i].due, 1, cases[i].lead, 0);
    const char *lines[] = { cases[i].start, cases[i].end, cases[i].trigger, "SUMMARY:Truce\\, ends\\; soon" };

    for (gsize j = 0; j < G_N_ELEMENTS (lines); j++) {
      g_autofree char *line = lines[j] ? g_strconcat ("\r\n", lines[j], "\r\n", NULL) : NULL;
      if (line && !strstr (text, line))
        g_error ("no %s in\n%s", lines[j], text);
    }
    g_assert_true (cases[i].end || !strstr (text, "DTEND"));
  }
}

/* One more a move, and not before the move is in force. */
static void
test_sequence (void)
{
  static const char *const dues[] = { "2025-08-12", "2025-11-10", "2026-11-10" };
  static const char *const starts[] = { "VALUE=DATE:20250812", "VALUE=DATE:20251110", "VALUE=DATE:20261110" };

  for (guint moves = 0; moves < G_N_ELEMENTS (dues); moves++) {
    g_autofree char *text = calendar_of (dues, G_N_ELEMENTS (dues), "1d", (TruceTime) moves * TRUCE_DAY);
    g_autofree char *sequence = g_strdup_printf ("\r\nSEQUENCE:%u\r\n", moves);

    g_assert_nonnull (strstr (text, sequence));
    g_assert_nonnull (strstr (text, starts[moves]));
    g_assert_nonnull (strstr (text, "\r\nUID:truce@truced\r\n"));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deadline/icalendar/lines", test_lines);
  g_test_add_func ("/deadline/icalendar/restate", test_restate);
  g_test_add_func ("/deadline/icalendar/restate-by-chance", test_restate_by_chance);
  g_test_add_func ("/deadline/icalendar/event", test_event);
  g_test_add_func ("/deadline/icalendar/sequence", test_sequence);
  return g_test_run ();
}
