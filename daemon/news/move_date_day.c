/* SPDX-License-Identifier: MIT */
/* Single days: "March 4", "4 March 2026", "9/17", "Friday", "the 15th", "tomorrow". */
#include <stdio.h>
#include <string.h>

#include "news/move_date_private.h"

static gboolean
is_dash (const MoveReader *reader, guint i)
{
  return move_reader_is (reader, i, "-|–|—");
}

static gboolean
is_date (gint64 year, gint64 month, gint64 day)
{
  return move_is_year (year) && month >= 1 && month <= TRUCE_MONTHS_A_YEAR && day >= 1 &&
         day <= truce_civil_days_in_month ((int) year, (int) month);
}

/* The year that stands behind a month and day, or the nearest that they leave open; FALSE when there is no such day. */
static gboolean
set_day (MoveReader *reader, int month, int day)
{
  int year = move_reader_take_year (reader, TRUE);

  if (year == 0 && !reader->anchor->known)
    return FALSE;
  reader->date.guessed = year == 0;
  if (year == 0)
    year = move_nearest_year (reader->anchor, month, day);
  if (!is_date (year, month, day))
    return FALSE;
  move_date_set_day (&reader->date, truce_days_from_date (year, month, day));
  return TRUE;
}

/* From `day` of `month` to the day that set_day() has read: "June 3-5", "28 June - 2 July". */
static gboolean
set_begin (MoveReader *reader, int month, int day)
{
  int year, end_month, end_day;

  truce_date_from_days (reader->date.from, &year, &end_month, &end_day);
  year -= month > end_month ? 1 : 0;
  if (!is_date (year, month, day) || (month == end_month && day >= end_day))
    return FALSE;
  reader->date.from = truce_days_from_date (year, month, day);
  reader->date.precision = TRUCE_PRECISION_INTERVAL;
  return TRUE;
}

/* May a date end before token `i`? Not before "20 lawyers" or "9 p.m.". */
static gboolean
may_end (const MoveReader *reader, guint i)
{
  const MoveText *text = reader->text;

  if (i >= text->tokens->len || MOVE_TOKEN (text, i)->sentence != MOVE_TOKEN (text, i - 1)->sentence)
    return TRUE;
  if (MOVE_TOKEN (text, i)->kind == MOVE_WORD)
    return move_is (text, i,
                    "at|after|from|in|as|because|over|amid|for|with|and|but|by|on|due|when|while|says|said|instead|"
                    "next|this|so|to|until|pending|following|if|not|rather|st|nd|rd|th");
  return MOVE_TOKEN (text, i)->kind == MOVE_POINT ? !move_is (text, i, "%|$|€|£|°|/|-|–")
                                                  : move_is_year (move_reader_number (reader, i));
}

/* The last day of "7 to 9", "7 and 8", "26, 27 and 28", behind `day`; 0 when nothing of that follows. Steps over it. */
static int
take_last_day (MoveReader *reader, int day)
{
  gboolean ordinal;

  while (move_reader_is (reader, reader->at, ",") && move_reader_number (reader, reader->at + 1) > day &&
         move_reader_number (reader, reader->at + 1) <= 31 && move_reader_is (reader, reader->at + 2, ",|and|&")) {
    day = (int) move_reader_number (reader, reader->at + 1);
    reader->at += 2;
  }
  if (!move_reader_is (reader, reader->at, "and|&|to|through|thru"))
    return 0;
  reader->at++;
  return move_reader_number (reader, reader->at) > day ? move_reader_take_day (reader, &ordinal) : 0;
}

/* "March 4", "Mar. 4th, 2026", "June 3-5", "June 3 and 4", "June 28 - July 2". */
static gboolean
read_month_first (MoveReader *reader)
{
  const guint first = reader->at;
  int month = move_reader_month (reader, first), day, end_month = month, end_day;
  gboolean ordinal;

  if (month == 0)
    return FALSE;
  reader->at = move_reader_skip_month (reader, reader->at);
  reader->at += move_reader_is (reader, reader->at, "the") ? 1 : 0;
  day = move_reader_take_day (reader, &ordinal);
  if (day == 0 || move_reader_is (reader, reader->at, "%"))
    return FALSE;
  const MoveReader single = *reader;
  if (is_dash (reader, reader->at)) {
    reader->at++;
    if (move_reader_month (reader, reader->at) > 0) {
      end_month = move_reader_month (reader, reader->at);
      reader->at = move_reader_skip_month (reader, reader->at);
    }
    end_day = move_reader_take_day (reader, &ordinal);
    if (end_day > 0 && set_day (reader, end_month, end_day) && set_begin (reader, month, day))
      return TRUE;
    *reader = single;
  }
  /* but "from June 3 to 5" is a move */
  gboolean from = move_reader_is (reader, first - MIN (first, 1), "from");
  end_day = from ? 0 : take_last_day (reader, day);
  if (end_day > 0 && may_end (reader, reader->at) && move_reader_month (reader, reader->at) == 0 &&
      set_day (reader, month, end_day) && set_begin (reader, month, day))
    return TRUE;
  *reader = single;
  return set_day (reader, month, day);
}

