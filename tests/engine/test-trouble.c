/* SPDX-License-Identifier: MIT */
/* What a disk that is full, or a clock that was wrong, may cost: nothing told twice, and nothing lost. */
#include <string.h>

#include "world.h"

#define NOW "2025-08-01T12:00:00Z"
#define FEED "https://a.example/feed"
#define CONFIG                            \
  "[truced]\nalert-to = stdout journal\n" \
  "[milestone a]\ntitle = A\ndue = 2025-08-12 12:00 UTC\nlead = 7d 3d\n"
#define WATCHED "[watch w]\ntitle = W\nmatch = chips\n[feed a]\nurl = " FEED "\n"
#define NEWS_CONFIG CONFIG WATCHED

static guint
count_delivered (World *world, const char *sink)
{
  guint count = 0;

  for (guint i = 0; i < world->delivered->len; i++)
    count += g_str_has_prefix (g_ptr_array_index (world->delivered, i), sink) ? 1 : 0;
  return count;
}

/* No id goes to a sink more than once. */
static void
assert_none_twice (World *world)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < world->delivered->len; i++)
    if (!g_hash_table_add (seen, g_ptr_array_index (world->delivered, i)))
      g_error ("told twice: %s", (char *) g_ptr_array_index (world->delivered, i));
}

static void
test_a_reload_on_a_full_disk_repeats_nothing (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  world_run_until (world, "2025-08-05T08:00:00Z");
  world->store_is_full = TRUE;
  world_run_until (world, "2025-08-05T10:00:00Z");
  g_assert_cmpuint (count_delivered (world, "stdout"), ==, 2); /* the lead, and the word on the store */
  world_reload (world, CONFIG);
  world_run_until (world, "2025-08-05T11:00:00Z");
  world_set_time (world, "2025-08-05T08:30:00Z"); /* nor does a clock that is set back */
  world_run_until (world, "2025-08-05T11:00:00Z");
  g_assert_cmpuint (count_delivered (world, "stdout"), ==, 2);
  world->store_is_full = FALSE;
  world_run_until (world, "2025-08-06T11:00:00Z");
  assert_none_twice (world);
}

static void
test_news_on_a_full_disk_is_told_once (void)
{
  g_autoptr (World) world = world_new (NEWS_CONFIG, NOW);

  world_script (world, FEED, 200, NULL, "old");
  world_run_until (world, "2025-08-01T14:00:00Z");
  world->store_is_full = TRUE;
  world_script (world, FEED, 200, NULL, "chips one\nold");
  world_run_until (world, "2025-08-01T17:00:00Z");
  world_script (world, FEED, 200, NULL, "chips two\nchips one\nold");
  world_run_until (world, "2025-08-01T20:00:00Z");
  g_assert_cmpuint (count_delivered (world, "stdout"), ==, 3); /* two, and the word on the store */
  world->store_is_full = FALSE;
  world_run_until (world, "2025-08-02T12:00:00Z");
  g_assert_cmpuint (count_delivered (world, "stdout"), ==, 3);
  assert_none_twice (world);
}

static void
test_a_delivery_that_cannot_be_recorded_is_not_repeated (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  g_hash_table_add (world->dead_sinks, (char *) "journal");
  world_run_until (world, "2025-08-05T10:00:00Z");
  world->store_is_full = TRUE;
  g_hash_table_remove_all (world->dead_sinks);
  world_run_until (world, "2025-08-05T16:00:00Z");
  g_assert_cmpuint (count_delivered (world, "journal"), ==, 2); /* with the word on the store */
  world->store_is_full = FALSE;
  world_run_until (world, "2025-08-06T10:00:00Z");
  g_assert_cmpuint (count_delivered (world, "journal"), ==, 2);
  assert_none_twice (world);
  g_assert_cmpint (world->store_port.outbox_next (world->store_port.self, "journal"), ==, TRUCE_TIME_NONE);
}

static void
test_a_dead_sink_on_a_full_disk_is_told_in_the_end (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  world_run_until (world, "2025-08-05T08:00:00Z");
  world->store_is_full = TRUE;
  g_hash_table_add (world->dead_sinks, (char *) "journal");
  world_run_until (world, "2025-08-05T16:00:00Z");
  world->store_is_full = FALSE;
  g_hash_table_remove_all (world->dead_sinks);
  world_run_until (world, "2025-08-05T20:00:00Z");
  g_assert_cmpuint (count_delivered (world, "stdout"), ==, 2);
  g_assert_cmpuint (count_delivered (world, "journal"), ==, 2);
  assert_none_twice (world);
}

