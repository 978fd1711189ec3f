/* SPDX-License-Identifier: MIT */
/* What people say of milestones: it holds at once, is told, survives, moves what hangs on it, and can be taken back. */
#include <string.h>

#include "engine/amend.h"
#include "engine/view.h"
#include "world.h"

static const TruceOrigin ada = { "ada", "trucectl" };
static const TruceOrigin ben = { "ben", "trucectl" };

#define CHAIN                                                          \
  "[truced]\nalert-to = stdout\ntimezone = UTC\nlead = 7d 0\n"         \
  "[milestone truce]\ntitle = Truce\ndue = 2025-08-12 12:00\n"         \
  "[milestone report]\ntitle = Report\ndue = milestone:truce + 30d\n"  \
  "[milestone answer]\ntitle = Answer\ndue = milestone:report + 1mo\n" \
  "[milestone other]\ntitle = Other\ndue = 2025-12-01 12:00\n"

static void
assert_raised (World *world, const char *expected)
{
  g_autofree char *raised = world_take_raised (world);

  g_assert_cmpstr (raised, ==, expected);
}

static json_t *
milestone (World *world, const char *id)
{
  json_t *record = truce_view_milestone (world->engine, id, NULL);

  g_assert_nonnull (record);
  return record;
}

static void
assert_text (World *world, const char *id, const char *key, const char *expected)
{
  g_autoptr (json_t) record = milestone (world, id);

  g_assert_cmpstr (truce_json_get_text (record, key), ==, expected);
}

static void
set_due (World *world, const char *id, const char *statement, const char *why)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) changes = truce_engine_set_due (world->engine, id, statement, why, &ada, &error);

  g_assert_no_error (error);
  g_assert_nonnull (changes);
}

static void
undo (World *world, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) record = truce_engine_undo (world->engine, id, &ben, &error);

  g_assert_no_error (error);
  g_assert_nonnull (record);
}

/* Told at once, with who and why; the old date's leads are silent, the new one's are its own; and a restart forgets
 * nothing of it. */
static void
test_a_new_date (void)
{
  g_autoptr (World) world = world_new (CHAIN, "2025-08-01T00:00:00Z");

  world_run_until (world, "2025-08-06T00:00:00Z");
  assert_raised (world, "lead Truce in 7 days\n");
  set_due (world, "truce", "2025-11-10 12:00", "executive order");
  g_assert_cmpuint (world->raised->len, ==, 3);
  const TruceAlert *first = g_ptr_array_index (world->raised, 0);
  g_assert_cmpstr (first->by, ==, "ada");
  g_assert_cmpstr (first->why, ==, "executive order");
  g_assert_nonnull (strstr (first->body, "executive order (ada)"));
  const TruceAlert *last = g_ptr_array_index (world->raised, 2);
  g_assert_cmpstr (last->why, ==, "follows report: follows truce: executive order");
  g_assert_cmpstr (last->by, ==, "ada");
  assert_raised (world, "changed Truce: moved to Mon 10 Nov 2025 12:00 UTC\n"
                        "changed Report: moved to Wed 10 Dec 2025 12:00 UTC\n"
                        "changed Answer: moved to Sat 10 Jan 2026 12:00 UTC\n");
  world_restart (world);
  world_run_until (world, "2025-10-01T00:00:00Z");
  assert_raised (world, "");
  world_run_until (world, "2025-11-05T00:00:00Z");
  assert_raised (world, "lead Truce in 7 days\n");
  assert_text (world, "truce", "history", "extended once, +90 days");
  assert_text (world, "truce", "by", "ada");
}

static void
test_preview_changes_nothing (void)
{
  g_autoptr (World) world = world_new (CHAIN, "2025-08-01T00:00:00Z");

  world_run_until (world, "2025-08-02T00:00:00Z");
  g_autoptr (json_t) changes = truce_engine_preview_due (world->engine, "report", "2025-09-20", NULL);
  g_assert_cmpuint (json_array_size (changes), ==, 2);
  const json_t *own = json_array_get (changes, 0), *moved = json_array_get (changes, 1);
  g_assert_cmpstr (truce_json_get_text (own, "milestone"), ==, "report");
  g_assert_cmpint (truce_json_get_integer (own, "delta_days", 0), ==, 9);
  g_assert_cmpstr (truce_json_get_text (moved, "milestone"), ==, "answer");
  g_assert_cmpstr (truce_json_get_text (moved, "words"), ==, "Mon 20 Oct 2025");
  truce_engine_wake (world->engine);
  assert_raised (world, "");
  assert_text (world, "report", "words", "Thu 11 Sep 2025 12:00 UTC");
}

