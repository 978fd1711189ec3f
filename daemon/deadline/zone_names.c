/* SPDX-License-Identifier: MIT */
/* The list of zones is part of the installed tz database, as the zones themselves are. It is read at most once, and
 * only when a name was not understood. */
#include "deadline/zone_names.h"

#include <string.h>

#include "base/text.h"

#define ZONE_LIST "/usr/share/zoneinfo/tzdata.zi"

typedef struct {
  GPtrArray *names;      /* char *, ended by NULL */
  GHashTable *old_names; /* char * -> char *: a link and what it points to */
} ZoneList;

/* "Z NAME ..." begins a zone, "L TARGET NAME" is a link. */
static void
read_line (ZoneList *list, const char *line)
{
  g_auto (GStrv) words = NULL;

  if (!g_str_has_prefix (line, "Z ") && !g_str_has_prefix (line, "L "))
    return;
  words = g_strsplit (line, " ", 4);
  if (!words[1] || !words[2])
    return;
  if (line[0] == 'Z') {
    g_ptr_array_add (list->names, g_strdup (words[1]));
    return;
  }
  g_ptr_array_add (list->names, g_strdup (words[2]));
  g_hash_table_insert (list->old_names, g_strdup (words[2]), g_strdup (words[1]));
}

static gpointer
read_list (gpointer path)
{
  ZoneList *list = g_new (ZoneList, 1);
  g_autofree char *text = NULL;

  list->names = g_ptr_array_new_with_free_func (g_free);
  list->old_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (g_file_get_contents (path, &text, NULL, NULL)) {
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
    for (char **line = lines; *line; line++)
      read_line (list, *line);
  }
  g_ptr_array_add (list->names, NULL);
  return list;
}

/* "seoul" and "New York" name cities. */
static gboolean
is_city_of (const char *word, const char *zone)
{
  const char *slash = strrchr (zone, '/');
  const char *city = slash ? slash + 1 : zone;
  g_autofree char *underscored = g_strdelimit (g_strdup (word), " ", '_');

  return g_ascii_strcasecmp (underscored, city) == 0;
}

const char *
truce_zone_nearest (const char *name)
{
  static GOnce once = G_ONCE_INIT;
  const ZoneList *list = g_once (&once, read_list, (gpointer) ZONE_LIST);
  const char *current = g_hash_table_lookup (list->old_names, name);

  if (current)
    return current;
  for (guint i = 0; i + 1 < list->names->len; i++)
    if (is_city_of (name, list->names->pdata[i]))
      return list->names->pdata[i];
  return truce_text_nearest (name, (const char *const *) list->names->pdata);
}
