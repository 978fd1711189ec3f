/* SPDX-License-Identifier: MIT */
/* What each verb or noun of the lexicon comes to, when what governs it is heard from the inside out: "refuses to rule
 * out extending" is an extension, ruled out, refused: so it may come. */
#include <string.h>

#include "news/move_private.h"

#define GOVERNOR_REACH 12 /* words between a verb and what governs it: beyond, they belong to different phrases */
#define OBJECT_REACH 7
#define PUT_OFF                                                                                                 \
  "delay|delays|delayed|postpone|postpones|postponed|defer|defers|deferred|reschedule|reschedules|rescheduled|" \
  "adjourned"
#define CIRCUMSTANCE_REACH 5

static gboolean
ends_clause (const MoveText *text, guint i)
{
  return move_is (text, i,
                  ",|;|:|—|–|!|?|，|；|：|but|while|as|after|despite|following|amid|because|although|though|since|"
                  "when|…") ||
         (move_is (text, i, "-") && !MOVE_TOKEN (text, i)->tight) ||
         (move_is (text, i, "-") && move_is (text, i + 1, "-"));
}

static gboolean
begins_aside (const MoveText *text, guint i)
{
  return move_is (text, i, "after|as|despite|following|amid|while|when|since|because|although|though");
}

/* Where the clause of token `i` begins, and whether it is a subordinate one. */
static guint
clause_begin (const MoveText *text, guint i, gboolean *ret_aside)
{
  guint begin = MOVE_SENTENCE (text, MOVE_TOKEN (text, i)->sentence)->first;

  *ret_aside = FALSE;
  for (guint k = i; k > begin; k--) {
    if (!ends_clause (text, k - 1))
      continue;
    *ret_aside = begins_aside (text, k - 1);
    return k;
  }
  return begin;
}

static guint
clause_end (const MoveText *text, const MoveCue *cue)
{
  guint i = cue->last + 1, end = MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence)->end;

  while (i < end && !ends_clause (text, i))
    i++;
  return i;
}

static gboolean
is_governor (MoveCueKind kind)
{
  return kind >= MOVE_CUE_MAY && kind <= MOVE_CUE_IF;
}

/* What is heard so far. */
typedef struct {
  TruceMoveLabel label;
  gboolean asked; /* proposed by a thing that can be granted: "a request to extend" */
  gboolean future;
  gboolean said; /* somebody decided or announced it */
  guint n;
  guint first;
} Hearing;

static void
hear (Hearing *hearing, const MoveCue *cue)
{
  const TruceMoveLabel label = hearing->label;

  hearing->n++;
  hearing->first = MIN (hearing->first, cue->first);
  switch (cue->kind) {
  case MOVE_CUE_MAY:
    hearing->label = label == TRUCE_MOVE_MOVED      ? TRUCE_MOVE_PROPOSED
                     : label == TRUCE_MOVE_REJECTED ? TRUCE_MOVE_MENTION
                                                    : label;
    hearing->asked = FALSE;
    break;
  case MOVE_CUE_PLAN:
    hearing->asked = label == TRUCE_MOVE_MOVED;
    hearing->label = label == TRUCE_MOVE_MOVED ? TRUCE_MOVE_PROPOSED : label;
    break;
  case MOVE_CUE_NOT:
    hearing->label = label == TRUCE_MOVE_MOVED || label == TRUCE_MOVE_PROPOSED ? TRUCE_MOVE_REJECTED
                     : label == TRUCE_MOVE_REJECTED                            ? TRUCE_MOVE_PROPOSED
                                                                               : label;
    break;
  case MOVE_CUE_GRANT:
    if (hearing->asked)
      hearing->label = TRUCE_MOVE_MOVED;
    hearing->asked = FALSE;
    hearing->said = TRUE;
    break;
  case MOVE_CUE_DO:
    hearing->said = TRUE;
    break;
  case MOVE_CUE_WILL:
    hearing->future = TRUE;
    break;
  case MOVE_CUE_THREAT:
    hearing->label = TRUCE_MOVE_MENTION;
    break;
  case MOVE_CUE_IF:
    /* "if it is not extended": somebody wants it to be */
    hearing->label = label == TRUCE_MOVE_REJECTED ? TRUCE_MOVE_PROPOSED : TRUCE_MOVE_MENTION;
    break;
  default:
    break;
  }
}

/* "a bid to delay" and "requests an extension", but not "the bid deadline is delayed"; "no", but not "no-strike". */
static gboolean
is_apart (const MoveText *text, const MoveCue *cue)
{
  if (cue->kind == MOVE_CUE_PLAN)
    return move_is (text, cue->last + 1, "to|for|that|of|on|which|would|from|by|seeking|over|a|an|more|longer") ||
           (cue->last + 1 < text->tokens->len && MOVE_TOKEN (text, cue->last + 1)->dated);
  return cue->kind != MOVE_CUE_NOT || !move_is (text, cue->last + 1, "-");
}