static void
test_a_store_that_fails_now_and_then_is_told_once (void)
{
  g_autoptr (World) world = world_new (CONFIG, "2025-08-02T00:00:00Z");

  for (guint hour = 0; hour < 20; hour++) {
    g_autofree char *middle = g_strdup_printf ("2025-08-02T%02u:30:00Z", hour);
    g_autofree char *end = g_strdup_printf ("2025-08-02T%02u:59:00Z", hour);
    g_autoptr (GError) error = NULL;
    world->store_is_full = TRUE;
    g_free (truce_engine_test (world->engine, "journal", &error)); /* there is something to write */
    world_run_until (world, middle);
    world->store_is_full = FALSE;
    world_run_until (world, end);
  }
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_PROBLEM), ==, 1);
  g_assert_cmpuint (count_delivered (world, "stdout"), ==, 1);
  g_assert_cmpuint (count_delivered (world, "journal"), ==, 21);
  assert_none_twice (world);
}

static guint
count_stored (World *world)
{
  const TruceAlertFilter filter = { .since = TRUCE_TIME_MIN };
  g_autoptr (GPtrArray) alerts = world->store_port.alerts (world->store_port.self, &filter);

  return alerts->len;
}

/* What has waited for a slow disk is written over many turns, and whoever asks truced something is answered between. */
static void
test_a_slow_disk_holds_nobody_up (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  truce_engine_wake (world->engine);
  world->store_is_full = TRUE;
  for (guint i = 0; i < 30; i++) {
    g_autoptr (GError) error = NULL;
    g_free (truce_engine_test (world->engine, "journal", &error));
    world->now += TRUCE_SECOND;
  }
  world->store_is_full = FALSE;
  world->store_takes = 20 * TRUCE_MILLISECOND;
  world_set_time (world, "2025-08-01T12:01:01Z");
  truce_engine_wake (world->engine);
  g_assert_cmpuint (count_stored (world), <, 4);
  world_run_until (world, "2025-08-01T12:10:00Z");
  g_assert_cmpuint (count_stored (world), ==, 31); /* with the word on the store */
  assert_none_twice (world);
}

/* Nor is what a sink refuses meanwhile lost. */
static void
test_what_is_refused_on_a_full_disk_is_set_aside (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);
  g_autoptr (GError) error = NULL;

  world->store_is_full = TRUE;
  g_hash_table_add (world->slow_sinks, (char *) "journal");
  g_autofree char *id = truce_engine_test (world->engine, "journal", &error);
  world_end_delivery (world, "journal", TRUCE_DELIVERY_REFUSED, 0);
  world->store_is_full = FALSE;
  world_run_until (world, "2025-08-01T12:10:00Z");
  g_autoptr (GPtrArray) refused = world->store_port.refused (world->store_port.self);
  g_assert_cmpuint (refused->len, ==, 1);
  g_assert_cmpstr (((TruceRefusal *) g_ptr_array_index (refused, 0))->alert, ==, id);
}

static void
test_what_cannot_be_read_is_not_given_up (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  world->store_is_blind = TRUE;
  world_run_until (world, "2025-08-05T10:00:00Z");
  g_assert_cmpuint (count_delivered (world, "stdout"), ==, 0);
  world->store_is_blind = FALSE;
  world_run_until (world, "2025-08-05T11:00:00Z");
  g_assert_cmpuint (count_delivered (world, "stdout"), ==, 1);
}

/* --- what cannot be read is not taken for what was never there --- */

/* `n` headlines that match, and one that is old. (transfer full) */
static char *
headlines (guint n)
{
  GString *items = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (items, "chips %u in the news|2025-08-02T10:%02u:00Z\n", i * 7919, i % 60);
  g_string_append (items, "old chips|2025-08-01T11:00:00Z");
  return g_string_free (items, FALSE);
}

