/* SPDX-License-Identifier: MIT */
/* What queries find in news that was kept, and whether the moves that are known were seen in it: the same engine over
 * the same items, but every known change told to it a few days late, so that only the news can have told it before. */
#include <string.h>

#include "engine/moves_private.h"
#include "engine/simulate_private.h"

/* News of a change comes on its day or the next; what takes longer has been missed by whoever relies on it. */
#define LATE_AFTER (3 * TRUCE_DAY)
/* And what was said so long before is another matter. */
#define EARLY_BEFORE (7 * TRUCE_DAY)
#define MILESTONE "milestone:" /* before its id, as an alert names whom else it is about */

typedef struct {
  const TruceConfig *config;
  GArray *items;       /* guint, by query */
  GHashTable *stories; /* "milestone:ID", "watch:ID" -> GHashTable of ids of alerts and moves */
  GPtrArray *moves;    /* TruceProposal *, at the end */
  TruceTime from, to;
  json_t *records;
} Backtest;

static void
on_bring (TruceEngine *engine, const TruceFeed *feed, const TruceItem *item, gpointer user_data)
{
  Backtest *test = user_data;
  const TruceMatchContext context = { feed->id, (const char *const *) feed->tags };
  g_autoptr (GArray) hits = truce_hits_new ();

  truce_matcher_run (truce_config_matcher (engine->config), item, &context, hits);
  for (guint i = 0; i < hits->len; i++) {
    guint query = g_array_index (hits, TruceHit, i).query;
    const TruceMatchOwner *owner = truce_config_match_owner (engine->config, query);
    if (truce_feed_selected (feed,
                             owner->milestone ? owner->milestone->feeds : (const char *const *) owner->watch->feeds))
      g_array_index (test->items, guint, query)++;
  }
}

/* --- stories --- */

static void
add_story (Backtest *test, const char *kind, const char *owner, const char *id)
{
  g_autofree char *name = owner ? g_strconcat (kind, owner, NULL) : NULL;
  GHashTable *ids = name ? g_hash_table_lookup (test->stories, name) : NULL;

  if (!name)
    return;
  if (!ids) {
    ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    g_hash_table_insert (test->stories, g_steal_pointer (&name), ids);
  }
  g_hash_table_add (ids, g_strdup (id));
}

/* Has the entry that `alert` tells as a move been told as one of `owner` ("milestone:ID") too? Then it is the story of
 * that move there, though each alert names all whom the entry is about. */
static gboolean
moves_too (const Backtest *test, const TruceAlert *alert, const char *owner)
{
  const TruceAlertItem *item = alert->items ? g_ptr_array_index (alert->items, 0) : NULL;

  for (guint i = 0; item && i < test->moves->len; i++) {
    const TruceProposal *move = g_ptr_array_index (test->moves, i);
    if (!g_str_has_prefix (owner, MILESTONE) || strcmp (owner + strlen (MILESTONE), move->milestone) != 0)
      continue;
    for (guint j = 0; j < move->evidence->len; j++) {
      const TruceEvidence *evidence = g_ptr_array_index (move->evidence, j);
      if (strcmp (evidence->feed, item->feed) == 0 && strcmp (evidence->title, item->title) == 0)
        return TRUE;
    }
  }
  return FALSE;
}

/* A move is one story, reported and confirmed. */
static void
count_stories (Backtest *test, const GPtrArray *alerts)
{
  for (guint i = 0; i < alerts->len; i++) {
    const TruceAlert *alert = g_ptr_array_index (alerts, i);
    const char *id = alert->kind == TRUCE_ALERT_MOVE && alert->move ? alert->move->id : alert->id;
    if (alert->kind != TRUCE_ALERT_NEWS && alert->kind != TRUCE_ALERT_MOVE)
      continue;
    add_story (test, MILESTONE, alert->milestone, id);
    add_story (test, "watch:", alert->watch, id);
    for (guint j = 0; alert->also && alert->also[j]; j++)
      if (alert->kind != TRUCE_ALERT_MOVE || !moves_too (test, alert, alert->also[j]))
        add_story (test, "", alert->also[j], id);
  }
}

static guint
stories_of (const Backtest *test, const char *kind, const char *owner)
{
  g_autofree char *name = g_strconcat (kind, owner, NULL);
  GHashTable *ids = g_hash_table_lookup (test->stories, name);

  return ids ? g_hash_table_size (ids) : 0;
}

