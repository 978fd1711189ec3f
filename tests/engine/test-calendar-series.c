/* SPDX-License-Identifier: MIT */
/* Events of polled calendars that repeat: their dates in turn, those that are moved or cancelled by themselves, and
 * rules that are edited. */
#include <string.h>

#include "engine/amend.h"
#include "engine/view.h"
#include "world.h"

#define NOW "2025-08-01T12:00:00Z"
#define URL "https://cal.example/team.ics"
#define CONFIG                                                 \
  "[truced]\nalert-to = stdout\ntimezone = UTC\nlead = 1d 0\n" \
  "[calendar team]\ntitle = The team\nurl = " URL "\n"
/* Mondays from 4 August 2025. */
#define STANDUP "s@team|Standup|2025-08-04|rule=FREQ=WEEKLY"
#define MONTHLY "m@team|Rent|2025-08-15|rule=FREQ=MONTHLY"

static const TruceOrigin me = { "me", "trucectl" };

static void
assert_raised (World *world, const char *expected)
{
  g_autofree char *raised = world_take_raised (world);

  g_assert_cmpstr (raised, ==, expected);
}

static World *
calendar_world (const char *config, const char *events)
{
  World *world = world_new (config, NOW);

  world->is_regular = TRUE;
  world_script (world, URL, 200, NULL, events);
  world_run_until (world, "2025-08-01T12:10:00Z");
  return world;
}

/* It says something else from now on, and is polled before `until`. */
static void
say (World *world, const char *events, const char *until)
{
  world_script (world, URL, 200, NULL, events);
  world_run_until (world, until);
}

static void
assert_text (World *world, const char *id, const char *key, const char *expected)
{
  g_autoptr (json_t) record = truce_view_milestone (world->engine, id, NULL);

  g_assert_cmpstr (record ? truce_json_get_text (record, key) : NULL, ==, expected);
}

/* --- the dates --- */

static void
test_dates_come_in_turn (void)
{
  g_autoptr (World) world = calendar_world (CONFIG, STANDUP "\nold@team|Over|2025-01-06|rule=FREQ=WEEKLY;COUNT=3\n");

  assert_raised (world, "");
  assert_text (world, "team.standup", "due", "2025-08-04T00:00:00Z");
  assert_text (world, "team.standup", "repeat", "FREQ=WEEKLY");
  assert_text (world, "team.standup", "uid", "s@team");
  assert_text (world, "team.over", "due", NULL);
  g_autoptr (json_t) feeds = truce_view_feeds (world->engine, "team", NULL);
  g_assert_cmpint (truce_json_get_integer (json_array_get (feeds, 0), "events", 0), ==, 1);
  g_assert_cmpuint (json_array_size (json_object_get (json_array_get (feeds, 0), "left_out")), ==, 0);
  world_run_until (world, "2025-08-13T00:00:00Z");
  assert_raised (world, "lead Standup in 15 hours\ndue Standup: today\npassed Standup: the date has passed\n"
                        "lead Standup in 15 hours\ndue Standup: today\npassed Standup: the date has passed\n");
  assert_text (world, "team.standup", "due", "2025-08-18T00:00:00Z");
  world_restart (world);
  assert_text (world, "team.standup", "due", "2025-08-18T00:00:00Z");
  world_run_until (world, "2025-08-13T12:00:00Z");
  assert_raised (world, "");
}

/* By the clock of the place, over the change of its summer time. */
static void
test_the_time_of_day_is_kept (void)
{
  g_autoptr (World) world =
      calendar_world (CONFIG, "s@team|Call|2025-10-20 09:00:00|zone=Europe/Berlin|rule=FREQ=WEEKLY\n");

  assert_text (world, "team.call", "due", "2025-10-20T07:00:00Z");
  assert_text (world, "team.call@2025-10-27", "due", "2025-10-27T08:00:00Z");
}

static void
test_leads_of_its_own (void)
{
  g_autoptr (World) world = calendar_world (CONFIG "[calendar other]\nurl = https://cal.example/other\nlead = 9d\n",
                                            STANDUP "|alarm=-172800\nd@team|Daily|2025-08-02|rule=FREQ=DAILY\n");
  g_autoptr (json_t) standup = truce_view_milestone (world->engine, "team.standup", NULL);
  g_autoptr (json_t) daily = truce_view_milestone (world->engine, "team.daily", NULL);

  g_assert_cmpstr (json_string_value (json_array_get (json_object_get (standup, "leads"), 0)), ==, "2d");
  /* The usual ones are told as far as they fit between two dates. */
  g_assert_cmpuint (json_array_size (json_object_get (daily, "leads")), ==, 1);
  world_script (world, "https://cal.example/other", 200, NULL, "w@other|Weekly|2025-09-01|rule=FREQ=WEEKLY\n");
  world_run_until (world, "2025-08-02T03:00:00Z");
  g_autoptr (json_t) weekly = truce_view_milestone (world->engine, "other.weekly", NULL);
  g_assert_cmpstr (json_string_value (json_array_get (json_object_get (weekly, "leads"), 0)), ==, "9d");
}

