/* SPDX-License-Identifier: MIT */
/* What a verb or noun acts on: a thing that has a date, a false friend's ("extends lead"), or what nothing is known
 * of. Of an object the last noun counts: "grain deal", "deal lead". */
#include <string.h>

#include "news/move_private.h"

#define OBJECT_REACH 9 /* words of an object: more, and it is another phrase */
#define HEAD_REACH 3   /* words from the end of a phrase in which its head is looked for */

static gboolean
ends_object (const MoveText *text, guint i)
{
  /* "extend the truce hours before it ends" */
  if (move_is (text, i, "just|only|shortly|hours|days|weeks|months|minutes|moments|day|week|month|year") &&
      move_is (text, i + 1, "before|after|ahead|hours|days|weeks|months|minutes|from"))
    return TRUE;
  return move_is (text, i,
                  "for|until|till|through|to|by|over|in|on|of|with|from|after|and|or|at|against|into|as|amid|during|"
                  "before|between|among|under|despite|while|because|that|which|who|is|are|was|were|will|has|have|"
                  "says|said|boosted|again|yet|further|once|twice|indefinitely|yesterday|today|beyond|past|without|if|"
                  "unless|due|citing|pending|since|when|ahead|amidst|instead|until|pending|over|near|but|across|along|"
                  "throughout|around|within|via|about") ||
         (MOVE_TOKEN (text, i)->kind == MOVE_POINT && !move_is (text, i, "-|'|\"|“|”|‘|’|(|)|.|$|£|€|%|#|&|/"));
}

/* The phrase that begins at token `first`, which may have "the", "its" and a date before its noun. */
static guint
object_end (const MoveText *text, guint first, guint end)
{
  guint i = first;

  end = MIN (end, first + OBJECT_REACH);
  while (i < end && !ends_object (text, i))
    i++;
  /* "losses Monday." */
  while (i > first + 1 && (MOVE_TOKEN (text, i - 1)->dated || move_is (text, i - 1, ".|'|\"|”|’|)")))
    i--;
  return i;
}

/* "suspends", "freezes": said of accounts and officers too. */
gboolean
move_is_held (const MoveText *text, const MoveCue *of)
{
  const char *word = MOVE_TOKEN (text, of->first)->word;

  return g_str_has_prefix (word, "suspen") || g_str_has_prefix (word, "fr") || g_str_has_prefix (word, "paus") ||
         g_str_has_prefix (word, "halt");
}

/* Is a time stated at which something is to stand then: "until May", "to 2027", "by two weeks"? */
static gboolean
names_target (const MoveText *text, const MoveCue *of)
{
  const guint end = move_clause_end (text, of);

  for (guint i = of->last + 1; i < end && i + 1 < text->tokens->len; i++) {
    guint date = i + 1;

    if (!move_is (text, i, "until|till|to|into|through|by|for") ||
        (move_is (text, i, "for") &&
         (move_is (text, i + 1, "the") || MOVE_TOKEN (text, i + 1)->number > 366))) /* "for the 2028 election" */
      continue;
    while (date + 1 < end && move_is (text, date, "the|at|least|a|an|another|after|up|about|nearly|almost|early|late"))
      date++;
    if (MOVE_TOKEN (text, date)->dated)
      return TRUE;
  }
  return FALSE;
}

/* Is it "extend", "renew", "stretch", "suspend", which are said of lines, leads and officers as often as of dates? A
 * line that is delayed is delayed in time. */
static gboolean
is_of_scope (const MoveText *text, const MoveCue *of)
{
  const char *word = MOVE_TOKEN (text, of->first)->word;

  return move_is_extending (text, of->first) || g_str_has_prefix (word, "renew") ||
         g_str_has_prefix (word, "stretch") || move_is_held (text, of);
}

/* Does what is commonly no deadline's have a date here: "extends the fishing season to October 31"? */
static gboolean
is_dated_here (const MoveText *text, const MoveCue *of, const MoveCue *object)
{
  if (of->kind != MOVE_CUE_SHIFT || !names_target (text, of))
    return FALSE;
  return !is_of_scope (text, of) ||
         move_is (text, object->last,
                  "season|service|services|search|offensive|loan|loans|passports|passport|runway|exhibition|"
                  "line|lines|sentence|production|operations|hiring|trading|spending");
}

static gboolean
is_noun_cue (const MoveText *text, const MoveCue *cue, const MoveCue *of)
{
  switch (cue->kind) {
  case MOVE_CUE_THING:
  case MOVE_CUE_DEADLINE:
  case MOVE_CUE_SHIFT_NOUN:
  case MOVE_CUE_OTHER:
  case MOVE_CUE_SHOW:
    return TRUE;
  case MOVE_CUE_HELD:
    return move_is_held (text, of);
  default:
    return FALSE;
  }
}

