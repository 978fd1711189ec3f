/* SPDX-License-Identifier: MIT */
/* What the news says against a date that was taken: that it is the one before after all. Nobody is caught out by it. */
#include <string.h>

#include "engine/amend.h"
#include "engine/moves.h"
#include "engine/view.h"
#include "moving.h"

static const TruceOrigin ada = { "ada", "trucectl" };

#define TAKEN_AT "2025-07-03T10:00:00Z"

/* The truce was due on 12 August, and is on 10 November. */
static World *
begin_moved (void)
{
  World *world = begin (PLAIN);

  world->now = world_time (TAKEN_AT);
  g_autoptr (json_t) changes = truce_engine_set_due (world->engine, "truce", "2025-11-10", "the order", &ada, NULL);
  g_assert_nonnull (changes);
  g_free (world_take_raised (world));
  return world;
}

#define BACK "move Truce: back to Tue 12 Aug 2025 12:00 UTC, reports wire.example\n"

/* Said outright, denied or undone: it is told, and can be taken, as it was to the minute. */
static void
test_says_so (void)
{
  static const char *const titles[] = {
    "Leaders move end of truce back to August 12",
    "Truce deadline brought forward to August 12",
    "Truce deadline is now August 12",
    "Truce deadline remains August 12, ministry says",
    "Ministry denies that truce deadline was extended",
    "Truce deadline has not been extended",
    "Court voids extension of truce",
  };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++) {
    g_autoptr (World) world = begin_moved ();
    g_autoptr (GError) error = NULL;
    bring (world, "wire", titles[i], "", "2025-07-05T10:00:00Z");
    const TruceAlert *alert = g_ptr_array_index (world->raised, 0);
    g_assert_cmpint (alert->urgency, ==, TRUCE_URGENCY_CRITICAL);
    g_assert_nonnull (alert->move);
    g_assert_cmpstr (alert->move->label, ==, "moved");
    assert_raised (world, BACK);
    g_autoptr (json_t) truce = truce_view_milestone (world->engine, "truce", NULL);
    g_assert_nonnull (strstr (truce_json_get_text (truce, "contested"), "reported back to 2025-08-12"));
    g_autoptr (json_t) records = moves (world, FALSE);
    const json_t *move = json_array_get (records, 0);
    g_assert_true (truce_json_get_boolean (move, "back"));
    g_autoptr (json_t) done =
        truce_engine_accept_move (world->engine, truce_json_get_text (move, "id"), NULL, &ada, &error);
    g_assert_no_error (error);
    g_autoptr (json_t) again = truce_view_milestone (world->engine, "truce", NULL);
    g_assert_cmpstr (truce_json_get_text (again, "due"), ==, "2025-08-12T12:00:00Z");
  }
}

/* A second paper's denial is a second source, and the lead of the date in force says so. */
static void
test_confirmed (void)
{
  g_autoptr (World) world = begin_moved ();

  bring (world, "wire", "Ministry denies that truce deadline was extended", "", "2025-07-05T10:00:00Z");
  assert_raised (world, BACK);
  bring (world, "post", "Correction: truce deadline has not been extended", "", "2025-07-06T10:00:00Z");
  assert_raised (world, "move Truce: back to Tue 12 Aug 2025 12:00 UTC, 2 sources say\n");
  world_restart (world);
  g_autoptr (json_t) truce = truce_view_milestone (world->engine, "truce", NULL);
  g_assert_cmpstr (truce_json_get_text (truce, "contested"), ==, "confirmed back to 2025-08-12 12:00 UTC (2 sources)");
}

/* What tells the history again, refuses the next move, or was written before the date was given. */
static void
test_recaps (void)
{
  static const char *const titles[] = {
    "Leaders extended truce from August 12 to November 10",
    "How leaders extended the truce until August 12, and then to November 10",
    "Leaders extended truce until August 12",
    "Truce was pushed back to August 12",
    "Ministry rules out another extension of truce",
    "Truce will not be extended beyond November 10, ministry says",
    "Judge denies motion to extend truce",
    "Truce deadline stands, ministry says",
  };
  g_autoptr (World) world = begin_moved ();

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    bring (world, "wire", titles[i], "", "2025-07-05T10:00:00Z");
  bring (world, "post", "Truce deadline has not been extended", "", "2025-07-03T09:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_MOVE), ==, 0);
}

/* There is nothing to go back to: it never moved, the date before is over, or the one before was later. */
static void
test_nowhere (void)
{
  g_autoptr (World) world = begin (PLAIN);

  bring (world, "wire", "Ministry denies that truce deadline was extended", "", "2025-07-05T10:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_MOVE), ==, 0);

  g_autoptr (World) later = begin_moved ();
  bring (later, "wire", "Ministry denies that truce deadline was extended", "", "2025-08-13T10:00:00Z");
  g_assert_cmpuint (world_count (later, TRUCE_ALERT_MOVE), ==, 0);

  g_autoptr (World) returned = begin_moved ();
  returned->now = world_time ("2025-07-05T09:00:00Z");
  g_autoptr (json_t) back = truce_engine_set_due (returned->engine, "truce", "2025-08-12 12:00", "again", &ada, NULL);
  g_free (world_take_raised (returned));
  bring (returned, "wire", "Ministry denies that truce deadline was extended", "", "2025-07-05T10:00:00Z");
  g_assert_cmpuint (world_count (returned, TRUCE_ALERT_MOVE), ==, 0);
}

/* What goes back on a date that was taken without asking is told, and somebody decides; so is any other until then. */
static void
test_on_move_asks (void)
{
  g_autoptr (World) world =
      begin ("[truced]\nalert-to = stdout\ntimezone = UTC\nlead = 7d 0\non-move = official\n" TRUCE);

  bring (world, "office", EXTENDED, "", "2025-07-05T10:00:00Z");
  g_free (world_take_raised (world));
  bring (world, "office", "Correction: truce has not been extended", "", "2025-07-07T10:00:00Z");
  assert_raised (world, "move Truce: back to Tue 12 Aug 2025 12:00 UTC, says office (official)\n");
  world_run_until (world, "2025-07-09T10:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_CHANGED), ==, 2); /* as at first */
  bring (world, "office", "Truce extended until December 1", "", "2025-07-09T11:00:00Z");
  world_run_until (world, "2025-07-11T10:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_CHANGED), ==, 2); /* as at first */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/moves-back/says-so", test_says_so);
  g_test_add_func ("/moves-back/confirmed", test_confirmed);
  g_test_add_func ("/moves-back/recaps", test_recaps);
  g_test_add_func ("/moves-back/nowhere", test_nowhere);
  g_test_add_func ("/moves-back/on-move-asks", test_on_move_asks);
  return g_test_run ();
}
