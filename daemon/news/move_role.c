/* SPDX-License-Identifier: MIT */
/* What each date in a text is there for: the one that something moves to, the one that it had, or the day on which
 * somebody said so. The preposition before a date tells, and the word that it hangs on: "was due on Friday" and "is now
 * due on Friday" differ in two words. */
#include <string.h>

#include "news/move_private.h"

#define FILLERS 10  /* words that may stand between "until" and its date: "at least 12:01 a.m. on" */
#define REACH 14    /* words between a date and what it hangs on: beyond, they belong to different phrases */
#define AUXILIARY 3 /* words between "was" and "due": "was not originally due" */
#define NEAR 8

/* What begins so moves something. */
static const char shift_stems[] =
    "extend|extension|delay|postpon|deferr|defers|deferm|reschedul|re-schedul|prolong|renew|adjourn|push|suspend|"
    "suspens|"
    "paus|freez|froze|halt|waiv|repriev|stretch|lengthen|morator|shelv|shorten|accelerat|roll|shift|slip|slid";
static const char shift_words[] =
    "defer|move|moves|moved|moving|put|puts|putting|back|bring|brings|bringing|brought|advance|advances|advanced|kick|"
    "kicks|kicked|bump|bumps|bumped|held|hold|holds|reset|resets|drags|dragged|drift|drifts|drifted|spill|spills|stay|"
    "stays|stayed|forward|later|grace|flextension|wait|waits|respite|breather|stall|stalls|stalled|park|parks|parked|"
    "stave|staves|staved|ice|hiatus|stalls|walks|walked|reopen|reopens|reopened|realign|realigned|cut|cuts";
/* What lets it last, or gives somebody time. */
static const char lasting_words[] =
    "keep|keeps|kept|keeping|leave|leaves|left|give|gives|gave|given|giving|grant|grants|granted|allow|allows|allowed|"
    "have|has|having|get|gets|got|gain|gains|win|wins|won|secure|secures|secured|remain|remains|remained|continue|"
    "continues|continued|last|lasts|run|runs|running|open|opens|change|changes|changed|changing|spare|spares|spared|"
    "exempt|exempts|exempted|exempting|lift|lifts|lifted|block|blocks|blocked|maintain|maintains|retain|retains|"
    "survive|"
    "survives|live|buy|buys|bought|relax|relaxes|relaxed|stand|stands|protect|protects|protected|tolerate|set|sets|"
    "setting|revise|revises|revised|amend|amends|amended|carry|carries|carried|not|won't|never|no|relief|target|until|"
    "close|closes|closed|reinstate|reinstates|reinstated|restores|restore|restored|ban|bans|delists|alive|place";

static const char said[] =
    "announced|announces|announcing|announcement|said|says|told|tells|signed|signs|ruled|voted|decided|agreed|approved|"
    "published|issued|posted|confirmed|wrote|reported|revealed|met|meeting|meet|spoke|expressed|statement|unveiled|"
    "granted|warned|declared|decision|order|ruling|vote|request|filed|release|released|tweeted|broke|according";

static const char formerly[] =
    "originally|original|previously|previous|initially|initial|formerly|former|earlier|old|existing|current|currently|"
    "planned|from|since|instead|rather|than|not|beyond|past|after|before|ahead|last|until|prior|elapsed|missed|missing|"
    "every|anniversary|expiring|expired|expires|expire|ended|lapsed|lapses";

/* Where something has, or had, a date. */
static const char appointed[] =
    "due|scheduled|slated|set|supposed|meant|expected|planned|intended|expire|expiring|end|ends|ending|lapse|begin|"
    "begins|"
    "start|starts|started|began|open|opens|close|closes|effect|force|apply|applies|held|place|go|launch|launches|"
    "resume|resumes|kick|deadline|fall|come|comes|return|returns|vote|votes|sunset|arrive|land|premiere|debut";

static const char moments[] = "deadline|date|dates|cutoff|target|day|start|launch|expiry|expiration|limit|timeline|"
                              "timetable|schedule|time|hearing|trial|opening|window|term|goal|kickoff|slot";

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

static guint
sentence_first (const MoveText *text, guint i)
{
  return MOVE_SENTENCE (text, MOVE_TOKEN (text, i)->sentence)->first;
}

static guint
sentence_end (const MoveText *text, guint i)
{
  return MOVE_SENTENCE (text, MOVE_TOKEN (text, i)->sentence)->end;
}