static void
test_taking_it_back (void)
{
  g_autoptr (World) world = world_new (CHAIN, "2025-08-01T00:00:00Z");

  world_run_until (world, "2025-08-02T00:00:00Z");
  set_due (world, "truce", "2025-11-10 12:00", "a slip");
  g_free (world_take_raised (world));
  undo (world, "truce");
  assert_raised (world, "changed Truce: taken back, again due Tue 12 Aug 2025 12:00 UTC\n"
                        "changed Report: taken back, again due Thu 11 Sep 2025 12:00 UTC\n"
                        "changed Answer: taken back, again due Sat 11 Oct 2025 12:00 UTC\n");
  world_restart (world);
  world_run_until (world, "2025-08-06T00:00:00Z");
  assert_raised (world, "lead Truce in 7 days\n"); /* of the date that is back */
  /* It is no part of how the date has moved, but is not hidden either. */
  g_autoptr (json_t) record = milestone (world, "truce");
  const json_t *revisions = json_object_get (record, "revisions");
  g_assert_null (truce_json_get_text (record, "history"));
  g_assert_cmpuint (json_array_size (revisions), ==, 2);
  g_assert_true (truce_json_get_boolean (json_array_get (revisions, 1), "undone"));
  g_assert_cmpstr (truce_json_get_text (json_array_get (json_object_get (record, "amendments"), 0), "undone_by"), ==,
                   "ben");
  g_assert_null (truce_engine_undo (world->engine, NULL, &ben, NULL));
}

static void
test_met_and_cancelled (void)
{
  g_autoptr (World) world = world_new (CHAIN, "2025-08-01T00:00:00Z");
  g_autoptr (GError) error = NULL;

  world_run_until (world, "2025-08-02T00:00:00Z");
  g_assert_true (truce_engine_end (world->engine, "truce", TRUCE_AMENDMENT_MET, "signed", &ada, NULL));
  assert_text (world, "truce", "state", "met");
  assert_text (world, "truce", "why", "signed");
  assert_text (world, "truce", "by", "ada");
  g_assert_false (truce_engine_end (world->engine, "truce", TRUCE_AMENDMENT_CANCELLED, NULL, &ada, &error));
  g_assert_nonnull (strstr (error->message, "was met, says ada"));
  g_assert_null (truce_engine_set_due (world->engine, "truce", "2026-01-01", "x", &ada, NULL));
  world_restart (world);
  world_run_until (world, "2025-08-20T00:00:00Z");
  assert_raised (world, "");
  world_set_time (world, "2025-08-20T00:00:00Z");
  g_assert_true (truce_engine_end (world->engine, "other", TRUCE_AMENDMENT_CANCELLED, NULL, &ada, NULL));
  assert_text (world, "other", "state", "cancelled");
  undo (world, "other");
  assert_text (world, "other", "state", "ahead");
  world_run_until (world, "2025-12-02T00:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_DUE), ==, 3); /* report, answer and other */
}

/* Met by mistake over a lead: taken back, the lead is told late and not lost. */
static void
test_met_by_mistake (void)
{
  g_autoptr (World) world = world_new (CHAIN, "2025-08-01T00:00:00Z");

  world_run_until (world, "2025-08-04T00:00:00Z");
  g_assert_true (truce_engine_end (world->engine, "truce", TRUCE_AMENDMENT_MET, NULL, &ada, NULL));
  world_set_time (world, "2025-08-06T00:00:00Z");
  truce_engine_wake (world->engine);
  assert_raised (world, "");
  undo (world, "truce");
  assert_raised (world, "lead Truce in 6 days (late)\n");
}

static void
test_silence (void)
{
  g_autoptr (World) world = world_new (CHAIN, "2025-08-01T00:00:00Z");

  world_run_until (world, "2025-08-02T00:00:00Z");
  g_assert_false (truce_engine_silence (world->engine, "truce", world->now, &ada, NULL));
  g_assert_true (truce_engine_silence (world->engine, "truce", world_time ("2025-08-10T00:00:00Z"), &ada, NULL));
  world_restart (world);
  world_run_until (world, "2025-08-06T00:00:00Z");
  assert_raised (world, "lead Truce in 7 days\n"); /* recorded, */
  g_assert_cmpuint (world->delivered->len, ==, 0); /* and nobody is told */
  g_autoptr (json_t) record = milestone (world, "truce");
  g_assert_cmpstr (truce_json_get_text (record, "silenced_by"), ==, "ada");
  set_due (world, "truce", "2025-08-13 12:00", "a day more");
  g_assert_cmpuint (world->delivered->len, ==, 3); /* a change is told, and so are those that follow */
  world_run_until (world, "2025-08-14T00:00:00Z");
  g_assert_cmpuint (world->delivered->len, ==, 4); /* due */
  assert_text (world, "truce", "silenced_by", NULL);
}

static void
test_what_is_refused (void)
{
  static const struct {
    const char *id, *statement, *why, *part;
  } cases[] = {
    { "truse", "2025-11-10", "x", "no milestone" },
    { "truce", "2025-11-10", NULL, "reason" },
    { "truce", "2025-11-10", " \n ", "reason" },
    { "truce", "soonish", "x", "soonish" },
    { "truce", "", "x", "empty" },
    { "truce", "2025-08-12 12:00", "x", "already" },
    { "truce", "milestone:nobody + 1d", "x", "nobody" },
    { "truce", "milestone:answer + 1d", "x", "itself" },
    { "truce", "milestone:truce + 1d", "x", "itself" },
  };
  g_autoptr (World) world = world_new (CHAIN, "2025-08-01T00:00:00Z");

  truce_engine_wake (world->engine);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (truce_engine_set_due (world->engine, cases[i].id, cases[i].statement, cases[i].why, &ada, &error));
    g_assert_nonnull (error);
    g_assert_nonnull (strstr (error->message, cases[i].part));
  }
  world->store_is_full = TRUE;
  g_assert_null (truce_engine_set_due (world->engine, "truce", "2025-11-10", "x", &ada, NULL));
  g_assert_false (truce_engine_end (world->engine, "truce", TRUCE_AMENDMENT_MET, NULL, &ada, NULL));
  assert_raised (world, "");
}

