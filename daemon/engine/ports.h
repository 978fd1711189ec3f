/* SPDX-License-Identifier: MIT */
/* ports.h: all that the engine asks of the world: structs of functions, with one real and one simulated implementation
 * each.
 *
 * Every function's first argument is the port's own `self`. Answers of net, parse and sink ports come later, from the
 * main loop, never from inside the call that asked (the simulated ones queue them too): so the engine is never
 * re-entered. */
#pragma once

#include "alert/alert.h"
#include "config/event.h"
#include "deadline/amendment.h"
#include "news/feed.h"
#include "news/item.h"
#include "news/proposal.h"

G_BEGIN_DECLS

#define TRUCE_ENGINE_ERROR (truce_engine_error_quark ())
GQuark truce_engine_error_quark (void);
typedef enum {
  TRUCE_ENGINE_ERROR_NOT_FOUND, /* no such alert, feed, milestone or sink */
  TRUCE_ENGINE_ERROR_AMBIGUOUS, /* the id's beginning fits several */
  TRUCE_ENGINE_ERROR_INVALID,   /* a length or an argument out of range, a file too large */
  TRUCE_ENGINE_ERROR_STORE,     /* it could not be written or read */
} TruceEngineError;

/* --- clock --- */

typedef struct {
  gpointer self;
  TruceTime (*now) (gpointer self); /* wall clock */
  /* Call truce_engine_wake() at `at` (a wall-clock instant), or at once when it has passed, or earlier at will;
   * replaces what was armed before. TRUCE_TIME_NONE: nothing is owed. */
  void (*arm) (gpointer self, TruceTime at);
  guint32 (*random) (gpointer self); /* for spreading polls */
} TruceClockPort;

/* --- net: fetch one address --- */

typedef struct {
  const char *url;
  const char *etag;          /* echoed byte for byte, NULL none */
  const char *last_modified; /* likewise */
  gboolean allow_private;
  gboolean alone; /* no other is to come from its host: the connection need not be kept */
} TruceFetch;

typedef enum {
  TRUCE_FETCH_ANSWERED,  /* `status` is an HTTP status */
  TRUCE_FETCH_FAILED,    /* it cannot be reached: resolver, connect, TLS; `error` says */
  TRUCE_FETCH_REFUSED,   /* by our own limits; `error` says */
  TRUCE_FETCH_BROKEN,    /* reached, and no whole answer in time or in HTTP; `error` says */
  TRUCE_FETCH_NO_WORKER, /* the worker died on it or could not be started; `error` says */
} TruceFetchResult;

typedef struct {
  TruceFetchResult result;
  int status;
  const char *error;     /* NULL when answered */
  const char *final_url; /* after redirects: what relative links resolve against */
  const char *moved_to;  /* where it has moved for good (only 301 and 308 on the way), or NULL */
  const char *etag, *last_modified, *content_type; /* NULL when not sent */
  TruceTime max_age;                               /* freshness left, a length; 0 none */
  TruceTime retry_after;                           /* a length; 0 none */
  GBytes *body;                                    /* decoded; NULL unless status is 200 */
} TruceFetched;

typedef void (*TruceFetchedFunc) (const TruceFetched *fetched, gpointer user_data);

typedef struct {
  gpointer self;
  void (*fetch) (gpointer self, const TruceFetch *fetch, TruceFetchedFunc done, gpointer user_data);
} TruceNetPort;

/* --- parse: bytes of a feed -> a document --- */

typedef struct {
  GBytes *body;
  const char *base_url;     /* NULL */
  const char *content_type; /* NULL */
} TruceParse;

/* `document` NULL: not a feed, or refused; `error` says. `worker_died`: the parser was killed by this body.
 * `document` is (transfer full). */
typedef void (*TruceParsedFunc) (TruceFeedDocument *document, const char *error, gboolean worker_died,
                                 gpointer user_data);

