/* SPDX-License-Identifier: MIT */
/* parse.h: a stranger's bytes become a feed's document. What truced-parse does, and nothing else in truced. */
#pragma once

#include "news/item.h"

G_BEGIN_DECLS

#define TRUCE_PARSE_ERROR (truce_parse_error_quark ())
GQuark truce_parse_error_quark (void);
typedef enum {
  TRUCE_PARSE_ERROR_NOT_A_FEED, /* something else, whole or not */
  TRUCE_PARSE_ERROR_BROKEN,     /* it began as a feed, and nothing of it could be read */
} TruceParseError;

#define TRUCE_DEPTH_MAX 64 /* elements within each other: honest feeds stay under 20 */

/* Loads what parsing needs from files: once, before the sandbox. */
void truce_parse_preload (void);

/* Reads RSS, RDF, Atom or JSON Feed. `base_url` and `content_type` may be NULL. NULL and an error, a sentence for the
 * feed's reader, when the body is no feed; a broken feed gives the items that are whole. (transfer full) */
TruceFeedDocument *truce_parse_feed (GBytes *body, const char *base_url, const char *content_type, GError **error);

/* The payload of TRUCE_WIRE_PARSED: `document` NULL with an `error`, or the document. (transfer floating) */
GVariant *truce_parse_answer (guint64 request, const TruceFeedDocument *document, const char *error);

G_END_DECLS
