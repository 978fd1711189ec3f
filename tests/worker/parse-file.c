/* SPDX-License-Identifier: MIT */
/* parse-file FILE [--base URL] [--content-type TYPE]: the parser on a file, without worker and sandbox: one JSON object
 * a line for each item, as `trucectl feed` prints them. For the golden tests, and to measure by hand. */
#include "base/json.h"
#include "worker/parse/parse.h"

#include <stdio.h>

static void
print_item (const TruceItem *item)
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
  puts (line);
}

/* The feed itself, which `trucectl feed` does not print. */
static void
print_feed (const TruceFeedDocument *document)
{
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
  if (document->truncated)
    truce_json_set_boolean (object, "truncated", TRUE);
  line = truce_json_to_line (object);
  puts (line);
}

int
main (int argc, char **argv)
{
  g_autofree char *base = NULL, *type = NULL, *bytes = NULL;
  gboolean feed = FALSE;
  const GOptionEntry options[] = {
    { "base", 0, 0, G_OPTION_ARG_STRING, &base, "Address of the document", "URL" },
    { "content-type", 0, 0, G_OPTION_ARG_STRING, &type, "What HTTP says it is", "TYPE" },
    { "feed", 0, 0, G_OPTION_ARG_NONE, &feed, "Print the feed's own line first", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE");
  g_autoptr (TruceFeedDocument) document = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2 ||
      !g_file_get_contents (argv[1], &bytes, &length, &error)) {
    fprintf (stderr, "parse-file: %s\n", error ? error->message : "one FILE is needed");
    return 2;
  }
  body = g_bytes_new_take (g_steal_pointer (&bytes), length);
  truce_parse_preload ();
  document = truce_parse_feed (body, base, type, &error);
  if (!document) {
    printf ("%s\n", error->message);
    return 1;
  }
  if (feed)
    print_feed (document);
  for (guint i = 0; i < document->items->len; i++)
    print_item (document->items->pdata[i]);
  return 0;
}