#define ONE(lines) "[truced]\nalert-to = stdout\ntimezone = UTC\nlead = 7d\n[milestone a]\ntitle = A\n" lines

/* Who edits the file afterwards has the last word: the line itself, or a further one. */
static void
test_the_file_has_the_last_word (void)
{
  g_autoptr (World) world = world_new (ONE ("due = 2025-08-12 12:00\n"), "2025-08-01T00:00:00Z");

  world_run_until (world, "2025-08-01T12:00:00Z");
  set_due (world, "a", "2025-11-10 12:00", "x");
  world_reload (world, ONE ("due = 2025-08-12 12:00\nurl = https://example.org/\n"));
  assert_text (world, "a", "words", "Mon 10 Nov 2025 12:00 UTC"); /* another key is not about the date */
  world_reload (world, ONE ("due = 2025-08-12 12:00\nrevised = 2025-08-03: 2025-12-24 12:00: a treaty\n"));
  assert_text (world, "a", "words", "Mon 10 Nov 2025 12:00 UTC");
  world_run_until (world, "2025-08-04T00:00:00Z");
  assert_text (world, "a", "words", "Wed 24 Dec 2025 12:00 UTC");
  assert_text (world, "a", "history", "extended twice, +134 days");
  world_reload (world, ONE ("due = 2025-09-01 12:00\n"));
  assert_text (world, "a", "words", "Mon 1 Sep 2025 12:00 UTC");
}

/* Dates that were edited in place are remembered although the file no longer says so. */
static void
test_history_of_edits_in_place (void)
{
  g_autoptr (World) world = world_new (ONE ("due = 2025-08-12\n"), "2025-08-01T00:00:00Z");

  world_run_until (world, "2025-08-02T00:00:00Z");
  world_reload (world, ONE ("due = 2025-08-20\n"));
  world_run_until (world, "2025-08-03T00:00:00Z");
  set_due (world, "a", "2025-09-01", "x");
  world_restart (world);
  assert_text (world, "a", "history", "extended twice, +20 days");
  g_autoptr (json_t) record = milestone (world, "a");
  const json_t *revisions = json_object_get (record, "revisions");
  static const char *const words[] = { "Tue 12 Aug 2025", "Wed 20 Aug 2025", "Mon 1 Sep 2025" };
  g_assert_cmpuint (json_array_size (revisions), ==, G_N_ELEMENTS (words));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_cmpstr (truce_json_get_text (json_array_get (revisions, i), "words"), ==, words[i]);
  g_assert_cmpstr (truce_json_get_text (json_array_get (revisions, 1), "since"), ==, "2025-08-02T00:00:00Z");
  g_assert_cmpstr (truce_json_get_text (json_array_get (revisions, 2), "by"), ==, "ada");
}

