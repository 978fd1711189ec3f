/* SPDX-License-Identifier: MIT */
/* What a date hangs on: the nearest word before it that tells whether it is where something moves to, where it was, or
 * when that was said. */
#include <string.h>

#include "news/move_role_private.h"

#define AUXILIARY 3 /* words between "was" and "due": "was not originally due" */
#define NEAR 8

/* What begins so moves something. */
static const char shift_stems[] =
    "extend|extension|delay|postpon|deferr|defers|deferm|reschedul|re-schedul|prolong|renew|adjourn|push|suspend|"
    "suspens|paus|freez|froze|halt|waiv|repriev|stretch|lengthen|morator|shelv|shorten|accelerat|roll|shift|slip|"
    "slid|reauthor";
static MoveWords shift_words = MOVE_WORDS_INIT (
    "advance|advanced|advances|back|breather|bring|bringing|brings|brought|bump|bumped|bumps|defer|dragged|"
    "drags|drift|drifted|drifts|flextension|forward|grace|held|hiatus|hold|holds|ice|kick|kicked|kicks|later|"
    "move|moved|moves|moving|park|parked|parks|put|puts|putting|realign|realigned|reopen|reopened|reopens|"
    "reset|resets|respite|spill|spills|stall|stalled|stalls|stave|staved|staves|stay|stayed|stays|wait|waits|"
    "walked|walks");
/* What lets it last, or gives somebody time. */
MoveWords move_lasting_words = MOVE_WORDS_INIT (
    "alive|allow|allowed|allows|amend|amended|amends|authorise|authorises|authorize|authorized|authorizes|"
    "ban|bans|block|blocked|blocks|bought|buy|buys|carried|carries|carry|change|changed|changes|changing|"
    "close|closed|closes|continue|continued|continues|delists|exempt|exempted|exempting|exempts|gain|gains|"
    "gave|get|gets|give|given|gives|giving|got|grant|granted|grants|has|have|having|keep|keeping|keeps|kept|"
    "last|lasts|leave|leaves|left|lifeline|lift|lifted|lifts|live|maintain|maintains|never|no|not|open|opens|"
    "place|protect|protected|protects|reinstate|reinstated|reinstates|relax|relaxed|relaxes|relief|remain|"
    "remained|remains|restore|restored|restores|retain|retains|revise|revised|revises|run|running|runs|"
    "secure|secured|secures|set|sets|setting|spare|spared|spares|stand|stands|survive|survives|target|"
    "tolerate|until|win|wins|won|won't");

static MoveWords said = MOVE_WORDS_INIT (
    "according|agreed|announced|announcement|announces|announcing|approved|broke|confirmed|decided|decision|"
    "declared|expressed|filed|granted|issued|meet|meeting|met|order|posted|published|release|released|"
    "reported|request|revealed|ruled|ruling|said|says|signed|signs|spoke|statement|tells|told|tweeted|"
    "unveiled|vote|voted|warned|wrote");

static MoveWords formerly = MOVE_WORDS_INIT (
    "after|ahead|anniversary|before|beyond|current|currently|earlier|elapsed|ended|every|existing|expired|"
    "former|formerly|from|initial|initially|instead|lapsed|lapses|last|missed|missing|not|old|original|"
    "originally|past|planned|previous|previously|prior|rather|since|than|until");

/* Where something has, or had, a date. */
static MoveWords appointed = MOVE_WORDS_INIT (
    "applies|apply|arrive|began|begin|begins|close|closes|come|comes|complete|completed|deadline|debut|"
    "delivered|due|effect|end|ending|ends|expected|expire|expiring|fall|finished|force|go|held|intended|kick|"
    "land|lapse|launch|launches|meant|open|opens|operational|place|planned|premiere|ready|reconvene|resume|"
    "resumes|return|returns|scheduled|set|slated|start|started|starts|sunset|supposed|vote|votes");

static MoveWords moments = MOVE_WORDS_INIT (
    "cutoff|date|dates|day|deadline|expiration|expiry|goal|hearing|kickoff|launch|limit|opening|schedule|"
    "slot|start|target|term|time|timeline|timetable|trial|window");

/* What comes again when it has been put off. */
static MoveWords chances = MOVE_WORDS_INIT ("attempt|try|hearing|launch|window|opportunity|date");

static gboolean
begins (const MoveText *text, guint i, const char *stems)
{
  const char *word = MOVE_TOKEN (text, i)->word;

  for (const char *stem = stems; stem; stem = strchr (stem, '|')) {
    stem += *stem == '|' ? 1 : 0;
    size_t length = strcspn (stem, "|");
    if (strncmp (word, stem, length) == 0)
      return TRUE;
  }
  return FALSE;
}

