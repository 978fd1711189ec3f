/* SPDX-License-Identifier: MIT */
/* What an entry of a feed says of a milestone's date. Precision comes first: most news about an extension is told after
 * it, and again for weeks; what may be such a recap proposes nothing. */
#include <string.h>

#include "base/text.h"
#include "engine/moves_private.h"
#include "engine/reading.h"
#include "news/story.h"

/* A date that has just changed is in the news as an extension "by 90 days", or with no date at all: on top of the new
 * one that would be wrong. So it counts only what names a date in the first half of the time that the change has given,
 * for a month at most. */
#define RECAP_AFTER_CHANGE (30 * TRUCE_DAY)
/* And of a date that somebody has just written down, perhaps since it was in the news, this long. */
#define RECAP_AFTER_FIRST (2 * TRUCE_DAY)
/* "Expires at 12:01 am on the 10th" is "until the 9th" to many, and "midnight on the 9th" may be either. */
#define NEAR_MIDNIGHT (3 * TRUCE_HOUR)
/* A date without a year that would be so many days ahead is one that has just passed. */
#define NEXT_DAYS 300
/* News of an end comes so long before the date at the earliest: with it, and not in its place. */
#define ENDS_ABOUT TRUCE_DAY
/* Alive at a time, of one milestone: a person reads no more. */
#define ALIVE_MAX 40
/* And those that one feed alone says: one that names ever other dates must leave room for what others say. */
#define OF_FEED_MAX 16
/* And new ones within a month: one that says something else with each edit of a headline is believed for a while. */
#define NEW_MAX 40
#define NEW_WITHIN (30 * TRUCE_DAY)
#define SUMMARY_KEPT 600 /* bytes: copies are known by their beginning */

/* What the news is read against. */
typedef struct {
  TruceEngine *engine;
  const TruceMilestone *milestone;
  const TruceFeed *feed;
  const TruceEntry *entry;
  TruceTime now;
  TruceTime at;      /* of the news */
  guint number;      /* of the date in force */
  TruceSpan current; /* that */
  TruceZone *zone;   /* whose days are meant; owned by either */
  TruceTime since;   /* it is so */
  gboolean changed;  /* it has been another */
} Ground;

/* Days since 1970-01-01 that a date is spoken of as: [first, end). */
static void
days_of (const Ground *ground, TruceTime earliest, TruceTime latest, gint64 *ret_first, gint64 *ret_end)
{
  const TruceZone *zone = ground->zone;
  TruceTime slack = latest > earliest ? 0 : NEAR_MIDNIGHT;

  *ret_first = truce_zone_day_of (zone, earliest - slack);
  *ret_end = truce_zone_day_of (zone, latest > earliest ? latest - 1 : latest + slack) + 1;
}

static gboolean
overlaps (const Ground *ground, const TruceMove *said, TruceTime earliest, TruceTime latest)
{
  gint64 first, end;

  days_of (ground, earliest, latest, &first, &end);
  return said->first < end && said->end > first;
}

/* Does the text say of which year the date is? What does not is read as the next that comes, and may be the last. */
static gboolean
names_year (const Ground *ground, const TruceMove *said)
{
  int year, month, day;
  char text[12];

  truce_date_from_days (said->first, &year, &month, &day);
  g_snprintf (text, sizeof text, "%d", year);
  return strstr (ground->entry->item->title, text) || strstr (ground->entry->item->summary, text);
}

/* As far as the text tells, is it that date? */
static gboolean
may_be (const Ground *ground, const TruceMove *said, TruceTime earliest, TruceTime latest)
{
  int year, other_year, month, day;
  gint64 first, end;

  if (overlaps (ground, said, earliest, latest))
    return TRUE;
  if (names_year (ground, said))
    return FALSE;
  days_of (ground, earliest, latest, &first, &end);
  truce_date_from_days (first, &other_year, &month, &day);
  truce_date_from_days (said->first, &year, &month, &day);
  TruceMove then = *said;
  then.first = truce_days_from_date (other_year, month, day);
  then.end = then.first + (said->end - said->first);
  return overlaps (ground, &then, earliest, latest);
}

/* Was it given by somebody who has taken it back? Then the milestone did not have that date. */
static gboolean
was_undone (TruceEngine *engine, gint64 number)
{
  for (guint i = 0; number != 0 && i < engine->amendments->len; i++) {
    const TruceAmendment *amendment = g_ptr_array_index (engine->amendments, i);
    if (amendment->number == number)
      return amendment->undone != TRUCE_TIME_NONE;
  }
  return FALSE;
}

