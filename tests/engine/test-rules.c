/* SPDX-License-Identifier: MIT */
/* A zone database that changes: the zone "Test" is first two hours ahead of UTC, and then three. */
#include <glib/gstdio.h>

#include "engine/view.h"
#include "world.h"

static char *folder;

static void
install (const char *source)
{
  g_autofree char *from = g_build_filename ("/usr/share/zoneinfo", source, NULL);
  g_autofree char *to = g_build_filename (folder, "Test", NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (to, bytes, (gssize) length, NULL));
  truce_zone_forget ();
}

static void
assert_raised (World *world, const char *expected)
{
  g_autofree char *raised = world_take_raised (world);

  g_assert_cmpstr (raised, ==, expected);
}

#define ABSOLUTE                                                                           \
  "[milestone a]\ntitle = A\ntimezone = Test\ndue = 2026-03-10 17:00\nlead = 7d 1d 1h 0\n" \
  "remind-at = 09:00\n"
#define FOREIGN "[truced]\nalert-to = stdout\ntimezone = UTC\n" ABSOLUTE
#define HOME "[truced]\nalert-to = stdout\ntimezone = Test\n" ABSOLUTE

static World *
world_before (const char *text)
{
  World *world;

  install ("Etc/GMT-2");
  world = world_new (text, "2026-03-01T00:00:00Z");
  world_run_until (world, "2026-03-04T00:00:00Z");
  assert_raised (world, "lead A in 7 days\n");
  return world;
}

/* As truced does it when the folder has changed, or by a restart. */
static void
change_rules (World *world, const char *text, const char *source, gboolean restart)
{
  install (source);
  if (restart) {
    truce_engine_free (world->engine);
    world->engine = NULL;
    TruceConfig *old = world->config;
    world->config = world_config (text, world->now);
    truce_config_unref (old);
    world_restart (world);
    truce_engine_wake (world->engine);
    return;
  }
  truce_engine_note_rules (world->engine);
  world_reload (world, text);
}

static void
test_elsewhere (void)
{
  for (gboolean restart = FALSE; restart <= TRUE; restart++) {
    g_autoptr (World) world = world_before (FOREIGN);
    change_rules (world, FOREIGN, "Etc/GMT-3", restart);
    const TruceAlert *alert = g_ptr_array_index (world->raised, 0);
    g_assert_cmpstr (alert->why, ==, "the time zone database has changed");
    g_assert_cmpint (alert->old_due - alert->due, ==, TRUCE_HOUR);
    assert_raised (world, "changed A: moved to Tue 10 Mar 2026 17:00 +03\n");
    world_run_until (world, "2026-03-10T13:59:59Z");
    assert_raised (world, "lead A in 32 hours\nlead A in 1 hour\n"); /* 7d is told, and told once */
    world_run_until (world, "2026-03-11T00:00:00Z");
    assert_raised (world, "due A: due now\n");
  }
}

/* Nobody has moved it, though the instant that it was is on another day by now. */
static void
test_no_move_of_anybody (void)
{
  const char *text = "[truced]\nalert-to = stdout\ntimezone = UTC\n"
                     "[milestone a]\ntitle = A\ntimezone = Test\ndue = 2026-03-10 23:30\nlead = 7d 0\n";
  g_autoptr (World) world = NULL;

  install ("Etc/GMT-2");
  world = world_new (text, "2026-03-01T00:00:00Z");
  world_run_until (world, "2026-03-04T00:00:00Z");
  change_rules (world, text, "Etc/GMT-3", FALSE);
  g_autoptr (json_t) record = truce_view_milestone (world->engine, "a", NULL);
  json_t *revision = json_array_get (json_object_get (record, "revisions"), 1);
  g_assert_cmpint (truce_json_get_integer (revision, "delta_days", 0), ==, -1);
  g_assert_cmpstr (truce_json_get_text (revision, "label"), ==, "rules");
  g_assert_null (truce_json_get_text (record, "history"));
}

static void
test_at_home (void)
{
  for (gboolean restart = FALSE; restart <= TRUE; restart++) {
    g_autoptr (World) world = world_before (HOME);
    change_rules (world, HOME, "Etc/GMT-3", restart);
    assert_raised (world, "");
    world_run_until (world, "2026-03-09T05:59:59Z");
    assert_raised (world, "");
    world_run_until (world, "2026-03-09T06:00:00Z"); /* 09:00 there now */
    assert_raised (world, "lead A in 32 hours\n");
    world_run_until (world, "2026-03-10T13:59:59Z");
    assert_raised (world, "lead A in 1 hour\n");
    world_run_until (world, "2026-03-10T14:00:00Z");
    assert_raised (world, "due A: due now\n");
    world_restart (world);
    world_run_until (world, "2026-03-12T00:00:00Z");
    assert_raised (world, "");
  }
}

