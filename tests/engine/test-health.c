/* SPDX-License-Identifier: MIT */
/* What is told of a feed that fares badly, falls silent or moves, and when it is polled meanwhile. */
#include <string.h>

#include "engine/view.h"
#include "world.h"

#define NOW "2025-08-01T12:00:00Z"
#define URL "https://a.example/feed"
#define WATCH "[truced]\nalert-to = stdout\n[watch x]\ntitle = X\nmatch = truce\n"
#define CONFIG WATCH "[feed a]\nurl = " URL "\n"

static void
assert_raised (World *world, const char *expected)
{
  g_autofree char *raised = world_take_raised (world);

  g_assert_cmpstr (raised, ==, expected);
}

/* Until its next poll has ended. */
static void
poll_once (World *world, int status, const char *items)
{
  g_autofree char *etag = g_strdup_printf ("\"%u\"", world->asked->len);
  guint asked = world->asked->len;

  world_script (world, URL, status, etag, items);
  for (truce_engine_wake (world->engine); world->asked->len == asked; truce_engine_wake (world->engine))
    world->now = MAX (world->now, world->armed);
  world_answer_all (world);
}

static json_t *
view (World *world)
{
  g_autoptr (json_t) feeds = truce_view_feeds (world->engine, "a", NULL);

  return json_incref (json_array_get (feeds, 0));
}

static void
assert_view (World *world, const char *key, const char *expected)
{
  g_autoptr (json_t) feed = view (world);

  g_assert_cmpstr (truce_json_get_text (feed, key), ==, expected);
}

static void
test_a_feed_that_comes_and_goes_is_told_once (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  for (guint round = 0; round < 12; round++) {
    poll_once (world, round % 2 ? 200 : 500, "Quiet\n");
    if (round == 3)
      assert_raised (world, ""); /* two of four */
  }
  g_assert_cmpuint (world->raised->len, ==, 1);
  const TruceAlert *alert = g_ptr_array_index (world->raised, 0);
  g_assert_cmpstr (alert->body, ==, "3 of its last 6 polls failed; now: HTTP status 500");
  assert_raised (world, "feed Feed a fails\n");
  poll_once (world, 200, "Quiet\n");
  assert_raised (world, ""); /* that was two in a row */
  poll_once (world, 200, "Quiet\n");
  assert_raised (world, "feed Feed a works again\n");
}

static void
test_a_page_that_comes_and_goes_does_not_flood (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  poll_once (world, 200, "<html>");
  assert_raised (world, "feed Feed a fails\n");
  poll_once (world, 200, "Quiet\n");
  assert_raised (world, "feed Feed a works again\n");
  poll_once (world, 200, "<html>");
  poll_once (world, 200, "Quiet\n");
  assert_raised (world, ""); /* twice within a few polls: it is told when it goes on */
}

static void
test_the_story_of_a_feed (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  poll_once (world, 200, "One\nTwo\n");
  poll_once (world, 200, "Three\nOne\nTwo\n");
  poll_once (world, 503, NULL);
  world_restart (world);
  g_autoptr (json_t) feed = view (world);
  const json_t *polls = json_object_get (feed, "polls"), *poll = json_array_get (polls, 1);
  g_assert_cmpuint (json_array_size (polls), ==, 3);
  g_assert_cmpstr (truce_json_get_text (poll, "outcome"), ==, "ok");
  g_assert_cmpint (truce_json_get_integer (poll, "status", 0), ==, 200);
  g_assert_cmpint (truce_json_get_integer (poll, "bytes", 0), ==, (gint64) strlen ("Three\nOne\nTwo\n"));
  g_assert_cmpint (truce_json_get_integer (poll, "items", 0), ==, 3);
  g_assert_cmpint (truce_json_get_integer (poll, "new", -1), ==, 1);
  poll = json_array_get (polls, 2);
  g_assert_cmpint (truce_json_get_integer (poll, "status", 0), ==, 503);
  g_assert_cmpstr (truce_json_get_text (feed, "etag"), ==, "\"1\"");
  g_assert_cmpstr (truce_json_get_text (feed, "due_reason"), ==, "status 503 without Retry-After");
  g_autoptr (json_t) all = truce_view_feeds (world->engine, NULL, NULL);
  g_assert_null (json_object_get (json_array_get (all, 0), "polls")); /* a list is not a story */
}

