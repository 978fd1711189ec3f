/* SPDX-License-Identifier: MIT */
/* floor PART...: a process that has what truced cannot do without, and does nothing: what truced's own cost is measured
 * against.
 *
 *   bus     GLib's main loop, a connection to the session bus and a name on it
 *   store   an open SQLite database in WAL mode, in the working folder
 *   curl    libcurl, initialised, with one multi handle
 *   ready   says READY=1 to the service manager and goes on
 *
 * Ends at SIGTERM. */
#include <curl/curl.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <systemd/sd-daemon.h>

static void
hold_store (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "floor.db", NULL);
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  sqlite3_exec (database, "PRAGMA journal_mode = WAL; CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) STRICT;", NULL,
                NULL, NULL);
}

static void
hold_bus (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);

  g_assert_nonnull (bus);
  g_bus_own_name_on_connection (bus, "org.truced.Floor", 0, NULL, NULL, NULL, NULL);
  (void) g_steal_pointer (&bus); /* held to the end */
}

static gboolean
on_terminate (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

int
main (int argc, char **argv)
{
  GMainLoop *loop = g_main_loop_new (NULL, FALSE);

  g_unix_signal_add (SIGTERM, on_terminate, loop);
  for (int i = 1; i < argc; i++) {
    if (strcmp (argv[i], "bus") == 0)
      hold_bus ();
    else if (strcmp (argv[i], "store") == 0)
      hold_store (".");
    else if (strcmp (argv[i], "curl") == 0 && curl_global_init (CURL_GLOBAL_DEFAULT) == 0)
      curl_multi_init ();
    else if (strcmp (argv[i], "ready") == 0)
      sd_notify (0, "READY=1");
  }
  g_main_loop_run (loop);
  return 0;
}
