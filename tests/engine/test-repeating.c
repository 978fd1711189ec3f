/* SPDX-License-Identifier: MIT */
/* Dates that repeat: each is told as any other date is, the next takes over without a word, and what people say is said
 * of one of them. */
#include <string.h>

#include "config/show.h"
#include "engine/amend.h"
#include "engine/view.h"
#include "world.h"

#define HEAD "[truced]\nalert-to = stdout\ntimezone = America/New_York\n"
#define REPORT \
  HEAD "[milestone jobs]\ntitle = Jobs report\ndue = 2026-06-05 08:30\nrepeat = FREQ=MONTHLY;BYDAY=1FR\nlead = 1d 0\n"
#define STANDUP HEAD "[milestone daily]\ntitle = Standup\ndue = 2026-06-01 09:00\nrepeat = FREQ=DAILY\nlead = 1h 0\n"

static const TruceOrigin somebody = { "somebody", "a test" };

static void
assert_raised (World *world, const char *expected)
{
  g_autofree char *raised = world_take_raised (world);

  g_assert_cmpstr (raised, ==, expected);
}

static json_t *
milestone_record (World *world, const char *id)
{
  g_autoptr (GError) error = NULL;
  json_t *record = truce_view_milestone (world->engine, id, &error);

  g_assert_no_error (error);
  return record;
}

static void
assert_occurrence (World *world, const char *id, const char *occurrence, const char *state)
{
  g_autoptr (json_t) record = milestone_record (world, id);

  g_assert_cmpstr (truce_json_get_text (record, "occurrence"), ==, occurrence);
  g_assert_cmpstr (truce_json_get_text (record, "state"), ==, state);
}

static void
test_each_is_told_and_the_next_takes_over (void)
{
  g_autoptr (World) world = world_new (REPORT, "2026-06-01T00:00:00Z");

  world_run_until (world, "2026-06-05T12:29:59Z");
  assert_raised (world, "lead Jobs report in 23 hours\n");
  assert_occurrence (world, "jobs", "2026-06-05", "ahead");
  world_run_until (world, "2026-06-05T12:30:00Z");
  assert_raised (world, "due Jobs report: due now\n");
  assert_occurrence (world, "jobs", "2026-07-03", "ahead");
  world_run_until (world, "2026-09-30T00:00:00Z");
  assert_raised (world, "lead Jobs report in 23 hours\ndue Jobs report: due now\n"
                        "lead Jobs report in 23 hours\ndue Jobs report: due now\n"
                        "lead Jobs report in 23 hours\ndue Jobs report: due now\n");
  g_autoptr (json_t) record = milestone_record (world, "jobs");
  g_assert_cmpstr (truce_json_get_text (record, "id"), ==, "jobs");
  g_assert_cmpstr (truce_json_get_text (record, "repeat"), ==, "FREQ=MONTHLY;BYDAY=1FR");
  g_assert_cmpstr (truce_json_get_text (record, "due"), ==, "2026-10-02T12:30:00Z");
  g_assert_cmpstr (truce_json_get_text (record, "then"), ==, "2026-11-06T13:30:00Z"); /* 08:30, in winter */
  g_assert_null (truce_json_get_text (record, "history"));
}

static void
test_the_alert_names_the_occurrence (void)
{
  g_autoptr (World) world = world_new (REPORT, "2026-06-01T00:00:00Z");

  world_run_until (world, "2026-06-05T00:00:00Z");
  const TruceAlert *alert = g_ptr_array_index (world->raised, 0);
  g_autoptr (json_t) record = truce_alert_to_json (alert);
  g_autoptr (TruceAlert) again = truce_alert_from_json (record);
  const TruceAlertFilter by_series = { .since = TRUCE_TIME_MIN, .milestone = "jobs" };
  const TruceAlertFilter by_date = { .since = TRUCE_TIME_MIN, .milestone = "jobs@2026-06-05" };
  const TruceAlertFilter by_other = { .since = TRUCE_TIME_MIN, .milestone = "jobs@2026-07-03" };
  g_assert_cmpstr (truce_json_get_text (record, "milestone"), ==, "jobs");
  g_assert_cmpstr (truce_json_get_text (record, "occurrence"), ==, "2026-06-05");
  g_assert_cmpstr (again->milestone, ==, "jobs@2026-06-05");
  const TruceStoredAlert stored = { .alert = (TruceAlert *) alert,
                                    .acknowledged = TRUCE_TIME_NONE,
                                    .snoozed = TRUCE_TIME_NONE };
  g_assert_true (truce_alert_filter_takes (&by_series, &stored));
  g_assert_true (truce_alert_filter_takes (&by_date, &stored));
  g_assert_false (truce_alert_filter_takes (&by_other, &stored));
}

