/* SPDX-License-Identifier: MIT */
/* parse_private.h: the formats. Each fills a builder from valid UTF-8. */
#pragma once

#include "worker/parse/build.h"
#include "worker/parse/parse.h"

G_BEGIN_DECLS

/* RSS, RDF and Atom, from the first '<' on, without the XML declaration. First strictly; a document that is not
 * well-formed is repaired and read again with recovery. */
gboolean truce_parse_xml (TruceBuilder *builder, const char *text, gsize length, GError **error);

/* Appends `text` with what XML forbids made good: stray '&' and '<', controls, HTML's entities, comments and
 * declarations. */
void truce_xml_repair (GString *repaired, const char *text, gsize length);

/* JSON Feed. */
gboolean truce_parse_json (TruceBuilder *builder, const char *text, gsize length, GError **error);

G_END_DECLS
