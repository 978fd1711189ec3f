/* SPDX-License-Identifier: MIT */
/* No deadline missed, none announced twice, whatever the clock, the machine and the configuration do. */
#include "world.h"

#define TRUCE                                                                               \
  "[truced]\nalert-to = stdout\n"                                                           \
  "[milestone truce]\ntitle = The truce ends\nstarts = 2025-05-14 00:01 America/New_York\n" \
  "due = starts + 90d\nlead = 30d 14d 7d 3d 1d 6h 0 +1d\n"

static void
assert_raised (World *world, const char *expected)
{
  g_autofree char *raised = world_take_raised (world);

  g_assert_cmpstr (raised, ==, expected);
}

static void
test_each_lead_is_told_once_and_on_time (void)
{
  g_autoptr (World) world = world_new (TRUCE, "2025-05-12T12:00:00Z");

  world_run_until (world, "2025-07-13T12:59:59Z");
  assert_raised (world, "");
  world_run_until (world, "2025-07-13T13:00:00Z"); /* 09:00 in New York */
  assert_raised (world, "lead The truce ends in 30 days\n");
  world_run_until (world, "2025-08-20T00:00:00Z");
  assert_raised (world, "lead The truce ends in 14 days\n"
                        "lead The truce ends in 7 days\n"
                        "lead The truce ends in 3 days\n"
                        "lead The truce ends in 15 hours\n"
                        "lead The truce ends in 6 hours\n"
                        "due The truce ends: due now\n"
                        "lead The truce ends: was due 1 day ago\n");
  g_assert_cmpint (world->armed, ==, TRUCE_TIME_NONE); /* nothing more is owed */
}

static void
test_an_imprecise_date (void)
{
  g_autoptr (World) world = world_new ("[truced]\nalert-to = stdout\ntimezone = America/New_York\nlead = 7d 0 +1d\n"
                                       "[milestone sale]\ntitle = The sale\ndue = mid-June 2025\n",
                                       "2025-05-12T12:00:00Z");

  world_run_until (world, "2025-06-10T00:00:00Z");
  assert_raised (world, "lead The sale: in 7 days at the earliest\n");
  world_run_until (world, "2025-06-11T04:00:00Z");
  assert_raised (world, "window-open The sale: may be any day from now on\n");
  world_run_until (world, "2025-06-30T00:00:00Z");
  assert_raised (world, "passed The sale: the date has passed\nlead The sale: was due 9 hours ago\n");
}

/* Suspend, a stopped service and a forward step are one case: one late alert, the nearest to the date. */
static void
test_late_leads_fold (void)
{
  g_autoptr (World) world = world_new (TRUCE, "2025-07-01T00:00:00Z");

  world_run_until (world, "2025-07-02T00:00:00Z");
  world_set_time (world, "2025-08-06T10:00:00Z");
  truce_engine_wake (world->engine);
  assert_raised (world, "lead The truce ends in 6 days (late)\n");
  world_run_until (world, "2025-08-09T13:00:00Z");
  assert_raised (world, "lead The truce ends in 3 days\n");
}

static void
test_older_than_the_grace_is_recorded_and_not_told (void)
{
  g_autoptr (World) world = world_new (TRUCE, "2025-07-01T00:00:00Z");

  world_run_until (world, "2025-07-02T00:00:00Z");
  world_set_time (world, "2025-07-25T00:00:00Z"); /* 30d was 12 days ago */
  truce_engine_wake (world->engine);
  assert_raised (world, "");
  g_assert_true (world->store_port.firing_done (world->store_port.self, "truce", 0, "30d"));
}

static void
test_a_milestone_added_within_its_leads_is_told_at_once (void)
{
  g_autoptr (World) world = world_new ("[truced]\nalert-to = stdout\n", "2025-08-06T10:00:00Z");

  world_run_until (world, "2025-08-06T11:00:00Z");
  world_reload (world, TRUCE);
  assert_raised (world, "lead The truce ends in 6 days\n");
  world_restart (world);
  world_run_until (world, "2025-08-07T00:00:00Z");
  assert_raised (world, "");
}

static void
test_a_date_that_has_long_passed_is_no_news (void)
{
  g_autoptr (World) world = world_new (TRUCE, "2025-12-01T00:00:00Z");

  world_run_until (world, "2026-01-01T00:00:00Z");
  assert_raised (world, "");
}

static void
test_a_moved_date (void)
{
  g_autoptr (World) world = world_new (TRUCE "revised = 2025-08-11 18:00 America/New_York: 2025-11-10 00:01 "
                                             "America/New_York: executive order\n",
                                       "2025-08-10T00:00:00Z");

  world_run_until (world, "2025-08-12T12:00:00Z");
  assert_raised (world, "lead The truce ends in 3 days\n"
                        "lead The truce ends in 15 hours\n"
                        "changed The truce ends: moved to Mon 10 Nov 2025 00:01 EST\n");
  world_run_until (world, "2025-10-12T00:00:00Z");
  assert_raised (world, "lead The truce ends in 30 days\n");
}