typedef struct {
  gpointer self;
  void (*parse) (gpointer self, const TruceParse *parse, TruceParsedFunc done, gpointer user_data);
  /* The same for a calendar: of what repeats, the first of all. */
  void (*parse_calendar) (gpointer self, const TruceParse *parse, TruceEventCalendarFunc done, gpointer user_data);
  /* Reads a configured `path = FILE` whole: (transfer full), NULL and an error when it cannot, INVALID when it is too
   * large. */
  GBytes *(*read_file) (gpointer self, const char *path, GError **error);
} TruceParsePort;

/* --- sink: deliver one alert --- */

typedef enum {
  TRUCE_DELIVERY_DONE,
  TRUCE_DELIVERY_RETRY,   /* not now: again after a while */
  TRUCE_DELIVERY_REFUSED, /* never: dropped, and recorded */
  TRUCE_DELIVERY_PULLED,  /* its consumer fetches it and confirms: truce_engine_delivered() (desktop) */
  TRUCE_DELIVERY_PENDING, /* it is under way: truce_engine_delivery_ended() says how it went */
} TruceDelivery;

typedef struct {
  gpointer self;
  /* At once, without blocking. `error` set for RETRY and REFUSED. After PENDING the sink is given nothing more until
   * truce_engine_delivery_ended() was called for this alert: once, and later from the main loop. `telling` names what
   * is delivered, for receivers that know what they have had: the same when it is tried again, another when somebody
   * put the alert off and it returns, or an official feed confirmed it. */
  TruceDelivery (*deliver) (gpointer self, const char *sink_id, const TruceAlert *alert, const char *telling,
                            GError **error);
  /* Told of every alert once it is stored (the bus signal AlertRaised), before any sink has it. May be NULL. */
  void (*raised) (gpointer self, const TruceAlert *alert);
  /* Told of every alert that has grown (truce_alert_grow), as it is now, once it is stored. May be NULL. */
  void (*grown) (gpointer self, const TruceAlert *alert);
  /* Told when what the views show has changed: "milestones", "alerts", "feeds", "config", "moves"; and hourly, where
   * the configuration wants that, "time". May be NULL. */
  void (*changed) (gpointer self, const char *what);
} TruceSinkPort;

/* --- store --- */

/* A milestone's date as it was last seen: what is compared with at the next load, so that a change is told once. */
typedef struct {
  char *milestone;
  guint revision;
  TruceTime due, due_latest;
  char *zone;
  char *statement;
  TruceTime since;          /* when truced first saw it: no firing of it is older */
  char *why;                /* NULL */
  char *by;                 /* who said so through trucectl; NULL: the config */
  gint64 amendment;         /* the number of that, 0 none */
  TrucePrecision precision; /* of due and due_latest; from a store that did not keep it, instant or interval */
} TruceStoredRevision;
TruceStoredRevision *truce_stored_revision_copy (const TruceStoredRevision *revision);
void truce_stored_revision_free (TruceStoredRevision *revision);

typedef struct {
  char *milestone;
  guint revision;
  char *key;
  TruceTime at;
  char *alert; /* the id that told it; NULL: recorded and not told (older than the grace) */
} TruceStoredFiring;
TruceStoredFiring *truce_stored_firing_copy (const TruceStoredFiring *firing);
void truce_stored_firing_free (TruceStoredFiring *firing);

typedef struct {
  TruceAlert *alert;
  TruceTime acknowledged; /* NONE: not */
  TruceTime snoozed;      /* returns then; NONE: not */
  char *acknowledged_by;  /* NULL */
  TruceTime snoozed_at;   /* when it was put off; NONE: not, or it was not kept then */
  char *snoozed_by;       /* NULL */
  char *via;              /* through what it was acknowledged or put off; NULL */
} TruceStoredAlert;
void truce_stored_alert_free (TruceStoredAlert *stored);

typedef struct {
  char *alert; /* id */
  char *sink;  /* id */
  guint attempts;
  TruceTime next_try;
  gboolean
      is_fresh_news; /* a headline that has not been made to wait: known without reading it, since there may be many */
} TruceOutboxEntry;
void truce_outbox_entry_free (TruceOutboxEntry *entry);

typedef struct {
  char *sink;
  TruceTime at;
  gboolean delivered;
  char *error; /* NULL when delivered */
} TruceDeliveryRecord;
void truce_delivery_record_free (TruceDeliveryRecord *record);