guint
move_sentence_first (const MoveText *text, guint i)
{
  return MOVE_SENTENCE (text, MOVE_TOKEN (text, i)->sentence)->first;
}

guint
move_sentence_end (const MoveText *text, guint i)
{
  return MOVE_SENTENCE (text, MOVE_TOKEN (text, i)->sentence)->end;
}

static gboolean
ends_phrase (const MoveText *text, guint i)
{
  if (move_is (text, i, ":") && i + 1 < text->tokens->len && MOVE_TOKEN (text, i + 1)->tight)
    return FALSE; /* "6:22" */
  return move_is (text, i,
                  ",|;|:|—|–|(|)|\"|“|”|!|?|but|while|which|that|who|though|although|because|whose|whereas|…") ||
         (move_is (text, i, "-") && !MOVE_TOKEN (text, i)->tight);
}

gboolean
move_has_one_before (const MoveText *text, guint i, guint reach, MoveWords *words)
{
  const guint first = move_sentence_first (text, i);

  for (guint n = 0; i > first && n < reach; n++) {
    i--;
    if (move_is_of (text, i, words))
      return TRUE;
    if (ends_phrase (text, i))
      return FALSE;
  }
  return FALSE;
}

gboolean
move_is_shift (const MoveText *text, guint i)
{
  const MoveToken *token = MOVE_TOKEN (text, i);

  return token->kind == MOVE_WORD && !token->dated &&
         (begins (text, i, shift_stems) || move_is_of (text, i, &shift_words));
}

gboolean
move_shifts_in_sentence (const MoveText *text, guint i)
{
  for (guint k = move_sentence_first (text, i); k < move_sentence_end (text, i); k++)
    if (move_is_shift (text, k))
      return TRUE;
  return FALSE;
}

gboolean
move_shortens_before (const MoveText *text, guint i)
{
  return move_has_before (text, i, MOVE_REACH,
                          "shorten|shortens|shortened|shortening|cut|cuts|cutting|reduce|reduces|reduced|trims");
}

gboolean
move_brings_forward (const MoveText *text, guint i)
{
  return move_has_before (text, i, 5, "forward|advance|advances|advanced|sooner") || move_has_before (text, i, 3, "up");
}

gboolean
move_lasts_before (const MoveText *text, guint i, guint reach)
{
  return move_has_one_before (text, i, reach, &move_lasting_words);
}

gboolean
move_shifts_before (const MoveText *text, guint i, guint reach)
{
  const guint first = move_sentence_first (text, i);

  for (guint n = 0; i > first && n < reach; n++) {
    i--;
    if (move_is_shift (text, i))
      return TRUE;
    if (ends_phrase (text, i))
      return FALSE;
  }
  return FALSE;
}

gboolean
move_is_told_before (const MoveText *text, guint i)
{
  return move_has_before (text, i, AUXILIARY, "had") || move_has_before (text, i, NEAR, "already|previously");
}

gboolean
move_is_moment (const MoveText *text, guint i)
{
  return move_is_of (text, i, &moments);
}

gboolean
move_is_new_moment (const MoveText *text, guint i)
{
  if (!move_is_of (text, i, &moments))
    return FALSE;
  for (guint back = 1; back <= 4 && back <= i - move_sentence_first (text, i); back++) {
    if (move_is (text, i - back, "new|revised|updated|rescheduled|fresh|later|extended|amended|final"))
      return TRUE;
    if (move_is (text, i - back, "the|of|to|in|old|original|and|its|his|her|their|our"))
      return FALSE;
  }
  return FALSE;
}

/* "a new window that opens", "an extension that expires": the date of what is new itself. */
static gboolean
is_of_new (const MoveText *text, guint i)
{
  const guint first = move_sentence_first (text, i);

  for (guint n = 0; i > first && n < NEAR; n++) {
    i--;
    if (move_is_new_moment (text, i))
      return TRUE;
    if (move_is (text, i, "extension|reprieve|deferral|flextension|renewal"))
      return !move_has_before (text, i, 3, "current|existing|last|latest|previous|first|earlier|initial|prior|that");
    if (ends_phrase (text, i) && !move_is (text, i, "that|which"))
      return FALSE;
  }
  return FALSE;
}

