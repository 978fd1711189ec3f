/* SPDX-License-Identifier: MIT */
/* outline.h: the feeds that an OPML file or a web page names. */
#pragma once

#include "news/outline.h"

G_BEGIN_DECLS

/* NULL and an error when the body is neither OPML nor HTML, whatever is in it. (transfer full) */
TruceOutlineList *truce_parse_outline (GBytes *body, const char *base_url, const char *content_type, GError **error);

/* The payload of TRUCE_WIRE_OUTLINE. (transfer floating) */
GVariant *truce_outline_answer (guint64 request, GBytes *body, const char *base_url, const char *content_type);

G_END_DECLS