/* "5" in "from June 3 to 5". */
static gboolean
read_month_before (MoveReader *reader)
{
  const guint i = reader->at;
  guint before = i > 3 && move_reader_is (reader, i - 2, "st|nd|rd|th") ? i - 4 : i - MIN (i, 3);
  int month = i > 3 && before > 0 && move_reader_is (reader, i - 1, "to") ? move_reader_month (reader, before) : 0;
  gboolean ordinal;

  if (month == 0 || !move_reader_is (reader, before - 1, "from") || move_reader_number (reader, before + 1) < 1)
    return FALSE;
  gint64 old = move_reader_number (reader, before + 1);
  int day = move_reader_number (reader, i) > 0 ? move_reader_take_day (reader, &ordinal) : 0;
  return day > 0 && day != old && may_end (reader, reader->at) && move_reader_month (reader, reader->at) == 0 &&
         set_day (reader, month, day);
}

/* "4 March 2026", "4th of March", "3-5 June", "3 and 4 June", "28 June - 2 July", "15-Mar-2027". */
static gboolean
read_day_first (MoveReader *reader)
{
  const guint first = reader->at;
  gboolean ordinal;
  int day = move_reader_take_day (reader, &ordinal), begin = 0;

  if (day == 0)
    return FALSE;
  if (is_dash (reader, reader->at) && move_reader_number (reader, reader->at + 1) > day) {
    begin = day;
    reader->at++;
    day = move_reader_take_day (reader, &ordinal);
  } else if (move_reader_is (reader, reader->at, "and|&|to|through|,") &&
             !move_reader_is (reader, first - MIN (first, 1), "from")) {
    begin = day;
    day = take_last_day (reader, day);
  }
  gboolean dashed = is_dash (reader, reader->at) && move_reader_month (reader, reader->at + 1) > 0;
  reader->at += dashed || move_reader_is (reader, reader->at, "of") ? 1 : 0;
  int month = day > 0 ? move_reader_month (reader, reader->at) : 0;
  if (month == 0)
    return FALSE;
  reader->at = move_reader_skip_month (reader, reader->at);
  if (dashed && is_dash (reader, reader->at) && move_is_year (move_reader_number (reader, reader->at + 1)))
    reader->at++;
  if (is_dash (reader, reader->at) && begin == 0) {
    const MoveReader single = *reader;

    reader->at++;
    if (read_day_first (reader) && reader->date.precision == TRUCE_PRECISION_DAY && set_begin (reader, month, day))
      return TRUE;
    *reader = single;
  }
  return set_day (reader, month, day) && (begin == 0 || set_begin (reader, month, begin));
}

/* "2026-03-04", "2026/3/4". */
static gboolean
read_iso (MoveReader *reader)
{
  const guint i = reader->at;
  gint64 year = move_reader_number (reader, i), month = move_reader_number (reader, i + 2),
         day = move_reader_number (reader, i + 4);

  if (!move_reader_is (reader, i + 1, "-|/") || !move_reader_is (reader, i + 3, "-|/") || !is_date (year, month, day))
    return FALSE;
  move_date_set_day (&reader->date, truce_days_from_date ((int) year, (int) month, (int) day));
  reader->at += 5;
  return TRUE;
}

/* Does the text have a date that can only have its day first, as "31/12/2026", in which case the others have, too? */
static gboolean
is_day_first (const MoveText *text)
{
  for (guint i = 0; i + 4 < text->tokens->len; i++)
    if (move_is (text, i + 1, "/") && move_is (text, i + 3, "/") &&
        MOVE_TOKEN (text, i)->number > TRUCE_MONTHS_A_YEAR &&
        is_date (MOVE_TOKEN (text, i + 4)->number, MOVE_TOKEN (text, i + 2)->number, MOVE_TOKEN (text, i)->number))
      return TRUE;
  return FALSE;
}

