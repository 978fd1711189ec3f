/* SPDX-License-Identifier: MIT */
#include "alert/render.h"

#include <string.h>

#include "sample-alerts.h"

static const TruceAlertKind all_kinds[] = {
  TRUCE_ALERT_LEAD, TRUCE_ALERT_DUE,     TRUCE_ALERT_WINDOW_OPEN, TRUCE_ALERT_PASSED,
  TRUCE_ALERT_NEWS, TRUCE_ALERT_CHANGED, TRUCE_ALERT_FEED,        TRUCE_ALERT_PROBLEM,
  TRUCE_ALERT_TEST, TRUCE_ALERT_DIGEST,  TRUCE_ALERT_SILENT,      TRUCE_ALERT_MOVE,
};
G_STATIC_ASSERT (G_N_ELEMENTS (all_kinds) == TRUCE_N_ALERT_KINDS);

static gboolean
has_control (const char *text)
{
  for (const char *c = text; *c; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return TRUE;
  return FALSE;
}

/* --- the message --- */

static void
test_message (void)
{
  static const char *const expected[] = {
    [TRUCE_ALERT_LEAD] = "US-China tariff truce ends in 7 days: Tue 12 Aug 2025 00:01 EDT (America/New_York)",
    [TRUCE_ALERT_DUE] = "US-China tariff truce ends: due now — Tue 12 Aug 2025 00:01 EDT (America/New_York)",
    [TRUCE_ALERT_WINDOW_OPEN] =
        "US-China tariff truce ends: may be any day from now on — Tue 12 Aug 2025 00:01 EDT (America/New_York)",
    [TRUCE_ALERT_PASSED] =
        "US-China tariff truce ends: the date has passed — Tue 12 Aug 2025 00:01 EDT (America/New_York)",
    [TRUCE_ALERT_NEWS] = "China's \"rare earth\" curbs [update] \\ 稀土 희토류 – 5 % = more; [31mred"
                         " — Federal Register — Tariffs on goods",
    [TRUCE_ALERT_CHANGED] = "US-China tariff truce ends: moved to Tue 12 Aug 2025 00:01 EDT (America/New_York)."
                            " It was Wed 14 May 2025. Now in 7 days. executive order, 90 days more",
    [TRUCE_ALERT_MOVE] =
        "US-China tariff truce ends: moved to Mon 10 Nov 2025, reports example.org; 1 report says otherwise. Now Tue "
        "12 Aug 2025"
        " 00:01 EDT, in 7 days; then Mon 10 Nov 2025, +90 days. “extends China tariff truce by 90 days”"
        " By example.org. But: moved to Sun 9 Nov 2025, by example.net. With it: The report moves to Wed"
        " 10 Dec 2025. Until it is accepted the date stays: trucectl accept 766aa774, or reject 766aa774",
    [TRUCE_ALERT_FEED] = "Feed Federal Register fails: HTTP status 404",
    [TRUCE_ALERT_SILENT] = "US-China tariff truce ends: in 7 days, and no news of it — Tue 12 Aug 2025 00:01 EDT"
                           " (America/New_York) Nothing that matches since yesterday.",
    [TRUCE_ALERT_DIGEST] = "2 alerts from the quiet hours: US-China tariff truce ends: due now; China's \"rare earth\""
                           " curbs [update] \\ 稀土 희토류 – 5 % = more; [31mred; All of them: trucectl alerts",
    [TRUCE_ALERT_PROBLEM] = "The store was set aside: It is damaged; deadlines go on.",
    [TRUCE_ALERT_TEST] = "Test alert from truced: If you can read this, alerts reach you here.",
  };

  for (guint i = 0; i < TRUCE_N_ALERT_KINDS; i++) {
    g_autoptr (TruceAlert) alert = sample_alert (all_kinds[i]);
    g_autofree char *message = truce_render_message (alert);
    g_assert_cmpstr (message, ==, expected[all_kinds[i]]);
  }
}

static void
test_long_message (void)
{
  g_autoptr (TruceAlert) alert = sample_alert (TRUCE_ALERT_PROBLEM);
  g_autofree char *message = NULL;

  g_free (alert->body);
  alert->body = g_strnfill (100000, 'x');
  message = truce_render_message (alert);
  g_assert_cmpuint (strlen (message), <, 2048);
  g_assert_true (g_str_has_prefix (message, alert->title));
}

/* --- fields --- */

static void
add_line (const char *name, const char *value, gpointer user_data)
{
  g_string_append_printf (user_data, "%s=%s\n", name, value);
}

static void
test_fields (void)
{
  g_autoptr (TruceAlert) lead = sample_alert (TRUCE_ALERT_LEAD), change = sample_alert (TRUCE_ALERT_CHANGED);
  g_autoptr (GString) lines = g_string_new (NULL), moved = g_string_new (NULL);
  g_autofree char *expected = g_strdup_printf ("ID=%s\nKIND=lead\nURGENCY=normal\n"
                                               "TITLE=US-China tariff truce ends in 7 days\n"
                                               "BODY=Tue 12 Aug 2025 00:01 EDT (America/New_York)\n"
                                               "MILESTONE=us-china-truce\nREVISION=2\nLEAD=7d\n"
                                               "DUE=2025-08-12T04:01:00Z\nZONE=America/New_York\nSECONDS_LEFT=572460\n"
                                               "RAISED=2025-08-05T13:00:00Z\n",
                                               lead->id);

  truce_render_fields (lead, add_line, lines);
  g_assert_cmpstr (lines->str, ==, expected);
  truce_render_fields (change, add_line, moved);
  g_assert_nonnull (strstr (moved->str, "\nMOVE_OLD_DUE=2025-05-14T04:01:00Z\n"));
  g_assert_nonnull (strstr (moved->str, "\nMOVE_DELTA_DAYS=90\n"));
}

static void
test_list_fields (void)
{
  static const char *const expected[] = {
    "ITEM_FEED=ustr",
    "ITEM_LINK=https://example.org/a?b=c&d=%5D",
    "ITEM_FEED_2=reuters",
    "ITEM_TITLE_2=The same told elsewhere",
    "MATCHED=rare earth",
    "MATCHED_2=稀土",
    "ALSO=watch:rare-earths",
    "ALSO_2=milestone:tiktok-divestiture",
    "SOURCES=7",
    "COUNT=12",
    "OFFICIAL=4",
    "ITEM_TIER=official",
  };
  g_autoptr (TruceAlert) news = sample_alert (TRUCE_ALERT_NEWS);
  g_autoptr (GString) lines = g_string_new ("\n");

  truce_render_fields (news, add_line, lines);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autofree char *line = g_strdup_printf ("\n%s\n", expected[i]);
    if (!strstr (lines->str, line))
      g_error ("no field %s in:%s", expected[i], lines->str);
  }
}

