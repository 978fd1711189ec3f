/* SPDX-License-Identifier: MIT */
/* date_words.c: RFC 822, and what is taken for it. */
#include "worker/parse/date_private.h"

#include <string.h>

int
truce_date_full_year (TruceDateToken number)
{
  if (number.length >= 4)
    return number.number;
  if (number.length == 3)
    return 1900 + number.number;
  return number.number + (number.number < 50 ? 2000 : 1900);
}

/* Two numbers, one of them the day and one the month, are kept as day and month until all is read. */
static void
place_doubtful (int first, int second, TruceDate *date)
{
  date->day = first;
  date->month = second;
  date->doubtful = TRUE;
}

/* A number that is neither time nor zone: day, then year, or the year when only it can be; also "11 04 2020". */
static gboolean
place_number (TruceDateToken number, TruceDate *date)
{
  if (number.length >= 3 || (date->day != TRUCE_DATE_UNSET && date->month != TRUCE_DATE_UNSET)) {
    if (date->year != TRUCE_DATE_UNSET || number.length > 4)
      return FALSE;
    date->year = truce_date_full_year (number);
  } else if (date->day == TRUCE_DATE_UNSET) {
    date->day = number.number;
  } else {
    place_doubtful (date->day, number.number, date);
    date->day_first = TRUE;
  }
  return TRUE;
}

/* "23.12.2003", "12/23/2003", "23-12-03", "03-12-31". */
static gboolean
read_numeric_date (TruceDateToken first, const char **at, TruceDate *date)
{
  char separator = **at;
  const char *p = *at + 1;
  TruceDateToken second = truce_date_next (&p), third;

  if (first.length > 2 || second.kind != TRUCE_DATE_NUMBER || second.length > 2 || *p != separator ||
      date->day != TRUCE_DATE_UNSET)
    return FALSE;
  p++;
  third = truce_date_next (&p);
  if (third.kind != TRUCE_DATE_NUMBER || (third.length != 4 && third.length != 2))
    return FALSE;
  *at = p;
  if (separator == '-' && third.length == 2 && third.number > 12 && third.number <= 31 && first.number <= 12) {
    date->year = truce_date_full_year (first);
    date->month = second.number;
    date->day = third.number;
    return TRUE;
  }
  date->year = truce_date_full_year (third);
  place_doubtful (first.number, second.number, date);
  date->day_first = separator == '.';
  return TRUE;
}

/* Settles which of two numbers is the month: by what can be one, by the weekday, by the order that goes with how they
 * are written (Americans alone say "pm" of a date in numbers). FALSE: it could be either. */
static gboolean
settle (TruceDate *date)
{
  int first = date->day, second = date->month;
  gboolean stay = second <= 12, swap = first <= 12;

  if (!date->doubtful || first == second)
    return TRUE;
  if (stay && swap && date->weekday != TRUCE_DATE_UNSET) {
    gboolean stay_fits = truce_date_is_on (date->year, second, first, date->weekday);
    gboolean swap_fits = truce_date_is_on (date->year, first, second, date->weekday);

    if (stay_fits != swap_fits) {
      stay = stay_fits;
      swap = swap_fits;
    }
  }
  if (stay && swap && !date->day_first) {
    if (!date->half_day)
      return FALSE;
    stay = FALSE;
  }
  if (!stay) {
    date->day = second;
    date->month = first;
  }
  return TRUE;
}

/* A month, half of the day, weekday or zone; another word is an "at" and says nothing. */
static void
take_word (TruceDateToken word, const char **at, TruceDate *date)
{
  int half = date->time ? truce_date_half_day (word.start, word.length) : 0;
  int month = date->time && date->month != TRUCE_DATE_UNSET ? 0 : truce_date_month (word.start, word.length);

  if (half && !date->half_day) {
    date->half_day = half;
  } else if (month) {
    date->month = month;
  } else if (date->time) {
    *at = word.start;
    truce_date_read_zone (at, date);
  } else if (date->weekday == TRUCE_DATE_UNSET) {
    date->weekday = truce_date_weekday (word.start, word.length);
  }
}

static gboolean
take_number (TruceDateToken number, const char **at, TruceDate *date)
{
  if (**at == ':' && number.length <= 2)
    return truce_date_read_clock (at, number.number, date);
  if (date->month == TRUCE_DATE_UNSET && (**at == '/' || **at == '.' || **at == '-') && g_ascii_isdigit ((*at)[1]))
    return read_numeric_date (number, at, date);
  return place_number (number, date);
}

/* The parts in any order that leaves no doubt. */
gboolean
truce_date_read_words (const char *at, TruceDate *date)
{
  for (;;) {
    const char *start = at;
    TruceDateToken token = truce_date_next (&at);

    if (token.kind == TRUCE_DATE_END || truce_date_is_sign (token, '('))
      break;
    if (token.kind == TRUCE_DATE_WORD) {
      take_word (token, &at, date);
    } else if (token.kind == TRUCE_DATE_NUMBER) {
      if (!take_number (token, &at, date))
        return FALSE;
    } else if (date->time && (*token.start == '+' || *token.start == '-')) {
      at = start;
      if (!truce_date_read_offset (&at, date))
        truce_date_next (&at);
      else
        date->summer_rule = TRUCE_SUMMER_NONE;
    }
  }
  /* "Nov. 2020" */
  if (date->day == TRUCE_DATE_UNSET && !date->time)
    date->day = 1;
  return date->year != TRUCE_DATE_UNSET && date->month != TRUCE_DATE_UNSET && date->day != TRUCE_DATE_UNSET &&
         date->year <= 9999 && settle (date);
}