/* What a sink will not take, by its own word: so the reason of its record begins. */
#define TRUCE_SET_ASIDE "set aside: "
/* What was no failure: by a budget, or since it came as one with others. */
#define TRUCE_HELD_BACK "held back until "
#define TRUCE_TOLD_WITHIN "told within the digest "
typedef struct {
  char *alert; /* ids */
  char *sink;
  TruceTime at;
  char *error; /* behind TRUCE_SET_ASIDE */
} TruceRefusal;
void truce_refusal_free (TruceRefusal *refusal);

/* The errors of looking an alert up: NOT_FOUND for `n_found` 0, AMBIGUOUS for more than one. */
void truce_store_no_alert (const char *id_or_prefix, guint n_found, GError **error);

/* An alert that goes to one sink as part of another. */
typedef struct {
  char *alert; /* id */
  char *sink;  /* id */
  char *why;   /* for the record of deliveries */
} TruceFold;

/* An entry of a feed as the store knows it (news/identity.h). */
typedef struct {
  guint64 key;
  guint64 headline; /* when it was last seen; 0 not known */
  guint64 name;     /* under which its alerts are; 0: the key */
  gboolean found;   /* the answer of find_seen */
} TruceSeen;

/* A story that may still grow: what the engine knows it by. */
typedef struct {
  char *alert;    /* the id of the alert that tells it */
  TruceTime last; /* when it was last told */
  GBytes *record;
} TruceStoredStory;
void truce_stored_story_free (TruceStoredStory *story);
#define TRUCE_STORE_STORY_RETENTION (7 * TRUCE_DAY) /* longer than one may grow (news/story.h) */

/* All that one cause changes, written as one transaction or not at all; it owns all that is in it. The engine fills it
 * in; members left as truce_commit_new() made them are not written. */
typedef struct {
  TruceTime window;  /* NONE: unchanged */
  TruceTime reached; /* NONE: unchanged */
  TruceTime leapt;   /* NONE: unchanged; MAX: no leap is doubted any more */
  GPtrArray
      *alerts; /* TruceAlert *: inserted; an id that is there already is left as it was, and gets no outbox rows */
  GPtrArray *alert_sinks;     /* char ** parallel to `alerts`: the sinks that it goes to (outbox rows, due at once) */
  GPtrArray *grown;           /* TruceAlert *: in place of the record under their ids, where that is stored still; what
                               * users have said of it stays */
  GPtrArray *grown_sinks;     /* char ** parallel to `grown`: told to these once more, where it is neither owed to them
                               * still, nor acknowledged or put off */
  GPtrArray *stories;         /* TruceStoredStory *: put under their alerts' ids */
  GPtrArray *folds;           /* TruceFold *: outbox rows that end, since a digest of `alerts` tells of them */
  GArray *firings;            /* TruceStoredFiring, owning its strings */
  GPtrArray *revisions;       /* TruceStoredRevision * */
  GPtrArray *amendments;      /* TruceAmendment *: put under their numbers, in place of what was there */
  GPtrArray *moves;           /* TruceProposal *: put under their ids, likewise */
  char *feed;                 /* id: whose seen items and state follow */
  GArray *seen;               /* TruceSeen: marked present at `now`, with their headlines */
  TruceFeedState *feed_state; /* NULL: unchanged */
  char *event_book;           /* what is remembered of `feed`, which is a calendar, as JSON; NULL: unchanged */
  TruceTime now;              /* of the cause */
} TruceCommit;
TruceCommit *truce_commit_new (TruceTime now);
void truce_commit_free (TruceCommit *commit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TruceCommit, truce_commit_free)
/* A copy of it as it is now. */
void truce_commit_add_move (TruceCommit *commit, const TruceProposal *proposal);
/* (transfer full) of `alert`; `sinks` is copied. */
void truce_commit_add_alert (TruceCommit *commit, TruceAlert *alert, const char *const *sinks);
/* (transfer full) of `grown`; `sinks` is copied, NULL for none. */
void truce_commit_add_grown (TruceCommit *commit, TruceAlert *grown, const char *const *sinks);
/* `alert` (an id) is told to `sink` within `digest`. */
void truce_commit_add_fold (TruceCommit *commit, const char *alert, const char *sink, const TruceAlert *digest);
/* `alert` (an id) NULL: not told. */
void truce_commit_add_firing (TruceCommit *commit, const TruceFiring *firing, const char *alert);
/* The date has another number, or another name: what was `told` of it stays told under that. */
void truce_commit_carry_firing (TruceCommit *commit, const TruceStoredFiring *told, const char *milestone,
                                guint revision);
