/* SPDX-License-Identifier: MIT */
/* Milestones that hang on one another: what moves, what has ended and no longer moves, and what would hang on itself.
 */
#include <string.h>

#include "engine/amend.h"
#include "engine/view.h"
#include "world.h"

static const TruceOrigin ada = { "ada", "trucectl" };

#define HEAD "[truced]\nalert-to = stdout\ntimezone = UTC\nlead = 7d 0\n"
#define TRUCE "[milestone truce]\ntitle = Truce\ndue = 2025-08-12 12:00\n"
#define FOLLOWER(lines) HEAD TRUCE "[milestone report]\ntitle = Report\ndue = milestone:truce + 30d\n" lines

static void
assert_raised (World *world, const char *expected)
{
  g_autofree char *raised = world_take_raised (world);

  g_assert_cmpstr (raised, ==, expected);
}

static void
assert_text (World *world, const char *id, const char *key, const char *expected)
{
  g_autoptr (json_t) record = truce_view_milestone (world->engine, id, NULL);

  g_assert_cmpstr (truce_json_get_text (record, key), ==, expected);
}

static void
set_due (World *world, const char *id, const char *statement)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) changes = truce_engine_set_due (world->engine, id, statement, "x", &ada, &error);

  g_assert_no_error (error);
}

static void
undo (World *world, const char *id)
{
  g_autoptr (json_t) record = truce_engine_undo (world->engine, id, &ada, NULL);

  g_assert_nonnull (record);
}

/* It was met; what it was based on moves, once with a restart between. It keeps its date, and so does what is based on
 * it. Was that a mistake, the move is told when it is taken back. */
static void
test_what_was_met_does_not_move (void)
{
  g_autoptr (World) world = world_new (FOLLOWER ("[milestone answer]\ntitle = Answer\ndue = milestone:report + 1mo\n"),
                                       "2025-08-01T00:00:00Z");

  world_run_until (world, "2025-08-02T00:00:00Z");
  g_assert_true (truce_engine_end (world->engine, "report", TRUCE_AMENDMENT_MET, "filed early", &ada, NULL));
  world->now += TRUCE_DAY;
  set_due (world, "truce", "2025-11-10 12:00");
  assert_raised (world, "changed Truce: moved to Mon 10 Nov 2025 12:00 UTC\n");
  world_restart (world);
  truce_engine_wake (world->engine);
  assert_raised (world, "");
  assert_text (world, "report", "words", "Thu 11 Sep 2025 12:00 UTC");
  assert_text (world, "report", "history", NULL);
  assert_text (world, "answer", "words", "Sat 11 Oct 2025 12:00 UTC");
  undo (world, "report");
  assert_raised (world, "changed Report: moved to Wed 10 Dec 2025 12:00 UTC\n"
                        "changed Answer: moved to Sat 10 Jan 2026 12:00 UTC\n");
}

/* Likewise when the configuration says both. */
static void
test_what_was_cancelled_does_not_move (void)
{
  g_autoptr (World) world = world_new (FOLLOWER (""), "2025-08-01T00:00:00Z");

  world_run_until (world, "2025-08-02T00:00:00Z");
  world_reload (world, FOLLOWER ("cancelled = 2025-08-02: no use any more\n"));
  world_run_until (world, "2025-08-03T00:00:00Z");
  world_reload (world, HEAD TRUCE "revised = 2025-08-03 00:00: 2025-11-10 12:00: extended\n"
                                  "[milestone report]\ntitle = Report\ndue = milestone:truce + 30d\n"
                                  "cancelled = 2025-08-02: no use any more\n");
  world_run_until (world, "2025-12-31T00:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_CHANGED), ==, 1);
  assert_text (world, "report", "words", "Thu 11 Sep 2025 12:00 UTC");
}

/* It has passed: a move within the past is no news, and a move that makes it lie ahead again is. */
static void
test_what_has_passed (void)
{
  g_autoptr (World) world = world_new (FOLLOWER (""), "2025-08-01T00:00:00Z");

  world_run_until (world, "2025-10-01T00:00:00Z");
  g_free (world_take_raised (world));
  set_due (world, "truce", "2025-08-20 12:00");
  assert_raised (world, "changed Truce: moved to Wed 20 Aug 2025 12:00 UTC\n");
  world_restart (world);
  truce_engine_wake (world->engine);
  assert_raised (world, "");
  set_due (world, "truce", "2025-12-01 12:00");
  assert_raised (world, "changed Truce: moved to Mon 1 Dec 2025 12:00 UTC\n"
                        "changed Report: moved to Wed 31 Dec 2025 12:00 UTC\n");
  world_run_until (world, "2025-12-25T00:00:00Z");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_LEAD), ==, 4); /* 7d of both dates of both */
}

#define DEPTH 12

/* However long the chain: the preview tells all of it, soonest first, and so does the move.
 */
