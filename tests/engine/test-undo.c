/* SPDX-License-Identifier: MIT */
/* What was said last is taken back first, through whatever it was said: of milestones and of alerts. Whoever names
 * neither means what they said themselves. */
#include <string.h>

#include "engine/amend.h"
#include "engine/view.h"
#include "world.h"

static const TruceOrigin ada = { "ada", "trucectl" }, ben = { "ben", "truced-desktop" };

#define CONFIG                                                         \
  "[truced]\nalert-to = stdout desktop\ntimezone = UTC\nlead = 7d 0\n" \
  "[milestone a]\ntitle = A\ndue = 2025-08-12 12:00\nnag = 1d\n"       \
  "[milestone cafe]\ntitle = Cafe\ndue = 2025-08-12 13:00\n"

static char *
last_id (World *world)
{
  return g_strdup (((const TruceAlert *) g_ptr_array_index (world->raised, world->raised->len - 1))->id);
}

/* The next that would be taken back: "kind who with". */
static void
assert_next (World *world, const char *what, const char *expected)
{
  g_autoptr (json_t) said = truce_view_undoable (world->engine, what, NULL);
  const json_t *first = json_array_get (said, 0);
  g_autofree char *text = first
                              ? g_strdup_printf ("%s %s %s", truce_json_get_text (first, "kind"),
                                                 truce_json_get_text (first, "by"), truce_json_get_text (first, "via"))
                              : g_strdup ("nothing");

  g_assert_cmpstr (text, ==, expected);
}

/* Takes it back: "kind undone-by". */
static void
assert_undo (World *world, const char *what, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) record = truce_engine_undo (world->engine, what, &ben, &error);

  g_assert_no_error (error);
  g_autofree char *text =
      g_strdup_printf ("%s %s", truce_json_get_text (record, "kind"), truce_json_get_text (record, "undone_by"));
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_refused (World *world, const char *what, const char *part)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (truce_engine_undo (world->engine, what, &ben, &error));
  g_assert_nonnull (strstr (error->message, part));
}

static void
assert_pending (World *world, guint expected)
{
  g_autoptr (GPtrArray) pending = truce_engine_pending (world->engine, USER);

  g_assert_cmpuint (pending->len, ==, expected);
}

/* A slip of the hand: it waits for an answer again and is on the desktop again, and no log has it twice. */
static void
test_acknowledged_by_mistake (void)
{
  g_autoptr (World) world = world_new (CONFIG, "2025-08-01T00:00:00Z");

  world_run_until (world, "2025-08-05T12:30:00Z");
  g_autofree char *id = last_id (world);
  g_assert_true (truce_engine_shown (world->engine, id, USER, NULL));
  guint delivered = world->delivered->len;
  assert_pending (world, 1); /* the other's */
  g_assert_true (truce_engine_acknowledge (world->engine, id, &ada, NULL));
  world_restart (world);
  assert_next (world, NULL, "acknowledged ada trucectl");
  assert_refused (world, NULL, "was said by ada");
  assert_undo (world, id, "acknowledged ben");
  assert_pending (world, 2);
  g_assert_cmpuint (world->delivered->len, ==, delivered);
  g_autoptr (json_t) record = truce_view_alert (world->engine, id, NULL);
  g_assert_null (truce_json_get_text (record, "acknowledged"));
  g_assert_null (truce_json_get_text (record, "acknowledged_by"));
  assert_refused (world, id, "nothing to take back of");
}

/* Back at once, and not once more when it would have come. */
static void
test_snoozed_by_mistake (void)
{
  g_autoptr (World) world = world_new (CONFIG, "2025-08-01T00:00:00Z");

  world_run_until (world, "2025-08-05T12:30:00Z");
  g_autofree char *id = last_id (world);
  g_assert_true (truce_engine_snooze (world->engine, id, TRUCE_DAY, &ben, NULL));
  g_autoptr (json_t) record = truce_view_alert (world->engine, id, NULL);
  g_assert_cmpstr (truce_json_get_text (record, "snoozed_by"), ==, "ben");
  g_assert_cmpstr (truce_json_get_text (record, "via"), ==, "truced-desktop");
  assert_next (world, id, "snoozed ben truced-desktop");
  id[8] = '\0';
  guint delivered = world->delivered->len;
  assert_undo (world, id, "snoozed ben");
  assert_pending (world, 2);
  world_run_until (world, "2025-08-10T00:00:00Z");
  g_assert_cmpuint (world->delivered->len, ==, delivered);
  assert_next (world, NULL, "nothing");
}

