/* SPDX-License-Identifier: MIT */
/* Polls that raise nothing are written together: when, and what that may cost. */
#include "world.h"

#define NOW "2025-08-01T12:00:00Z"
#define CONFIG                                    \
  "[truced]\nalert-to = stdout\n"                 \
  "[watch truce]\ntitle = Truce\nmatch = truce\n" \
  "[feed a]\nurl = https://a.example/feed\n"      \
  "[feed b]\nurl = https://b.example/feed\n"      \
  "[feed c]\nurl = https://c.example/feed\n"

static World *
quiet_world (void)
{
  World *world = world_new (CONFIG, NOW);

  world_script (world, "https://a.example/feed", 200, "\"a\"", "Quiet|2025-07-01T11:00:00Z\n");
  world_script (world, "https://b.example/feed", 200, "\"b\"", "Quiet|2025-07-01T11:00:00Z\n");
  world_script (world, "https://c.example/feed", 200, "\"c\"", "Quiet|2025-07-01T11:00:00Z\n");
  truce_engine_wake (world->engine);
  g_assert_cmpuint (world->fetches.length, ==, 3);
  return world;
}

/* All that are under way but the last `n`. */
static void
answer_all_but (World *world, guint n)
{
  GQueue held = G_QUEUE_INIT;

  while (n-- > 0)
    g_queue_push_head (&held, g_queue_pop_tail (&world->fetches));
  world_answer_all (world);
  g_assert_cmpuint (world->fetches.length, ==, 0);
  world->fetches = held;
}

static guint
n_written (World *world)
{
  static const char *const feeds[] = { "a", "b", "c" };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (feeds); i++) {
    TruceFeedState state;
    if (!world->store_port.feed_state (world->store_port.self, feeds[i], &state))
      continue;
    n++;
    g_assert_cmpint (state.last_200, !=, TRUCE_TIME_NONE);
    truce_feed_state_clear (&state);
  }
  return n;
}

static void
test_a_round_is_written_soon (void)
{
  g_autoptr (World) world = quiet_world ();

  answer_all_but (world, 1);
  g_assert_cmpuint (n_written (world), ==, 0);
  g_assert_cmpint (world->armed, <=, world->now + 100 * TRUCE_MILLISECOND);
  world->now = world->armed;
  truce_engine_wake (world->engine);
  g_assert_cmpuint (n_written (world), ==, 2);
  world_answer_all (world); /* the last of a round is not waited with */
  g_assert_cmpuint (n_written (world), ==, 3);
}

static void
test_a_clock_that_is_set_holds_nothing_up (void)
{
  g_autoptr (World) world = quiet_world ();

  answer_all_but (world, 1);
  world->now -= TRUCE_HOUR;
  truce_engine_wake (world->engine);
  g_assert_cmpuint (n_written (world), ==, 2);
}

static void
test_what_is_told_is_written_after_what_was_before_it (void)
{
  g_autoptr (World) world = quiet_world ();

  world_script (world, "https://b.example/feed", 200, "\"b\"", "Truce|2025-08-01T11:00:00Z\n");
  answer_all_but (world, 2);
  g_assert_cmpuint (n_written (world), ==, 0);
  answer_all_but (world, 1);
  g_assert_cmpuint (n_written (world), ==, 2);
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_NEWS), ==, 1);
}

static void
test_the_end_loses_none (void)
{
  g_autoptr (World) world = quiet_world ();

  answer_all_but (world, 1);
  world_restart (world);
  g_assert_cmpuint (n_written (world), ==, 2);
}

static void
test_a_full_disk_loses_none (void)
{
  g_autoptr (World) world = quiet_world ();
  g_autofree char *raised = NULL;

  world->store_is_full = TRUE;
  world_answer_all (world);
  g_assert_cmpuint (n_written (world), ==, 0);
  world->store_is_full = FALSE;
  world_run_until (world, "2025-08-01T12:05:00Z");
  g_assert_cmpuint (n_written (world), ==, 3);
  raised = world_take_raised (world);
  g_assert_cmpstr (raised, ==, "problem truced cannot write its state\n");
}

/* When truced stops, those who would tell people that the disk is full have gone already. */
static void
test_a_stop_tells_nothing (void)
{
  g_autoptr (World) world = quiet_world ();

  answer_all_but (world, 1);
  world->store_is_full = TRUE;
  g_clear_pointer (&world->engine, truce_engine_free);
  g_assert_cmpuint (world->raised->len, ==, 0);
  g_assert_cmpuint (world->delivered->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/together/a-round-is-written-soon", test_a_round_is_written_soon);
  g_test_add_func ("/together/a-clock-that-is-set-holds-nothing-up", test_a_clock_that_is_set_holds_nothing_up);
  g_test_add_func ("/together/what-is-told-is-written-after-what-was-before-it",
                   test_what_is_told_is_written_after_what_was_before_it);
  g_test_add_func ("/together/the-end-loses-none", test_the_end_loses_none);
  g_test_add_func ("/together/a-full-disk-loses-none", test_a_full_disk_loses_none);
  g_test_add_func ("/together/stop", test_a_stop_tells_nothing);
  return g_test_run ();
}
