/* SPDX-License-Identifier: MIT */
/* A date draws near, and nothing is heard of it: because there is no news, or because no feed works that would bring
 * it?
 *
 * The two are told apart by the feeds that the milestone selects. Judged when all of them are known to work or known
 * to be dead: after a suspend, or while the network is down, nobody knows. Each is told once for a date.
 *
 * A feed is dead when that has been told of it: three failures in a row, some hours apart. So close to the date that
 * it is asked again only in the second half of what is left, one failure is enough: else it would be told too late. */
#include "engine/engine_private.h"

#define NEAR_WITHIN (7 * TRUCE_DAY)    /* a date that matters is in the news by then */
#define LOOK_EVERY TRUCE_HOUR          /* while one is near: as often as a feed is polled */
#define LOOK_SOON (10 * TRUCE_SECOND)  /* while polls are under way: many may fail together */
#define WORKS_WITHIN (25 * TRUCE_HOUR) /* a feed that is polled as rarely as may be has been by then */
#define FEEDS_NAMED_MAX 5              /* of those that fail, in a message for people */
#define DEAF_NAMED_MAX 100             /* a status is read at a glance */

/* How the feeds of one milestone fare. */
typedef struct {
  guint n_working, n_dead, n_unknown;
  GString *dead; /* a line for each of the first */
} Feeds;

void
truce_silence_init (TruceEngine *engine)
{
  engine->heard = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  engine->silence_next = TRUCE_TIME_MIN;
}

void
truce_silence_clear (TruceEngine *engine)
{
  g_hash_table_unref (engine->heard);
}

void
truce_silence_reset (TruceEngine *engine)
{
  engine->silence_next = TRUCE_TIME_MIN;
}

void
truce_silence_look_again (TruceEngine *engine, TruceTime now)
{
  engine->silence_next = MIN (engine->silence_next, engine->in_flight > 0 ? now + LOOK_SOON : now);
}

void
truce_silence_assume (TruceEngine *engine, GHashTable *archive)
{
  engine->archive = archive;
}

void
truce_silence_heard (TruceEngine *engine, const TruceMilestone *milestone, TruceTime now)
{
  TruceTime *at = g_new (TruceTime, 1);

  *at = now;
  g_hash_table_replace (engine->heard, g_strdup (milestone->id), at);
}

/* `over` is when the milestone will be. */
static gboolean
is_dead (const TruceFeedState *state, TruceTime over)
{
  return state->alerted || state->due == TRUCE_TIME_MAX ||
         (state->failures > 0 && over > state->last_try && state->due - state->last_try > over - state->due);
}

static void
count_feed (const FeedRun *run, TruceTime over, TruceTime now, Feeds *feeds)
{
  const TruceFeedState *state = &run->state;
  TruceTime worked = TRUCE_TIME_MIN;

  if (is_dead (state, over)) {
    if (feeds->n_dead++ < FEEDS_NAMED_MAX)
      g_string_append_printf (feeds->dead, "%s%s: %s", feeds->dead->len ? "\n" : "", run->feed->id,
                              state->error ? state->error : "gone");
    return;
  }
  if (state->last_200 != TRUCE_TIME_NONE)
    worked = MAX (worked, state->last_200);
  if (state->last_304 != TRUCE_TIME_NONE)
    worked = MAX (worked, state->last_304);
  if (state->failures == 0 && worked >= now - WORKS_WITHIN && worked <= now)
    feeds->n_working++;
  else
    feeds->n_unknown++;
}

static void
count_archive (TruceEngine *engine, const TruceMilestone *milestone, Feeds *feeds)
{
  GHashTableIter iter;
  gpointer id, feed;

  g_hash_table_iter_init (&iter, engine->archive);
  while (g_hash_table_iter_next (&iter, &id, &feed)) {
    const TruceFeed *configured = truce_config_find_feed (engine->config, id);
    feeds->n_working += truce_feed_selected (configured ? configured : feed, milestone->feeds) ? 1 : 0;
  }
}

static void
count_feeds (TruceEngine *engine, const TruceMilestone *milestone, TruceTime now, Feeds *feeds)
{
  const TruceStoredRevision *stored = g_hash_table_lookup (engine->revisions, milestone->id);
  TruceTime over = stored ? MAX (stored->due, stored->due_latest) : TRUCE_TIME_MAX;

  if (engine->archive) {
    count_archive (engine, milestone, feeds);
    return;
  }
  for (guint i = 0; i < truce_config_n_feeds (engine->config); i++) {
    const TruceFeed *feed = truce_config_feed (engine->config, i);
    const FeedRun *run = truce_feed_selected (feed, milestone->feeds) ? truce_polls_find (engine, feed->id) : NULL;
    if (run)
      count_feed (run, over, now, feeds);
  }
}

json_t *
truce_silence_deaf (TruceEngine *engine, TruceTime now)
{
  json_t *ids = json_array ();

  for (guint i = 0; i < truce_config_n_queries (engine->config); i++) {
    const TruceMilestone *milestone = truce_config_match_owner (engine->config, i)->milestone;
    Feeds feeds = { 0 };
    if (!milestone || truce_milestone_ended_at (milestone, now) || !truce_config_shows (engine->config, milestone))
      continue;
    feeds.dead = g_string_new (NULL);
    count_feeds (engine, milestone, now, &feeds);
    if (feeds.n_working + feeds.n_unknown == 0 && json_array_size (ids) < DEAF_NAMED_MAX)
      json_array_append_new (ids, json_string (milestone->id));
    g_string_free (feeds.dead, TRUE);
  }
  return ids;
}

