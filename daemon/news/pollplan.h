/* SPDX-License-Identifier: MIT */
/* pollplan.h: when a feed is polled next, as a pure function of what it answered. The manners of DESIGN section 7.
 *
 * Freshness follows RFC 9111 section 4.2, Retry-After RFC 9110 section 10.2.3, ttl, skipHours and skipDays RSS 2.0. */
#pragma once

#include "news/feed.h"

G_BEGIN_DECLS

/* The numbers are kept in stores: more go to the end. */
typedef enum {
  TRUCE_POLL_OK,            /* 200 and a feed */
  TRUCE_POLL_NOT_MODIFIED,  /* 304 */
  TRUCE_POLL_SAME_BODY,     /* 200 with the body that was parsed before */
  TRUCE_POLL_HTTP_ERROR,    /* another status */
  TRUCE_POLL_NETWORK_ERROR, /* no answer: resolver, connect, TLS */
  TRUCE_POLL_NOT_A_FEED,    /* 200, but the parser refused the body */
  TRUCE_POLL_REFUSED,       /* by us: over a limit, a private address, a bad redirect */
  TRUCE_POLL_BROKEN,        /* somebody answered, but not in time, not whole or not in HTTP */
  TRUCE_POLL_NO_FILE,       /* it is a file, which cannot be read */
  TRUCE_POLL_CUT_OFF,       /* 200 and a feed, of which the end is missing or could not be read */
  TRUCE_POLL_UNEXPANDED,    /* 200 and a feed, of which entities are missing that would have been too much */
} TrucePollOutcome;

typedef struct {
  TrucePollOutcome outcome;
  int status;            /* HTTP status; 0 when there was no answer */
  TruceTime max_age;     /* Cache-Control: max-age less Age, or Expires less Date: a length; 0 no hint */
  TruceTime retry_after; /* a length from `now`; 0 none or unusable */
} TrucePollFacts;

#define TRUCE_POLL_429_DEFAULT (10 * TRUCE_MINUTE)     /* doubled each time in a row */
#define TRUCE_POLL_RETRY_CAP (48 * TRUCE_HOUR)         /* of Retry-After */
#define TRUCE_POLL_CLIENT_ERROR_START (4 * TRUCE_HOUR) /* 401, 403, 404 */
#define TRUCE_POLL_FAILURES_TO_ALERT 3                 /* one failure is weather, three are a condition */

/* Failures among the last polls that are a condition though some went well between: a feed that comes and goes. */
#define TRUCE_POLL_WINDOW 6
#define TRUCE_POLL_WINDOW_FAILURES 3

/* Sets `state`'s due, due_reason and failures from `facts`; the caller has set all else. `random` spreads: any number,
 * 10 % of the interval at most and never below a hint or the floor; the phase comes from the feed's address. */
void truce_pollplan_next (const TruceFeed *feed, TruceFeedState *state, const TrucePollFacts *facts, TruceTime now,
                          guint32 random);

G_END_DECLS
