/* SPDX-License-Identifier: MIT */
/* parse_private.h: the formats. Each fills a builder from UTF-8. */
#pragma once

#include "worker/parse/build.h"
#include "worker/parse/parse.h"

G_BEGIN_DECLS

typedef enum {
  TRUCE_READ,
  TRUCE_REFUSED,   /* with an error */
  TRUCE_MALFORMED, /* the builder is of no use any more */
} TruceReadResult;

#define TRUCE_XML_CHUNK (128u << 10) /* bytes given to libxml2 at once: what its buffer holds stays in the cache */

/* RSS, RDF and Atom, from the first '<' on, without the XML declaration, in pieces of `chunk` bytes; bytes that are no
 * UTF-8 make it malformed. */
TruceReadResult truce_parse_xml (TruceBuilder *builder, const char *text, gsize length, gsize chunk, GError **error);
/* Likewise with what is wrong repaired: for valid UTF-8 that truce_parse_xml() found malformed. */
TruceReadResult truce_parse_broken_xml (TruceBuilder *builder, const char *text, gsize length, gsize chunk,
                                        GError **error);

/* Appends `text` with what XML forbids made good: stray '&' and '<', controls, HTML's entities, comments and
 * declarations. FALSE when entities had to be left out. */
gboolean truce_xml_repair (GString *repaired, const char *text, gsize length);

/* JSON Feed. */
gboolean truce_parse_json (TruceBuilder *builder, const char *text, gsize length, GError **error);

G_END_DECLS
