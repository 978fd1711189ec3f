/* SPDX-License-Identifier: MIT */
/* Which of the dates and lengths in a text the deadline moves to or by: what stands before them decides, and what
 * stands near. "from March 4 to April 2": the second; "the 90-day truce": none. */
#include "news/move_private.h"

#define FILLERS 8     /* words that may stand between "until" and its date: "at least 12:01 a.m. on" */
#define PAST_DAYS 4   /* before publication: what happened then is no news */
#define NEAR 6        /* words between a length and the noun that it is of: "a 60-day Black Sea grain deal extension" */
#define VERB_REACH 14 /* words between a verb and "to DATE", which would else be where a range ends */

static gboolean
is_filler (const MoveText *text, guint i)
{
  return MOVE_TOKEN (text, i)->kind == MOVE_NUMBER ||
         move_is (text, i,
                  "the|a|at|least|midnight|noon|on|around|about|only|a.m|p.m|am|pm|edt|est|et|gmt|utc|:|.|no|"
                  "earlier|than|as|late|'|\"|“|‘|roughly|approximately|local|time|its|current");
}

static MoveGovernor
governor_word (const MoveText *text, guint i)
{
  if (move_is (text, i, "until|till|til|through|thru|into|now"))
    return MOVE_BY_UNTIL;
  if (move_is (text, i, "to"))
    return MOVE_BY_TO;
  if (move_is (text, i, "by"))
    return MOVE_BY_LIMIT;
  if (move_is (text, i, "for|on|in|is|,|-|("))
    return MOVE_BY_FOR;
  if (move_is (text, i,
               "from|since|after|before|originally|previously|initially|formerly|of|past|beyond|announced|said|signed|"
               "expired|expires|expire|ended|missing|than|original|last|every"))
    return MOVE_BY_FROM;
  return MOVE_BY_NOTHING;
}

/* "was due to expire on", "scheduled for", "announced on": no end, whatever "on" and "for" are elsewhere. */
static gboolean
old_before (const MoveText *text, guint i)
{
  for (guint back = 1; back <= 4 && back <= i; back++) {
    if (move_is (text, i - back, ",|;|:|.|—"))
      return FALSE;
    if (move_is (text, i - back,
                 "due|expire|expires|expired|expiring|end|ends|announced|signed|said|scheduled|original|"
                 "originally|slated|took|takes|take|effect|began|begin|begins|start|starts|started|"
                 "instead|rather|supposed|planned|deadline"))
      return !move_is (text, i - back, "deadline") || !move_is (text, i - MIN (i, back + 1), "new|sets");
  }
  return FALSE;
}

/* "the new deadline is", "is now due on", "new start date for the tax:" */
static gboolean
new_before (const MoveText *text, guint i)
{
  for (guint back = 1; back <= NEAR + 2 && back < i; back++) {
    if (move_is (text, i - back, ",|;|.|—"))
      return FALSE;
    if (back <= 4 && move_is (text, i - back, "now"))
      return TRUE;
    if (move_is (text, i - back, "deadline|date|cutoff"))
      return move_is (text, i - back - 1, "new") || (back + 1 < i && move_is (text, i - back - 2, "new"));
  }
  return FALSE;
}

static MoveGovernor
govern (const MoveText *text, const MoveDate *date)
{
  MoveGovernor governor = MOVE_BY_NOTHING;
  guint i = date->first;

  for (guint n = 0; n < FILLERS && i > 0 && governor == MOVE_BY_NOTHING; n++) {
    i--;
    if (MOVE_TOKEN (text, i)->sentence != MOVE_TOKEN (text, date->first)->sentence)
      break;
    governor = governor_word (text, i);
    if (governor == MOVE_BY_FOR && move_is (text, i, "on|,|(")) {
      /* "until 12:01 a.m. on", "until Tuesday, ...": look behind it */
      MoveGovernor behind = MOVE_BY_NOTHING;

      for (guint k = i; k > 0 && i - k < FILLERS; k--) {
        behind = governor_word (text, k - 1);
        if (behind != MOVE_BY_NOTHING || !(is_filler (text, k - 1) || MOVE_TOKEN (text, k - 1)->dated))
          break;
      }
      if (behind == MOVE_BY_UNTIL || behind == MOVE_BY_TO)
        return behind;
    }
    if (governor == MOVE_BY_NOTHING && !is_filler (text, i))
      break;
  }
  /* "now apply from May 4" */
  if (move_is (text, i, "from") && ((i > 0 && move_is (text, i - 1, "now")) || (i > 1 && move_is (text, i - 2, "now"))))
    return MOVE_BY_UNTIL;
  /* "Feb. 7 deadline" is the old one; "a 31 January extension" the new. */
  for (guint k = date->last + 1; k <= date->last + 3 && governor != MOVE_BY_FROM; k++) {
    if (move_is (text, k, "extension|delay|reprieve|postponement|flextension"))
      return MOVE_BY_UNTIL;
    if (move_is (text, k, "deadline|expiry|expiration|,|.|for|to|as|cutoff"))
      break;
  }
  if (move_is (text, date->last + 1, "deadline|expiry|expiration|cutoff|target") && governor != MOVE_BY_TO)
    return date->first > 0 && move_is (text, date->first - 1, "new") ? MOVE_BY_UNTIL : MOVE_BY_FROM;
  gboolean of = date->first > 0 && move_is (text, date->first - 1, "of"); /* "a new date of May 1" */
  if ((governor == MOVE_BY_FOR || governor == MOVE_BY_NOTHING || of) &&
      !move_is (text, date->first - MIN (date->first, 1), "in") && new_before (text, date->first))
    return MOVE_BY_UNTIL;
  if ((governor == MOVE_BY_FOR || governor == MOVE_BY_NOTHING) && old_before (text, date->first))
    return MOVE_BY_FROM;
  return governor;
}

