/* SPDX-License-Identifier: MIT */
/* Which feeds are polled when: in the order they fall due, one request in flight and a pause between requests a host,
 * and as many hosts at a time as the fetcher takes. While the network is down one feed at a time tries for all. */
#include <string.h>

#include "engine/poll_private.h"
#include "engine/unsaved_private.h"
#include "news/polllog.h"

#define IN_FLIGHT_MAX 64              /* truced-net's connections: what waits there would run into its time limit */
#define HOST_PAUSE (2 * TRUCE_SECOND) /* between requests to one host (DESIGN section 7) */
#define GRACE (15 * TRUCE_SECOND)     /* a machine that wakes up has no network yet */
#define SPREAD (5 * TRUCE_MINUTE)     /* polls that a pause made late (DESIGN section 7) */
#define HTTP_TOO_MANY_REQUESTS 429
#define UNREAD_RETRY TRUCE_MINUTE  /* its state is asked for again: that is no poll */
#define FILE_POLL_MIN TRUCE_MINUTE /* a local file may be read more often than a stranger's server is asked */

static int
compare_runs (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const FeedRun *x = a, *y = b;

  if (x->next != y->next)
    return x->next < y->next ? -1 : 1;
  return strcmp (x->feed->id, y->feed->id);
}

static void
feed_run_free (gpointer data)
{
  FeedRun *run = data;

  truce_feed_state_clear (&run->state);
  g_free (run->host);
  g_free (run);
}

static void
host_run_free (gpointer data)
{
  HostRun *host = data;

  g_queue_clear (&host->waiting);
  g_free (host);
}

void
truce_polls_init (TruceEngine *engine)
{
  engine->feeds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, feed_run_free);
  engine->by_next = g_tree_new_full (compare_runs, NULL, NULL, NULL);
  engine->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, host_run_free);
  engine->requests = truce_poll_requests_new ();
  engine->unreachable = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  engine->network_since = engine->lost_since = TRUCE_TIME_NONE;
  engine->last_answer = TRUCE_TIME_MIN;
}

void
truce_polls_clear (TruceEngine *engine)
{
  g_tree_unref (engine->by_next);
  g_hash_table_unref (engine->feeds);
  g_hash_table_unref (engine->hosts);
  g_queue_clear (&engine->readings);
  g_hash_table_unref (engine->requests);
  g_hash_table_unref (engine->unreachable);
  g_free (engine->lost_error);
}

FeedRun *
truce_polls_find (TruceEngine *engine, const char *id)
{
  return g_hash_table_lookup (engine->feeds, id);
}

static HostRun *
host_of (TruceEngine *engine, const FeedRun *run)
{
  HostRun *host;

  if (!run->host)
    return NULL;
  host = g_hash_table_lookup (engine->hosts, run->host);
  if (!host) {
    host = g_new0 (HostRun, 1);
    host->not_before = TRUCE_TIME_MIN;
    g_queue_init (&host->waiting);
    g_hash_table_insert (engine->hosts, g_strdup (run->host), host);
  }
  return host;
}

/* Does `address` plainly begin with `host`? */
static gboolean
is_at (const char *address, const char *host)
{
  gsize length = strlen (host);

  return strncmp (address, host, length) == 0 && (address[length] == '/' || address[length] == '\0');
}

/* A feed that moves may leave its host, and find others at the next. */
static void
set_host (TruceEngine *engine, FeedRun *run)
{
  if (run->host && is_at (truce_moved_address (run), run->host))
    return;
  if (run->host)
    host_of (engine, run)->n_feeds--;
  g_free (run->host);
  run->host = run->feed->url ? truce_url_host_key (truce_moved_address (run)) : NULL;
  if (run->host)
    host_of (engine, run)->n_feeds++;
}

gboolean
truce_polls_is_alone (TruceEngine *engine, const FeedRun *run)
{
  const HostRun *host = host_of (engine, run);

  return host && host->n_feeds == 1;
}

/* A state is worth keeping only for the address that it is of. */
static void
load_state (TruceEngine *engine, FeedRun *run)
{
  const char *address = run->feed->url ? run->feed->url : run->feed->path;

  (void) truce_unread_look (engine); /* of what others have asked */
  if (!engine->ports.store.feed_state (engine->ports.store.self, run->feed->id, &run->state))
    truce_feed_state_init (&run->state);
  run->unread = truce_unread_look (engine);
  if (g_strcmp0 (run->state.url, address) != 0 && !truce_moved_is_there (&run->state, run->feed->url)) {
    truce_feed_state_clear (&run->state);
    truce_feed_state_init (&run->state);
    run->state.url = g_strdup (address);
  }
}