/* "a delay", "over delays to", "further delay": forms that may be a verb, used as a noun. */
static gboolean
used_as_noun (const MoveText *text, const MoveCue *cue)
{
  if (cue->kind == MOVE_CUE_SHIFT_NOUN)
    return TRUE;
  if (!move_is (text, cue->first, "delay|delays|pause|pauses|halt|stay") || cue->first == 0)
    return FALSE;
  /* "exam delays." has no object */
  if (cue->form <= MOVE_FORM_S && clause_end (text, cue) == cue->last + 1 && !move_is (text, cue->first - 1, "to"))
    return TRUE;
  if (cue->form == MOVE_FORM_BASE &&
      cue->last + 1 < MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence)->end &&
      MOVE_TOKEN (text, cue->last + 1)->kind == MOVE_POINT)
    return TRUE;
  return move_is (text, cue->first - 1,
                  "what|why|a|an|the|this|that|any|no|further|another|new|over|of|for|on|in|with|by|about|"
                  "his|her|its|their|third|second|first|fourth|long|payment|tariff|agree|agrees|"
                  "agreed|announces|announced|seeks|grants|confirms|wants|-|more") ||
         (move_is (text, cue->first + 1, "to|of|in|on|for") && !move_is (text, cue->first - 1, "to")) ||
         MOVE_TOKEN (text, cue->first - 1)->dated;
}

/* "talks on the deal extended": what stands before a participle is what it is said of, unless it is to be so. */
static gboolean
is_subject (const MoveText *text, const MoveCue *other, const MoveCue *cue)
{
  /* a noun, or "talks on extending", "talks to extend" */
  if (cue->kind == MOVE_CUE_SHIFT_NOUN || cue->form == MOVE_FORM_ING || cue->form == MOVE_FORM_S ||
      move_is (text, cue->first - 1, "to") || used_as_noun (text, cue) ||
      (other->kind != MOVE_CUE_PLAN && !move_is (text, other->first, "talks|pressure|prospect|possibility")))
    return FALSE;
  for (guint i = other->last; i < cue->first; i++)
    if (move_is (text, i, "be|being|have|get|see|is|was|could|may|that"))
      return FALSE;
  return TRUE;
}

/* Hears what governs `cue` from its left, nearest first. */
static void
hear_left (const MoveText *text, const GArray *cues, const MoveCue *cue, guint begin, Hearing *hearing)
{
  guint limit = cue->first;

  for (guint i = cues->len; i > 0; i--) {
    const MoveCue *other = &g_array_index (cues, MoveCue, i - 1);

    if (!is_governor (other->kind) || other->last >= limit || other->first < begin)
      continue;
    if (limit - other->last > GOVERNOR_REACH)
      return;
    /* "a deadline to renew it", but not "the deadline to plug a gap extended" */
    if (other->kind == MOVE_CUE_THREAT && move_is (text, other->last, "to") && limit != other->last + 1)
      continue;
    if (!is_apart (text, other) || is_subject (text, other, cue))
      continue;
    hear (hearing, other);
    limit = other->first;
  }
}

/* From its right: the predicate of a noun ("extension ruled out"), or all that governs a Korean verb. */
static void
hear_right (const MoveText *text, const GArray *cues, const MoveCue *cue, guint end, Hearing *hearing)
{
  const MoveSentence *sentence = MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence);

  for (guint i = 0; i < cues->len; i++) {
    const MoveCue *other = &g_array_index (cues, MoveCue, i);

    if (!is_governor (other->kind) || other->first <= cue->last || other->first >= end)
      continue;
    if (other->first - cue->last > GOVERNOR_REACH)
      return;
    /* "the 90-day truce announced in May" is no news but in a headline */
    if ((other->kind == MOVE_CUE_DO || other->kind == MOVE_CUE_GRANT) && !sentence->title && !sentence->hangul)
      continue;
    hear (hearing, other);
  }
}

/* "during the payment pause", "despite the delay": not what happens, but when. */
static gboolean
is_circumstance (const MoveText *text, const MoveCue *cue, guint begin)
{
  for (guint i = cue->first; i > begin && cue->first - i < CIRCUMSTANCE_REACH; i--) {
    if (move_is (text, i - 1, "during|despite|before|amid|under|over|through|without|from|until|within"))
      return TRUE;
    if (MOVE_TOKEN (text, i - 1)->kind == MOVE_POINT || move_is (text, i - 1, "of|to|for|on|a"))
      return FALSE;
  }
  return FALSE;
}

