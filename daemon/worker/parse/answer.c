/* SPDX-License-Identifier: MIT */
/* answer.c: the document as the bytes of its GVariant, written as they stand in a frame. Made of a GVariant for each
 * text, the answer cost more than half of what reading the feed does.
 *
 * The format is that of GVariant's specification: members of a tuple are aligned for themselves; what is of variable
 * length is found by the offsets of its ends, which stand behind the members, those of a tuple in reverse. */
#include "worker/parse/parse.h"
#include "worker/wire.h"

#include <string.h>

#define ALIGNMENT 8 /* of tuples and arrays that hold a number of 64 bits */
#define FIRST_SIZE (64u << 10)
#define TUPLE_ENDS_MAX 6 /* an item's texts but for the last member */

static void
align (GByteArray *out, guint alignment)
{
  static const guint8 zeros[ALIGNMENT];

  g_byte_array_append (out, zeros, -out->len % alignment);
}

static void
put_number (GByteArray *out, const void *number, guint size)
{
  align (out, size);
  g_byte_array_append (out, number, size);
}

static void
put_text (GByteArray *out, const char *text)
{
  g_byte_array_append (out, (const guint8 *) (text ? text : ""), text ? (guint) strlen (text) + 1 : 1);
}

/* Behind a container that began at `start`: its ends, each as long as the whole container needs. */
static void
put_ends (GByteArray *out, guint start, const guint *ends, guint n, gboolean reverse)
{
  gsize body = out->len - start;
  guint size = body + n <= G_MAXUINT8 ? 1 : body + 2 * (gsize) n <= G_MAXUINT16 ? 2 : 4;

  for (guint i = 0; i < n; i++) {
    guint32 end = GUINT32_TO_LE (ends[reverse ? n - 1 - i : i] - start);

    g_byte_array_append (out, (const guint8 *) &end, size);
  }
}

/* as */
static void
put_texts (GByteArray *out, char **texts)
{
  guint start = out->len, n = texts ? g_strv_length (texts) : 0;
  g_autofree guint *ends = g_new (guint, n);

  for (guint i = 0; i < n; i++) {
    put_text (out, texts[i]);
    ends[i] = out->len;
  }
  put_ends (out, start, ends, n, FALSE);
}

/* (sssssxxasas) */
static void
put_item (GByteArray *out, const TruceItem *item)
{
  const char *const texts[] = { item->id, item->link, item->title, item->summary, item->author };
  guint start, ends[TUPLE_ENDS_MAX];

  align (out, ALIGNMENT);
  start = out->len;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    put_text (out, texts[i]);
    ends[i] = out->len;
  }
  put_number (out, &item->published, sizeof item->published);
  put_number (out, &item->updated, sizeof item->updated);
  put_texts (out, item->categories);
  ends[G_N_ELEMENTS (texts)] = out->len;
  put_texts (out, item->enclosures);
  put_ends (out, start, ends, TUPLE_ENDS_MAX, TRUE);
}

/* a(sssssxxasas) */
static void
put_items (GByteArray *out, const GPtrArray *items)
{
  g_autofree guint *ends = g_new (guint, items ? items->len : 0);
  guint start;

  align (out, ALIGNMENT);
  start = out->len;
  for (guint i = 0; items && i < items->len; i++) {
    put_item (out, items->pdata[i]);
    ends[i] = out->len;
  }
  put_ends (out, start, ends, items ? items->len : 0, FALSE);
}

/* (sssxuyya(sssssxxasas)) */
static void
put_document (GByteArray *out, const TruceFeedDocument *document)
{
  static const TruceFeedDocument none = { 0 };
  guint start, ends[3];
  guint8 lack;

  document = document ? document : &none;
  lack = (guint8) document->lack;
  align (out, ALIGNMENT);
  start = out->len;
  put_text (out, document->title);
  ends[0] = out->len;
  put_text (out, document->link);
  ends[1] = out->len;
  put_text (out, document->format);
  ends[2] = out->len;
  put_number (out, &document->ttl, sizeof document->ttl);
  put_number (out, &document->skip_hours, sizeof document->skip_hours);
  put_number (out, &document->skip_days, sizeof document->skip_days);
  put_number (out, &lack, sizeof lack);
  put_items (out, document->items);
  put_ends (out, start, ends, G_N_ELEMENTS (ends), TRUE);
}

GVariant *
truce_parse_answer (guint64 request, const TruceFeedDocument *document, const char *error)
{
  GByteArray *out = g_byte_array_sized_new (FIRST_SIZE);
  g_autoptr (GBytes) bytes = NULL;
  guint end;

  put_number (out, &request, sizeof request);
  put_text (out, document ? "" : error);
  end = out->len;
  put_document (out, document);
  put_ends (out, 0, &end, 1, TRUE);
  bytes = g_byte_array_free_to_bytes (out);
  return g_variant_new_from_bytes (truce_wire_type (TRUCE_WIRE_PARSED), bytes, TRUE);
}
