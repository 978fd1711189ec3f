/* SPDX-License-Identifier: MIT */
/* Clocks that are wrong, are set, stand still while the machine sleeps, and start in 1970. */
#include <string.h>

#include "engine/amend.h"
#include "engine/view.h"
#include "world.h"

#define CONFIG                                                                                          \
  "[truced]\nalert-to = stdout\ntimezone = UTC\n[milestone a]\ntitle = A\ndue = 2026-03-01 12:00 UTC\n" \
  "lead = 30d 7d 1h 0\n"
#define BUILT "2025-11-01T00:00:00Z"

static const TruceOrigin me = { "me", "trucectl" };

static void
assert_raised (World *world, const char *expected)
{
  g_autofree char *raised = world_take_raised (world);

  g_assert_cmpstr (raised, ==, expected);
}

static void
wake_at (World *world, const char *now)
{
  world_set_time (world, now);
  truce_engine_wake (world->engine);
}

/* A world whose store knows that truced ran up to `now`. */
static World *
world_that_ran (const char *text, const char *first, const char *now)
{
  World *world = world_new (text, first);

  world->options.built = world_time (BUILT);
  world->options.clock_patience = 5 * TRUCE_MINUTE;
  world_restart (world);
  world_run_until (world, first);
  world_run_until (world, now);
  truce_engine_wake (world->engine);
  g_free (world_take_raised (world));
  return world;
}

static TruceAlert *
last_raised (World *world)
{
  g_assert_cmpuint (world->raised->len, >, 0);
  return g_ptr_array_index (world->raised, world->raised->len - 1);
}

static void
assert_status (World *world, const char *part, gboolean held)
{
  g_autofree char *line = truce_view_status_line (world->engine);
  json_t *status = truce_view_status (world->engine);

  g_assert_nonnull (strstr (line, part));
  g_assert_cmpint (truce_engine_holds (world->engine), ==, held);
  g_assert_cmpint (json_object_get (status, "clock_problem") != NULL, ==, held);
  g_assert_cmpint (json_object_get (status, "clock_expected") != NULL, ==, held);
  json_decref (status);
}

/* --- a clock that cannot be right --- */

static void
test_a_clock_that_starts_in_1970 (void)
{
  g_autoptr (World) world = world_that_ran (CONFIG, "2026-01-20T00:00:00Z", "2026-01-29T00:00:00Z");

  world->store_keeps_all = TRUE; /* an alert of 1970 is as old as any, once the clock is set */
  world_set_time (world, "1970-01-01T00:00:07Z");
  world_restart (world);
  truce_engine_wake (world->engine);
  assert_raised (world, ""); /* it may be set any moment */
  assert_status (world, "1 milestone, waiting: the clock cannot be right", TRUE);
  world_run_until (world, "1970-01-01T00:05:07Z");
  g_autoptr (TruceAlert) alert = truce_alert_ref (last_raised (world));
  g_assert_cmpint (alert->urgency, ==, TRUCE_URGENCY_CRITICAL);
  g_assert_nonnull (
      strstr (alert->body, "The clock reads Thu 1 Jan 1970 00:05:07 UTC, but truced has run Thu 29 Jan 2026"));
  g_assert_nonnull (strstr (alert->body, "timedatectl"));
  g_assert_null (strstr (alert->body, "acknowledge")); /* no word makes this clock right */
  assert_raised (world, "problem The clock cannot be right: deadlines wait\n");
  world_run_until (world, "1970-01-05T00:00:00Z"); /* no patience ends it, and it is told once */
  assert_raised (world, "");
  assert_status (world, "cannot be right", TRUE);

  wake_at (world, "2026-01-30T13:00:00Z"); /* set */
  assert_raised (world, "lead A in 30 days (late)\n");
  assert_status (world, "next in 30 d", FALSE);
  TruceStoredAlert *stored = world->store_port.alert (world->store_port.self, alert->id, NULL);
  g_assert_cmpint (stored->acknowledged, ==, world->now); /* it needs nobody's answer any more */
  truce_stored_alert_free (stored);
}

