/* SPDX-License-Identifier: MIT */
/* truced-desktop: shows truced's alerts as desktop notifications, and turns clicks on them into calls to truced. */
#include <gio/gio.h>
#include <glib-unix.h>
#include <libnotify/notify.h>
#include <locale.h>
#include <stdio.h>

#include "desktop/desk.h"
#include "io/log.h"
#include "truced-config.h"

enum { EXIT_OK = 0, EXIT_USAGE = 2, EXIT_NO_BUS = 3 };

typedef struct {
  char *bus; /* NULL: both */
  gboolean version, verbose;
  TruceLogLevel log_level;
} Options;

static gboolean
read_options (int argc, char **argv, Options *options, GError **error)
{
  g_autofree char *level = NULL;
  const GOptionEntry entries[] = {
    { "bus", 0, 0, G_OPTION_ARG_STRING, &options->bus,
      "Where truced is: session, system or a D-Bus address (default: session and system)", "BUS" },
    { "log-level", 0, 0, G_OPTION_ARG_STRING, &level, "How much to log: " TRUCE_LOG_LEVELS, "LEVEL" },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &options->verbose, "As --log-level debug", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Print the version and exit", NULL },
    { 0 },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- show the alerts of truced on the desktop");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (argc > 1) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "%s: no arguments are expected", argv[1]);
    return FALSE;
  }
  options->log_level = TRUCE_LOG_LEVEL_DEFAULT;
  if (level && !truce_log_level_from_text (level, &options->log_level)) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--log-level %s: not one of %s", level,
                 TRUCE_LOG_LEVELS);
    return FALSE;
  }
  if (options->verbose)
    options->log_level = TRUCE_LOG_DEBUG;
  return TRUE;
}

static gboolean
on_terminate (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE; /* run() removes it */
}

/* The session has ended: so does this program, well. */
static void
on_session_closed (GDBusConnection *session, gboolean vanished, GError *error, gpointer user_data)
{
  g_main_loop_quit (user_data);
}

static void
run (GDBusConnection *session, const char *bus)
{
  const char *const one[] = { bus, NULL };
  const char *const both[] = { "session", "system", NULL };
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  TruceDesk *desk = truce_desk_new (session, bus ? one : both);
  g_dbus_connection_set_exit_on_close (session, FALSE);
  gulong closed = g_signal_connect (session, "closed", G_CALLBACK (on_session_closed), loop);
  guint terminate = g_unix_signal_add (SIGTERM, on_terminate, loop);
  guint interrupt = g_unix_signal_add (SIGINT, on_terminate, loop);
  g_main_loop_run (loop);
  g_source_remove (terminate);
  g_source_remove (interrupt);
  g_signal_handler_disconnect (session, closed);
  truce_desk_free (desk);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_autoptr (GError) error = NULL;
  Options options = { 0 };
  if (!read_options (argc, argv, &options, &error)) {
    fprintf (stderr, "truced-desktop: %s\nTry --help.\n", error->message);
    return EXIT_USAGE;
  }
  g_autofree char *bus = options.bus;
  if (options.version) {
    puts ("truced-desktop " TRUCED_VERSION);
    return EXIT_OK;
  }
  truce_log_init ("truced-desktop");
  truce_log_set_level (options.log_level);
  g_autoptr (GDBusConnection) session = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  if (!session) {
    g_critical ("there is no session bus, and so no desktop: %s", error->message);
    return EXIT_NO_BUS;
  }
  /* notify_uninit() is not called: it would take the popups off the screen. */
  notify_init ("truced");
  run (session, bus);
  return EXIT_OK;
}
