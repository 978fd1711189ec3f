/* SPDX-License-Identifier: MIT */
/* Parts of a month, quarter, season, year or week: "mid-June", "the end of next year", "later this month". */
#include <string.h>

#include "news/move_date_private.h"

/* Early June is 1-10, mid-June 11-20, late June the rest, as in truce-dates(7); of longer spans, the thirds. */
#define THIRD_FIRST 10
#define THIRD_SECOND 20
#define BEGIN_DAYS 5 /* "the beginning of June" */
#define HALF_OF_MONTH 15

typedef enum {
  SHARE_WHOLE,
  SHARE_EARLY,
  SHARE_MID,
  SHARE_LATE,
  SHARE_BEGIN,
  SHARE_END,        /* its last day */
  SHARE_REST,       /* "later this month" */
  SHARE_FIRST_HALF, /* of a month */
  SHARE_SECOND_HALF,
  SHARE_FIRST_WEEK, /* and so on to the fourth */
  SHARE_LAST_WEEK = SHARE_FIRST_WEEK + 4,
} Share;

static void
take_third (MoveDate *date, Share share)
{
  gint64 first = date->from + THIRD_FIRST, second = date->from + THIRD_SECOND;

  if (date->precision != TRUCE_PRECISION_MONTH && date->end - date->from > 31) {
    int year, month, day, end_year, end_month, n_months;

    truce_date_from_days (date->from, &year, &month, &day);
    truce_date_from_days (date->end, &end_year, &end_month, &day);
    n_months = (end_year - year) * TRUCE_MONTHS_A_YEAR + end_month - month;
    MoveDate third = *date;
    move_date_set_months (&third, year, month, n_months / 3, TRUCE_PRECISION_INTERVAL);
    first = third.end;
    move_date_set_months (&third, year, month, n_months * 2 / 3, TRUCE_PRECISION_INTERVAL);
    second = third.end;
  } else if (date->precision != TRUCE_PRECISION_MONTH) { /* a week, in days for work */
    first = date->from + 2;
    second = date->from + 3;
  }
  date->from = share == SHARE_MID ? first : share == SHARE_LATE ? second : date->from;
  date->end = share == SHARE_EARLY ? first : share == SHARE_MID ? second : date->end;
}

static void
take_share (MoveDate *date, Share share)
{
  const gboolean month = date->precision == TRUCE_PRECISION_MONTH;
  gint64 length = date->end - date->from;

  switch (share) {
  case SHARE_WHOLE:
  case SHARE_REST: /* as precise as the span: what is over of it is known */
    return;
  case SHARE_EARLY:
  case SHARE_MID:
  case SHARE_LATE:
    take_third (date, share);
    break;
  case SHARE_BEGIN:
    date->end = date->from + MIN (BEGIN_DAYS, length);
    break;
  case SHARE_END:
    date->from = date->end - 1;
    break;
  case SHARE_FIRST_HALF:
    date->end = date->from + MIN (HALF_OF_MONTH, length);
    break;
  case SHARE_SECOND_HALF:
    date->from += MIN (HALF_OF_MONTH, length - 1);
    break;
  case SHARE_LAST_WEEK:
    date->from = MAX (date->from, date->end - TRUCE_DAYS_A_WEEK);
    break;
  default: /* SHARE_FIRST_WEEK and so on */
    date->from += MIN (length - 1, (gint64) (share - SHARE_FIRST_WEEK) * TRUCE_DAYS_A_WEEK);
    date->end = MIN (date->end, date->from + TRUCE_DAYS_A_WEEK);
    break;
  }
  date->precision = date->end - date->from == 1 ? TRUCE_PRECISION_DAY
                    : month                     ? TRUCE_PRECISION_PART_OF_MONTH
                                                : TRUCE_PRECISION_INTERVAL;
}

/* Steps over "first week of", "second half of" before a month. */
static Share
take_piece (MoveReader *reader)
{
  const guint i = reader->at;
  gboolean month = move_reader_month (reader, i + 3) > 0 ||
                   (move_reader_is (reader, i + 3, "next|this|the") && move_reader_is (reader, i + 4, "month"));

  if (!move_reader_is (reader, i + 2, "of|in") || !month)
    return SHARE_WHOLE;
  reader->at = i + 3;
  if (move_reader_is (reader, i + 1, "week") && move_reader_is (reader, i, "last|final"))
    return SHARE_LAST_WEEK;
  int nth = move_which (reader->text, i, "first|second|third|fourth");
  if (nth >= 0 && move_reader_is (reader, i + 1, "week"))
    return SHARE_FIRST_WEEK + (Share) nth;
  if (nth >= 0 && nth < 2 && move_reader_is (reader, i + 1, "half"))
    return nth == 0 ? SHARE_FIRST_HALF : SHARE_SECOND_HALF;
  reader->at = i;
  return SHARE_WHOLE;
}

