/* SPDX-License-Identifier: MIT */
/* Months, quarters, seasons, years and weeks, and parts of them: "mid-June", "the end of next year", "later this
 * month", "Q3 2027", "the week of May 4". */
#include <string.h>

#include "news/move_date_private.h"

static gboolean
may_follow (const MoveReader *reader, guint i)
{
  return i > 0 &&
         move_reader_is (reader, i - 1,
                         "until|till|til|through|thru|to|by|in|of|from|since|before|after|into|early|mid|late|for|end|"
                         "this|next|last|between|and|or|than|as|around|about|beyond|past|starting|beginning|during|now|"
                         "least|sometime|fiscal|fy|is|not|-|–|(|:");
}

/* "next March", "this March"; FALSE for none. Steps over it. */
static gboolean
take_named_year (MoveReader *reader, int month, int *ret_year)
{
  const MoveAnchor *anchor = reader->anchor;
  const guint i = reader->at;

  if (!anchor->known || !move_reader_is (reader, i, "next|this|last|coming"))
    return FALSE;
  *ret_year = anchor->year;
  if (move_reader_is (reader, i, "next|coming") && month <= anchor->month)
    (*ret_year)++;
  else if (move_reader_is (reader, i, "last") && month >= anchor->month)
    (*ret_year)--;
  reader->at = i + 1;
  return TRUE;
}

/* A month behind "and", "or" or a hyphen: "October and November 2023". Steps over it; 0 for none. */
static int
take_second_month (MoveReader *reader)
{
  guint i = reader->at;
  int month = move_reader_is (reader, i, "and|or|/") || move_reader_is_joint (reader, i)
                  ? move_reader_month (reader, i + 1)
                  : 0;

  /* "in May or June 3" */
  if (month == 0)
    return 0;
  i = move_reader_skip_month (reader, i + 1);
  gint64 number = move_reader_number (reader, i);
  if (number > 0 && !move_is_year (number))
    return 0;
  reader->at = i;
  return month;
}

/* "March", "March 2026", "next March", "March next year", "October and November". */
static gboolean
read_month (MoveReader *reader)
{
  const guint i = reader->at;
  int month = move_reader_month (reader, i + (move_reader_is (reader, i, "next|this|last|coming") ? 1 : 0)), year = 0;

  if (month == 0)
    return FALSE;
  gboolean named = take_named_year (reader, month, &year);
  if (move_reader_is (reader, i, "next|this|last|coming") && !named)
    return FALSE;
  reader->at = move_reader_skip_month (reader, reader->at);
  if (named) {
    move_date_set_months (&reader->date, year, month, 1, TRUCE_PRECISION_MONTH);
    return TRUE;
  }
  int second = take_second_month (reader);
  year = move_reader_take_year (reader, FALSE);
  if (year == 0 && move_reader_number (reader, reader->at) > 0) /* "February 30": no date of another kind */
    return FALSE;
  /* A bare "May" or "March" may be a verb, and "Jan" or "June" a name. */
  if (year == 0 &&
      (!reader->anchor->known || (!may_follow (reader, i) && !move_reader_is (reader, reader->at, "deadline"))))
    return FALSE;
  reader->date.guessed = year == 0;
  if (year == 0)
    year = move_nearest_year (reader->anchor, month, 0);
  int n_months = second > 0 ? (second - month + TRUCE_MONTHS_A_YEAR) % TRUCE_MONTHS_A_YEAR + 1 : 1;
  if (second > 0 && second < month && !reader->date.guessed)
    year--;
  move_date_set_months (&reader->date, year, month, n_months,
                        n_months == 1 ? TRUCE_PRECISION_MONTH : TRUCE_PRECISION_INTERVAL);
  return TRUE;
}

