/* SPDX-License-Identifier: MIT */
#include "io/config_load.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "config/show.h"
#include "io/config_secrets.h"
#include "io/holidays.h"
#include "truced-config.h"

#define READ_STEP 65536 /* bytes asked for at a time */

char *
truce_config_default_path (gboolean user)
{
  const char *folder = user ? g_get_user_config_dir () : TRUCED_SYSCONFDIR;

  return g_build_filename (folder, "truced", "truced.conf", NULL);
}

static void
add_error (TruceDiags *diags, const char *path, const char *reason)
{
  TrucePlace place = { .path = path };

  truce_diags_add (diags, TRUCE_SEVERITY_ERROR, &place, "%s", reason);
}

/* All of `fd`, but no more than a byte over TRUCE_CONFIG_FILE_MAX: it may be a pipe, or a device without an end. NULL
 * with errno set. */
static GByteArray *
read_all (int fd)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  while (bytes->len <= TRUCE_CONFIG_FILE_MAX) {
    guint had = bytes->len;
    g_byte_array_set_size (bytes, had + READ_STEP);
    ssize_t got = read (fd, bytes->data + had, READ_STEP);
    g_byte_array_set_size (bytes, had + (got > 0 ? (guint) got : 0));
    if (got == 0)
      break;
    if (got < 0 && errno != EINTR)
      return NULL;
  }
  return g_steal_pointer (&bytes);
}

/* `fd` -1: it could not be opened, errno says why. FALSE, having said so, when it cannot be read. */
static gboolean
take_file (GArray *files, int fd, const char *path, TruceDiags *diags)
{
  GByteArray *bytes = fd >= 0 ? read_all (fd) : NULL;
  int failure = errno;

  if (!bytes) {
    const char *example = TRUCED_DATAROOTDIR "/doc/truced/truced.conf";
    gboolean installed = access (example, R_OK) == 0;
    g_autofree char *reason =
        failure == ENOENT && files->len == 0 /* the main file */
            ? g_strdup_printf ("there is no such file%s%s", installed ? ": an example to begin with is " : "",
                               installed ? example : "")
            : g_strdup_printf ("cannot be read: %s", g_strerror (failure));
    add_error (diags, path, reason);
    return FALSE;
  }
  if (bytes->len > TRUCE_CONFIG_FILE_MAX) {
    g_autofree char *reason = g_strdup_printf ("larger than %d MiB", TRUCE_CONFIG_FILE_MAX >> 20);
    add_error (diags, path, reason);
    g_byte_array_unref (bytes);
    return FALSE;
  }
  TruceConfigFile file = { .path = g_strdup (path), .length = bytes->len };
  file.bytes = (const char *) g_byte_array_free (bytes, FALSE);
  g_array_append_val (files, file);
  return TRUE;
}

static gboolean
add_file (GArray *files, const char *path, TruceDiags *diags)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  gboolean is_read = take_file (files, fd, path, diags);

  if (fd >= 0)
    close (fd);
  return is_read;
}

static void
clear_file (TruceConfigFile *file)
{
  g_free ((char *) file->path);
  g_free ((char *) file->bytes);
}