/* Is there a thing in [first, end) that lasts for a time, which is what is extended when it is? */
static gboolean
names_spell (const MoveText *text, guint first, guint end)
{
  for (guint i = first; i < end; i++)
    if (move_is (
            text, i,
            "access|truce|ceasefire|pause|freeze|moratorium|waiver|waivers|exemption|exemptions|licence|license|permit|"
            "suspension|reprieve|deal|agreement|pact|mandate|period|window|term|date|lockdown|curfew|relief|"
            "sanctions|ban|holiday|date|time|talks|visa|visas|status|authorization|emergency"))
      return TRUE;
  return FALSE;
}

static gboolean
names_time (const MoveText *text, guint first, guint end)
{
  while (first < end && !MOVE_TOKEN (text, first)->dated)
    first++;
  return first < end;
}

/* The object behind a verb, or before a passive one: is it a false friend's ("extends lead"), or widened in scope
 * ("extend the rules to pubs")? */
static gboolean
other_object (const MoveText *text, const GArray *cues, const MoveCue *cue)
{
  guint end = MIN (clause_end (text, cue), cue->last + 1 + OBJECT_REACH);

  if (cue->kind != MOVE_CUE_SHIFT)
    return FALSE;
  for (guint i = cue->last + 1; i < end; i++) {
    if (move_is (text, i, "to") && i > cue->last + 1)
      return strncmp (MOVE_TOKEN (text, cue->first)->word, "exten", 5) == 0 && i + 1 < text->tokens->len &&
             !MOVE_TOKEN (text, i + 1)->dated && !names_spell (text, cue->last + 1, i) &&
             !move_cue_in (cues, MOVE_CUE_DEADLINE, cue->last + 1, i) && i + 1 < end;
    /* Wider in scope, unless a time is named. */
    if (move_is (text, i, "powers|rights|coverage|benefits|protection|rules|limits"))
      return !names_time (text, i, clause_end (text, cue)) && move_is (text, i + 1, "to");
    if (MOVE_TOKEN (text, i)->dated ||
        move_is (text, i, "for|until|till|through|by|over|in|on|of|with|from|after|and|that|boosted|at|against"))
      break;
    if (move_cue_in (cues, MOVE_CUE_OTHER, i, i + 1) && !move_cue_in (cues, MOVE_CUE_THING, i + 1, MIN (end, i + 2)) &&
        !move_cue_in (cues, MOVE_CUE_DEADLINE, i + 1, MIN (end, i + 2)))
      return TRUE;
  }
  return cue->form == MOVE_FORM_PAST && cue->first > 0 &&
         move_cue_in (cues, MOVE_CUE_OTHER, cue->first - 1, cue->first);
}

static gboolean
has_thing (const MoveText *text, const GArray *cues, const MoveCue *cue)
{
  const MoveSentence *sentence = MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence);

  /* "resume" and "revive" are said of anything: only of what they act on is heard */
  if (cue->kind == MOVE_CUE_RESTORE)
    return move_cue_in (cues, MOVE_CUE_THING, cue->first, MIN (sentence->end, cue->last + 1 + OBJECT_REACH)) != NULL;
  for (guint i = sentence->first; i < sentence->end; i++)
    if (MOVE_TOKEN (text, i)->dated)
      return TRUE;
  /* Nobody puts off or reschedules what has no date. */
  if (move_is (text, cue->first, PUT_OFF) && sentence->title)
    return TRUE;
  return move_cue_in (cues, MOVE_CUE_THING, sentence->first, sentence->end) ||
         move_cue_in (cues, MOVE_CUE_DEADLINE, sentence->first, sentence->end) ||
         move_cue_in (cues, MOVE_CUE_SHIFT_NOUN, sentence->first, sentence->end) ||
         move_cue_in (cues, MOVE_CUE_AUTHORITY, sentence->first, sentence->end);
}

/* "as deadline expires", with no date to come. */
static gboolean
deadline_runs_out (const MoveText *text, const MoveCue *cue)
{
  return cue->form == MOVE_FORM_S && cue->first > 0 && move_is (text, cue->first - 1, "deadline") &&
         !names_time (text, cue->last + 1, clause_end (text, cue));
}

