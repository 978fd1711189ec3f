/* SPDX-License-Identifier: MIT */
/* What random histories (test-histories.c) have found, each by itself. */
#include "engine/amend.h"
#include "world.h"

#define GENERAL "[truced]\nalert-to = stdout log\ntimezone = UTC\n[sink log]\nkind = syslog\n"
#define A GENERAL "[milestone a]\ntitle = A\ndue = 2025-08-20 12:00\n"
/* Told every day, so that truced is never far behind. */
#define DAILY \
  "[milestone daily]\ntitle = Daily\ndue = 2025-08-20 12:00\nlead = 12d 11d 10d 9d 8d 7d 6d 5d\nremind-at = 10:00\n"

/* Since the last call, of A. */
static void
assert_raised (World *world, const char *expected)
{
  g_autofree char *raised = world_take_raised (world);
  g_auto (GStrv) lines = g_strsplit (raised, "\n", -1);
  g_autoptr (GString) of_a = g_string_new (NULL);

  for (guint i = 0; lines[i] && *lines[i]; i++)
    if (!g_str_has_prefix (lines[i], "lead Daily"))
      g_string_append_printf (of_a, "%s\n", lines[i]);
  g_assert_cmpstr (of_a->str, ==, expected);
}

static guint
count_told (World *world, const char *sink)
{
  guint count = 0;

  for (guint i = 0; i < world->delivered->len; i++)
    count += g_str_has_prefix (g_ptr_array_index (world->delivered, i), sink) ? 1 : 0;
  return count;
}

/* A lead that was moved to before what was last looked at would have been told neither then nor ever. */
static void
test_a_time_of_day_moved_to_this_morning (void)
{
  g_autoptr (World) world =
      world_new (A DAILY "[milestone b]\ntitle = B\ndue = 2025-09-01\nlead = 0\n", "2025-08-01T00:00:00Z");

  world_reload (world, A "lead = 7d\nremind-at = 18:00\n" DAILY);
  world_run_until (world, "2025-08-13T12:00:00Z");
  assert_raised (world, "");
  world_reload (world, A "lead = 7d\nremind-at = 09:00\n" DAILY);
  assert_raised (world, "lead A in 7 days (late)\n");
  world_reload (world, A "lead = 7d\nremind-at = 18:00\n" DAILY);
  world_restart (world);
  world_run_until (world, "2025-08-14T00:00:00Z");
  assert_raised (world, "");
}

static void
test_taken_out_and_put_back (void)
{
  g_autoptr (World) world = world_new (A "lead = 14d 7d 0\n" DAILY, "2025-08-01T00:00:00Z");

  world_run_until (world, "2025-08-07T00:00:00Z");
  assert_raised (world, "lead A in 14 days\n");
  world_reload (world, GENERAL DAILY);
  world_run_until (world, "2025-08-14T12:00:00Z");
  assert_raised (world, "");
  world_reload (world, A "lead = 14d 7d 0\n" DAILY);
  assert_raised (world, "lead A in 6 days (late)\n");
}

static void
test_not_met_after_all (void)
{
  g_autoptr (World) world = world_new (A "lead = 7d 0\nmet = 2025-08-10 00:00: done\n" DAILY, "2025-08-01T00:00:00Z");

  world_run_until (world, "2025-08-14T12:00:00Z");
  assert_raised (world, "");
  world_reload (world, A "lead = 7d 0\n" DAILY);
  assert_raised (world, "lead A in 6 days (late)\n");
  /* Older than the grace: recorded, and no news. */
  world_reload (world, A "lead = 7d 0\nmet = 2025-08-14 00:00: done\n" DAILY);
  world_run_until (world, "2025-08-29T12:00:00Z");
  world_reload (world, A "lead = 7d 0\n" DAILY);
  assert_raised (world, "");
}

/* What was told while it could not be written counts as told, though the schedule is made anew. */
static void
test_told_and_not_written (void)
{
  g_autoptr (World) world = world_new (A "lead = 7d\n", "2025-08-01T00:00:00Z");

  world_run_until (world, "2025-08-02T00:00:00Z");
  world->store_is_full = TRUE;
  world_run_until (world, "2025-08-13T09:00:00Z");
  assert_raised (world, "problem truced cannot write its state\nlead A in 7 days\n");
  world_reload (world, A "lead = 8d 7d\n");
  assert_raised (world, "lead A in 7 days (late)\n"); /* 8d: not yet told */
  world_reload (world, A "lead = 8d 7d\n");
  world_run_until (world, "2025-08-14T00:00:00Z");
  assert_raised (world, "");
}