/* A date that it had before: what tells how it came to be what it is names those too. */
static gboolean
is_past_date (const Ground *ground, const TruceMove *said)
{
  const TruceStorePort *store = &ground->engine->ports.store;
  g_autoptr (GPtrArray) history = store->history (store->self, ground->milestone->id);

  for (guint i = 0; i < history->len; i++) {
    const TruceStoredRevision *revision = g_ptr_array_index (history, i);
    if (!was_undone (ground->engine, revision->amendment) && may_be (ground, said, revision->due, revision->due_latest))
      return TRUE;
  }
  for (guint i = 0; i < ground->milestone->n_revisions; i++) {
    const TruceRevision *revision = truce_milestone_revision (ground->milestone, i);
    if (revision->since <= ground->now && may_be (ground, said, revision->span.earliest, revision->span.latest))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_soon_after_change (const Ground *ground)
{
  TruceTime given = MAX (0, ground->current.earliest - ground->since);

  return ground->at < ground->since + (ground->changed ? MIN (RECAP_AFTER_CHANGE, given / 2) : RECAP_AFTER_FIRST);
}

/* Of one that names a date. */
static const char *
date_recap_of (const Ground *ground, const TruceMove *said)
{
  gint64 today = truce_zone_day_of (ground->zone, ground->at);

  if (!names_year (ground, said) && said->first > today + NEXT_DAYS)
    return "the date that it names without a year has just passed";
  if (said->end <= today)
    return "the date that it names has passed";
  if (may_be (ground, said, ground->current.earliest, ground->current.latest))
    return "it names the date in force";
  return is_past_date (ground, said) ? "it names a date that the milestone had before" : NULL;
}

/* Why it says nothing about the date in force that is not known; NULL: it does. */
static const char *
recap_of (const Ground *ground, const TruceMove *said)
{
  if (ground->changed && ground->at < ground->since)
    return "it was written before the date in force was given";
  if (said->label == TRUCE_MOVE_CANCELLED && ground->at >= ground->current.earliest - ENDS_ABOUT)
    return "that it ends is what its date says";
  if (said->label != TRUCE_MOVE_MOVED && said->label != TRUCE_MOVE_PROPOSED)
    return NULL;
  if (said->dated && said->stated)
    return date_recap_of (ground, said);
  return said->label == TRUCE_MOVE_MOVED && is_soon_after_change (ground)
             ? "it names no date, and may be about the change that gave the date in force"
             : NULL;
}

/* Why what was read is no move; NULL: it is one. */
static const char *
refusal_of (const Ground *ground, const TruceMove *said)
{
  if (said->label == TRUCE_MOVE_UNRELATED)
    return "it says nothing of a deadline";
  if (said->label == TRUCE_MOVE_MENTION)
    return "a deadline is named, and nothing changes";
  if (said->confidence < TRUCE_PROPOSAL_CONFIDENCE_LEAST)
    return "that is too unsure";
  return recap_of (ground, said);
}

static gboolean
has_date (const TruceMove *said)
{
  return said->dated && (said->label == TRUCE_MOVE_MOVED || said->label == TRUCE_MOVE_PROPOSED);
}

static void
said_span (const Ground *ground, const TruceMove *said, TruceSpan *ret_span)
{
  TruceZone *zone = ground->zone;

  *ret_span = (TruceSpan){
    .earliest = truce_zone_day_start (zone, said->first),
    .latest = truce_zone_day_start (zone, said->end),
    .precision = said->precision == TRUCE_PRECISION_INSTANT ? TRUCE_PRECISION_DAY : said->precision,
    .zone = truce_zone_ref (zone),
  };
}

/* Whose news it is: an official feed speaks for itself. (transfer full) */
static char *
publisher_of (const Ground *ground)
{
  if (ground->feed->tier == TRUCE_TIER_OFFICIAL)
    return g_strdup (ground->feed->title ? ground->feed->title : ground->feed->id);
  return truce_story_publisher (ground->entry->item, ground->feed->id);
}

static TruceEvidence *
evidence_new (const Ground *ground, const TruceMove *said)
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
is_alike (const Ground *ground, const TruceProposal *move, TruceMoveLabel label)
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
find_same (const Ground *ground, TruceMoveLabel label, const TruceSpan *due)
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
find_more_exact (const Ground *ground, TruceMoveLabel label, const TruceSpan *due)
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
absorb_vaguer (const Ground *ground, TruceProposal *move, TruceCommit *commit)
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
has_room (const Ground *ground)
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
take_to (const Ground *ground, const TruceMove *said, TruceCommit *commit, gboolean *ret_exact)
{
  TruceSpan span = TRUCE_SPAN_INIT, *due = has_date (said) ? &span : NULL;
  TruceProposal *move;

  if (due)
    said_span (ground, said, due);
  move = find_same (ground, said->label, due);
  *ret_exact = due != NULL;
  if (!move && (move = find_more_exact (ground, said->label, due))) {
    *ret_exact = FALSE;
  } else if (!move && has_room (ground)) {
    move = truce_proposal_new (ground->milestone->id, ground->number, said->label, &ground->current, due, ground->now);
    g_ptr_array_add (ground->engine->moves, move);
    absorb_vaguer (ground, move, commit);
  }
  truce_span_clear (&span);
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
find_standing (Ground *ground)
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
find_since (Ground *ground)
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
ground_fill (Ground *ground)
{
  TruceTime at = truce_item_time (ground->entry->item);

  truce_deadlines_current (ground->engine, ground->milestone, ground->now, &ground->number, &ground->current);
  ground->zone = truce_move_zone (ground->milestone, &ground->current);
  find_since (ground);
  ground->at = at == TRUCE_TIME_NONE ? ground->now : MIN (at, ground->now);
}

static const TruceMove *
classify (const Ground *ground)
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
  Ground ground = { .engine = engine, .milestone = milestone, .feed = feed, .entry = entry, .now = now };

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
take_in (const Ground *ground, TruceProposal *move, const TruceMove *said, gboolean exact, TruceCommit *commit)
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
  Ground ground = { .engine = engine, .milestone = milestone, .feed = feed, .entry = entry, .now = now };
  gboolean exact = FALSE;

  ground_fill (&ground);
  const TruceMove *said = classify (&ground);
  const char *refusal = refusal_of (&ground, said);
  TruceProposal *move = refusal ? NULL : take_to (&ground, said, commit, &exact);
  *ret_found = (TruceMoveFound){ .move = move };
  if (move)
    ret_found->reading = take_in (&ground, move, said, exact, commit);
  else
    ret_found->why_not = why_not (said, refusal ? refusal : "too many moves of it wait for an answer");
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
