/* SPDX-License-Identifier: MIT */
/* One poll from its start to its end: fetch, parse, and one transaction with all that came of it. */
#include <string.h>

#include "base/text.h"
#include "engine/poll_private.h"
#include "engine/reading.h"
#include "news/habit.h"
#include "news/polllog.h"

#define LOST_RETRY (5 * TRUCE_MINUTE) /* a poll that the fetcher took with it: the floor of politeness */
/* A server that answers "not modified" to a feed that has long had nothing new may be wrong about it: so rarely it is
 * asked for the whole. */
#define WHOLE_EVERY (8 * TRUCE_DAY)
#define HTTP_NOT_FOUND 404
#define HTTP_GONE 410
#define HTTP_TOO_MANY_REQUESTS 429

/* A poll under way. The feed is found again by its id, since a reload may have come between. */
typedef struct {
  TruceEngine *engine;
  char *feed;
  char *address;
  TrucePollFacts facts;
  TruceTime began;
  gboolean reached; /* somebody was at the other end */
  guint64 bytes;    /* of the body */
  char *moved_to;   /* by a redirect for good; NULL */
  guint64 body_hash;
  char *etag, *last_modified;         /* of the answer */
  TruceFeedDocument *document;        /* what the poll has brought; NULL */
  TruceReading *reading;              /* of that; NULL: not begun */
  guint8 identity;                    /* of the feed, as that shows it */
  const TruceEventCalendar *calendar; /* while it ends: what the poll has brought, if that is a calendar */
} Request;

static Request *
request_new (TruceEngine *engine, const FeedRun *run)
{
  Request *request = g_new0 (Request, 1);

  request->engine = engine;
  request->feed = g_strdup (run->feed->id);
  request->address = g_strdup (run->state.url);
  g_hash_table_add (engine->requests, request);
  return request;
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->feed);
  g_free (request->address);
  g_free (request->moved_to);
  g_free (request->etag);
  g_free (request->last_modified);
  truce_reading_free (request->reading);
  truce_feed_document_free (request->document);
  g_free (request);
}

GHashTable *
truce_poll_requests_new (void)
{
  return g_hash_table_new_full (NULL, NULL, request_free, NULL);
}

static void
request_end (Request *request)
{
  g_hash_table_remove (request->engine->requests, request);
}

/* The feed that it is the poll of; NULL when that has gone, or has another address now. */
static FeedRun *
run_of (const Request *request)
{
  FeedRun *run = truce_polls_find (request->engine, request->feed);

  return run && run->in_flight && strcmp (run->state.url, request->address) == 0 ? run : NULL;
}

/* --- the end of a poll --- */

static guint
take_document (const Request *request, FeedRun *run, TruceTime now, TruceCommit *commit)
{
  guint n_new = truce_news_tell (request->engine, run->feed, request->reading, now, commit);

  run->state.identity = request->identity;
  if (n_new > 0)
    run->state.last_new = now;
  truce_habit_learn (&run->state, request->document->items, n_new, now);
  return n_new;
}

static guint
take_calendar (const Request *request, FeedRun *run, TruceTime now, TruceCommit *commit)
{
  if (!truce_calendars_collect (request->engine, run->feed, request->calendar, now, commit))
    return 0;
  run->state.last_new = now;
  return 1;
}

