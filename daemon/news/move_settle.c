/* SPDX-License-Identifier: MIT */
/* The year of a new date that states none, once it is known what else the text says, and which Monday "until Monday"
 * is. */
#include "deadline/names.h"
#include "news/move_private.h"

#define LONG_DAYS 300 /* a length from here on may take a date into another year than the nearest */
#define CLOCK_NEAR 5  /* words between a weekday and the time of day on it */

/* Is something brought forward, so that the new date comes before the old? */
static gboolean
moves_forward (const MoveText *text)
{
  for (guint i = 0; i < text->tokens->len; i++)
    if (move_is (text, i,
                 "forward|earlier|sooner|advance|advances|advanced|shorten|shortens|shortened|shortening|ahead|"
                 "accelerate|accelerates|accelerated|cut|cuts|early|快|提|앞|당") ||
        (move_is (text, i, "up") && i > 0 && move_is (text, i - 1, "move|moves|moved|moving|vote|date|deadline|it")))
      return TRUE;
  return FALSE;
}

static void
add_year (MoveDate *date)
{
  int year, month, day, end_year, end_month, end_day;

  truce_date_from_days (date->from, &year, &month, &day);
  truce_date_from_days (date->end, &end_year, &end_month, &end_day);
  date->from = truce_days_from_date (year + 1, month, day);
  date->end =
      date->precision == TRUCE_PRECISION_DAY ? date->from + 1 : truce_days_from_date (end_year + 1, end_month, end_day);
}

/* The old date that is named in the sentence of `date`; G_MININT64: none. One further off may be another thing's. */
static gint64
old_beside (const MoveText *text, const GArray *dates, const MoveDate *date, gint64 published)
{
  for (guint i = 0; i < dates->len; i++) {
    const MoveDate *other = &g_array_index (dates, MoveDate, i);

    if (other->sure < 0 && !other->weekday && other->from >= published && other->end - other->from <= 31 &&
        MOVE_TOKEN (text, other->last)->sentence == MOVE_TOKEN (text, date->first)->sentence)
      return other->from;
  }
  return G_MININT64;
}

/* By which something surely moves; 0: none. */
static int
length_beside (const GArray *lengths)
{
  const MoveLength *best = NULL;

  for (guint i = 0; i < lengths->len; i++) {
    const MoveLength *length = &g_array_index (lengths, MoveLength, i);

    if (length->sure > (best ? best->sure : 0) && length->most_days == 0)
      best = length;
  }
  return best ? best->days : 0;
}

static void
settle_year (const MoveText *text, const GArray *dates, const GArray *lengths, gint64 published, gint64 due,
             MoveDate *date)
{
  gint64 old = due != G_MININT64 ? due : old_beside (text, dates, date, published), year = 365;
  int days = length_beside (lengths);

  if (old != G_MININT64) {
    if (date->end <= old && !moves_forward (text))
      add_year (date);
  } else if (days >= LONG_DAYS && ABS (date->from + year - days - published) < ABS (date->from - days - published)) {
    add_year (date); /* a year more, to March 31, said on March 20: next year's */
  }
}

static gboolean
has_clock (const MoveText *text, const MoveDate *date)
{
  for (guint i = date->first - MIN (date->first, CLOCK_NEAR); i <= date->last + CLOCK_NEAR && i < text->tokens->len;
       i++)
    if (MOVE_TOKEN (text, i)->sentence == MOVE_TOKEN (text, date->first)->sentence &&
        move_is (text, i, "a.m|p.m|am|pm|midnight|noon|evening|night|o'clock"))
      return TRUE;
  return FALSE;
}

void
move_dates_settle (const MoveText *text, const GArray *lengths, const MoveAnchor *anchor, gint64 due, GArray *dates)
{
  for (guint i = 0; anchor->known && i < dates->len; i++) {
    MoveDate *date = &g_array_index (dates, MoveDate, i);

    /* "said that it would begin in 2022", in July of that year */
    if (date->sure == MOVE_SURE_WEAK && date->precision == TRUCE_PRECISION_YEAR && date->from <= anchor->day)
      date->sure = MOVE_SURE_NOT;
    if (date->sure <= 0)
      continue;
    /* What is due already is where it was moved to before, if the text names another date as well. */
    date->over = date->over || (date->from == due && date->precision == TRUCE_PRECISION_DAY);
    if (date->guessed)
      settle_year (text, dates, lengths, anchor->day, due, date);
    /* Said on a Monday, "until Monday" is the next; "until 6 p.m. Monday" may be today. */
    if (date->weekday && date->from == anchor->day && date->sure != MOVE_SURE_NEW && !has_clock (text, date)) {
      date->from += TRUCE_DAYS_A_WEEK;
      date->end += TRUCE_DAYS_A_WEEK;
    }
  }
}
