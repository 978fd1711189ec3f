/* SPDX-License-Identifier: MIT */
/* A store that is in memory since its disk would not take it: it begins with what the file holds, and goes back there
 * without harm to anything that it does not know. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "io/store_private.h"
#include "store-fixture.h"

#define SINK ((const char *const[]){ "journal", NULL })

static void
open_in_memory (Store *store)
{
  store->sqlite = truce_store_open_in_memory (store->folder);
  g_assert_true (truce_store_is_in_memory (store->sqlite));
  truce_store_port (store->sqlite, &store->port);
}

/* With one alert, and no longer open. */
static void
store_with_one (Store *store)
{
  store_open_sqlite (store);
  g_assert_true (try_commit (store, "one", NULL));
  g_clear_pointer (&store->sqlite, truce_store_close);
}

static gboolean
settle (Store *store, char **ret_set_aside)
{
  g_autoptr (GError) error = NULL;
  gboolean done = truce_store_settle (store->sqlite, NOW, ret_set_aside, &error);

  g_assert_true (done == (error == NULL));
  g_assert_true (done == !truce_store_is_in_memory (store->sqlite));
  return done;
}

static void
test_there_and_back (void)
{
  Store store;
  g_autofree char *aside = NULL;

  store_with_one (&store);
  open_in_memory (&store);
  g_assert_cmpuint (count_alerts (&store), ==, 1);
  g_assert_true (try_commit (&store, "two", NULL));
  g_assert_true (settle (&store, &aside));
  g_assert_null (aside);
  g_assert_true (try_commit (&store, "three", NULL)); /* and it goes on there */
  store_reopen (&store);
  g_assert_cmpuint (count_alerts (&store), ==, 3);
  store_close (&store);
}

/* Killed: what is in the log beside the file counts, and neither is written to. */
static void
test_log (void)
{
  Store store = { .folder = make_folder () };
  g_autofree char *path = file_of (&store), *before = NULL, *after = NULL;
  gsize length;
  pid_t child = fork ();

  if (child == 0) {
    store_open_folder (&store);
    g_assert_true (try_commit (&store, "one", NULL));
    _exit (0);
  }
  wait_for (child);
  g_assert_true (g_file_get_contents (path, &before, &length, NULL));
  open_in_memory (&store);
  g_assert_cmpuint (count_alerts (&store), ==, 1);
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_true (memcmp (before, after, length) == 0);
  store_close (&store);
}

static void
test_none (void)
{
  Store store = { .folder = make_folder () };

  open_in_memory (&store);
  g_assert_true (try_commit (&store, "one", NULL));
  g_assert_true (settle (&store, NULL));
  store_reopen (&store);
  g_assert_cmpuint (count_alerts (&store), ==, 1);
  store_close (&store);
}

/* An older version is brought forward in memory, without a copy on the disk that is not to be had. */
static void
test_older (void)
{
  Store store = { .folder = make_folder () };
  g_autofree char *path = file_of (&store), *sql = NULL, *copy = NULL;
  g_autofree char *stored = g_build_filename (g_getenv ("SOURCE_ROOT"), "tests/io/store-version-1.sql", NULL);

  g_assert_true (g_file_get_contents (stored, &sql, NULL, NULL));
  run_sql (path, sql);
  copy = g_strdup_printf ("%s.before-version-%d", path, truce_store_version (truce_store_migrations));
  open_in_memory (&store);
  g_assert_cmpuint (count_alerts (&store), ==, 2);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
  g_assert_true (settle (&store, NULL));
  g_assert_true (g_file_test (copy, G_FILE_TEST_EXISTS));
  store_reopen (&store);
  g_assert_cmpuint (count_alerts (&store), ==, 2);
  store_close (&store);
}

static void
spoil (const char *path)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC);

  g_assert_cmpint (pwrite (fd, "what is this?", 13, 0), ==, 13);
  (void) close (fd);
}

static void
test_damaged (void)
{
  Store store;
  g_autofree char *path = NULL, *aside = NULL;

  store_with_one (&store);
  path = file_of (&store);
  spoil (path);
  open_in_memory (&store);
  g_assert_cmpuint (count_alerts (&store), ==, 0);
  g_assert_true (try_commit (&store, "two", NULL));
  g_assert_true (settle (&store, &aside));
  g_assert_nonnull (strstr (aside, "is damaged"));
  store_reopen (&store);
  g_assert_cmpuint (count_alerts (&store), ==, 1);
  store_close (&store);
}

/* What turns up at its place is somebody's: a disk that was mounted late, a backup. */
static void
assert_left_alone (Store *store, const char *with)
{
  g_autofree char *path = file_of (store), *log = g_strconcat (path, "-wal", NULL);

  g_assert_cmpint (g_rename (with, path), ==, 0);
  (void) g_unlink (log);
  g_assert_true (try_commit (store, "another", NULL));
  g_assert_false (settle (store, NULL));
  g_assert_true (try_commit (store, "and another", NULL)); /* it goes on in memory */
  g_assert_cmpint (ask_number (path, "SELECT count (*) FROM alert"), ==, 1);
  store_close (store);
}

static void
test_another (void)
{
  Store other, late = { .folder = make_folder () }, changed;
  g_autofree char *path = NULL;

  store_with_one (&other);
  path = file_of (&other);
  open_in_memory (&late);
  assert_left_alone (&late, path);
  store_close (&other);

  store_with_one (&other);
  g_free (path);
  path = file_of (&other);
  store_with_one (&changed);
  open_in_memory (&changed);
  assert_left_alone (&changed, path);
  store_close (&other);
}

/* What could not be read is not replaced, though it is the same as it was. */
static void
test_unreadable (void)
{
  Store store = { .folder = make_folder () };
  g_autofree char *path = file_of (&store), *inside = g_build_filename (path, "x", NULL);

  g_assert_cmpint (g_mkdir_with_parents (inside, 0700), ==, 0); /* root could read any file */
  open_in_memory (&store);
  g_assert_cmpuint (commit_alert (&store, make_alert (TRUCE_ALERT_LEAD, "x", "m", NOW), SINK), ==, 1);
  g_assert_false (settle (&store, NULL));
  g_assert_true (g_file_test (inside, G_FILE_TEST_IS_DIR));
  g_assert_cmpint (g_rmdir (inside), ==, 0);
  g_assert_cmpint (g_rmdir (path), ==, 0);
  g_assert_true (settle (&store, NULL));
  store_reopen (&store);
  g_assert_cmpuint (count_alerts (&store), ==, 1);
  store_close (&store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-memory/there-and-back", test_there_and_back);
  g_test_add_func ("/store-memory/log", test_log);
  g_test_add_func ("/store-memory/none", test_none);
  g_test_add_func ("/store-memory/older", test_older);
  g_test_add_func ("/store-memory/damaged", test_damaged);
  g_test_add_func ("/store-memory/another", test_another);
  g_test_add_func ("/store-memory/unreadable", test_unreadable);
  return g_test_run ();
}
