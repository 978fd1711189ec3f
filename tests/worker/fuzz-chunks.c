/* SPDX-License-Identifier: MIT */
/* A document given to the XML parser whole and in pieces as small as the first byte says: what is read of it must not
 * depend on where a piece ends. */
#include "print_document.h"
#include "worker/parse/parse_private.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* What is read, or why nothing is. */
static char *
read_in_pieces (const uint8_t *data, size_t size, size_t chunk)
{
  g_auto (TruceBuilder) builder = { 0 };
  g_autoptr (GError) error = NULL;

  truce_builder_init (&builder, "https://example.org/a/b");
  switch (truce_parse_xml (&builder, (const char *) data, size, chunk, &error)) {
  case TRUCE_READ:
    return print_document (builder.document, TRUE);
  case TRUCE_REFUSED:
    return g_strdup (error->message);
  case TRUCE_MALFORMED:
    break;
  }
  return g_strdup ("malformed");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *whole = NULL, *pieces = NULL;

  truce_parse_preload ();
  /* libxml2 2.9 takes names apart that a piece ends in, after a DOCTYPE. */
  if (size < 2 || data[1] != '<' || memmem (data, size, "<!DOCTYPE", 9))
    return 0;
  whole = read_in_pieces (data + 1, size - 1, size);
  pieces = read_in_pieces (data + 1, size - 1, 1 + data[0] % 64);
  if (strcmp (whole, pieces) != 0)
    abort ();
  return 0;
}
