/* SPDX-License-Identifier: MIT */
/* Polled calendars: events as milestones, what is told when they move, are cancelled or go, and what is not. */
#include <string.h>

#include "engine/amend.h"
#include "engine/view.h"
#include "world.h"

#define NOW "2025-08-01T12:00:00Z"
#define URL "https://cal.example/fed.ics"
#define CONFIG                                                 \
  "[truced]\nalert-to = stdout\ntimezone = UTC\nlead = 1d 0\n" \
  "[calendar fed]\ntitle = The Fed\nurl = " URL "\n"
#define MEETING "m1@fed|FOMC meeting|2025-09-17\n"

static const TruceOrigin me = { "me", "trucectl" };

static void
assert_raised (World *world, const char *expected)
{
  g_autofree char *raised = world_take_raised (world);

  g_assert_cmpstr (raised, ==, expected);
}

/* After the calendar was read once at NOW. */
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

static json_t *
milestone (World *world, const char *id)
{
  return truce_view_milestone (world->engine, id, NULL);
}

static void
assert_due (World *world, const char *id, const char *due)
{
  g_autoptr (json_t) record = milestone (world, id);

  g_assert_cmpstr (record ? truce_json_get_text (record, "due") : NULL, ==, due);
}

static void
assert_state (World *world, const char *id, const char *state)
{
  g_autoptr (json_t) record = milestone (world, id);

  g_assert_cmpstr (record ? truce_json_get_text (record, "state") : NULL, ==, state);
}

static guint
n_milestones (World *world)
{
  return truce_config_n_milestones (truce_engine_config (world->engine));
}

/* --- the first reading --- */

static void
test_events_become_milestones (void)
{
  g_autoptr (World) world = calendar_world (CONFIG, MEETING "m2@fed|FOMC meeting|2025-10-29\n"
                                                            "m3@fed|Beige Book|2025-08-20 18:00:00|zone=UTC\n"
                                                            "old@fed|FOMC minutes|2025-07-09\n"
                                                            "off@fed|Called off|2025-11-01|cancelled\n"
                                                            "done@fed|Filed|2025-11-01|done\n");

  assert_raised (world, "");
  g_assert_cmpuint (n_milestones (world), ==, 3);
  assert_due (world, "fed.fomc-meeting", "2025-09-17T00:00:00Z");
  assert_due (world, "fed.beige-book", "2025-08-20T18:00:00Z");
  g_autoptr (json_t) record = milestone (world, "fed.beige-book");
  g_assert_cmpstr (truce_json_get_text (record, "calendar"), ==, "fed");
  g_assert_cmpstr (truce_json_get_text (record, "uid"), ==, "m3@fed");
  world_run_until (world, "2025-08-21T00:00:00Z");
  assert_raised (world, "lead Beige Book in 33 hours\ndue Beige Book: due now\n");
}

static void
test_events_within_their_leads_are_told (void)
{
  g_autoptr (World) world = calendar_world (CONFIG, "m@fed|Soon|2025-08-02\n");

  assert_raised (world, "lead Soon in 12 hours\n");
}

/* What it had is not new when it could not be read for a while, and nothing is put in its place. */
static void
test_a_book_that_cannot_be_read (void)
{
  g_autoptr (World) world = calendar_world (CONFIG, MEETING);

  world_run_until (world, "2025-09-16T10:00:00Z");
  assert_raised (world, "lead FOMC meeting in 15 hours\n");
  world->store_is_unread = TRUE;
  world_restart (world);
  world_run_until (world, "2025-09-16T13:00:00Z");
  assert_raised (world, "problem truced cannot read its state\n");
  world->store_is_unread = FALSE;
  say (world, "m2@fed|Another|2025-12-18\n", "2025-09-17T06:00:00Z");
  assert_raised (world, "changed FOMC meeting: no longer in the calendar The Fed\n");
  g_assert_cmpuint (n_milestones (world), ==, 2);
}

/* One alert for all of them, and each is there to be looked at. */
static void
test_many_at_once_come_as_one (void)
{
  g_autoptr (GString) events = g_string_new (NULL);

  for (guint i = 0; i < 20; i++)
    g_string_append_printf (events, "m%u@fed|Hearing %u|2025-08-02\n", i, i);
  g_autoptr (World) world = calendar_world (CONFIG, events->str);
  g_assert_cmpuint (world->delivered->len, ==, 1);
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_LEAD), ==, 20);
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_DIGEST), ==, 1);
  const TruceAlert *digest = g_ptr_array_index (world->raised, 20);
  g_assert_cmpstr (digest->title, ==, "20 alerts from the calendar The Fed");
  g_assert_cmpstr (digest->why, ==, "calendar");
  g_assert_cmpuint (digest->alerts->len, ==, 20);
}

