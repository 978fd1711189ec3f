/* SPDX-License-Identifier: MIT */
#include "worker/parse/encoding.h"
#include "worker/parse/parse_private.h"
#include "worker/wire.h"

#include <jansson.h>
#include <libxml/parser.h>
#include <libxml/xmlIO.h>
#include <string.h>

#define PREAMBLE_MAX 4096 /* bytes of a program's warnings before the document */

GQuark
truce_parse_error_quark (void)
{
  return g_quark_from_static_string ("truce-parse-error-quark");
}

/* Nothing outside the document is ever read, whatever an option or a version of libxml2 says. */
static xmlParserInputPtr
refuse_external (const char *url, const char *id, xmlParserCtxtPtr parser)
{
  return NULL;
}

void
truce_parse_preload (void)
{
  truce_encoding_preload ();
  xmlInitParser ();
  xmlSetExternalEntityLoader (refuse_external);
  json_object_seed (0); /* else its first object reads /dev/urandom */
}

static const char *
skip_space (const char *at, const char *end)
{
  while (at < end && g_ascii_isspace (*at))
    at++;
  return at;
}

static gboolean
starts (const char *at, const char *end, const char *what)
{
  gsize length = strlen (what);

  return (gsize) (end - at) >= length && g_ascii_strncasecmp (at, what, length) == 0;
}

/* Where the document starts: past white space, or past what a program printed before it. NULL: nowhere near. */
static const char *
find_document (const char *at, const char *end)
{
  static const char *const beginnings[] = { "<?xml", "<rss", "<feed", "<rdf:" };
  const char *limit = at + MIN (end - at, PREAMBLE_MAX);

  at = skip_space (at, end);
  if (at < end && (*at == '<' || *at == '{'))
    return at;
  for (; at < limit; at++)
    for (gsize i = 0; *at == '<' && i < G_N_ELEMENTS (beginnings); i++)
      if (starts (at, end, beginnings[i]))
        return at;
  return NULL;
}

/* Past XML declarations: what they say of the encoding is no longer true. */
static const char *
skip_declarations (const char *at, const char *end)
{
  while (starts (at, end, "<?xml") && (gsize) (end - at) > 5 && !g_ascii_isalnum (at[5]) && at[5] != '-') {
    const char *close = memchr (at, '>', (size_t) (end - at));

    if (!close)
      return end;
    at = skip_space (close + 1, end);
  }
  return at;
}

/* Reads text as a feed, repaired or as it is. */
static TruceReadResult
read_text (const char *text, gsize length, const char *base_url, gboolean repair, TruceFeedDocument **ret_document,
           GError **error)
{
  g_auto (TruceBuilder) builder = { 0 };
  const char *end = text + length, *start = find_document (text, end);
  TruceReadResult result;

  if (!start) {
    g_set_error_literal (error, TRUCE_PARSE_ERROR, TRUCE_PARSE_ERROR_NOT_A_FEED,
                         skip_space (text, end) == end ? "empty document" : "neither XML nor JSON, not a feed");
    return TRUCE_REFUSED;
  }
  truce_builder_init (&builder, base_url);
  if (*start == '{') {
    result = truce_parse_json (&builder, start, (gsize) (end - start), error) ? TRUCE_READ : TRUCE_REFUSED;
  } else {
    start = skip_declarations (start, end);
    result = repair ? truce_parse_broken_xml (&builder, start, (gsize) (end - start), TRUCE_XML_CHUNK, error)
                    : truce_parse_xml (&builder, start, (gsize) (end - start), TRUCE_XML_CHUNK, error);
  }
  if (result == TRUCE_READ)
    *ret_document = g_steal_pointer (&builder.document);
  return result;
}

TruceFeedDocument *
truce_parse_feed (GBytes *body, const char *base_url, const char *content_type, GError **error)
{
  TruceFeedDocument *document = NULL;
  TruceReadResult result = TRUCE_MALFORMED;
  g_autoptr (GBytes) decoded = NULL;
  gsize length, skip;
  const char *bytes = g_bytes_get_data (body, &length), *text, *tried = NULL;

  if (length > TRUCE_BODY_MAX) {
    g_set_error (error, TRUCE_PARSE_ERROR, TRUCE_PARSE_ERROR_NOT_A_FEED, "longer than %u MiB", TRUCE_BODY_MAX >> 20);
    return NULL;
  }
  /* By far the most feeds are well-formed UTF-8, which libxml2 sees for itself. */
  if (truce_encoding_is_plain (body, content_type, &skip)) {
    tried = bytes + skip;
    result = read_text (tried, length - skip, base_url, FALSE, &document, error);
  }
  if (result != TRUCE_MALFORMED)
    return document;
  decoded = truce_encoding_decode (body, content_type);
  text = g_bytes_get_data (decoded, &length);
  if (!tried || text != tried)
    result = read_text (text ? text : "", length, base_url, FALSE, &document, error);
  if (result == TRUCE_MALFORMED)
    read_text (text, length, base_url, TRUE, &document, error);
  return document;
}
