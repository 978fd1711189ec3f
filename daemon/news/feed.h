/* SPDX-License-Identifier: MIT */
/* feed.h: a configured feed, and what is remembered of its polls. */
#pragma once

#include "base/time.h"

G_BEGIN_DECLS

typedef enum { TRUCE_TIER_PRESS, TRUCE_TIER_OFFICIAL } TruceTier;
const char *truce_tier_to_text (TruceTier tier); /* "press", "official" */

typedef struct {
  char *id;
  char *title; /* NULL: its own */
  char *url;   /* http(s), normalised; NULL when `path` is set */
  char *path;  /* absolute file name; NULL when `url` is set */
  TruceTier tier;
  char **tags;            /* NULL */
  TruceTime interval;     /* between polls: TRUCE_POLL_FLOOR or more */
  TruceTime backfill;     /* the first poll alerts on items newer than this */
  gboolean allow_private; /* private, loopback and link-local addresses may be fetched */
  gboolean is_calendar;   /* what it brings are dates (config/config.h), not items */
  unsigned line;          /* of its section in the config */
} TruceFeed;

TruceFeed *truce_feed_new (const char *id); /* press, default interval and backfill */
void truce_feed_free (TruceFeed *feed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceFeed, truce_feed_free)

#define TRUCE_POLL_DEFAULT TRUCE_HOUR
#define TRUCE_POLL_FLOOR (5 * TRUCE_MINUTE)  /* politeness: never more often */
#define TRUCE_POLL_CEILING (24 * TRUCE_HOUR) /* hints may not silence a feed for longer */
#define TRUCE_BACKFILL_DEFAULT (24 * TRUCE_HOUR)

/* Does a list of ids, tags and "*" (NULL: all) take this feed in? */
gboolean truce_feed_selected (const TruceFeed *feed, const char *const *selection);

/* Scheme and host of an http(s) address in lower case with a port that is not the scheme's own
 * ("https://example.org:8443"): what politeness counts by. NULL when `url` is no http(s) address. (transfer full) */
char *truce_url_host_key (const char *url);

/* What is remembered of a feed between polls and over restarts. Times are TRUCE_TIME_NONE when it has not happened.
 * A value with owned strings: init, copy, clear. */
typedef struct {
  char *url;           /* that it is the state of: another address starts afresh */
  char *etag;          /* byte for byte as sent; NULL */
  char *last_modified; /* likewise */
  guint64 body_hash;   /* of the last decoded body that was parsed; 0 none */
  char *title;         /* the feed's own, NULL */
  TruceTime hint;      /* ttl and the like of the last document: a length, 0 none */
  guint32 skip_hours;
  guint8 skip_days;
  TruceTime due;    /* the next poll; NONE: not planned yet, which is at once; TRUCE_TIME_MAX: never (gone) */
  char *due_reason; /* why then: "interval", "max-age", "Retry-After", ...; NULL */
  TruceTime last_try;
  TruceTime last_200;
  TruceTime last_304;
  TruceTime last_new; /* an item that was not seen before */
  gint failures;      /* in a row */
  char *error;        /* of the last failure; NULL when the last poll was fine */
  gboolean alerted;   /* that it fails has been told */
  guint8 outcomes;    /* of the last polls, the newest in bit 0: 1 failed; since it was last told to work again */
  char *polls;        /* the last ones, news/polllog.h; NULL */

  guint8 identity;  /* TruceIdentityFlags: what was noticed of its ids and addresses */
  TruceTime newest; /* the date of its newest entry, or its arrival */
  TruceTime habit;  /* how long it is without a new one at most: a length, 0 not known */
  guint16 arrivals; /* that the habit was learned from */
  gboolean stale;   /* that it brings nothing new has been told */
  char *moved_to;   /* where it says that it is for good; NULL */
  TruceTime moved_since;
  guint16 moved_seen; /* how often in a row it said so */
  char *address;      /* believed, and polled in place of `url`; NULL */
} TruceFeedState;

void truce_feed_state_init (TruceFeedState *state);
void truce_feed_state_clear (TruceFeedState *state);
void truce_feed_state_copy (const TruceFeedState *state, TruceFeedState *ret_state);

G_END_DECLS
