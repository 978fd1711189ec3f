/* SPDX-License-Identifier: MIT */
/* Each golden/NAME.conf gives exactly the findings of golden/NAME.findings, and no config if one is an error. */
#include <string.h>

#include "config/config.h"

#define GOLDEN "tests/config/golden"
#define FILES_AT_LEAST 15 /* that an empty folder is no success */

/* 2026-11-24T00:00:00Z */
#define NOW ((TruceTime) 1795478400 * TRUCE_SECOND)

static char *
read_file (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("SOURCE_ROOT"), GOLDEN, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* Those of the fixtures, and those that come with truced. */
static char *
read_holidays (const char *name, char **ret_path, gsize *ret_length, gpointer user_data, GError **error)
{
  static const char *const folders[] = { GOLDEN "/holidays", "config/holidays" };

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree char *path = g_build_filename (g_getenv ("SOURCE_ROOT"), folders[i], name, NULL);
    char *bytes;
    if (g_file_get_contents (path, &bytes, ret_length, NULL)) {
      *ret_path = g_strconcat ("holidays/", name, NULL);
      return bytes;
    }
  }
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "there is no holiday file %s", name);
  return NULL;
}

static void
test_file (gconstpointer data)
{
  const char *stem = data;
  g_autofree char *conf_name = g_strconcat (stem, ".conf", NULL);
  g_autofree char *findings_name = g_strconcat (stem, ".findings", NULL);
  g_autofree char *bytes = read_file (conf_name);
  g_autofree char *expected = read_file (findings_name);
  g_autoptr (TruceDiags) diags = truce_diags_new ();
  g_autoptr (TruceZone) local = truce_zone_new ("UTC", NULL);
  TruceConfigFile file = { conf_name, bytes, strlen (bytes) };

  const TruceHolidayReader holidays = { read_holidays, NULL };

  g_autoptr (TruceConfig) config = truce_config_parse_full (&file, 1, &holidays, local, NOW, diags);
  g_autofree char *findings = truce_diags_to_text (diags);
  g_assert_cmpstr (findings, ==, expected);
  g_assert_cmpint (config == NULL, ==, truce_diags_failed (diags));
}

static int
compare_stems (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) stems = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions (); /* one bad case hides no other */
  g_autofree char *folder = g_build_filename (g_getenv ("SOURCE_ROOT"), GOLDEN, NULL);
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (entries);
  while ((name = g_dir_read_name (entries)))
    if (g_str_has_suffix (name, ".conf"))
      g_ptr_array_add (stems, g_strndup (name, strlen (name) - strlen (".conf")));
  g_ptr_array_sort (stems, compare_stems);
  g_assert_cmpuint (stems->len, >=, FILES_AT_LEAST);
  for (guint i = 0; i < stems->len; i++) {
    g_autofree char *path = g_strconcat ("/config/golden/", g_ptr_array_index (stems, i), NULL);
    g_test_add_data_func (path, g_ptr_array_index (stems, i), test_file);
  }
  return g_test_run ();
}
