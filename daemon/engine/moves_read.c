/* SPDX-License-Identifier: MIT */
/* What an entry of a feed says of a milestone's date. Precision comes first: most news about an extension is told after
 * it, and again for weeks; what may be such a recap proposes nothing. */
#include <string.h>

#include "base/text.h"
#include "engine/moves_ground.h"
#include "engine/reading.h"
#include "news/story.h"

/* Alive at a time, of one milestone: a person reads no more. */
#define ALIVE_MAX 40
/* And those that one feed alone says: one that names ever other dates must leave room for what others say. */
#define OF_FEED_MAX 16
/* And new ones within a month: one that says something else with each edit of a headline is believed for a while. */
#define NEW_MAX 40
#define NEW_WITHIN (30 * TRUCE_DAY)
#define SUMMARY_KEPT 600 /* bytes: copies are known by their beginning */

/* Why what was read is no move; NULL: it is one. */
static const char *
refusal_of (const TruceGround *ground, const TruceMove *said)
{
  if (said->label == TRUCE_MOVE_UNRELATED)
    return "it says nothing of a deadline";
  if (said->label == TRUCE_MOVE_MENTION)
    return "a deadline is named, and nothing changes";
  if (said->confidence < TRUCE_PROPOSAL_CONFIDENCE_LEAST)
    return "that is too unsure";
  return truce_ground_recap (ground, said);
}

/* What an entry comes to. */
typedef struct {
  TruceMoveLabel label;
  gboolean dated;
  gboolean back; /* to a date that it had before */
  TruceSpan due; /* where it is dated */
} Claim;

static gboolean
has_date (const TruceMove *said)
{
  return said->dated && (said->label == TRUCE_MOVE_MOVED || said->label == TRUCE_MOVE_PROPOSED);
}

static TruceSpan
said_span (const TruceGround *ground, const TruceMove *said)
{
  TruceZone *zone = ground->zone;

  return (TruceSpan){
    .earliest = truce_zone_day_start (zone, said->first),
    .latest = truce_zone_day_start (zone, said->end),
    .precision = said->precision == TRUCE_PRECISION_INSTANT ? TRUCE_PRECISION_DAY : said->precision,
    .zone = truce_zone_ref (zone),
  };
}

/* NULL; else why it comes to nothing. `ret_claim->due` is to be cleared in any case. */
static const char *
find_claim (const TruceGround *ground, const TruceMove *said, Claim *ret_claim)
{
  *ret_claim = (Claim){ .label = said->label, .due = TRUCE_SPAN_INIT };
  if (truce_ground_return (ground, said, &ret_claim->due)) {
    ret_claim->label = TRUCE_MOVE_MOVED;
    ret_claim->dated = ret_claim->back = TRUE;
    return NULL;
  }
  const char *refusal = refusal_of (ground, said);
  if (!refusal && has_date (said)) {
    ret_claim->due = said_span (ground, said);
    ret_claim->dated = TRUE;
  }
  return refusal;
}

/* Whose news it is: an official feed speaks for itself. (transfer full) */
static char *
publisher_of (const TruceGround *ground)
{
  if (ground->feed->tier == TRUCE_TIER_OFFICIAL)
    return g_strdup (ground->feed->title ? ground->feed->title : ground->feed->id);
  return truce_story_publisher (ground->entry->item, ground->feed->id);
}

static TruceEvidence *
evidence_new (const TruceGround *ground, const TruceMove *said)
{
  const TruceItem *item = ground->entry->item;
  TruceEvidence *evidence = g_new0 (TruceEvidence, 1);

  evidence->feed = g_strdup (ground->feed->id);
  evidence->entry = ground->entry->name;
  evidence->tier = ground->feed->tier;
  evidence->publisher = publisher_of (ground);
  evidence->title = truce_text_cut (item->title, TRUCE_PROPOSAL_TITLE_MAX);
  evidence->summary = truce_text_cut (item->summary, SUMMARY_KEPT);
  evidence->link = g_strdup (item->link);
  evidence->published = truce_item_time (item);
  if (evidence->published != TRUCE_TIME_NONE) /* no news is from the future */
    evidence->published = MIN (evidence->published, ground->now);
  evidence->seen = ground->now;
  evidence->quote = truce_text_cut (said->quote ? said->quote : "", TRUCE_PROPOSAL_QUOTE_MAX);
  evidence->confidence = said->confidence;
  return evidence;
}

