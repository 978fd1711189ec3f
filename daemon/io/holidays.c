/* SPDX-License-Identifier: MIT */
#include "io/holidays.h"

#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "truced-config.h"

#define FOLDER "holidays"
#define N_FOLDERS 2

/* Those beside the configuration go before the installed ones. */
static void
folders_of (const char *config_path, char *ret_folders[N_FOLDERS])
{
  g_autofree char *beside = g_path_get_dirname (config_path);

  ret_folders[0] = g_build_filename (beside, FOLDER, NULL);
  ret_folders[1] = g_build_filename (TRUCED_DATADIR, FOLDER, NULL);
}

static void
add_names (const char *folder, GPtrArray *names)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;

  while (entries && (name = g_dir_read_name (entries)))
    g_ptr_array_add (names, g_strdup (name));
}

static void
set_missing (char *const folders[N_FOLDERS], const char *name, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < N_FOLDERS; i++)
    add_names (folders[i], names);
  g_ptr_array_add (names, NULL);
  const char *near = truce_text_nearest (name, (const char *const *) names->pdata);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "there is no holiday file %s in %s or %s%s%s%s", name,
               folders[0], folders[1], near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

static char *
read_file (const char *path, gsize *ret_length, GError **error)
{
  struct stat status;
  char *bytes = NULL;

  /* Neither a device without an end nor more than a calendar can be. */
  if (stat (path, &status) == 0 && (!S_ISREG (status.st_mode) || status.st_size > TRUCE_CALENDAR_FILE_MAX)) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s is no file of at most %d MiB", path,
                 TRUCE_CALENDAR_FILE_MAX >> 20);
    return NULL;
  }
  return g_file_get_contents (path, &bytes, ret_length, error) ? bytes : NULL;
}

char *
truce_holidays_read (const char *config_path, const char *name, char **ret_path, gsize *ret_length, GError **error)
{
  char *folders[N_FOLDERS];
  char *path = NULL, *bytes = NULL;

  folders_of (config_path, folders);
  if (g_path_is_absolute (name)) {
    path = g_strdup (name);
  } else if (strchr (name, '/') || *name == '.') {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "neither the name of a holiday file nor an absolute path");
  } else {
    for (guint i = 0; i < N_FOLDERS && !path; i++) {
      path = g_build_filename (folders[i], name, NULL);
      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        g_clear_pointer (&path, g_free);
    }
    if (!path)
      set_missing (folders, name, error);
  }
  if (path && (bytes = read_file (path, ret_length, error)))
    *ret_path = g_steal_pointer (&path);
  g_free (path);
  for (guint i = 0; i < N_FOLDERS; i++)
    g_free (folders[i]);
  return bytes;
}

TruceCalendar *
truce_holidays_load (const char *config_path, const char *names, TruceDiags *diags)
{
  g_autoptr (GPtrArray) calendars = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_calendar_unref);
  g_auto (GStrv) words = g_strsplit_set (names, " ,", -1);

  for (guint i = 0; words[i]; i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *path = NULL, *bytes = NULL;
    TruceCalendar *calendar;
    gsize length;
    if (!*words[i])
      continue;
    bytes = truce_holidays_read (config_path, words[i], &path, &length, &error);
    if (!bytes)
      truce_diags_add (diags, TRUCE_SEVERITY_ERROR, NULL, "%s", error->message);
    else if ((calendar = truce_calendar_parse (words[i], path, bytes, length, diags)))
      g_ptr_array_add (calendars, calendar);
  }
  if (truce_diags_failed (diags))
    return NULL;
  if (calendars->len == 0) {
    truce_diags_add (diags, TRUCE_SEVERITY_ERROR, NULL, "no holiday file is named");
    return NULL;
  }
  return truce_calendar_join ((TruceCalendar *const *) calendars->pdata, calendars->len);
}