/* The new rules are known only when the new instant has passed: told late, and not lost. */
static void
test_earlier_than_now (void)
{
  for (gboolean home = FALSE; home <= TRUE; home++) {
    const char *text = home ? HOME : FOREIGN;
    g_autoptr (World) world = world_before (text);
    world_run_until (world, "2026-03-10T14:30:00Z");
    assert_raised (world, "lead A in 32 hours\nlead A in 1 hour\n");
    change_rules (world, text, "Etc/GMT-3", FALSE);
    assert_raised (world, home ? "due A: due now (late)\n" : "changed A: moved to Tue 10 Mar 2026 17:00 +03\n");
    world_run_until (world, "2026-03-12T00:00:00Z");
    assert_raised (world, "");
  }
}

/* The other way: it comes an hour later, and what was told already is told again only to those for whom it moved. */
static void
test_later_than_told (void)
{
  for (gboolean home = FALSE; home <= TRUE; home++) {
    const char *text = home ? HOME : FOREIGN;
    g_autoptr (World) world = world_before (text);
    world_run_until (world, "2026-03-10T15:00:00Z");
    assert_raised (world, "lead A in 32 hours\nlead A in 1 hour\ndue A: due now\n");
    change_rules (world, text, "Etc/GMT-1", FALSE);
    world_run_until (world, "2026-03-12T00:00:00Z");
    assert_raised (world, home ? "" : "changed A: moved to Tue 10 Mar 2026 17:00 +01\ndue A: due now\n");
  }
}

/* The machine has been carried to another zone, or the configuration says another. */
static void
test_another_zone (void)
{
  g_autoptr (World) world = world_before (HOME);

  world_reload (world, "[truced]\nalert-to = stdout\ntimezone = UTC\n[milestone a]\ntitle = A\n"
                       "due = 2026-03-10 17:00\nlead = 7d 1d 1h 0\n");
  const TruceAlert *alert = g_ptr_array_index (world->raised, 0);
  g_assert_cmpint (alert->kind, ==, TRUCE_ALERT_CHANGED);
  g_assert_cmpstr (alert->why, ==, "its time zone is UTC now, and was Test");
}

/* A date that is based on another follows it, for the same reason; one that was edited has its own. */
static void
test_what_is_based_on_it (void)
{
  static const char *const text =
      FOREIGN "[milestone b]\ntitle = B\ntimezone = Test\ndue = milestone:a + 7d\nlead = 0\n";
  g_autoptr (World) world = world_before (text);

  change_rules (world, text, "Etc/GMT-3", FALSE);
  g_assert_cmpuint (world->raised->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpstr (((TruceAlert *) world->raised->pdata[i])->why, ==, "the time zone database has changed");
  g_free (world_take_raised (world));
  world_reload (world, "[truced]\nalert-to = stdout\ntimezone = UTC\n[milestone a]\ntitle = A\ntimezone = Test\n"
                       "due = 2026-03-10 18:00\nlead = 7d 1d 1h 0\n[milestone b]\ntitle = B\ntimezone = Test\n"
                       "due = milestone:a + 7d\nlead = 0\n");
  g_assert_cmpuint (world->raised->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpstr (((TruceAlert *) world->raised->pdata[i])->why, !=, "the time zone database has changed");
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("truced-rules-XXXXXX", NULL);
  g_setenv ("TZDIR", folder, TRUE);
  g_test_add_func ("/rules/elsewhere", test_elsewhere);
  g_test_add_func ("/rules/no-move", test_no_move_of_anybody);
  g_test_add_func ("/rules/at-home", test_at_home);
  g_test_add_func ("/rules/earlier", test_earlier_than_now);
  g_test_add_func ("/rules/later", test_later_than_told);
  g_test_add_func ("/rules/another-zone", test_another_zone);
  g_test_add_func ("/rules/based", test_what_is_based_on_it);
  result = g_test_run ();
  g_autofree char *file = g_build_filename (folder, "Test", NULL);
  (void) g_unlink (file);
  (void) g_rmdir (folder);
  g_free (folder);
  return result;
}