static void
test_a_clock_that_is_set_in_time_is_not_told_of (void)
{
  g_autoptr (World) world = world_new (CONFIG, "1970-01-01T00:00:07Z");

  world->options.built = world_time (BUILT);
  world->options.clock_patience = 5 * TRUCE_MINUTE;
  world_restart (world);
  world_run_until (world, "1970-01-01T00:01:00Z");
  wake_at (world, "2026-01-29T00:00:00Z");
  world_run_until (world, "2026-01-30T12:00:00Z");
  assert_raised (world, "lead A in 30 days\n");
}

/* Dates that have moved do not move back, and the feeds go on. */
static void
test_what_is_not_judged_meanwhile (void)
{
  g_autoptr (World) world = world_that_ran (
      "[truced]\nalert-to = stdout\ntimezone = UTC\n[milestone a]\ntitle = A\ndue = 2026-03-01\nmatch = truce\n"
      "lead = 0\nrevised = 2026-01-10 12:00: 2026-06-01: put off\n[feed f]\nurl = https://f.example/\n",
      "2026-01-20T00:00:00Z", "2026-01-29T00:00:00Z");
  g_autoptr (GError) error = NULL;

  guint n_polled;
  world_script (world, "https://f.example/", 200, NULL, "old");
  world_set_time (world, "2025-12-01T00:00:00Z");
  world_restart (world);
  world_run_until (world, "2025-12-01T00:02:00Z");
  g_assert_true (truce_engine_refresh (world->engine, NULL, &n_polled, &error));
  world_run_until (world, "2025-12-01T03:00:00Z");
  world_script (world, "https://f.example/", 200, NULL, "old\nThe truce holds");
  world_run_until (world, "2025-12-01T06:00:00Z");
  assert_raised (world, "feed Feed f works again\nproblem The clock cannot be right: deadlines wait\n"
                        "news The truce holds\n");
  g_assert_null (truce_engine_set_due (world->engine, "a", "2026-07-01", "later", &me, &error));
  g_assert_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "set the clock first"));
}

/* What somebody said of a date before the clock went wrong still comes after what the configuration said before. */
static void
test_a_date_that_was_given_outlives_a_wrong_clock (void)
{
  g_autoptr (World) world = world_that_ran (CONFIG "revised = 2026-01-10 12:00: 2026-06-01: put off\n",
                                            "2026-01-20T00:00:00Z", "2026-01-29T00:00:00Z");
  g_autoptr (GError) error = NULL;
  json_t *changes = truce_engine_set_due (world->engine, "a", "2026-07-01", "later", &me, &error);

  g_assert_no_error (error);
  json_decref (changes);
  assert_raised (world, "changed A: moved to Wed 1 Jul 2026\n");
  world_set_time (world, "1970-01-01T00:00:07Z");
  world_restart (world);
  world_run_until (world, "1970-01-01T00:01:00Z");
  wake_at (world, "2026-01-30T00:00:00Z");
  world_run_until (world, "2026-06-02T00:00:00Z");
  assert_raised (world, "lead A in 30 days\n");
}

