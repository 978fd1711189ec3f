/* SPDX-License-Identifier: MIT */
/* From a feed to an alert: what is polled when, what is news, and what a failing feed costs. */
#include <string.h>

#include "engine/view.h"
#include "world.h"

#define NOW "2025-08-01T12:00:00Z"
#define CONFIG                                                                                              \
  "[truced]\nalert-to = stdout\n"                                                                           \
  "[milestone truce]\ntitle = The truce ends\ndue = 2025-08-12 00:01 America/New_York\nlead = 1d\nmatch = " \
  "truce\nsilent-after = no\n"                                                                              \
  "[watch earths]\ntitle = Rare earths\nmatch = \"rare earth\"\n"                                           \
  "[watch official]\ntitle = From officials\nmatch = truce | earth\nfeeds = b\n"                            \
  "[feed a]\nurl = https://a.example/feed\n"                                                                \
  "[feed b]\nurl = https://b.example/feed\ntier = official\n"

static void
assert_raised (World *world, const char *expected)
{
  g_autofree char *raised = world_take_raised (world);

  g_assert_cmpstr (raised, ==, expected);
}

static World *
news_world (const char *items)
{
  World *world = world_new (CONFIG, NOW);

  world_script (world, "https://a.example/feed", 200, "\"1\"", items);
  world_script (world, "https://b.example/feed", 200, NULL, "");
  return world;
}

static void
test_the_first_poll_tells_what_is_fresh (void)
{
  g_autoptr (World) world = news_world ("Truce extended|2025-08-01T11:00:00Z\n"
                                        "Old truce|2025-07-30T11:00:00Z\n"
                                        "Undated truce\n"
                                        "Nothing to see|2025-08-01T11:00:00Z\n");

  world_run_until (world, "2025-08-01T12:10:00Z");
  assert_raised (world, "news Truce extended\n");
}

/* A page of incidents is empty until there is one. */
static void
test_what_an_empty_feed_brings_is_news (void)
{
  g_autoptr (World) world = news_world ("");

  world_run_until (world, "2025-08-01T12:10:00Z");
  world_restart (world);
  world_script (world, "https://a.example/feed", 200, "\"2\"",
                "Undated truce\nTruce of last week|2025-07-28T11:00:00Z\n");
  world_run_until (world, "2025-08-01T14:00:00Z");
  assert_raised (world, "news Truce of last week\nnews Undated truce\n");
}

static void
test_an_item_is_told_once (void)
{
  g_autoptr (World) world = news_world ("Truce extended|2025-08-01T11:00:00Z\n");

  world_run_until (world, "2025-08-01T12:10:00Z");
  world_script (world, "https://a.example/feed", 200, "\"2\"",
                "Rare earth news|2025-08-01T13:00:00Z\nRare earth news|2025-08-01T13:00:00Z\n"
                "Truce extended|2025-08-01T11:00:00Z\nUndated truce\nAncient truce|2025-01-01T00:00:00Z\n");
  world_run_until (world, "2025-08-01T14:00:00Z");
  assert_raised (world, "news Truce extended\nnews Undated truce\nnews Rare earth news\n");
  world_restart (world);
  world_script (world, "https://a.example/feed", 200, "\"3\"", "Truce extended|2025-08-01T11:00:00Z\n");
  world_run_until (world, "2025-08-01T20:00:00Z");
  assert_raised (world, "");
}

static void
test_one_alert_for_all_that_matched (void)
{
  g_autoptr (World) world = news_world ("");

  world_script (world, "https://b.example/feed", 200, NULL, "Rare earth truce|2025-08-01T11:00:00Z\n");
  world_run_until (world, "2025-08-01T12:10:00Z");
  g_assert_cmpuint (world->raised->len, ==, 1);
  const TruceAlert *alert = g_ptr_array_index (world->raised, 0);
  g_assert_cmpstr (alert->milestone, ==, "truce");
  g_assert_cmpstr (alert->watch, ==, "earths");
  g_assert_cmpstr (alert->also[0], ==, "watch:official");
  g_assert_cmpuint (g_strv_length (alert->matched), ==, 3);
  g_assert_cmpint (alert->due, ==, world_time ("2025-08-12T04:01:00Z"));
}

