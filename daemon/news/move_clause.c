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
                   "rejected|denied|ruled|announced|sought|urged|expected|under|extended|comes|"
                   "takes|faces|remains|stays|says|said");
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
    return !has_object (text, cue) ||
           move_is (text, cue->first - 1,
                    "over|of|for|on|in|with|by|about|no|new|further|more|long|these|any|to|payment");
  if (move_is (text, cue->first - 1,
               "to|will|may|could|might|would|should|can|must|not|don't|won't|didn't|doesn't|wouldn't|let|"
               "please|help|we|they|you|i|never|also|cannot|can't|us|eu"))
    return FALSE;
  /* "ministers delay ban": a plural before a verb */
  return !g_str_has_suffix (MOVE_TOKEN (text, cue->first - 1)->word, "s") || !has_object (text, cue);
}

/* "misses extended deadline" */
static gboolean
is_attribute (const MoveText *text, const MoveCue *cue)
{
  /* "5 delayed projects", "Delayed projects may be dumped" */
  if (cue->last == cue->first && has_object (text, cue) && MOVE_TOKEN (text, cue->last + 1)->kind == MOVE_WORD &&
      !move_is (text, cue->last + 1, "again|further|once|indefinitely|amid|after|as|because|due|pending|says|say") &&
      !MOVE_TOKEN (text, cue->last + 1)->dated && move_is (text, cue->first, "delayed|postponed|suspended|extended") &&
      (cue->first == 0 || (cue->first == 1 && MOVE_TOKEN (text, 0)->kind == MOVE_NUMBER)))
    return TRUE;
  if (cue->first == 0)
    return FALSE;
  /* "the cost of delayed rules" */
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

/* A verb that nothing governs is a fact when it is finite; "the extended deadline", "for extending it" are not. */
gboolean
move_is_fact (const MoveText *text, const MoveCue *cue, gboolean noun, gboolean title)
{
  if (MOVE_TOKEN (text, cue->first)->kind == MOVE_IDEOGRAPH)
    return TRUE;
  if (noun)
    return FALSE;
  if (cue->first == 0 || move_has_subject (text, cue))
    return cue->form != MOVE_FORM_ING && !(cue->form == MOVE_FORM_PAST && is_attribute (text, cue));
  /* "Putting off polls is not unusual" */
  if (cue->form == MOVE_FORM_ING && move_is (text, cue->first - 1, ":|says|that"))
    return FALSE;
  if (cue->form == MOVE_FORM_ING && move_is (text, cue->first - 1, "in"))
    return follows_suit (text, cue);
  if (cue->form == MOVE_FORM_ING)
    return !move_is (text, cue->first - 1, "for|of|on|about|by|the|a|from");
  if (cue->form == MOVE_FORM_PAST)
    return !move_is (text, cue->first - 1, "the|a|an|had|having") && !is_attribute (text, cue);
  if (move_is (text, cue->first - 1, "to"))
    return title;
  return !move_is (text, cue->first - 1, "the|a|an|of|for");
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

/* "has been extended", "was extended twice": told as known, unless a date to come follows. */
gboolean
move_is_recap (const MoveText *text, const MoveCue *cue, const GArray *dates)
{
  const MoveSentence *sentence = MOVE_SENTENCE (text, MOVE_TOKEN (text, cue->first)->sentence);

  for (guint i = 0; i < dates->len; i++) {
    const MoveDate *date = &g_array_index (dates, MoveDate, i);

    if (date->past && date->first > cue->last && date->last < move_clause_end (text, cue) &&
        date->governor != MOVE_BY_UNTIL && date->governor != MOVE_BY_TO && date->governor != MOVE_BY_FROM)
      return TRUE;
  }
  if (cue->form != MOVE_FORM_PAST || cue->first == 0)
    return FALSE;
  /* "In August the two sides extended ..." */
  if (!sentence->title && move_is (text, sentence->first, "in") && MOVE_TOKEN (text, sentence->first + 1)->dated)
    return TRUE;
  /* "The payments, paused in spring, ..." */
  if (move_is (text, cue->first - 1, ",") && cue->first > sentence->first + 1)
    return TRUE;
  if (move_is (text, cue->first - 1, "already|previously|had|earlier|twice|repeatedly") || when_past (text, cue) ||
      (!sentence->title && move_is (text, cue->last + 1, "repeatedly|twice|thrice|several|multiple|numerous|many")))
    return TRUE;
  if (move_is (text, cue->first - 1, "been"))
    return cue->first < 2 || !move_is (text, cue->first - 2, "has|have|just|now");
  if (!move_is (text, cue->first - 1, "was|were"))
    return FALSE;
  for (guint i = 0; i < dates->len; i++) {
    const MoveDate *date = &g_array_index (dates, MoveDate, i);

    if (date->governor == MOVE_BY_UNTIL && date->first > cue->first && date->first < sentence->end)
      return FALSE;
  }
  return TRUE;
}