/* "9/17" without a year only where a date may stand, as it may be a fraction. */
static gboolean
is_fraction (const MoveReader *reader, guint i)
{
  const gint64 upper = move_reader_number (reader, i), lower = move_reader_number (reader, i + 2);

  if (i == 0 || move_reader_is (reader, i + 3, "of|/") || (upper == 24 && lower == 7) ||
      !move_reader_is (reader, i - 1,
                       "until|till|til|through|thru|to|by|from|for|on|of|before|after|between|now|:|due|date|deadline"))
    return TRUE;
  return upper < lower && lower <= 10 && !may_end (reader, i + 3);
}

/* "9/17" and "9/17/26", the month first, unless it can only be the day; "17-9-2026", the day first. */
static gboolean
read_slashes (MoveReader *reader)
{
  const guint i = reader->at;
  gint64 month = move_reader_number (reader, i), day = move_reader_number (reader, i + 2),
         year = move_reader_number (reader, i + 4);
  gboolean dashes = move_reader_is (reader, i + 1, "-") && move_reader_is (reader, i + 3, "-") && move_is_year (year);
  gboolean dated =
      dashes || (move_reader_is (reader, i + 3, "/") && (move_is_year (year) || (year >= 0 && year < 100)));

  if (month < 1 || day < 1 || (!dashes && !move_reader_is (reader, i + 1, "/")) ||
      !MOVE_TOKEN (reader->text, i + 1)->tight || !MOVE_TOKEN (reader->text, i + 2)->tight)
    return FALSE;
  if (!dated && is_fraction (reader, i))
    return FALSE;
  if (month > TRUCE_MONTHS_A_YEAR ||
      (day <= TRUCE_MONTHS_A_YEAR && (dashes || (dated && is_day_first (reader->text))))) {
    gint64 swap = month;

    month = day;
    day = swap;
  }
  reader->at = i + (dated ? 5 : 3);
  if (!dated)
    return month <= TRUCE_MONTHS_A_YEAR && day <= 31 && set_day (reader, (int) month, (int) day);
  year += year < 100 ? CENTURY : 0;
  if (!is_date (year, month, day))
    return FALSE;
  move_date_set_day (&reader->date, truce_days_from_date ((int) year, (int) month, (int) day));
  return TRUE;
}

/* "17.9.2026", which is one token. */
static gboolean
read_dots (MoveReader *reader)
{
  int day, month, year, end = 0;

  if (reader->at >= reader->text->tokens->len)
    return FALSE;
  const char *word = MOVE_TOKEN (reader->text, reader->at)->word;
  if (strlen (word) > strlen ("17.09.2026") || sscanf (word, "%2d.%2d.%4d%n", &day, &month, &year, &end) != 3 ||
      word[end] != '\0' || !is_date (year, month, day))
    return FALSE;
  move_date_set_day (&reader->date, truce_days_from_date (year, month, day));
  reader->at++;
  return TRUE;
}

static int
weekday_at (const MoveReader *reader, guint i)
{
  int which = move_which (reader->text, i,
                          "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues|wed|thurs|fri|sat|||tue|"
                          "|thu");

  return which >= 0 && MOVE_TOKEN (reader->text, i)->capital ? which % TRUCE_DAYS_A_WEEK : -1;
}

/* The day and month behind a weekday, whose year is one in which they fall together, if a year has to be found. */
static gboolean
read_day_of_weekday (MoveReader *reader, int weekday)
{
  int year, month, day;

  reader->at += move_reader_is (reader, reader->at, ",|(|the") ? 1 : 0;
  gboolean bracket = reader->at > 0 && move_reader_is (reader, reader->at - 1, "(");
  if (!read_month_first (reader) && !read_day_first (reader))
    return FALSE;
  reader->at += bracket && move_reader_is (reader, reader->at, ")") ? 1 : 0;
  if (!reader->date.guessed || reader->date.precision != TRUCE_PRECISION_DAY ||
      truce_weekday_of (reader->date.from) == weekday)
    return TRUE;
  truce_date_from_days (reader->date.from, &year, &month, &day);
  for (int step = 1; step >= -1; step -= 2) {
    gint64 from = truce_days_from_date (year + step, month, day);

    if (is_date (year + step, month, day) && truce_weekday_of (from) == weekday) {
      move_date_set_day (&reader->date, from);
      reader->date.guessed = FALSE;
      break;
    }
  }
  return TRUE;
}