/* An exact day within the imprecise date, and one outside of it. */
static void
test_a_date_that_tightens (void)
{
  g_autoptr (World) world = world_new (
      "[truced]\nalert-to = stdout\ntimezone = UTC\n[milestone a]\ntitle = A\ndue = mid-June 2025\nlead = 7d 0\n"
      "revised = 2025-06-12 12:00: 2025-06-14/2025-06-19: heard\n"
      "revised = 2025-06-13 12:00: 2025-06-19: set\n"
      "revised = 2025-06-17 12:00: 2025-06-20: put off\n",
      "2025-06-01T00:00:00Z");

  world_run_until (world, "2025-06-12T00:00:00Z");
  assert_raised (world, "lead A: in 7 days at the earliest\nwindow-open A: may be any day from now on\n");
  world_run_until (world, "2025-06-17T00:00:00Z");
  assert_raised (world, "changed A: narrowed to 14–19 Jun 2025\n"
                        "changed A: now exact, Thu 19 Jun 2025\n");
  world_run_until (world, "2025-06-22T00:00:00Z");
  assert_raised (world, "changed A: moved to Fri 20 Jun 2025\n"
                        "due A: today\n"
                        "passed A: the date has passed\n");
}

/* The date is edited in the file while truced is down: told once at the next start, and its leads are its own. */
static void
test_an_edited_date_is_a_revision (void)
{
  g_autoptr (World) world =
      world_new ("[truced]\nalert-to = stdout\n[milestone a]\ntitle = A\ndue = 2025-08-12 12:00 UTC\n"
                 "lead = 7d\n",
                 "2025-08-04T00:00:00Z");
  static const char *const moved = "[truced]\nalert-to = stdout\n[milestone a]\ntitle = A\ndue = 2025-08-20 12:00 UTC\n"
                                   "lead = 7d\n";

  world_run_until (world, "2025-08-06T00:00:00Z");
  assert_raised (world, "lead A in 7 days\n");
  world_reload (world, moved);
  assert_raised (world, "changed A: moved to Wed 20 Aug 2025 12:00 UTC\n");
  world_reload (world, moved);
  world_restart (world);
  world_run_until (world, "2025-08-14T00:00:00Z");
  assert_raised (world, "lead A in 7 days\n");
}

static void
test_met_ends_it (void)
{
  g_autoptr (World) world = world_new (TRUCE "met = 2025-08-01 12:00 UTC: a deal was signed\n", "2025-07-20T00:00:00Z");

  world_run_until (world, "2025-07-30T00:00:00Z");
  g_free (world_take_raised (world));
  world_run_until (world, "2025-09-01T00:00:00Z");
  assert_raised (world, "");
}

/* What cannot be written is told all the same, written when it can be, and told no second time. */
static void
test_a_full_disk_costs_no_deadline (void)
{
  g_autoptr (World) world = world_new (TRUCE, "2025-07-01T00:00:00Z");

  world_run_until (world, "2025-07-02T00:00:00Z");
  world->store_is_full = TRUE;
  world_run_until (world, "2025-07-13T13:00:00Z");
  assert_raised (world, "problem truced cannot write its state\nlead The truce ends in 30 days\n");
  g_assert_cmpuint (world->delivered->len, ==, 2);
  world_run_until (world, "2025-07-13T14:00:00Z");
  world->store_is_full = FALSE;
  world_run_until (world, "2025-07-14T00:00:00Z");
  g_assert_true (world->store_port.firing_done (world->store_port.self, "truce", 0, "30d"));
  world_restart (world);
  world_run_until (world, "2025-07-15T00:00:00Z");
  assert_raised (world, "");
  g_assert_cmpuint (world->delivered->len, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deadlines/on-time", test_each_lead_is_told_once_and_on_time);
  g_test_add_func ("/deadlines/imprecise", test_an_imprecise_date);
  g_test_add_func ("/deadlines/late-fold", test_late_leads_fold);
  g_test_add_func ("/deadlines/grace", test_older_than_the_grace_is_recorded_and_not_told);
  g_test_add_func ("/deadlines/added-late", test_a_milestone_added_within_its_leads_is_told_at_once);
  g_test_add_func ("/deadlines/long-passed", test_a_date_that_has_long_passed_is_no_news);
  g_test_add_func ("/deadlines/moved", test_a_moved_date);
  g_test_add_func ("/deadlines/tightened", test_a_date_that_tightens);
  g_test_add_func ("/deadlines/edited", test_an_edited_date_is_a_revision);
  g_test_add_func ("/deadlines/met", test_met_ends_it);
  g_test_add_func ("/deadlines/full-disk", test_a_full_disk_costs_no_deadline);
  return g_test_run ();
}
