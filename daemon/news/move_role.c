/* SPDX-License-Identifier: MIT */
/* What each date in a text is there for: the one that something moves to, the one that it had, or the day on which
 * somebody said so. The preposition before a date tells, and the word that it hangs on: "was due on Friday" and "is now
 * due on Friday" differ in two words. */
#include "news/move_role_private.h"

#define FILLERS 10  /* words that may stand between "until" and its date: "at least 12:01 a.m. on" */
#define AUXILIARY 3 /* words between "was" and "due": "was not originally due" */
#define NEAR 8

/* "until after Easter", which is no sooner than Easter; but not "until after May 4 vote". */
static gboolean
is_after_until (const MoveText *text, guint i)
{
  guint end = i + 1;

  if (!move_is (text, i, "after|past|beyond") || i == 0 || !move_is (text, i - 1, "until|till|til|to"))
    return FALSE;
  while (end < text->tokens->len && MOVE_TOKEN (text, end)->dated)
    end++;
  return end > i + 1 && (end >= move_sentence_end (text, i) || MOVE_TOKEN (text, end)->kind == MOVE_POINT ||
                         move_is (text, end, "as|because|over|amid|for|in|at|and|but|by|due|when|while|says|said"));
}

static gboolean
is_filler (const MoveText *text, guint i)
{
  if (move_is (text, i, "including") || move_is (text, i + 1, "including")) /* "up to and including" */
    return TRUE;
  if (is_after_until (text, i) || (move_is (text, i, ")") && i > 1 && move_is (text, i - 2, "("))) /* "(CET)" */
    return TRUE;
  if (move_is (text, i, "end|close")) /* "until the end of Friday", but not "to end on Friday" */
    return move_is (text, i + 1, "of");
  return MOVE_TOKEN (text, i)->kind == MOVE_NUMBER || MOVE_TOKEN (text, i)->dated ||
         move_is (
             text, i,
             "the|a|at|least|midnight|noon|around|about|only|a.m|p.m|am|pm|edt|est|et|pt|pst|pdt|ct|gmt|bst|utc|"
             "cet|:|.|no|earlier|later|sooner|than|as|late|early|'|\"|“|‘|roughly|approximately|fiscal|fy|local|"
             "time|its|current|business|cob|of|hours|eastern|pacific|central|brussels|moscow|beijing|london|some|"
             "net|between|sometime|possibly|perhaps|probably|well|that|day|morning|evening|afternoon|night|also|just");
}