/* On a full disk too. */
static void
test_many_on_a_full_disk_come_as_one (void)
{
  g_autoptr (GString) events = g_string_new (NULL);

  for (guint i = 0; i < 20; i++)
    g_string_append_printf (events, "m%u@fed|Hearing %u|2025-08-02\n", i, i);
  g_autoptr (World) world = calendar_world (CONFIG, MEETING);
  world->store_is_full = TRUE;
  say (world, events->str, "2025-08-01T14:00:00Z");
  g_autofree char *raised = world_take_raised (world);
  g_assert_nonnull (strstr (raised, "digest 20 alerts from the calendar The Fed"));
  guint n_told = world->delivered->len;
  g_assert_cmpuint (n_told, <, 5); /* the digest, that the meeting is gone, and the word on the store */
  world->store_is_full = FALSE;
  world_run_until (world, "2025-08-01T14:30:00Z");
  g_assert_cmpuint (world->delivered->len, ==, n_told);
}

/* --- dates that move --- */

static void
test_a_moved_event_is_a_change (void)
{
  g_autoptr (World) world = calendar_world (CONFIG "[milestone minutes]\ntitle = Minutes\n"
                                                   "due = milestone:fed.fomc-meeting + 21d\n",
                                            MEETING);

  assert_due (world, "minutes", "2025-10-08T00:00:00Z");
  say (world, "m1@fed|FOMC meeting|2025-09-18|seq=1\n", "2025-08-01T14:00:00Z");
  g_assert_cmpuint (world->raised->len, ==, 2);
  const TruceAlert *alert = g_ptr_array_index (world->raised, 1);
  g_assert_cmpint (alert->kind, ==, TRUCE_ALERT_CHANGED);
  g_assert_cmpstr (alert->title, ==, "FOMC meeting: moved to Thu 18 Sep 2025");
  g_assert_cmpstr (alert->by, ==, "the calendar fed");
  g_assert_cmpstr (alert->why, ==, "SEQUENCE 1 <" URL ">");
  g_assert_cmpint (alert->old_due, ==, world_time ("2025-09-17T00:00:00Z"));
  assert_raised (world, "changed Minutes: moved to Thu 9 Oct 2025\nchanged FOMC meeting: moved to Thu 18 Sep 2025\n");
  assert_due (world, "minutes", "2025-10-09T00:00:00Z");
  g_autoptr (json_t) record = milestone (world, "fed.fomc-meeting");
  g_assert_cmpstr (truce_json_get_text (record, "history"), ==, "extended once, +1 day");
  world_run_until (world, "2025-08-02T00:00:00Z");
  assert_raised (world, "");
}

static void
test_an_older_copy_moves_nothing (void)
{
  g_autoptr (World) world = calendar_world (CONFIG, "m1@fed|FOMC meeting|2025-09-18|seq=4\n");

  say (world, "m1@fed|FOMC meeting|2025-09-17|seq=3\n", "2025-08-01T14:00:00Z");
  assert_raised (world, "");
  assert_due (world, "fed.fomc-meeting", "2025-09-18T00:00:00Z");
}

static void
test_a_new_title_keeps_the_id (void)
{
  g_autoptr (World) world = calendar_world (CONFIG, MEETING);

  say (world, "m1@fed|The September meeting|2025-09-17\n", "2025-08-01T14:00:00Z");
  assert_raised (world, "");
  g_autoptr (json_t) record = milestone (world, "fed.fomc-meeting");
  g_assert_cmpstr (truce_json_get_text (record, "title"), ==, "The September meeting");
}

/* Some programs give one uid to all events of a kind. */
static void
test_one_uid_for_several (void)
{
  g_autoptr (World) world =
      calendar_world (CONFIG, "x|Auction|2025-09-01\nx|Auction|2025-09-08\nx|Auction|2025-09-15\n");

  g_assert_cmpuint (n_milestones (world), ==, 3);
  say (world, "x|Auction|2025-09-01\nx|Auction|2025-09-15\n", "2025-08-01T14:00:00Z");
  assert_raised (world, "changed Auction: no longer in the calendar The Fed\n");
}

