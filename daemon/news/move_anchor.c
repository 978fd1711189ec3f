/* SPDX-License-Identifier: MIT */
/* Which of the dates and lengths in a text the deadline moves to or by: what stands before them decides, and what
 * stands near. "from March 4 to April 2": the second; "the 90-day truce": none. */
#include "news/move_role_private.h"

#define JOINED_DAYS 62   /* from the first to the last day of what takes that long */
#define BETWEEN_DAYS 366 /* the longest that something is told to happen in */
#define PAST_DAYS 4      /* before publication: what happened then is no news */
#define NEAR 6 /* words between a length and the noun that it is of: "a 60-day Black Sea grain deal extension" */

/* "between May 4 and May 9", "held May 4 to May 9", which is no move "from May 4 to May 9": one date, over both. */
static gboolean
joins (const MoveText *text, MoveDate *first, const MoveDate *second)
{
  guint joint = first->last + 1;
  gint64 year_on = first->from + 365;
  gboolean between = first->first > 0 && move_is (text, first->first - 1, "between");

  /* "June 11 to July 11, 2027": the year of the second */
  if (first->guessed && !second->guessed && second->first == joint + 1 && year_on <= second->from &&
      second->from - year_on <= JOINED_DAYS)
    first->from = year_on;
  if (second->first != joint + 1 || first->first == 0 || second->from <= first->from)
    return FALSE;
  if (between)
    return move_is (text, joint, "and|to") && second->end - first->from <= BETWEEN_DAYS;
  if (first->precision != second->precision || second->from - first->from > JOINED_DAYS)
    return FALSE;
  if (move_is (text, joint, "to"))
    return move_is (text, first->first - 1, "to|for|held|played|run|runs|running|place|on|covering|covers|covered");
  return move_is (text, joint, "through|–|—") && !move_is (text, first->first - 1, "from|until|through") &&
         (move_is (text, joint, "–") || !move_is (text, first->first - 1, "to"));
}

static void
join_dates (MoveText *text, GArray *dates)
{
  for (guint i = 0; i + 1 < dates->len;) {
    MoveDate *first = &g_array_index (dates, MoveDate, i);
    const MoveDate second = g_array_index (dates, MoveDate, i + 1);

    if (!joins (text, first, &second)) {
      i++;
      continue;
    }
    MOVE_TOKEN (text, first->last + 1)->dated = TRUE;
    first->end = second.end;
    first->last = second.last;
    first->precision = TRUCE_PRECISION_INTERVAL;
    first->over = second.over;
    first->past = second.past;
    g_array_remove_index (dates, i + 1);
  }
}

void
move_dates_find (MoveText *text, const MoveAnchor *anchor, GArray *dates)
{
  for (guint i = 0; i < text->tokens->len; i++) {
    MoveDate date = { 0 };

    MoveTokenKind kind = MOVE_TOKEN (text, i)->kind;

    if (!(kind <= MOVE_NUMBER && move_date_read (text, i, anchor, &date)) &&
        !((kind == MOVE_NUMBER || kind == MOVE_IDEOGRAPH) && move_date_read_cjk (text, i, anchor, &date)))
      continue;
    for (guint k = date.first; k <= date.last; k++)
      MOVE_TOKEN (text, k)->dated = TRUE;
    date.over = anchor->known && date.end <= anchor->day;
    date.past = anchor->known && date.end <= anchor->day - PAST_DAYS;
    g_array_append_val (dates, date);
    i = date.last;
  }
  join_dates (text, dates);
  move_roles_find (text, dates);
}