/* --- to which of those that are kept it belongs --- */

/* Is it of that milestone's date in force, and says the same of it as a `label` does? */
static gboolean
is_alike (const TruceGround *ground, const TruceProposal *move, TruceMoveLabel label)
{
  return move->label == label && strcmp (move->milestone, ground->milestone->id) == 0 &&
         move->old_due == ground->current.earliest && move->old_latest == ground->current.latest;
}

/* Does one that names [earliest, latest), or no date (NONE), leave open what `move` says more exactly? */
static gboolean
is_vaguer (TruceTime earliest, TruceTime latest, const TruceProposal *move)
{
  if (!truce_proposal_is_dated (move))
    return FALSE;
  return earliest == TRUCE_TIME_NONE || (earliest <= move->due && move->latest <= latest);
}

static TruceProposal *
find_same (const TruceGround *ground, TruceMoveLabel label, const TruceSpan *due)
{
  for (guint i = 0; i < ground->engine->moves->len; i++) {
    TruceProposal *move = g_ptr_array_index (ground->engine->moves, i);
    if (is_alike (ground, move, label) && move->due == (due ? due->earliest : TRUCE_TIME_NONE) &&
        (!due || move->latest == due->latest))
      return move;
  }
  return NULL;
}

/* "Until November" and "extended" go along with "until November 10": of several such, the best attested. */
static TruceProposal *
find_more_exact (const TruceGround *ground, TruceMoveLabel label, const TruceSpan *due)
{
  TruceProposal *best = NULL;

  for (guint i = 0; i < ground->engine->moves->len; i++) {
    TruceProposal *move = g_ptr_array_index (ground->engine->moves, i);
    if (truce_proposal_is_alive (move) && is_alike (ground, move, label) &&
        is_vaguer (due ? due->earliest : TRUCE_TIME_NONE, due ? due->latest : TRUCE_TIME_NONE, move) &&
        (!best || move->sources > best->sources))
      best = move;
  }
  return best;
}

/* What was said less exactly before goes along with what is said now. */
static void
absorb_vaguer (const TruceGround *ground, TruceProposal *move, TruceCommit *commit)
{
  for (guint i = 0; i < ground->engine->moves->len; i++) {
    TruceProposal *other = g_ptr_array_index (ground->engine->moves, i);
    if (other == move || !truce_proposal_is_alive (other) || !is_alike (ground, other, move->label) ||
        !is_vaguer (other->due, other->latest, move))
      continue;
    for (guint j = 0; j < other->evidence->len; j++)
      ((TruceEvidence *) g_ptr_array_index (other->evidence, j))->dated = FALSE;
    truce_proposal_absorb (move, other);
    other->status = TRUCE_PROPOSAL_SUPERSEDED;
    truce_commit_add_move (commit, other);
  }
}

