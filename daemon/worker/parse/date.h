/* SPDX-License-Identifier: MIT */
/* date.h: the dates that feeds write: RFC 3339 and the W3C profile, RFC 822 and what is taken for it. */
#pragma once

#include "base/time.h"

G_BEGIN_DECLS

/* Reads a date. A weekday is not believed, a zone that nobody knows is UTC, a date without a time is its first instant
 * in UTC. FALSE, with `ret_at` untouched, for what cannot be a date or could be two. */
gboolean truce_feed_date_parse (const char *text, TruceTime *ret_at);

G_END_DECLS
