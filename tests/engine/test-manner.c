/* SPDX-License-Identifier: MIT */
/* How people are told: again until they answer, and not what is no longer so. */
#include <string.h>

#include "engine/amend.h"
#include "engine/view.h"
#include "world.h"

static const TruceOrigin me = { "me", "trucectl" };

#define FILING                            \
  "[truced]\nalert-to = stdout desktop\n" \
  "[milestone filing]\ntitle = The filing\ndue = 2025-08-12 12:00 UTC\nlead = 7d 0\n"
#define NAG "nag = 1d\n"

static void
assert_raised (World *world, const char *expected)
{
  g_autofree char *raised = world_take_raised (world);

  g_assert_cmpstr (raised, ==, expected);
}

static char *
last_id (World *world)
{
  const TruceAlert *alert = g_ptr_array_index (world->raised, world->raised->len - 1);

  return g_strdup (alert->id);
}

static guint
count_told (World *world, const char *id)
{
  g_autofree char *entry = g_strconcat ("stdout ", id, NULL);
  guint count = 0;

  for (guint i = 0; i < world->delivered->len; i++)
    count += strcmp (g_ptr_array_index (world->delivered, i), entry) == 0 ? 1 : 0;
  return count;
}

/* --- nag --- */

static void
test_it_is_told_again_until_acknowledged (void)
{
  g_autoptr (World) world = world_new (FILING NAG, "2025-08-10T00:00:00Z");
  g_autoptr (GError) error = NULL;

  world_run_until (world, "2025-08-14T10:00:00Z");
  g_autofree char *id = last_id (world);
  assert_raised (world, "lead The filing in 2 days\n"
                        "due The filing: due now\n"
                        "passed The filing: overdue for 21 hours\n"
                        "passed The filing: overdue for 2 days\n");
  world_restart (world);
  world_run_until (world, "2025-08-15T10:00:00Z");
  assert_raised (world, "passed The filing: overdue for 3 days\n");
  /* Any of them will do. */
  g_assert_true (truce_engine_acknowledge (world->engine, id, &me, &error));
  world_run_until (world, "2025-09-15T10:00:00Z");
  world_restart (world);
  world_run_until (world, "2025-09-18T10:00:00Z");
  assert_raised (world, "");
  g_assert_cmpint (world->armed, ==, TRUCE_TIME_NONE); /* and it wakes nobody any more */
}

static GPtrArray *(*real_alerts) (gpointer self, const TruceAlertFilter *filter);
static guint n_looks;

static GPtrArray *
count_look (gpointer self, const TruceAlertFilter *filter)
{
  n_looks++;
  return real_alerts (self, filter);
}