/* Whether the document is read at once or over several turns. */
static void
test_an_unread_store_makes_nothing_new (gconstpointer n_headlines)
{
  guint n = GPOINTER_TO_UINT (n_headlines);
  g_autoptr (World) world = world_new ("[truced]\nalert-to = stdout journal\nbudget = 1000\n" WATCHED, NOW);
  g_autofree char *items = headlines (n);

  world_script (world, FEED, 200, "\"a\"", "old chips|2025-08-01T11:00:00Z");
  world_run_until (world, "2025-08-02T11:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_NEWS), ==, 1);
  world->store_is_unread = TRUE;
  world_script (world, FEED, 200, "\"b\"", items);
  guint before = world->asked->len;
  world_run_until (world, "2025-08-02T19:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_NEWS), ==, 1);
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_PROBLEM), ==, 1);
  g_assert_cmpuint (world->asked->len - before, >, 3);
  g_assert_cmpuint (world->asked->len - before, <, 40); /* nor is its server asked without a pause */
  g_assert_cmpstr (g_ptr_array_index (world->asked_etags, world->asked->len - 1), ==, "\"a\"");
  world->store_is_unread = FALSE;
  world_run_until (world, "2025-08-02T23:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_NEWS), ==, 1 + n);
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_PROBLEM), ==, 1);
  assert_none_twice (world);
}

/* Of a feed that was read before, what is some days old is news; of a new one it is not. */
static void
test_an_unread_store_makes_no_feed_new (void)
{
  g_autoptr (World) world = world_new (NEWS_CONFIG, NOW);

  world_script (world, FEED, 200, NULL, "old chips|2025-08-01T11:00:00Z");
  world_run_until (world, "2025-08-01T14:00:00Z");
  world->store_is_unread = TRUE;
  world_set_time (world, "2025-08-04T14:00:00Z");
  world_script (world, FEED, 200, NULL, "chips|2025-08-01T16:00:00Z\nold chips|2025-08-01T11:00:00Z");
  guint before = world->asked->len;
  world_restart (world);
  world_run_until (world, "2025-08-04T16:00:00Z");
  g_assert_cmpuint (world->asked->len, ==, before);
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_PROBLEM), ==, 1);
  world->store_is_unread = FALSE;
  world_run_until (world, "2025-08-04T18:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_NEWS), ==, 2);
  assert_none_twice (world);
}

/* What was looked at before waits until it is known whether it was told; what comes to be due is told. */
static void
test_a_broken_disk_repeats_no_deadline (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  world_run_until (world, "2025-08-05T13:00:00Z");
  g_assert_cmpuint (count_delivered (world, "stdout"), ==, 1);
  world->store_is_unread = world->store_is_blind = world->store_is_full = TRUE;
  world_reload (world, CONFIG);
  world_run_until (world, "2025-08-05T20:00:00Z");
  g_assert_cmpuint (count_delivered (world, "stdout"), ==, 2); /* with the word on the store */
  world_run_until (world, "2025-08-09T12:01:00Z");
  g_assert_cmpuint (count_delivered (world, "stdout"), ==, 3);
  world->store_is_unread = world->store_is_blind = world->store_is_full = FALSE;
  world_run_until (world, "2025-08-10T12:00:00Z");
  g_assert_cmpuint (count_delivered (world, "stdout"), ==, 3);
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_LEAD), ==, 2);
  assert_none_twice (world);
}