/* A tour or a match is put off, delayed and cancelled like a deadline, but not extended or suspended. */
static gboolean
moves_shows (const MoveText *text, const MoveCue *of)
{
  return of->strong ||
         move_is (text, of->first, "delay|delays|delayed|delaying|cancel|cancels|cancelled|canceled|cancelling");
}

/* The kind of the last known noun of [first, end), at most HEAD_REACH words from its end. */
static MoveObject
head_of (const MoveText *text, const GArray *cues, const MoveCue *of, guint first, guint end)
{
  const MoveCue *best = NULL;
  const guint last = first + 1 < end && MOVE_TOKEN (text, end - 1)->kind == MOVE_NUMBER ? 2 : 1; /* "Line 9" */

  for (guint i = 0; i < cues->len; i++) {
    const MoveCue *cue = &g_array_index (cues, MoveCue, i);

    if (cue->first >= first && cue->last < end &&
        cue->last + (cue->kind >= MOVE_CUE_OTHER ? last : HEAD_REACH) >= end && is_noun_cue (text, cue, of) &&
        (!best || cue->last > best->last || (cue->last == best->last && cue->kind == MOVE_CUE_HELD)))
      best = cue;
  }
  if (!best)
    return first < end ? MOVE_OBJECT_UNKNOWN : MOVE_OBJECT_NONE;
  if (best->kind >= MOVE_CUE_OTHER && is_dated_here (text, of, best))
    return MOVE_OBJECT_THING;
  if (best->kind == MOVE_CUE_SHOW)
    return moves_shows (text, of) ? MOVE_OBJECT_THING : MOVE_OBJECT_OTHER;
  if (of->kind == MOVE_CUE_CANCEL && move_is (text, best->last, "contract|contracts"))
    return MOVE_OBJECT_THING;
  return best->kind >= MOVE_CUE_OTHER ? MOVE_OBJECT_OTHER : MOVE_OBJECT_THING;
}

/* Where the subject of a participle begins: behind what governs it ("call for the toll to be put off"). */
static guint
subject_begin (const MoveText *text, const GArray *cues, const MoveCue *of, guint begin)
{
  guint first = begin;

  for (guint i = 0; i < cues->len; i++) {
    const MoveCue *cue = &g_array_index (cues, MoveCue, i);

    if (cue->kind >= MOVE_CUE_MAY && cue->kind <= MOVE_CUE_IF && cue->first >= begin && cue->last + 2 < of->first)
      first = MAX (first, cue->last + 1);
  }
  while (first + 1 < of->first && move_is (text, first, "for|to|that|of|on|the|a|an"))
    first++;
  return first;
}

/* "Deadline for claims extended", "trial of ex-premier put off": the head stands before the first preposition. */
static MoveObject
subject_of (const MoveText *text, const GArray *cues, const MoveCue *cue, guint begin)
{
  guint end = cue->first, first = subject_begin (text, cues, cue, begin);

  for (guint i = first + 1; i < cue->first; i++)
    if (move_is (text, i,
                 "of|for|on|in|to|with|against|over|at|by|between|from|into|is|are|was|were|has|have|be|been|will|"
                 "gets|get")) {
      end = i;
      break;
    }
  MoveObject object = head_of (text, cues, cue, first, end);
  if (object != MOVE_OBJECT_THING &&
      (move_cue_in (cues, MOVE_CUE_DEADLINE, begin, cue->first) ||
       (object != MOVE_OBJECT_OTHER && move_cue_in (cues, MOVE_CUE_THING, begin, cue->first))))
    return MOVE_OBJECT_THING;
  return object;
}

/* "tariff pause", "contract extension"; then "extension of the truce". */
static MoveObject
noun_object_of (const MoveText *text, const GArray *cues, const MoveCue *cue, guint begin, guint end)
{
  guint first = cue->first;
  MoveObject object = MOVE_OBJECT_NONE;

  while (first > begin && (MOVE_TOKEN (text, first - 1)->dated || move_is (text, first - 1, "-")))
    first--;
  if (first > begin && !ends_object (text, first - 1) && !move_is (text, first - 1, "life"))
    object = head_of (text, cues, cue, first - 1, first);
  if (object != MOVE_OBJECT_THING && move_is (text, cue->last + 1, "of|to|for|on|in")) {
    MoveObject behind = head_of (text, cues, cue, cue->last + 2, object_end (text, cue->last + 2, end));

    if (behind == MOVE_OBJECT_THING)
      object = behind;
  }
  return object;
}

/* "extended to protect", "extended to allow": what for, and not to whom. */
static gboolean
tells_purpose (const MoveText *text, guint to)
{
  return move_is (
      text, to + 1,
      "help|allow|let|give|protect|support|ease|boost|avoid|prevent|keep|ensure|enable|make|finish|complete|"
      "save|stop|encourage|reduce|meet|facilitate|accommodate|reflect|assist|curb|cut|aid|attract|provide|"
      "secure|maintain|counter|fight|combat|be|resolve|address|consider|discuss|avert");
}