/* --- moves --- */

/* When it was first said after `from`, by somebody who names the date where one is named; NONE. */
static TruceTime
seen_after (const TruceProposal *move, TruceTime from)
{
  TruceTime first = TRUCE_TIME_NONE;

  for (guint i = 0; i < move->evidence->len; i++) {
    const TruceEvidence *evidence = g_ptr_array_index (move->evidence, i);
    if (evidence->seen >= from && (evidence->dated || !truce_proposal_is_dated (move)))
      first = MIN (first, evidence->seen);
  }
  return first;
}

static void
set_seen (json_t *record, const TruceProposal *move, TruceTime from)
{
  g_autofree char *says = truce_proposal_to_words (move);
  const TruceEvidence *best = truce_proposal_best (move);

  truce_json_set_time (record, "seen", seen_after (move, from));
  truce_json_set_text (record, "says", says);
  truce_json_set_text (record, "status", truce_proposal_status_to_text (truce_proposal_weight (move)));
  truce_json_set_integer (record, "sources", move->sources);
  truce_json_set_text (record, "quote", best ? best->quote : NULL);
}

/* A change that is known. */
typedef struct {
  const TruceMilestone *milestone;
  TruceTime at;
  const TruceSpan *span; /* NULL: it ended */
  TruceMoveLabel label;
} Known;

static TruceTime
seen_of (const Known *known, const TruceProposal *move)
{
  return seen_after (move, known->at - EARLY_BEFORE);
}

static gboolean
is_about (const Known *known, const TruceProposal *move)
{
  return move->label == known->label && strcmp (move->milestone, known->milestone->id) == 0 &&
         seen_of (known, move) < known->at + LATE_AFTER;
}

/* Does it name the very days? Those of an instant next to midnight may be the ones on either side. */
static gboolean
is_exact (const Known *known, const TruceProposal *move)
{
  if (!known->span)
    return TRUE;
  return truce_proposal_is_dated (move) && move->due < MAX (known->span->latest, known->span->earliest + 1) &&
         move->latest > known->span->earliest;
}

/* What was said first, of what is exact where anything is. */
static const TruceProposal *
find_seen (const GPtrArray *moves, const Known *known)
{
  const TruceProposal *best = NULL;

  for (guint i = 0; i < moves->len; i++) {
    const TruceProposal *move = g_ptr_array_index (moves, i);
    if (!is_about (known, move))
      continue;
    if (!best || is_exact (known, move) > is_exact (known, best) ||
        (is_exact (known, move) == is_exact (known, best) && seen_of (known, move) < seen_of (known, best)))
      best = move;
  }
  return best;
}

static void
judge_change (const GPtrArray *moves, const Known *known, GHashTable *right, json_t *changes)
{
  const TruceZone *zone = known->milestone->zone;
  const TruceProposal *seen = find_seen (moves, known);
  json_t *record = json_object ();

  truce_json_set_time (record, "since", known->at);
  if (known->span) {
    g_autofree char *words = truce_span_to_words (known->span);
    truce_json_set_text (record, "words", words);
  } else {
    truce_json_set_text (record, "ends", known->label == TRUCE_MOVE_RESOLVED ? "met" : "cancelled");
  }
  if (seen) {
    set_seen (record, seen, known->at - EARLY_BEFORE);
    truce_json_set_integer (record, "days",
                            truce_zone_day_of (zone, seen_of (known, seen)) - truce_zone_day_of (zone, known->at));
    truce_json_set_boolean (record, "exact", is_exact (known, seen));
  }
  for (guint i = 0; i < moves->len; i++) {
    TruceProposal *move = g_ptr_array_index (moves, i);
    if (is_about (known, move) && (move == seen || !truce_proposal_is_dated (move) || is_exact (known, move)))
      g_hash_table_add (right, move);
  }
  json_array_append_new (changes, record);
}

