/* SPDX-License-Identifier: MIT */
/* Several users of one machine: each is shown what is new to him, once, whoever else has seen it. */
#include <string.h>

#include "engine/amend.h"
#include "world.h"

static const TruceOrigin ada = { "ada", "trucectl" };

enum { ADA = 1000, BEN = 1001, EVE = 1002 };

#define CONFIG                                                                               \
  "[truced]\nalert-to = journal desktop\ntimezone = UTC\nlead = 7d 0\nquiet = 22:00-07:00\n" \
  "[milestone a]\ntitle = A\ndue = 2025-08-12 12:00\n"                                       \
  "[milestone cafe]\ntitle = Cafe\ndue = 2025-08-13 13:00\n"

#define NOW "2025-08-01T00:00:00Z"

/* The titles of what waits for `user`, oldest first. (transfer full) */
static char *
pending (World *world, guint32 user)
{
  g_autoptr (GPtrArray) alerts = truce_engine_pending (world->engine, user);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < alerts->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "; " : "",
                            ((TruceStoredAlert *) g_ptr_array_index (alerts, i))->alert->title);
  return g_string_free (text, FALSE);
}

static void
assert_pending (World *world, guint32 user, const char *expected)
{
  g_autofree char *text = pending (world, user);

  g_assert_cmpstr (text, ==, expected);
}

static guint
count_pending (World *world, guint32 user)
{
  g_autoptr (GPtrArray) alerts = truce_engine_pending (world->engine, user);

  return alerts->len;
}

/* As truced-desktop does. */
static void
show_all (World *world, guint32 user)
{
  g_autoptr (GPtrArray) alerts = truce_engine_pending (world->engine, user);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < alerts->len; i++) {
    truce_engine_shown (world->engine, ((TruceStoredAlert *) g_ptr_array_index (alerts, i))->alert->id, user, &error);
    g_assert_no_error (error);
  }
}

static char *
id_of (World *world, const char *title)
{
  for (guint i = 0; i < world->raised->len; i++) {
    const TruceAlert *alert = g_ptr_array_index (world->raised, i);
    if (strcmp (alert->title, title) == 0)
      return g_strdup (alert->id);
  }
  g_assert_not_reached ();
}

static void
test_each_is_shown_everything_once (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  world_run_until (world, "2025-08-05T12:30:00Z");
  assert_pending (world, ADA, "A in 7 days");
  show_all (world, ADA);
  assert_pending (world, ADA, "");
  assert_pending (world, BEN, "A in 7 days");
  world_restart (world);
  assert_pending (world, ADA, "");
  world_run_until (world, "2025-08-06T12:30:00Z");
  assert_pending (world, ADA, "Cafe in 7 days");
  assert_pending (world, BEN, "A in 6 days; Cafe in 7 days"); /* as things are by now */
  show_all (world, BEN);
  assert_pending (world, BEN, "");
  assert_pending (world, ADA, "Cafe in 7 days");
  show_all (world, ADA);
  assert_pending (world, ADA, "");
  /* In the record of deliveries it is told once. */
  g_autofree char *id = id_of (world, "Cafe in 7 days");
  g_autoptr (GPtrArray) deliveries = world->store_port.deliveries (world->store_port.self, id);
  g_assert_cmpuint (deliveries->len, ==, 2);
}

/* Who comes for the first time sees what is open and recent, and no history. */
static void
test_who_comes_late (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  world_run_until (world, "2025-08-06T12:30:00Z");
  show_all (world, ADA);
  g_autofree char *id = id_of (world, "A in 7 days");
  g_assert_true (truce_engine_acknowledge (world->engine, id, &ada, NULL));
  assert_pending (world, EVE, "Cafe in 7 days");
  g_assert_true (truce_engine_end (world->engine, "cafe", TRUCE_AMENDMENT_MET, "", &ada, NULL));
  show_all (world, ADA);
  g_autofree char *left = pending (world, EVE);
  g_assert_null (strstr (left, "in 7 days")); /* there is nothing to do about it any more */
  world_run_until (world, "2025-09-30T00:00:00Z");
  show_all (world, ADA);
  world_run_until (world, "2025-10-15T00:00:00Z");
  assert_pending (world, EVE, "");
}

static void
test_not_more_than_a_summary_needs (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  world_run_until (world, "2025-08-01T12:00:00Z");
  for (guint i = 0; i < 150; i++) {
    char what[8];
    g_snprintf (what, sizeof what, "%u", i);
    truce_engine_problem (world->engine, what, what, "", 0);
  }
  g_assert_cmpuint (count_pending (world, ADA), ==, 150); /* nobody was shown them: none may be lost */
  show_all (world, ADA);
  g_assert_cmpuint (count_pending (world, EVE), ==, 100);
  show_all (world, EVE);
  g_assert_cmpuint (count_pending (world, EVE), ==, 0); /* and the older ones do not come after */
}

