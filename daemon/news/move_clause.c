/* SPDX-License-Identifier: MIT */
/* Where the clause of a word begins and ends, and what part the word plays in it: a finite verb, a participle, a noun,
 * the recap of what is known. */
#include "news/move_private.h"

static gboolean
ends_clause (const MoveText *text, guint i)
{
  return move_is (text, i,
                  ",|;|:|—|–|!|?|，|；|：|。|but|while|as|after|despite|following|amid|because|although|though|since|"
                  "when|…|which|who|whose|before|until after|where") ||
         (move_is (text, i, "-") && !MOVE_TOKEN (text, i)->tight) ||
         (move_is (text, i, "-") && move_is (text, i + 1, "-"));
}

/* In Chinese a blank ends a clause of a headline. */
static gboolean
blank_between (const MoveText *text, guint i)
{
  const MoveToken *token = MOVE_TOKEN (text, i), *before = MOVE_TOKEN (text, i - 1);

  return !token->tight && token->kind == MOVE_IDEOGRAPH && before->kind == MOVE_IDEOGRAPH &&
         !MOVE_SENTENCE (text, token->sentence)->hangul;
}

static gboolean
begins_aside (const MoveText *text, guint i)
{
  return move_is (text, i,
                  "after|as|despite|following|amid|while|when|since|because|although|though|which|who|whose|where|"
                  "before");
}

guint
move_clause_begin (const MoveText *text, guint i, gboolean *ret_aside)
{
  guint begin = MOVE_SENTENCE (text, MOVE_TOKEN (text, i)->sentence)->first;

  *ret_aside = FALSE;
  for (guint k = i; k > begin; k--) {
    if (blank_between (text, k))
      return k;
    if (!ends_clause (text, k - 1))
      continue;
    *ret_aside = begins_aside (text, k - 1);
    return k;
  }
  return begin;
}

guint
move_clause_end (const MoveText *text, const MoveCue *cue)
{
  guint i = cue->last + 1, end = MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence)->end;

  while (i < end && !ends_clause (text, i) && !blank_between (text, i))
    i++;
  return i;
}

/* "extends X", but not "delays to X", "delays hit X", "delays." */
static gboolean
has_object (const MoveText *text, const MoveCue *cue)
{
  guint i = cue->last + 1;

  return i < move_clause_end (text, cue) && MOVE_TOKEN (text, i)->kind != MOVE_POINT &&
         !move_is (text, i,
                   "to|of|in|on|for|at|by|from|over|until|and|or|hit|loom|looms|cost|costs|is|are|was|were|has|have|"
                   "will|would|could|may|not|likely|with|into|between|amid|under|fails|fail|granted|agreed|approved|"
                   "rejected|denied|ruled|announced|sought|urged|expected|extended|comes|"
                   "takes|faces|remains|stays|says|said");
}

/* What stands before a noun: "over delays", "no delays". */
static gboolean
calls_for_noun (const MoveText *text, guint i)
{
  return move_is (text, i, "over|of|for|on|in|with|by|about|no|new|further|more|long|these|any|to|payment");
}

/* What stands before a verb: "will delay", "we delay". */
static gboolean
calls_for_verb (const MoveText *text, guint i)
{
  return move_is (text, i,
                  "to|will|may|could|might|would|should|can|must|not|don't|won't|didn't|doesn't|wouldn't|let|please|"
                  "help|we|they|you|i|never|also|cannot|can't|us|eu");
}

/* Forms that may be a verb, used as a noun: "a delay", "over delays to", "rent freeze". */
gboolean
move_is_noun (const MoveText *text, const MoveCue *cue)
{
  if (cue->kind == MOVE_CUE_SHIFT_NOUN)
    return TRUE;
  if (cue->kind != MOVE_CUE_SHIFT || cue->last != cue->first ||
      !move_is (text, cue->first, "delay|delays|pause|pauses|halt|stay|freeze|freezes"))
    return FALSE;
  if (cue->first == MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence)->first)
    return !has_object (text, cue);
  if (cue->form == MOVE_FORM_S)
    return !has_object (text, cue) || calls_for_noun (text, cue->first - 1);
  if (calls_for_verb (text, cue->first - 1))
    return FALSE;
  /* "ministers delay ban": a plural before a verb */
  return !g_str_has_suffix (MOVE_TOKEN (text, cue->first - 1)->word, "s") || !has_object (text, cue);
}

/* "Delayed projects may be dumped", "5 delayed projects" */
static gboolean
opens_as_attribute (const MoveText *text, const MoveCue *cue)
{
  const guint next = cue->last + 1;

  return cue->last == cue->first && move_is (text, cue->first, "delayed|postponed|suspended|extended") &&
         (cue->first == 0 || (cue->first == 1 && MOVE_TOKEN (text, 0)->kind == MOVE_NUMBER)) &&
         has_object (text, cue) && MOVE_TOKEN (text, next)->kind == MOVE_WORD && !MOVE_TOKEN (text, next)->dated &&
         !move_is (text, next, "again|further|once|indefinitely|amid|after|as|because|due|pending|says|say");
}

/* Is a participle no more than an adjective: "misses extended deadline", "the cost of delayed rules"? */
static gboolean
is_attribute (const MoveText *text, const MoveCue *cue)
{
  if (opens_as_attribute (text, cue))
    return TRUE;
  if (cue->first == 0)
    return FALSE;
  if (move_is (text, cue->first - 1, "of|for|over|about|from|long|much|twice|thrice|-|this|that|with") &&
      has_object (text, cue))
    return TRUE;
  return move_is (text, cue->last + 1, "deadline|date|truce|ceasefire|pause|deadlines|timetable|timeline") &&
         move_is (text, cue->first - 1,
                  "misses|missed|miss|meets|meet|met|face|faces|nears|beat|beats|before|of|under|by|with|as|to|its|"
                  "their|his|ahead|past|despite|new|on");
}