/* Late ones are told, each date by itself, and what is older than the grace is not. */
static void
test_sleep (void)
{
  g_autoptr (World) world = world_new (STANDUP, "2026-06-01T20:00:00Z");

  world_run_until (world, "2026-06-01T21:00:00Z");
  assert_raised (world, "");
  world_set_time (world, "2026-06-04T14:00:00Z");
  truce_engine_wake (world->engine);
  world_run_until (world, "2026-06-04T15:00:00Z");
  assert_raised (world, "due Standup: due now (late)\ndue Standup: due now (late)\ndue Standup: due now (late)\n"
                        "digest 3 alerts told late (late)\n");
  world_set_time (world, "2026-08-04T14:00:00Z");
  truce_engine_wake (world->engine);
  world_run_until (world, "2026-08-04T15:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_DUE), <=, 3 + 8);
  g_autofree char *raised = world_take_raised (world);
  world_restart (world);
  world_run_until (world, "2026-08-05T13:30:00Z");
  assert_raised (world, "lead Standup in 1 hour\ndue Standup: due now\n");
}

static void
test_met_ends_one_date (void)
{
  g_autoptr (World) world = world_new (REPORT, "2026-06-01T00:00:00Z");
  g_autoptr (GError) error = NULL;

  g_assert_true (truce_engine_end (world->engine, "jobs", TRUCE_AMENDMENT_MET, "early", &somebody, &error));
  assert_occurrence (world, "jobs", "2026-07-03", "ahead");
  assert_occurrence (world, "jobs@2026-06-05", "2026-06-05", "met");
  world_run_until (world, "2026-07-01T00:00:00Z");
  assert_raised (world, "");
  g_assert_true (
      truce_engine_end (world->engine, "jobs@2026-08-07", TRUCE_AMENDMENT_CANCELLED, NULL, &somebody, &error));
  world_restart (world);
  world_run_until (world, "2026-09-01T00:00:00Z");
  assert_raised (world, "lead Jobs report in 23 hours\ndue Jobs report: due now\n");
  assert_occurrence (world, "jobs@2026-08-07", "2026-08-07", "cancelled");
  assert_occurrence (world, "jobs", "2026-09-04", "ahead");
  g_assert_false (truce_engine_end (world->engine, "jobs@2026-08-08", TRUCE_AMENDMENT_MET, NULL, &somebody, &error));
  g_assert_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_NOT_FOUND);
}

static void
test_cancel_all_and_undo (void)
{
  g_autoptr (World) world = world_new (REPORT, "2026-06-01T00:00:00Z");
  g_autoptr (GError) error = NULL;

  g_assert_true (truce_engine_end (world->engine, "jobs@all", TRUCE_AMENDMENT_CANCELLED, "no more", &somebody, &error));
  world_run_until (world, "2026-08-01T00:00:00Z");
  assert_raised (world, "");
  assert_occurrence (world, "jobs@2026-07-03", "2026-07-03", "cancelled");
  g_autoptr (json_t) undone = truce_engine_undo (world->engine, "jobs", &somebody, &error);
  g_assert_no_error (error);
  g_assert_nonnull (undone);
  g_autofree char *late = world_take_raised (world);
  world_run_until (world, "2026-09-01T00:00:00Z");
  assert_raised (world, "lead Jobs report in 23 hours\ndue Jobs report: due now\n");
}

/* One date is moved; the others stay, and the leads of the new date are its own. */
static void
test_due_moves_one_date (void)
{
  g_autoptr (World) world = world_new (REPORT, "2026-06-20T00:00:00Z");
  g_autoptr (GError) error = NULL;

  truce_engine_wake (world->engine);
  g_autoptr (json_t) changes =
      truce_engine_set_due (world->engine, "jobs", "2026-07-02 08:30", "a holiday", &somebody, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (json_array_size (changes), ==, 1);
  assert_raised (world, "changed Jobs report: moved to Thu 2 Jul 2026 08:30 EDT\n");
  world_run_until (world, "2026-09-01T00:00:00Z");
  assert_raised (world, "lead Jobs report in 23 hours\ndue Jobs report: due now\n"
                        "lead Jobs report in 23 hours\ndue Jobs report: due now\n");
  g_autoptr (json_t) record = milestone_record (world, "jobs@2026-07-03");
  g_assert_cmpstr (truce_json_get_text (record, "due"), ==, "2026-07-02T12:30:00Z");
  g_assert_cmpstr (truce_json_get_text (record, "history"), ==, "brought forward once, -1 day");
  g_assert_null (truce_engine_set_due (world->engine, "jobs@all", "2027-07-02", "x", &somebody, &error));
  g_assert_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_INVALID);
}

