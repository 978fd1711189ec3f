/* SPDX-License-Identifier: MIT */
/* A year of polls on a virtual clock, with the real store: what is remembered does not grow beyond retention, however
 * a feed treats its ids and addresses. */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "engine/world.h"
#include "io/store_sqlite.h"

#define BEGIN "2025-01-01T00:00:00Z"
#define STEP (12 * TRUCE_HOUR) /* a new entry, and a poll: as the feeds' interval is */
#define ENTRIES 15             /* that a feed has at a time */
#define DAYS 380               /* over a year, and beyond the retention of alerts */

typedef enum { ORDERLY, IDS_CHANGE, ALL_CHANGE, IDS_REPEAT, N_FEEDS } Manner;

static const char *const urls[N_FEEDS] = { "https://a.example/", "https://b.example/", "https://c.example/",
                                           "https://d.example/" };

/* What the feed has at `step`: its newest entries, one more at each step. One in four is of the truce. */
static char *
document (Manner manner, guint step, TruceTime now)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < ENTRIES; i++) {
    guint entry = step + ENTRIES - i;
    char at[TRUCE_TIME_TEXT_SIZE];
    truce_time_to_text (now - (i + 1) * STEP, at);
    g_string_append_printf (lines, "%s number %u|%s|https://x.example/%u", entry % 4 ? "Nothing" : "Truce", entry, at,
                            manner == ALL_CHANGE ? step * 1000 + i : entry);
    if (manner == IDS_REPEAT)
      g_string_append (lines, "|same");
    else
      g_string_append_printf (lines, "|%u", manner == ORDERLY ? entry : step * 1000 + i);
    g_string_append_c (lines, '\n');
  }
  return g_string_free (lines, FALSE);
}

static gint64
ask (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement;
  gint64 value;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return value;
}

static World *
world_of_feeds (const TruceStorePort *port)
{
  g_autoptr (GString) config = g_string_new (
      "[truced]\nalert-to = stdout\nbudget = 1000\npoll = 12h\n[watch truce]\ntitle = T\nmatch = truce\n");
  World *world;

  for (guint i = 0; i < N_FEEDS; i++)
    g_string_append_printf (config, "[feed f%u]\nurl = %s\n", i, urls[i]);
  world = world_new (config->str, BEGIN);
  world_use_store (world, port);
  return world;
}

static void
run_year (World *world, sqlite3 *db, gint64 *ret_half, gint64 *ret_whole)
{
  TruceTime start = world->now;

  for (guint step = 0; step < DAYS * 2; step++) {
    char until[TRUCE_TIME_TEXT_SIZE];
    for (guint i = 0; i < N_FEEDS; i++) {
      g_autofree char *items = document (i, step, world->now);
      g_autofree char *etag = g_strdup_printf ("\"%u\"", step);
      world_script (world, urls[i], 200, etag, items);
    }
    if (step % 300 == 299)
      world_restart (world);
    world_run_until (world, truce_time_to_text (start + (step + 1) * STEP, until));
    g_ptr_array_set_size (world->asked, 0);
    g_ptr_array_set_size (world->asked_etags, 0);
    if (step == 200 * 2) /* what is forgotten with time is by now */
      *ret_half = ask (db, "SELECT count(*) FROM seen");
  }
  *ret_whole = ask (db, "SELECT count(*) FROM seen");
}

/* Each entry once, from those that the first poll found fresh on: all feeds have the same, so it is one story. */
static void
assert_told_once (World *world)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < world->raised->len; i++) {
    const TruceAlert *alert = g_ptr_array_index (world->raised, i);
    g_assert_cmpint (alert->kind, ==, TRUCE_ALERT_NEWS);
    const TruceAlertItem *item = g_ptr_array_index (alert->items, 0);
    g_assert_true (g_hash_table_add (told, g_strdup (item->title)));
  }
  g_assert_cmpuint (world->raised->len, >=, DAYS * 2 / 4 - 4);
}

static void
test_year (void)
{
  /* Where writing waits for no disk: it is written every time, as ever. */
  const char *base = g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm" : g_get_tmp_dir ();
  g_autofree char *directory = g_mkdtemp (g_build_filename (base, "truced-year-XXXXXX", NULL));
  g_autofree char *path = g_build_filename (directory, "truced.db", NULL);
  g_autoptr (GError) error = NULL;
  TruceStore *store = truce_store_open (directory, 1735689600 * TRUCE_SECOND, NULL, &error);
  TruceStorePort port;
  gint64 half = 0, whole = 0;
  sqlite3 *db;

  g_assert_no_error (error);
  truce_store_port (store, &port);
  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  World *world = world_of_feeds (&port);
  run_year (world, db, &half, &whole);
  assert_told_once (world);
  g_test_message ("%d entries are known after 200 days, %d after %d", (int) half, (int) whole, DAYS);
  /* So long after it was last there, a week of grain; two a day, two ways to know one of an orderly feed. */
  g_assert_cmpint (whole, <=, 2 * (TRUCE_STORE_SEEN_RETENTION / TRUCE_DAY + 8 + ENTRIES / 2) * (2 + 2 + 1 + 1));
  g_assert_cmpint (whole, <=, half + half / 20);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM feed"), ==, N_FEEDS);
  g_assert_cmpint (ask (db, "SELECT max (length (polls)) FROM feed"), <, 400);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM outbox"), ==, 0);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM story"), <=, (TRUCE_STORE_STORY_RETENTION / TRUCE_DAY + 2) * 2);
  g_assert_cmpint (ask (db, "SELECT max (length (record)) FROM story"), <, 2000);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM alert WHERE record NOT LIKE '%\"count\":4,%'"), <=, 8);
  sqlite3_close (db);
  world_free (world);
  truce_store_close (store);
  static const char *const files[] = { "truced.db", "truced.db-wal", "truced.db-shm", "truced.lock" };
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *file = g_build_filename (directory, files[i], NULL);
    (void) g_unlink (file);
  }
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/year", test_year);
  return g_test_run ();
}