static void
test_validators_are_echoed_and_kept (void)
{
  g_autoptr (World) world = news_world ("Truce\n");

  world_run_until (world, "2025-08-01T12:10:00Z");
  world_restart (world);
  world_run_until (world, "2025-08-01T14:00:00Z");
  guint asked = 0;
  for (guint i = 0; i < world->asked->len; i++)
    if (strcmp (g_ptr_array_index (world->asked, i), "https://a.example/feed") == 0)
      g_assert_cmpstr (g_ptr_array_index (world->asked_etags, i), ==, asked++ ? "\"1\"" : "");
  g_assert_cmpuint (asked, >=, 2);
}

static void
test_an_unparsable_body_stores_no_validators (void)
{
  g_autoptr (World) world = news_world ("<html>");

  world_run_until (world, "2025-08-01T16:00:00Z");
  assert_raised (world, "feed Feed a fails\n"); /* told at once, and once */
  for (guint i = 0; i < world->asked->len; i++)
    g_assert_cmpstr (g_ptr_array_index (world->asked_etags, i), ==, "");
  world_script (world, "https://a.example/feed", 200, "\"9\"", "Quiet\n");
  world_run_until (world, "2025-08-03T16:00:00Z");
  assert_raised (world, "feed Feed a works again\n");
}

static guint
count_asked (World *world, const char *url)
{
  guint count = 0;

  for (guint i = 0; i < world->asked->len; i++)
    count += strcmp (g_ptr_array_index (world->asked, i), url) == 0 ? 1 : 0;
  return count;
}

static void
test_a_failing_feed_is_told_when_it_lasts (void)
{
  g_autoptr (World) world = news_world ("Quiet\n");

  world_script (world, "https://a.example/feed", 500, NULL, NULL);
  world_run_until (world, "2025-08-01T13:30:00Z");
  assert_raised (world, "");
  world_run_until (world, "2025-08-05T12:00:00Z");
  assert_raised (world, "feed Feed a fails\n");
  world_script (world, "https://a.example/feed", 410, NULL, NULL);
  world_run_until (world, "2025-08-09T12:00:00Z");
  guint asked = count_asked (world, "https://a.example/feed");
  world_run_until (world, "2025-09-01T12:00:00Z");
  g_assert_cmpuint (count_asked (world, "https://a.example/feed"), ==, asked); /* gone is gone */
  g_autoptr (json_t) feeds = truce_view_feeds (world->engine, "a", NULL);
  g_assert_cmpstr (truce_json_get_text (json_array_get (feeds, 0), "state"), ==, "gone");
}

static void
test_the_network_is_told_from_the_feeds (void)
{
  g_autoptr (World) world = world_new ("[truced]\nalert-to = stdout\n[watch x]\ntitle = X\nmatch = truce\n"
                                       "[feed a]\nurl = https://a.example/\n[feed b]\nurl = https://b.example/\n"
                                       "[feed c]\nurl = https://c.example/\n[feed d]\nurl = https://d.example/\n",
                                       NOW);
  static const char *const urls[] = { "https://a.example/", "https://b.example/", "https://c.example/",
                                      "https://d.example/" };

  world_run_until (world, "2025-08-01T20:00:00Z");
  assert_raised (world, "problem The network cannot be reached: no news until it can\n");
  for (guint i = 0; i < G_N_ELEMENTS (urls); i++) {
    g_autofree char *items = g_strdup_printf ("Truce %u|2025-08-01T19:00:00Z\n", i);
    world_script (world, urls[i], 200, NULL, items);
  }
  world_run_until (world, "2025-08-01T20:06:00Z"); /* one probe, and then all at once */
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_NEWS), ==, G_N_ELEMENTS (urls));
}

/* Hosts that are dead for good do not take the network with them, nor does what one that lives has to tell. */
static void
test_dead_hosts_are_not_the_network (void)
{
  g_autoptr (World) world = world_new ("[truced]\nalert-to = stdout\n[watch x]\ntitle = X\nmatch = truce\n"
                                       "[feed a]\nurl = https://a.example/\n[feed b]\nurl = https://b.example/\n"
                                       "[feed c]\nurl = https://c.example/\n[feed d]\nurl = https://d.example/\n",
                                       NOW);

  world_script (world, "https://d.example/", 200, NULL, "Quiet|2025-08-01T11:00:00Z\n");
  world_run_until (world, "2025-08-01T14:30:00Z");
  assert_raised (world, "");
  g_assert_cmpuint (count_asked (world, "https://a.example/"), <=, 4); /* at first, once for the network, and later */
  guint asked = count_asked (world, "https://d.example/");
  g_assert_cmpuint (asked, >=, 2);
  world_script (world, "https://d.example/", 200, NULL, "Truce|2025-08-01T14:00:00Z\nQuiet|2025-08-01T11:00:00Z\n");
  world_run_until (world, "2025-08-01T16:00:00Z");
  assert_raised (world, "news Truce\n");
}

