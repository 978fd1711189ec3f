/* SPDX-License-Identifier: MIT */
/* Whose fault it is that a feed brings nothing: the feed's own, the network's, or the fetcher's. A fault that is not
 * the feed's is told once for all of them, and costs none of them its place. */
#include "engine/poll_private.h"

#define NETWORK_HOSTS 3                        /* that many at once without an answer is the network, not the feeds */
#define NETWORK_SEEN (10 * TRUCE_SECOND)       /* an answer so short before a poll began: there was a network for it */
#define NETWORK_RETRY_EVERY (5 * TRUCE_MINUTE) /* the floor of politeness */
#define LOSSES_TO_BLAME 3                      /* a feed that took a working fetcher with it so often is why */

void
truce_set_text (char **slot, const char *text)
{
  char *copy = g_strdup (text);

  g_free (*slot);
  *slot = copy;
}

/* Those that failed before this are evidence of nothing: the three that are dead for good will fail one after another.
 */
static guint
unreachable_hosts (TruceEngine *engine)
{
  g_autoptr (GHashTable) hosts = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, engine->unreachable);
  while (g_hash_table_iter_next (&iter, &id, NULL)) {
    const FeedRun *run = truce_polls_find (engine, id);
    if (run && run->host && run->state.failures <= 1)
      g_hash_table_add (hosts, run->host);
  }
  return g_hash_table_size (hosts);
}

static void
keep_state (TruceEngine *engine, const FeedRun *run, TruceTime now)
{
  TruceCommit *commit = truce_commit_new (now);

  truce_commit_set_feed (commit, run->feed->id, &run->state);
  truce_engine_commit (engine, commit);
}

/* A failure while the network is down is not the feed's: it keeps its place, and waits for the network. */
static void
blame_network (TruceEngine *engine, TruceTime now)
{
  gboolean found_out = !engine->network_down;
  GHashTableIter iter;
  gpointer id;

  engine->network_down = TRUE;
  engine->network_retry = now + NETWORK_RETRY_EVERY;
  g_hash_table_iter_init (&iter, engine->unreachable);
  while (g_hash_table_iter_next (&iter, &id, NULL)) {
    FeedRun *run = truce_polls_find (engine, id);
    if (!run)
      continue;
    if (run->state.failures > 0)
      truce_health_discount (run);
    run->state.failures = 0;
    run->state.due = engine->network_retry;
    truce_set_text (&run->state.due_reason, "the network is down");
    truce_polls_reschedule (engine, run, run->state.due);
    if (found_out)
      keep_state (engine, run, now); /* those that failed first were stored as failures of their own */
  }
}

void
truce_blame_no_answer (TruceEngine *engine, const FeedRun *run, TruceTime began, TruceTime now)
{
  gboolean seen =
      engine->last_answer > TRUCE_TIME_MIN && engine->last_answer >= began - NETWORK_SEEN && engine->last_answer <= now;

  g_hash_table_add (engine->unreachable, g_strdup (run->feed->id));
  if (engine->network_since == TRUCE_TIME_NONE)
    engine->network_since = now;
  /* Hosts that are dead fail together too, whenever they are asked together. */
  if (engine->network_down || (!seen && unreachable_hosts (engine) >= NETWORK_HOSTS))
    blame_network (engine, now);
}

void
truce_blame_answer (TruceEngine *engine, FeedRun *run, TruceTime now)
{
  GHashTableIter iter;
  gpointer id;

  engine->n_answers++;
  engine->last_answer = now;
  run->losses = 0;
  engine->lost_since = TRUCE_TIME_NONE;
  engine->lost_told = FALSE;

  g_hash_table_iter_init (&iter, engine->unreachable);
  while (engine->network_down && g_hash_table_iter_next (&iter, &id, NULL)) {
    FeedRun *waiting = truce_polls_find (engine, id);
    if (waiting)
      truce_polls_reschedule (engine, waiting, now); /* all that tried, and waited for the network */
  }
  if (engine->network_down && !engine->options.once)
    truce_polls_spread (engine, TRUCE_MINUTE, now); /* those that only waited, after a resume mostly */
  g_hash_table_remove_all (engine->unreachable);
  engine->network_down = engine->network_told = FALSE;
  engine->network_since = TRUCE_TIME_NONE;
}

/* --- is it the feed, or the fetcher? --- */

gboolean
truce_blame_lost (TruceEngine *engine, FeedRun *run, const char *error)
{
  if (engine->lost_since == TRUCE_TIME_NONE)
    engine->lost_since = truce_engine_now (engine);
  truce_set_text (&engine->lost_error, error);
  /* Only a fetcher that works for others can have been lost by this feed. */
  if (run->losses == 0 || run->lost_after != engine->n_answers)
    run->losses++;
  run->lost_after = engine->n_answers;
  return run->losses >= LOSSES_TO_BLAME;
}

/* --- what is told --- */

/* Once an outage, when the round that found it has ended, so that all feeds that wait are named. */
static void
tell_network (TruceEngine *engine)
{
  g_autoptr (GString) body = NULL;

  engine->network_told = TRUE;
  body = g_string_new ("No answer from:");
  for (guint i = 0; i < truce_config_n_polled (engine->config); i++) {
    const TruceFeed *feed = truce_config_polled (engine->config, i);
    const FeedRun *run = truce_polls_find (engine, feed->id);
    if (run && g_hash_table_contains (engine->unreachable, feed->id))
      g_string_append_printf (body, "\n%s: %s", feed->id, run->state.error ? run->state.error : "no answer");
  }
  g_string_append (body, "\nDeadlines go on; the feeds are tried again every 5 minutes.");
  truce_engine_problem (engine, "network", "The network cannot be reached: no news until it can", body->str,
                        engine->network_since);
}

void
truce_blame_tell (TruceEngine *engine, TruceTime now)
{
  if (engine->in_flight > 0)
    return;
  if (engine->network_down && !engine->network_told)
    tell_network (engine);
  if (engine->lost_since != TRUCE_TIME_NONE && !engine->lost_told) {
    engine->lost_told = TRUE;
    truce_engine_problem (engine, "fetcher", "Feeds cannot be fetched: truced-net does not run", engine->lost_error,
                          engine->lost_since);
  }
}
