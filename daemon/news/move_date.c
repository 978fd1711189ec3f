/* SPDX-License-Identifier: MIT */
/* Dates in running English text. Unlike the date language of the configuration, which refuses what it does not
 * understand, this passes over it; a missing year is the one that makes the date nearest ahead. */
#include <string.h>

#include "deadline/names.h"
#include "news/move_private.h"

#define YEAR_FIRST 1990 /* a bare number from here on is a year where one may stand */
#define YEAR_LAST 2099
#define PAST_DAYS 31 /* a date without a year this long before publication is one just past; further, next year's */
#define QUARTER_MONTHS 3
#define THIRD_FIRST 10 /* early June is 1-10, mid-June 11-20, late June the rest: as in truce-dates(7) */
#define THIRD_SECOND 20
#define END_DAYS 5 /* "end of June": its last days */

typedef struct {
  const MoveText *text;
  const MoveAnchor *anchor;
  guint at;
  MoveDate date;
} Reader;

static gboolean
is (const Reader *reader, guint i, const char *words)
{
  return move_is (reader->text, i, words);
}

static gint64
number_at (const Reader *reader, guint i)
{
  return i < reader->text->tokens->len ? MOVE_TOKEN (reader->text, i)->number : -1;
}

/* 1..12, by its name or its first three letters ("sept" too); 0 for none. "may" and "march" are months when written
 * with a capital, and even then only where the caller knows that a date is meant. */
static int
month_at (const Reader *reader, guint i)
{
  if (i >= reader->text->tokens->len || MOVE_TOKEN (reader->text, i)->kind != MOVE_WORD)
    return 0;
  const MoveToken *token = MOVE_TOKEN (reader->text, i);
  if (!token->capital && (g_str_equal (token->word, "may") || g_str_equal (token->word, "march")))
    return 0;
  for (int month = 0; month < TRUCE_MONTHS_A_YEAR; month++) {
    const char *name = truce_month_names[month];

    if (g_ascii_strcasecmp (token->word, name) == 0 ||
        (strlen (token->word) == 3 && g_ascii_strncasecmp (token->word, name, 3) == 0) ||
        (month == 8 && g_str_equal (token->word, "sept")))
      return month + 1;
  }
  return 0;
}

static int
weekday_at (const Reader *reader, guint i)
{
  for (int day = 0; i < reader->text->tokens->len && day < TRUCE_DAYS_A_WEEK; day++)
    if (g_ascii_strcasecmp (MOVE_TOKEN (reader->text, i)->word, truce_weekday_names[day]) == 0)
      return day;
  return -1;
}

static gboolean
is_year (gint64 number)
{
  return number >= YEAR_FIRST && number <= YEAR_LAST;
}

static void
set_months (MoveDate *date, int year, int month, int n_months, TrucePrecision precision)
{
  int end = month - 1 + n_months;

  date->from = truce_days_from_date (year, month, 1);
  date->end = truce_days_from_date (year + end / TRUCE_MONTHS_A_YEAR, end % TRUCE_MONTHS_A_YEAR + 1, 1);
  date->precision = precision;
}

/* The year of a month (or month and day, 0 for none) that is stated without one. */
static int
nearest_year (const Reader *reader, int month, int day)
{
  const MoveAnchor *anchor = reader->anchor;
  gint64 end =
      truce_days_from_date (anchor->year, month, day > 0 ? day : truce_civil_days_in_month (anchor->year, month));

  return end < anchor->day - PAST_DAYS         ? anchor->year + 1
         : end > anchor->day + 366 - PAST_DAYS ? anchor->year - 1
                                               : anchor->year;
}