static TruceMoveLabel
label_of (const MoveText *text, const MoveCue *cue, const Hearing *hearing)
{
  gboolean fact = hearing->label == TRUCE_MOVE_MOVED;

  switch (cue->kind) {
  case MOVE_CUE_RESTORE:
    return fact ? TRUCE_MOVE_MENTION : hearing->label;
  case MOVE_CUE_STAND:
    return fact && MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence)->title ? TRUCE_MOVE_REJECTED
                                                                                        : TRUCE_MOVE_MENTION;
  case MOVE_CUE_RESOLVE:
    return !fact             ? (hearing->label == TRUCE_MOVE_REJECTED ? TRUCE_MOVE_REJECTED : TRUCE_MOVE_MENTION)
           : hearing->future ? TRUCE_MOVE_PROPOSED
                             : TRUCE_MOVE_RESOLVED;
  case MOVE_CUE_CANCEL:
    return fact                                    ? TRUCE_MOVE_CANCELLED
           : hearing->label == TRUCE_MOVE_REJECTED ? TRUCE_MOVE_REJECTED
                                                   : TRUCE_MOVE_MENTION;
  case MOVE_CUE_LAPSE:
    return MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence)->title && fact && !hearing->future &&
                   (cue->form == MOVE_FORM_PAST || deadline_runs_out (text, cue))
               ? TRUCE_MOVE_CANCELLED
               : TRUCE_MOVE_MENTION;
  default:
    return hearing->label;
  }
}

/* A verb that nothing governs is a fact when it is finite; "the extended deadline", "for extending it" are not. */
static gboolean
is_fact (const MoveText *text, const MoveCue *cue, gboolean noun, gboolean title)
{
  if (cue->first == 0 || MOVE_TOKEN (text, cue->first)->kind == MOVE_IDEOGRAPH)
    return TRUE;
  if (noun)
    return FALSE;
  if (cue->form == MOVE_FORM_ING)
    return !move_is (text, cue->first - 1, "for|of|on|about|by|the|a|in|from");
  if (cue->form == MOVE_FORM_PAST)
    return !move_is (text, cue->first - 1, "the|a|an|had");
  if (move_is (text, cue->first - 1, "to"))
    return title;
  return !move_is (text, cue->first - 1, "the|a|an|of|for");
}

/* "has been extended", "was extended twice": told as known, unless a date to come follows. */
static gboolean
is_recap (const MoveText *text, const MoveCue *cue, const GArray *dates)
{
  const MoveSentence *sentence = MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence);

  for (guint i = 0; i < dates->len; i++) {
    const MoveDate *date = &g_array_index (dates, MoveDate, i);

    if (date->past && date->first > cue->last && date->last < clause_end (text, cue) &&
        date->governor != MOVE_BY_UNTIL && date->governor != MOVE_BY_TO && date->governor != MOVE_BY_FROM)
      return TRUE;
  }
  if (cue->form != MOVE_FORM_PAST || cue->first == 0)
    return FALSE;
  if (move_is (text, cue->first - 1, "been|already|previously|had"))
    return TRUE;
  if (!move_is (text, cue->first - 1, "was|were"))
    return FALSE;
  for (guint i = 0; i < dates->len; i++) {
    const MoveDate *date = &g_array_index (dates, MoveDate, i);

    if (date->governor == MOVE_BY_UNTIL && date->first > cue->first && date->first < sentence->end)
      return FALSE;
  }
  return TRUE;
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
  Hearing hearing = { .label = TRUCE_MOVE_MOVED, .first = cue->first };
  gboolean noun = used_as_noun (text, cue);
  guint begin = clause_begin (text, cue->first, &event->aside), end = clause_end (text, cue);

  if (sentence->hangul) {
    hear_right (text, cues, cue, end, &hearing);
  } else {
    hear_left (text, cues, cue, begin, &hearing);
    /* "extension ruled out", "a bid to extend it fails" */
    if ((noun && hearing.n == 0) || hearing.asked)
      hear_right (text, cues, cue, end, &hearing);
  }
  gboolean infinitive = cue->first > begin && move_is (text, cue->first - 1, "to");
  hearing.future = hearing.future || (infinitive && hearing.n == 0);
  event->future = hearing.future;
  event->recap = is_recap (text, cue, dates);
  event->label = label_of (text, cue, &hearing);
  if (sentence->question || unless_follows (text, cue, sentence->end) ||
      (cue->kind == MOVE_CUE_RESOLVE && infinitive && !sentence->title))
    event->label = TRUCE_MOVE_MENTION;
  if (event->label == TRUCE_MOVE_MOVED && !hearing.said && !is_fact (text, cue, noun, sentence->title))
    event->label = TRUCE_MOVE_MENTION;
  if (noun && is_circumstance (text, cue, begin))
    event->label = TRUCE_MOVE_MENTION;
  /* "two more weeks" is news in a headline; in a summary it may be anything's */
  if ((MOVE_TOKEN (text, cue->first)->more || move_is (text, cue->first, "given|give|gives|gave|giving")) &&
      !sentence->title)
    event->label = TRUCE_MOVE_MENTION;
  event->weak = noun && hearing.n == 0;
  event->thing = has_thing (text, cues, cue);
  if (other_object (text, cues, cue))
    event->label = TRUCE_MOVE_UNRELATED;
  event->first = hearing.first;
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