/* A repetition does not go through all that came before it. */
static void
test_many_repetitions_look_back_seldom (void)
{
  g_autoptr (World) world = world_new (FILING "nag = 2m\n", "2025-08-10T00:00:00Z");
  g_autoptr (GError) error = NULL;

  real_alerts = world->store_port.alerts;
  world->store_port.alerts = count_look;
  n_looks = 0;
  world_run_until (world, "2025-08-14T12:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_PASSED), ==, 2 * 24 * 30);
  g_assert_cmpuint (n_looks, <=, 4 * 3); /* some a day */
  /* And an answer counts at once. */
  g_autofree char *id = last_id (world);
  g_assert_true (truce_engine_snooze (world->engine, id, TRUCE_HOUR, &me, &error));
  world_run_until (world, "2025-08-14T12:59:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_PASSED), ==, 2 * 24 * 30);
  world_run_until (world, "2025-08-14T13:03:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_PASSED), ==, 2 * 24 * 30 + 2);
  g_assert_true (truce_engine_acknowledge (world->engine, id, &me, &error));
  world_run_until (world, "2025-08-15T12:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_PASSED), ==, 2 * 24 * 30 + 2);
}

static void
assert_status_line (World *world, const char *expected)
{
  g_autofree char *line = truce_view_status_line (world->engine);

  g_assert_cmpstr (line, ==, expected);
}

/* Until somebody answers; what had passed when it was first seen, and what comes round by itself, waits for none. */
static void
test_overdue (void)
{
  static const char config[] =
      FILING NAG "[milestone old]\ntitle = Old\ndue = 2024-01-01\n"
                 "[milestone talk]\ntitle = Talk\ndue = 2025-08-11 12:00\nrepeat = FREQ=DAILY;COUNT=2\n"
                 "[milestone plain]\ntitle = Plain\ndue = 2025-08-12 12:00\nlead = 0\n";
  g_autoptr (World) world = world_new (config, "2025-08-10T00:00:00Z");

  world_run_until (world, "2025-08-10T00:00:01Z");
  assert_status_line (world, "4 milestones, next in 35 h; 0 feeds");
  world_run_until (world, "2025-08-14T10:00:00Z");
  assert_status_line (world, "2 overdue, 4 milestones, none ahead; 0 feeds");
  g_autoptr (json_t) record = truce_view_milestone (world->engine, "plain", NULL);
  g_assert_true (truce_json_get_boolean (record, "overdue"));
  g_autoptr (json_t) old = truce_view_milestone (world->engine, "old", NULL);
  g_assert_false (truce_json_get_boolean (old, "overdue"));
  g_autofree char *id = last_id (world);
  g_assert_true (truce_engine_acknowledge (world->engine, id, &me, NULL));
  world_restart (world);
  assert_status_line (world, "1 overdue, 4 milestones, none ahead; 0 feeds");
  g_assert_true (truce_engine_end (world->engine, "plain", TRUCE_AMENDMENT_MET, "done", &me, NULL));
  assert_status_line (world, "4 milestones, none ahead; 0 feeds");
}

/* The answer holds for longer than alerts are kept. */
static void
test_it_stays_acknowledged (void)
{
  g_autoptr (World) world = world_new (FILING NAG, "2025-08-10T00:00:00Z");
  g_autoptr (GError) error = NULL;
  const TruceAlertFilter all = { .since = TRUCE_TIME_MIN };

  world_run_until (world, "2025-08-14T10:00:00Z");
  g_autofree char *id = last_id (world);
  g_assert_true (truce_engine_acknowledge (world->engine, id, &me, &error));
  g_free (world_take_raised (world));
  for (guint i = 0; i < 2; i++) {
    world_set_time (world, i == 0 ? "2027-10-14T10:00:00Z" : "2027-10-16T10:00:00Z");
    truce_engine_wake (world->engine);
    world_restart (world);
    world_run_until (world, i == 0 ? "2027-10-15T10:00:00Z" : "2027-10-20T10:00:00Z");
    assert_raised (world, "");
  }
  g_autoptr (GPtrArray) kept = world->store_port.alerts (world->store_port.self, &all);
  g_assert_cmpuint (kept->len, ==, 1);
}

static void
test_acknowledging_a_lead_ends_nothing (void)
{
  g_autoptr (World) world = world_new (FILING NAG, "2025-08-10T00:00:00Z");
  g_autoptr (GError) error = NULL;

  world_run_until (world, "2025-08-11T00:00:00Z");
  g_autofree char *id = last_id (world);
  g_assert_true (truce_engine_acknowledge (world->engine, id, &me, &error));
  g_free (world_take_raised (world));
  world_run_until (world, "2025-08-13T10:00:00Z");
  assert_raised (world, "due The filing: due now\npassed The filing: overdue for 21 hours\n");
}

static void
test_met_and_moved_end_it (void)
{
  g_autoptr (World) world = world_new (FILING NAG, "2025-08-10T00:00:00Z");

  world_run_until (world, "2025-08-13T10:00:00Z");
  g_free (world_take_raised (world));
  world_reload (world, FILING NAG "revised = 2025-08-13: 2025-10-01 12:00 UTC\n");
  assert_raised (world, "changed The filing: moved to Wed 1 Oct 2025 12:00 UTC\n");
  world_run_until (world, "2025-09-01T00:00:00Z");
  assert_raised (world, "");
  world_run_until (world, "2025-10-02T10:00:00Z");
  assert_raised (world, "lead The filing in 7 days\n"
                        "due The filing: due now\n"
                        "passed The filing: overdue for 21 hours\n");
  world_reload (world, FILING NAG "revised = 2025-08-13: 2025-10-01 12:00 UTC\nmet = 2025-10-02\n");
  world_run_until (world, "2025-10-10T10:00:00Z");
  assert_raised (world, "");
}

/* Slept through, they are one; and a clock that is set back repeats none of them. */
static void
test_repetitions_fold (void)
{
  g_autoptr (World) world = world_new (FILING NAG, "2025-08-10T00:00:00Z");

  world_run_until (world, "2025-08-12T00:00:00Z");
  g_free (world_take_raised (world));
  world_set_time (world, "2025-08-16T10:00:00Z");
  truce_engine_wake (world->engine);
  assert_raised (world, "passed The filing: overdue for 4 days (late)\n");
  world_set_time (world, "2025-08-15T20:00:00Z");
  world_run_until (world, "2025-08-17T08:59:59Z");
  assert_raised (world, "");
  world_run_until (world, "2025-08-17T09:00:00Z");
  assert_raised (world, "passed The filing: overdue for 5 days\n");
}

static void
test_a_snoozed_one_holds_the_others (void)
{
  g_autoptr (World) world = world_new (FILING NAG, "2025-08-10T00:00:00Z");
  g_autoptr (GError) error = NULL;

  world_run_until (world, "2025-08-13T10:00:00Z");
  g_autofree char *id = last_id (world);
  g_free (world_take_raised (world));
  g_assert_true (truce_engine_snooze (world->engine, id, 3 * TRUCE_DAY, &me, &error));
  world_run_until (world, "2025-08-16T10:00:00Z");
  assert_raised (world, "");
  g_assert_cmpuint (count_told (world, id), ==, 2);
  world_run_until (world, "2025-08-17T10:00:00Z");
  assert_raised (world, "passed The filing: overdue for 5 days\n");
}

static void
test_what_had_passed_before_is_not_nagged_about (void)
{
  g_autoptr (World) world = world_new (FILING NAG, "2025-09-10T00:00:00Z");

  world_run_until (world, "2025-09-20T00:00:00Z");
  assert_raised (world, "");
  g_assert_cmpint (world->armed, ==, TRUCE_TIME_NONE);
}

static void
test_the_default_of_all_and_the_exception (void)
{
  g_autoptr (World) world =
      world_new ("[truced]\nalert-to = stdout\nlead = 0\nnag = 12h\n"
                 "[milestone a]\ntitle = A\ndue = 2025-08-12\n[milestone b]\ntitle = B\ndue = 2025-08-12\nnag = no\n",
                 "2025-08-10T00:00:00Z");

  world_run_until (world, "2025-08-13T12:00:00Z");
  assert_raised (world, "due A: today\ndue B: today\n"
                        "passed A: the date has passed\npassed B: the date has passed\n"
                        "passed A: overdue for 12 hours\n");
}

static void
test_the_words_of_a_repetition (void)
{
  g_autoptr (World) world = world_new (FILING NAG, "2025-08-10T00:00:00Z");
  g_autoptr (GError) error = NULL;

  world_run_until (world, "2025-08-14T10:00:00Z");
  const TruceAlert *alert = g_ptr_array_index (world->raised, world->raised->len - 1);
  g_assert_cmpuint (alert->nag, ==, 2);
  g_assert_cmpint (alert->urgency, ==, TRUCE_URGENCY_NORMAL);
  g_assert_nonnull (strstr (alert->body, "Reminder 2."));
  g_autoptr (json_t) why = truce_view_why (world->engine, alert->id, &error);
  g_assert_cmpstr (truce_json_get_text (why, "rule"), ==, "[milestone filing] nag: repetition 2");
  g_assert_cmpint (truce_json_get_integer (json_object_get (why, "alert"), "nag", 0), ==, 2);
}

/* --- urgency --- */

static void
test_a_milestone_has_its_own_urgency (void)
{
  g_autoptr (World) world = world_new (FILING NAG "urgency = low\n", "2025-08-01T00:00:00Z");

  world_run_until (world, "2025-08-14T10:00:00Z");
  g_assert_cmpuint (world->raised->len, ==, 4);
  for (guint i = 0; i < world->raised->len; i++)
    g_assert_cmpint (((TruceAlert *) g_ptr_array_index (world->raised, i))->urgency, ==, TRUCE_URGENCY_LOW);
}

/* --- what returns --- */

typedef struct {
  const char *config;   /* taken on after the snooze; NULL: as it was */
  TruceTime length;     /* of the snooze */
  const char *expected; /* what the desktop shows then; NULL nothing */
} Return;

static void
test_a_snoozed_alert_returns_as_things_are (void)
{
  static const Return table[] = {
    { NULL, TRUCE_HOUR / 2, "The filing in 7 days" },
    { NULL, 2 * TRUCE_DAY, "The filing in 5 days" },
    { NULL, 7 * TRUCE_DAY + 5 * TRUCE_HOUR, "The filing: was due 2 hours ago" },
    { NULL, 10 * TRUCE_DAY, "The filing: was due 3 days ago" },
    { FILING "met = 2025-08-06: done\n", 2 * TRUCE_DAY, NULL },
    { FILING "cancelled = 2025-08-06: off\n", 2 * TRUCE_DAY, NULL },
    { FILING "revised = 2025-08-05 10:00 UTC: 2025-10-01: later\n", 2 * TRUCE_DAY, NULL },
    { "[truced]\nalert-to = stdout desktop\n", 2 * TRUCE_DAY, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (World) world = world_new (FILING, "2025-08-01T00:00:00Z");
    g_autoptr (GError) error = NULL;
    char until[TRUCE_TIME_TEXT_SIZE];
    const TruceStoredAlert *found = NULL;

    world_run_until (world, "2025-08-05T09:00:01Z");
    g_autofree char *id = last_id (world);
    g_assert_true (truce_engine_snooze (world->engine, id, table[i].length, &me, &error));
    if (table[i].config)
      world_reload (world, table[i].config);
    world_run_until (world, truce_time_to_text (world->now + table[i].length, until));
    g_autoptr (GPtrArray) pending = truce_engine_pending (world->engine, USER);
    for (guint j = 0; j < pending->len; j++)
      if (strcmp (((TruceStoredAlert *) g_ptr_array_index (pending, j))->alert->id, id) == 0)
        found = g_ptr_array_index (pending, j);
    g_assert_cmpstr (found ? found->alert->title : NULL, ==, table[i].expected);
    g_assert_cmpuint (count_told (world, id), ==, table[i].expected ? 2 : 1);
    g_autoptr (json_t) why = truce_view_why (world->engine, id, &error);
    g_assert_null (truce_json_get_text (json_object_get (why, "alert"), table[i].expected ? "none" : "snoozed"));
  }
}

/* At least once: a sink that was dead gets what it missed, though the date has moved since. */
static void
test_what_a_dead_sink_missed_it_is_told (void)
{
  g_autoptr (World) world = world_new (FILING, "2025-08-01T00:00:00Z");

  g_hash_table_add (world->dead_sinks, (char *) "stdout");
  world_run_until (world, "2025-08-05T09:00:01Z");
  g_autofree char *id = last_id (world);
  world_reload (world, FILING "revised = 2025-08-05 10:00 UTC: 2025-10-01: later\n");
  world_run_until (world, "2025-08-06T00:00:00Z");
  g_hash_table_remove_all (world->dead_sinks);
  world_run_until (world, "2025-08-06T02:00:00Z");
  g_assert_cmpuint (count_told (world, id), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nag/until-acknowledged", test_it_is_told_again_until_acknowledged);
  g_test_add_func ("/nag/many", test_many_repetitions_look_back_seldom);
  g_test_add_func ("/nag/overdue", test_overdue);
  g_test_add_func ("/nag/stays-acknowledged", test_it_stays_acknowledged);
  g_test_add_func ("/nag/lead-acknowledged", test_acknowledging_a_lead_ends_nothing);
  g_test_add_func ("/nag/met-and-moved", test_met_and_moved_end_it);
  g_test_add_func ("/nag/fold", test_repetitions_fold);
  g_test_add_func ("/nag/snoozed", test_a_snoozed_one_holds_the_others);
  g_test_add_func ("/nag/passed-before", test_what_had_passed_before_is_not_nagged_about);
  g_test_add_func ("/nag/default", test_the_default_of_all_and_the_exception);
  g_test_add_func ("/nag/words", test_the_words_of_a_repetition);
  g_test_add_func ("/urgency/own", test_a_milestone_has_its_own_urgency);
  g_test_add_func ("/returning/as-things-are", test_a_snoozed_alert_returns_as_things_are);
  g_test_add_func ("/returning/dead-sink", test_what_a_dead_sink_missed_it_is_told);
  return g_test_run ();
}