/* What may follow a weekday: "Friday night", "Friday of next week"; TRUE when it is next week's. */
static gboolean
take_week (MoveReader *reader)
{
  guint i = reader->at;

  i += move_reader_is (reader, i, "morning|afternoon|evening|night") ? 1 : 0;
  reader->at = i;
  i += move_reader_is (reader, i, "of") ? 1 : 0;
  if (!move_reader_is (reader, i, "next|this") || !move_reader_is (reader, i + 1, "week"))
    return FALSE;
  reader->at = i + 2;
  return move_reader_is (reader, i, "next");
}

/* "Friday", "next Tuesday", "Friday, March 6", "Friday next week": the next such day from publication on; with "next"
 * not this week's. */
static gboolean
read_weekday (MoveReader *reader)
{
  guint i = reader->at;
  gboolean next = move_reader_is (reader, i, "next"), last = move_reader_is (reader, i, "last"),
           first = move_reader_is (reader, i, "this|coming");
  int weekday = weekday_at (reader, i + (next || last || first ? 1 : 0)), today;

  if (weekday < 0)
    return FALSE;
  reader->at = i + (next || last || first ? 2 : 1);
  reader->at +=
      move_reader_is (reader, reader->at, ".") && strlen (MOVE_TOKEN (reader->text, reader->at - 1)->word) <= 5 ? 1 : 0;
  const MoveReader name = *reader;
  if (read_day_of_weekday (reader, weekday))
    return TRUE;
  *reader = name;
  if (!reader->anchor->known)
    return FALSE;
  today = truce_weekday_of (reader->anchor->day);
  int ahead = (weekday - today + TRUCE_DAYS_A_WEEK) % TRUCE_DAYS_A_WEEK;
  int fortnight = move_which (reader->text, reader->at, "week|fortnight");
  if (fortnight >= 0 && !MOVE_TOKEN (reader->text, reader->at)->capital && may_end (reader, reader->at + 1)) {
    reader->at++; /* "Monday week" */
    /* of the next one: said on a Monday, a fortnight from then */
    move_date_set_day (&reader->date, reader->anchor->day + ahead + (ahead == 0) * TRUCE_DAYS_A_WEEK +
                                          (fortnight + 1) * TRUCE_DAYS_A_WEEK);
    return TRUE;
  }
  gboolean week = take_week (reader);
  if (week)
    ahead = TRUCE_DAYS_A_WEEK - today + weekday;
  else if (next && ahead < TRUCE_DAYS_A_WEEK - today)
    ahead += TRUCE_DAYS_A_WEEK; /* "next Friday", said on a Monday, is not this week's */
  reader->date.weekday = !week && !next;
  move_date_set_day (&reader->date, reader->anchor->day + ahead - (last && ahead > 0 ? TRUCE_DAYS_A_WEEK : 0));
  return TRUE;
}

gint64
move_nth_weekday (int year, int month, int weekday, int nth)
{
  gint64 first = truce_days_from_date (year, month, 1), last = first + truce_civil_days_in_month (year, month) - 1;

  if (nth == 0)
    return last - (truce_weekday_of (last) - weekday + TRUCE_DAYS_A_WEEK) % TRUCE_DAYS_A_WEEK;
  return first + (weekday - truce_weekday_of (first) + TRUCE_DAYS_A_WEEK) % TRUCE_DAYS_A_WEEK +
         (nth - 1) * TRUCE_DAYS_A_WEEK;
}