static gboolean
ends_phrase (const MoveText *text, guint i)
{
  return move_is (text, i,
                  ",|;|:|—|–|(|)|\"|“|”|!|?|but|while|which|that|who|though|although|because|whose|whereas|…") ||
         (move_is (text, i, "-") && !MOVE_TOKEN (text, i)->tight) ||
         (move_is (text, i, ".") && !MOVE_TOKEN (text, i)->tight);
}

static gboolean
is_filler (const MoveText *text, guint i)
{
  if (move_is (text, i, "end|close")) /* "until the end of Friday", but not "to end on Friday" */
    return move_is (text, i + 1, "of");
  return MOVE_TOKEN (text, i)->kind == MOVE_NUMBER || MOVE_TOKEN (text, i)->dated ||
         move_is (text, i,
                  "the|a|at|least|midnight|noon|around|about|only|a.m|p.m|am|pm|edt|est|et|pt|pst|pdt|ct|gmt|bst|utc|"
                  "cet|:|.|no|earlier|later|sooner|than|as|late|early|'|\"|“|‘|roughly|approximately|local|time|its|"
                  "current|business|cob|of|hours|eastern|pacific|central|brussels|moscow|beijing|london|some|"
                  "sometime|possibly|perhaps|probably|well|that|day|morning|evening|afternoon|night|also|just");
}

static MoveGovernor
governor_word (const MoveText *text, guint i)
{
  if (move_is (text, i, "until|till|til|through|thru|into|’til|'til"))
    return MOVE_BY_UNTIL;
  if (move_is (text, i, "to"))
    return MOVE_BY_TO;
  if (move_is (text, i, "by"))
    return MOVE_BY_LIMIT;
  if (move_is (text, i, "for|on|in|is|at|during"))
    return MOVE_BY_FOR;
  if (move_is (text, i, "from|since|after|before|of|past|beyond|following|last|every|starting|beginning|effective"))
    return MOVE_BY_FROM;
  return MOVE_BY_NOTHING;
}

/* The preposition that `date` stands behind; `ret_at` is its token, else the date's first. */
static MoveGovernor
find_governor (const MoveText *text, const MoveDate *date, guint *ret_at)
{
  const guint first = sentence_first (text, date->first);
  MoveGovernor weaker = MOVE_BY_NOTHING;

  *ret_at = date->first;
  for (guint i = date->first, n = 0; i > first && n < FILLERS; n++) {
    i--;
    MoveGovernor governor = governor_word (text, i);
    /* "until 12:01 a.m. on Friday", "until the end of Friday": look behind it */
    gboolean passing = move_is (text, i, "on|of|at|,|(|is");
    if (governor != MOVE_BY_NOTHING && !passing) {
      /* "until Friday in March" is no "in" of ours; "set in May for Friday" neither */
      if (weaker != MOVE_BY_NOTHING && governor != MOVE_BY_UNTIL && governor != MOVE_BY_TO)
        break;
      *ret_at = i;
      return governor;
    }
    if (governor != MOVE_BY_NOTHING && weaker == MOVE_BY_NOTHING) {
      weaker = governor;
      *ret_at = i;
    }
    if (!passing && !is_filler (text, i))
      break;
    if (move_is (text, i, ",|(") && (i == first || (!is_filler (text, i - 1) && !MOVE_TOKEN (text, i - 1)->dated)))
      break;
  }
  return weaker;
}

/* Is one of `words` among the `reach` tokens before `i`, within its phrase? */
static gboolean
has_before (const MoveText *text, guint i, guint reach, const char *words)
{
  const guint first = sentence_first (text, i);

  for (guint n = 0; i > first && n < reach; n++) {
    i--;
    if (move_is (text, i, words))
      return TRUE;
    if (ends_phrase (text, i))
      return FALSE;
  }
  return FALSE;
}

static gboolean
is_shift (const MoveText *text, guint i)
{
  const MoveToken *token = MOVE_TOKEN (text, i);

  if (token->kind == MOVE_IDEOGRAPH)
    return move_is (text, i, "延|推|缓|展|押|연|유|미|늦|顺|暂");
  return token->kind == MOVE_WORD && !token->dated && (begins (text, i, shift_stems) || move_is (text, i, shift_words));
}

gboolean
move_shifts_in_sentence (const MoveText *text, guint i)
{
  for (guint k = sentence_first (text, i); k < sentence_end (text, i); k++)
    if (is_shift (text, k))
      return TRUE;
  return FALSE;
}