static void
finish (Request *request, FeedRun *run, const char *error)
{
  TruceEngine *engine = request->engine;
  TruceTime now = truce_engine_now (engine);
  TruceCommit *commit = truce_commit_new (now);
  guint32 random = engine->ports.clock.random (engine->ports.clock.self);
  gboolean failed = truce_poll_outcome_is_failure (request->facts.outcome);
  guint n_items = request->document   ? request->document->items->len
                  : request->calendar ? request->calendar->events->len
                                      : 0;
  guint n_new = 0;

  run->state.last_try = now;
  truce_set_text (&run->state.error, failed ? error : NULL);
  truce_pollplan_next (run->feed, &run->state, &request->facts, now, random);
  truce_health_count (run, failed);
  if (request->reached)
    truce_blame_answer (engine, run, now);
  else if (request->facts.outcome == TRUCE_POLL_NETWORK_ERROR)
    truce_blame_no_answer (engine, run, request->began, now);
  if (request->document)
    n_new = take_document (request, run, now, commit);
  if (request->calendar)
    n_new = take_calendar (request, run, now, commit);
  truce_health_record (run, &request->facts, request->bytes, n_items, n_new, now);
  truce_moved_follow (engine, run, &request->facts, request->moved_to, commit, now);
  truce_health_tell (engine, commit, run, &request->facts, now);
  truce_commit_set_feed (commit, run->feed->id, &run->state);
  truce_together_commit (engine, commit);
  if (request->facts.status == HTTP_TOO_MANY_REQUESTS)
    truce_polls_hold_host (engine, run, run->state.due);
  truce_polls_ended (engine, run, now);
  request_end (request);
  truce_blame_tell (engine, now);
  if (failed)
    truce_silence_look_again (engine, now);
  truce_engine_changed (engine, "feeds");
  truce_engine_wake_after (engine, now);
}

/* The poll has brought what can be read. */
static void
take_answer (Request *request, FeedRun *run, const char *title)
{
  TruceFeedState *state = &run->state;

  request->facts.outcome = TRUCE_POLL_OK;
  state->last_200 = truce_engine_now (request->engine);
  truce_set_text (&state->etag, request->etag);
  truce_set_text (&state->last_modified, request->last_modified);
  truce_set_text (&state->title, *title ? title : NULL);
  state->body_hash = request->body_hash;
}

/* All of its document is gone through. */
static void
finish_reading (Request *request, FeedRun *run)
{
  take_answer (request, run, request->document->title);
  if (request->document->lack == TRUCE_FEED_CUT_OFF)
    request->facts.outcome = TRUCE_POLL_CUT_OFF;
  else if (request->document->lack == TRUCE_FEED_UNEXPANDED)
    request->facts.outcome = TRUCE_POLL_UNEXPANDED;
  run->state.hint = request->document->ttl;
  run->state.skip_hours = request->document->skip_hours;
  run->state.skip_days = request->document->skip_days;
  finish (request, run, NULL);
}

/* What it may have brought is not known: it is asked again, and keeps its record. */
static void
put_off (Request *request, FeedRun *run, const char *error, const char *reason)
{
  TruceEngine *engine = request->engine;
  TruceTime now = truce_engine_now (engine);

  truce_set_text (&run->state.error, error);
  truce_set_text (&run->state.due_reason, reason);
  if (request->reached)
    truce_blame_answer (engine, run, now);
  truce_polls_ended (engine, run, now);
  request_end (request);
  truce_blame_tell (engine, now);
  truce_engine_changed (engine, "feeds");
  truce_engine_wake (engine);
}

/* The fetcher was lost: soon. */
static void
put_off_lost (Request *request, FeedRun *run, const char *error)
{
  run->state.due = truce_engine_now (request->engine) + LOST_RETRY;
  put_off (request, run, error, "the fetcher was lost");
}

/* What of it is new is known once it can be read what was seen before: the next poll, at its time, brings it whole
 * again, since of this answer nothing is kept. */
static void
put_off_unread (Request *request, FeedRun *run)
{
  TruceEngine *engine = request->engine;

  truce_pollplan_next (run->feed, &run->state, &request->facts, truce_engine_now (engine),
                       engine->ports.clock.random (engine->ports.clock.self));
  put_off (request, run, "what was seen of it before cannot be read", "what it brought could not be told");
}

/* FALSE: it cannot begin. */
static gboolean
begin_reading (Request *request, const FeedRun *run)
{
  const TruceFeedState *state = &run->state;
  gboolean first = state->last_200 == TRUCE_TIME_NONE && state->last_304 == TRUCE_TIME_NONE;
  const TruceBrought brought = { request->document->items, request->document->link, first, &request->identity };

  request->identity = state->identity;
  request->reading = truce_reading_new (request->engine, run->feed, &brought);
  return request->reading != NULL;
}

