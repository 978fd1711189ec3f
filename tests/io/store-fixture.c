/* SPDX-License-Identifier: MIT */
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/wait.h>

#include "io/store_private.h"

char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("truced-store-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder && (name = g_dir_read_name (folder))) {
    g_autofree char *inside = g_build_filename (path, name, NULL);
    if (g_remove (inside) != 0)
      remove_folder (inside);
  }
  (void) g_rmdir (path);
}

void
store_open_memory (Store *store)
{
  *store = (Store){ .memory = truce_memory_store_new () };
  truce_memory_store_port (store->memory, &store->port);
}

void
store_open_folder (Store *store)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *set_aside = NULL;

  store->sqlite = truce_store_open (store->folder, NOW, &set_aside, &error);
  g_assert_no_error (error);
  g_assert_null (set_aside);
  truce_store_port (store->sqlite, &store->port);
}

void
store_open_sqlite (Store *store)
{
  *store = (Store){ .folder = make_folder () };
  store_open_folder (store);
}

void
store_reopen (Store *store)
{
  if (!store->sqlite)
    return;
  g_clear_pointer (&store->sqlite, truce_store_close);
  store_open_folder (store);
}

void
store_close (Store *store)
{
  g_clear_pointer (&store->sqlite, truce_store_close);
  g_clear_pointer (&store->memory, truce_memory_store_free);
  if (store->folder)
    remove_folder (store->folder);
  g_clear_pointer (&store->folder, g_free);
}

TruceAlert *
make_alert (TruceAlertKind kind, const char *cause, const char *milestone, TruceTime raised)
{
  const char *const words[] = { cause, NULL };
  TruceAlert *alert = truce_alert_new (kind, words, raised);

  alert->title = g_strdup_printf ("Alert of %s", cause);
  alert->body = g_strdup ("Tue 12 Aug 2025 00:01 EDT (America/New_York)");
  alert->milestone = g_strdup (milestone);
  return alert;
}

guint
commit_alert (Store *store, TruceAlert *alert, const char *const *sinks)
{
  g_autoptr (TruceCommit) commit = truce_commit_new (NOW);
  g_autoptr (GPtrArray) fresh = NULL;
  g_autoptr (GError) error = NULL;

  truce_commit_add_alert (commit, alert, sinks);
  g_assert_true (store->port.commit (store->port.self, commit, &fresh, &error));
  g_assert_no_error (error);
  return fresh->len;
}

guint
count_alerts (Store *store)
{
  g_autoptr (GPtrArray) alerts = store->port.alerts (store->port.self, &(TruceAlertFilter){ .since = TRUCE_TIME_MIN });
  return alerts->len;
}

char *
file_of (const Store *store)
{
  return g_build_filename (store->folder, "truced.db", NULL);
}

void
run_sql (const char *path, const char *sql)
{
  sqlite3 *db;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  (void) sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

gint64
ask_number (const char *path, const char *sql)
{
  sqlite3 *db;
  gint64 number = -1;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_true (truce_store_pragma (db, sql, &number));
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  return number;
}

void
wait_for (pid_t child)
{
  int status;

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

gboolean
try_commit (Store *store, const char *cause, GError **error)
{
  g_autoptr (TruceCommit) commit = truce_commit_new (NOW);

  truce_commit_add_alert (commit, make_alert (TRUCE_ALERT_LEAD, cause, "m", NOW),
                          ((const char *const[]){ "journal", NULL }));
  commit->window = NOW;
  return store->port.commit (store->port.self, commit, NULL, error);
}
