/* SPDX-License-Identifier: MIT */
/* The new due of a deadline that moves: a date that is stated, or a length on top of the current due. */
#include "news/move_private.h"

static void
set_date (TruceMove *move, const MoveDate *date)
{
  move->dated = move->stated = TRUE;
  move->first = date->from;
  move->end = date->end;
  move->precision = date->precision;
}

/* "another 90 days": on top of the current due, whose last day it is counted from. */
static void
add_length (TruceMove *move, const MoveLength *length, const TruceMoveNews *news)
{
  TruceCivil civil = { .hour = 0 };
  gint64 days;

  move->delta_days = length->days;
  if (move->dated || !news->due)
    return;
  days = truce_zone_day_of (news->zone, news->due->latest - (news->due->latest > news->due->earliest ? 1 : 0));
  truce_date_from_days (days, &civil.year, &civil.month, &civil.day);
  truce_civil_add (&civil, length->months, length->months > 0 ? 0 : length->days);
  move->first = truce_days_from_date (civil.year, civil.month, civil.day);
  move->end = move->first + 1;
  move->precision = TRUCE_PRECISION_DAY;
  move->dated = TRUE;
}

gboolean
move_due_read (const MoveText *text, const GArray *dates, const GArray *lengths, const MoveEvent *event,
               const TruceMoveNews *news, TruceMove *move, MoveDate *ret_date)
{
  MoveLength length;
  gboolean dated = FALSE;

  if (move->label > TRUCE_MOVE_PROPOSED && move->label != TRUCE_MOVE_RESOLVED)
    return FALSE;
  dated = move_pick_date (text, dates, event, move->label, ret_date);
  if (dated)
    set_date (move, ret_date);
  if (move->label <= TRUCE_MOVE_PROPOSED && move_pick_length (text, lengths, event, &length))
    add_length (move, &length, news);
  return dated;
}
