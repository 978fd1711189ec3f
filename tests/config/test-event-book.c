/* SPDX-License-Identifier: MIT */
/* What is remembered of a calendar: kept as it is over a restart, and bounded. */
#include <string.h>

#include "config/config.h"

static TruceEvent *
event_new (const char *uid, const char *summary, const char *start, guint sequence)
{
  TruceEvent *event = truce_event_new ();

  event->uid = g_strdup (uid);
  event->summary = g_strdup (summary);
  event->url = g_strdup ("https://example.org/event");
  event->start = g_strdup (start);
  event->end = g_strdup ("");
  event->zone = g_strdup ("");
  event->rule = g_strdup ("");
  event->sequence = sequence;
  return event;
}

/* Takes one event in, or none for a `uid` of NULL. */
static gboolean
take (TruceEventBook *book, const char *uid, const char *summary, const char *start, guint sequence, TruceTime now,
      GArray *changes)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_event_free);
  g_autoptr (TruceZone) zone = truce_zone_new ("UTC", NULL);
  const TruceEventCalendar calendar = { (char *) "", TRUE, none, none, events };
  const TruceBookTaking way = { .address = "https://example.org/a.ics", .zone = zone };

  if (uid)
    g_ptr_array_add (events, event_new (uid, summary, start, sequence));
  return truce_event_book_take (book, &calendar, &way, now, changes);
}

static void
assert_same (const TruceEventBook *one, const TruceEventBook *other)
{
  g_autoptr (json_t) a = truce_event_book_to_json (one), b = truce_event_book_to_json (other);
  g_autofree char *text = truce_json_to_line (a), *other_text = truce_json_to_line (b);

  g_assert_cmpstr (text, ==, other_text);
}

static void
test_round_trip (void)
{
  g_autoptr (TruceEventBook) book = truce_event_book_new ("cal");
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (TruceBookChange));
  TruceTime now = 1764000000 * TRUCE_SECOND;

  g_assert_true (take (book, "a", "희토류; \"A\"", "2026-05-01", 0, now, changes));
  g_assert_false (take (book, "a", "희토류; \"A\"", "2026-05-01", 0, now + 1, changes));
  g_assert_true (take (book, "a", "희토류; \"A\"", "2026-06-01 10:00:00", 1, now + TRUCE_HOUR, changes));
  g_assert_true (take (book, NULL, NULL, NULL, 0, now + TRUCE_DAY, changes));
  g_assert_cmpuint (changes->len, ==, 1);
  g_assert_cmpint (g_array_index (changes, TruceBookChange, 0).kind, ==, TRUCE_BOOK_GONE);
  g_autoptr (json_t) record = truce_event_book_to_json (book);
  g_autofree char *line = truce_json_to_line (record);
  g_autoptr (json_t) read = json_loads (line, 0, NULL);
  g_autoptr (TruceEventBook) again = truce_event_book_from_json ("cal", read);
  assert_same (book, again);
  const TruceBookEvent *event = g_ptr_array_index (again->events, 0);
  g_assert_cmpstr (event->id, ==, "cal.a");
  g_assert_cmpuint (event->dates->len, ==, 2);
  g_assert_cmpstr (truce_book_event_date (event)->why, ==, "SEQUENCE 1 <https://example.org/a.ics>");
  g_assert_true (event->gone);
}

/* A file that was damaged, or that a later version wrote, costs what cannot be read. */
static void
test_damaged (void)
{
  static const char *const texts[] = {
    "null",
    "[]",
    "{\"events\":7}",
    "{\"events\":[1,{},{\"uid\":\"a\",\"id\":\"cal.a\"}]}",
    "{\"events\":[{\"uid\":\"a\",\"id\":\"cal.a\",\"dates\":[{\"since\":\"x\"},3]}],\"left_out\":[4]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (json_t) record = json_loads (texts[i], JSON_DECODE_ANY, NULL);
    g_autoptr (TruceEventBook) book = truce_event_book_from_json ("cal", record);
    g_assert_cmpuint (book->events->len, ==, 0);
  }
}

/* An event that moves with each reading does not fill the store. */
static void
test_restless (void)
{
  g_autoptr (TruceEventBook) book = truce_event_book_new ("cal");
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (TruceBookChange));
  TruceTime now = 1764000000 * TRUCE_SECOND;

  for (guint i = 0; i < 500; i++) {
    g_autofree char *start = g_strdup_printf ("%u-03-%02u", 2030 + i / 28, 1 + i % 28);
    take (book, "a", "Restless", start, i, now, changes); /* even where the clock stands still */
  }
  const TruceBookEvent *event = g_ptr_array_index (book->events, 0);
  g_assert_cmpuint (event->dates->len, ==, TRUCE_BOOK_DATES_MAX);
  g_assert_cmpstr (truce_book_event_date (event)->statement, ==, "2047-03-24");
  g_assert_cmpstr (((const TruceBookDate *) g_ptr_array_index (event->dates, 0))->statement, ==, "2030-03-01");
  for (guint i = 1; i < event->dates->len; i++) {
    const TruceBookDate *before = event->dates->pdata[i - 1], *date = event->dates->pdata[i];
    g_assert_cmpint (before->since, <, date->since);
  }
}

/* No more milestones than the limit, and those that are due soonest. */
static const TruceEventBook *
give_book (const char *calendar, gpointer user_data)
{
  return user_data;
}

static void
test_limit (void)
{
  static const char text[] = "[truced]\ntimezone = UTC\nalert-to = stdout\n[calendar cal]\npath = /a.ics\n";
  const TruceConfigFile file = { "a.conf", text, strlen (text) };
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  g_autoptr (TruceZone) zone = truce_zone_new ("UTC", NULL);
  TruceTime now = 1764000000 * TRUCE_SECOND;
  g_autoptr (TruceConfig) config = truce_config_parse (&file, 1, zone, now, diags);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_event_free);
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (TruceBookChange));
  const TruceEventCalendar calendar = { (char *) "", TRUE, none, none, events };
  const TruceBookTaking way = { .address = "/a.ics", .zone = zone };
  g_autoptr (TruceEventBook) book = truce_event_book_new ("cal");
  const TruceBooks books = { give_book, book };

  for (guint i = 0; i < 3000; i++) {
    g_autofree char *uid = g_strdup_printf ("u%u", i), *start = g_strdup_printf ("%04u-06-01", 5000 - i);
    g_ptr_array_add (events, event_new (uid, "The same", start, 0));
  }
  truce_event_book_take (book, &calendar, &way, now, changes);
  g_autoptr (TruceConfig) with_events = truce_config_with_events (config, &books, now);
  g_assert_cmpuint (truce_config_n_milestones (config), ==, 0);
  g_assert_cmpuint (truce_config_n_milestones (with_events), ==, TRUCE_CALENDAR_MILESTONES_MAX);
  const TruceMilestone *first = truce_config_milestone (with_events, 0);
  g_assert_cmpstr (truce_milestone_revision (first, 0)->statement, ==, "2026-06-01");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/config/event-book/round-trip", test_round_trip);
  g_test_add_func ("/config/event-book/damaged", test_damaged);
  g_test_add_func ("/config/event-book/restless", test_restless);
  g_test_add_func ("/config/event-book/limit", test_limit);
  return g_test_run ();
}