/* Silence is of all dates, and over restarts. */
static void
test_silence (void)
{
  g_autoptr (World) world = world_new (REPORT, "2026-06-01T00:00:00Z");
  g_autoptr (GError) error = NULL;

  g_assert_true (truce_engine_silence (world->engine, "jobs", world_time ("2026-07-20T00:00:00Z"), &somebody, &error));
  world_restart (world);
  world_run_until (world, "2026-08-10T00:00:00Z");
  g_assert_cmpuint (world->delivered->len, ==, 2); /* August's */
}

/* Until somebody answers, or the next date has come. */
static void
test_nag (void)
{
  g_autoptr (World) world =
      world_new (HEAD "[milestone rent]\ntitle = Rent\ndue = 2026-06-01\nrepeat = FREQ=MONTHLY\nlead = 0\nnag = 10d\n",
                 "2026-05-20T00:00:00Z");
  g_autoptr (GError) error = NULL;

  world_run_until (world, "2026-06-15T00:00:00Z");
  assert_raised (world, "due Rent: today\npassed Rent: the date has passed\npassed Rent: overdue for 10 days\n");
  g_assert_false (truce_engine_end (world->engine, "rent", TRUCE_AMENDMENT_MET, NULL, &somebody, &error));
  g_assert_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_AMBIGUOUS);
  g_assert_cmpstr (error->message, ==, "which of its dates? say rent@2026-06-01, which has passed, or rent@2026-07-01");
  g_clear_error (&error);
  g_autoptr (json_t) both = truce_view_milestones (world->engine);
  g_assert_cmpuint (json_array_size (both), ==, 2);
  g_assert_true (truce_engine_end (world->engine, "rent@2026-06-01", TRUCE_AMENDMENT_MET, NULL, &somebody, &error));
  world_run_until (world, "2026-06-30T00:00:00Z");
  assert_raised (world, "");
  world_run_until (world, "2026-08-05T00:00:00Z");
  assert_raised (world, "due Rent: today\npassed Rent: the date has passed\npassed Rent: overdue for 10 days\n"
                        "passed Rent: overdue for 20 days\npassed Rent: overdue for 30 days\n"
                        "due Rent: today\npassed Rent: the date has passed\n");
}

/* What was acknowledged stays so when its date becomes one of several, and when it is the only one again. */
static void
test_nag_answered_before (void)
{
#define RENT_ONCE HEAD "[milestone rent]\ntitle = Rent\ndue = 2026-06-01\nlead = 0\nnag = 2d\n"
#define MONTHLY "repeat = FREQ=MONTHLY\n"
  static const char *const before_and_after[][2] = { { RENT_ONCE, RENT_ONCE MONTHLY },
                                                     { RENT_ONCE MONTHLY, RENT_ONCE } };

  for (gsize i = 0; i < G_N_ELEMENTS (before_and_after); i++) {
    g_autoptr (World) world = world_new (before_and_after[i][0], "2026-05-20T00:00:00Z");
    g_autoptr (GError) error = NULL;
    world_run_until (world, "2026-06-05T00:00:00Z");
    const TruceAlert *last = g_ptr_array_index (world->raised, world->raised->len - 1);
    g_assert_true (truce_engine_acknowledge (world->engine, last->id, &somebody, &error));
    assert_raised (world, "due Rent: today\npassed Rent: the date has passed\npassed Rent: overdue for 2 days\n");
    world_reload (world, before_and_after[i][1]);
    world_run_until (world, "2026-06-20T00:00:00Z");
    world_restart (world);
    world_run_until (world, "2026-06-30T00:00:00Z");
    assert_raised (world, "");
  }
}

