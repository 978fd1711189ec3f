/* SPDX-License-Identifier: MIT */
/* What governs a verb or noun, heard from the inside out: "refuses to rule out extending" is an extension, ruled out,
 * refused: so it may come. */
#include "news/move_private.h"

#define HEADING_MAX 6     /* words before a colon that are still a heading */
#define OBJECT_REACH 5    /* words of what a noun is of */
#define TOLD_REACH 6      /* words of a subject between "said" and "would" */
#define GOVERNOR_REACH 16 /* words between a verb and what governs it: beyond, they belong to different phrases */

static gboolean
is_governor (MoveCueKind kind)
{
  return kind >= MOVE_CUE_MAY && kind <= MOVE_CUE_IF;
}

static gboolean
follows_if (const MoveText *text, const MoveCue *cue)
{
  for (guint i = cue->last + 1; i < MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence)->end; i++)
    if (move_is (text, i, "if|unless"))
      return TRUE;
  return FALSE;
}

/* "said that it would extend": "will", as told afterwards; but "says that it would" is a wish, as is "would, if". */
static gboolean
is_told_will (const MoveText *text, const MoveCue *cue)
{
  guint first = MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence)->first;

  if (!move_is (text, cue->first, "would") || cue->last > cue->first ||
      move_is (text, cue->last + 1, "like|prefer|have|not|be|welcome|support|back|consider|seek|ask|if"))
    return FALSE;
  for (guint i = cue->first; i > first && cue->first - i < TOLD_REACH; i--)
    if (move_is (text, i - 1, "said|announced|confirmed|declared|ruled"))
      return !follows_if (text, cue);
  return FALSE;
}

static void
hear (const MoveText *text, MoveMood *mood, const MoveCue *cue)
{
  gboolean modal =
      move_is (text, cue->first, "may|might|could|would|can|can't|likely|possible|fears|near|nears|signals");
  const TruceMoveLabel label = mood->label;

  mood->n++;
  mood->first = MIN (mood->first, cue->first);
  if (is_told_will (text, cue)) {
    mood->future = TRUE;
    return;
  }
  switch (cue->kind) {
  case MOVE_CUE_MAY:
    mood->pleaded = label == TRUCE_MOVE_REJECTED;
    mood->wished = !modal;
    mood->label = label == TRUCE_MOVE_MOVED      ? TRUCE_MOVE_PROPOSED
                  : label == TRUCE_MOVE_REJECTED ? TRUCE_MOVE_MENTION
                                                 : label;
    mood->asked = FALSE;
    break;
  case MOVE_CUE_PLAN:
    mood->asked = label == TRUCE_MOVE_MOVED;
    mood->label = label == TRUCE_MOVE_MOVED ? TRUCE_MOVE_PROPOSED : label;
    break;
  case MOVE_CUE_NOT:
    mood->failed = move_is (
        text, cue->first,
        "fail|fails|failed|failing|failure|deny|denies|denied|no|nor|not|never|without|unable|cannot|can't|with|未|无|"
        "没|못|불|없");
    mood->label = label == TRUCE_MOVE_MOVED || label == TRUCE_MOVE_PROPOSED ? TRUCE_MOVE_REJECTED
                  : label == TRUCE_MOVE_REJECTED                            ? TRUCE_MOVE_PROPOSED
                                                                            : label;
    break;
  case MOVE_CUE_GRANT:
    if (mood->asked)
      mood->label = TRUCE_MOVE_MOVED;
    mood->granted = TRUE;
    mood->asked = FALSE;
    mood->said = TRUE;
    break;
  case MOVE_CUE_DO:
    mood->said = TRUE;
    break;
  case MOVE_CUE_WILL:
    mood->future = TRUE;
    break;
  case MOVE_CUE_THREAT:
    mood->label = TRUCE_MOVE_MENTION;
    break;
  case MOVE_CUE_IF:
    /* "if it is not extended": somebody wants it to be */
    mood->label = label == TRUCE_MOVE_REJECTED ? TRUCE_MOVE_PROPOSED : TRUCE_MOVE_MENTION;
    break;
  default:
    break;
  }
}

/* Is `cue` an adjective of `of`, with only other adjectives and lengths between? */
static gboolean
is_attribute_of (const MoveText *text, const MoveCue *cue, const MoveCue *of)
{
  for (guint i = cue->last + 1; i < of->first; i++)
    if (!MOVE_TOKEN (text, i)->dated && MOVE_TOKEN (text, i)->kind != MOVE_POINT &&
        !move_is (text, i,
                  "new|further|another|second|third|short|long|brief|temporary|that|of|for|a|an|the|to|deadline"))
      return FALSE;
  return TRUE;
}

