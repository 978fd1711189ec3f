/* SPDX-License-Identifier: MIT */
/* view_why.h: of why an alert was raised, what is of news. */
#pragma once

#include "engine/engine_private.h"

G_BEGIN_DECLS

/* The configured query that `alert` goes back to, and whose feeds it is for. (transfer full) */
char *truce_why_query (TruceEngine *engine, const TruceAlert *alert);
/* How it was decided that it is news: "no alert of the days before told the same; ...". Instants in RFC 3339.
 * (transfer full) */
char *truce_why_story_words (TruceEngine *engine, const TruceAlert *alert);
/* Adds "also" (the further queries), "context" and "story" to `why`. */
void truce_why_add_news (TruceEngine *engine, const TruceAlert *alert, json_t *why);

G_END_DECLS