static void
test_a_lost_fetcher_is_told_once_and_blames_no_feed (void)
{
  g_autoptr (World) world = news_world ("Quiet\n");

  world_script (world, "https://a.example/feed", WORLD_LOST, NULL, NULL);
  world_script (world, "https://b.example/feed", WORLD_LOST, NULL, NULL);
  world_run_until (world, "2025-08-01T14:00:00Z");
  assert_raised (world, "problem Feeds cannot be fetched: truced-net does not run\n");
  world_script (world, "https://a.example/feed", 200, NULL, "Truce|2025-08-01T13:00:00Z\n");
  world_script (world, "https://b.example/feed", 200, NULL, "");
  world_run_until (world, "2025-08-01T14:06:00Z"); /* soon, not after a failure's long wait */
  assert_raised (world, "news Truce\n");
}

/* One that takes the fetcher with it each time, while others are answered, is set aside. */
static void
test_a_feed_that_loses_the_fetcher_is_told (void)
{
  g_autoptr (World) world =
      world_new ("[truced]\nalert-to = stdout\n[watch x]\ntitle = X\nmatch = truce\n"
                 "[feed a]\nurl = https://a.example/\n[feed b]\nurl = https://b.example/\npoll = 5m\n",
                 NOW);

  world_script (world, "https://a.example/", WORLD_LOST, NULL, NULL);
  world_script (world, "https://b.example/", 200, NULL, "Quiet\n");
  world_run_until (world, "2025-08-01T12:40:00Z");
  g_autofree char *raised = world_take_raised (world);
  g_assert_nonnull (strstr (raised, "feed Feed a fails\n"));
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_FEED), ==, 1);
}

static void
test_one_request_a_host_at_a_time (void)
{
  g_autoptr (World) world = world_new ("[truced]\nalert-to = stdout\n[watch x]\ntitle = X\nmatch = truce\n"
                                       "[feed a]\nurl = https://h.example/1\n[feed b]\nurl = https://h.example/2\n"
                                       "[feed c]\nurl = https://other.example/\n",
                                       NOW);

  truce_engine_wake (world->engine);
  g_assert_cmpuint (g_queue_get_length (&world->fetches), ==, 2); /* one of each host */
  world_answer_all (world);
  world->now += TRUCE_SECOND;
  truce_engine_wake (world->engine);
  g_assert_cmpuint (g_queue_get_length (&world->fetches), ==, 0); /* two seconds between them */
  world->now += TRUCE_SECOND;
  truce_engine_wake (world->engine);
  g_assert_cmpuint (g_queue_get_length (&world->fetches), ==, 1);
  g_assert_cmpstr (g_ptr_array_index (world->asked, 2), ==, "https://h.example/2");
}

/* `truced --once` waits for feeds whose host was busy. */
static void
test_busy_until_all_have_been_polled (void)
{
  g_autoptr (World) world = world_new ("[truced]\nalert-to = stdout\n[watch x]\ntitle = X\nmatch = truce\n"
                                       "[feed a]\nurl = https://h.example/1\n[feed b]\nurl = https://h.example/2\n",
                                       NOW);

  world_script (world, "https://h.example/1", 200, NULL, "Quiet\n");
  world_script (world, "https://h.example/2", 200, NULL, "Quiet\n");
  truce_engine_wake (world->engine);
  world_answer_all (world);
  g_assert_true (truce_engine_busy (world->engine)); /* the second waits for its host */
  world->now = world->armed;
  truce_engine_wake (world->engine);
  world_answer_all (world);
  g_assert_cmpuint (world->asked->len, ==, 2);
  g_assert_false (truce_engine_busy (world->engine));
}