gboolean
move_shortens_before (const MoveText *text, guint i)
{
  return has_before (text, i, REACH,
                     "shorten|shortens|shortened|shortening|cut|cuts|cutting|reduce|reduces|reduced|trims");
}

gboolean
move_lasts_before (const MoveText *text, guint i, guint reach)
{
  return has_before (
      text, i, reach,
      "keep|keeps|kept|keeping|leave|leaves|left|remain|remains|stay|stays|continue|continues|lift|lifts|"
      "block|blocks|blocked|spared|exempt|exempts|waive|waives|lifeline|relief|allow|allows|relax|relaxes");
}

gboolean
move_shifts_before (const MoveText *text, guint i, guint reach)
{
  const guint first = sentence_first (text, i);

  for (guint n = 0; i > first && n < reach; n++) {
    i--;
    if (is_shift (text, i))
      return TRUE;
    if (ends_phrase (text, i))
      return FALSE;
  }
  return FALSE;
}

typedef enum {
  HEAD_NONE,
  HEAD_NEW,   /* "now", "the new deadline" */
  HEAD_OLD,   /* "originally", "was due" */
  HEAD_WILL,  /* "will be held" */
  HEAD_IS,    /* "is due": the date that something has */
  HEAD_SHIFT, /* "extended" */
  HEAD_RECAP, /* "had been extended" */
  HEAD_SAID,
} Head;

/* "was due", "had been planned", "were to begin". */
static gboolean
is_past (const MoveText *text, guint i)
{
  return has_before (text, i, AUXILIARY + 1, "was|were|had|been|would") && !has_before (text, i, AUXILIARY + 1, "now");
}

static Head
appointed_head (const MoveText *text, guint i)
{
  if (has_before (text, i, AUXILIARY + 3, "now|instead"))
    return HEAD_NEW;
  if (has_before (text, i, AUXILIARY + 4, "originally|initially|previously|formerly"))
    return HEAD_OLD;
  if (is_past (text, i))
    return HEAD_OLD;
  if (move_is (text, i, "began|started"))
    return HEAD_SAID;
  if (has_before (text, i, AUXILIARY + 1, "will|'ll|to") && !move_is (text, i, "expire|end|lapse"))
    return has_before (text, i, AUXILIARY + 3, "due|set|scheduled|slated|supposed|meant|expected|planned|was|were")
               ? HEAD_IS
               : HEAD_WILL;
  return HEAD_IS;
}

/* "new deadline", "revised start date", "new, later date". */
static gboolean
is_new_moment (const MoveText *text, guint i)
{
  if (!move_is (text, i, moments))
    return FALSE;
  for (guint back = 1; back <= 4 && back <= i - sentence_first (text, i); back++) {
    if (move_is (text, i - back, "new|revised|updated|rescheduled|fresh|later|extended|amended|final"))
      return TRUE;
    if (move_is (text, i - back, "the|of|to|in|old|original|and"))
      return FALSE;
  }
  return FALSE;
}

/* What a date, or the preposition at `at` before it, hangs on: the nearest word before it that tells. */
static Head
find_head (const MoveText *text, guint at)
{
  const guint first = sentence_first (text, at);

  for (guint i = at, n = 0; i > first && n < REACH; n++) {
    i--;
    if (MOVE_TOKEN (text, i)->dated || (n == 0 && move_is (text, i, ":|(")))
      continue;
    if (move_is (text, i, "now|newly|instead") && !move_is (text, i + 1, "-"))
      return HEAD_NEW;
    if (is_new_moment (text, i) || move_is (text, i, "rescheduled|reschedules|rescheduling|reset|resets"))
      return HEAD_NEW;
    if (move_is (text, i, formerly))
      return HEAD_OLD;
    if (begins (text, i, "expir"))
      return appointed_head (text, i);
    if (move_is (text, i, appointed) && !move_is (text, i, "set|go|vote|come|held|open|close|return|fall|kick"))
      return appointed_head (text, i);
    /* "the new date will be set in spring" */
    if (move_is (text, i, said) || (move_is (text, i, "set|fixed|decided|chosen") && has_before (text, i, 1, "be")))
      return HEAD_SAID;
    if (is_shift (text, i) || move_is (text, i, lasting_words)) {
      Head head = move_is (text, i, appointed) ? appointed_head (text, i) : HEAD_SHIFT;

      if (has_before (text, i, AUXILIARY, "had|already|previously"))
        return HEAD_RECAP;
      return head;
    }
    if (ends_phrase (text, i))
      break;
  }
  return HEAD_NONE;
}