/* A poll that seems to come was planned by a clock that was ahead: its wait begins anew, since the instant means
 * nothing.
 */
static void
correct_due (FeedRun *run, TruceTime now)
{
  TruceFeedState *state = &run->state;

  if (state->last_try == TRUCE_TIME_NONE || state->last_try <= now)
    return;
  if (state->due < TRUCE_TIME_MAX)
    state->due -= state->last_try - now;
  state->last_try = now;
}

static void
adopt_feed (TruceEngine *engine, const TruceFeed *feed, const FeedRun *old)
{
  FeedRun *run = g_new0 (FeedRun, 1);
  const char *address = feed->url ? feed->url : feed->path;

  run->feed = feed;
  if (old && strcmp (old->state.url, address) == 0) {
    truce_feed_state_copy (&old->state, &run->state);
    run->in_flight = old->in_flight;
    run->unread = old->unread;
  } else {
    load_state (engine, run);
  }
  set_host (engine, run);
  correct_due (run, truce_engine_now (engine));
  run->next = run->state.due == TRUCE_TIME_NONE ? TRUCE_TIME_MIN : run->state.due;
  g_hash_table_insert (engine->feeds, g_strdup (feed->id), run);
  if (!run->in_flight) {
    g_tree_insert (engine->by_next, run, run);
    return;
  }
  engine->in_flight++;
  if (run->host)
    host_of (engine, run)->busy = TRUE;
}

void
truce_polls_hold_host (TruceEngine *engine, const FeedRun *run, TruceTime until)
{
  HostRun *host = host_of (engine, run);

  if (!host || until == TRUCE_TIME_NONE || until <= host->not_before)
    return;
  host->not_before = until;
  host->held = TRUE;
}

/* Who asked for a pause is not asked sooner because of a restart. */
static void
restore_holds (TruceEngine *engine)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, engine->feeds);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const FeedRun *run = value;
    TrucePollRecord record;
    if (run->state.failures > 0 && truce_poll_log_last (run->state.polls, &record) &&
        record.status == HTTP_TOO_MANY_REQUESTS && run->state.due < TRUCE_TIME_MAX)
      truce_polls_hold_host (engine, run, run->state.due);
  }
}

/* The feeds of the running config. Those whose address is as before keep their state, and an answer under way is theirs
 * still: it finds them by id and address. */
void
truce_polls_adopt (TruceEngine *engine)
{
  g_autoptr (GHashTable) old = engine->feeds;

  g_tree_unref (engine->by_next);
  engine->by_next = g_tree_new_full (compare_runs, NULL, NULL, NULL);
  engine->feeds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, feed_run_free);
  g_hash_table_remove_all (engine->hosts);
  engine->in_flight = 0;
  for (guint i = 0; i < truce_config_n_polled (engine->configured); i++) {
    const TruceFeed *feed = truce_config_polled (engine->configured, i);
    adopt_feed (engine, feed, g_hash_table_lookup (old, feed->id));
  }
  restore_holds (engine);
}

void
truce_polls_reschedule (TruceEngine *engine, FeedRun *run, TruceTime next)
{
  if (!run->in_flight && !run->waits) {
    g_tree_remove (engine->by_next, run);
    run->next = next;
    g_tree_insert (engine->by_next, run, run);
  }
}

void
truce_polls_set_back (TruceEngine *engine, TruceTime now)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, engine->hosts);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    HostRun *host = value;
    host->not_before = MIN (host->not_before, now + HOST_PAUSE);
  }
  g_hash_table_iter_init (&iter, engine->feeds);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    FeedRun *run = value;
    correct_due (run, now);
    truce_polls_reschedule (engine, run, run->state.due == TRUCE_TIME_NONE ? now : run->state.due);
  }
  engine->network_retry = MIN (engine->network_retry, now);
}

/* Asks for its state again: it is not polled without. */
static void
recall (TruceEngine *engine, FeedRun *run, TruceTime now)
{
  g_tree_remove (engine->by_next, run);
  truce_feed_state_clear (&run->state);
  load_state (engine, run);
  set_host (engine, run);
  correct_due (run, now);
  run->next = run->unread ? now + UNREAD_RETRY : run->state.due == TRUCE_TIME_NONE ? TRUCE_TIME_MIN : run->state.due;
  g_tree_insert (engine->by_next, run, run);
}

static void
start (TruceEngine *engine, FeedRun *run, HostRun *host, TruceTime now)
{
  g_tree_remove (engine->by_next, run);
  run->in_flight = TRUE;
  engine->in_flight++;
  if (host)
    host->busy = TRUE;
  truce_poll_start (engine, run, now);
}