/* Does no other feed say so? */
static gboolean
is_of_feed_alone (const TruceProposal *move, const char *feed)
{
  for (guint i = 0; i < move->evidence->len; i++)
    if (strcmp (((const TruceEvidence *) g_ptr_array_index (move->evidence, i))->feed, feed) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
has_room (const TruceGround *ground)
{
  guint n_alive = 0, n_of_feed = 0, n_new = 0;

  for (guint i = 0; i < ground->engine->moves->len; i++) {
    const TruceProposal *move = g_ptr_array_index (ground->engine->moves, i);
    if (strcmp (move->milestone, ground->milestone->id) != 0)
      continue;
    n_alive += truce_proposal_is_alive (move) ? 1 : 0;
    n_of_feed += truce_proposal_is_alive (move) && is_of_feed_alone (move, ground->feed->id);
    n_new += ABS (ground->now - move->first_seen) < NEW_WITHIN ? 1 : 0;
  }
  return n_alive < ALIVE_MAX && n_of_feed < OF_FEED_MAX && n_new < NEW_MAX;
}

/* The one that it is evidence of, made where there is none; NULL: there are too many. `ret_exact`: it names that date.
 */
static TruceProposal *
take_to (const TruceGround *ground, const Claim *claim, TruceCommit *commit, gboolean *ret_exact)
{
  const TruceSpan *due = claim->dated ? &claim->due : NULL;
  TruceProposal *move = find_same (ground, claim->label, due);

  *ret_exact = due != NULL;
  if (!move && (move = find_more_exact (ground, claim->label, due))) {
    *ret_exact = FALSE;
  } else if (!move && has_room (ground)) {
    move = truce_proposal_new (ground->milestone->id, ground->number, claim->label, &ground->current, due, ground->now);
    move->back = claim->back;
    g_ptr_array_add (ground->engine->moves, move);
    absorb_vaguer (ground, move, commit);
  }
  return move;
}

/* Is there more to tell than has been told? One that was rejected is told again when it is confirmed, and was not. */
static gboolean
settle_status (TruceProposal *move)
{
  TruceProposalStatus weight = truce_proposal_weight (move);
  gboolean more = move->told == TRUCE_PROPOSAL_SUPERSEDED || (weight > move->told);

  if (move->status == TRUCE_PROPOSAL_ACCEPTED)
    return FALSE;
  if (move->status == TRUCE_PROPOSAL_REJECTED && (!more || weight < TRUCE_PROPOSAL_CONFIRMED))
    return FALSE;
  move->status = weight;
  if (!more)
    return FALSE;
  move->told = weight;
  return truce_proposal_is_change (move);
}

/* What is configured first is in force again when what had taken its place was taken back, or edited away: it stands
 * as it did before. Further dates know since when they hold. */
static void
find_standing (TruceGround *ground)
{
  const TruceStorePort *store = &ground->engine->ports.store;
  g_autoptr (GPtrArray) history = store->history (store->self, ground->milestone->id);

  for (guint i = 0; i < history->len; i++) {
    const TruceStoredRevision *revision = g_ptr_array_index (history, i);
    if (revision->amendment || revision->due != ground->current.earliest ||
        revision->due_latest != ground->current.latest)
      continue;
    ground->since = revision->since;
    ground->changed = revision->revision > 0;
    return;
  }
}

/* Since when it is so: a configured line may have been in force for long when truced first saw it. */
static void
find_since (TruceGround *ground)
{
  const TruceStoredRevision *stored = g_hash_table_lookup (ground->engine->revisions, ground->milestone->id);
  guint index = truce_milestone_revision_at (ground->milestone, ground->now);

  ground->since = stored ? stored->since : ground->now;
  ground->changed = index > 0 || (stored && stored->revision > 0);
  if (index > 0)
    ground->since = MIN (ground->since, truce_milestone_revision (ground->milestone, index)->since);
  else if (ground->changed)
    find_standing (ground);
}

static void
ground_fill (TruceGround *ground)
{
  TruceTime at = truce_item_time (ground->entry->item);

  truce_deadlines_current (ground->engine, ground->milestone, ground->now, &ground->number, &ground->current);
  ground->zone = truce_move_zone (ground->milestone, &ground->current);
  find_since (ground);
  ground->at = at == TRUCE_TIME_NONE ? ground->now : MIN (at, ground->now);
}

static const TruceMove *
classify (const TruceGround *ground)
{
  const TruceItem *item = ground->entry->item;
  const TruceMoveNews news = {
    .title = item->title,
    .summary = item->summary,
    .published = truce_item_time (item) == TRUCE_TIME_NONE ? TRUCE_TIME_NONE : ground->at,
    .zone = ground->zone,
    .due = &ground->current,
  };

  return truce_findings_said (ground->entry, ground->milestone, &news);
}

void
truce_moves_read_ahead (TruceEngine *engine, const TruceFeed *feed, const TruceEntry *entry,
                        const TruceMilestone *milestone, TruceTime now)
{
  TruceGround ground = { .engine = engine, .milestone = milestone, .feed = feed, .entry = entry, .now = now };

  ground_fill (&ground);
  classify (&ground);
  truce_span_clear (&ground.current);
}

/* "read as mention, “the May 4 deadline”: a deadline is named, and nothing changes". (transfer full) */
static char *
why_not (const TruceMove *said, const char *refusal)
{
  g_autofree char *quote = truce_text_cut (said->quote ? said->quote : "", TRUCE_PROPOSAL_QUOTE_MAX);
  const char *label = truce_move_label_to_text (said->label);

  return *quote ? g_strdup_printf ("read as %s, \xe2\x80\x9c%s\xe2\x80\x9d: %s", label, quote, refusal)
                : g_strdup_printf ("read as %s: %s", label, refusal);
}

/* It has `said` so, and names that date (`exact`), or leaves it open. */
static TruceMoveReading
take_in (const TruceGround *ground, TruceProposal *move, const TruceMove *said, gboolean exact, TruceCommit *commit)
{
  TruceEvidence *evidence = evidence_new (ground, said);
  TruceMoveReading reading;

  evidence->dated = exact;
  gboolean fresh = truce_proposal_add (move, evidence);
  if (truce_moves_accepts (ground->engine, move, ground->milestone)) {
    move->status = truce_proposal_weight (move);
    reading = TRUCE_MOVE_READ_ACCEPT;
  } else if (settle_status (move)) {
    reading = TRUCE_MOVE_READ_TELL;
  } else {
    reading = fresh ? TRUCE_MOVE_READ_EVIDENCE : TRUCE_MOVE_READ_AGAIN;
  }
  truce_commit_add_move (commit, move);
  return reading;
}

void
truce_moves_read (TruceEngine *engine, const TruceFeed *feed, const TruceEntry *entry, const TruceMilestone *milestone,
                  TruceTime now, TruceCommit *commit, TruceMoveFound *ret_found)
{
  TruceGround ground = { .engine = engine, .milestone = milestone, .feed = feed, .entry = entry, .now = now };
  gboolean exact = FALSE;

  ground_fill (&ground);
  const TruceMove *said = classify (&ground);
  Claim claim;
  const char *refusal = find_claim (&ground, said, &claim);
  TruceProposal *move = refusal ? NULL : take_to (&ground, &claim, commit, &exact);
  *ret_found = (TruceMoveFound){ .move = move };
  if (move)
    ret_found->reading = take_in (&ground, move, said, exact, commit);
  else
    ret_found->why_not = why_not (said, refusal ? refusal : "too many moves of it wait for an answer");
  truce_span_clear (&claim.due);
  truce_span_clear (&ground.current);
}

void
truce_moves_correct (TruceEngine *engine, const TruceFeed *feed, const TruceEntry *entry, TruceCommit *commit)
{
  g_autofree char *title = truce_text_cut (entry->item->title, TRUCE_PROPOSAL_TITLE_MAX);

  for (guint i = 0; i < engine->moves->len; i++) {
    TruceProposal *move = g_ptr_array_index (engine->moves, i);
    const TruceEvidence *evidence = truce_proposal_find (move, feed->id, entry->name);
    if (!evidence || !truce_proposal_is_alive (move) || strcmp (evidence->title, title) == 0)
      continue;
    truce_proposal_drop (move, feed->id, entry->name);
    truce_commit_add_move (commit, move);
  }
}
