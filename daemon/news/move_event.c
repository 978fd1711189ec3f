/* SPDX-License-Identifier: MIT */
/* What each verb or noun of the lexicon comes to, by what governs it, what it acts on and where it stands. */
#include <string.h>

#include "news/move_private.h"

static gboolean
names_time (const MoveText *text, guint first, guint end)
{
  while (first < end && !MOVE_TOKEN (text, first)->dated)
    first++;
  return first < end;
}

/* Is a cue of `kind` in the sentence of `of`, besides it, or in the title? */
static gboolean
beside (const MoveText *text, const GArray *cues, const MoveCue *of, MoveCueKind kind)
{
  const MoveSentence *sentence = MOVE_SENTENCE (text, MOVE_TOKEN (text, of->first)->sentence);

  const MoveSentence *title = MOVE_SENTENCE (text, 0);

  return move_cue_in (cues, kind, sentence->first, of->first) ||
         move_cue_in (cues, kind, of->last + 1, sentence->end) ||
         (title->title && !sentence->title && move_cue_in (cues, kind, title->first, title->end));
}

/* Is there reason to take what it acts on for a thing that has a date? */
static gboolean
has_thing (const MoveText *text, const GArray *cues, const MoveCue *cue, MoveObject object)
{
  const MoveSentence *sentence = MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence);

  if (MOVE_TOKEN (text, cue->first)->kind == MOVE_IDEOGRAPH)
    return move_cue_in (cues, MOVE_CUE_THING, sentence->first, sentence->end) ||
           move_cue_in (cues, MOVE_CUE_DEADLINE, sentence->first, sentence->end) ||
           names_time (text, sentence->first, sentence->end);
  if (object == MOVE_OBJECT_THING || (cue->strong && cue->kind <= MOVE_CUE_SHIFT_PHRASE && object != MOVE_OBJECT_OTHER))
    return TRUE;
  /* "resume" and "revive" are said of anything: only of what they act on is heard */
  if (object == MOVE_OBJECT_OTHER || cue->kind == MOVE_CUE_RESTORE)
    return FALSE;
  if ((cue->kind == MOVE_CUE_CANCEL && cue->strong) || (cue->kind == MOVE_CUE_LAPSE && cue->last > cue->first))
    return TRUE;
  if (cue->kind == MOVE_CUE_CANCEL || cue->kind == MOVE_CUE_LAPSE)
    return beside (text, cues, cue, MOVE_CUE_THING);
  return names_time (text, sentence->first, sentence->end) || beside (text, cues, cue, MOVE_CUE_DEADLINE) ||
         beside (text, cues, cue, MOVE_CUE_THING) || beside (text, cues, cue, MOVE_CUE_AUTHORITY);
}

/* "as deadline expires", with no date to come. */
static gboolean
runs_out (const MoveText *text, const MoveCue *cue)
{
  return (cue->form == MOVE_FORM_S || (cue->last > cue->first && move_is (text, cue->last, "ends|ended"))) &&
         !names_time (text, cue->last + 1, move_clause_end (text, cue));
}

static TruceMoveLabel
label_of (const MoveText *text, const MoveCue *cue, const MoveMood *mood)
{
  gboolean title = MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence)->title;
  gboolean fact = mood->label == TRUCE_MOVE_MOVED;

  switch (cue->kind) {
  case MOVE_CUE_RESTORE:
    return fact ? TRUCE_MOVE_MENTION : mood->label;
  case MOVE_CUE_STAND:
    return fact && title ? TRUCE_MOVE_REJECTED : TRUCE_MOVE_MENTION;
  case MOVE_CUE_RESOLVE:
    return !fact          ? (mood->label == TRUCE_MOVE_REJECTED ? TRUCE_MOVE_REJECTED : TRUCE_MOVE_MENTION)
           : mood->future ? TRUCE_MOVE_PROPOSED
                          : TRUCE_MOVE_RESOLVED;
  case MOVE_CUE_CANCEL:
    return fact                                 ? TRUCE_MOVE_CANCELLED
           : mood->pleaded || mood->wished      ? TRUCE_MOVE_PROPOSED
           : mood->label == TRUCE_MOVE_REJECTED ? TRUCE_MOVE_REJECTED
                                                : TRUCE_MOVE_MENTION;
  case MOVE_CUE_LAPSE:
    return title && fact && !mood->future &&
                   (cue->form == MOVE_FORM_PAST || runs_out (text, cue) || move_is (text, cue->last, "over|end"))
               ? TRUCE_MOVE_CANCELLED
               : TRUCE_MOVE_MENTION;
  default:
    return mood->label;
  }
}

static gboolean
names_past (const GArray *dates, const MoveCue *cue)
{
  for (guint i = 0; i < dates->len; i++) {
    const MoveDate *date = &g_array_index (dates, MoveDate, i);

    if (date->past && date->first > cue->first && date->first <= cue->last)
      return TRUE;
  }
  return FALSE;
}

static gboolean
sets_anew (const MoveText *text, const MoveCue *cue, guint end)
{
  for (guint i = cue->last + 1; i < end; i++)
    if ((move_is (text, i, "sets|set|now|instead") && names_time (text, i + 1, MIN (end, i + 5))) ||
        (move_is (text, i, "new") && move_is (text, i + 1, "date|deadline|timetable|timeline|schedule")))
      return TRUE;
  return FALSE;
}