/* A poll that raises nothing and owes nobody a pause: forgotten, it is made again. */
gboolean truce_commit_may_be_forgotten (const TruceCommit *commit);
/* Its feed has been read, if only to find nothing there: from here on it is known what was seen of it. */
gboolean truce_commit_begins_seen (const TruceCommit *commit);
/* Copies of both; `state` NULL: unchanged. */
void truce_commit_set_feed (TruceCommit *commit, const char *feed, const TruceFeedState *state);

typedef struct {
  TruceTime since;       /* raised at or after; TRUCE_TIME_MIN all */
  const char *kind;      /* NULL all */
  const char *milestone; /* NULL all; also those that only mention it in `also` */
  gboolean unacknowledged;
  gboolean answered; /* acknowledged, or put off */
  guint limit;       /* 0: all; the newest ones */
} TruceAlertFilter;
/* Does it take `stored`, were there no limit? For stores that cannot ask otherwise. */
gboolean truce_alert_filter_takes (const TruceAlertFilter *filter, const TruceStoredAlert *stored);

#define TRUCE_STORE_ALERT_RETENTION (2 * 366 * TRUCE_DAY) /* a deadline's story is asked for after it has ended */

/* Functions that fail return FALSE or NULL with an error; the engine raises one `problem` and goes on in memory.
 * Those that have no error answer as if nothing were there, or no more: `read_failed` tells the two apart.
 * Lists are (transfer full), with a free function set. */
