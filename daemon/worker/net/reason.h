/* SPDX-License-Identifier: MIT */
/* reason.h: why a fetch failed, in words for the person whose feed it is. */
#pragma once

#include <curl/curl.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  long connect_ms;
  long total_ms;
  long low_speed_seconds;
} TruceNetTimeouts;

/* Of a transfer on `easy` that ended with `code`. `host` as in its address, `detail` libcurl's own words or "".
 * (transfer full) */
/* Was there somebody at the other end? */
gboolean truce_net_reached (CURL *easy);

char *truce_net_reason (CURL *easy, CURLcode code, const char *host, const char *detail, gint64 spent_ms,
                        const TruceNetTimeouts *timeouts);

G_END_DECLS
