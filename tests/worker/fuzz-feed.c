/* SPDX-License-Identifier: MIT */
/* The first byte says whether there is a content type and a base: the rest is a document. What comes out must be what
 * the rooms behind rely on: clean text, absolute links, a frame that fits. */
#include "worker/parse/parse.h"
#include "worker/wire.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_text (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL) || strlen (text) > (64u << 10))
    abort ();
  for (const char *p = text; *p; p++)
    if ((guchar) *p < 0x20 || *p == 0x7f)
      abort ();
}

static void
check_link (const char *link)
{
  check_text (link);
  if (g_ascii_strncasecmp (link, "http://", 7) != 0 && g_ascii_strncasecmp (link, "https://", 8) != 0)
    abort ();
}

static void
check_item (const TruceItem *item)
{
  check_text (item->title);
  check_text (item->summary);
  if (item->id)
    check_text (item->id);
  if (item->author)
    check_text (item->author);
  if (item->link)
    check_link (item->link);
  for (char **text = item->categories; text && *text; text++)
    check_text (*text);
  for (char **link = item->enclosures; link && *link; link++)
    check_link (*link);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const types[] = { NULL, "text/xml; charset=gb2312", "text/xml; charset=\"koi8-r\"",
                                       "charset=iso-2022-jp" };
  g_autoptr (TruceFeedDocument) document = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  uint8_t choice = size > 0 ? data[0] : 0;

  truce_parse_preload ();
  body = g_bytes_new (data + (size > 0), size - (size > 0));
  document = truce_parse_feed (body, choice & 4 ? "https://example.org/a/b" : NULL, types[choice & 3], &error);
  if ((document != NULL) == (error != NULL))
    abort ();
  for (guint i = 0; document && i < document->items->len; i++)
    check_item (document->items->pdata[i]);
  answer = g_variant_ref_sink (truce_parse_answer (1, document, error ? error->message : ""));
  if (g_variant_get_size (answer) > TRUCE_WIRE_PAYLOAD_MAX || !g_variant_is_normal_form (answer))
    abort ();
  return 0;
}