/* --- cancelled, gone, and on again --- */

static void
test_a_cancelled_event_is_told_once (void)
{
  g_autoptr (World) world = calendar_world (CONFIG, MEETING);

  say (world, "m1@fed|FOMC meeting|2025-09-17|seq=1|cancelled\n", "2025-08-01T14:00:00Z");
  assert_raised (world, "changed FOMC meeting: cancelled\n");
  assert_state (world, "fed.fomc-meeting", "cancelled");
  say (world, "m1@fed|FOMC meeting, off|2025-09-17|seq=2|cancelled\n", "2025-08-01T16:00:00Z");
  world_restart (world);
  say (world, "", "2025-08-01T18:00:00Z");
  assert_raised (world, "");
  say (world, MEETING, "2025-08-01T20:00:00Z");
  assert_raised (world, "changed FOMC meeting: on again, in 47 days\n");
  assert_state (world, "fed.fomc-meeting", "ahead");
  world_run_until (world, "2025-09-17T12:00:00Z");
  assert_raised (world, "lead FOMC meeting in 15 hours\ndue FOMC meeting: today\n");
}

static void
test_an_event_that_is_gone_is_told_once (void)
{
  g_autoptr (World) world = calendar_world (CONFIG, MEETING "m2@fed|Minutes|2025-10-08\n");

  say (world, "m2@fed|Minutes|2025-10-08\n", "2025-08-01T14:00:00Z");
  g_assert_cmpuint (world->raised->len, ==, 1);
  const TruceAlert *alert = g_ptr_array_index (world->raised, 0);
  g_assert_cmpstr (alert->label, ==, "cancelled");
  g_assert_cmpstr (alert->why, ==, "no longer in the calendar");
  assert_raised (world, "changed FOMC meeting: no longer in the calendar The Fed\n");
  world_restart (world);
  say (world, "m2@fed|Minutes|2025-10-08\nnew@fed|New|2025-12-01\n", "2025-09-30T12:00:00Z");
  assert_raised (world, "");
  assert_state (world, "fed.fomc-meeting", "cancelled");
  /* It comes back with another date: that is one thing to tell. */
  say (world, "m1@fed|FOMC meeting|2025-10-20\nm2@fed|Minutes|2025-10-08\nnew@fed|New|2025-12-01\n",
       "2025-09-30T14:00:00Z");
  assert_raised (world, "changed FOMC meeting: moved to Mon 20 Oct 2025\n");
  assert_state (world, "fed.fomc-meeting", "ahead");
}

static void
test_what_cannot_be_read_cancels_nothing (void)
{
  static const char *const bodies[] = { "<html>", "-\n", "-m1@fed\n",
                                        "m1@fed|FOMC meeting|2025-09-17|rule=FREQ=DAILY\n" };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autoptr (World) world = calendar_world (CONFIG, MEETING);
    g_autofree char *raised = NULL;
    say (world, bodies[i], "2025-08-01T14:00:00Z");
    raised = world_take_raised (world);
    g_assert_null (strstr (raised, "changed"));
    assert_state (world, "fed.fomc-meeting", "ahead");
  }
}

static void
test_a_failing_calendar_is_told_and_its_dates_go_on (void)
{
  g_autoptr (World) world = calendar_world (CONFIG, MEETING);

  world_script (world, URL, 404, NULL, NULL);
  world_run_until (world, "2025-08-10T00:00:00Z");
  assert_raised (world, "feed Calendar The Fed fails\n");
  world_restart (world);
  world_run_until (world, "2025-09-18T06:00:00Z");
  assert_raised (world, "lead FOMC meeting in 15 hours\ndue FOMC meeting: today\n"
                        "passed FOMC meeting: the date has passed\n");
  say (world, "m2@fed|FOMC meeting|2025-10-29\n", "2025-09-19T12:00:00Z");
  assert_raised (world, "feed Calendar The Fed works again\n");
}

