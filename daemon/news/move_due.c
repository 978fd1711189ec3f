/* SPDX-License-Identifier: MIT */
/* The new due of a deadline that moves: a date that is stated, or a length on top of the current due, or from today. */
#include "news/move_private.h"

#define STANDS_WITHIN 3 /* words between "remains" and its date: "set for" */

gint64
move_due_day (const TruceMoveNews *news)
{
  if (!news->due)
    return G_MININT64;
  return truce_zone_day_of (news->zone, news->due->latest - (news->due->latest > news->due->earliest ? 1 : 0));
}

static void
set_date (TruceMove *move, const MoveDate *date)
{
  move->dated = move->stated = TRUE;
  move->first = date->from;
  move->end = date->end;
  move->precision = date->precision;
}

/* `day` and a length, in civil months where it is stated in months. */
static gint64
day_after (gint64 day, const MoveLength *length)
{
  TruceCivil civil = { .hour = 0 };

  truce_date_from_days (day, &civil.year, &civil.month, &civil.day);
  truce_civil_add (&civil, length->months, length->rest);
  return truce_days_from_date (civil.year, civil.month, civil.day);
}

static void
set_day (TruceMove *move, gint64 first, gint64 last)
{
  move->dated = TRUE;
  move->first = first;
  move->end = last + 1;
  move->precision = first == last ? TRUCE_PRECISION_DAY : TRUCE_PRECISION_INTERVAL;
}

/* The day that is named at `i`, as in "its December 31 expiry". */
static gboolean
names_day (const MoveText *text, const GArray *dates, guint i, gint64 *ret_day)
{
  while (move_is (text, i, "the|its|their|his|a|current|existing|original|initial|previous|old|scheduled"))
    i++;
  for (guint d = 0; d < dates->len; d++) {
    const MoveDate *date = &g_array_index (dates, MoveDate, d);

    if (date->first == i && date->precision == TRUCE_PRECISION_DAY) {
      *ret_day = date->from;
      return TRUE;
    }
  }
  return FALSE;
}

/* The day that `length` is counted from where the text says so: "90 days from today", "10 to 12 days from Monday", or,
 * of a deadline that is cut to it, that of publication. */
static gboolean
begins_on (const MoveText *text, const GArray *dates, const MoveLength *length, gint64 published, gint64 *ret_day)
{
  guint i = length->last + 1;

  i += move_is (text, i, "'|’|\"|”") ? 1 : 0;
  if (length->first > 0 && move_is (text, length->first - 1, "than"))
    return FALSE; /* "less than three weeks from now" is how soon */
  if (move_is (text, i, "from") && move_is (text, i + 1, "now|today|tonight|publication")) {
    *ret_day = published;
    return TRUE;
  }
  /* "extended 45 days past Dec. 31", "until 60 days after May 4", "until a week on Monday" */
  gboolean until = length->first > 0 && move_is (text, length->first - 1, "until|till|to");
  if ((move_is (text, i, "from|past|beyond") || (until && move_is (text, i, "after|on"))) &&
      names_day (text, dates, i + 1, ret_day))
    return TRUE;
  if (length->first == 0 || !move_is (text, length->first - 1, "to") || !move_shortens_before (text, length->first))
    return FALSE;
  *ret_day = published;
  return TRUE;
}

static gboolean
read_from_now (const MoveText *text, const GArray *dates, const GArray *lengths, gint64 published, TruceMove *move)
{
  for (guint i = 0; i < lengths->len; i++) {
    const MoveLength *length = &g_array_index (lengths, MoveLength, i);
    MoveLength most = *length;
    gint64 day;

    if (!begins_on (text, dates, length, published, &day))
      continue;
    if (length->most_days > 0) {
      most.rest = length->most_days;
      most.months = 0;
    }
    set_day (move, day_after (day, length), day_after (day, &most));
    move->stated = TRUE;
    return TRUE;
  }
  return FALSE;
}

/* "The deadline remains May 4". */
static void
read_standing (const GArray *dates, const MoveEvent *event, TruceMove *move)
{
  for (guint i = 0; event->cue->kind == MOVE_CUE_STAND && i < dates->len; i++) {
    const MoveDate *date = &g_array_index (dates, MoveDate, i);

    if (date->first > event->cue->first && date->last >= event->cue->last &&
        date->first <= event->cue->last + STANDS_WITHIN) {
      set_date (move, date);
      return;
    }
  }
}

gboolean
move_due_read (const MoveText *text, const GArray *dates, const GArray *lengths, const MoveEvent *event,
               const TruceMoveNews *news, TruceMove *move, MoveDate *ret_date)
{
  const gint64 due = move_due_day (news);
  MoveLength length;

  if (move->label == TRUCE_MOVE_REJECTED && event)
    read_standing (dates, event, move);
  if (move->label > TRUCE_MOVE_PROPOSED && move->label != TRUCE_MOVE_RESOLVED)
    return FALSE;
  gboolean dated = move_pick_date (text, dates, event, move->label, ret_date);
  if (dated)
    set_date (move, ret_date);
  if (move->label == TRUCE_MOVE_RESOLVED)
    return dated;
  if (!dated && news->published != TRUCE_TIME_NONE)
    read_from_now (text, dates, lengths, truce_zone_day_of (news->zone, news->published), move);
  if (!move_pick_length (text, lengths, event, &length))
    return dated;
  /* "another 90 days": on top of the current due, whose last day it is counted from */
  move->delta_days = length.days;
  if (!move->dated && due != G_MININT64)
    set_day (move, day_after (due, &length), day_after (due, &length));
  return dated;
}