/* Rules that are long to count are not counted, however many there are. */
static void
test_no_rule_is_counted_for_ever (void)
{
  g_autoptr (GString) events = g_string_new (STANDUP ";COUNT=900\n");

  for (guint i = 0; i < 300; i++)
    g_string_append_printf (
        events, "u%u|Event %u|2028-02-29|rule=FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=TU;COUNT=10000\n", i, i);
  gint64 began = g_get_monotonic_time ();
  g_autoptr (World) world = calendar_world (CONFIG, events->str);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 5 * G_USEC_PER_SEC);
  g_assert_cmpuint (truce_config_n_milestones (truce_engine_config (world->engine)), <=, 3);
}

/* --- one of them --- */

static void
test_one_is_moved (void)
{
  g_autoptr (World) world = calendar_world (CONFIG, MONTHLY "\n");

  say (world, MONTHLY "|except=2025-09-15\nm@team/2025-09-15|Rent|2025-09-17|seq=1\n", "2025-08-01T14:00:00Z");
  g_assert_cmpuint (world->raised->len, ==, 1);
  const TruceAlert *alert = g_ptr_array_index (world->raised, 0);
  g_assert_cmpstr (alert->by, ==, "the calendar team");
  g_assert_cmpstr (alert->why, ==, "SEQUENCE 1 <" URL ">");
  g_assert_cmpint (alert->old_due, ==, world_time ("2025-09-15T00:00:00Z"));
  assert_raised (world, "changed Rent: moved to Wed 17 Sep 2025\n");
  assert_text (world, "team.rent", "due", "2025-08-15T00:00:00Z");
  assert_text (world, "team.rent@2025-09-15", "due", "2025-09-17T00:00:00Z");
  assert_text (world, "team.rent@2025-10-15", "due", "2025-10-15T00:00:00Z");
  world_restart (world);
  world_run_until (world, "2025-09-20T00:00:00Z");
  assert_raised (world, "lead Rent in 15 hours\ndue Rent: today\npassed Rent: the date has passed\n"
                        "lead Rent in 15 hours\ndue Rent: today\npassed Rent: the date has passed\n");
  assert_text (world, "team.rent", "due", "2025-10-15T00:00:00Z");
}

/* One far ahead, which is none of those that are looked at yet; and back. */
static void
test_a_far_one_is_moved_and_returns (void)
{
  g_autoptr (World) world = calendar_world (CONFIG, MONTHLY "\n");

  say (world, MONTHLY "|except=2026-05-15\nm@team/2026-05-15|Rent|2025-08-20|seq=1\n", "2025-08-01T14:00:00Z");
  assert_raised (world, "changed Rent: moved to Wed 20 Aug 2025\n");
  world_run_until (world, "2025-08-19T12:00:00Z");
  assert_raised (world, "lead Rent in 15 hours\ndue Rent: today\npassed Rent: the date has passed\n"
                        "lead Rent in 15 hours\n");
  say (world, MONTHLY "\n", "2025-08-19T14:00:00Z");
  assert_raised (world, "changed Rent: moved to Fri 15 May 2026\n");
  assert_text (world, "team.rent", "due", "2025-09-15T00:00:00Z");
  assert_text (world, "team.rent@2026-05-15", "due", "2026-05-15T00:00:00Z");
  world_restart (world);
  world_run_until (world, "2025-08-21T12:00:00Z");
  assert_raised (world, "");
}

/* What was moved before the calendar was first read is no news. */
static void
test_one_was_moved_before (void)
{
  g_autoptr (World) world = calendar_world (CONFIG, "m@team/2025-08-15|Rent, late|2025-08-16\n" MONTHLY
                                                    "|except=2025-08-15|except=2025-09-15\n");

  assert_raised (world, "");
  assert_text (world, "team.rent", "due", "2025-08-16T00:00:00Z");
  assert_text (world, "team.rent", "title", "Rent, late");
  assert_text (world, "team.rent", "occurrence", "2025-08-15");
  /* And an exception is none of its dates. */
  assert_text (world, "team.rent@2025-09-15", "due", NULL);
  assert_text (world, "team.rent@2025-10-15", "title", "Rent");
}

