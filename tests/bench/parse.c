/* SPDX-License-Identifier: MIT */
/* bench-parse ours|answer|floor FILE...: reads feeds and parses each ROUNDS times, in this process: by truced's parser,
 * by that with the frame that tells truced of it, or by a bare libxml2 push parser that collects the text of the same
 * fields and does nothing with it. Prints bytes, items and seconds of CPU. bench-parse sound FILE...: the names of
 * those that libxml2 reads to their end. */
#include <libxml/parser.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "worker/parse/parse.h"
#include "worker/wire.h"

#define ROUNDS 5

/* --- the floor --- */

typedef struct {
  GString *text; /* of the field that is open, the last one's when none is */
  int depth, field_depth;
  guint64 bytes; /* of all fields */
  guint items;
} Floor;

static gboolean
is_field (const xmlChar *name)
{
  static const char *const fields[][4] = {
    [2] = { "id" },
    [4] = { "link", "guid", "date", "name" },
    [5] = { "title" },
    [6] = { "author" },
    [7] = { "pubDate", "updated", "summary", "content" },
    [8] = { "category" },
    [11] = { "description" },
  };
  static const char *const others[] = { "creator", "encoded", "published" };
  gsize length = strlen ((const char *) name);

  for (gsize i = 0; length < G_N_ELEMENTS (fields) && i < 4 && fields[length][i]; i++)
    if (memcmp (name, fields[length][i], length) == 0)
      return TRUE;
  for (gsize i = 0; (length == 7 || length == 9) && i < G_N_ELEMENTS (others); i++)
    if (strcmp ((const char *) name, others[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
floor_start (void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_namespaces,
             const xmlChar **namespaces, int n_attributes, int n_defaulted, const xmlChar **attributes)
{
  Floor *state = data;

  state->depth++;
  if (strcmp ((const char *) name, "item") == 0 || strcmp ((const char *) name, "entry") == 0)
    state->items++;
  else if (!state->field_depth && is_field (name)) {
    state->field_depth = state->depth;
    g_string_truncate (state->text, 0);
  }
}

static void
floor_end (void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
  Floor *state = data;

  if (state->depth == state->field_depth) {
    state->bytes += state->text->len;
    state->field_depth = 0;
  }
  state->depth--;
}

static void
floor_text (void *data, const xmlChar *text, int length)
{
  Floor *state = data;

  if (state->field_depth)
    g_string_append_len (state->text, (const char *) text, length);
}

static guint
parse_by_floor (GBytes *body, gboolean *ret_sound)
{
  xmlSAXHandler handler = { .initialized = XML_SAX2_MAGIC,
                            .startElementNs = floor_start,
                            .endElementNs = floor_end,
                            .characters = floor_text,
                            .cdataBlock = floor_text };
  Floor state = { .text = g_string_sized_new (4096) };
  gsize length;
  const char *bytes = g_bytes_get_data (body, &length);
  xmlParserCtxtPtr context = xmlCreatePushParserCtxt (&handler, &state, NULL, 0, NULL);

  xmlCtxtUseOptions (context, XML_PARSE_NONET);
  xmlParseChunk (context, bytes, (int) length, 1);
  if (ret_sound)
    *ret_sound = context->wellFormed && state.items > 0;
  xmlFreeParserCtxt (context);
  g_string_free (state.text, TRUE);
  return state.items;
}

static guint
parse_by_us (GBytes *body, gboolean answer)
{
  g_autoptr (TruceFeedDocument) document = truce_parse_feed (body, "https://example.org/feed", NULL, NULL);

  if (document && answer)
    g_bytes_unref (truce_wire_frame (TRUCE_WIRE_PARSED, truce_parse_answer (1, document, "")));
  return document ? document->items->len : 0;
}

int
main (int argc, char **argv)
{
  gboolean answer = argc > 1 && strcmp (argv[1], "answer") == 0;
  gboolean ours = answer || (argc > 1 && strcmp (argv[1], "ours") == 0),
           judge = argc > 1 && strcmp (argv[1], "sound") == 0;
  guint64 n_bytes = 0, n_items = 0;
  double seconds = 0;

  /* As in truced-parse. */
  mallopt (M_TRIM_THRESHOLD, 1 << 20);
  mallopt (M_MMAP_THRESHOLD, 1 << 20);
  truce_parse_preload ();
  for (int i = 2; i < argc; i++) {
    g_autofree char *bytes = NULL;
    gsize length;
    if (!g_file_get_contents (argv[i], &bytes, &length, NULL))
      return 1;
    g_autoptr (GBytes) body = g_bytes_new_take (g_steal_pointer (&bytes), length);
    if (judge) {
      gboolean sound;

      parse_by_floor (body, &sound);
      if (sound)
        printf ("%s\n", argv[i]);
      continue;
    }
    clock_t begun = clock ();
    for (int round = 0; round < ROUNDS; round++)
      n_items += ours ? parse_by_us (body, answer) : parse_by_floor (body, NULL);
    seconds += (double) (clock () - begun) / CLOCKS_PER_SEC;
    n_bytes += length * ROUNDS;
  }
  if (judge)
    return 0;
  printf ("bytes %" G_GUINT64_FORMAT "\nitems %" G_GUINT64_FORMAT "\nseconds %.4f\nmb_s %.1f\n", n_bytes, n_items,
          seconds, (double) n_bytes / 1e6 / seconds);
  return 0;
}
