/* SPDX-License-Identifier: MIT */
/* trucectl: the user's client of truced, and its tools that need none. */
#include <errno.h>
#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ctl/client.h"
#include "ctl/print.h"
#include "io/clock.h"
#include "truced-config.h"

static gboolean option_json, option_help, option_version;
static char *option_config, *option_state, *option_bus;
static char **option_arguments;

/* File names rather than strings: those would be refused in the C locale when they are not ASCII. */
static const GOptionEntry common_options[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &option_json, NULL, NULL },
  { "config", 0, 0, G_OPTION_ARG_FILENAME, &option_config, NULL, NULL },
  { "state", 0, 0, G_OPTION_ARG_FILENAME, &option_state, NULL, NULL },
  { "bus", 0, 0, G_OPTION_ARG_FILENAME, &option_bus, NULL, NULL },
  { "help", 'h', 0, G_OPTION_ARG_NONE, &option_help, NULL, NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, &option_version, NULL, NULL },
  G_OPTION_ENTRY_NULL,
};

static const GOptionEntry remaining_options[] = {
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &option_arguments, NULL, NULL },
  G_OPTION_ENTRY_NULL,
};

static const char common_help[] = "  --json          JSON, one object a line\n"
                                  "  --config FILE   the configuration (default: yours, else the system's)\n"
                                  "  --state DIR     the state folder of truced, for the advice on starting it\n"
                                  "  --bus BUS       session, system, or a D-Bus address; without it truced is\n"
                                  "                  looked for on the session bus and then on the system bus\n"
                                  "  -h, --help      this; after a verb, about the verb\n"
                                  "  --version       the version\n";

static void
print_help (void)
{
  puts ("Usage: trucectl [VERB] [OPTION...]\n\n"
        "Watches over deadlines and the news about them, with truced.\n");
  for (const TruceVerb *verb = truce_verbs; verb->name; verb++)
    printf ("  %-10s  %s\n", verb->name, verb->summary);
  printf ("\nWithout a verb: status.\n\n%s\n"
          "Exit status: 0 done, 1 the answer is no or the input is bad, 2 usage, 3 truced\n"
          "cannot be reached.\n",
          common_help);
}

static void
print_verb_help (const TruceVerb *verb)
{
  printf ("Usage: trucectl %s%s%s\n\n%c%s.\n", verb->name, *verb->usage ? " " : "", verb->usage,
          g_ascii_toupper (verb->summary[0]), verb->summary + 1);
  if (*verb->help)
    printf ("\n%s", verb->help);
  printf ("\n%s", common_help);
}

static const TruceVerb *
find_verb (const char *name)
{
  for (const TruceVerb *verb = truce_verbs; verb->name; verb++) {
    if (g_str_equal (verb->name, name))
      return verb;
  }
  return NULL;
}

static TruceExit
unknown_verb (const char *name)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *shown = truce_text_clean (name, -1);

  for (const TruceVerb *verb = truce_verbs; verb->name; verb++)
    g_ptr_array_add (names, (gpointer) verb->name);
  g_ptr_array_add (names, NULL);
  const char *nearest = truce_text_nearest (shown, (const char *const *) names->pdata);
  if (nearest)
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "there is no verb %s; did you mean %s?", shown, nearest);
  return truce_ctl_fail (TRUCE_EXIT_USAGE, "there is no verb %s; trucectl --help lists them", shown);
}

static gboolean
parse_options (const GOptionEntry *own, gboolean stop_at_verb, int *argc, char ***argv, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, common_options, NULL);
  if (own)
    g_option_context_add_main_entries (context, own, NULL);
  if (!stop_at_verb)
    g_option_context_add_main_entries (context, remaining_options, NULL);
  g_option_context_set_strict_posix (context, stop_at_verb);
  return g_option_context_parse (context, argc, argv, error);
}

/* A zone that does not exist becomes UTC: where dates are read that must not go unsaid. */
static void
warn_of_zone (const TruceCtl *ctl)
{
  const char *named = g_getenv ("TZ");

  if (named && *named && *named != ':' && strchr (named, '/') && g_strcmp0 (truce_zone_name (ctl->zone), named) != 0)
    fprintf (stderr, "trucectl: TZ names no zone that is known here (%s): times are in %s\n", named,
             truce_zone_name (ctl->zone));
}

static TruceExit
run_verb (const TruceVerb *verb)
{
  TruceCtl ctl = {
    .json = option_json,
    .config = option_config,
    .state = option_state,
    .bus = option_bus,
    .arguments = option_arguments,
    .n_arguments = option_arguments ? g_strv_length (option_arguments) : 0,
  };

  if (ctl.n_arguments < verb->min_arguments || ctl.n_arguments > verb->max_arguments)
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "usage: trucectl %s%s%s", verb->name, *verb->usage ? " " : "",
                           verb->usage);
  if (option_bus && strcmp (option_bus, "session") != 0 && strcmp (option_bus, "system") != 0 &&
      !g_dbus_is_address (option_bus))
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "--bus %s: neither session nor system nor a D-Bus address", option_bus);
  for (guint i = 0; i < ctl.n_arguments; i++) {
    if (!g_utf8_validate (ctl.arguments[i], -1, NULL))
      return truce_ctl_fail (TRUCE_EXIT_USAGE, "%s: argument %u is not UTF-8", verb->name, i + 1);
  }
  ctl.now = truce_clock_now ();
  ctl.zone = truce_zone_new_local ();
  warn_of_zone (&ctl);
  truce_print_init (&ctl);
  TruceExit status = verb->run (&ctl);
  truce_client_free (ctl.client);
  truce_zone_unref (ctl.zone);
  if ((fflush (stdout) != 0 || ferror (stdout)) && errno == EPIPE)
    return TRUCE_EXIT_NO; /* whoever reads has had enough: head(1) */
  if (ferror (stdout))
    return truce_ctl_fail (TRUCE_EXIT_NO, "standard output: %s", g_strerror (errno));
  return status;
}

/* `argv` is NULL-terminated and its array may be changed. */
static TruceExit
run (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (!parse_options (NULL, TRUE, &argc, &argv, &error))
    return truce_ctl_fail (TRUCE_EXIT_USAGE, "%s; see trucectl --help", error->message);
  const TruceVerb *verb = argc > 1 ? find_verb (argv[1]) : &truce_verbs[0];
  if (!verb && !(option_help || option_version))
    return unknown_verb (argv[1]);
  if (argc > 1 && verb) {
    char **rest = argv + 1;

    argc--;
    if (!parse_options (verb->options, FALSE, &argc, &rest, &error))
      return truce_ctl_fail (TRUCE_EXIT_USAGE, "%s: %s; see trucectl %s --help", verb->name, error->message,
                             verb->name);
  }
  if (option_version) {
    puts ("trucectl " TRUCED_VERSION);
    return TRUCE_EXIT_DONE;
  }
  if (option_help) {
    if (verb && argv[1])
      print_verb_help (verb);
    else
      print_help ();
    return TRUCE_EXIT_DONE;
  }
  return run_verb (verb);
}

int
main (int argc, char **argv)
{
  g_autofree char **copy = g_memdup2 (argv, (gsize) (argc + 1) * sizeof *argv);
  TruceExit status = run (argc, copy);

  g_strfreev (option_arguments);
  g_free (option_config);
  g_free (option_state);
  g_free (option_bus);
  return (int) status;
}