static void
test_a_stale_feed_is_told_once (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  world_script (world, URL, 200, "\"1\"", /* every other day, once four days apart */
                "A|2025-07-31T12:00:00Z\nB|2025-07-29T12:00:00Z\nC|2025-07-25T12:00:00Z\nD|2025-07-23T12:00:00Z\n"
                "E|2025-07-21T12:00:00Z\n");
  world_run_until (world, "2025-08-12T11:00:00Z");
  assert_raised (world, ""); /* three times four days are not over */
  assert_view (world, "state", "ok");
  world_run_until (world, "2025-08-12T15:00:00Z");
  g_assert_cmpuint (world->raised->len, ==, 1);
  const TruceAlert *alert = g_ptr_array_index (world->raised, 0);
  g_assert_cmpstr (alert->body, ==,
                   "It answers, but its newest entry is of Thu 31 Jul 2025 12:00 UTC; until now it was never without "
                   "one for longer than 4 days.");
  assert_raised (world, "feed Feed a brings nothing new\n");
  assert_view (world, "state", "stale");
  world_restart (world);
  world_run_until (world, "2025-09-20T12:00:00Z");
  assert_raised (world, "");
  world_script (world, URL, 200, "\"2\"", "F|2025-09-20T11:00:00Z\nA|2025-07-31T12:00:00Z\n");
  world_run_until (world, "2025-09-20T15:00:00Z");
  assert_raised (world, "feed Feed a brings news again\n");
  assert_view (world, "state", "ok");
}

/* A server that says "not modified" for ever is asked for the whole once in eight days, and no more often. */
static void
test_a_stale_feed_is_asked_for_the_whole (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);
  guint whole = 0, conditional = 0;

  world_script (world, URL, 200, "\"1\"",
                "A|2025-07-31T12:00:00Z\nB|2025-07-31T11:00:00Z\nC|2025-07-31T10:00:00Z\nD|2025-07-31T09:00:00Z\n"
                "E|2025-07-31T08:00:00Z\n");
  world_run_until (world, "2025-08-26T12:00:00Z");
  for (guint i = 1; i < world->asked_etags->len; i++)
    *(*(const char *) g_ptr_array_index (world->asked_etags, i) ? &conditional : &whole) += 1;
  g_assert_cmpuint (whole, ==, 3); /* of 25 days */
  g_assert_cmpuint (conditional, >, 400);
}

/* --- moves --- */

static guint
count_asked (World *world, const char *url)
{
  guint count = 0;

  for (guint i = 0; i < world->asked->len; i++)
    count += strcmp (g_ptr_array_index (world->asked, i), url) == 0 ? 1 : 0;
  return count;
}

static void
test_a_move_is_believed_after_a_day (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  world_move (world, URL, "https://new.example/feed");
  world_script (world, "https://new.example/feed", 200, "\"1\"", "Truce one|2025-08-01T11:00:00Z\n");
  world_run_until (world, "2025-08-02T11:00:00Z");
  assert_raised (world, "news Truce one\n");
  g_assert_cmpuint (count_asked (world, "https://new.example/feed"), ==, 0);
  world_run_until (world, "2025-08-02T15:00:00Z");
  const TruceAlert *alert = g_ptr_array_index (world->raised, 0);
  g_assert_cmpstr (alert->url, ==, "https://new.example/feed");
  g_assert_nonnull (strstr (alert->body, "[feed a] url = https://new.example/feed"));
  assert_raised (world, "feed Feed a has moved for good\n");
  assert_view (world, "address", "https://new.example/feed");
  guint asked = count_asked (world, URL);
  world_restart (world);
  world_run_until (world, "2025-08-04T15:00:00Z");
  g_assert_cmpuint (count_asked (world, URL), ==, asked); /* remembered */
  assert_raised (world, "");
  /* Configured there at last: it is the same feed, whose entries and validators are known. */
  world_reload (world, WATCH "[feed a]\nurl = https://new.example/feed\n");
  world_run_until (world, "2025-08-04T17:00:00Z");
  assert_raised (world, "");
  g_assert_cmpstr (g_ptr_array_index (world->asked_etags, world->asked_etags->len - 1), ==, "\"1\"");
  assert_view (world, "address", NULL);
}