/* "first Monday in October", "last Friday of March 2027", "last day of May". */
static gboolean
read_nth (MoveReader *reader)
{
  gboolean ordinal, last = move_reader_is (reader, reader->at, "last|final");
  int nth = 0;

  if (last)
    reader->at++;
  else
    nth = move_reader_take_day (reader, &ordinal);
  gboolean day = move_reader_is (reader, reader->at, "day");
  int weekday = day ? 0 : weekday_at (reader, reader->at);
  if ((nth == 0 && !last) || weekday < 0 || nth > (day ? 1 : 4) || !move_reader_is (reader, reader->at + 1, "of|in"))
    return FALSE;
  reader->at += move_reader_is (reader, reader->at + 2, "the") ? 3 : 2;
  int month = move_reader_month (reader, reader->at);
  if (month == 0)
    return FALSE;
  reader->at = move_reader_skip_month (reader, reader->at);
  int year = move_reader_take_year (reader, FALSE);
  if (year == 0 && !reader->anchor->known)
    return FALSE;
  reader->date.guessed = year == 0;
  if (year == 0)
    year = move_nearest_year (reader->anchor, month, 0);
  move_date_set_day (&reader->date, !day   ? move_nth_weekday (year, month, weekday, nth)
                                    : last ? truce_days_from_date (year, month, truce_civil_days_in_month (year, month))
                                           : truce_days_from_date (year, month, 1));
  return TRUE;
}

/* "the 15th", "the 15th of next month": in the month of publication, or the next. */
static gboolean
read_day_of_month (MoveReader *reader)
{
  const MoveAnchor *anchor = reader->anchor;
  gboolean ordinal, next = FALSE;
  int year, month, of_month;

  const guint first = reader->at;
  gboolean the = move_reader_is (reader, first, "the");
  reader->at += the ? 1 : 0;
  int day = move_reader_take_day (reader, &ordinal);
  /* "moves into 10th in the table" */
  if (!the && (first == 0 || move_reader_is (reader, reader->at, "in|place|after") ||
               !move_reader_is (reader, first - 1, "until|till|by|on|from|through|to|the|and|,|-")))
    return FALSE;
  gboolean of_some = move_reader_is (reader, reader->at, "of") &&
                     move_reader_is (reader, reader->at + 1, "this|next|the") &&
                     move_reader_is (reader, reader->at + 2, "month");
  if (!anchor->known || day == 0 || !ordinal || (!of_some && move_reader_number (reader, reader->at - 2) != day))
    return FALSE;
  if (of_some) {
    next = move_reader_is (reader, reader->at + 1, "next");
    reader->at += 3;
  } else if (reader->at < reader->text->tokens->len && MOVE_TOKEN (reader->text, reader->at)->kind == MOVE_WORD &&
             !move_reader_is (reader, reader->at, "and|but|as|after|to|in|for|with|from|instead|because|amid")) {
    return FALSE; /* "the 15th round" */
  }
  truce_date_from_days (anchor->day, &year, &month, &of_month);
  /* "the 31st", said in a month of 30 days, is that of the one behind it */
  for (int step = next || day < of_month ? 1 : 0;; step = 1) {
    year += month + step > TRUCE_MONTHS_A_YEAR ? 1 : 0;
    month = (month + step - 1) % TRUCE_MONTHS_A_YEAR + 1;
    if (day <= truce_civil_days_in_month (year, month))
      break;
    if (of_some)
      return FALSE;
  }
  move_date_set_day (&reader->date, truce_days_from_date (year, month, day));
  return TRUE;
}

/* "today", "tomorrow", and "midnight" where no day follows. */
static gboolean
read_near (MoveReader *reader)
{
  const guint i = reader->at;
  int which = move_which (reader->text, i, "yesterday|today|tomorrow||tonight");

  if (!reader->anchor->known)
    return FALSE;
  if (which >= 0 && MOVE_TOKEN (reader->text, i)->kind == MOVE_WORD) {
    move_date_set_day (&reader->date, reader->anchor->day + which % 3 - 1);
    reader->at++;
    return TRUE;
  }
  if (move_reader_is (reader, i, "day") && move_reader_is (reader, i + 1, "after") &&
      move_reader_is (reader, i + 2, "tomorrow")) {
    move_date_set_day (&reader->date, reader->anchor->day + 2);
    reader->at += 3;
    return TRUE;
  }
  return FALSE;
}

gboolean
move_date_read_day (MoveReader *reader)
{
  static gboolean (*const readers[]) (MoveReader *) = {
    read_iso, read_slashes, read_dots,         read_month_first, read_day_first,       read_month_before,
    read_nth, read_weekday, read_day_of_month, read_near,        move_date_read_feast,
  };
  const MoveReader begin = *reader;

  for (guint i = 0; i < G_N_ELEMENTS (readers); i++) {
    if (readers[i](reader))
      return TRUE;
    *reader = begin;
  }
  return FALSE;
}