/* Somebody has set the clock back for good. */
static void
test_a_clock_that_was_set_back_is_followed (void)
{
  for (guint acknowledged = 0; acknowledged < 2; acknowledged++) {
    g_autoptr (World) world = world_that_ran (CONFIG, "2026-01-20T00:00:00Z", "2026-02-23T00:00:00Z");
    g_autoptr (GError) error = NULL;

    wake_at (world, "2026-01-28T00:00:00Z");
    world_run_until (world, "2026-01-28T00:10:00Z");
    TruceAlert *alert = last_raised (world);
    g_assert_nonnull (strstr (alert->body, "If it is right, acknowledge this"));
    if (acknowledged) {
      g_assert_true (truce_engine_acknowledge (world->engine, alert->id, &me, &error));
      g_assert_false (truce_engine_holds (world->engine));
    }
    assert_raised (world, "problem The clock cannot be right: deadlines wait\n");
    world_run_until (world, "2026-01-28T12:00:00Z");
    g_assert_cmpint (truce_engine_holds (world->engine), ==, !acknowledged);
    world_restart (world); /* the day is counted on */
    world_run_until (world, "2026-01-29T01:00:00Z");
    g_assert_false (truce_engine_holds (world->engine));
    world_restart (world); /* for good */
    world_run_until (world, "2026-03-02T00:00:00Z");
    /* The 30d was told by a clock that was ahead, as it turns out: and is told at its time. */
    assert_raised (world, "lead A in 30 days\nlead A in 7 days\nlead A in 1 hour\ndue A: due now\n");
  }
}

/* A day more or less is how people set clocks. */
static void
test_a_small_step_back_holds_nothing (void)
{
  g_autoptr (World) world = world_that_ran (CONFIG, "2026-01-20T00:00:00Z", "2026-02-23T00:00:00Z");

  wake_at (world, "2026-02-22T01:00:00Z");
  g_assert_false (truce_engine_holds (world->engine));
  world_run_until (world, "2026-03-02T00:00:00Z");
  assert_raised (world, "lead A in 1 hour\ndue A: due now\n");
}

/* --- a clock that is ahead --- */

/* Up to `restarts` restarts lie between what the clock did. */
static void
test_what_a_clock_far_ahead_passed_over (void)
{
  for (guint restarts = 0; restarts < 3; restarts++) {
    g_autoptr (World) world = world_that_ran (CONFIG, "2026-01-20T00:00:00Z", "2026-01-29T00:00:00Z");

    wake_at (world, "2036-01-30T00:00:00Z");
    assert_raised (world, ""); /* far older than the grace: recorded, and not told */
    if (restarts > 0)
      world_restart (world);
    world_run_until (world, "2036-01-30T00:20:00Z");
    world_set_time (world, "2026-01-29T12:00:00Z");
    if (restarts > 1)
      world_restart (world);
    world_run_until (world, "2026-03-02T00:00:00Z");
    assert_raised (world, "lead A in 30 days\nlead A in 7 days\nlead A in 1 hour\ndue A: due now\n");
    json_t *milestone = truce_view_milestone (world->engine, "a", NULL);
    g_assert_cmpint (json_integer_value (json_object_get (milestone, "revision")), >, 0);
    g_assert_cmpuint (json_array_size (json_object_get (milestone, "revisions")), ==, 1); /* it has not moved */
    g_assert_null (json_object_get (milestone, "history"));
    json_decref (milestone);
    world_restart (world);
    world_run_until (world, "2026-03-03T00:00:00Z");
    assert_raised (world, "");
  }
}

/* And for longer than it takes to be believed: the store says so, and somebody has to say otherwise. */
static void
test_a_clock_that_was_ahead_for_days (void)
{
  g_autoptr (World) world = world_that_ran (CONFIG, "2026-01-20T00:00:00Z", "2026-01-29T00:00:00Z");
  g_autoptr (GError) error = NULL;

  wake_at (world, "2036-01-30T00:00:00Z");
  world_run_until (world, "2036-02-03T00:00:00Z");
  truce_engine_wake (world->engine);
  wake_at (world, "2026-01-29T12:00:00Z");
  world_run_until (world, "2026-01-29T12:10:00Z");
  g_assert_true (truce_engine_acknowledge (world->engine, last_raised (world)->id, &me, &error));
  g_free (world_take_raised (world));
  world_run_until (world, "2026-03-02T00:00:00Z");
  assert_raised (world, "lead A in 30 days\nlead A in 7 days\nlead A in 1 hour\ndue A: due now\n");
}