/* When something was last heard of it: since then it has been watched in vain. */
static TruceTime
last_heard (TruceEngine *engine, const TruceMilestone *milestone, const TruceStoredRevision *stored)
{
  const TruceTime *heard = g_hash_table_lookup (engine->heard, milestone->id);
  static const char *const kinds[] = { "news", "move" };
  TruceTime last = stored->since;

  if (heard)
    return MAX (last, *heard);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    const TruceAlertFilter filter = { TRUCE_TIME_MIN, kinds[i], milestone->id, FALSE, FALSE, 1 };
    g_autoptr (GPtrArray) alerts = engine->ports.store.alerts (engine->ports.store.self, &filter);
    const TruceAlert *alert = alerts->len > 0 ? ((TruceStoredAlert *) g_ptr_array_index (alerts, 0))->alert : NULL;
    if (alert)
      last = MAX (last, alert->grown == TRUCE_TIME_NONE ? alert->raised : alert->grown);
  }
  return last;
}

static gboolean
is_told (TruceEngine *engine, const TruceStoredRevision *stored, TruceSilence silence)
{
  g_autofree char *id = truce_alert_silence_id (stored->milestone, stored->revision, silence);
  TruceStoredAlert *alert = engine->ports.store.alert (engine->ports.store.self, id, NULL);

  truce_stored_alert_free (alert);
  return alert != NULL;
}

static char *
details_of (const Feeds *feeds, TruceSilence silence)
{
  if (silence == TRUCE_SILENCE_NO_FEED && feeds->n_dead > FEEDS_NAMED_MAX)
    return g_strdup_printf ("%s\nand %u more", feeds->dead->str, feeds->n_dead - FEEDS_NAMED_MAX);
  if (silence == TRUCE_SILENCE_NO_FEED)
    return g_strdup (feeds->dead->str);
  g_autofree char *dead = feeds->n_dead ? g_strdup_printf (", %u do not", feeds->n_dead) : g_strdup ("");
  return g_strdup_printf ("Of its feeds %u work%s%s. If you expected news, try its query with trucectl match.",
                          feeds->n_working, feeds->n_working == 1 ? "s" : "", dead);
}

static void
tell (TruceEngine *engine, TruceCommit *commit, const TruceMilestone *milestone, const Feeds *feeds,
      TruceSilence silence, TruceTime since, TruceTime now)
{
  g_autofree char *details = details_of (feeds, silence);
  TruceSpan span;
  guint revision;

  truce_deadlines_current (engine, milestone, now, &revision, &span);
  const TruceDue due = { .milestone = milestone, .revision = revision, .span = &span };
  truce_engine_add_alert (engine, commit, truce_alert_for_silence (&due, silence, since, details, now));
  truce_span_clear (&span);
}

/* Returns when it is to be looked at again. */
static TruceTime
look_at (TruceEngine *engine, TruceCommit *commit, const TruceMilestone *milestone, TruceTime now)
{
  const TruceStoredRevision *stored = g_hash_table_lookup (engine->revisions, milestone->id);
  Feeds feeds = { 0 };
  TruceTime next = now + LOOK_EVERY;

  if (!stored || milestone->silent_after == 0 || truce_milestone_ended_at (milestone, now) ||
      now >= MAX (stored->due, stored->due_latest) || !truce_config_shows (engine->config, milestone))
    return TRUCE_TIME_NONE;
  if (now < stored->due - NEAR_WITHIN)
    return stored->due - NEAR_WITHIN;
  feeds.dead = g_string_new (NULL);
  count_feeds (engine, milestone, now, &feeds);
  if (feeds.n_unknown == 0 && feeds.n_working + feeds.n_dead > 0) {
    TruceSilence silence = feeds.n_working ? TRUCE_SILENCE_NO_NEWS : TRUCE_SILENCE_NO_FEED;
    TruceTime since = last_heard (engine, milestone, stored);
    gboolean told = is_told (engine, stored, silence);
    if (!told && (silence == TRUCE_SILENCE_NO_FEED || now - since >= milestone->silent_after)) {
      tell (engine, commit, milestone, &feeds, silence, since, now);
      told = TRUE;
    }
    if (engine->archive) /* where nothing changes but by news */
      next = told ? TRUCE_TIME_NONE : since + milestone->silent_after;
  } else if (feeds.n_unknown == 0) {
    next = TRUCE_TIME_NONE; /* it has no feeds at all, which trucectl check says */
  }
  g_string_free (feeds.dead, TRUE);
  return next;
}

void
truce_silence_step (TruceEngine *engine, TruceTime now)
{
  TruceCommit *commit;
  TruceTime next = TRUCE_TIME_NONE;

  if (now < engine->silence_next)
    return;
  commit = truce_commit_new (now);
  for (guint i = 0; i < truce_config_n_queries (engine->config); i++) {
    const TruceMatchOwner *owner = truce_config_match_owner (engine->config, i);
    if (owner->milestone)
      next = MIN (next, look_at (engine, commit, owner->milestone, now));
  }
  engine->silence_next = next;
  if (commit->alerts->len > 0)
    truce_engine_commit (engine, commit);
  else
    truce_commit_free (commit);
}

TruceTime
truce_silence_next (const TruceEngine *engine)
{
  return engine->silence_next;
}