/* The year that stands at `i`: ", 2025", "2025", "of 2025", "next year", "of this year". 0 for none; steps over it. */
static int
take_year (Reader *reader, gboolean after_day)
{
  guint i = reader->at;

  if (is (reader, i, ",|of|in") && !is (reader, i, after_day ? "of" : ""))
    i++;
  if (is_year (number_at (reader, i)) && !is (reader, i + 1, "%")) {
    reader->at = i + 1;
    return (int) number_at (reader, i);
  }
  if (reader->anchor->known && is (reader, i, "next|this|last") && is (reader, i + 1, "year")) {
    reader->at = i + 2;
    return reader->anchor->year + (is (reader, i, "next") ? 1 : is (reader, i, "last") ? -1 : 0);
  }
  return 0;
}

static guint
skip_suffix (const Reader *reader, guint i)
{
  return is (reader, i, "st|nd|rd|th") && MOVE_TOKEN (reader->text, i)->tight ? i + 1 : i;
}

static gboolean
set_day (Reader *reader, int month, int day)
{
  int year = take_year (reader, TRUE);

  if (year == 0 && !reader->anchor->known)
    return FALSE;
  if (year == 0)
    year = nearest_year (reader, month, day);
  if (day < 1 || day > truce_civil_days_in_month (year, month))
    return FALSE;
  reader->date.from = truce_days_from_date (year, month, day);
  reader->date.end = reader->date.from + 1;
  reader->date.precision = TRUCE_PRECISION_DAY;
  return TRUE;
}

/* "March 4", "Mar. 4th, 2026", "4 March 2026", "4th of March". */
static gboolean
read_day (Reader *reader)
{
  guint i = reader->at;
  int month = month_at (reader, i);
  gint64 day;

  if (month > 0) {
    i += is (reader, i + 1, ".") ? 2 : 1;
    day = number_at (reader, i);
    i = skip_suffix (reader, i + 1);
  } else {
    day = number_at (reader, i);
    i = skip_suffix (reader, i + 1);
    i += is (reader, i, "of") ? 1 : 0;
    month = day > 0 ? month_at (reader, i) : 0;
    i += is (reader, i + 1, ".") && month > 0 ? 2 : 1;
  }
  if (month == 0 || day < 1 || day > 31 || is (reader, i, "%"))
    return FALSE;
  reader->at = i;
  return set_day (reader, month, (int) day);
}

/* "2026-03-04". */
static gboolean
read_iso (Reader *reader)
{
  gint64 year = number_at (reader, reader->at), month = number_at (reader, reader->at + 2),
         day = number_at (reader, reader->at + 4);

  if (!is_year (year) || !is (reader, reader->at + 1, "-") || !is (reader, reader->at + 3, "-") || month < 1 ||
      month > TRUCE_MONTHS_A_YEAR || day < 1 || day > truce_civil_days_in_month ((int) year, (int) month))
    return FALSE;
  reader->date.from = truce_days_from_date ((int) year, (int) month, (int) day);
  reader->date.end = reader->date.from + 1;
  reader->date.precision = TRUCE_PRECISION_DAY;
  reader->at += 5;
  return TRUE;
}

/* "March", "March 2026", "March next year". */
static gboolean
read_month (Reader *reader)
{
  guint i = reader->at;
  int month = month_at (reader, i);

  if (month == 0)
    return FALSE;
  reader->at += is (reader, i + 1, ".") && strlen (MOVE_TOKEN (reader->text, i)->word) <= 4 ? 2 : 1;
  int year = take_year (reader, FALSE);
  if (year == 0 && number_at (reader, reader->at) > 0) /* "February 30": no date of another kind */
    return FALSE;
  /* A bare "May" or "March" may be a verb, and "Jan" or "June" a name. */
  if (year == 0 &&
      (!reader->anchor->known ||
       ((i == 0 || !move_is (reader->text, i - 1,
                             "until|till|til|through|to|by|in|of|from|since|before|after|into|early|mid|late|"
                             "for|end|this|next|last|-|between|and")) &&
        !is (reader, reader->at, "deadline"))))
    return FALSE;
  if (year == 0)
    year = nearest_year (reader, month, 0);
  set_months (&reader->date, year, month, 1, TRUCE_PRECISION_MONTH);
  return TRUE;
}

