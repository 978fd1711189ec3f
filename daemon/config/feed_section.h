/* SPDX-License-Identifier: MIT */
/* feed_section.h: a feed that is not configured yet, as the section that would do it. */
#pragma once

#include "news/outline.h"

G_BEGIN_DECLS

/* The section [feed ID] of `feed`, ended by an empty line, its folders being its tags. `used` has the ids that are
 * taken, and gets this one. `place` is the key that has the address: "url" or, for a file, "path". NULL when the
 * address does not fit into a line of configuration. `allow_private`: it may be in this network. (transfer full) */
char *truce_outline_to_section (const TruceOutline *feed, const char *place, gboolean allow_private, GHashTable *used);

G_END_DECLS