/* Of the last requests for these feeds: "1" for one whose host no other feed is of. */
static char *
alone (World *world, const char *const *urls)
{
  GString *all = g_string_new (NULL);

  for (; *urls; urls++) {
    guint i = world->asked->len;
    while (i > 0 && strcmp (g_ptr_array_index (world->asked, i - 1), *urls) != 0)
      i--;
    g_string_append (all, i == 0 ? "?" : g_array_index (world->asked_alone, gboolean, i - 1) ? "1" : "0");
  }
  return g_string_free (all, FALSE);
}

/* The fetcher keeps no connection to a host that only one feed is of, and is right about that after a move. */
static void
test_who_is_alone_on_a_host (void)
{
  static const char *const before[] = { URL, "https://new.example/b", "https://c.example/", "https://c.example/d",
                                        NULL };
  static const char *const after[] = { "https://new.example/a", "https://new.example/b", "https://c.example/", NULL };
  g_autoptr (World) world =
      world_new (CONFIG "[feed b]\nurl = https://new.example/b\n[feed c]\nurl = https://c.example/\n"
                        "[feed d]\nurl = https://c.example/d\n",
                 NOW);

  world_move (world, URL, "https://new.example/a");
  for (guint i = 1; before[i]; i++)
    world_script (world, before[i], 200, NULL, "Quiet\n");
  world_script (world, after[0], 200, NULL, "Quiet\n");
  world_run_until (world, "2025-08-02T11:00:00Z");
  g_autofree char *at_first = alone (world, before);
  g_assert_cmpstr (at_first, ==, "1100");
  world_run_until (world, "2025-08-04T15:00:00Z");
  g_autofree char *moved = alone (world, after);
  g_assert_cmpstr (moved, ==, "000");
  world_reload (world, WATCH "[feed b]\nurl = https://new.example/b\n[feed c]\nurl = https://c.example/\n");
  world_run_until (world, "2025-08-06T15:00:00Z");
  g_autofree char *reloaded = alone (world, after);
  g_assert_cmpstr (reloaded, ==, "011");
}

/* A hotel's network sends everybody to its own page, some maintenance likewise: nothing of that stays. */
static void
test_a_passing_redirect_is_not_believed (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  poll_once (world, 200, "Quiet\n");
  world_move (world, URL, "https://hotel.example/login");
  world_script (world, "https://hotel.example/login", 200, NULL, "<html>");
  world_run_until (world, "2025-08-05T12:00:00Z");
  world_script (world, URL, 200, "\"2\"", "Truce|2025-08-05T11:00:00Z\n");
  world_run_until (world, "2025-08-06T12:00:00Z");
  assert_raised (world, "feed Feed a fails\nnews Truce\nfeed Feed a works again\n");
  g_assert_cmpuint (count_asked (world, "https://hotel.example/login"), ==, 0);
}

static void
test_a_move_that_ends_in_nothing_is_undone (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  world_move (world, URL, "https://new.example/feed");
  world_script (world, "https://new.example/feed", 200, "\"1\"", "Quiet\n");
  world_run_until (world, "2025-08-02T15:00:00Z");
  assert_raised (world, "feed Feed a has moved for good\n");
  world_script (world, "https://new.example/feed", 410, NULL, NULL);
  world_script (world, URL, 200, "\"2\"", "Truce|2025-08-02T16:00:00Z\n");
  world_run_until (world, "2025-08-03T15:00:00Z");
  assert_raised (world, "news Truce\n"); /* it is back where it is configured */
}

/* --- when --- */

static void
test_a_resume_spreads_polls (void)
{
  g_autoptr (GString) config = g_string_new (WATCH);

  for (guint i = 0; i < 30; i++)
    g_string_append_printf (config, "[feed f%u]\nurl = https://h%u.example/\n", i, i);
  g_autoptr (World) world = world_new (config->str, NOW);
  for (guint i = 0; i < 30; i++) {
    g_autofree char *url = g_strdup_printf ("https://h%u.example/", i);
    world_script (world, url, 200, NULL, "Quiet\n");
  }
  world_run_until (world, "2025-08-01T12:01:00Z");
  g_assert_cmpuint (world->asked->len, ==, 30); /* new ones wait for nobody */
  for (guint pass = 0; pass < 2; pass++) {
    guint before = world->asked->len;
    if (pass == 1) { /* a start after a while is the same case */
      world_restart (world);
      world_set_time (world, "2025-08-04T12:00:00Z");
    } else {
      world_set_time (world, "2025-08-02T12:00:00Z");
    }
    TruceTime resumed = world->now;
    truce_engine_wake (world->engine);
    world_answer_all (world);
    g_assert_cmpuint (world->asked->len, ==, before); /* the network may not be there yet */
    for (guint minute = 1; minute <= 6; minute++) {
      char until[TRUCE_TIME_TEXT_SIZE];
      world_run_until (world, truce_time_to_text (resumed + minute * TRUCE_MINUTE, until));
      g_assert_cmpuint (world->asked->len - before, >=, MIN (30, 6 * minute - 2));
      g_assert_cmpuint (world->asked->len - before, <=, MIN (30, 6 * minute));
    }
  }
}

