/* SPDX-License-Identifier: MIT */
/* Sinks that take their time: one alert in flight, in order, and whatever happens meanwhile. */
#include <string.h>

#include "engine/view.h"
#include "world.h"

static const TruceOrigin me = { "me", "trucectl" };

#define NOW "2025-08-01T12:00:00Z"
#define CONFIG                            \
  "[truced]\nalert-to = stdout journal\n" \
  "[milestone a]\ntitle = A\ndue = 2025-08-12 12:00 UTC\nlead = 7d 3d 1d\n"

/* The journal takes its time, over what fell due 7 days before. */
static World *
slow_world (void)
{
  World *world = world_new (CONFIG, NOW);

  g_hash_table_add (world->slow_sinks, (char *) "journal");
  world_run_until (world, "2025-08-05T12:00:00Z");
  g_assert_cmpuint (world->begun->len, ==, 1);
  return world;
}

static const char *
begun (const World *world, guint index)
{
  g_assert_cmpuint (index, <, world->begun->len);
  return strchr (g_ptr_array_index (world->begun, index), ' ') + 1;
}

/* "SINK how; ..." of each attempt. (transfer full) */
static char *
attempts (World *world, const char *alert)
{
  g_autoptr (GPtrArray) records = world->store_port.deliveries (world->store_port.self, alert);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++) {
    const TruceDeliveryRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->sink, "stdout") != 0)
      g_string_append_printf (text, "%s%s %s", text->len ? "; " : "", record->sink,
                              record->delivered ? "has it" : record->error);
  }
  return g_string_free (text, FALSE);
}

static void
test_one_at_a_time (void)
{
  g_autoptr (World) world = slow_world ();

  world_run_until (world, "2025-08-13T00:00:00Z");
  g_assert_cmpuint (world->begun->len, ==, 1);     /* nothing more while it is at the first */
  g_assert_cmpuint (world->delivered->len, ==, 3); /* and nobody else waits for it */
  g_assert_cmpint (world->armed, >, world->now);
  g_assert_true (truce_engine_busy (world->engine));
  for (guint i = 0; i < 3; i++) {
    g_assert_cmpuint (world->begun->len, ==, i + 1);
    g_assert_cmpstr (begun (world, i), ==, strchr (g_ptr_array_index (world->delivered, i), ' ') + 1);
    world_end_delivery (world, "journal", TRUCE_DELIVERY_DONE, 0);
  }
  g_assert_cmpuint (world->begun->len, ==, 3);
  g_assert_false (truce_engine_busy (world->engine));
  g_assert_false (truce_engine_owes (world->engine));
}

static void
test_again_and_never (void)
{
  g_autoptr (World) world = slow_world ();

  world_end_delivery (world, "journal", TRUCE_DELIVERY_RETRY, 0);
  g_assert_false (truce_engine_busy (world->engine));
  g_assert_true (truce_engine_owes (world->engine));
  world_run_until (world, "2025-08-05T12:00:29Z");
  g_assert_cmpuint (world->begun->len, ==, 1);
  world_run_until (world, "2025-08-05T12:00:30Z");
  g_assert_cmpuint (world->begun->len, ==, 2);
  g_assert_cmpstr (begun (world, 1), ==, begun (world, 0));
  world_end_delivery (world, "journal", TRUCE_DELIVERY_RETRY, 0); /* the pause doubles */
  world_run_until (world, "2025-08-05T12:01:29Z");
  g_assert_cmpuint (world->begun->len, ==, 2);
  world_run_until (world, "2025-08-05T12:01:30Z");
  g_assert_cmpuint (world->begun->len, ==, 3);
  world_end_delivery (world, "journal", TRUCE_DELIVERY_REFUSED, 0);
  g_assert_false (truce_engine_owes (world->engine));
  g_autofree char *went = attempts (world, begun (world, 0));
  g_assert_cmpstr (went, ==, "journal it says no; journal it says no; journal set aside: it says no");
}

/* What was refused is set aside, for that sink; and sent again when somebody has mended something, unless answered. */
static void
test_set_aside (void)
{
  g_autoptr (World) world = slow_world ();
  const TruceStorePort *store = &world->store_port;

  world_end_delivery (world, "journal", TRUCE_DELIVERY_REFUSED, 0);
  g_autoptr (GPtrArray) refused = store->refused (store->self);
  g_assert_cmpuint (refused->len, ==, 1);
  g_assert_cmpstr (((TruceRefusal *) g_ptr_array_index (refused, 0))->alert, ==, begun (world, 0));
  world_reload (world, CONFIG);
  world_run_until (world, "2025-08-05T12:00:01Z");
  g_assert_cmpuint (world->begun->len, ==, 2);
  g_assert_cmpstr (begun (world, 1), ==, begun (world, 0));
  g_autoptr (GPtrArray) under_way = store->refused (store->self);
  g_assert_cmpuint (under_way->len, ==, 0);
  g_assert_cmpuint (world->delivered->len, ==, 2); /* the others have it, and the word that it was refused */
  world_end_delivery (world, "journal", TRUCE_DELIVERY_REFUSED, 0);
  g_assert_true (truce_engine_acknowledge (world->engine, begun (world, 0), &me, NULL));
  g_autoptr (GPtrArray) answered = store->refused (store->self);
  g_assert_cmpuint (answered->len, ==, 0);
  world_reload (world, CONFIG);
  world_run_until (world, "2025-08-05T13:00:00Z");
  g_assert_cmpuint (world->begun->len, ==, 2);
}