/* The number of "first quarter", "Q1", "second half", "H2", "1Q", from 1, and its months; 0 for none. Steps over it. */
static int
take_part (MoveReader *reader, int *ret_months)
{
  const guint i = reader->at;
  int nth = move_which (reader->text, i, "first|second|third|fourth|1st|2nd|3rd|4th");
  gint64 number = move_reader_number (reader, i);
  gboolean figure = number >= 1 && number <= 4 && move_reader_is (reader, i + 1, "st|nd|rd|th");
  guint at = i + (figure ? 2 : 1);

  /* "second or third quarter" */
  if (nth >= 0 && nth < 3 && move_reader_is (reader, at, "or|and") && move_reader_is (reader, at + 2, "quarter") &&
      move_reader_is (reader, at + 1, "second|third|fourth")) {
    *ret_months = MOVE_QUARTER_MONTHS;
    reader->at = at;
    return nth + 1;
  }
  if ((figure || nth >= 0) && move_reader_is (reader, at, "quarter|half")) {
    *ret_months = move_reader_is (reader, at, "half") ? MOVE_HALF_MONTHS : MOVE_QUARTER_MONTHS;
    reader->at = at + 1;
    return figure ? (int) number : nth % 4 + 1;
  }
  if (move_reader_is (reader, i, "last|final|latter|closing") && move_reader_is (reader, i + 1, "quarter|half")) {
    *ret_months = move_reader_is (reader, i + 1, "half") ? MOVE_HALF_MONTHS : MOVE_QUARTER_MONTHS;
    reader->at = i + 2;
    return move_reader_is (reader, i + 1, "half") ? 2 : 4;
  }
  gboolean behind = move_reader_is (reader, i, "q|h"); /* "Q1", or "1Q" */
  number = move_reader_number (reader, behind ? i + 1 : i);
  if ((behind || move_reader_is (reader, i + 1, "q|h")) && number >= 1 && number <= 4 &&
      i + 1 < reader->text->tokens->len && MOVE_TOKEN (reader->text, i + 1)->tight) {
    *ret_months = move_reader_is (reader, behind ? i : i + 1, "h") ? MOVE_HALF_MONTHS : MOVE_QUARTER_MONTHS;
    reader->at = i + 2;
    return (int) number;
  }
  return 0;
}

/* "the year" behind "half of": that of publication. */
static int
take_any_year (MoveReader *reader)
{
  int year = move_reader_take_year (reader, FALSE);

  if (year == 0 && reader->anchor->known && move_reader_is (reader, reader->at, "of") &&
      move_reader_is (reader, reader->at + 1, "the") && move_reader_is (reader, reader->at + 2, "year")) {
    reader->at += 3;
    return reader->anchor->year;
  }
  return year;
}

/* The last of "second or third quarter", "Q3/Q4", whose first is `part`; 0 when none follows. Steps over it. */
static int
take_other_part (MoveReader *reader, int part, int n_months)
{
  int n_other = 0, other;

  if (!move_reader_is (reader, reader->at, "or|and|to|/|-|–"))
    return 0;
  reader->at++;
  other = take_part (reader, &n_other);
  return n_other == n_months && other > part ? other : 0;
}

static gboolean
read_part_of_year (MoveReader *reader)
{
  int n_months = 0, part, last, year = 0;
  gint64 number = move_reader_number (reader, reader->at);

  if (move_is_year (number) &&
      move_reader_is (reader, reader->at + 1, "q|h|first|second|third|fourth")) { /* "2027 Q1" */
    year = (int) number;
    reader->at++;
  }
  part = take_part (reader, &n_months);
  if (part == 0 || part * n_months > TRUCE_MONTHS_A_YEAR)
    return FALSE;
  const MoveReader single = *reader;
  last = take_other_part (reader, part, n_months);
  if (last == 0) {
    *reader = single;
    last = part;
  }
  if (year == 0)
    year = take_any_year (reader);
  if (year == 0 && (!reader->anchor->known || move_reader_is (reader, reader->at, "of")))
    return FALSE;
  if (year == 0)
    year = move_nearest_year (reader->anchor, last * n_months, 0);
  move_date_set_months (&reader->date, year, (part - 1) * n_months + 1, (last - part + 1) * n_months,
                        last > part                    ? TRUCE_PRECISION_INTERVAL
                        : n_months == MOVE_HALF_MONTHS ? TRUCE_PRECISION_HALF_YEAR
                                                       : TRUCE_PRECISION_QUARTER);
  return TRUE;
}