/* What waits says why. */
static void
test_a_spread_poll_says_so (void)
{
  g_autoptr (World) world = world_new (CONFIG "[feed b]\nurl = https://b.example/\n", NOW);

  world_script (world, URL, 200, NULL, "Quiet\n");
  world_script (world, "https://b.example/", 200, NULL, "Quiet\n");
  world_run_until (world, "2025-08-01T12:01:00Z");
  world_set_time (world, "2025-08-02T12:00:00Z");
  truce_engine_wake (world->engine);
  world_answer_all (world);
  g_autoptr (json_t) feeds = truce_view_feeds (world->engine, NULL, NULL);
  guint waiting = 0;
  TruceTime last = 0;
  for (gsize i = 0; i < 2; i++) {
    const json_t *feed = json_array_get (feeds, i);
    if (g_strcmp0 (truce_json_get_text (feed, "due_reason"), "one after another, after a pause") != 0)
      continue;
    waiting++;
    last = MAX (last, truce_json_get_time (feed, "due"));
  }
  g_assert_cmpuint (waiting, ==, 2);
  g_assert_cmpint (last, ==, world_time ("2025-08-02T12:02:45Z"));
}

/* 429 is the host's word for all its feeds, over a restart too; 503 is the address's alone. */
static void
test_429_is_for_the_host (void)
{
  static const char config[] = WATCH "[feed a]\nurl = https://h.example/1\n[feed b]\nurl = https://h.example/2\n";
  g_autoptr (World) world = world_new (config, NOW);

  world_script (world, "https://h.example/1", 429, NULL, NULL);
  world_script (world, "https://h.example/2", 200, NULL, "Quiet\n");
  world_run_until (world, "2025-08-01T12:09:00Z");
  g_assert_cmpuint (world->asked->len, ==, 1);
  g_autoptr (json_t) feeds = truce_view_feeds (world->engine, "b", NULL);
  g_assert_cmpstr (truce_json_get_text (json_array_get (feeds, 0), "due_reason"), ==,
                   "its host asks for a pause (status 429)");
  world_restart (world);
  world_run_until (world, "2025-08-01T12:09:30Z");
  g_assert_cmpuint (world->asked->len, ==, 1);
  world_script (world, "https://h.example/1", 503, NULL, NULL);
  world_run_until (world, "2025-08-01T12:17:00Z");
  g_assert_cmpuint (count_asked (world, "https://h.example/1"), ==, 2);
  g_assert_cmpuint (count_asked (world, "https://h.example/2"), ==, 1); /* 2 s after the 503 of the other */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/health/flapping", test_a_feed_that_comes_and_goes_is_told_once);
  g_test_add_func ("/health/page", test_a_page_that_comes_and_goes_does_not_flood);
  g_test_add_func ("/health/story", test_the_story_of_a_feed);
  g_test_add_func ("/health/stale", test_a_stale_feed_is_told_once);
  g_test_add_func ("/health/alone", test_who_is_alone_on_a_host);
  g_test_add_func ("/health/whole", test_a_stale_feed_is_asked_for_the_whole);
  g_test_add_func ("/health/moved", test_a_move_is_believed_after_a_day);
  g_test_add_func ("/health/hotel", test_a_passing_redirect_is_not_believed);
  g_test_add_func ("/health/undone", test_a_move_that_ends_in_nothing_is_undone);
  g_test_add_func ("/health/resume", test_a_resume_spreads_polls);
  g_test_add_func ("/health/spread", test_a_spread_poll_says_so);
  g_test_add_func ("/health/429", test_429_is_for_the_host);
  return g_test_run ();
}