/* Of all kinds mixed, the latest first; a milestone or an alert alone by its id; a milestone's id may look like an
 * alert's. */
static void
test_order (void)
{
  g_autoptr (World) world = world_new (CONFIG, "2025-08-01T00:00:00Z");

  world_run_until (world, "2025-08-05T12:30:00Z");
  g_autofree char *id = last_id (world);
  world->now += TRUCE_MINUTE;
  g_assert_true (truce_engine_silence (world->engine, "cafe", world->now + TRUCE_DAY, &ada, NULL));
  world->now += TRUCE_MINUTE;
  g_assert_true (truce_engine_acknowledge (world->engine, id, &ben, NULL));
  world->now += TRUCE_MINUTE;
  g_assert_true (truce_engine_end (world->engine, "a", TRUCE_AMENDMENT_MET, NULL, &ada, NULL));
  assert_next (world, NULL, "met ada trucectl");
  assert_next (world, "cafe", "silenced ada trucectl");
  assert_next (world, id, "acknowledged ben truced-desktop");
  assert_undo (world, "a", "met ben");
  assert_undo (world, "cafe", "silenced ben");
  assert_refused (world, "cafe", "nothing to take back of cafe");
  assert_refused (world, "a", "nothing to take back of a");
  assert_refused (world, "nope", "\"nope\" is neither the id of a milestone nor that of an alert");
  assert_refused (world, "0000", "\"0000\" is neither");
  assert_undo (world, NULL, "acknowledged ben");
  assert_refused (world, NULL, "nothing to take back");
  world->now += TRUCE_MINUTE;
  g_assert_true (truce_engine_acknowledge (world->engine, id, &ben, NULL));
  world->store_is_full = TRUE;
  assert_refused (world, id, "disk is full");
}

/* What speaks of a date that has moved since, and what was said long ago, is not what is meant by "the last". */
static void
test_what_is_past (void)
{
  g_autoptr (World) world = world_new (CONFIG, "2025-08-01T00:00:00Z");

  world_run_until (world, "2025-08-05T12:30:00Z");
  g_autofree char *id = last_id (world);
  g_assert_true (truce_engine_acknowledge (world->engine, id, &ada, NULL));
  world_run_until (world, "2025-09-20T00:00:00Z");
  assert_next (world, NULL, "nothing");
  assert_next (world, id, "acknowledged ada trucectl");
  g_autoptr (json_t) changes = truce_engine_set_due (world->engine, "cafe", "2025-12-01 12:00", "x", &ada, NULL);
  assert_next (world, id, "nothing");
}

/* Repetitions that an answer had ended go on when it is taken back. */
static void
test_nag_goes_on (void)
{
  g_autoptr (World) world = world_new (CONFIG, "2025-08-01T00:00:00Z");

  g_autoptr (json_t) ahead = truce_view_milestone (world->engine, "a", NULL);
  g_assert_cmpstr (truce_json_get_text (ahead, "next_lead"), ==, "7d");
  world_run_until (world, "2025-08-14T13:00:00Z");
  g_autoptr (json_t) passed = truce_view_milestone (world->engine, "a", NULL);
  g_assert_cmpstr (truce_json_get_text (passed, "next_lead"), ==, "nag3");
  g_assert_cmpstr (truce_json_get_text (passed, "next_lead_at"), ==, "2025-08-15T09:00:00Z");
  guint before = world_count (world, TRUCE_ALERT_PASSED);
  g_assert_cmpuint (before, >, 0);
  g_autofree char *id = last_id (world);
  g_assert_true (truce_engine_acknowledge (world->engine, id, &ada, NULL));
  g_autoptr (json_t) answered = truce_view_milestone (world->engine, "a", NULL);
  g_assert_null (truce_json_get_text (answered, "next_lead"));
  world_run_until (world, "2025-08-15T11:00:00Z");
  assert_undo (world, id, "acknowledged ben");
  world_run_until (world, "2025-08-17T13:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_PASSED), >, before);
}

/* The document that a date rests on is kept with it, apart from the reason, and opened from its alert. */
static void
test_evidence (void)
{
  g_autoptr (World) world = world_new (CONFIG, "2025-08-01T00:00:00Z");
  g_autoptr (GError) error = NULL;

  world_run_until (world, "2025-08-02T00:00:00Z");
  g_assert_null (
      truce_engine_set_due (world->engine, "a", "2025-12-01 12:00", "<https://example.org/order>", &ada, &error));
  g_assert_nonnull (strstr (error->message, "why"));
  g_autoptr (json_t) changes = truce_engine_set_due (world->engine, "a", "2025-12-01 12:00",
                                                     "90 days more <https://example.org/order>", &ada, NULL);
  world_restart (world);
  const TruceAlert *alert = g_ptr_array_index (world->raised, world->raised->len - 1);
  g_autoptr (json_t) told = truce_alert_to_json (alert), milestone = truce_view_milestone (world->engine, "a", NULL);
  const json_t *revision = json_array_get (json_object_get (milestone, "revisions"), 1);
  const json_t *amendment = json_array_get (json_object_get (milestone, "amendments"), 0);
  const json_t *all[] = { told, milestone, revision, amendment };
  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    g_assert_cmpstr (truce_json_get_text (all[i], "why"), ==, "90 days more");
    g_assert_cmpstr (truce_json_get_text (all[i], "evidence"), ==, "https://example.org/order");
    g_assert_cmpstr (truce_json_get_text (all[i], "by"), ==, "ada");
  }
  g_assert_cmpstr (alert->url, ==, "https://example.org/order");
  g_assert_nonnull (strstr (alert->body, "\n90 days more (ada)"));
  g_autoptr (TruceAlert) back = truce_alert_from_json (told);
  g_assert_cmpstr (back->why, ==, alert->why);
}