static void
check_name (const char *name, const char *value, gpointer user_data)
{
  /* What the journal takes, after TRUCED_. */
  g_assert_cmpuint (strlen (name), <=, 64 - strlen ("TRUCED_"));
  g_assert_cmpuint (strspn (name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"), ==, strlen (name));
  g_assert_true (g_hash_table_add (user_data, g_strdup (name))); /* none twice */
}

static void
test_field_names (void)
{
  for (guint i = 0; i < TRUCE_N_ALERT_KINDS; i++) {
    g_autoptr (TruceAlert) alert = sample_alert (all_kinds[i]);
    g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    truce_render_fields (alert, check_name, names);
    g_assert_cmpuint (g_hash_table_size (names), >=, 6);
  }
}

/* --- syslog --- */

static void
test_5424 (void)
{
  g_autoptr (TruceAlert) lead = sample_alert (TRUCE_ALERT_LEAD), news = sample_alert (TRUCE_ALERT_NEWS);
  g_autofree char *line = truce_render_syslog_5424 (lead, "host", 42), *hostile = NULL, *start = NULL, *no_host = NULL;

  start = g_strdup_printf ("<29>1 2025-08-05T13:00:00Z host truced 42 lead [truced@32473 id=\"%s\" kind=\"lead\" ",
                           lead->id);
  g_assert_true (g_str_has_prefix (line, start));
  g_assert_true (g_str_has_suffix (line, " raised=\"2025-08-05T13:00:00Z\"] US-China tariff truce ends in 7 days:"
                                         " Tue 12 Aug 2025 00:01 EDT (America/New_York)"));
  no_host = truce_render_syslog_5424 (lead, "", 42);
  g_assert_nonnull (strstr (no_host, "Z - truced 42 "));
  hostile = truce_render_syslog_5424 (news, "host", 42);
  g_assert_nonnull (strstr (hostile, " title=\"China's \\\"rare earth\\\" curbs [update\\] \\\\ 稀土"));
  g_assert_nonnull (strstr (hostile, "line two \\\"quoted\\\" \\]more["));
}

/* However much there is to say, a receiver of 8 KiB gets a whole structure and the whole message. */
static void
test_5424_long (void)
{
  g_autoptr (TruceAlert) news = sample_alert (TRUCE_ALERT_NEWS);
  g_autofree char *line = NULL, *end = NULL, *message = NULL;

  for (guint i = 0; i < 300; i++) {
    TruceAlertItem *item = g_new0 (TruceAlertItem, 1);
    item->title = g_strnfill (i * 10, ']');
    item->published = TRUCE_TIME_NONE;
    g_ptr_array_add (news->items, item);
  }
  line = truce_render_syslog_5424 (news, "host", 42);
  message = truce_render_message (news);
  end = g_strdup_printf ("\"] %s", message);
  g_assert_cmpuint (strlen (line), <, 8192);
  g_assert_true (g_str_has_suffix (line, end));
}

static void
test_3164 (void)
{
  g_autoptr (TruceAlert) lead = sample_alert (TRUCE_ALERT_LEAD);
  g_autoptr (TruceZone) zone = truce_zone_new ("Asia/Seoul", NULL);
  g_autofree char *line = truce_render_syslog_3164 (lead, zone, 42);

  g_assert_cmpstr (line, ==,
                   "<29>Aug  5 22:00:00 truced[42]: US-China tariff truce ends in 7 days:"
                   " Tue 12 Aug 2025 00:01 EDT (America/New_York)");
}

static void
test_no_controls (void)
{
  g_autoptr (TruceZone) zone = truce_zone_new ("UTC", NULL);

  for (guint i = 0; i < TRUCE_N_ALERT_KINDS; i++) {
    g_autoptr (TruceAlert) alert = sample_alert (all_kinds[i]);
    g_autofree char *new_form = truce_render_syslog_5424 (alert, "host", 1);
    g_autofree char *old_form = truce_render_syslog_3164 (alert, zone, 1);
    g_autofree char *message = truce_render_message (alert);
    g_autofree char *shown = truce_render_terminal (alert, zone, FALSE);

    g_assert_false (has_control (new_form));
    g_assert_false (has_control (old_form));
    g_assert_false (has_control (message));
    g_strdelimit (shown, "\n", ' '); /* its own lines are all that a terminal gets */
    g_assert_false (has_control (shown));
  }
}

static void
test_priorities (void)
{
  static const int expected[] = {
    [TRUCE_ALERT_LEAD] = 5,    [TRUCE_ALERT_DUE] = 4,  [TRUCE_ALERT_WINDOW_OPEN] = 5, [TRUCE_ALERT_PASSED] = 6,
    [TRUCE_ALERT_NEWS] = 5,    [TRUCE_ALERT_MOVE] = 4, [TRUCE_ALERT_CHANGED] = 4,     [TRUCE_ALERT_FEED] = 5,
    [TRUCE_ALERT_PROBLEM] = 3, [TRUCE_ALERT_TEST] = 5, [TRUCE_ALERT_DIGEST] = 4,      [TRUCE_ALERT_SILENT] = 5,
  };

  for (guint i = 0; i < TRUCE_N_ALERT_KINDS; i++) {
    g_autoptr (TruceAlert) alert = sample_alert (all_kinds[i]);
    g_assert_cmpint (truce_render_priority (alert), ==, expected[all_kinds[i]]);
  }
}

/* Every kind has an id of its own, and the catalog an entry for it with something to do. */
static void
test_catalog (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("SOURCE_ROOT"), "systemd/truced.catalog", NULL), *catalog = NULL;
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_entries = 0;

  g_assert_true (g_file_get_contents (path, &catalog, NULL, NULL));
  g_auto (GStrv) entries = g_strsplit (catalog, "\n-- ", -1);
  for (guint i = 0; i < TRUCE_N_ALERT_KINDS; i++) {
    const char *id = truce_render_message_id (all_kinds[i]);
    gboolean found = FALSE;

    g_assert_cmpuint (strlen (id), ==, 32);
    g_assert_cmpuint (strspn (id, "0123456789abcdef"), ==, 32);
    g_assert_true (g_hash_table_add (ids, (gpointer) id));
    for (guint e = 1; entries[e]; e++)
      found |= g_str_has_prefix (entries[e], id) && strstr (entries[e], "\nSubject: ") &&
               strstr (entries[e], "\nWhat to do:\n- ");
    g_assert_true (found);
  }
  for (guint e = 1; entries[e]; e++)
    n_entries++;
  g_assert_cmpuint (n_entries, ==, TRUCE_N_ALERT_KINDS);
}

/* --- terminal --- */

static void
test_terminal (void)
{
  g_autoptr (TruceAlert) due = sample_alert (TRUCE_ALERT_DUE);
  g_autoptr (TruceZone) zone = truce_zone_new ("Europe/Berlin", NULL);
  g_autofree char *plain = truce_render_terminal (due, zone, FALSE), *coloured = NULL, *expected = NULL;

  expected = g_strdup_printf ("● US-China tariff truce ends: due now\n"
                              "  Tue 12 Aug 2025 00:01 EDT (America/New_York)\n"
                              "  Tue 5 Aug 2025 15:00 CEST · due · us-china-truce · %.8s\n",
                              due->id);
  g_assert_cmpstr (plain, ==, expected);
  coloured = truce_render_terminal (due, zone, TRUE);
  g_assert_true (g_str_has_prefix (coloured, "\033[31m●\033[0m \033[1mUS-China"));
  g_assert_true (g_str_has_suffix (coloured, "\033[0m\n"));
}

static void
test_bar (void)
{
  static const struct {
    TruceTime start, end, now;
    guint columns;
    const char *expected;
  } cases[] = {
    { 0, 100, 62, 20, "[############--------] 62 %" },
    { 0, 100, 0, 4, "[----] 0 %" },
    { 0, 100, -50, 4, "[----] 0 %" },
    { 0, 100, 100, 4, "[####] 100 %" },
    { 0, 100, 500, 4, "[####] 100 %" },
    { 0, 1000, 999, 4, "[###-] 99 %" },
    { 50, 50, 50, 2, "[##] 100 %" },
    { 0, 100, 50, 0, "[] 50 %" },
    { TRUCE_TIME_MIN, TRUCE_TIME_MAX, 0, 2, "[--] 19 %" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *bar = truce_render_bar (cases[i].start, cases[i].end, cases[i].now, cases[i].columns);
    g_assert_cmpstr (bar, ==, cases[i].expected);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/message", test_message);
  g_test_add_func ("/message/long", test_long_message);
  g_test_add_func ("/fields", test_fields);
  g_test_add_func ("/fields/lists", test_list_fields);
  g_test_add_func ("/fields/names", test_field_names);
  g_test_add_func ("/syslog/5424", test_5424);
  g_test_add_func ("/syslog/5424-long", test_5424_long);
  g_test_add_func ("/syslog/3164", test_3164);
  g_test_add_func ("/no-controls", test_no_controls);
  g_test_add_func ("/priorities", test_priorities);
  g_test_add_func ("/catalog", test_catalog);
  g_test_add_func ("/terminal", test_terminal);
  g_test_add_func ("/bar", test_bar);
  return g_test_run ();
}