static MoveGovernor
governor_word (const MoveText *text, guint i)
{
  if (is_after_until (text, i))
    return MOVE_BY_NOTHING;
  if (move_is (text, i, "until|till|til|upto|through|thru|into|’til|'til"))
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
  const guint first = move_sentence_first (text, date->first);
  MoveGovernor weaker = MOVE_BY_NOTHING;

  *ret_at = date->first;
  for (guint i = date->first, n = 0; i > first && n < FILLERS; n++) {
    i--;
    MoveGovernor governor = governor_word (text, i);

    if (weaker != MOVE_BY_NOTHING && i + 1 == *ret_at && move_is (text, i, "through|to|into|thru"))
      break; /* "got through on Friday" */
    /* "until 12:01 a.m. on Friday", "until the end of Friday": look behind it */
    gboolean passing = move_is (text, i, "on|of|at|,|(|is") ||
                       (i > first && move_is (text, i, "in") && move_is (text, i - 1, "sometime|time|point"));
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

/* "originally", "was", "had": of the date that something had. */
static gboolean
tells_of_before (const MoveText *text, guint at, guint reach)
{
  return move_has_one_before (text, at, reach, &move_originally) || move_has_before (text, at, reach, "was|were|had");
}

/* "the contract runs until Friday": as a rule what is known of it, where nothing says that it is new. */
static gboolean
lasts_already (const MoveText *text, guint at)
{
  return move_has_before (text, at, 1, "run|runs|last|lasts|continues|stands") &&
         !move_has_before (text, at, NEAR,
                           "now|will|would|could|may|might|should|can|to|new|instead|extension|after") &&
         !move_shifts_before (text, at, NEAR);
}

/* "had until Friday", "originally until Friday", "was to last until Friday", with nothing that says "now". */
static gboolean
lasted_until (const MoveText *text, guint at)
{
  if (at > move_sentence_first (text, at) && move_is (text, at - 1, "had") && !move_is (text, at - 2, "has|have"))
    return TRUE;
  if (move_has_one_before (text, at, MOVE_REACH, &move_originally) && !move_has_before (text, at, MOVE_REACH, "now"))
    return TRUE;
  return move_has_before (text, at, MOVE_REACH, "was|were|had") &&
         (move_has_one_before (text, at, NEAR, &move_slated) || move_has_before (text, at, NEAR, "to")) &&
         !move_has_before (text, at, NEAR,
                           "extended|now|postponed|delayed|deferred|pushed|moved|adjourned|suspended|put|prolonged");
}

/* "until Friday". */
static int
until_role (const MoveText *text, guint at)
{
  if (lasted_until (text, at))
    return MOVE_SURE_NOT;
  if (lasts_already (text, at))
    return MOVE_SURE_WEAK;
  /* "postponed, at least until Friday" */
  guint least = at > move_sentence_first (text, at) + 2 && move_is (text, at - 1, "least") ? at - 2 : at;
  if (least < at && move_is (text, least - 1, ","))
    least--;
  switch (move_find_head (text, least)) {
  case MOVE_HEAD_NEW:
  case MOVE_HEAD_SHIFT:
    return MOVE_SURE_MOVED;
  case MOVE_HEAD_RECAP:
    return MOVE_SURE_RECAP;
  default:
    return move_shifts_in_sentence (text, at) ? MOVE_SURE_SAME : MOVE_SURE_ALONE;
  }
}

/* "to Friday"; in "from Monday to Friday" where something moves, too. */
static int
to_role (const MoveText *text, guint at)
{
  gboolean range = move_has_before (text, at, NEAR, "from");

  if (lasts_already (text, at))
    return MOVE_SURE_WEAK;
  if (range && move_has_before (text, at, MOVE_REACH, "covering"))
    return MOVE_SURE_NOT;
  if (at == move_sentence_first (text, at) ||
      move_is (text, at - 1, "compared|due|prior|relative|according|similar|related|dating|close|thanks|answer") ||
      move_has_one_before (text, at, MOVE_REACH, &move_originally))
    return MOVE_SURE_NOT;
  for (guint i = at, n = 0; i > move_sentence_first (text, at) && n < (range ? 2 * MOVE_REACH : MOVE_REACH); n++) {
    i--;
    if (move_is (text, i, "was|were") && (move_is_of (text, i + 1, &move_slated) || move_is (text, i + 1, "to")))
      return MOVE_SURE_NOT;
    if (move_is_shift (text, i))
      return move_is_told_before (text, i) ? MOVE_SURE_RECAP : MOVE_SURE_MOVED;
    if (move_is_of (text, i, &move_lasting_words) && !range)
      return move_has_before (text, i, AUXILIARY + 1, "current|existing|original|which|old") ? MOVE_SURE_NOT
                                                                                             : MOVE_SURE_MOVED;
    if (move_is (text, i, ";|:|—"))
      break;
  }
  if (range && (move_has_one_before (text, at, MOVE_REACH, &move_slated) ||
                move_has_before (text, at, MOVE_REACH, "was|were|had|been")))
    return MOVE_SURE_NOT;
  if (range) /* as a rule what something lasts, but not of what moves */
    return MOVE_SURE_WEAK;
  return MOVE_TOKEN (text, at - 1)->dated ? MOVE_SURE_NOT : MOVE_SURE_ALONE; /* "slated for May 4 to May 9" */
}

/* "now has to file by Friday"; "extended by Friday" is when that is decided. */
static int
by_role (const MoveText *text, guint at)
{
  return !tells_of_before (text, at, MOVE_REACH) && move_has_before (text, at, MOVE_REACH, "now|newly")
             ? MOVE_SURE_RANGE
             : MOVE_SURE_NOT;
}

/* "will now apply from Friday". */
static gboolean
starts_anew (const MoveText *text, guint at)
{
  return move_is (text, at, "from|starting|beginning|effective") && !tells_of_before (text, at, NEAR) &&
         move_has_before (text, at, NEAR, "now|instead");
}

/* "a 31 January extension", but not "on Tuesday announced the postponement". */
static gboolean
names_shift_behind (const MoveText *text, const MoveDate *date)
{
  guint i = date->last + 1;

  i += move_is (text, i, "-") ? 1 : 0;
  return date->first > move_sentence_first (text, date->first) &&
         move_is (text, date->first - 1, "a|an|the|new|to|for|its|in|grants|seeks|gets|announces") &&
         (move_is_of (text, i, &move_shift_nouns) ||
          (i < text->tokens->len && MOVE_TOKEN (text, i)->kind == MOVE_WORD &&
           move_is_of (text, i + 1, &move_shift_nouns)));
}

/* "Friday instead", "Friday rather than Monday", "Friday, not Monday". */
static gboolean
is_preferred (const MoveText *text, const MoveDate *date)
{
  const guint end = move_sentence_end (text, date->first);

  for (guint i = date->last + 1; i < end && i <= date->last + 4; i++) {
    if (move_is (text, i, "instead"))
      return TRUE;
    if ((move_is (text, i, "rather") && move_is (text, i + 1, "than")) || move_is (text, i, "not"))
      return move_names_time (text, i + 1, MIN (end, i + 6));
    if (!MOVE_TOKEN (text, i)->dated && !move_is (text, i, ",|at|on|in|from|and|midnight|noon|p.m|a.m"))
      return FALSE;
  }
  return FALSE;
}

/* "Friday, two days later than planned", "2028, a year late". */
static gboolean
is_late (const MoveText *text, const MoveDate *date)
{
  const guint end = MIN (move_sentence_end (text, date->first), date->last + 1 + NEAR);

  for (guint i = date->last + 1; i < end; i++) {
    if (move_is (text, i, "later|earlier|sooner") && move_is (text, i + 1, "than"))
      return TRUE;
    if (move_is (text, i, "late|behind|ahead") && i > date->last + 1 && MOVE_TOKEN (text, i - 1)->kind == MOVE_WORD)
      return move_is (text, i, "late")
                 ? i + 1 >= end || MOVE_TOKEN (text, i + 1)->kind == MOVE_POINT
                 : move_is (text, i + 1, "schedule|of") && !move_is (text, i - 1, "is|are|was|were");
    if (MOVE_TOKEN (text, i)->dated)
      continue;
    if (MOVE_TOKEN (text, i)->kind == MOVE_WORD &&
        !move_is (text, i,
                  "a|an|one|two|three|four|five|six|seven|eight|nine|ten|some|about|around|nearly|almost|day|days|"
                  "week|weeks|month|months|year|years|or|which|is|just|and|half"))
      return FALSE;
  }
  return FALSE;
}

/* "new July 1 trial date", "sets July 1 start", "May 4 is now the deadline", "May 4 as the new date". */
static gboolean
is_named_new (const MoveText *text, const MoveDate *date)
{
  const guint i = date->last + 1;

  if (move_has_before (text, date->first, 2, "sets|fixes|picks|names|new|revised|later") &&
      (move_is_moment (text, i) || move_is_moment (text, i + 1)))
    return TRUE;
  gboolean is = move_is (text, i, "is|as|becomes");
  guint the = is ? i + 1 : i;
  return (is && move_is (text, the, "now") && move_is (text, the + 1, "the")) ||
         move_is (text, the + (move_is (text, the, "the|a|its|our") ? 1 : 0), "new");
}

/* "Judges ask for an April 2027 trial date": it is asked for by name. */
static gboolean
is_asked_for (const MoveText *text, const MoveDate *date)
{
  return move_is_moment (text, date->last + 1) &&
         move_has_before (text, date->first, 4,
                          "ask|asks|asked|asking|seek|seeks|sought|want|wants|propose|proposes|request|requests|"
                          "suggest|suggests|plead|pleads|urge|urges|demand|demands|favour|favor");
}

/* "on Friday", "for Friday", "Friday". */
static int
plain_role (const MoveText *text, const MoveDate *date, MoveGovernor governor, guint at)
{
  guint i = date->last + 1;

  if (date->first > 0 && move_is (text, date->first - 1, "of") && move_is_new_moment (text, date->first - 2))
    return MOVE_SURE_NEW;
  if (move_is (text, i, "deadline|expiry|expiration|cutoff|target"))
    return move_has_before (text, date->first, 2, "new|sets|now") ? MOVE_SURE_NEW : MOVE_SURE_OLD;
  /* "for the rest of the year" */
  if (move_is (text, date->first, "rest|remainder") && move_is (text, at, "for"))
    return move_shifts_in_sentence (text, at) || move_lasts_before (text, at, MOVE_REACH) ? MOVE_SURE_SAME
                                                                                          : MOVE_SURE_NOT;
  if (governor == MOVE_BY_NOTHING && move_has_before (text, date->first, 1, "picks|sets|fixes|names|chooses|targets"))
    return MOVE_SURE_RANGE;
  if (is_named_new (text, date))
    return MOVE_SURE_NEW;
  /* "extension of the deadline on Friday", but not "sets the deadline on Friday" */
  if (governor == MOVE_BY_FOR && move_is (text, at, "on") && move_has_before (text, at, 1, "deadline|expiry|cutoff") &&
      !move_has_before (text, at, NEAR, "new|now|set|sets|fix|fixes|revised|final"))
    return MOVE_SURE_OLD;
  if (move_is (text, i, "at") && move_is (text, i + 1, "the") && move_is (text, i + 2, "earliest|latest"))
    return MOVE_SURE_RANGE;
  if (move_is (text, at, "before") &&
      move_has_before (text, at, NEAR, "not|won't|no|doesn't|isn't|unlikely|cannot|don't|never"))
    return MOVE_SURE_RANGE; /* "not expected before 2028" */
  if (governor == MOVE_BY_FROM)
    return move_is (text, at, "from") ? MOVE_SURE_OLD : MOVE_SURE_NOT;
  switch (move_find_head (text, at)) {
  case MOVE_HEAD_NEW:
    return MOVE_SURE_NEW;
  case MOVE_HEAD_OLD:
    return MOVE_SURE_OLD;
  case MOVE_HEAD_WILL:
    return MOVE_SURE_WEAK;
  case MOVE_HEAD_SHIFT:
    if (governor == MOVE_BY_FOR && move_is (text, at, "for") &&
        move_has_before (text, at, 4, "set|sets|pushed|moved|move|moves"))
      return move_has_before (text, at, NEAR, "was|were") ? MOVE_SURE_NOT : MOVE_SURE_RANGE;
    return MOVE_SURE_NOT;
  default:
    return is_asked_for (text, date) ? MOVE_SURE_RANGE : MOVE_SURE_NOT;
  }
}

/* "put it off to June last year", where it was moved to before; "will be held on May 4 as announced". */
static gboolean
is_known (const MoveText *text, const MoveDate *date)
{
  const guint i = date->last + 1;

  if (i + 1 >= move_sentence_end (text, date->first))
    return FALSE;
  return move_is_last_period (text, i) ||
         (move_is (text, i, "as") &&
          move_is (text, i + 1, "planned|announced|scheduled|previously|originally|expected|intended"));
}

static int
role_of (const MoveText *text, const MoveDate *date, guint at)
{
  if (is_known (text, date))
    return MOVE_SURE_NOT;
  if (names_shift_behind (text, date) || is_preferred (text, date) ||
      (date->governor != MOVE_BY_FROM && is_late (text, date)))
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
    return starts_anew (text, at) ? MOVE_SURE_NEW : plain_role (text, date, date->governor, at);
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