static void
test_one_is_cancelled_and_on_again (void)
{
  const char *cancelled = MONTHLY "|except=2025-09-15\nm@team/2025-09-15|Rent|2025-09-15|seq=1|cancelled\n";
  g_autoptr (World) world = calendar_world (CONFIG, MONTHLY "\n");

  say (world, cancelled, "2025-08-01T14:00:00Z");
  assert_raised (world, "changed Rent: cancelled\n");
  assert_text (world, "team.rent@2025-09-15", "state", "cancelled");
  assert_text (world, "team.rent", "state", "ahead");
  world_restart (world);
  say (world, cancelled, "2025-08-01T16:00:00Z");
  assert_raised (world, "");
  say (world, MONTHLY "\n", "2025-08-01T18:00:00Z");
  assert_raised (world, "changed Rent: on again, in 45 days\n");
  assert_text (world, "team.rent@2025-09-15", "state", "ahead");
  say (world, cancelled, "2025-08-01T20:00:00Z");
  assert_raised (world, "changed Rent: cancelled\n");
  world_run_until (world, "2025-09-20T00:00:00Z");
  assert_raised (world, "lead Rent in 15 hours\ndue Rent: today\npassed Rent: the date has passed\n");
  assert_text (world, "team.rent", "due", "2025-10-15T00:00:00Z");
}

static void
test_users_have_their_say_of_one (void)
{
  g_autoptr (World) world =
      calendar_world (CONFIG, "m@team/2025-08-15|Rent|2025-08-16\n" MONTHLY "|except=2025-08-15\n");

  json_decref (truce_engine_set_due (world->engine, "team.rent", "2025-08-18", "agreed", &me, NULL));
  assert_raised (world, "changed Rent: moved to Mon 18 Aug 2025\n");
  assert_text (world, "team.rent", "due", "2025-08-18T00:00:00Z");
  json_decref (truce_engine_undo (world->engine, "team.rent", &me, NULL));
  assert_raised (world, "changed Rent: taken back, again due Sat 16 Aug 2025\n");
  g_assert_true (truce_engine_end (world->engine, "team.rent", TRUCE_AMENDMENT_MET, "paid", &me, NULL));
  assert_text (world, "team.rent", "occurrence", "2025-09-15");
}

/* --- the rule --- */

static void
test_an_edited_rule_is_a_change (void)
{
  g_autoptr (World) world = calendar_world (CONFIG, STANDUP "\n");

  say (world, "s@team|Standup|2025-08-05|seq=1|rule=FREQ=WEEKLY\n", "2025-08-01T14:00:00Z");
  assert_raised (world, "changed Standup: moved to Tue 5 Aug 2025\n");
  assert_text (world, "team.standup", "due", "2025-08-05T00:00:00Z");
  say (world, "s@team|Standup|2025-08-05|seq=2|rule=FREQ=MONTHLY\n", "2025-08-01T16:00:00Z");
  assert_text (world, "team.standup", "repeat", "FREQ=MONTHLY");
  assert_text (world, "team.standup@2025-08-12", "due", NULL);
  g_free (world_take_raised (world));
  /* An older copy changes nothing, nor does a restart. */
  say (world, "s@team|Standup|2025-08-05|seq=1|rule=FREQ=WEEKLY\n", "2025-08-01T18:00:00Z");
  world_restart (world);
  assert_text (world, "team.standup", "repeat", "FREQ=MONTHLY");
  assert_raised (world, "");
}

static void
test_one_that_comes_to_repeat (void)
{
  g_autoptr (World) world = calendar_world (CONFIG, "s@team|Standup|2025-08-04\n");

  say (world, STANDUP "\n", "2025-08-01T14:00:00Z");
  assert_raised (world, "");
  assert_text (world, "team.standup", "repeat", "FREQ=WEEKLY");
  say (world, "s@team|Standup|2025-08-04|seq=1\n", "2025-08-01T16:00:00Z");
  assert_raised (world, "");
  assert_text (world, "team.standup", "repeat", NULL);
  assert_text (world, "team.standup", "due", "2025-08-04T00:00:00Z");
}