/* A whole calendar that moves is one alert. */
static void
test_a_mass_move_comes_as_one (void)
{
  g_autoptr (GString) before = g_string_new (NULL), after = g_string_new (NULL);

  for (guint i = 0; i < 10; i++) {
    g_string_append_printf (before, "m%u@fed|Hearing %u|2025-10-%02u\n", i, i, i + 1);
    g_string_append_printf (after, "m%u@fed|Hearing %u|2025-11-%02u\n", i, i, i + 1);
  }
  g_autoptr (World) world = calendar_world (CONFIG, before->str);
  say (world, after->str, "2025-08-01T14:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_CHANGED), ==, 10);
  g_assert_cmpuint (world->delivered->len, ==, 1);
  say (world, "", "2025-08-01T16:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_CHANGED), ==, 20);
  g_assert_cmpuint (world->delivered->len, ==, 2);
}

/* --- what the configuration says --- */

static void
test_leads (void)
{
  g_autoptr (World) world = calendar_world (CONFIG "[calendar other]\nurl = https://cal.example/other\nlead = 3d\n",
                                            "a|With alarms|2025-09-10 09:00:00|zone=UTC|alarm=-172800|alarm=-5400\n"
                                            "b|Without|2025-09-12\n");

  world_script (world, "https://cal.example/other", 200, NULL, "a|Other|2025-09-20|alarm=-86400\n");
  world_run_until (world, "2025-10-01T00:00:00Z");
  assert_raised (world, "lead With alarms in 2 days\nlead With alarms in 90 minutes\n"
                        "lead Without in 15 hours\ndue Without: today\npassed Without: the date has passed\n"
                        "lead Other in 3 days\npassed Other: the date has passed\n");
}

static void
test_match_chooses_events (void)
{
  const char *events = MEETING "h@fed|Christmas|2025-12-25|tag=Public Holidays\nz@fed|Other|2025-12-24\n";
  g_autoptr (World) world = calendar_world (CONFIG "match = FOMC | tag:public-holidays\n", events);

  g_assert_cmpuint (n_milestones (world), ==, 2);
  assert_state (world, "fed.christmas", "ahead");
  /* What is not wanted tells nothing when it goes; other wishes hold at once, though the calendar is the same. */
  say (world, MEETING "h@fed|Christmas|2025-12-25|tag=Public Holidays\n", "2025-08-01T14:00:00Z");
  assert_raised (world, "");
  world_reload (world, CONFIG "match = Christmas\n");
  g_assert_cmpuint (n_milestones (world), ==, 1);
  world_reload (world, "[truced]\nalert-to = stdout\n");
  g_assert_cmpuint (n_milestones (world), ==, 0);
  world_reload (world, CONFIG);
  assert_state (world, "fed.fomc-meeting", "ahead");
  assert_raised (world, "");
}

static void
test_the_zone_of_the_calendar (void)
{
  g_autoptr (World) world =
      calendar_world (CONFIG "timezone = America/New_York\n", "a|Floating|2025-09-10 09:00:00\nb|Day|2025-09-10\n"
                                                              "c|Zoned|2025-09-10 09:00:00|zone=Asia/Seoul\n");

  assert_due (world, "fed.floating", "2025-09-10T13:00:00Z");
  assert_due (world, "fed.day", "2025-09-10T04:00:00Z");
  assert_due (world, "fed.zoned", "2025-09-10T00:00:00Z");
}

static void
test_what_is_not_read_is_said (void)
{
  g_autoptr (World) world =
      calendar_world (CONFIG, MEETING "r@fed|Standup|2025-08-04|rule=FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\n");

  assert_raised (world, "feed Calendar The Fed has what is not counted down to\n");
  g_assert_cmpuint (n_milestones (world), ==, 1);
  g_autoptr (json_t) feeds = truce_view_feeds (world->engine, "fed", NULL);
  const json_t *feed = json_array_get (feeds, 0), *left_out = json_object_get (feed, "left_out");
  g_assert_true (truce_json_get_boolean (feed, "calendar"));
  g_assert_cmpint (truce_json_get_integer (feed, "events", 0), ==, 1);
  g_assert_true (g_str_has_prefix (json_string_value (json_array_get (left_out, 0)),
                                   "\"Standup\" repeats, but by no rule that is read: FREQ=DAILY"));
  say (world, MEETING "r@fed|Standup|2025-08-04|rule=FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\nn@fed|New|2025-12-01\n",
       "2025-08-01T14:00:00Z");
  assert_raised (world, "");
}

static void
assert_feed_state (World *world, const char *state)
{
  g_autoptr (json_t) feeds = truce_view_feeds (world->engine, "fed", NULL);

  g_assert_cmpstr (truce_json_get_text (json_array_get (feeds, 0), "state"), ==, state);
}

static void
test_what_is_cut_off_is_shown (void)
{
  g_autoptr (World) world = calendar_world (CONFIG, MEETING "-\n");

  assert_feed_state (world, "partial");
  world_restart (world);
  truce_engine_wake (world->engine);
  assert_feed_state (world, "partial");
  say (world, MEETING, "2025-08-01T14:00:00Z");
  assert_feed_state (world, "ok");
  say (world, MEETING "-\n", "2025-08-01T16:00:00Z");
  assert_feed_state (world, "partial");
}

/* --- chains --- */

static void
test_a_date_waits_for_its_calendar (void)
{
  const char *config = CONFIG "[milestone a]\ntitle = A\ndue = milestone:fed.fomc-meeting + 3d\nmatch = rates\n"
                              "[milestone b]\ntitle = B\ndue = milestone:a + 1d\n"
                              "[feed news]\nurl = https://news.example/feed\n";
  g_autoptr (World) world = world_new (config, NOW);

  world_script (world, URL, 0, NULL, NULL);
  world_script (world, "https://news.example/feed", 200, NULL, "Rates rise|2025-08-01T11:00:00Z\n");
  world_run_until (world, "2025-08-01T13:00:00Z");
  assert_raised (world, "");
  g_assert_cmpuint (n_milestones (world), ==, 0);
  say (world, "m9@fed|Another|2025-09-17\n", "2025-08-03T13:00:00Z");
  assert_raised (world, "problem [milestone a] has no date\n");
  say (world, MEETING, "2025-08-05T13:00:00Z");
  assert_due (world, "b", "2025-09-21T00:00:00Z");
  assert_raised (world, "changed Another: no longer in the calendar The Fed\n");
  world_restart (world);
  assert_due (world, "b", "2025-09-21T00:00:00Z");
}

/* A date that hangs on an event is not lost when that has long passed. */
static void
test_what_others_hang_on_stays (void)
{
  g_autoptr (World) world = calendar_world (CONFIG "[milestone a]\ntitle = A\ndue = milestone:fed.fomc-meeting + 1y\n",
                                            MEETING "x@fed|Unneeded|2025-09-18\n");

  g_assert_cmpuint (n_milestones (world), ==, 3);
  say (world, "y@fed|Far|2027-01-01\n", "2025-12-01T00:00:00Z");
  say (world, "y@fed|Far away|2027-01-01\n", "2026-02-01T00:00:00Z");
  g_assert_cmpuint (n_milestones (world), ==, 3);
  assert_due (world, "a", "2026-09-17T00:00:00Z");
}

/* --- what users say --- */

static void
test_users_have_their_say (void)
{
  g_autoptr (World) world = calendar_world (CONFIG, MEETING "m2@fed|Minutes|2025-10-08\n");
  g_autoptr (GError) error = NULL;

  g_assert_true (truce_engine_end (world->engine, "fed.minutes", TRUCE_AMENDMENT_MET, "read", &me, NULL));
  json_decref (truce_engine_set_due (world->engine, "fed.fomc-meeting", "2025-09-20", "I heard", &me, NULL));
  assert_raised (world, "changed FOMC meeting: moved to Sat 20 Sep 2025\n");
  say (world, MEETING "m2@fed|Minutes|2025-10-09\n", "2025-08-01T14:00:00Z");
  assert_due (world, "fed.fomc-meeting", "2025-09-20T00:00:00Z");
  assert_state (world, "fed.minutes", "met");
  g_free (world_take_raised (world));
  json_decref (truce_engine_undo (world->engine, "fed.fomc-meeting", &me, NULL));
  assert_due (world, "fed.fomc-meeting", "2025-09-17T00:00:00Z");
  /* What was met tells nothing when it goes; and what the calendar has cancelled is not a user's to take back. */
  g_free (world_take_raised (world));
  say (world, "", "2025-08-01T16:00:00Z");
  assert_raised (world, "changed FOMC meeting: no longer in the calendar The Fed\n");
  g_assert_false (truce_engine_end (world->engine, "fed.fomc-meeting", TRUCE_AMENDMENT_MET, NULL, &me, &error));
  g_assert_cmpstr (error->message, ==, "\"fed.fomc-meeting\" was cancelled, says the calendar fed: change it there");
}

/* --- by chance --- */

static char *
random_events (GRand *random, guint n)
{
  GString *events = g_string_new (NULL);

  for (guint i = 0; i < n; i++) {
    if (g_rand_boolean (random) && g_rand_boolean (random))
      continue;
    g_string_append_printf (events, "u%u|Event %u|2025-%02d-%02d%s\n", i, i, g_rand_int_range (random, 9, 13),
                            g_rand_int_range (random, 1, 29), g_rand_int_range (random, 0, 6) == 0 ? "|cancelled" : "");
  }
  return g_string_free (events, FALSE);
}

/* A restart at any time, with or without the network, is not seen in what is told. */
static void
test_restarts_change_nothing (void)
{
  guint32 seed = (guint32) g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 10; round++) {
    g_autoptr (World) steady = calendar_world (CONFIG, ""), restarted = calendar_world (CONFIG, "");
    for (guint step = 0; step < 12; step++) {
      g_autofree char *events = random_events (random, 8);
      g_autofree char *until = g_strdup_printf ("2025-%02u-%02uT12:30:00Z", 8 + step / 3, 2 + 9 * (step % 3));
      gboolean fails = g_rand_int_range (random, 0, 4) == 0;
      World *const worlds[] = { steady, restarted };
      for (guint i = 0; i < 2; i++) {
        world_script (worlds[i], URL, fails ? 503 : 200, NULL, events);
        if (i == 1)
          world_restart (worlds[i]);
        world_run_until (worlds[i], until);
      }
      g_autofree char *one = world_take_raised (steady), *other = world_take_raised (restarted);
      g_assert_cmpstr (one, ==, other);
    }
  }
}

/* A disk that is full while the calendar changes, and changes again: once there is room, all of it is written. */
static void
test_a_full_disk_loses_no_event (void)
{
  g_autoptr (World) world = calendar_world (CONFIG, MEETING);

  g_free (world_take_raised (world));
  world->store_is_full = TRUE;
  say (world, "m1@fed|FOMC meeting|2025-09-18|sequence=1\n", "2025-08-01T19:00:00Z");
  g_autofree char *moved = world_take_raised (world);
  g_assert_nonnull (strstr (moved, "changed FOMC meeting: moved to Thu 18 Sep 2025"));
  say (world, "m1@fed|FOMC meeting|2025-09-18|sequence=1\nm2@fed|Soon|2025-08-02\n", "2025-08-02T02:00:00Z");
  g_autofree char *more = world_take_raised (world);
  g_assert_nonnull (strstr (more, "lead Soon"));
  say (world, MEETING "m2@fed|Soon|2025-08-02\n", "2025-08-02T09:00:00Z");
  g_autofree char *again = world_take_raised (world);
  world->store_is_full = FALSE;
  world_run_until (world, "2025-08-02T09:05:00Z");
  world_restart (world);
  world_script (world, URL, 304, NULL, NULL);
  assert_due (world, "fed.fomc-meeting", "2025-09-17T00:00:00Z");
  assert_due (world, "fed.soon", "2025-08-02T00:00:00Z");
  world_run_until (world, "2025-08-02T12:00:00Z");
  assert_raised (world, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/engine/calendars/" #name, test_##name)
  ADD (events_become_milestones);
  ADD (events_within_their_leads_are_told);
  ADD (many_at_once_come_as_one);
  ADD (a_book_that_cannot_be_read);
  ADD (many_on_a_full_disk_come_as_one);
  ADD (a_moved_event_is_a_change);
  ADD (an_older_copy_moves_nothing);
  ADD (a_new_title_keeps_the_id);
  ADD (one_uid_for_several);
  ADD (a_cancelled_event_is_told_once);
  ADD (an_event_that_is_gone_is_told_once);
  ADD (what_cannot_be_read_cancels_nothing);
  ADD (a_failing_calendar_is_told_and_its_dates_go_on);
  ADD (a_mass_move_comes_as_one);
  ADD (leads);
  ADD (match_chooses_events);
  ADD (the_zone_of_the_calendar);
  ADD (what_is_not_read_is_said);
  ADD (what_is_cut_off_is_shown);
  ADD (a_date_waits_for_its_calendar);
  ADD (what_others_hang_on_stays);
  ADD (users_have_their_say);
  ADD (restarts_change_nothing);
  ADD (a_full_disk_loses_no_event);
  return g_test_run ();
}