/* Steps over "early", "mid-", "the end of", "later"; SHARE_WHOLE when there is none. */
static Share
take_share_word (MoveReader *reader)
{
  static struct {
    MoveWords words;
    Share share;
    gboolean of; /* only with "of", a hyphen, or right before a month or year */
  } shares[] = {
    { MOVE_WORDS_INIT ("early"), SHARE_EARLY, FALSE },
    { MOVE_WORDS_INIT ("mid"), SHARE_MID, FALSE },
    { MOVE_WORDS_INIT ("middle"), SHARE_MID, TRUE },
    { MOVE_WORDS_INIT ("late"), SHARE_LATE, FALSE },
    { MOVE_WORDS_INIT ("latter"), SHARE_LATE, FALSE },
    { MOVE_WORDS_INIT ("later"), SHARE_REST, FALSE },
    { MOVE_WORDS_INIT ("beginning|start"), SHARE_BEGIN, TRUE },
    { MOVE_WORDS_INIT ("end|close|rest|remainder"), SHARE_END, TRUE },
  };
  const guint i = reader->at;
  if (move_reader_is (reader, i, "last|final") && move_reader_is (reader, i + 1, "day") &&
      move_reader_is (reader, i + 2, "of")) {
    reader->at = i + 3;
    return SHARE_END;
  }
  gboolean joined = move_reader_is (reader, i + 1, "of") || move_reader_is_joint (reader, i + 1);

  for (guint s = 0; s < G_N_ELEMENTS (shares); s++) {
    if (!move_is_of (reader->text, i, &shares[s].words))
      continue;
    if (shares[s].of && !joined && !move_is_year (move_reader_number (reader, i + 1)) &&
        move_reader_month (reader, i + 1) == 0 && !move_reader_is (reader, i + 1, "next|this"))
      return SHARE_WHOLE;
    joined = joined || (!shares[s].of && move_reader_is (reader, i + 1, "in"));
    reader->at = i + (joined ? 2 : 1);
    if (move_reader_is (reader, reader->at, "the") &&
        !move_reader_is (reader, reader->at + 1, "year|month|week|quarter|new|week"))
      reader->at++;
    return shares[s].share;
  }
  return take_piece (reader);
}

/* "early to mid-November": from the one to the other. */
static gboolean
read_two_shares (MoveReader *reader)
{
  Share first = move_reader_is (reader, reader->at, "early") ? SHARE_EARLY
                : move_reader_is (reader, reader->at, "mid") ? SHARE_MID
                                                             : SHARE_WHOLE;
  guint i = reader->at + 1;

  i += move_reader_is_joint (reader, i) ? 1 : 0;
  if (first == SHARE_WHOLE || !move_reader_is (reader, i, "to|or|and"))
    return FALSE;
  i++;
  reader->at = i + (move_reader_is_joint (reader, i) ? 1 : 0);
  Share second = move_reader_is (reader, reader->at, "mid|late") ? take_share_word (reader) : SHARE_WHOLE;
  if (second <= first || !move_date_read_whole (reader))
    return FALSE;
  MoveDate begin = reader->date;
  take_share (&begin, first);
  take_share (&reader->date, second);
  reader->date.from = begin.from;
  return TRUE;
}

/* "March-end", "March-end 2027". */
static gboolean
read_month_end (MoveReader *reader)
{
  int month = move_reader_month (reader, reader->at);

  if (month == 0 || !reader->anchor->known || !move_reader_is_joint (reader, reader->at + 1) ||
      !move_reader_is (reader, reader->at + 2, "end"))
    return FALSE;
  reader->at += 3;
  int year = move_reader_take_year (reader, FALSE);
  reader->date.guessed = year == 0;
  move_date_set_months (&reader->date, year > 0 ? year : move_nearest_year (reader->anchor, month, 0), month, 1,
                        TRUCE_PRECISION_MONTH);
  take_share (&reader->date, SHARE_END);
  return TRUE;
}

/* "year-end", "the year's end", "month-end", "year-end 2027", "end of year". */
static gboolean
read_period_end (MoveReader *reader)
{
  const MoveAnchor *anchor = reader->anchor;
  const guint i = reader->at;
  gboolean before = move_reader_is (reader, i, "end") &&
                    (move_reader_is (reader, i + 1, "of") || move_reader_is_joint (reader, i + 1)),
           year_known = FALSE;
  guint unit = before ? i + 2 : i,
        end = before ? unit + 1 : unit + 1 + (move_reader_is_joint (reader, unit + 1) ? 1 : 0);

  if (!move_reader_is (reader, unit, "year|month|quarter|week") || (!before && !move_reader_is (reader, end, "end")))
    return FALSE;
  reader->at = before ? end : end + 1;
  int year = move_reader_is (reader, unit, "year") ? move_reader_take_year (reader, FALSE) : 0;
  year_known = year > 0;
  if (!year_known && !anchor->known)
    return FALSE;
  if (year_known)
    move_date_set_months (&reader->date, year, 1, TRUCE_MONTHS_A_YEAR, TRUCE_PRECISION_YEAR);
  else
    move_date_set_relative (reader, MOVE_TOKEN (reader->text, unit)->word, 0);
  take_share (&reader->date, SHARE_END);
  return TRUE;
}

gboolean
move_date_read_span (MoveReader *reader)
{
  const MoveReader begin = *reader;

  if (read_period_end (reader))
    return TRUE;
  *reader = begin;
  if (read_month_end (reader) || read_two_shares (reader))
    return TRUE;
  *reader = begin;
  Share share = take_share_word (reader);
  if (move_date_read_whole (reader)) {
    take_share (&reader->date, share);
    return TRUE;
  }
  *reader = begin;
  return move_date_read_whole (reader);
}