/* The dates that an edited rule takes away are told; the same rule read again is not. */
static void
test_reload (void)
{
  g_autoptr (World) world = world_new (REPORT, "2026-06-10T00:00:00Z");

  world_reload (world, REPORT "tags = other\n");
  assert_raised (world, "");
  world_reload (world, HEAD "[milestone jobs]\ntitle = Jobs report\ndue = 2026-06-05 08:30\n"
                            "repeat = FREQ=MONTHLY;BYDAY=2FR\nlead = 1d 0\n");
  assert_raised (world, "changed Jobs report: moved to Fri 12 Jun 2026 08:30 EDT\n");
  world_restart (world);
  world_run_until (world, "2026-07-11T00:00:00Z");
  assert_raised (world, "lead Jobs report in 23 hours\ndue Jobs report: due now\n"
                        "lead Jobs report in 23 hours\ndue Jobs report: due now\n");
  world_reload (world, HEAD "[milestone jobs]\ntitle = Jobs report\ndue = 2026-06-05 09:30\n"
                            "repeat = FREQ=MONTHLY;BYDAY=2FR\nlead = 1d 0\n");
  assert_raised (world, "changed Jobs report: moved to Fri 14 Aug 2026 09:30 EDT\n");
}

/* One that is taken away, given back and taken away again is missed each time. */
static void
test_except_twice (void)
{
  g_autoptr (World) world = world_new (REPORT, "2026-06-10T00:00:00Z");

  truce_engine_wake (world->engine);
  for (guint i = 0; i < 2; i++) {
    world_reload (world, REPORT "except = 2026-07-03\n");
    assert_raised (world, "changed Jobs report: moved to Fri 7 Aug 2026 08:30 EDT\n");
    world_restart (world);
    assert_raised (world, "");
    world_reload (world, REPORT);
    assert_raised (world, "changed Jobs report: also on Fri 3 Jul 2026 08:30 EDT\n");
    world_restart (world);
    assert_raised (world, "");
  }
}