static json_t *
changes_of (const Backtest *test, const TruceMilestone *milestone, const GPtrArray *moves, GHashTable *right)
{
  json_t *changes = json_array ();
  const TruceEnding *endings[] = { &milestone->met, &milestone->cancelled };

  for (guint i = 1; i < milestone->n_revisions; i++) {
    const TruceRevision *revision = truce_milestone_revision (milestone, i);
    const Known known = { milestone, revision->since, &revision->span, TRUCE_MOVE_MOVED };
    if (!revision->follows && revision->since >= test->from && revision->since <= test->to)
      judge_change (moves, &known, right, changes);
  }
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++) {
    const Known known = { milestone, endings[i]->at, NULL, i == 0 ? TRUCE_MOVE_RESOLVED : TRUCE_MOVE_CANCELLED };
    if (endings[i]->at >= test->from && endings[i]->at <= test->to)
      judge_change (moves, &known, right, changes);
  }
  return changes;
}

/* Does the configuration tell what became of its date? If not, nobody knows what is false. */
static gboolean
has_history (const TruceMilestone *milestone)
{
  gboolean has = milestone->met.at != TRUCE_TIME_NONE || milestone->cancelled.at != TRUCE_TIME_NONE;

  for (guint i = 1; i < milestone->n_revisions; i++)
    has |= !truce_milestone_revision (milestone, i)->follows;
  return has;
}

/* What the news said that is none of `right`. */
static json_t *
others_of (const TruceMilestone *milestone, const GPtrArray *moves, GHashTable *right)
{
  json_t *records = json_array ();

  for (guint i = 0; i < moves->len; i++) {
    TruceProposal *move = g_ptr_array_index (moves, i);
    if (strcmp (move->milestone, milestone->id) != 0 || !truce_proposal_is_change (move) || move->evidence->len == 0 ||
        g_hash_table_contains (right, move))
      continue;
    json_t *record = json_object ();
    set_seen (record, move, TRUCE_TIME_MIN);
    json_array_append_new (records, record);
  }
  return records;
}

/* --- the whole --- */

static void
add_owner (Backtest *test, const GPtrArray *moves, guint query)
{
  const TruceMatchOwner *owner = truce_config_match_owner (test->config, query);
  const TruceMilestone *milestone = owner->milestone;
  json_t *record = json_object ();

  truce_json_set_text (record, "kind", "backtest");
  if (milestone) {
    truce_json_set_text (record, "milestone", milestone->series_id ? milestone->series_id : milestone->id);
    truce_json_set_text (record, "title", milestone->title);
    truce_json_set_text (record, "match", milestone->match);
  } else {
    truce_json_set_text (record, "watch", owner->watch->id);
    truce_json_set_text (record, "title", owner->watch->title);
    truce_json_set_text (record, "match", owner->watch->match);
  }
  truce_json_set_integer (record, "items", g_array_index (test->items, guint, query));
  truce_json_set_integer (record, "stories",
                          milestone ? stories_of (test, MILESTONE, milestone->id)
                                    : stories_of (test, "watch:", owner->watch->id));
  if (milestone) {
    g_autoptr (GHashTable) right = g_hash_table_new (NULL, NULL);
    truce_json_set_steal (record, "changes", changes_of (test, milestone, moves, right));
    truce_json_set_steal (record, has_history (milestone) ? "false" : "unjudged", others_of (milestone, moves, right));
  }
  json_array_append_new (test->records, record);
}

static void
on_end (TruceEngine *engine, gpointer user_data)
{
  Backtest *test = user_data;

  for (guint i = 0; i < engine->moves->len; i++)
    g_ptr_array_add (test->moves, truce_proposal_copy (g_ptr_array_index (engine->moves, i)));
}

json_t *
truce_backtest (const TruceConfig *config, TruceConfig *untold, TruceTime from, TruceTime to, GPtrArray *items)
{
  guint n_queries = truce_config_n_queries (config);
  g_autoptr (GArray) counts = g_array_sized_new (FALSE, TRUE, sizeof (guint), n_queries);
  g_autoptr (GHashTable) stories =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  g_autoptr (GPtrArray) moves = g_ptr_array_new_with_free_func ((GDestroyNotify) truce_proposal_free);
  Backtest test = { config, counts, stories, moves, from, to, json_array () };
  const TruceReplayWatcher watcher = { .bring = on_bring, .end = on_end, .user_data = &test };

  g_array_set_size (counts, n_queries);
  truce_config_delay (untold, LATE_AFTER);
  g_autoptr (GPtrArray) alerts = truce_replay (untold, from, to, items, &watcher);
  count_stories (&test, alerts);
  for (guint i = 0; i < n_queries; i++)
    add_owner (&test, moves, i);
  return test.records;
}