/* 1.. for "first quarter", "Q1", "second half", "H2"; 0 for none. Steps over it. */
static int
take_part (Reader *reader, int *ret_months)
{
  static const char *const ordinals[] = { "first", "second", "third", "fourth" };
  const guint i = reader->at;

  for (int n = 0; n < (int) G_N_ELEMENTS (ordinals); n++) {
    if (is (reader, i, ordinals[n]) && is (reader, i + 1, "quarter|half")) {
      *ret_months = is (reader, i + 1, "half") ? 6 : QUARTER_MONTHS;
      reader->at = i + 2;
      return n + 1;
    }
  }
  gint64 number = number_at (reader, i + 1);
  if (is (reader, i, "q|h") && number >= 1 && number <= 4 && MOVE_TOKEN (reader->text, i + 1)->tight) {
    *ret_months = is (reader, i, "h") ? 6 : QUARTER_MONTHS;
    reader->at = i + 2;
    return (int) number;
  }
  return 0;
}

static gboolean
read_part_of_year (Reader *reader)
{
  int n_months = 0, part = take_part (reader, &n_months);
  int year = part > 0 ? take_year (reader, FALSE) : 0;

  if (part == 0 || part * n_months > TRUCE_MONTHS_A_YEAR || (year == 0 && !reader->anchor->known))
    return FALSE;
  if (year == 0)
    year = nearest_year (reader, part * n_months, 0);
  set_months (&reader->date, year, (part - 1) * n_months + 1, n_months,
              n_months == 6 ? TRUCE_PRECISION_HALF_YEAR : TRUCE_PRECISION_QUARTER);
  return TRUE;
}

/* "summer 2026", "the summer of 2026", "this autumn", "next spring". Northern seasons, as newspapers mean them. */
static gboolean
read_season (Reader *reader)
{
  guint i = reader->at;
  gboolean this = is (reader, i, "this"), next = is (reader, i, "next");
  int season = 0;

  i += this || next ? 1 : 0;
  while (season < TRUCE_SEASONS_A_YEAR && !is (reader, i, truce_season_names[season]) &&
         !(season == 2 && is (reader, i, "fall")))
    season++;
  if (season == TRUCE_SEASONS_A_YEAR)
    return FALSE;
  reader->at = i + 1;
  int year = take_year (reader, FALSE), month = season * QUARTER_MONTHS + QUARTER_MONTHS;
  if (year == 0 && (!reader->anchor->known ||
                    (!this && !next && (i == 0 || !is (reader, i - 1, "the|until|through|by|to|in|before")))))
    return FALSE;
  if (year == 0)
    year = nearest_year (reader, MIN (month + 2, TRUCE_MONTHS_A_YEAR), 0) +
           (next && reader->anchor->month >= month && reader->anchor->month < month + QUARTER_MONTHS ? 1 : 0);
  set_months (&reader->date, year, month, QUARTER_MONTHS, TRUCE_PRECISION_SEASON);
  return TRUE;
}

