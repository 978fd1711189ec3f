/* SPDX-License-Identifier: MIT */
/* What stands around a verb or noun that overrules what governs it: a question, an ultimatum, a date that is over, an
 * answer. */
#include "news/move_private.h"

#define SUBJECT_REACH 6 /* words of a subject and the adverbs behind it */
#define ANSWER_REACH 6  /* words of an answer behind a comma: "ministry rejects" */

gboolean
move_names_time (const MoveText *text, guint first, guint end)
{
  while (first < end && !MOVE_TOKEN (text, first)->dated)
    first++;
  return first < end;
}

/* "slips to 2019 low" */
static gboolean
names_past (const MovePlace *place)
{
  for (guint i = 0; i < place->dates->len; i++) {
    const MoveDate *date = &g_array_index (place->dates, MoveDate, i);

    if (date->past && date->precision == TRUCE_PRECISION_YEAR && date->first > place->cue->first &&
        date->first <= place->cue->last)
      return TRUE;
  }
  return FALSE;
}

/* Does the text tell of more time than there was? */
static gboolean
tells_of_grace (const MoveText *text)
{
  for (guint i = 0; i < text->tokens->len; i++)
    if (move_is (text, i,
                 "longer|extra|grace|extension|extends|extended|delayed|postponed|relief|reprieve|earlier|had|"
                 "original|originally|previous|previously"))
      return TRUE;
  return FALSE;
}

/* "gives them until Sunday to accept": a first deadline, and no later one, unless it is told as a grace. */
gboolean
move_is_ultimatum (const MovePlace *place)
{
  static MoveWords demands = MOVE_WORDS_INIT (
      "accept|agree|respond|reply|answer|leave|surrender|resign|disarm|withdraw|end|stop|reopen|free|make|come|quit|"
      "hand|give|back|decide|explain|prove|show|pull|strike|reach|lay|vacate|clear");
  const MoveText *text = place->text;
  gboolean gives = move_is_of (text, place->cue->first, &move_giving), told = FALSE;

  if (!gives && !move_is (text, place->cue->first, "get|gets|got|grant|grants|granted"))
    return FALSE;
  for (guint i = place->cue->last; i + 1 < place->sentence->end; i++) {
    if (!move_is (text, i, "to") || MOVE_TOKEN (text, i + 1)->dated)
      continue;
    if (move_is_of (text, i + 1, &demands))
      return TRUE;
    told = gives;
  }
  return told && !tells_of_grace (text);
}

/* "will renew on March 18 unless one of them objects". */
static gboolean
unless_follows (const MovePlace *place)
{
  for (guint i = place->cue->last + 1; i < place->sentence->end; i++)
    if (move_is (place->text, i, "unless"))
      return TRUE;
  return FALSE;
}

/* "before the truce runs out", "will end when the emergency expires" */
static gboolean
is_yet_to_come (const MovePlace *place)
{
  return place->begin > place->sentence->first &&
         (move_is (place->text, place->begin - 1, "before") ||
          (place->cue->kind == MOVE_CUE_LAPSE && move_is (place->text, place->begin - 1, "when|until|once")));
}

/* A deal that is still to be reached: "has until Sunday to accept", or any infinitive of a summary. */
static gboolean
is_to_be_resolved (const MovePlace *place)
{
  guint first = place->cue->first;

  if (place->cue->kind != MOVE_CUE_RESOLVE || !place->infinitive)
    return FALSE;
  return !place->sentence->title || (first > 1 && (MOVE_TOKEN (place->text, first - 2)->dated ||
                                                   move_is (place->text, first - 2, "deadline|time|cutoff")));
}

/* "agree on 90-day truce", "agree truce until May 5": a truce for a time begins, with its first deadline. */
static gboolean
begins_for_a_time (const MovePlace *place)
{
  const MoveText *text = place->text;
  guint next = place->cue->last + 1;

  if (place->cue->kind != MOVE_CUE_RESOLVE || !move_is (text, place->cue->last, "truce|ceasefire"))
    return FALSE;
  return move_names_time (text, place->cue->first, next) ||
         (next + 1 < place->sentence->end && move_is (text, next, "until|till|for|of") &&
          MOVE_TOKEN (text, next + 1)->dated);
}

/* "gives them until Friday to renew licences": what there is to do, not what is done. */
static gboolean
is_task (const MovePlace *place)
{
  guint i = place->cue->first;

  if (!place->infinitive || i < 2 || !MOVE_TOKEN (place->text, i - 2)->dated)
    return FALSE;
  for (i -= 2; i > place->sentence->first && MOVE_TOKEN (place->text, i)->dated; i--)
    ;
  return move_is (place->text, i, "until|till");
}