/* What speaks of a date that has moved is not shown to who comes late, and is marked for those who ask. */
/* A line in the file that is dated today, at its midnight, and comes after a date of today: the one in force is the
 * last of the history, or whoever reads it is told another. */
static void
test_a_line_of_today_after_a_date_of_today (void)
{
  static const char *const before =
      "[truced]\nalert-to = stdout\ntimezone = UTC\n"
      "[milestone y]\ntitle = Y\ndue = 2025-10-20\nrevised = 2025-07-01: 2025-11-20: why\n";
  g_autofree char *after = g_strconcat (before, "revised = 2025-08-01: 2026-02-05: file\n", NULL);
  g_autoptr (World) world = world_new (before, "2025-08-01T08:00:00Z");

  truce_engine_wake (world->engine);
  world->now += TRUCE_HOUR;
  set_due (world, "y", "2026-01-01", "live ; see order 5");
  world->now += TRUCE_HOUR;
  world_reload (world, after);
  g_autoptr (json_t) record = milestone (world, "y");
  const json_t *revisions = json_object_get (record, "revisions");
  const json_t *last = json_array_get (revisions, json_array_size (revisions) - 1);
  g_assert_cmpstr (truce_json_get_text (last, "due"), ==, truce_json_get_text (record, "due"));
  g_assert_cmpstr (truce_json_get_text (record, "due"), ==, "2026-02-05T00:00:00Z");
  g_assert_cmpstr (truce_json_get_text (record, "history"), ==, "extended 3 times, +108 days");
  g_assert_cmpstr (truce_json_get_text (json_array_get (revisions, 2), "why"), ==, "live; see order 5");
}

static void
test_old_alerts_are_withdrawn (void)
{
  g_autoptr (GString) config = g_string_new (CHAIN);
  const TruceAlertFilter all = { .since = TRUCE_TIME_MIN, .kind = "lead" };

  g_string_replace (config, "alert-to = stdout", "alert-to = desktop", 0);
  g_autoptr (World) world = world_new (config->str, "2025-08-01T00:00:00Z");
  world_run_until (world, "2025-08-06T00:00:00Z");
  g_autoptr (GPtrArray) before = truce_engine_pending (world->engine, USER);
  g_assert_cmpuint (before->len, ==, 1);
  set_due (world, "truce", "2025-11-10 12:00", "x");
  g_autoptr (json_t) leads = truce_view_alerts (world->engine, &all);
  g_assert_cmpuint (json_array_size (leads), ==, 1);
  g_assert_true (truce_json_get_boolean (json_array_get (leads, 0), "superseded"));
  g_autoptr (GPtrArray) after = truce_engine_pending (world->engine, USER);
  g_assert_cmpuint (after->len, ==, 3);
  for (guint i = 0; i < after->len; i++)
    g_assert_cmpint (((TruceStoredAlert *) after->pdata[i])->alert->kind, ==, TRUCE_ALERT_CHANGED);
}

/* A clock that is set back behind an amendment does not lose it. */
static void
test_the_clock_goes_back (void)
{
  g_autoptr (World) world = world_new (CHAIN, "2025-08-01T00:00:00Z");

  world_run_until (world, "2025-08-02T12:00:00Z");
  set_due (world, "truce", "2025-11-10 12:00", "x");
  g_free (world_take_raised (world));
  world_set_time (world, "2025-08-02T00:00:00Z");
  truce_engine_wake (world->engine);
  world_restart (world);
  world_run_until (world, "2025-08-03T00:00:00Z");
  assert_raised (world, "");
  assert_text (world, "truce", "words", "Mon 10 Nov 2025 12:00 UTC");
}

/* --- any amendments at all --- */

#define HISTORIES 300
#define STEPS 25