/* What is put off goes for all, and comes back to all. */
static void
test_put_off (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  world_run_until (world, "2025-08-05T12:30:00Z");
  show_all (world, ADA);
  g_autofree char *id = id_of (world, "A in 7 days");
  g_assert_true (truce_engine_snooze (world->engine, id, TRUCE_DAY / 2, &ada, NULL));
  assert_pending (world, BEN, "");
  /* Nobody ends it by claiming to have seen it. */
  g_assert_true (truce_engine_shown (world->engine, id, EVE, NULL));
  world_run_until (world, "2025-08-06T08:00:00Z");
  assert_pending (world, ADA, "A in 6 days");
  assert_pending (world, BEN, "A in 6 days");
  assert_pending (world, EVE, "A in 6 days");
  show_all (world, ADA);
  assert_pending (world, ADA, "");
  assert_pending (world, BEN, "A in 6 days");
}

/* Nor by claiming to have seen what is to wait for the morning. */
static void
test_quiet (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  world_run_until (world, "2025-08-01T23:00:00Z");
  truce_engine_problem (world->engine, "x", "At night", "", 0);
  g_autofree char *id = id_of (world, "At night");
  assert_pending (world, ADA, "");
  g_assert_true (truce_engine_shown (world->engine, id, EVE, NULL));
  world_run_until (world, "2025-08-02T07:30:00Z");
  assert_pending (world, ADA, "At night");
}

/* However much comes while the disk is full, so much of it waits: the newest. */
static void
test_a_full_disk_for_long (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  world_run_until (world, "2025-08-05T08:00:00Z");
  world->store_is_full = TRUE;
  for (guint i = 0; i < 1100; i++) {
    g_autofree char *what = g_strdup_printf ("trouble %u", i);
    truce_engine_problem (world->engine, what, what, "", 0);
  }
  g_autofree char *text = pending (world, ADA);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines) - 1, <=, 1000);
  g_assert_nonnull (strstr (text, "trouble 1099"));
  g_assert_null (strstr (text, "trouble 7\n"));
}

/* A full disk: each is shown it once all the same, and whoever comes when it is mended too. */
static void
test_a_full_disk (void)
{
  g_autoptr (World) world = world_new (CONFIG, NOW);

  world_run_until (world, "2025-08-05T08:00:00Z");
  show_all (world, ADA);
  show_all (world, BEN);
  world->store_is_full = TRUE;
  world_run_until (world, "2025-08-05T12:30:00Z");
  g_autofree char *both = pending (world, ADA);
  g_assert_nonnull (strstr (both, "A in 7 days"));
  show_all (world, ADA);
  assert_pending (world, ADA, "");
  assert_pending (world, BEN, both);
  show_all (world, BEN);
  assert_pending (world, BEN, "");
  world->store_is_full = FALSE;
  world_run_until (world, "2025-08-05T13:30:00Z");
  assert_pending (world, ADA, "");
  assert_pending (world, BEN, "");
  assert_pending (world, EVE, both);
  world_restart (world);
  assert_pending (world, ADA, "");
  assert_pending (world, EVE, both);
}

static void
test_refused (void)
{
  g_autoptr (World) world = world_new ("[truced]\nalert-to = journal\n", NOW);
  g_autoptr (GError) error = NULL;

  truce_engine_problem (world->engine, "x", "X", "", 0);
  g_autofree char *id = id_of (world, "X");
  g_assert_cmpuint (count_pending (world, ADA), ==, 0);
  g_assert_false (truce_engine_shown (world->engine, id, ADA, &error));
  g_assert_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (truce_engine_shown (world->engine, "00000000", ADA, &error));
  g_assert_error (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/once-each", test_each_is_shown_everything_once);
  g_test_add_func ("/desk/late", test_who_comes_late);
  g_test_add_func ("/desk/bounded", test_not_more_than_a_summary_needs);
  g_test_add_func ("/desk/put-off", test_put_off);
  g_test_add_func ("/desk/quiet", test_quiet);
  g_test_add_func ("/desk/full-disk", test_a_full_disk);
  g_test_add_func ("/desk/full-disk-for-long", test_a_full_disk_for_long);
  g_test_add_func ("/desk/refused", test_refused);
  return g_test_run ();
}