/* "summer 2026", "the summer of 2026", "this autumn", "next spring". Northern seasons, as newspapers mean them. */
static gboolean
read_season (MoveReader *reader)
{
  const MoveAnchor *anchor = reader->anchor;
  const guint i = reader->at;
  gboolean this = move_reader_is (reader, i, "this"), next = move_reader_is (reader, i, "next"),
           last = move_reader_is (reader, i, "last");

  reader->at += this || next || last ? 1 : 0;
  int season = move_which (reader->text, reader->at, "spring|summer|autumn|winter|||fall");
  if (season < 0)
    return FALSE;
  season %= TRUCE_SEASONS_A_YEAR;
  /* "prices set to fall", but "delayed to fall" */
  if (season % 2 == 0 && i > 1 && reader->at == i && move_reader_is (reader, i - 1, "to") &&
      !move_reader_is (reader, i - 2,
                       "delayed|postponed|pushed|moved|back|off|deferred|slips|slip|slid|opening|launch|start"))
    return FALSE;
  reader->at++;
  int year = move_reader_take_year (reader, FALSE), month = season * MOVE_QUARTER_MONTHS + MOVE_QUARTER_MONTHS;
  if (year == 0 && (!anchor->known || (!this && !next && !last && !may_follow (reader, i) &&
                                       !move_reader_is (reader, i - MIN (i, 1), "the"))))
    return FALSE;
  if (year == 0) {
    year = move_nearest_year (anchor, MIN (month + 2, TRUCE_MONTHS_A_YEAR), 0);
    if (next && year == anchor->year && anchor->month >= month) /* it has begun: the one after */
      year++;
    year -= last ? 1 : 0;
  }
  move_date_set_months (&reader->date, year, month, MOVE_QUARTER_MONTHS, TRUCE_PRECISION_SEASON);
  return TRUE;
}

gboolean
move_date_set_relative (MoveReader *reader, const char *unit, int step)
{
  const MoveAnchor *anchor = reader->anchor;
  int month = anchor->year * TRUCE_MONTHS_A_YEAR + anchor->month - 1;

  if (g_str_equal (unit, "year")) {
    move_date_set_months (&reader->date, anchor->year + step, 1, TRUCE_MONTHS_A_YEAR, TRUCE_PRECISION_YEAR);
  } else if (g_str_equal (unit, "month")) {
    move_date_set_months (&reader->date, 0, month + step + 1, 1, TRUCE_PRECISION_MONTH);
  } else if (g_str_equal (unit, "quarter")) {
    month = (month / MOVE_QUARTER_MONTHS + step) * MOVE_QUARTER_MONTHS;
    move_date_set_months (&reader->date, 0, month + 1, MOVE_QUARTER_MONTHS, TRUCE_PRECISION_QUARTER);
  } else if (g_str_equal (unit, "week") || g_str_equal (unit, "weekend")) {
    gboolean ends = g_str_equal (unit, "weekend");

    reader->date.end = anchor->day - truce_weekday_of (anchor->day) + (step + 1) * TRUCE_DAYS_A_WEEK;
    reader->date.from = reader->date.end - (ends ? 2 : TRUCE_DAYS_A_WEEK);
    reader->date.precision = TRUCE_PRECISION_INTERVAL;
  } else {
    return FALSE;
  }
  return TRUE;
}

/* "next month", "this week", "the week after next", "the new year"; "the year" behind "end of" or "in". */
static gboolean
read_relative (MoveReader *reader)
{
  const guint i = reader->at;
  int step = move_reader_is (reader, i, "next|coming|following") ? 1 : move_reader_is (reader, i, "last") ? -1 : 0;

  if (!reader->anchor->known || i + 1 >= reader->text->tokens->len ||
      !move_reader_is (reader, i, "this|next|last|the|current|coming"))
    return FALSE;
  if (move_reader_is (reader, i, "the") && move_reader_is (reader, i + 2, "after") &&
      move_reader_is (reader, i + 3, "next") &&
      move_date_set_relative (reader, MOVE_TOKEN (reader->text, i + 1)->word, 2)) {
    reader->at = i + 4;
    return TRUE;
  }
  if (move_reader_is (reader, i, "the") && move_reader_is (reader, i + 1, "new") &&
      move_reader_is (reader, i + 2, "year") && !move_reader_is (reader, i + 3, "eve|day|holiday")) {
    move_date_set_relative (reader, "year", 1);
    reader->at = i + 3;
    return TRUE;
  }
  /* "the week" alone is no date: only "the end of the week", "later in the week", "through the week" is. */
  if (move_reader_is (reader, i, "the|coming") && (i < 1 || !move_reader_is (reader, i - 1, "of|in|through|thru|-")))
    return FALSE;
  if (!move_date_set_relative (reader, MOVE_TOKEN (reader->text, i + 1)->word, step))
    return FALSE;
  reader->at = i + 2;
  return TRUE;
}

