/* SPDX-License-Identifier: MIT */
/* address.h: when two web addresses are the same page, which decides whether an entry of a feed was seen before. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* `url` in the one form that is compared, never fetched and never shown; NULL when it is no http(s) address.
 *
 *   - http and https are the same, "www." in front of the host is none, the host is in lower case, without user,
 *     without the scheme's own port and without the full stop of a whole name;
 *   - of the query, what only says where a reader came from is left out (utm_*, fbclid, gclid and the like, and
 *     ref, source, mod and the like where their value says "rss" or "feed"); the rest stays in its order;
 *   - of the fragment, what is a number or says where a reader came from is left out; any other may be an entry of a
 *     page and stays;
 *   - %-escapes of letters, digits and "-._~" are undone, others in upper case; a path's last '/' is left out.
 * (transfer full) */
char *truce_address_normal (const char *url);

G_END_DECLS
