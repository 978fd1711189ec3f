/* SPDX-License-Identifier: MIT */
/* freshness.h: how long a server asks to be left alone, from its headers alone: its dates are compared with its own
 * clock. */
#pragma once

#include "base/time.h"

G_BEGIN_DECLS

/* Of an answer: Cache-Control's max-age less Age, else Expires less Date; 0 when it does not say, or says not to store.
 * At most TRUCE_NET_WAIT_MAX. Each header may be NULL. */
TruceTime truce_freshness_left (const char *cache_control, const char *age, const char *expires, const char *date);

/* Retry-After, in seconds or as a date less Date; 0 when missing, past or not understood. At most TRUCE_NET_WAIT_MAX.
 */
TruceTime truce_freshness_retry_after (const char *retry_after, const char *date);

G_END_DECLS
