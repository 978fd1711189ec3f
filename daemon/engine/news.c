/* SPDX-License-Identifier: MIT */
/* The news half: which items are new, which queries they match, and the alert that tells it. */
#include <string.h>

#include "engine/engine_private.h"

/* An item that says it was published longer ago than this is no news when it turns up: a feed that was rearranged, or a
 * publisher's archive coming through, would flood. It is marked seen. */
#define NEWS_STALE_AFTER (7 * TRUCE_DAY)

/* What one item's hits amount to: one alert, for the milestone that is due soonest and the first watch; all else it
 * matched goes along by name. */
typedef struct {
  const TruceMilestone *milestone;
  const TruceWatch *watch;
  GPtrArray *also;    /* "milestone:ID", "watch:ID" (transfer full) */
  GPtrArray *matched; /* words, (transfer none) */
} Finding;

static TruceTime
due_distance (TruceEngine *engine, const TruceMilestone *milestone, TruceTime now)
{
  const TruceStoredRevision *stored = g_hash_table_lookup (engine->revisions, milestone->id);

  return stored && stored->due_latest >= now ? stored->due_latest - now : TRUCE_TIME_NONE;
}

static void
add_matched (Finding *finding, char *const *words)
{
  for (guint i = 0; words && words[i]; i++)
    if (!g_ptr_array_find_with_equal_func (finding->matched, words[i], g_str_equal, NULL))
      g_ptr_array_add (finding->matched, words[i]);
}

static void
take_milestone (TruceEngine *engine, Finding *finding, const TruceMilestone *milestone, TruceTime now)
{
  const TruceMilestone *other = milestone;

  if (!finding->milestone || due_distance (engine, milestone, now) < due_distance (engine, finding->milestone, now)) {
    other = finding->milestone;
    finding->milestone = milestone;
  }
  if (other)
    g_ptr_array_add (finding->also, g_strconcat ("milestone:", other->id, NULL));
}

/* FALSE when no hit counts for this feed. */
static gboolean
sum_up (TruceEngine *engine, const TruceFeed *feed, GArray *hits, TruceTime now, Finding *finding)
{
  gboolean any = FALSE;

  for (guint i = 0; i < hits->len; i++) {
    const TruceHit *hit = &g_array_index (hits, TruceHit, i);
    const TruceMatchOwner *owner = truce_config_match_owner (engine->config, hit->query);
    const char *const *feeds = owner->milestone ? owner->milestone->feeds : (const char *const *) owner->watch->feeds;
    if (!truce_feed_selected (feed, feeds))
      continue;
    if (owner->milestone && truce_milestone_ended_at (owner->milestone, now))
      continue; /* its story is over: met or cancelled */
    any = TRUE;
    if (owner->milestone)
      take_milestone (engine, finding, owner->milestone, now);
    else if (!finding->watch)
      finding->watch = owner->watch;
    else
      g_ptr_array_add (finding->also, g_strconcat ("watch:", owner->watch->id, NULL));
    add_matched (finding, hit->matched);
  }
  return any;
}

static TruceAlert *
alert_for_item (TruceEngine *engine, const TruceFeed *feed, const TruceItem *item, GArray *hits, TruceTime now)
{
  g_autoptr (GPtrArray) also = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) matched = g_ptr_array_new ();
  Finding finding = { .also = also, .matched = matched };
  TruceSpan span = TRUCE_SPAN_INIT;
  TruceDue due = { .span = &span };
  TruceAlert *alert;

  if (!sum_up (engine, feed, hits, now, &finding))
    return NULL;
  g_ptr_array_add (also, NULL);
  g_ptr_array_add (matched, NULL);
  if (finding.milestone) {
    due.milestone = finding.milestone;
    truce_deadlines_current (engine, finding.milestone, now, &due.revision, &span);
  }
  alert = truce_alert_for_news (item, feed, finding.milestone ? &due : NULL, finding.watch ? finding.watch->id : NULL,
                                finding.watch ? finding.watch->title : NULL, (const char *const *) also->pdata,
                                (const char *const *) matched->pdata, now);
  truce_span_clear (&span);
  return alert;
}

/* An expression that runs away on what feeds bring: told once a day, as it goes on. */
static void
tell_of_gave_up (TruceEngine *engine, const TruceFeed *feed, const TruceItem *item, TruceTime now, TruceCommit *commit)
{
  const char *expression = truce_matcher_gave_up (truce_config_matcher (engine->config));

  if (!expression)
    return;
  g_autofree char *title = g_strdup_printf ("The regular expression %s takes too long", expression);
  g_autofree char *body =
      g_strdup_printf ("It was given up on \"%s\" (%s) and counts as not found there. Write it with "
                       "fewer repetitions that can stand for each other, or as words.",
                       *item->title ? item->title : item->summary, feed->id);
  truce_engine_add_alert (engine, commit,
                          truce_alert_for_problem (expression, title, body, now - now % TRUCE_DAY, now));
}

/* Is a new item told, or only marked seen? */
static gboolean
is_news (const TruceFeed *feed, const TruceItem *item, gboolean first_poll, TruceTime now)
{
  TruceTime at = truce_item_time (item);

  if (first_poll)
    return at != TRUCE_TIME_NONE && now - at <= feed->backfill;
  return at == TRUCE_TIME_NONE || now - at <= MAX (NEWS_STALE_AFTER, feed->backfill);
}

gboolean
truce_news_collect (TruceEngine *engine, const TruceFeed *feed, GPtrArray *items, TruceTime now, TruceCommit *commit)
{
  g_autoptr (GArray) unseen = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GHashTable) new_keys = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) hits = truce_hits_new ();
  const TruceMatchContext context = { feed->id, (const char *const *) feed->tags };
  gboolean any_new;

  for (guint i = 0; i < items->len; i++) {
    guint64 key = truce_item_key (g_ptr_array_index (items, i));
    g_array_append_val (commit->seen, key);
    g_array_append_val (unseen, key);
  }
  gboolean first_poll = !engine->ports.store.unseen (engine->ports.store.self, feed->id, unseen);
  for (guint i = 0; i < unseen->len; i++)
    g_hash_table_add (new_keys, &g_array_index (unseen, guint64, i));
  any_new = g_hash_table_size (new_keys) > 0;

  /* Feeds have their newest item first; people are told in the order of the events. */
  for (guint i = items->len; i > 0; i--) {
    const TruceItem *item = g_ptr_array_index (items, i - 1);
    guint64 key = truce_item_key (item);
    if (!g_hash_table_remove (new_keys, &key) || !is_news (feed, item, first_poll, now))
      continue; /* removed, so that a key that stands twice in one document is told once */
    g_array_set_size (hits, 0);
    truce_matcher_run (truce_config_matcher (engine->config), item, &context, hits);
    TruceAlert *alert = hits->len > 0 ? alert_for_item (engine, feed, item, hits, now) : NULL;
    if (alert)
      truce_engine_add_alert (engine, commit, alert);
    tell_of_gave_up (engine, feed, item, now, commit);
  }
  return any_new;
}

void
truce_engine_offer (TruceEngine *engine, const TruceFeed *feed, GPtrArray *items)
{
  TruceTime now = truce_engine_now (engine);
  TruceCommit *commit = truce_commit_new (now);

  truce_commit_set_feed (commit, feed->id, NULL);
  truce_news_collect (engine, feed, items, now, commit);
  truce_engine_commit (engine, commit);
  truce_engine_wake (engine);
}
