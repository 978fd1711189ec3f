/* SPDX-License-Identifier: MIT */
/* A long document is gone through in several turns, and told in one transaction: whatever comes between, all of it is
 * told, and once. */
#include "engine/amend.h"
#include "world.h"

#define NOW "2025-08-01T12:00:00Z"
#define HEAD "[truced]\nalert-to = stdout\nbudget = 1000\n[feed a]\nurl = https://a.example/feed\n"
#define WATCH "[watch truce]\ntitle = Truce\nmatch = truce\n"
#define MILESTONE "[milestone truce]\ntitle = The truce ends\ndue = 2025-08-12\nmatch = truce\nlead = 0\n"
#define N_ITEMS 500
#define TURNS_LEAST 10 /* more than fifty at a time would keep whoever asks truced something waiting */

/* So many turns into its document. */
static World *
world_at (const char *config, guint n_turns)
{
  World *world = world_new (config, NOW);
  g_autoptr (GString) items = g_string_new (NULL);

  for (int i = 0; i < N_ITEMS; i++) /* of which no two tell the same */
    g_string_append_printf (items, "Truce of %x%x%x holds|2025-08-01T11:%02d:00Z\n", i * 7919, i * 104729, i, i % 60);
  world_script (world, "https://a.example/feed", 200, "\"a\"", items->str);
  truce_engine_wake (world->engine);
  world_answer_all (world);
  for (guint i = 0; i < n_turns; i++)
    truce_engine_wake (world->engine);
  return world;
}

/* In the middle of its document. */
static World *
reading_world (const char *config)
{
  World *world = world_at (config, TURNS_LEAST / 2);

  g_assert_cmpuint (world->raised->len, ==, 0);
  return world;
}

/* Nothing of it is in the store before all of it is. */
static void
assert_nothing_kept (World *world)
{
  const TruceAlertFilter filter = { .since = TRUCE_TIME_MIN };
  g_autoptr (GPtrArray) alerts = world->store_port.alerts (world->store_port.self, &filter);
  TruceFeedState state;

  g_assert_cmpuint (alerts->len, ==, 0);
  g_assert_false (world->store_port.feed_state (world->store_port.self, "a", &state));
}

static void
assert_told_once (World *world, guint n)
{
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);

  world_run_until (world, "2025-08-01T12:30:00Z");
  for (guint i = 0; i < world->delivered->len; i++)
    g_assert_true (g_hash_table_add (told, g_ptr_array_index (world->delivered, i)));
  g_assert_cmpuint (world->delivered->len, ==, n);
}

/* From now until all is told. */
static guint
count_turns (World *world)
{
  guint turns = 0;

  for (; world->raised->len == 0; turns++) {
    assert_nothing_kept (world);
    truce_engine_wake (world->engine);
  }
  return turns;
}

static void
test_it_takes_turns (void)
{
  g_autoptr (World) world = reading_world (HEAD WATCH);

  g_assert_cmpuint (TURNS_LEAST / 2 + count_turns (world), >=, TURNS_LEAST);
  g_assert_cmpuint (world->raised->len, <, N_ITEMS); /* nor are all announced at once, and sinks wait for that */
  g_assert_cmpuint (world->delivered->len, ==, 0);
  assert_told_once (world, N_ITEMS);
}

static void
test_a_crash (void)
{
  g_autoptr (World) world = reading_world (HEAD WATCH);

  world_restart (world);
  assert_nothing_kept (world);
  assert_told_once (world, N_ITEMS);
  g_assert_cmpuint (world->asked->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (world->asked_etags, 1), ==, ""); /* it was not read, and comes whole again */
}

/* What it was found to match by the old configuration does not count. */
static void
test_a_reload (void)
{
  g_autoptr (World) world = reading_world (HEAD WATCH);

  world_reload (world, HEAD MILESTONE);
  assert_told_once (world, N_ITEMS);
  for (guint i = 0; i < world->raised->len; i++) {
    const TruceAlert *alert = g_ptr_array_index (world->raised, i);
    g_assert_cmpstr (alert->milestone, ==, "truce");
    g_assert_null (alert->watch);
  }
}

/* Whenever that was, the last moment included: it is found out anew, and in as many turns as at first. */
static void
test_a_reload_takes_turns (void)
{
  g_autoptr (World) whole = world_at (HEAD WATCH, 0);
  guint n_turns = count_turns (whole);

  for (guint i = 0; i < n_turns; i++) {
    g_autoptr (World) world = world_at (HEAD WATCH, i);
    world_reload (world, HEAD MILESTONE);
    g_assert_cmpuint (world->raised->len, ==, 0);
    g_assert_cmpuint (1 + count_turns (world), >=, TURNS_LEAST);
    assert_told_once (world, N_ITEMS);
  }
}

/* Another date is another configuration. What is told of it comes in between. */
static void
test_a_date_is_accepted (void)
{
  g_autoptr (World) world = reading_world (HEAD MILESTONE);
  const TruceOrigin ada = { "ada", "trucectl" };
  g_autoptr (json_t) changes = truce_engine_set_due (world->engine, "truce", "2025-08-20", "so it is", &ada, NULL);
  guint n_before = world->raised->len, turns = 0;

  g_assert_nonnull (changes);
  for (; world->raised->len == n_before; turns++)
    truce_engine_wake (world->engine);
  g_assert_cmpuint (turns, >=, TURNS_LEAST);
  assert_told_once (world, n_before + N_ITEMS);
}

static void
test_its_feed_goes (void)
{
  g_autoptr (World) world = reading_world (HEAD WATCH);

  world_reload (world, "[truced]\nalert-to = stdout\n[feed b]\nurl = https://b.example/feed\n" WATCH);
  world_script (world, "https://b.example/feed", 200, "\"b\"", "The truce is over|2025-08-01T11:00:00Z\n");
  assert_told_once (world, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reading/turns", test_it_takes_turns);
  g_test_add_func ("/reading/crash", test_a_crash);
  g_test_add_func ("/reading/reload", test_a_reload);
  g_test_add_func ("/reading/reload-takes-turns", test_a_reload_takes_turns);
  g_test_add_func ("/reading/date-accepted", test_a_date_is_accepted);
  g_test_add_func ("/reading/feed-goes", test_its_feed_goes);
  return g_test_run ();
}