static void
test_general_leads_fit_between_two_dates (void)
{
  g_autoptr (World) world =
      world_new (HEAD "[milestone w]\ntitle = Weekly\ndue = 2026-06-05 12:00\nrepeat = FREQ=WEEKLY;COUNT=3\n",
                 "2026-06-01T00:00:00Z");

  world_run_until (world, "2026-06-13T00:00:00Z");
  assert_raised (world, "lead Weekly in 3 days\nlead Weekly in 27 hours\ndue Weekly: due now\n"
                        "lead Weekly in 3 days\nlead Weekly in 27 hours\ndue Weekly: due now\n");
  world_run_until (world, "2026-08-13T00:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_DUE), ==, 3);
  assert_occurrence (world, "w", "2026-06-19", "passed"); /* the last */
  g_assert_cmpint (world->armed, ==, TRUCE_TIME_NONE);
}

#define RENT(due, repeat) HEAD "[milestone rent]\ntitle = Rent\ndue = " due "\nlead = 7d 0\n" repeat
#define MONTHLY "repeat = FREQ=MONTHLY\n"

static void
assert_last_moved (World *world, const char *title, const char *old_due)
{
  const TruceAlert *last = g_ptr_array_index (world->raised, world->raised->len - 1);

  g_assert_cmpint (last->kind, ==, TRUCE_ALERT_CHANGED);
  g_assert_cmpstr (last->title, ==, title);
  g_assert_cmpint (last->old_due, ==, world_time (old_due));
  g_free (world_take_raised (world));
}

/* What was told of a date is told no second time when it begins to repeat, nor when that is taken out again. */
static void
test_repeating_comes_and_goes (void)
{
  g_autoptr (World) world = world_new (RENT ("2026-06-20 09:00", ""), "2026-06-01T00:00:00Z");

  world_run_until (world, "2026-06-14T00:00:00Z");
  assert_raised (world, "lead Rent in 7 days\n");
  for (guint i = 0; i < 3; i++) {
    world_reload (world, RENT ("2026-06-20 09:00", MONTHLY));
    world_restart (world);
    world_run_until (world, "2026-06-14T01:00:00Z");
    assert_raised (world, "");
    world_reload (world, RENT ("2026-06-20 09:00", ""));
    world_restart (world);
    world_run_until (world, "2026-06-14T02:00:00Z");
    assert_raised (world, "");
  }
  world_run_until (world, "2026-07-30T00:00:00Z");
  assert_raised (world, "due Rent: due now\n");
}

/* What fell due before that was seen is told late, not swallowed: here and there. */
static void
test_repeating_swallows_no_lead (void)
{
  g_autoptr (World) world = world_new (RENT ("2026-06-20 09:00", ""), "2026-06-01T00:00:00Z");

  world_run_until (world, "2026-06-12T00:00:00Z");
  world_set_time (world, "2026-06-14T00:00:00Z");
  world_reload (world, RENT ("2026-06-20 09:00", MONTHLY));
  assert_raised (world, "lead Rent in 7 days (late)\n");
  world_run_until (world, "2026-07-12T00:00:00Z");
  assert_raised (world, "due Rent: due now\n");
  world_set_time (world, "2026-07-14T00:00:00Z");
  world_reload (world, RENT ("2026-07-20 09:00", ""));
  assert_raised (world, "lead Rent in 7 days (late)\n");
}

/* A date that is another one when it begins to repeat, or repeats no more, has moved. */
static void
test_repeating_moves (void)
{
  g_autoptr (World) world = world_new (RENT ("2026-06-20 09:00", ""), "2026-06-01T00:00:00Z");

  world_run_until (world, "2026-06-02T00:00:00Z");
  world_reload (world, RENT ("2026-06-25 09:00", MONTHLY));
  assert_last_moved (world, "Rent: moved to Thu 25 Jun 2026 09:00 EDT", "2026-06-20T13:00:00Z");
  world_run_until (world, "2026-08-01T00:00:00Z");
  assert_raised (world, "lead Rent in 7 days\ndue Rent: due now\nlead Rent in 7 days\ndue Rent: due now\n");
  world_reload (world, RENT ("2026-08-27 09:00", ""));
  assert_last_moved (world, "Rent: moved to Thu 27 Aug 2026 09:00 EDT", "2026-08-25T13:00:00Z");
  g_autoptr (json_t) record = milestone_record (world, "rent");
  g_assert_cmpstr (truce_json_get_text (record, "history"), ==,
                   "extended twice, +68 days"); /* 20 June, 25 August, 27 */
}

/* It moved from where the edit before has put it. */
static void
test_a_rule_is_edited_twice (void)
{
  g_autoptr (World) world = world_new (REPORT, "2026-06-10T00:00:00Z");

  world_run_until (world, "2026-06-10T01:00:00Z");
  world_reload (world, HEAD "[milestone jobs]\ntitle = Jobs report\ndue = 2026-06-05 08:30\n"
                            "repeat = FREQ=MONTHLY;BYDAY=1MO\nlead = 1d 0\n");
  assert_last_moved (world, "Jobs report: moved to Mon 6 Jul 2026 08:30 EDT", "2026-07-03T12:30:00Z");
  world_reload (world, HEAD "[milestone jobs]\ntitle = Jobs report\ndue = 2026-06-05 08:30\n"
                            "repeat = FREQ=MONTHLY;BYDAY=2TH\nlead = 1d 0\n");
  assert_last_moved (world, "Jobs report: moved to Thu 11 Jun 2026 08:30 EDT", "2026-07-06T12:30:00Z");
}

static void
say_due (World *world, const char *id, const char *due)
{
  g_autoptr (GError) error = NULL;
  json_t *changes = truce_engine_set_due (world->engine, id, due, "because", &somebody, &error);

  g_assert_no_error (error);
  json_decref (changes);
}

static void
assert_idle (World *world, const char *expected)
{
  g_autofree char *idle = truce_view_idle (world->engine);

  g_assert_cmpstr (idle, ==, expected);
}

#define NO_SUCH_DATE ": no such date any more; what somebody has said of it ("
#define IS_KEPT ") is kept, and holds again when it is back\n"

/* What was said of the date that is left stays with it; the rest is named, kept, and back with the rule. */
static void
test_what_was_said_outlives_the_rule (void)
{
  g_autoptr (World) world = world_new (RENT ("2026-06-20 09:00", MONTHLY), "2026-06-01T00:00:00Z");
  g_autoptr (GError) error = NULL;

  world_run_until (world, "2026-06-10T00:00:00Z");
  say_due (world, "rent@2026-06-20", "2026-06-24 09:00");
  g_assert_true (truce_engine_end (world->engine, "rent@2026-07-20", TRUCE_AMENDMENT_MET, NULL, &somebody, &error));
  say_due (world, "rent@2026-08-20", "2026-08-22 09:00");
  g_free (world_take_raised (world));
  assert_idle (world, "");
  for (guint i = 0; i < 2; i++) {
    world_reload (world, RENT ("20 June 2026 09:00", "")); /* in whatever words */
    world_restart (world);
    assert_raised (world, "");
    assert_idle (world, "rent@2026-07-20" NO_SUCH_DATE "met" IS_KEPT /* */
                        "rent@2026-08-20" NO_SUCH_DATE "due 2026-08-22 09:00" IS_KEPT);
    g_autoptr (json_t) single = milestone_record (world, "rent");
    g_assert_cmpint (truce_json_get_time (single, "due"), ==, world_time ("2026-06-24T13:00:00Z"));
    g_autoptr (json_t) said = truce_view_undoable (world->engine, "rent", &error);
    g_assert_cmpuint (json_array_size (said), ==, 3);
    g_assert_true (truce_json_get_boolean (json_array_get (said, 0), "idle"));
    g_assert_false (truce_json_get_boolean (json_array_get (said, 2), "idle"));
    world_reload (world, RENT ("2026-06-20 09:00", MONTHLY));
    world_restart (world);
    assert_raised (world, "");
    assert_idle (world, "");
    assert_occurrence (world, "rent@2026-07-20", "2026-07-20", "met");
  }
  world_reload (world, RENT ("2026-06-20 09:00", ""));
  world_run_until (world, "2026-09-01T00:00:00Z");
  assert_raised (world, "lead Rent in 7 days\ndue Rent: due now\n");
  assert_idle (world, ""); /* nobody waits for those any more */
}

/* One that was moved behind the next is not told as a move of that. */
static void
test_moved_far_outlives_the_rule (void)
{
  g_autoptr (World) world = world_new (RENT ("2026-06-20 09:00", MONTHLY), "2026-06-01T00:00:00Z");

  world_run_until (world, "2026-06-10T00:00:00Z");
  say_due (world, "rent@2026-06-20", "2026-08-24 09:00");
  g_free (world_take_raised (world));
  world_reload (world, RENT ("2026-06-20 09:00", ""));
  world_run_until (world, "2026-09-14T00:00:00Z");
  assert_raised (world, "lead Rent in 7 days\ndue Rent: due now\n");
}

/* One that was met is not told again when it is the only one, and one that was moved not where it was. */
static void
test_what_was_said_of_the_only_date (void)
{
  g_autoptr (World) world = world_new (RENT ("2026-06-20 09:00", MONTHLY), "2026-06-01T00:00:00Z");
  g_autoptr (GError) error = NULL;

  world_run_until (world, "2026-06-10T00:00:00Z");
  g_assert_true (truce_engine_end (world->engine, "rent@2026-06-20", TRUCE_AMENDMENT_MET, NULL, &somebody, &error));
  world_reload (world, RENT ("2026-06-20 09:00", ""));
  world_restart (world);
  world_run_until (world, "2026-08-01T00:00:00Z");
  assert_raised (world, "");
  world_reload (world, RENT ("2026-09-20 09:00", ""));
  g_assert_nonnull (truce_engine_config (world->engine));
  world_run_until (world, "2026-09-14T00:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_LEAD), ==, 1); /* another day is another date */
  say_due (world, "rent", "2026-09-24 09:00");
  g_free (world_take_raised (world));
  world_reload (world, RENT ("2026-09-20 09:00", MONTHLY));
  world_restart (world);
  assert_raised (world, "");
  g_autoptr (json_t) record = milestone_record (world, "rent@2026-09-20");
  g_assert_cmpint (truce_json_get_time (record, "due"), ==, world_time ("2026-09-24T13:00:00Z"));
  world_run_until (world, "2026-09-25T00:00:00Z");
  assert_raised (world, "lead Rent in 7 days\ndue Rent: due now\n");
}

/* A date that is left out behind the next changes nothing about that, nor does one that was met. */
static void
test_left_out_behind_the_next (void)
{
  g_autoptr (World) world = world_new (REPORT, "2026-06-10T00:00:00Z");
  g_autoptr (GError) error = NULL;

  truce_engine_wake (world->engine);
  world_reload (world, REPORT "except = 2026-08-07\n");
  assert_raised (world, "");
  world_reload (world, REPORT);
  assert_raised (world, "");
  g_assert_true (truce_engine_end (world->engine, "jobs@2026-07-03", TRUCE_AMENDMENT_MET, NULL, &somebody, &error));
  world_reload (world, REPORT "except = 2026-07-03\n");
  assert_raised (world, "");
  assert_idle (world, "");
  world_reload (world, REPORT "except = 2026-07-03, 2026-08-07\n");
  assert_raised (world, "changed Jobs report: moved to Fri 4 Sep 2026 08:30 EDT\n");
}

/* A date that was met before it began to repeat has been; those after it have not. */
static void
test_met_before_it_repeats (void)
{
  g_autoptr (World) world = world_new (RENT ("2026-06-20 09:00", ""), "2026-06-01T00:00:00Z");
  g_autoptr (GError) error = NULL;

  world_run_until (world, "2026-06-10T00:00:00Z");
  g_assert_true (truce_engine_end (world->engine, "rent", TRUCE_AMENDMENT_MET, "early", &somebody, &error));
  world_reload (world, RENT ("2026-06-20 09:00", MONTHLY));
  world_restart (world);
  assert_occurrence (world, "rent@2026-06-20", "2026-06-20", "met");
  assert_occurrence (world, "rent", "2026-07-20", "ahead");
  const char *text = RENT ("2026-06-20 09:00", MONTHLY);
  const TruceConfigFile file = { "c.conf", text, strlen (text) };
  g_autofree char *shown = truce_config_show (&file, 1, truce_engine_config (world->engine));
  g_assert_nonnull (strstr (shown, "except = 2026-06-20"));
  g_assert_null (strstr (shown, "met ="));
  world_run_until (world, "2026-07-21T00:00:00Z");
  assert_raised (world, "lead Rent in 7 days\ndue Rent: due now\n");
  g_assert_true (truce_engine_end (world->engine, "rent@all", TRUCE_AMENDMENT_CANCELLED, NULL, &somebody, &error));
  world_restart (world);
  world_run_until (world, "2026-09-01T00:00:00Z");
  assert_raised (world, "");
}

/* --- random histories --- */

typedef struct {
  const char *lines; /* of the section */
  const char *first; /* of the occurrences, their times of day and leads */
  guint every;       /* days */
} Kind;

static const Kind kinds[] = {
  { "due = 2026-03-01 02:30\nrepeat = FREQ=DAILY\nlead = 6h 30m 0 +2h\n", "2026-03-01", 1 },
  { "due = 2026-03-01\nrepeat = FREQ=DAILY;INTERVAL=3\nlead = 2d 0\n", "2026-03-01", 3 },
  { "due = 2026-03-01 17:00\nrepeat = FREQ=WEEKLY\nlead = 10d 1d 0 +1d\n", "2026-03-01", 7 },
};

#define HISTORY_DAYS 40

static void
do_something (World *world, GRand *rand, const char *config)
{
  char text[TRUCE_TIME_TEXT_SIZE];
  TruceTime now = world->now;

  switch (g_rand_int_range (rand, 0, 7)) {
  case 0: /* asleep */
    world_set_time (world, truce_time_to_text (now + g_rand_int_range (rand, 1, 100) * TRUCE_HOUR, text));
    truce_engine_wake (world->engine);
    return;
  case 1:
    world_restart (world);
    return;
  case 2:
    world_reload (world, config);
    return;
  case 3: /* the clock is set back, within a day */
    world_set_time (world, truce_time_to_text (now - g_rand_int_range (rand, 1, 20) * TRUCE_HOUR, text));
    truce_engine_wake (world->engine);
    return;
  default:
    world_run_until (world, truce_time_to_text (now + g_rand_int_range (rand, 1, 72) * TRUCE_HOUR, text));
  }
}

/* Under whatever number: a clock that was days ahead and was put right gives a date another one. */
static gboolean
is_done (World *world, const char *id, const char *key)
{
  for (guint revision = 0; revision < 50; revision++)
    if (world->store_port.firing_done (world->store_port.self, id, revision, key))
      return TRUE;
  return FALSE;
}

static void
assert_each_once (World *world, guint32 seed, const Kind *kind)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  const TruceMilestone *all = truce_config_find_milestone (truce_engine_config (world->engine), "r@all");
  TruceTime began = world_time ("2026-03-02T12:00:00Z");
  guint n_firings = 0;

  for (guint i = 0; i < world->raised->len; i++) {
    const TruceAlert *alert = g_ptr_array_index (world->raised, i);
    if (!g_hash_table_add (ids, alert->id))
      g_error ("seed %u: told twice: %s", seed, alert->title);
  }
  for (gint64 day = truce_days_from_date (2026, 3, 1); day < truce_days_from_date (2026, 5, 20); day += kind->every) {
    char name[TRUCE_OCCURRENCE_NAME_SIZE];
    g_autofree char *id = g_strdup_printf ("r@%s", truce_occurrence_name (day, name));
    g_autoptr (GArray) firings = g_array_new (FALSE, FALSE, sizeof (TruceFiring));
    TruceSpan span;
    truce_series_span (all->series, day, &span);
    truce_milestone_firings (all, 0, &span, began, world->now, firings);
    truce_span_clear (&span);
    for (guint i = 0; i < firings->len; i++) {
      const TruceFiring *firing = &g_array_index (firings, TruceFiring, i);
      if (!is_done (world, id, firing->key))
        g_error ("seed %u: missed: %s of %s", seed, firing->key, id);
      n_firings++;
    }
  }
  g_assert_cmpuint (n_firings, >, 10);
}

static void
test_random_histories (void)
{
  for (guint i = 0; i < 90; i++) {
    guint32 seed = (guint32) g_test_rand_int ();
    g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
    const Kind *kind = &kinds[i % G_N_ELEMENTS (kinds)];
    g_autofree char *config = g_strconcat (HEAD "[milestone r]\ntitle = R\n", kind->lines, NULL);
    g_autoptr (World) world = world_new (config, "2026-03-02T12:00:00Z");
    char text[TRUCE_TIME_TEXT_SIZE];
    truce_engine_wake (world->engine);
    while (world->now < world_time ("2026-03-02T12:00:00Z") + HISTORY_DAYS * TRUCE_DAY)
      do_something (world, rand, config);
    world_run_until (world, truce_time_to_text (world->now + TRUCE_DAY, text));
    assert_each_once (world, seed, kind);
  }
}

/* Where the zone skipped the whole day of a date there is nothing to lead up to. */
static void
test_a_day_that_was_skipped (void)
{
  g_autoptr (World) world = world_new (HEAD "[milestone r]\ntitle = R\ndue = 2011-12-22\ntimezone = Pacific/Fakaofo\n"
                                            "repeat = FREQ=DAILY;INTERVAL=4\nlead = 1d 0\n",
                                       "2011-12-23T12:00:00Z");

  world_run_until (world, "2012-01-04T00:00:00Z"); /* 26 December, 3 January, and the passing of both */
  assert_raised (world, "lead R in 15 hours\ndue R: today\npassed R: the date has passed\n"
                        "lead R in 15 hours\ndue R: today\npassed R: the date has passed\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/repeating/next-takes-over", test_each_is_told_and_the_next_takes_over);
  g_test_add_func ("/repeating/alert", test_the_alert_names_the_occurrence);
  g_test_add_func ("/repeating/sleep", test_sleep);
  g_test_add_func ("/repeating/met", test_met_ends_one_date);
  g_test_add_func ("/repeating/cancel-all", test_cancel_all_and_undo);
  g_test_add_func ("/repeating/due", test_due_moves_one_date);
  g_test_add_func ("/repeating/silence", test_silence);
  g_test_add_func ("/repeating/nag", test_nag);
  g_test_add_func ("/repeating/except-twice", test_except_twice);
  g_test_add_func ("/repeating/nag-answered-before", test_nag_answered_before);
  g_test_add_func ("/repeating/reload", test_reload);
  g_test_add_func ("/repeating/general-leads", test_general_leads_fit_between_two_dates);
  g_test_add_func ("/repeating/comes-and-goes", test_repeating_comes_and_goes);
  g_test_add_func ("/repeating/swallows-no-lead", test_repeating_swallows_no_lead);
  g_test_add_func ("/repeating/moves", test_repeating_moves);
  g_test_add_func ("/repeating/edited-twice", test_a_rule_is_edited_twice);
  g_test_add_func ("/repeating/met-before", test_met_before_it_repeats);
  g_test_add_func ("/repeating/said-outlives-rule", test_what_was_said_outlives_the_rule);
  g_test_add_func ("/repeating/moved-far-outlives-rule", test_moved_far_outlives_the_rule);
  g_test_add_func ("/repeating/said-of-only-date", test_what_was_said_of_the_only_date);
  g_test_add_func ("/repeating/left-out-behind", test_left_out_behind_the_next);
  g_test_add_func ("/repeating/day-skipped", test_a_day_that_was_skipped);
  g_test_add_func ("/repeating/random-histories", test_random_histories);
  return g_test_run ();
}