static void
take_read (Request *request, FeedRun *run, TruceFeedDocument *document)
{
  TruceEngine *engine = request->engine;
  TruceTime began = truce_engine_now (engine);

  request->document = document;
  if (document->items->len <= TRUCE_READING_A_TURN) {
    if (!begin_reading (request, run)) {
      put_off_unread (request, run);
      return;
    }
    truce_reading_go_on (request->reading, engine, run->feed, began);
    if (truce_reading_is_done (request->reading, engine)) {
      finish_reading (request, run);
      return;
    }
  }
  g_queue_push_tail (&engine->readings, request);
  truce_engine_arm (engine, began);
}

void
truce_poll_go_on (TruceEngine *engine)
{
  Request *request = g_queue_peek_head (&engine->readings);
  FeedRun *run = request ? run_of (request) : NULL;

  if (run && !request->reading && begin_reading (request, run))
    return;
  if (run && request->reading && !truce_reading_is_done (request->reading, engine)) {
    truce_reading_go_on (request->reading, engine, run->feed, engine->last_now);
    return;
  }
  g_queue_pop_head (&engine->readings);
  if (run && request->reading)
    finish_reading (request, run);
  else if (run)
    put_off_unread (request, run);
  else if (request)
    request_end (request);
}

static void
on_parsed (TruceFeedDocument *document, const char *error, gboolean worker_died, gpointer user_data)
{
  Request *request = user_data;
  FeedRun *run = run_of (request);

  if (!run) {
    truce_feed_document_free (document);
    request_end (request);
    return;
  }
  if (!document) {
    /* An unparsable body stores no validators: the next poll brings it whole again. */
    request->facts.outcome = TRUCE_POLL_NOT_A_FEED;
    finish (request, run, worker_died ? "the parser had to be stopped on this feed" : error);
    return;
  }
  take_read (request, run, document);
}

/* On the first day of all there is nothing to doubt it by. */
static gboolean
is_clock_trusted (const TruceEngine *engine)
{
  return !truce_engine_holds (engine) && (!truce_hold_doubts (engine) || engine->reached == TRUCE_TIME_NONE);
}

static void
on_calendar (const TruceEventCalendar *calendar, const char *error, gboolean worker_died, gpointer user_data)
{
  Request *request = user_data;
  FeedRun *run = run_of (request);

  if (!run) {
    request_end (request);
    return;
  }
  if (!calendar) {
    request->facts.outcome = TRUCE_POLL_NOT_A_FEED;
    finish (request, run, worker_died ? "the parser had to be stopped on this calendar" : error);
    return;
  }
  if (truce_calendars_is_unread (request->engine, run->feed->id)) {
    put_off_unread (request, run);
    return;
  }
  take_answer (request, run, calendar->name);
  if (is_clock_trusted (request->engine)) {
    request->calendar = calendar;
  } else {
    /* What is ahead and what has passed is not to be said by it: the next poll brings it whole again. */
    truce_set_text (&run->state.etag, NULL);
    truce_set_text (&run->state.last_modified, NULL);
    run->state.body_hash = 0;
  }
  finish (request, run, NULL);
}

/* A body that was parsed before is not parsed again, but its validators may be new. */
static void
take_body (Request *request, FeedRun *run, const TruceParse *parse)
{
  TruceEngine *engine = request->engine;
  gsize length;
  const void *bytes = g_bytes_get_data (parse->body, &length);

  request->bytes = length;
  request->body_hash = truce_fingerprint64 (bytes, length);
  if (request->body_hash == run->state.body_hash) {
    request->facts.outcome = TRUCE_POLL_SAME_BODY;
    run->state.last_200 = truce_engine_now (engine);
    truce_set_text (&run->state.etag, request->etag);
    truce_set_text (&run->state.last_modified, request->last_modified);
    finish (request, run, NULL);
    return;
  }
  if (run->feed->is_calendar)
    engine->ports.parse.parse_calendar (engine->ports.parse.self, parse, on_calendar, request);
  else
    engine->ports.parse.parse (engine->ports.parse.self, parse, on_parsed, request);
}