/* "gives them until Sunday to accept": a first deadline, and no later one. */
static gboolean
is_ultimatum (const MoveText *text, const MoveCue *cue)
{
  guint end = MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence)->end;

  if (!move_is (text, cue->first, "give|gives|gave|given|giving|get|gets|got|grant|grants|granted"))
    return FALSE;
  for (guint i = cue->last; i + 1 < end; i++)
    if (move_is (text, i, "to") &&
        move_is (text, i + 1,
                 "accept|agree|respond|reply|answer|leave|surrender|resign|disarm|withdraw|end|stop|reopen|"
                 "free|make|come|quit|hand|give|back|decide|explain|prove|show|pull|strike|reach|lay|vacate|clear"))
      return TRUE;
  return FALSE;
}

/* "will renew on March 18 unless one of them objects". */
static gboolean
unless_follows (const MoveText *text, const MoveCue *cue, guint end)
{
  for (guint i = cue->last + 1; i < end; i++)
    if (move_is (text, i, "unless"))
      return TRUE;
  return FALSE;
}

static void
judge (const MoveText *text, const GArray *cues, const GArray *dates, const MoveCue *cue, MoveEvent *event)
{
  const MoveSentence *sentence = MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence);
  gboolean noun = move_is_noun (text, cue);
  guint begin = move_clause_begin (text, cue->first, &event->aside), end = move_clause_end (text, cue);
  MoveMood mood;

  move_mood_hear (text, cues, cue, begin, end, &mood);
  gboolean infinitive = cue->first > begin && move_is (text, cue->first - 1, "to");
  mood.future = mood.future || (infinitive && mood.n == 0);
  event->future = mood.future;
  event->recap = move_is_recap (text, cue, dates);
  event->label = label_of (text, cue, &mood);
  if (sentence->question || unless_follows (text, cue, sentence->end) ||
      (cue->kind == MOVE_CUE_RESOLVE && infinitive && !sentence->title))
    event->label = TRUCE_MOVE_MENTION;
  if ((event->label == TRUCE_MOVE_MOVED || cue->kind == MOVE_CUE_STAND) && cue->kind != MOVE_CUE_SHIFT_PHRASE &&
      !mood.said && !move_is_fact (text, cue, noun, sentence->title))
    event->label = TRUCE_MOVE_MENTION;
  if (noun && move_is_circumstance (text, cue, begin))
    event->label = TRUCE_MOVE_MENTION;
  /* "has until Sunday to accept the deal" */
  if (cue->kind == MOVE_CUE_RESOLVE && infinitive && cue->first > 1 &&
      (MOVE_TOKEN (text, cue->first - 2)->dated || move_is (text, cue->first - 2, "deadline|time|cutoff")))
    event->label = TRUCE_MOVE_MENTION;
  /* "Delay the ban, ministers told" */
  if (event->label == TRUCE_MOVE_MOVED && sentence->title && cue->first == sentence->first && !noun &&
      cue->form == MOVE_FORM_BASE && cue->kind == MOVE_CUE_SHIFT && !move_is (text, cue->first, "judge|court"))
    event->label = TRUCE_MOVE_PROPOSED;
  /* "before the truce runs out", "to 2019 lows" */
  if ((begin > sentence->first && move_is (text, begin - 1, "before")) || names_past (dates, cue))
    event->label = TRUCE_MOVE_MENTION;
  /* "scraps the January deadline, sets April 2026" */
  if (event->label == TRUCE_MOVE_CANCELLED && sets_anew (text, cue, sentence->end))
    event->label = TRUCE_MOVE_MOVED;
  if (is_ultimatum (text, cue))
    event->label = TRUCE_MOVE_MENTION;
  /* "two more weeks" is news in a headline; in a summary it may be anything's */
  if ((MOVE_TOKEN (text, cue->first)->more || move_is (text, cue->first, "given|give|gives|gave|giving")) &&
      !sentence->title)
    event->label = TRUCE_MOVE_MENTION;
  event->weak = noun && mood.n == 0;
  MoveObject object = move_object_of (text, cues, cue, begin);
  event->thing = has_thing (text, cues, cue, object);
  if (object == MOVE_OBJECT_OTHER && cue->kind <= MOVE_CUE_SHIFT_NOUN)
    event->label = TRUCE_MOVE_UNRELATED;
  event->first = mood.first;
}

/* "agree to extend the deal" is no deal agreed. */
static gboolean
holds_shift (const GArray *cues, const MoveCue *cue)
{
  return move_cue_in (cues, MOVE_CUE_SHIFT, cue->first + 1, cue->last + 1) ||
         move_cue_in (cues, MOVE_CUE_SHIFT_NOUN, cue->first + 1, cue->last + 1);
}

void
move_events_find (const MoveText *text, const GArray *cues, const GArray *dates, GArray *events)
{
  for (guint i = 0; i < cues->len; i++) {
    const MoveCue *cue = &g_array_index (cues, MoveCue, i);

    if (cue->kind > MOVE_CUE_LAPSE || (cue->kind == MOVE_CUE_RESOLVE && holds_shift (cues, cue)))
      continue;
    MoveEvent event = { .cue = cue, .sentence = MOVE_TOKEN (text, cue->first)->sentence };
    judge (text, cues, dates, cue, &event);
    g_array_append_val (events, event);
  }
}