/* Does it say nothing for certain, whatever it says? */
static gboolean
leaves_open (const MovePlace *place, TruceMoveLabel label)
{
  const MoveCue *cue = place->cue;

  if (place->sentence->question || is_task (place) || begins_for_a_time (place) || unless_follows (place) ||
      is_to_be_resolved (place) || is_yet_to_come (place) || names_past (place) ||
      (label == TRUCE_MOVE_MOVED && move_is_ultimatum (place)))
    return TRUE;
  if ((label == TRUCE_MOVE_MOVED || cue->kind == MOVE_CUE_STAND) && cue->kind != MOVE_CUE_SHIFT_PHRASE &&
      !place->mood.said && !move_is_fact (place->text, cue, place->noun, place->sentence->title))
    return TRUE;
  /* "two more weeks" is news in a headline; in a summary it may be anything's */
  return !place->sentence->title && label != TRUCE_MOVE_REJECTED &&
         (MOVE_TOKEN (place->text, cue->first)->more || move_is_of (place->text, cue->first, &move_giving));
}

/* "scraps the January deadline, sets April 2026" */
static gboolean
sets_anew (const MovePlace *place)
{
  const MoveText *text = place->text;

  for (guint i = place->cue->last + 1; i < place->sentence->end; i++)
    if (move_is (text, i, "sets|set|now|instead") &&
        move_names_time (text, i + 1, MIN (place->sentence->end, i + ANSWER_REACH)))
      return TRUE;
  return FALSE;
}

/* "strike averted, at least until Monday" */
static gboolean
is_only_until (const MovePlace *place)
{
  for (guint i = place->cue->last + 1; place->sentence->title && i + 1 < place->sentence->end; i++)
    if (move_is (place->text, i, "until|till") && MOVE_TOKEN (place->text, i + 1)->dated)
      return TRUE;
  return FALSE;
}

/* Does the title end, behind the clause, with one of these: "Envoy proposes an extension, ministry rejects"? */
static gboolean
is_answered (const MovePlace *place, MoveWords *answers)
{
  guint end = place->sentence->end;

  return place->sentence->title && end > place->end + 1 && end - place->end < ANSWER_REACH &&
         move_is_of (place->text, end - 1, answers);
}

/* "Delay the ban, ministers told", "Airport boss: give us until May" */
static gboolean
is_bidding (const MovePlace *place)
{
  const MoveCue *cue = place->cue;

  return place->sentence->title && !place->noun && MOVE_TOKEN (place->text, cue->first)->kind == MOVE_WORD &&
         (cue->first == place->sentence->first ||
          (cue->first == place->begin && move_is (place->text, cue->first - 1, ":"))) &&
         cue->form == MOVE_FORM_BASE && cue->kind == MOVE_CUE_SHIFT && !move_has_subject (place->text, cue) &&
         !move_is (place->text, cue->first, "judge|court|tribunal");
}

/* "final passage", "both chambers", "after the House passed it": the other has voted, too. */
static gboolean
is_last_vote (const MoveText *text)
{
  for (guint i = 0; i < text->tokens->len; i++)
    if ((move_is (text, i, "both") && move_is (text, i + 1, "chambers|houses")) ||
        (move_is (text, i, "final") && move_is (text, i + 1, "passage|approval|vote|nod")) ||
        (move_is (text, i, "after|already") &&
         (move_is (text, i + 1, "passed|house|senate") ||
          (move_is (text, i + 1, "the") && move_is (text, i + 2, "house|senate")))))
      return TRUE;
  return FALSE;
}

/* "heads to the governor's desk", whoever is meant: passed, and not yet in force. */
static gboolean
awaits_signature (const MoveText *text)
{
  for (guint i = 0; i + 1 < text->tokens->len; i++)
    if ((move_is (text, i, "awaits|awaiting|await") && move_is (text, i + 1, "signature|assent")) ||
        (move_is (text, i, "to") && (move_is (text, i + 2, "desk") || move_is (text, i + 3, "desk"))))
      return TRUE;
  return FALSE;
}