static GArray *
files_new (void)
{
  GArray *files = g_array_new (FALSE, FALSE, sizeof (TruceConfigFile));

  g_array_set_clear_func (files, (GDestroyNotify) clear_file);
  return files;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The names of PATH.d/ *.conf, sorted; editors' and package managers' leftovers end otherwise or begin with a dot. An
 * empty array when there is no such folder; NULL, having said so, when it cannot be read. */
static GPtrArray *
drop_in_names (const char *folder, TruceDiags *diags)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) entries = g_dir_open (folder, 0, &error);
  const char *name;

  if (!entries && !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
    add_error (diags, folder, error->message);
    return NULL;
  }
  while (entries && (name = g_dir_read_name (entries)))
    if (*name != '.' && g_str_has_suffix (name, ".conf"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

static char *
read_holidays (const char *name, char **ret_path, gsize *ret_length, gpointer user_data, GError **error)
{
  return truce_holidays_read (user_data, name, ret_path, ret_length, error);
}

/* The files that `path` leads to, of TruceConfigFile; NULL, having said so, when they cannot all be read: judging what
 * is left of a config would only mislead. */
static GArray *
read_files (const char *path, TruceDiags *diags)
{
  g_autoptr (GArray) files = files_new ();
  g_autofree char *folder = g_strconcat (path, ".d", NULL);
  g_autoptr (GPtrArray) names = drop_in_names (folder, diags);

  gboolean is_read = add_file (files, path, diags) && names;
  for (guint i = 0; names && i < names->len; i++) {
    g_autofree char *inside = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
    is_read = add_file (files, inside, diags) && is_read;
  }
  return is_read ? g_steal_pointer (&files) : NULL;
}

/* A program that is not there may come: its sink waits for it, and all others go on. */
static void
check_programs (const TruceConfig *config, TruceDiags *diags)
{
  for (guint i = 0; i < truce_config_n_sinks (config); i++) {
    const TruceSink *sink = truce_config_sink (config, i);
    g_autofree char *program = sink->command ? g_find_program_in_path (sink->command[0]) : NULL;
    g_autofree char *section = g_strconcat ("sink ", sink->id, NULL);
    const TrucePlace place = { sink->file, sink->command_line, section, "command", NULL };
    if (sink->command && !program)
      truce_diags_add (diags, TRUCE_SEVERITY_WARNING, &place, "%s: there is no such program that may be run",
                       sink->command[0]);
  }
}

/* A file that is still to be written, or the wrong one. */
static void
check_purpose (const TruceConfig *config, const char *path, TruceDiags *diags)
{
  const TrucePlace place = { .path = path };

  if (truce_config_n_milestones (config) + truce_config_n_watches (config) + truce_config_n_calendars (config) == 0)
    truce_diags_add (diags, TRUCE_SEVERITY_WARNING, &place,
                     "nothing is watched: there is no section [milestone ID], [watch ID] or [calendar ID]");
}

/* `files` may be NULL. Of TruceConfigFile, the first of which `path` names. */
static TruceConfig *
load (const GArray *files, const char *path, TruceTime now, TruceDiags *diags)
{
  g_autoptr (TruceZone) local = truce_zone_new_local ();
  const TruceHolidayReader holidays = { read_holidays, (gpointer) path };

  if (!files)
    return NULL;
  TruceConfig *config = truce_config_parse_full ((const TruceConfigFile *) (gpointer) files->data, files->len,
                                                 &holidays, local, now, diags);
  if (config) {
    check_purpose (config, path, diags);
    check_programs (config, diags);
    truce_config_check_secrets (config, diags);
  }
  return config;
}

TruceConfig *
truce_config_load (const char *path, TruceTime now, TruceDiags *diags)
{
  g_autoptr (GArray) files = read_files (path, diags);

  return load (files, path, now, diags);
}

TruceConfig *
truce_config_load_input (TruceTime now, TruceDiags *diags)
{
  g_autoptr (GArray) files = files_new ();

  return load (take_file (files, STDIN_FILENO, TRUCE_CONFIG_INPUT, diags) ? files : NULL, TRUCE_CONFIG_INPUT, now,
               diags);
}

/* Of the file's bytes or, when it is new there, of its name. */
static TruceTime
later_of (TruceTime last, const char *path)
{
  GStatBuf status;

  if (g_stat (path, &status) != 0)
    return last;
  TruceTime at = status.st_mtim.tv_sec * TRUCE_SECOND + status.st_mtim.tv_nsec / 1000;
  return last == TRUCE_TIME_NONE ? at : MAX (last, at);
}

TruceTime
truce_config_last_written (const char *path)
{
  g_autofree char *folder = g_strconcat (path, ".d", NULL);
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  g_autoptr (GPtrArray) names = drop_in_names (folder, diags);
  TruceTime last = later_of (later_of (TRUCE_TIME_NONE, path), folder);

  for (guint i = 0; names && i < names->len; i++) {
    g_autofree char *inside = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
    last = later_of (last, inside);
  }
  return last;
}

char *
truce_config_load_shown (const char *path, const TruceConfig *config, TruceDiags *diags)
{
  g_autoptr (GArray) files = read_files (path, diags);

  return files ? truce_config_show ((const TruceConfigFile *) (gpointer) files->data, files->len, config) : NULL;
}