/* It waits for its sink, and not because somebody put it off: though the clock is set back and its date moves. */
static void
test_owed_to_a_dead_sink (void)
{
  g_autoptr (World) world = world_new (A "lead = 8d 7d\n", "2025-08-01T00:00:00Z");

  g_hash_table_add (world->dead_sinks, (char *) "log");
  world_run_until (world, "2025-08-13T12:00:00Z");
  assert_raised (world, "lead A in 8 days\nproblem Alerts do not reach log\nlead A in 7 days\n");
  world_set_time (world, "2025-08-12T20:00:00Z");
  truce_engine_wake (world->engine);
  world_reload (world, GENERAL "[milestone a]\ntitle = A\ndue = 2025-10-20 12:00\nlead = 7d\n");
  g_hash_table_remove_all (world->dead_sinks);
  world_run_until (world, "2025-08-14T00:00:00Z");
  g_assert_cmpuint (count_told (world, "stdout"), ==, 5); /* with two words on the log */
  g_assert_cmpuint (count_told (world, "log"), ==, 3);
}

/* The same, of one that was raised by a clock that was ahead and could not be written then. */
static void
test_owed_and_written_late (void)
{
  g_autoptr (World) world = world_new (A "lead = 7d\n", "2025-08-01T00:00:00Z");

  world_run_until (world, "2025-08-12T12:00:00Z");
  world->store_is_full = TRUE;
  g_hash_table_add (world->dead_sinks, (char *) "log");
  world_run_until (world, "2025-08-13T12:00:00Z");
  assert_raised (world, "problem truced cannot write its state\nlead A in 7 days\n");
  world_set_time (world, "2025-08-12T20:00:00Z");
  truce_engine_wake (world->engine);
  world->store_is_full = FALSE;
  world_run_until (world, "2025-08-12T20:05:00Z");
  world_reload (world, GENERAL "[milestone a]\ntitle = A\ndue = 2025-10-20 12:00\nlead = 7d\n");
  g_hash_table_remove_all (world->dead_sinks);
  world_run_until (world, "2025-08-12T22:00:00Z");
  g_assert_cmpuint (count_told (world, "log"), ==, 3); /* with the problem and the change */
}

/* What a sink has taken is written down as soon as it can be, though the sink is dead by then and refuses another
 * first. */
static void
test_taken_and_written_late (void)
{
  g_autoptr (World) world = world_new (A "lead = 9d 8d 7d\n", "2025-08-01T00:00:00Z");

  g_hash_table_add (world->dead_sinks, (char *) "log");
  world_run_until (world, "2025-08-13T06:00:00Z");
  assert_raised (world, "lead A in 9 days\nproblem Alerts do not reach log\nlead A in 8 days\n");
  world->store_is_full = TRUE;
  g_hash_table_remove_all (world->dead_sinks);
  world_set_time (world, "2025-08-12T08:30:00Z"); /* the first is to be tried again tomorrow by that */
  world_run_until (world, "2025-08-12T09:30:00Z");
  g_assert_cmpuint (count_told (world, "log"), ==, 2);
  g_hash_table_add (world->dead_sinks, (char *) "log");
  world_run_until (world, "2025-08-13T10:00:00Z");
  assert_raised (world, "problem truced cannot write its state\nproblem Alerts reach log again\n"
                        "problem Alerts do not reach log\nlead A in 7 days\n");
  world->store_is_full = FALSE;
  world_run_until (world, "2025-08-13T12:00:00Z");
  world_restart (world);
  g_hash_table_remove_all (world->dead_sinks);
  world_run_until (world, "2025-08-14T00:00:00Z");
  g_assert_cmpuint (count_told (world, "log"), ==, 4);
}

static const TruceOrigin ada = { "ada", "trucectl" };

static void
set_due (World *world, const char *statement)
{
  g_autoptr (json_t) changes = truce_engine_set_due (world->engine, "a", statement, "heard", &ada, NULL);

  g_assert_nonnull (changes);
}

