/* SPDX-License-Identifier: MIT */
/* The news half: which items are new, which queries they match, and the alert that tells it. */
#include <string.h>

#include "engine/moves_private.h"
#include "engine/reading.h"
#include "engine/stories.h"
#include "news/identity.h"

/* What one item's hits amount to: one alert, for the milestone that is due soonest and the first watch; all else it
 * matched goes along by name. */
typedef struct {
  const TruceMilestone *milestone;
  const TruceWatch *watch;
  GPtrArray *also;            /* "milestone:ID", "watch:ID" (transfer full) */
  const char *const *matched; /* words; NULL: none */
} Finding;

static TruceTime
due_distance (TruceEngine *engine, const TruceMilestone *milestone, TruceTime now)
{
  const TruceStoredRevision *stored = g_hash_table_lookup (engine->revisions, milestone->id);

  return stored && stored->due_latest >= now ? stored->due_latest - now : TRUCE_TIME_NONE;
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

static void
sum_up (TruceEngine *engine, const GArray *hits, TruceTime now, Finding *finding)
{
  for (guint i = 0; i < hits->len; i++) {
    const TruceHit *hit = &g_array_index (hits, TruceHit, i);
    const TruceMatchOwner *owner = truce_config_match_owner (engine->config, hit->query);
    if (owner->milestone) {
      truce_silence_heard (engine, owner->milestone, now);
      take_milestone (engine, finding, owner->milestone, now);
    } else if (!finding->watch) {
      finding->watch = owner->watch;
    } else {
      g_ptr_array_add (finding->also, g_strconcat ("watch:", owner->watch->id, NULL));
    }
  }
}

/* (transfer full); `milestone` may be NULL. */
static TruceAlert *
make_alert (TruceEngine *engine, const TruceFeed *feed, const TruceEntry *entry, const Finding *finding, TruceTime now)
{
  TruceSpan span = TRUCE_SPAN_INIT;
  TruceDue due = { .milestone = finding->milestone, .span = &span };
  TruceAlert *alert;

  g_ptr_array_add (finding->also, NULL);
  if (finding->milestone)
    truce_deadlines_current (engine, finding->milestone, now, &due.revision, &span);
  alert = truce_alert_for_news (
      entry->item, entry->name, feed, finding->milestone ? &due : NULL, finding->watch ? finding->watch->id : NULL,
      finding->watch ? finding->watch->title : NULL, (const char *const *) finding->also->pdata, finding->matched, now);
  truce_span_clear (&span);
  return alert;
}

/* An expression that runs away on what feeds bring: told once a day, as it goes on. */
static void
tell_of_gave_up (TruceEngine *engine, const TruceFeed *feed, const TruceEntry *entry, TruceTime now,
                 TruceCommit *commit)
{
  const char *expression = truce_findings_gave_up (entry);
  const TruceItem *item = entry->item;

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

static TruceStoredAlert *
find_told (TruceEngine *engine, const TruceFeed *feed, guint64 name, guint64 headline)
{
  g_autofree char *id = truce_alert_news_id (feed->id, name, headline);

  return engine->ports.store.alert (engine->ports.store.self, id, NULL);
}

/* As news: else it was told as a move. */
static gboolean
was_told (TruceEngine *engine, const TruceFeed *feed, const TruceEntry *entry)
{
  TruceStoredAlert *told = find_told (engine, feed, entry->name, 0);
  gboolean was = told != NULL;

  truce_stored_alert_free (told);
  return was;
}

/* The alert about the move that `entry` was evidence of under another headline, and that (transfer full); NULL. */
static TruceStoredAlert *
find_told_move (TruceEngine *engine, const TruceFeed *feed, const TruceEntry *entry, char **ret_title)
{
  for (guint i = 0; i < engine->moves->len; i++) {
    const TruceProposal *move = g_ptr_array_index (engine->moves, i);
    const TruceEvidence *evidence = truce_proposal_find (move, feed->id, entry->name);
    if (!evidence || move->told == TRUCE_PROPOSAL_SUPERSEDED ||
        truce_identity_headline (evidence->title) == entry->headline)
      continue;
    const char *const cause[] = { move->id, truce_proposal_status_to_text (move->told), NULL };
    g_autofree char *id = truce_alert_id (TRUCE_ALERT_MOVE, cause);
    TruceStoredAlert *told = engine->ports.store.alert (engine->ports.store.self, id, NULL);
    if (told) {
      *ret_title = g_strdup (evidence->title);
      return told;
    }
  }
  return NULL;
}

/* All that it matches but `milestone`. (transfer full) */
static char **
also_beside (const Finding *finding, const TruceMilestone *milestone)
{
  g_autofree char *own = g_strconcat ("milestone:", milestone->id, NULL);
  g_autoptr (GStrvBuilder) also = g_strv_builder_new ();

  if (finding->milestone != milestone) {
    g_autofree char *first = g_strconcat ("milestone:", finding->milestone->id, NULL);
    g_strv_builder_add (also, first);
  }
  for (guint i = 0; i < finding->also->len && finding->also->pdata[i]; i++)
    if (strcmp (finding->also->pdata[i], own) != 0)
      g_strv_builder_add (also, finding->also->pdata[i]);
  char **names = g_strv_builder_end (also);
  return names[0] ? names : (g_strfreev (names), NULL);
}

static void
tell_move (TruceEngine *engine, const TruceFeed *feed, const TruceEntry *entry, const TruceProposal *move,
           const TruceMilestone *milestone, const Finding *finding, TruceTime now, TruceCommit *commit)
{
  if (truce_moves_fold (engine, move, milestone, feed, entry->item, now, commit))
    return;
  TruceAlert *alert = truce_moves_alert (engine, move, milestone, now);
  alert->also = also_beside (finding, milestone);
  alert->watch = finding->watch ? g_strdup (finding->watch->id) : NULL;
  alert->matched = g_strdupv ((char **) finding->matched);
  truce_stories_begin (engine, feed, entry, alert, now, commit);
}

/* What it says of the date, or why nothing. */
static void
say_along (TruceAlert *news, const TruceProposal *move, const char *why_not)
{
  if (move)
    truce_alert_set_move (news, move);
  else
    news->no_move = g_strdup (why_not);
}

/* What it says of the dates of the milestones that it matches. Where that is to be told, the alert about the move
 * stands for the entry: NULL; else `news` (transfer full) says it along. */
static TruceAlert *
read_moves (TruceEngine *engine, const TruceFeed *feed, const TruceEntry *entry, const GArray *hits,
            const Finding *finding, TruceAlert *news, TruceTime now, TruceCommit *commit, gboolean *ret_told)
{
  TruceMoveReading most = TRUCE_MOVE_READ_NOTHING;

  for (guint i = 0; i < hits->len; i++) {
    const TruceMatchOwner *owner = truce_config_match_owner (engine->config, g_array_index (hits, TruceHit, i).query);
    TruceMoveFound found;
    if (!owner->milestone)
      continue;
    truce_moves_read (engine, feed, entry, owner->milestone, now, commit, &found);
    g_autofree char *why_not = found.why_not;
    if (entry->standing == TRUCE_ENTRY_EDITED) /* what it said before must not stand against what it says */
      truce_moves_correct (engine, feed, entry, commit);
    if (found.reading == TRUCE_MOVE_READ_TELL)
      tell_move (engine, feed, entry, found.move, owner->milestone, finding, now, commit);
    else if (owner->milestone == finding->milestone)
      say_along (news, found.move, why_not);
    most = MAX (most, found.reading);
  }
  if (most < TRUCE_MOVE_READ_TELL && (most != TRUCE_MOVE_READ_AGAIN || was_told (engine, feed, entry)))
    return news;
  *ret_told = TRUE;
  truce_alert_unref (news);
  return NULL;
}

/* An entry that matches; NULL when it does not, or `ret_told` is TRUE: something else stands for it. */
static TruceAlert *
alert_for_entry (TruceEngine *engine, const TruceFeed *feed, const TruceEntry *entry, TruceTime now,
                 TruceCommit *commit, gboolean *ret_told)
{
  const GArray *hits = truce_findings_hits (engine, feed, entry, now);
  g_autoptr (GPtrArray) also = g_ptr_array_new_with_free_func (g_free);
  Finding finding = { .also = also, .matched = truce_findings_words (entry) };

  *ret_told = FALSE;
  tell_of_gave_up (engine, feed, entry, now, commit);
  if (hits->len == 0)
    return NULL;
  sum_up (engine, hits, now, &finding);
  TruceAlert *news = make_alert (engine, feed, entry, &finding, now);
  return read_moves (engine, feed, entry, hits, &finding, news, now, commit, ret_told);
}

/* --- a headline that was changed after it had been told --- */

/* What it is about if it matches nothing any more: the news is that what was told is not so. */
static TruceAlert *
alert_for_subject (TruceEngine *engine, const TruceFeed *feed, const TruceEntry *entry, const TruceAlert *original,
                   TruceTime now)
{
  g_autoptr (GPtrArray) also = g_ptr_array_new_with_free_func (g_free);
  Finding finding = { .also = also };

  if (original->milestone)
    finding.milestone = truce_config_find_milestone (engine->config, original->milestone);
  if (finding.milestone && truce_milestone_ended_at (finding.milestone, now))
    finding.milestone = NULL;
  if (!finding.milestone && !original->watch && !original->also)
    return NULL; /* its story is over */
  return make_alert (engine, feed, entry, &finding, now);
}

/* `title` is the headline under which `original` told of it. */
static TruceAlert *
correct (TruceEngine *engine, const TruceFeed *feed, const TruceEntry *entry, const TruceAlert *original,
         const char *title, TruceTime now, TruceCommit *commit)
{
  const TruceAlertItem *told = NULL;
  TruceStoredAlert *last;
  TruceAlert *alert;
  gboolean moved;

  alert = alert_for_entry (engine, feed, entry, now, commit, &moved);
  if (truce_identity_headline (title) == entry->headline) {
    truce_alert_unref (alert); /* as it was told at first; but it speaks of its date again */
    return NULL;
  }
  if (!alert && !moved)
    alert = alert_for_subject (engine, feed, entry, original, now);
  if (!alert)
    return NULL;
  last = find_told (engine, feed, entry->name, entry->before);
  if (last && last->alert->items)
    told = g_ptr_array_index (last->alert->items, 0);
  truce_alert_correct (alert, original, told && told->title ? told->title : title, entry->name, entry->headline);
  truce_stored_alert_free (last);
  return alert;
}

/* The alert that told of it first, and under which headline (transfer full); NULL. */
static TruceStoredAlert *
find_original (TruceEngine *engine, const TruceFeed *feed, const TruceEntry *entry, char **ret_title)
{
  TruceStoredAlert *original = find_told_move (engine, feed, entry, ret_title);

  if (original)
    return original;
  original = find_told (engine, feed, entry->name, 0);
  const TruceAlertItem *told =
      original && original->alert->items ? g_ptr_array_index (original->alert->items, 0) : NULL;
  if (original)
    *ret_title = g_strdup (told && told->title ? told->title : original->alert->title);
  return original;
}

/* --- all of a poll --- */

static TruceAlert *
tell_entry (TruceEngine *engine, const TruceFeed *feed, const TruceReading *reading, const TruceEntry *entry,
            TruceTime now, TruceCommit *commit)
{
  g_autofree char *title = NULL;
  TruceStoredAlert *original =
      entry->standing == TRUCE_ENTRY_EDITED ? find_original (engine, feed, entry, &title) : NULL;
  TruceAlert *alert = NULL;
  gboolean moved;

  if (original)
    alert = correct (engine, feed, entry, original->alert, title, now, commit);
  else if (truce_reading_is_news (reading, feed, entry, now))
    alert = alert_for_entry (engine, feed, entry, now, commit, &moved);
  if (entry->standing == TRUCE_ENTRY_EDITED)
    truce_moves_correct (engine, feed, entry, commit);
  truce_stored_alert_free (original);
  return alert;
}

guint
truce_news_tell (TruceEngine *engine, const TruceFeed *feed, TruceReading *reading, TruceTime now, TruceCommit *commit)
{
  const GArray *entries = truce_reading_end (reading, commit);
  guint n_new = 0;

  /* Feeds have their newest item first; people are told in the order of the events. */
  for (guint i = entries->len; i > 0; i--) {
    const TruceEntry *entry = &g_array_index (entries, TruceEntry, i - 1);
    TruceAlert *alert = tell_entry (engine, feed, reading, entry, now, commit);
    n_new += entry->standing == TRUCE_ENTRY_NEW;
    if (alert)
      truce_stories_tell (engine, feed, entry, alert, now, commit);
  }
  truce_moves_fold_many (engine, feed, commit);
  return n_new;
}

void
truce_engine_offer (TruceEngine *engine, const TruceFeed *feed, GPtrArray *items)
{
  TruceTime now = truce_engine_now (engine);
  TruceCommit *commit = truce_commit_new (now);
  FeedRun *run = truce_polls_find (engine, feed->id);
  guint8 identity = 0;
  const TruceBrought brought = { .items = items, .identity = run ? &run->state.identity : &identity };
  g_autoptr (TruceReading) reading = truce_reading_new (engine, feed, &brought);

  truce_commit_set_feed (commit, feed->id, NULL);
  if (reading)
    truce_news_tell (engine, feed, reading, now, commit);
  truce_engine_commit (engine, commit);
  truce_engine_wake (engine);
}
