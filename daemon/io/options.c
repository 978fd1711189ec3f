/* SPDX-License-Identifier: MIT */
#include "io/options.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#include "io/config_load.h"
#include "truced-config.h"

gboolean
truce_options_read (int *argc, char ***argv, TruceOptions *options)
{
  g_autofree char *level = NULL;
  gboolean verbose = FALSE;
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &options->config,
      "Read FILE and FILE's .d folder (default: the user's truced/truced.conf, else " TRUCED_SYSCONFDIR
      "/truced/truced.conf)",
      "FILE" },
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &options->state,
      "Keep state in DIR (default: $STATE_DIRECTORY, else $XDG_STATE_HOME/truced)", "DIR" },
    { "bus", 0, 0, G_OPTION_ARG_STRING, &options->bus, "session, system, none, or a D-Bus address (default: session)",
      "BUS" },
    { "once", 0, 0, G_OPTION_ARG_NONE, &options->once, "Poll and tell what is due, deliver it, and exit", NULL },
    { "check", 0, 0, G_OPTION_ARG_NONE, &options->check, "Read the configuration, say what is wrong with it, and exit",
      NULL },
    { "log-level", 0, 0, G_OPTION_ARG_STRING, &level, "How much to log: " TRUCE_LOG_LEVELS, "LEVEL" },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &verbose, "As --log-level debug", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Print the version and exit", NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- watch dated milestones and the news about them");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_description (context, "See truced(8) and truced.conf(5); trucectl(1) is the client.\n");
  if (!g_option_context_parse (context, argc, argv, &error)) {
    fprintf (stderr, "truced: %s\nTry truced --help.\n", error->message);
    return FALSE;
  }
  if (*argc > 1) {
    fprintf (stderr, "truced: \"%s\" is not expected: truced takes options only\nTry truced --help.\n", (*argv)[1]);
    return FALSE;
  }
  if (level && !truce_log_level_from_text (level, &options->log_level)) {
    fprintf (stderr, "truced: --log-level %s: not one of %s\n", level, TRUCE_LOG_LEVELS);
    return FALSE;
  }
  if (options->bus && strcmp (options->bus, "session") != 0 && strcmp (options->bus, "system") != 0 &&
      strcmp (options->bus, "none") != 0 && !g_dbus_is_address (options->bus)) {
    fprintf (stderr, "truced: --bus %s: neither session, system nor none, nor a D-Bus address\n", options->bus);
    return FALSE;
  }
  if (verbose)
    options->log_level = TRUCE_LOG_DEBUG;
  options->has_log_level = level || verbose;
  return TRUE;
}

void
truce_options_complete (TruceOptions *options)
{
  if (!options->bus)
    options->bus = g_strdup (options->once ? "none" : "session");
  if (!options->config && g_strcmp0 (options->bus, "system") != 0) {
    options->config = truce_config_default_path (TRUE);
    if (!g_file_test (options->config, G_FILE_TEST_EXISTS))
      g_clear_pointer (&options->config, g_free);
  }
  if (!options->config)
    options->config = truce_config_default_path (FALSE);
  if (!options->state && g_getenv ("STATE_DIRECTORY"))
    options->state = g_strdup (g_getenv ("STATE_DIRECTORY"));
  if (!options->state)
    options->state = g_build_filename (g_get_user_state_dir (), "truced", NULL);
}

void
truce_options_clear (TruceOptions *options)
{
  g_free (options->config);
  g_free (options->state);
  g_free (options->bus);
}