typedef struct {
  gpointer self;
  /* FALSE leaves nothing written. `ret_new` (may be NULL) gets the alerts that were not there before. */
  gboolean (*commit) (gpointer self, const TruceCommit *commit, GPtrArray **ret_new, GError **error);
  /* The same for several that may be forgotten (truce_commit_may_be_forgotten): all of them or none. */
  gboolean (*commit_all) (gpointer self, TruceCommit *const *commits, guint n_commits, GError **error);
  /* Could something not be read since this was last called? May be NULL: all can. */
  gboolean (*read_failed) (gpointer self, GError **error);
  TruceTime (*window) (gpointer self);  /* deadlines were looked at up to then; NONE: never */
  TruceTime (*reached) (gpointer self); /* the latest that the clock is known to have been; NONE: not known */
  TruceTime (*leapt) (gpointer self);   /* to where it leapt, which may be wrong; as it was committed */
  gboolean (*firing_done) (gpointer self, const char *milestone, guint revision, const char *key);
  /* Of an instant later than `after`: TruceStoredFiring *, in no order. */
  GPtrArray *(*firings_after) (gpointer self, TruceTime after);
  /* Of one date: TruceStoredFiring *, in no order. */
  GPtrArray *(*firings_of) (gpointer self, const char *milestone, guint revision);
  GPtrArray *(*revisions) (gpointer self); /* TruceStoredRevision *, the latest of each milestone */
  GPtrArray *(*history) (gpointer self, const char *milestone); /* TruceStoredRevision *, all of one, in order */
  GPtrArray *(*amendments) (gpointer self); /* TruceAmendment *, all that were ever made, by number */
  GPtrArray *(*moves) (gpointer self);      /* TruceProposal *, all that are kept, as they were first seen */
  gboolean (*feed_state) (gpointer self, const char *feed, TruceFeedState *ret_state); /* FALSE: none */
  char *(*event_book) (gpointer self, const char *calendar);                           /* the JSON; NULL: none */
  GPtrArray *(*stories) (gpointer self, TruceTime since); /* TruceStoredStory *, last told at or after, oldest first */
  /* Fills in, of each of `seen` (TruceSeen), `found` and what is known of it: by its key, or for a key of 0 any with
   * its headline. FALSE: this feed was never read. */
  gboolean (*find_seen) (gpointer self, const char *feed, GArray *seen);
  TruceStoredAlert *(*alert) (gpointer self, const char *id_or_prefix,
                              GError **error); /* NULL: none, several begin so, or it could not be read (STORE) */
  GPtrArray *(*alerts) (gpointer self, const TruceAlertFilter *filter); /* TruceStoredAlert *, newest first */
  guint (*unacknowledged) (gpointer self);                              /* how many, without reading them */
  /* Marks it and takes it out of the outbox. */
  gboolean (*acknowledge) (gpointer self, const char *id, TruceTime at, const TruceOrigin *origin, GError **error);
  /* Takes it out of the outbox and puts it there again for `sinks`, not before `until`. */
  gboolean (*snooze) (gpointer self, const char *id, const char *const *sinks, TruceTime until, TruceTime at,
                      const TruceOrigin *origin, GError **error);
  /* Neither acknowledged nor put off any more; told again to `sinks` alone, now. */
  gboolean (*reopen) (gpointer self, const char *id, const char *const *sinks, TruceTime at, GError **error);
  /* Of one sink, so that a dead one holds up no other: TruceOutboxEntry *, oldest alert first. */
  GPtrArray *(*outbox_due) (gpointer self, const char *sink, TruceTime now, guint limit);
  TruceTime (*outbox_next) (gpointer self, const char *sink); /* the earliest next_try; NONE */
  /* Waiting to be pulled by `sink`'s consumer, oldest first: ids (char *). */
  GPtrArray *(*outbox_pulled) (gpointer self, const char *sink);
  /* What `user` has yet to be shown of `sink`: what waits to be pulled, and of what others were shown since `since` and
   * nobody has answered the newest `limit`. Ids (char *), oldest first. */
  GPtrArray *(*to_show) (gpointer self, const char *sink, guint32 user, TruceTime since, guint limit);
  /* `user` was shown it; until it is told again. May be forgotten with the power. */
  gboolean (*shown) (gpointer self, const char *id, guint32 user, GError **error);
  /* What became of a delivery (this, the next two and `put_back`) is kept at once should truced die, and on the disk
   * once `sync` or a later commit of what was raised or asked for has returned: many of them are worth one wait for it.
   */
  gboolean (*delivered) (gpointer self, const char *id, const char *sink, TruceTime at, GError **error);
  /* Not now: again at `next_try`; NONE: it waits to be pulled. `why` is kept, unless it is NULL; `failed`: that was an
   * attempt. */
  gboolean (*postpone) (gpointer self, const char *id, const char *sink, TruceTime at, const char *why, gboolean failed,
                        TruceTime next_try, GError **error);
  /* Never: out of the outbox, the reason kept. */
  gboolean (*give_up) (gpointer self, const char *id, const char *sink, TruceTime at, const char *why, GError **error);
  void (*sync) (gpointer self);                             /* may be NULL */
  GPtrArray *(*deliveries) (gpointer self, const char *id); /* TruceDeliveryRecord *, oldest first */
  /* What is set aside, and has neither been acknowledged nor sent again since: TruceRefusal *, oldest first. */
  GPtrArray *(*refused) (gpointer self);
  /* Into the outbox again, for that sink alone; nothing where it is there. */
  gboolean (*put_back) (gpointer self, const char *id, const char *sink, TruceTime at, GError **error);
  /* Forgets what has aged out at `now` (retention), but for the alerts `kept` (ids): and of what repeats, the dates
   * that passed as long ago, but for the last of those. Cheap; called once a day. */
  void (*expire) (gpointer self, TruceTime now, const char *const *kept);
} TruceStorePort;

typedef struct {
  TruceClockPort clock;
  TruceNetPort net;
  TruceParsePort parse;
  TruceStorePort store;
  TruceSinkPort sink;
} TrucePorts;

G_END_DECLS