/* "next month", "this week", "next year", "the week", "year" behind "end of". */
static gboolean
read_relative (Reader *reader)
{
  const MoveAnchor *anchor = reader->anchor;
  guint i = reader->at;
  int step = is (reader, i, "next|the following|coming") ? 1 : is (reader, i, "last") ? -1 : 0;

  if (!anchor->known || !is (reader, i, "this|next|last|the"))
    return FALSE;
  i++;
  if (is (reader, i, "year")) {
    set_months (&reader->date, anchor->year + step, 1, TRUCE_MONTHS_A_YEAR, TRUCE_PRECISION_YEAR);
  } else if (is (reader, i, "month")) {
    int month = anchor->year * TRUCE_MONTHS_A_YEAR + anchor->month - 1 + step;

    set_months (&reader->date, month / TRUCE_MONTHS_A_YEAR, month % TRUCE_MONTHS_A_YEAR + 1, 1, TRUCE_PRECISION_MONTH);
  } else if (is (reader, i, "quarter")) {
    int quarter = anchor->year * 4 + (anchor->month - 1) / QUARTER_MONTHS + step;

    set_months (&reader->date, quarter / 4, quarter % 4 * QUARTER_MONTHS + 1, QUARTER_MONTHS, TRUCE_PRECISION_QUARTER);
  } else if (is (reader, i, "week")) {
    reader->date.from = anchor->day - truce_weekday_of (anchor->day) + step * TRUCE_DAYS_A_WEEK;
    reader->date.end = reader->date.from + TRUCE_DAYS_A_WEEK;
    reader->date.precision = TRUCE_PRECISION_INTERVAL;
  } else {
    return FALSE;
  }
  /* "the week" alone is no date: only "the end of the week". */
  if (is (reader, i - 1, "the") && (i < 2 || !is (reader, i - 2, "of")))
    return FALSE;
  reader->at = i + 1;
  return TRUE;
}

static gboolean
read_year (Reader *reader)
{
  guint i = reader->at;

  if (!is_year (number_at (reader, i)) || i == 0 || is (reader, i + 1, "%|percent") ||
      !is (reader, i - 1,
           "until|till|til|through|to|by|in|of|from|since|before|after|into|early|mid|late|end|-|least|for|"
           "beyond|past"))
    return FALSE;
  set_months (&reader->date, (int) number_at (reader, i), 1, TRUCE_MONTHS_A_YEAR, TRUCE_PRECISION_YEAR);
  reader->at = i + 1;
  return TRUE;
}

/* "Friday", "next Tuesday", "Friday, March 6": the next such day after publication, a week more for "next". */
static gboolean
read_weekday (Reader *reader)
{
  guint i = reader->at;
  gboolean next = is (reader, i, "next"), last = is (reader, i, "last");
  int weekday = weekday_at (reader, i + (next || last || is (reader, i, "this|coming") ? 1 : 0));

  if (weekday < 0)
    return FALSE;
  i += next || last || is (reader, i, "this|coming") ? 2 : 1;
  reader->at = i + (is (reader, i, ",|(|the") ? 1 : 0);
  guint start = reader->at;
  if (read_day (reader)) {
    reader->at += is (reader, start - 1, "(") && is (reader, reader->at, ")") ? 1 : 0;
    return TRUE;
  }
  reader->at = i;
  if (!reader->anchor->known)
    return FALSE;
  int ahead = (weekday - truce_weekday_of (reader->anchor->day) + TRUCE_DAYS_A_WEEK) % TRUCE_DAYS_A_WEEK;
  if (next && ahead < TRUCE_DAYS_A_WEEK - truce_weekday_of (reader->anchor->day))
    ahead += TRUCE_DAYS_A_WEEK; /* "next Friday", said on a Monday, is not this week's */
  reader->date.weekday = TRUE;
  reader->date.from = reader->anchor->day + ahead - (last ? TRUCE_DAYS_A_WEEK : 0);
  reader->date.end = reader->date.from + 1;
  reader->date.precision = TRUCE_PRECISION_DAY;
  return TRUE;
}

static gboolean
read_near (Reader *reader)
{
  int ahead = is (reader, reader->at, "today|tonight") ? 0 : is (reader, reader->at, "tomorrow") ? 1 : -1;

  if (!reader->anchor->known || ahead < 0)
    return FALSE;
  reader->date.from = reader->anchor->day + ahead;
  reader->date.end = reader->date.from + 1;
  reader->date.precision = TRUCE_PRECISION_DAY;
  reader->at++;
  return TRUE;
}

typedef gboolean (*ReadFunc) (Reader *);

