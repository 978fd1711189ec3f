/* SPDX-License-Identifier: MIT */
/* A date draws near and nothing is heard of it: whether that is for want of news or of feeds. */
#include <string.h>

#include "engine/view.h"
#include "world.h"

#define NOW "2025-08-01T12:00:00Z"
#define GOOD "https://good.example/feed"
#define BAD "https://bad.example/feed"
#define TRUCED "[truced]\ntimezone = UTC\nalert-to = stdout\nlead = 1h\n"
#define TRUCE "[milestone truce]\ntitle = Truce ends\ndue = 2025-08-12 12:00\nmatch = truce\n"
#define BOTH "[feed good]\nurl = " GOOD "\n[feed bad]\nurl = " BAD "\n"
#define CONFIG TRUCED TRUCE BOTH

static void
assert_raised (World *world, const char *expected)
{
  g_autofree char *raised = world_take_raised (world);

  g_assert_cmpstr (raised, ==, expected);
}

/* Only what is told of silence. */
static void
assert_silent (World *world, const char *expected)
{
  g_autofree char *raised = world_take_raised (world);
  g_auto (GStrv) lines = g_strsplit (raised, "\n", -1);
  g_autoptr (GString) silent = g_string_new (NULL);

  for (guint i = 0; lines[i]; i++)
    if (g_str_has_prefix (lines[i], "silent "))
      g_string_append_printf (silent, "%s\n", lines[i]);
  g_assert_cmpstr (silent->str, ==, expected);
}

/* With every poll answered as scripted, until then. */
static void
run_until (World *world, const char *until)
{
  TruceTime end = world_time (until);

  truce_engine_wake (world->engine);
  world_answer_all (world);
  while (world->armed <= end) {
    world->now = MAX (world->now, world->armed);
    truce_engine_wake (world->engine);
    world_answer_all (world);
  }
  world->now = end;
  truce_engine_wake (world->engine);
}

/* The last alert, as `expected`, which is then taken. (transfer full) */
static TruceAlert *
take_silent (World *world, const char *expected)
{
  g_assert_cmpuint (world->raised->len, >, 0);
  TruceAlert *alert = truce_alert_ref (g_ptr_array_index (world->raised, world->raised->len - 1));

  assert_silent (world, expected);
  return alert;
}

static void
test_no_news_from_feeds_that_work (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  world_script (world, GOOD, 200, NULL, "Chips are up\n");
  world_script (world, BAD, 200, NULL, "Weather\n");
  run_until (world, "2025-08-05T11:00:00Z");
  assert_raised (world, ""); /* over a week before, nobody expects any */
  run_until (world, "2025-08-05T13:00:00Z");
  g_autoptr (TruceAlert) alert = take_silent (world, "silent Truce ends: in 7 days, and no news of it\n");
  g_assert_cmpstr (alert->why, ==, "no-news");
  g_assert_cmpstr (alert->milestone, ==, "truce");
  g_assert_cmpint (alert->urgency, ==, TRUCE_URGENCY_NORMAL);
  g_assert_nonnull (strstr (alert->body, "Of its feeds 2 work."));
  world_restart (world);
  run_until (world, "2025-08-12T10:00:00Z");
  assert_raised (world, ""); /* once is enough */
}

static void
test_news_ends_the_wait (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  world_script (world, BAD, 200, NULL, "Weather\n");
  world_script (world, GOOD, 200, NULL, "Chips are up\n");
  run_until (world, "2025-08-04T10:00:00Z");
  world_script (world, GOOD, 200, NULL, "Truce talks go on|2025-08-04T10:00:00Z\n");
  run_until (world, "2025-08-04T13:00:00Z");
  assert_raised (world, "news Truce talks go on\n");
  world_restart (world); /* it is known from the store as well */
  run_until (world, "2025-08-07T09:00:00Z");
  assert_raised (world, "");
  run_until (world, "2025-08-07T15:00:00Z");
  assert_silent (world, "silent Truce ends: in 5 days, and no news of it\n");
}

/* What says of the date that it moves is news of it, which a restart does not forget. */
static void
test_moves_are_news (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  world_script (world, BAD, 200, NULL, "Weather\n");
  world_script (world, GOOD, 200, NULL, "Chips are up\n");
  run_until (world, "2025-08-04T10:00:00Z");
  world_script (world, GOOD, 200, NULL, "Truce extended until September 12, 2025|2025-08-04T10:00:00Z\n");
  run_until (world, "2025-08-04T13:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_MOVE), ==, 1);
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_NEWS), ==, 0);
  g_free (world_take_raised (world));
  world_restart (world);
  run_until (world, "2025-08-07T09:00:00Z");
  assert_silent (world, "");
}

static void
test_dead_feeds_are_told_apart (void)
{
  g_autoptr (World) world = world_new (TRUCED TRUCE "feeds = bad\n" BOTH, "2025-08-04T12:00:00Z");

  world_script (world, GOOD, 200, NULL, "Truce talks go on\n"); /* which it does not look at */
  world_script (world, BAD, 404, NULL, NULL);
  run_until (world, "2025-08-06T12:00:00Z");
  g_autoptr (TruceAlert) alert = take_silent (world, "silent Truce ends: in 7 days, and none of its feeds works\n");
  g_assert_cmpstr (alert->why, ==, "no-feed");
  g_assert_nonnull (strstr (alert->body, "bad: HTTP status 404"));
  g_autoptr (json_t) status = truce_view_status (world->engine);
  g_assert_cmpstr (json_string_value (json_array_get (json_object_get (status, "deaf"), 0)), ==, "truce");
}