/* "lawmakers in the lower house approved": voted there, and nothing is told of the other. */
static gboolean
is_voted_in_one (const MoveText *text)
{
  static MoveWords votes =
      MOVE_WORDS_INIT ("vote|votes|voted|voting|approve|approves|approved|pass|passes|passed|back|backs|backed|adopt|"
                       "adopts|adopted|endorse|endorses|endorsed");

  for (guint i = 0; i + 1 < text->tokens->len; i++) {
    const MoveSentence *sentence = MOVE_SENTENCE (text, MOVE_TOKEN (text, i)->sentence);

    if (!move_is (text, i, "lower|upper") || !move_is (text, i + 1, "house|chamber"))
      continue;
    for (guint k = sentence->first; k < sentence->end; k++)
      if (move_is_of (text, k, &votes))
        return TRUE;
  }
  return FALSE;
}

/* "House delays vote": a chamber's own business is its to delay. */
static gboolean
is_own_business (const MovePlace *place)
{
  for (guint k = place->cue->first + 1; k < place->end && k <= place->cue->first + SUBJECT_REACH; k++)
    if (move_is (place->text, k, "vote|votes|debate|session|hearing|hearings|reading|recess|markup|sitting"))
      return TRUE;
  return FALSE;
}

/* Is token `i` one chamber of two? The White House is none, nor are house prices. */
static gboolean
is_chamber (const MoveText *text, guint i)
{
  return move_is (text, i, "house|senate|duma") && !(i > 0 && move_is (text, i - 1, "white|opera|open|court")) &&
         !move_is (text, i + 1, "prices|sales|arrest");
}

/* "the House extends", "Senate Republicans pass a stopgap": one chamber of two; but what it confirms is decided. */
static gboolean
is_of_one_chamber (const MovePlace *place)
{
  const MoveText *text = place->text;
  const MoveCue *cue = place->cue;
  const guint verb = MIN (place->mood.first, cue->first);

  if (cue->kind > MOVE_CUE_SHIFT_NOUN || cue->form == MOVE_FORM_ING || is_last_vote (text))
    return FALSE;
  if (place->mood.said && is_voted_in_one (text))
    return TRUE;
  if (is_own_business (place) || move_is (text, verb, "confirm|confirms|confirmed|announce|announces|announced"))
    return FALSE;
  for (guint i = verb; i > place->begin && verb - i < SUBJECT_REACH; i--) {
    if (move_is (text, i - 1, "to|for|by|of|from|with|and"))
      return FALSE;
    if (is_chamber (text, i - 1))
      return TRUE;
  }
  return FALSE;
}

/* "Notice of extension of the comment period", "Further suspension of duties until March 8": a gazette's title is its
 * act. Without its word for it a date must be named: "Extension of the ban: what to know". */
static gboolean
is_act (const MovePlace *place)
{
  const MoveText *text = place->text;
  guint i = place->sentence->first;
  gboolean notice = FALSE;

  if (!place->sentence->title || !place->noun || place->mood.n > 0 || !move_is (text, place->cue->last + 1, "of|to"))
    return FALSE;
  for (; i < place->cue->first; i++)
    if (move_is (text, i, "notice|rule|order|determination"))
      notice = TRUE;
    else if (!move_is (text, i,
                       "of|:|—|-|the|a|an|final|further|continued|continuing|second|third|fourth|temporary|"
                       "partial|additional|one|extension|suspension"))
      return FALSE;
  for (i = place->cue->last + 1; i + 1 < place->end; i++)
    if (move_is (text, i, "until|till|to|through") && MOVE_TOKEN (text, i + 1)->dated)
      return TRUE;
  return notice;
}

TruceMoveLabel
move_overrule (const MovePlace *place, TruceMoveLabel label)
{
  if (place->noun && place->mood.n == 0 &&
      is_answered (place, MOVE_WORDS ("confirms|announces|confirmed|announced|admits|admitted|reveals")))
    return TRUCE_MOVE_MOVED;
  if (label == TRUCE_MOVE_MOVED && is_act (place))
    return TRUCE_MOVE_MOVED;
  if (leaves_open (place, label))
    return TRUCE_MOVE_MENTION;
  if ((label == TRUCE_MOVE_CANCELLED && sets_anew (place)) || (label == TRUCE_MOVE_RESOLVED && is_only_until (place)))
    return TRUCE_MOVE_MOVED;
  if (label == TRUCE_MOVE_MOVED && (is_bidding (place) || is_of_one_chamber (place) || awaits_signature (place->text) ||
                                    move_is (place->text, place->cue->first, "unlikely")))
    label = TRUCE_MOVE_PROPOSED;
  if (label == TRUCE_MOVE_PROPOSED &&
      is_answered (place, MOVE_WORDS ("rejects|refuses|declines|denied|denies|dismisses|no|refused|rejected")))
    return TRUCE_MOVE_REJECTED;
  return label;
}