/* "The sale is to close January 22", "handover set for June 15": what comes next of what is resolved. */
static gboolean
comes_next (const MoveText *text, const MoveDate *date)
{
  /* "to adopt the crown from January 2028", "ending the levy from 1 April": from when it holds */
  if (date->first > 1 && !date->over && !date->weekday && date->precision <= TRUCE_PRECISION_MONTH &&
      move_is (text, date->first - 1, "from|starting|beginning|effective") &&
      !move_has_before (text, date->first, NEAR, "was|were|had|originally|previously|delayed|postponed"))
    return MOVE_SENTENCE (text, MOVE_TOKEN (text, date->first)->sentence)->title;
  if (date->first < 2 || date->precision != TRUCE_PRECISION_DAY)
    return FALSE;
  guint i = date->first - (move_is (text, date->first - 1, "on|by|for") ? 2 : 1);
  gboolean title = MOVE_SENTENCE (text, MOVE_TOKEN (text, date->first)->sentence)->title;

  /* "Group completes port deal, to take the keys on April 30" */
  if (title && !date->weekday && !date->over && date->governor == MOVE_BY_FOR &&
      move_has_before (text, date->first, NEAR, "to|will|set"))
    return TRUE;

  if (move_is (text, i, "close|closes|closing|completed|effect|force") ||
      (move_is (text, i, "due") && move_has_before (text, i, NEAR, "payment|instalment|installment|tranche")))
    return TRUE;
  for (guint back = 1; move_is (text, i, "set|due|scheduled|expected|planned") && back <= 3 && back <= i; back++)
    if (move_is (text, i - back, "closing|handover|completion|signing|close|completed|effect|force"))
      return TRUE;
  return FALSE;
}

/* "‘Tuesday, 8 PM’: A extends the deadline": a title that begins with the new date. */
static gboolean
stands_as_new (const MoveText *text, const MoveEvent *event, const MoveDate *date)
{
  const MoveSentence *sentence = MOVE_SENTENCE (text, event->sentence);

  if (date->first < sentence->first || date->last >= sentence->end)
    return FALSE;
  if (!sentence->title || date->first > sentence->first + 1 || date->precision != TRUCE_PRECISION_DAY)
    return FALSE;
  for (guint i = date->last + 1; i < event->cue->first && i <= date->last + NEAR; i++)
    if (move_is (text, i, ":"))
      return TRUE;
  return FALSE;
}

/* How well a date fits as the new one; 0 when it cannot be. */
static int
score_date (const MoveText *text, const MoveEvent *event, TruceMoveLabel label, const MoveDate *date)
{
  guint sentence = MOVE_TOKEN (text, date->first)->sentence;
  int score = MAX (date->sure, 0);

  if (date->past || MOVE_SENTENCE (text, sentence)->question ||
      /* what is asked for is another than what was granted, and is not settled */
      (label == TRUCE_MOVE_PROPOSED && (date->sure == MOVE_SURE_RECAP || date->sure == MOVE_SURE_WEAK)))
    return 0;
  if (label == TRUCE_MOVE_RESOLVED ? comes_next (text, date)
                                   : date->sure == MOVE_SURE_NOT && event && stands_as_new (text, event, date))
    score = MOVE_SURE_WEAK;
  if (score == 0)
    return 0;
  if (date->over) /* where it was moved to before */
    return 1;
  return 2 * score + (event && event->sentence == sentence ? 4 : 0) + (MOVE_SENTENCE (text, sentence)->title ? 1 : 0);
}

gboolean
move_pick_date (const MoveText *text, const GArray *dates, const MoveEvent *event, TruceMoveLabel label,
                MoveDate *ret_date)
{
  const MoveDate *best = NULL;
  int best_score = 0;

  for (guint i = 0; i < dates->len; i++) {
    const MoveDate *date = &g_array_index (dates, MoveDate, i);
    int score = score_date (text, event, label, date);

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

gboolean
move_pick_length (const MoveText *text, const GArray *lengths, const MoveEvent *event, MoveLength *ret_length)
{
  const MoveLength *best = NULL;
  int best_score = 0;

  for (guint i = 0; i < lengths->len; i++) {
    const MoveLength *length = &g_array_index (lengths, MoveLength, i);
    int score = length->sure;

    /* "proposes 60-day ceasefire": of what is new itself */
    if (score == 0 && event && event->cue->first >= length->first && event->cue->first <= length->last)
      score = 1;
    if (score > 0 && MOVE_SENTENCE (text, MOVE_TOKEN (text, length->first)->sentence)->title)
      score += 3;
    if (length->most_days == 0 && score > best_score) {
      best = length;
      best_score = score;
    }
  }
  if (best)
    *ret_length = *best;
  return best != NULL;
}