/* That is told to the others, once until it takes something; and once a day, where it takes some and refuses others. */
static void
test_set_aside_is_told (void)
{
  g_autoptr (World) world = slow_world ();

  g_free (world_take_raised (world));
  world_end_delivery (world, "journal", TRUCE_DELIVERY_REFUSED, 0);
  g_autofree char *lost = world_take_raised (world);
  g_assert_cmpstr (lost, ==, "problem Alerts do not reach journal\n");
  world_reload (world, CONFIG);
  world_restart (world);
  world_reload (world, CONFIG);
  world_end_delivery (world, "journal", TRUCE_DELIVERY_REFUSED, 0);
  world_reload (world, CONFIG);
  g_autofree char *refused_again = world_take_raised (world);
  g_assert_cmpstr (refused_again, ==, "");
  world_end_delivery (world, "journal", TRUCE_DELIVERY_DONE, 0);
  g_autofree char *back = world_take_raised (world);
  g_assert_cmpstr (back, ==, "problem Alerts reach journal again\n");
  g_free (truce_engine_test (world->engine, "journal", NULL));
  world_end_delivery (world, "journal", TRUCE_DELIVERY_REFUSED, 0);
  g_autofree char *soon = world_take_raised (world);
  g_assert_cmpstr (soon, ==, "test Test alert from truced\n");
  world_run_until (world, "2025-08-06T12:00:00Z");
  g_autofree char *next_day = world_take_raised (world);
  g_assert_cmpstr (next_day, ==, "");
  world_reload (world, CONFIG);
  world_end_delivery (world, "journal", TRUCE_DELIVERY_REFUSED, 0);
  g_autofree char *told = world_take_raised (world);
  g_assert_cmpstr (told, ==, "problem Alerts do not reach journal\n");
}

static void
test_as_long_as_it_asks_for (void)
{
  g_autoptr (World) world = slow_world ();

  world_end_delivery (world, "journal", TRUCE_DELIVERY_RETRY, 2 * TRUCE_HOUR);
  g_assert_cmpint (world->armed, ==, world_time ("2025-08-05T14:00:00Z"));
  world_run_until (world, "2025-08-05T14:00:00Z");
  g_assert_cmpuint (world->begun->len, ==, 2);
  world_end_delivery (world, "journal", TRUCE_DELIVERY_RETRY, 1000 * TRUCE_DAY); /* but not for ever */
  g_assert_cmpint (world->armed, ==, world_time ("2025-08-06T14:00:00Z"));
}

/* Killed, it is tried again: at least once. */
static void
test_restart (void)
{
  g_autoptr (World) world = slow_world ();

  world_restart (world);
  truce_engine_wake (world->engine);
  g_assert_cmpuint (world->begun->len, ==, 2);
  g_assert_cmpstr (begun (world, 1), ==, begun (world, 0));
}

/* The alert is acknowledged, put off, or its sink goes, while it is on its way. */
static void
test_acknowledged_meanwhile (void)
{
  g_autoptr (World) world = slow_world ();
  g_autoptr (GError) error = NULL;

  g_assert_true (truce_engine_acknowledge (world->engine, begun (world, 0), &me, &error));
  world_end_delivery (world, "journal", TRUCE_DELIVERY_RETRY, 0);
  world_run_until (world, "2025-08-05T18:00:00Z");
  g_assert_cmpuint (world->begun->len, ==, 1);
  g_assert_false (truce_engine_owes (world->engine));
}

static void
test_put_off_meanwhile (void)
{
  g_autoptr (World) world = slow_world ();
  g_autoptr (GError) error = NULL;

  g_assert_true (truce_engine_snooze (world->engine, begun (world, 0), TRUCE_DAY, &me, &error));
  g_assert_false (world_end_delivery (world, "journal", TRUCE_DELIVERY_DONE, 0));
  world_run_until (world, "2025-08-06T11:59:59Z");
  g_assert_cmpuint (world->begun->len, ==, 1);
  world_run_until (world, "2025-08-06T12:00:00Z"); /* it returns all the same */
  g_assert_cmpuint (world->begun->len, ==, 2);
  g_assert_true (world_end_delivery (world, "journal", TRUCE_DELIVERY_DONE, 0));
  g_assert_false (truce_engine_busy (world->engine));
  world_run_until (world, "2025-08-07T00:00:00Z");
  g_assert_cmpuint (world->begun->len, ==, 2);
}

static void
test_sink_gone_meanwhile (void)
{
  g_autoptr (World) world = slow_world ();

  world_reload (world, "[truced]\nalert-to = stdout\n"
                       "[milestone a]\ntitle = A\ndue = 2025-08-12 12:00 UTC\nlead = 7d 3d 1d\n");
  world_end_delivery (world, "journal", TRUCE_DELIVERY_DONE, 0);
  g_assert_false (truce_engine_busy (world->engine));
}