void
truce_polls_ended (TruceEngine *engine, FeedRun *run, TruceTime now)
{
  HostRun *host = host_of (engine, run);

  run->in_flight = FALSE;
  engine->in_flight--;
  run->next = run->state.due;
  if (!run->host)
    run->next = MAX (run->next, now + FILE_POLL_MIN);
  g_tree_insert (engine->by_next, run, run);
  if (!host)
    return;
  host->busy = FALSE;
  if (host->not_before < now + HOST_PAUSE) {
    host->not_before = now + HOST_PAUSE;
    host->held = FALSE;
  }
  for (FeedRun *waiting; (waiting = g_queue_pop_head (&host->waiting));) {
    waiting->waits = FALSE;
    waiting->next = host->not_before;
    g_tree_insert (engine->by_next, waiting, waiting);
  }
  set_host (engine, run); /* it may have moved */
}

static gboolean
collect_run (gpointer key, gpointer value, gpointer user_data)
{
  g_ptr_array_add (user_data, key);
  return FALSE;
}

/* In the order in which they fell due. Those that were never polled wait for nobody. */
void
truce_polls_spread (TruceEngine *engine, TruceTime late, TruceTime now)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new ();
  guint n_late = 0, position = 0;

  g_tree_foreach (engine->by_next, collect_run, runs);
  for (guint i = 0; i < runs->len; i++) {
    const FeedRun *run = g_ptr_array_index (runs, i);
    n_late += run->next > TRUCE_TIME_MIN && run->next < now - late ? 1 : 0;
  }
  for (guint i = 0; i < runs->len && n_late > 0; i++) {
    FeedRun *run = g_ptr_array_index (runs, i);
    if (run->next > TRUCE_TIME_MIN && run->next < now - late)
      truce_polls_reschedule (engine, run, now + GRACE + SPREAD / n_late * position++);
  }
}

TruceTime
truce_polls_next_of (TruceEngine *engine, const FeedRun *run, const char **ret_reason)
{
  const HostRun *host = run->host ? g_hash_table_lookup (engine->hosts, run->host) : NULL;
  TruceTime due = run->state.due, now = truce_engine_now (engine);

  *ret_reason = run->state.due_reason;
  if (due == TRUCE_TIME_MAX || run->in_flight || run->waits)
    return due;
  if (engine->network_down && (due == TRUCE_TIME_NONE || engine->network_retry > due)) {
    *ret_reason = "the network is down";
    return engine->network_retry;
  }
  if (host && host->held && host->not_before > (due == TRUCE_TIME_NONE ? now : MAX (due, now))) {
    *ret_reason = "its host asks for a pause (status 429)";
    return host->not_before;
  }
  if (run->next > due && due < now) {
    *ret_reason = "one after another, after a pause";
    return run->next;
  }
  return due;
}

/* How many polls may be under way now. */
static guint
in_flight_limit (const TruceEngine *engine, TruceTime now)
{
  if (!engine->network_down)
    return IN_FLIGHT_MAX;
  return now >= engine->network_retry ? 1 : 0;
}

void
truce_polls_step (TruceEngine *engine, TruceTime now)
{
  for (GTreeNode *first;
       engine->in_flight < in_flight_limit (engine, now) && (first = g_tree_node_first (engine->by_next));) {
    FeedRun *run = g_tree_node_value (first);
    if (run->next > now)
      break;
    HostRun *host = host_of (engine, run);
    if (run->unread) {
      recall (engine, run, now);
    } else if (host && host->busy) {
      g_tree_remove (engine->by_next, run);
      run->waits = TRUE;
      g_queue_push_tail (&host->waiting, run);
    } else if (host && host->not_before > now) {
      truce_polls_reschedule (engine, run, host->not_before);
    } else {
      start (engine, run, host, now);
    }
  }
}

TruceTime
truce_polls_next (TruceEngine *engine, TruceTime now)
{
  GTreeNode *first = g_tree_node_first (engine->by_next);
  TruceTime next;

  if (!engine->options.poll || !first)
    return TRUCE_TIME_NONE;
  next = ((FeedRun *) g_tree_node_value (first))->next;
  if (next >= TRUCE_TIME_MAX) /* all the rest are gone */
    return TRUCE_TIME_NONE;
  if (engine->in_flight >= in_flight_limit (engine, now))
    return engine->in_flight > 0 ? TRUCE_TIME_NONE : MAX (next, engine->network_retry); /* an answer wakes */
  return next;
}

gboolean
truce_polls_owed (TruceEngine *engine, TruceTime now)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, engine->feeds);
  while (engine->options.poll && !engine->network_down && g_hash_table_iter_next (&iter, NULL, &value)) {
    const FeedRun *run = value;
    if (run->state.due == TRUCE_TIME_NONE || run->state.due <= now)
      return TRUE;
  }
  return FALSE;
}
