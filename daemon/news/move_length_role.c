/* SPDX-License-Identifier: MIT */
/* Which lengths something is moved by: "for 90 days", "a 90-day extension", "another 90 days"; not "the 90-day truce",
 * which is how long it was, nor "within 90 days". */
#include "news/move_role_private.h"

#define DATE_NEAR 3
#define NEAR 6   /* words between a length and the noun that it is of: "a 60-day Black Sea grain deal extension" */
#define REACH 10 /* words between a verb and "for 90 days" */

/* Nouns that are a move, and those that are a state, which may be the old one. */
static MoveWords move_nouns = MOVE_WORDS_INIT (
    "adjournment|breather|deferment|deferral|delay|delays|extension|extensions|postponement|prolongation|"
    "renewal|reprieve|respite|rollover|setback|slip|slippage|wait");
static MoveWords state_nouns = MOVE_WORDS_INIT (
    "amnesty|ban|break|ceasefire|exclusion|exemption|freeze|grace|halt|hiatus|hold|lifeline|moratorium|pause|"
    "postponing|relief|rolling|shutdown|stay|stopgap|stopover|suspension|transition|truce|waiver");

/* Before a length that says how long something took, or when. */
static MoveWords circumstances = MOVE_WORDS_INIT (
    "after|ago|almost|amid|before|during|every|first|following|in|least|nearly|of|over|past|since|than|"
    "throughout|under|within");

static gboolean
is_modifier (const MoveText *text, guint i)
{
  return move_is (text, i,
                  "only|just|about|around|roughly|approximately|another|further|an|a|the|next|additional|extra|"
                  "maximum|minimum|period|max|some|full|whole|further|initial|temporary|final|brief|up|to|at|"
                  "most|least|third|second|fourth|fresh|new|possible|proposed");
}

static gboolean
ends_phrase (const MoveText *text, guint i)
{
  return MOVE_TOKEN (text, i)->kind == MOVE_POINT && !move_is (text, i, "-|'|\"|“|”|‘|’");
}

/* Is the noun at `k` behind a length one that the length moves by? */
static gboolean
noun_moves (const MoveText *text, const MoveLength *length, guint before, guint k)
{
  guint end = MOVE_SENTENCE (text, MOVE_TOKEN (text, k)->sentence)->end;

  if (before > 0 && move_is (text, before - 1, "current|existing|initial|original|previous|earlier|old|expiring"))
    return FALSE;
  if (move_is_of (text, k, &move_nouns))
    return TRUE;
  if (!move_is_of (text, k, &state_nouns))
    return FALSE;
  /* "the 90-day pause", "after a 90-day pause", "90-day pause ends": the one that was */
  if (length->first > 0 &&
      move_is (text, length->first - 1, "the|its|their|his|this|current|existing|initial|original|previous|last|that"))
    return FALSE;
  if (before > 0 &&
      move_is (text, before - 1,
               "after|of|during|under|amid|since|extend|extends|extended|extending|end|ends|from|before|in"))
    return FALSE;
  for (guint i = k + 1; i < end && i <= k + 3; i++)
    if (move_is (text, i, "extended|ends|expires|expired|ended|lapses|prolonged|renewed|expiring|ending|extension"))
      return FALSE;
  return TRUE;
}

static gboolean
is_of_noun (const MoveText *text, const MoveLength *length, guint before)
{
  guint end = MOVE_SENTENCE (text, MOVE_TOKEN (text, length->first)->sentence)->end;

  for (guint k = length->last + 1; k <= length->last + NEAR && k < end; k++) {
    if (ends_phrase (text, k))
      return FALSE;
    if (move_is (text, k + 1, "deadline|ultimatum")) /* "the 50-day ceasefire deadline" */
      return FALSE;
    if (noun_moves (text, length, before, k))
      return TRUE;
    if (move_is (text, k, "for|to|until|after|before|in|by|and|from|of|on|that|as|with|who|is|are|was|has|jail|prison"))
      return FALSE;
  }
  return FALSE;
}

