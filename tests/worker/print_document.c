/* SPDX-License-Identifier: MIT */
#include "print_document.h"

#include "base/json.h"

static void
add_item (GString *lines, const TruceItem *item)
{
  g_autoptr (json_t) object = json_object ();
  g_autofree char *line = NULL;

  truce_json_set_text (object, "title", item->title);
  truce_json_set_text (object, "link", item->link);
  truce_json_set_text (object, "id", item->id);
  truce_json_set_time (object, "published", item->published);
  truce_json_set_time (object, "updated", item->updated);
  truce_json_set_text (object, "summary", *item->summary ? item->summary : NULL);
  truce_json_set_text (object, "author", item->author);
  truce_json_set_strv (object, "categories", (const char *const *) item->categories);
  truce_json_set_strv (object, "enclosures", (const char *const *) item->enclosures);
  line = truce_json_to_line (object);
  g_string_append_printf (lines, "%s\n", line);
}

/* The feed itself, which `trucectl feed` does not print. */
static void
add_feed (GString *lines, const TruceFeedDocument *document)
{
  static const char *const lacks[] = { NULL, "limited", "unexpanded", "cut off" };
  g_autoptr (json_t) object = json_object ();
  g_autofree char *line = NULL;

  truce_json_set_text (object, "feed", document->title);
  truce_json_set_text (object, "link", document->link);
  truce_json_set_text (object, "format", document->format);
  if (document->ttl)
    truce_json_set_integer (object, "ttl", document->ttl / TRUCE_SECOND);
  if (document->skip_hours)
    truce_json_set_integer (object, "skip_hours", document->skip_hours);
  if (document->skip_days)
    truce_json_set_integer (object, "skip_days", document->skip_days);
  truce_json_set_text (object, "lack", lacks[document->lack]);
  line = truce_json_to_line (object);
  g_string_append_printf (lines, "%s\n", line);
}

char *
print_document (const TruceFeedDocument *document, gboolean feed)
{
  GString *lines = g_string_new (NULL);

  if (feed)
    add_feed (lines, document);
  for (guint i = 0; i < document->items->len; i++)
    add_item (lines, document->items->pdata[i]);
  return g_string_free (lines, FALSE);
}