/* "until Friday". */
static int
until_role (const MoveText *text, guint at)
{
  if (at > sentence_first (text, at) && move_is (text, at - 1, "had") && !move_is (text, at - 2, "has|have"))
    return MOVE_SURE_NOT;
  if (has_before (text, at, REACH, "originally|initially|previously|formerly") && !has_before (text, at, REACH, "now"))
    return MOVE_SURE_NOT;
  if (has_before (text, at, REACH, "was|were|had|would") &&
      has_before (text, at, NEAR, "due|scheduled|set|supposed|meant|slated|planned|intended|to") &&
      !has_before (text, at, NEAR,
                   "extended|now|postponed|delayed|deferred|pushed|moved|adjourned|suspended|put|prolonged"))
    return MOVE_SURE_NOT;
  switch (find_head (text, at)) {
  case HEAD_NEW:
  case HEAD_SHIFT:
    return MOVE_SURE_MOVED;
  case HEAD_RECAP:
    return MOVE_SURE_RECAP;
  default:
    return move_shifts_in_sentence (text, at) ? MOVE_SURE_SAME : MOVE_SURE_ALONE;
  }
}

/* "to Friday"; in "from Monday to Friday" where something moves, too. */
static int
to_role (const MoveText *text, guint at)
{
  gboolean range = has_before (text, at, NEAR, "from");

  if (at == sentence_first (text, at) ||
      move_is (text, at - 1, "compared|due|prior|relative|according|similar|related|dating|close|thanks|up|answer") ||
      has_before (text, at, REACH, "originally|initially|previously"))
    return MOVE_SURE_NOT;
  for (guint i = at, n = 0; i > sentence_first (text, at) && n < (range ? 2 * REACH : REACH); n++) {
    i--;
    if (move_is (text, i, "was|were") && move_is (text, i + 1, "due|scheduled|set|supposed|meant|slated|planned|to"))
      return MOVE_SURE_NOT;
    if (is_shift (text, i))
      return has_before (text, i, AUXILIARY, "had|already|previously") ? MOVE_SURE_RECAP : MOVE_SURE_MOVED;
    if (move_is (text, i, lasting_words) && !range)
      return has_before (text, i, AUXILIARY + 1, "current|existing|original|which|old") ? MOVE_SURE_NOT
                                                                                        : MOVE_SURE_MOVED;
    if (move_is (text, i, ";|:|—"))
      break;
  }
  return range || MOVE_TOKEN (text, at - 1)->dated ? MOVE_SURE_NOT : MOVE_SURE_ALONE; /* "slated for May 4 to May 9" */
}

/* "now has to file by Friday"; "extended by Friday" is when that is decided. */
static int
by_role (const MoveText *text, guint at)
{
  if (has_before (text, at, REACH, "originally|initially|previously|was|were|had"))
    return MOVE_SURE_NOT;
  return has_before (text, at, REACH, "now|newly") ? MOVE_SURE_RANGE : MOVE_SURE_NOT;
}

/* "will now apply from Friday". */
static int
from_role (const MoveText *text, guint at)
{
  if (!move_is (text, at, "from|starting|beginning|effective"))
    return MOVE_SURE_NOT;
  if (has_before (text, at, NEAR, "originally|initially|previously|was|were|had"))
    return MOVE_SURE_NOT;
  if (has_before (text, at, NEAR, "now|instead"))
    return MOVE_SURE_NEW;
  return MOVE_SURE_NOT;
}

/* "a 31 January extension", but not "on Tuesday announced the postponement". */
static gboolean
names_shift_behind (const MoveText *text, const MoveDate *date)
{
  guint i = date->last + 1;

  i += move_is (text, i, "-") ? 1 : 0;
  return date->first > sentence_first (text, date->first) &&
         move_is (text, date->first - 1, "a|an|the|new|to|for|its|in|grants|seeks|gets|announces") &&
         (move_is (text, i, "extension|delay|reprieve|postponement|flextension|deferral") ||
          (i < text->tokens->len && MOVE_TOKEN (text, i)->kind == MOVE_WORD &&
           move_is (text, i + 1, "extension|delay|reprieve|postponement|deferral")));
}