/* Does a date stand right before token `i`? */
static gboolean
names_date (const MoveText *text, guint i)
{
  for (guint k = i; k > move_sentence_first (text, i) && k + DATE_NEAR > i; k--)
    if (MOVE_TOKEN (text, k - 1)->dated)
      return TRUE;
  return FALSE;
}

int
move_length_role (const MoveText *text, const MoveLength *length)
{
  const guint first = MOVE_SENTENCE (text, MOVE_TOKEN (text, length->first)->sentence)->first;
  guint before = length->first;

  if (MOVE_TOKEN (text, length->last)->kind == MOVE_IDEOGRAPH)
    return move_length_role_cjk (text, length);
  while (before > first &&
         (is_modifier (text, before - 1) ||
          (move_is (text, before - 1, "of") && move_has_before (text, before - 1, 1, "period|term|maximum|total"))))
    before--;
  gboolean headed = before > first;
  /* "moved to a week from Friday", which is a date */
  if (length->first > first && move_is (text, length->first - 1, "to|until|till") &&
      move_is (text, length->last + 1, "from|after|on"))
    return MOVE_SURE_NOT;
  if (is_of_noun (text, length, before))
    return headed && move_is (text, before - 1, "almost|nearly|than") ? MOVE_SURE_NOT : MOVE_SURE_NEW;
  if (move_brings_forward (text, length->first))
    return MOVE_SURE_NOT;
  if (before > first + 1 && move_is (text, before - 1, "of") && move_is_of (text, before - 2, &move_nouns))
    return MOVE_SURE_NEW;
  /* "within 90 days", "allows for 90 days of" */
  if (headed &&
      (move_is_of (text, before - 1, &circumstances) ||
       (move_is (text, before - 1, "for") &&
        move_has_before (text, before - 1, 1,
                         "ongoing|underway|lasted|running|allow|allows|allowing|accounts|calls|called|time"))))
    return MOVE_SURE_NOT;
  /* "was planned for seven days" */
  if (move_has_before (text, before, REACH, "originally|initially") ||
      (move_has_before (text, before, REACH, "was|were") && move_has_one_before (text, before, REACH, &move_slated)))
    return MOVE_SURE_NOT;
  /* "extended the permit one year to October 1" */
  if (move_is (text, length->last + 1, "to|until|till|through") && length->last + 2 < text->tokens->len &&
      MOVE_TOKEN (text, length->last + 2)->dated && move_shifts_before (text, before, REACH))
    return MOVE_SURE_MOVED;
  if (headed && move_is (text, before - 1, "for|by"))
    return move_shifts_before (text, before, REACH) || move_lasts_before (text, before, REACH) ? MOVE_SURE_MOVED
           : move_shifts_in_sentence (text, before)                                            ? MOVE_SURE_RECAP
           : length->more                                                                      ? MOVE_SURE_RECAP
                                                                                               : MOVE_SURE_NOT;
  if (move_is (text, length->last + 1, "later|longer"))
    return MOVE_SURE_RANGE;
  if (move_is (text, length->last + 1, "late")) /* "opens in 2028, two years late", but not "arrived a day late" */
    return names_date (text, length->first) ? MOVE_SURE_RANGE : MOVE_SURE_NOT;
  if (move_is (text, length->last + 1, "from") && move_shifts_before (text, before, 4))
    return MOVE_SURE_MOVED; /* "postponed 45 days from June 26" */
  if (move_is (text, length->last + 1, "after|before|ago|earlier|from|-|prior|into"))
    return MOVE_SURE_NOT;
  if (length->more)
    return MOVE_SURE_SAME;
  if (move_is (text, length->first + 1, "-")) /* "shortens the 50-day deadline" */
    return MOVE_SURE_NOT;
  /* "delayed two weeks", "延长90天" */
  if (move_shifts_before (text, before, 4))
    return MOVE_SURE_MOVED;
  return headed && (move_is_of (text, before - 1, &move_giving) || move_is (text, before - 1, "get|gets|got"))
             ? MOVE_SURE_RANGE
             : MOVE_SURE_NOT;
}