static void
test_a_reload_keeps_what_is_under_way (void)
{
  g_autoptr (World) world = news_world ("Truce|2025-08-01T11:00:00Z\n");

  truce_engine_wake (world->engine);
  world_reload (world, CONFIG);
  g_assert_cmpuint (world->asked->len, ==, 2); /* not asked again */
  world_answer_all (world);
  assert_raised (world, "news Truce\n");
  world->now += TRUCE_DAY;
  truce_engine_wake (world->engine);
  world_reload (world, "[truced]\nalert-to = stdout\n"); /* the feeds are gone: their answers are nobody's */
  world_answer_all (world);
  assert_raised (world, "");
}

static void
test_a_file_is_a_feed (void)
{
  g_autoptr (World) world = world_new ("[truced]\nalert-to = stdout\n[watch x]\ntitle = X\nmatch = truce\n"
                                       "[feed f]\npath = /feed.xml\npoll = 5m\n",
                                       NOW);

  world_run_until (world, "2025-08-01T12:01:00Z");
  world_script (world, "/feed.xml", 200, NULL, "Truce|2025-08-01T12:00:00Z\n");
  world_run_until (world, "2025-08-02T12:01:00Z");
  assert_raised (world, "news Truce\n");
}

static void
test_refresh (void)
{
  g_autoptr (World) world = news_world ("Quiet\n");
  g_autoptr (GError) error = NULL;
  guint count = 9;

  world_run_until (world, "2025-08-01T12:00:30Z");
  g_assert_true (truce_engine_refresh (world->engine, NULL, &count, &error));
  g_assert_cmpuint (count, ==, 0); /* polled half a minute ago */
  world_run_until (world, "2025-08-01T12:02:00Z");
  g_assert_true (truce_engine_refresh (world->engine, "a", &count, &error));
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpuint (g_queue_get_length (&world->fetches), ==, 1);
  g_assert_false (truce_engine_refresh (world->engine, "nope", &count, &error));
  g_assert_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_NOT_FOUND);
}

/* What was asked and has not answered yet is not well, but new. */
static void
test_a_feed_is_new_until_it_was_read (void)
{
  g_autoptr (World) world = world_new ("[truced]\nalert-to = stdout\n[watch x]\ntitle = X\nmatch = truce\n"
                                       "[feed a]\nurl = https://a.example/\n",
                                       NOW);

  world_script (world, "https://a.example/", 200, NULL, "Quiet\n");
  truce_engine_wake (world->engine);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (json_t) feeds = truce_view_feeds (world->engine, "a", NULL);
    const json_t *feed = json_array_get (feeds, 0);
    g_assert_cmpstr (truce_json_get_text (feed, "state"), ==, i == 0 ? "new" : "ok");
    g_assert_cmpint (truce_json_get_boolean (feed, "asking"), ==, i == 0);
    g_assert_cmpint (json_object_get (feed, "asking") != NULL, ==, i == 0);
    world_answer_all (world);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/polls/first", test_the_first_poll_tells_what_is_fresh);
  g_test_add_func ("/polls/empty", test_what_an_empty_feed_brings_is_news);
  g_test_add_func ("/polls/once", test_an_item_is_told_once);
  g_test_add_func ("/polls/one-alert", test_one_alert_for_all_that_matched);
  g_test_add_func ("/polls/validators", test_validators_are_echoed_and_kept);
  g_test_add_func ("/polls/unparsable", test_an_unparsable_body_stores_no_validators);
  g_test_add_func ("/polls/failing", test_a_failing_feed_is_told_when_it_lasts);
  g_test_add_func ("/polls/network", test_the_network_is_told_from_the_feeds);
  g_test_add_func ("/polls/dead-hosts", test_dead_hosts_are_not_the_network);
  g_test_add_func ("/polls/lost", test_a_lost_fetcher_is_told_once_and_blames_no_feed);
  g_test_add_func ("/polls/loser", test_a_feed_that_loses_the_fetcher_is_told);
  g_test_add_func ("/polls/hosts", test_one_request_a_host_at_a_time);
  g_test_add_func ("/polls/busy", test_busy_until_all_have_been_polled);
  g_test_add_func ("/polls/reload", test_a_reload_keeps_what_is_under_way);
  g_test_add_func ("/polls/file", test_a_file_is_a_feed);
  g_test_add_func ("/polls/refresh", test_refresh);
  g_test_add_func ("/polls/new", test_a_feed_is_new_until_it_was_read);
  return g_test_run ();
}
