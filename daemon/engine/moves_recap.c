/* SPDX-License-Identifier: MIT */
/* What the news says of dates that are known already: most of it tells again how the date in force came to be, and some
 * that it is the one before after all. */
#include <string.h>

#include "engine/amend_private.h"
#include "engine/moves_ground.h"

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

/* Days since 1970-01-01 that a date is spoken of as: [first, end). */
static void
days_of (const TruceGround *ground, TruceTime earliest, TruceTime latest, gint64 *ret_first, gint64 *ret_end)
{
  const TruceZone *zone = ground->zone;
  TruceTime slack = latest > earliest ? 0 : NEAR_MIDNIGHT;

  *ret_first = truce_zone_day_of (zone, earliest - slack);
  *ret_end = truce_zone_day_of (zone, latest > earliest ? latest - 1 : latest + slack) + 1;
}

static gboolean
overlaps (const TruceGround *ground, const TruceMove *said, TruceTime earliest, TruceTime latest)
{
  gint64 first, end;

  days_of (ground, earliest, latest, &first, &end);
  return said->first < end && said->end > first;
}

/* Does the text say of which year the date is? What does not is read as the next that comes, and may be the last. */
static gboolean
names_year (const TruceGround *ground, const TruceMove *said)
{
  int year, month, day;
  char text[12];

  truce_date_from_days (said->first, &year, &month, &day);
  g_snprintf (text, sizeof text, "%d", year);
  return strstr (ground->entry->item->title, text) || strstr (ground->entry->item->summary, text);
}

/* As far as the text tells, is it that date? */
static gboolean
may_be (const TruceGround *ground, const TruceMove *said, TruceTime earliest, TruceTime latest)
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

/* A date that it had before: what tells how it came to be what it is names those too. One that was taken back it did
 * not have. */
static gboolean
is_past_date (const TruceGround *ground, const TruceMove *said)
{
  const TruceStorePort *store = &ground->engine->ports.store;
  g_autoptr (GPtrArray) history = store->history (store->self, ground->milestone->id);

  for (guint i = 0; i < history->len; i++) {
    const TruceStoredRevision *revision = g_ptr_array_index (history, i);
    if (!truce_amend_is_undone (ground->engine, revision->amendment) &&
        may_be (ground, said, revision->due, revision->due_latest))
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
is_soon_after_change (const TruceGround *ground)
{
  TruceTime given = MAX (0, ground->current.earliest - ground->since);

  return ground->at < ground->since + (ground->changed ? MIN (RECAP_AFTER_CHANGE, given / 2) : RECAP_AFTER_FIRST);
}

/* Of one that names a date. */
static const char *
date_recap_of (const TruceGround *ground, const TruceMove *said)
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

const char *
truce_ground_recap (const TruceGround *ground, const TruceMove *said)
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

/* --- a date that it had before, again --- */

/* Is the date that was `span` the one that is meant? An earlier one, which is still to come. */
static gboolean
may_return (const TruceGround *ground, const TruceMove *said, const TruceSpan *span)
{
  return span->earliest < ground->current.earliest && span->latest > ground->now &&
         (!said->stated || may_be (ground, said, span->earliest, span->latest));
}

static gboolean
is_current (const TruceGround *ground, const TruceSpan *span)
{
  return span->earliest == ground->current.earliest && span->latest == ground->current.latest;
}

/* What was seen, the last first; as truce_ground_return(). A date that is named may be any of them, else the one before
 * the date in force is meant. */
static gboolean
find_seen (const TruceGround *ground, const TruceMove *said, TruceSpan *ret_span, gboolean *ret_known)
{
  const TruceStorePort *store = &ground->engine->ports.store;
  g_autoptr (GPtrArray) history = store->history (store->self, ground->milestone->id);

  *ret_known = FALSE;
  for (guint i = history->len; i > 0; i--) {
    const TruceStoredRevision *revision = g_ptr_array_index (history, i - 1);
    TruceSpan span = { .earliest = revision->due, .latest = revision->due_latest, .precision = revision->precision };
    if (is_current (ground, &span) || truce_amend_is_undone (ground->engine, revision->amendment) ||
        (*ret_known && !said->stated))
      continue;
    *ret_known = TRUE;
    if (may_return (ground, said, &span) && (span.zone = truce_zone_new (revision->zone, NULL))) {
      *ret_span = span;
      return TRUE;
    }
  }
  return FALSE;
}

gboolean
truce_ground_return (const TruceGround *ground, const TruceMove *said, TruceSpan *ret_span)
{
  gboolean known;

  if (!said->back || !ground->changed || ground->at < ground->since ||
      said->confidence < TRUCE_PROPOSAL_CONFIDENCE_LEAST)
    return FALSE;
  if (find_seen (ground, said, ret_span, &known))
    return TRUE;
  /* What was configured with it may have been in force before truced first saw it. */
  for (guint i = truce_milestone_revision_at (ground->milestone, ground->now); i > 0 && (!known || said->stated); i--) {
    const TruceSpan *span = &truce_milestone_revision (ground->milestone, i - 1)->span;
    if (is_current (ground, span))
      continue;
    known = TRUE;
    if (!may_return (ground, said, span))
      continue;
    *ret_span = *span;
    ret_span->zone = truce_zone_ref (span->zone);
    return TRUE;
  }
  return FALSE;
}