static void
test_depth (void)
{
  g_autoptr (GString) config = g_string_new (HEAD "[milestone m0]\ndue = 2026-01-05\n");
  g_autoptr (World) world = NULL;

  for (int i = DEPTH - 1; i > 0; i--) /* those that lean stand before what they lean on */
    g_string_append_printf (config, "[milestone m%d]\ndue = milestone:m%d + 1w\n", i, i - 1);
  world = world_new (config->str, "2025-08-01T00:00:00Z");
  truce_engine_wake (world->engine);
  g_autoptr (json_t) preview = truce_engine_preview_due (world->engine, "m2", "2026-02-02", NULL);
  g_assert_cmpuint (json_array_size (preview), ==, DEPTH - 2);
  for (guint i = 0; i < DEPTH - 2; i++) {
    const json_t *change = json_array_get (preview, i);
    g_autofree char *id = g_strdup_printf ("m%u", i + 2);
    g_assert_cmpstr (truce_json_get_text (change, "milestone"), ==, id);
    g_assert_cmpint (truce_json_get_integer (change, "delta_days", 0), ==, 14);
  }
  set_due (world, "m2", "2026-02-02");
  g_assert_cmpuint (world_count (world, TRUCE_ALERT_CHANGED), ==, DEPTH - 2);
  assert_text (world, "m11", "words", "Mon 6 Apr 2026");
  undo (world, NULL);
  assert_text (world, "m11", "words", "Mon 23 Mar 2026");
}

/* A ring is refused when it would close, by whichever end, at any remove, and through dates that were given since. */
static void
test_rings (void)
{
  static const char *const config = HEAD "[milestone a]\ndue = 2026-01-05\n"
                                         "[milestone b]\ndue = milestone:a + 1w\n"
                                         "[milestone c]\ndue = 2026-03-02\n"
                                         "[milestone d]\ndue = milestone:c + 1w\n";
  static const struct {
    const char *id, *statement;
  } rings[] = { { "a", "milestone:d + 1d" }, { "a", "milestone:b + 1d" }, { "c", "milestone:d" } };
  g_autoptr (World) world = world_new (config, "2025-08-01T00:00:00Z");

  truce_engine_wake (world->engine);
  set_due (world, "c", "milestone:b + 1w"); /* a <- b <- c <- d */
  assert_text (world, "d", "words", "Mon 26 Jan 2026");
  for (guint i = 0; i < G_N_ELEMENTS (rings); i++) {
    g_autoptr (GError) error = NULL, preview_error = NULL;
    g_assert_null (truce_engine_set_due (world->engine, rings[i].id, rings[i].statement, "x", &ada, &error));
    g_assert_nonnull (strstr (error->message, "itself"));
    g_assert_null (truce_engine_preview_due (world->engine, rings[i].id, rings[i].statement, &preview_error));
    g_assert_cmpstr (preview_error->message, ==, error->message);
  }
  /* The file may close one behind what was said: then what was said stands for what it stood for. */
  world_reload (world, HEAD "[milestone a]\ndue = milestone:d + 1w\n"
                            "[milestone b]\ndue = milestone:a + 1w\n"
                            "[milestone c]\ndue = 2026-03-02\n"
                            "[milestone d]\ndue = milestone:c + 1w\n");
  world_run_until (world, "2025-08-03T00:00:00Z");
  g_autoptr (json_t) last = truce_view_milestone (world->engine, "c", NULL);
  g_assert_nonnull (truce_json_get_text (last, "words"));
  undo (world, "c");
  assert_text (world, "b", "words", "Mon 23 Mar 2026");
}

/* What was taken back was no move, of what leans on it neither: nor is a date that nobody gave any more. A calendar
 * that has seen it takes only higher numbers for it. */
static void
test_taken_back (void)
{
  static const char *const config = HEAD TRUCE "[milestone review]\ndue = 2025-09-01\n"
                                               "[milestone filing]\ndue = 2025-09-30\n"
                                               "[milestone late]\ndue = milestone:review + 1w\n";
  g_autoptr (World) world = world_new (config, "2025-08-01T00:00:00Z");
  gint64 sequence = 0;

  truce_engine_wake (world->engine);
  for (guint step = 0; step < 6; step++) {
    world_run_until (world,
                     (const char *[]){ "2025-08-01T01:00:00Z", "2025-08-01T02:00:00Z", "2025-08-01T03:00:00Z",
                                       "2025-08-01T04:00:00Z", "2025-08-01T05:00:00Z", "2025-08-01T06:00:00Z" }[step]);
    if (step == 0)
      set_due (world, "review", "2025-09-15");
    else if (step == 1)
      set_due (world, "filing", "milestone:review + 1w");
    else if (step == 2)
      set_due (world, "late", "2025-12-01");
    else
      undo (world, step == 3 ? "review" : NULL);
    g_autoptr (json_t) late = truce_view_milestone (world->engine, "late", NULL);
    g_assert_cmpint (truce_json_get_integer (late, "sequence", -1), >=, sequence);
    sequence = truce_json_get_integer (late, "sequence", -1);
  }
  assert_text (world, "filing", "words", "Tue 30 Sep 2025");
  assert_text (world, "filing", "history", NULL);
  assert_text (world, "late", "words", "Mon 8 Sep 2025");
  assert_text (world, "late", "history", NULL);
  assert_text (world, "filing", "modified", "2025-08-01T06:00:00Z");
  assert_text (world, "late", "modified", "2025-08-01T05:00:00Z");
  g_assert_cmpint (sequence, >=, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chains/met", test_what_was_met_does_not_move);
  g_test_add_func ("/chains/cancelled", test_what_was_cancelled_does_not_move);
  g_test_add_func ("/chains/passed", test_what_has_passed);
  g_test_add_func ("/chains/depth", test_depth);
  g_test_add_func ("/chains/rings", test_rings);
  g_test_add_func ("/chains/taken-back", test_taken_back);
  return g_test_run ();
}