/* "Friday instead", "Friday rather than Monday", "Friday, not Monday". */
static gboolean
is_preferred (const MoveText *text, const MoveDate *date)
{
  const guint end = sentence_end (text, date->first);

  for (guint i = date->last + 1; i < end && i <= date->last + 4; i++) {
    if (move_is (text, i, "instead"))
      return TRUE;
    if ((move_is (text, i, "rather") && move_is (text, i + 1, "than")) || move_is (text, i, "not"))
      return i + 2 < end && (MOVE_TOKEN (text, i + 1)->dated || MOVE_TOKEN (text, i + 2)->dated ||
                             (i + 3 < end && MOVE_TOKEN (text, i + 3)->dated));
    if (!MOVE_TOKEN (text, i)->dated && !move_is (text, i, ",|at|on|in|from|and|midnight|noon|p.m|a.m"))
      return FALSE;
  }
  return FALSE;
}

/* "on Friday", "for Friday", "Friday". */
static int
plain_role (const MoveText *text, const MoveDate *date, MoveGovernor governor, guint at)
{
  guint i = date->last + 1;

  if (date->first > 0 && move_is (text, date->first - 1, "of") && is_new_moment (text, date->first - 2))
    return MOVE_SURE_NEW;
  if (move_is (text, i, "deadline|expiry|expiration|cutoff|target"))
    return has_before (text, date->first, 2, "new|sets|now") ? MOVE_SURE_NEW : MOVE_SURE_OLD;
  /* "May 4 is now the deadline", "May 4 as the new date" */
  if (move_is (text, i, "is|as") && (move_is (text, i + 1, "now|new") || move_is (text, i + 2, "new")))
    return MOVE_SURE_NEW;
  if (governor == MOVE_BY_FROM)
    return move_is (text, at, "from") ? MOVE_SURE_OLD : MOVE_SURE_NOT;
  switch (find_head (text, at)) {
  case HEAD_NEW:
    return MOVE_SURE_NEW;
  case HEAD_OLD:
  case HEAD_IS:
    return MOVE_SURE_OLD;
  case HEAD_WILL:
    return MOVE_SURE_WEAK;
  case HEAD_SHIFT:
    if (governor == MOVE_BY_FOR && move_is (text, at, "for") &&
        has_before (text, at, 4, "set|sets|pushed|moved|move|moves"))
      return has_before (text, at, NEAR, "was|were") ? MOVE_SURE_NOT : MOVE_SURE_RANGE;
    return MOVE_SURE_NOT;
  default:
    /* "ask for an April 2027 trial date" */
    return move_is (text, i, "trial|start|hearing|date|launch") &&
                   has_before (
                       text, date->first, 4,
                       "ask|asks|asked|seek|seeks|sought|want|wants|propose|proposes|request|requests|suggest|suggests")
               ? MOVE_SURE_RANGE
               : MOVE_SURE_NOT;
  }
}

static int
role_of (const MoveText *text, const MoveDate *date, guint at)
{
  if (names_shift_behind (text, date) || is_preferred (text, date))
    return MOVE_SURE_NEW;
  if (date->governor != MOVE_BY_TO && move_is (text, date->last + 1, "deadline|expiry|expiration|cutoff"))
    return plain_role (text, date, date->governor, at);
  switch (date->governor) {
  case MOVE_BY_UNTIL:
    return until_role (text, at);
  case MOVE_BY_TO:
    return to_role (text, at);
  case MOVE_BY_LIMIT:
    return by_role (text, at);
  case MOVE_BY_FROM:
    return from_role (text, at) > 0 ? from_role (text, at) : plain_role (text, date, date->governor, at);
  default:
    return plain_role (text, date, date->governor, at);
  }
}

void
move_roles_find (const MoveText *text, GArray *dates)
{
  for (guint i = 0; i < dates->len; i++) {
    MoveDate *date = &g_array_index (dates, MoveDate, i);
    guint at = date->first;

    if (move_is_cjk (text, date->first, date->last)) {
      date->sure = move_date_role_cjk (text, date);
      continue;
    }
    date->governor = find_governor (text, date, &at);
    date->sure = role_of (text, date, at);
    if (date->sure >= MOVE_SURE_RANGE &&
        (date->governor == MOVE_BY_FOR || date->governor == MOVE_BY_NOTHING || date->governor == MOVE_BY_LIMIT))
      date->governor = MOVE_BY_UNTIL;
  }
}