void
move_dates_find (MoveText *text, const MoveAnchor *anchor, GArray *dates)
{
  for (guint i = 0; i < text->tokens->len; i++) {
    MoveDate date = { 0 };

    if (move_date_read (text, i, anchor, &date))
      date.governor = MOVE_BY_NOTHING;
    else if (!move_date_read_cjk (text, i, anchor, &date))
      continue;
    for (guint k = date.first; k <= date.last; k++)
      MOVE_TOKEN (text, k)->dated = TRUE;
    date.past = anchor->known && date.end <= anchor->day - PAST_DAYS;
    g_array_append_val (dates, date);
    i = date.last;
  }
  for (guint i = 0; i < dates->len; i++) {
    MoveDate *date = &g_array_index (dates, MoveDate, i);

    if (date->governor == MOVE_BY_NOTHING)
      date->governor = govern (text, date);
  }
}

/* Does a verb or noun that shifts stand before token `i` in its sentence, at most `reach` tokens away? */
static gboolean
shift_before (const MoveText *text, const GArray *cues, guint i, guint reach)
{
  for (guint c = 0; c < cues->len; c++) {
    const MoveCue *cue = &g_array_index (cues, MoveCue, c);

    if (cue->kind <= MOVE_CUE_SHIFT_NOUN && cue->first < i && i - cue->first <= reach &&
        MOVE_TOKEN (text, cue->first)->sentence == MOVE_TOKEN (text, i)->sentence)
      return TRUE;
  }
  return FALSE;
}

static gboolean
shift_in_sentence (const MoveText *text, const GArray *cues, guint i)
{
  const MoveSentence *sentence = MOVE_SENTENCE (text, MOVE_TOKEN (text, i)->sentence);

  return move_cue_in (cues, MOVE_CUE_SHIFT, sentence->first, sentence->end) ||
         move_cue_in (cues, MOVE_CUE_SHIFT_NOUN, sentence->first, sentence->end);
}

/* "‘Tuesday, 8 PM’: A extends the deadline", "rescheduled for May 4", "the sale is to close January 22". */
static gboolean
stands_as_new (const MoveText *text, const MoveEvent *event, const MoveDate *date)
{
  const MoveSentence *sentence = MOVE_SENTENCE (text, event->sentence);

  if (date->first < sentence->first || date->last >= sentence->end)
    return FALSE;
  if (event->label == TRUCE_MOVE_RESOLVED && date->first > 1 && date->precision == TRUCE_PRECISION_DAY)
    return move_is (text, date->first - (move_is (text, date->first - 1, "on|by") ? 2 : 1), "close|closes|closing");
  if (date->governor == MOVE_BY_FOR && date->first > event->cue->last && move_is (text, date->first - 1, "for|now"))
    return TRUE;
  if (!sentence->title || date->first > sentence->first + 1 || date->precision != TRUCE_PRECISION_DAY)
    return FALSE;
  for (guint i = date->last + 1; i < event->cue->first && i <= date->last + NEAR; i++)
    if (move_is (text, i, ":"))
      return TRUE;
  return FALSE;
}