static gboolean
read_any (Reader *reader, const ReadFunc *functions, guint n)
{
  const Reader begin = *reader;

  for (guint i = 0; i < n; i++) {
    if (functions[i](reader))
      return TRUE;
    *reader = begin;
  }
  return FALSE;
}

static const ReadFunc spans[] = { read_part_of_year, read_season, read_month, read_relative, read_year };
static const ReadFunc days[] = { read_iso, read_day, read_weekday, read_near };

/* The part of `date` that "early", "mid", "late", "end of" says. */
static void
take_share (MoveDate *date, const char *share)
{
  gint64 length = date->end - date->from;
  gboolean month = date->precision == TRUCE_PRECISION_MONTH;
  gint64 first = month ? THIRD_FIRST : length / 3, second = month ? THIRD_SECOND : length * 2 / 3;

  if (g_str_equal (share, "early")) {
    date->end = date->from + first;
  } else if (g_str_equal (share, "mid")) {
    date->end = date->from + second;
    date->from += first;
  } else if (g_str_equal (share, "late")) {
    date->from += second;
  } else if (g_str_equal (share, "start")) {
    date->end = date->from + MIN (END_DAYS, length);
  } else {
    /* The end of a span is a day: its last. */
    date->from = date->end - 1;
  }
  date->precision = date->end - date->from == 1 ? TRUCE_PRECISION_DAY
                    : month                     ? TRUCE_PRECISION_PART_OF_MONTH
                                                : TRUCE_PRECISION_INTERVAL;
}

/* Steps over "early", "mid-", "the end of", "year-end"; NULL when there is none. */
static const char *
take_share_word (Reader *reader)
{
  static const struct {
    const char *words, *share;
  } shares[] = {
    { "early", "early" },           { "mid|middle", "mid" }, { "late", "late" },
    { "beginning|start", "start" }, { "end|close", "end" },
  };
  guint i = reader->at;

  for (guint s = 0; s < G_N_ELEMENTS (shares); s++) {
    if (!is (reader, i, shares[s].words))
      continue;
    gboolean of = is (reader, i + 1, "of");
    if ((s == 1 && is (reader, i, "middle") && !of) ||
        (s >= 3 && !of && !is (reader, i + 1, "-") && !is_year (number_at (reader, i + 1))))
      return NULL;
    reader->at = i + (is (reader, i + 1, "of|-|in") ? 2 : 1);
    return shares[s].share;
  }
  return NULL;
}

/* "year-end", "the year's end", "month-end". */
static gboolean
read_period_end (Reader *reader)
{
  guint i = reader->at;
  gboolean year = is (reader, i, "year"), joined = is (reader, i + 1, "-");

  if (!reader->anchor->known || !is (reader, i, "year|month") || !is (reader, i + (joined ? 2 : 1), "end"))
    return FALSE;
  set_months (&reader->date, reader->anchor->year, year ? 1 : reader->anchor->month, year ? TRUCE_MONTHS_A_YEAR : 1,
              TRUCE_PRECISION_MONTH);
  take_share (&reader->date, "end");
  reader->at = i + (joined ? 3 : 2);
  return TRUE;
}

gboolean
move_date_read (const MoveText *text, guint i, const MoveAnchor *anchor, MoveDate *ret_date)
{
  Reader reader = { .text = text, .anchor = anchor, .at = i };
  const char *share = NULL;
  gboolean good = read_any (&reader, days, G_N_ELEMENTS (days)) || read_period_end (&reader);

  if (!good) {
    reader.at = i;
    share = take_share_word (&reader);
    good = read_any (&reader, spans, G_N_ELEMENTS (spans));
  }
  if (!good || reader.at <= i)
    return FALSE;
  if (share)
    take_share (&reader.date, share);
  reader.date.first = i;
  reader.date.last = MIN (reader.at, text->tokens->len) - 1;
  *ret_date = reader.date;
  return TRUE;
}