/* "extend the rules to pubs", "extend powers to police": wider in scope, not longer. */
static gboolean
widens (const MoveText *text, const GArray *cues, const MoveCue *cue, guint first, guint end)
{
  static MoveWords spells = MOVE_WORDS_INIT (
      "access|truce|ceasefire|pause|freeze|moratorium|waiver|waivers|exemption|exemptions|licence|license|permit|"
      "suspension|reprieve|deal|agreement|pact|mandate|period|window|term|date|lockdown|curfew|relief|"
      "sanctions|ban|holiday|time|talks|visa|visas|status|authorization|emergency|deadline");

  if (!move_is_extending (text, cue->first) || tells_purpose (text, end))
    return FALSE;
  if (!move_is (text, end, "to") || end + 1 >= text->tokens->len || MOVE_TOKEN (text, end + 1)->dated ||
      move_cue_in (cues, MOVE_CUE_DEADLINE, first, end))
    return FALSE;
  for (guint i = first; i < end; i++)
    if (move_is_of (text, i, &spells))
      return FALSE;
  /* "extends aid to Syria by a year" */
  for (guint i = end; i < move_clause_end (text, cue); i++)
    if (MOVE_TOKEN (text, i)->dated)
      return FALSE;
  return TRUE;
}

/* The object that stands behind a verb, else its subject: "extends the truce", "postpones release of the film", "the
 * truce is extended". */
static MoveObject
verb_object_of (const MoveText *text, const GArray *cues, const MoveCue *cue, guint begin, guint end)
{
  guint first = cue->last + 1;

  /* "prices extended gains": a participle has no object, so this is no participle */
  if (cue->form == MOVE_FORM_PAST && is_of_scope (text, cue) && first < end && !MOVE_TOKEN (text, first)->dated &&
      head_of (text, cues, cue, first, object_end (text, first, end)) == MOVE_OBJECT_OTHER)
    return MOVE_OBJECT_OTHER;
  while (first < end && move_is (text, first, "the|a|an|its|his|her|their|our|all|some|'|\"|“|‘"))
    first++;
  guint last = object_end (text, first, end);
  MoveObject object = first < end && MOVE_TOKEN (text, first)->dated && last == first + 1
                          ? MOVE_OBJECT_NONE
                          : head_of (text, cues, cue, first, last);
  if (widens (text, cues, cue, first, last))
    return MOVE_OBJECT_OTHER;
  /* "extend a period for comments", "postpones release of the film" */
  if (object == MOVE_OBJECT_UNKNOWN && move_is (text, last, "of|for|on") &&
      head_of (text, cues, cue, last + 1, object_end (text, last + 1, end)) == MOVE_OBJECT_THING)
    return MOVE_OBJECT_THING;
  if (object != MOVE_OBJECT_NONE && !(object == MOVE_OBJECT_UNKNOWN && cue->form == MOVE_FORM_PAST))
    return object;
  MoveObject subject = subject_of (text, cues, cue, begin);
  return subject != MOVE_OBJECT_NONE ? subject : object;
}

MoveObject
move_object_of (const MoveText *text, const GArray *cues, const MoveCue *cue, guint begin)
{
  const guint end = move_clause_end (text, cue);

  if (cue->kind == MOVE_CUE_SHIFT_PHRASE)
    return MOVE_OBJECT_THING;
  if (MOVE_TOKEN (text, cue->first)->kind == MOVE_IDEOGRAPH)
    return move_cue_in (cues, MOVE_CUE_OTHER, begin, end)   ? MOVE_OBJECT_OTHER
           : move_cue_in (cues, MOVE_CUE_THING, begin, end) ? MOVE_OBJECT_THING
                                                            : MOVE_OBJECT_UNKNOWN;
  /* "block the ban": the pattern holds it */
  if (cue->last > cue->first && (move_cue_in (cues, MOVE_CUE_THING, cue->first, cue->last + 1) ||
                                 move_cue_in (cues, MOVE_CUE_DEADLINE, cue->first, cue->last + 1)))
    return MOVE_OBJECT_THING;
  /* "puts career on hold": it stands within the pattern */
  if (cue->kind != MOVE_CUE_LAPSE && cue->last > cue->first + 1 &&
      head_of (text, cues, cue, cue->first + 1, object_end (text, cue->first + 1, cue->last)) == MOVE_OBJECT_OTHER)
    return MOVE_OBJECT_OTHER;
  return move_is_noun (text, cue) ? noun_object_of (text, cues, cue, begin, end)
                                  : verb_object_of (text, cues, cue, begin, end);
}