/* It was off for three days, and in the wrong year for a moment after that: what fell due meanwhile is told late. */
static void
test_what_was_due_while_it_was_off (void)
{
  g_autoptr (World) world = world_that_ran (CONFIG, "2026-01-20T00:00:00Z", "2026-02-21T00:00:00Z");

  wake_at (world, "2036-02-21T00:00:00Z");
  wake_at (world, "2026-02-24T00:00:00Z");
  assert_raised (world, "lead A in 5 days (late)\n");
  world_run_until (world, "2026-03-02T00:00:00Z");
  assert_raised (world, "lead A in 1 hour\ndue A: due now\n");
}

/* A wrong word was said: a date that is weeks away was told to be an hour ago. It is told again, at its time. */
static void
test_what_was_told_too_early_is_told_again (void)
{
  g_autoptr (World) world = world_that_ran (CONFIG, "2026-01-20T00:00:00Z", "2026-01-29T00:00:00Z");

  wake_at (world, "2026-03-01T13:00:00Z"); /* 31 days and some hours */
  assert_raised (world, "due A: due now (late)\n");
  wake_at (world, "2026-01-29T00:30:00Z");
  assert_raised (world, "");
  world_run_until (world, "2026-03-02T00:00:00Z");
  assert_raised (world, "lead A in 30 days\nlead A in 7 days\nlead A in 1 hour\ndue A: due now\n");
}

/* A clock that is minutes or hours ahead, and is put right: what was told was told in time. */
static void
test_what_was_told_a_little_early_is_not_told_again (void)
{
  static const char *const back[] = { "2026-02-22T11:58:00Z", "2026-02-22T04:00:00Z" };

  for (guint i = 0; i < G_N_ELEMENTS (back); i++) {
    g_autoptr (World) world = world_that_ran (CONFIG, "2026-01-20T00:00:00Z", "2026-02-22T11:00:00Z");
    world_set_time (world, "2026-02-21T00:00:00Z");
    world_run_until (world, "2026-02-22T12:00:00Z");
    g_free (world_take_raised (world));
    wake_at (world, back[i]);
    world_run_until (world, "2026-02-28T00:00:00Z");
    assert_raised (world, "");
    world_run_until (world, "2026-03-02T00:00:00Z");
    assert_raised (world, "lead A in 1 hour\ndue A: due now\n");
  }
}

/* Set up while the clock was ahead: the date had "passed" when it was first seen. */
static void
test_a_milestone_that_was_first_seen_ahead (void)
{
  g_autoptr (World) world = world_new (CONFIG, "2036-01-01T00:00:00Z");

  truce_engine_wake (world->engine);
  wake_at (world, "2026-02-25T00:00:00Z");
  assert_raised (world, "lead A in 4 days\n"); /* as of any date that is added late */
  world_run_until (world, "2026-03-02T00:00:00Z");
  assert_raised (world, "lead A in 1 hour\ndue A: due now\n");
}

static void
test_a_repetition_stays_acknowledged (void)
{
  g_autoptr (World) world = world_that_ran ("[truced]\nalert-to = stdout\ntimezone = UTC\n[milestone a]\ntitle = A\n"
                                            "due = 2026-02-01 12:00 UTC\nlead = 0\nnag = 1d\n",
                                            "2026-01-20T00:00:00Z", "2026-02-01T13:00:00Z");
  g_autoptr (GError) error = NULL;
  TruceAlertFilter all = { .since = TRUCE_TIME_MIN, .limit = 1 };
  g_autoptr (GPtrArray) alerts = world->store_port.alerts (world->store_port.self, &all);
  const TruceStoredAlert *due = g_ptr_array_index (alerts, 0);

  g_assert_true (truce_engine_acknowledge (world->engine, due->alert->id, &me, &error));
  wake_at (world, "2036-02-21T00:00:00Z");
  wake_at (world, "2026-02-01T13:30:00Z");
  world_run_until (world, "2026-02-20T00:00:00Z");
  assert_raised (world, "");
}

/* --- asleep --- */

