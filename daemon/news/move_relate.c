/* SPDX-License-Identifier: MIT */
/* What several events of one sentence come to together: what is annulled is no move ("voids the decree to postpone"),
 * and a pause that has ended is none ("the pause announced in May has come to an end"). */
#include "news/move_private.h"

#define REACH 10 /* words between what annuls and what is annulled */

static MoveWords intentions =
    MOVE_WORDS_INIT ("plan|plans|decree|order|decision|bid|proposal|bill|law|move|motion|effort|efforts|request|"
                     "attempt|intention|vote|resolution|measure|idea|pledge|promise|push|ruling");

/* "scraps the extension", "drops a plan to delay", but not "scraps the rule, extends the ban", "is off to a delayed
 * start". */
static gboolean
governs (const MoveText *text, const MoveCue *cancel, const MoveCue *shift, gboolean *ret_verb)
{
  gboolean aside;

  /* "ends automatic extension", found as one */
  if (cancel->first < shift->first && cancel->last >= shift->last && move_is_noun (text, shift)) {
    *ret_verb = FALSE;
    return TRUE;
  }
  if (cancel->last >= shift->first || shift->first - cancel->last > REACH ||
      move_clause_begin (text, shift->first, &aside) > cancel->first)
    return FALSE;
  *ret_verb = !move_is_noun (text, shift);
  if (*ret_verb && !(move_is (text, shift->first - 1, "to|of|on") && shift->form != MOVE_FORM_PAST &&
                     shift->form != MOVE_FORM_S && move_is_of (text, shift->first - 2, &intentions)))
    return FALSE;
  for (guint i = cancel->last + 1; i < shift->first - (*ret_verb ? 1 : 0); i++)
    if (move_is (text, i, "to|for|in|on|over|by|at|with|and|or|from|under|during|until"))
      return FALSE;
  return TRUE;
}

static gboolean
names_delay (const MoveText *text, const MoveCue *cue)
{
  return move_is (text, cue->first, "postponement|delay|deferral|deferment|adjournment|rescheduling");
}

/* "court voids the extension": nobody ends it, it has never been. */
static gboolean
is_ruling (const MoveText *text, const MoveCue *cancel)
{
  for (guint i = MOVE_SENTENCE (text, MOVE_TOKEN (text, cancel->first)->sentence)->first; i < cancel->first; i++)
    if (move_is (text, i, "court|courts|judge|judges|tribunal|justices"))
      return TRUE;
  return FALSE;
}

/* `event` is told to be annulled, or over, by `other`. */
static void
relate (const MoveText *text, MoveEvent *event, MoveEvent *other)
{
  gboolean verb = FALSE;

  if (event->cue->kind > MOVE_CUE_SHIFT_NOUN || other->label != TRUCE_MOVE_CANCELLED ||
      event->sentence != other->sentence)
    return;
  if (event->label > TRUCE_MOVE_PROPOSED && !(event->weak && is_ruling (text, other->cue)))
    return;
  if (other->cue->kind == MOVE_CUE_CANCEL && governs (text, other->cue, event->cue, &verb)) {
    if (verb || names_delay (text, event->cue) || is_ruling (text, other->cue)) {
      event->label = TRUCE_MOVE_REJECTED;
      event->first = MIN (event->first, other->first);
      other->label = TRUCE_MOVE_MENTION;
    } else {
      event->label = TRUCE_MOVE_MENTION;
    }
  } else if (event->cue->kind == MOVE_CUE_SHIFT_NOUN && other->cue->first > event->cue->last && !other->aside) {
    event->label = TRUCE_MOVE_MENTION;
  }
}

void
move_events_relate (const MoveText *text, GArray *events)
{
  for (guint i = 0; i < events->len; i++)
    for (guint k = 0; k < events->len; k++)
      if (i != k)
        relate (text, &g_array_index (events, MoveEvent, i), &g_array_index (events, MoveEvent, k));
}
