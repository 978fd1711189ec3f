/* SPDX-License-Identifier: MIT */
#include "config/feed_section.h"

#include <string.h>

#include "config/config.h"
#include "config/event.h"

#define TAGS_MAX 8

/* From its title, else from its host; with a number when that is taken. (transfer full) */
static char *
id_of (const TruceOutline *feed, GHashTable *used)
{
  const char *host = strstr (feed->url, "://");
  g_autofree char *authority = host ? g_strndup (host + 3, strcspn (host + 3, "/?#")) : g_path_get_basename (feed->url);
  g_autofree char *base = truce_event_slug (feed->title);
  char *id;

  if (!*base) {
    g_free (base);
    base = truce_event_slug (g_str_has_prefix (authority, "www.") ? authority + strlen ("www.") : authority);
  }
  if (!*base) {
    g_free (base);
    base = g_strdup ("feed");
  }
  id = g_strdup (base);
  for (guint number = 2; g_hash_table_contains (used, id); number++) {
    g_free (id);
    id = g_strdup_printf ("%s-%u", base, number);
  }
  g_hash_table_add (used, g_strdup (id));
  return id;
}

/* (transfer full), NULL for none */
static char *
tags_of (const TruceOutline *feed)
{
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < feed->folders->len && tags->len < TAGS_MAX; i++) {
    g_autofree char *tag = truce_event_slug (g_ptr_array_index (feed->folders, i));
    if (*tag && !g_ptr_array_find_with_equal_func (tags, tag, g_str_equal, NULL))
      g_ptr_array_add (tags, g_steal_pointer (&tag));
  }
  if (tags->len == 0)
    return NULL;
  g_ptr_array_add (tags, NULL);
  return g_strjoinv (" ", (char **) tags->pdata);
}

/* A ';' after a space would begin a comment. */
static void
add_key (GString *section, const char *key, const char *value)
{
  value += strspn (value, " ;");
  g_string_append_printf (section, "%s = ", key);
  for (const char *at = value; *at; at++)
    if (*at != ' ' || at[1] != ';')
      g_string_append_c (section, *at);
  g_string_append_c (section, '\n');
}

char *
truce_outline_to_section (const TruceOutline *feed, const char *place, gboolean allow_private, GHashTable *used)
{
  g_autofree char *id = NULL, *tags = tags_of (feed);
  GString *section;

  if (strlen (feed->url) > TRUCE_CONFIG_LINE_MAX / 2 || strpbrk (feed->url, " \t"))
    return NULL;
  id = id_of (feed, used);
  section = g_string_new (NULL);
  g_string_append_printf (section, "[feed %s]\n", id);
  add_key (section, place, feed->url);
  if (allow_private)
    add_key (section, "allow-private", "yes");
  if (*feed->title)
    add_key (section, "title", feed->title);
  if (tags)
    add_key (section, "tags", tags);
  g_string_append_c (section, '\n');
  return g_string_free (section, FALSE);
}