static void
test_asleep_across_leads (void)
{
  g_autoptr (World) world = world_that_ran (CONFIG, "2026-01-20T00:00:00Z", "2026-02-20T00:00:00Z");

  wake_at (world, "2026-03-01T11:30:00Z"); /* 7d is beyond the grace by half an hour */
  assert_raised (world, "lead A in 30 minutes (late)\n");
  wake_at (world, "2026-03-01T11:29:59Z"); /* and the time service corrects it by a second */
  assert_raised (world, "");
  wake_at (world, "2026-05-01T00:00:00Z");
  assert_raised (world, ""); /* two months late: recorded */
  wake_at (world, "2026-05-01T02:00:00Z");
  world_restart (world);
  wake_at (world, "2026-05-02T00:00:00Z");
  assert_raised (world, "");
}

/* --- any clock at all --- */

#define HISTORIES 300
#define TRAVEL (10 * TRUCE_HOUR) /* how far a clock is set wrongly by hand */

typedef struct {
  World *world;
  TruceTime real;
  guint n_told[4]; /* by a clock that was right, or wrong by no more than TRAVEL */
  TruceTime told[4];
} History;

static const char *const lead_keys[] = { "30d", "7d", "1h", "0" };

static TruceTime
random_length (TruceTime most)
{
  return (TruceTime) (g_test_rand_double () * (double) most);
}

static void
take_told (History *history, gboolean right)
{
  for (guint i = 0; i < history->world->raised->len; i++) {
    const TruceAlert *alert = g_ptr_array_index (history->world->raised, i);
    for (guint j = 0; right && j < G_N_ELEMENTS (lead_keys); j++)
      if (g_strcmp0 (alert->lead, lead_keys[j]) == 0) {
        history->n_told[j]++;
        history->told[j] = history->real;
      }
  }
  g_ptr_array_set_size (history->world->raised, 0);
}

/* The clock is off by `offset` for `length`, with some wakes and a restart within it. */
static void
be_off (History *history, TruceTime offset, TruceTime length, gboolean right)
{
  char until[TRUCE_TIME_TEXT_SIZE];

  history->world->now = history->real + offset;
  if (g_test_rand_bit ())
    world_restart (history->world);
  truce_engine_wake (history->world->engine);
  history->real += length;
  world_run_until (history->world, truce_time_to_text (history->world->now + length, until));
  if (g_test_rand_bit ())
    world_restart (history->world);
  truce_engine_wake (history->world->engine);
  take_told (history, right);
}

static void
random_event (History *history)
{
  switch (g_test_rand_int_range (0, 7)) {
  case 0: /* ahead by years, until a time service corrects it */
    be_off (history, 32 * TRUCE_DAY + random_length (7000 * TRUCE_DAY), random_length (50 * TRUCE_MINUTE), FALSE);
    break;
  case 1: /* 1970 */
    be_off (history, -history->real, random_length (20 * TRUCE_HOUR), FALSE);
    break;
  case 2: /* behind by days or months */
    be_off (history, -2 * TRUCE_DAY - random_length (300 * TRUCE_DAY), random_length (20 * TRUCE_HOUR), FALSE);
    break;
  case 3: /* a little off */
    be_off (history, random_length (2 * TRAVEL) - TRAVEL, random_length (TRUCE_DAY), TRUE);
    break;
  case 4: /* asleep */
    history->real += random_length (6 * TRUCE_DAY);
    break;
  default:
    be_off (history, 0, random_length (3 * TRUCE_DAY), TRUE);
    break;
  }
  history->world->now = history->real; /* and right again */
  truce_engine_wake (history->world->engine);
  take_told (history, TRUE);
}

