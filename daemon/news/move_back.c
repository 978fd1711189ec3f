/* SPDX-License-Identifier: MIT */
/* What says that a date goes back to what it was: it is brought forward to the date before, or a move is denied, or
 * undone. Whether there was one is for those to know who keep the dates. */
#include "news/move_private.h"

#define BEHIND 2 /* words between "moved" and its "forward" */
#define UNDOES                                                                                                       \
  "void|voids|voided|undo|undoes|undid|undone|scraps|scrapped|rescinds|rescinded|revokes|revoked|reverses|reversed|" \
  "retracts|retracted|overturns|overturned|annuls|annulled|nullifies|nullified"
#define MOVES                                                                                               \
  "extension|extensions|postponement|postponements|deferral|deferment|delay|reprieve|renewal|prolongation|" \
  "adjournment|rescheduling"

/* "Put back", "push back" and "set back" mean the opposite. */
static gboolean
is_put_later (const MoveText *text, guint i)
{
  return move_is (text, i,
                  "push|pushes|pushed|pushing|put|puts|putting|kick|kicks|kicked|knock|knocks|knocked|set|sets|slip|"
                  "slips|slipped|slides|slid|bump|bumps|bumped|roll|rolls|rolled|hold|holds|held|carry|carried");
}

/* "Brought forward", "moved up to", "moves the deadline back to", "is now due on", "reinstates". */
static gboolean
says_earlier (const MoveText *text, const MoveCue *cue)
{
  guint end = MIN (cue->last + 1 + BEHIND, MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence)->end);
  gboolean later = FALSE;

  for (guint i = cue->first; i < end; i++) {
    later = later || is_put_later (text, i);
    if (move_is (text, i,
                 "forward|earlier|sooner|advance|advances|advanced|shorten|shortens|shortened|again|提|앞|당") ||
        move_is (text, i,
                 "reset|resets|reinstate|reinstates|reinstated|return|returns|revert|reverts|reverted|restored") ||
        (move_is (text, i, "back") && !later) ||
        (move_is (text, i, "up") && move_is (text, i - 1, "move|moves|moved|moving|deadline|date")) ||
        (move_is (text, i, "now") && cue->kind == MOVE_CUE_SHIFT_PHRASE))
      return TRUE;
  }
  return FALSE;
}

/* Is it another one, later still, that is refused, or one that was only asked for? */
static gboolean
is_about_next (const MoveText *text, const MoveEvent *event)
{
  const MoveSentence *sentence = MOVE_SENTENCE (text, event->sentence);

  for (guint i = sentence->first; i < sentence->end; i++)
    if (move_is (text, i,
                 "again|another|further|beyond|past|more|longer|additional|second|third|any|never|won't|won’t|will|"
                 "would|refuse|refuses|refused") ||
        move_is (text, i,
                 "bid|request|requests|motion|plea|plan|plans|proposal|bill|attempt|effort|efforts|application"))
      return TRUE;
  return FALSE;
}

/* In Korean and Chinese what denies that it is so is not what refuses it. */
static gboolean
denies_cjk (const MoveText *text, const MoveEvent *event)
{
  static const char *const words[] = { "사실 아니", "사실이 아니", "사실무근", "부인", "否认", "不实", "未延", "未推" };
  const MoveSentence *sentence = MOVE_SENTENCE (text, event->sentence);
  const gsize from = MOVE_TOKEN (text, sentence->first)->start, to = MOVE_TOKEN (text, sentence->end - 1)->end;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strstr_len (text->bytes + from, (gssize) (to - from), words[i]))
      return TRUE;
  return FALSE;
}

/* "Has not been extended", "denies extending", "annuls the order to postpone"; not "will not extend", "rules out an
 * extension", and nothing that is denied to somebody who has asked for it. */
static gboolean
denies (const MoveText *text, const MoveEvent *event)
{
  const MoveCue *cue = event->cue;

  if (event->future || is_about_next (text, event))
    return FALSE;
  if (cue->kind == MOVE_CUE_SHIFT && cue->form == MOVE_FORM_PAST)
    return TRUE;
  for (guint i = event->first; i < cue->first; i++)
    if (move_is (text, i, UNDOES) || (cue->form == MOVE_FORM_ING && move_is (text, i, "deny|denies|denied|denying")))
      return TRUE;
  return denies_cjk (text, event);
}

/* "Voids the extension", "extension overturned": what ends is a move, and no matter of its own. */
static gboolean
ends_move (const MoveText *text, const MoveEvent *event)
{
  const MoveSentence *sentence = MOVE_SENTENCE (text, event->sentence);

  if (event->cue->kind != MOVE_CUE_CANCEL)
    return FALSE;
  for (guint i = sentence->first; i < sentence->end; i++)
    if (move_is (text, i, MOVES))
      return TRUE;
  return FALSE;
}

gboolean
move_goes_back (const MoveText *text, const MoveEvent *event, const TruceMove *move)
{
  switch (move->label) {
  case TRUCE_MOVE_MOVED:
    return says_earlier (text, event->cue) &&
           (move->stated || move_is (text, event->cue->first, "reinstate|reinstates|reinstated"));
  case TRUCE_MOVE_REJECTED:
    return event->cue->kind == MOVE_CUE_STAND ? move->stated : denies (text, event);
  case TRUCE_MOVE_CANCELLED:
    return ends_move (text, event);
  default:
    return FALSE;
  }
}