/* Of a lead that is new by then, too: it is told when that is known. */
static void
test_a_lead_that_is_given_while_nothing_can_be_read (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  world_run_until (world, "2025-08-06T13:00:00Z");
  truce_engine_wake (world->engine);
  world->store_is_unread = TRUE;
  world_reload (world, "[truced]\nalert-to = stdout journal\n"
                       "[milestone a]\ntitle = A\ndue = 2025-08-12 12:00 UTC\nlead = 7d 6d 3d\n");
  world_run_until (world, "2025-08-06T14:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_LEAD), ==, 1);
  world->store_is_unread = FALSE;
  world_run_until (world, "2025-08-06T14:02:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_LEAD), ==, 2);
  assert_none_twice (world);
}

/* Nothing else would wake truced for what it does not know of. */
static void
test_what_waits_is_asked_for_again (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  g_hash_table_add (world->dead_sinks, (char *) "journal");
  world_run_until (world, "2025-08-05T12:00:10Z");
  g_hash_table_remove_all (world->dead_sinks);
  world->store_is_unread = TRUE;
  world_run_until (world, "2025-08-05T12:10:00Z");
  g_assert_cmpuint (count_delivered (world, "journal"), ==, 0);
  world->store_is_unread = FALSE;
  g_assert_cmpint (world->armed, <=, world_time ("2025-08-05T12:11:30Z"));
  world_run_until (world, "2025-08-05T12:12:00Z");
  g_assert_cmpuint (count_delivered (world, "journal"), ==, 2); /* with the word on the store */
  assert_none_twice (world);
}

static void
test_a_clock_that_was_ahead_silences_no_sink (void)
{
  g_autoptr (World) world = world_new (CONFIG, "2026-08-01T12:00:00Z");
  g_autoptr (GError) error = NULL;

  g_hash_table_add (world->dead_sinks, (char *) "journal");
  g_free (truce_engine_test (world->engine, "journal", &error));
  world_set_time (world, NOW);
  g_hash_table_remove_all (world->dead_sinks);
  g_free (truce_engine_test (world->engine, "journal", &error));
  g_assert_cmpuint (count_delivered (world, "journal"), ==, 2); /* and what waited for next year's time */
  assert_none_twice (world);
}

static void
test_a_clock_that_was_ahead_stops_no_feed (void)
{
  for (guint restart = 0; restart < 2; restart++) {
    g_autoptr (World) world = world_new (NEWS_CONFIG, "2027-08-01T12:00:00Z");

    world_script (world, FEED, 200, NULL, "old");
    world_run_until (world, "2027-08-01T14:30:00Z");
    world_set_time (world, NOW);
    if (restart)
      world_restart (world);
    guint before = world->asked->len;
    world_run_until (world, "2025-08-01T18:00:00Z");
    g_assert_cmpuint (world->asked->len, >, before + 2);
  }
}

/* A regular expression that runs away on what a feed brings. */
static void
test_a_costly_expression_is_told_once_a_day (void)
{
  g_autofree char *runs_away = g_strnfill (5000, 'a');
  g_autofree char *first = g_strdup_printf ("%sc", runs_away);
  g_autofree char *second = g_strdup_printf ("%scc", runs_away);
  g_autoptr (World) world = world_new (CONFIG "[watch w]\ntitle = W\nmatch = /a.*b.*c/ | chips\n"
                                              "[feed a]\nurl = " FEED "\npoll = 15m\n",
                                       NOW);

  world_script (world, FEED, 200, NULL, "old");
  world_run_until (world, "2025-08-01T14:00:00Z");
  world_script (world, FEED, 200, NULL, first);
  world_run_until (world, "2025-08-01T15:00:00Z");
  g_autofree char *raised = world_take_raised (world);
  g_assert_nonnull (strstr (raised, "problem The regular expression /a.*b.*c/ takes too long"));
  world_script (world, FEED, 200, NULL, second);
  world_run_until (world, "2025-08-01T16:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_PROBLEM), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trouble/full-disk/reload", test_a_reload_on_a_full_disk_repeats_nothing);
  g_test_add_func ("/trouble/full-disk/news", test_news_on_a_full_disk_is_told_once);
  g_test_add_func ("/trouble/full-disk/delivery", test_a_delivery_that_cannot_be_recorded_is_not_repeated);
  g_test_add_func ("/trouble/full-disk/dead-sink", test_a_dead_sink_on_a_full_disk_is_told_in_the_end);
  g_test_add_func ("/trouble/full-disk/now-and-then", test_a_store_that_fails_now_and_then_is_told_once);
  g_test_add_func ("/trouble/full-disk/slow", test_a_slow_disk_holds_nobody_up);
  g_test_add_func ("/trouble/full-disk/refused", test_what_is_refused_on_a_full_disk_is_set_aside);
  g_test_add_func ("/trouble/unreadable", test_what_cannot_be_read_is_not_given_up);
  g_test_add_data_func ("/trouble/unread/seen", GUINT_TO_POINTER (3), test_an_unread_store_makes_nothing_new);
  g_test_add_data_func ("/trouble/unread/seen-of-many", GUINT_TO_POINTER (120), test_an_unread_store_makes_nothing_new);
  g_test_add_func ("/trouble/unread/feed", test_an_unread_store_makes_no_feed_new);
  g_test_add_func ("/trouble/unread/deadline", test_a_broken_disk_repeats_no_deadline);
  g_test_add_func ("/trouble/unread/new-lead", test_a_lead_that_is_given_while_nothing_can_be_read);
  g_test_add_func ("/trouble/unread/outbox", test_what_waits_is_asked_for_again);
  g_test_add_func ("/trouble/clock-ahead/sink", test_a_clock_that_was_ahead_silences_no_sink);
  g_test_add_func ("/trouble/costly-expression", test_a_costly_expression_is_told_once_a_day);
  g_test_add_func ("/trouble/clock-ahead/feed", test_a_clock_that_was_ahead_stops_no_feed);
  return g_test_run ();
}
