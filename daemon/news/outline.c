/* SPDX-License-Identifier: MIT */
#include "news/outline.h"

#include <string.h>

TruceOutline *
truce_outline_new (const char *url, const char *title)
{
  TruceOutline *outline = g_new0 (TruceOutline, 1);

  outline->url = g_strdup (url);
  outline->title = g_strdup (title ? title : "");
  outline->folders = g_ptr_array_new_with_free_func (g_free);
  return outline;
}

void
truce_outline_free (TruceOutline *outline)
{
  if (!outline)
    return;
  g_free (outline->url);
  g_free (outline->title);
  g_ptr_array_unref (outline->folders);
  g_free (outline);
}

TruceOutlineList *
truce_outline_list_new (void)
{
  TruceOutlineList *list = g_new0 (TruceOutlineList, 1);

  list->format = g_strdup ("");
  list->title = g_strdup ("");
  list->feeds = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_outline_free);
  list->left_out = g_ptr_array_new_with_free_func (g_free);
  return list;
}

void
truce_outline_list_free (TruceOutlineList *list)
{
  if (!list)
    return;
  g_free (list->format);
  g_free (list->title);
  g_ptr_array_unref (list->feeds);
  g_ptr_array_unref (list->left_out);
  g_free (list);
}

static void
append_attribute (GString *opml, const char *name, const char *value)
{
  g_autofree char *escaped = g_markup_escape_text (value, -1);

  g_string_append_printf (opml, " %s=\"%s\"", name, escaped);
}

static void
append_feed (GString *opml, const TruceOutline *feed, const char *indent)
{
  g_autoptr (GString) categories = g_string_new (NULL);

  for (guint i = 0; i < feed->folders->len; i++)
    g_string_append_printf (categories, "%s%s", i > 0 ? "," : "", (const char *) g_ptr_array_index (feed->folders, i));
  g_string_append_printf (opml, "%s<outline type=\"rss\"", indent);
  append_attribute (opml, "text", *feed->title ? feed->title : feed->url);
  append_attribute (opml, "xmlUrl", feed->url);
  if (categories->len > 0)
    append_attribute (opml, "category", categories->str);
  g_string_append (opml, "/>\n");
}

static const char *
folder_of (const TruceOutline *feed)
{
  return feed->folders->len > 0 ? g_ptr_array_index (feed->folders, 0) : NULL;
}

static void
append_folder (GString *opml, GPtrArray *feeds, const char *folder)
{
  g_string_append (opml, "    <outline");
  append_attribute (opml, "text", folder);
  g_string_append (opml, ">\n");
  for (guint i = 0; i < feeds->len; i++)
    if (g_strcmp0 (folder_of (g_ptr_array_index (feeds, i)), folder) == 0)
      append_feed (opml, g_ptr_array_index (feeds, i), "      ");
  g_string_append (opml, "    </outline>\n");
}

char *
truce_outline_to_opml (GPtrArray *feeds, const char *title)
{
  GString *opml = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n");
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);

  g_string_append_printf (opml, "    <title>%s</title>\n  </head>\n  <body>\n", escaped);
  for (guint i = 0; i < feeds->len; i++) {
    const TruceOutline *feed = g_ptr_array_index (feeds, i);
    const char *folder = folder_of (feed);
    if (!folder)
      append_feed (opml, feed, "    ");
    else if (g_hash_table_add (done, (gpointer) folder))
      append_folder (opml, feeds, folder);
  }
  g_string_append (opml, "  </body>\n</opml>\n");
  return g_string_free (opml, FALSE);
}