/* What was said last holds, whatever the clock showed when it was said. */
static void
test_said_by_a_clock_that_was_ahead (void)
{
  static const char *const lines = A "lead = 0\nrevised = 2025-08-05 12:00: 2025-08-21 12:00: put off\n";
  g_autoptr (World) world = world_new (lines, "2025-08-01T00:00:00Z");

  world_run_until (world, "2025-08-06T00:00:00Z");
  assert_raised (world, "changed A: moved to Thu 21 Aug 2025 12:00 UTC\n");
  set_due (world, "2025-08-25 12:00");
  assert_raised (world, "changed A: moved to Mon 25 Aug 2025 12:00 UTC\n");
  world_set_time (world, "2025-08-05T06:00:00Z");
  truce_engine_wake (world->engine);
  set_due (world, "2025-08-26 12:00");
  assert_raised (world, "changed A: moved to Tue 26 Aug 2025 12:00 UTC\n");
  for (guint i = 0; i < 2; i++) { /* past the line, and past what was said by the other clock */
    world_restart (world);
    world_run_until (world, i ? "2025-08-26T11:59:00Z" : "2025-08-05T18:00:00Z");
    assert_raised (world, "");
  }
  world_run_until (world, "2025-08-26T12:00:00Z");
  assert_raised (world, "due A: due now\n");
}

/* What has ended keeps its date, and what hangs on it with it: though the clock was set back before all that was said,
 * or the end was said by a clock that was behind. */
static void
test_ended_by_another_clock (void)
{
  static const char *const lines = A "lead = 0\nrevised = 2025-08-05 12:00: 2025-08-21 12:00: put off\n"
                                     "[milestone b]\ntitle = B\ndue = milestone:a + 10d\nlead = 0\n";
  static const char *const clocks[][2] = { { "2025-08-06T00:00:00Z", "2025-08-05T06:00:00Z" },
                                           { "2025-08-05T06:00:00Z", "2025-08-05T06:00:00Z" } };

  for (guint i = 0; i < G_N_ELEMENTS (clocks); i++) {
    g_autoptr (World) world = world_new (lines, "2025-08-01T00:00:00Z");
    world_run_until (world, "2025-08-06T00:00:00Z");
    set_due (world, "2025-08-25 12:00");
    assert_raised (world,
                   "changed A: moved to Thu 21 Aug 2025 12:00 UTC\nchanged B: moved to Sun 31 Aug 2025 12:00 UTC\n"
                   "changed A: moved to Mon 25 Aug 2025 12:00 UTC\nchanged B: moved to Thu 4 Sep 2025 12:00 UTC\n");
    for (guint j = 0; j < G_N_ELEMENTS (clocks[i]); j++) {
      world_set_time (world, clocks[i][j]);
      truce_engine_wake (world->engine);
      if (j == 0)
        g_assert_true (truce_engine_end (world->engine, "a", TRUCE_AMENDMENT_MET, NULL, &ada, NULL));
      world_restart (world);
      world_run_until (world, clocks[i][j]);
      assert_raised (world, "");
    }
    world_run_until (world, "2025-08-05T18:00:00Z");
    world_restart (world);
    world_run_until (world, "2025-09-04T11:59:00Z");
    assert_raised (world, "");
    world_run_until (world, "2025-09-04T12:00:00Z");
    assert_raised (world, "due B: due now\n");
  }
}

/* A date that has passed is no news; but where it only seemed so, by a clock that was ahead, nobody has heard of it. */
static void
test_passed_by_a_clock_that_was_ahead (void)
{
  g_autoptr (World) world = world_new (GENERAL DAILY, "2025-08-01T00:00:00Z");

  world_run_until (world, "2025-08-20T15:00:00Z");
  world_reload (world, A "lead = 1d 2h 0\n" DAILY);
  world_set_time (world, "2025-08-20T14:00:00Z"); /* it has passed by that as well */
  truce_engine_wake (world->engine);
  assert_raised (world, "");
  world_set_time (world, "2025-08-20T11:00:00Z");
  truce_engine_wake (world->engine);
  assert_raised (world, "lead A in 1 hour\n");
  world_restart (world);
  world_run_until (world, "2025-08-21T00:00:00Z");
  assert_raised (world, "due A: due now\n");
}

/* Nor of what is told after a date. */
static void
test_long_passed_by_a_clock_that_was_ahead (void)
{
  g_autoptr (World) world = world_new (A "lead = 1d +1d1h\n", "2025-08-21T15:00:00Z");

  truce_engine_wake (world->engine);
  assert_raised (world, "");
  world_set_time (world, "2025-08-21T11:00:00Z");
  truce_engine_wake (world->engine);
  assert_raised (world, "");
  world_run_until (world, "2025-08-21T13:00:00Z");
  assert_raised (world, "lead A: was due 1 day ago\n");
}