static void
test_all_of_it_is_gone_and_back (void)
{
  const char *moved = MONTHLY "|except=2025-09-15\nm@team/2025-09-15|Rent|2025-09-17\n";
  g_autoptr (World) world = calendar_world (CONFIG, moved);

  say (world, "", "2025-08-01T14:00:00Z");
  assert_raised (world, "changed Rent: no longer in the calendar The team\n");
  assert_text (world, "team.rent", "state", "cancelled");
  world_restart (world);
  say (world, moved, "2025-08-01T16:00:00Z");
  assert_raised (world, "changed Rent: on again, in 14 days\n");
  assert_text (world, "team.rent@2025-09-15", "due", "2025-09-17T00:00:00Z");
}

/* Which of its dates? It cannot be counted down to, and the rest goes on. */
static void
test_what_hangs_on_it_waits (void)
{
  g_autoptr (World) world = calendar_world (CONFIG "[milestone a]\ntitle = A\ndue = milestone:team.standup + 3d\n",
                                            "s@team|Standup|2025-08-04\nx@team|Other|2025-09-01\n");

  assert_text (world, "a", "due", "2025-08-07T00:00:00Z");
  say (world, STANDUP "\nx@team|Other|2025-09-01\n", "2025-08-01T14:00:00Z");
  assert_raised (world, "problem [milestone a] has no date\n");
  assert_text (world, "team.standup", "repeat", "FREQ=WEEKLY");
  assert_text (world, "team.other", "due", "2025-09-01T00:00:00Z");
}

/* --- by chance --- */

static char *
random_events (GRand *random)
{
  GString *series = g_string_new (MONTHLY), *events = g_string_new (NULL);

  for (guint month = 8; month <= 12; month++) {
    int chance = g_rand_int_range (random, 0, 6);
    if (chance <= 2)
      g_string_append_printf (series, "|except=2025-%02u-15", month);
    if (chance <= 1)
      g_string_append_printf (events, "m@team/2025-%02u-15|Rent|2025-%02u-%02d%s\n", month, month,
                              g_rand_int_range (random, 1, 28), chance == 0 ? "|cancelled" : "");
  }
  g_string_prepend (events, "\n");
  g_string_prepend (events, series->str);
  g_string_free (series, TRUE);
  return g_string_free (events, FALSE);
}

/* A restart at any time is not seen in what is told; and at the end the dates are those that the calendar has. */
static void
test_restarts_change_nothing (void)
{
  guint32 seed = (guint32) g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 10; round++) {
    g_autoptr (World) steady = calendar_world (CONFIG, MONTHLY "\n"), restarted = calendar_world (CONFIG, MONTHLY "\n");
    World *const worlds[] = { steady, restarted };
    for (guint step = 0; step < 10; step++) {
      g_autofree char *events = random_events (random);
      g_autofree char *until = g_strdup_printf ("2025-%02u-%02uT12:30:00Z", 8 + step / 3, 2 + 9 * (step % 3));
      for (guint i = 0; i < 2; i++) {
        world_script (worlds[i], URL, 200, NULL, events);
        if (i == 1)
          world_restart (worlds[i]);
        world_run_until (worlds[i], until);
      }
      g_autofree char *one = world_take_raised (steady), *other = world_take_raised (restarted);
      g_assert_cmpstr (one, ==, other);
    }
    for (guint i = 0; i < 2; i++) {
      say (worlds[i], MONTHLY "|except=2025-12-15\nm@team/2025-12-15|Rent|2025-12-16|seq=9\n", "2025-11-03T14:00:00Z");
      assert_text (worlds[i], "team.rent@2025-11-15", "due", "2025-11-15T00:00:00Z");
      assert_text (worlds[i], "team.rent@2025-11-15", "state", "ahead");
      assert_text (worlds[i], "team.rent@2025-12-15", "due", "2025-12-16T00:00:00Z");
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/engine/calendar-series/" #name, test_##name)
  ADD (dates_come_in_turn);
  ADD (the_time_of_day_is_kept);
  ADD (leads_of_its_own);
  ADD (no_rule_is_counted_for_ever);
  ADD (one_is_moved);
  ADD (a_far_one_is_moved_and_returns);
  ADD (one_was_moved_before);
  ADD (one_is_cancelled_and_on_again);
  ADD (users_have_their_say_of_one);
  ADD (an_edited_rule_is_a_change);
  ADD (one_that_comes_to_repeat);
  ADD (all_of_it_is_gone_and_back);
  ADD (what_hangs_on_it_waits);
  ADD (restarts_change_nothing);
  return g_test_run ();
}
