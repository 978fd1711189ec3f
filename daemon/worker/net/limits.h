/* SPDX-License-Identifier: MIT */
/* limits.h: how much truced-net takes from a stranger, and for how long. */
#pragma once

#include "base/time.h"

G_BEGIN_DECLS

#define TRUCE_NET_IN_FLIGHT 64 /* fetches at a time: a thousand unchanged feeds take seconds, and sockets stay few */
#define TRUCE_NET_CONNECT_TIMEOUT_MS 10000   /* resolving, connecting and TLS: an honest far host needs 2 s */
#define TRUCE_NET_TOTAL_TIMEOUT_MS 30000     /* of one fetch, redirects included */
#define TRUCE_NET_LOW_SPEED 100              /* bytes a second: slower than this for ... */
#define TRUCE_NET_LOW_SPEED_SECONDS 15       /* ... so long is a stall */
#define TRUCE_NET_REDIRECTS 5                /* honest chains are http, www, the new place */
#define TRUCE_NET_HEADERS_MAX (64u << 10)    /* of all answers of one fetch; honest ones are under 8 KiB */
#define TRUCE_NET_RATIO_FROM (1u << 20)      /* past so many decoded bytes ... */
#define TRUCE_NET_RATIO_MAX 100              /* ... so many for one on the wire: a bomb; feeds compress to a tenth */
#define TRUCE_NET_DRAIN_MAX (64u << 10)      /* of a body nobody wants, read only to keep the connection */
#define TRUCE_NET_VALIDATOR_MAX 4096         /* of an ETag: longer ones would be refused as request headers */
#define TRUCE_NET_WAIT_MAX (48 * TRUCE_HOUR) /* of Retry-After and max-age */
#define TRUCE_NET_OUTPUT_HIGH (16u << 20)    /* answers not yet taken: no new fetches meanwhile */
#define TRUCE_NET_STACK (1u << 20) /* of a resolver thread; 64 of glibc's 8 MiB would be half of our address space */

/* Idle connections kept: feeds of one host follow each other at 2 s, others come back after an hour when theirs are
 * closed anyway. A cache the size of the number of hosts costs curl more than the fetches. */
#define TRUCE_NET_CACHED_CONNECTIONS 8

G_END_DECLS