/* "joins other cities in delaying" */
static gboolean
follows_suit (const MoveText *text, const MoveCue *cue)
{
  for (guint i = cue->first; i > MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence)->first; i--)
    if (move_is (text, i - 1, "join|joins|joined|joining|follow|follows|followed|following"))
      return TRUE;
  return FALSE;
}

/* "deadline moved to Dec. 15", "launch slips": what is shifted and its verb, found as one. */
gboolean
move_has_subject (const MoveText *text, const MoveCue *cue)
{
  return cue->last > cue->first &&
         move_is (text, cue->first + 1,
                  "moved|moves|changed|shifted|shifts|slide|slides|slid|slip|slips|slipped|scrubbed|reset");
}

/* "joins Norvia in delaying" tells what is done; "for extending it", "Putting off polls is not unusual" do not. */
static gboolean
is_fact_in_ing (const MoveText *text, const MoveCue *cue)
{
  if (move_is (text, cue->first - 1, "in"))
    return follows_suit (text, cue);
  return !move_is (text, cue->first - 1, "for|of|on|about|by|the|a|from|:|says|that");
}

/* A verb that nothing governs is a fact when it is finite: "the extended deadline", "the decision to extend" are not,
 * but "To extend the truce" is in a headline. */
gboolean
move_is_fact (const MoveText *text, const MoveCue *cue, gboolean noun, gboolean title)
{
  if (MOVE_TOKEN (text, cue->first)->kind == MOVE_IDEOGRAPH)
    return TRUE;
  if (noun)
    return FALSE;
  gboolean opens = cue->first == 0 || move_has_subject (text, cue);
  switch (cue->form) {
  case MOVE_FORM_ING:
    return !opens && is_fact_in_ing (text, cue);
  case MOVE_FORM_PAST:
    return (opens || !move_is (text, cue->first - 1, "the|a|an|had|having")) && !is_attribute (text, cue);
  default:
    if (!opens && move_is (text, cue->first - 1, "to"))
      return title;
    return opens || !move_is (text, cue->first - 1, "the|a|an|of|for");
  }
}

/* "extended last month", "last week suspended" */
static gboolean
when_past (const MoveText *text, const MoveCue *cue)
{
  guint end = MIN (cue->last + 4, text->tokens->len);

  for (guint i = cue->last + 1; i < end; i++)
    if (move_is_last_period (text, i) || (move_is (text, i, "earlier") && move_is (text, i + 1, "in")))
      return TRUE;
  return cue->first > 1 && move_is_last_period (text, cue->first - 2);
}

/* Is it told as of another time than now: "extended last month"? */
gboolean
move_is_stale (const MoveText *text, const MoveCue *cue)
{
  return cue->form == MOVE_FORM_PAST && when_past (text, cue);
}

/* Does a day follow that is over, on which it happened: "extended on May 4"? */
static gboolean
names_past_day (const MoveText *text, const MoveCue *cue, const GArray *dates)
{
  const guint end = move_clause_end (text, cue);

  for (guint i = 0; i < dates->len; i++) {
    const MoveDate *date = &g_array_index (dates, MoveDate, i);

    if (date->past && date->first > cue->last && date->last < end && date->governor != MOVE_BY_UNTIL &&
        date->governor != MOVE_BY_TO && date->governor != MOVE_BY_FROM)
      return TRUE;
  }
  return FALSE;
}

/* Does the sentence say until when, behind `cue`? */
static gboolean
names_end (const MoveSentence *sentence, const MoveCue *cue, const GArray *dates)
{
  for (guint i = 0; i < dates->len; i++) {
    const MoveDate *date = &g_array_index (dates, MoveDate, i);

    if (date->governor == MOVE_BY_UNTIL && date->first > cue->first && date->first < sentence->end)
      return TRUE;
  }
  return FALSE;
}

/* Is a participle told as known by what stands around it: "In August the two sides extended", "The payments, paused in
 * spring", "already extended", "extended last year", and in a summary "extended several times"? */
static gboolean
is_told_as_known (const MoveText *text, const MoveCue *cue, const MoveSentence *sentence)
{
  if (move_is (text, cue->first - 1, "already|previously|had|earlier|twice|repeatedly") || when_past (text, cue) ||
      (move_is (text, cue->first - 1, ",") && cue->first > sentence->first + 1))
    return TRUE;
  return !sentence->title && (move_is (text, cue->last + 1, "repeatedly|twice|thrice|several|multiple|numerous|many") ||
                              (move_is (text, sentence->first, "in") && MOVE_TOKEN (text, sentence->first + 1)->dated));
}

/* "has been extended" is news; "had been extended" and "was extended" are not, unless the latter says until when. */
gboolean
move_is_recap (const MoveText *text, const MoveCue *cue, const GArray *dates)
{
  const MoveSentence *sentence = MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence);

  if (names_past_day (text, cue, dates))
    return TRUE;
  if (cue->form != MOVE_FORM_PAST || cue->first == 0)
    return FALSE;
  if (is_told_as_known (text, cue, sentence))
    return TRUE;
  if (move_is (text, cue->first - 1, "been"))
    return cue->first < 2 || !move_is (text, cue->first - 2, "has|have|just|now");
  return move_is (text, cue->first - 1, "was|were") && !names_end (sentence, cue, dates);
}