static MoveHead
appointed_head (const MoveText *text, guint i)
{
  /* "Instead, it will open in June" */
  if (move_has_before (text, i, AUXILIARY + 3, "now|instead") || is_of_new (text, i) ||
      move_is (text, move_sentence_first (text, i), "instead"))
    return MOVE_HEAD_NEW;
  if (move_is (text, i, "expire|end") && move_has_before (text, i, 1, "to") && move_shifts_before (text, i, 5) &&
      !move_has_one_before (text, i, 5, &move_slated))
    return MOVE_HEAD_NEW; /* "extended so as to expire on Friday" */
  if (move_has_before (text, i, AUXILIARY + 4, "next") && move_has_one_before (text, i, AUXILIARY + 4, &chances))
    return MOVE_HEAD_NEW;
  if (!move_is (text, i, "expire|expires|expiring|end|ends|ending|lapse|deadline|due") &&
      move_has_before (text, i, NEAR, "with"))
    return MOVE_HEAD_WILL; /* "with it set to land next year" */
  if (move_has_before (text, i, AUXILIARY + 1, "will|would|'ll|to") && !move_is (text, i, "expire|end|lapse"))
    return move_has_one_before (text, i, AUXILIARY + 3, &move_slated) ||
                   move_has_before (text, i, AUXILIARY + 3, "was|were")
               ? MOVE_HEAD_OLD
               : MOVE_HEAD_WILL;
  return MOVE_HEAD_OLD;
}

/* What stands between a date and what it hangs on, and tells nothing: "midnight", a colon, "the deadline, May 4". */
static gboolean
is_passed_over (const MoveText *text, guint i, guint at)
{
  return MOVE_TOKEN (text, i)->dated || move_is (text, i, "midnight|noon") ||
         (i + 2 >= at && move_is (text, i, ":|(")) ||
         (i + 1 == at && move_is (text, i, ",") && i > move_sentence_first (text, at) &&
          move_is_of (text, i - 1, &moments));
}

/* "now", "the new date", "rescheduled", "a day later, on Friday", "the next attempt". */
static gboolean
tells_new (const MoveText *text, guint i, guint at)
{
  if (i + 1 == at && move_is (text, i, ",") && i > move_sentence_first (text, at))
    return move_is (text, i - 1, "earlier|later|sooner");
  return (move_is (text, i, "now|newly|instead") && !move_is (text, i + 1, "-")) || move_is_new_moment (text, i) ||
         move_is (text, i, "reschedule|rescheduled|reschedules|rescheduling|reset|resets") ||
         (move_is_of (text, i, &chances) && move_has_before (text, i, 2, "next"));
}

/* "will try again on Friday", "to run June 3-5". */
static gboolean
tells_event (const MoveText *text, guint i, guint at)
{
  return (move_is (text, i, "again") && move_has_before (text, i, 1, "try|tries|retry")) ||
         (i + 1 == at && move_is (text, i, "run|play|played") && move_has_before (text, i, 2, "to|will"));
}

/* "decided on Friday", "the new date will be set in spring": when that is. */
static gboolean
tells_when_said (const MoveText *text, guint i, guint at)
{
  return (move_is_of (text, i, &said) &&
          !(move_is (text, at, "for") && move_is (text, i, "meeting|release|hearing|vote"))) ||
         (move_is (text, i, "set|fixed|decided|chosen") && move_has_before (text, i, 1, "be"));
}

/* "no earlier than": says nothing of which date it is. */
static gboolean
is_bound (const MoveText *text, guint i, guint first)
{
  return i > first + 1 && move_is (text, i, "than") && move_is (text, i - 1, "earlier|later|sooner") &&
         move_is (text, i - 2, "no|not");
}

MoveHead
move_find_head (const MoveText *text, guint at)
{
  const guint first = move_sentence_first (text, at);

  for (guint i = at, n = 0; i > first && n < MOVE_REACH; n++) {
    i--;
    if (is_passed_over (text, i, at))
      continue;
    if (is_bound (text, i, first)) {
      i -= 2;
      continue;
    }
    if (tells_new (text, i, at))
      return MOVE_HEAD_NEW;
    if (move_is_of (text, i, &formerly))
      return MOVE_HEAD_OLD;
    if (tells_event (text, i, at))
      return MOVE_HEAD_WILL;
    gboolean other = move_is (text, i, "set|go|vote|come|held|open|close|return|fall|kick"); /* may say other things */
    if (begins (text, i, "expir") || (move_is_of (text, i, &appointed) && !other))
      return appointed_head (text, i);
    if (tells_when_said (text, i, at))
      return MOVE_HEAD_NONE;
    if (move_is_shift (text, i) || move_is_of (text, i, &move_lasting_words))
      return move_is_told_before (text, i)      ? MOVE_HEAD_RECAP
             : move_is_of (text, i, &appointed) ? appointed_head (text, i)
                                                : MOVE_HEAD_SHIFT;
    if (ends_phrase (text, i))
      break;
  }
  return MOVE_HEAD_NONE;
}
