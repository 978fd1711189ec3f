/* SPDX-License-Identifier: MIT */
/* The members of a JSON Feed, or the whole of one. */
#include "check_document.h"
#include "worker/parse/parse.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char begin[] = "{\"version\":\"https://jsonfeed.org/version/1.1\",";
  g_autoptr (GString) text = g_string_new (size > 0 && data[0] == '{' ? NULL : begin);
  g_autoptr (TruceFeedDocument) document = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  truce_parse_preload ();
  g_string_append_len (text, (const char *) data, (gssize) size);
  body = g_bytes_new (text->str, text->len);
  document = truce_parse_feed (body, "https://example.org/a/b", NULL, &error);
  check_document (document, error ? error->message : NULL);
  return 0;
}