static const char *const ids[] = { "truce", "report", "answer", "other" };
static const char *const dates[] = { "2025-11-10 12:00", "mid-December 2025",      "2026-01-31",
                                     "Q1 2026",          "milestone:other + 2mo",  "milestone:truce + 45d",
                                     "2025-10-01 09:00", "milestone:report + 10d", "milestone:answer + 3d" };

static void
random_amendment (World *world)
{
  const char *id = ids[g_test_rand_int_range (0, G_N_ELEMENTS (ids))];
  json_t *record = NULL;

  switch (g_test_rand_int_range (0, 8)) {
  case 0:
    truce_engine_end (world->engine, id, TRUCE_AMENDMENT_MET, NULL, &ada, NULL);
    break;
  case 1:
    truce_engine_silence (world->engine, id, world->now + TRUCE_DAY, &ada, NULL);
    break;
  case 2:
  case 3:
    record = truce_engine_undo (world->engine, g_test_rand_bit () ? id : NULL, &ada, NULL);
    break;
  case 4:
    world_restart (world);
    break;
  default:
    record = truce_engine_set_due (world->engine, id, dates[g_test_rand_int_range (0, G_N_ELEMENTS (dates))], "x", &ada,
                                   NULL);
    break;
  }
  json_decref (record);
}

/* What shows of a milestone, but for what depends on when truced first saw it. */
static char *
shown (World *world, const char *id)
{
  g_autoptr (json_t) record = milestone (world, id);
  static const char *const keys[] = { "state", "due", "due_latest", "words", "statement", "why", "by", "silenced" };
  g_autoptr (GString) text = g_string_new (id);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    const char *value = truce_json_get_text (record, keys[i]);
    g_string_append_printf (text, "|%s", value ? value : "");
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* However amendments were made and taken back: what holds is what those that are left make of the file, and the
 * schedule is of the date that is shown. */
static void
test_any_amendments (void)
{
  for (int history = 0; history < HISTORIES; history++) {
    g_autoptr (World) world = world_new (CHAIN, "2025-08-01T00:00:00Z");
    g_autoptr (World) fresh = NULL;
    truce_engine_wake (world->engine);
    for (int step = 0; step < STEPS; step++) {
      world->now += g_test_rand_int_range (1, 7200) * TRUCE_SECOND;
      random_amendment (world);
    }
    /* Another truced, which has only those that hold, made at the same times. */
    g_autoptr (GPtrArray) amendments = world->store_port.amendments (world->store_port.self);
    g_autoptr (TruceCommit) commit = truce_commit_new (world->now);
    for (guint i = 0; i < amendments->len; i++) {
      const TruceAmendment *amendment = g_ptr_array_index (amendments, i);
      if (amendment->undone == TRUCE_TIME_NONE)
        g_ptr_array_add (commit->amendments, truce_amendment_copy (amendment));
    }
    fresh = world_new (CHAIN, "2025-08-01T00:00:00Z");
    fresh->now = world->now;
    g_assert_true (fresh->store_port.commit (fresh->store_port.self, commit, NULL, NULL));
    world_restart (fresh);
    truce_engine_wake (fresh->engine);
    truce_engine_wake (world->engine);
    for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
      g_autofree char *left = shown (world, ids[i]), *right = shown (fresh, ids[i]);
      g_assert_cmpstr (left, ==, right);
    }
    g_assert_cmpint (world->armed, ==, fresh->armed);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/amend/due", test_a_new_date);
  g_test_add_func ("/amend/preview", test_preview_changes_nothing);
  g_test_add_func ("/amend/undo", test_taking_it_back);
  g_test_add_func ("/amend/ended", test_met_and_cancelled);
  g_test_add_func ("/amend/met-by-mistake", test_met_by_mistake);
  g_test_add_func ("/amend/silence", test_silence);
  g_test_add_func ("/amend/refused", test_what_is_refused);
  g_test_add_func ("/amend/file", test_the_file_has_the_last_word);
  g_test_add_func ("/amend/edits", test_history_of_edits_in_place);
  g_test_add_func ("/amend/today", test_a_line_of_today_after_a_date_of_today);
  g_test_add_func ("/amend/withdrawn", test_old_alerts_are_withdrawn);
  g_test_add_func ("/amend/clock", test_the_clock_goes_back);
  g_test_add_func ("/amend/any", test_any_amendments);
  return g_test_run ();
}