/* In the minute in which the last of its feeds is told to fail, whenever that is. */
static void
test_no_feed_is_told_at_once (void)
{
  g_autoptr (World) world =
      world_new (TRUCED "silent-after = 6h\npoll = 5m\n" TRUCE "feeds = bad\n" BOTH, "2025-08-10T11:55:00Z");

  world_script (world, GOOD, 200, NULL, "Weather\n");
  world_script (world, BAD, 200, NULL, "Weather\n");
  run_until (world, "2025-08-10T12:00:00Z");
  world_script (world, BAD, 0, NULL, NULL);
  while (world_count (world, TRUCE_ALERT_FEED) == 0) {
    world->now = world->armed;
    truce_engine_wake (world->engine);
    world_answer_all (world);
  }
  world->now += TRUCE_MINUTE;
  truce_engine_wake (world->engine);
  assert_raised (world, "feed Feed bad fails\nsilent Truce ends: in 2 days, and none of its feeds works\n");
}

/* A feed that is asked again only in the second half of what is left is not given three tries. */
static void
test_no_feed_is_told_in_time (void)
{
  g_autoptr (World) world = world_new (TRUCED TRUCE "feeds = bad\n" BOTH, "2025-08-12T05:00:00Z");

  world_script (world, GOOD, 200, NULL, "Weather\n");
  world_script (world, BAD, 404, NULL, NULL); /* asked again after 4 hours, of 7 that are left */
  run_until (world, "2025-08-12T05:01:00Z");
  assert_raised (world, "silent Truce ends: in 6 hours, and none of its feeds works\n");
  g_autoptr (World) early = world_new (TRUCED TRUCE "feeds = bad\n" BOTH, "2025-08-12T02:00:00Z");
  world_script (early, GOOD, 200, NULL, "Weather\n");
  world_script (early, BAD, 404, NULL, NULL); /* of 10 hours */
  run_until (early, "2025-08-12T05:00:00Z");
  assert_raised (early, "");
}

/* What is not known is not told: the feeds were not asked for days, or fail for the first time. */
static void
test_not_while_nobody_knows (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  world_script (world, GOOD, 200, NULL, "Chips are up\n");
  world_script (world, BAD, 200, NULL, "Weather\n");
  run_until (world, "2025-08-04T12:00:00Z");
  world_set_time (world, "2025-08-11T12:00:00Z"); /* asleep */
  truce_engine_wake (world->engine);
  assert_raised (world, "");
  world_script (world, BAD, 500, NULL, NULL);
  run_until (world, "2025-08-11T12:20:00Z");
  assert_raised (world, "");
  world_script (world, BAD, 200, NULL, "Weather\n");
  run_until (world, "2025-08-11T18:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_SILENT), ==, 1); /* at the first poll that is good again */
  const TruceAlert *alert = g_ptr_array_index (world->raised, world->raised->len - 1);
  g_assert_cmpint (alert->kind, ==, TRUCE_ALERT_SILENT);
  g_assert_cmpint (alert->urgency, ==, TRUCE_URGENCY_CRITICAL);
}

/* Whoever does not want to hear of it, and dates that are over. */
static void
test_not_where_nobody_asks (void)
{
  static const char *const configs[] = {
    TRUCED TRUCE "silent-after = no\n" BOTH,
    TRUCED "silent-after = no\n" TRUCE BOTH,
    TRUCED TRUCE "met = 2025-08-02: signed\n" BOTH,
    TRUCED TRUCE "silenced = 2025-09-01\n" BOTH,
    TRUCED "[milestone truce]\ntitle = Truce ends\ndue = 2025-08-12 12:00\n" BOTH, /* no query */
  };

  for (guint i = 0; i < G_N_ELEMENTS (configs); i++) {
    g_autoptr (World) world = world_new (configs[i], NOW);
    world_script (world, GOOD, 200, NULL, "Chips are up\n");
    world_script (world, BAD, 200, NULL, "Weather\n");
    run_until (world, "2025-08-12T10:00:00Z");
    g_assert_cmpuint (world->delivered->len, ==, 0);
  }
}

/* A date that has moved may be silent once more. */
static void
test_again_for_another_date (void)
{
  g_autoptr (World) world = world_new (TRUCED TRUCE "silent-after = 1d\n" BOTH, "2025-08-09T12:00:00Z");

  world_script (world, GOOD, 200, NULL, "Chips are up\n");
  world_script (world, BAD, 200, NULL, "Weather\n");
  run_until (world, "2025-08-10T15:00:00Z");
  assert_raised (world, "silent Truce ends: in 2 days, and no news of it\n");
  world_reload (world, TRUCED "[milestone truce]\ntitle = Truce ends\ndue = 2025-08-14 12:00\nmatch = truce\n"
                              "silent-after = 1d\n" BOTH);
  run_until (world, "2025-08-11T12:00:00Z");
  assert_silent (world, "");
  run_until (world, "2025-08-12T12:00:00Z");
  assert_silent (world, "silent Truce ends: in 3 days, and no news of it\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/silence/no-news", test_no_news_from_feeds_that_work);
  g_test_add_func ("/silence/news-ends-it", test_news_ends_the_wait);
  g_test_add_func ("/silence/moves-are-news", test_moves_are_news);
  g_test_add_func ("/silence/no-feed", test_dead_feeds_are_told_apart);
  g_test_add_func ("/silence/no-feed-at-once", test_no_feed_is_told_at_once);
  g_test_add_func ("/silence/no-feed-in-time", test_no_feed_is_told_in_time);
  g_test_add_func ("/silence/unknown", test_not_while_nobody_knows);
  g_test_add_func ("/silence/nobody-asks", test_not_where_nobody_asks);
  g_test_add_func ("/silence/again", test_again_for_another_date);
  return g_test_run ();
}