/* What hangs on one that has ended does not hear of what was said since, though by a clock that was set back all of it
 * was said at one moment. */
static void
test_said_before_and_after_an_end (void)
{
  static const char *const lines = A "lead = 0\n[milestone b]\ntitle = B\ndue = milestone:a + 1d\nlead = 0\n"
                                     "[milestone c]\ntitle = C\ndue = milestone:b + 1d\nlead = 0\n";
  g_autoptr (World) world = world_new (lines, "2025-08-01T00:00:00Z");

  world_run_until (world, "2025-08-06T00:00:00Z");
  set_due (world, "2025-08-25 12:00");
  g_autofree char *changed = world_take_raised (world);
  world_run_until (world, "2025-08-06T00:05:00Z");
  g_assert_true (truce_engine_end (world->engine, "b", TRUCE_AMENDMENT_MET, NULL, &ada, NULL));
  world_run_until (world, "2025-08-06T00:10:00Z");
  set_due (world, "2025-08-26 12:00");
  assert_raised (world, "changed A: moved to Tue 26 Aug 2025 12:00 UTC\n");
  world_set_time (world, "2025-08-05T06:00:00Z");
  truce_engine_wake (world->engine);
  assert_raised (world, "");
  world_restart (world);
  world_run_until (world, "2025-08-27T12:00:00Z");
  assert_raised (world, "due A: due now\ndue C: due now\n");
}

/* What one sink is told after its quiet hours, and another late, at the same moment, are two digests. */
static void
test_two_digests_of_the_same (void)
{
  g_autoptr (World) world = world_new ("[truced]\nalert-to = stdout log\ntimezone = UTC\nquiet = 22:00-07:00\n"
                                       "[sink log]\nkind = syslog\n"
                                       "[milestone a]\ntitle = A\ndue = 2025-08-20 12:00\nlead = 0\n"
                                       "[milestone b]\ntitle = B\ndue = 2025-08-20 12:00\nlead = 5d\n"
                                       "[milestone c]\ntitle = C\ndue = 2025-08-20 12:00\nlead = 5d\n",
                                       "2025-08-12T12:00:00Z");

  g_hash_table_add (world->dead_sinks, (char *) "log");
  world_run_until (world, "2025-08-12T12:00:00Z");
  set_due (world, "2025-08-25 12:00"); /* which quiet hours let pass, and the log refuses */
  assert_raised (world, "changed A: moved to Mon 25 Aug 2025 12:00 UTC\n");
  world_set_time (world, "2025-08-15T23:00:00Z");
  truce_engine_wake (world->engine);
  assert_raised (world, "lead B in 5 days (late)\nlead C in 5 days (late)\n");
  world_set_time (world, "2025-08-16T09:00:00Z");
  truce_engine_wake (world->engine);
  assert_raised (world, "digest 2 alerts from the quiet hours\ndigest 2 alerts told late (late)\n");
  g_hash_table_remove_all (world->dead_sinks);
  world_run_until (world, "2025-08-17T12:00:00Z");
  g_assert_cmpuint (count_told (world, "stdout"), ==, 2);
  g_assert_cmpuint (count_told (world, "log"), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/found/time-of-day", test_a_time_of_day_moved_to_this_morning);
  g_test_add_func ("/found/taken-out", test_taken_out_and_put_back);
  g_test_add_func ("/found/not-met", test_not_met_after_all);
  g_test_add_func ("/found/not-written", test_told_and_not_written);
  g_test_add_func ("/found/dead-sink", test_owed_to_a_dead_sink);
  g_test_add_func ("/found/written-late", test_owed_and_written_late);
  g_test_add_func ("/found/taken-and-written-late", test_taken_and_written_late);
  g_test_add_func ("/found/clock-ahead", test_said_by_a_clock_that_was_ahead);
  g_test_add_func ("/found/ended-by-another-clock", test_ended_by_another_clock);
  g_test_add_func ("/found/passed-by-another-clock", test_passed_by_a_clock_that_was_ahead);
  g_test_add_func ("/found/long-passed", test_long_passed_by_a_clock_that_was_ahead);
  g_test_add_func ("/found/before-and-after-an-end", test_said_before_and_after_an_end);
  g_test_add_func ("/found/two-digests", test_two_digests_of_the_same);
  return g_test_run ();
}