/* How well a date fits as the new one; 0 when it cannot be. */
static int
score_date (const MoveText *text, const GArray *cues, const MoveEvent *event, const MoveDate *date)
{
  guint sentence = MOVE_TOKEN (text, date->first)->sentence;
  gboolean near = shift_before (text, cues, date->first, VERB_REACH);
  int score = 0;

  switch (date->governor) {
  case MOVE_BY_UNTIL:
    score = near ? 6 : shift_in_sentence (text, cues, date->first) ? 5 : 2;
    break;
  case MOVE_BY_TO:
    score = near ? 6 : 0;
    break;
  case MOVE_BY_LIMIT:
    break; /* "to be extended by Friday": that is when it is decided */
  case MOVE_BY_FOR:
  case MOVE_BY_NOTHING:
    score = event && stands_as_new (text, event, date) ? 3 : 0;
    break;
  case MOVE_BY_FROM:
    return 0;
  }
  if (score == 0)
    return 0;
  return 2 * score + (event && event->sentence == sentence ? 4 : 0) + (MOVE_SENTENCE (text, sentence)->title ? 1 : 0);
}

gboolean
move_pick_date (const MoveText *text, const GArray *cues, const GArray *dates, const MoveEvent *event,
                MoveDate *ret_date)
{
  const MoveDate *best = NULL;
  int best_score = 0;

  for (guint i = 0; i < dates->len; i++) {
    const MoveDate *date = &g_array_index (dates, MoveDate, i);
    int score = score_date (text, cues, event, date);

    if (score == 0)
      continue;
    /* The finer of two that say the same: "to September", then "to September 17". */
    gboolean within =
        best && date->from >= best->from && date->end <= best->end && date->end - date->from < best->end - best->from;
    gboolean around = best && best->from >= date->from && best->end <= date->end;
    if (!best || within || (!around && score > best_score)) {
      best = date;
      best_score = MAX (score, best_score);
    }
  }
  if (best)
    *ret_date = *best;
  return best != NULL;
}

/* Is the length what something is moved by: "for 90 days", "by a week", "a 90-day extension", "another 90 days"? */
static gboolean
length_moves (const MoveText *text, const GArray *cues, const MoveLength *length)
{
  guint before = length->first;

  while (before > 0 && move_is (text, before - 1,
                                "only|just|up|at|most|least|about|around|roughly|another|further|an|a|"
                                "the|next|additional|extra|last|再|又|다시|maximum|period|of|to|max"))
    before--;
  for (guint k = length->last + 1; k <= length->last + NEAR && k < text->tokens->len; k++) {
    if (MOVE_TOKEN (text, k)->kind == MOVE_POINT && !move_is (text, k, "-|'|\"|“|”|‘|’"))
      break;
    if (move_is (text, k,
                 "extension|delay|reprieve|postponement|suspension|deferral|rollover|pause|renewal|grace|stay|halt|延|"
                 "연|유"))
      return TRUE;
    if (move_is (text, k, "for|to|until|after|before|in|by|and|truce|from|of|on|that|as"))
      break;
  }
  if (before > 0 && move_is (text, before - 1, "within|in|after|past|ago|over|during|since|first|every"))
    return FALSE;
  if (before > 0 && move_is (text, before - 1, "for|by"))
    return shift_in_sentence (text, cues, length->first);
  if (move_is (text, length->last + 1, "after|before|ago|earlier|from|-"))
    return FALSE;
  if (move_is (text, length->first, "another|further|additional|extra") ||
      (before < length->first && move_is (text, length->first - 1, "another|further|additional|extra")) ||
      move_is (text, length->last, "more") || move_is (text, length->last + 1, "more|longer|extra") ||
      (length->last > length->first && move_is (text, length->last - 1, "more|additional|further|extra")))
    return TRUE;
  if (move_is (text, length->first + 1, "-")) /* "shortens the 50-day deadline" */
    return FALSE;
  /* "delayed two weeks", "gave it two weeks", "延长90天" */
  return shift_before (text, cues, length->first, 4) ||
         (before > 1 && move_is (text, before - 2, "give|gives|gave|given|giving|get|gets|got"));
}

gboolean
move_pick_length (const MoveText *text, const GArray *cues, const GArray *lengths, const MoveEvent *event,
                  MoveLength *ret_length)
{
  for (guint i = 0; i < lengths->len; i++) {
    const MoveLength *length = &g_array_index (lengths, MoveLength, i);

    /* "proposes 60-day ceasefire": of what is new itself */
    if (length_moves (text, cues, length) ||
        (event && event->cue->first >= length->first && event->cue->first <= length->last)) {
      *ret_length = *length;
      return TRUE;
    }
  }
  return FALSE;
}
