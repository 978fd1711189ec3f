/* SPDX-License-Identifier: MIT */
/* parse-file FILE [--base URL] [--content-type TYPE]: the parser on a file, without worker and sandbox: one JSON object
 * a line for each item, as `trucectl feed` prints them. For the golden tests, and to measure by hand. */
#include "print_document.h"
#include "worker/parse/parse.h"

#include <stdio.h>

int
main (int argc, char **argv)
{
  g_autofree char *base = NULL, *type = NULL, *bytes = NULL, *text = NULL;
  gboolean feed = FALSE;
  const GOptionEntry options[] = {
    { "base", 0, 0, G_OPTION_ARG_STRING, &base, "Address of the document", "URL" },
    { "content-type", 0, 0, G_OPTION_ARG_STRING, &type, "What HTTP says it is", "TYPE" },
    { "feed", 0, 0, G_OPTION_ARG_NONE, &feed, "Print the feed's own line first", NULL },
    G_OPTION_ENTRY_NULL,
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
  text = print_document (document, feed);
  fputs (text, stdout);
  return 0;
}