/* "a bid to delay", "to request an extension", but not "the bid deadline is delayed". */
static gboolean
is_plan_of (const MoveText *text, const MoveCue *plan, const MoveCue *of)
{
  if ((plan->first > 0 && move_is (text, plan->first - 1, "to")) ||
      move_is (text, plan->last + 1, "to|for|that|of|on|which|would|from|by|seeking|over|a|an|more|longer") ||
      (plan->last + 1 < text->tokens->len && MOVE_TOKEN (text, plan->last + 1)->dated))
    return TRUE;
  /* "proposed delaying", "requests delaying" */
  return plan->last + 1 == of->first &&
         (of->form == MOVE_FORM_ING || plan->form == MOVE_FORM_PAST || plan->form == MOVE_FORM_ING);
}

/* Does `cue` govern `of`, as far as its own kind tells: "no", but not "no-strike"; "against a delay", but not "the
 * trial against him is delayed"; "a possible extension", but not "grants potential bidders more time"? */
static gboolean
may_govern (const MoveText *text, const MoveCue *cue, const MoveCue *of)
{
  if (cue->kind == MOVE_CUE_PLAN)
    return is_plan_of (text, cue, of);
  if (cue->kind == MOVE_CUE_NOT && move_is (text, cue->first, "against|without"))
    return cue->first < of->first && of->form != MOVE_FORM_PAST && of->form != MOVE_FORM_S;
  if (cue->first < of->first && of->kind == MOVE_CUE_SHIFT_NOUN &&
      move_is (text, cue->first, "potential|possible|proposed|planned|likely|expected|prospective"))
    return is_attribute_of (text, cue, of);
  return cue->kind != MOVE_CUE_NOT || !move_is (text, cue->last + 1, "-");
}

/* "talks on the deal extended": what stands before a participle is what it is said of, unless it is to be so. */
static gboolean
is_subject (const MoveText *text, const MoveCue *other, const MoveCue *cue)
{
  /* a noun, or "talks on extending", "talks to extend" */
  if (cue->kind == MOVE_CUE_SHIFT_NOUN || cue->form == MOVE_FORM_ING || cue->form == MOVE_FORM_S ||
      move_is (text, cue->first - 1, "to") || move_is_noun (text, cue) ||
      (other->kind != MOVE_CUE_PLAN && !move_is (text, other->first, "talks|pressure|prospect|possibility")))
    return FALSE;
  for (guint i = other->last; i < cue->first; i++)
    if (move_is (text, i, "be|being|have|get|see|is|was|could|may|that"))
      return FALSE;
  return TRUE;
}

/* Does `other` say nothing of the finite verb `cue`? What stands before "extends" is its subject, whatever it is
 * called, unless it opens the clause ("whether", "if") or is an adverb. What stands before a participle is its subject
 * when it is right before it ("landing attempt moved"), or before its auxiliary ("plans for a levy are abandoned"). */
static gboolean
is_before_finite (const MoveText *text, const MoveCue *other, const MoveCue *cue)
{
  if (cue->form == MOVE_FORM_S && !move_is_noun (text, cue))
    return other->kind != MOVE_CUE_THREAT && other->kind != MOVE_CUE_IF &&
           !move_is (text, other->first,
                     "likely|probably|possibly|perhaps|never|no|may|could|might|sees|see|expects|expect");
  guint verb = cue->first;
  while (verb > 0 && move_is (text, verb - 1, "been|has|have|had|is|are|was|were|now"))
    verb--;
  return cue->form == MOVE_FORM_PAST && (verb < cue->first ? other->last < verb : other->last + 1 == verb) &&
         move_is (
             text, other->last,
             "pledge|attempt|promise|plan|plans|proposal|proposals|demand|request|offer|bid|vote|appeal|push|drive|"
             "call|plea|bill|bills|motion|talks|move|try|review|study|target|forecast|draft|debate|project|"
             "scheme|campaign");
}

/* "EU tells May extension is off": a name. */
static gboolean
is_name (const MoveText *text, const MoveCue *other, const MoveCue *cue)
{
  return move_is (text, other->first, "may") && other->last == other->first && cue->kind == MOVE_CUE_SHIFT_NOUN &&
         cue->first == other->last + 1;
}

/* Nearest first. */
static void
hear_left (const MoveText *text, const GArray *cues, const MoveCue *cue, guint begin, MoveMood *mood)
{
  guint limit = cue->first;

  for (guint i = cues->len; i > 0; i--) {
    const MoveCue *other = &g_array_index (cues, MoveCue, i - 1);

    if (!is_governor (other->kind) || other->last >= limit || other->first < begin)
      continue;
    if (limit - other->last > GOVERNOR_REACH)
      return;
    /* "a deadline to renew it", but not "the deadline to plug a gap extended", "for the deadline to slip" */
    if (other->kind == MOVE_CUE_THREAT && move_is (text, other->first, "deadline") &&
        (limit != other->last + 1 || move_is (text, limit, "slip|slide|move|be")))
      continue;
    if (!may_govern (text, other, cue) || is_subject (text, other, cue) || is_before_finite (text, other, cue) ||
        is_name (text, other, cue))
      continue;
    hear (text, mood, other);
    limit = other->first;
  }
}