static void
test_any_clock_tells_each_lead_once (void)
{
  const TruceTime at[] = { world_time ("2026-01-30T09:00:00Z"), world_time ("2026-02-22T09:00:00Z"),
                           world_time ("2026-03-01T11:00:00Z"), world_time ("2026-03-01T12:00:00Z") };

  for (guint i = 0; i < HISTORIES; i++) {
    g_autoptr (World) world = world_that_ran (CONFIG, "2026-01-10T00:00:00Z", "2026-01-11T00:00:00Z");
    History history = { .world = world, .real = world->now };
    TruceTime end = world_time ("2026-03-09T00:00:00Z");
    while (history.real < end)
      random_event (&history);
    for (guint j = 0; j < G_N_ELEMENTS (at); j++) {
      TruceTime told = 0;
      g_assert_cmpuint (history.n_told[j], <=, 1);
      for (guint k = j; k < G_N_ELEMENTS (at); k++) /* itself, or with a later one that was told late */
        told = MAX (told, history.told[k]);
      g_assert_cmpint (told, >=, at[j] - TRAVEL);
    }
  }
}

/* A run of truced --once at each of `n` half hours. */
static void
run_briefly (World *world, guint n)
{
  for (guint i = 0; i < n; i++) {
    char text[TRUCE_TIME_TEXT_SIZE];
    world_restart (world);
    truce_engine_wake (world->engine);
    world_set_time (world, truce_time_to_text (world->now + 30 * TRUCE_MINUTE, text));
  }
}

/* No run lasts, but the clock has gone on from one to the next: it is believed as if one had. */
static void
test_short_runs_prove_a_clock (void)
{
  g_autoptr (World) world = world_new (CONFIG, "2026-01-20T00:00:00Z");
  const TruceStorePort *store = &world->store_port;

  run_briefly (world, 2);
  g_assert_cmpint (store->window (store->self), ==, TRUCE_TIME_NONE);
  run_briefly (world, 2);
  g_assert_cmpint (store->window (store->self), ==, world_time ("2026-01-20T01:00:00Z"));
  g_assert_cmpint (store->reached (store->self), ==, world_time ("2026-01-20T01:00:00Z"));
  world_set_time (world, "2030-01-01T00:00:00Z"); /* for a run; and much later once more */
  run_briefly (world, 1);
  world_set_time (world, "2026-01-20T02:00:00Z");
  run_briefly (world, 1);
  world_set_time (world, "2030-01-02T00:00:00Z");
  run_briefly (world, 2);
  g_assert_cmpint (store->reached (store->self), <, world_time ("2026-02-01T00:00:00Z"));
  run_briefly (world, 2);
  g_assert_cmpint (store->reached (store->self), ==, world_time ("2030-01-02T01:00:00Z"));
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run) (void);
  } tests[] = {
    { "/clock/1970", test_a_clock_that_starts_in_1970 },
    { "/clock/set-in-time", test_a_clock_that_is_set_in_time_is_not_told_of },
    { "/clock/not-judged", test_what_is_not_judged_meanwhile },
    { "/clock/given-date", test_a_date_that_was_given_outlives_a_wrong_clock },
    { "/clock/set-back", test_a_clock_that_was_set_back_is_followed },
    { "/clock/small-step", test_a_small_step_back_holds_nothing },
    { "/clock/ahead/passed-over", test_what_a_clock_far_ahead_passed_over },
    { "/clock/ahead/for-days", test_a_clock_that_was_ahead_for_days },
    { "/clock/ahead/off", test_what_was_due_while_it_was_off },
    { "/clock/ahead/too-early", test_what_was_told_too_early_is_told_again },
    { "/clock/ahead/a-little", test_what_was_told_a_little_early_is_not_told_again },
    { "/clock/ahead/first-seen", test_a_milestone_that_was_first_seen_ahead },
    { "/clock/ahead/acknowledged", test_a_repetition_stays_acknowledged },
    { "/clock/ahead/short-runs", test_short_runs_prove_a_clock },
    { "/clock/asleep", test_asleep_across_leads },
    { "/clock/any", test_any_clock_tells_each_lead_once },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_func (tests[i].name, tests[i].run);
  return g_test_run ();
}