/* What truced answered by itself, once the clock was set, is nobody's slip of the hand. */
static void
test_what_truced_answered (void)
{
  g_autoptr (World) world = world_new (CONFIG, "2025-08-01T00:00:00Z");

  world->options.clock_patience = 5 * TRUCE_MINUTE;
  world_restart (world);
  world_run_until (world, "2025-08-05T12:30:00Z");
  g_autofree char *id = last_id (world);
  g_assert_true (truce_engine_acknowledge (world->engine, id, &ada, NULL));
  world_set_time (world, "2025-08-03T00:00:07Z");
  world_restart (world);
  world_run_until (world, "2025-08-03T00:10:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_PROBLEM), ==, 1);
  world_set_time (world, "2025-08-05T13:00:00Z");
  truce_engine_wake (world->engine);
  assert_next (world, NULL, "acknowledged ada trucectl");
}

static void
say_due (World *world, const char *id, const char *statement, const TruceOrigin *origin)
{
  g_autoptr (json_t) changes = NULL;

  world->now += TRUCE_MINUTE;
  changes = truce_engine_set_due (world->engine, id, statement, "x", origin, NULL);
  g_assert_nonnull (changes);
}

/* Without a name nobody takes back what others have done, and hears what that was and how it is taken back. */
static void
test_ones_own (void)
{
  g_autoptr (World) world = world_new (CONFIG, "2025-08-01T00:00:00Z");

  say_due (world, "a", "2025-12-01", &ada);
  assert_refused (world, NULL,
                  "nothing that can be taken back was said by you; the last was said by ada: a due 2025-12-01; to take "
                  "that back, name it: trucectl undo a");
  say_due (world, "cafe", "2025-12-02", &ben);
  say_due (world, "a", "2025-12-03", &ada);
  assert_undo (world, NULL, "due ben");
  assert_next (world, "cafe", "nothing");
  assert_next (world, "a", "due ada trucectl");
  say_due (world, "a", "2025-12-04", &ben);
  say_due (world, "a", "2025-12-05", &ada);
  assert_refused (world, NULL, "overtaken by what was said by ada: a due 2025-12-05;");
  assert_undo (world, "a", "due ben");
  assert_undo (world, NULL, "due ben");
  assert_next (world, "a", "due ada trucectl");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/undo/acknowledged", test_acknowledged_by_mistake);
  g_test_add_func ("/undo/snoozed", test_snoozed_by_mistake);
  g_test_add_func ("/undo/order", test_order);
  g_test_add_func ("/undo/past", test_what_is_past);
  g_test_add_func ("/undo/nag", test_nag_goes_on);
  g_test_add_func ("/undo/evidence", test_evidence);
  g_test_add_func ("/undo/own", test_ones_own);
  g_test_add_func ("/undo/ourselves", test_what_truced_answered);
  return g_test_run ();
}