/* "the week of May 4", "the week beginning 4 May". */
static gboolean
read_week_of (MoveReader *reader)
{
  guint i = reader->at;

  i += move_reader_is (reader, i, "the") ? 1 : 0;
  if (!move_reader_is (reader, i, "week"))
    return FALSE;
  i++;
  if (!move_reader_is (reader, i, "of|beginning|starting|commencing|ending"))
    return FALSE;
  gboolean ending = move_reader_is (reader, i, "ending");
  reader->at = i + 1;
  if (!move_date_read_day (reader))
    return FALSE;
  if (ending)
    reader->date.from = reader->date.end - TRUCE_DAYS_A_WEEK;
  else
    reader->date.end = reader->date.from + TRUCE_DAYS_A_WEEK;
  reader->date.precision = TRUCE_PRECISION_INTERVAL;
  return TRUE;
}

static gboolean
read_year (MoveReader *reader)
{
  const guint i = reader->at;

  if (!move_is_year (move_reader_number (reader, i)) || move_reader_is (reader, i + 1, "%|percent") ||
      (move_reader_is (reader, i + 1, "/|-|–") && move_reader_number (reader, i + 2) >= 0) || !may_follow (reader, i))
    return FALSE;
  move_date_set_months (&reader->date, (int) move_reader_number (reader, i), 1, TRUCE_MONTHS_A_YEAR,
                        TRUCE_PRECISION_YEAR);
  reader->at++;
  return TRUE;
}

/* "fiscal 2028", "FY28" and "financial year 2027-28", which ends in the second of them. */
static gboolean
read_fiscal_year (MoveReader *reader)
{
  guint i = reader->at;
  gboolean fy = move_reader_is (reader, i, "fy");

  if ((!fy && !move_reader_is (reader, i, "fiscal|financial")) || !may_follow (reader, i))
    return FALSE;
  i += !fy && move_reader_is (reader, i + 1, "year") ? 2 : 1;
  gint64 year = move_reader_number (reader, i), second = move_reader_number (reader, i + 2);
  year += fy && year > 0 && year < 100 && MOVE_TOKEN (reader->text, i)->tight ? CENTURY : 0;
  if (!move_is_year (year))
    return FALSE;
  gboolean two = move_reader_is (reader, i + 1, "-|–|/") && (second == year + 1 || second == (year + 1) % 100);
  move_date_set_months (&reader->date, (int) year, 1, (two ? 2 : 1) * TRUCE_MONTHS_A_YEAR,
                        two ? TRUCE_PRECISION_INTERVAL : TRUCE_PRECISION_YEAR);
  reader->at = i + (two ? 3 : 1);
  return TRUE;
}

/* "this time next year": about then. */
static gboolean
read_this_time (MoveReader *reader)
{
  const guint i = reader->at;
  const MoveAnchor *anchor = reader->anchor;

  if (!anchor->known || !move_reader_is (reader, i, "this|same") || !move_reader_is (reader, i + 1, "time") ||
      !move_reader_is (reader, i + 2, "next") || !move_reader_is (reader, i + 3, "year|month|week"))
    return FALSE;
  if (move_reader_is (reader, i + 3, "year"))
    move_date_set_months (&reader->date, anchor->year + 1, anchor->month, 1, TRUCE_PRECISION_MONTH);
  else
    move_date_set_relative (reader, MOVE_TOKEN (reader->text, i + 3)->word, 1);
  reader->at = i + 4;
  return TRUE;
}

/* "2026-09". */
static gboolean
read_iso_month (MoveReader *reader)
{
  const guint i = reader->at;
  gint64 year = move_reader_number (reader, i), month = move_reader_number (reader, i + 2);

  if (!move_is_year (year) || !move_reader_is (reader, i + 1, "-") || month < 1 || month > TRUCE_MONTHS_A_YEAR ||
      !MOVE_TOKEN (reader->text, i + 2)->tight || strlen (MOVE_TOKEN (reader->text, i + 2)->word) != 2 ||
      year % 100 + 1 == month || /* "2011-12" is a season's name */
      (move_reader_is (reader, i + 3, "-") &&
       move_reader_number (reader, i + 4) >= 0)) /* "2026-02-30" is no day, nor its month */
    return FALSE;
  move_date_set_months (&reader->date, (int) year, (int) month, 1, TRUCE_PRECISION_MONTH);
  reader->at += 3;
  return TRUE;
}

gboolean
move_date_read_whole (MoveReader *reader)
{
  static gboolean (*const readers[]) (MoveReader *) = {
    read_part_of_year, read_season,   read_iso_month,   read_month, read_week_of,
    read_this_time,    read_relative, read_fiscal_year, read_year,
  };
  const MoveReader begin = *reader;

  for (guint i = 0; i < G_N_ELEMENTS (readers); i++) {
    if (readers[i](reader))
      return TRUE;
    *reader = begin;
  }
  return FALSE;
}