/* What comes at once is no digest with what is on its way. */
static void
test_no_digest_of_it (void)
{
  g_autoptr (World) world = world_new ("[truced]\nalert-to = journal\n"
                                       "[milestone a]\ntitle = A\ndue = 2025-08-12 12:00 UTC\nlead = 3d\n"
                                       "[milestone b]\ntitle = B\ndue = 2025-08-13 12:00 UTC\nlead = 3d\n",
                                       NOW);

  g_hash_table_add (world->slow_sinks, (char *) "journal");
  world_run_until (world, "2025-08-01T13:00:00Z");
  world_set_time (world, "2025-08-09T20:00:00Z"); /* as after a long sleep */
  truce_engine_wake (world->engine);
  g_assert_cmpuint (world->begun->len, ==, 1);
  world_set_time (world, "2025-08-10T20:00:00Z");
  truce_engine_wake (world->engine);
  world_end_delivery (world, "journal", TRUCE_DELIVERY_DONE, 0);
  g_assert_cmpuint (world->begun->len, ==, 2);
  world_end_delivery (world, "journal", TRUCE_DELIVERY_DONE, 0);
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_DIGEST), ==, 0);
  g_assert_false (truce_engine_owes (world->engine));
}

/* --- while the disk is full --- */

static void
test_told_before_it_is_written (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  g_hash_table_add (world->slow_sinks, (char *) "journal");
  world_run_until (world, "2025-08-02T00:00:00Z");
  world->store_is_full = TRUE;
  world_run_until (world, "2025-08-05T12:00:00Z"); /* it falls due; so does the word that the disk is full */
  g_assert_cmpuint (world->begun->len, ==, 1);
  world_end_delivery (world, "journal", TRUCE_DELIVERY_DONE, 0);
  world->store_is_full = FALSE;
  world_run_until (world, "2025-08-05T12:05:00Z");
  g_assert_cmpuint (world->begun->len, ==, 2); /* the other one, and the first not again */
  g_assert_cmpstr (begun (world, 0), !=, begun (world, 1));
  world_end_delivery (world, "journal", TRUCE_DELIVERY_DONE, 0);
  world_run_until (world, "2025-08-06T00:00:00Z");
  g_assert_cmpuint (world->begun->len, ==, 2);
}

static void
test_written_while_it_is_told (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  g_hash_table_add (world->slow_sinks, (char *) "journal");
  world_run_until (world, "2025-08-02T00:00:00Z");
  world->store_is_full = TRUE;
  world_run_until (world, "2025-08-05T12:00:00Z");
  world->store_is_full = FALSE;
  world_run_until (world, "2025-08-05T12:05:00Z");
  g_assert_cmpuint (world->begun->len, ==, 1);
  world_end_delivery (world, "journal", TRUCE_DELIVERY_DONE, 0);
  world_end_delivery (world, "journal", TRUCE_DELIVERY_DONE, 0);
  world_run_until (world, "2025-08-06T00:00:00Z");
  g_assert_cmpuint (world->begun->len, ==, 2);
  g_autofree char *went = attempts (world, begun (world, 0));
  g_assert_cmpstr (went, ==, "journal has it");
}

static void
test_ended_while_the_disk_is_full (void)
{
  g_autoptr (World) world = slow_world ();

  world->store_is_full = TRUE;
  world_end_delivery (world, "journal", TRUCE_DELIVERY_DONE, 0);
  world_run_until (world, "2025-08-05T13:00:00Z");
  g_assert_cmpuint (world->begun->len, ==, 1);
  world->store_is_full = FALSE;
  world_run_until (world, "2025-08-05T14:00:00Z");
  g_assert_cmpuint (world->begun->len, ==, 1);
  g_assert_false (truce_engine_owes (world->engine));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/slow-sinks/one-at-a-time", test_one_at_a_time);
  g_test_add_func ("/slow-sinks/again-and-never", test_again_and_never);
  g_test_add_func ("/slow-sinks/set-aside", test_set_aside);
  g_test_add_func ("/slow-sinks/set-aside/told", test_set_aside_is_told);
  g_test_add_func ("/slow-sinks/retry-after", test_as_long_as_it_asks_for);
  g_test_add_func ("/slow-sinks/restart", test_restart);
  g_test_add_func ("/slow-sinks/acknowledged", test_acknowledged_meanwhile);
  g_test_add_func ("/slow-sinks/put-off", test_put_off_meanwhile);
  g_test_add_func ("/slow-sinks/gone", test_sink_gone_meanwhile);
  g_test_add_func ("/slow-sinks/no-digest", test_no_digest_of_it);
  g_test_add_func ("/slow-sinks/unsaved/told-first", test_told_before_it_is_written);
  g_test_add_func ("/slow-sinks/unsaved/written-first", test_written_while_it_is_told);
  g_test_add_func ("/slow-sinks/unsaved/ended", test_ended_while_the_disk_is_full);
  return g_test_run ();
}
