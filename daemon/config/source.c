/* SPDX-License-Identifier: MIT */
/* What a configuration was built of, kept so that it can be built again when a calendar has changed. Only one that has
 * calendars keeps it. */
#include "config/source.h"

#include <string.h>

typedef struct {
  char *bytes, *path;
  gsize length;
} Holiday;

struct _TruceConfigSource {
  GArray *files;                    /* TruceConfigFile, owning its strings */
  GHashTable *holidays;             /* name -> Holiday * */
  const TruceHolidayReader *reader; /* while they are read for the first time; else NULL */
  TruceZone *local;
};

static void
holiday_free (gpointer data)
{
  Holiday *holiday = data;

  g_free (holiday->bytes);
  g_free (holiday->path);
  g_free (holiday);
}

static void
file_clear (gpointer data)
{
  TruceConfigFile *file = data;

  g_free ((char *) file->path);
  g_free ((char *) file->bytes);
}

TruceConfigSource *
truce_config_source_new (const TruceConfigFile *files, guint n_files, const TruceHolidayReader *reader,
                         TruceZone *local)
{
  TruceConfigSource *source = g_new0 (TruceConfigSource, 1);

  source->files = g_array_new (FALSE, FALSE, sizeof (TruceConfigFile));
  g_array_set_clear_func (source->files, file_clear);
  source->holidays = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, holiday_free);
  source->reader = reader;
  source->local = truce_zone_ref (local);
  for (guint i = 0; i < n_files; i++) {
    const TruceConfigFile file = {
      .path = g_strdup (files[i].path),
      .bytes = g_strndup (files[i].bytes, files[i].length),
      .length = files[i].length,
    };
    g_array_append_val (source->files, file);
  }
  return source;
}

void
truce_config_source_free (TruceConfigSource *source)
{
  if (!source)
    return;
  g_array_unref (source->files);
  g_hash_table_unref (source->holidays);
  truce_zone_unref (source->local);
  g_free (source);
}

char *
truce_config_source_read (const char *name, char **ret_path, gsize *ret_length, gpointer user_data, GError **error)
{
  TruceConfigSource *source = user_data;
  Holiday *holiday = g_hash_table_lookup (source->holidays, name);

  if (!holiday) {
    const TruceHolidayReader *reader = source->reader;
    char *path = NULL, *bytes = NULL;
    gsize length = 0;
    if (!reader) {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "holiday files cannot be read here");
      return NULL;
    }
    if (!(bytes = reader->read (name, &path, &length, reader->user_data, error)))
      return NULL;
    holiday = g_new0 (Holiday, 1);
    *holiday = (Holiday){ bytes, path, length };
    g_hash_table_insert (source->holidays, g_strdup (name), holiday);
  }
  *ret_path = g_strdup (holiday->path);
  *ret_length = holiday->length;
  return g_strndup (holiday->bytes, holiday->length);
}

void
truce_config_source_seal (TruceConfigSource *source)
{
  source->reader = NULL;
}

const TruceConfigFile *
truce_config_source_files (const TruceConfigSource *source, guint *ret_n_files)
{
  *ret_n_files = source->files->len;
  return (const TruceConfigFile *) (gpointer) source->files->data;
}

TruceZone *
truce_config_source_local (const TruceConfigSource *source)
{
  return source->local;
}