static void
on_answer (Request *request, FeedRun *run, const TruceFetched *fetched)
{
  TruceFeedState *state = &run->state;

  request->facts.status = fetched->status;
  request->facts.max_age = fetched->max_age;
  request->facts.retry_after = fetched->retry_after;
  request->moved_to = g_strdup (fetched->moved_to);
  /* Gone from where it had moved to: the configured address is asked again, and may say so too. */
  if (fetched->status == HTTP_GONE && state->address)
    request->facts.status = HTTP_NOT_FOUND;
  if (fetched->status == 200 && fetched->body) {
    const TruceParse parse = { fetched->body, fetched->final_url, fetched->content_type };
    request->etag = g_strdup (fetched->etag);
    request->last_modified = g_strdup (fetched->last_modified);
    take_body (request, run, &parse);
    return;
  }
  if (fetched->status == 304) {
    request->facts.outcome = TRUCE_POLL_NOT_MODIFIED;
    state->last_304 = truce_engine_now (request->engine);
    if (fetched->etag)
      truce_set_text (&state->etag, fetched->etag);
    if (fetched->last_modified)
      truce_set_text (&state->last_modified, fetched->last_modified);
    finish (request, run, NULL);
    return;
  }
  g_autofree char *error = g_strdup_printf ("HTTP status %d", fetched->status);
  request->facts.outcome = TRUCE_POLL_HTTP_ERROR;
  finish (request, run, error);
}

static void
on_fetched (const TruceFetched *fetched, gpointer user_data)
{
  Request *request = user_data;
  FeedRun *run = run_of (request);

  if (!run) {
    request_end (request);
    return;
  }
  request->reached = fetched->result == TRUCE_FETCH_ANSWERED || fetched->result == TRUCE_FETCH_BROKEN;
  if (fetched->result == TRUCE_FETCH_ANSWERED) {
    on_answer (request, run, fetched);
    return;
  }
  if (fetched->result == TRUCE_FETCH_NO_WORKER && !truce_blame_lost (request->engine, run, fetched->error)) {
    put_off_lost (request, run, fetched->error);
    return;
  }
  if (fetched->result == TRUCE_FETCH_FAILED)
    request->facts.outcome = TRUCE_POLL_NETWORK_ERROR;
  else if (fetched->result == TRUCE_FETCH_BROKEN)
    request->facts.outcome = TRUCE_POLL_BROKEN;
  else
    request->facts.outcome = TRUCE_POLL_REFUSED;
  finish (request, run, fetched->error);
}

static void
poll_file (Request *request, FeedRun *run)
{
  TruceEngine *engine = request->engine;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = engine->ports.parse.read_file (engine->ports.parse.self, run->feed->path, &error);
  const TruceParse parse = { .body = body };

  if (body) {
    take_body (request, run, &parse);
    return;
  }
  /* One that is not there may come back; one that is too large is a mistake, as it would be of a server. */
  request->facts.outcome =
      g_error_matches (error, TRUCE_ENGINE_ERROR, TRUCE_ENGINE_ERROR_INVALID) ? TRUCE_POLL_REFUSED : TRUCE_POLL_NO_FILE;
  finish (request, run, error->message);
}

static gboolean
wants_whole (const TruceFeedState *state, TruceTime now)
{
  return state->stale && state->last_200 != TRUCE_TIME_NONE && now - state->last_200 >= WHOLE_EVERY;
}

void
truce_poll_start (TruceEngine *engine, FeedRun *run, TruceTime now)
{
  Request *request = request_new (engine, run);
  gboolean whole = wants_whole (&run->state, now);
  const TruceFetch fetch = {
    .url = truce_moved_address (run),
    .etag = whole ? NULL : run->state.etag,
    .last_modified = whole ? NULL : run->state.last_modified,
    .allow_private = run->feed->allow_private,
    .alone = truce_polls_is_alone (engine, run),
  };

  run->state.last_try = request->began = now;
  if (run->feed->path)
    poll_file (request, run);
  else
    engine->ports.net.fetch (engine->ports.net.self, &fetch, on_fetched, request);
}