/* What stands before a colon: "Proposed rule: delay of ...", "Firms beg Dublin: don't ..."; "Explainer: ..." leaves all
 * open. */
static void
hear_heading (const MoveText *text, const GArray *cues, const MoveCue *cue, guint begin, MoveMood *mood)
{
  guint first = MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence)->first;

  if (begin < first + 2 || !move_is (text, begin - 1, ":") || begin - first > HEADING_MAX)
    return;
  for (guint i = 0; i < cues->len; i++) {
    const MoveCue *other = &g_array_index (cues, MoveCue, i);

    if (other->first < begin && (other->kind <= MOVE_CUE_LAPSE || other->kind == MOVE_CUE_DEADLINE))
      return; /* says something itself */
  }
  for (guint i = cues->len; i > 0; i--) {
    const MoveCue *other = &g_array_index (cues, MoveCue, i - 1);

    if ((other->kind == MOVE_CUE_MAY || other->kind == MOVE_CUE_PLAN || other->kind == MOVE_CUE_THREAT) &&
        other->first >= first && other->last < begin)
      hear (text, mood, other);
  }
  for (guint i = first; i < begin; i++)
    if (move_is_of (text, i, &move_explainers))
      mood->label = TRUCE_MOVE_MENTION;
}

/* From its right: the predicate of a noun ("extension ruled out"), or all that governs a Korean verb. */
static void
hear_right (const MoveText *text, const GArray *cues, const MoveCue *cue, guint end, MoveMood *mood)
{
  const MoveSentence *sentence = MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence);

  for (guint n = 0; n < cues->len; n++) {
    /* "not being discussed": the last is the innermost; in Korean the first. */
    const MoveCue *other = &g_array_index (cues, MoveCue, sentence->hangul ? n : cues->len - 1 - n);

    if (!is_governor (other->kind) || other->first <= cue->last || other->first >= end ||
        other->first - cue->last > GOVERNOR_REACH)
      continue;
    /* "the extension of grazing permits": what it is of */
    if (move_is (text, cue->last + 1, "of|for|on") && other->first - cue->last <= OBJECT_REACH &&
        move_is (text, other->first, "permit|permits|order|orders|plans|bills|offers|calls|moves"))
      continue;
    /* "the extension is not because of lawsuits", "does not include": it is granted */
    if (other->kind == MOVE_CUE_NOT && !sentence->hangul && move_is (text, other->first, "not|never") &&
        move_is (
            text, other->last + 1,
            "because|due|always|only|about|include|cover|apply|affect|mean|easy|enough|just|change|extend|without"))
      continue;
    /* "offers a truce if ..." is an offer */
    if (other->kind == MOVE_CUE_IF && !sentence->hangul)
      continue;
    /* "the 90-day truce announced in May" is no news but in a headline */
    if ((other->kind == MOVE_CUE_DO || other->kind == MOVE_CUE_GRANT) && !sentence->title && !sentence->hangul)
      continue;
    hear (text, mood, other);
  }
}

/* "scrambles to fund government, renew farm bill": a bare verb shares what governs the one before it. */
static guint
shared_begin (const MoveText *text, const MoveCue *cue, guint begin)
{
  gboolean aside;

  if (cue->form == MOVE_FORM_BASE && cue->kind == MOVE_CUE_SHIFT && cue->first == begin && begin > 1 &&
      move_is (text, begin - 1, ",") &&
      MOVE_TOKEN (text, begin - 1)->sentence == MOVE_TOKEN (text, cue->first)->sentence)
    return move_clause_begin (text, begin - 1, &aside);
  return begin;
}

void
move_mood_hear (const MoveText *text, const GArray *cues, const MoveCue *cue, guint begin, guint end,
                MoveMood *ret_mood)
{
  const MoveSentence *sentence = MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence);
  MoveMood mood = { .label = TRUCE_MOVE_MOVED, .first = cue->first };

  if (sentence->hangul) {
    hear_right (text, cues, cue, end, &mood);
  } else {
    hear_left (text, cues, cue, shared_begin (text, cue, begin), &mood);
    /* "extension ruled out", "extending it under discussion", "a bid to extend it fails" */
    gboolean subject =
        move_is_noun (text, cue) ||
        (cue->form == MOVE_FORM_ING && (cue->first == begin || move_is (text, cue->first - 1, "says|that")));
    if ((subject && mood.n == 0) || mood.asked)
      hear_right (text, cues, cue, end, &mood);
    hear_heading (text, cues, cue, begin, &mood);
  }
  *ret_mood = mood;
}
