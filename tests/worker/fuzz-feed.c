/* SPDX-License-Identifier: MIT */
/* The first byte says whether there is a content type and a base: the rest is a document. */
#include "check_document.h"
#include "worker/parse/parse.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const types[] = { NULL, "text/xml; charset=gb2312", "text/xml; charset=\"koi8-r\"",
                                       "charset=iso-2022-jp" };
  g_autoptr (TruceFeedDocument) document = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  uint8_t choice = size > 0 ? data[0] : 0;

  truce_parse_preload ();
  body = g_bytes_new (data + (size > 0), size - (size > 0));
  document = truce_parse_feed (body, choice & 4 ? "https://example.org/a/b" : NULL, types[choice & 3], &error);
  check_document (document, error ? error->message : NULL);
  return 0;
}
